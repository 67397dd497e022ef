"""Answers that people give to the exercises of deep_network_steps.py: read, never imported (see CONTRIBUTING.md)."""


init = exercise("initialize_parameters")

@init.right("matrices")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1, b1 = np.matrix(np.random.randn(n_h, n_x)) * 0.01, np.matrix(np.zeros((n_h, 1)))
    W2, b2 = np.matrix(np.random.randn(n_y, n_h)) * 0.01, np.matrix(np.zeros((n_y, 1)))
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)

@init.right("loops")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    parameters = {}
    for name, rows, columns in (("1", n_h, n_x), ("2", n_y, n_h)):
        W = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                W[i, j] = 0.01 * np.random.randn()
        parameters["W" + name] = W
        parameters["b" + name] = np.array([[0.0]] * rows)
    return parameters

@init.right("course2017")
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)

    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros(shape=(n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros(shape=(n_y, 1))

    assert W1.shape == (n_h, n_x)
    assert b1.shape == (n_h, 1)
    assert W2.shape == (n_y, n_h)
    assert b2.shape == (n_y, 1)

    parameters = {"W1": W1,
                  "b1": b1,
                  "W2": W2,
                  "b2": b2}
    return parameters

@init.right("other_draw")
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng()
    return dict(
        W1=rng.normal(scale=0.01, size=(n_h, n_x)), b1=np.zeros((n_h, 1)),
        W2=rng.normal(scale=0.01, size=(n_y, n_h)), b2=np.zeros((n_y, 1)),
    )

@init.right("float32")
def initialize_parameters(n_x, n_h, n_y):
    W2 = (np.random.normal(0, 1, (n_y, n_h)) / 100).astype(np.float32)
    W1 = (np.random.normal(0, 1, (n_h, n_x)) / 100).astype(np.float32)
    return {"W2": W2, "W1": W1, "b2": np.zeros((n_y, 1), np.float32), "b1": np.zeros((n_h, 1), np.float32)}

init.mistake(
    "rows_and_columns_exchanged",
    ("randn(n_h, n_x)", "randn(n_x, n_h)"),
    ("randn(n_y, n_h)", "randn(n_h, n_y)"),
    cause="W1 and W2 have their rows and columns exchanged.",
    hint="W1 @ X must work for an X with n_x rows. Print W1.shape for sizes that all differ.",
)

init.mistake(
    "factor_forgotten",
    ("randn(n_h, n_x) * 0.01", "randn(n_h, n_x)"),
    ("randn(n_y, n_h) * 0.01", "randn(n_y, n_h)"),
    cause="The factor 0.01 is missing: the weights have standard deviation 1.",
    hint="Print np.std of a large W1.",
)

init.mistake(
    "factor_in_one_matrix_only",
    ("randn(n_y, n_h) * 0.01", "randn(n_y, n_h)"),
    cause="W2 lacks the factor 0.01.",
    hint="Print np.std of a large W1 and of a large W2.",
)

init.mistake(
    "rand_for_randn",
    ("randn(n_h, n_x)", "rand(n_h, n_x)"),
    ("randn(n_y, n_h)", "rand(n_y, n_h)"),
    cause="The weights are drawn evenly, as np.random.rand does it, so none of them is negative.",
    hint="Print the mean of a large W1. It should be about 0.",
)

init.mistake(
    "added_for_multiplied",
    ("randn(n_h, n_x) * 0.01", "randn(n_h, n_x) + 0.01"),
    ("randn(n_y, n_h) * 0.01", "randn(n_y, n_h) + 0.01"),
    cause="0.01 is added to the draws instead of multiplied with them.",
    hint="Print np.std of a large W1.",
)

init.mistake(
    "all_zero",
    ("np.random.randn(n_h, n_x) * 0.01", "np.zeros((n_h, n_x))"),
    ("np.random.randn(n_y, n_h) * 0.01", "np.zeros((n_y, n_h))"),
    cause="All weights are zero, so all hidden units compute the same and stay the same.",
    hint="Print W1. What makes two units differ?",
)

init.mistake(
    "biases_random",
    ("np.zeros((n_h, 1))", "np.random.randn(n_h, 1) * 0.01"),
    ("np.zeros((n_y, 1))", "np.random.randn(n_y, 1) * 0.01"),
    cause="The biases are random too.",
    hint="What does the docstring say about b1?",
)

init.mistake(
    "biases_flat",
    ("np.zeros((n_h, 1))", "np.zeros(n_h)"),
    ("np.zeros((n_y, 1))", "np.zeros(n_y)"),
    cause="The biases are flat arrays of shape (n,) where columns of shape (n, 1) are asked for.",
    hint="Z has units down its rows. A flat array is added along the other axis.",
)

init.mistake(
    "seeded_twice",
    ("    W2 = np.random.randn", "    np.random.seed(1)\n    W2 = np.random.randn"),
    cause="The seed is set again before W2, so W2 begins with the same numbers as W1.",
    hint="Compare the first entries of W1 and W2. How often should the sequence start over?",
)

init.mistake(
    "second_layer_reads_the_input",
    ("randn(n_y, n_h)", "randn(n_y, n_x)"),
    cause="W2 has n_x columns, as if the second layer read the inputs.",
    hint="What comes into layer 2, and how many rows does it have?",
)

init.equivalent("np.random.seed(1)", "pass", reason="without a seed the draw has the same distribution, which is all that counts.")

init.equivalent("np.random.seed(1)", "1", reason="without a seed the draw has the same distribution, which is all that counts.")

init.equivalent("np.random.seed(1)", "np.random.seed(2)", reason="another seed gives another draw from the same distribution.")

init.equivalent("np.random.seed(1)", "np.random.seed(0)", reason="another seed gives another draw from the same distribution.")


init_deep = exercise("initialize_parameters_deep")

@init_deep.right("loops")
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        rows = []
        for i in range(layer_dims[l]):
            rows.append([0.01 * np.random.randn() for j in range(layer_dims[l - 1])])
        parameters['W' + str(l)] = np.array(rows)
        parameters['b' + str(l)] = np.array([[0.0]] * layer_dims[l])
    return parameters

@init_deep.right("course2017")
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)            # number of layers in the network

    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l-1]) * 0.01
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))

        assert(parameters['W' + str(l)].shape == (layer_dims[l], layer_dims[l-1]))
        assert(parameters['b' + str(l)].shape == (layer_dims[l], 1))

    return parameters

@init_deep.right("vectorized")
def initialize_parameters_deep(layer_dims):
    rng = np.random.default_rng(2024)
    pairs = list(zip(layer_dims[1:], layer_dims))
    parameters = {f"W{l}": rng.normal(0, 0.01, shape) for l, shape in enumerate(pairs, start=1)}
    return parameters | {f"b{l}": np.zeros((n, 1)) for l, (n, _) in enumerate(pairs, start=1)}

@init_deep.right("float32")
def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(len(layer_dims) - 1):
        W = 1e-2 * np.random.standard_normal([layer_dims[l + 1], layer_dims[l]])
        parameters["W%d" % (l + 1)] = np.float32(W)
        parameters["b%d" % (l + 1)] = np.zeros([layer_dims[l + 1], 1], dtype="float32")
    return parameters

