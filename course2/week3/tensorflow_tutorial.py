# %% [markdown]
# # TensorFlow
#
# So far you wrote every way back by hand: each gradient, layer by layer. From here on a library
# does it. You write the way forward, and it finds the gradients. How? And are they right? You will
# find the same gradients by hand, once more, and compare the digits.
#
# **You will be able to**
#
# * compute with tensors and variables, and say how they differ from arrays;
# * train a network with a tape, in a loop of ten lines;
# * derive the gradient of softmax with cross-entropy, and check the library with it;
# * say what `model.fit` of Keras does, and do the same without it.
#
# **Time** about 90 minutes, the open task apart. **Builds on** layers, forward and backward (course
# 1, week 4). Each exercise's heading gives points, minutes, difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
from companion import (  # first: it keeps TensorFlow from talking while it starts
    check, checking, data, guesses, hidden_cases, lesson, play, plots, ready, verdict, verdicts,
)

import numpy as np
import tensorflow as tf

lesson(
    "course2-week3/tensorflow_tutorial", libraries=("numpy", "matplotlib", "tensorflow", "keras"),
)

# %% [markdown]
# ## One picture
#
# Six hand signs, and what a network answers: after one round through the training pictures, and
# after thirty. It never saw these six.

# %% tags=["demo", "picture"]
signs, labels, test_signs, test_labels, _ = data.load_signs()
columns = lambda pictures: (pictures.reshape(len(pictures), -1).T / 255 - 0.5).astype("float32")
train_X, dev_X = columns(signs[:960]), columns(signs[960:])
train_y, dev_y = labels[0, :960], labels[0, 960:]
tf.keras.utils.set_random_seed(1)
model = tf.keras.Sequential([tf.keras.layers.Dense(25, "relu"), tf.keras.layers.Dense(12, "relu"),
                             tf.keras.layers.Dense(6, "softmax")])
model.compile(tf.keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
six = [np.flatnonzero(dev_y == sign)[0] for sign in range(6)]
answers = {}
for name, epochs in (("after 1 round", 1), ("after 30 rounds", 29)):
    model.fit(train_X.T, train_y, batch_size=32, epochs=epochs, verbose=0)
    answers[name] = model(dev_X[:, six].T).numpy().T
plots.show(
    guesses.draw_guesses([signs[960 + i] for i in six], answers, [f"sign {s}" for s in range(6)]),
    alt="Six hands that show the signs 0 to 5, and below each the six probabilities that a network "
    "gives it. After one round no bar is above 0.3. After thirty rounds the highest bar "
    "is the right one for the signs 0, 2, 3 and 4; sign 1 is taken for 4, and sign 5 for 0.",
)

# %% [markdown]
# It gets four of six right. Each picture has 64 × 64 pixels of three colours: 12 288
# numbers. The network has 25, 12 and 6 units. You build it in two ways: yourself, and with Keras.
#
# ## The idea
#
# A **tensor** is TensorFlow's array. Its type is strict (`float32` and `float64` do not mix), and
# nothing can be written into it. A **variable** holds a tensor that may be replaced: so parameters
# are variables. A **tape** records what is computed from variables, and plays it backwards:
#
# ```python
# w = tf.Variable(3.0)
# with tf.GradientTape() as tape:
#     loss = w * w
# tape.gradient(loss, w)  # 6.0: the slope of w² at 3
# ```
#
# That is all. The rest is shapes.
#
# | name | shape | meaning |
# |---|---|---|
# | `X` | $(12288, m)$ | $m$ pictures, one in each **column** |
# | `Wl`, `bl` | $(n_l, n_{l-1})$, $(n_l, 1)$ | parameters of layer $l$ |
# | `Y` | $(6, m)$ | labels: in each column one 1, in the row of the sign |
# | `Z3`, logits | $(6, m)$ | what the last layer puts out: six scores for each picture |

# %% [markdown]
# ## Part 1: tensors
#
# ### linear_function · 4 points · 5 minutes · difficulty 1 · importance 2
#
# A first computation: $Y = WX + b$. The contract fixes the draws, so there is one right answer. Make
# `X` a constant (`tf.constant`), `W` and `b` variables.
#
# <details><summary>Hint: the question</summary>
#
# Is $WX$ a product entry by entry, or of matrices? What is its shape?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Seed once. Draw three arrays with `np.random.randn`, in the order of the contract, and wrap each.
# Then one product of matrices, and one sum: shape $(4, 1)$.
# </details>
# <details><summary>If you see <em>module 'tensorflow' has no attribute 'Session'</em></summary>
#
# The line is from TensorFlow 1, which first drew a plan of a computation and ran it in a session. Now
# each line computes at once. The checks say what to write in the place of such a line.
# </details>

# %% nbgrader={"solution": true, "grade_id": "linear_function"}
def linear_function():
    """Compute Y = W X + b with numbers drawn from a fixed seed.

    Args:
        None. Call np.random.seed(1), then draw with np.random.randn, in this order:
        X of shape (3, 1), W of shape (4, 3), b of shape (4, 1).

    Returns:
        Y, a tensor (an array does as well) of shape (4, 1).
    """
    ### BEGIN SOLUTION
    np.random.seed(1)
    X = tf.constant(np.random.randn(3, 1))
    W = tf.Variable(np.random.randn(4, 3))
    b = tf.Variable(np.random.randn(4, 1))
    return tf.matmul(W, X) + b
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_function-check"} tags=["check"]
with checking("linear_function"):
    Y_of_seed_1 = [[-2.156574], [2.958914], [-1.089268], [-0.845380]]
    check("Y", linear_function(), Y_of_seed_1, atol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "linear_function-test", "points": 4}
verdict("linear_function")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_function", cases=3, returns="Y", rtol=1e-5, atol=1e-6)
def _(case):
    case.call(linear_function)
### END HIDDEN TESTS

# %% [markdown]
# ### sigmoid · 4 points · 4 minutes · difficulty 1 · importance 2
#
# $\sigma(z) = 1/(1 + e^{-z})$, entry by entry. TensorFlow has it. But TensorFlow is strict: it has
# it for floating numbers only, and whole numbers may come.
#
# <details><summary>Hint: the question</summary>
#
# Which type has `tf.constant(2)`? And `tf.constant(2.0)`?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Two steps: `tf.cast` to the type that the contract names, and the function from `tf` or
# `tf.keras.activations`. The shape stays.
# </details>
# <details><summary>If you see <em>int32 is not in the list of allowed values</em></summary>
#
# The whole number reached the sigmoid. What comes first?
# </details>

# %% nbgrader={"solution": true, "grade_id": "sigmoid"}
def sigmoid(z):
    """The logistic function, entry by entry.

    Args:
        z: a number, an array or a tensor, of any shape; whole numbers too.

    Returns:
        A float32 tensor of the same shape.
    """
    ### BEGIN SOLUTION
    return tf.sigmoid(tf.cast(z, tf.float32))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid-check"} tags=["check"]
check_z = np.array([[-1.0, 0.5, 200.0], [3.0, -200.0, 0.0]])
with checking("sigmoid", z=check_z):
    check("a whole number", sigmoid(2), 0.8807971, rtol=1e-5)
    six_of_z = [[0.2689414, 0.6224593, 1], [0.9525741, 0, 0.5]]
    check("an array", sigmoid(check_z), six_of_z, rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "sigmoid-test", "points": 4}
verdict("sigmoid")
### BEGIN HIDDEN TESTS
@hidden_cases("sigmoid", cases=6, returns="sigmoid", rtol=1e-5, atol=1e-7)
def _(case):
    shape = [(), (7,), (3, 5), (2, 4, 3), (6,), (5, 1)][case.index]
    z = 3 * case.rng.standard_normal(shape)
    if case.index == 0:
        z = int(case.rng.integers(2, 5))
    if case.index == 4:
        z = case.rng.permutation(np.array([-300, -3, -1, 2, 4, 300]))
    if case.index == 5:
        z = tf.constant(z.astype(np.float32))
    case.call(sigmoid, z)
### END HIDDEN TESTS

# %% [markdown]
# ### one_hot_matrix · 5 points · 5 minutes · difficulty 1 · importance 3
#
# The label of a picture is a number, 0 to 5. The network has six outputs. So the label becomes a
# vector: a 1 in its place, 0 elsewhere.
#
# <details><summary>Hint: the question</summary>
#
# How many entries has the vector for label 2, if there are six classes? And if there are four?
# </details>
# <details><summary>Hint: a plan</summary>
#
# `tf.one_hot` takes the label and how many classes there are. The result has shape $(C,)$; a column
# of shape $(C, 1)$ passes as well.
# </details>
# <details><summary>If you see <em>shape (1, 6) for (6,)</em></summary>
#
# You gave a list of one label, and got a row for each label in it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "one_hot_matrix"}
def one_hot_matrix(label, C=6):
    """One label as a vector with a single 1.

    Args:
        label: a whole number from 0 to C - 1.
        C: how many classes there are.

    Returns:
        A tensor of shape (C,): 1 in the place of the label, counted from 0, and 0 elsewhere.
    """
    ### BEGIN SOLUTION
    return tf.one_hot(label, C)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "one_hot_matrix-check"} tags=["check"]
