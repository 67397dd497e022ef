"""The building blocks of an L-layer network against oracles that share no code with the lesson.

Loops over single numbers, finite differences of a forward pass written here, and TensorFlow's automatic
differentiation.
"""

import math
import os
from itertools import pairwise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest
from lessons import cases_of, functions_of

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.recording import PUBLIC, seed_for
from autograder.authoring.run_author_code import answer
from autograder.notebooks import without_markers
from autograder.places import repository

LESSON = "course1-week4/deep_network_steps"
NETWORKS = [(5, 1), (4, 6, 1), (6, 2, 5, 1), (3, 5, 4, 3), (7, 2, 6, 3, 5, 1)]
"""Sizes of networks with one to five layers; one of them has three outputs."""


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def bent(kind, z):
    """The activation function of one number."""
    if kind == "relu":
        return z if z > 0 else 0.0
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def layer_by_loops(A, W, b, kind=None):
    """One layer, number by number; without ``kind`` only its linear part."""
    out = np.empty((len(W), A.shape[1]))
    for j, i in np.ndindex(out.shape):
        z = math.fsum([b[j, 0], *(W[j, k] * A[k, i] for k in range(len(A)))])
        out[j, i] = bent(kind, z) if kind else z
    return out


def network_by_loops(X, parameters):
    """The Z and the A of each layer."""
    layers, A, L = [], X, sum(name.startswith("W") for name in parameters)
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = layer_by_loops(A, W, b)
        A = layer_by_loops(A, W, b, "sigmoid" if layer == L else "relu")
        layers.append((Z, A))
    return layers


def cost_by_loops(AL, Y):
    losses = [-math.log(a) if y == 1 else -math.log1p(-a) for a, y in zip(AL.ravel(), Y.ravel(), strict=True)]
    return math.fsum(losses) / Y.shape[1]


def slopes(function, x, epsilon=1e-5):
    """The gradient of a number with respect to an array, by two-sided differences."""
    found = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[place] += epsilon
        behind[place] -= epsilon
        found[place] = (function(ahead) - function(behind)) / (2 * epsilon)
    return found


def random_network(sizes, m, seed):
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer, (before, size) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((size, before)) / np.sqrt(before)
        parameters[f"b{layer}"] = rng.uniform(-0.3, 0.8, (size, 1))
    return rng.standard_normal((sizes[0], m)), rng.integers(0, 2, (sizes[-1], m)), parameters


def parameters_of(caches):
    """The parameters in a list of caches."""
    named = {}
    for layer, ((_, W, b), _) in enumerate(caches, start=1):
        named |= {f"W{layer}": W, f"b{layer}": b}
    return named


# Recorded answers


def test_the_recorded_starts_are_the_contract_s_seeded_values():
    """NumPy's legacy generator, one draw after the other."""
    for inputs, parameters in cases_of(LESSON, "initialize_parameters"):
        sizes = [int(inputs[name]) for name in ("n_x", "n_h", "n_y")]
        _same_start(parameters, sizes, np.random.RandomState(1))
    for inputs, parameters in cases_of(LESSON, "initialize_parameters_deep"):
        _same_start(parameters, [int(n) for n in inputs["layer_dims"]], np.random.RandomState(3))


def _same_start(parameters, sizes, generator):
    assert set(parameters) == {f"{letter}{layer}" for layer in range(1, len(sizes)) for letter in "Wb"}
    for layer, (before, size) in enumerate(pairwise(sizes), start=1):
        expected = [[generator.normal() / 100 for _ in range(before)] for _ in range(size)]
        np.testing.assert_allclose(parameters[f"W{layer}"], expected, rtol=1e-12)
        assert parameters[f"b{layer}"].shape == (size, 1) and not parameters[f"b{layer}"].any()


def test_the_recorded_layers_against_loops_over_single_numbers():
    for inputs, (Z, cache) in cases_of(LESSON, "linear_forward"):
        np.testing.assert_allclose(Z, layer_by_loops(inputs["A"], inputs["W"], inputs["b"]), atol=1e-13)
        for kept, name in zip(cache, "AWb", strict=True):
            np.testing.assert_array_equal(kept, inputs[name])
    for inputs, (A, (linear_cache, Z)) in cases_of(LESSON, "linear_activation_forward"):
        given = [inputs[name] for name in ("A_prev", "W", "b")]
        np.testing.assert_allclose(A, layer_by_loops(*given, inputs["activation"]), atol=1e-13)
        np.testing.assert_allclose(Z, layer_by_loops(*given), atol=1e-13)
        for kept, value in zip(linear_cache, given, strict=True):
            np.testing.assert_array_equal(kept, value)


