"""Answers that people give to the exercises of logistic_regression.py: read, never imported (see CONTRIBUTING.md)."""


sig = exercise("sigmoid")

@sig.right("loops")
def sigmoid(z):
    z = np.array(z, dtype=float)
    s = np.empty(z.size)
    for i, value in enumerate(z.ravel()):
        s[i] = 1 / (1 + np.exp(-value))
    return s.reshape(z.shape)

@sig.right("vectorized")
def sigmoid(z):
    return np.where(np.asarray(z) >= 0, 1.0, np.exp(z)) / (1 + np.exp(-np.abs(z)))

@sig.right("course2017")
def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-1.0 * z))
    return s

@sig.right("course2021")
def sigmoid(z):
    s = np.divide(1, np.add(1, np.power(np.e, np.negative(z))))
    return s

@sig.right("exp_above")
def sigmoid(z):
    e = np.exp(z)
    return e / (e + 1)

@sig.right("tanh")
def sigmoid(z):
    return (np.tanh(z / 2) + 1) / 2

@sig.right("float32")
def sigmoid(z):
    z = np.asarray(z, dtype=np.float32)
    return np.float32(1) / (1 + np.exp(-z))

sig.mistake(
    "sign_forgotten",
    ("np.exp(-z)", "np.exp(z)"),
    cause="The exponent has lost its minus sign, so much evidence for a cat gives a small probability.",
    hint="sigmoid(5) should be close to 1. Is yours?",
)

sig.mistake(
    "bracket_forgotten",
    ("1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)"),
    cause="This is 1 + exp(-z), and not 1 divided by it: the brackets below the fraction line are missing, or the division is.",
    hint="What does your function give for 0? It should be 0.5. Python divides before it adds.",
)

@sig.mistake(
    "one_number_only",
    cause="Something in it takes one number and no array, as math.exp and float do.",
    hint="Is there a function like it in NumPy?",
)
def sigmoid(z):
    import math
    return 1 / (1 + math.exp(-z))

sig.mistake(
    "its_slope",
    ("return 1 / (1 + np.exp(-z))", "s = 1 / (1 + np.exp(-z))\n    return s * (1 - s)"),
    cause="The derivative of the sigmoid came back, and not the sigmoid.",
    hint="For z = 0 the sigmoid is 0.5; its slope there is 0.25. Which one do you return?",
)

sig.mistake(
    "tanh",
    ("1 / (1 + np.exp(-z))", "np.tanh(z)"),
    cause="This is the hyperbolic tangent, which runs from -1 to 1.",
    hint="A probability is never negative. What does your function give for -2?",
)

sig.mistake(
    "base_two",
    ("np.exp(-z)", "np.power(2.0, -z)"),
    cause="A power of 2 stands where a power of e belongs.",
    hint="sigmoid(ln 3) should be exactly 0.75.",
)

sig.mistake(
    "absolute_value",
    ("np.exp(-z)", "np.exp(-np.abs(z))"),
    cause="The sign of z is thrown away, so evidence against a cat counts as evidence for one.",
    hint="Compare sigmoid(2) and sigmoid(-2). They should add up to 1.",
)

@sig.mistake(
    "whole_numbers",
    cause="The result is written into an array of the type of z: for whole numbers it holds whole numbers, and every probability is cut down to 0.",
    hint="Print np.zeros_like(np.array([1, 2])).dtype. Which type should probabilities have?",
)
def sigmoid(z):
    s = np.zeros_like(z)
    for place in np.ndindex(np.shape(z)):
        s[place] = 1 / (1 + np.exp(-np.asarray(z)[place]))
    return s

sig.mistake(
    "rounded",
    ("1 / (1 + np.exp(-z))", "np.round(1 / (1 + np.exp(-z)))"),
    cause="The result is the answer 0 or 1 already, and not the probability.",
    hint="Rounding is for the prediction, at the very end. The cost needs the probability itself.",
)

sig.mistake(
    "flattened",
    ("1 / (1 + np.exp(-z))", "1 / (1 + np.exp(-np.ravel(z)))"),
    cause="The array was flattened: the result has lost the shape of z.",
    hint="Compare z.shape and sigmoid(z).shape for an array of 2 rows and 3 columns.",
)

@sig.mistake(
    "negated_in_place",
    cause="The caller's own array changes its sign, as `z *= -1` makes it do: z is that array, not a copy of it.",
    hint="Call your function twice with the same array. Write -z, which makes a new array.",
)
def sigmoid(z):
    z *= -1
    return 1 / (1 + np.exp(z))


zeros = exercise("initialize_with_zeros")

@zeros.right("loops")
def initialize_with_zeros(dim):
    rows = []
    for _ in range(dim):
        rows.append([0])
    return np.array(rows), 0

@zeros.right("course2017")
def initialize_with_zeros(dim):
    w = np.zeros(shape=(dim, 1))
    b = 0
    assert w.shape == (dim, 1)
    assert isinstance(b, float) or isinstance(b, int)
    return w, b

