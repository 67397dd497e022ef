# %% [markdown]
# # Gradient checking
#
# You have written a backward pass. It runs, the cost even falls. Is the gradient *right*?
#
# A wrong gradient rarely crashes. It trains a little slower, ends a little higher, and nobody
# notices. In this lesson you build the instrument that notices: it compares your gradient with one
# that needs no calculus at all. Then you use it to find two faults in a backward pass that looks
# perfectly fine.
#
# **You will be able to**
#
# * measure a slope from two values of the cost, and say how far off the measurement is;
# * check a gradient of one number, and a gradient of a whole network;
# * find out *which* block of the gradient is wrong, and by what factor;
# * say where the famous 1e-7 comes from, and when it does not apply.
#
# **Time** about 75 minutes. **Difficulty** 3 of 5.
# **Builds on** forward and backward propagation of a network with a few layers (course 1, week 4).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course2-week1/gradient_checking")

# %% [markdown]
# ## One picture
#
# The gradient is the slope of the tangent. You can also *measure* a slope: walk a step ε to the
# right, a step ε to the left, and draw a line through the two points. That line is the two-sided
# secant.

# %% tags=["demo", "picture"]
picture_theta = np.linspace(0.35, 1.65, 200)
picture_tangent = 1 + 3 * (picture_theta - 1)
secant_figure, secant_axes = plt.subplots(figsize=(7, 4.2))
secant_axes.plot(picture_theta, picture_theta**3, color=plots.BLACK, lw=2.5, label="J(θ) = θ³")
secant_axes.plot(
    picture_theta, picture_tangent, "--", color=plots.GREEN, lw=2, label="tangent at θ: slope 3"
)
for ends, style, colour, label in [
    ((0.5, 1.5), "o-", plots.BLUE, "secant through θ−ε and θ+ε: slope 3.25"),
    ((1.0, 1.5), "^-.", plots.RED, "secant through θ and θ+ε: slope 4.75"),
]:
    secant_axes.plot(
        ends, np.power(ends, 3), style, color=colour, lw=2, markersize=8, label=label
    )
secant_axes.set(xlabel="parameter θ", ylabel="cost J", ylim=(-1.2, 4.6))
secant_axes.set_xticks([0.5, 1.0, 1.5], ["θ − ε", "θ", "θ + ε"])
secant_axes.legend(loc="upper left")
plots.show(
    secant_figure,
    alt="The curve J = θ³ near θ = 1. The tangent has slope 3. The secant through θ−ε and θ+ε, "
    "with ε = 0.5, is nearly parallel to it, with slope 3.25. The secant through θ and θ+ε is far "
    "steeper, with slope 4.75.",
)

# %% [markdown]
# The two-sided secant (circles) is nearly parallel to the tangent, even with a huge step of ε =
# 0.5. The one that looks to one side only (triangles) is far too steep.
#
# ## The idea
#
# $$
# \underbrace{\frac{\partial J}{\partial \theta}}_{\text{grad: from backward propagation}} \approx
# \underbrace{
# \frac{J(\theta+\varepsilon)-J(\theta-\varepsilon)}{2\,\varepsilon}
# }_{\text{gradapprox: from forward propagation alone}}
# $$
#
# The right side needs only the cost. Forward propagation is short and easy to get right, so we
# trust it, and use it to judge backward propagation.
#
# Why two sides? Expand $J$ around θ. In the difference
# $J(\theta+\varepsilon)-J(\theta-\varepsilon)$ all even terms cancel:
#
# | | what it computes | error |
# |---|---|---|
# | one-sided, $\frac{J(\theta+\varepsilon)-J(\theta)}{\varepsilon}$ | $J' + \frac{\varepsilon}{2}J'' + \dots$ | shrinks like ε |
# | two-sided, $\frac{J(\theta+\varepsilon)-J(\theta-\varepsilon)}{2\varepsilon}$ | $J' + \frac{\varepsilon^2}{6}J''' + \dots$ | shrinks like ε² |
#
# How close is close? Compare the two gradients by the **relative difference**:
#
# $$
# \text{difference} = \frac{\lVert \text{grad} - \text{gradapprox} \rVert_2}
# {\lVert \text{grad} \rVert_2 + \lVert \text{gradapprox} \rVert_2}
# $$
#
# with $\lVert v \rVert_2 = \sqrt{\sum_i v_i^2}$; for a single number that is its absolute value.
# Three norms, each with a job. The top measures the gap. The bottom measures the size of what is
# compared: a gap of 0.001 is nothing beside 1000, and everything beside 0.002. The sum of *two*
# norms treats both gradients alike and keeps the result between 0 and 1. (If both gradients are
# exactly zero it is 0/0: there is nothing to compare.)
#
# **By hand.** Take $J(\theta)=\theta^3$ at θ = 1 with ε = 0.1.
#
# * $J(1.1) = 1.331$ and $J(0.9) = 0.729$, so gradapprox $= 0.602 / 0.2 = 3.01$.
# * Calculus says $3\theta^2 = 3$. The error is 0.01, exactly ε².
# * difference $= 0.01 / (3 + 3.01) \approx 0.00166$.
# * One-sided: $(1.331 - 1)/0.1 = 3.31$. Its error is 31 times larger.
#
# ## Part 1: one parameter
#
# Start with the smallest model there is: $J(\theta) = \theta x$.
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | a number | the input |
# | `theta` | a number | the parameter |
# | `J` | a number | the cost |
# | `dtheta` | a number | the gradient of J with respect to theta |
#
# ### Exercise: forward_propagation
#
# <details><summary>Hint</summary>
#
# The cost is a product of the two arguments.
# </details>
# <details><summary>Fuller hint</summary>
#
# One line: `J = ` the parameter times the input. Then return it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "forward_propagation"}
def forward_propagation(x, theta):
    """The cost of the linear model, J(theta) = theta * x.

    Args:
        x: the input, a number.
        theta: the parameter, a number.

    Returns:
        The cost J, a number.
    """
    ### BEGIN SOLUTION
    return theta * x
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "forward_propagation-check"} tags=["check"]
with checking("forward_propagation"):
    check("J", forward_propagation(2.0, 4.0), 8.0)
    check("J for a negative x", forward_propagation(-3.0, 0.5), -1.5)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-test", "points": 2}
verdict("forward_propagation")
### BEGIN HIDDEN TESTS
@hidden_cases("forward_propagation", cases=4, returns="J")
def _(case):
    x, theta = case.rng.uniform(0.5, 3.0, size=2) * [(1, 1), (-1, 1), (1, -1), (-1, -1)][case.index]
    case.call(forward_propagation, x, theta)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: backward_propagation
