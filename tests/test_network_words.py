"""The judge's sentence about two networks: which block, which layer, which setting."""

import random

import keras
import pytest
from keras import layers

from autograder.judge.compare import Tolerance, difference
from autograder.judge.network_words import network_difference, place
from companion.networks import layers_of

RIGHT = {
    "widths": (4, 5, 6), "window": 3, "padding": "same", "axis": 3, "after": "relu", "late": False, "bn": True,
    "between": "relu",
}  # fmt: skip


def block(X, stride=None, **settings):
    """A block of a small residual network; without a stride its shortcut is the input itself."""
    s = {**RIGHT, **settings}
    a, b, c = s["widths"]
    shortcut = X
    X = layers.Conv2D(a, 1, strides=stride or 1)(X)
    if s["bn"]:
        X = layers.BatchNormalization(axis=s["axis"])(X)
    X = layers.Activation(s["between"])(X)
    if s["late"]:
        shortcut = X
    X = layers.Conv2D(b, s["window"], padding=s["padding"])(X)
    X = layers.ReLU()(layers.BatchNormalization()(X))
    X = layers.BatchNormalization()(layers.Conv2D(c, 1)(X))
    if stride:
        shortcut = layers.BatchNormalization()(layers.Conv2D(c, 1, strides=stride)(shortcut))
    X = layers.Add()([X, shortcut])
    return layers.Activation(s["after"])(X) if s["after"] else X


def network(at=None, blocks=(2, 3), stem=True, end="softmax", **settings):
    X = given = keras.Input((16, 16, 3))
    X = layers.Conv2D(6, 5, padding="same")(X)
    X = layers.MaxPooling2D(2)(X) if stem else X
    for stage, count in enumerate(blocks, 2):
        for number in range(count):
            own = settings if at == (stage, number) else {}
            X = block(X, (1 if stage == 2 else 2) if number == 0 else None, **own)
    X = layers.Dense(3)(layers.GlobalAveragePooling2D()(X))
    return layers_of(keras.Model(given, layers.Activation(end)(X)))


WANTED = network()


@pytest.mark.parametrize(
    "settings, sentence",
    [
        (
            {"at": (3, 1), "axis": 1},
            "stage 3, first identity block: the batch normalization after the first convolution has axis 1, not 3.",
        ),
        (
            {"at": (3, 2), "window": 1},
            "stage 3, second identity block: the middle convolution has window 1×1, not 3×3, and padding valid, "
            "not same.",
        ),
        (
            {"at": (2, 0), "widths": (4, 7, 6)},
            "stage 2, convolutional block: the middle convolution has filters 7, not 5.",
        ),
        ({"at": (2, 1), "after": None}, "stage 2, first identity block: the relu after the join is missing."),
        (
            {"at": (2, 1), "after": "sigmoid"},
            "stage 2, first identity block: the relu after the join is due, and another layer came: sigmoid.",
        ),
        (
            {"at": (3, 1), "bn": False},
            "stage 3, first identity block: the batch normalization after the first convolution is missing.",
        ),
        ({"stem": False}, "before the first block, the max pooling after the convolution is missing."),
        ({"end": "sigmoid"}, "after the last block, the softmax is due, and another layer came: sigmoid."),
        (
            {"blocks": (2, 2)},
            "stage 3, second identity block: the first convolution is due, and another layer came: average over the "
            "whole map. 5 joins are due in all, 4 came.",
        ),
    ],
)
def test_the_first_difference_is_placed(settings, sentence):
    assert network_difference(WANTED, network(**settings)) == sentence


def test_a_shortcut_from_the_wrong_place():
    right, late = network(at=(2, 1), widths=(6, 5, 6)), network(at=(2, 1), widths=(6, 5, 6), late=True)
    assert network_difference(right, late) == (
        "stage 2, first identity block: the join of the shortcut takes what comes out of "
        "the relu after the first convolution, not of what stands before the block."
    )


def test_one_block_needs_no_number():
    X = keras.Input((8, 8, 6))
    lines = layers_of(block(X))
    other = layers_of(block(X, between="tanh"))
    assert network_difference(lines, other) == (
        "the relu after the first convolution is due, and another layer came: tanh."
    )
    late = layers_of(block(X, widths=(6, 5, 6), late=True))
    assert network_difference(layers_of(block(X, widths=(6, 5, 6))), late).endswith("not of the block's input.")
    strided = layers_of(block(X, 2))
    assert [place(strided, i) for i in range(8, len(strided))] == [
        "the batch normalization after the last convolution",
        "on the shortcut, the convolution",
        "on the shortcut, the batch normalization after the convolution",
        "the join of the shortcut",
        "the relu after the join",
    ]


def test_networks_without_blocks():
    X = keras.Input((9, 9, 2))
    plain = layers_of(layers.Conv2D(3, 3)(layers.ReLU()(layers.Conv2D(4, 3)(X))))
    assert network_difference(plain, layers_of(layers.Conv2D(3, 3)(layers.Conv2D(4, 3)(X)))) == (
        "the relu after the first convolution is missing."
    )
    more = layers_of(layers.Conv2D(3, 3)(layers.ReLU()(layers.Dropout(0.2)(layers.Conv2D(4, 3)(X)))))
    assert network_difference(plain, more) == (
        "the relu after the first convolution has a layer too many before it: Dropout: rate 0.2."
    )
    assert network_difference(plain, plain[:-1]) == "the last convolution is missing: the network ends before it."
    assert (
        network_difference(plain, [*plain, "flatten"]) == "after the last convolution comes a layer too many: flatten."
    )
    assert network_difference(["input: 9×9×2"], ["input: 9×8×2"]) == "the input has sizes 9×8×2, not 9×9×2."


def test_only_networks_are_told_as_networks():
    assert difference(["input: 3", "relu"], ["input: 3", 4], Tolerance()).sentence.startswith("the result[1]")
    assert difference(["input: 3"], None, Tolerance()).sentence.endswith("Is a `return` missing?")
    found = difference({"layers": ["input: 3", "relu"]}, {"layers": ["input: 3"]}, Tolerance())
    assert found.sentence == "the relu is missing: the network ends before it."


@pytest.mark.parametrize("seed", range(30))
def test_lines_of_any_kind_give_a_sentence_and_never_an_error(seed):
    """Of what comes nothing is believed: lines swapped, cut, doubled, with references to nowhere."""
    rng = random.Random(seed)
    odd = [
        "add: 3 and 9999",
        "add: 0 and 0",
        "add: 7 and 2",
        "input: 1",
        "",
        ":",
        "add",
        "add: after 0",
        "x: after 9999",
        "relu, 1 and 2 and 3",
    ]
    lines = [rng.choice(odd) if rng.random() < 0.2 else line for line in WANTED]
    rng.shuffle(lines)
    for wanted, came in ((WANTED, lines[: rng.randrange(1, 60)]), (lines, WANTED), (lines[::-1], lines)):
        found = network_difference(wanted, came)
        assert (found is None) == (wanted == came)
