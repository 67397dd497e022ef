"""Where an answer errs that nothing else explains: the first value on the way that no right computation has."""

import json
import linecache
import random
import time
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from grading import WEEK, copy_of, hand_in
from learners import Notebook
from lessons import PATIENT, answered
from unexplained import unexplained

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.named_lines import edited_lines
from autograder.authoring.run_author_code import answer, values_on_the_way
from autograder.cli import group
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge import judge_reports, load_record
from autograder.judge.decode import DecodeError
from autograder.judge.first_wrong import Traced, first_wrong, last_wrong
from autograder.judge.on_the_way import sentence, traced_cases
from autograder.judge.right_computations import Right, pack_right, unpack_right
from autograder.judge.second_look import next_question
from autograder.judge.trace import MOST_EVENTS, MOST_NODES, THINNED, WHOLE, array_leaves, decode_trace
from autograder.judge.trace_values import Array, Known, Likeness, pool_of, rows_of
from autograder.notebooks import without_markers
from autograder.places import repository
from companion import practice
from companion import trace as companion_trace

STEPS, PLANAR = "course1-week4/deep_network_steps", "course1-week3/planar_classification"
LOGISTIC, NUMPY = "course1-week2/logistic_regression", "course1-week2/numpy_basics"


@pytest.fixture(scope="module")
def told():
    """``told(lesson, exercise, source)``: what the trace says of an answer, whatever cause is known; "" for nothing."""

    def tell(name: str, exercise: str, source: str) -> str:
        lesson, record, item, raw = unexplained(name, exercise, source)
        question = next_question(record, item, raw, [])
        assert question
        traces = values_on_the_way(lesson, exercise, source, record.seed, question[0])
        found = first_wrong(traced_cases(record, item, raw, traces))
        return sentence(found) if found else ""

    return tell


def solution(name: str, exercise: str, *edits: tuple[str, str]) -> str:
    """The lesson's own answer with some changes."""
    (place,) = repository().select(name)
    source = without_markers(read_lesson(place).solutions[exercise])
    for old, new in edits:
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


