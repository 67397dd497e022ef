# %% [markdown]
# # Optimization
#
# The gradient says which way is down. It does not say how far to go. Every method of this lesson is
# an answer to that: gradient descent, momentum, RMSprop, Adam. You write all four, each from the
# weakness of the one before.
#
# Then you let them race. Adam wins one race by far. In another it gets more than a third of the
# points wrong, at every learning rate, and plain gradient descent gets none wrong. You will see why.
#
# **You will be able to**
#
# * write an optimizer from its formula, for a network of any depth;
# * cut data into mini-batches without tearing examples from their labels;
# * say why averages that start at zero are too small, and by how much: you find the formula;
# * choose an optimizer and its learning rate by measuring, not by fashion.
#
# **Time** about 100 minutes, the open task apart. **Builds on** layers and their gradients (course
# 1, week 4). Each exercise's heading gives points, minutes, difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import (
    check, checking, data, hidden_cases, lesson, play, plots, ready, surfaces, verdict, verdicts,
)

lesson("course2-week2/optimization")

# %% [markdown]
# ## One picture
#
# A valley, seen from above, with lines of equal cost. Across, along $b$, it is 30 times as steep as
# along $w$. The star is its lowest point. Four methods start on its side.

# %% tags=["demo", "picture"]
ways = {
    "gradient descent": surfaces.way(80, rate=0.06),
    "momentum": surfaces.way(80, rate=0.2, smooth=0.9),
    "RMSprop": surfaces.way(80, rate=0.1, scale=0.9),
    "Adam": surfaces.way(80, rate=0.2, smooth=0.9, scale=0.999),
}
figure = surfaces.draw(ways, (5, 20, 80), (plots.BLACK, plots.BLUE, plots.GREEN, plots.RED))
plots.show(figure, "Four ways down a long flat valley, after 5, 20 and 80 steps. Gradient descent "
           "jumps from side to side in sharp zigzags. Momentum swings in wide waves, past the star "
           "and back. RMSprop and Adam set out along one diagonal; RMSprop then keeps to the "
           "middle, Adam swings a little. After 80 steps all are at the star or near it.")

# %% [markdown]
# Gradient descent wastes its steps on leaping from side to side. Momentum swings, but makes way.
# RMSprop and Adam set out in *one* direction, as if both slopes were equally steep. **How do they
# know?** Keep the question.
#
# ## The idea
#
# With the gradients $dW_l$, $db_l$ and the learning rate $\alpha$, gradient descent is
#
# $$W_l := W_l - \alpha\, dW_l, \qquad b_l := b_l - \alpha\, db_l.$$
#
# | name | keys | shape |
# |---|---|---|
# | `parameters` | `"W1"`, `"b1"`, …, `"WL"`, `"bL"` | $(n_l, n_{l-1})$ and $(n_l, 1)$ |
# | `grads` | `"dW1"`, `"db1"`, … | each that of its parameter |
# | `v`, `s` (later) | `"dW1"`, `"db1"`, … | the same |
#
# All operations are entry by entry. There are $L$ layers: `len(parameters) // 2`.

# %% [markdown]
# **Two steps, by hand.** One weight $w = 3$, one bias $b = 3$, $\alpha = 0.1$. The gradients of $w$
# are $10$, then $-10$: here $w$ stands across the valley, in the picture $b$. Those of
# $b$ are $1$ and $1$.
#
# | | $w$ | $b$ |
# |---|---|---|
# | start | 3 | 3 |
# | after step 1 | 3 − 0.1 · 10 = 2 | 2.9 |
# | after step 2 | 2 + 0.1 · 10 = 3 | 2.8 |
#
# **Two steps, and $w$ is where it was.** Keep this table: momentum will be put to it.

# %% nbgrader={"locked": true, "grade_id": "numbers"}
# The example by hand as a network of one unit, and other small numbers for the checks below.
def start_by_hand():
    return {"W1": np.array([[3.0]]), "b1": np.array([[3.0]])}


def no_past():
    return {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}


by_hand = [
    {"dW1": np.array([[10.0]]), "db1": np.array([[1.0]])},
    {"dW1": np.array([[-10.0]]), "db1": np.array([[1.0]])},
]
three_grads = {
    "dW1": np.array([[5.0, -5.0, 1.0], [0.0, 10.0, 2.0]]), "db1": np.array([[1.0], [-2.0]]),
    "dW2": np.array([[-3.0, 4.0]]), "db2": np.array([[5.0]]),
    "dW3": np.array([[1.0], [-5.0], [0.0]]), "db3": np.array([[-1.0], [4.0], [3.0]]),
}


def start_of_two():
    return {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[-1.0]]),
            "W2": np.array([[4.0], [0.0]]), "b2": np.array([[0.5], [1.0]])}


two_grads = {"dW1": np.array([[3.0, -1.0]]), "db1": np.array([[-2.0]]),
             "dW2": np.array([[4.0], [2.0]]), "db2": np.array([[1.0], [-3.0]])}

