"""Bring a submission back into the form that was released, keeping what the learner wrote.

Known cells are found by their grade_id. Locked and graded cells get their released text again (the graded
ones with their hidden tests), in the released order, whatever was done to them; the learner's answers and
extra cells stay. Of the learner's metadata nothing survives: no tag, no points, no kernel specification.
"""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.notebooks import grade_id_of, without_aims

SKIP = "autograder-skip"
"""Tag of a cell that is not run while grading."""


def restore(submission: NotebookNode, template: dict[str, Any], run_demos: bool = False) -> NotebookNode:
    """The notebook to run.

    Args:
        submission: what the learner handed in, nbformat 4.
        template: the release notebook with its hidden tests, as JSON.
        run_demos: whether to run cells tagged `demo` as well.
    """
    known = {str(grade_id_of(cell)): cell for cell in template["cells"] if grade_id_of(cell)}
    demos = {_text(cell) for cell in template["cells"] if "demo" in cell["metadata"].get("tags", [])}
    answers, extras = _sort_cells(submission, known)
    notebook: NotebookNode = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    notebook.cells.extend(_plain(cell) for cell in extras.get(None, []))
    for grade_id, released in known.items():
        if released["metadata"]["nbgrader"]["solution"]:
            cell = answers.get(grade_id)
            if cell is not None:
                notebook.cells.append(_cell(released["cell_type"], cell["source"], released["metadata"]))
        else:
            notebook.cells.append(_cell(released["cell_type"], _text(released), released["metadata"]))
        notebook.cells.extend(_plain(cell) for cell in extras.get(grade_id, []))
    if not run_demos:
        for cell in notebook.cells:
            if cell.cell_type == "code" and "nbgrader" not in cell.metadata and cell.source in demos:
                cell.metadata["tags"] = [SKIP]
    for i, cell in enumerate(notebook.cells):
        cell.id = f"cell-{i}"
    return notebook


def _sort_cells(
    submission: NotebookNode, known: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], dict[str | None, list[Any]]]:
    """The learner's answers by grade_id, and all other cells by the known cell that they follow."""
    answers: dict[str, Any] = {}
    extras: dict[str | None, list[Any]] = {}
    anchor = None
    for cell in without_aims(submission.cells):
        grade_id = grade_id_of(cell)
        if grade_id is None or grade_id not in known:
            extras.setdefault(anchor, []).append(cell)
            continue
        anchor = grade_id
        if not known[grade_id]["metadata"]["nbgrader"]["solution"]:
            continue
        if grade_id in answers:
            extras.setdefault(anchor, []).append(cell)
        else:
            answers[grade_id] = cell
    return answers, extras


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _cell(kind: str, source: str, metadata: dict[str, Any]) -> NotebookNode:
    kept = {key: metadata[key] for key in ("nbgrader", "tags") if key in metadata}
    cell = _make(kind, source)
    cell.metadata.update(NotebookNode(kept))
    return cell


def _plain(cell: NotebookNode) -> NotebookNode:
    return _make(cell["cell_type"], _text(cell))


def _make(kind: str, source: str) -> NotebookNode:
    """A new cell; nbformat's own constructors validate each, which takes longer than a kernel's start."""
    cell = NotebookNode(
        cell_type="code" if kind == "code" else "markdown", metadata=NotebookNode(), source=source, id=""
    )
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    return cell
