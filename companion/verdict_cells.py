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
from companion.practice import Finding, NoPractice, Practice, State, learners_namespace, practice, silent

Answer = TypeVar("Answer")

GRADED_ALL_THE_SAME = "The class is graded all the same."


class NotRightYet(AssertionError):
    """Where nbgrader validates: the graded cell of an exercise that is not right fails with the cause, and no traceback."""

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
    box, right = _safely(lambda: _verdict(practice(), name), lambda why: _unknown(name, why))
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
    missing = _safely(lambda: _missing(practice(), names), lambda why: _stubs(names))
    if missing:
        print(f"This experiment needs {_waited_for(missing)}.")
    return not missing


def verdicts() -> None:
    """Show all exercises of the lesson in one table: points, state and cause, and at the end what to mend first."""
    if not silent():
        show(_safely(lambda: _verdicts(practice()), lambda why: Box("–", f"No verdicts: {why}. {GRADED_ALL_THE_SAME}")))


def _safely(ask: Callable[[], Answer], otherwise: Callable[[str], Answer]) -> Answer:
    """What the practice cases say, or, where nothing can be known, what ``otherwise`` makes of the reason."""
    try:
        return ask()
    except KeyboardInterrupt:
        raise
    except NoPractice as why:
        return otherwise(str(why))
    except BaseException as error:  # a damaged record, or an answer that brings down the judge
        return otherwise(one_line(f"it could not be worked out here ({type_of(error)}: {text_of(error)})", 200))


def _unknown(name: str, why: str) -> tuple[Box, bool]:
    """The verdict where there is none: only a stub is told from an answer."""
    state = _stubs((name,)).get(name)
    if state:
        return Box(state.value[0], f"{name}: {state.value[1]}"), False
    return Box("–", f"{name}: no verdict, {why}. {GRADED_ALL_THE_SAME}"), True


def _stubs(names: tuple[str, ...]) -> dict[str, State]:
    """Those of these exercises that are not there, or still hold the line of their stub."""
    namespace, found = learners_namespace(), {}
    for name in names:
        code = getattr(namespace.get(name), "__code__", None)
        if name not in namespace:
            found[name] = State.UNDEFINED
        elif isinstance(code, types.CodeType) and "NotImplementedError" in code.co_names and name in code.co_consts:
            found[name] = State.UNWRITTEN
    return found


def _missing(cases: Practice, names: tuple[str, ...]) -> dict[str, State]:
    """What an experiment waits for: each function's first fault below it, or else itself."""
    found = {}
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


def _waited_for(missing: dict[str, State]) -> str:
    """Functions that are not right, by how far they are: ``a and b, which are not written yet, and c, which …``."""
    parts = []
    for state in (State.UNDEFINED, State.UNWRITTEN, State.WRONG):
        names = [name for name, found in missing.items() if found is state]
        if names:
            parts.append(f"{_listed(names)}, which {'is' if len(names) == 1 else 'are'} {state.value[1]}")
    wrong = next((name for name, found in missing.items() if found is State.WRONG), None)
    return ", and ".join(parts) + (f': verdict("{wrong}") says why' if wrong else "")


