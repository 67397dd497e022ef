"""Lines of TensorFlow 1, as the course taught them until 2021, on today's TensorFlow: what a check says, what the
verdict and the feedback say. The lines are tried on TensorFlow itself, for its messages change."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import pytest
from lessons import functions_of, graded

from autograder.places import repository
from companion.checks import checking
from companion.tensorflow_1 import GONE, in_todays_words

tf = pytest.importorskip("tensorflow")

LESSON = "course2-week3/tensorflow_tutorial"

LINES = {
    "tf.Session()": "leave the session out",
    "tf.InteractiveSession()": "leave the session out",
    "tf.compat.v1.Session().run(x)": "leave the session out",
    "tf.placeholder(tf.float32, name='x')": "the function gets the array itself",
    "tf.compat.v1.placeholder(tf.float32, name='x')": "the function gets the array itself",
    "tf.reset_default_graph()": "leave the line out",
    "tf.global_variables_initializer()": "leave the line out",
    "tf.initialize_all_variables()": "leave the line out",
    "tf.get_variable('W1', [25, 12288])": "tf.Variable(its first value)",
    "tf.contrib.layers.xavier_initializer(seed=1)": "tf.keras.initializers.GlorotNormal(seed=1)",
    "tf.set_random_seed(1)": "tf.random.set_seed",
    "tf.random_normal([2])": "tf.random.normal",
    "tf.to_float(3)": "tf.cast(x, tf.float32)",
    "tf.log(x)": "tf.math.log",
    "tf.train.AdamOptimizer(learning_rate=0.0001)": "tf.keras.optimizers.Adam(learning_rate)",
    "tf.train.GradientDescentOptimizer(learning_rate=0.1)": "tf.keras.optimizers.SGD(learning_rate)",
    "tf.compat.v1.train.AdamOptimizer(0.1).minimize(x)": "tf.keras.optimizers.Adam(learning_rate)",
    "tf.keras.optimizers.Adam(0.1).minimize(x)": "optimizer.apply_gradients",
    "tf.keras.optimizers.SGD(lr=0.1)": "now learning_rate",
    "tf.nn.softmax_cross_entropy_with_logits_v2(logits=x, labels=x)": "tf.nn.softmax_cross_entropy_with_logits",
    "x.eval()": "t.numpy()",
    "tf.equal(x, x).eval({})": "t.numpy()",
    "tf.Variable(1.0).eval()": "t.numpy()",
    "tf.train.Saver()": "tf.train.Checkpoint",
    "tf.contrib.layers.flatten(x)": "for flatten and fully_connected tf.keras.layers",
    "tf.contrib.layers.fully_connected(x, 6, activation_fn=None)": "for flatten and fully_connected tf.keras.layers",
    "tf.layers.flatten(x)": "tf.keras.layers",
    "tf.compat.v1.layers.flatten(x)": "tf.keras.layers",
    "tf.confusion_matrix([1], [1])": "tf.math.confusion_matrix",
    "tf.nn.conv2d(tf.ones((1, 5, 5, 1)), filter=tf.ones((2, 2, 1, 1)), strides=1, padding='SAME')": "now filters",
    "tf.nn.max_pool(value=tf.ones((1, 5, 5, 1)), ksize=2, strides=2, padding='SAME')": "now input",
    "tf.nn.conv2d(tf.keras.Input((5, 5, 1)), tf.ones((2, 2, 1, 1)), [1, 1, 1, 1], 'SAME')": "layers take the place",
    "tf.nn.relu(tf.keras.Input((5, 5, 1)))": "layers take the place of tf.nn",
    "tf.nn.max_pool(tf.keras.Input((5, 5, 1)), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')": "layers take the place of tf.nn",
    "tf.keras.layers.MaxPooling2D(2, padding='SAME')(tf.keras.Input((5, 5, 1)))": "padding in small letters",
    "tf.keras.layers.Conv2D(8, 4, border_mode='same')": "now padding",
    "tf.keras.Model(input=tf.keras.Input((5,)), output=tf.keras.Input((5,)))": "Model(inputs=…, outputs=…)",
}


@pytest.mark.parametrize(("line", "now"), LINES.items(), ids=LINES)
def test_a_check_says_what_to_write_now(line, now, capsys):
    scope = {"tf": tf, "x": tf.constant(1.0), "checking": checking}
    exec(f"def f():\n    return {line}\n\nwith checking('f'):\n    f()\n", scope)
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith("✗ f raised ") and now in said, said
    assert len(said) <= 200


def test_nothing_of_todays_tensorflow_is_called_gone():
    """Each name in the table is missing where the course had it."""
    v1 = (tf, tf.train, tf.nn, tf.summary, tf.keras.optimizers.Optimizer, type(tf.constant(1.0)))
    there = {name: [place for place in v1 if hasattr(place, name)] for name in GONE}
    # A tensor's eval and the keras optimizers' methods are there, and refuse; the rest is gone from tf itself.
    assert [name for name, places in there.items() if tf in places] == []


@pytest.mark.parametrize(
    "text",
    [
        "module 'tensorflow' has no attribute 'matmull'",
        "module 'numpy' has no attribute 'Session'",
        "'list' object has no attribute 'eval'",
        "'Network' object has no attribute 'minimize'",
        "unsupported operand type(s) for -: 'NoneType' and 'float'",
        "",
    ],
)
def test_other_errors_keep_their_own_words(text):
    assert in_todays_words(text) == text


OF_2017 = {
    "linear_function": """
