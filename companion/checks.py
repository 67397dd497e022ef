"""Visible checks: each comparison in one short line, and never a traceback.

check     compares what a function returned with what it should have
checking  takes whatever is raised meanwhile, and looks whether the inputs came back unchanged
"""

import copy
import linecache
import sys
import traceback
import warnings
from types import TracebackType
from typing import Any, NamedTuple

from companion.comparing import compared, same
from companion.one_line import one_line, text_of, type_of
from companion.raised_errors import plain_function
from companion.tensorflow_1 import in_todays_words


class Outcome(NamedTuple):
    """What one comparison said: of what, whether it agrees, and the line that was printed."""

    name: str
    agrees: bool
    line: str


outcomes: list[Outcome] | None = None
"""Where the outcomes go as well while the author builds: a list, else None."""


def check(name: str, received: Any, expected: Any, rtol: float = 1e-6, atol: float = 1e-8) -> None:
    """Print in one line whether what came is what was expected; one line for each entry of a dictionary or tuple.

    It never raises. A number may come as an array of one entry, a list as an array.

    Args:
        name: what is compared, for example ``"W1"``.
        received: what the learner's function returned.
        expected: what it should be: a number, an array (or nested lists of numbers) of any shape, a text, None, or a
            dictionary, tuple or list of such.
        rtol, atol: relative and absolute tolerance, as in ``numpy.isclose``.
    """
    try:
        for agrees, line in compared(name, received, expected, rtol, atol):
            _say(name, agrees, line)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - what came is an object that does not even let itself be looked at
        _say(name, False, f"{name}: what came cannot be compared ({type_of(error)})")


class checking:  # noqa: N801 - used as a function: with checking(...)
    """Guard the checks of one exercise: ``with checking("propagate", X=check_X): ...``.

    Whatever is raised in it, but for an interrupt, is said in one line. At the end one line says whether the inputs
    came back unchanged.

    Args:
        exercise: the function that is checked. **inputs: what it is given, under the names that the line should use.
    """

    def __init__(self, exercise: str, /, **inputs: Any):
        self._exercise, self._inputs = exercise, inputs

    def __enter__(self) -> "checking":
        caller = sys._getframe(1)
        self._notebook, self._cell = caller.f_globals, caller.f_code.co_filename
        self._before = {}
        for name, value in self._inputs.items():
            try:
                self._before[name] = copy.deepcopy(value)
            except Exception:  # noqa: BLE001 - a learner's object decides what copying it raises
                continue  # what cannot be copied cannot be compared afterwards
        self._catch = warnings.catch_warnings(record=True)
        self._warned = self._catch.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._catch.__exit__(kind, error, trace)
        if isinstance(error, KeyboardInterrupt):
            return False
        for line in list(dict.fromkeys(map(_warning, self._warned)))[:3]:
            print(line)
        if error is not None:
            _say(self._exercise, False, *self._told(error, trace))
        changed = [name for name, value in self._before.items() if not same(value, self._inputs[name])]
        for name in changed:
            _say(self._exercise, False, f"{name}: the function changed its input")
        if self._before and not changed and error is None:
            _say(self._exercise, True, "inputs unchanged")
        return True

    def _told(self, error: BaseException, trace: TracebackType | None) -> tuple[str, str]:
        """What was raised, and the sign before it."""
        kind, text = type_of(error), in_todays_words(text_of(error))
        if isinstance(error, NotImplementedError) and (text == self._exercise or callable(self._notebook.get(text))):
            return f"{text} is not written yet", "–"
        if isinstance(error, NameError) and error.name == self._exercise:
            return f"{self._exercise} is not defined yet: run its cell first", "–"
        own, line = self._line(trace)
        said = f"{kind}: {text}" if text else kind
        if own:
            return f"{self._exercise} raised {kind}{f' in `{line}`' if line else ''}{f': {text}' if text else ''}", "✗"
        return f"{self._exercise}: {f'`{line}` does not work: ' if line else ''}{said}", "✗"

    def _line(self, trace: TracebackType | None) -> tuple[bool, str]:
        """The last line that the error came through in the exercise's cell, or else in the notebook; first, whether
        it stands in another cell than the check."""
        frames = [(f.f_code, number) for f, number in traceback.walk_tb(trace) if f.f_globals is self._notebook]
        elsewhere = [(code, number) for code, number in frames if code.co_filename != self._cell]
        if not frames:
            return True, ""
        tested = plain_function(self._notebook.get(self._exercise))
        cell = tested.__code__.co_filename if tested else ""
        own = [(code, number) for code, number in elsewhere if code.co_filename == cell]
        code, number = (own or elsewhere or frames)[-1]
        line = linecache.getline(code.co_filename, number)
        return bool(elsewhere) or code.co_name == self._exercise, one_line(line, most=70)


def _say(name: str, agrees: bool, said: str, sign: str | None = None) -> None:
    line = one_line(f"{sign or '✗✓'[agrees]} {said}", most=200)
    print(line)
    if outcomes is not None:
        outcomes.append(Outcome(name, agrees, line))


def _warning(warned: warnings.WarningMessage) -> str:
    line = one_line(linecache.getline(warned.filename, warned.lineno), most=70)
    where = f" in `{line}`" if line else ""
    return one_line(f"! {warned.category.__name__}{where}: {text_of(warned.message)}", most=200)
