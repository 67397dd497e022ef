# %% [markdown]
# # Logistic regression: one neuron looks at cats
#
# A deep network is many neurons. This lesson builds **one**, by hand, and sets it to work: it gets
# a picture and answers with the probability that a cat is in it. All that a deep network does later
# is here already: a cost, a gradient, a step downhill.
#
# **You will be able to**
#
# * turn a picture into a column of numbers, and a column of numbers into a probability;
# * write the cost and its gradient for all examples at once, without a loop over them;
# * train by gradient descent, choose the learning rate, and see at a glance when it is wrong;
# * judge a result honestly: against guessing, against chance, and by looking at what went wrong.
#
# **Time** about 100 minutes. **Difficulty** 2 of 5. **Builds on** NumPy arrays, the matrix product
# and broadcasting (the lesson *NumPy basics*), and what a derivative is.

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, data, hidden_cases, lesson, plots, ready, verdict, verdicts

lesson("course1-week2/logistic_regression")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
opening_pictures, opening_labels = data.load_cats()[:2]
opening_picture = opening_pictures[np.flatnonzero(opening_labels[0])[0]]
opening_figure, (cat_axes, neuron_axes, sigmoid_axes) = plt.subplots(
    1, 3, figsize=(11, 3.7), gridspec_kw={"width_ratios": (1, 1.5, 1.3)}
)
grey = opening_picture.shape[2] == 1
cat_axes.imshow(opening_picture.mean(axis=2) if grey else opening_picture, cmap="gray")
cat_axes.set(title=f"1. a picture:\n{opening_picture.size} numbers", xticks=[], yticks=[])
cat_axes.grid(False)


def draw_arrow(start, end, colour):
    """An arrow in the picture of the neuron."""
    style = {"arrowstyle": "-|>", "color": colour, "lw": 1.6}
    neuron_axes.annotate("", end, start, arrowprops=style)


middle = {"ha": "center", "va": "center"}
for height, name in zip((2, 1, -1.4), ("1", "2", "n")):
    draw_arrow((0.2, height), (1.02, 0.18 * height), plots.BLUE)
    neuron_axes.text(0.0, height, f"$x_{name}$", fontsize=14, **middle)
    neuron_axes.text(0.5, 0.66 * height + 0.22, f"$w_{name}$", color=plots.BLUE, fontsize=13)
neuron_axes.text(0.0, -0.2, "⋮", fontsize=14, **middle)
neuron_axes.scatter(1.3, 0, s=2600, color=plots.SKY, edgecolors=plots.BLACK, zorder=2)
neuron_axes.text(1.3, 0, "Σ", fontsize=20, **middle)
draw_arrow((1.3, -1.5), (1.3, -0.62), plots.BLUE)
neuron_axes.text(1.3, -1.75, "b", color=plots.BLUE, fontsize=14, **middle)
draw_arrow((1.6, 0), (2.2, 0), plots.BLACK)
neuron_axes.text(2.35, 0, "z", fontsize=15, **middle)
neuron_axes.set(title="2. a weighted sum:\none number, any size", xticks=[], yticks=[])
neuron_axes.set(xlim=(-0.25, 2.55), ylim=(-2.1, 2.5))
neuron_axes.grid(False)
for side in ("left", "bottom"):
    neuron_axes.spines[side].set_visible(False)

opening_z = np.linspace(-6, 6, 200)
sigmoid_axes.plot(opening_z, (1 + np.tanh(opening_z / 2)) / 2, color=plots.BLUE, linewidth=2.5)
sigmoid_axes.plot([2, 2, -6], [0, 0.881, 0.881], ":", color=plots.BLACK, linewidth=1.2)
sigmoid_axes.plot(2, 0.881, "o", color=plots.RED, markersize=9)
sigmoid_axes.text(-5.7, 0.91, "0.88: “a cat”", color=plots.BLACK)
sigmoid_axes.set(title="3. the sigmoid:\na probability", xlabel="z", ylabel="probability of a cat")
sigmoid_axes.set(xlim=(-6, 6), ylim=(0, 1.02))
plots.show(
    opening_figure,
    alt="Three steps from left to right. A picture of a cat, which is a list of numbers. A neuron: "
    "inputs x1 to xn, each with a weight on its arrow, go into a sum together with b, and z comes "
    "out. The sigmoid, an S-shaped curve from 0 to 1 over z from -6 to 6; at z = 2 it reads 0.88, "
    "a cat.",
)

# %% [markdown]
# A neuron holds one **weight** for each number of the picture, and one more number, the **bias** b.
# It multiplies, adds up, and squeezes the sum into a probability. Where a weight is positive, a
# bright pixel speaks *for* a cat. Where it is negative, it speaks *against*. Learning means finding
# the weights. Nobody sets them.
#
# ## The data
#
# Silhouettes of animals, 28 × 28 pixels, with one brightness from 0 to 255 in each. (If you have
# the course's own photographs, 64 × 64 pixels in three colours, put them into `data/own/`: every
# cell here takes them as well. The numbers in the text are those of the silhouettes.)
#
# NumPy stores the pictures as an array of shape (m, height, width, channels). A neuron wants
# columns: **one example is one column**. So each picture is flattened, and the brightness is
# divided by 255, which puts every input between 0 and 1.
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | (n, m) | m pictures of n numbers each; n = 28 · 28 · 1 = 784 |
# | `Y` | (1, m) | labels: 1 is a cat, 0 is something else |
# | `w`, `b` | (n, 1), a number | weights and bias |
# | `Z` | (1, m) | `w.T @ X + b`, one weighted sum for each picture |
# | `A` | (1, m) | `sigmoid(Z)`, the probability of a cat for each picture |
# | `dw`, `db` | (n, 1), a number | derivatives of the cost: always of the shape of what they are the derivative of |

# %% nbgrader={"locked": true, "grade_id": "pictures"}
train_pictures, train_labels, test_pictures, test_labels, classes = data.load_cats()


def as_columns(pictures):
    """Pictures, shape (m, height, width, channels), 0 to 255, as examples, shape (n, m), 0 to 1."""
    return pictures.reshape(len(pictures), -1).T / 255


few = min(209, len(train_pictures))
train_X, train_Y = as_columns(train_pictures[:few]), train_labels[:, :few]
test_X, test_Y = as_columns(test_pictures), test_labels

# %% tags=["demo"]
print(f"pictures to train on  {train_pictures.shape}; the first {few} are used at first")
print(f"pictures to test on   {test_pictures.shape}")
print(f"train_X {train_X.shape}  train_Y {train_Y.shape}", end="  ")
print(f"test_X {test_X.shape}  test_Y {test_Y.shape}")
print(f"cats: {100 * train_Y.mean():.1f} % of train_Y, {100 * test_Y.mean():.1f} % of test_Y")
others = 100 * np.mean(test_Y == 0)
print(f"always answering {classes[0]!r} is right on {others:.1f} % of the test pictures")

data_figure, data_axes = plt.subplots(2, 7, figsize=(10.5, 3.3))
for row, label in enumerate((1, 0)):
    for axes, chosen in zip(data_axes[row], np.flatnonzero(train_labels[0] == label)):
        plots.picture(axes, train_pictures[chosen], classes[label])
plots.show(
    data_figure,
    alt="Two rows of seven pictures. Above: cats, most of them sitting upright with two pointed "
    "ears. Below: other animals, most of them standing on four legs, and a bird.",
)

