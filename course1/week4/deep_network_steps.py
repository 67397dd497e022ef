# %% [markdown]
# # A deep network, step by step
#
# A network of any depth is one small step, repeated. Forward: multiply, add, bend. Backward: the same
# three, in reverse, with the chain rule. In this lesson you write each step as a function of its own,
# and then the two loops that string them together. Nothing else is needed: with these ten functions
# you can train a network with two layers or with twenty.
#
# The price of building in steps is that each one stands on those below. One wrong line in the second
# function makes the ninth look wrong. So you will also learn to say *which* one it is.
#
# **You will be able to**
#
# * write the forward and the backward pass of a network with any number of layers;
# * say what each cache keeps, and why the backward pass cannot do without it;
# * read off from the shapes alone whether a matrix has to be transposed;
# * find the layer in which a gradient goes wrong, by looking at which blocks of it are wrong;
# * say why a deep network that starts with weights × 0.01 does not learn.
#
# **Time** about 120 minutes. **Difficulty** 3 of 5.
# **Builds on** logistic regression (week 2) and the network with one hidden layer (week 3).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course1-week4/deep_network_steps")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
def passes_box(axes, x, y, text, colour, style="-", width=1.9, height=0.95):
    """A rectangle with a text in it, its centre at (x, y)."""
    corner = (x - width / 2, y - height / 2)
    look = {"facecolor": "white", "edgecolor": colour, "linestyle": style, "lw": 2}
    axes.add_patch(plt.Rectangle(corner, width, height, zorder=2, **look))
    axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=3)


def passes_arrow(axes, start, end, colour, style="-"):
    look = {"arrowstyle": "-|>", "color": colour, "linestyle": style, "lw": 1.6}
    axes.annotate("", end, start, arrowprops=look, zorder=1)


passes_figure, passes_axes = plt.subplots(figsize=(11.5, 5))
passes_x = (1.9, 5.1, 8.3)
for l, x in zip((1, 2, 3), passes_x):
    bend = "SIGMOID" if l == 3 else "RELU"
    cached = f"cache {l}\n((A{l - 1}, W{l}, b{l}), Z{l})"
    back = f"{bend} ← backward\nLINEAR ← backward"
    passes_box(passes_axes, x, 4.2, f"LINEAR → {bend}\nW{l}, b{l}", plots.BLUE)
    passes_box(passes_axes, x, 2.7, cached, plots.ORANGE, "--", width=2.2)
    passes_box(passes_axes, x, 1.2, back, plots.RED, ":", width=2.2)
    passes_arrow(passes_axes, (x, 3.72), (x, 3.18), plots.ORANGE, "--")
    passes_arrow(passes_axes, (x, 2.22), (x, 1.68), plots.ORANGE, "--")
    passes_arrow(passes_axes, (x, 0.72), (x, 0.2), plots.RED, ":")
    passes_axes.text(x, -0.02, f"dW{l}, db{l}", ha="center", va="center", fontsize=10)
passes_names = [
    (0.1, "X = A0", "dA0"), (3.5, "A1", "dA1"), (6.7, "A2", "dA2"), (10.35, "AL = A3", "dAL"),
]
for x, above, below in passes_names:
    passes_axes.text(x, 4.2, above, ha="center", va="center", fontsize=10)
    passes_axes.text(x, 1.2, below, ha="center", va="center", fontsize=10)
for (left, *_), box, (right, *_) in zip(passes_names, passes_x, passes_names[1:]):
    start, end = left + (0.45 if left < 1 else 0.22), right - (0.5 if right > 10 else 0.22)
    passes_arrow(passes_axes, (start, 4.2), (box - 0.97, 4.2), plots.BLUE)
    passes_arrow(passes_axes, (box + 0.97, 4.2), (end, 4.2), plots.BLUE)
    passes_arrow(passes_axes, (right - 0.28, 1.2), (box + 1.12, 1.2), plots.RED, ":")
    passes_arrow(passes_axes, (box - 1.12, 1.2), (left + 0.28, 1.2), plots.RED, ":")
passes_arrow(passes_axes, (10.35, 3.95), (10.35, 3.18), plots.BLUE)
passes_box(passes_axes, 10.35, 2.7, "cost J\nneeds Y", plots.BLACK, width=1.2)
passes_arrow(passes_axes, (10.35, 2.22), (10.35, 1.45), plots.RED, ":")
bold = {"fontsize": 11, "ha": "left", "weight": "bold"}
passes_axes.text(0.15, 4.85, "forward →", color=plots.BLUE, **bold)
passes_axes.text(0.15, 0.45, "← backward", color=plots.RED, **bold)
passes_axes.set(xlim=(-0.4, 11.1), ylim=(-0.3, 5.1))
passes_axes.axis("off")
plots.show(
    passes_figure,
    alt="Two rows of boxes for a network with three layers. Upper row, from left to right: X = A0 "
    "goes into LINEAR → RELU with W1 and b1, gives A1; the next LINEAR → RELU gives A2; LINEAR → "
    "SIGMOID gives AL, which goes into the cost J. Below each box hangs its cache: A of the layer "
    "before, W, b and Z. Lower row, from right to left: dAL comes out of the cost and passes "
    "through the backward boxes of layers 3, 2 and 1; each takes its own cache from above and "
    "puts out dW and db.",
)

# %% [markdown]
# Read the upper row from left to right (solid lines), then the lower one from right to left (dotted
# lines). Three things are worth seeing before any formula:
#
# * Each box hands on *one* array: A to the right on the way forward, dA to the left on the way back.
# * The backward box of a layer needs what its forward box saw. That is all that a **cache** is: a
#   note to yourself.
# * What is wrong in the lower row stays wrong in everything to its **left**. We will use that.
#
# ## The idea
#
# Layer $l$ has $n_l$ units, for $l = 1 \dots L$; $n_0$ is the number of inputs. There are $m$
# examples, one in each column.
#
# | name | shape | meaning |
# |---|---|---|
# | `X` = `A0` | $(n_0, m)$ | the inputs |
# | `Y` | $(n_L, m)$ | labels, 0 or 1; most often $n_L = 1$ |
# | `Wl` | $(n_l, n_{l-1})$ | one **row** for each unit of layer $l$, one column for each input of it |
# | `bl` | $(n_l, 1)$ | one bias for each unit |
# | `Zl`, `Al` | $(n_l, m)$ | before and after the activation function |
# | `AL` | $(n_L, m)$ | the answer: the probability of label 1 |
# | `dWl`, `dbl` | as `Wl`, `bl` | the gradient of the cost, averaged over the examples |
# | `dZl`, `dAl` | as `Zl`, `Al` | how each example's own loss changes with its entry of `Zl`, `Al` |
#
# **Forward**, with ReLU in all layers but the last, and the sigmoid there:
#
# $$Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}, \qquad A^{[l]} = g^{[l]}(Z^{[l]})$$
#
# **Cost**, in nats:
#
# $$J = -\frac1m \sum_{i=1}^m
# \Big( y^{(i)} \log a^{[L](i)} + (1-y^{(i)}) \log\big(1-a^{[L](i)}\big) \Big)$$
#
# **Backward**, starting from the derivative of the loss of each example, and with $*$ entry by entry:
#
# $$dA^{[L]} = -\Big( \frac{Y}{A^{[L]}} - \frac{1-Y}{1-A^{[L]}} \Big)
# \qquad dZ^{[l]} = dA^{[l]} * g^{[l]\prime}(Z^{[l]})$$
#
# $$dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]\,T} \qquad db^{[l]} = \frac1m \sum_{i=1}^m dZ^{[l](i)}
# \qquad dA^{[l-1]} = W^{[l]\,T} dZ^{[l]}$$
#
# Where is the $\frac1m$? Only in $dW$ and $db$. These sum over the examples, so this is the place to
# make the mean of it. $dZ$ and $dA$ keep one column for each example and are not averaged. (So $dA$
# is, strictly, $m$ times the derivative of $J$.)
#
# **By hand.** One example, two inputs, two hidden units, one output:
#
# $$x = \begin{pmatrix} 2 \\ 1 \end{pmatrix},
# \quad W^{[1]} = \begin{pmatrix} 1 & -1 \\ -1 & \tfrac12 \end{pmatrix}, \quad
# b^{[1]} = \begin{pmatrix} 0 \\ \tfrac12 \end{pmatrix},
# \quad W^{[2]} = \begin{pmatrix} 2 & 3 \end{pmatrix}, \quad b^{[2]} = -2, \quad y = 1$$
#
# | forward | | backward | |
# |---|---|---|---|
# | $z^{[1]} = W^{[1]}x + b^{[1]}$ | $(1, -1)$ | $dA^{[2]} = -1/\tfrac12$ | $-2$ |
# | $a^{[1]} = \mathrm{ReLU}(z^{[1]})$ | $(1, 0)$ | $dz^{[2]} = -2 \cdot \tfrac12 \cdot \tfrac12$ | $-\tfrac12$ |
# | $z^{[2]} = 2 \cdot 1 + 3 \cdot 0 - 2$ | $0$ | $dW^{[2]} = -\tfrac12 \cdot (1, 0)$; $db^{[2]}$ | $(-\tfrac12, 0)$; $-\tfrac12$ |
# | $a^{[2]} = \sigma(0)$ | $\tfrac12$ | $dA^{[1]} = -\tfrac12 \cdot (2, 3)$ | $(-1, -\tfrac32)$ |
# | $J = -\log \tfrac12$ | $0.693$ | $dz^{[1]}$: unit 2 was off | $(-1, 0)$ |
# | | | $dW^{[1]} = dz^{[1]} x^T$; $db^{[1]}$ | rows $(-2, -1)$ and $(0, 0)$; $(-1, 0)$ |
# | | | $dA^{[0]} = W^{[1]\,T} dz^{[1]}$ | $(-1, 1)$ |
#
# Do it once with a pencil. The checks below use these numbers, so that you can see where you leave
# the path.
#
# ### Which shapes meet where
#
# There are three matrix products in a layer, one forward and two backward. The picture draws them to
# scale, for a layer of 3 units with 5 inputs, and 7 examples.

