"""Limits of time count what a cell computes, and each cell answers for its own: on a busy machine too."""

import pytest
from kernels import run
from lessons import PATIENT

from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge import Verdict
from autograder.run.limits import Limits

pytestmark = pytest.mark.slow

FEW = Limits(cell_seconds=2, total_seconds=0.3, short_seconds=0.3, patience=1000)
"""Of processor time little, by the clock as much as a busy machine may need."""
FOREVER = "while True: pass"


@pytest.fixture
def graded(tiny_lesson, submission):
    """``graded(answers, extra)``: the verdicts on a submission under few seconds of processor time."""

    def grade(answers, extra=()):
        return grade_notebook(read_submission(submission(answers, extra), "tiny.ipynb"), tiny_lesson, FEW).items

    return grade


def test_a_cell_that_waits_uses_up_nothing_and_one_that_computes_is_stopped():
    chatty = "while True:\n    print('again' * 20)"
    statuses, _, _ = run("import time\ntime.sleep(1)", FOREVER, chatty, "x = 1", limits=FEW)
    assert statuses == ["ok", "timed out", "timed out", "ok"]


def test_long_experiments_cost_no_exercise_anything(graded, right):
    """What experiments define still counts when their time is used up, and their deaths are not the exercises'."""
    endless, dying = [FOREVER] * 3, ["import os; os._exit(1)"] * (FEW.restarts + 2)
    answers = {**right, "row_means": "def row_means(X):\n    return helped(X)\n"}
    helper = "def helped(X):\n    return X.mean(axis=1, keepdims=True)"
    items = graded(answers, [*endless, helper])
    assert all(item.passed for item in items), [item.sentence for item in items]
    items = graded(right, dying)
    assert all(item.passed for item in items), [item.sentence for item in items]


def test_a_right_answer_that_is_slow_by_the_clock_is_right(graded, right):
    slow = right["row_means"].replace("    return", "    import time; time.sleep(0.6)\n    return")
    items = graded({**right, "row_means": slow})
    assert all(item.passed for item in items), [item.sentence for item in items]


def test_only_a_cell_that_looped_is_told_of_a_loop(graded, right):
    loop = "def row_means(X):\n    while True:\n        pass\n"
    first, second = graded({**right, "row_means": loop})
    assert first.verdict is Verdict.TIMED_OUT and "does a loop never end?" in first.sentence
    assert second.passed, second.sentence
    first, second = graded({**right, "row_means": f"{FOREVER}\n{right['row_means']}"}, [FOREVER])
    assert first.verdict is Verdict.MISSING and "Its cell was stopped at the time limit" in first.sentence
    assert second.passed, second.sentence


def test_where_the_kernel_died_too_often_the_rest_is_not_said_to_have_died():
    statuses, _, _ = run(*["import os; os._exit(1)"] * (PATIENT.restarts + 1), "x = 1")
    assert statuses == ["killed"] * (PATIENT.restarts + 1) + ["not run"]