# %% [markdown]
# We begin with 209 of the 1600 pictures: as many as the public course has photographs. Later you
# will see what the other 1391 are worth.
#
# Keep one number in mind: whoever answers "not a cat" every time, without looking, is right on
# **51.8 %** of the test pictures. A neuron has to beat that. (With other data, the number can be
# 90 %. Always work it out first.)
#
# ## Part 1: the sigmoid
#
# The weighted sum z can be any number. A probability lies between 0 and 1. The **sigmoid** takes
# one to the other:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# **By hand.** σ(0) = 1 / (1 + 1) = ½: no opinion. For z = ln 3 ≈ 1.0986 it is 1 / (1 + ⅓) = ¾:
# three to one for a cat. For z = −ln 3 it is ¼. So z counts *evidence*: equal and opposite sums
# give probabilities that add up to 1.
#
# ### Exercise: sigmoid
#
# <details><summary>Hint</summary>
#
# `np.exp` works on every entry of an array at once. `math.exp` takes one number only.
# </details>
# <details><summary>Fuller hint</summary>
#
# Write the formula as it stands, in one line: 1 divided by a bracket. In the bracket is 1 plus
# `np.exp` of minus z. Without the bracket Python divides first.
# </details>

# %% nbgrader={"solution": true, "grade_id": "sigmoid"}
def sigmoid(z):
    """The logistic function, entry by entry.

    Args:
        z: a number or an array of any shape.

    Returns:
        A number or an array of the shape of z: 1 / (1 + exp(-z)). z itself stays as it was.

    Source: C. Bishop, Pattern Recognition and Machine Learning (2006), section 4.2.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid-check"} tags=["check"]
check_z = np.array([[-np.log(3), 0.0, np.log(4)], [np.log(9), -np.log(9), 2.0]])
with checking("sigmoid", z=check_z):
    check("sigmoid of 0", sigmoid(0), 0.5)
    check("sigmoid of ln 3", sigmoid(np.log(3)), 0.75)
    check("sigmoid of an array", sigmoid(check_z), [[0.25, 0.5, 0.8], [0.9, 0.1, 0.880797]])

# %% nbgrader={"grade": true, "grade_id": "sigmoid-test", "points": 3}
verdict("sigmoid")
### BEGIN HIDDEN TESTS
@hidden_cases("sigmoid", cases=7, returns="s")
def _(case):
    z = [
        4 * case.rng.standard_normal((3, 5)),
        float(case.rng.uniform(1, 3)),
        case.rng.permutation(np.arange(-5, 4)),
        3 * case.rng.standard_normal((2, 4, 3)),
        case.rng.uniform(-30, 30, (1, 6)),
        np.zeros((4, 1)),
        int(case.rng.integers(-4, -1)),
    ][case.index]
    case.call(sigmoid, z)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: far out, nothing moves
#
# How steep is the sigmoid? Its slope is σ(z) (1 − σ(z)).

# %% tags=["demo"]
if ready("sigmoid"):
    print("    z     probability     slope")
    for evidence in (0, 2, 5, 10, 20):
        probability = sigmoid(evidence)
        print(f"{evidence:5}   {probability:13.9f}   {probability * (1 - probability):.1e}")

# %% [markdown]
# At 0 the slope is ¼, its largest value. At 10 it is 0.00005, and at 20 only 2 · 10⁻⁹. Out there
# the neuron is **saturated**: change the weights a little, and the answer does not move. A method
# that learns from small changes has nothing to learn from. Keep this in mind. It comes back in
# Part 3, with a way out.
#
# ## Part 2: a beginning
#
# Which weights to start with? For one neuron, zeros. Every picture then gets z = 0 and the
# probability ½: no opinion at all.
#
# In a network with several neurons in a layer, zeros are a trap: all would stay alike for ever. One
# neuron has no twin, so nothing can go wrong. And the cost of logistic regression has a single
# valley (it is *convex*), so the start does not decide where you end.
#
# ### Exercise: initialize_with_zeros
#
# <details><summary>Hint</summary>
#
# `np.zeros` takes the shape as **one** argument, a tuple.
# </details>
# <details><summary>Fuller hint</summary>
#
# The shape is `(dim, 1)`, with two pairs of brackets in the call: `np.zeros((…, …))`. The bias is
# the plain number 0.0. Return both, weights first.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_with_zeros"}
def initialize_with_zeros(dim):
    """Weights and a bias to begin with: all zero.

    Args:
        dim: how many numbers an example has, at least 1.

    Returns:
        w, the weights, an array of shape (dim, 1), and b, the bias, a number.

    Source: the shapes are those of Z = w.T X + b, with X of shape (dim, m).
    """
    ### BEGIN SOLUTION
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_with_zeros-check"} tags=["check"]
with checking("initialize_with_zeros"):
    check("(w, b)", initialize_with_zeros(3), (np.array([[0.0], [0.0], [0.0]]), 0))

# %% nbgrader={"grade": true, "grade_id": "initialize_with_zeros-test", "points": 2}
verdict("initialize_with_zeros")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_with_zeros", cases=4, returns=("w", "b"))
def _(case):
    case.call(initialize_with_zeros, [2, 1, int(case.rng.integers(5, 20)), 784][case.index])
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: how wrong, and in which direction
#
# ### The idea
#
# **How wrong?** The neuron gave the true answer a certain probability: a for a cat, 1 − a for
# something else. Its cost is minus the logarithm of that, averaged over all pictures. This is the
# **cross-entropy**, measured in *nats* because the logarithm is the natural one:
#
# $$J = -\frac1m \sum_{i=1}^{m} \Big( y^{(i)} \log a^{(i)} +
# (1 - y^{(i)}) \log\big(1 - a^{(i)}\big) \Big), \qquad a^{(i)} = \sigma\big(w^T x^{(i)} + b\big)$$
#
# In each term one of the two parts is zero: y picks the part that counts. If the truth got ½, it
# costs ln 2 ≈ 0.693. If it got 0.99, 0.01. If it got 0.01, 4.6. Being sure and wrong is what costs
# most.
#
# **In which direction?** Take one picture and follow the chain rule back from the cost to z:
#
# $$\frac{\partial J}{\partial a} = -\frac{y}{a} + \frac{1-y}{1-a} = \frac{a - y}{a\,(1-a)}, \qquad
# \frac{\partial a}{\partial z} = a\,(1-a), \qquad\text{so}\qquad
# \frac{\partial J}{\partial z} = a - y$$
#
# The slope of the sigmoid cancels, and what remains is the plain error: answer minus truth. Since
# $z = w^T x + b$, one more factor takes us to the weights: x. Averaged over all pictures, with the
# matrix product doing the sum:
#
# $$dw = \frac1m X (A - Y)^T, \qquad db = \frac1m \sum_{i=1}^{m} \big(a^{(i)} - y^{(i)}\big)$$
#
# Check the shapes: (n, m) times (m, 1) is (n, 1), the shape of w.
#
# **By hand.** Two inputs, three examples. Let w = (2, −1), b = 0 and
#
# $$X = \begin{pmatrix} 1 & 3 & 2 \\ 2 & 6 & 4 \end{pmatrix}, \qquad
# Y = \begin{pmatrix} 1 & 0 & 0 \end{pmatrix}$$
#
# * Z = (2·1 − 2, 2·3 − 6, 2·2 − 4) = (0, 0, 0), so A = (½, ½, ½) and the cost is ln 2 ≈ 0.693.
# * A − Y = (−½, ½, ½).
# * dw₁ = ⅓ (1·(−½) + 3·½ + 2·½) = ⅔, and dw₂ is twice that, 4/3. db = ⅓ · ½ = 1/6.
#
# ### Exercise: propagate
#
# Forward to the cost, then back to the gradient. Call your `sigmoid`. No loop is needed.
#
# <details><summary>Hint</summary>
#
# Four lines: A, the cost, dw, db. Write the shape of each beside it. `w.T @ X` is (1, n) times
# (n, m). For dw, look for the product of X with something that ends up with the shape of w.
# </details>
# <details><summary>Fuller hint</summary>
#
# * `A = sigmoid(w.T @ X + b)` has shape (1, m), and m is `X.shape[1]`.
# * The cost: multiply `Y` with `np.log(A)` entry by entry (`*`), add the part of the other answer,
#   sum all, divide by −m.
# * dw is `X @ (A - Y).T` divided by m. db is the sum of `A - Y` divided by m.
# </details>

# %% nbgrader={"solution": true, "grade_id": "propagate"}
def propagate(w, b, X, Y):
    """The cost of a neuron on some examples, and its gradient.

    Args:
        w: weights, shape (n, 1).
        b: bias, a number.
        X: examples in columns, shape (n, m).
        Y: labels 0 or 1, shape (1, m).

    Returns:
        A dictionary with the gradients dw, shape (n, 1), and db, a number;
        and the cost, a number: the cross-entropy in nats, averaged over the examples.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2.2; the gradient as
    derived above.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = X @ (A - Y).T / m
    db = np.sum(A - Y) / m
    return {"dw": dw, "db": db}, cost
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "propagate-check"} tags=["check"]
hand_w, hand_b = np.array([[2.0], [-1.0]]), 0.0
hand_X, hand_Y = np.array([[1.0, 3.0, 2.0], [2.0, 6.0, 4.0]]), np.array([[1, 0, 0]])
sure_w, sure_b = np.array([[1.0], [-2.0], [0.5]]), 0.5
sure_X, sure_Y = np.array([[1.0, -1.0], [0.5, 2.0], [-1.0, 1.0]]), np.array([[0, 1]])
with checking("propagate", w=(hand_w, sure_w), X=(hand_X, sure_X), Y=(hand_Y, sure_Y)):
    hand_grads, hand_cost = propagate(hand_w, hand_b, hand_X, hand_Y)
    check("cost by hand", hand_cost, np.log(2))
    check("dw by hand", hand_grads["dw"], [[2 / 3], [4 / 3]])
    check("db by hand", hand_grads["db"], 1 / 6)
    sure_grads, sure_cost = propagate(sure_w, sure_b, sure_X, sure_Y)  # z is 0 and −4
    check("cost where z is 0 and −4", sure_cost, (np.log(2) + np.log(1 + np.exp(4))) / 2)
    sure_dw = [[0.741007], [-0.857014], [-0.741007]]
    check("dw where z is 0 and −4", sure_grads["dw"], sure_dw, rtol=1e-5)
    check("db where z is 0 and −4", sure_grads["db"], -0.241007, rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "propagate-test", "points": 10}