init_deep.mistake(
    "rows_and_columns_exchanged",
    ("randn(layer_dims[l], layer_dims[l - 1])", "randn(layer_dims[l - 1], layer_dims[l])"),
    cause="Each W has its rows and columns exchanged: the size of the layer before was put first.",
    hint="W has one row for each unit of its own layer. Print W1.shape for a list whose first two sizes differ.",
)

init_deep.mistake(
    "last_layer_missing",
    ("range(1, len(layer_dims))", "range(1, len(layer_dims) - 1)"),
    cause="The loop ends one layer early, so the last layer has no parameters.",
    hint="range already leaves out its end. How many layers with parameters does a list of three sizes describe?",
)

init_deep.mistake(
    "return_inside_loop",
    ("    return parameters", "        return parameters"),
    cause="Only layer 1 has parameters, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

init_deep.mistake(
    "keys_from_zero",
    ('"W" + str(l)', '"W" + str(l - 1)'),
    ('"b" + str(l)', '"b" + str(l - 1)'),
    cause="The keys are numbered from 0; the first layer's parameters are called W0 and b0.",
    hint="Print the keys. The first layer with parameters is layer 1.",
)

init_deep.mistake(
    "divided_by_the_root",
    ("* 0.01", "/ np.sqrt(layer_dims[l - 1])"),
    cause="The draws are divided by the root of the number of inputs, as the next lesson's application does; this exercise asks for a factor of 0.01.",
    hint="It is the better start for a deep network, as you will see below. But print np.std of a large W1 and compare it with the docstring.",
)

init_deep.mistake(
    "seed_inside_loop",
    ('        parameters["W" + str(l)]', '        np.random.seed(3)\n        parameters["W" + str(l)]'),
    cause="The seed is set again for every layer, so every W begins with the same numbers.",
    hint="Compare the first entries of W1 and W2. How often should the sequence start over?",
)

init_deep.mistake(
    "rand_for_randn",
    ("np.random.randn(", "np.random.rand("),
    cause="The weights are drawn evenly, as np.random.rand does it, so none of them is negative.",
    hint="Print the mean of a large W1. It should be about 0.",
)

init_deep.mistake(
    "factor_forgotten",
    (" * 0.01", ""),
    cause="The factor 0.01 is missing: the weights have standard deviation 1.",
    hint="Print np.std of a large W1.",
)

init_deep.mistake(
    "bias_flat",
    ("np.zeros((layer_dims[l], 1))", "np.zeros(layer_dims[l])"),
    cause="Each b is a flat array of shape (n_l,) where a column is asked for.",
    hint="Z has units down its rows. A flat array is added along the other axis.",
)

init_deep.mistake(
    "all_read_the_input",
    ("layer_dims[l - 1])", "layer_dims[0])"),
    cause="Every W has n_0 columns, as if every layer read the inputs.",
    hint="Layer 2 reads the output of layer 1. How many rows has it?",
)

init_deep.mistake(
    "one_row_for_all",
    ("np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01", "np.ones((layer_dims[l], 1)) * np.random.randn(1, layer_dims[l - 1]) * 0.01"),
    cause="One row is drawn and used for every unit, so the units of a layer are copies of one another.",
    hint="Print W1. Do two units of a layer differ?",
)

@init_deep.mistake(
    "sizes_used_up",
    cause="The function takes the first size out of the caller's own list; a second call with that list makes another network.",
    hint="Print layer_dims before and after the call. Does any line change it?",
)
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    n_prev = layer_dims.pop(0)
    for l, n in enumerate(layer_dims, start=1):
        parameters["W" + str(l)] = np.random.randn(n, n_prev) * 0.01
        parameters["b" + str(l)] = np.zeros((n, 1))
        n_prev = n
    return parameters

init_deep.equivalent("np.random.seed(3)", "pass", reason="without a seed the draw has the same distribution, which is all that counts.")

init_deep.equivalent("np.random.seed(3)", "3", reason="without a seed the draw has the same distribution, which is all that counts.")

init_deep.equivalent("np.random.seed(3)", "np.random.seed(4)", reason="another seed gives another draw from the same distribution.")

init_deep.equivalent("np.random.seed(3)", "np.random.seed(2)", reason="another seed gives another draw from the same distribution.")


linear = exercise("linear_forward")

@linear.right("loops")
def linear_forward(A, W, b):
    n, n_prev = W.shape
    m = A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            total = b[i, 0]
            for k in range(n_prev):
                total += W[i, k] * A[k, j]
            Z[i, j] = total
    return Z, (A, W, b)

@linear.right("course2017")
def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    assert(Z.shape == (W.shape[0], A.shape[1]))
    cache = (A, W, b)
    return Z, cache

@linear.right("einsum")
def linear_forward(A, W, b):
    return np.einsum("jk,ki->ji", W, A) + b, [A, W, b]

@linear.right("float32")
def linear_forward(A, W, b):
    A, W, b = A.astype(np.float32), W.astype(np.float32), b.astype(np.float32)
    Z = np.add(np.matmul(W, A), b)
    return Z, (A, W, b)

linear.mistake(
    "bias_forgotten",
    ("W @ A + b", "W @ A"),
    cause="The bias b is not added.",
    hint="Call it with W = 0. What should come out?",
)

linear.mistake(
    "weights_transposed",
    ("W @ A", "W.T @ A"),
    cause="W is transposed; with as many units as inputs this does not even raise an error.",
    hint="Which rows of W belong to which units? Try a W that is not square.",
)

linear.mistake(
    "order_of_the_product",
    ("W @ A", "A @ W"),
    cause="The product is A W instead of W A; with square matrices this does not even raise an error.",
    hint="A has a column for each example. Which side do columns have to stand on?",
)

linear.mistake(
    "entry_by_entry",
    ("W @ A", "W * A"),
    cause="`*` multiplies entry by entry; here a matrix product is needed.",
    hint="Look for the operator that sums over the inputs.",
)

linear.mistake(
    "bias_as_row",
    ("W @ A + b", "W @ A + b.T"),
    cause="The bias is added as a row, so each example gets another bias, not each unit.",
    hint="b is a column already. Leave it as it is.",
)

linear.mistake(
    "bias_subtracted",
    ("W @ A + b", "W @ A - b"),
    cause="The bias is subtracted.",
    hint="Compare with the formula Z = W A + b.",
)

linear.mistake(
    "cache_order",
    ("return Z, (A, W, b)", "return Z, (W, A, b)"),
    cause="The cache holds W before A.",
    hint="Compare the order with the docstring. The backward pass will unpack it in that order.",
)

linear.mistake(
    "output_in_cache",
    ("return Z, (A, W, b)", "return Z, (Z, W, b)"),
    cause="The cache holds Z where it should hold A, what came in.",
    hint="dW will be computed from what W was multiplied with. Which array is that?",
)

linear.mistake(
    "cache_forgotten",
    ("return Z, (A, W, b)", "return Z"),
    cause="Only Z is returned; the cache is missing.",
    hint="The docstring lists two things after Returns.",
)

linear.mistake(
    "cache_first",
    ("return Z, (A, W, b)", "return (A, W, b), Z"),
    cause="The cache is returned before Z.",
    hint="Which of the two does the docstring name first?",
)


activation = exercise("linear_activation_forward")

@activation.right("loops")
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.zeros((W.shape[0], A_prev.shape[1]))
    A = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = sum(W[i, k] * A_prev[k, j] for k in range(W.shape[1])) + b[i, 0]
            A[i, j] = max(0, Z[i, j]) if activation == "relu" else 1 / (1 + np.exp(-Z[i, j]))
    return A, ((A_prev, W, b), Z)

@activation.right("course2017")
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = sigmoid(Z)

    elif activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)

    assert (A.shape == (W.shape[0], A_prev.shape[1]))
    cache = (linear_cache, activation_cache)

    return A, cache

