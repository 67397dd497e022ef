"""Answers that people give to the exercises of planar_classification.py: read, never imported (see CONTRIBUTING.md)."""


sizes = exercise("layer_sizes")

@sizes.right("course2017")
def layer_sizes(X, Y):
    n_x = X.shape[0]  # size of input layer
    n_h = 4
    n_y = Y.shape[0]  # size of output layer
    return (n_x, n_h, n_y)

@sizes.right("vectorized")
def layer_sizes(X, Y):
    return len(X), 4, len(Y)

@sizes.right("loops")
def layer_sizes(X, Y):
    sizes = [0, 4, 0]
    for row in X:
        sizes[0] += 1
    for row in Y:
        sizes[2] += 1
    return tuple(sizes)

@sizes.right("unpacked")
def layer_sizes(X, Y):
    (n_x, m), (n_y, _) = np.shape(X), np.shape(Y)
    assert m == Y.shape[1]
    return [n_x, 4, n_y]

sizes.mistake(
    "examples_counted",
    ("n_x = X.shape[0]", "n_x = X.shape[1]"),
    cause="n_x is the number of columns of X, which is the number of examples.",
    hint="An example stands in a column. How long is a column?",
)

sizes.mistake(
    "both_counted_along_examples",
    ("X.shape[0]", "X.shape[1]"),
    ("Y.shape[0]", "Y.shape[1]"),
    cause="n_x and n_y are both the number of examples: the second entry of the shape was taken.",
    hint="Print X.shape and Y.shape. Which of the two numbers do X and Y share?",
)

sizes.mistake(
    "output_counted_along_examples",
    ("Y.shape[0]", "Y.shape[1]"),
    cause="n_y is the number of examples, not the number of outputs.",
    hint="Y has one row for each output unit.",
)

sizes.mistake(
    "output_always_one",
    ("n_y = Y.shape[0]", "n_y = 1"),
    cause="n_y is always 1: that is right for one output unit only.",
    hint="Let Y say how many outputs there are. What is Y.shape for three of them?",
)

sizes.mistake(
    "hidden_size_from_the_data",
    ("n_h = 4", "n_h = X.shape[0]"),
    cause="The hidden layer was given as many units as there are inputs.",
    hint="The size of the hidden layer is a choice, not a property of the data. What does the docstring say?",
)

sizes.mistake(
    "order",
    ("return n_x, n_h, n_y", "return n_x, n_y, n_h"),
    cause="The sizes come back in another order: the output before the hidden layer.",
    hint="Follow the data through the network: input, hidden, output.",
)

sizes.mistake(
    "hidden_size_left_out",
    ("return n_x, n_h, n_y", "return n_x, n_y"),
    cause="Only two sizes come back; that of the hidden layer is missing.",
    hint="Count the values after your return.",
)


init = exercise("initialize_parameters")

@init.right("course2017")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)  # we set up a seed so that your output matches ours although the initialization is random.

    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros(shape=(n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros(shape=(n_y, 1))

    assert (W1.shape == (n_h, n_x))
    assert (b1.shape == (n_h, 1))
    assert (W2.shape == (n_y, n_h))
    assert (b2.shape == (n_y, 1))

    parameters = {"W1": W1,
                  "b1": b1,
                  "W2": W2,
                  "b2": b2}

    return parameters

@init.right("course2021")
def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

@init.right("vectorized")
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng()
    return dict(
        W1=rng.normal(scale=0.01, size=(n_h, n_x)), b1=np.zeros((n_h, 1)),
        W2=rng.normal(scale=0.01, size=(n_y, n_h)), b2=np.zeros((n_y, 1)),
    )

@init.right("loops")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    parameters = {}
    for layer, rows, columns in (("1", n_h, n_x), ("2", n_y, n_h)):
        parameters["W" + layer] = np.array([[0.01 * np.random.randn() for j in range(columns)] for i in range(rows)])
        parameters["b" + layer] = np.array([[0] for i in range(rows)])
    return parameters

@init.right("float32")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    W1 = (0.01 * np.random.standard_normal((n_h, n_x))).astype(np.float32)
    W2 = (0.01 * np.random.standard_normal((n_y, n_h))).astype(np.float32)
    return {"W1": W1, "W2": W2, "b1": 0 * W1[:, :1], "b2": 0 * W2[:, :1]}

init.mistake(
    "factor_forgotten",
    ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x)"),
    ("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h)"),
    cause="The weights are not multiplied by 0.01; their standard deviation is 1.",
    hint="Print np.std of a large W1. What should it be?",
)

init.mistake(
    "factor_forgotten_in_layer_2",
    ("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h)"),
    cause="W1 is small, but W2 is not multiplied by 0.01.",
    hint="Compare np.std of W1 and of W2.",
)

init.mistake(
    "rand_for_randn",
    ("np.random.randn(n_h, n_x)", "np.random.rand(n_h, n_x)"),
    ("np.random.randn(n_y, n_h)", "np.random.rand(n_y, n_h)"),
    cause="The weights are drawn evenly, as np.random.rand does it, so none of them is negative.",
    hint="Print the smallest entry of a large W1.",
)

init.mistake(
    "rows_and_columns_exchanged",
    ("randn(n_h, n_x)", "randn(n_x, n_h)"),
    ("randn(n_y, n_h)", "randn(n_h, n_y)"),
    cause="Each W has its rows and columns exchanged: the number of inputs was put first.",
    hint="W has one row for each unit of its own layer.",
)

init.mistake(
    "bias_flat",
    ("np.zeros((n_h, 1))", "np.zeros(n_h)"),
    ("np.zeros((n_y, 1))", "np.zeros(n_y)"),
    cause="b1 and b2 are flat arrays of shape (n,) where a column of shape (n, 1) is asked for.",
    hint="A flat array is added along the rows of Z, not down its columns. Print b1.shape.",
)

init.mistake(
    "bias_as_row",
    ("np.zeros((n_h, 1))", "np.zeros((1, n_h))"),
    ("np.zeros((n_y, 1))", "np.zeros((1, n_y))"),
    cause="b1 and b2 are rows where columns are asked for.",
    hint="Units run down the rows, examples along the columns. Which of the two does a bias belong to?",
)

init.mistake(
    "bias_random",
    ("np.zeros((n_h, 1))", "np.random.randn(n_h, 1) * 0.01"),
    ("np.zeros((n_y, 1))", "np.random.randn(n_y, 1) * 0.01"),
    cause="The biases are random too.",
    hint="Random weights are enough to make units differ. What does the docstring say about b1 and b2?",
)

init.mistake(
    "zeros",
    ("np.random.randn(n_h, n_x) * 0.01", "np.zeros((n_h, n_x))"),
    ("np.random.randn(n_y, n_h) * 0.01", "np.zeros((n_y, n_h))"),
    cause="The weights start at zero, so all hidden units are alike and no gradient gets through.",
    hint="Print W1. Two units that start with the same numbers never part.",
)

init.mistake(
    "seed_set_twice",
    ("    W2 = ", "    np.random.seed(2)\n    W2 = "),
    cause="The seed is set again before W2, so W2 begins with the numbers of W1.",
    hint="Compare the first entries of W1 and W2. How often should a seed be set?",
)

init.mistake(
    "all_units_alike",
    ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(1, n_x) * 0.01 * np.ones((n_h, 1))"),
    cause="Only one row of W1 is drawn, and all hidden units get it.",
    hint="Print W1: are its rows different?",
)

init.mistake(
    "hidden_size_fixed",
    ("    W1 = ", "    n_h = 4\n    W1 = "),
    cause="The hidden layer always has 4 units; the argument n_h is not used.",
    hint="Call the function with n_h = 7 and print W1.shape.",
)

init.equivalent("np.random.seed(2)", "pass", reason="without a seed the draw has the same distribution, which is all that counts.")

init.equivalent("np.random.seed(2)", "2", reason="without a seed the draw has the same distribution, which is all that counts.")

init.equivalent("np.random.seed(2)", "np.random.seed(3)", reason="another seed gives another draw from the same distribution.")

init.equivalent("np.random.seed(2)", "np.random.seed(1)", reason="another seed gives another draw from the same distribution.")


forward = exercise("forward_propagation")

@forward.right("course2017")
def forward_propagation(X, parameters):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']

    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)

    assert(A2.shape == (1, X.shape[1]))

    cache = {"Z1": Z1,
             "A1": A1,
             "Z2": Z2,
             "A2": A2}

    return A2, cache

