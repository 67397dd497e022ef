"""Grade one submission: bytes in, verdicts and executed notebook out. A pure function of its arguments."""

import json
import re
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.errors import UnreadableNotebook
from autograder.judge import Item, Record, Verdict, judge_reports, load_record
from autograder.places import Lesson
from autograder.run import Limits, best_sandbox, grade_id_of, restore, run_notebook

MAX_BYTES = 20 * 2**20
"""A larger notebook is not opened."""

SAFE_OUTPUTS = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a cell's rich output: nothing that a browser would run."""

_ACTIVE = re.compile(r"<(?=[A-Za-z/!?])|\[")
"""What can start a tag or a link in Markdown; as character references both are only text."""


@dataclass(frozen=True)
class Result:
    """One graded notebook.

    Attributes:
        lesson: ``week/stem``. items: the verdicts, in the notebook's order.
        isolation: the level that the submission ran at.
        notebook: the notebook as it ran, with the verdicts as the outputs of its graded cells.
    """

    week: str
    stem: str
    items: tuple[Item, ...]
    isolation: str
    notebook: NotebookNode

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


def read_submission(data: bytes, name: str) -> NotebookNode:
    """Parse what a learner handed in.

    Raises:
        UnreadableNotebook: with what is wrong, in a sentence.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableNotebook(name, f"it has more than {MAX_BYTES // 2**20} MB. Clear its outputs.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableNotebook(name, "it is not UTF-8 text.") from None
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        found = "the file is empty" if not text.strip() else f"it is not valid JSON ({error})"
        raise UnreadableNotebook(name, f"{found}.") from None
    if not isinstance(tree, dict) or type(tree.get("nbformat")) is not int:
        raise UnreadableNotebook(name, "it is JSON, but not a notebook: it has no nbformat number.")
    if tree["nbformat"] not in (3, 4):
        raise UnreadableNotebook(name, f"its format is nbformat {tree['nbformat']}; 3 and 4 can be read.")
    try:
        notebook = nbformat.convert(nbformat.from_dict(tree), 4)
        if not isinstance(notebook.cells, list):
            raise TypeError("the cells are no list")
        for cell in notebook.cells:
            _check_cell(cell)
    except Exception as error:
        raise UnreadableNotebook(
            name, f"its cells are not a notebook's ({type(error).__name__}: {str(error)[:100]})."
        ) from None
    return notebook


def _check_cell(cell: NotebookNode) -> None:
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(cell.get("metadata", {}), dict):
        raise TypeError("a cell without text or metadata")
    source.encode("utf-8")
    cell["source"], cell["metadata"] = source, cell.get("metadata", {})
    if cell["cell_type"] not in ("code", "markdown", "raw"):
        raise TypeError(f"a cell of type {cell['cell_type']!r}")


def grade_notebook(
    submission: NotebookNode, lesson: Lesson, limits: Limits = Limits(), run_demos: bool = False
) -> Result:
    """Restore, run and judge one submission.

    Args:
        submission: what the learner handed in, from :func:`read_submission`.
        lesson: which lesson it answers.
        limits: what it may use. run_demos: whether cells tagged `demo` run as well.

    Raises:
        RecordMissing, RecordBroken: the lesson has no references to judge by.
    """
    record = load_record(lesson)
    notebook = restore(submission, record.template, run_demos)
    runs, isolation = run_notebook(notebook, lesson.root, record.seed, limits)
    items = []
    released = {"".join(cell["source"]) for cell in record.template["cells"]}
    for cell, run in zip(notebook.cells, runs, strict=True):
        grade_id = grade_id_of(cell)
        if grade_id not in record.items:
            _make_safe(cell, released)
            continue
        ran = {"timed out": Verdict.TIMED_OUT, "killed": Verdict.KILLED}.get(run.status)
        item = judge_reports(record, record.items[grade_id].exercise, run.reports, ran)
        cell.outputs = [verdict_output(item)]
        items.append(item)
    return Result(lesson.week, lesson.stem, tuple(items), isolation, notebook)


def unreadable(lesson: Lesson, why: str, verdict: Verdict = Verdict.UNREADABLE) -> Result:
    """The result of a notebook that could not be read, or was not handed in: every item fails with the reason."""
    record = load_record(lesson)
    items = tuple(Item(x.grade_id, x.exercise, 0.0, x.points, verdict, None, why) for x in record.items.values())
    return Result(lesson.week, lesson.stem, items, best_sandbox(lesson.root).name, _explained(record, why, items))


def _explained(record: Record, why: str, items: tuple[Item, ...]) -> NotebookNode:
    """The released notebook with the reason in every graded cell, for the feedback page."""
    notebook = restore(new_notebook(), record.template)
    by_id = {item.grade_id: item for item in items}
    for cell in notebook.cells:
        grade_id = grade_id_of(cell)
        if grade_id in by_id:
            cell.outputs = [verdict_output(by_id[grade_id])]
    first = new_code_cell("", outputs=[new_output("stream", text=why)])
    notebook.cells.insert(0, first)
    return notebook


def verdict_output(item: Item) -> NotebookNode:
    """A verdict as the output of its graded cell: nbgrader scores text as full marks and an error as none."""
    if item.passed:
        return new_output("stream", name="stdout", text=f"Passed. {item.message}\n")
    title = str(item.verdict).title().replace(" ", "")
    return new_output("error", ename=title, evalue=item.sentence, traceback=[f"{title}: {item.sentence}"])


def _make_safe(cell: NotebookNode, released: set[str]) -> None:
    """Keep of what a learner wrote and printed only what a browser will not run."""
    if cell.cell_type != "code":
        if cell.source not in released:
            cell.source = _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", cell.source)
        return
    for output in cell.outputs:
        if "data" in output:
            output.data = NotebookNode({kind: data for kind, data in output.data.items() if kind in SAFE_OUTPUTS})
            output.metadata = NotebookNode()
