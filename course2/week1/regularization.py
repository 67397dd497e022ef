# %% [markdown]
# # Regularization
#
# A network with thousands of weights can learn its training points by heart, mislabelled ones included. On new points
# it is then wrong, and very sure of itself. Regularization is what you do against that. You will write the two methods that
# everybody uses: the **L2 penalty** and **dropout**.
#
# **You will be able to**
#
# * add a penalty on large weights to a cost, and its derivative to a backward pass;
# * say why this is also called *weight decay*, and why biases are left out;
# * switch off random units in training, forward and backward, so that nothing has to change at test time;
# * choose λ and the keep probability by looking at the right number, which is often not the accuracy.
#
# **Time** about 90 minutes. **Difficulty** 3 of 5.
# **Builds on** forward and backward propagation of a network with a few layers (course 1, week 4).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, data, hidden_cases, lesson, plots

lesson("course2-week1/regularization")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
opening_rng = np.random.default_rng(8)
opening_x = np.linspace(-0.95, 0.95, 14)
opening_y = np.sin(2.5 * opening_x) + 0.25 * opening_rng.standard_normal(14)
opening_grid = np.linspace(-0.97, 0.97, 300)


def opening_curve(price):
    """A polynomial of degree 12 through the points; `price` is what one unit of squared coefficient costs."""
    powers = np.vander(opening_x, 13, increasing=True)
    charged = np.diag([0.0] + [1.0] * 12)  # the constant is free
    coefficients = np.linalg.solve(powers.T @ powers + price * charged, powers.T @ opening_y)
    return np.vander(opening_grid, 13, increasing=True) @ coefficients


opening_figure, (curve_axes, net_axes) = plt.subplots(1, 2, figsize=(10.5, 3.9))
curve_axes.plot(opening_x, opening_y, "o", color=plots.BLACK, markersize=5, label="14 noisy points")
curve_axes.plot(opening_grid, opening_curve(1e-9), "--", color=plots.RED, linewidth=1.8, label="large weights are free")
curve_axes.plot(opening_grid, opening_curve(0.03), color=plots.BLUE, linewidth=2.5, label="large weights cost something")
curve_axes.set(xlabel="input (no unit)", ylabel="output (no unit)", ylim=(-2.9, 2.6))
curve_axes.set_title("L2 penalty: same curve family, a price")
curve_axes.legend(loc="lower center", bbox_to_anchor=(0.58, 0.0), fontsize=9)

opening_layers = [[1, 1], [1, 0, 1, 1, 0], [0, 1, 1, 0], [1]]  # 1: kept, 0: dropped
opening_spots = [
    [(i, j - (len(layer) - 1) / 2, kept) for j, kept in enumerate(layer)] for i, layer in enumerate(opening_layers)
]
for left, right in zip(opening_spots, opening_spots[1:]):
    for x1, y1, kept1 in left:
        for x2, y2, kept2 in right:
            alive = kept1 and kept2
            net_axes.plot((x1, x2), (y1, y2), color=plots.BLUE if alive else "#cccccc", lw=1.8 if alive else 0.7, zorder=1)
for x1, y1, kept1 in sum(opening_spots, []):
    net_axes.scatter(x1, y1, s=330, color=plots.SKY if kept1 else "white", edgecolors=plots.BLACK, zorder=2)
    if not kept1:
        net_axes.scatter(x1, y1, s=90, color=plots.RED, marker="x", zorder=3)
net_axes.set(title="Dropout: the network one example sees", xticks=range(4), yticks=[], xlim=(-0.4, 3.4), ylim=(-2.5, 2.4))
net_axes.set_xticklabels(["input", "hidden 1", "hidden 2", "output"])
net_axes.grid(False)
net_axes.spines["left"].set_visible(False)
plots.show(
    opening_figure,
    alt="Left: 14 noisy points and two polynomials of degree 12. The one whose weights are free swings from point to point "
    "and shoots off near the ends; the one that pays for large weights is a smooth S through the middle. Right: a network of "
    "2, 5, 4 and 1 units in which two units of each hidden layer are crossed out, and their connections are grey.",
)

# %% [markdown]
# On the left, both curves have the same 13 coefficients to play with. The dashed one may use them as it likes, and bends to
# meet every point. The solid one has to pay for large coefficients, so it bends only where many points ask for it.
#
# On the right, two units of each hidden layer sit out. The next example meets another selection. No unit can rely on one
# particular neighbour, so what is learned has to be spread out.
#
# ## The network and the data
#
# All lesson long it is one network with three layers: LINEAR → RELU → LINEAR → RELU → LINEAR → SIGMOID.
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
# The plain network is given. Read it once: two of your four functions are these with a line or two changed.

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
    """The cross-entropy in nats: minus the mean logarithm of the probability given to the true label."""
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
    }  # fmt: skip

# %% [markdown]
# The data are 211 points on a football field, labelled by the team that touched the ball there, and 200 more to test on.
# The teams are parted by one gently bent line. But near that line one touch in four strays to the other side. We drew these
# points ourselves, so we know the best that anybody can do: follow the bent line, and accept the strays.
#
# The network has 64 and 32 hidden units: 2208 weights for 211 points. Its first layer starts with steep, scattered creases, so it
# can bend the boundary anywhere from the first step. That makes it easy to overfit, which is what we want to watch.

# %% nbgrader={"locked": true, "grade_id": "training"}
def initialize_parameters(layers, seed):
    """He's initialization, with a steep first layer and scattered biases in it."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for i in (1, 2, 3):
        parameters[f"W{i}"] = rng.standard_normal((layers[i], layers[i - 1])) * np.sqrt(2 / layers[i - 1])
        parameters[f"b{i}"] = np.zeros((layers[i], 1))
    parameters["W1"] *= 5
    parameters["b1"] = 1.5 * rng.standard_normal((layers[1], 1))
    return parameters


def model(X, Y, lambd=0, keep_prob=1, seed=1, learning_rate=0.1, num_iterations=5000, shuffle=True):
    """Train by gradient descent: plainly, with an L2 penalty (lambd > 0) or with dropout (keep_prob < 1).

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
    """The network trained on the field. What was trained once is kept, until you rewrite the function that it used."""
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
    print(
        f"{name:<22}"
        f"accuracy {accuracy(parameters, train_X, train_Y):4.1f} % train, "
        f"{accuracy(parameters, test_X, test_Y):4.1f} % test    "
        f"cost {cost(parameters, train_X, train_Y):.2f} train, {cost(parameters, test_X, test_Y):.2f} test"
    )


train_X, train_Y, test_X, test_Y = data.load_planar("field")

# %% [markdown]
# ### First, without regularization

# %% tags=["demo"]
report("no regularization", trained())


def true_side(X):
    """The bent line that the points were drawn with."""
    return (X[0] > 0.9 * X[1] + 0.15 * np.sin(4 * X[1])).astype(int)[None, :]


print(
    f"{'the true line':<22}accuracy {100 * np.mean(true_side(train_X) == train_Y):4.1f} % train, "
    f"{100 * np.mean(true_side(test_X) == test_Y):4.1f} % test"
)

plain_figure, plain_axes = plt.subplots(1, 2, figsize=(10.5, 4.0))
plots.decision_boundary(plain_axes[0], lambda grid: predict(trained(), grid), train_X, train_Y)
plain_axes[0].set(title="learned from the training points", xlabel="x₁ (50 m)", ylabel="x₂ (50 m)")
plots.decision_boundary(plain_axes[1], true_side, train_X, train_Y)
plain_axes[1].set(title="the line they were drawn with", xlabel="x₁ (50 m)", ylabel="x₂ (50 m)")
plain_axes[1].legend(loc="lower right", ncols=2, fontsize=9, frameon=True)
plots.show(
    plain_figure,
    alt="The training points, with two boundaries. Left: the boundary of the network without regularization has corners and "
    "hooks that reach out for single points, and an island around one stray. Right: the true line is a smooth, slightly bent "
    "diagonal with strays on both sides of it.",
)

# %% [markdown]
# The network beats the true line on the training points (91.9 % against 89.1 %). Nothing can honestly beat the truth: the
# surplus is strays learned by heart. On the test points it falls behind (87.0 % against 88.0 %).
#
# Now look at the cost: 0.19 nats in training, 0.30 in the test. That gap is **overfitting**, and it is the number to watch.
# The accuracy is too coarse here: with 200 test points, chance alone moves it by about ±2.4 points
# ($\sqrt{0.87 \cdot 0.13 / 200}$). The cost feels every probability. Someone who knew the true line *and* how many touches
# stray would reach a test cost of 0.25. That is the mark to aim at.
#
# ## Part 1: the L2 penalty
#
# ### The idea
#
# A boundary with sharp corners needs large weights. So make large weights expensive:
#
# $$J_{\text{regularized}} = \underbrace{-\frac{1}{m} \sum_{i=1}^{m} \Big( y^{(i)} \log a^{(i)} + (1-y^{(i)}) \log (1-a^{(i)}) \Big)}_{\text{cross-entropy}}
# + \underbrace{\frac{\lambda}{2m} \sum_{l=1}^{3} \sum_{k} \sum_{j} \big( W^{[l]}_{kj} \big)^2}_{\text{L2 penalty}}$$
#
# * λ is the price. λ = 0 is no regularization. In Python it is spelled `lambd`, because `lambda` is a reserved word.
# * The sum runs over **every entry of every weight matrix**, and over no bias.
# * The ½ is there for comfort: it cancels when you differentiate.
#
# **Why no biases?** A weight says how *steeply* a unit answers; large weights make the sharp corners. A bias only says *where*
# the unit's crease lies. Charging for it would pull every crease towards the origin and smooth nothing. There are also
# few of them: 97 here, against 2208 weights.
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
# `compute_cost(A3, Y)` gives you the first part. For the second, square a matrix entry by entry and sum all entries,
# once for each of the three layers.
# </details>
# <details><summary>Fuller hint</summary>
#
# `np.sum(np.square(W1))` is the double sum of one layer. Add those of `W2` and `W3`, multiply by λ and divide by 2m.
# The number of examples is `Y.shape[1]`. Then add the cross-entropy.
# </details>

