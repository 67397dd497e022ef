"""Other roads to the answers of residual_networks: loops, finite differences, the tape, published counts, NumPy."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import math

import numpy as np
import pytest
from lessons import functions_of

from companion import shortcuts
from companion.networks import layers_of

tf = pytest.importorskip("tensorflow")
keras = tf.keras

LESSON = "course4-week2/residual_networks"
SIZES = [(3, 5, 4), (6, 2, 7), (1, 3, 2), (4, 1, 1)]  # n, h, m
sizes = pytest.mark.parametrize(("n", "h", "m"), SIZES)


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def drawn(n, h, m):
    rng = np.random.default_rng(100 * n + 10 * h + m)
    shapes = {"W1": (h, n), "b1": (h, 1), "W2": (n, h), "b2": (n, 1)}
    return rng.standard_normal((n, m)), {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def block_by_loops(A, parameters):
    out = []
    for example in A.T.tolist():
        W1, W2 = parameters["W1"].tolist(), parameters["W2"].tolist()
        inside = [
            max(0.0, sum(w * a for w, a in zip(row, example, strict=True)) + b)
            for row, (b,) in zip(W1, parameters["b1"].tolist(), strict=True)
        ]
        out.append(
            [
                max(0.0, a + b + sum(w * x for w, x in zip(row, inside, strict=True)))
                for a, row, (b,) in zip(example, W2, parameters["b2"].tolist(), strict=True)
            ]
        )
    return np.array(out).T


@sizes
def test_the_block_by_loops(lesson, n, h, m):
    A, parameters = drawn(n, h, m)
    A_next, cache = lesson["residual_forward"](A, parameters)
    np.testing.assert_allclose(A_next, block_by_loops(A, parameters), rtol=1e-12, atol=1e-12)
    assert cache[0] is A and cache[4] is parameters
    np.testing.assert_array_equal(np.maximum(0, cache[3]), A_next)


@sizes
def test_the_gradients_by_finite_differences(lesson, n, h, m):
    A, parameters = drawn(n, h, m)
    weights = np.random.default_rng(n).standard_normal((n, m))
    dA, grads = lesson["residual_backward"](weights, lesson["residual_forward"](A, parameters)[1])
    for found, array in [(dA, A), *((grads["d" + name], parameters[name]) for name in parameters)]:
        assert found.shape == array.shape
        for place in np.ndindex(array.shape):
            kept, ends = array[place], []
            for nudged in (kept + 1e-6, kept - 1e-6):
                array[place] = nudged
                ends.append(float(np.sum(weights * block_by_loops(A, parameters))))
            array[place] = kept
            assert found[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-7)


@sizes
def test_the_gradients_by_the_tape(lesson, n, h, m):
    A, parameters = drawn(n, h, m)
    weights = np.random.default_rng(m).standard_normal((n, m))
    names = ["W1", "b1", "W2", "b2"]
    variables = [tf.Variable(A), *(tf.Variable(parameters[name]) for name in names)]
    with tf.GradientTape() as tape:
        X, W1, b1, W2, b2 = variables
        out = tf.nn.relu(W2 @ tf.nn.relu(W1 @ X + b1) + b2 + X)
        cost = tf.reduce_sum(out * weights)
    dA, grads = lesson["residual_backward"](weights, lesson["residual_forward"](A, parameters)[1])
    for found, wanted in zip([dA, *(grads["d" + name] for name in names)], tape.gradient(cost, variables), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-12)


def test_weights_of_zero_pass_everything_on(lesson):
    """What the lesson says of W2 = 0, forward and backward."""
    A, parameters = drawn(5, 3, 4)
    A, parameters["W2"], parameters["b2"] = np.abs(A), np.zeros((5, 3)), np.zeros((5, 1))
    A_next, cache = lesson["residual_forward"](A, parameters)
    np.testing.assert_array_equal(A_next, A)
    np.testing.assert_array_equal(lesson["residual_backward"](A + 1, cache)[0], A + 1)


def test_a_residual_block_becomes_a_plain_one(lesson):
    """h + n units, of which n hold the input and take it away."""
    rng = np.random.default_rng(4)
    A = np.abs(rng.standard_normal((6, 9)))
    parameters = shortcuts.drawn(np.random.default_rng(5), 6, 0.7, shortcut=False)
    same = shortcuts.drawn(np.random.default_rng(5), 6, 0.7, shortcut=True)
    plain = np.maximum(0, same["W2"] @ np.maximum(0, same["W1"] @ A))
    np.testing.assert_allclose(lesson["residual_forward"](A, parameters)[0], plain, atol=1e-12)


@pytest.mark.parametrize("shortcut", [True, False])
def test_the_picture_s_strengths_are_those_of_the_learner_s_functions(lesson, shortcut):
    blocks, size = 12, 0.5
    rng = np.random.default_rng(0)
    A, caches = np.abs(rng.standard_normal((64, 100))), []
    for _ in range(blocks):
        A, cache = lesson["residual_forward"](A, shortcuts.drawn(rng, 64, size, shortcut))
        caches.append(cache)
    dA, path = rng.standard_normal(A.shape), []
    for cache in reversed(caches):
        dA = lesson["residual_backward"](dA, cache)[0] * (cache[0] > 0)
        path.insert(0, np.linalg.norm(dA))
    wanted = shortcuts.gradient_strengths(blocks, size, shortcut)
    # The tape asks for the slope in A, before the mask of the block below; only the norms' course is compared.
    np.testing.assert_allclose(np.log10(path), np.log10(wanted), atol=0.4)


def convolved(x, kernel, bias, stride, same):
    """A convolution of one picture in NumPy, place by place."""
    f = kernel.shape[0]
    n_H, n_W = (-(-n // stride) if same else (n - f) // stride + 1 for n in x.shape[:2])
    if same:
        pads = [max(0, (o - 1) * stride + f - n) for o, n in zip((n_H, n_W), x.shape[:2], strict=True)]
        x = np.pad(x, [(p // 2, p - p // 2) for p in pads] + [(0, 0)])
    out = np.zeros((n_H, n_W, kernel.shape[3]))
    for i in range(n_H):
        for j in range(n_W):
            window = x[i * stride : i * stride + f, j * stride : j * stride + f]
            out[i, j] = np.tensordot(window, kernel, 3) + bias
    return out


def by_hand(x, weights, s, projected):
    """A block on one picture, in use: weights in the order in which the solution makes its layers."""
    turn = iter(weights)

    def convolution(x, stride, same):
        x = convolved(x, next(turn), next(turn), stride, same)
        gamma, beta, mean, variance = (next(turn) for _ in range(4))
        return gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta

    y = np.maximum(0, convolution(x, s, same=False))
    y = np.maximum(0, convolution(y, 1, same=True))
    y = convolution(y, 1, same=False)
    return np.maximum(0, y + (convolution(x, s, same=False) if projected else x))


@pytest.mark.parametrize(("f", "s"), [(3, 2), (5, 3), (2, 1), (3, None)])
def test_the_blocks_by_hand_in_numpy(lesson, f, s):
    X = keras.Input((7, 10, 4))
    out = lesson["convolutional_block"](X, f, [3, 2, 5], s=s) if s else lesson["identity_block"](X, f, [3, 2, 4])
    model, rng = keras.Model(X, out), np.random.default_rng(f)
    model.set_weights([rng.uniform(0.2, 1.2, w.shape) * rng.choice([-1, 1], w.shape) if w.ndim == 4
                       else rng.uniform(0.2, 1.2, w.shape) for w in model.get_weights()])  # fmt: skip
    weights = {layer: layer.get_weights() for layer in model.layers if layer.get_weights()}
    pairs = [w for layer in _in_turn(weights) for w in weights[layer]]
    x = rng.standard_normal((2, 7, 10, 4)).astype(np.float32)
    for picture, came in zip(x, model(x).numpy(), strict=True):
        np.testing.assert_allclose(came, by_hand(picture, pairs, s or 1, bool(s)), rtol=1e-3, atol=1e-3)


def _in_turn(layers):
    """Layers in the order of their making: Keras numbers names as they come."""
    convolutions = sorted((x for x in layers if "conv" in x.name), key=lambda x: int((x.name + "_0").split("_")[1]))
    normal = sorted((x for x in layers if "batch" in x.name), key=lambda x: int((x.name + "_0").split("_")[2]))
    return [layer for pair in zip(convolutions, normal, strict=True) for layer in pair]


def parameters_of_resnet(channels, classes):
    """Counted from the table alone: weights, biases and four numbers for each map that is normalized."""

    def one(f, n_in, n_out):
        return f * f * n_in * n_out + n_out + 4 * n_out

    total, n_in = one(7, channels, 64), 64
    for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for k in range(blocks):
            total += one(1, n_in, width) + one(3, width, width) + one(1, width, 4 * width)
            total += one(1, n_in, 4 * width) if k == 0 else 0
            n_in = 4 * width
    return total + 2048 * classes + classes


def test_resnet_has_the_published_number_of_parameters(lesson):
    assert parameters_of_resnet(3, 6) == 23_600_006
    # keras.applications has 25 636 712 for 1000 classes.
    assert parameters_of_resnet(3, 1000) == 25_636_712
    assert lesson["ResNet50"]().count_params() == 23_600_006
    assert parameters_of_resnet(3, 1000) - parameters_of_resnet(3, 6) == 994 * 2049


def test_resnet_has_the_table_s_maps_and_probabilities(lesson):
    model = lesson["ResNet50"]((45, 66, 2), 9)
    assert model.count_params() == parameters_of_resnet(2, 9)
    joins = [line for line in layers_of(model) if line.startswith("add")]
    assert len(joins) == 16 and sum(line.startswith("convolution") for line in layers_of(model)) == 53
    out = model(np.random.default_rng(1).standard_normal((2, 45, 66, 2)).astype(np.float32)).numpy()
    assert out.shape == (2, 9)
    np.testing.assert_allclose(out.sum(axis=1), 1, rtol=1e-5)


def test_without_a_shortcut_only_the_longer_way_stays(lesson):
    X = keras.Input((6, 5, 4))
    for block, projected in ((lesson["identity_block"], 0), (lesson["convolutional_block"], 1)):
        full = layers_of(block(X, 3, [2, 3, 4]))
        plain = layers_of(shortcuts.without_shortcut(block)(X, 3, [2, 3, 4]))
        assert plain == [*full[:9], "relu"] and len(full) == 11 + 2 * projected
    with pytest.raises(ValueError, match="no place where two ways join"):
        shortcuts.without_shortcut(lambda X: keras.layers.ReLU()(X))(X)


def test_a_network_starts_alike_from_one_seed(lesson):
    pair = lesson["convolutional_block"], lesson["identity_block"]
    one = shortcuts.Training(shortcuts.small_network(*pair, (6, 8, 1), 2, [2, 2, 4]))
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((20, 6, 8, 1)).astype(np.float32), rng.integers(0, 10, 20)
    first, again = (one.train(x, y, 5, steps=3, rate=0.1, size=10) for _ in range(2))
    np.testing.assert_allclose(first, again, rtol=1e-5)
    one.start(5)
    assert len(one.gradient_norms(x, y)) == 2 and first[0] == pytest.approx(math.log(10), rel=0.5)
    assert 0 <= one.right(x, y) <= 1