verdict("propagate")
### BEGIN HIDDEN TESTS
@hidden_cases("propagate", cases=7, returns=("grads", "cost"), extra_keys=True, calls=("sigmoid",))
def _(case):
    n, m = [(4, 3), (3, 1), (1, 5), (4, 4), (2, 7), (6, 4), (1, 1)][case.index]
    w = 0.7 * case.rng.standard_normal((n, 1))
    b = float(case.rng.uniform(0.3, 0.9)) * (-1) ** case.index
    X = case.rng.standard_normal((n, m))
    Y = case.rng.permutation(np.arange(m) % 3 == 1).astype(int)[None, :]
    if case.index == 6:
        Y = np.array([[1.0]])
    case.call(propagate, w, b, X, Y)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: measure the slope
#
# Is it the right gradient? Measure it. Make one weight a little larger, then a little smaller, and
# see how much the cost changes. No formula is needed for that.

# %% tags=["demo"]
def measured_slope(w, b, nudge_w, nudge_b):
    """How fast the cost changes along a small change of w or b, measured on both sides."""
    ahead = propagate(w + nudge_w, b + nudge_b, train_X, train_Y)[1]
    behind = propagate(w - nudge_w, b - nudge_b, train_X, train_Y)[1]
    return float(np.squeeze(ahead - behind)) / 2e-5


if ready("sigmoid", "propagate"):
    slope_rng = np.random.default_rng(3)
    slope_w, slope_b = 0.05 * slope_rng.standard_normal((train_X.shape[0], 1)), 0.1
    slope_grads, _ = propagate(slope_w, slope_b, train_X, train_Y)
    print("parameter    measured     by formula")
    for position in (0.3, 0.5, 0.7):
        k = int(position * len(slope_w))
        nudge = np.zeros_like(slope_w)
        nudge[k] = 1e-5
        measured = measured_slope(slope_w, slope_b, nudge, 0)
        print(f"{f'w[{k}]':<9}{measured:11.6f}   {slope_grads['dw'][k, 0]:11.6f}")
    measured = measured_slope(slope_w, slope_b, 0, 1e-5)
    print(f"{'b':<9}{measured:11.6f}   {float(np.squeeze(slope_grads['db'])):11.6f}")

# %% [markdown]
# All digits agree. If yours do not, the formula in your function is not the derivative of your cost.
#
# ### Experiment: the saturated neuron, and the way out
#
# Take a cat (y = 1) whose weighted sum z is far below 0. The neuron is sure, and wrong. How strong
# is the push that would put it right?

# %% tags=["demo"]
if ready("sigmoid"):
    wrong_z = np.linspace(-12, 6, 181)
    wrong_a = np.array([float(np.squeeze(sigmoid(z))) for z in wrong_z])
    push_log = 1 - wrong_a
    push_square = 2 * (1 - wrong_a) * wrong_a * (1 - wrong_a)
    print("    z   cross-entropy   squared error")
    for z in (-10, -5, -2, 0, 2):
        k = int(np.argmin(np.abs(wrong_z - z)))
        print(f"{z:5}   {push_log[k]:13.4f}   {push_square[k]:13.4f}")

    push_figure, push_axes = plt.subplots(figsize=(7.2, 3.5))
    label = "cross-entropy: 1 − a"
    push_axes.plot(wrong_z, push_log, color=plots.BLUE, linewidth=2.5, label=label)
    label = "squared error: 2 (1 − a)² a"
    push_axes.plot(wrong_z, push_square, "--", color=plots.RED, linewidth=2, label=label)
    push_axes.axvspan(-12, -5, color=plots.YELLOW, alpha=0.25)
    push_axes.text(-11.7, 0.5, "saturated\nand wrong", fontsize=10)
    push_axes.set(xlabel="z of a picture that is a cat", ylim=(0, 1.08))
    push_axes.set_ylabel("push towards larger z (nats,\nor squared probability)")
    push_axes.legend(loc="upper right")
    plots.show(
        push_figure,
        alt="The push against z from -12 to 6, for a cat. With cross-entropy it is almost 1 where "
        "the neuron is sure and wrong, ½ at z = 0, and falls to 0 where it is right. With the "
        "squared error it is a low hill around z = -0.7, and almost 0 on both sides: also where "
        "the neuron is wrong.",
    )

