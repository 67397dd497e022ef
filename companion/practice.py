"""The practice cases of a lesson: run on the functions as they are in the kernel now, and judged.

They are the hidden cases, drawn from the public seed. The judge and the record are those of the grader
(``autograder.judge``, imported only here, and late); the class is graded on other cases, outside the kernel, so nothing
here needs protection. No line of a hidden case is ever shown.
"""

import ast
import builtins
import os
import time
import warnings
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import __main__
from companion import cases, lessons
from companion.made_of import globals_of, made_of, same_objects, source_of
from companion.one_line import one_line
from companion.undisturbed import undisturbed

if TYPE_CHECKING:
    import types

    from autograder.judge import Item
    from autograder.judge.public_record import Outline, PublicRecord
    from autograder.judge.second_look import Question


QUICK = 1.0
"""Seconds of processor time: where the cases took more, there is no second look."""

Report = dict[str, Any]
"""What came of one case: see companion/cases.py."""


class State(Enum):
    """How far an exercise is: a sign and a word."""

    RIGHT = "✓", "right"
    WRONG = "✗", "not right yet"
    UNWRITTEN = "–", "not written yet"
    UNDEFINED = "–", "not defined yet"


@dataclass(frozen=True)
class Finding:
    """What the practice cases say of an exercise.

    Attributes:
        item: the judge's verdict. trouble: why nothing could be compared, where the judge cannot know it.
    """

    exercise: str
    state: State
    item: "Item"
    trouble: str = ""

    @property
    def right(self) -> bool:
        return self.state is State.RIGHT


class NoPractice(Exception):
    """Nothing can be known here; the message says why, in a sentence."""


def silent() -> bool:
    """Whether somebody else judges here: the grader, nbgrader's autograde, or the author who builds."""
    return lessons.GRADING or os.environ.get("NBGRADER_EXECUTION") == "autograde" or cases.collector is not None


def learners_namespace() -> dict[str, Any]:
    """Where the notebook's functions stand."""
    from IPython import get_ipython

    shell = get_ipython()
    return vars(__main__) if shell is None else shell.user_ns


def practice() -> "Practice":
    """The practice cases of the lesson that the notebook names.

    Raises:
        NoPractice: there are none at hand.
    """
    if lessons.current is None:
        raise NoPractice("no lesson is named yet: run the first code cell of the notebook")
    try:
        from autograder.errors import AutograderError
        from autograder.judge.public_record import record_path
    except ImportError:
        raise NoPractice("the grader is not installed here, so nothing can be judged in the notebook") from None
    path = record_path(lessons.current)
    try:
        return _practice(lessons.current, path, path.stat().st_mtime_ns if path.exists() else 0)
    except AutograderError:
        raise NoPractice(f"no practice cases of {lessons.current} are at hand here") from None


@lru_cache(maxsize=2)
def _practice(lesson: str, path: Path, written: int) -> "Practice":  # noqa: ARG001 - keys of the cache
    from autograder.judge.public_record import public_record

    return Practice(public_record(lesson))


