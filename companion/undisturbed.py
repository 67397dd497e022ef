"""Run a learner's functions without leaving a trace: nothing printed or shown, and the kernel's state as it was."""

import contextlib
import io
import os
import random
import sys
import warnings
from collections.abc import Iterator

import numpy as np


class _Nowhere(io.TextIOBase):
    """Where the prints go: a loop that prints a million lines must not fill the memory."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Swallow what is printed, shown, drawn and warned; put the random states,
    the environment and NumPy's settings back."""
    environment, errors = dict(os.environ), np.geterr()
    numpy_state, python_state = np.random.get_state(legacy=False), random.getstate()
    figures = _figures()
    try:
        with (
            contextlib.redirect_stdout(_Nowhere()),
            contextlib.redirect_stderr(_Nowhere()),
            _nothing_shown(),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        for number in _figures() - figures:
            sys.modules["matplotlib.pyplot"].close(number)
        np.random.set_state(numpy_state)
        random.setstate(python_state)
        np.seterr(**errors)
        if os.environ != environment:
            os.environ.clear()
            os.environ.update(environment)


def _nothing_shown() -> contextlib.AbstractContextManager[object]:
    """Take in whatever is displayed. IPython is imported late: a plain Python has no use for it."""
    from IPython.utils.capture import capture_output

    return capture_output(stdout=False, stderr=False, display=True)


def _figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()
