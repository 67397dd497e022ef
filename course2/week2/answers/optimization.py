"""Answers that people give to the exercises of optimization.py: read, never imported (see CONTRIBUTING.md)."""


gd = exercise("update_parameters_with_gd")

@gd.right("loops")
def update_parameters_with_gd(parameters, grads, learning_rate):
    stepped = {}
    for name in parameters:
        rows, columns = parameters[name].shape
        stepped[name] = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                stepped[name][i, j] = parameters[name][i, j] - learning_rate * grads["d" + name][i, j]
    return stepped

@gd.right("vectorized")
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}

@gd.right("course2017")
def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2 # number of layers in the neural networks
    for l in range(L):
        parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * grads["dW" + str(l+1)]
        parameters["b" + str(l+1)] = parameters["b" + str(l+1)] - learning_rate * grads["db" + str(l+1)]
    return parameters

@gd.right("course2021")
def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2 # number of layers in the neural networks
    for l in range(1, L + 1):
        parameters["W" + str(l)] -= learning_rate * grads['dW' + str(l)]
        parameters["b" + str(l)] -= learning_rate * grads['db' + str(l)]
    return parameters

@gd.right("float32")
def update_parameters_with_gd(parameters, grads, learning_rate):
    rate = np.float32(learning_rate)
    return {n: p.astype(np.float32) - rate * grads["d" + n].astype(np.float32) for n, p in parameters.items()}

gd.mistake(
    "uphill",
    ('parameters["W" + str(l)] - ', 'parameters["W" + str(l)] + '),
    ('parameters["b" + str(l)] - ', 'parameters["b" + str(l)] + '),
    cause="The step goes uphill: the gradient is added.",
    hint="The gradient points to where the cost grows.",
)

gd.mistake(
    "learning_rate_forgotten",
    ('learning_rate * grads["dW" + str(l)]', 'grads["dW" + str(l)]'),
    ('learning_rate * grads["db" + str(l)]', 'grads["db" + str(l)]'),
    cause="The learning rate is not used: the step is the whole gradient.",
    hint="Call it with learning_rate=0. Should anything change?",
)

gd.mistake(
    "biases_forgotten",
    (' - learning_rate * grads["db" + str(l)]', ""),
    cause="The biases stay as they were.",
    hint="Weights and biases take the same step.",
)

gd.mistake(
    "last_layer_missing",
    ("len(parameters) // 2 + 1", "len(parameters) // 2"),
    cause="The loop ends one layer early: the last layer is missing.",
    hint="range leaves out its end. Print the keys of what you return.",
)

@gd.mistake(
    "last_layer_stays",
    cause="The loop ends one layer early: the last layer takes no step.",
    hint="range leaves out its end. Which is the last l of your loop for three layers?",
)
def update_parameters_with_gd(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters

gd.mistake(
    "return_inside_loop",
    ("    return stepped", "        return stepped"),
    cause="Only layer 1 takes a step, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

gd.mistake(
    "old_parameters_returned",
    ("return stepped", "return parameters"),
    cause="The old parameters come back: the step is not in them.",
    hint="Which name does your return use?",
)

gd.mistake(
    "steps_returned",
    ('parameters["W" + str(l)] - learning_rate', "-learning_rate"),
    ('parameters["b" + str(l)] - learning_rate', "-learning_rate"),
    cause="Only the steps come back; they are not added to the old parameters.",
    hint="With learning_rate=0 the old parameters should come back, not zeros.",
)

gd.mistake(
    "gradients_keys",
    ('stepped["W"', 'stepped["dW"'),
    ('stepped["b"', 'stepped["db"'),
    cause="The new parameters stand under the names of the gradients.",
    hint="Print the keys of what you return.",
)

gd.mistake(
    "as_a_share",
    ('parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]', 'parameters["W" + str(l)] * (1 - learning_rate * grads["dW" + str(l)])'),
    cause="The weights are multiplied by 1 − α dW, where α dW should be subtracted.",
    hint="A weight of 0 must be able to move.",
)

@gd.mistake(
    "gradients_scaled_in_place",
    cause="The gradients are multiplied by the learning rate in place: they are the caller's, and changed afterwards.",
    hint="Print grads before and after the call. Which line changes it?",
)
def update_parameters_with_gd(parameters, grads, learning_rate):
    for name in parameters:
        grads["d" + name] *= learning_rate
        parameters[name] = parameters[name] - grads["d" + name]
    return parameters

gd.mistake(
    "biases_uphill",
    ("- learning_rate * grads[\"db\"", "+ learning_rate * grads[\"db\""),
    cause="The step of the biases goes uphill: it is added where it should be taken off.",
    hint="Are the lines of W and b the same but for the letter?",
)

gd.mistake(
    "weights_uphill",
    ("- learning_rate * grads[\"dW\"", "+ learning_rate * grads[\"dW\""),
    cause="The step of the weights goes uphill: it is added where it should be taken off.",
    hint="Are the lines of W and b the same but for the letter?",
)


batches = exercise("random_mini_batches")

@batches.right("loops")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = list(np.random.permutation(X.shape[1]))
    result = []
    while order:
        chosen, order = order[:mini_batch_size], order[mini_batch_size:]
        x = np.stack([X[:, i] for i in chosen], axis=1)
        y = np.array([[Y[0, i] for i in chosen]])
        result.append((x, y))
    return result

@batches.right("vectorized")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = np.random.default_rng(seed).permutation(X.shape[1])
    cuts = np.arange(mini_batch_size, len(order), mini_batch_size)
    return [(X[:, part], Y[:, part]) for part in np.split(order, cuts)]

@batches.right("einsum")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    P = np.eye(m)[np.random.RandomState(seed).permutation(m)]
    X, Y = np.einsum("im,nm->in", X, P), np.einsum("im,nm->in", Y, P)
    return [(X[:, k : k + mini_batch_size], Y[:, k : k + mini_batch_size]) for k in range(0, m, mini_batch_size)]

@batches.right("course2017")
def random_mini_batches(X, Y, mini_batch_size = 64, seed = 0):
    import math
    np.random.seed(seed)            # To make your "random" minibatches the same as ours
    m = X.shape[1]                  # number of training examples
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1,m))
    num_complete_minibatches = math.floor(m/mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * mini_batch_size : (k+1) * mini_batch_size]
        mini_batch_Y = shuffled_Y[:, k * mini_batch_size : (k+1) * mini_batch_size]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)
    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch_Y = shuffled_Y[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)
    return mini_batches

@batches.right("course2021")
def random_mini_batches(X, Y, mini_batch_size = 64, seed = 0):
    import math
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    inc = mini_batch_size
    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * inc : (k + 1) * inc]
        mini_batch_Y = shuffled_Y[:, k * inc : (k + 1) * inc]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[:, int(m / mini_batch_size) * inc :]
        mini_batch_Y = shuffled_Y[:, int(m / mini_batch_size) * inc :]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    return mini_batches

@batches.right("both_in_one")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    import random

    both = np.vstack([X, Y])
    columns = list(range(both.shape[1]))
    random.Random(seed).shuffle(columns)
    both = both[:, columns]
    result = []
    for start in range(0, both.shape[1], mini_batch_size):
        part = both[:, start : start + mini_batch_size]
        result.append((part[:-1], part[-1:]))
    return result

