"""Read the text of a lesson: its cells, exercises, hidden cases, styles and mistakes."""

import ast
import hashlib
import re
import textwrap
from dataclasses import dataclass, field
from functools import cached_property

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.right_versions import calls_of, filled_in
from autograder.errors import LessonError
from autograder.notebooks import BEGIN, grade_id_of, has_role, has_tag, is_given_or_solved, without_markers
from autograder.places import LessonFiles

BACKSTAGE = ("style", "mistakes", "judge")
"""Tags of cells that never enter a notebook."""


@dataclass(frozen=True)
class WrittenMistake:
    """A wrong answer that people give: the whole cell as they would write it, with its cause and a hint."""

    exercise: str
    name: str
    source: str
    cause: str
    hint: str


@dataclass(frozen=True)
class Equivalent:
    """A mutant that computes the same: its statement before and after, and why that is so."""

    exercise: str
    old: str
    new: str
    reason: str


@dataclass
class LessonText:
    """A lesson as its author wrote it.

    Attributes:
        cells: the notebook's cells in order, with nbgrader's metadata complete.
        styles: ``{exercise: {style: source}}``, other right answers.
        judge_source: the text of the `judge` cells.
    """

    place: LessonFiles
    cells: list[NotebookNode] = field(default_factory=list)
    styles: dict[str, dict[str, str]] = field(default_factory=dict)
    mistakes: list[WrittenMistake] = field(default_factory=list)
    equivalents: list[Equivalent] = field(default_factory=list)
    judge_source: str = ""

    @cached_property
    def solutions(self) -> dict[str, str]:
        """``{exercise: source of its solved cell}``."""
        return {grade_id_of(cell): cell.source for cell in self.cells if has_role(cell, "solution")}

    @cached_property
    def tests(self) -> dict[str, NotebookNode]:
        """``{exercise: its graded cell}``."""
        return {_tested(self.place.name, cell): cell for cell in self.cells if has_role(cell, "grade")}

    @property
    def title(self) -> str:
        match = re.search(r"^# (.+)$", "\n".join(c.source for c in self.cells if c.cell_type == "markdown"), re.M)
        return match.group(1).strip() if match else self.place.stem


def read_lesson(place: LessonFiles) -> LessonText:
    """Parse a lesson.

    Raises:
        LessonError: the text breaks a rule of CONTRIBUTING.md.
    """
    lesson = LessonText(place)
    backstage = []
    for cell in jupytext.read(place.text, fmt="py:percent").cells:
        if any(has_tag(cell, tag) for tag in BACKSTAGE):
            backstage.append(cell)
        else:
            lesson.cells.append(_complete(cell))
    _name_cells(lesson.cells)
    for cell in backstage:
        _read_backstage(lesson, cell)
    _check(lesson)
    _fill_in_called(lesson)
    return lesson


def as_notebook(lesson: LessonText) -> NotebookNode:
    """The solved notebook, not yet executed."""
    notebook = new_notebook(cells=[NotebookNode(cell) for cell in lesson.cells])
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": lesson.title,
    }
    return notebook


def _complete(cell: NotebookNode) -> NotebookNode:
    """A fresh cell with what the author left out of nbgrader's metadata."""
    metadata = {k: v for k, v in cell.metadata.items() if k in ("nbgrader", "tags")}
    if "nbgrader" in metadata:
        given = dict(metadata["nbgrader"])
        graded = given.get("grade", False)
        whole = {"grade": False, "locked": graded, "solution": False, "task": False, "schema_version": 3}
        metadata["nbgrader"] = dict(sorted({**whole, "cell_type": cell.cell_type, **given}.items()))
    if "picture" in metadata.get("tags", []):
        metadata["jupyter"] = {"source_hidden": True}
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    return make(cell.source, metadata=metadata)


def _name_cells(cells: list[NotebookNode]) -> None:
    """Give each cell an id that a rebuild gives again: its grade_id, or a digest of its text."""
    used = set()
    for cell in cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
        name = re.sub(r"[^A-Za-z0-9_-]", "-", grade_id_of(cell) or f"{cell.cell_type}-{digest}")[:60]
        while name in used:
            name += "x"
        used.add(name)
        cell.id = name


