"""The values on the way: a function's answer once more, with every expression reporting what it came to."""

import collections
import hashlib
import types
from itertools import islice
from typing import Any

import numpy as np

from companion.as_numbers import as_numbers
from companion.encode import encode
from companion.function_text import beside
from companion.instrument import SEE, instrumented
from companion.raised_errors import plain_function
from companion.tensors import as_array, is_tensor

FIRST, LAST = 60, 20
"""Of an expression in a loop, how many of the first and of the last turns are told."""
WHOLE, THINNED = 4096, 1024
"""Entries of an array that is told whole; of a larger one, about how many are."""
MOST_EVENTS, MOST_BYTES, MOST_LEAVES = 6000, 8 * 2**20, 16
HOLDERS = (np.ndarray, tuple, list, dict)
MOST_SEEN = 300_000
"""Values after which nothing more is told."""


class Trace:
    """The twins of a function and of the functions of its cell, and what their expressions came to.

    Attributes:
        twins: by name, what is to stand in the place of the functions. function: the twin of the one under test.
    """

    def __init__(self, function: object):
        self.nodes: list[Any] = []
        self.twins: dict[str, Any] = {}
        self.function: types.FunctionType | None = None
        self.plain = plain_function(function)
        if self.plain is None:
            return
        self.function = instrumented(self.plain, self.nodes)
        for name, one in beside(self.plain):
            twin = instrumented(one, self.nodes)
            if twin is not None:
                self.twins[name] = twin
        self.twins[SEE] = self.see
        self.events: list[tuple[int, int, Any, bool]] = []
        self.later: dict[int, collections.deque[tuple[int, int, Any, bool]]] = {}
        self.count: collections.Counter[int] = collections.Counter()
        self.number = 0

    def see(self, node: int, value: Any) -> Any:
        self.number += 1
        if self.number > MOST_SEEN:
            return value
        try:
            leaves = _leaves(value)
        except Exception:  # noqa: BLE001 - a learner's object; the value itself goes on
            return value
        if leaves:
            self.count[node] += 1
            event = (self.number, node, leaves, holds(value))
            if self.count[node] <= FIRST and len(self.events) < MOST_EVENTS:
                self.events.append(event)
            else:
                self.later.setdefault(node, collections.deque(maxlen=LAST)).append(event)
        return value

    def as_json(self) -> dict[str, Any]:
        """What was seen, in order; equal values once."""
        events = sorted([*self.events, *(one for late in self.later.values() for one in late)], key=lambda e: e[0])
        places: dict[bytes, int] = {}
        values: list[Any] = []
        told: list[list[Any]] = []
        size = 0
        for _, node, leaves, several in events[:MOST_EVENTS]:
            numbers = []
            for leaf in leaves:
                key = hashlib.sha1(repr((leaf.shape, leaf.dtype.str)).encode() + leaf.tobytes()).digest()
                if key not in places:
                    places[key] = len(values)
                    values.append([list(leaf.shape), encode(_thinned(leaf))])
                    size += leaf.nbytes
                numbers.append(places[key])
            told.append([node, numbers, several])
            if size > MOST_BYTES:
                break
        return {"nodes": [node.as_json() for node in self.nodes], "events": told, "values": values}


def _thinned(array: np.ndarray) -> np.ndarray:
    if array.size <= WHOLE:
        return array.ravel()
    return array.ravel()[:: max(1, array.size // THINNED) | 1]


def holds(value: Any) -> bool:
    """Whether a value holds arrays, and is none itself."""
    return isinstance(value, dict) or (isinstance(value, (tuple, list)) and any(isinstance(x, HOLDERS) for x in value))


def _leaves(value: Any, depth: int = 0) -> list[np.ndarray]:
    """Copies of the arrays that a value is, or is made of."""
    if value is None or isinstance(value, (str, bytes, types.ModuleType)) or callable(value):
        return []
    if holds(value):
        parts = dict.values(value) if isinstance(value, dict) else value
        leaves = [leaf for one in islice(parts, MOST_LEAVES) for leaf in _leaves(one, depth + 1)] if depth < 4 else []
        return leaves[:MOST_LEAVES]
    if is_tensor(value):
        value = as_array(value)
    found = as_numbers(value)
    return [] if found is None or found.nbytes > MOST_BYTES else [np.array(found, copy=True)]
