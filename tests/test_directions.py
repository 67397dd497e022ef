"""What a wrong answer without a known cause is told of its numbers: what holds in every case, and nothing else."""

import numpy as np
import pytest
from learners import Notebook
from lessons import PATIENT

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge import judge_reports, load_record
from autograder.judge.compare import Tolerance, difference
from autograder.judge.decode import Other, Report
from autograder.judge.directions import with_direction
from autograder.judge.records import Record, RecordedItem
from autograder.places import repository

NO_RECORD = Record("course9-week1/none", "", {}, "")


def direction(cases, returns="dW1", **tolerance) -> str:
    """What is said of an answer after its first difference.

    Args:
        cases: for each the inputs by name, what is expected and what came.
    """
    t = Tolerance(**tolerance)
    recorded = tuple(Report(i, inputs, wanted, None) for i, (inputs, wanted, _) in enumerate(cases))
    item = RecordedItem("f-test", "f", 1.0, t, returns, None, (), (), recorded)
    reports = [Report(i, inputs, came, None) for i, (inputs, _, came) in enumerate(cases)]
    found = [difference(wanted, came, t, returns) for _, wanted, came in cases]
    first = next(x.sentence for x in found if x)
    said = with_direction(NO_RECORD, item, reports, found)
    assert said.startswith(first)
    return said.removeprefix(first).strip()


def drawn(rng, ndim=2, low=3):
    return rng.standard_normal(rng.permutation([low, low + 1, low + 2, low + 3])[:ndim])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def set_to(a, place, value):
    b = a.copy()
    b[place] = value
    return b


MADE = {
    "the transpose of the expected one": np.transpose,
    "the expected one with the other sign": np.negative,
    "twice the expected one": lambda a: 2 * a,
    "half the expected one": lambda a: a / 2,
    "the expected one divided by 7": lambda a: a / 7,
    "0.37 times the expected one": lambda a: 0.37 * a,
    "-3 times the expected one": lambda a: -3 * a,
    "0.5 too large in every entry": lambda a: a + 0.5,
    "0.001 too small in every entry": lambda a: a - 0.001,
    "right but for an axis of length 1 too many": lambda a: a[:, None],
    "right but for its shape: the same numbers in the same order": np.ravel,
    "laid along the rows where they belong along the columns": lambda a: a.T.reshape(a.shape),
    "the sum of the expected one along axis 1": lambda a: a.sum(axis=1),
    "the mean of the expected one along axis 0": lambda a: a.mean(axis=0, keepdims=True),
    "the sum of the expected one": np.sum,
    "the absolute value of the expected one": np.abs,
    "the square of the expected one": np.square,
    "1 minus the expected one": lambda a: 1 - a,
    "the sigmoid of the expected one": sigmoid,
    "the expected one with 0 for its negative entries": lambda a: np.maximum(a, 0),
    "right up to the sign": lambda a: a * (-1.0) ** np.indices(a.shape).sum(axis=0),
    "its rows in reverse order": lambda a: a[::-1],
    "its columns in reverse order": lambda a: a[:, ::-1],
    "shifted by one: each column stands one place too late": lambda a: np.roll(a, 1, axis=1),
    "shifted by one: each row stands one place too early": lambda a: np.vstack([a[1:], 0 * a[:1]]),
    "the expected one without its last column": lambda a: a[:, :-1],
    "right but for one row too many at the beginning": lambda a: np.vstack([a[:1] + 1, a]),
    "its rows in another order": lambda a: a[[1, 0, *range(2, len(a))]],
    "its numbers in another order": lambda a: np.sort(a.ravel()).reshape(a.shape),
    "each column times a number of its own": lambda a: a * np.arange(2, 2 + a.shape[1]),
    "with a number of its own added to each row": lambda a: a + np.arange(1, 1 + len(a))[:, None] ** 2,
    "right only in its first column": lambda a: np.hstack([a[:, :1], a[:, 1:] ** 2 + 1]),
    "wrong only in its last row": lambda a: np.vstack([a[:-1], a[-1:] ** 2 + 1]),
    "one and the same number in all its entries": lambda a: np.full_like(a, a[0, 0]),
    "the same in every column": lambda a: np.repeat(a[:, :1], a.shape[1], axis=1) + 1,
    "wrong exactly where a negative number is expected": lambda a: np.where(a < 0, a**2 + np.cos(a), a),
    "right wherever a finite number came": lambda a: set_to(a, (0, 0), np.nan),
}