# %% [markdown]
# With the squared error the push at z = −10 is 0.0001: the neuron that most needs to learn hardly
# can. That is the **vanishing gradient** of a saturated sigmoid. With the cross-entropy it is
# 0.99995. The logarithm is infinitely steep exactly where the sigmoid is flat, and the two cancel.
# That is the practical reason for the logarithm.
#
# In deep networks sigmoids also sit in the *hidden* layers. There, nothing cancels, and this is one
# reason why other activations took over.
#
# ## Part 4: downhill
#
# Gradient descent repeats three lines: measure the gradient, step against it, measure again.
#
# $$w := w - \alpha\, dw, \qquad b := b - \alpha\, db$$
#
# α is the **learning rate**.
#
# **By hand.** Go on with the example: w = (2, −1), b = 0, dw = (⅔, 4/3), db = 1/6. With α = 0.3 one
# step leads to w = (1.8, −1.4), b = −0.05. The gradient returned is (⅔, 4/3) and 1/6: that of the
# *last iteration*, measured **before** its step.
#
# ### Exercise: optimize
#
# Record the cost of iterations 0, 100, 200 and so on, each measured before the step. With
# `print_cost` you may print it as well; printing is not judged.
#
# <details><summary>Hint</summary>
#
# A loop over `range(num_iterations)`. In it: call `propagate`, take the step, and append the cost
# to a list if the number of the iteration is a multiple of
# 100. `i % 100` is the remainder of a division by 100. The `return` stands after the loop.
# </details>
# <details><summary>Fuller hint</summary>
#
# `grads, cost = propagate(w, b, X, Y)` gives both. Then `w = w - learning_rate * grads["dw"]`, and
# the same for b. Do not write `w -= …`: that would change the array of whoever called you. After
# the loop return `{"w": w, "b": b}`, the last `grads`, and the list.
# </details>

# %% nbgrader={"solution": true, "grade_id": "optimize"}
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    """Gradient descent.

    Args:
        w: weights to begin with, shape (n, 1). The array stays as it was.
        b: bias to begin with, a number.
        X: examples in columns, shape (n, m).
        Y: labels 0 or 1, shape (1, m).
        num_iterations: how many steps to take, at least 1.
        learning_rate: α, the length of a step, as a multiple of the gradient.
        print_cost: whether to print each cost that is recorded.

    Returns:
        A dictionary with the learned w, shape (n, 1), and b, a number;
        a dictionary with the gradients dw, shape (n, 1), and db, a number, of the last iteration,
        before its step;
        a list of the costs of iterations 0, 100, 200, …, each before its step.

    Source: A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées
    (1847).
    """
    ### BEGIN SOLUTION
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost before iteration {i}: {cost:.4f}")
    return {"w": w, "b": b}, grads, costs
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "optimize-check"} tags=["check"]
start_w, start_b = np.array([[2.0], [-1.0]]), 0.0
start_X, start_Y = np.array([[1.0, 3.0, 2.0], [2.0, 6.0, 4.0]]), np.array([[1, 0, 0]])
with checking("optimize", w=start_w, X=start_X, Y=start_Y):
    step_params, step_grads, step_costs = optimize(
        start_w, start_b, start_X, start_Y, num_iterations=1, learning_rate=0.3
    )
    check("w after one step", step_params["w"], [[1.8], [-1.4]])
    check("b after one step", step_params["b"], -0.05)
    check("dw of that step", step_grads["dw"], [[2 / 3], [4 / 3]])
    check("db of that step", step_grads["db"], 1 / 6)
    check("list of costs", step_costs, [np.log(2)])
    many_params, many_grads, many_costs = optimize(
        start_w, start_b, start_X, start_Y, num_iterations=120, learning_rate=0.05
    )
    check("w after 120 steps", many_params["w"], [[1.79486], [-1.41028]], rtol=1e-5)
    check("b after 120 steps", many_params["b"], 0.633426, rtol=1e-5)
    check("dw of step 120", many_grads["dw"], [[0.0109547], [0.0219093]], rtol=1e-5)
    check("db of step 120", many_grads["db"], -0.107452, rtol=1e-5)
    check("list of costs after 120 steps", many_costs, [0.693147, 0.415284], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "optimize-test", "points": 10}
verdict("optimize")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "optimize",
    cases=7,
    returns=("params", "grads", "costs"),
    extra_keys=True,
    calls=("propagate",),
)
def _(case):
    n, m, iterations, rate = [
        (3, 5, 7, 0.3),
        (4, 3, 1, 0.7),
        (2, 6, 101, 0.05),
        (3, 1, 100, 0.02),
        (1, 4, 201, 0.01),
        (5, 5, 250, 0.03),
        (2, 3, 120, 0.009),
    ][case.index]
    w = 0.7 * case.rng.standard_normal((n, 1))
    b = float(case.rng.uniform(0.3, 0.9)) * (-1) ** case.index
    X = case.rng.standard_normal((n, m))
    Y = case.rng.permutation(np.arange(m) % 3 == 1).astype(int)[None, :]
    case.call(optimize, w, b, X, Y, num_iterations=iterations, learning_rate=rate, print_cost=case.index == 5)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 5: an answer
#
# A probability becomes an answer by comparing it with ½: above, say 1 (a cat); else 0. At exactly ½
# either is fine.
#
# **By hand.** Probabilities (0.9, 0.2, 0.55) become (1, 0, 1), as an array of shape (1, 3).
#
# ### Exercise: predict
#
# <details><summary>Hint</summary>
#
# Compute A as in `propagate`. Comparing an array with a number compares every entry.
# </details>
# <details><summary>Fuller hint</summary>
#
# `A > 0.5` is an array of True and False, of shape (1, m). `.astype(int)` makes 1 and 0 of them. A
# loop that fills `np.zeros((1, m))` does as well.
# </details>

# %% nbgrader={"solution": true, "grade_id": "predict"}
def predict(w, b, X):
    """The answers of a neuron: 1 where the probability is above one half, else 0.

    Args:
        w: weights, shape (n, 1).
        b: bias, a number.
        X: examples in columns, shape (n, m).

    Returns:
        Y_prediction, an array of 0 and 1, shape (1, m).

    Source: of two answers the likelier one is wrong least often: C. Bishop, Pattern Recognition and
    Machine Learning (2006), section 1.5.1.
    """
    ### BEGIN SOLUTION
    A = sigmoid(w.T @ X + b)
    return (A > 0.5).astype(int)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "predict-check"} tags=["check"]
check_w, check_b = np.array([[1.0], [-1.0]]), 0.25
check_X = np.array([[2.0, 0.0, 1.0, 0.3, 0.3], [1.0, 1.5, 0.9, 0.5, 0.6]])
with checking("predict", w=check_w, X=check_X):
    check_answers = predict(check_w, check_b, check_X)
    check("answer to z = 1.25, −1.25, 0.35, 0.05, −0.05", check_answers, [[1, 0, 1, 1, 0]])

