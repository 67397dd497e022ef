# %% [markdown]
# # Case studies: what a network costs
#
# In 2014 GoogLeNet and VGG came first and second in the great contest of naming pictures. One has
# 7 million parameters, the other 138. Where does such a difference come from? You count, layer by
# layer: what must be learned, and how many products a picture takes. Your totals will be those of
# the papers and of Keras, to the last digit.
#
# **You will be able to**
#
# * say from a table of layers what a network will cost, before you build it;
# * read VGG-16, VGG-19 and GoogLeNet off their papers;
# * build an Inception module, and say what its 1×1 convolutions are for;
# * use a network that somebody else trained: on your own photograph, and for a task of yours.
#
# **Time** about 90 minutes, the open task apart. **Builds on** the size of a layer (course 4,
# week 1) and Keras (course 2, week 3). Each exercise's heading gives points, minutes, difficulty
# and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
from companion import (  # first: it keeps TensorFlow from talking while it starts
    check, checking, costs, data, hidden_cases, lesson, play, plots, pretrained, ready,
    verdict, verdicts,
)

import keras
import numpy as np

from companion.networks import described
from keras import layers

lesson(
    "course4-week2/case_studies", libraries=("numpy", "matplotlib", "tensorflow", "keras"),
)

# %% [markdown]
# ## One picture
#
# The 16 layers of VGG-16 that have weights. To the left what is learned, to the right what a
# picture costs.

# %% tags=["demo", "picture"]
plots.show(
    costs.draw_layers(costs.VGG_16),
    alt="Two bar charts of the 16 layers of VGG-16, from the first to the last. Parameters: almost "
    "nothing in the first convolutions, 2.4 million in the last ones, 103 million in the first "
    "dense layer. Multiply-adds: up to 1850 million in the convolutions, 103 million and less in "
    "the dense layers.",
)

# %% [markdown]
# Weights and work lie at opposite ends. Three quarters of all parameters sit in *one* dense layer;
# almost all of the work is done by convolutions that have few. **Why?** A convolution uses each of
# its weights at every place of the map, a dense layer uses each of them once.
#
# ## The idea
#
# A **multiply-add** is one product of a weight and a number, added to a sum. Biases, ReLU and
# pooling are cheap beside it: nobody counts them. A layer is a tuple here, and it acts on a shape:
#
# | layer | weights | what it does |
# |---|---|---|
# | `("conv", f, stride, filters)` | $f^2 c\,\cdot$ filters | each filter reads all $c$ channels |
# | `("depthwise", f, stride)` | $f^2 c$ | each channel has a filter of its own |
# | `("pool", f, stride)` | none | |
# | `("flatten",)` | none | $h \times w \times c$ becomes one row |
# | `("dense", units)` | numbers in × units | after `flatten` |
#
# Convolutions and dense layers have biases: one for each number of channels, or units, that comes
# out. All windows are padded to `"same"`: a side of $n$ becomes $\lceil n / s \rceil$.

# %% [markdown]
# **By hand.** A map of 6 × 5 with 3 channels, and `("conv", 3, 2, 4)`. The output has 3 × 3
# places and 4 channels. Each filter has $3 \cdot 3 \cdot 3 = 27$ weights: 108 in all, and 4
# biases. All 108 are used at each of 9 places: 972 multiply-adds.

# %% [markdown]
# ## Part 1: count
#
# ### count_layer · 10 points · 12 minutes · difficulty 2 · importance 5
#
# One layer, as in the table. Keep the example by hand beside you.
#
# <details><summary>Hint: the question</summary>
#
# For each kind: how many weights are there, and at how many places is each of them used?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Take the kind apart first: `kind, *settings = layer`. Flatten and dense change $(h, w, c)$ into
# $(n,)$. For windows: rows and columns of the output, then weights, then weights times places.
# Add the biases to the parameters at the end, never before you multiply by places.
# </details>
# <details><summary>If you see <em>not enough values to unpack</em></summary>
#
# After `flatten` a shape has one number. Do you take three numbers out of every shape?
# </details>

