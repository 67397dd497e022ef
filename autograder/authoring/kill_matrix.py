"""The kill matrix: every mistake and every mutant against every hidden case."""

from dataclasses import dataclass, replace

from autograder.authoring.lesson_text import LessonText
from autograder.authoring.mutants import mutants
from autograder.authoring.run_author_code import answer, is_noticed
from autograder.errors import RecordBroken
from autograder.judge import Record, Verdict, judge_reports
from autograder.judge.judging import case_verdicts
from autograder.notebooks import without_markers


@dataclass(frozen=True)
class Row:
    """One answer of an exercise and what became of it.

    Attributes:
        kind: solution, style, untouched, mistake or mutant. name: which one.
        killed: for each hidden case, whether the answer fails it.
        cause: what the judge named, for a mistake.
        reason: why a mutant is equivalent, or why the check lets a mistake through, where the lesson says so.
        noticed: whether the visible check says that a mistake is wrong; None for other answers.
    """

    exercise: str
    kind: str
    name: str
    killed: tuple[bool, ...]
    cause: str | None = None
    reason: str | None = None
    noticed: bool | None = None

    @property
    def dead(self) -> bool:
        return any(self.killed)

    @property
    def as_it_should_be(self) -> bool:
        if self.kind in ("solution", "style"):
            return not self.dead
        if self.kind == "mistake":
            return self.dead and self.noticed is (self.reason is None)
        return self.dead or self.reason is not None

    def as_json(self) -> dict:
        return {
            "exercise": self.exercise, "kind": self.kind, "name": self.name, "killed": list(self.killed),
            "cause": self.cause, "reason": self.reason, "noticed": self.noticed, "ok": self.as_it_should_be,
        }  # fmt: skip


def kill_matrix(lesson: LessonText, record: Record) -> list[Row]:
    """Every row of every exercise of a lesson, judged against its record."""
    rows = []
    for exercise in lesson.tests:
        solved = without_markers(lesson.solutions[exercise])
        stub = f"def {exercise}(*args, **kwargs):\n    raise NotImplementedError({exercise!r})\n"
        rows.append(_row(lesson, record, exercise, "solution", "as written", solved))
        for style, source in lesson.styles.get(exercise, {}).items():
            rows.append(_row(lesson, record, exercise, "style", style, source))
        rows.append(_row(lesson, record, exercise, "untouched", "stub", stub))
        for mistake in (m for m in lesson.mistakes if m.exercise == exercise):
            row = _row(lesson, record, exercise, "mistake", mistake.name, mistake.source)
            why = lesson.answers.let_through.get((exercise, mistake.name))
            rows.append(replace(row, reason=why, noticed=is_noticed(lesson, exercise, mistake.source)))
        reasons = {(e.old, e.new): e.reason for e in lesson.equivalents if e.exercise == exercise}
        for mutant in mutants(exercise, solved):
            name = f"{mutant.old}  →  {mutant.new}"
            rows.append(
                _row(lesson, record, exercise, "mutant", name, mutant.source, reasons.get((mutant.old, mutant.new)))
            )
    return rows


def _row(lesson: LessonText, record: Record, exercise: str, kind: str, name: str, source: str, reason=None) -> Row:
    count = sum(len(item.cases) for item in record.items.values() if item.exercise == exercise)
    try:
        raw = answer(lesson, exercise, source, record.seed).raw
    except Exception:  # noqa: BLE001 - a mutant may raise anything; then it is dead
        return Row(exercise, kind, name, (True,) * count, reason=reason)
    if len(raw) != count:
        raise RecordBroken(
            lesson.place.record, lesson.place.name, f"it holds {count} cases of {exercise}, the text {len(raw)}"
        )
    item = judge_reports(record, exercise, raw)
    verdicts = case_verdicts(record, exercise, raw)
    killed = tuple(verdict is not Verdict.PASSED for verdict in verdicts)
    return Row(exercise, kind, name, killed, item.cause, reason)


def unused_equivalents(lesson: LessonText, rows: list[Row]) -> list:
    """Equivalents that name no mutant, or one that is killed: the lesson has moved on."""
    living = {(row.exercise, row.name) for row in rows if row.kind == "mutant" and not row.dead}
    return [e for e in lesson.equivalents if (e.exercise, f"{e.old}  →  {e.new}") not in living]
