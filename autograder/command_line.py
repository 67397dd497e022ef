"""What all commands have in common: the group that they belong to, and how an error reaches a person."""

import sys

import click

from autograder.errors import AutograderError


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


def say(line: str) -> None:
    """What is being done, beside what a command prints."""
    click.echo(line, err=True)


def command(name: str, example: str, **more):
    """A command whose help ends with an example."""
    return group.command(name, epilog=f"Example: {example}", **more)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: autograder grade course2-week1",
)
def group():
    """Build the lessons, grade what learners hand in, and say why an answer is wrong."""
