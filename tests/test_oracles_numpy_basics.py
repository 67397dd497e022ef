"""The references of numpy_basics against oracles that share no code with it:
exact numbers, plain Python, properties."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from lessons import cases_of, functions_of

from companion import steps_grow

LESSON = "course1-week2/numpy_basics"


@pytest.fixture(scope="module")
def scope() -> dict:
    return functions_of(LESSON)


def exact_sigmoid(x: float) -> float:
    """In decimal arithmetic of 28 digits, which does not overflow at 1000."""
    return float(1 / (1 + (-Decimal(x)).exp()))


def test_sigmoid_against_decimal_arithmetic():
    shapes = set()
    for inputs, output in cases_of(LESSON, "sigmoid"):
        x = np.asarray(inputs["x"])
        shapes.add(x.ndim)
        assert output.shape == x.shape
        expected = [exact_sigmoid(value) for value in x.ravel().tolist()]
        np.testing.assert_allclose(output.ravel(), expected, rtol=1e-12, atol=1e-300)
    assert shapes == {0, 1, 2, 3}


def test_sigmoid_of_opposite_numbers_adds_up_to_one(scope):
    x = np.linspace(-30, 30, 61).reshape(1, 61)
    np.testing.assert_allclose(scope["sigmoid"](x) + scope["sigmoid"](-x), 1, rtol=1e-12)


def test_the_slope_against_the_hyperbolic_cosine_and_against_differences(scope):
    for inputs, output in cases_of(LESSON, "sigmoid_derivative"):
        x = np.asarray(inputs["x"], dtype=float)
        np.testing.assert_allclose(output, 1 / (2 * np.cosh(x / 2)) ** 2, rtol=1e-9, atol=1e-14)
        rise = scope["sigmoid"](x + 1e-5) - scope["sigmoid"](x - 1e-5)
        np.testing.assert_allclose(output, rise / 2e-5, rtol=1e-5, atol=1e-10)


def test_image2vector_puts_each_entry_where_the_formula_says():
    for inputs, output in cases_of(LESSON, "image2vector"):
        image = inputs["image"]
        length, height, depth = image.shape
        assert output.shape == (length * height * depth, 1)
        for (i, j, k), value in np.ndenumerate(image):
            assert output[(i * height + j) * depth + k, 0] == value


def test_normalize_rows_keeps_the_direction_and_makes_the_length_one():
    for inputs, output in cases_of(LESSON, "normalize_rows"):
        for before, after in zip(inputs["x"].tolist(), output.tolist(), strict=True):
            assert math.hypot(*after) == pytest.approx(1, rel=1e-12)
            assert np.dot(before, after) == pytest.approx(math.hypot(*before), rel=1e-12)


def test_softmax_against_decimal_arithmetic():
    for inputs, output in cases_of(LESSON, "softmax"):
        for scores, row in zip(inputs["x"].tolist(), output.tolist(), strict=True):
            powers = [Decimal(score).exp() for score in scores]
            assert row == pytest.approx([float(power / sum(powers)) for power in powers], rel=1e-12)


def test_softmax_of_a_score_and_zero_is_the_sigmoid(scope):
    x = np.linspace(-20, 20, 9)
    rows = np.stack([x, np.zeros(9)], axis=1)
    np.testing.assert_allclose(scope["softmax"](rows)[:, 0], [exact_sigmoid(value) for value in x.tolist()], rtol=1e-12)


def test_the_losses_against_exact_fractions():
    for name, power in (("L1", 1), ("L2", 2)):
        for inputs, output in cases_of(LESSON, name):
            pairs = zip(inputs["y"].tolist(), inputs["yhat"].tolist(), strict=True)
            exact = sum(abs(Fraction(truth) - Fraction(guess)) ** power for truth, guess in pairs)
            assert output == pytest.approx(float(exact), rel=1e-12)


def test_vectorize_against_sums_of_plain_numbers():
    answers = cases_of(LESSON, "vectorize")
    for inputs, Z in answers[:5]:
        W, X, b = (inputs[name].tolist() for name in ("W", "X", "b"))
        assert Z.shape == (len(W), len(X[0]))
        for (i, j), value in np.ndenumerate(Z):
            assert value == pytest.approx(math.fsum([b[i][0], *(w * x[j] for w, x in zip(W[i], X, strict=True))]))
    assert [text for _, text in answers[5:]] == [f"no loop over the {what}" for what in ("examples", "units", "inputs")]


@pytest.mark.parametrize("shape", [(2, 3, 4), (5, 1, 1), (1, 4, 2)])
def test_the_given_loops_and_vectorize_agree(scope, shape):
    n, k, m = shape
    rng = np.random.default_rng(n)
    layer = [rng.standard_normal(size) for size in ((n, k), (k, m), (n, 1))]
    np.testing.assert_allclose(scope["vectorize"](*layer), scope["layer_by_loops"](*layer), rtol=1e-12, atol=1e-14)


def test_the_given_loops_grow_along_every_axis(scope):
    few = (np.ones((3, 4)), np.ones((4, 5)), np.ones((3, 1)))
    for n, k, m in ((90, 4, 5), (3, 90, 5), (3, 4, 90)):
        many = (np.ones((n, k)), np.ones((k, m)), np.ones((n, 1)))
        assert steps_grow(scope["layer_by_loops"], few, many)
        assert not steps_grow(scope["vectorize"], few, many)