# %% nbgrader={"grade": true, "grade_id": "predict-test", "points": 5}
verdict("predict")
### BEGIN HIDDEN TESTS
@hidden_cases("predict", cases=6, returns="Y_prediction", calls=("sigmoid",))
def _(case):
    n, m = [(3, 8), (4, 1), (1, 6), (6, 6), (2, 9), (7, 4)][case.index]
    w = case.rng.standard_normal((n, 1))
    w += 0.2 * np.sign(w)
    b = [0.8, 0.6, -0.7, 1.1, -1.3, 0.9][case.index]
    # Weighted sums on both sides of 0, small and large, none at a tie: X is moved along w until they are these.
    size = np.where(np.arange(m) % 2 == 0, case.rng.uniform(0.1, 0.45, m), case.rng.uniform(0.8, 2.5, m))
    z = case.rng.permutation(size * np.where(np.arange(m) % 4 < 2, 1, -1))[None, :]
    X = case.rng.standard_normal((n, m))
    X = X + w @ (z - b - w.T @ X) / np.sum(w**2)
    case.call(predict, w, b, X)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 6: all together
#
# Start, train, answer: three calls of what you have. The result is a dictionary, so that a trained
# neuron can be handed about with all that belongs to it.
#
# ### Exercise: model
#
# <details><summary>Hint</summary>
#
# Call `initialize_with_zeros`, then `optimize` on the training pictures, then `predict` twice. Each
# of your functions is used once or twice, and none is rewritten.
# </details>
# <details><summary>Fuller hint</summary>
#
# `dim` is the number of rows of `X_train`. Hand `num_iterations`, `learning_rate` and `print_cost`
# on to `optimize`. Take the learned w and b **out of the dictionary that it returns**, and only
# then call `predict` with X_test and with X_train. The docstring lists the keys.
# </details>

# %% nbgrader={"solution": true, "grade_id": "model"}
def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    """Train a neuron and let it answer.

    Args:
        X_train: examples to train on, shape (n, m_train).
        Y_train: their labels 0 or 1, shape (1, m_train).
        X_test: examples to test on, shape (n, m_test). Nothing is learned from them.
        Y_test: their labels, shape (1, m_test): only to print an accuracy, if you like.
        num_iterations: how many steps to take.
        learning_rate: α.
        print_cost: whether to print the costs on the way.

    Returns:
        A dictionary with
        costs, a list: those that optimize recorded;
        Y_prediction_test, shape (1, m_test), and Y_prediction_train, shape (1, m_train): the
        answers of the trained neuron;
        w, shape (n, 1), and b, a number: the trained neuron itself;
        learning_rate and num_iterations, as they were handed in.
        It may hold more.

    Source: the functions above, one after the other.
    """
    ### BEGIN SOLUTION
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
    return {
        "costs": costs,
        "Y_prediction_test": predict(w, b, X_test),
        "Y_prediction_train": predict(w, b, X_train),
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "model-check"} tags=["check"]
toy_X, toy_Y = np.array([[0.5, 1.0, -1.0, -0.5], [1.0, -0.5, 0.5, -1.5]]), np.array([[1, 1, 0, 0]])
new_X = np.array([[0.2, -0.2, 0.9], [0.4, -0.6, -0.9]])
new_Y = np.array([[1, 0, 0]])  # the last label is not what the neuron will answer
with checking("model", X_train=toy_X, Y_train=toy_Y, X_test=new_X, Y_test=new_Y):
    toy = model(toy_X, toy_Y, new_X, new_Y, num_iterations=150, learning_rate=0.1)
    check("w", toy["w"], [[2.498355], [0.913122]], rtol=1e-5)
    check("b", toy["b"], 0.0689853, rtol=1e-4)
    check("list of costs", toy["costs"], [0.693147, 0.153505], rtol=1e-5)
    check("Y_prediction_train", toy["Y_prediction_train"], [[1, 1, 0, 0]])
    check("Y_prediction_test", toy["Y_prediction_test"], [[1, 0, 1]])
    check("learning_rate", toy["learning_rate"], 0.1)
    check("num_iterations", toy["num_iterations"], 150)

# %% nbgrader={"grade": true, "grade_id": "model-test", "points": 8}
verdict("model")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "model",
    cases=5,
    returns="d",
    extra_keys=True,
    calls=("initialize_with_zeros", "optimize", "predict"),
)
def _(case):
    n, m, m_test = [(3, 9, 7), (4, 6, 1), (1, 8, 5), (5, 5, 5), (2, 7, 8)][case.index]
    direction = case.rng.standard_normal((n, 1))
    direction += np.sign(direction)
    X = {}
    Y = {}
    for part, size in (("train", m), ("test", m_test)):
        Y[part] = case.rng.permutation(np.arange(size) % 2)[None, :]
        X[part] = 0.4 * case.rng.standard_normal((n, size)) + direction * (Y[part] - 0.2) / np.sum(direction**2)
    # One label in training and one in the test disagree with what is to be learned.
    Y["train"][0, 0] = 1 - Y["train"][0, 0]
    Y["test"][0, 0] = 1 - Y["test"][0, 0]
    given = (X["train"], Y["train"], X["test"], Y["test"])
    if case.index == 4:
        case.call(model, *given)
    else:
        iterations, rate = [(150, 0.1), (1, 0.3), (230, 0.02), (101, 0.05)][case.index]
        case.call(model, *given, num_iterations=iterations, learning_rate=rate)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: does it see cats?
#
# 209 pictures, 2000 iterations, learning rate 0.005. (The default of 0.5 in the signature is the
# course's. For pictures it is far too large, as you will see; always pass your own.)

# %%
def accuracy(Y_prediction, Y):
    """The share of right answers, in percent."""
    return 100 * np.mean(Y_prediction == Y)


def answers_of(neuron, X):
    """The answers of a trained neuron, shape (1, m)."""
    return predict(neuron["w"], neuron["b"], X)


def cost_of(neuron, X, Y):
    """The cost of a trained neuron, a plain number."""
    return float(np.squeeze(propagate(neuron["w"], neuron["b"], X, Y)[1]))


trained_before = {}


def trained(X, Y, num_iterations=2000, learning_rate=0.005):
    """A neuron trained by your model.

    What was trained once is kept, until you rewrite a function that it used.
    """
    used = (sigmoid, initialize_with_zeros, propagate, optimize, predict, model)
    key = (X.shape, float(X.max()), num_iterations, learning_rate, used)
    if key not in trained_before:
        with np.errstate(all="ignore"):  # a learning rate that is too large makes infinite costs
            trained_before[key] = model(X, Y, X[:, :1], Y[:, :1], num_iterations, learning_rate)
    return trained_before[key]


def report(name, neuron, X, Y, X_new, Y_new):
    """Print one row: accuracy and cost, on the training pictures and on the test pictures."""
    with np.errstate(all="ignore"):
        shares = [accuracy(answers_of(neuron, x), y) for x, y in ((X, Y), (X_new, Y_new))]
        costs = [cost_of(neuron, x, y) for x, y in ((X, Y), (X_new, Y_new))]
    print(
        f"{name:<24}accuracy {shares[0]:5.1f} % train, {shares[1]:4.1f} % test    "
        f"cost {costs[0]:.2f} train, {costs[1]:.2f} test"
    )

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    cat_neuron = trained(train_X, train_Y)
    report(f"{few} pictures", cat_neuron, train_X, train_Y, test_X, test_Y)
    others = [100 * np.mean(labels == 0) for labels in (train_Y, test_Y)]
    name = f"always {classes[0]!r}"
    print(f"{name:<24}accuracy {others[0]:5.1f} % train, {others[1]:4.1f} % test")

    first_right = answers_of(cat_neuron, test_X) == test_Y
    starts = range(0, test_Y.shape[1] - 49, 50)
    blocks = [f"{100 * first_right[:, k : k + 50].mean():.0f} %" for k in starts]
    print("the same neuron on 50 test pictures at a time:", *blocks)

