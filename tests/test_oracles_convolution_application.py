"""Other roads to the answers of convolution_application: Keras, gradients that are counted, NumPy, sums by hand."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import collections

import numpy as np
import pytest
from lessons import cases_of, functions_of, graded

from autograder.places import repository
from companion import convnets

keras = pytest.importorskip("keras")

LESSON = "course4-week1/convolution_application"


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def drawn(seed, windows=4, flat=True):
    """A network at random, and a picture's shape that is large enough for it."""
    rng = np.random.default_rng(seed)
    layers = []
    for i in range(windows):
        f, stride, filters = (int(n) for n in rng.integers(1, 5, 3))
        window = {"f": f, "stride": stride, "pad": ["valid", "same"][int(rng.integers(2))]}
        kind = ["convolution", "convolution", "max pooling", "average pooling"][int(rng.integers(4))]
        layers.append({"kind": kind, **window, **({"filters": filters + i} if kind == "convolution" else {})})
        layers.append([{"kind": "batch normalization"}, {"kind": "relu"}, {"kind": "zero padding", "pad": f}][i % 3])
    if flat:
        layers += [{"kind": "flatten"}, {"kind": "dense", "units": 7}, {"kind": "batch normalization"}]
        layers.append({"kind": "softmax"})
    return layers, (int(rng.integers(300, 340)), int(rng.integers(340, 380)), int(rng.integers(1, 5)))


@pytest.mark.parametrize("seed", range(12))
def test_the_table_is_that_of_keras(lesson, seed):
    layers, shape = drawn(seed)
    assert lesson["network_table"](layers, shape) == convnets.keras_table(layers, shape)


@pytest.mark.parametrize("pad", ["valid", "same"])
def test_places_along_a_side_counted_one_by_one(lesson, pad):
    for n in range(6, 30):
        for f in range(1, 7):
            for stride in range(1, 7):
                ends = range(0, n, stride) if pad == "same" else range(0, n - f + 1, stride)
                layer = {"kind": "max pooling", "f": f, "stride": stride, "pad": pad}
                assert lesson["layer_shape"](layer, (n, 31, 2))[0] == len(ends)


def test_parameters_are_the_entries_of_arrays(lesson):
    rng = np.random.default_rng(3)
    for _ in range(20):
        f, filters, depth, height, width = (int(n) for n in rng.integers(1, 12, 5))
        layer = {"kind": "convolution", "filters": filters, "f": f, "stride": 2, "pad": "same"}
        arrays = np.zeros((f, f, depth, filters)), np.zeros((1, 1, 1, filters))
        assert lesson["layer_parameters"](layer, (height, width, depth)) == (sum(a.size for a in arrays), 0)


@pytest.mark.parametrize("seed", range(20, 28))
def test_a_field_is_what_the_gradient_reaches(lesson, seed):
    """Filters of ones and average pooling: each pixel of the field has a gradient above 0, and no other."""
    layers, _ = drawn(seed, windows=3, flat=False)
    layers = [
        {**layer, "pad": "valid", "kind": "average pooling", "filters": 1}
        for layer in layers
        if layer["kind"] in ("convolution", "max pooling", "average pooling")
    ]
    pixels = lesson["receptive_field"](layers)
    seen = {0}
    for layer in reversed(layers):
        seen = {place * layer["stride"] + i for place in seen for i in range(layer["f"])}
    assert pixels == max(seen) - min(seen) + 1
    strength = convnets.seen_by_a_unit(layers, 150)
    rows = np.flatnonzero(strength.any(axis=1))
    assert rows[-1] - rows[0] + 1 == pixels


def test_the_field_of_the_hands_network_layer_by_layer(lesson):
    hands = lesson["hands"]
    for last, side in {1: 4, 3: 11, 4: 19, 6: 43}.items():
        strength = convnets.seen_by_a_unit(hands[:last], 128)
        assert lesson["receptive_field"](hands[:last]) == side
        assert (strength.any(axis=0).sum(), strength.any(axis=1).sum()) == (side, side)


def test_the_two_networks_have_the_public_course_s_numbers(lesson):
    happy, model = lesson["happyModel"](), lesson["convolutional_model"]((64, 64, 3))
    assert (happy.count_params(), model.count_params()) == (37633, 1310)
    assert sum(int(np.prod(w.shape)) for w in happy.non_trainable_weights) == 64
    for network, layers in ((happy, lesson["faces"]), (model, lesson["hands"])):
        rows = lesson["network_table"](layers, (64, 64, 3))
        assert sum(trained + others for _, trained, others in rows) == network.count_params()
        assert rows[-1][0] == network.output_shape[1:]
    assert [layer.output.shape[1:] for layer in model.layers if "Max" in type(layer).__name__] == [
        (8, 8, 8),
        (2, 2, 16),
    ]


