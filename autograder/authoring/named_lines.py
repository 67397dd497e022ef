"""Which line is named for each mistake and mutant of a lesson, and whether it is the edited one."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from autograder.authoring.lesson_text import LessonText
from autograder.authoring.mutants import mutants
from autograder.authoring.run_author_code import answer, asked_again
from autograder.judge import Record, judge_reports
from autograder.judge.second_look import Line, next_question, second_look
from autograder.notebooks import without_markers


@dataclass(frozen=True)
class Named:
    """What is said of one wrong answer.

    Attributes:
        kind: mistake or mutant. name: which one. said: the sentence, "" where none is.
        edited: whether one of the lines that it names was edited; None where none is named.
    """

    exercise: str
    kind: str
    name: str
    said: str
    edited: bool | None


def named_lines(lesson: LessonText, record: Record) -> Iterator[Named]:
    """What is said of each mistake and mutant that gives wrong values, whatever cause is known. An error tells its own
    line."""
    for exercise in lesson.tests:
        solved = without_markers(lesson.solutions[exercise])
        plain = ast.unparse(ast.parse(solved))
        answers = [("mistake", m.name, solved, m.source) for m in lesson.mistakes if m.exercise == exercise]
        answers += [("mutant", f"{m.old}  →  {m.new}", plain, m.source) for m in mutants(exercise, solved)]
        for kind, name, before, source in answers:
            try:
                asked, found = _found(lesson, record, exercise, source)
            except Exception:  # noqa: BLE001 - a mutant may raise anything
                continue
            if asked:
                edited = is_named(found, edited_lines(before, source)) if found else None
                yield Named(exercise, kind, name, found.sentence if found else "", edited)


def _found(lesson: LessonText, record: Record, exercise: str, source: str) -> tuple[bool, Line | None]:
    raw = answer(lesson, exercise, source, record.seed).raw
    item = replace(judge_reports(record, exercise, raw), causes=())
    if next_question(record, item, raw, []) is None:
        return False, None

    return True, second_look(record, item, raw, partial(asked_again, lesson, exercise, source, record.seed))


def edited_lines(before: str, after: str) -> set[int]:
    """The lines of a text that are not those of another one, or stand where some were left out."""
    blocks = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False).get_opcodes()
    return {
        line for tag, _, _, start, end in blocks if tag != "equal" for line in range(start + 1, max(end, start + 1) + 1)
    }


def is_named(found: Line, lines: set[int]) -> bool:
    """Whether what is named stands on one of these lines."""
    return any(lines & {*range(first, last + 1)} for first, last in found.places)