# %% [markdown]
# 87.6 % on pictures it has never seen, against 51.8 % for guessing. One neuron, 785 numbers, a page
# of code.
#
# How much is that number worth? The last line takes the test pictures 50 at a time, as many as the
# public course has. The same neuron gets anything from 82 to 94 %. That is chance: with m test
# pictures the share wobbles by about $\sqrt{0.88 \cdot 0.12 / m}$, which is 4.6 points for 50 and
# 1.7 points for 380. If somebody's trick adds two points on 50 pictures, nothing has been shown.
#
# And there is a gap: 94.7 % in training, 87.6 % in the test. In the costs it is plainer: 0.16 nats
# against 0.31. The neuron knows its training pictures too well. That is **overfitting**.
#
# ### Experiment: the learning curve
#
# Train in portions of 50 iterations, and look at the cost of *both* sets before each. A triangle
# marks the lowest test cost. At the larger learning rate, 0.05, the same 2000 iterations go ten
# times as far.

# %%
def journey(learning_rate, portion=50, portions=40):
    """The costs on the way, after 0, 1, 2, … portions of iterations: of train_X and of test_X."""
    w, b = initialize_with_zeros(train_X.shape[0])
    neuron, rows = {"w": w, "b": b}, []
    with np.errstate(all="ignore"):
        for _ in range(portions):
            rows.append([cost_of(neuron, train_X, train_Y), cost_of(neuron, test_X, test_Y)])
            w, b = neuron["w"], neuron["b"]
            neuron, _, _ = optimize(w, b, train_X, train_Y, portion, learning_rate)
    return np.array(rows).T

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    curve_x = 50 * np.arange(40)
    curve_figure, curve_axes = plt.subplots(1, 2, figsize=(10.5, 3.7), sharey=True)
    for axes, rate in zip(curve_axes, (0.005, 0.05)):
        train_curve, test_curve = journey(rate)
        low = int(np.argmin(test_curve))
        axes.plot(curve_x, train_curve, color=plots.BLUE, linewidth=2, label="training pictures")
        axes.plot(curve_x, test_curve, "--", color=plots.RED, linewidth=2, label="test pictures")
        axes.plot(curve_x[low], test_curve[low], "^", color=plots.RED, markersize=9)
        top = np.clip(1.04 * np.nanmax(test_curve), 0.72, 1.5)
        axes.set(title=f"learning rate {rate}", xlabel="iterations", ylim=(0, top))
        print(
            f"learning rate {rate}: lowest test cost {test_curve[low]:.2f}; "
            f"at the end {test_curve[-1]:.2f} test, {train_curve[-1]:.2f} train"
        )
    curve_axes[0].set_ylabel("cost (nats)")
    curve_axes[0].legend()
    plots.show(
        curve_figure,
        alt="Cost against iterations, two panels, both starting at 0.69. Learning rate 0.005: both "
        "curves fall; the test cost flattens at 0.31 while the training cost goes on to 0.16. "
        "Learning rate 0.05: the test cost reaches 0.31 within 150 iterations, then climbs to "
        "0.40, while the training cost goes on falling to 0.03.",
    )
    cat_neuron = trained(train_X, train_Y)
    long_neuron = trained(train_X, train_Y, learning_rate=0.05)
    report("learning rate 0.005", cat_neuron, train_X, train_Y, test_X, test_Y)
    report("learning rate 0.05", long_neuron, train_X, train_Y, test_X, test_Y)
    for rate, neuron in ((0.005, cat_neuron), (0.05, long_neuron)):
        probability = sigmoid(neuron["w"].T @ test_X + neuron["b"])
        sure = 100 * np.maximum(probability, 1 - probability)
        wrong = answers_of(neuron, test_X) != test_Y
        print(
            f"learning rate {rate:<6}  {wrong.sum()} wrong answers, "
            f"given with {sure[wrong].mean():.0f} % on average"
        )

# %% [markdown]
# On the right, every training picture is answered rightly in the end, and the training cost keeps
# falling. The test cost turned round long before. Look at the accuracies: 87.6 and 87.4 %, no
# difference. What gets worse is the *confidence*. It gives 48 wrong answers instead of 47, but now
# it gives them with 81 % instead of 73 %. That is why one watches the cost.
#
# Why does the training cost never stop falling? Once all training pictures are right, larger
# weights make every answer surer, and that always pays. With more weights (785) than pictures
# (209), this is the rule, and the weights grow without end. The cure is to stop early, or to charge
# for large weights (course 2, *Regularization*), or to get more pictures.
#
# ### Experiment: the learning rate
#
# Four rates, the first 40 iterations, every cost.

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize"):
    rates = {
        0.0002: (plots.PURPLE, ":"),
        0.005: (plots.BLUE, "-"),
        0.05: (plots.GREEN, "--"),
        0.2: (plots.RED, "o-"),
    }
    rate_figure, rate_axes = plt.subplots(figsize=(8.5, 3.9))
    for rate, (colour, style) in rates.items():
        rate_costs = journey(rate, portion=1)[0]
        rate_axes.plot(rate_costs, style, color=colour, linewidth=2.5, markersize=4, label=rate)
        ups = int(np.sum(np.diff(rate_costs) > 0))
        print(
            f"learning rate {rate:<6}  cost {rate_costs[0]:.2f}, {rate_costs[5]:.2f} after 5, "
            f"{rate_costs[-1]:.2f} after 39 iterations; it rose {ups} times"
        )
    rate_axes.axhline(np.log(2), color="#aaaaaa", linewidth=1, zorder=1)  # behind the curves
    rate_axes.text(20, np.log(2) + 0.04, "no opinion: ln 2", fontsize=9)
    rate_axes.set(xlabel="iterations", ylabel="training cost (nats)")
    rate_axes.legend(title="learning rate")
    plots.show(
        rate_figure,
        alt="Training cost over 40 iterations for four learning rates. 0.0002: a line that hardly "
        "leaves 0.69. 0.005: a slow, steady fall to 0.51. 0.05: a steady fall to 0.27. 0.2: down "
        "to 0.48, then up to a peak of 2.0 at iteration 4, and back below the others after about "
        "ten.",
    )

