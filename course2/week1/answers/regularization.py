"""Answers that people give to the exercises of regularization.py: read, never imported (see CONTRIBUTING.md)."""


cost = exercise("compute_cost_with_regularization")

@cost.right("loops")
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy = 0
    for i in range(m):
        a, y = A3[0, i], Y[0, i]
        cross_entropy -= (y * np.log(a) + (1 - y) * np.log(1 - a)) / m
    penalty = 0
    for name, matrix in parameters.items():
        if name.startswith("W"):
            for row in matrix:
                for weight in row:
                    penalty += weight**2
    return cross_entropy + lambd * penalty / 2 / m

@cost.right("vectorized")
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = (1 / m) * (lambd / 2) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    cost = cross_entropy_cost + L2_regularization_cost
    return cost

@cost.right("einsum")
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.shape[1]
    weights = [parameters["W" + str(i)] for i in range(1, 4)]
    data_term = -np.einsum("ij,ij->", Y, np.log(A3)) - np.einsum("ij,ij->", 1 - Y, np.log(1 - A3))
    penalty = sum(np.einsum("ij,ij->", W, W) for W in weights)
    return (data_term + 0.5 * lambd * penalty) / m

@cost.right("float32")
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    A3 = A3.astype(np.float32)
    logprobs = np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)
    norms = sum(np.linalg.norm(parameters[name].astype(np.float32), "fro") ** 2 for name in ("W1", "W2", "W3"))
    return -logprobs / m + lambd * norms / (2 * m)

cost.mistake(
    "biases_penalized",
    ('np.sum(np.square(parameters[f"W{layer}"]))', 'np.sum(parameters[f"W{layer}"] ** 2) + np.sum(parameters[f"b{layer}"] ** 2)'),
    cause="The biases are in the penalty as well; only weights belong there.",
    hint="The sum runs over W1, W2 and W3. What does a bias do to the steepness of a unit?",
)

cost.mistake(
    "half_forgotten",
    ("lambd / (2 * m)", "lambd / m"),
    cause="The penalty lacks its factor 1/2.",
    hint="Compare what stands before the sum with the formula: λ over 2m.",
)

cost.mistake(
    "m_forgotten",
    ("lambd / (2 * m)", "lambd / 2"),
    cause="The penalty is not divided by the number of examples m, or m was taken from Y.shape[0], which is 1.",
    hint="Examples stand in columns: print m for a Y of shape (1, 3).",
)

@cost.mistake(
    "factor_on_W1_only",
    cause="λ / (2m) multiplies the squares of W1 alone, and those of W2 and W3 are added as they are: the brackets around the three sums are missing.",
    hint="Multiplication binds more tightly than addition. Add the three sums first.",
)
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = (parameters[name] for name in ("W1", "W2", "W3"))
    penalty = lambd / (2 * m) * np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))
    return compute_cost(A3, Y) + penalty

@cost.mistake(
    "factor_on_W3_only",
    cause="λ / (2m) multiplies the squares of W3 alone, and those of W1 and W2 are added as they are: the brackets around the three sums are missing.",
    hint="Multiplication binds more tightly than addition. Add the three sums first.",
)
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = (parameters[name] for name in ("W1", "W2", "W3"))
    penalty = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)) * lambd / (2 * m)
    return compute_cost(A3, Y) + penalty

cost.mistake(
    "m_outside_the_brackets",
    ("lambd / (2 * m)", "lambd / 2 * m"),
    cause="The penalty is multiplied by m where it should be divided, as λ / 2 * m does it without brackets.",
    hint="Python works from left to right: put the whole divisor in brackets.",
)

cost.mistake(
    "square_forgotten",
    ("np.sum(np.square(", "np.sum(("),
    cause="The weights are summed, not their squares.",
    hint="A weight of −3 must cost as much as a weight of 3.",
)

cost.mistake(
    "absolute_values",
    ("np.square(", "np.abs("),
    cause="The absolute values of the weights are summed: that is the L1 penalty.",
    hint="L2 sums the squares.",
)

cost.mistake(
    "norm_not_squared",
    ("np.sum(np.square(", "np.linalg.norm(("),
    cause="The norm of each weight matrix is used, and not its square.",
    hint="np.linalg.norm ends with a square root. The formula has none.",
)

cost.mistake(
    "matrix_product",
    ('np.square(parameters[f"W{layer}"])', 'parameters[f"W{layer}"] @ parameters[f"W{layer}"].T'),
    cause="All entries of the matrix product W Wᵀ are summed; that adds products of different rows of W to the squares.",
    hint="Square entry by entry: np.square(W), or W * W.",
)

cost.mistake(
    "mean_of_squares",
    ("np.sum(np.square(", "np.mean(np.square("),
    cause="The mean of the squared weights is used where the sum belongs.",
    hint="A layer with more weights should pay more. Divide by m only, once, at the end.",
)

