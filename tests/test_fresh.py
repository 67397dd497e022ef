"""Nothing that is generated is stale: build everything again elsewhere and compare.

The solved notebooks are not run for it: that is done once, by nbval in test_nbval.py, which compares their outputs.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import replace

import h5py
import nbformat
import numpy as np
import pytest

from autograder.authoring.build import build
from autograder.authoring.catalogue import with_catalogue
from autograder.judge import read_record
from autograder.judge.compare import INPUTS, Tolerance, difference
from autograder.judge.hdf5_values import Sketch
from autograder.judge.same_value import same_value
from autograder.judge.trace_values import NORM
from autograder.places import Repository, repository

pytestmark = pytest.mark.slow
ROOT = repository().root
of_each_week = pytest.mark.parametrize("week", repository().weeks(), scope="module")


@pytest.fixture(scope="module")
def rebuilt(week, tmp_path_factory) -> Repository:
    """The repository, with one week built again from its texts and the outputs of its solved notebooks."""
    root = tmp_path_factory.mktemp("rebuilt")
    for course in ROOT.glob("course*"):
        shutil.copytree(course, root / course.name)
    for name in ("companion", "data"):
        # What is compiled comes and goes while other tests import it.
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "notebooks" / "source" / week, root / "notebooks" / "source" / week)
    shutil.copy(ROOT / "notebooks" / "nbgrader_config.py", root / "notebooks")
    repo = Repository(root)
    build(repo, repo.week(week), say=lambda text: None, execute=False)
    return repo


def _pairs(rebuilt, week):
    return list(zip(repository().week(week), rebuilt.week(week), strict=True))


@of_each_week
def test_release_notebooks_are_the_same_to_the_byte(rebuilt, week):
    for committed, again in _pairs(rebuilt, week):
        assert committed.release.read_bytes() == again.release.read_bytes(), committed.name


@of_each_week
def test_source_notebooks_are_the_texts_and_were_run_from_top_to_bottom(rebuilt, week):
    """To the byte: a cell whose text has changed since has lost its outputs.
    A cell that never ran would not be compared by nbval."""
    for committed, again in _pairs(rebuilt, week):
        assert committed.source.read_bytes() == again.source.read_bytes(), committed.name
        cells = nbformat.read(committed.source, as_version=4).cells
        counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
        assert counts == list(range(1, len(counts) + 1)), committed.name


@of_each_week
def test_references_have_the_same_form(rebuilt, week):
    for committed, again in _pairs(rebuilt, week):
        with h5py.File(committed.public_record) as a, h5py.File(again.public_record) as b:
            assert dict(a.attrs) == dict(b.attrs), committed.name
            assert _form(a) == _form(b), committed.name


@of_each_week
def test_recorded_answers_are_the_same_and_closer_than_the_judge_asks(rebuilt, week):
    """Another processor computes other last digits, more of them after a long training. How many may differ is the
    item's own tolerance, that a right answer may differ by, and a tenth of it is spent here. Inputs must come back as
    they were drawn."""
    for committed, again in _pairs(rebuilt, week):
        for ours, theirs in _items(committed, again):
            near = _closer(ours.tolerance)
            for a, b in zip(ours.cases, theirs.cases, strict=True):
                where = f"{committed.name}: {ours.exercise}, case {a.index}"
                assert difference(a.inputs, b.inputs, INPUTS) is None, where
                assert difference(a.output, b.output, near, ours.returns) is None, where


@of_each_week
def test_recorded_mistakes_are_the_same_and_would_be_named(rebuilt, week):
    """Each as the judge would know it again. What is read is compared:
    how it lies in the file depends on the last digits."""
    for committed, again in _pairs(rebuilt, week):
        for ours, theirs in _items(committed, again):
            assert [(m.name, m.cause, m.hint) for m in ours.mistakes] == [
                (m.name, m.cause, m.hint) for m in theirs.mistakes
            ]
            for a, b in zip(ours.mistakes, theirs.mistakes, strict=True):
                for x, y in zip(a.reports, b.reports, strict=True):
                    where = f"{committed.name}: {ours.exercise}, {a.name}, case {x.index}"
                    assert x.error == y.error, where
                    assert _known(x.inputs, y.inputs, INPUTS), where
                    assert _known(x.output, y.output, ours.tolerance), where


@of_each_week
def test_recorded_pairs_are_the_same_but_for_a_few(rebuilt, week):
    """Two mistakes at once may let a training run away, and then the last digits of another processor grow: three in a
    hundred may differ."""
    for committed, again in _pairs(rebuilt, week):
        for ours, theirs in _items(committed, again):
            first, second = ({tuple(m.name for m in pair.mistakes): pair for pair in x.pairs} for x in (ours, theirs))
            same = [
                names
                for names in first.keys() & second.keys()
                if all(
                    x.error == y.error
                    and _known(x.inputs, y.inputs, INPUTS)
                    and _known(x.output, y.output, ours.tolerance)
                    for x, y in zip(first[names].reports, second[names].reports, strict=True)
                )
            ]
            others = len(first.keys() | second.keys()) - len(same)
            assert others <= 1 + 0.03 * len(first), f"{committed.name}: {ours.exercise}, {others} of {len(first)} pairs"


@of_each_week
def test_recorded_values_on_the_way_are_nearly_the_same(rebuilt, week):
    """Each near one of the others. What is all rounding, as the gap between two gradients that agree, is another
    processor's own, and so is how many values are just too many: a quarter may differ, or one case."""
    for committed, again in _pairs(rebuilt, week):
        for ours, theirs in _items(committed, again):
            where = f"{committed.name}: {ours.exercise}"
            assert len(ours.right.keys() ^ theirs.right.keys()) <= 1, where
            for number in ours.right.keys() & theirs.right.keys():
                right, other = ours.right[number], theirs.right[number]
                for a, b in ((right.known, other.known), (other.known, right.known)):
                    alone = sum(not _is_near(row, b.rows) for row in a.rows)
                    assert alone <= 2 + 0.25 * len(a.rows), f"{where}, case {number}: {alone} of {len(a.rows)}"
                assert right.names == other.names, where


