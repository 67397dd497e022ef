"""The verdict in the notebook: the judge's own words, on the functions as they are now, and nothing left behind."""

import linecache
import os
import random
import shutil
import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from learners import Notebook, mistakes_of

from autograder.authoring.run_author_code import answer
from autograder.judge import judge_reports, load_record, read_record
from autograder.places import repository
from companion import cases, lessons, ready, verdict, verdict_cells, verdicts
from companion.boxes import Box
from companion.practice import Practice, State, practice
from companion.verdict_cells import NotRightYet

STEPS = "course1-week4/deep_network_steps"
OTHERS = [x for x in repository().lessons() if x.name != STEPS and x.stem != "deep_network_application"]
"""The last one trains networks for seconds and asks for nothing that the others do not."""


@pytest.fixture
def open_on(monkeypatch):
    return lambda name: Notebook(repository().select(name)[0], monkeypatch)


@pytest.fixture
def steps(open_on) -> Notebook:
    """The lesson with the most exercises that call each other, solved."""
    return open_on(STEPS).solve()


@pytest.fixture
def tiny_notebook(tiny_lesson, right, monkeypatch) -> Notebook:
    notebook = Notebook(tiny_lesson, monkeypatch)
    notebook.run("import numpy as np")
    for source in right.values():
        notebook.run(source)
    return notebook


def test_every_mistake_of_a_lesson_is_told_as_the_grader_tells_it(steps):
    record = read_record(STEPS, steps.place.public_record.read_bytes())
    found = practice()
    for exercise in steps.text.tests:
        solved = dict(steps.names)
        for name, source in mistakes_of(steps.text, exercise).items():
            steps.answer(exercise, name)
            item = judge_reports(record, exercise, answer(steps.text, exercise, source).raw)
            text = steps.verdict(exercise)
            assert found.find(exercise).item == item, name
            for part in (item.cause or "", item.hint, " ".join(item.difference.split())):
                assert part in text, name
            steps.names[exercise] = solved[exercise]
        assert found.find(exercise, again=True).right


@pytest.mark.parametrize("place", OTHERS, ids=[place.name for place in OTHERS])
def test_every_solution_and_a_mistake_of_each_exercise_are_told_alike(place, open_on):
    """Also where a case calls through a function of its own, counts steps, or replaces what is called."""
    notebook, record = open_on(place.name).solve(), read_record(place.name, place.public_record.read_bytes())
    for exercise in notebook.text.tests:
        assert practice().find(exercise).right, exercise
        name, source = next(iter(mistakes_of(notebook.text, exercise).items()))
        kept = notebook.names[exercise]
        notebook.answer(exercise, name)
        item = judge_reports(record, exercise, answer(notebook.text, exercise, source).raw)
        assert practice().find(exercise, again=True).item == item, name
        notebook.names[exercise] = kept


def test_a_right_answer_says_how_many_cases_its_points_and_where_to_go_on(steps):
    names = list(steps.text.tests)
    assert steps.verdict(names[0]) == (
        f"✓ {names[0]}: right on all 5 practice cases. It brings 3 points. Next: {names[1]}."
    )
    for name in names:
        text = steps.verdict(name)
    assert text.endswith("All 10 exercises of this lesson are right: 50 points.")
    assert "hidden" not in "".join(box.text() for box in steps.shown)


def test_what_the_judge_adds_to_a_right_answer_is_said(steps):
    steps.run("def compute_cost(AL, Y):\n    return np.array([[-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))]])")
    assert "  Arrays of shape (1, 1) came for cost; plain numbers do as well." in steps.verdict("compute_cost")


def test_the_fault_in_an_earlier_exercise_is_named_first(steps):
    steps.answer("linear_forward", next(iter(mistakes_of(steps.text, "linear_forward"))))
    above = next(iter(mistakes_of(steps.text, "linear_activation_forward")))
    steps.answer("linear_activation_forward", above)
    cause = {(m.exercise, m.name): m.cause for m in steps.text.mistakes}
    head, first, rest, own, *_ = steps.verdict("linear_activation_forward").splitlines()
    assert head.startswith("✗ linear_activation_forward: not right yet, right on none of 7 practice cases")
    assert first.startswith("  Mend first: linear_forward, which linear_activation_forward calls, is not right yet. ")
    assert "right versions of what it calls" in rest
    assert own == f"  Cause: {cause['linear_activation_forward', above]}"