cost.mistake(
    "output_layer_left_out",
    ("(1, 2, 3)", "(1, 2)"),
    cause="The weights of the output layer, W3, are not in the penalty.",
    hint="range(1, 3) stops at 2. Which layers did the loop visit?",
)

@cost.mistake(
    "returned_inside_loop",
    cause="Only the weights of the first layer are in the penalty, as happens where the `return` stands inside the loop.",
    hint="Look at the indentation of the last line.",
)
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    squares = 0
    for layer in (1, 2, 3):
        squares = squares + np.sum(np.square(parameters[f"W{layer}"]))
        return compute_cost(A3, Y) + lambd / (2 * m) * squares

cost.mistake(
    "penalty_subtracted",
    ("compute_cost(A3, Y) + lambd", "compute_cost(A3, Y) - lambd"),
    cause="The penalty is subtracted, which makes large weights a bargain.",
    hint="Large weights must raise the cost.",
)

cost.mistake(
    "penalty_alone",
    ("compute_cost(A3, Y) + lambd", "lambd"),
    cause="Only the penalty is returned; the cross-entropy is missing.",
    hint="With λ = 0 the cost must be compute_cost(A3, Y).",
)

cost.mistake(
    "averaged_twice",
    ("compute_cost(A3, Y) + lambd", "compute_cost(A3, Y) / m + lambd"),
    cause="The cross-entropy is divided by m a second time; compute_cost already returns a mean.",
    hint="With λ = 0 the cost must be compute_cost(A3, Y), whatever m is.",
)

cost.mistake(
    "whole_division",
    ("lambd / (2 * m)", "lambd // (2 * m)"),
    cause="`//` rounds down to a whole number, so a small λ has no effect at all.",
    hint="Print the factor before the sum for λ = 0.6 and m = 3.",
)

@cost.mistake(
    "squared_in_place",
    cause="`W *= W` squares the network's own weights: W is the array in the dictionary, not a copy of it.",
    hint="Call your function twice with the same parameters. Write W * W, which makes a new array.",
)
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    squares = 0
    for W in (parameters["W1"], parameters["W2"], parameters["W3"]):
        W *= W
        squares += W.sum()
    return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares


backward = exercise("backward_propagation_with_regularization")

@backward.right("loops")
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    weights = {1: W1, 2: W2, 3: W3}
    gradients = {}
    for layer in weights:
        gradients[f"dW{layer}"] = lambd / m * weights[layer]
        gradients[f"db{layer}"] = np.zeros((weights[layer].shape[0], 1))
    for i in range(m):
        delta = {3: A3[:, i] - Y[:, i]}
        delta[2] = np.where(Z2[:, i] > 0, W3.T.dot(delta[3]), 0)
        delta[1] = np.where(Z1[:, i] > 0, W2.T.dot(delta[2]), 0)
        for layer, a in ((1, X[:, i]), (2, A1[:, i]), (3, A2[:, i])):
            gradients[f"dW{layer}"] = gradients[f"dW{layer}"] + np.outer(delta[layer], a) / m
            gradients[f"db{layer}"] = gradients[f"db{layer}"] + delta[layer].reshape(-1, 1) / m
    return gradients

@backward.right("vectorized")
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * (np.dot(dZ3, A2.T) + lambd * W3)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * (np.dot(dZ2, A1.T) + lambd * W2)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * (np.dot(dZ1, X.T) + lambd * W1)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
        "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

@backward.right("einsum")
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = Y.shape[1]
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    dA3 = -Y / A3 + (1 - Y) / (1 - A3)
    dZ3 = dA3 * A3 * (1 - A3)
    dZ2 = np.einsum("kj,ki->ji", W3, dZ3) * (Z2 >= 0)
    dZ1 = np.einsum("kj,ki->ji", W2, dZ2) * (Z1 >= 0)
    gradients = {}
    for name, dZ, A, W in (("1", dZ1, X, W1), ("2", dZ2, A1, W2), ("3", dZ3, A2, W3)):
        gradients["dW" + name] = (np.einsum("ji,ki->jk", dZ, A) + lambd * W) / m
        gradients["db" + name] = np.einsum("ji->j", dZ)[:, None] / m
    return gradients

@backward.right("helper")
def backward_propagation_with_regularization(X, Y, cache, lambd):
    gradients = backward_propagation(X, Y, cache)
    for layer, W in enumerate(cache[2::4], start=1):
        gradients[f"dW{layer}"] += lambd * W / X.shape[1]
    return gradients

backward.mistake(
    "penalty_forgotten",
    (" + lambd / m * W3", ""),
    (" + lambd / m * W2", ""),
    (" + lambd / m * W1", ""),
    cause="The penalty is in the cost but not in the gradient: this is the plain backward pass.",
    hint="Differentiate λ/(2m) W² and add the result to each dW.",
)

backward.mistake(
    "m_forgotten",
    ("lambd / m * W3", "lambd * W3"),
    ("lambd / m * W2", "lambd * W2"),
    ("lambd / m * W1", "lambd * W1"),
    cause="The penalty's term is not divided by m.",
    hint="It is λ/m times W, as the data's term is 1/m times a product.",
)

