"""One hidden layer against oracles that share no code with the lesson: loops, finite differences, properties."""

import math

import numpy as np
import pytest
from lessons import cases_of, functions_of

LESSON = "course1-week3/planar_classification"
BLOCKS = ("W1", "b1", "W2", "b2")


@pytest.fixture(scope="module")
def scope():
    return functions_of(LESSON)


def network(rng, n_x=3, n_h=5, n_y=1, m=7):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: 0.6 * rng.standard_normal(shape) for name, shape in shapes.items()}
    return parameters, rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m))


def one_example(x, parameters):
    """z1, a1, z2, a2 of one example, number by number."""
    W1, b1, W2, b2 = (parameters[name].tolist() for name in BLOCKS)
    z1 = [sum(w * v for w, v in zip(row, x, strict=True)) + bias[0] for row, bias in zip(W1, b1, strict=True)]
    a1 = [math.tanh(z) for z in z1]
    z2 = [sum(w * a for w, a in zip(row, a1, strict=True)) + bias[0] for row, bias in zip(W2, b2, strict=True)]
    return z1, a1, z2, [1 / (1 + math.exp(-z)) for z in z2]


def brute_cost(X, Y, parameters):
    """The cross-entropy, summed over outputs, averaged over examples."""
    total = 0.0
    for x, y in zip(X.T.tolist(), Y.T.tolist(), strict=True):
        for label, a in zip(y, one_example(x, parameters)[3], strict=True):
            total -= math.log(a if label == 1 else 1 - a)
    return total / X.shape[1]


def measured_gradient(X, Y, parameters, step=1e-5):
    """Central differences of the brute cost, one entry at a time."""
    grads = {}
    for name in BLOCKS:
        grads["d" + name] = np.zeros_like(parameters[name])
        for place in np.ndindex(parameters[name].shape):
            cost = []
            for sign in (1, -1):
                nudged = {key: value.copy() for key, value in parameters.items()}
                nudged[name][place] += sign * step
                cost.append(brute_cost(X, Y, nudged))
            grads["d" + name][place] = (cost[0] - cost[1]) / (2 * step)
    return grads


def test_the_sizes_are_rows():
    for inputs, sizes in cases_of(LESSON, "layer_sizes"):
        assert [int(n) for n in sizes] == [len(list(inputs["X"])), 4, len(list(inputs["Y"]))]


def test_the_recorded_start_is_the_contract_s_seeded_draw():
    """NumPy's legacy generator, drawn here entry by entry."""
    for inputs, parameters in cases_of(LESSON, "initialize_parameters"):
        n_x, n_h, n_y = (int(inputs[name]) for name in ("n_x", "n_h", "n_y"))
        generator = np.random.RandomState(2)
        for name, shape in (("W1", (n_h, n_x)), ("W2", (n_y, n_h))):
            drawn = np.array([generator.normal() for _ in range(shape[0] * shape[1])]).reshape(shape)
            np.testing.assert_allclose(parameters[name], drawn / 100, rtol=1e-12)
        assert parameters["b1"].shape == (n_h, 1) and not parameters["b1"].any()
        assert parameters["b2"].shape == (n_y, 1) and not parameters["b2"].any()


def test_the_recorded_forward_pass_number_by_number():
    several = 0
    for inputs, (A2, cache) in cases_of(LESSON, "forward_propagation"):
        several += len(A2) > 1
        np.testing.assert_array_equal(A2, cache["A2"])
        for i, x in enumerate(inputs["X"].T.tolist()):
            for name, column in zip(("Z1", "A1", "Z2", "A2"), one_example(x, inputs["parameters"]), strict=True):
                np.testing.assert_allclose(cache[name][:, i], column, rtol=1e-12, atol=1e-14)
    assert several >= 2


def test_the_recorded_cost_is_minus_the_mean_log_probability():
    for inputs, cost in cases_of(LESSON, "compute_cost"):
        given = [a if y == 1 else 1 - a for a, y in zip(inputs["A2"][0], inputs["Y"][0], strict=True)]
        assert float(cost) == pytest.approx(-math.log(math.prod(given)) / len(given), rel=1e-10)


def test_the_cost_of_one_half_is_ln_2_and_grows_with_a_wrong_answer(scope):
    cost, labels = scope["compute_cost"], np.array([[1, 0, 1]])
    assert cost(np.full((1, 3), 0.5), labels) == pytest.approx(math.log(2))
    costs = [float(cost(np.array([[a, 0.3, 0.6]]), labels)) for a in (0.99, 0.7, 0.4, 0.1)]
    assert costs == sorted(costs)


