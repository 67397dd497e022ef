"""A trace as it left the kernel, believed no more than an answer: what the expressions of a function came to.

Its form is that of companion/trace.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.decode import DecodeError, Value, decode_value
from autograder.judge.trace_values import Array

MOST_NODES, MOST_EVENTS, MOST_VALUES, MOST_OPERANDS = 1500, 8000, 8000, 50
MOST_BYTES = 16 * 2**20
WHOLE, THINNED = 4096, 1024
"""Arrays of more entries are thinned out to about so many; companion/trace.py says the same (a test compares)."""


@dataclass(frozen=True)
class Node:
    """An expression of the learner's: see companion/instrument.py."""

    line: int
    last: int
    text: str
    op: str
    operands: tuple[int, ...]
    under: int
    binds: tuple[str, ...]
    part: bool
    adds_to: str

    @property
    def accumulates(self) -> bool:
        """Whether it adds to the name that it is given to: ``cost += …``."""
        return self.adds_to in self.binds and self.op in ("binary Add", "binary Sub")


@dataclass(frozen=True)
class Trace:
    """What a function's expressions came to.

    Attributes:
        nodes: the expressions. values: the arrays.
        events: in order: the number of the expression, those of its values, and whether it only holds them.
    """

    nodes: list[Node]
    events: list[tuple[int, tuple[int, ...], bool]]
    values: list[Array]


def decode_trace(data: Any) -> Trace:
    """A trace as it came.

    Raises:
        DecodeError: it is none.
    """
    try:
        if (
            max(len(data["nodes"]) / MOST_NODES, len(data["events"]) / MOST_EVENTS, len(data["values"]) / MOST_VALUES)
            > 1
        ):
            raise DecodeError("a trace that is too long was handed in")
        budget = [MOST_BYTES]
        nodes = [_node(one, number) for number, one in enumerate(data["nodes"])]
        values = [_value(one, budget) for one in data["values"]]
        events = [_event(one, len(nodes), len(values)) for one in data["events"]]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise DecodeError("a trace that cannot be read was handed in") from error
    return Trace(nodes, events, values)


def _node(data: dict[str, Any], number: int) -> Node:
    """One expression. It is made of earlier ones only."""
    text, op, adds_to = (words(data[key]) for key in ("text", "op", "adds_to"))
    operands = tuple(i for i in data["operands"][:MOST_OPERANDS] if type(i) is int and 0 <= i < number)
    binds = tuple(str(name)[:60] for name in data["binds"][:20])
    line, last, under = (line_number(data[key]) for key in ("line", "last", "under"))
    return Node(line, last, text, op, operands, under, binds, data["part"] is True, adds_to)


def words(data: Any) -> str:
    """A piece of a learner's text, cut, and fit to be shown."""
    return str(data)[:200].encode("utf-8", "replace").decode()


def line_number(data: Any) -> int:
    """The number of a line, bounded."""
    return min(max(int(data), 0), 10**6)


def _value(data: Any, budget: list[int]) -> Array:
    shape, tree = data
    if not (len(shape) <= 16 and all(type(n) is int and 0 <= n < 2**31 for n in shape)):
        raise ValueError
    entries = decode_value(tree, budget)
    if not isinstance(entries, np.ndarray) or entries.ndim != 1 or (entries.size == 0) != (0 in shape):
        raise ValueError
    return Array(tuple(shape), entries)


def _event(data: Any, nodes: int, values: int) -> tuple[int, tuple[int, ...], bool]:
    number, places, holds = data
    if not (type(number) is int and 0 <= number < nodes and 0 < len(places) <= MOST_OPERANDS):
        raise ValueError
    if not all(type(i) is int and 0 <= i < values for i in places):
        raise ValueError
    return number, tuple(places), holds is True


def array_leaves(value: Value, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Array]]:
    """The arrays of a value, thinned out as those of a trace are, with the keys and places that lead to them."""
    if isinstance(value, np.ndarray):
        flat = value.ravel()
        yield path, Array(value.shape, flat if flat.size <= WHOLE else flat[:: max(1, flat.size // THINNED) | 1])
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from array_leaves(one, (*path, f"key {key}"))
    elif isinstance(value, (tuple, list)):
        for i, one in enumerate(value):
            yield from array_leaves(one, (*path, str(i)))
