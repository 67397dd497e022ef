"""Wrong answers to the exercises of gradient_checking.py, as learners give them: read, never imported."""


@wrong("It is the derivative with respect to x, which is theta: asked is that with respect to theta, which is x.")
def backward_propagation(x, theta):
    ### START CODE HERE ### (approx. 1 line)
    dtheta = theta
    ### END CODE HERE ###
    return dtheta


@wrong(
    "The slope is measured on one side only, from theta to theta + epsilon.",
    "The two norms below the fraction bar are multiplied, not added.",
)
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    # Compute gradapprox
    theta_plus = theta + epsilon
    J_plus = forward_propagation(x, theta_plus)
    J = forward_propagation(x, theta)
    gradapprox = (J_plus - J) / epsilon

    # Check if gradapprox is close enough to the output of backward_propagation()
    grad = backward_propagation(x, theta)

    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) * np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if print_msg:
        print(in_words(difference))
    return difference


@wrong(
    "All 47 parameters are shifted in each turn, not only row i.",
    "gradapprox is flat, so its difference from the column grad is a table of 47 by 47.",
)
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    # Set-up variables
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    gradapprox = np.zeros(num_parameters)

    # Compute gradapprox
    for i in range(num_parameters):
        theta_plus = np.copy(parameters_values) + epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))

        theta_minus = np.copy(parameters_values) - epsilon
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))

        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)

    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if print_msg:
        print(in_words(difference))
    return difference


@wrong("forward_propagation_n returns cost and cache; the pair is stored as if it were the cost: an error.")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    # Set-up variables
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))

    # Compute gradapprox
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i] = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))

        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i] = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))

        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)

    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        print(in_words(difference))
    return difference


@wrong(
    "The caller's x is shifted itself and never put back, so later entries are measured at another place.",
    "An array of integers stays one, so the step is rounded away.",
)
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.asarray(x)
    grad = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] = x[place] + epsilon
        f_plus = f(x)
        x[place] = x[place] - 2 * epsilon
        f_minus = f(x)
        grad[place] = (f_plus - f_minus) / (2 * epsilon)
    return grad


@wrong(
    "db1 is still divided by the number of inputs, as in the draft, not by the number of examples.",
    "dA1 is made from dA2, not from dZ2: the ReLU of layer 2 is skipped.",
)
def backward_propagation_n(X, Y, cache):
    n, m = X.shape
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache

    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m

    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dA2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / n

    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3,
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }


@wrong("theta is not copied, so the step down only undoes the step up, and each slope is half of what it is.")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    # Set-up variables
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))

    # Compute gradapprox
    for i in range(num_parameters):
        # Compute J_plus[i].
        theta_plus = parameters_values
        theta_plus[i][0] = theta_plus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))

        # Compute J_minus[i].
        theta_minus = parameters_values
        theta_minus[i][0] = theta_minus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))

        # Compute gradapprox[i]
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)

    # Compare gradapprox to backward propagation gradients by computing difference.
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator

    if print_msg:
        print(in_words(difference))
    return difference


@wrong("An array of integers stays one, so the step is cut off to 0.", "Divides by epsilon, not by 2 epsilon.")
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.asarray(x)
    gradapprox = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x_plus = np.copy(x)
        x_plus[index] = x_plus[index] + epsilon
        x_minus = np.copy(x)
        x_minus[index] = x_minus[index] - epsilon
        gradapprox[index] = (f(x_plus) - f(x_minus)) / epsilon
    return gradapprox


@wrong("dA1 is computed from dA2, not from dZ2.", "db2 is summed over the units too, for want of axis=1.")
def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, keepdims=True)

    dA1 = np.dot(W2.T, dA2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)

    gradients = {
        "dZ3": dZ3, "dW3": dW3, "db3": db3,
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

    return gradients
