"""A submission comes back into the released form, whatever was done to it; what the learner wrote stays."""

import copy
import random

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.grading.submissions import read_submission
from autograder.judge import load_record
from autograder.run.restore import SKIP, restore

ORDER = ["setup", "row_means", "row_means-check", "row_means-test", "noisy", "noisy-test", "verdicts"]


@pytest.fixture(scope="module")
def template(tiny_lesson):
    return load_record(tiny_lesson).template


@pytest.fixture
def restored(submission, template, right):
    """``restored(change)``: right answers with something done to the notebook, brought back into form."""

    def make(change=None, extra=(), answers=right, **options):
        data = submission(answers, extra, change)
        before = copy.deepcopy(template)
        notebook = restore(read_submission(data, "tiny.ipynb"), template, **options)
        assert template == before, "the template must not be changed"
        nbformat.validate(notebook)
        return notebook

    return make


def ids(notebook) -> list[str]:
    return [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]


def cell_of(notebook, grade_id: str):
    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id]
    return cell


def unharmed(notebook, template, right) -> None:
    """Every known cell once, in order; given ones with their released text, answers with the learner's."""
    assert ids(notebook) == ORDER
    released = {c["metadata"]["nbgrader"]["grade_id"]: c for c in template["cells"] if "nbgrader" in c["metadata"]}
    for grade_id, wanted in released.items():
        cell = cell_of(notebook, grade_id)
        assert cell.cell_type == "code" and not cell.outputs and cell.execution_count is None
        assert cell.source == right.get(grade_id, "".join(wanted["source"]))
        assert cell.metadata.nbgrader == wanted["metadata"]["nbgrader"]
        assert cell.metadata.get("tags", []) == wanted["metadata"].get("tags", [])
    for grade_id in ("row_means-test", "noisy-test"):
        assert "@hidden_cases(" in cell_of(notebook, grade_id).source
    assert list(notebook.metadata) == ["kernelspec"] and notebook.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def find(notebook, grade_id: str):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def delete_tests(notebook):
    notebook.cells = [c for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("grade")]


def delete_all_but_answers(notebook):
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]


def duplicate_tests(notebook):
    for cell in [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]:
        notebook.cells.append(copy.deepcopy(cell))
        notebook.cells[-1].source = "pass"


