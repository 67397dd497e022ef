# %% [markdown]
# # A convolutional network for hand signs
#
# A library builds a layer in one line. It will not tell you *which* layer. That is a question of
# dimensions: what shape comes out, how many numbers are learned, how much of the picture one unit
# sees. Here you predict all three, let Keras confirm them, and then see what they are worth on hand
# signs.
#
# **You will be able to**
#
# * tell shape and parameters of every layer before the library prints them;
# * find how far a unit sees, and count it;
# * write a network down in Keras, in both of its ways;
# * look into a trained network: its filters, its maps, what it confuses.
#
# **Time** about 90 minutes, the open task apart. **Builds on** the size of a layer (*convolution,
# step by step*) and Keras's `fit` (course 2, week 3). Each exercise's heading gives points, minutes,
# difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
from companion import (  # first: it keeps TensorFlow from talking while it starts
    check, checking, data, hidden_cases, lesson, maps, play, plots, ready, verdict, verdicts,
    with_optional,
)
from companion.networks import described_model, layers_of

import math

import numpy as np
import tensorflow as tf
import tensorflow.keras.layers as tfl
from tensorflow.keras.layers import (
    Activation, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D, ReLU, ZeroPadding2D,
)

lesson(
    "course4-week1/convolution_application",
    libraries=("numpy", "matplotlib", "tensorflow", "keras"), withholds=("companion.convnets",),
)

# %% [markdown]
# ## One picture
#
# A hand on its way through a trained network. Of each layer you see four channels.

# %% tags=["demo", "picture"]
from companion import convnets  # draws what is inside a network

signs, labels, test_signs, test_labels, _ = data.load_signs()
pictures, y = convnets.halved(signs), labels[0]
train_X, train_y, dev_X, dev_y = pictures[:960], y[:960], pictures[960:], y[960:]
tf.keras.utils.set_random_seed(1)
deep = tf.keras.Sequential([tf.keras.Input((32, 32, 3))])
for filters in (8, 16, 32):
    deep.add(tfl.Conv2D(filters, 3, padding="same", activation="relu"))
    deep.add(tfl.MaxPooling2D(2))
deep.add(tfl.Flatten())
deep.add(tfl.Dense(6, "softmax"))
loss = "sparse_categorical_crossentropy"
deep.compile(tf.keras.optimizers.Adam(0.003), loss, metrics=["accuracy"])
deep_fit = deep.fit(train_X, train_y, 16, 8, verbose=0, validation_data=(dev_X, dev_y))
steps = {title: maps for title, maps in convnets.steps_of(deep, dev_X[1]).items()
         if "Flatten" not in title}
plots.show(convnets.draw_way(dev_X[1] + 0.5, steps), alt="A small picture of a hand, then six "
           "columns of grey maps: from 32 by 32 over 16 by 16 and 8 by 8 to 4 by 4. At first one "
           "sees the hand and its edges, at the end single squares. On the right six bars: "
           "that of class 3 is the longest.")

# %% [markdown]
# The maps get smaller and more. At the end 4 × 4 places with 32 numbers each are left, and one
# dense layer reads the sign from them. How much of the hand does one of these 16 places know? Keep
# the question.
#
# (The pictures have 64 × 64 pixels. Here each pixel is the mean of four, so that training takes
# seconds.)
#
# ## The idea
#
# A layer turns a shape into a shape. For one picture:
#
# | layer | shape before | shape after |
# |---|---|---|
# | convolution, `filters` of $f \times f$ | $(n_H', n_W', n_C')$ | $(n_H, n_W,$ `filters`$)$ |
# | pooling | $(n_H', n_W', n_C')$ | $(n_H, n_W, n_C')$ |
# | zero padding of $p$ | $(n_H', n_W', n_C')$ | $(n_H' + 2p, n_W' + 2p, n_C')$ |
# | batch normalization, ReLU, softmax | any | the same |
# | flatten | $(n_H', n_W', n_C')$ | $(n,)$: all entries in a row |
# | dense, `units` | $(n,)$ | (`units`,) |
#
# Along a side of $n$ pixels, `"valid"` leaves $\lfloor (n - f)/s \rfloor + 1$ places, `"same"`
# leaves $\lceil n/s \rceil$.

# %% [markdown]
# ## Part 1: shapes and parameters
#
# We write a network down as a list of dictionaries. These are two networks of the public course.
# The first was made for faces (happy or not), the second for hand signs:

# %% nbgrader={"locked": true, "grade_id": "networks"}
def conv(filters, f, stride=1, pad="valid"):
    return {"kind": "convolution", "filters": filters, "f": f, "stride": stride, "pad": pad}


def pool(f, stride, pad="valid", kind="max pooling"):
    return {"kind": kind, "f": f, "stride": stride, "pad": pad}


relu, softmax, flatten = {"kind": "relu"}, {"kind": "softmax"}, {"kind": "flatten"}
normalized = {"kind": "batch normalization"}
faces = [
    {"kind": "zero padding", "pad": 3}, conv(32, 7), {"kind": "batch normalization"}, relu,
    pool(2, 2), flatten, {"kind": "dense", "units": 1}, {"kind": "sigmoid"},
]
hands = [
    conv(8, 4, 1, "same"), relu, pool(8, 8, "same"), conv(16, 2, 1, "same"), relu,
    pool(4, 4, "same"), flatten, {"kind": "dense", "units": 6}, softmax,
]