def test_the_recorded_gradients_against_finite_differences():
    several = 0
    for inputs, grads in cases_of(LESSON, "backward_propagation"):
        several += len(inputs["Y"]) > 1
        wanted = measured_gradient(inputs["X"], inputs["Y"], inputs["parameters"])
        for name, value in wanted.items():
            np.testing.assert_allclose(grads[name], value, rtol=1e-6, atol=1e-9, err_msg=name)
    assert several >= 2


@pytest.mark.parametrize("n_y", [1, 2])
@pytest.mark.parametrize("m", [1, 8])
def test_forward_and_backward_together_against_finite_differences(scope, m, n_y):
    parameters, X, Y = network(np.random.default_rng(m + n_y), n_y=n_y, m=m)
    cache = scope["forward_propagation"](X, parameters)[1]
    found = scope["backward_propagation"](parameters, cache, X, Y)
    for name, value in measured_gradient(X, Y, parameters).items():
        np.testing.assert_allclose(found[name], value, rtol=1e-6, atol=1e-9, err_msg=name)


def test_every_recorded_step_can_be_taken_back():
    """The step is linear: what is returned, minus what was given, is minus the rate times the gradient."""
    rates = []
    for inputs, updated in cases_of(LESSON, "update_parameters"):
        rates.append(float(inputs.get("learning_rate", 1.2)))
        for name in BLOCKS:
            moved = updated[name] - inputs["parameters"][name]
            np.testing.assert_allclose(moved, -rates[-1] * inputs["grads"]["d" + name], rtol=1e-9, atol=1e-12)
    assert 1.2 in rates and 0 in rates


def test_the_recorded_training_step_by_step_with_measured_gradients():
    """The few steps of each hidden case, with gradients by central differences instead of backward propagation."""
    for inputs, trained in cases_of(LESSON, "nn_model"):
        X, Y, n_h = inputs["X"], inputs["Y"], int(inputs["n_h"])
        generator, steps = np.random.RandomState(2), int(inputs["num_iterations"])
        parameters = {"W1": generator.standard_normal((n_h, len(X))) / 100, "b1": np.zeros((n_h, 1))}
        parameters |= {"W2": generator.standard_normal((1, n_h)) / 100, "b2": np.zeros((1, 1))}
        for _ in range(steps):
            grads = measured_gradient(X, Y, parameters)
            parameters = {name: value - 1.2 * grads["d" + name] for name, value in parameters.items()}
        for name in BLOCKS:
            np.testing.assert_allclose(trained[name], parameters[name], rtol=1e-6, atol=1e-9, err_msg=name)


def test_training_lowers_the_cost_and_equal_units_stay_equal(scope):
    X, Y = scope["train_X"], scope["train_Y"]
    short, long = (scope["nn_model"](X, Y, 3, num_iterations=n) for n in (10, 400))
    assert brute_cost(X, Y, long) < 0.1 < brute_cost(X, Y, short)
    scope["initialize_parameters"], kept = _alike, scope["initialize_parameters"]
    alike = scope["nn_model"](X, Y, 4, num_iterations=200)
    scope["initialize_parameters"] = kept
    assert np.ptp(alike["W1"], axis=0).max() < 1e-12 and np.abs(alike["W1"]).max() > 0.1


def _alike(n_x, n_h, n_y):
    return {
        "W1": np.full((n_h, n_x), 0.5),
        "b1": np.zeros((n_h, 1)),
        "W2": np.full((n_y, n_h), 0.5),
        "b2": np.zeros((n_y, 1)),
    }


def test_the_recorded_labels_are_on_the_right_side():
    for inputs, labels in cases_of(LESSON, "predict"):
        scores = [one_example(x, inputs["parameters"])[2][0] for x in inputs["X"].T.tolist()]
        assert labels.shape == (1, len(scores))
        assert [bool(label) for label in labels[0]] == [score > 0 for score in scores]


def test_both_labels_occur_and_scores_between_0_and_one_half():
    """Or a constant answer, or a threshold of one half for Z2, would pass."""
    scores, labels = [], []
    for inputs, answer in cases_of(LESSON, "predict"):
        scores += [one_example(x, inputs["parameters"])[2][0] for x in inputs["X"].T.tolist()]
        labels += answer[0].tolist()
    assert {bool(label) for label in labels} == {True, False}
    assert any(0 < score < 0.5 for score in scores)