def flat(vector):
    """A column of shape (C, 1) as a vector; all else as it is."""
    return np.asarray(vector)[:, 0] if np.ndim(vector) == 2 else vector

with checking("one_hot_matrix"):
    check("sign 4", flat(one_hot_matrix(4)), [0, 0, 0, 0, 1, 0])
    check("the first of four classes", flat(one_hot_matrix(0, 4)), [1, 0, 0, 0])
    check("the last of three", flat(one_hot_matrix(2, 3)), [0, 0, 1])

# %% nbgrader={"grade": true, "grade_id": "one_hot_matrix-test", "points": 5}
verdict("one_hot_matrix")
### BEGIN HIDDEN TESTS
@hidden_cases("one_hot_matrix", cases=6, returns="vector")
def _(case):
    C = 6 if case.index == 0 else int(case.rng.integers(3, 12))
    label = [int(case.rng.integers(1, 6)), 0, C - 1][case.index] if case.index < 3 else int(case.rng.integers(1, C))
    if case.index == 0:
        case.call(one_hot_matrix, label)
    else:
        case.call(one_hot_matrix, label, C)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: the way forward
#
# ### initialize_parameters · 6 points · 8 minutes · difficulty 2 · importance 3
#
# Layers of 12 288, 25, 12 and 6. The weights are drawn by *Glorot's rule*: normal, with variance
# $2/(n_{l-1} + n_l)$. Keras has it: `tf.keras.initializers.GlorotNormal(seed=1)` is a function that
# takes a `shape`. (It cuts off the far ends of the normal distribution, and makes up for it.)
#
# The public course drew the biases in the same way from 2021 on, and set them to zero before. Both
# pass. So does another seed.
#
# *A fine point.* With a fixed seed, an initializer starts anew at each call: the three matrices begin
# with the same draws, only scaled. Compare them.
#
# <details><summary>Hint: the question</summary>
#
# What will the tape have to know about these six, that it need not know about `X`?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One initializer, a dictionary with six keys. Each value is what the initializer gives for a shape,
# wrapped in `tf.Variable`.
# </details>
# <details><summary>If you see <em>None</em> for a gradient later on</summary>
#
# A tape watches variables. Of a constant it gives `None`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "initialize_parameters"}
def initialize_parameters():
    """The first parameters of the network 12288 - 25 - 12 - 6.

    Args:
        None.

    Returns:
        A dictionary of six tf.Variable: "W1" (25, 12288), "b1" (25, 1), "W2" (12, 25),
        "b2" (12, 1), "W3" (6, 12), "b3" (6, 1). The weights are independent draws with mean 0 and
        variance 2 / (rows + columns); the biases are zero, or drawn by the same rule.
    """
    ### BEGIN SOLUTION
    draw = tf.keras.initializers.GlorotNormal(seed=1)
    parameters = {}
    sizes = [12288, 25, 12, 6]
    for l in range(1, 4):
        parameters[f"W{l}"] = tf.Variable(draw(shape=(sizes[l], sizes[l - 1])))
        parameters[f"b{l}"] = tf.Variable(tf.zeros((sizes[l], 1)))
    return parameters
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "initialize_parameters-check"} tags=["check"]
with checking("initialize_parameters"):
    drawn = initialize_parameters()
    shapes = {"W1": (25, 12288), "b1": (25, 1), "W2": (12, 25), "b2": (12, 1), "W3": (6, 12)}
    shapes |= {"b3": (6, 1)}
    check("shape", {name: np.shape(value) for name, value in drawn.items()}, shapes)
    kinds = (tf.Variable, tf.keras.Variable)
    check("how many are variables", sum(isinstance(v, kinds) for v in drawn.values()), 6)
    W = [np.asarray(drawn[name]) for name in ("W1", "W2", "W3")]
    check("means of W1, W2, W3", [w.mean() for w in W], [0, 0, 0], atol=0.15)
    check("standard deviation of W1", W[0].std(), 0.01274, rtol=0.01)
    check("standard deviation of W2", W[1].std(), 0.2325, rtol=0.17)
    check("standard deviation of W3", W[2].std(), 0.3333, rtol=0.35)
    check("share of different weights in W1", len(np.unique(W[0])) / W[0].size, 1, atol=0.1)
    check("means of b1, b2", [np.mean(drawn[b]) for b in ("b1", "b2")], [0, 0], atol=0.5)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters-test", "points": 6}
