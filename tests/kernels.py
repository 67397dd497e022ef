"""What the tests of kernels share: cells run below a lesson's setup, and the processes below one."""

import psutil
from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run import Limits, Sandbox, best_sandbox, run_notebook

ROOT = repository().root
LIMITS = Limits(cell_seconds=5, total_seconds=60)
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


def kernels_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)
