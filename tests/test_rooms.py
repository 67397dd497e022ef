"""The rules of the house: which room may know of which."""

import subprocess
import sys

import pytest

from autograder.places import repository
from autograder.run import outputs
from companion import cases

ROOT = repository().root


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_judge_imports_no_kernel_code():
    loaded = _loaded_by("import autograder.judge")
    for name in ("nbclient", "jupyter_client", "ipykernel", "IPython", "zmq", "autograder.run", "companion"):
        assert name not in loaded, name


def test_the_runner_imports_no_references():
    loaded = _loaded_by("import autograder.run")
    assert not any(name.startswith("autograder.judge") for name in loaded) and "matplotlib" not in loaded
    for name in ("autograder.authoring.recording", "autograder.authoring.lesson_text", "autograder.grading.grade"):
        assert name not in loaded, name


def test_both_ends_of_the_door_agree():
    assert outputs.MIME == cases.MIME


def test_the_companion_brings_no_grader_and_no_tensorflow_into_a_kernel():
    loaded = _loaded_by("import companion")
    assert not any(name.split(".")[0] in ("autograder", "tensorflow", "keras") for name in loaded)


@pytest.mark.parametrize("module", ["autograder.cli", "autograder.grade_week", "autograder.authoring.build"])
def test_no_part_of_the_grader_imports_tensorflow(module):
    assert "tensorflow" not in _loaded_by(f"import {module}")


def test_modules_can_be_read_in_one_sitting():
    for path in [*ROOT.glob("autograder/**/*.py"), *ROOT.glob("companion/*.py")]:
        assert len(path.read_text("utf-8").splitlines()) <= 250, path
