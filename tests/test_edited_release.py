"""A release that somebody has written into: a build keeps it in work/, and it does not stop a class."""

import json
import shutil
import sys

import course
import nbformat
import pytest
from grading import STEM, WEEK, copy_of, hand_in
from learner import answer, answers_in, cell_of, edit, everything_in, filled, lesson_of, publish, reworded

from autograder.authoring.build import build, template
from autograder.authoring.lesson_text import read_lesson
from autograder.errors import ReleaseStale
from autograder.grading.check_release import check_release
from autograder.judge import load_record
from autograder.notebooks import read_generated
from autograder.release_stamp import given, is_edited, is_recorded_in, version_of
from autograder.work import keep_edited_release

KEPT = f"{STEM} (edited release).ipynb"


@pytest.fixture
def repo(tiny, tmp_path):
    return copy_of(tiny, tmp_path / "my course")


@pytest.fixture
def lesson(repo):
    return lesson_of(repo)


def release_of(lesson):
    return nbformat.read(lesson.release, as_version=4)


def kept(lesson) -> list[str]:
    """Does what a build does first; returns what it says."""
    said = []
    keep_edited_release(lesson, said.append)
    return said


def delete_a_test(notebook):
    notebook.cells.remove(cell_of(notebook, "noisy-test"))


def more_points(notebook):
    cell_of(notebook, "noisy-test").metadata.nbgrader.points = 50


def new_demo(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("print(1)"))


def an_answer(notebook):
    cell_of(notebook, "noisy").source = "def noisy(X, scale):\n    return X, X"


def a_given_cell(notebook):
    cell_of(notebook, "setup").source += "\nimport math"


EDITS = [an_answer, new_demo, a_given_cell, delete_a_test, more_points, reworded("Dear reader.")]


def test_a_release_knows_what_it_was_built_with(lesson):
    release = release_of(lesson)
    assert is_edited(release) is False and is_recorded_in(load_record(lesson).template, release)
    assert len(given(release)) == len(release.cells)
    assert "companion" not in load_record(lesson).template["metadata"]


@pytest.mark.parametrize("change", EDITS)
def test_an_edited_release_is_kept_and_does_not_stop_a_class(lesson, change):
    assert kept(lesson) == [] and check_release([lesson]) == []
    edit(lesson.release, change)
    data = lesson.release.read_bytes()
    (note,) = check_release([lesson])
    assert "was edited" in note and "make notebooks" in note and str(lesson.work.parent) in note
    (line,) = kept(lesson)
    assert lesson.name in line and KEPT in line
    assert lesson.work.with_name(KEPT).read_bytes() == data
    assert kept(lesson) == [], "the same file is kept once"
    edit(lesson.release, reworded("Once more."))
    assert len(kept(lesson)) == 1 and lesson.work.with_name(f"{STEM} (edited release 2).ipynb").is_file()
    assert lesson.work.with_name(KEPT).read_bytes() == data


def test_outputs_alone_are_no_edit(lesson):
    def ran(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="x")], 3

    edit(lesson.release, ran)
    assert kept(lesson) == [] and check_release([lesson]) == []


def unstamped(notebook):
    del notebook.metadata["companion"]


def test_a_release_without_a_stamp_is_compared_with_the_references(lesson):
    edit(lesson.release, unstamped)
    assert kept(lesson) == [] and check_release([lesson]) == []
    edit(lesson.release, an_answer)
    assert len(kept(lesson)) == 1
    with pytest.raises(ReleaseStale, match=r"make notebooks.*kept in work/"):
        check_release([lesson])
    lesson.public_record.unlink()
    lesson.work.with_name(KEPT).unlink()
    assert len(kept(lesson)) == 1, "nobody knows what it was: better one file too many"


def test_a_release_of_another_text_than_the_references_stops(lesson):
    publish(lesson, reworded("A second version."))
    with pytest.raises(ReleaseStale, match="make notebooks"):
        check_release([lesson])
    edit(lesson.release, an_answer)
    with pytest.raises(ReleaseStale, match="make notebooks"):
        check_release([lesson])


def test_a_release_with_other_points_than_the_references_stops(lesson):
    publish(lesson, more_points)
    with pytest.raises(ReleaseStale):
        check_release([lesson])


@pytest.mark.parametrize("damage", ["missing", "folder", "emptied", "cut", "text"])
def test_grading_does_not_need_the_release(lesson, damage):
    data = lesson.release.read_bytes()
    lesson.release.unlink()
    if damage == "folder":
        lesson.release.mkdir()
    elif damage != "missing":
        lesson.release.write_bytes({"emptied": b"", "cut": data[:2000], "text": b"<<<<<<< mine"}[damage])
    (note,) = check_release([lesson])
    assert "make notebooks" in note and "Grading goes on" in note
    assert len(kept(lesson)) == (damage in ("cut", "text")), "what is no notebook may have been one to somebody"


def test_nothing_is_recorded_from_an_edited_release(lesson):
    text = read_lesson(lesson)
    template(text, read_generated(lesson.release))
    edit(lesson.release, a_given_cell)
    with pytest.raises(ReleaseStale, match=r"was edited.*make notebooks.*kept in work/"):
        template(text, read_generated(lesson.release))


def test_an_edited_release_that_is_kept_hides_no_newer_answers(repo, lesson, right):
    edit(lesson.release, an_answer)
    kept(lesson)
    shutil.copy(lesson.work.with_name(KEPT), lesson.work)
    answer(lesson.work, right)
    publish(lesson, reworded("A second version."))
    filled(repo)
    assert answers_in(lesson.work.with_name(f"{STEM} (new version).ipynb")) == right


@pytest.mark.slow
def test_build_and_grade_by_the_commands_that_people_type(repo, lesson, submission, right):
    def run(*arguments):
        return course.run(repo.root, sys.executable, "-m", "autograder", *arguments, cwd=course.ROOT)

    fresh = lesson.release.read_bytes()
    filled(repo)
    answer(lesson.work, {"noisy": right["noisy"]})
    edit(lesson.release, an_answer)
    edited = lesson.release.read_bytes()
    before = everything_in(repo.work)
    hand_in(repo, "ada", submission(right))
    done = run("grade", WEEK, "--json")
    assert done.returncode == 0 and [entry["score"] for entry in json.loads(done.stdout)] == [5]
    (note,) = [line for line in done.stderr.splitlines() if line.startswith("autograder: ")]
    assert str(lesson.release) in note and lesson.release.read_bytes() == edited
    done = run("build", WEEK)
    assert done.returncode == 0 and KEPT in done.stderr, done.stderr
    again = release_of(lesson)
    assert not is_edited(again) and version_of(again) == version_of(nbformat.reads(fresh.decode(), as_version=4))
    assert lesson.work.with_name(KEPT).read_bytes() == edited
    assert before.items() <= everything_in(repo.work).items()
    assert run("grade", WEEK).stderr.count("autograder: ") == 0
    # A new text of the lesson, built: the learner is offered it, with the answer that was saved last.
    lesson.text.write_text(lesson.text.read_text("utf-8").replace("A lesson for tests.", "A better lesson."), "utf-8")
    build(repo, [lesson], say=lambda text: None)
    (line,) = filled(repo)
    assert "noisy" in line and before.items() <= everything_in(repo.work).items()
