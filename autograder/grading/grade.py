"""Grade one submission: bytes in, verdicts and executed notebook out. A pure function of its arguments."""

from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.errors import AutograderError, UnreadableNotebook
from autograder.grading.judged_cells import JudgedCells
from autograder.grading.submissions import Job, read_submission
from autograder.judge import (
    Item,
    Record,
    Verdict,
    load_record,
    name_first_fault,
    read_record,
    record_bytes,
)
from autograder.notebooks import grade_id_of
from autograder.places import LessonFiles, repository
from autograder.run.limits import Limits, limits_of
from autograder.run.notebook import run_notebook
from autograder.run.restore import restore
from autograder.run.sandbox import Sandbox, sandbox_for

SAFE_OUTPUTS = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a cell's rich output: nothing that a browser would run."""


@dataclass(frozen=True)
class GradingRules:
    """How a class is graded: what a worker needs once, besides the jobs.

    Attributes:
        records: the bytes of each lesson's references, by the lesson's name.
        limits: what a submission may use. run_demos: whether cells tagged `demo` run as well.
        isolation: "required", "available" or "none"; see :func:`autograder.run.sandbox_for`.
        trace: whether to look for the line in which an answer errs, where nothing else explains it.
    """

    records: dict[str, bytes]
    limits: Limits = Limits()
    run_demos: bool = False
    isolation: str = "required"
    trace: bool = True


def rules_for(
    lessons: list[LessonFiles], run_demos: bool = False, isolation: str = "required", trace: bool = True
) -> GradingRules:
    """The rules to grade the lessons of a week with.

    Raises:
        RecordMissing, RecordBroken: a lesson has no references to judge by.
    """
    records = {lesson.name: record_bytes(lesson) for lesson in lessons}
    return GradingRules(records, limits_of(lessons[0].week), run_demos, isolation, trace)


@dataclass(frozen=True)
class Result:
    """One graded notebook.

    Attributes:
        lesson: ``week/stem``. items: the verdicts, in the notebook's order.
        isolation: the level that the submission ran at.
        notebook: the notebook as it ran, with the verdicts as the outputs of its graded cells.
        fault: whether the grader failed, not the submission: it is graded again next time.
    """

    week: str
    stem: str
    items: tuple[Item, ...]
    isolation: str
    notebook: NotebookNode
    fault: bool = False

    @property
    def score(self) -> float:
        return sum(item.points for item in self.items)

    @property
    def max_score(self) -> float:
        return sum(item.max_points for item in self.items)

    def as_json(self, **more) -> dict:
        return {
            **more,
            "assignment": self.week,
            "lesson": self.stem,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": self.isolation,
            "items": [item.as_json() for item in self.items],
        }


def grade_job(job: Job, rules: GradingRules) -> Result:
    """Grade one submission, on any machine that has this package, ``companion/`` and ``data/``.

    Whatever is wrong with the submission becomes its verdicts.

    Raises:
        RecordBroken: the references cannot be read. NotIsolated: the isolation that is required cannot be had.
    """
    record = read_record(job.lesson, rules.records[job.lesson])
    sandbox = sandbox_for(repository().root, rules.isolation)
    if job.data is None:
        return unreadable(record, job.why, Verdict.MISSING if job.missing else Verdict.UNREADABLE, sandbox)
    try:
        submission = read_submission(job.data, f"{job.stem}.ipynb")
    except UnreadableNotebook as error:
        return unreadable(record, str(error), sandbox=sandbox)
    return _grade(submission, record, repository().root, rules.limits, sandbox, rules.run_demos, rules.trace)


def grade_safely(job: Job, rules: GradingRules) -> Result:
    """Grade a job; a fault of ours is that submission's verdict until it is graded again, and does not stop the class.

    Raises:
        AutograderError: nothing can be graded here.
    """
    try:
        return grade_job(job, rules)
    except AutograderError:
        raise
    except Exception as error:  # noqa: BLE001 - one notebook must not stop the class: its items say so
        why = f"The grader failed on this notebook ({type(error).__name__}: {error})."
        record = read_record(job.lesson, rules.records[job.lesson])
        sandbox = sandbox_for(repository().root, rules.isolation)
        return replace(unreadable(record, why, Verdict.KILLED, sandbox), fault=True)


