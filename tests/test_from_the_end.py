"""The line is told from the answer backwards where nothing on the way tells it."""

import pytest
from unexplained import unexplained

from autograder.authoring.run_author_code import asked_again, values_on_the_way
from autograder.judge.first_wrong import last_wrong
from autograder.judge.on_the_way import sentence, traced_cases
from autograder.judge.second_look import next_question, second_look

STEPS, PLANAR = "course1-week4/deep_network_steps", "course1-week3/planar_classification"
OPTIMIZATION = "course2-week2/optimization"

SAID = "all that it is made of is right, but not what comes of it: it is at fault, or a step is missing."


def backwards(name: str, exercise: str, source: str) -> str:
    """What is said from the answer backwards; "" for nothing."""
    lesson, record, item, raw = unexplained(name, exercise, source)
    question = next_question(record, item, raw, [])
    assert question and question[0]
    traces = values_on_the_way(lesson, exercise, source, record.seed, question[0])
    found = last_wrong(traced_cases(record, item, raw, traces))
    return sentence(found) if found else ""


def second(name: str, exercise: str, source: str) -> str:
    """What is said in all; "" for nothing."""
    lesson, record, item, raw = unexplained(name, exercise, source)
    line = second_look(record, item, raw, lambda question: asked_again(lesson, exercise, source, record.seed, question))
    return line.sentence if line else ""


BACKWARD = """def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = {dW}
    db = {db}
    dA_prev = {dA}
    return dA_prev, dW, db
"""
RIGHT = {"dW": "np.matmul(dZ, A_prev.T) / m", "db": "dZ.mean(axis=1, keepdims=True)", "dA": "np.matmul(W.T, dZ)"}


@pytest.mark.parametrize(
    "name, text, line",
    [
        ("dW", "dZ / m", 4),
        ("dW", "np.matmul(np.cos(dZ), A_prev.T) / m", 4),
        ("db", "np.sum(dZ, keepdims=True) / 3", 5),
        ("db", "dZ.max(axis=1, keepdims=True)", 5),
        ("dA", "np.tanh(np.matmul(W.T, dZ))", 6),
        ("dA", "W.T.sum() * dZ", 6),
    ],
)
def test_the_statement_of_a_wrong_array_is_named_though_it_is_written_in_no_known_way(name, text, line):
    source = BACKWARD.format(**(RIGHT | {name: text}))
    assert backwards(STEPS, "linear_backward", source) == f"Look at line {line}, `{text}`: {SAID}"


def test_of_two_the_first_is_named():
    source = BACKWARD.format(**(RIGHT | {"dA": "W.T.sum() * dZ", "dW": "dZ / m"}))
    assert backwards(STEPS, "linear_backward", source).startswith("Look at line 4,")


@pytest.mark.parametrize("name, text, line", [("dW", "m", 4), ("db", "dZ", 5), ("dA", "dZ", 6)])
def test_a_name_that_is_given_what_was_handed_in_is_named(name, text, line):
    source = BACKWARD.format(**(RIGHT | {name: text}))
    assert backwards(STEPS, "linear_backward", source) == f"Look at line {line}, `{text}`: {SAID}"


def test_what_is_made_of_such_a_name_is_not_blamed_for_it():
    source = "def distribute_value(dz, shape):\n    average = dz\n    return np.full(shape, 1.0) * average\n"
    assert backwards("course4-week1/convolution_backward", "distribute_value", source).startswith("Look at line 2,")


def test_of_an_array_that_is_filled_entry_by_entry_neither_its_making_nor_its_return_is_blamed():
    source = (
        "def normalize_rows(x):\n"
        "    out = np.zeros(x.shape)\n"
        "    for i in range(x.shape[0]):\n"
        "        for j in range(x.shape[1]):\n"
        "            out[i, j] = x[i, j] * 0\n"
        "    return out\n"
    )
    assert backwards("course1-week2/numpy_basics", "normalize_rows", source) == ""