# %% tags=["demo", "picture"]
def shapes_row(axes, y, parts):
    """Rectangles to scale from left to right.

    A part is a sign, or (name, rows, columns, what they count, colour, hatch).
    """
    x = 0.0
    for part in parts:
        if isinstance(part, str):
            axes.text(x + 0.65, y, part, ha="center", va="center", fontsize=15)
            x += 0.9
            continue
        name, rows, columns, counts, colour, hatch = part
        x += 2.7
        corner, middle, top = (x, y - rows / 2), x + columns / 2, y + rows / 2 + 0.2
        filled = {"facecolor": colour, "alpha": 0.35, "edgecolor": "none"}
        border = {"fill": False, "edgecolor": plots.BLACK, "lw": 1.2, "hatch": hatch}
        for look in (filled, border):
            axes.add_patch(plt.Rectangle(corner, columns, rows, **look))
        label = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        axes.text(middle, y, name, ha="center", va="center", fontsize=11, bbox=label)
        axes.text(x - 0.2, y, counts[0], ha="right", va="center", fontsize=9)
        axes.text(middle, top, counts[1], ha="center", va="bottom", fontsize=9)
        x += columns


shapes_units, shapes_inputs = "3\nunits", "5\ninputs"
shapes_figure, shapes_axes = plt.subplots(figsize=(11, 6.6))
shapes_row(shapes_axes, 16, [
    ("W", 3, 5, (shapes_units, "5 inputs"), plots.SKY, ""), "@",
    ("A_prev", 5, 7, (shapes_inputs, "7 examples"), plots.GREEN, ""), "+",
    ("b", 3, 1, (shapes_units, "1"), plots.SKY, ""), "=",
    ("Z", 3, 7, (shapes_units, "7 examples"), plots.ORANGE, ""),
])
shapes_row(shapes_axes, 8.2, [
    ("dZ", 3, 7, (shapes_units, "7 examples"), plots.ORANGE, "//"), "@",
    ("A_prevᵀ", 7, 5, ("7\nexamples", "5 inputs"), plots.GREEN, ""), "=",
    ("m dW", 3, 5, (shapes_units, "5 inputs"), plots.SKY, "//"),
])
shapes_row(shapes_axes, 0.9, [
    ("Wᵀ", 5, 3, (shapes_inputs, "3 units"), plots.SKY, ""), "@",
    ("dZ", 3, 7, (shapes_units, "7 examples"), plots.ORANGE, "//"), "=",
    ("dA_prev", 5, 7, (shapes_inputs, "7 examples"), plots.GREEN, "//"),
])
shapes_axes.set(xlim=(-0.2, 34.2), ylim=(-2.2, 19.6), aspect="equal")
shapes_axes.axis("off")
plots.show(
    shapes_figure,
    alt="Three products, drawn as rectangles to scale. Forward: W, 3 by 5, times A_prev, 5 by 7, "
    "plus b, 3 by 1, gives Z, 3 by 7. Backward: dZ, 3 by 7, times A_prev transposed, 7 by 5, gives "
    "m times dW, 3 by 5. And W transposed, 5 by 3, times dZ, 3 by 7, gives dA_prev, 5 by 7.",
)

# %% [markdown]
# Hatched rectangles are gradients; each has the size and the colour of what it is the gradient of.
# Now the transposes need not be learned by heart. dW has to become 3 × 5, and you have a 3 × 7 and a
# 5 × 7: there is one way to multiply them. The side that vanishes is the one that is summed over. In
# dW it is the examples, in dA_prev it is the units.
#
# Shapes find many mistakes at once, but only where the sizes differ. In a layer of 5 units with 5
# inputs and 5 examples everything fits with everything. So test with sizes that are all different;
# the hidden cases do.
#
# ## Part 1: where the parameters start
#
# ### Exercise: initialize_parameters
#
# First a network with one hidden layer: LINEAR → RELU → LINEAR → SIGMOID. Weights are small random
# numbers, biases are 0. If all weights were equal, all hidden units would compute the same and learn
# the same, for ever.
#
# The line with the seed is given, so that all get the same numbers with `np.random.randn`, W1 first.
# If you draw in another way, the grader looks at what a right draw must have instead: mean, spread,
# bell shape, no two entries tied together.
#
# <details><summary>Hint</summary>
#
# `np.random.randn(rows, columns)` draws from the normal distribution with mean 0 and standard
# deviation 1. A matrix has a row for each unit of its own layer, and a column for each unit of the
# layer before.
# </details>
# <details><summary>Fuller hint</summary>
#
# W1 takes `n_x` inputs to `n_h` units: shape (n_h, n_x). Draw it and multiply by 0.01. W2 takes those
# `n_h` to `n_y`. The biases are `np.zeros((rows, 1))`; note that `np.zeros` takes one argument, a
# tuple.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters"}
def initialize_parameters(n_x, n_h, n_y):
    """Start a network with one hidden layer: small random weights, zero biases.

    Args:
        n_x: number of inputs.
        n_h: number of hidden units.
        n_y: number of outputs.

    Returns:
        A dictionary: "W1" of shape (n_h, n_x) and "W2" of shape (n_y, n_h), independent draws
        from the normal distribution with mean 0 and standard deviation 0.01; "b1" of shape
        (n_h, 1) and "b2" of shape (n_y, 1), all zero.

    Source: LeCun, Bottou, Orr and Müller, Efficient BackProp (1998), section 4.6, on why small
    and random.
    """
    np.random.seed(1)
    ### BEGIN SOLUTION
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters-check"} tags=["check"]
with checking("initialize_parameters"):
    drawn = initialize_parameters(90, 120, 40)
    shapes = {name: np.shape(value) for name, value in drawn.items()}
    check("shapes", shapes, {"W1": (120, 90), "b1": (120, 1), "W2": (40, 120), "b2": (40, 1)})
    check("b1", drawn["b1"], np.zeros((120, 1)))
    check("b2", drawn["b2"], np.zeros((40, 1)))
    weights = [np.ravel(drawn["W1"]), np.ravel(drawn["W2"])]
    check("means of W1, W2, about", [W.mean() for W in weights], [0, 0], atol=0.001)
    check("standard deviations, about", [W.std() for W in weights], [0.01, 0.01], rtol=0.08)
    inner = [np.mean(abs(W) < 0.01) for W in weights]
    check("share within 0.01 of 0, about", inner, [0.68, 0.68], atol=0.05)
    different = [len(set(W)) / len(W) for W in weights]
    check("share of different weights, about", different, [1, 1], atol=0.02)
    again = np.mean(weights[0][: len(weights[1])] == weights[1])
    check("share of W1 that W2 repeats, about", again, 0, atol=0.02)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters-test", "points": 3}
verdict("initialize_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters", cases=5, returns="parameters")
def _(case):
    n_x, n_h, n_y = (int(n) for n in case.rng.permutation(np.arange(2, 8))[:3])
    if case.index == 1:
        n_y = 1
    if case.index == 2:
        n_x, n_h = n_x + 20, 1
    if case.index == 3:
        n_x = 1
    if case.index == 4:
        n_x, n_h = int(case.rng.integers(18, 22)), int(case.rng.integers(24, 28))
    case.call(initialize_parameters, n_x, n_h, n_y)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: initialize_parameters_deep
