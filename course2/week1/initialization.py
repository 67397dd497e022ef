# %% [markdown]
# # Initialization
#
# Before the first step of training, every weight needs a value. It looks like a detail. It is not: the same
# network, on the same data, with the same learning rate, ends at 50 %, 79 % or 96 % right, and only its first
# weights differ.
#
# In this lesson you write three ways to start, let them race, and then build the small instrument that tells them
# apart before any training: the variance of the activations, layer by layer.
#
# **You will be able to**
#
# * start a network of any depth with zeros, with large random weights, and with He's rule;
# * say exactly what goes wrong with zeros, and why "break the symmetry" is only half of the story;
# * say where the 2 in $\sqrt{2/n}$ comes from;
# * measure whether a deep network keeps its signal alive.
#
# **Time** about 60 minutes. **Difficulty** 2 of 5. **Builds on** a network with a few layers, forward and backward
# (course 1, week 4).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course2-week1/initialization")

# %% [markdown]
# ## One picture
#
# A layer makes its signal a little louder or a little quieter. The next layer does it again. A factor of 2 is
# nothing in one layer. After ten layers it is a factor of 1024.

# %% tags=["demo", "picture"]
picture_layers = np.arange(11)
picture_figure, picture_axes = plt.subplots(figsize=(7, 4))
for picture_factor, picture_style, picture_colour in [
    (2.0, "^--", plots.RED),
    (1.0, "o-", plots.BLUE),
    (0.5, "s-.", plots.GREEN),
]:
    picture_axes.semilogy(
        picture_layers,
        picture_factor**picture_layers,
        picture_style,
        color=picture_colour,
        linewidth=2,
        label=f"each layer multiplies by {picture_factor:g}",
    )
picture_axes.set(xlabel="layer (number)", ylabel="strength of the signal (input = 1)")
picture_axes.set_xticks(picture_layers)
picture_axes.legend(loc="upper left")
plots.show(
    picture_figure,
    alt="Three straight lines over ten layers, on a logarithmic axis. Where each layer multiplies by 2, the signal "
    "ends at 1024. Where it multiplies by 1, it stays at 1. Where it multiplies by one half, it ends at 0.001.",
)

