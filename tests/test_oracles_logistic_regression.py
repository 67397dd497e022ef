"""Logistic regression against oracles that share no code with the lesson:
other formulas, finite differences, properties."""

import math

import numpy as np
import pytest
from lessons import cases_of, functions_of, graded

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer
from autograder.judge import Verdict, judge_reports, load_record
from autograder.notebooks import without_markers
from autograder.places import repository

LESSON = "course1-week2/logistic_regression"


def probability(w, b, x) -> float:
    """σ(w · x + b) of one example, by Python's own numbers."""
    z = math.fsum(float(wj) * float(xj) for wj, xj in zip(np.ravel(w), x, strict=True)) + float(b)
    return 0.5 * (1 + math.tanh(z / 2))


def cross_entropy(w, b, X, Y) -> float:
    """The mean of softplus(z) - y z: the cost without a sigmoid and without a logarithm of it."""
    terms = []
    for x, y in zip(X.T, Y.ravel(), strict=True):
        z = math.fsum(float(wj) * float(xj) for wj, xj in zip(np.ravel(w), x, strict=True)) + float(b)
        terms.append(max(z, 0) + math.log1p(math.exp(-abs(z))) - float(y) * z)
    return math.fsum(terms) / len(terms)


def descend(w, b, X, Y, iterations, rate):
    """Gradient descent, example by example; returns w, b, the last gradient, and all costs."""
    w, costs = [float(x) for x in np.ravel(w)], []
    for _ in range(iterations):
        costs.append(cross_entropy(w, b, X, Y))
        errors = [probability(w, b, x) - float(y) for x, y in zip(X.T, Y.ravel(), strict=True)]
        dw = [math.fsum(e * float(x) for e, x in zip(errors, row, strict=True)) / len(errors) for row in X]
        db = math.fsum(errors) / len(errors)
        w, b = [wj - rate * dj for wj, dj in zip(w, dw, strict=True)], b - rate * db
    return np.array(w)[:, None], b, np.array(dw)[:, None], db, costs


def test_sigmoid_is_half_of_a_shifted_tanh():
    for inputs, s in cases_of(LESSON, "sigmoid"):
        z = np.asarray(inputs["z"], dtype=float)
        assert np.shape(s) == z.shape
        np.testing.assert_allclose(s, (1 + np.tanh(z / 2)) / 2, rtol=1e-12, atol=1e-14)


def test_sigmoids_of_opposite_numbers_add_up_to_one():
    sigmoid = functions_of(LESSON)["sigmoid"]
    z = np.random.default_rng(0).uniform(-20, 20, (3, 7))
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-14)
    np.testing.assert_allclose(np.log(sigmoid(z) / sigmoid(-z)), z, rtol=1e-6)


def test_the_beginning_is_zero():
    for inputs, (w, b) in cases_of(LESSON, "initialize_with_zeros"):
        assert w.shape == (inputs["dim"], 1) and not w.any() and b == 0


def test_the_cost_is_softplus_and_its_gradient_is_measured():
    for inputs, (grads, cost) in cases_of(LESSON, "propagate"):
        w, b, X, Y = (inputs[name] for name in ("w", "b", "X", "Y"))
        assert float(cost) == pytest.approx(cross_entropy(w, b, X, Y), rel=1e-12)
        for j in range(len(w)):
            nudge = 1e-5 * (np.arange(len(w)) == j)[:, None]
            slope = (cross_entropy(w + nudge, b, X, Y) - cross_entropy(w - nudge, b, X, Y)) / 2e-5
            assert grads["dw"][j, 0] == pytest.approx(slope, rel=1e-6, abs=1e-9)
        slope = (cross_entropy(w, b + 1e-5, X, Y) - cross_entropy(w, b - 1e-5, X, Y)) / 2e-5
        assert float(grads["db"]) == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_the_recorded_descents_example_by_example():
    for inputs, (params, grads, costs) in cases_of(LESSON, "optimize"):
        iterations = int(inputs["num_iterations"])
        start = (inputs[name] for name in ("w", "b", "X", "Y"))
        w, b, dw, db, every_cost = descend(*start, iterations, float(inputs["learning_rate"]))
        np.testing.assert_allclose(params["w"], w, rtol=1e-9)
        np.testing.assert_allclose(grads["dw"], dw, rtol=1e-7, atol=1e-12)
        np.testing.assert_allclose([params["b"], grads["db"]], [b, db], rtol=1e-7)
        np.testing.assert_allclose(costs, every_cost[::100], rtol=1e-10)
        assert len(costs) == math.ceil(iterations / 100)


