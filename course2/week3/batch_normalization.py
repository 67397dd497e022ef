# %% [markdown]
# # Batch normalization
#
# In *Initialization* (week 1) the first weights had to have exactly the right size. From the first
# step on, training moves them away from it. Here the network mends the size itself, in every layer
# and at every step.
#
# Two lines of arithmetic do it. Why they help is less clear than is often told. You build them,
# find their gradient on your own, and measure what they do, and what the usual explanation leaves
# out.
#
# **You will be able to**
#
# * write batch normalization for training and for use, and say why the two differ;
# * find a gradient that flows along three roads;
# * fold a trained normalization into the weights before it;
# * search for a learning rate on the scale on which it lives;
# * test a popular explanation by an experiment.
#
# **Time** about 95 minutes, the open task apart. **Builds on** forward and backward, He's rule.
# Each exercise's heading gives points, minutes, difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import (
    check, checking, data, hidden_cases, lesson, play, plots, ready, verdict, verdicts,
)

lesson("course2-week3/batch_normalization")

# %% [markdown]
# ## One picture
#
# Thirty ReLU layers with 200 units. Nothing is trained. You know three of these lines. For the
# fourth, every layer was normalized before its ReLU.

# %% tags=["demo", "picture"]
strengths = {}
for size, normalized in ((0.2, False), (0.1, False), (0.05, False), (0.2, True)):
    rng = np.random.default_rng(0)
    signal = rng.standard_normal((200, 100))
    path = strengths[f"weights of size {size}" + ", normalized" * normalized] = [np.mean(signal**2)]
    for _ in range(30):
        signal = size * rng.standard_normal((200, 200)) @ signal
        if normalized:
            signal = (signal - signal.mean(1, keepdims=True)) / signal.std(1, keepdims=True)
        signal = np.maximum(0, signal)
        path.append(np.mean(signal**2))
plots.lines(
    strengths, "layer", "strength of the signal (mean square)", log="y",
    colours=(plots.PURPLE, plots.BLACK, plots.GREEN, plots.BLUE),
    alt="The strength of the signal through 30 layers, on a logarithmic axis. With weights of size "
    "0.2 it climbs straight to about 1e18, with 0.05 it falls straight to about 1e-18, with 0.1 it "
    "stays near 1. With weights of 0.2 and normalization it is level, at one half.",
)

# %% [markdown]
# The fourth line has the weights that explode. It is level, at one half. **Where would it run with
# weights of 0.05, and why?** Keep the question.
#
# ## The idea
#
# Take *one unit*. A batch of $m$ examples gives it $m$ numbers $z$. Move and stretch them, so that
# they have mean 0 and variance 1. Then let the unit choose its own spread $\gamma$ and centre
# $\beta$. Both are trained.
#
# $$\mu = \frac1m\sum_i z_i \qquad v = \frac1m\sum_i (z_i - \mu)^2 \qquad
# \hat z_i = \frac{z_i - \mu}{\sqrt{v + \varepsilon}} \qquad \text{out}_i = \gamma\hat z_i + \beta$$
#
# The small $\varepsilon$ keeps the root away from 0.
#
# | name | shape | meaning |
# |---|---|---|
# | `Z` | $(n, m)$ | $n$ units, one in each **row**; $m$ examples, one in each column |
# | `mean`, `variance` | $(n, 1)$ | one for each unit, over the examples |
# | `gamma`, `beta` | $(n, 1)$ | one for each unit |
# | `Z_norm`, `out` | $(n, m)$ | $\hat z$, and what comes out |
#
# **By hand.** One unit, four examples: $z = (-1, 1, 3, 5)$. Take $\varepsilon = 4$, far too large,
# but then the root is whole. $\mu = 2$, $v = (9 + 1 + 1 + 9)/4 = 5$, the root is $\sqrt{5 + 4} = 3$
# and $\hat z = (-1, -\frac13, \frac13, 1)$. With $\gamma = 3$ and $\beta = 10$ the unit puts out
# **7, 9, 11, 13**. Keep these four: they come back three times.

# %% nbgrader={"locked": true, "grade_id": "numbers_of_the_checks"}
hand_Z = np.array([[-1.0, 1.0, 3.0, 5.0]])
check_Z = np.array([[-1.0, 1.0, 3.0, 5.0], [17.0, 5.0, 7.0, 11.0], [0.5, 0.5, 0.5, 0.5]])
check_gamma, check_beta = np.array([[3.0], [-2.0], [4.0]]), np.array([[10.0], [1.0], [-6.0]])
use_mean, use_variance = np.array([[2.0], [5.0], [0.0]]), np.array([[5.0], [21.0], [0.0]])

# %% [markdown]
# ## Part 1: in training
#
# ### batchnorm_forward · 10 points · 10 minutes · difficulty 2 · importance 5
#
# Write it for all units at once. The cache is for the way back.
#
# <details><summary>Hint: the question</summary>
#
# Which axis counts the examples? Which shape has a mean that NumPy subtracts from every column?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Mean and variance over the examples, shape $(n, 1)$. Then `Z_norm`, shape $(n, m)$. Then spread
# and centre. Last the dictionary.
# </details>
# <details><summary>If you see <em>operands could not be broadcast together</em></summary>
#
# A mean of shape $(n,)$ lies down along the row. `keepdims=True` leaves it standing as a column.
# </details>
# <details><summary>If only <em>far from zero</em> differs</summary>
#
# On paper $\overline{z^2} - \mu^2$ is the variance. Near a million both terms are about $10^{12}$,
# and a float64 keeps 16 digits. How many are left?
# </details>

