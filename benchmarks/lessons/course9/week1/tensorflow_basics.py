# %% [markdown]
# # TensorFlow basics
#
# A lesson for the benchmark, about as long and as heavy as course2-week1/gradient_checking: six exercises with 30
# hidden cases. It is no part of any course. All functions take NumPy arrays and return NumPy arrays, of float32 where
# nothing else is said.

# %% nbgrader={"locked": true, "grade_id": "setup"}
import keras
import numpy as np
import tensorflow as tf

from companion import check, hidden_cases, lesson

lesson("course9-week1/tensorflow_basics", libraries=("numpy", "matplotlib", "tensorflow", "keras"))

# %% nbgrader={"solution": true, "grade_id": "linear_function"}
def linear_function(X, W, b):
    """W X + b for X of shape (n_x, m), W of shape (n_y, n_x), b of shape (n_y, 1); the result has shape (n_y, m)."""
    ### BEGIN SOLUTION
    return tf.add(tf.matmul(W, X), b).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "linear_function-check"} tags=["check"]
ones = np.ones((2, 3), np.float32)
check("Z", linear_function(ones.T, ones, np.array([[1], [2]], np.float32)), [[4, 4], [5, 5]])

# %% nbgrader={"grade": true, "grade_id": "linear_function-test", "points": 4}
verdict("linear_function")
### BEGIN HIDDEN TESTS
@hidden_cases("linear_function", cases=5, returns="Z", rtol=1e-4)
def _(case):
    n_x, n_y, m = case.rng.permutation(np.arange(2, 9))[:3]
    X, W, b = (case.rng.standard_normal(shape).astype(np.float32) for shape in [(n_x, m), (n_y, n_x), (n_y, 1)])
    case.call(linear_function, X, W, b)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "sigmoid"}
def sigmoid(z):
    """The logistic function of an array of any shape, entry by entry."""
    ### BEGIN SOLUTION
    return tf.math.sigmoid(tf.cast(z, tf.float32)).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid-check"} tags=["check"]
check("sigmoid", sigmoid(np.array([0.0, 100.0, -100.0])), [0.5, 1, 0])

# %% nbgrader={"grade": true, "grade_id": "sigmoid-test", "points": 4}
verdict("sigmoid")
### BEGIN HIDDEN TESTS
@hidden_cases("sigmoid", cases=5, rtol=1e-4)
def _(case):
    shape = case.rng.integers(2, 7, size=case.index)
    case.call(sigmoid, 3 * case.rng.standard_normal(shape))
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "one_hot_matrix"}
def one_hot_matrix(labels, C):
    """Labels of shape (m,) as a matrix of shape (C, m): a column for each label, with its one 1."""
    ### BEGIN SOLUTION
    return tf.one_hot(labels, C, axis=0).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "one_hot_matrix-check"} tags=["check"]
check("one hot", one_hot_matrix(np.array([1, 0, 2, 1]), 3), [[0, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]])

# %% nbgrader={"grade": true, "grade_id": "one_hot_matrix-test", "points": 4}
verdict("one_hot_matrix")
### BEGIN HIDDEN TESTS
@hidden_cases("one_hot_matrix", cases=5)
def _(case):
    C, m = case.rng.permutation(np.arange(3, 9))[:2]
    case.call(one_hot_matrix, case.rng.integers(0, C, m), int(C))
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "forward_propagation"}
def forward_propagation(X, parameters):
    """LINEAR → RELU → LINEAR → RELU → LINEAR.

    Args:
        X: inputs, shape (n_x, m).
        parameters: W1, b1, W2, b2, W3, b3; Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).

    Returns:
        Z3, shape (n_3, m).
    """
    ### BEGIN SOLUTION
    A = X
    for layer in (1, 2):
        A = tf.nn.relu(tf.matmul(parameters[f"W{layer}"], A) + parameters[f"b{layer}"])
    return (tf.matmul(parameters["W3"], A) + parameters["b3"]).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "forward_propagation-check"} tags=["check"]
