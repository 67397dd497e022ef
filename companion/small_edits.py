"""Small edits of a learner's function: what else might stand in the place of an expression, or of a statement.

There are two kinds, the likelier first. REPLACED: another name, operation, number, axis or function, or something too
much. MISSING: a sign, a transpose, a call, or a term or factor of what a name is given.
"""

import ast
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

REPLACED, MISSING = range(2)
MOST_NAMES, MOST_OWN, MOST_TEXT = 14, 12, 20
OPERATIONS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)
TERMS = OPERATIONS[:4]
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
SIBLINGS = (
    ("sum", "mean", "max", "min", "prod"), ("argmax", "argmin"), ("exp", "log", "tanh", "sqrt", "square", "abs"),
    ("dot", "multiply", "matmul", "add", "subtract", "divide", "maximum", "minimum"), ("zeros", "ones"),
    ("zeros_like", "ones_like"), ("rand", "randn"), ("floor", "ceil"),
)  # fmt: skip
"""NumPy's functions that are taken one for the other."""
WRAPS = ("sqrt", "exp", "log", "square", "abs")
REDUCTIONS = ("sum", "mean", "max", "min", "argmax", "argmin", "norm")


@dataclass(frozen=True)
class Around:
    """What an expression stands among.

    Attributes:
        names: of arguments and of what the function assigns. texts: the keys that it uses.
        unmeasured: the names of the arguments, where no length of one has a name yet. own: the notebook's functions,
            with the names of the arguments that they need. numpy: NumPy's name here, or "".
    """

    names: list[str]
    texts: list[str]
    unmeasured: list[str]
    own: Mapping[str, tuple[str, ...]]
    numpy: str


def around(definition: ast.FunctionDef, scope: Mapping[str, Any], own: list[types.FunctionType]) -> Around:
    """What the expressions of a function stand among.

    Args:
        definition: of the function. scope: its globals. own: functions of the notebook that may be called.
    """
    given = definition.args
    arguments = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    inside = [node for one in definition.body for node in ast.walk(one)]
    bound = [node.id for node in inside if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)]
    bound += [node.arg for node in inside if isinstance(node, ast.arg)]
    texts = [node.value for node in inside if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    measured = any(isinstance(node, ast.Attribute) and node.attr == "shape" for node in inside)
    used = {node.id for node in inside if isinstance(node, ast.Name)}
    first = sorted(own, key=lambda one: one.__name__ not in used)[:MOST_OWN]
    return Around(
        list(dict.fromkeys([*arguments, *bound]))[:MOST_NAMES],
        list(dict.fromkeys(text for text in texts if len(text) <= MOST_TEXT))[:MOST_NAMES],
        [] if measured else arguments,
        {one.__name__: _needed(one) for one in first if one.__name__ != definition.name},
        next((name for name, one in scope.items() if one is np), ""),
    )


def _needed(function: types.FunctionType) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount - len(function.__defaults__ or ())]


def expressions(node: ast.expr, among: Around, kind: int, whole: bool) -> Iterator[ast.expr]:
    """What might stand in the place of an expression.

    Args:
        node: the expression. among: what it stands among. kind: REPLACED or MISSING.
        whole: whether it is all that a name is given, or that is returned.
    """
    if kind == REPLACED:
        yield from _replaced(node, among)
    elif isinstance(node, (ast.Name, ast.BinOp, ast.Call, ast.Subscript, ast.Attribute, ast.Compare)):
        yield from _missing(node, among)
        if isinstance(node, ast.Call):
            yield from _arguments(node, among)
        if whole:
            yield from _terms(node, among)


def statements(node: ast.stmt) -> Iterator[ast.stmt]:
    """What might stand in the place of a statement: something added to, or not added to, what stands there; nothing."""
    match node:
        case ast.AugAssign(target=target, op=op, value=value):
            yield from (ast.AugAssign(target, other(), value) for other in TERMS if not isinstance(op, other))
            yield ast.Assign([target], value)
        case ast.Assign(targets=[ast.Name() | ast.Subscript() as target], value=value):
            yield ast.AugAssign(target, ast.Add(), value)
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Delete)):
        yield ast.Pass()


def _replaced(node: ast.expr, among: Around) -> Iterator[ast.expr]:
    match node:
        case ast.Name(id=name):
            yield from (_name(other) for other in among.names if other != name)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            others = dict.fromkeys((value + 1, value - 1, -value, value * 2, value / 2, 0, 1))
            yield from (ast.Constant(x) for x in others if x != value)
        case ast.Constant(value=str(value)) if value in among.texts:
            yield from (ast.Constant(x) for x in among.texts if x != value)
        case ast.BinOp(left=left, op=op, right=right):
            yield from (left, right)
            yield from (ast.BinOp(left, other(), right) for other in OPERATIONS if not isinstance(op, other))
            if not isinstance(op, (ast.Add, ast.Mult)):
                yield ast.BinOp(right, op, left)
        case ast.UnaryOp(op=op, operand=operand):
            yield operand
            if isinstance(op, ast.UAdd):
                yield ast.UnaryOp(ast.USub(), operand)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from (ast.Compare(left, [other()], [right]) for other in COMPARISONS if not isinstance(op, other))
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield from (ast.IfExp(test, orelse, body), body, orelse)
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.Tuple(elts=elements):
            yield from (ast.Tuple(_turned(elements, i), ast.Load()) for i in range(len(elements) - 1))
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            parts = [ast.Slice(None, upper, step)] if lower else []
            parts += [ast.Slice(lower, None, step)] if upper else []
            yield from (ast.Subscript(value, part, ast.Load()) for part in parts)
        case ast.Call():
            yield from _calls(node, among)