@batches.right("float32")
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = np.random.RandomState(seed).permutation(X.shape[1])
    X, Y = X[:, order].astype(np.float32), Y[:, order].astype(np.float32)
    return [(X[:, k : k + mini_batch_size], Y[:, k : k + mini_batch_size]) for k in range(0, X.shape[1], mini_batch_size)]

batches.mistake(
    "not_shuffled",
    ("np.random.permutation(m)", "np.arange(m)"),
    cause="The examples were cut in their old order: nothing was shuffled.",
    hint="Print the first batch beside the first columns of X.",
)

batches.mistake(
    "two_orders",
    ("Y[:, chosen]", "Y[:, np.random.permutation(m)[start : start + mini_batch_size]]"),
    cause="X and Y were shuffled by two permutations, so the labels belong to other examples.",
    hint="How many times do you call the permutation?",
)

batches.mistake(
    "labels_not_shuffled",
    ("Y[:, chosen]", "Y[:, start : start + mini_batch_size]"),
    cause="X was shuffled and Y was not, so the labels belong to other examples.",
    hint="Take the columns of Y in the same order.",
)

batches.mistake(
    "last_batch_dropped",
    ("range(0, m, mini_batch_size)", "range(0, m - mini_batch_size + 1, mini_batch_size)"),
    cause="The last, smaller batch is missing: some examples are never used.",
    hint="Add up the sizes of your batches. Is it m?",
)

@batches.mistake(
    "empty_last_batch",
    cause="A last batch is always added, an empty one where the batch size divides m.",
    hint="Try m = 60 with batches of 15. Is anything left over?",
)
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = X[:, order], Y[:, order]
    full = m // mini_batch_size
    result = []
    for k in range(full + 1):
        piece = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        result.append((X[:, piece], Y[:, piece]))
    return result

@batches.mistake(
    "rest_from_its_own_size",
    cause="The last batch was cut from the end by the size of a full batch, so it repeats examples of the batch before.",
    hint="Count how often each example occurs in all batches together.",
)
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = X[:, order], Y[:, order]
    full = m // mini_batch_size
    result = []
    for k in range(full):
        piece = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        result.append((X[:, piece], Y[:, piece]))
    if m % mini_batch_size:
        result.append((X[:, -mini_batch_size:], Y[:, -mini_batch_size:]))
    return result

batches.mistake(
    "number_for_size",
    ("range(0, m, mini_batch_size)", "range(0, m, -(-m // mini_batch_size))"),
    ("start + mini_batch_size]", "start + -(-m // mini_batch_size)]"),
    cause="mini_batch_size was taken for the number of batches.",
    hint="Print the shape of the first batch. How many columns should it have?",
)

batches.mistake(
    "rows_cut",
    ("X[:, chosen]", "X[:, order][start : start + mini_batch_size]"),
    cause="The rows of X were cut, not its columns.",
    hint="Which axis of X counts the examples?",
)

batches.mistake(
    "with_replacement",
    ("np.random.permutation(m)", "np.random.randint(0, m, m)"),
    cause="The examples were drawn with replacement: some come twice, some never.",
    hint="Count how often each example occurs in all batches together.",
)

batches.mistake(
    "seed_ignored",
    ("    np.random.seed(seed)\n", ""),
    cause="The seed is not used: two calls with the same seed give different batches.",
    hint="Call it twice with seed=1 and compare the first batches.",
)

batches.mistake(
    "seed_fixed",
    ("np.random.seed(seed)", "np.random.seed(0)"),
    cause="The seed is always 0, whatever comes in: every epoch gets the same batches.",
    hint="Call it with seed=1 and seed=2 and compare the first batches.",
)

@batches.mistake(
    "batches_shuffled_only",
    cause="The batches were shuffled as wholes: each holds examples that stood side by side.",
    hint="Look inside one batch. Are its examples neighbours in X?",
)
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    full = m // mini_batch_size
    rest = slice(full * mini_batch_size, m)
    result = []
    for k in np.random.RandomState(seed).permutation(full):
        piece = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        result.append((X[:, piece], Y[:, piece]))
    if m % mini_batch_size:
        result.append((X[:, rest], Y[:, rest]))
    return result

@batches.mistake(
    "shuffled_inside_only",
    cause="The examples were cut first and shuffled inside each batch: every epoch has the same batches.",
    hint="Which examples can be in batch 1? It should be any of them.",
)
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    rng = np.random.RandomState(seed)
    m = X.shape[1]
    result = []
    for start in range(0, m, mini_batch_size):
        chosen = rng.permutation(np.arange(start, min(start + mini_batch_size, m)))
        result.append((X[:, chosen], Y[:, chosen]))
    return result

batches.mistake(
    "labels_flat",
    ("Y[:, chosen]", "Y[0, chosen]"),
    cause="The labels of a batch came as a flat array; they are a row of shape (1, size).",
    hint="Print the shape of Y before and after the cut.",
)

@batches.mistake(
    "shuffled_in_place",
    cause="X and Y themselves were shuffled; they are the caller's.",
    hint="Print X before and after the call. `X[:] =` writes into the caller's array.",
)
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X[:], Y[:] = X[:, order], Y[:, order]
    return [(X[:, k : k + mini_batch_size], Y[:, k : k + mini_batch_size]) for k in range(0, m, mini_batch_size)]


velocity = exercise("initialize_velocity")

@velocity.right("loops")
def initialize_velocity(parameters):
    v = {}
    for name, value in parameters.items():
        v["d" + name] = np.array([[0.0] * value.shape[1] for _ in range(value.shape[0])])
    return v

@velocity.right("vectorized")
def initialize_velocity(parameters):
    return {"d" + name: np.zeros_like(value) for name, value in parameters.items()}

@velocity.right("course2017")
def initialize_velocity(parameters):
    L = len(parameters) // 2 # number of layers in the neural networks
    v = {}
    for l in range(L):
        v["dW" + str(l+1)] = np.zeros((parameters["W" + str(l+1)].shape[0], parameters["W" + str(l+1)].shape[1]))
        v["db" + str(l+1)] = np.zeros((parameters["b" + str(l+1)].shape[0], parameters["b" + str(l+1)].shape[1]))
    return v

