"""What the gradebook's tests share: classes of the tiny course, results without a kernel,
and what a gradebook holds."""

import shutil
import sqlite3
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from autograder.grade_week import grade_week
from autograder.gradebook.database import database_url, nbgrader_app
from autograder.gradebook.writer import Writer, writing
from autograder.grading.grade import Job, Result, rules_for, unreadable
from autograder.judge import Verdict, load_record
from autograder.places import Repository

WEEK, STEM = "course9-week1", "tiny"


def copy_of(tiny: Repository, root: Path) -> Repository:
    """The tiny course in a folder where a test may grade and do damage."""
    shutil.copytree(tiny.root, root, symlinks=True)
    return Repository(root)


def hand_in(repo: Repository, student: str, data: bytes, timestamp: str | None = None) -> Path:
    """Put a student's notebook where it is collected; returns its path."""
    folder = repo.notebooks / "submitted" / student / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{STEM}.ipynb"
    path.write_bytes(data)
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)
    return path


def made_up(repo: Repository, student: str, points: dict[str, float], data: bytes = b"") -> tuple[Job, Result]:
    """A job, and a result that no kernel gave: points by exercise."""
    (lesson,) = repo.week(WEEK)
    result = unreadable(load_record(lesson), "made up")
    items = [
        replace(item, points=points[item.exercise], verdict=Verdict.PASSED if points[item.exercise] else item.verdict)
        for item in result.items
    ]
    return Job(student, WEEK, STEM, data), replace(result, items=tuple(items))


def writer(repo: Repository) -> AbstractContextManager[Writer]:
    """The writer of the tiny course's gradebook, as the command sets it up."""
    app = nbgrader_app(repo)
    return writing(repo, WEEK, database_url(repo, app.coursedir.db_url), app, rules_for(repo.week(WEEK)))


def interrupted_after(results: int, *options: str) -> list[str]:
    """The command that grades, in which a Ctrl-C comes as soon as so many results are written.

    As from a terminal: to every process of the group, so it has to be started in a session of its own.
    """
    where = grade_week.__module__
    program = f"""
import os, signal
import {where} as session
from autograder.cli import main
grade_all = session.grade_all

def interrupted(jobs, pool):
    for number, done in enumerate(grade_all(jobs, pool), start=1):
        yield done
        if number == {results}:
            os.killpg(0, signal.SIGINT)

session.grade_all = interrupted
main()
"""
    return [sys.executable, "-c", program, "grade", *options]


CONTENT = {
    "grades": """
        SELECT s.student_id, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN base_cell b ON b.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
        JOIN submitted_assignment s ON s.id = n.assignment_id""",
    "comments": """
        SELECT s.student_id, b.name, c.auto_comment, c.manual_comment
        FROM comment c JOIN base_cell b ON b.id = c.cell_id JOIN submitted_notebook n ON n.id = c.notebook_id
        JOIN submitted_assignment s ON s.id = n.assignment_id""",
    "notebooks": """
        SELECT s.student_id, k.name, n.late_submission_penalty, s.timestamp
        FROM submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id
        JOIN notebook k ON k.id = n.notebook_id""",
    "students": "SELECT id FROM student",
}
"""What nbgrader's tables say, without the random ids."""

MARKS = """
    SELECT s.student_id, r.submission, r.reference, r.settings, r.isolation, r.handed_in, r.result
    FROM companion_results r JOIN submitted_notebook n ON n.id = r.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id"""


def content(url, marks: bool = True) -> dict[str, list]:
    """All that a gradebook says of a class, in an order of its own."""
    engine = sa.create_engine(url)
    queries = {**CONTENT, "marks": MARKS} if marks else CONTENT
    with engine.connect() as connection:
        found = {name: sorted(map(tuple, connection.execute(sa.text(q))), key=repr) for name, q in queries.items()}
    engine.dispose()
    return found


def graded_at(url) -> dict[str, datetime]:
    """When each student's notebook was graded."""
    query = MARKS.replace("r.submission", "r.graded_at")
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(sa.text(query))}
    engine.dispose()
    return found


def dump(path: Path) -> list[str]:
    """An SQLite file, row by row."""
    with sqlite3.connect(path) as connection:
        rows = sorted(connection.iterdump())
    connection.close()
    return rows
