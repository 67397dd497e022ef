"""Deep network, applied, against oracles that share no code with the lesson:
measured gradients, coins thrown one by one."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from lessons import cases_of, functions_of, graded

from autograder.places import repository

LESSON = "course1-week4/deep_network_application"


def cost_of(weights, X, Y) -> np.longdouble:
    """The mean of softplus(z) - y z, with a forward pass by einsum: neither a sigmoid nor a logarithm of one."""
    A = X.astype(np.longdouble)
    for k, (W, b) in enumerate(weights):
        Z = np.einsum("ij,jm->im", W, A) + b
        A = Z if k == len(weights) - 1 else (np.abs(Z) + Z) / 2
    return np.sum(np.logaddexp(0, A) - Y * A) / X.shape[1]


def start_of(sizes, scale):
    """The seeded start, all draws from one stream, one W after the other."""
    stream = np.random.RandomState(1)
    shapes = list(zip(sizes[1:], sizes, strict=False))
    return [[stream.standard_normal(shape) * scale(shape[1]), np.zeros((shape[0], 1))] for shape in shapes]


def descended(weights, X, Y, rate, iterations):
    """Gradient descent whose gradients are measured, one weight after the other. Returns weights and costs."""
    # With 80 bits the difference may be so small that it hardly ever reaches over a kink of the ReLU.
    costs, h = [], 1e-9
    weights = [[array.astype(np.longdouble) for array in layer] for layer in weights]
    for _ in range(iterations):
        costs.append(cost_of(weights, X, Y))
        slopes = [[np.zeros_like(array) for array in layer] for layer in weights]
        for layer, slope in zip(weights, slopes, strict=True):
            for array, into in zip(layer, slope, strict=True):
                for place in np.ndindex(array.shape):
                    kept = array[place]
                    array[place] = kept + h
                    above = cost_of(weights, X, Y)
                    array[place] = kept - h
                    into[place] = (above - cost_of(weights, X, Y)) / (2 * h)
                    array[place] = kept
        weights = [[a - rate * g for a, g in zip(*pair, strict=True)] for pair in zip(weights, slopes, strict=True)]
    return weights, costs


@pytest.mark.parametrize("exercise, scale", [("two_layer_model", lambda n: 0.01), ("L_layer_model", lambda n: n**-0.5)])
def test_training_follows_measured_gradients(exercise, scale):
    followed = 0
    for inputs, (parameters, costs) in cases_of(LESSON, exercise):
        iterations = int(inputs.get("num_iterations", 3000))
        assert len(costs) == math.ceil(iterations / 100)
        if iterations > 120:
            continue
        sizes = [int(n) for n in inputs["layers_dims"]]
        rate = float(inputs["learning_rate"])
        weights, wanted = descended(start_of(sizes, scale), inputs["X"], inputs["Y"], rate, iterations)
        for k, (W, b) in enumerate(weights, start=1):
            np.testing.assert_allclose(parameters[f"W{k}"], W, rtol=1e-4, atol=1e-6)
            np.testing.assert_allclose(parameters[f"b{k}"], b, rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(np.ravel(costs), np.array(wanted[::100], float), rtol=1e-6)
        followed += 1
    assert followed >= 3


def test_training_lowers_the_cost_to_what_the_parameters_say():
    functions = functions_of(LESSON)
    rng = np.random.default_rng(5)
    X = rng.standard_normal((3, 20))
    Y = (X[:1] * X[1:2] > 0).astype(int)
    one, _ = functions["L_layer_model"](X, Y, [3, 6, 4, 1], 0.3, 400)
    more, costs = functions["L_layer_model"](X, Y, [3, 6, 4, 1], 0.3, 401)
    pairs = [[one[f"W{k}"], one[f"b{k}"]] for k in (1, 2, 3)]
    assert costs[0] > costs[-1] and costs[-1] == pytest.approx(float(cost_of(pairs, X, Y)), rel=1e-9)
    assert any((one[name] != more[name]).any() for name in one)


def test_a_list_of_two_sizes_is_logistic_regression():
    functions, regression = functions_of(LESSON), functions_of("course1-week2/logistic_regression")
    rng = np.random.default_rng(6)
    X, Y = rng.standard_normal((4, 11)), rng.integers(0, 2, (1, 11))
    start = functions["initialize_parameters_deep"]([4, 1])
    ours, costs = functions["L_layer_model"](X, Y, [4, 1], 0.2, 150)
    params, _, wanted = regression["optimize"](start["W1"].T, 0.0, X, Y, num_iterations=150, learning_rate=0.2)
    np.testing.assert_allclose(ours["W1"], params["w"].T, rtol=1e-10)
    np.testing.assert_allclose(costs, wanted, rtol=1e-10)


def lopsided(first: int, second: int) -> Fraction:
    """How often n fair coins fall at least as far from half as first against second."""
    n = first + second
    far = [abs(2 * k - n) >= abs(first - second) for k in range(n + 1)]
    if n <= 12:
        throws = [sum(coins) for coins in itertools.product((0, 1), repeat=n)]
        return Fraction(sum(far[k] for k in throws), len(throws))
    return sum((Fraction(math.comb(n, k), 2**n) for k in range(n + 1) if far[k]), Fraction(0))


def test_mcnemar_counts_and_throws_coins():
    for inputs, (first, second, p) in cases_of(LESSON, "mcnemar"):
        rows = zip(inputs["predictions_1"][0], inputs["predictions_2"][0], inputs["Y"][0], strict=True)
        right = [(a == y, b == y) for a, b, y in rows]
        assert (int(first), int(second)) == (right.count((True, False)), right.count((False, True)))
        assert float(p) == pytest.approx(float(lopsided(int(first), int(second))), rel=1e-12)


def test_mcnemar_is_symmetric_and_never_above_one():
    mcnemar, rng = functions_of(LESSON)["mcnemar"], np.random.default_rng(7)
    for m in (1, 2, 9, 1500):
        a, b, Y = rng.integers(0, 2, (3, 1, m))
        first, second, p = mcnemar(a, b, Y)
        assert mcnemar(b, a, Y) == (second, first, p) and 0 < p <= 1
    assert mcnemar(Y, Y, Y) == (0, 0, 1)


def test_2017_answers_pass_and_are_named():
    (place,) = repository().select(LESSON)
    answers = {
        "two_layer_model": "def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, "
        "print_cost=False):\n    p = initialize_parameters(*layers_dims)\n    for i in range(num_iterations):\n"
        "        AL, caches = L_model_forward(X, p)\n"
        "        p = update_parameters(p, L_model_backward(AL, Y, caches), learning_rate)\n    return p\n",
    }
    item = graded(place, answers)["two_layer_model"]
    assert item.passed and "the parameters alone, as the course did in 2017" in item.message