#
# Now the gradient, by calculus. How much does $J = \theta x$ grow when θ grows by one?
#
# <details><summary>Hint</summary>
#
# Treat `x` as a constant and differentiate with respect to θ.
# </details>
# <details><summary>Fuller hint</summary>
#
# J is a straight line in θ. Its slope does not depend on θ at all: it is the number that multiplies
# θ.
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation"}
def backward_propagation(x, theta):
    """The gradient of J(theta) = theta * x with respect to theta.

    Args:
        x: the input, a number.
        theta: the parameter, a number.

    Returns:
        dtheta, a number: the slope of J at theta.
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "backward_propagation-check"} tags=["check"]
with checking("backward_propagation"):
    check("dtheta", backward_propagation(2.0, 4.0), 2.0)
    check("dtheta for a negative x", backward_propagation(-3.0, 0.5), -3.0)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation-test", "points": 2}
verdict("backward_propagation")
### BEGIN HIDDEN TESTS
@hidden_cases("backward_propagation", cases=4, returns="dtheta")
def _(case):
    x, theta = case.rng.uniform(0.5, 3.0, size=2) * [(1, 1), (-1, 1), (1, -1), (-1, -1)][case.index]
    case.call(backward_propagation, x, theta)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: gradient_check
#
# Two small helpers first. `in_words` turns a difference into words (the three thresholds are
# explained further down). `call_with` calls a function while other functions stand in the place of
# the notebook's own. You need it because a straight line is too easy: its secant and its tangent
# are the same line, for every ε. With `call_with` you can check cubes and sines too.

# %% nbgrader={"locked": true, "grade_id": "small-helpers"}
def in_words(difference):
    """What a relative difference (a number) says, as text; for epsilon near 1e-7 and float64."""
    difference = float(np.squeeze(difference))
    if difference < 1e-7:
        return "below 1e-7: the two gradients agree"
    if difference < 1e-5:
        return (
            f"{difference:.1e}, between 1e-7 and 1e-5: probably right, "
            "but find out what disturbs it"
        )
    if difference < 1e-3:
        return f"{difference:.1e}, between 1e-5 and 1e-3: suspicious"
    return f"{difference:.3f}, above 1e-3: the gradients do not agree"


def call_with(replacements, function, *args, **kwargs):
    """Call a function while other functions stand in the place of the notebook's own.

    Args:
        replacements: a dictionary from the name to the function that stands in.
        function, *args, **kwargs: what to call, and with what.

    Returns:
        What the function returns. The notebook's own functions are back afterwards.
    """
    kept = {name: globals()[name] for name in replacements}
    globals().update(replacements)
    try:
        return function(*args, **kwargs)
    finally:
        globals().update(kept)

# %% [markdown]
# Now write the check itself. Five steps: two shifted parameters, two costs, their slope, the
# gradient from `backward_propagation`, the relative difference. Name the result `difference`: the
# given lines at the end return it.
#
# <details><summary>Hint</summary>
#
# Call `forward_propagation` and `backward_propagation`; do not write θx into the check. Shift θ,
# never x. `np.linalg.norm` works for a single number too, and gives its absolute value.
# </details>
# <details><summary>Fuller hint</summary>
#
# `theta_plus = theta + epsilon` makes a new number; `theta += epsilon` would change the caller's
# array, if θ is one. The slope is (cost at `theta_plus` minus cost at `theta_minus`), all of it
# divided by `(2 * epsilon)`; mind the brackets. The gradient is taken at θ itself. Below the
# fraction bar stand two norms with a plus between them, not the norm of a sum.
# </details>

# %% nbgrader={"solution": true, "grade_id": "gradient_check"}
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    """Compare backward_propagation with a slope that is measured by forward_propagation.

    It works for any pair forward_propagation(x, theta) and backward_propagation(x, theta), each
    returning a number: the hidden tests put other functions in their place, right and wrong ones.

    Args:
        x: the input, a number.
        theta: the parameter, a number (perhaps an array with one entry, which must come back
            unchanged).
        epsilon: the step to each side, a number.
        print_msg: True to print the verdict.

    Returns:
        difference, a number: |grad - gradapprox| / (|grad| + |gradapprox|), where grad is
        backward_propagation at theta and gradapprox the two-sided difference
        (J(theta + epsilon) - J(theta - epsilon)) / (2 * epsilon) of forward_propagation.
    """
    ### BEGIN SOLUTION
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    gap = np.linalg.norm(grad - gradapprox)
    difference = gap / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    ### END SOLUTION
    if print_msg:
        print(in_words(difference))
    return difference

# %% [markdown]
# The check below is the cube that you worked out by hand; the same cube with a slope that forgets
# the factor 3: then grad = 1, gradapprox = 3.01 and the difference is 2.01 / 4.01; and with the
# wrong sign, where it is 1.

# %% nbgrader={"locked": true, "grade_id": "gradient_check-check"} tags=["check"]
cube_slopes = {
    "right slope": (lambda x, theta: 3 * x * theta**2, 0.01 / 6.01),
    "factor 3 forgotten": (lambda x, theta: x * theta**2, 2.01 / 4.01),
    "wrong sign": (lambda x, theta: -3 * x * theta**2, 1),
}
cube = {"forward_propagation": lambda x, theta: x * theta**3}
cube_theta = np.array(1.0)
with checking("gradient_check", theta=cube_theta):
    for cube_name, (cube_slope, cube_difference) in cube_slopes.items():
        cube["backward_propagation"] = cube_slope
        cube_seen = call_with(cube, gradient_check, 1.0, cube_theta, 0.1)
        check(f"difference, {cube_name}", cube_seen, cube_difference)

# %% nbgrader={"grade": true, "grade_id": "gradient_check-test", "points": 8}
verdict("gradient_check")
### BEGIN HIDDEN TESTS
@hidden_cases("gradient_check", cases=7, returns="difference")
def _(case):
    x, theta = case.rng.uniform(0.6, 1.8, size=2)
    cost, slope, epsilon = [
        (lambda x, theta: x * theta**3, lambda x, theta: 3 * x * theta**2, 0.1),
        (lambda x, theta: np.sin(x + theta), lambda x, theta: -0.4 * np.cos(x + theta), 0.01),
        (lambda x, theta: np.exp(x * theta), lambda x, theta: 1.5 * x * np.exp(x * theta), 1e-3),
        (lambda x, theta: 1 / (x + theta), lambda x, theta: -1.3 / (x + theta) ** 2, 0.05),
        (lambda x, th: x * np.sin(3e6 * th), lambda x, th: 1.5e6 * x * np.cos(3e6 * th), None),
        (lambda x, theta: x**2 * theta**4, lambda x, theta: x * theta**3, 0.2),
        (lambda x, theta: theta**x + x * theta, lambda x, theta: x * theta ** (x - 1) + x, 0.15),
    ][case.index]
    using = {"forward_propagation": cost, "backward_propagation": slope}
    if case.index == 3:
        theta = np.array(theta)
    if case.index == 6:
        x, theta = int(case.rng.integers(3, 6)), int(case.rng.integers(2, 4))
    if epsilon is None:
        case.call(gradient_check, x, theta, using=using)
    elif case.index % 2:
        case.call(gradient_check, x, theta, epsilon=epsilon, using=using)
    else:
        case.call(gradient_check, x, theta, epsilon, using=using)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: your own pair, and three wrong slopes
#
# Each wrong slope below is the right one times a factor. Look at the numbers: the difference *tells
# you the factor*.

# %% tags=["demo"]
if ready("forward_propagation", "backward_propagation", "gradient_check"):
    print("your pair:   ", in_words(gradient_check(2.0, 4.0)))
    for wrong_factor in (2.0, 0.5, 1.5, -1.0):
        scaled_slope = {"backward_propagation": lambda x, theta: wrong_factor * x}
        wrong_difference = call_with(scaled_slope, gradient_check, 2.0, 4.0)
        print(f"factor {wrong_factor:4}: ", in_words(wrong_difference))

# %% [markdown]
# If grad is $c$ times the true slope, with $c > 0$, the difference is $r = |c-1|/(c+1)$. Turned
# round: $c = (1+r)/(1-r)$, or one over that. So 1/3 smells of a factor 2 or ½; 1/5 of 1.5 or ⅔; and
# 1 means the wrong sign, or that one gradient is nothing beside the other. Keep that in mind for
# part 3.
#
# ## Part 2: a whole network
#
# Now a real network: LINEAR → RELU → LINEAR → RELU → LINEAR → SIGMOID, with 4 inputs, hidden layers
# of 5 and 3 units, and one output. It has 47 parameters in six blocks. To check them all, lay them
# out in one long column θ.
#
# | block | shape | rows of θ |
# |---|---|---|
# | `W1` | (5, 4) | 0 – 19 |
# | `b1` | (5, 1) | 20 – 24 |
# | `W2` | (3, 5) | 25 – 39 |
# | `b2` | (3, 1) | 40 – 42 |
# | `W3` | (1, 3) | 43 – 45 |
# | `b3` | (1, 1) | 46 |
# | **θ** | **(47, 1)** | |
#
# The next cell is given: the forward pass, and three functions that pack and unpack.
# `dictionary_to_vector` returns a new array, so you may write into it. Mind the last function: it
# picks the gradients in the order of the table, whatever else the dictionary holds and in whatever
# order.

# %% nbgrader={"locked": true, "grade_id": "network-helpers"}
def sigmoid(x):
    """1 / (1 + exp(-x)), entry by entry."""
    return 1 / (1 + np.exp(-x))


def relu(x):
    """max(0, x), entry by entry."""
    return np.maximum(0, x)


def forward_propagation_n(X, Y, parameters):
    """Forward pass and cost of LINEAR, RELU, LINEAR, RELU, LINEAR, SIGMOID.

    Args:
        X: inputs, shape (4, m).
        Y: labels 0 or 1, shape (1, m).
        parameters: W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1).

    Returns:
        (cost, cache): the mean cross-entropy in nats, a number; and the tuple
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    cost = -np.mean(np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3), axis=0))
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


