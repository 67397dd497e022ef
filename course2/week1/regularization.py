# %% [markdown]
# # Regularization
#
# A network with thousands of weights can learn its training points by heart, mislabelled ones
# included. On new points it is then wrong, and very sure of itself. Regularization is what you do
# against that. You will write the two methods that everybody uses: the **L2 penalty** and
# **dropout**.
#
# **You will be able to**
#
# * add a penalty on large weights to a cost, and its derivative to a backward pass;
# * say why this is also called *weight decay*, and why biases are left out;
# * switch off random units in training, forward and backward, so that nothing has to change at test
#   time;
# * choose λ and the keep probability by looking at the right number, which is often not the accuracy.
#
# **Time** about 90 minutes. **Difficulty** 3 of 5.
# **Builds on** forward and backward propagation of a network with a few layers (course 1, week 4).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course2-week1/regularization")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
opening_rng = np.random.default_rng(8)
opening_x = np.linspace(-0.95, 0.95, 14)
opening_y = np.sin(2.5 * opening_x) + 0.25 * opening_rng.standard_normal(14)
opening_grid = np.linspace(-0.97, 0.97, 300)


def opening_curve(price):
    """A polynomial of degree 12 through the points.

    One unit of squared coefficient costs `price`.
    """
    powers = np.vander(opening_x, 13, increasing=True)
    charged = np.diag([0.0] + [1.0] * 12)  # the constant is free
    coefficients = np.linalg.solve(powers.T @ powers + price * charged, powers.T @ opening_y)
    return np.vander(opening_grid, 13, increasing=True) @ coefficients


opening_figure, (curve_axes, net_axes) = plt.subplots(1, 2, figsize=(10.5, 3.9))
free = {"color": plots.RED, "linewidth": 1.8, "label": "large weights are free"}
charged = {"color": plots.BLUE, "linewidth": 2.5, "label": "large weights cost something"}
noisy = {"color": plots.BLACK, "markersize": 5, "label": "14 noisy points"}
curve_axes.plot(opening_x, opening_y, "o", **noisy)
curve_axes.plot(opening_grid, opening_curve(1e-9), "--", **free)
curve_axes.plot(opening_grid, opening_curve(0.03), **charged)
curve_axes.set(xlabel="input", ylabel="output", ylim=(-2.9, 2.6))
curve_axes.set_title("L2 penalty: same curve family, a price")
curve_axes.legend(loc="lower center", bbox_to_anchor=(0.58, 0.0), fontsize=9)

opening_layers = [[1, 1], [1, 0, 1, 1, 0], [0, 1, 1, 0], [1]]  # 1: kept, 0: dropped
opening_spots = [
    [(i, j - (len(layer) - 1) / 2, kept) for j, kept in enumerate(layer)]
    for i, layer in enumerate(opening_layers)
]
alive, silent = {"color": plots.BLUE, "lw": 1.8}, {"color": "#cccccc", "lw": 0.7}
for left, right in zip(opening_spots, opening_spots[1:]):
    for x1, y1, kept1 in left:
        for x2, y2, kept2 in right:
            net_axes.plot((x1, x2), (y1, y2), zorder=1, **(alive if kept1 and kept2 else silent))
for x1, y1, kept1 in sum(opening_spots, []):
    fill = plots.SKY if kept1 else "white"
    net_axes.scatter(x1, y1, s=330, color=fill, edgecolors=plots.BLACK, zorder=2)
    if not kept1:
        net_axes.scatter(x1, y1, s=90, color=plots.RED, marker="x", zorder=3)
net_axes.set_title("Dropout: the network one example sees")
net_axes.set_xticks(range(4), ["input", "hidden 1", "hidden 2", "output"])
net_axes.set(yticks=[], xlim=(-0.4, 3.4), ylim=(-2.5, 2.4))
net_axes.grid(False)
net_axes.spines["left"].set_visible(False)
plots.show(
    opening_figure,
    alt="Left: 14 noisy points and two polynomials of degree 12. The one whose weights are free "
    "swings from point to point and shoots off near the ends; the one that pays for large weights "
    "is a smooth S through the middle. Right: a network of 2, 5, 4 and 1 units in which two units "
    "of each hidden layer are crossed out, and their connections are grey.",
)

# %% [markdown]
# On the left, both curves have the same 13 coefficients to play with. The dashed one may use them as
# it likes, and bends to come close to every point. The solid one has to pay for large coefficients,
# so it bends only where many points ask for it.
#
# On the right, two units of each hidden layer sit out. The next example meets another selection. No
# unit can rely on one particular neighbour, so what is learned has to be spread out.
#
# ## The network and the data
#
# All lesson long it is one network with three layers: LINEAR → RELU → LINEAR → RELU → LINEAR →
# SIGMOID.
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | (n0, m) | m examples, one a column |
# | `Y` | (1, m) | labels, 0 or 1 |
# | `W1`, `b1` | (n1, n0), (n1, 1) | first layer |
# | `W2`, `b2` | (n2, n1), (n2, 1) | second layer |
# | `W3`, `b3` | (1, n2), (1, 1) | output layer |
# | `Z1`, `A1` | (n1, m) | before and after the ReLU of layer 1 |
# | `Z2`, `A2` | (n2, m) | before and after the ReLU of layer 2 |
# | `Z3`, `A3` | (1, m) | before and after the sigmoid; A3 is the probability of label 1 |
#
# The plain network is given. Read it once: two of your four functions are these with a line or two
# changed.

# %% nbgrader={"locked": true, "grade_id": "network"}
def sigmoid(z):
    """The logistic function, entry by entry."""
    return 1 / (1 + np.exp(-z))


def relu(z):
    """max(0, z), entry by entry."""
    return np.maximum(0, z)


def forward_propagation(X, parameters):
    """The plain forward pass.

    Returns:
        A3, shape (1, m), and the cache (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3, Y):
    """The cross-entropy in nats: minus the mean logarithm of the true label's probability."""
    return -np.mean(np.log(np.where(Y == 1, A3, 1 - A3)))


def backward_propagation(X, Y, cache):
    """The plain backward pass: a dictionary of the gradients dZ3, dW3, db3, dA2, dZ2, … db1."""
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2,
        "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
        "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

# %% [markdown]
# The data are 211 points on a football field, labelled by the team that touched the ball there, and
# 200 more to test on. The teams are parted by one gently bent line. But near that line one touch in
# four strays to the other side. We drew these points ourselves, so we know the best that anybody can
# do: follow the bent line, and accept the strays.
#
# The network has 64 and 32 hidden units: 2208 weights for 211 points. Its first layer starts with
# steep, scattered creases, so it can bend the boundary anywhere from the first step. That makes it
# easy to overfit, which is what we want to watch.

