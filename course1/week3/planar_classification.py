# %% [markdown]
# # One hidden layer
#
# Six petals, two colours, by turns. No straight line can part them, so logistic regression does no
# better than a coin. Put three or four units between input and output, and the same gradient
# descent gets every petal right. You will write this network, all of it, with nothing but NumPy.
#
# **You will be able to**
#
# * write forward propagation, cost, backward propagation and update for a network with one hidden
#   layer;
# * know the shape of every array in it without running it;
# * see what each hidden unit has learned, and say how many a problem needs;
# * say why weights must start small, random and not at zero, and what happens otherwise.
#
# **Time** about 90 minutes. **Difficulty** 3 of 5. **Builds on** logistic regression (course 1,
# week 2).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import (
    check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts, with_optional,
)

lesson("course1-week3/planar_classification")

# %% nbgrader={"locked": true, "grade_id": "data"}
train_X, train_Y, test_X, test_Y = data.load_planar("flower")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
opening_angles = np.deg2rad([30, 150, 270])
opening_directions = np.stack([np.cos(opening_angles), np.sin(opening_angles)], axis=1)


def opening_side(X):
    """1 on the side of the first line to which its arrow points."""
    return (opening_directions[:1] @ X > 0).astype(int)


def opening_vote(X):
    """1 where at least two of three lines say so; each says yes on the side of its arrow."""
    return (np.sum(opening_directions @ X > 0, axis=0, keepdims=True) >= 2).astype(int)


opening_figure, opening_axes = plt.subplots(1, 2, figsize=(10.5, 4.7), sharey=True)
plots.decision_boundary(opening_axes[0], opening_side, train_X, train_Y)
opening_axes[0].set_title("One line: at best two petals out of three")
plots.decision_boundary(opening_axes[1], opening_vote, train_X, train_Y)
opening_axes[1].set_title("Three lines, and the majority decides")
opening_arrow = {"arrowstyle": "-|>", "color": plots.BLACK, "linewidth": 2}
for axes, opening_count in zip(opening_axes, (1, 3)):
    for opening_line in opening_directions[:opening_count]:
        opening_along = np.outer([opening_line[1], -opening_line[0]], [-6, 6])
        axes.plot(*opening_along, color=plots.BLACK, linewidth=1.5)
        axes.annotate("", 1.6 * opening_line, (0, 0), arrowprops=opening_arrow)
    axes.set(xlabel="x₁", ylabel="x₂", xlim=(-3.7, 3.7), ylim=(-3.8, 4.1), aspect="equal")
opening_axes[0].legend(loc="lower left", fontsize=9, frameon=True)
plots.show(
    opening_figure,
    alt="A flower of six petals around the origin, circles and triangles by turns, drawn twice. "
    "Left: one straight line through the middle; on each side of it one petal of three is wrong. "
    "Right: three lines through the middle, 60 degrees apart, each with an arrow to the side on "
    "which it says yes. Where two of three say yes is shaded as class 1, and all six petals have "
    "the right shade.",
)

# %% [markdown]
# On the right, each line looks at the whole plane and says yes or no. No line is right alone. But
# take a vote: where two of three say yes, there are triangles. A **hidden unit** is such a line,
# with a soft edge. The output unit takes the vote.
#
# We chose these three lines by hand. Below, your network finds them by itself.
#
# ## First, logistic regression
#
# The data are 400 points to train on, `train_X` of shape (2, 400) and `train_Y` of shape (1, 400),
# and 200 to test on. Here is what one single unit can do with them.

# %% tags=["demo"]
line_w, line_b = np.zeros((1, 2)), 0.0
for _ in range(5000):
    line_A = 1 / (1 + np.exp(-(line_w @ train_X + line_b)))
    line_w = line_w - 0.5 * (line_A - train_Y) @ train_X.T / train_Y.size
    line_b = line_b - 0.5 * np.mean(line_A - train_Y)
line_cost = -np.mean(np.log(np.where(train_Y == 1, line_A, 1 - line_A)))


def line_predict(X):
    """Labels 0 or 1 by logistic regression, shape (1, m)."""
    return (line_w @ X + line_b > 0).astype(int)


print(f"right in training: {100 * np.mean(line_predict(train_X) == train_Y):.1f} %")
print(f"right in the test: {100 * np.mean(line_predict(test_X) == test_Y):.1f} %")
print(f"cost: {line_cost:.3f} nats, and ln 2 is {np.log(2):.3f}")
print(f"probabilities: all between {line_A.min():.2f} and {line_A.max():.2f}")

# %% [markdown]
# 42 % in training, 44.5 % in the test. A coin would do better! But look at the cost and at the
# probabilities. It has learned next to nothing: it answers about one half to everything, which
# costs ln 2 = 0.693 nats, and its weights stay near zero.
#
# The reason is symmetry. The very first gradient is the mean of $(\tfrac12 - y)\,x$. Both classes
# are centred almost exactly on the origin, so their means nearly cancel, and there is nowhere to
# go. The best line of all, found by trying them all, has 67 % right: two petals of three, as in the
# picture. More data will not help. More *units* will.
#
# ## The idea
#
# $$Z_1 = W_1 X + b_1 \qquad A_1 = \tanh(Z_1) \qquad Z_2 = W_2 A_1 + b_2 \qquad A_2 = \sigma(Z_2)$$
#
# Each row of $W_1$ is one hidden unit: a direction in the plane. With its bias it draws a line.
# $\tanh$ answers near $+1$ far on one side of it, near $-1$ far on the other, and in between it is
# smooth. The row $W_2$ says how much each answer counts.
#
# | name | shape | here | meaning |
# |---|---|---|---|
# | `X` | (n_x, m) | (2, 400) | m examples, one a column |
# | `Y` | (n_y, m) | (1, 400) | labels, 0 or 1 |
# | `W1`, `b1` | (n_h, n_x), (n_h, 1) | (4, 2), (4, 1) | hidden layer: one **row** for each unit |
# | `Z1`, `A1` | (n_h, m) | (4, 400) | before and after tanh |
# | `W2`, `b2` | (n_y, n_h), (n_y, 1) | (1, 4), (1, 1) | output layer |
# | `Z2`, `A2` | (n_y, m) | (1, 400) | before and after the sigmoid; `A2`: probability of label 1 |
#
# One rule gives all of them: a layer's W has as many rows as the layer has units, and as many
# columns as it has inputs. `b` is a column, and NumPy adds it to every example. A gradient has the
# shape of what it belongs to.
#
# **By hand.** One point, one hidden unit, numbers chosen so that they come out round:
# x = (2, −1), W1 = (0.5, 0.451), b1 = 0, W2 = 2 ln 3 ≈ 2.197, b2 = 0. The label is y = 1.
#
# * Z1 = 0.5 · 2 − 0.451 · 1 = 0.549, and tanh(0.549) = **0.5** = A1.
# * Z2 = 2.197 · 0.5 = 1.099 = ln 3, and σ(ln 3) = 1/(1 + 1/3) = **0.75** = A2.
# * The cost is −ln 0.75 = **0.288** nats.
#
# Keep these numbers: further down they come back, backwards.
#
# ## Part 1: the parts of the network
#
# ### Exercise: layer_sizes
#
# The data fix two of the three sizes. The third, the number of hidden units, is your choice. For
# now it is 4.
#
# <details><summary>Hint</summary>
#
# Examples stand in columns. So what does the number of *rows* of X say?
# </details>
# <details><summary>Fuller hint</summary>
#
# `X.shape` is the tuple (n_x, m), and `X.shape[0]` is its first entry. The same with Y. Then return
# three numbers, in the order of the layers.
# </details>

# %% nbgrader={"solution": true, "grade_id": "layer_sizes"}
def layer_sizes(X, Y):
    """How many units each layer has.

    Args:
        X: examples, one a column, shape (n_x, m).
        Y: labels, shape (n_y, m).

    Returns:
        The tuple (n_x, n_h, n_y): size of the input, of the hidden layer, which is 4, and of the
        output.
    """
    ### BEGIN SOLUTION
    n_x = X.shape[0]
    n_h = 4
    n_y = Y.shape[0]
    return n_x, n_h, n_y
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "layer_sizes-check"} tags=["check"]
sizes_X, sizes_Y = np.zeros((11, 9)), np.zeros((10, 9))
with checking("layer_sizes", X=sizes_X, Y=sizes_Y):
    check("n_x, n_h, n_y", layer_sizes(sizes_X, sizes_Y), (11, 4, 10))

