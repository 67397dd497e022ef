# %% [markdown]
# # A deep network, applied
#
# You have every part: the layer, the cost, the way back, the step. Now they go round and round, and a
# network learns to tell cats from other animals. The function that trains it is ten lines long, for
# any depth.
#
# Then comes the harder half. Is the deep network *better* than one neuron? You will train one neuron,
# one hidden layer and a deep network on the same pictures, and measure. The answer is less flattering
# than you may expect, and it is worth more than a good number.
#
# **You will be able to**
#
# * train a network of any depth with one function;
# * read a learning curve, and say where learning ends and learning by heart begins;
# * choose a learning rate by looking at four curves;
# * see what the first layer looks at, and which pictures the network gets wrong;
# * say whether two networks differ by more than chance, and where depth does not help.
#
# **Time** about 90 minutes. **Difficulty** 3 of 5.
# **Builds on** logistic regression (week 2) and *A deep network, step by step* (week 4).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import math

import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course1-week4/deep_network_application")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
ladder_figure, ladder_axes = plt.subplots(1, 3, figsize=(11, 3.4))
ladder_nets = [
    ("one neuron\n785 numbers", [9, 1]),
    ("one hidden layer\n7-1 units, 5503 numbers", [9, 7, 1]),
    ("a deep network\n20-7-5-1 units, 15 893 numbers", [9, 8, 7, 5, 1]),
]
faint = {"color": plots.BLACK, "alpha": 0.15, "linewidth": 0.7, "zorder": 1}
for axes, (title, drawn) in zip(ladder_axes, ladder_nets):
    places = [[(x, (i - (n - 1) / 2) * 0.5) for i in range(n)] for x, n in enumerate(drawn)]
    for before, after in zip(places, places[1:]):
        for start in before:
            for end in after:
                axes.plot(*zip(start, end), **faint)
    for x, column in enumerate(places):
        if x == 0:
            style = {"marker": "s", "color": plots.BLACK}
        else:
            style = {"marker": "o", "color": plots.RED if x == len(places) - 1 else plots.BLUE}
        axes.scatter(*zip(*column), s=60, zorder=2, **style)
    axes.set_title(title, fontsize=10.5)
    axes.set(xlim=(-0.5, 4.5), ylim=(-2.4, 2.4))
    axes.axis("off")
plots.show(
    ladder_figure,
    alt="Three networks side by side. Each starts from a column of squares, the pixels. One "
    "neuron: all pixels go to one output. One hidden layer: they go to seven units, these to the "
    "output. A deep network: three layers of hidden units of falling size, then the output.",
)

# %% [markdown]
# Squares are pixels (only a few of 784 are drawn, and 8 of the deep network's 20 first units), blue
# dots hidden units, red dots the answer. All three networks come out of **one function** that you
# will write: only the list of sizes differs. `[784, 1]` is logistic regression, `[784, 7, 1]` has one
# hidden layer, `[784, 20, 7, 5, 1]` is deep.
#
# ## The data
#
# The silhouettes of week 2, 28 × 28 pixels with one brightness each. Each picture becomes a column,
# divided by 255. (If you have the course's own photographs, put them into `data/own/`: every cell
# here takes them as well. The numbers in the text are those of the silhouettes.)
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | $(n_x, m)$ | m pictures in columns; $n_x = 784$ |
# | `Y` | $(1, m)$ | labels: 1 is a cat, 0 is something else |
# | `layers_dims` | list | the sizes, from the input to the output: `[n_x, …, 1]` |
# | `parameters` | dictionary | W1, b1, …, WL, bL; `Wl` of shape $(n_l, n_{l-1})$, `bl` of shape $(n_l, 1)$ |
# | `AL` | $(1, m)$ | the probability of a cat, for each picture |

# %% nbgrader={"locked": true, "grade_id": "pictures"}
train_pictures, train_labels, test_pictures, test_labels, classes = data.load_cats()


def as_columns(pictures):
    """Pictures (m, height, width, channels), 0 to 255, as examples of shape (n, m), 0 to 1."""
    return pictures.reshape(len(pictures), -1).T / 255


few = min(209, len(train_pictures))
few_X, few_Y = as_columns(train_pictures[:few]), train_labels[:, :few]
all_X, all_Y = as_columns(train_pictures), train_labels
test_X, test_Y = as_columns(test_pictures), test_labels
n_x = len(all_X)

# %% tags=["demo"]
print(f"few pictures {few_X.shape}, all pictures {all_X.shape}, test pictures {test_X.shape}")
always = 100 * np.mean(test_Y == 0)
print(f"always answering {classes[0]!r} is right on {always:.1f} % of the test pictures")

# %% [markdown]
# ## The parts
#
# These are the functions of the last lesson, given, so that an old mistake does not cost twice. Two
# details are worth a look. `initialize_parameters` draws × 0.01; `initialize_parameters_deep` draws
# $/\sqrt{n_{l-1}}$, which a deep network needs, as you saw. And `L_model_backward` starts from
# $dZ^{[L]} = A^{[L]} - Y$, so that nothing is ever divided by 0.