@zeros.right("course2021")
def initialize_with_zeros(dim):
    w = np.zeros([dim, 1])
    b = float(0)
    return w, b

@zeros.right("array_for_b")
def initialize_with_zeros(dim):
    return np.zeros(dim).reshape(-1, 1), np.zeros((1, 1))

@zeros.right("float32")
def initialize_with_zeros(dim):
    return np.zeros((dim, 1), dtype=np.float32), np.float32(0)

zeros.mistake(
    "one_dimension",
    ("np.zeros((dim, 1))", "np.zeros(dim)"),
    cause="w has one dimension, shape (dim,), where a column of shape (dim, 1) is due.",
    hint="np.zeros(5) and np.zeros((5, 1)) are not the same. The mistakes at the end of this lesson show what the first one does later.",
)

zeros.mistake(
    "a_row",
    ("np.zeros((dim, 1))", "np.zeros((1, dim))"),
    cause="w is a row of shape (1, dim), where a column is due.",
    hint="Rows come first in a shape. How many rows does a column of dim numbers have?",
)

zeros.mistake(
    "a_square",
    ("np.zeros((dim, 1))", "np.zeros((dim, dim))"),
    cause="w is a square of shape (dim, dim); there is one weight for each input, not one for each pair.",
    hint="How many weights does one neuron with dim inputs have?",
)

zeros.mistake(
    "a_bias_for_each_weight",
    ("b = 0.0", "b = np.zeros((dim, 1))"),
    cause="b has as many entries as w; a neuron has a single bias.",
    hint="b is added once, after the weighted sum. How many numbers is that?",
)

zeros.mistake(
    "ones",
    ("np.zeros(", "np.ones("),
    cause="The weights are ones, not zeros.",
    hint="Which probability should the untrained neuron give to every picture?",
)

zeros.mistake(
    "random_weights",
    ("np.zeros((dim, 1))", "np.random.randn(dim, 1) * 0.01"),
    cause="The weights are random. That is needed in a layer of several neurons, not here.",
    hint="The name of the function says how to begin.",
)

zeros.mistake(
    "bias_forgotten",
    ("return w, b", "return w"),
    cause="Only the weights came back; the bias is missing.",
    hint="Two values are asked for. What stands after `return`?",
)

zeros.mistake(
    "order_turned_round",
    ("return w, b", "return b, w"),
    cause="The bias came first; the weights should.",
    hint="Compare the order with the docstring.",
)


prop = exercise("propagate")

@prop.right("loops")
def propagate(w, b, X, Y):
    n, m = X.shape
    cost, dw, db = 0.0, np.zeros((n, 1)), 0.0
    for i in range(m):
        z = b
        for j in range(n):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        y = Y[0, i]
        cost += -(y * np.log(a) + (1 - y) * np.log(1 - a))
        dz = a - y
        for j in range(n):
            dw[j, 0] += X[j, i] * dz
        db += dz
    return {"dw": dw / m, "db": db / m}, cost / m

@prop.right("vectorized")
def propagate(w, b, X, Y):
    A = sigmoid(np.matmul(w.T, X) + b)
    error = A - Y
    grads = {"dw": np.mean(X * error, axis=1, keepdims=True), "db": error.mean()}
    return grads, np.mean(-np.log(np.where(Y == 1, A, 1 - A)))

@prop.right("einsum")
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.einsum("jk,ji->ki", w, X) + b)
    dZ = A - Y
    log_likelihood = np.einsum("ki,ki->", Y, np.log(A)) + np.einsum("ki,ki->", 1 - Y, np.log(1 - A))
    return {"dw": np.einsum("ji,ki->jk", X, dZ) / m, "db": np.einsum("ki->k", dZ) / m}, -log_likelihood / m

@prop.right("course2017")
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = (-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * (np.log(1 - A)))
    dw = (1 / m) * np.dot(X, (A - Y).T)
    db = (1 / m) * np.sum(A - Y)
    assert dw.shape == w.shape
    assert db.dtype == float
    cost = np.squeeze(cost)
    assert cost.shape == ()
    grads = {"dw": dw, "db": db}
    return grads, cost

@prop.right("course2021")
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -(np.dot(Y, np.log(A).T) + np.dot((1 - Y), np.log(1 - A).T)) / m
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y, axis=1, keepdims=True) / m
    cost = np.squeeze(np.array(cost))
    grads = {"dw": dw, "db": db, "dZ": A - Y}
    return grads, cost

@prop.right("matrix_for_numbers")
def propagate(w, b, X, Y):
    m = Y.shape[1]
    Z = (X.T @ w).T + b
    A = sigmoid(Z)
    cost = np.array([[np.sum(np.logaddexp(0, Z) - Y * Z) / m]])
    dA = -Y / A + (1 - Y) / (1 - A)
    dZ = dA * A * (1 - A)
    return [dict(dw=((dZ @ X.T) / m).T, db=np.array([[dZ.sum() / m]])), cost]