# %% [markdown]
# * **Too small** (0.0002): the cost falls, but you will be old before it arrives. Nothing is wrong;
#   only slow.
# * **Good** (0.005 to 0.05): it falls at every step.
# * **Too large** (0.2): the step overshoots the valley and lands on the other slope, higher up. The
#   cost goes to 2.0, three times that of having no opinion. Here it recovers: a − y is never more
#   than 1, so even high up the next step has a limit, and the neuron stumbles back. A deep network
#   often does not.
#
# A cost that **rises** from one step to the next says: halve the learning rate. A curve of every
# hundredth cost would not have shown it: from iteration 9 on, this run is *ahead* of the others.
#
# ### Experiment: what the weights look like
#
# There is one weight for each pixel, so the weights are a picture, too. (With colours, the average
# of the three channels is drawn.) The very first step can be worked out by hand. All answers are ½,
# so A − Y is −½ for each cat and +½ for each other animal. With as many of one as of the other, the
# step is, up to a factor, **the average cat minus the average other animal**.
#
# From here on we take 200 steps at the rate 0.05 where there are many pictures. That is as far as
# 2000 steps at 0.005, in a tenth of the time: as long as the steps are small enough, only rate
# times steps counts.

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    all_X, all_Y = as_columns(train_pictures), train_labels
    many_neuron = trained(all_X, all_Y, num_iterations=200, learning_rate=0.05)
    cat_neuron = trained(train_X, train_Y)
    first_step = trained(train_X, train_Y, num_iterations=1)
    portraits = {
        "the average cat": train_X[:, train_Y[0] == 1].mean(axis=1),
        "the average other animal": train_X[:, train_Y[0] == 0].mean(axis=1),
        "weights after 1 step": first_step["w"],
        f"trained on {few} pictures": cat_neuron["w"],
        f"trained on {all_Y.shape[1]} pictures": many_neuron["w"],
    }
    report("after 1 step", first_step, train_X, train_Y, test_X, test_Y)
    weight_figure, weight_axes = plt.subplots(1, 5, figsize=(12, 2.7))
    for axes, (name, values) in zip(weight_axes, portraits.items()):
        image = values.reshape(train_pictures.shape[1:]).mean(axis=2)
        if "average" in name:
            axes.imshow(image, cmap="gray")
        else:
            size = np.abs(image).max()
            drawn = axes.imshow(image, cmap="PuOr", vmin=-size, vmax=size)
        axes.set(xticks=[], yticks=[])
        axes.set_title(name, fontsize=9.5)
        axes.grid(False)
    for axes in weight_axes[len(portraits) :]:
        axes.axis("off")
    bar = weight_figure.colorbar(drawn, ax=weight_axes, ticks=[-size, 0, size], shrink=0.75)
    bar.ax.set_yticklabels(["against", "0", "for a cat"])
    plots.show(
        weight_figure,
        alt="Five pictures. The average cat: a bright upright blur, widest below. The average "
        "other animal: a bright lying blur in the upper middle, with faint legs. The weights after "
        "one step: the middle of the lower half speaks for a cat, a bar above it against. Trained "
        "on 209 pictures: the same signs, but speckled, pixel by pixel. Trained on 1600 pictures: "
        "less speckled; two patches left and right of the middle, near the top, speak strongly "
        "against.",
    )

# %% [markdown]
# Even the very first step, the difference of two averages, is right on 81 % of the test pictures.
#
# Now you can read what it has learned. Purple in the lower middle: an animal that **sits** has its
# body there. Orange above: an animal that **stands** has its back there. The neuron has not learned
# what a cat is. It has learned that in this collection cats sit upright and most other animals
# stand.
#
# Compare the last two. With 209 pictures the weights are speckled: single pixels that happened to
# tell these 209 apart. With 1600 pictures chance averages out, and shapes come forward.
#
# ### Experiment: what it gets wrong
#
# If that is what it has learned, its mistakes should show it. These are the test pictures on which
# it is wrong and surest.

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    cat_neuron = trained(train_X, train_Y)
    probabilities = sigmoid(cat_neuron["w"].T @ test_X + cat_neuron["b"])[0]
    truths = test_Y[0]
    wrong = np.flatnonzero(answers_of(cat_neuron, test_X)[0] != truths)
    taken, missed = wrong[truths[wrong] == 0], wrong[truths[wrong] == 1]
    print(
        f"wrong on {len(wrong)} of {len(truths)}: "
        f"{len(taken)} taken for cats, {len(missed)} cats missed"
    )
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 1)):
        chosen = (probabilities > low) & (probabilities <= high)
        if chosen.any():
            said, cats = 100 * probabilities[chosen].mean(), 100 * truths[chosen].mean()
            print(
                f"it says {100 * low:2.0f} to {100 * high:3.0f} %: {chosen.sum():3} pictures, "
                f"{said:2.0f} % on average; {cats:2.0f} % of them are cats"
            )

    wrong_figure, wrong_axes = plt.subplots(2, 6, figsize=(10.5, 4.1))
    taken = sorted(taken, key=lambda k: -probabilities[k])  # the surest first
    missed = sorted(missed, key=lambda k: probabilities[k])
    for row, (chosen, what) in enumerate(((taken, "not a cat"), (missed, "a cat"))):
        for axes, k in zip(wrong_axes[row], chosen):
            title = f"it says {probabilities[k]:.3f}\nit is {what}"
            plots.picture(axes, test_pictures[k], title)
        for axes in wrong_axes[row, len(chosen) :]:
            axes.axis("off")
    plots.show(
        wrong_figure,
        alt="Two rows of six test pictures that it got wrong, with the probability of a cat that "
        "it gave. Above, no cats, 0.940 to 0.990: a bird with raised wings, a dog that sits "
        "upright, two more birds, an elephant with its trunk raised and the face of one. Below, "
        "cats from 0.037 to 0.243: some sit with a hanging tail, one bends down, one is thin; the "
        "lower middle of the picture is empty or narrow.",
    )

# %% [markdown]
# A sitting dog is "a cat" with 98.8 %: quite right, by the only rule it has. The cats it misses are
# cats all the same, ears and tail; but they sit a little higher, or are thin, and the place where
# it looks for a body is empty. Always look at the mistakes; they tell you what the accuracy hides.
#
# Look at the table, too. May you believe the probabilities? At the ends, yes: what it calls a cat
# with 96 % on average is one in 94 % of the cases, and what gets 4 % in 3 %. In the middle it is
# too fond of cats: it says 27 % where 14 % are, and 73 % where 58 % are. Probabilities that come
# true are called *calibrated*, and they are worth having: they say when to ask a human. An accuracy
# does not show them.
#
# ### Experiment: move the pictures
#
# If it looks at places and not at shapes, it should not mind a mirror, but it should mind if an
# animal moves. Move every test picture down by a few pixels. You would hardly notice.

# %% tags=["demo"]
def moved_down(pictures, pixels):
    """The pictures moved down, with black above."""
    moved = np.zeros_like(pictures)
    moved[:, pixels:] = pictures[:, : pictures.shape[1] - pixels]
    return moved


if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    cat_neuron = trained(train_X, train_Y)
    changes = {"as they are": test_pictures, "mirrored left to right": test_pictures[:, :, ::-1]}
    for pixels in (1, 2, 3, 5):
        changes[f"moved down by {pixels}"] = moved_down(test_pictures, pixels)
    for name, pictures in changes.items():
        answers = answers_of(cat_neuron, as_columns(pictures))
        right, cats = accuracy(answers, test_Y), 100 * answers.mean()
        print(f"{name:<24}right on {right:.1f} %, says “cat” to {cats:.0f} %")

