"""Wrong answers to the exercises of optimization.py, as learners give them: read, never imported."""


@wrong("The loop stops before the last layer, which takes no step.", "The step of the biases goes uphill.")
def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2  # number of layers in the neural networks

    # Update rule for each parameter
    for l in range(L - 1):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] + learning_rate * grads["db" + str(l + 1)]

    return parameters


@wrong("The last, smaller batch is cut from the start of the shuffled examples, not from what is left.")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []

    # Step 1: Shuffle (X, Y)
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))

    # Step 2: Partition (shuffled_X, shuffled_Y). Minus the end case.
    num_complete_minibatches = m // mini_batch_size
    for k in range(num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * mini_batch_size:(k + 1) * mini_batch_size]
        mini_batch_Y = shuffled_Y[:, k * mini_batch_size:(k + 1) * mini_batch_size]
        mini_batches.append((mini_batch_X, mini_batch_Y))

    # Handling the end case (last mini-batch < mini_batch_size)
    if m % mini_batch_size != 0:
        end = m - mini_batch_size * num_complete_minibatches
        mini_batch_X = shuffled_X[:, 0:end]
        mini_batch_Y = shuffled_Y[:, 0:end]
        mini_batches.append((mini_batch_X, mini_batch_Y))

    return mini_batches


@wrong("The step is taken along the old velocity, before it is renewed.",
       "The gradient of the biases enters their velocity whole, without the factor 1 - beta.")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2

    for l in range(1, L + 1):
        # update parameters
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * v["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * v["db" + str(l)]
        # compute velocities
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads["dW" + str(l)]
        v["db" + str(l)] = beta * v["db" + str(l)] + grads["db" + str(l)]

    return parameters, v


@wrong("The weights are added up for k from 1 to t, not from 0 to t - 1, so the newest gradient is missing.")
def velocity_share(beta, t):
    share = 0
    for k in range(1, t + 1):
        share += (1 - beta) * beta ** k
    return share


@wrong("No root is taken of the averaged square.", "The gradient of the biases is not squared in their average.")
def update_parameters_with_rmsprop(
    parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8
):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        dW, db = grads[f"dW{l}"], grads[f"db{l}"]
        s[f"dW{l}"] = beta2 * s[f"dW{l}"] + (1 - beta2) * dW ** 2
        s[f"db{l}"] = beta2 * s[f"db{l}"] + (1 - beta2) * db
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * dW / (s[f"dW{l}"] + epsilon)
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * db / (s[f"db{l}"] + epsilon)
    return parameters, s


@wrong("The correction has a fixed exponent of 2 in the place of t.")
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}

    # Perform Adam update on all parameters
    for l in range(L):
        for name in ["W", "b"]:
            key = "d" + name + str(l + 1)
            # Moving average of the gradients
            v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
            # Bias-corrected first moment estimate
            v_corrected[key] = v[key] / (1 - beta1 ** 2)
            # Moving average of the squared gradients
            s[key] = beta2 * s[key] + (1 - beta2) * np.square(grads[key])
            # Bias-corrected second raw moment estimate
            s_corrected[key] = s[key] / (1 - beta2 ** 2)
            # Update parameters
            parameters[name + str(l + 1)] -= learning_rate * v_corrected[key] / (
                np.sqrt(s_corrected[key]) + epsilon)

    return parameters, v, s


@wrong("The floor is taken of the product with the decay rate, not of the number of stairs alone.")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    learning_rate = learning_rate0 / (1 + decay_rate * epoch_num // time_interval)
    return learning_rate


@wrong("The new square enters s whole, without 1 - beta2.", "The step is made with s as it was before its update.")
def update_parameters_with_rmsprop(
    parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8
):
    L = len(parameters) // 2  # number of layers in the neural network

    for l in range(1, L + 1):
        for name in ("W" + str(l), "b" + str(l)):
            g = grads["d" + name]
            parameters[name] = parameters[name] - learning_rate * g / (np.sqrt(s["d" + name]) + epsilon)
            s["d" + name] = beta2 * s["d" + name] + np.square(g)

    return parameters, s


@wrong("The corrections have beta to the power of 2, not of t.")
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    L = len(parameters) // 2  # number of layers in the neural networks
    v_corrected = {}  # Initializing first moment estimate, python dictionary
    s_corrected = {}  # Initializing second moment estimate, python dictionary

    # Perform Adam update on all parameters
    for l in range(1, L + 1):
        # Moving average of the gradients.
        v["dW" + str(l)] = beta1 * v["dW" + str(l)] + (1 - beta1) * grads["dW" + str(l)]
        v["db" + str(l)] = beta1 * v["db" + str(l)] + (1 - beta1) * grads["db" + str(l)]

        # Compute bias-corrected first moment estimate.
        v_corrected["dW" + str(l)] = v["dW" + str(l)] / (1 - np.power(beta1, 2))
        v_corrected["db" + str(l)] = v["db" + str(l)] / (1 - np.power(beta1, 2))

        # Moving average of the squared gradients.
        s["dW" + str(l)] = beta2 * s["dW" + str(l)] + (1 - beta2) * np.power(grads["dW" + str(l)], 2)
        s["db" + str(l)] = beta2 * s["db" + str(l)] + (1 - beta2) * np.power(grads["db" + str(l)], 2)

        # Compute bias-corrected second raw moment estimate.
        s_corrected["dW" + str(l)] = s["dW" + str(l)] / (1 - np.power(beta2, 2))
        s_corrected["db" + str(l)] = s["db" + str(l)] / (1 - np.power(beta2, 2))

        # Update parameters.
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * v_corrected["dW" + str(l)] / (
            np.sqrt(s_corrected["dW" + str(l)]) + epsilon
        )
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * v_corrected["db" + str(l)] / (
            np.sqrt(s_corrected["db" + str(l)]) + epsilon
        )

    return parameters, v, s


@wrong("Rounds the whole product down, decay rate included, not the number of the stair alone.")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    learning_rate = learning_rate0 / (1 + np.floor(decay_rate * epoch_num / time_interval))
    return learning_rate