# %% nbgrader={"locked": true, "grade_id": "parts"}
def initialize_parameters(n_x, n_h, n_y):
    """W1 (n_h, n_x) and W2 (n_y, n_h): normal draws × 0.01. b1 (n_h, 1) and b2 (n_y, 1): zero."""
    np.random.seed(1)
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def initialize_parameters_deep(layer_dims):
    """W1, b1, …, WL, bL: Wl (n_l, n_{l-1}) a normal draw / sqrt(n_{l-1}), bl (n_l, 1) zero."""
    np.random.seed(1)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def linear_activation_forward(A_prev, W, b, activation):
    """One layer: A of shape (n, m), and its cache ((A_prev, W, b), Z).

    activation is "relu" or "sigmoid".
    """
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation is "relu" or "sigmoid", not {activation!r}.')
    Z = W @ A_prev + b
    A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))
    return A, ((A_prev, W, b), Z)


def L_model_forward(X, parameters):
    """ReLU in all layers but the last, sigmoid there: AL (n_L, m), and the list of the caches."""
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        A, cache = linear_activation_forward(A, W, b, activation)
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    """The cross-entropy in nats, a number: summed over outputs, averaged over examples."""
    return float(-np.sum(np.log(np.where(Y == 1, AL, 1 - AL))) / Y.shape[1])


def _linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    """From dA (n, m) and the layer's cache: dA_prev (n_prev, m), dW (n, n_prev), db (n, 1)."""
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation is "relu" or "sigmoid", not {activation!r}.')
    linear_cache, Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = np.where(Z > 0, dA, 0.0) if activation == "relu" else dA * s * (1 - s)
    return _linear_backward(dZ, linear_cache)


def L_model_backward(AL, Y, caches):
    """The gradients dW1, db1, …, dWL, dbL, and dA0, …, dA{L-1}, in a dictionary."""
    grads, L = {}, len(caches)
    for l in range(L, 0, -1):
        if l == L:
            passed = _linear_backward(AL - Y, caches[l - 1][0])
        else:
            passed = linear_activation_backward(grads[f"dA{l}"], caches[l - 1], "relu")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = passed
    return grads


def update_parameters(parameters, grads, learning_rate):
    """One step downhill: a new dictionary of parameters."""
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}

# %% nbgrader={"locked": true, "grade_id": "toy"}
toy_X = np.array(
    [[0.5, 1.0, -1.0, -0.5, 2.0], [1.0, -0.5, 0.5, -1.5, 0.3], [0.2, 0.1, -0.7, 0.9, -1.1]]
)
toy_Y = np.array([[1, 1, 0, 0, 1], [0, 1, 1, 0, 0]])


def parted(seen):
    """What a model returned, as parameters and costs.

    The costs are None where only the parameters came, as in 2017.
    """
    return seen if isinstance(seen, tuple) else (seen, None)

# %% [markdown]
# ## Part 1: one hidden layer
#
# Training is a loop of four lines: forward, cost, backward, step.
#
# ### Exercise: two_layer_model
#
# LINEAR → RELU → LINEAR → SIGMOID, from `initialize_parameters`. Record the cost of iterations 0,
# 100, 200 and so on, each **before** the step. Return the parameters *and* the costs. (In 2017 the
# course returned the parameters alone; that passes, too.)
#
# <details><summary>Hint</summary>
#
# Two calls of `linear_activation_forward`, then `compute_cost`. Backward you need dA2, the derivative
# of each example's loss with respect to its A2:
# $dA^{[2]} = -\frac{Y}{A^{[2]}} + \frac{1-Y}{1-A^{[2]}}$. Then two calls of
# `linear_activation_backward`, the output first.
# </details>
# <details><summary>Fuller hint</summary>
#
# Unpack the sizes: `n_x, n_h, n_y = layers_dims`. Layer 1 has "relu", layer 2 "sigmoid", forward as
# well as backward. `linear_activation_backward` returns dA_prev, dW, db in this order; the dA_prev of
# layer 2 is the dA of layer 1. Collect dW1, db1, dW2, db2 in a dictionary and hand it to
# `update_parameters`; it returns the new parameters. `i % 100 == 0` is true for 0, 100, 200 …
# </details>

