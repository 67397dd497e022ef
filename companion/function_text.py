"""A function's own text, and twins of it that do something more."""

import ast
import linecache
import types
from collections.abc import Callable, Iterator
from typing import TypeGuard

MOST_SOURCE = 100_000


Change = Callable[[str, ast.FunctionDef], list[ast.stmt]]
"""Given the text of a cell and a definition in it, another body of that. ValueError: there is to be none."""


def beside(function: types.FunctionType) -> Iterator[tuple[str, types.FunctionType]]:
    """The other functions that stand in the cell of a function, and their names."""
    file = function.__code__.co_filename
    for name, one in function.__globals__.items():
        if type(one) is types.FunctionType and one is not function and one.__code__.co_filename == file:
            yield name, one


def twin_of(function: types.FunctionType, change: Change) -> types.FunctionType | None:
    """A function with another body; None where its text is not at hand, or the other one cannot be compiled."""
    code = function.__code__
    source = "".join(linecache.getlines(code.co_filename))
    if function.__closure__ or not 0 < len(source) <= MOST_SOURCE:
        return None
    try:
        found = [node for node in ast.walk(ast.parse(source)) if _defines(node, code)]
        if len(found) != 1:
            return None
        (definition,) = found
        definition.decorator_list = []
        definition.body = change(source, definition)
        module = compile(_located(ast.Module([definition], [])), code.co_filename, "exec")
    except (SyntaxError, TypeError, ValueError, RecursionError):
        return None
    (inner,) = (one for one in module.co_consts if isinstance(one, types.CodeType) and one.co_name == code.co_name)
    if inner.co_freevars:
        return None
    twin = types.FunctionType(inner, function.__globals__, function.__name__, function.__defaults__)
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


def _defines(node: ast.AST, code: types.CodeType) -> TypeGuard[ast.FunctionDef]:
    return (
        isinstance(node, ast.FunctionDef)
        and node.name == code.co_name
        and code.co_firstlineno == min([node.lineno, *(one.lineno for one in node.decorator_list)])
    )


def _located(module: ast.Module) -> ast.Module:
    """Give what was put into a text the place of what it stands in; what stood there keeps its own. As
    ``ast.fix_missing_locations``, but what stands in many places is gone through once."""
    waiting: list[tuple[ast.AST, int]] = [(module, 1)]
    seen: set[int] = set()
    while waiting:
        node, line = waiting.pop()
        if "lineno" in node._attributes and not hasattr(node, "lineno"):
            for name in node._attributes:
                setattr(node, name, line if name.endswith("lineno") else 0)
        line = getattr(node, "lineno", line)
        for name in node._fields:
            part = getattr(node, name, None)
            for one in part if isinstance(part, list) else (part,):
                if isinstance(one, ast.AST) and id(one) not in seen:
                    seen.add(id(one))
                    waiting.append((one, line))
    return module
