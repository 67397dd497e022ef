"""Answers that people give to the exercises of initialization.py: read, never imported (see CONTRIBUTING.md)."""


zeros = exercise("initialize_parameters_zeros")

@zeros.right("loops")
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        rows = []
        for i in range(layers_dims[l]):
            rows.append([0.0] * layers_dims[l - 1])
        parameters['W' + str(l)] = np.array(rows)
        parameters['b' + str(l)] = np.array([[0.0]] * layers_dims[l])
    return parameters

@zeros.right("vectorized")
def initialize_parameters_zeros(layers_dims):
    pairs = list(enumerate(zip(layers_dims[1:], layers_dims[:-1]), start=1))
    weights = {f"W{l}": np.zeros(shape) for l, shape in pairs}
    return weights | {f"b{l}": np.zeros((n, 1)) for l, (n, _) in pairs}

@zeros.right("einsum")
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
        parameters[f"W{l}"] = np.einsum("i,j->ij", np.zeros(n), np.zeros(n_prev))
        parameters[f"b{l}"] = np.zeros(n)[:, np.newaxis]
    return parameters

@zeros.right("integers")
def initialize_parameters_zeros(layers_dims):
    parameters = dict()
    for l in range(len(layers_dims) - 1):
        parameters[f"W{l + 1}"] = np.zeros([layers_dims[l + 1], layers_dims[l]], dtype=int)
        parameters[f"b{l + 1}"] = np.zeros([layers_dims[l + 1], 1], dtype=int)
    return parameters

zeros.mistake(
    "rows_and_columns_exchanged",
    ("np.zeros((layers_dims[l], layers_dims[l - 1]))", "np.zeros((layers_dims[l - 1], layers_dims[l]))"),
    cause="Each W has its rows and columns exchanged: the size of the layer before was put first.",
    hint="W has one row for each unit of its own layer. Print W1.shape for a list whose first two sizes differ.",
)

zeros.mistake(
    "last_layer_missing",
    ("range(1, len(layers_dims))", "range(1, len(layers_dims) - 1)"),
    cause="The loop ends one layer early, so the last layer has no parameters.",
    hint="range already leaves out its end. How many layers with weights does a list of three sizes describe?",
)

