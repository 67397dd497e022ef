"""Texts in one line, and errors that show themselves in one: no traceback but that of the learner's own code."""

import functools
from typing import TypeVar

Error = TypeVar("Error", bound=BaseException)


class OneLine(Exception):
    """An exception whose sentence a notebook shows in the place of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return _lines(self)


def in_one_line(error: Error) -> Error:
    """One of Python's own exceptions, to be raised: it stays what it is, but a notebook shows it in one line."""
    vars(error)["_render_traceback_"] = functools.partial(list, _lines(error))
    return error


def text_of(error: object) -> str:
    """An exception's own text, also where asking for it raises another one."""
    try:
        return str.__str__(str(error))
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a learner's error may raise where its text is made
        return "its text cannot be read"


def type_of(value: object) -> str:
    """The name of a value's type, whatever its class says of itself."""
    return str(type.__dict__["__name__"].__get__(type(value)))


def one_line(text: str, most: int = 300) -> str:
    """A text as one line of signs that can be printed: breaks,
    control signs and what turns the direction become blanks.

    Args:
        text: the text. most: how many signs to keep; what is longer ends in "…".
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _lines(error: BaseException) -> list[str]:
    """What IPython asks of an exception's ``_render_traceback_``."""
    return [one_line(f"{type(error).__name__}: {text_of(error)}", most=1000)]
