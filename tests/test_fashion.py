"""The clothes: what the file holds, and how it is made from the package."""

import hashlib
import shutil
import subprocess
import sys

import h5py
import numpy as np
import pytest
from course import data_script

from autograder.places import repository
from companion import data

ROOT = repository().root


@pytest.fixture(scope="module")
def make_fashion():
    return data_script("make_fashion")


def test_clothes_are_as_described(monkeypatch):
    monkeypatch.setenv("COMPANION_DATA", "shipped")
    train_x, train_y, test_x, test_y, classes = data.load_fashion()
    assert train_x.shape == (6000, 28, 28, 1) and test_x.shape == (1000, 28, 28, 1)
    assert train_x.dtype == test_x.dtype == np.uint8 and train_y.dtype == test_y.dtype == np.int64
    assert train_y.shape == (1, 6000) and test_y.shape == (1, 1000) and len(set(classes)) == 10
    assert (ROOT / "data" / "fashion.h5").stat().st_size < 4e6
    assert len({picture.tobytes() for picture in np.concatenate([train_x, test_x])}) == 7000
    for hundred in np.concatenate([train_y[0], test_y[0]]).reshape(70, 100):
        assert np.array_equal(np.bincount(hundred), [10] * 10)
        assert np.count_nonzero(np.diff(hundred)) > 70, "in a fair shuffle neighbours differ about 90 times of 99"


def test_own_files_go_before_ours(own):
    for part in ("train", "test"):
        with h5py.File(own / f"{part}_fashion.h5", "w") as file:
            file[f"{part}_set_x"] = np.zeros((3, 6, 4, 1), np.uint8)
            file[f"{part}_set_y"] = np.array([0, 9, 4])
            file["list_classes"] = np.arange(10)
    assert data.load_fashion()[0].shape == (3, 6, 4, 1)


def test_an_archive_of_ar_is_read(make_fashion):
    def member(name, content):
        header = f"{name:16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
        return header + content + b"\n" * (len(content) % 2)

    archive = b"!<arch>\n" + member("debian-binary", b"2.0\n") + member("odd/", b"abc") + member("data.tar.xz", b"xy")
    assert list(make_fashion.members(archive)) == [("debian-binary", b"2.0\n"), ("odd", b"abc"), ("data.tar.xz", b"xy")]


def test_an_idx_file_is_read(make_fashion):
    idx = b"\0\0\x08\x02" + b"\0\0\0\x02" + b"\0\0\0\x03" + bytes(range(6))
    assert np.array_equal(make_fashion.array_of(idx), [[0, 1, 2], [3, 4, 5]])
    with pytest.raises(SystemExit, match="expected an IDX file of uint8"):
        make_fashion.array_of(b"\0\0\x0d\x01")


def test_the_package_is_checked_before_it_is_read(tmp_path):
    package = tmp_path / "dataset.deb"
    package.write_bytes(b"something else")
    script = ROOT / "data" / "make_fashion.py"
    done = subprocess.run([sys.executable, script, package], capture_output=True, text=True)
    assert done.returncode == 1 and hashlib.sha256(b"something else").hexdigest() in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_clothes_are_made_again_by_their_script(tmp_path):
    if shutil.which("apt-get") is None:
        pytest.skip("apt-get, which downloads the package, is not there")
    shutil.copy(ROOT / "data" / "make_fashion.py", tmp_path)
    done = subprocess.run([sys.executable, tmp_path / "make_fashion.py"], capture_output=True, text=True)
    if "apt-get" in done.stderr:
        pytest.skip(f"apt-get cannot download the package: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    with h5py.File(tmp_path / "fashion.h5") as again, h5py.File(ROOT / "data" / "fashion.h5") as committed:
        assert set(again) == set(committed)
        assert all(np.array_equal(again[key][()], committed[key][()]) for key in again)
