"""Answers that people give to the exercises of deep_network_application.py: read, never imported (see CONTRIBUTING.md)."""


two = exercise("two_layer_model")

@two.right("course2017")
def two_layer_model(X, Y, layers_dims, learning_rate = 0.0075, num_iterations = 3000, print_cost=False):
    np.random.seed(1)
    grads = {}
    costs = []                              # to keep track of the cost
    m = X.shape[1]                           # number of examples
    (n_x, n_h, n_y) = layers_dims

    parameters = initialize_parameters(n_x, n_h, n_y)

    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]

    for i in range(0, num_iterations):
        A1, cache1 = linear_activation_forward(X, W1, b1, activation="relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, activation="sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = - (np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, activation="sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, activation="relu")
        grads['dW1'] = dW1
        grads['db1'] = db1
        grads['dW2'] = dW2
        grads['db2'] = db2
        parameters = update_parameters(parameters, grads, learning_rate)
        W1 = parameters["W1"]
        b1 = parameters["b1"]
        W2 = parameters["W2"]
        b2 = parameters["b2"]
        if print_cost and i % 100 == 0:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
        if print_cost and i % 100 == 0:
            costs.append(cost)
    return parameters

@two.right("course2021")
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    grads = {}
    costs = []
    parameters = initialize_parameters(layers_dims[0], layers_dims[1], layers_dims[2])
    for i in range(0, num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dA1, grads["dW2"], grads["db2"] = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, grads["dW1"], grads["db1"] = linear_activation_backward(dA1, cache1, "relu")
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 100 == 0 or i == num_iterations - 1:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
        if i % 100 == 0 or i == num_iterations:
            costs.append(np.array([[cost]]))
    return parameters, costs

@two.right("by_hand")
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    p, m, costs = initialize_parameters(*layers_dims), X.shape[1], np.zeros((num_iterations + 99) // 100)
    for i in range(num_iterations):
        Z1 = np.einsum("hi,im->hm", p["W1"], X) + p["b1"]
        A1 = Z1 * (Z1 > 0)
        A2 = 1 / (1 + np.exp(-(p["W2"].dot(A1) + p["b2"])))
        if not i % 100:
            costs[i // 100] = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
        dZ2 = (A2 - Y) / m
        dZ1 = p["W2"].T.dot(dZ2) * (Z1 > 0)
        p["W2"] -= learning_rate * dZ2.dot(A1.T)
        p["b2"] -= learning_rate * dZ2.sum(axis=1, keepdims=True)
        p["W1"] -= learning_rate * dZ1.dot(X.T)
        p["b1"] -= learning_rate * dZ1.sum(axis=1, keepdims=True)
    return p, costs

@two.right("blocks_of_any_depth")
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters, history = initialize_parameters(*layers_dims), []
    while len(history) < num_iterations:
        AL, caches = L_model_forward(X, parameters)
        history.append(compute_cost(AL, Y))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, history[::100]

two.mistake(
    "sigmoid_in_the_hidden_layer",
    ('parameters["b1"], "relu")', 'parameters["b1"], "sigmoid")'),
    cause="The hidden layer goes forward with the sigmoid; the ReLU is asked for.",
    hint="Compare the activation of each layer, forward and backward, with the line LINEAR → RELU → LINEAR → SIGMOID.",
)

two.mistake(
    "sigmoid_backward_in_the_hidden_layer",
    ('(dA1, cache1, "relu")', '(dA1, cache1, "sigmoid")'),
    cause="The hidden layer goes backward with the sigmoid's slope, though it went forward with the ReLU.",
    hint="Each layer goes back with the activation with which it came.",
)

two.mistake(
    "sigmoid_in_the_hidden_layer_both_ways",
    ('parameters["b1"], "relu")', 'parameters["b1"], "sigmoid")'),
    ('(dA1, cache1, "relu")', '(dA1, cache1, "sigmoid")'),
    cause="The hidden layer has the sigmoid, forward and backward; the ReLU is asked for.",
    hint="It learns, but it is another network. Which activation does the docstring name first?",
)

two.mistake(
    "sign_of_dA2",
    ("(1 - Y) / (1 - A2) - Y / A2", "Y / A2 - (1 - Y) / (1 - A2)"),
    cause="Each step goes uphill, as happens where the sign of dA2 is turned round.",
    hint="For a cat, a larger A2 is better. Which sign must the derivative of its loss have? Print the costs as well.",
)

two.mistake(
    "dA2_of_the_squared_error",
    ("(1 - Y) / (1 - A2) - Y / A2", "2 * (A2 - Y)"),
    cause="dA2 is the derivative of the squared error, not that of the cross-entropy.",
    hint="Differentiate −y log a − (1 − y) log(1 − a) with respect to a.",
)

two.mistake(
    "dZ2_taken_for_dA2",
    ("(1 - Y) / (1 - A2) - Y / A2", "A2 - Y"),
    cause="A2 − Y, which is dZ2, is handed over as dA2: the sigmoid's slope is applied to it once more.",
    hint="linear_activation_backward multiplies by the slope of the activation. What must it be given?",
)

two.mistake(
    "dA2_averaged",
    ("(1 - Y) / (1 - A2) - Y / A2", "((1 - Y) / (1 - A2) - Y / A2) / X.shape[1]"),
    cause="All gradients are divided by m twice, as happens where dA2 is divided by it: linear_activation_backward divides already.",
    hint="Where does the 1/m of the mean come in? Only in one place.",
)

two.mistake(
    "cost_after_the_step",
    ("            costs.append(cost)", '            costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))'),
    cause="The parameters are right, but each recorded cost is that after the step, not before it.",
    hint="The first cost should be that of the parameters you start with.",
)

two.mistake(
    "every_cost_recorded",
    ("if i % 100 == 0", "if i % 1 == 0"),
    cause="Every cost is recorded, not every hundredth.",
    hint="How many costs should 250 iterations leave behind?",
)

two.mistake(
    "last_of_each_hundred",
    ("if i % 100 == 0", "if i % 100 == 99"),
    cause="The costs of iterations 99, 199 … are recorded, instead of those of 0, 100, 200 …",
    hint="Which iteration comes first when you count from 0?",
)

two.mistake(
    "steps_thrown_away",
    ("        parameters = update_parameters(", "        update_parameters("),
    cause="Nothing is ever learned: the parameters stay those of the start, as happens where what update_parameters returns is thrown away.",
    hint="update_parameters here leaves the old dictionary as it was. Who keeps the new one?",
)

two.mistake(
    "started_anew_each_time",
    ("        A1, cache1", "        parameters = initialize_parameters(*layers_dims)\n        A1, cache1"),
    cause="Each step begins at the start again, so only the last one counts.",
    hint="Which lines belong before the loop, and which parameters does each step begin with?",
)

two.mistake(
    "first_layer_left_alone",
    ('{"dW1": dW1, "db1": db1,', '{"dW1": 0 * dW1, "db1": 0 * db1,'),
    cause="The first layer is never updated.",
    hint="Print W1 before and after training.",
)

two.mistake(
    "learning_rate_not_handed_on",
    ("grads, learning_rate)", "grads, 0.0075)"),
    cause="The learning rate is 0.0075, whatever was asked for.",
    hint="Train with two learning rates. Does anything change?",
)

two.mistake(
    "one_step_less",
    ("range(num_iterations)", "range(1, num_iterations)"),
    cause="The loop begins at 1: one step is missing, and so is the first cost.",
    hint="range(3) counts 0, 1, 2. How many steps does yours take?",
)

two.mistake(
    "one_step_more",
    ("range(num_iterations)", "range(num_iterations + 1)"),
    cause="The loop takes one step too many.",
    hint="range(n) runs n times.",
)

two.mistake(
    "started_as_the_deep_network",
    ("initialize_parameters(*layers_dims)", "initialize_parameters_deep(list(layers_dims))"),
    cause="It starts from initialize_parameters_deep; this exercise starts from initialize_parameters.",
    hint="The two differ in the size of the first weights. Which one does the docstring name?",
)

two.mistake(
    "return_inside_loop",
    ("    return parameters, costs", "        return parameters, costs"),
    cause="Training ends after one step, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

two.mistake(
    "costs_alone",
    ("return parameters, costs", "return costs"),
    cause="Only the costs are returned: the trained network is lost.",
    hint="What do you need to answer a new picture?",
)

two.equivalent("if print_cost:", "pass", reason="what is printed is not judged.")


deep = exercise("L_layer_model")

@deep.right("course2017")
def L_layer_model(X, Y, layers_dims, learning_rate = 0.0075, num_iterations = 3000, print_cost=False):#lr was 0.009
    np.random.seed(1)
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(0, num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 100 == 0:
            print ("Cost after iteration %i: %f" %(i, cost))
        if print_cost and i % 100 == 0:
            costs.append(cost)
    plt.plot(np.squeeze(costs))
    plt.ylabel('cost')
    plt.xlabel('iterations (per tens)')
    plt.title("Learning rate =" + str(learning_rate))
    plt.close()
    return parameters

@deep.right("course2021")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(0, num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 100 == 0 or i == num_iterations - 1:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
        if i % 100 == 0 or i == num_iterations:
            costs.append(cost)
    return parameters, costs

@deep.right("by_hand")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    start, L, m = initialize_parameters_deep(list(layers_dims)), len(layers_dims) - 1, X.shape[1]
    weights = [start["W" + str(l)] for l in range(1, L + 1)]
    biases = [start["b" + str(l)] for l in range(1, L + 1)]
    costs = []
    for i in range(num_iterations):
        outputs = [X]
        for l in range(L):
            Z = weights[l].dot(outputs[-1]) + biases[l]
            outputs.append(np.clip(Z, 0, None) if l < L - 1 else 1 / (1 + np.exp(-Z)))
        if i % 100 == 0:
            costs.append(-np.mean(np.sum(np.log(np.where(Y, outputs[-1], 1 - outputs[-1])), axis=0)))
        delta = outputs[-1] - Y
        for l in reversed(range(L)):
            dW, db = np.einsum("im,jm->ij", delta, outputs[l]) / m, delta.mean(axis=1)[:, None]
            delta = weights[l].T.dot(delta) * (outputs[l] > 0)
            weights[l], biases[l] = weights[l] - learning_rate * dW, biases[l] - learning_rate * db
    trained = {"W" + str(l + 1): W for l, W in enumerate(weights)}
    trained.update({"b" + str(l + 1): b for l, b in enumerate(biases)})
    return trained, costs

@deep.right("array_of_costs")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters, costs = initialize_parameters_deep(layers_dims), np.empty(0)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 100 == 0:
            costs = np.append(costs, compute_cost(AL, Y))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs

@deep.right("slope_one_at_zero")
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    layers, m, costs = range(1, len(layers_dims)), X.shape[1], []
    p = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        A, Z = {0: X}, {}
        for l in layers:
            Z[l] = p[f"W{l}"] @ A[l - 1] + p[f"b{l}"]
            A[l] = 1 / (1 + np.exp(-Z[l])) if l == layers[-1] else np.where(Z[l] >= 0, Z[l], 0)
        if i % 100 == 0:
            costs.append(compute_cost(A[layers[-1]], Y))
        dZ = A[layers[-1]] - Y
        for l in layers[::-1]:
            dW, db, dA = dZ @ A[l - 1].T / m, dZ.mean(axis=1, keepdims=True), p[f"W{l}"].T @ dZ
            p[f"W{l}"], p[f"b{l}"] = p[f"W{l}"] - learning_rate * dW, p[f"b{l}"] - learning_rate * db
            dZ = dA * (Z[l - 1] >= 0) if l > 1 else None
    return p, costs

deep.mistake(
    "cost_after_the_step",
    ("            costs.append(cost)", "            costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))"),
    cause="The parameters are right, but each recorded cost is that after the step, not before it.",
    hint="The first cost should be that of the parameters you start with.",
)

deep.mistake(
    "every_cost_recorded",
    ("if i % 100 == 0", "if i % 1 == 0"),
    cause="Every cost is recorded, not every hundredth.",
    hint="How many costs should 230 iterations leave behind?",
)

deep.mistake(
    "first_cost_missing",
    ("if i % 100 == 0", "if i and i % 100 == 0"),
    cause="The cost of iteration 0 is not recorded.",
    hint="What does a network say before it has learned anything? That cost is worth keeping.",
)

deep.mistake(
    "steps_thrown_away",
    ("        parameters = update_parameters(", "        update_parameters("),
    cause="Nothing is ever learned: the parameters stay those of the start, as happens where what update_parameters returns is thrown away.",
    hint="update_parameters here leaves the old dictionary as it was. Who keeps the new one?",
)

deep.mistake(
    "started_anew_each_time",
    ("        AL, caches", "        parameters = initialize_parameters_deep(layers_dims)\n        AL, caches"),
    cause="Each step begins at the start again, so only the last one counts.",
    hint="Which lines belong before the loop, and which parameters does each step begin with?",
)

deep.mistake(
    "learning_rate_not_handed_on",
    ("grads, learning_rate)", "grads, 0.0075)"),
    cause="The learning rate is 0.0075, whatever was asked for.",
    hint="Train with two learning rates. Does anything change?",
)

deep.mistake(
    "uphill",
    ("grads, learning_rate)", "grads, -learning_rate)"),
    cause="Each step goes uphill, as happens where the learning rate gets a minus sign.",
    hint="update_parameters subtracts already.",
)

deep.mistake(
    "one_step_less",
    ("range(num_iterations)", "range(1, num_iterations)"),
    cause="The loop begins at 1: one step is missing, and so is the first cost.",
    hint="range(3) counts 0, 1, 2. How many steps does yours take?",
)

deep.mistake(
    "one_step_more",
    ("range(num_iterations)", "range(num_iterations + 1)"),
    cause="The loop takes one step too many.",
    hint="range(n) runs n times.",
)

deep.mistake(
    "started_times_001",
    ("parameters = initialize_parameters_deep(layers_dims)", 'parameters = {k: v * (0.01 * np.sqrt(v.shape[1]) if k.startswith("W") else 1) for k, v in initialize_parameters_deep(layers_dims).items()}'),
    cause="The weights start × 0.01, instead of / √n_prev as initialize_parameters_deep draws them.",
    hint="Print the costs: do they leave 0.69? Use the starting parameters as they come.",
)

@deep.mistake(
    "gradients_of_the_start",
    cause="Every step uses the gradients of the start.",
    hint="The direction downhill changes with every step. Which lines belong into the loop?",
)
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    for i in range(num_iterations):
        cost = compute_cost(L_model_forward(X, parameters)[0], Y)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
    return parameters, costs

deep.mistake(
    "one_layer_only",
    ("initialize_parameters_deep(layers_dims)", "initialize_parameters_deep([layers_dims[0], layers_dims[-1]])"),
    cause="The network has no hidden layers: only the first and the last size are used.",
    hint="How many entries has the dictionary of parameters?",
)

deep.mistake(
    "return_inside_loop",
    ("    return parameters, costs", "        return parameters, costs"),
    cause="Training ends after one step, as happens where the return stands inside the loop.",
    hint="Look at the indentation of the return.",
)

deep.mistake(
    "learning_rate_falls",
    ("grads, learning_rate)", "grads, learning_rate / (1 + i))"),
    cause="The learning rate falls with each iteration; the contract keeps it.",
    hint="A falling rate is a good idea, and a later lesson's. Here α is the same in every step.",
)

deep.mistake(
    "labels_as_answers",
    ("L_model_backward(AL, Y, caches)", "L_model_backward(AL > 0.5, Y, caches)"),
    cause="The gradients are measured with the answers rounded to 0 and 1.",
    hint="A network that is right but unsure should still be pushed. What does AL say that AL > 0.5 does not?",
)

deep.equivalent("if print_cost:", "pass", reason="what is printed is not judged.")


mcn = exercise("mcnemar")

@mcn.right("loops")
def mcnemar(predictions_1, predictions_2, Y):
    counts = [0, 0]
    for a, b, y in zip(predictions_1[0], predictions_2[0], Y[0]):
        if a != b:
            counts[0 if a == y else 1] += 1
    n = sum(counts)
    rows = [[1]]
    for _ in range(n):
        rows.append([1] + [x + y for x, y in zip(rows[-1], rows[-1][1:])] + [1])
    p = 0.0
    for k in range(n + 1):
        if min(k, n - k) <= min(counts):
            p += rows[n][k] / 2**n
    return counts[0], counts[1], p

@mcn.right("vectorized")
def mcnemar(predictions_1, predictions_2, Y):
    apart = predictions_1 != predictions_2
    only_1 = np.count_nonzero(apart & (predictions_1 == Y))
    only_2 = np.count_nonzero(apart) - only_1
    low, n = min(only_1, only_2), only_1 + only_2
    log_terms = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * np.log(2) for k in range(low + 1)]
    return np.array([only_1, only_2, min(1, 2 * np.sum(np.exp(log_terms)))])

@mcn.right("floats")
def mcnemar(predictions_1, predictions_2, Y):
    first = float(np.sum((predictions_1 == Y) > (predictions_2 == Y)))
    second = float(np.sum((predictions_1 == Y) < (predictions_2 == Y)))
    n = int(first + second)
    weights = np.array([math.comb(n, k) * 0.5**n for k in range(n + 1)])
    return first, second, np.minimum(1, 2 * weights[: int(min(first, second)) + 1].sum())

mcn.mistake(
    "one_sided",
    ("2 * tail", "tail"),
    cause="p is half of what it should be: only one of the two sides was counted.",
    hint="Would a result as lopsided the other way have surprised you as much?",
)

mcn.mistake(
    "smaller_count_left_out",
    ("range(min(only_1, only_2) + 1)", "range(min(only_1, only_2))"),
    cause="The sum ends one term early: the smaller count itself is left out.",
    hint="Work through 5 against 1: the sum has two terms.",
)

mcn.mistake(
    "one_term_only",
    ("sum(math.comb(n, k) for k in range(min(only_1, only_2) + 1))", "math.comb(n, min(only_1, only_2))"),
    cause="Only the last term of the sum was taken.",
    hint="At least as lopsided: the more lopsided results count, too.",
)

mcn.mistake(
    "not_limited_to_one",
    ("min(1.0, 2 * tail)", "2 * tail"),
    cause="p grows beyond 1 where both counts are equal: the limit is missing.",
    hint="Try two classifiers with three and three. Can something happen more often than always?",
)

mcn.mistake(
    "counts_exchanged",
    ("return only_1, only_2,", "return only_2, only_1,"),
    cause="The two counts are exchanged.",
    hint="Let the first classifier be right everywhere. Which of your counts is not 0?",
)

mcn.mistake(
    "all_examples_thrown",
    ("n = only_1 + only_2", "n = Y.shape[1]"),
    cause="n counts all examples, also those on which both are right or both wrong.",
    hint="The coin is thrown only where exactly one of the two is right.",
)

mcn.mistake(
    "right_instead_of_only",
    ("right_1 & ~right_2", "right_1"),
    ("right_2 & ~right_1", "right_2"),
    cause="All right answers were counted, not those on which only one of the two is right.",
    hint="Where both are right, nothing is learned about which is better.",
)

mcn.mistake(
    "normal_approximation",
    ("    return only_1, only_2, min(1.0, 2 * tail)", "    z = abs(only_1 - only_2) / np.sqrt(max(n, 1))\n    return only_1, only_2, math.erfc(z / np.sqrt(2))"),
    cause="p comes from the normal distribution (or χ² with one degree of freedom), an approximation for large n; the exact sum is asked for.",
    hint="Compare with 5 against 1, by hand. How far off is it for so few?",
)

mcn.mistake(
    "tail_from_above",
    ("range(min(only_1, only_2) + 1)", "range(max(only_1, only_2) + 1)"),
    cause="p is 1 whatever the counts are, as happens where the sum runs up to the larger count, and where it is not divided by 2ⁿ.",
    hint="For 5 against 1, which results are at least as lopsided?",
)

mcn.mistake(
    "difference_of_accuracies",
    ("return only_1, only_2, min(1.0, 2 * tail)", "return only_1, only_2, abs(only_1 - only_2) / Y.shape[1]"),
    cause="What is returned as p is the difference of the two accuracies.",
    hint="p says how often chance would do this. It is close to 1 where the two hardly differ.",
)

mcn.equivalent("only_1 = int(np.sum(right_1 & ~right_2))", "only_1 = np.sum(right_1 & ~right_2)", reason="NumPy's integer is as good as Python's.")

mcn.equivalent("only_2 = int(np.sum(right_2 & ~right_1))", "only_2 = np.sum(right_2 & ~right_1)", reason="NumPy's integer is as good as Python's.")

mcn.equivalent("tail = sum((math.comb(n, k) for k in range(min(only_1, only_2) + 1))) / 2 ** n", "tail = sum((math.comb(n, k) for k in range(min(only_2, only_1) + 1))) / 2 ** n", reason="the smaller of two does not depend on their order.")

mcn.equivalent("return (only_1, only_2, min(1.0, 2 * tail))", "return (only_1, only_2, min(2 * tail, 1.0))", reason="the smaller of two does not depend on their order.")


@two.forms
@deep.forms
def model_forms(inputs, expected):
    """The parameters alone, and the costs as an array."""
    parameters, costs = expected
    yield "You return the parameters alone, as the course did in 2017; since 2021 it returns the costs as well.", parameters
    yield "Your costs are an array; the course returns a list.", (parameters, np.array(costs))


@mcn.forms
def mcnemar_forms(inputs, expected):
    """The three numbers in one array."""
    yield "Your three numbers came as one array; the docstring asks for three values.", np.array(expected, dtype=float)