# %% nbgrader={"solution": true, "grade_id": "count_layer"}
def count_layer(layer, shape):
    """What comes out of a layer, and what it costs for one example.

    Args:
        layer: ("conv", f, stride, filters), ("depthwise", f, stride), ("pool", f, stride),
            ("flatten",) or ("dense", units). Windows have f × f pixels and padding "same".
        shape: of what goes in: (height, width, channels), or (n,) for a dense layer.

    Returns:
        (shape, parameters, multiply_adds): the shape of what comes out, a tuple; weights and biases
        together; products, one for each weight at each place where it is used. Whole numbers.
    """
    ### BEGIN SOLUTION
    kind, *settings = layer
    if kind == "flatten":
        return (int(np.prod(shape)),), 0, 0
    if kind == "dense":
        weights = shape[0] * settings[0]
        return (settings[0],), weights + settings[0], weights
    h, w, c = shape
    f, stride = settings[:2]
    h, w = -(-h // stride), -(-w // stride)
    if kind == "pool":
        return (h, w, c), 0, 0
    filters = settings[2] if kind == "conv" else c
    weights = f * f * c * (filters if kind == "conv" else 1)
    return (h, w, filters), weights + filters, weights * h * w
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "count_layer-check"} tags=["check"]
with checking("count_layer"):
    by_hand = {"shape": (3, 3, 4), "parameters": 112, "multiply-adds": 972}
    check("conv, by hand", costs.named(count_layer(("conv", 3, 2, 4), (6, 5, 3))), by_hand)
    alone = {"shape": (3, 3, 3), "parameters": 30, "multiply-adds": 243}
    check("depthwise", costs.named(count_layer(("depthwise", 3, 2), (6, 5, 3))), alone)
    one = {"shape": (7, 9, 5), "parameters": 60, "multiply-adds": 3465}
    check("conv, 1×1", costs.named(count_layer(("conv", 1, 1, 5), (7, 9, 11))), one)
    pooled = {"shape": (4, 5, 8), "parameters": 0, "multiply-adds": 0}
    check("pool", costs.named(count_layer(("pool", 2, 3), (10, 13, 8))), pooled)
    row = {"shape": (60,), "parameters": 0, "multiply-adds": 0}
    check("flatten", costs.named(count_layer(("flatten",), (4, 3, 5))), row)
    full = {"shape": (7,), "parameters": 427, "multiply-adds": 420}
    check("dense", costs.named(count_layer(("dense", 7), (60,))), full)

# %% nbgrader={"grade": true, "grade_id": "count_layer-test", "points": 10}
verdict("count_layer")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "count_layer", cases=8, returns=("shape", "parameters", "multiply_adds"), rtol=1e-12, atol=1e-12
)
def _(case):
    h, w, c, filters = [int(n) for n in case.rng.permutation(np.arange(13, 40))[:4]]
    f, stride = [(3, 2), (5, 1), (1, 3), (5, 2), (3, 1), (3, 4), (0, 0), (0, 0)][case.index]
    while h % stride in (0, w % stride) if stride > 2 else False:
        h += 1
    if stride == 2:
        h, w = h | 1, w & ~1
    layer = [
        ("conv", f, stride, filters), ("conv", f, stride, filters), ("conv", f, stride, filters),
        ("depthwise", f, stride), ("depthwise", f, stride), ("pool", f, stride), ("flatten",), ("dense", filters),
    ][case.index]
    case.call(count_layer, layer, (h * w,) if case.index == 7 else (h, w, c))
### END HIDDEN TESTS

# %% [markdown]
# ### count_network · 6 points · 6 minutes · difficulty 2 · importance 4
#
# Layer after layer: the shape is handed on, the costs are added up.
#
# <details><summary>Hint: the question</summary>
#
# What goes into the second layer: `shape`, or what came out of the first?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Two sums that start at 0 and one shape that is replaced, in a loop over the layers. One call of
# `count_layer` for each.
# </details>
# <details><summary>If your counts are too large, and only for networks with pooling</summary>
#
# Each layer was counted on the shape of the picture.
# </details>

# %% nbgrader={"solution": true, "grade_id": "count_network"}
def count_network(layers, shape):
    """What comes out of a chain of layers, and what they cost together for one example.

    Args:
        layers: a list of layers, as count_layer takes them; each acts on what the one before puts
            out. It must come back unchanged. It may be empty.
        shape: of what goes into the first.

    Returns:
        (shape, parameters, multiply_adds): what comes out of the last; both costs, summed up.
    """
    ### BEGIN SOLUTION
    parameters = multiply_adds = 0
    for layer in layers:
        shape, p, a = count_layer(layer, shape)
        parameters += p
        multiply_adds += a
    return shape, parameters, multiply_adds
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "count_network-check"} tags=["check"]
small = [("conv", 3, 2, 4), ("pool", 2, 2), ("depthwise", 3, 1), ("flatten",), ("dense", 5)]
with checking("count_network", layers=small):
    total = {"shape": (5,), "parameters": 237, "multiply-adds": 1196}
    check("five layers", costs.named(count_network(small, (6, 5, 3))), total)
    total = {"shape": (2, 2, 4), "parameters": 152, "multiply-adds": 1116}
    check("the first three", costs.named(count_network(small[:3], (6, 5, 3))), total)
    nothing = {"shape": (6, 5, 3), "parameters": 0, "multiply-adds": 0}
    check("no layer", costs.named(count_network([], (6, 5, 3))), nothing)

