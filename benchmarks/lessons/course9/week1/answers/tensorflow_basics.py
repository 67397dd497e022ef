"""Answers that people give to the exercises of tensorflow_basics.py: read, never imported (see CONTRIBUTING.md)."""


linear = exercise("linear_function")

@linear.right("loops")
def linear_function(X, W, b):
    columns = [tf.linalg.matvec(W, X[:, i]) + b[:, 0] for i in range(X.shape[1])]
    return tf.stack(columns, axis=1).numpy()

linear.mistake(
    "bias_forgotten",
    ("tf.add(tf.matmul(W, X), b)", "tf.matmul(W, X)"),
    cause="The bias is not added.",
    hint="What does b do?",
)

linear.mistake(
    "bias_subtracted",
    ("tf.add(", "tf.subtract("),
    cause="The bias is subtracted.",
    hint="Read the formula.",
)


sig = exercise("sigmoid")

@sig.right("vectorized")
def sigmoid(z):
    return (1 / (1 + tf.exp(-tf.cast(z, tf.float32)))).numpy()

sig.mistake(
    "sign_forgotten",
    ("tf.cast(z", "tf.cast(-z"),
    cause="The sign of z is turned.",
    hint="Try z = 100.",
)

sig.mistake(
    "tanh",
    ("tf.math.sigmoid", "tf.math.tanh"),
    cause="This is tanh.",
    hint="Try z = 0.",
)


one_hot = exercise("one_hot_matrix")

@one_hot.right("loops")
def one_hot_matrix(labels, C):
    return tf.stack([tf.one_hot(label, C) for label in labels], axis=1).numpy()

one_hot.mistake(
    "rows_and_columns",
    ("axis=0", "axis=1"),
    cause="Each label is a row.",
    hint="Print the shape.",
)

one_hot.mistake(
    "one_class_less",
    ("labels, C,", "labels, C - 1,"),
    cause="The last class is missing.",
    hint="Print the shape.",
)


forward = exercise("forward_propagation")

@forward.right("vectorized")
def forward_propagation(X, parameters):
    Z1 = tf.add(tf.matmul(parameters["W1"], X), parameters["b1"])
    A1 = keras.activations.relu(Z1)
    Z2 = tf.add(tf.matmul(parameters["W2"], A1), parameters["b2"])
    A2 = keras.activations.relu(Z2)
    return tf.add(tf.matmul(parameters["W3"], A2), parameters["b3"]).numpy()

forward.mistake(
    "no_relu",
    ("tf.nn.relu(", "("),
    cause="ReLU is missing.",
    hint="Can A1 be negative?",
)

forward.mistake(
    "layer_left_out",
    ("(1, 2)", "(1,)"),
    cause="Layer 2 is left out.",
    hint="Count the layers.",
)


cost = exercise("compute_cost")

@cost.right("loops")
def compute_cost(logits, labels):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    return loss(tf.transpose(labels), tf.transpose(logits)).numpy()

cost.mistake(
    "sum_for_mean",
    ("reduce_mean", "reduce_sum"),
    cause="The losses are added, not averaged.",
    hint="Divide by m.",
)

cost.mistake(
    "probabilities",
    (", from_logits=True", ""),
    cause="Logits are taken for probabilities.",
    hint="Look at from_logits.",
)


step = exercise("gradient_step")

@step.right("vectorized")
def gradient_step(X, Y, W, b, learning_rate):
    error = (tf.nn.softmax(tf.matmul(W, X) + b, axis=0) - Y) / X.shape[1]
    return (W - learning_rate * tf.matmul(error, X, transpose_b=True)).numpy(), (
        b - learning_rate * tf.reduce_sum(error, axis=1, keepdims=True)
    ).numpy()

step.mistake(
    "uphill",
    ("W - learning_rate * dW", "W + learning_rate * dW"),
    cause="W climbs.",
    hint="Look at the sign.",
)

step.mistake(
    "sum_for_mean",
    ("reduce_mean", "reduce_sum"),
    cause="The losses are added, not averaged.",
    hint="Divide by m.",
)