verdict("initialize_parameters")
### BEGIN HIDDEN TESTS
@hidden_cases("initialize_parameters", cases=3, returns="parameters")
def _(case):
    def looked_at():
        """What the six are, and their numbers; of W1 only a part, for it is large."""
        parameters = initialize_parameters()
        if not isinstance(parameters, dict):
            return parameters
        seen = {}
        for name, value in parameters.items():
            kind = "a variable" if isinstance(value, (tf.Variable, tf.keras.Variable)) else "no variable"
            array = np.asarray(value)
            seen[f"{name} is"] = f"{kind} of shape {array.shape}"
            seen[str(name)] = array[:, case.index :: 16] if array.shape == (25, 12288) else array
        return seen

    case.call(looked_at)
### END HIDDEN TESTS

# %% [markdown]
# ### forward_propagation · 8 points · 8 minutes · difficulty 2 · importance 4
#
# LINEAR → RELU → LINEAR → RELU → LINEAR. There is no softmax at the end: the loss takes the scores
# as they are, the *logits*. You will see why.
#
# <details><summary>Hint: the question</summary>
#
# What does layer 2 read? And which of the three layers has no ReLU?
# </details>
# <details><summary>Hint: a plan</summary>
#
# `tf.matmul`, a sum, `tf.nn.relu`; twice. Then `tf.matmul` and a sum. From $(n_0, m)$ over
# $(n_1, m)$ and $(n_2, m)$ to $(n_3, m)$. Take the sizes from nowhere: they are in the matrices.
# </details>
# <details><summary>If you see <em>expected to be a float tensor but is a double tensor</em></summary>
#
# A tensor of `float32` met one of `float64`, NumPy's own type. `tf.cast` makes one of the other.
# </details>

# %% nbgrader={"solution": true, "grade_id": "forward_propagation"}
def forward_propagation(X, parameters):
    """LINEAR -> RELU -> LINEAR -> RELU -> LINEAR.

    Args:
        X: inputs, shape (n_0, m).
        parameters: "W1", "b1", ..., "W3", "b3": Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1);
            variables, tensors or arrays, of the same type as X. They come back unchanged.

    Returns:
        Z3, a tensor of shape (n_3, m): what the last linear step puts out.
    """
    ### BEGIN SOLUTION
    A1 = tf.nn.relu(tf.matmul(parameters["W1"], X) + parameters["b1"])
    A2 = tf.nn.relu(tf.matmul(parameters["W2"], A1) + parameters["b2"])
    return tf.matmul(parameters["W3"], A2) + parameters["b3"]
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "small"}
small = {  # a network of sizes 2, 3, 4, 3 for the checks, and below it five examples
    "W1": [[1, -1], [2, 0], [0, 1]], "b1": [[0], [-1], [0.5]],
    "W2": [[1, 0, -1], [0, 1, 1], [1, 1, 0], [-1, 0, 2]], "b2": [[0.5], [0], [-1], [0]],
    "W3": [[1, 0, -1, 2], [0, 2, 1, -1], [1, -1, 0, 1]], "b3": [[-1], [0], [2]],
}
small = {name: np.array(value, np.float32) for name, value in small.items()}
check_X = np.array([[1.0, -1, 2, 0.5, 3], [2.0, 1, -1, 0, 3]], np.float32)
half = {name: value / 2 for name, value in small.items()}
check_Y = np.eye(3, dtype=np.float32)[:, [0, 2, 1, 1, 0]]

# %% nbgrader={"locked": true, "grade_id": "forward_propagation-check"} tags=["check"]
with checking("forward_propagation", X=check_X, parameters=small):
    Z3 = forward_propagation(check_X, {name: tf.Variable(value) for name, value in small.items()})
    Z3_of_small = [[9, 5, -2.5, 0.5, 9], [2, 0, 11, 0.5, 14], [3.5, 3.5, 2.5, 2.5, 0.5]]
    check("Z3", Z3, Z3_of_small)
    check("Z3 of arrays, one example", forward_propagation(check_X[:, 2:3], small),
          np.array(Z3_of_small)[:, 2:3])

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-test", "points": 8}
verdict("forward_propagation")
### BEGIN HIDDEN TESTS
@hidden_cases("forward_propagation", cases=6, returns="Z3", rtol=1e-4, atol=1e-5)
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(2, 12))[:5]]
    if case.index == 3:
        sizes[4] = 1
    if case.index == 4:
        sizes[1] = sizes[3] = 1
    parameters = {}
    for l in (1, 2, 3):
        parameters[f"W{l}"] = case.rng.standard_normal((sizes[l], sizes[l - 1])).astype(np.float32)
        parameters[f"b{l}"] = case.rng.standard_normal((sizes[l], 1)).astype(np.float32)
    X = case.rng.standard_normal((sizes[0], sizes[4])).astype(np.float32)
    if case.index % 2:
        X, parameters = tf.constant(X), {name: tf.Variable(value) for name, value in parameters.items()}
    case.call(forward_propagation, X, parameters)