# %% nbgrader={"grade": true, "grade_id": "count_network-test", "points": 6}
verdict("count_network")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "count_network", cases=5, returns=("shape", "parameters", "multiply_adds"),
    rtol=1e-12, atol=1e-12,
    calls=("count_layer",),
)
def _(case):
    h, w, c, a, b, units = [int(n) for n in case.rng.permutation(np.arange(13, 40))[:6]]
    network = [
        [("conv", 5, 2, a), ("pool", 3, 2), ("conv", 3, 1, b), ("flatten",), ("dense", units)],
        [("conv", 3, 1, a), ("depthwise", 5, 3), ("conv", 1, 1, b)],
        [("flatten",), ("dense", a), ("dense", b), ("dense", units)],
        [("pool", 2, 2)],
        [("conv", 1, 1, a), ("conv", 5, 1, b), ("pool", 2, 3), ("depthwise", 3, 2), ("flatten",), ("dense", units)],
    ][case.index]
    case.call(count_network, network, (h, w, c))
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: VGG
#
# Before 2014 windows had 11 × 11, 7 × 7 or 5 × 5 pixels. Simonyan and Zisserman asked: what if all
# have 3 × 3, and there are more layers? Their table has six networks, A to E and a variant of A. A
# column is a network:
#
# | | channels | A | B | C | D | E |
# |---|---|---|---|---|---|---|
# | block 1 | 64 | 1 | 2 | 2 | 2 | 2 |
# | block 2 | 128 | 1 | 2 | 2 | 2 | 2 |
# | block 3 | 256 | 2 | 2 | 2 + 1 | 3 | 4 |
# | block 4 | 512 | 2 | 2 | 2 + 1 | 3 | 4 |
# | block 5 | 512 | 2 | 2 | 2 + 1 | 3 | 4 |
#
# A number says how many convolutions a block has: all 3 × 3, stride 1, each with the channels of
# its block. In C "+ 1" is a last one of 1 × 1. After *each* block comes a max pooling of 2 × 2,
# stride 2. At the end: flatten, and dense layers of 4096, 4096, and as many units as there are
# classes. D is called VGG-16 for its 16 layers with weights, E is VGG-19.

# %% [markdown]
# ### vgg_layers · 8 points · 10 minutes · difficulty 2 · importance 3
#
# A column of the table as a list of layers. (ReLU and softmax cost nothing here and are left out.)
#
# <details><summary>Hint: the question</summary>
#
# What is the same in all five blocks of a column, and what differs? Which of these stands in a
# list?
# </details>
# <details><summary>Hint: a plan</summary>
#
# A dictionary from the letter to five numbers. A loop over the pairs of such a number and the
# channels: so many `"conv"`, then one `"pool"`. C is D with a smaller last window in three
# blocks. Then four layers more.
# </details>
# <details><summary>If you have 138 million parameters for all letters</summary>
#
# You use the numbers of D whatever the letter says.
# </details>

# %% nbgrader={"solution": true, "grade_id": "vgg_layers"}
def vgg_layers(configuration, classes=1000):
    """The layers of a network of Simonyan and Zisserman, arXiv:1409.1556, table 1.

    Args:
        configuration: the column: "A", "B", "C", "D" or "E".
        classes: units of the last layer.

    Returns:
        A list of layers, as count_layer takes them: convolutions, poolings, one flatten,
        three dense layers.
    """
    ### BEGIN SOLUTION
    columns = {
        "A": (1, 1, 2, 2, 2), "B": (2, 2, 2, 2, 2), "C": (2, 2, 3, 3, 3), "D": (2, 2, 3, 3, 3),
        "E": (2, 2, 4, 4, 4),
    }
    network = []
    for convolutions, filters in zip(columns[configuration], (64, 128, 256, 512, 512)):
        for i in range(convolutions):
            f = 1 if configuration == "C" and i == 2 else 3
            network.append(("conv", f, 1, filters))
        network.append(("pool", 2, 2))
    return network + [("flatten",), ("dense", 4096), ("dense", 4096), ("dense", classes)]
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "vgg_layers-check"} tags=["check"]
with checking("vgg_layers"):
    for letter, length in {"A": 17, "B": 19, "C": 22, "D": 22, "E": 25}.items():
        check(f"{letter}: how many layers in the list", len(vgg_layers(letter)), length)
    windows = lambda letter: [one[1] for one in vgg_layers(letter) if one[0] == "conv"]
    check("D: sum of all windows", sum(windows("D")), 39)
    check("C: sum of all windows", sum(windows("C")), 33)
    check("C: layer 9", tuple(vgg_layers("C")[8]), ("conv", 1, 1, 256))
    channels = [one[3] for one in vgg_layers("E") if one[0] == "conv"]
    check("E: channels", channels, [64] * 2 + [128] * 2 + [256] * 4 + [512] * 8)
    pools = [i for i, one in enumerate(vgg_layers("A")) if tuple(one) == ("pool", 2, 2)]
    check("A: where poolings stand", pools, [1, 3, 6, 9, 12])
    check("B, 6 classes: the last two", [tuple(one) for one in vgg_layers("B", 6)[-2:]],
          [("dense", 4096), ("dense", 6)])
    check("no classes given: the last", tuple(vgg_layers("D")[-1]), ("dense", 1000))