PARAMETER_SHAPES = {
    "W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1),
}  # fmt: skip


def dictionary_to_vector(parameters):
    """All parameters in one column.

    Returns:
        (theta, keys): a new array of shape (47, 1), and a list that names the block of each of its
        47 rows.
    """
    theta = np.concatenate([parameters[name].reshape(-1, 1) for name in PARAMETER_SHAPES])
    keys = [name for name in PARAMETER_SHAPES for _ in range(parameters[name].size)]
    return theta, keys


def vector_to_dictionary(theta):
    """The way back: a column theta of shape (47, 1) becomes the dictionary of the six blocks."""
    parameters, start = {}, 0
    for name, shape in PARAMETER_SHAPES.items():
        stop = start + shape[0] * shape[1]
        parameters[name] = theta[start:stop].reshape(shape).copy()
        start = stop
    return parameters


def gradients_to_vector(gradients):
    """dW1, db1, dW2, db2, dW3, db3 in one column of shape (47, 1); other keys are left out."""
    return np.concatenate([gradients["d" + name].reshape(-1, 1) for name in PARAMETER_SHAPES])

# %% [markdown]
# ### Exercise: gradient_check_n
#
# The same idea, 47 times. For each row $i$ shift **only** $\theta_i$, once up and once down, and
# leave the other 46 alone:
#
# $$
# \text{gradapprox}_i = \frac{
# J(\theta_1,\dots,\theta_i+\varepsilon,\dots) - J(\theta_1,\dots,\theta_i-\varepsilon,\dots)
# }{2\,\varepsilon}
# $$
#
# Then compare the two columns, `grad` and `gradapprox`, by one relative difference, and name it
# `difference` again.
#
# <details><summary>Hint</summary>
#
# Pack the parameters into `theta`, loop over its rows, and in each turn start from two fresh
# copies: `np.copy(theta)`. `forward_propagation_n` wants a dictionary, so unpack each shifted copy.
# It returns two things; you need the first.
# </details>
# <details><summary>Fuller hint</summary>
#
# Make `gradapprox` an array of the same shape as `grad`, (47, 1). NumPy subtracts shape (47,) from
# (47, 1) without a word and gives (47, 47). Inside the loop: two copies,
# `theta_plus[i] += epsilon`, `theta_minus[i] -= epsilon`, two costs, one entry of `gradapprox`.
# After the loop, not in it: the three norms.
# </details>