# %% [markdown]
# Only one factor survives depth: 1. He's rule is the choice of the weights' spread that makes it 1 in a ReLU
# network.
#
# ## The idea
#
# `layers_dims` lists the number of units in each layer, the input first: `[2, 10, 5, 1]` has two inputs, two hidden
# layers and one output, so $L = 3$ layers with weights. We write $n_l$ for entry $l$ of the list, $n_0$ for the
# input.
#
# | name | shape | meaning |
# |---|---|---|
# | `W1` | $(n_1, n_0)$ | one **row** for each unit of layer 1, one column for each input |
# | `b1` | $(n_1, 1)$ | one bias for each unit of layer 1 |
# | `Wl` | $(n_l, n_{l-1})$ | layer $l$ reads the $n_{l-1}$ outputs of the layer before it |
# | `bl` | $(n_l, 1)$ | |
#
# The three starts:
#
# | | `Wl` | `bl` |
# |---|---|---|
# | zeros | every entry 0 | 0 |
# | large random | normal draws, mean 0, standard deviation 10 | 0 |
# | He | normal draws, mean 0, standard deviation $\sqrt{2/n_{l-1}}$ | 0 |
#
# **Why $2/n$.** One unit computes $z = w_1x_1 + \dots + w_nx_n$. Let the weights be independent, symmetric around
# 0, with variance $\sigma^2$. Then the terms do not disturb one another, and their variances add:
#
# $$\operatorname{Var}(z) = \sigma^2\,(x_1^2 + \dots + x_n^2) = n\,\sigma^2 \cdot \overline{x^2}$$
#
# where $\overline{x^2}$ is the mean square of what comes in. Then ReLU cuts off the negative half. $z$ falls on
# each side of zero equally often, so on average half of the mean square is left:
# $\overline{a^2} = \tfrac12\operatorname{Var}(z)$. Together, one layer multiplies the mean square of its signal by
#
# $$\tfrac12\, n\,\sigma^2,$$
#
# and this is 1 when $\sigma^2 = 2/n$. The $n$ makes up for adding $n$ terms. The 2 makes up for the half that ReLU
# throws away.
#
# **By hand.** A unit has $n = 8$ inputs, $x = (2, 1, 1, 1, 1, 0, 0, 0)$.
#
# * The squares add up to $4 + 4 = 8$, so the mean square of the input is 1.
# * He's standard deviation is $\sqrt{2/8} = 0.5$, so $\sigma^2 = 0.25$.
# * $\operatorname{Var}(z) = 0.25 \cdot 8 = 2$. ReLU keeps half of it: 1. What went in comes out.
# * With $\sigma^2 = 1/8$ only one half would come out. With $\sigma = 10$ it would be 400.
#
# ## Part 1: three ways to start
#
# ### Exercise: initialize_parameters_zeros
#
# The simplest start, and a lesson in shapes. Make a dictionary with `"W1"`, `"b1"`, `"W2"`, `"b2"` and so on, for a
# list of any length.
#
# <details><summary>Hint</summary>
#
# The list has one entry more than the network has layers: the input has no weights. So layer 1 is made from entries
# 1 and 0 of the list.
# </details>
# <details><summary>Fuller hint</summary>
#
# Loop with `for l in range(1, len(layers_dims))`. The key is `"W" + str(l)`. `np.zeros` takes *one* argument, the
# shape as a tuple: `np.zeros((rows, columns))`. Rows: units of this layer. Columns: units of the layer before. The
# bias has one column.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_zeros"}
def initialize_parameters_zeros(layers_dims):
    """Start every weight and every bias at zero.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first. It must come back unchanged.

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
with checking("initialize_parameters_zeros"):
    zeros_seen = initialize_parameters_zeros([3, 2, 4])
    check("number of entries in the dictionary", len(zeros_seen), 4)
    check("W1", zeros_seen["W1"], np.zeros((2, 3)))
    check("b1", zeros_seen["b1"], np.zeros((2, 1)))
    check("W2", zeros_seen["W2"], np.zeros((4, 2)))

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
# ### Exercise: initialize_parameters_random
#
# Now draw the weights at random, and make them large: standard normal draws times 10. The biases stay at zero.
#
# <details><summary>Hint</summary>
#
# `np.random.randn(rows, columns)` draws from the normal distribution with mean 0 and standard deviation 1. Unlike
# `np.zeros` it takes two arguments, not a tuple. What does a factor of 10 do to the standard deviation?
# </details>
# <details><summary>Fuller hint</summary>
#
# The loop is the one you wrote above; only the line for `W` changes: ten times a draw with the same shape as
# before. If you set a seed, set it *once*, before the loop: inside the loop every layer would draw the same numbers
# again.
# </details>
#
# **About the seed.** The public course writes `np.random.seed(3)` before the loop, so that everybody sees the same
# numbers, and so does this notebook's text. It is not required: draw with another seed, with
# `np.random.default_rng()`, or with none, and the grader looks at what a right draw must have: mean, spread, no two
# entries tied together. (Outside a lesson prefer `rng = np.random.default_rng(3)`: `np.random.seed` also resets the
# random numbers of every other function in the program.)

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_random"}
def initialize_parameters_random(layers_dims):
    """Start with large random weights and zero biases.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first. It must come back unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL":
        Wl of shape (n_l, n_{l-1}), independent draws from the normal distribution with mean 0 and standard
        deviation 10; bl of shape (n_l, 1), all zero.
    """
    ### BEGIN SOLUTION
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% [markdown]
# The check draws a larger network and measures it. If you set the seed to 3 before the loop, you will also find
# that `initialize_parameters_random([3, 2, 1])["W1"]` begins with 17.886, 4.365, 0.965.

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_random-check"} tags=["check"]
with checking("initialize_parameters_random"):
    random_seen = initialize_parameters_random([120, 90, 7, 2])
    check("shape of W1", random_seen["W1"].shape, (90, 120))
    check("shape of W3", random_seen["W3"].shape, (2, 7))
    check("mean of W1, about", np.mean(random_seen["W1"]), 0, atol=0.6)
    check("standard deviation of W1, about", np.std(random_seen["W1"]), 10, rtol=0.05)
    check("b2", random_seen["b2"], np.zeros((7, 1)))
    same_places = np.sum(random_seen["W1"].ravel()[:630] == random_seen["W2"].ravel())
    check("places where W1 and W2 begin with the same number", same_places, 0)

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
# ### Exercise: initialize_parameters_he
#
# The last start: the same draws, with a spread that fits each layer (He, Zhang, Ren and Sun, 2015).
#
# <details><summary>Hint</summary>
#
# A standard normal draw has standard deviation 1. Multiply it by the one you want. It is a *standard deviation*, so
# it has a root, and $n$ counts the **inputs** of the layer, not its units.
# </details>
# <details><summary>Fuller hint</summary>
#
# Only the factor 10 changes: it becomes `np.sqrt(2 / ...)`, with the size of the layer before, the same entry of
# `layers_dims` that gives `W` its columns. It is another number for every layer, so it belongs inside the loop.
# Write `/`, not `//`.
# </details>
#
# **Must it be normal?** He and his colleagues drew from the normal distribution. The argument above used less:
# independent weights, symmetric around zero, with variance $2/n_{l-1}$. Frameworks also offer even draws between
# $-\sqrt{6/n_{l-1}}$ and $\sqrt{6/n_{l-1}}$, which have exactly that variance. The grader accepts both here. In
# `initialize_parameters_random`, where the normal distribution is the contract, it accepts only normal draws.

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters_he"}
def initialize_parameters_he(layers_dims):
    """Start with He's rule: random weights whose spread fits the number of inputs, and zero biases.

    Args:
        layers_dims: list of the layers' sizes [n_0, n_1, ..., n_L], the input first. It must come back unchanged.

    Returns:
        A dictionary with the keys "W1", "b1", ..., "WL", "bL":
        Wl of shape (n_l, n_{l-1}), independent draws with mean 0 and standard deviation sqrt(2 / n_{l-1})
        (He et al., 2015, section 2.2); bl of shape (n_l, 1), all zero.
    """
    ### BEGIN SOLUTION
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION

# %% [markdown]
# With the seed 3 before the loop, `initialize_parameters_he([2, 4, 1])["W1"]` begins with 1.789, 0.437.

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters_he-check"} tags=["check"]
with checking("initialize_parameters_he"):
    he_seen = initialize_parameters_he([50, 200, 8, 2])
    check("shape of W2", he_seen["W2"].shape, (8, 200))
    check("mean of W1, about", np.mean(he_seen["W1"]), 0, atol=0.012)
    check("standard deviation of W1, about", np.std(he_seen["W1"]), 0.2, rtol=0.05)
    check("standard deviation of W2, about", np.std(he_seen["W2"]), 0.1, rtol=0.1)
    check("b3", he_seen["b3"], np.zeros((2, 1)))

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
# ## Part 2: let them race
#
# Here is a network with two hidden layers, `[2, 10, 5, 1]`: ReLU, ReLU, sigmoid. It is given, so you can look at
# the start alone.
#
# Two details of it are worth a look. `sigmoid` is written with tanh, so that it never overflows. And `compute_cost`
# takes `Z3`, not `A3`. With weights this large `A3` rounds to exactly 0 or 1 for some points, the logarithm of 0 is
# taken, and the first cost is printed as `inf`. Computed from `Z3` it stays what it is: large, and finite.

# %% nbgrader={"locked": true, "grade_id": "network"}
def relu(Z):
    """max(0, z), entry by entry."""
    return np.maximum(0, Z)


def sigmoid(Z):
    """1 / (1 + exp(-z)), entry by entry, without overflow."""
    return 0.5 * (1 + np.tanh(Z / 2))


def forward_propagation(X, parameters):
    """X of shape (n_0, m) -> A3 of shape (1, m), and the cache (Z1, A1, Z2, A2, Z3)."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = relu(Z2)
    Z3 = parameters["W3"] @ A2 + parameters["b3"]
    return sigmoid(Z3), (Z1, A1, Z2, A2, Z3)