# %% nbgrader={"solution": true, "grade_id": "batchnorm_forward"}
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    """Batch normalization in training: each unit is normalized over the examples of the batch.

    Args:
        Z: shape (n, m): n units, m >= 1 examples. It must come back unchanged. Rows may lie far
            from zero, around a million.
        gamma: the spread of each unit, shape (n, 1). beta: its centre, shape (n, 1).
        epsilon: added to the variance, under the root.

    Returns:
        (out, cache): out of shape (n, m) (Ioffe and Szegedy, 2015, algorithm 1), and a dictionary
        with "Z_norm", shape (n, m); "mean" and "variance" of the batch, shape (n, 1), the variance
        divided by m and without epsilon; "gamma" and "epsilon" as they were given.
    """
    ### BEGIN SOLUTION
    mean = np.mean(Z, axis=1, keepdims=True)
    variance = np.var(Z, axis=1, keepdims=True)
    Z_norm = (Z - mean) / np.sqrt(variance + epsilon)
    out = gamma * Z_norm + beta
    cache = {
        "Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon,
    }
    return out, cache
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "batchnorm_forward-check"} tags=["check"]
with checking("batchnorm_forward", Z=check_Z, gamma=check_gamma, beta=check_beta):
    out, cache = batchnorm_forward(hand_Z, np.array([[3.0]]), np.array([[10.0]]), epsilon=4)
    check("by hand", out, [[7, 9, 11, 13]])
    out, cache = batchnorm_forward(check_Z, check_gamma, check_beta, epsilon=4)
    second = [1.4, -1, -0.6, 0.2]
    check("out", out, [[7, 9, 11, 13], [-1.8, 3, 2.2, 0.6], [-6] * 4])
    expected = {
        "Z_norm": [[-1, -1 / 3, 1 / 3, 1], second, [0] * 4], "mean": [[2], [10], [0.5]],
        "variance": [[5], [21], [0]], "gamma": check_gamma, "epsilon": 4,
    }
    check("cache", {name: cache[name] for name in expected}, expected)
    usual = batchnorm_forward(check_Z[:2, :2] / 1000, check_gamma[:2], check_beta[:2])[0]
    check("usual epsilon", usual, [[9.09546597, 10.90453403], [-0.76930348, 2.76930348]])
    far = 1e6 + hand_Z / 10
    far = batchnorm_forward(far, np.array([[3.0]]), np.array([[10.0]]), epsilon=0.04)[0]
    check("far from zero", far, [[7, 9, 11, 13]])

# %% nbgrader={"grade": true, "grade_id": "batchnorm_forward-test", "points": 10}
verdict("batchnorm_forward")
### BEGIN HIDDEN TESTS
@hidden_cases("batchnorm_forward", cases=6, returns=("out", "cache"), extra_keys=True)
def _(case):
    n, m = [(3, 5), (4, 7), (1, 6), (5, 1), (6, 3), (2, 9)][case.index]
    centre = 1e6 if case.index == 5 else 3
    Z = centre * case.rng.uniform(1, 2, (n, 1)) + case.rng.uniform(0.2, 2, (n, 1)) * case.rng.standard_normal((n, m))
    gamma, beta = case.rng.uniform(0.5, 2, (n, 1)) * (-1) ** np.arange(n)[:, None], case.rng.standard_normal((n, 1))
    if case.index == 0:
        case.call(batchnorm_forward, Z / 300, gamma, beta)
    else:
        case.call(batchnorm_forward, Z, gamma, beta, epsilon=float(case.rng.uniform(0.3, 2)))
### END HIDDEN TESTS

# %% [markdown]
# **The picture again.** Weights of 0.05 are those of 0.2, divided by 4. Then $z$, $\mu$ and
# $\sqrt v$ are all divided by 4, and $\hat z$ does not change at all. So the line would be the
# same, apart from $\varepsilon$. *The layer no longer knows how large its weights are.* ReLU cuts
# off half of a signal of strength 1: one half stays.
#
# And the layer's bias $b$? It moves $z$ and $\mu$ alike. What is left of it in $\hat z$?
#
# <details><summary>Answer</summary>
#
# Nothing. A bias before batch normalization does nothing; $\beta$ takes its place. You will meet
# its gradient.
# </details>

# %% [markdown]
# ## Part 2: in use
#
# In training, the answer to an example depends on the others in its batch. In use that will not do:
# of one example alone, $\hat z = 0$, whatever it was. So the network remembers statistics.
#
# ### update_running · 4 points · 4 minutes · difficulty 1 · importance 3
#
# After each batch, keep most of the old value:
#
# $$\text{running} := \text{momentum}\cdot\text{running} + (1-\text{momentum})\cdot\text{batch}$$
#
# That is Keras's convention. PyTorch gives the name to the other of the two shares.
#
# **By hand.** At the start mean 0, variance 1. The batch of the example has 2 and 5. With momentum
# 0.9: $0.2$ and $0.9 + 0.5 = 1.4$.
#
# <details><summary>Hint: the question</summary>
#
# If the momentum is 1, does anything change?
# </details>
# <details><summary>Hint: a plan</summary>
#
# The same formula twice, for the mean and for the variance. Make new arrays.
# </details>
# <details><summary>If you see <em>the function changed its input</em></summary>
#
# `running_mean *= …` writes into the array of the one who called. Make a new one.
# </details>

# %% nbgrader={"solution": true, "grade_id": "update_running"}
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    """The running statistics after one more batch.

    Args:
        running_mean, running_variance: as they are so far, shape (n, 1). They come back unchanged.
        mean, variance: those of the new batch, shape (n, 1).
        momentum: the share of the old value that stays, from 0 to 1.

    Returns:
        (running_mean, running_variance), the new ones, shape (n, 1).
    """
    ### BEGIN SOLUTION
    running_mean = momentum * running_mean + (1 - momentum) * mean
    running_variance = momentum * running_variance + (1 - momentum) * variance
    return running_mean, running_variance
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "update_running-check"} tags=["check"]
old_mean, old_variance = np.array([[0.0], [4.0]]), np.array([[1.0], [9.0]])
new_mean, new_variance = np.array([[2.0], [-6.0]]), np.array([[5.0], [49.0]])
olds = {"running_mean": old_mean, "running_variance": old_variance}
with checking("update_running", **olds, mean=new_mean, variance=new_variance):
    mean, variance = update_running(old_mean, old_variance, new_mean, new_variance)
    check("running_mean", mean, [[0.2], [3]])
    check("running_variance", variance, [[1.4], [13]])
    mean, variance = update_running(old_mean, old_variance, new_mean, new_variance, momentum=0.75)
    check("running_mean, momentum 0.75", mean, [[0.5], [1.5]])
    check("running_variance, momentum 0.75", variance, [[2], [19]])

# %% nbgrader={"grade": true, "grade_id": "update_running-test", "points": 4}
verdict("update_running")
### BEGIN HIDDEN TESTS
@hidden_cases("update_running", cases=5, returns=("running_mean", "running_variance"))
def _(case):
    n = [3, 5, 1, 4, 2][case.index]
    means, variances = 4 * case.rng.standard_normal((2, n, 1)), case.rng.uniform(0.5, 9, (2, n, 1))
    given = (means[0], variances[0], means[1], variances[1])
    if case.index in (0, 3):
        case.call(update_running, *given)
    else:
        case.call(update_running, *given, momentum=float(case.rng.uniform(0.05, 0.99)))
### END HIDDEN TESTS

# %% [markdown]
# ### batchnorm_inference · 6 points · 5 minutes · difficulty 1 · importance 4
#
# The same two lines, with statistics that do not come from `Z`.
#
# <details><summary>Hint: the question</summary>
#
# May the answer to one column depend on another column?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Normalize with the running statistics, shape $(n, 1)$; then spread and centre. No mean is taken.
# </details>
# <details><summary>If <em>one example alone</em> differs and the rest agrees</summary>
#
# Look for a mean or a variance of `Z`. Of one example, the variance is 0.
# </details>

