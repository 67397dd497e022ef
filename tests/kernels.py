"""What the tests of kernels share: cells run below a lesson's setup, a clock of their own, the processes below one."""

import time
from pathlib import Path

import psutil
import pytest
from lessons import PATIENT
from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run.limits import Limits
from autograder.run.notebook import run_notebook
from autograder.run.sandbox import Sandbox, best_sandbox

ROOT = repository().root
LIMITS = PATIENT
BEST = best_sandbox(ROOT)
NUMPY = 'import numpy as np\nfrom companion import lesson\nlesson("course9-week1/tiny")'


def run(*sources: str, setup: str = NUMPY, limits: Limits = LIMITS, sandbox: Sandbox | None = None):
    """Run cells below a lesson's setup: each cell's status and what it printed, and the isolation."""
    locked = {"nbgrader": {"grade_id": "setup", "locked": True, "solution": False, "grade": False}}
    notebook = new_notebook(cells=[new_code_cell(setup, metadata=locked), *map(new_code_cell, sources)])
    runs, isolation = run_notebook(notebook, ROOT, "seed", limits, sandbox)
    assert runs[0].status == "ok", notebook.cells[0].outputs
    texts = ["".join(o.get("text", o.get("evalue", "")) for o in cell.outputs) for cell in notebook.cells]
    return [run.status for run in runs[1:]], texts[1:], isolation


LOOPS = "open('loops-{}', 'w').close()\n"
"""In a cell that never ends, with a name: says so to a :class:`Clock`."""


class Clock:
    """A clock for the limits of time: hours pass when a cell says that it loops, and else no more than do.

    Args:
        place: a folder; the kernels make theirs in it, and the cells their files in those.
    """

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch):
        self.place, self.seen, self.hours, self.due = place, set(), 0, 0
        monkeypatch.setenv("TMPDIR", str(place))
        monkeypatch.setattr("tempfile.tempdir", None)
        monkeypatch.setattr("autograder.run.conversation.time", self)

    def monotonic(self) -> float:
        """The time. An hour passes with each of two looks, as the first may be the one that reckons the cell's end."""
        found = {path.name for path in self.place.rglob("loops-*")}
        self.due = 2 if found - self.seen else self.due
        self.seen |= found
        if self.due:
            self.due, self.hours = self.due - 1, self.hours + 1
        return time.monotonic() + 3600 * self.hours


def kernels_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)