#
# Now for any number of layers. `layer_dims` lists the sizes, the input first. `[5, 4, 3, 1]` has five
# inputs, hidden layers of four and three units, and one output: $L = 3$ layers with parameters.
#
# <details><summary>Hint</summary>
#
# The list has one entry more than there are layers with parameters. Layer 1 is made from entries 1
# and 0 of the list. A key such as "W1" is built with `"W" + str(l)`.
# </details>
# <details><summary>Fuller hint</summary>
#
# Make an empty dictionary, then loop with `for l in range(1, len(layer_dims))`. `range` leaves out
# its end, so the last `l` is the last place in the list. Rows: `layer_dims[l]`. Columns:
# `layer_dims[l - 1]`. The seed stays outside the loop, the `return` too.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_deep"}
def initialize_parameters_deep(layer_dims):
    """Start a network of any depth: small random weights, zero biases.

    Args:
        layer_dims: list of the sizes [n_0, n_1, ..., n_L], the input first. It must come back
            unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL": Wl of shape (n_l, n_{l-1}),
        independent draws from the normal distribution with mean 0 and standard deviation 0.01;
        bl of shape (n_l, 1), all zero.

    Source: as for initialize_parameters, layer by layer.
    """
    np.random.seed(3)
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_deep-check"} tags=["check"]
deep_sizes = [110, 80, 60, 50]
with checking("initialize_parameters_deep", layer_dims=deep_sizes):
    drawn = initialize_parameters_deep(deep_sizes)
    shapes = {"W1": (80, 110), "b1": (80, 1), "W2": (60, 80), "b2": (60, 1),
              "W3": (50, 60), "b3": (50, 1)}
    check("shapes", {name: np.shape(value) for name, value in drawn.items()}, shapes)
    biases = {name: value for name, value in drawn.items() if name.startswith("b")}
    check("biases", biases, {name: np.zeros(shapes[name]) for name in ("b1", "b2", "b3")})
    weights = [np.ravel(drawn[name]) for name in ("W1", "W2", "W3")]
    check("means of W1, W2, W3, about", [W.mean() for W in weights], [0, 0, 0], atol=0.0012)
    check("standard deviations, about", [W.std() for W in weights], [0.01] * 3, rtol=0.09)
    inner = [np.mean(abs(W) < 0.01) for W in weights]
    check("share within 0.01 of 0, about", inner, [0.68] * 3, atol=0.06)
    different = [len(set(W)) / len(W) for W in weights]
    check("share of different weights, about", different, [1] * 3, atol=0.02)
    again = [np.mean(weights[0][: len(W)] == W) for W in weights[1:]]
    check("share of W1 that W2, W3 repeat, about", again, [0, 0], atol=0.02)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_deep-test", "points": 5}
verdict("initialize_parameters_deep")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters_deep", cases=6, returns="parameters")
def _(case):
    layer_dims = [int(n) for n in case.rng.permutation(np.arange(2, 8))[: [3, 2, 4, 6, 5, 3][case.index]]]
    if case.index == 4:
        layer_dims[1] = layer_dims[-1] = 1
    if case.index == 5:
        layer_dims[:2] = [int(case.rng.integers(18, 22)), int(case.rng.integers(24, 28))]
    case.call(initialize_parameters_deep, layer_dims)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: forward
#
# The two activation functions are given. Each returns its answer *and* what its backward function
# will need: Z. Below are the numbers that the checks use: the example from above, worked out by hand,
# one layer with 3 units, 2 inputs and 4 examples, and a network with three layers.

# %% nbgrader={"locked": true, "grade_id": "activations"}
def sigmoid(Z):
    """The logistic function, entry by entry.

    Returns:
        A, of the shape of Z, and the cache: Z itself.
    """
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    """max(0, z), entry by entry.

    Returns:
        A, of the shape of Z, and the cache: Z itself.
    """
    return np.maximum(0, Z), Z

# %% nbgrader={"locked": true, "grade_id": "by-hand"}
# worked out above: 2 inputs, 2 hidden units, 1 output, 1 example
hand_X, hand_Y = np.array([[2.0], [1.0]]), np.array([[1]])
hand_parameters = {
    "W1": np.array([[1.0, -1.0], [-1.0, 0.5]]), "b1": np.array([[0.0], [0.5]]),
    "W2": np.array([[2.0, 3.0]]), "b2": np.array([[-2.0]]),
}
hand_Z1, hand_A1, hand_Z2 = np.array([[1.0], [-1.0]]), np.array([[1.0], [0.0]]), np.array([[0.0]])
hand_caches = [
    ((hand_X, hand_parameters["W1"], hand_parameters["b1"]), hand_Z1),
    ((hand_A1, hand_parameters["W2"], hand_parameters["b2"]), hand_Z2),
]

# one layer: 2 inputs, 3 units, 4 examples
layer_A = np.array([[1.0, 2.0, 0.0, -1.0], [0.0, -1.0, 3.0, 1.0]])
layer_W = np.array([[1.0, 2.0], [-1.0, 0.0], [0.5, 1.0]])
layer_b = np.array([[0.0], [1.0], [-1.0]])
layer_Z = np.array([[1.0, 0.0, 6.0, 1.0], [0.0, -1.0, 1.0, 2.0], [-0.5, -1.0, 2.0, -0.5]])

# a network: 1 input, layers of 4, 3 and 2 units, 5 examples; all but the weights in steps of ln 3,
# because the sigmoid of ln 3 is 3/4
ln3 = np.log(3)
net_X = ln3 * np.array([[-3, 1, 2, -2, -1]])
net_parameters = {
    "W1": np.array([[-1], [2], [2], [-2]]), "b1": ln3 * np.array([[0], [-1], [1], [-1]]),
    "W2": np.array([[2, 0, 1, -1], [0, 1, 1, -1], [-1, -1, -1, 1]]),
    "b2": ln3 * np.array([[-2], [-3], [2]]),
    "W3": np.array([[-1, 1, 1], [1, 0, 1]]), "b3": ln3 * np.array([[-2], [-2]]),
}
net_Z1 = ln3 * np.array([[3, -1, -2, 2, 1], [-7, 1, 3, -5, -3],
                         [-5, 3, 5, -3, -1], [5, -3, -5, 3, 1]])
net_A1 = ln3 * np.array([[3, 0, 0, 2, 1], [0, 1, 3, 0, 0], [0, 3, 5, 0, 0], [5, 0, 0, 3, 1]])
net_Z2 = ln3 * np.array([[-1, 1, 3, -1, -1], [-8, 1, 5, -6, -4], [4, -2, -6, 3, 2]])
net_A2 = ln3 * np.array([[0, 1, 3, 0, 0], [0, 1, 5, 0, 0], [4, 0, 0, 3, 2]])
net_Z3 = ln3 * np.array([[2, -2, 0, 1, 0], [2, -1, 1, 1, 0]])
net_AL = np.array([[0.9, 0.1, 0.5, 0.75, 0.5], [0.9, 0.25, 0.75, 0.75, 0.5]])
net_caches = [
    ((net_X, net_parameters["W1"], net_parameters["b1"]), net_Z1),
    ((net_A1, net_parameters["W2"], net_parameters["b2"]), net_Z2),
    ((net_A2, net_parameters["W3"], net_parameters["b3"]), net_Z3),
]

# %% [markdown]
# ### Exercise: linear_forward
#
# The first half of a layer: $Z = W A + b$, and the three things it was made from, for later.
#
# <details><summary>Hint</summary>
#
# W has a row for each unit, A a column for each example. The product of which two, in which order,
# has both? The bias is added to every column; NumPy does that by itself, because b is a column.
# </details>
# <details><summary>Fuller hint</summary>
#
# `W @ A`, or `np.dot(W, A)`, plus `b`. The cache is the tuple `(A, W, b)`, in this order. Return Z
# first.
# </details>

# %% nbgrader={"solution": true, "grade_id": "linear_forward"}
def linear_forward(A, W, b):
    """The linear part of one layer, for all examples at once.

    Args:
        A: what comes in, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).

    Returns:
        Z = W A + b, shape (n, m), and the cache (A, W, b), a tuple.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.3.
    """
    ### BEGIN SOLUTION
    Z = W @ A + b
    return Z, (A, W, b)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_forward-check"} tags=["check"]
with checking("linear_forward", A=layer_A, W=layer_W, b=layer_b):
    linear_Z, linear_cache = linear_forward(layer_A, layer_W, layer_b)
    check("Z", linear_Z, layer_Z)
    check("cache", linear_cache, (layer_A, layer_W, layer_b))

# %% nbgrader={"grade": true, "grade_id": "linear_forward-test", "points": 3}
verdict("linear_forward")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_forward", cases=6, returns=("Z", ("A", "W", "b")))
def _(case):
    n, n_prev, m = case.rng.permutation(np.arange(2, 8))[:3]
    if case.index == 1:
        m = 1
    if case.index == 3:
        n = 1
    if case.index == 4:
        n_prev = 1
    if case.index == 5:
        n = n_prev = m = 4
    A, W, b = (case.rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))
    case.call(linear_forward, A, W, b)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: linear_activation_forward