# %% [markdown]
# ## Part 1: steps and batches
#
# ### update_parameters_with_gd · 4 points · 5 minutes · difficulty 1 · importance 4
#
# <details><summary>Hint: the question</summary>
#
# Which key of `grads` belongs to `"W2"`? And how many layers are there?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Go through $l = 1, \dots, L$. In each turn two arrays take their step: the weights, shape
# $(n_l, n_{l-1})$, and the biases, shape $(n_l, 1)$.
# </details>
# <details><summary>If you see <em>KeyError: 'W0'</em></summary>
#
# `range(L)` starts at 0. The first layer is number 1.
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters_with_gd"}
def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent for every weight and bias.

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL": Wl of shape (n_l, n_{l-1}), bl of shape
            (n_l, 1). It may be changed in place or not.
        grads: dictionary "dW1", "db1", ..., each of the shape of its parameter; it may hold more.
        learning_rate: a number.

    Returns:
        The dictionary of the parameters after the step, with the same keys and shapes.
    """
    ### BEGIN SOLUTION
    stepped = {}
    for l in range(1, len(parameters) // 2 + 1):
        stepped["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        stepped["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return stepped
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters_with_gd-check"} tags=["check"]
with checking("update_parameters_with_gd", grads=three_grads):
    stepped = update_parameters_with_gd(start_by_hand(), by_hand[0], 0.1)
    check("by hand, step 1", stepped, {"W1": [[2]], "b1": [[2.9]]})
    check("by hand, step 2", update_parameters_with_gd(stepped, by_hand[1], 0.1),
          {"W1": [[3]], "b1": [[2.8]]})
    three_layers = {
        "W1": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "b1": np.array([[0.5], [-0.5]]),
        "W2": np.array([[2.0, -1.0]]), "b2": np.array([[3.0]]),
        "W3": np.array([[1.0], [-2.0], [4.0]]), "b3": np.array([[0.0], [1.0], [2.0]]),
    }
    check("three layers", update_parameters_with_gd(three_layers, three_grads, 0.2), {
        "W1": [[0, 3, 2.8], [4, 3, 5.6]], "b1": [[0.3], [-0.1]], "W2": [[2.6, -1.8]],
        "b2": [[2]], "W3": [[0.8], [-1], [4]], "b3": [[0.2], [0.2], [1.4]],
    })

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_gd-test", "points": 4}
verdict("update_parameters_with_gd")
### BEGIN HIDDEN TESTS
@hidden_cases("update_parameters_with_gd", cases=4, returns="parameters", in_place=("parameters",))
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 4, 6][case.index]]]
    parameters, grads = {}, {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        for letter, shape in (("W", (n, n_prev)), ("b", (n, 1))):
            parameters[f"{letter}{l}"] = case.rng.standard_normal(shape)
            grads[f"d{letter}{l}"] = case.rng.standard_normal(shape)
        grads[f"dA{l - 1}"] = case.rng.standard_normal((n_prev, 5))
    case.call(update_parameters_with_gd, parameters, grads, [0.3, 1.7, 0.0075, 2][case.index])
### END HIDDEN TESTS

# %% [markdown]
# ### random_mini_batches · 10 points · 15 minutes · difficulty 3 · importance 5
#
# Why look at all examples before every step? A few show roughly the same slope, for less work.
# **Shuffle** the columns of $X$ and $Y$ together, then **cut** them into batches. The last one
# holds what is left.
#
# The public course calls `np.random.seed(seed)` and `np.random.permutation(m)`. Another generator
# will do as well. The grader looks at the batches: each example once, beside its label, really
# shuffled, and the same again for the same seed.
#
# <details><summary>Hint: the question</summary>
#
# If column 7 of $X$ moves to place 0, what must happen to $Y$? How many orders do you need?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One order of the numbers $0, \dots, m - 1$, for the columns of both arrays; shapes stay $(n_x, m)$
# and $(1, m)$. Go from 0 to $m$ in strides of the batch size, and cut a slice of columns from both.
# A slice that runs over the end is shorter by itself.
# </details>
# <details><summary>If you see an empty last batch</summary>
#
# If $m$ is a multiple of the batch size, nothing is left over. Test for that.
# </details>

# %% nbgrader={"solution": true, "grade_id": "random_mini_batches"}
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Shuffle the examples and cut them into mini-batches.

    Args:
        X: the examples, shape (n_x, m), one in each column.
        Y: their labels, shape (1, m).
        mini_batch_size: examples in every batch but the last, a whole number.
        seed: the same seed gives the same batches; another seed gives others.

    Returns:
        A list of tuples (mini_batch_X, mini_batch_Y) of shapes (n_x, size) and (1, size). Every
        example is in exactly one of them. The last holds the rest; none is empty.
    """
    ### BEGIN SOLUTION
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    batches = []
    for start in range(0, m, mini_batch_size):
        chosen = order[start : start + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "random_mini_batches-check"} tags=["check"]
check_X = np.arange(150.0) + np.array([[0], [1000], [2000]])
check_Y = 7 * check_X[:1]
with checking("random_mini_batches", X=check_X, Y=check_Y):
    batches = random_mini_batches(check_X, check_Y, 40, seed=1)
    sizes = [(np.shape(x), np.shape(y)) for x, y in batches]
    check("shapes", sizes, [((3, 40), (1, 40))] * 3 + [((3, 30), (1, 30))])
    came = np.concatenate([x for x, _ in batches], axis=1)
    check("every example once", np.sort(came[0]), check_X[0])
    check("rows of X still together", came[1:] - came[0], np.full((2, 150), [[1000.0], [2000]]))
    labels = np.concatenate([y for _, y in batches], axis=1)
    check("each label with its example", labels, 7 * came[:1])
    beside = np.mean(np.abs(np.diff(came[0])) == 1)
    check("share that still stands beside its old neighbour", beside, 0, atol=0.1)
    check("share of batch 1 from the first 40", np.mean(came[0, :40] < 40), 0.27, atol=0.35)
    again = random_mini_batches(check_X, check_Y, 40, seed=1)
    check("the same seed again", again[0][0], batches[0][0])
    other = random_mini_batches(check_X, check_Y, 40, seed=2)
    same = np.mean(other[0][0] == batches[0][0])
    check("share that another seed leaves in place", same, 0, atol=0.15)
    default = [np.shape(x)[1] for x, _ in random_mini_batches(check_X, check_Y)]
    check("batches of the usual size", default, [64, 64, 22])
    multiple = random_mini_batches(check_X, check_Y, 50, seed=3)
    check("three full batches", [np.shape(x)[1] for x, _ in multiple], [50, 50, 50])
    check("one batch larger than all", len(random_mini_batches(check_X, check_Y, 200)), 1)

# %% nbgrader={"grade": true, "grade_id": "random_mini_batches-test", "points": 10}
verdict("random_mini_batches")
### BEGIN HIDDEN TESTS
@hidden_cases("random_mini_batches", cases=7, returns="mini_batches")
def _(case):
    n_x, m, size = [(3, 40, 9), (4, 36, 12), (2, 140, 64), (5, 26, 50), (3, 21, 1), (1, 31, 8), (2, 33, 7)][case.index]
    X, Y = case.rng.standard_normal((n_x, m)), case.rng.permutation(m)[np.newaxis]
    if case.index == 2:
        case.call(random_mini_batches, X, Y)
    elif case.index == 6:
        def twice(X, Y, mini_batch_size, seed):
            first = random_mini_batches(X, Y, mini_batch_size, seed)
            return list(first) + list(random_mini_batches(X, Y, mini_batch_size, seed))
        case.call(twice, X, Y, size, 5)
    else:
        case.call(random_mini_batches, X, Y, size, int(case.rng.integers(1, 1000)))
### END HIDDEN TESTS

# %% [markdown]
# Here is a network, ReLU in every layer but the last, and a loop that trains it. A **step** takes
# the parameters, their gradients, its memory, and its number $t$. It returns the new parameters and
# the new memory. `step_of` makes one from your functions.

# %% nbgrader={"locked": true, "grade_id": "network"}
def forward_propagation(X, parameters):
    """X of shape (n_0, m) -> the list of A_0, ..., A_{L-1}, and Z_L of shape (n_L, m)."""
    L = len(parameters) // 2
    activations = [X]
    for l in range(1, L):
        Z = parameters[f"W{l}"] @ activations[-1] + parameters[f"b{l}"]
        activations.append(np.maximum(0, Z))
    return activations, parameters[f"W{L}"] @ activations[-1] + parameters[f"b{L}"]


def compute_cost(parameters, X, Y):
    """The mean cross-entropy in nats, from Z: it stays finite however sure the network is."""
    Z = forward_propagation(X, parameters)[1]
    return np.mean(np.logaddexp(0, Z) - Y * Z)


def gradients(parameters, X, Y):
    """The gradients {"dW1": ..., "db1": ..., ...} of the cost, each shaped like its parameter."""
    activations, Z = forward_propagation(X, parameters)
    dZ = (0.5 * (1 + np.tanh(Z / 2)) - Y) / X.shape[1]
    grads, L = {}, len(activations)
    for l in range(L, 0, -1):
        if l < L:
            dZ = (parameters[f"W{l + 1}"].T @ dZ) * (activations[l] > 0)
        grads[f"dW{l}"] = dZ @ activations[l - 1].T
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
    return grads


