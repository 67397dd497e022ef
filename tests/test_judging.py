"""From reports to verdicts: every kind of verdict, named causes, and never a wrong one."""

import copy
import itertools
from functools import partial

import numpy as np
import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer, asked_again, is_noticed
from autograder.judge import Verdict, judge_reports, load_record, record_of_lesson
from autograder.judge.judging import ENDS, case_verdicts
from autograder.judge.second_look import second_look
from autograder.notebooks import without_markers

CAUSES = {
    "row_means": {
        "wrong_axis": "The mean runs over columns.",
        "sum": "The sum is not divided.",
        "flat": "The axis is dropped.",
        "rows_counted": "Divided by the rows.",
        "in_place": "The input is divided in place.",
        "one_row_only": "item() takes one number.",
    },
    "noisy": {"scale_forgotten": "The scale is ignored.", "uniform": "The noise is uniform."},
}


@pytest.fixture(scope="module")
def record(tiny_lesson):
    return load_record(tiny_lesson)


@pytest.fixture(scope="module")
def lesson(tiny_lesson):
    return read_lesson(tiny_lesson)


@pytest.fixture(scope="module")
def given(lesson):
    """The reports of an answer, as they leave the kernel: ``given(exercise, the function's body)``."""

    def reports(exercise: str, body: str) -> list[dict]:
        arguments = {"row_means": "X", "noisy": "X, scale"}[exercise]
        lines = "\n".join("    " + line for line in body.splitlines())
        return answer(lesson, exercise, f"def {exercise}({arguments}):\n{lines}\n").raw

    return reports


@pytest.fixture(scope="module")
def judged(record, given):
    return lambda exercise, body: judge_reports(record, exercise, given(exercise, body))


def failed(item, verdict: Verdict, *words: str) -> None:
    assert item.verdict is verdict and not item.passed, item
    assert item.points == 0 and item.max_points == {"row_means": 3, "noisy": 2}[item.exercise]
    for word in words:
        assert word in item.sentence, item.sentence


def test_the_solution_and_every_style_pass_with_all_points(record, lesson):
    sources = [(e, s) for e, styles in lesson.styles.items() for s in styles.values()]
    for exercise, source in [("row_means", None), ("noisy", None), *sources]:
        item = judge_reports(record, exercise, answer(lesson, exercise, source).raw)
        assert item.passed and item.points == item.max_points and item.cause is None
    assert sources


NANS = {
    "signalling": {"float16": 0x7C01, "float32": 0x7F800001, "float64": 0x7FF0000000000001},
    "quiet": {"float16": 0x7E00, "float32": 0x7FC00000, "float64": 0x7FF8000000000000},
}
"""Their bits."""


OTHER_KINDS = {
    "a matrix": ("np.asmatrix(M)", True),
    "a list": ("M.tolist()", True),
    "a list of arrays": ("list(M)", True),
    "tuples": ("tuple(map(tuple, M.tolist()))", True),
    "nothing masked": ("np.ma.array(M)", True),
    "something masked": ("np.ma.array(M, mask=M == M[0])", False),
    "a flat list": ("M.ravel().tolist()", False),
    "one list too many": ("[M.tolist()]", False),
    "ragged": ("M.tolist()[1:] + [M.tolist()[0] * 2]", False),
    "texts": ("M.astype(str)", False),
}


@pytest.mark.parametrize("result, right", OTHER_KINDS.values(), ids=list(OTHER_KINDS))
def test_the_visible_check_and_the_judge_agree_on_what_numbers_are(judged, lesson, result, right):
    body = f"M = np.mean(X, axis=1, keepdims=True)\nreturn {result}"
    source = f"def row_means(X):\n    M = np.mean(X, axis=1, keepdims=True)\n    return {result}\n"
    assert judged("row_means", body).passed is right
    assert is_noticed(lesson, "row_means", source) is not right


