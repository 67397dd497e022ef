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
    ("return np.maximum(0, S), (A, Z1, A1, S, parameters)", "return np.maximum(0, S), (Z1, A1, S, parameters)"),
    cause="The input A is missing in the cache.",
    hint="Count the entries of the cache in the docstring.",
)

forward.mistake(
    "cache_exchanged",
    ("return np.maximum(0, S), (A, Z1, A1, S, parameters)", "return np.maximum(0, S), (A, A1, Z1, S, parameters)"),
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

forward.equivalent("A1 = np.maximum(0, Z1)", "A1 = np.maximum(Z1, 0)", reason="the larger of two numbers does not depend on their order.")

forward.equivalent(
    "return (np.maximum(0, S), (A, Z1, A1, S, parameters))",
    "return (np.maximum(S, 0), (A, Z1, A1, S, parameters))",
    reason="the larger of two numbers does not depend on their order.",
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

backward.equivalent("dS = dA_next * (S > 0)", "dS = dA_next * (S >= 0)", reason="no entry of S is 0 exactly, as the docstring says.")

backward.equivalent(
    "dZ1 = parameters['W2'].T @ dS * (Z1 > 0)",
    "dZ1 = parameters['W2'].T @ dS * (Z1 >= 0)",
    reason="no entry of Z1 is 0 exactly, as the docstring says.",
)


block = exercise("identity_block")

@block.right("course_2017")
def identity_block(X, f, filters, stage, block):
    conv_name_base = "res" + str(stage) + block + "_branch"
    bn_name_base = "bn" + str(stage) + block + "_branch"
    F1, F2, F3 = filters
    X_shortcut = X
    X = Conv2D(filters=F1, kernel_size=(1, 1), strides=(1, 1), padding="valid", name=conv_name_base + "2a", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2a")(X)
    X = Activation("relu")(X)
    X = Conv2D(filters=F2, kernel_size=(f, f), strides=(1, 1), padding="same", name=conv_name_base + "2b", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2b")(X)
    X = Activation("relu")(X)
    X = Conv2D(filters=F3, kernel_size=(1, 1), strides=(1, 1), padding="valid", name=conv_name_base + "2c", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2c")(X)
    X = Add()([X, X_shortcut])
    X = Activation("relu")(X)
    return X

@block.right("course_2021")
def identity_block(X, f, filters, training=True, initializer=random_uniform):
    F1, F2, F3 = filters
    X_shortcut = X
    X = Conv2D(filters=F1, kernel_size=1, strides=(1, 1), padding="valid", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X = Activation("relu")(X)
    X = Conv2D(filters=F2, kernel_size=f, strides=(1, 1), padding="same", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X = Activation("relu")(X)
    X = Conv2D(filters=F3, kernel_size=1, strides=(1, 1), padding="valid", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X = Add()([X_shortcut, X])
    X = Activation("relu")(X)
    return X

@block.right("operators")
def identity_block(X, f, filters, **other):
    shortcut = X
    for width, size in zip(filters[:2], (1, f)):
        X = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(width, size, padding="same")(X)))
    X = layers.BatchNormalization(axis=-1)(layers.Conv2D(filters[2], (1, 1), padding="same")(X))
    return tf.keras.activations.relu(X + shortcut)

@block.right("sequential")
def identity_block(X, f, filters, **other):
    main = keras.Sequential([
        layers.Conv2D(filters[0], 1), layers.BatchNormalization(axis=3), layers.ReLU(),
        layers.Conv2D(filters[1], f, padding="same"), layers.BatchNormalization(axis=3), layers.ReLU(),
        layers.Conv2D(filters[2], 1), layers.BatchNormalization(axis=3),
    ])
    return layers.Activation("relu")(layers.add([main(X), X]))

block.right(
    "with_a_helper",
    '''def convolved(X, filters, f, activation=True, **settings):
    X = Conv2D(filters, f, **settings)(X)
    X = BatchNormalization(axis=3)(X)
    return Activation("relu")(X) if activation else X

def identity_block(X, f, filters, **other):
    Y = convolved(X, filters[0], 1)
    Y = convolved(Y, filters[1], f, padding="same")
    Y = convolved(Y, filters[2], 1, activation=False)
    return ReLU()(Add()([Y, X]))
''',
)

block.mistake(
    "shortcut_saved_too_late",
    ('    X_shortcut = X\n    X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n', '    X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n    X_shortcut = X\n'),
    cause="The shortcut was saved behind the first convolution, and not at the block's input.",
    hint="Where does X_shortcut = X stand, and what has happened to X before it?",
)

block.mistake(
    "relu_before_the_join",
    ('    return Activation("relu")(X)', '    return X'),
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n'),
    cause="The last ReLU stands before the join, so nothing stands behind it.",
    hint="Follow the table: is the ReLU in the row of the join before the plus or behind it?",
)

block.mistake(
    "relu_on_both_sides",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n'),
    cause="There is a third ReLU on the main path, before the join, besides the one behind it.",
    hint="How many of the three convolutions have a ReLU behind them, in the table?",
)

block.mistake(
    "last_relu_missing",
    ('return Activation("relu")(X)', 'return X'),
    cause="The ReLU after the join is missing.",
    hint="Read the last row of the table.",
)

block.mistake(
    "join_forgotten",
    ('    X = Add()([X, X_shortcut])\n', ''),
    cause="The join is missing: the shortcut was kept and never used.",
    hint="Where does X_shortcut stand again, after its first line?",
)

block.mistake(
    "concatenated",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Concatenate()([X, X_shortcut])'),
    cause="The two paths were concatenated: their maps stand one behind the other, and nothing was added.",
    hint="How many maps has your join? A sum keeps their number.",
)

block.mistake(
    "averaged",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Average()([X, X_shortcut])'),
    cause="The two paths were averaged, which halves the sum.",
    hint="What does the shortcut carry back: a 1, or one half?",
)

block.mistake(
    "multiplied",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Multiply()([X, X_shortcut])'),
    cause="The two paths were multiplied.",
    hint="Which sign gave the block its extra term?",
)

block.mistake(
    "main_path_twice",
    ('    X = Add()([X, X_shortcut])', '    X = Add()([X, X])'),
    cause="The main path was added to itself: X was written over.",
    hint="Which two names stand in the list of Add?",
)

block.mistake(
    "first_filters_f2",
    ('X = Conv2D(F1, 1)(X)', 'X = Conv2D(F2, 1)(X)'),
    cause="The first convolution has F2 filters, not F1.",
    hint="Compare the three numbers of filters with the table.",
)

block.mistake(
    "middle_filters_f1",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F1, f, padding="same")(X)'),
    cause="The middle convolution has F1 filters, not F2.",
    hint="Compare the three numbers of filters with the table.",
)

block.mistake(
    "filters_backwards",
    ('F1, F2, F3 = filters', 'F2, F1, F3 = filters'),
    cause="The three numbers of filters were taken in another order.",
    hint="Print F1, F2 and F3.",
)

block.mistake(
    "middle_window_one",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, 1, padding="same")(X)'),
    cause="The middle convolution has the window 1×1, not f×f.",
    hint="Where does f stand in your code?",
)

block.mistake(
    "middle_window_three",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, 3, padding="same")(X)'),
    cause="The middle window is always 3×3, whatever f is.",
    hint="Look for a number where the argument belongs.",
)

block.mistake(
    "middle_valid",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, f)(X)'),
    cause="The middle convolution has no padding, so that it loses pixels at the border.",
    hint="Which size has the middle map, and which one does the shortcut have?",
)

block.mistake(
    "outer_windows_f",
    ('X = Conv2D(F1, 1)(X)', 'X = Conv2D(F1, f, padding="same")(X)'),
    cause="The first convolution has the window f×f; it should be 1×1.",
    hint="Only one of the three windows is larger than a pixel.",
)

block.mistake(
    "last_window_f",
    ('X = Conv2D(F3, 1)(X)', 'X = Conv2D(F3, f, padding="same")(X)'),
    cause="The last convolution has the window f×f; it should be 1×1.",
    hint="Only one of the three windows is larger than a pixel.",
)

block.mistake(
    "first_bn_missing",
    ('X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F1, 1)(X)'),
    cause="The batch normalization after the first convolution is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

block.mistake(
    "middle_bn_missing",
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F2, f, padding="same")(X)'),
    cause="The batch normalization after the middle convolution is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

block.mistake(
    "last_bn_missing",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)'),
    cause="The batch normalization after the last convolution of the main path is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

block.mistake(
    "axis_one",
    ('X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=1)(X)'),
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=1)(X)'),
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=1)(X)'),
    cause="Batch normalization works along axis 1, which counts the rows of a picture.",
    hint="Examples, height, width, channels: which axis counts the maps, if you count from 0?",
)

block.mistake(
    "relu_before_bn",
    ('X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F1, 1)(X)\n    X = Activation("relu")(X)\n    X = BatchNormalization(axis=3)(X)'),
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = Activation("relu")(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="ReLU and batch normalization are exchanged: the ReLU comes first.",
    hint="In which order do the two stand in the table?",
)

block.mistake(
    "first_relu_missing",
    ('X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F1, 1)(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="The ReLU after the first convolution is missing.",
    hint="Behind how many convolutions of the main path is a ReLU due?",
)

block.mistake(
    "middle_relu_missing",
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="The ReLU after the middle convolution is missing.",
    hint="Behind how many convolutions of the main path is a ReLU due?",
)

block.mistake(
    "tanh",
    ('return Activation("relu")', 'return Activation("tanh")'),
    cause="The activation after the join is tanh.",
    hint="Which function stands in the last row of the table?",
)

block.mistake(
    "no_biases",
    ('X = Conv2D(F1, 1)(X)', 'X = Conv2D(F1, 1, use_bias=False)(X)'),
    ('X = Conv2D(F3, 1)(X)', 'X = Conv2D(F3, 1, use_bias=False)(X)'),
    cause="Convolutions were made without their biases.",
    hint="How many weights has one 1×1 filter on six maps? The table says nothing of leaving any out.",
)

block.mistake(
    "training_fixed",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X, training=True)'),
    cause="A batch normalization was fixed to the mode of training: in use it would still normalize by the batch.",
    hint="Who decides whether the network is in training: the block, or the one who calls the model?",
)

block.mistake(
    "two_convolutions",
    ('    X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n', ''),
    cause="The middle convolution is missing, with all that belongs to it.",
    hint="How many rows with a convolution has the table?",
)

block.mistake(
    "strided",
    ('X = Conv2D(F1, 1)(X)', 'X = Conv2D(F1, 1, strides=2)(X)'),
    cause="The first convolution has a stride of 2, so that the shortcut no longer fits: that belongs to the other block.",
    hint="Which of the two blocks changes the size of the maps?",
)

block.mistake(
    "shortcut_convolved",
    ('    X = Add()', '    X_shortcut = BatchNormalization(axis=3)(Conv2D(F3, 1)(X_shortcut))\n    X = Add()'),
    cause="The shortcut has a convolution: that belongs to the other block. Here it is the input as it came.",
    hint="What stands on the shortcut of this block?",
)

block.mistake(
    "shortcut_normalized",
    ('    X_shortcut = X\n', '    X_shortcut = BatchNormalization(axis=3)(X)\n'),
    cause="The shortcut goes through a batch normalization; it should be the input as it came.",
    hint="What stands on the shortcut of this block?",
)

block.mistake(
    "nothing_returned",
    ('return Activation("relu")(X)', 'X = Activation("relu")(X)'),
    cause="Nothing came back: the return is missing.",
    hint="What does the last line of a function need?",
)

block.equivalent("X = BatchNormalization(axis=3)(X)", "X = BatchNormalization()(X)", reason="the last axis, which Keras takes if none is named, is axis 3.")


conv = exercise("convolutional_block")

@conv.right("course_2017")
def convolutional_block(X, f, filters, stage, block, s=2):
    conv_name_base = "res" + str(stage) + block + "_branch"
    bn_name_base = "bn" + str(stage) + block + "_branch"
    F1, F2, F3 = filters
    X_shortcut = X
    X = Conv2D(F1, (1, 1), strides=(s, s), name=conv_name_base + "2a", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2a")(X)
    X = Activation("relu")(X)
    X = Conv2D(F2, (f, f), strides=(1, 1), padding="same", name=conv_name_base + "2b", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2b")(X)
    X = Activation("relu")(X)
    X = Conv2D(F3, (1, 1), strides=(1, 1), name=conv_name_base + "2c", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name=bn_name_base + "2c")(X)
    X_shortcut = Conv2D(F3, (1, 1), strides=(s, s), name=conv_name_base + "1", kernel_initializer=glorot_uniform(seed=0))(X_shortcut)
    X_shortcut = BatchNormalization(axis=3, name=bn_name_base + "1")(X_shortcut)
    X = Add()([X, X_shortcut])
    X = Activation("relu")(X)
    return X

@conv.right("course_2021")
def convolutional_block(X, f, filters, s=2, training=True, initializer=glorot_uniform):
    F1, F2, F3 = filters
    X_shortcut = X
    X = Conv2D(filters=F1, kernel_size=1, strides=(s, s), padding="valid", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X = Activation("relu")(X)
    X = Conv2D(filters=F2, kernel_size=f, strides=(1, 1), padding="same", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X = Activation("relu")(X)
    X = Conv2D(filters=F3, kernel_size=1, strides=(1, 1), padding="valid", kernel_initializer=initializer(seed=0))(X)
    X = BatchNormalization(axis=3)(X, training=training)
    X_shortcut = Conv2D(filters=F3, kernel_size=1, strides=(s, s), padding="valid", kernel_initializer=initializer(seed=0))(X_shortcut)
    X_shortcut = BatchNormalization(axis=3)(X_shortcut, training=training)
    X = Add()([X, X_shortcut])
    X = Activation("relu")(X)
    return X

@conv.right("operators")
def convolutional_block(X, f, filters, s=2, **other):
    shortcut = layers.BatchNormalization()(layers.Conv2D(filters[2], 1, s)(X))
    for width, size, stride in zip(filters[:2], (1, f), (s, 1)):
        X = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(width, size, stride, padding="same")(X)))
    X = layers.BatchNormalization()(layers.Conv2D(filters[2], 1)(X))
    return tf.keras.activations.relu(shortcut + X)

@conv.right("sequential")
def convolutional_block(X, f, filters, s=2, **other):
    main = keras.Sequential([
        layers.Conv2D(filters[0], 1, strides=s), layers.BatchNormalization(axis=3), layers.ReLU(),
        layers.Conv2D(filters[1], f, padding="same"), layers.BatchNormalization(axis=3), layers.ReLU(),
        layers.Conv2D(filters[2], 1), layers.BatchNormalization(axis=3),
    ])
    shortcut = keras.Sequential([layers.Conv2D(filters[2], 1, strides=s), layers.BatchNormalization(axis=3)])
    return layers.Activation("relu")(layers.add([main(X), shortcut(X)]))

conv.right(
    "with_a_helper",
    '''def convolved(X, filters, f, activation=True, **settings):
    X = Conv2D(filters, f, **settings)(X)
    X = BatchNormalization(axis=3)(X)
    return Activation("relu")(X) if activation else X

def convolutional_block(X, f, filters, s=2, **other):
    Y = convolved(X, filters[0], 1, strides=s)
    Y = convolved(Y, filters[1], f, padding="same")
    Y = convolved(Y, filters[2], 1, activation=False)
    return ReLU()(Add()([Y, convolved(X, filters[2], 1, activation=False, strides=s)]))
''',
)

conv.mistake(
    "shortcut_saved_too_late",
    ('    X_shortcut = X\n    X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n', '    X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n    X_shortcut = X\n'),
    cause="The shortcut was saved behind the first convolution, and not at the block's input.",
    hint="Where does X_shortcut = X stand, and what has happened to X before it?",
)

conv.mistake(
    "relu_before_the_join",
    ('    return Activation("relu")(X)', '    return X'),
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n'),
    cause="The last ReLU stands before the join, so nothing stands behind it.",
    hint="Follow the table: is the ReLU in the row of the join before the plus or behind it?",
)

conv.mistake(
    "relu_on_both_sides",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n'),
    cause="There is a third ReLU on the main path, before the join, besides the one behind it.",
    hint="How many of the three convolutions have a ReLU behind them, in the table?",
)

conv.mistake(
    "last_relu_missing",
    ('return Activation("relu")(X)', 'return X'),
    cause="The ReLU after the join is missing.",
    hint="Read the last row of the table.",
)

conv.mistake(
    "join_forgotten",
    ('    X = Add()([X, X_shortcut])\n', ''),
    cause="The join is missing: the shortcut was kept and never used.",
    hint="Where does X_shortcut stand again, after its first line?",
)

conv.mistake(
    "concatenated",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Concatenate()([X, X_shortcut])'),
    cause="The two paths were concatenated: their maps stand one behind the other, and nothing was added.",
    hint="How many maps has your join? A sum keeps their number.",
)

conv.mistake(
    "averaged",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Average()([X, X_shortcut])'),
    cause="The two paths were averaged, which halves the sum.",
    hint="What does the shortcut carry back: a 1, or one half?",
)

conv.mistake(
    "multiplied",
    ('    X = Add()([X, X_shortcut])', '    X = layers.Multiply()([X, X_shortcut])'),
    cause="The two paths were multiplied.",
    hint="Which sign gave the block its extra term?",
)

conv.mistake(
    "main_path_twice",
    ('    X = Add()([X, X_shortcut])', '    X = Add()([X, X])'),
    cause="The main path was added to itself: X was written over.",
    hint="Which two names stand in the list of Add?",
)

conv.mistake(
    "first_filters_f2",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F2, 1, strides=s)(X)'),
    cause="The first convolution has F2 filters, not F1.",
    hint="Compare the three numbers of filters with the table.",
)

conv.mistake(
    "middle_filters_f1",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F1, f, padding="same")(X)'),
    cause="The middle convolution has F1 filters, not F2.",
    hint="Compare the three numbers of filters with the table.",
)

conv.mistake(
    "filters_backwards",
    ('F1, F2, F3 = filters', 'F3, F2, F1 = filters'),
    cause="The three numbers of filters were taken in another order.",
    hint="Print F1, F2 and F3.",
)

conv.mistake(
    "middle_window_one",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, 1, padding="same")(X)'),
    cause="The middle convolution has the window 1×1, not f×f.",
    hint="Where does f stand in your code?",
)

conv.mistake(
    "middle_window_three",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, 3, padding="same")(X)'),
    cause="The middle window is always 3×3, whatever f is.",
    hint="Look for a number where the argument belongs.",
)

