"""Other roads to the answers of batch_normalization: Keras, finite differences, exact sums, what the text says."""

import math

import numpy as np
import pytest
from lessons import functions_of

LESSON = "course2-week3/batch_normalization"
SHAPES = [(3, 5), (1, 7), (6, 2), (4, 1), (2, 40)]


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def drawn(n, m, centre=3.0):
    """Z, gamma, beta, two running statistics and dout, all of other numbers."""
    rng = np.random.default_rng(100 * n + m)
    Z = centre * rng.uniform(-2, 2, (n, 1)) + rng.uniform(0.1, 3, (n, 1)) * rng.standard_normal((n, m))
    gamma, beta = rng.standard_normal((2, n, 1))
    return Z, gamma, beta, rng.standard_normal((n, 1)), rng.uniform(0.1, 4, (n, 1)), rng.standard_normal((n, m))


def keras_layer(n, gamma, beta, mean, variance, momentum, epsilon):
    """Keras's own layer, in float64; to it examples are rows."""
    keras = pytest.importorskip("keras")
    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon, dtype="float64")
    layer.build((None, n))
    layer.set_weights([a.ravel() for a in (gamma, beta, mean, variance)])
    return layer


@pytest.mark.slow
@pytest.mark.parametrize("momentum, epsilon", [(0.9, 1e-5), (0.37, 0.8)])
def test_keras_says_the_same_forward_in_use_backward_and_of_the_running_statistics(lesson, momentum, epsilon):
    tf = pytest.importorskip("tensorflow")
    for n, m in SHAPES:
        Z, gamma, beta, mean, variance, dout = drawn(n, m)
        layer = keras_layer(n, gamma, beta, mean, variance, momentum, epsilon)
        in_use = lesson["batchnorm_inference"](Z, gamma, beta, mean, variance, epsilon)
        np.testing.assert_allclose(in_use.T, layer(Z.T, training=False), rtol=1e-9, atol=1e-10)

        X = tf.constant(Z.T)
        with tf.GradientTape() as tape:
            tape.watch(X)
            Y = layer(X, training=True)
            cost = tf.reduce_sum(Y * dout.T)
        slopes = tape.gradient(cost, [X, *layer.trainable_weights])
        out, cache = lesson["batchnorm_forward"](Z, gamma, beta, epsilon)
        np.testing.assert_allclose(out.T, Y, rtol=1e-9, atol=1e-10)
        back = lesson["batchnorm_backward"](dout, cache)
        for mine, theirs in zip(back, slopes, strict=True):
            assert mine.shape[0] == n
            np.testing.assert_allclose(mine.T.reshape(theirs.shape), theirs, rtol=1e-7, atol=1e-9)

        new = lesson["update_running"](mean, variance, cache["mean"], cache["variance"], momentum)
        for mine, theirs in zip(new, layer.non_trainable_weights, strict=True):
            np.testing.assert_allclose(mine.ravel(), theirs, rtol=1e-12)