# %% nbgrader={"solution": true, "grade_id": "batchnorm_inference"}
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    """Batch normalization in use: each unit is normalized with its running statistics.

    Args:
        Z: shape (n, m), m >= 1. It must come back unchanged.
        gamma, beta: spread and centre of each unit, shape (n, 1).
        running_mean, running_variance: shape (n, 1).
        epsilon: added to the variance, under the root.

    Returns:
        out, shape (n, m). Each column depends on that column of Z alone.
    """
    ### BEGIN SOLUTION
    Z_norm = (Z - running_mean) / np.sqrt(running_variance + epsilon)
    return gamma * Z_norm + beta
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "batchnorm_inference-check"} tags=["check"]
with checking("batchnorm_inference", Z=check_Z, mean=use_mean, variance=use_variance):
    given = check_gamma, check_beta, use_mean, use_variance
    expected = np.array([[7, 9, 11, 13], [-3.8, 1, 0.2, -1.4], [-5] * 4])
    check("out", batchnorm_inference(check_Z, *given, epsilon=4), expected)
    check("one example alone", batchnorm_inference(check_Z[:, :1], *given, 4), expected[:, :1])
    usual = batchnorm_inference(check_Z[2:] / 1000, *(a[2:] for a in given))
    check("usual epsilon", usual, [[-5.36754447] * 4])

# %% nbgrader={"grade": true, "grade_id": "batchnorm_inference-test", "points": 6}
verdict("batchnorm_inference")
### BEGIN HIDDEN TESTS
@hidden_cases("batchnorm_inference", cases=5, returns="out")
def _(case):
    n, m = [(3, 5), (4, 1), (1, 6), (5, 3), (2, 7)][case.index]
    Z = 2 + 3 * case.rng.standard_normal((n, m))
    gamma, beta = case.rng.uniform(0.5, 2, (n, 1)) * (-1) ** np.arange(n)[:, None], case.rng.standard_normal((n, 1))
    mean, variance = case.rng.standard_normal((n, 1)), case.rng.uniform(0.3, 6, (n, 1))
    if case.index == 0:
        case.call(batchnorm_inference, Z, gamma, beta, mean, variance / 1e5)
    else:
        case.call(batchnorm_inference, Z, gamma, beta, mean, variance, epsilon=float(case.rng.uniform(0.3, 2)))
### END HIDDEN TESTS

# %% [markdown]
# ### fold_batchnorm · 6 points · 10 minutes · difficulty 3 · importance 3
#
# In use nothing depends on the batch. $Wx + b$ goes in, and a matrix times $x$ plus a column comes
# out. **Find both.** Then normalization costs nothing in use.
#
# **By hand.** One unit, $z = 6x + 1$; running mean 2, running variance 5, $\varepsilon = 4$,
# $\gamma = 6$, $\beta = 10$. Write the output as $\square\, x + \square$.
#
# <details><summary>The two numbers</summary>
#
# $6\cdot(6x + 1 - 2)/3 + 10 = 12x + 8$. So the folded weight is 12, the folded bias 8.
# </details>
# <details><summary>Hint: the question</summary>
#
# Put $Wx + b$ in for $z$ and multiply out. What stands before $x$? What stands alone?
# </details>
# <details><summary>Hint: a plan</summary>
#
# A column of factors, shape $(n, 1)$, one for each row of $W$. The bias is moved, multiplied, and
# moved again.
# </details>
# <details><summary>If <em>W_folded</em> differs and <em>by hand</em> agrees</summary>
#
# Units are rows. Factors of shape $(n,)$ act on columns.
# </details>

# %% nbgrader={"solution": true, "grade_id": "fold_batchnorm"}
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    """Weights and bias of a plain layer that does what W, b and batch normalization do in use.

    Args:
        W: shape (n, n_prev). b: shape (n, 1). Both come back unchanged.
        gamma, beta, running_mean, running_variance: shape (n, 1). epsilon: a number.

    Returns:
        (W_folded, b_folded), shapes (n, n_prev) and (n, 1): for every x, W_folded @ x + b_folded
        is batchnorm_inference(W @ x + b, ...).
    """
    ### BEGIN SOLUTION
    scale = gamma / np.sqrt(running_variance + epsilon)
    W_folded = scale * W
    b_folded = scale * (b - running_mean) + beta
    return W_folded, b_folded
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "fold_batchnorm-check"} tags=["check"]
check_W, check_b = np.array([[6.0, -2.0], [4.0, 1.0], [3.0, 5.0]]), np.array([[1.0], [7.0], [-4.0]])
with checking("fold_batchnorm", W=check_W, b=check_b, mean=use_mean, variance=use_variance):
    one = [np.array([[number]]) for number in (6.0, 1.0, 6.0, 10.0, 2.0, 5.0)]
    folded = fold_batchnorm(*one, epsilon=4)
    check("by hand", [np.ravel(folded[0]), np.ravel(folded[1])], [[12], [8]])
    given = check_gamma, check_beta, use_mean, use_variance
    folded = fold_batchnorm(check_W, check_b, *given, epsilon=4)
    check("W_folded, 3 units", folded[0], [[6, -2], [-1.6, -0.4], [6, 10]])
    check("b_folded, 3 units", folded[1], [[9], [0.2], [-14]])
    usual = fold_batchnorm(check_W[2:], check_b[2:], *(a[2:] for a in given))
    check("W_folded, usual epsilon", usual[0], [[3794.733192, 6324.55532]])
    check("b_folded, usual epsilon", usual[1], [[-5065.644256]])

# %% nbgrader={"grade": true, "grade_id": "fold_batchnorm-test", "points": 6}
verdict("fold_batchnorm")
### BEGIN HIDDEN TESTS
@hidden_cases("fold_batchnorm", cases=5, returns=("W_folded", "b_folded"))
def _(case):
    n, n_prev = [(3, 5), (4, 1), (1, 6), (5, 5), (2, 7)][case.index]
    W, b = case.rng.standard_normal((n, n_prev)), case.rng.standard_normal((n, 1))
    gamma, beta = case.rng.uniform(0.5, 2, (n, 1)) * (-1) ** np.arange(n)[:, None], case.rng.standard_normal((n, 1))
    mean, variance = case.rng.standard_normal((n, 1)), case.rng.uniform(0.3, 6, (n, 1))
    if case.index == 0:
        case.call(fold_batchnorm, W, b, gamma, beta, mean, variance / 1e5)
    else:
        case.call(fold_batchnorm, W, b, gamma, beta, mean, variance, epsilon=float(case.rng.uniform(0.3, 2)))
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: the way back
#
# From above comes `dout`, shape $(n, m)$: by how much the cost grows with each entry of `out`. The
# last line was $\text{out}_i = \gamma\hat z_i + \beta$.
#
# **By hand.** The four again, $\hat z = (-1, -\frac13, \frac13, 1)$, $\gamma = 3$. Only the first
# has a gradient: $\text{dout} = (1, 0, 0, 0)$. What are $d\hat z$, $d\gamma$ and $d\beta$?
#
# <details><summary>Answer</summary>
#
# If $\hat z_1$ grows by a little, $\text{out}_1$ grows by 3 times that: $d\hat z = (3, 0, 0, 0)$.
# $\gamma$ acts on every example, through $\hat z_i$: $d\gamma = -1$. So does $\beta$: $d\beta = 1$.
# </details>