# %% nbgrader={"solution": true, "grade_id": "two_layer_model"}
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """Train a network with one hidden layer, LINEAR → RELU → LINEAR → SIGMOID, by gradient descent.

    Args:
        X: examples in columns, shape (n_x, m).
        Y: labels 0 or 1, shape (n_y, m).
        layers_dims: the sizes (n_x, n_h, n_y).
        learning_rate: α, the length of a step, as a multiple of the gradient.
        num_iterations: how many steps to take, at least 1.
        print_cost: whether to print each cost that is recorded.

    Returns:
        The trained parameters, a dictionary: W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h),
        b2 (n_y, 1), starting from those of initialize_parameters; and a list of the costs of
        iterations 0, 100, 200, …, in nats, each before its step.

    Source: Rumelhart, Hinton and Williams, Learning representations by back-propagating errors
    (1986).
    """
    ### BEGIN SOLUTION
    costs = []
    parameters = initialize_parameters(*layers_dims)
    for i in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = (1 - Y) / (1 - A2) - Y / A2
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost before iteration {i}: {cost:.4f}")
    return parameters, costs
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "two_layer_model-check"} tags=["check"]
with checking("two_layer_model", X=toy_X, Y=toy_Y):
    two_parameters, two_costs = parted(
        two_layer_model(toy_X, toy_Y, (3, 4, 2), learning_rate=0.8, num_iterations=150)
    )
    check("parameters", two_parameters, {
        "W1": [[1.5598, 2.563, -0.7801], [-0.9737, 0.1906, -0.7208],
               [2.4233, 0.437, 0.1308], [-1.5311, 0.3263, -1.1515]],
        "b1": [[-0.2059], [0.4397], [1.7248], [0.6694]],
        "W2": [[0.9369, -0.6509, 2.5601, -1.0516], [-2.9392, 1.1234, 1.5671, 1.758]],
        "b2": [[-2.8983], [-2.2351]],
    }, atol=1e-4)
    if two_costs is not None:
        check("costs of iterations 0 and 100", np.ravel(two_costs), [1.386281, 0.088413], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "two_layer_model-test", "points": 12}
verdict("two_layer_model")
### BEGIN HIDDEN TESTS
@hidden_cases("two_layer_model", cases=7, returns=("parameters", "costs"))
def _(case):
    n_x, n_h, n_y, m, iterations, rate = [
        (4, 3, 1, 7, 250, 0.9),
        (3, 5, 1, 6, 1, 1.3),
        (5, 2, 2, 4, 101, 0.7),
        (2, 4, 1, 9, 100, 1.1),
        (6, 3, 1, 5, 201, 0.5),
        (4, 4, 1, 4, 330, 0.8),
        (3, 2, 1, 5, None, None),
    ][case.index]
    X = 1.5 * case.rng.standard_normal((n_x, m))
    Y = case.rng.permutation(np.arange(n_y * m) % 3 == 1).astype(int).reshape(n_y, m)
    if iterations is None:
        case.call(two_layer_model, X, Y, (n_x, n_h, n_y))
    else:
        case.call(two_layer_model, X, Y, (n_x, n_h, n_y), learning_rate=rate, num_iterations=iterations, print_cost=case.index == 4)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: a network wakes up
#
# The first 209 pictures, seven hidden units, the course's own learning rate.

# %% tags=["demo"]
if ready("two_layer_model"):
    woken_parameters, woken_costs = parted(
        two_layer_model(few_X, few_Y, (n_x, 7, 1), num_iterations=2500)
    )
    for name, X, Y in (("train", few_X, few_Y), ("test", test_X, test_Y)):
        answers = L_model_forward(X, woken_parameters)[0]
        right = 100 * np.mean((answers > 0.5) == Y)
        print(f"{name:<6} cost {compute_cost(answers, Y):.2f}, right {right:.1f} %")
    if woken_costs is not None:
        print("costs at 0, 100, 200 …:", *(f"{cost:.2f}" for cost in np.ravel(woken_costs)))

# %% [markdown]
# For a few hundred steps next to nothing happens: the cost stays near $\ln 2 = 0.69$, that of having
# no opinion. The weights started × 0.01, so both layers are nearly silent, and each layer's gradient
# is multiplied by the other's weights. Then it wakes up and falls quickly. Do not stop a training
# because its first hundred steps are flat.
#
# ## Part 2: any depth
#
# ### Exercise: L_layer_model
#
# The same loop, with the two functions that run through all layers. It is shorter than the one for
# two layers, and does more.
#
# <details><summary>Hint</summary>
#
# `L_model_forward`, `compute_cost`, `L_model_backward`, `update_parameters`: one line each. Start
# from `initialize_parameters_deep`.
# </details>
# <details><summary>Fuller hint</summary>
#
# `AL, caches = L_model_forward(X, parameters)`; `grads = L_model_backward(AL, Y, caches)`;
# `parameters = update_parameters(parameters, grads, learning_rate)`. Record the cost as in
# `two_layer_model`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "L_layer_model"}
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """Train a network of any depth, (LINEAR → RELU) × (L − 1) → LINEAR → SIGMOID.

    Args:
        X: examples in columns, shape (n_0, m).
        Y: labels 0 or 1, shape (n_L, m).
        layers_dims: the sizes [n_0, n_1, …, n_L], the input first; L ≥ 1.
        learning_rate: α, the length of a step, as a multiple of the gradient.
        num_iterations: how many steps of gradient descent to take, at least 1.
        print_cost: whether to print each cost that is recorded.

    Returns:
        The trained parameters, a dictionary: Wl (n_l, n_{l-1}) and bl (n_l, 1) for l = 1 … L,
        starting from those of initialize_parameters_deep; and a list of the costs of iterations
        0, 100, 200, …, in nats, each before its step.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithms 6.3, 6.4 and 8.1.
    """
    ### BEGIN SOLUTION
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost before iteration {i}: {cost:.4f}")
    return parameters, costs
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L_layer_model-check"} tags=["check"]
toy_dims = [3, 6, 4, 2]
with checking("L_layer_model", X=toy_X, Y=toy_Y, layers_dims=toy_dims):
    deep_parameters, deep_costs = parted(
        L_layer_model(toy_X, toy_Y, toy_dims, learning_rate=0.1, num_iterations=120)
    )
    check("parameters", deep_parameters, {
        "W1": [[1.3466, -0.3555, -0.1304], [-0.7539, 0.5129, -1.6943], [1.1114, -0.1836, 0.2382],
               [-0.0789, 0.7354, -1.7766], [-0.4354, -0.5025, 0.8497], [-0.7226, -0.1962, -0.4678]],
        "b1": [[0.4626], [0.2403], [0.065], [0.2378], [0.0983], [0.1277]],
        "W2": [[-0.3338, 0.8425, -0.633, 0.6677, 0.8049, 0.5567],
               [0.7733, -0.5777, 0.4148, -1.1454, -0.4088, 0.1856],
               [-0.2824, -0.162, -0.2805, -0.3451, -0.274, -0.0052],
               [-0.8436, 0.6804, 0.4244, 0.5585, -0.0767, -0.0529]],
        "b2": [[0.1067], [0.4717], [0], [0.042]],
        "W3": [[-1.3914, 1.7023, 0.0254, -0.462], [0.4326, 1.151, 0.0601, 0.8598]],
        "b3": [[0.5615], [-1.6664]],
    }, atol=1e-4)
    if deep_costs is not None:
        deep_expected = [1.320934, 0.452975]
        check("costs of iterations 0 and 100", np.ravel(deep_costs), deep_expected, rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "L_layer_model-test", "points": 12}
