"""The kinds of verdict, and what is said of one graded item."""

from dataclasses import dataclass
from enum import StrEnum


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
        message: the plain fact (what differs first, where, expected and received) and a hint.
        as_written: where the function is right with right versions of what it calls, what differs first when it calls
            the learner's own; "" where nothing does.
    """

    grade_id: str
    exercise: str
    points: float
    max_points: float
    verdict: Verdict
    cause: str | None
    message: str
    as_written: str = ""

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED

    @property
    def sentence(self) -> str:
        """The cause where one is known, then the fact."""
        return " ".join(part for part in (self.cause, self.message) if part)

    def as_json(self) -> dict:
        return {
            "grade_id": self.grade_id,
            "exercise": self.exercise,
            "points": self.points,
            "max_points": self.max_points,
            "verdict": str(self.verdict),
            "cause": self.cause,
            "message": self.message,
        }


def listed(names) -> str:
    """Names as a sentence lists them: ``a, b and c``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