def _listed(names: list[str]) -> str:
    """Names as a sentence lists them: ``a, b and c``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _verdict(cases: Practice, name: str) -> tuple[Box, bool]:
    if name not in cases.exercises:
        raise NoPractice(f"it is no exercise of this lesson, which has {', '.join(cases.exercises)}")
    found = cases.find(name, again=True)
    sign, word = found.state.value
    if found.right:
        brings = f"{name}: right on all {found.item.cases} practice cases. It brings {_points(found.item.max_points)}."
        return Box(sign, f"{brings} {_next(cases, name)}", (*_beside(cases, found), *_rebound(found))), True
    if found.state is State.UNWRITTEN:
        return Box(sign, f"{name}: {word}"), False
    if found.state is State.UNDEFINED:
        then = "Run its cell; if it has run, look at the name after `def`."
        return Box(sign, f"{name}: {word}", (("", then),)), False
    share = f"right on {found.item.right_cases or 'none'} of {found.item.cases} practice cases"
    return Box(sign, f"{name}: {word}, {share}", (*_earlier(cases, found), *_why(found), *_rebound(found))), False


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _next(cases: Practice, name: str) -> str:
    """Where to go on: the next exercise that is not known to be right, first further down, then from the top."""
    names = list(cases.exercises)
    here = names.index(name)
    for other in names[here + 1 :] + names[:here]:
        known = cases.known(other)
        if known is None or not known.right:
            return f"Next: {other}."
    total = sum(outline.points for outline in cases.exercises.values())
    return f"All {len(names)} exercises of this lesson are right: {_points(total)}."


def _beside(cases: Practice, found: Finding) -> list[tuple[str, str]]:
    """What the judge adds to a right answer: its form, and a fault in what it calls."""
    lines = [("", remark) for remark in found.item.remarks]
    fault = cases.first_fault_below(found.exercise) if found.item.as_written else None
    if fault:
        below = f"{fault.exercise}, which {found.exercise} calls, is {fault.state.value[1]}"
        told = f"It was judged with a right version of that; as the notebook stands, it fails: {found.item.as_written}"
        lines.append(("But", f"{below}. {told}"))
    return lines


def _earlier(cases: Practice, found: Finding) -> list[tuple[str, str]]:
    """The fault to mend first, where it is in an exercise that this one calls."""
    fault = cases.first_fault_below(found.exercise)
    if fault is None:
        return []
    told = f"{fault.exercise}, which {found.exercise} calls, is {fault.state.value[1]}. {_short(fault)}".strip()
    return [
        ("Mend first", told),
        ("", f"The rest is about {found.exercise} itself, with right versions of what it calls."),
    ]


def _why(found: Finding) -> list[tuple[str, str]]:
    item = found.item
    if found.trouble:
        return [("", found.trouble)]
    lines = [("Cause", item.cause or ""), ("Look at", item.hint)]
    if item.verdict == "raised":
        lines.append(("Error", f"{found.exercise} {item.difference}"))
    else:
        lines.append(("First difference", item.difference))
    return [(label, text) for label, text in lines if text]


def _short(found: Finding) -> str:
    """Why an exercise is not right, in a sentence; "" where its state says it."""
    if found.state is not State.WRONG:
        return ""
    return found.trouble or found.item.cause or found.item.difference


def _rebound(found: Finding) -> list[tuple[str, str]]:
    if not found.rebound:
        return []
    names = ", ".join(f"`{name}`" for name in found.rebound)
    return [
        ("Mind", f"the notebook gives {names} another meaning than Python does. Graded so, this can fail: `del` it.")
    ]


def _verdicts(cases: Practice) -> Box:
    found = [cases.find(name) for name in cases.exercises]
    rows = [("exercise", "points", "state", "cause")]
    for one in found:
        points = f"{one.item.points:g} of {one.item.max_points:g}"
        rows.append((one.exercise, points, " ".join(one.state.value), _short(one)))
    total, most = sum(one.item.points for one in found), sum(one.item.max_points for one in found)
    first = _first_to_mend(cases, [one for one in found if not one.right])
    if first is None:
        return Box("✓", f"All {len(found)} exercises are right: {_points(total)}", table=tuple(rows))
    right = sum(one.right for one in found)
    head = f"{right} of {len(found)} exercises are right: {total:g} of {_points(most)}"
    above = [name for name, outline in cases.exercises.items() if first.exercise in outline.calls]
    label = "Mend first" if first.state is State.WRONG else "Write next"
    line = (label, f"{first.exercise}{f', which {_listed(above)} build on' if len(above) > 1 else ''}.")
    return Box(first.state.value[0], head, (line,), tuple(rows))


def _first_to_mend(cases: Practice, faulty: list[Finding]) -> Finding | None:
    """The first function at fault that others build on, or else the first; where none is written, just the first."""
    called = {name for outline in cases.exercises.values() for name in outline.calls}
    if not any(one.state is State.WRONG for one in faulty):
        called = set()
    return next((one for one in faulty if one.exercise in called), faulty[0] if faulty else None)