def compute_cost(Z3, Y):
    """The mean cross-entropy in nats: -log(A3) where Y is 1, -log(1 - A3) where Y is 0, with A3 = sigmoid(Z3)."""
    return np.mean(np.logaddexp(0, Z3) - Y * Z3)


def backward_propagation(X, Y, A3, cache, parameters):
    """The gradients {"dW1": ..., "db1": ..., ...}, each with the shape of its parameter."""
    Z1, A1, Z2, A2, Z3 = cache
    dZ3 = (A3 - Y) / X.shape[1]
    dZ2 = (parameters["W3"].T @ dZ3) * (Z2 > 0)
    dZ1 = (parameters["W2"].T @ dZ2) * (Z1 > 0)
    gradients = {}
    for l, dZ, A_prev in ((1, dZ1, X), (2, dZ2, A1), (3, dZ3, A2)):
        gradients[f"dW{l}"] = dZ @ A_prev.T
        gradients[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
    return gradients


def train(parameters, X, Y, learning_rate=0.01, num_iterations=15000):
    """Gradient descent from the given parameters. Returns the trained parameters and the cost of every iteration."""
    parameters = dict(parameters)
    costs = []
    for _ in range(num_iterations):
        A3, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(cache[-1], Y))
        gradients = backward_propagation(X, Y, A3, cache, parameters)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return parameters, costs


