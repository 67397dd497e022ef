"""A function's own text, and twins of it that do something more."""

import ast
import linecache
import types

MOST_SOURCE = 100_000


def definition_of(function: types.FunctionType) -> tuple[str, ast.FunctionDef] | None:
    """The text of the cell that defines a function, and its definition there; None where it is not at hand."""
    code = function.__code__
    source = "".join(linecache.getlines(code.co_filename))
    if function.__closure__ or not 0 < len(source) <= MOST_SOURCE:
        return None
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name == code.co_name
        and code.co_firstlineno == min([node.lineno, *(one.lineno for one in node.decorator_list)])
    ]
    if len(found) != 1:
        return None
    found[0].decorator_list = []
    return source, found[0]


def twin_of(function: types.FunctionType, definition: ast.FunctionDef) -> types.FunctionType | None:
    """A function as another definition has it; None where it cannot be compiled."""
    code = function.__code__
    try:
        module = compile(_located(ast.Module([definition], [])), code.co_filename, "exec")
    except (SyntaxError, TypeError, ValueError, RecursionError):
        return None
    (inner,) = (one for one in module.co_consts if isinstance(one, types.CodeType) and one.co_name == code.co_name)
    if inner.co_freevars:
        return None
    twin = types.FunctionType(inner, function.__globals__, function.__name__, function.__defaults__)
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


def _located(module: ast.Module) -> ast.Module:
    """Give what was put into a text a place in it; what stood there keeps its own."""
    waiting: list[ast.AST] = [module]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if "lineno" in node._attributes and not hasattr(node, "lineno"):
            for name in node._attributes:
                setattr(node, name, 1 if name.endswith("lineno") else 0)
        for name in node._fields:
            part = getattr(node, name, None)
            for one in part if isinstance(part, list) else (part,):
                if isinstance(one, ast.AST) and id(one) not in seen:
                    seen.add(id(one))
                    waiting.append(one)
    return module
