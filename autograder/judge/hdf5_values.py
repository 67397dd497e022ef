"""Values in HDF5, in two forms.

A *tree* keeps everything, to be browsed with any HDF5 tool: a dataset for an array or a list of texts, a group with
the attribute ``kind`` for a tuple, another list, dict, text, none or other. *Packed*, all arrays of a value lie end to
end in one dataset, the larger ones thinned out and equal ones once, beside a layout in JSON: small, for the many
answers of the mistakes.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import h5py
import numpy as np

from autograder.judge.decode import Other, Value

SKETCH_ENTRIES = 256
"""Of a packed array only about this many entries are kept, evenly spaced."""


@dataclass(frozen=True)
class Sketch:
    """A large array of a mistake: its shape, and every ``step``-th entry of it, flattened."""

    shape: tuple[int, ...]
    step: int
    entries: np.ndarray


def write_tree(group: h5py.Group, name: str, value: Value) -> None:
    """Store a value under a name."""
    if isinstance(value, np.ndarray):
        options = {"compression": "gzip", "shuffle": True} if value.size > SKETCH_ENTRIES else {}
        group.create_dataset(name, data=value, **options)
        return
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        texts = [item.encode() for item in value]
        kind = h5py.string_dtype("utf-8", max(1, *map(len, texts)))
        group.create_dataset(name, data=np.array(texts, kind), compression="gzip")
        return
    node = group.create_group(name)
    if isinstance(value, (tuple, list)):
        node.attrs["kind"] = type(value).__name__
        for i, item in enumerate(value):
            write_tree(node, str(i), item)
    elif isinstance(value, dict):
        node.attrs["kind"] = "dict"
        node.attrs["keys"] = json.dumps(list(value))
        for i, item in enumerate(value.values()):
            write_tree(node, str(i), item)
    elif value is None:
        node.attrs["kind"] = "none"
    else:
        node.attrs["kind"] = "other" if isinstance(value, Other) else "text"
        node.attrs["text"] = value.name if isinstance(value, Other) else value


def read_tree(node: h5py.Group | h5py.Dataset) -> Value:
    """The value that :func:`write_tree` stored."""
    if isinstance(node, h5py.Dataset):
        return list(node.asstr()[()]) if h5py.check_string_dtype(node.dtype) else np.asarray(node[()])
    kind = node.attrs["kind"]
    if kind == "none":
        return None
    if kind in ("text", "other"):
        return Other(node.attrs["text"]) if kind == "other" else str(node.attrs["text"])
    items = [read_tree(node[str(i)]) for i in range(len(node))]
    if kind == "dict":
        return dict(zip(json.loads(node.attrs["keys"]), items, strict=True))
    return tuple(items) if kind == "tuple" else items


def pack(value: Value, known: Value = ()) -> tuple[str, np.ndarray]:
    """The layout of a value, JSON, and the kept entries of its arrays end to end, float64.

    Args:
        value: what to pack. known: a value that :func:`unpack` will be given as well; what its arrays hold is not kept.
    """
    kept = _Kept()
    kept.lay_out(known)
    start = kept.size
    layout = json.dumps(kept.lay_out(value))
    return layout, kept.entries()[start:]


class _Kept:
    """Entries of arrays, end to end. Arrays that hold the same to the bit lie in the same place."""

    def __init__(self) -> None:
        self.runs: list[np.ndarray] = []
        self.size = 0
        self.starts: dict[bytes, int] = {}

    def entries(self) -> np.ndarray:
        return np.concatenate([np.zeros(0), *self.runs])

    def lay_out(self, value: Value) -> dict[str, Any]:
        """The layout of a value, whose arrays are kept from now on."""
        if isinstance(value, (np.ndarray, Sketch)):
            sketch = value if isinstance(value, Sketch) else _thinned_out(value)
            shape, step = sketch.shape, sketch.step
            kind = "complex" if sketch.entries.dtype.kind == "c" else "real"
            run = sketch.entries.ravel().astype(complex if kind == "complex" else float).view(float)
            start = self.starts.setdefault(run.tobytes(), self.size)
            if start == self.size:
                self.runs.append(run)
                self.size += run.size
            return {kind: [list(shape), step, start, run.size]}
        if isinstance(value, (tuple, list)):
            return {type(value).__name__: [self.lay_out(item) for item in value]}
        if isinstance(value, dict):
            return {"dict": [[key, self.lay_out(item)] for key, item in value.items()]}
        if isinstance(value, Other):
            return {"other": value.name}
        return {"plain": value}


def _thinned_out(array: np.ndarray) -> Sketch:
    """The kept entries of an array. The step shares no factor with a length of it: else whole columns were left out."""
    step = max(1, -(-array.size // SKETCH_ENTRIES))
    while step > 1 and any(math.gcd(step, n) > 1 for n in array.shape):
        step += 1
    return Sketch(array.shape, step, array.ravel()[::step])


def unpack(layout: str, values: np.ndarray, known: Value = ()) -> Value:
    """The value that :func:`pack` packed, with a :class:`Sketch` for each array that was thinned out."""
    kept = _Kept()
    kept.lay_out(known)
    values = np.concatenate([kept.entries(), values])

    def build(node: dict[str, Any]) -> Value:
        ((kind, body),) = node.items()
        if kind in ("real", "complex"):
            shape, step, start, count = body
            entries = values[start : start + count].view(complex if kind == "complex" else float)
            return Sketch(tuple(shape), step, entries) if step > 1 else entries.reshape(shape)
        if kind in ("tuple", "list"):
            items = [build(item) for item in body]
            return tuple(items) if kind == "tuple" else items
        if kind == "dict":
            return {key: build(item) for key, item in body}
        return Other(body) if kind == "other" else body

    return build(json.loads(layout))