def model(X, Y, learning_rate=0.01, num_iterations=15000, initialization="he"):
    """Train the network [n_0, 10, 5, 1], started by "zeros", "random" or "he". Returns what train returns."""
    start = {"zeros": initialize_parameters_zeros, "random": initialize_parameters_random, "he": initialize_parameters_he}
    return train(start[initialization]([X.shape[0], 10, 5, 1]), X, Y, learning_rate, num_iterations)


def predict(X, parameters):
    """0 or 1 for each column of X, shape (1, m)."""
    return (forward_propagation(X, parameters)[0] > 0.5).astype(int)

# %% [markdown]
# The data: two noisy rings, 300 points to train on and 100 to test on, half of them in each class. No straight line
# parts them. Each training takes a second or two.
#
# The numbers in the text below belong to draws with the course's seed. With your own draw yours will differ a
# little for He, and quite a bit for the large random start.

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    train_X, train_Y, test_X, test_Y = data.load_planar("circles")
    starts = {"zeros": "zeros", "random": "large random", "he": "He"}
    race = {start: model(train_X, train_Y, initialization=start) for start in starts}
    trained = {start: parameters for start, (parameters, costs) in race.items()}
    race_costs = {start: costs for start, (parameters, costs) in race.items()}
    race_table = [f"{'start':14}{'first cost':>12}{'last cost':>12}{'training':>10}{'test':>8}"]
    for start, start_label in starts.items():
        on_train = np.mean(predict(train_X, trained[start]) == train_Y)
        on_test = np.mean(predict(test_X, trained[start]) == test_Y)
        first, last = (
            f"{cost:.0f}" if cost > 10 else f"{cost:.2f}"
            for cost in (race_costs[start][0], race_costs[start][-1])
        )
        race_table.append(
            f"{start_label:14}{first:>12}{last:>12}{on_train:>10.0%}{on_test:>8.0%}"
        )
    print("\n".join(race_table))

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    race_figure, race_axes = plt.subplots(figsize=(7.5, 4.2))
    race_looks = {
        "zeros": (plots.GREEN, "-.", "s"),
        "random": (plots.RED, "-", "^"),
        "he": (plots.BLUE, "--", "o"),
    }
    race_iterations = np.arange(1, 15001)
    for start, (colour, line, marker) in race_looks.items():
        race_axes.loglog(
            race_iterations,
            race_costs[start],
            line,
            color=colour,
            linewidth=0.8 if start == "random" else 2,
            marker=marker,
            markersize=7,
            markevery=[0, 9, 999, 14999],
            label=starts[start],
        )
    race_axes.set(xlabel="iterations", ylabel="cost (nats)")
    race_axes.legend(loc="upper right")
    plots.show(
        race_figure,
        alt="Cost against iterations, both axes logarithmic. Zeros: a level line at 0.69. Large random: starts near 1900, jumps up and down "
        "between 1 and 100 until about iteration 1000, and ends near 0.4. He: starts near 0.9, stays near 0.7 for a thousand iterations, then falls to 0.06.",
    )

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    boundary_figure, boundary_axes = plt.subplots(1, 3, figsize=(11, 3.7), sharey=True)
    for axes, (start, start_label) in zip(boundary_axes, starts.items()):
        plots.decision_boundary(
            axes, lambda points: predict(points, trained[start]), train_X, train_Y
        )
        axes.set_title(start_label)
        axes.set_aspect("equal")
    for axes in boundary_axes[1:]:
        axes.set_ylabel("")
    boundary_axes[0].legend(loc="center", fontsize=9)
    plots.show(
        boundary_figure,
        alt="The two rings of points, three times, with the decision boundary of each start. Zeros: no boundary, every point is called class 0. "
        "Large random: an angular region, open on the left, that takes in about a third of the outer ring. He: a closed, rounded boundary between the two rings.",
    )

