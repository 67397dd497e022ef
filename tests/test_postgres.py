"""The gradebook on a PostgreSQL server that the test starts: as on SQLite, and its password goes nowhere."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa
from course import run
from grading import WEEK, content, copy_of, graded_at, hand_in
from nbgrader.api import Gradebook
from postgres import server
from processes import PATIENCE, wait_for

pytestmark = pytest.mark.slow

PRYING = """
import os, pathlib
print(dict(os.environ))
for path in pathlib.Path("/proc").glob("[0-9]*/*"):
    if path.name in ("environ", "cmdline"):
        try:
            print(path.read_bytes())
        except OSError:
            pass
import time
time.sleep(0.5)
"""


@pytest.fixture(scope="module")
def postgres():
    with server() as running:
        yield running


@pytest.fixture
def database(postgres):
    """The address of an empty gradebook, with the password in it."""
    engine = sa.create_engine(postgres.url(postgres.password))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return postgres.url(postgres.password)


@pytest.fixture
def course(tiny, submission, right, tmp_path):
    repo = copy_of(tiny, tmp_path / "course")
    hand_in(repo, "ann", submission(right), "2030-01-01 00:00:00 UTC")
    hand_in(repo, "bob", submission({"row_means": right["row_means"]}, extra=[PRYING]))
    hand_in(repo, "cyn", b"Dear teacher")
    return repo


def command(repo, *arguments) -> tuple[list[str], dict]:
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    return ["autograder", *arguments], {**os.environ, "COMPANION_ROOT": str(repo.root), "PATH": path}


def same_on_both(found):
    """What PostgreSQL and SQLite give back in types of their own."""
    return json.loads(json.dumps(found, default=str).replace("true", "1").replace("false", "0").replace(".000000", ""))


def test_the_same_gradebook_as_on_sqlite_and_regrading_keeps_what_a_person_entered(course, database):
    assert run(course.root, "autograder", "grade", WEEK).returncode == 0
    done = run(course.root, "autograder", "grade", WEEK, "--db", database, "--force", "--json")
    assert done.returncode == 0, done.stderr
    expected = same_on_both(content(f"sqlite:///{course.gradebook}"))
    assert same_on_both(content(database)) == expected
    assert {e["student"]: e["score"] for e in json.loads(done.stdout)} == {"ann": 5, "bob": 3, "cyn": 0}

    first = graded_at(database)
    with Gradebook(database) as book:
        grade = book.find_grade("noisy-test", "tiny", WEEK, "bob")
        grade.manual_score, grade.extra_credit = 1.5, 0.5
        book.db.commit()
        book.update_or_create_assignment(WEEK, duedate="2029-12-31 00:00:00 UTC")
    config = course.notebooks / "nbgrader_config.py"
    config.write_text(f'{config.read_text()}\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    done = run(course.root, "autograder", "grade", WEEK, "--db", database)
    assert "0 graded, 3 unchanged" in done.stdout and graded_at(database) == first
    found = content(database)
    assert ("bob", "noisy-test", 0.0, 1.5, 0.5, False) in found["grades"]
    assert [row[2] for row in found["notebooks"]] == [5.0, None, None]
    done = run(course.root, "autograder", "grade", WEEK, "--db", database, "--force")
    assert ("bob", "noisy-test", 0.0, 1.5, 0.5, True) in content(database)["grades"]
    rows = json.loads(run(course.root, "autograder", "report", WEEK, "--json", "--db", database).stdout)
    assert [row["of"] for row in rows] == [3, 3]
    with Gradebook(database) as book:
        assert len(book.submission_dicts(WEEK)) == 3
        book.remove_submission(WEEK, "cyn")
    assert "1 graded, 2 unchanged" in run(course.root, "autograder", "grade", WEEK, "--db", database).stdout


@pytest.mark.parametrize("how", ["option", "variable", "setting"])
def test_the_password_goes_nowhere(course, postgres, database, how):
    options, extra = [], {}
    if how == "option":
        options = ["--db", database]
    elif how == "variable":
        options, extra = ["--db", postgres.url()], {"PGPASSWORD": postgres.password}
    else:
        config = course.notebooks / "nbgrader_config.py"
        config.write_text(f"{config.read_text()}\nc.CourseDirectory.db_url = {database!r}\n")
    words, environment = command(course, "grade", WEEK, *options)
    process = subprocess.Popen(
        words, env={**environment, **extra}, cwd=course.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    seen = set()
    started = psutil.Process(process.pid)
    assert wait_for(started.cmdline)  # a program that has only just been started shows none yet
    ours = started.cmdline()
    while process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            try:
                line = child.cmdline()
                if line == ours:
                    continue  # forked and not yet another program: what it shows is still its parent's
                seen.add(child.pid)
                told = f"{line} {child.environ()}"
            except psutil.Error:
                continue
            assert postgres.password not in told
        time.sleep(0.02)
    stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert len(seen) >= 2 and len(graded_at(database)) == 3
    told = stdout + stderr + json.dumps(content(database), default=str)
    for path in course.notebooks.rglob("*"):
        if path.is_file() and path.name != "nbgrader_config.py":
            told += path.read_bytes().decode("utf-8", "replace")
    assert "PYTHON" in told and postgres.password not in told
    assert re.search(
        r"gradebook: postgresql\+psycopg2://grader(:\*\*\*)?@127.0.0.1:\d+/gradebook$", stdout, re.MULTILINE
    )


@pytest.mark.parametrize("how", ["wrong", "none", "user", "database", "port", "query"])
def test_an_address_that_does_not_work_is_said_in_one_line_without_the_password(course, postgres, how):
    address = {
        "wrong": postgres.url("wr0ng-secret"),
        "none": postgres.url(),
        "user": postgres.url("wr0ng-secret").replace("grader", "nobody"),
        "database": postgres.url(postgres.password) + "-of-others",
        "port": postgres.url("wr0ng-secret").replace(str(postgres.port), "1"),
        "query": postgres.url().replace("grader@", "") + "?user=grader&password=wr0ng-secret",
    }[how]
    for name in ("grade", "report"):
        done = run(course.root, "autograder", name, WEEK, "--db", address)
        assert done.returncode == 2 and done.stdout == "", done.stderr
        (line,) = done.stderr.strip().splitlines()
        assert line.startswith("autograder: The gradebook postgresql") and "cannot be used" in line
        assert "wr0ng-secret" not in line and postgres.password not in line


def test_a_server_that_goes_away_and_comes_back(course, submission, right, postgres):
    for student in "defghijk":
        hand_in(course, student * 3, submission(right, extra=[PRYING]))
    with server() as other:
        address = other.url(other.password)
        words, environment = command(course, "grade", WEEK, "--db", address)
        process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not _results(address):
            time.sleep(0.02)
        first = graded_at(address)
        other.restart(signal.SIGQUIT)
        _, stderr = process.communicate(timeout=PATIENCE)
        if process.returncode:
            assert process.returncode == 2
            (line,) = [x for x in stderr.splitlines() if x.strip() and "━" not in x]
            assert "the same command goes on" in line and other.password not in line
        done = subprocess.run(words, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found = graded_at(address)
        assert len(found) == 11 and {name: found[name] for name in first} == first


def _results(address) -> int:
    try:
        return len(graded_at(address))
    except sa.exc.SQLAlchemyError:
        return 0
