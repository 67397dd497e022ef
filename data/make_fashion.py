"""Make data/fashion.h5: clothes of ten kinds, in grey, a part of Fashion-MNIST, from Debian's dataset-fashion-mnist.

    python data/make_fashion.py [dataset-fashion-mnist_0.0~git20200523.55506a9-1_all.deb]

Without a file, `apt-get download` gets it. From the 60 000 pictures to train on 600 of each kind are drawn from a fixed
seed, and 100 of each from the 10 000 to test on; no picture is drawn twice. Each 100 in a row hold 10 of each kind: so
the last 1000 to train on make a balanced dev set.

Keys, those of the course's own files: train_set_x (6000, 28, 28, 1) and test_set_x (1000, 28, 28, 1), uint8;
train_set_y (6000,) and test_set_y (1000,), int64, 0 to 9; list_classes.
"""

import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np

PACKAGE = "dataset-fashion-mnist"
SHA256 = "39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0"
FOLDER = "./usr/share/datasets/fashion-mnist/"
CLASSES = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
TRAIN, TEST = 600, 100
"""Pictures of each kind."""


def members(package: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what a Debian package holds: an archive of ar, with headers of 60 bytes."""
    place = 8
    while place < len(package):
        header = package[place : place + 60]
        size = int(header[48:58])
        yield header[:16].decode().strip(" /"), package[place + 60 : place + 60 + size]
        place += 60 + size + size % 2


def files(package: Path) -> dict[str, np.ndarray]:
    """The four files of the data set, by name, as arrays of uint8: pictures (m, 28, 28) and labels (m,)."""
    content = package.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{package.name} has the checksum {found}, expected {SHA256}. Download it again.")
    inside = next(data for name, data in members(content) if name.startswith("data.tar"))
    arrays = {}
    with tarfile.open(fileobj=io.BytesIO(inside)) as archive:
        for part in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
            file = archive.extractfile(f"{FOLDER}{part}-ubyte.gz")
            arrays[part] = array_of(gzip.decompress(file.read()))
    return arrays


def array_of(idx: bytes) -> np.ndarray:
    """What an IDX file holds: two zeros, the type (8: uint8), the number of axes, their lengths, the entries."""
    if idx[:3] != b"\0\0\x08":
        raise SystemExit(f"expected an IDX file of uint8; it starts with {idx[:4]!r}")
    shape = np.frombuffer(idx, ">u4", idx[3], 4)
    return np.frombuffer(idx, np.uint8, offset=4 + 4 * idx[3]).reshape(shape)


def drawn(pictures: np.ndarray, labels: np.ndarray, each: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """So many of each kind: pictures of shape (10 each, 28, 28, 1), and labels. Each 100 hold 10 of each kind."""
    _, first = np.unique(pictures.reshape(len(pictures), -1), axis=0, return_index=True)
    rng = np.random.default_rng(seed)
    first = np.sort(first)
    by_kind = [rng.permutation(first[labels[first] == kind])[:each] for kind in range(10)]
    hundreds = np.stack(by_kind).reshape(10, each // 10, 10).transpose(1, 0, 2).reshape(-1, 100)
    chosen = np.concatenate([rng.permutation(hundred) for hundred in hundreds])
    return pictures[chosen][..., None], labels[chosen].astype(np.int64)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) == 1:
            subprocess.run(["apt-get", "download", "-qq", PACKAGE], cwd=folder, check=True)
        package = Path(sys.argv[1]) if len(sys.argv) > 1 else next(Path(folder).glob("*.deb"))
        arrays = files(package)
    with h5py.File(Path(__file__).with_name("fashion.h5"), "w") as file:
        for part, source, each, seed in (("train", "train", TRAIN, 3), ("test", "t10k", TEST, 4)):
            x, y = drawn(arrays[f"{source}-images-idx3"], arrays[f"{source}-labels-idx1"], each, seed)
            file.create_dataset(f"{part}_set_x", data=x, compression="gzip", compression_opts=9, shuffle=True)
            file[f"{part}_set_y"] = y
        file["list_classes"] = np.array([name.encode() for name in CLASSES])


if __name__ == "__main__":
    main()