@forward.right("vectorized")
def forward_propagation(X, parameters):
    cache = dict(parameters)
    cache["Z1"] = np.matmul(parameters["W1"], X) + parameters["b1"]
    cache["A1"] = np.tanh(cache["Z1"])
    cache["Z2"] = np.matmul(parameters["W2"], cache["A1"]) + parameters["b2"]
    cache["A2"] = 1.0 / (1.0 + np.exp(-cache["Z2"]))
    return [cache["A2"], cache]

@forward.right("loops")
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    n_x, m = X.shape
    Z1, Z2 = np.zeros((len(W1), m)), np.zeros((len(W2), m))
    A1, A2 = Z1.copy(), Z2.copy()
    for i in range(m):
        for j in range(len(W1)):
            z = b1[j, 0]
            for k in range(n_x):
                z += W1[j, k] * X[k, i]
            Z1[j, i] = z
            A1[j, i] = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        for j in range(len(W2)):
            Z2[j, i] = sum(W2[j, k] * A1[k, i] for k in range(len(W1))) + b2[j, 0]
            A2[j, i] = sigmoid(Z2[j, i])
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

@forward.right("einsum")
def forward_propagation(X, parameters):
    Z1 = np.einsum("jk,ki->ji", parameters["W1"], X) + parameters["b1"]
    A1 = 2 * sigmoid(2 * Z1) - 1
    Z2 = np.einsum("jk,ki->ji", parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"A1": A1, "A2": A2, "Z1": Z1, "Z2": Z2}

@forward.right("float32")
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = [parameters[name].astype(np.float32) for name in ("W1", "b1", "W2", "b2")]
    Z1 = W1 @ X.astype(np.float32) + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

forward.mistake(
    "hidden_sigmoid",
    ("A1 = np.tanh(Z1)", "A1 = sigmoid(Z1)"),
    cause="The hidden layer has a sigmoid where tanh is asked for.",
    hint="tanh(0) is 0. What is your A1 where Z1 is 0?",
)

forward.mistake(
    "hidden_relu",
    ("A1 = np.tanh(Z1)", "A1 = np.maximum(0, Z1)"),
    cause="The hidden layer has a ReLU where tanh is asked for.",
    hint="Is any entry of your A1 below 0, or above 1?",
)

forward.mistake(
    "hidden_linear",
    ("A1 = np.tanh(Z1)", "A1 = Z1"),
    cause="The hidden layer has no activation function: two linear layers in a row are one linear layer.",
    hint="Compare A1 with Z1.",
)

forward.mistake(
    "output_tanh",
    ("A2 = sigmoid(Z2)", "A2 = np.tanh(Z2)"),
    cause="The output has a tanh where the sigmoid is asked for.",
    hint="A2 is a probability. Can yours be negative?",
)

forward.mistake(
    "output_linear",
    ("A2 = sigmoid(Z2)", "A2 = Z2"),
    cause="The sigmoid of the output is missing: A2 is Z2.",
    hint="A2 is a probability, between 0 and 1.",
)

