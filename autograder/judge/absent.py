"""Why an exercise is not there although something was handed in: its cell stopped, its stub was left, it is elsewhere.

All of it is read off the text of the cells and the errors that they showed, and only says where to look. The parser,
which a learner's code can bring down, stays out of the grader.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.judge.compare import Difference
from autograder.judge.verdicts import Verdict

NOT_WRITTEN = Difference(Verdict.MISSING, "not written yet.")
"""The function still raises the error of its stub."""
NOT_FOUND = Difference(Verdict.MISSING, "no function of this name was found after the notebook had run.")
NO_FUNCTION = "the name stands for no function any more, but for"

_STUB = re.compile(r"^[ \t]*raise[ \t]+NotImplementedError\b.*$", re.MULTILINE)
_HEAD = re.compile(r"@|def\b|async\b|import\b|from\b")
_TAKEN_AWAY = r"^[ \t]*(?:%reset\b.*|del[ \t].*\b{name}\b.*)$"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"Cell In ?\[\d+\], line (\d+)")
_FILE = re.compile(r" \([^()]*, line \d+\)$")
_ENDED = {
    "timed out": "was stopped at the time limit before it came to its `def`",
    "waited": "was stopped before it came to its `def`, because it waited for a long time without computing",
    "killed": "ended the kernel",
    "not run": "did not run, because the kernel had died too often above it",
}
MOST = 100_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True)
class Cell:
    """A cell of a submission as it ran.

    Attributes:
        code: whether it is code. status: what became of it, as :class:`autograder.run.CellRun` has it.
        error: type and message of the error that ended it. traceback: its lines, as they were shown.
        given: the text that the cell was released with, "" for one of the learner's own.
    """

    text: str
    code: bool = True
    status: str = "ok"
    error: tuple[str, str] = ("", "")
    traceback: str = ""
    given: str = ""


def why_absent(exercise: str, difference: str, own: Cell | None, above: Sequence[Cell], below: Sequence[Cell]) -> str:
    """What to add to the sentence of an exercise that is not there; "" where nothing is known.

    Args:
        difference: that sentence. own: the exercise's own cell, None where it is gone.
        above, below: the learner's other cells above and below the exercise's test.
    """
    if difference.startswith(NOT_WRITTEN.sentence):
        return _elsewhere(exercise, above, below) or (stub_left(own.text, own.given) if own else "")
    if difference.startswith(NO_FUNCTION):
        line = _line(rf"^[ \t]*{exercise}[ \t]*(?::[^=\n]*)?=[^=].*$", [*above, *([own] if own else [])])
        return f"That is from `{line}`: give what stands there another name." if line else ""
    if not difference.startswith(NOT_FOUND.sentence):
        return ""
    if own is None:
        gone = "The exercise's cell is not in the notebook any more: take it from the release."
        return " ".join(filter(None, [gone, _elsewhere(exercise, above, below)]))
    return (
        _stopped(own)
        or _elsewhere(exercise, above, below)
        or _taken_away(exercise, own, above)
        or (f"Its cell begins with `{_short(own.text)}`, so Python does not run it." if _is_foreign(own.text) else "")
    )


def stub_left(text: str, given: str) -> str:
    """Where the line of the stub still stands beside what was written; "" where nothing was, or it is gone.

    Args:
        text: a cell, or a function in it. given: the cell as it was released.
    """
    stub = _STUB.search(text[:MOST])
    if stub is None:
        return ""
    released = set(_code_in(given))
    above = [line for line in _code_in(text[: stub.start()]) if line not in released and not _HEAD.match(line)]
    below = [line for line in _code_in(text[stub.end() : MOST]) if line not in released]
    if not above and not below:
        return ""
    where = "above what was written, which is never reached" if below else "below what was written"
    return f"The stub's line `{_short(stub[0])}` still stands {where}: take that line out."


def _code_in(text: str) -> list[str]:
    """The lines of a text that are neither comments nor in a closed text of several lines."""
    lines = [line.strip() for line in re.sub(r'("""|\'\'\').*?\1', "", text, flags=re.DOTALL).splitlines()]
    return [line for line in lines if line and not line.startswith("#") and line != "pass"]


def _is_foreign(text: str) -> bool:
    return text.lstrip().startswith("%%")


def _stopped(cell: Cell) -> str:
    """How a cell ended early."""
    if cell.status in _ENDED:
        return f"Its cell {_ENDED[cell.status]}."
    name, message = cell.error
    if not name:
        return ""
    found = _PLACE.search(_COLOURS.sub("", cell.traceback[:MOST]))
    lines = cell.text.splitlines()
    at = ""
    if found and 0 < int(found[1][:6]) <= len(lines):
        at = f" in line {found[1]}, `{_short(lines[int(found[1]) - 1])}`,"
    said = _short(_FILE.sub("", message), 200)
    return f"Its cell stopped{at} with {_short(name)}{f': {said}' if said else ''}{'' if said.endswith('.') else '.'}"


def _elsewhere(exercise: str, above: Iterable[Cell], below: Iterable[Cell]) -> str:
    """Where else an answer was seen."""
    defines = re.compile(
        rf"^[ \t]*(?:async[ \t]+)?def[ \t]+{exercise}[ \t]*\(|^{exercise}[ \t]*=[ \t]*\S", re.MULTILINE
    )
    move = "move it into the exercise's own cell, in the place of the stub."
    for where, cells in (("above", above), ("below", below)):
        for cell in cells:
            if not defines.search(cell.text[:MOST]) or _STUB.search(cell.text[:MOST]):
                continue
            kind = "a cell" if cell.code else "a text cell"
            stopped = _stopped(cell).replace("Its cell", "That cell") if cell.code else ""
            return " ".join(filter(None, [f"An answer was seen in {kind} {where} its test: {move}", stopped]))
    return ""


def _taken_away(exercise: str, own: Cell, above: Sequence[Cell]) -> str:
    line = _line(_TAKEN_AWAY.format(name=exercise), [own, *above])
    return f"`{line}` takes it away again: leave that line out." if line else ""


def _line(pattern: str, cells: Sequence[Cell]) -> str:
    """The last line in some cells that a pattern finds."""
    wanted = re.compile(pattern, re.MULTILINE)
    found = [match for cell in cells if cell.code for match in wanted.findall(cell.text[:MOST])]
    return _short(found[-1]) if found else ""


def _short(text: str, most: int = 80) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= most else f"{first[: most - 1]}…"
