"""Small edits of a wrong answer: what each would have answered, and which line is named for it."""

import ast
import itertools
import json
import linecache
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from learners import Notebook
from lessons import PATIENT, answered
from unexplained import lesson_and_record, unexplained

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer, asked_again
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge.decode import DecodeError, decode_value
from autograder.judge.neighbours import Statement, decode_edits
from autograder.judge.second_look import KINDS, Line, next_question, second_look
from autograder.notebooks import without_markers
from autograder.places import repository
from companion import neighbours, small_edits
from companion.harmless import harmless
from companion.neighbours import EDIT, Neighbours
from companion.small_edits import MISSING, REPLACED

STEPS, PLANAR = "course1-week4/deep_network_steps", "course1-week3/planar_classification"
LOGISTIC, NUMPY = "course1-week2/logistic_regression", "course1-week2/numpy_basics"


def defined(source: str, name: str = "f", **more):
    """A function of a cell whose lines are known."""
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    scope = {"np": np, **more}
    exec(compile(source, file, "exec"), scope)
    return scope[name]


def edited(source: str, kind: int, *arguments, **more) -> tuple[dict | None, Neighbours]:
    """What comes of the edits of a function."""
    edits = Neighbours(defined(source, **more), kind)
    assert edits.function is not None, source
    edits.scope.update(edits.twins)
    with np.errstate(all="ignore"):
        return edits.answers(lambda: edits.function(*arguments)), edits


def values(told: dict) -> list:
    return [decode_value(tree, [10**8]) for _, tree in told["answers"]]


# The edits.


def test_each_edit_is_one_place_of_the_text():
    """Beside all that the text of one line can become."""
    told, _ = edited("def f(a, b, m):\n    return a - b / m\n", REPLACED, 7.0, 3.0, 2.0)
    came = {round(float(x), 9) for x in values(told)}
    a, b, m = 7.0, 3.0, 2.0
    sums = {a + b / m, a * (b / m), a / (b / m), b / m - a, a, b / m}
    inner = {a - (b + m), a - (b - m), a - b * m, a - m / b, a - b, a - m}
    names = {x - b / m for x in (b, m)} | {a - x / m for x in (a, m)} | {a - b / x for x in (a, b)}
    assert came == {round(x, 9) for x in sums | inner | names}


def test_something_that_is_missing_is_found():
    for text, wanted in {
        "np.sum(x)": -2.5,
        "x.sum() * 1": 2.5 / 4,
        "np.array(x)": [[1.0, 0.5], [0.5, 0.5]],
        "x @ x": [[1.25], [0.5]],
    }.items():
        told, _ = edited(f"def f(x, m):\n    return {text}\n", MISSING, np.array([[1.0, 0.5], [0.5, 0.5]]), 4)
        wanted = np.array(wanted)
        assert any(x.shape == wanted.shape or np.allclose(x, wanted) for x in values(told) if x.size == wanted.size), (
            text
        )


@pytest.mark.parametrize("kind", [REPLACED, MISSING])
@pytest.mark.parametrize("lesson", [NUMPY, LOGISTIC, PLANAR, STEPS])
def test_with_no_edit_in_force_the_answer_is_what_it_was(lesson, kind):
    (place,) = repository().select(lesson)
    text = read_lesson(place)
    for exercise in text.tests:
        for source in ("", *text.styles.get(exercise, {}).values()):
            if "default_rng()" in source:
                continue  # it draws anew each time
            plain = answer(text, exercise, source or None, "public").raw[0]
            for report in asked_again(text, exercise, source or None, "public", ((), (0,), kind)):
                if "edits" in report:
                    assert report["edits"]["as_it_is"] == plain["output"], (exercise, source)


def test_the_edits_are_those_of_the_text_that_python_parses():
    """Each answer is also that of a text in which one place was changed by hand."""
    source = "def f(x, y):\n    z = x * 2\n    if z > y:\n        z -= y\n    return z + 1\n"
    told, _ = edited(source, REPLACED, 5, 3)
    by_hand = set()
    for old, new in [
        ("x * 2", "y * 2"),
        ("x * 2", "x + 2"),
        ("x * 2", "x * 3"),
        ("z > y", "z < y"),
        ("z > y", "x > y"),
        ("z -= y", "z += y"),
        ("z -= y", "pass"),
        ("z + 1", "z - 1"),
        ("z + 1", "z"),
        ("z + 1", "y + 1"),
    ]:
        by_hand.add(float(defined(source.replace(old, new))(5, 3)))
    assert by_hand <= {float(x) for x in values(told)}


def test_every_statement_has_its_own_lines():
    source = "def f(x):\n    y = (x +\n         1)\n    for i in range(2):\n        y = y * x\n    return y\n"
    told, _ = edited(source, REPLACED, 2.0)
    assert [one[:2] for one in told["statements"]] == [(2, 3), (4, 4), (5, 5), (6, 6)]


def test_what_is_printed_and_asserted_stays_out(capsys):
    source = "def f(x):\n    'text'\n    print(x)\n    assert x > 0\n    return x\n"
    told, _ = edited(source, REPLACED, 2.0)
    assert [one[2] for one in told["statements"]] == ["return x"] and capsys.readouterr().out == ""


