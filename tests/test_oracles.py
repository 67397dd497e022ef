"""The references against oracles that share no code with the lessons: automatic differentiation, closed forms.

TensorFlow differentiates a forward pass written here; nothing of a lesson's own backward pass is used.
"""

import os
from itertools import pairwise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest
from lessons import cases_of, functions_of

BLOCKS = ("W1", "b1", "W2", "b2", "W3", "b3")


def autodiff(X, Y, parameters, penalty=0.0, masks=None, keep_prob=1.0):
    """Cost and gradients of a 3-layer network, by TensorFlow's automatic differentiation in float64.

    Args:
        X: shape (n_x, m). Y: shape (1, m). parameters: W1 … b3. penalty: lambd of the L2 term.
        masks: the dropout masks (D1, D2), each of the shape of its layer, or None.
    """
    tf = pytest.importorskip("tensorflow")
    variables = {name: tf.Variable(np.asarray(parameters[name], dtype=np.float64)) for name in BLOCKS}
    m = X.shape[1]
    with tf.GradientTape() as tape:
        A = tf.constant(X, tf.float64)
        for layer in (1, 2):
            A = tf.nn.relu(variables[f"W{layer}"] @ A + variables[f"b{layer}"])
            if masks is not None:
                A = A * tf.constant(masks[layer - 1], tf.float64) / keep_prob
        logits = variables["W3"] @ A + variables["b3"]
        entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(Y, tf.float64), logits=logits)
        squares = sum(tf.reduce_sum(variables[name] ** 2) for name in ("W1", "W2", "W3"))
        cost = tf.reduce_sum(entropy) / m + penalty / (2 * m) * squares
    gradients = tape.gradient(cost, variables)
    return float(cost), {f"d{name}": gradients[name].numpy() for name in BLOCKS}


def random_network(rng, m, sizes=(4, 5, 3, 1)):
    parameters = {}
    for layer in (1, 2, 3):
        parameters[f"W{layer}"] = rng.standard_normal((sizes[layer], sizes[layer - 1]))
        parameters[f"b{layer}"] = rng.standard_normal((sizes[layer], 1))
    return rng.standard_normal((sizes[0], m)), rng.integers(0, 2, (1, m)), parameters


# Gradient checking


def test_the_linear_model_and_its_slope_are_closed_forms():
    for inputs, J in cases_of("course2-week1/gradient_checking", "forward_propagation"):
        np.testing.assert_allclose(J, inputs["theta"] * inputs["x"])
    for inputs, slope in cases_of("course2-week1/gradient_checking", "backward_propagation"):
        np.testing.assert_allclose(slope, inputs["x"])


@pytest.mark.parametrize("theta", [0.7, -1.3, 2.0])
@pytest.mark.parametrize("epsilon", [0.1, 0.01])
def test_gradient_check_of_a_cube_is_a_closed_form(theta, epsilon):
    """For θ³ the two-sided quotient is exactly 3θ² + ε²."""
    scope = functions_of("course2-week1/gradient_checking")
    scope["forward_propagation"] = lambda x, theta: theta**3
    scope["backward_propagation"] = lambda x, theta: 3 * theta**2
    expected = epsilon**2 / (6 * theta**2 + epsilon**2)
    assert scope["gradient_check"](1.0, theta, epsilon) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("m", [1, 3, 8])
def test_gradient_check_n_against_automatic_differentiation(m):
    rng = np.random.default_rng(m)
    scope = functions_of("course2-week1/gradient_checking")
    X, Y, parameters = random_network(rng, m)
    _, right = autodiff(X, Y, parameters)
    assert scope["gradient_check_n"](parameters, right, X, Y) < 1e-7
    doubled = {name: 2 * value for name, value in right.items()}
    assert scope["gradient_check_n"](parameters, doubled, X, Y) == pytest.approx(1 / 3, rel=1e-6)


def test_two_sided_difference_is_exact_for_squares():
    """For a quadratic function the two-sided quotient is the gradient itself, for every step."""
    rng = np.random.default_rng(0)
    slopes = functions_of("course2-week1/gradient_checking")["two_sided_difference"]
    for shape in [(), (3,), (2, 4), (2, 3, 2)]:
        x, weights = rng.standard_normal(shape), rng.standard_normal(shape)
        found = slopes(lambda v, w=weights: np.sum(w * v**2), x, 0.25)
        np.testing.assert_allclose(found, 2 * weights * x, atol=1e-12)


@pytest.mark.parametrize("m", [1, 2, 7])
def test_the_mended_backward_pass_against_automatic_differentiation(m):
    rng = np.random.default_rng(10 + m)
    scope = functions_of("course2-week1/gradient_checking")
    X, Y, parameters = random_network(rng, m)
    cost, cache = scope["forward_propagation_n"](X, Y, parameters)
    wanted_cost, wanted = autodiff(X, Y, parameters)
    assert float(cost) == pytest.approx(wanted_cost, rel=1e-9)
    found = scope["backward_propagation_n"](X, Y, cache)
    for name, value in wanted.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-9, atol=1e-12, err_msg=name)
    draft = scope["backward_propagation_n_draft"](X, Y, cache)
    wrong = [name for name, value in wanted.items() if not np.allclose(draft[name], value)]
    assert len(wrong) == 2 or m == 4


