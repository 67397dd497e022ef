# %% [markdown]
# # Initialization
#
# Before the first step of training, every weight needs a value. Training changes it anyway. So does
# it matter which one? Take one network, one data set, one learning rate. Start it three times. It
# ends at 50 %, at 80 % and at 96 % right. Only its first weights differed.
#
# Here you find out why. You also find the rule for the right weights: you measure, you guess, you
# prove it on paper, you put it to the test. Nobody tells you the number before.
#
# **You will be able to**
#
# * start a network of any depth: with zeros, with large random weights, with weights of the right
#   size;
# * see, before any training, whether a deep network keeps its signal alive;
# * work out the right size for a layer that no book mentions;
# * say what really goes wrong with zeros, and with weights that are too large.
#
# **Time** about 90 minutes, the open task apart. **Builds on** layers, forward and backward (course
# 1, week 4). Each exercise's heading gives points, minutes, difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import (
    check, checking, data, hidden_cases, lesson, play, plots, ready, verdict, verdicts,
)

lesson("course2-week1/initialization")

# %% [markdown]
# ## One picture
#
# Three networks, each of 30 layers with 200 units. Nothing is trained. They read the same examples
# and differ in one thing only: the size of their weights.

# %% tags=["demo", "picture"]
strengths = {}
for size in (0.2, 0.1, 0.05):
    rng = np.random.default_rng(0)
    signal = rng.standard_normal((200, 100))
    strengths[f"weights of size {size}"] = path = [np.mean(signal**2)]
    for _ in range(30):
        signal = np.maximum(0, size * rng.standard_normal((200, 200)) @ signal)
        path.append(np.mean(signal**2))
plots.lines(
    strengths, "layer", "strength of the signal", log="y",
    colours=(plots.PURPLE, plots.BLACK, plots.GREEN),
    alt="The strength of the signal through 30 layers, on a logarithmic axis. Three lines start "
    "at 1. With weights of size 0.2 the line climbs straight to about 1e18, with 0.05 it falls "
    "straight to about 1e-18, with 0.1 it stays at about 1.",
)

# %% [markdown]
# *Size* means standard deviation, written $\sigma$: the weights are normal draws with mean 0.
# *Strength* means mean square: the average of all the squared entries.
#
# At 0.05 the signal is gone. At 0.2 it explodes. At 0.1 it comes out as strong as it went in. **Why
# 0.1?** And what would it be with 50 units in a layer, or with 800? Keep the question.
#
# ## The idea
#
# `layers_dims` lists the sizes of the layers, the input first. `[3, 5, 2, 4]` has 3 inputs and
# $L = 3$ layers. Entry $l$ is $n_l$. With $A_0 = X$, layer $l$ computes
#
# $$Z_l = W_l A_{l-1} + b_l, \qquad A_l = \max(0, Z_l).$$
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | $(n_0, m)$ | $m$ examples, one in each column |
# | `Wl` | $(n_l, n_{l-1})$ | one **row** for each unit, one column for each of its inputs |
# | `bl` | $(n_l, 1)$ | one bias for each unit |
# | `Al` | $(n_l, m)$ | what the layer puts out |

# %% [markdown]
# **Four throws, by hand.** A unit has the inputs $x = (3, 1)$ and no bias. A coin decides each
# weight: $\frac12$ or $-\frac12$. So $\sigma = \frac12$, and there are four throws, equally likely.
#
# | weights | $z$ | $a = \max(0, z)$ | $a^2$ |
# |---|---|---|---|
# | $(\frac12, \frac12)$ | 2 | 2 | 4 |
# | $(\frac12, -\frac12)$ | 1 | 1 | 1 |
# | $(-\frac12, \frac12)$ | −1 | 0 | 0 |
# | $(-\frac12, -\frac12)$ | −2 | 0 | 0 |
#
# In: strength $(9 + 1)/2 = 5$. Out: $(4 + 1)/4 = \frac54$, on average. **This unit passes on one
# quarter.** Keep the quarter: your rule will have to give it.