conv.mistake(
    "middle_valid",
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, f)(X)'),
    cause="The middle convolution has no padding, so that it loses pixels at the border.",
    hint="Which size has the middle map, and which one does the shortcut have?",
)

conv.mistake(
    "outer_windows_f",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, f, strides=s, padding="same")(X)'),
    cause="The first convolution has the window f×f; it should be 1×1.",
    hint="Only one of the three windows is larger than a pixel.",
)

conv.mistake(
    "last_window_f",
    ('X = Conv2D(F3, 1)(X)', 'X = Conv2D(F3, f, padding="same")(X)'),
    cause="The last convolution has the window f×f; it should be 1×1.",
    hint="Only one of the three windows is larger than a pixel.",
)

conv.mistake(
    "first_bn_missing",
    ('X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F1, 1, strides=s)(X)'),
    cause="The batch normalization after the first convolution is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

conv.mistake(
    "middle_bn_missing",
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F2, f, padding="same")(X)'),
    cause="The batch normalization after the middle convolution is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

conv.mistake(
    "last_bn_missing",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)'),
    cause="The batch normalization after the last convolution of the main path is missing.",
    hint="Count: how many convolutions, how many normalizations?",
)

conv.mistake(
    "axis_one",
    ('X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=1)(X)'),
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=1)(X)'),
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=1)(X)'),
    cause="Batch normalization works along axis 1, which counts the rows of a picture.",
    hint="Examples, height, width, channels: which axis counts the maps, if you count from 0?",
)

