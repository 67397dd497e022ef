"""Other roads to the answers of optimization: entry by entry, Keras's own optimizers, exact fractions, eigenvalues."""

import os
from fractions import Fraction
from itertools import pairwise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest
from lessons import cases_of, functions_of

from autograder.judge import judge_reports, load_record
from autograder.judge.judge_functions import accepted, forms
from autograder.places import repository
from companion import surfaces
from companion.encode import encode

LESSON = "course2-week2/optimization"
GRID = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def random_layers(rng, sizes):
    """Parameters of a network with these sizes, and the keys and shapes of its gradients."""
    parameters = {}
    for i, (before, size) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{i}"], parameters[f"b{i}"] = rng.standard_normal((size, before)), rng.standard_normal((size, 1))
    return parameters


# The recorded answers, entry by entry


def test_a_step_of_gradient_descent_entry_by_entry():
    for inputs, stepped in cases_of(LESSON, "update_parameters_with_gd"):
        for name, before in inputs["parameters"].items():
            for at in np.ndindex(before.shape):
                expected = before[at] - float(inputs["learning_rate"]) * inputs["grads"][f"d{name}"][at]
                assert stepped[name][at] == pytest.approx(expected, rel=1e-12)


def test_a_step_with_momentum_entry_by_entry():
    for inputs, (stepped, v) in cases_of(LESSON, "update_parameters_with_momentum"):
        beta, rate = float(inputs["beta"]), float(inputs["learning_rate"])
        for name, before in inputs["parameters"].items():
            key = f"d{name}"
            for at in np.ndindex(before.shape):
                old, grad = inputs["v"][key][at], inputs["grads"][key][at]
                assert v[key][at] == pytest.approx(grad + beta * (old - grad), rel=1e-12)
                assert stepped[name][at] == pytest.approx(before[at] - rate * v[key][at], rel=1e-12)


def test_a_step_of_rmsprop_entry_by_entry():
    for inputs, (stepped, s) in cases_of(LESSON, "update_parameters_with_rmsprop"):
        rate, beta2 = float(inputs.get("learning_rate", 0.01)), float(inputs.get("beta2", 0.9))
        epsilon = float(inputs.get("epsilon", 1e-8))
        for name, before in inputs["parameters"].items():
            key = f"d{name}"
            for at in np.ndindex(before.shape):
                old, grad = inputs["s"][key][at], inputs["grads"][key][at]
                square = grad * grad + beta2 * (old - grad * grad)
                assert s[key][at] == pytest.approx(square, rel=1e-12)
                expected = before[at] - rate * grad / (square**0.5 + epsilon)
                assert stepped[name][at] == pytest.approx(expected, rel=1e-12)


def test_a_step_of_adam_as_kingma_and_ba_write_it_at_the_end_of_section_2():
    """One rate for both corrections: alpha sqrt(1 - beta2^t) / (1 - beta1^t), and an epsilon of its own."""
    for inputs, (stepped, v, s) in cases_of(LESSON, "update_parameters_with_adam"):
        rate, epsilon = float(inputs.get("learning_rate", 0.01)), float(inputs.get("epsilon", 1e-8))
        beta1, beta2 = float(inputs.get("beta1", 0.9)), float(inputs.get("beta2", 0.999))
        t = int(inputs["t"])
        root = (1 - beta2**t) ** 0.5
        for name, before in inputs["parameters"].items():
            key = f"d{name}"
            for at in np.ndindex(before.shape):
                grad = inputs["grads"][key][at]
                mean = grad + beta1 * (inputs["v"][key][at] - grad)
                square = grad * grad + beta2 * (inputs["s"][key][at] - grad * grad)
                assert v[key][at] == pytest.approx(mean, rel=1e-12)
                assert s[key][at] == pytest.approx(square, rel=1e-12)
                step = rate * root / (1 - beta1**t) * mean / (square**0.5 + epsilon * root)
                assert stepped[name][at] == pytest.approx(before[at] - step, rel=1e-11)


def test_the_starts_are_zeros_of_the_right_shapes_that_share_nothing(lesson):
    parameters = random_layers(np.random.default_rng(1), [4, 6, 1, 3])
    v, s = lesson["initialize_adam"](parameters)
    for zeros in (v, s, lesson["initialize_velocity"](parameters)):
        assert list(zeros) == [f"d{name}" for name in parameters]
        assert all(zeros[f"d{n}"].shape == p.shape and not zeros[f"d{n}"].any() for n, p in parameters.items())
    arrays = [*v.values(), *s.values()]
    assert not any(np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i])


