"""Run the author's code in this process and collect its cases.

Only for text that stands in the repository: solutions, styles, mistakes, mutants. A submission never
comes here; it runs in a kernel of its own (autograder/run).
"""

import contextlib
import importlib
import inspect
import io
import linecache
import os
import signal
import traceback
import warnings
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from autograder.authoring.lesson_text import LessonText
from autograder.authoring.right_versions import calls_of
from autograder.errors import LessonError
from autograder.judge.decode import Report, decode_report
from autograder.notebooks import grade_id_of, has_role, has_tag, imports_of, is_given_or_solved, without_markers
from companion import calls as companion_calls
from companion import cases as companion_cases
from companion import checks

PUBLIC = "public"
"""The seed of the cases that everybody may see."""

SECONDS = 10.0
"""CPU time after which a mutant is taken to loop for ever: however busy the machine is, a right answer has its time."""
WAITING = 600.0
"""The same in wall time, for one that waits for ever and computes nothing."""


class _TooLong(KeyboardInterrupt):
    """Raised by the alarm. Neither `except Exception` in a mutant nor the guard of a case catches it."""


class _Noticed(KeyboardInterrupt):
    """Raised by the first comparison that does not agree: what stands below it in the check need not run."""


class _UntilOneDisagrees(list):
    def append(self, outcome: checks.Outcome) -> None:
        if not outcome.agrees:
            raise _Noticed


@dataclass(frozen=True)
class Answers:
    """What one answer to an exercise gives: the contract and reports of its hidden cases, raw and decoded."""

    contract: dict
    raw: list[dict]
    reports: tuple[Report, ...]
    parameters: tuple[str, ...]


def answer(
    lesson: LessonText, exercise: str, source: str | None = None, seed: str = PUBLIC, stirred: bool = False
) -> Answers:
    """Run the lesson's given code and solutions, then the hidden cases of one exercise.

    Args:
        lesson: the lesson.
        exercise: the exercise whose cases are wanted.
        source: what stands in the exercise's cell; the lesson's own solution if None.
        seed: the seed that the cases draw from.
        stirred: whether the generators that all code shares hold another state than the lesson left them in.

    Raises:
        LessonError: the graded cell handed over no case, or another number than it announced.
        Exception: whatever the code raises outside the cases. TimeoutError: it took too long.
    """
    test = lesson.tests[exercise]
    collected, scope = _collected(lesson, exercise, source, seed, stirred)
    if len(collected) != 1 or any(
        report["inputs"] is None and not report["error"] for report in collected[0]["reports"]
    ):
        raise LessonError(lesson.where(test), f"each hidden case of {exercise} must make exactly one case.call")
    raw = collected[0]["reports"]
    function = scope.get(exercise)
    parameters = tuple(inspect.signature(function).parameters) if callable(function) else ()
    return Answers(collected[0]["contract"], raw, tuple(decode_report(r, exercise) for r in raw), parameters)


def asked_again(lesson: LessonText, exercise: str, source: str | None, seed: str, question: tuple) -> list[dict]:
    """What is told where an answer is asked about some of the hidden cases once more: a report for each of them.

    Args:
        lesson, exercise, source, seed: as for :func:`answer`. question: what is asked, the fields of
            ``companion.cases.Asked``.
    """
    companion_cases.asked = question
    try:
        collected, _ = _collected(lesson, exercise, source, seed)
    finally:
        companion_cases.asked = None
        for cell in lesson.cells:  # what is known of one answer's lines is wrong for the next
            linecache.cache.pop(f"<{cell.id}>", None)
    return [report for found in collected for report in found["reports"]]


def values_on_the_way(
    lesson: LessonText, exercise: str, source: str | None, seed: str, numbers: tuple[int, ...]
) -> list[dict]:
    """What the expressions of an answer come to in some of the hidden cases: a trace for each (companion/trace.py),
    of those of which one can be made. Arguments as for :func:`asked_again`; numbers: of the cases."""
    told = asked_again(lesson, exercise, source, seed, (numbers,))
    return [report for report in told if "trace" in report]


