"""Answers that people give to the exercises of tensorflow_tutorial.py: read, never imported (see CONTRIBUTING.md)."""


linear = exercise("linear_function")

@linear.right("course_2017")
def linear_function():
    np.random.seed(1)
    X = tf.constant(np.random.randn(3, 1), name="X")
    W = tf.constant(np.random.randn(4, 3), name="W")
    b = tf.constant(np.random.randn(4, 1), name="b")
    Y = tf.add(tf.matmul(W, X), b)
    return Y.numpy()

@linear.right("course_2021")
def linear_function():
    np.random.seed(1)
    X = tf.constant(np.random.randn(3, 1), name="X")
    W = tf.Variable(np.random.randn(4, 3), name="W")
    b = tf.Variable(np.random.randn(4, 1), name="b")
    Y = tf.add(tf.matmul(W, X), b)
    return Y

@linear.right("loops")
def linear_function():
    np.random.seed(1)
    X, W, b = np.random.randn(3, 1), np.random.randn(4, 3), np.random.randn(4, 1)
    Y = np.zeros((4, 1))
    for i in range(4):
        for j in range(3):
            Y[i, 0] += W[i, j] * X[j, 0]
        Y[i, 0] += b[i, 0]
    return Y

@linear.right("einsum")
def linear_function():
    np.random.seed(1)
    X = tf.constant(np.random.randn(3, 1), tf.float32)
    W = tf.constant(np.random.randn(4, 3), tf.float32)
    b = tf.constant(np.random.randn(4, 1), tf.float32)
    return tf.einsum("ij,jk->ik", W, X) + b

@linear.right("vectorized")
def linear_function():
    np.random.seed(1)
    X = tf.keras.Variable(np.random.randn(3, 1))
    W = tf.keras.Variable(np.random.randn(4, 3))
    b = tf.keras.Variable(np.random.randn(4, 1))
    return W @ X + b

linear.mistake(
    "bias_forgotten",
    ("tf.matmul(W, X) + b", "tf.matmul(W, X)"),
    cause="The bias b was left out.",
    hint="How many of the three drawn arrays stand in your last line?",
)

linear.mistake(
    "bias_subtracted",
    ("tf.matmul(W, X) + b", "tf.matmul(W, X) - b"),
    cause="The bias b was subtracted.",
    hint="Compare the signs of your last line with the formula.",
)

linear.mistake(
    "no_seed",
    ("    np.random.seed(1)\n", ""),
    cause="NumPy's generator was not seeded; tf.random.set_seed seeds TensorFlow's own, which draws nothing here.",
    hint="Which generator does np.random.randn ask, and which one did you seed?",
)

linear.mistake(
    "another_seed",
    ("np.random.seed(1)\n", "np.random.seed(0)\n"),
    cause="The seed is 0, and the contract says 1.",
    hint="Read the number in the docstring once more.",
)

linear.mistake(
    "drawn_in_another_order",
    ("    X = tf.constant(np.random.randn(3, 1))\n", ""),
    ("    b = tf.Variable(np.random.randn(4, 1))\n", "    b = tf.Variable(np.random.randn(4, 1))\n    X = tf.constant(np.random.randn(3, 1))\n"),
    cause="X was drawn last, so all three arrays hold other numbers.",
    hint="A seed fixes one row of numbers. Who takes the first three of them?",
)

linear.mistake(
    "even_draws",
    ("tf.constant(np.random.randn(3, 1))", "tf.constant(np.random.rand(3, 1))"),
    ("tf.Variable(np.random.randn(4, 3))", "tf.Variable(np.random.rand(4, 3))"),
    ("tf.Variable(np.random.randn(4, 1))", "tf.Variable(np.random.rand(4, 1))"),
    cause="np.random.rand was used: it draws evenly between 0 and 1.",
    hint="The n in randn stands for normal. Are some of your numbers negative?",
)

linear.mistake(
    "seed_before_each_draw",
    ("    W = ", "    np.random.seed(1)\n    W = "),
    ("    b = ", "    np.random.seed(1)\n    b = "),
    cause="The seed was set again before each draw, so X, W and b begin with the same numbers.",
    hint="Compare the first entries of X and W. How often should a seed be set?",
)

linear.mistake(
    "entry_by_entry",
    ("tf.matmul(W, X)", "tf.transpose(X) * W"),
    cause="W and X were multiplied entry by entry.",
    hint="Print the shape of your product. A product of matrices also adds up along the inner axis.",
)

linear.mistake(
    "flat_bias",
    ("tf.Variable(np.random.randn(4, 1))", "tf.Variable(np.random.randn(4))"),
    cause="b is no column: it is flat or a row, so that the sum spreads out to a square.",
    hint="Print the shapes of WX and of b. What does their sum have?",
)

linear.mistake(
    "a_session",
    ("return tf.matmul(W, X) + b", "return tf.Session().run(tf.matmul(W, X) + b)"),
    cause="The function asks for a session, which is gone since TensorFlow 2.",
    hint="Each line computes at once: what does the tensor itself hold?",
)


sig = exercise("sigmoid")

@sig.right("course_2021")
def sigmoid(z):
    z = tf.cast(z, tf.float32)
    a = tf.keras.activations.sigmoid(z)
    return a

@sig.right("loops")
def sigmoid(z):
    array = np.asarray(z, dtype=float)
    result = np.empty(array.size)
    for i, value in enumerate(array.ravel()):
        result[i] = 1 / (1 + np.exp(-value)) if value > -700 else 0.0
    return result.reshape(array.shape)

@sig.right("vectorized")
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z, dtype=float) / 2))

@sig.right("einsum")
def sigmoid(z):
    z = tf.cast(z, tf.float32)
    return 1 / (1 + tf.exp(-z))

@sig.right("numpy_of_it")
def sigmoid(z):
    return tf.nn.sigmoid(tf.cast(z, "float32")).numpy()

sig.mistake(
    "not_cast",
    ("tf.cast(z, tf.float32)", "z"),
    cause="z was not cast to float32, so whole numbers are refused.",
    hint="Try sigmoid(2). Which type has the number when it reaches TensorFlow's sigmoid?",
)

sig.mistake(
    "cast_to_whole_numbers",
    ("tf.cast(z, tf.float32)", "tf.cast(tf.cast(z, tf.int32), tf.float32)"),
    cause="z was cast to whole numbers on the way, so that what stands after the point is lost.",
    hint="What becomes of 0.5 in int32?",
)

sig.mistake(
    "tanh_for_sigmoid",
    ("tf.sigmoid", "tf.tanh"),
    cause="This is tanh, from -1 to 1.",
    hint="What should come out at 0?",
)

sig.mistake(
    "softmax_for_sigmoid",
    ("tf.sigmoid(", "tf.nn.softmax(tf.convert_to_tensor([[0.0]]) + "),
    cause="This is softmax: the entries of a row compete, and add up to 1.",
    hint="A sigmoid looks at one entry alone. What should come out for a row of equal entries?",
)

