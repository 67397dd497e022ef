"""Read what came out of a kernel, believing nothing.

The form is that of companion/encode.py. A value comes back as a NumPy array, a tuple, a list, a dict,
a str, None, or :class:`Other` for everything that may not cross.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

Value = Any
"""An array, tuple, list, dictionary, text, None or :class:`Other`, in one another."""

MAX_BYTES = 64 * 1024 * 1024
"""The arrays of one case together, in bytes."""
MAX_DEPTH = 8
MAX_ITEMS = 1000
MAX_TEXT = 300
_DTYPE = re.compile(r"[<>|=]?[biufc][0-9]{1,2}")


class DecodeError(ValueError):
    """What came is not of the agreed form; the message says what is wrong."""


@dataclass(frozen=True)
class Other:
    """A value of a type that may not cross, by the name of its type."""

    name: str


class Raised(NamedTuple):
    """An error as it came; only type and message are compared with recorded ones.

    Attributes:
        line: the innermost one of the learner's own cell. inner: lines of other cells further in, the innermost first.
        compared: what a bare assert compared. takes: how the function is defined that the arguments did not fit.
    """

    type: str
    message: str
    line: str = ""
    inner: str = ""
    compared: str = ""
    takes: str = ""


@dataclass(frozen=True)
class Report:
    """One case as it came.

    Attributes:
        index: its number. inputs: the arguments as they are after the call, by position or name.
        output: what the function returned. error: what it raised, or None.
        with_own_calls: where this was answered with right versions of what the function calls, the same case with the
            learner's own; else None.
    """

    index: int
    inputs: Value
    output: Value
    error: Raised | None
    with_own_calls: "Report | None" = None


def decode_report(data: object, exercise: str) -> Report:
    """One report of the named exercise.

    Raises:
        DecodeError: it is not one.
    """
    if not isinstance(data, dict) or data.get("exercise") != exercise:
        raise DecodeError(f"a case that does not belong to {exercise} was handed in")
    index = data.get("index")
    if type(index) is not int:
        raise DecodeError("a case without a number was handed in")
    budget = [MAX_BYTES]
    with_own_calls = data.get("with_own_calls")
    if with_own_calls is not None:
        with_own_calls = _decode_answer(with_own_calls, index, budget)
    return _decode_answer(data, index, budget, with_own_calls)


def _decode_answer(data: object, index: int, budget: list[int], with_own_calls: Report | None = None) -> Report:
    if not isinstance(data, dict):
        raise DecodeError("an answer that cannot be read was handed in")
    error = data.get("error")
    if error is not None:
        return Report(index, None, None, _decode_error(error), with_own_calls)
    return Report(
        index, _decode(data.get("inputs"), 0, budget), _decode(data.get("output"), 0, budget), None, with_own_calls
    )


def _decode_error(error: object) -> Raised:
    if not isinstance(error, dict):
        raise DecodeError("an error that cannot be read was handed in")
    return Raised(*(_text(error.get(key)) for key in Raised._fields))


def _text(value: object) -> str:
    """A text, cut to its length, that can be written as UTF-8."""
    return value[:MAX_TEXT].encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def decode_value(tree: object, budget: list[int]) -> Value:
    """One value, whose arrays may take so many bytes; what they take is taken off.

    Raises:
        DecodeError: it is none.
    """
    return _decode(tree, 0, budget)


def _decode(tree: object, depth: int, budget: list[int]) -> Value:
    if not isinstance(tree, dict) or len(tree) != 1 or depth > MAX_DEPTH:
        raise DecodeError("a value that cannot be read was handed in")
    ((kind, body),) = tree.items()
    if kind == "array":
        return _decode_array(body, budget)
    if kind in ("tuple", "list") and isinstance(body, list) and len(body) <= MAX_ITEMS:
        items = [_decode(item, depth + 1, budget) for item in body]
        return tuple(items) if kind == "tuple" else items
    if kind == "dict" and isinstance(body, list) and len(body) <= MAX_ITEMS:
        if not all(isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in body):
            raise DecodeError("a dictionary that cannot be read was handed in")
        return {_text(key): _decode(item, depth + 1, budget) for key, item in body}
    if kind == "text" and isinstance(body, str):
        return _text(body)
    if kind == "none":
        return None
    if kind == "other" and isinstance(body, str):
        return Other(_text(body))
    raise DecodeError("a value that cannot be read was handed in")


def _decode_array(body: object, budget: list[int]) -> np.ndarray:
    if not (isinstance(body, list) and len(body) == 3 and isinstance(body[1], list)):
        raise DecodeError("an array that cannot be read was handed in")
    name, shape, text = body
    if not (isinstance(name, str) and _DTYPE.fullmatch(name) and isinstance(text, str) and len(shape) <= 16):
        raise DecodeError("an array that cannot be read was handed in")
    if not all(type(n) is int and 0 <= n <= MAX_BYTES for n in shape):
        raise DecodeError("an array with an impossible shape was handed in")
    budget[0] -= len(text) * 3 // 4
    if budget[0] < 0:
        raise DecodeError(f"the answer is larger than {MAX_BYTES // 2**20} MB")
    try:
        dtype = np.dtype(name)
        raw = base64.b64decode(text, validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise DecodeError("an array that cannot be read was handed in") from error
    count = 1
    for n in shape:
        count *= n
    if count * dtype.itemsize != len(raw):
        raise DecodeError("an array whose bytes do not fit its shape was handed in")
    try:
        return np.frombuffer(raw, dtype=dtype).reshape(shape)
    except ValueError as error:
        raise DecodeError("an array with an impossible shape was handed in") from error