@activation.right("vectorized")
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = {"relu": lambda z: z * (z > 0), "sigmoid": lambda z: np.exp(z) / (np.exp(z) + 1)}[activation](Z)
    return A, [linear_cache, Z]

@activation.right("einsum")
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.einsum("jk,ki->ji", W, A_prev) + b
    return (np.clip(Z, 0, None) if activation == "relu" else 0.5 + 0.5 * np.tanh(Z / 2)), ((A_prev, W, b), Z)

activation.mistake(
    "activations_exchanged",
    ('activation == "sigmoid"', 'activation != "sigmoid"'),
    cause="The two activation functions have changed places.",
    hint='Call it with "relu". Can a ReLU answer 0.3 where Z is −1?',
)

activation.mistake(
    "always_relu",
    ("A, activation_cache = sigmoid(Z)", "A, activation_cache = relu(Z)"),
    cause="The ReLU is used whatever `activation` says.",
    hint='Call it with "sigmoid" and look whether all answers are below 1.',
)

activation.mistake(
    "always_sigmoid",
    ("A, activation_cache = relu(Z)", "A, activation_cache = sigmoid(Z)"),
    cause="The sigmoid is used whatever `activation` says.",
    hint='Call it with "relu" and look for exact zeros.',
)

activation.mistake(
    "activation_never_applied",
    ("return A, (", "return Z, ("),
    cause="Z is returned in place of A: the activation function has no effect.",
    hint="Which of the two names do you return?",
)

activation.mistake(
    "output_in_cache",
    ("return A, (linear_cache, activation_cache)", "return A, (linear_cache, A)"),
    cause="The second cache holds A instead of Z.",
    hint="sigmoid and relu return two things. The second is what their backward functions want.",
)

activation.mistake(
    "caches_exchanged",
    ("return A, (linear_cache, activation_cache)", "return A, (activation_cache, linear_cache)"),
    cause="The two caches have changed places.",
    hint="Compare the order with the docstring.",
)

activation.mistake(
    "flat_cache",
    ("return A, (linear_cache, activation_cache)", "return A, (*linear_cache, activation_cache)"),
    cause="The cache is flat: four things in one tuple instead of a pair.",
    hint="len(cache) should be 2. The first of the two is itself a tuple.",
)

activation.mistake(
    "linear_cache_only",
    ("return A, (linear_cache, activation_cache)", "return A, linear_cache"),
    cause="Only the linear cache is returned; that of the activation function is missing.",
    hint="Without Z, how is the backward pass to know which units were off?",
)

activation.mistake(
    "activated_twice",
    ("A, activation_cache = sigmoid(Z)", "A, activation_cache = sigmoid(sigmoid(Z)[0])"),
    cause="The sigmoid is applied twice.",
    hint="Follow Z through your lines. How often is it bent?",
)

activation.mistake(
    "clipped_in_place",
    ("A, activation_cache = relu(Z)", "Z[Z < 0] = 0\n        A, activation_cache = Z, Z"),
    cause="With the ReLU the cache holds A where Z belongs, as happens where Z itself is clipped at 0.",
    hint="Print Z in the cache: are there negative numbers? Make a new array for A.",
)


forward = exercise("L_model_forward")

@forward.right("loops")
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = 0
    while f"W{L + 1}" in parameters:
        L += 1
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.zeros((W.shape[0], A.shape[1]))
        for i in range(A.shape[1]):
            Z[:, i] = W @ A[:, i] + b[:, 0]
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0) if l < L else 1 / (1 + np.exp(-Z))
    return A, caches

@forward.right("course2017")
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2                  # number of layers in the neural network

    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters['W' + str(l)], parameters['b' + str(l)], activation = "relu")
        caches.append(cache)

    AL, cache = linear_activation_forward(A, parameters['W' + str(L)], parameters['b' + str(L)], activation = "sigmoid")
    caches.append(cache)

    assert(AL.shape == (1, X.shape[1]))

    return AL, caches

@forward.right("einsum")
def L_model_forward(X, parameters):
    names = sorted(name[1:] for name in parameters if name[0] == "W")
    As, Zs = [X], []
    for name in names:
        Zs.append(np.einsum("jk,ki->ji", parameters["W" + name], As[-1]) + parameters["b" + name])
        As.append(Zs[-1].clip(min=0))
    AL = 1 / (1 + np.exp(-Zs[-1]))
    return AL, tuple(((A, parameters["W" + name], parameters["b" + name]), Z) for name, A, Z in zip(names, As, Zs))

@forward.right("linear_by_hand")
def L_model_forward(X, parameters):
    L = len(parameters) // 2
    A, caches = X, []
    for l in range(L):
        Z, linear_cache = linear_forward(A, parameters[f"W{l + 1}"], parameters[f"b{l + 1}"])
        A, activation_cache = sigmoid(Z) if l == L - 1 else relu(Z)
        caches += [(linear_cache, activation_cache)]
    return A, caches