sig.mistake(
    "minus_forgotten",
    ("tf.sigmoid(tf.cast(z, tf.float32))", "1 / (1 + tf.exp(tf.cast(z, tf.float32)))"),
    cause="The minus in the power is missing, so the curve falls.",
    hint="Should a large z give a value near 1 or near 0?",
)

sig.mistake(
    "brackets_forgotten",
    ("tf.sigmoid(tf.cast(z, tf.float32))", "1 / 1 + tf.exp(-tf.cast(z, tf.float32))"),
    cause="This is 1 + exp(-z), and not 1 divided by it: the brackets below the fraction are missing, or the division is.",
    hint="A sigmoid is never above 1. Is yours?",
)

sig.mistake(
    "relu_for_sigmoid",
    ("tf.sigmoid", "tf.nn.relu"),
    cause="This is ReLU, which gives z itself where z is positive.",
    hint="A sigmoid is never above 1. Is yours?",
)

sig.mistake(
    "slope",
    ("return tf.sigmoid(tf.cast(z, tf.float32))", "a = tf.sigmoid(tf.cast(z, tf.float32))\n    return a * (1 - a)"),
    cause="The slope of the sigmoid came back, not the sigmoid.",
    hint="What should come out at 0: one half or one quarter?",
)

sig.mistake(
    "rounded",
    ("tf.sigmoid(tf.cast(z, tf.float32))", "tf.round(tf.sigmoid(tf.cast(z, tf.float32)))"),
    cause="The result is 0 or 1: that is a prediction, and not a probability.",
    hint="What should come out at 0.5?",
)

sig.mistake(
    "first_entry_only",
    ("tf.cast(z, tf.float32)", "tf.reshape(tf.cast(z, tf.float32), [-1])"),
    cause="The shape of z was lost: a flat array came back.",
    hint="Compare the shape of what comes out with the shape of z.",
)

@sig.mistake(
    "a_placeholder",
    cause="The function makes a placeholder, which is gone since TensorFlow 2.",
    hint="The function gets the number itself: compute with z.",
)
def sigmoid(z):
    x = tf.placeholder(tf.float32, name="x")
    sigmoid = tf.sigmoid(x)
    with tf.Session() as sess:
        result = sess.run(sigmoid, feed_dict={x: z})
    return result


hot = exercise("one_hot_matrix")

@hot.right("course_2017")
def one_hot_matrix(labels, C=6):
    C = tf.constant(C, name="C")
    return tf.one_hot(labels, C, axis=0).numpy()

@hot.right("course_2021")
def one_hot_matrix(label, depth=6):
    one_hot = tf.reshape(tf.one_hot(label, depth, axis=0), shape=[-1, ])
    return one_hot

@hot.right("loops")
def one_hot_matrix(label, C=6):
    vector = []
    for c in range(C):
        vector.append(1.0 if c == label else 0.0)
    return np.array(vector)

@hot.right("vectorized")
def one_hot_matrix(label, C=6):
    return np.eye(C)[label]

@hot.right("einsum")
def one_hot_matrix(label, C=6):
    return tf.cast(tf.range(C) == label, tf.float32)

@hot.right("column")
def one_hot_matrix(label, C=6):
    return tf.reshape(tf.one_hot(label, C), (C, 1))

hot.mistake(
    "counted_from_one",
    ("tf.one_hot(label, C)", "tf.one_hot(label - 1, C)"),
    cause="The labels were counted from 1, so that the 1 stands one place too early.",
    hint="Which entry of the vector is that of label 0?",
)

hot.mistake(
    "one_place_too_late",
    ("tf.one_hot(label, C)", "tf.one_hot(label + 1, C)"),
    cause="The 1 stands one place too late.",
    hint="Which entry of the vector is that of label 0?",
)

hot.mistake(
    "one_class_too_many",
    ("tf.one_hot(label, C)", "tf.one_hot(label, C + 1)"),
    cause="The vector has one entry too many.",
    hint="Labels run from 0 to C - 1. How many are these?",
)

hot.mistake(
    "always_six",
    ("tf.one_hot(label, C)", "tf.one_hot(label, 6)"),
    cause="The vector always has six entries, whatever C is.",
    hint="Look for a number where the argument belongs.",
)

hot.mistake(
    "row",
    ("tf.one_hot(label, C)", "tf.one_hot([label], C)"),
    cause="A row of shape (1, C) came back, as happens where the label is put into a list.",
    hint="tf.one_hot makes a row of each label in a list. You have one label, and no list.",
)

hot.mistake(
    "cold",
    ("tf.one_hot(label, C)", "1 - tf.one_hot(label, C)"),
    cause="Zeros and ones are exchanged.",
    hint="How many ones should the vector have?",
)

hot.mistake(
    "backwards",
    ("tf.one_hot(label, C)", "tf.one_hot(label, C)[::-1]"),
    cause="The vector runs backwards, from the last class to the first.",
    hint="Try label 0: where does the 1 stand?",
)

hot.mistake(
    "label_itself",
    ("tf.one_hot(label, C)", "label * tf.one_hot(label, C)"),
    cause="The label itself stands in its place, and not a 1.",
    hint="Try label 4, and label 0. How large is the entry?",
)

hot.mistake(
    "up_to_the_label",
    ("tf.one_hot(label, C)", "tf.sequence_mask(label + 1, C, tf.float32)"),
    cause="All entries up to the label are 1.",
    hint="How many ones should the vector have?",
)

hot.mistake(
    "arguments_exchanged",
    ("tf.one_hot(label, C)", "tf.one_hot(C, label)"),
    cause="Label and number of classes are exchanged.",
    hint="Which of the two decides how long the vector is?",
)

hot.mistake(
    "whole_matrix",
    ("tf.one_hot(label, C)", "tf.eye(C)"),
    cause="The whole identity matrix came back.",
    hint="One label makes one vector. Which row of the matrix is it?",
)


init = exercise("initialize_parameters")

@init.right("course_2021")
def initialize_parameters():
    initializer = tf.keras.initializers.GlorotNormal(seed=1)
    W1 = tf.Variable(initializer(shape=(25, 12288)))
    b1 = tf.Variable(initializer(shape=(25, 1)))
    W2 = tf.Variable(initializer(shape=(12, 25)))
    b2 = tf.Variable(initializer(shape=(12, 1)))
    W3 = tf.Variable(initializer(shape=(6, 12)))
    b3 = tf.Variable(initializer(shape=(6, 1)))
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
    return parameters

