"""The commands of those who write lessons: build, record, mistakes, sample."""

import json
import sys
from pathlib import Path

import click

from autograder.command_line import command, say
from autograder.errors import AutograderError
from autograder.places import repository


@command("build", "autograder build course2-week1")
@click.argument("week_or_lesson", required=False)
def build_command(week_or_lesson):
    """Rebuild what is generated: solved notebooks, releases, references, catalogues."""
    from autograder.authoring.build import build
    from autograder.work import keep_edited_release

    repo = repository()
    lessons = repo.select(week_or_lesson)
    for lesson in lessons:
        keep_edited_release(lesson, say)
    build(repo, lessons, say)


@command("record", "autograder record course2-week1 --salt-file my-salt.txt")
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
            f"A salt needs at least 8 bytes; {salt_file} holds {len(salt)}. Make one with: "
            f"openssl rand -hex 16 > {salt_file}"
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


@command("mistakes", "autograder mistakes course2-week1")
@click.argument("week_or_lesson", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the matrix as JSON and nothing else.")
@click.option("--all", "show_all", is_flag=True, help="List every mutant, not only those that live.")
@click.option("--lines", is_flag=True, help="Also which line is named for each, and where it is not the edited one.")
def mistakes_command(week_or_lesson, as_json, show_all, lines):
    """The kill matrix: every mistake and mutant against every hidden case. Exit code 1 if one lives."""
    from autograder.authoring.kill_matrix import kill_matrix, unused_equivalents
    from autograder.authoring.lesson_text import read_lesson
    from autograder.authoring.named_lines import named_lines
    from autograder.judge import load_record
    from autograder.printing import print_lines, print_matrix

    everything, good = [], True
    for place in repository().select(week_or_lesson):
        lesson = read_lesson(place)
        rows = kill_matrix(lesson, load_record(place))
        stale = unused_equivalents(lesson, rows)
        good = good and not stale and all(row.as_it_should_be for row in rows)
        named = list(named_lines(lesson, load_record(place))) if lines else []
        said = {(one.exercise, one.kind, one.name): {"named": one.said, "edited": one.edited} for one in named}
        everything += [
            {"lesson": place.name, **row.as_json(), **said.get((row.exercise, row.kind, row.name), {})} for row in rows
        ]
        if not as_json:
            print_matrix(place.name, rows, stale, show_all)
            print_lines(named)
    if as_json:
        click.echo(json.dumps(everything, ensure_ascii=False, indent=1))
    sys.exit(0 if good else 1)


@command("sample", "autograder sample course2-week1")
@click.argument("week")
def sample_command(week):
    """Write a sample class of invented students into notebooks/submitted/, made from the lessons."""
    from autograder.authoring.sample import write_sample_class

    names = write_sample_class(repository(), week)
    click.echo(f"{len(names)} sample students are in {repository().notebooks / 'submitted'}", err=True)
