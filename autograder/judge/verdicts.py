"""The kinds of verdict, and what is said of one graded item."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    PASSED = "passed"
    WRONG_VALUE = "wrong value"
    WRONG_SHAPE = "wrong shape"
    WRONG_TYPE = "wrong type"
    MISSING = "missing"
    RAISED = "raised"
    TIMED_OUT = "timed out"
    KILLED = "killed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Item:
    """What is said of one graded cell.

    Attributes:
        grade_id: the graded cell. exercise: the function that it judges.
        points, max_points: points given and to be had.
        verdict: one of :class:`Verdict`.
        cause: the recorded mistake that the answer matches, in a sentence; None where none does.
        difference: the plain fact: what differs first, where, expected and received; or why nothing was judged.
        as_written: where the function is right with right versions of what it calls, what differs first when it calls
            the learner's own; "" where nothing does.
        hint: what to look at, where the cause is known.
        right_cases, cases: how many cases are right, and how many were judged; 0 where none was.
        remarks: what else is to be said of a right answer, such as the form in which it came.
        relation: how the fault hangs together with those of the functions that it calls, or that call it.
    """

    grade_id: str
    exercise: str
    points: float
    max_points: float
    verdict: Verdict
    cause: str | None
    difference: str = ""
    as_written: str = ""
    hint: str = ""
    right_cases: int = 0
    cases: int = 0
    remarks: tuple[str, ...] = ()
    relation: str = ""

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED

    @property
    def message(self) -> str:
        """The plain fact and a hint, as the feedback says it."""
        if self.passed:
            said = [f"Right on all {self.cases} hidden cases.", *self.remarks]
        elif not self.cases:
            said = [self.difference]
        else:
            said = [f"{self.hint} ({self.difference})" if self.cause else f"{self.exercise}: {self.difference}"]
            if self.right_cases:
                said.append(f"Right on {self.right_cases} of {self.cases} hidden cases.")
        return " ".join(filter(None, [*said, self.relation]))

    @property
    def sentence(self) -> str:
        """The cause where one is known, then the fact."""
        return " ".join(part for part in (self.cause, self.message) if part)

    def as_json(self) -> dict[str, Any]:
        return {
            "grade_id": self.grade_id,
            "exercise": self.exercise,
            "points": self.points,
            "max_points": self.max_points,
            "verdict": str(self.verdict),
            "cause": self.cause,
            "message": self.message,
        }


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: ``a, b and c``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
