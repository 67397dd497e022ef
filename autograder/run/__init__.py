"""Run a submission in a kernel of its own. Nothing here knows a reference, a tolerance or a point."""

from autograder.run.limits import Limits, limits_of
from autograder.run.notebook import imports_of, run_notebook
from autograder.run.restore import grade_id_of, restore
from autograder.run.sandbox import Sandbox, best_sandbox, sandbox_for
from autograder.run.session import CellRun

__all__ = [
    "CellRun", "Limits", "Sandbox", "best_sandbox", "grade_id_of", "imports_of", "limits_of", "restore", "run_notebook", "sandbox_for",
]  # fmt: skip