verdict("L_layer_model")
### BEGIN HIDDEN TESTS
@hidden_cases("L_layer_model", cases=7, returns=("parameters", "costs"))
def _(case):
    layers_dims, m, iterations, rate = [
        ([4, 8, 7, 1], 9, 230, 0.1),
        ([3, 7, 1], 6, 1, 0.7),
        ([5, 9, 8, 10, 2], 6, 101, 0.1),
        ([4, 1], 9, 100, 0.4),
        ([2, 9, 8, 7, 6, 1], 5, 201, 0.05),
        ([8, 8, 8, 1], 8, 120, 0.1),
        ([3, 7, 6, 1], 5, None, None),
    ][case.index]

    def nearly_off(X):
        """Whether an example finds less than two units of a hidden layer on. With none on, a Z may be exactly 0, where the ReLU has two right slopes."""
        start, A = np.random.RandomState(1), X  # the notebook's own functions may have been changed by a learner
        for n_prev, n in zip(layers_dims, layers_dims[1:-1]):
            A = np.maximum(0, start.standard_normal((n, n_prev)) @ A)
            if np.count_nonzero(A, axis=0).min() < 2:
                return True
        return False

    X = case.rng.standard_normal((layers_dims[0], m))
    while nearly_off(X):
        X = case.rng.standard_normal((layers_dims[0], m))
    Y = case.rng.permutation(np.arange(layers_dims[-1] * m) % 3 == 1).astype(int).reshape(layers_dims[-1], m)
    if iterations is None:
        case.call(L_layer_model, X, Y, layers_dims)
    else:
        case.call(L_layer_model, X, Y, layers_dims, learning_rate=rate, num_iterations=iterations, print_cost=case.index == 4)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: the same few pictures, three networks
#
# Now train all three on the first 209 pictures. To see the test cost on the way, each is trained four
# times, for 500 to 2500 steps. (Your function starts from the same numbers each time.)

# %%
trained_before = {}


def trained(X, Y, sizes, num_iterations, learning_rate):
    """Parameters trained by your L_layer_model.

    What was trained once is kept, until you rewrite the function.
    """
    key = (X.shape, float(X.sum()), tuple(sizes), num_iterations, learning_rate, L_layer_model)
    if key not in trained_before:
        with np.errstate(all="ignore"):  # a cost may be infinite if the learning rate is large
            seen = L_layer_model(X, Y, [n_x, *sizes], learning_rate, num_iterations)
            trained_before[key], _ = parted(seen)
    return trained_before[key]


def judged(parameters, X, Y):
    """Cost in nats, and the share of right answers in percent."""
    answers = L_model_forward(X, parameters)[0]
    with np.errstate(all="ignore"):
        return compute_cost(answers, Y), 100 * np.mean((answers > 0.5) == Y)


NETS = {"neuron": [1], "7-1": [7, 1], "20-1": [20, 1], "20-7-5-1": [20, 7, 5, 1]}
LOOKS = {
    "neuron": (plots.GREEN, "s"), "7-1": (plots.ORANGE, "D"),
    "20-1": (plots.BLUE, "o"), "20-7-5-1": (plots.RED, "^"),
}

