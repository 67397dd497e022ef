"""Read a lesson: its essay, with the cells and exercises, and beside it the answers that people give.

Whatever breaks a rule of CONTRIBUTING.md is refused with file, line and rule: a tag, a header or a key of a contract
that is not known could otherwise publish an answer, or be passed over in silence.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.answers import AnswersText, Equivalent, WrittenMistake, read_answers
from autograder.authoring.lesson_rules import check_cells, check_header, check_layout, check_words, tested
from autograder.authoring.right_versions import calls_of, filled_in
from autograder.authoring.text_errors import read_text
from autograder.errors import LessonError
from autograder.notebooks import grade_id_of, has_role, is_given_or_solved, without_markers
from autograder.places import LessonFiles

FORMAT = {"extension": ".py", "format_name": "percent", "comment_magics": False}
"""jupytext's percent format, in which a comment that looks like a command stays a comment."""


HEADER = re.compile(r"# %%(\s|$)")
"""The first line of a cell."""


@dataclass
class LessonText:
    """A lesson as its author wrote it.

    Attributes:
        cells: the notebook's cells in order, with nbgrader's metadata complete.
        lines: the line of each cell's header in the essay, by the cell's id.
        answers: the answers file.
    """

    place: LessonFiles
    cells: list[NotebookNode] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    answers: AnswersText = field(default_factory=AnswersText)

    @cached_property
    def solutions(self) -> dict[str, str]:
        """``{exercise: source of its solved cell}``."""
        return {str(grade_id_of(cell)): cell.source for cell in self.cells if has_role(cell, "solution")}

    @cached_property
    def tests(self) -> dict[str, NotebookNode]:
        """``{exercise: its graded cell}``."""
        return {tested(self, cell): cell for cell in self.cells if has_role(cell, "grade")}

    @property
    def styles(self) -> dict[str, dict[str, str]]:
        """``{exercise: {name: source}}``, other right answers."""
        return self.answers.right

    @property
    def mistakes(self) -> list[WrittenMistake]:
        return self.answers.mistakes

    @property
    def equivalents(self) -> list[Equivalent]:
        return self.answers.equivalents

    @property
    def judge_source(self) -> str:
        """The text of the functions that know other right answers."""
        return self.answers.judge_source

    @property
    def title(self) -> str:
        match = re.search(
            r"^# (.+)$", "\n".join(c.source for c in self.cells if c.cell_type == "markdown"), re.MULTILINE
        )
        return match.group(1).strip() if match else self.place.stem

    def where(self, cell: NotebookNode | None, line: int = 0) -> str:
        """The file and the line of a cell's header, or of a line below it; the file alone without a cell."""
        shown = self.place.shown(self.place.text)
        return shown if cell is None else f"{shown}:{self.lines[cell.id] + line}"

    def where_of(self, exercise: str) -> str:
        """The file and the line of an exercise's solution."""
        (cell,) = [cell for cell in self.cells if has_role(cell, "solution") and grade_id_of(cell) == exercise]
        return self.where(cell)


def read_lesson(place: LessonFiles) -> LessonText:
    """Parse the two texts of a lesson.

    Raises:
        LessonError: one of them breaks a rule of CONTRIBUTING.md.
    """
    lesson = LessonText(place)
    shown = place.shown(place.text)
    text = read_text(place.text, shown)
    headers = [number for number, line in enumerate(text.split("\n"), start=1) if HEADER.match(line)]
    check_layout(text, headers, shown)
    read = jupytext.reads(text, fmt=FORMAT).cells
    lesson.cells = [_complete(cell, f"{shown}:{line}") for cell, line in zip(read, headers, strict=True)]
    _name_cells(lesson.cells)
    lesson.lines = {cell.id: line for cell, line in zip(lesson.cells, headers, strict=True)}
    check_cells(lesson)
    solved = {name: without_markers(source) for name, source in lesson.solutions.items()}
    lesson.answers = read_answers(place.answers, place.shown(place.answers), solved)
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


def _complete(cell: NotebookNode, where: str) -> NotebookNode:
    """A fresh cell with what the author left out of nbgrader's metadata."""
    metadata = {k: v for k, v in cell.metadata.items() if k in ("nbgrader", "tags")}
    check_words(cell, where)
    if "nbgrader" in metadata:
        given = dict(metadata["nbgrader"])
        graded = given.get("grade", False)
        whole = {"grade": False, "locked": graded, "solution": False, "task": False, "schema_version": 3}
        metadata["nbgrader"] = dict(sorted({**whole, "cell_type": cell.cell_type, **given}.items()))
        check_header(metadata["nbgrader"], where)
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
                        lesson.where(cell), f"{grade_id_of(cell)}: calls= names {name!r}, which is no exercise above it"
                    )
            cell.source = filled_in(cell.source, [without_markers(one.source) for one in above])