# %% [markdown]
# ### layer_shape · 8 points · 10 minutes · difficulty 2 · importance 5
#
# The table above, as a function.
#
# <details><summary>Hint: the question</summary>
#
# Which kinds change the height and the width, which the channels, which neither?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Ask for the kind. Flatten and dense give a tuple of one number. Zero padding adds to two of the
# three. Convolution and pooling share the rule for the sides; only one of them changes the
# channels. Everything else returns what it got.
# </details>
# <details><summary>If you see <em>KeyError: 'filters'</em></summary>
#
# A pooling layer has no filters. How many channels does it put out?
# </details>

# %% nbgrader={"solution": true, "grade_id": "layer_shape"}
def layer_shape(layer, shape):
    """The shape that one layer puts out, for one picture.

    Args:
        layer: a dictionary. Its "kind" is one of
            "convolution", with "filters", "f", "stride" and "pad";
            "max pooling" or "average pooling", with "f", "stride" and "pad";
            "zero padding", with "pad": rows and columns of zeros on each of the four sides;
            "batch normalization", "relu", "sigmoid" or "softmax";
            "flatten";
            "dense", with "units".
            "pad" of a convolution and of pooling is "valid" or "same".
        shape: what goes in: (height, width, channels), or (n,) once it is flat.

    Returns:
        A tuple of whole numbers.
    """
    ### BEGIN SOLUTION
    kind = layer["kind"]
    if kind == "flatten":
        return (math.prod(shape),)
    if kind == "dense":
        return (layer["units"],)
    if kind == "zero padding":
        height, width, channels = shape
        return (height + 2 * layer["pad"], width + 2 * layer["pad"], channels)
    if kind not in ("convolution", "max pooling", "average pooling"):
        return shape
    sides = []
    for n in shape[:2]:
        if layer["pad"] == "same":
            sides.append(-(-n // layer["stride"]))
        else:
            sides.append((n - layer["f"]) // layer["stride"] + 1)
    return (*sides, layer.get("filters", shape[2]))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "layer_shape-check"} tags=["check"]
with checking("layer_shape"):
    check("convolution, valid", layer_shape(conv(5, 4, 2), (20, 31, 3)), (9, 14, 5))
    check("convolution, same", layer_shape(conv(7, 3, 2, "same"), (20, 31, 3)), (10, 16, 7))
    check("max pooling, valid", layer_shape(pool(3, 2), (20, 31, 6)), (9, 15, 6))
    check("max pooling, same", layer_shape(pool(5, 3, "same"), (20, 31, 6)), (7, 11, 6))
    average = pool(4, 1, kind="average pooling")
    check("average pooling", layer_shape(average, (9, 12, 2)), (6, 9, 2))
    check("zero padding", layer_shape({"kind": "zero padding", "pad": 2}, (5, 8, 3)), (9, 12, 3))
    check("normalized", layer_shape({"kind": "batch normalization"}, (5, 8, 3)), (5, 8, 3))
    check("flatten", layer_shape(flatten, (5, 8, 3)), (120,))
    check("dense", layer_shape({"kind": "dense", "units": 6}, (120,)), (6,))
    check("softmax", layer_shape(softmax, (6,)), (6,))

# %% nbgrader={"grade": true, "grade_id": "layer_shape-test", "points": 8}
verdict("layer_shape")
### BEGIN HIDDEN TESTS
@hidden_cases("layer_shape", cases=13, returns="shape")
def _(case):
    h, w = (int(n) for n in case.rng.permutation(np.arange(23, 70))[:2])
    c, f, stride, filters, padding = (int(n) for n in case.rng.permutation(np.arange(2, 8))[:5])
    kind = [
        "convolution", "convolution", "max pooling", "max pooling", "average pooling", "average pooling",
        "zero padding", "batch normalization", "flatten", "dense", "relu", "softmax", "convolution",
    ][case.index]
    layer, shape = {"kind": kind}, (h, w, c)
    if kind == "convolution" or "pooling" in kind:
        layer |= {"f": f, "stride": stride if case.index < 12 else 1, "pad": ["valid", "same"][case.index % 2]}
        if kind == "convolution":
            layer["filters"] = filters
        if case.index in (1, 3):
            shape = (stride * (h // stride) + 1, stride * (w // stride) + stride - 1, c)
        if case.index == 0:
            shape = (stride * (h // stride) + f, stride * (w // stride) + f - 1, c)
    if kind == "zero padding":
        layer["pad"] = padding
    if kind == "dense":
        layer["units"], shape = filters, (h * w,)
    if kind == "softmax":
        shape = (c,)
    case.call(layer_shape, layer, shape)
### END HIDDEN TESTS

# %% [markdown]
# **And the parameters?** A filter is as deep as its picture and has one bias. A unit of a dense
# layer has one weight for each number that comes in, and one bias. Pooling has nothing to learn.
#
# Batch normalization keeps *four* numbers for each channel. Two are trained by the gradient: the
# scale $\gamma$ and the shift $\beta$. Two are not: the running mean and variance are only written
# down while training goes on. Keras calls them *non-trainable*, and counts them all the same.
#
# **By hand.** On maps of 10 × 12 with 3 channels: five filters of 2 × 2 have
# $2\cdot2\cdot3\cdot5 + 5 = 65$ parameters. Batch normalization of the 5 maps has 10 that are
# trained and 10 others. A dense layer of 4 units on the flat maps, without pooling, has
# $9\cdot11\cdot5\cdot4 + 4 = 1984$.

# %% [markdown]
# ### layer_parameters · 8 points · 8 minutes · difficulty 2 · importance 5
#
# The shape is that of what goes *in*.
#
# <details><summary>Hint: the question</summary>
#
# Does the number of weights of a filter depend on the height of the picture? And of a dense unit?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Three kinds have parameters, all others return two zeros. One of the three has some that are not
# trained.
# </details>
# <details><summary>If the first number is too small by the number of filters</summary>
#
# One bias is missing for each.
# </details>

# %% nbgrader={"solution": true, "grade_id": "layer_parameters"}
def layer_parameters(layer, shape):
    """How many parameters one layer has.

    Args:
        layer: a dictionary, as in layer_shape. Convolutions and dense layers have biases.
        shape: what goes in: (height, width, channels), or (n,) once it is flat. Batch
            normalization takes both, and counts the last axis as channels.

    Returns:
        (trained, others): two whole numbers. Others are kept, but not trained by the gradient.
    """
    ### BEGIN SOLUTION
    kind = layer["kind"]
    if kind == "convolution":
        return (layer["f"] ** 2 * shape[2] + 1) * layer["filters"], 0
    if kind == "dense":
        return (shape[0] + 1) * layer["units"], 0
    if kind == "batch normalization":
        return 2 * shape[-1], 2 * shape[-1]
    return 0, 0
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "layer_parameters-check"} tags=["check"]
normalized = {"kind": "batch normalization"}
with checking("layer_parameters"):
    check("five filters, by hand", layer_parameters(conv(5, 2), (10, 12, 3)), (65, 0))
    check("normalized, by hand", layer_parameters(normalized, (9, 11, 5)), (10, 10))
    dense = {"kind": "dense", "units": 4}
    check("dense, by hand", layer_parameters(dense, (9 * 11 * 5,)), (1984, 0))
    check("stride 3, same", layer_parameters(conv(7, 5, 3, "same"), (20, 31, 6)), (1057, 0))
    check("normalized, flat", layer_parameters(normalized, (30,)), (60, 60))
    check("pooling", layer_parameters(pool(3, 2), (20, 31, 6)), (0, 0))
    check("flatten", layer_parameters(flatten, (20, 31, 6)), (0, 0))

# %% nbgrader={"grade": true, "grade_id": "layer_parameters-test", "points": 8}
verdict("layer_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("layer_parameters", cases=9, returns=("trained", "others"))
def _(case):
    h, w = (int(n) for n in case.rng.permutation(np.arange(23, 70))[:2])
    c, f, stride, filters, padding = (int(n) for n in case.rng.permutation(np.arange(2, 9))[:5])
    kind = [
        "convolution", "convolution", "dense", "batch normalization", "batch normalization",
        "max pooling", "zero padding", "flatten", "relu",
    ][case.index]
    layer, shape = {"kind": kind}, (h, w, c)
    if kind in ("convolution", "max pooling"):
        layer |= {"f": f, "stride": stride, "pad": ["valid", "same"][case.index % 2]}
    if kind == "convolution":
        layer["filters"] = filters
    if kind == "zero padding":
        layer["pad"] = padding
    if kind == "dense":
        layer["units"] = filters
    if kind == "dense" or case.index == 4:
        shape = (h * c,)
    case.call(layer_parameters, layer, shape)
### END HIDDEN TESTS

# %% [markdown]
# ### network_table · 6 points · 6 minutes · difficulty 2 · importance 4
#
# From the input to the end: what one layer puts out, the next one takes.
#
# <details><summary>Hint: the question</summary>
#
# With which of two shapes do you ask for the parameters: that before the layer, or that after it?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One loop, one shape that is carried along. For each layer: the parameters first, then the new
# shape, then a row of three.
# </details>
# <details><summary>If you see <em>tuple index out of range</em></summary>
#
# A layer got a shape that is not its own. Print the kind and the shape in each round.
# </details>

# %% nbgrader={"solution": true, "grade_id": "network_table"}
def network_table(layers, input_shape):
    """What a library prints as the summary of a network.

    Args:
        layers: a list of dictionaries, as in layer_shape. input_shape: (height, width, channels).

    Returns:
        A list with a row for each layer: (shape, trained, others), the shape that it puts out and
        its numbers of parameters.
    """
    ### BEGIN SOLUTION
    rows, shape = [], input_shape
    for layer in layers:
        trained, others = layer_parameters(layer, shape)
        shape = layer_shape(layer, shape)
        rows.append((shape, trained, others))
    return rows
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "network_table-check"} tags=["check"]
with checking("network_table"):
    some = [conv(5, 2), normalized, pool(3, 2, "same"), flatten, {"kind": "dense", "units": 4}]
    table = network_table(some, (10, 12, 3))
    check("rows", len(table), 5)
    wanted = [[9, 11, 5, 65, 0], [9, 11, 5, 10, 10], [5, 6, 5, 0, 0], [150, 0, 0], [4, 604, 0]]
    for number, (row, due) in enumerate(zip(table, wanted), 1):
        check(f"layer {number}", [*row[0], *row[1:]], due)
    deeper = network_table([conv(6, 3), conv(2, 3, 2)], (9, 12, 1))
    check("two convolutions", [*deeper[-1][0], *deeper[-1][1:]], [3, 4, 2, 110, 0])

# %% nbgrader={"grade": true, "grade_id": "network_table-test", "points": 6}
verdict("network_table")
### BEGIN HIDDEN TESTS
@hidden_cases("network_table", cases=4, returns="table", calls=("layer_shape", "layer_parameters"))
def _(case):
    h, w = (int(n) for n in case.rng.permutation(np.arange(40, 80))[:2])
    layers, c = [], int(case.rng.integers(1, 5))
    for i in range(1 + case.index % 3):
        f, stride, filters = (int(n) for n in case.rng.permutation(np.arange(2, 6))[:3])
        pad = ["valid", "same"][(case.index + i) % 2]
        layers.append({"kind": "convolution", "filters": filters + i, "f": f, "stride": 1 + i % 2, "pad": pad})
        layers.append({"kind": "batch normalization"} if i else {"kind": "relu"})
        layers.append({"kind": ["max pooling", "average pooling"][i % 2], "f": f, "stride": stride, "pad": pad})
    if case.index == 3:
        layers.insert(0, {"kind": "zero padding", "pad": 2})
    units = int(case.rng.integers(3, 12))
    layers += [{"kind": "flatten"}, {"kind": "dense", "units": units}, {"kind": "softmax"}]
    case.call(network_table, layers, (h, w, c))
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: where do the parameters stand?
#
# Pictures of 64 × 64 with 3 channels. Look at `faces` and `hands`, above.
#
# 1. `faces` ends in *one* unit. Which share of its parameters belongs to it: 1 %, half, nearly all?
# 2. And the six units of `hands`?
# 3. Which of the two networks is larger, and by which factor?
#
# <details><summary>Answers</summary>
#
# 1. 87 %: the unit reads 32 · 32 · 32 numbers, and has a weight for each.
# 2. 30 %: two poolings, by 8 and by 4, left only 2 · 2 · 16 numbers to read.
# 3. `faces`, by 29. Filters are cheap, for they are used at every place. What costs is the first
#    dense layer, and its price is set by the pooling before it.
# </details>

# %% tags=["demo"]
if ready("layer_shape", "layer_parameters", "network_table"):
    for name, layers in {"faces": faces, "hands": hands}.items():
        table = network_table(layers, (64, 64, 3))
        total = sum(trained + others for _, trained, others in table)
        print(f"{name}: {total} parameters")
        summary = convnets.keras_table(layers, (64, 64, 3))
        for layer, row, theirs in zip(layers, table, summary):
            said = "Keras agrees" if row == theirs else f"Keras says {theirs}"
            shape, trained, others = row
            print(f"  {layer['kind']:20} {shape!s:13} {trained:6} + {others:2}"
                  f" {(trained + others) / total:4.0%}  {said}")

# %% [markdown]
# ## Part 2: how far does a unit see?
#
# One number at the end of a convolutional network depends on a window of the picture. Its side is
# called the **receptive field**. Find it, on paper.
#
# 1. A convolution with $f = 3$ and stride 1, and one unit of its map. How many pixels of the
#    picture, along a side, does it see?
# 2. Now **two neighbouring** units of this map. How many pixels do they see together? And with
#    stride 2?
# 3. And $k$ units in a row, of a layer with window $f$ and stride $s$?
#
# <details><summary>Answer 1</summary>
#
# 3.
# </details>
# <details><summary>Answer 2</summary>
#
# The second window lies one pixel further: 4 together. With stride 2 it lies two further: 5.
# </details>
# <details><summary>Answer 3</summary>
#
# The last window starts $(k - 1)\,s$ pixels after the first one, and has $f$ pixels itself:
# $(k - 1)\,s + f$.
# </details>
#
# 4. One unit of the *last* layer sees $f$ units of the map before it. These see more of the map
#    before that, and so on. In which direction do you walk through the layers, and with which $k$
#    do you start?

# %% [markdown]
# ### receptive_field · 10 points · 12 minutes · difficulty 3 · importance 4
#
# Write down what you found. Pooling is a window like any other.
#
# <details><summary>Hint: the question</summary>
#
# Two layers, the first with stride 2, both with $f = 3$. By hand: 7. If you get 5 or 9, whose stride
# did you use?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Start with one unit. For each layer *from the last to the first*, if it has a window: from the
# number of units to the number that these see. (There is a way from the first to the last, too. It
# needs a second number.)
# </details>
# <details><summary>If it is right without strides, and wrong with them</summary>
#
# Is the list walked through from its end?
# </details>

# %% nbgrader={"solution": true, "grade_id": "receptive_field"}
def receptive_field(layers):
    """How many pixels one unit of the last map sees, along a side.

    Args:
        layers: a list of dictionaries, as in layer_shape, in the order in which a picture goes
            through them. None of them is "flatten" or "dense". Kinds without a window see one
            unit. The picture is large enough, so that no border cuts off the field.

    Returns:
        A whole number.
    """
    ### BEGIN SOLUTION
    units = 1
    for layer in reversed(layers):
        if "f" in layer:
            units = (units - 1) * layer["stride"] + layer["f"]
    return units
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "receptive_field-check"} tags=["check"]
with checking("receptive_field"):
    check("one convolution", receptive_field([conv(4, 3, 2)]), 3)
    check("two, the first with stride 2", receptive_field([conv(4, 3, 2), conv(4, 3)]), 7)
    check("two, the second with stride 2", receptive_field([conv(4, 3), conv(4, 3, 2)]), 5)
    with_pooling = [conv(4, 5), relu, pool(3, 2), conv(8, 2, 3), normalized]
    with_pooling.append(pool(2, 4, kind="average pooling"))
    check("with pooling", receptive_field(with_pooling), 15)
    padded = [{"kind": "zero padding", "pad": 2}, relu]
    check("no window", receptive_field(padded), 1)

# %% nbgrader={"grade": true, "grade_id": "receptive_field-test", "points": 10}
verdict("receptive_field")
### BEGIN HIDDEN TESTS
@hidden_cases("receptive_field", cases=6, returns="pixels")
def _(case):
    layers = [] if case.index else [{"kind": "zero padding", "pad": 3}]
    for i in range([3, 1, 2, 4, 3, 5][case.index]):
        f, stride, filters, window, step = (int(n) for n in case.rng.integers(2, 6, 5))
        pad = ["valid", "same"][i % 2]
        layers.append({"kind": "convolution", "filters": filters, "f": f, "stride": stride, "pad": pad})
        layers.append({"kind": ["batch normalization", "relu"][i % 2]})
        if case.index != 2:
            kind = ["max pooling", "average pooling"][(i + case.index) % 2]
            layers.append({"kind": kind, "f": window, "stride": step, "pad": pad})
    case.call(receptive_field, layers)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: count the pixels
#
# If a unit sees a pixel, its gradient with respect to this pixel is not zero. So count. `hands`
# gets random weights and pictures of 128 × 128; of every map we take a unit in the middle.
#
# 1. Predict the four sides, for the maps after each convolution and each pooling.
# 2. Is every pixel of the window equally important?
#
# <details><summary>Answers</summary>
#
# 1. 4, 11, 19 and 43. From the first pooling on, one step of a unit is 8 pixels: so a window of 4
#    costs $3 \cdot 8$ more. (And `deep`? Its 16 places see 22 of 32 pixels each.)
# 2. No. Max pooling passes one entry on and forgets the others, and the middle lies in more windows
#    than the border.
# </details>

# %% tags=["demo"]
if ready("receptive_field"):
    seen = {}
    for last in (1, 3, 4, 6):
        layers = hands[:last]
        strength = convnets.seen_by_a_unit(layers, 128)
        rows, columns = (np.count_nonzero(strength.any(axis=axis)) for axis in (1, 0))
        print(f"after {layers[-1]['kind']:12} you say "
              f"{receptive_field(layers)}, counted {rows} × {columns}")
        seen[f"{rows} × {columns}"] = strength[24:80, 24:80]
    maps.show(seen, "size of the gradient", alt="Four maps of 56 by 56 pixels with a spot in "
              "each: 4 by 4, 11 by 11, 19 by 19, 43 by 43 pixels. The spots are uneven: single "
              "pixels are dark, many are pale.")

# %% [markdown]
# ## Part 3: write it in Keras
#
# There are two ways. A `Sequential` model is a list, as ours are. A functional model calls each
# layer on what came out of the one before, and is made of its two ends: so it may branch (course 4,
# week 2).
#
# ```python
# small = tf.keras.Sequential([tf.keras.Input((20, 30, 3)), tfl.Conv2D(5, 3), tfl.ReLU()])
#
# picture = tf.keras.Input((20, 30, 3))
# maps = tfl.ReLU()(tfl.Conv2D(5, 3)(picture))
# small = tf.keras.Model(inputs=picture, outputs=maps)
# ```
#
# The judge looks at layers and settings, and at the numbers that come out. Either way passes, and
# an activation may stand inside its layer.
#
# ### happyModel · 5 points · 6 minutes · difficulty 1 · importance 2
#
# The network `faces`, under the public course's name. Our data has no faces, so it stays untrained:
# it is for practice, and for the four numbers of batch normalization.
#
# <details><summary>Hint: the question</summary>
#
# `BatchNormalization` takes an axis: in an array (pictures, rows, columns, channels), which one is
# that of the channels?
# </details>
# <details><summary>Hint: a plan</summary>
#
# The input, then eight layers in the order of `faces`; the last two may be one.
# </details>
# <details><summary>If you see <em>Only instances of keras.Layer can be added</em></summary>
#
# A layer without brackets is a class, not yet a layer.
# </details>

# %% nbgrader={"solution": true, "grade_id": "happyModel"}
def happyModel():
    """Zero padding, convolution, batch normalization, ReLU, max pooling, one sigmoid unit.

    Args:
        None. The input is a picture of shape (64, 64, 3).

    Returns:
        A Keras model, not trained: 3 rows and columns of zeros on each side; 32 filters of 7 x 7,
        stride 1; batch normalization along the axis of the channels; ReLU; max pooling with a
        window and a stride of 2; flatten; a dense layer of 1 unit with a sigmoid.
    """
    ### BEGIN SOLUTION
    return tf.keras.Sequential([
        tf.keras.Input((64, 64, 3)),
        tfl.ZeroPadding2D(3),
        tfl.Conv2D(32, 7, 1),
        tfl.BatchNormalization(axis=3),
        tfl.ReLU(),
        tfl.MaxPooling2D(2),
        tfl.Flatten(),
        tfl.Dense(1, activation="sigmoid"),
    ])
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "happyModel-check"} tags=["check"]
with checking("happyModel"):
    model = with_optional(happyModel, input_shape=(64, 64, 3))()
    check("parameters", model.count_params(), 37633)
    check("layer", layers_of(model), [
        "input: 64×64×3", "convolution: filters 32, window 7×7, strides 1×1, padding same",
        "batch normalization: axis 3, epsilon 0.001", "relu",
        "max pooling: window 2×2, strides 2×2, padding valid", "flatten", "dense: units 1",
        "sigmoid"])

# %% nbgrader={"grade": true, "grade_id": "happyModel-test", "points": 5}
verdict("happyModel")
### BEGIN HIDDEN TESTS
@hidden_cases("happyModel", cases=1, returns="network", rtol=1e-3, atol=1e-4)
def _(case):
    case.call(described_model(happyModel), optional={"input_shape": (64, 64, 3)})
### END HIDDEN TESTS

# %% [markdown]
# The padding of 3 keeps 64 × 64 pixels under a window of 7: the judge calls that `"same"`, however
# it was written.
#
# ### convolutional_model · 12 points · 15 minutes · difficulty 3 · importance 5
#
# The network `hands`, for pictures of any size, as a functional model.
#
# <details><summary>Hint: the question</summary>
#
# Keras's own padding is `"valid"`, its pooling moves by its window, and its activations are none.
# Which of these do you have to say yourself?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One line for each layer: a name for what comes out, the layer with its settings, called on what
# came before. Then a model of the first name and the last.
# </details>
# <details><summary>If you see <em>layers take the place of tf.nn</em></summary>
#
# `tf.nn.conv2d` computes with numbers. Here are none yet: a model is drawn up from layers.
# </details>
# <details><summary>If you see <em>padding in small letters</em></summary>
#
# In 2021 the course wrote `padding="SAME"`. Today's pooling layers refuse capitals.
# </details>

# %% nbgrader={"solution": true, "grade_id": "convolutional_model"}
def convolutional_model(input_shape):
    """CONV2D -> RELU -> MAXPOOL -> CONV2D -> RELU -> MAXPOOL -> FLATTEN -> DENSE.

    Args:
        input_shape: (height, width, channels) of a picture.

    Returns:
        A Keras model, not trained: 8 filters of 4 x 4, stride 1; ReLU; max pooling with a window
        and a stride of 8; 16 filters of 2 x 2, stride 1; ReLU; max pooling with a window and a
        stride of 4; flatten; a dense layer of 6 units with softmax. All padding is "same".
    """
    ### BEGIN SOLUTION
    picture = tf.keras.Input(input_shape)
    Z1 = tfl.Conv2D(8, 4, padding="same")(picture)
    A1 = tfl.ReLU()(Z1)
    P1 = tfl.MaxPooling2D(8, 8, padding="same")(A1)
    Z2 = tfl.Conv2D(16, 2, padding="same")(P1)
    A2 = tfl.ReLU()(Z2)
    P2 = tfl.MaxPooling2D(4, 4, padding="same")(A2)
    F = tfl.Flatten()(P2)
    outputs = tfl.Dense(6, activation="softmax")(F)
    return tf.keras.Model(inputs=picture, outputs=outputs)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "convolutional_model-check"} tags=["check"]
with checking("convolutional_model"):
    check("parameters, 64 × 64", convolutional_model((64, 64, 3)).count_params(), 1310)
    model = convolutional_model((50, 70, 1))
    check("parameters, 50 × 70", model.count_params(), 1246)
    check("layer", layers_of(model), [
        "input: 50×70×1", "convolution: filters 8, window 4×4, strides 1×1, padding same", "relu",
        "max pooling: window 8×8, strides 8×8, padding same",
        "convolution: filters 16, window 2×2, strides 1×1, padding same", "relu",
        "max pooling: window 4×4, strides 4×4, padding same", "flatten", "dense: units 6",
        "softmax"])

# %% nbgrader={"grade": true, "grade_id": "convolutional_model-test", "points": 12}
verdict("convolutional_model")
### BEGIN HIDDEN TESTS
@hidden_cases("convolutional_model", cases=3, returns="network", rtol=1e-3, atol=1e-4)
def _(case):
    shape = [(64, 64, 3), (42, 75, 1), (36, 29, 4)][case.index]
    case.call(described_model(convolutional_model), shape)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 4: train
#
# ### Predict, then run: two networks
#
# Pictures of 32 × 32. Your network has 1022 parameters. The one of the first picture, `deep`, has
# three convolutions of 3 × 3, each with pooling by 2 behind it, and 9110 parameters. 960 pictures to
# train on, 120 *dev* pictures for choices. Your network gets 12 rounds, `deep` had 8.
#
# 1. What shape is made flat, before your dense layer? And before that of `deep`?
# 2. Which network knows more dev pictures, and by how much?
#
# <details><summary>Answers</summary>
#
# 1. (1, 1, 16) and (4, 4, 32). Your network has to say everything about a hand in 16 numbers, and
#    none of them says *where*.
# 2. `deep`: 90.0 % against 77.5 %, on this draw of the first weights. (On two more: 93.3 % and 90.0 %
#    against 66.7 % and 78.3 %.) Pooling by 8 and by 4 throws away 1023 of 1024 places.
# </details>

# %% tags=["demo"]
if ready("convolutional_model"):
    tf.keras.utils.set_random_seed(1)
    yours = convolutional_model((32, 32, 3))
    yours.compile(tf.keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    fit = yours.fit(train_X, train_y, 16, 12, verbose=0, validation_data=(dev_X, dev_y))
    curves = {}
    for name, history in {"yours": fit.history, "deep": deep_fit.history}.items():
        for part, key in (("train", "accuracy"), ("dev", "val_accuracy")):
            curves[f"{name}, {part}"] = history[key]
        print(f"{name:6} right: train {history['accuracy'][-1]:.1%}, "
              f"dev {history['val_accuracy'][-1]:.1%}")
    plots.lines(curves, "round through the pictures", "share that is right", first=1,
                alt="Four lines. Those of deep, for the pictures to train on and for dev, climb to "
                "about 0.9 within 8 rounds. Those of yours climb more slowly: after 12 rounds they "
                "are just below 0.8.")

# %% [markdown]
# ### Further: what your filters look for
#
# The eight filters of your first layer, as pictures: middle grey is a weight of 0. Below, the maps
# of one hand. Which filters look at colour, which at edges? Is one of them idle?
#
# <details><summary>What one sees</summary>
#
# On this draw 0 and 6 draw edges of the hand, 2 and 3 parts of it; 4 is idle, its map is black. In
# most of them several colours stand side by side: a filter weighs one against another.
# </details>

# %% tags=["demo", "further"]
if ready("convolutional_model"):
    first = next(layer for layer in yours.layers if layer.get_weights())
    Z = tf.nn.conv2d(dev_X[[1]], first.get_weights()[0], 1, "SAME") + first.get_weights()[1]
    plots.show(convnets.draw_filters(first.get_weights()[0], np.maximum(Z, 0)[0]),
               alt="Eight small coloured squares of 4 by 4 weights. Below each, a grey map: some "
               "show edges of the hand, three a few points, one is black.")

# %% [markdown]
# ## Part 5: what is confused?
#
# A share that is right says how often. It does not say *what* goes wrong. Put the pictures into a
# table: a row for each true class, a column for each class that was named.
#
# **By hand.** Seven pictures of the classes 0 to 3. True are 0, 0, 1, 1, 2, 2, 2; named were 0, 2,
# 1, 3, 2, 2, 1. Then
#
# $$\begin{pmatrix}1&0&1&0\\0&1&0&1\\0&1&2&0\\0&0&0&0\end{pmatrix}.$$
#
# What is right stands on the diagonal. Class 3 was named once, and never true.
#
# ### confusion_matrix · 6 points · 5 minutes · difficulty 2 · importance 4
#
# <details><summary>Hint: the question</summary>
#
# What should the sum of all entries be? And the sum of a row?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Zeros, shape (`classes`, `classes`). Each picture adds 1 to one entry.
# </details>
# <details><summary>If you see <em>TypeError: only integer … arrays can be converted</em></summary>
#
# A list of lists takes one index at a time; an array of NumPy takes a pair.
# </details>

# %% nbgrader={"solution": true, "grade_id": "confusion_matrix"}
def confusion_matrix(labels, predictions, classes):
    """Count which class was taken for which.

    Args:
        labels: the true classes, whole numbers from 0 to classes - 1, an array of shape (m,).
        predictions: the classes that were named, in the same form.
        classes: how many classes there are; some may not occur.

    Returns:
        An array of shape (classes, classes): entry (i, j) says how many pictures of the true class
        i were named j.
    """
    ### BEGIN SOLUTION
    matrix = np.zeros((classes, classes), int)
    for truth, named in zip(labels, predictions):
        matrix[truth, named] += 1
    return matrix
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "confusion_matrix-check"} tags=["check"]
check_labels, check_named = np.array([0, 0, 1, 1, 2, 2, 2]), np.array([0, 2, 1, 3, 2, 2, 1])
with checking("confusion_matrix", labels=check_labels, predictions=check_named):
    by_hand = [[1, 0, 1, 0], [0, 1, 0, 1], [0, 1, 2, 0], [0, 0, 0, 0]]
    check("by hand", confusion_matrix(check_labels, check_named, 4), by_hand)
    one = confusion_matrix(np.array([1]), np.array([0]), 2)
    check("one picture, two classes", one, [[0, 0], [1, 0]])

# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-test", "points": 6}
verdict("confusion_matrix")
### BEGIN HIDDEN TESTS
@hidden_cases("confusion_matrix", cases=5, returns="matrix")
def _(case):
    classes = [6, 4, 9, 3, 5][case.index]
    m = [80, 37, 60, 1, 44][case.index]
    labels = case.rng.integers(0, classes - (case.index in (1, 4)), m)
    if case.index == 2:
        labels = np.where(labels == 3, 4, labels)
    predictions = np.where(case.rng.random(m) < 0.5, labels, case.rng.integers(0, classes, m))
    if case.index == 3:
        labels, predictions = np.array([0]), np.array([2])
    case.call(confusion_matrix, labels, predictions, classes)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: which signs?
#
# Look at your own hand: which two of the signs 0 to 5 are hardest to tell apart in 32 × 32 pixels?
# Write down two pairs.
#
# <details><summary>Answer</summary>
#
# On this draw: 2 was taken for 1 in 4 of 20 pictures, and for 4 in 3; 3 was taken for 4 and for 5,
# in 3 each. `deep` takes one 2 for a 1 and none for a 4; only 3 is hard for it as well.
# </details>

# %% tags=["demo"]
if ready("convolutional_model", "confusion_matrix"):
    named = np.argmax(yours(dev_X), axis=1)
    matrix = confusion_matrix(dev_y, named, 6)
    pairs = [(matrix[i, j], i, j) for i in range(6) for j in range(6) if i != j]
    wrong = []
    for count, i, j in sorted(pairs, reverse=True)[:4]:
        print(f"sign {i} was taken for {j}: {count} of {matrix[i].sum()} times")
        for k in np.flatnonzero((dev_y == i) & (named == j))[:2]:
            wrong.append((signs[960 + k], f"{i}, named {j}"))
    plots.show(convnets.draw_confusions(matrix, wrong), alt="A table of six by six "
               "counts. Off the diagonal, 2 named 1 is the darkest; most mistakes are in the rows "
               "of 2 and 3. Beside it eight hands, two of each of the four pairs that are printed above.")

# %% [markdown]
# ### Play: cover the hand
#
# A grey square lies on the hand; the map on the right says how sure `deep` is of the right sign, for
# each place of the square. **Predict** first: where does it hurt?
#
# Below the figure all dev pictures are moved to the left and to the right. A filter does not mind
# where a hand is. **Predict**: do the networks mind? Which one more?
#
# <details><summary>Answers</summary>
#
# 1. Over the knuckles on the left, the tip of the thumb, and the wrist, which says nothing about
#    the sign. Below the thumb it leaves the network *more* sure, and over the bare wall above the
#    fingers much less. A cover does not only take away: it has edges of its own, and no hand to
#    train on wore one.
# 2. Both do, and the better one more: moved by 8 pixels, a quarter of the picture, `deep` falls from
#    90.0 % to 32.5 %, yours from 77.5 % to 58.8 %. The maps of `deep` move along with the hand, but
#    its dense layer has other weights for each of the 16 places. What knows places, misses them.
# </details>

# %% tags=["demo"]
def draw(which, row, column, side):
    seen, truth = convnets.covered(dev_X[which], row, column, side), dev_y[which]
    sure = convnets.sure_by_place(deep, dev_X[which], truth, side)
    p = deep(seen[None]).numpy()[0]
    said = f"Sign {truth}, {side} pixels covered around ({row}, {column}): {p.argmax()} named."
    return convnets.draw_covered(seen + 0.5, p, sure, truth), said


if ready("convolutional_model"):
    play.slider(draw, which=(0, 119, 1), row=(0, 31, 6), column=(0, 31, 12), side=(1, 16, 8))
    both = {"deep": deep, "yours": yours}
    for pixels in (0, 2, 4, 8):
        X = np.concatenate([convnets.moved(dev_X, step) for step in (-pixels, pixels)])
        right = {name: np.argmax(net(X), axis=1) == [*dev_y, *dev_y] for name, net in both.items()}
        shares = ", ".join(f"{name} {np.mean(rights):.1%}" for name, rights in right.items())
        print(f"moved by {pixels} pixels, right: {shares}")

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **The shape after for the shape before.** A filter is as deep as what goes *in*. *Symptom*: the
#   first layer is right where channels and filters happen to agree, all others are wrong.
# * **`"valid"` without saying so.** It is Keras's own word where you give none. *Symptom*: right on
#   64 × 64 with pooling by 8, and one place short on 50 × 70.
# * **A name that leads nowhere.** `Z1` goes on where `A1` was meant. *Symptom*: no error. The model
#   is drawn up backwards from its output, and what is never met is not there.
#
# ## Open task: ten thousand parameters, anywhere
#
# A network with at most 10 000 parameters, trained for 8 rounds on the 960 pictures, that knows the
# hands **moved by 4 pixels** to either side. Layers, learning rate and batches are yours. Two draws.
#
# * `deep` again: 73 % and 74 % of the moved dev pictures.
# * Ours gets 91 % and 92 %. Beat that.

# %%
def my_network():
    """A compiled Keras model for pictures of shape (32, 32, 3), and the size of its batches."""
    layers = [tf.keras.Input((32, 32, 3))]
    for filters in (8, 16, 32):
        layers += [tfl.Conv2D(filters, 3, padding="same", activation="relu"), tfl.MaxPooling2D(2)]
    model = tf.keras.Sequential([*layers, tfl.Flatten(), tfl.Dense(6, "softmax")])
    model.compile(tf.keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model, 16

# %% tags=["demo"]
aside = np.concatenate([convnets.moved(dev_X, -4), convnets.moved(dev_X, 4)])
for seed in (1, 2):
    tf.keras.utils.set_random_seed(seed)
    model, batch = my_network()
    model.fit(train_X, train_y, batch, 8, verbose=0)
    still = np.mean(np.argmax(model(dev_X), axis=1) == dev_y)
    right = np.mean(np.argmax(model(aside), axis=1) == [*dev_y, *dev_y])
    print(f"draw {seed}: {model.count_params()} parameters, right: dev {still:.0%}, "
          f"moved {right:.0%}")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# Which layer of `deep` knows places? Which kind of layer forgets them, and how many parameters does
# that set free? Or: who says that the pictures to train on must stay where they are?
# </details>
# <details><summary>Hint: where to look</summary>
#
# Keras has layers that pool whole maps, and layers that change pictures at random, only while the
# network is trained. Eight rounds are few: what makes a network learn faster (course 2, week 3)?
# </details>
#
# ## At the end, once: the test set
#
# By the dev pictures you would choose `deep`. **Predict** its share of 120 new pictures.
#
# <details><summary>Answer</summary>
#
# 90 %, as on dev, and that is luck: a share of 0.9 of 120 pictures has a standard deviation of
# $\sqrt{0.9 \cdot 0.1 / 120} \approx 2.7\,\%$, and the network was chosen by the dev pictures.
# </details>

# %% tags=["demo"]
test_X, test_y = convnets.halved(test_signs), test_labels[0]
print(f"{np.mean(np.argmax(deep(test_X), axis=1) == test_y):.0%} of the test pictures right")

# %% [markdown]
# All hands here are rendered. On 1200 photographs of hands, which are no part of this project, `deep`
# named 77 %, 81 % and 82 % rightly, in three draws; yours 56 %, 62 % and 49 %. With your own files in
# `data/own/` (data/README.md says how) this whole lesson runs on yours.

# %% [markdown]
# ## Recap
#
# 1. A layer turns a shape into a shape; a network is carried along, layer by layer.
# 2. A filter costs $f \cdot f \cdot n_C' + 1$, at all places together. The first dense layer costs
#    what pooling left over.
# 3. Batch normalization keeps four numbers for each channel, two of them not trained.
# 4. $k$ units in a row see $(k - 1)s + f$: from the last layer back to the picture.
# 5. A share says how often a network errs, a confusion matrix says in what.
#
# **A question.** Put two layers of 3 × 3 in the place of the first 4 × 4 of `hands`, with 8 filters
# each. What is the field behind them, and how many parameters do they have?
#
# <details><summary>Answer</summary>
#
# 5 × 5, with $224 + 584 = 808$ parameters, where one layer of 5 × 5 has 608. The saving comes only
# with depth: where 8 channels go in, it is $1168$ against $1608$.
# </details>
#
# **Read on.** Zeiler and Fergus, [Visualizing and understanding convolutional
# networks](https://arxiv.org/abs/1311.2901), 2014, section 4.2: the grey square. Luo, Li, Urtasun
# and Zemel, [Understanding the effective receptive field](https://arxiv.org/abs/1701.04128), 2016,
# section 2: why the middle counts more. Ioffe and Szegedy, [Batch
# normalization](https://arxiv.org/abs/1502.03167), 2015, section 3.1: what is kept for later.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