# %% nbgrader={"locked": true, "grade_id": "numbers_of_the_way_back"}
hand_cache = {
    "Z_norm": np.array([[-1, -1 / 3, 1 / 3, 1]]), "mean": np.array([[2.0]]),
    "variance": np.array([[5.0]]), "gamma": np.array([[3.0]]), "epsilon": 4,
}
check_cache = {
    "Z_norm": np.array([[-1, -1 / 3, 1 / 3, 1], [1.4, -1, -0.6, 0.2], [0, 0, 0, 0]]),
    "mean": np.array([[2.0], [10.0], [0.5]]), "variance": np.array([[5.0], [21.0], [0.0]]),
    "gamma": check_gamma, "epsilon": 4,
}
hand_dout = np.array([[1.0, 0.0, 0.0, 0.0]])
check_dout = np.array([[1.0, 0.0, 0.0, 0.0], [1.0, -2.0, 3.0, 2.0], [4.0, 8.0, -2.0, 6.0]])

# %% [markdown]
# ### scale_and_shift_backward · 6 points · 6 minutes · difficulty 2 · importance 4
#
# <details><summary>Hint: the question</summary>
#
# One $\gamma$ serves $m$ examples. How do they make one gradient?
# </details>
# <details><summary>Hint: a plan</summary>
#
# `dZ_norm` entry by entry, shape $(n, m)$. The others are sums over the examples, $(n, 1)$.
# </details>
# <details><summary>If you see <em>shape (3,) for (3, 1)</em></summary>
#
# The sum has swallowed an axis. `keepdims=True` keeps it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "scale_and_shift_backward"}
def scale_and_shift_backward(dout, cache):
    """Back through out = gamma * Z_norm + beta.

    Args:
        dout: the gradient of the cost with respect to out, shape (n, m).
        cache: of batchnorm_forward: "Z_norm", "mean", "variance", "gamma", "epsilon", and no more.
            Both come back unchanged.

    Returns:
        (dZ_norm, dgamma, dbeta), the gradients with respect to Z_norm, shape (n, m), and to gamma
        and beta, shape (n, 1). None is divided by m: dout already is what the cost says.
    """
    ### BEGIN SOLUTION
    dZ_norm = dout * cache["gamma"]
    dgamma = np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)
    dbeta = np.sum(dout, axis=1, keepdims=True)
    return dZ_norm, dgamma, dbeta
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "scale_and_shift_backward-check"} tags=["check"]
with checking("scale_and_shift_backward", dout=check_dout, cache=check_cache):
    check("by hand: dZ_norm", scale_and_shift_backward(hand_dout, hand_cache)[0], [[3, 0, 0, 0]])
    dZ_norm, dgamma, dbeta = scale_and_shift_backward(check_dout, check_cache)
    check("dZ_norm", dZ_norm, [[3, 0, 0, 0], [-2, 4, -6, -4], [16, 32, -8, 24]])
    check("dgamma", dgamma, [[-1], [2], [0]])
    check("dbeta", dbeta, [[1], [4], [16]])