# %% nbgrader={"grade": true, "grade_id": "vgg_layers-test", "points": 8}
verdict("vgg_layers")
### BEGIN HIDDEN TESTS
@hidden_cases("vgg_layers", cases=6, returns="layers")
def _(case):
    if case.index == 5:
        case.call(vgg_layers, "D")
    else:
        case.call(vgg_layers, "EDCBA"[case.index], int(case.rng.integers(7, 300)))
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: does your count agree?
#
# Keras has VGG-16 and VGG-19. `StatelessScope` lets us make them without filling 138 million places
# in memory. Count both for pictures of 224 × 224.
#
# VGG-19 has three convolutions more than VGG-16. By how much do the two costs grow?
#
# 1. both by about a fifth;
# 2. parameters by 4 %, multiply-adds by 27 %;
# 3. parameters by 27 %, multiply-adds by 4 %.
#
# <details><summary>Answer</summary>
#
# The second: 138 357 544 and 143 667 240 parameters; 15.5 and 19.6 thousand million multiply-adds.
# Your digits are those of Keras, and rounded those of the paper's table 2 (138 and 144 million).
# </details>

# %% tags=["demo"]
if ready("count_layer", "count_network", "vgg_layers"):
    with keras.StatelessScope(initialize_variables=False):
        theirs = {"D": keras.applications.VGG16(weights=None),
                  "E": keras.applications.VGG19(weights=None)}
    for letter, published in {"A": 133, "B": 133, "C": 134, "D": 138, "E": 144}.items():
        _, parameters, work = count_network(vgg_layers(letter), (224, 224, 3))
        print(f"{letter}: {parameters:,} parameters (paper: {published} million),"
              f" {work:,} multiply-adds")
        if letter in theirs:
            print(f"   {theirs[letter].count_params():,} in Keras,",
                  f"{costs.multiply_adds(theirs[letter]):,} multiply-adds in Keras")

# %% [markdown]
# ## Part 3: a formula for the narrow place
#
# ### bottleneck_factor · 8 points · 10 minutes · difficulty 3 · importance 5
#
# A convolution of 1 × 1 looks at no neighbour. It mixes the channels of one pixel, and may put out
# fewer. So one can make a map *narrow* before a costly window reads it. What does that save? Count
# multiply-adds **for one place** of the map, on paper. There are $c$ channels; $n$ filters of
# $f \times f$ are due.
#
# 1. How many without a bottleneck?
# 2. First 1 × 1 to $r$ channels, then $f \times f$ from these to $n$. How many for both together?
# 3. Divide the second by the first, and shorten.
#
# <details><summary>Answer 1</summary>
#
# $f^2 c\, n$.
# </details>
# <details><summary>Answer 2</summary>
#
# $c\, r$ for the 1 × 1, and $f^2 r\, n$ for the window.
# </details>
# <details><summary>Answer 3: the first check</summary>
#
# Two summands are left, and $r$ stands above the line in both. One has $c$ below the line, the
# other does not. For $f = 5$, $c = 192$, $r = 16$, $n = 32$ it is about 0.103.
# </details>

# %% [markdown]
# **Now write down what you found.** Height and width do not enter: stride 1, so all three layers
# have the same places.
#
# <details><summary>Hint: the question</summary>
#
# With $r = c$ the bottleneck narrows nothing. Should the factor be 1 then, more, or less?
# </details>
# <details><summary>Hint: a plan</summary>
#
# You need no shortened form: the quotient of your answers 2 and 1 is right as it stands.
# </details>
# <details><summary>If your number is above 1 where you expect savings</summary>
#
# The quotient is upside down: what is asked for is the share that is *left*.
# </details>

# %% nbgrader={"solution": true, "grade_id": "bottleneck_factor"}
def bottleneck_factor(f, channels, reduced, filters):
    """What a bottleneck leaves of the multiply-adds of a convolution.

    Without: filters of f × f on a map of so many channels, stride 1. With: first 1 × 1 from
    channels to reduced, then f × f from reduced to filters.

    Args:
        f, channels, reduced, filters: whole numbers above 0.

    Returns:
        A number: the multiply-adds with a bottleneck, divided by those without.
    """
    ### BEGIN SOLUTION
    without = f**2 * channels * filters
    return (channels * reduced + f**2 * reduced * filters) / without
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "bottleneck_factor-check"} tags=["check"]
with checking("bottleneck_factor"):
    check("your answer 3", bottleneck_factor(5, 192, 16, 32), 0.1033333, rtol=1e-5)
    check("a window of 3", bottleneck_factor(3, 64, 8, 10), 0.2138889, rtol=1e-5)
    check("a window of 1", bottleneck_factor(1, 24, 6, 12), 0.75)
    check("nothing narrowed", bottleneck_factor(3, 20, 20, 10), 1.2222222, rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "bottleneck_factor-test", "points": 8}
verdict("bottleneck_factor")
### BEGIN HIDDEN TESTS
@hidden_cases("bottleneck_factor", cases=6, returns="factor", rtol=1e-9, atol=1e-9)
def _(case):
    channels, reduced, filters = [int(n) for n in case.rng.permutation(np.arange(5, 300))[:3]]
    case.call(bottleneck_factor, [3, 5, 7, 1, 3, 5][case.index], channels, reduced, filters)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then play: how narrow must it be?
#
# 192 channels, 32 filters of 5 × 5, a map of 28 × 28: 120.4 million multiply-adds without a
# bottleneck. **Predict**: from which width $r$ on does a bottleneck *cost* more than it saves?
# 192, more, or less? Then move the slider. It does not trust the formula: it counts.
#
# <details><summary>Answer</summary>
#
# Less: from $r = 155$ on. The factor is $r\,(1/c + 1/(f^2 n))$, so it reaches 1 at
# $r = 1/(1/192 + 1/800) \approx 154.8$. GoogLeNet takes 16: 12.4 million are left, a tenth.
# </details>