forward.mistake(
    "second_layer_reads_z1",
    ("Z2 = W2 @ A1 + b2", "Z2 = W2 @ Z1 + b2"),
    cause="The second layer reads Z1, from before the tanh.",
    hint="What does the hidden layer hand on: what it has before its activation, or after it?",
)

forward.mistake(
    "first_bias_forgotten",
    ("W1 @ X + b1", "W1 @ X"),
    cause="b1 is not added.",
    hint="Set W1 to zero in your head: what should Z1 be?",
)

forward.mistake(
    "second_bias_forgotten",
    ("W2 @ A1 + b2", "W2 @ A1"),
    cause="b2 is not added.",
    hint="Set W2 to zero in your head: what should Z2 be?",
)

forward.mistake(
    "first_biases_summed_up",
    ("W1 @ X + b1", "W1 @ X + np.sum(b1)"),
    cause="One number, the sum of all of b1, is added to every unit.",
    hint="Each unit has its own bias. b1 is a column, and NumPy adds it to every column of W1 @ X.",
)

forward.mistake(
    "one_output_bias_for_all",
    ("+ b2", "+ b2[0]"),
    cause="The bias of the first output unit is added to all of them: right only for one output.",
    hint="b2 has one row for each output unit. Add the whole column.",
)

forward.mistake(
    "one_output_only",
    ("Z2 = W2 @ A1 + b2", "Z2 = np.sum(W2.T[:, :1] * A1, axis=0, keepdims=True) + b2[:1]"),
    cause="Only the first output unit is computed: right only where W2 has one row.",
    hint="Use the product of matrices, W2 @ A1: it does all units at once.",
)

forward.mistake(
    "z1_overwritten",
    ("A1 = np.tanh(Z1)", "A1 = np.tanh(Z1, out=Z1)"),
    cause="The cache holds A1 under the name Z1, too, as happens where tanh is written into Z1 itself.",
    hint="Print cache['Z1'] and cache['A1']. Are they two arrays?",
)

forward.mistake(
    "cache_exchanged",
    ('"Z1": Z1, "A1": A1', '"Z1": A1, "A1": Z1'),
    cause="Z1 and A1 have changed places in the cache.",
    hint="Compare each key with what stands behind it.",
)

forward.mistake(
    "cache_first",
    ('return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}', 'return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}, A2'),
    cause="The cache comes back first and A2 second.",
    hint="The docstring has A2 first.",
)

forward.mistake(
    "a2_missing_in_cache",
    (', "A2": A2}', "}"),
    cause="The cache lacks A2.",
    hint="The backward pass needs it: A2 − Y is its first line.",
)


cost = exercise("compute_cost")

@cost.right("course2017")
def compute_cost(A2, Y, parameters):
    m = Y.shape[1]  # number of example

    # Retrieve W1 and W2 from parameters
    W1 = parameters['W1']
    W2 = parameters['W2']

    # Compute the cross-entropy cost
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = - np.sum(logprobs) / m

    cost = np.squeeze(cost)     # makes sure cost is the dimension we expect.
                                # E.g., turns [[17]] into 17
    assert(isinstance(cost, float))

    return cost

@cost.right("course2021")
def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.dot(np.log(A2), Y.T) + np.dot(np.log(1 - A2), (1 - Y).T)
    cost = (-1 / m) * logprobs
    cost = float(np.squeeze(cost))
    return cost

@cost.right("matrix")
def compute_cost(A2, Y):
    return -(Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T) / A2.shape[1]

@cost.right("vectorized")
def compute_cost(A2, Y):
    return -np.mean(np.log(np.where(Y == 1, A2, 1 - A2)))

@cost.right("loops")
def compute_cost(A2, Y, parameters=None):
    total = 0.0
    for a, y in zip(A2.ravel(), Y.ravel()):
        if y == 1:
            total -= np.log(a)
        else:
            total -= np.log(1 - a)
    return total / Y.size

@cost.right("einsum")
def compute_cost(A2, Y):
    m = Y.shape[1]
    return -(np.einsum("ki,ki->", Y, np.log(A2)) + np.einsum("ki,ki->", 1 - Y, np.log1p(-A2))) / m

@cost.right("float32")
def compute_cost(A2, Y):
    Y, A2 = Y.astype(np.float32), A2.astype(np.float32)
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

@cost.right("more_arguments")
def compute_cost(A2, Y, tiny=0.0, *, parameters):
    return -np.mean(Y * np.log(A2 + tiny) + (1 - Y) * np.log(1 - A2 + tiny))

cost.mistake(
    "second_term_forgotten",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "Y * np.log(A2)"),
    cause="Only the examples with label 1 count: the term with 1 − Y is missing.",
    hint="What does your function return if all labels are 0?",
)

cost.mistake(
    "sign_forgotten",
    ("-np.sum(logs)", "np.sum(logs)"),
    cause="The minus sign is missing: the cost is negative.",
    hint="The logarithm of a probability is negative. A cost should be positive.",
)

cost.mistake(
    "mean_forgotten",
    ("-np.sum(logs) / m", "-np.sum(logs)"),
    cause="The sum is not divided by the number of examples: the division is missing, or m is Y.shape[0], which is 1.",
    hint="Copy every example twice. Should the cost double? Print m.",
)

cost.mistake(
    "divided_twice",
    ("-np.sum(logs) / m", "-np.mean(logs) / m"),
    cause="The mean is divided by m once more.",
    hint="np.mean divides by the number of entries already.",
)

cost.mistake(
    "one_half_in_front",
    ("-np.sum(logs) / m", "-np.sum(logs) / (2 * m)"),
    cause="There is a factor of one half, which belongs to the squared error, not here.",
    hint="One half to everything should cost ln 2.",
)

cost.mistake(
    "labels_exchanged",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "(1 - Y) * np.log(A2) + Y * np.log(1 - A2)"),
    cause="The two labels have changed places: A2 is taken for the probability of label 0.",
    hint="With Y = 1 only the logarithm of A2 should be left.",
)

