"""Functions that build on each other: one early fault is charged once, and the feedback names it."""

import lessons
import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.errors import LessonError
from autograder.judge import Verdict
from autograder.places import Repository, repository

CHAIN = '''
# %% [markdown]
# # Chain

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import hidden_cases, lesson, verdict

lesson("course9-week1/chain")

# %% nbgrader={"locked": true, "grade_id": "given"}
STEEPNESS = 2.0


def squash(z):
    """A smooth step, "\u03c3"."""
    return 1 / (1 + np.exp(-STEEPNESS * z))

# %% nbgrader={"solution": true, "grade_id": "linear"}
def linear(A, W):
    """W A, and the cache (A, W)."""
    ### BEGIN SOLUTION
    return W @ A, (A, W)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "linear-test", "points": 2}
verdict("linear")
### BEGIN HIDDEN TESTS
@hidden_cases("linear", cases=3, returns=("Z", ("A", "W")))
def _(case):
    a, b, c = case.rng.permutation([2, 3, 4])
    case.call(linear, case.rng.standard_normal((a, b)), case.rng.standard_normal((c, a)))
### END HIDDEN TESTS

# %% nbgrader={"locked": true, "grade_id": "linear-check"} tags=["check"]
Z, cache = linear(np.ones((2, 3)), np.ones((4, 2)))

# %% nbgrader={"solution": true, "grade_id": "layer"}
def layer(A, W):
    """squash(W A), and the cache of linear."""
    ### BEGIN SOLUTION
    Z, cache = linear(A, W)
    return squash(Z), cache
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "layer-test", "points": 3}
verdict("layer")
### BEGIN HIDDEN TESTS
@hidden_cases("layer", cases=3, calls=("linear",), returns=("A", ("A_prev", "W")))
def _(case):
    a, b, c = case.rng.permutation([2, 3, 4])
    case.call(layer, case.rng.standard_normal((a, b)), case.rng.standard_normal((c, a)))
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "network"}
def network(X, weights):
    """The layers one after the other: the last A, and the list of caches."""
    ### BEGIN SOLUTION
    caches = []
    for W in weights:
        X, cache = layer(X, W)
        caches.append(cache)
    return X, caches
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "network-test", "points": 5}
verdict("network")
### BEGIN HIDDEN TESTS
@hidden_cases("network", cases=3, calls=("layer",), returns=("A", "caches"))
def _(case):
    sizes = case.rng.permutation([2, 3, 4, 5])
    weights = [case.rng.standard_normal((n, m)) for m, n in zip(sizes, sizes[1:])]
    case.call(network, case.rng.standard_normal((sizes[0], 6)), weights)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "apart"}
def apart(x):
    """x + 1: no part of the chain."""
    ### BEGIN SOLUTION
    return x + 1
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "apart-test", "points": 1}
verdict("apart")
### BEGIN HIDDEN TESTS
@hidden_cases("apart", cases=2)
def _(case):
    case.call(apart, case.rng.standard_normal(3), optional={"unused": [case.index]})
### END HIDDEN TESTS
'''

CHAIN_ANSWERS = '''
"""Answers that people give to the exercises of chain.py: read, never imported (see CONTRIBUTING.md)."""


first = exercise("linear")


second = exercise("layer")


third = exercise("network")

third.mistake(
    "no_caches",
    ("caches.append(cache)", "pass"),
    cause="The caches are thrown away.",
    hint="Append each.",
)


other = exercise("apart")


@other.forms
def apart_forms(inputs, expected):
    yield "The old version returns its input too.", (expected, inputs["x"])
    yield "The new version returns a dictionary.", {"y": expected}
'''