# %% nbgrader={"grade": true, "grade_id": "layer_sizes-test", "points": 2}
verdict("layer_sizes")
### BEGIN HIDDEN TESTS
@hidden_cases("layer_sizes", cases=4, returns=("n_x", "n_h", "n_y"))
def _(case):
    n_x, n_y, m = case.rng.permutation([2, 3, 5, 6, 7, 8])[:3]
    if case.index == 1:
        n_x, n_y, m = 2, 1, 7
    if case.index == 2:
        n_x, m = 9, 1
    case.call(layer_sizes, case.rng.standard_normal((n_x, m)), case.rng.integers(0, 2, (n_y, m)))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: initialize_parameters
#
# Weights start small and random, biases at zero. Small: tanh is steep near 0 and flat far out, so
# that is where learning is quick. Random: two units that start alike stay alike for ever. You will
# see both happen further down.
#
# <details><summary>Hint</summary>
#
# `np.random.randn(rows, columns)` draws from the normal distribution with mean 0 and standard
# deviation 1. It takes two numbers, while `np.zeros` takes one tuple.
# </details>
# <details><summary>Fuller hint</summary>
#
# `W1` has one row for each hidden unit and one column for each input. Multiply the draw by 0.01.
# Then `W2` in the same way, and the biases as columns of zeros: `np.zeros((rows, 1))`. If you set a
# seed, set it once, before the first draw.
# </details>
#
# **About the seed.** The course of 2017 writes `np.random.seed(2)` at the top of the function, and
# so does this notebook, so that everybody sees the same numbers. The course of 2021 leaves it to
# the caller. Both pass. Without it, or with `np.random.default_rng()`, the grader looks at what a
# right draw must have: mean, spread, no two entries tied together.

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters"}
def initialize_parameters(n_x, n_h, n_y):
    """Small random weights and zero biases.

    Args:
        n_x: size of the input.
        n_h: size of the hidden layer.
        n_y: size of the output.

    Returns:
        A dictionary: W1 of shape (n_h, n_x) and W2 of shape (n_y, n_h), independent draws from the
        normal distribution with mean 0 and standard deviation 0.01; b1 of shape (n_h, 1) and b2 of
        shape (n_y, 1), all zero.
    """
    ### BEGIN SOLUTION
    np.random.seed(2)
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    ### END SOLUTION

# %% [markdown]
# The check draws a larger network and measures it. If you set the seed to 2 first, you will also
# find that `initialize_parameters(2, 4, 1)["W1"]` begins with −0.00417, −0.00056, −0.02136.

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters-check"} tags=["check"]
with checking("initialize_parameters"):
    start_seen = initialize_parameters(110, 80, 45)
    check("keys", " ".join(sorted(start_seen)), "W1 W2 b1 b2")
    check("b1", start_seen["b1"], np.zeros((80, 1)))
    check("b2", start_seen["b2"], np.zeros((45, 1)))
    start_W1, start_W2 = start_seen["W1"], start_seen["W2"]
    check("shape of W1", np.shape(start_W1), (80, 110))
    check("shape of W2", np.shape(start_W2), (45, 80))
    check("mean of W1", np.mean(start_W1), 0, atol=0.0007)
    check("mean of W2", np.mean(start_W2), 0, atol=0.001)
    check("standard deviation of W1", np.std(start_W1), 0.01, rtol=0.06)
    check("standard deviation of W2", np.std(start_W2), 0.01, rtol=0.06)
    check("different rows in W1", len(np.unique(start_W1, axis=0)), 80)
    start_same = np.sum(np.ravel(start_W1)[:3600] == np.ravel(start_W2))
    check("places where W1 and W2 begin alike", start_same, 0)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters-test", "points": 4}
verdict("initialize_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters", cases=6, returns="parameters")
def _(case):
    n_x, n_h, n_y = [int(n) for n in case.rng.permutation([2, 3, 5, 6, 7, 8])[:3]]
    if case.index == 1:
        n_y = 1
    if case.index == 2:
        n_h = 1
    if case.index == 3:
        n_x = n_h = n_y = 3
    if case.index == 5:
        n_x, n_h, n_y = 40, int(case.rng.integers(26, 30)), 33
    case.call(initialize_parameters, n_x, n_h, n_y)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: forward_propagation
#
# The four formulas above, and a box for what comes back on the way home: the **cache**. The sigmoid
# is given; tanh is `np.tanh`.

# %% nbgrader={"locked": true, "grade_id": "sigmoid"}
def sigmoid(z):
    """The logistic function, entry by entry."""
    return 1 / (1 + np.exp(-z))

# %% [markdown]
# <details><summary>Hint</summary>
#
# Four lines, one for each formula. The product of matrices is `@` (or `np.dot`); `*` multiplies
# entry by entry. Check each shape against the table.
# </details>
# <details><summary>Fuller hint</summary>
#
# Take `W1`, `b1`, `W2`, `b2` out of the dictionary. `Z1 = W1 @ X + b1` has shape (n_h, m): b1 is
# added to every column. The second layer reads `A1`, not `Z1`. Return `A2` and then the dictionary,
# in this order.
# </details>

# %% nbgrader={"solution": true, "grade_id": "forward_propagation"}
def forward_propagation(X, parameters):
    """From the examples to the probability of label 1: LINEAR, TANH, LINEAR, SIGMOID.

    Args:
        X: examples, one a column, shape (n_x, m).
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1).

    Returns:
        A2, the probabilities, shape (n_y, m), and
        cache, a dictionary of Z1 (n_h, m), A1 (n_h, m), Z2 (n_y, m), A2 (n_y, m).
    """
    ### BEGIN SOLUTION
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    ### END SOLUTION

# %% [markdown]
# Three small networks to check with: the one that was worked out by hand, one with four hidden
# units, and one with two outputs. They are given.

# %% nbgrader={"locked": true, "grade_id": "examples"}
hand_X, hand_Y = np.array([[2.0], [-1.0]]), np.array([[1]])
hand_parameters = {
    "W1": np.array([[0.5, 1 - 0.5 * np.log(3)]]), "b1": np.array([[0.0]]),
    "W2": np.array([[2 * np.log(3)]]), "b2": np.array([[0.0]]),
}  # fmt: skip
seen_X = np.array([[1.0, -2.0, 0.5], [0.25, 1.5, -1.0]])
seen_parameters = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.75], [-1.5, 0.5], [1.0, 1.0]]),
    "b1": np.array([[0.1], [-0.2], [0.3], [-0.4]]),
    "W2": np.array([[1.0, -0.5, 0.75, -1.25]]), "b2": np.array([[0.2]]),
}  # fmt: skip
seen_Y = np.array([[1, 0, 1]])
pair_X = np.array([[1.0, -2.0, 0.5, 3.0, -1.0]])
pair_parameters = {
    "W1": np.array([[0.5], [-1.0], [0.25]]), "b1": np.array([[0.1], [-0.3], [0.2]]),
    "W2": np.array([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]), "b2": np.array([[0.4], [-0.6]]),
}  # fmt: skip
pair_Y = np.array([[1, 0, 0, 1, 0], [0, 1, 0, 1, 1]])


def asked_for(received, expected):
    """What stands in a dictionary under the expected names: it may hold more than that."""
    if not isinstance(received, dict):
        return received
    return {name: value for name, value in received.items() if name in expected}