@velocity.right("course2021")
def initialize_velocity(parameters):
    L = len(parameters) // 2 # number of layers in the neural networks
    v = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        v["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return v

velocity.mistake(
    "keys_of_the_parameters",
    ('v["dW"', 'v["W"'),
    ('v["db"', 'v["b"'),
    cause="The velocities stand under the names of the parameters, without the d.",
    hint="Print the keys of your dictionary beside those of grads.",
)

velocity.mistake(
    "last_layer_missing",
    ("len(parameters) // 2 + 1", "len(parameters) // 2"),
    cause="The loop ends one layer early: the last layer has no velocity.",
    hint="range leaves out its end. Print the keys.",
)

velocity.mistake(
    "biases_forgotten",
    ('        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)\n', ""),
    cause="The biases have no velocity.",
    hint="Print the keys. Every parameter needs one.",
)

velocity.mistake(
    "keys_from_zero",
    ('v["dW" + str(l)]', 'v["dW" + str(l - 1)]'),
    ('v["db" + str(l)]', 'v["db" + str(l - 1)]'),
    cause="The keys are numbered from 0.",
    hint="Print the keys. The first layer is layer 1.",
)

velocity.mistake(
    "bias_flat",
    ('np.zeros(parameters["b" + str(l)].shape)', 'np.zeros(len(parameters["b" + str(l)]))'),
    cause="The velocity of b is a flat array; b is a column.",
    hint="Print the shapes of b1 and of db1.",
)

velocity.mistake(
    "transposed",
    ('parameters["W" + str(l)].shape', 'parameters["W" + str(l)].T.shape'),
    cause="The velocity of W has rows and columns exchanged.",
    hint="Print the shapes of W1 and of dW1.",
)

velocity.mistake(
    "copies_of_the_parameters",
    ('np.zeros(parameters["W" + str(l)].shape)', 'parameters["W" + str(l)].copy()'),
    ('np.zeros(parameters["b" + str(l)].shape)', 'parameters["b" + str(l)].copy()'),
    cause="The velocities start as copies of the parameters; they have to be zero.",
    hint="Print dW1. At first nothing has moved.",
)

velocity.mistake(
    "ones",
    ('np.zeros(parameters["W" + str(l)].shape)', 'np.ones(parameters["W" + str(l)].shape)'),
    cause="The velocities of the weights start at one.",
    hint="Print dW1. At first nothing has moved.",
)


momentum = exercise("update_parameters_with_momentum")

@momentum.right("loops")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for name in parameters:
        value, speed = parameters[name].copy(), v["d" + name].copy()
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                speed[i, j] = beta * speed[i, j] + (1 - beta) * grads["d" + name][i, j]
                value[i, j] -= learning_rate * speed[i, j]
        parameters[name], v["d" + name] = value, speed
    return parameters, v

@momentum.right("vectorized")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = {key: old + (1 - beta) * (grads[key] - old) for key, old in v.items()}
    return {name: value - learning_rate * v["d" + name] for name, value in parameters.items()}, v

@momentum.right("course2017")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2 # number of layers in the neural networks
    for l in range(L):
        v["dW" + str(l+1)] = beta * v["dW" + str(l+1)] + (1-beta) * grads['dW' + str(l+1)]
        v["db" + str(l+1)] = beta * v["db" + str(l+1)] + (1-beta) * grads['db' + str(l+1)]
        parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * v["dW" + str(l+1)]
        parameters["b" + str(l+1)] = parameters["b" + str(l+1)] - learning_rate * v["db" + str(l+1)]
    return parameters, v

@momentum.right("course2021")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads["dW" + str(l)]
        v["db" + str(l)] = beta * v["db" + str(l)] + (1 - beta) * grads["db" + str(l)]
        parameters["W" + str(l)] -= learning_rate * v["dW" + str(l)]
        parameters["b" + str(l)] -= learning_rate * v["db" + str(l)]
    return parameters, v

@momentum.right("all_in_place")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for name in parameters:
        v["d" + name] *= beta
        v["d" + name] += (1 - beta) * grads["d" + name]
        parameters[name] -= learning_rate * v["d" + name]
    return parameters, v

@momentum.right("float32")
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    small = np.float32
    v = {k: small(beta) * v[k].astype(small) + small(1 - beta) * grads[k].astype(small) for k in v}
    return {n: p.astype(small) - small(learning_rate) * v["d" + n] for n, p in parameters.items()}, v

momentum.mistake(
    "shares_exchanged",
    ('beta * v["d" + name] + (1 - beta) * grads', '(1 - beta) * v["d" + name] + beta * grads'),
    cause="The two shares are exchanged: the new gradient counts β and the past 1 − β.",
    hint="With β = 0.9 the velocity is slow to change. Which of the two parts is the past?",
)

momentum.mistake(
    "new_share_forgotten",
    ("(1 - beta) * grads", "grads"),
    cause="The gradient is added whole: the factor 1 − β is missing. Some books do so; then the rate has another meaning.",
    hint="In the example by hand v is 5 after the gradient 10.",
)

momentum.mistake(
    "past_not_shrunk",
    ('beta * v["d" + name]', 'v["d" + name]'),
    cause="The old velocity is kept whole: the factor β is missing, so it grows without end.",
    hint="What are the two shares in an average? They add up to 1.",
)

momentum.mistake(
    "past_forgotten",
    ('beta * v["d" + name] + ', ""),
    cause="The old velocity is not used: this is gradient descent with a smaller rate.",
    hint="What does v remember in your line?",
)

momentum.mistake(
    "step_along_the_gradient",
    ('learning_rate * velocity["d" + name]', 'learning_rate * grads["d" + name]'),
    cause="The velocity is computed, but the step goes along the gradient.",
    hint="Along which of the two does momentum move?",
)

momentum.mistake(
    "old_velocity_in_the_step",
    ('learning_rate * velocity["d" + name]', 'learning_rate * v["d" + name]'),
    cause="The step uses the velocity from before, which does not know the new gradient.",
    hint="From a velocity of zero your first step goes nowhere.",
)

momentum.mistake(
    "velocity_not_kept",
    ("return stepped, velocity", "return stepped, v"),
    cause="The old velocity came back: nothing is remembered for the next step.",
    hint="Call it twice in a row, and print v in between.",
)

momentum.mistake(
    "rate_in_the_velocity",
    ('(1 - beta) * grads["d" + name]', '(1 - beta) * learning_rate * grads["d" + name]'),
    ("learning_rate * velocity", "velocity"),
    cause="The learning rate was multiplied into the velocity. The contract keeps it out: v is an average of gradients.",
    hint="In the example by hand v is 5 after the gradient 10.",
)

momentum.mistake(
    "uphill",
    ("parameters[name] - ", "parameters[name] + "),
    cause="The step goes uphill: the velocity is added.",
    hint="The gradient points to where the cost grows, and so does its average.",
)

momentum.mistake(
    "learning_rate_forgotten",
    ("learning_rate * velocity", "velocity"),
    cause="The learning rate is not used.",
    hint="Call it with learning_rate=0. Should anything change?",
)

momentum.mistake(
    "usual_beta",
    ('beta * v["d" + name] + (1 - beta)', '0.9 * v["d" + name] + (1 - 0.9)'),
    cause="β is always 0.9; the argument is not used.",
    hint="Look for a number that should be a name.",
)

momentum.mistake(
    "corrected",
    ('learning_rate * velocity["d" + name]', 'learning_rate * velocity["d" + name] / (1 - beta)'),
    cause="The velocity was divided by 1 − β before the step. There is no correction in this exercise.",
    hint="Compare your first step with the example by hand.",
)

@momentum.mistake(
    "biases_without_momentum",
    cause="Only the weights have momentum; the biases step along their gradients.",
    hint="Both have a velocity in v. Compare your lines for W and for b.",
)
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads["dW" + str(l)]
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * v["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters, v

@momentum.mistake(
    "last_layer_stays",
    cause="The loop ends one layer early: the last layer takes no step.",
    hint="range leaves out its end. Which is the last l of your loop for three layers?",
)
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, len(parameters) // 2):
        for letter in "Wb":
            key = "d" + letter + str(l)
            v[key] = beta * v[key] + (1 - beta) * grads[key]
            parameters[letter + str(l)] = parameters[letter + str(l)] - learning_rate * v[key]
    return parameters, v


share = exercise("velocity_share")

@share.right("loops")
def velocity_share(beta, t):
    v = 0.0
    for _ in range(t):
        v = beta * v + (1 - beta) * 1.0
    return v

@share.right("sum")
def velocity_share(beta, t):
    return sum((1 - beta) * beta**k for k in range(t))

@share.right("vectorized")
def velocity_share(beta, t):
    return (1 - beta) * np.power(beta, np.arange(t), dtype=float).sum()

@share.right("missing")
def velocity_share(beta, t):
    missing = np.prod(np.full(t, beta))
    return np.float32(1 - missing)

share.mistake(
    "what_is_missing",
    ("1 - beta**t", "beta**t"),
    cause="This is the share that is missing, not the one that has arrived.",
    hint="With time more and more arrives. Does your number grow?",
)

share.mistake(
    "first_step_only",
    ("beta**t", "beta"),
    cause="This is the share after one step; t is not used.",
    hint="In the table the number grows with t.",
)

share.mistake(
    "times_for_power",
    ("beta**t", "beta * t"),
    cause="β is multiplied by t; the power is missing.",
    hint="Your number is below zero for many steps. What does one step do to the part that is missing?",
)

share.mistake(
    "power_of_the_rest",
    ("1 - beta**t", "(1 - beta) ** t"),
    cause="The power was taken of 1 − β. What shrinks from step to step is the missing part, by β.",
    hint="In the table the numbers grow with t. Do yours?",
)

share.mistake(
    "rest_of_the_power_of_the_rest",
    ("beta**t", "(1 - beta) ** t"),
    cause="β and 1 − β have changed places.",
    hint="At t = 1, which one of the two has arrived: 0.1 or 0.9?",
)

share.mistake(
    "steps_added_up",
    ("1 - beta**t", "t * (1 - beta)"),
    cause="Every step was counted alike, t times 1 − β. But old gradients fade.",
    hint="At t = 2 and β = 0.9 the table says 0.19, not 0.2.",
)

share.mistake(
    "one_step_early",
    ("beta**t", "beta ** (t - 1)"),
    cause="The exponent is one too small: t counts from 1.",
    hint="After one step a tenth has arrived, not nothing.",
)

share.mistake(
    "one_step_late",
    ("beta**t", "beta ** (t + 1)"),
    cause="The exponent is one too large: t counts from 1.",
    hint="After one step with β = 0.9 a tenth has arrived.",
)

share.mistake(
    "turned_over",
    ("1 - beta**t", "1 / (1 - beta**t)"),
    cause="This is the correction, one divided by the share.",
    hint="A share lies between 0 and 1.",
)

share.mistake(
    "last_gradient_only",
    ("1 - beta**t", "(1 - beta) * beta ** (t - 1)"),
    cause="This is what the oldest gradient still counts, not all gradients together.",
    hint="What do the weights of all t gradients add up to?",
)

share.mistake(
    "newest_left_out",
    ("1 - beta**t", "beta * (1 - beta**t)"),
    cause="The powers are counted from 1 to t in the place of 0 to t - 1, so the newest gradient is missing from the sum.",
    hint="The newest gradient enters with 1 - beta, which is (1 - beta) times beta to the power of 0.",
)


rmsprop = exercise("update_parameters_with_rmsprop")

@rmsprop.right("loops")
def update_parameters_with_rmsprop(parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8):
    for name in parameters:
        value, square = parameters[name].copy(), s["d" + name].copy()
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                g = grads["d" + name][i, j]
                square[i, j] = beta2 * square[i, j] + (1 - beta2) * g * g
                value[i, j] -= learning_rate * g / (square[i, j] ** 0.5 + epsilon)
        parameters[name], s["d" + name] = value, square
    return parameters, s

@rmsprop.right("vectorized")
def update_parameters_with_rmsprop(parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8):
    s = {key: beta2 * old + (1 - beta2) * np.square(grads[key]) for key, old in s.items()}
    moved = {n: p - learning_rate * grads["d" + n] / (s["d" + n] ** 0.5 + epsilon) for n, p in parameters.items()}
    return moved, s

@rmsprop.right("layer_by_layer")
def update_parameters_with_rmsprop(parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        s["dW" + str(l)] = beta2 * s["dW" + str(l)] + (1 - beta2) * np.power(grads["dW" + str(l)], 2)
        s["db" + str(l)] = beta2 * s["db" + str(l)] + (1 - beta2) * np.power(grads["db" + str(l)], 2)
        parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)] / (np.sqrt(s["dW" + str(l)]) + epsilon)
        parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)] / (np.sqrt(s["db" + str(l)]) + epsilon)
    return parameters, s

