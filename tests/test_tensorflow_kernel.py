"""A TensorFlow lesson where it is worked on: in a real kernel, which TensorFlow must not fill with its messages."""

import nbformat
import pytest
from lessons import PATIENT, answered
from nbformat.v4 import new_code_cell

from autograder.authoring.build import run_solved
from autograder.authoring.lesson_text import read_lesson
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.notebooks import grade_id_of, has_tag, without_markers
from autograder.places import repository

pytestmark = pytest.mark.slow
pytest.importorskip("tensorflow")

REPOSITORY = repository()
(PLACE,) = REPOSITORY.select("course2-week3/tensorflow_tutorial")
SESSION = """
def sigmoid(z):
    with tf.Session() as sess:
        return sess.run(tf.sigmoid(z))
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """Right answers that return tensors, variables and arrays; one mistake of the catalogue, and a line of 2017."""
    lesson = read_lesson(PLACE)
    right = {name: without_markers(source) for name, source in lesson.solutions.items()}
    right |= {name: styles["course_2021"] for name, styles in lesson.styles.items() if "course_2021" in styles}
    (mean,) = [m.source for m in lesson.mistakes if (m.exercise, m.name) == ("compute_total_loss", "mean")]
    return {**right, "compute_total_loss": mean, "sigmoid": SESSION}


@pytest.fixture(scope="module")
def told(answers) -> dict[str, str]:
    """What stands below each named cell, and whether anything was written to stderr."""
    notebook = nbformat.reads(answered(PLACE, answers).decode(), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not has_tag(cell, "demo")]
    variables = "W = tf.Variable(tf.ones((2, 2)))\nprint(tf.matmul(W, W).numpy().tolist())"
    notebook.cells.insert(2, new_code_cell(variables, metadata={"nbgrader": {"grade_id": "operation"}}))
    run_solved(notebook, REPOSITORY.root, REPOSITORY.root)
    outputs = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and grade_id_of(cell):
            assert not any(o.output_type == "error" or o.get("name") == "stderr" for o in cell.outputs), cell.outputs
            outputs[grade_id_of(cell)] = "".join(
                o.text if o.output_type == "stream" else o.data["text/plain"] for o in cell.outputs
            )
    return outputs


def test_tensorflow_starts_without_a_word(told):
    assert told["setup"] == "" and told["operation"] == "[[2.0, 2.0], [2.0, 2.0]]\n"


def test_tensors_and_variables_are_right_answers(told):
    for exercise in ("linear_function", "initialize_parameters", "forward_propagation", "train"):
        assert told[f"{exercise}-test"].startswith(f"✓ {exercise}: right on all "), told[f"{exercise}-test"]
        if exercise != "train":  # its check calls the learner's own loss, which is wrong here
            assert "✗" not in told[f"{exercise}-check"]


def test_a_mistake_is_named_and_a_line_of_tensorflow_1_is_told_what_to_write(told):
    assert "Cause: The mean of the losses came back" in told["compute_total_loss-test"]
    for cell in ("sigmoid-check", "sigmoid-test"):
        assert "Session: TensorFlow 1; now each line computes at once" in told[cell], told[cell]


def test_train_is_not_charged_with_the_loss_it_calls(told):
    assert "compute_total_loss" in told["verdicts"] and "7 of 9 exercises are right" in told["verdicts"]


def test_the_grader_says_the_same_and_needs_little_time(answers):
    result = grade_notebook(read_submission(answered(PLACE, answers), f"{PLACE.stem}.ipynb"), PLACE, PATIENT)
    verdicts = {item.exercise: item for item in result.items}
    assert sorted(name for name, item in verdicts.items() if not item.passed) == ["compute_total_loss", "sigmoid"]
    assert verdicts["compute_total_loss"].cause.startswith("The mean of the losses came back")
    assert "leave the session out" in verdicts["sigmoid"].difference