# %% nbgrader={"locked": true, "grade_id": "forward_propagation-check"} tags=["check"]
seen_cache = {
    "Z1": [[0.35, -2.4, 1.35], [0.2375, 0.425, -0.825], [-1.075, 4.05, -0.95], [0.85, -0.9, -0.9]],
    "A1": [[0.336376, -0.983675, 0.874053], [0.233133, 0.401134, -0.677782],
           [-0.791338, 0.999393, -0.739783], [0.691069, -0.716298, -0.716298]],
    "Z2": [[-1.037531, 0.660675, 1.753479]], "A2": [[0.261627, 0.659412, 0.852391]],
}  # fmt: skip
with checking("forward_propagation", X=seen_X, parameters=seen_parameters):
    seen_A2, seen_received = forward_propagation(seen_X, seen_parameters)
    check("A2", seen_A2, seen_cache["A2"], rtol=1e-5, atol=1e-6)
    check("cache", asked_for(seen_received, seen_cache), seen_cache, rtol=1e-5, atol=1e-6)
    hand_A2, hand_received = forward_propagation(hand_X, hand_parameters)
    check("by hand: A1", hand_received["A1"], [[0.5]])
    check("by hand: A2", hand_A2, [[0.75]])
    try:
        pair_received = forward_propagation(pair_X, pair_parameters)[0]
    except AssertionError:
        print("– A2 of two outputs is left out: an assert of yours allows one output only")
    else:
        pair_expected = [[0.946417, 0.088445, 0.902160, 0.975544, 0.229053],
                         [0.432300, 0.179142, 0.361484, 0.605382, 0.252463]]  # fmt: skip
        check("A2 of two outputs", pair_received, pair_expected, rtol=1e-5, atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-test", "points": 6}
verdict("forward_propagation")
### BEGIN HIDDEN TESTS
def unit_by_unit(X, parameters):
    """forward_propagation, asked for one output at a time where a version insists on one.

    The course's own version did.
    """
    try:
        return forward_propagation(X, parameters)
    except AssertionError:
        n_y = len(parameters["W2"])
        if n_y == 1:
            raise
        parts = []
        for k in range(n_y):
            unit = {name: parameters[name][k : k + 1] for name in ("W2", "b2")}
            parts.append(forward_propagation(X, {**parameters, **unit}))
        caches = [cache for _, cache in parts]
        output = {name: np.concatenate([cache[name] for cache in caches]) for name in ("Z2", "A2")}
        return np.concatenate([A2 for A2, _ in parts]), {**caches[0], **output}


@hidden_cases("forward_propagation", cases=6, returns=("A2", "cache"), extra_keys=True)
def _(case):
    n_x, n_h, n_y, m = case.rng.permutation([2, 3, 4, 5, 6, 7])[:4]
    if case.index in (0, 1):
        n_y = 1
    if case.index == 1:
        m = 1
    if case.index == 3:
        n_x = n_h = 1
    if case.index == 5:
        n_x = n_h = n_y = m = 3
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: 0.7 * case.rng.standard_normal(shape) for name, shape in shapes.items()}
    case.call(unit_by_unit, case.rng.standard_normal((n_x, m)), parameters)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: compute_cost
#
# For each example the cost asks: how probable did you say the *true* label was? It is the logarithm
# of that, with a minus, and the mean of it over all examples:
#
# $$
# J = -\frac{1}{m} \sum_{i=1}^{m} \Big( y^{(i)} \ln a^{(i)} + (1 - y^{(i)}) \ln (1 - a^{(i)}) \Big)
# $$
#
# Of the two terms one is always zero. The logarithm is the natural one, so the unit is the nat.
#
# **By hand.** Labels (1, 0), probabilities (0.5, 0.75). The true labels got 0.5 and 0.25: their
# logarithms are −0.693 and −1.386, so the cost is 2.079 / 2 = 1.040 nats.
#
# <details><summary>Hint</summary>
#
# Multiply entry by entry: `Y * np.log(A2)`. This array has a term for each example with label 1,
# and 0 for the others. What is missing for the others?
# </details>
# <details><summary>Fuller hint</summary>
#
# Add `(1 - Y) * np.log(1 - A2)`, sum over everything with `np.sum`, divide by m, which is
# `Y.shape[1]`, and change the sign.
# </details>
#
# The third argument is there because the course of 2017 hands it over. The cost does not need it;
# leave the first line as it is.

# %% nbgrader={"solution": true, "grade_id": "compute_cost"}
def compute_cost(A2, Y, parameters=None):
    """The cross-entropy in nats.

    Args:
        A2: probabilities of label 1, shape (1, m), each above 0 and below 1.
        Y: labels 0 or 1, shape (1, m).
        parameters: not needed; some versions of the course hand it over.

    Returns:
        The cost, a number: minus the mean, over the examples, of the logarithm of the probability
        of the true label.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    logs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.sum(logs) / m
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "compute_cost-check"} tags=["check"]
cost_A2, cost_Y = np.array([[0.9, 0.2, 0.4, 0.75]]), np.array([[1, 0, 1, 1]])
with checking("compute_cost", A2=cost_A2, Y=cost_Y):
    # Some versions of the course want the parameters as well.
    cost_of = with_optional(compute_cost, parameters=seen_parameters)
    cost_one = cost_of(np.array([[0.75]]), np.array([[1]]))
    check("by hand, the point above", cost_one, np.log(4 / 3))
    cost_two = cost_of(np.array([[0.5, 0.75]]), np.array([[1, 0]]))
    check("by hand, two points", cost_two, 1.5 * np.log(2))
    # The true labels got 0.9, 0.8, 0.4 and 0.75: their product is 0.216.
    check("four points", cost_of(cost_A2, cost_Y), -np.log(0.216) / 4)

# %% nbgrader={"grade": true, "grade_id": "compute_cost-test", "points": 5}
verdict("compute_cost")
### BEGIN HIDDEN TESTS
@hidden_cases("compute_cost", cases=6, returns="cost")
def _(case):
    m = [5, 1, 8, 3, 13, 2][case.index]
    A2 = case.rng.uniform(0.03, 0.97, (1, m))
    Y = case.rng.integers(0, 2, (1, m))
    if case.index == 0:
        Y = np.array([[1, 0, 0, 1, 0]])
    if case.index in (1, 3):
        Y = np.ones((1, m))
    if case.index == 5:
        Y = np.zeros((1, m), dtype=int)
    shapes = {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
    parameters = {name: case.rng.standard_normal(shape) for name, shape in shapes.items()}
    case.call(compute_cost, A2, Y, optional={"parameters": parameters})
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: backward_propagation
#
# Now walk back, from the cost to every weight. With $*$ entry by entry:
#
# $$
# \begin{aligned}
# dZ_2 &= A_2 - Y & & (n_y, m) \\
# dW_2 &= \tfrac1m \, dZ_2 \, A_1^T & & (n_y, n_h) \\
# db_2 &= \tfrac1m \textstyle\sum_i dZ_2^{(i)} & & (n_y, 1) \\
# dZ_1 &= W_2^T dZ_2 * (1 - A_1 * A_1) & & (n_h, m) \\
# dW_1 &= \tfrac1m \, dZ_1 \, X^T & & (n_h, n_x) \\
# db_1 &= \tfrac1m \textstyle\sum_i dZ_1^{(i)} & & (n_h, 1)
# \end{aligned}
# $$
#
# Three of these lines deserve a reason.
#
# * **dZ2 = A2 − Y.** The cost gives $-y/a + (1-y)/(1-a)$, the sigmoid gives the factor $a(1-a)$,
#   and the product of the two is just $a - y$. Answer too high: positive slope. Quite right: zero.
# * **W2ᵀ dZ2.** A hidden unit feeds every output with a weight. On the way back it collects from
#   every output with that same weight.
# * **1 − A1².** The derivative of $\tanh z$ is $1 - \tanh^2 z$, and $\tanh z$ stands in the cache.
#   A unit that has made up its mind, with A1 near ±1, lets almost nothing through.
#
# **By hand**, with the point from above, m = 1: dZ2 = 0.75 − 1 = −0.25. So dW2 = −0.25 · 0.5 =
# −0.125 and db2 = −0.25. Back through W2 and tanh: dZ1 = 2.197 · (−0.25) · (1 − 0.25) = −0.412. So
# dW1 = −0.412 · (2, −1) = (−0.824, 0.412) and db1 = −0.412.
#
# <details><summary>Hint</summary>
#
# Each formula is one line. Two different products are in them: `@` between matrices, and `*` entry
# by entry, for the derivative of tanh. Compare each shape with that of the array it is the gradient
# of.
# </details>
# <details><summary>Fuller hint</summary>
#
# The sum over examples keeps its column with `np.sum(dZ2, axis=1, keepdims=True)`. Without
# `keepdims` it has shape (n_y,), and the update b2 − α db2 goes wrong. For dZ1: `W2.T @ dZ2` has
# shape (n_h, m), the same as `1 - A1**2`. Write `dZ2 = A2 - Y`, never `A2 -= Y`: that would change
# the cache.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation"}
def backward_propagation(parameters, cache, X, Y):
    """The gradient of the cost with respect to every parameter.

    Args:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1).
        cache: dictionary of Z1 (n_h, m), A1 (n_h, m), Z2 (n_y, m), A2 (n_y, m). It must come back
            unchanged.
        X: examples, one a column, shape (n_x, m).
        Y: labels 0 or 1, shape (n_y, m).

    Returns:
        A dictionary of dW1 (n_h, n_x), db1 (n_h, 1), dW2 (n_y, n_h), db2 (n_y, 1).

    Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), with tanh and cross-entropy.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "backward_propagation-check"} tags=["check"]
