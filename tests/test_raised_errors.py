"""What is said of an error that an answer raised, in the notebook and in the grader: the learner's own line, what a
bare assert compared, how a call and a `def` differ, and in which case."""

import lessons
import pytest
from learners import Notebook
from nbformat.v4 import new_code_cell

from autograder.judge import Verdict
from autograder.notebooks import is_given_or_solved, without_markers
from companion.practice import practice

TEXT = '''
# %% [markdown]
# # Errors

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import checking, hidden_cases, lesson, verdict

lesson("course9-week1/errors")

# %% nbgrader={"locked": true, "grade_id": "given"}
def squash(z):
    """A smooth step."""
    return 1 / (1 + np.exp(-z))

# %% nbgrader={"solution": true, "grade_id": "forward"}
def forward(X, Y, parameters, power=2):
    """A = squash(W1 X + b1), and the mean of (A - Y) ** power."""
    ### BEGIN SOLUTION
    A = squash(parameters["W1"] @ X + parameters["b1"])
    return A, np.mean((A - Y) ** power)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "forward-test", "points": 2}
verdict("forward")
### BEGIN HIDDEN TESTS
@hidden_cases("forward", cases=3, returns=("A", "cost"))
def _(case):
    n, m = [(3, 5), (3, 1), (2, 6)][case.index]
    parameters = {"W1": case.rng.standard_normal((2, n)), "b1": case.rng.standard_normal((2, 1))}
    case.call(forward, case.rng.standard_normal((n, m)), case.rng.random((2, m)), parameters, power=2 + case.index)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "step"}
def step(w, dw, rate=0.1):
    """w - rate * dw."""
    ### BEGIN SOLUTION
    return w - rate * dw
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "step-test", "points": 2}
verdict("step")
### BEGIN HIDDEN TESTS
def two_steps(w, dw, speed):
    return step(step(w, dw, speed), dw, speed)


@hidden_cases("step", cases=3)
def _(case):
    w, dw = case.rng.standard_normal((2, 4, case.index + 1))
    if case.index == 2:
        case.call(two_steps, w, dw, 0.5)
    else:
        case.call(step, w, dw, 0.5)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "kinds"}
def kinds(sizes, mode, cache):
    """The sum of the sizes, as a number."""
    ### BEGIN SOLUTION
    return float(sum(sizes))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "kinds-test", "points": 2}
verdict("kinds")
### BEGIN HIDDEN TESTS
@hidden_cases("kinds", cases=2)
def _(case):
    cache = (case.rng.random((2, 2)), "text")
    case.call(kinds, [4, 2 + case.index], ["sum", "all"][case.index], cache, optional={"scale": 2.0})
### END HIDDEN TESTS
'''

ANSWERS = '''
"""Answers that people give to the exercises of errors.py: read, never imported (see CONTRIBUTING.md)."""

one = exercise("forward")
two = exercise("step")
three = exercise("kinds")
'''

HEAD = "def forward(X, Y, parameters, power=2):\n"
CASE = "This case gives X of shape (3, 5), Y of shape (2, 5), parameters with W1 (2, 3), b1 (2, 1) and power = 2."


@pytest.fixture(scope="module")
def errors(tmp_path_factory):
    repo = lessons.course_of(tmp_path_factory.mktemp("errors"), "errors", TEXT, ANSWERS)
    (lesson,) = repo.lessons()
    return lesson


@pytest.fixture
def notebook(errors, monkeypatch) -> Notebook:
    """The lesson, solved, in a notebook that knows the lines of its cells."""
    opened = Notebook(errors, monkeypatch)
    for cell in opened.text.cells:
        if is_given_or_solved(cell):
            opened.typed(without_markers(cell.source))
    return opened


@pytest.fixture
def told(notebook):
    """``told(cells)``: what the notebook says of forward, after these cells; the last one holds an exercise."""

    def ask(*cells: str, exercise: str = "forward") -> str:
        for cell in cells:
            notebook.typed(cell)
        shown = notebook.verdict(exercise)
        difference = practice().find(exercise).item.difference
        assert " ".join(difference.split()) in shown
        return difference

    return ask


