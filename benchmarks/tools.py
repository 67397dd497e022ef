"""The three graders, each run by the commands that a person types."""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from benchmarks import otter
from benchmarks.course import BIN, ROOT, Week, environment, hand_in, place_of
from benchmarks.measure import Measured, measure, run

Scores = dict[str, dict[str, float]]
"""Points by student and exercise."""


@dataclass
class Ours:
    """`autograder grade`: one command for a class, one worker for each core.

    Attributes:
        course: a folder with the built course; each run grades in a copy of it.
        isolation: what the submissions ran in, as the results tell.
    """

    course: Path
    weeks: list[Week]
    name = "ours"
    whole_class = True
    isolation: set[str] = field(default_factory=set)

    def __post_init__(self):
        _release(self.course, self.weeks)

    def grade(self, week: Week, submissions: dict[str, NotebookNode]) -> tuple[Measured, Scores]:
        """Grade notebooks in a fresh copy of the course: what it took, and the points."""
        with _copy_of(self.course) as root:
            hand_in(root, week, submissions)
            command = [BIN / "autograder", "grade", week.week, "--json", "--no-feedback"]
            measured, (printed,) = measure([command], environment(root), root)
        results = json.loads(printed)
        self.isolation |= {result["isolation"] for result in results}
        scores = {r["student"]: {item["exercise"]: item["points"] for item in r["items"]} for r in results}
        return measured, scores


@dataclass
class Stock:
    """`nbgrader autograde` with nbgrader's own preprocessors: one command for a class, one notebook at a time."""

    course: Path
    weeks: list[Week]
    name = "nbgrader"
    whole_class = False

    def __post_init__(self):
        config = self.course / "notebooks" / "nbgrader_config.py"
        config.write_text(config.read_text("utf-8").partition("# Submissions are judged")[0], "utf-8")
        _release(self.course, self.weeks)

    def grade(self, week: Week, submissions: dict[str, NotebookNode]) -> tuple[Measured, Scores]:
        with _copy_of(self.course) as root:
            hand_in(root, week, submissions)
            command = [BIN / "nbgrader", "autograde", week.week]
            measured, _ = measure([command], environment(root), root / "notebooks")
            with Gradebook(f"sqlite:///{root}/notebooks/gradebook.db") as book:
                scores = {
                    submission.student.id: {
                        grade.name.removesuffix("-test"): grade.score
                        for notebook in submission.notebooks
                        for grade in notebook.grades
                    }
                    for submission in book.assignment_submissions(week.week)
                }
        return measured, scores


@dataclass
class Otter:
    """`otter run`: one command for each notebook, one after the other."""

    course: Path
    weeks: list[Week]
    name = "otter"
    whole_class = False

    def __post_init__(self):
        self.archives = {
            week: otter.make_assignment(place_of(self.course, week), self.course / "otter" / week.week)
            for week in self.weeks
        }

    def grade(self, week: Week, submissions: dict[str, NotebookNode]) -> tuple[Measured, Scores]:
        with tempfile.TemporaryDirectory() as scratch:
            commands = []
            for student, notebook in submissions.items():
                folder = Path(scratch) / student
                folder.mkdir()
                nbformat.write(notebook, folder / f"{week.stem}.ipynb")
                command = [otter.BIN / "otter", "run", "-a", self.archives[week], "-o", folder, "--no-logo"]
                commands.append([*command, folder / f"{week.stem}.ipynb"])
            # A verdict in the notebook is for the learner alone: it is silent here as it is under the other two.
            silent = {**environment(ROOT, otter.BIN), "NBGRADER_EXECUTION": "autograde"}
            measured, _ = measure(commands, silent, Path(scratch))
            scores = {student: _otter_scores(Path(scratch) / student / "results.json") for student in submissions}
        return measured, scores


def _otter_scores(path: Path) -> dict[str, float]:
    tests = json.loads(path.read_text("utf-8"))["tests"]
    return {test["name"]: test["score"] for test in tests if "score" in test}


def _release(course: Path, weeks: list[Week]) -> None:
    """Enter the weeks in the course's gradebook, as an instructor has done before the first notebook comes in."""
    for week in weeks:
        command = [BIN / "nbgrader", "generate_assignment", week.week, "--force"]
        run(command, environment(course), course / "notebooks")


@contextlib.contextmanager
def _copy_of(course: Path) -> Iterator[Path]:
    """A copy of a course, for one run."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "course"
        shutil.copytree(course, root, symlinks=True)
        yield root.resolve()