def _is_near(row, rows) -> bool:
    same_shape = rows[(rows[:, :NORM] == row[:NORM]).all(axis=1)]
    return bool((np.abs(same_shape[:, NORM:] - row[NORM:]) <= 1e-4 * row[NORM] + 1e-12).all(axis=1).any())


def _items(committed, again):
    """The items of both records, in pairs that are equal but for what was answered."""
    ours, theirs = (read_record(place.name, place.public_record.read_bytes()) for place in (committed, again))
    assert (ours.template, ours.judge_source) == (theirs.template, theirs.judge_source), committed.name
    pairs = list(zip(ours.items.values(), theirs.items.values(), strict=True))
    for a, b in pairs:
        nothing = {"cases": (), "mistakes": (), "packed_pairs": None, "packed_right": None}
        assert replace(a, **nothing) == replace(b, **nothing), committed.name
    return pairs


def _closer(tolerance: Tolerance) -> Tolerance:
    return replace(tolerance, rtol=tolerance.rtol / 10, atol=tolerance.atol / 10, extra_keys=False)


def _known(a, b, tolerance: Tolerance) -> bool:
    """Whether two recorded values of a mistake are one to the judge; both may hold sketches."""
    if isinstance(a, Sketch) and isinstance(b, Sketch):
        return (a.shape, a.step) == (b.shape, b.step) and bool(tolerance.close(a.entries, b.entries).all())
    if isinstance(a, (tuple, list)) and type(a) is type(b):
        return len(a) == len(b) and all(_known(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(_known(a[key], b[key], tolerance) for key in a)
    return same_value(a, b, tolerance)


def _everything(file: h5py.File) -> dict:
    found = {}
    file.visititems(lambda name, node: found.update({name: node}))
    return found


def _form(file: h5py.File) -> dict:
    """All that a file holds but its numbers: names, kinds, shapes, attributes.
    Of the mistakes, of their pairs and of the values on the way only that they are there."""
    found = {}
    for name, node in _everything(file).items():
        known = not name.endswith(("/mistakes", "/pairs", "/right"))
        shape = (node.shape, node.dtype.kind) if known and isinstance(node, h5py.Dataset) else None
        found[name] = (shape, {k: str(v) for k, v in node.attrs.items()} if known else None)
    return found


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
        assert _form(committed) == _form(again)
        for name, node in _everything(committed).items():
            if isinstance(node, h5py.Dataset) and node.dtype.kind in "iuf":
                np.testing.assert_allclose(again[name][()], node[()], rtol=1e-7, atol=1e-9, err_msg=name)


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
