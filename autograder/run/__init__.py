"""Run a submission in a kernel of its own. Nothing here knows a reference, a tolerance or a point."""

from autograder.run.conversation import CellRun
from autograder.run.limits import Limits, limits_of
from autograder.run.notebook import ASKED, run_notebook
from autograder.run.restore import restore
from autograder.run.sandbox import Sandbox, best_sandbox, sandbox_for

__all__ = [
    "ASKED", "CellRun", "Limits", "Sandbox", "best_sandbox", "limits_of", "restore", "run_notebook", "sandbox_for",
]  # fmt: skip
