"""What learners' cells do besides defining a function: shell lines, questions, early ends; and what is said of it."""

import nbformat
import pytest
from kernels import run
from lessons import PATIENT, graded

from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission

pytestmark = pytest.mark.slow

LINES = {
    "!": "!pip install --quiet numpy",
    "two, in a loop": "for _ in range(2):\n    !ls {_}",
    "assigned": "files = !ls\nassert list(files) == []",
    "!!": "!!ls",
    "pip": "%pip install numpy",
    "conda": "%conda install numpy",
    "matplotlib": "%matplotlib inline",
    "no such backend": "%matplotlib nowhere",
    "cd": "%cd no/such/place",
    "no such magic": "%tensorflow_version 2.x",
    "no such extension": "%load_ext nowhere",
    "no such file": "%run nowhere.py",
    "a question": "%reset",
}


def test_a_shell_line_fails_as_a_line_and_the_rest_of_the_cell_runs(tiny_lesson, right):
    cell = "\n".join(LINES.values())
    found = graded(tiny_lesson, {"row_means": f"{cell}\n{right['row_means']}", "noisy": f"%%time\n{right['noisy']}"})
    assert found["row_means"].passed and found["noisy"].passed, [item.sentence for item in found.values()]


def test_a_shell_line_says_that_it_was_not_run():
    statuses, texts, _ = run(*(f"{line}\nprint('went on')" for line in LINES.values()), "%%bash\nls")
    told = dict(zip([*LINES, "bash"], texts, strict=True))
    assert set(statuses) == {"ok"}
    assert all(text.rstrip().endswith("went on") for name, text in told.items() if name != "bash")
    for name in ("!", "two, in a loop", "assigned", "!!", "pip", "conda", "bash"):
        assert "was not run: no other program can be started" in told[name], name
    assert told["matplotlib"] == "went on\n" and "no/such/place" in told["cd"]
    for name in ("no such backend", "no such magic", "no such extension", "no such file"):
        assert told[name].count("\n") == 2 and "the cell goes on" in told[name], told[name]


def told_of(tiny_lesson, submission, right, cell: str, extra=(), change=None) -> str:
    """The verdict's sentence on row_means, with its cell as given; the other exercise is right all the same."""
    data = submission({**right, "row_means": cell}, extra, change)
    result = grade_notebook(read_submission(data, "tiny.ipynb"), tiny_lesson, PATIENT)
    mine, other = result.items
    assert other.passed, other.sentence
    return mine.sentence


STOPS = {
    "a bracket": ("{}x = (1,\n", "in line 3, `x = (1,`, with SyntaxError: '(' was never closed."),
    "an indent": ("x = 1\n  y = 2\n{}", "in line 2, `y = 2`, with IndentationError: unexpected indent."),
    "an import": (
        "import torch\n{}",
        "stopped with ImportError: course9-week1/tiny withholds torch",
    ),
    "no such module": ("import nothere\n{}", "in line 1, `import nothere`, with ModuleNotFoundError: No module named"),
    "a question": ("n = input('n? ')\n{}", "in line 1, `n = input('n? ')`, with EOFError: nobody is there to type"),
    "a debugger": ("x = 1\nbreakpoint()\n{}", "in line 2, `breakpoint()`, with EOFError: nobody is there to type"),
    "pdb": ("import pdb; pdb.set_trace()\n{}", "with BdbQuit: a debugger waits for commands, and nobody is there"),
    "in a helper": (
        "def f():\n    return 1 / 0\n\nf()\n{}",
        "in line 4, `f()`, with ZeroDivisionError: division by zero.",
    ),
    "exit": ("import sys\nsys.exit(3)\n{}", "with SystemExit: 3."),
    "the process": ("import os\nos._exit(3)\n{}", "Its cell ended the kernel."),
    "a magic": ("%%nosuch\n{}", "with UsageError: Cell magic `%%nosuch` not found."),
    "another program": ("%%bash\n{}", "Its cell begins with `%%bash`, so Python does not run it."),
    "taken away": ("{}%reset -f\nimport numpy as np\n", "`%reset -f` takes it away again"),
    "deleted": ("{}del row_means\n", "`del row_means` takes it away again"),
    "a number now": (
        "{}row_means = row_means(np.eye(2))\n",
        "no function any more, but for something of the type numpy",
    ),
}


@pytest.mark.parametrize("name", STOPS)
def test_a_cell_that_stopped_is_told_with_its_own_error_and_line(tiny_lesson, submission, right, name):
    cell, words = STOPS[name]
    if name == "taken away":  # in a test of one exercise: what the others need goes too
        cell = cell + "from companion import *\nfrom companion import hidden_cases, verdict\n"
    told = told_of(tiny_lesson, submission, right, cell.format(right["row_means"]))
    assert words in told, told
    assert told.startswith("row_means: ") and "BEGIN HIDDEN" not in told and "case." not in told


def test_an_answer_elsewhere_and_a_stub_left_are_told(tiny_lesson, submission, right):
    (stub,) = [c.source for c in nbformat.read(tiny_lesson.release, 4).cells if c.get("id") == "row_means"]

    def below(notebook):
        notebook.cells.append(nbformat.v4.new_code_cell(right["row_means"]))

    def as_text(notebook):
        notebook.cells.insert(3, nbformat.v4.new_markdown_cell(right["row_means"]))

    def gone(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.id != "row_means"]

    def told(cell, **more):
        return told_of(tiny_lesson, submission, right, cell, **more)

    assert told(stub) == "row_means: not written yet."
    seen = "not written yet. An answer was seen in a cell below its test: move it into the exercise's own cell"
    assert seen in told(stub, change=below)
    assert "in a text cell above its test: move it" in told(stub, change=as_text)
    assert "The exercise's cell is not in the notebook any more" in told(stub, change=gone)
    line = """The stub's line `raise NotImplementedError("row_means")` still stands """
    answer = "    return X.mean(axis=1, keepdims=True)\n"
    assert f"{line}above what was written, which is never reached: take that line out." in told(f"{stub}\n{answer}")
    half = stub.replace("    raise", "    total = X.sum(axis=1)\n    raise")
    assert f"{line}below what was written: take that line out." in told(half)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_that_became_text_is_code_again(tiny_lesson, submission, right, kind):
    def change(notebook):
        for cell in notebook.cells:
            if cell.id in right:
                cell.cell_type = kind
                del cell["outputs"], cell["execution_count"]

    result = grade_notebook(read_submission(submission(right, change=change), "tiny.ipynb"), tiny_lesson, PATIENT)
    assert result.score == result.max_score, [item.sentence for item in result.items]