# %% nbgrader={"grade": true, "grade_id": "scale_and_shift_backward-test", "points": 6}
verdict("scale_and_shift_backward")
### BEGIN HIDDEN TESTS
@hidden_cases("scale_and_shift_backward", cases=5, returns=("dZ_norm", "dgamma", "dbeta"))
def _(case):
    n, m = [(3, 5), (4, 2), (1, 6), (5, 1), (6, 7)][case.index]
    Z, epsilon = 3 + 2 * case.rng.standard_normal((n, m)), float(case.rng.uniform(0.3, 2))
    mean, variance = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    gamma = case.rng.uniform(0.5, 2, (n, 1)) * (-1) ** np.arange(n)[:, None]
    Z_norm = (Z - mean) / np.sqrt(variance + epsilon)
    cache = {"Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}
    case.call(scale_and_shift_backward, case.rng.standard_normal((n, m)), cache)
### END HIDDEN TESTS

# %% [markdown]
# ### Three roads
#
# Now from $\hat z$ to $z$. Let $s = \sqrt{v + \varepsilon}$, so $\hat z_i = (z_i - \mu)/s$. The
# cost hears of $z_1$ **along three roads**: through $z_1$ itself, through $\mu$, and through $s$.
# The roads add up. Work out each for the four: $s = 3$, $m = 4$, $d\hat z = (3, 0, 0, 0)$. Think
# before you unfold.
#
# 1. *Directly.* Hold $\mu$ and $s$ still. What is $dz$?
#
# <details><summary>Answer 1</summary>
#
# $\hat z_i$ grows with $z_i$ by $1/s$. So $(1, 0, 0, 0)$.
# </details>
#
# 2. *Through the mean.* $z_j$ grows by $h$. By how much does $\mu$ grow? Which $\hat z_i$ feel it?
#
# <details><summary>Answer 2</summary>
#
# $\mu$ grows by $h/4$, and *every* $\hat z_i$ falls by $h/(4s)$. The cost feels all of them, so
# $d\hat z$ is averaged: $-\frac13\cdot\frac34 = -\frac14$ for each $j$.
# </details>

# %% [markdown]
# 3. *Through the spread.* $z_j$ grows by $h$. By how much does $v$ grow, then $s$, then each
#    $\hat z_i$?
#
# <details><summary>Answer 3a: v</summary>
#
# $v$ is the mean of $(z_i - \mu)^2$. Its $j$-th term grows by $2(z_j - \mu)h$, so $v$ grows by
# $\frac2m(z_j - \mu)h$. But $\mu$ moves too? That adds up to nothing, as $\sum_i(z_i - \mu) = 0$.
# </details>
# <details><summary>Answer 3b: s</summary>
#
# $s^2 = v + \varepsilon$, so $2s\,ds = dv$, and $s$ grows by $\frac1m\cdot\frac{z_j - \mu}s h$. You
# know the last fraction: it is $\hat z_j$.
# </details>
# <details><summary>Answer 3c: all the ẑ</summary>
#
# $\hat z_i$ changes by $-\hat z_i\,ds/s$. Here $\sum_i d\hat z_i\,\hat z_i = 3\cdot(-1) = -3$, so
# road 3 adds $-(-3)\cdot\frac14\cdot\frac13\cdot\hat z_j = \frac14\hat z_j$. That is
# $(-\frac14, -\frac1{12}, \frac1{12}, \frac14)$.
# </details>
#
# **Add up** the roads. You should get $(\frac12, -\frac13, -\frac16, 0)$. Only the first example
# had a gradient; now the second has one, too.
#
# **Then without numbers.** Write each road with $s$, $\hat z_j$ and a mean over the batch.

# %% [markdown]
# ### batchnorm_backward · 12 points · 20 minutes · difficulty 5 · importance 5
#
# The whole way back. You may call `scale_and_shift_backward`.
#
# <details><summary>Hint: the question</summary>
#
# What does road 2 add to each example of a unit? And road 3: which part is each example's own?
# </details>
# <details><summary>Hint: a plan</summary>
#
# $s$ from two entries of the cache, and two means over the examples: all of shape $(n, 1)$. From
# `dZ_norm`, shape $(n, m)$, take off two terms. All three are divided by $s$.
# </details>
# <details><summary>If your rows of dZ do not add up to zero</summary>
#
# Roads 1 and 2 must cancel in the sum. Have you a sum where a mean belongs?
# </details>
# <details><summary>If you see <em>invalid value encountered in divide</em></summary>
#
# A constant row has variance 0. What stands under the root besides the variance?
# </details>

# %% nbgrader={"solution": true, "grade_id": "batchnorm_backward"}
def batchnorm_backward(dout, cache):
    """Back through batch normalization in training.

    Args:
        dout: the gradient of the cost with respect to out, shape (n, m).
        cache: of batchnorm_forward: "Z_norm", "mean", "variance", "gamma", "epsilon", and no more.
            Both come back unchanged.

    Returns:
        (dZ, dgamma, dbeta): the gradients with respect to Z, shape (n, m), and to gamma and beta,
        shape (n, 1) (Ioffe and Szegedy, 2015, section 3, in fewer lines).
    """
    ### BEGIN SOLUTION
    dZ_norm, dgamma, dbeta = scale_and_shift_backward(dout, cache)
    Z_norm = cache["Z_norm"]
    s = np.sqrt(cache["variance"] + cache["epsilon"])
    through_mean = np.mean(dZ_norm, axis=1, keepdims=True)
    through_spread = Z_norm * np.mean(dZ_norm * Z_norm, axis=1, keepdims=True)
    dZ = (dZ_norm - through_mean - through_spread) / s
    return dZ, dgamma, dbeta
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "batchnorm_backward-check"} tags=["check"]
with checking("batchnorm_backward", dout=check_dout, cache=check_cache):
    by_hand = batchnorm_backward(hand_dout, hand_cache)[0]
    check("by hand: dZ", by_hand, [[1 / 2, -1 / 3, -1 / 6, 0]])
    dZ, dgamma, dbeta = batchnorm_backward(check_dout, check_cache)
    check("dZ, row 2", dZ[1:2], [[0.28, 1, -0.92, -0.36]])
    check("dZ, row 3, where z is constant", dZ[2:], [[0, 8, -12, 4]])
    check("dZ", dZ, [[1 / 2, -1 / 3, -1 / 6, 0], [0.28, 1, -0.92, -0.36], [0, 8, -12, 4]])
    check("dgamma", dgamma, [[-1], [2], [0]])
    check("dbeta", dbeta, [[1], [4], [16]])
    check("rows of dZ add up to", dZ.sum(axis=1), [0, 0, 0])

# %% nbgrader={"grade": true, "grade_id": "batchnorm_backward-test", "points": 12}
verdict("batchnorm_backward")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "batchnorm_backward", cases=6, returns=("dZ", "dgamma", "dbeta"), calls=("scale_and_shift_backward",)
)
def _(case):
    n, m = [(3, 5), (4, 2), (1, 6), (5, 1), (6, 7), (2, 9)][case.index]
    Z, epsilon = 3 + 2 * case.rng.standard_normal((n, m)), float(case.rng.uniform(0.3, 2))
    if case.index == 5:
        Z, epsilon = Z / 300, 1e-5
    mean, variance = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    gamma = case.rng.uniform(0.5, 2, (n, 1)) * (-1) ** np.arange(n)[:, None]
    Z_norm = (Z - mean) / np.sqrt(variance + epsilon)
    cache = {"Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}
    case.call(batchnorm_backward, case.rng.standard_normal((n, m)), cache)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: the cost as the judge
#
# Measure each slope from the cost alone. First:
#
# 1. Add 5 to all the $z$ of a unit. What happens to `out`? So what must a row of `dZ` add up to?
# 2. Double their distances from the mean. What must $\sum_i dz_i\,\hat z_i$ be?
#
# <details><summary>Answers</summary>
#
# 1. Nothing happens, so the row adds up to **0**. That sum is also the gradient of a bias before
#    the normalization.
# 2. Nothing happens, but for $\varepsilon$. So **0**, nearly. Two directions of the $m$ are dead;
#    of a batch of two, all are.
# </details>

# %% tags=["demo"]
if ready("batchnorm_forward", "batchnorm_backward"):
    rng = np.random.default_rng(1)
    Z, dout = 3 + 2 * rng.standard_normal((4, 6)), rng.standard_normal((4, 6))
    gamma, beta = rng.standard_normal((2, 4, 1))
    cost = lambda Z: np.sum(dout * batchnorm_forward(Z, gamma, beta)[0])
    cache = batchnorm_forward(Z, gamma, beta)[1]
    dZ = batchnorm_backward(dout, cache)[0]
    measured = np.zeros_like(Z)
    for place in np.ndindex(Z.shape):
        step = np.zeros_like(Z)
        step[place] = 1e-5
        measured[place] = (cost(Z + step) - cost(Z - step)) / 2e-5
    print(f"largest slope {np.abs(measured).max():.2f}, off by {np.abs(dZ - measured).max():.0e}")
    print("rows of dZ add up to", np.round(dZ.sum(axis=1), 9) + 0)
    print("rows of dZ times Z_norm", np.round((dZ * cache["Z_norm"]).sum(axis=1), 3) + 0)

# %% [markdown]
# ## Part 4: the right scale to search on
#
# Say the best learning rate lies between 0.01 and 100. Draw evenly, and 99 of 100 draws are
# above 1. But from 0.1 to 0.2 is a large step, from 90.1 to 90.2 none. What counts is the *factor*.
#
# So draw $u$ evenly between 0 and 1, and turn it into a value so that **equal steps of $u$ multiply
# by equal factors**. From 0.01 to 100 is a factor of 10 000. Half the way is the factor which,
# taken twice, gives that: 100. So $u = \frac12$ gives $0.01 \cdot 100 = 1$.
#
# ### log_scale · 4 points · 6 minutes · difficulty 2 · importance 4
#
# <details><summary>Hint: the question</summary>
#
# By which factor is `low` multiplied at $u = 1$? At $u = \frac12$? Which power of the first is the
# second?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Either: one factor, to a power. Or: go to logarithms, walk evenly there, and come back.
# </details>
# <details><summary>If you see <em>only length-1 arrays can be converted</em></summary>
#
# The functions of `math` take one number. NumPy's take arrays, too.
# </details>

# %% nbgrader={"solution": true, "grade_id": "log_scale"}
def log_scale(u, low, high):
    """From u, even between 0 and 1, to a value between low and high, even on a logarithmic scale.

    Args:
        u: a number from 0 to 1, or an array of such.
        low, high: the ends, 0 < low < high.

    Returns:
        low for u = 0, high for u = 1; equal steps of u multiply it by equal factors.
        A number, or an array with the shape of u.
    """
    ### BEGIN SOLUTION
    return low * (high / low) ** u
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "log_scale-check"} tags=["check"]
check_u = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
with checking("log_scale", u=check_u):
    check("from 0.01 to 100", log_scale(check_u, 0.01, 100), [0.01, 0.1, 1, 10, 100])
    check("from 2 to 162", log_scale(check_u, 2, 162), [2, 6, 18, 54, 162])
    check("a number", log_scale(0.3, 0.05, 0.4), 0.0933032992)

