"""The graded cells of one notebook, judged as it ran, and what is asked of the kernel once more."""

from dataclasses import replace

from nbformat import NotebookNode

from autograder.judge import Item, Record, judge_reports
from autograder.judge.absent import Cell, why_absent
from autograder.judge.second_look import line, next_question
from autograder.notebooks import grade_id_of
from autograder.run.conversation import CellRun
from autograder.run.notebook import ASKED


class JudgedCells:
    """The verdicts on the graded cells of a notebook.

    Args:
        record: the lesson's record. notebook: the submission, restored; its cells are those that run.
    """

    def __init__(self, record: Record, notebook: NotebookNode):
        self._record, self._cells = record, notebook.cells
        self._sources = {grade_id_of(cell): cell.source for cell in notebook.cells}
        self._judged: dict[int, Item] = {}

    def graded(self) -> list[int]:
        """The places of the graded cells."""
        return [here for here, cell in enumerate(self._cells) if grade_id_of(cell) in self._record.items]

    def further(self, runs: list[CellRun]) -> dict[int, str]:
        """Cells to run when all else has run, by place: those that tell where an answer errs that nothing explains."""
        found = {}
        for here in self.graded():
            run = runs[here]
            question = next_question(self._record, self._judge(here, run), run.reports, run.more)
            if question:
                found[here] = ASKED.format(question) + self._cells[here].source
        return found

    def items(self, runs: list[CellRun]) -> list[Item]:
        """The verdicts, in the notebook's order."""
        told = [_as_it_ran(cell, run) for cell, run in zip(self._cells, runs, strict=True)]
        given = {grade_id_of(cell): "".join(cell["source"]) for cell in self._record.template["cells"]}
        by_id = {
            grade_id_of(cell): replace(as_it_ran, given=given.get(grade_id_of(cell), ""))
            for cell, as_it_ran in zip(self._cells, told, strict=True)
        }
        released = self._record.released
        theirs = [i for i, cell in enumerate(self._cells) if not grade_id_of(cell) and cell.source not in released]
        items = []
        for here in self.graded():
            item, run = self._judge(here, runs[here]), runs[here]
            named = line(self._record, item, run.reports, run.more) if run.more else None
            above, below = [told[i] for i in theirs if i < here], [told[i] for i in theirs if i > here]
            why = why_absent(item.exercise, item.difference, by_id.get(item.exercise), above, below)
            said = [item.difference, named.sentence if named else "", why]
            items.append(replace(item, difference=" ".join(filter(None, said))))
        return items

    def _judge(self, here: int, run: CellRun) -> Item:
        if here not in self._judged:
            exercise = self._record.items[grade_id_of(self._cells[here]) or ""].exercise
            source = self._sources.get(exercise, "")
            self._judged[here] = judge_reports(self._record, exercise, run.reports, run.status, source)
        return self._judged[here]


def _as_it_ran(cell: NotebookNode, run: CellRun) -> Cell:
    """A cell as the judge is told of it, before its outputs give way to a verdict."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    error, shown = ("", ""), ""
    if errors:
        error, shown = (errors[-1].ename, errors[-1].evalue), "\n".join(errors[-1].traceback)
    return Cell(cell.source, cell.cell_type == "code", run.status, error, shown)