hand_cache = {
    "Z1": np.array([[np.log(3) / 2]]), "A1": np.array([[0.5]]),
    "Z2": np.array([[np.log(3)]]), "A2": np.array([[0.75]]),
}  # fmt: skip
hand_gradients = {
    "dW1": [[-0.75 * np.log(3), 0.375 * np.log(3)]], "db1": [[-0.375 * np.log(3)]],
    "dW2": [[-0.125]], "db2": [[-0.25]],
}  # fmt: skip
# Two outputs, with a cache of round numbers, so that the gradients come out round too.
pair_A1 = np.array(
    [[0.6, -0.8, 0, 0.2, -0.6], [0.8, 0.2, -0.6, 0, -0.2], [-0.2, 0.6, 0.8, -0.8, 0]]
)
pair_A2 = np.array([[0.8, 0.3, 0.1, 0.6, 0.4], [0.2, 0.9, 0.3, 0.4, 0.7]])
pair_Z1, pair_Z2 = np.arctanh(pair_A1), np.log(pair_A2 / (1 - pair_A2))
pair_cache = {"Z1": pair_Z1, "A1": pair_A1, "Z2": pair_Z2, "A2": pair_A2}
pair_gradients = {
    "dW1": [[-1.052], [0.6496], [-0.1442]], "db1": [[-0.2352], [-0.2496], [0.0852]],
    "dW2": [[-0.136, -0.048, 0.124], [0.052, 0.004, 0.124]], "db2": [[0.04], [-0.1]],
}  # fmt: skip
pair = {"parameters": pair_parameters, "cache": pair_cache, "X": pair_X, "Y": pair_Y}
with checking("backward_propagation", **pair):
    hand_grads = backward_propagation(hand_parameters, hand_cache, hand_X, hand_Y)
    check("by hand", asked_for(hand_grads, hand_gradients), hand_gradients, rtol=1e-5)
    pair_grads = asked_for(backward_propagation(*pair.values()), pair_gradients)
    check("two outputs", pair_grads, pair_gradients, rtol=1e-5, atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation-test", "points": 10}
verdict("backward_propagation")
### BEGIN HIDDEN TESTS
@hidden_cases("backward_propagation", cases=6, returns="grads", extra_keys=True)
def _(case):
    n_x, n_h, n_y, m = case.rng.permutation([2, 3, 4, 5, 6, 7])[:4]
    if case.index in (0, 1):
        n_y = 1
    if case.index == 1:
        m = 1
    if case.index == 3:
        n_x = n_h = 1
    if case.index == 5:
        n_x = n_h = n_y = m = 3
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: 0.6 * case.rng.standard_normal(shape) for name, shape in shapes.items()}
    X = case.rng.standard_normal((n_x, m))
    Y = case.rng.integers(0, 2, (n_y, m))
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}
    case.call(backward_propagation, parameters, cache, X, Y)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: is it the right gradient?
#
# A gradient can be measured without any calculus. Nudge one weight up a little, then down, and see
# how the cost changes. Here is that for every single parameter, beside what your function says.

# %% tags=["demo"]
if ready("forward_propagation", "compute_cost", "backward_propagation"):
    # Some versions of the course want the parameters as well.
    slope_cost = with_optional(compute_cost, parameters=seen_parameters)
    slope_cache = forward_propagation(seen_X, seen_parameters)[1]
    slope_grads = backward_propagation(seen_parameters, slope_cache, seen_X, seen_Y)
    for slope_name, slope_array in seen_parameters.items():
        slope_measured = np.zeros_like(slope_array)
        for slope_place in np.ndindex(slope_array.shape):
            slope_costs = []
            for slope_step in (1e-5, -1e-5):
                slope_nudged = {name: array.copy() for name, array in seen_parameters.items()}
                slope_nudged[slope_name][slope_place] += slope_step
                slope_A2 = forward_propagation(seen_X, slope_nudged)[0]
                slope_costs.append(slope_cost(slope_A2, seen_Y))
            slope_measured[slope_place] = np.squeeze(slope_costs[0] - slope_costs[1]) / 2e-5
        slope_yours = slope_grads["d" + slope_name]
        slope_same = np.allclose(slope_measured, slope_yours, rtol=1e-6, atol=1e-8)
        print(f"d{slope_name}, first row measured:  {np.round(slope_measured[0], 5)}")
        print(
            f"{'':{len(slope_name) + 1}}  your function:       {np.round(slope_yours[0], 5)}   "
            f"all entries agree: {slope_same}"
        )

