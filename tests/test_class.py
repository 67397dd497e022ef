"""A whole class, by the commands that people type: ours, nbgrader with our settings, and stock nbgrader."""

import json
import shutil

import nbformat
import pytest
from course import WEEK, copy_of_the_repository, run
from nbgrader.api import Gradebook

from autograder.places import repository

pytestmark = pytest.mark.slow
KEYS = ["student", "assignment", "lesson", "score", "max_score", "isolation", "items"]
ITEM_KEYS = ["grade_id", "exercise", "points", "max_points", "verdict", "cause", "causes", "message"]
FULL = ("solution", "loops", "vectorized", "einsum", "warns")


def scores(root) -> dict[tuple[str, str], float]:
    with Gradebook(f"sqlite:///{root}/notebooks/gradebook.db") as book:
        return {
            (submission.student.id, grade.name): grade.score
            for submission in book.assignment_submissions(WEEK)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The sample class, graded by our command: the folder, and what the command printed."""
    root = copy_of_the_repository(tmp_path_factory.mktemp("class"))
    assert run(root, "autograder", "sample", WEEK).returncode == 0
    done = run(root, "autograder", "grade", WEEK, "--json")
    assert done.returncode == 0, done.stderr
    return root, json.loads(done.stdout), done.stderr


def totals(results) -> dict[str, tuple[float, float]]:
    found = {}
    for entry in results:
        score, most = found.get(entry["student"], (0, 0))
        found[entry["student"]] = score + entry["score"], most + entry["max_score"]
    return found


def test_the_json_has_the_agreed_form(graded):
    _, results, _ = graded
    assert all(list(entry) == KEYS for entry in results)
    assert all(list(item) == ITEM_KEYS for entry in results for item in entry["items"])
    assert len(results) == len(totals(results)) * len(repository().week(WEEK))


def test_right_answers_get_everything_and_untouched_ones_nothing(graded):
    for student, (score, most) in totals(graded[1]).items():
        kind = student[len("sample-00-") :]
        if kind in FULL:
            assert score == most, student
        elif kind in ("untouched", "no-notebook"):
            assert score == 0, student
        else:
            assert 0 < score < most, student


def test_each_known_mistake_costs_one_item_and_is_named(graded):
    faulty = {}
    for entry in graded[1]:
        if "-mistake-" in entry["student"]:
            faulty.setdefault(entry["student"], []).extend(i for i in entry["items"] if i["verdict"] != "passed")
    assert len(faulty) >= 6
    for student, items in faulty.items():
        assert len(items) == 1 and items[0]["cause"], (student, items)


def test_trouble_is_told_by_its_kind_and_costs_only_itself(graded):
    verdicts = {}
    for entry in graded[1]:
        for item in entry["items"]:
            verdicts.setdefault(entry["student"][len("sample-00-") :], []).append(item["verdict"])
    assert verdicts["crashes"].count("killed") == 1 and verdicts["loops-for-ever"].count("timed out") == 1
    assert set(verdicts["crashes"]) == {"killed", "passed"} and set(verdicts["loops-for-ever"]) == {
        "timed out",
        "passed",
    }
    assert set(verdicts["no-notebook"]) == {"unreadable"} and set(verdicts["untouched"]) == {"missing"}


def test_the_gradebook_holds_the_same_scores(graded):
    root, results, _ = graded
    assert scores(root) == {(e["student"], i["grade_id"]): i["points"] for e in results for i in e["items"]}


def test_every_student_has_feedback_pages_with_the_cause_and_nothing_that_runs(graded):
    root, results, _ = graded
    for entry in results:
        page = (root / "notebooks" / "feedback" / entry["student"] / WEEK / f"{entry['lesson']}.html").read_text(
            "utf-8"
        )
        for item in entry["items"]:
            if item["cause"]:
                assert item["cause"].split(".")[0][:40].replace("'", "&#39;") in page
        assert f"{entry['score']:g}" in page


def test_the_report_counts_the_causes(graded):
    root, results, _ = graded
    rows = json.loads(run(root, "autograder", "report", WEEK, "--json").stdout)
    failed = sum(i["verdict"] != "passed" for e in results for i in e["items"])
    assert sum(fault["count"] for row in rows for fault in row["faults"]) == failed
    table = run(root, "autograder", "report", WEEK)
    assert table.returncode == 0 and "what to teach again" in table.stdout


def test_grading_again_keeps_what_a_person_entered(graded):
    root, _, _ = graded
    student, grade_id = next(iter(scores(root)))
    with Gradebook(f"sqlite:///{root}/notebooks/gradebook.db") as book:
        notebook = next(
            n.name for n in book.find_assignment(WEEK).notebooks if grade_id in [c.name for c in n.grade_cells]
        )
        grade = book.find_grade(grade_id, notebook, WEEK, student)
        grade.manual_score, grade.extra_credit = 1.5, 0.5
        book.db.commit()
    assert run(root, "autograder", "grade", WEEK, "--students", student).returncode == 0
    assert scores(root)[student, grade_id] == 2.0


def without_demos(path):
    """Take the experiments out: no test depends on them, and stock nbgrader would train every network again."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "demo" not in cell.metadata.get("tags", [])]
    nbformat.write(notebook, path)


def test_nbgrader_and_stock_nbgrader_agree_on_every_honest_submission(graded, tmp_path):
    """nbgrader with our settings gives our scores; stock nbgrader does, but for warnings, crashes and loops."""
    root, results, _ = graded
    ours = {(e["student"], i["grade_id"]): i["points"] for e in results for i in e["items"]}
    for kind in ("judged", "stock"):
        there = copy_of_the_repository(tmp_path / kind)
        left_out = ("loops-for-ever", "no-notebook") + (("crashes", "warns") if kind == "stock" else ())
        for folder in (root / "notebooks" / "submitted").iterdir():
            if not folder.name.endswith(left_out):
                shutil.copytree(folder, there / "notebooks" / "submitted" / folder.name)
                for path in (there / "notebooks" / "submitted" / folder.name / WEEK).glob("*.ipynb"):
                    without_demos(path)
        if kind == "stock":
            config = there / "notebooks" / "nbgrader_config.py"
            config.write_text(config.read_text().split("# Submissions are judged")[0])
        for command in ("generate_assignment", "autograde"):
            done = run(
                there, "nbgrader", command, WEEK, *(["--force"] if command[0] == "g" else []), cwd=there / "notebooks"
            )
            assert done.returncode == 0, done.stderr[-2000:]
        theirs = scores(there)
        assert theirs and theirs == {key: ours[key] for key in theirs}, kind
