"""What `check` does not wait for: a kernel begins with its imports while the grader is still at its own."""

import json

import pytest
from click.testing import CliRunner
from lessons import answered
from nbformat.v4 import new_code_cell, new_notebook
from test_rooms import _loaded_by

from autograder.cli import group
from autograder.judge import graded_ids, load_record
from autograder.notebooks import imports_of
from autograder.places import Repository, repository
from autograder.run import folders, kernel_pool
from autograder.run.ahead import start_ahead
from autograder.run.kernel_pool import KernelPool
from autograder.run.limits import limits_of
from autograder.run.restore import restore
from autograder.run.sandbox import Sandbox

LESSONS = repository().lessons()


def test_nothing_that_takes_long_is_imported_before_the_kernel_is_started():
    loaded = _loaded_by("import autograder.cli, autograder.run.ahead")
    for name in ("nbformat", "jsonschema", "numpy", "h5py", "matplotlib", "rich", "psutil", "autograder.judge"):
        assert name not in loaded, name


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_the_kernel_that_is_started_ahead_is_the_one_that_a_submission_needs(lesson):
    record = load_record(lesson)
    needed = imports_of(restore(new_notebook(), record.template).cells)
    assert imports_of(json.loads(lesson.release.read_bytes())["cells"]) == needed
    assert graded_ids(lesson) == {*record.items}


@pytest.fixture
def started(monkeypatch):
    """The warm parents that are started, and a pool of their own for them."""
    found = []

    class Counted(kernel_pool.WarmParent):
        def __init__(self, *key, **more):
            found.append((key, more))
            super().__init__(*key, **more)

    pool = KernelPool(warm=kernel_pool.KERNELS.warm)
    monkeypatch.setattr(kernel_pool, "WarmParent", Counted)
    for module in ("autograder.run.ahead", "autograder.run.notebook"):
        monkeypatch.setattr(f"{module}.KERNELS", pool)
    yield found
    pool.close()


@pytest.mark.skipif(not kernel_pool.KERNELS.warm, reason="kernels are forked on Linux only")
def test_check_starts_one_kernel_and_no_other(tiny_lesson, right, monkeypatch, tmp_path, started):
    monkeypatch.setenv("COMPANION_ROOT", str(tiny_lesson.root))
    path = tmp_path / "tiny.ipynb"
    path.write_bytes(answered(tiny_lesson, right))
    done = CliRunner().invoke(group, ["check", str(path), "--json"])
    assert done.exit_code == 0 and json.loads(done.stdout)["score"] == 5, done.output
    ((key, more),) = started
    assert key[3] == limits_of(tiny_lesson.week) and more == {"for_many": False}


def test_what_cannot_be_guessed_is_left_to_others(tmp_path, tiny_lesson, right, started):
    """No kernel is waited for where there is nothing to run."""
    whole = answered(tiny_lesson, right)
    for name, data in {
        "another": whole, "tiny": b"", "Tiny": whole, " tiny": whole,
    }.items():  # fmt: skip
        path = tmp_path / f"{name}.ipynb"
        path.write_bytes(data)
        start_ahead(Repository(tiny_lesson.root), path, "none")
    for text in ("{", "[]", '{"cells": 3}', '{"cells": []}', "[" * 10**5, "\ud800", '{"nbformat": 4}'):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        path.rename(tmp_path / "tiny.ipynb")
        start_ahead(Repository(tiny_lesson.root), tmp_path / "tiny.ipynb", "none")
    (tmp_path / "tiny.ipynb").unlink()
    start_ahead(Repository(tiny_lesson.root), tmp_path / "tiny.ipynb", "none")
    (tmp_path / "tiny.ipynb").mkdir()
    start_ahead(Repository(tiny_lesson.root), tmp_path / "tiny.ipynb", "none")
    assert started == []


def test_a_damaged_release_is_left_to_others(tmp_path, tiny_lesson, right, started):
    place = tmp_path / "course9" / "week1" / "tiny.py"
    release = tmp_path / "notebooks" / "release" / "course9-week1" / "tiny.ipynb"
    for folder in (place.parent, release.parent):
        folder.mkdir(parents=True)
    place.write_text("")
    path = tmp_path / "tiny.ipynb"
    path.write_bytes(answered(tiny_lesson, right))
    for text in ("", "{", "[]", '{"cells": 3}', '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "metadata": 3}]}'):
        release.write_text(text)
        start_ahead(Repository(tmp_path), path, "none")
    assert started == []


def test_a_figure_that_was_not_drawn_ahead_is_drawn_all_the_same(tiny_lesson, started):
    pool = kernel_pool.KernelPool(warm=kernel_pool.KERNELS.warm)
    root, sandbox, limits = repository().root, Sandbox(), limits_of("course9-week1")
    pool.start_ahead(root, ("companion", "numpy"), sandbox, limits)
    cell = new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n1 / 0")
    try:
        with pool.session(root, ("companion", "numpy"), sandbox, limits, "public") as session:
            assert session.run(cell).status == "error"
    finally:
        pool.close()
    kinds = [output.output_type for output in cell.outputs]
    assert kinds == ["display_data", "error"] and "image/png" in cell.outputs[0].data


def test_matplotlibs_list_of_fonts_is_found_without_matplotlib(tmp_path, monkeypatch):
    (tmp_path / "matplotlib").mkdir()
    fonts = tmp_path / "matplotlib" / "fontlist-v390.json"
    fonts.write_text("{}")
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert folders._lists_of_fonts() == [fonts]
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    assert folders._lists_of_fonts() == [fonts]
    loaded = _loaded_by("from autograder.run.folders import Folder\nf = Folder(); f.make(); f.close()")
    assert "matplotlib" not in loaded