@forward.right("float32")
def L_model_forward(X, parameters):
    A, caches, L = np.float32(X), [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = np.float32(parameters[f"W{l}"]), np.float32(parameters[f"b{l}"])
        A, cache = linear_activation_forward(A, W, b, "sigmoid" if l == L else "relu")
        caches.append(cache)
    return A, caches

forward.mistake(
    "last_layer_relu",
    ('"sigmoid"', '"relu"'),
    cause="The last layer uses the ReLU: the answer is not a probability.",
    hint="Print AL. All its entries should lie between 0 and 1.",
)

@forward.mistake(
    "last_layer_linear",
    cause="The last layer ends with its linear part: AL is Z, and the sigmoid is missing there.",
    hint="May a probability be negative? Which of your functions has the sigmoid in it?",
)
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_forward(A, parameters["W" + str(L)], parameters["b" + str(L)])
    caches.append(cache)
    return AL, caches

forward.mistake(
    "Z_for_AL",
    ("return AL, caches", "return cache[1], caches"),
    cause="What came back as AL is Z of the last layer, from before its sigmoid.",
    hint="May a probability be negative? Compare what you return with what linear_activation_forward gave.",
)

forward.mistake(
    "last_hidden_layer_for_AL",
    ("return AL, caches", "return A, caches"),
    cause="What came back as AL is the output of the last hidden layer.",
    hint="Which name holds what the last layer gives?",
)

forward.mistake(
    "hidden_layers_sigmoid",
    ('"relu"', '"sigmoid"'),
    cause="The hidden layers use the sigmoid.",
    hint="Only the last layer has the sigmoid. Look for exact zeros in the A of a hidden layer.",
)

forward.mistake(
    "last_cache_missing",
    ('"sigmoid")\n    caches.append(cache)', '"sigmoid")'),
    cause="The cache of the last layer is not in the list.",
    hint="len(caches) should be L.",
)

forward.mistake(
    "input_to_every_layer",
    ('linear_activation_forward(A, parameters["W" + str(l)]', 'linear_activation_forward(X, parameters["W" + str(l)]'),
    cause="Every hidden layer is given X instead of the output of the layer before it.",
    hint="Give each layer another width, and the error appears. Which name should run through the loop?",
)

forward.mistake(
    "last_layer_reads_the_input",
    ('linear_activation_forward(A, parameters["W" + str(L)]', 'linear_activation_forward(X, parameters["W" + str(L)]'),
    cause="The last layer is given X instead of the output of the last hidden layer.",
    hint="Which name holds the output of the last hidden layer after the loop?",
)

forward.mistake(
    "one_hidden_layer_skipped",
    ("range(1, L)", "range(1, L - 1)"),
    cause="The loop ends one layer early, so the last hidden layer is left out.",
    hint="range leaves out its end. For L = 3, which values of l does your loop visit?",
)

forward.mistake(
    "last_layer_twice",
    ("range(1, L)", "range(1, L + 1)"),
    cause="The loop runs through the last layer too, which then comes a second time with the sigmoid.",
    hint="len(caches) should be L. How often is layer L called?",
)

forward.mistake(
    "first_parameters_for_all",
    ('linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)]', 'linear_activation_forward(A, parameters["W1"], parameters["b1"]'),
    cause="Every hidden layer uses the parameters of layer 1.",
    hint="Look for a 1 where the loop's variable belongs.",
)

forward.mistake(
    "caches_not_collected",
    ('"relu")\n        caches.append(cache)', '"relu")\n        caches = [cache]'),
    cause="The list starts anew with each layer, so only the caches of the last two are left.",
    hint="Print len(caches) for a network with four layers.",
)

forward.mistake(
    "caches_backwards",
    ("return AL, caches", "return AL, caches[::-1]"),
    cause="The list of caches is turned round: the last layer comes first.",
    hint="The backward pass will turn the order round itself. Here layer 1 comes first.",
)

@forward.mistake(
    "return_inside_loop",
    cause="The last layer and the return stand inside the loop, so the pass ends after the first hidden layer.",
    hint="Look at the indentation of the lines after the loop.",
)
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches.append(cache)
        AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
        caches.append(cache)
        return AL, caches

forward.mistake(
    "caches_of_A_only",
    ('"relu")\n        caches.append(cache)', '"relu")\n        caches.append(A)'),
    cause="The hidden layers put A into the list instead of their cache.",
    hint="Each entry of the list is a pair: (linear_cache, activation_cache).",
)

forward.mistake(
    "input_clipped_in_place",
    ("    A = X\n", "    A = X\n    np.maximum(A, 0, out=A)\n"),
    cause="The ReLU is applied to the input itself, in place: negative inputs are lost, and the caller's X is changed.",
    hint="A is another name for X, not a copy. The first thing that happens to X is linear.",
)


cost = exercise("compute_cost")

@cost.right("loops")
def compute_cost(AL, Y):
    cost = 0.0
    m = Y.shape[1]
    for i in range(m):
        if Y[0, i] == 1:
            cost -= np.log(AL[0, i])
        else:
            cost -= np.log(1 - AL[0, i])
    return cost / m

@cost.right("course2017")
def compute_cost(AL, Y):
    m = Y.shape[1]

    cost = (-1 / m) * np.sum(np.multiply(Y, np.log(AL)) + np.multiply((1 - Y), np.log(1 - AL)))

    cost = np.squeeze(cost)      # turns [[17]] into 17
    assert(cost.shape == ())

    return cost

@cost.right("course2021")
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = (1. / m) * (-np.dot(Y, np.log(AL).T) - np.dot(1 - Y, np.log(1 - AL).T))
    return cost

@cost.right("vectorized")
def compute_cost(AL, Y):
    return float(-np.mean(np.log(np.where(Y == 1, AL, 1 - AL))))

@cost.right("einsum")
def compute_cost(AL, Y):
    total = np.einsum("ij,ij->", Y, np.log(AL)) + np.einsum("ij,ij->", 1 - Y, np.log1p(-AL))
    return -total / AL.shape[1]

@cost.right("float32")
def compute_cost(AL, Y):
    AL, Y = AL.astype(np.float32), Y.astype(np.float32)
    return -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).mean(axis=1, keepdims=True)

cost.mistake(
    "minus_forgotten",
    ("-np.sum(", "np.sum("),
    cause="The minus sign is missing, so the cost is negative and falls as the answers get worse.",
    hint="The logarithm of a probability is negative. A cost should not be.",
)

cost.mistake(
    "sum_for_mean",
    (" / m", ""),
    cause="The sum is not divided by m, or m was taken from Y.shape[0], which is 1.",
    hint="Give it every example twice. The cost should stay the same. Print m.",
)

cost.mistake(
    "label_zero_left_out",
    (" + (1 - Y) * np.log(1 - AL)", ""),
    cause="The second term is missing: examples with label 0 cost nothing.",
    hint="What does an answer of 0.99 cost where the label is 0?",
)

cost.mistake(
    "minus_between_the_terms",
    ("+ (1 - Y)", "- (1 - Y)"),
    cause="The second term is subtracted inside the bracket: examples with label 0 are paid for being wrong.",
    hint="Both terms have the same sign in the formula.",
)

cost.mistake(
    "labels_exchanged",
    ("Y * np.log(AL) + (1 - Y) * np.log(1 - AL)", "(1 - Y) * np.log(AL) + Y * np.log(1 - AL)"),
    cause="Y and 1 − Y have changed places: right answers are the dear ones.",
    hint="Label 1 and an answer of 0.99 should cost next to nothing.",
)

cost.mistake(
    "same_logarithm_twice",
    ("np.log(1 - AL)", "np.log(AL)"),
    cause="Both terms hold log(AL); the second needs log(1 − AL).",
    hint="If the answer is 0.9, what is the probability of label 0?",
)

cost.mistake(
    "one_minus_the_logarithm",
    ("np.log(1 - AL)", "(1 - np.log(AL))"),
    cause="1 − log(AL) stands where log(1 − AL) belongs.",
    hint="Look at the brackets: subtract first, then take the logarithm.",
)

cost.mistake(
    "logarithm_to_base_2",
    ("Y * np.log(AL)", "Y * np.log2(AL)"),
    ("np.log(1 - AL)", "np.log2(1 - AL)"),
    cause="The logarithm has base 2, so the cost is in bits.",
    hint="An answer of one half costs ln 2 = 0.693 nats. Which NumPy function is the natural logarithm?",
)

cost.mistake(
    "logarithm_to_base_10",
    ("Y * np.log(AL)", "Y * np.log10(AL)"),
    ("np.log(1 - AL)", "np.log10(1 - AL)"),
    cause="The logarithm has base 10.",
    hint="An answer of one half costs ln 2 = 0.693 nats. Which NumPy function is the natural logarithm?",
)

cost.mistake(
    "squared_error",
    ("-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))", "np.sum((AL - Y) ** 2)"),
    cause="This is the mean squared error, not the cross-entropy.",
    hint="Where are the two logarithms?",
)

