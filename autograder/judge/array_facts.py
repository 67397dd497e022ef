"""Plain facts about an array that came beside the expected one: transposed, summed, squared, one step short."""

import itertools
from collections.abc import Callable, Iterator

import numpy as np

from autograder.judge.wrong_arrays import Fact, Pair

Function = Callable[[np.ndarray], np.ndarray]


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def _positive(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(x, 0))


def _softmax(axis: int) -> Function:
    def softmax(x: np.ndarray) -> np.ndarray:
        if x.ndim != 2 or not x.size:
            return np.zeros(0)
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return np.asarray(powers / powers.sum(axis=axis, keepdims=True))

    return softmax


def _flat(pair: Pair, a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays are the same but for axes of length 1."""
    shapes = [[n for n in array.shape if n != 1] for array in (a, b)]
    return shapes[0] == shapes[1] and pair.same(a.ravel(), b.ravel())


def _of_expected(make: Function, moves: bool = False) -> Fact:
    """What came is made of the expected array."""
    return Fact(lambda p: p.same(make(p.wanted), p.came), moves)


def _step_short(make: Function) -> Fact:
    """The expected array is made of what came."""
    return Fact(lambda p: p.same(p.wanted, make(p.came)))


def _with_ones(more: bool) -> Fact:
    def holds(p: Pair) -> bool:
        axes = p.came.ndim - p.wanted.ndim
        return (axes > 0 if more else axes < 0) and _flat(p, p.wanted, p.came)

    return Fact(holds, moves=True)


def _turned(order: tuple[int, ...]) -> Fact:
    def holds(p: Pair) -> bool:
        return p.wanted.ndim == p.came.ndim == len(order) and p.same(p.wanted.transpose(order), p.came)

    return Fact(holds, moves=True)


def _shapes() -> Iterator[tuple[str, Fact]]:
    yield (
        "the transpose of the expected one",
        Fact(lambda p: p.wanted.ndim == 2 and p.same(p.wanted.T, p.came), moves=True),
    )
    yield "right but for an axis of length 1 that is missing", _with_ones(more=False)
    yield "right but for an axis of length 1 too many", _with_ones(more=True)
    for order in (order for n in (3, 4) for order in list(itertools.permutations(range(n)))[1:]):
        yield f"the expected one with its axes in the order {order}", _turned(order)
    yield (
        "right but for its shape: the same numbers in the same order",
        Fact(lambda p: not p.alike and p.same(p.wanted.ravel(), p.came.ravel()), moves=True),
    )
    yield (
        "the expected one with its numbers laid along the rows where they belong along the columns",
        Fact(lambda p: p.wanted.ndim == 2 and p.same(p.wanted.ravel("F"), p.came.ravel()), moves=True),
    )
    yield (
        "the expected one with its numbers laid along the columns where they belong along the rows",
        Fact(lambda p: p.came.ndim == 2 and p.same(p.wanted.ravel(), p.came.ravel("F")), moves=True),
    )


def _total(name: str, axis: int | None, of_expected: bool) -> Fact:
    """One of the two is the sum, or the mean, of the other along an axis."""

    def holds(p: Pair) -> bool:
        long, short = (p.wanted, p.came) if of_expected else (p.came, p.wanted)
        several = long.size > 1 if axis is None else long.ndim > max(1, axis) and long.shape[axis] > 1
        if p.alike or not several or short.size >= long.size:
            return False
        total = long.sum(axis=axis) if name == "sum" else long.mean(axis=axis)
        return _flat(p, np.asarray(total), short)

    return Fact(holds)


def _totals() -> Iterator[tuple[str, Fact]]:
    for axis, name in itertools.product((None, 0, 1, 2, 3), ("sum", "mean")):
        along = "" if axis is None else f" along axis {axis}"
        yield f"the {name} of the expected one{along}", _total(name, axis, of_expected=True)
        yield f"a step short: its {name}{along} is the expected one", _total(name, axis, of_expected=False)


def _maps() -> Iterator[tuple[str, Fact]]:
    """One of the two is a function of the other, entry by entry."""
    made: dict[str, Function] = {
        "the square of the expected one": np.square,
        "the square root of the expected one": np.sqrt,
        "the absolute value of the expected one": np.abs,
        "the exponential of the expected one": np.exp,
        "the logarithm of the expected one": np.log,
        "the sigmoid of the expected one": _sigmoid,
        "the hyperbolic tangent of the expected one": np.tanh,
        "the expected one with 0 for its negative entries": _positive,
        "the expected one rounded to whole numbers": np.round,
        "the expected one without its decimals": np.trunc,
        "1 divided by the expected one": lambda x: 1 / x,
    }
    last: dict[str, Function] = {
        "its absolute value": np.abs,
        "its sigmoid": _sigmoid,
        "its hyperbolic tangent": np.tanh,
        "its softmax over each column": _softmax(0),
        "its softmax over each row": _softmax(1),
        "what remains with 0 for its negative entries": _positive,
    }
    yield "1 minus the expected one", _of_expected(lambda x: 1 - x, moves=True)
    yield from ((text, _of_expected(make)) for text, make in made.items())
    yield from ((f"a step short: {text} is the expected one", _step_short(make)) for text, make in last.items())
    yield "right up to the sign", Fact(lambda p: p.same(np.abs(p.wanted), np.abs(p.came)))


SHAPES = dict(_shapes()) | {"the expected one with the other sign": _of_expected(np.negative)}
MAPS = dict(_totals()) | dict(_maps())