@rmsprop.right("inside_the_root")
def update_parameters_with_rmsprop(parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8):
    for name in parameters:
        key = "d" + name
        s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        parameters[name] = parameters[name] - learning_rate * grads[key] / np.sqrt(s[key] + epsilon)
    return parameters, s

@rmsprop.right("float32")
def update_parameters_with_rmsprop(parameters, grads, s, learning_rate=0.01, beta2=0.9, epsilon=1e-8):
    small = np.float32
    grads = {k: grads[k].astype(small) for k in s}
    s = {k: small(beta2) * s[k].astype(small) + small(1 - beta2) * grads[k] ** 2 for k in s}
    moved = {}
    for name, value in parameters.items():
        root = np.sqrt(s["d" + name]) + small(epsilon)
        moved[name] = value.astype(small) - small(learning_rate) * grads["d" + name] / root
    return moved, s

rmsprop.mistake(
    "square_forgotten",
    ("(1 - beta2) * grad**2", "(1 - beta2) * np.abs(grad)"),
    cause="The average is taken over the sizes of the gradients, not over their squares.",
    hint="A root is taken later. Of what?",
)

rmsprop.mistake(
    "plain_gradient_averaged",
    ("(1 - beta2) * grad**2", "(1 - beta2) * grad"),
    cause="The average is taken over the gradient itself: the square is missing.",
    hint="Can your s be negative? Then its root does not exist.",
)

rmsprop.mistake(
    "root_forgotten",
    ('np.sqrt(squares["d" + name])', 'squares["d" + name]'),
    cause="The step was divided by the average of the squares; the root is missing.",
    hint="If all gradients are 100 times as large, a step should stay the same. Does yours?",
)

rmsprop.mistake(
    "shares_exchanged",
    ('beta2 * s["d" + name] + (1 - beta2) * grad', '(1 - beta2) * s["d" + name] + beta2 * grad'),
    cause="The two shares are exchanged: the new square counts β₂ and the past 1 − β₂.",
    hint="Which of the two parts is the past?",
)

rmsprop.mistake(
    "new_share_forgotten",
    ("(1 - beta2) * grad", "grad"),
    cause="The square is added whole: the factor 1 − β₂ is missing.",
    hint="The two shares of an average add up to 1.",
)

rmsprop.mistake(
    "past_not_shrunk",
    ('beta2 * s["d" + name] + (1 - beta2) * grad', 's["d" + name] + grad'),
    cause="The squares are added up and never fade. That is AdaGrad, the forerunner.",
    hint="Where is β₂ in your line?",
)

rmsprop.mistake(
    "old_average_in_the_step",
    ('np.sqrt(squares["d" + name])', 'np.sqrt(s["d" + name])'),
    cause="The step was divided by the average from before, which does not know the new gradient.",
    hint="From an average of zero your first step is enormous.",
)