zeros.mistake(
    "return_inside_loop",
    ("    return parameters", "        return parameters"),
    cause="Only layer 1 has parameters, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

zeros.mistake(
    "bias_flat",
    ("np.zeros((layers_dims[l], 1))", "np.zeros(layers_dims[l])"),
    cause="Each b is a flat array of shape (n_l,) where a column is asked for.",
    hint="A flat array is added along the rows of Z, not down its columns. What is the shape of b1?",
)

zeros.mistake(
    "bias_as_row",
    ("np.zeros((layers_dims[l], 1))", "np.zeros((1, layers_dims[l]))"),
    cause="Each b is a row of shape (1, n_l) where a column is asked for.",
    hint="Units run down the rows, examples along the columns. Which of the two does a bias belong to?",
)

zeros.mistake(
    "keys_from_zero",
    ('"W" + str(l)', '"W" + str(l - 1)'),
    ('"b" + str(l)', '"b" + str(l - 1)'),
    cause="The keys are numbered from 0; the first layer's parameters are called W0 and b0.",
    hint="Print the keys of the dictionary. The first layer with weights is layer 1.",
)

zeros.mistake(
    "ones",
    ("np.zeros((layers_dims[l], layers_dims[l - 1]))", "np.ones((layers_dims[l], layers_dims[l - 1]))"),
    cause="The weights start at one.",
    hint="Print W1.",
)

@zeros.mistake(
    "sizes_used_up",
    cause="The function takes the first size out of the caller's own list; a second call with that list makes another network.",
    hint="Print layers_dims before and after the call. Does any line change it?",
)
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    n_prev = layers_dims.pop(0)
    for l, n in enumerate(layers_dims, start=1):
        parameters[f"W{l}"] = np.zeros((n, n_prev))
        parameters[f"b{l}"] = np.zeros((n, 1))
        n_prev = n
    return parameters


large = exercise("initialize_parameters_random")

@large.right("loops")
def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        W = np.zeros((layers_dims[l], layers_dims[l - 1]))
        for i in range(layers_dims[l]):
            for j in range(layers_dims[l - 1]):
                W[i, j] = 10 * np.random.randn()
        parameters['W' + str(l)] = W
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

@large.right("vectorized")
def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    shapes = list(zip(layers_dims[1:], layers_dims[:-1]))
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    flat = np.split(10 * np.random.randn(ends[-1]), ends[:-1])
    parameters = {f"W{l}": part.reshape(shape) for l, (part, shape) in enumerate(zip(flat, shapes), 1)}
    parameters.update({f"b{l}": np.zeros((n, 1)) for l, n in enumerate(layers_dims[1:], 1)})
    return parameters

@large.right("einsum")
def initialize_parameters_random(layers_dims):
    rng = np.random.default_rng(2024)
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
        parameters[f"W{l}"] = np.einsum("ij,->ij", rng.standard_normal((n, n_prev)), 10.0)
        parameters[f"b{l}"] = np.einsum("i,->i", np.zeros(n), 0.0)[:, None]
    return parameters

@large.right("no_seed")
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.normal(0, 10, size=(layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

@large.right("float32")
def initialize_parameters_random(layers_dims):
    rng = np.random.default_rng()
    parameters = {}
    for l in range(1, len(layers_dims)):
        draw = rng.standard_normal((layers_dims[l], layers_dims[l - 1]), dtype=np.float32)
        parameters["W" + str(l)] = draw * np.float32(10)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1), dtype=np.float32)
    return parameters

large.mistake(
    "seed_inside_loop",
    ("    np.random.seed(3)\n", ""),
    ('        parameters["W" + str(l)]', '        np.random.seed(3)\n        parameters["W" + str(l)]'),
    cause="The seed is set again for every layer, so every W begins with the same numbers.",
    hint="Compare the first entries of W1 and W2. A seed starts the sequence over; how often should that happen?",
)

large.mistake(
    "rand_for_randn",
    ("np.random.randn(", "np.random.rand("),
    cause="The weights are drawn evenly, as np.random.rand does it, so none of them is negative.",
    hint="Print the mean of a large W1. It should be about 0.",
)

large.mistake(
    "even_draws",
    ("np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10", "np.random.uniform(-1, 1, (layers_dims[l], layers_dims[l - 1])) * 10"),
    cause="The weights are drawn evenly between -10 and 10, not from the normal distribution.",
    hint="Compare the standard deviation of a large W1 with 10, or look at a histogram.",
)

large.mistake(
    "even_draws_of_the_right_spread",
    ("np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10", "np.random.uniform(-1, 1, (layers_dims[l], layers_dims[l - 1])) * np.sqrt(3) * 10"),
    cause="The weights have the right standard deviation, but they are drawn evenly, not from the normal distribution.",
    hint="Look at a histogram of a large W1: is it a box or a bell?",
)

large.mistake(
    "factor_forgotten",
    (" * 10", ""),
    cause="The factor of 10 is missing: the weights have standard deviation 1.",
    hint="Print np.std of a large W1.",
)

large.mistake(
    "small_weights",
    (" * 10", " * 0.01"),
    cause="The weights are multiplied by 0.01, the habit from course 1; this exercise asks for large ones.",
    hint="Read the docstring once more for the standard deviation, and print np.std of a large W1.",
)

large.mistake(
    "shifted_for_scaled",
    (" * 10", " + 10"),
    cause="The 10 is added instead of multiplied: it moves all the weights instead of spreading them.",
    hint="Print the mean of a large W1. It should be about 0.",
)

large.mistake(
    "bias_random",
    ("np.zeros((layers_dims[l], 1))", "np.random.randn(layers_dims[l], 1) * 10"),
    cause="The biases are random too.",
    hint="Random weights are enough to make units differ. What does the docstring say about b?",
)

large.mistake(
    "one_draw_per_unit",
    ("np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10", "np.random.randn(layers_dims[l], 1) * np.full((1, layers_dims[l - 1]), 10)"),
    cause="Each unit draws one number and uses it for all of its inputs: the columns of W are copies of one another.",
    hint="Print W1. How many different numbers are in it?",
)

large.mistake(
    "one_row_for_all",
    ("np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10", "np.ones((layers_dims[l], 1)) * np.random.randn(1, layers_dims[l - 1]) * 10"),
    cause="One row is drawn and used for every unit: the rows of W are copies, and the symmetry is not broken.",
    hint="Print W1. Do two units of a layer differ?",
)

large.mistake(
    "rows_and_columns_exchanged",
    ("np.random.randn(layers_dims[l], layers_dims[l - 1])", "np.random.randn(layers_dims[l - 1], layers_dims[l])"),
    cause="Each W has its rows and columns exchanged: the size of the layer before was put first.",
    hint="W has one row for each unit of its own layer. Print W1.shape for a list whose first two sizes differ.",
)

large.equivalent("np.random.seed(3)", "pass", reason="without a seed the draw has the same distribution, which is all that counts.")

large.equivalent("np.random.seed(3)", "3", reason="without a seed the draw has the same distribution, which is all that counts.")

large.equivalent("np.random.seed(3)", "np.random.seed(4)", reason="another seed gives another draw from the same distribution.")

large.equivalent("np.random.seed(3)", "np.random.seed(2)", reason="another seed gives another draw from the same distribution.")


he = exercise("initialize_parameters_he")

@he.right("lists")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = W.tolist()
        parameters["b" + str(l)] = [[0.0]] * layers_dims[l]
    return parameters

@he.right("loops")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        spread = (2.0 / layers_dims[l - 1]) ** 0.5
        W = np.empty((layers_dims[l], layers_dims[l - 1]))
        for i in range(layers_dims[l]):
            for j in range(layers_dims[l - 1]):
                W[i, j] = spread * np.random.randn()
        parameters['W' + str(l)] = W
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

@he.right("vectorized")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    shapes = list(zip(layers_dims[1:], layers_dims[:-1]))
    counts = [rows * columns for rows, columns in shapes]
    spread = np.repeat(np.sqrt(2 / np.array(layers_dims[:-1])), counts)
    flat = np.split(spread * np.random.randn(sum(counts)), np.cumsum(counts)[:-1])
    parameters = {f"W{l}": part.reshape(shape) for l, (part, shape) in enumerate(zip(flat, shapes), 1)}
    parameters.update({f"b{l}": np.zeros((n, 1)) for l, n in enumerate(layers_dims[1:], 1)})
    return parameters

@he.right("einsum")
def initialize_parameters_he(layers_dims):
    rng = np.random.default_rng(2024)
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
        parameters[f"W{l}"] = np.einsum("ij,->ij", rng.standard_normal((n, n_prev)), np.sqrt(2 / n_prev))
        parameters[f"b{l}"] = np.zeros(n).reshape(-1, 1)
    return parameters

@he.right("course")
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1  # integer representing the number of layers
    for l in range(1, L + 1):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * np.sqrt(2./layers_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

@he.right("even_draws")
def initialize_parameters_he(layers_dims):
    rng = np.random.default_rng(7)
    parameters = {}
    for l in range(1, len(layers_dims)):
        edge = np.sqrt(6 / layers_dims[l - 1])
        parameters[f"W{l}"] = rng.uniform(-edge, edge, (layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters

@he.right("float32")
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = np.random.normal(scale=(2 / layers_dims[l - 1]) ** 0.5, size=(layers_dims[l], layers_dims[l - 1]))
        parameters[f"W{l}"] = W.astype(np.float32)
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1), np.float32)
    return parameters

he.mistake(
    "zeros_everywhere",
    (" * np.sqrt(2 / layers_dims[l - 1])", " * 0"),
    cause="Every weight is zero, so all units of a layer stay equal for ever.",
    hint="Print W1. Weights need random values, each layer with its own spread.",
)

he.mistake(
    "units_for_inputs",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[l])"),
    cause="The spread was computed from the number of units in the layer, not from the number of its inputs.",
    hint="A unit adds up one term for each of its inputs. Which entry of layers_dims counts those?",
)

he.mistake(
    "one_for_two",
    ("np.sqrt(2 / ", "np.sqrt(1 / "),
    cause="The spread is sqrt(1/n), which suits tanh; the 2 that makes up for ReLU's lost half is missing.",
    hint="Compare the variance of a large W1 with 2 / n.",
)

he.mistake(
    "both_sizes",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / (layers_dims[l] + layers_dims[l - 1]))"),
    cause="The spread is Glorot's sqrt(2 / (n_in + n_out)), made for tanh.",
    hint="He's rule knows one size only: the number of inputs of the layer.",
)