# %% nbgrader={"grade": true, "grade_id": "log_scale-test", "points": 4}
verdict("log_scale")
### BEGIN HIDDEN TESTS
@hidden_cases("log_scale", cases=5, returns="value")
def _(case):
    low = float(case.rng.uniform(0.001, 0.5))
    high = float(low * case.rng.uniform(3, 5000))
    if case.index < 2:
        u = float(case.rng.uniform(0.1, 0.9))
    else:
        u = case.rng.uniform(0, 1, [(4,), (2, 3), (7,)][case.index - 2])
    case.call(log_scale, u, low, high)
### END HIDDEN TESTS

# %% [markdown]
# Of momentum's $\beta$, it is $1 - \beta$ that counts: 0.9 averages about 10 steps, 0.999
# about 1000. So draw `1 - log_scale(u, 0.001, 0.1)`.
#
# ## Part 5: what it does
#
# The network is given: four hidden layers of 20 units, He's rule. `"plain"` has no normalization,
# `"norm"` has yours in every hidden layer, `"noisy"` comes later. The data are two spirals: 200
# points to train on, in batches of 50; 100 *dev* points for choices; 200 test points for the end.

# %% nbgrader={"locked": true, "grade_id": "network"}
SIZES = [2, 20, 20, 20, 20, 1]
NEEDED = ("batchnorm_forward", "update_running", "batchnorm_inference", "batchnorm_backward")

spirals_X, spirals_Y, test_X, test_Y = data.load_planar("spirals")
train_X, train_Y = spirals_X[:, :200], spirals_Y[:, :200]
dev_X, dev_Y = spirals_X[:, 200:], spirals_Y[:, 200:]


def start(seed):
    """He's weights, zero biases; spread 1 and centre 0 in each hidden layer."""
    rng, parameters = np.random.default_rng(seed), {}
    for l, (n_prev, n) in enumerate(zip(SIZES, SIZES[1:]), 1):
        parameters[f"W{l}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
        parameters[f"gamma{l}"], parameters[f"beta{l}"] = np.ones((n, 1)), np.zeros((n, 1))
    return parameters


def forward(X, parameters, kind, running=None, noise=None):
    """Z of the last layer, and (A_prev, H, cache) of each layer; H is what ReLU reads.

    Args:
        running: None in training; in use the running (mean, variance) of each hidden layer.
        noise: a generator of random numbers, for the kind "noisy".
    """
    A, layers = X, []
    for l in range(1, len(SIZES)):
        H, cache = parameters[f"W{l}"] @ A + parameters[f"b{l}"], None
        if l < len(SIZES) - 1 and kind != "plain":
            gamma, beta = parameters[f"gamma{l}"], parameters[f"beta{l}"]
            if running is None:
                H, cache = batchnorm_forward(H, gamma, beta)
            else:
                H = batchnorm_inference(H, gamma, beta, *running[l - 1])
            if kind == "noisy" and noise is not None:
                centre, spread = noise.uniform(-0.5, 0.5, H[:, :1].shape), noise.uniform(0, 0.5)
                H = H + centre + spread * noise.standard_normal(H.shape)
        layers.append((A, H, cache))
        A = np.maximum(0, H)
    return H, layers


def compute_cost(Z, Y):
    """The mean cross-entropy in nats."""
    return np.mean(np.logaddexp(0, Z) - Y * Z)


def gradients_of(X, Y, parameters, kind, noise=None):
    """The gradients, with the names of their parameters; the cost; the layers of forward."""
    Z, layers = forward(X, parameters, kind, noise=noise)
    dZ, gradients = (0.5 * (1 + np.tanh(Z / 2)) - Y) / X.shape[1], {}
    for l in range(len(layers), 0, -1):
        A_prev, H, cache = layers[l - 1]
        if l < len(layers):
            dZ = (parameters[f"W{l + 1}"].T @ dZ) * (H > 0)
        if cache is not None:
            dZ, gradients[f"gamma{l}"], gradients[f"beta{l}"] = batchnorm_backward(dZ, cache)
        gradients[f"W{l}"], gradients[f"b{l}"] = dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)
    return gradients, compute_cost(Z, Y), layers


def train(kind, learning_rate, seed, steps=300, batch=50, beta=0.0, watch=None):
    """Gradient descent in batches. Returns the kind, parameters, running statistics and costs.

    Args:
        beta: of momentum. watch: called with the parameters before every step.
    """
    rng, parameters, costs = np.random.default_rng(1000 + seed), start(seed), []
    running = [(np.zeros((n, 1)), np.ones((n, 1))) for n in SIZES[1:-1]]
    velocity, order = dict.fromkeys(parameters, 0.0), []
    with np.errstate(all="ignore"):  # a learning rate may be far too large
        for _ in range(steps):
            if len(order) < batch:
                order = rng.permutation(train_X.shape[1])
            chosen, order = order[:batch], order[batch:]
            if watch:
                watch(parameters)
            X, Y = train_X[:, chosen], train_Y[:, chosen]
            gradients, cost, layers = gradients_of(X, Y, parameters, kind, rng)
            costs.append(cost)
            for name, gradient in gradients.items():
                velocity[name] = beta * velocity[name] + (1 - beta) * gradient
                parameters[name] = parameters[name] - learning_rate * velocity[name]
            if kind != "plain":
                caches = [cache for _, _, cache in layers[:-1]]
                running = [
                    update_running(*old, cache["mean"], cache["variance"])
                    for old, cache in zip(running, caches)
                ]
    return {"kind": kind, "parameters": parameters, "running": running, "costs": costs}