# %% nbgrader={"locked": true, "grade_id": "training"}
def initialize_parameters(layers, seed):
    """He's initialization, with a steep first layer and scattered biases in it."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for i in (1, 2, 3):
        n_prev, n = layers[i - 1], layers[i]
        parameters[f"W{i}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{i}"] = np.zeros((n, 1))
    parameters["W1"] *= 5
    parameters["b1"] = 1.5 * rng.standard_normal((layers[1], 1))
    return parameters


def model(X, Y, lambd=0, keep_prob=1, seed=1, learning_rate=0.1, num_iterations=5000, shuffle=True):
    """Train by gradient descent.

    Plainly, with an L2 penalty (lambd > 0) or with dropout (keep_prob < 1).

    Returns:
        The trained parameters W1, b1, W2, b2, W3, b3.
    """
    parameters = initialize_parameters((X.shape[0], 64, 32, 1), seed)
    np.random.seed(seed)
    rng = np.random.default_rng(seed)
    for _ in range(num_iterations):
        if keep_prob < 1:
            if shuffle:  # so that the masks fall on other examples; the section on dropout says why
                order = rng.permutation(X.shape[1])
                X, Y = X[:, order], Y[:, order]
            _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
            gradients = backward_propagation_with_dropout(X, Y, cache, keep_prob)
        else:
            _, cache = forward_propagation(X, parameters)
            if lambd:
                gradients = backward_propagation_with_regularization(X, Y, cache, lambd)
            else:
                gradients = backward_propagation(X, Y, cache)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return parameters


trained_before = {}


def trained(lambd=0, keep_prob=1, seed=1):
    """The network trained on the field.

    What was trained once is kept, until you rewrite the function that it used.
    """
    used = ()
    if keep_prob < 1:
        used = (forward_propagation_with_dropout, backward_propagation_with_dropout)
    elif lambd:
        used = (backward_propagation_with_regularization,)
    key = (lambd, keep_prob, seed, used)
    if key not in trained_before:
        trained_before[key] = model(train_X, train_Y, lambd, keep_prob, seed)
    return trained_before[key]


def predict(parameters, X):
    """Labels 0 or 1, shape (1, m): the plain forward pass, without dropout."""
    return (forward_propagation(X, parameters)[0] > 0.5).astype(int)


def accuracy(parameters, X, Y):
    """The share of right labels, in percent."""
    return 100 * np.mean(predict(parameters, X) == Y)


def cost(parameters, X, Y):
    """The cross-entropy in nats, without any penalty and without dropout."""
    return compute_cost(forward_propagation(X, parameters)[0], Y)


def weight_size(parameters):
    """The square root of the sum of all squared weights."""
    return np.sqrt(sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3")))


def report(name, parameters):
    """Print one row: accuracy and cost, on the training points and on the test points."""
    right = accuracy(parameters, train_X, train_Y), accuracy(parameters, test_X, test_Y)
    costs = cost(parameters, train_X, train_Y), cost(parameters, test_X, test_Y)
    print(f"{name:<22}accuracy {right[0]:4.1f} % train, {right[1]:4.1f} % test    "
          f"cost {costs[0]:.2f} train, {costs[1]:.2f} test")


train_X, train_Y, test_X, test_Y = data.load_planar("field")

# %% [markdown]
# ### First, without regularization

# %% tags=["demo"]
report("no regularization", trained())


def true_side(X):
    """The bent line that the points were drawn with."""
    return (X[0] > 0.9 * X[1] + 0.15 * np.sin(4 * X[1])).astype(int)[None, :]


true_train = 100 * np.mean(true_side(train_X) == train_Y)
true_test = 100 * np.mean(true_side(test_X) == test_Y)
print(f"{'the true line':<22}accuracy {true_train:4.1f} % train, {true_test:4.1f} % test")

plain_figure, plain_axes = plt.subplots(1, 2, figsize=(10.5, 4.0))
plain_axes[0].set_title("learned from the training points")
plain_axes[1].set_title("the line they were drawn with")
for axes, side in zip(plain_axes, (lambda grid: predict(trained(), grid), true_side)):
    plots.decision_boundary(axes, side, train_X, train_Y)
    axes.set(xlabel="x₁ (50 m)", ylabel="x₂ (50 m)")
plain_axes[1].legend(loc="lower right", ncols=2, fontsize=9, frameon=True)
plots.show(
    plain_figure,
    alt="The training points, with two boundaries. Left: the boundary of the network without "
    "regularization has corners and hooks that reach out for single points, and an island around "
    "one stray. Right: the true line is a smooth, slightly bent diagonal with strays on both sides "
    "of it.",
)

# %% [markdown]
# The network beats the true line on the training points (91.9 % against 89.1 %). Nothing can honestly
# beat the truth: the surplus is strays learned by heart. On the test points it falls behind (87.0 %
# against 88.0 %).
#
# Now look at the cost: 0.19 nats in training, 0.30 in the test. That gap is **overfitting**, and it
# is the number to watch. The accuracy is too coarse here: with 200 test points, chance alone moves it
# by about ±2.4 points ($\sqrt{0.87 \cdot 0.13 / 200}$). The cost feels every probability. Someone who
# knew the true line *and* how many touches stray would reach a test cost of 0.25. That is the mark to
# aim at.
#
# ## Part 1: the L2 penalty
#
# ### The idea
#
# A boundary with sharp corners needs large weights. So make large weights expensive:
#
# $$J_{\text{regularized}} = \underbrace{-\frac{1}{m} \sum_{i=1}^{m}
# \Big( y^{(i)} \log a^{(i)} + (1-y^{(i)}) \log (1-a^{(i)}) \Big)}_{\text{cross-entropy}}
# + \underbrace{\frac{\lambda}{2m} \sum_{l=1}^{3} \sum_{k} \sum_{j}
# \big( W^{[l]}_{kj} \big)^2}_{\text{L2 penalty}}$$
#
# * λ is the price. λ = 0 is no regularization. In Python it is spelled `lambd`, because `lambda` is a
#   reserved word.
# * The sum runs over **every entry of every weight matrix**, and over no bias.
# * The ½ is there for comfort: it cancels when you differentiate.
#
# **Why no biases?** A weight says how *steeply* a unit answers; large weights make the sharp corners.
# A bias only says *where* the unit's crease lies. Charging for it would pull every crease towards the
# origin and smooth nothing. There are also few of them: 97 here, against 2208 weights.
#
# **By hand.** Take W1 = [[1, 2]], W2 = [[3]], W3 = [[−1]], three examples and λ = 0.6.
#
# * The squares add up to 1 + 4 + 9 + 1 = 15.
# * The penalty is 0.6 / (2 · 3) · 15 = 1.5.
# * If the network answers ½ everywhere, the cross-entropy is ln 2 ≈ 0.693. Together: 2.193.
#
# ### Exercise: compute_cost_with_regularization
#
# <details><summary>Hint</summary>
#
# `compute_cost(A3, Y)` gives you the first part. For the second, square a matrix entry by entry and
# sum all entries, once for each of the three layers.
# </details>
# <details><summary>Fuller hint</summary>
#
# `np.sum(np.square(W1))` is the double sum of one layer. Add those of `W2` and `W3`, multiply by λ
# and divide by 2m. The number of examples is `Y.shape[1]`. Then add the cross-entropy.
# </details>

# %% nbgrader={"solution": true, "grade_id": "compute_cost_with_regularization"}
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """The cross-entropy plus the L2 penalty on the weights, in nats.

    Args:
        A3: probabilities of label 1, shape (1, m), each above 0 and below 1.
        Y: labels 0 or 1, shape (1, m).
        parameters: dictionary of W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1), W3 (1, n2),
            b3 (1, 1).
        lambd: the price of the penalty, a number, at least 0.

    Returns:
        The cost, a number: cross-entropy + lambd / (2 m) times the sum of all squared weights.

    Source: Goodfellow, Bengio and Courville (2016), section 7.1.1, with alpha = lambd / m.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    squares = 0
    for layer in (1, 2, 3):
        squares = squares + np.sum(np.square(parameters[f"W{layer}"]))
    return compute_cost(A3, Y) + lambd / (2 * m) * squares
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "compute_cost_with_regularization-check"} tags=["check"]
hand_parameters = {
    "W1": np.array([[1.0, 2.0]]), "b1": np.array([[4.0]]), "W2": np.array([[3.0]]),
    "b2": np.array([[-5.0]]), "W3": np.array([[-1.0]]), "b3": np.array([[6.0]]),
}
hand_A3, hand_Y = np.array([[0.5, 0.5, 0.5]]), np.array([[1, 0, 1]])
wide_parameters = {  # 3 inputs, layers of 2, 4 and 1 units; the squares add up to 33.75
    "W1": np.array([[1.0, -2.0, 0.5], [2.0, 1.0, -1.0]]), "b1": np.array([[3.0], [1.0]]),
    "W2": np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, 1.0], [0.0, -3.0]]),
    "b2": np.array([[1.0], [-2.0], [0.0], [5.0]]),
    "W3": np.array([[1.0, -1.0, 2.0, 0.5]]), "b3": np.array([[2.0]]),
}
wide_A3, wide_Y = np.array([[0.8, 0.25, 0.9, 0.4, 0.1]]), np.array([[1, 0, 0, 1, 1]])
with checking("compute_cost_with_regularization", A3=wide_A3, Y=wide_Y, parameters=wide_parameters):
    hand_cost = compute_cost_with_regularization(hand_A3, hand_Y, hand_parameters, 0.6)
    check("cost by hand, λ = 0.6", hand_cost, np.log(2) + 1.5)
    wide_cost = compute_cost_with_regularization(wide_A3, wide_Y, wide_parameters, 0.8)
    check("cost, λ = 0.8", wide_cost, np.log(1250 / 3) / 5 + 2.7)
    free_cost = compute_cost_with_regularization(wide_A3, wide_Y, wide_parameters, 0)
    check("cost, λ = 0", free_cost, np.log(1250 / 3) / 5)

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-test", "points": 5}
verdict("compute_cost_with_regularization")
### BEGIN HIDDEN TESTS
@hidden_cases("compute_cost_with_regularization", cases=6, returns="cost")
def _(case):
    n0, n1, n2, m = case.rng.permutation(np.arange(2, 7))[:4]
    if case.index == 1:
        m = 1
    if case.index == 3:
        n1 = n2 = 1
    if case.index == 5:
        n0 = n1 = n2 = m = 4
    lambd = [0.7, 2.5, 0, 1.3, 25, 0.31][case.index]
    sizes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1), "W3": (1, n2), "b3": (1, 1)}
    parameters = {name: case.rng.standard_normal(size) for name, size in sizes.items()}
    A3 = case.rng.uniform(0.05, 0.95, (1, m))
    Y = case.rng.integers(0, 2, (1, m))
    case.call(compute_cost_with_regularization, A3, Y, parameters, lambd)