backward.mistake(
    "half_kept",
    ("lambd / m * W3", "lambd / (2 * m) * W3"),
    ("lambd / m * W2", "lambd / (2 * m) * W2"),
    ("lambd / m * W1", "lambd / (2 * m) * W1"),
    cause="The 1/2 of the cost still stands in the gradient.",
    hint="The derivative of ½W² is W: the ½ cancels with the 2 of the square.",
)

backward.mistake(
    "doubled",
    ("lambd / m * W3", "2 * lambd / m * W3"),
    ("lambd / m * W2", "2 * lambd / m * W2"),
    ("lambd / m * W1", "2 * lambd / m * W1"),
    cause="The penalty's term is twice as large as it should be: the 2 of the square cancels against the 1/2 of the cost.",
    hint="The derivative of ½W² is W.",
)

backward.mistake(
    "divided_twice",
    ("lambd / m * W3", "lambd / m**2 * W3"),
    ("lambd / m * W2", "lambd / m**2 * W2"),
    ("lambd / m * W1", "lambd / m**2 * W1"),
    cause="The penalty's term is divided by m twice.",
    hint="If you write 1/m * (dZ Aᵀ + …), what stands in the bracket must not be divided by m again.",
)

backward.mistake(
    "subtracted",
    (" + lambd / m * W3", " - lambd / m * W3"),
    (" + lambd / m * W2", " - lambd / m * W2"),
    (" + lambd / m * W1", " - lambd / m * W1"),
    cause="The penalty's term is subtracted from the gradient, so each step makes the weights larger.",
    hint="The minus sign comes later, in the update W := W − α dW.",
)

backward.mistake(
    "squared_weights",
    ("lambd / m * W3", "lambd / m * W3**2"),
    ("lambd / m * W2", "lambd / m * W2**2"),
    ("lambd / m * W1", "lambd / m * W1**2"),
    cause="The squares of the weights are added where the weights themselves belong.",
    hint="The cost holds W². What is its derivative?",
)

backward.mistake(
    "signs_only",
    ("lambd / m * W3", "lambd / m * np.sign(W3)"),
    ("lambd / m * W2", "lambd / m * np.sign(W2)"),
    ("lambd / m * W1", "lambd / m * np.sign(W1)"),
    cause="The signs of the weights are added: that is the gradient of the L1 penalty.",
    hint="For L2 a large weight shrinks by more than a small one.",
)

backward.mistake(
    "biases_decay_too",
    ("np.sum(dZ3, axis=1, keepdims=True) / m", "(np.sum(dZ3, axis=1, keepdims=True) + lambd * b3) / m"),
    ("np.sum(dZ2, axis=1, keepdims=True) / m", "(np.sum(dZ2, axis=1, keepdims=True) + lambd * b2) / m"),
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "(np.sum(dZ1, axis=1, keepdims=True) + lambd * b1) / m"),
    cause="The biases are regularized as well.",
    hint="The penalty holds no bias, so db is the same as without it.",
)

backward.mistake(
    "output_layer_left_out",
    (" + lambd / m * W3", ""),
    cause="dW3 lacks the penalty's term.",
    hint="All three weight matrices are in the penalty.",
)

backward.mistake(
    "first_layer_left_out",
    (" + lambd / m * W1", ""),
    cause="dW1 lacks the penalty's term.",
    hint="All three weight matrices are in the penalty.",
)