@pytest.mark.parametrize(
    "body, verdict, words",
    [
        ("return np.mean(X, axis=1, keepdims=True) + 1", Verdict.WRONG_VALUE, ["expected", "received"]),
        ("return np.mean(X, axis=1, keepdims=True).T", Verdict.WRONG_SHAPE, ["shape", "transposed"]),
        ("return 0.0", Verdict.WRONG_SHAPE, ["shape ()"]),
        ("return np.zeros((0, 1))", Verdict.WRONG_SHAPE, ["shape (0, 1)"]),
        ("return 'three'", Verdict.WRONG_TYPE, ["the text 'three'"]),
        ("pass", Verdict.WRONG_TYPE, ["None", "`return`"]),
        ("return object()", Verdict.WRONG_TYPE, ["a value of type object"]),
        ("return np.mean(X, axis=1, keepdims=True) * 1j", Verdict.WRONG_TYPE, ["complex"]),
        ("return np.mean(X, axis=1, keepdims=True).astype(object)", Verdict.WRONG_TYPE, ["dtype object"]),
        ("return np.full((X.shape[0], 1), np.nan)", Verdict.WRONG_VALUE, ["nan"]),
        ("raise NotImplementedError('row_means')", Verdict.MISSING, ["not written"]),
        ("raise NotImplementedError('something else')", Verdict.RAISED, ["NotImplementedError"]),
        ("return np.meen(X)", Verdict.RAISED, ["AttributeError", "meen"]),
        ("raise SystemExit('bye')", Verdict.RAISED, ["SystemExit", "bye"]),
    ],
)
def test_the_kind_of_a_verdict_and_its_sentence(judged, body, verdict, words):
    item = judged("row_means", body)
    failed(item, verdict, *words)
    assert item.cause is None


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("nan", NANS)
@pytest.mark.parametrize("around", ["np.zeros_like(M)", "np.full_like(M, np.inf)", "M"])
def test_memory_that_nobody_wrote_is_judged_like_other_numbers(record, lesson, kind, nan, around):
    # np.empty hands out any bits, and NumPy warns of a signalling NaN wherever it is read.
    part = {"complex64": "float32", "complex128": "float64"}.get(kind, kind)
    source = (
        "def row_means(X):\n"
        "    M = np.mean(X, axis=1, keepdims=True)\n"
        f"    A = ({around}).astype('{kind}')\n"
        f"    A.real.view('u' + str(A.real.itemsize)).reshape(-1)[0] = {NANS[nan][part]}\n"
        "    return A\n"
    )
    raw = answer(lesson, "row_means", source).raw
    item = judge_reports(record, "row_means", raw)
    verdict = Verdict.WRONG_TYPE if kind.startswith("complex") else Verdict.WRONG_VALUE
    failed(item, verdict, "complex" if kind.startswith("complex") else "nan")
    second_look(record, item, raw, partial(asked_again, lesson, "row_means", source, record.seed))
    assert set(case_verdicts(record, "row_means", raw)) == {verdict}


def test_a_function_that_is_not_there_is_missing(record, lesson):
    raw = answer(lesson, "row_means", "def another(X):\n    return X\n").raw
    failed(judge_reports(record, "row_means", raw), Verdict.MISSING, "no function of this name")


MEANS = "(X):\n    return X.mean(1, keepdims=True)\n"


@pytest.mark.parametrize(
    "cell, named",
    [
        ("def rowMeans" + MEANS, "rowMeans"),
        ("import numpy\n\n@functools.cache\ndef  rowMeans (X): pass", "rowMeans"),
        ("def helper(x):\n    def inner(y): pass\n\ndef rowMeans" + MEANS, "helper and rowMeans"),
        ("def rowMeans" + MEANS + "def rowMeans" + MEANS, "rowMeans"),
        ("def moyenne_é" + MEANS, "moyenne_é"),
        ("".join(f"def f{i}(): pass\n" for i in range(999)), "f0, f1, f2, f3 and f4"),
    ],
)
def test_what_the_cell_defines_under_another_name_is_named(record, lesson, cell, named):
    raw = answer(lesson, "row_means", "").raw
    item = judge_reports(record, "row_means", raw, cell=cell)
    failed(item, Verdict.MISSING, f"after the notebook had run. Its cell defines {named}: give the function the name")
    assert item.cause is None


@pytest.mark.parametrize(
    "cell",
    [
        "", "x = 1", "    def indented(X): pass", "# def commented(X): pass", "class Means:\n    def of(self): "
                                                                              "pass", "def ", "def (x)",
        # It is there, but did not run: the cell broke off above it.
        "nothing\n\ndef row_means" + MEANS, "def helper(x): pass\n\ndef row_means" + MEANS,
        "def " * 100_000, "def" + " " * 1_000_000, "def \n" * 100_000, "(" * 1_000_000, "def x" + "x" * 1_000_000 + "(",
        "\0",
    ],
    ids=lambda cell: repr(cell[:30]),
)  # fmt: skip
def test_where_the_cell_defines_nothing_else_nothing_is_named(record, lesson, cell):
    raw = answer(lesson, "row_means", "").raw
    item = judge_reports(record, "row_means", raw, cell=cell)
    assert item.message == "row_means: no function of this name was found after the notebook had run."


