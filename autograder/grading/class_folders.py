"""The folders of a class: who handed in, under which names, and who was left out and why."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import NoSubmissions, NoSuchStudent, UnreadableNotebook
from autograder.grading.submissions import Job, lesson_by_cells, read_bytes, read_job, read_submission, submitted_at
from autograder.places import LessonFiles, Repository


def students_of(repo: Repository, week: str, wanted: list[str] | None = None) -> list[str]:
    """Who handed in something for a week, in order.

    Args:
        wanted: only these: names as the folders have them, or several of them with commas between.

    Raises:
        NoSubmissions: nobody. NoSuchStudent: a wanted one did not.
    """
    folder = repo.notebooks / "submitted"
    there = sorted(path.name for path in _folders(folder) if _handed_in(path / week))
    if not there:
        raise NoSubmissions(folder, week)
    if not wanted:
        return there
    by_form = {_form(name): name for name in there}
    asked = [name for text in wanted for name in _split(text, by_form)]
    unknown = [name for name in asked if _form(name) not in by_form]
    if unknown:
        raise NoSuchStudent(unknown, there)
    return sorted({by_form[_form(name)] for name in asked})


def _split(text: str, known: dict[str, str]) -> list[str]:
    """The names in a text with commas: those that are known may have commas of their own, and the longest counts."""
    parts, found = text.split(","), []
    while parts:
        ends = [n for n in range(len(parts), 0, -1) if _form(",".join(parts[:n])) in known] or [1]
        found.append(",".join(parts[: ends[0]]).strip())
        parts = parts[ends[0] :]
    return [name for name in found if name]


def _form(name: str) -> str:
    """A name as it is compared: however its accents are composed, and without blanks around it."""
    return unicodedata.normalize("NFC", name).strip()


def notes_on(repo: Repository, week: str, students: list[str]) -> list[str]:
    """What a teacher is told about the folders: who was left out and why, and times that cannot be read."""
    submitted, notes = repo.notebooks / "submitted", []
    for path in _folders(submitted):
        if not _handed_in(path / week):
            notes += _left_out(path, week)
    for student in students:
        slip = submitted / student / week / "timestamp.txt"
        if (slip.exists() or slip.is_symlink()) and submitted_at(slip.parent) is None:
            notes.append(
                f"The time in {slip} cannot be read: graded without one, so without a late penalty. "
                "Write it like 2030-01-31 23:59:00 UTC, and grade again."
            )
    return notes


def _folders(submitted: Path) -> list[Path]:
    return sorted(path for path in submitted.glob("*") if path.is_dir())


def _handed_in(folder: Path) -> bool:
    # By the listing, not by the name alone: some file systems take capitals for the same.
    return (
        folder.is_dir() and not (folder.is_symlink() or folder.parent.is_symlink()) and folder in _inside(folder.parent)
    )


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _left_out(path: Path, week: str) -> list[str]:
    """Why a student's folder has nothing to grade for a week; nothing where it does not seem to be meant for it."""
    if path.is_symlink() or (path / week).is_symlink():
        link = path if path.is_symlink() else path / week
        return [f"{path.name} was left out: {link} is a link. Put a folder with the notebooks in its place."]
    # Its letters and digits in order, whatever stands between and behind them, but not week 10 for week 1.
    name = re.compile(r"[\W_]*".join(map(re.escape, _letters(week))) + r"(?!\d)")
    alike = [found for found in _inside(path) if found.is_dir() and name.match(_form(found.name).casefold())]
    if alike:
        return [
            f"{path.name} was left out: the folder {alike[0].name} is not named {week}. Rename it, and grade again."
        ]
    if any(found.suffix.lower() == ".ipynb" for found in _inside(path)):
        return [f"{path.name} was left out: the notebooks are not in a folder {week}. Put them there, and grade again."]
    return []


def _letters(name: str) -> str:
    return "".join(c for c in _form(name).casefold() if c.isalnum())


def jobs_of(repo: Repository, week: str, students: list[str]) -> Iterator[Job]:
    """Every student's notebook of every lesson of a week, read when it is asked for: a class need not fit in memory."""
    lessons = repo.week(week)
    for student in students:
        folder = repo.notebooks / "submitted" / student / week
        named = {f"{lesson.stem}.ipynb" for lesson in lessons}
        others = [path for path in _inside(folder) if path.suffix.lower() == ".ipynb" and path.name not in named]
        for lesson in lessons:
            path = folder / f"{lesson.stem}.ipynb"
            missing = others and not (path.exists() or path.is_symlink())
            yield _under_another_name(student, lesson, others, lessons) if missing else read_job(student, lesson, path)


def _under_another_name(student: str, lesson: LessonFiles, others: list[Path], lessons: list[LessonFiles]) -> Job:
    """The one notebook that answers a lesson by its cells, or by the beginning of its name where it cannot be read."""
    found = [path for path in others if _lesson_of(path, lessons) == lesson]
    job = read_job(student, lesson, found[0] if len(found) == 1 else others[0].with_name(f"{lesson.stem}.ipynb"))
    if len(found) < 2:
        return job
    names = ", ".join(path.name for path in found)
    why = f"{lesson.stem}.ipynb was not handed in, but {names}. Name the one that counts {lesson.stem}.ipynb."
    return Job(student, lesson.week, lesson.stem, None, why, missing=True)


def _lesson_of(path: Path, lessons: list[LessonFiles]) -> LessonFiles | None:
    try:
        by_cells = lesson_by_cells(lessons, read_submission(read_bytes(path), path.name))
    except (UnreadableNotebook, OSError):
        by_cells = None
    named = [lesson for lesson in lessons if _letters(path.stem).startswith(_letters(lesson.stem))]
    return by_cells or max(named, key=lambda lesson: len(lesson.stem), default=None)