rmsprop.mistake(
    "average_not_kept",
    ("return stepped, squares", "return stepped, s"),
    cause="The old average came back: nothing is remembered for the next step.",
    hint="Call it twice in a row, and print s in between.",
)

rmsprop.mistake(
    "corrected",
    ('np.sqrt(squares["d" + name])', 'np.sqrt(squares["d" + name] / (1 - beta2))'),
    cause="The average was divided by 1 − β₂ before the root. There is no bias correction in RMSprop.",
    hint="Compare your step with the formula: what stands below the fraction bar?",
)

rmsprop.mistake(
    "epsilon_forgotten",
    (") + epsilon)", "))"),
    cause="ε is missing.",
    hint="What does your step do where every gradient so far was 0?",
)

rmsprop.mistake(
    "epsilon_in_the_numerator",
    ("grad / (np.sqrt(squares[\"d\" + name]) + epsilon)", "grad / np.sqrt(squares[\"d\" + name]) + epsilon"),
    cause="ε stands outside the fraction: brackets around what is below are missing.",
    hint="Division binds more tightly than addition.",
)

rmsprop.mistake(
    "matrix_norm",
    ('np.sqrt(squares["d" + name])', 'np.sqrt(np.mean(squares["d" + name]))'),
    cause="One mean was taken for the whole array. Each entry has an average of its own.",
    hint="All operations go entry by entry. What is the shape of what you divide by?",
)

rmsprop.mistake(
    "uphill",
    ("parameters[name] - ", "parameters[name] + "),
    cause="The step goes uphill.",
    hint="The gradient points to where the cost grows.",
)

rmsprop.mistake(
    "beta_of_adam",
    ("        grad = ", "        beta2 = 0.999 if beta2 == 0.9 else beta2\n        grad = "),
    cause="Without an argument β₂ is 0.999, as in Adam; the contract says 0.9.",
    hint="Look at the value behind beta2 in the first line of the function.",
)

rmsprop.mistake(
    "bias_gradient_not_squared",
    ("* grad**2", "* (grad if name[0] == \"b\" else grad**2)"),
    cause="The gradient of the biases is not squared in their average.",
    hint="Both averages are of squares. Are the two lines the same but for the letter?",
)

rmsprop.mistake(
    "weight_gradient_not_squared",
    ("* grad**2", "* (grad if name[0] == \"W\" else grad**2)"),
    cause="The gradient of the weights is not squared in their average.",
    hint="Both averages are of squares. Are the two lines the same but for the letter?",
)


both = exercise("initialize_adam")

@both.right("loops")
def initialize_adam(parameters):
    result = []
    for _ in range(2):
        zeros = {}
        for name, value in parameters.items():
            zeros["d" + name] = np.array([[0.0 for _ in row] for row in value])
        result.append(zeros)
    return tuple(result)

@both.right("vectorized")
def initialize_adam(parameters):
    return tuple({f"d{name}": np.zeros_like(value) for name, value in parameters.items()} for _ in "vs")

@both.right("from_the_velocity")
def initialize_adam(parameters):
    return initialize_velocity(parameters), initialize_velocity(parameters)

@both.right("course2017")
def initialize_adam(parameters) :
    L = len(parameters) // 2 # number of layers in the neural networks
    v = {}
    s = {}
    for l in range(L):
        v["dW" + str(l+1)] = np.zeros(parameters["W" + str(l+1)].shape)
        v["db" + str(l+1)] = np.zeros(parameters["b" + str(l+1)].shape)
        s["dW" + str(l+1)] = np.zeros(parameters["W" + str(l+1)].shape)
        s["db" + str(l+1)] = np.zeros(parameters["b" + str(l+1)].shape)
    return v, s

@both.right("course2021")
def initialize_adam(parameters) :
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        v["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
        s["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        s["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return v, s

both.mistake(
    "one_dictionary_twice",
    ("v, s = {}, {}", "v = s = {}"),
    cause="v and s are one and the same dictionary: what goes into one is seen in the other.",
    hint="Put something into v, and print s.",
)

both.mistake(
    "one_array_twice",
    ('s["d" + name] = np.zeros(parameters[name].shape)', 's["d" + name] = v["d" + name]'),
    cause="v and s hold the same arrays: adding to one changes the other.",
    hint="Add 1 to v['dW1'] in place, and print s['dW1'].",
)

both.mistake(
    "only_one",
    ("return v, s", "return v"),
    cause="Only v came back.",
    hint="Adam keeps two averages for every parameter.",
)

both.mistake(
    "keys_of_the_parameters",
    ('v["d" + name]', "v[name]"),
    ('s["d" + name]', "s[name]"),
    cause="The averages stand under the names of the parameters, without the d.",
    hint="Print the keys beside those of grads.",
)

both.mistake(
    "squares_start_at_one",
    ('s["d" + name] = np.zeros', 's["d" + name] = np.ones'),
    cause="The averaged squares start at one.",
    hint="The correction is made for averages that start at zero.",
)

both.mistake(
    "in_one_dictionary",
    ("return v, s", 'return {"v": v, "s": s}'),
    cause="One dictionary with both came back where a pair is asked for.",
    hint="Look at the last line: return v, s.",
)

both.mistake(
    "squares_without_biases",
    ('        s["d" + name] = ', '        if name[0] == "W": s["d" + name] = '),
    cause="The biases have no averaged square.",
    hint="Print the keys of v and of s.",
)

both.equivalent("return (v, s)", "return (s, v)", reason="both are zeros, and the two share nothing.")


adam = exercise("update_parameters_with_adam")

@adam.right("loops")
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    for name in parameters:
        key = "d" + name
        value, mean, square = parameters[name].copy(), v[key].copy(), s[key].copy()
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                g = grads[key][i, j]
                mean[i, j] = beta1 * mean[i, j] + (1 - beta1) * g
                square[i, j] = beta2 * square[i, j] + (1 - beta2) * g * g
                up, down = mean[i, j] / (1 - beta1**t), (square[i, j] / (1 - beta2**t)) ** 0.5
                value[i, j] -= learning_rate * up / (down + epsilon)
        parameters[name], v[key], s[key] = value, mean, square
    return parameters, v, s

@adam.right("vectorized")
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in v}
    s = {key: beta2 * s[key] + (1 - beta2) * np.square(grads[key]) for key in s}
    root = {key: np.sqrt(s[key] / velocity_share(beta2, t)) + epsilon for key in s}
    rate = learning_rate / velocity_share(beta1, t)
    return {n: p - rate * v["d" + n] / root["d" + n] for n, p in parameters.items()}, v, s

@adam.right("course2017")
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate = 0.01,
                                beta1 = 0.9, beta2 = 0.999,  epsilon = 1e-8):
    L = len(parameters) // 2                 # number of layers in the neural networks
    v_corrected = {}                         # Initializing first moment estimate, python dictionary
    s_corrected = {}                         # Initializing second moment estimate, python dictionary
    for l in range(L):
        v["dW" + str(l+1)] = beta1 * v["dW" + str(l+1)] + (1-beta1) * grads['dW' + str(l+1)]
        v["db" + str(l+1)] = beta1 * v["db" + str(l+1)] + (1-beta1) * grads['db' + str(l+1)]
        v_corrected["dW" + str(l+1)] = v["dW" + str(l+1)] / (1 - np.power(beta1, t))
        v_corrected["db" + str(l+1)] = v["db" + str(l+1)] / (1 - np.power(beta1, t))
        s["dW" + str(l+1)] = beta2 * s["dW" + str(l+1)] + (1-beta2) * np.power(grads['dW' + str(l+1)], 2)
        s["db" + str(l+1)] = beta2 * s["db" + str(l+1)] + (1-beta2) * np.power(grads['db' + str(l+1)], 2)
        s_corrected["dW" + str(l+1)] = s["dW" + str(l+1)] / (1 - np.power(beta2, t))
        s_corrected["db" + str(l+1)] = s["db" + str(l+1)] / (1 - np.power(beta2, t))
        parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * (v_corrected["dW" + str(l+1)] / (np.sqrt(s_corrected["dW" + str(l+1)]) + epsilon))
        parameters["b" + str(l+1)] = parameters["b" + str(l+1)] - learning_rate * (v_corrected["db" + str(l+1)] / (np.sqrt(s_corrected["db" + str(l+1)]) + epsilon))
    return parameters, v, s