@pytest.mark.parametrize("words", MADE)
def test_what_holds_in_every_case_is_said_with_the_name_of_the_array(words):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        cases = [({}, a, np.asarray(MADE[words](a))) for a in (drawn(rng), drawn(rng), drawn(rng))]
        said = direction(cases)
        assert said.startswith("dW1 is ") and said.endswith(f"{words}, in every case.")
        one_right = [({}, cases[0][1], cases[0][1]), *cases[1:]]
        assert direction(one_right).endswith(f"{words}, in every case that is wrong.")
        assert direction(cases[:1]).endswith(f"{words}.")
        # Where one case is wrong otherwise, it does not hold.
        other = rng.standard_normal((4, 3))
        assert words not in direction([*cases, ({}, other, other + rng.standard_normal(other.shape))])


@pytest.mark.parametrize(
    "wanted, came, words",
    [
        ((4, 1), (4,), "right but for an axis of length 1 that is missing"),
        ((1, 4), (4, 1), "the transpose of the expected one"),
        ((4,), (1, 4), "right but for an axis of length 1 too many"),
        ((2, 3, 4), (2, 12), "right but for its shape: the same numbers in the same order"),
    ],
)
def test_an_axis_that_is_kept_or_lost_and_numbers_in_another_shape(wanted, came, words):
    a = np.random.default_rng(3).standard_normal(wanted)
    assert direction([({}, a, a.reshape(came))]) == f"dW1 is {words}."
    assert direction([({}, a, np.random.default_rng(4).standard_normal(came))]) == ""


def test_the_axes_of_a_picture_in_another_order():
    a = np.random.default_rng(5).standard_normal((2, 3, 4, 5))
    assert direction([({}, a, a.transpose(0, 3, 1, 2))]) == (
        "dW1 is the expected one with its axes in the order (0, 3, 1, 2)."
    )


@pytest.mark.parametrize(
    "step, words",
    [
        (sigmoid, "its sigmoid"),
        (np.tanh, "its hyperbolic tangent"),
        (np.abs, "its absolute value"),
        (lambda z: np.maximum(z, 0), "what remains with 0 for its negative entries"),
        (lambda z: np.exp(z) / np.exp(z).sum(axis=0), "its softmax over each column"),
        (lambda z: z.sum(axis=1, keepdims=True), "its sum along axis 1"),
        (lambda z: z.mean(), "its mean"),
    ],
)
def test_a_last_step_that_was_left_out(step, words):
    rng = np.random.default_rng(6)
    cases = [({}, np.asarray(step(z)), z) for z in (drawn(rng), drawn(rng), drawn(rng))]
    assert direction(cases, "AL") == f"AL is a step short: {words} is the expected one, in every case."


def with_sizes(sizes, change, **numbers):
    """Cases whose input X has m columns, each with a right answer and one that is changed."""
    rng = np.random.default_rng(len(sizes))
    for i, m in enumerate(sizes):
        inputs = {"X": rng.standard_normal((4, m)), "Y": rng.standard_normal((1, m)), "W": {"W1": np.eye(3)}}
        inputs |= {name: np.asarray(values[i]) for name, values in numbers.items()}
        a = rng.standard_normal((3, 2))
        yield inputs, a, change(a, m, {name: values[i] for name, values in numbers.items()})


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda a, m, _: a * m, "the expected one times X.shape[1], the number of columns of X"),
        (lambda a, m, _: a / m, "the expected one divided by X.shape[1], the number of columns of X"),
        (lambda a, m, _: -a / m, "the expected one divided by -X.shape[1], the number of columns of X"),
        (lambda a, m, _: a / m**2, "the expected one divided by the square of X.shape[1]"),
        (lambda a, m, _: a * m / (m - 1), "the expected one times X.shape[1] / (X.shape[1] - 1)"),
        (lambda a, m, _: a * 3, "3 times the expected one"),
        (lambda a, _, n: a * n["lambd"], "the expected one times lambd"),
        (lambda a, _, n: a * (1 - n["lambd"]), "the expected one times (1 - lambd)"),
        (lambda a, _, n: a + n["lambd"], "too large by lambd in every entry"),
    ],
)
def test_a_number_is_named_after_the_input_that_it_is_in_every_case(change, words):
    cases = list(with_sizes((5, 3, 8), change, lambd=(0.7, 0.1, 0.25)))
    assert direction(cases) == f"dW1 is {words}, in every case."


