"""The writer: each result whole or not at all, whatever fails and whenever; what a person entered stays."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from grading import STEM, WEEK, content, copy_of, dump, hand_in, made_up, writer
from nbgrader.api import Gradebook

from autograder.errors import AutograderError
from autograder.gradebook.database import database_url, nbgrader_app
from autograder.gradebook.writer import Writer, writing
from autograder.grading.grade import rules_for
from autograder.places import Repository
from autograder.run.limits import Limits

FULL, HALF = {"row_means": 3.0, "noisy": 2.0}, {"row_means": 3.0, "noisy": 0.0}


class Broken(Exception):
    """What a test lets a statement raise."""


@pytest.fixture(scope="module")
def graded(tiny, tmp_path_factory):
    repo = copy_of(tiny, tmp_path_factory.mktemp("graded") / "course")
    with writer(repo) as w:
        w.write(*made_up(repo, "ada", HALF))
    with Gradebook(f"sqlite:///{repo.gradebook}") as book:
        grade = book.find_grade("noisy-test", STEM, WEEK, "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.5, False
        book.find_comment("noisy", STEM, WEEK, "ada").manual_comment = "Look at the scale again."
        book.db.commit()
    return repo


@pytest.fixture
def course(graded, tmp_path):
    """The tiny course, with ada graded once, and scores and comments that a person gave her."""
    return copy_of(graded, tmp_path / "course")


def failing_at(w: Writer, n: int, fail):
    """Let the n-th statement, or the commit after the last, call ``fail`` instead; returns the steps seen so far."""
    steps = []

    def step(*_):
        steps.append(1)
        if len(steps) == n:
            fail()

    sa.event.listen(w.book.engine, "before_cursor_execute", step)
    sa.event.listen(w.book.engine, "commit", step)
    return steps


def broken():
    raise Broken


@pytest.mark.parametrize("student", ["ada", "bob"], ids=["regraded", "new"])
def test_a_failure_at_any_statement_leaves_the_gradebook_as_before_or_as_after(course, student, monkeypatch):
    job = made_up(course, student, FULL, b"a new version")
    with writer(course):
        pass  # whatever opening a gradebook writes
    shutil.copy(course.gradebook, course.root / "before.db")
    before = dump(course.gradebook)
    after, n = None, 0
    while after is None:
        n += 1
        shutil.copy(course.root / "before.db", course.gradebook)
        with writer(course) as w:
            steps = failing_at(w, n, broken)
            try:
                w.write(*job)
                after = content(f"sqlite:///{course.gradebook}")
                assert len(steps) == n - 1
            except Broken:
                assert dump(course.gradebook) == before
                assert not w.is_done(job[0])
                w.write(*job)
                assert w.is_done(job[0])
                again = content(f"sqlite:///{course.gradebook}")
    assert n > 8
    assert after == again
    assert (student, "noisy-test", 2.0, *((1.5, 0.5, 1) if student == "ada" else (None, None, 0))) in after["grades"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that dies is a fork of this one")
@pytest.mark.parametrize("step", ["statement", "file", "rename"])
def test_death_at_any_step_leaves_the_gradebook_as_before_or_as_after(course, step, monkeypatch):
    job = made_up(course, "bob", FULL)
    with writer(course):
        pass
    shutil.copy(course.gradebook, course.root / "before.db")
    before, seen = content(f"sqlite:///{course.gradebook}"), []
    for n in range(1, 40):
        shutil.copy(course.root / "before.db", course.gradebook)
        shutil.rmtree(course.notebooks / "autograded", ignore_errors=True)
        child = os.fork()
        if child == 0:
            try:
                with writer(course) as w:
                    if step == "statement":
                        failing_at(w, n, lambda: os._exit(9))
                    elif step == "file":
                        monkeypatch.setattr("pathlib.Path.write_bytes", lambda path, data: (path.touch(), os._exit(9)))
                    else:
                        monkeypatch.setattr("os.replace", lambda a, b: os._exit(9))
                    w.write(*job)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        seen.append(content(f"sqlite:///{course.gradebook}"))
        if os.waitstatus_to_exitcode(status) == 0:
            break
        assert seen[-1] == before
        with writer(course) as w:
            assert not w.is_done(job[0])
            w.write(*job)
            assert w.is_done(job[0])
        if step != "statement":
            break
    assert len(seen) > (8 if step == "statement" else 0)
    assert ("bob", "noisy-test", 2.0, None, None, 0) in content(f"sqlite:///{course.gradebook}")["grades"]
    assert not list(course.notebooks.glob("autograded/**/*.part"))


def test_what_a_person_entered_stays_and_is_to_be_looked_at_again(course):
    with writer(course) as w:
        w.write(*made_up(course, "ada", FULL, b"new"))
    found = content(f"sqlite:///{course.gradebook}")
    assert ("ada", "noisy-test", 2.0, 1.5, 0.5, 1) in found["grades"]
    assert ("ada", "row_means-test", 3.0, None, None, 0) in found["grades"]
    assert ("ada", "noisy", None, "Look at the scale again.") in found["comments"]


def test_what_nbgrader_removed_is_graded_anew(course):
    job = made_up(course, "ada", HALF)
    url = f"sqlite:///{course.gradebook}"
    for remove in (
        lambda book: book.remove_submission(WEEK, "ada"),
        lambda book: book.remove_submission_notebook(STEM, WEEK, "ada"),
        lambda book: book.remove_student("ada"),
        lambda book: book.remove_assignment(WEEK),
    ):
        with writer(course) as w:
            w.write(*job)
            assert w.is_done(job[0])
        with Gradebook(url) as book:
            remove(book)
        with writer(course) as w:
            assert not w.is_done(job[0])
            w.write(*job)
        found = content(url)
        assert len(found["grades"]) == 2 and len(found["marks"]) == 1
        assert sum(row[2] for row in found["grades"]) == 3


def test_only_the_same_work_by_the_same_rules_with_its_notebook_whole_is_done(course):
    job, _ = made_up(course, "ada", HALF)
    changed, _ = made_up(course, "ada", HALF, b"changed")
    with writer(course) as w:
        assert w.is_done(job) and not w.is_done(changed)
        path = w.executed("ada", STEM)
        whole = path.read_bytes()
        for damage in (b"", whole[:-10], whole + b"\n"):
            path.write_bytes(damage)
            assert not w.is_done(job)
        path.unlink()
        assert not w.is_done(job)
        path.write_bytes(whole)
        assert w.is_done(job)
    app = nbgrader_app(course)
    for rules in (
        rules_for(course.week(WEEK), run_demos=True),
        replace(rules_for(course.week(WEEK)), limits=Limits(cell_seconds=1)),
    ):
        with writing(course, WEEK, database_url(course, app.coursedir.db_url), app, rules) as w:
            assert not w.is_done(job)


def test_where_the_grader_failed_it_grades_again(course):
    job, result = made_up(course, "bob", dict.fromkeys(FULL, 0.0))
    with writer(course) as w:
        w.write(job, replace(result, fault=True))
        assert not w.is_done(job)
        w.write(job, result)
        assert w.is_done(job)


def test_time_and_penalty_follow_the_gradebook_without_grading_again(course):
    config = course.notebooks / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    url = f"sqlite:///{course.gradebook}"
    hand_in(course, "ada", b"", "2030-01-02 03:04:05 UTC")
    with writer(course) as w:
        w.settle([("ada", STEM)])
    assert content(url)["notebooks"][0][2] is None
    for due, extension, penalty in (
        ("2030-01-01 00:00:00 UTC", None, 5.0),
        ("2030-01-01 00:00:00 UTC", timedelta(days=2), None),
        ("2030-01-03 00:00:00 UTC", None, None),
        (None, timedelta(days=2), None),
    ):
        with Gradebook(url) as book:
            book.update_or_create_assignment(WEEK, duedate=due)
            book.find_submission(WEEK, "ada").extension = extension
            book.db.commit()
        marks = content(url)["marks"]
        with writer(course) as w:
            w.settle([("ada", STEM)])
        found = content(url)
        (row,) = found["notebooks"]
        # Her score: 3 from the judge, 1.5 by hand instead of the other 0, 0.5 extra.
        assert row[2] == penalty and row[3].startswith("2030-01-02 03:04:05") and found["marks"] == marks


@pytest.mark.parametrize("text", ["", "yesterday", "\0", "9" * 5000, "0001-01-01 00:00:00 99", "2030-99-99", None])
def test_a_time_that_is_none_is_no_time(course, text):
    path = hand_in(course, "ada", b"").with_name("timestamp.txt")
    path.mkdir() if text is None else path.write_text(text)
    with writer(course) as w:
        w.settle([("ada", STEM)])
    assert content(f"sqlite:///{course.gradebook}")["notebooks"] == [("ada", STEM, None, None)]


def test_a_second_writer_is_refused_and_nbgrader_may_write_between(course):
    with writer(course) as w:
        with pytest.raises(AutograderError, match="Another grading"), writer(course):
            pass
        with Gradebook(f"sqlite:///{course.gradebook}") as book:
            book.update_or_create_student("eve", first_name="Eve")
        w.write(*made_up(course, "eve", FULL))
    with writer(course):
        pass


def test_an_interrupted_creation_is_made_good(course):
    with sqlite3.connect(course.gradebook) as connection:
        connection.execute("DROP TABLE alembic_version")
    with writer(course):
        pass
    with sqlite3.connect(course.gradebook) as connection:
        assert len(connection.execute("SELECT version_num FROM alembic_version").fetchall()) == 1


def test_a_password_in_the_environment_is_the_same_for_a_second_call_and_no_longer_there(tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    monkeypatch.setattr("autograder.gradebook.password._kept", {})
    urls = [database_url(Repository(tmp_path), "postgresql://me@host/db") for _ in range(2)]
    assert [url.password for url in urls] == ["hunter2"] * 2 and "PGPASSWORD" not in os.environ
    monkeypatch.setenv("PGPASSWORD", "another")
    assert database_url(Repository(tmp_path), "postgresql://me@host/db").password == "another"


def test_nothing_that_a_command_starts_is_told_the_password(repo):
    watched = (
        "import os, sys\n"
        "secret = 'hunter' + '2'\n"
        "def hook(event, arguments):\n"
        "    if event in ('subprocess.Popen', 'os.posix_spawn', 'os.fork', 'os.exec'):\n"
        "        print('started', 'and told' * (secret in repr((*os.environ.values(), sys.argv))))\n"
        "sys.addaudithook(hook)\n"
        "from autograder.cli import main\n"
        "main()\n"
    )
    for words, extra in (
        (["--db", "postgresql://me@127.0.0.1:1/none"], {"PGPASSWORD": "hunter2"}),
        (["--db", "postgresql://me:hunter2@127.0.0.1:1/none"], {}),
    ):
        words = [sys.executable, "-c", watched, "report", "course1-week2", *words]
        done = subprocess.run(words, cwd=repo.root, env={**os.environ, **extra}, text=True, capture_output=True)
        assert done.returncode == 2 and "no server answers there" in done.stderr, done.stderr
        assert "told" not in done.stdout
