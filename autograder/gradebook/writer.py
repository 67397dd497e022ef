"""The one writer: each result in one transaction into nbgrader's gradebook, the executed notebook beside it."""

import contextlib
import hashlib
import json
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from nbgrader import api
from nbgrader.api import SubmittedAssignment, SubmittedNotebook
from nbgrader.apps.baseapp import NbGrader
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, is_solution
from sqlalchemy import URL, select
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

from autograder.errors import AlreadyGrading, CannotWrite
from autograder.files import write_file
from autograder.gradebook.database import clear_errors, opened, transaction
from autograder.gradebook.results import Mark, Work, forget_removed, marks_of, put_mark, put_source, source_of
from autograder.grading.grade import GradingRules, Job, Result
from autograder.grading.submissions import copy_slips, submitted_at
from autograder.nbgrader_apps import generate_release
from autograder.places import Repository

AGAIN = ""
"""Stands where the digest of a submission would, for one that has to be graded again."""

NO_RESPONSE = "No response."
"""What nbgrader writes as the comment of an answer that was left as it was released."""


@dataclass
class _Cells:
    """A lesson's notebook in the gradebook: its id, and the names and types of its cells by their ids."""

    notebook_id: str
    names: dict[str, str]
    types: dict[str, str]


@contextlib.contextmanager
def writing(repo: Repository, week: str, url: URL, app: NbGrader, rules: GradingRules) -> Iterator["Writer"]:
    """The writer of one week's results, with the gradebook open and other writers kept out.

    Args:
        rules: the references and whatever else changes verdicts; it is kept with every result.

    Raises:
        AlreadyGrading: another one writes. GradebookFailed: the database does. CannotWrite: the folder is at fault.
    """
    # nbgrader's own session handling makes SQLAlchemy warn on every new submission.
    warnings.filterwarnings("ignore", category=SAWarning)
    with grading_lock(repo), opened(url) as book:
        with clear_errors(url):
            writer = Writer(repo, week, url, app, rules, book)
        yield writer