cost.mistake(
    "answers_and_labels_exchanged",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "A2 * np.log(np.clip(Y, 1e-8, 1)) + (1 - A2) * np.log(np.clip(1 - Y, 1e-8, 1))"),
    cause="Y and A2 have changed places: the logarithm is taken of the labels.",
    hint="The logarithm of a label is 0 or −∞. Take that of the probabilities.",
)

cost.mistake(
    "log_base_2",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "Y * np.log2(A2) + (1 - Y) * np.log2(1 - A2)"),
    cause="The logarithm to base 2 was taken; the cost is in bits, 1.443 times too large.",
    hint="np.log is the natural logarithm.",
)

cost.mistake(
    "log_base_10",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "Y * np.log10(A2) + (1 - Y) * np.log10(1 - A2)"),
    cause="The logarithm to base 10 was taken; the cost is 0.434 times what it should be.",
    hint="np.log is the natural logarithm.",
)

cost.mistake(
    "minus_between_the_terms",
    ("np.log(A2) + (1 - Y)", "np.log(A2) - (1 - Y)"),
    cause="The second term is subtracted instead of added.",
    hint="The minus stands before the bracket, and there is a plus in it.",
)

cost.mistake(
    "log_of_one_misread",
    ("np.log(1 - A2)", "(1 - np.log(A2))"),
    cause="1 − ln A2 stands where ln(1 − A2) is due.",
    hint="Look at the bracket: the probability of label 0 is 1 − A2, and the logarithm is taken of that.",
)

cost.mistake(
    "squared_error",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "-((A2 - Y) ** 2)"),
    cause="This is the mean squared error, not the cross-entropy.",
    hint="There should be a logarithm in it.",
)

cost.mistake(
    "sum_forgotten",
    ("-np.sum(logs) / m", "-logs / m"),
    cause="The terms are not summed: an array comes back where one number is due.",
    hint="Print the shape of what you return.",
)

cost.mistake(
    "global_labels",
    ("Y.shape[1]", "train_Y.shape[1]"),
    cause="m is the number of training examples in the notebook, not the number in the argument Y.",
    hint="Use only what the function is handed. Where does train_Y come from?",
)

cost.mistake(
    "whole_number_division",
    ("-np.sum(logs) / m", "-np.sum(logs) * (1 // m)"),
    cause="The cost is 0 as soon as m is above 1: 1/m was cut down to a whole number, as 1 // m does it.",
    hint="Print 1 // m. A single slash divides properly.",
)


backward = exercise("backward_propagation")

@backward.right("course2017")
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]

    # First, retrieve W1 and W2 from the dictionary "parameters".
    W1 = parameters['W1']
    W2 = parameters['W2']

    # Retrieve also A1 and A2 from dictionary "cache".
    A1 = cache['A1']
    A2 = cache['A2']

    # Backward propagation: calculate dW1, db1, dW2, db2.
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), (1 - np.power(A1, 2)))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)

    grads = {"dW1": dW1,
             "db1": db1,
             "dW2": dW2,
             "db2": db2}

    return grads

@backward.right("vectorized")
def backward_propagation(parameters, cache, X, Y):
    m = Y.shape[1]
    delta = {"dZ2": (cache["A2"] - Y) / m}
    delta["dZ1"] = np.matmul(parameters["W2"].T, delta["dZ2"]) / np.cosh(cache["Z1"]) ** 2
    for layer, A in (("1", X), ("2", cache["A1"])):
        delta["dW" + layer] = np.matmul(delta["dZ" + layer], A.T)
        delta["db" + layer] = delta["dZ" + layer].sum(axis=1).reshape(-1, 1)
    return delta

@backward.right("loops")
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    grads = {"dW1": np.zeros(W1.shape), "db1": np.zeros((W1.shape[0], 1)), "dW2": np.zeros(W2.shape), "db2": np.zeros((W2.shape[0], 1))}
    m = X.shape[1]
    for i in range(m):
        for k in range(W2.shape[0]):
            error = cache["A2"][k, i] - Y[k, i]
            grads["db2"][k, 0] += error / m
            for j in range(W2.shape[1]):
                a = cache["A1"][j, i]
                grads["dW2"][k, j] += error * a / m
                back = error * W2[k, j] * (1 - a) * (1 + a)
                grads["db1"][j, 0] += back / m
                for n in range(X.shape[0]):
                    grads["dW1"][j, n] += back * X[n, i] / m
    return grads

@backward.right("einsum")
def backward_propagation(parameters, cache, X, Y):
    A1, A2, m = cache["A1"], cache["A2"], X.shape[1]
    dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dA1 = np.einsum("kj,ki->ji", parameters["W2"], dZ2)
    dZ1 = dA1 * (1 - np.square(np.tanh(cache["Z1"])))
    return {
        "dW1": np.einsum("ji,ni->jn", dZ1, X) / m, "db1": np.einsum("ji->j", dZ1)[:, None] / m,
        "dW2": np.einsum("ki,ji->kj", dZ2, A1) / m, "db2": np.einsum("ki->k", dZ2)[:, None] / m,
    }

@backward.right("float32")
def backward_propagation(parameters, cache, X, Y):
    A1, A2, X, W2 = (a.astype(np.float32) for a in (cache["A1"], cache["A2"], X, parameters["W2"]))
    dZ2 = A2 - Y.astype(np.float32)
    dZ1 = np.dot(W2.T, dZ2) * (1 - A1 * A1)
    m = X.shape[1]
    return {"dW1": np.dot(dZ1, X.T) / m, "db1": np.mean(dZ1, axis=1, keepdims=True), "dW2": np.dot(dZ2, A1.T) / m, "db2": np.mean(dZ2, axis=1, keepdims=True)}

