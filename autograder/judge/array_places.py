"""Facts about where the numbers of an array that came stand: reversed, shifted by one, right only in one column."""

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from autograder.judge.wrong_arrays import Fact, Pair

Part = Callable[[np.ndarray], np.ndarray]
"""Takes some of the slices of an array along its first axis."""


class Slices(NamedTuple):
    """The slices along an axis of an array of so many axes, and what they are called."""

    ndim: int
    axis: int
    one: str
    several: str

    def of(self, pair: Pair) -> bool:
        """Whether there are several in both arrays."""
        if pair.wanted.ndim != self.ndim or pair.came.ndim != self.ndim:
            return False
        return bool(min(pair.wanted.shape[self.axis], pair.came.shape[self.axis]) > 1)

    @property
    def others(self) -> tuple[int, ...]:
        return tuple(axis for axis in range(self.ndim) if axis != self.axis)


ALONG = (
    Slices(1, 0, "entry", "entries"),
    Slices(2, 0, "row", "rows"),
    Slices(2, 1, "column", "columns"),
    *(Slices(n, i, f"slice along axis {i}", f"slices along axis {i}") for n in (3, 4) for i in range(n)),
)


def _moved(slices: Slices, of_expected: Part, of_came: Part = lambda a: a, at_least: int = 2) -> Fact:
    """Some slices of the expected array are some of what came."""

    def holds(p: Pair) -> bool:
        if not slices.of(p) or p.wanted.shape[slices.axis] < at_least:
            return False
        return p.same(of_expected(np.moveaxis(p.wanted, slices.axis, 0)), of_came(np.moveaxis(p.came, slices.axis, 0)))

    return Fact(holds, moves=True)


def _ranked(array: np.ndarray) -> np.ndarray:
    """The slices along the first axis, in an order that hangs only on what stands in them."""
    flat = array.reshape(len(array), -1)
    return np.asarray(array[np.argsort(flat @ np.cos(np.arange(flat.shape[1])), kind="stable")])


def _only_sorted(p: Pair) -> bool:
    if p.wanted.size != p.came.size or p.wanted.size < 4:
        return False
    a, b = np.sort(p.wanted.ravel()), np.sort(p.came.ravel())
    return np.unique(a).size > a.size / 2 and p.same(a, b)


def _orders() -> Iterator[tuple[str, Fact]]:
    for slices in ALONG:
        one, several = slices.one, slices.several
        yield f"the expected one with its {several} in reverse order", _moved(slices, lambda a: a[::-1])
        shifted = f"the expected one shifted by one: each {one} stands one place too"
        yield f"{shifted} late", _moved(slices, lambda a: a[:-1], lambda a: a[1:], at_least=3)
        yield f"{shifted} early", _moved(slices, lambda a: a[1:], lambda a: a[:-1], at_least=3)
        yield f"the expected one without its last {one}", _moved(slices, lambda a: a[:-1])
        yield f"the expected one without its first {one}", _moved(slices, lambda a: a[1:])
        yield f"right but for one {one} too many at the end", _moved(slices, lambda a: a, lambda a: a[:-1])
        yield f"right but for one {one} too many at the beginning", _moved(slices, lambda a: a, lambda a: a[1:])
    for slices in ALONG[1:]:
        yield f"the expected one with its {slices.several} in another order", _moved(slices, _ranked, _ranked)
    yield "the expected one with its numbers in another order", Fact(_only_sorted, moves=True)


def _per_slice() -> Iterator[tuple[str, Fact]]:
    """Each row, or each column, is wrong, with a factor or a summand of its own; in none are all numbers the same."""
    for name, axis in (("row", 1), ("column", 0)):

        def all_wrong(p: Pair, axis: int = axis) -> bool:
            if not p.alike or p.wanted.ndim != 2 or p.wanted.shape[axis] < 3 or p.wanted.shape[1 - axis] < 2:
                return False
            return bool(p.wrong.any(axis=axis).all()) and bool((np.ptp(p.wanted, axis=axis) > 0).all())

        def scaled(p: Pair, axis: int = axis, all_wrong: Callable[[Pair], bool] = all_wrong) -> bool:
            if not all_wrong(p):
                return False
            factor = (p.wanted * p.came).sum(axis=axis, keepdims=True) / np.square(p.wanted).sum(
                axis=axis, keepdims=True
            )
            return p.same(p.wanted * factor, p.came)

        def added(p: Pair, axis: int = axis, all_wrong: Callable[[Pair], bool] = all_wrong) -> bool:
            return all_wrong(p) and p.same(p.wanted + (p.came - p.wanted).mean(axis=axis, keepdims=True), p.came)

        yield f"the expected one with each {name} times a number of its own", Fact(scaled)
        yield f"the expected one with a number of its own added to each {name}", Fact(added)


def _constant() -> Iterator[tuple[str, Fact]]:
    """What came is the same in all its rows or columns; zeros are told with the first difference."""

    def one_number(p: Pair) -> bool:
        if not p.alike or p.came.size < 4 or not p.came.any():
            return False
        return bool((p.came == p.came.flat[0]).all()) and not bool((p.wanted == p.wanted.flat[0]).all())

    yield "one and the same number in all its entries", Fact(one_number, moves=True)
    for name, first in (("row", np.s_[:1]), ("column", np.s_[:, :1])):

        def repeated(p: Pair, first: slice | tuple[slice, ...] = first) -> bool:
            if not p.alike or p.came.ndim != 2 or min(p.came.shape) < 2 or not p.came.any():
                return False
            return bool((p.came == p.came[first]).all()) and not bool((p.wanted == p.wanted[first]).all())

        yield f"the same in every {name}", Fact(repeated)


def _masks() -> Iterator[tuple[str, Fact]]:
    """Where the wrong entries stand."""
    for slices, (only, word) in itertools.product(ALONG, itertools.product(("right", "wrong"), ("first", "last"))):

        def alone(p: Pair, slices: Slices = slices, only: str = only, word: str = word) -> bool:
            if not p.alike or not slices.of(p) or (slices.ndim > 1 and np.count_nonzero(p.wrong) < 2):
                return False
            there = p.wrong.any(axis=slices.others) == (only == "wrong")
            return bool(there[0 if word == "first" else -1]) and bool(np.count_nonzero(there) == 1)

        yield f"{only} only in its {word} {slices.one}", Fact(alone, moves=True)
    signs: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "0 is": lambda x: x == 0, "a negative number is": lambda x: x < 0, "a positive number is": lambda x: x > 0
    }  # fmt: skip
    for words, where in signs.items():

        def exactly(p: Pair, where: Callable[[np.ndarray], np.ndarray] = where) -> bool:
            if not p.alike:
                return False
            there = where(p.wanted)
            both = bool((p.wanted[~there] != 0).any()) and bool(where(-p.wanted).any())
            return both and bool(np.count_nonzero(there) > 1) and np.array_equal(there, p.wrong)

        yield f"wrong exactly where {words} expected", Fact(exactly, moves=True)

    def finite(p: Pair) -> bool:
        came = np.isfinite(p.came)
        return p.alike and bool(came.any()) and not bool(came.all()) and not bool((p.wrong & came).any())

    yield "right wherever a finite number came", Fact(finite, moves=True)


ORDERS = dict(_orders()) | dict(_per_slice())
PLACES = dict(_constant()) | dict(_masks())