def he_start(sizes, seed):
    """He's start of a network with these sizes, the input first."""
    rng, parameters = np.random.default_rng(seed), {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        parameters[f"W{l}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def step_of(optimizer, learning_rate, beta=0.9):
    """The step of "gd", "momentum", "rmsprop" or "adam". The rate: a number, or a function of t."""
    def step(parameters, grads, memory, t):
        rate = learning_rate(t) if callable(learning_rate) else learning_rate
        if optimizer == "gd":
            return update_parameters_with_gd(parameters, grads, rate), None
        if optimizer == "momentum":
            v = memory or initialize_velocity(parameters)
            return update_parameters_with_momentum(parameters, grads, v, beta, rate)
        if optimizer == "rmsprop":
            s = memory or initialize_velocity(parameters)
            return update_parameters_with_rmsprop(parameters, grads, s, rate)
        v, s = memory or initialize_adam(parameters)
        result = update_parameters_with_adam(parameters, grads, v, s, t, rate, beta)
        return result[0], result[1:3]
    return step


def train(parameters, X, Y, step, epochs, mini_batch_size=64, seed=0):
    """Returns the trained parameters, and the cost before every epoch and at the end."""
    parameters = {name: value.copy() for name, value in parameters.items()}
    memory, t, costs = None, 0, [compute_cost(parameters, X, Y)]
    for epoch in range(epochs):
        for x, y in random_mini_batches(X, Y, mini_batch_size, 1000 * seed + epoch):
            t += 1
            parameters, memory = step(parameters, gradients(parameters, x, y), memory, t)
        costs.append(compute_cost(parameters, X, Y))
    return parameters, costs


def share_right(parameters, X, Y):
    """Which share of the points is on the right side of the boundary."""
    return np.mean((forward_propagation(X, parameters)[1] > 0) == Y)


moons_X, moons_Y, test_X, test_Y = data.load_planar("moons")
train_X, train_Y = moons_X[:, :128], moons_Y[:, :128]
dev_X, dev_Y = moons_X[:, 128:], moons_Y[:, 128:]

# %% [markdown]
# ### Predict, then run: how large a batch?
#
# Two half moons: 128 points to train on, 72 *dev* points for choices, 200 test points, locked away.
# Gradient descent passes over the training points 20 times, in batches of 128, of 16 and of 1.
#
# 1. How many steps does each take?
# 2. Which has the lowest cost after 20 epochs? Which curve goes up now and then?
#
# <details><summary>Answers</summary>
#
# 1. 20, 160 and 2560.
# 2. Batches of 1, for both: it has taken the most steps, and each knows one point only.
# </details>

# %% tags=["demo"]
if ready("update_parameters_with_gd", "random_mini_batches"):
    curves = {}
    for size in (128, 16, 1):
        step = step_of("gd", 0.1)
        _, costs = train(he_start([2, 10, 5, 1], 0), train_X, train_Y, step, 20, size)
        curves[f"batches of {size}"] = costs
        print(f"batches of {size:3}: {20 * 128 // size:4} steps, last cost {costs[-1]:.3f}")
    plots.lines(curves, "epochs", "cost (nats)", log="y",
                colours=(plots.BLACK, plots.BLUE, plots.RED), alt="Cost against epochs, for three "
                "sizes of batches, logarithmic axis. With batches of 128 it falls to half, with "
                "16 to an eighth, smoothly. With 1 it falls far below a hundredth, with bumps.")

# %% [markdown]
# ## Part 2: momentum
#
# The valley again. Across it the gradients change their sign; along it they agree. So *average*
# them: what contradicts itself cancels. Keep a **velocity** $v$ beside each parameter, zero at
# first, and step along it:
#
# $$v := \beta\, v + (1 - \beta)\, dW, \qquad W := W - \alpha\, v.$$
#
# $\beta$, usually 0.9, is the share of its past that $v$ keeps.
#
# **The two steps by hand, with $\beta = \frac12$.** For $w$ the gradients 10, −10 give $v = 5$, then
# $\frac12 \cdot 5 - \frac12 \cdot 10 = -2.5$. So $w$: 3, 2.5, 2.75. For $b$ the gradients 1, 1 give
# 0.5, then 0.75, so $b$: 3, 2.95, 2.875. Across, the velocity shrinks. Along, it grows.
#
# ### initialize_velocity · 3 points · 4 minutes · difficulty 1 · importance 2
#
# <details><summary>Hint: the question</summary>
#
# $v$ holds averages of *gradients*. What are the keys of `grads` called?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Two new arrays of zeros for each layer, shaped like `Wl` and like `bl`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_velocity"}
def initialize_velocity(parameters):
    """Velocities of zero, one for each entry of the parameters.

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL". It must come back unchanged.

    Returns:
        A dictionary with the keys "dW1", "db1", ..., "dWL", "dbL": arrays of zeros, each of the
        shape of its parameter.
    """
    ### BEGIN SOLUTION
    v = {}
    for l in range(1, len(parameters) // 2 + 1):
        v["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
    return v
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_velocity-check"} tags=["check"]
check_start = {name[1:]: 2 + value for name, value in three_grads.items()}
with checking("initialize_velocity", parameters=check_start):
    zeros = {"d" + name: np.zeros(value.shape) for name, value in check_start.items()}
    check("v", initialize_velocity(check_start), zeros)

# %% nbgrader={"grade": true, "grade_id": "initialize_velocity-test", "points": 3}
verdict("initialize_velocity")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_velocity", cases=3, returns="v")
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 5][case.index]]]
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        parameters[f"W{l}"] = case.rng.standard_normal((n, n_prev))
        parameters[f"b{l}"] = case.rng.standard_normal((n, 1))
    case.call(initialize_velocity, parameters)
### END HIDDEN TESTS

# %% [markdown]
# ### update_parameters_with_momentum · 8 points · 8 minutes · difficulty 2 · importance 4
#
# <details><summary>Hint: the question</summary>
#
# Which comes first: the new velocity, or the step? Which of the two velocities does the step use?
# </details>
# <details><summary>Hint: a plan</summary>
#
# For each layer, weights and biases alike: average, then step along the average. Both averages go
# back into `v`. Return the two dictionaries.
# </details>
# <details><summary>If only <em>step 1 by hand</em> agrees</summary>
#
# Is the old $v$ multiplied by $\beta$? Does the new one go back into the dictionary?
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters_with_momentum"}
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """One step of gradient descent with momentum: v = beta v + (1 - beta) dW; W = W - rate v.

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL". It may be changed in place or not.
        grads: dictionary "dW1", "db1", ..., each of the shape of its parameter.
        v: the velocities before the step, keys and shapes of grads. They may be changed in place.
        beta: the share of its past that a velocity keeps, at least 0 and below 1.
        learning_rate: a number.

    Returns:
        (parameters, v): both dictionaries after the step.
    """
    ### BEGIN SOLUTION
    stepped, velocity = {}, {}
    for name in parameters:
        velocity["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        stepped[name] = parameters[name] - learning_rate * velocity["d" + name]
    return stepped, velocity
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters_with_momentum-check"} tags=["check"]
with checking("update_parameters_with_momentum", grads=three_grads):
    stepped = update_parameters_with_momentum(start_by_hand(), by_hand[0], no_past(), 0.5, 0.1)
    check("step 1 by hand", stepped, (
        {"W1": [[2.5]], "b1": [[2.95]]}, {"dW1": [[5]], "db1": [[0.5]]}))
    twice = update_parameters_with_momentum(*stepped[:1], by_hand[1], stepped[1], 0.5, 0.1)
    check("step 2 by hand", twice, (
        {"W1": [[2.75]], "b1": [[2.875]]}, {"dW1": [[-2.5]], "db1": [[0.75]]}))
    start = {name[1:]: np.ones(value.shape) for name, value in three_grads.items()}
    moving = {name: np.full(value.shape, 10.0) for name, value in three_grads.items()}
    three = update_parameters_with_momentum(start, three_grads, moving, 0.8, 0.1)
    v3 = {name: 8 + 0.2 * value for name, value in three_grads.items()}
    check("three layers", three, ({name[1:]: 1 - 0.1 * value for name, value in v3.items()}, v3))

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_momentum-test", "points": 8}
verdict("update_parameters_with_momentum")
### BEGIN HIDDEN TESTS
@hidden_cases("update_parameters_with_momentum", cases=5, returns=("parameters", "v"), in_place=("parameters", "v"))
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 4, 6, 3][case.index]]]
    parameters, grads, v = {}, {}, {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        for letter, shape in (("W", (n, n_prev)), ("b", (n, 1))):
            parameters[f"{letter}{l}"] = case.rng.standard_normal(shape)
            grads[f"d{letter}{l}"] = case.rng.standard_normal(shape)
            v[f"d{letter}{l}"] = case.rng.standard_normal(shape) * (case.index != 1)
    beta, learning_rate = [(0.9, 0.3), (0.7, 1.7), (0.99, 0.05), (0.6, 2.5), (0.0, 0.4)][case.index]
    case.call(update_parameters_with_momentum, parameters, grads, v, beta, learning_rate)
### END HIDDEN TESTS

# %% [markdown]
# ### Play: the fastest rate that still arrives
#
# The valley of the picture, with your two functions. **Predict** before you move anything:
#
# 1. Across, gradient descent multiplies $b$ by $1 - 30\alpha$. From which rate on does it explode?
# 2. And momentum with $\beta = 0.9$: at a smaller one, the same, one ten times as large or more?
#
# <details><summary>Answers</summary>
#
# 1. At $30\alpha > 2$, so above $\alpha = 0.067$. Just below, it zigzags for long.
# 2. Only above 1.27, 19 times as much. In general the limit is $\frac{1 + \beta}{1 - \beta}$ times
#    as high: an average does not follow every leap.
# </details>

# %% nbgrader={"locked": true, "grade_id": "descend"}
def descend(step, steps):
    """The way of a step down the valley, an array of shape (steps + 1, 2)."""
    w, b = surfaces.START
    at, memory, track = {"W1": np.array([[w]]), "b1": np.array([[b]])}, None, [(w, b)]
    for t in range(1, steps + 1):
        at, memory = step(at, surfaces.slopes(at["W1"], at["b1"]), memory, t)
        track.append((at["W1"].item(), at["b1"].item()))
    return np.array(track)

# %% tags=["demo"]
if ready("update_parameters_with_gd", "initialize_velocity", "update_parameters_with_momentum"):
    def draw(rate, beta, steps):
        with np.errstate(all="ignore"):  # a rate that is too large leads far away
            ways = {"gradient descent": descend(step_of("gd", rate), steps),
                    "momentum": descend(step_of("momentum", rate, beta), steps)}
        figure = surfaces.draw(ways, (steps,), (plots.BLACK, plots.BLUE))
        ends = {name: f"{float(surfaces.height(*way[-1])):.1e}" for name, way in ways.items()}
        return figure, f"Two ways down the valley, {steps} steps at the rate {rate:.3f}. " \
            f"They end at the heights {ends['gradient descent']} and {ends['momentum']}."

    play.slider(draw, rate=(0.005, 1.5, 0.06, 0.005), beta=(0.0, 0.99, 0.9), steps=(1, 200, 40))

# %% [markdown]
# ## Part 3: find what is missing
#
# $v$ starts at zero. Let the gradient be 1 at every step. Its average should be 1, too. With
# $\beta = 0.9$ it is
#
# | $t$ | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | $v$ | 0.1 | 0.19 | 0.271 | 0.3439 |
#
# Far too small. **By how much?** Find a formula for $v$ after $t$ steps. Think before you unfold.
#
# 1. *Look at what is missing:* $1 - v$, for each column. Which numbers are these?
#
# <details><summary>Answer 1</summary>
#
# 0.9, 0.81, 0.729, 0.6561. Each is 0.9 times the one before.
# </details>
#
# 2. *Why?* Put $v = 1 - u$ into the rule, on both sides, with the gradient 1. What happens to $u$ in
#    one step?
#
# <details><summary>Answer 2</summary>
#
# $1 - u_{\text{new}} = \beta(1 - u) + (1 - \beta)$, so $u_{\text{new}} = \beta u$. Each step, what is
# missing shrinks to the share $\beta$. It starts at 1.
# </details>
#
# 3. *And if the gradients differ?* $v$ is a sum: the gradient of $k$ steps ago counts
#    $(1 - \beta)\beta^k$. What do these weights add up to, for $k = 0, \dots, t - 1$? Is it the
#    number from steps 1 and 2?
#
# Now write the formula.

# %% [markdown]
# ### velocity_share · 6 points · 10 minutes · difficulty 3 · importance 5
#
# <details><summary>Hint: the question</summary>
#
# What is missing after one step? After two? After $t$?
# </details>
# <details><summary>Hint: a plan</summary>
#
# The whole is 1. Take away what is missing.
# </details>
# <details><summary>If only the first line agrees</summary>
#
# Many formulas give $1 - \beta$ at $t = 1$. Which of them gives 0.19 at $t = 2$?
# </details>

# %% nbgrader={"solution": true, "grade_id": "velocity_share"}
def velocity_share(beta, t):
    """Which share of a constant gradient has arrived in its average after t steps, from zero.

    Args:
        beta: the share of its past that the average keeps, at least 0 and below 1.
        t: how many steps were taken, a whole number, at least 1.

    Returns:
        A number between 0 and 1: the average after t steps, divided by the gradient.
    """
    ### BEGIN SOLUTION
    return 1 - beta**t
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "velocity_share-check"} tags=["check"]
with checking("velocity_share"):
    check("beta 0.9, one step", velocity_share(0.9, 1), 0.1)
    check("beta 0.9, three steps", velocity_share(0.9, 3), 0.271)
    check("the example by hand, b", velocity_share(0.5, 2), 0.75)
    check("beta 0.2, four steps", velocity_share(0.2, 4), 0.9984)
    check("no memory", velocity_share(0.0, 5), 1)