def test_the_recorded_forward_passes_against_loops_over_single_numbers():
    for inputs, (AL, caches) in cases_of(LESSON, "L_model_forward"):
        layers = network_by_loops(inputs["X"], inputs["parameters"])
        np.testing.assert_allclose(AL, layers[-1][1], atol=1e-12)
        assert len(caches) == len(layers)
        inputs_of = [inputs["X"], *(A for _, A in layers)]
        for ((A_prev, _, _), Z), wanted, (wanted_Z, _) in zip(caches, inputs_of, layers, strict=False):
            np.testing.assert_allclose(A_prev, wanted, atol=1e-12)
            np.testing.assert_allclose(Z, wanted_Z, atol=1e-12)


def test_the_recorded_costs_against_a_loop():
    for inputs, cost in cases_of(LESSON, "compute_cost"):
        assert float(cost) == pytest.approx(cost_by_loops(inputs["AL"], inputs["Y"]), rel=1e-12)


def test_the_recorded_linear_gradients_against_finite_differences():
    """dZ is the gradient of the sum of dZ * Z, whatever dZ is; dW and db are m times smaller."""
    for inputs, gradients in cases_of(LESSON, "linear_backward"):
        dZ, (A_prev, W, b) = inputs["dZ"], inputs["cache"]
        _assert_gradients(gradients, A_prev, W, b, lambda A, W, b, dZ=dZ: np.sum(dZ * layer_by_loops(A, W, b)))


def test_the_recorded_gradients_of_a_layer_against_finite_differences():
    for inputs, gradients in cases_of(LESSON, "linear_activation_backward"):
        dA, ((A_prev, W, b), _), kind = inputs["dA"], inputs["cache"], inputs["activation"]
        _assert_gradients(
            gradients, A_prev, W, b, lambda A, W, b, dA=dA, kind=kind: np.sum(dA * layer_by_loops(A, W, b, kind))
        )