# %% tags=["demo"]
if ready("count_layer", "count_network", "bottleneck_factor"):
    def work(*some):
        return count_network(list(some), (28, 28, 192))[2] / 1e6

    def draw(width):
        widths = np.arange(4, 193, 4)
        line = [work(("conv", 1, 1, int(r)), ("conv", 5, 1, 32)) for r in widths]
        here, without = work(("conv", 1, 1, width), ("conv", 5, 1, 32)), work(("conv", 5, 1, 32))
        said = (f"width {width}: {here:.1f} million counted, factor {here / without:.3f}; "
                f"your formula {bottleneck_factor(5, 192, width, 32):.3f}")
        figure = costs.draw_widths(widths, np.array(line), width, without)
        figure.axes[0].set_title(said, fontsize=10)
        return figure, f"A rising straight line and a level one at 120.4 million. {said}."

    play.slider(draw, width=(4, 192, 16))

# %% [markdown]
# ## Part 4: an Inception module
#
# Which window is best: 1 × 1, 3 × 3 or 5 × 5? Szegedy and others answered: all of them, side by
# side. Four branches read the same map and keep its height and width; their channels are put one
# behind the other:
#
# | branch | naive | with bottlenecks |
# |---|---|---|
# | 1 | 1 × 1 to `f1` | the same |
# | 2 | 3 × 3 to `f3` | 1 × 1 to `f3_reduce`, 3 × 3 to `f3` |
# | 3 | 5 × 5 to `f5` | 1 × 1 to `f5_reduce`, 5 × 5 to `f5` |
# | 4 | max pooling 3 × 3, stride 1 | the same, then 1 × 1 to `pool_proj` |
#
# After **every** convolution stands a ReLU, after the 1 × 1 as well: so a bottleneck is one more
# layer that bends. Everything is padded to `"same"`, or the four maps would not fit side by side.

# %% [markdown]
# ### inception_module · 14 points · 15 minutes · difficulty 3 · importance 4
#
# In Keras: a layer is called on a tensor and gives a tensor. The naive module has `None` in the
# place of a width.
#
# <details><summary>Hint: the question</summary>
#
# What do the four branches read: `X`, or each what the one before put out?
# </details>
# <details><summary>Hint: a plan</summary>
#
# `layers.Conv2D(filters, window, padding=…, activation=…)`, `layers.MaxPooling2D(window, …)` and
# `layers.Concatenate(axis=…)`. A helper for "narrow, unless the width is None" saves three
# repetitions. At the end: $(h, w, f_1 + f_3 + f_5 + p)$.
# </details>
# <details><summary>If you see <em>matching shapes except for the concatenation axis</em></summary>
#
# A branch has lost pixels: a window without padding, or a pooling whose stride you did not name.
# Keras moves a pooling by its own size unless it is told otherwise.
# </details>

# %% nbgrader={"solution": true, "grade_id": "inception_module"}
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    """An Inception module (Szegedy and others, arXiv:1409.4842, figure 2), built of Keras's layers.

    Args:
        X: a tensor of Keras, shape (m, height, width, channels).
        f1, f3, f5: filters of 1 × 1, 3 × 3 and 5 × 5.
        f3_reduce, f5_reduce: filters of the 1 × 1 before them; None: there is no such layer.
        pool_proj: filters of the 1 × 1 after the max pooling; None: there is no such layer.

    Returns:
        A tensor, shape (m, height, width, all channels): the branches 1 × 1, 3 × 3, 5 × 5,
        pooling, in this order. Stride 1 and padding "same" everywhere, a ReLU after each
        convolution.
    """
    ### BEGIN SOLUTION
    def convolution(tensor, filters, f):
        if filters is None:
            return tensor
        return layers.Conv2D(filters, f, padding="same", activation="relu")(tensor)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(X)
    branches = [
        convolution(X, f1, 1),
        convolution(convolution(X, f3_reduce, 1), f3, 3),
        convolution(convolution(X, f5_reduce, 1), f5, 5),
        convolution(pooled, pool_proj, 1),
    ]
    return layers.Concatenate(axis=-1)(branches)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "inception_module-check"} tags=["check"]
def kinds(lines):
    """How many layers there are of each kind."""
    names = [line.partition(":")[0] for line in lines]
    return {name: names.count(name) for name in sorted(set(names))}

with checking("inception_module"):
    narrow = described(inception_module)((6, 8, 10), 2, 3, 4, 5, 6, 7)
    check("with bottlenecks", kinds(narrow["layers"]),
          {"concatenate": 1, "convolution": 6, "input": 1, "max pooling": 1, "relu": 6})
    check("parameters", narrow["parameters"], 1055)
    check("shape", np.shape(narrow["inference"]), (3, 6, 8, 19))
    some = [0.254168, 2.590320, 2.343654, 0.810795, 1.544311, 0.176761]
    check("some of its numbers", narrow["inference"][0, 2, 3, 1::3], some, rtol=1e-3, atol=1e-4)
    naive = described(inception_module)((6, 8, 10), 2, None, 4, None, 6, None)
    check("naive", kinds(naive["layers"]),
          {"concatenate": 1, "convolution": 3, "input": 1, "max pooling": 1, "relu": 3})
    check("naive: parameters", naive["parameters"], 1892)
    check("naive: shape", np.shape(naive["inference"]), (3, 6, 8, 22))

