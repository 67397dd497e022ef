"""Build everything that is generated: solved notebooks, releases, references, the catalogues of mistakes."""

import copy
import json
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.authoring.aims import show_aims
from autograder.authoring.catalogue import write_catalogue
from autograder.authoring.lesson_text import LessonText, as_notebook, read_lesson
from autograder.authoring.recording import write_record
from autograder.errors import ReleaseStale
from autograder.files import write_file
from autograder.nbgrader_apps import generate_release
from autograder.notebooks import grade_id_of, has_role, read_generated, without_aims
from autograder.places import LessonFiles, Repository
from autograder.release_stamp import KEY, is_edited

CELL_SECONDS = 3600
"""An end for a cell that hangs; what a busy machine makes of a minute is far below it."""


ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1"
)
"""The last digits of a long training depend on how many threads add them up. And on a busy machine two threads, which
wait for each other at every small product of matrices, take seven times as long as one."""


def build(repo: Repository, lessons: list[LessonFiles], say=print, execute: bool = True) -> None:
    """Build the named lessons, and the catalogues of their courses.

    Args:
        repo: the repository. lessons: which ones. say: told what is being done.
        execute: whether to run the solved notebooks. If not, a cell keeps the outputs that it has in the notebook that
            is there, as long as its text is the same.

    Raises:
        LessonError: a lesson's text breaks a rule; what was built before stays.
    """
    for place in lessons:
        _build_lesson(read_lesson(place), say, execute)
    for course in sorted({place.week.partition("-")[0] for place in lessons}):
        write_catalogue(repo, course)


def _build_lesson(lesson: LessonText, say, execute: bool) -> None:
    """Build one lesson aside, then put its files in their places.

    The references come before the solved notebook is run: its verdicts are judged by them.
    """
    place = lesson.place
    notebook = as_notebook(lesson)
    if place.source.exists():
        _take_outputs(notebook, read_generated(place.source))
    with tempfile.TemporaryDirectory() as folder:
        aside = replace(place, root=Path(folder))
        say(f"{place.name}: release and references")
        _write(aside.source, notebook)
        shutil.copy(place.root / "notebooks" / "nbgrader_config.py", aside.root / "notebooks")
        generate_release(Repository(aside.root), place.week, [place.stem], aside.root / "notebooks" / "release")
        release = read_generated(aside.release)
        write_record(lesson, template(lesson, release), aside.public_record)
        if execute:
            say(f"{place.name}: running the solved notebook")
            run_solved(notebook, place.root, aside.root)
        show_aims(release, notebook)
        write_file(place.public_record, aside.public_record.read_bytes())
    _write(place.source, notebook)
    _write(place.release, release)


def run_solved(notebook: NotebookNode, root: Path, records: Path) -> None:
    """Execute a notebook of ours from top to bottom; its outputs are written in place.

    Args:
        root: the repository. records: where the references are, as in a repository.
    """
    ours = {"PYTHONPATH": str(root), "COMPANION_ROOT": str(records), "COMPANION_DATA": "shipped", **ONE_THREAD}
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, kernel_name="python3", coalesce_streams=True, resources=resources
        )
        manager = client.create_kernel_manager()
        if os.name == "posix":
            # Sockets in a folder of their own: a TCP port may be taken between its choice and its use.
            manager.transport, manager.ip = "ipc", f"{folder}/socket"
        client.execute(env={**os.environ, **ours, "PYTHONHASHSEED": "0"})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    # Which patch release of Python ran it is no part of the lesson.
    notebook.metadata["language_info"] = {"name": "python"}


def _take_outputs(notebook: NotebookNode, executed: NotebookNode) -> None:
    known = {cell.id: cell for cell in executed.cells if cell.cell_type == "code"}
    for cell in notebook.cells:
        there = known.get(cell.id)
        if there is not None and there.source == cell.source:
            cell.outputs, cell.execution_count = there.outputs, there.execution_count


def template(lesson: LessonText, release: NotebookNode) -> dict:
    """A release with its hidden tests put back, without what it shows, as JSON.

    Raises:
        ReleaseStale: somebody has written into it; what they wrote must not become the lesson's text.
    """
    if is_edited(release):
        raise ReleaseStale(lesson.place.release, "was edited")
    whole = copy.deepcopy(release)
    whole.metadata.pop(KEY, None)  # its digests are those of the released texts, not of the hidden tests
    tests = {grade_id_of(cell): cell.source for cell in lesson.cells if has_role(cell, "grade")}
    whole.cells = without_aims(whole.cells)
    for cell in whole.cells:
        cell.source = tests.get(grade_id_of(cell), cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return json.loads(nbformat.writes(whole))


def _write(path: Path, notebook: NotebookNode) -> None:
    write_file(path, (nbformat.writes(notebook) + "\n").encode("utf-8"))