def _read_backstage(lesson: LessonText, cell: NotebookNode) -> None:
    if has_tag(cell, "judge"):
        lesson.judge_source += cell.source + "\n\n"
        return
    exercise = cell.metadata.get("exercise")
    if exercise not in lesson.solutions:
        raise LessonError(lesson.place.name, f"a style or mistakes cell names {exercise!r}, which is no exercise")
    if has_tag(cell, "style"):
        lesson.styles.setdefault(exercise, {})[cell.metadata.get("style", "other")] = cell.source
        return
    scope = {
        "mistake": lambda name, **given: lesson.mistakes.append(_written(lesson, exercise, name, **given)),
        "equivalent": lambda old, new, reason: lesson.equivalents.append(Equivalent(exercise, old, new, reason)),
    }
    exec(compile(cell.source, f"<mistakes of {exercise}>", "exec"), scope)


def _written(
    lesson: LessonText, exercise: str, name: str, cause: str, hint: str, swap=None, code=None
) -> WrittenMistake:
    where = f"mistake {name!r} of {exercise}"
    if (swap is None) == (code is None):
        raise LessonError(lesson.place.name, f"{where} needs either swap= or code=")
    if code is not None:
        return WrittenMistake(exercise, name, textwrap.dedent(code).strip() + "\n", cause, hint)
    source = without_markers(lesson.solutions[exercise])
    pairs = [swap] if isinstance(swap, tuple) else swap
    for old, new in pairs:
        if source.count(old) != 1:
            raise LessonError(
                lesson.place.name, f"{where}: {old!r} stands {source.count(old)} times in the solution, not once"
            )
        source = source.replace(old, new)
    return WrittenMistake(exercise, name, source, cause, hint)


def _tested(lesson: str, cell: NotebookNode) -> str:
    """The exercise that a graded cell judges: the first argument of its hidden_cases."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "hidden_cases":
            return ast.literal_eval(node.args[0])
    raise LessonError(lesson, f"the graded cell {grade_id_of(cell)!r} holds no hidden_cases")


def _fill_in_called(lesson: LessonText) -> None:
    above: list[NotebookNode] = []
    for cell in lesson.cells:
        if is_given_or_solved(cell):
            above.append(cell)
        elif has_role(cell, "grade") and (names := calls_of(cell.source)):
            solved = {grade_id_of(one) for one in above if has_role(one, "solution")}
            for name in names:
                if name not in solved:
                    raise LessonError(
                        lesson.place.name, f"{grade_id_of(cell)}: calls= names {name!r}, which is no exercise above it"
                    )
            cell.source = filled_in(cell.source, [without_markers(one.source) for one in above])


def _check(lesson: LessonText) -> None:
    name = lesson.place.name
    graded = [_tested(name, cell) for cell in lesson.cells if has_role(cell, "grade")]
    for exercise in graded:
        if graded.count(exercise) > 1:
            raise LessonError(name, f"{exercise} has two graded cells; give it one, with more cases")
        if exercise not in lesson.solutions:
            raise LessonError(name, f"a graded cell judges {exercise!r}, but no solution cell has that grade_id")
    for exercise, source in lesson.solutions.items():
        if BEGIN not in source or f"def {exercise}(" not in source:
            raise LessonError(
                name, f"the solution cell {exercise!r} must define {exercise} with a BEGIN/END SOLUTION region"
            )
    ids = [grade_id_of(cell) for cell in lesson.cells if grade_id_of(cell)]
    for one in ids:
        if ids.count(one) > 1:
            raise LessonError(name, f"the grade_id {one!r} stands on two cells")
    seen = [(m.exercise, m.name) for m in lesson.mistakes]
    for pair in seen:
        if seen.count(pair) > 1:
            raise LessonError(name, f"{pair[0]} has two mistakes of the name {pair[1]!r}")
    if not graded:
        raise LessonError(name, "no cell is graded")