conv.mistake(
    "relu_before_bn",
    ('X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F1, 1, strides=s)(X)\n    X = Activation("relu")(X)\n    X = BatchNormalization(axis=3)(X)'),
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = Activation("relu")(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="ReLU and batch normalization are exchanged: the ReLU comes first.",
    hint="In which order do the two stand in the table?",
)

conv.mistake(
    "first_relu_missing",
    ('X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F1, 1, strides=s)(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="The ReLU after the first convolution is missing.",
    hint="Behind how many convolutions of the main path is a ReLU due?",
)

conv.mistake(
    "middle_relu_missing",
    ('X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)', 'X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)'),
    cause="The ReLU after the middle convolution is missing.",
    hint="Behind how many convolutions of the main path is a ReLU due?",
)

conv.mistake(
    "tanh",
    ('return Activation("relu")', 'return Activation("tanh")'),
    cause="The activation after the join is tanh.",
    hint="Which function stands in the last row of the table?",
)

conv.mistake(
    "no_biases",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, 1, strides=s, use_bias=False)(X)'),
    ('X = Conv2D(F3, 1)(X)', 'X = Conv2D(F3, 1, use_bias=False)(X)'),
    cause="Convolutions were made without their biases.",
    hint="How many weights has one 1×1 filter on six maps? The table says nothing of leaving any out.",
)

conv.mistake(
    "training_fixed",
    ('X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X)', 'X = Conv2D(F3, 1)(X)\n    X = BatchNormalization(axis=3)(X, training=True)'),
    cause="A batch normalization was fixed to the mode of training: in use it would still normalize by the batch.",
    hint="Who decides whether the network is in training: the block, or the one who calls the model?",
)

conv.mistake(
    "two_convolutions",
    ('    X = Conv2D(F2, f, padding="same")(X)\n    X = BatchNormalization(axis=3)(X)\n    X = Activation("relu")(X)\n', ''),
    cause="The middle convolution is missing, with all that belongs to it.",
    hint="How many rows with a convolution has the table?",
)

conv.mistake(
    "first_stride_forgotten",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, 1)(X)'),
    cause="The first convolution of the main path has no stride, so that the two paths have different sizes.",
    hint="Which layers shrink the maps? Both paths need one.",
)

