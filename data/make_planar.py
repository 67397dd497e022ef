"""Make data/planar.h5: labelled points in the plane, drawn with NumPy from fixed seeds.

    python data/make_planar.py

Sets, with the numbers of points to train on and to test on: ``circles`` (two noisy rings, 300 and 100), ``field``
(where two teams touched the ball on a football field, 211 and 200), ``flower`` (six petals that take turns, 400 and
200), ``moons`` (two half rings that reach into each other, 200 and 200), ``spirals`` (two arms, 300 and 200). Each has
train_X, test_X of shape (2, m), float64, and train_Y, test_Y of shape (1, m), int64, 0 or 1.
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


def flower(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Six petals around the origin, up to 4 long, classes 0 and 1 by turns."""
    petal = np.arange(m) % 6
    along = rng.beta(1.5, 1.2, m)
    half_width = 0.42 * np.sin(np.pi * np.minimum(1.0, 0.12 + 0.88 * along)) + 0.05
    angle = (petal + 0.5) * np.pi / 3 + half_width * rng.uniform(-1, 1, m) + 0.03 * rng.standard_normal(m)
    return 4 * along * np.stack([np.cos(angle), np.sin(angle)]), (petal % 2)[None, :]


def moons(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """The upper half of one ring and the lower half of another, with noise of standard deviation 0.15."""
    labels = np.arange(m) % 2
    angle = rng.uniform(0, np.pi, m)
    points = np.stack([np.cos(angle), np.sin(angle)])
    points[:, labels == 1] = np.array([[1.0], [0.5]]) - points[:, labels == 1]
    return points + 0.15 * rng.standard_normal((2, m)), labels[None, :]


def spirals(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Two arms that wind one and a quarter times around the origin, with noise of standard deviation 0.06."""
    labels = np.arange(m) % 2
    along = np.sqrt(rng.uniform(0.02, 1, m))
    angle = 2.5 * np.pi * along + np.pi * labels
    return 2 * along * np.stack([np.cos(angle), np.sin(angle)]) + 0.06 * rng.standard_normal((2, m)), labels[None, :]


def main() -> None:
    with h5py.File(Path(__file__).with_name("planar.h5"), "w") as file:
        sets = [(circles, 300, 100), (field, 211, 200), (flower, 400, 200), (moons, 200, 200), (spirals, 300, 200)]
        for seed, (make, train, test) in enumerate(sets, start=1):
            rng = np.random.default_rng(seed)
            group = file.create_group(make.__name__)
            for part, m in (("train", train), ("test", test)):
                group[f"{part}_X"], group[f"{part}_Y"] = make(rng, m)


if __name__ == "__main__":
    main()
