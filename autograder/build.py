"""Build everything that is generated: solved notebooks, releases, references, the catalogues of mistakes."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.catalogue import write_catalogue
from autograder.errors import NbgraderRefused, ReleaseStale
from autograder.lesson import LessonText, as_notebook, grade_id, has_role, read_lesson
from autograder.places import Lesson, Places
from autograder.record import write_record

CELL_SECONDS = 120


def build(places: Places, lessons: list[Lesson], say=print) -> None:
    """Build the named lessons, and the catalogues of their courses.

    Args:
        places: the repository. lessons: which ones. say: told what is being done.

    Raises:
        LessonError: a lesson's text breaks a rule; what was built before stays.
    """
    for place in lessons:
        lesson = read_lesson(place)
        say(f"{place.name}: running the solved notebook")
        _write(place.source, solved_notebook(lesson))
        say(f"{place.name}: release and references")
        generate_release(places, place.week, [place.stem], places.notebooks / "release")
        write_record(lesson, template(lesson), place.public_record)
    for course in sorted({place.week.partition("-")[0] for place in lessons}):
        write_catalogue(places, course)


def solved_notebook(lesson: LessonText) -> NotebookNode:
    """The solved notebook, executed from top to bottom, with its outputs."""
    notebook = as_notebook(lesson)
    environment = {**os.environ, "PYTHONPATH": str(lesson.place.root), "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, kernel_name="python3", coalesce_streams=True, resources=resources
        )
        manager = client.create_kernel_manager()
        if os.name == "posix":
            # Sockets in a folder of their own: a TCP port may be taken between its choice and its use.
            manager.transport, manager.ip = "ipc", f"{folder}/socket"
        client.execute(env=environment)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    # Which patch release of Python ran it is no part of the lesson.
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def template(lesson: LessonText) -> dict:
    """The release notebook with its hidden tests put back, as JSON."""
    release = read_generated(lesson.place.release)
    tests = {grade_id(cell): cell.source for cell in lesson.cells if has_role(cell, "grade")}
    for cell in release.cells:
        cell.source = tests.get(grade_id(cell), cell.source)
    return json.loads(nbformat.writes(release))


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


def _write(path: Path, notebook: NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    nbformat.write(notebook, draft)
    os.replace(draft, path)