# %% [markdown]
# **Zeros.** The cost stands at 0.69, for 15 000 iterations. It is $\ln 2$: the cost of saying "one half" to every
# point.
#
# **Large random.** The first cost is 1894. The network is not just wrong, it is *sure* and wrong: with weights
# around 10 in three layers, $z_3$ lies in the thousands, and the sigmoid is pinned to 0 or 1. It works its way
# down, stops near 0.39, and gets 79 % of the test points.
#
# **He.** It starts at 0.92, not far from $\ln 2$: a network that knows nothing yet should not be sure of anything.
# Then it learns: 0.06, and 96 % of the test points.
#
# ### Why zeros never move
#
# The usual explanation is symmetry: units that start equal stay equal. True, and you will see it in a moment. But
# with ReLU and *all* weights at zero it is worse. Look at the first gradient.

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    zero_start = initialize_parameters_zeros([2, 10, 5, 1])
    zero_A3, zero_cache = forward_propagation(train_X, zero_start)
    zero_gradients = backward_propagation(train_X, train_Y, zero_A3, zero_cache, zero_start)
    print("balanced classes, the largest entry of each gradient at the start:")
    for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        print(f"  {name}  {np.abs(zero_gradients[name]).max() + 0.0:.6f}")

    # Now take 150 points of class 0 and only 75 of class 1.
    keep = np.sort(
        np.concatenate([np.flatnonzero(train_Y[0] == 0), np.flatnonzero(train_Y[0] == 1)[:75]])
    )
    uneven, uneven_costs = train(
        zero_start, train_X[:, keep], train_Y[:, keep], learning_rate=0.1, num_iterations=2000
    )
    print("one point in three is of class 1, after 2000 iterations from zeros:")
    print(
        "  largest weight ",
        f"{max(np.abs(uneven[name]).max() for name in ('W1', 'W2', 'W3')):.6f}",
    )
    print("  b3             ", f"{uneven['b3'].item():.4f}   (ln(1/2) = {np.log(0.5):.4f})")
    print("  cost           ", f"{uneven_costs[0]:.4f} -> {uneven_costs[-1]:.4f}")

# %% [markdown]
# Every gradient is zero, exactly. Follow it: the hidden activations are $\max(0, 0) = 0$, so
# $dW_3 = dZ_3A_2^T = 0$. The weights $W_3$ are zero, so nothing flows back past layer 3. Only the last bias can
# move, and with balanced classes its gradient is the mean of $\frac12 - y$, zero as well. With uneven classes $b_3$
# learns how frequent class 1 is, and nothing else ever happens.
#
# So where is the symmetry? Start all *weights* at 0.5 instead of 0. Now gradients flow.

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    equal_start = {
        name: np.full(value.shape, 0.5 if name[0] == "W" else 0.0)
        for name, value in zero_start.items()
    }
    he_start = initialize_parameters_he([2, 10, 5, 1])
    paths, path_lines = {}, []
    for path_label, path_start in (("all weights 0.5", equal_start), ("He", he_start)):
        path_end, path_costs = train(path_start, train_X, train_Y, num_iterations=5000)
        paths[path_label] = (path_start["W1"], path_end["W1"])
        different_rows = len(np.unique(np.round(path_end["W1"], 6), axis=0))
        path_lines.append(
            f"{path_label:16} cost after 5000 iterations {path_costs[-1]:.2f}, different rows in W1: {different_rows} of 10"
        )
    print("\n".join(path_lines))

    path_figure, path_axes = plt.subplots(1, 2, figsize=(9, 4), sharex=True, sharey=True)
    for axes, (path_label, (path_from, path_to)) in zip(path_axes, paths.items()):
        axes.plot(
            *np.stack([path_from, path_to]).transpose(2, 0, 1),
            "-",
            color=plots.BLACK,
            linewidth=1,
        )
        axes.plot(*path_from.T, "s", color=plots.ORANGE, markersize=7, label="start")
        axes.plot(*path_to.T, "o", color=plots.BLUE, markersize=7, label="after 5000 iterations")
        axes.set(
            title=path_label, xlabel="weight from x₁", ylabel="weight from x₂", aspect="equal"
        )
    path_axes[0].annotate(
        "ten units, one point", (0.5, 0.5), (-0.6, 1.0), arrowprops={"arrowstyle": "-"}
    )
    path_axes[0].legend(loc="lower left", fontsize=9)
    plots.show(
        path_figure,
        alt="The ten hidden units of layer 1, each drawn as a point by its two weights, at the start and after 5000 iterations. With all weights at "
        "0.5 the ten units are one single point and move together. With He they start at ten different points and end at ten different points.",
    )