@prop.right("float32")
def propagate(w, b, X, Y):
    w, X = w.astype(np.float32), X.astype(np.float32)
    m = X.shape[1]
    A = sigmoid(w.T @ X + np.float32(b))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": (X @ (A - Y).T / m).astype(np.float32), "db": np.float32(np.sum(A - Y) / m)}, float(cost)

prop.mistake(
    "cost_without_minus",
    ("cost = -np.sum", "cost = np.sum"),
    cause="The cost has lost its minus sign, so it is negative.",
    hint="The logarithm of a probability is negative. A cost should be positive, and 0 at best.",
)

prop.mistake(
    "cost_not_averaged",
    ("np.log(1 - A)) / m", "np.log(1 - A))"),
    cause="The cost is a sum over the examples: it is not divided by m.",
    hint="Give it the same example twice. The cost should not change.",
)

prop.mistake(
    "half_of_the_cost",
    ("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "Y * np.log(A)"),
    cause="Only the cats are in the cost; the part with 1 - Y is missing.",
    hint="What does an example with y = 0 add to your cost?",
)

prop.mistake(
    "labels_turned_round",
    ("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "(1 - Y) * np.log(A) + Y * np.log(1 - A)"),
    cause="The two parts of the cost have changed places: the probability of the wrong answer is rewarded.",
    hint="For y = 1 the cost should be -log a. Put in y = 1 and see what is left.",
)

prop.mistake(
    "log_of_difference",
    ("np.log(1 - A)", "(1 - np.log(A))"),
    cause="1 - log(A) stands where log(1 - A) belongs.",
    hint="The probability of the other answer is 1 - a. Take its logarithm.",
)

prop.mistake(
    "base_two",
    ("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "Y * np.log2(A) + (1 - Y) * np.log2(1 - A)"),
    cause="The logarithm to base 2 is used, so the cost is in bits.",
    hint="A neuron without opinion should cost 0.693, not 1.",
)

prop.mistake(
    "base_ten",
    ("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "Y * np.log10(A) + (1 - Y) * np.log10(1 - A)"),
    cause="The logarithm to base 10 is used; `log` in the formula is the natural one.",
    hint="A neuron without opinion should cost 0.693, not 0.301.",
)

prop.mistake(
    "squared_error",
    ("-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m", "np.sum((A - Y) ** 2) / m"),
    cause="The cost is the mean squared error, not the cross-entropy.",
    hint="For a = 0.5 and y = 1 the cost should be ln 2, not 0.25.",
)

prop.mistake(
    "slope_of_squared_error",
    ("X @ (A - Y).T", "X @ ((A - Y) * A * (1 - A)).T"),
    ("np.sum(A - Y)", "np.sum((A - Y) * A * (1 - A))"),
    cause="The slope of the sigmoid, A(1 - A), still stands in the gradient; for the cross-entropy it cancels.",
    hint="Multiply the derivative by a with the derivative by z, and simplify.",
)

prop.mistake(
    "label_minus_answer",
    ("X @ (A - Y).T", "X @ (Y - A).T"),
    ("np.sum(A - Y)", "np.sum(Y - A)"),
    cause="The gradient has the wrong sign, as happens where Y - A stands for A - Y.",
    hint="If the answer is too high, the slope is positive.",
)

prop.mistake(
    "dw_not_averaged",
    ("X @ (A - Y).T / m", "X @ (A - Y).T"),
    cause="dw is not divided by m.",
    hint="Give it the same example twice. The gradient should not change.",
)

prop.mistake(
    "db_not_averaged",
    ("np.sum(A - Y) / m", "np.sum(A - Y)"),
    cause="db is not divided by m.",
    hint="Give it the same example twice. The gradient should not change.",
)

prop.mistake(
    "neither_averaged",
    ("X @ (A - Y).T / m", "X @ (A - Y).T"),
    ("np.sum(A - Y) / m", "np.sum(A - Y)"),
    cause="Neither dw nor db is divided by m.",
    hint="The cost is an average over the examples, so its derivatives are averages as well.",
)

prop.mistake(
    "m_from_rows",
    ("X.shape[1]", "X.shape[0]"),
    cause="m is the number of rows of X, which is the number of inputs; examples stand in columns.",
    hint="Print X.shape and m.",
)

prop.mistake(
    "m_from_the_notebook",
    ("X.shape[1]", "train_X.shape[1]"),
    cause="m is the number of pictures in train_X, in the notebook, and not that of the examples in the argument X.",
    hint="A function should use what it is given. Which X is it that you count?",
)

prop.mistake(
    "bias_forgotten",
    ("w.T @ X + b", "w.T @ X"),
    cause="The bias is not in the weighted sum.",
    hint="What does b do in your function?",
)

prop.mistake(
    "bias_after_sigmoid",
    ("sigmoid(w.T @ X + b)", "np.clip(sigmoid(w.T @ X) + b, 1e-9, 1 - 1e-9)"),
    cause="The bias is added after the sigmoid, so the answer is no probability any more.",
    hint="b belongs to the weighted sum, inside the brackets.",
)

prop.mistake(
    "sigmoid_forgotten",
    ("A = sigmoid(w.T @ X + b)", "A = w.T @ X + b"),
    cause="The weighted sum goes into the cost without the sigmoid; its logarithm may not even exist.",
    hint="Print A. Are these probabilities?",
)

prop.mistake(
    "dw_is_a_row",
    ("X @ (A - Y).T / m", "(A - Y) @ X.T / m"),
    cause="dw is a row of shape (1, n), where w is a column.",
    hint="A gradient has the shape of what it is the gradient of.",
)

prop.mistake(
    "dw_elementwise",
    ("X @ (A - Y).T / m", "X * (A - Y) / m"),
    cause="dw is an entry-by-entry product of shape (n, m): nobody has added up the examples.",
    hint="Print the shape of dw. Which product adds up over the examples?",
)

prop.mistake(
    "dw_all_in_one",
    ("X @ (A - Y).T / m", "np.sum(X * (A - Y)) / m * np.ones_like(w)"),
    cause="All entries of X * (A - Y) are added up to a single number, so every weight gets the same derivative.",
    hint="Add up over the examples only, each input for itself.",
)

prop.mistake(
    "dw_without_inputs",
    ("X @ (A - Y).T / m", "np.sum(A - Y) / m * np.ones_like(w)"),
    cause="dw holds the error alone; the inputs X are missing.",
    hint="A pixel that is 0 has no influence on z. What should the derivative of its weight be?",
)

prop.mistake(
    "db_for_each_example",
    ("np.sum(A - Y) / m", "np.sum(A - Y, axis=0) / m"),
    cause="db has m entries: the sum ran over axis 0, which has a single row.",
    hint="b is one number, so db is one number. Along which axis do the examples stand?",
)

prop.mistake(
    "db_from_answers",
    ("np.sum(A - Y) / m", "np.sum(A) / m"),
    cause="db is the mean of the answers; the labels were not subtracted.",
    hint="Both derivatives start from the error A - Y.",
)

prop.mistake(
    "db_from_dw",
    ("db = np.sum(A - Y) / m", "db = np.sum(dw) / m"),
    cause="db is made of dw, and divided by m once more; it is the mean of A - Y.",
    hint="dw has the inputs in it already. Does the bias see any input?",
)

prop.mistake(
    "order_turned_round",
    ('return {"dw": dw, "db": db}, cost', 'return cost, {"dw": dw, "db": db}'),
    cause="The cost came first; the dictionary of gradients should.",
    hint="Compare the order with the docstring.",
)

prop.mistake(
    "a_tuple_of_gradients",
    ('{"dw": dw, "db": db}', "(dw, db)"),
    cause="The gradients came as a tuple, where a dictionary with the keys dw and db is asked for.",
    hint="Look at what the docstring says of the returned values.",
)

prop.mistake(
    "step_taken_already",
    ('return {"dw": dw, "db": db}, cost', 'w -= 0.009 * dw\n    return {"dw": dw, "db": db}, cost'),
    cause="The weights are changed here already, and in place: `w -= …` changes the caller's own array.",
    hint="This function measures; the step comes in the next exercise.",
)


opt = exercise("optimize")

@opt.right("loops")
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    i = 0
    while i < num_iterations:
        grads, cost = propagate(w, b, X, Y)
        stepped = np.zeros(w.shape)
        for j in range(w.shape[0]):
            stepped[j, 0] = w[j, 0] - learning_rate * grads["dw"][j, 0]
        w = stepped
        b = b - learning_rate * grads["db"]
        if i / 100 == i // 100:
            costs.append(float(np.squeeze(cost)))
        i += 1
    return {"w": w, "b": b}, grads, costs

@opt.right("vectorized")
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    w, b, history = w.copy(), float(b), []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        history.append(cost)
        w -= learning_rate * grads["dw"]
        b -= learning_rate * grads["db"]
    if print_cost:
        print(history[::100])
    return dict(w=w, b=b), grads, history[::100]

@opt.right("course2017")
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["dw"]
        db = grads["db"]
        w = w - learning_rate * dw
        b = b - learning_rate * db
        if i % 100 == 0:
            costs.append(cost)
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    params = {"w": w, "b": b}
    grads = {"dw": dw, "db": db}
    return params, grads, costs

@opt.right("course2021")
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    import copy

    w = copy.deepcopy(w)
    b = copy.deepcopy(b)
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["dw"]
        db = grads["db"]
        w = w - learning_rate * dw
        b = b - learning_rate * db
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration %i: %f" % (i, cost))
    params = {"w": w, "b": b}
    grads = {"dw": dw, "db": db}
    return params, grads, costs

@opt.right("einsum")
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs, m = [], X.shape[1]
    for i in range(num_iterations):
        A = 1 / (1 + np.exp(-(np.einsum("jk,ji->ki", w, X) + b)))
        if not i % 100:
            costs.append(-np.mean(np.log(np.where(Y == 1, A, 1 - A))))
        dw, db = np.einsum("ji,ki->jk", X, A - Y) / m, np.einsum("ki->", A - Y) / m
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"w": w, "b": b}, {"dw": dw, "db": db}, costs

@opt.right("array_of_costs")
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = np.zeros((num_iterations + 99) // 100)
    params = {"w": w, "b": np.array([[b]])}
    for i in range(num_iterations):
        grads, cost = propagate(params["w"], params["b"], X, Y)
        params = {name: params[name] - learning_rate * grads["d" + name] for name in params}
        if i % 100 == 0:
            costs[i // 100] = cost
    return params, grads, costs

opt.mistake(
    "gradient_measured_again",
    ("    return", "    grads, cost = propagate(w, b, X, Y)\n    return"),
    cause="The gradient is measured once more after the last step.",
    hint="The gradient asked for is the one that the last step used. It is there already.",
)

opt.mistake(
    "uphill",
    ("w - learning_rate", "w + learning_rate"),
    ("b - learning_rate", "b + learning_rate"),
    cause="The step goes uphill: the gradient is added.",
    hint="Print the costs. They should fall.",
)

opt.mistake(
    "bias_never_moves",
    ('        b = b - learning_rate * grads["db"]\n', ""),
    cause="The bias is never updated.",
    hint="Compare the b that you return with the one you were given.",
)

opt.mistake(
    "weights_never_move",
    ('        w = w - learning_rate * grads["dw"]\n', ""),
    cause="The weights are never updated.",
    hint="Compare the w that you return with the one you were given.",
)

opt.mistake(
    "learning_rate_forgotten",
    ('learning_rate * grads["dw"]', 'grads["dw"]'),
    ('learning_rate * grads["db"]', 'grads["db"]'),
    cause="The step is the whole gradient: the learning rate is not used.",
    hint="Search your function for learning_rate.",
)

opt.mistake(
    "learning_rate_of_the_stub",
    ('learning_rate * grads["dw"]', '0.009 * grads["dw"]'),
    ('learning_rate * grads["db"]', '0.009 * grads["db"]'),
    cause="The learning rate is 0.009, whatever was asked for.",
    hint="Search your function for a number where the argument belongs.",
)

opt.mistake(
    "rate_for_weights_only",
    ('learning_rate * grads["db"]', 'grads["db"]'),
    cause="The bias moves without the learning rate.",
    hint="Both steps have the same form.",
)

opt.mistake(
    "in_place",
    ('w = w - learning_rate * grads["dw"]', 'w -= learning_rate * grads["dw"]'),
    cause="`w -= …` changes the caller's own array: w is that array, not a copy of it.",
    hint="Train twice from the same w. Does the second run start where the first one did? Write w = w - …, or copy w first.",
)

@opt.mistake(
    "returned_inside_loop",
    cause="Only one step is taken, whatever was asked for, as happens where the `return` stands inside the loop.",
    hint="Look at the indentation of the last line.",
)
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
        return {"w": w, "b": b}, grads, costs

@opt.mistake(
    "gradient_measured_once",
    cause="Every step uses the gradient of the start: it is measured before the loop, or always with the w and b that were handed in.",
    hint="After each step the slope is another one. Where should propagate be called, and with which w and b?",
)
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    grads, cost = propagate(w, b, X, Y)
    for i in range(num_iterations):
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs

opt.mistake(
    "one_step_short",
    ("range(num_iterations)", "range(max(1, num_iterations - 1))"),
    cause="The loop takes one step too few.",
    hint="range(n) already leaves out n. How many steps does range(n - 1) give?",
)

opt.mistake(
    "counted_from_one",
    ("range(num_iterations)", "range(1, num_iterations + 1)"),
    cause="The costs are those before the 100th, the 200th … step, so the first one, before any step, is missing.",
    hint="With 100 iterations there should be one cost in the list: that of iteration 0.",
)

opt.mistake(
    "every_cost",
    ("if i % 100 == 0:", "if True:"),
    cause="Every cost is recorded, not every hundredth.",
    hint="How long is your list after 120 iterations? It should hold 2 costs.",
)

opt.mistake(
    "every_tenth_cost",
    ("i % 100", "i % 10"),
    cause="Every tenth cost is recorded, not every hundredth.",
    hint="How long is your list after 120 iterations? It should hold 2 costs.",
)

opt.mistake(
    "only_if_printed",
    ("if i % 100 == 0:\n            costs.append(cost)", "if print_cost and i % 100 == 0:\n            costs.append(cost)"),
    cause="Costs are recorded only where they are printed as well.",
    hint="Call it with print_cost=False and look at the list.",
)

opt.mistake(
    "cost_after_the_step",
    ("costs.append(cost)", "costs.append(propagate(w, b, X, Y)[1])"),
    cause="The cost is measured after the step, so the list starts one iteration late.",
    hint="The first cost should be that of the w and b you were given.",
)

opt.mistake(
    "last_cost_too",
    ("    return", "    costs.append(cost)\n    return"),
    cause="The cost of the last iteration stands at the end of the list as well.",
    hint="With 120 iterations the list should hold 2 costs: of iterations 0 and 100.",
)

opt.mistake(
    "last_cost_only",
    ("grads, costs", "grads, cost"),
    cause="The last cost came back, and not the list of costs.",
    hint="One letter is missing after `return`.",
)

opt.mistake(
    "always_from_zeros",
    ("costs = []", "costs = []\n    w, b = np.zeros(w.shape), 0.0"),
    cause="It starts from zeros, and not from the w and b that were handed in.",
    hint="The first cost should be propagate(w, b, X, Y)[1].",
)

opt.mistake(
    "bias_by_the_new_weights",
    ('b = b - learning_rate * grads["db"]', 'grads = {"dw": grads["dw"], "db": propagate(w, b, X, Y)[0]["db"]}\n        b = b - learning_rate * grads["db"]'),
    cause="db is measured with the weights that have moved already.",
    hint="Both parts of a gradient belong to one point. Measure once, then move both.",
)

opt.mistake(
    "gradients_for_parameters",
    ('return {"w": w, "b": b}, grads, costs', 'return grads, {"w": w, "b": b}, costs'),
    cause="Parameters and gradients have changed places.",
    hint="Compare the order with the docstring.",
)

opt.mistake(
    "trained_on_the_notebook",
    ("propagate(w, b, X, Y)", "propagate(w, b, train_X, train_Y)"),
    cause="It trains on train_X and train_Y, the pictures of the notebook, and not on the arguments X and Y.",
    hint="A function should use what it is given.",
)

opt.equivalent("if print_cost:", "pass", reason="what is printed is not judged.")


pred = exercise("predict")

@pred.right("loops")
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    for i in range(m):
        z = b
        for j in range(X.shape[0]):
            z = z + w[j, 0] * X[j, i]
        if sigmoid(z) >= 0.5:
            Y_prediction[0, i] = 1
    return Y_prediction

@pred.right("vectorized")
def predict(w, b, X):
    return np.round(sigmoid(np.matmul(w.T, X) + b))

@pred.right("einsum")
def predict(w, b, X):
    return np.einsum("jk,ji->ki", w, X) + b > 0

@pred.right("course2017")
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    w = w.reshape(X.shape[0], 1)
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        Y_prediction[0, i] = 1 if A[0, i] > 0.5 else 0
    assert Y_prediction.shape == (1, m)
    return Y_prediction

@pred.right("course2021")
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    w = w.reshape(X.shape[0], 1)
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
        else:
            Y_prediction[0, i] = 0
    return Y_prediction

@pred.right("float32")
def predict(w, b, X):
    A = sigmoid(w.astype(np.float32).T @ X.astype(np.float32) + b)
    return np.where(A >= 0.5, 1.0, 0.0).astype(np.float32)

pred.mistake(
    "probabilities",
    ("(A > 0.5).astype(int)", "A"),
    cause="The probabilities came back, and not the answers 0 and 1.",
    hint="The cost needs probabilities; an answer is yes or no.",
)

pred.mistake(
    "threshold_of_z",
    ("A > 0.5", "w.T @ X + b > 0.5"),
    cause="The weighted sum z is compared with 0.5, and not the probability.",
    hint="Which z has the probability one half?",
)

pred.mistake(
    "probability_above_zero",
    ("A > 0.5", "A > 0"),
    cause="Every picture is called a cat, as happens where the probability is compared with 0.",
    hint="z may be compared with 0, but A is the sigmoid of z.",
)

pred.mistake(
    "turned_round",
    ("A > 0.5", "A < 0.5"),
    cause="The comparison is turned round: cats are called something else.",
    hint="A is the probability of label 1.",
)

pred.mistake(
    "cut_off",
    ("(A > 0.5).astype(int)", "A.astype(int)"),
    cause="Every answer is 0, as happens where `astype(int)` cuts off what stands behind the point.",
    hint="What is int(0.9)?",
)

pred.mistake(
    "bias_forgotten",
    ("w.T @ X + b", "w.T @ X"),
    cause="The bias is not in the weighted sum.",
    hint="The forward pass is that of propagate.",
)

pred.mistake(
    "flat",
    ("(A > 0.5).astype(int)", "(A > 0.5).astype(int).ravel()"),
    cause="The answers have one dimension, shape (m,), where (1, m) is due.",
    hint="Answers have the shape of labels, so that the two can be compared.",
)

pred.mistake(
    "a_column",
    ("(A > 0.5).astype(int)", "(A > 0.5).astype(int).T"),
    cause="The answers stand in a column, shape (m, 1), where a row is due.",
    hint="Compared with labels of shape (1, m), a column gives an array of shape (m, m). Which shape has A?",
)

@pred.mistake(
    "first_example_only",
    cause="Only the first example is answered, and the others stay 0: the loop runs over the rows of A, of which there is one, or the `return` stands inside it.",
    hint="How often does your loop run? Examples stand in columns, and the `return` behind the loop.",
)
def predict(w, b, X):
    A = sigmoid(w.T @ X + b)
    Y_prediction = np.zeros((1, X.shape[1]))
    for i in range(A.shape[0]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
    return Y_prediction

@pred.mistake(
    "loop_over_inputs",
    cause="The loop runs over the number of inputs, so examples after that are never looked at.",
    hint="How many examples are there, and how often does your loop run?",
)
def predict(w, b, X):
    A = sigmoid(w.T @ X + b)
    Y_prediction = np.zeros((1, X.shape[1]))
    for i in range(min(X.shape)):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
    return Y_prediction

@pred.mistake(
    "returned_inside_loop",
    cause="Only the first example is looked at, and the others stay 1, as happens where the `return` stands inside the loop.",
    hint="Look at the indentation of the last line.",
)
def predict(w, b, X):
    A = sigmoid(w.T @ X + b)
    Y_prediction = np.ones((1, X.shape[1]))
    for i in range(A.shape[1]):
        if A[0, i] <= 0.5:
            Y_prediction[0, i] = 0
        return Y_prediction

pred.mistake(
    "minus_one",
    ("(A > 0.5).astype(int)", "np.where(A > 0.5, 1, -1)"),
    cause="The other animals are called -1; their label is 0.",
    hint="Look at the labels in train_Y.",
)

pred.mistake(
    "likeliest_picture",
    ("(A > 0.5).astype(int)", "(A == A.max()).astype(int)"),
    cause="Only the picture with the largest probability is called a cat.",
    hint="Each picture is judged for itself. What comes out for a single picture?",
)

pred.equivalent("return (A > 0.5).astype(int)", "return (A >= 0.5).astype(int)", reason="no case has a probability of exactly one half, where either answer is right.")


whole = exercise("model")

@whole.right("loops")
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(dim=len(X_train))
    trained, _, costs = optimize(w, b, X_train, Y_train, num_iterations=num_iterations, learning_rate=learning_rate)
    answers = {}
    for part, X in (("test", X_test), ("train", X_train)):
        answers[part] = np.zeros((1, X.shape[1]))
        for i in range(X.shape[1]):
            answers[part][:, i : i + 1] = predict(trained["w"], trained["b"], X[:, i : i + 1])
    d = {"Y_prediction_" + part: values for part, values in answers.items()}
    for name in trained:
        d[name] = trained[name]
    d["costs"], d["num_iterations"], d["learning_rate"] = costs, num_iterations, learning_rate
    return d

@whole.right("course2017")
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    parameters, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w = parameters["w"]
    b = parameters["b"]
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)
    print("train accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_train - Y_train)) * 100))
    print("test accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_test - Y_test)) * 100))
    d = {"costs": costs, "Y_prediction_test": Y_prediction_test, "Y_prediction_train": Y_prediction_train,
         "w": w, "b": b, "learning_rate": learning_rate, "num_iterations": num_iterations}
    return d

@whole.right("course2021")
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, grads, costs = optimize(
        w, b, X_train, Y_train, num_iterations=num_iterations, learning_rate=learning_rate, print_cost=print_cost
    )
    w = params["w"]
    b = params["b"]
    Y_prediction_train = predict(w, b, X_train)
    Y_prediction_test = predict(w, b, X_test)
    if print_cost:
        print("train accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_train - Y_train)) * 100))
        print("test accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_test - Y_test)) * 100))
    d = {"costs": costs, "Y_prediction_test": Y_prediction_test, "Y_prediction_train": Y_prediction_train,
         "w": w, "b": b, "learning_rate": learning_rate, "num_iterations": num_iterations, "grads": grads}
    return d

@whole.right("vectorized")
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    params, grads, costs = optimize(*initialize_with_zeros(X_train.shape[0]), X_train, Y_train, num_iterations, learning_rate, print_cost)
    return dict(
        params,
        costs=np.array(costs),
        Y_prediction_test=predict(**params, X=X_test).astype(float),
        Y_prediction_train=predict(**params, X=X_train).astype(bool),
        learning_rate=learning_rate,
        num_iterations=num_iterations,
        train_accuracy=np.mean(predict(**params, X=X_train) == Y_train),
    )

@whole.right("einsum")
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b, costs, m = np.zeros((X_train.shape[0], 1)), np.zeros((1, 1)), [], X_train.shape[1]
    for i in range(num_iterations):
        A = 1 / (1 + np.exp(-(np.einsum("jk,ji->ki", w, X_train) + b)))
        if i % 100 == 0:
            costs.append(-np.einsum("ki->", np.log(np.where(Y_train == 1, A, 1 - A))) / m)
        w, b = w - learning_rate / m * np.einsum("ji,ki->jk", X_train, A - Y_train), b - learning_rate / m * np.sum(A - Y_train)
    answers = [(np.einsum("jk,ji->ki", w, X) + b > 0).astype(int) for X in (X_test, X_train)]
    return {"costs": costs, "Y_prediction_test": answers[0], "Y_prediction_train": answers[1], "w": w, "b": b,
            "learning_rate": learning_rate, "num_iterations": num_iterations}

whole.mistake(
    "predicted_before_learning",
    ('    w, b = params["w"], params["b"]\n', ""),
    cause="The answers, w and b are those of the start: what optimize learned is not used.",
    hint="optimize does not change your w and b; it returns new ones. Where do you take them out?",
)

whole.mistake(
    "trained_on_the_test",
    ("optimize(w, b, X_train, Y_train,", "optimize(w, b, X_test, Y_test,"),
    cause="It was trained on the test pictures.",
    hint="Which X and Y does optimize get? The test is for afterwards.",
)

whole.mistake(
    "trained_on_both",
    ("optimize(w, b, X_train, Y_train,", "optimize(w, b, np.hstack([X_train, X_test]), np.hstack([Y_train, Y_test]),"),
    cause="The test pictures were used for training as well.",
    hint="A test on pictures that were learned from is worth nothing. What does optimize get?",
)

whole.mistake(
    "answers_swapped",
    ('"Y_prediction_test": predict(w, b, X_test)', '"Y_prediction_test": predict(w, b, X_train)'),
    ('"Y_prediction_train": predict(w, b, X_train)', '"Y_prediction_train": predict(w, b, X_test)'),
    cause="The answers for training and test have changed places.",
    hint="Print the shapes of the two predictions.",
)

whole.mistake(
    "training_answers_twice",
    ("predict(w, b, X_test)", "predict(w, b, X_train)"),
    cause="Y_prediction_test holds the answers for the training pictures.",
    hint="Print the shape of Y_prediction_test. How many test pictures are there?",
)

whole.mistake(
    "labels_for_answers",
    ("predict(w, b, X_test)", "Y_test"),
    cause="Y_prediction_test holds the true labels, not the answers.",
    hint="An accuracy of 100 % on the test should make you suspicious.",
)

whole.mistake(
    "learning_rate_not_handed_on",
    ("num_iterations, learning_rate, print_cost)", "num_iterations, print_cost=print_cost)"),
    cause="The learning rate is not handed on to optimize, which takes its own default.",
    hint="Train with two learning rates. Do the costs differ?",
)

whole.mistake(
    "iterations_not_handed_on",
    ("Y_train, num_iterations, learning_rate, print_cost)", "Y_train, learning_rate=learning_rate, print_cost=print_cost)"),
    cause="The number of iterations is not handed on to optimize, which takes its own default.",
    hint="How many costs are there after 2000 iterations? There should be 20.",
)

whole.mistake(
    "always_2000",
    ("Y_train, num_iterations, learning_rate", "Y_train, 2000, learning_rate"),
    cause="It always takes 2000 steps, whatever was asked for.",
    hint="Search your function for a number where the argument belongs.",
)

whole.mistake(
    "rate_of_the_stub",
    ("num_iterations, learning_rate, print_cost)", "num_iterations, 0.5, print_cost)"),
    cause="The learning rate is 0.5, whatever was asked for.",
    hint="Search your function for a number where the argument belongs.",
)

whole.mistake(
    "last_cost_only",
    ('"costs": costs', '"costs": costs[-1]'),
    cause="Only the last cost came back, and not the list.",
    hint="A learning curve needs all of them.",
)

whole.mistake(
    "random_start",
    ("w, b = initialize_with_zeros(X_train.shape[0])", "w, b = 0.1 * np.random.randn(X_train.shape[0], 1), 0.0"),
    cause="It starts from random weights, so the first cost is not ln 2.",
    hint="The first cost of a neuron that starts with zeros is 0.693, whatever the data.",
)

whole.mistake(
    "accuracy_for_answers",
    ("predict(w, b, X_test)", "100 * np.mean(predict(w, b, X_test) == Y_test)"),
    ("predict(w, b, X_train)", "100 * np.mean(predict(w, b, X_train) == Y_train)"),
    cause="Accuracies came back where the answers themselves are asked for.",
    hint="Look at the shape of Y_prediction_test in the docstring.",
)

whole.mistake(
    "one_more_step",
    ("num_iterations, learning_rate, print_cost)", "num_iterations + 1, learning_rate, print_cost)"),
    cause="It takes one step too many.",
    hint="optimize counts the steps for you: hand the number on as it is.",
)


@opt.forms
def optimize_forms(inputs, expected):
    """The costs as an array."""
    params, grads, costs = expected
    yield "Your costs are an array; the course returns a list.", (params, grads, np.array(costs))


@whole.forms
def model_forms(inputs, expected):
    """The costs as an array."""
    yield "Your costs are an array; the course returns a list.", {**expected, "costs": np.array(expected["costs"])}