he.mistake(
    "root_forgotten",
    ("np.sqrt(2 / layers_dims[l - 1])", "(2 / layers_dims[l - 1])"),
    cause="The draws were multiplied by the variance 2/n; the root is missing.",
    hint="Multiplying a draw by c multiplies its variance by c squared. Which c makes the variance 2/n?",
)

he.mistake(
    "root_of_two_only",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2) / layers_dims[l - 1]"),
    cause="The root covers only the 2, not the n.",
    hint="Look at the brackets of np.sqrt.",
)

he.mistake(
    "divided_by_the_spread",
    (") * np.sqrt(2", ") / np.sqrt(2"),
    cause="The draws were divided by the spread instead of multiplied, so the weights grow with the number of inputs.",
    hint="More inputs need smaller weights. Compare np.std of W1 for 10 inputs and for 1000.",
)

he.mistake(
    "integer_division",
    ("np.sqrt(2 / layers_dims", "np.sqrt(2 // layers_dims"),
    cause="// divides whole numbers: 2 // n is 0 as soon as a layer has three inputs, and all its weights are zero.",
    hint="Print 2 // 3 and 2 / 3.",
)

he.mistake(
    "first_layer_for_all",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[0])"),
    cause="The number of inputs of the whole network was used for every layer.",
    hint="W1 is right, but the spread belongs to each layer. Who feeds layer 3?",
)