# %% tags=["demo"]
if ready("L_layer_model"):
    curve_lengths = [500, 1000, 1500, 2500]
    curve_figure, (curve_train, curve_test) = plt.subplots(1, 2, figsize=(10.5, 3.8), sharey=True)
    for name in ("neuron", "7-1", "20-7-5-1"):
        colour, marker = LOOKS[name]
        nets = [trained(few_X, few_Y, NETS[name], length, 0.0075) for length in curve_lengths]
        on_train = [judged(net, few_X, few_Y) for net in nets]
        on_test = [judged(net, test_X, test_Y) for net in nets]
        for axes, part in ((curve_train, on_train), (curve_test, on_test)):
            look = {"marker": marker, "color": colour, "linewidth": 2, "label": name}
            axes.plot(curve_lengths, [cost for cost, _ in part], **look)
        (train_cost, train_right), (test_cost, test_right) = on_train[-1], on_test[-1]
        print(f"{name:<9} after 2500 steps: "
              f"train cost {train_cost:.2f}, right {train_right:5.1f} %   "
              f"test cost {test_cost:.2f}, right {test_right:.1f} %")
    curve_train.set(title=f"on the {few} training pictures", xlabel="steps (number)")
    curve_train.set(ylabel="cost (nats)", ylim=(0, 0.75))
    curve_test.set(title="on the test pictures", xlabel="steps (number)")
    curve_test.legend(loc="upper right")
    plots.show(
        curve_figure,
        alt="Cost against steps, 500 to 2500, for three networks. On the training pictures the "
        "neuron and 7-1 start below 0.25 and fall slowly, 20-7-5-1 starts at 0.68 and falls below "
        "both, to 0.02. On the test pictures the neuron stays near 0.32, 7-1 climbs to 0.35, and "
        "20-7-5-1 falls to 0.33 at 1500 steps, then climbs to 0.46.",
    )

# %% [markdown]
# Read it from left to right.
#
# * **The deep network starts last.** After 500 steps it is still at 0.68: its signal passes four
#   layers, and each makes it smaller.
# * **It then learns its training pictures better than anyone**: cost 0.02, every picture right. The
#   neuron is left at 0.12.
# * **And it is worst in the test**: 0.46 nats, against 0.32 for the neuron. Of the four lengths, 1500
#   steps were its best; by 2500 it is worse again. It learns by heart, 15 893 numbers for 209
#   pictures.
#
# Right answers: 88.2, 89.2 and 86.8 %. With 380 test pictures such a share wobbles by 1.7 points from
# chance alone. **On few pictures, depth has bought nothing.**
#
# ### Experiment: the learning rate
#
# Four learning rates for the deep network, on the same 209 pictures. Your function's costs, one for
# each hundred steps.

# %% tags=["demo"]
if ready("L_layer_model"):
    rate_figure, rate_axes = plt.subplots(figsize=(7.5, 4))
    rate_looks = {
        0.0005: (plots.GREEN, "s-"), 0.0075: (plots.BLUE, "o-"),
        0.05: (plots.RED, "^-"), 1.0: (plots.BLACK, "x--"),
    }
    for rate, (colour, style) in rate_looks.items():
        with np.errstate(all="ignore"):
            seen = L_layer_model(few_X, few_Y, [n_x, 20, 7, 5, 1], rate, 1300)
        rate_parameters, rate_costs = parted(seen)
        if rate_costs is not None:
            rate_costs = np.ravel(rate_costs)
            steps = 100 * np.arange(len(rate_costs))
            look = {"color": colour, "linewidth": 2, "label": f"learning rate {rate}"}
            rate_axes.plot(steps, rate_costs, style, **look)
            first, second, third, *_, last = rate_costs
            print(f"rate {rate:<7} costs {first:.2f}, {second:.2f}, {third:.2f} … {last:.2f}")
        hidden = L_model_forward(test_X, rate_parameters)[1][-1][0][0]
        alive = np.sum(hidden.max(axis=1) > 0)
        answer = f"units of layer 3 that answer to any test picture: {alive} of {len(hidden)}"
        print(" " * 12, answer)
    rate_axes.set(xlabel="step (number)", ylabel="cost (nats)", ylim=(0, 1.1))
    rate_axes.legend(loc="upper right", ncols=2)
    plots.show(
        rate_figure,
        alt="Cost against steps for four learning rates. 0.0005: a line at 0.69. 0.0075: flat for "
        "500 steps, then down to about 0.2 at 1200. 0.05: down to nearly 0 within 400 steps. 1.0: "
        "a line at 0.69.",
    )

# %% [markdown]
# Two of the curves look alike, flat at 0.69, and mean opposite things. With 0.0005 the network has
# not moved *yet*. With 1.0 it is **dead**: the first great steps threw the biases of a layer so far
# below zero that its ReLUs are off for every picture. A ReLU that is off has slope 0, so nothing will
# ever bring it back. The last printed line shows it: no unit answers any more. A cost that is flat
# says nothing by itself. Look at the activations.
#
# Between them lie two that work. 0.05 is seven times 0.0075 and needs a seventh of the steps. You
# will want the larger one, as long as the cost falls steadily.
#
# ## Part 3: is it better, or is it luck?
#
# Network 1 is right on 344 of 380 test pictures, network 2 on 346. Is the second better? Both are
# right on most pictures, and wrong together on a few. These say nothing about which is better. What
# counts are the pictures on which **exactly one** is right.
#
# Say there are $n$ of them. If both networks were equally good, each of the $n$ would fall to either
# side like a coin. So: how often would a fair coin, thrown $n$ times, give a result at least as
# lopsided as ours?
#
# $$p = \min\Big(1, \; 2 \sum_{k=0}^{\min(n_1, n_2)} \binom{n}{k} \Big/ 2^n \Big),
# \qquad n = n_1 + n_2$$
#
# $n_1$ counts the examples on which only the first is right, $n_2$ those on which only the second is.
# The factor 2 is there because either network might have been ahead.
#
# **By hand.** $n_1 = 5$, $n_2 = 1$: $p = 2 \, (1 + 6) / 64 = 0.21875$. A coin does that in every
# fifth try. Nothing has been shown.
#
# ### Exercise: mcnemar *
#
# <details><summary>Hint</summary>
#
# `predictions_1 == Y` is an array of True and False. For "only the first is right" combine it with
# the other one: `a & ~b`. `math.comb(n, k)` counts the ways to choose k of n.
# </details>
# <details><summary>Fuller hint</summary>
#
# The sum runs over k = 0, 1, …, the smaller of the two counts, that one included:
# `range(min(n_1, n_2) + 1)`. Where n is 0 the sum is 1 and p is min(1, 2). Pictures on which both are
# right, or both wrong, appear nowhere.
# </details>