def linear_function():
    np.random.seed(1)
    X = tf.constant(np.random.randn(3, 1), name="X")
    W = tf.constant(np.random.randn(4, 3), name="W")
    b = tf.constant(np.random.randn(4, 1), name="b")
    Y = tf.matmul(W, X) + b
    sess = tf.Session()
    result = sess.run(Y)
    sess.close()
    return result
""",
    "sigmoid": """
def sigmoid(z):
    x = tf.placeholder(tf.float32, name="x")
    sigmoid = tf.sigmoid(x)
    with tf.Session() as sess:
        result = sess.run(sigmoid, feed_dict={x: z})
    return result
""",
    "initialize_parameters": """
def initialize_parameters():
    tf.set_random_seed(1)
    W1 = tf.get_variable("W1", [25, 12288], initializer=tf.contrib.layers.xavier_initializer(seed=1))
    return {"W1": W1}
""",
    "forward_propagation": """
def forward_propagation(X, parameters):
    A1 = tf.nn.relu(tf.add(tf.matmul(parameters["W1"], X), parameters["b1"]))
    A2 = tf.nn.relu(tf.add(tf.matmul(parameters["W2"], A1), parameters["b2"]))
    return tf.add(tf.matmul(parameters["W3"], A2), parameters["b3"])
""",
    "compute_total_loss": """
def compute_total_loss(Z3, Y):
    return tf.reduce_mean(
        tf.nn.softmax_cross_entropy_with_logits(logits=tf.transpose(Z3), labels=tf.transpose(Y)))
""",
}
SAID = {
    "linear_function": "raised AttributeError in `sess = tf.Session()`: Session: TensorFlow 1; now each line computes",
    "sigmoid": "placeholders are TensorFlow 1; now the function gets the array itself",
    "initialize_parameters": "set_random_seed: TensorFlow 1; now tf.random.set_seed",
}


@pytest.fixture(scope="module")
def feedback():
    (place,) = repository().select(LESSON)
    return graded(place, OF_2017)


@pytest.mark.slow
def test_the_feedback_on_a_notebook_of_2017(feedback):
    for exercise, words in SAID.items():
        assert feedback[exercise].verdict == "raised" and words in feedback[exercise].difference, exercise
    assert feedback["forward_propagation"].passed
    assert feedback["compute_total_loss"].cause.startswith("The mean of the losses came back")
    assert feedback["train"].difference == "not written yet."


def test_the_checks_of_the_lesson_on_a_notebook_of_2017(capsys):
    scope = functions_of(LESSON)
    capsys.readouterr()
    for exercise in ("linear_function", "sigmoid"):
        exec(OF_2017[exercise], scope)
        scope["z"] = 2
        exec(f"with checking({exercise!r}):\n    {exercise}({'z' if exercise == 'sigmoid' else ''})\n", scope)
        said = capsys.readouterr().out
        assert "TensorFlow 1; now" in said and "Traceback" not in said and said.count("\n") == 1
