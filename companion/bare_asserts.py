"""What an assert without a message compared: the values of its sides, as they were in the learner's function.

None of a learner's code runs for it, no method, no ``__eq__``, no ``__repr__``: only plain numbers, texts, tuples,
lists, dictionaries and arrays are looked into, and what else stands there is told by its type.
"""

import ast
import builtins
import contextlib
import inspect
import linecache
import types
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from companion.one_line import one_line, type_of

MOST_SOURCE = 100_000
"""Characters of a cell that is looked at."""
MOST_SIDES, MOST_ENTRIES, MOST_SIGNS, MOST_TOLD, MOST_INTEGER = 4, 6, 60, 250, 10**12
NUMBERS = (bool, int, float)


def compared(frame: types.FrameType, line: int) -> str:
    """The sides of the assert that failed in a line, as ``X.shape`` is (3, 1) and …; "" where nothing can be told."""
    try:
        # Elsewhere than in a function the local names may be an object of the learner's.
        if not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            return ""
        source = "".join(linecache.getlines(frame.f_code.co_filename))
        test = _test_at(source, line)
        names = {name: x for name, x in frame.f_globals.items() if name not in frame.f_code.co_varnames}
        told = [] if test is None else list(dict.fromkeys(_told(test, source, names | frame.f_locals)))
    except Exception:  # noqa: BLE001 - the error itself is told without it
        return ""
    told = [side for i, side in enumerate(told) if sum(map(len, told[: i + 1])) <= MOST_TOLD]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _test_at(source: str, line: int) -> ast.expr | None:
    if len(source) > MOST_SOURCE:
        return None
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return found[0].test if len(found) == 1 and found[0].msg is None else None


def _told(test: ast.expr, source: str, names: dict[str, Any]) -> Iterator[str]:
    for side in islice(_sides(test), MOST_SIDES):
        if any(isinstance(node, ast.Name) for node in ast.walk(side)):
            with contextlib.suppress(Exception):
                written = one_line(ast.get_source_segment(source, side) or "", MOST_SIGNS)
                yield f"`{written}` is {_shown(_value(side, names))}"


def _sides(test: ast.expr) -> Iterator[ast.expr]:
    """What an assert looks at: both sides of a comparison, and what is given to a function that answers yes or no."""
    match test:
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _sides(part)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            yield from _sides(part)
        case ast.Compare(left=left, comparators=others):
            yield from (left, *others)
        case ast.Call(func=ast.Attribute(value=ast.Compare() as part), args=[]):  # (a == b).all()
            yield from _sides(part)
        case ast.Call(func=ast.Name(id="isinstance"), args=[part, _]):
            yield part
        case ast.Call(args=parts):
            for part in parts:
                yield from _sides(part)
        case _:
            yield test


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """The value of a simple expression.

    Raises:
        LookupError: it is none, or holds what must not be touched.
    """
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.Tuple(elts=parts):
            return tuple(_value(part, names) for part in parts)
        case ast.Attribute(value=owner, attr="shape" | "ndim" | "size" | "dtype" as name):
            array = _value(owner, names)
            for kind in (np.ndarray, np.generic):
                if issubclass(type(array), kind):
                    return getattr(kind, name).__get__(array)
        case ast.Subscript(value=owner, slice=place):
            return _entry(_value(owner, names), _value(place, names))
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_number(_value(part, names))
        case ast.BinOp(left=left, op=op, right=right):
            return _computed(_value(left, names), op, _value(right, names))
        case ast.JoinedStr(values=parts):
            return "".join(str(_short(_value(part, names))) for part in parts)
        case ast.FormattedValue(value=part, conversion=-1, format_spec=None):
            return _value(part, names)
        case ast.Call(func=ast.Name(id="len" | "str" as name), args=[part], keywords=[]) if name not in names:
            value = _value(part, names)
            if type(value) in (str, tuple, list, dict, np.ndarray) if name == "len" else type(value) is int:
                return getattr(builtins, name)(value)
    raise LookupError


def _number(value: Any) -> Any:
    if type(value) not in NUMBERS or (type(value) is int and abs(value) > MOST_INTEGER):
        raise LookupError
    return value


def _short(value: Any) -> Any:
    """A short text or a number."""
    return value if type(value) is str and len(value) <= MOST_SIGNS else _number(value)


def _computed(left: Any, op: ast.operator, right: Any) -> Any:
    if isinstance(op, ast.Add) and type(left) is str and type(right) is str:
        return _short(left) + _short(right)
    a, b = _number(left), _number(right)
    match op:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.Div():
            return a / b
        case ast.FloorDiv():
            return a // b
    raise LookupError


def _entry(owner: Any, place: Any) -> Any:
    if type(owner) in (tuple, list) and type(place) is int:
        return owner[place]
    if issubclass(type(owner), dict) and type(place) in (str, int):
        # A look-up would ask other keys whether they are equal.
        return next(value for key, value in dict.items(owner) if type(key) is type(place) and key == place)
    places = place if type(place) is tuple else (place,)
    if type(owner) is np.ndarray and all(type(x) is int for x in places):
        return owner[place]
    raise LookupError


def _shown(value: Any, depth: int = 0) -> str:
    """A value in a few words."""
    if value is None or type(value) in NUMBERS:
        return repr(value if value is None else _number(value))
    if type(value) is str:
        return repr(one_line(value[: 2 * MOST_SIGNS], MOST_SIGNS))
    if issubclass(type(value), (np.number, np.bool_)) and type(number := np.generic.item(value)) in NUMBERS:
        plain = repr(_number(number))
        return plain if issubclass(type(value), float) else f"{plain} of type {type_of(value)[:MOST_SIGNS]}"
    if issubclass(type(value), np.ndarray):
        shape = np.ndarray.shape.__get__(value)
        few = type(value) is np.ndarray and 0 < value.size <= MOST_ENTRIES and value.dtype.kind in "biuf"
        return f"an array of shape {shape}{f', {value.tolist()}' if few else ''}"
    if issubclass(type(value), np.dtype):
        return one_line(str(value), MOST_SIGNS)
    if type(value) in (tuple, list) and len(value) <= MOST_ENTRIES and depth < 2:
        entries = ", ".join(_shown(entry, depth + 1) for entry in value)
        comma = "," if type(value) is tuple and len(value) == 1 else ""
        return f"({entries}{comma})" if type(value) is tuple else f"[{entries}]"
    return f"of type {type_of(value)[:MOST_SIGNS]}"