# %% nbgrader={"grade": true, "grade_id": "velocity_share-test", "points": 6}
verdict("velocity_share")
### BEGIN HIDDEN TESTS
@hidden_cases("velocity_share", cases=6, returns="share")
def _(case):
    beta, t = float(case.rng.uniform(0.3, 0.99)), int(case.rng.integers(2, 12))
    case.call(velocity_share, [beta, beta, 0.999, 0.0, beta, beta][case.index], [1, t, 40, 3, t + 1, t][case.index])
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: does it hold?
#
# Your velocity, from zero, against your formula. Once the gradient is always 1. Once it is noisy: 1
# on average, with a standard deviation of 2, for 4000 velocities. What will their mean be: far off,
# about the same, the same to the last digit?
#
# <details><summary>Answer</summary>
#
# About the same. On average the same part is missing, whatever the noise. Divide $v$ by its share,
# and it is right on average from step 1 on. That is the **bias correction**.
# </details>

# %% tags=["demo"]
if ready("initialize_velocity", "update_parameters_with_momentum", "velocity_share"):
    rng = np.random.default_rng(0)
    at = {"W1": np.zeros((1, 4000)), "b1": np.zeros((1, 1))}
    v = initialize_velocity(at)
    print(" t   your formula   gradient 1   noisy gradients, mean of 4000")
    for t in range(1, 41):
        grads = {"dW1": rng.normal(1, 2, (1, 4000)), "db1": np.ones((1, 1))}
        at, v = update_parameters_with_momentum(at, grads, v, 0.9, 0.1)
        if t in (1, 2, 5, 10, 20, 40):
            share, mean = velocity_share(0.9, t), v["dW1"].mean()
            print(f"{t:2}{share:12.4f}{v['db1'].item():14.4f}{mean:14.4f}")

