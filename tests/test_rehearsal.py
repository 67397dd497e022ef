"""The functions for the judge are tried when a lesson is built: a slip in them is refused, not swallowed;
grading stays robust."""

import re

import pytest
from lessons import write_lesson

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.recording import seed_for, write_record
from autograder.authoring.run_author_code import answer
from autograder.errors import LessonError
from autograder.judge import Verdict, judge_reports, load_record
from autograder.places import Repository

LESSON = '''
# %% [markdown]
# # Judged

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import hidden_cases, lesson, verdict

lesson("course9-week1/judged")

# %% nbgrader={"solution": true, "grade_id": "summed"}
def summed(X):
    """The sums of the columns of X as a dictionary, their mean, and X itself."""
    ### BEGIN SOLUTION
    return {"sums": X.sum(0)}, X.sum(0).mean(), X
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "summed-test", "points": 1}
verdict("summed")
### BEGIN HIDDEN TESTS
@hidden_cases("summed", cases=3, returns=("sums", "mean", "X"))
def _(case):
    case.call(summed, case.rng.standard_normal((4, [2, 20, 3][case.index])))
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "drawn"}
def drawn(n):
    """n normal draws."""
    ### BEGIN SOLUTION
    return np.random.randn(n)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "drawn-test", "points": 1}
verdict("drawn")
### BEGIN HIDDEN TESTS
@hidden_cases("drawn", cases=2)
def _(case):
    case.call(drawn, 30 + case.index)
### END HIDDEN TESTS
'''

JUDGED_ANSWERS = '''
"""Answers that people give to the exercises of judged.py: read, never imported (see CONTRIBUTING.md)."""


sums = exercise("summed")

sums.mistake(
    "rows",
    ('{"sums": X.sum(0)}', '{"sums": X.sum(1)}'),
    cause="The rows are summed.",
    hint="Which axis?",
)

sums.mistake(
    "no_dictionary",
    ('{"sums": X.sum(0)}', "None"),
    cause="There is no dictionary.",
    hint="Return one.",
)

sums.mistake(
    "nothing",
    ('return {"sums": X.sum(0)}, X.sum(0).mean(), X', "pass"),
    cause="Nothing comes back.",
    hint="Return.",
)


draws = exercise("drawn")


LIMIT = 5


@sums.forms
def other_forms(inputs, expected):
    sums, mean, X = expected
    yield "You leave out X.", (sums, mean)


@draws.accept
def other_draw(inputs, received):
    if abs(received.mean()) > LIMIT:
        raise ValueError("the mean is off.")
    return received
'''
FORMS = '    sums, mean, X = expected\n    yield "You leave out X.", (sums, mean)\n'
DRAW = "    return received\n"


@pytest.fixture
def recorded(tmp_path):
    """``recorded(changes)``: record the lesson with some of its text replaced, ``{old: new}``;
    the lesson and its record."""

    def record(changes=()):
        texts = [LESSON, JUDGED_ANSWERS]
        for old, new in dict(changes).items():
            assert sum(text.count(old) for text in texts) == 1, old
            texts = [text.replace(old, new) for text in texts]
        place = write_lesson(Repository(tmp_path), "judged", *texts)
        lesson = read_lesson(place)
        template = {"cells": [{"metadata": cell.metadata, "source": cell.source} for cell in lesson.cells]}
        write_record(lesson, template, place.public_record)
        return lesson, load_record(place)

    return record


@pytest.fixture
def refusal(recorded, tmp_path):
    """``refusal(changes)``: the message with which the changed lesson is refused; nothing is left of its record."""

    def told(changes) -> str:
        with pytest.raises(LessonError) as caught:
            recorded(changes)
        assert not [path for path in tmp_path.rglob("*") if ".h5" in path.name]
        message = str(caught.value)
        assert re.match(r"course9/week1/answers/judged\.py:\d+: ", message) and "\n" not in message
        return message

    return told


TYPO = "(sums, meen)\n"
HELPER = "LIMIT = 5\n\n\ndef half(x):\n    return x / to\n"


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"(sums, mean)\n": TYPO}, ["other_forms", "case 0 of summed", "NameError in `yield", "'meen'"]),
        ({"    sums, mean, X = expected": "    sums, mean = expected"}, ["ValueError in `sums, mean = expected`"]),
        ({"    sums, mean, X = expected": '    sums, mean, X = expected\n    inputs["Y"]'}, ["KeyError", "'Y'"]),
        # In one case of three, after a first form came whole.
        ({FORMS: FORMS + "    if X.shape[1] == 20:\n        yield 1 / "
                         "0\n"}, ["case 1", "ZeroDivisionError in `yield 1 / 0`"]),
        # In a helper: the line is the helper's.
        ({"LIMIT = 5\n": HELPER, "(sums, mean)\n": "(sums, half(mean))\n"}, ["other_forms", "NameError in `return x / "
                                                                                            "to`"]),
        ({"> LIMIT:": "> LIMITS:"}, ["other_draw", "case 0 of drawn", "NameError in `if abs", "LIMITS"]),
        ({"> LIMIT:": "> -1:"}, ["other_draw", "ValueError in `raise ValueError", "the mean is off."]),
        ({"def other_draw(inputs, received):": "def other_draw(received):"}, ["other_draw", "TypeError"]),
        ({"@sums.forms\ndef other_forms(": "@sums.forms\n@draws.accept\ndef other_forms("}, ["twice"]),
        ({"@draws.accept": "@draws.accepts"}, ["decorate it with"]),
        ({"@draws.accept": "@drawn.accept"}, ["drawn.accept belongs to no exercise"]),
        ({"LIMIT = 5\n": "LIMIT = LIMT\n"}, ["do not run", "NameError in `LIMIT = LIMT`"]),
        ({"LIMIT = 5\n": "LIMIT = 5 6\n"}, ["this is not Python: invalid syntax"]),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_an_exception_in_a_judge_cell_is_told_with_its_function_and_line(refusal, changes, words):
    told = refusal(changes)
    for word in words:
        assert word in told, told


