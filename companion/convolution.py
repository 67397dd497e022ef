"""Convolution and pooling, forward and backward, with the contracts of course 4, week 1, fast enough to train with.

They go through the entries of the filter, not through the windows: a filter has 9 entries where a batch has thousands
of windows.
"""

from typing import Any

import numpy as np

Cache = tuple[Any, ...]


def conv_forward(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: dict[str, int]) -> tuple[Any, Cache]:
    """Convolve.

    Args:
        A_prev: shape (m, n_H_prev, n_W_prev, n_C_prev). W: shape (f, f, n_C_prev, n_C). b: shape (1, 1, 1, n_C).
        hparameters: {"stride": at least 1, "pad": at least 0}.

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C), and (A_prev, W, b, hparameters).
    """
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    A_pad = _padded(A_prev, pad)
    n_H, n_W = ((size - f) // stride + 1 for size in A_pad.shape[1:3])
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3]), A_prev.dtype) + b
    for i, j in np.ndindex(f, f):
        Z += A_pad[_under(i, j, stride, n_H, n_W)] @ W[i, j]
    return Z, (A_prev, W, b, hparameters)


def conv_backward(dZ: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Back through a convolution.

    Args:
        dZ: shape (m, n_H, n_W, n_C). cache: of :func:`conv_forward`.

    Returns:
        (dA_prev, dW, db), with the shapes of A_prev, W and b.
    """
    A_prev, W, _, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_pad = _padded(A_prev, pad)
    dA_pad, dW = np.zeros_like(A_pad), np.zeros_like(W)
    _, n_H, n_W, n_C = dZ.shape
    for i, j in np.ndindex(*W.shape[:2]):
        under = _under(i, j, stride, n_H, n_W)
        dA_pad[under] += dZ @ W[i, j].T
        dW[i, j] = A_pad[under].reshape(-1, W.shape[2]).T @ dZ.reshape(-1, n_C)
    height, width = A_prev.shape[1:3]
    return dA_pad[:, pad : pad + height, pad : pad + width], dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


def pool_forward(A_prev: np.ndarray, hparameters: dict[str, int], mode: str = "max") -> tuple[Any, Cache]:
    """Pool.

    Args:
        A_prev: shape (m, n_H_prev, n_W_prev, n_C). hparameters: {"f": the window's side, "stride": at least 1}.
        mode: "max" or "average".

    Returns:
        (A, cache): A of shape (m, n_H, n_W, n_C), and (A_prev, hparameters).
    """
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = ((size - f) // stride + 1 for size in A_prev.shape[1:3])
    entries = np.array([A_prev[_under(i, j, stride, n_H, n_W)] for i, j in np.ndindex(f, f)])
    return entries.max(axis=0) if mode == "max" else entries.mean(axis=0), (A_prev, hparameters)


def pool_backward(dA: np.ndarray, cache: Cache, mode: str = "max") -> np.ndarray:
    """Back through pooling.

    Args:
        dA: shape (m, n_H, n_W, n_C). cache: of :func:`pool_forward`. mode: "max" or "average".

    Returns:
        dA_prev, with the shape of A_prev. Where several entries of a window are its maximum, each gets all of dA.
    """
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    _, n_H, n_W, _ = dA.shape
    A, _ = pool_forward(A_prev, hparameters, mode)
    dA_prev: np.ndarray = np.zeros_like(A_prev)
    for i, j in np.ndindex(f, f):
        under = _under(i, j, stride, n_H, n_W)
        dA_prev[under] += dA * (A_prev[under] == A) if mode == "max" else dA / f**2
    return dA_prev


def _padded(A: np.ndarray, pad: int) -> np.ndarray:
    return np.pad(A, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def _under(i: int, j: int, stride: int, n_H: int, n_W: int) -> tuple[slice, slice, slice]:
    """Where, in all pictures, the entry (i, j) of the filter lies while the filter goes over them."""
    return np.s_[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]