he.mistake(
    "one_layer_too_far_back",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[l - 2])"),
    cause="The spread was computed from the size two layers back; for layer 1 that index wraps round to the last layer.",
    hint="Print l - 2 for the first layer, and remember what a negative index means.",
)

he.mistake(
    "entries_for_inputs",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / (layers_dims[l] * layers_dims[l - 1]))"),
    cause="The 2 was divided by the number of entries of W instead of the number of inputs of one unit.",
    hint="Look at one unit alone: how many terms does it add up? The other units do not matter to it.",
)

he.mistake(
    "times_ten_kept",
    ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[l - 1]) * 10"),
    cause="The factor of 10 of the large random start is still there.",
    hint="Compare np.std of a large W1 with sqrt(2/n).",
)

he.mistake(
    "seed_inside_loop",
    ("    np.random.seed(3)\n", ""),
    ('        parameters["W" + str(l)]', '        np.random.seed(3)\n        parameters["W" + str(l)]'),
    cause="The seed is set again for every layer, so every W begins with the same draws.",
    hint="Divide W1 and W2 by their spreads and compare the first entries. How often should a seed be set?",
)

he.mistake(
    "rand_for_randn",
    ("np.random.randn(", "np.random.rand("),
    cause="The weights are drawn evenly, as np.random.rand does it, so none of them is negative.",
    hint="Print the mean of a large W1. It should be about 0.",
)

he.mistake(
    "bias_random",
    ("np.zeros((layers_dims[l], 1))", "np.random.randn(layers_dims[l], 1) * np.sqrt(2 / layers_dims[l - 1])"),
    cause="The biases are random too.",
    hint="Random weights are enough to make units differ. What does the docstring say about b?",
)