#
# A whole layer: the linear part, then the activation function. It calls what you have just written.
# The grader judges it twice: with a right `linear_forward`, which decides the points, and with yours.
# So a fault further down is charged once.
#
# The cache is a pair of caches. The first is that of `linear_forward`, the second that of the
# activation function.
#
# <details><summary>Hint</summary>
#
# Three lines of work: call `linear_forward`, call `sigmoid` or `relu`, put the two caches into one
# tuple. Both activation functions return two things.
# </details>
# <details><summary>Fuller hint</summary>
#
# `Z, linear_cache = linear_forward(A_prev, W, b)`. Then, if `activation == "sigmoid"`, unpack
# `A, activation_cache` from `sigmoid(Z)`; if it is `"relu"`, from `relu(Z)`. Return `A` and
# `(linear_cache, activation_cache)`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "linear_activation_forward"}
def linear_activation_forward(A_prev, W, b, activation):
    """One layer: LINEAR → RELU or LINEAR → SIGMOID.

    Args:
        A_prev: what comes in, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).
        activation: the text "relu" or "sigmoid".

    Returns:
        A, shape (n, m), and the cache (linear_cache, activation_cache), a tuple: linear_cache is
        (A_prev, W, b), from linear_forward, and activation_cache is Z, shape (n, m), from the
        activation function.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.3.
    """
    ### BEGIN SOLUTION
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_activation_forward-check"} tags=["check"]
with checking("linear_activation_forward", A_prev=layer_A, W=layer_W, b=layer_b):
    relu_A, relu_cache = linear_activation_forward(layer_A, layer_W, layer_b, "relu")
    check("A after the ReLU", relu_A, [[1, 0, 6, 1], [0, 0, 1, 2], [0, 0, 2, 0]])
    check("cache with relu", relu_cache, ((layer_A, layer_W, layer_b), layer_Z))
    sigmoid_A, sigmoid_cache = linear_activation_forward(layer_A, layer_W, layer_b, "sigmoid")
    check("A after the sigmoid", sigmoid_A, (1 + np.tanh(layer_Z / 2)) / 2)
    check("cache with sigmoid", sigmoid_cache, ((layer_A, layer_W, layer_b), layer_Z))

# %% nbgrader={"grade": true, "grade_id": "linear_activation_forward-test", "points": 4}
verdict("linear_activation_forward")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_activation_forward", cases=7, calls=("linear_forward",), returns=("A", (("A_prev", "W", "b"), "Z")))
def _(case):
    n, n_prev, m = case.rng.permutation(np.arange(2, 8))[:3]
    if case.index == 2:
        m = 1
    if case.index == 3:
        n = 1
    if case.index == 4:
        n_prev = 1
    if case.index >= 5:
        n = n_prev = m = 4
    A_prev, W, b = (case.rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))
    case.call(linear_activation_forward, A_prev, W, b, "sigmoid" if case.index % 2 else "relu")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: L_model_forward
#
# Now the loop: $L-1$ layers with ReLU, then one with the sigmoid. Each layer takes what the one
# before it put out. Collect the caches in a list, layer 1 first.
#
# <details><summary>Hint</summary>
#
# `parameters` holds two entries a layer, so L is half its length. Let one name, `A`, run through the
# layers: it starts as X, and each layer replaces it. With L = 1 the loop over the hidden layers runs
# zero times, and that is right.
# </details>
# <details><summary>Fuller hint</summary>
#
# `L = len(parameters) // 2`. Loop with `for l in range(1, L)`: call `linear_activation_forward` with
# `A`, `parameters["W" + str(l)]`, `parameters["b" + str(l)]` and `"relu"`, and append the cache.
# After the loop, *not in it*, one more call with the parameters of layer L and `"sigmoid"`; its cache
# is appended as well.
# </details>

# %% nbgrader={"solution": true, "grade_id": "L_model_forward"}
def L_model_forward(X, parameters):
    """The forward pass: [LINEAR → RELU] × (L − 1) → LINEAR → SIGMOID.

    Args:
        X: inputs, shape (n_0, m).
        parameters: dictionary of W1 (n_1, n_0), b1 (n_1, 1), ..., WL (n_L, n_{L-1}), bL (n_L, 1),
            with any L ≥ 1.

    Returns:
        AL, shape (n_L, m), and the list of the L caches of linear_activation_forward, layer 1
        first.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.3.
    """
    ### BEGIN SOLUTION
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)],
                                             "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)],
                                          "sigmoid")
    caches.append(cache)
    return AL, caches
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L_model_forward-check"} tags=["check"]
# The network above with the first of its two outputs: the course's own version insists on one.
unit_parameters = {**net_parameters, "W3": net_parameters["W3"][:1], "b3": net_parameters["b3"][:1]}
unit_cache = (net_A2, unit_parameters["W3"], unit_parameters["b3"]), net_Z3[:1]
with checking("L_model_forward", X=net_X, parameters=unit_parameters):
    check("AL of the example by hand", L_model_forward(hand_X, hand_parameters)[0], [[0.5]])
    single_layer = {"W1": np.array([[2.0, -1.0]]), "b1": ln3 - np.array([[3.0]])}
    single_AL, _ = L_model_forward(hand_X, single_layer)
    check("AL of a network without hidden layers", single_AL, [[0.75]])
    deep_AL, deep_caches = L_model_forward(net_X, unit_parameters)
    check("AL of a network with three layers", deep_AL, net_AL[:1], rtol=1e-5)
    check("caches", deep_caches, [*net_caches[:2], unit_cache], rtol=1e-5, atol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-test", "points": 6}
verdict("L_model_forward")
### BEGIN HIDDEN TESTS
def unit_by_unit(X, parameters):
    """L_model_forward, asked for one output at a time where a version insists on one.

    The course's own version did.
    """
    try:
        return L_model_forward(X, parameters)
    except AssertionError:
        L = len(parameters) // 2
        W, b = parameters[f"W{L}"], parameters[f"b{L}"]
        if len(W) == 1:
            raise
        parts = []
        for k in range(len(W)):
            unit = {f"W{L}": W[k : k + 1], f"b{L}": b[k : k + 1]}
            parts.append(L_model_forward(X, {**parameters, **unit}))
        *below, ((A, _, _), _) = parts[0][1]
        Z = np.concatenate([caches[-1][1] for _, caches in parts])
        return np.concatenate([AL for AL, _ in parts]), [*below, ((A, W, b), Z)]


@hidden_cases("L_model_forward", cases=6, calls=("linear_forward", "linear_activation_forward"), returns=("AL", "caches"))
def _(case):
    *sizes, m = (int(n) for n in case.rng.permutation(np.arange(2, 8)))
    layer_dims = [
        [*sizes[:2], 1],
        [sizes[0], 1],
        [*sizes[:3], 1],
        [*sizes[:5], 1],
        [4, 4, 4, 4],
        [sizes[0], 1, *sizes[1:3]],
    ][case.index]
    m = {2: 1, 4: 4}.get(case.index, m)
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:]), start=1):
        parameters[f"W{l}"] = case.rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = case.rng.uniform(-0.5, 1.0, (n, 1))
    if case.index == 5:
        parameters["b1"] = np.array([[1.5]])
    case.call(unit_by_unit, case.rng.standard_normal((layer_dims[0], m)), parameters)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: compute_cost
#
# One number for how wrong the answers are: the mean of
# $-\log(\text{probability given to the true label})$.
#
# <details><summary>Hint</summary>
#
# The formula stands in "The idea". `Y * np.log(AL)` is 0 wherever the label is 0, so each example
# pays for one of the two terms only.
# </details>
# <details><summary>Fuller hint</summary>
#
# Sum `Y * np.log(AL) + (1 - Y) * np.log(1 - AL)` over all examples, divide by m, put a minus before
# it. `m = Y.shape[1]`. `np.log` is the natural logarithm; that is the one meant.
# </details>

# %% nbgrader={"solution": true, "grade_id": "compute_cost"}
def compute_cost(AL, Y):
    """The cross-entropy, averaged over the examples, in nats.

    Args:
        AL: probabilities of label 1, shape (1, m), each above 0 and below 1.
        Y: labels 0 or 1, shape (1, m).

    Returns:
        The cost, a number.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2.2.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "compute_cost-check"} tags=["check"]
three_answers, three_labels = np.array([[0.8, 0.25, 0.9]]), np.array([[1, 0, 0]])
with checking("compute_cost", AL=three_answers, Y=three_labels):
    check("cost of the example by hand", compute_cost(np.array([[0.5]]), hand_Y), np.log(2))
    three_cost = compute_cost(three_answers, three_labels)
    check("cost of three answers", three_cost, (np.log(5 / 4) + np.log(4 / 3) + np.log(10)) / 3)

# %% nbgrader={"grade": true, "grade_id": "compute_cost-test", "points": 4}
verdict("compute_cost")
### BEGIN HIDDEN TESTS
@hidden_cases("compute_cost", cases=6, returns="cost")
def _(case):
    m = [5, 1, 8, 1, 6, 13][case.index]
    AL = case.rng.uniform(0.05, 0.95, (1, m))
    Y = case.rng.integers(0, 2, (1, m))
    if case.index in (1, 3):
        Y = np.array([[case.index // 2]])
    if case.index == 4:
        Y = np.ones((1, m))
    case.call(compute_cost, AL, Y)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: does the signal arrive?
#
# Now there is something to look at. Take a network with 50 inputs, six hidden layers of 50 units and
# one output. How large are the activations in each layer? The size is the root of the mean square;
# the inputs are drawn with size 1. Your `initialize_parameters_deep` draws the weights × 0.01. For
# comparison the same weights, rescaled to a standard deviation of $\sqrt{1/n_{l-1}}$ and
# $\sqrt{2/n_{l-1}}$.

# %%
def rescaled(parameters, numerator):
    """Parameters drawn × 0.01, each W rescaled to standard deviation sqrt(numerator / columns)."""
    scaled = {name: value.copy() for name, value in parameters.items()}
    for name, value in scaled.items():
        if name.startswith("W"):
            scaled[name] = value * 100 * np.sqrt(numerator / value.shape[1])
    return scaled


def size_of(array):
    """The root of the mean square of an array's entries."""
    return float(np.sqrt(np.mean(np.square(array))))