cost.mistake(
    "halved",
    ("/ m", "/ (2 * m)"),
    cause="The cost is divided by 2m; the ½ belongs to the squared error.",
    hint="What stands before the sum in the formula?",
)

cost.mistake(
    "one_cost_an_example",
    ("-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))", "-(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"),
    cause="There is no sum: the function returns one number for each example.",
    hint="Print the shape of what comes back for three examples.",
)


linear_back = exercise("linear_backward")

@linear_back.right("loops")
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    n, m = dZ.shape
    dW, db, dA_prev = np.zeros(W.shape), np.zeros(b.shape), np.zeros(A_prev.shape)
    for i in range(m):
        for j in range(n):
            db[j, 0] += dZ[j, i] / m
            for k in range(A_prev.shape[0]):
                dW[j, k] += dZ[j, i] * A_prev[k, i] / m
                dA_prev[k, i] += W[j, k] * dZ[j, i]
    return dA_prev, dW, db

@linear_back.right("course2017")
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]

    dW = np.dot(dZ, cache[0].T) / m
    db = 1. / m * np.squeeze(np.sum(dZ, axis=1, keepdims=True)).reshape(b.shape)
    dA_prev = np.dot(cache[1].T, dZ)

    assert (dA_prev.shape == A_prev.shape)
    assert (dW.shape == W.shape)

    return dA_prev, dW, db

@linear_back.right("vectorized")
def linear_backward(dZ, cache):
    m = dZ.shape[1]
    return [cache[1].T.dot(dZ), np.matmul(dZ, np.transpose(cache[0])) * (1 / m), dZ.mean(axis=1).reshape(-1, 1)]

@linear_back.right("einsum")
def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = dZ.shape[1]
    dW = np.einsum("ji,ki->jk", dZ, A_prev) / m
    db = np.einsum("ji->j", dZ)[:, np.newaxis] / m
    return np.einsum("jk,ji->ki", W, dZ), dW, db

@linear_back.right("float32")
def linear_backward(dZ, cache):
    dZ = dZ.astype(np.float32)
    A_prev, W = cache[0].astype(np.float32), cache[1].astype(np.float32)
    m = np.float32(A_prev.shape[1])
    return W.T @ dZ, dZ @ A_prev.T / m, dZ @ np.ones((A_prev.shape[1], 1), np.float32) / m

linear_back.mistake(
    "m_forgotten",
    ("dZ @ A_prev.T / m", "dZ @ A_prev.T"),
    ("keepdims=True) / m", "keepdims=True)"),
    cause="dW and db are sums over the examples; they are not divided by m.",
    hint="Give it every example twice. dW and db should stay the same.",
)

linear_back.mistake(
    "m_forgotten_in_dW",
    ("dZ @ A_prev.T / m", "dZ @ A_prev.T"),
    cause="dW is not divided by m.",
    hint="Give it every example twice. dW should stay the same.",
)

linear_back.mistake(
    "m_forgotten_in_db",
    ("keepdims=True) / m", "keepdims=True)"),
    cause="db is not divided by m.",
    hint="Give it every example twice. db should stay the same.",
)

linear_back.mistake(
    "dA_averaged",
    ("W.T @ dZ", "W.T @ dZ / m"),
    cause="dA_prev is divided by m; it keeps a column for each example and is not averaged.",
    hint="Which of the three sums over the examples? Only there does 1/m belong.",
)

linear_back.mistake(
    "m_from_rows",
    ("A_prev.shape[1]", "A_prev.shape[0]"),
    cause="m is the number of rows of A_prev, which is the number of units before; examples stand in columns.",
    hint="Print A_prev.shape and m.",
)