### END HIDDEN TESTS

# %% [markdown]
# ### The gradient: weight decay
#
# The penalty changes the cost, so it changes the gradient. Differentiate one squared weight:
# $\frac{d}{dW}\frac{\lambda}{2m}W^2 = \frac{\lambda}{m}W$. Each weight matrix gets that one term, and
# nothing else changes:
#
# $$dW^{[l]} = \frac{1}{m}\, dZ^{[l]} A^{[l-1]\,T} + \frac{\lambda}{m} W^{[l]}, \qquad
# db^{[l]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[l](i)} \quad\text{(as before)}$$
#
# Put this into the update with learning rate α:
#
# $$W := W - \alpha \Big( dW_{\text{plain}} + \frac{\lambda}{m} W \Big) =
# \Big(1 - \frac{\alpha\lambda}{m}\Big)\, W - \alpha\, dW_{\text{plain}}$$
#
# Before each step, every weight shrinks by the same small factor. Hence the name **weight decay**. A
# weight survives only if the data keep pushing it up again. With α = 0.1, λ = 1 and m = 211 the
# factor is 0.99953. That looks like nothing; over 5000 steps it leaves 9 % of a weight that nobody
# needs.
#
# **By hand.** Let λ = 0.6 and m = 3, so λ/m = 0.2. The plain dW1 of W1 = [[1, 2]] be [[0.5, −0.1]].
# Then dW1 becomes [[0.5 + 0.2, −0.1 + 0.4]] = [[0.7, 0.3]].
#
# ### Exercise: backward_propagation_with_regularization
#
# <details><summary>Hint</summary>
#
# Three lines of the given `backward_propagation` change: those of dW3, dW2 and dW1. You may copy it,
# or call it and add to what it returns.
# </details>
# <details><summary>Fuller hint</summary>
#
# `dW3 = dZ3 @ A2.T / m` becomes `dW3 = dZ3 @ A2.T / m + …`, where the new term is λ/m times the
# weights of that layer. The weights are in the cache. Leave the three lines of db and the two lines
# of dA alone.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation_with_regularization"}
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """The gradient of the cost with an L2 penalty: the plain one, plus lambd / m W in each dW.

    Args:
        X: examples, shape (n0, m).
        Y: labels 0 or 1, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3), from forward_propagation.
        lambd: the price of the penalty, a number, at least 0.

    Returns:
        A dictionary with the gradients that an update needs, each of the shape of its parameter:
        dW3 (1, n2), db3 (1, 1), dW2 (n2, n1), db2 (n2, 1), dW1 (n1, n0), db1 (n1, 1).
        It may also hold dZ3, dA2, dZ2, dA1 and dZ1, as that of backward_propagation does. They
        are not judged.

    Source: the derivative of the formula in compute_cost_with_regularization.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "backward_propagation_with_regularization-check"} tags=["check"]
decay_X = np.array([[1.0, 2.0, -1.0, 0.5, -2.0], [0.5, -1.0, 3.0, 0.25, -1.5]])
decay_Y = np.array([[1, 0, 0, 1, 0]])
decay_parameters = {
    "W1": np.array([[1.0, -1.0], [2.0, 1.0], [-1.0, 0.5]]), "b1": np.array([[0.25], [1.0], [-0.5]]),
    "W2": np.array([[0.5, -0.25, 1], [1, 0.125, -2], [-1, 0.5, 0.25], [0.75, -0.5, 0.5]]),
    "b2": np.array([[1.0], [-0.5], [0.25], [0.5]]),
    "W3": np.array([[1.0, -1.0, 0.5, -2.0]]), "b3": np.array([[0.5]]),
}
decay_cache = forward_propagation(decay_X, decay_parameters)[1]
decay_expected = {
    "dW3": [[1.06744, -0.4195, 0.48358, -0.57879]], "db3": [[0.23561]],
    "dW2": [[0.16793, 0.02649, 0.87949], [0.43207, 0.30215, -0.8],
            [-0.43145, 0.24428, 0.33974], [0.23835, -1.03316, -0.75898]],
    "db2": [[0.23561], [0.08817], [0.11306], [-0.66654]],
    "dW1": [[0.43903, -0.34254], [0.63216, 0.96684], [-0.45728, 0.24578]],
    "db1": [[0.07869], [0.20746], [0.04047]],
}
with checking("backward_propagation_with_regularization", X=decay_X, Y=decay_Y, cache=decay_cache):
    seen = backward_propagation_with_regularization(decay_X, decay_Y, decay_cache, 2.0)
    seen = {name: value for name, value in seen.items() if name in decay_expected}
    check("gradients", seen, decay_expected, rtol=1e-4, atol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-test", "points": 8}
verdict("backward_propagation_with_regularization")
### BEGIN HIDDEN TESTS
@hidden_cases("backward_propagation_with_regularization", cases=6, returns="gradients", extra_keys=True)
def _(case):
    n0, n1, n2, m = case.rng.permutation(np.arange(2, 7))[:4]
    if case.index == 1:
        m = 1
    if case.index == 3:
        n0 = n1 = n2 = 1
    if case.index == 5:
        n0 = n1 = n2 = m = 4
    lambd = [0.7, 2.5, 0, 1.3, 25, 0.31][case.index]
    sizes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1), "W3": (1, n2), "b3": (1, 1)}
    parameters = {name: 0.6 * case.rng.standard_normal(size) for name, size in sizes.items()}
    if case.index == 3:
        parameters["b1"], parameters["b2"] = np.array([[1.5]]), np.array([[1.5]])
    X = case.rng.standard_normal((n0, m))
    Y = case.rng.integers(0, 2, (1, m))
    A, cache = X, ()
    for layer in (1, 2, 3):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = W @ A + b
        A = np.maximum(0, Z) if layer < 3 else 1 / (1 + np.exp(-Z))
        cache += (Z, A, W, b)
    case.call(backward_propagation_with_regularization, X, Y, cache, lambd)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: is it the right gradient?
#
# The penalty is an ordinary, smooth part of the cost. So the gradient can be *measured*: walk a tiny
# step in some direction through all parameters at once, a tiny step back, and see how much the cost
# changed. (The next lesson makes a proper tool of this.) The two slopes have to agree, and the
# measured cost has to include the penalty.

# %%
def two_slopes(cost_of, gradients, parameters, epsilon=1e-6):
    """The slope of a cost in one random direction: as measured, and as the gradients claim."""
    rng = np.random.default_rng(5)
    direction = {name: rng.standard_normal(value.shape) for name, value in parameters.items()}
    ahead = {name: value + epsilon * direction[name] for name, value in parameters.items()}
    behind = {name: value - epsilon * direction[name] for name, value in parameters.items()}
    measured = (cost_of(ahead) - cost_of(behind)) / (2 * epsilon)
    claimed = sum(np.sum(gradients["d" + name] * direction[name]) for name in parameters)
    return measured, claimed


slope_parameters = initialize_parameters((2, 6, 4, 1), seed=2)
# Away from 0: where all of layer 1 is silent, Z2 = b2, and a ReLU has a corner at 0.
slope_parameters["b2"] += 0.3
slope_X, slope_Y = train_X[:, :40], train_Y[:, :40]

# %% tags=["demo"]
if ready("compute_cost_with_regularization", "backward_propagation_with_regularization"):

    def decayed_cost(parameters):
        A3 = forward_propagation(slope_X, parameters)[0]
        return compute_cost_with_regularization(A3, slope_Y, parameters, 3.0)

    def unpaid_cost(parameters):
        return compute_cost(forward_propagation(slope_X, parameters)[0], slope_Y)

    slope_cache = forward_propagation(slope_X, slope_parameters)[1]
    slope_gradients = backward_propagation_with_regularization(slope_X, slope_Y, slope_cache, 3.0)
    decayed_slopes = two_slopes(decayed_cost, slope_gradients, slope_parameters)
    unpaid_slopes = two_slopes(unpaid_cost, slope_gradients, slope_parameters)
    print("cost with the penalty:     measured {:.4f}, claimed {:.4f}".format(*decayed_slopes))
    print("penalty left out of cost:  measured {:.4f}, claimed {:.4f}".format(*unpaid_slopes))

# %% [markdown]
# The first pair agrees to all digits. The second is the classic false alarm: the backward pass is
# right, but the cost it is compared with has forgotten the penalty.
#
# ### Experiment: choose λ

# %% tags=["demo"]
if ready("backward_propagation_with_regularization"):
    prices = (0, 0.1, 0.3, 1, 3, 10, 30)
    priced = [trained(lambd=price) for price in prices]
    priced_train = [cost(p, train_X, train_Y) for p in priced]
    priced_test = [cost(p, test_X, test_Y) for p in priced]
    priced_right = [accuracy(p, test_X, test_Y) for p in priced]
    priced_size = [weight_size(p) for p in priced]
    print("    λ   train cost  test cost   test accuracy   size of the weights")
    for row in zip(prices, priced_train, priced_test, priced_right, priced_size):
        print("{:5}   {:10.2f}  {:9.2f}   {:11.1f} %   {:19.1f}".format(*row))

    price_figure, (price_axes, size_axes) = plt.subplots(1, 2, figsize=(10.5, 3.8))
    price_axes.plot(range(7), priced_train, "o-", color=plots.BLUE, label="training points")
    price_axes.plot(range(7), priced_test, "^--", color=plots.RED, label="test points")
    price_axes.axhline(np.log(2), color=plots.BLACK, linewidth=1, linestyle=":")
    price_axes.text(0, np.log(2) - 0.035, "always answering ½", fontsize=9)
    price_axes.set(ylabel="cross-entropy (nats)", ylim=(0.1, 0.75), title="What is learned")
    price_axes.legend(loc="center left")
    size_axes.plot(range(7), priced_size, "s-", color=plots.GREEN)
    size_axes.set(ylabel="size of the weights", title="What it is made of")
    for axes in (price_axes, size_axes):
        axes.set_xticks(range(7), [str(price) for price in prices])
        axes.set_xlabel("λ")
    plots.show(
        price_figure,
        alt="Two panels against λ = 0, 0.1, 0.3, 1, 3, 10, 30. Left: the training cost climbs all "
        "the way from 0.19 to 0.69; the test cost falls from 0.30 to a low of 0.25 at λ = 1 and "
        "climbs again to 0.70. Right: the size of the weights falls from 53 at λ = 0 to 7 at λ = 1 "
        "and to 0 at λ = 30.",
    )

# %% [markdown]
# Read it from left to right.
#
# * The training cost only ever goes **up**. Regularization makes the fit to the training points
#   worse. That is the point.
# * The test cost goes **down first**: from 0.30 to 0.25 at λ = 1, where the gap is gone. To two
#   digits, that is as good as knowing the truth.
# * Then both go up. At λ = 30 the weights have decayed to zero and the network answers ½ to
#   everything: ln 2 ≈ 0.69 nats.
# * The accuracy moves by a point and a half at most until then, less than its own uncertainty. It
#   would not have told you which λ to take.
#
# λ = 1 is good *here*. It depends on m, on the network and on how long you train, so try values a
# factor of 3 apart. Strictly, one should choose λ on a third set of points, and keep the test points
# for the last word. We skip that to keep the lesson short.
#
# ## Part 2: dropout
#
# ### The idea
#
# In each step of training, for each example, every hidden unit is kept with probability `keep_prob`
# and silenced otherwise. For layer 1:
#
# 1. $Z^{[1]} = W^{[1]} X + b^{[1]}$ and $A^{[1]} = \mathrm{ReLU}(Z^{[1]})$, as always;
# 2. draw a **mask** $D^{[1]}$ of the shape of $A^{[1]}$: each entry is 1 with probability
#    `keep_prob`, else 0;
# 3. silence: multiply $A^{[1]}$ by $D^{[1]}$, entry by entry;
# 4. **rescale**: divide by `keep_prob`.
#
# Then go on to layer 2 with this new $A^{[1]}$, and do the same there. The output layer is never
# dropped: it is the answer.
#
# **Why divide?** Without step 4 the next layer would get, on average, only `keep_prob` times what it
# used to get. With it the average is untouched: `keep_prob` · (a / `keep_prob`) + (1 − `keep_prob`) ·
# 0 = a. This form is called *inverted* dropout. Its reward comes at test time: **dropout is simply
# turned off**, and the plain forward pass is already on the right scale.
#
# **By hand.** Three units answer a = (2, 4, 6). The mask is d = (1, 0, 1) and `keep_prob` is 0.8.
# Silenced: (2, 0, 6). Rescaled: (2.5, 0, 7.5).
#
# How to draw a mask? `np.random.rand` draws uniformly between 0 and 1. Such a number is below 0.8
# with probability 0.8. So `np.random.rand(rows, columns) < keep_prob` is the mask.
#
# ### Exercise: forward_propagation_with_dropout
#
# The line `np.random.seed(1)` is given, so that two people who draw D1 first and D2 second, with
# `np.random.rand`, get the same masks. The grader takes any other way of drawing as well: it looks at
# your masks and follows *your* computation from there.
#
# <details><summary>Hint</summary>
#
# Start from the given `forward_propagation`. After each ReLU come three short lines: draw, multiply,
# divide. The cache has 14 entries; the order is in the docstring.
# </details>
# <details><summary>Fuller hint</summary>
#
# After `A1 = relu(Z1)`: draw `D1` with `np.random.rand(A1.shape[0], A1.shape[1])` and a comparison
# with `keep_prob`; set `A1` to `A1 * D1`; then to `A1 / keep_prob`. Layer 2 is the same with 2 for 1.
# Layer 3 has no mask.
# </details>

# %% nbgrader={"solution": true, "grade_id": "forward_propagation_with_dropout"}
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """The forward pass with inverted dropout on both hidden layers.

    Args:
        X: examples, shape (n0, m).
        parameters: dictionary of W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1), W3 (1, n2),
            b3 (1, 1).
        keep_prob: the probability of keeping a unit, above 0 and at most 1.

    Returns:
        A3, shape (1, m), and the cache (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3).
        In it
        Z1 (n1, m) and Z2 (n2, m) are the linear outputs, not masked;
        D1 (n1, m) and D2 (n2, m) are the masks, 0 or 1 (or False and True), drawn for every unit
        of every example;
        A1 (n1, m) and A2 (n2, m) are masked and divided by keep_prob.

    Source: Srivastava et al. (2014), section 4, with the division moved from test time to training.
    """
    np.random.seed(1)
    ### BEGIN SOLUTION
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = W1 @ X + b1
    D1 = np.random.rand(Z1.shape[0], Z1.shape[1]) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = np.random.rand(Z2.shape[0], Z2.shape[1]) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "forward_propagation_with_dropout-check"} tags=["check"]
mask_parameters = {
    "W1": np.array([[1.0], [2.0], [3.0]]), "b1": np.array([[1.0], [0.0], [-5.0]]),
    "W2": np.array([[1.0, 0.5, 2.0], [2.0, -1.0, 0.0]]), "b2": np.array([[0.5], [-1.0]]),
    "W3": np.array([[1.0, -2.0]]), "b3": np.array([[0.25]]),
}
mask_X = np.full((1, 5000), 2.0)  # 5000 times the same example
mask_names = ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
with checking("forward_propagation_with_dropout", X=mask_X, parameters=mask_parameters):
    mask_A3, mask_cache = forward_propagation_with_dropout(mask_X, mask_parameters, 0.8)
    check("number of things in the cache", len(mask_cache), 14)
    mask = dict(zip(mask_names, mask_cache))
    check("cache", {name: mask[name] for name in mask_parameters}, mask_parameters)
    check("Z1", mask["Z1"], [[3] * 5000, [4] * 5000, [1] * 5000])
    kept = [np.asarray(mask["D1"], float), np.asarray(mask["D2"], float)]
    check("values in D1", np.unique(kept[0]), [0, 1])
    check("values in D2", np.unique(kept[1]), [0, 1])
    shares = [share for D in kept for share in D.mean(axis=1)]
    check("share kept of each unit in D1, D2, about", shares, [0.8] * 5, atol=0.035)
    pairs = [np.mean(D[0] * D[1]) for D in kept]
    check("share that keeps both units 0 and 1, about", pairs, [0.64, 0.64], atol=0.045)
    check("share of D1 that D2 repeats, about", np.mean(kept[0][:2] == kept[1]), 0.68, atol=0.035)
    check("A1, with your D1", mask["A1"], [[3.75], [5], [1.25]] * kept[0])
    mask_Z2 = [[3.75, 2.5, 2.5], [7.5, -5, 0]] @ kept[0] + [[0.5], [-1]]
    check("Z2, with your D1", mask["Z2"], mask_Z2)
    on = (mask["Z2"] > 0) & (kept[1] == 1)
    check("where A2 is above 0", mask["A2"] > 0, on)
    check("there, A2 divided by Z2", mask["A2"][on] / mask["Z2"][on], np.full(on.sum(), 1.25))
    check("Z3, with your A2", mask["Z3"], mask["A2"][:1] - 2 * mask["A2"][1:] + 0.25)
    for name, A3 in (("A3", mask_A3), ("A3 in the cache", mask["A3"])):
        check(f"{name}, with your Z3", A3, 0.5 + 0.5 * np.tanh(mask["Z3"] / 2))
    all_A3, _ = forward_propagation_with_dropout(mask_X[:, :2], mask_parameters, 1.0)
    check("A3 where every unit is kept", all_A3, [[0.996827, 0.996827]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-test", "points": 10}
verdict("forward_propagation_with_dropout")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "forward_propagation_with_dropout",
    cases=7,
    returns=("A3", ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")),
)
def _(case):
    n0, n1, n2, m, keep_prob = [
        (3, 16, 11, 15, 0.8),
        (4, 4, 4, 4, 0.6),
        (4, 6, 8, 7, None),
        (3, 7, 5, 1, 0.7),
        (1, 1, 1, 9, 0.4),
        (2, 6, 4, 3, 1.0),
        (2, 11, 9, 14, 0.3),
    ][case.index]
    sizes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1), "W3": (1, n2), "b3": (1, 1)}
    parameters = {name: case.rng.standard_normal(size) / np.sqrt(size[1]) for name, size in sizes.items()}
    if case.index == 4:
        parameters["b1"], parameters["b2"] = np.array([[1.5]]), np.array([[1.5]])
    X = case.rng.standard_normal((n0, m))
    if keep_prob is None:
        case.call(forward_propagation_with_dropout, X, parameters)
    else:
        case.call(forward_propagation_with_dropout, X, parameters, keep_prob)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: what the mask does to the average
#
# One point of the field, 4000 times, each time with another mask. Left: the beginning of D1. Right:
# what arrives in layer 2, on average over the 4000 draws, against what arrives without dropout.

# %% tags=["demo"]
if ready("forward_propagation_with_dropout"):
    average_parameters = initialize_parameters((2, 20, 12, 1), seed=4)
    average_X = np.tile(train_X[:, :1], 4000)
    average_cache = forward_propagation_with_dropout(average_X, average_parameters, 0.8)[1]
    average_plain = forward_propagation(train_X[:, :1], average_parameters)[1][4].ravel()
    average_drawn = average_cache[5].mean(axis=1)
    average_gap = np.abs(average_drawn - average_plain).max()
    average_spread = average_cache[5].std(axis=1).max()
    print(f"largest gap between the average and the plain Z2: {average_gap:.2f}")
    print(f"the same Z2 in single draws: standard deviation up to {average_spread:.1f}")

    average_figure, (mask_axes, average_axes) = plt.subplots(
        1, 2, figsize=(10.5, 3.8), width_ratios=(1.35, 1)
    )
    tiles = {"cmap": "Greys", "vmin": 0, "vmax": 1.6, "interpolation": "nearest"}
    mask_axes.imshow(average_cache[1][:, :40], aspect="auto", **tiles)
    mask_axes.set(xlabel="draw (number)", ylabel="unit of layer 1 (number)")
    mask_axes.set_title("D1: grey = kept, white = dropped")
    mask_axes.set_yticks(range(0, 20, 5))
    mask_axes.grid(False)
    ends = np.array([average_plain.min(), average_plain.max()])
    divided = {"color": plots.BLUE, "label": "divided by 0.8"}
    undivided = {"color": plots.RED, "label": "not divided"}
    average_axes.plot(ends, ends, color=plots.BLACK, linewidth=1, label="equal")
    average_axes.plot(average_plain, average_drawn, "o", **divided)
    average_axes.plot(average_plain, 0.8 * average_drawn, "x", **undivided)
    average_axes.set(xlabel="Z2 without dropout", ylabel="average Z2 with dropout")
    average_axes.set_title("12 units of layer 2")
    average_axes.legend(loc="upper left")
    plots.show(
        average_figure,
        alt="Left: the mask of 20 units in 40 draws looks like random grey and white tiles, about "
        "four in five of them grey. Right: the average Z2 of 12 units with dropout against Z2 "
        "without. Divided by 0.8 the points lie on the diagonal; not divided they lie on a flatter "
        "line.",
    )

# %% [markdown]
# On average nothing changed, so the network can be used without dropout as it is. In a single draw a
# lot changed: that is the noise which training has to be robust to.
#
# ### The backward pass
#
# Dropout is a multiplication by a constant: $A_{\text{new}} = A \cdot D / \texttt{keep\_prob}$. Its
# derivative is that same constant. So the gradient goes through the **same mask** and the **same
# division**:
#
# $$dA^{[2]} = \big( W^{[3]\,T} dZ^{[3]} \big) * D^{[2]} / \texttt{keep\_prob}, \qquad
# dA^{[1]} = \big( W^{[2]\,T} dZ^{[2]} \big) * D^{[1]} / \texttt{keep\_prob}$$
#
# with $*$ entry by entry. All other lines are those of the plain backward pass. A silenced unit had
# no part in the answer, so it gets no blame.
#
# **By hand.** The gradient that arrives is (0.4, −0.1, 0.2). With d = (1, 0, 1) and `keep_prob` = 0.8
# it becomes (0.5, 0, 0.25).
#
# | from the cache | shape | what it is |
# |---|---|---|
# | `Z1`, `Z2` | (n1, m), (n2, m) | linear outputs, not masked |
# | `D1`, `D2` | (n1, m), (n2, m) | the masks, False or True |
# | `A1`, `A2` | (n1, m), (n2, m) | masked *and* divided already |
#
# ### Exercise: backward_propagation_with_dropout
#
# <details><summary>Hint</summary>
#
# Two lines of the given `backward_propagation` change: those of dA2 and dA1. Mind that the cache has
# 14 entries now.
# </details>
# <details><summary>Fuller hint</summary>
#
# After `dA2 = W3.T @ dZ3`, multiply by `D2` and divide by `keep_prob`. After `dA1 = W2.T @ dZ2`, the
# same with `D1`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation_with_dropout"}
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The gradient of the cross-entropy with inverted dropout on both hidden layers.

    Args:
        X: examples, shape (n0, m).
        Y: labels 0 or 1, shape (1, m).
        cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), from
            forward_propagation_with_dropout.
        keep_prob: the probability of keeping a unit that the forward pass used.

    Returns:
        A dictionary with the gradients that an update needs, each of the shape of its parameter:
        dW3 (1, n2), db3 (1, 1), dW2 (n2, n1), db2 (n2, 1), dW1 (n1, n0), db1 (n1, 1).
        It may also hold dZ3, dA2, dZ2, dA1 and dZ1, as that of backward_propagation does. They
        are not judged.

    Source: the chain rule through A * D / keep_prob, with D held fixed.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = (W3.T @ dZ3) * D2 / keep_prob
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = (W2.T @ dZ2) * D1 / keep_prob
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "backward_propagation_with_dropout-check"} tags=["check"]
# A forward pass with keep_prob = 0.8, worked out by hand in steps of ln 3.
ln3 = np.log(3)
thin_X, thin_Y = ln3 * np.array([[-1, 1, -2, -3, 2]]), np.array([[1, 0, 0, 1, 0]])
thin_cache = (
    ln3 * np.array([[-3, 1, -5, -7, 3], [4, 2, 5, 6, 1], [1, -3, 3, 5, -5]]),  # Z1
    np.array([[1, 1, 0, 1, 1], [1, 1, 1, 1, 0], [0, 0, 1, 1, 0]]),  # D1
    ln3 * np.array([[0, 1.25, 0, 0, 3.75], [5, 2.5, 6.25, 7.5, 0], [0, 0, 3.75, 6.25, 0]]),  # A1
    np.array([[2.0], [-1.0], [-2.0]]), ln3 * np.array([[-1.0], [3.0], [-1.0]]),  # W1, b1
    ln3 * np.array([[-2, -1, 1, 3, 1], [5, 3, 4, 4, 3]]),  # Z2
    np.array([[1, 0, 1, 1, 0], [1, 1, 1, 0, 1]]),  # D2
    ln3 * np.array([[0, 0, 1.25, 3.75, 0], [6.25, 3.75, 5, 0, 3.75]]),  # A2
    np.array([[0.8, 0.0, 0.8], [1.6, 1.6, -0.8]]), ln3 * np.array([[-2.0], [-3.0]]),  # W2, b2
    ln3 * np.array([[1, -1, 2, 2, -1]]), np.array([[0.75, 0.25, 0.9, 0.9, 0.25]]),  # Z3, A3
    np.array([[1.6, 0.8]]), ln3 * np.array([[-4.0]]),  # W3, b3
)
thin_expected = {
    "dW3": ln3 * np.array([[0.15, 0.9625]]), "db3": [[0.21]],
    "dW2": ln3 * np.array([[0, 1.95, 1.1], [0.25, 1, 0.675]]), "db2": [[0.32], [0.23]],
    "dW1": ln3 * np.array([[0.3], [-0.52], [-0.24]]), "db1": [[0.2], [0.36], [0.14]],
}
with checking("backward_propagation_with_dropout", X=thin_X, Y=thin_Y, cache=thin_cache):
    seen = backward_propagation_with_dropout(thin_X, thin_Y, thin_cache, 0.8)
    seen = {name: value for name, value in seen.items() if name in thin_expected}
    check("gradients", seen, thin_expected)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-test", "points": 9}
verdict("backward_propagation_with_dropout")
### BEGIN HIDDEN TESTS
@hidden_cases("backward_propagation_with_dropout", cases=6, returns="gradients", extra_keys=True)
def _(case):
    n0, n1, n2, m = case.rng.permutation(np.arange(3, 8))[:4]
    if case.index == 1:
        n0 = n1 = n2 = m = 5
    if case.index == 3:
        m = 1
    if case.index == 4:
        n0 = n1 = n2 = 1
    keep = [0.8, 0.6, 0.5, 0.7, 0.3, 1.0][case.index]
    sizes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1), "W3": (1, n2), "b3": (1, 1)}
    W1, b1, W2, b2, W3, b3 = (case.rng.standard_normal(size) / np.sqrt(size[1]) for size in sizes.values())
    if case.index == 4:
        b1, b2 = np.array([[2.0]]), np.array([[2.0]])
    X = case.rng.standard_normal((n0, m))
    Y = case.rng.integers(0, 2, (1, m))
    D1, D2 = case.rng.random((n1, m)) < keep, case.rng.random((n2, m)) < keep
    Z1 = W1 @ X + b1
    A1 = np.where(D1, np.maximum(0, Z1), 0) / keep
    Z2 = W2 @ A1 + b2
    A2 = np.where(D2, np.maximum(0, Z2), 0) / keep
    Z3 = W3 @ A2 + b3
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, 1 / (1 + np.exp(-Z3)), W3, b3)
    case.call(backward_propagation_with_dropout, X, Y, cache, keep)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: checking a gradient that is random
#
# Measure the slope again. This time the cost is computed with dropout, twice: once with **frozen**
# masks, once with masks that are **drawn anew** for each of the two steps. (`np.random.seed` freezes
# them. If you draw from a generator of your own that is not seeded, both rows will disagree.)

# %% tags=["demo"]
if ready("forward_propagation_with_dropout", "backward_propagation_with_dropout"):

    def frozen_cost(parameters):
        """The cost with dropout; the seed makes the masks the same in every call."""
        np.random.seed(1)
        A3 = forward_propagation_with_dropout(slope_X, parameters, 0.8)[0]
        return compute_cost(A3, slope_Y)

    redraw_rng = np.random.default_rng(0)

    def redrawn_cost(parameters):
        """The same, but the examples are shuffled, so that the masks fall on other ones."""
        order = redraw_rng.permutation(slope_X.shape[1])
        A3 = forward_propagation_with_dropout(slope_X[:, order], parameters, 0.8)[0]
        return compute_cost(A3, slope_Y[:, order])

    np.random.seed(1)
    random_cache = forward_propagation_with_dropout(slope_X, slope_parameters, 0.8)[1]
    random_gradients = backward_propagation_with_dropout(slope_X, slope_Y, random_cache, 0.8)
    frozen_slopes = two_slopes(frozen_cost, random_gradients, slope_parameters)
    redrawn_slopes = two_slopes(redrawn_cost, random_gradients, slope_parameters)
    print("masks frozen:      measured {:.4f}, claimed {:.4f}".format(*frozen_slopes))
    print("masks drawn anew:  measured {:.0f}, claimed {:.4f}".format(*redrawn_slopes))

# %% [markdown]
# With frozen masks your gradient is right to all digits. With new masks the measured slope is
# nonsense: two different networks are compared, and their difference is divided by two millionths. So
# **before a gradient check, turn dropout off or freeze its masks**. The L2 penalty may stay on.
#
# ### Experiment: the seed is for the grader
#
# `np.random.seed(1)` inside the function makes every call draw the *same* masks. In training that is
# wrong: each example would meet one and the same thinned network for ever. Our `model` gets round it
# by shuffling the examples before each step, so that they meet other columns of the masks. Here is
# what happens if it does not. (If your function draws fresh masks in every call, the two rows are
# alike.)

# %% tags=["demo"]
if ready("forward_propagation_with_dropout", "backward_propagation_with_dropout"):
    moving_masks = trained(keep_prob=0.5)
    standing_masks = model(train_X, train_Y, keep_prob=0.5, shuffle=False)
    report("masks on the move", moving_masks)
    report("masks stand still", standing_masks)

# %% [markdown]
# With standing masks the test cost is 0.92 nats: far worse than without any regularization (0.30),
# and worse than answering ½ to everything (0.69). In your own programs, seed once at the very
# beginning, never inside the forward pass.
#
# ### Experiment: what helps, and how much
#
# Three networks that differ only in the seed of their first weights, each trained in three ways.
# Dropout is off when they are tested.

# %% tags=["demo"]
if ready("backward_propagation_with_regularization", "forward_propagation_with_dropout",
         "backward_propagation_with_dropout"):
    final_ways = {
        "no regularization": {}, "L2, λ = 1": {"lambd": 1}, "dropout, keep 0.5": {"keep_prob": 0.5},
    }
    for final_seed in (1, 2, 3):
        print(f"first weights drawn with seed {final_seed}")
        for final_name, way in final_ways.items():
            report("  " + final_name, trained(**way, seed=final_seed))

    final_figure, final_axes = plt.subplots(1, 3, figsize=(12, 3.7), sharey=True)
    for axes, (final_name, way) in zip(final_axes, final_ways.items()):
        network = trained(**way, seed=1)
        plots.decision_boundary(axes, lambda grid: predict(network, grid), train_X, train_Y)
        axes.set_title(f"{final_name}\nsize of the weights {weight_size(network):.0f}")
        axes.set(xlabel="x₁ (50 m)", ylabel="x₂ (50 m)" if axes is final_axes[0] else "")
    final_axes[0].legend(loc="lower right", ncols=2, fontsize=8, frameon=True)
    plots.show(
        final_figure,
        alt="The training points with three boundaries. Without regularization: corners, hooks and "
        "an island, size of the weights 53. With the L2 penalty: an almost straight diagonal, size "
        "7. With dropout: a smooth diagonal with one gentle step in the middle, size 52.",
    )

# %% [markdown]
# Three rows, three times. What do they say?
#
# * **The test cost** falls from 0.30–0.35 nats to 0.25–0.26, with either method and every seed. That
#   is all there was to gain. The networks have stopped being sure of what they cannot know.
# * **The test accuracy** rises from 86.5 % on average to 87.7 % with L2 and to 88.3 % with dropout.
#   The direction is right, but on 200 points a gain of two points could be luck. If anybody tells you
#   that regularization added a point, ask for the error bar.
# * **The training accuracy** falls. It was too good to be true.
# * The two methods work differently. L2 shrinks the weights, from 53 to 7. Dropout leaves them as
#   large as they were (52), and smooths by averaging over thinned networks. (Size: the square root of
#   the sum of all squared weights.)
#
# On this small problem both do the same good. L2 is the cheaper: one setting, no noise. Dropout was
# made for large networks with many units that can lean on one another.
#
# ## Mistakes that most people make
#
# * **The penalty is in the cost but not in the gradient.** The printed cost is higher, and the
#   boundary is exactly the one you had without regularization. Turn λ up to 30: if the weights do not
#   vanish, the gradient has never heard of it.
# * **λ W instead of (λ/m) W.** With λ = 1 the weights are gone after 100 steps, and the cost stands
#   at 0.69 for ever: the network answers ½ to everything.
# * **The division by `keep_prob` is missing.** Training looks normal, because the thinned networks
#   have learned to shout. At test time all units shout together: here the test cost becomes 0.42
#   instead of 0.25, while the accuracy looks fine.
# * **Dropout is left on when you predict.** The same point gets another answer in every call, and all
#   are worse: with our network, 84.5 to 87 % in five calls, instead of 87.5 %.
# * **New masks in the backward pass.** Nothing looks wrong! Training goes on, a little worse. Only a
#   gradient check with frozen masks finds it.
#
# A curiosity: with `A2 > 0` for the derivative of the ReLU, the mask is in there already, because a
# dropped unit has A = 0 in the cache. With `Z2 > 0` it is not. Multiply by the mask anyway: then the
# line is right for any activation function. The division by `keep_prob` is needed in both.
#
# ## Recap
#
# 1. Overfitting is the gap between training and test cost. The accuracy often hides it.
# 2. The L2 penalty adds λ/(2m) times all squared weights to the cost, and (λ/m) W to each dW. Biases
#    go free.
# 3. In gradient descent that is weight decay: W shrinks by the factor 1 − αλ/m before each step.
# 4. Dropout masks each hidden A and divides by `keep_prob`; the backward pass does exactly the same
#    to dA.
# 5. In testing, dropout is off. In a gradient check the penalty may stay; masks must be off or
#    frozen.
#
# **To think about.** With λ = 1 the penalty is λ/(2m) times a sum over weights. Somebody gives you
# ten times as many points. Should λ change? What if you copied each of your points ten times instead?
#
# **Where to read on**
#
# * N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15
#   (2014), sections 4 (the model) and 7.3 (the effect of the keep probability).
# * A. Krogh and J. Hertz, *A simple weight decay can improve generalization*, NIPS 4 (1991). Four
#   pages, with the reason why it works.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 7.1.1 (L2) and 7.12
#   (dropout).
# * I. Loshchilov and F. Hutter, *Decoupled weight decay regularization*, ICLR 2019: why penalty and
#   decay are no longer the same with Adam.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