def test_the_model_computes_what_numpy_computes(lesson):
    rng = np.random.default_rng(5)
    shape = (19, 27, 2)
    model = lesson["convolutional_model"](shape)
    weights = [0.3 * rng.standard_normal(w.shape) for w in model.get_weights()]
    model.set_weights(weights)
    X = rng.standard_normal((3, *shape))
    W1, b1, W2, b2, W3, b3 = weights

    def same(A, f, stride, fill):
        pads = [(0, 0)]
        for n in A.shape[1:3]:
            total = max(0, (-(-n // stride) - 1) * stride + f - n)
            pads.append((total // 2, total - total // 2))
        padded = np.pad(A, [*pads, (0, 0)], constant_values=fill)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (f, f), axis=(1, 2))
        return windows[:, ::stride, ::stride]

    A = np.maximum(np.einsum("mhwcij,ijck->mhwk", same(X, 4, 1, 0), W1) + b1, 0)
    A = same(A, 8, 8, -np.inf).max(axis=(4, 5))
    A = np.maximum(np.einsum("mhwcij,ijck->mhwk", same(A, 2, 1, 0), W2) + b2, 0)
    A = same(A, 4, 4, -np.inf).max(axis=(4, 5))
    scores = A.reshape(3, -1) @ W3 + b3
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.asarray(model(X.astype("float32"))), expected, rtol=1e-4, atol=1e-6)


def test_a_confusion_matrix_counts_pairs(lesson):
    rng = np.random.default_rng(8)
    for classes, m in ((3, 1), (5, 60), (11, 400)):
        labels, named = rng.integers(0, classes, (2, m))
        matrix = lesson["confusion_matrix"](labels, named, classes)
        pairs = collections.Counter(zip(labels.tolist(), named.tolist(), strict=True))
        assert matrix.shape == (classes, classes) and matrix.sum() == m
        assert {(i, j): int(n) for (i, j), n in np.ndenumerate(matrix) if n} == dict(pairs)
        assert np.trace(matrix) == np.sum(labels == named)


def test_hidden_pictures_are_wider_than_high_or_higher_than_wide():
    for inputs, _ in cases_of(LESSON, "layer_shape"):
        if len(inputs["shape"]) == 3:
            assert len({int(n) for n in inputs["shape"]}) == 3
    for inputs, _ in cases_of(LESSON, "network_table"):
        assert len({int(n) for n in inputs["input_shape"]}) == 3


def test_the_figures_of_the_question_at_the_end(lesson):
    layers = [{"kind": "convolution", "filters": 8, "f": 3, "stride": 1, "pad": "same"}] * 2
    assert lesson["receptive_field"](layers) == 5
    assert [row[1] for row in lesson["network_table"](layers, (64, 64, 3))] == [224, 584]
    five = {**layers[0], "f": 5}
    assert lesson["layer_parameters"](five, (64, 64, 3))[0] == 608
    assert [row[1] for row in lesson["network_table"](layers, (9, 9, 8))] == [584, 584]
    assert lesson["layer_parameters"](five, (9, 9, 8))[0] == 1608


def test_pictures_are_halved_moved_and_covered():
    pictures = np.random.default_rng(1).integers(0, 256, (3, 6, 8, 3)).astype(np.uint8)
    half = convnets.halved(pictures)
    assert half.shape == (3, 3, 4, 3) and half.dtype == np.float32
    np.testing.assert_allclose(half[1, 2, 3], pictures[1, 4:6, 6:8].mean(axis=(0, 1)) / 255 - 0.5, rtol=1e-5)
    assert convnets.halved(pictures[:, :5, :7, :1]).shape == (3, 2, 3, 3)
    np.testing.assert_array_equal(convnets.moved(half, 1)[:, :, 1:], half[:, :, :-1])
    np.testing.assert_array_equal(convnets.moved(half, -2)[:, :, :2], half[:, :, 2:])
    hidden = convnets.covered(half[0], 0, 3, 2)
    assert not hidden[0, 2:4].any() and (hidden[1:] == half[0, 1:]).all() and (hidden[0, :2] == half[0, 0, :2]).all()
    assert (convnets.covered(half[0], -5, 2, 2) == half[0]).all()
    sure = convnets.sure_by_place(lambda X: X.reshape(len(X), -1), half[0] + 1, 0, 1)
    np.testing.assert_array_equal(sure, [[0, half[0, 0, 0, 0] + 1], [half[0, 0, 0, 0] + 1] * 2])


@pytest.mark.slow
def test_what_draws_networks_is_no_answer():
    (place,) = repository().select(LESSON)
    item = graded(place, {"network_table": "from companion.convnets import keras_table as network_table"})
    assert not item["network_table"].passed
