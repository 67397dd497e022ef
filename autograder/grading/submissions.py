"""What a class handed in: who, which lesson it answers, and its notebooks: only ordinary files, only notebooks."""

import contextlib
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.errors import UnknownNotebook, UnreadableNotebook
from autograder.files import write_file
from autograder.judge import graded_ids
from autograder.notebooks import MAX_BYTES, grade_id_of
from autograder.places import LessonFiles, Repository


@dataclass(frozen=True)
class Job:
    """One student's notebook of one lesson: all that grading it needs of the disk.

    Attributes:
        data: the submitted notebook; None where there is none that can be read, and ``why`` says so to the learner.
        missing: nothing was handed in.
    """

    student: str
    week: str
    stem: str
    data: bytes | None
    why: str = ""
    missing: bool = False

    @property
    def lesson(self) -> str:
        """The lesson's name: ``week/stem``."""
        return f"{self.week}/{self.stem}"

    @property
    def digest(self) -> str:
        """Equal exactly where the submission is unchanged."""
        found = hashlib.sha256(repr((self.why, self.missing, self.data is None)).encode())
        found.update(self.data or b"")
        return found.hexdigest()


def read_bytes(path: Path, own: bool = False) -> bytes:
    """The bytes of a submitted file, if it is an ordinary one.

    Args:
        own: it is the reader's own file: a link is followed, and the file may have other names.

    Raises:
        UnreadableNotebook: it is a link, a pipe, a device or a folder. FileNotFoundError: nothing is there.
    """
    try:
        no_link = 0 if own else getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, os.O_RDONLY | no_link | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableNotebook(path.name, f"it is no ordinary file ({error.strerror}).") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or (status.st_nlink > 1 and not own):
        os.close(descriptor)
        raise UnreadableNotebook(path.name, "it is no ordinary file.")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_BYTES + 1)


def read_submission(data: bytes, name: str) -> NotebookNode:
    """Parse what a learner handed in.

    Raises:
        UnreadableNotebook: with what is wrong, in a sentence.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableNotebook(name, f"it has more than {MAX_BYTES // 2**20} MB. Clear its outputs.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableNotebook(name, "it is not UTF-8 text.") from None
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        found = "the file is empty" if not text.strip() else f"it is not valid JSON ({error})"
        raise UnreadableNotebook(name, f"{found}.") from None
    if not isinstance(tree, dict) or type(tree.get("nbformat")) is not int:
        raise UnreadableNotebook(name, "it is JSON, but not a notebook: it has no nbformat number.")
    if tree["nbformat"] not in (3, 4):
        raise UnreadableNotebook(name, f"its format is nbformat {tree['nbformat']}; 3 and 4 can be read.")
    try:
        notebook = nbformat.convert(nbformat.from_dict(tree), 4)
        if not isinstance(notebook.cells, list):
            raise TypeError("the cells are no list")
        for cell in notebook.cells:
            _check_cell(cell)
    except Exception as error:  # noqa: BLE001 - a submission may be anything; its author is told
        raise UnreadableNotebook(
            name, f"its cells are not a notebook's ({type(error).__name__}: {str(error)[:100]})."
        ) from None
    return notebook


def _check_cell(cell: NotebookNode) -> None:
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(cell.get("metadata", {}), dict):
        raise TypeError("a cell without text or metadata")
    source.encode("utf-8")
    cell["source"], cell["metadata"] = source, cell.get("metadata", {})
    if cell["cell_type"] not in ("code", "markdown", "raw"):
        raise TypeError(f"a cell of type {cell['cell_type']!r}")


def copy_slips(source: Path, target: Path) -> None:
    """Copy what nbgrader's exchange puts beside the notebooks and wants beside the feedback pages, where it is there.

    Raises:
        CannotWrite: the disk is full, a folder is read-only …
    """
    for name in ("timestamp.txt", "submission_secret.txt"):
        with contextlib.suppress(FileNotFoundError, UnreadableNotebook):
            write_file(target / name, read_bytes(source / name))


def submitted_at(folder: Path) -> datetime | None:
    """When a student handed in, in UTC, from nbgrader's timestamp.txt; None where there is none that can be read."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(read_bytes(folder / "timestamp.txt")[:200].decode().strip())
    except Exception:  # noqa: BLE001 - an unreadable time is no time
        # A link, a pipe, no text, or one of the dozen errors that dateutil has for a text that is no time.
        return None


def read_job(student: str, lesson: LessonFiles, path: Path) -> Job:
    """What there is to grade in a file; where it cannot be read, the job says why."""
    try:
        return Job(student, lesson.week, lesson.stem, read_bytes(path))
    except FileNotFoundError:
        return Job(student, lesson.week, lesson.stem, None, f"{path.name} was not handed in.", missing=True)
    except UnreadableNotebook as error:
        return Job(student, lesson.week, lesson.stem, None, str(error))


def lesson_by_cells(lessons: list[LessonFiles], submission) -> LessonFiles | None:
    """The one of some lessons whose graded cells a notebook holds, most of them; None where it holds none."""
    ids = {grade_id_of(cell) for cell in submission.cells}
    shared = {lesson: len(ids & graded_ids(lesson)) for lesson in lessons}
    best = max(shared, key=lambda lesson: shared[lesson], default=None)
    return best if best is not None and shared[best] else None


def find_lesson(repo: Repository, stem: str, submission) -> LessonFiles:
    """The lesson that a notebook answers: by the graded cells that it holds, else by its name.

    Raises:
        UnknownNotebook: neither fits.
    """
    lessons = repo.lessons()
    best = lesson_by_cells(lessons, submission)
    if best is not None:
        return best
    for lesson in lessons:
        if lesson.stem == stem:
            return lesson
    raise UnknownNotebook(f"{stem}.ipynb", [lesson.stem for lesson in lessons])
