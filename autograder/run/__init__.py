"""Run a submission in a kernel of its own. Nothing here knows a reference, a tolerance or a point."""

from autograder.run.kernel import CellRun, Limits, isolation, run_notebook
from autograder.run.restore import grade_id_of, restore

__all__ = ["CellRun", "Limits", "grade_id_of", "isolation", "restore", "run_notebook"]