### END HIDDEN TESTS

# %% [markdown]
# **From scores to a loss.** Softmax makes six probabilities of six scores:
# $p_i = e^{z_i} / (e^{z_1} + \dots + e^{z_6})$. The loss of one example is $-\ln p_k$,
# where $k$ is the right class: 0 where the network is sure and right.
#
# **By hand, with three classes.** The scores are $z = (\ln 1, \ln 2, \ln 5)$. Then $e^{z_i}$ is 1,
# 2, 5, their sum is 8, and $p = (\frac18, \frac28, \frac58)$. If the second class is right, the loss
# is $-\ln\frac28 = \ln 4 = 1.386$. Keep the three eighths: you need them twice.
#
# **Logits, not probabilities.** Let a score be 1000. $e^{1000}$ is infinite in any floating type,
# and softmax gives *nan*. But $-\ln p_k = \ln(e^{z_1} + \dots) - z_k$, and there the largest score
# can be taken out before anything is raised to a power. The loss does that when it gets the scores
# themselves: `from_logits=True`.

# %% [markdown]
# ### compute_total_loss · 8 points · 8 minutes · difficulty 3 · importance 4
#
# The **sum** of the losses over all examples. Not the mean: the last mini-batch may be smaller than
# the others. Sums of batches can be added up and divided once. Means cannot.
#
# <details><summary>Hint: the question</summary>
#
# Keras wants one example in each **row**. How do yours lie?
# </details>
# <details><summary>Hint: a plan</summary>
#
# `tf.keras.losses.categorical_crossentropy` takes labels first, then scores, both of shape
# $(m, C)$, and gives $m$ losses. Turn both, say what kind of scores they are, add up.
# </details>
# <details><summary>If <em>by hand</em> agrees and <em>two examples</em> do not</summary>
#
# Is it the mean? Or are rows and columns exchanged?
# </details>

# %% nbgrader={"solution": true, "grade_id": "compute_total_loss"}
def compute_total_loss(logits, labels):
    """The categorical cross-entropy, added up over the examples.

    Args:
        logits: the scores before softmax, shape (C, m): a column for each example.
        labels: one-hot, shape (C, m), floating numbers.

    Returns:
        A number: the sum over the columns of -log(softmax of the right class), in nats.
        It is finite for scores of any size. As a tensor, for a tape cannot follow other numbers.
    """
    ### BEGIN SOLUTION
    losses = tf.keras.losses.categorical_crossentropy(
        tf.transpose(labels), tf.transpose(logits), from_logits=True
    )
    return tf.reduce_sum(losses)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "compute_total_loss-check"} tags=["check"]
by_hand = np.log(np.array([[1.0], [2], [5]], np.float32))
check_logits = np.array([[1, 0, 3, 0], [2, 0, 1, -1], [0, 0, -2, 2]], np.float32)
check_labels = np.array([[0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0]], np.float32)
with checking("compute_total_loss", logits=check_logits, labels=check_labels):
    second = np.array([[0.0], [1], [0]], np.float32)
    check("by hand: ln 4", compute_total_loss(by_hand, second), np.log(4), rtol=1e-5)
    two = compute_total_loss(check_logits[:, :2], check_labels[:, :2])
    check("two examples", two, 1.506218, rtol=1e-5)
    four = compute_total_loss(check_logits, check_labels)
    check("four examples", four, 3.808910, rtol=1e-5)
    large = compute_total_loss(1000 * check_logits, check_labels)
    check("scores of 1000 and more", large, 2001.0986, rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "compute_total_loss-test", "points": 8}
verdict("compute_total_loss")
### BEGIN HIDDEN TESTS
@hidden_cases("compute_total_loss", cases=6, returns="total loss", rtol=1e-4, atol=1e-6)
def _(case):
    C, m = (int(n) for n in case.rng.permutation(np.arange(3, 12))[:2])
    m = 1 if case.index == 2 else m
    logits = (2 * case.rng.standard_normal((C, m))).astype(np.float32)
    labels = np.eye(C, dtype=np.float32)[:, case.rng.integers(0, C, m)]
    if case.index == 3:
        logits *= 600
    if case.index == 4:
        logits, labels = tf.constant(logits), tf.constant(labels)
    case.call(compute_total_loss, logits, labels)
### END HIDDEN TESTS

# %% [markdown]
# ## Part 3: find the gradient
#
# How does the loss of one example change with each of its scores? You could ask the tape. Do not.
# Measure first: nudge one score a little up, then down, and see what the loss does.
#
# ### Predict, then run: three slopes
#
# Take the example by hand: $p = (\frac18, \frac28, \frac58)$, and the second class is right.
#
# 1. Which signs have the three slopes?
# 2. Add the same number to all three scores: what happens to $p$, and to the loss? So what is the
#    sum of the three slopes?
#
# <details><summary>Answers</summary>
#
# 1. The score of the right class lowers the loss: minus. The other two raise it: plus.
# 2. Nothing happens. All $e^{z_i}$ grow by the same factor. So the slopes add up to 0.
# </details>

# %% tags=["demo"]
if ready("compute_total_loss"):
    for k in range(3):
        right = np.eye(3, dtype=np.float32)[:, [k]]
        slopes = []
        for i in range(3):
            nudge = np.float32(0.01) * np.eye(3, dtype=np.float32)[:, [i]]
            up, down = (compute_total_loss(by_hand + s * nudge, right) for s in (1, -1))
            slopes.append(float(up - down) / 0.02)
        print(f"class {k + 1} is right: " + "".join(f"{slope:9.3f}" for slope in slopes))

# %% [markdown]
# **Your guess.** Compare each row with $p$ in decimals: 0.125, 0.25, 0.625. Two of the three numbers
# are old friends. And the third? Write the three slopes as a formula with $p$ and the column $y$ of
# the label.
#
# <details><summary>If you do not see it</summary>
#
# In the place of the right class stands $p_k - 1$: $0.25 - 1 = -0.75$. Elsewhere stands $p_i$. And
# what does $y$ hold in these places?
# </details>
#
# **Now prove it**, in two steps. The loss is $\ln(e^{z_1} + \dots + e^{z_C}) - z_k$.
#
# 1. What is the derivative of the second part, $-z_k$, with respect to $z_i$?
#
# <details><summary>Answer 1</summary>
#
# $-1$ if $i = k$, and 0 otherwise. That is $-y_i$.
# </details>
#
# 2. And of the first part? The derivative of $\ln u$ is $u'/u$.
#
# <details><summary>Answer 2</summary>
#
# $u = e^{z_1} + \dots + e^{z_C}$, and only one term holds $z_i$. So it is $e^{z_i}/u$: that is
# $p_i$. Together: **$p - y$**, what the network says less what is true.
# </details>