# %% [markdown]
# Ten units, one point. Two units with the same weights compute the same output, so they get the same gradient, so
# they keep the same weights. The rows of the gradient of `W1` are equal at every step, and a layer of ten units is
# worth one. The cost comes down to 0.63 and hardly further: no better than a network that is one unit wide.
#
# Random weights end this. The biases may stay at zero: units with different weights are different already.
#
# A side remark: logistic regression may start at zero. It has one unit, so there is nothing to keep apart.
#
# ### Why large random weights are slow
#
# "The units differ, but it learns slowly" is what notes usually say. What slows it down?

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"
):
    print(f"{'':14}{'':12}{'':14}{'cost rose in the':>18}{'change of W1, W2, W3':>26}")
    print(
        f"{'start':14}{'size of W1':>12}{'first dW1':>14}{'first 1000 steps':>18}{'relative to their size':>26}"
    )
    for start, function in (
        ("random", initialize_parameters_random),
        ("he", initialize_parameters_he),
    ):
        first_parameters = function([2, 10, 5, 1])
        first_A3, first_cache = forward_propagation(train_X, first_parameters)
        first_gradients = backward_propagation(
            train_X, train_Y, first_A3, first_cache, first_parameters
        )
        sizes = [np.linalg.norm(first_parameters["W1"]), np.linalg.norm(first_gradients["dW1"])]
        rose = np.mean(np.diff(race_costs[start][:1001]) > 0)
        moved = [
            np.linalg.norm(trained[start][name] - first_parameters[name])
            / np.linalg.norm(first_parameters[name])
            for name in ("W1", "W2", "W3")
        ]
        print(
            f"{starts[start]:14}{sizes[0]:>12.2g}{sizes[1]:>14.2g}{round(rose, 1):>18.0%}{', '.join(f'{x:.1f}' for x in moved):>26}"
        )

    tiny_start = {
        name: value * 0.01 / 10
        for name, value in initialize_parameters_random([2, 10, 5, 1]).items()
    }
    tiny_end, tiny_costs = train(tiny_start, train_X, train_Y)
    print(
        f"\nstandard deviation 0.01 instead of 10: cost {tiny_costs[0]:.4f} -> {tiny_costs[-1]:.4f} in 15000 iterations"
    )