def test_a_right_function_over_a_wrong_one_is_right_and_says_what_fails_as_it_stands(steps):
    steps.answer("linear_forward", next(iter(mistakes_of(steps.text, "linear_forward"))))
    head, but = steps.verdict("L_model_forward").splitlines()
    assert head.startswith("✓") and head.endswith("Next: linear_forward.")
    assert "as the notebook stands, it fails: AL" in but


def test_stubs_and_functions_that_are_not_there(steps):
    steps.run('def compute_cost(AL, Y):\n    raise NotImplementedError("compute_cost")')
    assert steps.verdict("compute_cost") == "– compute_cost: not written yet"
    del steps.names["compute_cost"]
    assert steps.verdict("compute_cost").startswith("– compute_cost: not defined yet\n  Run its cell")
    assert "after the notebook had run" not in steps.shown[-1].text()
    steps.run("compute_cost = 3")
    assert "stands for no function any more, but for something of the type int" in steps.verdict("compute_cost")
    steps.run("def helper():\n    raise NotImplementedError('linear_forward')")
    steps.run("def compute_cost(AL, Y):\n    helper()")
    assert "It needs linear_forward, which is not written yet." in steps.verdict("compute_cost")


def test_what_is_in_the_kernel_now_is_judged(tiny_notebook, right):
    assert tiny_notebook.verdict("row_means").startswith("✓")
    tiny_notebook.run("def row_means(X):\n    return 0.0")
    assert not ready("row_means")
    assert tiny_notebook.verdict("row_means").startswith("✗")
    tiny_notebook.run("factor = 2.0\ndef part(X):\n    return factor * X\n")
    tiny_notebook.run("def row_means(X):\n    return part(np.mean(X, axis=1, keepdims=True))")
    assert not ready("row_means")
    tiny_notebook.run("factor = 1.0")
    assert ready("row_means")
    tiny_notebook.run("def part(X):\n    return 3 * X")
    assert not ready("row_means")


def test_an_answer_below_the_line_of_its_stub_is_told_so(tiny_notebook, monkeypatch):
    stub = 'def row_means(X):\n    raise NotImplementedError("row_means")\n'
    for cell, more in ((stub, ""), (f"{stub}    return X.mean(axis=1, keepdims=True)\n", "above what was written")):
        monkeypatch.setitem(linecache.cache, "<cell>", (len(cell), None, cell.splitlines(keepends=True), "<cell>"))
        tiny_notebook.run(cell)
        first, *others = tiny_notebook.verdict("row_means").splitlines()
        assert first == "– row_means: not written yet" and bool(others) == bool(more)
        assert more in " ".join(others) and ("take that line out" in " ".join(others)) == bool(more)


def test_the_judge_is_asked_once_about_the_same_functions(steps, monkeypatch):
    asked, judge = [], Practice._judge
    monkeypatch.setattr(Practice, "_judge", lambda self, exercise: asked.append(exercise) or judge(self, exercise))
    for _ in range(10):
        assert ready("L_model_forward", "compute_cost")
    steps.run("X, layer, unrelated = 1, 2, 3")  # the names of variables in functions and cases are not theirs
    verdicts()
    assert sorted(asked) == sorted(steps.text.tests)
    steps.names["linear_forward"] = _copy(steps.names["linear_forward"])
    assert ready("L_model_forward") and asked[len(steps.text.tests) :] == ["L_model_forward"]


def _copy(function):
    return type(function)(function.__code__, function.__globals__, function.__name__)


