"""Tensors and variables of TensorFlow and Keras: they leave the kernel as arrays, and are checked like arrays."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
import pytest

from autograder.judge.decode import decode_report
from companion.checks import check, checking
from companion.comparing import same
from companion.encode import encode
from companion.tensors import as_array, is_tensor

tf = pytest.importorskip("tensorflow")
keras = pytest.importorskip("keras")

KINDS = {
    "tensor": tf.constant,
    "variable": tf.Variable,
    "keras variable": lambda value: keras.Variable(value, dtype=value.dtype.name),
    "compat variable": lambda value: tf.compat.v1.get_variable("v", initializer=value),
}
kinds = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def crossed(value):
    report = {"exercise": "f", "index": 0, "inputs": {"none": True}, "output": encode(value), "error": None}
    return decode_report(report, "f").output


@kinds
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int64", "bool"])
@pytest.mark.parametrize("shape", [(), (1,), (3, 5), (2, 1, 4), (0, 3)])
def test_a_tensor_crosses_over_as_the_array_that_it_holds(make, dtype, shape):
    array = (10 * np.random.default_rng(1).standard_normal(shape)).astype(dtype)
    received = crossed(make(array))
    assert type(received) is np.ndarray and received.dtype == array.dtype and received.shape == shape
    assert np.array_equal(received, array)


@kinds
def test_tensors_inside_of_dictionaries_tuples_and_lists(make):
    array = np.arange(6, dtype="float32").reshape(2, 3)
    received = crossed(({"W": make(array), "more": [make(array), 2.0]}, make(array[0])))
    assert np.array_equal(received[0]["W"], array) and np.array_equal(received[0]["more"][0], array)
    assert np.array_equal(received[1], array[0]) and received[0]["more"][1] == 2


def test_what_has_no_numbers_says_so():
    seen = []

    @tf.autograph.experimental.do_not_convert
    def plan(x):
        seen.append(encode(x))
        return x

    tf.function(plan)(tf.constant([1.0]))
    assert seen == [{"other": "tensor without a value"}]
    assert encode(tf.constant("a text")) == {"other": "array of dtype |S6"}
    symbolic = keras.Input((3,))
    assert set(encode(symbolic)) == {"other"} and set(encode(keras.layers.Dense(2))) == {"other"}
    assert set(encode(tf.ragged.constant([[1.0], [2.0, 3.0]]))) == {"other"}


def test_half_precision_of_either_kind_is_a_number_or_says_what_it_is():
    assert np.array_equal(crossed(tf.constant([1.5, 2.0], tf.float16)), np.array([1.5, 2], np.float16))
    brain = encode(tf.constant([1.5, 2.0], tf.bfloat16))
    assert brain == {"other": "array of dtype bfloat16"}


@kinds
def test_a_tensor_is_what_it_was_until_its_numbers_change(make):
    array = np.arange(4, dtype="float32")
    one = make(array)
    assert is_tensor(one) and np.array_equal(as_array(one), array)
    assert same(one, make(array)) and same({"W": [one]}, {"W": [make(array)]})
    other = array.copy()
    other[2] += 1e-6
    assert not same(one, make(other)) and not same(one, make(array.reshape(2, 2)))


@pytest.mark.parametrize("value", [np.zeros(3), 1.0, None, "text", {"a": 1}, object(), type("Tensor", (), {})()])
def test_nothing_else_is_taken_for_a_tensor(value):
    assert not is_tensor(value) and as_array(value) is None


@kinds
def test_a_check_compares_tensors_like_arrays(make, capsys):
    array = np.array([[1, 2, 3], [4, 5, 6]], dtype="float32")
    check("Z", make(array), array)
    check("Z", make(array), array.T)
    check("Z", make(array), array + np.eye(2, 3))
    check("loss", make(np.float32(2.5)), 2.5)
    check("all", {"W": make(array), "b": make(array[:, :1])}, {"W": array.tolist(), "b": [[1], [5]]})
    assert capsys.readouterr().out.splitlines() == [
        "✓ Z agrees, shape (2, 3)",
        "✗ Z: shape (2, 3) for (3, 2)",
        "✗ Z: 1 for 2 at [0, 0], where it differs most; 2 of 6 entries differ",
        "✓ loss agrees, 2.5",
        '✓ all["W"] agrees, shape (2, 3)',
        '✗ all["b"]: 4 for 5 at [1, 0], where it differs most; 1 of 2 entries differ',
    ]


def test_a_variable_that_a_function_changed_is_said(capsys):
    W = tf.Variable([1.0, 2.0])
    with checking("f", W=W):
        pass
    with checking("f", W=W):
        W.assign_add([0.0, 1.0])
    with checking("f", parameters={"W": W}):
        W.assign(W)
    assert capsys.readouterr().out.splitlines() == [
        "✓ inputs unchanged",
        "✗ W: the function changed its input",
        "✓ inputs unchanged",
    ]


def test_a_check_of_a_tensor_without_a_value_raises_nothing(capsys):
    check("Z", keras.Input((3,)), [1.0, 2.0, 3.0])
    said = capsys.readouterr().out
    assert said.startswith("✗ Z: ") and said.count("\n") == 1


def test_arrays_are_still_looked_at_where_tensorflow_is_only_half_imported(monkeypatch):
    """While a module is being imported its types are not there yet."""
    monkeypatch.setitem(sys.modules, "tensorflow", type(sys)("tensorflow"))
    monkeypatch.setitem(sys.modules, "keras", type(sys)("keras"))
    assert not is_tensor(np.zeros(2)) and encode(np.float32(1)) == encode(np.array(1, "float32"))