conv.mistake(
    "stride_in_the_middle",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, 1)(X)'),
    ('X = Conv2D(F2, f, padding="same")(X)', 'X = Conv2D(F2, f, padding="same", strides=s)(X)'),
    cause="The stride stands at the middle convolution, not at the first.",
    hint="Which row of the table does the text change?",
)

conv.mistake(
    "stride_at_the_end",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, 1)(X)'),
    ('X = Conv2D(F3, 1)(X)', 'X = Conv2D(F3, 1, strides=s)(X)'),
    cause="The stride stands at the last convolution of the main path, not at the first.",
    hint="Which row of the table does the text change?",
)

conv.mistake(
    "always_two",
    ('X = Conv2D(F1, 1, strides=s)(X)', 'X = Conv2D(F1, 1, strides=2)(X)'),
    ('X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)', 'X_shortcut = Conv2D(F3, 1, strides=2)(X_shortcut)'),
    cause="The stride is always 2, whatever s is.",
    hint="Look for a number where the argument belongs.",
)

conv.mistake(
    "shortcut_stride_forgotten",
    ('X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)', 'X_shortcut = Conv2D(F3, 1)(X_shortcut)'),
    cause="The convolution on the shortcut has no stride, so that the two paths have different sizes.",
    hint="Both paths have to shrink alike.",
)