def grade_notebook(
    submission: NotebookNode,
    lesson: LessonFiles,
    limits: Limits | None = None,
    run_demos: bool = False,
    isolation: str = "available",
    trace: bool = True,
) -> Result:
    """Restore, run and judge one submission.

    Args:
        submission: what the learner handed in, from :func:`read_submission`.
        lesson: which lesson it answers.
        limits: what it may use; None for those of its week. run_demos: whether cells tagged `demo` run as well.
        isolation, trace: as in :class:`GradingRules`.

    Raises:
        RecordMissing, RecordBroken: the lesson has no references to judge by.
        NotIsolated: the isolation that is required cannot be had.
    """
    record, sandbox = load_record(lesson), sandbox_for(lesson.root, isolation)
    return _grade(submission, record, lesson.root, limits or limits_of(lesson.week), sandbox, run_demos, trace)


def _grade(
    submission: NotebookNode,
    record: Record,
    root: Path,
    limits: Limits,
    sandbox: Sandbox,
    run_demos: bool,
    trace: bool,
) -> Result:
    notebook = restore(submission, record.template, run_demos)
    cells = JudgedCells(record, notebook)
    runs, held = run_notebook(notebook, root, record.seed, limits, sandbox, cells.further if trace else None)
    items = name_first_fault(record, cells.items(runs))
    verdicts = dict(zip(cells.graded(), items, strict=True))
    for here, cell in enumerate(notebook.cells):
        if here in verdicts:
            cell.outputs = [verdict_output(verdicts[here])]
        else:
            _make_safe(cell)
    week, _, stem = record.lesson.partition("/")
    return Result(week, stem, tuple(items), held, notebook)


def unreadable(record: Record, why: str, verdict: Verdict = Verdict.UNREADABLE, sandbox: Sandbox = Sandbox()) -> Result:
    """The result of a notebook that could not be read, or was not handed in: every item fails with the reason."""
    items = tuple(Item(x.grade_id, x.exercise, 0.0, x.points, verdict, why) for x in record.items.values())
    week, _, stem = record.lesson.partition("/")
    return Result(week, stem, items, sandbox.name, _explained(record, why, items))


def _explained(record: Record, why: str, items: tuple[Item, ...]) -> NotebookNode:
    """The released notebook with the reason in every graded cell, for the feedback page."""
    notebook = restore(new_notebook(), record.template)
    by_id = {item.grade_id: item for item in items}
    for cell in notebook.cells:
        grade_id = grade_id_of(cell)
        if grade_id in by_id:
            cell.outputs = [verdict_output(by_id[grade_id])]
    first = new_code_cell("", id="reason", outputs=[new_output("stream", text=why)])
    notebook.cells.insert(0, first)
    return notebook


def verdict_output(item: Item) -> NotebookNode:
    """A verdict as the output of its graded cell: nbgrader scores text as full marks and an error as none."""
    # Plain nodes: new_output checks each against nbformat's schema, which takes 0.2 ms.
    if item.passed:
        return NotebookNode(output_type="stream", name="stdout", text=f"Passed. {item.message}\n")
    title = str(item.verdict).title().replace(" ", "")
    lines = [f"{title}: {item.sentence}"]
    return NotebookNode(output_type="error", ename=title, evalue=item.sentence, traceback=lines)


def _make_safe(cell: NotebookNode) -> None:
    """Keep of what was printed only what a browser will not run; Markdown is cleaned where it becomes a page."""
    for output in cell.get("outputs", ()):
        if "data" in output:
            output.data = NotebookNode({kind: data for kind, data in output.data.items() if kind in SAFE_OUTPUTS})
            output.metadata = NotebookNode()