class Writer:
    """Writes one week's results into a gradebook; :func:`writing` makes it.

    Scores that a person gave, comments and extra credit are never touched.
    """

    def __init__(self, repo: Repository, week: str, url: URL, app: NbGrader, rules: GradingRules, book: api.Gradebook):
        self.repo, self.week, self.url, self.book = repo, week, url, book
        self.references = {name: _digest(data) for name, data in rules.records.items()}
        others = {key: value for key, value in asdict(rules).items() if key != "records"}
        self.settings = json.dumps(others, sort_keys=True)
        self.penalties = AssignLatePenalties(config=app.config)
        self.penalties.init_plugin()
        self.cells: dict[str, _Cells] = {}
        self._enter_assignment()
        with transaction(book) as session:
            self.marks = marks_of(session, week)

    def _enter_assignment(self) -> None:
        """Enter the assignment and its cells as nbgrader does, unless that was done from the same source."""
        lessons = self.repo.week(self.week)
        source = _digest(*(lesson.source.read_bytes() for lesson in lessons))
        with transaction(self.book) as session:
            forget_removed(session)
            known = self._read_assignment(session) and source_of(session, str(self.assignment_id)) == source
        if not known or {lesson.stem for lesson in lessons} != set(self.cells):
            with tempfile.TemporaryDirectory() as scratch:
                address = self.url.render_as_string(hide_password=False)
                generate_release(self.repo, self.week, ["*"], Path(scratch), address)
            with transaction(self.book) as session:
                self._read_assignment(session)
                put_source(session, str(self.assignment_id), source)

    def _read_assignment(self, session: Session) -> bool:
        self.assignment_id = session.scalar(select(api.Assignment.id).where(api.Assignment.name == self.week))
        rows = select(api.Notebook.name, api.Notebook.id).where(api.Notebook.assignment_id == self.assignment_id)
        for stem, notebook_id in session.execute(rows):
            cells = select(api.BaseCell.id, api.BaseCell.name, api.BaseCell.type).where(
                api.BaseCell.notebook_id == notebook_id
            )
            found = session.execute(cells).all()
            self.cells[stem] = _Cells(notebook_id, {i: name for i, name, _ in found}, {i: kind for i, _, kind in found})
        return self.assignment_id is not None

    def _work(self, job: Job) -> Work:
        return Work(job.digest, self.references[job.lesson], self.settings)

    def is_done(self, job: Job) -> bool:
        """Whether the same submission was graded by the same rules, and its executed notebook is there and whole."""
        mark = self.marks.get((job.student, job.stem))
        if mark is None or mark.work != self._work(job):
            return False
        path = self.executed(job.student, job.stem)
        return path.is_file() and _digest(path.read_bytes()) == mark.executed

    def executed(self, student: str, stem: str) -> Path:
        """Where the executed notebook is."""
        return self.repo.notebooks / "autograded" / student / self.week / f"{stem}.ipynb"

    def write(self, job: Job, result: Result) -> None:
        """Enter one result, all of it or nothing: scores, late penalty, mark, and before them the executed notebook."""
        folder = self.repo.notebooks / "submitted" / job.student / self.week
        handed_in = submitted_at(folder)
        unanswered = {
            cell.metadata.nbgrader.grade_id
            for cell in result.notebook.cells
            if is_solution(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
        }
        points = {item.grade_id: item.points for item in result.items}
        data = json.dumps(_as_nbgrader_expects(result)).encode()
        with clear_errors(self.url), transaction(self.book) as session:
            submission, notebook = self._submitted(session, job.student, job.stem)
            names = self.cells[job.stem].names
            for grade in notebook.grades:
                grade.auto_score = points.get(names[grade.cell_id], grade.auto_score)
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for comment in notebook.comments:
                comment.auto_comment = NO_RESPONSE if names[comment.cell_id] in unanswered else None
            self._settle(session, submission, notebook, handed_in)
            work = self._work(job)
            mark = Mark(notebook.id, work._replace(submission=AGAIN) if result.fault else work, _digest(data))
            put_mark(session, mark, result.as_json(), handed_in, datetime.now(UTC).replace(tzinfo=None))
            session.flush()
            path = self.executed(job.student, job.stem)
            write_file(path, data)
            copy_slips(folder, path.parent)
        self.marks[job.student, job.stem] = mark

    def settle(self, jobs: list[tuple[str, str]]) -> None:
        """Bring the time of handing in and the late penalty of unchanged notebooks up to date.

        Args:
            jobs: their students and lessons.
        """
        by_student = defaultdict(list)
        for student, stem in jobs:
            by_student[student].append(stem)
        with clear_errors(self.url), transaction(self.book) as session:
            for student, stems in by_student.items():
                handed_in = submitted_at(self.repo.notebooks / "submitted" / student / self.week)
                for stem in stems:
                    self._settle(session, *self._submitted(session, student, stem), handed_in)

    def _settle(self, session, submission: SubmittedAssignment, notebook: SubmittedNotebook, handed_in) -> None:
        """What nbgrader's Autograde and AssignLatePenalties do, without a commit in between."""
        if handed_in is not None:
            submission.timestamp = handed_in
        penalty = None
        if self.penalties.enabled and submission.assignment.duedate and submission.total_seconds_late > 0:
            session.flush()
            session.refresh(notebook, ["score"])
            late = submission.total_seconds_late
            penalty = self.penalties.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
        notebook.late_submission_penalty = (
            None if penalty is None else self.penalties._check_late_penalty(notebook, penalty)
        )

    def _submitted(self, session, student: str, stem: str) -> tuple[SubmittedAssignment, SubmittedNotebook]:
        """A student's submission and one notebook of it; made where it is missing,
        as `Gradebook.add_submission` does."""
        found = (
            select(SubmittedAssignment, SubmittedNotebook)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(SubmittedAssignment.assignment_id == self.assignment_id, SubmittedAssignment.student_id == student)
            .where(SubmittedNotebook.notebook_id == self.cells[stem].notebook_id)
        )
        row = session.execute(found).first()
        if row is None:
            self._add_submission(session, student)
            row = session.execute(found).one()
        return tuple(row)

    def _add_submission(self, session, student: str) -> None:
        if session.get(api.Student, student) is None:
            session.add(api.Student(id=student))
        owned = select(SubmittedAssignment).filter_by(assignment_id=self.assignment_id, student_id=student)
        submission = session.scalar(owned) or SubmittedAssignment(assignment_id=self.assignment_id, student_id=student)
        there = {notebook.notebook_id for notebook in submission.notebooks}
        for cells in self.cells.values():
            if cells.notebook_id in there:
                continue
            notebook = SubmittedNotebook(notebook_id=cells.notebook_id, assignment=submission)
            for cell_id, kind in cells.types.items():
                if kind in ("GradeCell", "TaskCell"):
                    api.Grade(cell_id=cell_id, notebook=notebook)
                if kind in ("SolutionCell", "TaskCell"):
                    api.Comment(cell_id=cell_id, notebook=notebook)
        session.add(submission)


@contextlib.contextmanager
def grading_lock(repo: Repository):
    """Hold the right to write into the gradebook; given back even when the process is killed.

    Raises:
        AlreadyGrading: another process has it. CannotWrite: the folder of the notebooks is at fault.
    """
    lock = FileLock(repo.notebooks / ".grading.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyGrading(repo.notebooks) from None
    except OSError as error:
        raise CannotWrite(lock.lock_file, error) from None
    try:
        yield
    finally:
        lock.release()


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _as_nbgrader_expects(result: Result):
    """Checksums as OverwriteCells would leave them, so that formgrader and feedback know their cells."""
    for cell in result.notebook.cells:
        if "nbgrader" in cell.metadata and not is_solution(cell):
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return result.notebook