def rename_tests(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader.grade_id += "-mine"


def unlock_and_rewrite(notebook):
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings and not settings.get("solution"):
            settings.update(locked=False, grade=False)
            cell.source = "import os\nprint('mine')"


def turn_into_markdown(notebook):
    for i, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade"):
            notebook.cells[i] = new_markdown_cell(cell.source, metadata=cell.metadata)


def turn_given_into_answers(notebook):
    for grade_id in ("setup", "row_means-test", "noisy-test"):
        find(notebook, grade_id).metadata.nbgrader.update(solution=True, grade=False, locked=False)
        find(notebook, grade_id).source = "pass"


def turn_answers_into_given(notebook):
    for grade_id in ("row_means", "noisy"):
        find(notebook, grade_id).metadata.nbgrader.update(solution=False, grade=True, locked=True, points=50)


def set_points(points):
    def change(notebook):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                cell.metadata.nbgrader["points"] = points

    return change


def tag(*tags):
    def change(notebook):
        for cell in notebook.cells:
            cell.metadata["tags"] = list(tags)

    return change


def forge_the_kernel(notebook):
    notebook.metadata = {
        "kernelspec": {"name": "evil", "display_name": "Evil", "language": "bash", "argv": ["sh", "-c", "true"]},
        "language_info": {"name": "R"},
        "celltoolbar": "<b>",
    }


def double_the_ids(notebook):
    for cell in notebook.cells:
        cell["id"] = "same"


CHANGES = {
    "nothing": None,
    "tests deleted": delete_tests,
    "all but the answers deleted": delete_all_but_answers,
    "tests duplicated": duplicate_tests,
    "reversed": lambda notebook: notebook.cells.reverse(),
    "shuffled": lambda notebook: random.Random(3).shuffle(notebook.cells),
    "tests renamed": rename_tests,
    "unlocked and rewritten": unlock_and_rewrite,
    "tests as markdown": turn_into_markdown,
    "given cells as answers": turn_given_into_answers,
    "answers as given cells": turn_answers_into_given,
    "points 100": set_points(100),
    "points NaN": set_points(float("nan")),
    "points text": set_points("1e9"),
    "skip-execution": tag("skip-execution"),
    "raises-exception": tag("raises-exception"),
    "our own tag": tag(SKIP),
    "tags of other roles": tag("demo", "check", "style"),
    "tags no list": lambda notebook: [c.metadata.update(tags={"a": 1}) for c in notebook.cells],
    "kernel forged": forge_the_kernel,
    "ids doubled": double_the_ids,
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_released_form_comes_back(restored, template, right, name):
    unharmed(restored(CHANGES[name]), template, right)


@pytest.mark.parametrize("seed", range(6))
def test_many_changes_at_once(restored, template, right, seed):
    roles = (None, turn_given_into_answers, turn_answers_into_given)  # the other changes go by the roles
    chosen = random.Random(seed).sample([c for c in CHANGES.values() if c not in roles], 5)
    unharmed(restored(lambda notebook: [change(notebook) for change in chosen]), template, right)


def test_no_tag_of_the_learner_survives_on_any_cell(restored):
    notebook = restored(tag("skip-execution", "raises-exception", SKIP), extra=["helper = 1", "helper = 2"])
    for cell in notebook.cells:
        assert not {"skip-execution", "raises-exception"} & set(cell.metadata.get("tags", []))
        if SKIP in cell.metadata.get("tags", []):
            assert "means of a demo" in cell.source


def test_an_answer_without_its_metadata_is_kept_as_code_of_its_own(restored, right):
    def forget(notebook):
        find(notebook, "row_means").metadata = {}

    notebook = restored(forget)
    assert ids(notebook) == [x for x in ORDER if x != "row_means"]
    sources = [cell.source for cell in notebook.cells]
    tests = sources.index(cell_of(notebook, "row_means-test").source)
    assert sources.count(right["row_means"]) == 1 and sources.index(right["row_means"]) < tests


def test_a_deleted_answer_is_not_put_back_and_takes_no_test_with_it(restored):
    notebook = restored(lambda n: n.cells.remove(find(n, "row_means")))
    assert ids(notebook) == [x for x in ORDER if x != "row_means"]
    assert "NotImplementedError" not in "".join(cell.source for cell in notebook.cells)


def test_helpers_before_between_and_after_stay_where_they_were(restored, template, right):
    def add(notebook):
        notebook.cells.insert(0, new_code_cell("first = 1"))
        notebook.cells.insert(notebook.cells.index(find(notebook, "row_means")) + 1, new_code_cell("second = 2"))
        notebook.cells.insert(notebook.cells.index(find(notebook, "noisy")), new_markdown_cell("a note"))
        notebook.cells.append(new_code_cell("last = 3"))

    notebook = restored(add)
    unharmed(notebook, template, right)
    sources = [cell.source for cell in notebook.cells]
    place = {name: sources.index(cell_of(notebook, name).source) for name in ORDER}
    assert sources[0] == "first = 1" and sources[-1] == "last = 3"
    assert place["row_means"] < sources.index("second = 2") < place["row_means-check"]
    assert place["row_means-test"] < sources.index("a note") < place["noisy"]
    assert notebook.cells[sources.index("a note")].cell_type == "markdown"


def test_two_answers_to_one_exercise_are_both_kept_in_order(restored, right):
    def twice(notebook):
        again = copy.deepcopy(find(notebook, "noisy"))
        again.source = "noisy = None"
        notebook.cells.append(again)

    notebook = restored(twice)
    assert ids(notebook) == ORDER
    sources = [cell.source for cell in notebook.cells]
    assert sources.index(right["noisy"]) < sources.index("noisy = None")


def test_an_unchanged_demo_is_skipped_and_a_changed_one_runs(restored):
    def demo(notebook):
        (cell,) = [c for c in notebook.cells if "means of a demo" in c.source]
        return cell

    assert demo(restored()).metadata.get("tags") == [SKIP]
    assert SKIP not in demo(restored(run_demos=True)).metadata.get("tags", [])

    def edit(notebook):
        demo(notebook).source += "\nhelper = 1"

    assert SKIP not in demo(restored(edit)).metadata.get("tags", [])


def test_nbgraders_metadata_of_odd_types_name_no_cell(restored):
    for odd in (None, 5, "row_means", [], {"grade_id": ["row_means"]}, {"grade_id": None}, {"solution": True}):
        notebook = restored(lambda n, odd=odd: n.cells.append(new_code_cell("x = 1", metadata={"nbgrader": odd})))
        assert ids(notebook) == ORDER and notebook.cells[-1].source == "x = 1" and not notebook.cells[-1].metadata
