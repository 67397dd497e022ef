"""Hidden cases: draw inputs, call the learner's function, hand over what came back.

A hidden test does not assert, it reports. The same cell has three readings:

* the author builds: the lesson's own solution runs and its answers are recorded;
* the grader runs a submission: the answers leave the kernel and are judged outside it;
* stock ``nbgrader autograde``: the answers are judged here, in the learner's own interpreter, where a
  learner could tamper with the verdict. A line on the page says so.

Anywhere else (an author in JupyterLab, nbval) the cell does nothing: ``verdict`` has run the cases already, with
``collector`` and ``namespace`` set (companion/practice.py).
"""

import hashlib
import os
import types
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from companion import lessons
from companion.calls import Call, Function, Home, Report
from companion.optional import with_optional
from companion.own_scope import in_own_scope
from companion.raised_errors import Surroundings, describe
from companion.second_look import edited, traced

MIME = "application/x-autograder-case+json"

collector: list[dict[str, Any]] | None = None
"""Where the cases go while the author builds, or a verdict is asked for in a notebook: a list, else None."""

asked: tuple[Any, ...] | None = None
"""What is asked of the cases in the place of their answers, the fields of :class:`Asked`; else None."""

namespace: dict[str, Any] | None = None
"""Where the learner's functions stand, if the cases are run somewhere else than there; else None."""


class Asked(NamedTuple):
    """What is asked of cases that failed.

    Attributes:
        traced: the numbers of those whose values on the way are told (companion/trace.py).
        edited: of those of which it is told what small edits would answer (companion/neighbours.py).
        kind: of which kind these are (companion/small_edits.py).
    """

    traced: tuple[int, ...]
    edited: tuple[int, ...] = ()
    kind: int = 0


class Case:
    """One case: its number, its own random generator, and the call that is reported.

    Attributes:
        index: 0, 1, 2 …
        rng: ``numpy.random.Generator``, seeded by the week's salt, the exercise and the index.
        reference: right versions of the functions that the function under test calls, by their names.
    """

    def __init__(
        self,
        exercise: str,
        index: int,
        reference: dict[str, Function] | None = None,
        home: Home | None = None,
        asked: Asked | None = None,
    ):
        seed = os.environ.get("AUTOGRADER_SEED", "public")
        digest = hashlib.sha256(f"{seed}/{exercise}/{index}".encode()).digest()
        self.index = index
        self.reference = reference or {}
        self.rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
        self.report = {"exercise": exercise, "index": index, "inputs": None, "output": None, "error": None}
        self._asked = asked
        self._home = home or Home({}, __file__)
        self._global_seed = int.from_bytes(digest[8:12], "little")

    def call(
        self,
        function: Function,
        *args: Any,
        using: dict[str, Function] | None = None,
        optional: dict[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Call the learner's function on copies of the inputs and report what came back.

        Args:
            function: the function under test.
            *args, **kwargs: its inputs. They are reported as they are *after* the call too, so that a
                function that changes them is found out.
            using: functions to put in the place of those of the same name that ``function`` calls,
                for the length of this call.
            optional: arguments that some versions of the contract have: passed by name to a function that takes them.
        """
        using = using or {}
        exercise = str(self.report["exercise"])
        call = Call(exercise, function, args, kwargs, optional or {}, self._global_seed, self._home)
        right = {**self.reference, **using}
        if self._asked is not None:
            if self.index in self._asked.traced:
                self.report |= traced(call, right)
            if self.index in self._asked.edited:
                self.report |= edited(call, right, self._asked.kind)
            return
        function = with_optional(function, **(optional or {}))
        # Where the author builds, what the function calls is the reference: once is enough.
        if self.reference and (collector is None or namespace is not None):
            self.report["with_own_calls"] = call.attempt(function, using)
        self.report |= call.attempt(function, right)

    def failed(self, error: BaseException) -> Report:
        """The report of this case where it ended in an error of the drawing, or of what it does besides the call."""
        tested = self._home.names.get(str(self.report["exercise"]))
        around = Surroundings(tested, self._home.names, {}, (self._home.file,))
        self.report["error"] = describe(error, around)
        return self.report


def hidden_cases(
    exercise: str, cases: int, calls: tuple[tuple[str, ...], str] = ((), ""), **contract: Any
) -> Callable[[types.FunctionType], None]:
    """Decorate a function of one case: it is run ``cases`` times, at once, and each run is reported.

    Args:
        exercise: the name of the graded function.
        cases: how many cases to draw.
        calls: the names of earlier exercises that this one calls. The build adds the text that defines them as the
            lesson's author did. Each case is run with these, and once more with the learner's own.
        **contract: how the answers are judged. It is read while the author builds, never while grading:

            returns: names for what the function returns, nested like it: ``("A3", ("Z1", "D1"))``;
            rtol, atol: tolerances. ``atol`` is relative to the largest entry of the expected array;
            accept: name of a function in a cell tagged ``judge`` that knows other right answers;
            forms: name of a function in a cell tagged ``judge`` that knows other forms of the recorded answer;
            extra_keys: True where a dictionary may hold more keys than the expected one;
            in_place: names of inputs that the contract lets the function change; True for all.
    """

    def run(draw: types.FunctionType) -> None:
        global asked
        if collector is None and not lessons.GRADING and not _under_autograde():
            return
        question, asked = None if asked is None else Asked(*asked), None
        names, text = calls
        reference: dict[str, Any] = {"__name__": "reference"}
        exec(text, reference)
        right = {name: reference[name] for name in names}
        home = Home(draw.__globals__ if namespace is None else namespace, draw.__code__.co_filename)
        draw = in_own_scope(draw, lessons.imports, exercise)
        numbers = range(cases) if question is None else sorted({*question.traced, *question.edited})
        reports = [_run_case(Case(exercise, i, right, home, question), draw) for i in numbers]
        if collector is not None:
            about = {"exercise": exercise, "cases": cases, **contract} | ({"calls": names} if names else {})
            collector.append({"contract": about, "reports": reports})
        elif lessons.GRADING:
            _hand_over(reports)
        else:
            _judge_here(reports)

    return run


def _under_autograde() -> bool:
    """Whether nbgrader's own ``autograde`` runs this kernel."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def _run_case(case: Case, draw: types.FunctionType) -> Report:
    try:
        draw(case)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a learner's function raises is reported
        return case.failed(error)
    return case.report


def _hand_over(reports: list[Report]) -> None:
    from IPython.display import display

    for report in reports:
        display({MIME: report}, raw=True)


def _judge_here(reports: list[Report]) -> None:
    """Judge inside the kernel, for stock nbgrader: no better than nbgrader's own tests against tampering."""
    from autograder.judge import judge_reports, record_of_lesson

    record = record_of_lesson(lessons.current or "")
    verdict = judge_reports(record, reports[0]["exercise"], reports)
    print("Judged inside the learner's kernel: a submission can tamper with this. Prefer `autograder grade`.")
    assert verdict.passed, verdict.sentence