# %% tags=["demo"]
if ready("initialize_parameters_deep", "L_model_forward"):
    signal_X = np.random.default_rng(6).standard_normal((50, 300))
    signal_start = initialize_parameters_deep([50] * 7 + [1])
    signal_starts = {
        "× 0.01": signal_start,
        "√(1/n)": rescaled(signal_start, 1),
        "√(2/n)": rescaled(signal_start, 2),
    }
    signal_sizes = {}
    for name, start in signal_starts.items():
        signal_AL, signal_caches = L_model_forward(signal_X, start)
        sizes = [size_of(cache[0][0]) for cache in signal_caches]  # what each layer was given
        signal_sizes[name] = sizes
        shown = " ".join(f"A{l} {size:.0e}" for l, size in enumerate(sizes))
        print(f"{name:<7} {shown}  answers from {signal_AL.min():.4f} to {signal_AL.max():.4f}")

    signal_figure, signal_axes = plt.subplots(figsize=(7.5, 4.2))
    signal_looks = [("^--", plots.RED), ("s-.", plots.GREEN), ("o-", plots.BLUE)]
    for (name, sizes), (style, colour) in zip(signal_sizes.items(), signal_looks):
        label = f"standard deviation {name}" if "√" in name else "weights × 0.01"
        signal_axes.semilogy(range(7), sizes, style, color=colour, linewidth=2, label=label)
    signal_axes.set(xlabel="layer l (number; 0 is the input)")
    signal_axes.set(ylabel="size of A in layer l (input = 1)")
    signal_axes.legend(loc="lower left")
    plots.show(
        signal_figure,
        alt="Three lines over layers 0 to 6, on a logarithmic axis. With weights × 0.01 the size "
        "of the activations falls by a factor of about 20 from 1 to about 1e-8. With √(1/n) it "
        "falls by about 1.4 a layer, to about one tenth. With √(2/n) it stays near 1.",
    )

# %% [markdown]
# With weights × 0.01 each layer makes the signal about twenty times smaller. After six layers
# 0.00000001 of it is left, and the network gives one and the same answer, ½, to every input. It is
# not wrong. It is deaf.
#
# Why twenty? A unit adds $n = 50$ terms, each about 0.01 times the signal. Terms of random sign add
# up like $\sqrt{n}$, not like $n$; then ReLU throws away half of the square. So the factor is
# $0.01 \cdot \sqrt{50/2} = 0.05$. To make it 1, the standard deviation has to be $\sqrt{2/n}$. The
# first lesson of course 2 is about that. The next lesson's application uses $\sqrt{1/n}$, whose
# factor is $\sqrt{1/2} \approx 0.71$: good enough for a few layers.
#
# Keep the 0.01 for the exercise, because that is its contract. We come back to what it costs when the
# network is trained.
#
# ## Part 3: backward
#
# The derivatives of the two activation functions are given. Each takes dA and the activation cache,
# Z, and returns dZ. Below them are the gradients that the checks use.

# %% nbgrader={"locked": true, "grade_id": "activations-backward"}
def sigmoid_backward(dA, cache):
    """dZ = dA times the sigmoid's slope at Z, entry by entry.

    Args:
        dA: shape (n, m). cache: Z, shape (n, m), as sigmoid returned it.
    """
    s, _ = sigmoid(cache)
    return dA * s * (1 - s)


def relu_backward(dA, cache):
    """dZ = dA where Z was above 0, and 0 elsewhere.

    Args:
        dA: shape (n, m). cache: Z, shape (n, m), as relu returned it.
    """
    return np.where(cache > 0, dA, 0.0)

# %% nbgrader={"locked": true, "grade_id": "by-hand-backward"}
hand_grads = {
    "dW2": np.array([[-0.5, 0.0]]), "db2": np.array([[-0.5]]), "dA1": np.array([[-1.0], [-1.5]]),
    "dW1": np.array([[-2.0, -1.0], [0.0, 0.0]]), "db1": np.array([[-1.0], [0.0]]),
    "dA0": np.array([[-1.0], [1.0]]),
}

layer_dZ = np.array([[4.0, 0.0, -4.0, 8.0], [0.0, 4.0, 4.0, 0.0], [-8.0, 4.0, 0.0, 0.0]])

net_Y = np.array([[1, 0, 0, 1, 1], [0, 0, 0, 1, 1]])
net_grads = {
    "dW3": ln3 * np.array([[0.32, 0.52, -0.43], [0.5, 0.8, 0.37]]),
    "db3": np.array([[-0.05], [0.23]]),
    "dA2": np.array(
        [[1, 0.15, 0.25, 0, 0], [-0.1, 0.1, 0.5, -0.25, -0.5], [0.8, 0.35, 1.25, -0.5, -1]]
    ),
    "dW2": ln3 * np.array([[0, 0.18, 0.34, 0], [0, 0.32, 0.56, 0], [0.08, 0, 0, 0.3]]),
    "db2": np.array([[0.08], [0.12], [-0.14]]),
    "dA1": np.array(
        [[-0.8, 0.3, 0.5, 0.5, 1], [-0.8, 0.1, 0.5, 0.5, 1],
         [-0.8, 0.25, 0.75, 0.5, 1], [0.8, -0.25, -0.75, -0.5, -1]]
    ),
    "dW1": ln3 * np.array([[0.08], [0.22], [0.35], [-0.08]]),
    "db1": np.array([[0.14], [0.12], [0.2], [-0.14]]),
    "dA0": np.array([[-0.8, 0.7, 2.5, 0.5, 1]]),
}


def by_name(grads, layers):
    """Gradients under the names that the checks use; those of 2017 are renamed."""
    shift = 0 if "dA0" in grads else 1  # what layer 1 hands down is dA0; in 2017 it was called dA1
    old = {f"dA{l}": f"dA{l + shift}" for l in range(layers)}
    handed_down = {new: grads[name] for new, name in old.items() if name in grads}
    others = {name: value for name, value in grads.items() if not name.startswith("dA")}
    return others | handed_down

# %% [markdown]
# ### Exercise: linear_backward
#
# The linear part, backward. From dZ to three gradients: for what came in, for the weights, for the
# biases.
#
# $$dW = \frac1m\, dZ\, A_{\text{prev}}^T \qquad db = \frac1m \sum_{i=1}^m dZ^{(i)}
# \qquad dA_{\text{prev}} = W^T dZ$$
#
# <details><summary>Hint</summary>
#
# Each gradient has the shape of what it is the gradient of. The sum in db runs over the examples, and
# the result stays a column.
# </details>
# <details><summary>Fuller hint</summary>
#
# Unpack the cache in the order in which `linear_forward` packed it. `m = A_prev.shape[1]`. Then one
# line each: `dZ @ A_prev.T` over m; `np.sum(dZ, axis=1, keepdims=True)` over m; `W.T @ dZ`, which is
# *not* divided by m.
# </details>

# %% nbgrader={"solution": true, "grade_id": "linear_backward"}
def linear_backward(dZ, cache):
    """The linear part of one layer, backward.

    Args:
        dZ: the gradient of Z, shape (n, m), one column for each example, not averaged.
        cache: (A_prev, W, b) from linear_forward, shapes (n_prev, m), (n, n_prev), (n, 1).

    Returns:
        dA_prev, shape (n_prev, m), one column for each example; dW, shape (n, n_prev), and db,
        shape (n, 1), averaged over the examples.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.4, with a batch of
    m examples.
    """
    ### BEGIN SOLUTION
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_backward-check"} tags=["check"]
layer_cache = (layer_A, layer_W, layer_b)
with checking("linear_backward", dZ=layer_dZ, cache=layer_cache):
    linear_dA, linear_dW, linear_db = linear_backward(layer_dZ, layer_cache)
    check("dA_prev", linear_dA, [[0, -2, -8, 8], [0, 4, -8, 16]])
    check("dW", linear_dW, [[-1, -1], [2, 2], [0, -1]])
    check("db", linear_db, [[2], [2], [-1]])

# %% nbgrader={"grade": true, "grade_id": "linear_backward-test", "points": 6}
verdict("linear_backward")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_backward", cases=6, returns=("dA_prev", "dW", "db"))
def _(case):
    n, n_prev, m = case.rng.permutation(np.arange(2, 8))[:3]
    if case.index == 1:
        m = 1
    if case.index == 3:
        n = 1
    if case.index == 4:
        n_prev = 1
    if case.index == 5:
        n = n_prev = m = 4
    dZ, A_prev, W, b = (case.rng.standard_normal(shape) for shape in ((n, m), (n_prev, m), (n, n_prev), (n, 1)))
    case.call(linear_backward, dZ, (A_prev, W, b))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: linear_activation_backward
