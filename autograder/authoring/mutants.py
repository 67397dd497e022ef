"""Automatic mutants of a solution: small wrong programs that the hidden cases must tell from it.

Each mutant changes one place of the function's body: an operator, a comparison, a constant, an index, an axis, a
keyword, a call (`f(x)` → `x`), a transpose, a term of a sum or product, or drops a whole statement. Text in
strings and what is printed is left alone.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SWAPS: dict[type[ast.AST], list[type[ast.AST]]] = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult], ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult], ast.FloorDiv: [ast.Div], ast.Mod: [ast.FloorDiv],
    ast.Lt: [ast.LtE, ast.Gt], ast.Gt: [ast.GtE, ast.Lt], ast.LtE: [ast.Lt, ast.GtE], ast.GtE: [ast.Gt, ast.LtE],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.And: [ast.Or], ast.Or: [ast.And], ast.USub: [ast.UAdd],
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A mutated solution cell, and the statement that changed, before and after (as `ast.unparse` writes it)."""

    exercise: str
    source: str
    old: str
    new: str


def mutants(exercise: str, source: str) -> list[Mutant]:
    """All mutants of the function ``exercise`` in a solved cell, without doubles."""
    tree = ast.parse(source)
    found: dict[str, Mutant] = {}
    for path in _statements(tree, exercise):
        statement = _at(tree, path)
        old = _head(statement)
        for changed in _variants(statement):
            twin = copy.deepcopy(tree)
            block = _at(twin, path[:-1])
            if changed is None:
                block[path[-1]] = ast.Pass()
            else:
                block[path[-1]] = changed
            text = ast.unparse(ast.fix_missing_locations(twin))
            new = "pass" if changed is None else _head(changed)
            if new != old:
                found.setdefault(text, Mutant(exercise, text, old, new))
    return list(found.values())


def _head(statement: ast.stmt) -> str:
    """A statement as one line; of a compound one only its head."""
    return ast.unparse(statement).splitlines()[0]


def _at(tree: Any, path: tuple[int | str, ...]) -> Any:
    for step in path:
        tree = tree[step] if isinstance(step, int) else getattr(tree, step)
    return tree


def _statements(tree: ast.Module, exercise: str) -> Iterator[tuple]:
    """The paths of all statements inside the named function, docstring left out."""
    for i, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name == exercise:
            yield from _inside(node, ("body", i))


def _inside(node: ast.AST, path: tuple) -> Iterator[tuple]:
    for i, handler in enumerate(getattr(node, "handlers", [])):
        yield from _inside(handler, (*path, "handlers", i))
    for block in ("body", "orelse", "finalbody"):
        for i, child in enumerate(getattr(node, block, [])):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if _is_print(child):
                continue
            yield (*path, block, i)
            yield from _inside(child, (*path, block, i))


def _is_print(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "print"
    )


def _variants(statement: ast.stmt) -> Iterator[ast.stmt | None]:
    """The statement with one place changed, and None for the statement dropped."""
    if not isinstance(statement, (ast.Pass, ast.FunctionDef)):
        yield None
    if isinstance(statement, ast.Return) and statement.value is None:
        return
    places = list(_own_nodes(statement))
    for i, node in enumerate(places):
        for replacement in _replacements(node):
            twin = copy.deepcopy(statement)
            target = list(_own_nodes(twin))[i]
            yield _Swap(target, replacement).visit(twin)


def _own_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, those of the statements inside it left out."""
    stack = [child for child in ast.iter_child_nodes(statement) if not isinstance(child, ast.stmt)]
    while stack:
        node = stack.pop(0)
        yield node
        stack.extend(ast.iter_child_nodes(node))


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.AST):
        self.target, self.replacement = target, replacement

    def visit(self, node: ast.AST) -> Any:
        return copy.deepcopy(self.replacement) if node is self.target else super().generic_visit(node)


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    if type(node) in _SWAPS:
        yield from (swap() for swap in _SWAPS[type(node)])
    elif isinstance(node, ast.BinOp):
        yield from (node.left, node.right)
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Slice):
        yield from _other_slices(node)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield ast.Tuple([node.elts[1], node.elts[0]], ast.Load())


def _other_constants(value) -> Iterator[ast.Constant]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, float):
        yield from (ast.Constant(value * 2), ast.Constant(value + 1.0))


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    if len(node.args) >= 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    for i in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :])
    if len(node.args) == 2:
        yield ast.Call(node.func, node.args[::-1], node.keywords)


def _other_slices(node: ast.Slice) -> Iterator[ast.Slice]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)