# Regularization


def test_the_regularized_cost_against_tensorflow():
    for inputs, cost in cases_of("course2-week1/regularization", "compute_cost_with_regularization"):
        A3, Y, m = inputs["A3"], inputs["Y"], inputs["Y"].shape[1]
        weights = [value for name, value in inputs["parameters"].items() if name.startswith("W")]
        entropy = -np.mean([np.log(a) if y else np.log1p(-a) for a, y in zip(A3.ravel(), Y.ravel(), strict=True)])
        penalty = inputs["lambd"] / (2 * m) * sum(np.linalg.norm(W, "fro") ** 2 for W in weights)
        np.testing.assert_allclose(cost, entropy + penalty, rtol=1e-10)


@pytest.mark.parametrize("lambd", [0.0, 0.7, 3.0])
@pytest.mark.parametrize("m", [1, 6])
def test_the_regularized_backward_pass_against_automatic_differentiation(m, lambd):
    rng = np.random.default_rng(20 + m)
    scope = functions_of("course2-week1/regularization")
    X, Y, parameters = random_network(rng, m)
    cache = _plain_cache(X, parameters)
    _, wanted = autodiff(X, Y, parameters, penalty=lambd)
    found = scope["backward_propagation_with_regularization"](X, Y, cache, lambd)
    for name, value in wanted.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-9, atol=1e-12, err_msg=name)


def _plain_cache(X, parameters):
    cache, A = [], X
    for layer in (1, 2, 3):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.einsum("ij,jk->ik", W, A) + b
        A = np.clip(Z, 0, None) if layer < 3 else np.exp(-np.logaddexp(0, -Z))
        cache += [Z, A, W, b]
    return tuple(cache)


@pytest.mark.parametrize("keep_prob", [0.35, 0.8, 1.0])
def test_dropout_forward_and_backward_against_automatic_differentiation(keep_prob):
    rng = np.random.default_rng(31)
    scope = functions_of("course2-week1/regularization")
    X, Y, parameters = random_network(rng, 9)
    _, cache = scope["forward_propagation_with_dropout"](X, parameters, keep_prob)
    D1, D2 = np.asarray(cache[1], float), np.asarray(cache[6], float)
    assert set(np.unique(D1)) | set(np.unique(D2)) <= {0.0, 1.0}
    _, wanted = autodiff(X, Y, parameters, masks=(D1, D2), keep_prob=keep_prob)
    found = scope["backward_propagation_with_dropout"](X, Y, cache, keep_prob)
    for name, value in wanted.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-9, atol=1e-12, err_msg=name)


def test_dropout_keeps_the_expected_activation():
    """Inverted dropout: averaged over many units, the scaled activations have the mean of the unscaled ones."""
    rng = np.random.default_rng(5)
    scope = functions_of("course2-week1/regularization")
    X, _, parameters = random_network(rng, 400, sizes=(6, 300, 40, 1))
    with np.errstate(
        over="ignore"
    ):  # so many units that exp(-z) of the last layer is inf, and the activation 0, as it should
        _, cache = scope["forward_propagation_with_dropout"](X, parameters, 0.6)
    plain = np.clip(parameters["W1"] @ X + parameters["b1"], 0, None)
    assert np.mean(cache[2]) == pytest.approx(np.mean(plain), rel=0.02)
    assert np.mean(np.asarray(cache[1], float)) == pytest.approx(0.6, abs=0.01)


# Initialization


@pytest.mark.parametrize("kind", ["zeros", "random", "he"])
def test_the_recorded_initializations_are_the_contract_s_seeded_values(kind):
    """NumPy's legacy generator, drawn here without the lesson's code, entry by entry."""
    for inputs, parameters in cases_of("course2-week1/initialization", f"initialize_parameters_{kind}"):
        layers_dims = np.asarray(inputs["layers_dims"]).tolist()
        generator = np.random.RandomState(3)
        assert list(parameters) == [f"{letter}{i}" for i in range(1, len(layers_dims)) for letter in "Wb"]
        for i, (before, size) in enumerate(pairwise(layers_dims), start=1):
            if kind == "zeros":
                expected = np.full((size, before), 0.0)
            else:
                scale = 10.0 if kind == "random" else (2 / before) ** 0.5
                expected = np.array([generator.normal() for _ in range(size * before)]).reshape(size, before) * scale
            np.testing.assert_allclose(parameters[f"W{i}"], expected, rtol=1e-12)
            assert parameters[f"b{i}"].shape == (size, 1) and not parameters[f"b{i}"].any()
