"""Steps of Python grow where a loop is left, in any disguise, and do not where NumPy does the work, in any style."""

import functools
import operator
import sys
import threading

import numpy as np
import pytest

from companion import count_steps, steps_grow

RNG = np.random.default_rng(0)


def sizes(large):
    return (RNG.standard_normal((3, 4)), RNG.standard_normal((4, large)))


def loops(W, X):
    Z = np.zeros((len(W), X.shape[1]))
    for j in range(X.shape[1]):
        Z[:, j] = W @ X[:, j]
    return Z


def while_loop(W, X):
    Z, j = np.zeros((len(W), X.shape[1])), 0
    while j < X.shape[1]:
        Z[:, j] = W @ X[:, j]
        j += 1
    return Z


def recursion(W, X):
    return W @ X if X.shape[1] == 1 else np.hstack([W @ X[:, :1], recursion(W, X[:, 1:])])


def threaded(W, X):
    found = []
    thread = threading.Thread(target=lambda: found.append(loops(W, X)))
    thread.start()
    thread.join()
    return found[0]


LOOPS = {
    "for": loops,
    "while on one line": while_loop,
    "comprehension": lambda W, X: np.stack([W @ x for x in X.T], axis=1),
    "generator": lambda W, X: np.array(list(W @ x for x in X.T)).T,  # noqa: C400 - the form is what is tested
    "map of a lambda": lambda W, X: np.array(list(map(lambda x: W @ x, X.T))).T,  # noqa: C417 - likewise
    "np.vectorize": lambda W, X: np.vectorize(lambda i, j: W[i] @ X[:, j])(*np.indices((len(W), X.shape[1]))),
    "apply_along_axis": lambda W, X: np.apply_along_axis(lambda x: W @ x, 0, X),
    "fromiter": lambda W, X: np.fromiter((W[0] @ x for x in X.T), float),
    "reduce": lambda W, X: functools.reduce(lambda a, x: a + [W @ x], X.T, []),  # noqa: RUF005 - likewise
    "recursion": recursion,
    "a thread": threaded,
    "exec": lambda W, X: exec("for x in X.T:\n    W @ x", {"W": W, "X": X}),
}  # fmt: skip
NUMPY = {
    "@": operator.matmul,
    "dot": np.dot,
    "einsum": lambda W, X: np.einsum("ij,jk->ik", W, X),
    "einsum, optimized": lambda W, X: np.einsum("ij,jk->ik", W, X, optimize=True),
    "broadcast": lambda W, X: (W[:, :, None] * X[None]).sum(axis=1),
    "tensordot": lambda W, X: np.tensordot(W, X, axes=1),
    "norm": lambda W, X: np.linalg.norm(W @ X, axis=0),
    "a loop of fixed length": lambda W, X: sum(W[:, [k]] * X[[k]] for k in range(4)),
}


@pytest.mark.parametrize("function", LOOPS.values(), ids=LOOPS)
def test_a_loop_grows(function):
    assert steps_grow(function, sizes(10), sizes(200))


@pytest.mark.parametrize("function", NUMPY.values(), ids=NUMPY)
def test_numpy_does_not(function):
    assert not steps_grow(function, sizes(10), sizes(20_000))


def test_the_count_is_the_same_again_and_in_step_with_the_size():
    counts = [count_steps(loops, *sizes(n)) for n in (10, 20, 30, 10)]
    assert counts[0] == counts[3] and counts[2] - counts[1] == counts[1] - counts[0] > 0


def test_a_function_that_stops_the_counting_is_told_so():
    def sly(W, X):
        sys.settrace(None)
        return loops(W, X)

    before = sys.gettrace()
    with pytest.raises(RuntimeError, match="set a trace of its own"):
        count_steps(sly, *sizes(10))
    assert sys.gettrace() is before


def test_what_the_function_raises_comes_through_and_the_trace_is_put_back():
    before = sys.gettrace()
    with pytest.raises(ZeroDivisionError):
        count_steps(lambda: 1 / 0)
    assert sys.gettrace() is before
