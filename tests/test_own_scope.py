"""Names that a learner gives another meaning do not reach the drawing of hidden cases, of which no line is shown."""

import linecache

import numpy as np
import pytest
from lessons import graded

from autograder.judge import Verdict
from companion import cases, hidden_cases, lessons

CELL = '''
def halves(x):
    """A helper beside the case: it asks the learner's function twice."""
    one, other = f(x[: len(x) // 2]), f(x[len(x) // 2 :])
    return [sum(one), sum(other)]


@hidden_cases("f", cases=3)
def _(case):
    x = np.array(list(range(int(str(4 + case.index)))), dtype=float)
    if case.index == 2:
        x = x + offset
    case.call(halves if case.index == 1 else f, x)
'''

FAULTS = "list = sum = int = str = range = float = len = np = hidden_cases = None\noffset = 3"


@pytest.fixture
def reported(monkeypatch):
    """``reported(answer)``: what the hidden cell hands over, run after the lesson's imports and this answer."""

    def run(answer: str) -> list[dict]:
        handed: list[dict] = []
        monkeypatch.setattr(lessons, "GRADING", False)
        monkeypatch.setattr(lessons, "current", None)
        monkeypatch.setattr(lessons, "imports", {})
        monkeypatch.setattr(cases, "_hand_over", handed.extend)
        scope = {"__name__": "__main__", "np": np, "hidden_cases": hidden_cases, "lesson": lessons.lesson}
        exec("lesson('course9-week1/a')", scope)
        monkeypatch.setattr(lessons, "GRADING", True)
        for name, source in (("answer", answer), ("hidden", CELL)):
            linecache.cache[f"<{name}>"] = (len(source), None, source.splitlines(keepends=True), f"<{name}>")
            exec(compile(source, f"<{name}>", "exec"), scope)
            scope["hidden_cases"] = hidden_cases
        return handed

    return run


def test_what_a_learner_binds_anew_changes_nothing(reported):
    right = "def f(x):\n    return x * 2\n"
    told = reported(f"{right}offset = 3")
    assert [report["error"] for report in told] == [None] * 3
    assert reported(f"{right}{FAULTS}") == told


def test_the_learners_own_line_is_shown_and_never_one_of_a_case(reported):
    raised = reported("def f(x):\n    return x / {}\noffset = 3")
    assert [report["error"]["line"] for report in raised] == ["return x / {}"] * 3
    none = reported("def f(x):\n    print(x)\noffset = None")
    assert [report["error"] and report["error"]["line"] for report in none] == [None, "", ""]
    missing = reported("offset = 3")
    assert {report["error"]["message"] for report in missing} == {"name 'f' is not defined"}
    assert {report["error"]["line"] for report in missing} == {""}


def test_in_the_grader_an_answer_is_judged_on_its_own(tiny_lesson, right):
    anew = "\nlist = range = str = float = int = sum = 'mine'\nhidden_cases = verdict = None\n"
    found = graded(tiny_lesson, {"row_means": right["row_means"] + anew, "noisy": right["noisy"] + "np = None"})
    assert found["row_means"].passed, found["row_means"].sentence
    assert found["noisy"].verdict is Verdict.RAISED and "case" not in found["noisy"].sentence
    assert "in `N = np.random.randn(*X.shape)`" in found["noisy"].sentence