def test_a_part_of_a_dictionary_leads_to_the_statement_that_gave_it():
    source = (
        "def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):\n"
        "    for name in parameters:\n"
        "        v['d' + name] = beta * v['d' + name] + (1 - beta)\n"
        "        parameters[name] = parameters[name] - learning_rate * v['d' + name]\n"
        "    return parameters, v\n"
    )
    assert backwards(OPTIMIZATION, "update_parameters_with_momentum", source).startswith("Look at line 3,")


def test_what_hangs_on_a_value_that_nobody_knows_is_not_blamed():
    source = (
        "def linear_backward(dZ, cache):\n"
        "    A_prev, W, b = cache\n"
        "    flipped = np.flip(dZ, axis=1) * 1.5\n"
        "    scaled = flipped + 0.25\n"
        "    return W.T @ scaled, scaled @ A_prev.T / A_prev.shape[1], np.mean(scaled, axis=1, keepdims=True)\n"
    )
    assert backwards(STEPS, "linear_backward", source) == ""


@pytest.mark.parametrize(
    "body",
    [
        "    keep = {'a': 1}\n    b = parameters['b1']\n    return parameters",
        "    first = parameters\n    second = first\n    return second",
        "    W1, b1 = parameters['W1'], parameters['b1']\n"
        "    return {'W1': W1, 'b1': b1, 'W2': parameters['W2'], 'b2': parameters['b2']}",
    ],
)
def test_a_line_that_computes_nothing_is_never_blamed(body):
    source = f"def update_parameters(parameters, grads, learning_rate=1.2):\n{body}\n"
    assert backwards(PLANAR, "update_parameters", source) == ""


def test_two_arrays_that_happen_to_be_equal_are_not_taken_for_each_other():
    """With one example dW1 without its factor is db1, to the last digit: the line of db1 is not named."""
    source = (
        "def backward_propagation(parameters, cache, X, Y):\n"
        "    m = X.shape[1]\n"
        "    W2 = parameters['W2']\n"
        "    A1, A2 = cache['A1'], cache['A2']\n"
        "    dZ2 = A2 - Y\n"
        "    dW2 = dZ2 @ A1.T / m\n"
        "    db2 = np.sum(dZ2, axis=1, keepdims=True) / m\n"
        "    dZ1 = W2.T @ dZ2 * (1 - A1**2)\n"
        "    dW1 = 1 / m * dZ1\n"
        "    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)\n"
        "    grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}\n"
        "    return grads\n"
    )
    assert "line 10" not in backwards(PLANAR, "backward_propagation", source)


def test_a_function_of_one_statement_errs_in_it():
    source = (
        "def initialize_velocity(parameters):\n    return {'d' + name: value for name, value in parameters.items()}\n"
    )
    assert backwards(OPTIMIZATION, "initialize_velocity", source).startswith("Look at line 2,")
    assert SAID in second(OPTIMIZATION, "initialize_velocity", source)


def test_it_is_said_only_where_no_small_edit_mends_the_answer_elsewhere():
    mended = BACKWARD.format(**(RIGHT | {"db": "dZ.mean(axis=0, keepdims=True)"}))
    dropped = BACKWARD.format(**(RIGHT | {"dW": "dZ / m"}))
    assert "line 5" in second(STEPS, "linear_backward", mended)
    assert "line 4" in second(STEPS, "linear_backward", dropped)


def test_where_an_edit_mends_a_part_that_is_made_of_another_wrong_part_the_first_is_named():
    source = (
        "def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):\n"
        "    for name in parameters:\n"
        "        v['d' + name] = beta * v['d' + name] + np.cos(grads['d' + name])\n"
        "        step = learning_rate * v['d' + name] + learning_rate * (beta * 0)\n"
        "        parameters[name] = parameters[name] - step\n"
        "    return parameters, v\n"
    )
    assert second(OPTIMIZATION, "update_parameters_with_momentum", source).startswith("Look at line 3,")