# %% [markdown]
# ### logits_gradient · 8 points · 8 minutes · difficulty 3 · importance 5
#
# Write it in NumPy, for all columns at once. Mind scores of 1000: take something off before you
# raise to a power. What may you take off, without changing $p$?
#
# <details><summary>Hint: the question</summary>
#
# Columns are examples. Along which axis do the probabilities of one example add up to 1?
# </details>
# <details><summary>Hint: a plan</summary>
#
# From each column its own largest score is taken off: shape $(C, m)$ less shape $(m,)$. Then powers,
# then divide by the sums, shape $(m,)$. Then the labels, shape $(C, m)$.
# </details>
# <details><summary>If you see <em>nan</em> for large scores</summary>
#
# Infinity divided by infinity, or 0 by 0. The first: nothing was taken off. The second: too much
# was, for *this* column.
# </details>

# %% nbgrader={"solution": true, "grade_id": "logits_gradient"}
def logits_gradient(logits, labels):
    """The gradient of the total loss with respect to the scores, in NumPy.

    The total loss is that of compute_total_loss: the sum over the examples.

    Args:
        logits: the scores before softmax, shape (C, m). labels: one-hot, shape (C, m).

    Returns:
        An array of shape (C, m): entry (i, j) says how the total loss changes with score i of
        example j. It is finite for scores of any size.
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=0) - labels
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "logits_gradient-check"} tags=["check"]
rows = np.array([[0.0, 1, 2, 0], [1, 1, 0, 0], [3, 1, 0, 0]])
ones = np.array([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 1]])
with checking("logits_gradient", logits=rows, labels=ones):
    check("by hand", logits_gradient(np.log([[1.0], [2], [5]]), np.array([[0.0], [1], [0]])),
          [[0.125], [-0.75], [0.625]])
    four = logits_gradient(rows, ones)
    check("four examples", four, [
        [0.0420101, 0.3333333, -0.2130140, 0.3333333],
        [-0.8858048, 0.3333333, 0.1065070, 0.3333333],
        [0.8437947, -0.6666667, 0.1065070, -0.6666667]], rtol=1e-5)
    far = logits_gradient(np.array([[1000.0, -1000], [0, -1003]]), np.array([[0.0, 1], [1, 0]]))
    check("columns around 1000 and -1000", far, [[1, -0.0474259], [-1, 0.0474259]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "logits_gradient-test", "points": 8}
verdict("logits_gradient")
### BEGIN HIDDEN TESTS
@hidden_cases("logits_gradient", cases=6, returns="gradient", rtol=1e-5, atol=1e-7)
def _(case):
    C, m = (int(n) for n in case.rng.permutation(np.arange(3, 10))[:2])
    m = 1 if case.index == 2 else m
    logits = 2 * case.rng.standard_normal((C, m))
    if case.index == 3:
        logits = logits + 900 * np.arange(-1, m - 1)
    case.call(logits_gradient, logits, np.eye(C)[:, case.rng.integers(0, C, m)])
### END HIDDEN TESTS

# %% [markdown]
# ### gradients_by_hand · 12 points · 15 minutes · difficulty 4 · importance 5
#
# The rest of the way back you know from course 1. Here it is for the *total* loss: no $\frac1m$
# anywhere. It starts with $dZ_3 = P - Y$, your `logits_gradient`. Plain NumPy, `float64`.
#
# <details><summary>Hint: the question</summary>
#
# $Z_3 = W_3 A_2 + b_3$. Which product of $dZ_3$ with what has the shape of $W_3$? Which has the
# shape of $A_2$? And what does ReLU let through on the way back?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Forward: keep $Z_1, A_1, Z_2, A_2$. Back, for $l = 3, 2, 1$: $dW_l$ from $dZ_l$ and $A_{l-1}$, shape
# $(n_l, n_{l-1})$. $db_l$: the sum over the examples, shape $(n_l, 1)$. Then $dA_{l-1}$ from $W_l$
# and $dZ_l$, shape $(n_{l-1}, m)$, and $dZ_{l-1}$: the same where $Z_{l-1} > 0$, and 0 elsewhere.
# </details>
# <details><summary>If you see <em>shape (3,) for (3, 1)</em></summary>
#
# `sum` drops the axis that it adds along, unless `keepdims` says otherwise.
# </details>

# %% nbgrader={"solution": true, "grade_id": "gradients_by_hand"}
def gradients_by_hand(X, Y, parameters):
    """The gradients of the total loss of LINEAR -> RELU -> LINEAR -> RELU -> LINEAR, in NumPy.

    Args:
        X: inputs, shape (n_0, m). Y: one-hot labels, shape (n_3, m).
        parameters: arrays "W1", "b1", ..., "W3", "b3": Wl of shape (n_l, n_{l-1}), bl of shape
            (n_l, 1). They come back unchanged.

    Returns:
        A dictionary "dW1", "db1", ..., "dW3", "db3", each with the shape of its parameter: the
        gradients of the sum of the losses (not of their mean). ReLU's slope at 0 counts as 0. The
        dictionary may hold more.
    """
    ### BEGIN SOLUTION
    W2, W3 = parameters["W2"], parameters["W3"]
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + parameters["b2"]
    A2 = np.maximum(Z2, 0)
    dZ3 = logits_gradient(W3 @ A2 + parameters["b3"], Y)
    dZ2 = (W3.T @ dZ3) * (Z2 > 0)
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    gradients = {}
    for l, dZ, A in ((1, dZ1, X), (2, dZ2, A1), (3, dZ3, A2)):
        gradients[f"dW{l}"] = dZ @ A.T
        gradients[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
    return gradients
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "gradients_by_hand-check"} tags=["check"]
wide = {name: value.astype(float) for name, value in half.items()}
wide_X, wide_Y = check_X.astype(float), check_Y.astype(float)
with checking("gradients_by_hand", X=wide_X, Y=wide_Y, parameters=wide):
    expected = {
        "dW1": [[-0.160001, 0.021127], [0.511700, 2.026146], [-2.715961, -3.079296]],
        "db1": [[-0.256621], [-0.018396], [-1.009136]],
        "dW2": [[0.483236, 0.385262, 0.097974], [-1.366554, -0.103767, 0.658800],
                [-0.448644, 1.145564, 1.115946], [0.215721, -2.513451, -2.072345]],
        "db2": [[0.648738], [-1.086927], [0.338587], [-0.633859]],
        "dW3": [[0.124054, -2.029121, -0.480598, -1.979546],
                [-0.709631, 0.861385, -0.122266, 1.190432],
                [0.585577, 1.167736, 0.602864, 0.789114]],
        "db3": [[-0.963047], [-0.403602], [1.366649]],
    }
    by_hand_too = gradients_by_hand(wide_X, wide_Y, wide)
    asked = {name: by_hand_too[name] for name in expected}
    check("gradients", asked, expected, rtol=1e-4, atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "gradients_by_hand-test", "points": 12}
verdict("gradients_by_hand")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "gradients_by_hand", cases=6, returns="gradients", rtol=1e-6, atol=1e-9, extra_keys=True,
    calls=("logits_gradient",),
)
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(3, 11))[:5]]
    if case.index == 2:
        sizes[4] = 1
    parameters = {}
    for l in (1, 2, 3):
        parameters[f"W{l}"] = case.rng.standard_normal((sizes[l], sizes[l - 1]))
        parameters[f"b{l}"] = case.rng.standard_normal((sizes[l], 1))
    if case.index == 3:  # units that stand at exactly 0
        for name in ("W1", "b1", "W2", "b2"):
            parameters[name][0] = 0
    X = case.rng.standard_normal((sizes[0], sizes[4]))
    case.call(gradients_by_hand, X, np.eye(sizes[3])[:, case.rng.integers(0, sizes[3], sizes[4])], parameters)
### END HIDDEN TESTS

# %% nbgrader={"locked": true, "grade_id": "helpers"}
def matrix_of(labels):
    """Labels of shape (m,) as a matrix of shape (6, m): your one_hot_matrix for each."""
    vectors = [np.reshape(one_hot_matrix(int(label), 6), 6) for label in labels]
    return np.stack(vectors, axis=1).astype(np.float32)


def probabilities(X, parameters):
    """Softmax of your forward_propagation, shape (6, m)."""
    return tf.nn.softmax(forward_propagation(X, parameters), axis=0).numpy()


def accuracy(X, y, parameters):
    """The share of the columns whose largest score is that of the right sign."""
    return np.mean(np.argmax(forward_propagation(X, parameters), axis=0) == y)

# %% [markdown]
# ### Predict, then run: the tape against your hand
#
# 64 pictures, the whole network, 308 000 slopes. The tape uses your way forward; your hand knows
# nothing of it. In how many digits will the two agree: in 2, in 6, in 14? And when the tape has
# `float32` numbers?
#
# <details><summary>Answer</summary>
#
# In 14 with `float64`, in 6 with `float32`: about as many as the types have. The tape knows the same
# few rules, one for each operation, and applies them from the last line to the first.
# </details>

# %% tags=["demo"]
if ready("one_hot_matrix", "initialize_parameters", "forward_propagation", "compute_total_loss",
         "gradients_by_hand"):
    start = {name: np.asarray(v, np.float64) for name, v in initialize_parameters().items()}
    X, Y = train_X[:, :64].astype(np.float64), matrix_of(train_y[:64]).astype(np.float64)
    hand = gradients_by_hand(X, Y, start)
    for kind in (np.float64, np.float32):
        variables = {name: tf.Variable(value.astype(kind)) for name, value in start.items()}
        with tf.GradientTape() as tape:
            Z3 = forward_propagation(X.astype(kind), variables)
            loss = compute_total_loss(Z3, Y.astype(kind))
        tapes, gap = tape.gradient(loss, variables), 0
        for name, slopes in tapes.items():
            apart = np.abs(slopes - hand["d" + name]).max() / np.abs(hand["d" + name]).max()
            gap = max(gap, apart)
        digits = min(14, int(-np.log10(gap)))
        print(f"{kind.__name__}: the same in {digits} digits and more, everywhere")

# %% [markdown]
# ## Part 4: train
#
# ### train · 12 points · 15 minutes · difficulty 3 · importance 5
#
# Mini-batches: a step after every 32 pictures. The step goes by the *mean* loss of its batch, so
# that one learning rate suits batches of every size. The report is the mean over the whole epoch.
#
# <details><summary>Hint: the question</summary>
#
# 100 pictures, batches of 32: how large is the last one? By which number is *its* total divided?
# </details>
# <details><summary>Hint: a plan</summary>
#
# For each epoch, for each start 0, 32, 64, …: cut out the columns (a slice may reach too far).
# Under a tape, forward and total loss. Below the tape, ask for the gradients; `tape.gradient` takes
# a list or a dictionary of variables. `assign_sub` takes something off a variable. Add up the
# totals, and divide by $m$ at the end of the epoch.
# </details>
# <details><summary>If you see <em>unsupported operand type(s) … 'NoneType'</em></summary>
#
# The gradient is `None`: the loss was not computed under the tape, or not from these variables. A
# line with `.numpy()` breaks the record, too.
# </details>

# %% nbgrader={"solution": true, "grade_id": "train"}
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    """Gradient descent on mini-batches, with gradients from a tape.

    An epoch goes once through the columns of X in their order: the first minibatch_size, the next,
    and so on; the last mini-batch may be smaller. After each mini-batch every parameter moves by
    minus learning_rate times the gradient of the mini-batch's mean loss.

    Args:
        parameters: a dictionary of tf.Variable, as forward_propagation takes it. They may change.
        X: inputs, shape (n_0, m). Y: one-hot labels, shape (n_3, m).
        learning_rate: a number. num_epochs: how often to go through all columns.
        minibatch_size: columns in a mini-batch.

    Returns:
        (parameters, costs): the trained parameters, and a list with one number for each epoch: the
        total losses of its mini-batches, each as it was before its step, added up and divided by m.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    costs = []
    for _ in range(num_epochs):
        total = 0.0
        for start in range(0, m, minibatch_size):
            batch_X = X[:, start : start + minibatch_size]
            batch_Y = Y[:, start : start + minibatch_size]
            with tf.GradientTape() as tape:
                loss = compute_total_loss(forward_propagation(batch_X, parameters), batch_Y)
            gradients = tape.gradient(loss, parameters)
            for name in parameters:
                parameters[name].assign_sub(learning_rate / batch_X.shape[1] * gradients[name])
            total += float(loss)
        costs.append(total / m)
    return parameters, costs
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "train-check"} tags=["check"]
with checking("train", X=check_X, Y=check_Y):
    variables = {name: tf.Variable(value) for name, value in half.items()}
    after, costs = train(variables, check_X, check_Y, 0.1, 3, minibatch_size=2)
    check("costs", costs, [1.082700, 0.765923, 0.624642], rtol=1e-4)
    W3_after = [[0.48200, 0.21070, -0.44340, 1.20377], [0.07539, 0.90433, 0.49983, -0.61154],
                [0.44261, -0.61503, -0.05643, 0.40778]]
    check("W3", after["W3"], W3_after, rtol=1e-3, atol=1e-4)
    check("b1", after["b1"], [[0.01075], [-0.48100], [0.21626]], rtol=1e-3, atol=1e-4)

