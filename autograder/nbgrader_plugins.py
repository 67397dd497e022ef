"""What nbgrader loads of ours, by the names in notebooks/nbgrader_config.py."""

import re

from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Enum

HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS|\Z)\s*", re.MULTILINE | re.DOTALL)
"""What a learner does not get to see of a graded cell."""


class NamedStubs(ClearSolutions):
    """nbgrader's own ClearSolutions, with a stub that names its function: ``raise NotImplementedError("f")``."""

    def preprocess_cell(self, cell, resources, cell_index):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        self.code_stub = {"python": f'# YOUR CODE HERE\nraise NotImplementedError("{name}")'}
        return super().preprocess_cell(cell, resources, cell_index)


class StampRelease(NbGraderPreprocessor):
    """Says in a release's metadata what was released, so that a learner's copy of it knows where it came from."""

    def preprocess(self, nb, resources):
        from autograder.release_stamp import put_stamp

        put_stamp(nb, f"{resources['nbgrader']['assignment']}/{resources['nbgrader']['notebook']}")
        return nb, resources


class WithoutHiddenTests(NbGraderPreprocessor):
    """Takes the hidden part out of each graded cell of a feedback page."""

    def preprocess_cell(self, cell, resources, cell_index):  # noqa: ARG002 - as nbconvert calls it
        if is_grade(cell):
            cell.source = HIDDEN.sub("", cell.source)
        return cell, resources


class JudgedExecute(Execute):
    """In the place of nbgrader's Execute: run the notebook in a kernel of its own, judge it outside.

    The outputs of graded cells are written anew from the verdicts, so that nbgrader's own scoring of the cell
    gives the judge's points.
    """

    isolation = Enum(
        ("required", "available", "none"), "required", help="What confines a submission; see `autograder grade --help`."
    ).tag(config=True)

    def preprocess(self, nb, resources, km=None):  # noqa: ARG002 - as nbconvert calls it
        from autograder.grading.grade import grade_notebook
        from autograder.places import repository

        names = resources["nbgrader"]
        (lesson,) = [x for x in repository().week(names["assignment"]) if x.stem == names["notebook"]]
        result = grade_notebook(nb, lesson, isolation=self.isolation)
        return result.notebook, resources
