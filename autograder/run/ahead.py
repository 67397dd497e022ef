"""What a person waits for is mostly imports: a kernel begins with its own while the grader is still at its."""

import contextlib
import json
from pathlib import Path

from autograder.notebooks import MAX_BYTES, imports_of
from autograder.places import LessonFiles, Repository
from autograder.run.kernel_pool import KERNELS
from autograder.run.limits import limits_of
from autograder.run.sandbox import sandbox_for


def start_ahead(repo: Repository, notebook: Path, isolation: str) -> None:
    """Start the warm parent that a notebook of this name will most likely be forked from, if it is one at all.

    A wrong guess costs time and nothing else; whoever reads the notebook, and the release, will say what is wrong.
    """
    lesson = next((lesson for lesson in repo.lessons() if lesson.stem == notebook.stem), None)
    with contextlib.suppress(OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        if lesson is None or not notebook.is_file() or notebook.stat().st_size > MAX_BYTES:
            return
        cells = json.loads(notebook.read_bytes())["cells"]
        if isinstance(cells, list) and cells:
            _start(repo, lesson, isolation)


def start_ahead_for_many(repo: Repository, week: str, isolation: str) -> None:
    """Start the warm parent that most notebooks of a week will be forked from."""
    _start(repo, repo.week(week)[0], isolation, for_many=True)


def _start(repo: Repository, lesson: LessonFiles, isolation: str, for_many: bool = False) -> None:
    imports = imports_of(json.loads(lesson.release.read_bytes())["cells"])
    KERNELS.start_ahead(repo.root, imports, sandbox_for(repo.root, isolation), limits_of(lesson.week), for_many)
