"""The command line: ``autograder COMMAND``, also ``python -m autograder COMMAND``.

Exit codes: 0 all is well; 1 an answer is not at full marks, or a mutant lives; 2 bad input, said in one line.
"""

import json
import os
import sys
from pathlib import Path

import click

from autograder.errors import AutograderError
from autograder.lab import PassesOn, fill_and_choose, open_lab
from autograder.places import repository


class _Group(click.Group):
    """Prints what a person can put right as one line, and exits with 2."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            grading = context.invoked_subcommand == "grade"
            how = " What was graded so far is in the gradebook; the same command goes on where this stopped."
            click.echo(f"autograder: stopped.{how if grading else ''}", err=True)
            sys.exit(130)


DATABASE = click.option(
    "--db",
    metavar="URL",
    help="The gradebook: sqlite:///PATH or postgresql+psycopg2://USER@HOST/NAME; the password from PGPASSWORD. "
    "Otherwise nbgrader's own setting, notebooks/gradebook.db.",
)


def _say(line: str) -> None:
    """What is being done, beside what a command prints."""
    click.echo(line, err=True)


def _command(name: str, example: str, **more):
    """A command whose help ends with an example."""
    return group.command(name, epilog=f"Example: {example}", **more)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: autograder grade course2-week1",
)
def group():
    """Build the lessons, grade what learners hand in, and say why an answer is wrong."""


@_command("build", "autograder build course2-week1")
@click.argument("week_or_lesson", required=False)
def build_command(week_or_lesson):
    """Rebuild what is generated: solved notebooks, releases, references, catalogues."""
    from autograder.authoring.build import build
    from autograder.work import keep_edited_release

    places = repository()
    lessons = places.select(week_or_lesson)
    for lesson in lessons:
        keep_edited_release(lesson, _say)
    build(places, lessons, _say)


@_command("record", "autograder record course2-week1 --salt-file my-salt.txt")
@click.argument("week_or_lesson", required=False)
@click.option(
    "--salt-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file whose bytes only you know: the hidden inputs are drawn from it.",
)
def record_command(week_or_lesson, salt_file):
    """Record the references again: the public ones, or private ones for a class with a salt.

    Private references stand beside the public ones, are ignored by git, and are used wherever they exist.
    """
    from autograder.authoring.build import template
    from autograder.authoring.lesson_text import read_lesson
    from autograder.authoring.recording import seed_for, write_record
    from autograder.notebooks import read_generated

    salt = salt_file.read_bytes().strip() if salt_file else None
    if salt_file and len(salt) < 8:
        raise AutograderError(
            f"A salt needs at least 8 bytes; {salt_file} holds {len(salt)}. Make one with: openssl rand -hex 16 > {salt_file}"
        )
    for place in repository().select(week_or_lesson):
        lesson = read_lesson(place)
        path = place.private_record if salt else place.public_record
        write_record(lesson, template(lesson, read_generated(place.release)), path, seed_for(place.name, salt))
        click.echo(f"{place.name}: recorded in {path}", err=True)
        if not salt and place.private_record.exists():
            click.echo(
                f"  the private references stay in force; delete {place.private_record} to use the public ones",
                err=True,
            )


@_command("lab", "autograder lab course2-week1", cls=PassesOn)
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
    where = fill_and_choose(repository(), week_or_lesson, _say)
    if not no_open:
        open_lab(repository(), options, where)


@_command("check", "autograder check work/course2-week1/initialization.ipynb")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--run-demos", is_flag=True, help="Run the cells tagged demo too.")
def check_command(notebook, as_json, run_demos):
    """Grade one notebook, your own; no gradebook is touched. Exit code 0 only at full marks."""
    from autograder.grading.grade import grade_notebook
    from autograder.grading.submissions import find_lesson, read_bytes, read_submission
    from autograder.printing import print_result

    try:
        submission = read_submission(read_bytes(notebook), notebook.name)
    except FileNotFoundError:
        raise AutograderError(
            f"There is no file {notebook}. Name a notebook, for example one of those that `autograder lab` puts into work/."
        ) from None
    lesson = find_lesson(repository(), notebook.stem, submission)
    result = grade_notebook(submission, lesson, run_demos=run_demos)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        print_result(result)
    sys.exit(0 if all(item.passed for item in result.items) else 1)


@_command("grade", "autograder grade course2-week1 --students ada,grace")
@click.argument("week")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON and nothing else.")
@click.option("--students", help="Only these, separated by commas.")
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
def grade_command(week, as_json, students, workers, dask, run_demos, force, db, no_feedback, isolation):
    """Grade a class: notebooks/submitted/<student>/WEEK/ into the gradebook, with feedback pages.

    Notebooks that were graded before and have not changed keep their results. Scores, comments and extra credit
    that a person gave stay.
    """
    from autograder.grade_week import Run, grade_week
    from autograder.printing import print_class

    # Worker processes are told our arguments, and --db may hold a password.
    del sys.argv[1:]
    wanted = [name.strip() for name in students.split(",") if name.strip()] if students else None
    run = Run(
        students=wanted, workers=workers, run_demos=run_demos, force=force, db=db, feedback=not no_feedback,
        dask=dask, isolation=isolation,
    )  # fmt: skip
    graded = grade_week(repository(), week, run)
    if as_json:
        click.echo(json.dumps(graded.results, ensure_ascii=False, indent=1))
    else:
        print_class(graded)


@_command("mistakes", "autograder mistakes course2-week1")
@click.argument("week_or_lesson", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the matrix as JSON and nothing else.")
@click.option("--all", "show_all", is_flag=True, help="List every mutant, not only those that live.")
def mistakes_command(week_or_lesson, as_json, show_all):
    """The kill matrix: every mistake and mutant against every hidden case. Exit code 1 if one lives."""
    from autograder.authoring.kill_matrix import kill_matrix, unused_equivalents
    from autograder.authoring.lesson_text import read_lesson
    from autograder.judge import load_record
    from autograder.printing import print_matrix

    everything, good = [], True
    for place in repository().select(week_or_lesson):
        lesson = read_lesson(place)
        rows = kill_matrix(lesson, load_record(place))
        stale = unused_equivalents(lesson, rows)
        good = good and not stale and all(row.as_it_should_be for row in rows)
        everything += [{"lesson": place.name, **row.as_json()} for row in rows]
        if not as_json:
            print_matrix(place.name, rows, stale, show_all)
    if as_json:
        click.echo(json.dumps(everything, ensure_ascii=False, indent=1))
    sys.exit(0 if good else 1)


@_command("report", "autograder report course2-week1")
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


@_command("sample", "autograder sample course2-week1")
@click.argument("week")
def sample_command(week):
    """Write a sample class of invented students into notebooks/submitted/, made from the lessons."""
    from autograder.authoring.sample import write_sample_class

    names = write_sample_class(repository(), week)
    click.echo(f"{len(names)} sample students are in {repository().notebooks / 'submitted'}", err=True)


def main():
    """The entry point."""
    group(prog_name="autograder")