# %% [markdown]
# Three pixels lower, and 87.6 % have become 57.1 %. Standing animals now fill the lower middle as
# well, so nearly everything is a cat. The mirror costs less than a point, because cats look both
# ways.
#
# A test set drawn from the same collection could never have told you this. It has the same habits
# as the training set.
#
# ### Experiment: few pictures, many pictures

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    most = len(train_pictures)
    counts = sorted({count for count in (50, few, 800, most) if count <= most})
    count_costs = []
    for count in counts:
        few_X, few_Y = as_columns(train_pictures[:count]), train_labels[:, :count]
        neuron = trained(few_X, few_Y, num_iterations=200, learning_rate=0.05)
        report(f"{count} pictures", neuron, few_X, few_Y, test_X, test_Y)
        count_costs.append([cost_of(neuron, few_X, few_Y), cost_of(neuron, test_X, test_Y)])
    neuron = trained(few_X, few_Y, num_iterations=1000, learning_rate=0.05)
    report(f"{most}, five times as far", neuron, few_X, few_Y, test_X, test_Y)

    train_costs, test_costs = np.array(count_costs).T
    count_figure, count_axes = plt.subplots(figsize=(6.6, 3.5))
    label = "training pictures"
    count_axes.plot(counts, train_costs, "o-", color=plots.BLUE, linewidth=2, label=label)
    label = "test pictures"
    count_axes.plot(counts, test_costs, "^--", color=plots.RED, linewidth=2, label=label)
    count_axes.set_xscale("log")
    count_axes.set_xticks(counts, [str(count) for count in counts])
    count_axes.minorticks_off()
    count_axes.set(xlabel="pictures to train on (logarithmic scale)", ylabel="cost (nats)")
    count_axes.set_ylim(bottom=0)
    count_axes.legend()
    plots.show(
        count_figure,
        alt="Cost against the number of training pictures, 50, 209, 800 and 1600. The training "
        "cost climbs from 0.06 to 0.26, the test cost falls from 0.37 to 0.28; with 1600 pictures "
        "the two almost meet.",
    )

# %% [markdown]
# With 50 pictures everything is known by heart: training 100 %, cost 0.06, and in the test 0.37.
# With 1600 the two almost meet, at 0.26 and 0.28. The gap of overfitting is closed, and **not** by
# a better method: the same page of code, with more to look at.
#
# The last row goes five times as far with 1600 pictures. With 209, going further made the test cost
# worse. Now it makes it better: 0.28 becomes 0.25. How long to train depends on how much there is
# to see.
#
# But the accuracy has hardly moved since 800 pictures: 89.5, 89.7, 89.5 %. One neuron with one
# weight for each place has little more to give, however many pictures you add. From here on a
# better model helps: one that can say "two pointed ears, wherever they are". That needs more
# neurons, in layers. It is what the next weeks are about.
#
# ### Experiment: why divide by 255?
#
# The usual answer: otherwise it does not learn. Let us see.

# %% tags=["demo"]
if ready("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict", "model"):
    raw_X, raw_test_X = 255 * train_X, 255 * test_X
    cat_neuron = trained(train_X, train_Y)
    raw_neuron = trained(raw_X, train_Y)
    mended_neuron = trained(raw_X, train_Y, learning_rate=0.005 / 255**2)
    for name, neuron, train_pixels, test_pixels in (
        ("divided by 255", cat_neuron, train_X, test_X),
        ("raw, rate 0.005", raw_neuron, raw_X, raw_test_X),
        ("raw, rate 0.005/255²", mended_neuron, raw_X, raw_test_X),
    ):
        numbers = np.array([float(np.squeeze(cost)) for cost in neuron["costs"]])
        with np.errstate(all="ignore"):
            train_right = accuracy(answers_of(neuron, train_pixels), train_Y)
            test_right = accuracy(answers_of(neuron, test_pixels), test_Y)
        print(
            f"{name:<22}accuracy {train_right:5.1f} % train, {test_right:4.1f} % test    "
            f"{np.sum(~np.isfinite(numbers)):2} of {len(numbers)} costs are not finite"
        )

# %% [markdown]
# The second row is odd. After the first step z is in the thousands, most answers are exactly 0 or
# exactly 1, and the cost holds 0 · log 0, which is NaN. You are blind: no curve, no way to tell
# whether it works. Yet it *has* learned, and answers every training picture rightly. The gradient
# a − y is healthy even where the cost is not a number. Steps 65 025 times too long make it jump from
# one extreme to the other until all training pictures fit.
#
# The third row shows what scaling really does. Make the inputs 255 times larger, and the same walk
# needs weights 255 times smaller and a learning rate 255² times smaller. With that rate the raw
# pictures give the same costs, to three digits (only the bias is now too slow to matter, which
# turns one test picture round). So dividing by 255 teaches the neuron nothing. It puts the learning
# rate into a range where the usual values work, and the cost into a range where you can see it.
#
# ## Mistakes that most people make
#
# * **`reshape(-1, m)` to flatten.** The shape (784, m) looks right, but each column now mixes
#   pixels of many pictures. Symptom: the cost falls, training reaches 74 %, and the test stays at
#   51 %: guessing. Use `reshape(m, -1).T`, and draw one column again to see whether an animal comes
#   out.
# * **w of shape (n,).** No error at all, and the same cost! `w - α dw` with shapes (n,) and (n, 1)
#   becomes (n, n): after the first step you have 784 × 784 weights, 784 copies of one neuron, and
#   training takes forever. Symptom: `w.shape`. Only arrays with two dimensions are safe.
# * **The sign of the gradient.** The cost rises from the first step: 0.69, 0.70, 0.71, then 11.5
#   after 100 iterations.
# * **1/m is missing in the gradient.** Steps 209 times too long. The cost goes 0.69, 0.42, 3.2,
#   NaN, and may recover later. People then shrink the learning rate, until somebody changes the
#   number of pictures.
# * **`w -= …` in `optimize`.** One run is right. The second one, from the "same" w, starts where
#   the first ended. Symptom: when you compare learning rates, each is better than the one before
#   it, in whatever order you try them.
# * **An accuracy without the share of the larger class beside it.** 90 % is nothing where 90 % of
#   the pictures are no cats.
#
# ## Recap
#
# 1. A neuron is a weighted sum and a sigmoid: A = σ(wᵀX + b), the probability of label 1, one
#    example in each column.
# 2. Its cost is the cross-entropy. The gradient is dw = X (A − Y)ᵀ / m and db = the mean of A − Y:
#    the slope of the sigmoid cancels.
# 3. Gradient descent steps against it. A cost that rises says that the learning rate is too large.
# 4. Small training cost, larger test cost: overfitting. More pictures close the gap; longer
#    training opens it.
# 5. Compare with guessing and with chance, and look at weights and mistakes: ours tells sitting
#    from standing.
#
# **To think about.** You could train on moved pictures as well: each one also 1, 2 and 3 pixels
# lower. Would our neuron then stand being moved? What would its weights have to look like? Would
# 100 neurons help?
#
# **Where to read on**
#
# * D. R. Cox, *The regression analysis of binary sequences*, Journal of the Royal Statistical
#   Society B 20 (1958): where the method comes from.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.2.2.2: why the sigmoid
#   and the logarithm belong together.
# * C. Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3.2: logistic
#   regression, and why its weights grow without end on separable data.
# * R. Geirhos et al., *Shortcut learning in deep neural networks*, Nature Machine Intelligence 2
#   (2020): large networks learn "sitting" instead of "cat", too.

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