backward.mistake(
    "tanh_forgotten",
    (" * (1 - A1**2)", ""),
    cause="The derivative of tanh is missing: dZ1 is W2ᵀ dZ2 as it comes.",
    hint="Between A1 and Z1 stands the tanh. What is its slope?",
)

backward.mistake(
    "square_forgotten",
    ("1 - A1**2", "1 - A1"),
    cause="The derivative of tanh is taken to be 1 − A1; the square is missing.",
    hint="tanh is steepest at 0 and equally flat on both sides. Is 1 − A1 the same for A1 = ±0.9?",
)

backward.mistake(
    "squared_difference",
    ("1 - A1**2", "(1 - A1) ** 2"),
    cause="(1 − A1)² was taken instead of 1 − A1²: the bracket is in the wrong place.",
    hint="Square A1 first, then subtract from 1.",
)

backward.mistake(
    "square_of_z1",
    ("1 - A1**2", "1 - cache['Z1'] ** 2"),
    cause="The derivative of tanh is computed from Z1 where A1 is due.",
    hint="The slope is 1 − tanh²(Z1). Which entry of the cache is tanh(Z1)?",
)

backward.mistake(
    "sigmoid_slope_in_hidden_layer",
    ("1 - A1**2", "A1 * (1 - A1)"),
    cause="The derivative of the sigmoid was used for the hidden layer, which has a tanh.",
    hint="A1 (1 − A1) is the sigmoid's slope. What is that of tanh?",
)

backward.mistake(
    "relu_slope_in_hidden_layer",
    ("1 - A1**2", "A1 > 0"),
    cause="The derivative of the ReLU was used for the hidden layer, which has a tanh.",
    hint="tanh has no corner: its slope changes smoothly with A1.",
)

backward.mistake(
    "m_forgotten",
    ("dZ2 @ A1.T / m", "dZ2 @ A1.T"),
    ("np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True)"),
    ("dZ1 @ X.T / m", "dZ1 @ X.T"),
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
    cause="Nothing is divided by m: the gradients are sums over the examples, not means.",
    hint="The cost is a mean. Copy every example twice: should the gradient double?",
)

backward.mistake(
    "m_forgotten_for_weights",
    ("dZ2 @ A1.T / m", "dZ2 @ A1.T"),
    ("dZ1 @ X.T / m", "dZ1 @ X.T"),
    cause="dW1 and dW2 are not divided by m.",
    hint="Compare the lines of dW with those of db.",
)

backward.mistake(
    "m_forgotten_for_biases",
    ("np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True)"),
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
    cause="db1 and db2 are not divided by m.",
    hint="Compare the lines of db with those of dW.",
)

backward.mistake(
    "divided_twice",
    ("dZ2 = A2 - Y", "dZ2 = (A2 - Y) / m"),
    cause="All gradients are divided by m twice, as happens where dZ2 is divided by it already.",
    hint="Divide once: either dZ2 at the start, or each gradient at the end.",
)

backward.mistake(
    "m_from_rows",
    ("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of features; examples stand in columns.",
    hint="Print X.shape and m.",
)

backward.mistake(
    "global_m",
    ("X.shape[1]", "train_X.shape[1]"),
    cause="m is the number of training examples in the notebook, not the number in the argument X.",
    hint="Use only what the function is handed. Where does train_X come from?",
)

backward.mistake(
    "sign",
    ("A2 - Y", "Y - A2"),
    cause="All gradients have the wrong sign, as happens where dZ2 is Y − A2.",
    hint="If the answer is too high, the slope is positive.",
)

backward.mistake(
    "output_sigmoid_again",
    ("dZ2 = A2 - Y", "dZ2 = (A2 - Y) * A2 * (1 - A2)"),
    cause="dZ2 holds the sigmoid's derivative once too often: with the cross-entropy it cancels.",
    hint="Multiply −y/a + (1−y)/(1−a) by a(1−a) and simplify.",
)

backward.mistake(
    "cost_slope_for_dz2",
    ("dZ2 = A2 - Y", "dZ2 = -Y / A2 + (1 - Y) / (1 - A2)"),
    cause="This is dA2, the slope with respect to A2; the sigmoid's derivative is still missing in dZ2.",
    hint="Between A2 and Z2 stands the sigmoid. Multiply by its slope.",
)

backward.mistake(
    "elementwise_for_matrix_product",
    ("W2.T @ dZ2", "W2.T * dZ2"),
    cause="W2.T * dZ2 multiplies entry by entry: right only for one output unit.",
    hint="A hidden unit collects from all outputs: that is a product of matrices, @.",
)

backward.mistake(
    "output_bias_over_all_units",
    ("db2 = np.sum(dZ2, axis=1, keepdims=True)", "db2 = np.sum(dZ2, keepdims=True)"),
    cause="db2 is the sum over all output units too: right only for one output unit.",
    hint="db2 has the shape of b2. Sum over examples only.",
)

backward.mistake(
    "hidden_bias_over_all_units",
    ("db1 = np.sum(dZ1, axis=1, keepdims=True)", "db1 = np.sum(dZ1, keepdims=True)"),
    cause="db1 is one number, the sum over all hidden units.",
    hint="db1 has the shape of b1. Sum over examples only: axis=1.",
)

backward.mistake(
    "summed_over_units",
    ("np.sum(dZ2, axis=1", "np.sum(dZ2, axis=0"),
    ("np.sum(dZ1, axis=1", "np.sum(dZ1, axis=0"),
    cause="db1 and db2 are summed over the units (axis 0) instead of over the examples.",
    hint="Examples stand in columns: sum along a row, which is axis 1.",
)

backward.mistake(
    "keepdims_forgotten",
    ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2, axis=1)"),
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    cause="db1 and db2 have lost their second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)

backward.mistake(
    "biases_from_dW",
    ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dW2, axis=1, keepdims=True)"),
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dW1, axis=1, keepdims=True)"),
    cause="db1 and db2 are made of dW1 and dW2; a bias gets the sum of dZ over the examples.",
    hint="dW has the inputs of its layer in it already. Does a bias see any input?",
)