def _turned(some: list[ast.expr], i: int) -> list[ast.expr]:
    """With the entries at i and after it in each other's places."""
    return [*some[:i], some[i + 1], some[i], *some[i + 2 :]]


def _calls(node: ast.Call, among: Around) -> Iterator[ast.expr]:
    """Other functions; arguments that are too many, in another order, or missing."""
    arguments, keywords = node.args, node.keywords
    match node.func:
        case ast.Name(id=name) if name in among.own:
            alike = [other for other, needed in among.own.items() if len(needed) == len(among.own[name])]
            yield from (ast.Call(_name(other), arguments, keywords) for other in alike if other != name)
        case ast.Attribute(value=value, attr=name):
            others = [other for group in SIBLINGS if name in group for other in group if other != name]
            yield from (ast.Call(ast.Attribute(value, other, ast.Load()), arguments, keywords) for other in others)
            if name in REDUCTIONS:
                yield from (ast.Call(node.func, arguments, [*keywords, *more]) for more in _axes(keywords))
            if not (isinstance(value, ast.Name) and value.id == among.numpy):
                yield value
    yield from (ast.Call(node.func, arguments, keywords[:i] + keywords[i + 1 :]) for i in range(len(keywords)))
    if not any(isinstance(one, ast.Starred) for one in arguments):
        yield from arguments[:4]
        yield from (ast.Call(node.func, _turned(arguments, i), keywords) for i in range(len(arguments) - 1))


def _axes(given: list[ast.keyword]) -> Iterator[list[ast.keyword]]:
    """An axis, and that it is kept, where a reduction says nothing of it."""
    names = [one.arg for one in given]
    kept = [ast.keyword("keepdims", ast.Constant(True))]
    axes = [[ast.keyword("axis", ast.Constant(axis))] for axis in (0, 1)] if "axis" not in names else []
    yield from axes
    if "keepdims" not in names:
        yield from ([*axis, *kept] for axis in axes or [[]])


def _missing(node: ast.expr, among: Around) -> Iterator[ast.expr]:
    yield ast.UnaryOp(ast.USub(), node)
    yield ast.Attribute(node, "T", ast.Load())
    yield ast.BinOp(ast.Constant(1), ast.Sub(), node)
    yield from (ast.BinOp(node, op(), ast.Constant(1)) for op in (ast.Add, ast.Sub))
    yield from (ast.Call(_name(name), [node], []) for name, needed in among.own.items() if len(needed) == 1)
    if among.numpy:
        yield from (ast.Call(_numpys(among, name), [node], []) for name in WRAPS)


def _terms(node: ast.expr, among: Around) -> Iterator[ast.expr]:
    """A term or factor; a sum that was not taken; an average with the other sign; a call of one of the notebook's."""
    for term in _given(among):
        yield from (ast.BinOp(node, op(), term) for op in TERMS)
        yield ast.UnaryOp(ast.USub(), ast.BinOp(node, ast.Div(), term))
    if among.numpy:
        total = _numpys(among, "sum")
        yield from (ast.Call(total, [node], more) for more in ([], *_axes([])))
    for name, needed in among.own.items():
        if len(needed) > 1 and {*needed} <= {*among.names}:
            yield ast.Call(_name(name), [_name(one) for one in needed], [])


def _arguments(node: ast.Call, among: Around) -> Iterator[ast.expr]:
    """A call of a function of the notebook's with a term more in one of its arguments."""
    if isinstance(node.func, ast.Name):
        for i, one in enumerate(node.args):
            for other in map(_name, among.names) if isinstance(one, ast.Name) else ():
                for op in TERMS:
                    args = [*node.args[:i], ast.BinOp(one, op(), other), *node.args[i + 1 :]]
                    yield ast.Call(node.func, args, node.keywords)


def _given(among: Around) -> Iterator[ast.expr]:
    """What a term or a factor may be: a name, or the length of an argument."""
    yield from map(_name, among.names)
    for name in among.unmeasured[:4]:
        shape = ast.Attribute(_name(name), "shape", ast.Load())
        yield from (ast.Subscript(shape, ast.Constant(i), ast.Load()) for i in (0, 1))


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _numpys(among: Around, function: str) -> ast.expr:
    return ast.Attribute(_name(among.numpy), function, ast.Load())
