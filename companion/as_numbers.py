"""What counts as numbers: the visible checks and the way to the judge read an answer alike."""

from typing import Any

import numpy as np


def as_numbers(value: Any) -> np.ndarray | None:
    """A value as a plain array of numbers, or None where it is none.

    Numbers, arrays of any kind, nested lists and tuples of one shape, and whatever NumPy makes an array of. Where an
    entry is masked, nobody knows its number.
    """
    if value is None or isinstance(value, (str, bytes, dict)):
        return None
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        return None
    try:
        array = np.asarray(value)
    except Exception:  # noqa: BLE001 - a learner's object decides what converting it raises
        return None  # lists of unequal lengths, or an object that is no array
    if array.dtype.kind == "O" and all(type(x) is int for x in array.flat):
        array = array.astype(float)  # integers beyond 64 bits
    return array if array.dtype.kind in "biufc" else None
