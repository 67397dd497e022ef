"""Other roads to the answers of convolution_backward: TensorFlow, finite differences, sums that are exact, the text."""

import itertools

import numpy as np
import pytest
from lessons import functions_of, graded

from autograder.authoring.lesson_text import read_lesson
from autograder.places import repository
from companion import convolution

LESSON = "course4-week1/convolution_backward"

CONVOLUTIONS = [
    # m, rows, columns, channels in, side of the filter, channels out, stride, padding
    (2, 5, 7, 3, 3, 4, 1, 0), (1, 6, 4, 2, 2, 5, 2, 1), (3, 8, 5, 1, 3, 2, 3, 2), (2, 4, 9, 4, 1, 3, 2, 0),
    (1, 3, 6, 2, 5, 1, 1, 2), (2, 9, 8, 3, 4, 2, 3, 1), (4, 2, 3, 5, 2, 3, 1, 2), (2, 7, 10, 2, 3, 3, 2, 0),
]  # fmt: skip

POOLS = [
    # m, rows, columns, channels, side of the window, stride
    (2, 5, 7, 3, 2, 2), (1, 6, 4, 2, 3, 1), (3, 8, 5, 1, 3, 2), (2, 4, 9, 4, 2, 3), (2, 7, 10, 2, 4, 3),
    (1, 3, 5, 5, 1, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def lesson():
    """The lesson's functions, and the pictures that the first experiment with the network loads."""
    names = functions_of(LESSON)
    (place,) = repository().select(LESSON)
    cells = [cell.source for cell in read_lesson(place).cells if "data.load_signs()" in cell.source]
    assert len(cells) == 1
    exec(cells[0].partition("\nif ready")[0], names)
    return names


def convolved(lesson, m, rows, columns, n_C_prev, f, n_C, stride, pad):
    """A cache, the Z that belongs to it, and a dZ, all random."""
    rng = np.random.default_rng([m, rows, columns, f, stride, pad])
    A_prev = rng.standard_normal((m, rows, columns, n_C_prev))
    W, b = rng.standard_normal((f, f, n_C_prev, n_C)), rng.standard_normal((1, 1, 1, n_C))
    Z, cache = lesson["conv_forward"](A_prev, W, b, {"stride": stride, "pad": pad})
    return Z, cache, rng.standard_normal(Z.shape)


def pooled(lesson, m, rows, columns, n_C, f, stride, mode):
    rng = np.random.default_rng([m, rows, columns, f, stride])
    A, cache = lesson["pool_forward"](rng.standard_normal((m, rows, columns, n_C)), {"f": f, "stride": stride}, mode)
    return A, cache, rng.standard_normal(A.shape)


@pytest.mark.slow
@pytest.mark.parametrize("sizes", CONVOLUTIONS)
def test_tensorflow_says_the_same_of_a_convolution(lesson, sizes):
    tf = pytest.importorskip("tensorflow")
    Z, cache, dZ = convolved(lesson, *sizes)
    stride, pad = sizes[-2:]
    A_prev, W, b = (tf.constant(array) for array in cache[:3])
    with tf.GradientTape() as tape:
        tape.watch([A_prev, W, b])
        padded = tf.pad(A_prev, [[0, 0], [pad, pad], [pad, pad], [0, 0]])
        theirs = tf.nn.conv2d(padded, W, stride, "VALID") + b
        cost = tf.reduce_sum(theirs * dZ)
    np.testing.assert_allclose(Z, theirs, rtol=1e-9, atol=1e-10)
    for mine, slope in zip(lesson["conv_backward"](dZ, cache), tape.gradient(cost, [A_prev, W, b]), strict=True):
        np.testing.assert_allclose(mine, slope, rtol=1e-9, atol=1e-10)


@pytest.mark.slow
@pytest.mark.parametrize("sizes", POOLS)
@pytest.mark.parametrize("mode", ["max", "average"])
def test_tensorflow_says_the_same_of_pooling(lesson, sizes, mode):
    tf = pytest.importorskip("tensorflow")
    A, cache, dA = pooled(lesson, *sizes, mode)
    A_prev = tf.constant(cache[0])
    theirs = {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}[mode]
    with tf.GradientTape() as tape:
        tape.watch(A_prev)
        out = theirs(A_prev, *sizes[-2:], "VALID")
        cost = tf.reduce_sum(out * dA)
    np.testing.assert_allclose(A, out, rtol=1e-12)
    np.testing.assert_allclose(lesson["pool_backward"](dA, cache, mode), tape.gradient(cost, A_prev), atol=1e-12)


@pytest.mark.slow
def test_at_a_tie_tensorflow_gives_all_of_it_to_one(lesson):
    tf = pytest.importorskip("tensorflow")
    tied = np.array([[6.0, 6.0], [1.0, 2.0]]).reshape(1, 2, 2, 1)
    A_prev = tf.constant(tied)
    with tf.GradientTape() as tape:
        tape.watch(A_prev)
        cost = 8 * tf.reduce_sum(tf.nn.max_pool2d(A_prev, 2, 2, "VALID"))
    assert sorted(np.ravel(tape.gradient(cost, A_prev))) == [0, 0, 0, 8]
    size = {"f": 2, "stride": 2}
    assert sorted(lesson["pool_backward"](np.full((1, 1, 1, 1), 8.0), (tied, size)).ravel()) == [0, 0, 8, 8]


@pytest.mark.parametrize("sizes", CONVOLUTIONS)
def test_a_linear_map_and_its_way_back_agree_in_one_number(lesson, sizes):
    """The sum of dZ · conv(X) is the sum of dA · X, whatever X is; and so for W and b, each alone."""
    _, (A_prev, W, b, hparameters), dZ = convolved(lesson, *sizes)
    dA_prev, dW, db = lesson["conv_backward"](dZ, (A_prev, W, b, hparameters))
    rng = np.random.default_rng(9)
    X, V, c = rng.standard_normal(A_prev.shape), rng.standard_normal(W.shape), rng.standard_normal(b.shape)
    forward = lesson["conv_forward"]
    assert np.sum(dA_prev * X) == pytest.approx(np.sum(dZ * forward(X, W, 0 * b, hparameters)[0]), rel=1e-9)
    assert np.sum(dW * V) == pytest.approx(np.sum(dZ * forward(A_prev, V, 0 * b, hparameters)[0]), rel=1e-9)
    assert np.sum(db * c) == pytest.approx(np.sum(dZ * c), rel=1e-9)


@pytest.mark.parametrize("sizes", POOLS)
def test_of_an_average_nothing_is_lost_and_a_maximum_goes_to_the_winner(lesson, sizes):
    A, cache, dA = pooled(lesson, *sizes, "average")
    back = lesson["pool_backward"](dA, cache, "average")
    assert np.sum(back) == pytest.approx(np.sum(dA))
    assert np.sum(back * cache[0]) == pytest.approx(np.sum(dA * A))

    A, cache, dA = pooled(lesson, *sizes, "max")
    expected = np.zeros(cache[0].shape)
    f, stride = sizes[-2:]
    for i, h, w, c in np.ndindex(A.shape):
        places = itertools.product(range(h * stride, h * stride + f), range(w * stride, w * stride + f))
        row, column = max(places, key=lambda place: cache[0][i, place[0], place[1], c])
        expected[i, row, column, c] += dA[i, h, w, c]
    np.testing.assert_allclose(lesson["pool_backward"](dA, cache), expected, atol=1e-12)


@pytest.mark.parametrize("f, n_C_prev", [(1, 3), (3, 1), (4, 5)])
def test_one_pixel_is_a_convolution_of_a_picture_as_large_as_the_filter(lesson, f, n_C_prev):
    rng = np.random.default_rng(f)
    window, W = rng.standard_normal((2, f, f, n_C_prev))
    cache = (window[None], W[..., None], np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    dA_prev, dW, db = lesson["conv_backward"](np.full((1, 1, 1, 1), -1.7), cache)
    da_slice, dw, one = lesson["pixel_gradients"](window, W, -1.7)
    np.testing.assert_allclose(dA_prev[0], da_slice)
    np.testing.assert_allclose(dW[..., 0], dw)
    assert db.item() == one == -1.7


@pytest.mark.parametrize("sizes", CONVOLUTIONS)
def test_the_fast_convolution_has_the_same_contract(lesson, sizes):
    Z, cache, dZ = convolved(lesson, *sizes)
    fast, same = convolution.conv_forward(*cache)
    np.testing.assert_allclose(fast, Z, rtol=1e-9, atol=1e-10)
    assert all(mine is theirs for mine, theirs in zip(same, cache, strict=True))
    for mine, theirs in zip(convolution.conv_backward(dZ, cache), lesson["conv_backward"](dZ, cache), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("sizes", POOLS)
@pytest.mark.parametrize("mode", ["max", "average"])
def test_fast_pooling_has_the_same_contract_ties_included(lesson, sizes, mode):
    _, (A_prev, hparameters), dA = pooled(lesson, *sizes, mode)
    for pictures in (A_prev, np.round(A_prev)):
        cache = pictures, hparameters
        np.testing.assert_allclose(
            convolution.pool_forward(*cache, mode)[0], lesson["pool_forward"](*cache, mode)[0], atol=1e-12
        )
        mine, theirs = convolution.pool_backward(dA, cache, mode), lesson["pool_backward"](dA, cache, mode)
        np.testing.assert_allclose(mine, theirs, atol=1e-12)


def test_the_fast_ones_keep_float32():
    rng = np.random.default_rng(0)
    A, W = rng.random((2, 6, 6, 1), np.float32), rng.random((3, 3, 1, 2), np.float32)
    Z, cache = convolution.conv_forward(A, W, np.zeros((1, 1, 1, 2), np.float32), {"stride": 1, "pad": 1})
    P, pool_cache = convolution.pool_forward(Z, {"f": 2, "stride": 2})
    back = [Z, P, *convolution.conv_backward(Z, cache), convolution.pool_backward(P, pool_cache)]
    back.append(convolution.pool_backward(P, pool_cache, "average"))
    assert {array.dtype for array in back} == {np.dtype(np.float32)}


def test_the_mask_of_a_window_is_where_nothing_is_larger(lesson):
    rng = np.random.default_rng(1)
    for shape in ((1, 1), (2, 5), (4, 3)):
        for x in (rng.standard_normal(shape), rng.integers(-2, 1, shape), np.full(shape, -3.0)):
            mask = lesson["create_mask_from_window"](x)
            assert mask.shape == shape
            for place in np.ndindex(shape):
                assert mask[place] == all(x[place] >= other for other in x.ravel())


def test_what_is_distributed_adds_up(lesson):
    for shape in ((1, 1), (2, 5), (7, 3)):
        spread = lesson["distribute_value"](-2.5, shape)
        assert spread.shape == shape and len(set(spread.ravel())) == 1
        assert spread.sum() == pytest.approx(-2.5)


@pytest.mark.parametrize("stride, pad, corner, inside", [(1, 0, 1, 9), (1, 1, 4, 9), (1, 2, 9, 9), (4, 0, 1, 1)])
def test_how_many_windows_hold_a_pixel(lesson, stride, pad, corner, inside):
    """What the text says of filters of 3 × 3 on 9 × 11 pixels."""
    A, W, b = np.zeros((1, 9, 11, 1)), np.ones((3, 3, 1, 1)), np.zeros((1, 1, 1, 1))
    Z, cache = lesson["conv_forward"](A, W, b, {"stride": stride, "pad": pad})
    counts = lesson["conv_backward"](np.ones(Z.shape), cache)[0][0, :, :, 0]
    assert counts[0, 0] == corner and counts[4, 5] == inside
    if stride == 4:
        assert set(np.flatnonzero(counts.sum(axis=0) == 0)) == {3, 7}
        assert set(np.flatnonzero(counts.sum(axis=1) == 0)) == {3, 7, 8}


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("rows, columns", [(7, 9), (8, 10), (6, 11)])
def test_back_is_forward_again_also_where_windows_do_not_fit(lesson, stride, rows, columns):
    """A frame of f - 1, the filter turned, zeros in between; what is left over at the end gets nothing."""
    f = 3
    Z, cache, dZ = convolved(lesson, 2, rows, columns, 2, f, 4, stride, 0)
    spread = np.zeros((2, rows - f + 1, columns - f + 1, 4))
    spread[:, : stride * Z.shape[1] : stride, : stride * Z.shape[2] : stride] = dZ
    turned = cache[1][::-1, ::-1].transpose(0, 1, 3, 2)
    again, _ = lesson["conv_forward"](spread, turned, np.zeros((1, 1, 1, 2)), {"stride": 1, "pad": f - 1})
    np.testing.assert_allclose(again, lesson["conv_backward"](dZ, cache)[0], atol=1e-12)


@pytest.mark.parametrize("kind", ["conv", "dense"])
def test_the_gradients_of_the_given_network(lesson, kind):
    """Central differences of the cost in float64: some entries of each parameter and of the pictures."""
    rng = np.random.default_rng(8)
    parameters = {name: value.astype(float) for name, value in lesson["start"](kind, 3).items()}
    for array in parameters.values():
        array += 0.1 * rng.standard_normal(array.shape)
    arrays = {**parameters, "X": lesson["train_X"][:5].astype(float)}
    Y = lesson["train_Y"][:5]

    def cost():
        Z = lesson["forward"](arrays["X"], parameters)[0]
        return np.sum(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(5), Y])

    gradients = lesson["gradients_of"](arrays["X"], Y, parameters)
    assert gradients.keys() == arrays.keys()
    for name, array in arrays.items():
        assert gradients[name].shape == array.shape
        for index in rng.choice(array.size, min(6, array.size), replace=False):
            place = np.unravel_index(index, array.shape)
            kept, array[place] = array[place], array[place] + 1e-6
            above = cost()
            array[place] = kept - 1e-6
            below = cost()
            array[place] = kept
            assert gradients[name][place] == pytest.approx((above - below) / 2e-6, rel=1e-4, abs=1e-6), name


def test_the_learner_s_functions_fit_into_the_given_network(lesson):
    parameters = lesson["start"]("conv", 1)
    X, Y = lesson["dev_X"][:2], lesson["dev_Y"][:2]
    own = lesson["gradients_of"](X, Y, parameters, (lesson["conv_backward"], lesson["pool_backward"]))
    fast = lesson["gradients_of"](X, Y, parameters)
    for name in fast:
        np.testing.assert_allclose(own[name], fast[name], atol=1e-4 * np.abs(fast[name]).max())


def test_the_networks_have_as_many_parameters_as_the_text_says(lesson):
    count = {kind: sum(v.size for v in lesson["start"](kind, 0).values()) for kind in ("conv", "dense")}
    assert count == {"conv": 2790, "dense": 8422}
    assert sum(lesson["start"]("conv", 0)[name].size for name in ("W3", "b3")) == 1542


def test_the_pictures_are_centred_balanced_and_stay_apart(lesson):
    sizes = {"train": 960, "dev": 120, "test": 120}
    seen = set()
    for part, size in sizes.items():
        X, Y = lesson[f"{part}_X"], lesson[f"{part}_Y"]
        assert X.shape == (size, 16, 16, 1) and X.dtype == np.float32 and Y.shape == (size,)
        assert np.array_equal(np.bincount(Y), [size // 6] * 6)
        np.testing.assert_allclose(X.mean(axis=(1, 2, 3)), 0, atol=1e-5)
        np.testing.assert_allclose(X.std(axis=(1, 2, 3)), 1, atol=1e-5)
        seen |= {picture.tobytes() for picture in X}
    assert len(seen) == sum(sizes.values())


def test_what_is_frozen_stays_and_the_rest_learns(lesson):
    frozen = ("W1", "b1", "W2", "b2")
    before, after = lesson["start"]("conv", 4), lesson["train"]("conv", 4, frozen, passes=1)
    for name, array in after.items():
        assert np.array_equal(array, before[name]) == (name in frozen), name
        assert array.dtype == np.float32


def test_the_open_task_holds_to_its_rules(lesson):
    parameters, X, Y = lesson["start"]("conv", 5), lesson["dev_X"], lesson["dev_Y"]

    def greedy(pictures, labels, slope, rng):
        for _ in range(6):
            slope(pictures, labels)

    with pytest.raises(ValueError, match="all 5 gradients"):
        lesson["still_right"](greedy, parameters, X, Y)

    def as_far_as(size):
        return lambda pictures, labels, slope, rng: size * np.sign(slope(pictures, labels))

    still = lesson["still_right"]
    assert still(as_far_as(50), parameters, X, Y) == still(as_far_as(0.1), parameters, X, Y) < 1
    assert still(lambda pictures, *_: np.zeros(pictures.shape), parameters, X, Y) == 1
    assert still(lambda pictures, *_: np.full(pictures.shape, np.nan), parameters, X, Y) == 1


@pytest.mark.slow
def test_the_fast_convolution_is_no_answer():
    (place,) = repository().select(LESSON)
    borrowed = "from companion.convolution import conv_backward"
    hidden = "import importlib\nconv_backward = importlib.import_module('companion.convolution').conv_backward"
    for text in (borrowed, hidden):
        item = graded(place, {"conv_backward": text})["conv_backward"]
        assert not item.passed, text


def test_the_given_forward_pass_is_that_of_the_lesson_before(lesson):
    before = functions_of("course4-week1/convolution_steps")
    rng = np.random.default_rng(4)
    for m, height, width, n_C_prev, f, n_C, stride, pad in CONVOLUTIONS:
        A, W = rng.standard_normal((m, height, width, n_C_prev)), rng.standard_normal((f, f, n_C_prev, n_C))
        given = A, W, rng.standard_normal((1, 1, 1, n_C)), {"stride": stride, "pad": pad}
        np.testing.assert_allclose(lesson["conv_forward"](*given)[0], before["conv_forward"](*given)[0], atol=1e-12)
    for m, height, width, n_C, f, stride in POOLS:
        A, size = rng.standard_normal((m, height, width, n_C)), {"f": f, "stride": stride}
        for mode in ("max", "average"):
            mine, theirs = (scope["pool_forward"](A, size, mode)[0] for scope in (lesson, before))
            np.testing.assert_allclose(mine, theirs, atol=1e-12)