# %% [markdown]
# ## Part 4: one size for every slope
#
# Some slopes are *always* steeper than others. So measure how steep each one is, and divide by it.
# **RMSprop** averages the squares of the gradient, entry by entry:
#
# $$s := \beta_2\, s + (1 - \beta_2)\, dW^2, \qquad
# W := W - \alpha \frac{dW}{\sqrt{s} + \varepsilon}.$$
#
# The small $\varepsilon$ keeps us from dividing by zero. There is no bias correction here.
#
# ### update_parameters_with_rmsprop · 8 points · 8 minutes · difficulty 2 · importance 3
#
# <details><summary>Hint: the question</summary>
#
# If all gradients were 100 times as large, how much larger would a step be?
# </details>
# <details><summary>Hint: a plan</summary>
#
# As with momentum, but the average is taken over squares, and the step divides the gradient
# itself by the root of the *new* average. All shapes are those of the parameter.
# </details>
# <details><summary>If you see <em>invalid value encountered in sqrt</em></summary>
#
# The root of a negative number. Can an average of squares be negative?
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters_with_rmsprop"}
def update_parameters_with_rmsprop(
    parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8
):
    """One step of RMSprop: s = beta2 s + (1 - beta2) dW²; W = W - rate dW / (root of s + epsilon).

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL". It may be changed in place or not.
        grads: dictionary "dW1", "db1", ..., each of the shape of its parameter.
        s: the averaged squares before the step, keys and shapes of grads. May be changed in place.
        learning_rate: a number.
        beta2: the share of its past that s keeps, at least 0 and below 1.
        epsilon: a small number, added to the root.

    Returns:
        (parameters, s): both dictionaries after the step.
    """
    ### BEGIN SOLUTION
    stepped, squares = {}, {}
    for name in parameters:
        grad = grads["d" + name]
        squares["d" + name] = beta2 * s["d" + name] + (1 - beta2) * grad**2
        stepped[name] = parameters[name] - learning_rate * grad / (np.sqrt(squares["d" + name]) + epsilon)
    return stepped, squares
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters_with_rmsprop-check"} tags=["check"]
with checking("update_parameters_with_rmsprop", grads=two_grads):
    one = update_parameters_with_rmsprop(start_by_hand(), by_hand[1], no_past(), 0.1, 0.75)
    check("step by hand", one, ({"W1": [[3.2]], "b1": [[2.8]]}, {"dW1": [[25]], "db1": [[0.25]]}))
    s = {name: value**2 + 3 for name, value in two_grads.items()}
    two = update_parameters_with_rmsprop(start_of_two(), two_grads, s, 0.3, 0.8)
    check("two layers, parameters", two[0], {
        "W1": [[0.733443006, 2.162697842]], "b1": [[-0.762829176]],
        "W2": [[3.720248558], [-0.237170824]], "b2": [[0.337302158], [1.266556994]]})
    check("two layers, s", two[1], {n: value**2 + 2.4 for n, value in two_grads.items()})
    # An epsilon of 0.4, inside the root or behind it: with these numbers both give the same.
    small = {"dW1": np.array([[0.6]]), "db1": np.array([[-0.6]])}
    eps = update_parameters_with_rmsprop(start_by_hand(), small, no_past(), 0.7, 0.75, 0.4)
    check("a large epsilon", eps[0], {"W1": [[2.4]], "b1": [[3.6]]})
    start, s = start_by_hand(), {"dW1": np.array([[300.0]]), "db1": np.array([[3.0]])}
    usual = update_parameters_with_rmsprop(start, by_hand[0], s)
    check("what is usual", usual[0], {"W1": [[2.9940238569]], "b1": [[2.9940238569]]})

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_rmsprop-test", "points": 8}
verdict("update_parameters_with_rmsprop")
### BEGIN HIDDEN TESTS
@hidden_cases("update_parameters_with_rmsprop", cases=6, returns=("parameters", "s"), in_place=("parameters", "s"))
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 4, 6, 3, 2][case.index]]]
    parameters, grads, s = {}, {}, {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        for letter, shape in (("W", (n, n_prev)), ("b", (n, 1))):
            parameters[f"{letter}{l}"] = case.rng.standard_normal(shape)
            grads[f"d{letter}{l}"] = case.rng.uniform(0.3, 2, shape) * case.rng.choice([-1, 1], shape)
            s[f"d{letter}{l}"] = case.rng.uniform(0.2, 2, shape) * (case.index != 1)
    more = [(0.3, 0.9), (0.7, 0.6), (), (0.2, 0.99, 0.3), (0.4, 0.0, 0.2), (0.05, 0.5, 1e-8)][case.index]
    case.call(update_parameters_with_rmsprop, parameters, grads, s, *more)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 5: Adam
#
# **Adam** is momentum and RMSprop together, both averages corrected by your formula, with $\beta_1$
# for $v$ and $\beta_2$ for $s$:
#
# $$\hat v = \frac{v}{\text{its share}}, \qquad \hat s = \frac{s}{\text{its share}}, \qquad
# W := W - \alpha \frac{\hat v}{\sqrt{\hat s} + \varepsilon}.$$
#
# **Step 1, by hand.** From zero, with the gradient $g$: corrected, $\hat v = g$ and
# $\hat s = g^2$. So the step is $\alpha \cdot g / |g| = \pm\alpha$. However steep the slope,
# **every entry moves by $\alpha$**. That is the picture's answer: Adam does not ask how steep, only
# which way.
#
# ### initialize_adam · 3 points · 3 minutes · difficulty 1 · importance 2
#
# <details><summary>Hint: the question</summary>
#
# $v$ and $s$ start with equal numbers. May they be one dictionary?
# </details>
# <details><summary>Hint: a plan</summary>
#
# You have a function that makes one such dictionary. You need two.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_adam"}
def initialize_adam(parameters):
    """Averages of zero for Adam, two for each entry of the parameters.

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL". It must come back unchanged.

    Returns:
        (v, s): two dictionaries that share nothing, with the keys "dW1", "db1", ..., "dWL", "dbL":
        arrays of zeros, each of the shape of its parameter.
    """
    ### BEGIN SOLUTION
    v, s = {}, {}
    for name in parameters:
        v["d" + name] = np.zeros(parameters[name].shape)
        s["d" + name] = np.zeros(parameters[name].shape)
    return v, s
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_adam-check"} tags=["check"]
check_start = {name[1:]: 2 + value for name, value in three_grads.items()}
with checking("initialize_adam", parameters=check_start):
    zeros = {"d" + name: np.zeros(value.shape) for name, value in check_start.items()}
    v, s = initialize_adam(check_start)
    check("(v, s)", (v, s), (zeros, zeros))
    v["dW1"] += 1
    check("s, after a change of v", s["dW1"], np.zeros((2, 3)))

# %% nbgrader={"grade": true, "grade_id": "initialize_adam-test", "points": 3}
verdict("initialize_adam")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_adam", cases=5, returns=("v", "s"), calls=("initialize_velocity",))
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 5, 4, 3][case.index]]]
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        parameters[f"W{l}"] = case.rng.standard_normal((n, n_prev))
        parameters[f"b{l}"] = case.rng.standard_normal((n, 1))
    def with_other_v(parameters):
        v, s = initialize_adam(parameters)
        for key in list(v):
            v[key] = np.ones(v[key].shape)
        return v, s
    def with_moved_v(parameters):
        v, s = initialize_adam(parameters)
        for array in v.values():
            array += 1
        return v, s
    case.call([*[initialize_adam] * 3, with_other_v, with_moved_v][case.index], parameters)
