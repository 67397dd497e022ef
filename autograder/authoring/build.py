"""Build everything that is generated: solved notebooks, releases, references, the catalogues of mistakes."""

import json
import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.authoring.catalogue import write_catalogue
from autograder.authoring.lesson_text import LessonText, as_notebook, read_lesson
from autograder.authoring.recording import write_record
from autograder.nbgrader_apps import generate_release
from autograder.notebooks import grade_id_of, has_role, read_generated
from autograder.places import LessonFiles, Repository

CELL_SECONDS = 120


def build(places: Repository, lessons: list[LessonFiles], say=print) -> None:
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
    places = {"PYTHONPATH": str(lesson.place.root), "COMPANION_DATA": "shipped"}
    environment = {**os.environ, **places, "PYTHONHASHSEED": "0"}
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
    tests = {grade_id_of(cell): cell.source for cell in lesson.cells if has_role(cell, "grade")}
    for cell in release.cells:
        cell.source = tests.get(grade_id_of(cell), cell.source)
    return json.loads(nbformat.writes(release))


def _write(path: Path, notebook: NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    nbformat.write(notebook, draft)
    os.replace(draft, path)
