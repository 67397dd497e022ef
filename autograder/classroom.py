"""A class: who handed in what, and which lesson a notebook answers."""

from collections.abc import Iterator
from pathlib import Path

from autograder.errors import NoSubmissions, NoSuchStudent, UnknownNotebook, UnreadableNotebook
from autograder.grade import Job
from autograder.judge import load_record
from autograder.places import Lesson, Places
from autograder.reading import read_bytes
from autograder.run import grade_id_of


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
    return sorted(set(wanted)) if wanted else there


def _is_link(folder: Path) -> bool:
    return folder.is_symlink() or folder.parent.is_symlink()


def jobs_of(places: Places, week: str, students: list[str]) -> Iterator[Job]:
    """Every student's notebook of every lesson of a week, read when it is asked for: a class need not fit in memory."""
    lessons = places.week(week)
    for student in students:
        for lesson in lessons:
            yield read_job(student, lesson, places.notebooks / "submitted" / student / week / f"{lesson.stem}.ipynb")


def read_job(student: str, lesson: Lesson, path: Path) -> Job:
    """What there is to grade in a file; where it cannot be read, the job says why."""
    try:
        return Job(student, lesson.week, lesson.stem, read_bytes(path))
    except FileNotFoundError:
        return Job(student, lesson.week, lesson.stem, None, f"{path.name} was not handed in.", missing=True)
    except UnreadableNotebook as error:
        return Job(student, lesson.week, lesson.stem, None, str(error))


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