@pytest.mark.parametrize("n, m", SHAPES)
@pytest.mark.parametrize("epsilon", [1e-2, 1.3])
def test_the_gradients_are_the_slopes_of_the_cost(lesson, n, m, epsilon):
    Z, gamma, beta, *_, dout = drawn(n, m)

    def cost():
        return np.sum(dout * lesson["batchnorm_forward"](Z, gamma, beta, epsilon)[0])

    cache = lesson["batchnorm_forward"](Z, gamma, beta, epsilon)[1]
    for array, gradient in zip((Z, gamma, beta), lesson["batchnorm_backward"](dout, cache), strict=True):
        assert gradient.shape == array.shape
        for place in np.ndindex(array.shape):
            kept, array[place] = array[place], array[place] + 1e-5
            above = cost()
            array[place] = kept - 1e-5
            below = cost()
            array[place] = kept
            assert gradient[place] == pytest.approx((above - below) / 2e-5, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("n, m", SHAPES)
def test_the_two_dead_directions(lesson, n, m):
    """Rows of dZ add up to zero whatever epsilon is; with Z_norm they do as epsilon goes to zero."""
    Z, gamma, beta, *_, dout = drawn(n, m)
    for epsilon in (1e-12, 0.7):
        _, cache = lesson["batchnorm_forward"](Z, gamma, beta, epsilon)
        dZ = lesson["batchnorm_backward"](dout, cache)[0]
        size = np.abs(dZ).max() + 1e-300
        if m > 2:
            np.testing.assert_allclose(dZ.sum(axis=1) / size, 0, atol=1e-9)
        if epsilon < 1e-9 and m > 2:
            np.testing.assert_allclose((dZ * cache["Z_norm"]).sum(axis=1) / size, 0, atol=1e-7)


def test_of_a_batch_of_two_or_one_nothing_is_left_to_learn_from(lesson):
    for m in (1, 2):
        Z, gamma, beta, *_, dout = drawn(5, m)
        _, cache = lesson["batchnorm_forward"](Z, gamma, beta, 1e-12)
        assert np.abs(lesson["batchnorm_backward"](dout, cache)[0]).max() < 1e-6


@pytest.mark.parametrize("offset", [0, 1e3, 1e6])
def test_the_forward_pass_keeps_its_digits_far_from_zero(lesson, offset):
    """Against sums that Python makes exact."""
    row = np.random.default_rng(4).standard_normal(9)
    Z = (row + offset)[None, :]
    mean = math.fsum(Z[0]) / 9
    variance = math.fsum((z - mean) ** 2 for z in Z[0]) / 9
    out, cache = lesson["batchnorm_forward"](Z, np.array([[1.0]]), np.array([[0.0]]), 0.01)
    assert cache["variance"][0, 0] == pytest.approx(variance, rel=1e-8)
    np.testing.assert_allclose(out[0], [(z - mean) / math.sqrt(variance + 0.01) for z in Z[0]], atol=1e-8)


@pytest.mark.parametrize("n, n_prev, m", [(3, 5, 4), (1, 6, 1), (7, 2, 9)])
def test_a_folded_layer_does_what_the_two_did(lesson, n, n_prev, m):
    _, gamma, beta, mean, variance, _ = drawn(n, m)
    rng = np.random.default_rng(n)
    W, b, X = rng.standard_normal((n, n_prev)), rng.standard_normal((n, 1)), rng.standard_normal((n_prev, m))
    W_folded, b_folded = lesson["fold_batchnorm"](W, b, gamma, beta, mean, variance, 0.2)
    two = lesson["batchnorm_inference"](W @ X + b, gamma, beta, mean, variance, 0.2)
    np.testing.assert_allclose(W_folded @ X + b_folded, two, rtol=1e-10, atol=1e-12)


def test_running_statistics_forget_by_a_power_of_the_momentum(lesson):
    """After k equal batches the share of the start is momentum to the power k."""
    mean, variance, new_mean, new_variance = np.random.default_rng(5).uniform(1, 9, (4, 6, 1))
    start = mean, variance
    for k in range(1, 8):
        mean, variance = lesson["update_running"](mean, variance, new_mean, new_variance, 0.8)
        np.testing.assert_allclose(mean, 0.8**k * start[0] + (1 - 0.8**k) * new_mean, rtol=1e-12)
        np.testing.assert_allclose(variance, 0.8**k * start[1] + (1 - 0.8**k) * new_variance, rtol=1e-12)


@pytest.mark.parametrize("low, high", [(1e-4, 10), (0.3, 0.9), (2, 162)])
def test_even_draws_are_even_on_the_logarithmic_scale(lesson, low, high):
    u = np.random.default_rng(6).random(20_000)
    values = lesson["log_scale"](u, low, high)
    assert low <= values.min() and values.max() <= high * (1 + 1e-12)
    for share in (0.1, 0.5, 0.8):
        edge = math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
        assert np.mean(values < edge) == pytest.approx(share, abs=0.02)
    steps = lesson["log_scale"](np.linspace(0, 1, 7), low, high)
    np.testing.assert_allclose(steps[1:] / steps[:-1], (high / low) ** (1 / 6), rtol=1e-10)


@pytest.mark.parametrize("kind", ["plain", "norm", "noisy"])
def test_the_gradients_of_the_given_network(lesson, kind):
    """Central differences of the cost, some entries of each array; noise that is drawn again from one seed."""
    rng = np.random.default_rng(8)
    X, Y = lesson["train_X"][:, :12], lesson["train_Y"][:, :12]
    parameters = lesson["start"](3)
    for array in parameters.values():
        array += 0.1 * rng.standard_normal(array.shape)

    def cost():
        Z, _ = lesson["forward"](X, parameters, kind, noise=np.random.default_rng(1))
        return lesson["compute_cost"](Z, Y)

    gradients, first, _ = lesson["gradients_of"](X, Y, parameters, kind, np.random.default_rng(1))
    assert first == cost()
    assert ("gamma2" in gradients) == (kind != "plain") and "gamma5" not in gradients
    for name, gradient in gradients.items():
        array = parameters[name]
        assert gradient.shape == array.shape
        for index in rng.choice(array.size, min(4, array.size), replace=False):
            place = np.unravel_index(index, array.shape)
            kept, array[place] = array[place], array[place] + 1e-6
            above = cost()
            array[place] = kept - 1e-6
            below = cost()
            array[place] = kept
            assert gradient[place] == pytest.approx((above - below) / 2e-6, rel=2e-3, abs=1e-7), name
        if kind != "plain" and name[0] == "b" and name in {"b1", "b2", "b3", "b4"}:
            assert np.abs(gradient).max() < 1e-12, "a bias before the normalization learns nothing"


def test_ten_times_the_weights_have_a_tenth_of_the_gradient(lesson):
    X, Y = lesson["train_X"][:, :30], lesson["train_Y"][:, :30]
    parameters = lesson["start"](5)
    before, cost, _ = lesson["gradients_of"](X, Y, parameters, "norm")
    after, same, _ = lesson["gradients_of"](X, Y, {**parameters, "W2": 10 * parameters["W2"]}, "norm")
    assert same == pytest.approx(cost, rel=1e-3)
    size = np.linalg.norm
    assert size(after["W2"] - before["W2"] / 10) < 0.01 * size(before["W2"] / 10)


def test_the_parts_of_the_spirals_are_even_and_stay_apart(lesson):
    assert lesson["train_X"].shape == lesson["test_X"].shape == (2, 200) and lesson["dev_X"].shape == (2, 100)
    assert lesson["train_Y"].sum() == lesson["test_Y"].sum() == 100 and lesson["dev_Y"].sum() == 50
    columns = [tuple(column) for name in ("train_X", "dev_X", "test_X") for column in lesson[name].T]
    assert len(set(columns)) == 500


def test_a_search_has_five_questions_and_its_unit_is_secret(lesson):
    def greedy(score, budget, rng):
        for _ in range(budget + 1):
            score(0.01)

    with pytest.raises(ValueError, match="all 5 questions"):
        lesson["lowest_cost"](greedy, 1)

    def one(score, budget, rng):
        score(0.01)

    costs = [lesson["lowest_cost"](one, seed) for seed in range(3)]
    assert len(set(costs)) == 3 and all(0 < cost <= 5 for cost in costs)
