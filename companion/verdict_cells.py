"""What the cells of a lesson ask of the judge: a verdict, whether an experiment is ready, and the table at the end.

In the grader, under nbgrader's autograde and while the author builds, all three are silent. No exception comes out of
them but an interrupt, and, where nbgrader validates, :class:`NotRightYet`.
"""

import os
import types
from collections.abc import Callable
from typing import TypeVar

from companion.boxes import Box, show
from companion.one_line import one_line, text_of, type_of
from companion.practice import NoPractice, Practice, State, learners_namespace, practice, silent
from companion.verdict_texts import table_box, verdict_box, waited_for

Answer = TypeVar("Answer")

GRADED_ALL_THE_SAME = "The class is graded all the same."


class NotRightYet(AssertionError):
    """Where nbgrader validates: the graded cell of an exercise that is not right fails with the cause,
    and no traceback."""

    def __init__(self, box: Box):
        super().__init__(box.text())
        self._box = box

    def _render_traceback_(self) -> list[str]:
        return self._box.wrapped()


def verdict(name: str) -> None:
    """Say whether an exercise is right, judged on practice cases as its functions are in the kernel now, and why not.

    Args:
        name: the exercise, such as ``"propagate"``.

    Raises:
        NotRightYet: it is not, and nbgrader validates the notebook.
    """
    if silent():
        return
    box, right = _safely(lambda: verdict_box(practice(), name), lambda why: _unknown(name, why))
    if os.environ.get("NBGRADER_VALIDATING") and not right:
        raise NotRightYet(box)
    show(box)


def ready(*names: str) -> bool:
    """Whether an experiment can run: all these exercises are right, and what they call, or nothing is known of them.

    Where it cannot, one line says which function it waits for.

    Args:
        *names: the exercises that the experiment uses.
    """
    if silent():
        return True
    missing = _safely(lambda: _missing(practice(), names), lambda _: _stubs(names))
    if missing:
        print(f"This experiment needs {waited_for(missing)}.")
    return not missing


def verdicts() -> None:
    """Show all exercises of the lesson in one table: points, state and cause, and at the end what to mend first."""
    if not silent():
        show(_safely(lambda: table_box(practice()), lambda why: Box("–", f"No verdicts: {why}. {GRADED_ALL_THE_SAME}")))


def _safely(ask: Callable[[], Answer], otherwise: Callable[[str], Answer]) -> Answer:
    """What the practice cases say, or, where nothing can be known, what ``otherwise`` makes of the reason."""
    try:
        return ask()
    except KeyboardInterrupt:
        raise
    except NoPractice as why:
        return otherwise(str(why))
    except BaseException as error:  # noqa: BLE001 - a damaged record, or an answer that brings down the judge
        return otherwise(one_line(f"it could not be worked out here ({type_of(error)}: {text_of(error)})", 200))


def _unknown(name: str, why: str) -> tuple[Box, bool]:
    """The verdict where there is none: only a stub is told from an answer."""
    state = _stubs((name,)).get(name)
    if state:
        return Box(state.value[0], f"{name}: {state.value[1]}"), False
    return Box("–", f"{name}: no verdict, {why}. {GRADED_ALL_THE_SAME}"), True


def _stubs(names: tuple[str, ...]) -> dict[str, State]:
    """Those of these exercises that are not there, or still hold the line of their stub."""
    namespace = learners_namespace()
    found: dict[str, State] = {}
    for name in names:
        function = namespace.get(name)
        if name not in namespace:
            found[name] = State.UNDEFINED
        elif type(function) is types.FunctionType and _is_stub(name, function.__code__):
            found[name] = State.UNWRITTEN
    return found


def _is_stub(name: str, code: types.CodeType) -> bool:
    return "NotImplementedError" in code.co_names and name in code.co_consts


def _missing(cases: Practice, names: tuple[str, ...]) -> dict[str, State]:
    """What an experiment waits for: each function's first fault below it, or else itself."""
    found: dict[str, State] = {}
    for name in names:
        if name not in cases.exercises:
            continue
        own = cases.find(name)
        if not own.right or own.item.as_written:
            # A right function that fails as written, without a fault below, only draws other random numbers.
            blamed = cases.first_fault_below(name) or own
            if not blamed.right:
                found[blamed.exercise] = blamed.state
    return found
