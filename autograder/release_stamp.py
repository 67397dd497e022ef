"""Which release a notebook came from: digests of the released cells, in the notebook's metadata.

    "companion": {"lesson": "course2-week1/initialization", "cells": ["5f0c…", …]}

Editors keep a notebook's metadata, so a copy knows what it was given, whatever was written into it since: a cell whose
digest is among these is as it was released. A release that no longer has the cells of its own stamp was edited.
"""

import hashlib
import json

from nbformat import NotebookNode

from autograder.notebooks import grade_id_of, without_aims

KEY = "companion"


def digest(cell: dict) -> str:
    """Equal where a cell has the same text, grade_id and points. ``cell``: of a notebook, or of one as JSON."""
    found = cell["metadata"].get("nbgrader")
    points = found.get("points") if isinstance(found, dict) else None
    text = json.dumps([cell["cell_type"], grade_id_of(cell), points, "".join(cell["source"])])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def put_stamp(notebook: NotebookNode, lesson: str) -> None:
    """Stamp a release that is otherwise ready. ``lesson``: its name, like ``course2-week1/initialization``."""
    notebook.metadata[KEY] = {"lesson": lesson, "cells": list(_digests(notebook))}


def lesson_of(notebook: NotebookNode) -> str | None:
    """The name of the lesson that a notebook was released as; None where it does not say."""
    name = _stamp(notebook).get("lesson")
    return name if isinstance(name, str) else None


def given(notebook: NotebookNode) -> tuple[str, ...] | None:
    """The digests of the cells that a notebook was released with; None where it does not say."""
    cells = _stamp(notebook).get("cells")
    if not isinstance(cells, list) or not cells or not all(isinstance(cell, str) for cell in cells):
        return None
    return tuple(cells)


def version_of(notebook: NotebookNode) -> str:
    """Equal for notebooks that were released with the same cells. Without a stamp: of the cells as they are now."""
    cells = given(notebook) or _digests(notebook)
    return hashlib.sha256("".join(cells).encode()).hexdigest()[:12]


def is_edited(release: NotebookNode) -> bool | None:
    """Whether somebody has changed a release since it was built; None where it has no stamp."""
    cells = given(release)
    return None if cells is None else cells != _digests(release)


def is_recorded_in(template: dict, release: NotebookNode) -> bool:
    """Whether a release was built with the cells of a record's template, whatever was written into it since.

    The template holds the hidden tests where the release has a call: graded cells are not compared.
    """
    cells = given(release) or _digests(release)
    recorded = [None if _is_graded(cell) else digest(cell) for cell in template["cells"]]
    return len(cells) == len(recorded) and all(b in (a, None) for a, b in zip(cells, recorded, strict=True))


def _digests(notebook: NotebookNode) -> tuple[str, ...]:
    return tuple(digest(cell) for cell in without_aims(notebook.cells))


def _is_graded(cell: dict) -> bool:
    return grade_id_of(cell) is not None and cell["metadata"]["nbgrader"].get("grade") is True


def _stamp(notebook: NotebookNode) -> dict:
    metadata = notebook.get("metadata")
    found = metadata.get(KEY) if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}
