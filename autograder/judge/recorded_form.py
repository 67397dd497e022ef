"""An answer in the form of the recorded one: lists of numbers for arrays, and arrays for lists of numbers."""

import numpy as np

from autograder.judge.decode import Value


def in_recorded_form(recorded: Value, received: Value, split: bool = True) -> Value:
    """The received value; where it holds the numbers of an array in lists, or the other way round, as recorded.

    The visible checks take both for the same (companion/comparing.py). All else stays as it came.

    Args:
        recorded, received: two values. split: whether an array may stand for a list of numbers.
    """
    if isinstance(recorded, np.ndarray) and isinstance(received, (tuple, list)):
        return _stacked_like(recorded, received)
    if isinstance(recorded, dict) and isinstance(received, dict):
        return {
            key: in_recorded_form(recorded[key], value, split) if key in recorded else value
            for key, value in received.items()
        }
    if isinstance(recorded, (tuple, list)):
        if isinstance(received, (tuple, list)) and len(received) == len(recorded):
            items = [in_recorded_form(a, b, split) for a, b in zip(recorded, received, strict=True)]
            return tuple(items) if isinstance(received, tuple) else items
        if split and isinstance(received, np.ndarray) and received.ndim:
            whole = _stacked(recorded)
            if whole is not None and whole.shape == received.shape:
                return _split(received, recorded)
    return received


def _stacked_like(recorded: np.ndarray, received: tuple[Value, ...] | list[Value]) -> Value:
    array = _stacked(received)
    if array is None or (isinstance(received, tuple) and array.shape != recorded.shape):
        return received  # several results, not one
    if array.size == recorded.size and array.shape[: recorded.ndim] == recorded.shape:
        return array.reshape(recorded.shape)  # a list of arrays of one entry, for a list of numbers
    return array


def _stacked(value: Value) -> np.ndarray | None:
    """Nested lists of numbers as one array, or None where they are none."""
    if isinstance(value, np.ndarray):
        return value
    if not isinstance(value, (tuple, list)):
        return None
    parts = [part for part in map(_stacked, value) if part is not None]
    if len(parts) < len(value) or len({part.shape for part in parts}) > 1:
        return None
    return np.stack(parts) if parts else np.zeros(0)


def _split(array: np.ndarray, recorded: Value) -> Value:
    if not isinstance(recorded, (tuple, list)):
        return array
    return [_split(array[i, ...], item) for i, item in enumerate(recorded)]