#
# A whole layer, backward: first through the activation function, then through the linear part. That
# is the order of the forward pass turned round.
#
# <details><summary>Hint</summary>
#
# The cache is a pair. One half belongs to `sigmoid_backward` or `relu_backward`, the other to
# `linear_backward`.
# </details>
# <details><summary>Fuller hint</summary>
#
# `linear_cache, activation_cache = cache`. dZ is `relu_backward(dA, activation_cache)`, or the same
# with the sigmoid. Then return what `linear_backward(dZ, linear_cache)` returns.
# </details>

# %% nbgrader={"solution": true, "grade_id": "linear_activation_backward"}
def linear_activation_backward(dA, cache, activation):
    """One layer, backward.

    Args:
        dA: the gradient of this layer's A, shape (n, m), one column for each example.
        cache: (linear_cache, activation_cache) from linear_activation_forward, that is
            ((A_prev, W, b), Z).
        activation: the text "relu" or "sigmoid".

    Returns:
        dA_prev, shape (n_prev, m), one column for each example; dW, shape (n, n_prev), and db,
        shape (n, 1), averaged over the examples.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.4.
    """
    ### BEGIN SOLUTION
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_activation_backward-check"} tags=["check"]
whole_cache = ((layer_A, layer_W, layer_b), layer_Z)
last_dA = np.array([[10.0, -20.0, 4.0, 8.0, -8.0], [-10.0, 16.0, -8.0, 8.0, 4.0]])
with checking("linear_activation_backward", dA=[layer_dZ, last_dA], cache=whole_cache):
    relu_dA, relu_dW, relu_db = linear_activation_backward(layer_dZ, whole_cache, "relu")
    check("dA_prev through the ReLU", relu_dA, [[4, 0, -8, 8], [8, 0, -8, 16]])
    check("dW through the ReLU", relu_dW, [[-1, -1], [0, 3], [0, 0]])
    check("db through the ReLU", relu_db, [[2], [1], [0]])
    past_dA, past_dW, past_db = linear_activation_backward(last_dA, net_caches[2], "sigmoid")
    past_dA_expected = [[-1.8, 4.8, -2.5, 0, 3], [0.9, -1.8, 1, 1.5, -2], [0, 1.2, -0.5, 3, -1]]
    check("dA_prev through the sigmoid", past_dA, past_dA_expected)
    past_dW_expected = ln3 * np.array([[0.24, 0.64, 0.82], [-0.3, -0.9, 0.58]])
    check("dW through the sigmoid", past_dW, past_dW_expected)
    check("db through the sigmoid", past_db, [[-0.08], [0.62]])

# %% nbgrader={"grade": true, "grade_id": "linear_activation_backward-test", "points": 5}
verdict("linear_activation_backward")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_activation_backward", cases=7, calls=("linear_backward",), returns=("dA_prev", "dW", "db"))
def _(case):
    n, n_prev, m = case.rng.permutation(np.arange(3, 9))[:3]
    if case.index == 2:
        m, n = 1, 7
    if case.index == 3:
        n = 1
    if case.index == 4:
        n_prev = 1
    if case.index >= 5:
        n = n_prev = m = 4
    dA, A_prev, W, b = (case.rng.standard_normal(shape) for shape in ((n, m), (n_prev, m), (n, n_prev), (n, 1)))
    cache = ((A_prev, W, b), W @ A_prev + b)
    case.call(linear_activation_backward, dA, cache, "sigmoid" if case.index % 2 else "relu")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: L_model_backward
#
# The loop, backward. It starts with the derivative of the loss, $dA^{[L]}$, goes through layer L with
# the sigmoid, then through the layers $L-1, \dots, 1$ with ReLU.
#
# **Names.** `grads["dA1"]` is the gradient of A1, so layer 2 puts it out. Layer L puts out `dA{L-1}`,
# layer 1 puts out `dA0`, the gradient of the inputs. The public course taught this in 2021. In 2017
# it used names shifted by one: what layer $l$ put out was called `dA{l}`, although it is the gradient
# of the layer before. The grader takes both, and tells you which one you have.
#
# <details><summary>Hint</summary>
#
# `caches[0]` belongs to layer 1, so `caches[L - 1]` to layer L. The first gradient is a formula,
# entry by entry; each later one is what the layer above has just put out.
# </details>
# <details><summary>Fuller hint</summary>
#
# `dAL = -(Y / AL - (1 - Y) / (1 - AL))`. Call `linear_activation_backward` with it, `caches[L - 1]`
# and `"sigmoid"`, and store the three results under `"dA" + str(L - 1)`, `"dW" + str(L)`,
# `"db" + str(L)`. Then `for l in reversed(range(L - 1))`: the gradient that comes in is
# `grads["dA" + str(l + 1)]`, the cache is `caches[l]`, and the results are `dA{l}`, `dW{l+1}`,
# `db{l+1}`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "L_model_backward"}
def L_model_backward(AL, Y, caches):
    """The backward pass: the gradients of all layers.

    Args:
        AL: the answers of L_model_forward, shape (n_L, m), each above 0 and below 1.
        Y: labels 0 or 1, shape (n_L, m).
        caches: the list of the L caches of linear_activation_forward, layer 1 first; any L ≥ 1.
            It must come back unchanged.

    Returns:
        A dictionary: for l = 1 ... L the gradients "dWl", shape (n_l, n_{l-1}), and "dbl", shape
        (n_l, 1), averaged over the examples; for l = 0 ... L − 1 the gradient of Al, "dAl", shape
        (n_l, m), one column for each example. It may hold dAL too.

    Source: Rumelhart, Hinton and Williams, Learning representations by back-propagating errors
    (1986).
    """
    ### BEGIN SOLUTION
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in range(L - 1, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L_model_backward-check"} tags=["check"]
with checking("L_model_backward", AL=net_AL, Y=net_Y, caches=net_caches):
    hand_seen = L_model_backward(np.array([[0.5]]), hand_Y, hand_caches)
    check("by hand", by_name(hand_seen, layers=2), hand_grads)
    net_seen = L_model_backward(net_AL, net_Y, net_caches)
    check("three layers", by_name(net_seen, layers=3), net_grads, atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-test", "points": 10}
verdict("L_model_backward")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "L_model_backward",
    cases=7,
    calls=("linear_backward", "linear_activation_backward"),
    returns="grads",
    extra_keys=True,
)
def _(case):
    *sizes, m = (int(n) for n in case.rng.permutation(np.arange(2, 8)))
    layer_dims = [
        [*sizes[:2], 1],
        [sizes[0], 1],
        [*sizes[:3], 1],
        [*sizes[:5], 1],
        [4, 4, 4, 4],
        [sizes[0], 1, *sizes[1:3]],
        [sizes[0], 7, 1],
    ][case.index]
    m = {4: 4, 6: 1}.get(case.index, m)
    A, caches = case.rng.standard_normal((layer_dims[0], m)), []
    for l, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:]), start=1):
        last = l == len(layer_dims) - 1
        W = case.rng.standard_normal((n, n_prev)) * np.sqrt((0.5 if last else 2) / n_prev)
        b = case.rng.uniform(-0.3, 0.9, (n, 1)) * (0.5 if last else 1)
        if n == 1 and not last:
            b += 1.5
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = 1 / (1 + np.exp(-Z)) if last else np.maximum(0, Z)
    case.call(L_model_backward, A, case.rng.integers(0, 2, A.shape), caches)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: find the layer at fault
#
# Is the whole gradient right? It can be *measured*, with forward passes alone. Shift one entry of one
# parameter by a tiny ε, up and down, and see how much the cost changes:
#
# $$\frac{\partial J}{\partial \theta} \approx
# \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}$$
#
# For each block (W1, b1, W2 …) compare what is measured with what your backward pass claims. The
# relative difference is the length of the gap, divided by the sum of both lengths: 0 if they agree,
# at most 1. Rounding leaves about 1e-9 or less; we draw the line at 1e-6. (Course 2 makes a proper
# tool of this.)

# %%
def measured_gradient(X, Y, parameters, epsilon=1e-5):
    """The gradient of the cost by two-sided differences, one entry at a time.

    Returns:
        A dictionary like parameters.
    """
    measured = {}
    for name, value in parameters.items():
        measured[name] = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            costs = []
            for step in (epsilon, -epsilon):
                moved = value.copy()
                moved[place] += step
                AL, _ = L_model_forward(X, {**parameters, name: moved})
                costs.append(float(np.squeeze(compute_cost(AL, Y))))
            measured[name][place] = (costs[0] - costs[1]) / (2 * epsilon)
    return measured


def relative_difference(a, b):
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def with_fault(function, spoil):
    """What L_model_backward returns for the experiment while a function that it calls is spoiled.

    Args:
        function: the name of a function.
        spoil: takes the right function and its arguments, and returns something wrong.
    """
    right = globals()[function]
    globals()[function] = lambda *args, **kwargs: spoil(right, *args, **kwargs)
    try:
        return L_model_backward(*fault_pass)
    finally:
        globals()[function] = right

