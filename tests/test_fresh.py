"""Nothing that is generated is stale: build everything again elsewhere and compare."""

import hashlib
import json
import shutil
import subprocess
import sys

import h5py
import nbformat
import numpy as np
import pytest

from autograder.authoring.build import build
from autograder.authoring.catalogue import with_catalogue
from autograder.authoring.lesson_text import as_notebook, read_lesson
from autograder.judge import read_record
from autograder.judge.hdf5_values import Sketch
from autograder.places import Repository, repository

pytestmark = pytest.mark.slow
ROOT = repository().root
of_each_week = pytest.mark.parametrize("week", repository().weeks(), scope="module")


@pytest.fixture(scope="module")
def rebuilt(week, tmp_path_factory) -> Repository:
    """The repository, with one week built again from its texts alone."""
    root = tmp_path_factory.mktemp("rebuilt")
    for course in ROOT.glob("course*"):
        shutil.copytree(course, root / course.name)
    for name in ("companion", "data"):
        # What is compiled comes and goes while other tests import it.
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "nbgrader_config.py", root / "notebooks")
    places = Repository(root)
    build(places, places.week(week), say=lambda text: None)
    return places


def _pairs(rebuilt, week):
    return list(zip(repository().week(week), rebuilt.week(week), strict=True))


@of_each_week
def test_release_notebooks_are_the_same_to_the_byte(rebuilt, week):
    for committed, again in _pairs(rebuilt, week):
        assert committed.release.read_bytes() == again.release.read_bytes(), committed.name


@of_each_week
def test_source_notebooks_are_the_same_without_their_outputs(rebuilt, week):
    def bare(path):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        return nbformat.writes(notebook)

    for committed, again in _pairs(rebuilt, week):
        assert bare(committed.source) == bare(again.source), committed.name
        assert bare(committed.source) == nbformat.writes(as_notebook(read_lesson(committed))), committed.name


@of_each_week
def test_references_are_the_same_within_tolerance(rebuilt, week):
    for committed, again in _pairs(rebuilt, week):
        with h5py.File(committed.public_record) as a, h5py.File(again.public_record) as b:
            left, right = _everything(a), _everything(b)
            assert left.keys() == right.keys(), committed.name
            assert dict(a.attrs) == dict(b.attrs)
            for name, node in left.items():
                if not name.endswith("/mistakes"):
                    _same(name, node, right[name])


@of_each_week
def test_recorded_mistakes_are_the_same_within_tolerance(rebuilt, week):
    """What is read is compared: how it lies in the file depends on which arrays are equal to the last bit."""
    for committed, again in _pairs(rebuilt, week):
        _same_answer(committed.name, _mistakes(committed), _mistakes(again))


def _mistakes(place) -> list:
    items = read_record(place.name, place.public_record.read_bytes()).items.values()
    return [
        (item.exercise, m.name, m.cause, m.hint, [(r.inputs, r.output, r.error) for r in m.reports])
        for item in items
        for m in item.mistakes
    ]


def _everything(file: h5py.File) -> dict:
    found = {}
    file.visititems(lambda name, node: found.update({name: node}))
    return found


def _same(name, a, b):
    assert {k: str(v) for k, v in a.attrs.items()} == {k: str(v) for k, v in b.attrs.items()}, name
    if not isinstance(a, h5py.Dataset):
        return
    left, right = a[()], b[()]
    if isinstance(left, bytes):
        assert left == right, name
    else:
        np.testing.assert_allclose(left, right, rtol=1e-7, atol=1e-9, err_msg=name)


def _same_answer(name, a, b):
    assert type(a) is type(b), name
    if isinstance(a, Sketch):
        assert (a.shape, a.step) == (b.shape, b.step), name
        a, b = a.entries, b.entries
    if isinstance(a, np.ndarray):
        assert a.shape == b.shape, name
        np.testing.assert_allclose(a, b, rtol=1e-7, atol=1e-9, err_msg=name)
    elif isinstance(a, dict):
        _same_answer(name, list(a.items()), list(b.items()))
    elif isinstance(a, (tuple, list)):
        assert len(a) == len(b), name
        for x, y in zip(a, b, strict=True):
            _same_answer(name, x, y)
    else:
        assert a == b, name


def test_catalogues_are_fresh():
    for readme in ROOT.glob("course*/README.md"):
        text = readme.read_text("utf-8")
        assert with_catalogue(repository(), readme.parent.name, text) == text


def test_every_committed_notebook_has_a_lesson():
    names = {lesson.name for lesson in repository().lessons()}
    for kind, suffix in (
        ("notebooks/source", ".ipynb"),
        ("notebooks/release", ".ipynb"),
        ("autograder/references", ".h5"),
    ):
        found = {
            f"{p.parent.name}/{p.name.removesuffix(suffix)}"
            for p in (ROOT / kind).glob(f"*/*{suffix}")
            if not p.name.endswith(".private.h5")
        }
        assert found == names, kind


def test_data_is_made_again_by_its_script(tmp_path):
    shutil.copy(ROOT / "data" / "make_planar.py", tmp_path)
    subprocess.run([sys.executable, tmp_path / "make_planar.py"], check=True)
    with h5py.File(tmp_path / "planar.h5") as again, h5py.File(ROOT / "data" / "planar.h5") as committed:
        for name, node in _everything(committed).items():
            _same(name, node, again[name])


def test_checksums_are_those_of_the_files():
    for line in (ROOT / "data" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((ROOT / "data" / name).read_bytes()).hexdigest() == digest, name


def test_notebooks_name_no_machine():
    for lesson in repository().lessons():
        for path in (lesson.source, lesson.release):
            text = path.read_text("utf-8")
            assert "/home/" not in text and str(ROOT) not in text
            assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"