backward.mistake(
    "m_from_rows",
    ("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of features; examples stand in columns.",
    hint="Print X.shape and m.",
)

backward.mistake(
    "keepdims_forgotten",
    ("np.sum(dZ3, axis=1, keepdims=True)", "np.sum(dZ3, axis=1)"),
    ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2, axis=1)"),
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    cause="db has lost its second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)

backward.mistake(
    "output_sigmoid_again",
    ("dZ3 = A3 - Y", "dZ3 = (A3 - Y) * A3 * (1 - A3)"),
    cause="dZ3 holds the sigmoid's derivative once too often: for the cross-entropy it cancels.",
    hint="dA3 = −Y/A3 + (1−Y)/(1−A3). Multiply by A3(1−A3) and simplify.",
)

backward.mistake(
    "label_minus_answer",
    ("A3 - Y", "Y - A3"),
    cause="dZ3 is Y − A3; its sign is turned round.",
    hint="If the answer is too high, the slope is positive.",
)

backward.mistake(
    "relu_2_forgotten",
    ("dA2 * (A2 > 0)", "dA2"),
    cause="The ReLU of layer 2 is passed as if it were not there: dZ2 = dA2.",
    hint="Where a ReLU answered 0, no gradient comes through.",
)

backward.mistake(
    "relu_1_forgotten",
    ("dA1 * (A1 > 0)", "dA1"),
    cause="The ReLU of layer 1 is passed as if it were not there: dZ1 = dA1.",
    hint="Where a ReLU answered 0, no gradient comes through.",
)

backward.mistake(
    "value_for_slope",
    ("dA2 * (A2 > 0)", "dA2 * A2"),
    ("dA1 * (A1 > 0)", "dA1 * A1"),
    cause="dA is multiplied by the ReLU's value instead of its derivative.",
    hint="The derivative of max(0, z) is 1 or 0.",
)

backward.mistake(
    "wrong_layers_relu",
    ("dA2 * (A2 > 0)", "dA2 * (A1 > 0)"),
    cause="dZ2 uses the ReLU of layer 1; with layers of equal size this does not even raise an error.",
    hint="Which activation did dA2 come from?",
)

backward.mistake(
    "labels_subtracted_in_place",
    ("dZ3 = A3 - Y", "dZ3 = A3\n    dZ3 -= Y"),
    cause="A3 in the cache is changed: Y is subtracted from it in place, as `dZ3 -= Y` does it where dZ3 is A3.",
    hint="Call your function twice with one cache. Write dZ3 = A3 - Y, which makes a new array.",
)

backward.mistake(
    "weights_scaled_in_place",
    ("dW3 = dZ3 @ A2.T / m + lambd / m * W3", "W3 *= lambd / m\n    dW3 = dZ3 @ A2.T / m + W3"),
    cause="`W3 *= …` changes the weights in the cache; the lines below then use shrunken weights.",
    hint="Print W3 before and after your line. Write lambd / m * W3, which makes a new array.",
)

backward.equivalent("db3 = np.sum(dZ3, axis=1, keepdims=True) / m", "db3 = np.sum(dZ3, keepdims=True) / m", reason="the output layer has one unit, so the sum over examples is the sum over all entries.")

backward.equivalent("dA2 = W3.T @ dZ3", "dA2 = W3.T * dZ3", reason="the output layer has one unit: (n2, 1) times (1, m) is the same product by broadcasting.")


dropout = exercise("forward_propagation_with_dropout")

@dropout.right("loops")
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    cache = []
    A = X
    for layer in (1, 2):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.dot(W, A) + b
        D = np.zeros(Z.shape)
        A = np.zeros(Z.shape)
        for i in range(Z.shape[0]):
            for j in range(Z.shape[1]):
                if np.random.rand() < keep_prob:
                    D[i, j] = 1
                    A[i, j] = max(0, Z[i, j]) / keep_prob
        cache += [Z, D, A, W, b]
    Z3 = np.dot(parameters["W3"], A) + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, tuple(cache + [Z3, A3, parameters["W3"], parameters["b3"]])

@dropout.right("vectorized")
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache

@dropout.right("einsum")
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    rng = np.random.default_rng()
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.einsum("jk,ki->ji", W1, X) + b1
    D1 = rng.binomial(1, keep_prob, size=Z1.shape)
    A1 = np.einsum("ji,ji->ji", np.maximum(Z1, 0), D1) / keep_prob
    Z2 = np.einsum("jk,ki->ji", W2, A1) + b2
    D2 = rng.binomial(1, keep_prob, size=Z2.shape)
    A2 = np.einsum("ji,ji->ji", np.maximum(Z2, 0), D2) / keep_prob
    Z3 = np.einsum("jk,ki->ji", W3, A2) + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

@dropout.right("float_masks")
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(7)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    D1 = np.where(np.random.uniform(size=A1.shape) >= 1 - keep_prob, 1.0, 0.0)
    A1 *= D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    D2 = np.where(np.random.uniform(size=A2.shape) >= 1 - keep_prob, 1.0, 0.0)
    A2 *= D2 / keep_prob
    Z3 = W3 @ A2 + b3
    return sigmoid(Z3), [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3]

dropout.mistake(
    "not_rescaled",
    ("relu(Z1) * D1 / keep_prob", "relu(Z1) * D1"),
    ("relu(Z2) * D2 / keep_prob", "relu(Z2) * D2"),
    cause="The activations are masked but not divided by keep_prob.",
    hint="Compare the average of A1 over many draws with the plain A1.",
)

dropout.mistake(
    "rescaled_by_drop_probability",
    ("D1 / keep_prob", "D1 / max(1 - keep_prob, 1e-9)"),
    ("D2 / keep_prob", "D2 / max(1 - keep_prob, 1e-9)"),
    cause="The activations are divided by the probability of dropping, 1 − keep_prob.",
    hint="With keep_prob = 0.9 hardly anything is missing, so hardly anything should be made up for.",
)

dropout.mistake(
    "rescaled_the_wrong_way",
    ("D1 / keep_prob", "D1 * keep_prob"),
    ("D2 / keep_prob", "D2 * keep_prob"),
    cause="The activations are multiplied by keep_prob instead of divided by it.",
    hint="Units are missing, so those that are left have to speak louder.",
)

dropout.mistake(
    "rescaled_in_layer_1_only",
    ("D2 / keep_prob", "D2"),
    cause="Layer 2 is masked but not rescaled.",
    hint="Both hidden layers need both steps.",
)

dropout.mistake(
    "square_root_of_keep_prob",
    ("D1 / keep_prob", "D1 / np.sqrt(keep_prob)"),
    ("D2 / keep_prob", "D2 / np.sqrt(keep_prob)"),
    cause="The activations are divided by the square root of keep_prob.",
    hint="It is the average that has to stay the same, not the variance.",
)

dropout.mistake(
    "drops_what_it_should_keep",
    ("np.random.rand(Z1.shape[0], Z1.shape[1]) <", "np.random.rand(Z1.shape[0], Z1.shape[1]) >"),
    ("np.random.rand(Z2.shape[0], Z2.shape[1]) <", "np.random.rand(Z2.shape[0], Z2.shape[1]) >"),
    cause="The comparison is turned round: a unit is kept with probability 1 − keep_prob.",
    hint="With keep_prob = 0.8, what share of your mask is 1?",
)

dropout.mistake(
    "half_whatever_keep_prob",
    ("Z1.shape[1]) < keep_prob", "Z1.shape[1]) < 0.5"),
    ("Z2.shape[1]) < keep_prob", "Z2.shape[1]) < 0.5"),
    cause="The mask keeps one half whatever keep_prob is.",
    hint="Look for a number where the argument belongs.",
)

dropout.mistake(
    "normal_for_uniform",
    ("np.random.rand(Z1", "np.random.randn(Z1"),
    ("np.random.rand(Z2", "np.random.randn(Z2"),
    cause="The mask is drawn with randn, whose numbers are normal and not uniform, so the share kept is wrong.",
    hint="A standard normal number is below 0.5 with probability 0.69.",
)

dropout.mistake(
    "one_mask_for_all_examples",
    ("np.random.rand(Z1.shape[0], Z1.shape[1])", "np.random.rand(Z1.shape[0], 1)"),
    ("np.random.rand(Z2.shape[0], Z2.shape[1])", "np.random.rand(Z2.shape[0], 1)"),
    cause="One mask of shape (n, 1) is drawn and broadcast, so all examples lose the same units.",
    hint="The mask has the shape of A: one draw for every unit of every example.",
)

dropout.mistake(
    "one_mask_for_all_units",
    ("np.random.rand(Z1.shape[0], Z1.shape[1])", "np.random.rand(1, Z1.shape[1]) + 0 * Z1"),
    ("np.random.rand(Z2.shape[0], Z2.shape[1])", "np.random.rand(1, Z2.shape[1]) + 0 * Z2"),
    cause="One number is drawn for each example, so its units are kept or dropped all together.",
    hint="The mask has the shape of A: one draw for every unit of every example.",
)

dropout.mistake(
    "seeded_again",
    ("D2 = np.random.rand", "np.random.seed(1)\n    D2 = np.random.rand"),
    cause="The seed is set again before D2, so D2 repeats the draws of D1.",
    hint="Seed once, at the beginning.",
)

dropout.mistake(
    "mask_on_linear_output",
    ("A1 = relu(Z1) * D1 / keep_prob", "Z1 = Z1 * D1\n    A1 = relu(Z1) / keep_prob"),
    ("A2 = relu(Z2) * D2 / keep_prob", "Z2 = Z2 * D2\n    A2 = relu(Z2) / keep_prob"),
    cause="The mask is applied to Z before the ReLU, so the cache holds masked Z1 and Z2.",
    hint="Mask what the ReLU answers. For a ReLU the A come out the same, for a sigmoid they would not.",
)

dropout.mistake(
    "layer_2_never_dropped",
    ("relu(Z2) * D2 / keep_prob", "relu(Z2)"),
    cause="D2 is drawn but never used: layer 2 has no dropout.",
    hint="Follow D2 from where it is drawn. Where does it act?",
)

@dropout.mistake(
    "masked_copy_not_used",
    cause="The cache holds A1 and A2 from before dropout; the next layer was given other ones.",
    hint="The backward pass needs the A that were multiplied by W2 and W3.",
)
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    Z2 = W2 @ (A1 * D1 / keep_prob) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    Z3 = W3 @ (A2 * D2 / keep_prob) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

dropout.mistake(
    "next_layer_from_undropped",
    ("W2 @ A1 + b2", "W2 @ relu(Z1) + b2"),
    cause="Layer 2 is fed with the A1 from before dropout.",
    hint="What comes out of layer 1 after mask and division goes into layer 2.",
)

dropout.mistake(
    "output_dropped_too",
    ("A3 = sigmoid(Z3)", "A3 = sigmoid(Z3) * (np.random.rand(Z3.shape[0], Z3.shape[1]) < keep_prob) / keep_prob"),
    cause="The output is dropped as well, so that some answers are exactly 0 and others are above 1.",
    hint="A3 is a probability. Only hidden layers are dropped.",
)

dropout.mistake(
    "input_dropped_too",
    ("Z1 = W1 @ X + b1", "D0 = np.random.rand(X.shape[0], X.shape[1]) < keep_prob\n    Z1 = W1 @ (X * D0 / keep_prob) + b1"),
    cause="The inputs X are dropped as well.",
    hint="Here only the two hidden layers are dropped: Z1 is the plain W1 X + b1.",
)

dropout.mistake(
    "cache_order",
    ("return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2,", "return A3, (Z1, A1, D1, W1, b1, Z2, A2, D2,"),
    cause="In the cache A stands before D; the backward pass will take one for the other.",
    hint="Compare the order with the docstring, entry by entry.",
)

dropout.mistake(
    "masks_not_cached",
    ("return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2,", "return A3, (Z1, A1, W1, b1, Z2, A2,"),
    cause="The cache has 12 entries: the masks D1 and D2 are not in it.",
    hint="The backward pass has to silence the same units. How would it know them?",
)

dropout.mistake(
    "scaled_masks",
    ("Z1.shape[1]) < keep_prob", "Z1.shape[1]) < keep_prob) / keep_prob"),
    ("D1 = np", "D1 = (np"),
    ("relu(Z1) * D1 / keep_prob", "relu(Z1) * D1"),
    ("Z2.shape[1]) < keep_prob", "Z2.shape[1]) < keep_prob) / keep_prob"),
    ("D2 = np", "D2 = (np"),
    ("relu(Z2) * D2 / keep_prob", "relu(Z2) * D2"),
    cause="The masks hold 0 and 1/keep_prob. A3 is right, but a backward pass that divides by keep_prob would divide twice.",
    hint="Leave the mask at 0 and 1, and divide A.",
)

dropout.equivalent("np.random.seed(1)", "pass", reason="any draw is right.")

dropout.equivalent("np.random.seed(1)", "1", reason="any draw is right.")

dropout.equivalent("np.random.seed(1)", "np.random.seed(2)", reason="any draw is right.")

dropout.equivalent("np.random.seed(1)", "np.random.seed(0)", reason="any draw is right.")

dropout.equivalent("D1 = np.random.rand(Z1.shape[0], Z1.shape[1]) < keep_prob", "D1 = np.random.rand(Z1.shape[0], Z1.shape[1]) <= keep_prob", reason="a uniform number equals keep_prob with probability 0.")

dropout.equivalent("D2 = np.random.rand(Z2.shape[0], Z2.shape[1]) < keep_prob", "D2 = np.random.rand(Z2.shape[0], Z2.shape[1]) <= keep_prob", reason="a uniform number equals keep_prob with probability 0.")


dropout_back = exercise("backward_propagation_with_dropout")

@dropout_back.right("loops")
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    gradients = {"dW1": 0 * W1, "db1": 0 * b1, "dW2": 0 * W2, "db2": 0 * b2, "dW3": 0 * W3, "db3": 0 * b3}
    for i in range(m):
        delta = A3[0, i] - Y[0, i]
        d2, d1 = np.zeros(len(Z2)), np.zeros(len(Z1))
        for j in range(len(Z2)):
            if D2[j, i] and Z2[j, i] > 0:
                d2[j] = W3[0, j] * delta / keep_prob
        for j in range(len(Z1)):
            if D1[j, i] and Z1[j, i] > 0:
                d1[j] = W2[:, j] @ d2 / keep_prob
        for layer, d, a in ((3, np.array([delta]), A2[:, i]), (2, d2, A1[:, i]), (1, d1, X[:, i])):
            gradients[f"dW{layer}"] += np.outer(d, a) / m
            gradients[f"db{layer}"] += d[:, None] / m
    return gradients

@dropout_back.right("vectorized")
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
        "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }

@dropout_back.right("einsum")
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dZ2 = np.einsum("kj,ki,ji->ji", W3, dZ3, D2 * (Z2 > 0) / keep_prob)
    dZ1 = np.einsum("kj,ki,ji->ji", W2, dZ2, D1 * (Z1 > 0) / keep_prob)
    return {
        "dW1": np.einsum("ji,ki->jk", dZ1, X) / m, "db1": np.einsum("ji->j", dZ1).reshape(-1, 1) / m,
        "dW2": np.einsum("ji,ki->jk", dZ2, A1) / m, "db2": np.einsum("ji->j", dZ2).reshape(-1, 1) / m,
        "dW3": np.einsum("ji,ki->jk", dZ3, A2) / m, "db3": np.einsum("ji->j", dZ3).reshape(-1, 1) / m,
    }

@dropout_back.right("indexed_mask")
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    grads = {}
    dZ = A3 - Y
    for layer, (A_prev, D_prev, W) in zip((3, 2, 1), ((A2, D2, W3), (A1, D1, W2), (X, None, W1))):
        grads[f"dW{layer}"] = np.matmul(dZ, A_prev.T) / Y.shape[1]
        grads[f"db{layer}"] = dZ.mean(axis=1, keepdims=True)
        if D_prev is not None:
            dA = W.T @ dZ / keep_prob
            dA[D_prev == 0] = 0
            dA[A_prev <= 0] = 0
            dZ = dA
    return grads

dropout_back.mistake(
    "not_rescaled",
    ("* D2 / keep_prob", "* D2"),
    ("* D1 / keep_prob", "* D1"),
    cause="The gradient goes through the masks (or through A > 0, which holds them), but is not divided by keep_prob.",
    hint="The forward pass divided A by keep_prob. Its derivative has the same factor.",
)

dropout_back.mistake(
    "not_masked",
    ("* D2 / keep_prob", "/ keep_prob"),
    ("* D1 / keep_prob", "/ keep_prob"),
    cause="The gradient does not go through the masks: units that were dropped get a gradient.",
    hint="A unit that was silenced had no part in the answer. What should its gradient be?",
)

dropout_back.mistake(
    "plain_backward",
    ("* D2 / keep_prob", ""),
    ("* D1 / keep_prob", ""),
    cause="This is the plain backward pass: neither the masks nor keep_prob are in it.",
    hint="What the forward pass did to A, the backward pass does to dA.",
)

dropout_back.mistake(
    "rescaled_the_wrong_way",
    ("D2 / keep_prob", "D2 * keep_prob"),
    ("D1 / keep_prob", "D1 * keep_prob"),
    cause="The gradient is multiplied by keep_prob instead of divided by it.",
    hint="A was divided; the derivative of a / 0.8 with respect to a is 1 / 0.8.",
)

dropout_back.mistake(
    "rescaled_by_drop_probability",
    ("D2 / keep_prob", "D2 / max(1 - keep_prob, 1e-9)"),
    ("D1 / keep_prob", "D1 / max(1 - keep_prob, 1e-9)"),
    cause="The gradient is divided by 1 − keep_prob, the probability of dropping.",
    hint="Use the factor of the forward pass.",
)

dropout_back.mistake(
    "rescaled_in_layer_2_only",
    ("D1 / keep_prob", "D1"),
    cause="dA1 is masked but not divided by keep_prob.",
    hint="Both hidden layers were divided in the forward pass.",
)

dropout_back.mistake(
    "rescaled_in_layer_1_only",
    ("D2 / keep_prob", "D2"),
    cause="dA2 is masked but not divided by keep_prob.",
    hint="Both hidden layers were divided in the forward pass.",
)

dropout_back.mistake(
    "masks_swapped",
    ("* D2 /", "* D1 /"),
    ("(W2.T @ dZ2) * D1 /", "(W2.T @ dZ2) * D2 /"),
    cause="D1 and D2 are swapped; with hidden layers of equal size this does not even raise an error.",
    hint="D2 silenced units of layer 2, so it belongs to dA2.",
)

dropout_back.mistake(
    "mask_inverted",
    ("* D2 /", "* (1 - D2) /"),
    ("* D1 /", "* (1 - D1) /"),
    cause="The mask is inverted: the gradient goes to the units that were dropped.",
    hint="D is 1 where a unit was kept.",
)

dropout_back.mistake(
    "new_masks_drawn",
    ("* D2 /", "* (np.random.rand(*Z2.shape) < keep_prob) /"),
    ("* D1 /", "* (np.random.rand(*Z1.shape) < keep_prob) /"),
    cause="New masks are drawn in the backward pass.",
    hint="The gradient belongs to one forward pass: use the masks in the cache.",
)

dropout_back.mistake(
    "cache_order",
    ("Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache", "Z1, A1, D1, W1, b1, Z2, A2, D2, W2, b2, Z3, A3, W3, b3 = cache"),
    cause="The cache is unpacked in the wrong order: A and D have changed places.",
    hint="Compare the order with the docstring. Both have the same shape, so nothing complains.",
)

dropout_back.mistake(
    "mask_in_place_of_relu",
    ("dA2 * (Z2 > 0)", "dA2"),
    ("dA1 * (Z1 > 0)", "dA1"),
    cause="The derivative of the ReLU is missing: the mask does not replace it.",
    hint="A unit that was kept can still have Z below 0.",
)

dropout_back.mistake(
    "activations_before_dropout",
    ("dZ3 @ A2.T", "dZ3 @ relu(Z2).T"),
    ("dZ2 @ A1.T", "dZ2 @ relu(Z1).T"),
    cause="dW is computed with the activations from before dropout.",
    hint="W3 was multiplied by the A2 in the cache, which is masked and divided.",
)

dropout_back.mistake(
    "activations_rescaled_twice",
    ("dZ3 @ A2.T", "dZ3 @ (A2 * D2 / keep_prob).T"),
    ("dZ2 @ A1.T", "dZ2 @ (A1 * D1 / keep_prob).T"),
    cause="A1 and A2 are divided by keep_prob again; in the cache they are divided already.",
    hint="dW3 and dW2 look as they do without dropout.",
)

dropout_back.mistake(
    "weight_gradients_rescaled",
    ("dZ3 @ A2.T / m", "dZ3 @ A2.T / m / keep_prob"),
    ("dZ2 @ A1.T / m", "dZ2 @ A1.T / m / keep_prob"),
    ("* D2 / keep_prob", "* D2"),
    ("* D1 / keep_prob", "* D1"),
    cause="dW is divided by keep_prob where dA should be.",
    hint="Mask and division belong to the lines of dA2 and dA1, and act on all that comes below.",
)

dropout_back.mistake(
    "m_from_rows",
    ("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of features; examples stand in columns.",
    hint="Print X.shape and m.",
)

dropout_back.mistake(
    "keepdims_forgotten",
    ("np.sum(dZ3, axis=1, keepdims=True)", "np.sum(dZ3, axis=1)"),
    ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2, axis=1)"),
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    cause="db has lost its second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)

dropout_back.mistake(
    "labels_subtracted_in_place",
    ("dZ3 = A3 - Y", "dZ3 = A3\n    dZ3 -= Y"),
    cause="A3 in the cache is changed: Y is subtracted from it in place, as `dZ3 -= Y` does it where dZ3 is A3.",
    hint="Call your function twice with one cache. Write dZ3 = A3 - Y, which makes a new array.",
)

dropout_back.equivalent("dZ2 = dA2 * (Z2 > 0)", "dZ2 = dA2 * (Z2 >= 0)", reason="Z2 is never exactly 0 in a random draw, and there either slope is right.")

dropout_back.equivalent("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1 * (Z1 >= 0)", reason="Z1 is never exactly 0 in a random draw, and there either slope is right.")

dropout_back.equivalent("db3 = np.sum(dZ3, axis=1, keepdims=True) / m", "db3 = np.sum(dZ3, keepdims=True) / m", reason="the output layer has one unit, so the sum over examples is the sum over all entries.")

dropout_back.equivalent("dA2 = W3.T @ dZ3 * D2 / keep_prob", "dA2 = W3.T * dZ3 * D2 / keep_prob", reason="the output layer has one unit: (n2, 1) times (1, m) is the same product by broadcasting.")


@dropout.accept
def any_masks(inputs, received):
    """What the forward pass should be with the masks received; ValueError if they are not dropout's."""
    X, p, keep = inputs["X"], inputs["parameters"], float(inputs.get("keep_prob", 0.5))
    masks = [_mask(name, received[1][place], keep) for name, place in (("D1", 1), ("D2", 6))]
    _unlike(*masks, keep)
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.maximum(0, Z1) * masks[0] / keep
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = np.maximum(0, Z2) * masks[1] / keep
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, masks[0], A1, p["W1"], p["b1"], Z2, masks[1], A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"])


def _mask(name, mask, keep):
    """The mask as float64, if it can be one: 0 or 1, the right share, drawn for each unit of each example."""
    if mask.dtype.kind not in "biuf":
        raise ValueError(f"{name} holds numbers of type {mask.dtype}; a mask holds 0 and 1, or False and True.")
    mask = mask.astype(float)
    others = np.setdiff1d(mask, [0.0, 1.0])
    if others.size:
        raise ValueError(f"{name} holds {others[0]:.4g}; a mask holds only 0 and 1. Divide A by keep_prob, and leave {name} as it is.")
    rows, columns = mask.shape
    share, drop = mask.mean(), 1 - keep
    if abs(share - keep) > 5 * np.sqrt(keep * drop / mask.size):
        raise ValueError(f"{name} keeps {share:.0%} of its {mask.size} entries, but keep_prob is {keep:g}.")
    chance = keep * keep + drop * drop  # that two entries are equal
    if chance ** (rows * (columns - 1)) < 1e-6 and (mask == mask[:, :1]).all():
        raise ValueError(f"{name} is the same for all {columns} examples; draw a new number for every unit of every example.")
    if chance ** ((rows - 1) * columns) < 1e-6 and (mask == mask[:1]).all():
        raise ValueError(f"{name} is the same for all {rows} units; draw a new number for every unit of every example.")
    if drop and mask.size >= 200:
        for axis, what in ((1, "units"), (0, "examples")):
            sums = mask.sum(axis=axis)
            spread = np.sum((sums - mask.shape[axis] * keep) ** 2) / (mask.shape[axis] * keep * drop)
            if spread > len(sums) + 8 * np.sqrt(2 * len(sums)):
                raise ValueError(f"{name} keeps some {what} far more often than others; draw every entry independently.")
    return mask


def _unlike(first, second, keep):
    """ValueError if the second mask begins as the first one does."""
    n = min(first.size, second.size)
    if (keep**2 + (1 - keep) ** 2) ** n < 1e-6 and np.array_equal(first.ravel()[:n], second.ravel()[:n]):
        raise ValueError("D2 repeats the draws of D1; seed once, at the beginning, and draw new numbers for D2.")
