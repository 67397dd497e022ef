"""Compare an answer with the recorded one, and say the first thing that differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.decode import Other, Value
from autograder.judge.network_words import is_network, network_difference
from autograder.judge.verdicts import Verdict, listed

Names = str | tuple[Any, ...]
"""What a value is called, or what the items of a tuple are called, nested like it."""

Shape = tuple[int, ...]

RTOL, ATOL = 1e-5, 1e-6
"""Default tolerances: wide enough for float32 through a few layers, narrow enough for every recorded mistake."""


UNHEARD = np.errstate(all="ignore")
"""What came may hold any bits, signalling NaN among them, on which NumPy warns wherever they are read: each way
into the judge is decorated with this."""


@dataclass(frozen=True)
class Tolerance:
    """``|received - expected| <= rtol * |expected| + atol * max |expected|``, entry by entry.

    Attributes:
        extra_keys: whether a dictionary may hold more keys than the expected one.
        values: False to compare only structure, shapes and finiteness.
    """

    rtol: float = RTOL
    atol: float = ATOL
    extra_keys: bool = False
    values: bool = True

    @UNHEARD
    def close(self, expected: np.ndarray, received: np.ndarray) -> np.ndarray:
        """Which entries agree, an array of bool; the two have the same shape."""
        wide = np.complex128 if "c" in expected.dtype.kind + received.dtype.kind else np.float64
        a, b = expected.astype(wide), received.astype(wide)
        if not self.values:
            return np.asarray(np.isfinite(a) == np.isfinite(b))
        size = np.abs(a[np.isfinite(a)]).max(initial=0.0)
        near = np.abs(b - a) <= self.rtol * np.abs(a) + self.atol * size + 1e-14
        return np.where(np.isfinite(a) & np.isfinite(b), near, (a == b) | (np.isnan(a) & np.isnan(b)))


INPUTS = Tolerance(rtol=1e-12, atol=1e-12)
"""How well the inputs have to come back: closer than any step of a difference quotient."""


@dataclass(frozen=True)
class Difference:
    """The first thing that differs: its kind and a sentence."""

    verdict: Verdict
    sentence: str


@UNHEARD
def difference(expected: Value, received: Value, tolerance: Tolerance, name: Names = "the result") -> Difference | None:
    """The first difference between two values, or None.

    Args:
        expected, received: arrays, tuples, lists, dicts, text or None, as autograder/judge/decode.py gives them.
        tolerance: how close two numbers have to be.
        name: what to call the value: a text, or a tuple of names for the items of a tuple.
    """
    if isinstance(expected, np.ndarray):
        return _array_difference(expected, received, tolerance, str(name))
    if is_network(expected) and is_network(received):
        sentence = network_difference(expected, received)
        return Difference(Verdict.WRONG_VALUE, sentence) if sentence else None
    if isinstance(expected, (tuple, list)):
        return _sequence_difference(expected, received, tolerance, name)
    if isinstance(expected, dict):
        return _dict_difference(expected, received, tolerance, str(name))
    if type(expected) is type(received):
        if expected == received:
            return None
        return Difference(Verdict.WRONG_VALUE, f"{name}: expected {expected!r}, received {received!r}.")
    return _type_difference(describe(expected), received, str(name))


def numbers_as_arrays(answers: Iterable[tuple[Value, Value]], name: Names = "the result") -> list[str]:
    """Of right answers: what is said of arrays of one entry that came where numbers are expected, once for each shape.

    Args:
        answers: pairs of an expected and a received value, one for each case. name: as for :func:`difference`.
    """
    found: dict[Shape, dict[str, None]] = {}  # a dict, because a set has no order
    for expected, received in answers:
        for label, shape in _as_arrays(expected, received, name):
            found.setdefault(shape, {})[label] = None
    return [
        f"Arrays of shape {shape} came for {listed(labels)}; plain numbers do as well."
        for shape, labels in found.items()
    ]


def _as_arrays(expected: Value, received: Value, name: Names) -> Iterator[tuple[str, Shape]]:
    """The name and the shape of each array that came for a number; the entries of a list have one name together."""
    if isinstance(expected, np.ndarray):
        if isinstance(received, np.ndarray) and expected.ndim == 0 < received.ndim:
            owner, index, _ = label_of(name).partition("[")
            yield f"entries of {owner}" if index else owner, received.shape
    elif isinstance(expected, dict) and isinstance(received, dict):
        for key, value in expected.items():
            yield from _as_arrays(value, received.get(key), key)
    elif isinstance(expected, (tuple, list)) and isinstance(received, (tuple, list)):
        for i, (a, b) in enumerate(zip(expected, received, strict=False)):
            yield from _as_arrays(a, b, item_name(name, i, len(expected)))


def describe(value: Value) -> str:
    """What a value is, in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {number(value)}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return "a dictionary"
    if value is None:
        return "None"
    if isinstance(value, Other):
        return f"a value of type {value.name}"
    return f"the text {value!r}"