# %% nbgrader={"grade": true, "grade_id": "train-test", "points": 12}
verdict("train")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "train", cases=5, returns=("parameters", "costs"), rtol=1e-4, atol=1e-5, in_place=("parameters",),
    calls=("forward_propagation", "compute_total_loss"),
)
def _(case):
    sizes = [int(n) for n in case.rng.permutation(np.arange(3, 8))[:4]]
    m, size = [(7, 3), (9, 4), (5, 8), (8, 4), (1, 2)][case.index]
    parameters = {}
    for l in (1, 2, 3):
        W = case.rng.standard_normal((sizes[l], sizes[l - 1])) / np.sqrt(sizes[l - 1])
        parameters[f"W{l}"] = tf.Variable(W.astype(np.float32))
        parameters[f"b{l}"] = tf.Variable((0.5 * case.rng.standard_normal((sizes[l], 1))).astype(np.float32))
    X = case.rng.standard_normal((sizes[0], m)).astype(np.float32)
    Y = np.eye(sizes[3], dtype=np.float32)[:, case.rng.integers(0, sizes[3], m)]
    case.call(train, parameters, X, Y, float(case.rng.uniform(0.05, 0.2)), 2 + case.index % 2, size)
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: where is zero?
#
# Now the 960 signs, 30 epochs; 120 *dev* pictures are for choices. `train_X` holds numbers from −½ to
# ½: brightness less one half. The public course takes 0 to 1. The pictures are the same, and a bias
# could make up for the difference. Does it matter?
#
# 1. not at all;
# 2. a little: the one from 0 to 1 is some epochs behind;
# 3. very much.
#
# <details><summary>Answer</summary>
#
# Very much, as the figure shows.
# </details>

