"""nbval runs every solved notebook and compares its outputs: the one time that they are run in these tests."""

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.authoring.build import CELL_SECONDS
from autograder.places import repository

pytestmark = pytest.mark.slow
ROOT = repository().root
LESSONS = repository().lessons()
COMMAND = [
    "-m", "pytest", "--nbval", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "-q", "-p", "no:cacheprovider",
    "-p", "tests.nbval_kernels", f"--nbval-cell-timeout={CELL_SECONDS}", "--nbval-kernel-startup-timeout=600",
]  # fmt: skip


def nbval(notebook) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *COMMAND, notebook], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_nbval_accepts_the_solved_notebook(lesson):
    run = nbval(lesson.source)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


@pytest.mark.parametrize(("printed", "code"), [("0.25\n", 0), ("0.26\n", 1)])
def test_nbval_notices_a_changed_output(tmp_path, printed, code):
    """The comparison is real: one digit changed in a recorded output fails."""
    cell = new_code_cell("print(1 / 4)", execution_count=1, outputs=[new_output("stream", text=printed)])
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=[cell], metadata={"kernelspec": kernel}), tmp_path / "small.ipynb")
    run = nbval(tmp_path / "small.ipynb")
    assert run.returncode == code and f"{1 - code} passed" in run.stdout.replace("1 failed", "0 passed"), run.stdout
