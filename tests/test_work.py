"""A learner's work belongs to the learner: what is missing is copied, newer versions stand beside,
nothing is touched."""

import errno
import os
import subprocess
import sys

import nbformat
import pytest
from course import ROOT
from grading import STEM, WEEK, copy_of
from learner import (
    NEW,
    answer,
    answers_in,
    cell_of,
    edit,
    everything_in,
    filled,
    lab,
    lesson_of,
    publish,
    refused,
    reworded,
)
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.files import write_new_file


@pytest.fixture
def repo(tiny, tmp_path):
    return copy_of(tiny, tmp_path / "my course")


@pytest.fixture
def lesson(repo):
    return lesson_of(repo)


def notebooks(lesson) -> set[str]:
    return {path.name for path in lesson.work.parent.glob("*.ipynb")}


def test_what_is_missing_is_copied_and_only_that(repo, lesson):
    lesson.release.chmod(0o444)
    done = lab(repo)
    assert done.returncode == 0 and done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert lesson.name in line and "work/" in line
    assert lesson.work.read_bytes() == lesson.release.read_bytes()
    assert lesson.work.stat().st_mode & 0o200, "what is copied from a read-only release can be written"
    answer(lesson.work, {"row_means": "def row_means(X):\n    return 1"})
    before = everything_in(repo.work)
    assert filled(repo) == [] and everything_in(repo.work) == before
    lesson.work.rename(lesson.work.with_name("mine.ipynb"))
    assert len(filled(repo)) == 1 and notebooks(lesson) == {"mine.ipynb", f"{STEM}.ipynb"}