# %% [markdown]
# It is *not* that the gradient vanishes. At the output it is $(a_3 - y)/m$: at most $1/m$ for each point, however
# sure and wrong the network is. On the way back it is multiplied by $W_3$ and $W_2$, weights around 10. So the
# first `dW1` is about 550 times as large as with He. Two things hold the network up.
#
# * The ground is too steep for the step. In about half of the first 1000 iterations the cost goes *up*: each step
#   leaps across the valley. That is the red band in the first figure. With He it goes up not once. A smaller
#   learning rate calms it down, and takes longer still: in our trials a rate ten times smaller ended at a higher
#   cost.
# * The weights are too large for the step. After 15 000 iterations they have changed by a tenth to a third of their
#   size. The features of layers 1 and 2 are still more or less what the dice gave. With He, `W2` has moved by its
#   own size, `W3` by four times its size.
#
# Smaller is not simply better. With a standard deviation of 0.01 the symmetry is broken, and still nothing moves:
# the signal all but dies in three layers, and the gradient with it. There is a right size, and it depends on the
# layer.
#
# ## Part 3: measure the signal
#
# With three layers a bad start costs accuracy. With ten it costs everything. You can see it before training, with
# one number for each layer.
#
# Send $X$ through $L$ layers, every one of them a ReLU layer:
#
# $$A_0 = X, \qquad A_l = \max(0,\; W_l A_{l-1} + b_l), \qquad v_l = \operatorname{Var}(A_l)$$
#
# The variance is taken over *all entries* of $A_l$, units and examples together: the mean of the squared distance
# from the mean of all entries.
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | $(n_0, m)$ | $m$ examples |
# | `parameters` | a dictionary | `W1`, `b1`, …, `WL`, `bL`, in any order |
# | result | $(L,)$ | $v_1, \dots, v_L$ |
#
# **By hand.** $X = (1, 2)$, two examples with one input. `W1` is the column $(1, -1)$, `b1` the column $(0, 3)$.
# Then $Z_1$ has the rows $(1, 2)$ and $(2, 1)$, ReLU changes nothing, the mean of the four entries is 1.5 and their
# variance 0.25. Let `W2` be $(1, -1)$ and `b2` be 0: $Z_2 = (-1, 1)$, ReLU makes it $(0, 1)$, and the variance is
# again 0.25.
#
# ### Exercise: activation_variances
#
# <details><summary>Hint</summary>
#
# Each layer brings two entries into the dictionary, so the dictionary tells you how many layers there are. `np.var`
# without an `axis` looks at all entries.
# </details>
# <details><summary>Fuller hint</summary>
#
# Keep one array `A`, first `X`, and replace it in each turn of a loop over `l = 1, ..., len(parameters) // 2`. Look
# the parameters up by their names: sorted as text, `"W10"` stands before `"W2"`. Collect the variances in a list
# and return `np.array(...)` of it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "activation_variances"}
def activation_variances(X, parameters):
    """The variance of the activations in each layer of a ReLU network.

    Every layer, the last one too, computes A_l = max(0, W_l A_{l-1} + b_l), with A_0 = X.

    Args:
        X: the examples, shape (n_0, m).
        parameters: a dictionary "W1", "b1", ..., "WL", "bL", in any order, for any number of layers L >= 1:
            Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1). It must come back unchanged.

    Returns:
        An array of shape (L,): the variance of all entries of A_l, for l = 1, ..., L, divided by their number
        (not by their number less one).
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
hand_parameters = {
    "W1": np.array([[1.0], [-1.0]]),
    "b1": np.array([[0.0], [3.0]]),
    "W2": np.array([[1.0, -1.0]]),
    "b2": np.array([[0.0]]),
}
with checking("activation_variances"):
    check(
        "variances of the example by hand",
        activation_variances(np.array([[1.0, 2.0]]), hand_parameters),
        [0.25, 0.25],
    )
    one_layer = {"W1": np.array([[2.0]]), "b1": np.array([[-7.0]])}
    check("one layer", activation_variances(np.array([[3.0, 4.0]]), one_layer), [0.25])

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
# ### Ten layers
#
# Now ten layers of 500 units, fed with 300 random examples (mean 0, variance 1), and five starts: your three, and
# two more for comparison. Nothing is trained.

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros",
    "initialize_parameters_random",
    "initialize_parameters_he",
    "activation_variances",
):
    deep_sizes = [500] * 11
    deep_X = np.random.default_rng(0).standard_normal((500, 300))
    deep_base = initialize_parameters_random(deep_sizes)
    deep_starts = {
        "large random: 10": deep_base,
        "He: √(2/n)": initialize_parameters_he(deep_sizes),
        "√(1/n)": {name: value / 10 * np.sqrt(1 / 500) for name, value in deep_base.items()},
        "small random: 0.01": {name: value / 10 * 0.01 for name, value in deep_base.items()},
        "zeros": initialize_parameters_zeros(deep_sizes),
    }
    deep_variances = {
        name: activation_variances(deep_X, parameters) for name, parameters in deep_starts.items()
    }
    print(f"{'start':22}{'layer 1':>12}{'layer 2':>12}{'layer 10':>12}{'predicted factor':>20}")
    for (name, variances), sigma in zip(
        deep_variances.items(), (10, np.sqrt(2 / 500), np.sqrt(1 / 500), 0.01, 0)
    ):
        numbers = ""
        for v in variances[[0, 1, 9]]:
            numbers += f"{v:>12.1f}" if v == 0 or 0.1 <= v <= 10 else f"{v:>12.0e}"
        print(f"{name:22}{numbers}{500 * sigma**2 / 2:>20g}")

# %% tags=["demo"]
if ready(
    "initialize_parameters_zeros",
    "initialize_parameters_random",
    "initialize_parameters_he",
    "activation_variances",
):
    deep_figure, deep_axes = plt.subplots(figsize=(7.5, 4.6))
    for (name, variances), colour, line in zip(
        deep_variances.items(),
        (plots.RED, plots.BLUE, plots.ORANGE, plots.PURPLE),
        ("^--", "o-", "D-.", "v:"),
    ):
        deep_axes.semilogy(
            np.arange(1, 11), variances, line, color=colour, linewidth=2, markersize=6, label=name
        )
    deep_axes.plot([], [], " ", label="zeros: variance 0, no place on this axis")
    deep_axes.set(
        xlabel="layer (number)", ylabel="variance of the activations", xticks=np.arange(1, 11)
    )
    deep_axes.legend(loc="upper left", fontsize=9)
    plots.show(
        deep_figure,
        alt="The variance of the activations through ten layers, on a logarithmic axis. Large random weights climb in a straight line to about 1e44. "
        "He stays level, below 1. The start with the root of 1/n falls slowly, to about 0.001. Small random weights of 0.01 fall to about 1e-16. Zeros are 0 in every layer.",
    )

# %% [markdown]
# The lines are straight: a factor per layer, as in the first picture, and the factor is $\tfrac12 n\sigma^2$. It is
# 25 000 for the large weights, 0.025 for the small ones, one half for $\sqrt{1/n}$, and 1 for He.
#
# Be precise about what He's rule keeps. The mean square $\overline{a^2}$ is what the factor multiplies; it starts
# at 1 here and stays near 1. The variance of the activations is a fixed share of it, $1 - 1/\pi \approx 0.68$,
# because ReLU's outputs have a mean, too. So it stays level as well, near 0.68: *near*, because one draw of the
# weights is one throw of the dice, in every layer. Narrow networks wander more.
#
# Two more fine points:
#
# * $\sqrt{1/n}$ is often called Xavier's rule. Glorot and Bengio's own proposal is $\sqrt{2/(n_{l-1} + n_l)}$, a
#   compromise between the way forward and the way back. The two agree where layers have the same size. Both were
#   made for tanh, which throws nothing away near 0; that is why the 2 is missing.
# * The first layer reads the data, not ReLU's output, so nothing has been cut in half there and $1/n_0$ would do.
#   He and his colleagues use $2/n_0$ all the same: a factor of 2 in *one* layer does no harm. But the argument does
#   want inputs of about the size 1. That is one reason to normalize them.
#
# ## Mistakes that most people make
#
# * **The seed inside the loop.** *Symptom*: none that you would notice. The network trains, but `W1` and `W2` begin
#   with the same numbers, up to their scale. Compare their first entries.
# * **`np.random.rand` for `np.random.randn`.** All weights are positive, so the terms of a sum no longer cancel.
#   *Symptom*: our small network merely learns badly (with He's factor a last cost of 0.50 instead of 0.06). In the
#   ten layers above, the signal grows about 250-fold in every layer.
# * **The wrong $n$.** $\sqrt{2/n_l}$ in the place of $\sqrt{2/n_{l-1}}$. *Symptom*: perfect in a test with layers
#   of one size; in a network that narrows, the signal grows. $n$ counts what a unit *reads*.
# * **A small constant for every network.** 0.01 worked in a network with one hidden layer. *Symptom*: the deep
#   network's cost stands at $\ln 2 = 0.693$, and every gradient is tiny.
#
# ## Recap
#
# 1. Equal units stay equal. With ReLU and all weights at zero they do not even move: only the output bias learns.
# 2. Random weights break the symmetry; the biases may start at zero.
# 3. Too large: sure and wrong at the start, steps that overshoot, features that stay as they were drawn. Too small:
#    the signal dies on the way.
# 4. One ReLU layer multiplies the mean square of its signal by $\tfrac12 n\sigma^2$. He's rule, $\sigma^2 = 2/n$,
#    makes that 1.
# 5. `n` is the number of inputs of the layer, and the variance per layer shows a bad start before any training.
#
# **A question to think about.** A leaky ReLU lets negative values through, multiplied by 0.1. Which share of the
# mean square does it keep, and what takes the place of the 2?
#
# **Read on.** K. He, X. Zhang, S. Ren, J. Sun, *Delving Deep into Rectifiers*, 2015, section 2.2
# ([arXiv:1502.01852](https://arxiv.org/abs/1502.01852)). X. Glorot, Y. Bengio, *Understanding the difficulty of
# training deep feedforward neural networks*, 2010, section 4.2.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
