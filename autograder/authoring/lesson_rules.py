"""The rules that a lesson's essay keeps: what its cells may say, and how exercises and graded cells belong together."""

import ast
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from autograder.authoring.text_errors import listed_or_meant, parsed
from autograder.errors import LessonError
from autograder.notebooks import BEGIN, END, grade_id_of, has_role

if TYPE_CHECKING:
    from autograder.authoring.lesson_text import LessonText

TAGS = ("check", "demo", "further", "picture")
"""Tags that a cell may have; `further` marks an experiment for those who want more."""

NBGRADER = ("grade", "grade_id", "locked", "points", "solution")
"""What a cell's header may say to nbgrader."""

CONTRACT = ("calls", "cases", "extra_keys", "in_place", "returns", "rtol", "atol")
"""What `hidden_cases` takes besides the exercise; `accept` and `forms` stand in the answers file."""

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def check_words(cell: NotebookNode, where: str) -> None:
    """A cell's header says nothing that is not known: a mistyped word could publish an answer.

    Args:
        cell: as jupytext read it. where: file and line of its header.
    """
    for what, found, known in (
        ("word in a cell's header", set(cell.metadata) - {"lines_to_next_cell"}, ("nbgrader", "tags")),
        ("tag", cell.metadata.get("tags", []), TAGS),
        ("key of nbgrader", cell.metadata.get("nbgrader", {}), NBGRADER),
    ):
        for word in sorted(set(found) - set(known)):
            raise LessonError(where, f"no {what} is called {word!r}; {listed_or_meant(word, known)}")


def check_header(given: dict, where: str) -> None:
    """What a header says to nbgrader fits together."""
    if not isinstance(given.get("grade_id"), str):
        raise LessonError(where, "a cell that nbgrader knows needs a grade_id")
    if given["grade"] and not (type(given.get("points")) in (int, float) and given["points"] > 0):
        raise LessonError(where, f"a graded cell needs points, a number above 0; found {given.get('points')!r}")
    if sum(bool(given[role]) for role in ("grade", "solution")) + (given["locked"] and not given["grade"]) != 1:
        raise LessonError(where, "a cell that nbgrader knows is one thing: a solution, graded, or locked")


def tested(lesson: "LessonText", cell: NotebookNode) -> str:
    """The exercise that a graded cell judges: the first argument of its hidden_cases."""
    call = _hidden_cases(parsed(cell.source, lesson.place.shown(lesson.place.text), lesson.lines[cell.id] + 1))
    if call is None or not call.args or not isinstance(call.args[0], ast.Constant):
        raise LessonError(
            lesson.where(cell), f'the graded cell {grade_id_of(cell)!r} holds no hidden_cases("…", cases=…)'
        )
    return str(call.args[0].value)


def check_cells(lesson: "LessonText") -> None:
    """Every cell by itself, and each exercise with its graded cell.

    Raises:
        LessonError: with file, line and rule.
    """
    shown = lesson.place.shown(lesson.place.text)
    ids: dict[str, NotebookNode] = {}
    graded: list[str] = []
    for cell in lesson.cells:
        if cell.cell_type != "code":
            continue
        tree = parsed(cell.source, shown, lesson.lines[cell.id] + 1)
        grade_id = grade_id_of(cell)
        if grade_id and ids.setdefault(grade_id, cell) is not cell:
            raise LessonError(lesson.where(cell), f"the grade_id {grade_id!r} stands on two cells")
        _check_region(lesson, cell, (BEGIN, END), has_role(cell, "solution"))
        _check_region(lesson, cell, (BEGIN_HIDDEN, END_HIDDEN), has_role(cell, "grade"))
        if has_role(cell, "solution") and f"def {grade_id}(" not in cell.source:
            raise LessonError(lesson.where(cell), f"the solution cell {grade_id!r} must define the function {grade_id}")
        if has_role(cell, "grade"):
            exercise = tested(lesson, cell)
            if exercise in graded:
                raise LessonError(lesson.where(cell), f"{exercise} has two graded cells; give it one, with more cases")
            graded.append(exercise)
            _check_graded(lesson, cell, exercise, _hidden_cases(tree))
    for exercise in graded:
        if exercise not in lesson.solutions:
            cell = lesson.tests[exercise]
            rule = f"a graded cell judges {exercise!r}, but no solution cell has that grade_id"
            raise LessonError(lesson.where(cell), rule)
    if not graded:
        raise LessonError(lesson.where(None), "no cell is graded")


def _check_region(lesson: "LessonText", cell: NotebookNode, markers: tuple[str, str], wanted: bool) -> None:
    """A region that is opened is closed: what stands between the markers never enters a release."""
    found = [(i, line.strip()) for i, line in enumerate(cell.source.splitlines(), 1) if line.strip() in markers]
    if [line for _, line in found] != (list(markers) if wanted else []):
        line = found[-1][0] if found else 0
        rule = f"needs one region from `{markers[0]}` to `{markers[1]}`" if wanted else f"may not hold `{found[0][1]}`"
        raise LessonError(lesson.where(cell, line), f"the cell {grade_id_of(cell) or 'here'} {rule}")


def _check_graded(lesson: "LessonText", cell: NotebookNode, exercise: str, call: ast.Call | None) -> None:
    visible = cell.source.split(BEGIN_HIDDEN)[0].strip()
    if visible != f'verdict("{exercise}")':
        rule = f'what a learner sees of it is one line, verdict("{exercise}"); found {visible[:60]!r}'
        raise LessonError(lesson.where(cell), f"the graded cell {grade_id_of(cell)!r}: {rule}")
    for keyword in call.keywords if call else ():
        if keyword.arg in ("accept", "forms"):
            rule = f"{keyword.arg} stands in {lesson.place.shown(lesson.place.answers)}: decorate the function there"
            raise LessonError(lesson.where(cell, keyword.value.lineno), rule)
        if keyword.arg not in CONTRACT:
            rule = f"hidden_cases takes no {keyword.arg!r}; {listed_or_meant(str(keyword.arg), CONTRACT)}"
            raise LessonError(lesson.where(cell, keyword.value.lineno), rule)


def _hidden_cases(tree: ast.Module) -> ast.Call | None:
    """The call of hidden_cases in a graded cell."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return next((call for call in calls if getattr(call.func, "id", None) == "hidden_cases"), None)