# %% nbgrader={"solution": true, "grade_id": "mcnemar"}
def mcnemar(predictions_1, predictions_2, Y):
    """McNemar's exact test: do two classifiers differ by more than chance, on the same examples?

    Args:
        predictions_1: labels 0 or 1 from the first classifier, shape (1, m).
        predictions_2: those from the second, shape (1, m).
        Y: the true labels 0 or 1, shape (1, m).

    Returns:
        The number of examples on which only the first is right; the number on which only the
        second is right; and p, between 0 and 1: how often equally good classifiers would differ
        at least as much. p is 1 where they never differ.

    Source: McNemar, Psychometrika 12 (1947); Dietterich, Neural Computation 10 (1998), section
    3.1. The sum is the exact binomial tail.
    """
    ### BEGIN SOLUTION
    right_1, right_2 = predictions_1 == Y, predictions_2 == Y
    only_1 = int(np.sum(right_1 & ~right_2))
    only_2 = int(np.sum(right_2 & ~right_1))
    n = only_1 + only_2
    tail = sum(math.comb(n, k) for k in range(min(only_1, only_2) + 1)) / 2**n
    return only_1, only_2, min(1.0, 2 * tail)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "mcnemar-check"} tags=["check"]
truth_seen = np.array([[1, 0, 1, 0, 1, 0, 1, 0]])
first_seen = np.array([[1, 0, 1, 0, 1, 1, 1, 1]])
second_seen = np.array([[0, 1, 0, 1, 0, 0, 1, 1]])
third_seen = np.array([[1, 1, 1, 0, 1, 0, 0, 0]])
counted = ("only the first right", "only the second right", "p")
with checking("mcnemar", predictions_1=first_seen, predictions_2=second_seen, Y=truth_seen):
    by_hand = dict(zip(counted, mcnemar(first_seen, second_seen, truth_seen)))
    check("5 against 1", by_hand, dict(zip(counted, (5, 1, 0.21875))))
    level = dict(zip(counted, mcnemar(first_seen, third_seen, truth_seen)))
    check("2 against 2", level, dict(zip(counted, (2, 2, 1))))
    never = dict(zip(counted, mcnemar(first_seen, first_seen, truth_seen)))
    check("never apart", never, dict(zip(counted, (0, 0, 1))))

# %% nbgrader={"grade": true, "grade_id": "mcnemar-test", "points": 8}
verdict("mcnemar")
### BEGIN HIDDEN TESTS
@hidden_cases("mcnemar", cases=8, returns=("n_1", "n_2", "p"))
def _(case):
    both, only_1, only_2, neither = [
        (9, 7, 3, 2), (4, 2, 9, 6), (6, 3, 3, 1), (5, 0, 0, 3), (0, 6, 0, 4), (20, 12, 11, 5), (3, 0, 1, 2), (30, 8, 19, 7),
    ][case.index]  # fmt: skip
    right = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], [both, only_1, only_2, neither], axis=0).T
    right = case.rng.permutation(right, axis=1)
    Y = case.rng.integers(0, 2, (1, right.shape[1]))
    first, second = (np.where(row == 1, Y, 1 - Y) for row in right)
    case.call(mcnemar, first, second, Y)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: all pictures
#
# Now 1600 training pictures, and one more network: 20-1, with 20 hidden units in **one** layer. It
# has 15 721 numbers, as good as the deep one with its 15 893. So if the deep network beats 7-1 but
# not 20-1, it is width that helps, not depth.

# %% tags=["demo"]
if ready("L_layer_model", "mcnemar"):
    many_predictions = {}
    for name in ("neuron", "20-1", "20-7-5-1"):
        net = trained(all_X, all_Y, NETS[name], 1000, 0.03)
        many_predictions[name] = (L_model_forward(test_X, net)[0] > 0.5).astype(int)
        train_cost, train_right = judged(net, all_X, all_Y)
        test_cost, test_right = judged(net, test_X, test_Y)
        numbers = sum(value.size for value in net.values())
        print(f"{name:<9} {numbers:6} numbers   "
              f"train cost {train_cost:.2f}, right {train_right:4.1f} %   "
              f"test cost {test_cost:.2f}, right {test_right:.1f} %")
    for first, second in (("20-1", "neuron"), ("20-7-5-1", "neuron"), ("20-7-5-1", "20-1")):
        predictions = many_predictions[first], many_predictions[second]
        only_first, only_second, p_value = mcnemar(*predictions, test_Y)
        print(f"only {first} is right: {int(only_first):2}, only {second}: {int(only_second):2}   "
              f"p = {float(p_value):.3f}")

