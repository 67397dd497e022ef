"""What is told of an error that a learner's function raised: its type, its message, and where to look.

The line that is told is the innermost one in the cell of the function under test. Where the error came from further in,
out of other cells, their lines go along: the judge knows which of them are the lesson's own.
"""

import inspect
import linecache
import re
import traceback
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.bare_asserts import compared
from companion.encode import MAX_TEXT
from companion.one_line import text_of, type_of
from companion.tensorflow_1 import in_todays_words

MOST_INNER = 2
"""Lines of other cells: two fit into one text, so that none of the lesson's own is cut and taken for a learner's."""

_ARGUMENTS = re.compile(r"([\w.<>]{1,100})\(\) (?:missing \d|takes |got an unexpected|got multiple|got some)")


@dataclass(frozen=True)
class Surroundings:
    """What an error was raised among.

    Attributes:
        function: the function under test, whose cell is the learner's own.
        names: the namespace of the notebook.
        others: functions that stood in the place of those of the same names.
        hidden: files of which no line is told.
    """

    function: object
    names: dict[str, Any]
    others: Mapping[str, object]
    hidden: tuple[str, ...]


def describe(error: BaseException, around: Surroundings) -> dict[str, str]:
    """The texts that are told of an error, each of them bounded.

    Returns:
        type, message; line: the innermost one in the cell of the function under test; inner: lines of other cells that
        the error came through further in, the innermost first; compared: what a bare assert compared; takes: how a
        function is defined that was called with other arguments than it has. "" for what there is not.
    """
    own = plain_function(around.function)
    file = own.__code__.co_filename if own else ""
    namespaces = (around.names, own.__globals__ if own else around.names)
    trace = list(traceback.walk_tb(error.__traceback__))
    theirs = [
        (frame, number)
        for frame, number in trace
        if frame.f_code.co_filename not in around.hidden and any(frame.f_globals is names for names in namespaces)
    ]
    in_own = [step for step in theirs if step[0].f_code.co_filename == file]
    deeper = theirs[theirs.index(in_own[-1]) + 1 :] if in_own else theirs
    line = "".join(map(_line, in_own[-1:]))
    inner = [_line(step) for step in deeper[: -MOST_INNER - 1 : -1]]
    message = text_of(error)
    bare = issubclass(type(error), AssertionError) and not message and in_own[-1:] == trace[-1:] != []
    texts = {
        "type": type_of(error),
        "message": in_todays_words(message),
        "line": line,
        "inner": "\n".join(filter(None, inner)),
        "compared": compared(*trace[-1]) if bare else "",
        "takes": _called(message, "".join(inner[:1]) or line, around) if issubclass(type(error), TypeError) else "",
    }
    return {key: text[:MAX_TEXT] for key, text in texts.items()}


def _line(step: tuple[types.FrameType, int]) -> str:
    frame, number = step
    return linecache.getline(frame.f_code.co_filename, number).strip()


def plain_function(value: object) -> types.FunctionType | None:
    """The function as it was defined, behind what it was wrapped in; None where there is none."""
    try:
        found = inspect.unwrap(getattr(value, "func", value))  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - a learner's name may hold anything
        return None
    return found if type(found) is types.FunctionType else None


def _called(message: str, line: str, around: Surroundings) -> str:
    """How the function that a call did not fit is defined. Where no line of the learner's calls, it is the function
    under test."""
    name = _ARGUMENTS.match(message)
    if name is None:
        return ""
    if line and not re.search(rf"(?<![\w.]){re.escape(name[1])}\(", line):
        return ""
    value = {**around.names, **around.others}.get(name[1]) if line else around.function
    function = plain_function(value)
    return _head(function) if function and function.__qualname__ == name[1] else ""


def _head(function: types.FunctionType) -> str:
    """Name and parameters, ``f(X, *, rate=…)``: read off the code, because a signature may hold anything."""
    code, defaults = function.__code__, len(function.__defaults__ or ())
    most, only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames
    parameters = [f"{name}=…" if i >= most - defaults else name for i, name in enumerate(names[:most])]
    rest = list(names[most + only :])
    if code.co_flags & inspect.CO_VARARGS:
        parameters.append(f"*{rest.pop(0)}")
    elif only:
        parameters.append("*")
    parameters += [
        f"{name}=…" if name in (function.__kwdefaults__ or {}) else name for name in names[most : most + only]
    ]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        parameters.append(f"**{rest.pop(0)}")
    return f"{code.co_name}({', '.join(parameters)})"