def test_the_rates_fall_as_exact_fractions_say():
    for inputs, rate in cases_of(LESSON, "update_lr"):
        first, epoch, decay = (Fraction(float(inputs[k])) for k in ("learning_rate0", "epoch_num", "decay_rate"))
        assert float(rate) == pytest.approx(float(first / (1 + decay * epoch)), rel=1e-12)
    for inputs, rate in cases_of(LESSON, "schedule_lr_decay"):
        first, decay = (Fraction(float(inputs[k])) for k in ("learning_rate0", "decay_rate"))
        whole = len(range(int(inputs.get("time_interval", 1000)), int(inputs["epoch_num"]) + 1))
        stairs = -(-whole // int(inputs.get("time_interval", 1000)))
        assert float(rate) == pytest.approx(float(first / (1 + decay * stairs)), rel=1e-12)


# Keras's own optimizers, in float64, over many steps


def many_steps(optimizer, step, sizes, steps=20, seed=0):
    """The largest gap between Keras and a lesson's step after some steps along the same gradients."""
    keras = pytest.importorskip("keras")
    rng = np.random.default_rng(seed)
    parameters = random_layers(rng, sizes)
    variables = {name: keras.Variable(value, dtype="float64") for name, value in parameters.items()}
    memory = None
    for t in range(1, steps + 1):
        grads = {f"d{name}": rng.standard_normal(value.shape) * 10.0 ** (t % 3) for name, value in parameters.items()}
        parameters, memory = step(parameters, grads, memory, t)
        optimizer.apply([keras.ops.convert_to_tensor(grads[f"d{n}"]) for n in variables], list(variables.values()))
    return max(np.abs(np.asarray(variables[name]) - value).max() for name, value in parameters.items())


@pytest.mark.parametrize("sizes", [[3, 1], [2, 5, 4, 1]])
def test_keras_takes_the_same_steps(lesson, sizes):
    keras = pytest.importorskip("keras")
    step_of, sgd = lesson["step_of"], keras.optimizers.SGD
    # Keras's momentum keeps the rate inside and leaves out 1 - beta; its RMSprop has epsilon inside the root.
    assert many_steps(sgd(0.25), step_of("gd", 0.25), sizes) < 1e-9
    assert many_steps(sgd(0.5 * 0.25, momentum=0.75), step_of("momentum", 0.5, beta=0.75), sizes) < 1e-9
    assert many_steps(keras.optimizers.RMSprop(0.25, rho=0.9, epsilon=1e-14), step_of("rmsprop", 0.25), sizes) < 1e-6

    # Keras holds the betas in float32: these two lose nothing there.
    beta1, beta2 = 0.875, 1 - 2.0**-10

    def adam(parameters, grads, memory, t):
        v, s = memory or lesson["initialize_adam"](parameters)
        parameters, v, s = lesson["update_parameters_with_adam"](parameters, grads, v, s, t, 0.25, beta1, beta2)
        return parameters, (v, s)

    keras_adam = keras.optimizers.Adam(0.25, beta_1=beta1, beta_2=beta2, epsilon=1e-14)
    assert many_steps(keras_adam, adam, sizes) < 1e-6


# Mini-batches


def test_batches_are_the_course_s_seeded_ones():
    """NumPy's legacy generator, drawn here without the lesson's code."""
    for inputs, batches in cases_of(LESSON, "random_mini_batches"):
        X, Y, size = inputs["X"], inputs["Y"], int(inputs.get("mini_batch_size", 64))
        order = np.random.RandomState(int(inputs.get("seed", 0))).permutation(X.shape[1])
        count = len(batches) * len(order) // sum(x.shape[1] for x, _ in batches)
        for i, (x, y) in enumerate(batches):
            columns = order[i % count * size :][:size]
            assert 0 < x.shape[1] == len(columns)
            np.testing.assert_array_equal(x, np.stack([X[:, k] for k in columns], axis=1))
            np.testing.assert_array_equal(y, np.stack([Y[:, k] for k in columns], axis=1))


def test_no_fair_shuffle_is_refused_and_every_broken_one_is():
    (place,) = repository().select(LESSON)
    record = load_record(place)
    (item,) = [item for item in record.items.values() if item.exercise == "random_mini_batches"]
    rng = np.random.default_rng(5)
    for (inputs, batches), case in zip(cases_of(LESSON, "random_mini_batches"), item.cases, strict=True):
        X, Y, m = inputs["X"], inputs["Y"], inputs["X"].shape[1]
        size = int(inputs.get("mini_batch_size", 64))

        def cut(order, order_of_labels, twice=sum(x.shape[1] for x, _ in batches) > m, X=X, Y=Y, m=m, size=size):
            pieces = [slice(k, k + size) for k in range(0, m, size)] * (1 + twice)
            return [(X[:, order][:, piece], Y[:, order_of_labels][:, piece]) for piece in pieces]

        for _ in range(200):
            order = rng.permutation(m)
            wanted = accepted(record, item, case, cut(order, order))
            for (x, y), (x_wanted, y_wanted) in zip(cut(order, order), wanted, strict=True):
                assert (x == x_wanted).all() and (y == y_wanted).all()
        torn = accepted(record, item, case, cut(order, rng.permutation(m)))
        assert any((y != y_wanted).any() for (_, y), (_, y_wanted) in zip(cut(order, order[::-1]), torn, strict=True))
        doubled = np.r_[order[:-1], order[0]]
        for wrong in (np.arange(m), np.arange(m)[::-1], np.roll(np.arange(m), 5), doubled):
            with pytest.raises(ValueError, match=r"shuffled|neighbours|every example"):
                accepted(record, item, case, cut(wrong, wrong))


# What the lesson says


def test_the_share_is_what_exact_fractions_add_up_to(lesson):
    for beta in (Fraction(9, 10), Fraction(1, 3), Fraction(0), Fraction(999, 1000)):
        v = Fraction(0)
        for t in range(1, 30):
            v = beta * v + (1 - beta)
            assert lesson["velocity_share"](float(beta), t) == pytest.approx(float(v), rel=1e-10)
            assert v == sum((1 - beta) * beta**k for k in range(t))
    for inputs, share in cases_of(LESSON, "velocity_share"):
        v = 0.0
        for _ in range(int(inputs["t"])):
            v += (1 - float(inputs["beta"])) * (1 - v)
        assert float(share) == pytest.approx(v, rel=1e-9)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_momentum_bears_a_rate_that_is_larger_by_one_plus_beta_over_one_minus_beta(lesson, beta):
    """Eigenvalues of one step on a parabola, and the lesson's own steps down the valley."""
    limit = 2 / 30 * (1 + beta) / (1 - beta)

    def spread(rate):
        return np.abs(np.linalg.eigvals([[1 - rate * (1 - beta) * 30, -rate * beta], [(1 - beta) * 30, beta]])).max()

    assert spread(limit * 0.999) < 1 < spread(limit * 1.001)
    ends = [abs(lesson["descend"](lesson["step_of"]("momentum", limit * x, beta), 3000)[-1, 1]) for x in (0.99, 1.01)]
    assert ends[0] < 1e-3 and ends[1] > 1e3


def test_the_picture_s_ways_are_those_of_the_exercises(lesson):
    for optimizer, given in (
        ("gd", {"rate": 0.06}),
        ("momentum", {"rate": 0.2, "smooth": 0.9}),
        ("rmsprop", {"rate": 0.1, "scale": 0.9}),
        ("adam", {"rate": 0.2, "smooth": 0.9, "scale": 0.999}),
    ):
        walked = lesson["descend"](lesson["step_of"](optimizer, given["rate"]), 80)
        np.testing.assert_allclose(surfaces.way(80, **given), walked, atol=1e-5)


def test_the_slopes_of_the_valley_are_those_of_its_height():
    rng = np.random.default_rng(3)
    for w, b, steep in rng.uniform(0.5, 4, (5, 3)):
        found = surfaces.slopes(w, b, steep)
        for key, (dw, db) in {"dW1": (1e-5, 0), "db1": (0, 1e-5)}.items():
            rise = surfaces.height(w + dw, b + db, steep) - surfaces.height(w - dw, b - db, steep)
            assert found[key] == pytest.approx(float(rise) / 2e-5, rel=1e-7)


def test_adam_asks_only_which_way(lesson):
    """A cost a thousand times as high: the same steps; and the first is the rate, however steep it is."""
    rng = np.random.default_rng(8)
    start = random_layers(rng, [3, 4, 2])
    ends = []
    for scale in (1, 1000):
        at, memory, draws = dict(start), None, np.random.default_rng(9)
        for t in range(1, 30):
            grads = {f"d{name}": scale * draws.standard_normal(value.shape) for name, value in at.items()}
            at, memory = lesson["step_of"]("adam", 0.1)(at, grads, memory, t)
            if t == 1:
                for name, value in at.items():
                    np.testing.assert_allclose(np.abs(value - start[name]), 0.1, rtol=1e-5)
        ends.append(at)
    for name in start:
        np.testing.assert_allclose(ends[0][name], ends[1][name], rtol=1e-4, atol=1e-6)


def test_without_its_correction_adam_steps_too_far_most_of_all_around_step_12(lesson):
    share = lesson["velocity_share"]
    factor = np.array([share(0.9, t) / share(0.999, t) ** 0.5 for t in range(1, 6000)])
    assert factor[0] == pytest.approx(0.1 / 0.001**0.5) and factor.max() == pytest.approx(6.57, abs=0.01)
    assert factor.argmax() + 1 in (11, 12, 13) and factor[-1] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam"])
def test_adaptive_optimizers_call_every_new_example_of_the_rare_words_class_1(lesson, optimizer):
    for seed in range(5):
        start, X, Y, new_X, new_Y, size = lesson["problem"]("rare", seed)
        for rate in GRID:
            end, costs = lesson["train"](start, X, Y, lesson["step_of"](optimizer, rate), 100, size, seed)
            assert costs[-1] < costs[0]
            assert (lesson["forward_propagation"](new_X, end)[1] > 0).all(), (seed, rate)
        for plain in ("gd", "momentum"):
            end, _ = lesson["train"](start, X, Y, lesson["step_of"](plain, 1.0), 100, size, seed)
            assert lesson["share_right"](end, new_X, new_Y) == 1


@pytest.mark.parametrize("sizes", [[3, 1], [2, 4, 1], [4, 5, 3, 2, 1]])
def test_the_gradients_of_the_given_network(lesson, sizes):
    """Central differences of the cost, entry by entry."""
    rng = np.random.default_rng(len(sizes))
    X, Y = rng.standard_normal((sizes[0], 6)), rng.integers(0, 2, (1, 6))
    parameters = random_layers(rng, sizes)
    found = lesson["gradients"](parameters, X, Y)
    assert found.keys() == {f"d{name}" for name in parameters}
    for name, array in parameters.items():
        for place in np.ndindex(array.shape):
            kept, costs = array[place], []
            for array[place] in (kept - 1e-6, kept + 1e-6):
                costs.append(lesson["compute_cost"](parameters, X, Y))
            array[place] = kept
            assert found[f"d{name}"][place] == pytest.approx((costs[1] - costs[0]) / 2e-6, rel=1e-5, abs=1e-8), name


def test_the_parts_of_the_moons_stay_apart(lesson):
    columns = [tuple(column) for name in ("train_X", "dev_X", "test_X") for column in lesson[name].T]
    assert len(set(columns)) == 128 + 72 + 200


# Other forms


def test_the_forms_of_adam_are_the_contract_s_with_epsilon_moved():
    (place,) = repository().select(LESSON)
    record = load_record(place)
    (item,) = [item for item in record.items.values() if item.exercise == "update_parameters_with_adam"]
    for (inputs, (_, v, s)), case in zip(cases_of(LESSON, item.exercise), item.cases, strict=True):
        t, epsilon = int(inputs["t"]), float(inputs.get("epsilon", 1e-8))
        rate, beta1, beta2 = (
            float(inputs.get(k, d)) for k, d in (("learning_rate", 0.01), ("beta1", 0.9), ("beta2", 0.999))
        )
        five, inside, inside_five = (other for _, other in forms(record, item, case))
        for name, before in inputs["parameters"].items():
            mean, square = v[f"d{name}"] / (1 - beta1**t), s[f"d{name}"] / (1 - beta2**t)
            expected = before - rate * mean * (square + epsilon) ** -0.5
            np.testing.assert_allclose(inside[0][name], expected, rtol=1e-9)
            np.testing.assert_allclose(inside_five[0][name], expected, rtol=1e-9)
            np.testing.assert_allclose(five[3][f"d{name}"], mean, rtol=1e-12)
            np.testing.assert_allclose(five[4][f"d{name}"], square, rtol=1e-12)


def test_an_answer_may_come_in_any_of_several_forms_of_one_structure():
    """ε inside the root, three values and five; what is wrong is told beside the recorded answer where it looks so."""
    (place,) = repository().select(LESSON)
    record = load_record(place)
    (item,) = [item for item in record.items.values() if item.exercise == "update_parameters_with_adam"]

    def judged(number, longer=1.0):
        data = []
        for i, case in enumerate(item.cases):
            answers = [case.output, *(other for _, other in forms(record, item, case))]
            moved = {name: value * (longer if i == 3 else 1) for name, value in answers[number][0].items()}
            output = encode((moved, *answers[number][1:]))
            data.append(
                {"exercise": item.exercise, "index": i, "inputs": encode(case.inputs), "output": output, "error": None}
            )
        return judge_reports(record, item.exercise, data)

    said = [" ".join(judged(number).remarks) for number in range(4)]
    assert all(judged(number).passed for number in range(4))
    assert ["corrected averages" in words for words in said] == [False, True, False, True]
    assert ["inside the root" in words for words in said] == [False, False, True, True]
    W1 = item.cases[3].output[0]["W1"]  # epsilon is 0.3 there
    largest = W1.ravel()[np.abs(W1).argmax()]
    for number in (0, 1):
        wrong = judged(number, longer=1.5)
        assert not wrong.passed and f"expected {largest:.7g}, received" in wrong.message, wrong.message
