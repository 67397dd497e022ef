"""Wrong answers to the exercises of deep_network_application.py, as learners give them: read, never imported."""


@wrong(
    "The two terms of dA2 are added inside the bracket: the term of the label 0 has the wrong sign.",
    "The iterations are counted from 1: the cost of iteration 0 is missing, and the others are one too early.",
)
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    grads = {}
    costs = []  # to keep track of the cost
    (n_x, n_h, n_y) = layers_dims

    # Initialize parameters dictionary
    parameters = initialize_parameters(n_x, n_h, n_y)

    # Loop (gradient descent)
    for i in range(1, num_iterations + 1):
        # Forward propagation: LINEAR -> RELU -> LINEAR -> SIGMOID
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")

        # Compute cost
        cost = compute_cost(A2, Y)

        # Initializing backward propagation
        dA2 = -(np.divide(Y, A2) + np.divide(1 - Y, 1 - A2))

        # Backward propagation
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")

        grads["dW1"] = dW1
        grads["db1"] = db1
        grads["dW2"] = dW2
        grads["db2"] = db2

        # Update parameters
        parameters = update_parameters(parameters, grads, learning_rate)

        # Record the cost every 100 iterations
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))

    return parameters, costs


@wrong("The hidden layer is a sigmoid layer, forward and backward, not a ReLU layer.")
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    grads = {}
    costs = []
    (n_x, n_h, n_y) = layers_dims
    parameters = initialize_parameters(n_x, n_h, n_y)
    act = "sigmoid"

    for i in range(0, num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], act)
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], act)
        cost = compute_cost(A2, Y)

        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, act)
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, act)

        grads["dW1"], grads["db1"] = dW1, db1
        grads["dW2"], grads["db2"] = dW2, db2
        parameters = update_parameters(parameters, grads, learning_rate)

        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))

    return parameters, costs


@wrong(
    "The step is always taken with 0.0075: the argument learning_rate is not used.",
    "The loop does one iteration too few.",
)
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []  # keep track of cost

    # Parameters initialization.
    parameters = initialize_parameters_deep(layers_dims)

    # Loop (gradient descent)
    for i in range(0, num_iterations - 1):
        # Forward propagation: [LINEAR -> RELU]*(L-1) -> LINEAR -> SIGMOID.
        AL, caches = L_model_forward(X, parameters)
        # Compute cost.
        cost = compute_cost(AL, Y)
        # Backward propagation.
        grads = L_model_backward(AL, Y, caches)
        # Update parameters.
        parameters = update_parameters(parameters, grads, 0.0075)

        # Print the cost every 100 training example
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
        if i % 100 == 0:
            costs.append(cost)

    return parameters, costs


@wrong("The forward pass stands before the loop, so every step uses the answers and caches of the start.")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    AL, caches = L_model_forward(X, parameters)

    for i in range(num_iterations):
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)

        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after iteration {i}: {cost}")

    return parameters, costs


@wrong(
    "The sum leaves out its last term: range stops before the smaller count.",
    "The factor 2 for the two sides is missing.",
)
def mcnemar(predictions_1, predictions_2, Y):
    right_1 = predictions_1 == Y
    right_2 = predictions_2 == Y
    n_1 = int(np.sum(right_1 & ~right_2))
    n_2 = int(np.sum(right_2 & ~right_1))
    n = n_1 + n_2
    total = sum(math.comb(n, k) for k in range(min(n_1, n_2)))
    p = min(1, total / 2 ** n)
    return n_1, n_2, p


@wrong(
    "The counts hold every example on which a classifier is right, also those on which both are.",
    "p is not limited to 1.",
)
def mcnemar(predictions_1, predictions_2, Y):
    n_1 = int(np.sum(predictions_1 == Y))
    n_2 = int(np.sum(predictions_2 == Y))
    n = n_1 + n_2
    p = 0
    for k in range(min(n_1, n_2) + 1):
        p += math.comb(n, k)
    p = 2 * p / 2 ** n
    return n_1, n_2, p


@wrong("Layer 1 goes backward as a sigmoid, though it went forward as a ReLU.", "Costs are kept only with print_cost.")
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    grads = {}
    costs = []  # to keep track of the cost
    (n_x, n_h, n_y) = layers_dims

    # Initialize parameters dictionary
    parameters = initialize_parameters(n_x, n_h, n_y)

    # Loop (gradient descent)
    for i in range(0, num_iterations):
        W1 = parameters["W1"]
        b1 = parameters["b1"]
        W2 = parameters["W2"]
        b2 = parameters["b2"]

        # Forward propagation: LINEAR -> RELU -> LINEAR -> SIGMOID
        A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")

        # Compute cost
        cost = compute_cost(A2, Y)

        # Initializing backward propagation
        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))

        # Backward propagation
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "sigmoid")

        grads["dW1"] = dW1
        grads["db1"] = db1
        grads["dW2"] = dW2
        grads["db2"] = db2

        # Update parameters
        parameters = update_parameters(parameters, grads, learning_rate)

        # Print the cost every 100 training example
        if print_cost and i % 100 == 0:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
            costs.append(cost)

    return parameters, costs


@wrong("Starts with initialize_parameters, which takes three sizes only: a list of four raises an error.")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []  # keep track of cost

    # Parameters initialization.
    parameters = initialize_parameters(*layers_dims)

    # Loop (gradient descent)
    for i in range(0, num_iterations):
        # Forward propagation: [LINEAR -> RELU]*(L-1) -> LINEAR -> SIGMOID.
        AL, caches = L_model_forward(X, parameters)

        # Compute cost.
        cost = compute_cost(AL, Y)

        # Backward propagation.
        grads = L_model_backward(AL, Y, caches)

        # Update parameters.
        parameters = update_parameters(parameters, grads, learning_rate)

        # Print the cost every 100 training example
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration %i: %f" % (i, cost))

    return parameters, costs


@wrong("The sum stops before the smaller count: range(min(n_1, n_2)) leaves its last term out.")
def mcnemar(predictions_1, predictions_2, Y):
    right_1 = predictions_1 == Y
    right_2 = predictions_2 == Y

    n_1 = int(np.sum(right_1 & ~right_2))
    n_2 = int(np.sum(~right_1 & right_2))
    n = n_1 + n_2

    total = 0
    for k in range(min(n_1, n_2)):
        total += math.comb(n, k)
    p = min(1, 2 * total / 2**n)

    return n_1, n_2, p
