"""The commands of those who learn and of those who teach: lab, check, grade, report."""

import json
import os
import sys
from pathlib import Path

import click

from autograder.command_line import command, say
from autograder.errors import AutograderError
from autograder.gradebook.password import server_password
from autograder.lab import PassesOn, fill_and_choose, open_lab
from autograder.places import repository


def keep_secret(_context: click.Context, _option: click.Parameter, address: str | None) -> str | None:
    """Whatever we start is told our arguments and our environment, and both may hold a password."""
    server_password()
    del sys.argv[1:]
    return address


DATABASE = click.option(
    "--db",
    callback=keep_secret,
    metavar="URL",
    help="The gradebook: sqlite:///PATH or postgresql+psycopg2://USER@HOST/NAME; the password from PGPASSWORD. "
    "Otherwise nbgrader's own setting, notebooks/gradebook.db.",
)


@command("lab", "autograder lab course2-week1", cls=PassesOn)
@click.argument("week_or_lesson", required=False)
@click.option("--no-open", is_flag=True, help="Only put into work/ what is missing there.")
@click.option(
    "--instructor", is_flag=True, help="Open notebooks/ instead, with formgrader and nbgrader's other panels."
)
@click.pass_obj
def lab_command(options, week_or_lesson, no_open, instructor):
    """Open JupyterLab on your own copies of the lessons, in work/.

    What is missing there is copied from the release. What you have written is never touched: a newer version of a
    lesson is put beside yours, with your answers in it. Options for JupyterLab itself stand at the end, behind --.
    """
    if instructor and (week_or_lesson or no_open):
        raise click.UsageError("--instructor opens all of notebooks/ and copies nothing: leave the rest out.")
    if instructor:
        open_lab(repository(), options, instructor=True)
    where = fill_and_choose(repository(), week_or_lesson, say)
    if not no_open:
        open_lab(repository(), options, where)


@command("check", "autograder check work/course2-week1/initialization.ipynb")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--run-demos", is_flag=True, help="Run the cells tagged demo too.")
def check_command(notebook, as_json, run_demos):
    """Grade one notebook, your own; no gradebook is touched. Exit code 0 only at full marks."""
    from autograder.run.ahead import start_ahead

    start_ahead(repository(), notebook, "available")
    from autograder.grading.submissions import find_lesson, read_bytes, read_submission

    try:
        submission = read_submission(read_bytes(notebook, own=True), notebook.name)
    except FileNotFoundError:
        raise AutograderError(
            f"There is no file {notebook}. Name a notebook, for example one of those that `autograder lab` puts into "
            "work/."
        ) from None
    lesson = find_lesson(repository(), notebook.stem, submission)
    say(f"Running {lesson.name} …")
    from autograder.grading.grade import grade_notebook
    from autograder.printing import print_result

    result = grade_notebook(submission, lesson, run_demos=run_demos)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        print_result(result)
    sys.exit(0 if all(item.passed for item in result.items) else 1)


@command("grade", "autograder grade course2-week1 --students ada,grace")
@click.argument("week")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON and nothing else.")
@click.option("--students", help="Only these, separated by commas: names as the folders have them.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one per core",
    help="Notebooks graded at a time, on this machine.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Grade on the Dask cluster of the scheduler at this address, like tcp://127.0.0.1:8786.",
)
@click.option("--run-demos", is_flag=True, help="Run the cells tagged demo too.")
@click.option("--force", is_flag=True, help="Grade unchanged notebooks again too.")
@DATABASE
@click.option("--no-feedback", is_flag=True, help="Leave the feedback pages out.")
@click.option(
    "--isolation",
    type=click.Choice(["required", "none"]),
    default="required",
    show_default=True,
    help="Whether to refuse where a submission could reach the network, the answers or the others.",
)
@click.option("--no-trace", is_flag=True, help="Do not look for the line in which an unexplained answer errs.")
def grade_command(week, as_json, students, workers, dask, run_demos, force, db, no_feedback, isolation, no_trace):
    """Grade a class: notebooks/submitted/<student>/WEEK/ into the gradebook, with feedback pages.

    Notebooks that were graded before and have not changed keep their results. Scores, comments and extra credit
    that a person gave stay.
    """
    from autograder.grading.workers_ahead import workers_ahead

    here = workers if dask is None else 0
    with workers_ahead(repository(), week, students, here, isolation, force):
        from autograder.grade_week import Run, grade_week
        from autograder.printing import print_class

        run = Run(
            students=[students] if students else None, workers=workers, run_demos=run_demos, force=force, db=db,
            feedback=not no_feedback, dask=dask, isolation=isolation, trace=not no_trace,
        )  # fmt: skip
        graded = grade_week(repository(), week, run)
    if as_json:
        click.echo(json.dumps(graded.results, ensure_ascii=False, indent=1))
    else:
        print_class(graded)


@command("report", "autograder report course2-week1")
@click.argument("week")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON and nothing else.")
@DATABASE
def report_command(week, as_json, db):
    """What the class misunderstood: causes and verdicts, counted, the most frequent first."""
    from autograder.gradebook.report import class_report
    from autograder.printing import print_report

    rows = class_report(repository(), week, db)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print_report(week, rows)