def test_a_number_is_not_named_where_it_could_be_chance_or_another_input():
    def times_m(a, m, _):
        return a * m

    assert direction(list(with_sizes((5, 5, 5), times_m))) == "dW1 is 5 times the expected one, in every case."
    square = [({"X": np.ones((a[0]["X"].shape[1],) * 2)}, *a[1:]) for a in with_sizes((5, 3), times_m)]
    assert direction(square) == "dW1 is the expected one times a number, 5 here and others in other cases."
    nowhere = [({}, a, came) for _, a, came in with_sizes((5, 3), times_m)]
    assert direction(nowhere) == "dW1 is the expected one times a number, 5 here and others in other cases."
    # In the third case it is another number.
    assert "X" not in direction([*with_sizes((5, 3), times_m), *with_sizes((8,), lambda a, m, _: a * 2)])
    # One right answer beside a number that would have changed it.
    assert direction([*with_sizes((5, 3), times_m), *with_sizes((8,), lambda a, m, _: a)]).endswith(
        "in every case that is wrong."
    )


def test_numbers_alone_are_told_from_two_cases_on():
    costs = [0.69, 0.52, 0.11]
    twice = [({}, np.array(c), np.array(2 * c)) for c in costs]
    assert direction(twice, "cost") == "cost is twice the expected one, in every case."
    assert direction([({}, np.array(c), np.array(c - 0.05)) for c in costs], "cost") == (
        "cost is 0.05 too small, in every case."
    )
    assert direction(twice[:1], "cost") == direction([twice[0], *twice[:1]], "cost") == ""
    sizes = [({"X": np.ones((2, m))}, np.array(c), np.array(c * m)) for c, m in zip(costs, (4, 7, 9), strict=True)]
    assert direction(sizes, "cost") == (
        "cost is the expected one times X.shape[1], the number of columns of X, in every case."
    )


def test_an_array_of_the_inputs_that_is_missing_or_came_back():
    rng = np.random.default_rng(8)
    cases = []
    for m, alpha in ((4, 0.1), (6, 0.3), (3, 0.25)):
        A, W, b, a = (rng.standard_normal((3, n)) for n in (m, m, 1, m))
        cases.append(({"A": A, "p": {"W": W, "b": b}, "alpha": np.array(alpha)}, a))
    for change, words in (
        (lambda i, a: a - i["p"]["b"], 'the expected one minus p["b"]'),
        (lambda i, a: a + 2 * i["A"], "the expected one plus 2 times A"),
        (lambda i, a: a + i["p"]["W"] * i["alpha"], 'the expected one plus p["W"] times alpha'),
        (lambda i, a: a - i["A"] * a.shape[1] ** 1.5, "the expected one minus a multiple of A (here 8 times it)"),
        (lambda i, a: i["A"], "A as it was handed in"),
    ):
        assert direction([(i, a, change(i, a)) for i, a in cases], "Z") == f"Z is {words}, in every case."


def layers(rng, count):
    return {f"{kind}{i}": rng.standard_normal((4, n)) for i in range(1, count + 1) for kind, n in (("W", 3), ("b", 1))}


def changed(answer, names, change):
    return {name: change(a) if name in names else a for name, a in answer.items()}