def _collected(
    lesson: LessonText, exercise: str, source: str | None, seed: str, stirred: bool = False
) -> tuple[list[dict], dict]:
    for name in imports_of(lesson.cells):
        with contextlib.suppress(ImportError):  # the lesson's own import will say what is wrong
            importlib.import_module(name)  # TensorFlow's import alone may take longer than an answer may
    scope = {"__name__": "__main__"}
    collected: list[dict] = []
    with _quiet(seed, collected), _alarm():
        for cell in lesson.cells:
            if cell is lesson.tests[exercise]:
                with _named(lesson, cell), _stirred() if stirred else contextlib.nullcontext():
                    _run(cell.source, cell.id, scope)
                break
            if not is_given_or_solved(cell):
                continue
            replaced = grade_id_of(cell) == exercise
            if source is not None:
                _run(source if replaced else without_markers(cell.source), cell.id, scope)
            else:
                with _named(lesson, cell):
                    _run(without_markers(cell.source), cell.id, scope)
    return collected, scope


def is_noticed(lesson: LessonText, exercise: str, source: str) -> bool:
    """Whether the visible check of an exercise says that this answer to it is wrong.

    Args:
        lesson: the lesson. exercise: the exercise. source: what stands in its cell; all else is answered as the lesson
            does.
    """
    of_it = [cell for cell in lesson.cells if has_tag(cell, "check") and f'checking("{exercise}"' in cell.source]
    scope = {"__name__": "__main__"}
    before, checks.outcomes = checks.outcomes, _UntilOneDisagrees()
    try:
        with _quiet(PUBLIC, []), _alarm():
            for cell in lesson.cells:
                if cell in of_it:
                    _run(cell.source, cell.id, scope)
                elif is_given_or_solved(cell):
                    replaced = grade_id_of(cell) == exercise
                    _run(source if source is not None and replaced else without_markers(cell.source), cell.id, scope)
        return False
    except (_Noticed, Exception):  # noqa: BLE001 - an answer that raises, whatever it is, is noticed
        return True
    finally:
        checks.outcomes = before


@contextlib.contextmanager
def _stirred():
    """Another state of the shared generators before the first case, and after each call."""
    seed = companion_calls._seed
    seed(1)
    companion_calls._seed = lambda number: seed(number ^ 1)
    try:
        yield
    finally:
        companion_calls._seed = seed


@contextlib.contextmanager
def _named(lesson: LessonText, cell):
    """Name the cell of the author's in which something is raised."""
    try:
        yield
    except TimeoutError:
        raise
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == f"<{cell.id}>" and f.lineno]
        # A line is that of the file where nothing was taken out of the cell, or filled into it.
        whole = not has_role(cell, "solution") and not calls_of(cell.source)
        line = frames[-1].lineno or 0 if frames and whole else 0
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise LessonError(lesson.where(cell, line), f"the cell {grade_id_of(cell) or 'here'} raises {said}") from error


def _run(source: str, name: str, scope: dict) -> None:
    if companion_cases.asked is not None:
        linecache.cache[f"<{name}>"] = (len(source), None, source.splitlines(keepends=True), f"<{name}>")
    exec(_compiled(source, name), scope)


@lru_cache(maxsize=4096)
def _compiled(source: str, name: str):
    return compile(source, f"<{name}>", "exec")


@contextlib.contextmanager
def _quiet(seed: str, collected: list):
    """Collect cases, swallow output and warnings, leave NumPy's random state as it was."""
    state = np.random.get_state()
    before = os.environ.get("AUTOGRADER_SEED")
    os.environ["AUTOGRADER_SEED"] = seed
    companion_cases.collector = collected
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        companion_cases.collector = None
        np.random.set_state(state)
        if before is None:
            del os.environ["AUTOGRADER_SEED"]
        else:
            os.environ["AUTOGRADER_SEED"] = before


@contextlib.contextmanager
def _alarm():
    def ring(signum, frame):  # noqa: ARG001 - as signal calls it
        raise _TooLong

    before = [signal.signal(one, ring) for one in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, SECONDS if companion_cases.asked is None else 10 * SECONDS)
    signal.setitimer(signal.ITIMER_REAL, WAITING)
    try:
        yield
    except _TooLong:
        raise TimeoutError(f"took longer than {SECONDS} s of CPU time, or waits") from None
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        for one, handler in zip((signal.SIGPROF, signal.SIGALRM), before, strict=True):
            signal.signal(one, handler)