# %% tags=["demo"]
if ready("L_model_forward", "compute_cost", "L_model_backward"):
    fault_rng = np.random.default_rng(2)
    fault_X, fault_Y = fault_rng.standard_normal((3, 8)), fault_rng.integers(0, 2, (1, 8))
    fault_parameters = {}
    for l, (n_prev, n) in enumerate(zip((3, 6, 5, 4), (6, 5, 4, 1)), start=1):
        fault_parameters[f"W{l}"] = fault_rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        fault_parameters[f"b{l}"] = fault_rng.uniform(0.1, 0.5, (n, 1))
    fault_AL, fault_caches = L_model_forward(fault_X, fault_parameters)
    fault_pass = (fault_AL, fault_Y, fault_caches)

    def sum_for_mean(right, dZ, cache):
        dA_prev, dW, db = right(dZ, cache)
        return dA_prev, dW, db * dZ.shape[1]

    def mean_in_dA(right, dZ, cache):
        dA_prev, dW, db = right(dZ, cache)
        return dA_prev / dZ.shape[1], dW, db

    def relu_forgotten(right, dA, cache):
        return dA

    def wrong_sign_in_layer_2(right, dA, cache, activation):
        dA_prev, dW, db = right(dA, cache, activation)
        return (-dA_prev if len(dW) == 5 else dA_prev), dW, db

    fault_rows = {
        "yours": L_model_backward(*fault_pass),
        "db: 1/m forgotten": with_fault("linear_backward", sum_for_mean),
        "dA_prev divided by m": with_fault("linear_backward", mean_in_dA),
        "ReLU's slope forgotten": with_fault("relu_backward", relu_forgotten),
        "layer 2: sign of dA_prev": with_fault("linear_activation_backward", wrong_sign_in_layer_2),
    }
    fault_measured = measured_gradient(fault_X, fault_Y, fault_parameters)
    fault_blocks = [f"{letter}{l}" for l in (4, 3, 2, 1) for letter in "Wb"]
    fault_table = []
    print(f"{'fault':<26}" + "".join(f"d{name:<6}" for name in fault_blocks))
    for fault, grads in fault_rows.items():
        off = [relative_difference(grads[f"d{b}"], fault_measured[b]) for b in fault_blocks]
        fault_table.append(["ok" if x < 1e-6 else f"{x:.2f}" for x in off])
        print(f"{fault:<26}" + "".join(f"{shown:<7}" for shown in fault_table[-1]))

    fault_figure, fault_axes = plt.subplots(figsize=(10, 3.6))
    right_look = {"facecolor": "white", "edgecolor": "#555555"}
    wrong_look = {"facecolor": plots.ORANGE, "edgecolor": "#555555", "hatch": "//"}
    label = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    for y, row in enumerate(fault_table):
        for x, shown in enumerate(row):
            look = right_look if shown == "ok" else wrong_look
            fault_axes.add_patch(plt.Rectangle((x - 0.5, y - 0.5), 1, 1, **look))
            fault_axes.text(x, y, shown, ha="center", va="center", fontsize=10, bbox=label)
    for x in (1.5, 3.5, 5.5):
        fault_axes.axvline(x, color=plots.BLACK, linewidth=1.5)
    fault_axes.set_xticks(range(8), ["d" + name for name in fault_blocks])
    fault_axes.set_yticks(range(len(fault_rows)), fault_rows)
    fault_axes.set(xlim=(-0.5, 7.5), ylim=(len(fault_rows) - 0.5, -0.5), ylabel="fault")
    fault_axes.set(xlabel="block of the gradient, in the order of the backward pass")
    fault_axes.grid(False)
    plots.show(
        fault_figure,
        alt="A table of five faults and eight blocks of the gradient, from layer 4 down to layer "
        "1. Yours: all eight are ok. 1/m forgotten in db: all four db are off by 0.78, all dW are "
        "ok. dA_prev divided by m: layer 4 is ok, layer 3 is off by 0.78, layer 2 by 0.97, layer "
        "1 by 1.00. ReLU's slope forgotten: layer 4 is ok, all others are off by 0.5 to 0.9. Sign "
        "of dA_prev wrong in layer 2: only layer 1 is off, by 1.00.",
    )

