"""Values on the way, told apart by a few numbers each: what an array sums up to, with fixed weights.

The same numbers mean the same array; a factor and another sign show in them too. Beside them lies a pool of the single
entries: what is made of entries of right values is a part of one, a transpose, or the same in another order.
"""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

MOST_AXES = 5
NORM = MOST_AXES + 1
SUMS, TURNED = slice(NORM + 1, NORM + 3), slice(NORM + 3, NORM + 5)
COLUMNS = NORM + 5
"""Of a row: the number of axes, the lengths, the norm, and two weighted sums, twice: along the last axis first, and
along the first one, which is what the transpose comes to."""


LARGE = 1000
"""Of whole numbers only those from here on tell where they come from."""


class Likeness(IntEnum):
    """How like a right value a value is."""

    SAME = 0
    PARTS = 1
    SCALED = 2
    OTHER = 3


class Array(NamedTuple):
    """An array as it is compared: its shape, and its entries, or every so-manieth of them."""

    shape: tuple[int, ...]
    entries: np.ndarray

    @property
    def telling(self) -> bool:
        """Whether two computations would hardly come to it by chance."""
        x = self.entries
        if x.size == 1 and x.dtype.kind in "iuf" and abs(float(x[0])) >= LARGE:
            return True
        if x.dtype.kind not in "fc" or not x.size:
            return False
        with np.errstate(all="ignore"):
            return bool(x[0] != np.round(x[0].real)) if x.size == 1 else bool(np.ptp(x.real) > 0)


class Match(NamedTuple):
    """What an array is like: how much, by which factor, the number of the row that it is the same as,
    or -1, and of the first row that it is the same as, or the transpose of."""

    like: Likeness
    factor: float = 1.0
    row: int = -1
    kind: int = -1


@lru_cache(maxsize=1024)
def _weights(size: int) -> np.ndarray:
    i = np.arange(1, size + 1)
    return np.array([np.sin(i * 2**0.5 + 1), np.sin(i * 3**0.5 + 2)])


def _numbers(array: Array) -> np.ndarray:
    x = array.entries
    x = np.concatenate([x.real, x.imag]) if x.dtype.kind == "c" else x.astype(float)
    finite: np.ndarray = np.nan_to_num(x, nan=1234.5678, posinf=9876.5432, neginf=-9876.5432)
    return finite


def row_of(array: Array) -> np.ndarray | None:
    """The numbers that tell an array apart; None for one with too many axes."""
    if len(array.shape) > MOST_AXES:
        return None
    x = _numbers(array)
    lengths = [*array.shape, *[0] * (MOST_AXES - len(array.shape))]
    with np.errstate(all="ignore"):
        turned = x.reshape(array.shape).ravel("F") if x.size == np.prod(array.shape) else x
        sums = [*(_weights(x.size) @ x), *(_weights(x.size) @ turned)]
        return np.array([len(array.shape), *lengths, np.sqrt(np.sum(x * x)), *sums])


def rows_of(arrays: Iterable[Array]) -> np.ndarray:
    """The rows of arrays, each once, of shape (n, COLUMNS)."""
    found = [row for row in map(row_of, arrays) if row is not None]
    return np.unique(np.array(found), axis=0) if found else np.zeros((0, COLUMNS))


def pool_of(arrays: Iterable[Array]) -> np.ndarray:
    """The entries of the telling ones among arrays, each once, in order, as float32."""
    found = [np.unique(_numbers(one).astype(np.float32)) for one in arrays if one.telling]
    return np.unique(np.concatenate([np.zeros(1, np.float32), *found]))


class Known:
    """The values that right computations come to on the way.

    Args:
        rows: of shape (n, COLUMNS). pool: single entries, in order. rtol: how far two may lie apart.
    """

    def __init__(self, rows: np.ndarray, pool: np.ndarray, rtol: float):
        self.rows, self.pool, self.rtol = rows, pool, rtol
        self.sizes = np.array([int(np.prod(row[1 : 1 + int(row[0])])) for row in rows], dtype=int)

    def match(self, array: Array) -> Match:
        """What an array is like."""
        row = row_of(array)
        if row is None:
            return Match(Likeness.OTHER)
        near = np.flatnonzero(self.sizes == int(np.prod(array.shape)))
        rows = self.rows[near]
        norm, sums = row[NORM], row[SUMS]
        with np.errstate(all="ignore"):
            rtol = max(self.rtol, 1e-5 if array.entries.dtype == np.float32 else 0.0)
            room = rtol * 3 * norm + 1e-300
            same = (np.abs(rows[:, NORM] - norm) <= room) & (np.abs(rows[:, SUMS] - sums) <= room).all(axis=1)
            shaped = (rows[:, :NORM] == row[:NORM]).all(axis=1)
            turned = (np.abs(rows[:, NORM] - norm) <= room) & (np.abs(rows[:, TURNED] - sums) <= room).all(axis=1)
            turned |= (np.abs(rows[:, NORM] - norm) <= room) & (np.abs(rows[:, SUMS] - row[TURNED]) <= room).all(axis=1)
            kind = int(near[np.argmax(same | turned)]) if (same | turned).any() else -1
            if (same & shaped).any():
                return Match(Likeness.SAME, 1.0, int(near[np.argmax(same & shaped)]), kind)
            if not array.telling:
                return Match(Likeness.SAME, 1.0, -1, kind)
            if same.any() or turned.any() or self._pooled(array, rtol):
                return Match(Likeness.SAME if array.entries.size == 1 else Likeness.PARTS, 1.0, -1, kind)
            if norm == 0 or not np.isfinite(norm):
                return Match(Likeness.OTHER)
            if array.entries.size < 3:
                opposite = (np.abs(rows[:, NORM] - norm) <= room) & (np.abs(rows[:, SUMS] + sums) <= room).all(axis=1)
                return Match(Likeness.SCALED, -1.0) if opposite.any() else Match(Likeness.OTHER)
            known = rows[rows[:, NORM] > 0]
            for sign in (1, -1):
                apart = np.abs(known[:, SUMS] / known[:, NORM : NORM + 1] * sign - sums / norm)
                fits = (apart <= rtol * 10).all(axis=1)
                if fits.any():
                    return Match(Likeness.SCALED, sign * float(norm / known[np.argmax(fits), NORM]))
        return Match(Likeness.OTHER)

    def has_shape(self, shape: tuple[int, ...]) -> bool:
        """Whether a value of this shape is among them."""
        return any(row[0] == len(shape) and (*row[1 : 1 + len(shape)],) == shape for row in self.rows)

    def _pooled(self, array: Array, rtol: float) -> bool:
        """Whether all entries of an array are entries of right values."""
        x = _numbers(array)
        places = np.searchsorted(self.pool, x)
        near = [np.abs(self.pool[np.clip(places + i, 0, len(self.pool) - 1)] - x) for i in (-1, 0)]
        return bool((np.minimum(*near) <= np.abs(x) * max(3e-7, rtol)).all())