@init.right("course_2017_today")
def initialize_parameters():
    tf.random.set_seed(1)
    W1 = tf.compat.v1.get_variable("W1", [25, 12288], initializer=tf.keras.initializers.GlorotNormal(seed=1))
    b1 = tf.compat.v1.get_variable("b1", [25, 1], initializer=tf.zeros_initializer())
    W2 = tf.compat.v1.get_variable("W2", [12, 25], initializer=tf.keras.initializers.GlorotNormal(seed=1))
    b2 = tf.compat.v1.get_variable("b2", [12, 1], initializer=tf.zeros_initializer())
    W3 = tf.compat.v1.get_variable("W3", [6, 12], initializer=tf.keras.initializers.GlorotNormal(seed=1))
    b3 = tf.compat.v1.get_variable("b3", [6, 1], initializer=tf.zeros_initializer())
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}

@init.right("loops")
def initialize_parameters():
    rng = np.random.default_rng(3)
    parameters = {}
    for name, rows, columns in (("1", 25, 12288), ("2", 12, 25), ("3", 6, 12)):
        spread = (2 / (rows + columns)) ** 0.5
        parameters["W" + name] = tf.Variable((spread * rng.standard_normal((rows, columns))).astype(np.float32))
        parameters["b" + name] = tf.Variable(np.zeros((rows, 1), np.float32))
    return parameters

@init.right("vectorized")
def initialize_parameters():
    shapes = {"W1": (25, 12288), "b1": (25, 1), "W2": (12, 25), "b2": (12, 1), "W3": (6, 12), "b3": (6, 1)}
    return {name: tf.Variable(tf.keras.initializers.GlorotNormal(seed=7)(shape)) for name, shape in shapes.items()}

@init.right("einsum")
def initialize_parameters():
    draw = tf.keras.initializers.GlorotUniform(seed=5)
    parameters = {}
    for l, shape in enumerate([(25, 12288), (12, 25), (6, 12)], 1):
        parameters[f"W{l}"] = tf.keras.Variable(draw(shape))
        parameters[f"b{l}"] = tf.keras.Variable(np.zeros((shape[0], 1)))
    return parameters

init.mistake(
    "constants",
    ("tf.Variable(draw(shape=(sizes[l], sizes[l - 1])))", "draw(shape=(sizes[l], sizes[l - 1]))"),
    ("tf.Variable(tf.zeros((sizes[l], 1)))", "tf.zeros((sizes[l], 1))"),
    cause="The parameters are constant tensors, not variables: a tape would not watch them, and no step could change them.",
    hint="Which of TensorFlow's types can be changed?",
)

init.mistake(
    "weights_constant",
    ("tf.Variable(draw(shape=(sizes[l], sizes[l - 1])))", "tf.constant(draw(shape=(sizes[l], sizes[l - 1])))"),
    cause="The weights are constants, and only the biases are variables.",
    hint="Which of TensorFlow's types can be changed?",
)

init.mistake(
    "rows_and_columns_exchanged",
    ("draw(shape=(sizes[l], sizes[l - 1]))", "draw(shape=(sizes[l - 1], sizes[l]))"),
    cause="Each W has its rows and columns exchanged.",
    hint="W has one row for each unit of its own layer. Print the shape of W1.",
)

init.mistake(
    "bias_flat",
    ("tf.zeros((sizes[l], 1))", "tf.zeros((sizes[l],))"),
    cause="Each b is flat, of shape (n_l,), where a column is asked for.",
    hint="A flat bias is added along the rows. What is the shape of b1?",
)

init.mistake(
    "standard_normal",
    ("tf.keras.initializers.GlorotNormal(seed=1)", "tf.keras.initializers.RandomNormal(0, 1, seed=1)"),
    cause="The weights have standard deviation 1.",
    hint="Print the standard deviation of W1. Glorot's rule depends on the size of the layer.",
)

init.mistake(
    "hundredth",
    ("tf.keras.initializers.GlorotNormal(seed=1)", "tf.keras.initializers.RandomNormal(0, 0.01, seed=1)"),
    cause="The weights have standard deviation 0.01 in every layer.",
    hint="Print the standard deviation of W3. Glorot's rule depends on the size of the layer.",
)

init.mistake(
    "he_of_keras",
    ("GlorotNormal(seed=1)", "HeNormal(seed=1)"),
    cause="The weights were drawn by He's rule, and by Keras's: it takes the first number of the shape, 25, for the inputs of W1.",
    hint="Print the standard deviation of W1, and compare it with sqrt(2 / (12288 + 25)).",
)

init.mistake(
    "root_forgotten",
    ("tf.keras.initializers.GlorotNormal(seed=1)", "lambda shape: tf.random.normal(shape, 0, 2 / sum(shape), seed=1)"),
    cause="The variance was taken for the standard deviation: the root is missing.",
    hint="Print the standard deviation of W2, and compare it with sqrt(2 / 37).",
)

init.mistake(
    "zeros",
    ("tf.Variable(draw(shape=(sizes[l], sizes[l - 1])))", "tf.Variable(tf.zeros((sizes[l], sizes[l - 1])))"),
    cause="All weights are zero, so that the units of a layer stay equal for ever.",
    hint="Print W1.",
)

init.mistake(
    "bias_ones",
    ("tf.zeros((sizes[l], 1))", "tf.ones((sizes[l], 1))"),
    cause="The biases start at 1.",
    hint="Print b1. The contract knows two ways to start a bias.",
)

init.mistake(
    "last_layer_missing",
    ("range(1, 4)", "range(1, 3)"),
    cause="The third layer has no parameters.",
    hint="range leaves out its end. How many keys has the dictionary?",
)

init.mistake(
    "keys_from_zero",
    ('f"W{l}"', 'f"W{l - 1}"'),
    ('f"b{l}"', 'f"b{l - 1}"'),
    cause="The keys are numbered from 0.",
    hint="Print the keys. The first layer with weights is layer 1.",
)

init.mistake(
    "from_tensorflow_1",
    ("tf.keras.initializers.GlorotNormal(seed=1)", "tf.contrib.layers.xavier_initializer(seed=1)"),
    cause="The initializer is from tf.contrib, which is gone since TensorFlow 2.",
    hint="Keras has Glorot's rule under his own name.",
)


forward = exercise("forward_propagation")

@forward.right("course_2017")
def forward_propagation(X, parameters):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']
    W3 = parameters['W3']
    b3 = parameters['b3']
    Z1 = tf.add(tf.matmul(W1, X), b1)
    A1 = tf.nn.relu(Z1)
    Z2 = tf.add(tf.matmul(W2, A1), b2)
    A2 = tf.nn.relu(Z2)
    Z3 = tf.add(tf.matmul(W3, A2), b3)
    return Z3

@forward.right("course_2021")
def forward_propagation(X, parameters):
    Z1 = tf.math.add(tf.linalg.matmul(parameters['W1'], X), parameters['b1'])
    A1 = tf.keras.activations.relu(Z1)
    Z2 = tf.math.add(tf.linalg.matmul(parameters['W2'], A1), parameters['b2'])
    A2 = tf.keras.activations.relu(Z2)
    Z3 = tf.math.add(tf.linalg.matmul(parameters['W3'], A2), parameters['b3'])
    return Z3

