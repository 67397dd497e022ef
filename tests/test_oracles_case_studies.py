"""Other roads to the answers of case_studies: Keras's own layers and models, the papers' tables, loops of Python."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import math

import numpy as np
import pytest
from lessons import functions_of

keras = pytest.importorskip("keras")

from keras import layers  # noqa: E402 - it may be missing

from companion import costs  # noqa: E402
from companion.networks import described, layers_of  # noqa: E402

LESSON = "course4-week2/case_studies"
MODULES = [
    ((28, 28, 192), (64, 96, 128, 16, 32, 32)),
    ((7, 11, 5), (3, 4, 6, 2, 7, 8)),
    ((9, 4, 6), (5, None, 3, None, 2, None)),
    ((5, 8, 10), (4, 3, 2, None, 6, None)),
]
modules = pytest.mark.parametrize(("shape", "widths"), MODULES)


@pytest.fixture(scope="module")
def lesson():
    return functions_of(LESSON)


def layer_of_keras(kind, *settings):
    return {
        "conv": lambda f, stride, filters: layers.Conv2D(filters, f, stride, padding="same"),
        "depthwise": lambda f, stride: layers.DepthwiseConv2D(f, stride, padding="same"),
        "pool": lambda f, stride: layers.MaxPooling2D(f, stride, padding="same"),
        "flatten": layers.Flatten,
        "dense": layers.Dense,
    }[kind](*settings)


def products(layer, rows, columns, channels):
    """How many multiply-adds a layer of windows takes, one place of the output after the other."""
    _, f, stride, *filters = layer
    places = len(range(0, rows, stride)) * len(range(0, columns, stride))
    return sum(f * f * (channels if filters else 1) for _ in range(places) for _ in range((filters or [channels])[0]))


@pytest.mark.parametrize("seed", range(6))
def test_one_layer_is_that_of_keras(lesson, seed):
    rng = np.random.default_rng(seed)
    h, w, c, filters = (int(n) for n in rng.permutation(np.arange(4, 17))[:4])
    f, stride = int(rng.choice([1, 3, 5])), int(rng.integers(1, 5))
    for layer in (("conv", f, stride, filters), ("depthwise", f, stride), ("pool", f, stride), ("flatten",)):
        model = keras.Sequential([keras.Input((h, w, c)), layer_of_keras(*layer)])
        shape, parameters, work = lesson["count_layer"](layer, (h, w, c))
        assert tuple(shape) == model.output_shape[1:] and parameters == model.count_params()
        assert work == costs.multiply_adds(model)
        assert work == (products(layer, h, w, c) if layer[0] in ("conv", "depthwise") else 0)
    model = keras.Sequential([keras.Input((h * w,)), layers.Dense(filters)])
    assert lesson["count_layer"](("dense", filters), (h * w,)) == ((filters,), model.count_params(), h * w * filters)


@pytest.mark.parametrize("seed", range(3))
def test_a_chain_is_the_model_of_keras(lesson, seed):
    rng = np.random.default_rng(seed)
    chain = [
        ("conv", int(rng.choice([3, 5])), int(rng.integers(1, 4)), int(rng.integers(3, 9))),
        ("depthwise", 3, int(rng.integers(1, 3))),
        ("pool", 2, 2),
        ("conv", 1, 1, int(rng.integers(3, 9))),
        ("flatten",),
        ("dense", int(rng.integers(2, 9))),
    ]
    shape = (*(int(n) for n in rng.permutation(np.arange(9, 25))[:2]), 4)
    model = keras.Sequential([keras.Input(shape), *(layer_of_keras(*layer) for layer in chain)])
    counted = lesson["count_network"](chain, shape)
    assert counted == (model.output_shape[1:], model.count_params(), costs.multiply_adds(model))


@pytest.mark.parametrize(("letter", "name", "parameters"), [("D", "VGG16", 138_357_544), ("E", "VGG19", 143_667_240)])
def test_vgg_is_that_of_keras(lesson, letter, name, parameters):
    with keras.StatelessScope(initialize_variables=False):  # 138 million places need not be filled
        model = getattr(keras.applications, name)(weights=None)
    counted = lesson["count_network"](lesson["vgg_layers"](letter), (224, 224, 3))
    assert counted == ((1000,), parameters, costs.multiply_adds(model)) and model.count_params() == parameters
    kinds = {"Conv2D": "conv", "MaxPooling2D": "pool", "Flatten": "flatten", "Dense": "dense"}
    assert [layer[0] for layer in lesson["vgg_layers"](letter)] == [kinds[type(x).__name__] for x in model.layers[1:]]


def test_vgg_has_the_published_parameters(lesson):
    """Table 2 of arXiv:1409.1556, in millions; and as many layers with weights as table 1 says."""
    for letter, millions, weighted in (("A", 133, 11), ("B", 133, 13), ("C", 134, 16), ("D", 138, 16), ("E", 144, 19)):
        network = lesson["vgg_layers"](letter)
        assert round(lesson["count_network"](network, (224, 224, 3))[1] / 1e6) == millions
        assert sum(layer[0] in ("conv", "dense") for layer in network) == weighted
        assert lesson["count_network"](network[:-4], (224, 224, 3))[0] == (7, 7, 512)
    assert lesson["vgg_layers"]("A", 6)[-1] == ("dense", 6)


def test_the_numbers_of_the_opening_picture_are_counted(lesson):
    shape, rows = (224, 224, 3), []
    for layer in lesson["vgg_layers"]("D"):
        shape, parameters, work = lesson["count_layer"](layer, shape)
        rows += [(parameters, work)] * (parameters > 0)
    for (_, millions, work), counted in zip(costs.VGG_16, rows, strict=True):
        assert math.isclose(millions, counted[0] / 1e6, abs_tol=6e-4)
        assert math.isclose(work, counted[1] / 1e6, abs_tol=6e-2)


@pytest.mark.parametrize("seed", range(8))
def test_the_factor_is_what_counting_gives(lesson, seed):
    rng = np.random.default_rng(seed)
    f, (channels, reduced, filters) = int(rng.choice([1, 3, 5, 7])), (int(n) for n in rng.integers(2, 60, 3))
    shape = (int(rng.integers(3, 9)), int(rng.integers(3, 9)), channels)
    plain = keras.Sequential([keras.Input(shape), layers.Conv2D(filters, f, padding="same")])
    narrow = keras.Sequential(
        [keras.Input(shape), layers.Conv2D(reduced, 1), layers.Conv2D(filters, f, padding="same")]
    )
    due = costs.multiply_adds(narrow) / costs.multiply_adds(plain)
    assert math.isclose(lesson["bottleneck_factor"](f, channels, reduced, filters), due, rel_tol=1e-12)


def test_the_narrow_place_of_googlenet(lesson):
    """As the prose says: 192 channels, 32 filters of 5 × 5; nothing is saved from a width of 155 on."""
    assert lesson["count_network"]([("conv", 5, 1, 32)], (28, 28, 192))[2] == 120_422_400
    assert lesson["count_network"]([("conv", 1, 1, 16), ("conv", 5, 1, 32)], (28, 28, 192))[2] == 12_443_648
    assert lesson["bottleneck_factor"](5, 192, 154, 32) < 1 < lesson["bottleneck_factor"](5, 192, 155, 32)


def by_loops(x, kernel, bias):
    """A convolution of stride 1, padded to the same size, with a ReLU, place by place: x (h, w, c) in float64."""
    f, (h, w, _) = kernel.shape[0], x.shape
    padded = np.pad(x, ((f // 2, f // 2), (f // 2, f // 2), (0, 0)))
    out = [[np.tensordot(padded[i : i + f, j : j + f], kernel, 3) + bias for j in range(w)] for i in range(h)]
    return np.maximum(np.array(out), 0)


@modules
def test_the_module_computes_four_branches(lesson, shape, widths):
    shape = (min(shape[0], 9), min(shape[1], 11), min(shape[2], 10))
    X = keras.Input(shape)
    model = keras.Model(X, lesson["inception_module"](X, *widths))
    rng = np.random.default_rng(1)
    for weight in model.weights:
        weight.assign(rng.standard_normal(weight.shape) / np.sqrt(np.prod(weight.shape[:-1])))
    x = rng.standard_normal(shape)
    by_window = [[np.asarray(w, np.float64) for w in one.get_weights()] for one in model.layers if one.weights]
    found = {}
    for kernel, bias in by_window:
        found.setdefault((kernel.shape[0], kernel.shape[2], kernel.shape[3]), []).append((kernel, bias))

    def apply(some, f, filters):
        if filters is None:
            return some
        candidates = found[f, some.shape[2], filters]
        return by_loops(some, *candidates.pop(0))

    assert all(len(same) == 1 for same in found.values()), "the widths tell the layers apart"
    f1, f3_reduce, f3, f5_reduce, f5, pool_proj = widths
    frame = np.pad(x, ((1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    pooled = np.array(
        [[frame[i : i + 3, j : j + 3].max(axis=(0, 1)) for j in range(shape[1])] for i in range(shape[0])]
    )
    branches = [
        apply(x, 1, f1),
        apply(apply(x, 1, f3_reduce), 3, f3),
        apply(apply(x, 1, f5_reduce), 5, f5),
        apply(pooled, 1, pool_proj),
    ]
    came = np.asarray(model(x[None].astype(np.float32)))[0]
    np.testing.assert_allclose(came, np.concatenate(branches, axis=2), rtol=1e-3, atol=1e-4)


@modules
def test_the_module_counted_is_the_module_built(lesson, shape, widths):
    X = keras.Input(shape)
    model = keras.Model(X, lesson["inception_module"](X, *widths))
    counted = lesson["inception_costs"](shape, *widths)
    assert counted == (model.output_shape[1:], model.count_params(), costs.multiply_adds(model))


def test_the_module_has_a_relu_after_each_convolution(lesson):
    lines = described(lesson["inception_module"])((6, 8, 10), 2, 3, 4, 5, 6, 7)["layers"]
    places = [i for i, line in enumerate(lines) if line.startswith("convolution")]
    assert len(places) == 6 and all(lines[i + 1] == "relu" for i in places)
    assert layers_of(keras.Sequential([keras.Input((6, 8, 10)), layers.Conv2D(2, 1)]))[0] == lines[0]


def test_the_first_modules_of_googlenet_have_the_published_costs(lesson):
    """Table 1 of arXiv:1409.4842: 159K and 380K parameters, K being 1024; 128M and 304M operations."""
    published = [((28, 28, 192), MODULES[0][1], 159, 128), ((28, 28, 256), (128, 128, 192, 32, 96, 64), 380, 304)]
    for shape, widths, thousands, millions in published:
        out, parameters, work = lesson["inception_costs"](shape, *widths)
        weights = parameters - sum(widths)
        assert abs(weights / 1024 - thousands) < 1.1 and int(work / 1e6) == millions
    assert lesson["inception_costs"](*[(28, 28, 192)], *MODULES[0][1])[1] - 368 == 163_328 and out == (28, 28, 480)


def test_googlenet_whole_is_the_model_built_of_modules(lesson):
    def grown(X, part):
        if isinstance(part, tuple):
            return lesson["inception_module"](X, *part)
        for layer in part:
            X = layer_of_keras(*layer)(X)
        return X

    counts = [(224, 224, 3), 0, 0]
    with keras.StatelessScope(initialize_variables=False):
        X = Y = keras.Input((224, 224, 3))
        for part in [lesson["STEM"], *lesson["GOOGLENET"], lesson["END"]]:
            Y = grown(Y, part)
            how = (
                lesson["count_network"]
                if isinstance(part, list)
                else lambda p, shape: lesson["inception_costs"](shape, *p)
            )
            shape, parameters, work = how(part, counts[0])
            counts = [shape, counts[1] + parameters, counts[2] + work]
        model = keras.Model(X, Y)
    assert counts == [(1000,), model.count_params(), costs.multiply_adds(model)]
    assert len([layer for layer in model.layers if layer.weights]) == 58
