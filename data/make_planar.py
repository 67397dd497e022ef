"""Make data/planar.h5: labelled points in the plane, drawn with NumPy from fixed seeds.

    python data/make_planar.py

Sets: ``circles`` (two noisy rings, 300 points to train on and 100 to test on) and ``field`` (where two
teams touched the ball on a football field, 211 and 200). Each has train_X, test_X of shape (2, m),
float64, and train_Y, test_Y of shape (1, m), int64, 0 or 1.
"""

from pathlib import Path

import h5py
import numpy as np


def circles(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Two rings of radius 1 (class 0) and 0.75 (class 1), with noise of standard deviation 0.06."""
    labels = np.arange(m) % 2
    angle = rng.uniform(0, 2 * np.pi, m)
    radius = np.where(labels == 0, 1.0, 0.75)
    points = radius * np.stack([np.cos(angle), np.sin(angle)]) + 0.06 * rng.standard_normal((2, m))
    return points, labels[None, :]


def field(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Two teams, each on its side of a bent line across the field; near the line one touch in four strays over it."""
    points = rng.uniform([[-1.0], [-0.65]], [[1.0], [0.65]], (2, m))
    border = 0.9 * points[1] + 0.15 * np.sin(4 * points[1])
    depth = points[0] - border
    labels = (depth > 0).astype(np.int64)
    stray = (np.abs(depth) < 0.45) & (rng.uniform(size=m) < 0.25)
    return points, np.where(stray, 1 - labels, labels)[None, :]


def main() -> None:
    with h5py.File(Path(__file__).with_name("planar.h5"), "w") as file:
        for seed, (make, train, test) in enumerate([(circles, 300, 100), (field, 211, 200)], start=1):
            rng = np.random.default_rng(seed)
            group = file.create_group(make.__name__)
            for part, m in (("train", train), ("test", test)):
                group[f"{part}_X"], group[f"{part}_Y"] = make(rng, m)


if __name__ == "__main__":
    main()
