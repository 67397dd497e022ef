"""Does the work of a function grow with the size of its input? Counted in steps of Python, not in seconds."""

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from companion.one_line import in_one_line


def count_steps(function: Callable[..., object], *args: Any) -> int:
    """Call a function and count the steps that Python takes in it: calls, and lines begun.

    A loop takes steps each time around; one NumPy call is a single step, however large its arrays are. So the count is
    the same on every machine, where seconds are not. What cannot be seen is a loop in C over a function in C, such as
    ``list(map(W.dot, X.T))``.

    Args:
        function: the function. *args: its arguments.

    Raises:
        RuntimeError: the function switched the counting off. Whatever else the function raises.
    """
    steps = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:  # noqa: ARG001 - as sys.settrace calls it
        nonlocal steps
        steps += event in ("call", "line")
        return trace

    before = sys.gettrace()
    threading.settrace(trace)
    sys.settrace(trace)
    try:
        function(*args)
        if sys.gettrace() is not trace:
            why = "the steps could not be counted: the function set a trace of its own"
            raise in_one_line(RuntimeError(why))
    finally:
        sys.settrace(before)
        threading.settrace(before)
    return steps


def steps_grow(function: Callable[..., object], small: tuple[Any, ...], large: tuple[Any, ...]) -> bool:
    """Whether a function takes many more steps of Python on large arguments than on small ones.

    Args:
        function: the function. small, large: its arguments, where those of ``large`` are at least 10 times as long
            along the axis that is asked about.
    """
    few, many = count_steps(function, *small), count_steps(function, *large)
    return many > 2 * few + 20
