"""What is looked at before the first write, and when a student handed in."""

from datetime import datetime
from pathlib import Path

from autograder.build import read_generated
from autograder.errors import ReleaseStale
from autograder.judge import load_record
from autograder.places import Lesson
from autograder.reading import read_bytes


def check_release(lessons: list[Lesson]) -> None:
    """Stop before the first write where a source, release or reference is missing or out of step.

    Raises:
        ReleaseStale, RecordMissing, RecordBroken: each with the command that rebuilds it.
    """
    for lesson in lessons:
        record = load_record(lesson)
        for path in (lesson.source, lesson.release):
            cells = read_generated(path).cells
            graded = {c.metadata.nbgrader.grade_id for c in cells if c.metadata.get("nbgrader", {}).get("grade")}
            if graded != set(record.items):
                raise ReleaseStale(path, "does not hold the graded cells of its references")


def submitted_at(folder: Path) -> datetime | None:
    """When a student handed in, in UTC, from nbgrader's timestamp.txt; None where there is none that can be read."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(read_bytes(folder / "timestamp.txt")[:200].decode().strip())
    except Exception:
        # A link, a pipe, no text, or one of the dozen errors that dateutil has for a text that is no time.
        return None
