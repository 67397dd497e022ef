"""What a verdict says: a box for one exercise, and the table of all."""

from companion.boxes import Box
from companion.practice import Finding, Practice, State

Lines = list[tuple[str, str]]
"""Lines of a box: each a label, or "", and a text."""


def verdict_box(cases: Practice, name: str) -> tuple[Box, bool]:
    """The verdict on one exercise, judged again, and whether the cell that asks for it passes."""
    if name not in cases.exercises:
        return Box("–", f"{name} is no exercise of this lesson, which has {_listed(list(cases.exercises))}."), True
    found = cases.find(name, again=True)
    sign, word = found.state.value
    if found.right:
        cases_are = f"all {found.item.cases} practice cases" if found.item.cases > 1 else "the practice case"
        brings = f"{name}: right on {cases_are}. It brings {_points(found.item.max_points)}."
        fault = cases.first_fault_below(name) if found.item.as_written else None
        then = f"Next: {fault.exercise}." if fault else _next(cases, name)
        return Box(sign, f"{brings} {then}", tuple(_remarks(found, fault))), True
    if found.state is State.UNWRITTEN:
        left = cases.stub_left(name)
        return Box(sign, f"{name}: {word}", (("", left),) if left else ()), False
    if found.state is State.UNDEFINED:
        then = "Run its cell; if it has run, look at the name after `def`."
        return Box(sign, f"{name}: {word}", (("", then),)), False
    if found.item.cases > 1:
        word += f", right on {found.item.right_cases or 'none'} of {found.item.cases} practice cases"
    return Box(sign, f"{name}: {word}", (*_earlier(cases, found), *_why(found))), False


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


def _remarks(found: Finding, fault: Finding | None) -> Lines:
    """What the judge adds to a right answer: its form, and a fault in what it calls."""
    lines = [("", remark) for remark in found.item.remarks]
    if fault:
        below = f"{fault.exercise}, which {found.exercise} calls, is {fault.state.value[1]}"
        told = f"It was judged with a right version of that; as the notebook stands, it fails: {found.item.as_written}"
        lines.append(("But", f"{below}. {told}"))
    return lines


def _earlier(cases: Practice, found: Finding) -> Lines:
    """The fault to mend first, where it is in an exercise that this one calls."""
    fault = cases.first_fault_below(found.exercise)
    if fault is None:
        return []
    told = f"{fault.exercise}, which {found.exercise} calls, is {fault.state.value[1]}. {_short(fault)}".strip()
    return [
        ("Mend first" if fault.state is State.WRONG else "Write first", told),
        ("", f"The rest is about {found.exercise} itself, with right versions of what it calls."),
    ]


def _why(found: Finding) -> Lines:
    item = found.item
    if found.trouble:
        return [("", found.trouble)]
    labels = ("Cause",) if len(item.causes) < 2 else ("First cause", "Second cause")
    lines = [
        line
        for label, cause, hint in zip(labels, item.causes, item.hints, strict=False)
        for line in ((label, cause), ("Look at", hint))
    ]
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


def table_box(cases: Practice) -> Box:
    """All exercises in order: points, state, cause; and what to mend first."""
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
    build = f", which {_listed(above)} {'builds' if len(above) == 1 else 'build'} on" if above else ""
    return Box(first.state.value[0], head, ((label, f"{first.exercise}{build}."),), tuple(rows))


def _first_to_mend(cases: Practice, faulty: list[Finding]) -> Finding | None:
    """The first function at fault that others build on, or else the first; where none is written, just the first."""
    called = {name for outline in cases.exercises.values() for name in outline.calls}
    if not any(one.state is State.WRONG for one in faulty):
        called = set()
    return next((one for one in faulty if one.exercise in called), faulty[0] if faulty else None)


def waited_for(missing: dict[str, State]) -> str:
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