@adam.right("course2017_inside")
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate = 0.01,
                                beta1 = 0.9, beta2 = 0.999,  epsilon = 1e-8):
    v_corrected, s_corrected = {}, {}
    for name in parameters:
        key = "d" + name
        v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected[key] = v[key] / (1 - beta1 ** t)
        s_corrected[key] = s[key] / (1 - beta2 ** t)
        parameters[name] = parameters[name] - learning_rate * v_corrected[key] / np.sqrt(s_corrected[key] + epsilon)
    return parameters, v, s

@adam.right("course2021")
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate = 0.01,
                                beta1 = 0.9, beta2 = 0.999,  epsilon = 1e-8):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = beta1 * v["dW" + str(l)] + (1 - beta1) * grads['dW' + str(l)]
        v["db" + str(l)] = beta1 * v["db" + str(l)] + (1 - beta1) * grads['db' + str(l)]
        v_corrected["dW" + str(l)] = v["dW" + str(l)] / (1 - beta1 ** t)
        v_corrected["db" + str(l)] = v["db" + str(l)] / (1 - beta1 ** t)
        s["dW" + str(l)] = beta2 * s["dW" + str(l)] + (1 - beta2) * grads['dW' + str(l)] ** 2
        s["db" + str(l)] = beta2 * s["db" + str(l)] + (1 - beta2) * grads['db' + str(l)] ** 2
        s_corrected["dW" + str(l)] = s["dW" + str(l)] / (1 - beta2 ** t)
        s_corrected["db" + str(l)] = s["db" + str(l)] / (1 - beta2 ** t)
        parameters["W" + str(l)] -= learning_rate * v_corrected["dW" + str(l)] / (np.sqrt(s_corrected["dW" + str(l)]) + epsilon)
        parameters["b" + str(l)] -= learning_rate * v_corrected["db" + str(l)] / (np.sqrt(s_corrected["db" + str(l)]) + epsilon)
    return parameters, v, s, v_corrected, s_corrected

@adam.right("course2021_inside")
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate = 0.01,
                                beta1 = 0.9, beta2 = 0.999,  epsilon = 1e-8):
    v_corrected, s_corrected = {}, {}
    for name in parameters:
        key = "d" + name
        v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected[key] = v[key] / (1 - beta1 ** t)
        s_corrected[key] = s[key] / (1 - beta2 ** t)
        parameters[name] = parameters[name] - learning_rate * v_corrected[key] / np.sqrt(s_corrected[key] + epsilon)
    return parameters, v, s, v_corrected, s_corrected

@adam.right("float32")
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    small = np.float32
    grads = {key: grads[key].astype(small) for key in v}
    v = {key: small(beta1) * v[key].astype(small) + small(1 - beta1) * grads[key] for key in v}
    s = {key: small(beta2) * s[key].astype(small) + small(1 - beta2) * grads[key] ** 2 for key in s}
    up, down = small(1 - beta1**t), small(1 - beta2**t)
    moved = {}
    for name, value in parameters.items():
        step = v["d" + name] / up / (np.sqrt(s["d" + name] / down) + small(epsilon))
        moved[name] = value.astype(small) - small(learning_rate) * step
    return moved, v, s

adam.mistake(
    "corrections_forgotten",
    (" / (1 - beta1**t)", ""),
    (" / (1 - beta2**t)", ""),
    cause="Neither average was corrected.",
    hint="At step 1, from zero, every entry should move by the learning rate.",
)

adam.mistake(
    "first_correction_forgotten",
    (" / (1 - beta1**t)", ""),
    cause="v was not corrected.",
    hint="At step 1, from zero, every entry should move by the learning rate. How far does yours?",
)

adam.mistake(
    "second_correction_forgotten",
    (" / (1 - beta2**t)", ""),
    cause="s was not corrected.",
    hint="At step 1, from zero, every entry should move by the learning rate. How far does yours?",
)

adam.mistake(
    "t_less_one",
    ("1 - beta1**t", "1 - beta1 ** (t - 1)"),
    ("1 - beta2**t", "1 - beta2 ** (t - 1)"),
    cause="The exponent is t − 1; but t counts from 1, and the first correction is 1 − β.",
    hint="At t = 1 your function divides by zero.",
)

adam.mistake(
    "t_plus_one",
    ("1 - beta1**t", "1 - beta1 ** (t + 1)"),
    ("1 - beta2**t", "1 - beta2 ** (t + 1)"),
    cause="The exponent is t + 1; but t counts from 1 already.",
    hint="At step 1, from zero, every entry should move by the learning rate.",
)

adam.mistake(
    "t_always_two",
    ("1 - beta1**t", "1 - beta1**2"),
    ("1 - beta2**t", "1 - beta2**2"),
    cause="The exponent is always 2; the argument t is not used. It is right at step 2 only.",
    hint="Look for a number that should be a name.",
)

adam.mistake(
    "t_always_one",
    ("1 - beta1**t", "1 - beta1"),
    ("1 - beta2**t", "1 - beta2"),
    cause="The corrections do not know t: they divide by 1 − β at every step. It is right at step 1 only.",
    hint="What share has arrived after 20 steps? After that many, hardly a correction is due.",
)

adam.mistake(
    "times_for_power",
    ("1 - beta1**t", "1 - beta1 * t"),
    ("1 - beta2**t", "1 - beta2 * t"),
    cause="β is multiplied by t where its power is due.",
    hint="You have found the share yourself: how does the missing part change in one step?",
)

adam.mistake(
    "betas_exchanged",
    ("beta1 * v[key] + (1 - beta1)", "beta2 * v[key] + (1 - beta2)"),
    ("beta2 * s[key] + (1 - beta2)", "beta1 * s[key] + (1 - beta1)"),
    ("1 - beta1**t", "1 - beta2**t"),
    ("s_corrected = new_s[key] / (1 - beta2**t)", "s_corrected = new_s[key] / (1 - beta1**t)"),
    cause="β₁ and β₂ have changed places.",
    hint="β₁ belongs to the gradient, β₂ to its square.",
)

adam.mistake(
    "one_beta_in_both_corrections",
    ("new_s[key] / (1 - beta2**t)", "new_s[key] / (1 - beta1**t)"),
    cause="s was corrected with β₁.",
    hint="Each average is corrected with the β that it was made with.",
)

