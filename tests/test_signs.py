"""The rendered hand signs: what the file holds, how it is drawn, a learner's own files before it, and photographs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from course import data_script
from PIL import Image

from autograder.places import repository
from benchmarks.older_hdf5 import rewritten
from companion import data

ROOT = repository().root
PHOTOGRAPHS = Path(os.environ.get("COMPANION_PHOTOGRAPHS") or ROOT.parent / "shared" / "data") / "signs_0_5_64.h5"


@pytest.fixture(scope="module")
def make_signs():
    return data_script("make_signs")


@pytest.fixture
def shipped(monkeypatch):
    """Pictures and labels of the file that comes with the lessons: to train on, then to test on."""
    monkeypatch.setenv("COMPANION_DATA", "shipped")
    train_x, train_y, test_x, test_y, _ = data.load_signs()
    return np.concatenate([train_x, test_x]), np.concatenate([train_y[0], test_y[0]])


def write(own, part, **change):
    """A small file with the course's own keys; ``change`` replaces what stands behind a key."""
    content = {
        f"{part}_set_x": np.random.default_rng(len(part)).integers(0, 256, (7, 6, 5, 3), dtype=np.uint8),
        f"{part}_set_y": np.array([0, 5, 1, 4, 3, 2, 0]),
        "list_classes": np.arange(6),
    } | change
    with h5py.File(own / f"{part}_signs.h5", "w") as file:
        for key, value in content.items():
            file[key] = value
    return content


def test_signs_are_as_described(monkeypatch):
    monkeypatch.setenv("COMPANION_DATA", "shipped")
    train_x, train_y, test_x, test_y, classes = data.load_signs()
    assert train_x.shape == (1080, 64, 64, 3) and test_x.shape == (120, 64, 64, 3)
    assert train_x.dtype == test_x.dtype == np.uint8 and train_y.dtype == test_y.dtype == np.int64
    assert train_y.shape == (1, 1080) and test_y.shape == (1, 120) and classes == ["0", "1", "2", "3", "4", "5"]
    assert (ROOT / "data" / "signs.h5").stat().st_size < 6e6


def test_each_120_in_a_row_hold_20_of_each_sign_and_are_mixed(shipped):
    _, labels = shipped
    for block in labels.reshape(10, 120):
        assert np.array_equal(np.bincount(block), [20] * 6)
        assert np.count_nonzero(np.diff(block)) > 75, "in a fair shuffle neighbours differ about 100 times of 119"


def test_no_picture_stands_in_it_twice_nor_nearly(shipped):
    pictures, _ = shipped
    assert len({picture.tobytes() for picture in pictures}) == 1200
    small = pictures.reshape(1200, 8, 8, 8, 8, 3).mean(axis=(2, 4)).reshape(1200, -1)
    squares = (small**2).sum(axis=1)
    apart = squares[:, None] + squares - 2 * small @ small.T + np.diag(np.full(1200, np.inf))
    assert np.sqrt(apart.min() / small.shape[1]) > 1, "in grey levels, between the two that are most alike"


def test_signs_differ_in_skin_wall_and_place(shipped):
    """No class can be told by its mean colour: the means of the classes lie close together, the pictures far apart."""
    pictures, labels = shipped
    colours = pictures.mean(axis=(1, 2))
    means = np.stack([colours[labels == sign].mean(axis=0) for sign in range(6)])
    assert np.all(means.std(axis=0) < 0.4 * colours.std(axis=0))


def test_a_sample_drawn_again_is_the_same_within_two_grey_levels(make_signs, shipped):
    pictures, labels = shipped
    assert np.array_equal(make_signs.signs(), labels)
    for number in [0, 1079, 1080, 1199, *np.random.default_rng().choice(1200, 8, replace=False)]:
        again = make_signs.picture(int(labels[number]), int(number))
        assert again.shape == (64, 64, 3) and again.dtype == np.uint8
        assert np.abs(again.astype(int) - pictures[number]).max() <= 2, f"picture {number}"


def test_the_contact_sheet_shows_the_first_ten_of_each_sign(shipped):
    pictures, labels = (each[:1080] for each in shipped)
    sheet = np.asarray(Image.open(ROOT / "data" / "signs.png")).reshape(6, 64, 10, 64, 3).swapaxes(1, 2)
    assert (ROOT / "data" / "signs.png").stat().st_size < 300_000
    for sign in range(6):
        assert np.array_equal(sheet[sign], pictures[labels == sign][:10])


def test_the_distance_to_a_capsule_is_that_to_its_nearest_point(make_signs):
    rng = np.random.default_rng()
    start, end, radius = *rng.normal(size=(2, 3)), rng.uniform(0.1, 0.5)
    capsule = make_signs.Capsules(start[None], end[None], np.array([radius]), np.array([radius]))
    points = rng.normal(size=(3, 50))
    axis = start[:, None] + (end - start)[:, None] * np.linspace(0, 1, 4001)
    expected = np.linalg.norm(points[:, :, None] - axis[:, None], axis=0).min(axis=1) - radius
    assert np.allclose(make_signs.distances(capsule, *points, 0.01), expected, atol=1e-5)


def test_a_union_is_the_nearer_of_two_and_rounds_only_where_they_meet(make_signs):
    one, other = np.random.default_rng().uniform(-1, 1, (2, 1000))
    joined, nearer = make_signs.union(one, other, 0.1), np.minimum(one, other)
    far = np.abs(one - other) >= 0.1
    assert np.allclose(joined[far], nearer[far]) and np.all(joined <= nearer) and np.all(joined >= nearer - 0.025001)
    assert np.allclose(joined, make_signs.union(other, one, 0.1))


