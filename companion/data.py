"""Load the data sets of data/ with one call each; your own files in data/own/ go before them."""

import os
from pathlib import Path

import h5py
import numpy as np

from companion.one_line import OneLine, in_one_line

Pictures = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]

FOLDER = Path(__file__).resolve().parent.parent / "data"
OWN = FOLDER / "own"

BESIDE = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".md", ".txt", "")
"""Pictures of one's own, which lessons read by their names, and notes."""

COPY_AGAIN = "Copy it once more from where you got it, or remove it to use the data that came with the lessons."


class DataError(OneLine, ValueError):
    """A data file cannot be used: which one, what was found, and what to do, in one line."""

    def __init__(self, path: Path, found: str, then: str):
        shown = path.relative_to(FOLDER.parent) if path.is_relative_to(FOLDER.parent) else path
        super().__init__(f"{shown.as_posix()} {found}. {then}")


def load_planar(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A set of labelled points in the plane, from ``data/planar.h5``.

    Args:
        name: ``"flower"`` (six petals), ``"moons"`` (two half rings), ``"spirals"`` (two arms), ``"circles"`` (two
            noisy rings) or ``"field"`` (two teams on a football field).

    Returns:
        ``(train_X, train_Y, test_X, test_Y)``: points of shape (2, m), float64, in units of 50 metres for
        the field and without unit for the others; labels of shape (1, m), int64, 0 or 1.

    Raises:
        DataError: the file is missing or damaged. ValueError: no such set in it.
    """
    path = FOLDER / "planar.h5"
    then = "Make it again with: python data/make_planar.py"
    with _opened(path, then) as file:
        if name not in file:
            raise in_one_line(ValueError(f"data/planar.h5 holds {sorted(file)}, not {name!r}."))
        train_X, train_Y, test_X, test_Y = (
            _read(path, file[name], key, then) for key in ("train_X", "train_Y", "test_X", "test_Y")
        )
        return train_X, train_Y, test_X, test_Y


def load_photograph(name: str = "cat") -> np.ndarray:
    """A photograph in colour, from ``data/photographs.h5``.

    Args:
        name: ``"cat"`` (the head of Chelsea, a tabby) or ``"coffee"`` (a cup on its saucer, with a spoon).

    Returns:
        The picture, of shape (height, width, 3), uint8, 0 to 255: 256 rows and 320 columns.

    Raises:
        DataError: the file is missing or damaged. ValueError: no such photograph in it.
    """
    path = FOLDER / "photographs.h5"
    then = "Make it again with: python data/make_photographs.py"
    with _opened(path, then) as file:
        names = sorted(file)
        if name not in names:
            known = ", ".join(map(repr, names))
            told = f"data/photographs.h5 holds one photograph for each of {known}; you asked for {name!r}."
            raise in_one_line(ValueError(f'{told} Call, for example, load_photograph("{names[0]}").'))
        picture = _read(path, file, name, then)
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or 0 in picture.shape:
        found = f"holds {name} as {_described(picture)}, expected uint8 of shape (height, width, 3)"
        raise DataError(path, found, then)
    return picture


def load_cats() -> Pictures:
    """Pictures of cats and of something else: silhouettes from ``data/cats.h5``, or your own.

    Where ``data/own/`` holds ``train_catvnoncat.h5`` and ``test_catvnoncat.h5``, as the course hands them out, these
    are loaded instead.

    Returns:
        ``(train_x, train_y, test_x, test_y, classes)``: pictures of shape (m, height, width, channels), uint8, 0 to
        255 (silhouettes: 28 × 28 × 1); labels of shape (1, m), int64, 1 for a cat; the two names of the classes.

    Raises:
        DataError: a file is missing, damaged, or holds something else.
    """
    return _load_pictures("cats.h5", "Make it again with: python data/make_cats.py", "catvnoncat.h5", classes=2)


def load_signs() -> Pictures:
    """Pictures of hands that show the signs 0 to 5: rendered ones from ``data/signs.h5``, or your own.

    Where ``data/own/`` holds ``train_signs.h5`` and ``test_signs.h5``, as the course hands them out, these are loaded
    instead. Of ours, each 120 in a row hold 20 of each sign: the last 120 to train on make a balanced dev set.

    Returns:
        ``(train_x, train_y, test_x, test_y, classes)``: pictures of shape (m, height, width, channels), uint8, 0 to
        255 (rendered: 64 × 64 × 3); labels of shape (1, m), int64, 0 to 5; the names of the six classes.

    Raises:
        DataError: a file is missing, damaged, or holds something else.
    """
    return _load_pictures("signs.h5", "Make it again with: python data/make_signs.py", "signs.h5", classes=6)


def load_fashion() -> Pictures:
    """Pictures of clothes, ten kinds, in grey: a part of Fashion-MNIST from ``data/fashion.h5``, or your own.

    Where ``data/own/`` holds ``train_fashion.h5`` and ``test_fashion.h5``, these are loaded instead. Of ours, each 100
    in a row hold 10 of each kind: the last 1000 to train on make a balanced dev set.

    Returns:
        ``(train_x, train_y, test_x, test_y, classes)``: pictures of shape (m, height, width, channels), uint8, 0 to
        255 (ours: 6000 and 1000 of 28 × 28 × 1); labels of shape (1, m), int64, 0 to 9; the names of the ten kinds.

    Raises:
        DataError: a file is missing, damaged, or holds something else.
    """
    return _load_pictures("fashion.h5", "Make it again with: python data/make_fashion.py", "fashion.h5", classes=10)


def load_pretrained() -> tuple[list[tuple[np.ndarray, np.ndarray]], list[str]]:
    """The weights of EfficientNet-lite0, and the names of the 1000 classes that it knows, from ``data/pretrained.h5``.

    Returns:
        ``(weights, classes)``: for each layer, in the order of use, its kernel and its bias, float32; the names.

    Raises:
        DataError: the file is missing or damaged.
    """
    path = FOLDER / "pretrained.h5"
    then = "Make it again with: python data/make_pretrained.py"
    with _opened(path, then) as file:
        count = sum(name.startswith("kernel") for name in file)
        keys = [(f"kernel_{i:02}", f"bias_{i:02}") for i in range(count)]
        pairs = [
            (_read(path, file, kernel, then).astype(np.float32), _read(path, file, bias, then).astype(np.float32))
            for kernel, bias in keys
        ]
        return pairs, [name.decode() for name in _read(path, file, "classes", then)]


def _load_pictures(shipped: str, then: str, own: str, classes: int) -> Pictures:
    paths = dict.fromkeys(("train", "test"), FOLDER / shipped)
    mine = {part: OWN / f"{part}_{own}" for part in paths}
    # A notebook that is built or tested shows what everybody gets.
    if os.environ.get("COMPANION_DATA") != "shipped":
        _name_unused()
        if any(os.path.lexists(path) for path in mine.values()):
            paths, then = mine, COPY_AGAIN
    parts = {part: _read_part(path, part, then) for part, path in paths.items()}
    (train_x, train_y, names), (test_x, test_y, _) = parts["train"], parts["test"]
    if train_x.shape[1:] != test_x.shape[1:]:
        found = f"holds pictures of shape {test_x.shape[1:]}, but those to train on are {train_x.shape[1:]}"
        raise DataError(paths["test"], found, then)
    for part, labels in (("train", train_y), ("test", test_y)):
        if labels.size and not 0 <= labels.min() <= labels.max() < classes:
            found = f"has labels from {labels.min()} to {labels.max()}, expected 0 to {classes - 1}"
            raise DataError(paths[part], found, then)
    return train_x, train_y, test_x, test_y, names


def _name_unused() -> None:
    """Say which files of a learner's own are never read: most are a name away from being read."""
    read = [f"{part}_{name}.h5" for name in ("catvnoncat", "signs", "fashion") for part in ("train", "test")]
    there = sorted(path.name for path in OWN.iterdir()) if OWN.is_dir() else []
    unused = [name for name in there if name not in read and name[0] != "." and Path(name).suffix.lower() not in BESIDE]
    if unused:
        verb = "is" if len(unused) == 1 else "are"
        print(f"In data/own/, {', '.join(unused)} {verb} not read; the names that are read: {', '.join(read)}.")


def _read_part(path: Path, part: str, then: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The pictures, the labels as a row, and the names of the classes, from a file with the course's own keys."""
    x, y = f"{part}_set_x", f"{part}_set_y"
    with _opened(path, then) as file:
        pictures, labels, names = (_read(path, file, key, then) for key in (x, y, "list_classes"))
    if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[3] not in (1, 3) or 0 in pictures.shape:
        found = f"holds {x} as {_described(pictures)}, expected uint8 of shape (m, height, width, 1 or 3)"
        raise DataError(path, found, then)
    count = len(pictures)
    if labels.dtype.kind not in "iu" or labels.shape not in ((count,), (1, count), (count, 1)):
        raise DataError(path, f"holds {y} as {_described(labels)}, expected integers of shape ({count},)", then)
    texts = [name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name) for name in names.ravel()]
    return pictures, labels.reshape(1, count).astype(np.int64), texts


def _opened(path: Path, then: str) -> h5py.File:
    """Raises DataError where there is no file, or no whole HDF5 file."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except FileNotFoundError:
        raise DataError(path, "is missing", then) from None
    except OSError as error:
        raise DataError(path, f"cannot be read ({error.strerror})", then) from None
    if start.startswith(b"version https://git-lfs"):
        fetch = "Fetch the data with `git lfs pull` where you got it, or download the file itself."
        raise DataError(path, "is a pointer of Git LFS, not the data", fetch)
    if not start:
        raise DataError(path, "is empty", then)
    said = ""
    # Another program may hold its lock: reading does it no harm. What this one holds is opened in the same way again.
    for locking in (False, None):
        try:
            return h5py.File(path, "r", locking=locking)
        except OSError as error:
            said = said or str(error)
    if "truncated" in said:
        raise DataError(path, f"is cut off after {path.stat().st_size} bytes", then)
    if any(words in said for words in ("already open", "unable to lock", "flag values")):
        close = "Close it there (in a notebook: file.close(), or restart its kernel), then run this cell once more."
        raise DataError(path, "is open in another program, or in this notebook, to be written", close)
    raise DataError(path, f"is no HDF5 file: it starts with {start[:12]!r}", then)


def _read(path: Path, group: h5py.Group, key: str, then: str) -> np.ndarray:
    try:
        if key in group:
            return np.asarray(group[key][()])
        found = f"holds {sorted(group)}, not {key!r}"
    except (AttributeError, KeyError, OSError, RuntimeError, TypeError, ValueError) as error:
        found = f"is damaged: its {key!r} cannot be read"
        if "version" in str(error):
            here = h5py.version.hdf5_version
            found = f"is damaged, or written by a newer HDF5 than the {here} that is installed here"
    raise DataError(path, found, then)


def _described(array: np.ndarray) -> str:
    return f"{array.dtype} of shape {array.shape}"
