"""Which lesson this is, and what its answers may lean on."""

import importlib.abc
import os
import sys
import types
from collections.abc import Iterable
from typing import Any

from companion.one_line import in_one_line

GRADING = "AUTOGRADER_CHANNEL" in os.environ
"""True in a kernel that the grader started; the grader sets the variable."""

LIBRARIES = {"autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch"}
"""Libraries that know answers of some week: a lesson names those that its own answers may use."""

current: str | None = None

imports: dict[str, Any] = {}
"""What the lesson's first cell imported, by name, as it was when it named the lesson."""

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
"""What keeps TensorFlow silent when it starts, if it is set before TensorFlow is imported. Without oneDNN it also
adds up in one order, so that a training gives the same numbers each time."""

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)


class _Refusal(importlib.abc.MetaPathFinder):
    """Refuse, in a sentence, the imports that a lesson withholds."""

    def __init__(self, withheld: set[str], name: str):
        self.withheld, self.name = withheld, name

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002 - importlib's
        if fullname.partition(".")[0] in self.withheld or fullname in self.withheld:
            why = f"{self.name} withholds {fullname}: write this one yourself this week."
            raise in_one_line(ImportError(why))


def lesson(name: str, libraries: Iterable[str] = ("numpy", "matplotlib"), withholds: Iterable[str] = ()) -> None:
    """Name the lesson, for example ``lesson("course2-week1/initialization")``.

    Args:
        name: week and lesson, joined by a slash.
        libraries: the libraries that an answer may use, besides Python's own.
        withholds: modules of ``companion`` that hold answers to this lesson's exercises.

    While grading, importing a library of :data:`LIBRARIES` that is not listed, or a module that is
    withheld, raises ``ImportError`` with the reason. Elsewhere nothing is refused.
    """
    global current, imports
    current = name
    imports = _imported(sys._getframe(1).f_globals, {"companion", *libraries})
    if GRADING:
        withheld = (LIBRARIES - set(libraries)) | set(withholds)
        sys.meta_path.insert(0, _Refusal(withheld, name))


def _imported(scope: dict[str, Any], libraries: set[str]) -> dict[str, Any]:
    """The modules in a notebook's namespace, and what else comes from one of these libraries."""
    return {
        name: value
        for name, value in list(scope.items())
        if isinstance(value, types.ModuleType)
        or (callable(value) and str(getattr(value, "__module__", "")).partition(".")[0] in libraries)
    }