# %% [markdown]
# Twenty hidden units are right on 91.1 %, one neuron on 88.9 %. They differ on only 12 pictures, and
# 10 of these fall to the network: a coin would do that 4 times in 100. The deep network has 90.5 %.
# Against the wide one it stands 4 to 6: **two more layers have brought nothing that could be measured
# here.**
#
# Is even the 0.04 to be believed? It holds for *these* pictures and *this* training. Shuffle all 1980
# pictures, take 800 to train on and the other 1180 to test on, and see.

# %% tags=["demo"]
if ready("L_layer_model", "mcnemar"):
    pooled_X, pooled_Y = np.hstack([all_X, test_X]), np.hstack([all_Y, test_Y])
    for split in range(2):
        order = np.random.default_rng(split).permutation(pooled_Y.shape[1])
        cut = pooled_Y.shape[1] * 4 // 10 + 8
        train, test = order[:cut], order[cut:]
        predictions, shares = {}, []
        for name in ("neuron", "20-1", "20-7-5-1"):
            net = trained(pooled_X[:, train], pooled_Y[:, train], NETS[name], 1000, 0.03)
            predictions[name] = (L_model_forward(pooled_X[:, test], net)[0] > 0.5).astype(int)
            right = 100 * np.mean(predictions[name] == pooled_Y[:, test])
            shares.append(f"{name} {right:.1f} %")
        p_value = mcnemar(predictions["20-1"], predictions["neuron"], pooled_Y[:, test])[2]
        print(f"split {split + 1}: {len(train)} to train on, {len(test)} to test on: "
              f"{', '.join(shares)}; 20-1 against neuron p = {float(p_value):.2f}")

# %% [markdown]
# With half as many training pictures, the three are alike. So the honest sentence is: *with 1600
# pictures a hidden layer seems to help a little; with 800 it does not; more layers than one never
# did.* (And whoever compares often enough finds a p of 0.04 by chance: here we made five
# comparisons.)
#
# ### Experiment: what the first layer looks at
#
# Each unit of the first layer has one weight for each pixel, so it is a picture. (With colours, the
# average of the channels is drawn.)

# %% tags=["demo"]
if ready("L_layer_model"):
    filter_neuron, filter_deep = (
        trained(all_X, all_Y, NETS[name], 1000, 0.03)["W1"] for name in ("neuron", "20-7-5-1")
    )
    filter_figure, filter_axes = plt.subplots(3, 7, figsize=(10.5, 4.9))
    for i, axes in enumerate(filter_axes.ravel()):
        row = filter_deep[i - 1] if i else filter_neuron[0]
        image = row.reshape(train_pictures.shape[1:]).mean(axis=2)
        size = np.abs(image).max()
        axes.imshow(image, cmap="PuOr", vmin=-size, vmax=size)
        axes.set(xticks=[], yticks=[])
        axes.set_title(f"unit {i}" if i else "the neuron", fontsize=9.5)
        axes.grid(False)
    plots.show(
        filter_figure,
        alt="Twenty-one small pictures of weights. The neuron's shows a figure: a patch in the "
        "lower middle in one colour, a bar above it in the other. Of the deep network's twenty "
        "first units most look like grey noise, with faint patches in the lower middle or above "
        "it.",
    )

# %% [markdown]
# The neuron shows its one idea clearly: purple in the lower middle, where a sitting animal has its
# body. The units of the deep network look like noise with that same idea faintly in it, in one colour
# or the other. Most of what you see is the random start: 1000 small steps have moved the weights only
# a little. No unit has become an ear or a paw. A fully connected layer has no reason to look for one:
# it does not even know which pixels are neighbours.
#
# ### Experiment: what it gets wrong

# %% tags=["demo"]
if ready("L_layer_model"):
    wrong_neuron, wrong_deep = (
        L_model_forward(test_X, trained(all_X, all_Y, NETS[name], 1000, 0.03))[0][0]
        for name in ("neuron", "20-7-5-1")
    )
    wrong_places = np.flatnonzero((wrong_deep > 0.5) != test_Y[0])
    wrong_places = wrong_places[np.argsort(-np.abs(wrong_deep[wrong_places] - 0.5))]
    wrong_both = np.sum((wrong_neuron[wrong_places] > 0.5) != test_Y[0, wrong_places])
    print(f"wrong on {len(wrong_places)} of {test_Y.shape[1]} test pictures")
    print(f"of these the neuron also gets wrong: {wrong_both}")
    wrong_figure, wrong_axes = plt.subplots(2, 6, figsize=(10.5, 4.1))
    for axes, k in zip(wrong_axes.ravel(), wrong_places):
        truth = "a cat" if test_Y[0, k] else "not a cat"
        plots.picture(axes, test_pictures[k], f"it says {wrong_deep[k]:.2f}\nit is {truth}")
    for axes in wrong_axes.ravel()[len(wrong_places) :]:
        axes.axis("off")
    plots.show(
        wrong_figure,
        alt="Twelve test pictures that the deep network got wrong and was surest of, with its "
        "probability of a cat. Taken for cats: an elephant with a raised trunk, a sitting dog, two "
        "birds, two faces of elephants, a standing dog. Missed: cats that sit a little higher with "
        "a hanging tail, or are thin and upright.",
    )