def test_ready_says_in_one_line_what_an_experiment_waits_for(steps, capsys):
    assert ready("L_model_forward", "compute_cost") and capsys.readouterr().out == ""
    steps.run('def compute_cost(AL, Y):\n    raise NotImplementedError("compute_cost")')
    assert not ready("compute_cost")
    assert capsys.readouterr().out == "This experiment needs compute_cost, which is not written yet.\n"
    steps.answer("linear_forward", next(iter(mistakes_of(steps.text, "linear_forward"))))
    assert not ready("L_model_forward", "compute_cost")
    assert capsys.readouterr().out == (
        "This experiment needs compute_cost, which is not written yet, and linear_forward, which is not right yet: "
        'verdict("linear_forward") says why.\n'
    )


def test_an_experiment_does_not_wait_for_what_its_functions_do_without(steps):
    steps.run('def linear_forward(A, W, b):\n    raise NotImplementedError("linear_forward")')
    steps.run("""
def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return (np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))), ((A_prev, W, b), Z)
""")
    assert ready("linear_activation_forward") and not ready("linear_forward")


def test_the_table_names_every_exercise_and_what_to_mend_first(steps):
    steps.answer("initialize_parameters", next(iter(mistakes_of(steps.text, "initialize_parameters"))))
    steps.answer("linear_forward", next(iter(mistakes_of(steps.text, "linear_forward"))))
    steps.run('def compute_cost(AL, Y):\n    raise NotImplementedError("compute_cost")')
    verdicts()
    box = steps.shown[-1]
    assert [row[0] for row in box.table] == ["exercise", *steps.text.tests]
    rows = {row[0]: row[1:] for row in box.table}
    assert rows["compute_cost"] == ("0 of 4", "– not written yet", "")
    assert rows["L_model_forward"] == ("6 of 6", "✓ right", "")
    assert rows["linear_forward"][:2] == ("0 of 3", "✗ not right yet") and rows["linear_forward"][2]
    assert box.head == "7 of 10 exercises are right: 40 of 50 points"
    told = "linear_forward, which linear_activation_forward and L_model_forward build on."
    assert box.lines == (("Mend first", told),)
    steps.solve()
    verdicts()
    assert steps.shown[-1].head == "All 10 exercises are right: 50 points" and steps.shown[-1].sign == "✓"
    for name in steps.text.tests:
        steps.run(f"def {name}(*given, **more):\n    raise NotImplementedError({name!r})")
    verdicts()
    assert steps.shown[-1].lines == (("Write next", "initialize_parameters."),)


def test_names_that_a_learner_gives_another_meaning_do_not_break_the_drawing(steps):
    steps.run("str = sum = list = int = zip = enumerate = range = float = 'mine'")
    text = steps.verdict("linear_backward")
    assert text.startswith("✓")
    assert steps.verdict("update_parameters").startswith("✗")  # its own answer uses range
    steps.run("del str, sum, list, int, zip, enumerate, range, float")
    steps.run("hidden_cases = None\ndef compute_cost(AL, Y):\n    import numpy\n    return -numpy.mean(numpy.log(AL))")
    steps.names["np"] = None
    assert steps.verdict("compute_cost").startswith("✗ compute_cost: not right yet, right on")


def test_no_line_of_a_hidden_case_is_shown(open_on):
    notebook = open_on("course2-week1/regularization").solve()
    exercise = "backward_propagation_with_dropout"
    hidden = [line.strip() for line in notebook.text.tests[exercise].source.splitlines() if len(line.strip()) > 12]
    notebook.run("def broken(*_):\n    raise RuntimeError('of the given code')\nwhole, np.where = np.where, broken")
    raised = notebook.verdict(exercise)
    notebook.run("np.where = whole")
    assert "could not be drawn here (RuntimeError: of the given code)" in raised
    notebook.run("def relu(Z):\n    return None")
    assert notebook.verdict(exercise).startswith("✓"), "a case draws without what the notebook defines"
    for line in hidden[1:]:
        assert line not in raised, line
    assert not any(linecache.getline(f"<practice cases of {exercise}>", number) for number in range(1, 40))
    assert not any("practice cases" in name for name in linecache.cache)


NOISY = """
import os, random, sys, warnings
import matplotlib.pyplot as plt
from IPython.display import display

def row_means(X):
    print("a print" * 1000)
    print("an error", file=sys.stderr)
    warnings.warn("a warning")
    display({"text/plain": "a display"}, raw=True)
    plt.figure()
    os.environ["A_LEARNER"] = os.environ.pop("PATH", "")
    np.random.seed(1)
    random.seed(1)
    np.seterr(all="raise")
    return np.mean(X, axis=1, keepdims=True)
"""


