"""The command line: ``autograder COMMAND``, also ``python -m autograder COMMAND``.

Exit codes: 0 all is well; 1 an answer is not at full marks, or a mutant lives; 2 bad input, said in one line.
"""

from autograder import author_commands, class_commands  # noqa: F401 (each enters its commands into the group)
from autograder.command_line import group


def main() -> None:
    """The entry point."""
    group(prog_name="autograder")