adam.mistake(
    "square_forgotten",
    ("grads[key] ** 2", "np.abs(grads[key])"),
    cause="s averages the sizes of the gradients, not their squares.",
    hint="A root is taken later. Of what?",
)

adam.mistake(
    "plain_gradient_in_s",
    ("grads[key] ** 2", "grads[key]"),
    cause="s averages the gradient itself: the square is missing.",
    hint="Can your s be negative? Then its root does not exist.",
)

adam.mistake(
    "average_squared",
    ("grads[key] ** 2", "new_v[key] ** 2"),
    cause="s averages the squares of v, not of the gradient.",
    hint="Both averages are made from the gradient of this step.",
)

adam.mistake(
    "root_forgotten",
    ("np.sqrt(s_corrected)", "s_corrected"),
    cause="The step was divided by the average of the squares; the root is missing.",
    hint="If all gradients are 100 times as large, a step should stay the same. Does yours?",
)

adam.mistake(
    "corrected_averages_kept",
    ("return stepped, new_v, new_s", "return stepped, {key: new_v[key] / (1 - beta1**t) for key in new_v}, {key: new_s[key] / (1 - beta2**t) for key in new_s}"),
    cause="The corrected averages came back as v and s: at the next step they would be corrected again, and grow.",
    hint="The corrections are for this step only. Which averages are remembered?",
)

adam.mistake(
    "uncorrected_v_in_the_step",
    ("learning_rate * v_corrected", "learning_rate * grads[key]"),
    cause="The step goes along the gradient; its average is computed and not used. That is RMSprop.",
    hint="What stands above the fraction bar in the formula?",
)

adam.mistake(
    "old_averages_corrected",
    ("v_corrected = new_v[key]", "v_corrected = v[key]"),
    ("s_corrected = new_s[key]", "s_corrected = s[key]"),
    cause="The averages from before were corrected; they do not know the new gradient.",
    hint="From zero, your first step is 0 / 0.",
)

adam.mistake(
    "epsilon_forgotten",
    (" + epsilon", ""),
    cause="ε is missing.",
    hint="What does your step do where every gradient so far was 0?",
)

adam.mistake(
    "epsilon_outside_the_fraction",
    ("v_corrected / (np.sqrt(s_corrected) + epsilon)", "v_corrected / np.sqrt(s_corrected) + epsilon"),
    cause="ε stands outside the fraction: brackets around what is below are missing.",
    hint="Division binds more tightly than addition.",
)

adam.mistake(
    "epsilon_before_the_correction",
    ("np.sqrt(s_corrected) + epsilon", "(np.sqrt(new_s[key]) + epsilon) / np.sqrt(1 - beta2**t)"),
    cause="ε was added before the correction, and is then corrected as well. At a large ε that shows.",
    hint="First correct s and take its root, then add ε.",
)

adam.mistake(
    "shares_exchanged",
    ("beta1 * v[key] + (1 - beta1)", "(1 - beta1) * v[key] + beta1"),
    ("beta2 * s[key] + (1 - beta2)", "(1 - beta2) * s[key] + beta2"),
    cause="In both averages the shares are exchanged: the past counts 1 − β.",
    hint="Which of the two parts is the past, and how much should it count?",
)

adam.mistake(
    "past_forgotten",
    ("beta1 * v[key] + ", ""),
    ("beta2 * s[key] + ", ""),
    cause="The old averages are not used: nothing is remembered.",
    hint="What do v and s remember in your lines?",
)

adam.mistake(
    "old_averages_returned",
    ("return stepped, new_v, new_s", "return stepped, v, s"),
    cause="The old averages came back: nothing is remembered for the next step.",
    hint="Call it twice in a row, and print v in between.",
)

adam.mistake(
    "uphill",
    ("parameters[name] - ", "parameters[name] + "),
    cause="The step goes uphill.",
    hint="The gradient points to where the cost grows.",
)

adam.mistake(
    "learning_rate_forgotten",
    ("learning_rate * v_corrected", "v_corrected"),
    cause="The learning rate is not used.",
    hint="Call it with learning_rate=0. Should anything change?",
)

@adam.mistake(
    "corrected_five",
    cause="The corrected averages were written into v and s, and come back twice: at the next step they would be corrected again.",
    hint="v_corrected has to be a dictionary of its own, not another name for v.",
)
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v_corrected, s_corrected = v, s
    for name in parameters:
        key = "d" + name
        v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected[key] = v[key] / (1 - beta1**t)
        s_corrected[key] = s[key] / (1 - beta2**t)
        parameters[name] = parameters[name] - learning_rate * v_corrected[key] / (np.sqrt(s_corrected[key]) + epsilon)
    return parameters, v, s, v_corrected, s_corrected

@adam.mistake(
    "last_layer_stays",
    cause="The loop ends one layer early: the last layer takes no step.",
    hint="range leaves out its end. Which is the last l of your loop for three layers?",
)
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    for l in range(1, len(parameters) // 2):
        for letter in "Wb":
            key = "d" + letter + str(l)
            v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
            s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
            step = v[key] / (1 - beta1**t) / (np.sqrt(s[key] / (1 - beta2**t)) + epsilon)
            parameters[letter + str(l)] = parameters[letter + str(l)] - learning_rate * step
    return parameters, v, s


smooth = exercise("update_lr")

@smooth.right("course")
def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = (1 / (1 + decay_rate * epoch_num)) * learning_rate0
    return learning_rate

@smooth.right("vectorized")
def update_lr(learning_rate0, epoch_num, decay_rate):
    return np.divide(learning_rate0, np.add(1, np.multiply(decay_rate, epoch_num)))

@smooth.right("loops")
def update_lr(learning_rate0, epoch_num, decay_rate):
    below = 1.0
    for _ in range(epoch_num):
        below += decay_rate
    return learning_rate0 / below

smooth.mistake(
    "brackets_forgotten",
    ("/ (1 + decay_rate * epoch_num)", "/ 1 + decay_rate * epoch_num"),
    cause="The rate is the first one plus decay rate times epoch: the brackets around what is below the fraction bar are missing, or the division is.",
    hint="Your rate grows. Division binds more tightly than addition.",
)

smooth.mistake(
    "multiplied",
    ("learning_rate0 / (", "learning_rate0 * ("),
    cause="The rate was multiplied where it should be divided: it grows.",
    hint="Print the rates of epochs 0, 1 and 2.",
)

smooth.mistake(
    "power",
    ("learning_rate0 / (1 + decay_rate * epoch_num)", "learning_rate0 * decay_rate**epoch_num"),
    cause="This is exponential decay, a power of the decay rate. The formula asked for is a fraction.",
    hint="At decay rate 1 your rate never falls.",
)

smooth.mistake(
    "falls_as_e_to_the",
    ("learning_rate0 / (1 + decay_rate * epoch_num)", "learning_rate0 * np.exp(-decay_rate * epoch_num)"),
    cause="This is exponential decay. The formula asked for is a fraction.",
    hint="With decay rate 1, epoch 1 has half the rate.",
)

smooth.mistake(
    "one_forgotten",
    ("(1 + decay_rate * epoch_num)", "(decay_rate * epoch_num)"),
    cause="The 1 below the fraction bar is missing.",
    hint="What is the rate in epoch 0?",
)

smooth.mistake(
    "first_rate_forgotten",
    ("learning_rate0 / ", "1 / "),
    cause="The factor came back alone; the first rate is not used.",
    hint="In epoch 0 it should be learning_rate0.",
)

smooth.mistake(
    "epochs_from_one",
    ("decay_rate * epoch_num", "decay_rate * (epoch_num + 1)"),
    cause="The epoch was counted one too high: epoch 0 has the full rate.",
    hint="What is the rate in epoch 0?",
)

smooth.mistake(
    "whole_numbers",
    ("learning_rate0 / (", "learning_rate0 // ("),
    cause="The quotient is rounded down to a whole number, as // does it.",
    hint="One stroke divides.",
)


stairs = exercise("schedule_lr_decay")

@stairs.right("course")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    learning_rate = (1 / (1 + decay_rate * np.floor(epoch_num / time_interval))) * learning_rate0
    return learning_rate

@stairs.right("whole_division")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))

