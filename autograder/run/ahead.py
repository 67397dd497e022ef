"""What a person waits for is mostly imports: a kernel begins with its own while the grader is still at its."""

import contextlib
import json

from autograder.notebooks import imports_of
from autograder.places import Repository
from autograder.run.kernel_pool import KERNELS
from autograder.run.limits import limits_of
from autograder.run.sandbox import sandbox_for


def start_ahead(repo: Repository, stem: str, isolation: str) -> None:
    """Start the warm parent that a notebook of this name will most likely be forked from.

    A wrong guess costs time and nothing else; where the release cannot be read, whoever reads it next will say so.
    """
    lesson = next((lesson for lesson in repo.lessons() if lesson.stem == stem), None)
    if lesson is None:
        return
    with contextlib.suppress(OSError, ValueError, LookupError, AttributeError, TypeError):
        imports = imports_of(json.loads(lesson.release.read_bytes())["cells"])
        KERNELS.start_ahead(repo.root, imports, sandbox_for(repo.root, isolation), limits_of(lesson.week))