conv.mistake(
    "shortcut_not_convolved",
    ('    X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)\n', ''),
    cause="The shortcut has no convolution: it does not fit at the join.",
    hint="How many maps has the shortcut, and how many has the main path?",
)

conv.mistake(
    "shortcut_bn_missing",
    ('    X_shortcut = BatchNormalization(axis=3)(X_shortcut)\n', ''),
    cause="The batch normalization on the shortcut is missing.",
    hint="Read the text: what stands behind the convolution on the shortcut?",
)

conv.mistake(
    "shortcut_axis_one",
    ('X_shortcut = BatchNormalization(axis=3)(X_shortcut)', 'X_shortcut = BatchNormalization(axis=1)(X_shortcut)'),
    cause="The batch normalization on the shortcut works along axis 1.",
    hint="Which axis counts the maps, if you count from 0?",
)

conv.mistake(
    "shortcut_relu",
    ('X_shortcut = BatchNormalization(axis=3)(X_shortcut)', 'X_shortcut = BatchNormalization(axis=3)(X_shortcut)\n    X_shortcut = Activation("relu")(X_shortcut)'),
    cause="There is a ReLU on the shortcut.",
    hint="What is due on the shortcut: a convolution, a normalization, and what else?",
)

conv.mistake(
    "shortcut_window_f",
    ('X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)', 'X_shortcut = Conv2D(F3, f, padding="same", strides=s)(X_shortcut)'),
    cause="The convolution on the shortcut has the window f×f; it should be 1×1.",
    hint="How large is the window that only makes the shortcut fit?",
)

conv.mistake(
    "shortcut_pooled",
    ('X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)', 'X_shortcut = Conv2D(F3, 1)(AveragePooling2D(s, padding="same")(X_shortcut))'),
    cause="The shortcut is shrunk by a pooling in the place of the convolution's stride.",
    hint="Which single layer shrinks the maps and changes their number?",
)

conv.mistake(
    "main_path_on_the_shortcut",
    ('X_shortcut = Conv2D(F3, 1, strides=s)(X_shortcut)', 'X_shortcut = Conv2D(F3, 1)(X)'),
    cause="The convolution of the shortcut reads the main path, not the block's input.",
    hint="Which tensor stands in the last pair of brackets of that line?",
)

conv.mistake(
    "nothing_returned",
    ('return Activation("relu")(X)', 'X = Activation("relu")(X)'),
    cause="Nothing came back: the return is missing.",
    hint="What does the last line of a function need?",
)

conv.equivalent("X = BatchNormalization(axis=3)(X)", "X = BatchNormalization()(X)", reason="the last axis, which Keras takes if none is named, is axis 3.")

conv.equivalent(
    "X_shortcut = BatchNormalization(axis=3)(X_shortcut)",
    "X_shortcut = BatchNormalization()(X_shortcut)",
    reason="the last axis, which Keras takes if none is named, is axis 3.",
)


resnet = exercise("ResNet50")

