"""Visible checks: what was expected beside what came, shapes first."""

import numpy as np


def check(name: str, received, expected, rtol: float = 1e-6, atol: float = 1e-8) -> None:
    """Print what was expected and what came, and raise where they differ.

    Args:
        name: what is compared, for example ``"W1"``.
        received: what the learner's function returned: a number or an array of any shape.
        expected: what it should be, with the same shape.
        rtol, atol: relative and absolute tolerance, as in ``numpy.isclose``.

    Raises:
        AssertionError: the shapes differ, or an entry does; the message names the first fault.
    """
    wanted = np.asarray(expected)
    if received is None:
        raise AssertionError(
            f"{name}: expected an array of shape {wanted.shape}, received None. Is a `return` missing?"
        )
    got = np.asarray(received)
    if wanted.ndim == 0 and got.size == 1:
        got = got.reshape(())
    print(f"{name}  expected shape {wanted.shape}, received shape {got.shape}")
    if got.shape != wanted.shape:
        raise AssertionError(f"{name}: expected shape {wanted.shape}, received shape {got.shape}.")
    print(_beside(wanted, got))
    wrong = ~np.isclose(got, wanted, rtol=rtol, atol=atol)
    if wrong.any():
        where = tuple(int(i) for i in np.unravel_index(np.argmax(wrong), wrong.shape))
        place = f"[{', '.join(map(str, where))}]" if where else ""
        raise AssertionError(
            f"{name}{place}: expected {wanted[where]:.6g}, received {got[where]:.6g} "
            f"({wrong.sum()} of {wrong.size} entries differ)."
        )


def _beside(expected: np.ndarray, received: np.ndarray) -> str:
    """Two small arrays, one above the other, with six digits."""
    if expected.ndim == 0:
        return f"  expected {expected:.6g}\n  received {received:.6g}"
    with np.printoptions(precision=6, suppress=True, threshold=40, floatmode="maxprec"):
        return f"  expected {_indent(expected)}\n  received {_indent(received)}"


def _indent(array: np.ndarray) -> str:
    return str(array).replace("\n", "\n           ")