# %% [markdown]
# If one block does not agree, look at its line, and at the lines above it in the backward pass.
#
# ### Exercise: update_parameters
#
# One step downhill, for each of the four:
#
# $$\theta := \theta - \alpha \, d\theta$$
#
# The dictionary that you are handed belongs to the caller. Make new arrays and a new dictionary;
# leave the old ones as they are.
#
# <details><summary>Hint</summary>
#
# `W1 = W1 - learning_rate * dW1` makes a new array. `W1 -= learning_rate * dW1` changes the one
# that the caller still holds.
# </details>
# <details><summary>Fuller hint</summary>
#
# Four lines like `W1 = parameters["W1"] - learning_rate * grads["dW1"]`, then a new dictionary with
# the keys W1, b1, W2, b2. If you prefer to work in place, begin with a copy:
# `copy.deepcopy(parameters)`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters"}
def update_parameters(parameters, grads, learning_rate=1.2):
    """One step of gradient descent.

    Args:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1). It must
            come back unchanged.
        grads: dictionary of dW1, db1, dW2, db2, each of the shape of its parameter.
        learning_rate: the step size, a number.

    Returns:
        A new dictionary of W1, b1, W2, b2 after the step.
    """
    ### BEGIN SOLUTION
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters-check"} tags=["check"]
step_parameters = {
    "W1": np.array([[1.0], [-1.0], [0.0]]), "b1": np.array([[0.5], [0.0], [-2.0]]),
    "W2": np.array([[2.0, -1.0, 0.0], [0.5, 3.0, -4.0]]), "b2": np.array([[0.0], [1.0]]),
}  # fmt: skip
step_grads = {
    "dW1": np.array([[0.5], [1.0], [-2.0]]), "db1": np.array([[-1.0], [0.25], [1.5]]),
    "dW2": np.array([[0.25, -0.5, 1.0], [2.0, 0.0, -1.5]]), "db2": np.array([[3.0], [-0.5]]),
}  # fmt: skip
step_expected = {
    "W1": [[0.0], [-3.0], [4.0]], "b1": [[2.5], [-0.5], [-5.0]],
    "W2": [[1.5, 0.0, -2.0], [-3.5, 3.0, -1.0]], "b2": [[-6.0], [2.0]],
}  # fmt: skip
with checking("update_parameters", parameters=step_parameters, grads=step_grads):
    step_taken = update_parameters(step_parameters, step_grads, learning_rate=2)
    check("parameters", step_taken, step_expected, rtol=1e-5)
    step_usual = update_parameters(step_parameters, step_grads)
    check("learning rate left out: W1", step_usual["W1"], [[0.4], [-2.2], [2.4]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "update_parameters-test", "points": 4}
verdict("update_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("update_parameters", cases=6, returns="parameters")
def _(case):
    n_x, n_h, n_y = case.rng.permutation([2, 3, 4, 5, 6, 7])[:3]
    if case.index in (0, 1):
        n_y = 1
    if case.index == 3:
        n_x = n_h = 1
    if case.index == 5:
        n_x = n_h = n_y = 3
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: case.rng.standard_normal(shape) for name, shape in shapes.items()}
    grads = {"d" + name: case.rng.standard_normal(shape) for name, shape in shapes.items()}
    learning_rate = [None, 0.37, 2.5, None, 0, 0.008][case.index]
    if learning_rate is None:
        case.call(update_parameters, parameters, grads)
    else:
        case.call(update_parameters, parameters, grads, learning_rate=learning_rate)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: the whole network
#
# ### Exercise: nn_model
#
# All parts are there. Training is a loop around them: forward, backward, update, and again.
#
# <details><summary>Hint</summary>
#
# Before the loop: the sizes of input and output from `layer_sizes`, and the first parameters. In
# the loop: three calls, and each uses what the one before it returned. The new parameters must take
# the place of the old ones.
# </details>
# <details><summary>Fuller hint</summary>
#
# `layer_sizes(X, Y)` returns three numbers; take the first and the last. The hidden size is the
# **argument** `n_h`, not the 4 that `layer_sizes` returns. In each iteration:
# `A2, cache = forward_propagation(X, parameters)`, then
# `grads = backward_propagation(parameters, cache, X, Y)`, then
# `parameters = update_parameters(parameters, grads)`. With `print_cost`, print
# `compute_cost(A2, Y)` every 1000 iterations. The return stands after the loop.
# </details>

# %% nbgrader={"solution": true, "grade_id": "nn_model"}
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Train a network with one hidden layer by gradient descent.

    The learning rate is that of update_parameters.

    Args:
        X: examples, one a column, shape (n_x, m).
        Y: labels 0 or 1, shape (1, m).
        n_h: number of hidden units.
        num_iterations: number of steps.
        print_cost: whether to print the cost every 1000 iterations.

    Returns:
        The trained parameters, a dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).
    """
    ### BEGIN SOLUTION
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and i % 1000 == 0:
            print(f"cost after iteration {i}: {compute_cost(A2, Y):.4f}")
    return parameters
    ### END SOLUTION

# %% [markdown]
# The check learns a stripe: points on a line, label 1 for those in the middle. Then it counts your
# steps, on inputs that are all 0: there b2 alone can learn.

# %% nbgrader={"locked": true, "grade_id": "nn_model-check"} tags=["check"]
stripe_X = np.array([[-2.0, -1.5, -1.0, 0.5, 1.0, 1.5, 2.5, 3.0, 3.5]])
stripe_Y = np.array([[0, 0, 0, 1, 1, 1, 0, 0, 0]])
stripe_shapes = {"W1": (5, 1), "b1": (5, 1), "W2": (1, 5), "b2": (1, 1)}
still_X, still_Y = np.zeros((2, 4)), np.array([[0, 0, 1, 0]])
with checking("nn_model", X=stripe_X, Y=stripe_Y):
    stripe_parameters = nn_model(stripe_X, stripe_Y, 5, num_iterations=2000)
    stripe_seen = {name: np.shape(value) for name, value in stripe_parameters.items()}
    check("shapes", stripe_seen, stripe_shapes)
    stripe_A2 = forward_propagation(stripe_X, stripe_parameters)[0]
    check("stripe: probabilities", stripe_A2, stripe_Y, atol=0.1)
    # All inputs 0: only b2 can learn. Three steps of rate 1.2 take it to -0.30, -0.51, -0.66.
    still_parameters = nn_model(still_X, still_Y, 6, num_iterations=3, print_cost=True)
    check("b2 after 3 steps, inputs 0", still_parameters["b2"], [[-0.6607]], atol=0.003)

# %% nbgrader={"grade": true, "grade_id": "nn_model-test", "points": 7}
verdict("nn_model")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "nn_model",
    cases=6,
    returns="parameters",
    calls=(
        "layer_sizes", "initialize_parameters", "forward_propagation", "compute_cost",
        "backward_propagation", "update_parameters",
    ),
)
def _(case):
    n_x, n_h, m = [(2, 3, 11), (3, 1, 7), (5, 6, 9), (2, 7, 1), (2, 5, 12), (3, 2, 6)][case.index]
    X = 1.5 * case.rng.standard_normal((n_x, m))
    Y = case.rng.integers(0, 2, (1, m))
    num_iterations = [17, 5, 60, 8, 31, 1][case.index]
    case.call(nn_model, X, Y, n_h, num_iterations=num_iterations, print_cost=case.index == 4)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: predict
#
# A probability above one half is a vote for label 1.
#
# <details><summary>Hint</summary>
#
# You need A2 only. The cache can go: `A2, _ = forward_propagation(X, parameters)`.
# </details>
# <details><summary>Fuller hint</summary>
#
# `A2 > 0.5` is an array of True and False with the shape of A2. You may return it as it is, or as 0
# and 1.
# </details>

# %% nbgrader={"solution": true, "grade_id": "predict"}
def predict(parameters, X):
    """The label of each example.

    Args:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).
        X: examples, one a column, shape (n_x, m).

    Returns:
        Labels, shape (1, m): 1 or True where the probability is above 0.5, else 0 or False.
    """
    ### BEGIN SOLUTION
    A2, _ = forward_propagation(X, parameters)
    return A2 > 0.5
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "predict-check"} tags=["check"]
# Their probabilities of label 1: 0.26, 0.66, 0.85, 0.53, 0.59.
label_X = np.array([[1.0, -2.0, 0.5, 0.5, -1.0], [0.25, 1.5, -1.0, 0.0, 1.0]])
with checking("predict", parameters=seen_parameters, X=label_X):
    check("labels", predict(seen_parameters, label_X), [[0, 1, 1, 1, 1]])

# %% nbgrader={"grade": true, "grade_id": "predict-test", "points": 3}
verdict("predict")
### BEGIN HIDDEN TESTS
@hidden_cases("predict", cases=5, returns="labels", calls=("forward_propagation",))
def _(case):
    n_x, n_h, m = [(2, 3, 14), (4, 2, 1), (3, 5, 17), (1, 1, 9), (3, 3, 3)][case.index]
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    parameters = {name: case.rng.standard_normal(shape) for name, shape in shapes.items()}
    parameters["b2"] = 0.2 * parameters["b2"]
    case.call(predict, parameters, case.rng.standard_normal((n_x, m)))
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: see what it does
#
# ### Experiment: the flower

# %% nbgrader={"locked": true, "grade_id": "training"}
def cost_of(parameters, X, Y):
    """The cross-entropy in nats, from Z2, so that it stays finite where A2 rounds to 0 or 1."""
    Z2 = forward_propagation(X, parameters)[1]["Z2"]
    return float(np.mean(np.logaddexp(0, Z2) - Y * Z2))


def accuracy(parameters, X, Y):
    """The share of right labels, in percent."""
    return 100 * np.mean(predict(parameters, X) == Y)


def start(n_h, size=0.01):
    """First parameters for two inputs and one output: your draw, its weights of spread `size`."""
    drawn = initialize_parameters(2, n_h, 1)
    factor = {"W": size / 0.01, "b": 1}
    return {name: value * factor[name[0]] for name, value in drawn.items()}


def train(parameters, X, Y, num_iterations, learning_rate=1.2):
    """nn_model from first parameters and with a learning rate of our choice.

    Returns:
        The trained parameters, and an array of the costs before each step.
    """
    costs = []
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(np.mean(np.logaddexp(0, cache["Z2"]) - Y * cache["Z2"]))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, np.array(costs)

# %% tags=["demo"]
if ready(
    "layer_sizes", "initialize_parameters", "forward_propagation", "compute_cost",
    "backward_propagation", "update_parameters", "nn_model", "predict",
):  # fmt: skip
    flower_parameters = nn_model(train_X, train_Y, n_h=4, num_iterations=10000, print_cost=True)
    print(f"right in training: {accuracy(flower_parameters, train_X, train_Y):.1f} %")
    print(f"right in the test: {accuracy(flower_parameters, test_X, test_Y):.1f} %")

    flower_costs = train(start(4), train_X, train_Y, 10000)[1]
    flower_figure, flower_axes = plt.subplots(1, 2, figsize=(10.5, 4.2), width_ratios=(1.2, 1))
    flower_axes[0].semilogx(
        np.arange(1, 10001), flower_costs, color=plots.BLUE, linewidth=2, label="4 hidden units"
    )
    flower_axes[0].axhline(
        np.log(2), color=plots.BLACK, linestyle=":", linewidth=1.2,
        label="one half to everything: ln 2",
    )  # fmt: skip
    flower_axes[0].set(xlabel="iteration (number, logarithmic)", ylabel="cost (nats)")
    flower_axes[0].set_ylim(0, 0.75)
    flower_axes[0].legend(loc="lower left")
    plots.decision_boundary(flower_axes[1], lambda X: predict(flower_parameters, X), test_X, test_Y)
    flower_axes[1].set_title("Learned, with the test points")
    plots.show(
        flower_figure,
        alt="Left: the cost against the iteration. It stays at ln 2 = 0.69 for about 100 "
        "iterations, then falls steeply, to 0.08 at iteration 200, and slowly on towards 0. Right: "
        "the boundary parts the plane into six sectors around the origin, and the test points lie "
        "in sectors of the right shade.",
    )

# %% [markdown]
# 100 % in training, 99.5 % in the test: one test point of 200 is wrong. Logistic regression had
# 44.5 %.
#
# Look at the left picture again. For about 100 iterations *nothing* seems to happen. Then, within
# another 100, nearly all is learned. While the weights are small, tanh is a straight line, and the
# network is no better than logistic regression. In that time the weights do grow, but unseen. We
# come back to this.
#
# ### Experiment: what has each hidden unit learned?
#
# Train a network with three hidden units and look at each of them alone: its activation A1 at every
# point of the plane.

# %% tags=["demo"]
if ready(
    "layer_sizes", "initialize_parameters", "forward_propagation", "compute_cost",
    "backward_propagation", "update_parameters", "nn_model",
):  # fmt: skip
    units_parameters = nn_model(train_X, train_Y, n_h=3)
    units_votes, units_b1 = units_parameters["W2"].ravel(), units_parameters["b1"].ravel()
    # To which side of its line a unit speaks for label 1:
    units_arrows = units_parameters["W1"] * np.sign(units_votes)[:, None]
    units_angles = np.rad2deg(np.arctan2(units_arrows[:, 1], units_arrows[:, 0])) % 360
    units_order = np.argsort(units_angles)
    print("unit   speaks for label 1 towards   weight of its vote   bias b1")
    for units_place, j in enumerate(units_order, start=1):
        print(
            f"{units_place:4}   {units_angles[j]:23.0f}°   {abs(units_votes[j]):18.1f}   "
            f"{units_b1[j]:7.1f}"
        )

    units_first, units_second = np.meshgrid(np.linspace(-4, 4, 120), np.linspace(-4, 4, 120))
    units_grid = np.stack([units_first.ravel(), units_second.ravel()])
    units_A2, units_cache = forward_propagation(units_grid, units_parameters)
    units_levels = np.linspace(-1, 1, 9)
    units_figure, units_axes = plt.subplots(1, 4, figsize=(12, 3.4), sharey=True)

    def draw_votes(axes, votes, title):
        """A map of votes between -1 and 1 on the grid, with a line where they are 0."""
        votes = votes.reshape(units_first.shape)
        shades = axes.contourf(units_first, units_second, votes, units_levels, cmap="PuOr_r")
        line = {"levels": [0], "colors": [plots.BLACK], "linewidths": 1.5}
        axes.contour(units_first, units_second, votes, **line)
        axes.set(title=title, xlabel="x₁", aspect="equal")
        axes.grid(False)
        return shades

    for units_place, (axes, j) in enumerate(zip(units_axes, units_order), start=1):
        units_shades = draw_votes(
            axes, np.sign(units_votes[j]) * units_cache["A1"][j], f"hidden unit {units_place}: tanh"
        )
        units_arrow = 2.2 * units_arrows[j] / np.linalg.norm(units_arrows[j])
        axes.annotate("", units_arrow, (0, 0), arrowprops={"arrowstyle": "-|>", "linewidth": 2})
    draw_votes(units_axes[3], 2 * units_A2 - 1, "output: all three")
    units_axes[0].set_ylabel("x₂")
    units_bar = units_figure.colorbar(units_shades, ax=units_axes, shrink=0.8, ticks=[-1, 0, 1])
    units_bar.ax.set_yticklabels(["−1: against", "0: undecided", "+1: for"])
    units_bar.set_label("vote for label 1")
    plots.show(
        units_figure,
        alt="Four maps of the plane. Hidden units 1, 2 and 3 each split it in two halves along a "
        "line through the origin, with a narrow soft edge; their arrows point to 30, 150 and about "
        "272 degrees. The fourth map, the output, has six sectors that are for and against label 1 "
        "by turns.",
    )

# %% [markdown]
# Compare with the first picture of this lesson. There we chose arrows at 30°, 150° and 270° and
# gave each one vote. Nobody told the network. It found 30°, 150° and 272°, with votes of 9.5, 9.8
# and 9.9, and almost no bias. (The signs come out either way: a unit may point to the other side if
# its vote is negative, so we drew the side for which it speaks.)
#
# ### Experiment: how many hidden units?

# %% tags=["demo"]
if ready(
    "layer_sizes", "initialize_parameters", "forward_propagation", "compute_cost",
    "backward_propagation", "update_parameters", "nn_model", "predict",
):  # fmt: skip
    counts = (1, 2, 3, 4, 5, 20, 50)
    counted = {n_h: nn_model(train_X, train_Y, n_h, num_iterations=5000) for n_h in counts}
    print("hidden units   cost in training   right in training   right in the test")
    for n_h, parameters in counted.items():
        counts_right = [accuracy(parameters, *xy) for xy in ((train_X, train_Y), (test_X, test_Y))]
        print(
            f"{n_h:12}   {cost_of(parameters, train_X, train_Y):9.3f} nats   "
            f"{counts_right[0]:15.1f} %   {counts_right[1]:15.1f} %"
        )

    counts_figure, counts_axes = plt.subplots(2, 4, figsize=(10, 4.9), sharex=True, sharey=True)
    for axes, (n_h, parameters) in zip(counts_axes.ravel(), counted.items()):
        plots.decision_boundary(axes, lambda X: predict(parameters, X), test_X, test_Y)
        counts_title = "1 hidden unit" if n_h == 1 else f"{n_h} hidden units"
        axes.set(xlabel="", ylabel="", title=counts_title)
    counts_axes[1, 3].axis("off")
    counts_handles = counts_axes[0, 0].get_legend_handles_labels()
    counts_axes[1, 3].legend(*counts_handles, loc="center", title="test points")
    for axes in counts_axes[:, 0]:
        axes.set_ylabel("x₂")
    for axes in (*counts_axes[1, :3], counts_axes[0, 3]):
        axes.set_xlabel("x₁")
    plots.show(
        counts_figure,
        alt="Seven decision boundaries over the test points. 1 hidden unit: one straight line. "
        "2 units: one petal is fenced in by two lines, the rest of the plane is guesswork. "
        "3, 4, 5, 20 and 50 units: six sectors, one for each petal, nearly the same in all five "
        "pictures.",
    )

# %% [markdown]
# * **One unit** draws one line: 66.5 % in the test, two petals of three. Its cost, 0.639 nats, is
#   almost exactly what it costs to say "two thirds" and to be right two times in three: 0.637.
# * **Two units** get two opposite petals right, where both votes agree. In the other four the votes
#   cancel, and the answer is about one half. Four sixths of ln 2 are 0.462 nats; the network pays
#   0.470. On the cancelled petals its label is luck.
# * **Three units** are enough, because three lines are. From there on nothing is gained. Nor is
#   anything lost: with 50 units, 201 parameters for 400 points, the test accuracy is still 100 %.
#   This flower has clear gaps between its petals, so there is nothing wrong to learn.
#
# ### Experiment: the learning rate

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters"
):
    rates = {
        0.01: (":", plots.PURPLE), 0.1: ("-.", plots.GREEN), 1.2: ("-", plots.BLUE),
        5: ("--", plots.BLACK), 30: ("-", plots.ORANGE),
    }  # fmt: skip
    rate_figure, rate_axes = plt.subplots(figsize=(8.5, 4.2))
    print("learning rate   cost below 0.1 for the first time")
    for rate, (rate_style, rate_colour) in rates.items():
        rate_costs = train(start(4), train_X, train_Y, 2000, rate)[1]
        rate_below = np.flatnonzero(rate_costs < 0.1)
        rate_said = f"after {rate_below[0]} steps" if rate_below.size else "not in 2000 steps"
        print(f"{rate:13}   {rate_said}")
        rate_axes.loglog(
            np.arange(1, 2001), rate_costs, rate_style, color=rate_colour,
            linewidth=0.8 if rate == 30 else 2, label=f"learning rate {rate:g}",
        )  # fmt: skip
    rate_axes.set(xlabel="iteration (number, logarithmic)", ylabel="cost (nats, logarithmic)")
    rate_axes.set_ylim(0.002, 40)
    rate_axes.legend(loc="lower left")
    plots.show(
        rate_figure,
        alt="The cost against the iteration for five learning rates. 0.01: flat at 0.69 for all "
        "2000 iterations. 0.1: begins to fall after about 1400. 1.2 falls after about 100, 5 after "
        "about 30. 30: leaps up to about 16, then jumps up and down between 2 and 5 for ever.",
    )

# %% [markdown]
# With 0.01, a value that works well elsewhere, 2000 iterations are not enough to leave the start;
# with 0.1 they are just enough to get going. With 1.2 it takes 185 steps to 0.1 nats, with 5
# only 47. With 30 the steps leap across the valley and back, for ever, at a cost between 2 and 5
# nats. A flat curve wants a larger rate, a jagged one a smaller rate. So always draw the curve.
#
# ### Experiment: how to start

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters",
    "predict",
):  # fmt: skip
    starts = {f"random, size {size:g}": start(4, size) for size in (1e-8, 1e-4, 0.01, 1)}
    starts["all zero"] = {name: 0 * value for name, value in start(4).items()}
    starts["all weights 0.5"] = {
        name: 0 * value + 0.5 * name.startswith("W") for name, value in start(4).items()
    }
    print(
        "start                 first cost   below 0.1 after   "
        "after 3000 steps   right in the test"
    )
    start_runs = {}
    for start_name, start_parameters in starts.items():
        start_trained, start_costs = train(start_parameters, train_X, train_Y, 3000)
        start_runs[start_name] = start_trained, start_costs
        start_below = np.flatnonzero(start_costs < 0.1)
        start_said = f"{start_below[0]} steps" if start_below.size else "never"
        print(
            f"{start_name:20}   {start_costs[0]:9.3f}   {start_said:>15}   "
            f"{start_costs[-1]:16.3f}   {accuracy(start_trained, test_X, test_Y):15.1f} %"
        )
    print("\nall weights 0.5, W1 after 3000 steps, one row for each hidden unit:")
    print(np.round(start_runs["all weights 0.5"][0]["W1"], 2))

    start_figure, start_axes = plt.subplots(figsize=(8.5, 4.0))
    start_styles = ("-", "--", "-.", ":", "-", "--")
    start_colours = (plots.PURPLE, plots.SKY, plots.BLUE, plots.GREEN, plots.BLACK, plots.RED)
    for start_name, style, colour in zip(start_runs, start_styles, start_colours):
        start_costs = start_runs[start_name][1][:1000]
        start_axes.plot(start_costs, style, color=colour, linewidth=2, label=start_name)
    start_axes.set(xlabel="iteration (number)", ylabel="cost (nats)", ylim=(0, 1.5))
    start_axes.legend(loc="upper right")
    plots.show(
        start_figure,
        alt="The cost over the first 1000 iterations for six starts. All zero: flat at 0.69. All "
        "weights 0.5: falls to about 0.64 and stays there. The four random starts all fall to "
        "nearly 0, the smaller the later: size 1 within 60 iterations, 0.01 before 200, 0.0001 "
        "after about 300, 0.00000001 after about 500.",
    )

# %% [markdown]
# * **All zero** never moves. The gradient of W1 has the factor W2, and the gradient of W2 has the
#   factor A1. Both are zero.
# * **All alike** is hardly better. Four units compute the same, get the same gradient and take the
#   same step: the rows of W1 are still equal. A layer of four units is worth one: one line, 66.5 %.
# * **Small and random** works, but the smaller, the later. Near zero each layer's gradient is
#   proportional to the other layer's weights, so the weights grow by the same *factor* in each
#   step, like money at interest. A start that is 10 000 times smaller costs about 210 steps more
#   here: 52 for each factor of ten. Zero is infinitely many factors of ten away.
# * **Size 1** is the quickest here, although its first cost is higher: it begins sure of itself,
#   and mostly wrong. Can a start be too large? Further down it is.
#
# ### Experiment: tanh against the sigmoid in the hidden layer
#
# We need no new network for this. A sigmoid is a tanh in disguise:
# $\sigma(z) = \tfrac12 (1 + \tanh \tfrac z2)$. So a network with sigmoid units computes the same as
# *your* network with $\tfrac12 W_1$, $\tfrac12 b_1$, $\tfrac12 W_2$ and $b_2 + \tfrac12 \sum W_2$.
# The chain rule then gives its gradients from yours.

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters"
):

    def as_tanh(parameters):
        """The tanh network that computes the same as a sigmoid network with these parameters."""
        W2, half = parameters["W2"], {name: value / 2 for name, value in parameters.items()}
        return {**half, "b2": parameters["b2"] + np.sum(W2, axis=1, keepdims=True) / 2}

    sigmoid_parameters, sigmoid_costs = start(4), []
    for _ in range(2000):
        twin = as_tanh(sigmoid_parameters)
        twin_cache = forward_propagation(train_X, twin)[1]
        twin_grads = backward_propagation(twin, twin_cache, train_X, train_Y)
        twin_Z2 = twin_cache["Z2"]
        sigmoid_costs.append(np.mean(np.logaddexp(0, twin_Z2) - train_Y * twin_Z2))
        sigmoid_grads = {
            "dW1": twin_grads["dW1"] / 2, "db1": twin_grads["db1"] / 2,
            "dW2": (twin_grads["dW2"] + twin_grads["db2"]) / 2, "db2": twin_grads["db2"],
        }  # fmt: skip
        sigmoid_parameters = update_parameters(sigmoid_parameters, sigmoid_grads)
    tanh_costs = train(start(4), train_X, train_Y, 2000)[1]
    for hidden_name, hidden_costs in (("tanh", tanh_costs), ("sigmoid", np.array(sigmoid_costs))):
        print(
            f"{hidden_name + ':':8} cost below 0.1 after {np.argmax(hidden_costs < 0.1)} steps, "
            f"{hidden_costs[1999]:.3f} nats after 2000"
        )

# %% [markdown]
# Both learn the flower. The sigmoid takes 788 steps where tanh takes 185: more than four times as
# many. The reason is in the code. Seen from the tanh network, each weight gets half of a gradient
# that was already halved: a quarter of the step. At 0, tanh has slope 1 and the sigmoid ¼. There is
# a second reason in general: tanh answers around 0 and the sigmoid around ½, which the next layer
# first has to make up for.
#
# At the *output* the sigmoid is right all the same. There we need a probability.
#
# ### Experiment: other shapes

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters",
    "predict",
):  # fmt: skip
    shape_names, shape_counts = ("moons", "circles", "spirals"), (2, 3, 4, 8)
    shape_runs = {}
    print("right in the test, with     " + "".join(f"{n_h:2} units   " for n_h in shape_counts))
    for shape_name in shape_names:
        shape_X, shape_Y, shape_test_X, shape_test_Y = data.load_planar(shape_name)
        shape_row = f"{shape_name:26}"
        for n_h in shape_counts:
            shape_trained = train(start(n_h, 1), shape_X, shape_Y, 5000, 0.1)[0]
            shape_row += f"{accuracy(shape_trained, shape_test_X, shape_test_Y):6.1f} %   "
            shape_runs[shape_name, n_h] = shape_trained
        print(shape_row)

    shape_figure, shape_axes = plt.subplots(2, 3, figsize=(9.5, 5.6))
    for shape_column, shape_name in zip(shape_axes.T, shape_names):
        _, _, shape_test_X, shape_test_Y = data.load_planar(shape_name)
        for axes, n_h in zip(shape_column, (2, 8)):
            shape_trained = shape_runs[shape_name, n_h]
            plots.decision_boundary(
                axes, lambda X: predict(shape_trained, X), shape_test_X, shape_test_Y
            )
            axes.set_title(f"{shape_name}, {n_h} hidden units")
    plots.show(
        shape_figure,
        alt="Test points of three sets, each with the boundary of a network with 2 hidden units "
        "above and 8 below. Moons: 2 units draw a nearly straight line, and the inner tips of both "
        "moons are cut off; 8 units bend around both tips. Circles: 2 units cannot close a ring; "
        "8 units draw a closed, rounded curve between the rings. Spirals: 2 units part the plane "
        "roughly; 8 units follow both arms.",
    )

# %% [markdown]
# (These networks start at size 1 and learn with rate 0.1.) One hidden layer can do all three, if it
# has units enough. Two lines cannot close a ring; three can, and their soft edges round the
# corners. The spirals strain it most: they still gain from four to eight.
#
# How much does the size of the first weights matter here? On the flower every size was good in the
# end. The flower is kind.

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters",
    "predict",
):  # fmt: skip
    print("right in the test, 8 hidden units,          share of hidden activations")
    print("learning rate 0.1, 3000 steps               beyond ±0.99 at the start")
    for size_name in ("flower", "circles", "spirals"):
        size_X, size_Y, size_test_X, size_test_Y = data.load_planar(size_name)
        for size in (0.01, 1, 10):
            size_A1 = forward_propagation(size_X, start(8, size))[1]["A1"]
            size_trained = train(start(8, size), size_X, size_Y, 3000, 0.1)[0]
            print(
                f"{size_name:8} start of size {size:4}   "
                f"{accuracy(size_trained, size_test_X, size_test_Y):6.1f} %   "
                f"{100 * np.mean(np.abs(size_A1) > 0.99):24.0f} %"
            )

# %% [markdown]
# * **Too small.** On the circles both classes are centred on the origin, and near zero the network
#   sees nothing but these centres. After 3000 steps it has not left the start: 45 %.
# * **Too large.** At size 10, more than 80 % of the hidden activations begin beyond ±0.99, where
#   the slope of tanh is below 0.02. Such a unit hardly learns, so the network has to make do with
#   the lines that it happened to draw: 62 and 74 %, where size 1 gets 93 and 95 %.
# * **The flower forgives both.** Steep lines through the origin are just what it needs, and with
#   b1 = 0 every line starts out through the origin.
#
# So there is a right size, and it depends on the layer. Course 2, week 1 says which.
#
# In principle one hidden layer can come as close as you like to *any* continuous function on a
# bounded square (Cybenko, 1989). The theorem does not say how many units that takes, nor that
# gradient descent finds them. Here is a set where more units are the wrong remedy.

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters",
    "predict",
):  # fmt: skip
    moons_X, moons_Y, moons_test_X, moons_test_Y = data.load_planar("moons")
    print("moons, learning rate 1.2, 5000 steps     right in the test   typical |Z1|")
    for moons_size in (0.01, 1):
        for n_h in (3, 20, 50):
            moons_parameters = train(start(n_h, moons_size), moons_X, moons_Y, 5000)[0]
            moons_Z1 = forward_propagation(moons_X, moons_parameters)[1]["Z1"]
            print(
                f"start of size {moons_size:4}, {n_h:2} hidden units   "
                f"{accuracy(moons_parameters, moons_test_X, moons_test_Y):22.1f} %   "
                f"{np.sqrt(np.mean(moons_Z1**2)):12.1f}"
            )

# %% [markdown]
# From a small start, three units solve the moons, and 50 are stuck at 89 %, which is what logistic
# regression gets. Why? On the moons a straight line is already a fair answer, and 50 units can draw
# it together with tiny weights each. Then every Z1 stays near 0, where tanh is straight: the
# network is still a linear one and sees no reason to bend. Start at size 1, and the bends are there
# from the beginning.
#
# ### Experiment: too many units
#
# The flower cannot be overfitted: its petals do not overlap. The field can. There, near the border,
# one touch in four strays to the other side, so whoever gets every training point right has learned
# strays by heart.

# %% tags=["demo"]
if ready(
    "initialize_parameters", "forward_propagation", "backward_propagation", "update_parameters",
    "predict",
):  # fmt: skip
    field_X, field_Y, field_test_X, field_test_Y = data.load_planar("field")
    field_figure, field_axes = plt.subplots(1, 2, figsize=(10.5, 4.2), width_ratios=(1.2, 1))
    field_steps = np.arange(0, 10001, 250)
    print("field         step   cost in training   cost in the test   right in the test")
    for n_h, colour, marker in ((4, plots.BLUE, "o"), (50, plots.RED, "^")):
        field_parameters, field_costs = start(n_h, 1), []
        for field_step in field_steps:
            if field_step:
                field_parameters = train(field_parameters, field_X, field_Y, 250)[0]
            field_train_cost = cost_of(field_parameters, field_X, field_Y)
            field_test_cost = cost_of(field_parameters, field_test_X, field_test_Y)
            field_costs.append([field_train_cost, field_test_cost])
            if field_step in (500, 2000, 10000):
                print(
                    f"{n_h:2} units   {field_step:7}   "
                    f"{field_train_cost:16.3f}   {field_test_cost:16.3f}   "
                    f"{accuracy(field_parameters, field_test_X, field_test_Y):15.1f} %"
                )
        field_train_costs, field_test_costs = np.array(field_costs[1:]).T
        field_axes[0].plot(
            field_steps[1:], field_test_costs, marker + "-",
            color=colour, markersize=5, label=f"{n_h} units, test",
        )  # fmt: skip
        field_axes[0].plot(
            field_steps[1:], field_train_costs, marker + "--",
            color=colour, markersize=5, markerfacecolor="white", label=f"{n_h} units, training",
        )  # fmt: skip
    field_axes[0].set(xlabel="iteration (number)", ylabel="cost (nats)", title="The gap opens")
    field_axes[0].set_ylim(0.17, 0.37)
    field_axes[0].legend(loc="upper left", ncols=2, fontsize=9)
    plots.decision_boundary(
        field_axes[1], lambda X: predict(field_parameters, X), field_X, field_Y
    )
    field_axes[1].set(xlabel="x₁ (50 m)", ylabel="x₂ (50 m)", title="50 units, training points")
    plots.show(
        field_figure,
        alt="Left: cost against iteration on the field. With 50 hidden units the training cost "
        "falls to 0.20 while the test cost rises from 0.25 to 0.34; with 4 units the gap is "
        "smaller. Right: the boundary of the network with 50 units, a diagonal with bays and hooks "
        "that reach out for single training points.",
    )

# %% [markdown]
# With 50 units the training cost keeps falling, 0.256, 0.240, 0.199, while the test cost rises:
# 0.251, 0.264, 0.342. It was best near the beginning. With 4 units the gap is smaller: 0.241 and
# 0.283 at the end. Now look at the accuracy in the test: 86.5, 86.5, 85.5 %. On 200 points that is
# no news at all, as chance alone moves it by ±2.4. **The cost shows overfitting long before the
# accuracy does.** What to do against it is the subject of course 2, week 1.
#
# So two things decide how many units you need: the shape of the boundary, which asks for more, and
# noise in the labels, which punishes too many.
#
# ## Mistakes that most people make
#
# All of these were tried on the flower, with four units and learning rate 1.2.
#
# * **1/m is forgotten in the gradients.** The first costs are 0.693, 0.702, 14.0, nan: each step is
#   400 times too long.
# * **`Y - A2` instead of `A2 - Y`.** The cost stays at 0.69 for about 40 steps and then climbs:
#   1.46 at step 50, 73 at step 100, 223 at step 200, and nan from step 289 on. The network runs
#   uphill.
# * **The derivative of tanh is missing.** The cost stays at 0.69 for all 10 000 steps. It looks
#   like a learning rate that is too small, and no learning rate helps.
# * **`1 - A1` instead of `1 - A1**2`.** The cost falls to 0.25, then rises to 0.37. For A1 = −1 the
#   slope should be 0, and here it is 2.
# * **All weights start at zero.** The cost is 0.693 at every step, to the last digit.
# * **`keepdims` is forgotten.** After the first update b1 is (4, 4), and forward propagation stops:
#   operands could not be broadcast together with shapes (4,400) (4,4). With b2 nothing is noticed:
#   (1, 1) minus (1,) is (1, 1).
# * **`np.sum` of db1 without an axis.** One number for all units. Nothing is noticed at all: the
#   flower is learned as before, 99.5 % in the test, because lines through the origin need no bias.
#   A network that learns is no proof of a right gradient. Only measuring it is.
# * **`n_h` is taken from `layer_sizes`.** Every picture of "how many hidden units?" looks the same,
#   even that with one.
#
# ## Recap
#
# 1. A hidden tanh unit is a line with a soft edge; the output unit takes a weighted vote of them.
# 2. Forward keeps A1 and A2 in the cache; backward needs six lines, and each gradient has the shape
#    of what it belongs to.
# 3. dZ2 = A2 − Y, then W2ᵀ dZ2 times the slope 1 − A1², and everything over m.
# 4. Weights start small and random: zero never moves, equal units stay equal, and too small means a
#    long flat beginning.
# 5. More units bend the boundary more. Where labels are noisy, they learn the noise: watch the test
#    *cost*.
#
# **To think about.** The four points (±1, ±1) with label 1 where the two signs differ ("exclusive
# or") can be parted with two lines. Yet with small first weights the cost stands at 0.693 after
# 2000 steps. Why? Compute the mean of $(y - \tfrac12)\,x$. Why does it help to start at size 1?
#
# **Where to read on**
#
# * D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating
#   errors*, Nature 323 (1986). Four pages; also on breaking symmetry.
# * G. Cybenko, *Approximation by superpositions of a sigmoidal function*, Mathematics of Control,
#   Signals and Systems 2 (1989), theorem 2.
# * Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, *Efficient BackProp* (1998), sections 4.4 (why
#   tanh) and 4.6 (how to start).
# * M. Nielsen, *Neural networks and deep learning* (2015), chapter 4: a visual proof that one
#   hidden layer can draw anything.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