def test_nothing_is_left_behind(tiny_notebook, capfd):
    tiny_notebook.run(NOISY)
    own = plt.figure()
    numpy_state, python_state = np.random.get_state()[1].copy(), random.getstate()
    environment, errors = dict(os.environ), np.geterr()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        text = tiny_notebook.verdict("row_means")
    assert text.startswith("✓") and warned == []
    assert capfd.readouterr() == ("", "")
    assert plt.get_fignums() == [own.number]
    plt.close(own)
    assert (np.random.get_state()[1] == numpy_state).all() and random.getstate() == python_state
    assert dict(os.environ) == environment and np.geterr() == errors
    assert cases.collector is None and cases.namespace is None


HOSTILE = {
    "exits": "import sys\ndef row_means(X):\n    sys.exit('bye')",
    "error without a text": """
class Mute(Exception):
    def __str__(self):
        raise Mute
def row_means(X):
    raise Mute""",
    "a value that cannot be looked at": """
class Odd:
    __class__ = property(lambda self: 1 / 0)
    def __getattribute__(self, name):
        raise SystemExit
    def __repr__(self):
        raise SystemExit
    def __eq__(self, other):
        raise SystemExit
def row_means(X):
    return Odd()""",
    "asks for a verdict": "from companion import verdict\ndef row_means(X):\n    verdict('row_means')",
    "never returns": "def row_means(X):\n    return row_means(X)",
    "takes the collector away": "from companion import cases\ndef row_means(X):\n    cases.collector = None",
    "removes itself": "def row_means(X):\n    globals().pop('row_means', None)",
    "is a class": "class row_means:\n    def __init__(self, X):\n        pass",
    "is huge": "def row_means(X):\n    return np.zeros(3 * 10**6)",
    "long text": "def row_means(X):\n    raise ValueError('\\x1b[31m' + 'long\\n' * 10**5)",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_answer_brings_an_exception_through(name, tiny_notebook):
    tiny_notebook.run(HOSTILE[name])
    text = tiny_notebook.verdict("row_means")
    assert not text.startswith("✓") and "Traceback" not in text and "\x1b" not in text
    assert max(map(len, text.splitlines())) < 1000
    verdicts()
    assert cases.collector is None and cases.namespace is None
    tiny_notebook.shown[-1].html().encode()


def test_an_interrupt_comes_through_and_everything_is_put_back(tiny_notebook):
    tiny_notebook.run("def row_means(X):\n    np.random.seed(1)\n    raise KeyboardInterrupt")
    state = np.random.get_state()[1].copy()
    with pytest.raises(KeyboardInterrupt):
        verdict("row_means")
    with pytest.raises(KeyboardInterrupt):
        ready("row_means")
    assert cases.collector is None and cases.namespace is None and (np.random.get_state()[1] == state).all()
    assert "AUTOGRADER_SEED" not in os.environ and tiny_notebook.shown == []


@pytest.fixture(params=["grader", "autograde", "author"])
def judged_elsewhere(request, monkeypatch):
    if request.param == "grader":
        monkeypatch.setattr(lessons, "GRADING", True)
    elif request.param == "autograde":
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    else:
        monkeypatch.setattr(cases, "collector", [])


def test_where_somebody_else_judges_all_is_silent(tiny_notebook, judged_elsewhere, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    monkeypatch.setattr(verdict_cells, "practice", lambda: 1 / 0)
    tiny_notebook.run("def row_means(X):\n    return 0")
    verdict("row_means")
    verdicts()
    assert ready("row_means") and tiny_notebook.shown == [] and capsys.readouterr().out == ""


def test_without_a_record_a_line_says_so_and_only_stubs_are_told(tiny_notebook, monkeypatch, capsys):
    tiny_notebook.run("def noisy(X, scale):\n    raise NotImplementedError('noisy')")
    monkeypatch.setattr(lessons, "current", "course9-week1/nowhere")
    assert tiny_notebook.verdict("row_means") == (
        "– row_means: no verdict, no practice cases of course9-week1/nowhere are at hand here. "
        "The class is graded all the same."
    )
    assert tiny_notebook.verdict("noisy") == "– noisy: not written yet"
    assert ready("row_means") and not ready("row_means", "noisy") and not ready("gone")
    told = ["noisy, which is not written yet", "gone, which is not defined yet"]
    assert capsys.readouterr().out.splitlines() == [f"This experiment needs {x}." for x in told]
    verdicts()
    assert tiny_notebook.shown[-1].text().startswith("– No verdicts: no practice cases")
    monkeypatch.setattr(lessons, "current", None)
    assert "no lesson is named yet: run the first code cell" in tiny_notebook.verdict("row_means")
    monkeypatch.setattr(lessons, "current", "course9-week1/tiny")
    monkeypatch.setitem(sys.modules, "autograder.errors", None)
    assert "the grader is not installed here" in tiny_notebook.verdict("row_means")


def test_only_the_public_record_is_read(tiny, tiny_notebook, tmp_path, monkeypatch):
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root, symlinks=True)
    (record,) = root.glob("autograder/references/*/tiny.h5")
    record.with_suffix(".private.h5").write_bytes(b"secret")
    monkeypatch.setenv("COMPANION_ROOT", str(root))
    assert tiny_notebook.verdict("row_means").startswith("✓")
    record.write_bytes(b"damaged, and newer")
    assert "no practice cases" in tiny_notebook.verdict("row_means")


def test_an_exercise_that_is_none_is_told_from_those_that_are(tiny_notebook):
    assert (
        tiny_notebook.verdict("row_meens")
        == "– row_meens is no exercise of this lesson, which has row_means and noisy."
    )
    assert ready("row_meens")


def test_where_nbgrader_validates_it_raises_the_cause(tiny_notebook, monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    assert tiny_notebook.verdict("row_means").startswith("✓")
    tiny_notebook.answer("row_means", "wrong_axis")
    with pytest.raises(NotRightYet) as raised:
        verdict("row_means")
    lines = raised.value._render_traceback_()
    assert lines[0] == "✗ row_means: not right yet, right on none of 4 practice cases"
    assert lines[1] == "  Cause: The mean runs over columns." and max(map(len, lines)) <= 80
    verdicts()
    assert ready("noisy") and not ready("row_means")


@pytest.mark.parametrize("sign", [state.value[0] for state in State])
def test_what_comes_from_a_learner_is_text(sign):
    nasty = '<script>alert(1)</script> "&amp;\u202e $x$ `a < b` \x00 é'
    box = Box(sign, nasty, (("Cause", nasty), ("", nasty)), (("exercise", "cause"), ("f", nasty)))
    page = BeautifulSoup(box.html(), "html.parser")
    assert page.find("script") is None and {x.string for x in page.find_all("code")} == {"a < b"}
    assert not any(name.startswith("on") or name == "id" for tag in page.find_all() for name in tag.attrs)
    shown = "".join(page.get_text().split())
    for line in box.text().splitlines():
        assert "".join(line.replace("`", "").split()) in shown, line
    assert "\x00" not in box.text() + box.html() and "\u202e" not in box.text() + box.html()
    for style in (tag.get("style", "") for tag in page.find_all()):
        assert "color: #" not in style.replace("border-color", "").replace("background-color", "")


def test_the_state_is_a_sign_and_a_word():
    assert len({state.value for state in State}) == len(State) == 4
    assert all(len(sign) == 1 and word for sign, word in (state.value for state in State))


def test_the_answers_of_the_judge_are_the_same_for_a_whole_and_for_a_partial_record(tiny_lesson, tiny_notebook):
    whole = {item.exercise: item for item in load_record(tiny_lesson).items.values()}
    part = practice()._record.of(["noisy"])
    (item,) = part.items.values()
    assert (item.grade_id, item.points, item.parameters) == ("noisy-test", 2, ("X", "scale"))
    assert [m.cause for m in item.mistakes] == [m.cause for m in whole["noisy"].mistakes]