backward.mistake(
    "first_layer_reads_a1",
    ("dW1 = dZ1 @ X.T / m", "dW1 = dZ1 @ A1.T / m"),
    cause="dW1 is computed with A1 where the input of layer 1 is due, which is X.",
    hint="What was W1 multiplied by on the way forward?",
)

backward.mistake(
    "second_layer_reads_z1",
    ("dZ2 @ A1.T", "dZ2 @ cache['Z1'].T"),
    cause="dW2 is computed with Z1, from before the tanh.",
    hint="What was W2 multiplied by on the way forward?",
)

backward.mistake(
    "labels_subtracted_in_place",
    ("dZ2 = A2 - Y", "dZ2 = A2\n    dZ2 -= Y"),
    cause="A2 in the cache is changed: Y is subtracted from it in place, as `dZ2 -= Y` does it where dZ2 is A2.",
    hint="Call your function twice with one cache. Write dZ2 = A2 - Y, which makes a new array.",
)

backward.mistake(
    "slope_in_place",
    ("dZ1 = W2.T @ dZ2 * (1 - A1**2)", "A1 **= 2\n    dZ1 = W2.T @ dZ2 * (1 - A1)"),
    cause="A1 is squared in place, in the cache itself.",
    hint="Print cache['A1'] before and after the call. Write A1**2, which makes a new array.",
)

backward.mistake(
    "layers_exchanged",
    ('"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2', '"dW1": dW2, "db1": db2, "dW2": dW1, "db2": db1'),
    cause="The gradients of the two layers have changed places in the dictionary.",
    hint="Compare each key with what stands behind it.",
)


update = exercise("update_parameters")

@update.right("course2017")
def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']

    dW1 = grads['dW1']
    db1 = grads['db1']
    dW2 = grads['dW2']
    db2 = grads['db2']

    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    parameters = {"W1": W1,
                  "b1": b1,
                  "W2": W2,
                  "b2": b2}

    return parameters

@update.right("course2021")
def update_parameters(parameters, grads, learning_rate=1.2):
    import copy

    W1 = copy.deepcopy(parameters["W1"])
    b1 = copy.deepcopy(parameters["b1"])
    W2 = copy.deepcopy(parameters["W2"])
    b2 = copy.deepcopy(parameters["b2"])

    W1 -= learning_rate * grads["dW1"]
    b1 -= learning_rate * grads["db1"]
    W2 -= learning_rate * grads["dW2"]
    b2 -= learning_rate * grads["db2"]

    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

@update.right("vectorized")
def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}

@update.right("loops")
def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for name in ["W1", "b1", "W2", "b2"]:
        new[name] = parameters[name].copy()
        rows, columns = new[name].shape
        for i in range(rows):
            for j in range(columns):
                new[name][i, j] -= learning_rate * grads["d" + name][i, j]
    return new

@update.right("float32")
def update_parameters(parameters, grads, learning_rate=1.2):
    parameters = {name: value.astype(np.float32) for name, value in parameters.items()}
    for name in parameters:
        parameters[name] = parameters[name] - np.float32(learning_rate) * grads["d" + name].astype(np.float32)
    return parameters

update.mistake(
    "uphill",
    ('parameters["W1"] - ', 'parameters["W1"] + '),
    ('parameters["b1"] - ', 'parameters["b1"] + '),
    ('parameters["W2"] - ', 'parameters["W2"] + '),
    ('parameters["b2"] - ', 'parameters["b2"] + '),
    cause="The step goes uphill: the gradient is added.",
    hint="The gradient points to where the cost grows.",
)

update.mistake(
    "learning_rate_forgotten",
    ('learning_rate * grads["dW1"]', 'grads["dW1"]'),
    ('learning_rate * grads["db1"]', 'grads["db1"]'),
    ('learning_rate * grads["dW2"]', 'grads["dW2"]'),
    ('learning_rate * grads["db2"]', 'grads["db2"]'),
    cause="The learning rate is not used: the step is the whole gradient.",
    hint="Call it with learning_rate=0. Should anything change?",
)

update.mistake(
    "learning_rate_fixed",
    ('learning_rate * grads["dW1"]', '1.2 * grads["dW1"]'),
    ('learning_rate * grads["db1"]', '1.2 * grads["db1"]'),
    ('learning_rate * grads["dW2"]', '1.2 * grads["dW2"]'),
    ('learning_rate * grads["db2"]', '1.2 * grads["db2"]'),
    cause="The step is always 1.2 times the gradient; the argument learning_rate is not used.",
    hint="1.2 is only what is taken when no learning rate is given.",
)

update.mistake(
    "own_default",
    ("    W1 = ", "    learning_rate = 0.01 if learning_rate == 1.2 else learning_rate\n    W1 = "),
    cause="Without an argument the learning rate is 0.01; the contract says 1.2.",
    hint="Look at the value behind learning_rate in the first line of the function.",
)

update.mistake(
    "biases_forgotten",
    (' - learning_rate * grads["db1"]', ""),
    (' - learning_rate * grads["db2"]', ""),
    cause="The biases stay as they were.",
    hint="All four parameters take the step.",
)

update.mistake(
    "second_layer_forgotten",
    (' - learning_rate * grads["dW2"]', ""),
    (' - learning_rate * grads["db2"]', ""),
    cause="Only the first layer takes the step.",
    hint="All four parameters take the step.",
)

update.mistake(
    "first_layers_bias_gradient_for_both",
    ('grads["db2"]', 'grads["db1"][: len(parameters["b2"])]'),
    cause="b2 takes its step with db1.",
    hint="Each parameter has its own gradient: compare the names line by line.",
)