def _assert_gradients(gradients, A_prev, W, b, total):
    m = A_prev.shape[1]
    dA_prev, dW, db = gradients
    np.testing.assert_allclose(dA_prev, slopes(lambda A: total(A, W, b), A_prev), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(dW, slopes(lambda x: total(A_prev, x, b), W) / m, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(db, slopes(lambda x: total(A_prev, W, x), b) / m, rtol=1e-6, atol=1e-7)


def test_the_recorded_backward_passes_against_finite_differences_of_a_forward_pass():
    for inputs, grads in cases_of(LESSON, "L_model_backward"):
        AL, Y, caches = inputs["AL"], inputs["Y"], inputs["caches"]
        parameters, X = parameters_of(caches), caches[0][0][0]
        np.testing.assert_allclose(AL, network_by_loops(X, parameters)[-1][1], atol=1e-12)  # the inputs fit together
        for name, value in parameters.items():

            def cost(moved, name=name, parameters=parameters, X=X, Y=Y):
                return cost_by_loops(network_by_loops(X, {**parameters, name: moved})[-1][1], Y)

            np.testing.assert_allclose(grads["d" + name], slopes(cost, value), rtol=1e-5, atol=1e-8, err_msg=name)

        def cost_of_inputs(moved, parameters=parameters, Y=Y):
            return cost_by_loops(network_by_loops(moved, parameters)[-1][1], Y)

        # dA keeps a column for each example: m times the gradient of the mean
        np.testing.assert_allclose(grads["dA0"], X.shape[1] * slopes(cost_of_inputs, X), rtol=1e-5, atol=1e-7)


def test_the_recorded_updates_number_by_number():
    for inputs, updated in cases_of(LESSON, "update_parameters"):
        assert updated.keys() == inputs["parameters"].keys()
        for name, value in inputs["parameters"].items():
            gradient = inputs["grads"]["d" + name]
            for place in np.ndindex(value.shape):
                wanted = float(value[place]) - float(inputs["learning_rate"]) * float(gradient[place])
                assert updated[name][place] == pytest.approx(wanted, rel=1e-12, abs=1e-14)


def test_the_hidden_cases_cover_the_edges():
    depths = {len(inputs["caches"]) for inputs, _ in cases_of(LESSON, "L_model_backward")}
    assert depths == {1, 2, 3, 5}
    assert depths == {len(inputs["parameters"]) // 2 for inputs, _ in cases_of(LESSON, "L_model_forward")}
    for exercise, name in (("L_model_forward", "X"), ("L_model_backward", "AL")):
        assert 1 in [inputs[name].shape[1] for inputs, _ in cases_of(LESSON, exercise)]
    outputs = [inputs["AL"].shape[0] for inputs, _ in cases_of(LESSON, "L_model_backward")]
    assert 1 in outputs and max(outputs) > 1
    for inputs, _ in cases_of(LESSON, "L_model_backward"):
        assert inputs["AL"].min() > 0.01 and inputs["AL"].max() < 0.99


# The functions on networks of their own


@pytest.mark.parametrize("m", [1, 4])
@pytest.mark.parametrize("sizes", NETWORKS, ids=str)
def test_the_whole_chain_against_automatic_differentiation(lesson, sizes, m):
    tf = pytest.importorskip("tensorflow")
    X, Y, parameters = random_network(sizes, m, seed=len(sizes) + m)
    AL, caches = lesson["L_model_forward"](X, parameters)
    grads = lesson["L_model_backward"](AL, Y, caches)
    L = len(sizes) - 1
    variables = {name: tf.Variable(value) for name, value in parameters.items()}
    with tf.GradientTape() as tape:
        layers = [tf.constant(X)]
        tape.watch(layers[0])
        for layer in range(1, L):
            layers.append(tf.nn.relu(variables[f"W{layer}"] @ layers[-1] + variables[f"b{layer}"]))
        logits = variables[f"W{L}"] @ layers[-1] + variables[f"b{L}"]
        entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(Y, tf.float64), logits=logits)
        cost = tf.reduce_sum(entropy) / m
    wanted = tape.gradient(cost, [*variables.values(), *layers])
    np.testing.assert_allclose(AL, tf.sigmoid(logits), rtol=1e-12)
    if sizes[-1] == 1:
        assert float(lesson["compute_cost"](AL, Y)) == pytest.approx(float(cost), rel=1e-10)
    for name, value in zip(variables, wanted, strict=False):
        np.testing.assert_allclose(grads["d" + name], value, rtol=1e-9, atol=1e-12, err_msg=name)
    for layer, value in enumerate(wanted[len(variables) :]):
        np.testing.assert_allclose(grads[f"dA{layer}"], m * value.numpy(), rtol=1e-9, atol=1e-12, err_msg=f"dA{layer}")


@pytest.mark.parametrize("sizes", NETWORKS, ids=str)
def test_every_example_given_twice_changes_no_averaged_gradient(lesson, sizes):
    X, Y, parameters = random_network(sizes, 3, seed=1)
    once, twice = (
        lesson["L_model_backward"](AL, labels, caches)
        for x, labels in ((X, Y), (np.tile(X, 2), np.tile(Y, 2)))
        for AL, caches in [lesson["L_model_forward"](x, parameters)]
    )
    for name in parameters:
        np.testing.assert_allclose(twice["d" + name], once["d" + name], rtol=1e-10, atol=1e-14)
    for layer in range(len(sizes) - 1):
        np.testing.assert_allclose(twice[f"dA{layer}"], np.tile(once[f"dA{layer}"], 2), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("sizes", NETWORKS, ids=str)
def test_the_examples_do_not_mix(lesson, sizes):
    """Shuffled columns come out shuffled in the same way."""
    X, _, parameters = random_network(sizes, 6, seed=2)
    order = np.random.default_rng(3).permutation(6)
    AL, _ = lesson["L_model_forward"](X, parameters)
    shuffled, _ = lesson["L_model_forward"](X[:, order], parameters)
    np.testing.assert_allclose(shuffled, AL[:, order], rtol=1e-12)


def test_one_layer_is_logistic_regression(lesson):
    """Without hidden layers: dW = (A − Y) Xᵀ / m."""
    X, Y, parameters = random_network((4, 1), 9, seed=4)
    AL, caches = lesson["L_model_forward"](X, parameters)
    grads = lesson["L_model_backward"](AL, Y, caches)
    np.testing.assert_allclose(grads["dW1"], (AL - Y) @ X.T / 9, rtol=1e-12)
    np.testing.assert_allclose(grads["db1"], [[np.mean(AL - Y)]], rtol=1e-10)


def test_a_small_step_lowers_the_cost_by_what_the_gradient_says(lesson):
    X, Y, parameters = random_network((5, 4, 3, 1), 8, seed=5)
    AL, caches = lesson["L_model_forward"](X, parameters)
    grads = lesson["L_model_backward"](AL, Y, caches)
    step = 1e-6
    moved = lesson["update_parameters"](parameters, grads, step)
    lower = lesson["compute_cost"](lesson["L_model_forward"](X, moved)[0], Y)
    squares = sum(np.sum(grads["d" + name] ** 2) for name in parameters)
    assert (lesson["compute_cost"](AL, Y) - lower) / step == pytest.approx(squares, rel=1e-4)


def test_the_example_by_hand(lesson):
    """The numbers of the lesson's text."""
    AL, caches = lesson["L_model_forward"](lesson["hand_X"], lesson["hand_parameters"])
    grads = lesson["L_model_backward"](AL, lesson["hand_Y"], caches)
    assert AL == 0.5 and float(lesson["compute_cost"](AL, lesson["hand_Y"])) == pytest.approx(math.log(2))
    expected = {
        "dW2": [[-0.5, 0]],
        "db2": [[-0.5]],
        "dA1": [[-1], [-1.5]],
        "dW1": [[-2, -1], [0, 0]],
        "db1": [[-1], [0]],
    }
    for name, value in {**expected, "dA0": [[-1], [1]]}.items():
        np.testing.assert_allclose(grads[name], value, atol=1e-14, err_msg=name)


# A corner of the contract


SEEDS = [PUBLIC, *(seed_for(LESSON, salt.encode()) for salt in "abcdefgh")]
"""The public inputs, and private ones of several classes."""


def with_slope(lesson_text, exercise, at_zero):
    """The exercise in two right conventions: the ReLU's slope at Z = 0 is 0 (``>``) or 1 (``>=``)."""
    if exercise == "linear_activation_backward":
        solved = without_markers(lesson_text.solutions[exercise])
        given, own = "relu_backward(dA, activation_cache)", f"np.where(activation_cache {at_zero} 0, dA, 0.0)"
    else:
        solved = lesson_text.styles[exercise]["loops"]
        given, own = "np.where(Z > 0,", f"np.where(Z {at_zero} 0,"
    assert solved.count(given) == 1
    return solved.replace(given, own)


@pytest.mark.parametrize("exercise", ["linear_activation_backward", "L_model_backward"])
@pytest.mark.parametrize("seed", SEEDS, ids=["public", *"abcdefgh"])
def test_no_hidden_case_asks_for_the_slope_of_the_relu_at_0(exercise, seed):
    """The docstrings leave it open, so a right answer must not depend on it."""
    (place,) = repository().select(LESSON)
    text = read_lesson(place)
    either, other = (answer(text, exercise, with_slope(text, exercise, sign), seed) for sign in (">", ">="))
    assert either.raw == other.raw and not any(report.error for report in either.reports)
    bent = [Z for report in either.reports for Z in hidden_Zs(exercise, report.inputs)]
    assert len(bent) >= 4 and all(Z.all() for Z in bent)


def hidden_Zs(exercise, inputs):
    """The Z of every ReLU layer that a case is about."""
    if exercise == "linear_activation_backward":
        return [inputs["1"][1]] if inputs["2"] == "relu" else []
    return [Z for _, Z in inputs["2"][:-1]]


def test_the_two_conventions_differ_where_a_Z_is_0(lesson):
    """Otherwise the test above would say nothing."""
    (place,) = repository().select(LESSON)
    text = read_lesson(place)
    cache = ((np.ones((2, 3)), np.ones((1, 2)), np.zeros((1, 1))), np.array([[1.0, 0.0, -1.0]]))
    found = []
    for sign in (">", ">="):
        scope = dict(lesson)
        exec(with_slope(text, "linear_activation_backward", sign), scope)
        found.append(scope["linear_activation_backward"](np.ones((1, 3)), cache, "relu")[0])
    np.testing.assert_array_equal(found[1] - found[0], [[0, 1, 0], [0, 1, 0]])
