"""A trace beside the values that right computations come to: how like a right one each is, and what it is made of."""

import collections
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from autograder.judge.trace import Node, Trace
from autograder.judge.trace_values import Array, Known, Likeness, Match

MOST_PARTS = 400
"""Of what was put into one list or dictionary, how many are kept in mind."""
MOVES = re.compile(
    r"name|item|attribute|several|turn|IfExp|.*Comp$"
    r"|call ([\w.]*\.)?(reshape|transpose|ravel|flatten|squeeze|copy|array|asarray|concatenate|[hvcd]?stack"
    r"|column_stack|expand_dims|moveaxis|swapaxes|diag|take|pad|astype|zip|enumerate|list|tuple|items|values|get"
    r"|reversed|sorted)\b"
)
"""What gives numbers a name, another order or another shape, and computes none."""
SAME_OPERATIONS = {
    "MatMult": "dot", "call np.dot": "dot", "call np.matmul": "dot", "Mult": "times", "call np.multiply": "times",
    "Sub": "minus", "call np.subtract": "minus", "Add": "plus", "call np.add": "plus", "Div": "over",
    "call np.divide": "over",
}  # fmt: skip
"""Operations that can be written in several ways."""

Application = tuple[str, tuple[int, ...]]
"""An operation, and the known values that it was used on, by their kinds, in order."""


@dataclass(eq=False)
class Seen:
    """One event, compared.

    Attributes:
        number, node: its expression. values: what it came to. matches: what these are like.
        turn: how often the expression was come to, this time included. holds: whether it only holds its values.
        operands: what it was made of: the latest events of its operands. given: the events that a name's value is of.
        misnamed: whether a name stands for a whole number that it does not stand for in right computations.
        sources: the expressions of the wrong events that it hangs on, a bit for each number.
    """

    number: int
    node: Node
    values: tuple[Array, ...]
    matches: tuple[Match, ...]
    turn: int
    holds: bool
    misnamed: bool = False
    operands: list["Seen"] = field(default_factory=list)
    given: list["Seen"] = field(default_factory=list)
    sources: int = 0

    @property
    def like(self) -> Likeness:
        return max(match.like for match in self.matches)

    @property
    def is_name(self) -> bool:
        return self.node.op.startswith("name ")

    @property
    def moves(self) -> bool:
        """Whether it computes nothing."""
        return MOVES.match(self.node.op) is not None

    @property
    def alone(self) -> bool:
        """Whether it is one array, or one number."""
        return len(self.values) == 1 and not self.holds

    @property
    def telling(self) -> bool:
        return any(value.telling for value in self.values)

    @property
    def kinds(self) -> list[int]:
        """The kinds of its arrays and telling numbers; -1 for one that is unknown."""
        pairs = zip(self.matches, self.values, strict=True)
        return [match.kind for match, value in pairs if value.telling or value.entries.size > 1]

    @property
    def wrong(self) -> bool:
        """Whether no right computation comes to it."""
        if self.misnamed:
            return True
        if self.is_name and not self.given and not self.node.binds:
            return False  # an argument, or what the notebook defines
        of_whole_numbers = self.operands and not any(one.telling for one in self.operands)
        if of_whole_numbers and all(value.entries.size == 1 for value in self.values):
            return False  # a factor such as 1 / m
        of_parts = self.moves or any(one.like is Likeness.PARTS for one in self.operands)
        return self.like > (Likeness.PARTS if of_parts else Likeness.SAME)

    @property
    def application(self) -> Application | None:
        """Which operation was used on what; None where nothing was computed of arrays."""
        kinds = tuple(sorted(kind for one in self.operands for kind in one.kinds))
        return (self.operation, kinds) if kinds and not self.moves else None

    @property
    def operation(self) -> str:
        """What is done, whichever way it is written."""
        op = self.node.op.removeprefix("binary ")
        if found := SAME_OPERATIONS.get(op.split(" axis")[0]):
            return found
        method = re.fullmatch(r"call [\w.]+\.(sum|mean|max|min|std|var)\b.*", op)
        return f"call np.{method[1]}" if method else " ".join(op.split()[:2])


def compared(trace: Trace, known: Known, names: dict[str, int] | None = None) -> list[Seen]:
    """Each event beside the known values, with what it hangs on.

    Args:
        trace: the events. known: what right computations come to. names: the whole numbers that names stand for there.
    """
    names = names or {}
    several = collections.Counter(name for node in trace.nodes for name in node.binds)
    matches = [known.match(value) for value in trace.values]
    latest: dict[int, Seen] = {}
    bound: dict[str, list[Seen]] = {}
    found: list[Seen] = []
    for number, places, holds in trace.events:
        node = trace.nodes[number]
        turn = latest[number].turn + 1 if number in latest else 1
        values = tuple(trace.values[i] for i in places)
        seen = Seen(number, node, values, tuple(matches[i] for i in places), turn, holds)
        seen.misnamed = any(several[name] == 1 and names.get(name, n) != n for name, n in whole_numbers(seen))
        seen.operands = _operands(trace, number, latest)
        seen.given = bound.get(node.op.removeprefix("name "), []) if seen.is_name else []
        # What is taken out of an array by a number hangs on the array alone.
        for one in [*(seen.operands[:1] if node.op == "item" else seen.operands), *seen.given]:
            seen.sources |= one.sources
        seen.sources |= (1 << number) if seen.wrong else 0
        latest[number] = seen
        for name in node.binds:
            bound[name] = [*bound.get(name, []), seen][-MOST_PARTS:] if node.part else [seen]
        found.append(seen)
    return found


def whole_numbers(seen: Seen) -> Iterator[tuple[str, int]]:
    """The names that stand for a whole number from here on."""
    single = seen.alone and not seen.values[0].shape and seen.values[0].entries.dtype.kind in "iu"
    if single and not seen.node.part and not seen.node.op.startswith("turn"):
        for name in seen.node.binds:
            yield name, int(seen.values[0].entries[0])


def _operands(trace: Trace, number: int, latest: dict[int, Seen]) -> list[Seen]:
    """The latest events of what an expression is made of; of what shows no value itself, of what that is made of."""
    found: list[Seen] = []
    waiting, known = list(trace.nodes[number].operands[::-1]), {number}
    while waiting:
        one = waiting.pop()
        if one in known:
            continue
        known.add(one)
        if one in latest:
            found.append(latest[one])
        else:
            waiting += trace.nodes[one].operands[::-1]
    return found


def last_return(seen: list[Seen]) -> Seen | None:
    """What is given back, at last."""
    return next((one for one in reversed(seen) if "return" in one.node.binds), None)


def equal(a: Array, b: Array) -> bool:
    """Whether two arrays hold the same."""
    return a.shape == b.shape and np.array_equal(a.entries, b.entries, equal_nan=a.entries.dtype.kind in "fc")
