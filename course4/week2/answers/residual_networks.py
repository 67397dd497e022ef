"""Answers that people give to the exercises of residual_networks.py: read, never imported (see CONTRIBUTING.md)."""


forward = exercise("residual_forward")

@forward.right("course_style")
def residual_forward(A, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    A_shortcut = A
    Z1 = np.dot(W1, A) + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = np.dot(W2, A1) + b2
    S = np.add(Z2, A_shortcut)
    A_next = np.where(S > 0, S, 0)
    return A_next, (A, Z1, A1, S, parameters)

@forward.right("loops")
def residual_forward(A, parameters):
    n, m = A.shape
    h = parameters["W1"].shape[0]
    Z1, A1 = np.zeros((h, m)), np.zeros((h, m))
    S, A_next = np.zeros((n, m)), np.zeros((n, m))
    for i in range(m):
        for j in range(h):
            Z1[j, i] = parameters["b1"][j, 0] + sum(parameters["W1"][j, k] * A[k, i] for k in range(n))
            A1[j, i] = max(0, Z1[j, i])
        for k in range(n):
            S[k, i] = A[k, i] + parameters["b2"][k, 0] + sum(parameters["W2"][k, j] * A1[j, i] for j in range(h))
            A_next[k, i] = max(0, S[k, i])
    return A_next, (A, Z1, A1, S, parameters)

@forward.right("einsum")
def residual_forward(A, parameters):
    Z1 = np.einsum("hn,nm->hm", parameters["W1"], A) + parameters["b1"]
    A1 = np.clip(Z1, 0, None)
    S = A + np.einsum("nh,hm->nm", parameters["W2"], A1) + parameters["b2"]
    return np.clip(S, 0, None), (A, Z1, A1, S, parameters)

@forward.right("tensorflow")
def residual_forward(A, parameters):
    Z1 = tf.matmul(parameters["W1"], A) + parameters["b1"]
    A1 = tf.nn.relu(Z1)
    S = tf.matmul(parameters["W2"], A1) + parameters["b2"] + A
    return tf.nn.relu(S).numpy(), (A, Z1.numpy(), A1.numpy(), S.numpy(), parameters)

forward.right(
    "with_a_helper",
    '''def rectified(Z):
    return (np.abs(Z) + Z) / 2

def residual_forward(A, parameters):
    Z1 = parameters["W1"] @ A + parameters["b1"]
    A1 = rectified(Z1)
    S = parameters["W2"] @ A1 + parameters["b2"]
    S += A
    return rectified(S), (A, Z1, A1, S, parameters)
''',
)

forward.mistake(
    "no_shortcut",
    (' + parameters["b2"] + A', ' + parameters["b2"]'),
    cause="The input was not added: this is a plain block.",
    hint="How many terms has the sum S?",
)

forward.mistake(
    "relu_before_the_sum",
    ('S = parameters["W2"] @ A1 + parameters["b2"] + A\n    return np.maximum(0, S)', 'S = np.maximum(0, parameters["W2"] @ A1 + parameters["b2"]) + A\n    return S'),
    cause="The last ReLU stands before the sum: what the layers give was cut off at zero, and then the input was added.",
    hint="By hand S is (4, -2). Can yours have the -2?",
)

forward.mistake(
    "relu_on_both_sides",
    ('parameters["W2"] @ A1 + parameters["b2"] + A\n', 'np.maximum(0, parameters["W2"] @ A1 + parameters["b2"]) + A\n'),
    cause="There is a ReLU before the sum, besides the one after it: the block can then add, and never take away.",
    hint="How many ReLUs stand in the four formulas?",
)

forward.mistake(
    "last_relu_forgotten",
    ("return np.maximum(0, S),", "return S,"),
    cause="The ReLU after the sum is missing: S came back.",
    hint="Is any entry of your A_next negative?",
)

forward.mistake(
    "inner_relu_forgotten",
    ("A1 = np.maximum(0, Z1)", "A1 = Z1"),
    cause="The inner ReLU is missing, so that the two layers are one linear map.",
    hint="Which two arrays have a max(0, ...) in the formulas?",
)

forward.mistake(
    "shortcut_inside",
    ('np.maximum(0, Z1)\n', 'np.maximum(0, Z1)\n    A_in, A = A, parameters["W2"] @ A1\n'),
    ("return np.maximum(0, S), (A,", "return np.maximum(0, S), (A_in,"),
    cause="The name of the input was written over before the sum, so that what the layers gave was added twice.",
    hint="Which array does the name A hold at the moment of the sum?",
)

forward.mistake(
    "shortcut_after_relu",
    (' + parameters["b2"] + A\n    return np.maximum(0, S),', ' + parameters["b2"] + A\n    return np.maximum(0, S - A) + A,'),
    cause="The input was added after the last ReLU, not before it.",
    hint="The ReLU takes the whole sum. Can an entry of A_next be negative?",
)

forward.mistake(
    "rectified_shortcut",
    ('parameters["b2"] + A\n', 'parameters["b2"] + np.maximum(0, A)\n'),
    cause="The shortcut went through a ReLU: negative entries of the input are lost.",
    hint="What does the shortcut do to A on its way? Try a negative entry.",
)

forward.mistake(
    "shortcut_subtracted",
    ('parameters["b2"] + A\n', 'parameters["b2"] - A\n'),
    cause="The input was subtracted.",
    hint="Compare the sign before A with the formula.",
)

forward.mistake(
    "shortcut_multiplied",
    ('parameters["W2"] @ A1 + parameters["b2"] + A\n', '(parameters["W2"] @ A1 + parameters["b2"]) * A\n'),
    cause="Input and layers were multiplied entry by entry, not added.",
    hint="Which sign gives the block its name: the gradient needs a term of 1.",
)

forward.mistake(
    "first_bias_forgotten",
    ('parameters["W1"] @ A + parameters["b1"]', 'parameters["W1"] @ A'),
    cause="The bias b1 was left out.",
    hint="Compare Z1 with the formula.",
)

forward.mistake(
    "second_bias_forgotten",
    (' + parameters["b2"] + A', ' + A'),
    cause="The bias b2 was left out.",
    hint="The sum S has three terms. Which of them is missing?",
)

forward.mistake(
    "first_bias_again",
    ('parameters["b2"] + A', 'np.sum(parameters["b1"]) + A'),
    cause="The bias of the first layer was used in the second.",
    hint="Look at the number behind each b.",
)

forward.mistake(
    "z_passed_on",
    ('parameters["W2"] @ A1', 'parameters["W2"] @ Z1'),
    cause="The second layer read Z1, not A1.",
    hint="What does the second layer read: what stands before the ReLU, or behind it?",
)

forward.mistake(
    "output_in_the_cache",
    ("return np.maximum(0, S), (A, Z1, A1, S, parameters)", "return np.maximum(0, S), (A, Z1, A1, np.maximum(0, S), parameters)"),
    cause="The cache holds A_next in the place of S.",
    hint="Which array do you need for the mask, before or after the ReLU?",
)

forward.mistake(
    "cache_without_the_input",
    ("(A, Z1, A1, S, parameters)", "(Z1, A1, S, parameters)"),
    cause="The input A is missing in the cache.",
    hint="Count the entries of the cache in the docstring.",
)

forward.mistake(
    "cache_exchanged",
    ("(A, Z1, A1, S, parameters)", "(A, A1, Z1, S, parameters)"),
    cause="Z1 and A1 are exchanged in the cache.",
    hint="Read the order of the cache once more.",
)

forward.mistake(
    "no_cache",
    ("return np.maximum(0, S), (A, Z1, A1, S, parameters)", "return np.maximum(0, S)"),
    cause="Only A_next came back, without the cache.",
    hint="How many values does the docstring promise?",
)

forward.mistake(
    "in_place",
    ('    S = parameters["W2"] @ A1 + parameters["b2"] + A\n', '    A += parameters["W2"] @ A1 + parameters["b2"]\n    S = A\n'),
    cause="The sum was written into the input itself.",
    hint="A += changes the array of the one who calls you.",
)

forward.mistake(
    "sigmoid_inside",
    ("A1 = np.maximum(0, Z1)", "A1 = 1 / (1 + np.exp(-Z1))"),
    cause="The inner activation is a sigmoid.",
    hint="Which function stands between the two layers in the formulas?",
)


backward = exercise("residual_backward")

@backward.right("course_style")
def residual_backward(dA_next, cache):
    (A, Z1, A1, S, parameters) = cache
    W1, W2 = parameters["W1"], parameters["W2"]
    dS = np.array(dA_next, copy=True)
    dS[S <= 0] = 0
    dW2 = np.dot(dS, A1.T)
    db2 = np.sum(dS, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dS)
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    dW1 = np.dot(dZ1, A.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    dA = np.dot(W1.T, dZ1)
    dA = dA + dS
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return dA, grads

@backward.right("one_example_at_a_time")
def residual_backward(dA_next, cache):
    A, Z1, A1, S, parameters = cache
    W1, W2 = parameters["W1"], parameters["W2"]
    dA = np.zeros(A.shape)
    grads = {"d" + name: np.zeros(parameters[name].shape) for name in ("W1", "b1", "W2", "b2")}
    for i in range(A.shape[1]):
        ds = np.where(S[:, i : i + 1] > 0, dA_next[:, i : i + 1], 0.0)
        dz = np.where(Z1[:, i : i + 1] > 0, W2.T @ ds, 0.0)
        grads["dW2"] += ds @ A1[:, i : i + 1].T
        grads["db2"] += ds
        grads["dW1"] += dz @ A[:, i : i + 1].T
        grads["db1"] += dz
        dA[:, i : i + 1] = W1.T @ dz + ds
    return dA, grads

@backward.right("einsum")
def residual_backward(dA_next, cache):
    A, Z1, A1, S, parameters = cache
    dS = np.where(S > 0, dA_next, 0)
    dZ1 = np.where(A1 > 0, np.einsum("nh,nm->hm", parameters["W2"], dS), 0)
    grads = {"dW1": np.einsum("hm,nm->hn", dZ1, A), "dW2": np.einsum("nm,hm->nh", dS, A1)}
    grads["db1"], grads["db2"] = dZ1.sum(1)[:, None], dS.sum(1).reshape(-1, 1)
    return dS + np.einsum("hn,hm->nm", parameters["W1"], dZ1), grads

@backward.right("with_a_tape")
def residual_backward(dA_next, cache):
    A, _, _, _, parameters = cache
    names = ["W1", "b1", "W2", "b2"]
    variables = [tf.Variable(A)] + [tf.Variable(parameters[name]) for name in names]
    with tf.GradientTape() as tape:
        X, W1, b1, W2, b2 = variables
        out = tf.nn.relu(tf.matmul(W2, tf.nn.relu(tf.matmul(W1, X) + b1)) + b2 + X)
        cost = tf.reduce_sum(out * dA_next)
    slopes = [slope.numpy() for slope in tape.gradient(cost, variables)]
    return slopes[0], dict(zip(["dW1", "db1", "dW2", "db2"], slopes[1:]))

@backward.right("sign")
def residual_backward(dA_next, cache):
    A, Z1, A1, S, parameters = cache
    dS = dA_next * np.heaviside(S, 0)
    dZ1 = np.matmul(parameters["W2"].T, dS) * np.heaviside(Z1, 0)
    ones = np.ones((A.shape[1], 1))
    grads = dict(dW1=dZ1 @ A.T, db1=dZ1 @ ones, dW2=dS @ A1.T, db2=dS @ ones)
    return parameters["W1"].T @ dZ1 + dS, grads

backward.mistake(
    "no_shortcut",
    ('parameters["W1"].T @ dZ1 + dS, grads', 'parameters["W1"].T @ dZ1, grads'),
    cause="The term of the shortcut is missing in dA: only the road through the layers counts.",
    hint="By which roads does A reach S? What does a small step of A do along each of them?",
)

backward.mistake(
    "only_the_shortcut",
    ('parameters["W1"].T @ dZ1 + dS, grads', 'dS, grads'),
    cause="dA is the term of the shortcut alone: the road through the two layers is missing.",
    hint="By which roads does A reach S?",
)

backward.mistake(
    "shortcut_before_the_mask",
    ("@ dZ1 + dS, grads", "@ dZ1 + dA_next, grads"),
    cause="The shortcut carries dA_next, and not dS: the ReLU after the sum was passed over on this road.",
    hint="The shortcut ends at the sum. What stands between the sum and A_next?",
)

backward.mistake(
    "one_for_the_shortcut",
    ("@ dZ1 + dS, grads", "@ dZ1 + 1, grads"),
    cause="A 1 was added to dA: that is the slope of the shortcut, without the gradient that comes in.",
    hint="A slope is multiplied by what arrives. What arrives at S?",
)

backward.mistake(
    "shortcut_through_the_weights",
    ('parameters["W1"].T @ dZ1 + dS, grads', 'parameters["W1"].T @ (dZ1 + parameters["W2"].T @ dS), grads'),
    cause="The term of the shortcut went through the weights: it passes by both layers.",
    hint="Which weights stand on the shortcut?",
)

backward.mistake(
    "shortcut_twice",
    ("@ dZ1 + dS, grads", "@ dZ1 + 2 * dS, grads"),
    cause="The term of the shortcut counts twice.",
    hint="Multiply out (f' + 1). How often does the 1 stand there?",
)

backward.mistake(
    "shortcut_subtracted",
    ("@ dZ1 + dS, grads", "@ dZ1 - dS, grads"),
    cause="The term of the shortcut was subtracted.",
    hint="Roads add up.",
)

backward.mistake(
    "input_added",
    ("@ dZ1 + dS, grads", "@ dZ1 + A, grads"),
    cause="The input A itself was added to its gradient.",
    hint="Forward the shortcut carries A. What does it carry backward?",
)

backward.mistake(
    "input_s_mask_on_the_shortcut",
    ("@ dZ1 + dS, grads", "@ dZ1 + dS * (A > 0), grads"),
    cause="The shortcut's term went through a mask of A, as if there were a ReLU on the shortcut.",
    hint="What stands on the shortcut?",
)

backward.mistake(
    "outer_mask_forgotten",
    ("dS = dA_next * (S > 0)", "dS = dA_next"),
    cause="The mask of the ReLU after the sum is missing.",
    hint="Where S was negative, a small step of S changes nothing. What gradient is due there?",
)

backward.mistake(
    "inner_mask_forgotten",
    ("@ dS) * (Z1 > 0)", "@ dS)"),
    cause="The mask of the inner ReLU is missing.",
    hint="Where Z1 was negative, a small step of Z1 changes nothing.",
)

backward.mistake(
    "mask_of_the_input",
    ("dA_next * (S > 0)", "dA_next * (A > 0)"),
    cause="The outer mask asks the input A, not S.",
    hint="Which array does the last ReLU read?",
)

backward.mistake(
    "mask_without_the_shortcut",
    ("dA_next * (S > 0)", "dA_next * (S - A > 0)"),
    cause="The outer mask asks what the layers gave, without the shortcut.",
    hint="Does the last ReLU stand before the sum or after it?",
)

backward.mistake(
    "mask_of_the_gradient",
    ("dA_next * (S > 0)", "np.maximum(0, dA_next)"),
    cause="A ReLU was put on the gradient itself: negative gradients are lost.",
    hint="The mask depends on what went forward, not on the gradient.",
)

backward.mistake(
    "inner_mask_of_the_gradient",
    ('(parameters["W2"].T @ dS) * (Z1 > 0)', 'np.maximum(0, parameters["W2"].T @ dS)'),
    cause="Inside, a ReLU was put on the gradient itself.",
    hint="The mask depends on what went forward, not on the gradient.",
)

backward.mistake(
    "values_for_the_mask",
    ("dA_next * (S > 0)", "dA_next * np.maximum(0, S)"),
    cause="The gradient was multiplied by the values of A_next in the place of a mask of zeros and ones.",
    hint="What is the slope of max(0, s) where s is 4?",
)

backward.mistake(
    "divided_by_m",
    ('"dW1": dZ1 @ A.T,', '"dW1": dZ1 @ A.T / A.shape[1],'),
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.mean(dZ1, axis=1, keepdims=True)"),
    ('"dW2": dS @ A1.T,', '"dW2": dS @ A1.T / A.shape[1],'),
    ("np.sum(dS, axis=1, keepdims=True)", "np.mean(dS, axis=1, keepdims=True)"),
    cause="The gradients of the parameters were divided by m, as in course 1: here the 1/m is in dA_next already.",
    hint="Where does the docstring say that the 1/m of the cost is?",
)

backward.mistake(
    "biases_averaged",
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.mean(dZ1, axis=1, keepdims=True)"),
    ("np.sum(dS, axis=1, keepdims=True)", "np.mean(dS, axis=1, keepdims=True)"),
    cause="The gradients of the biases are means over the examples, not sums.",
    hint="A bias moves all examples at once. Do their slopes add up, or are they averaged?",
)

backward.mistake(
    "flat_biases",
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    ("np.sum(dS, axis=1, keepdims=True)", "np.sum(dS, axis=1)"),
    cause="The gradients of the biases are flat, and not columns.",
    hint="A gradient has the shape of what it belongs to.",
)

backward.mistake(
    "biases_over_units",
    ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=0, keepdims=True)"),
    ("np.sum(dS, axis=1, keepdims=True)", "np.sum(dS, axis=0, keepdims=True)"),
    cause="The gradients of the biases were summed over the units, not over the examples.",
    hint="Which axis counts the examples?",
)

backward.mistake(
    "input_for_the_inside",
    ('"dW2": dS @ A1.T', '"dW2": dS @ np.maximum(0, parameters["W1"] @ A).T'),
    cause="dW2 was computed from an inside without the bias b1.",
    hint="The cache holds what the second layer read.",
)

backward.mistake(
    "z_for_a",
    ('"dW2": dS @ A1.T', '"dW2": dS @ Z1.T'),
    cause="dW2 was computed from Z1, not from A1.",
    hint="What does the second layer read: what stands before the ReLU, or behind it?",
)

backward.mistake(
    "unmasked_weights",
    ('"dW2": dS @ A1.T', '"dW2": dA_next @ A1.T'),
    ("np.sum(dS, axis=1, keepdims=True)", "np.sum(dA_next, axis=1, keepdims=True)"),
    cause="dW2 and db2 were computed from dA_next, without the mask.",
    hint="Which gradient arrives at the sum?",
)

backward.mistake(
    "shortcut_in_the_second_layer",
    ('"dW2": dS @ A1.T', '"dW2": dS @ A1.T + np.sum(dS * A)'),
    cause="Something of the shortcut was added to dW2: the shortcut has no weights.",
    hint="If W2 grows, does what the shortcut carries change?",
)

backward.mistake(
    "shortcut_s_gradient_in_dz1",
    ('(parameters["W2"].T @ dS) * (Z1 > 0)', '(parameters["W2"].T @ (dS + A)) * (Z1 > 0)'),
    cause="The input was added to the gradient on its way into the layers.",
    hint="Forward and backward are two things: what arrives at S is dS alone.",
)

backward.mistake(
    "only_da",
    ('return parameters["W1"].T @ dZ1 + dS, grads', 'return parameters["W1"].T @ dZ1 + dS'),
    cause="Only dA came back, without the gradients of the parameters.",
    hint="How many values does the docstring promise?",
)

backward.mistake(
    "masks_in_place",
    ("dS = dA_next * (S > 0)", "dA_next *= S > 0\n    dS = dA_next"),
    cause="The mask was written into dA_next itself.",
    hint="*= changes the array of the one who calls you.",
)

backward.mistake(
    "weights_not_turned_back",
    ('(parameters["W2"].T @ dS) * (Z1 > 0)', '(np.linalg.pinv(parameters["W2"]) @ dS) * (Z1 > 0)'),
    cause="W2 was inverted on the way back, in the place of transposed.",
    hint="The gradient asks for slopes, not for the input that would have given the output.",
)
