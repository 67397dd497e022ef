"""What can be wrong with a lesson's text before it is understood: each error names file, line and rule."""

import ast
import difflib
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import LessonError

COMMAND = re.compile(r"^[%!?]|^[\w\s,]+= *[%!]|\?$")
"""A magic, a line for the shell, a question to Jupyter."""


def read_text(path: Path, shown: str) -> str:
    """The text of a file.

    Args:
        path: the file. shown: how errors name it.

    Raises:
        LessonError: it is not plain UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LessonError(f"{shown}:{line}", "a lesson is UTF-8 text; save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise LessonError(f"{shown}:1", "the file begins with a byte-order mark; save it as UTF-8 without one")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parsed(source: str, shown: str, first: int = 1) -> ast.Module:
    """The syntax tree of Python text whose first line is line ``first`` of the file.

    Raises:
        LessonError: it is not Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, shown, "exec", dont_inherit=True)  # which also finds a return outside of a function
            return ast.parse(source)
    except SyntaxError as error:
        number = error.lineno or 1
        text = (source.splitlines()[number - 1 : number] or [""])[0].strip()
        rule = f"this is not Python: {error.msg}"
        if COMMAND.search(text):
            rule = (
                f"`{text[:40]}` is a command of Jupyter; a lesson holds Python only: take it out, or make it a comment"
            )
        raise LessonError(f"{shown}:{first + number - 1}", rule) from None


def listed_or_meant(word: str, known: Iterable[str]) -> str:
    """What to say of a word that is none of the known ones: the nearest, else all of them."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(names)}."
