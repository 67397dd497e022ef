"""One run of `autograder grade`: check first, then grade, write each result as it comes, make the pages."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from autograder.gradebook.database import clear_errors, database_url, nbgrader_app, shown, transaction
from autograder.gradebook.feedback import make_pages, pages_of
from autograder.gradebook.results import put_page, results_of
from autograder.gradebook.writer import Writer, writing
from autograder.grading.check_release import check_release
from autograder.grading.class_folders import jobs_of, notes_on, students_of
from autograder.grading.grade import GradingRules, Job, rules_for
from autograder.grading.local_pool import LocalPool
from autograder.grading.side_by_side import Pool, grade_all
from autograder.places import Repository
from autograder.run.sandbox import sandbox_for


@dataclass(frozen=True)
class Run:
    """How to grade.

    Attributes:
        students: only these; everybody if None. workers: notebooks at a time.
        run_demos: run the cells tagged demo too. force: grade what is unchanged as well.
        db: the address of the gradebook; nbgrader's own setting if None. feedback: make the pages.
        dask: the address of a Dask scheduler to grade on; this machine if None.
        isolation: "required" or "none". trace: look for the line in which an answer errs.
    """

    students: list[str] | None = None
    workers: int = 1
    run_demos: bool = False
    force: bool = False
    db: str | None = None
    feedback: bool = True
    dask: str | None = None
    isolation: str = "required"
    trace: bool = True


@dataclass(frozen=True)
class Graded:
    """What a run did: all results of the wanted students, old and new, and where everything is."""

    week: str
    results: list[dict]
    graded: int
    unchanged: int
    gradebook: str
    feedback: str | None


def grade_week(repo: Repository, week: str, run: Run) -> Graded:
    """Grade a week's class into the gradebook.

    Raises:
        AutograderError: nothing to grade, or nothing to grade by; the gradebook is untouched then. Or the gradebook
            or the disk failed: what was written before is whole. NotIsolated: submissions cannot be confined here.
    """
    lessons = repo.week(week)
    students = students_of(repo, week, run.students)
    for note in [*notes_on(repo, week, students), *check_release(lessons)]:
        print(f"autograder: {note}", file=sys.stderr)
    if run.dask is None:
        sandbox_for(repo.root, run.isolation)
    app = nbgrader_app(repo)
    url = database_url(repo, app.coursedir.db_url, run.db)
    rules = rules_for(lessons, run.run_demos, run.isolation, run.trace)
    unchanged: list[tuple[str, str]] = []
    graded = 0
    with writing(repo, week, url, app, rules) as writer:
        with _progress() as progress, _pool(run, rules) as pool:
            task = progress.add_task(f"grading {week}", total=len(students) * len(lessons))

            def jobs() -> Iterator[Job]:
                for job in jobs_of(repo, week, students):
                    if not run.force and writer.is_done(job):
                        unchanged.append((job.student, job.stem))
                        progress.advance(task)
                    else:
                        yield job

            for job, result in grade_all(jobs(), pool):
                writer.write(job, result)
                graded += 1
                progress.advance(task)
        writer.settle(unchanged)
        if run.feedback:
            _write_feedback(repo, week, students, writer, app.config, run.workers)
        with clear_errors(url), transaction(writer.book) as session:
            results = [entry for entry in results_of(session, week) if entry["student"] in set(students)]
    feedback = str(repo.notebooks / "feedback") if run.feedback else None
    return Graded(week, results, graded, len(unchanged), shown(url), feedback)


def _pool(run: Run, rules: GradingRules) -> Pool:
    if run.dask is None:
        return LocalPool(run.workers, rules)
    from autograder.grading.dask_pool import DaskPool  # distributed takes half a second to import

    return DaskPool(run.dask, rules)


def _write_feedback(repo: Repository, week: str, students: list[str], writer: Writer, config, workers: int) -> None:
    """Make the pages that are missing or would show something else now."""
    marks = {key: mark for key, mark in writer.marks.items() if key[0] in set(students)}
    with clear_errors(writer.url), transaction(writer.book) as session:
        pages = pages_of(session, repo, week, {key: mark.executed for key, mark in marks.items()})
    stale = [p for p in pages if marks[p.student, p.stem].page != p.digest or not p.target.is_file()]
    with _progress() as progress:
        task = progress.add_task("feedback pages", total=len(stale))
        for page in make_pages(stale, config, workers):
            with clear_errors(writer.url), transaction(writer.book) as session:
                put_page(session, page.notebook_id, page.digest)
            progress.advance(task)


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task):
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s", style="progress.data.speed")


def _progress() -> Progress:
    """A live display on stderr, so that stdout stays clean."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn(),
        TimeRemainingColumn(), console=Console(file=sys.stderr), refresh_per_second=4,
    )  # fmt: skip