# %% tags=["demo"]
if ready("one_hot_matrix", "initialize_parameters", "forward_propagation", "train"):
    train_Y, curves = matrix_of(train_y), {}
    for name, shift in (("0 to 1", 0.5), ("−½ to ½", 0)):
        start, X = initialize_parameters(), train_X + np.float32(shift)
        on = np.mean(np.asarray(start["W1"]) @ X > 0, axis=1)  # for each unit: of how many pictures
        trained, curves[name] = train(start, X, train_Y, 0.01, 30)
        right = accuracy(dev_X + np.float32(shift), dev_y, trained)
        print(f"inputs from {name:8} cost {curves[name][0]:.2f} -> {curves[name][-1]:.2f}   dev "
              f"pictures right {right:.0%}   stuck units {np.sum((on < 0.05) | (on > 0.95)):2}")
    plots.lines(curves, "epoch", "cost (nats)", first=1, colours=(plots.PURPLE, plots.BLACK),
                alt="Cost against epochs. Both lines start near 1.8. With inputs from 0 to 1 it "
                "falls to about 1.6, with inputs from minus one half to one half to about 0.6.")

# %% [markdown]
# **Why?** The last column counts *stuck* units: of 25 in the first layer, those that are on, or off,
# for more than 95 % of the pictures, before any training. Every unit adds up 12 288 products. With
# numbers from 0 to 1 the sum is mostly the brightness of the picture as a whole, and that has the
# same sign for nearly all. A unit that never switches tells no picture from another. With zero in
# the middle, what adds up is where a picture is brighter or darker than grey.
#
# ### Predict, then run: the same in Keras
#
# Keras hides the loop in `fit`. Give it your first weights, your order of the pictures, your learning
# rate. In how many digits will its 30 costs be yours?
#
# 1. in none: only the course of the curve is alike;
# 2. in one or two;
# 3. in three and more.
#
# <details><summary>Answer</summary>
#
# In three and more. There is nothing else in `fit`: a tape, a step, a sum. What may differ are the
# last digits of `float32`, where two threads add up in another order.
# </details>

# %% tags=["demo"]
if ready("one_hot_matrix", "initialize_parameters", "forward_propagation", "train"):
    start = {name: np.asarray(value) for name, value in initialize_parameters().items()}
    dense = [tf.keras.layers.Dense(n, f) for n, f in ((25, "relu"), (12, "relu"), (6, None))]
    model = tf.keras.Sequential([tf.keras.Input((12288,)), *dense])
    for l in (1, 2, 3):  # in Keras examples are rows, so its weights lie on their side
        dense[l - 1].set_weights([start[f"W{l}"].T, start[f"b{l}"][:, 0]])
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.SGD(0.01), loss, metrics=["accuracy"])
    fit = model.fit(train_X.T, train_Y.T, 32, epochs=30, shuffle=False, verbose=0)
    for epoch in (1, 10, 20, 30):
        print(f"epoch {epoch:2}   your cost {curves['−½ to ½'][epoch - 1]:.4f}"
              f"   Keras {fit.history['loss'][epoch - 1]:.4f}")
    keras_right = model.evaluate(dev_X.T, matrix_of(dev_y).T, verbose=0)[1]
    print(f"dev pictures right: you {right:.0%}, Keras {keras_right:.0%}")

