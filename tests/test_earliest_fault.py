"""A fault in an early building block of the L-layer network: who is charged, and what the feedback says of the rest."""

import lessons
import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.judge import Verdict
from autograder.notebooks import without_markers
from autograder.places import repository

pytestmark = pytest.mark.slow

CHAIN = (
    "linear_forward", "linear_activation_forward", "L_model_forward",
    "linear_backward", "linear_activation_backward", "L_model_backward",
)  # fmt: skip
FORWARD, BACKWARD = CHAIN[:3], CHAIN[3:]


@pytest.fixture(scope="module")
def place():
    (place,) = repository().select("course1-week4/deep_network_steps")
    return place


@pytest.fixture(scope="module")
def lesson(place):
    return read_lesson(place)


@pytest.fixture(scope="module")
def graded(place, lesson):
    """``graded(mistakes, answers)``: the verdicts by exercise.

    Args:
        mistakes: ``{exercise: name of a mistake of the catalogue}``.
        answers: ``{exercise: text}``, None for a stub; all else is answered as the lesson does.
    """

    def grade(mistakes=None, answers=None):
        texts = {name: without_markers(source) for name, source in lesson.solutions.items()} | (answers or {})
        for exercise, wanted in (mistakes or {}).items():
            (texts[exercise],) = [m.source for m in lesson.mistakes if (m.exercise, m.name) == (exercise, wanted)]
        return lessons.graded(place, {name: text for name, text in texts.items() if text})

    return grade


def charged(items):
    """The exercises that cost points."""
    return {name for name, item in items.items() if item.points < item.max_points}


def cause_of(lesson, exercise, name):
    return next(m.cause for m in lesson.mistakes if (m.exercise, m.name) == (exercise, name))


def test_right_answers_are_not_told_of_faults(graded):
    items = graded()
    assert charged(items) == set()
    assert not any("fault" in item.message for item in items.values())


@pytest.mark.parametrize(
    "exercise, name, above",
    [
        ("linear_forward", "bias_forgotten", FORWARD[1:]),
        ("linear_forward", "weights_transposed", FORWARD[1:]),
        ("linear_forward", "cache_order", FORWARD[1:]),
        ("linear_activation_forward", "output_in_cache", FORWARD[2:]),
        ("linear_activation_forward", "always_relu", FORWARD[2:]),
        ("linear_backward", "m_forgotten", BACKWARD[1:]),
        ("linear_backward", "keepdims_forgotten", BACKWARD[1:]),
        ("linear_backward", "wrong_order_returned", BACKWARD[1:]),
        ("linear_activation_backward", "relu_passed_by", BACKWARD[2:]),
        ("linear_activation_backward", "activations_exchanged", BACKWARD[2:]),
        ("linear_activation_backward", "silenced_in_place", BACKWARD[2:]),
    ],
)
def test_an_early_fault_is_charged_once_and_named_above(graded, lesson, exercise, name, above):
    items = graded({exercise: name})
    assert charged(items) == {exercise}
    assert items[exercise].cause == cause_of(lesson, exercise, name)
    assert "This is the first function at fault. Right:" in items[exercise].message
    for other in CHAIN:
        if other != exercise:
            assert items[other].passed and other in items[exercise].message.split("Right:")[1]
        if other in above:
            assert "judged with right versions of what it calls" in items[other].message
            assert f"it fails because of {exercise}:" in items[other].message
        elif other != exercise:
            assert "because of" not in items[other].message


def test_a_fault_at_the_top_leaves_all_below_right(graded, lesson):
    items = graded({"L_model_backward": "dZ_for_dAL"})
    assert charged(items) == {"L_model_backward"}
    assert items["L_model_backward"].cause == cause_of(lesson, "L_model_backward", "dZ_for_dAL")
    assert "linear_backward and linear_activation_backward" in items["L_model_backward"].message