def test_a_newer_version_stands_beside_the_old_one_with_the_answers_in_it(repo, lesson, right):
    filled(repo)
    answer(lesson.work, {"row_means": right["row_means"]})
    lesson.work.chmod(0o444)
    before = everything_in(repo.work)
    publish(lesson, reworded("A second version."))
    first, *more = filled(repo)
    assert f"work/{WEEK}/{STEM}.ipynb" in first and NEW in first and "row_means" in first and "noisy" not in first
    assert more == [], "nothing was left behind, so nothing is said of it"
    assert before.items() <= everything_in(repo.work).items()
    new = lesson.work.with_name(NEW)
    released = answers_in(lesson.release)
    assert answers_in(new) == {"row_means": right["row_means"], "noisy": released["noisy"]}
    notebook = nbformat.read(new, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.endswith("A second version.")
    assert (
        cell_of(notebook, "row_means").metadata
        == cell_of(nbformat.read(lesson.release, as_version=4), "row_means").metadata
    )


def test_a_version_is_offered_once(repo, lesson):
    filled(repo)
    publish(lesson, reworded("A second version."))
    assert filled(repo) != [] and filled(repo) == []
    new = lesson.work.with_name(NEW)
    new.rename(lesson.work.with_name("where I go on.ipynb"))
    assert filled(repo) == []
    lesson.work.with_name("where I go on.ipynb").unlink()
    assert filled(repo) == [], "a version that was deleted is not offered again"
    assert notebooks(lesson) == {f"{STEM}.ipynb"}


def test_a_copy_that_is_the_new_version_already_is_left_in_peace(repo, lesson):
    publish(lesson, reworded("A second version."))
    filled(repo)
    edit(lesson.work, lambda notebook: notebook.cells.append(new_code_cell("my_own = 1")))
    assert filled(repo) == []
    # Renamed over the old one, as a learner does who is done with moving.
    publish(lesson, reworded("A third version."))
    filled(repo)
    lesson.work.with_name(NEW).replace(lesson.work)
    assert filled(repo) == [] and notebooks(lesson) == {f"{STEM}.ipynb"}


def test_a_second_newer_version_overwrites_nothing_and_goes_on_from_what_was_saved_last(repo, lesson, right):
    filled(repo)
    answer(lesson.work, {"row_means": "def row_means(X):\n    return 1"})
    publish(lesson, reworded("A second version."))
    filled(repo)
    second = lesson.work.with_name(NEW)
    answer(second, right)
    os.utime(lesson.work, ns=(1, 1))
    before = everything_in(repo.work)
    publish(lesson, reworded("A third version."))
    first, *_ = filled(repo)
    third = lesson.work.with_name(f"{STEM} (new version 2).ipynb")
    assert NEW in first.split(":")[0] and third.name in first
    assert before.items() <= everything_in(repo.work).items()
    assert answers_in(third) == right
    # One who stayed with the first goes on from there.
    for path in (second, third):
        os.utime(path, ns=(0, 0))
    publish(lesson, reworded("A fourth version."))
    filled(repo)
    fourth = lesson.work.with_name(f"{STEM} (new version 3).ipynb")
    assert answers_in(fourth)["row_means"] == "def row_means(X):\n    return 1"


def test_a_fresh_copy_does_not_hide_the_one_with_the_answers(repo, lesson, right):
    filled(repo)
    answer(lesson.work, right)
    lesson.work.rename(lesson.work.with_name("my tiny.ipynb"))
    os.utime(lesson.work.with_name("my tiny.ipynb"), ns=(1, 1))
    filled(repo)
    publish(lesson, reworded("A second version."))
    (first,) = filled(repo)
    assert "my tiny.ipynb" in first and answers_in(lesson.work.with_name(NEW)) == right


def test_what_cannot_be_carried_over_is_said(repo, lesson, right):
    filled(repo)
    answer(lesson.work, right)

    def write(notebook):
        notebook.cells.insert(2, new_code_cell("my_own = 1"))
        notebook.cells.insert(3, new_markdown_cell("What I think."))
        notebook.cells.insert(4, new_code_cell(""))
        demo = next(cell for cell in notebook.cells if "demo" in cell.metadata.get("tags", []))
        demo.source += "\nprint(3)"

    edit(lesson.work, write)

    def renamed(notebook):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("noisy"):
                cell.metadata.nbgrader.grade_id = "loud"
        notebook.cells = [cell for cell in notebook.cells if cell.id != "noisy-test"]
        cell_of(notebook, "row_means").source += "\n# in other words"

    publish(lesson, renamed)
    first, second = filled(repo)
    assert "row_means" in first and "noisy" not in first
    assert "noisy" in second and "3 cells" in second and "row_means in other words" in second
    notebook = nbformat.read(lesson.work.with_name(NEW), as_version=4)
    (at,) = [i for i, cell in enumerate(notebook.cells) if cell.source == right["row_means"]]
    assert "# in other words" in notebook.cells[at - 1].source and notebook.cells[at - 1].cell_type == "markdown"


def test_no_answers_yet(repo, lesson):
    filled(repo)
    publish(lesson, reworded("A second version."))
    (line,) = filled(repo)
    assert "no answers" in line
    new, release = (nbformat.read(path, as_version=4) for path in (lesson.work.with_name(NEW), lesson.release))
    assert new == release


def unstamped(notebook):
    del notebook.metadata["companion"]


@pytest.mark.parametrize("stamp", [None, 3, [], {}, {"cells": 3}, {"cells": [1]}, {"cells": [], "lesson": 7}, "text"])
def test_a_copy_that_lost_its_stamp_is_known_by_the_cells_that_are_given(repo, lesson, right, stamp):
    filled(repo)
    answer(lesson.work, {"noisy": right["noisy"]})
    edit(lesson.work, lambda notebook: notebook.metadata.update({"companion": stamp}) if stamp else unstamped(notebook))
    assert filled(repo) == [], "the cells that are given are those of the release"

    def changed(notebook):
        cell_of(notebook, "setup").source += "\n# newer"
        cell_of(notebook, "row_means").source += "\n# newer"

    publish(lesson, changed)
    first, second = filled(repo)
    assert "noisy" in first and "row_means" not in first, "an untouched stub is no answer"
    assert f"{STEM}.ipynb" in second
    assert answers_in(lesson.work.with_name(NEW))["noisy"] == right["noisy"]


def spoil(key, value):
    def change(notebook):
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                if key is None:
                    cell.metadata["nbgrader"] = value
                else:
                    cell.metadata["nbgrader"][key] = value

    return change


@pytest.mark.parametrize(
    ("key", "value"),
    [(None, "text"), (None, 3), (None, []), ("grade_id", 3), ("grade_id", ["x"]), ("grade_id", "row_means"),
     ("points", {}), ("points", "many"), ("solution", "yes"), ("grade", True), ("checksum", 3)],
)  # fmt: skip
@pytest.mark.parametrize("stamp", [True, False])
def test_metadata_that_make_no_sense(repo, lesson, key, value, stamp):
    filled(repo)
    edit(lesson.work, spoil(key, value))
    if not stamp:
        edit(lesson.work, unstamped)
    publish(lesson, reworded("A second version."))
    before = everything_in(repo.work)
    filled(repo)
    assert before.items() <= everything_in(repo.work).items()


def put_there(path, what, release):
    """Put something in the place of a learner's notebook."""
    elsewhere = path.parent.parent / "elsewhere"
    path.parent.mkdir(parents=True, exist_ok=True)
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "dangling link":
        path.symlink_to(elsewhere)
    elif what == "loop":
        path.symlink_to(path)
    elif what == "link":
        elsewhere.write_bytes(release)
        path.symlink_to(elsewhere)
    elif what == "large":
        path.write_bytes(release)
        os.truncate(path, 30 * 2**20)
    else:
        cut = release[: len(release) // 2]
        path.write_bytes({"empty": b"", "text": b"Dear teacher", "cut": cut, "binary": b"\xff\xfe\x00"}[what])


@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize(
    "what", ["folder", "pipe", "dangling link", "loop", "link", "large", "empty", "text", "cut", "binary"]
)
def test_what_is_there_is_left_alone(repo, lesson, what, newer):
    put_there(lesson.work, what, lesson.release.read_bytes())
    if newer:
        publish(lesson, reworded("A second version."))
    before = everything_in(repo.work)
    lines = filled(repo)
    assert before.items() <= everything_in(repo.work).items()
    if what != "link":
        (line,) = lines
        assert f"work/{WEEK}/{STEM}.ipynb" in line and "left as it is" in line
        assert notebooks(lesson) == {f"{STEM}.ipynb"}
    else:
        assert (NEW in notebooks(lesson)) is newer


def test_work_may_be_a_link(repo, lesson, tmp_path):
    (tmp_path / "my own disk").mkdir()
    repo.work.symlink_to(tmp_path / "my own disk")
    filled(repo)
    assert (tmp_path / "my own disk" / WEEK / f"{STEM}.ipynb").is_file() and filled(repo) == []


@pytest.mark.parametrize("what", ["file", "dangling link", "week is a file"])
def test_work_that_cannot_be_filled(repo, lesson, what):
    if what == "file":
        repo.work.write_text("mine")
    elif what == "dangling link":
        repo.work.symlink_to("nowhere")
    else:
        repo.work.mkdir()
        (repo.work / WEEK).write_text("mine")
    before = everything_in(repo.root)
    assert str(lesson.work) in refused(lab(repo))
    assert everything_in(repo.root) == before


def test_a_full_disk(repo, lesson):
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, -1)); "
        "sys.argv[1:] = ['lab', '--no-open']; runpy.run_module('autograder', run_name='__main__')"
    )
    environment = {**os.environ, "COMPANION_ROOT": str(repo.root)}
    done = subprocess.run([sys.executable, "-c", limited], env=environment, capture_output=True, text=True, cwd=ROOT)
    assert str(lesson.work) in refused(done)
    assert [path for path in repo.work.rglob("*") if path.is_file()] == []
    assert len(filled(repo)) == 1 and lesson.work.read_bytes() == lesson.release.read_bytes()