SUMS = "def sums(z):\n    return np.ones((2, 2)) @ z\n"
WRONG = {
    "the helper is the lesson's": (
        f"{HEAD}    A = squash(None)\n    return A, 1.0",
        f"raised TypeError in `A = squash(None)`: bad operand type for unary -: 'NoneType'. {CASE}",
    ),
    "the helper is in the same cell": (
        f"def mine(z):\n    return squash([z])\n{HEAD}    return mine(X)",
        f"raised TypeError in `return squash([z])`: bad operand type for unary -: 'list'. {CASE}",
    ),
    "it is a library's": (
        f"{HEAD}    return np.linalg.inv(X)",
        "raised LinAlgError in `return np.linalg.inv(X)`: Last 2 dimensions of the array must be square. " + CASE,
    ),
    "one example": (
        f"{HEAD}    if X.shape[1] == 1:\n        raise KeyError('W2')\n    return squash(X), 1.0",
        "raised KeyError in `raise KeyError('W2')`: 'W2'. This case is one example: X of shape (3, 1), "
        "Y of shape (2, 1), parameters with W1 (2, 3), b1 (2, 1) and power = 3. Wrong exactly where X.shape[1] is 1.",
    ),
    "it has nothing to do with the case": (
        f"{HEAD}    return A, 1.0",
        "raised NameError in `return A, 1.0`: name 'A' is not defined.",
    ),
    "it says nothing": (f"{HEAD}    raise ValueError", f"raised ValueError in `raise ValueError`. {CASE}"),
    "it ends in a sign of its own": (
        f"{HEAD}    raise ValueError('why\\n  not?')",
        f"raised ValueError in `raise ValueError('why\\n  not?')`: why not? {CASE}",
    ),
}


@pytest.mark.parametrize("answer, words", WRONG.values(), ids=list(WRONG))
def test_the_line_is_the_learners_own_and_the_case_is_told(told, answer, words):
    if "KeyError" in words:  # the other cases are right
        answer = answer.replace("squash(X), 1.0", "right(X, Y, parameters, power)")
        assert told("right = forward", answer) == words
    else:
        assert told(answer) == words


def test_a_line_of_another_cell_of_the_learners_is_told_beside_it(told):
    said = told("def smooth(z):\n    return squash([z])", f"{HEAD}    return smooth(X)")
    assert said.startswith("raised TypeError in `return smooth(X)`, and there in `return squash([z])`: bad operand")
    said = told(SUMS, f"{HEAD}    A = squash(sums(X))\n    return A, 1.0")
    assert said.startswith(
        "raised ValueError in `A = squash(sums(X))`, and there in `return np.ones((2, 2)) @ z`: matmul"
    )
    assert said.endswith(f". {CASE}")


ASSERTS = {
    "A.shape == (1, X.shape[1])": "There `A.shape` is (2, 5) and `(1, X.shape[1])` is (1, 5).",
    "(A.shape[0] == 1 and len(Y) == Y.ndim)": "There `A.shape[0]` is 2, `len(Y)` is 2 and `Y.ndim` is 2.",
    "isinstance(cost, int)": "There `cost` is 0.1.",
    'parameters["W" + str(one)].shape == (2, X.shape[0] - one)': (
        'There `parameters["W" + str(one)].shape` is (2, 3) and `(2, X.shape[0] - one)` is (2, 2).'
    ),
    "parameters[f'b{one}'].dtype == int": "There `parameters[f'b{one}'].dtype` is float64.",
    "np.all(few == one)": "There `few` is an array of shape (2,), [0.5, 1.0] and `one` is 1.",
    "not A.size": "There `A.size` is 10.",
    "one > cost > one": "There `one` is 1 and `cost` is 0.1.",
    "near == 0.3": "There `near` is 0.30000000000000004.",
    "power > 2 * 10": "There `power` is 2.",
    "np.mean(A) > 7": "",
    "False": "",
    "mine == 1": "There `mine` is of type Mine and `one` is 1.",
}


@pytest.mark.parametrize("test, words", ASSERTS.items(), ids=list(ASSERTS))
def test_a_bare_assert_tells_what_it_compared(told, test, words):
    lines = "A, cost, one, few = X[:2], 0.1, 1, np.array([0.5, 1])\n    near = 0.1 + 0.2\n    mine = Mine()"
    test = test.replace("mine == 1", "mine == one")
    cell = f"class Mine:\n    def __eq__(self, other):\n        return False\n{HEAD}    {lines}\n    assert {test}\n"
    assert told(cell) == " ".join(filter(None, [f"raised AssertionError in `assert {test}`.", words, CASE]))


def test_an_assert_with_a_message_keeps_it(told):
    said = told(f"{HEAD}    assert X.shape == 3, 'X has another shape!'")
    assert (
        said == f"raised AssertionError in `assert X.shape == 3, 'X has another shape!'`: X has another shape! {CASE}"
    )


