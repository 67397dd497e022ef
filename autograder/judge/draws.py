"""Whether weights may have been drawn as a contract says: another random draw than the recorded one is right as
well."""

import itertools
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

ORDERS: tuple[Literal["C", "F"], ...] = ("C", "F")

LIMIT = 15.0
"""A fair draw misses each bound with probability below 2 exp(-15) = 6e-7, like 5 sigma, in a matrix of any size."""


def fair_draw(
    received: dict[str, np.ndarray],
    sizes: Sequence[int],
    spread: Callable[[int], tuple[float, str]],
    normal: bool = True,
) -> dict[str, np.ndarray]:
    """The answer itself, if its weights may be independent draws with mean 0, and its biases are zero.

    Args:
        received: W1, b1, …, WL, bL; Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).
        sizes: of the layers, n_0, …, n_L.
        spread: from n_{l-1} to the standard deviation of Wl, as a number and as the contract writes it.
        normal: whether the draws have to be normal.

    Raises:
        ValueError: what speaks against it, in a sentence.
    """
    layers = range(1, len(sizes))
    units = {}
    for i in layers:
        b = received[f"b{i}"]
        if b.any():
            raise ValueError(f"b{i} holds {b[b != 0][0]:.4g}, expected only zeros.")
        W = received[f"W{i}"].astype(float)
        expected, formula = spread(int(sizes[i - 1]))
        _look_at(f"W{i}", W, expected, formula, normal)
        units[i] = W / expected
    for i, j in itertools.combinations(layers, 2):
        if any(_same_start(units[i].ravel(a), units[j].ravel(b)) for a in ORDERS for b in ORDERS):
            raise ValueError(f"W{i} and W{j} begin with the same draws. Is the seed set again for every layer?")
    return received


def _look_at(name: str, W: np.ndarray, expected: float, formula: str, normal: bool) -> None:
    n = W.size
    if not W.any():
        raise ValueError(f"every entry of {name} is 0.")
    different = np.unique(W).size
    if different < 0.9 * n:
        raise ValueError(f"{name} repeats itself: there are only {different} different numbers among its {n} entries.")
    size = np.sqrt(np.mean(W**2))
    # For draws symmetric around 0, whatever their spread: P(|sum| > t sqrt(sum of squares)) <= 2 exp(-t²/2).
    if abs(W.mean()) > size * np.sqrt(2 * LIMIT / n):
        raise ValueError(f"{name} has mean {W.mean():.2g}, expected about 0.")
    # Chernoff's bound for the sum of n squared normal draws, on either side and for every n.
    ratio = (size / expected) ** 2
    if n / 2 * (ratio - 1 - np.log(ratio)) > LIMIT:
        formula = "" if formula == f"{expected:g}" else f" = {formula}"
        raise ValueError(f"{name} has standard deviation {size:.3g}, expected {expected:.3g}{formula}.")
    if n < 200:
        return
    for axis, neighbours in ((0, "rows"), (1, "columns")):
        if W.shape[axis] > 1:
            a, b = np.delete(W, 0, axis), np.delete(W, -1, axis)
            if abs(np.sum(a * b)) > 6 * size**2 * np.sqrt(a.size):
                raise ValueError(f"neighbouring {neighbours} of {name} are tied together, expected independent draws.")
    inside = np.mean(np.abs(W) < expected)
    # Hoeffding's bound for the share of entries within one standard deviation, which is 0.6827 for normal draws.
    if normal and abs(inside - 0.6827) > np.sqrt(LIMIT / (2 * n)):
        raise ValueError(
            f"{name} is not normal: {inside:.0%} of its entries are within one standard deviation, not 68%."
        )


def _same_start(a: np.ndarray, b: np.ndarray) -> bool:
    k = min(a.size, b.size)
    return np.allclose(a[:k], b[:k], rtol=1e-6, atol=1e-9)