RIGHT = {
    "linear": "def linear(A, W):\n    return np.dot(W, A), (A, W)",
    "layer": "def layer(A, W):\n    Z, cache = linear(A, W)\n    return squash(Z), cache",
    "network": (
        "def network(X, weights):\n    caches = []\n    for W in weights:\n        X, cache = layer(X, W)\n"
        "        caches.append(cache)\n    return X, caches"
    ),
    "apart": "def apart(x):\n    return x + 1",
}
WRONG = {
    "linear": "def linear(A, W):\n    return W @ A + 1, (A, W)",
    "layer": "def layer(A, W):\n    Z, cache = linear(A, W)\n    return Z, cache",
    "network": RIGHT["network"].replace("caches.append(cache)", "pass"),
    "apart": "def apart(x):\n    return x",
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    repo = lessons.course_of(tmp_path_factory.mktemp("chain"), "chain", CHAIN, CHAIN_ANSWERS)
    (lesson,) = repo.lessons()
    return lesson


@pytest.fixture
def graded(chain):
    """``graded(answers)``: the items of a submission, by exercise; what is not answered is right."""

    def grade(**answers):
        return lessons.graded(chain, {name: text for name, text in {**RIGHT, **answers}.items() if text})

    return grade


def test_right_answers_pass_and_nothing_more_is_said(graded):
    items = graded()
    assert all(item.passed for item in items.values())
    assert {item.message for item in items.values()} == {"Right on all 3 hidden cases.", "Right on all 2 hidden cases."}


def test_an_early_fault_is_charged_once_and_named_everywhere_above_it(graded):
    items = graded(linear=WRONG["linear"])
    assert [items[name].passed for name in ("linear", "layer", "network", "apart")] == [False, True, True, True]
    assert "first function at fault. Right: layer and network." in items["linear"].message
    for name in ("layer", "network"):
        assert items[name].points == items[name].max_points
        assert "fails because of linear:" in items[name].message
    assert items["apart"].message == "Right on all 2 hidden cases."


def test_two_faults_are_both_charged_and_the_first_is_named(graded):
    items = graded(linear=WRONG["linear"], network=WRONG["network"])
    assert [items[name].passed for name in ("linear", "layer", "network")] == [False, True, False]
    assert items["network"].cause == "The caches are thrown away."
    assert "The first function at fault is linear" in items["network"].message
    assert "Right: layer." in items["linear"].message


def test_a_late_fault_is_the_first_where_all_below_it_is_right(graded):
    items = graded(network=WRONG["network"])
    assert "first function at fault. Right: linear and layer." in items["network"].message
    assert items["linear"].message == items["layer"].message == "Right on all 3 hidden cases."


def test_what_is_not_written_yet_does_not_fail_what_calls_it(graded):
    items = graded(linear=None)
    assert items["linear"].verdict is Verdict.MISSING
    assert items["layer"].passed and items["network"].passed
    assert "fails because of linear: raised NotImplementedError" in items["layer"].message


def test_a_function_that_calls_none_of_the_others_is_judged_alike(graded):
    whole = (
        "def network(X, weights):\n    caches = []\n    for W in weights:\n        caches.append((X, W))\n"
        "        X = squash(W @ X)\n    return X, caches"
    )
    items = graded(linear=WRONG["linear"], network=whole)
    assert items["network"].message == "Right on all 3 hidden cases."


def test_two_functions_that_fit_only_each_other_pass_together(graded):
    """The one hands the other its arguments in an order of its own: the whole is right as written."""
    items = graded(
        layer="def layer(A, W, swapped=False):\n    A, W = (W, A) if swapped else (A, W)\n    Z, cache = linear(A, W)\n"
        "    return squash(Z), cache",
        network=RIGHT["network"].replace("layer(X, W)", "layer(W, X, swapped=True)"),
    )
    assert all(item.passed for item in items.values())


def test_a_fault_outside_the_chain_says_nothing_of_it(graded):
    assert "first function" not in graded(apart=WRONG["apart"])["apart"].message


def test_the_learner_s_own_functions_are_back_after_the_hidden_cases(chain, graded):
    spoiled = WRONG["linear"] + "\nmine = linear"
    items = graded(linear=spoiled, apart="def apart(x):\n    assert linear is mine\n    return x + 1")
    assert items["apart"].passed


@pytest.mark.parametrize(
    "body, told",
    [
        ("return x + 1, x", "The old version returns its input too."),
        ("return {'y': x + 1}", "The new version returns a dictionary."),
    ],
)
def test_another_form_of_the_answer_passes_and_is_named(graded, body, told):
    item = graded(apart=f"def apart(x):\n    {body}")["apart"]
    assert item.passed and item.message == f"Right on all 2 hidden cases. {told}"


@pytest.mark.parametrize("body", ["return x, x", "return x + 1, x + 1", "return {'z': x + 1}", "return x + 1, x, x"])
def test_another_form_of_a_wrong_answer_fails(graded, body):
    assert not graded(apart=f"def apart(x):\n    {body}")["apart"].passed


@pytest.mark.parametrize("signature", ["x, unused", "x, *, unused", "x, unused=None"])
def test_an_argument_of_one_era_is_passed_to_a_function_that_takes_it(graded, signature):
    body = "assert unused in ([0], [1])\n    unused.clear()\n    return x + 1"
    assert graded(apart=f"def apart({signature}):\n    {body}")["apart"].passed


def test_the_text_that_defines_what_is_called_holds_all_it_needs_and_no_more(chain):
    lesson = read_lesson(chain)
    assert "def linear" in lesson.tests["layer"].source and "def squash" not in lesson.tests["layer"].source
    source = lesson.tests["network"].source
    assert source.index("STEEPNESS = 2.0") < source.index("def squash") < source.index("def layer")
    assert "import numpy as np" in source and "apart" not in source
    assert "np.ones" not in source, "a check that uses the names of a function's own variables is no part of it"


@pytest.mark.parametrize("name", ["network", "squash", "nothing"])
def test_a_name_that_is_no_exercise_above_is_refused(chain, tmp_path, name):
    text = CHAIN.replace('calls=("linear",)', f'calls=("{name}",)')
    place = lessons.write_lesson(Repository(tmp_path), "chain", text, CHAIN_ANSWERS)
    with pytest.raises(LessonError, match=rf"^course9/week1/chain.py:\d+: .*{name}.*no exercise above"):
        read_lesson(place)


def test_a_function_under_another_name_costs_itself_and_is_named(graded):
    items = graded(linear=RIGHT["linear"].replace("def linear", "def linearForward"))
    assert items["linear"].verdict is Verdict.MISSING and items["linear"].points == 0
    assert "Its cell defines linearForward: give the function the name" in items["linear"].message
    assert items["layer"].passed and items["network"].passed
    assert not any("linearForward" in items[name].message for name in ("layer", "network", "apart"))


def test_a_name_that_only_the_course_of_2017_has_is_named():
    (place,) = repository().select("course1-week2/numpy_basics")
    answer = "def normalizeRows(x):\n    return x / np.linalg.norm(x, axis=1, keepdims=True)"
    item = lessons.graded(place, {"normalize_rows": answer})["normalize_rows"]
    assert item.verdict is Verdict.MISSING and item.cause is None
    assert item.message == (
        "normalize_rows: no function of this name was found after the notebook had run. "
        "Its cell defines normalizeRows: give the function the name that the exercise asks for."
    )
