"""Bad input gives one clear line that says what to do, exit code 2, and loses nothing."""

import json
import shutil
import sys

import course
import nbformat
import pytest
from course import ROOT, WEEK, copy_of_the_repository

from autograder.places import repository

LESSON, ANOTHER = repository().week(WEEK)[:2]


@pytest.fixture
def root(tmp_path):
    """The repository's own parts in a folder where a test may do damage."""
    return copy_of_the_repository(tmp_path)


def run(root, *arguments):
    return course.run(root, sys.executable, "-m", "autograder", *map(str, arguments), cwd=ROOT)


def refused(root, *arguments) -> str:
    """Run a command that must be refused; returns its one line."""
    done = run(root, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("autograder: ") and "Traceback" not in line
    return line


def submit(root, student, name=LESSON.stem, data=None):
    folder = root / "notebooks" / "submitted" / student / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.ipynb").write_bytes(LESSON.release.read_bytes() if data is None else data)


@pytest.mark.parametrize("command", ["grade", "report", "sample", "mistakes", "record", "build"])
def test_no_such_week(root, command):
    line = refused(root, command, "course7-week9")
    assert "course7-week9" in line and WEEK in line


def test_nobody_handed_in(root):
    assert "submitted" in refused(root, "grade", WEEK)
    (root / "notebooks" / "submitted" / "ada").mkdir(parents=True)
    assert "submitted" in refused(root, "grade", WEEK)
    assert not (root / "notebooks" / "gradebook.db").exists()


def test_no_such_student(root):
    submit(root, "ada")
    line = refused(root, "grade", WEEK, "--students", "ada,bob")
    assert "bob" in line and "ada" in line
    assert not (root / "notebooks" / "gradebook.db").exists()


def test_not_graded_yet(root):
    assert f"autograder grade {WEEK}" in refused(root, "report", WEEK)


def damaged(path, damage, other):
    """Do to a generated file what can happen to it."""
    if damage in ("missing", "folder"):
        path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:2000])
    elif damage == "emptied":
        path.write_bytes(b"")
    elif damage == "text":
        path.write_bytes(b"Dear teacher")
    elif damage == "another's":
        shutil.copy(other, path)


@pytest.mark.parametrize("damage", ["missing", "folder", "emptied", "cut", "text", "another's"])
def test_lost_or_broken_references_stop_before_the_first_write(root, damage):
    submit(root, "ada")
    path, other = (root / x.public_record.relative_to(ROOT) for x in (LESSON, ANOTHER))
    damaged(path, damage, other)
    assert f"autograder record {LESSON.name}" in refused(root, "grade", WEEK)
    assert not (root / "notebooks" / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("kind", "damage"),
    [("source", x) for x in ("missing", "folder", "emptied", "cut", "text", "another's", "tests", "points", "given")]
    + [("release", "another's")],
)
def test_lost_or_changed_notebooks_stop_before_the_first_write(root, kind, damage):
    """What may be wrong with a release without stopping a class: test_edited_release.py."""
    submit(root, "ada")
    path, other = (root / "notebooks" / kind / WEEK / f"{x.stem}.ipynb" for x in (LESSON, ANOTHER))
    damaged(path, damage, other)
    if damage in ("tests", "given", "points"):
        notebook = nbformat.read(path, as_version=4)
        graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        if damage == "tests":
            notebook.cells.remove(graded[0])
        elif damage == "points":
            graded[0].metadata.nbgrader.points += 1
        else:
            graded[0].source += "\n"
        nbformat.write(notebook, path)
    line = refused(root, "grade", WEEK)
    assert "make notebooks" in line and str(path) in line
    assert not (root / "notebooks" / "gradebook.db").exists()


@pytest.mark.parametrize("damage", ["missing", "folder", "emptied", "cut", "text"])
def test_nothing_is_recorded_without_a_release(root, damage):
    damaged(root / LESSON.release.relative_to(ROOT), damage, None)
    assert "make notebooks" in refused(root, "record", LESSON.name)


def test_the_sample_class_stays_out_of_a_real_one(root):
    submit(root, "ada")
    assert "ada" in refused(root, "sample", WEEK)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Dear teacher", "JSON"),
        (b'{"cells": [', "JSON"),
        (b'{"cells": []}', "nbformat"),
        (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "99"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}', "cells"),
        (b"\xff\xfe\x00n", "UTF-8"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_check_says_why_a_file_is_no_notebook(root, tmp_path, data, said):
    path = tmp_path / f"{LESSON.stem}.ipynb"
    path.write_bytes(data)
    assert said in refused(root, "check", path)


def test_check_of_a_file_that_is_not_there_or_a_folder(root, tmp_path):
    assert "nowhere.ipynb" in refused(root, "check", tmp_path / "nowhere.ipynb")
    refused(root, "check", tmp_path)


def test_check_of_a_notebook_of_no_lesson(root, tmp_path):
    path = tmp_path / "diary.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    assert LESSON.stem in refused(root, "check", path)


def test_a_salt_must_be_long_enough_and_there(root, tmp_path):
    (tmp_path / "salt").write_text("abc")
    assert "8 bytes" in refused(root, "record", WEEK, "--salt-file", tmp_path / "salt")
    assert run(root, "record", WEEK, "--salt-file", tmp_path / "none").returncode == 2


@pytest.mark.slow
def test_check_tells_full_marks_by_its_exit_code(root, tmp_path):
    solved = run(root, "check", LESSON.source, "--json")
    result = json.loads(solved.stdout)
    assert solved.returncode == 0 and result["score"] == result["max_score"] > 0
    untouched = run(root, "check", LESSON.release, "--json")
    result = json.loads(untouched.stdout)
    assert untouched.returncode == 1 and result["score"] == 0
    assert {item["verdict"] for item in result["items"]} == {"missing"}


@pytest.mark.slow
def test_check_finds_the_lesson_of_a_renamed_notebook_and_survives_missing_cells(root, tmp_path):
    notebook = nbformat.read(LESSON.source, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("locked")]
    path = tmp_path / "my homework (final) 2.ipynb"
    nbformat.write(notebook, path)
    # Every test cell, check and given cell was deleted: they come back from the release.
    shutil.copy(path, tmp_path / f"{LESSON.stem}.ipynb")
    done = run(root, "check", tmp_path / f"{LESSON.stem}.ipynb", "--json")
    assert done.returncode == 0, done.stdout
    whole = tmp_path / "renamed.ipynb"
    shutil.copy(LESSON.source, whole)
    done = run(root, "check", whole, "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["lesson"] == LESSON.stem


@pytest.mark.slow
def test_private_references_draw_other_inputs_and_grade_the_same(root, tmp_path):
    salt = tmp_path / "salt.txt"
    salt.write_text("0123456789abcdef")
    assert run(root, "record", LESSON.name, "--salt-file", salt).returncode == 0
    private = root / LESSON.private_record.relative_to(ROOT)
    public = root / LESSON.public_record.relative_to(ROOT)
    assert private.exists() and private.read_bytes() != public.read_bytes()
    assert b"0123456789abcdef" not in private.read_bytes()
    done = run(root, "check", LESSON.source, "--json")
    assert done.returncode == 0, done.stdout
    public.unlink()
    assert run(root, "mistakes", LESSON.name).returncode == 0
