"""Releases, as nbgrader makes them of the solved notebooks, and whether they are in step with the references."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.errors import NbgraderRefused, ReleaseStale
from autograder.judge import load_record
from autograder.places import Lesson, Places


def read_generated(path: Path) -> NotebookNode:
    """A source or release notebook.

    Raises:
        ReleaseStale: it is missing or cannot be read; the message names the command that rebuilds it.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise ReleaseStale(path, "is missing") from None
    except Exception as error:
        raise ReleaseStale(path, f"cannot be read ({type(error).__name__})") from None


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


def generate_release(places: Places, week: str, stems: Iterable[str], folder: Path, db_url: str | None = None) -> None:
    """Run nbgrader's own generate_assignment.

    Args:
        places: the repository. week: the assignment. stems: the lessons, or all if it holds "*".
        folder: the release directory to write to.
        db_url: the gradebook that the assignment is entered in; one that is thrown away if None.
    """
    from nbgrader.apps import GenerateAssignmentApp

    with tempfile.TemporaryDirectory() as scratch:
        for stem in stems:
            run_nbgrader(
                GenerateAssignmentApp, places, week, db_url or f"sqlite:///{scratch}/gradebook.db",
                f"--notebook={stem}", "--create", f"--CourseDirectory.release_directory={folder}",
            )  # fmt: skip


def run_nbgrader(command: type, places: Places, week: str, db_url: str, *arguments: str) -> None:
    """Run one of nbgrader's commands, an application class, in this process and with this course's settings.

    Raises:
        NbgraderRefused: it gave up; why stands on stderr.
    """
    # nbgrader calls alembic by its name.
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    app = command(log_level=40)
    app.initialize([
        f"--assignment={week}", "--force", f"--CourseDirectory.root={places.notebooks}",
        f"--CourseDirectory.db_url={db_url}", f"--config={places.notebooks / 'nbgrader_config.py'}", *arguments,
    ])  # fmt: skip
    asyncio.set_event_loop(asyncio.new_event_loop())
    try:
        app.start()
    except SystemExit:
        raise NbgraderRefused(app.name, week) from None