# %% nbgrader={"solution": true, "grade_id": "gradient_check_n"}
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    """Compare the gradients of a network with slopes that are measured by forward_propagation_n.

    It works for any cost of these 47 parameters: the hidden tests put other functions in the place
    of forward_propagation_n, and hand in gradients that are right or wrong.

    Args:
        parameters: W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1). They come back
            unchanged.
        gradients: dW1, db1, … of the same shapes, among other keys (dZ3, dA2, …) and in any order.
        X: inputs, shape (4, m).
        Y: labels, shape (1, m).
        epsilon: the step to each side, a number.
        print_msg: True to print the verdict.

    Returns:
        difference, a number: ||grad - gradapprox|| / (||grad|| + ||gradapprox||), where both are
        columns of shape (47, 1) and ||.|| is the square root of the sum of all squared entries.
    """
    ### BEGIN SOLUTION
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        theta_plus = np.copy(theta)
        theta_plus[i] += epsilon
        theta_minus = np.copy(theta)
        theta_minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    gap = np.linalg.norm(grad - gradapprox)
    difference = gap / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    ### END SOLUTION
    if print_msg:
        print(in_words(difference))
    return difference

# %% [markdown]
# The first check is your worked example, 47 times over: the cost is the sum of the cubes of all
# parameters, every parameter is 1, every gradient is 3. The second uses the real network with
# nonsense gradients (each block's gradient is the block itself) and a large step. Nonsense is good
# for testing: the difference is then a precise number, not rounding noise.

# %% nbgrader={"locked": true, "grade_id": "gradient_check_n-check"} tags=["check"]
cubes = {
    "forward_propagation_n": lambda X, Y, p: (sum(np.sum(p[name] ** 3) for name in p), ()),
}
cubes_at = {name: np.ones(shape) for name, shape in PARAMETER_SHAPES.items()}
cubes_slopes = {"d" + name: 3 * block for name, block in cubes_at.items()}
cubes_XY = np.ones((4, 2)), np.ones((1, 2))

waves = {}
for wave_name, wave_shape in PARAMETER_SHAPES.items():
    waves[wave_name] = np.sin(1 + np.arange(np.prod(wave_shape))).reshape(wave_shape)
wave = {
    "parameters": waves,
    "gradients": {"d" + name: block.copy() for name, block in reversed(waves.items())},
    "X": np.cos(np.arange(12)).reshape(4, 3),
    "Y": np.array([[1, 0, 1]]),
}
with checking("gradient_check_n", **wave):
    cubes_seen = call_with(cubes, gradient_check_n, cubes_at, cubes_slopes, *cubes_XY, epsilon=0.1)
    check("difference, cubes", cubes_seen, 0.01 / 6.01)
    wave_seen = gradient_check_n(*wave.values(), epsilon=0.01)
    check("difference, network", wave_seen, 0.72544481)

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-test", "points": 12}
verdict("gradient_check_n")
### BEGIN HIDDEN TESTS
@hidden_cases("gradient_check_n", cases=6, returns="difference")
def _(case):
    m = [5, 1, 3, 2, 6, 7][case.index]
    rng = case.rng
    X, Y = rng.standard_normal((4, m)), rng.integers(0, 2, (1, m))
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    parameters = {name: 0.6 * rng.standard_normal(shape) for name, shape in shapes.items()}
    weight = 1 + np.mean(X**2)

    def cubes(X, Y, p):
        return sum(np.sum(p[name] ** 3) for name in p) * (1 + np.mean(X**2)), ()

    def fast_waves(X, Y, p):
        return sum(np.sum(np.sin(3e6 * p[name])) for name in p) * (1 + np.mean(X**2)), ()

    costs = {"network": None, "cubes": cubes, "waves": fast_waves}
    kind = ["network", "network", "cubes", "cubes", "waves", "network"][case.index]
    epsilon = [0.01, 0.1, 0.1, 0.03, None, 1e-3][case.index]
    gradients = {}
    for layer, units in ((3, 1), (2, 3), (1, 5)):
        gradients[f"dZ{layer}"] = rng.standard_normal((units, m))
        for name in (f"W{layer}", f"b{layer}"):
            block = parameters[name]
            gradients["d" + name] = {
                "network": 0.2 * rng.standard_normal(block.shape),
                "cubes": 3 * weight * block**2,
                "waves": 1.4e6 * weight * np.cos(3e6 * block),
            }[kind]
        if layer > 1:
            gradients[f"dA{layer - 1}"] = rng.standard_normal(((0, 5, 3)[layer - 1], m))
    if case.index == 3:
        gradients["dW3"] = -gradients["dW3"]
        gradients["db2"] = 2 * gradients["db2"]
    using = None if kind == "network" else {"forward_propagation_n": costs[kind]}
    if epsilon is None:
        case.call(gradient_check_n, parameters, gradients, X, Y, using=using)
    elif case.index % 2:
        case.call(gradient_check_n, parameters, gradients, X, Y, epsilon, using=using)
    else:
        case.call(gradient_check_n, parameters, gradients, X, Y, epsilon=epsilon, using=using)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: two faults
#
# A colleague hands you this backward pass. It has the right shapes, runs without a warning, and
# trains. It also has **two faults**. Each is a wrong factor in one line. Do not hunt for them with
# your eyes yet: let the instrument work.

# %% nbgrader={"locked": true, "grade_id": "draft"}
def backward_propagation_n_draft(X, Y, cache):
    """Backward pass of the network of forward_propagation_n. Two of its lines are wrong."""
    n, m = X.shape
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache

    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m

    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / (2 * m)
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / n

    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3,
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }


def small_network():
    """A small network with six examples: (X, Y, parameters), always the same."""
    rng = np.random.default_rng(3)
    X, Y = rng.standard_normal((4, 6)), rng.integers(0, 2, (1, 6))
    return X, Y, {name: rng.standard_normal(shape) for name, shape in PARAMETER_SHAPES.items()}


suspect_X, suspect_Y, suspect_parameters = small_network()
suspect_cost, suspect_cache = forward_propagation_n(suspect_X, suspect_Y, suspect_parameters)
suspect_gradients = backward_propagation_n_draft(suspect_X, suspect_Y, suspect_cache)

# %% [markdown]
# ### Experiment: is it wrong?

# %% tags=["demo"]
if ready("gradient_check_n"):
    suspect_difference = gradient_check_n(
        suspect_parameters, suspect_gradients, suspect_X, suspect_Y
    )
    print("the draft:", in_words(suspect_difference))

# %% [markdown]
# It is wrong. But one number for 47 parameters does not say *where*. For that, check one block at a
# time. You need the slopes of a cost that depends on one block, of whatever shape.
#
# ### Exercise: two_sided_difference ★
#
# Write the measuring part once more, for any function of any array. It is ten lines, and you will
# use it for years: it checks the gradient of a layer, a loss, a filter, whatever you write next.
#
# <details><summary>Hint</summary>
#
# `for place in np.ndindex(x.shape):` walks over all index tuples of an array of any shape;
# `x[place]` is one entry. For an array of shape (), it gives one empty tuple, and `x[()]` works.
# </details>
# <details><summary>Fuller hint</summary>
#
# Begin with `x = np.array(x, dtype=float)`. That is a copy, it is an array even if x was a number,
# and its entries are floats even if x held integers: an integer array would round the step away.
# Copy again for each entry that you shift.
# </details>

