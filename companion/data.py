"""Load the data sets of data/ with one call each."""

from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "data"


def load_planar(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A set of labelled points in the plane, from ``data/planar.h5``.

    Args:
        name: ``"circles"`` (two noisy rings) or ``"field"`` (two teams on a football field).

    Returns:
        ``(train_X, train_Y, test_X, test_Y)``: points of shape (2, m), float64, without unit for the
        circles and in units of 50 metres for the field; labels of shape (1, m), int64, 0 or 1.

    Raises:
        FileNotFoundError: the file is not there. ValueError: no such set in it.
    """
    path = FOLDER / "planar.h5"
    if not path.exists():
        raise FileNotFoundError("data/planar.h5 is missing. Make it again with: python data/make_planar.py")
    with h5py.File(path, "r") as file:
        if name not in file:
            raise ValueError(f"data/planar.h5 holds {sorted(file)}, not {name!r}.")
        group = file[name]
        return tuple(group[key][()] for key in ("train_X", "train_Y", "test_X", "test_Y"))