twos = {f"W{layer}": 2 * np.ones((2, 2), np.float32) for layer in (1, 2, 3)}
halves = {f"b{layer}": np.full((2, 1), 0.5, np.float32) for layer in (1, 2, 3)}
check("Z3", forward_propagation(np.eye(2, dtype=np.float32), twos | halves), [[42.5, 42.5], [42.5, 42.5]])

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-test", "points": 8}
verdict("forward_propagation")
### BEGIN HIDDEN TESTS
@hidden_cases("forward_propagation", cases=5, returns="Z3", rtol=1e-4)
def _(case):
    sizes = case.rng.permutation(np.arange(20, 60))[:5]
    parameters = {}
    for layer in (1, 2, 3):
        rows, columns = sizes[layer], sizes[layer - 1]
        parameters[f"W{layer}"] = (case.rng.standard_normal((rows, columns)) / np.sqrt(columns)).astype(np.float32)
        parameters[f"b{layer}"] = case.rng.standard_normal((rows, 1)).astype(np.float32)
    case.call(forward_propagation, case.rng.standard_normal((sizes[0], sizes[4])).astype(np.float32), parameters)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "compute_cost"}
def compute_cost(logits, labels):
    """The categorical cross-entropy from logits, averaged over the examples.

    Args:
        logits, labels: shape (C, m), a column for each example; the labels are one-hot.

    Returns:
        A number.
    """
    ### BEGIN SOLUTION
    losses = keras.losses.categorical_crossentropy(tf.transpose(labels), tf.transpose(logits), from_logits=True)
    return tf.reduce_mean(losses).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "compute_cost-check"} tags=["check"]
check("cost", compute_cost(np.zeros((4, 3), np.float32), np.eye(4, 3, dtype=np.float32)), np.log(4), rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "compute_cost-test", "points": 8}
verdict("compute_cost")
### BEGIN HIDDEN TESTS
@hidden_cases("compute_cost", cases=5, returns="cost", rtol=1e-4)
def _(case):
    C, m = case.rng.permutation(np.arange(3, 12))[:2]
    labels = np.eye(C, dtype=np.float32)[:, case.rng.integers(0, C, m)]
    case.call(compute_cost, 2 * case.rng.standard_normal((C, m)).astype(np.float32), labels)
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "gradient_step"}
def gradient_step(X, Y, W, b, learning_rate):
    """One step of gradient descent for softmax regression, with the gradient from a tape.

    Args:
        X: inputs, shape (n_x, m). Y: one-hot labels, shape (C, m). W: shape (C, n_x). b: shape (C, 1).
        learning_rate: a number.

    Returns:
        W and b after the step.
    """
    ### BEGIN SOLUTION
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        logits = tf.matmul(W, X) + b
        losses = keras.losses.categorical_crossentropy(tf.transpose(Y), tf.transpose(logits), from_logits=True)
        cost = tf.reduce_mean(losses)
    dW, db = tape.gradient(cost, [W, b])
    return (W - learning_rate * dW).numpy(), (b - learning_rate * db).numpy()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "gradient_step-check"} tags=["check"]
step_W, step_b = gradient_step(
    np.ones((1, 2), np.float32), np.eye(2, dtype=np.float32)[:, [0, 0]], np.zeros((2, 1), np.float32), np.zeros((2, 1), np.float32), 0.5
)
check("W", step_W, [[0.25], [-0.25]])
check("b", step_b, [[0.25], [-0.25]])

# %% nbgrader={"grade": true, "grade_id": "gradient_step-test", "points": 12}
verdict("gradient_step")
### BEGIN HIDDEN TESTS
@hidden_cases("gradient_step", cases=5, returns=("W", "b"), rtol=1e-4, atol=1e-5)
def _(case):
    n_x, C, m = case.rng.permutation(np.arange(3, 9))[:3]
    X, W, b = (case.rng.standard_normal(shape).astype(np.float32) for shape in [(n_x, m), (C, n_x), (C, 1)])
    case.call(gradient_step, X, np.eye(C, dtype=np.float32)[:, case.rng.integers(0, C, m)], W, b, 0.1 * (1 + case.index))
### END HIDDEN TESTS

