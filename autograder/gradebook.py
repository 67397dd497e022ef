"""The one writer: results into nbgrader's gradebook, executed notebooks and feedback pages beside it."""

import os
import shutil
import tempfile
import warnings
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from autograder.build import generate_release, read_generated, run_nbgrader
from autograder.errors import ReleaseStale
from autograder.grade import Result
from autograder.judge import load_record
from autograder.places import Lesson, Places


class Writer:
    """Writes one week's results; a context manager that holds the gradebook open.

    Scores that a person gave, comments and extra credit are never touched.
    """

    def __init__(self, places: Places, week: str):
        self.places, self.week = places, week
        self.db_url = database(places)

    def __enter__(self):
        # nbgrader's own session handling makes SQLAlchemy warn on every new submission.
        warnings.filterwarnings("ignore", category=SAWarning)
        with tempfile.TemporaryDirectory() as scratch:
            generate_release(self.places, self.week, ["*"], Path(scratch), self.db_url)
        self.gradebook = Gradebook(self.db_url)
        return self

    def __exit__(self, *exc):
        self.gradebook.close()

    def write(self, student: str, result: Result, timestamp: datetime | None = None) -> None:
        """Enter one notebook's scores in one transaction, and write its executed notebook."""
        book = self.gradebook
        book.update_or_create_student(student)
        given = {} if timestamp is None else {"timestamp": timestamp}
        book.update_or_create_submission(self.week, student, **given)
        for item in result.items:
            grade = book.find_grade(item.grade_id, result.stem, self.week, student)
            grade.auto_score = item.points
            grade.needs_manual_grade = grade.manual_score is not None
        book.db.commit()
        self._write_notebook(student, result)

    def _write_notebook(self, student: str, result: Result) -> None:
        folder = self.places.notebooks / "autograded" / student / self.week
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{result.stem}.ipynb"
        draft = path.with_name(path.name + ".part")
        nbformat.write(_as_nbgrader_expects(result), draft)
        os.replace(draft, path)


def make_feedback(places: Places, week: str, student: str) -> Path:
    """Make nbgrader's feedback pages of one student; returns the folder that holds them. It only reads the gradebook."""
    from nbgrader.apps import GenerateFeedbackApp

    folder = places.notebooks / "feedback" / student / week
    shutil.rmtree(folder, ignore_errors=True)
    run_nbgrader(GenerateFeedbackApp, places, week, database(places), f"--student={student}")
    return folder


def database(places: Places) -> str:
    """Where the gradebook is, as SQLAlchemy writes it."""
    return f"sqlite:///{places.gradebook}"


def _as_nbgrader_expects(result: Result):
    """Checksums as OverwriteCells would leave them, so that formgrader and feedback know their cells."""
    from nbgrader.utils import compute_checksum

    notebook = result.notebook
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return notebook


def check_release(lessons: list[Lesson]) -> None:
    """Stop before the first write where a source, release or reference is missing or out of step.

    Raises:
        ReleaseStale, RecordMissing, RecordBroken: each with the command that rebuilds it.
    """
    for lesson in lessons:
        record = load_record(lesson)
        for path in (lesson.source, lesson.release):
            cells = read_generated(path).cells
            graded = {c.metadata.nbgrader.grade_id for c in cells if c.metadata.get("nbgrader", {}).get("grade")}
            if graded != set(record.items):
                raise ReleaseStale(path, "does not hold the graded cells of its references")


def submitted_at(folder: Path) -> datetime | None:
    """When a student handed in, from nbgrader's timestamp.txt; None where there is none."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc((folder / "timestamp.txt").read_text().strip())
    except (OSError, ValueError):
        return None