@resnet.right("course_2017")
def ResNet50(input_shape=(64, 64, 3), classes=6):
    X_input = Input(input_shape)
    X = ZeroPadding2D((3, 3))(X_input)
    X = Conv2D(64, (7, 7), strides=(2, 2), name="conv1", kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3, name="bn_conv1")(X)
    X = Activation("relu")(X)
    X = MaxPooling2D((3, 3), strides=(2, 2))(X)
    X = convolutional_block(X, f=3, filters=[64, 64, 256], stage=2, block="a", s=1)
    X = identity_block(X, 3, [64, 64, 256], stage=2, block="b")
    X = identity_block(X, 3, [64, 64, 256], stage=2, block="c")
    X = convolutional_block(X, f=3, filters=[128, 128, 512], stage=3, block="a", s=2)
    X = identity_block(X, 3, [128, 128, 512], stage=3, block="b")
    X = identity_block(X, 3, [128, 128, 512], stage=3, block="c")
    X = identity_block(X, 3, [128, 128, 512], stage=3, block="d")
    X = convolutional_block(X, f=3, filters=[256, 256, 1024], stage=4, block="a", s=2)
    X = identity_block(X, 3, [256, 256, 1024], stage=4, block="b")
    X = identity_block(X, 3, [256, 256, 1024], stage=4, block="c")
    X = identity_block(X, 3, [256, 256, 1024], stage=4, block="d")
    X = identity_block(X, 3, [256, 256, 1024], stage=4, block="e")
    X = identity_block(X, 3, [256, 256, 1024], stage=4, block="f")
    X = convolutional_block(X, f=3, filters=[512, 512, 2048], stage=5, block="a", s=2)
    X = identity_block(X, 3, [512, 512, 2048], stage=5, block="b")
    X = identity_block(X, 3, [512, 512, 2048], stage=5, block="c")
    X = AveragePooling2D((2, 2), name="avg_pool")(X)
    X = Flatten()(X)
    X = Dense(classes, activation="softmax", name="fc" + str(classes), kernel_initializer=glorot_uniform(seed=0))(X)
    model = Model(inputs=X_input, outputs=X, name="ResNet50")
    return model

@resnet.right("course_2021")
def ResNet50(input_shape=(64, 64, 3), classes=6, training=False):
    X_input = Input(input_shape)
    X = ZeroPadding2D((3, 3))(X_input)
    X = Conv2D(64, (7, 7), strides=(2, 2), kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)
    X = MaxPooling2D((3, 3), strides=(2, 2))(X)
    for filters, s, count in (([64, 64, 256], 1, 2), ([128, 128, 512], 2, 3), ([256, 256, 1024], 2, 5), ([512, 512, 2048], 2, 2)):
        X = convolutional_block(X, f=3, filters=filters, s=s)
        for _ in range(count):
            X = identity_block(X, 3, filters, training=training, initializer=random_uniform)
    X = AveragePooling2D(pool_size=(2, 2), padding="same")(X)
    X = Flatten()(X)
    X = Dense(classes, activation="softmax", kernel_initializer=glorot_uniform(seed=0))(X)
    return Model(inputs=X_input, outputs=X)

@resnet.right("global_average")
def ResNet50(input_shape=(64, 64, 3), classes=6):
    given = X = keras.Input(shape=input_shape)
    X = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(64, 7, 2)(layers.ZeroPadding2D(3)(X))))
    X = layers.MaxPool2D(3, 2)(X)
    for stage, count in enumerate((3, 4, 6, 3)):
        filters = [64 * 2**stage, 64 * 2**stage, 256 * 2**stage]
        for k in range(count):
            if k == 0:
                X = convolutional_block(X, 3, filters, s=2 if stage else 1)
            else:
                X = identity_block(X, 3, filters)
    X = layers.GlobalAveragePooling2D()(X)
    return keras.Model(given, layers.Softmax()(layers.Dense(classes)(X)))

resnet.right(
    "with_a_helper",
    '''def stage_of(X, filters, s, count):
    X = convolutional_block(X, 3, filters, s=s)
    for _ in range(count - 1):
        X = identity_block(X, 3, filters)
    return X

def ResNet50(input_shape=(64, 64, 3), classes=6):
    inputs = Input(input_shape)
    X = Conv2D(64, 7, strides=2)(ZeroPadding2D(3)(inputs))
    X = Activation("relu")(BatchNormalization(axis=3)(X))
    X = MaxPooling2D(3, strides=2)(X)
    X = stage_of(X, [64, 64, 256], 1, 3)
    X = stage_of(X, [128, 128, 512], 2, 4)
    X = stage_of(X, [256, 256, 1024], 2, 6)
    X = stage_of(X, [512, 512, 2048], 2, 3)
    X = Activation("softmax")(Dense(classes)(Flatten()(AveragePooling2D(2)(X))))
    return Model(inputs, X, name="ResNet50")
''',
)

resnet.mistake(
    "padding_forgotten",
    ("X = ZeroPadding2D(3)(X_input)", "X = X_input"),
    cause="The zero padding at the start is missing.",
    hint="Read the first row of the table. How large are the maps behind it?",
)

resnet.mistake(
    "padding_of_one",
    ("ZeroPadding2D(3)", "ZeroPadding2D(1)"),
    cause="The zero padding at the start is 1, not 3.",
    hint="Read the first row of the table.",
)