HOSTILE = """
class Loop:
    def __getattribute__(self, name):
        while True: pass
    def __eq__(self, other):
        return False
    __len__ = __repr__ = __str__ = __hash__ = __index__ = lambda self: [None for _ in iter(int, 1)]

class Rows(np.ndarray):
    shape = property(lambda self: [None for _ in iter(int, 1)])

class Text(str):
    __str__ = __repr__ = __len__ = lambda self: [None for _ in iter(int, 1)]

class Keys(dict):
    __getitem__ = __iter__ = items = __len__ = lambda self, *key: [None for _ in iter(int, 1)]

def forward(X, Y, parameters, power=2):
    loop, rows, text, keys = Loop(), X.view(Rows), Text("a"), Keys(a=3)
    huge, deep = 10 ** 10 ** 4, ()
    for _ in range(10 ** 4):
        deep = (deep,)
    assert loop == 0 and %s == 0
"""


@pytest.mark.parametrize(
    "side, shown",
    [
        ("rows.shape", " and `rows.shape` is (3, 5)"),
        ("text", " and `text` is of type Text"),
        ("keys['a']", " and `keys['a']` is 3"),
        ("deep", " and `deep` is ((of type tuple,),)"),
        ("huge + 1", ""),
        ("'a' * power", ""),
        ("len(loop)", ""),
        ("str(loop)", ""),
        ("loop.shape", ""),
        ("X[loop]", ""),
    ],
)
def test_nothing_of_the_learners_runs_for_it(told, side, shown):
    said = told(HOSTILE % side)
    assert (
        said
        == f"raised AssertionError in `assert loop == 0 and {side} == 0`. There `loop` is of type Loop{shown}. {CASE}"
    )


CALLS = {
    "one too few": (
        "def forward(X, Y): pass",
        "raised TypeError: forward() got an unexpected keyword argument 'power'. Its `def` gives `forward(X, Y)`; "
        "the exercise calls `forward(X, Y, parameters, power=…)`.",
    ),
    "one too many": (
        "def forward(X, Y, parameters, m, *, power=2, **more): pass",
        "raised TypeError: forward() missing 1 required positional argument: 'm'. Its `def` gives "
        "`forward(X, Y, parameters, m, *, power=…, **more)`; the exercise calls `forward(X, Y, parameters, power=…)`.",
    ),
    "in its own call": (
        f"def line(W, A, b=0, *rest): pass\n{HEAD}    return line(b=X)",
        "raised TypeError in `return line(b=X)`: line() missing 2 required positional arguments: 'W' and 'A'. "
        "What is called there is `line(W, A, b=…, *rest)`.",
    ),
    "of a library": (
        f"def full(x): pass\n{HEAD}    return np.full(X)",
        "raised TypeError in `return np.full(X)`: full() missing 1 required positional argument: 'fill_value'. " + CASE,
    ),
}


@pytest.mark.parametrize("answer, words", CALLS.values(), ids=list(CALLS))
def test_a_call_that_does_not_fit_is_told_with_the_def(told, answer, words):
    assert told(answer) == words


def test_a_case_that_calls_through_a_helper_tells_only_names_that_are_sure(told):
    said = told("def step(w, dw, rate=0.1):\n    return w @ [dw]", exercise="step")
    assert said.endswith(". This case gives w of shape (4, 1) and dw of shape (4, 1).")
    said = told("def step(w): pass", exercise="step")
    assert said == "raised TypeError: step() takes 1 positional argument but 3 were given. Its `def` gives `step(w)`."


def test_an_argument_that_only_some_versions_take_is_told_where_it_is_taken(told):
    said = told("def kinds(sizes, mode, cache, scale, m): pass", exercise="kinds")
    assert said.endswith("; the exercise calls `kinds(sizes, mode, cache, scale=…)`.")


def test_what_is_no_array_is_told_too(told):
    said = told("def kinds(sizes, mode, cache):\n    return sizes + mode", exercise="kinds")
    assert said.endswith(". This case gives sizes = [4, 2], mode = 'sum' and cache with (2, 2), 'text'.")


def test_the_grader_says_the_same(errors, told):
    answers = {
        "forward": f"{HEAD}    A = squash(sums(X))\n    return A, 1.0",
        "step": "def step(w, rate):\n    return w",
        "kinds": "def kinds(sizes, mode, cache):\n    assert len(sizes) == 3\n",
    }

    data = lessons.answered(errors, answers, lambda opened: opened.cells.insert(2, new_code_cell(SUMS)))
    submission = lessons.read_submission(data, "errors.ipynb")
    graded = lessons.grade_notebook(submission, errors, lessons.PATIENT)
    items = {item.exercise: item for item in graded.items}
    assert {item.verdict for item in items.values()} == {Verdict.RAISED}
    for exercise, answer in answers.items():
        assert items[exercise].difference == told(SUMS, answer, exercise=exercise)
    assert "There `len(sizes)` is 2." in items["kinds"].difference
    assert "return np.ones((2, 2)) @ z" in items["forward"].difference
