"""Other roads to the answers of tensorflow_tutorial: NumPy by hand, finite differences in float64, Keras's own fit."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import math

import numpy as np
import pytest
from lessons import cases_of, functions_of

tf = pytest.importorskip("tensorflow")

LESSON = "course2-week3/tensorflow_tutorial"
SIZES = [([3, 5, 2, 4], 6), ([7, 2, 6, 3], 1), ([4, 9, 8, 5], 11)]
sizes = pytest.mark.parametrize(("dims", "m"), SIZES)


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def drawn(dims, m, dtype=np.float64):
    rng = np.random.default_rng(sum(dims) + m)
    parameters = {}
    for i in (1, 2, 3):
        parameters[f"W{i}"] = rng.standard_normal((dims[i], dims[i - 1])).astype(dtype)
        parameters[f"b{i}"] = rng.standard_normal((dims[i], 1)).astype(dtype)
    X = rng.standard_normal((dims[0], m)).astype(dtype)
    return X, np.eye(dims[3], dtype=dtype)[:, rng.integers(0, dims[3], m)], parameters


def scores_by_loops(X, parameters):
    """One example, one unit at a time."""
    result = []
    for example in X.T.tolist():
        values = example
        for i in (1, 2, 3):
            W, b = parameters[f"W{i}"].tolist(), parameters[f"b{i}"].tolist()
            values = [sum(w * a for w, a in zip(row, values, strict=True)) + c for row, (c,) in zip(W, b, strict=True)]
            values = [max(0.0, z) for z in values] if i < 3 else values
        result.append(values)
    return np.array(result).T


def loss_by_loops(scores, labels):
    total = 0.0
    for z, y in zip(scores.T.tolist(), labels.T.tolist(), strict=True):
        top = max(z)
        total += math.log(math.fsum(math.exp(one - top) for one in z)) + top - z[y.index(1)]
    return total


def slopes(function, arrays, step=1e-5):
    """Central differences, entry by entry; the arrays are put back."""
    found = {}
    for name, array in arrays.items():
        found[name] = np.empty_like(array)
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + step
            above = function()
            array[place] = kept - step
            found[name][place] = (above - function()) / (2 * step)
            array[place] = kept
    return found


def test_linear_function_are_the_draws_of_the_seed(lesson):
    draws = np.random.RandomState(1).randn(3 + 12 + 4)
    by_hand = draws[3:15].reshape(4, 3) @ draws[:3, None] + draws[15:, None]
    np.testing.assert_allclose(lesson["linear_function"](), by_hand, rtol=1e-12)


def test_sigmoid_at_all_ends(lesson):
    z = np.array([-1000, -88, -20, -1, 0, 1, 20, 88, 1000])
    expected = [1 / (1 + math.exp(-x)) if x > -700 else 0.0 for x in z.tolist()]
    np.testing.assert_allclose(lesson["sigmoid"](z), expected, rtol=2e-6, atol=1e-38)
    assert lesson["sigmoid"](z).dtype == tf.float32 and lesson["sigmoid"](7).shape == ()


def test_one_hot_is_a_column_of_the_identity(lesson):
    for C in (1, 4, 9):
        np.testing.assert_array_equal(np.stack([lesson["one_hot_matrix"](k, C) for k in range(C)]), np.eye(C))


def test_the_first_parameters_have_glorot_s_spread(lesson):
    parameters = lesson["initialize_parameters"]()
    for i, (rows, columns) in enumerate([(25, 12288), (12, 25), (6, 12)], 1):
        W, b = parameters[f"W{i}"].numpy(), parameters[f"b{i}"].numpy()
        assert W.shape == (rows, columns) and b.shape == (rows, 1) and not b.any()
        assert W.var() == pytest.approx(2 / (rows + columns), rel=5 * np.sqrt(2 / W.size))
        assert np.abs(W).max() < 2.3 * np.sqrt(2 / (rows + columns))  # cut off at two, and made up for


@sizes
def test_the_way_forward_by_loops(lesson, dims, m):
    X, _, parameters = drawn(dims, m)
    wanted = scores_by_loops(X, parameters)
    np.testing.assert_allclose(lesson["forward_propagation"](X, parameters), wanted, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("scale", [1, 50, 3000])
def test_the_loss_by_loops(lesson, scale):
    rng = np.random.default_rng(scale)
    scores, labels = scale * rng.standard_normal((5, 8)), np.eye(5)[:, rng.integers(0, 5, 8)]
    total = float(lesson["compute_total_loss"](scores, labels))
    assert total == pytest.approx(loss_by_loops(scores, labels), rel=1e-10)
    parts = [float(lesson["compute_total_loss"](scores[:, k : k + 3], labels[:, k : k + 3])) for k in (0, 3, 6)]
    assert sum(parts) == pytest.approx(total, rel=1e-10)


def test_the_example_by_hand(lesson):
    scores = np.log(np.array([[1.0], [2], [5]]))
    for k, eighths in enumerate(([-7, 2, 5], [1, -6, 5], [1, 2, -3])):
        label = np.eye(3)[:, [k]]
        np.testing.assert_allclose(lesson["logits_gradient"](scores, label)[:, 0], np.array(eighths) / 8, rtol=1e-12)
        assert float(lesson["compute_total_loss"](scores, label)) == pytest.approx(-math.log([1, 2, 5][k] / 8))


def test_the_gradient_of_the_scores_by_finite_differences(lesson):
    rng = np.random.default_rng(7)
    scores, labels = 2 * rng.standard_normal((4, 6)), np.eye(4)[:, rng.integers(0, 4, 6)]
    found = lesson["logits_gradient"](scores, labels)
    wanted = slopes(lambda: loss_by_loops(scores, labels), {"Z": scores})["Z"]
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(found.sum(axis=0), 0, atol=1e-12)


def test_labels_that_are_not_sure_have_the_same_gradient(lesson):
    """The question at the end of the lesson."""
    scores, labels = np.array([[0.3], [-1.0], [2.0]]), np.array([[0.1], [0.8], [0.1]])

    def loss():
        return float(-np.sum(labels * (scores - np.log(np.exp(scores).sum()))))

    np.testing.assert_allclose(lesson["logits_gradient"](scores, labels), slopes(loss, {"Z": scores})["Z"], rtol=1e-7)


@sizes
def test_the_gradients_by_finite_differences_and_by_the_tape(lesson, dims, m):
    X, Y, parameters = drawn(dims, m)
    found = lesson["gradients_by_hand"](X, Y, parameters)
    wanted = slopes(lambda: loss_by_loops(scores_by_loops(X, parameters), Y), parameters)
    variables = {name: tf.Variable(value) for name, value in parameters.items()}
    with tf.GradientTape() as tape:
        loss = lesson["compute_total_loss"](lesson["forward_propagation"](X, variables), Y)
    tapes = tape.gradient(loss, variables)
    assert found.keys() == {f"d{name}" for name in parameters}
    for name in parameters:
        assert found[f"d{name}"].shape == parameters[name].shape
        np.testing.assert_allclose(found[f"d{name}"], wanted[name], rtol=1e-5, atol=1e-7)
        np.testing.assert_allclose(found[f"d{name}"], tapes[name], rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize(("m", "size", "epochs"), [(7, 3, 3), (6, 6, 2), (5, 1, 2), (4, 9, 3)])
def test_training_is_the_fit_of_keras(lesson, m, size, epochs):
    dims = [4, 6, 5, 3]
    X, Y, parameters = drawn(dims, m, np.float32)
    layers = [tf.keras.layers.Dense(n, f) for n, f in zip(dims[1:], ("relu", "relu", None), strict=True)]
    model = tf.keras.Sequential([tf.keras.Input((4,)), *layers])
    for i, layer in enumerate(layers, 1):
        layer.set_weights([parameters[f"W{i}"].T, parameters[f"b{i}"][:, 0]])
    model.compile(tf.keras.optimizers.SGD(0.1), tf.keras.losses.CategoricalCrossentropy(from_logits=True))
    fit = model.fit(X.T, Y.T, size, epochs=epochs, shuffle=False, verbose=0)
    trained, costs = lesson["train"]({name: tf.Variable(v) for name, v in parameters.items()}, X, Y, 0.1, epochs, size)
    np.testing.assert_allclose(costs, fit.history["loss"], rtol=1e-5)
    for i, layer in enumerate(layers, 1):
        np.testing.assert_allclose(trained[f"W{i}"], layer.get_weights()[0].T, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(trained[f"b{i}"][:, 0], layer.get_weights()[1], rtol=1e-4, atol=1e-5)


def test_the_hidden_cases_reach_the_edges():
    gradients = cases_of(LESSON, "gradients_by_hand")
    assert any(not inputs["parameters"]["W1"][0].any() for inputs, _ in gradients)  # a unit at exactly 0
    assert any(inputs["X"].shape[1] == 1 for inputs, _ in gradients)
    totals = cases_of(LESSON, "compute_total_loss")
    assert max(np.abs(inputs["logits"]).max() for inputs, _ in totals) > 1000
    batches = [(inputs["X"].shape[1], inputs["minibatch_size"]) for inputs, _ in cases_of(LESSON, "train")]
    assert any(m % size for m, size in batches) and any(m < size for m, size in batches)