def test_a_loop_that_an_edit_makes_endless_is_ended(monkeypatch):
    monkeypatch.setattr(neighbours, "SECONDS", 0.05)
    told, _ = edited("def f(n):\n    i = 0\n    while i < n:\n        i += 1\n    return i\n", REPLACED, 3)
    assert told is None


def test_answers_that_are_too_many_or_too_large_are_not_told(monkeypatch):
    monkeypatch.setattr(neighbours, "MOST_ANSWERS", 3)
    assert edited("def f(x, y):\n    return x * y - 2\n", REPLACED, 3.5, 2.5)[0] is None
    monkeypatch.setattr(neighbours, "MOST_ANSWERS", 10**6)
    monkeypatch.setattr(neighbours, "MOST_BYTES", 10**5)
    assert edited("def f(x, y):\n    return x * y - 2\n", REPLACED, np.ones(10**5), 2.5)[0] is None


def test_functions_of_the_same_cell_are_edited_too():
    source = "def g(x):\n    return x * 2\n\ndef f(x):\n    return g(x) + 1\n"
    told, edits = edited(source, REPLACED, 3.0)
    assert {place[0] for place in told["statements"]} == {2, 5} and {*edits.twins} >= {"g", EDIT}
    assert 10.0 in {float(x) for x in values(told) if x.size}  # g: x * 3


# What is never tried.

HARMFUL = {
    "open": "open('here.txt', 'w').write('x')", "numpy.save": "np.save('here.npy', x)", "a module": "os.remove('here')",
    "an import": "__import__('os').remove('here')", "eval": "eval('1')", "of the array": "x.tofile('here')",
    "in a comprehension": "[open(n) for n in 'ab']", "input": "input()",
}  # fmt: skip


