"""What a notebook's cells are, by their metadata, and what they import:
asked by the author's side and by the grader's."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from autograder.errors import ReleaseStale

if TYPE_CHECKING:  # a command that starts a kernel ahead must not wait for it
    from pathlib import Path

    from nbformat import NotebookNode

MAX_BYTES = 20 * 2**20
"""A larger notebook is not opened."""

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

AIM = "<details><summary>What you should see</summary>"
"""How a cell begins that the build puts behind an experiment: its output, folded."""


def grade_id_of(cell) -> str | None:
    """The grade_id that a cell claims, whatever a learner made of its metadata."""
    found = cell.get("metadata", {}).get("nbgrader")
    grade_id = found.get("grade_id") if isinstance(found, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def has_role(cell: NotebookNode, role: str) -> bool:
    """Whether nbgrader's metadata give the cell this role: grade, solution or locked."""
    return bool(cell["metadata"].get("nbgrader", {}).get(role))


def has_tag(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def is_given_or_solved(cell: NotebookNode) -> bool:
    """Whether a cell is code that later cells build on: neither graded, nor a check, nor an experiment."""
    aside = has_role(cell, "grade") or has_tag(cell, "check") or has_tag(cell, "demo")
    return cell.cell_type == "code" and not aside


def without_aims(cells: list) -> list:
    """The cells of a release or of a submission without those that show, folded, what an experiment should give."""
    return [cell for cell in cells if cell["cell_type"] == "code" or not "".join(cell["source"]).startswith(AIM)]


def without_markers(source: str) -> str:
    """A solved cell without the lines that mark its solution."""
    return "\n".join(line for line in source.splitlines() if line.strip() not in (BEGIN, END))


def imports_of(cells: list[NotebookNode]) -> tuple[str, ...]:
    """The modules that a lesson's own cells import: known before a learner's first line runs."""
    ours = [cell for cell in cells if cell["cell_type"] == "code" and has_role(cell, "locked")]
    return tuple(sorted(set().union(*(_imports("".join(cell["source"])) for cell in ours))))


@functools.lru_cache(maxsize=512)
def _imports(source: str) -> frozenset[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return frozenset(names)


def read_generated(path: Path) -> NotebookNode:
    """A source or release notebook.

    Raises:
        ReleaseStale: it is missing or cannot be read; the message names the command that rebuilds it.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise ReleaseStale(path, "is missing") from None
    except Exception as error:  # noqa: BLE001 - nbformat raises much on a damaged file; all of it means this
        raise ReleaseStale(path, f"cannot be read ({type(error).__name__})") from None