### END HIDDEN TESTS

# %% [markdown]
# ### update_parameters_with_adam · 12 points · 15 minutes · difficulty 4 · importance 5
#
# The public course returned three values, later five, with the corrected averages. Both pass. So
# does ε inside the root.
#
# <details><summary>Hint: the question</summary>
#
# Which averages go back into `v` and `s`, the plain or the corrected ones? What would the other
# choice do at the next step?
# </details>
# <details><summary>Hint: a plan</summary>
#
# For every weight matrix and bias: two averages, of the gradient and of its square; two corrected
# copies, for this step only; one step. Each share has its own $\beta$, and $t$ counts from 1.
# </details>
# <details><summary>If only the first step agrees</summary>
#
# At $t = 1$ from zero most mistakes cancel. Look at $t$: where does it stand in your formula?
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_parameters_with_adam"}
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One step of Adam (Kingma and Ba, 2014, algorithm 1).

    Args:
        parameters: dictionary "W1", "b1", ..., "WL", "bL". It may be changed in place or not.
        grads: dictionary "dW1", "db1", ..., each of the shape of its parameter.
        v: the averaged gradients before the step, keys and shapes of grads.
        s: the averaged squares before the step, the same. Both may be changed in place.
        t: the number of this step, counted from 1.
        learning_rate: a number.
        beta1: the share of its past that v keeps. beta2: the same for s.
        epsilon: a small number, added to the root of the corrected average.

    Returns:
        (parameters, v, s) after the step; v and s are the averages before their correction.
    """
    ### BEGIN SOLUTION
    stepped, new_v, new_s = {}, {}, {}
    for name in parameters:
        key = "d" + name
        new_v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        new_s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected = new_v[key] / (1 - beta1**t)
        s_corrected = new_s[key] / (1 - beta2**t)
        stepped[name] = parameters[name] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return stepped, new_v, new_s
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_parameters_with_adam-check"} tags=["check"]
with checking("update_parameters_with_adam", grads=two_grads):
    zero = no_past(), no_past()
    first = update_parameters_with_adam(start_by_hand(), by_hand[0], *zero, 1)
    check("step 1: every entry moves by 0.01", first[0], {"W1": [[2.99]], "b1": [[2.99]]})
    check("v", first[1], {"dW1": [[1]], "db1": [[0.1]]})
    check("s", first[2], {"dW1": [[0.1]], "db1": [[0.001]]})
    second = update_parameters_with_adam(first[0], by_hand[1], first[1], first[2], 2)
    check("step 2", second[0], {"W1": [[2.9905263158]], "b1": [[2.98]]})
    v = {name: 0.5 * value + 1 for name, value in two_grads.items()}
    s = {name: value**2 + 3 for name, value in two_grads.items()}
    fifth = update_parameters_with_adam(start_of_two(), two_grads, v, s, 5, 0.3, 0.8, 0.6)
    check("step 5, parameters", fifth[0], {
        "W1": [[0.660977384, 1.948782523]], "b1": [[-0.928827341]],
        "W2": [[3.674982177], [-0.355863297]], "b2": [[0.141477663], [1.130393314]]})
    check("step 5, v", fifth[1], {n: 0.6 * value + 0.8 for n, value in two_grads.items()})
    check("step 5, s", fifth[2], {n: value**2 + 1.8 for n, value in two_grads.items()})
    # An epsilon of 0.4, inside the root or behind it: with these numbers both give the same.
    small = {"dW1": np.array([[0.3]]), "db1": np.array([[-0.3]])}
    zero = no_past(), no_past()
    eps = update_parameters_with_adam(start_by_hand(), small, *zero, 1, 0.7, epsilon=0.4)
    check("a large epsilon", eps[0], {"W1": [[2.7]], "b1": [[3.3]]})

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_adam-test", "points": 12}
verdict("update_parameters_with_adam")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "update_parameters_with_adam", cases=7, returns=("parameters", "v", "s"), in_place=("parameters", "v", "s")
)
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(1, 7))[: [3, 2, 4, 5, 3, 4, 2][case.index]]]
    parameters, grads, v, s = {}, {}, {}, {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        for letter, shape in (("W", (n, n_prev)), ("b", (n, 1))):
            parameters[f"{letter}{l}"] = case.rng.standard_normal(shape)
            grads[f"d{letter}{l}"] = case.rng.uniform(0.3, 2, shape) * case.rng.choice([-1, 1], shape)
            v[f"d{letter}{l}"] = case.rng.standard_normal(shape) * (case.index > 0)
            s[f"d{letter}{l}"] = case.rng.uniform(0.2, 2, shape) * (case.index > 0)
    t, more = [
        (1, {}), (2, {}), (7, {"learning_rate": 0.3, "beta1": 0.7, "beta2": 0.95}),
        (3, {"learning_rate": 0.2, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.3}), (20, {"learning_rate": 0.5}),
        (4, {"learning_rate": 0.1, "beta1": 0.0, "beta2": 0.6, "epsilon": 0.2}), (12, {"beta1": 0.5, "beta2": 0.8}),
    ][case.index]
    case.call(update_parameters_with_adam, parameters, grads, v, s, t, **more)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: Adam without its correction
#
# Leave the correction out: at step 1, $v$ is a tenth of the gradient. So the step is ten times too
# *short*, isn't it?
#
# <details><summary>Answer</summary>
#
# Too *long*, by 3.2. For $s$ is too small as well, and we divide by its root:
# $0.1 / \sqrt{0.001} = 3.2$. Around step 12 it is 6.6 times too long: $v$ is catching up, $s$, with
# its long memory, is not. The correction is a brake.
# </details>

# %% tags=["demo"]
if ready("velocity_share"):
    t = np.array([1, 2, 5, 12, 50, 200, 1000, 5000])
    too_long = velocity_share(0.9, t) / np.sqrt(velocity_share(0.999, t))
    for number, factor in zip(t, too_long):
        print(f"step {number:4}: {factor:.2f} times as long as with the correction")

# %% [markdown]
# ## Part 6: smaller steps towards the end
#
# Near the minimum mini-batches contradict each other, and a fixed rate keeps the parameters jumping.
# So let the rate fall with the epoch $e$, smoothly or in stairs of width $k$ (the brackets round
# down):
#
# $$\alpha = \frac{\alpha_0}{1 + r\,e} \qquad\text{or}\qquad
# \alpha = \frac{\alpha_0}{1 + r \lfloor e/k \rfloor}.$$
#
# ### update_lr · 3 points · 3 minutes · difficulty 1 · importance 2
#
# <details><summary>Hint: the question</summary>
#
# What is the rate in epoch 0? With $r = 1$, in which epoch is it one half?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One fraction. Mind the brackets around what stands below.
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_lr"}
def update_lr(learning_rate0, epoch_num, decay_rate):
    """The learning rate of an epoch, falling smoothly.

    Args:
        learning_rate0: the rate of epoch 0.
        epoch_num: the number of the epoch, counted from 0.
        decay_rate: how fast the rate falls, r in the formula.

    Returns:
        The learning rate, a number.
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * epoch_num)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_lr-check"} tags=["check"]
with checking("update_lr"):
    check("epoch 0", update_lr(0.5, 0, 2), 0.5)
    check("epoch 3", update_lr(0.5, 3, 3), 0.05)
    check("epoch 40", update_lr(6, 40, 0.05), 2)

