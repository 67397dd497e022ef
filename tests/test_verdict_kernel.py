"""The verdict where it is asked for: in a real kernel, by nbgrader's own Validate, and in the grader,
where it is silent."""

import json
import sys

import nbformat
import pytest
from course import run
from lessons import answered
from nbformat.v4 import new_code_cell

from autograder.authoring.build import run_solved
from autograder.authoring.lesson_text import read_lesson
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.notebooks import grade_id_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wrong(tiny_lesson, right) -> dict[str, str]:
    """Right answers but for one, which has a mistake of the catalogue."""
    (source,) = [m.source for m in read_lesson(tiny_lesson).mistakes if m.name == "wrong_axis"]
    return {**right, "row_means": source}


@pytest.fixture(scope="module")
def executed(tiny, tiny_lesson):
    """``executed(answers, extra)``: a learner's notebook, run from top to bottom; the outputs of each cell.

    ``extra`` are cells put at the end. A cell that raises fails the test.
    """

    def run_all(answers: dict[str, str], extra: list[str] = ()):
        notebook = nbformat.reads(answered(tiny_lesson, answers).decode(), as_version=4)
        notebook.cells += [new_code_cell(source) for source in extra]
        run_solved(notebook, tiny.root, tiny.root)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        return {grade_id_of(cell) or i: cell.outputs for i, cell in enumerate(code)}

    return run_all


def text_of(outputs) -> str:
    return "".join(o.text if o.output_type == "stream" else o.data["text/plain"] for o in outputs)


def test_run_all_on_an_untouched_notebook_goes_to_its_end_without_a_traceback(executed):
    outputs = executed({})
    told = {name: text_of(found) for name, found in outputs.items()}
    assert told["row_means-test"] == "– row_means: not written yet"
    assert told["row_means-check"] == "– row_means is not written yet\n"
    assert told["verdicts"].splitlines()[0] == "– 0 of 2 exercises are right: 0 of 5 points"
    assert "This experiment needs row_means, which is not written yet.\n" in told.values()
    assert not any(o.output_type == "error" or o.get("name") == "stderr" for found in outputs.values() for o in found)


def test_a_wrong_answer_is_told_in_its_own_cell_and_again_the_same(executed, wrong):
    outputs = executed(wrong)
    (shown,) = outputs["row_means-test"]
    assert shown.data.keys() == {"text/html", "text/plain"}
    assert "<strong>Cause:</strong> The mean runs over columns." in shown.data["text/html"]
    lines = shown.data["text/plain"].splitlines()
    assert lines[:3] == [
        "✗ row_means: not right yet, right on none of 4 practice cases",
        "  Cause: The mean runs over columns.",
        "  Look at: Look at the axis.",
    ]
    assert executed(wrong) == outputs


MENDED = """
def row_means(X):
    print("seen"), plt.figure()
    return np.mean(X, axis=1, keepdims=True)
"""


def test_a_function_is_judged_as_it_is_now_and_leaves_nothing_on_the_page(executed, wrong):
    cells = [
        "import matplotlib.pyplot as plt",
        MENDED,
        'verdict("row_means")',
        "verdicts()",
        'print(ready("row_means"))',
    ]
    *_, judged, table, asked = executed(wrong, cells).values()
    assert text_of(judged).startswith("✓ row_means: right on all 4 practice cases. It brings 3 points.")
    assert len(judged) == len(table) == 1
    assert text_of(table).startswith("✓ All 2 exercises are right: 5 points")
    assert text_of(asked) == "True\n"


FAULTS = [
    ('data.load_planar("nothing")', "ValueError: data/planar.h5 holds ["),
    ('plots.show(plt.figure(), alt="")', "ValueError: a figure needs a text alternative"),
    (
        'raise data.DataError(data.FOLDER / "cats.h5", "is empty", "Make it again.")',
        "DataError: data/cats.h5 is empty. Make",
    ),
    ("count_steps(lambda: sys.settrace(None))", "RuntimeError: the steps could not be counted"),
]


@pytest.mark.parametrize(
    "source, line", FAULTS, ids=[line.partition(":")[0] + str(i) for i, (_, line) in enumerate(FAULTS)]
)
def test_errors_of_the_companion_show_themselves_in_one_line(source, line, shell):
    shell("import sys, matplotlib.pyplot as plt\nfrom companion import count_steps, data, plots")
    assert shell(source).startswith(line) and shell(source).count("\n") == 1


@pytest.fixture
def shell(capsys):
    """``shell(source)``: a cell in IPython's own shell; what it printed."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    main, one = sys.modules["__main__"], InteractiveShell.instance(config=config, colors="nocolor")

    def run_cell(source: str) -> str:
        capsys.readouterr()
        one.run_cell(source)
        return "".join(capsys.readouterr())

    yield run_cell
    one.restore_sys_module_state()
    InteractiveShell.clear_instance()
    sys.modules["__main__"] = main


def test_nbgraders_validate_tells_the_truth(tiny, tiny_lesson, right, wrong, tmp_path):
    def validated(answers: dict[str, str]) -> str:
        path = tmp_path / "tiny.ipynb"
        path.write_bytes(answered(tiny_lesson, answers))
        done = run(tiny.root, "nbgrader", "validate", str(path), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert validated(right) == "Success! Your notebook passes all the tests.\n"
    untouched = validated({})
    assert "VALIDATION FAILED ON 2 CELL(S)!" in untouched
    assert "\n    – row_means: not written yet\n" in untouched and "\n    – noisy: not written yet\n" in untouched
    one = validated(wrong)
    assert "VALIDATION FAILED ON 1 CELL(S)!" in one and "\n      Cause: The mean runs over columns.\n" in one
    assert "..." not in one and "Traceback" not in untouched + one and ".py" not in untouched + one


def test_in_the_grader_it_prints_nothing(tiny_lesson, wrong):
    result = grade_notebook(read_submission(answered(tiny_lesson, wrong), "tiny.ipynb"), tiny_lesson, run_demos=True)
    cells = {grade_id_of(cell): cell for cell in result.notebook.cells}
    assert cells["verdicts"].outputs == []
    (verdict,) = cells["row_means-test"].outputs
    assert verdict.output_type == "error"
    assert "practice cases" not in json.dumps(result.notebook)
    assert {item.exercise: item.points for item in result.items} == {"row_means": 0, "noisy": 2}