# %% nbgrader={"grade": true, "grade_id": "inception_module-test", "points": 14}
verdict("inception_module")
### BEGIN HIDDEN TESTS
@hidden_cases("inception_module", cases=4, returns="module", rtol=1e-4, atol=1e-5)
def _(case):
    widths = [int(n) for n in case.rng.permutation(np.arange(2, 12))[:6]]
    shape = [(7, 5, 6), (6, 9, 4), (5, 8, 3), (4, 6, 9)][case.index]
    for i in [(), (1, 3, 5), (1, 5), (3,)][case.index]:
        widths[i] = None
    case.call(described(inception_module), shape, *widths)
### END HIDDEN TESTS

# %% [markdown]
# ### inception_costs · 8 points · 10 minutes · difficulty 2 · importance 4
#
# The same module, counted with your own functions and not built.
#
# <details><summary>Hint: the question</summary>
#
# Each branch by itself is a chain. What do four chains have in common, and what is added up?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Four short lists of layers, the layers with `None` left out. `count_network` of each, on the
# *same* shape. Channels and both costs are added up; height and width are those of any branch.
# </details>
# <details><summary>If all is right but the channels of the naive module</summary>
#
# A pooling keeps its channels. In the naive module all $c$ of them are handed on.
# </details>

# %% nbgrader={"solution": true, "grade_id": "inception_costs"}
def inception_costs(shape, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    """What comes out of an Inception module, and what it costs for one example.

    Args:
        shape: of what goes in, (height, width, channels).
        f1, f3_reduce, f3, f5_reduce, f5, pool_proj: as inception_module takes them.

    Returns:
        (shape, parameters, multiply_adds), as count_network returns them.
    """
    ### BEGIN SOLUTION
    def narrow(filters):
        return [] if filters is None else [("conv", 1, 1, filters)]

    branches = [
        narrow(f1),
        narrow(f3_reduce) + [("conv", 3, 1, f3)],
        narrow(f5_reduce) + [("conv", 5, 1, f5)],
        [("pool", 3, 1)] + narrow(pool_proj),
    ]
    counts = [count_network(branch, shape) for branch in branches]
    channels = sum(out[2] for out, _, _ in counts)
    return (*shape[:2], channels), sum(p for _, p, _ in counts), sum(a for _, _, a in counts)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "inception_costs-check"} tags=["check"]
with checking("inception_costs"):
    total = {"shape": (6, 8, 19), "parameters": 1055, "multiply-adds": 49344}
    check("with bottlenecks", costs.named(inception_costs((6, 8, 10), 2, 3, 4, 5, 6, 7)), total)
    total = {"shape": (6, 8, 22), "parameters": 1892, "multiply-adds": 90240}
    check("naive", costs.named(inception_costs((6, 8, 10), 2, None, 4, None, 6, None)), total)
    total = {"shape": (5, 7, 27), "parameters": 1029, "multiply-adds": 35000}
    check("one bottleneck", costs.named(inception_costs((5, 7, 9), 3, None, 4, 2, 11, 9)), total)

# %% nbgrader={"grade": true, "grade_id": "inception_costs-test", "points": 8}
verdict("inception_costs")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "inception_costs", cases=5, returns=("shape", "parameters", "multiply_adds"),
    rtol=1e-12, atol=1e-12,
    calls=("count_layer", "count_network"),
)
def _(case):
    h, w, c, *widths = [int(n) for n in case.rng.permutation(np.arange(5, 90))[:9]]
    for i in [(), (1, 3, 5), (1, 5), (3,), ()][case.index]:
        widths[i] = None
    case.call(inception_costs, (h, w, c), *widths)
### END HIDDEN TESTS

# %% [markdown]
# **GoogLeNet whole.** Its table 1, module by module, as `inception_module` takes it:

# %% nbgrader={"locked": true, "grade_id": "googlenet"}
STEM = [("conv", 7, 2, 64), ("pool", 3, 2), ("conv", 1, 1, 64), ("conv", 3, 1, 192), ("pool", 3, 2)]
HALVE = [("pool", 3, 2)]  # between modules: height and width are halved
GOOGLENET = [
    (64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), HALVE,
    (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64),
    (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128), HALVE,
    (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128),
]
END = [("pool", 7, 7), ("flatten",), ("dense", 1000)]