@pytest.mark.parametrize("what", HARMFUL)
def test_what_may_write_or_start_something_is_never_run_with_edits(what, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    import os

    function = defined(f"def f(x):\n    {HARMFUL[what]}\n    return x * 2\n", os=os)
    assert not harmless(function) and Neighbours(function, REPLACED).function is None
    assert list(tmp_path.iterdir()) == []


def test_a_helper_that_writes_is_not_put_in_the_place_of_another():
    source = "def g(x):\n    return np.save('here', x)\n\ndef h(x):\n    return x\n\ndef f(x):\n    return h(x) * 2\n"
    told, _ = edited(source, REPLACED, 3.0)
    assert told is not None and not (set(__import__("os").listdir()) & {"here.npy"})


def test_what_only_computes_is_tried():
    for line in ("np.linalg.norm(x)", "sum(range(3))", "x.T", "np.random.randn(2)", "sorted([1])", "np.ValueError"):
        assert harmless(defined(f"def f(x):\n    return {line}\n")), line


# What is said.


@pytest.fixture(scope="module")
def told():
    """``told(lesson, exercise, source)``: the line that is named for an answer, whatever cause is known."""

    def tell(name: str, exercise: str, source: str) -> Line | None:
        lesson, record, item, raw = unexplained(name, exercise, source)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(neighbours, "SECONDS", 1000.0)  # a slow machine goes through all edits too
            return second_look(record, item, raw, partial(asked_again, lesson, exercise, source, record.seed))

    return tell


OWN_WAYS = {
    "a loop": (
        STEPS, "compute_cost",
        "import math\n\n\ndef compute_cost(AL, Y):\n    cost = 0.0\n    for i in range(Y.shape[1]):\n"
        "        p, y = AL[0, i], Y[0, i]\n        cost -= math.log(p ** y * (1 - p) ** (1 + y))\n"
        "    return cost / Y.shape[1]\n",
        "`cost -= math.log(p ** y * (1 - p) ** (1 + y))`: one small change there makes the answer right.",
    ),
    "a factor that is missing": (
        STEPS, "linear_backward",
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
        "    dW = np.einsum('ij,kj->ik', dZ, A) / m\n    db = np.einsum('ij->i', dZ)[:, None]\n"
        "    return np.einsum('ji,jk->ik', W, dZ), dW, db\n",
        "Look at line 5,",
    ),
    "two faults in two arrays": (
        STEPS, "linear_backward",
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
        "    dW = np.einsum('ij,kj->ik', dZ, A) * m\n    db = np.einsum('ij->i', dZ)[:, None] * m\n"
        "    return np.einsum('ji,jk->ik', W, dZ), dW, db\n",
        "It is 9 times one. Look at line 5, `db = np.einsum('ij->i', dZ)[:, None] * m`: one small change",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN_WAYS)
def test_of_an_answer_that_goes_ways_of_its_own_the_line_is_named_too(told, case):
    lesson, exercise, source, said = OWN_WAYS[case]
    line = told(lesson, exercise, source)
    assert line and said in line.sentence, line


def test_where_an_edit_in_either_of_two_lines_mends_it_no_edit_is_told(told):
    line = told(LOGISTIC, "sigmoid", "def sigmoid(z):\n    x = z - 1\n    return 1 / (1 + np.exp(-(x - 1)))\n")
    assert line is None or "small change" not in line.sentence


def test_the_line_of_a_mutant_is_named_where_the_answer_is_right_but_for_it(told):
    """Each right answer of an exercise, with a plus for a minus."""
    (place,) = repository().select(LOGISTIC)
    text = read_lesson(place)
    named = wrong = 0
    for source in text.styles["propagate"].values():
        lines = ast.unparse(ast.parse(source)).splitlines()
        for number, line in enumerate(lines, 1):
            if line.count(" - ") != 1:
                continue
            mutant = "\n".join([*lines[: number - 1], line.replace(" - ", " + "), *lines[number:]]) + "\n"
            if "'dZ'" in line:
                continue  # an entry more than is asked for
            found = told(LOGISTIC, "propagate", mutant)
            named += found is not None and any(a <= number <= b for a, b in found.places)
            wrong += found is not None and not any(a <= number <= b for a, b in found.places)
    assert named > 3 and wrong == 0, (named, wrong)


ODD = """
def row_means(X):
    out = []
    for row in X.tolist():
        out.append([sum(row) / (len(row) + 1)])
    return np.array(out)
"""


def test_the_notebook_says_it_and_nothing_is_left_behind(tiny_lesson, right, monkeypatch):
    notebook = Notebook(tiny_lesson, monkeypatch)
    notebook.run("import numpy as np")
    for source in {**right, "row_means": ODD}.values():
        notebook.typed(source)
    before = dict(notebook.names)
    assert "Look at line 5, `out.append([sum(row) / (len(row) + 1)])`: one small change" in notebook.verdict(
        "row_means"
    )
    assert notebook.names == before


def test_the_grader_says_it_too_and_points_are_the_same_without(tiny_lesson, right):
    submission = read_submission(answered(tiny_lesson, {**right, "row_means": ODD}), "tiny.ipynb")
    told, silent = (grade_notebook(submission, tiny_lesson, PATIENT, trace=trace).items for trace in (True, False))
    assert "Look at line 5, `out.append" in told[0].difference and "Look at" not in silent[0].difference
    assert [replace(one, difference="") for one in told] == [replace(one, difference="") for one in silent]


# What came is not believed.


def whole() -> dict:
    told, _ = edited("def f(x, y):\n    return x - y\n", REPLACED, np.arange(3.0), 2.0)
    return json.loads(json.dumps(told))


def test_what_are_no_edits_is_refused():
    decode_edits(whole())
    for change in (
        {"statements": None}, {"statements": [[1, 2]]}, {"statements": [[1, 2, "x"]] * 5000}, {"edits": [[9, False]]},
        {"edits": [[-1, False]]}, {"edits": [1]}, {"edits": [[0, False]] * 10000}, {"answers": 3}, {"answers": [[0]]},
        {"answers": [[[0], {"array": ["<f8", [3], "AA"]}]]}, {"answers": [[["x"], {"none": True}]]},
        {"answers": [[[0], {"none": True}]] * 3000}, {"answers": [[[0], {"array": ["<f8", [2**22], "A" * 2**25]}]]},
        {"statements": [[float("nan"), 2, "x"]]}, {"statements": [[1e400, 2, "x"]]},
    ):  # fmt: skip
        with pytest.raises(DecodeError):
            decode_edits(whole() | change)
    for data in (None, 3, [], {}, "x", {"statements": [], "edits": [], "answers": None}):
        with pytest.raises(DecodeError):
            decode_edits(data)


def test_odd_edits_are_bounded():
    found = decode_edits(whole() | {"statements": [[-5, 10**9, "\ud800" * 1000]]})
    assert found.statements == [Statement(0, 10**6, "?" * 200)]
    assert decode_edits(whole() | {"answers": [[[5000, -1, 0], {"none": True}]]}).answers == [([0], None)]


@pytest.mark.parametrize("told", [
    [[{"index": 0, "edits": 3}], []], [[{"edits": {}}]], [[3, None]], [[{"index": 99, "edits": {"as_it_is": None}}]],
    [[{"index": 0, "trace": None, "edits": None}], [{"index": [], "edits": []}]], [["x"], [{"index": "0"}]],
])  # fmt: skip
def test_no_report_brings_the_judge_down(told):
    source = without_markers(lesson_and_record(NUMPY)[0].solutions["softmax"]).replace("axis=1", "axis=0")
    _, record, item, raw = unexplained(NUMPY, "softmax", source)
    rounds = itertools.chain(told)
    assert second_look(record, item, raw, lambda question: next(rounds, [])) is None


def test_questions_come_to_an_end():
    _, record, item, raw = unexplained(NUMPY, "softmax", "def softmax(x):\n    return np.sin(x) + 5\n")
    told: list = []
    while next_question(record, item, raw, told):
        told.append([{"index": 0}])
    assert len(told) == KINDS
    assert next_question(record, item, raw, [[]]) is None  # nothing came: the kernel is gone


def test_kinds_are_those_of_the_companion():
    assert [*range(KINDS)] == [small_edits.REPLACED, small_edits.MISSING]