def test_another_name_in_the_cell_says_nothing_of_other_faults(record, lesson):
    for source in (
        "def row_means(X):\n    return meen(X)",
        "def row_means(X):\n    return 0",
        "def row_means(X):\n    return X.mean(1, keepdims=True)",
    ):
        item = judge_reports(record, "row_means", answer(lesson, "row_means", source).raw, cell="def rowMeans(X): pass")
        assert "rowMeans" not in item.sentence


@pytest.mark.parametrize("ran", ENDS)
def test_what_did_not_end_by_itself_fails_even_with_right_reports(record, given, ran):
    right = given("row_means", "return np.mean(X, axis=1, keepdims=True)")
    for reports in (right, []):
        item = judge_reports(record, "row_means", reports, ran)
        failed(item, ENDS[ran][0], "row_means")
        assert ("loop" in item.sentence) == (ran == "timed out")


def test_no_report_at_all_is_missing(record):
    failed(judge_reports(record, "row_means", []), Verdict.MISSING, "No answer of row_means")


def tampered(raw: list[dict]) -> dict[str, list]:
    """Right reports, spoilt in every way that changes what was handed in."""
    other = copy.deepcopy(raw)
    other[1]["exercise"] = "noisy"
    named = [dict(report, index=place) for report, place in zip(raw, "0123", strict=True)]
    return {
        "too many": [*raw, raw[0]],
        "too few": raw[:-1],
        "twice": [raw[0], raw[0], *raw[2:]],
        "foreign": other,
        "index past the end": [*raw[:-1], dict(raw[-1], index=len(raw))],
        "negative index": [dict(raw[0], index=-1), *raw[1:]],
        "bool for an index": [dict(r, index=bool(r["index"])) if r["index"] < 2 else r for r in raw],
        "float for an index": [dict(r, index=float(r["index"])) for r in raw],
        "NaN for an index": [dict(r, index=float("nan")) for r in raw],
        "text for an index": named,
        "no objects": [1, "two", None, [3]],
        "no output": [{k: v for k, v in r.items() if k != "output"} for r in raw],
        "no inputs": [{k: v for k, v in r.items() if k != "inputs"} for r in raw],
        "output no tree": [dict(r, output=7) for r in raw],
        "a true for an error": [dict(r, error=True) for r in raw],
        "inputs of another case": [dict(r, inputs=raw[i - 1]["inputs"]) for i, r in enumerate(raw)],
        "inputs that hold nothing": [dict(r, inputs={"dict": []}) for r in raw],
        "inputs no dictionary": [dict(r, inputs={"none": True}) for r in raw],
    }


@pytest.mark.parametrize("way", list(tampered([{"index": i, "inputs": 0} for i in range(4)])))
def test_right_answers_spoilt_on_the_way_fail(record, given, way):
    raw = given("row_means", "return np.mean(X, axis=1, keepdims=True)")
    assert judge_reports(record, "row_means", copy.deepcopy(raw)).passed
    item = judge_reports(record, "row_means", tampered(raw)[way])
    assert not item.passed and item.points == 0 and item.cause is None and len(item.message) > 20


def test_the_order_in_which_cases_arrive_does_not_matter(record, given):
    raw = given("row_means", "return np.mean(X, axis=1, keepdims=True)")
    for order in itertools.permutations(raw):
        assert judge_reports(record, "row_means", list(order)).passed


def test_an_input_changed_in_place_fails_where_the_result_is_right(judged):
    item = judged("row_means", "out = np.mean(X, axis=1, keepdims=True)\nX[0, 0] += 1e-6\nreturn out")
    failed(item, Verdict.WRONG_VALUE, "in place", "X")
    item = judged("noisy", "N = np.random.randn(*X.shape)\nY = X + scale * N\nX *= 1 + 1e-9\nreturn N, Y")
    failed(item, Verdict.WRONG_VALUE, "in place")


@pytest.mark.parametrize("exercise, name", [(e, n) for e, causes in CAUSES.items() for n in causes])
def test_every_recorded_mistake_is_named(record, lesson, exercise, name):
    (mistake,) = [m for m in lesson.mistakes if (m.exercise, m.name) == (exercise, name)]
    item = judge_reports(record, exercise, answer(lesson, exercise, mistake.source).raw)
    assert not item.passed and item.points == 0
    assert item.cause == CAUSES[exercise][name] and mistake.hint in item.message


