"""Grade a class: read what was handed in, grade in worker processes, hand results on as they come."""

import multiprocessing
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import NoSubmissions, NoSuchStudent, UnknownNotebook, UnreadableNotebook
from autograder.grade import MAX_BYTES, Result, grade_notebook, read_submission, unreadable
from autograder.judge import Verdict, load_record
from autograder.places import Lesson, Places
from autograder.run import Limits, grade_id_of


@dataclass(frozen=True)
class Submission:
    """One student's notebook of one lesson; it may be missing or no notebook at all."""

    student: str
    lesson: Lesson
    path: Path


def students_of(places: Places, week: str, wanted: list[str] | None = None) -> list[str]:
    """Who handed in something for a week, in order.

    Raises:
        NoSubmissions: nobody. NoSuchStudent: a wanted one did not.
    """
    folder = places.notebooks / "submitted"
    there = sorted(p.parent.name for p in folder.glob(f"*/{week}") if p.is_dir() and not _is_link(p))
    if not there:
        raise NoSubmissions(folder, week)
    unknown = [student for student in wanted or [] if student not in there]
    if unknown:
        raise NoSuchStudent(unknown, there)
    return wanted or there


def _is_link(folder: Path) -> bool:
    return folder.is_symlink() or folder.parent.is_symlink()


def submissions_of(places: Places, week: str, students: list[str]) -> list[Submission]:
    """Every student's notebook of every lesson of a week."""
    folder = places.notebooks / "submitted"
    lessons = places.week(week)
    return [Submission(s, x, folder / s / week / f"{x.stem}.ipynb") for s in students for x in lessons]


def grade_submission(submission: Submission, limits: Limits, run_demos: bool = False) -> Result:
    """Read and grade one submission; whatever is wrong with it becomes its verdicts."""
    try:
        data = read_bytes(submission.path)
        return grade_notebook(read_submission(data, submission.path.name), submission.lesson, limits, run_demos)
    except FileNotFoundError:
        return unreadable(submission.lesson, f"{submission.path.name} was not handed in.", Verdict.MISSING)
    except UnreadableNotebook as error:
        return unreadable(submission.lesson, str(error))


def read_bytes(path: Path) -> bytes:
    """The bytes of a submitted file, if it is an ordinary one.

    Raises:
        UnreadableNotebook: it is a link, a pipe, a device or a folder. FileNotFoundError: nothing is there.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableNotebook(path.name, f"it is no ordinary file ({error.strerror}).") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(descriptor)
        raise UnreadableNotebook(path.name, "it is no ordinary file.")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_BYTES + 1)


def worker_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that start afresh: a fork would carry the gradebook's connection along."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def grade_all(
    submissions: list[Submission], workers: int, limits: Limits, run_demos: bool = False
) -> Iterator[tuple[Submission, Result]]:
    """Grade many submissions side by side, yielding each as it is done.

    A submission that brings its worker down is graded as killed; the others go on.
    """
    with worker_pool(workers) as pool:
        futures = {pool.submit(grade_submission, s, limits, run_demos): s for s in submissions}
        for future in as_completed(futures):
            submission = futures[future]
            try:
                result = future.result()
            except Exception as error:
                why = f"The grader's worker failed on this notebook ({type(error).__name__}: {error})."
                result = unreadable(submission.lesson, why, Verdict.KILLED)
            yield submission, result


def find_lesson(places: Places, stem: str, submission) -> Lesson:
    """The lesson that a notebook answers: by the graded cells that it holds, else by its name.

    Raises:
        UnknownNotebook: neither fits.
    """
    ids = {grade_id_of(cell) for cell in submission.cells}
    lessons = places.lessons()
    shared = {lesson: len(ids & set(load_record(lesson).items)) for lesson in lessons if lesson.record.exists()}
    best = max(shared, key=shared.get, default=None)
    if best is not None and shared[best]:
        return best
    for lesson in lessons:
        if lesson.stem == stem:
            return lesson
    raise UnknownNotebook(f"{stem}.ipynb", [lesson.stem for lesson in lessons])