def judged(model, X, Y):
    """The cost and the share right, in use: with the running statistics."""
    with np.errstate(all="ignore"):
        Z, _ = forward(X, model["parameters"], model["kind"], model["running"])
        return compute_cost(Z, Y), np.mean((Z > 0) == Y)

# %% [markdown]
# ### Predict, then run: nine learning rates
#
# Nine learning rates, five draws each. We count the trainings that get at least 90 % of the dev
# points right. Two of the nine rates suit at least four of five plain networks: 0.1 and 0.32. How
# many suit as many normalized ones? Larger rates, or smaller?
#
# <details><summary>Answer</summary>
#
# Six, from 0.01 to 3.2: a factor of 300 in the place of 3. Larger *and* smaller.
# </details>

# %% tags=["demo"]
if ready(*NEEDED, "log_scale"):
    rates = log_scale(np.linspace(0, 1, 9), 0.001, 10)
    print("learning rate", *(f"{rate:7.2g}" for rate in rates))
    middle = {}
    for name, kind in {"plain": "plain", "normalized": "norm"}.items():
        right = np.array([[judged(train(kind, rate, seed), dev_X, dev_Y)[1] for seed in range(5)]
                          for rate in rates])
        print(f"{name:13}", *(f"{count:7}" for count in (right >= 0.9).sum(axis=1)))
        middle[name] = 100 * np.median(right, axis=1)
    figure = plots.draw_lines(middle, "learning rate", "dev points right (%), middle of five",
                              colours=(plots.BLACK, plots.BLUE))
    figure.axes[0].set_xticks(range(9), [f"{rate:.2g}" for rate in rates])
    plots.show(figure, alt="The dev points right against nine learning rates from 0.001 to 10. "
               "Plain: near 100 % at 0.1 and 0.32 only, at 50 % above. Normalized: above 95 % from "
               "0.01 to 3.2.")

# %% [markdown]
# ### Play: the learning rate
#
# The learning rate is `log_scale(u, 0.001, 100)`. **Predict** first: at which rate does the plain
# network stop learning, at which the normalized one?

# %% tags=["demo"]
if ready(*NEEDED, "log_scale"):
    def draw(u, seed):
        rate = log_scale(u, 0.001, 100)
        kinds = {"plain": "plain", "normalized": "norm"}
        costs = {name: train(kind, rate, seed, 150)["costs"] for name, kind in kinds.items()}
        figure = plots.draw_lines(costs, "step", "cost of the batch (nats)", log="y",
                                  colours=(plots.BLACK, plots.BLUE))
        figure.axes[0].set(ylim=(1e-3, 10), title=f"learning rate {rate:.2g}")
        ends = " and ".join(f"{np.mean(c[-10:]):.1g} {name}" for name, c in costs.items())
        return figure, f"Two costs over 150 steps, learning rate {rate:.2g}. They end at {ends}."

    play.slider(draw, u=(0.0, 1.0, 0.4), seed=(0, 9, 0))

# %% [markdown]
# ### Predict, then run: one at a time
#
# Normalized networks, trained with 0.1, meet the dev points. With running statistics it is all the
# same whether these come alone or together. What if someone forgets them, and normalizes with the
# batch's own? **Guess** the share right in batches of 100, of 10, and of 1.
#
# <details><summary>Answer</summary>
#
# Nearly all, about 80 %, and one half: alone, every $\hat z$ is 0, and all get the same answer.
# </details>

# %% tags=["demo"]
if ready(*NEEDED):
    models = [train("norm", 0.1, seed) for seed in range(5)]
    print(f"running statistics   {np.mean([judged(m, dev_X, dev_Y)[1] for m in models]):.0%}")
    for size in (100, 50, 10, 4, 1):
        right = []
        for model in models:
            for i in range(0, 100, size):
                Z, _ = forward(dev_X[:, i : i + size], model["parameters"], "norm")
                right.append(np.mean((Z > 0) == dev_Y[:, i : i + size]))
        print(f"batches of {size:3}       {np.mean(right):.0%}")
    for model in models:
        model["running"] = [(0 * mean, 0 * variance + 1) for mean, variance in model["running"]]
    print(f"never updated        {np.mean([judged(m, dev_X, dev_Y)[1] for m in models]):.0%}")

# %% [markdown]
# With large shuffled batches this fault hides. The last line is its sister: nobody called
# `update_running`.
#
# ### Further: small batches in training
#
# How small a batch is too small?
#
# <details><summary>Answer</summary>
#
# Of 4 or 2 examples, mean and variance are a lottery: the normalized network falls behind the plain
# one. With 8 it is still ahead.
# </details>

# %% tags=["demo", "further"]
if ready(*NEEDED):
    for batch in (50, 16, 8, 4, 2):
        shares = []
        for kind in ("plain", "norm"):
            trained = [train(kind, 0.1, seed, batch=batch) for seed in range(5)]
            shares.append(np.mean([judged(model, dev_X, dev_Y)[1] for model in trained]))
        print(f"batches of {batch:2}: plain {shares[0]:.0%}, normalized {shares[1]:.0%}")

# %% [markdown]
# ## Part 6: why does it help?
#
# **The popular explanation.** While a layer learns, the layers below it change, and so does what it
# reads. Ioffe and Szegedy, who invented batch normalization in 2015, called this *internal
# covariate shift*. Normalization holds what a layer reads in place, they said, so it learns faster.
#
# **The experiment.** Santurkar and colleagues asked in 2018: what if we normalize, and then shake?
# `"noisy"` does that: after normalization each unit is moved by a random amount, another one in
# every step, and noise is added. If a small shift is what helps, it should train *worse than
# plain*.
#
# Two instruments:
#
# * **Shift**: how far the mean before a ReLU of the last hidden layer moves in one step, in units
#   of its standard deviation; averaged over units and steps.
# * **Longest step**: walk straight along the gradient, as far as the cost stays below where it
#   began. A short walk: the gradient is true only nearby. (The noise is off meanwhile.)

# %% nbgrader={"locked": true, "grade_id": "instruments"}
def watched(kind, learning_rate, seed):
    """A trained model, and its shift."""
    means, spreads, noise = [], [], np.random.default_rng(seed)

    def watch(parameters):
        H = forward(train_X, parameters, kind, noise=noise)[1][-2][1]
        means.append(H.mean(axis=1))
        spreads.append(H.std(axis=1))

    model = train(kind, learning_rate, seed, watch=watch)
    moved = np.abs(np.diff(means, axis=0)) / (np.array(spreads[:-1]) + 1e-12)
    return model, moved.mean()