def test_a_mistake_written_in_other_words_is_named_too(judged):
    item = judged("row_means", "return np.array([[sum(row)] for row in X], dtype=np.float32)")
    assert item.cause == CAUSES["row_means"]["sum"]
    item = judged("noisy", "N = np.random.randn(*X.shape)\nreturn [N, N + X]")
    assert item.cause == CAUSES["noisy"]["scale_forgotten"]


def wrong_otherwise():
    """Bodies of row_means that are wrong, but not as any one recorded mistake is."""
    rng = np.random.default_rng(7)
    for scale in rng.uniform(-3, 3, size=8):
        for wrong in ("np.sum(X, axis=1, keepdims=True)", "np.mean(X, axis=0, keepdims=True)", "np.mean(X, axis=1)"):
            yield f"return {scale} * {wrong}"
    yield "return np.sum(X, axis=1, keepdims=True) if X.shape[0] > 1 else np.mean(X, axis=1, keepdims=True)"
    yield "return np.sum(X, axis=1, keepdims=True) + 1e-3"
    yield "return np.zeros((X.shape[0], 1))"
    yield "raise ValueError('can only convert an array of size 1 to a Python scalar')"


@pytest.mark.parametrize("body", list(wrong_otherwise()))
def test_an_answer_that_is_wrong_otherwise_gets_no_cause(judged, body):
    item = judged("row_means", body)
    assert not item.passed and item.cause is None, item.sentence


@pytest.mark.parametrize("axis, keepdims, divisor", [(0, False, 1), (0, True, 0), (1, False, 0), (0, False, None)])
def test_two_mistakes_at_once_are_both_named(judged, axis, keepdims, divisor):
    divided_by = "1" if divisor is None else f"X.shape[{divisor}]"
    item = judged("row_means", f"return np.sum(X, {axis}, keepdims={keepdims}) / {divided_by}")
    made = {"wrong_axis": axis == 0, "sum": divisor is None, "flat": not keepdims, "rows_counted": divisor == 0}
    named = {name for name, cause in CAUSES["row_means"].items() if cause in item.causes}
    assert not item.passed and item.points == 0
    # Of three, the shape speaks for itself.
    assert named == {name for name in made if made[name] and (name != "flat" or sum(made.values()) == 2)}
    assert item.cause.startswith("Two mistakes: (1) ") and len(item.hints) == 2


@pytest.mark.parametrize("divisor, name", [(0, "rows_counted"), (1, "in_place")])
def test_a_mistake_is_named_although_the_input_was_changed_too(judged, divisor, name):
    item = judged("row_means", f"X /= X.shape[{divisor}]\nreturn np.sum(X, axis=1, keepdims=True)")
    assert item.causes == (CAUSES["row_means"][name],)
    assert ("Besides, it changes its input in place: X " in item.message) == (name == "rows_counted")


def test_a_mistake_is_named_although_some_cases_raise_an_error(judged):
    fails = "if len(X) == 1:\n    raise IndexError('no second row')\n"
    item = judged("row_means", f"{fails}return np.sum(X, axis=1, keepdims=True)")
    assert item.causes == (CAUSES["row_means"]["sum"],)
    assert "Besides, in another case it raises IndexError: no second row." in item.message
    assert judged("row_means", f"{fails}return np.mean(X, axis=1, keepdims=True)").cause is None


def test_a_mistake_is_named_in_another_shape_and_a_shape_alone_is_none(judged):
    item = judged("row_means", "return np.sum(X, axis=1)[None]")
    assert item.causes == (CAUSES["row_means"]["sum"],) and item.verdict is Verdict.WRONG_SHAPE
    assert judged("row_means", "return np.mean(X, axis=1)[None]").cause is None


def test_a_mistake_in_random_answers_is_named_by_its_law(judged):
    for draw in ("np.random.default_rng(5).random(X.shape)", "1 - np.random.default_rng().random(X.shape)"):
        item = judged("noisy", f"N = {draw}\nreturn N, X + scale * N")
        assert item.causes == (CAUSES["noisy"]["uniform"],), item.sentence
    for draw in ("3 * np.random.randn(*X.shape)", "np.random.default_rng().exponential(1, X.shape)"):
        assert judged("noisy", f"N = {draw}\nreturn N, X + scale * N").cause is None


def test_another_error_of_the_same_type_is_not_taken_for_the_mistake(judged):
    """Right for one row, and a ValueError elsewhere, as the mistake `one_row_only`; but there is no item()."""
    item = judged("row_means", "return np.sum(X, axis=1).reshape(1, 1) / X.shape[1]")
    failed(item, Verdict.RAISED, "ValueError", "reshape")
    assert item.cause is None, item.sentence


