"""A new version of a lesson with the answers that a learner gave in an older one."""

import copy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.notebooks import grade_id_of, without_aims
from autograder.release_stamp import digest, given

CHANGED = """The new version of this lesson asks for `{name}` in other words:

```python
{stub}
```

Your answer from before stands below. See whether it still fits, then delete this cell."""


@dataclass
class Carried:
    """What became of a learner's notebook.

    Attributes:
        notebook: the new version, with the answers in it.
        answers: the exercises whose answers are in it. changed: those of them that the new version words differently.
        lost: answers to exercises that the new version does not have.
        others: how many cells the learner wrote or changed beside the exercises; None where that cannot be known.
    """

    notebook: NotebookNode
    answers: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    others: int | None = 0


def carry_over(old: NotebookNode, release: NotebookNode) -> Carried:
    """Put the answers of an older copy into a new release. Neither notebook is changed.

    An answer is the text of an exercise's cell where it differs from the stub that was released.
    """
    carried = Carried(copy.deepcopy(release))
    known = given(old)
    asked = {name: cell for cell in release.cells if _is_solution(cell) and (name := grade_id_of(cell))}
    answers: dict[str, NotebookNode] = {}
    for cell in without_aims(old.cells):
        name = grade_id_of(cell)
        if name and name not in answers and cell.cell_type == "code" and (name in asked or _is_solution(cell)):
            answers[name] = cell
        elif known is None:
            carried.others = None
        elif carried.others is not None and cell.source.strip() and digest(cell) not in known:
            carried.others += 1
    cells = []
    for cell in carried.notebook.cells:
        name = grade_id_of(cell)
        answer = answers.pop(name, None) if name in asked else None
        if name and answer is not None and answer.source != cell.source and not _as_released(answer, known):
            if known is not None and digest(cell) not in known:
                cells.append(new_markdown_cell(CHANGED.format(name=name, stub=cell.source)))
                carried.changed.append(name)
            cell.source = answer.source
            carried.answers.append(name)
        cells.append(cell)
    carried.notebook.cells = cells
    carried.lost = [name for name, cell in answers.items() if cell.source.strip() and not _as_released(cell, known)]
    return carried


def _is_solution(cell: NotebookNode) -> bool:
    return grade_id_of(cell) is not None and cell.metadata["nbgrader"].get("solution") is True


def _as_released(cell: NotebookNode, known: tuple[str, ...] | None) -> bool:
    """Whether nobody has written into an exercise's cell."""
    if known is not None:
        return digest(cell) in known
    from nbgrader.utils import compute_checksum  # half a second to import, and seldom needed

    try:
        return cell.metadata["nbgrader"].get("checksum") == compute_checksum(cell)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
