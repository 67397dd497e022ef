"""A learner's notebook in this process: its namespace, its cells, and the boxes that it shows."""

import contextlib
import io
import linecache
from typing import TYPE_CHECKING

import pytest

from autograder.authoring.lesson_text import LessonText, read_lesson
from autograder.notebooks import grade_id_of, is_given_or_solved, without_markers
from autograder.places import LessonFiles
from companion import lessons, practice, verdict_cells

if TYPE_CHECKING:
    from companion.boxes import Box


class Notebook:
    """A notebook that is open on a lesson.

    Attributes:
        names: its namespace. shown: the boxes that it showed, the newest last. text: the lesson's texts.
    """

    def __init__(self, place: LessonFiles, patch: pytest.MonkeyPatch):
        self.place, self.text, self._patch = place, read_lesson(place), patch
        self.names: dict = {"__name__": "__main__"}
        self.shown: list[Box] = []
        patch.setenv("COMPANION_ROOT", str(place.root))
        patch.setattr(lessons, "current", place.name)
        patch.setattr(practice, "learners_namespace", lambda: self.names)
        patch.setattr(verdict_cells, "learners_namespace", lambda: self.names)
        patch.setattr(verdict_cells, "show", self.shown.append)

    def run(self, source: str, name: str = "<cell>") -> str:
        """Run a cell, which Python knows under this name; what it printed."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, name, "exec"), self.names)
        return printed.getvalue()

    def typed(self, source: str) -> str:
        """Run a cell whose lines are known, as in IPython."""
        name = f"<typed {hash(source)}>"
        self._patch.setitem(linecache.cache, name, (len(source), None, source.splitlines(keepends=True), name))
        return self.run(source, name)

    def solve(self) -> "Notebook":
        """Run all given cells and solutions, but not the table at the end."""
        for cell in self.text.cells:
            if is_given_or_solved(cell) and grade_id_of(cell) != "verdicts":
                self.run(without_markers(cell.source))
        return self

    def answer(self, exercise: str, answer: str) -> None:
        """Run the cell of an exercise as a named mistake of the catalogue has it, or with a text of one's own."""
        self.run(mistakes_of(self.text, exercise).get(answer, answer))

    def verdict(self, exercise: str) -> str:
        """Ask for a verdict; the text that is shown."""
        verdict_cells.verdict(exercise)
        return self.shown[-1].text()


def mistakes_of(lesson: LessonText, exercise: str) -> dict[str, str]:
    return {mistake.name: mistake.source for mistake in lesson.mistakes if mistake.exercise == exercise}