# %% nbgrader={"solution": true, "grade_id": "compute_cost_with_regularization"}
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """The cross-entropy plus the L2 penalty on the weights, in nats.

    Args:
        A3: probabilities of label 1, shape (1, m), each above 0 and below 1.
        Y: labels 0 or 1, shape (1, m).
        parameters: dictionary of W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1), W3 (1, n2), b3 (1, 1).
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
}  # fmt: skip
hand_A3, hand_Y = np.array([[0.5, 0.5, 0.5]]), np.array([[1, 0, 1]])
check("cost, λ = 0.6", compute_cost_with_regularization(hand_A3, hand_Y, hand_parameters, 0.6), np.log(2) + 1.5)
check("cost, λ = 0", compute_cost_with_regularization(hand_A3, hand_Y, hand_parameters, 0), np.log(2))

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-test", "points": 5}
# The hidden cases of compute_cost_with_regularization run here when the notebook is graded.
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

# %% tags=["style"] exercise="compute_cost_with_regularization" style="loops"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy = 0
    for i in range(m):
        a, y = A3[0, i], Y[0, i]
        cross_entropy -= (y * np.log(a) + (1 - y) * np.log(1 - a)) / m
    penalty = 0
    for name, matrix in parameters.items():
        if name.startswith("W"):
            for row in matrix:
                for weight in row:
                    penalty += weight**2
    return cross_entropy + lambd * penalty / 2 / m

# %% tags=["style"] exercise="compute_cost_with_regularization" style="vectorized"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = (1 / m) * (lambd / 2) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    cost = cross_entropy_cost + L2_regularization_cost
    return cost

# %% tags=["style"] exercise="compute_cost_with_regularization" style="einsum"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.shape[1]
    weights = [parameters["W" + str(i)] for i in range(1, 4)]
    data_term = -np.einsum("ij,ij->", Y, np.log(A3)) - np.einsum("ij,ij->", 1 - Y, np.log(1 - A3))
    penalty = sum(np.einsum("ij,ij->", W, W) for W in weights)
    return (data_term + 0.5 * lambd * penalty) / m

# %% tags=["style"] exercise="compute_cost_with_regularization" style="float32"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    A3 = A3.astype(np.float32)
    logprobs = np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)
    norms = sum(np.linalg.norm(parameters[name].astype(np.float32), "fro") ** 2 for name in ("W1", "W2", "W3"))
    return -logprobs / m + lambd * norms / (2 * m)

# %% tags=["mistakes"] exercise="compute_cost_with_regularization"
mistake(
    "biases_penalized",
    swap=('np.sum(np.square(parameters[f"W{layer}"]))', 'np.sum(parameters[f"W{layer}"] ** 2) + np.sum(parameters[f"b{layer}"] ** 2)'),
    cause="The biases are in the penalty as well; only weights belong there.",
    hint="The sum runs over W1, W2 and W3. What does a bias do to the steepness of a unit?",
)
mistake(
    "half_forgotten",
    swap=("lambd / (2 * m)", "lambd / m"),
    cause="The penalty lacks its factor 1/2.",
    hint="Compare what stands before the sum with the formula: λ over 2m.",
)
mistake(
    "m_forgotten",
    swap=("lambd / (2 * m)", "lambd / 2"),
    cause="The penalty is not divided by the number of examples m, or m was taken from Y.shape[0], which is 1.",
    hint="Examples stand in columns: print m for a Y of shape (1, 3).",
)
mistake(
    "square_forgotten",
    swap=("np.sum(np.square(", "np.sum(("),
    cause="The weights are summed, not their squares.",
    hint="A weight of −3 must cost as much as a weight of 3.",
)
mistake(
    "absolute_values",
    swap=("np.square(", "np.abs("),
    cause="The absolute values of the weights are summed: that is the L1 penalty.",
    hint="L2 sums the squares.",
)
mistake(
    "norm_not_squared",
    swap=("np.sum(np.square(", "np.linalg.norm(("),
    cause="The norm of each weight matrix is used, and not its square.",
    hint="np.linalg.norm ends with a square root. The formula has none.",
)
mistake(
    "matrix_product",
    swap=('np.square(parameters[f"W{layer}"])', 'parameters[f"W{layer}"] @ parameters[f"W{layer}"].T'),
    cause="All entries of the matrix product W Wᵀ are summed; that adds products of different rows of W to the squares.",
    hint="Square entry by entry: np.square(W), or W * W.",
)
mistake(
    "mean_of_squares",
    swap=("np.sum(np.square(", "np.mean(np.square("),
    cause="The mean of the squared weights is used where the sum belongs.",
    hint="A layer with more weights should pay more. Divide by m only, once, at the end.",
)
mistake(
    "output_layer_left_out",
    swap=("(1, 2, 3)", "(1, 2)"),
    cause="The weights of the output layer, W3, are not in the penalty.",
    hint="range(1, 3) stops at 2. Which layers did the loop visit?",
)
mistake(
    "returned_inside_loop",
    code='''
    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        m = Y.shape[1]
        squares = 0
        for layer in (1, 2, 3):
            squares = squares + np.sum(np.square(parameters[f"W{layer}"]))
            return compute_cost(A3, Y) + lambd / (2 * m) * squares
    ''',
    cause="The `return` stands inside the loop, so only the first layer is in the penalty.",
    hint="Look at the indentation of the last line.",
)
mistake(
    "penalty_subtracted",
    swap=("compute_cost(A3, Y) + lambd", "compute_cost(A3, Y) - lambd"),
    cause="The penalty is subtracted, which makes large weights a bargain.",
    hint="Large weights must raise the cost.",
)
mistake(
    "penalty_alone",
    swap=("compute_cost(A3, Y) + lambd", "lambd"),
    cause="Only the penalty is returned; the cross-entropy is missing.",
    hint="With λ = 0 the cost must be compute_cost(A3, Y).",
)
mistake(
    "averaged_twice",
    swap=("compute_cost(A3, Y) + lambd", "compute_cost(A3, Y) / m + lambd"),
    cause="The cross-entropy is divided by m a second time; compute_cost already returns a mean.",
    hint="With λ = 0 the cost must be compute_cost(A3, Y), whatever m is.",
)
mistake(
    "whole_division",
    swap=("lambd / (2 * m)", "lambd // (2 * m)"),
    cause="`//` rounds down to a whole number, so a small λ has no effect at all.",
    hint="Print the factor before the sum for λ = 0.6 and m = 3.",
)
mistake(
    "squared_in_place",
    code='''
    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        squares = 0
        for W in (parameters["W1"], parameters["W2"], parameters["W3"]):
            W *= W
            squares += W.sum()
        return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares
    ''',
    cause="`W *= W` squares the network's own weights: W is the array in the dictionary, not a copy of it.",
    hint="Call your function twice with the same parameters. Write W * W, which makes a new array.",
)

# %% [markdown]
# ### The gradient: weight decay
#
# The penalty changes the cost, so it changes the gradient. Differentiate one squared weight: $\frac{d}{dW}\frac{\lambda}{2m}W^2
# = \frac{\lambda}{m}W$. Each weight matrix gets that one term, and nothing else changes:
#
# $$dW^{[l]} = \frac{1}{m}\, dZ^{[l]} A^{[l-1]\,T} + \frac{\lambda}{m} W^{[l]}, \qquad
# db^{[l]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[l](i)} \quad\text{(as before)}$$
#
# Put this into the update with learning rate α:
#
# $$W := W - \alpha \Big( dW_{\text{plain}} + \frac{\lambda}{m} W \Big) = \Big(1 - \frac{\alpha\lambda}{m}\Big)\, W - \alpha\, dW_{\text{plain}}$$
#
# Before each step, every weight shrinks by the same small factor. Hence the name **weight decay**. A weight survives only if the
# data keep pushing it up again. With α = 0.1, λ = 1 and m = 211 the factor is 0.99953. That looks like nothing; over 5000
# steps it leaves 9 % of a weight that nobody needs.
#
# **By hand.** Let λ = 0.6 and m = 3, so λ/m = 0.2. The plain dW1 of W1 = [[1, 2]] be [[0.5, −0.1]]. Then dW1 becomes
# [[0.5 + 0.2, −0.1 + 0.4]] = [[0.7, 0.3]].
#
# ### Exercise: backward_propagation_with_regularization
#
# <details><summary>Hint</summary>
#
# Three lines of the given `backward_propagation` change: those of dW3, dW2 and dW1. You may copy it, or call it and
# add to what it returns.
# </details>
# <details><summary>Fuller hint</summary>
#
# `dW3 = dZ3 @ A2.T / m` becomes `dW3 = dZ3 @ A2.T / m + …`, where the new term is λ/m times the weights of that layer.
# The weights are in the cache. Leave the three lines of db and the two lines of dA alone.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation_with_regularization"}
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """The gradient of the cost with an L2 penalty: the plain one, plus lambd / m times W in each dW.

    Args:
        X: examples, shape (n0, m).
        Y: labels 0 or 1, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3), from forward_propagation.
        lambd: the price of the penalty, a number, at least 0.

    Returns:
        A dictionary with the gradients that an update needs, each of the shape of its parameter:
        dW3 (1, n2), db3 (1, 1), dW2 (n2, n1), db2 (n2, 1), dW1 (n1, n0), db1 (n1, 1).
        It may also hold dZ3, dA2, dZ2, dA1 and dZ1, as that of backward_propagation does. They are not judged.

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
decay_parameters = {
    "W1": np.array([[1.0, -1.0], [2.0, 1.0], [-1.0, 0.5]]), "b1": np.array([[0.0], [1.0], [-0.5]]),
    "W2": np.array([[0.5, -0.25, 1.0], [1.0, 0.125, -2.0]]), "b2": np.array([[1.0], [-0.5]]),
    "W3": np.array([[1.0, -1.0]]), "b3": np.array([[0.5]]),
}  # fmt: skip
decay_X, decay_Y = np.array([[1.0, 2.0, -1.0, 0.5], [0.5, -1.0, 3.0, 0.25]]), np.array([[1, 0, 0, 1]])
decay_cache = forward_propagation(decay_X, decay_parameters)[1]
decay_gradients = backward_propagation_with_regularization(decay_X, decay_Y, decay_cache, 2.0)
check("dW3", decay_gradients["dW3"], [[1.122468, -0.343259]], rtol=1e-5, atol=1e-6)
decay_dW1 = [[0.498234, -0.433647], [1.058212, 0.371157], [-0.738144, 0.964431]]
check("dW1", decay_gradients["dW1"], decay_dW1, rtol=1e-5, atol=1e-6)
check("db2", decay_gradients["db2"], [[0.141584], [0.096559]], rtol=1e-5, atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-test", "points": 8}
# The hidden cases of backward_propagation_with_regularization run here when the notebook is graded.
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
    cache = forward_propagation(X, parameters)[1]
    case.call(backward_propagation_with_regularization, X, Y, cache, lambd)
### END HIDDEN TESTS

# %% tags=["style"] exercise="backward_propagation_with_regularization" style="loops"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    weights = {1: W1, 2: W2, 3: W3}
    gradients = {}
    for layer in weights:
        gradients[f"dW{layer}"] = lambd / m * weights[layer]
        gradients[f"db{layer}"] = np.zeros((weights[layer].shape[0], 1))
    for i in range(m):
        delta = {3: A3[:, i] - Y[:, i]}
        delta[2] = np.where(Z2[:, i] > 0, W3.T.dot(delta[3]), 0)
        delta[1] = np.where(Z1[:, i] > 0, W2.T.dot(delta[2]), 0)
        for layer, a in ((1, X[:, i]), (2, A1[:, i]), (3, A2[:, i])):
            gradients[f"dW{layer}"] = gradients[f"dW{layer}"] + np.outer(delta[layer], a) / m
            gradients[f"db{layer}"] = gradients[f"db{layer}"] + delta[layer].reshape(-1, 1) / m
    return gradients

# %% tags=["style"] exercise="backward_propagation_with_regularization" style="vectorized"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * (np.dot(dZ3, A2.T) + lambd * W3)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * (np.dot(dZ2, A1.T) + lambd * W2)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * (np.dot(dZ1, X.T) + lambd * W1)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
        "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

# %% tags=["style"] exercise="backward_propagation_with_regularization" style="einsum"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = Y.shape[1]
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    dA3 = -Y / A3 + (1 - Y) / (1 - A3)
    dZ3 = dA3 * A3 * (1 - A3)
    dZ2 = np.einsum("kj,ki->ji", W3, dZ3) * (Z2 >= 0)
    dZ1 = np.einsum("kj,ki->ji", W2, dZ2) * (Z1 >= 0)
    gradients = {}
    for name, dZ, A, W in (("1", dZ1, X, W1), ("2", dZ2, A1, W2), ("3", dZ3, A2, W3)):
        gradients["dW" + name] = (np.einsum("ji,ki->jk", dZ, A) + lambd * W) / m
        gradients["db" + name] = np.einsum("ji->j", dZ)[:, None] / m
    return gradients

# %% tags=["style"] exercise="backward_propagation_with_regularization" style="helper"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    gradients = backward_propagation(X, Y, cache)
    for layer, W in enumerate(cache[2::4], start=1):
        gradients[f"dW{layer}"] += lambd * W / X.shape[1]
    return gradients

# %% tags=["mistakes"] exercise="backward_propagation_with_regularization"
mistake(
    "penalty_forgotten",
    swap=[(" + lambd / m * W3", ""), (" + lambd / m * W2", ""), (" + lambd / m * W1", "")],
    cause="The penalty is in the cost but not in the gradient: this is the plain backward pass.",
    hint="Differentiate λ/(2m) W² and add the result to each dW.",
)
mistake(
    "m_forgotten",
    swap=[("lambd / m * W3", "lambd * W3"), ("lambd / m * W2", "lambd * W2"), ("lambd / m * W1", "lambd * W1")],
    cause="The penalty's term is not divided by m.",
    hint="It is λ/m times W, as the data's term is 1/m times a product.",
)
mistake(
    "half_kept",
    swap=[("lambd / m * W3", "lambd / (2 * m) * W3"), ("lambd / m * W2", "lambd / (2 * m) * W2"), ("lambd / m * W1", "lambd / (2 * m) * W1")],
    cause="The 1/2 of the cost still stands in the gradient.",
    hint="The derivative of ½W² is W: the ½ cancels with the 2 of the square.",
)
mistake(
    "doubled",
    swap=[("lambd / m * W3", "2 * lambd / m * W3"), ("lambd / m * W2", "2 * lambd / m * W2"), ("lambd / m * W1", "2 * lambd / m * W1")],
    cause="The penalty's term is twice as large as it should be: the 1/2 of the cost was left out of the derivative.",
    hint="The derivative of ½W² is W.",
)
mistake(
    "divided_twice",
    swap=[("lambd / m * W3", "lambd / m**2 * W3"), ("lambd / m * W2", "lambd / m**2 * W2"), ("lambd / m * W1", "lambd / m**2 * W1")],
    cause="The penalty's term is divided by m twice.",
    hint="If you write 1/m * (dZ Aᵀ + …), what stands in the bracket must not be divided by m again.",
)
mistake(
    "subtracted",
    swap=[(" + lambd / m * W3", " - lambd / m * W3"), (" + lambd / m * W2", " - lambd / m * W2"), (" + lambd / m * W1", " - lambd / m * W1")],
    cause="The penalty's term is subtracted from the gradient, so each step makes the weights larger.",
    hint="The minus sign comes later, in the update W := W − α dW.",
)
mistake(
    "squared_weights",
    swap=[("lambd / m * W3", "lambd / m * W3**2"), ("lambd / m * W2", "lambd / m * W2**2"), ("lambd / m * W1", "lambd / m * W1**2")],
    cause="The squares of the weights are added where the weights themselves belong.",
    hint="The cost holds W². What is its derivative?",
)
mistake(
    "signs_only",
    swap=[("lambd / m * W3", "lambd / m * np.sign(W3)"), ("lambd / m * W2", "lambd / m * np.sign(W2)"), ("lambd / m * W1", "lambd / m * np.sign(W1)")],
    cause="The signs of the weights are added: that is the gradient of the L1 penalty.",
    hint="For L2 a large weight shrinks by more than a small one.",
)
mistake(
    "biases_decay_too",
    swap=[
        ("np.sum(dZ3, axis=1, keepdims=True) / m", "(np.sum(dZ3, axis=1, keepdims=True) + lambd * b3) / m"),
        ("np.sum(dZ2, axis=1, keepdims=True) / m", "(np.sum(dZ2, axis=1, keepdims=True) + lambd * b2) / m"),
        ("np.sum(dZ1, axis=1, keepdims=True) / m", "(np.sum(dZ1, axis=1, keepdims=True) + lambd * b1) / m"),
    ],
    cause="The biases are regularized as well.",
    hint="The penalty holds no bias, so db is the same as without it.",
)
mistake(
    "output_layer_left_out",
    swap=(" + lambd / m * W3", ""),
    cause="dW3 lacks the penalty's term.",
    hint="All three weight matrices are in the penalty.",
)
mistake(
    "first_layer_left_out",
    swap=(" + lambd / m * W1", ""),
    cause="dW1 lacks the penalty's term.",
    hint="All three weight matrices are in the penalty.",
)
mistake(
    "m_from_rows",
    swap=("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of features; examples stand in columns.",
    hint="Print X.shape and m.",
)
mistake(
    "keepdims_forgotten",
    swap=[
        ("np.sum(dZ3, axis=1, keepdims=True)", "np.sum(dZ3, axis=1)"),
        ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2, axis=1)"),
        ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    ],
    cause="db has lost its second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)
mistake(
    "output_sigmoid_again",
    swap=("dZ3 = A3 - Y", "dZ3 = (A3 - Y) * A3 * (1 - A3)"),
    cause="dZ3 holds the sigmoid's derivative once too often: for the cross-entropy it cancels.",
    hint="dA3 = −Y/A3 + (1−Y)/(1−A3). Multiply by A3(1−A3) and simplify.",
)
mistake(
    "label_minus_answer",
    swap=("A3 - Y", "Y - A3"),
    cause="dZ3 is Y − A3; its sign is turned round.",
    hint="If the answer is too high, the slope is positive.",
)
mistake(
    "relu_2_forgotten",
    swap=("dA2 * (A2 > 0)", "dA2"),
    cause="The ReLU of layer 2 is passed as if it were not there: dZ2 = dA2.",
    hint="Where a ReLU answered 0, no gradient comes through.",
)
mistake(
    "relu_1_forgotten",
    swap=("dA1 * (A1 > 0)", "dA1"),
    cause="The ReLU of layer 1 is passed as if it were not there: dZ1 = dA1.",
    hint="Where a ReLU answered 0, no gradient comes through.",
)
mistake(
    "value_for_slope",
    swap=[("dA2 * (A2 > 0)", "dA2 * A2"), ("dA1 * (A1 > 0)", "dA1 * A1")],
    cause="dA is multiplied by the ReLU's value instead of its derivative.",
    hint="The derivative of max(0, z) is 1 or 0.",
)
mistake(
    "wrong_layers_relu",
    swap=("dA2 * (A2 > 0)", "dA2 * (A1 > 0)"),
    cause="dZ2 uses the ReLU of layer 1; with layers of equal size this does not even raise an error.",
    hint="Which activation did dA2 come from?",
)
mistake(
    "labels_subtracted_in_place",
    swap=("dZ3 = A3 - Y", "dZ3 = A3\n    dZ3 -= Y"),
    cause="`dZ3 -= Y` changes A3 in the cache: dZ3 is the same array under another name.",
    hint="Call your function twice with one cache. Write dZ3 = A3 - Y, which makes a new array.",
)
mistake(
    "weights_scaled_in_place",
    swap=("dW3 = dZ3 @ A2.T / m + lambd / m * W3", "W3 *= lambd / m\n    dW3 = dZ3 @ A2.T / m + W3"),
    cause="`W3 *= …` changes the weights in the cache; the lines below then use shrunken weights.",
    hint="Print W3 before and after your line. Write lambd / m * W3, which makes a new array.",
)
equivalent(
    "db3 = np.sum(dZ3, axis=1, keepdims=True) / m",
    "db3 = np.sum(dZ3, keepdims=True) / m",
    reason="the output layer has one unit, so the sum over examples is the sum over all entries.",
)
equivalent(
    "dA2 = W3.T @ dZ3",
    "dA2 = W3.T * dZ3",
    reason="the output layer has one unit: (n2, 1) times (1, m) is the same product by broadcasting.",
)

# %% [markdown]
# ### Experiment: is it the right gradient?
#
# The penalty is an ordinary, smooth part of the cost. So the gradient can be *measured*: walk a tiny step in some direction
# through all parameters at once, a tiny step back, and see how much the cost changed. (The next lesson makes a proper tool
# of this.) The two slopes have to agree, and the measured cost has to include the penalty.

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
slope_parameters["b2"] += 0.3  # away from 0: where all of layer 1 is silent, Z2 = b2, and a ReLU has a corner at 0
slope_X, slope_Y = train_X[:, :40], train_Y[:, :40]

# %% tags=["demo"]
decayed_slopes = two_slopes(
    lambda p: compute_cost_with_regularization(forward_propagation(slope_X, p)[0], slope_Y, p, 3.0),
    backward_propagation_with_regularization(slope_X, slope_Y, forward_propagation(slope_X, slope_parameters)[1], 3.0),
    slope_parameters,
)
unpaid_slopes = two_slopes(
    lambda p: compute_cost(forward_propagation(slope_X, p)[0], slope_Y),
    backward_propagation_with_regularization(slope_X, slope_Y, forward_propagation(slope_X, slope_parameters)[1], 3.0),
    slope_parameters,
)
print("cost with the penalty:     measured {:.4f}, claimed {:.4f}".format(*decayed_slopes))
print("penalty left out of cost:  measured {:.4f}, claimed {:.4f}".format(*unpaid_slopes))

# %% [markdown]
# The first pair agrees to all digits. The second is the classic false alarm: the backward pass is right, but the cost
# it is compared with has forgotten the penalty.
#
# ### Experiment: choose λ

# %% tags=["demo"]
prices = (0, 0.1, 0.3, 1, 3, 10, 30)
priced = [trained(lambd=price) for price in prices]
priced_train = [cost(p, train_X, train_Y) for p in priced]
priced_test = [cost(p, test_X, test_Y) for p in priced]
priced_size = [weight_size(p) for p in priced]
print("    λ   train cost  test cost   test accuracy   size of the weights")
for price, p, a, b, size in zip(prices, priced, priced_train, priced_test, priced_size):
    print(f"{price:5}   {a:10.2f}  {b:9.2f}   {accuracy(p, test_X, test_Y):11.1f} %   {size:19.1f}")

price_figure, (price_axes, size_axes) = plt.subplots(1, 2, figsize=(10.5, 3.8))
price_axes.plot(range(7), priced_train, "o-", color=plots.BLUE, label="training points")
price_axes.plot(range(7), priced_test, "^--", color=plots.RED, label="test points")
price_axes.axhline(np.log(2), color=plots.BLACK, linewidth=1, linestyle=":")
price_axes.text(0, np.log(2) - 0.035, "always answering ½", fontsize=9)
price_axes.set(ylabel="cross-entropy (nats)", ylim=(0.1, 0.75), title="What is learned")
price_axes.legend(loc="center left")
size_axes.plot(range(7), priced_size, "s-", color=plots.GREEN)
size_axes.set(ylabel="size of the weights (no unit)", title="What it is made of")
for axes in (price_axes, size_axes):
    axes.set_xticks(range(7), [str(price) for price in prices])
    axes.set_xlabel("λ (no unit)")
plots.show(
    price_figure,
    alt="Two panels against λ = 0, 0.1, 0.3, 1, 3, 10, 30. Left: the training cost climbs all the way from 0.19 to 0.69; the test "
    "cost falls from 0.30 to a low of 0.25 at λ = 1 and climbs again to 0.70. Right: the size of the weights falls "
    "from 53 at λ = 0 to 7 at λ = 1 and to 0 at λ = 30.",
)

# %% [markdown]
# Read it from left to right.
#
# * The training cost only ever goes **up**. Regularization makes the fit to the training points worse. That is the point.
# * The test cost goes **down first**: from 0.30 to 0.25 at λ = 1, where the gap is gone. To two digits, that is as good as knowing the truth.
# * Then both go up. At λ = 30 the weights have decayed to zero and the network answers ½ to everything: ln 2 ≈ 0.69 nats.
# * The accuracy moves by a point and a half at most until then, less than its own uncertainty. It would not have told you which λ to take.
#
# λ = 1 is good *here*. It depends on m, on the network and on how long you train, so try values a factor of 3 apart. Strictly, one should
# choose λ on a third set of points, and keep the test points for the last word. We skip that to keep the lesson short.
#
# ## Part 2: dropout
#
# ### The idea
#
# In each step of training, for each example, every hidden unit is kept with probability `keep_prob` and silenced otherwise.
# For layer 1:
#
# 1. $Z^{[1]} = W^{[1]} X + b^{[1]}$ and $A^{[1]} = \mathrm{ReLU}(Z^{[1]})$, as always;
# 2. draw a **mask** $D^{[1]}$ of the shape of $A^{[1]}$: each entry is 1 with probability `keep_prob`, else 0;
# 3. silence: multiply $A^{[1]}$ by $D^{[1]}$, entry by entry;
# 4. **rescale**: divide by `keep_prob`.
#
# Then go on to layer 2 with this new $A^{[1]}$, and do the same there. The output layer is never dropped: it is the answer.
#
# **Why divide?** Without step 4 the next layer would get, on average, only `keep_prob` times what it used to get. With it the
# average is untouched: `keep_prob` · (a / `keep_prob`) + (1 − `keep_prob`) · 0 = a. This form is called *inverted* dropout. Its reward
# comes at test time: **dropout is simply turned off**, and the plain forward pass is already on the right scale.
#
# **By hand.** Three units answer a = (2, 4, 6). The mask is d = (1, 0, 1) and `keep_prob` is 0.8. Silenced: (2, 0, 6). Rescaled: (2.5, 0, 7.5).
#
# How to draw a mask? `np.random.rand` draws uniformly between 0 and 1. Such a number is below 0.8 with probability 0.8. So
# `np.random.rand(rows, columns) < keep_prob` is the mask.
#
# ### Exercise: forward_propagation_with_dropout
#
# The line `np.random.seed(1)` is given, so that two people who draw D1 first and D2 second, with `np.random.rand`, get the same
# masks. The grader takes any other way of drawing as well: it looks at your masks and follows *your* computation from there.
#
# <details><summary>Hint</summary>
#
# Start from the given `forward_propagation`. After each ReLU come three short lines: draw, multiply, divide.
# The cache has 14 entries; the order is in the docstring.
# </details>
# <details><summary>Fuller hint</summary>
#
# After `A1 = relu(Z1)`: draw `D1` with `np.random.rand(A1.shape[0], A1.shape[1])` and a comparison with `keep_prob`; set `A1` to
# `A1 * D1`; then to `A1 / keep_prob`. Layer 2 is the same with 2 for 1. Layer 3 has no mask.
# </details>

# %% nbgrader={"solution": true, "grade_id": "forward_propagation_with_dropout"}
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """The forward pass with inverted dropout on both hidden layers.

    Args:
        X: examples, shape (n0, m).
        parameters: dictionary of W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1), W3 (1, n2), b3 (1, 1).
        keep_prob: the probability of keeping a unit, above 0 and at most 1.

    Returns:
        A3, shape (1, m), and the cache (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3). In it
        Z1 (n1, m) and Z2 (n2, m) are the linear outputs, not masked;
        D1 (n1, m) and D2 (n2, m) are the masks, 0 or 1 (or False and True), drawn for every unit of every example;
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
}  # fmt: skip
mask_X = np.full((1, 5000), 2.0)  # 5000 times the same example
mask_A3, mask_cache = forward_propagation_with_dropout(mask_X, mask_parameters, 0.8)
check("number of things in the cache", len(mask_cache), 14)
check("Z1 of the first example", mask_cache[0][:, 0], [3, 4, 1])
check("values in the mask D1", np.unique(mask_cache[1].astype(float)), [0, 1])
check("share of units kept in D1", np.mean(mask_cache[1]), 0.8, atol=0.03)
check("share of units kept in D2", np.mean(mask_cache[6]), 0.8, atol=0.03)
check("A1, the average of 5000 draws", np.mean(mask_cache[2], axis=1), [3, 4, 1], rtol=0.05)
check("Z2, the average of 5000 draws", np.mean(mask_cache[5], axis=1), [7.5, 1], rtol=0.02, atol=0.35)
kept_A3, _ = forward_propagation_with_dropout(mask_X[:, :2], mask_parameters, 1.0)
check("A3 where every unit is kept", kept_A3, [[0.996827, 0.996827]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-test", "points": 10}
# The hidden cases of forward_propagation_with_dropout run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases(
    "forward_propagation_with_dropout",
    cases=7,
    returns=("A3", ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")),
    accept="any_masks",
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

# %% tags=["judge"]
def any_masks(inputs, received):
    """What the forward pass should be with the masks received; ValueError if they are not dropout's."""
    X, p, keep = inputs["X"], inputs["parameters"], float(inputs.get("keep_prob", 0.5))
    masks = [_mask(name, received[1][place], keep) for name, place in (("D1", 1), ("D2", 6))]
    _unlike(*masks, keep)
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.maximum(0, Z1) * masks[0] / keep
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = np.maximum(0, Z2) * masks[1] / keep
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, masks[0], A1, p["W1"], p["b1"], Z2, masks[1], A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"])


def _mask(name, mask, keep):
    """The mask as float64, if it can be one: 0 or 1, the right share, drawn for each unit of each example."""
    if mask.dtype.kind not in "biuf":
        raise ValueError(f"{name} holds numbers of type {mask.dtype}; a mask holds 0 and 1, or False and True.")
    mask = mask.astype(float)
    others = np.setdiff1d(mask, [0.0, 1.0])
    if others.size:
        raise ValueError(f"{name} holds {others[0]:.4g}; a mask holds only 0 and 1. Divide A by keep_prob, and leave {name} as it is.")
    rows, columns = mask.shape
    share, drop = mask.mean(), 1 - keep
    if abs(share - keep) > 5 * np.sqrt(keep * drop / mask.size):
        raise ValueError(f"{name} keeps {share:.0%} of its {mask.size} entries, but keep_prob is {keep:g}.")
    chance = keep * keep + drop * drop  # that two entries are equal
    if chance ** (rows * (columns - 1)) < 1e-6 and (mask == mask[:, :1]).all():
        raise ValueError(f"{name} is the same for all {columns} examples; draw a new number for every unit of every example.")
    if chance ** ((rows - 1) * columns) < 1e-6 and (mask == mask[:1]).all():
        raise ValueError(f"{name} is the same for all {rows} units; draw a new number for every unit of every example.")
    if drop and mask.size >= 200:
        for axis, what in ((1, "units"), (0, "examples")):
            sums = mask.sum(axis=axis)
            spread = np.sum((sums - mask.shape[axis] * keep) ** 2) / (mask.shape[axis] * keep * drop)
            if spread > len(sums) + 8 * np.sqrt(2 * len(sums)):
                raise ValueError(f"{name} keeps some {what} far more often than others; draw every entry independently.")
    return mask


def _unlike(first, second, keep):
    """ValueError if the second mask begins as the first one does."""
    n = min(first.size, second.size)
    if (keep**2 + (1 - keep) ** 2) ** n < 1e-6 and np.array_equal(first.ravel()[:n], second.ravel()[:n]):
        raise ValueError("D2 repeats the draws of D1; seed once, at the beginning, and draw new numbers for D2.")

# %% tags=["style"] exercise="forward_propagation_with_dropout" style="loops"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    cache = []
    A = X
    for layer in (1, 2):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.dot(W, A) + b
        D = np.zeros(Z.shape)
        A = np.zeros(Z.shape)
        for i in range(Z.shape[0]):
            for j in range(Z.shape[1]):
                if np.random.rand() < keep_prob:
                    D[i, j] = 1
                    A[i, j] = max(0, Z[i, j]) / keep_prob
        cache += [Z, D, A, W, b]
    Z3 = np.dot(parameters["W3"], A) + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, tuple(cache + [Z3, A3, parameters["W3"], parameters["b3"]])

# %% tags=["style"] exercise="forward_propagation_with_dropout" style="vectorized"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache

# %% tags=["style"] exercise="forward_propagation_with_dropout" style="einsum"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    rng = np.random.default_rng()
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.einsum("jk,ki->ji", W1, X) + b1
    D1 = rng.binomial(1, keep_prob, size=Z1.shape)
    A1 = np.einsum("ji,ji->ji", np.maximum(Z1, 0), D1) / keep_prob
    Z2 = np.einsum("jk,ki->ji", W2, A1) + b2
    D2 = rng.binomial(1, keep_prob, size=Z2.shape)
    A2 = np.einsum("ji,ji->ji", np.maximum(Z2, 0), D2) / keep_prob
    Z3 = np.einsum("jk,ki->ji", W3, A2) + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

# %% tags=["style"] exercise="forward_propagation_with_dropout" style="float_masks"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(7)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    D1 = np.where(np.random.uniform(size=A1.shape) >= 1 - keep_prob, 1.0, 0.0)
    A1 *= D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    D2 = np.where(np.random.uniform(size=A2.shape) >= 1 - keep_prob, 1.0, 0.0)
    A2 *= D2 / keep_prob
    Z3 = W3 @ A2 + b3
    return sigmoid(Z3), [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3]

# %% tags=["mistakes"] exercise="forward_propagation_with_dropout"
mistake(
    "not_rescaled",
    swap=[("relu(Z1) * D1 / keep_prob", "relu(Z1) * D1"), ("relu(Z2) * D2 / keep_prob", "relu(Z2) * D2")],
    cause="The activations are masked but not divided by keep_prob.",
    hint="Compare the average of A1 over many draws with the plain A1.",
)
mistake(
    "rescaled_by_drop_probability",
    swap=[("D1 / keep_prob", "D1 / max(1 - keep_prob, 1e-9)"), ("D2 / keep_prob", "D2 / max(1 - keep_prob, 1e-9)")],
    cause="The activations are divided by the probability of dropping, 1 − keep_prob.",
    hint="With keep_prob = 0.9 hardly anything is missing, so hardly anything should be made up for.",
)
mistake(
    "rescaled_the_wrong_way",
    swap=[("D1 / keep_prob", "D1 * keep_prob"), ("D2 / keep_prob", "D2 * keep_prob")],
    cause="The activations are multiplied by keep_prob instead of divided by it.",
    hint="Units are missing, so those that are left have to speak louder.",
)
mistake(
    "rescaled_in_layer_1_only",
    swap=("D2 / keep_prob", "D2"),
    cause="Layer 2 is masked but not rescaled.",
    hint="Both hidden layers need both steps.",
)
mistake(
    "square_root_of_keep_prob",
    swap=[("D1 / keep_prob", "D1 / np.sqrt(keep_prob)"), ("D2 / keep_prob", "D2 / np.sqrt(keep_prob)")],
    cause="The activations are divided by the square root of keep_prob.",
    hint="It is the average that has to stay the same, not the variance.",
)
mistake(
    "drops_what_it_should_keep",
    swap=[("np.random.rand(Z1.shape[0], Z1.shape[1]) <", "np.random.rand(Z1.shape[0], Z1.shape[1]) >"), ("np.random.rand(Z2.shape[0], Z2.shape[1]) <", "np.random.rand(Z2.shape[0], Z2.shape[1]) >")],
    cause="The comparison is turned round: a unit is kept with probability 1 − keep_prob.",
    hint="With keep_prob = 0.8, what share of your mask is 1?",
)
mistake(
    "half_whatever_keep_prob",
    swap=[("Z1.shape[1]) < keep_prob", "Z1.shape[1]) < 0.5"), ("Z2.shape[1]) < keep_prob", "Z2.shape[1]) < 0.5")],
    cause="The mask keeps one half whatever keep_prob is.",
    hint="Look for a number where the argument belongs.",
)
mistake(
    "normal_for_uniform",
    swap=[("np.random.rand(Z1", "np.random.randn(Z1"), ("np.random.rand(Z2", "np.random.randn(Z2")],
    cause="The mask is drawn with randn, whose numbers are normal and not uniform, so the share kept is wrong.",
    hint="A standard normal number is below 0.5 with probability 0.69.",
)
mistake(
    "one_mask_for_all_examples",
    swap=[("np.random.rand(Z1.shape[0], Z1.shape[1])", "np.random.rand(Z1.shape[0], 1)"), ("np.random.rand(Z2.shape[0], Z2.shape[1])", "np.random.rand(Z2.shape[0], 1)")],
    cause="One mask of shape (n, 1) is drawn and broadcast, so all examples lose the same units.",
    hint="The mask has the shape of A: one draw for every unit of every example.",
)
mistake(
    "one_mask_for_all_units",
    swap=[("np.random.rand(Z1.shape[0], Z1.shape[1])", "np.random.rand(1, Z1.shape[1]) + 0 * Z1"), ("np.random.rand(Z2.shape[0], Z2.shape[1])", "np.random.rand(1, Z2.shape[1]) + 0 * Z2")],
    cause="One number is drawn for each example, so its units are kept or dropped all together.",
    hint="The mask has the shape of A: one draw for every unit of every example.",
)
mistake(
    "seeded_again",
    swap=("D2 = np.random.rand", "np.random.seed(1)\n    D2 = np.random.rand"),
    cause="The seed is set again before D2, so D2 repeats the draws of D1.",
    hint="Seed once, at the beginning.",
)
mistake(
    "mask_on_linear_output",
    swap=[("A1 = relu(Z1) * D1 / keep_prob", "Z1 = Z1 * D1\n    A1 = relu(Z1) / keep_prob"), ("A2 = relu(Z2) * D2 / keep_prob", "Z2 = Z2 * D2\n    A2 = relu(Z2) / keep_prob")],
    cause="The mask is applied to Z before the ReLU, so the cache holds masked Z1 and Z2.",
    hint="Mask what the ReLU answers. For a ReLU the A come out the same, for a sigmoid they would not.",
)
mistake(
    "layer_2_never_dropped",
    swap=("relu(Z2) * D2 / keep_prob", "relu(Z2)"),
    cause="D2 is drawn but never used: layer 2 has no dropout.",
    hint="Follow D2 from where it is drawn. Where does it act?",
)
mistake(
    "masked_copy_not_used",
    code='''
    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
        Z1 = W1 @ X + b1
        A1 = relu(Z1)
        D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
        Z2 = W2 @ (A1 * D1 / keep_prob) + b2
        A2 = relu(Z2)
        D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
        Z3 = W3 @ (A2 * D2 / keep_prob) + b3
        A3 = sigmoid(Z3)
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    ''',
    cause="The cache holds A1 and A2 from before dropout; the next layer was given other ones.",
    hint="The backward pass needs the A that were multiplied by W2 and W3.",
)
mistake(
    "next_layer_from_undropped",
    swap=("W2 @ A1 + b2", "W2 @ relu(Z1) + b2"),
    cause="Layer 2 is fed with the A1 from before dropout.",
    hint="What comes out of layer 1 after mask and division goes into layer 2.",
)
mistake(
    "output_dropped_too",
    swap=("A3 = sigmoid(Z3)", "A3 = sigmoid(Z3) * (np.random.rand(Z3.shape[0], Z3.shape[1]) < keep_prob) / keep_prob"),
    cause="The output is dropped as well, so that some answers are exactly 0 and others are above 1.",
    hint="A3 is a probability. Only hidden layers are dropped.",
)
mistake(
    "input_dropped_too",
    swap=("Z1 = W1 @ X + b1", "D0 = np.random.rand(X.shape[0], X.shape[1]) < keep_prob\n    Z1 = W1 @ (X * D0 / keep_prob) + b1"),
    cause="The inputs X are dropped as well.",
    hint="Here only the two hidden layers are dropped: Z1 is the plain W1 X + b1.",
)
mistake(
    "cache_order",
    swap=("return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2,", "return A3, (Z1, A1, D1, W1, b1, Z2, A2, D2,"),
    cause="In the cache A stands before D; the backward pass will take one for the other.",
    hint="Compare the order with the docstring, entry by entry.",
)
mistake(
    "masks_not_cached",
    swap=("return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2,", "return A3, (Z1, A1, W1, b1, Z2, A2,"),
    cause="The cache has 12 entries: the masks D1 and D2 are not in it.",
    hint="The backward pass has to silence the same units. How would it know them?",
)
mistake(
    "scaled_masks",
    swap=[
        ("Z1.shape[1]) < keep_prob", "Z1.shape[1]) < keep_prob) / keep_prob"), ("D1 = np", "D1 = (np"), ("relu(Z1) * D1 / keep_prob", "relu(Z1) * D1"),
        ("Z2.shape[1]) < keep_prob", "Z2.shape[1]) < keep_prob) / keep_prob"), ("D2 = np", "D2 = (np"), ("relu(Z2) * D2 / keep_prob", "relu(Z2) * D2"),
    ],
    cause="The masks hold 0 and 1/keep_prob. A3 is right, but a backward pass that divides by keep_prob would divide twice.",
    hint="Leave the mask at 0 and 1, and divide A.",
)
equivalent("np.random.seed(1)", "pass", reason="any draw is right.")
equivalent("np.random.seed(1)", "1", reason="any draw is right.")
equivalent("np.random.seed(1)", "np.random.seed(2)", reason="any draw is right.")
equivalent("np.random.seed(1)", "np.random.seed(0)", reason="any draw is right.")
equivalent(
    "D1 = np.random.rand(Z1.shape[0], Z1.shape[1]) < keep_prob",
    "D1 = np.random.rand(Z1.shape[0], Z1.shape[1]) <= keep_prob",
    reason="a uniform number equals keep_prob with probability 0.",
)
equivalent(
    "D2 = np.random.rand(Z2.shape[0], Z2.shape[1]) < keep_prob",
    "D2 = np.random.rand(Z2.shape[0], Z2.shape[1]) <= keep_prob",
    reason="a uniform number equals keep_prob with probability 0.",
)

# %% [markdown]
# ### Experiment: what the mask does to the average
#
# One point of the field, 4000 times, each time with another mask. Left: the beginning of D1. Right: what arrives in layer 2,
# on average over the 4000 draws, against what arrives without dropout.

# %% tags=["demo"]
average_parameters = initialize_parameters((2, 20, 12, 1), seed=4)
average_X = np.tile(train_X[:, :1], 4000)
average_cache = forward_propagation_with_dropout(average_X, average_parameters, 0.8)[1]
average_plain = forward_propagation(train_X[:, :1], average_parameters)[1][4].ravel()
average_drawn = average_cache[5].mean(axis=1)
print(f"largest gap between the average and the plain Z2: {np.abs(average_drawn - average_plain).max():.2f}")
print(f"the same Z2 in single draws: standard deviation up to {average_cache[5].std(axis=1).max():.1f}")

average_figure, (mask_axes, average_axes) = plt.subplots(1, 2, figsize=(10.5, 3.8), width_ratios=(1.35, 1))
mask_axes.imshow(average_cache[1][:, :40], cmap="Greys", vmin=0, vmax=1.6, aspect="auto", interpolation="nearest")
mask_axes.set(xlabel="draw (number)", ylabel="unit of layer 1 (number)", title="D1: grey = kept, white = dropped")
mask_axes.set_yticks(range(0, 20, 5))
mask_axes.grid(False)
average_ends = np.array([average_plain.min(), average_plain.max()])
average_axes.plot(average_ends, average_ends, color=plots.BLACK, linewidth=1, label="equal")
average_axes.plot(average_plain, average_drawn, "o", color=plots.BLUE, label="divided by 0.8")
average_axes.plot(average_plain, 0.8 * average_drawn, "x", color=plots.RED, label="not divided")
average_axes.set(xlabel="Z2 without dropout (no unit)", ylabel="average Z2 with dropout (no unit)")
average_axes.set_title("12 units of layer 2")
average_axes.legend(loc="upper left")
plots.show(
    average_figure,
    alt="Left: the mask of 20 units in 40 draws looks like random grey and white tiles, about four in five of them grey. Right: the "
    "average Z2 of 12 units with dropout against Z2 without. Divided by 0.8 the points lie on the diagonal; not divided they "
    "lie on a flatter line.",
)

# %% [markdown]
# On average nothing changed, so the network can be used without dropout as it is. In a single draw a lot changed: that is the
# noise which training has to be robust to.
#
# ### The backward pass
#
# Dropout is a multiplication by a constant: $A_{\text{new}} = A \cdot D / \texttt{keep\_prob}$. Its derivative is that same constant. So the gradient
# goes through the **same mask** and the **same division**:
#
# $$dA^{[2]} = \big( W^{[3]\,T} dZ^{[3]} \big) * D^{[2]} / \texttt{keep\_prob}, \qquad
# dA^{[1]} = \big( W^{[2]\,T} dZ^{[2]} \big) * D^{[1]} / \texttt{keep\_prob}$$
#
# with $*$ entry by entry. All other lines are those of the plain backward pass. A silenced unit had no part in the answer, so it gets no
# blame.
#
# **By hand.** The gradient that arrives is (0.4, −0.1, 0.2). With d = (1, 0, 1) and `keep_prob` = 0.8 it becomes (0.5, 0, 0.25).
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
# Two lines of the given `backward_propagation` change: those of dA2 and dA1. Mind that the cache has 14 entries now.
# </details>
# <details><summary>Fuller hint</summary>
#
# After `dA2 = W3.T @ dZ3`, multiply by `D2` and divide by `keep_prob`. After `dA1 = W2.T @ dZ2`, the same with `D1`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation_with_dropout"}
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The gradient of the cross-entropy with inverted dropout on both hidden layers.

    Args:
        X: examples, shape (n0, m).
        Y: labels 0 or 1, shape (1, m).
        cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), from forward_propagation_with_dropout.
        keep_prob: the probability of keeping a unit that the forward pass used.

    Returns:
        A dictionary with the gradients that an update needs, each of the shape of its parameter:
        dW3 (1, n2), db3 (1, 1), dW2 (n2, n1), db2 (n2, 1), dW1 (n1, n0), db1 (n1, 1).
        It may also hold dZ3, dA2, dZ2, dA1 and dZ1, as that of backward_propagation does. They are not judged.

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
# A forward pass with keep_prob = 0.5, worked out by hand.
thin_X, thin_Y = np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]]), np.array([[1, 0, 1]])
thin_cache = (
    np.array([[0.5, 3.0, -4.0], [3.5, 4.0, 2.0]]),  # Z1
    np.array([[True, False, True], [True, True, False]]),  # D1
    np.array([[1.0, 0.0, 0.0], [7.0, 8.0, 0.0]]),  # A1
    np.array([[1.0, -1.0], [2.0, 1.0]]),  # W1
    np.array([[0.0], [1.0]]),  # b1
    np.array([[-0.25, -1.0, 1.0], [1.375, 0.5, -0.5]]),  # Z2
    np.array([[True, True, True], [True, False, True]]),  # D2
    np.array([[0.0, 0.0, 2.0], [2.75, 0.0, 0.0]]),  # A2
    np.array([[0.5, -0.25], [1.0, 0.125]]),  # W2
    np.array([[1.0], [-0.5]]),  # b2
    np.array([[-2.25, 0.5, 2.5]]),  # Z3
    sigmoid(np.array([[-2.25, 0.5, 2.5]])),  # A3
    np.array([[1.0, -1.0]]),  # W3
    np.array([[0.5]]),  # b3
)
thin_gradients = backward_propagation_with_dropout(thin_X, thin_Y, thin_cache, 0.5)
check("dW3", thin_gradients["dW3"], [[-0.0505721, -0.829263]], rtol=1e-5)
check("db2", thin_gradients["db2"], [[-0.0505721], [0.6031004]], rtol=1e-5)
check("dW2", thin_gradients["dW2"], [[0.0, 0.0], [0.6031004, 4.2217025]], rtol=1e-5)
check("dW1", thin_gradients["dW1"], [[1.2062007, 0.6031004], [0.1507751, 0.0753875]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-test", "points": 9}
# The hidden cases of backward_propagation_with_dropout run here when the notebook is graded.
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
    A1 = np.where(D1, relu(Z1), 0) / keep
    Z2 = W2 @ A1 + b2
    A2 = np.where(D2, relu(Z2), 0) / keep
    Z3 = W3 @ A2 + b3
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)
    case.call(backward_propagation_with_dropout, X, Y, cache, keep)
### END HIDDEN TESTS

# %% tags=["style"] exercise="backward_propagation_with_dropout" style="loops"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    gradients = {"dW1": 0 * W1, "db1": 0 * b1, "dW2": 0 * W2, "db2": 0 * b2, "dW3": 0 * W3, "db3": 0 * b3}
    for i in range(m):
        delta = A3[0, i] - Y[0, i]
        d2, d1 = np.zeros(len(Z2)), np.zeros(len(Z1))
        for j in range(len(Z2)):
            if D2[j, i] and Z2[j, i] > 0:
                d2[j] = W3[0, j] * delta / keep_prob
        for j in range(len(Z1)):
            if D1[j, i] and Z1[j, i] > 0:
                d1[j] = W2[:, j] @ d2 / keep_prob
        for layer, d, a in ((3, np.array([delta]), A2[:, i]), (2, d2, A1[:, i]), (1, d1, X[:, i])):
            gradients[f"dW{layer}"] += np.outer(d, a) / m
            gradients[f"db{layer}"] += d[:, None] / m
    return gradients

# %% tags=["style"] exercise="backward_propagation_with_dropout" style="vectorized"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
        "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

# %% tags=["style"] exercise="backward_propagation_with_dropout" style="einsum"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dZ2 = np.einsum("kj,ki,ji->ji", W3, dZ3, D2 * (Z2 > 0) / keep_prob)
    dZ1 = np.einsum("kj,ki,ji->ji", W2, dZ2, D1 * (Z1 > 0) / keep_prob)
    return {
        "dW1": np.einsum("ji,ki->jk", dZ1, X) / m, "db1": np.einsum("ji->j", dZ1).reshape(-1, 1) / m,
        "dW2": np.einsum("ji,ki->jk", dZ2, A1) / m, "db2": np.einsum("ji->j", dZ2).reshape(-1, 1) / m,
        "dW3": np.einsum("ji,ki->jk", dZ3, A2) / m, "db3": np.einsum("ji->j", dZ3).reshape(-1, 1) / m,
    }

# %% tags=["style"] exercise="backward_propagation_with_dropout" style="indexed_mask"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    grads = {}
    dZ = A3 - Y
    for layer, (A_prev, D_prev, W) in zip((3, 2, 1), ((A2, D2, W3), (A1, D1, W2), (X, None, W1))):
        grads[f"dW{layer}"] = np.matmul(dZ, A_prev.T) / Y.shape[1]
        grads[f"db{layer}"] = dZ.mean(axis=1, keepdims=True)
        if D_prev is not None:
            dA = W.T @ dZ / keep_prob
            dA[D_prev == 0] = 0
            dA[A_prev <= 0] = 0
            dZ = dA
    return grads

# %% tags=["mistakes"] exercise="backward_propagation_with_dropout"
mistake(
    "not_rescaled",
    swap=[("* D2 / keep_prob", "* D2"), ("* D1 / keep_prob", "* D1")],
    cause="The gradient goes through the masks (or through A > 0, which holds them), but is not divided by keep_prob.",
    hint="The forward pass divided A by keep_prob. Its derivative has the same factor.",
)
mistake(
    "not_masked",
    swap=[("* D2 / keep_prob", "/ keep_prob"), ("* D1 / keep_prob", "/ keep_prob")],
    cause="The gradient does not go through the masks: units that were dropped get a gradient.",
    hint="A unit that was silenced had no part in the answer. What should its gradient be?",
)
mistake(
    "plain_backward",
    swap=[("* D2 / keep_prob", ""), ("* D1 / keep_prob", "")],
    cause="This is the plain backward pass: neither the masks nor keep_prob are in it.",
    hint="What the forward pass did to A, the backward pass does to dA.",
)
mistake(
    "rescaled_the_wrong_way",
    swap=[("D2 / keep_prob", "D2 * keep_prob"), ("D1 / keep_prob", "D1 * keep_prob")],
    cause="The gradient is multiplied by keep_prob instead of divided by it.",
    hint="A was divided; the derivative of a / 0.8 with respect to a is 1 / 0.8.",
)
mistake(
    "rescaled_by_drop_probability",
    swap=[("D2 / keep_prob", "D2 / max(1 - keep_prob, 1e-9)"), ("D1 / keep_prob", "D1 / max(1 - keep_prob, 1e-9)")],
    cause="The gradient is divided by 1 − keep_prob, the probability of dropping.",
    hint="Use the factor of the forward pass.",
)
mistake(
    "rescaled_in_layer_2_only",
    swap=("D1 / keep_prob", "D1"),
    cause="dA1 is masked but not divided by keep_prob.",
    hint="Both hidden layers were divided in the forward pass.",
)
mistake(
    "rescaled_in_layer_1_only",
    swap=("D2 / keep_prob", "D2"),
    cause="dA2 is masked but not divided by keep_prob.",
    hint="Both hidden layers were divided in the forward pass.",
)
mistake(
    "masks_swapped",
    swap=[("* D2 /", "* D1 /"), ("(W2.T @ dZ2) * D1 /", "(W2.T @ dZ2) * D2 /")],
    cause="D1 and D2 are swapped; with hidden layers of equal size this does not even raise an error.",
    hint="D2 silenced units of layer 2, so it belongs to dA2.",
)
mistake(
    "mask_inverted",
    swap=[("* D2 /", "* (1 - D2) /"), ("* D1 /", "* (1 - D1) /")],
    cause="The mask is inverted: the gradient goes to the units that were dropped.",
    hint="D is 1 where a unit was kept.",
)
mistake(
    "new_masks_drawn",
    swap=[("* D2 /", "* (np.random.rand(*Z2.shape) < keep_prob) /"), ("* D1 /", "* (np.random.rand(*Z1.shape) < keep_prob) /")],
    cause="New masks are drawn in the backward pass.",
    hint="The gradient belongs to one forward pass: use the masks in the cache.",
)
mistake(
    "cache_order",
    swap=("Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache", "Z1, A1, D1, W1, b1, Z2, A2, D2, W2, b2, Z3, A3, W3, b3 = cache"),
    cause="The cache is unpacked in the wrong order: A and D have changed places.",
    hint="Compare the order with the docstring. Both have the same shape, so nothing complains.",
)
mistake(
    "mask_in_place_of_relu",
    swap=[("dA2 * (Z2 > 0)", "dA2"), ("dA1 * (Z1 > 0)", "dA1")],
    cause="The derivative of the ReLU is missing: the mask does not replace it.",
    hint="A unit that was kept can still have Z below 0.",
)
mistake(
    "activations_before_dropout",
    swap=[("dZ3 @ A2.T", "dZ3 @ relu(Z2).T"), ("dZ2 @ A1.T", "dZ2 @ relu(Z1).T")],
    cause="dW is computed with the activations from before dropout.",
    hint="W3 was multiplied by the A2 in the cache, which is masked and divided.",
)
mistake(
    "activations_rescaled_twice",
    swap=[("dZ3 @ A2.T", "dZ3 @ (A2 * D2 / keep_prob).T"), ("dZ2 @ A1.T", "dZ2 @ (A1 * D1 / keep_prob).T")],
    cause="A1 and A2 are divided by keep_prob again; in the cache they are divided already.",
    hint="dW3 and dW2 look as they do without dropout.",
)
mistake(
    "weight_gradients_rescaled",
    swap=[("dZ3 @ A2.T / m", "dZ3 @ A2.T / m / keep_prob"), ("dZ2 @ A1.T / m", "dZ2 @ A1.T / m / keep_prob"), ("* D2 / keep_prob", "* D2"), ("* D1 / keep_prob", "* D1")],
    cause="dW is divided by keep_prob where dA should be.",
    hint="Mask and division belong to the lines of dA2 and dA1, and act on all that comes below.",
)
mistake(
    "m_from_rows",
    swap=("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of features; examples stand in columns.",
    hint="Print X.shape and m.",
)
mistake(
    "keepdims_forgotten",
    swap=[
        ("np.sum(dZ3, axis=1, keepdims=True)", "np.sum(dZ3, axis=1)"),
        ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2, axis=1)"),
        ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    ],
    cause="db has lost its second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)
mistake(
    "labels_subtracted_in_place",
    swap=("dZ3 = A3 - Y", "dZ3 = A3\n    dZ3 -= Y"),
    cause="`dZ3 -= Y` changes A3 in the cache: dZ3 is the same array under another name.",
    hint="Call your function twice with one cache. Write dZ3 = A3 - Y, which makes a new array.",
)
equivalent("dZ2 = dA2 * (Z2 > 0)", "dZ2 = dA2 * (Z2 >= 0)", reason="Z2 is never exactly 0 in a random draw, and there either slope is right.")
equivalent("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1 * (Z1 >= 0)", reason="Z1 is never exactly 0 in a random draw, and there either slope is right.")
equivalent(
    "db3 = np.sum(dZ3, axis=1, keepdims=True) / m",
    "db3 = np.sum(dZ3, keepdims=True) / m",
    reason="the output layer has one unit, so the sum over examples is the sum over all entries.",
)
equivalent(
    "dA2 = W3.T @ dZ3 * D2 / keep_prob",
    "dA2 = W3.T * dZ3 * D2 / keep_prob",
    reason="the output layer has one unit: (n2, 1) times (1, m) is the same product by broadcasting.",
)

# %% [markdown]
# ### Experiment: checking a gradient that is random
#
# Measure the slope again. This time the cost is computed with dropout, twice: once with **frozen** masks, once with masks that
# are **drawn anew** for each of the two steps. (`np.random.seed` freezes them. If you draw from a generator of your own that
# is not seeded, both rows will disagree.)

# %% tags=["demo"]
def frozen_cost(parameters):
    """The cost with dropout; the seed makes the masks the same in every call."""
    np.random.seed(1)
    return compute_cost(forward_propagation_with_dropout(slope_X, parameters, 0.8)[0], slope_Y)


redraw_rng = np.random.default_rng(0)


def redrawn_cost(parameters):
    """The same, but the examples are shuffled first, so that the masks fall on other examples."""
    order = redraw_rng.permutation(slope_X.shape[1])
    return compute_cost(forward_propagation_with_dropout(slope_X[:, order], parameters, 0.8)[0], slope_Y[:, order])


np.random.seed(1)
random_cache = forward_propagation_with_dropout(slope_X, slope_parameters, 0.8)[1]
random_gradients = backward_propagation_with_dropout(slope_X, slope_Y, random_cache, 0.8)
frozen_slopes = two_slopes(frozen_cost, random_gradients, slope_parameters)
redrawn_slopes = two_slopes(redrawn_cost, random_gradients, slope_parameters)
print("masks frozen:      measured {:.4f}, claimed {:.4f}".format(*frozen_slopes))
print("masks drawn anew:  measured {:.0f}, claimed {:.4f}".format(*redrawn_slopes))

# %% [markdown]
# With frozen masks your gradient is right to all digits. With new masks the measured slope is nonsense: two different networks are compared, and
# their difference is divided by two millionths. So **before a gradient check, turn dropout off or freeze its masks**. The L2 penalty may stay on.
#
# ### Experiment: the seed is for the grader
#
# `np.random.seed(1)` inside the function makes every call draw the *same* masks. In training that is wrong: each example
# would meet one and the same thinned network for ever. Our `model` gets round it by shuffling the examples before each step, so that they
# meet other columns of the masks. Here is what happens if it does not. (If your function draws fresh masks in every
# call, the two rows are alike.)

# %% tags=["demo"]
moving_masks = trained(keep_prob=0.5)
standing_masks = model(train_X, train_Y, keep_prob=0.5, shuffle=False)
report("masks on the move", moving_masks)
report("masks stand still", standing_masks)

# %% [markdown]
# With standing masks the test cost is 0.92 nats: far worse than without any regularization (0.30), and worse than answering ½ to everything (0.69).
# In your own programs, seed once at the very beginning, never inside the forward pass.
#
# ### Experiment: what helps, and how much
#
# Three networks that differ only in the seed of their first weights, each trained in three ways. Dropout is off when they are tested.

# %% tags=["demo"]
final_ways = {"no regularization": {}, "L2, λ = 1": {"lambd": 1}, "dropout, keep 0.5": {"keep_prob": 0.5}}
final_networks = {
    seed: {name: trained(**way, seed=seed) for name, way in final_ways.items()} for seed in (1, 2, 3)
}
for final_seed, networks in final_networks.items():
    print(f"first weights drawn with seed {final_seed}")
    for final_name, network in networks.items():
        report("  " + final_name, network)

final_figure, final_axes = plt.subplots(1, 3, figsize=(12, 3.7), sharey=True)
for axes, (final_name, final_parameters) in zip(final_axes, final_networks[1].items()):
    plots.decision_boundary(axes, lambda grid: predict(final_parameters, grid), train_X, train_Y)
    axes.set_title(f"{final_name}\nsize of the weights {weight_size(final_parameters):.0f}")
    axes.set(xlabel="x₁ (50 m)", ylabel="x₂ (50 m)" if axes is final_axes[0] else "")
final_axes[0].legend(loc="lower right", ncols=2, fontsize=8, frameon=True)
plots.show(
    final_figure,
    alt="The training points with three boundaries. Without regularization: corners, hooks and an island, size of the weights 53. "
    "With the L2 penalty: an almost straight diagonal, size 7. With dropout: a smooth diagonal with one gentle step in the "
    "middle, size 52.",
)

# %% [markdown]
# Three rows, three times. What do they say?
#
# * **The test cost** falls from 0.30–0.35 nats to 0.25–0.26, with either method and every seed. That is all there was to gain.
#   The networks have stopped being sure of what they cannot know.
# * **The test accuracy** rises from 86.5 % on average to 87.7 % with L2 and to 88.3 % with dropout. The direction is right, but
#   on 200 points a gain of two points could be luck. If anybody tells you that regularization added a point, ask for the error bar.
# * **The training accuracy** falls. It was too good to be true.
# * The two methods work differently. L2 shrinks the weights, from 53 to 7. Dropout leaves them as large as they were (52), and
#   smooths by averaging over thinned networks. (Size: the square root of the sum of all squared weights.)
#
# On this small problem both do the same good. L2 is the cheaper: one setting, no noise. Dropout was made for large networks with many
# units that can lean on one another.
#
# ## Mistakes that most people make
#
# * **The penalty is in the cost but not in the gradient.** The printed cost is higher, and the boundary is exactly the one you had
#   without regularization. Turn λ up to 30: if the weights do not vanish, the gradient has never heard of it.
# * **λ W instead of (λ/m) W.** With λ = 1 the weights are gone after 100 steps, and the cost stands at 0.69 for ever: the network answers ½ to
#   everything.
# * **The division by `keep_prob` is missing.** Training looks normal, because the thinned networks have learned to shout. At test time
#   all units shout together: here the test cost becomes 0.42 instead of 0.25, while the accuracy looks fine.
# * **Dropout is left on when you predict.** The same point gets another answer in every call, and all are worse: with our network,
#   84.5 to 87 % in five calls, instead of 87.5 %.
# * **New masks in the backward pass.** Nothing looks wrong! Training goes on, a little worse. Only a gradient check with frozen masks
#   finds it.
#
# A curiosity: with `A2 > 0` for the derivative of the ReLU, the mask is in there already, because a dropped unit has A = 0 in the cache. With
# `Z2 > 0` it is not. Multiply by the mask anyway: then the line is right for any activation function. The division by `keep_prob` is needed in both.
#
# ## Recap
#
# 1. Overfitting is the gap between training and test cost. The accuracy often hides it.
# 2. The L2 penalty adds λ/(2m) times all squared weights to the cost, and (λ/m) W to each dW. Biases go free.
# 3. In gradient descent that is weight decay: W shrinks by the factor 1 − αλ/m before each step.
# 4. Dropout masks each hidden A and divides by `keep_prob`; the backward pass does exactly the same to dA.
# 5. In testing, dropout is off. In a gradient check the penalty may stay; masks must be off or frozen.
#
# **To think about.** With λ = 1 the penalty is λ/(2m) times a sum over weights. Somebody gives you ten times as many points. Should λ change?
# What if you copied each of your points ten times instead?
#
# **Where to read on**
#
# * N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15 (2014), sections 4 (the model)
#   and 7.3 (the effect of the keep probability).
# * A. Krogh and J. Hertz, *A simple weight decay can improve generalization*, NIPS 4 (1991). Four pages, with the reason why it works.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 7.1.1 (L2) and 7.12 (dropout).
# * I. Loshchilov and F. Hutter, *Decoupled weight decay regularization*, ICLR 2019: why penalty and decay are no longer the same with Adam.
