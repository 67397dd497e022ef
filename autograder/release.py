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
from autograder.run import grade_id_of


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
        points = {grade_id: item.points for grade_id, item in record.items.items()}
        hidden, shown = _texts(record.template["cells"], points)
        for path in (lesson.source, lesson.release):
            cells = read_generated(path).cells
            tests, others = _texts(cells, points)
            there = {grade_id_of(cell): cell.metadata.nbgrader.get("points") for cell in cells if _is_graded(cell)}
            same_text = tests == hidden if path == lesson.source else others == shown
            if there != points or not same_text:
                again = f" or record them again (autograder record {lesson.name} --salt-file FILE)"
                private = again if lesson.record == lesson.private_record else ""
                raise ReleaseStale(path, f"is not the one that its references were recorded from{private}")


def _is_graded(cell) -> bool:
    """Whether a cell of a source or release notebook is a graded one."""
    return grade_id_of(cell) is not None and cell.metadata.nbgrader.get("grade") is True


def _texts(cells: list, graded: dict) -> tuple[list[str], list[str]]:
    """The texts of the graded cells, and of the others."""
    texts: tuple[list[str], list[str]] = ([], [])
    for cell in cells:
        texts[grade_id_of(cell) not in graded].append("".join(cell["source"]))
    return texts


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