@pytest.mark.parametrize(
    "new, words",
    [
        ("    return '', expected\n", "yield pairs"),
        ("    return None\n", "TypeError"),
        ("    yield expected\n", "yield pairs"),
        ("    yield 'A sentence.'\n", "yield pairs"),
        ("    yield 'ab'\n", "yield pairs"),
        ("    yield expected[1], expected\n", "yield pairs"),
        ("    yield 'You leave out X.', expected[:2], 3\n", "yield pairs"),
        # What cannot be compared with an answer: nothing that a learner writes would ever equal it.
        ("    yield 'A number.', float(expected[1])\n", "not made of arrays"),
        ("    yield 'A number.', (expected[0], expected[1].mean())\n", "not made of arrays"),
        ("    yield 'A set.', {1, 2}\n", "not made of arrays"),
        ("    yield 'Any.', np.array([None, 'x'])\n", "not made of arrays"),
        ("    yield 'Keys.', {1: expected[0]}\n", "not made of arrays"),
        # What is given is the record itself: every later answer would be compared with the changed one.
        ("    yield 'Popped.', expected[0].pop('sums')\n", "changes what it was given"),
        ("    inputs['X'] = None\n    yield 'Mine.', expected[:2]\n", None),
        ("    expected[2][:] = 0\n    yield 'Zero.', expected[:2]\n", "read-only"),
    ],
)
def test_what_is_no_form_is_refused(recorded, refusal, new, words):
    if words is None:
        recorded({FORMS: new})
    else:
        told = refusal({FORMS: new})
        assert "other_forms" in told and words in told, told


@pytest.mark.parametrize(
    "new, words",
    [
        ("    return received + 1e-3\n", "returns another answer; it has to return that one. the result (shape (30,))"),
        ("    return received[:-1]\n", "expected shape (29,)"),
        ("    return received * (1 + 1e-4)\n", "returns another answer"),
        ("    pass\n", "returns another answer"),
        ("    return received.astype(object)\n", "not made of arrays"),
        ("    return list(received)\n", "not made of arrays"),
        ("    received[0] = 0\n    return received\n", "read-only"),
    ],
)
def test_a_judge_that_does_not_accept_the_recorded_answer_is_refused(refusal, new, words):
    told = refusal({DRAW: new})
    assert "other_draw" in told and "case 0 of drawn" in told and words in told, told


def test_a_judge_that_gives_the_recorded_answer_within_the_tolerance_is_right(recorded):
    recorded({DRAW: "    return received * (1 + 1e-7)\n"})


def test_a_lesson_is_recorded_and_its_other_form_and_draw_pass(recorded):
    lesson, record = recorded()
    item = judge_reports(
        record, "summed", answer(lesson, "summed", "def summed(X):\n    return {'sums': sum(X)}, sum(X).mean()").raw
    )
    assert item.passed and "You leave out X." in item.message
    assert judge_reports(
        record, "drawn", answer(lesson, "drawn", "def drawn(n):\n    return np.random.randn(n + 1)[1:]").raw
    ).passed


def test_the_answer_of_a_mistake_that_has_no_such_form_stops_nothing(recorded):
    """The form takes the sums out of a dictionary: of the mistake without one, and of that which returns None,
    it raises."""
    forms = "    sums, mean, X = expected\n    yield 'The sums come first.', (sums['sums'], mean, X)\n"
    lesson, record = recorded({FORMS: forms})
    for mistake in (m for m in lesson.mistakes if m.exercise == "summed"):
        item = judge_reports(record, "summed", answer(lesson, "summed", mistake.source).raw)
        assert item.cause == mistake.cause
    flat = answer(lesson, "summed", "def summed(X):\n    return X.sum(1), X.sum(0).mean(), X").raw
    assert judge_reports(record, "summed", flat).cause == "The rows are summed."
    odd = answer(lesson, "summed", "def summed(X):\n    return 'nothing'").raw
    assert judge_reports(record, "summed", odd).verdict is Verdict.WRONG_TYPE


@pytest.mark.slow
def test_the_judge_cells_of_every_lesson_are_tried_with_other_inputs_too(repo, tmp_path):
    """A private salt draws other inputs; what is named in accept= and forms= has to take these as well."""
    for place in repo.lessons():
        lesson = read_lesson(place)
        if lesson.judge_source:
            write_record(lesson, {}, tmp_path / "other.h5", seed_for(place.name, b"some salt"), pairs=False)