@forward.right("loops")
def forward_propagation(X, parameters):
    A = X
    for l in range(1, 4):
        Z = tf.matmul(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        A = tf.nn.relu(Z) if l < 3 else Z
    return A

@forward.right("vectorized")
def forward_propagation(X, parameters):
    A1 = tf.maximum(tf.tensordot(parameters["W1"], X, 1) + parameters["b1"], 0)
    A2 = tf.maximum(tf.tensordot(parameters["W2"], A1, 1) + parameters["b2"], 0)
    return tf.tensordot(parameters["W3"], A2, 1) + parameters["b3"]

@forward.right("einsum")
def forward_propagation(X, parameters):
    through = lambda l, A: tf.einsum("ij,jk->ik", parameters[f"W{l}"], A) + parameters[f"b{l}"]
    return through(3, tf.nn.relu(through(2, tf.nn.relu(through(1, X)))))

forward.mistake(
    "relu_at_the_end",
    ('return tf.matmul(parameters["W3"], A2) + parameters["b3"]', 'return tf.nn.relu(tf.matmul(parameters["W3"], A2) + parameters["b3"])'),
    cause="The last step went through ReLU, too.",
    hint="Scores may be negative. Is one of yours?",
)

forward.mistake(
    "softmax_at_the_end",
    ('return tf.matmul(parameters["W3"], A2) + parameters["b3"]', 'return tf.nn.softmax(tf.matmul(parameters["W3"], A2) + parameters["b3"], axis=0)'),
    cause="Softmax was taken at the end; the loss takes it again.",
    hint="The contract asks for Z3. Which line comes after it?",
)

forward.mistake(
    "first_relu_forgotten",
    ('tf.nn.relu(tf.matmul(parameters["W1"], X) + parameters["b1"])', 'tf.matmul(parameters["W1"], X) + parameters["b1"]'),
    cause="The first ReLU is missing.",
    hint="Is an entry of A1 negative?",
)

forward.mistake(
    "second_relu_forgotten",
    ('tf.nn.relu(tf.matmul(parameters["W2"], A1) + parameters["b2"])', 'tf.matmul(parameters["W2"], A1) + parameters["b2"]'),
    cause="The second ReLU is missing.",
    hint="Is an entry of A2 negative?",
)

forward.mistake(
    "no_relu",
    ('tf.nn.relu(tf.matmul(parameters["W1"], X) + parameters["b1"])', 'tf.matmul(parameters["W1"], X) + parameters["b1"]'),
    ('tf.nn.relu(tf.matmul(parameters["W2"], A1) + parameters["b2"])', 'tf.matmul(parameters["W2"], A1) + parameters["b2"]'),
    cause="There is no ReLU: the three layers are one linear layer.",
    hint="Is an entry of A1 negative?",
)

forward.mistake(
    "tanh_for_relu",
    ('tf.nn.relu(tf.matmul(parameters["W1"]', 'tf.tanh(tf.matmul(parameters["W1"]'),
    ('tf.nn.relu(tf.matmul(parameters["W2"]', 'tf.tanh(tf.matmul(parameters["W2"]'),
    cause="tanh was used in the place of ReLU.",
    hint="What should ReLU make of 5?",
)

forward.mistake(
    "sigmoid_for_relu",
    ('tf.nn.relu(tf.matmul(parameters["W1"]', 'tf.sigmoid(tf.matmul(parameters["W1"]'),
    ('tf.nn.relu(tf.matmul(parameters["W2"]', 'tf.sigmoid(tf.matmul(parameters["W2"]'),
    cause="The sigmoid was used in the place of ReLU.",
    hint="What should ReLU make of 5?",
)

forward.mistake(
    "biases_forgotten",
    (' + parameters["b1"]', ""),
    (' + parameters["b2"]', ""),
    (' + parameters["b3"]', ""),
    cause="The biases were left out.",
    hint="At the start of training the biases are 0, and you would not notice. Where do b1, b2 and b3 stand in your lines?",
)

forward.mistake(
    "last_bias_forgotten",
    (' + parameters["b3"]', ""),
    cause="The last bias, b3, was left out.",
    hint="Compare your three linear steps. Which one is shorter?",
)

forward.mistake(
    "bias_after_relu",
    ('tf.nn.relu(tf.matmul(parameters["W1"], X) + parameters["b1"])', 'tf.nn.relu(tf.matmul(parameters["W1"], X)) + parameters["b1"]'),
    ('tf.nn.relu(tf.matmul(parameters["W2"], A1) + parameters["b2"])', 'tf.nn.relu(tf.matmul(parameters["W2"], A1)) + parameters["b2"]'),
    cause="The biases were added after ReLU.",
    hint="In which order do W, b and ReLU stand in a layer?",
)

forward.mistake(
    "leaky",
    ('tf.nn.relu(tf.matmul(parameters["W1"]', 'tf.nn.leaky_relu(tf.matmul(parameters["W1"]'),
    ('tf.nn.relu(tf.matmul(parameters["W2"]', 'tf.nn.leaky_relu(tf.matmul(parameters["W2"]'),
    cause="Leaky ReLU was used, which lets negative values through, made smaller.",
    hint="Is an entry of A1 negative?",
)

forward.mistake(
    "transposed",
    ('return tf.matmul(parameters["W3"], A2) + parameters["b3"]', 'return tf.transpose(tf.matmul(parameters["W3"], A2) + parameters["b3"])'),
    cause="The result lies on its side: examples in rows.",
    hint="Examples stand in columns. Which shape does the contract name?",
)


loss = exercise("compute_total_loss")

@loss.right("course_2021")
def compute_total_loss(logits, labels):
    total_loss = tf.reduce_sum(tf.keras.losses.categorical_crossentropy(
        tf.transpose(labels), tf.transpose(logits), from_logits=True))
    return total_loss

@loss.right("course_2017")
def compute_total_loss(Z3, Y):
    logits = tf.transpose(Z3)
    labels = tf.transpose(Y)
    cost = tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=labels))
    return cost

@loss.right("loops")
def compute_total_loss(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels, dtype=float)
    total = 0.0
    for j in range(logits.shape[1]):
        z = logits[:, j]
        top = z.max()
        total += top + np.log(np.sum(np.exp(z - top))) - np.dot(labels[:, j], z)
    return total

@loss.right("vectorized")
def compute_total_loss(logits, labels):
    return tf.reduce_sum(tf.reduce_logsumexp(logits, axis=0) - tf.reduce_sum(labels * logits, axis=0))

@loss.right("einsum")
def compute_total_loss(logits, labels):
    logarithms = tf.nn.log_softmax(logits, axis=0)
    return -tf.einsum("ij,ij->", tf.constant(labels), logarithms)

@loss.right("an_object_of_keras")
def compute_total_loss(logits, labels):
    measure = tf.keras.losses.CategoricalCrossentropy(from_logits=True, axis=0, reduction="sum")
    return measure(labels, logits)