update.mistake(
    "gradient_subtracted_as_a_share",
    ('parameters["W1"] - learning_rate * grads["dW1"]', 'parameters["W1"] * (1 - learning_rate * grads["dW1"])'),
    ('parameters["W2"] - learning_rate * grads["dW2"]', 'parameters["W2"] * (1 - learning_rate * grads["dW2"])'),
    cause="The weights are multiplied by 1 − α dW, where α dW should be subtracted.",
    hint="A weight of 0 must be able to move.",
)

@update.mistake(
    "arrays_changed_in_place",
    cause="`W1 -= …` changes the array itself, which is still the caller's: the old parameters are gone.",
    hint="Print parameters['W1'] before and after the call. Write W1 = W1 - …, or copy first.",
)
def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W1 -= learning_rate * grads["dW1"]
    b1 -= learning_rate * grads["db1"]
    W2 -= learning_rate * grads["dW2"]
    b2 -= learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

update.mistake(
    "steps_returned",
    ('parameters["W1"] - learning_rate', "-learning_rate"),
    ('parameters["b1"] - learning_rate', "-learning_rate"),
    ('parameters["W2"] - learning_rate', "-learning_rate"),
    ('parameters["b2"] - learning_rate', "-learning_rate"),
    cause="Only the steps come back; they are not added to the old parameters.",
    hint="With learning_rate=0 the old parameters should come back, not zeros.",
)

update.mistake(
    "old_parameters_returned",
    ('return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}', "return parameters"),
    cause="The old parameters come back: the step is not in them.",
    hint="Which names does your return use?",
)


network = exercise("nn_model")

@network.right("course2017")
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)
    n_x = layer_sizes(X, Y)[0]
    n_y = layer_sizes(X, Y)[2]

    # Initialize parameters, then retrieve W1, b1, W2, b2. Inputs: "n_x, n_h, n_y". Outputs = "W1, b1, W2, b2, parameters".
    parameters = initialize_parameters(n_x, n_h, n_y)
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']

    # Loop (gradient descent)
    for i in range(0, num_iterations):
        # Forward propagation. Inputs: "X, parameters". Outputs: "A2, cache".
        A2, cache = forward_propagation(X, parameters)
        # Cost function. Inputs: "A2, Y, parameters". Outputs: "cost".
        cost = compute_cost(A2, Y, parameters)
        # Backpropagation. Inputs: "parameters, cache, X, Y". Outputs: "grads".
        grads = backward_propagation(parameters, cache, X, Y)
        # Gradient descent parameter update. Inputs: "parameters, grads". Outputs: "parameters".
        parameters = update_parameters(parameters, grads)

        # Print the cost every 1000 iterations
        if print_cost and i % 1000 == 0:
            print ("Cost after iteration %i: %f" %(i, cost))

    return parameters

@network.right("course2021")
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)
    n_x = layer_sizes(X, Y)[0]
    n_y = layer_sizes(X, Y)[2]
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(0, num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate=1.2)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    return parameters

@network.right("vectorized")
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(len(X), n_h, len(Y))
    for _ in range(num_iterations):
        parameters = update_parameters(parameters, backward_propagation(parameters, forward_propagation(X, parameters)[1], X, Y))
    return parameters

