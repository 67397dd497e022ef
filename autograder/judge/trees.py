"""Values in HDF5, in two forms.

A *tree* keeps everything, to be browsed with any HDF5 tool: a dataset for an array, a group with the attribute
``kind`` for a tuple, list, dict, text, none or other. *Packed*, all arrays of a value lie end to end in one
dataset, the larger ones thinned out, beside a layout in JSON: small, for the many answers of the mistakes.
"""

import json
from dataclasses import dataclass

import h5py
import numpy as np

from autograder.judge.wire import Other

SKETCH_ENTRIES = 256
"""Of a packed array only about this many entries are kept, evenly spaced."""


@dataclass(frozen=True)
class Sketch:
    """A large array of a mistake: its shape, and every ``step``-th entry of it, flattened."""

    shape: tuple[int, ...]
    step: int
    entries: np.ndarray


def write_tree(group: h5py.Group, name: str, value) -> None:
    """Store a value under a name."""
    if isinstance(value, np.ndarray):
        options = {"compression": "gzip", "shuffle": True} if value.size > SKETCH_ENTRIES else {}
        group.create_dataset(name, data=value, **options)
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


def read_tree(node):
    """The value that :func:`write_tree` stored."""
    if isinstance(node, h5py.Dataset):
        return np.asarray(node[()])
    kind = node.attrs["kind"]
    if kind == "none":
        return None
    if kind in ("text", "other"):
        return Other(node.attrs["text"]) if kind == "other" else str(node.attrs["text"])
    items = [read_tree(node[str(i)]) for i in range(len(node))]
    if kind == "dict":
        return dict(zip(json.loads(node.attrs["keys"]), items, strict=True))
    return tuple(items) if kind == "tuple" else items


def pack(value) -> tuple[str, np.ndarray]:
    """The layout of a value, JSON, and the kept entries of its arrays end to end, float64 or complex128."""
    kept: list[np.ndarray] = []
    layout = json.dumps(_lay_out(value, kept))
    return layout, np.concatenate([np.zeros(0), *kept])


def _lay_out(value, kept: list[np.ndarray]):
    if isinstance(value, np.ndarray):
        step = max(1, -(-value.size // SKETCH_ENTRIES))
        kept.append(value.ravel()[::step].astype(complex if value.dtype.kind == "c" else float))
        return {"array": [list(value.shape), step, kept[-1].size]}
    if isinstance(value, (tuple, list)):
        return {type(value).__name__: [_lay_out(item, kept) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[key, _lay_out(item, kept)] for key, item in value.items()]}
    if isinstance(value, Other):
        return {"other": value.name}
    return {"plain": value}


def unpack(layout: str, values: np.ndarray):
    """The value that :func:`pack` packed, with a :class:`Sketch` for each array that was thinned out."""
    start = 0

    def build(node):
        nonlocal start
        ((kind, body),) = node.items()
        if kind == "array":
            shape, step, count = body
            start += count
            entries = values[start - count : start]
            return Sketch(tuple(shape), step, entries) if step > 1 else entries.reshape(shape)
        if kind in ("tuple", "list"):
            items = [build(item) for item in body]
            return tuple(items) if kind == "tuple" else items
        if kind == "dict":
            return {key: build(item) for key, item in body}
        return Other(body) if kind == "other" else body

    return build(json.loads(layout))