def test_a_folder_that_may_only_be_read(repo, lesson):
    repo.work.mkdir()
    if os.geteuid():
        repo.work.chmod(0o555)
    elif subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", repo.work], capture_output=True).returncode:
        pytest.skip("root may write everywhere, and may not mount a read-only disk here")
    try:
        assert str(lesson.work) in refused(lab(repo))
    finally:
        if os.geteuid():
            repo.work.chmod(0o755)
        else:
            subprocess.run(["umount", repo.work], check=True)


@pytest.mark.parametrize("damage", ["missing", "folder", "emptied", "cut"])
def test_a_release_that_cannot_be_copied(repo, lesson, damage):
    data = lesson.release.read_bytes()
    lesson.release.unlink()
    if damage == "folder":
        lesson.release.mkdir()
    elif damage != "missing":
        lesson.release.write_bytes(data[:2000] if damage == "cut" else b"")
    (line,) = filled(repo)
    assert "make notebooks" in line and str(lesson.release) in line and not lesson.work.exists()


def test_no_such_week(repo):
    line = refused(lab(repo, "course7-week9", "--no-open"))
    assert "course7-week9" in line and WEEK in line and not repo.work.exists()


def test_several_at_once_leave_one_whole_copy(repo, lesson):
    command = [sys.executable, "-m", "autograder", "lab", "--no-open"]
    environment = {**os.environ, "COMPANION_ROOT": str(repo.root)}
    running = [subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate()[1] for process in running]
    assert all(process.returncode == 0 for process in running), said
    assert sum(b"Copied" in text for text in said) == 1
    assert [path.name for path in lesson.work.parent.iterdir()] == [f"{STEM}.ipynb"]
    assert lesson.work.read_bytes() == lesson.release.read_bytes()


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_new_file_takes_no_others_place(tmp_path, monkeypatch, links):
    if not links:

        def refuse(*arguments):
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a" / "b.txt"
    write_new_file(path, b"mine")
    with pytest.raises(FileExistsError):
        write_new_file(path, b"another's")
    (tmp_path / "a" / "link").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        write_new_file(tmp_path / "a" / "link", b"another's")
    assert path.read_bytes() == b"mine" and {p.name for p in path.parent.iterdir()} == {"b.txt", "link"}