# %% [markdown]
# ### Predict, then run: GoogLeNet
#
# VGG-16 takes 15.5 thousand million multiply-adds. **Predict** what GoogLeNet takes, with
# bottlenecks; and what all its modules would take if they were naive. A tenth, a half, the same,
# four times?
#
# <details><summary>Answer</summary>
#
# With bottlenecks a tenth: 1.58 thousand million, and 7.0 million parameters, a twentieth of
# VGG-16. With naive modules it is eight times as much, 12.6, nearly as in VGG. Look at the
# channels: a pooling hands all of them on, so they can only grow, here to 4944. The 1 × 1 after
# the pooling stops that.
# </details>

# %% tags=["demo"]
if ready("count_layer", "count_network", "inception_costs"):
    def whole(naive):
        shape, parameters, work = count_network(STEM, (224, 224, 3))
        for part in GOOGLENET + [END]:
            if isinstance(part, tuple):
                f1, r3, f3, r5, f5, p = part
                part = (f1, None, f3, None, f5, None) if naive else part
                last = count = inception_costs(shape, *part)
            else:
                count = count_network(part, shape)
            shape, parameters, work = count[0], parameters + count[1], work + count[2]
        return last[0], parameters, work

    for name in ("with bottlenecks", "naive"):
        (h, w, channels), parameters, work = whole(name == "naive")
        print(f"{name:17}{parameters:12,} parameters {work:15,} multiply-adds, {channels} channels")

# %% [markdown]
# A fine point. For the first module the paper says 159K parameters and 128M operations. Your
# count, less the biases, is 163 328 and 128 049 152. So its M is a million, but its K is 1024.
#
# ## Part 5: a network that somebody else trained
#
# EfficientNet-lite0 came five years later, and lives on both tricks. Each of its blocks *widens*
# with 1 × 1, looks around with a depthwise window, and *narrows* with 1 × 1. It learned the 1000
# classes of ImageNet, and its weights came with this lesson: 9 MB. **Predict** from your counts
# so far: how many multiply-adds does it take, beside 15.5 thousand million of VGG-16?
#
# <details><summary>Answer</summary>
#
# 385 million: a fortieth of VGG-16, a quarter of GoogLeNet. It has 4.6 million parameters.
# </details>
#
# **Your own picture:** put a file into the folder `data/own/`, and its name in the place of `None`.

# %% tags=["demo"]
mine = None  # such as "dog.jpg"
photograph = data.load_photograph("cat") if mine is None else pretrained.own_photograph(mine)
network = pretrained.network()
best = pretrained.best(network, photograph)
said = ", ".join(f"{name} {p:.0%}" for name, p in best)
plots.show(costs.draw_best(photograph, best), alt=f"A photograph, and five bars: {said}.")
if ready("count_layer", "count_network"):
    _, parameters, work = count_network(pretrained.chain(), (224, 224, 3))
    print(f"you counted {parameters:,} parameters and {work:,} multiply-adds")
    print(f"Keras has   {network.count_params():,} and {costs.multiply_adds(network):,}")

# %% [markdown]
# A cat in three kinds, 89 % together; then a lynx, and a frying pan. (Each batch normalization is
# folded into the convolution before it, so it does not count.)
#
# ### Predict, then run: what is it good for?
#
# It never saw a hand sign. Cut off its last layer: what is left turns a picture into 1280
# numbers, each map averaged. On these we train *one dense layer*. Beside it a small ConvNet that
# learns the pixels from scratch. **Predict** for 60 pictures to learn from, ten of each sign:
# which names more of the 120 dev pictures? And for 540?
#
# <details><summary>Answer</summary>
#
# With 60 pictures the features get 83 % right, the ConvNet 38 %. With 240 it is 97 % and 72 %,
# with 540 98 % and 77 %. (One draw; dev pictures, on which the size 96 × 96 was chosen out of
# three.)
# </details>

