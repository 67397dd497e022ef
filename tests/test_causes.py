"""What is said of a wrong answer is true of it, also where other code gives the same numbers."""

import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer
from autograder.judge import judge_reports, load_record
from autograder.notebooks import without_markers
from autograder.places import repository

SAME_SIDE = "both are shifted to the same side"

WRONG = [
    ("course1-week2/logistic_regression", "sigmoid", [("1 / (1", "1 * (1")], "or the division is"),
    ("course1-week2/logistic_regression", "sigmoid", [("1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)")], "brackets"),
    ("course1-week2/logistic_regression", "propagate", [("np.sum(A - Y)", "np.sum(dw)")], "made of dw"),
    ("course1-week2/logistic_regression", "predict", [("A > 0.5", "A > 1")], "Every answer is 0"),
    ("course1-week2/numpy_basics", "sigmoid", [("1 / (1", "1 * (1")], "or the division is"),
    ("course1-week3/planar_classification", "nn_model", [("(n_x, n_h, n_y)", "(n_x, 4, n_y)")], "written out or taken"),
    ("course1-week3/planar_classification", "nn_model", [("(parameters, grads)", "(parameters, grads, 2.4)")], "twice"),
    ("course1-week4/deep_network_steps", "L_model_forward", [("return AL,", "return caches[-1][1],")], "AL is Z"),
    ("course1-week4/deep_network_steps", "linear_backward", [("np.sum(dZ", "np.sum(dW")], "made of dW"),
    ("course1-week4/deep_network_steps", "linear_backward",
     [("np.sum(dZ, axis=1, keepdims=True) / m", "np.sum(dZ, axis=1).squeeze() / m\n    assert isinstance(db, float)")],
     "An assert asks that db is a single number"),
    ("course1-week4/deep_network_application", "mcnemar", [(" / 2**n", "")], "where it is not divided"),
    ("course2-week1/gradient_checking", "gradient_check", [("theta - epsilon", "theta + epsilon - epsilon")],
     "the cost at theta"),
    ("course2-week1/gradient_checking", "gradient_check", [("theta - epsilon", "theta + epsilon")], "on the same side"),
    ("course2-week1/gradient_checking", "gradient_check", [("grad - gradapprox", "grad + gradapprox")], "are added"),
    ("course2-week1/gradient_checking", "gradient_check_n", [("theta_minus[i] -=", "theta_minus[i] +=")], SAME_SIDE),
    ("course2-week1/gradient_checking", "gradient_check_n", [("gradapprox[i] =", "slope =")], "never filled"),
    ("course2-week1/gradient_checking", "gradient_check_n", [("grad - gradapprox", "grad + gradapprox")], "are added"),
    ("course2-week1/gradient_checking", "two_sided_difference", [("minus[place] -=", "minus[place] +=")], SAME_SIDE),
    ("course2-week1/gradient_checking", "two_sided_difference",
     [("plus[place] +=", "plus[place] -="), ("minus[place] -=", "minus[place] +=")], "the wrong sign"),
    ("course2-week1/regularization", "compute_cost_with_regularization",
     [("+ np.sum(", "+ (lambd / (2 * m)) ** (layer == 1) * np.sum("), ("+ lambd / (2 * m) * squares", "+ squares")],
     "of W1 alone"),
    ("course2-week2/optimization", "update_lr", [("learning_rate0 / (1 +", "learning_rate0 * 1 + (")],
     "or the division is"),
]  # fmt: skip


def judged(lesson: str, exercise: str, changes: list[tuple[str, str]], style: str | None = None):
    """The verdict on the lesson's own answer, or on a right one of this name, after these changes."""
    (place,) = repository().select(lesson)
    text = read_lesson(place)
    source = text.styles[exercise][style] if style else without_markers(text.solutions[exercise])
    for old, new in changes:
        above, found, below = source.rpartition(old)
        assert found, (old, source)
        source = above + new + below
    return judge_reports(load_record(place), exercise, answer(text, exercise, source).raw)


@pytest.mark.parametrize("lesson, exercise, changes, words", WRONG, ids=[f"{e}: {c[0][1]}" for _, e, c, _ in WRONG])
def test_a_cause_holds_for_all_code_that_gives_the_same(lesson, exercise, changes, words):
    item = judged(lesson, exercise, changes)
    assert not item.passed and item.cause and words in item.cause, item.sentence


def test_an_answer_in_the_names_of_2017_is_told_of_what_is_wrong_in_these():
    steps = "course1-week4/deep_network_steps", "L_model_backward"
    key = 'grads["dW" + str(l + 1)]'
    item = judged(*steps, [(key, 'grads["dW" + str(l)]')], "course2017")
    assert item.cause and "called dW0" in item.cause, item.sentence
    item = judged(*steps, [(key, 'grads["DW" + str(l + 1)]')], "course2017")
    assert item.cause is None and "lacks the key 'dW1'" in item.difference, item.sentence