# %% nbgrader={"solution": true, "grade_id": "two_sided_difference"}
def two_sided_difference(f, x, epsilon=1e-7):
    """The gradient of f at x, measured entry by entry from both sides.

    Args:
        f: a function that takes an array of floats of the shape of x and returns a number.
        x: an array of any shape, of floats or integers; or a number. It comes back unchanged.
        epsilon: the step to each side, a number.

    Returns:
        An array of floats of the shape of x: at each place (f(x with epsilon added there)
        - f(x with epsilon taken away there)) / (2 * epsilon).
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus = x.copy()
        plus[place] += epsilon
        minus = x.copy()
        minus[place] -= epsilon
        slopes[place] = (f(plus) - f(minus)) / (2 * epsilon)
    return slopes
    ### END SOLUTION

# %% [markdown]
# Sum of cubes: the gradient is 3x², and the two-sided difference is 3x² + ε², as in the example
# worked by hand. For a product of the entries the step cancels too.

# %% nbgrader={"locked": true, "grade_id": "two_sided_difference-check"} tags=["check"]
sides_x = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])
with checking("two_sided_difference", x=sides_x):
    sides_cubes = two_sided_difference(lambda x: np.sum(x**3), sides_x, 0.5)
    check("slopes of a sum of cubes", sides_cubes, [[3.25, 12.25, 27.25], [48.25, 75.25, 108.25]])
    sides_product = two_sided_difference(np.prod, np.array([2, 3, 5]), 0.25)
    check("slopes of a product, integers", sides_product, [15, 10, 6])
    check("slope at a number", two_sided_difference(lambda x: 7 * x, 3, 0.25), 7)

# %% nbgrader={"grade": true, "grade_id": "two_sided_difference-test", "points": 6}
verdict("two_sided_difference")
### BEGIN HIDDEN TESTS
@hidden_cases("two_sided_difference", cases=6, returns="slopes")
def _(case):
    shape = [(5,), (2, 3), (), (3, 2, 4), (1, 6), (4,)][case.index]
    x = np.array(case.rng.standard_normal(shape))
    if case.index == 5:
        x = case.rng.integers(-4, 5, size=shape)
    weight = case.rng.uniform(0.5, 2.0, size=shape)

    def cubic(x):
        return np.sum(weight * x**3) + np.sum(x) ** 3

    def fast_wave(x):
        return np.sum(weight * np.sin(3e6 * x))

    if case.index == 4:
        case.call(two_sided_difference, fast_wave, x)
    elif case.index % 2:
        case.call(two_sided_difference, cubic, x, [0.2, 0.1, 0.3][case.index // 2])
    else:
        case.call(two_sided_difference, cubic, x, epsilon=[0.1, 0.4][case.index // 2])
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: where is it wrong?
#
# One bar for each block: the relative difference between the block's gradient and its measured
# slopes. The axis is logarithmic, because right and wrong lie many powers of ten apart. The step is
# 1e-5: part 4 will show why that is sharper than 1e-7.

# %% tags=["demo"]
if ready("two_sided_difference"):

    def block_differences(X, Y, parameters, gradients, epsilon=1e-5):
        """The relative difference of each block of a gradient: {"W1": a number, "b1": …}."""
        differences = {}
        for name in PARAMETER_SHAPES:

            def cost(block):
                return forward_propagation_n(X, Y, {**parameters, name: block})[0]

            grad = gradients["d" + name]
            slopes = two_sided_difference(cost, parameters[name], epsilon)
            gap, *sizes = (np.sqrt(np.sum(v**2)) for v in (grad - slopes, grad, slopes))
            differences[name] = gap / sum(sizes)
        return differences

    def draw_blocks(differences, title):
        """One bar for each block, on a logarithmic axis; those above 1e-3 are red and hatched."""
        figure, axes = plt.subplots(figsize=(7, 3.8))
        for name, value in differences.items():
            wrong = value > 1e-3
            look = {"color": plots.RED, "hatch": "//"} if wrong else {"color": plots.BLUE}
            bar = axes.bar(name, value, edgecolor="white", **look)
            label = f"{value:.3f}" if wrong else f"{value:.0e}"
            axes.bar_label(bar, [label], padding=2, fontsize=10)
        axes.axhline(1e-7, color=plots.BLACK, linestyle="--", linewidth=1)
        axes.text(5.45, 1.4e-7, "1e-7", ha="right")
        axes.set(xlabel="block of parameters", ylabel="relative difference", title=title)
        axes.set(yscale="log", ylim=(1e-13, 10))
        high = [f"{name} ({value:.2f})" for name, value in differences.items() if value > 1e-3]
        low = [name for name, value in differences.items() if value < 1e-7]
        plots.show(
            figure,
            alt="Bars on a logarithmic axis, one for each block. "
            f"Above 1e-3: {', '.join(high) or 'none'}. Below 1e-7: {', '.join(low) or 'none'}.",
        )

    draw_blocks(
        block_differences(suspect_X, suspect_Y, suspect_parameters, suspect_gradients),
        "the draft, block by block",
    )

# %% [markdown]
# Two bars stand out by nine powers of ten, and the other four acquit their lines. The height of
# each bar also tells the factor, up to turning it over: $c = (1+r)/(1-r)$.
#
# ### Exercise: backward_propagation_n
#
# Now look at the two lines, and only at those. Copy the body of `backward_propagation_n_draft` and
# mend it.
#
# | gradient | shape in this network | formula |
# |---|---|---|
# | `dZ3` | (1, m) | $A_3 - Y$ |
# | `dW3`, `db3` | (1, 3), (1, 1) | $\frac1m\, dZ_3 A_2^T$ and $\frac1m \sum dZ_3$ over the examples |
# | `dA2`, `dZ2` | (3, m) | $W_3^T dZ_3$, and that where $Z_2 > 0$, else 0 |
# | `dW2`, `db2` | (3, 5), (3, 1) | $\frac1m\, dZ_2 A_1^T$ and $\frac1m \sum dZ_2$ over the examples |
# | `dA1`, `dZ1` | (5, m) | $W_2^T dZ_2$, and that where $Z_1 > 0$, else 0 |
# | `dW1`, `db1` | (5, 4), (5, 1) | $\frac1m\, dZ_1 X^T$ and $\frac1m \sum dZ_1$ over the examples |
#
# <details><summary>Hint</summary>
#
# Compare each red bar's line with the same line of another layer. They should be twins.
# </details>
# <details><summary>Fuller hint</summary>
#
# Both faults are divisors. Every weight and bias gradient here is a mean over the examples, so each
# is divided once, by the number of examples. In which line does a second factor creep in? In which
# line is it the number of something else?
# </details>

# %% nbgrader={"solution": true, "grade_id": "backward_propagation_n"}
def backward_propagation_n(X, Y, cache):
    """Backward pass of LINEAR, RELU, LINEAR, RELU, LINEAR, SIGMOID with the mean cross-entropy.

    It works for layers of any size: n_x inputs, n1 and n2 hidden units, n_y outputs, m examples.

    Args:
        X: inputs, shape (n_x, m).
        Y: labels 0 or 1, shape (n_y, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) from forward_propagation_n, where
            Z and A of a layer have shape (n, m), W (n, n of the layer before) and b (n, 1).

    Returns:
        gradients: a dictionary with dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1, each of
        the shape of what it is the gradient of.
    """
    ### BEGIN SOLUTION
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
        "dZ3": dZ3, "dW3": dW3, "db3": db3,
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }
    ### END SOLUTION

# %% [markdown]
# The check is an example in round numbers: one input, layers of 4, 3 and 5 units, two examples, and
# some units switched off. (The cache is made up, to keep the numbers simple; the backward pass
# takes it as it comes.)

# %% nbgrader={"locked": true, "grade_id": "backward_propagation_n-check"} tags=["check"]
round_X, round_Y = np.array([[2.0, -1.0]]), np.array([[1, 0], [0, 1], [1, 1], [0, 0], [1, 0]])
round_Z1 = np.array([[1.0, 2], [3, -1], [-2, 1], [4, -3]])
round_Z2 = np.array([[2.0, -1], [1, 3], [-2, 1]])
round_A3 = np.array([[0.5, 0.25], [0.75, 0.5], [0.25, 0.75], [0.5, 0.5], [0.75, 0.25]])
round_W2 = np.array([[1.0, -1, 0, 2], [0, 1, 1, -1], [2, 0, -1, 1]])
round_W3 = np.array([[1.0, 0, -1], [0, 2, 1], [1, -1, 0], [2, 0, 1], [0, 1, -2]])
round_cache = (
    round_Z1, relu(round_Z1), np.ones((4, 1)), np.zeros((4, 1)),
    round_Z2, relu(round_Z2), round_W2, np.zeros((3, 1)),
    np.log(round_A3 / (1 - round_A3)), round_A3, round_W3, np.zeros((5, 1)),
)  # fmt: skip
round_gradients = {
    "dZ3": [[-0.5, 0.25], [0.75, -0.5], [-0.75, -0.25], [0.5, 0.5], [-0.25, 0.25]],
    "dW3": [[-0.5, 0.125, 0.125], [0.75, -0.375, -0.25], [-0.75, -0.75, -0.125],
            [0.5, 1, 0.25], [-0.25, 0.25, 0.125]],
    "db3": [[-0.125], [0.125], [-0.5], [0.5], [0]],
    "dA2": [[-0.25, 1], [2, -0.5], [2.25, -0.75]], "dZ2": [[-0.25, 0], [2, -0.5], [0, -0.75]],
    "dW2": [[-0.125, -0.375, 0, -0.5], [0.5, 3, -0.25, 4], [-0.75, 0, -0.375, 0]],
    "db2": [[-0.125], [0.75], [-0.375]],
    "dA1": [[-0.25, -1.5], [2.25, -0.5], [2, 0.25], [-2.5, -0.25]],
    "dZ1": [[-0.25, -1.5], [2.25, 0], [0, 0.25], [-2.5, 0]],
    "dW1": [[0.5], [2.25], [-0.125], [-2.5]], "db1": [[-0.875], [1.125], [0.125], [-1.25]],
}  # fmt: skip
with checking("backward_propagation_n", X=round_X, Y=round_Y, cache=round_cache):
    round_seen = backward_propagation_n(round_X, round_Y, round_cache)
    for round_name, round_gradient in round_gradients.items():
        check(round_name, round_seen[round_name], round_gradient)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-test", "points": 10}
verdict("backward_propagation_n")
### BEGIN HIDDEN TESTS
@hidden_cases("backward_propagation_n", cases=6, returns="gradients", extra_keys=True)
def _(case):
    rng = case.rng
    m, n_x, n1, n2, n_y = [
        (7, 4, 5, 3, 1), (3, 4, 5, 3, 1), (1, 4, 5, 3, 1),
        (5, 2, 6, 4, 3), (6, 3, 2, 1, 1), (8, 1, 4, 2, 1),
    ][case.index]
    X, Y = rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m))
    A, cache = X, ()
    for rows, columns in [(n1, n_x), (n2, n1), (n_y, n2)]:
        W, b = rng.standard_normal((rows, columns)), rng.uniform(-0.2, 1.0, (rows, 1))
        Z = W @ A + b
        A = np.maximum(0, Z) if len(cache) < 8 else 1 / (1 + np.exp(-Z))
        cache += (Z, A, W, b)
    case.call(backward_propagation_n, X, Y, cache)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: is it right now?

# %% tags=["demo"]
if ready("gradient_check_n", "two_sided_difference", "backward_propagation_n"):
    mended_gradients = backward_propagation_n(suspect_X, suspect_Y, suspect_cache)
    mended = suspect_parameters, mended_gradients, suspect_X, suspect_Y
    print("mended:", in_words(gradient_check_n(*mended)))
    mended_blocks = block_differences(suspect_X, suspect_Y, suspect_parameters, mended_gradients)
    for mended_name, mended_value in mended_blocks.items():
        print(f"  {mended_name}: {in_words(mended_value)}")

# %% [markdown]
# ## Part 4: why 1e-7? ★
#
# Why is ε so small, and why is 1e-7 the line between right and wrong? Measure it. Take a function
# whose slope we know exactly, $J(\theta) = e^\theta$ with $J' = e^\theta$, and shrink ε from 1 to
# 1e-15. Two things fight.
#
# * **Truncation.** The secant is not the tangent. The relative error is ε/2 one-sided and ε²/6
#   two-sided. On log-log axes these are straight lines of slope 1 and 2. A *smaller* ε is better.
# * **Rounding.** A double has about 16 digits. Machine epsilon, the gap between 1 and the next
#   double, is $\epsilon_\text{mach} \approx 2.2\cdot10^{-16}$. The two costs are almost equal, so
#   their difference keeps few digits, and dividing by ε magnifies the noise to about
#   $\epsilon_\text{mach}/\varepsilon$. A *larger* ε is better.
#
# The best ε lies where the two lines meet. One-sided:
# $\varepsilon/2 = \epsilon_\text{mach}/\varepsilon$, so
# $\varepsilon=\sqrt{2\,\epsilon_\text{mach}} \approx 2\cdot10^{-8}$. Two-sided:
# $\varepsilon^2/6 = \epsilon_\text{mach}/\varepsilon$, so
# $\varepsilon = \sqrt[3]{6\,\epsilon_\text{mach}} \approx 1.1\cdot10^{-5}$: near the *cube root* of
# machine epsilon.

# %% tags=["demo"]
sweep_steps = 10.0 ** -np.arange(0, 16)
sweep_theta = np.random.default_rng(1).uniform(0.5, 1.5, 501)
sweep_J = np.exp(sweep_theta)
one_sided_error, two_sided_error = [], []
for e in sweep_steps:
    sweep_plus, sweep_minus = np.exp(sweep_theta + e), np.exp(sweep_theta - e)
    one_sided_error.append(np.median(np.abs((sweep_plus - sweep_J) / e / sweep_J - 1)))
    two_sided_error.append(np.median(np.abs((sweep_plus - sweep_minus) / (2 * e) / sweep_J - 1)))
sweep_slopes, sweep_best = [], []
for errors in (one_sided_error, two_sided_error):
    sweep_slopes.append(np.polyfit(np.log10(sweep_steps[1:5]), np.log10(errors[1:5]), 1)[0])
    sweep_best.append(sweep_steps[np.argmin(errors)])
print(
    "slope on the log-log plot, 1e-4 to 1e-1: "
    f"one-sided {sweep_slopes[0]:.2f}, two-sided {sweep_slopes[1]:.2f}"
)
print(
    "best power of ten for epsilon:           "
    f"one-sided {sweep_best[0]:.0e}, two-sided {sweep_best[1]:.0e}"
)

sweep_figure, sweep_axes = plt.subplots(figsize=(7.5, 4.8))
sweep_axes.loglog(
    sweep_steps, one_sided_error, "^-", color=plots.RED, markersize=5, label="one-sided"
)
sweep_axes.loglog(
    sweep_steps, two_sided_error, "o-", color=plots.BLUE, markersize=5, label="two-sided"
)
sweep_floor = np.finfo(float).eps / sweep_steps
sweep_axes.loglog(
    sweep_steps, sweep_floor, ":", color=plots.BLACK, label="rounding floor, ε_mach / ε"
)
for errors, text, offset, side, colour in (
    (one_sided_error, "best one-sided step, 1e-8", (-10, -16), "right", plots.RED),
    (two_sided_error, "best two-sided step, 1e-5", (16, -7), "left", plots.BLUE),
):
    sweet = sweep_steps[np.argmin(errors)], np.min(errors)
    sweep_axes.plot(*sweet, "*", color=plots.ORANGE, markeredgecolor=colour, markersize=17)
    beside = {"xytext": offset, "textcoords": "offset points", "ha": side}
    sweep_axes.annotate(text, sweet, color=colour, **beside)
sweep_axes.text(2e-4, 1e-3, "slope 1", color=plots.RED, ha="right")
sweep_axes.text(2.5e-3, 2e-7, "slope 2", color=plots.BLUE, ha="left")
sweep_axes.axvline(1e-7, color=plots.GREEN, linestyle="--", linewidth=1)
sweep_axes.text(1.3e-7, 0.3, "ε = 1e-7", color=plots.GREEN)
sweep_axes.set(xlabel="step ε", ylabel="median relative error", ylim=(5e-13, 3))
sweep_axes.legend(loc="upper center", bbox_to_anchor=(0.34, 0.98))
plots.show(
    sweep_figure,
    alt="Error of the measured slope against the step, both axes logarithmic. From the right, the "
    "one-sided error falls with slope 1 to about 1e-8 at a step of 1e-8, the two-sided error with "
    "slope 2 to about 1e-11 at a step of 1e-5. To the left of that both rise again along the "
    "rounding floor, machine epsilon divided by the step.",
)

# %% [markdown]
# Read the figure at ε = 1e-7. The two-sided error there is about 5e-10, all of it rounding. A
# network is noisier, because its slopes are small beside its cost: over a thousand random draws of
# ours, the right gradient mostly gave differences from 1e-9 to 1e-8. That is why 1e-7 makes a good
# line. In nine draws of ten a right gradient stays below it, and a wrong *formula* is almost never
# that close. (In the tenth the network is very sure of a wrong answer: $A_3$ is so near 1 that
# $1 - A_3$ has few digits left, and so has the cost.) Costs that are large beside their slopes come
# nearer to the line; some people draw it at 2e-7 for that reason.
#
# | difference | at ε ≈ 1e-7, in double precision |
# |---|---|
# | below 1e-7 | the gradients agree: nothing but rounding is left |
# | 1e-7 to 1e-5 | probably right; something disturbs the measurement: a kink, a tiny gradient, a huge cost |
# | 1e-5 to 1e-3 | suspicious; look block by block |
# | above 1e-3 | wrong, nearly always: by a factor $c$ with $\lvert c-1\rvert/(c+1)$ = difference, or in a small block only |
#
# Three points that are often told too loosely:
#
# * **1e-7 is a rule of thumb, not a law.** It presumes ε near 1e-7 and double precision. With ε =
#   1e-5 the network above is measured almost a hundred times more sharply, and the line could stand
#   at 1e-9. With ε = 1e-2 a right gradient fails.
# * **The two 1e-7 are different things.** One is a step, the other a verdict. They are equal by
#   habit.
# * **One number for the whole vector hides small blocks.** If a block holds a thousandth of the
#   gradient's length and is wrong by a factor 2, the difference is only about 5e-4. Look block by
#   block.
#
# ### Experiment: the network at every ε, in double and in single precision

# %% tags=["demo"]
if ready("gradient_check_n", "backward_propagation_n"):
    precision_steps = 10.0 ** -np.arange(0, 12)
    precision_curves = {}
    for precision in (np.float64, np.float32):
        precise_X, precise_Y = suspect_X.astype(precision), suspect_Y.astype(precision)
        precise = {name: block.astype(precision) for name, block in suspect_parameters.items()}
        precise_cache = forward_propagation_n(precise_X, precise_Y, precise)[1]
        precise_gradients = backward_propagation_n(precise_X, precise_Y, precise_cache)
        precise_all = precise, precise_gradients, precise_X, precise_Y
        precision_curves[precision.__name__] = [
            gradient_check_n(*precise_all, epsilon=step) for step in precision_steps
        ]
    for precision_name, precision_curve in precision_curves.items():
        print(
            f"{precision_name}: below 1e-7 for some epsilon: {min(precision_curve) < 1e-7}; "
            f"at epsilon = 1e-7: {precision_curve[7] < 1e-7}"
        )

    precision_figure, precision_axes = plt.subplots(figsize=(7.5, 4.4))
    for name, marker, colour in (("float64", "o-", plots.BLUE), ("float32", "s--", plots.RED)):
        precision_curve = np.maximum(precision_curves[name], 1e-13)
        precision_axes.loglog(
            precision_steps, precision_curve, marker, color=colour, label=f"{name}, right gradient"
        )
    precision_axes.axhline(1e-7, color=plots.BLACK, linestyle=":", linewidth=1.5)
    precision_axes.text(1.2e-11, 1.6e-7, "1e-7")
    precision_axes.annotate(
        "kinks of ReLU", (0.1, precision_curves["float64"][1]), xytext=(2e-2, 2e-8), ha="center",
        arrowprops={"arrowstyle": "->", "color": plots.BLACK},
    )  # fmt: skip
    precision_axes.set(xlabel="step ε", ylabel="relative difference")
    precision_axes.legend(loc="lower left")
    plots.show(
        precision_figure,
        alt="Relative difference of the right gradient against the step, both axes logarithmic. In "
        "float64 it falls from near 1 at step 1 to below 1e-10 at step 1e-5, jumping at step 0.1 "
        "where kinks are crossed, and rises again to about 1e-4 at 1e-11. It is below 1e-7 from "
        "about 1e-4 to 1e-8. In float32 it never comes near 1e-7: at best it lies between 1e-5 and "
        "1e-3, at step 1e-7 it is near 1.",
    )

# %% [markdown]
# The gradient is right at every point of this figure. Only the *measurement* changes. In float32,
# which deep-learning libraries use by default, no ε passes. The cost is near 0.6, where
# neighbouring float32 numbers lie 6e-8 apart, and with ε = 1e-7 the two costs of every one of the
# 47 slopes differ by less than that: what is measured is rounding alone. **Check in float64, then
# train in float32.**
#
# ### Experiment: two more right gradients that fail
#
# * A **kink**. ReLU has a corner at 0. If the step crosses it, the secant sees both sides: neither
#   slope, but a mixture. Here z = 3e-8 and ε = 1e-7. The cure is a smaller step, or other data; not
#   a softer line.
# * A **minimum**. The slope is almost zero, so the rounding noise of the cost,
#   $\epsilon_\text{mach}\,|J|/\varepsilon$, is large beside it. So check at random parameters, and
#   not at the end of the training.

# %% tags=["demo"]
if ready("gradient_check"):
    kink_pair = {
        "forward_propagation": lambda x, theta: max(0.0, x * theta),
        "backward_propagation": lambda x, theta: x if x * theta > 0 else 0.0,
    }
    bowl_pair = {
        "forward_propagation": lambda x, theta: 1 + x * theta**2,
        "backward_propagation": lambda x, theta: 2 * x * theta,
    }
    for odd_name, odd_pair, odd_theta, odd_step in (
        ("kink, epsilon 1e-7:   ", kink_pair, 3e-8, 1e-7),
        ("kink, epsilon 1e-8:   ", kink_pair, 3e-8, 1e-8),
        ("far from the minimum: ", bowl_pair, 0.5, 1e-7),
        ("near the minimum:     ", bowl_pair, 1e-6, 1e-7),
        ("  with a larger step: ", bowl_pair, 1e-6, 1e-2),
    ):
        odd_difference = call_with(odd_pair, gradient_check, 1.0, odd_theta, odd_step)
        print(odd_name, in_words(odd_difference))

# %% [markdown]
# ## Mistakes that most people make
#
# * **`theta_plus = theta`.** That is a second name, not a copy. Symptom: the check of a gradient
#   that you trust gives 1/3, because only one of the two costs is shifted; or 1, because both costs
#   are the same. Write `np.copy(theta)` inside the loop.
# * **A flat array against a column.** `grad` has shape (47, 1), `gradapprox` has (47,). NumPy
#   subtracts them into a (47, 47) table and says nothing. Symptom: the difference is larger than 1,
#   which it cannot be (4.8 for the network above, right gradient or wrong). Print the shapes before
#   the norm.
# * **Dropout left on, or a term left out.** With dropout each call of the forward pass draws new
#   masks, so the two costs belong to two different networks. Symptom: the difference is 1.000 for
#   every gradient, because the measured slopes are then in the hundreds of thousands. Switch
#   dropout off while you check. And if the cost has an L2 term, the gradient needs its term too:
#   the check sees the difference.
#
# And one of habit: a check costs two forward passes *for each parameter*. That is 94 here and two
# million for a network of a million parameters. Use it to find faults, on a small network; then
# switch it off and train.
#
# ## Recap
#
# 1. Two costs and a division measure a slope without calculus; two-sided, the error shrinks like ε².
# 2. Compare by the relative difference of the two vectors: three norms, between 0 and 1.
# 3. The size of the difference speaks: $|c-1|/(c+1)$ for a factor $c$. Look block by block to find
#    the line.
# 4. Truncation wants a small ε, rounding a large one; two-sided, the best lies near 1e-5.
# 5. Below 1e-7 means right for ε near 1e-7 in float64. Kinks, minima and float32 spoil right
#    gradients.
#
# **To think about.** Run the check of the draft on four examples instead of six:
# `suspect_X[:, :4]`, `suspect_Y[:, :4]`. One of the two faults passes. Why? What does that say
# about the shapes of good test data?
#
# **Read on.** Nocedal and Wright, *Numerical Optimization*, 2nd edition, section 8.1, on finite
# differences and the choice of ε. Goodfellow, Bengio and Courville, *Deep Learning*, section 11.5,
# on debugging strategies. The notes of Stanford's CS231n, "Gradient checks", on kinks and
# thresholds. Squire and Trapp, "Using complex variables to estimate derivatives of real functions",
# SIAM Review 40 (1998): a measured slope without a subtraction, and so without the noise.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
