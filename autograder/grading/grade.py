"""Grade one submission: bytes in, verdicts and executed notebook out. A pure function of its arguments."""

from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.errors import AutograderError, UnreadableNotebook
from autograder.grading.submissions import Job, read_submission
from autograder.judge import (
    Item,
    Record,
    Verdict,
    judge_reports,
    load_record,
    name_first_fault,
    read_record,
    record_bytes,
)
from autograder.judge.absent import Cell, why_absent
from autograder.notebooks import grade_id_of
from autograder.places import LessonFiles, repository
from autograder.run import CellRun, Limits, Sandbox, limits_of, restore, run_notebook, sandbox_for

SAFE_OUTPUTS = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a cell's rich output: nothing that a browser would run."""


@dataclass(frozen=True)
class GradingRules:
    """How a class is graded: what a worker needs once, besides the jobs.

    Attributes:
        records: the bytes of each lesson's references, by the lesson's name.
        limits: what a submission may use. run_demos: whether cells tagged `demo` run as well.
        isolation: "required", "available" or "none"; see :func:`autograder.run.sandbox_for`.
    """

    records: dict[str, bytes]
    limits: Limits = Limits()
    run_demos: bool = False
    isolation: str = "required"


def rules_for(lessons: list[LessonFiles], run_demos: bool = False, isolation: str = "required") -> GradingRules:
    """The rules to grade the lessons of a week with.

    Raises:
        RecordMissing, RecordBroken: a lesson has no references to judge by.
    """
    records = {lesson.name: record_bytes(lesson) for lesson in lessons}
    return GradingRules(records, limits_of(lessons[0].week), run_demos, isolation)


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
    return _grade(submission, record, repository().root, rules.limits, sandbox, rules.run_demos)


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
) -> Result:
    """Restore, run and judge one submission.

    Args:
        submission: what the learner handed in, from :func:`read_submission`.
        lesson: which lesson it answers.
        limits: what it may use; None for those of its week. run_demos: whether cells tagged `demo` run as well.
        isolation: as in :class:`GradingRules`.

    Raises:
        RecordMissing, RecordBroken: the lesson has no references to judge by.
        NotIsolated: the isolation that is required cannot be had.
    """
    record, sandbox = load_record(lesson), sandbox_for(lesson.root, isolation)
    return _grade(submission, record, lesson.root, limits or limits_of(lesson.week), sandbox, run_demos)


def _grade(
    submission: NotebookNode, record: Record, root: Path, limits: Limits, sandbox: Sandbox, run_demos: bool
) -> Result:
    notebook = restore(submission, record.template, run_demos)
    runs, held = run_notebook(notebook, root, record.seed, limits, sandbox)
    given = {grade_id_of(cell) or "": "".join(cell["source"]) for cell in record.template["cells"] if grade_id_of(cell)}
    told = [_as_it_ran(cell, run, given) for cell, run in zip(notebook.cells, runs, strict=True)]
    by_id = {grade_id_of(cell): as_it_ran for cell, as_it_ran in zip(notebook.cells, told, strict=True)}
    theirs = [
        i for i, cell in enumerate(notebook.cells) if not grade_id_of(cell) and cell.source not in record.released
    ]
    items, graded = [], []
    for here, (cell, run) in enumerate(zip(notebook.cells, runs, strict=True)):
        grade_id = grade_id_of(cell)
        if grade_id not in record.items:
            _make_safe(cell)
            continue
        exercise = record.items[grade_id].exercise
        own = by_id.get(exercise)
        item = judge_reports(record, exercise, run.reports, run.status, own.text if own else "")
        above, below = [told[i] for i in theirs if i < here], [told[i] for i in theirs if i > here]
        why = why_absent(exercise, item.difference, own, above, below)
        items.append(replace(item, difference=f"{item.difference} {why}") if why else item)
        graded.append(cell)
    items = name_first_fault(record, items)
    for cell, item in zip(graded, items, strict=True):
        cell.outputs = [verdict_output(item)]
    week, _, stem = record.lesson.partition("/")
    return Result(week, stem, tuple(items), held, notebook)


def _as_it_ran(cell: NotebookNode, run: CellRun, given: dict[str, str]) -> Cell:
    """A cell as the judge is told of it, before its outputs give way to a verdict."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    error, shown = (
        (("", ""), "") if not errors else ((errors[-1].ename, errors[-1].evalue), "\n".join(errors[-1].traceback))
    )
    return Cell(cell.source, cell.cell_type == "code", run.status, error, shown, given.get(grade_id_of(cell) or "", ""))


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
