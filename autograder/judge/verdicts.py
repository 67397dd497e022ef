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
        difference: the plain fact: what differs first, where, expected and received; or why nothing was judged.
        causes: the recorded mistakes that the answer shows, a sentence each; none where nothing is known.
        as_written: where the function is right with right versions of what it calls, what differs first when it calls
            the learner's own; "" where nothing does.
        hints: what to look at, one for each cause.
        right_cases, cases: how many cases are right, and how many were judged; 0 where none was.
        remarks: what else is to be said of a right answer, such as the form in which it came.
        relation: how the fault hangs together with those of the functions that it calls, or that call it.
    """

    grade_id: str
    exercise: str
    points: float
    max_points: float
    verdict: Verdict
    difference: str = ""
    causes: tuple[str, ...] = ()
    as_written: str = ""
    hints: tuple[str, ...] = ()
    right_cases: int = 0
    cases: int = 0
    remarks: tuple[str, ...] = ()
    relation: str = ""

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED

    @property
    def cause(self) -> str | None:
        """The causes in one text; None where nothing is known."""
        return _together("mistakes", self.causes) or None

    @property
    def hint(self) -> str:
        """What to look at, in one text."""
        return _together("hints", self.hints)

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
            "causes": list(self.causes),
            "message": self.message,
        }


def _together(what: str, sentences: tuple[str, ...]) -> str:
    """One sentence as it is, two with their numbers."""
    if len(sentences) < 2:
        return "".join(sentences)
    numbered = " ".join(f"({number}) {sentence}" for number, sentence in enumerate(sentences, start=1))
    return f"Two {what}: {numbered}"


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: ``a, b and c``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