def longest_step(kind, parameters):
    """The last of 41 steps along the gradient, 0.01 to 100, before the cost is above its start."""
    gradients, cost, _ = gradients_of(train_X, train_Y, parameters, kind)
    longest = 0.0
    for step in log_scale(np.linspace(0, 1, 41), 0.01, 100):
        moved = {name: value - step * gradients.get(name, 0) for name, value in parameters.items()}
        if compute_cost(forward(train_X, moved, kind)[0], train_Y) > cost:
            break
        longest = step
    return longest

# %% [markdown]
# ### Predict, then run: two claims
#
# Learning rate 0.1, five draws. Which of the three has the largest shift? The highest dev cost at
# the end? The longest step?
#
# <details><summary>Answers</summary>
#
# The noisy one has the largest shift, by far. The plain one has the highest dev cost. The two
# normalized ones have the longer steps.
# </details>

# %% tags=["demo"]
if ready(*NEEDED, "log_scale"):
    print("middle of five   shift   longest step: first   after 100 steps   dev cost   right")
    for kind in ("plain", "norm", "noisy"):
        rows = []
        for seed in range(5):
            model, shift = watched(kind, 0.1, seed)
            early = train(kind, 0.1, seed, steps=100)["parameters"]
            steps = [longest_step(kind, parameters) for parameters in (start(seed), early)]
            rows.append([shift, *steps, *judged(model, dev_X, dev_Y)])
        shift, first, later, cost, right = np.median(rows, axis=0)
        print(f"{kind:14}{shift:8.3f}{first:22.1f}{later:18.1f}{cost:11.2f}{right:8.0%}")

# %% [markdown]
# **What this shows.** With noise the shift is seven times that of the plain network, and still it
# trains: its dev cost is the lower one, 0.09 to 0.13. So a small shift is not needed. What the two
# normalized kinds share is the longer walk: 4.0 to 0.8 at the start, later 1.3 and 3.2 to 0.4. That
# fits the nine learning rates.
#
# **What it does not show.** This is one small network, and the middle of five draws. Normalization
# *does* hold what a layer reads in place, 0.001 to 0.043; but that need not be why it trains well.
# Nor does a long walk beside good training prove that it is the cause.

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **The wrong axis.** In many libraries examples are rows. *Symptom*: with `axis=0` the shape of
#   `out` still fits. Is the mean of each row of `Z_norm` 0?
# * **The batch's statistics in use.** *Symptom*: an answer changes with its neighbours.
# * **A road left out.** *Symptom*: it may still train. The rows of `dZ`, or their products with
#   `Z_norm`, do not add up to zero.

# %% [markdown]
# ## Open task: five questions
#
# Find a learning rate with **five trainings** of 60 steps, normalized. To keep it a search, each of
# ten searches has a secret unit of its own: between $10^{-4}$ and 10 in that unit, some rate is
# good. `score(learning_rate)` trains, and gives the dev cost, at most 5; `score(learning_rate,
# beta)` sets momentum as well. The best of the five counts.

# %%
def my_search(score, budget, rng):
    """Ask score at most budget times. Return nothing: the lowest cost that it gave counts."""
    for _ in range(budget):
        score(rng.uniform(1e-4, 10))

# %% nbgrader={"locked": true, "grade_id": "search"}
def lowest_cost(search, seed, budget=5):
    """The lowest dev cost that a search finds, in a unit that its seed draws."""
    unit, costs = log_scale(np.random.default_rng([7, seed]).random(), 0.1, 1000), []

    def score(learning_rate, beta=0.0):
        if len(costs) == budget:
            raise ValueError(f"all {budget} questions have been asked.")
        cost, _ = judged(train("norm", unit * learning_rate, seed, 60, beta=beta), dev_X, dev_Y)
        costs.append(min(cost, 5.0) if np.isfinite(cost) else 5.0)
        return costs[-1]

    search(score, budget, np.random.default_rng(seed))
    return min(costs, default=5.0)

# %% tags=["demo"]
if ready(*NEEDED, "log_scale"):
    found = [lowest_cost(my_search, seed) for seed in range(100, 110)]
    print(f"ten searches: mean {np.mean(found):.3f}, {min(found):.2f} to {max(found):.2f}")

# %% [markdown]
# The mean of ten searches, measured:
#
# * Draws on a linear scale, as the cell stands: **3.46**. Most searches never see a rate that
#   works.
# * Even draws on a logarithmic scale: **0.085**. Reach that.
# * Our own search: **0.040**. Beat that.
#
# <details><summary>Hint: the question</summary>
#
# After three answers, where on the scale should the fourth question be?
# </details>
# <details><summary>Hint: where to look</summary>
#
# A cost far above $\ln 2$, that of answering one half, says "too large". One a little below says
# "too small". Walk in $u$, not in the rate.
# </details>

# %% [markdown]
# ## At the end, once: the test set
#
# Chosen on the dev points: 0.32 for the plain network, the only rate that suits all five; for the
# normalized one, of many, 0.1. **Predict**: by how much is it better?
#
# <details><summary>Answer</summary>
#
# It is not. All five plain networks get every test point right; four of the normalized ones do, and
# one gets 93 %. Here normalization made the *choice* easier, not the answer better.
# </details>

# %% tags=["demo"]
if ready(*NEEDED):
    for kind, rate in (("plain", 0.32), ("norm", 0.1)):
        right = [judged(train(kind, rate, seed), test_X, test_Y)[1] for seed in range(5)]
        print(f"{kind:5} with {rate}:", *(f"{share:.0%}" for share in right))

# %% [markdown]
# ## Recap
#
# 1. In training each unit is normalized over the batch, then gets its own spread and centre.
# 2. In use it takes running statistics, is linear, and folds into the weights.
# 3. The gradient has three roads. The rows of `dZ` add up to zero: a bias before it learns nothing.
# 4. Many more learning rates work. A small shift is not needed for that; the longer walk may be
#    why.
# 5. Search learning rates and $1 - \beta$ on a logarithmic scale.

# %% [markdown]
# **A question.** Multiply all weights of a layer before batch normalization by 10. What happens to
# the output? To the gradient of these weights? So to a step with a fixed learning rate?
#
# <details><summary>Answer</summary>
#
# The output stays, but for $\varepsilon$. For the same change of it the weights must move ten times
# as far, so the gradient is a tenth. Beside weights ten times as large, a step counts a hundredth.
# Weights that grew in too large steps calm down by themselves.
# </details>
#
# **Read on.** Ioffe and Szegedy, [Batch Normalization](https://arxiv.org/abs/1502.03167), 2015,
# section 3: your forward and backward pass. Santurkar, Tsipras, Ilyas and Madry, [How Does Batch
# Normalization Help Optimization?](https://arxiv.org/abs/1805.11604), 2018, sections 2 and 3: the
# noise, and the smoother ground.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