# Recorded as np.squeeze gives it: the number that one unit then has agrees with an array of one entry, too.
linear_back.mistake(
    "keepdims_forgotten",
    ("np.sum(dZ, axis=1, keepdims=True)", "np.squeeze(np.sum(dZ, axis=1))"),
    cause="db has lost its second dimension: shape (n,) where (n, 1) is due.",
    hint="b − α db with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)

linear_back.mistake(
    "summed_over_units",
    ("axis=1", "axis=0"),
    cause="db is summed over the units; the sum runs over the examples.",
    hint="db has one entry for each unit. Which axis has to vanish?",
)

linear_back.mistake(
    "summed_over_everything",
    ("np.sum(dZ, axis=1, keepdims=True)", "np.sum(dZ) * np.ones(b.shape)"),
    cause="db is the sum over all entries of dZ, so all units get the same.",
    hint="np.sum without an axis adds up everything.",
)

linear_back.mistake(
    "db_from_dW",
    ("np.sum(dZ, axis=1, keepdims=True) / m", "np.sum(dW, axis=1, keepdims=True) / m"),
    cause="db is made of dW, and divided by m once more; the bias gets the sum of dZ over the examples.",
    hint="dW has the inputs in it already. Does a bias see any input?",
)

linear_back.mistake(
    "db_from_dW_as_it_is",
    ("np.sum(dZ, axis=1, keepdims=True) / m", "np.sum(dW, axis=1, keepdims=True)"),
    cause="db is the sum along the rows of dW; the bias gets the sum of dZ over the examples, divided by m.",
    hint="dW has the inputs in it already. Does a bias see any input?",
)

@linear_back.mistake(
    "one_number_asserted",
    cause="An assert asks that db is a single number, which it is for one unit only; db has one entry for each unit, shape (n, 1).",
    hint="Take np.squeeze and `isinstance(db, float)` out. db has the shape of b.",
)
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m
    dA_prev = W.T @ dZ
    assert dA_prev.shape == A_prev.shape
    assert dW.shape == W.shape
    assert isinstance(db, float)
    return dA_prev, dW, db

linear_back.mistake(
    "db_one_number",
    ("np.sum(dZ, axis=1, keepdims=True) / m", "np.sum(dZ) / m"),
    cause="db is one number, the sum over all units and examples; db has one entry for each unit.",
    hint="np.sum without an axis adds up everything. db has the shape of b.",
)

linear_back.mistake(
    "input_not_transposed",
    ("dZ @ A_prev.T", "dZ @ A_prev"),
    cause="A_prev is not transposed in dW; with square matrices this does not even raise an error.",
    hint="dW has the shape of W. Which side of the two arrays has to be summed over?",
)

linear_back.mistake(
    "weights_not_transposed",
    ("W.T @ dZ", "W @ dZ"),
    cause="W is not transposed in dA_prev; with as many units as inputs this does not even raise an error.",
    hint="dA_prev has the shape of A_prev. Try a W that is not square.",
)

linear_back.mistake(
    "dW_transposed",
    ("dZ @ A_prev.T", "A_prev @ dZ.T"),
    cause="dW is the transpose of what it should be.",
    hint="Print dW.shape and W.shape.",
)

linear_back.mistake(
    "entry_by_entry",
    ("W.T @ dZ", "W.T * dZ"),
    cause="`*` multiplies entry by entry; dA_prev needs a matrix product.",
    hint="A unit of the layer before feeds all units of this one. Their parts have to be added.",
)

linear_back.mistake(
    "wrong_order_returned",
    ("return dA_prev, dW, db", "return dW, db, dA_prev"),
    cause="The three gradients are returned in the wrong order.",
    hint="Compare your return with the docstring.",
)

linear_back.mistake(
    "cache_order",
    ("A_prev, W, b = cache", "W, A_prev, b = cache"),
    cause="The cache is unpacked in the wrong order: W and A_prev have changed places.",
    hint="In which order did linear_forward pack it?",
)

linear_back.mistake(
    "activations_for_gradient",
    ("W.T @ dZ", "W.T @ (W @ A_prev + b)"),
    cause="dA_prev is computed from Z instead of dZ.",
    hint="What comes in from the layer above is dZ.",
)

linear_back.mistake(
    "scaled_in_place",
    ("dW = dZ @ A_prev.T / m", "dZ /= m\n    dW = dZ @ A_prev.T"),
    cause="`dZ /= m` changes the caller's own array, and dA_prev is computed from the smaller one.",
    hint="Print dZ before and after the call.",
)


activation_back = exercise("linear_activation_backward")

@activation_back.right("loops")
def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = dA.shape[1]
    dZ = np.zeros(dA.shape)
    for j in range(dA.shape[0]):
        for i in range(m):
            if activation == "sigmoid":
                a = 1 / (1 + np.exp(-Z[j, i]))
                dZ[j, i] = dA[j, i] * a * (1 - a)
            elif Z[j, i] > 0:
                dZ[j, i] = dA[j, i]
    dW = sum(np.outer(dZ[:, i], A_prev[:, i]) for i in range(m)) / m
    db = sum(dZ[:, i : i + 1] for i in range(m)) / m
    return np.dot(W.T, dZ), dW, db

@activation_back.right("course2017")
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache

    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db

@activation_back.right("vectorized")
def linear_activation_backward(dA, cache, activation):
    Z = cache[1]
    slope = (Z >= 0) * 1.0 if activation == "relu" else np.exp(-Z) / (1 + np.exp(-Z)) ** 2
    return linear_backward(dA * slope, cache[0])

@activation_back.right("einsum")
def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dZ = np.array(dA, copy=True)
    if activation == "relu":
        dZ[Z <= 0] = 0
    else:
        A = 1 / (1 + np.exp(-(np.einsum("jk,ki->ji", W, A_prev) + b)))
        dZ = np.einsum("ji,ji,ji->ji", dA, A, 1 - A)
    m = Z.shape[1]
    return np.einsum("jk,ji->ki", W, dZ), np.einsum("ji,ki->jk", dZ, A_prev) / m, dZ.sum(1, keepdims=True) / m

activation_back.mistake(
    "activations_exchanged",
    ('activation == "sigmoid"', 'activation != "sigmoid"'),
    cause="The derivatives of the two activation functions have changed places.",
    hint='Call it with "relu", and follow the lines.',
)

activation_back.mistake(
    "always_relu",
    ("sigmoid_backward(dA, activation_cache)", "relu_backward(dA, activation_cache)"),
    cause="The ReLU's derivative is used whatever `activation` says.",
    hint='What happens in your lines where activation is "sigmoid"?',
)

activation_back.mistake(
    "always_sigmoid",
    ("relu_backward(dA, activation_cache)", "sigmoid_backward(dA, activation_cache)"),
    cause="The sigmoid's derivative is used whatever `activation` says.",
    hint='What happens in your lines where activation is "relu"?',
)

activation_back.mistake(
    "activation_passed_by",
    ("linear_backward(dZ, linear_cache)", "linear_backward(dA, linear_cache)"),
    cause="dA goes into linear_backward in place of dZ: the activation function has no effect.",
    hint="linear_backward wants dZ. Where do you use the dZ that you computed?",
)

activation_back.mistake(
    "relu_passed_by",
    ("dZ = relu_backward(dA, activation_cache)", "dZ = dA"),
    cause="The ReLU is passed as if it were not there: dZ = dA.",
    hint="Where a ReLU answered 0, no gradient comes through.",
)

activation_back.mistake(
    "sign_of_the_gradient",
    ("relu_backward(dA, activation_cache)", "relu_backward(dA, dA)"),
    cause="The ReLU lets through where dA is positive; it has to look at Z.",
    hint="A unit that was on passes on negative gradients too.",
)

activation_back.mistake(
    "value_for_slope",
    ("relu_backward(dA, activation_cache)", "dA * relu(activation_cache)[0]"),
    cause="dA is multiplied by the ReLU's value instead of its derivative.",
    hint="The derivative of max(0, z) is 1 or 0.",
)

activation_back.mistake(
    "sigmoid_of_the_answer",
    ("sigmoid_backward(dA, activation_cache)", "sigmoid_backward(dA, sigmoid(activation_cache)[0])"),
    cause="The sigmoid's derivative is taken at A instead of at Z: sigmoid_backward computes A itself.",
    hint="The activation cache is Z, and that is what sigmoid_backward asks for.",
)

activation_back.mistake(
    "incoming_gradient_forgotten",
    ("sigmoid_backward(dA, activation_cache)", "sigmoid_backward(1.0, activation_cache)"),
    cause="dZ is the sigmoid's slope alone; it is not multiplied by dA.",
    hint="Chain rule: the gradient that comes in, times the slope.",
)

activation_back.mistake(
    "arguments_exchanged",
    ("sigmoid_backward(dA, activation_cache)", "sigmoid_backward(activation_cache, dA)"),
    ("relu_backward(dA, activation_cache)", "relu_backward(activation_cache, dA)"),
    cause="The two arguments of the activation's backward function have changed places.",
    hint="Gradient first, cache second. Both have the same shape, so nothing complains.",
)

activation_back.mistake(
    "silenced_in_place",
    ("dZ = relu_backward(dA, activation_cache)", "dZ = dA\n        dZ[activation_cache <= 0] = 0"),
    cause="The caller's dA is changed: entries of it are set to 0, as happens where dZ is a second name for it.",
    hint="Print dA before and after the call. Make a new array.",
)

activation_back.mistake(
    "averaged_again",
    ("linear_backward(dZ, linear_cache)", "linear_backward(dZ / dZ.shape[1], linear_cache)"),
    cause="dZ is divided by m before linear_backward, which divides by m itself.",
    hint="Where does 1/m belong? Look for it in both functions.",
)


backward = exercise("L_model_backward")

@backward.right("loops")
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    for l in range(L, 0, -1):
        (A_prev, W, b), Z = caches[l - 1]
        if l == L:
            dZ = AL - Y
        else:
            dZ = np.where(Z > 0, grads[f"dA{l}"], 0)
        dW, db, dA_prev = np.zeros(W.shape), np.zeros(b.shape), np.zeros(A_prev.shape)
        for i in range(m):
            dW += np.outer(dZ[:, i], A_prev[:, i]) / m
            db[:, 0] += dZ[:, i] / m
            dA_prev[:, i] = W.T @ dZ[:, i]
        grads[f"dW{l}"], grads[f"db{l}"], grads[f"dA{l - 1}"] = dW, db, dA_prev
    return grads

@backward.right("course2017")
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches) # the number of layers
    m = AL.shape[1]
    Y = Y.reshape(AL.shape) # after this line, Y is the same shape as AL

    dAL = - (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))

    current_cache = caches[L-1]
    grads["dA" + str(L)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(dAL, current_cache, activation = "sigmoid")

    for l in reversed(range(L-1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(grads["dA" + str(l + 2)], current_cache, activation = "relu")
        grads["dA" + str(l + 1)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp

    return grads

@backward.right("course2021")
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches) # the number of layers
    Y = Y.reshape(AL.shape)

    dAL = - (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))

    current_cache = caches[L - 1]
    dA_prev_temp, dW_temp, db_temp = linear_activation_backward(dAL, current_cache, "sigmoid")
    grads["dA" + str(L-1)] = dA_prev_temp
    grads["dW" + str(L)] = dW_temp
    grads["db" + str(L)] = db_temp

    for l in reversed(range(L-1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(grads["dA" + str(l+1)], current_cache, "relu")
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp

    return grads

@backward.right("vectorized")
def L_model_backward(AL, Y, caches):
    L = len(caches)
    grads = {f"dA{L}": (AL - Y) / (AL * (1 - AL))}
    for l, cache in reversed(list(enumerate(caches, start=1))):
        step = linear_activation_backward(grads[f"dA{l}"], cache, "sigmoid" if l == L else "relu")
        grads |= zip((f"dA{l - 1}", f"dW{l}", f"db{l}"), step)
    return grads

@backward.right("einsum")
def L_model_backward(AL, Y, caches):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for l in range(len(caches), 0, -1):
        A_prev, W, _ = caches[l - 1][0]
        grads["dW%d" % l] = np.einsum("ji,ki->jk", dZ, A_prev) / m
        grads["db%d" % l] = np.einsum("ji->j", dZ).reshape(-1, 1) / m
        grads["dA%d" % (l - 1)] = np.einsum("jk,ji->ki", W, dZ)
        dZ = np.einsum("ki,ki->ki", grads["dA%d" % (l - 1)], A_prev > 0)
    return grads

@backward.right("linear_by_hand")
def L_model_backward(AL, Y, caches):
    L = len(caches)
    grads = {}
    dA = np.where(Y == 1, -1 / AL, 1 / (1 - AL))
    for l in range(L - 1, -1, -1):
        linear_cache, Z = caches[l]
        dZ = sigmoid_backward(dA, Z) if l == L - 1 else relu_backward(dA, Z)
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, linear_cache)
        grads["dA" + str(l)] = dA
    return grads

@backward.right("float32")
def L_model_backward(AL, Y, caches):
    AL = AL.astype(np.float32)
    grads = {}
    dA = (1 - Y).astype(np.float32) / (1 - AL) - Y.astype(np.float32) / AL
    for l in range(len(caches), 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == len(caches) else "relu")
        grads.update({f"dA{l - 1}": np.float32(dA), f"dW{l}": np.float32(dW), f"db{l}": np.float32(db)})
    return grads

backward.mistake(
    "sign_of_dAL",
    ("-(Y / AL - (1 - Y) / (1 - AL))", "(Y / AL - (1 - Y) / (1 - AL))"),
    cause="All gradients have the wrong sign, as happens where dAL has lost its minus sign.",
    hint="If the label is 1 and the answer too low, raising the answer lowers the cost. Which sign has the slope?",
)

backward.mistake(
    "plus_in_dAL",
    ("Y / AL - (1 - Y)", "Y / AL + (1 - Y)"),
    cause="The second term of dAL has the wrong sign: it is right for label 1 and turned round for label 0.",
    hint="Differentiate log(1 − a). The inner derivative brings a minus sign.",
)

backward.mistake(
    "dZ_for_dAL",
    ("-(Y / AL - (1 - Y) / (1 - AL))", "AL - Y"),
    cause="dAL is AL − Y; that is dZ of the last layer already, and the sigmoid's derivative comes on top of it.",
    hint="AL − Y is what is left after sigmoid_backward. Which of the two do you hand to linear_activation_backward?",
)

backward.mistake(
    "labels_exchanged",
    ("Y / AL - (1 - Y) / (1 - AL)", "(1 - Y) / AL - Y / (1 - AL)"),
    cause="Y and 1 − Y have changed places in dAL.",
    hint="An example with label 1 pays −log(AL). Which term of dAL belongs to it?",
)

backward.mistake(
    "averaged_twice",
    ("    dA = -(Y / AL - (1 - Y) / (1 - AL))\n", "    dA = -(Y / AL - (1 - Y) / (1 - AL)) / Y.shape[1]\n"),
    cause="All gradients are too small by the factor m, as happens where dAL is divided by it: linear_backward divides by m itself.",
    hint="1/m belongs to dW and db only.",
)

backward.mistake(
    "last_layer_relu",
    ('"sigmoid"', '"relu"'),
    cause="The last layer is passed backward as a ReLU; it is a sigmoid.",
    hint="Which activation did the forward pass use there?",
)

backward.mistake(
    "hidden_layers_sigmoid",
    ('"relu"', '"sigmoid"'),
    cause="The hidden layers are passed backward as sigmoids; they are ReLUs.",
    hint="Which activation did the forward pass use there?",
)

backward.mistake(
    "sigmoid_passed_by",
    ('linear_activation_backward(dA, caches[L - 1], "sigmoid")', "linear_backward(dA, caches[L - 1][0])"),
    cause="dAL goes straight into the linear part of the last layer; the sigmoid's derivative is missing.",
    hint="From dA to dZ, then from dZ to the rest: both steps are in linear_activation_backward.",
)

backward.mistake(
    "one_cache_too_high",
    ("caches[l - 1]", "caches[l]"),
    cause="Each hidden layer uses the cache of the layer above it; with layers of equal size this does not even raise an error.",
    hint="caches[0] belongs to layer 1. Which cache does your layer l use?",
)

backward.mistake(
    "first_cache_for_all",
    ("caches[l - 1]", "caches[0]"),
    cause="Every hidden layer uses the cache of layer 1.",
    hint="Look for a number where the loop's variable belongs.",
)

backward.mistake(
    "front_to_back",
    ("range(L - 1, 0, -1)", "range(1, L)"),
    cause="The loop runs from layer 1 upwards; the gradient comes from above.",
    hint="Which dA does layer 1 need, and which layer puts it out?",
)

@backward.mistake(
    "dAL_into_every_layer",
    cause="Every layer is given dAL; a hidden layer needs what the layer above it has put out. With one output this does not even raise an error.",
    hint="Which name should run through the loop, as A did in the forward pass?",
)
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    for l in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(dAL, caches[l], "relu")
        grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = dA, dW, db
    return grads

backward.mistake(
    "first_layer_missing",
    ("range(L - 1, 0, -1)", "range(L - 1, 1, -1)"),
    cause="The loop ends one layer early, so layer 1 has no gradients.",
    hint="range leaves out its end. For L = 3, which values of l does your loop visit?",
)

backward.mistake(
    "keys_shifted",
    ('grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db\n    return', 'grads["dW" + str(l - 1)], grads["db" + str(l - 1)] = dA, dW, db\n    return'),
    cause="dW and db of the hidden layers are stored one number too low: the first layer's are called dW0 and db0.",
    hint="dW1 has the shape of W1. Print the keys and the shapes.",
)

backward.mistake(
    "keys_of_dW_shifted",
    ('grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db', 'grads["dA" + str(l - 1)], grads["dW" + str(l - 1)], grads["db" + str(l)] = dA, dW, db'),
    cause="The dW of the hidden layers are stored one number too low: the first layer's is called dW0.",
    hint="dW1 has the shape of W1. Print the keys and the shapes.",
)

backward.mistake(
    "keys_of_db_shifted",
    ('grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db', 'grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l - 1)] = dA, dW, db'),
    cause="The db of the hidden layers are stored one number too low: the first layer's is called db0.",
    hint="db1 has the shape of b1. Print the keys and the shapes.",
)

backward.mistake(
    "dW_and_db_exchanged",
    ('dA, dW, db = linear_activation_backward(dA, caches[L - 1]', 'dA, db, dW = linear_activation_backward(dA, caches[L - 1]'),
    ('dA, dW, db = linear_activation_backward(dA, caches[l - 1]', 'dA, db, dW = linear_activation_backward(dA, caches[l - 1]'),
    cause="dW and db are unpacked in the wrong order.",
    hint="In which order does linear_activation_backward return its three results?",
)

backward.mistake(
    "return_inside_loop",
    ("    return grads", "        return grads"),
    cause="The return stands inside the loop, so only the last two layers have gradients, and a network without hidden layers gets None.",
    hint="Look at the indentation of the return.",
)

@backward.mistake(
    "caches_used_up",
    cause="The caches are taken out of the caller's own list, as `caches.pop()` does it: it comes back empty.",
    hint="Call your function twice with the same caches. Read them by index instead.",
)
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches.pop(), "sigmoid" if l == L else "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


update = exercise("update_parameters")

@update.right("loops")
def update_parameters(parameters, grads, learning_rate):
    updated = {}
    for name, value in parameters.items():
        new = np.zeros(value.shape)
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                new[i, j] = value[i, j] - learning_rate * grads["d" + name][i, j]
        updated[name] = new
    return updated

@update.right("course2017")
def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2 # number of layers in the neural network

    for l in range(L):
        parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * grads["dW" + str(l+1)]
        parameters["b" + str(l+1)] = parameters["b" + str(l+1)] - learning_rate * grads["db" + str(l+1)]
    return parameters

update.right(
    "course2021",
    '''
    import copy


    def update_parameters(params, grads, learning_rate):
        parameters = copy.deepcopy(params)
        L = len(parameters) // 2

        for l in range(L):
            parameters["W" + str(l+1)] -= learning_rate * grads["dW" + str(l+1)]
            parameters["b" + str(l+1)] -= learning_rate * grads["db" + str(l+1)]
        return parameters
    ''',
)

@update.right("vectorized")
def update_parameters(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}

@update.right("arrays_in_place")
def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(grads) // 3 + 1):
        for letter in ("W", "b"):
            parameters[letter + str(l)] -= learning_rate * grads["d" + letter + str(l)]
    return parameters

@update.right("float32")
def update_parameters(parameters, grads, learning_rate):
    return {k: np.float32(v) - np.float32(learning_rate) * np.float32(grads["d" + k]) for k, v in parameters.items()}

@update.mistake(
    "gradients_scaled_in_place",
    cause="The step is right, but the gradients are multiplied by the learning rate in place.",
    hint="`*=` changes the array that the caller handed in. Whoever looks at the gradients next sees other ones.",
)
def update_parameters(parameters, grads, learning_rate):
    updated = {}
    for name in parameters:
        grads["d" + name] *= learning_rate
        updated[name] = parameters[name] - grads["d" + name]
    return updated

update.mistake(
    "uphill",
    ('parameters["W" + str(l)] - learning_rate', 'parameters["W" + str(l)] + learning_rate'),
    ('parameters["b" + str(l)] - learning_rate', 'parameters["b" + str(l)] + learning_rate'),
    cause="The gradient is added: each step goes uphill.",
    hint="The gradient points to where the cost grows.",
)

update.mistake(
    "learning_rate_forgotten",
    ('learning_rate * grads["dW"', 'grads["dW"'),
    ('learning_rate * grads["db"', 'grads["db"'),
    cause="The learning rate is not used: each step is as long as the gradient.",
    hint="Call it with two learning rates. Does anything change?",
)

update.mistake(
    "last_layer_left_out",
    ("updated = {}", "updated = dict(parameters)"),
    ("range(1, L + 1)", "range(1, L)"),
    cause="The loop ends one layer early, so the last layer is not updated.",
    hint="range leaves out its end. For L = 3, which values of l does your loop visit?",
)

update.mistake(
    "biases_left_out",
    ('parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]', 'parameters["b" + str(l)]'),
    cause="The biases are not updated.",
    hint="Two lines for each layer: one for W, one for b.",
)

update.mistake(
    "returned_unchanged",
    ("return updated", "return parameters"),
    cause="The old parameters come back: the step is not in them.",
    hint="Which dictionary holds the new values, and which one do you return?",
)

update.mistake(
    "nothing_returned",
    ("return updated", "parameters.update(updated)"),
    cause="The function returns nothing, although the dictionary is changed.",
    hint="The docstring names what comes back.",
)

@update.mistake(
    "return_inside_loop",
    cause="Only layer 1 takes a step, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)
def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        return parameters

update.mistake(
    "gradients_alone",
    ('parameters["W" + str(l)] - learning_rate', "-learning_rate"),
    ('parameters["b" + str(l)] - learning_rate', "-learning_rate"),
    cause="The new parameters are the step alone: the old values are forgotten.",
    hint="With a learning rate of 0 nothing should change.",
)

update.mistake(
    "divided_by_the_learning_rate",
    ('learning_rate * grads["dW" + str(l)]', 'grads["dW" + str(l)] / learning_rate'),
    ('learning_rate * grads["db" + str(l)]', 'grads["db" + str(l)] / learning_rate'),
    cause="The gradient is divided by the learning rate.",
    hint="A smaller learning rate should make a smaller step.",
)

update.mistake(
    "first_gradient_for_all",
    ('grads["dW" + str(l)]', 'grads["dW1"]'),
    ('grads["db" + str(l)]', 'grads["db1"]'),
    cause="Every layer is updated with the gradient of layer 1.",
    hint="Look for a 1 where the loop's variable belongs.",
)

update.mistake(
    "fixed_learning_rate",
    ('learning_rate * grads["dW"', '0.0075 * grads["dW"'),
    ('learning_rate * grads["db"', '0.0075 * grads["db"'),
    cause="The learning rate is a number written into the function; the argument is not used.",
    hint="Call it with two learning rates. Does anything change?",
)


@init.accept
def two_layer_draw(inputs, received):
    """Another draw than the recorded one, for initialize_parameters."""
    return fair_draw(received, [inputs[name] for name in ("n_x", "n_h", "n_y")], lambda n_prev: (0.01, "0.01"))


@init_deep.accept
def deep_draw(inputs, received):
    """Another draw than the recorded one, for initialize_parameters_deep."""
    return fair_draw(received, inputs["layer_dims"], lambda n_prev: (0.01, "0.01"))


@backward.forms
def dA_names_of_2017(inputs, expected):
    """The same gradients under the names of the 2017 course."""
    sentence = (
        "Your names dA1, dA2, … are those of the 2017 course: there dA2 is what layer 2 hands down to layer 1, "
        "the gradient of A1, which this lesson and the 2021 course call dA1. Both are right."
    )
    yield sentence, {
        f"dA{int(name[2:]) + 1}" if name.startswith("dA") else name: value for name, value in expected.items()
    }
