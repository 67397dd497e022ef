"""Wrong answers to the exercises of tensorflow_tutorial.py, as learners give them: read, never imported."""


@wrong("A whole number is not cast to float32 first, so TensorFlow's sigmoid refuses it.")
def sigmoid(z):
    x = tf.constant(z)
    result = tf.math.sigmoid(x)
    return result


@wrong("The weights are drawn by He's rule, not by Glorot's.", "The biases are constant tensors, not variables.")
def initialize_parameters():
    initializer = tf.keras.initializers.HeNormal(seed=1)

    W1 = tf.Variable(initializer(shape=(25, 12288)))
    b1 = tf.zeros((25, 1))
    W2 = tf.Variable(initializer(shape=(12, 25)))
    b2 = tf.zeros((12, 1))
    W3 = tf.Variable(initializer(shape=(6, 12)))
    b3 = tf.zeros((6, 1))

    parameters = {"W1": W1,
                  "b1": b1,
                  "W2": W2,
                  "b2": b2,
                  "W3": W3,
                  "b3": b3}

    return parameters


@wrong("Layer 2 reads Z1, not A1.", "A softmax stands at the end, so probabilities come out and not scores.")
def forward_propagation(X, parameters):
    # Retrieve the parameters from the dictionary "parameters"
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']
    W3 = parameters['W3']
    b3 = parameters['b3']

    Z1 = tf.math.add(tf.linalg.matmul(W1, X), b1)
    A1 = tf.keras.activations.relu(Z1)
    Z2 = tf.math.add(tf.linalg.matmul(W2, Z1), b2)
    A2 = tf.keras.activations.relu(Z2)
    Z3 = tf.math.add(tf.linalg.matmul(W3, A2), b3)

    return tf.nn.softmax(Z3, axis=0)


@wrong("Scores and labels are handed to Keras in the wrong order.", "The mean of the losses is taken, not the sum.")
def compute_total_loss(logits, labels):
    total_loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(
        tf.transpose(logits), tf.transpose(labels), from_logits=True))
    return total_loss


@wrong("The powers are divided by the sum over all columns, not by that of their own column.")
def logits_gradient(logits, labels):
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    exps = np.exp(shifted)
    probs = exps / np.sum(exps)
    return probs - labels


@wrong("dA1 is computed from dA2, before the ReLU's mask, and not from dZ2.",
       "db2 is a mean over the examples, not a sum.")
def gradients_by_hand(X, Y, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    # forward
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    Z3 = np.dot(W3, A2) + b3

    # backward
    e = np.exp(Z3 - Z3.max(axis=0))
    dZ3 = e / e.sum(axis=0) - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(Z2 > 0))
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.mean(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dA2)
    dZ1 = np.multiply(dA1, np.int64(Z1 > 0))
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)

    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong("The totals are measured after the step, not before it.",
       "The loss is divided by minibatch_size, also where the last mini-batch is smaller.")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    costs = []
    m = X.shape[1]
    names = ["W1", "b1", "W2", "b2", "W3", "b3"]

    for epoch in range(num_epochs):
        epoch_total_loss = 0.
        for start in range(0, m, minibatch_size):
            minibatch_X = X[:, start:start + minibatch_size]
            minibatch_Y = Y[:, start:start + minibatch_size]

            with tf.GradientTape() as tape:
                Z3 = forward_propagation(minibatch_X, parameters)
                minibatch_loss = compute_total_loss(Z3, minibatch_Y) / minibatch_size

            trainable_variables = [parameters[name] for name in names]
            grads = tape.gradient(minibatch_loss, trainable_variables)
            for variable, grad in zip(trainable_variables, grads):
                variable.assign_sub(learning_rate * grad)

            Z3 = forward_propagation(minibatch_X, parameters)
            epoch_total_loss += float(compute_total_loss(Z3, minibatch_Y))
        costs.append(epoch_total_loss / m)

    return parameters, costs


@wrong("Takes the softmax along the rows: the columns are not turned into rows.", "Averages where it has to add up.")
def compute_total_loss(logits, labels):
    total_loss = tf.reduce_mean(
        tf.keras.losses.categorical_crossentropy(labels, logits, from_logits=True)
    )
    return total_loss


@wrong("All gradients are divided by m, though the total loss is a sum.")
def gradients_by_hand(X, Y, parameters):
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    # forward
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    Z3 = np.dot(W3, A2) + b3

    # backward
    dZ3 = logits_gradient(Z3, Y)
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = np.dot(W3.T, dZ3) * (Z2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * (Z1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "The step follows the gradient of the total loss, not of the mean loss.",
    "The epoch's cost is divided by the number of mini-batches, not by m.",
)
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    costs = []
    m = X.shape[1]
    names = list(parameters)
    num_minibatches = -(-m // minibatch_size)

    for epoch in range(num_epochs):
        epoch_total_loss = 0.0
        for k in range(num_minibatches):
            minibatch_X = X[:, k * minibatch_size : (k + 1) * minibatch_size]
            minibatch_Y = Y[:, k * minibatch_size : (k + 1) * minibatch_size]

            with tf.GradientTape() as tape:
                # 1. predict
                Z3 = forward_propagation(minibatch_X, parameters)
                # 2. loss
                minibatch_total_loss = compute_total_loss(Z3, minibatch_Y)

            grads = tape.gradient(minibatch_total_loss, [parameters[name] for name in names])
            for name, grad in zip(names, grads):
                parameters[name].assign_sub(learning_rate * grad)
            epoch_total_loss += float(minibatch_total_loss)

        costs.append(epoch_total_loss / num_minibatches)

    return parameters, costs
