"""Where everything is: the rooms of the repository and the names of weeks and lessons."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import NoSuchLesson, NoSuchWeek


@dataclass(frozen=True)
class LessonFiles:
    """One lesson's files. ``name`` is ``course2-week1/initialization``."""

    root: Path
    week: str
    stem: str

    @property
    def name(self) -> str:
        return f"{self.week}/{self.stem}"

    def shown(self, path: Path) -> str:
        """How errors name a file of the lesson: as it is found in the repository."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name

    @property
    def text(self) -> Path:
        course, week = self.week.split("-")
        return self.root / course / week / f"{self.stem}.py"

    @property
    def answers(self) -> Path:
        """The answers that people give; a lesson may do without."""
        return self.text.parent / "answers" / self.text.name

    @property
    def source(self) -> Path:
        return self.root / "notebooks" / "source" / self.week / f"{self.stem}.ipynb"

    @property
    def release(self) -> Path:
        return self.root / "notebooks" / "release" / self.week / f"{self.stem}.ipynb"

    @property
    def work(self) -> Path:
        """The learner's own copy."""
        return self.root / "work" / self.week / f"{self.stem}.ipynb"

    @property
    def public_record(self) -> Path:
        return self.root / "autograder" / "references" / self.week / f"{self.stem}.h5"

    @property
    def private_record(self) -> Path:
        """Recorded with a salt, git-ignored; it goes before the public one wherever it exists."""
        return self.public_record.with_suffix(".private.h5")

    @property
    def record(self) -> Path:
        return self.private_record if self.private_record.exists() else self.public_record


@dataclass(frozen=True)
class Repository:
    """The repository."""

    root: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def work(self) -> Path:
        """The learner's own room: no build, pull or grading ever changes a file in it."""
        return self.root / "work"

    @property
    def gradebook(self) -> Path:
        return self.notebooks / "gradebook.db"

    def lessons(self) -> list[LessonFiles]:
        texts = sorted(self.root.glob("course*/week*/*.py"))
        return [LessonFiles(self.root, f"{p.parent.parent.name}-{p.parent.name}", p.stem) for p in texts]

    def weeks(self) -> list[str]:
        return sorted({lesson.week for lesson in self.lessons()})

    def week(self, week: str) -> list[LessonFiles]:
        """The lessons of a week.

        Raises:
            NoSuchWeek: none is there.
        """
        found = [lesson for lesson in self.lessons() if lesson.week == week]
        if not found:
            raise NoSuchWeek(week, self.weeks())
        return found

    def select(self, name: str | None) -> list[LessonFiles]:
        """The lessons that a name means: a week, one lesson (``week/lesson`` or its stem), or all of them."""
        lessons = self.lessons()
        found = [x for x in lessons if name in (None, x.week, x.name, x.stem)]
        if not found:
            raise NoSuchLesson(name, self.weeks() + [lesson.name for lesson in lessons])
        return found


def repository() -> Repository:
    """The repository that this package stands in, or another one that COMPANION_ROOT names."""
    return Repository(Path(os.environ.get("COMPANION_ROOT") or Path(__file__).parent.parent).resolve())