def test_several_arrays_of_one_kind_are_told_together_and_what_is_right_too():
    rng = np.random.default_rng(9)
    answers = [layers(rng, count) for count in (2, 3, 4)]

    def said(pick, change):
        picked = [[name for name in a if pick(name, len(a) // 2)] for a in answers]
        return direction([({}, a, changed(a, names, change)) for a, names in zip(answers, picked, strict=True)])

    def odd(a):
        return a + rng.standard_normal(a.shape)

    assert said(lambda name, _: True, lambda a: 2 * a) == (
        "W1, b1, W2 and b2 are each twice the expected one, and so it is in the other cases."
    )
    assert said(lambda name, _: name == "W1", np.negative) == (
        "W1 is the expected one with the other sign, in every case. All else is right."
    )
    assert said(lambda name, last: name.endswith(str(last)), odd) == (
        "Only the last layer is wrong, in every case: here W2 and b2."
    )
    assert said(lambda name, _: name.endswith("1"), odd) == "Only the first layer is wrong, in every case: W1 and b1."
    assert said(lambda name, _: name[0] == "b", odd) == "Every b is wrong, in every case, and every W is right."
    assert said(lambda name, _: name == "b1", odd) == "Only b1 is wrong, in every case."
    assert said(lambda name, _: True, odd) == ""


def test_which_of_several_results_is_wrong_and_which_came_in_its_place():
    rng = np.random.default_rng(10)
    names = ("dA", "dW", "db")
    answers = [tuple(rng.standard_normal((3, n)) for n in (m, 3, 1)) for m in (3, 5)]
    assert direction([({}, a, (a[0], a[1] + rng.standard_normal((3, 3)), a[2])) for a in answers], names) == (
        "Only dW is wrong, in every case: dA and db are right."
    )
    assert direction([({}, a, (a[1], a[0], a[2])) for a in answers], names) == (
        "dA is what is expected as dW, in every case."
    )


def test_lists_of_numbers_are_told_as_one_array():
    rng = np.random.default_rng(11)
    costs = [[np.array(x) for x in rng.random(5)] for _ in range(2)]
    for change, words in (
        (lambda c: c[1:] + c[:1], "the expected one shifted by one: each entry stands one place too early"),
        (lambda c: c[1:], "the expected one without its first entry"),
        (lambda c: [*c, np.array(9.0)], "right but for one entry too many at the end"),
        (lambda c: [np.array(x * 4) for x in c], "4 times the expected one"),
    ):
        said = direction([({}, ({}, c), ({}, change(c))) for c in costs], ("parameters", "costs"))
        assert said == f"costs is {words}, in every case."


def test_the_same_answer_to_everything():
    rng = np.random.default_rng(12)
    came = rng.standard_normal((2, 3))
    assert direction([({}, rng.standard_normal((2, 3)), came) for _ in range(3)], "A") == (
        "A is the same whatever is handed in, in every case."
    )


ONES = np.ones((3, 4))
MASK = np.array([[1, 0], [0, 1]])


@pytest.mark.parametrize(
    "cases",
    [
        [(0 * ONES, ONES), (0 * ONES, 2 * ONES)],
        [(ONES, 2 * ONES), (ONES[:2], 2 * ONES[:2])],
        [(ONES, 0.5 * ONES)] * 3,
        [(0 * ONES, 0.5 * ONES)] * 3,
        [(ONES[:, :1], ONES[0])],
        [(MASK, 1 - MASK)],
        [(MASK, MASK[::-1])],
        [(MASK, 2 * MASK)] * 2,
        [(np.array(3), np.array(6)), (np.array(3), np.array(6))],
        [(np.array([1.0, 2.0]), np.array([2.0, 4.0]))],
        [(np.array(0.25), np.array(0.5))],
        [(ONES, 0 * ONES)] * 2,
        [(sigmoid(np.arange(6.0)), np.zeros(6)), (sigmoid(np.arange(5.0)), np.zeros(5))],
        [(np.array(n), np.array(1)) for n in (12, 25)],
        [(0.3 * ONES, 12 * ONES), (0.7 * ONES, 6 * ONES)],
    ],
)
def test_nothing_is_said_of_numbers_about_which_all_would_hold(cases):
    assert direction([({"X": np.ones((3, 5)), "k": np.array(2.0)}, a, b) for a, b in cases]) == ""


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_said_of_what_is_only_wrong(seed):
    rng = np.random.default_rng(seed)
    inputs = [{"X": rng.standard_normal((4, m)), "b": rng.standard_normal((4, 1)), "m": np.array(m)} for m in (3, 5, 9)]
    shapes = [tuple(rng.integers(2, 6, size=rng.integers(1, 5))) for _ in inputs]
    cases = [(i, rng.standard_normal(s), rng.standard_normal(s)) for i, s in zip(inputs, shapes, strict=True)]
    assert direction(cases) == ""
    assert direction([(i, np.asarray(np.round(9 * a)), np.asarray(np.round(9 * b))) for i, a, b in cases]) == ""
    small = [(i, a, a + rng.normal(scale=1e-4, size=a.shape)) for i, a, _ in cases]
    assert direction(small) == ""


def test_a_wide_tolerance_makes_nothing_hold():
    rng = np.random.default_rng(14)
    cases = [({}, a := 5 + rng.random((3, 4)), a * (1.2 + 0.2 * rng.random(a.shape))) for _ in range(3)]
    assert direction(cases, rtol=0.1) == ""
    cases = [({}, a, a * (1.2 + 1e-4 * rng.random(a.shape))) for _, a, _ in cases]
    assert direction(cases, rtol=0.1).endswith("times the expected one, in every case.")


@pytest.mark.parametrize("kind", ["u1", "i8", "u8", "f2", "f4", "f8", "g"])
def test_every_kind_of_real_number_is_read(kind):
    a = np.arange(1, 13, dtype=kind).reshape(3, 4)
    assert direction([({}, a, (a * 2).astype(kind))]) == "dW1 is twice the expected one."


ODD = {
    "nan": np.full((3, 4), np.nan), "infinite": np.full((3, 4), np.inf), "nothing": np.zeros((0, 4)),
    "huge numbers": np.full((3, 4), 1e308) * [1, -1, 1, -1], "tiny numbers": np.full((3, 4), 5e-324),
    "complex": np.full((3, 4), 1j), "None": None, "a text": "dW1", "no value": Other("Liar"), "a tuple": (ONES,) * 3,
    "a dictionary": {"dW1": ONES}, "many axes": np.ones((1,) * 16), "a number": np.array(2**63, "u8"),
    "large": np.ones((1000, 1000)), "long": np.arange(400_000.0), "lists": [[np.array(1)] * 3] * 3,
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_whatever_comes_is_survived(name):
    rng = np.random.default_rng(15)
    for ndim in (0, 1, 2, 4):
        cases = [({"X": ODD[name] if name == "nan" else ONES}, np.asarray(drawn(rng, ndim)), ODD[name])] * 2
        assert isinstance(direction(cases), str)
    odd_record = [({}, ODD["nan"], ONES)] * 2
    assert direction(odd_record) == ""


def test_an_error_in_one_case_leaves_nothing_to_say():
    a = np.arange(12.0).reshape(3, 4)
    recorded = (Report(0, {}, a, None), Report(1, {}, a, None))
    item = RecordedItem("f-test", "f", 1.0, Tolerance(), "A", None, (), (), recorded)
    reports = [Report(0, {}, 2 * a, None), Report(1, None, None, ("ValueError", "no", ""))]
    found = [difference(a, 2 * a, Tolerance(), "A"), difference(a, None, Tolerance(), "A")]
    assert with_direction(NO_RECORD, item, reports, found) == found[0].sentence


TIMES_ROWS = """
def row_means(X):
    return np.mean(X, axis=1, keepdims=True) * X.shape[0]
"""
TWICE = """
def noisy(X, scale):
    N = np.random.randn(*X.shape)
    return N, 2 * (X + scale * N)
"""
TOLD = {
    "row_means": "result is the expected one times X.shape[0], the number of rows of X, in every case that is wrong.",
    "noisy": "Y is twice the expected one, in every case. All else is right.",
}


@pytest.mark.slow
def test_it_is_told_alike_in_the_notebook_and_under_grading(tiny_lesson, submission, monkeypatch):
    data = submission({"row_means": TIMES_ROWS, "noisy": TWICE})
    result = grade_notebook(read_submission(data, "tiny.ipynb"), tiny_lesson, PATIENT)
    notebook = Notebook(tiny_lesson, monkeypatch)
    notebook.run("import numpy as np")
    for item, source in zip(result.items, (TIMES_ROWS, TWICE), strict=True):
        notebook.run(source)
        said = TOLD[item.exercise]
        assert item.cause is None and said in item.message, item.message
        assert said in " ".join(notebook.verdict(item.exercise).split())


def test_a_draw_that_is_wrong_is_not_compared_with_the_recorded_one(tiny_lesson):
    record, lesson = load_record(tiny_lesson), read_lesson(tiny_lesson)
    for result in ("2 * N, X + scale * N", "N.T, N.T", "0 * N, X"):
        source = f"def noisy(X, scale):\n    N = np.random.randn(*X.shape)\n    return {result}\n"
        item = judge_reports(record, "noisy", answer(lesson, "noisy", source).raw)
        assert not item.passed and " every case" not in item.message, item.message


def test_a_lesson_s_gradients_are_told_by_their_names():
    (place,) = repository().select("course1-week4/deep_network_steps")
    record, lesson = load_record(place), read_lesson(place)
    source = """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m**2, np.sum(dZ, axis=1, keepdims=True) / m
"""
    item = judge_reports(record, "linear_backward", answer(lesson, "linear_backward", source).raw)
    assert item.cause is None
    told = "dW is the expected one divided by dZ.shape[1], the number of columns of dZ, in every case"
    assert told in item.message and "All else is right." in item.message, item.message