loss.mistake(
    "mean",
    ("tf.reduce_sum(losses)", "tf.reduce_mean(losses)"),
    cause="The mean of the losses came back, as in the course of 2017, not their sum.",
    hint="Give it the same example twice. Should the total grow?",
)

loss.mistake(
    "not_turned",
    ("tf.transpose(labels), tf.transpose(logits)", "labels, logits"),
    cause="The arrays were not turned, so that classes were taken for examples.",
    hint="Keras wants one example in each row. Print the shape of the losses before you add them up.",
)

loss.mistake(
    "from_logits_forgotten",
    (", from_logits=True", ""),
    cause="The scores were taken for probabilities: from_logits is missing.",
    hint="Scores can be negative, probabilities cannot. How does Keras know which of them it gets?",
)

loss.mistake(
    "softmax_twice",
    ("tf.transpose(logits), from", "tf.nn.softmax(tf.transpose(logits)), from"),
    cause="Softmax was taken twice: once before, and once by from_logits.",
    hint="What does from_logits=True do with what it gets?",
)

loss.mistake(
    "softmax_outside",
    ("tf.transpose(logits), from_logits=True", "tf.nn.softmax(tf.transpose(logits))"),
    cause="Softmax was taken outside of the loss, and there it is cut off: large scores give a wrong loss.",
    hint="Try scores of 1000. What does Keras do with a probability of exactly 0?",
)

loss.mistake(
    "arguments_exchanged",
    ("tf.transpose(labels), tf.transpose(logits)", "tf.transpose(logits), tf.transpose(labels)"),
    cause="Labels and scores are exchanged.",
    hint="Keras takes what is true first, then what was answered.",
)

loss.mistake(
    "not_added_up",
    ("tf.reduce_sum(losses)", "losses"),
    cause="The losses of the single examples came back, not their sum.",
    hint="The contract asks for one number.",
)

loss.mistake(
    "binary",
    ("categorical_crossentropy(", "binary_crossentropy("),
    cause="The cross-entropy of six yes-or-no questions was taken, in the place of one question with six answers.",
    hint="What should the loss of the example by hand be?",
)

@loss.mistake(
    "power_overflows",
    cause="The powers of large scores overflow, so that the loss is nan or infinite: the largest score of each example is not taken off.",
    hint="Try scores of 1000. What can be taken off all scores of an example without changing its loss?",
)
def compute_total_loss(logits, labels):
    powers = tf.exp(logits)
    p = powers / tf.reduce_sum(powers, axis=0)
    return -tf.reduce_sum(labels * tf.math.log(p))

@loss.mistake(
    "minus_forgotten",
    cause="The sign is turned round.",
    hint="A loss is never negative. Is yours?",
)
def compute_total_loss(logits, labels):
    return tf.reduce_sum(labels * tf.nn.log_softmax(logits, axis=0))

loss.mistake(
    "label_smoothing",
    ("from_logits=True", "from_logits=True, label_smoothing=0.1"),
    cause="The labels were smoothed, so that a sure and right answer costs something, too.",
    hint="Which argument of the loss does the contract not know?",
)

loss.mistake(
    "squares",
    ("return tf.reduce_sum(losses)", "return tf.reduce_sum((tf.nn.softmax(logits, axis=0) - labels) ** 2)"),
    cause="Squared differences were added up, and not the cross-entropy.",
    hint="What should the loss of the example by hand be?",
)


slope = exercise("logits_gradient")

@slope.right("loops")
def logits_gradient(logits, labels):
    C, m = logits.shape
    result = np.zeros((C, m))
    for j in range(m):
        top = max(logits[:, j])
        powers = [np.exp(logits[i, j] - top) for i in range(C)]
        for i in range(C):
            result[i, j] = powers[i] / sum(powers) - labels[i, j]
    return result

@slope.right("vectorized")
def logits_gradient(logits, labels):
    return tf.nn.softmax(logits, axis=0).numpy() - labels

@slope.right("einsum")
def logits_gradient(logits, labels):
    Z = np.asarray(logits, dtype=np.float64)
    T = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return np.einsum("ij,j->ij", T, 1 / T.sum(axis=0)) - labels

@slope.right("by_logarithms")
def logits_gradient(logits, labels):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=0)) - labels

@slope.right("by_a_tape")
def logits_gradient(logits, labels):
    Z = tf.Variable(logits)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(tf.transpose(labels), tf.transpose(Z)))
    return tape.gradient(loss, Z)

slope.mistake(
    "label_less_answer",
    ("powers / powers.sum(axis=0) - labels", "labels - powers / powers.sum(axis=0)"),
    cause="The sign is turned round: this is y - p.",
    hint="Should raising the score of the right class raise the loss or lower it?",
)

slope.mistake(
    "labels_forgotten",
    (" - labels", ""),
    cause="These are the probabilities: the labels were not taken off.",
    hint="The slopes of one example add up to 0. Do yours?",
)

slope.mistake(
    "mean",
    ("return powers / powers.sum(axis=0) - labels", "return (powers / powers.sum(axis=0) - labels) / logits.shape[1]"),
    cause="It was divided by the number of examples: that is the gradient of the mean.",
    hint="For one example it is right. What is asked for: sum or mean?",
)

slope.mistake(
    "along_the_rows",
    ("logits.max(axis=0)", "logits.max(axis=1, keepdims=True)"),
    ("powers.sum(axis=0)", "powers.sum(axis=1, keepdims=True)"),
    cause="Softmax was taken along the rows: the examples compete, not the classes.",
    hint="Along which axis should the probabilities add up to 1?",
)

slope.mistake(
    "over_everything",
    ("logits.max(axis=0)", "logits.max()"),
    ("powers.sum(axis=0)", "powers.sum()"),
    cause="Softmax was taken over the whole matrix, all examples together.",
    hint="Along which axis should the probabilities add up to 1?",
)

slope.mistake(
    "one_maximum_for_all",
    ("logits.max(axis=0)", "logits.max()"),
    cause="The largest score of all examples was taken off: in a column far below it all powers are 0.",
    hint="Try two examples, one with scores around 1000, one around -1000.",
)

slope.mistake(
    "power_overflows",
    ("logits - logits.max(axis=0)", "logits"),
    cause="The powers of large scores overflow: the largest score of each example is not taken off.",
    hint="Try scores of 1000. What can be taken off a column without changing its probabilities?",
)

slope.mistake(
    "sigmoid_for_softmax",
    ("    powers = np.exp(logits - logits.max(axis=0))\n", ""),
    ("powers / powers.sum(axis=0) - labels", "0.5 * (1 + np.tanh(logits / 2)) - labels"),
    cause="The sigmoid was used in the place of softmax.",
    hint="The slopes of one example add up to 0. Do yours?",
)

slope.mistake(
    "quotient",
    ("powers / powers.sum(axis=0) - labels", "-labels / (powers / powers.sum(axis=0) + 1e-300)"),
    cause="This is the slope with respect to the probabilities, -y/p: the step back through softmax is missing.",
    hint="Raise a score: all probabilities change. Does your formula know that?",
)