def test_rays_hit_a_bar_where_geometry_says(make_signs):
    """A bar of radius r along x is hit where abs(y) < r, at z = sqrt(r² - y²), with normal (0, y, z) / r."""
    r = np.array([0.3])
    bar = make_signs.Capsules(np.array([[-9.0, 0, 0]]), np.array([[9.0, 0, 0]]), r, r)
    far = make_signs.Capsules(np.array([[0, 90.0, 0]]), np.array([[0, 91.0, 0]]), r, r)
    x, y = np.random.default_rng().uniform(-0.5, 0.5, (2, 400))
    hit, point, normal, light = make_signs.traced(far, bar, x, y, np.array([0.0, 0.0, 1.0]))
    well = np.abs(np.abs(y) - 0.3) > 0.01
    assert np.array_equal(np.isin(np.arange(400), hit)[well], (np.abs(y) < 0.3)[well])
    inner = np.abs(y[hit]) < 0.28
    height = np.sqrt(0.09 - y[hit][inner] ** 2)
    assert np.allclose(point[2][inner], height, atol=0.01)
    assert np.allclose(normal[:, inner], np.stack([0 * height, y[hit][inner], height]) / 0.3, atol=0.05)
    assert np.all((light >= 0) & (light <= 1)) and light[np.abs(y[hit]) < 0.1].min() > 0.95


def test_own_files_go_before_ours_and_come_as_they_are(own):
    train, test = write(own, "train"), write(own, "test")
    train_x, train_y, test_x, test_y, classes = data.load_signs()
    assert np.array_equal(train_x, train["train_set_x"]) and np.array_equal(test_x, test["test_set_x"])
    assert np.array_equal(train_y, train["train_set_y"][None]) and np.array_equal(test_y, test["test_set_y"][None])
    assert classes == ["0", "1", "2", "3", "4", "5"]


def test_a_notebook_that_is_built_shows_what_everybody_gets(own, monkeypatch):
    write(own, "train"), write(own, "test")
    monkeypatch.setenv("COMPANION_DATA", "shipped")
    assert data.load_signs()[0].shape == (1080, 64, 64, 3)


@pytest.mark.parametrize("part", ["train", "test"])
@pytest.mark.parametrize("change, told", [
    ({"x": np.zeros((7, 6, 5, 3))}, "float64 of shape (7, 6, 5, 3), expected uint8"),
    ({"y": np.arange(7)}, "has labels from 0 to 6, expected 0 to 5"),
    ({"y": np.arange(7) - 1}, "has labels from -1 to 5, expected 0 to 5"),
    ({"y": np.eye(6, 7, dtype=int)}, "of shape (6, 7), expected integers of shape (7,)"),
], ids=["floats", "a seventh sign", "a sign below 0", "one-hot"])  # fmt: skip
def test_bad_own_files_are_named_in_one_line_with_the_next_step(own, part, change, told):
    for each in ("train", "test"):
        write(own, each, **({f"{each}_set_{key}": value for key, value in change.items()} if each == part else {}))
    with pytest.raises(data.DataError) as caught:
        data.load_signs()
    said = str(caught.value)
    assert f"{part}_signs.h5" in said and told in said and "\n" not in said and "Copy it once more" in said


def test_one_own_file_without_the_other_is_no_bare_error(own):
    write(own, "train")
    with pytest.raises(data.DataError, match=r"test_signs\.h5 is missing\. Copy it once more"):
        data.load_signs()


def test_without_the_file_that_came_with_the_lessons_the_command_that_makes_it_is_named(own, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    with pytest.raises(
        data.DataError, match=r"^data/signs.h5 is missing. Make it again with: python data/make_signs.py$"
    ):
        data.load_signs()


@pytest.mark.slow
def test_photographs_in_the_course_s_own_form_are_used(own):
    if not PHOTOGRAPHS.is_file():
        pytest.skip("there are no photographs in shared/data/ beside the repository")
    target = own / "train_signs.h5"
    done = rewritten(PHOTOGRAPHS, target)
    if done.returncode:
        pytest.skip(f"h5py 3.16 cannot be had to read the photographs with: {done.stderr[-200:]}")
    shutil.copy(target, own / "test_signs.h5")
    train_x, train_y, test_x, test_y, classes = data.load_signs()
    assert train_x.shape == (1080, 64, 64, 3) and test_x.shape == (120, 64, 64, 3) and len(classes) == 6
    assert set(train_y[0]) == set(test_y[0]) == set(range(6))


def accuracies(*arguments) -> subprocess.CompletedProcess:
    """What the measuring script prints for one dense network."""
    command = [sys.executable, "-m", "benchmarks.signs_accuracy", *arguments, "--seeds", "1", "--networks", "dense"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"COMPANION_DATA": "shipped"}, capture_output=True, text=True
    )


@pytest.mark.slow
def test_a_network_that_has_seen_only_rendered_signs_knows_photographs_far_better_than_chance():
    if not PHOTOGRAPHS.is_file():
        pytest.skip("there are no photographs in shared/data/ beside the repository")
    done = accuracies(PHOTOGRAPHS)
    if "returned non-zero exit status" in done.stderr and "uv" in done.stderr:
        pytest.skip(f"h5py 3.16 cannot be had to read the photographs with: {done.stderr[-200:]}")
    rendered, photographs = re.search(r"test +([\d.]+)%;.* all +([\d.]+)%", done.stdout).groups()
    assert float(rendered) > 40 and float(photographs) > 40, done.stdout


@pytest.mark.slow
def test_without_photographs_the_measuring_script_says_what_it_leaves_out():
    done = accuracies("--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "No file of photographs was named" in done.stdout and "photographs," not in done.stdout
    done = accuracies("nowhere.h5")
    assert done.returncode == 2 and "there is no file nowhere.h5" in done.stderr