# %%
def small_network():
    """Three convolutions from pictures of 64 × 64 to six probabilities."""
    return keras.Sequential([
        keras.Input((64, 64, 3)), layers.Rescaling(1 / 128, -1),
        layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(16, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(6, "softmax"),
    ])


def trained(make, pictures, y, epochs, seed=1):
    """A network, trained with Adam whose steps become smaller; returns a function to guesses."""
    keras.utils.set_random_seed(seed)
    network, steps = make(), epochs * -(-len(y) // 32)
    rate = keras.optimizers.schedules.CosineDecay(0.002, steps)
    network.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    network.fit(pictures.astype("float32"), y, batch_size=32, epochs=epochs, verbose=0)
    return lambda some: np.argmax(network(some.astype("float32"), training=False), axis=1)

# %% tags=["demo"]
signs, labels, test_signs, test_labels, _ = data.load_signs()
y, dev, dev_y = labels[0], slice(960, 1080), labels[0, 960:]
seen = pretrained.features_of(np.concatenate([signs[:540], signs[dev]]), side=96)
shares, learned = {"one dense layer on its features": [], "a ConvNet from scratch": []}, {}
for n, epochs in ((60, 30), (240, 20), (540, 12)):
    on_features = pretrained.softmax_regression(seen[:n], y[:n], classes=6)
    from_scratch = trained(small_network, signs[:n], y[:n], epochs)
    guesses = on_features(seen[540:]), from_scratch(signs[dev])
    for (name, share), guess in zip(shares.items(), guesses):
        share.append(np.mean(guess == dev_y))
        print(f"{n:3} pictures, {name}: {share[-1]:.0%} of the dev pictures")
    learned[n] = on_features, from_scratch
plots.show(costs.draw_shares(shares, (60, 240, 540)),
           alt="Dev pictures right against pictures to learn from, 60, 240 and 540. On features: "
           "83 %, 97 %, 98 %. From scratch: 38 %, 72 %, 77 %.")

# %% [markdown]
# Edges, joints, skin, background: it had learned to tell them from a million photographs, and
# hands need the same. A ConvNet that starts from noise must find all that in 60 pictures. With
# few pictures, stack your layer on a trained network; with more, the lead shrinks.
#
# ## Mistakes that cross the exercises
#
# * **The depth of a filter forgotten.** A filter reads *all* channels. *Symptom*: the first layer
#   is wrong by a factor of 3, later ones by hundreds.
# * **Biases at every place.** The bias was added before the product with the places. *Symptom*:
#   multiply-adds a little too large; the first digits are right.
# * **The stride of a pooling.** Keras moves a pooling by its own size, unless you say
#   `strides=1`. *Symptom*: an Inception module whose branches do not fit side by side.

# %% [markdown]
# ## Open task: a million
#
# A network for the hand signs that takes **at most 1 000 000 multiply-adds** for a picture, and
# names as many dev pictures as it can. All 960 pictures, `trained` as it stands; what is inside
# the network is yours. A layer without weights is free, and so is one that changes pictures while
# it trains.
#
# * The network of this lesson takes 814 080, and gets 81 % and 80 % of the dev pictures right in 6
#   epochs, in two draws.
# * Ours takes 814 080 as well, and gets 96 % in 60 epochs, in one draw. Beat that.

# %%
def my_network():
    """A network of Keras from pictures of shape (m, 64, 64, 3), 0 to 255, to six probabilities."""
    return small_network()


my_epochs = 6

# %% tags=["demo"]
print(f"{costs.multiply_adds(my_network()):,} multiply-adds of 1,000,000")
guess = trained(my_network, signs[:960], y[:960], my_epochs, seed=2)
print(f"{np.mean(guess(signs[dev]) == dev_y):.0%} of the dev pictures right")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# Which layer of the network above takes most? Does it need all channels and all neighbours at once?
# </details>
# <details><summary>Hint: where to look</summary>
#
# The same 814 080 multiply-adds can learn more. Which layers of Keras change a picture only while
# training? Which make training steadier, and fold away in use?
# </details>
#
# ## At the end, once: the test set
#
# Choices were made on dev pictures: 96 × 96 pixels for the pretrained network, and the penalty of
# its dense layer. **Predict** what 120 new pictures say, for 60 and for 540 pictures to learn
# from.
#
# <details><summary>Answer</summary>
#
# With 540 pictures 93 % and 81 %, with 60 it is 72 % and 42 %. With 120 pictures a share has a
# standard deviation of 2 to 5 %: the leads are no luck. The features do worse than on dev (83 %
# and 98 %), by which they were chosen. That is what a test set is for.
# </details>

# %% tags=["demo"]
test_seen = pretrained.features_of(test_signs, side=96)
for n in (60, 540):
    on_features, from_scratch = learned[n]
    right = [np.mean(guess == test_labels[0])
             for guess in (on_features(test_seen), from_scratch(test_signs))]
    print(f"{n:3} pictures: {right[0]:.0%} on features, {right[1]:.0%} from scratch")

# %% [markdown]
# ## Recap
#
# 1. Weights of a convolution: $f^2 c\,n$, whatever the size of the map. Multiply-adds: times its
#    places.
# 2. In VGG the parameters sit in the first dense layer, the work in the convolutions.
# 3. A 1 × 1 convolution mixes channels, and makes a map narrow before a costly window.
# 4. It leaves the share $r\,(1/c + 1/(f^2 n))$ of the work.
# 5. What a network learned from millions of pictures is worth more than your layers, when you
#    have few.
#
# **A question.** A depthwise window of $f \times f$, then 1 × 1 from $c$ to $n$ channels. What
# share is left of the multiply-adds of one full convolution?
#
# <details><summary>Answer</summary>
#
# For one place $f^2 c + c\,n$ in the place of $f^2 c\,n$: the share is $1/n + 1/f^2$. With $f =
# 3$ and $n = 256$ it is 0.115. EfficientNet is built of such pairs.
# </details>
#
# **Read on.** Simonyan and Zisserman, [Very deep convolutional
# networks](https://arxiv.org/abs/1409.1556), 2014, section 2.3: why 3 × 3. Szegedy and others,
# [Going deeper with convolutions](https://arxiv.org/abs/1409.4842), 2014, sections 4 and 5. Lin,
# Chen and Yan, [Network in network](https://arxiv.org/abs/1312.4400), 2013, section 3: where 1 ×
# 1 comes from. Howard and others, [MobileNets](https://arxiv.org/abs/1704.04861), 2017, section
# 3.1: depthwise. Yosinski and others, [How transferable are
# features](https://arxiv.org/abs/1411.1792), 2014, section 4.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