slope.mistake(
    "softmax_slope_once_more",
    ("    return powers / powers.sum(axis=0) - labels", "    p = powers / powers.sum(axis=0)\n    return (p - labels) * p * (1 - p)"),
    cause="The slope p (1 - p) was multiplied in once more; in p - y it is contained already.",
    hint="The slopes of one example add up to 0. Do yours?",
)

slope.mistake(
    "doubled",
    ("powers / powers.sum(axis=0) - labels", "2 * (powers / powers.sum(axis=0) - labels)"),
    cause="There is a factor of 2 that belongs to squared differences.",
    hint="What does the example by hand give?",
)

@slope.mistake(
    "subtracted_in_place",
    cause="`-=` changes the caller's scores.",
    hint="Print the scores before and after the call.",
)
def logits_gradient(logits, labels):
    logits -= logits.max(axis=0)
    powers = np.exp(logits)
    return powers / powers.sum(axis=0) - labels


hand = exercise("gradients_by_hand")

@hand.right("loops")
def gradients_by_hand(X, Y, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    grads = {"d" + name: np.zeros(np.shape(value)) for name, value in parameters.items()}
    for j in range(X.shape[1]):
        x = X[:, j:j+1]
        z1 = np.dot(W1, x) + b1
        a1 = np.maximum(z1, 0)
        z2 = np.dot(W2, a1) + b2
        a2 = np.maximum(z2, 0)
        dz3 = logits_gradient(np.dot(W3, a2) + b3, Y[:, j:j+1])
        dz2 = np.dot(W3.T, dz3) * (z2 > 0)
        dz1 = np.dot(W2.T, dz2) * (z1 > 0)
        for name, dz, a in (("1", dz1, x), ("2", dz2, a1), ("3", dz3, a2)):
            grads["dW" + name] += np.dot(dz, a.T)
            grads["db" + name] += dz
    return grads

@hand.right("vectorized")
def gradients_by_hand(X, Y, parameters):
    A, Z = [X], [None]
    for l in (1, 2, 3):
        Z.append(np.dot(parameters[f"W{l}"], A[-1]) + parameters[f"b{l}"])
        A.append(np.maximum(0, Z[-1]))
    dZ = logits_gradient(Z[3], Y)
    grads = {}
    for l in (3, 2, 1):
        grads[f"dW{l}"] = np.dot(dZ, A[l - 1].T)
        grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dZ = np.dot(parameters[f"W{l}"].T, dZ)
            dZ[Z[l - 1] <= 0] = 0
    return grads

@hand.right("einsum")
def gradients_by_hand(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.einsum("ij,jk->ik", W1, X) + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = np.einsum("ij,jk->ik", W2, A1) + b2
    A2 = Z2 * (Z2 > 0)
    dZ3 = logits_gradient(np.einsum("ij,jk->ik", W3, A2) + b3, Y)
    dZ2 = np.where(Z2 > 0, np.einsum("ij,ik->jk", W3, dZ3), 0)
    dZ1 = np.where(Z1 > 0, np.einsum("ij,ik->jk", W2, dZ2), 0)
    outer = lambda dZ, A: np.einsum("ik,jk->ij", dZ, A)
    total = lambda dZ: np.einsum("ik->i", dZ)[:, None]
    return {"dW1": outer(dZ1, X), "db1": total(dZ1), "dW2": outer(dZ2, A1), "db2": total(dZ2),
            "dW3": outer(dZ3, A2), "db3": total(dZ3)}

@hand.right("course_style")
def gradients_by_hand(X, Y, parameters):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    Z3 = np.dot(W3, A2) + b3
    T = np.exp(Z3 - np.max(Z3, axis=0))
    A3 = T / np.sum(T, axis=0)
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

@hand.right("course_style_with_all_gradients")
def gradients_by_hand(X, Y, parameters):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    Z3 = np.dot(W3, A2) + b3
    T = np.exp(Z3 - np.max(Z3, axis=0))
    A3 = T / np.sum(T, axis=0)
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1,
            "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

hand.mistake(
    "mean",
    ('dZ @ A.T', 'dZ @ A.T / X.shape[1]'),
    ('dZ.sum(axis=1, keepdims=True)', 'dZ.sum(axis=1, keepdims=True) / X.shape[1]'),
    cause="Everything was divided by m: these are the gradients of the mean loss.",
    hint="Divide your dW1 by the expected one: is it the same number everywhere? The total loss is a sum.",
)

hand.mistake(
    "weights_by_mean",
    ('dZ @ A.T', 'dZ @ A.T / X.shape[1]'),
    cause="The dW were divided by m, the db were not.",
    hint="The total loss is a sum: where should there be a 1/m?",
)

hand.mistake(
    "biases_by_mean",
    ('dZ.sum(axis=1, keepdims=True)', 'dZ.mean(axis=1, keepdims=True)'),
    cause="The db are means over the examples, where sums belong.",
    hint="The total loss is a sum: where should there be a 1/m?",
)

hand.mistake(
    "relu_forgotten",
    ("(W3.T @ dZ3) * (Z2 > 0)", "W3.T @ dZ3"),
    ("(W2.T @ dZ2) * (Z1 > 0)", "W2.T @ dZ2"),
    cause="On the way back nothing was stopped by ReLU.",
    hint="Where ReLU put out 0, does a small change of Z change anything?",
)

hand.mistake(
    "relu_forgotten_in_layer_1",
    ("(W2.T @ dZ2) * (Z1 > 0)", "W2.T @ dZ2"),
    cause="The ReLU of layer 1 is missing on the way back.",
    hint="dW2 and dW3 are right. What happens between layer 2 and layer 1?",
)

hand.mistake(
    "relu_forgotten_in_layer_2",
    ("(W3.T @ dZ3) * (Z2 > 0)", "W3.T @ dZ3"),
    cause="The ReLU of layer 2 is missing on the way back.",
    hint="dW3 is right, dW2 is not. What happens between layer 3 and layer 2?",
)

hand.mistake(
    "value_for_slope",
    ("* (Z2 > 0)", "* A2"),
    ("* (Z1 > 0)", "* A1"),
    cause="It was multiplied by the values of ReLU instead of its slopes.",
    hint="The slope of ReLU is 0 or 1.",
)

hand.mistake(
    "keepdims_forgotten",
    (", keepdims=True", ""),
    cause="The db have lost their second axis: shape (n,) in the place of (n, 1).",
    hint="Compare the shapes of db1 and b1.",
)

hand.mistake(
    "label_less_answer",
    ('dZ3 = logits_gradient(W3 @ A2 + parameters["b3"], Y)', 'dZ3 = -logits_gradient(W3 @ A2 + parameters["b3"], Y)'),
    cause="All signs are turned round.",
    hint="The step of training has a minus of its own. Does your gradient have one as well?",
)

hand.mistake(
    "layer_2_from_inputs",
    ("(2, dZ2, A1), (3, dZ3, A2)", "(2, dZ2, Z1), (3, dZ3, Z2)"),
    cause="dW2 and dW3 were computed with Z in the place of A.",
    hint="What did W3 get multiplied by on the way forward: Z2 or A2?",
)

hand.mistake(
    "biases_forgotten_on_the_way_forward",
    (' + parameters["b1"]', ""),
    (' + parameters["b2"]', ""),
    cause="The way forward leaves out b1 and b2.",
    hint="Compare your Z1 and Z2 with those of forward_propagation.",
)

hand.mistake(
    "softmax_left_out",
    ('logits_gradient(W3 @ A2 + parameters["b3"], Y)', '(W3 @ A2 + parameters["b3"]) - Y'),
    cause="dZ3 is the scores less the labels: softmax was left out.",
    hint="What does logits_gradient do with the scores?",
)

hand.mistake(
    "slope_at_zero",
    ("(Z1 > 0)", "(Z1 >= 0)"),
    ("(Z2 > 0)", "(Z2 >= 0)"),
    cause="Where Z is exactly 0, ReLU's slope was taken as 1; the contract and TensorFlow say 0.",
    hint="What does the docstring say of ReLU's slope at 0?",
)

hand.mistake(
    "relu_at_the_end",
    ('logits_gradient(W3 @ A2 + parameters["b3"], Y)', 'logits_gradient(np.maximum(W3 @ A2 + parameters["b3"], 0), Y)'),
    cause="The scores went through ReLU on the way forward.",
    hint="Compare your scores with those of forward_propagation. May they be negative?",
)

hand.mistake(
    "mask_of_layer_2_skipped",
    ("dZ1 = (W2.T @ dZ2)", "dZ1 = (W2.T @ (W3.T @ dZ3))"),
    cause="dA1 is made of dA2, before the ReLU of layer 2, and not of dZ2.",
    hint="The chain goes dA2, dZ2, dA1, dZ1: no link may be left out.",
)


loop = exercise("train")

@loop.right("course_2021")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    costs = []
    W1, b1 = parameters['W1'], parameters['b1']
    W2, b2 = parameters['W2'], parameters['b2']
    W3, b3 = parameters['W3'], parameters['b3']
    dataset = tf.data.Dataset.from_tensor_slices((tf.transpose(X), tf.transpose(Y)))
    m = int(dataset.cardinality().numpy())
    minibatches = dataset.batch(minibatch_size).prefetch(8)
    for epoch in range(num_epochs):
        epoch_total_loss = 0.
        for (minibatch_X, minibatch_Y) in minibatches:
            with tf.GradientTape() as tape:
                Z3 = forward_propagation(tf.transpose(minibatch_X), parameters)
                minibatch_total_loss = compute_total_loss(Z3, tf.transpose(minibatch_Y))
            trainable_variables = [W1, b1, W2, b2, W3, b3]
            grads = tape.gradient(minibatch_total_loss, trainable_variables)
            size = minibatch_X.shape[0]
            optimizer = tf.keras.optimizers.SGD(learning_rate=learning_rate / size)
            optimizer.apply_gradients(zip(grads, trainable_variables))
            epoch_total_loss += minibatch_total_loss
        epoch_total_loss /= m
        costs.append(epoch_total_loss)
    return parameters, costs

@loop.right("loops")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    m, costs = X.shape[1], []
    for epoch in range(num_epochs):
        epoch_cost, start = 0.0, 0
        while start < m:
            end = min(start + minibatch_size, m)
            with tf.GradientTape(persistent=True) as tape:
                total = compute_total_loss(forward_propagation(X[:, start:end], parameters), Y[:, start:end])
                mean = total / (end - start)
            steps = {}
            for name in parameters:
                steps[name] = tape.gradient(mean, parameters[name])
            for name in parameters:
                parameters[name].assign(parameters[name] - learning_rate * steps[name])
            epoch_cost = epoch_cost + total
            start = end
        costs.append(epoch_cost / m)
    return parameters, costs

@loop.right("costs_as_an_array")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    m, costs = X.shape[1], []
    for epoch in range(num_epochs):
        epoch_cost, start = 0.0, 0
        while start < m:
            end = min(start + minibatch_size, m)
            with tf.GradientTape(persistent=True) as tape:
                total = compute_total_loss(forward_propagation(X[:, start:end], parameters), Y[:, start:end])
                mean = total / (end - start)
            steps = {}
            for name in parameters:
                steps[name] = tape.gradient(mean, parameters[name])
            for name in parameters:
                parameters[name].assign(parameters[name] - learning_rate * steps[name])
            epoch_cost = epoch_cost + total
            start = end
        costs.append(epoch_cost / m)
    return parameters, np.array(costs)

@loop.right("vectorized")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    optimizer = tf.keras.optimizers.SGD(learning_rate)
    variables = list(parameters.values())
    cuts = range(minibatch_size, X.shape[1], minibatch_size)
    batches = list(zip(np.split(X, cuts, axis=1), np.split(Y, cuts, axis=1)))
    costs = []
    for _ in range(num_epochs):
        totals = []
        for x, y in batches:
            with tf.GradientTape() as tape:
                totals.append(compute_total_loss(forward_propagation(x, parameters), y))
                loss = totals[-1] / x.shape[1]
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        costs.append(sum(float(total) for total in totals) / X.shape[1])
    return parameters, costs

@loop.right("einsum")
def train(parameters, X, Y, learning_rate, num_epochs, minibatch_size=32):
    """Without a tape: the gradients by hand."""
    now = {name: np.asarray(value, dtype=np.float64) for name, value in parameters.items()}
    costs = []
    for _ in range(num_epochs):
        total = 0.0
        for k in range(0, X.shape[1], minibatch_size):
            x, y = np.float64(X[:, k:k + minibatch_size]), np.float64(Y[:, k:k + minibatch_size])
            total += float(compute_total_loss(forward_propagation(x, now), y))
            gradients = gradients_by_hand(x, y, now)
            now = {name: now[name] - learning_rate * gradients["d" + name] / x.shape[1] for name in now}
        costs.append(total / X.shape[1])
    return {name: tf.Variable(value.astype(np.float32)) for name, value in now.items()}, costs

loop.mistake(
    "step_by_the_sum",
    ("learning_rate / batch_X.shape[1] * gradients[name]", "learning_rate * gradients[name]"),
    cause="The steps go by the total loss of a mini-batch, not by its mean: they are larger by the size of the mini-batch.",
    hint="By which number is the gradient of the total divided to get that of the mean?",
)

loop.mistake(
    "divided_by_the_nominal_size",
    ("learning_rate / batch_X.shape[1] * gradients[name]", "learning_rate / minibatch_size * gradients[name]"),
    cause="Each gradient was divided by minibatch_size; the last mini-batch is smaller.",
    hint="How many columns has the last mini-batch? By which number is its gradient divided?",
)

loop.mistake(
    "divided_by_all",
    ("learning_rate / batch_X.shape[1] * gradients[name]", "learning_rate / m * gradients[name]"),
    cause="Each gradient was divided by m, the number of all examples.",
    hint="A mini-batch's mean is over the mini-batch.",
)

loop.mistake(
    "last_batch_dropped",
    ("range(0, m, minibatch_size)", "range(0, m - m % minibatch_size, minibatch_size)"),
    cause="The last, smaller mini-batch was left out.",
    hint="How many columns does an epoch see? It should be m.",
)

loop.mistake(
    "uphill",
    ("assign_sub", "assign_add"),
    cause="The steps go uphill: the gradient was added.",
    hint="Do your costs fall?",
)

loop.mistake(
    "everything_at_once",
    ("batch_X = X[:, start : start + minibatch_size]", "batch_X = X"),
    ("batch_Y = Y[:, start : start + minibatch_size]", "batch_Y = Y"),
    cause="Each step takes all the examples, not a mini-batch.",
    hint="Print the shape of what goes into forward_propagation.",
)

loop.mistake(
    "biases_stay",
    ("for name in parameters:", 'for name in ("W1", "W2", "W3"):'),
    cause="Only the weights are trained; the biases stay as they were.",
    hint="Print b1 before and after.",
)

loop.mistake(
    "mean_of_means",
    ("total += float(loss)", "total += float(loss) / batch_X.shape[1]"),
    ("costs.append(total / m)", "costs.append(total / (m / minibatch_size))"),
    cause="The costs are means of the mini-batches' means, and the smaller mini-batch counts too much or too little.",
    hint="Add up totals, and divide once: by how many examples?",
)

loop.mistake(
    "costs_not_divided",
    ("total / m", "total"),
    cause="The costs are totals of an epoch; they were not divided by m.",
    hint="Would the cost be the same with twice as many examples?",
)

loop.mistake(
    "cost_of_the_last_batch",
    ("total += float(loss)", "total = float(loss) / batch_X.shape[1] * m"),
    cause="The cost is that of the last mini-batch alone.",
    hint="Follow `total` through an epoch: does it grow?",
)

loop.mistake(
    "total_never_reset",
    ("    costs = []\n    for _ in range(num_epochs):\n        total = 0.0\n", "    costs = []\n    total = 0.0\n    for _ in range(num_epochs):\n"),
    cause="The total is not set back to 0 at the start of an epoch.",
    hint="The first cost is right. What is in `total` when the second epoch starts?",
)

loop.mistake(
    "cost_after_the_step",
    ("total += float(loss)", "total += float(compute_total_loss(forward_propagation(batch_X, parameters), batch_Y))"),
    cause="The costs were measured after the step, not before it.",
    hint="Which parameters does the loss under the tape know?",
)

loop.mistake(
    "one_epoch_too_few",
    ("range(num_epochs)", "range(1, num_epochs)"),
    cause="There is one epoch too few.",
    hint="How many costs came back?",
)

loop.mistake(
    "every_step_a_cost",
    ("            total += float(loss)\n        costs.append(total / m)", "            costs.append(float(loss) / batch_X.shape[1])"),
    cause="There is a cost for each mini-batch, not for each epoch.",
    hint="How many costs came back?",
)

loop.mistake(
    "only_costs",
    ("return parameters, costs", "return costs"),
    cause="Only the costs came back; the parameters are missing.",
    hint="The contract names two things.",
)

loop.mistake(
    "adam",
    ("            for name in parameters:\n                parameters[name].assign_sub(learning_rate / batch_X.shape[1] * gradients[name])", "            if not costs and start == 0:\n                optimizer = tf.keras.optimizers.Adam(learning_rate)\n            optimizer.apply_gradients([(gradients[name], parameters[name]) for name in parameters])"),
    cause="The steps are Adam's, as in the public course; here they are those of gradient descent.",
    hint="By how much does each parameter move in the first step, and by how much should it?",
)


SPREADS = {"W1": 25 + 12288, "W2": 12 + 25, "W3": 6 + 12, "b1": 25 + 1, "b2": 12 + 1, "b3": 6 + 1}


@init.accept
def glorot_draw(inputs, received):
    """Other draws by Glorot's rule; biases zero or drawn by it. Equal starts of the matrices are Keras's own way."""
    for name, total in SPREADS.items():
        array = received[name]
        if name[0] == "b" and not array.any():
            continue
        spread = lambda n_prev, total=total: (np.sqrt(2 / total), f"sqrt(2/{total})")
        try:
            fair_draw({"W1": array, "b1": np.zeros((len(array), 1))}, [array.shape[1], len(array)], spread, normal=False)
        except ValueError as error:
            raise ValueError(str(error).replace("W1", name)) from None
    return received


@loop.forms
def costs_forms(inputs, expected):
    """The costs as one array, as np.array(costs) or tf.stack(costs) make it."""
    parameters, costs = expected
    yield "The costs came as one array; a list does as well.", (parameters, np.array(costs, dtype=float))


@hot.forms
def one_hot_forms(inputs, expected):
    yield "A column of shape (C, 1) came; a vector of shape (C,) does as well.", expected.reshape(-1, 1)


linear.equivalent("X = tf.constant(np.random.randn(3, 1))", "X = np.random.randn(3, 1)", reason="TensorFlow makes a tensor of an array by itself, and the numbers are the same.")

linear.equivalent("W = tf.Variable(np.random.randn(4, 3))", "W = np.random.randn(4, 3)", reason="TensorFlow makes a tensor of an array by itself, and the numbers are the same.")

linear.equivalent("b = tf.Variable(np.random.randn(4, 1))", "b = np.random.randn(4, 1)", reason="TensorFlow makes a tensor of an array by itself, and the numbers are the same.")

init.equivalent("draw = tf.keras.initializers.GlorotNormal(seed=1)", "draw = tf.keras.initializers.GlorotNormal()", reason="without a seed the draw has the same distribution, which is all that counts.")

init.equivalent("draw = tf.keras.initializers.GlorotNormal(seed=1)", "draw = tf.keras.initializers.GlorotNormal(seed=2)", reason="another seed gives another draw from the same distribution.")

init.equivalent("draw = tf.keras.initializers.GlorotNormal(seed=1)", "draw = tf.keras.initializers.GlorotNormal(seed=0)", reason="another seed gives another draw from the same distribution.")

hand.equivalent("A1 = np.maximum(Z1, 0)", "A1 = np.maximum(0, Z1)", reason="the larger of two numbers does not depend on their order.")

hand.equivalent("A2 = np.maximum(Z2, 0)", "A2 = np.maximum(0, Z2)", reason="the larger of two numbers does not depend on their order.")

loop.equivalent("total += float(loss)", "total += loss", reason="a tensor of one number adds up to the same numbers.")
