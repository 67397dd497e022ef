"""Run a notebook cell by cell in a kernel of its own, in a scratch folder, under limits.

A cell that runs too long is interrupted; one that cannot be interrupted, or that ends the process, loses only
itself: the kernel is made anew and what was defined before is defined again. What the learner's own cells use up, of
time or of kernels, is charged to them alone.
"""

import time
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from autograder.notebooks import grade_id_of, has_role, imports_of, is_given_or_solved
from autograder.run.conversation import CellRun
from autograder.run.kernel_pool import KERNELS
from autograder.run.limits import Limits
from autograder.run.restore import SKIP
from autograder.run.sandbox import Sandbox, best_sandbox

OUR_NAMES = """\
try:
    hidden_cases.__call__, verdict.__call__
except:
    from companion import hidden_cases, verdict
"""
"""Above each graded cell: a learner may have given these names another meaning."""

ASKED = '__import__("companion.cases").cases.asked = {!r}\n'
"""Above a graded cell that is asked once more: what (``companion.cases.Asked``, as a tuple)."""

FollowUp = Callable[[list[CellRun]], dict[int, str]]
"""Given what became of the cells: further cells to run, by the places of those that give rise to them; {} for none."""


def run_notebook(
    notebook: NotebookNode,
    root: Path,
    seed: str,
    limits: Limits = Limits(),
    sandbox: Sandbox | None = None,
    follow_up: FollowUp | None = None,
) -> tuple[list[CellRun], str]:
    """Run every code cell, keep the outputs in the notebook, and tell what became of each cell.

    Args:
        notebook: from :func:`autograder.run.restore.restore`; its outputs are written in place.
        root: the repository, from which the kernel imports ``companion``.
        seed: the seed that the hidden cases draw from.
        limits: what the submission may use. sandbox: what confines it; None for the most that can be had.
        follow_up: asked when all else has run, so that no verdict hangs on it, until there is nothing further to run.

    Returns:
        What became of each cell, and the name of the isolation that held.
    """
    sandbox = best_sandbox(root) if sandbox is None else sandbox
    held = sandbox
    runs = [CellRun("skipped") for _ in notebook.cells]
    todo = [
        i
        for i, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and SKIP not in cell.metadata.get("tags", [])
    ]
    left = limits.total_seconds
    deaths = {True: 0, False: 0}
    while todo:
        with KERNELS.session(root, imports_of(notebook.cells), sandbox, limits, seed) as session:
            held = session.kernel.sandbox
            for i in [
                j for j in range(todo[0]) if runs[j].status in ("ok", "error") and is_given_or_solved(notebook.cells[j])
            ]:
                session.run(notebook.cells[i])
            while todo:
                i = todo.pop(0)
                ours = bool(grade_id_of(notebook.cells[i]))
                if deaths[ours] > limits.restarts:
                    runs[i] = CellRun("not run")
                    continue
                start = time.monotonic()
                seconds = None if ours or left > 0 else limits.short_seconds
                first = OUR_NAMES if has_role(notebook.cells[i], "grade") else ""
                runs[i] = session.run(notebook.cells[i], seconds, first)
                if not ours:  # by the clock too: what sleeps keeps the class waiting
                    left -= max(runs[i].seconds, time.monotonic() - start)
                if runs[i].status == "killed":
                    deaths[ours] += 1
                    break
            while not todo and follow_up and (asked := follow_up(runs)):
                for i, source in asked.items():
                    further = session.run(NotebookNode(source=source), limits.follow_up_seconds, OUR_NAMES)
                    runs[i].more.append(further.reports)
    return runs, held.name
