"""The description of a network: the same for every spelling of one graph, another for every other graph."""

import keras
import numpy as np
import pytest
from keras import layers

from companion.networks import described, described_model, layers_of

SHAPE = (12, 10, 6)


def block(X, f=3, filters=(4, 5, 6)):
    """An identity block, as the public course's template has it."""
    shortcut = X
    for width, size, padding in zip(filters[:2], (1, f), ("valid", "same"), strict=True):
        X = layers.Conv2D(width, size, padding=padding)(X)
        X = layers.BatchNormalization(axis=3)(X)
        X = layers.Activation("relu")(X)
    X = layers.BatchNormalization(axis=3)(layers.Conv2D(filters[2], 1)(X))
    return layers.Activation("relu")(layers.Add()([X, shortcut]))


LINES = [
    "input: 12×10×6",
    "convolution: filters 4, window 1×1, strides 1×1, padding valid",
    "batch normalization: axis 3, epsilon 0.001",
    "relu",
    "convolution: filters 5, window 3×3, strides 1×1, padding same",
    "batch normalization: axis 3, epsilon 0.001",
    "relu",
    "convolution: filters 6, window 1×1, strides 1×1, padding valid",
    "batch normalization: axis 3, epsilon 0.001",
    "add: 9 and 1",
    "relu",
]


def test_lines_of_a_block():
    assert described(block)(SHAPE)["layers"] == LINES


def other_words(X):
    """The same block: the shortcut first, operators, other layers, other names, weights made in another order."""
    last = layers.Conv2D(6, (1, 1), padding="same", name="anything")
    middle = layers.Conv2D(5, 3, name="z")
    last.build((None, 12, 10, 5))
    Y = layers.ReLU()(layers.BatchNormalization(-1)(layers.Conv2D(4, 1, name="y", padding="same")(X)))
    Y = keras.activations.relu(layers.BatchNormalization()(middle(layers.ZeroPadding2D(1)(Y))))
    return keras.ops.relu(X + layers.BatchNormalization()(last(Y)))


def nested(X):
    """The same block: the main path a network of its own."""
    main = keras.Sequential(
        [
            layers.Conv2D(4, 1),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(5, 3, padding="same"),
            layers.BatchNormalization(),
            layers.Activation(keras.activations.relu),
            keras.Sequential(
                [layers.Conv2D(6, 1, activation="linear"), layers.Identity(), layers.BatchNormalization()]
            ),
        ]
    )
    return layers.ReLU()(layers.add([X, main(X)]))


@pytest.mark.parametrize("spelling", [other_words, nested])
def test_another_spelling_of_the_same_block(spelling):
    wanted, came = described(block)(SHAPE), described(spelling)(SHAPE)
    assert came["layers"] == wanted["layers"] and came["parameters"] == wanted["parameters"]
    for mode in ("inference", "training"):
        assert came[mode].shape == (3, *SHAPE)
        np.testing.assert_allclose(came[mode], wanted[mode], rtol=1e-5, atol=1e-6)
    assert np.abs(wanted["training"] - wanted["inference"]).max() > 0.1


def test_the_numbers_do_not_depend_on_what_was_made_before():
    first = described(block)(SHAPE)
    keras.utils.set_random_seed(5)
    keras.Sequential([layers.Input((3,)), layers.Dense(2)])
    again = described(block)(SHAPE)
    assert all(np.array_equal(first[key], again[key]) for key in first)


def changed(what):
    """The block with one thing that differs."""

    def build(X):
        shortcut = X
        X = layers.Conv2D(4, 1, strides=1)(X)
        X = layers.BatchNormalization(axis=1 if what == "axis" else 3)(X)
        X = layers.ReLU(6.0 if what == "relu" else None)(X)
        X = layers.Conv2D(5, 3, padding="same", use_bias=what != "bias", dilation_rate=2 if what == "dilation" else 1)(
            X
        )
        X = layers.BatchNormalization(epsilon=1e-5 if what == "epsilon" else 1e-3)(
            X, training=True if what == "mode" else None
        )
        X = layers.ReLU()(X)
        X = layers.BatchNormalization()(layers.Conv2D(6, 1)(X))
        if what == "dropout":
            X = layers.Dropout(0.5)(X)
        X = {"product": layers.Multiply(), "mean": layers.Average()}.get(what, layers.Add())([X, shortcut])
        return X * 0.5 if what == "half" else layers.ReLU()(X)

    return build


def test_nothing_is_changed_by_default():
    assert described(changed("nothing"))(SHAPE)["layers"] == LINES


@pytest.mark.parametrize(
    "what, line",
    [
        ("axis", "batch normalization: axis 1, epsilon 0.001"),
        ("relu", "ReLU: max_value 6.0, negative_slope 0.0, threshold 0.0"),
        ("bias", "convolution: filters 5, window 3×3, strides 1×1, padding same, bias none"),
        ("dilation", "convolution: filters 5, window 3×3, strides 1×1, padding same, dilation 2×2"),
        ("epsilon", "batch normalization: axis 3, epsilon 1e-05"),
        ("mode", "batch normalization: axis 3, epsilon 0.001, mode fixed to training"),
        ("dropout", "Dropout: rate 0.5"),
        ("product", "multiply: 9 and 1"),
        ("mean", "average: 9 and 1"),
        ("half", "Multiply: by 0.5"),
    ],
)
def test_what_differs_stands_in_a_line(what, line):
    lines = layers_of(changed(what)(keras.Input(SHAPE)))
    assert next(x for x in lines if x not in LINES) == line


