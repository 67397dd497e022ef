"""Turn what a function returned into plain, bounded data that may leave the kernel.

A value becomes a small tree of JSON objects, each with one key:

    {"array": [dtype, shape, base64 of the raw bytes]}     arrays, tensors and numbers (shape [] for a number)
    {"tuple": [tree, …]}   {"list": [tree, …]}   {"dict": [[key, tree], …]}
    {"text": "…"}   {"none": true}   {"other": "name of the type"}

Nothing else crosses over: no pickle, no object arrays, no subclass with methods of its own.
The other end of this door is autograder/judge/decode.py, which believes none of it.
"""

import base64
from typing import Any

import numpy as np

from companion.tensors import as_array, is_tensor

Tree = dict[str, Any]

MAX_DEPTH = 6
MAX_ITEMS = 1000
MAX_TEXT = 300
MAX_BYTES = 16 * 2**20
"""Of one array; an answer is never that large."""


def encode(value: Any, depth: int = 0) -> Tree:
    """The tree of a value; see the module's docstring for its form."""
    kind = type(value)
    if depth > MAX_DEPTH:
        return {"other": "structure nested too deeply"}
    if value is None:
        return {"none": True}
    if kind is str:
        return {"text": value[:MAX_TEXT]}
    if kind in (bool, int, float, complex) or isinstance(value, np.generic):
        return _encode_number(value)
    if kind is np.ndarray:
        return _encode_array(value)
    if kind in (tuple, list):
        items = [encode(item, depth + 1) for item in value[:MAX_ITEMS]]
        return {kind.__name__: items}
    if kind is dict:
        pairs = [[str(key)[:MAX_TEXT], encode(item, depth + 1)] for key, item in list(value.items())[:MAX_ITEMS]]
        return {"dict": pairs}
    if is_tensor(value):
        array = as_array(value)
        return {"other": "tensor without a value"} if array is None else _encode_array(array)
    return {"other": kind.__name__[:MAX_TEXT]}


def _encode_number(value: Any) -> Tree:
    try:
        return _encode_array(np.asarray(value))
    except OverflowError:
        return {"other": "int too large for 64 bits"}


def _encode_array(array: np.ndarray) -> Tree:
    if array.dtype.kind not in "biufc":
        return {"other": f"array of dtype {array.dtype}"}
    if array.nbytes > MAX_BYTES:
        return {"other": f"array of shape {array.shape}, {array.nbytes // 2**20} MB, too large to hand over"[:MAX_TEXT]}
    plain = np.asarray(array, order="C", dtype=array.dtype.newbyteorder("<"))
    return {"array": [plain.dtype.str, list(plain.shape), base64.b64encode(plain.tobytes()).decode("ascii")]}
