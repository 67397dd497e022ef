"""Compare two values and say in a few words where they differ."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from companion.as_numbers import as_numbers
from companion.one_line import one_line, type_of
from companion.tensors import as_array, is_tensor

Told = Iterator[tuple[bool, str]]
"""Of each comparison, whether the two agree and what to say of it."""


def compared(name: str, received: Any, expected: Any, rtol: float, atol: float) -> Told:
    """What to say of a value beside the expected one; for a dictionary, tuple or list, of each entry.

    Args:
        name: what it is called. received, expected: the two. rtol, atol: as in ``numpy.isclose``.

    Raises:
        Whatever the received value raises when it is looked at.
    """
    if isinstance(expected, dict):
        yield from _dictionary(name, received, expected, rtol, atol)
    elif isinstance(expected, tuple) and _of_integers(expected):
        yield _sizes(name, received, expected)
    elif isinstance(expected, (tuple, list)) and not _of_numbers(expected):
        yield from _entries(name, received, expected, rtol, atol)
    elif (wanted := as_numbers(expected)) is not None:
        yield _arrays(name, received, wanted, rtol, atol)
    elif _equal(received, expected):
        yield True, f"{name} agrees, {_what(expected)}"
    else:
        yield False, f"{name}: {_what(received)} for {_what(expected)}{_forgotten(received)}"


def same(before: Any, after: Any) -> bool:
    """Whether a value is what it was: to the last bit, in arrays and whatever holds arrays."""
    try:
        if isinstance(before, np.ndarray):
            return _same_array(before, after)
        if is_tensor(before):
            return _same_array(np.asarray(as_array(before)), np.asarray(as_array(after)))
        if isinstance(before, dict):
            return before.keys() == after.keys() and all(same(value, after[key]) for key, value in before.items())
        if isinstance(before, (tuple, list)):
            return len(before) == len(after) and all(map(same, before, after))
        return before is after or before != before or bool(before == after)
    except Exception:  # noqa: BLE001 - a learner's object decides what looking at it raises
        return True  # it cannot be looked at: nothing is claimed of it


def _same_array(before: np.ndarray, after: np.ndarray) -> bool:
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    if before.dtype.kind in "biufc":
        return np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    return bool(np.all(before == after))


def _dictionary(name: str, received: Any, expected: dict[Any, Any], rtol: float, atol: float) -> Told:
    if not isinstance(received, dict):
        yield False, f"{name}: {_what(received)} for a dictionary{_forgotten(received)}"
        return
    for key, value in expected.items():
        label = f"{name}[{_quoted(key)}]"
        if key in received:
            yield from compared(label, received[key], value, rtol, atol)
        else:
            yield False, f"{label} is missing; there is: {one_line(', '.join(map(str, received)), 60) or 'no key'}"
    for key in received:
        if key not in expected:
            yield False, f"{name}[{_quoted(key)}]: a key too many"


def _quoted(key: object) -> str:
    return f'"{key}"' if isinstance(key, str) else repr(key)


def _entries(name: str, received: Any, expected: Sequence[Any], rtol: float, atol: float) -> Told:
    if not isinstance(received, (tuple, list)):
        yield False, f"{name}: {_what(received)} for {_what(expected)}{_forgotten(received)}"
    elif len(received) != len(expected):
        yield False, f"{name}: {len(received)} values for {len(expected)}"
    else:
        for i, (came, wanted) in enumerate(zip(received, expected, strict=True)):
            yield from compared(f"{name}[{i}]", came, wanted, rtol, atol)


def _equal(received: Any, expected: Any) -> bool:
    if isinstance(received, str):
        received = str.__str__(received)  # of a subclass, such as NumPy's, the text counts
    return type(received) is type(expected) and bool(received == expected)


def _of_integers(value: tuple[Any, ...]) -> bool:
    return all(type(x) is int or isinstance(x, np.integer) for x in value)


def _of_numbers(value: object) -> bool:
    """Whether lists in lists hold nothing but numbers: then they are an array."""
    if isinstance(value, (tuple, list)):
        return all(map(_of_numbers, value))
    return isinstance(value, (bool, int, float, complex, np.generic))


def _sizes(name: str, received: Any, expected: tuple[int, ...]) -> tuple[bool, str]:
    """Integers in a tuple, such as a shape."""
    if isinstance(received, (tuple, list)) and all(np.size(x) == 1 for x in received):
        received = np.array([np.asarray(x).item() for x in received])
    array = np.asarray(received)
    if array.ndim != 1 or array.dtype.kind not in "biuf":
        return False, f"{name}: {_what(received)} for {expected}{_forgotten(received)}"
    came = tuple(array.tolist())
    return (
        came == expected,
        f"{name} agrees, {expected}" if came == expected else f"{name}: {_short(came)} for {expected}",
    )


def _short(values: tuple[Any, ...]) -> str:
    return one_line(f"({', '.join(map(_number, values))}{',' * (len(values) == 1)})", most=60)


def _arrays(name: str, received: Any, wanted: np.ndarray, rtol: float, atol: float) -> tuple[bool, str]:
    came = as_numbers(received)
    if came is None or (isinstance(received, tuple) and came.shape != wanted.shape):
        return False, f"{name}: {_what(received)} for {_form(wanted)}{_forgotten(received)}"
    if wanted.ndim == 0 and came.size == 1:
        came = came.reshape(())
    if isinstance(received, list) and came.size == wanted.size and came.shape[: wanted.ndim] == wanted.shape:
        came = came.reshape(wanted.shape)  # a list of arrays of one entry, for a list of numbers
    if came.shape != wanted.shape:
        arrays = came.ndim and wanted.ndim
        return (
            False,
            f"{name}: shape {came.shape} for {wanted.shape}"
            if arrays
            else f"{name}: {_form(came)} for {_form(wanted)}",
        )
    if came.dtype.kind == "c" and wanted.dtype.kind != "c":
        return False, f"{name}: complex numbers for real ones"
    wide = complex if wanted.dtype.kind == "c" else float
    with np.errstate(all="ignore"):
        a, b = came.astype(wide), wanted.astype(wide)
        wrong = ~np.isclose(a, b, rtol=rtol, atol=atol, equal_nan=True)
        gap = np.where(wrong, np.nan_to_num(np.abs(a - b), nan=np.inf), -1)
    if not wrong.any():
        return True, f"{name} agrees, {f'shape {wanted.shape}' if wanted.ndim else _number(wanted[()])}"
    place = np.unravel_index(np.argmax(gap), gap.shape)
    values = _beside(came[place], wanted[place])
    if not wanted.ndim:
        return False, f"{name}: {values}"
    at = f"[{', '.join(str(int(i)) for i in place)}]"
    if wrong.size == 1:
        return False, f"{name}: {values} at {at}"
    return False, f"{name}: {values} at {at}, where it differs most; {wrong.sum()} of {wrong.size} entries differ"


def _beside(came: Any, wanted: Any) -> str:
    """Two numbers that differ, with as many digits as it takes to see that."""
    for digits in (6, 9, 12, 17):
        shown = _number(came, digits), _number(wanted, digits)
        if shown[0] != shown[1]:
            break
    return f"{shown[0]} for {shown[1]}"


def _number(value: Any, digits: int = 6) -> str:
    value = np.asarray(value).item()
    if isinstance(value, (bool, complex)):
        return str(value)
    whole = isinstance(value, int) and abs(value) < 10**15
    return str(value) if whole else f"{value:.{digits}g}"


def _form(array: np.ndarray) -> str:
    return f"an array of shape {array.shape}" if array.ndim else "a number"


def _what(value: object) -> str:
    """What a value is, in a few words."""
    if value is None:
        return "None"
    if isinstance(value, str):
        return one_line(repr(str(value)), most=50)
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, (tuple, list)):
        return f"a {'tuple' if isinstance(value, tuple) else 'list'} of {len(value)}"
    numbers = as_numbers(value)
    if numbers is not None:
        return _form(numbers) if numbers.ndim else f"the number {_number(numbers[()])}"
    return "a function" if callable(value) else f"a value of type {type_of(value)}"


def _forgotten(received: object) -> str:
    return ": is a `return` missing?" if received is None else ""