# %% [markdown]
# The first row is yours. If it is "ok" everywhere, your backward pass is the derivative of your
# forward pass, in every layer. (Of *your* forward pass: a check of this kind compares the two with
# each other. Whether the forward pass is the one that was asked for, the other checks have to say.)
#
# The other rows are your own functions with one fault planted in them. (If your `L_model_backward`
# does not call them, the faults have no effect, and all rows are alike.) Read each row from left to
# right, which is the order in which the backward pass works.
#
# * **Only the db are off, in every layer.** The fault is in the line of db, and nothing else depends
#   on it. The number says what kind: a gradient that is 8 times too large is off by (8 − 1)/(8 + 1) =
#   0.78, and there are 8 examples.
# * **The top layer is right and everything below is off.** dW and db of layer 4 need only its own dZ,
#   and what came in. So the fault is in what it hands down (dA_prev) or in what the hidden layers do
#   first (ReLU's slope). A wrong factor shows its colours: 1/8, then 1/64, then 1/512, so 0.78, 0.97,
#   1.00. A forgotten ReLU follows no such pattern.
# * **Only layer 1 is off.** Then layer 2 is where it happened: its own gradients are right, but what
#   it handed down is not.
#
# So: start at the output, walk down, and stop at the first layer that is off. The fault is in that
# layer's own lines, or in the dA that it was given. Everything below tells you nothing new.
#
# The hidden tests cannot see inside your loop like this. They do something else: they judge each
# function with *right* versions of those that it calls. Then the feedback says which one is the first
# at fault, and which are right.
#
# ## Part 4: one step downhill
#
# ### Exercise: update_parameters
#
# The last building block. With learning rate α:
#
# $$W^{[l]} := W^{[l]} - \alpha\, dW^{[l]} \qquad b^{[l]} := b^{[l]} - \alpha\, db^{[l]}$$
#
# You may change the dictionary that you are given, as the public course did in 2017, or leave it
# alone and return a new one, as in 2021. Both pass.
#
# <details><summary>Hint</summary>
#
# Loop over the layers, two lines each. The key of a gradient is "d" and the key of its parameter.
# </details>
# <details><summary>Fuller hint</summary>
#
# `L = len(parameters) // 2`, and `for l in range(1, L + 1)`, because `range` leaves out its end.
# Subtract `learning_rate * grads["dW" + str(l)]` from `parameters["W" + str(l)]`; the same for b.
# Return the dictionary with the new values.
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters"}
def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent.

    Args:
        parameters: dictionary of W1 (n_1, n_0), b1 (n_1, 1), ..., WL (n_L, n_{L-1}), bL (n_L, 1),
            with any L ≥ 1.
        grads: dictionary of their gradients dW1, db1, ..., dWL, dbL, with the same shapes; it
            also holds dA0, dA1, ...
        learning_rate: the step α, a number.

    Returns:
        The dictionary of the new parameters W1, b1, ..., WL, bL. It may be the one that was
        given, changed, or a new one.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 8.1.
    """
    ### BEGIN SOLUTION
    updated = {}
    L = len(parameters) // 2
    for l in range(1, L + 1):
        updated["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        updated["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return updated
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters-check"} tags=["check"]
step_parameters = {
    "W1": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "b1": np.array([[0.5], [-0.5]]),
    "W2": np.array([[2.0, -1.0]]), "b2": np.array([[3.0]]),
    "W3": np.array([[1.0], [-2.0], [0.0], [4.0]]), "b3": np.array([[0.0], [1.0], [2.0], [3.0]]),
}
step_grads = {
    "dA0": np.ones((3, 5)), "dA1": np.ones((2, 5)), "dA2": np.ones((1, 5)),
    "dW1": np.array([[5.0, -5.0, 1.0], [0.0, 10.0, 2.0]]), "db1": np.array([[1.0], [-2.0]]),
    "dW2": np.array([[-3.0, 4.0]]), "db2": np.array([[5.0]]),
    "dW3": np.array([[1.0], [2.0], [-5.0], [0.0]]), "db3": np.array([[-1.0], [0.0], [4.0], [3.0]]),
}
with checking("update_parameters", grads=step_grads):
    stepped = update_parameters(step_parameters, step_grads, 0.2)
    check("parameters", stepped, {
        "W1": [[0, 3, 2.8], [4, 3, 5.6]], "b1": [[0.3], [-0.1]],
        "W2": [[2.6, -1.8]], "b2": [[2]],
        "W3": [[0.8], [-2.4], [1], [4]], "b3": [[0.2], [1], [1.2], [2.4]],
    })

# %% nbgrader={"grade": true, "grade_id": "update_parameters-test", "points": 4}
verdict("update_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("update_parameters", cases=4, returns="parameters", in_place=("parameters",))
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 4, 6][case.index]]]
    parameters, grads = {}, {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        for letter, shape in (("W", (n, n_prev)), ("b", (n, 1))):
            parameters[f"{letter}{l}"] = case.rng.standard_normal(shape)
            grads[f"d{letter}{l}"] = case.rng.standard_normal(shape)
        grads[f"dA{l - 1}"] = case.rng.standard_normal((n_prev, 5))
    case.call(update_parameters, parameters, grads, [0.3, 1.7, 0.0075, 2][case.index])
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: train it
#
# Forward, backward, step, and again: that is all of training. The data are two half rings, 200 points
# together. Four starts with your functions: networks with one, two and three hidden layers whose
# weights are drawn × 0.01, and the last one once more with the rescaled weights, √(1/n).

# %%
def descend(parameters, X, Y, learning_rate, num_iterations):
    """Gradient descent from given parameters.

    Returns:
        The trained parameters, and the cost before every 25th step.
    """
    parameters = {name: value.copy() for name, value in parameters.items()}
    costs = []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 25 == 0:
            costs.append(float(np.squeeze(compute_cost(AL, Y))))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs

# %% tags=["demo"]
if ready("initialize_parameters", "initialize_parameters_deep", "L_model_forward",
         "compute_cost", "L_model_backward", "update_parameters"):
    moons_X, moons_Y, moons_test_X, moons_test_Y = data.load_planar("moons")

    def moons_right(parameters, X, Y):
        """The share of right labels, in percent."""
        return 100 * np.mean((L_model_forward(X, parameters)[0] > 0.5) == Y)

    moons_starts = {
        "2-8-1, × 0.01": initialize_parameters(2, 8, 1),
        "2-10-5-1, × 0.01": initialize_parameters_deep([2, 10, 5, 1]),
        "2-12-8-4-1, × 0.01": initialize_parameters_deep([2, 12, 8, 4, 1]),
        "2-12-8-4-1, √(1/n)": rescaled(initialize_parameters_deep([2, 12, 8, 4, 1]), 1),
    }
    moons_trained = {
        name: descend(start, moons_X, moons_Y, 0.1, 3000) for name, start in moons_starts.items()
    }
    for name, (parameters, costs) in moons_trained.items():
        waited = next((25 * i for i, cost in enumerate(costs) if cost < 0.6), None)
        below = "never below 0.6" if waited is None else f"below 0.6 at iteration {waited}"
        train = moons_right(parameters, moons_X, moons_Y)
        test = moons_right(parameters, moons_test_X, moons_test_Y)
        print(f"{name:<19} cost {costs[0]:.4f} at first, {costs[-1]:.4f} at last, {below}, "
              f"right {train:.1f} % train, {test:.1f} % test")

    moons_figure, (moons_costs, moons_map) = plt.subplots(1, 2, figsize=(11, 4.2))
    moons_looks = [
        ("s-", plots.GREEN), ("D--", plots.ORANGE), ("^:", plots.RED), ("o-", plots.BLUE),
    ]
    for (name, (_, costs)), (style, colour) in zip(moons_trained.items(), moons_looks):
        look = {"color": colour, "linewidth": 2, "markevery": 12, "label": name}
        moons_costs.plot(25 * np.arange(len(costs)), costs, style, **look)
    moons_costs.set(xlabel="iteration (number)", ylim=(0, 0.85))
    moons_costs.set(ylabel="cost on the training points (nats)")
    moons_costs.legend(loc="upper right", ncols=2, fontsize=8.5)
    moons_best = moons_trained["2-12-8-4-1, √(1/n)"][0]
    plots.decision_boundary(
        moons_map, lambda grid: L_model_forward(grid, moons_best)[0] > 0.5, moons_X, moons_Y
    )
    moons_map.set(title="2-12-8-4-1, √(1/n), after 3000 steps")
    moons_map.legend(loc="upper right", ncols=2, fontsize=8.5, frameon=True)
    plots.show(
        moons_figure,
        alt="Left: the cost over 3000 iterations. 2-8-1 with × 0.01 leaves 0.69 after about 100 "
        "iterations and ends at 0.24. 2-10-5-1 with × 0.01 stands at 0.69 for about 1500 "
        "iterations, then falls to the same 0.24. 2-12-8-4-1 with × 0.01 stands at 0.69 to the "
        "end. The same network with √(1/n) falls at once, to 0.01. Right: two half rings that "
        "reach into each other, and the S-shaped boundary of that last network between them.",
    )

# %% [markdown]
# The last network does what we hoped for: cost 0.010, every training point right, 99.5 % of the test
# points. The three that started × 0.01 tell a story.
#
# * **Each further layer makes the wait longer.** With one hidden layer the cost leaves 0.6 behind at
#   iteration 150, with two at 1575, with three not within 3000 steps. (We let that one run on: it
#   wakes up between 52 000 and 56 000.)
# * **When they do learn, they do no better than a straight line.** Both end at 0.24 nats and 90 %,
#   and so does logistic regression on these points. Look at the trained W1 of the first network:
#   seven of its eight rows point the same way, the eighth the opposite way. From so small a start,
#   the units of a layer all grow in the same direction.
# * **86.5 % right at a cost of 0.6931?** The stuck network's answers all lie within 0.00000002 of ½.
#   Accuracy only asks on which side. The cost asks how sure, and the answer is: not at all. Look at
#   the cost.
#
# Why the wait? Look at the first gradients.

# %% tags=["demo"]
if ready("initialize_parameters_deep", "L_model_forward", "L_model_backward"):
    moons_X, moons_Y, _, _ = data.load_planar("moons")
    first_start = initialize_parameters_deep([2, 12, 8, 4, 1])
    for name, start in (("× 0.01", first_start), ("√(1/n)", rescaled(first_start, 1))):
        first_AL, first_caches = L_model_forward(moons_X, start)
        first_grads = L_model_backward(first_AL, moons_Y, first_caches)
        print(f"2-12-8-4-1, {name}: first gradients, size of an entry")
        for letter in "Wb":
            names = [f"d{letter}{l}" for l in (1, 2, 3, 4)]
            print("  " + "  ".join(f"{d} {size_of(first_grads[d]):.0e}" for d in names))

# %% [markdown]
# One step moves a weight by the learning rate times its gradient. Started × 0.01, that is 0.1 times
# about 0.0000001, for a weight of size 0.01: at that pace, a million steps to move it by its own
# size. (It speeds up as the weights grow, so it wakes up sooner than that.) The gradient of each W
# holds the signal from below *and* the gradient from above, and both were made small by every layer
# they passed. So they all come out tiny, dW4 a little less so.
#
# ## Mistakes that most people make
#
# Each was planted in the 2-12-8-4-1 network of the last experiment, with the √(1/n) start, learning
# rate 0.1 and 3000 steps. Done right, the cost ends at 0.010.
#
# * **`keepdims` forgotten in db.** The error comes one step later and somewhere else: *operands could
#   not be broadcast together with shapes (12,200) (12,12)*, in `linear_forward`. b − α db with shapes
#   (12, 1) and (12,) has become a 12 × 12 matrix.
# * **The ReLU's slope forgotten** (dZ = dA). Nothing looks wrong! The cost falls to 0.24 at once,
#   then creeps to 0.22, 90 % right. Only a gradient check finds it.
# * **dA_prev divided by m.** The top layer learns, the others hardly: each gets 200 times less than
#   the one above it. The cost creeps to 0.40.
# * **1/m twice.** Everything learns 200 times too slowly: 0.63 at the end.
# * **1/m nowhere.** Steps 200 times too long: after a few of them the network answers the same to
#   every point, and the cost stands at 2.5.
# * **A in the activation cache, where Z belongs.** The hidden layers do not mind, because A > 0 just
#   where Z > 0. The last layer does: its slope is taken at the wrong place. The cost becomes NaN.
#
# And one that is not your mistake. Take the right functions with a learning rate of 0.5: **the cost
# falls to 0.005, then it is NaN**, after about 900 steps. The network has become so sure that an
# answer is *exactly* 1 in floating point. Then (1 − Y)/(1 − AL) is 0/0, and one NaN in a gradient
# spoils all parameters that it reaches. With dZ = AL − Y in the last layer, which is what the two
# steps amount to, nothing is divided by 0.
#
# ## Recap
#
# 1. A layer is Z = W A_prev + b, then A = g(Z). The cache keeps A_prev, W, b and Z for the way back.
# 2. Backward: dZ = dA ∗ g′(Z), then dW = dZ A_prevᵀ/m, db = the mean of dZ's columns, dA_prev = Wᵀ
#    dZ, without 1/m.
# 3. Every gradient has the shape of what it belongs to. Test with sizes that all differ.
# 4. A fault in the backward pass spoils the layers below it, not those above. Walk down from the
#    output, and stop at the first that is off.
# 5. Weights × 0.01 shrink the signal in every layer. One hidden layer bears it, three do not.
#
# **To think about.** The backward pass gives you dA0, the gradient of the inputs, which training
# never uses. What does it tell you about one picture and one answer? Which pixels would you change,
# and in which direction, to make the network change its mind?
#
# **Where to read on**
#
# * D. Rumelhart, G. Hinton, R. Williams, *Learning representations by back-propagating errors*,
#   Nature 323 (1986): four pages that made it famous.
# * M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the four equations of
#   back-propagation, with proofs.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5, for graphs of any
#   shape, not only chains.
# * X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
#   AISTATS 2010, section 4.2: signals and gradients, layer by layer.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