def test_two_faults_in_one_chain_are_both_charged_and_the_lower_one_comes_first(graded):
    items = graded({"linear_backward": "m_forgotten", "L_model_backward": "plus_in_dAL"})
    assert charged(items) == {"linear_backward", "L_model_backward"}
    assert "This is the first function at fault." in items["linear_backward"].message
    assert "The first function at fault is linear_backward: mend that first." in items["L_model_backward"].message
    assert "it fails because of linear_backward:" in items["linear_activation_backward"].message


def test_a_fault_forward_and_a_fault_backward_cost_two_functions_and_no_third(graded, lesson):
    items = graded({"linear_forward": "bias_forgotten", "linear_backward": "dA_averaged"})
    assert charged(items) == {"linear_forward", "linear_backward"}
    for exercise, name in (("linear_forward", "bias_forgotten"), ("linear_backward", "dA_averaged")):
        assert items[exercise].cause == cause_of(lesson, exercise, name)
    assert "it fails because of linear_forward:" in items["L_model_forward"].message
    assert "it fails because of linear_backward:" in items["L_model_backward"].message
    assert "mend that first" not in items["linear_backward"].message, "it does not call the one at fault"


def test_what_is_not_written_yet_costs_only_itself(graded):
    items = graded(answers={"linear_forward": None, "linear_activation_backward": None})
    assert charged(items) == {"linear_forward", "linear_activation_backward"}
    assert {items[name].verdict for name in charged(items)} == {Verdict.MISSING}


def test_whole_passes_that_call_nothing_pass_beside_faults_below(graded, lesson):
    """The forward pass by loops, the backward pass by einsum: neither calls the functions at fault."""
    items = graded(
        {"linear_forward": "bias_forgotten", "linear_activation_backward": "always_sigmoid"},
        {
            "L_model_forward": lesson.styles["L_model_forward"]["loops"],
            "L_model_backward": lesson.styles["L_model_backward"]["einsum"],
        },
    )
    assert charged(items) == {"linear_forward", "linear_activation_backward"}
    for name, cases in (("L_model_forward", 6), ("L_model_backward", 7)):
        assert items[name].message == f"Right on all {cases} hidden cases."


def test_passes_that_call_the_lowest_function_themselves_are_not_charged_for_it(graded, lesson):
    items = graded(
        {"linear_forward": "bias_forgotten", "linear_backward": "m_forgotten"},
        {name: lesson.styles[name]["linear_by_hand"] for name in ("L_model_forward", "L_model_backward")},
    )
    assert charged(items) == {"linear_forward", "linear_backward"}


def test_the_names_of_2017_pass_and_are_named(graded, lesson):
    items = graded(
        answers={name: styles["course2017"] for name, styles in lesson.styles.items() if "course2017" in styles}
    )
    assert charged(items) == set()
    assert "2017 course" in items["L_model_backward"].message
    assert not any("2017" in item.message for name, item in items.items() if name != "L_model_backward")


def test_the_names_of_2017_pass_beside_a_fault_below(graded, lesson):
    items = graded(
        {"linear_backward": "m_forgotten"}, {"L_model_backward": lesson.styles["L_model_backward"]["course2017"]}
    )
    assert charged(items) == {"linear_backward"}
    assert "2017 course" in items["L_model_backward"].message


def test_a_mistake_in_the_names_of_2017_is_named_as_in_those_of_2021(graded, lesson):
    style = lesson.styles["L_model_backward"]["course2017"]
    wrong = style.replace("np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)", "np.divide(Y, AL) + np.divide(1 - Y, 1 - AL)")
    assert wrong != style
    item = graded(answers={"L_model_backward": wrong})["L_model_backward"]
    assert item.cause == cause_of(lesson, "L_model_backward", "plus_in_dAL")
    assert "lacks the key" not in item.message


def test_an_unknown_fault_in_the_names_of_2017_is_told_by_its_values(graded, lesson):
    style = lesson.styles["L_model_backward"]["course2017"]
    item = graded(
        answers={"L_model_backward": style.replace("return grads", "grads['dW1'] = 3.7 * grads['dW1']; return grads")}
    )
    item = item["L_model_backward"]
    assert not item.passed and item.cause is None and "dW1" in item.message and "lacks the key" not in item.message