@stairs.right("through_update_lr")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, int(epoch_num / time_interval), decay_rate)

@stairs.right("loops")
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    below = 1.0
    while epoch_num >= time_interval:
        epoch_num -= time_interval
        below += decay_rate
    return learning_rate0 / below

stairs.mistake(
    "without_stairs",
    ("np.floor(epoch_num / time_interval)", "(epoch_num / time_interval)"),
    cause="The fraction was not rounded down: the rate falls smoothly.",
    hint="Print the rates of epochs 0 and 1. Both are on the first stair.",
)

stairs.mistake(
    "rounded_up",
    ("np.floor", "np.ceil"),
    cause="The fraction was rounded up, so only epoch 0 has the full rate.",
    hint="Which epochs are on the first stair?",
)

stairs.mistake(
    "rounded_to_the_nearest",
    ("np.floor", "np.round"),
    cause="The fraction was rounded to the nearest number: the stairs begin half a width early.",
    hint="Is the last epoch of the first stair still on it?",
)

stairs.mistake(
    "rounded_too_late",
    ("decay_rate * np.floor(epoch_num / time_interval)", "np.floor(decay_rate * epoch_num / time_interval)"),
    cause="The product was rounded down, not the number of stairs.",
    hint="First count the whole stairs. Only then multiply.",
)

stairs.mistake(
    "width_forgotten",
    ("np.floor(epoch_num / time_interval)", "np.floor(epoch_num)"),
    cause="The width of the stairs is not used.",
    hint="Which argument says how many epochs one stair holds?",
)

stairs.mistake(
    "width_fixed",
    ("epoch_num / time_interval", "epoch_num / 1000"),
    cause="The stairs are always 1000 epochs wide; the argument is not used.",
    hint="1000 is only what is taken when no width is given.",
)

stairs.mistake(
    "rest_for_quotient",
    ("np.floor(epoch_num / time_interval)", "(epoch_num % time_interval)"),
    cause="% gives the rest of the division, the place within the stair, not the number of stairs behind.",
    hint="Print it for epochs 99, 100 and 101 with stairs of 100.",
)

stairs.mistake(
    "halved_at_each_stair",
    ("/ (1 + decay_rate * np.floor(epoch_num / time_interval))", "/ (1 + decay_rate) ** np.floor(epoch_num / time_interval)"),
    cause="The rate is divided by 1 + r at every stair. In the formula r is multiplied by the number of stairs.",
    hint="On which stair do the two formulas differ first?",
)

stairs.mistake(
    "first_rate_forgotten",
    ("learning_rate0 / ", "1 / "),
    cause="The factor came back alone; the first rate is not used.",
    hint="On the first stair it should be learning_rate0.",
)


@batches.accept
def another_shuffle(inputs, received):
    """The same batches by another shuffle: every column once, beside its label, really shuffled."""
    X, Y = inputs["X"], inputs["Y"]
    m, size, seed = X.shape[1], int(inputs.get("mini_batch_size", 64)), int(inputs.get("seed", 0))
    count = -(-m // size)
    orders = [order_of(X, received[k : k + count]) for k in range(0, len(received), count)]
    for order in orders:
        look_at(order, size, seed)
    if any((order != orders[0]).any() for order in orders):
        raise ValueError("two calls with the same seed gave different batches. Is the argument seed used?")
    cuts = np.arange(size, m, size)
    return [(X[:, chosen], Y[:, chosen]) for order in orders for chosen in np.split(order, cuts)]


def order_of(X, batches):
    """Which column of X each column of the batches is."""
    came = np.concatenate([x for x, _ in batches], axis=1).astype(float)
    order = np.abs(came[:, :, np.newaxis] - X[:, np.newaxis, :]).sum(axis=0).argmin(axis=1)
    often = np.bincount(order, minlength=X.shape[1])
    if (often != 1).any():
        which = (often != 1).argmax()
        raise ValueError(f"column {which} of X is in the batches {often[which]} times; every example belongs into one.")
    return order


def look_at(order, size, seed):
    """Raises where columns that are so many cannot have been shuffled so, or only once in a million times."""
    m = len(order)
    if (order == np.arange(m)).all():
        raise ValueError("the examples are in their old order: nothing was shuffled.")
    if np.mean(np.abs(np.diff(order)) == 1) > 0.5:
        raise ValueError("most examples still stand beside their old neighbours.")
    if 1 < size < m and set(order[:size]) == set(range(size)):
        raise ValueError(f"the first batch holds just the first {size} examples of X. Shuffle first, then cut.")
    if seed != 0 and (order == np.random.RandomState(0).permutation(m)).all():
        raise ValueError(f"these are the batches of seed 0, but the seed was {seed}.")


INSIDE = "Your ε stands inside the root. At 1e-8 nobody sees it."

CORRECTED = "The corrected averages come back as well, as in the course of 2021."


@rmsprop.forms
def rmsprop_forms(inputs, expected):
    """ε inside the root."""
    parameters, s = expected
    epsilon = inputs.get("epsilon", 1e-8)
    yield INSIDE, (with_epsilon_inside(inputs["parameters"], parameters, s, epsilon), s)


@adam.forms
def adam_forms(inputs, expected):
    """Five values, ε inside the root, or both."""
    parameters, v, s = expected
    t, epsilon = int(inputs["t"]), inputs.get("epsilon", 1e-8)
    v_corrected = {key: value / (1 - inputs.get("beta1", 0.9) ** t) for key, value in v.items()}
    s_corrected = {key: value / (1 - inputs.get("beta2", 0.999) ** t) for key, value in s.items()}
    inside = with_epsilon_inside(inputs["parameters"], parameters, s_corrected, epsilon)
    yield CORRECTED, (parameters, v, s, v_corrected, s_corrected)
    yield INSIDE, (inside, v, s)
    yield f"{CORRECTED} {INSIDE}", (inside, v, s, v_corrected, s_corrected)


def with_epsilon_inside(before, after, squares, epsilon):
    """The parameters after the same step, divided by the root of the squares and ε together."""
    moved = {}
    for name, value in after.items():
        square = squares["d" + name]
        with np.errstate(all="ignore"):  # of a mistake's answer the squares may be negative
            longer = (np.sqrt(square) + epsilon) / np.sqrt(square + epsilon)
        moved[name] = before[name] + (value - before[name]) * longer
    return moved