class Practice:
    """The practice cases of one lesson, and what they said so far."""

    def __init__(self, record: "PublicRecord"):
        self._record = record
        self._texts: dict[str, _Cases] = {}
        self._kept: dict[str, tuple[list[object], Finding]] = {}

    @property
    def exercises(self) -> "dict[str, Outline]":
        """The outline of each exercise, by name, in the notebook's order."""
        return self._record.exercises

    def find(self, exercise: str, again: bool = False) -> Finding:
        """Judge an exercise; what is known of these very functions is not asked again, unless ``again``.

        Raises:
            Exception: the record is damaged, or the cases do not fit it.
        """
        known = None if again else self.known(exercise)
        if known is not None:
            return known
        parts = self._parts(exercise)
        found = self._judge(exercise)
        self._kept[exercise] = parts, found
        return found

    def known(self, exercise: str) -> Finding | None:
        """What was found, if all functions that it hangs on are still the same."""
        parts, found = self._kept.get(exercise, ([], None))
        return found if found and same_objects(parts, self._parts(exercise)) else None

    def first_fault_below(self, exercise: str) -> Finding | None:
        """The first of the exercises that this one calls, directly or not, that is not right."""
        findings = (self.find(name) for name in self.exercises[exercise].calls)
        return next((found for found in findings if not found.right), None)

    def stub_left(self, exercise: str) -> str:
        """Where the line of the stub still stands beside an answer, in a sentence; "" where there is no answer yet."""
        from autograder.judge.absent import stub_left

        return stub_left(source_of(learners_namespace().get(exercise)), self._record.stubs.get(exercise, ""))

    def _parts(self, exercise: str) -> list[object]:
        names = sorted(self._cases(exercise).names | {*self.exercises[exercise].calls})
        return made_of(names, learners_namespace())

    def _cases(self, exercise: str) -> "_Cases":
        if exercise not in self._texts:
            self._texts[exercise] = _Cases(exercise, self.exercises[exercise].cell)
        return self._texts[exercise]

    def _judge(self, exercise: str) -> Finding:
        from autograder.judge import judge_reports
        from autograder.judge.absent import NOT_FOUND, NOT_WRITTEN
        from autograder.judge.second_look import second_look

        start = time.process_time()
        reports = self._reports(exercise)
        quick = time.process_time() - start < QUICK
        for report in reports:
            if report["error"] and report["inputs"] is None:  # while the case was drawn
                report["error"] |= {"line": "", "inner": ""}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            record = self._record.of([exercise])
            item = judge_reports(record, exercise, reports)
            if quick:
                line = second_look(record, item, reports, lambda question: self._reports(exercise, question))
                item = replace(item, difference=f"{item.difference} {line.sentence}") if line else item
        if item.passed:
            return Finding(exercise, State.RIGHT, item)
        if item.difference == NOT_WRITTEN.sentence:
            return Finding(exercise, State.UNWRITTEN, item)
        if item.difference == NOT_FOUND.sentence:
            return Finding(exercise, State.UNDEFINED, item)
        return Finding(exercise, State.WRONG, item, self._trouble(item, reports))

    def _trouble(self, item: "Item", reports: list[Report]) -> str:
        """What to say where what went wrong first is an error that is not the function's own; "" where it is."""
        first = next((report for report in reports if report["error"]), None)
        if first is None or item.verdict != "raised":
            return ""
        kind, message = first["error"]["type"], first["error"]["message"]
        if kind == "NotImplementedError" and message in self.exercises:
            return f"It needs {message}, which is not written yet."
        if first["inputs"] is not None:
            return ""
        again = "Restart the kernel and run all cells from the top."
        return f"The practice cases could not be drawn here ({kind}: {one_line(message, 120)}). {again}"

    def _reports(self, exercise: str, question: "Question | None" = None) -> list[Report]:
        """Run the cases in a namespace of their own, in which the learner's functions are those of the notebook;
        or ask something of some of them once more.
        """
        text, namespace = self._cases(exercise), learners_namespace()
        collected: list[dict[str, Any]] = []
        with undisturbed():
            scope = {"__builtins__": builtins, "__name__": "practice"}
            scope |= {name: namespace[name] for name in text.names if name in namespace}
            scope |= {name: value for name, value in self._imports.items() if name in text.names}
            os.environ["AUTOGRADER_SEED"] = self._record.seed
            cases.collector, cases.namespace, cases.asked = collected, namespace, question
            try:
                exec(text.code, scope)
            finally:
                cases.collector = cases.namespace = cases.asked = None
        reports: list[Report] = collected[0]["reports"]
        return reports

    @cached_property
    def _imports(self) -> dict[str, object]:
        """What the lesson's given cells import: what a learner made of the same names does not matter to the cases."""
        scope: dict[str, object] = {}
        for cell in self._record.given:
            try:
                statements = ast.parse(cell).body
            except SyntaxError:
                continue  # a cell with magics
            imports: list[ast.stmt] = [node for node in statements if isinstance(node, (ast.Import, ast.ImportFrom))]
            exec(compile(ast.Module(imports, []), "<imports>", "exec"), scope)
        scope.pop("__builtins__", None)
        return scope


class _Cases:
    """The hidden part of a graded cell: compiled once, under a name that no line can be looked up by."""

    def __init__(self, exercise: str, cell: str):
        lines, inside = [], False
        for line in cell.splitlines():
            if "BEGIN HIDDEN TESTS" in line or "END HIDDEN TESTS" in line:
                inside = "BEGIN" in line
            elif inside:
                lines.append(line)
        self.code: types.CodeType = compile("\n".join(lines), f"<practice cases of {exercise}>", "exec")
        used = globals_of(self.code)
        self.names = {name for name in used if name == exercise or not hasattr(builtins, name)}