# %% [markdown]
# An elephant with 100 %, a cat with 1 %. Of its 36 mistakes, 30 are the neuron's mistakes as well.
# More layers on the same pixels have not given it another way of seeing.
#
# ### Experiment: move the pictures
#
# One neuron broke down when the animals moved a few pixels. Does depth help there? Train on 400
# pictures, and then on the same 400 in three places: as they are, 2 pixels lower and 4 pixels lower.

# %% tags=["demo"]
if ready("L_layer_model"):

    def moved_down(pictures, pixels):
        """The pictures moved down, with black above."""
        moved = np.zeros_like(pictures)
        moved[:, pixels:] = pictures[:, : pictures.shape[1] - pixels]
        return moved

    some = train_pictures[:400]
    moved_tests = [as_columns(moved_down(test_pictures, k)) for k in range(6)]
    for places in ((0,), (0, 2, 4)):
        placed_X = np.hstack([as_columns(moved_down(some, k)) for k in places])
        placed_Y = np.hstack([train_labels[:, :400]] * len(places))
        where = f"{len(places)} place{'s' * (len(places) > 1)}"
        for name in ("neuron", "20-1", "20-7-5-1"):
            net = trained(placed_X, placed_Y, NETS[name], 1000, 0.03)
            shares = " ".join(f"{judged(net, X, test_Y)[1]:5.1f}" for X in moved_tests)
            print(f"trained in {where}: {name:<9} "
                  f"right, in percent, moved by 0 to 5 pixels: {shares}")

# %% [markdown]
# Trained in one place, all three fall to guessing, step by step and together: **depth does not make a
# network stand being moved.** Trained in three places, all three hold up to 4 pixels, and fall again
# at 5, where none has seen an animal. The medicine was the data.
#
# But compare the three in the lower half. One set of weights has to serve three places now, and the
# neuron pays for it: unmoved it drops from 89.2 to 83.4 %. The deep network keeps 88.9 %. Where a
# task has several cases in one, hidden units have something to do.
#
# ## Where depth helps, and where not
#
# | question | answer, measured here |
# |---|---|
# | 209 pictures: is deep better? | no: equal in right answers, and worse in the cost |
# | 1600 pictures: is a hidden layer better? | a little: 2 points, p = 0.04; not with 800 |
# | 1600 pictures: are four layers better than two? | no: 4 pictures against 6 |
# | does depth stand moved pictures? | no; training on moved ones does |
# | several places at once? | yes: 88.9 % against 83.4 % for the neuron, unmoved |
#
# Depth pays where parts are built of parts, and where a layer may use the same detector everywhere.
# Fully connected layers cannot. Course 4 gives the network that one idea, convolution, and the
# picture changes.
#
# ## Mistakes that most people make
#
# * **Weights × 0.01 in the deep network.** The cost stands at 0.69, as the last lesson showed.
#   Nothing is wrong with the gradient; it is just far too small.
# * **`update_parameters` called, its answer thrown away.** All costs are equal to the last digit. A
#   network that learns slowly changes at least the last digits.
# * **A learning rate that kills.** Flat at 0.69 as well, from the first hundred steps on. Count the
#   units that answer.
# * **Choosing the number of steps by the test pictures.** Stop at the lowest test cost, report that
#   accuracy, and you have chosen your own luck. It takes a third set to choose by.
# * **One number, one run.** 91.1 % against 90.5 % is two pictures of 380.
#
# ## Recap
#
# 1. Training is four lines in a loop: forward, cost, backward, step. The depth is only a list of
#    sizes.
# 2. The training cost says how much is known by heart, the test cost how much is known.
# 3. A flat cost may be a slow start, too small a rate, or a dead network. Look at the activations.
# 4. Two networks on the same pictures: count those on which exactly one is right, and ask what a coin
#    would do.
# 5. On these pictures width helped a little, depth did not, and more pictures helped most.
#
# **To think about.** All our networks would learn equally well if the pixels of all pictures were
# shuffled, in the same way for each. Why? What would a network have to know to lose by that?
#
# **Where to read on**
#
# * T. Dietterich, *Approximate statistical tests for comparing supervised classification learning
#   algorithms*, Neural Computation 10 (1998).
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.4.1: what depth can
#   express, and section 7.8: stopping early.
# * C. Zhang et al., *Understanding deep learning requires rethinking generalization*, ICLR 2017:
#   networks that learn random labels by heart.
# * G. Montúfar et al., *On the number of linear regions of deep neural networks*, NeurIPS 2014: where
#   depth is worth more than width.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
