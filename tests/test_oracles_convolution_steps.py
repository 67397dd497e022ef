"""Other roads to the answers of convolution_steps: TensorFlow in float64, places counted one by one, the open task."""

import numpy as np
import pytest
from lessons import functions_of

from companion.steps import count_steps, steps_grow

LESSON = "course4-week1/convolution_steps"
LAYERS = [  # m, n_H, n_W, n_C_prev, f, n_C, stride, pad
    (2, 7, 11, 3, 3, 4, 1, 0),
    (3, 8, 5, 2, 3, 5, 2, 1),
    (1, 6, 9, 4, 2, 3, 3, 2),
    (2, 5, 13, 1, 5, 2, 2, 2),
    (4, 3, 4, 2, 1, 3, 2, 0),
]


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def _layer(m, n_H, n_W, n_C_prev, f, n_C, seed=0):
    rng = np.random.default_rng(seed)
    shapes = (m, n_H, n_W, n_C_prev), (f, f, n_C_prev, n_C), (1, 1, 1, n_C)
    return tuple(rng.standard_normal(shape) for shape in shapes)


def test_the_places_of_a_window_counted_one_by_one(lesson):
    for n in range(1, 15):
        for pad in range(4):
            for f in range(1, n + 2 * pad + 1):
                for stride in range(1, 5):
                    places = sum(1 for start in range(0, n + 2 * pad, stride) if start + f <= n + 2 * pad)
                    assert lesson["output_shape"](n, f, pad, stride) == places


@pytest.mark.slow
@pytest.mark.parametrize("m, n_H, n_W, n_C_prev, f, n_C, stride, pad", LAYERS)
def test_a_layer_is_that_of_tensorflow(lesson, m, n_H, n_W, n_C_prev, f, n_C, stride, pad):
    tf = pytest.importorskip("tensorflow")
    A, W, b = _layer(m, n_H, n_W, n_C_prev, f, n_C)
    frame = [[0, 0], [pad, pad], [pad, pad], [0, 0]]
    theirs = tf.nn.conv2d(tf.constant(A), tf.constant(W), strides=stride, padding=frame)
    assert theirs.dtype == tf.float64
    expected = theirs.numpy() + b
    Z, cache = lesson["conv_forward"](A, W, b, {"stride": stride, "pad": pad})
    np.testing.assert_allclose(Z, expected, rtol=1e-10, atol=1e-12)
    assert cache[0] is A and cache[1] is W and cache[2] is b
    rows = lesson["im2col"](A, f, stride, pad)
    product = rows @ W.reshape(-1, n_C) + b.reshape(1, -1)
    np.testing.assert_allclose(product.reshape(Z.shape), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("f", [1, 2, 3])
def test_pooling_and_the_words_valid_and_same_are_tensorflow_s(lesson, f, stride):
    tf = pytest.importorskip("tensorflow")
    A, W, _ = _layer(2, 7, 10, 3, f, 4, seed=f)
    for mode, pool in {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}.items():
        received, _ = lesson["pool_forward"](A - 3, {"f": f, "stride": stride}, mode)
        # A bare array may be taken for float32 by the pooling functions; a tensor keeps its type.
        theirs = pool(tf.constant(A - 3), f, stride, "VALID")
        assert theirs.dtype == tf.float64
        np.testing.assert_allclose(received, theirs.numpy(), rtol=1e-12)
    for word in ("valid", "same"):
        shape = tf.nn.conv2d(tf.constant(A), tf.constant(W), strides=stride, padding=word.upper()).shape
        assert tuple(shape[1:3]) == tuple(lesson["output_shape"](n, f, word, stride) for n in (7, 10))


def test_the_network_that_is_worked_out_by_hand(lesson):
    sides = (40, 50)
    for (f, stride, pad), expected in {
        (5, 2, 1): (19, 24),
        (3, 3, 0): (6, 8),
        (3, 1, 1): (6, 8),
        (2, 2, 0): (3, 4),
    }.items():
        sides = tuple(lesson["output_shape"](n, f, pad, stride) for n in sides)
        assert sides == expected


def test_collecting_the_windows_takes_at_most_a_twentieth_of_the_steps(lesson):
    A, W, b = _layer(2, 16, 18, 3, 3, 4)
    loops = count_steps(lesson["conv_forward"], A, W, b, {"stride": 1, "pad": 1})
    assert 20 * count_steps(lesson["im2col"], A, 3, 1, 1) < loops
    assert not steps_grow(lesson["im2col"], (A, 3, 1, 1), (np.ones((20, 160, 180, 30)), 3, 1, 1))


def test_the_reference_of_the_open_task_pools(lesson):
    def my_pool(A, f):
        seen = 1
        while seen < f:
            step = min(seen, f - seen)
            A = np.maximum(A[:, :-step], A[:, step:])
            A = np.maximum(A[:, :, :-step], A[:, :, step:])
            seen += step
        return A

    A = np.random.default_rng(8).standard_normal((2, 20, 24, 3)) - 2
    for f in (1, 2, 3, 5, 8, 13):
        assert np.array_equal(my_pool(A, f), lesson["pool_forward"](A, {"f": f, "stride": 1})[0])
