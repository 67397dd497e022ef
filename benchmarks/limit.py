"""The limit: the CPU time of the cells that grading must run, alone, in one warm process.

    python -m benchmarks.limit ROOT WEEK LESSON FOLDER

prints a JSON list: for each submission the CPU time in seconds, of all threads. No kernel, no protocol, no judge: the
cells of the restored notebook are compiled and executed with everything imported. No grader that runs each submission
once can be faster than this sum divided by the number of cores.
"""

import contextlib
import io
import json
import sys
import time
import warnings
from pathlib import Path

import matplotlib
import nbformat

from autograder.judge import load_record
from autograder.places import LessonFiles
from autograder.run.restore import restore
from companion import cases

TURNS, SECONDS = 3, 60
"""Each submission runs so often, and the fastest counts; no turn begins after so many seconds of CPU time."""


def cpu_of(cells: list[str]) -> float:
    """CPU seconds of these cells in a namespace of their own; a cell that raises ends there, as in a notebook."""
    cases.collector = []
    scope = {"__name__": "__main__"}
    start = time.process_time()
    for source in cells:
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "<cell>", "exec"), scope)
    return time.process_time() - start


def main(root: str, week: str, stem: str, folder: str) -> None:
    """Print the CPU seconds of every notebook in a folder, in the order of their names."""
    matplotlib.use("agg")
    warnings.simplefilter("ignore")
    template = load_record(LessonFiles(Path(root), week, stem)).template
    classroom = []
    for path in sorted(Path(folder).glob("*.ipynb")):
        notebook = restore(nbformat.read(path, as_version=4), template)
        classroom.append([cell.source for cell in notebook.cells if cell.cell_type == "code"])
    turns = [[cpu_of(cells) for cells in classroom]]
    while len(turns) < TURNS and time.process_time() < SECONDS:
        turns.append([cpu_of(cells) for cells in classroom])
    print(json.dumps([min(times) for times in zip(*turns, strict=True)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
