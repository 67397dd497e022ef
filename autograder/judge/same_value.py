"""Whether a received value equals a recorded one, in which large arrays may be sketches."""

import numpy as np

from autograder.judge.compare import Tolerance, difference
from autograder.judge.decode import Value
from autograder.judge.hdf5_values import Sketch


def same_value(recorded: Value, received: Value, tolerance: Tolerance, loosely: bool = False) -> bool:
    """Whether two values are the same.

    Args:
        recorded: of a mistake. received: of an answer, or of another mistake. tolerance: how close numbers have to be.
        loosely: whether an array of as many entries in another shape is the same.
    """
    if isinstance(recorded, (tuple, list)) and isinstance(received, (tuple, list)):
        return len(recorded) == len(received) and all(
            same_value(a, b, tolerance, loosely) for a, b in zip(recorded, received, strict=True)
        )
    if isinstance(recorded, dict) and isinstance(received, dict):
        same_keys = recorded.keys() <= received.keys() if tolerance.extra_keys else recorded.keys() == received.keys()
        return same_keys and all(
            same_value(value, received[key], tolerance, loosely) for key, value in recorded.items()
        )
    if isinstance(recorded, (np.ndarray, Sketch)) and isinstance(received, (np.ndarray, Sketch)):
        return _same_array(recorded, received, tolerance, loosely)
    return difference(recorded, received, tolerance) is None


def _same_array(
    recorded: np.ndarray | Sketch, received: np.ndarray | Sketch, tolerance: Tolerance, loosely: bool
) -> bool:
    size = int(np.prod(recorded.shape))
    if int(np.prod(received.shape)) != size or not (loosely or recorded.shape in ((), received.shape)):
        return False
    step = recorded.step if isinstance(recorded, Sketch) else received.step if isinstance(received, Sketch) else 1
    a, b = (x.entries if isinstance(x, Sketch) else x.ravel()[::step] for x in (recorded, received))
    if b.dtype.kind == "c" and a.dtype.kind != "c":
        return False
    return a.shape == b.shape and bool(tolerance.close(a, b).all())
