"""The workers of a class start while the command is still importing what it needs itself."""

from contextlib import AbstractContextManager
from pathlib import Path

from autograder.grading.local_pool import started_ahead
from autograder.places import Repository
from autograder.run.ahead import start_ahead_for_many


def workers_ahead(
    repo: Repository, week: str, students: str | None, workers: int, isolation: str, force: bool
) -> AbstractContextManager[None]:
    """As many workers as will be of use, for the pool within. A wrong guess costs time and nothing else.

    Args:
        students, workers, isolation, force: as the command was given them.

    Raises:
        NoSuchWeek: there is no such week.
    """
    stems = [lesson.stem for lesson in repo.week(week)]
    folders = [*(repo.notebooks / "submitted").glob(f"*/{week}")]
    graded = repo.notebooks / "autograded"
    waiting = sum(
        force or _time(graded / folder.parent.name / week / f"{stem}.ipynb") < _time(folder / f"{stem}.ipynb")
        for folder in folders
        for stem in stems
    )
    if students:
        waiting = min(waiting, len(students.split(",")) * len(stems))
    return started_ahead(min(workers, waiting), start_ahead_for_many, repo, week, isolation)


def _time(path: Path) -> float:
    """When a file was changed; long ago if it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