@network.right("loops")
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    sizes = list(layer_sizes(X, Y))
    sizes[1] = n_h
    parameters = initialize_parameters(*sizes)
    done = 0
    while done < num_iterations:
        A2, cache = forward_propagation(X, parameters)
        if print_cost and done % 1000 == 0:
            print(done, compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        for name in ("W1", "b1", "W2", "b2"):
            parameters[name] -= 1.2 * grads["d" + name]
        done += 1
    return parameters

network.mistake(
    "hidden_size_from_layer_sizes",
    ("n_x, _, n_y = layer_sizes(X, Y)", "n_x, n_h, n_y = layer_sizes(X, Y)"),
    cause="The network always has 4 hidden units, whatever n_h is: a 4 stands in its place, written out or taken from layer_sizes.",
    hint="Call nn_model with n_h=7 and print the shape of W1. From which line does the 4 come?",
)

network.mistake(
    "update_thrown_away",
    ("        parameters = update_parameters(parameters, grads)", "        update_parameters(parameters, grads)"),
    cause="The first parameters come back, as happens where what update_parameters returns is thrown away.",
    hint="update_parameters returns new parameters. Where do yours go?",
)

network.mistake(
    "forward_once",
    ("    for i in range(num_iterations):\n        A2, cache = forward_propagation(X, parameters)\n", "    A2, cache = forward_propagation(X, parameters)\n    for i in range(num_iterations):\n"),
    cause="Every step uses the activations of the first forward propagation.",
    hint="After a step the activations are different. Which lines belong into the loop?",
)

network.mistake(
    "gradient_once",
    ("    for i in range(num_iterations):\n        A2, cache = forward_propagation(X, parameters)\n        grads = backward_propagation(parameters, cache, X, Y)\n", "    A2, cache = forward_propagation(X, parameters)\n    grads = backward_propagation(parameters, cache, X, Y)\n    for i in range(num_iterations):\n"),
    cause="Every step repeats the gradient of the start.",
    hint="The slope is another one after every step. Which lines belong into the loop, and which parameters do they use?",
)

network.mistake(
    "one_step_counts",
    ("    return parameters", "        return parameters"),
    cause="Only one step counts: the return stands inside the loop, the update under the if of the printing, or the parameters are initialized anew in every iteration.",
    hint="Which lines belong before the loop, into it, and after it? Look at the indentation.",
)

network.mistake(
    "one_step_short",
    ("range(num_iterations)", "range(1, num_iterations)"),
    cause="The loop makes one step too few, as range(1, num_iterations) does.",
    hint="How many numbers are there in range(1, 10)?",
)

network.mistake(
    "one_step_too_many",
    ("range(num_iterations)", "range(num_iterations + 1)"),
    cause="The loop makes one step too many.",
    hint="How many numbers are there in range(10 + 1)?",
)

network.mistake(
    "number_of_steps_fixed",
    ("range(num_iterations)", "range(1000)"),
    cause="The number of steps is written into the loop; the argument num_iterations is not used.",
    hint="Call nn_model with num_iterations=1.",
)

network.mistake(
    "own_learning_rate",
    ("update_parameters(parameters, grads)", "update_parameters(parameters, grads, 0.01)"),
    cause="Another learning rate, 0.01, is handed to update_parameters; the contract takes its default, 1.2.",
    hint="nn_model has no argument for a learning rate. What happens if you leave it out?",
)

network.mistake(
    "two_updates",
    ("        if print_cost", "        parameters = update_parameters(parameters, grads)\n        if print_cost"),
    cause="Each step is twice as long as it should be, as happens where update_parameters is called twice with the same gradient.",
    hint="How often is update_parameters called in one iteration?",
)

network.mistake(
    "gradients_returned",
    ("return parameters", "return grads"),
    cause="The last gradients are returned instead of the parameters.",
    hint="Print the keys of what you return.",
)

network.mistake(
    "global_data",
    ("backward_propagation(parameters, cache, X, Y)", "backward_propagation(parameters, forward_propagation(train_X, parameters)[1], train_X, train_Y)"),
    cause="The network learns train_X and train_Y of the notebook, whatever X and Y are handed over.",
    hint="Use the arguments. Where do train_X and train_Y come from?",
)

network.mistake(
    "printed_cost_stops_training",
    ("        if print_cost and i % 1000 == 0:\n", "        if print_cost:\n            return parameters\n        if print_cost and i % 1000 == 0:\n"),
    cause="With print_cost=True the function returns after its first step.",
    hint="Printing should change nothing else. Compare the results with print_cost True and False.",
)

network.equivalent("if print_cost and i % 1000 == 0:", "pass", reason="what is printed is not part of the result.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost or i % 1000 == 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i == 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and 1000 == 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i % 1000 != 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i % 1000 == 1:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i % 1000 == -1:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i // 1000 == 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i % 1001 == 0:", reason="only what is printed changes.")

network.equivalent("if print_cost and i % 1000 == 0:", "if print_cost and i % 999 == 0:", reason="only what is printed changes.")


pred = exercise("predict")

@pred.right("course2017")
def predict(parameters, X):
    # Computes probabilities using forward propagation, and classifies to 0/1 using 0.5 as the threshold.
    A2, cache = forward_propagation(X, parameters)
    predictions = np.round(A2)
    return predictions

@pred.right("course2021")
def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    predictions = (A2 > 0.5)
    return predictions

@pred.right("vectorized")
def predict(parameters, X):
    return np.where(forward_propagation(X, parameters)[0] > 0.5, 1, 0)

@pred.right("loops")
def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    labels = np.zeros((1, X.shape[1]))
    for i in range(X.shape[1]):
        if A2[0, i] > 0.5:
            labels[0, i] = 1
    return labels

@pred.right("score")
def predict(parameters, X):
    _, cache = forward_propagation(X, parameters)
    return (cache["Z2"] > 0).astype(int)

pred.mistake(
    "probabilities_returned",
    ("return A2 > 0.5", "return A2"),
    cause="The probabilities are returned, not the labels.",
    hint="A label is 0 or 1. Which probabilities count as 1?",
)

pred.mistake(
    "threshold_zero",
    ("A2 > 0.5", "A2 > 0"),
    cause="Every label is 1, as happens where the threshold is 0, which every probability exceeds.",
    hint="Above which probability is label 1 the more likely one?",
)

pred.mistake(
    "score_against_one_half",
    ("A2, _ =", "_, cache ="),
    ("A2 > 0.5", 'cache["Z2"] > 0.5'),
    cause="Z2 is compared with one half: that is the threshold for A2. For Z2 it is 0.",
    hint="The sigmoid is one half where Z2 is 0.",
)

pred.mistake(
    "labels_exchanged",
    ("A2 > 0.5", "A2 < 0.5"),
    cause="The labels are exchanged: 1 where the probability of 1 is low.",
    hint="Compare one probability with its label.",
)

pred.mistake(
    "flattened",
    ("return A2 > 0.5", "return (A2 > 0.5).ravel()"),
    cause="The labels come back flat, with shape (m,), where (1, m) is due.",
    hint="Compared with Y of shape (1, m), what does a flat array give? Leave the shape of A2 as it is.",
)

pred.mistake(
    "rounded_down",
    ("return A2 > 0.5", "return A2.astype(int)"),
    cause="Every label is 0, as happens where astype(int) cuts off what is behind the point.",
    hint="int(0.99) is 0. Compare with 0.5 instead.",
)

pred.mistake(
    "first_example_only",
    ("return A2 > 0.5", "return np.full(A2.shape, A2[0, 0] > 0.5)"),
    cause="The first example decides the label of all.",
    hint="Compare the whole array with 0.5 at once.",
)

pred.mistake(
    "mean_as_threshold",
    ("A2 > 0.5", "A2 > np.mean(A2)"),
    cause="The probabilities are compared with their own mean, so each label depends on the other examples.",
    hint="The label of one point should not change if you ask about another one beside it.",
)

pred.equivalent("return A2 > 0.5", "return A2 >= 0.5", reason="no probability of a random draw is exactly one half, and there either label is as good.")


@init.accept
def small_draw(inputs, received):
    """Another draw than the recorded one, normal with standard deviation 0.01."""
    return fair_draw(received, [inputs[name] for name in ("n_x", "n_h", "n_y")], lambda n_prev: (0.01, "0.01"))