resnet.mistake(
    "same_for_the_padding",
    ("X = ZeroPadding2D(3)(X_input)\n    X = Conv2D(64, 7, strides=2)(X)", 'X = Conv2D(64, 7, strides=2, padding="same")(X_input)'),
    cause="The first convolution has padding same in the place of three rows of zeros: with a stride of 2 that is another frame.",
    hint="How many zeros does same put above an even number of rows, with a window of 7 and a stride of 2?",
)

resnet.mistake(
    "first_stride_forgotten",
    ("Conv2D(64, 7, strides=2)", "Conv2D(64, 7)"),
    cause="The first convolution has no stride.",
    hint="How large are the maps behind stage 1, in the table and in yours?",
)

resnet.mistake(
    "first_window",
    ("Conv2D(64, 7, strides=2)", "Conv2D(64, 3, strides=2)"),
    cause="The first convolution has the window 3×3, not 7×7.",
    hint="Read the first row of the table.",
)

resnet.mistake(
    "first_filters",
    ("Conv2D(64, 7, strides=2)", "Conv2D(32, 7, strides=2)"),
    cause="The first convolution has 32 filters, not 64.",
    hint="Read the first row of the table.",
)

resnet.mistake(
    "first_bn_missing",
    ("    X = BatchNormalization(axis=3)(X)\n", ""),
    cause="The batch normalization after the first convolution is missing.",
    hint="What stands behind the first convolution, in the table?",
)

resnet.mistake(
    "first_axis_one",
    ("BatchNormalization(axis=3)", "BatchNormalization(axis=1)"),
    cause="The first batch normalization works along axis 1, which counts rows.",
    hint="Which axis counts the maps, if you count from 0?",
)

resnet.mistake(
    "first_relu_missing",
    ('    X = Activation("relu")(X)\n', ""),
    cause="The ReLU of stage 1 is missing.",
    hint="What stands behind the first convolution, in the table?",
)

