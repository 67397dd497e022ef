"""Turn what a function returned into plain, bounded data that may leave the kernel.

A value becomes a small tree of JSON objects, each with one key:

    {"array": [dtype, shape, base64 of the raw bytes]}     arrays, tensors and numbers (shape [] for a number)
    {"tuple": [tree, …]}   {"list": [tree, …]}   {"dict": [[key, tree], …]}
    {"text": "…"}   {"none": true}   {"other": "name of the type"}

Nothing else crosses over: no pickle, no object arrays. Of a subclass, such as an OrderedDict or np.matrix, only what it
holds crosses, never its methods.
The other end of this door is autograder/judge/decode.py, which believes none of it.
"""

import base64
from itertools import islice
from typing import Any

import numpy as np

from companion.as_numbers import as_numbers
from companion.one_line import type_of
from companion.tensors import as_array, is_tensor

Tree = dict[str, Any]

MAX_DEPTH = 6
MAX_ITEMS = 1000
MAX_TEXT = 300
MAX_BYTES = 16 * 2**20
"""Of one array; an answer is never that large."""


def encode(value: Any, depth: int = 0) -> Tree:
    """The tree of a value; see the module's docstring for its form."""
    if depth > MAX_DEPTH:
        return {"other": "structure nested too deeply"}
    if value is None:
        return {"none": True}
    # The methods are those of Python's own types: a subclass may have changed its own.
    if isinstance(value, str):
        return {"text": str.__str__(value)[:MAX_TEXT]}
    if isinstance(value, (tuple, list)):
        entries = tuple.__iter__(value) if isinstance(value, tuple) else list.__iter__(value)
        items = [encode(item, depth + 1) for item in islice(entries, MAX_ITEMS)]
        return {"tuple" if isinstance(value, tuple) else "list": items}
    if isinstance(value, dict):
        pairs = [[str(key)[:MAX_TEXT], encode(item, depth + 1)] for key, item in islice(dict.items(value), MAX_ITEMS)]
        return {"dict": pairs}
    if is_tensor(value):
        value = as_array(value)
        if value is None:
            return {"other": "tensor without a value"}
    numbers = as_numbers(value)
    if numbers is not None:
        return _encode_array(numbers)
    return {"other": _what(value)[:MAX_TEXT]}


def _what(value: object) -> str:
    if isinstance(value, np.ma.MaskedArray):
        return "array with masked entries"
    return f"array of dtype {value.dtype}" if isinstance(value, np.ndarray) else type_of(value)


def _encode_array(array: np.ndarray) -> Tree:
    if array.nbytes > MAX_BYTES:
        return {"other": f"array of shape {array.shape}, {array.nbytes // 2**20} MB, too large to hand over"[:MAX_TEXT]}
    plain = np.asarray(array, order="C", dtype=array.dtype.newbyteorder("<"))
    return {"array": [plain.dtype.str, list(plain.shape), base64.b64encode(plain.tobytes()).decode("ascii")]}