def test_a_random_answer_is_judged_by_the_draw_that_it_shows(judged):
    body = "N = np.random.default_rng().standard_normal(X.shape)\nreturn N, X + scale * N"
    assert judged("noisy", body).passed
    failed(judged("noisy", body + " + 1e-3"), Verdict.WRONG_VALUE, "Y", "expected", "received")
    failed(judged("noisy", body.replace("X + scale", "X - scale")), Verdict.WRONG_VALUE, "Y")


@pytest.mark.parametrize(
    "draw, words",
    [
        ("3 * np.random.standard_normal(X.shape)", "N: its mean is"),
        ("np.ones(X.shape)", "and its deviation 0.00"),
        ("np.full(X.shape, np.nan)", "nan"),
        ("np.full(X.shape, np.inf)", "inf"),
    ],
)
def test_a_draw_that_is_wrong_is_told_in_the_judges_sentence(judged, draw, words):
    item = judged("noisy", f"N = {draw}\nreturn N, X + scale * N")
    failed(item, Verdict.WRONG_VALUE, words)
    assert item.cause is None


@pytest.mark.parametrize(
    "result", ["N[0], N", "N", "N, N, N", "N.T, N.T", "None, None", "N, X.tolist()[0]", "N, [[1], [2, 3]]", "'N', N"]
)
def test_a_draw_of_the_wrong_form_never_reaches_the_judge_cell(judged, result):
    item = judged("noisy", f"N = np.random.randn(*X.shape)\nreturn {result}")
    assert item.verdict in (Verdict.WRONG_SHAPE, Verdict.WRONG_TYPE) and item.cause is None


def test_stock_nbgrader_finds_the_same_record(tiny_environment, record):
    found = record_of_lesson("course9-week1/tiny")
    assert found.lesson == record.lesson and list(found.items) == list(record.items) == ["row_means-test", "noisy-test"]


ONE_BY_ONE = "def as_array(x):\n    return np.reshape(x, (1, 1))\n\n"


@pytest.mark.parametrize(
    "costs, said",
    [
        (
            "[as_array(c) for c in costs]",
            ["Arrays of shape (1, 1) came for b, db and entries of costs; plain numbers do as well."],
        ),
        ("costs", ["Arrays of shape (1, 1) came for b and db; plain numbers do as well."]),
        (
            "np.array(costs)",
            [
                "Your costs are an array; the course returns a list.",
                "Arrays of shape (1, 1) came for b and db; plain numbers do as well.",
            ],
        ),
    ],
)
def test_arrays_for_the_numbers_of_many_cases_are_told_in_one_sentence(repo, costs, said):
    (place,) = repo.select("course1-week2/logistic_regression")
    lesson = read_lesson(place)
    solved = without_markers(lesson.solutions["optimize"]).replace("def optimize(", "def solved(")
    source = (
        f"{ONE_BY_ONE}{solved}\n\ndef optimize(*args, **kwargs):\n"
        "    params, grads, costs = solved(*args, **kwargs)\n"
        "    params['b'], grads['db'] = as_array(params['b']), as_array(grads['db'])\n"
        f"    return params, grads, {costs}\n"
    )
    item = judge_reports(load_record(place), "optimize", answer(lesson, "optimize", source).raw)
    assert item.passed and item.message == " ".join(["Right on all 7 hidden cases.", *said])


@pytest.mark.parametrize("exercise", ["optimize", "model"])
def test_a_mistake_in_another_form_is_named_as_in_the_recorded_one(repo, exercise):
    """The form stacks the costs of a mistake, which are kept as they are only where they are few."""
    (place,) = repo.select("course1-week2/logistic_regression")
    lesson, record = read_lesson(place), load_record(place)
    stacked = {
        "optimize": "answer[:2] + (np.array(answer[2]),)",
        "model": "{**answer, 'costs': np.array(answer['costs'])}",
    }[exercise]
    named = 0
    for mistake in (m for m in lesson.mistakes if m.exercise == exercise):
        wrong = mistake.source.replace(f"def {exercise}(", "def wrong(")
        source = f"{wrong}\n\ndef {exercise}(*a, **k):\n    answer = wrong(*a, **k)\n    return {stacked}\n"
        item = judge_reports(record, exercise, answer(lesson, exercise, source).raw)
        assert not item.passed and item.cause in (mistake.cause, None), mistake.name
        named += item.cause is not None
    assert named >= 12
