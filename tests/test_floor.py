"""`autograder grade` refuses where submissions cannot be confined, unless it is told not to."""

import json

import pytest
from click.testing import CliRunner
from grading import WEEK, copy_of, hand_in

from autograder.cli import group
from autograder.run.sandbox import Sandbox

pytestmark = pytest.mark.slow


@pytest.fixture
def course(tiny, submission, right, tmp_path, monkeypatch):
    repo = copy_of(tiny, tmp_path / "course")
    hand_in(repo, "ada", submission(right))
    monkeypatch.setenv("COMPANION_ROOT", str(repo.root))
    return repo


def grade(*options: str):
    return CliRunner().invoke(group, ["grade", WEEK, "--workers", "1", "--no-feedback", "--json", *options])


def test_without_the_floor_nothing_is_graded_and_nothing_written(course, monkeypatch):
    monkeypatch.setattr("autograder.run.sandbox.best_sandbox", lambda root: Sandbox(seccomp=True))
    done = grade()
    assert done.exit_code == 2 and not course.gradebook.exists()
    assert "Landlock" in done.stderr and "--isolation none" in done.stderr and done.stderr.count("\n") == 1


def test_told_not_to_it_grades_and_writes_that_down(course, monkeypatch):
    monkeypatch.setattr("autograder.run.sandbox.best_sandbox", lambda root: Sandbox())
    done = grade("--isolation", "none")
    (result,) = json.loads(done.stdout)
    assert result["isolation"] == "none" and result["score"] == 5
    kept = json.loads(grade("--isolation", "none").stdout)
    assert kept == [result]


def test_the_level_is_in_every_result(course):
    (result,) = json.loads(grade().stdout)
    assert "landlock+seccomp" in result["isolation"]