def test_a_join_of_maps_keeps_its_order():
    X = keras.Input(SHAPE)
    narrow, wide = layers.Conv2D(2, 1)(X), layers.Conv2D(3, 5, padding="same")(X)
    one, other = (layers_of(layers.Concatenate()(pair)) for pair in ([narrow, wide], [wide, narrow]))
    assert one[1].startswith("convolution: filters 2") and other[1].startswith("convolution: filters 3")
    assert one[2].endswith("after 1") and one[3] == "concatenate: axis 3, 2 and 3"


@pytest.mark.parametrize(
    "size, stride, padding", [(12, 1, "same"), (12, 2, "same"), (13, 2, "same"), (12, 3, "same"), (12, 5, "valid")]
)
def test_padding_is_said_as_what_it_adds(size, stride, padding):
    """TensorFlow's 'same' with windows of 4: as much as is needed, the larger half below and right."""
    X = keras.Input((size, size, 2))
    (_, line) = layers_of(layers.Conv2D(1, 4 if padding != "valid" else 2, strides=stride, padding="same")(X))
    assert line.endswith("padding valid" if padding == "valid" else "padding same")
    total = max(0, (-(-size // stride) - 1) * stride + 4 - size)
    by_hand = layers.ZeroPadding2D(((total // 2, total - total // 2),) * 2)(X)
    if padding != "valid":
        assert layers_of(layers.Conv2D(1, 4, strides=stride)(by_hand))[1] == line


def test_an_average_over_the_whole_map_has_one_line():
    X = keras.Input((2, 3, 4))
    lines = layers_of(layers.GlobalAveragePooling2D()(X))
    assert lines == layers_of(layers.Flatten()(layers.AveragePooling2D((2, 3))(X)))
    assert lines == layers_of(layers.Flatten()(layers.AveragePooling2D((2, 3), padding="same", strides=(2, 3))(X)))
    assert layers_of(layers.Flatten()(layers.AveragePooling2D((2, 2))(X)))[1:] == [
        "average pooling: window 2×2, strides 2×2, padding valid", "flatten",
    ]  # fmt: skip


def test_an_average_that_keeps_its_sides_is_another():
    """Two axes of length 1 stay, and a dense layer behind them puts out maps, not a row."""
    X = keras.Input((2, 3, 4))
    kept = layers_of(layers.AveragePooling2D((2, 3))(X))
    assert kept[1] == "average over the whole map: sides kept"
    assert kept == layers_of(layers.GlobalAveragePooling2D(keepdims=True)(X))
    assert layers_of(layers.Reshape((4,))(layers.AveragePooling2D((2, 3))(X)))[1:] == ["average over the whole map"]


def test_a_model_of_either_kind():
    def sequential(units):
        return keras.Sequential([layers.Input((4, 5, 2)), layers.Flatten(), layers.Dense(units, activation="softmax")])

    def functional(units):
        X = keras.Input((4, 5, 2))
        return keras.Model(X, layers.Softmax()(layers.Dense(units)(layers.Reshape((-1,))(X))))

    a, b = described_model(sequential)(6), described_model(functional)(6)
    assert a["layers"] == b["layers"] == ["input: 4×5×2", "flatten", "dense: units 6", "softmax"]
    assert a["parameters"] == 4 * 5 * 2 * 6 + 6
    np.testing.assert_allclose(a["inference"], b["inference"], rtol=1e-6)
    assert described_model(sequential, modes=())(6).keys() == {"layers", "parameters"}
    assert described_model(sequential, modes=["training"])(6).keys() == {"layers", "parameters", "training"}


def test_a_mode_that_the_caller_leaves_open_is_not_fixed():
    def normalized(X, training=True):
        return layers.BatchNormalization()(X, training=training)

    assert described(normalized)(SHAPE)["layers"][1] == "batch normalization: axis 3, epsilon 0.001"
    assert described(normalized)(SHAPE, training=False)["layers"][1].endswith("mode fixed to inference")


@pytest.mark.parametrize("value", [None, 3, np.zeros(3), "relu", keras.Sequential([layers.Dense(2)])])
def test_what_is_no_network_stays_what_it_is(value):
    assert described(lambda X: value)(SHAPE) is value and described_model(lambda: value)() is value
    with pytest.raises(TypeError, match="not a value of type"):
        layers_of(value)


def test_a_network_that_does_not_begin_at_the_input():
    with pytest.raises(ValueError, match="begins at another Input"):
        described(lambda X: layers.ReLU()(keras.Input(SHAPE)))(SHAPE)
    with pytest.raises(ValueError, match="begins at another Input"):
        described(lambda X: layers.Add()([X, keras.Input(SHAPE)]))(SHAPE)


def test_a_network_deeper_than_pythons_stack():
    def deep(X):
        for _ in range(1200):
            X = layers.ReLU()(X)
        return X

    assert len(layers_of(deep(keras.Input(SHAPE)))) == 1201