he.mistake(
    "return_inside_loop",
    ("    return parameters", "        return parameters"),
    cause="Only layer 1 has parameters, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

he.equivalent("np.random.seed(3)", "pass", reason="without a seed the draw has the same distribution, which is all that counts.")

he.equivalent("np.random.seed(3)", "3", reason="without a seed the draw has the same distribution, which is all that counts.")

he.equivalent("np.random.seed(3)", "np.random.seed(4)", reason="another seed gives another draw from the same distribution.")

he.equivalent("np.random.seed(3)", "np.random.seed(2)", reason="another seed gives another draw from the same distribution.")


variances = exercise("activation_variances")

@variances.right("loops")
def activation_variances(X, parameters):
    L = len(parameters) // 2
    A = X.tolist()
    result = np.zeros(L)
    for l in range(1, L + 1):
        W, b = parameters['W' + str(l)], parameters['b' + str(l)]
        A_next = []
        for i in range(W.shape[0]):
            row = []
            for k in range(X.shape[1]):
                z = b[i, 0]
                for j in range(W.shape[1]):
                    z += W[i, j] * A[j][k]
                row.append(z if z > 0 else 0.0)
            A_next.append(row)
        A = A_next
        entries = [a for row in A for a in row]
        mean = sum(entries) / len(entries)
        result[l - 1] = sum((a - mean) ** 2 for a in entries) / len(entries)
    return result

@variances.right("a_list")
def activation_variances(X, parameters):
    A, variances = X, []
    for l in range(1, len(parameters) // 2 + 1):
        A = np.maximum(parameters[f"W{l}"] @ A + parameters[f"b{l}"], 0)
        variances.append(A.var())
    return variances

@variances.right("vectorized")
def activation_variances(X, parameters):
    L = len(parameters) // 2
    A, variances = X, np.empty(L)
    for l in range(L):
        Z = np.dot(parameters[f"W{l + 1}"], A) + parameters[f"b{l + 1}"]
        A = Z * (Z > 0)
        variances[l] = np.mean(A**2) - np.mean(A) ** 2
    return variances

@variances.right("einsum")
def activation_variances(X, parameters):
    weights = [name for name in parameters if name.startswith("W")]
    A, variances = X, []
    for l in range(1, len(weights) + 1):
        Z = np.einsum("ij,jk->ik", parameters[f"W{l}"], A) + parameters[f"b{l}"]
        A = np.where(Z > 0, Z, 0)
        centred = A - A.mean()
        variances.append(np.einsum("ik,ik->", centred, centred) / A.size)
    return np.array(variances)

@variances.right("helpers")
def activation_variances(X, parameters):
    def through(A, l):
        return relu(parameters[f"W{l}"].dot(A) + parameters[f"b{l}"])

    activations = [X]
    while f"W{len(activations)}" in parameters:
        activations.append(through(activations[-1], len(activations)))
    return np.array([A.std() ** 2 for A in activations[1:]])

variances.mistake(
    "variance_before_relu",
    ("np.var(A)", "np.var(Z)"),
    cause="The variance of Z was taken, before ReLU.",
    hint="The activations are what leaves the layer. Which array is that?",
)

variances.mistake(
    "relu_left_out",
    ("np.maximum(Z, 0)", "Z"),
    cause="ReLU was left out: the network is linear.",
    hint="Can an activation be negative? Print A.min().",
)

variances.mistake(
    "last_layer_linear",
    ("np.maximum(Z, 0)", "np.maximum(Z, 0) if l < len(parameters) // 2 else Z"),
    cause="The last layer was left without ReLU, as in a classifier.",
    hint="Read the docstring: which layers are ReLU layers?",
)

variances.mistake(
    "tanh_for_relu",
    ("np.maximum(Z, 0)", "np.tanh(Z)"),
    cause="tanh was used in the place of ReLU.",
    hint="Compare your activation for z = 5 with ReLU's.",
)

variances.mistake(
    "bias_forgotten",
    (' + parameters["b" + str(l)]', ""),
    cause="The biases were left out.",
    hint="Freshly started networks have zero biases, so the experiment below would not notice. The docstring asks for b all the same.",
)

variances.mistake(
    "bias_after_relu",
    (' + parameters["b" + str(l)]', ""),
    ("np.maximum(Z, 0)", 'np.maximum(Z, 0) + parameters["b" + str(l)]'),
    cause="The bias was added after ReLU instead of before.",
    hint="In which order do W, b and ReLU stand in the formula?",
)

variances.mistake(
    "standard_deviation",
    ("np.var(A)", "np.std(A)"),
    cause="The standard deviation came back, the root of the variance.",
    hint="In the example by hand the answer is 0.25, not 0.5.",
)

variances.mistake(
    "mean_square",
    ("np.var(A)", "np.mean(A**2)"),
    cause="The mean square came back: the mean was not subtracted.",
    hint="After ReLU the mean is not zero. Does your formula know the mean?",
)

variances.mistake(
    "less_one",
    ("np.var(A)", "np.var(A, ddof=1)"),
    cause="The sum of squares was divided by the number of entries less one.",
    hint="Look at ddof: the docstring asks for the number of entries.",
)

variances.mistake(
    "over_examples_only",
    ("np.var(A)", "np.mean(np.var(A, axis=1))"),
    cause="The variance was taken over the examples, unit by unit, and then averaged.",
    hint="What should the variance be for one single example? With yours it is always 0.",
)

variances.mistake(
    "over_units_only",
    ("np.var(A)", "np.mean(np.var(A, axis=0))"),
    cause="The variance was taken over the units, example by example, and then averaged.",
    hint="What does it give for a layer with one unit and many examples?",
)

variances.mistake(
    "input_counted",
    ("variances = []", "variances = [np.var(X)]"),
    cause="The variance of the input stands at the front, so there is one number too many.",
    hint="The result has one entry for each layer with weights. What is its length for one layer?",
)

variances.mistake(
    "last_layer_missing",
    ("len(parameters) // 2 + 1", "len(parameters) // 2"),
    cause="The loop ends one layer early.",
    hint="range leaves out its end. How long is your result for one layer?",
)

variances.mistake(
    "always_the_input",
    ("@ A", "@ X"),
    cause="Every layer was fed with X instead of the activations of the layer before.",
    hint="It can only run where all layers have the size of the input. What does layer 2 read?",
)

@variances.mistake(
    "names_sorted",
    cause="The layers were put in the order of their names as text, where W10 stands before W2.",
    hint="Try a network with more than nine layers, and print the names in the order in which you use them.",
)
def activation_variances(X, parameters):
    A = X
    variances = []
    weights = sorted(name for name in parameters if name[0] == "W")
    for name in weights:
        Z = parameters[name] @ A + parameters["b" + name[1:]]
        A = np.maximum(Z, 0)
        variances.append(np.var(A))
    return np.array(variances)

@variances.mistake(
    "order_of_the_dictionary",
    cause="The layers were taken in the order in which they stand in the dictionary.",
    hint="The docstring promises no order. Which line decides which layer comes next?",
)
def activation_variances(X, parameters):
    A = X
    variances = []
    for name in parameters:
        if name.startswith("W"):
            Z = parameters[name] @ A + parameters["b" + name[1:]]
            A = np.maximum(Z, 0)
            variances.append(np.var(A))
    return np.array(variances)

@variances.mistake(
    "dictionary_emptied",
    cause="The parameters were taken out of the caller's dictionary, which is empty afterwards.",
    hint="Print len(parameters) before and after the call. Does a line change it?",
)
def activation_variances(X, parameters):
    A = X
    variances = []
    for l in range(1, len(parameters) // 2 + 1):
        Z = parameters.pop("W" + str(l)) @ A + parameters.pop("b" + str(l))
        A = np.maximum(Z, 0)
        variances.append(np.var(A))
    return np.array(variances)

variances.equivalent("return np.array(variances)", "return variances", reason="a list of the numbers counts as well.")

variances.equivalent("A = np.maximum(Z, 0)", "A = np.maximum(0, Z)", reason="the larger of two numbers does not depend on their order.")


layer = exercise("layer_factor")

@layer.right("loops")
def layer_factor(n_prev, sigma):
    total = 0.0
    for i in range(n_prev):
        total += sigma * sigma
    return total / 2

@layer.right("in_three_steps")
def layer_factor(n_prev, sigma):
    one_term = sigma ** 2
    the_sum = n_prev * one_term
    return 0.5 * the_sum

@layer.right("against_he")
def layer_factor(n_prev, sigma):
    return (sigma / np.sqrt(2 / n_prev)) ** 2

layer.mistake(
    "half_forgotten",
    (" / 2", ""),
    cause="The half that ReLU cuts off was forgotten: this is the factor of a layer without ReLU.",
    hint="Two of the four throws give a negative z. What is left of them?",
)

layer.mistake(
    "size_not_squared",
    ("sigma**2", "sigma"),
    cause="The size of the weights was not squared.",
    hint="In the table, twice the size gives four times the factor. What does yours give?",
)

layer.mistake(
    "doubled",
    (" / 2", " * 2"),
    cause="The result was multiplied by 2 where ReLU leaves one half.",
    hint="Does ReLU make a signal stronger or weaker?",
)

layer.mistake(
    "half_squared",
    ("sigma**2 / 2", "(sigma / 2) ** 2"),
    cause="A quarter is left where ReLU leaves one half, as happens where the half is squared together with the size of the weights.",
    hint="Which share of the mean of z squared is left in the four throws: 5 of what?",
)

layer.mistake(
    "inputs_left_out",
    ("n_prev * ", ""),
    cause="The number of inputs is missing.",
    hint="In the table, four times as many units give four times the factor. What does yours give?",
)

layer.mistake(
    "inputs_squared",
    ("n_prev * ", "n_prev**2 * "),
    cause="The number of inputs was squared.",
    hint="How does the factor in the table change from 200 units to 800?",
)

layer.mistake(
    "divided_by_inputs",
    ("n_prev * sigma**2", "sigma**2 / n_prev"),
    cause="The number of inputs divides where it should multiply.",
    hint="Does a unit that adds more terms put out more or less?",
)

layer.mistake(
    "root_taken",
    ("n_prev * sigma**2 / 2", "np.sqrt(n_prev * sigma**2 / 2)"),
    cause="A root was taken: this is the factor of the root of the mean square.",
    hint="The four throws turn a mean square of 5 into one of 5/4. Is your factor for them one quarter or one half?",
)

layer.mistake(
    "turned_over",
    ("n_prev * sigma**2 / 2", "2 / (n_prev * sigma**2)"),
    cause="The fraction is upside down: in divided by out.",
    hint="Larger weights should give a larger factor.",
)

layer.mistake(
    "mean_taken_off",
    ("n_prev * sigma**2 / 2", "n_prev * sigma**2 * (1 - 1 / np.pi) / 2"),
    cause="The mean of ReLU's output was taken off: this leads from the mean square of the input to the variance of the output.",
    hint="The factor is asked for the mean square, on both sides.",
)


@large.accept
def large_draw(inputs, received):
    """Weights that are normal with standard deviation 10, another draw than the recorded one."""
    return fair_draw(received, inputs["layers_dims"], lambda n_prev: (10.0, "10"))


@he.accept
def he_draw(inputs, received):
    """Weights with mean 0 and variance 2 / n_prev, normal or not, another draw than the recorded one."""
    spread = lambda n_prev: (np.sqrt(2 / n_prev), f"sqrt(2/{n_prev})")
    return fair_draw(received, inputs["layers_dims"], spread, normal=False)
