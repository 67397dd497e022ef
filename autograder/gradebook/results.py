"""Two tables of our own in nbgrader's database: what was graded, from what, and with which result.

A row belongs to nbgrader's row of the same key. Where nbgrader removes that one, ours means nothing any more.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from nbgrader.api import Assignment, Comment, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Column, DateTime, String, Text, select
from sqlalchemy.orm import Session

_ours = sa.MetaData()

RESULTS = sa.Table(
    "companion_results",
    _ours,
    Column("notebook_id", String(32), primary_key=True),  # of submitted_notebook
    Column("submission", String(64), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("settings", Text, nullable=False),
    Column("executed", String(64), nullable=False),
    Column("page", String(64)),
    Column("isolation", String(128), nullable=False),
    Column("handed_in", DateTime),
    Column("graded_at", DateTime, nullable=False),
    Column("result", Text, nullable=False),
)

ASSIGNMENTS = sa.Table(
    "companion_assignments",
    _ours,
    Column("assignment_id", String(32), primary_key=True),  # of assignment
    Column("source", String(64), nullable=False),
)

# nbgrader looks these up by notebook; without an index that reads the whole class each time.
_INDEXES = [sa.Index(f"companion_{x.__tablename__}_notebook", x.__table__.c.notebook_id) for x in (Grade, Comment)]


class Work(NamedTuple):
    """What one result was made from: two SHA-256 digests, and the rules as JSON.

    Attributes:
        submission: of what was handed in. reference: of the recorded references.
        settings: what changes verdicts: limits, whether demos ran.
    """

    submission: str
    reference: str
    settings: str


@dataclass(frozen=True)
class Mark:
    """What is kept beside one result, by the id of nbgrader's row.

    Attributes:
        work: what it was made from. executed: the SHA-256 digest of the executed notebook's file.
        page: that of what the feedback page shows; None where there is none.
    """

    notebook_id: str
    work: Work
    executed: str
    page: str | None = None


def create_tables(engine: sa.Engine) -> None:
    """Make our tables where they are not there yet."""
    _ours.create_all(engine)


def create_indexes(engine: sa.Engine) -> None:
    """Make the indexes that nbgrader's tables lack."""
    for index in _INDEXES:
        index.create(engine, checkfirst=True)


def forget_removed(session: Session) -> None:
    """Drop the rows whose notebook or assignment nbgrader removed."""
    session.execute(sa.delete(RESULTS).where(RESULTS.c.notebook_id.not_in(select(SubmittedNotebook.id))))
    session.execute(sa.delete(ASSIGNMENTS).where(ASSIGNMENTS.c.assignment_id.not_in(select(Assignment.id))))


def _of_week(week: str, *columns) -> sa.Select:
    return (
        select(SubmittedAssignment.student_id, Notebook.name, *columns)
        .select_from(RESULTS)
        .join(SubmittedNotebook, SubmittedNotebook.id == RESULTS.c.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == week)
    )


def marks_of(session: Session, week: str) -> dict[tuple[str, str], Mark]:
    """The marks of a week by student and lesson."""
    names = ("notebook_id", "executed", "page", *Work._fields)
    rows = session.execute(_of_week(week, *(RESULTS.c[name] for name in names)))
    return {
        (student, stem): Mark(notebook_id, Work(*work), executed, page)
        for student, stem, notebook_id, executed, page, *work in rows
    }


def results_of(session: Session, week: str) -> list[dict]:
    """The results of a week as they were stored, with the name of the student, in order of student and lesson."""
    rows = session.execute(_of_week(week, RESULTS.c.result)).all()
    return [{"student": student, **json.loads(result)} for student, _, result in sorted(rows, key=lambda row: row[:2])]


def put_mark(session: Session, mark: Mark, result: dict, handed_in: datetime | None, graded_at: datetime) -> None:
    """Enter one result, in the place of an earlier one."""
    session.execute(sa.delete(RESULTS).where(RESULTS.c.notebook_id == mark.notebook_id))
    session.execute(
        sa.insert(RESULTS).values(
            notebook_id=mark.notebook_id,
            executed=mark.executed,
            page=mark.page,
            **mark.work._asdict(),
            isolation=result["isolation"],
            handed_in=handed_in,
            graded_at=graded_at,
            result=json.dumps(result),
        )
    )


def put_page(session: Session, notebook_id: str, page: str) -> None:
    """Note what the feedback page shows now."""
    session.execute(sa.update(RESULTS).where(RESULTS.c.notebook_id == notebook_id).values(page=page))


def source_of(session: Session, assignment_id: str) -> str | None:
    """The digest of the source notebooks that the assignment was entered from."""
    return session.scalar(select(ASSIGNMENTS.c.source).where(ASSIGNMENTS.c.assignment_id == assignment_id))


def put_source(session: Session, assignment_id: str, source: str) -> None:
    """Note what an assignment was entered from."""
    session.execute(sa.delete(ASSIGNMENTS).where(ASSIGNMENTS.c.assignment_id == assignment_id))
    session.execute(sa.insert(ASSIGNMENTS).values(assignment_id=assignment_id, source=source))