def test_two_descents_in_a_row_are_one():
    scope = functions_of(LESSON)
    rng = np.random.default_rng(4)
    X, Y, w = rng.standard_normal((3, 8)), rng.integers(0, 2, (1, 8)), rng.standard_normal((3, 1))
    half, _, _ = scope["optimize"](w, 0.3, X, Y, 60, 0.1)
    whole, _, _ = scope["optimize"](w, 0.3, X, Y, 120, 0.1)
    again, _, _ = scope["optimize"](half["w"], half["b"], X, Y, 60, 0.1)
    np.testing.assert_allclose(again["w"], whole["w"], rtol=1e-12)


def test_predictions_are_the_side_of_the_line():
    for inputs, answers in cases_of(LESSON, "predict"):
        z = np.array([np.dot(inputs["w"].ravel(), x) + inputs["b"] for x in inputs["X"].T])
        assert np.abs(z).min() > 0.05  # no tie, so float32 and either side of one half give the same
        np.testing.assert_array_equal(answers, (z > 0)[None, :])
        assert answers.shape == (1, len(z))
        assert len(z) == 1 or 0 < answers.sum() < len(z)


def test_the_recorded_models_example_by_example():
    for inputs, d in cases_of(LESSON, "model"):
        X, Y, X_test = inputs["X_train"], inputs["Y_train"], inputs["X_test"]
        iterations, rate = int(inputs.get("num_iterations", 2000)), float(inputs.get("learning_rate", 0.5))
        w, b, _, _, every_cost = descend(np.zeros(len(X)), 0.0, X, Y, iterations, rate)
        np.testing.assert_allclose(d["w"], w, rtol=1e-7, atol=1e-12)
        assert float(d["b"]) == pytest.approx(b, rel=1e-7)
        np.testing.assert_allclose(d["costs"], every_cost[::100], rtol=1e-9)
        for part, examples in (("train", X), ("test", X_test)):
            sure = np.array([probability(w, b, x) for x in examples.T])
            assert np.abs(sure - 0.5).min() > 1e-5
            np.testing.assert_array_equal(d[f"Y_prediction_{part}"], (sure > 0.5)[None, :])
        assert (int(d["num_iterations"]), float(d["learning_rate"])) == (iterations, rate)
        assert d["costs"][0] == pytest.approx(math.log(2))


def test_a_model_learns_nothing_from_the_test():
    model = functions_of(LESSON)["model"]
    rng = np.random.default_rng(6)
    X, Y = rng.standard_normal((2, 9)), rng.integers(0, 2, (1, 9))
    once, twice = (
        model(X, Y, rng.standard_normal((2, m)), rng.integers(0, 2, (1, m)), num_iterations=30, learning_rate=0.2)
        for m in (3, 5)
    )
    np.testing.assert_array_equal(once["w"], twice["w"])


def test_the_first_step_is_the_difference_of_the_two_averages():
    """What the lesson says of the first step, with as many examples of either label."""
    scope = functions_of(LESSON)
    rng = np.random.default_rng(7)
    X, Y = rng.random((5, 8)), np.arange(8)[None, :] % 2
    params, _, _ = scope["optimize"](np.zeros((5, 1)), 0.0, X, Y, 1, 0.4)
    averages = X[:, 1::2].mean(axis=1) - X[:, ::2].mean(axis=1)
    np.testing.assert_allclose(params["w"].ravel(), 0.4 / 4 * averages, rtol=1e-12)


def test_a_fault_in_the_sigmoid_is_charged_once():
    (place,) = repository().select(LESSON)
    solutions = {name: without_markers(text) for name, text in read_lesson(place).solutions.items()}
    wrong = {"sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"}
    for exercise, item in graded(place, solutions | wrong).items():
        assert (item.verdict is Verdict.PASSED) == (exercise != "sigmoid"), item
        assert bool(item.as_written) == (exercise in ("propagate", "optimize", "predict", "model")), item


@pytest.mark.parametrize("exercise", ["optimize", "model"])
def test_costs_as_an_array_pass_and_are_named(exercise):
    (place,) = repository().select(LESSON)
    lesson, record = read_lesson(place), load_record(place)
    style = lesson.styles[exercise]["array_of_costs" if exercise == "optimize" else "vectorized"]
    verdict = judge_reports(record, exercise, list(answer(lesson, exercise, style).raw))
    assert verdict.passed and "the course returns a list" in verdict.message
