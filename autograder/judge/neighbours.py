"""Whether one small edit makes a wrong answer right, and in which line: see companion/neighbours.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.judge.array_by_array import Path, leaves
from autograder.judge.decode import DecodeError, Report, Value, decode_value
from autograder.judge.judging import differs
from autograder.judge.records import Record, RecordedItem
from autograder.judge.same_value import same_value
from autograder.judge.trace import line_number, words

MOST_STATEMENTS, MOST_EDITS, MOST_ANSWERS = 1500, 6000, 1501
MOST_BYTES = 16 * 2**20
HANDS_ON = re.compile(r"return \w+(\.\w+\([^()]*\))?|(\w+) = \2(\.\w+\([^()]*\))?")
"""A statement that computes nothing: what is mended there can be mended above it."""


@dataclass(frozen=True)
class Statement:
    """A statement of the learner's: its lines within the cell, from 1, and its text, cut."""

    line: int
    last: int
    text: str


@dataclass(frozen=True)
class Edited:
    """What came of the edits of one kind in one case.

    Attributes:
        statements: those that can be edited. edits: for each edit the number of its statement, and whether it is one
            of a name, whose value comes from elsewhere.
        answers: distinct ones, and the numbers of the edits that give them.
    """

    statements: list[Statement]
    edits: list[tuple[int, bool]]
    answers: list[tuple[list[int], Value]]


def decode_edits(data: Any) -> Edited:
    """What came of the edits, believed no more than an answer.

    Raises:
        DecodeError: it cannot be read.
    """
    try:
        sizes = (len(data["statements"]), len(data["edits"]), len(data["answers"]))
        if any(size > most for size, most in zip(sizes, (MOST_STATEMENTS, MOST_EDITS, MOST_ANSWERS), strict=True)):
            raise DecodeError("too many edits were handed in")
        statements = [Statement(line_number(a), line_number(b), words(text)) for a, b, text in data["statements"]]
        edits = [(int(place), of_name is True) for place, of_name in data["edits"]]
        if any(not 0 <= place < len(statements) for place, _ in edits):
            raise ValueError
        budget = [MOST_BYTES]
        answers = [
            ([int(n) for n in numbers[:MOST_EDITS] if 0 <= int(n) < len(edits)], decode_value(tree, budget))
            for numbers, tree in data["answers"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise DecodeError("edits that cannot be read were handed in") from error
    return Edited(statements, edits, answers)


@dataclass(frozen=True)
class Mending:
    """The statements in which one edit makes an answer right.

    Attributes:
        whole: where one makes all of it right. parts: where one makes an array right that was wrong, and none wrong
            that was right, by the keys and places that lead to the array.
    """

    whole: tuple[Statement, ...] = ()
    parts: Mapping[Path, tuple[Statement, ...]] = field(default_factory=dict)


def mending(record: Record, item: RecordedItem, cases: list[tuple[Report, Edited]]) -> Mending:
    """Where one edit makes an answer right, in all of the cases that are given.

    Args:
        record, item: the lesson's record, and that of the exercise. cases: the reports, and the edits, of cases that
            came out wrong.
    """
    if not cases:
        return Mending()
    statements = cases[0][1]
    mended = set.intersection(*(_mended(record, item, report, edited) for report, edited in cases))
    if mended:
        return Mending(_places(statements, mended))
    better = [_better(item, report, edited) for report, edited in cases]
    common = [path for path in better[0] if all(path in one for one in better)]
    parts = {path: set.intersection(*(one[path] for one in better)) for path in common}
    return Mending((), {path: _places(statements, numbers) for path, numbers in parts.items() if numbers})


def _places(edited: Edited, numbers: set[int]) -> tuple[Statement, ...]:
    """The statements of edits; where a value is only handed on they are left out, if there are others."""
    computing = [edited.edits[number][0] for number in numbers if not edited.edits[number][1]]
    places = computing or [edited.edits[number][0] for number in numbers]
    found = [edited.statements[place] for place in sorted({*places})]
    telling = [one for one in found if not HANDS_ON.fullmatch(one.text)]
    return tuple(telling or found)


def _mended(record: Record, item: RecordedItem, report: Report, edited: Edited) -> set[int]:
    case = item.cases[report.index]
    return {
        number
        for numbers, answer in edited.answers
        if numbers and differs(record, item, replace(case, output=answer, with_own_calls=None)) is None
        for number in numbers
    }


def _better(item: RecordedItem, report: Report, edited: Edited) -> dict[Path, set[int]]:
    """By each array that is wrong, the edits that make it right, and none of the others wrong."""
    wanted = dict(leaves(item.cases[report.index].output))

    def right(answer: Value) -> frozenset[Path]:
        got = dict(leaves(answer))
        return frozenset(p for p, value in wanted.items() if p in got and same_value(value, got[p], item.tolerance))

    before = right(report.output)
    found: dict[Path, set[int]] = {}
    for numbers, answer in edited.answers if len(wanted) > 1 else ():
        after = right(answer)
        for path in after - before if after > before else ():
            found.setdefault(path, set()).update(numbers)
    return found