def number(value: Value) -> str:
    return f"{np.asarray(value).item():.7g}" if np.asarray(value).dtype.kind in "biuf" else str(value)


def _type_difference(expected: str, received: Value, name: str) -> Difference:
    hint = " Is a `return` missing?" if received is None else ""
    return Difference(Verdict.WRONG_TYPE, f"{name}: expected {expected}, received {describe(received)}.{hint}")


def _sequence_difference(
    expected: tuple[Value, ...] | list[Value], received: Value, tolerance: Tolerance, name: Names
) -> Difference | None:
    named = isinstance(name, tuple) and len(name) == len(expected)
    label = f"({', '.join(map(label_of, name))})" if named else label_of(name)
    if not isinstance(received, (tuple, list)):
        return _type_difference(f"a tuple of {len(expected)}", received, label)
    if len(received) != len(expected):
        return Difference(Verdict.WRONG_TYPE, f"{label}: expected {len(expected)} values, received {len(received)}.")
    for i, (a, b) in enumerate(zip(expected, received, strict=True)):
        found = difference(a, b, tolerance, item_name(name, i, len(expected)))
        if found:
            return found
    return None


def item_name(name: Names, i: int, count: int) -> Names:
    """What to call item i of a sequence of so many, itself called ``name``."""
    return name[i] if isinstance(name, tuple) and len(name) == count else f"{label_of(name)}[{i}]"


def label_of(name: Names) -> str:
    """What to call one value."""
    return "the tuple" if isinstance(name, tuple) else str(name)


def _dict_difference(expected: dict[str, Value], received: Value, tolerance: Tolerance, name: str) -> Difference | None:
    if not isinstance(received, dict):
        what = "a network" if is_network(expected.get("layers")) else "a dictionary"
        return _type_difference(what, received, name)
    missing = [key for key in expected if key not in received]
    if missing:
        have = ", ".join(list(received)[:20]) or "none"
        return Difference(Verdict.MISSING, f"{name} lacks the key {missing[0]!r}; its keys are: {have}.")
    extra = [key for key in received if key not in expected]
    if extra and not tolerance.extra_keys:
        return Difference(Verdict.WRONG_VALUE, f"{name} has a key too many: {extra[0]!r}.")
    for key, value in expected.items():
        found = difference(value, received[key], tolerance, key)
        if found:
            return found
    return None


def _array_difference(expected: np.ndarray, received: Value, tolerance: Tolerance, name: str) -> Difference | None:
    if not isinstance(received, np.ndarray):
        return _type_difference(describe(expected), received, name)
    if received.dtype.kind == "c" and expected.dtype.kind != "c":
        return Difference(Verdict.WRONG_TYPE, f"{name}: expected real numbers, received complex ones.")
    if expected.ndim == 0 and received.size == 1:
        received = received.reshape(())
    if received.shape != expected.shape:
        what = f"{name}: expected shape {expected.shape}, received shape {received.shape}."
        if received.shape == expected.shape[::-1]:
            what += " Is it transposed?"
        return Difference(Verdict.WRONG_SHAPE, what)
    if received.dtype == expected.dtype and received.tobytes() == expected.tobytes():
        return None  # nearly every array of a right answer; the rest of the way takes ten times as long
    wrong = ~tolerance.close(expected, received)
    if not wrong.any():
        return None
    return Difference(Verdict.WRONG_VALUE, f"{name}{_worst(expected, received, wrong)}{_pattern(received)}")


def _worst(expected: np.ndarray, received: np.ndarray, wrong: np.ndarray) -> str:
    """Where two arrays differ most, and what stands there."""
    gap = np.abs(received.astype(complex) - expected.astype(complex))
    gap = np.where(np.isnan(gap), np.inf, gap)
    place = np.unravel_index(np.argmax(np.where(wrong, gap, -1)), gap.shape)
    at = f"[{', '.join(str(int(i)) for i in place)}]" if place else ""
    values = f"expected {number(expected[place])}, received {number(received[place])}"
    if expected.ndim == 0:
        return f": {values}."
    return f" (shape {expected.shape}) differs in {wrong.sum()} of {wrong.size} entries, most at {at}: {values}."


def _pattern(received: np.ndarray) -> str:
    """A plain fact about all that came, or nothing."""
    if received.size > 1 and not received.any():
        return " Every entry received is 0."
    return "" if np.isfinite(received).all() else " Not every entry received is a finite number."