# %% [markdown]
# ### Play: what does it look at?
#
# Turn a hand, darken it. **Predict** first: of all dev pictures, turned by 40°, which share is right?
#
# <details><summary>Answer</summary>
#
# Less than a third, as the lines below the figure say; blind guessing gets a sixth. It does not know
# fingers. It knows where fingers are, when a hand points up.
# </details>
#
# Your own hand as well: `mine = guesses.own_picture("PATH/hand.jpg")`.

# %% tags=["demo"]
mine = None
if ready("one_hot_matrix", "initialize_parameters", "forward_propagation", "train"):
    def draw(which, turn, light):
        seen = guesses.changed(signs[960 + which] if mine is None else mine, turn, light)
        p = probabilities(columns(seen[None]), trained)
        title = f"sign {dev_y[which]}, turned by {turn}°, light × {light:.1f}"
        alt = f"{title}. The network answers {p.argmax()} with probability {p.max():.2f}."
        return guesses.draw_guesses([seen], {"yours": p}, [title]), alt

    play.slider(draw, which=(0, 119, 5), turn=(-90, 90, 0, 5), light=(0.2, 1.8, 1.0))
    for turn in (-40, -20, 0, 20, 40):
        turned = columns(np.stack([guesses.changed(picture, turn) for picture in signs[960:]]))
        print(f"all turned by {turn:3}°: {accuracy(turned, dev_y, trained):.0%} right")

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **A mean for a sum.** *Symptom*: costs that depend on the size of the mini-batch, and gradients
#   that differ from those by hand by a factor of $m$ in all entries. Divide two of them.
# * **Softmax twice.** Softmax at the end of the network *and* `from_logits=True`. *Symptom*: no
#   error. The loss cannot fall below 1.04 with six classes, and training crawls.
# * **A broken record.** `.numpy()`, `np.maximum` or a new `tf.Variable` between the parameters and
#   the loss. *Symptom*: a gradient is `None`.

# %% [markdown]
# ## Open task: a better pair of eyes
#
# One training is one draw, so take three. Keras does the work, and shuffles the pictures. Everything
# between pictures and guesses is yours, with **dense layers only**: convolutions come in course 4.
#
# * The network of this lesson gets 60 % to 66 % of the dev pictures right, in three draws.
# * Ours gets 87 % to 89 %, in about 15 seconds a draw on one thread. Beat that.

# %%
def my_training(pictures, y, seed):
    """Learn from pictures of shape (m, 64, 64, 3), uint8, and labels of shape (m,).

    Returns a function from pictures to guesses, a sign for each.
    """
    tf.keras.utils.set_random_seed(seed)
    sizes = ((25, "relu"), (12, "relu"), (6, None))
    model = tf.keras.Sequential([tf.keras.layers.Dense(n, f) for n, f in sizes])
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.SGD(0.01), loss)
    model.fit(columns(pictures).T, y, batch_size=32, epochs=30, verbose=0)
    return lambda some: np.argmax(model(columns(some).T), axis=1)

# %% tags=["demo"]
for seed in (1, 2, 3):
    guess = my_training(signs[:960], train_y, seed)
    known, new = np.mean(guess(signs[:960]) == train_y), np.mean(guess(signs[960:]) == dev_y)
    print(f"draw {seed}: right {known:.0%} of the training pictures, {new:.0%} of the dev pictures")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# Compare the two shares of the network above. What does it lack: room, or pictures? A left hand is a
# right hand in the mirror.
# </details>
# <details><summary>Hint: where to look</summary>
#
# Does it take 12 288 numbers to see a finger? What changes from picture to picture, and does not
# matter: brightness, colour, place? Take it out, or let the network see more of it.
# </details>

# %% [markdown]
# ## At the end, once: the test set
#
# You chose the network with zero in the middle, by the dev pictures: 60 % right. **Predict** what
# 120 new pictures say of it.
#
# <details><summary>Answer</summary>
#
# 64 %: five pictures more. With 120 pictures that is luck: the share has a standard deviation of
# $\sqrt{0.6 \cdot 0.4 / 120} \approx 4.5\,\%$.
# </details>

# %% tags=["demo"]
if ready("one_hot_matrix", "initialize_parameters", "forward_propagation", "train"):
    test_X = columns(test_signs)
    print(f"{accuracy(test_X, test_labels[0], trained):.0%} of the test pictures right")

# %% [markdown]
# ## Recap
#
# 1. A tape records the way forward from variables to a loss, and plays it backwards.
# 2. It computes what you compute by hand, in as many digits as its type has.
# 3. Softmax with cross-entropy has the gradient $p - y$: what is said less what is true.
# 4. Give the loss scores, not probabilities; add up losses, and divide once.
# 5. `fit` is your loop. What goes in, such as where zero is, decides more than who loops.
#
# **A question.** In the place of a one-hot column, let $y$ be $(0.1, 0.8, 0.1)$: a label that is not
# sure. The loss of an example is $-\sum_i y_i \ln p_i$. What is its gradient?
#
# <details><summary>Answer</summary>
#
# Again $p - y$. The loss is $\ln u \cdot \sum_i y_i - \sum_i y_i z_i$, and the $y_i$ add up to 1. At
# $p = y$ it is 0: the network stops when it is as unsure as the label.
# </details>
#
# **Read on.** Baydin, Pearlmutter, Radul and Siskind, [Automatic differentiation in machine
# learning](https://www.jmlr.org/papers/v18/17-468.html), 2018, section 3.2: how a tape works. LeCun,
# Bottou, Orr and Müller, [Efficient BackProp](https://doi.org/10.1007/978-3-642-35289-8_3), 1998,
# section 4.3: why inputs should have mean 0. The guide [Introduction to gradients and automatic
# differentiation](https://www.tensorflow.org/guide/autodiff), with all that a tape can do.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
