"""Grading again, by the command that people type: only what changed; and a gradebook that cannot be written."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest
from course import run
from filelock import FileLock
from grading import STEM, WEEK, content, copy_of, dump, graded_at, hand_in
from nbgrader.api import Gradebook

pytestmark = pytest.mark.slow


def grade(repo, *options):
    return run(repo.root, "autograder", "grade", WEEK, *options)


def url(repo) -> str:
    return f"sqlite:///{repo.gradebook}"


def pages(repo) -> dict:
    return {p.parent.parent.name: p.stat().st_mtime_ns for p in repo.notebooks.glob("feedback/*/*/*.html")}


@pytest.fixture(scope="module")
def first(tiny, submission, right, tmp_path_factory):
    """A class of three, graded once: ada is right, bob wrote half, eve handed in an empty folder."""
    repo = copy_of(tiny, tmp_path_factory.mktemp("first") / "course")
    hand_in(repo, "ada", submission(right), "2030-01-02 03:04:05 UTC")
    hand_in(repo, "bob", submission({"row_means": right["row_means"]}))
    hand_in(repo, "eve", b"").unlink()
    done = grade(repo, "--json")
    assert done.returncode == 0, done.stderr
    return repo, json.loads(done.stdout)


@pytest.fixture
def course(first, tmp_path):
    return copy_of(first[0], tmp_path / "course")


def anew(course, *options) -> set:
    """Grade again; returns whose notebooks were graded anew."""
    before = graded_at(url(course))
    done = grade(course, *options)
    assert done.returncode == 0, done.stderr
    changed = {name for name, time in graded_at(url(course)).items() if before.get(name) != time}
    assert f"notebooks: {len(changed)} graded" in done.stdout
    return changed


def test_nothing_changed_nothing_done(first, course):
    before, made = dump(course.gradebook), pages(course)
    again = grade(course, "--json")
    assert json.loads(again.stdout) == first[1] and again.returncode == 0
    assert {e["student"]: e["score"] for e in first[1]} == {"ada": 5, "bob": 3, "eve": 0}
    assert dump(course.gradebook) == before and pages(course) == made
    assert "0 graded, 3 unchanged (grade them again with --force)" in grade(course).stdout
    assert [e["student"] for e in json.loads(grade(course, "--json", "--students", "bob").stdout)] == ["bob"]


def test_what_changed_is_graded_anew_and_only_that(course, submission, right):
    made = pages(course)
    hand_in(course, "bob", submission(right))
    hand_in(course, "fay", submission(right))
    (course.notebooks / "autograded" / "ada" / WEEK / f"{STEM}.ipynb").unlink()
    assert anew(course) == {"ada", "bob", "fay"}
    assert {name for name, time in pages(course).items() if made.get(name) != time} >= {"bob", "fay"}
    assert pages(course)["eve"] == made["eve"]
    assert anew(course, "--force", "--students", "eve,fay") == {"eve", "fay"}


def test_new_references_grade_everybody_anew(course, tmp_path):
    salt = tmp_path / "salt"
    salt.write_text("0123456789abcdef")
    assert run(course.root, "autograder", "record", WEEK, "--salt-file", str(salt)).returncode == 0
    assert anew(course) == {"ada", "bob", "eve"}
    assert anew(course) == set()


def test_a_notebook_that_disappears_and_a_student_who_does(course):
    with Gradebook(url(course)) as book:
        grade_by_hand = book.find_grade("noisy-test", STEM, WEEK, "bob")
        grade_by_hand.manual_score, grade_by_hand.extra_credit = 1.5, 0.25
        book.find_comment("noisy", STEM, WEEK, "bob").manual_comment = "Nearly."
        book.db.commit()
    (course.notebooks / "submitted" / "bob" / WEEK / f"{STEM}.ipynb").unlink()
    shutil.rmtree(course.notebooks / "submitted" / "ada")
    assert anew(course) == {"bob"}
    found = content(url(course))
    assert {row[:5] for row in found["grades"] if row[0] == "bob"} == {
        ("bob", "row_means-test", 0.0, None, None),
        ("bob", "noisy-test", 0.0, 1.5, 0.25),
    }
    assert ("bob", "noisy", None, "Nearly.") in found["comments"]
    assert ("ada", "row_means-test", 3.0, None, None, 0) in found["grades"]
    rows = json.loads(run(course.root, "autograder", "report", WEEK, "--json").stdout)
    assert [(row["exercise"], row["passed"], row["of"]) for row in rows] == [("row_means", 1, 3), ("noisy", 1, 3)]


def test_pages_are_made_where_they_are_missing_or_would_show_something_else(course):
    made = pages(course)
    (course.notebooks / "feedback" / "eve" / WEEK / f"{STEM}.html").unlink()
    with Gradebook(url(course)) as book:
        book.find_comment("noisy", STEM, WEEK, "bob").manual_comment = "Look at the **scale**."
        book.db.commit()
    assert anew(course, "--no-feedback") == set() and set(pages(course)) == {"ada", "bob"}
    assert anew(course) == set()
    changed = {name for name, time in pages(course).items() if made.get(name) != time}
    assert changed == {"bob", "eve"}
    assert "Look at the <strong>scale</strong>." in (
        course.notebooks / "feedback" / "bob" / WEEK / f"{STEM}.html"
    ).read_text("utf-8")


def refused(done) -> str:
    """The one line of a command that could not do its work."""
    assert done.returncode == 2 and done.stdout == "", done.stdout + done.stderr
    (line,) = [x for x in done.stderr.splitlines() if x.strip() and "━" not in x]
    assert line.startswith("autograder: ")
    return line


def test_a_locked_gradebook(course, submission, right):
    hand_in(course, "bob", submission(right))
    before = dump(course.gradebook)
    with sqlite3.connect(course.gradebook) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "another program is writing" in refused(grade(course))
        other.rollback()
    other.close()
    assert dump(course.gradebook) == before
    assert anew(course) == {"bob"}


def test_two_gradings_at_once(course):
    with FileLock(course.notebooks / ".grading.lock"):
        assert "Another grading" in refused(grade(course))
    assert grade(course).returncode == 0


def test_a_gradebook_that_may_only_be_read(course, submission, right):
    hand_in(course, "bob", submission(right))
    before = dump(course.gradebook)
    read_only = f"sqlite:///file:{course.gradebook}?mode=ro&uri=true"
    assert "read-only" in refused(grade(course, "--db", read_only))
    assert dump(course.gradebook) == before
    report = run(course.root, "autograder", "report", WEEK, "--json", "--db", read_only)
    assert report.returncode == 0 and json.loads(report.stdout)[0]["of"] == 3


@pytest.mark.parametrize("damage", ["text", "cut", "folder", "elsewhere"])
def test_a_gradebook_that_is_none(course, damage):
    path = course.gradebook
    if damage == "text":
        path.write_text("Dear teacher, this is my gradebook.\n" * 50)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    options = ["--db", "sqlite:////proc/nowhere/gradebook.db"] if damage == "elsewhere" else []
    data = path.read_bytes() if path.is_file() else None
    for command in ("grade", "report") if damage in ("text", "cut") else ("grade",):
        line = refused(run(course.root, "autograder", command, WEEK, *options))
        assert "/proc/nowhere/gradebook.db" in line if options else str(path) in line
    assert data is None or path.read_bytes() == data
    if damage == "text":
        path.unlink()
        assert grade(course).returncode == 0
        assert len(graded_at(url(course))) == 3


@pytest.fixture(params=["tmpfs", "limit"])
def small_disk(request, tmp_path):
    """A folder, and how to fill its disk: room for so many bytes more."""
    folder = tmp_path / "small"
    folder.mkdir()
    if request.param == "limit":
        yield folder, None
        return
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk; the same is tested with a limit on the size of files")
    yield folder, folder / "ballast"
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(course, small_disk, submission, right):
    folder, ballast = small_disk
    gradebook = folder / "gradebook.db"
    shutil.copy(course.gradebook, gradebook)
    for name in "cdfghi":
        hand_in(course, name * 3, submission(right))
    command = ["autograder", "grade", WEEK, "--db", f"sqlite:///{gradebook}"]
    before = content(f"sqlite:///{gradebook}")
    if ballast:
        ballast.write_bytes(b"\0" * (2**21 - gradebook.stat().st_size - 40_000))
    else:
        size = gradebook.stat().st_size
        limited = f"import resource, os, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, -1))"
        command = [sys.executable, "-c", f"{limited}; os.execvp('autograder', {command!r})"]
    line = refused(run(course.root, *command))
    assert "full" in line or "cannot be written" in line
    after = content(f"sqlite:///{gradebook}")
    for rows in ("grades", "comments", "marks"):
        assert {row for row in before[rows] if row[0] in ("ada", "bob")} <= set(after[rows])
    if ballast:
        ballast.unlink()
    done = run(course.root, "autograder", "grade", WEEK, "--json", "--db", f"sqlite:///{gradebook}")
    assert done.returncode == 0, done.stderr
    assert {e["student"]: e["score"] for e in json.loads(done.stdout)} == {
        "ada": 5, "bob": 3, "eve": 0, **{name * 3: 5 for name in "cdfghi"}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.CourseDirectory.db_url = 'postgresql//secret@nowhere'", "form sqlite:///"),
        ("c.CourseDirectory.db_url = 'oracle://me:secret@nowhere/x'", "form sqlite:///"),
        ("c.CourseDirectory.db_url = 'postgresql+psycopg2://me:secret@127.0.0.1:1/x'", "no server answers"),
        ("c.CourseDirectory.", "nbgrader_config.py"),
        ("c.CourseDirectory.db_url = os.environ['NOT_SET']", "nbgrader_config.py"),
    ],
)
def test_settings_that_are_wrong(course, line, said):
    config = course.notebooks / "nbgrader_config.py"
    config.write_text(f"import os\n{config.read_text()}\n{line}\n")
    before = dump(course.gradebook)
    message = refused(grade(course))
    assert said in message and "secret" not in message
    assert dump(course.gradebook) == before


def test_nbgraders_own_setting_chooses_the_gradebook(course):
    config = course.notebooks / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.CourseDirectory.db_url = 'sqlite:///other.db'\n")
    done = grade(course)
    assert f"gradebook: {course.notebooks / 'other.db'}" in done.stdout, done.stderr
    assert len(graded_at(f"sqlite:///{course.notebooks / 'other.db'}")) == 3
    assert run(course.root, "autograder", "report", WEEK).returncode == 0
    assert len(graded_at("sqlite:///" + str(course.gradebook))) == 3
