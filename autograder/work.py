"""The learner's own copies of the lessons, in work/: what is missing is put there, and nothing there is written over.

A lesson that has a newer version is offered under another name beside the old copy, with the learner's answers in it.
"""

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.carry_over import Carried, carry_over
from autograder.errors import AutograderError, ReleaseStale, UnreadableNotebook
from autograder.files import write_new_file
from autograder.grading.submissions import read_bytes, read_submission
from autograder.judge import load_record
from autograder.notebooks import grade_id_of
from autograder.places import LessonFiles, Repository
from autograder.release_stamp import given, is_edited, is_recorded_in, lesson_of, version_of

Say = Callable[[str], None]

OFFERED = ".offered"
"""A folder in work/ that remembers which versions were offered: a learner who deletes one does not see it again."""


@dataclass(frozen=True)
class _Copy:
    """A notebook in work/. ``saved``: when, in nanoseconds."""

    path: Path
    notebook: NotebookNode
    saved: int


def fill_work(repo: Repository, lessons: list[LessonFiles], say: Say) -> None:
    """Put into work/ what is missing there of some lessons, and offer newer versions of those that are there.

    Args:
        repo: the repository. lessons: which ones. say: told what was done, and what to do, line by line.

    Raises:
        CannotWrite: the disk is full, a folder is read-only …; what was there before is as it was.
    """
    copied = []
    for week, group in itertools.groupby(lessons, key=lambda lesson: lesson.week):
        there = list(_copies_in(repo.work / week, say))
        for lesson in group:
            try:
                data = lesson.release.read_bytes()
                release = read_submission(data, lesson.release.name)
            except (OSError, UnreadableNotebook) as error:
                why = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
                say(str(ReleaseStale(lesson.release, why)))
                continue
            if _put_where_missing(lesson, data):
                copied.append(lesson.name)
            else:
                _offer(repo, lesson, release, [one for one in there if _is_of(one, lesson)], say)
    if copied:
        say(f"Copied into work/, which is yours: {', '.join(copied)}.")


def keep_edited_release(lesson: LessonFiles, say: Say) -> None:
    """Before a release is built anew: keep one that somebody has written into, under a free name in work/.

    Raises:
        CannotWrite: it cannot be kept there; the release is still as it was.
    """
    if not lesson.release.is_file():
        return
    data = lesson.release.read_bytes()
    if not _was_edited(lesson, data) or any(_holds(path, data) for path in lesson.work.parent.glob("*.ipynb")):
        return
    edited = lesson.release.stat().st_mtime_ns
    kept = _put_beside(lesson.work, "edited release", data)
    with contextlib.suppress(OSError):
        os.utime(kept, ns=(edited, edited))  # it may not look newer than what was written in work/ since
    say(f"{lesson.name}: its release had been edited. The edited one is kept: {kept}")


def _was_edited(lesson: LessonFiles, data: bytes) -> bool:
    if not data.strip():
        return False
    try:
        release = read_submission(data, lesson.release.name)
        edited = is_edited(release)
        return not is_recorded_in(load_record(lesson).template, release) if edited is None else edited
    except AutograderError:
        # It is no notebook, or nobody knows what it was: better one file too many.
        return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:
        return False


def _put_where_missing(lesson: LessonFiles, data: bytes) -> bool:
    """Whether a lesson was not there, and now is."""
    if os.path.lexists(lesson.work):
        return False
    try:
        write_new_file(lesson.work, data)
    except FileExistsError:
        return False
    return True


def _put_beside(path: Path, what: str, data: bytes) -> Path:
    """Put a file beside another, under the first free one of the names ``x (what)``, ``x (what 2)`` …"""
    count = 0
    while True:
        count += 1
        beside = path.with_stem(f"{path.stem} ({what})" if count == 1 else f"{path.stem} ({what} {count})")
        with contextlib.suppress(FileExistsError):
            write_new_file(beside, data)
            return beside


def _copies_in(folder: Path, say: Say) -> Iterator[_Copy]:
    """The notebooks of a week that can be read; of the others a line is said."""
    for path in sorted(folder.glob("*.ipynb")):
        # A learner may keep a notebook elsewhere, and link to it.
        real = Path(os.path.realpath(path))
        try:
            yield _Copy(path, read_submission(read_bytes(real), path.name), real.stat().st_mtime_ns)
        except UnreadableNotebook as error:
            say(
                f"{_shown(path)} is left as it is: {error.why} Under another name it is not in the way of a fresh copy."
            )
        except OSError as error:
            say(f"{_shown(path)} is left as it is: it cannot be read ({error.strerror}).")


def _is_of(one: _Copy, lesson: LessonFiles) -> bool:
    """Whether a notebook is a copy of a lesson: by its stamp, or where it has none, by its name."""
    stem, name = one.path.stem, lesson_of(one.notebook)
    return name == lesson.name or (name is None and (stem == lesson.stem or stem.startswith(f"{lesson.stem} (")))


def _offer(repo: Repository, lesson: LessonFiles, release: NotebookNode, copies: list[_Copy], say: Say) -> None:
    """Put a newer version beside the copies of a lesson, once."""
    if not copies or any(_is_version(one.notebook, release) for one in copies):
        return
    mark = repo.work / OFFERED / lesson.week / f"{lesson.stem}-{version_of(release)}"
    if mark.exists():
        return
    # Several versions may be there: a learner goes on in the one that was saved last. An empty one carries nothing.
    copies = sorted(copies, key=lambda one: one.saved, reverse=True)
    tried = [(one.path, carry_over(one.notebook, release)) for one in copies]
    old, carried = next((found for found in tried if found[1].answers), tried[0])
    new = _put_beside(lesson.work, "new version", nbformat.writes(carried.notebook).encode() + b"\n")
    for line in _report(old, new, carried):
        say(line)
    with contextlib.suppress(FileExistsError):
        write_new_file(mark, b"")


def _is_version(notebook: NotebookNode, release: NotebookNode) -> bool:
    """Whether a copy was made of this release: by its stamp, or where it has none, by the cells that are given."""
    if given(notebook) is not None:
        return version_of(notebook) == version_of(release)
    theirs = {grade_id_of(cell): cell.source for cell in notebook.cells}
    ours = {grade_id_of(cell): cell.source for cell in release.cells if _is_given(cell)}
    return all(theirs.get(name) == source for name, source in ours.items())


def _is_given(cell: NotebookNode) -> bool:
    return grade_id_of(cell) is not None and not cell.metadata["nbgrader"].get("solution")


def _report(old: Path, new: Path, carried: Carried) -> Iterator[str]:
    """What was done and what to do, in a line; what was not done, in another."""
    answers = f"Your answers to {_listed(carried.answers)} are in it" if carried.answers else "You had no answers yet"
    yield (
        f"{_shown(old)}: this lesson has a newer version, and it is beside yours: {new.name!r}. {answers}; go on "
        "there. Yours is as it was."
    )
    rest = []
    if carried.changed:
        rest.append(f"The new version asks for {_listed(carried.changed)} in other words: a cell above each says so.")
    if carried.lost:
        rest.append(f"It does not ask for {_listed(carried.lost)} any more: your answer stays in {old.name!r}.")
    if carried.others != 0:
        count = "What else you wrote" if carried.others is None else _counted(carried.others)
        rest.append(f"{count} beside the exercises is not in it: copy from {old.name!r} what you want to keep.")
    if rest:
        yield "  " + " ".join(rest)


def _counted(cells: int) -> str:
    return f"What you wrote in {cells} cell{'' if cells == 1 else 's'}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(path: Path) -> str:
    return "/".join(("work", *path.parts[-2:]))
