"""Wrong answers to the exercises of initialization.py, as learners give them: read, never imported."""


@wrong(
    "The shape of W is turned round: a row for each input and a column for each unit.",
    "b is flat, of shape (n_l,), not a column.",
)
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)  # number of layers in the network

    for l in range(1, L):
        ### START CODE HERE ### (≈ 2 lines of code)
        parameters["W" + str(l)] = np.zeros((layers_dims[l - 1], layers_dims[l]))
        parameters["b" + str(l)] = np.zeros(layers_dims[l])
        ### END CODE HERE ###
    return parameters


@wrong(
    "The biases are drawn too; they must start at zero.",
    "The seed is set again in each turn, so all layers begin with the same draws.",
)
def initialize_parameters_random(layers_dims):
    parameters = {}
    L = len(layers_dims)  # integer representing the number of layers

    for l in range(1, L):
        np.random.seed(3)  # This seed makes sure your "random" numbers will be the as ours
        ### START CODE HERE ### (≈ 2 lines of code)
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.random.randn(layers_dims[l], 1) * 10
        ### END CODE HERE ###

    return parameters


@wrong(
    "It takes the variance of each unit over the examples and averages these, not that of all entries together.",
    "It returns a list, not an array.",
)
def activation_variances(X, parameters):
    L = len(parameters) // 2
    A = X
    variances = []
    for l in range(1, L + 1):
        W = parameters["W" + str(l)]
        b = parameters["b" + str(l)]
        A = relu(np.dot(W, A) + b)
        variances.append(np.mean(np.var(A, axis=1)))
    return variances


@wrong("The number of inputs is squared as well: only sigma is to be squared.")
def layer_factor(n_prev, sigma):
    # half of the signal is lost by the ReLU
    factor = 0.5 * (n_prev * sigma) ** 2
    return factor


@wrong(
    "n is the number of units of the layer, not the number of its inputs.",
    "The root is missing: the weights are multiplied by the variance, not by the standard deviation.",
)
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1  # integer representing the number of layers

    for l in range(1, L + 1):
        ### START CODE HERE ### (≈ 2 lines of code)
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * (2. / layers_dims[l])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END CODE HERE ###

    return parameters


@wrong("The root is taken of the 2 alone, not of 2 / n.")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1

    for l in range(1, L + 1):
        scale = np.sqrt(2) / layers_dims[l - 1]
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))

    return parameters


@wrong("The last layer has no ReLU.", "Takes the variance of each unit and averages, not that of all entries.")
def activation_variances(X, parameters):
    L = len(parameters) // 2
    A = X
    variances = []
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        if l < L:
            A = relu(Z)
        else:
            A = Z
        variances.append(np.mean(np.var(A, axis=1)))
    return np.array(variances)


@wrong("sigma is not squared: the standard deviation is used as the variance.")
def layer_factor(n_prev, sigma):
    # half of the signal is cut off by the ReLU
    return n_prev * sigma / 2


@wrong("Divides by the layer's own number of units, not by the number of its inputs.")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1  # integer representing the number of layers

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(
            2.0 / layers_dims[l]
        )
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))

    return parameters
