"""nbval runs every solved notebook again and compares its outputs."""

import subprocess
import sys

import pytest

from autograder.places import repository

pytestmark = pytest.mark.slow
ROOT = repository().root
LESSONS = repository().lessons()
COMMAND = [
    "-m",
    "pytest",
    "--nbval",
    "--nbval-sanitize-with",
    "tests/nbval_sanitize.cfg",
    "--nbval-cell-timeout=120",
    "-q",
    "-p",
    "no:cacheprovider",
]


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_nbval_accepts_the_solved_notebook(lesson):
    run = subprocess.run([sys.executable, *COMMAND, lesson.source], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:]


def test_nbval_notices_a_changed_output(tmp_path):
    """The comparison is real: one word changed in a recorded output fails."""
    text = LESSONS[0].source.read_text("utf-8")
    assert " practice cases. It brings " in text
    changed = tmp_path / "changed.ipynb"
    changed.write_text(text.replace(" practice cases. It brings ", " practice tests. It brings "), "utf-8")
    run = subprocess.run([sys.executable, *COMMAND, changed], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1, run.stdout[-3000:]
