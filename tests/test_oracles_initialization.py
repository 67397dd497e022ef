"""Other roads to the answers of initialization: the factor of a layer, the variances,
the gradients of the given network."""

import itertools

import numpy as np
import pytest
from lessons import functions_of

LESSON = "course2-week1/initialization"


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


@pytest.mark.parametrize("n, sigma", [(2, 0.5), (7, 0.3), (300, 0.02), (41, 1.7)])
def test_the_factor_of_a_layer_is_an_integral(lesson, n, sigma):
    """E max(0, z)² for a normal z, by quadrature."""
    x = np.random.default_rng(n).standard_normal(n)
    z = sigma * np.linalg.norm(x) * np.linspace(-12, 12, 200_001)
    spread = sigma * np.linalg.norm(x)
    density = np.exp(-((z / spread) ** 2) / 2) / (spread * np.sqrt(2 * np.pi))
    out = np.trapezoid(np.maximum(z, 0) ** 2 * density, z)
    assert lesson["layer_factor"](n, sigma) == pytest.approx(out / np.mean(x**2), rel=1e-6)


def test_the_four_throws_of_the_text(lesson):
    """All throws of a coin for each weight, not only four: the average is exact."""
    x = np.array([3.0, 1.0, -2.0, 0.5, 1.5])
    for n in (2, 5):
        out = [max(0.0, np.dot(throw, x[:n])) ** 2 for throw in itertools.product((0.5, -0.5), repeat=n)]
        assert np.mean(out) / np.mean(x[:n] ** 2) == pytest.approx(lesson["layer_factor"](n, 0.5), rel=1e-12)


def test_a_layer_measured_with_the_instrument_has_the_factor(lesson):
    for n, sigma in ((60, 0.2), (300, 0.05)):
        assert lesson["measured_factor"](n, sigma) == pytest.approx(lesson["layer_factor"](n, sigma), rel=0.1)


def test_he_s_size_is_the_one_that_keeps_the_signal(lesson):
    drawn = lesson["initialize_parameters_he"]([300, 200, 150])
    for name, n in (("W1", 300), ("W2", 200)):
        assert lesson["layer_factor"](n, np.std(drawn[name])) == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize("sizes", [[3, 1], [2, 4, 1], [4, 5, 3, 2, 1]])
def test_the_gradients_of_the_given_network(lesson, sizes):
    """Central differences of the cost, entry by entry."""
    rng = np.random.default_rng(len(sizes))
    X, Y = rng.standard_normal((sizes[0], 6)), rng.integers(0, 2, (1, 6))
    parameters = {}
    for i, (before, size) in enumerate(itertools.pairwise(sizes), start=1):
        parameters[f"W{i}"], parameters[f"b{i}"] = rng.standard_normal((size, before)), rng.standard_normal((size, 1))

    def cost():
        return lesson["compute_cost"](lesson["forward_propagation"](X, parameters)[1], Y)

    gradients, first = lesson["backward_propagation"](X, Y, parameters)
    assert first == cost() and gradients.keys() == parameters.keys()
    for name, array in parameters.items():
        assert gradients[name].shape == array.shape
        for place in np.ndindex(array.shape):
            kept, array[place] = array[place], array[place] + 1e-6
            above = cost()
            array[place] = kept - 1e-6
            below = cost()
            array[place] = kept
            assert gradients[name][place] == pytest.approx((above - below) / 2e-6, rel=1e-5, abs=1e-8), name


def test_the_two_parts_of_the_rings_are_even_and_the_test_points_stay_apart(lesson):
    assert lesson["train_X"].shape == (2, 200) and lesson["dev_X"].shape == lesson["test_X"].shape == (2, 100)
    assert lesson["train_Y"].sum() == 100 and lesson["dev_Y"].sum() == 50
    columns = [tuple(column) for name in ("train_X", "dev_X", "test_X") for column in lesson[name].T]
    assert len(set(columns)) == 400
