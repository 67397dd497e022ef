"""What nbgrader loads of ours, by the names in notebooks/nbgrader_config.py."""

import re
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Enum

HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS|\Z)\s*", re.MULTILINE | re.DOTALL)
"""What a learner does not get to see of a graded cell."""

WHY = "companion_unreadable"
"""In the metadata of the notebook that stands for one that could not be read: why."""


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
        from autograder.grading.grade import grade_notebook, unreadable
        from autograder.judge import load_record

        lesson = _lesson_of(resources)
        why = nb.metadata.get(WHY)
        if why is not None:
            return unreadable(load_record(lesson), str(why)).notebook, resources
        return grade_notebook(nb, lesson, isolation=self.isolation).notebook, resources


class AnyNotebook(NotebookExporter):
    """nbconvert's exporter, which reads a submission as `autograder grade` does, so that none stops a class.

    What nbgrader gets to see are the released cells, with the learner's answers in them; of a notebook that cannot be
    read, the released cells and why.
    """

    def from_filename(self, filename, resources=None, **kw):
        if not self.parent._sanitizing:  # nbgrader reads again what this wrote, to run it
            return super().from_filename(filename, resources=resources, **kw)
        from autograder.errors import UnreadableNotebook
        from autograder.grading.submissions import read_bytes, read_submission
        from autograder.judge import load_record
        from autograder.run.restore import restore

        path, template = Path(filename), load_record(_lesson_of(resources)).template
        try:
            notebook = restore(read_submission(read_bytes(path), path.name), template)
        except UnreadableNotebook as error:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], error)
            notebook = restore(new_notebook(), template)
            notebook.metadata[WHY] = str(error)
        return self.from_notebook_node(notebook, resources=resources, **kw)


def _lesson_of(resources):
    from autograder.places import repository

    names = resources["nbgrader"]
    (lesson,) = [x for x in repository().week(names["assignment"]) if x.stem == names["notebook"]]
    return lesson