WRONG = {
    "an activation of another function": (
        PLANAR, "forward_propagation", [("np.tanh(Z1)", "np.sin(Z1)")], "`np.sin(Z1)`: up to here every value"),
    "an operand of the wrong layer": (
        PLANAR, "backward_propagation", [("db2 = np.sum(dZ2", "db2 = np.sum(dW2")],
        "`np.sum(dW2, axis=1, keepdims=True)"),
    "a size that is written out": (
        PLANAR, "nn_model", [("initialize_parameters(n_x, n_h, n_y)", "initialize_parameters(n_x, 4, n_y)")],
        "`initialize_parameters(n_x, 4, n_y)`: up to here"),
    "a factor too much": (
        STEPS, "linear_backward", [("dZ @ A_prev.T / m", "3 * dZ @ A_prev.T / m")], "It is 3 times one."),
    "a sign": (LOGISTIC, "propagate", [("(A - Y).T", "(Y - A).T")], "`Y - A`"),
    "a number of the wrong axis": (
        STEPS, "linear_backward", [("m = A_prev.shape[1]", "m = A_prev.shape[0]")],
        "`A_prev.shape[0]`: the number is another one than in right computations."),
    "given back a step too early": (
        STEPS, "linear_forward", [("Z = W @ A + b", "Z = W @ A")],
        "`W @ A`: right computations come to this value on the way, but it is not yet the result."),
    "the right values in another order": (
        STEPS, "linear_backward", [("return dA_prev, dW, db", "return dA_prev, db, dW")],
        "the values are right, but not in this order."),
    "in a loop, from the second turn on": (
        STEPS, "L_model_backward", [("dA, dW, db = linear_activation_backward(dA, caches[l - 1], \"relu\")",
        "dA, dW, db = linear_activation_backward(dA * (l < L - 1) + dA ** 2 * (l == L - 1), caches[l - 1], \"relu\")")],
        "`dA ** 2`"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_the_expression_is_named(told, case):
    lesson, exercise, edits, said = WRONG[case]
    assert said in told(lesson, exercise, solution(lesson, exercise, *edits)), case


def test_the_line_is_that_of_the_cell(told):
    source = solution(STEPS, "linear_forward", ("Z = W @ A + b", "Z = W @ A - b"))
    (line,) = [number for number, text in enumerate(source.splitlines(), 1) if "Z = W @ A - b" in text]
    assert told(STEPS, "linear_forward", source).startswith(f"Look at line {line}, `W @ A - b`:")


def test_a_condition_above_may_be_at_fault_too_and_is_named_beside(told):
    source = solution(STEPS, "linear_activation_backward", ('activation == "sigmoid"', 'activation != "sigmoid"'))
    (line,) = [number for number, text in enumerate(source.splitlines(), 1) if "activation !=" in text]
    assert f"Or else the condition in line {line} is at fault." in told(STEPS, "linear_activation_backward", source)


def test_of_an_answer_that_goes_ways_of_its_own_nothing_is_said(told):
    """Its values are no right computation's, though the fault is in the last line only."""
    source = (
        "def compute_cost(AL, Y):\n    cost = 0.0\n    for i in range(Y.shape[1]):\n        p, y = AL[0, i], Y[0, i]\n"
        "        cost -= math.log(p ** y * (1 - p) ** (1 - y) + 0.01)\n    return cost / Y.shape[1]\n"
    )
    assert told(STEPS, "compute_cost", "import math\n" + source) == ""


def test_where_a_cause_is_known_nothing_else_is_asked():
    for name in (STEPS, NUMPY):
        (place,) = repository().select(name)
        lesson, record = read_lesson(place), load_record(place)
        for mistake in lesson.mistakes:
            raw = answer(lesson, mistake.exercise, mistake.source, record.seed).raw
            item = judge_reports(record, mistake.exercise, raw)
            if item.causes:
                assert next_question(record, item, raw, []) is None, mistake.name


def test_a_right_answer_is_not_asked():
    (place,) = repository().select(NUMPY)
    lesson, record = read_lesson(place), load_record(place)
    for exercise in lesson.tests:
        raw = answer(lesson, exercise, None, record.seed).raw
        assert next_question(record, judge_reports(record, exercise, raw), raw, []) is None


# In the grader.

UNKNOWN = "def row_means(X):\n    total = np.sum(np.abs(X), axis=1, keepdims=True)\n    return total / X.shape[1]\n"
"""A mistake that the tiny lesson does not record."""
NAMED = "Look at line 2, `np.abs(X)`: up to here every value is one that a right computation has; this one is not."


def verdicts(place, answers: dict[str, str], trace: bool = True):
    submission = read_submission(answered(place, answers), f"{place.stem}.ipynb")
    return grade_notebook(submission, place, PATIENT, trace=trace).items


def test_the_grader_names_the_line_and_points_are_the_same_without(tiny_lesson, right):
    with_line, without = (verdicts(tiny_lesson, {**right, "row_means": UNKNOWN}, trace) for trace in (True, False))
    assert NAMED in with_line[0].difference and "Look at" not in without[0].difference
    assert with_line[0].difference.startswith(without[0].difference)
    for a, b in zip(with_line, without, strict=True):
        assert replace(a, difference="") == replace(b, difference="")


def second_run(what: str) -> str:
    """An answer that does something else when it is run more often than its cases ask for."""
    text = UNKNOWN.replace("    total", f"    runs.append(1)\n    if len(runs) > CASES:\n        {what}\n    total")
    return f"runs, CASES = [], 5\n{text}"


HOSTILE = {
    "an error": "raise SystemExit",
    "a loop without end": "while True: pass",
    "the end of the process": "import os; os._exit(1)",
    "another value": "return np.zeros((X.shape[0], 1))",
    "right after all": "return np.mean(X, axis=1, keepdims=True)",
    "a lot of text": "print('x' * 10**7)",
    "no companion": "import sys; sys.modules['companion.cases'].asked = 'x'; del sys.modules['companion.cases']",
    "points": "sys = __import__('sys'); sys.modules['companion.cases'].MIME = 'x'",
    "a name of ours": "global __autograder_see__; __autograder_see__ = None",
    "all events": "for i in range(10**5): i + 0.5",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_an_answer_does_when_it_is_asked_once_more_changes_no_verdict(tiny_lesson, right, what):
    hostile = {**right, "row_means": second_run(HOSTILE[what])}
    limits = replace(PATIENT, follow_up_seconds=2.0)
    submission = read_submission(answered(tiny_lesson, hostile), "tiny.ipynb")
    mine, other = grade_notebook(submission, tiny_lesson, limits).items
    assert other.passed and (mine.points, str(mine.verdict)) == (0.0, "wrong value")
    assert mine.difference.startswith("the result") and "hunter" not in mine.difference


def test_a_trace_that_computes_another_answer_is_not_believed(tiny_lesson, right):
    hostile = {**right, "row_means": second_run("return np.zeros((X.shape[0], 1))")}
    assert "Look at" not in verdicts(tiny_lesson, hostile)[0].difference


def test_a_class_is_told_and_with_no_trace_it_is_not(tiny, submission, right, tmp_path, monkeypatch):
    repo = copy_of(tiny, tmp_path / "course")
    hand_in(repo, "ada", submission({**right, "row_means": UNKNOWN}))
    monkeypatch.setenv("COMPANION_ROOT", str(repo.root))
    for options, told in ([], True), (["--no-trace"], False):
        words = ["grade", WEEK, "--workers", "1", "--no-feedback", "--json", *options]
        (result,) = json.loads(CliRunner().invoke(group, words).stdout)
        assert (NAMED in result["items"][0]["message"]) is told
        assert [item["points"] for item in result["items"]] == [0, 2]


def test_the_notebook_says_it_too(tiny_lesson, right, monkeypatch):
    notebook = Notebook(tiny_lesson, monkeypatch)
    notebook.run("import numpy as np")
    for source in {**right, "row_means": UNKNOWN}.values():
        notebook.typed(source)
    before = dict(notebook.names)
    assert NAMED in notebook.verdict("row_means")
    assert notebook.names == before  # nothing of ours is left behind
    notebook.typed(UNKNOWN.replace("    total", "    # one more line\n    total"))
    assert NAMED.replace("line 2", "line 3") in notebook.verdict("row_means")
    notebook.typed(right["row_means"])
    assert "Look at line" not in notebook.verdict("row_means")


def test_a_slow_function_is_not_asked_twice_in_the_notebook(tiny_lesson, right, monkeypatch):
    monkeypatch.setattr(practice, "QUICK", 0.0)
    notebook = Notebook(tiny_lesson, monkeypatch)
    notebook.run("import numpy as np")
    for source in {**right, "row_means": UNKNOWN}.values():
        notebook.typed(source)
    assert "Look at line" not in notebook.verdict("row_means")


def test_an_author_sees_which_line_is_named_for_each_mistake_and_mutant(tiny, monkeypatch):
    monkeypatch.setenv("COMPANION_ROOT", str(tiny.root))
    done = CliRunner().invoke(group, ["mistakes", f"{WEEK}/tiny", "--lines", "--json"])
    rows = {(row["kind"], row["name"]): row for row in json.loads(done.stdout)}
    wrong_axis = rows["mistake", "wrong_axis"]
    assert wrong_axis["edited"] is True and "Look at line 3, `np.sum(X, axis=0" in wrong_axis["named"]
    assert "named" not in rows["solution", "as written"]
    told = CliRunner().invoke(group, ["mistakes", f"{WEEK}/tiny", "--lines"]).stdout
    assert "with wrong values a line is named for" in told


def test_the_lines_that_were_edited():
    before = "a\nb\nc\nd"
    for after, lines in {"a\nB\nc\nd": {2}, "a\nc\nd": {2}, "a\nb\nx\ny\nc\nd": {3, 4}, before: set()}.items():
        assert edited_lines(before, after) == lines


# What came is not believed.


def traced(lesson: str, exercise: str) -> dict:
    (place,) = repository().select(lesson)
    (report,) = values_on_the_way(read_lesson(place), exercise, None, "public", (0,))
    return json.loads(json.dumps(report["trace"]))


def test_the_lines_of_an_authors_answer_are_forgotten_again():
    before = set(linecache.cache)
    assert traced(NUMPY, "softmax")["nodes"]
    assert not {name for name in set(linecache.cache) - before if name.startswith("<")}


def test_what_is_no_trace_is_refused():
    whole = traced(NUMPY, "softmax")
    decode_trace(whole)
    for change in (
        {"nodes": None}, {"nodes": whole["nodes"] * 1000}, {"events": [[0, [10**6], False]]},
        {"events": [[0, [], False]]}, {"events": [[-1, [0], False]]}, {"events": [["0", [0], False]]},
        {"events": [[0, [0]]]}, {"events": 3}, {"events": [[0, [True], False]] * (MOST_EVENTS + 1)},
        {"values": [[[2], {"array": ["<f8", [3], "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]}]] * 10**4},
        {"values": [[[-1], whole["values"][0][1]]]}, {"values": [[["2"], whole["values"][0][1]]]}, {"values": [[]]},
        {"values": [[[2], {"text": "x"}]]}, {"nodes": [{**whole["nodes"][0], "line": "x"}]},
        {"nodes": [{"line": 1}]}, {"nodes": [[]] * (MOST_NODES + 1)},
    ):  # fmt: skip
        with pytest.raises(DecodeError):
            decode_trace({**whole, **change})
    for other in (None, [], 3, "x", {}):
        with pytest.raises(DecodeError):
            decode_trace(other)


def test_an_expression_is_made_of_earlier_ones_only():
    whole = traced(NUMPY, "softmax")
    for node in whole["nodes"]:
        node["operands"] = list(range(len(whole["nodes"])))
    for number, node in enumerate(decode_trace(whole).nodes):
        assert all(operand < number for operand in node.operands)


def test_no_trace_of_the_agreed_form_brings_the_judge_down():
    """Whatever expressions, names and values are said to hang together."""
    draws = random.Random(0)
    whole = traced(STEPS, "linear_backward")
    (place,) = repository().select(STEPS)
    (item,) = [item for item in load_record(place).items.values() if item.exercise == "linear_backward"]
    ops = [*{node["op"] for node in whole["nodes"]}, "name x", "turn i", "binary Add", "several", "call f"]
    said = 0
    for _ in range(150):
        nodes = [dict(node) for node in whole["nodes"]]
        for number, node in enumerate(nodes):
            node["op"] = draws.choice(ops)
            node["operands"] = [draws.randrange(number + 1) for _ in range(draws.randrange(4))]
            node["binds"] = draws.sample(["x", "m", "return", "dW"], draws.randrange(3))
            node["part"], node["adds_to"] = draws.random() < 0.3, draws.choice(["", "x"])
        events = [
            [draws.randrange(len(nodes)), [draws.randrange(len(whole["values"])) for _ in range(draws.randint(1, 3))],
             draws.random() < 0.2] for _ in range(200)
        ]  # fmt: skip
        trace = decode_trace({"nodes": nodes, "events": events, "values": whole["values"]})
        came = draws.choice([item.cases[0].output, item.cases[1].output, None, np.ones(3)])
        cases = [Traced(trace, item.right[0], item.cases[0].output, came, draws.random() < 0.2) for _ in range(2)]
        said += first_wrong(cases) is not None
        last_wrong(cases)
    assert said < 150


def test_the_longest_trace_takes_the_judge_no_more_than_it_may():
    """By processor time, which a busy machine does not stretch, and generously."""
    whole = traced(STEPS, "linear_backward")
    node = {**whole["nodes"][0], "op": "binary Mult", "binds": ["x"], "part": True}
    nodes = [{**node, "operands": list(range(max(0, i - 50), i))} for i in range(MOST_NODES)]
    values = [[[1], {"array": ["<f8", [1], "AAAAAAAA8D8="]}] for _ in range(MOST_EVENTS)]
    events = [[i % MOST_NODES, [i], False] for i in range(MOST_EVENTS)]
    (place,) = repository().select(STEPS)
    (item,) = [item for item in load_record(place).items.values() if item.exercise == "linear_backward"]
    start = time.process_time()
    trace = decode_trace({"nodes": nodes, "events": events, "values": values})
    case = Traced(trace, item.right[0], item.cases[0].output, item.cases[1].output)
    first_wrong([case])
    last_wrong([case])
    assert time.process_time() - start < 60


def test_expressions_that_are_made_of_each_other_in_many_ways_are_gone_through_once():
    """A forged trace, in which as many ways lead back from what is returned as no grader has time for."""
    whole = traced(STEPS, "linear_backward")
    node = {**whole["nodes"][0], "op": "binary Mult", "binds": ["return"], "part": False}
    nodes = [
        {**node, "line": i + 1, "last": i + 1, "operands": list(range(max(0, i - 2), i))} for i in range(MOST_NODES)
    ]
    values = [[[1], {"array": ["<f8", [1], "AAAAAAAA8D8="]}]]
    trace = decode_trace({"nodes": nodes, "events": [[i, [0], False] for i in range(MOST_NODES)], "values": values})
    (place,) = repository().select(STEPS)
    (item,) = [item for item in load_record(place).items.values() if item.exercise == "linear_backward"]
    start = time.process_time()
    last_wrong([Traced(trace, item.right[0], item.cases[0].output, item.cases[1].output)])
    assert time.process_time() - start < 60


# Values and what they are like.


def known(*arrays) -> Known:
    values = [Array(np.shape(array), np.ravel(array)) for array in arrays]
    return Known(rows_of(values), pool_of(values), 1e-7)


@pytest.mark.parametrize("shape", [(), (1,), (5,), (3, 4), (1, 6), (2, 3, 4), (2, 1, 3, 2, 2)])
def test_what_an_array_is_like(shape):
    rng = np.random.default_rng(len(shape))
    x, other = rng.standard_normal(shape), rng.standard_normal(shape)
    right = known(x, rng.standard_normal((7, 7)))

    def like(array):
        return right.match(Array(np.shape(array), np.ravel(array))).like

    assert like(x) is Likeness.SAME and like(x * (1 + 1e-12)) is Likeness.SAME
    assert like(other) is Likeness.OTHER and like(x * 1.001) is not Likeness.SAME
    if np.size(x) >= 3:
        assert like(3 * x) is like(-x / 7) is Likeness.SCALED
        found = right.match(Array(np.shape(x), np.ravel(-2.5 * x)))
        assert found.factor == pytest.approx(-2.5)
        assert like(np.roll(x, 1)) is Likeness.PARTS
        assert like(np.ravel(x)[1:]) is Likeness.PARTS
    if np.ndim(x) == 2:
        assert like(x.T) is (Likeness.SAME if 1 in shape and x.T.shape == x.shape else Likeness.PARTS)
        same = right.match(Array(x.T.shape, x.T.ravel())).kind
        assert same == right.match(Array(x.shape, x.ravel())).kind >= 0


def test_values_that_tell_nothing_are_never_wrong():
    right = known(np.arange(4.0))
    for array in (np.zeros((3, 3)), np.ones(5), np.array(7), np.array([True, False]), np.arange(3), np.array(2.0)):
        assert right.match(Array(array.shape, array.ravel())).like is Likeness.SAME


def test_odd_numbers_and_shapes_are_compared_too():
    odd = np.array([np.nan, 1.5, np.inf, -np.inf])
    assert known(odd).match(Array(odd.shape, odd)).like is Likeness.SAME
    for array in (np.zeros((0, 3)), np.ones((1,) * 9) / 3, np.array([1 + 2j, 3.5]), np.full(3, 1e308)):
        known(odd, array).match(Array(array.shape, array.ravel()))


def test_right_computations_come_back_as_they_were_packed():
    (place,) = repository().select(STEPS)
    lesson, record = read_lesson(place), load_record(place)
    (item,) = [item for item in record.items.values() if item.exercise == "linear_backward"]
    traces = [decode_trace(one["trace"]) for one in values_on_the_way(lesson, item.exercise, None, record.seed, (0,))]
    arrays = [array for _, array in array_leaves([item.cases[0].inputs, item.cases[0].output])]
    (right,) = unpack_right(pack_right({0: (traces, arrays)})).values()
    assert isinstance(right, Right) and right.names == {"m": item.cases[0].inputs["0"].shape[1]}
    assert any(operation == "dot" for operation, _ in right.used) and max(right.roles) > ("dW",)
    assert all(right.known.match(array).like is Likeness.SAME for array in arrays)


def test_every_light_exercise_has_right_computations_and_records_stay_small():
    without, size = [], 0
    for place in repository().lessons():
        for item in load_record(place).items.values():
            size += len(item.packed_right or b"")
            if not item.right:
                without.append(f"{place.stem}: {item.exercise}")
    assert size < 4 * 2**20
    assert without == [
        "tensorflow_tutorial: initialize_parameters",  # arrays for whole pictures
        "convolution_application: happyModel", "convolution_application: convolutional_model",
        "case_studies: inception_module", "residual_networks: identity_block",
        "residual_networks: convolutional_block", "residual_networks: ResNet50",
    ]  # fmt: skip


def test_both_ends_thin_out_arrays_alike():
    assert (WHOLE, THINNED) == (companion_trace.WHOLE, companion_trace.THINNED)
    array = np.arange(3 * WHOLE, dtype=float).reshape(3, -1)
    ((_, mine),) = array_leaves(array)
    assert np.array_equal(mine.entries, companion_trace._thinned(array)) and mine.shape == array.shape