resnet.mistake(
    "max_pool_forgotten",
    ("    X = MaxPooling2D(3, strides=2)(X)\n", "    X = ZeroPadding2D(0)(X)\n"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="The max pooling is missing.",
    hint="How large are the maps behind stage 1, in the table and in yours?",
)

resnet.mistake(
    "max_pool_window",
    ("MaxPooling2D(3, strides=2)", "MaxPooling2D(2, strides=2)"),
    cause="The max pooling has the window 2×2, not 3×3.",
    hint="Read the first row of the table to its end.",
)

resnet.mistake(
    "max_pool_stride",
    ("MaxPooling2D(3, strides=2)", "MaxPooling2D(3)"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="The max pooling has no stride of its own, so Keras takes the window's size, 3.",
    hint="Which stride has a pooling in Keras if you name none?",
)

resnet.mistake(
    "average_for_max",
    ("MaxPooling2D(3, strides=2)", "AveragePooling2D(3, strides=2)"),
    cause="Stage 1 ends with an average pooling; a max pooling is due.",
    hint="Which of the two poolings stands at the start, which at the end?",
)

resnet.mistake(
    "stage_two_strided",
    ("(64, 1, 2)", "(64, 2, 2)"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="Stage 2 has the stride 2; it should be 1.",
    hint="Which of the four stages does not shrink the maps?",
)

resnet.mistake(
    "stage_three_not_strided",
    ("(128, 2, 3)", "(128, 1, 3)"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="Stage 3 has the stride 1; it should be 2.",
    hint="Compare the sizes of your maps behind each stage with the table.",
)

resnet.mistake(
    "stage_four_not_strided",
    ("(256, 2, 5)", "(256, 1, 5)"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="Stage 4 has the stride 1; it should be 2.",
    hint="Compare the sizes of your maps behind each stage with the table.",
)

resnet.mistake(
    "stage_two_short",
    ("(64, 1, 2)", "(64, 1, 1)"),
    cause="Stage 2 has one identity block; there should be two.",
    hint="Count the blocks of each stage in the table.",
)

resnet.mistake(
    "stage_three_short",
    ("(128, 2, 3)", "(128, 2, 2)"),
    cause="Stage 3 has two identity blocks; there should be three.",
    hint="Count the blocks of each stage in the table.",
)

resnet.mistake(
    "stage_four_short",
    ("(256, 2, 5)", "(256, 2, 4)"),
    cause="Stage 4 has four identity blocks; there should be five.",
    hint="Count the blocks of each stage in the table.",
)

resnet.mistake(
    "stage_five_long",
    ("(512, 2, 2)", "(512, 2, 3)"),
    cause="Stage 5 has three identity blocks; there should be two.",
    hint="Count the blocks of each stage in the table.",
)

resnet.mistake(
    "one_block_too_many_everywhere",
    ("range(identities)", "range(identities + 1)"),
    cause="Every stage has one identity block too many: the convolutional block was not counted.",
    hint="Does the 3 of stage 3 count identity blocks, or all blocks?",
)

resnet.mistake(
    "stage_five_filters",
    ("(512, 2, 2)", "(256, 2, 2)"),
    cause="Stage 5 has the filters of stage 4.",
    hint="Which numbers change from stage to stage?",
)

resnet.mistake(
    "last_filters_not_fourfold",
    ("4 * width]", "2 * width]"),
    cause="The third number of filters is twice the first, not four times.",
    hint="Divide the third number of a row by its first.",
)

resnet.mistake(
    "identities_convolved",
    ("X = identity_block(X, 3, filters)", "X = convolutional_block(X, 3, filters, s=1)"),
    cause="Convolutional blocks stand where identity blocks are due.",
    hint="Which blocks have a convolution on their shortcut: how many in each stage?",
)

resnet.mistake(
    "middle_window_one",
    ("convolutional_block(X, 3,", "convolutional_block(X, 1,"),
    ("identity_block(X, 3,", "identity_block(X, 1,"),
    cause="The blocks were called with f = 1, not 3.",
    hint="Which window do all blocks have? The line below the table says it.",
)

resnet.mistake(
    "middle_window_five",
    ("identity_block(X, 3,", "identity_block(X, 5,"),
    cause="The identity blocks were called with f = 5, not 3.",
    hint="Which window do all blocks have? The line below the table says it.",
)

resnet.mistake(
    "average_pool_forgotten",
    ('    X = AveragePooling2D(2)(X)\n', ""),
    cause="The average pooling is missing: all four places of each map go into the dense layer.",
    hint="How many weights has your dense layer for each class: 2048?",
)

resnet.mistake(
    "flatten_forgotten",
    ("    X = Flatten()(X)\n", ""),
    cause="The flattening is missing: for each picture a map of 1 × 1 came out, not a row of probabilities.",
    hint="Print the shape of what comes out: it should have two numbers.",
)

resnet.mistake(
    "max_for_average",
    ("AveragePooling2D(2)", "MaxPooling2D(2)"),
    cause="A max pooling stands at the end, where an average is due.",
    hint="Which of the two poolings stands at the start, which at the end?",
)

resnet.mistake(
    "sigmoid_at_the_end",
    ("activation=\"softmax\"", "activation=\"sigmoid\""),
    cause="The last activation is a sigmoid: the probabilities of the classes do not add up to 1.",
    hint="One picture shows one of six signs. Which function lets the classes compete?",
)

resnet.mistake(
    "no_softmax",
    (", activation=\"softmax\"", ""),
    cause="The softmax at the end is missing: scores came out, not probabilities.",
    hint="Do the six numbers of a picture add up to 1?",
)

resnet.mistake(
    "always_six",
    ("Dense(classes,", "Dense(6,"),
    cause="The last layer always has six units, whatever classes is.",
    hint="Look for a number where the argument belongs.",
)

resnet.mistake(
    "input_shape_ignored",
    ("Input(input_shape)", "Input((64, 64, 3))"),
    cause="The input is always 64 × 64 × 3, whatever input_shape is.",
    hint="Look for numbers where the argument belongs.",
)

resnet.mistake(
    "height_and_width_exchanged",
    ("Input(input_shape)", "Input((input_shape[1], input_shape[0], input_shape[2]))"),
    cause="Height and width of the input are exchanged.",
    hint="Try a picture that is not square.",
)

resnet.mistake(
    "square_input",
    ("Input(input_shape)", "Input((input_shape[0], input_shape[0], input_shape[2]))"),
    cause="The input was made square: its width was taken from its height.",
    hint="Try a picture that is not square.",
)

resnet.mistake(
    "three_channels",
    ("Input(input_shape)", "Input((*input_shape[:2], 3))"),
    cause="The input always has three channels.",
    hint="Grey pictures have one. Where does the argument say so?",
)

resnet.mistake(
    "hidden_dense_layer",
    ("    X = Dense(classes", '    X = Dense(512, activation="relu")(X)\n    X = Dense(classes'),
    cause="There is a dense layer too many before the last one.",
    hint="How many dense layers has the last row of the table?",
)

resnet.mistake(
    "dropout",
    ("    X = Dense(classes", '    X = layers.Dropout(0.5)(X)\n    X = Dense(classes'),
    cause="There is a dropout before the last layer, which nobody asked for.",
    hint="Compare your last lines with the last row of the table.",
)

resnet.mistake(
    "output_only",
    ("return Model(inputs=X_input, outputs=X)", "return X"),
    cause="The symbolic tensor came back, and not a model.",
    hint="What does Model make of an input and an output?",
)

resnet.mistake(
    "nothing_returned",
    ("return Model(inputs=X_input, outputs=X)", "model = Model(inputs=X_input, outputs=X)"),
    cause="Nothing came back: the return is missing.",
    hint="What does the last line of a function need?",
)

resnet.mistake(
    "stages_backwards",
    ("((64, 1, 2), (128, 2, 3), (256, 2, 5), (512, 2, 2))", "((512, 1, 2), (256, 2, 5), (128, 2, 3), (64, 2, 2))"),
    cause="The stages stand in the opposite order: most filters first.",
    hint="Where are the maps large, and where are there many?",
)

resnet.mistake(
    "start_from_the_input",
    ("X = convolutional_block(X, 3, filters, s=s)", "X = convolutional_block(X_input if width == 64 else X, 3, filters, s=s)"),
    ("AveragePooling2D(2)", "GlobalAveragePooling2D()"),
    cause="The first block reads the input itself, so that stage 1 was built and never used.",
    hint="Which tensor goes into stage 2?",
)

@resnet.mistake(
    "library_network",
    cause="The network of keras.applications came back: it is built otherwise, with a frame of zeros before the max pooling.",
    hint="Stack it from your own two blocks, row by row of the table.",
)
def ResNet50(input_shape=(64, 64, 3), classes=6):
    return keras.applications.ResNet50(weights=None, input_shape=input_shape, classes=classes)

resnet.equivalent("X = BatchNormalization(axis=3)(X)", "X = BatchNormalization()(X)", reason="the last axis, which Keras takes if none is named, is axis 3.")
