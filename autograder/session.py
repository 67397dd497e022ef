"""One run of `autograder grade`: check first, then grade, write each result as it comes, make the pages."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.classroom import jobs_of, students_of
from autograder.grade import Result, settings_for
from autograder.gradebook import Writer, check_release, make_feedback, submitted_at
from autograder.places import Places
from autograder.report import write_results
from autograder.workers import LocalPool, grade_all


@dataclass
class Graded:
    """What a run did: the results by student, and where everything was written."""

    week: str
    results: list[tuple[str, Result]] = field(default_factory=list)
    gradebook: Path | None = None
    feedback: Path | None = None


def grade_week(places: Places, week: str, wanted: list[str] | None, workers: int, run_demos: bool = False) -> Graded:
    """Grade a week's class into the gradebook.

    Raises:
        AutograderError: nothing to grade, or nothing to grade by; the gradebook is untouched then.
    """
    lessons = places.week(week)
    students = students_of(places, week, wanted)
    check_release(lessons)
    settings = settings_for(lessons, run_demos=run_demos)
    graded = Graded(week)
    with Writer(places, week) as writer, _progress() as progress, LocalPool(workers, settings) as pool:
        task = progress.add_task(f"grading {week}", total=len(students) * len(lessons))
        for job, result in grade_all(jobs_of(places, week, students), pool):
            handed_in = submitted_at(places.notebooks / "submitted" / job.student / week)
            writer.write(job.student, result, handed_in)
            graded.results.append((job.student, result))
            progress.advance(task)
        graded.results.sort(key=lambda pair: (pair[0], pair[1].stem))
        write_results(places, week, graded.results)
    graded.gradebook, graded.feedback = places.gradebook, places.notebooks / "feedback"
    with _progress() as progress, LocalPool(workers) as pool:
        task = progress.add_task("feedback pages", total=len(students))
        for page in [pool.submit(make_feedback, places, week, student) for student in students]:
            page.result()
            progress.advance(task)
    return graded


def _progress() -> Progress:
    """A live display on stderr, so that stdout stays clean."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=Console(file=sys.stderr), refresh_per_second=4,
    )  # fmt: skip
