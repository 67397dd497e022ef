"""What networks that have seen only the rendered hand signs make of others: rendered ones, and photographs.

    OMP_NUM_THREADS=1 python -m benchmarks.signs_accuracy [PHOTOGRAPHS.h5] [--seeds 5]

Each network is trained on the 1080 pictures of data/signs.h5 as they are, for a fixed number of epochs. Counted is what
share of the 120 rendered test pictures it then names. PHOTOGRAPHS.h5 holds photographs of hands with the same keys,
64 x 64 and in colour; they are no part of this project. Counted of them are the 120 to test on, all 1200, and each sign
of these. Without such a file, that is said and left out.

A line is one seed: the first weights and the order of the pictures. One core takes about ten minutes.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import h5py
import keras
import numpy as np
from keras import layers

from benchmarks.older_hdf5 import rewritten
from companion.data import load_signs

EPOCHS = {"dense": 60, "conv": 25}


def dense() -> keras.Model:
    """Two hidden layers. Without centred inputs, one seed of five was stuck at 39 % of the training pictures."""
    hidden = [layers.Dense(64, "relu"), layers.Dense(32, "relu")]
    return keras.Sequential([layers.Rescaling(1, -0.5), layers.Flatten(), *hidden, layers.Dense(6, "softmax")])


def conv() -> keras.Model:
    """Four convolutions, each with pooling behind it."""
    hidden = []
    for channels in (16, 32, 64, 64):
        hidden += [layers.Conv2D(channels, 3, padding="same", activation="relu"), layers.MaxPooling2D()]
    return keras.Sequential([*hidden, layers.Flatten(), layers.Dropout(0.4), layers.Dense(6, "softmax")])


def photographs(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """All photographs, those to test on last, and their labels. For a file too new for our HDF5, uv brings another."""
    try:
        return read(path)
    except (KeyError, OSError):
        with tempfile.TemporaryDirectory() as folder:
            older = Path(folder) / "older.h5"
            done = rewritten(path, older)
            sys.stderr.write(done.stderr)
            done.check_returncode()
            return read(older)


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    with h5py.File(path) as file:
        x, y = (np.concatenate([file[f"{part}_set_{key}"][()] for part in ("train", "test")]) for key in "xy")
    return x, y


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photographs", nargs="?", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, help="instead of each network's own number, for a try")
    parser.add_argument("--networks", nargs="+", choices=list(EPOCHS), default=list(EPOCHS))
    options = parser.parse_args()
    train_x, train_y, test_x, test_y, _ = load_signs()
    if options.photographs and not options.photographs.is_file():
        parser.error(f"there is no file {options.photographs}")
    if options.photographs is None:
        print("No file of photographs was named: only the rendered pictures are counted.")
    else:
        photos_x, photos_y = photographs(options.photographs)
    for name in options.networks:
        shares = []
        for seed in range(options.seeds):
            keras.utils.set_random_seed(seed)
            network = globals()[name]()
            network.compile(keras.optimizers.Adam(3e-4 if name == "dense" else 1e-3), "sparse_categorical_crossentropy")
            network.fit(train_x / 255.0, train_y[0], batch_size=32, epochs=options.epochs or EPOCHS[name], verbose=0)
            right = [named(network, train_x) == train_y[0], named(network, test_x) == test_y[0]]
            line = f"{name:6} seed {seed}: rendered, train {right[0].mean():6.1%}, test {right[1].mean():6.1%}"
            if options.photographs is not None:
                photos = named(network, photos_x) == photos_y
                right += [photos[-120:], photos]
                by_sign = " ".join(f"{photos[photos_y == sign].mean():.0%}" for sign in range(6))
                line += f"; photographs, test {photos[-120:].mean():6.1%}, all {photos.mean():6.1%} (0 to 5: {by_sign})"
            print(line, flush=True)
            shares.append([each.mean() for each in right])
        low, middle, high = np.percentile(shares, [0, 50, 100], axis=0)
        spans = [f"{m:.1%} ({a:.1%} to {b:.1%})" for a, m, b in zip(low, middle, high, strict=True)]
        print(f"{name:6} median (lowest to highest of {options.seeds} seeds): " + ", ".join(spans), flush=True)


def named(network: keras.Model, pictures: np.ndarray) -> np.ndarray:
    """Which sign the network finds most likely on each picture."""
    return network.predict(pictures / 255.0, batch_size=120, verbose=0).argmax(axis=1)


if __name__ == "__main__":
    main()