# %% [markdown]
# ## Part 1: two bad starts
#
# ### initialize_parameters_zeros · 4 points · 5 minutes · difficulty 1 · importance 2
#
# The simplest start, and a lesson in shapes. Fill a dictionary with `"W1"`, `"b1"`, `"W2"`, `"b2"`
# and so on, for a list of any length.
#
# <details><summary>Hint: the question</summary>
#
# How many matrices of weights does a list of four sizes describe? Which two entries of the list
# give the shape of `W1`?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Go through the layers $l = 1, \dots, L$; the list has $L + 1$ entries. In each turn put in two
# arrays of zeros: one of shape $(n_l, n_{l-1})$ under `"W"` and the number, one of shape $(n_l, 1)$
# under `"b"` and the number.
# </details>
# <details><summary>If you see <em>Cannot interpret '3' as a data type</em></summary>
#
# `np.zeros` takes *one* shape, a tuple. It reads a second number as the type of the entries.
# </details>
# <details><summary>If you see <em>list index out of range</em></summary>
#
# Your loop runs one layer too far. `range` starts at 0 and leaves out its end.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_zeros"}
def initialize_parameters_zeros(layers_dims):
    """Start every weight and every bias at zero.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first.
            It must come back unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL":
        Wl of shape (n_l, n_{l-1}) and bl of shape (n_l, 1), all zero.
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_zeros-check"} tags=["check"]
check_sizes = [3, 5, 2, 4]
with checking("initialize_parameters_zeros", layers_dims=check_sizes):
    expected = {
        "W1": np.zeros((5, 3)), "W2": np.zeros((2, 5)), "W3": np.zeros((4, 2)),
        "b1": np.zeros((5, 1)), "b2": np.zeros((2, 1)), "b3": np.zeros((4, 1)),
    }
    check("parameters", initialize_parameters_zeros(check_sizes), expected)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-test", "points": 4}
verdict("initialize_parameters_zeros")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters_zeros", cases=5, returns="parameters")
def _(case):
    layers_dims = [int(n) for n in case.rng.permutation(np.arange(2, 9))[: case.index + 2]]
    if case.index == 3:
        layers_dims[1] = layers_dims[-1] = 1
    case.call(initialize_parameters_zeros, layers_dims)
### END HIDDEN TESTS

# %% [markdown]
# ### initialize_parameters_random · 6 points · 5 minutes · difficulty 1 · importance 3
#
# Now draw the weights, and make them large: normal draws with mean 0 and standard deviation 10. The
# biases stay at zero.
#
# **The seed.** The public course sets `np.random.seed(3)` before the loop. The numbers in this text
# come from that seed: `W1` for `[3, 2, 1]` then begins with 17.886, 4.365. Another seed, a
# generator of your own or none will do as well: the grader looks at mean, spread and independence.
#
# <details><summary>Hint: the question</summary>
#
# `np.random.randn` draws with standard deviation 1. What does multiplying a draw by a number do to
# its standard deviation? And adding a number?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Only the array under `"W"` changes: a draw of the same shape $(n_l, n_{l-1})$, stretched. If you
# set a seed, how often?
# </details>
# <details><summary>If you see <em>'tuple' object cannot be interpreted as an integer</em></summary>
#
# `np.random.randn` takes rows and columns as two numbers. `np.zeros` takes them as one tuple.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_random"}
def initialize_parameters_random(layers_dims):
    """Start with large random weights and zero biases.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first.
            It must come back unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL":
        Wl of shape (n_l, n_{l-1}), independent draws from the normal distribution with mean 0
        and standard deviation 10; bl of shape (n_l, 1), all zero.
    """
    ### BEGIN SOLUTION
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_random-check"} tags=["check"]
check_sizes = [120, 90, 70, 60]
with checking("initialize_parameters_random", layers_dims=check_sizes):
    drawn = initialize_parameters_random(check_sizes)
    shapes = {"W1": (90, 120), "W2": (70, 90), "W3": (60, 70)}
    shapes |= {"b1": (90, 1), "b2": (70, 1), "b3": (60, 1)}
    check("shape", {name: np.shape(array) for name, array in drawn.items()}, shapes)
    check("largest bias", max(np.abs(drawn[name]).max() for name in ("b1", "b2", "b3")), 0)
    W = [np.ravel(drawn[name]) for name in ("W1", "W2", "W3")]
    check("means of W1, W2, W3", [w.mean() for w in W], [0, 0, 0], atol=1)
    check("standard deviations", [w.std() for w in W], [10, 10, 10], rtol=0.08)
    inside = [np.mean(np.abs(w) < 10) for w in W]
    check("share between -10 and 10", inside, [0.68, 0.68, 0.68], atol=0.06)
    different = [len(set(w)) / len(w) for w in W]
    check("share of different weights", different, [1, 1, 1], atol=0.02)
    again = [np.mean(w == W[0][: len(w)]) for w in W[1:]]
    check("share of W2, W3 that repeats W1", again, [0, 0], atol=0.02)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-test", "points": 6}
verdict("initialize_parameters_random")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters_random", cases=6, returns="parameters")
def _(case):
    layers_dims = [int(n) for n in case.rng.permutation(np.arange(2, 9))[: case.index + 2]]
    if case.index == 3:
        layers_dims[1] = layers_dims[-1] = 1
    if case.index == 5:
        layers_dims = [50, int(case.rng.integers(150, 160)), 3, 1]
    case.call(initialize_parameters_random, layers_dims)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: an instrument
#
# A start can be judged before any training. Send examples through the network and take one number
# from each layer: the variance of *all* entries of $A_l$, units and examples together.
#
# **The four throws once more.** Make a layer of four units, one for each throw, and feed it the
# column $(3, 1)$. It puts out $2, 1, 0, 0$: mean $\frac34$, mean square $\frac54$, so variance
# $\frac54 - \frac9{16} = 0.6875$.

# %% nbgrader={"locked": true, "grade_id": "relu"}
def relu(Z):
    """max(0, z), entry by entry."""
    return np.maximum(0, Z)

# %% [markdown]
# ### activation_variances · 10 points · 12 minutes · difficulty 3 · importance 4
#
# Build the instrument. Here *every* layer is a ReLU layer, the last one too. The dictionary may be
# in any order.
#
# <details><summary>Hint: the question</summary>
#
# What does layer 2 read? And how many layers are there, if all that you have is the dictionary?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Keep one array, first $X$ of shape $(n_0, m)$. In turn $l$ look up `Wl` and `bl` by their names,
# and replace the array by what the layer puts out, shape $(n_l, m)$. Collect one variance each
# time: `np.var` without an `axis` looks at all entries. At the end make an array of shape $(L,)$.
# </details>
# <details><summary>If you see <em>matmul: Input operand 1 has a mismatch</em></summary>
#
# Print both shapes in each turn. Does layer 2 still read $X$? Are the layers in the right order?
# </details>
# <details><summary>If <em>eleven layers</em> differs and all else agrees</summary>
#
# In which order do you take the layers? As texts, `"W10"` comes before `"W2"`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "activation_variances"}
def activation_variances(X, parameters):
    """The variance of the activations in each layer of a ReLU network.

    Every layer, the last one too, computes A_l = max(0, W_l A_{l-1} + b_l), with A_0 = X.

    Args:
        X: the examples, shape (n_0, m).
        parameters: a dictionary "W1", "b1", ..., "WL", "bL", in any order, for any number of
            layers L >= 1: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).
            It must come back unchanged.

    Returns:
        An array of shape (L,): the variance of all entries of A_l, for l = 1, ..., L, divided by
        their number (not by their number less one).
    """
    ### BEGIN SOLUTION
    A = X
    variances = []
    for l in range(1, len(parameters) // 2 + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        A = np.maximum(Z, 0)
        variances.append(np.var(A))
    return np.array(variances)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "activation_variances-check"} tags=["check"]
throws = np.array([[0.5, 0.5], [0.5, -0.5], [-0.5, 0.5], [-0.5, -0.5]])
three_layers = {  # sizes 2, 4, 3, 1; the last layer first
    "W3": np.array([[1, 2, -1]]), "b3": np.array([[-4]]), "b2": np.array([[1], [-1], [0]]),
    "W2": np.array([[1, 0, 2, 0], [0, 1, 0, 2], [1, 1, -1, 1]]),
    "W1": throws, "b1": np.array([[0.5], [1], [0], [2]]),
}
eleven = {f"W{l}": np.array([[2.0 if l == 2 else 1.0]]) for l in range(1, 12)}
eleven |= {f"b{l}": np.array([[0.0]]) for l in range(1, 12)}
check_X = np.array([[3.0, -1.0, 1.0, 0.0, 2.0], [1.0, 3.0, -3.0, 2.0, -1.0]])
with checking("activation_variances", X=check_X, three_layers=three_layers, eleven=eleven):
    four = activation_variances(check_X[:, :1], {"W1": throws, "b1": np.zeros((4, 1))})
    check("the four throws", four, [0.6875])
    three = activation_variances(check_X, three_layers)
    check("three layers", three, [1.081875, 5.382222222, 6.16])
    check("eleven layers", activation_variances(check_X[:1, :2], eleven), [2.25] + [9] * 10)

# %% nbgrader={"grade": true, "grade_id": "activation_variances-test", "points": 10}
verdict("activation_variances")
### BEGIN HIDDEN TESTS
@hidden_cases("activation_variances", cases=6, returns="variances")
def _(case):
    sizes, m = [
        ([4, 3, 2], 5), ([3, 2], 4), ([5, 4, 3, 6], 1), ([2, 1, 3, 1], 7), ([3] * 13, 6), ([6, 5, 4, 3], 8)
    ][case.index]
    named = {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), 1):
        named["W" + str(l)] = case.rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        named["b" + str(l)] = case.rng.uniform(-0.3, 0.9, (n, 1))
    if case.index == 5:
        named = dict(reversed(named.items()))
    case.call(activation_variances, 1 + case.rng.standard_normal((sizes[0], m)), named)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: find the rule
#
# In the picture the lines are straight, on a logarithmic axis. So each layer *multiplies* the
# signal, always by about the same factor. What decides the factor? `measured_factor` measures it
# with your instrument: two layers of $n$ units, many draws, and how much the variance grows from
# the first to the second.

# %% nbgrader={"locked": true, "grade_id": "measured_factor"}
def measured_factor(n, sigma):
    """By how much layer 2 of n units multiplies the variance of layer 1, on average."""
    rng = np.random.default_rng(n)
    factors = []
    for _ in range(6000 // n):
        W1, W2 = sigma * rng.standard_normal((2, n, n))
        start = {"W1": W1, "W2": W2, "b1": np.zeros((n, 1)), "b2": np.zeros((n, 1))}
        variances = activation_variances(rng.standard_normal((n, 50)), start)
        factors.append(variances[1] / variances[0])
    return np.mean(factors)

# %% [markdown]
# ### Predict, then run: nine layers
#
# Three sizes of weights, three widths. First, on paper:
#
# 1. In the picture, weights of 0.2 multiplied the signal by $10^{18}$ in 30 layers. By how much in
#    one layer? And weights of 0.05?
# 2. Now you have the row $n = 200$ of the table. What does twice the size of the weights do to the
#    factor?
# 3. Guess the rows $n = 50$ and $n = 800$.
#
# <details><summary>Answers to 1 and 2</summary>
#
# $10^{18/30} \approx 4$, and $10^{-18/30} \approx \frac14$. So the row reads ¼, 1, 4. Twice the
# size: four times the factor. It goes with the *square* of $\sigma$.
# </details>

# %% tags=["demo"]
if ready("activation_variances"):
    print("units n   size 0.05   size 0.1   size 0.2")
    for n in (50, 200, 800):
        row = [measured_factor(n, sigma) for sigma in (0.05, 0.1, 0.2)]
        print(f"{n:7}{row[0]:12.2f}{row[1]:11.2f}{row[2]:11.2f}")

# %% [markdown]
# **Your guess.** Write the factor as a formula with $n$, $\sigma$ and one unknown number $c$. Then
# read $c$ off the table. (The last digits are luck: a draw is a draw.)
#
# <details><summary>The form, without the number</summary>
#
# Four times as many units: four times the factor. Twice the size: four times the factor. So it is
# $c \cdot n \cdot \sigma^2$. Test your $c$ with the four throws: $n = 2$ and $\sigma = \frac12$
# must give one quarter.
# </details>
#
# **Now prove it**, in three steps. Think before you unfold.
#
# 1. *The sum.* In the four throws, the mean of $z^2$ is $(4 + 1 + 1 + 4)/4 = 2.5$. How do you get
#    2.5 from $\sigma^2$ and the inputs 3 and 1, and why?
#
# <details><summary>Answer 1</summary>
#
# $z^2 = w_1^2x_1^2 + w_2^2x_2^2 + 2w_1w_2x_1x_2$. In the last term $w_1w_2$ is as often positive as
# negative: its mean is 0. What stays is $\sigma^2(x_1^2 + x_2^2) = \frac14 \cdot 10$. With $n$
# inputs it is $\sigma^2(x_1^2 + \dots + x_n^2) = n\,\sigma^2 \cdot \overline{x^2}$, where
# $\overline{x^2}$ is the strength of the input.
# </details>
#
# 2. *ReLU.* Which share of the mean of $z^2$ is left after ReLU, and why exactly that?
#
# <details><summary>Answer 2</summary>
#
# To each $z$ belongs a $-z$ that is as likely: turn all weights around. ReLU keeps one of the two.
# So exactly one half is left.
# </details>
#
# 3. *Together.* Which $c$ is that? Is it the one that you measured? Then write the function.

# %% [markdown]
# ### layer_factor · 5 points · 8 minutes · difficulty 3 · importance 5
#
# <details><summary>Hint: the question</summary>
#
# At $n = 200$ and $\sigma = 0.1$ the factor is 1. How large is $n\sigma^2$ there?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Three numbers are multiplied: what adding $n$ terms does, what the size of the weights does, what
# ReLU leaves over.
# </details>
# <details><summary>If you see <em>0.5 for 0.25</em></summary>
#
# Two faults look like this: ReLU's part is missing, or the size was not squared. Which other lines
# differ?
# </details>

# %% nbgrader={"solution": true, "grade_id": "layer_factor"}
def layer_factor(n_prev, sigma):
    """By which factor one ReLU layer multiplies the mean square of its signal, on average.

    The average is over draws of the weights: independent, symmetric around 0. Biases are zero.

    Args:
        n_prev: how many inputs each unit of the layer has, a whole number.
        sigma: the standard deviation of the weights.

    Returns:
        A number: the mean square of what comes out, divided by the mean square of what goes in.
    """
    ### BEGIN SOLUTION
    return n_prev * sigma**2 / 2
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "layer_factor-check"} tags=["check"]
with checking("layer_factor"):
    check("the four throws", layer_factor(2, 0.5), 0.25)
    check("the level line of the picture", layer_factor(200, 0.1), 1)
    check("300 inputs, weights of 0.02", layer_factor(300, 0.02), 0.06)
    check("one input, weights of 3", layer_factor(1, 3), 4.5)

# %% nbgrader={"grade": true, "grade_id": "layer_factor-test", "points": 5}
verdict("layer_factor")
### BEGIN HIDDEN TESTS
@hidden_cases("layer_factor", cases=5, returns="factor")
def _(case):
    n_prev = int(case.rng.integers(3, 900))
    case.call(layer_factor, n_prev, float(case.rng.uniform(0.02, 1.5)))
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: does it hold?
#
# Six layers that nobody chose. How far off will your formula be: 30 %, 5 %, or not at all?
#
# <details><summary>Answer</summary>
#
# A few per cent, up and down. The formula is exact *on average*. A mean over some draws wanders
# around it.
# </details>

# %% tags=["demo"]
if ready("activation_variances", "layer_factor"):
    rng = np.random.default_rng(7)
    print("inputs n    sigma   measured   your formula")
    for n, sigma in zip(rng.integers(20, 600, 6), rng.uniform(0.02, 0.4, 6)):
        print(f"{n:8}{sigma:9.3f}{measured_factor(n, sigma):11.3f}{layer_factor(n, sigma):15.3f}")

# %% [markdown]
# *A fine point.* You derived a factor for the mean square and measured one for the variance. But
# after ReLU the variance is always about the same share of the mean square, $1 - 1/\pi = 0.68$.
# What multiplies one multiplies the other.
#
# ### Play: find the level line
#
# Let the size of the weights be $s/\sqrt n$, and move $s$. **Predict** first: at which $s$ is the
# line level, for every width and every depth?
#
# <details><summary>Answer</summary>
#
# `layer_factor` gives $n \cdot \frac{s^2}{n} \cdot \frac12 = \frac{s^2}2$. The width is gone. It is
# 1 at $s = \sqrt2 \approx 1.41$. With 50 layers 1.35 and 1.5 are already far off.
# </details>

# %% tags=["demo"]
if ready("initialize_parameters_random", "activation_variances", "layer_factor"):
    def draw(s, width, depth):
        sigma = s / np.sqrt(width)
        large = initialize_parameters_random([width] * (depth + 1))
        start = {name: sigma / 10 * value for name, value in large.items()}
        X = np.random.default_rng(0).standard_normal((width, 50))
        measured = activation_variances(X, start)
        formula = measured[0] * layer_factor(width, sigma) ** np.arange(depth)
        figure = plots.draw_lines(
            {"measured": measured, "your formula": formula}, "layer", "variance of the activations",
            log="y", first=1, colours=(plots.BLACK, plots.GREY))
        figure.axes[0].set(ylim=(1e-16, 1e16), title=f"s = {s:.2f}, {width} units, {depth} layers")
        ends = f"{measured[-1]:.0e}, by your formula {formula[-1]:.0e}"
        return figure, f"A line over {depth} layers. The variance ends at {ends}, for s = {s:.2f}."

    play.slider(draw, s=(1.0, 2.0, 1.0), width=(20, 400, 200), depth=(2, 50, 30))

# %% [markdown]
# Now try layers of 20 units. The measured line leaves the formula, mostly downwards: one draw of
# few weights is not the average. You meet that again in the open task.

# %% [markdown]
# ## Part 4: the right start
#
# Which $\sigma$ makes the factor of a layer exactly 1? Solve `layer_factor` for $\sigma$ on paper.
# Test it at $n = 200$: you know the answer from the picture.
#
# <details><summary>What you should have found</summary>
#
# $\frac12 n \sigma^2 = 1$ gives $\sigma = \sqrt{2/n}$, and $\sqrt{2/200} = 0.1$. The $n$ makes up
# for adding $n$ terms. The 2 makes up for the half that ReLU throws away. This is **He's rule**,
# published in 2015 by K. He and colleagues. You have just found it yourself.
# </details>
#
# ### initialize_parameters_he · 10 points · 8 minutes · difficulty 2 · importance 5
#
# Give each layer the size that fits *its* inputs.
#
# **Must it be normal?** Your proof used only that weights are independent, and as likely negative
# as positive. So even draws of the same standard deviation pass here, too. (For the large start the
# normal distribution is the contract.)
#
# <details><summary>Hint: the question</summary>
#
# Which entry of the list counts the inputs of layer $l$? Is it the same in every turn of the loop?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Where the large start had 10 for every layer, each layer now has its own $\sigma$: your formula,
# with the number of *columns* of `Wl` for $n$.
# </details>
# <details><summary>If you see <em>standard deviations: 0 for 0.2</em></summary>
#
# `//` divides whole numbers, and 2 // 50 is 0. One stroke divides.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_he"}
def initialize_parameters_he(layers_dims):
    """Start with He's rule: random weights whose spread fits the number of inputs, and zero biases.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first.
            It must come back unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL":
        Wl of shape (n_l, n_{l-1}), independent draws with mean 0 and the standard deviation for
        which layer_factor(n_{l-1}, sigma) is 1 (He et al., 2015, section 2.2);
        bl of shape (n_l, 1), all zero.
    """
    ### BEGIN SOLUTION
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_he-check"} tags=["check"]
check_sizes = [50, 200, 32, 72]
with checking("initialize_parameters_he", layers_dims=check_sizes):
    drawn = initialize_parameters_he(check_sizes)
    shapes = {"W1": (200, 50), "W2": (32, 200), "W3": (72, 32)}
    shapes |= {"b1": (200, 1), "b2": (32, 1), "b3": (72, 1)}
    check("shape", {name: np.shape(array) for name, array in drawn.items()}, shapes)
    check("largest bias", max(np.abs(drawn[name]).max() for name in ("b1", "b2", "b3")), 0)
    W = [np.ravel(drawn[name]) for name in ("W1", "W2", "W3")]
    check("means of W1, W2, W3", [w.mean() for w in W], [0, 0, 0], atol=0.03)
    check("standard deviations", [w.std() for w in W], [0.2, 0.1, 0.25], rtol=0.08)
    units = [w / size for w, size in zip(W, (0.2, 0.1, 0.25))]
    again = [np.mean(np.isclose(unit, units[0][: len(unit)])) for unit in units[1:]]
    check("share of W2, W3 that repeats W1, stretched", again, [0, 0], atol=0.02)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-test", "points": 10}
verdict("initialize_parameters_he")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters_he", cases=6, returns="parameters")
def _(case):
    layers_dims = [int(n) for n in case.rng.permutation(np.arange(2, 9))[: case.index + 2]]
    if case.index == 3:
        layers_dims[1] = layers_dims[-1] = 1
    if case.index == 5:
        layers_dims = [50, int(case.rng.integers(150, 160)), 3, 1]
    case.call(initialize_parameters_he, layers_dims)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 5: the race
#
# Now train. The network is given: ReLU in every layer but the last, which ends in a sigmoid. The
# cost is computed from $Z$, not from $A$: with large weights $A$ rounds to exactly 1, and the
# logarithm of $1 - A$ would make the cost infinite.
#
# The data are two noisy rings: 200 points to train on, 100 *dev* points for choices, such as which
# start to take, and 100 test points, locked away until the end.

# %% nbgrader={"locked": true, "grade_id": "network"}
def forward_propagation(X, parameters):
    """X of shape (n_0, m) -> the list of A_0, ..., A_{L-1}, and Z_L of shape (n_L, m)."""
    L = len(parameters) // 2
    activations = [X]
    for l in range(1, L):
        activations.append(relu(parameters[f"W{l}"] @ activations[-1] + parameters[f"b{l}"]))
    return activations, parameters[f"W{L}"] @ activations[-1] + parameters[f"b{L}"]


def compute_cost(Z, Y):
    """The mean cross-entropy in nats: -log(A) where Y is 1, -log(1 - A) where Y is 0."""
    return np.mean(np.logaddexp(0, Z) - Y * Z)


def backward_propagation(X, Y, parameters):
    """The gradients {"W1": ..., "b1": ..., ...}, each with the shape of its parameter; the cost."""
    activations, Z = forward_propagation(X, parameters)
    dZ = (0.5 * (1 + np.tanh(Z / 2)) - Y) / X.shape[1]  # the sigmoid, without overflow, less Y
    gradients, L = {}, len(activations)
    for l in range(L, 0, -1):
        if l < L:
            dZ = (parameters[f"W{l + 1}"].T @ dZ) * (activations[l] > 0)
        gradients[f"W{l}"] = dZ @ activations[l - 1].T
        gradients[f"b{l}"] = dZ.sum(axis=1, keepdims=True)
    return gradients, compute_cost(Z, Y)


def train(parameters, X, Y, learning_rate=0.01, num_iterations=15000):
    """Gradient descent. Returns the trained parameters and the cost before every step."""
    parameters, costs = dict(parameters), []
    for _ in range(num_iterations):
        gradients, cost = backward_propagation(X, Y, parameters)
        costs.append(cost)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * gradients[name]
    return parameters, costs


def model(X, Y, learning_rate=0.01, num_iterations=15000, initialization="he"):
    """Train [n_0, 10, 5, 1], started by "zeros", "random" or "he". Returns what train returns."""
    starts = {
        "zeros": initialize_parameters_zeros,
        "random": initialize_parameters_random,
        "he": initialize_parameters_he,
    }
    start = starts[initialization]([X.shape[0], 10, 5, 1])
    return train(start, X, Y, learning_rate, num_iterations)


def predict(X, parameters):
    """0 or 1 for each column of X, shape (1, m)."""
    return (forward_propagation(X, parameters)[1] > 0).astype(int)


rings_X, rings_Y, test_X, test_Y = data.load_planar("circles")
train_X, train_Y = rings_X[:, :200], rings_Y[:, :200]
dev_X, dev_Y = rings_X[:, 200:], rings_Y[:, 200:]

# %% [markdown]
# ### Predict, then run: zeros and twins
#
# Start with all weights 0. Then with all weights ½. After 5000 steps,
#
# 1. what has the cost of the zeros done: fallen slowly, stood still, or risen?
# 2. how many of the ten units of layer 1 differ, with the start at ½: ten, five, or none?
#
# <details><summary>Answers</summary>
#
# 1. It stood still, at 0.69. That is $\ln 2$, the cost of answering "one half" to every point.
# 2. None. The ten are one unit, ten times.
# </details>

# %% tags=["demo"]
if ready("initialize_parameters_zeros", "initialize_parameters_random"):
    zeros = initialize_parameters_zeros([2, 10, 5, 1])
    halves = {name: value + 0.5 if name[0] == "W" else value for name, value in zeros.items()}
    large = initialize_parameters_random([2, 10, 5, 1])
    small = {name: value / 10 for name, value in large.items()}
    for label, start in {"zeros": zeros, "all ½": halves, "random, size 1": small}.items():
        gradients, first = backward_propagation(train_X, train_Y, start)
        steepest = max(np.abs(gradient).max() for gradient in gradients.values())
        end, costs = train(start, train_X, train_Y, num_iterations=5000)
        units = len(np.unique(np.round(end["W1"], 6), axis=0))
        print(f"{label:15} largest gradient {steepest:.3f}   cost {first:.2f} -> {costs[-1]:.2f}"
              f"   kinds of units in layer 1: {units:2}")

# %% [markdown]
# **Twins.** "Break the symmetry" is the usual reason for random weights. You see it at ½. Equal
# units compute the same, get the same gradient, take the same step. They stay equal for ever: ten
# of them are worth one. Random weights end this. Biases may stay at zero, for the units differ
# already.
#
# **Zeros are worse.** Every gradient is *exactly* 0. The hidden units put out $\max(0, 0) = 0$, and
# the gradient of the last weights is multiplied by that. The last weights are 0, so nothing flows
# back past them. Only the last bias could move. Here both classes are equally frequent, and it
# stays, too.
#
# ### Predict, then run: the race
#
# Zeros, large random, He: 15 000 steps each. First, for the large start:
#
# 1. Is its first cost about 0.7, about 20, or above 1000?
# 2. In how many of the first 1000 steps does its cost go *up*: hardly any, one in ten, about half?
#
# <details><summary>Answers</summary>
#
# 1. Far above 1000. With weights around 10 in three layers, $z$ lies in the thousands. The network
#    is not just wrong, it is *sure* and wrong.
# 2. About half: the wide pink band in the figure.
# </details>

# %% tags=["demo"]
if ready("initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"):
    race = {n: model(train_X, train_Y, initialization=n) for n in ("zeros", "random", "he")}
    trained = {name: parameters for name, (parameters, _) in race.items()}
    race_costs = {name: costs for name, (_, costs) in race.items()}
    for name, costs in race_costs.items():
        right = np.mean(predict(dev_X, trained[name]) == dev_Y)
        print(f"{name:8} cost {costs[0]:8.2f} -> {costs[-1]:.2f}   dev points right {right:.0%}")
    plots.lines(race_costs, "steps", "cost (nats)", log="xy", first=1,
                colours=(plots.GREEN, plots.PURPLE, plots.BLACK), alt="Cost against steps. Zeros: "
                "level at 0.69. Random: from above 1000 through wild jumps to below 1. "
                "He: near 0.7 at first, then down to below 0.1.")
    plots.boundaries(trained, predict, dev_X, dev_Y, alt="Three networks and the dev points. "
                     "Zeros calls none of them class 1. Random has an angular region for class 1, "
                     "open on one side. He has a closed one that follows the inner ring.")

# %% [markdown]
# He starts at 0.92, near $\ln 2$: who knows nothing yet should not be sure of anything. Then it
# learns, and gets 96 % of the dev points right. These are single draws. In three draws, He ended
# between 94 % and 97 %, the large start between 57 % and 80 %.
#
# In *three* layers the exact size hardly matters: weights of size 1 everywhere do as well as He. In
# thirty layers of ten units they would multiply the signal by 5, thirty times.

# %% [markdown]
# ### Further: why are large weights slow?
#
# "The gradient vanishes" is what notes often say. Run this, and see whether it does.

# %% tags=["demo", "further"]
if ready("initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"):
    size = np.linalg.norm
    starts = {"random": initialize_parameters_random, "he": initialize_parameters_he}
    for name in starts:
        first, last = starts[name]([2, 10, 5, 1]), trained[name]
        steep = size(backward_propagation(train_X, train_Y, first)[0]["W1"])
        up = round(np.mean(np.diff(race_costs[name][:1001]) > 0), 1)
        moved = [size(last[W] - first[W]) / size(first[W]) for W in ("W1", "W2", "W3")]
        print(f"{name:7} first gradient of W1: {steep:.2g}; cost rose in {up:.0%} of 1000 steps;")
        print("        W1, W2, W3 moved by {:.1f}, {:.1f}, {:.1f} of their size".format(*moved))

# %% [markdown]
# It does not vanish: it is over 500 times as large as He's. At the output it is at most $1/m$ for
# each point. On the way back it is *multiplied* by weights around 10.
#
# Two other things hold the network up. The ground is too steep for the step: it leaps across the
# valley. And the weights are too large for the step: they change by a third of their size at most,
# so what the dice gave stays.

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **The seed inside the loop.** *Symptom*: none that you would notice. The network trains. But
#   `W1` and `W2` begin with the same draws. Compare their first entries.
# * **`rand` for `randn`.** All weights are positive, so the terms of a sum no longer cancel.
#   *Symptom*: the signal grows about 250-fold in each layer of 500 units. Print the mean of `W1`.
# * **The wrong $n$.** The units of the layer in the place of its inputs. *Symptom*: perfect in
#   every test whose layers have one size. In a network that narrows, the signal grows.

# %% [markdown]
# ## Open task: thirty layers
#
# He's rule is not the end. Take 30 layers, 29 of them with only 10 units, and 300 steps. *Learned*
# means: at least 90 % of the dev points right. We try ten draws.
#
# * He's rule learns in **0 of 10**.
# * Our best start learns in **10 of 10**. Reach that.
# * With 200 steps, ours learns in **8 of 10**. Beat that.
#
# Only the start is yours. It may look at `train_X`, but at no labels, and not at the test points.
# Write it here. As it stands, it deals He's weights anew for each draw.

# %%
def my_start(layers_dims, rng):
    """Your start for the open task. Draw with rng, so that each draw is another one."""
    parameters = initialize_parameters_he(layers_dims)
    return {name: rng.permuted(value) for name, value in parameters.items()}

# %% tags=["demo"]
if ready("initialize_parameters_he"):
    learned = []
    for seed in range(10):
        start = my_start([2] + [10] * 29 + [1], np.random.default_rng(seed))
        with np.errstate(all="ignore"):  # a start may explode: its draw then counts as not learned
            end, _ = train(start, train_X, train_Y, learning_rate=0.01, num_iterations=300)
        learned.append(np.mean(predict(dev_X, end) == dev_Y) >= 0.9)
    print(f"{sum(learned)} of {len(learned)} draws learned")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# He's rule keeps the *strength* of the signal. Does it keep the *differences* between the points?
# Send two points through 29 layers. Compare what comes out: in strength, and in direction.
# </details>
# <details><summary>Hint: where to look</summary>
#
# The layers in the middle are square. Which square matrix loses nothing at all? And what does ReLU
# do to a signal that is positive already?
# </details>

# %% [markdown]
# ## At the end, once: the test set
#
# You chose the start with the dev points: He, 96 %. **Predict** what the test points say: more, the
# same, less?
#
# <details><summary>Answer</summary>
#
# With these draws a little less, 93 %. Of 100 points, two or three more or fewer are luck. Who
# chooses on the test set chooses the luck.
# </details>

# %% tags=["demo"]
if ready("initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"):
    print(f"He: {np.mean(predict(test_X, trained['he']) == test_Y):.0%} of the test points right")

# %% [markdown]
# ## Recap
#
# 1. Equal units stay equal. With ReLU and all weights at zero, nothing moves at all.
# 2. A layer multiplies the strength of its signal by $\frac12 n\sigma^2$, and depth takes that to a
#    power.
# 3. $\sigma = \sqrt{2/n}$ makes the factor 1: $n$ for the terms of the sum, 2 for ReLU's lost half.
# 4. $n$ counts what a unit *reads*. Biases start at zero.
# 5. One variance for each layer shows a bad start before any training.
#
# **A question.** A leaky ReLU lets negative values through, multiplied by 0.1. Which share of the
# strength does it keep? What takes the place of the 2?
#
# <details><summary>Answer</summary>
#
# The positive half stays, and of the other half $0.1^2 = 0.01$. Together
# $\frac12(1 + 0.01) = 0.505$. So $\sigma^2 = 1/(0.505\,n)$: in the place of the 2 stands 1.98.
# </details>
#
# **Read on.** He, Zhang, Ren and Sun, [Delving Deep into
# Rectifiers](https://arxiv.org/abs/1502.01852), 2015, section 2.2: your proof, and the same for the
# way back. Glorot and Bengio, [Understanding the
# difficulty](https://proceedings.mlr.press/v9/glorot10a.html), 2010, section 4.2: the same idea for
# tanh, which halves nothing. So the 2 is missing there.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