# %% nbgrader={"grade": true, "grade_id": "update_lr-test", "points": 3}
verdict("update_lr")
### BEGIN HIDDEN TESTS
@hidden_cases("update_lr", cases=5, returns="learning_rate")
def _(case):
    epoch_num, decay_rate = int(case.rng.integers(2, 60)), float(case.rng.uniform(0.1, 3))
    learning_rate0 = float(case.rng.uniform(0.05, 2))
    case.call(update_lr, [learning_rate0, 3][case.index == 4], [epoch_num, 0][case.index == 1], decay_rate)
### END HIDDEN TESTS

# %% [markdown]
# ### schedule_lr_decay · 4 points · 4 minutes · difficulty 2 · importance 2
#
# <details><summary>Hint: the question</summary>
#
# With stairs of 100 epochs: which epochs have the rate $\alpha_0$?
# </details>
# <details><summary>Hint: a plan</summary>
#
# First count the whole stairs that lie behind. Only then multiply.
# </details>

# %% nbgrader={"solution": true, "grade_id": "schedule_lr_decay"}
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """The learning rate of an epoch, falling in stairs.

    Args:
        learning_rate0: the rate of the first stair.
        epoch_num: the number of the epoch, counted from 0.
        decay_rate: how fast the rate falls, r in the formula.
        time_interval: how many epochs one stair holds.

    Returns:
        The learning rate, a number.
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * np.floor(epoch_num / time_interval))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "schedule_lr_decay-check"} tags=["check"]
with checking("schedule_lr_decay"):
    check("the last epoch of stair 0", schedule_lr_decay(0.5, 99, 0.3, 100), 0.5)
    check("the first of stair 1", schedule_lr_decay(0.5, 100, 0.25, 100), 0.4)
    check("in the midst of stair 2", schedule_lr_decay(0.5, 170, 2, 70), 0.1)
    check("stairs of the usual width", schedule_lr_decay(6, 4999, 0.5), 2)

# %% nbgrader={"grade": true, "grade_id": "schedule_lr_decay-test", "points": 4}
verdict("schedule_lr_decay")
### BEGIN HIDDEN TESTS
@hidden_cases("schedule_lr_decay", cases=6, returns="learning_rate", calls=("update_lr",))
def _(case):
    width, stairs = int(case.rng.integers(20, 90)), int(case.rng.integers(2, 6))
    learning_rate0, decay_rate = float(case.rng.uniform(0.05, 2)), float(case.rng.uniform(0.1, 3))
    epoch_num = stairs * width + [width // 2, 0, width - 1, 0, width // 3, width // 4][case.index]
    if case.index == 3:
        epoch_num = width - 1
    if case.index == 5:
        case.call(schedule_lr_decay, learning_rate0, 1000 * stairs + 700, decay_rate)
    else:
        case.call(schedule_lr_decay, learning_rate0, epoch_num, decay_rate, width)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: hovering
#
# One neuron on the moons, batches of 8, gradient descent. The figure shows how far we are above its
# lowest cost. The rate is 3; or 0.1; or it falls from 3, in either way. Which is lowest in the first
# ten epochs, and which after 80?
#
# <details><summary>Answer</summary>
#
# At first all that start at 3 beat 0.1. In the end rate 3 hovers, about where 0.1 arrives. The
# stairs are lowest: large rates as long as they help, then small ones. Falling smoothly, the rate was
# soon so small that little moved. (One run each.)
# </details>

# %% tags=["demo"]
if ready("update_parameters_with_gd", "random_mini_batches", "update_lr", "schedule_lr_decay"):
    neuron = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    lowest = min(train(neuron, train_X, train_Y, step_of("gd", 5), 2000, 128)[1])
    rates, curves = {"3": 3, "0.1": 0.1}, {}
    rates["from 3, smoothly"] = lambda t: update_lr(3, t // 16, 0.5)
    rates["from 3, in stairs"] = lambda t: schedule_lr_decay(3, t // 16, 3, 25)
    for name, rate in rates.items():
        _, costs = train(neuron, train_X, train_Y, step_of("gd", rate), 100, 8)
        curves[f"rate {name}"] = gap = np.array(costs) - lowest
        print(f"rate {name:18} mean gap in epochs 1 to 10 {gap[1:11].mean():.4f}, "
              f"in 81 to 100 {gap[81:].mean():.6f}")
    plots.lines(curves, "epochs", "cost above the lowest (nats)", log="y",
                alt="Four curves. Rate 3 jumps between a thousandth and nearly a tenth. 0.1 falls "
                "smoothly to a hundredth. The smooth decay goes down to a thousandth. The stairs "
                "jump, each stair deeper, to below a ten-thousandth.")

# %% [markdown]
# ## Part 7: who wins?
#
# Three problems. For each optimizer we try seven learning rates, and keep the one with the lowest
# cost on dev points. All numbers are means of five draws.
#
# * **units**: one neuron, eight inputs, each in a unit of its own, of sizes from 0.1 to 10. 200
#   examples, 100 steps with all of them.
# * **moons**: a network with layers of 10 and 5 units, 100 epochs in batches of 32.
# * **rare**: one neuron, 40 examples, 100 steps. Input 1 is the label itself, as ±1. Two inputs are
#   always 1. All others are rare words: each occurs in *one* example only, and class 0 uses five,
#   class 1 one. About two of three examples are of class 1. (After A. Wilson and colleagues, 2017.)
#
# ### Predict, then run: three races
#
# Who wins each? In *rare*, whoever looks at input 1 is always right. Who will not?
#
# <details><summary>Answer</summary>
#
# *units*: Adam, clearly. *moons*: nobody clearly; gradient descent has the lowest dev cost, Adam the
# most points right. *rare*: RMSprop and Adam call **every** new example class 1, at each of the
# seven rates.
# </details>

# %% nbgrader={"locked": true, "grade_id": "problems"}
def problem(name, seed):
    """(start, train_X, train_Y, dev_X, dev_Y, mini_batch_size) of one draw."""
    rng = np.random.default_rng(seed)
    if name == "moons":
        return he_start([2, 10, 5, 1], seed), train_X, train_Y, dev_X, dev_Y, 32
    if name == "units":
        X, signs = rng.standard_normal((8, 400)), rng.choice([-1, 1], 8)
        Y = (rng.random((1, 400)) < 1 / (1 + np.exp(-2 * signs @ X))).astype(int)
        X, half = X * np.logspace(-1, 1, 8)[:, np.newaxis], 200
    else:
        Y, X, half = (rng.random((1, 80)) < 2 / 3).astype(int), np.zeros((403, 80)), 40
        X[0], X[1:3] = 2 * Y[0] - 1, 1
        for i in range(80):
            X[3 + 5 * i : 3 + 5 * i + (1 if Y[0, i] else 5), i] = 1
    start = {"W1": np.zeros((1, len(X))), "b1": np.zeros((1, 1))}
    return start, X[:, :half], Y[:, :half], X[:, half:], Y[:, half:], half


def race(name, optimizer, learning_rate):
    """Means of five draws: training cost, dev cost, share of dev points right."""
    results = []
    for seed in range(5):
        start, X, Y, new_X, new_Y, size = problem(name, seed)
        with np.errstate(all="ignore"):  # a rate may be far too large
            end, costs = train(start, X, Y, step_of(optimizer, learning_rate), 100, size, seed)
        right = share_right(end, new_X, new_Y)
        results.append((costs[-1], compute_cost(end, new_X, new_Y), right))
    return np.mean(results, axis=0)

# %% tags=["demo"]
if ready("random_mini_batches", "update_parameters_with_gd", "initialize_velocity",
         "update_parameters_with_momentum", "update_parameters_with_rmsprop",
         "initialize_adam", "update_parameters_with_adam"):
    grid = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
    print("problem  optimizer   best rate   training cost   dev cost   dev points right")
    for name in ("units", "moons", "rare"):
        for optimizer in ("gd", "momentum", "rmsprop", "adam"):
            tried = {rate: race(name, optimizer, rate) for rate in grid}
            rate = min(grid, key=lambda rate: tried[rate][1])
            low, dev, right = tried[rate]
            print(f"{name:8} {optimizer:9}{rate:12g}{low:15.3f}{dev:12.3f}{right:16.0%}")
        print()

# %% [markdown]
# **Why Adam wins *units*.** Gradient descent has one rate for all inputs, which bend the cost by
# factors up to 10 000 apart. Adam divides each slope by its own size. (You would rescale the inputs.
# But those of a hidden layer nobody rescales by hand.)
#
# **Why it loses *rare*.** For gradient descent, input 1 agrees with all 40 examples, so it gets the
# steepest slope. Adam asks each input only *which way*. The two inputs that are always 1, and the
# bias, move as fast as input 1, towards the larger class. In a new example the words are unknown, and
# three votes beat one.
#
# Built examples are sharp. Real data lie between. So measure.

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **Two orders.** $X$ and $Y$ shuffled by two permutations. *Symptom*: with balanced classes the
#   cost settles near $\ln 2$, and the network knows nothing.
# * **The corrected average written back.** *Symptom*: step 1 is right, then $v$ becomes larger than
#   every gradient so far. A plain average never is.
# * **$t$ that does not count.** Reset in each epoch, or fixed. *Symptom*: no error at all. Print $t$,
#   and the two shares: they should come close to 1.

# %% [markdown]
# ## Open task: fewest gradients
#
# Two spirals, a network `[2, 16, 16, 1]`, all 200 training points in every step. **How many
# gradients do you need** until the dev cost is below 0.1? The mean of ten starts, each optimizer at
# the best of four rates a factor of about 3 apart:
#
# * gradient descent **89.0**, momentum **34.3**, Adam **34.3**;
# * our best step **21.0**. Reach 28. Then beat 21.
#
# The step is yours: its formula, its numbers, its rate over time. Of the labels it sees `grads` only.

# %%
def my_step(parameters, grads, memory, t):
    """Your step: returns the new parameters, and what it wants to remember (None at first)."""
    return step_of("adam", 0.1)(parameters, grads, memory, t)

# %% nbgrader={"locked": true, "grade_id": "gradients_needed"}
def gradients_needed(step, seed, most=150):
    """How many gradients until the dev cost on the spirals is below 0.1, at most 150."""
    X, Y, _, _ = data.load_planar("spirals")
    parameters, memory = he_start([2, 16, 16, 1], seed), None
    for t in range(1, most):
        grads = gradients(parameters, X[:, :200], Y[:, :200])
        parameters, memory = step(parameters, grads, memory, t)
        if compute_cost(parameters, X[:, 200:], Y[:, 200:]) < 0.1:
            return t
    return most

# %% tags=["demo"]
if ready("initialize_adam", "update_parameters_with_adam"):
    with np.errstate(all="ignore"):
        needed = [gradients_needed(my_step, seed) for seed in range(10)]
    print(f"{np.mean(needed):.1f} gradients on average; each start: {needed}")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# Is Adam slow in all ten starts, or very slow in a few? What do its first steps do, when both
# averages know one or two gradients only?
# </details>
# <details><summary>Hint: where to look</summary>
#
# Three ideas: a rate that *rises* during the first steps; a larger rate after that; and momentum
# that looks ahead, which Y. Nesterov found in 1983 and T. Dozat put into Adam in 2016.
# </details>

# %% [markdown]
# ## At the end, once: the test set
#
# For the moons the dev cost chose gradient descent at 0.3. **Predict** its share of right test
# points: more than on the dev points, the same, less?
#
# <details><summary>Answer</summary>
#
# More: 95.5 to 98.5 %, for 90.3 to 93.1 % of the dev points, in three starts. That is no merit: the
# 72 dev points happen to be harder ones. Who chooses among few candidates spoils little.
# </details>

# %% tags=["demo"]
if ready("random_mini_batches", "update_parameters_with_gd"):
    for seed in range(3):
        start = he_start([2, 10, 5, 1], seed)
        end, _ = train(start, train_X, train_Y, step_of("gd", 0.3), 100, 32, seed)
        dev, test = share_right(end, dev_X, dev_Y), share_right(end, test_X, test_Y)
        print(f"start {seed}: {dev:.1%} of the dev points, {test:.1%} of the test points right")

# %% [markdown]
# ## Recap
#
# 1. Mini-batches: one order for $X$ and $Y$. More steps for each pass, and noise as the price.
# 2. Momentum averages gradients. What contradicts itself cancels; larger rates become possible.
# 3. An average from zero has arrived by the share $1 - \beta^t$. Divide by it.
# 4. RMSprop and Adam divide each slope by its own size. The first step of Adam is $\pm\alpha$.
# 5. No optimizer wins everywhere. Try rates a factor of 3 apart, each optimizer with its own.
#
# **A question.** You multiply the cost by 1000. How must the rate of gradient descent change to take
# the same steps? And Adam's?
#
# <details><summary>Answer</summary>
#
# Gradient descent: divide it by 1000. Adam: not at all. $\hat v$ and $\sqrt{\hat s}$ both grow by
# 1000, and the factor cancels (but for ε).
# </details>
#
# **Read on.** Kingma and Ba, [Adam](https://arxiv.org/abs/1412.6980), 2014, sections 2 and 3: your
# correction. Sutskever and colleagues, [On the importance of initialization and
# momentum](https://proceedings.mlr.press/v28/sutskever13.html), 2013, section 2. Tieleman and
# Hinton, [lecture 6e](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf),
# 2012: RMSprop. Wilson and colleagues, [The Marginal Value of Adaptive Gradient
# Methods](https://arxiv.org/abs/1705.08292), 2017, section 3.3: the third race. Reddi, Kale and
# Kumar, [On the Convergence of Adam and Beyond](https://openreview.net/forum?id=ryQu7f-RZ), 2018,
# section 3: a problem on which Adam never arrives.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
