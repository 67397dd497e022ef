"""nbgrader is the oracle: its own commands on the same class give the same gradebook and the same pages."""

import copy
import shutil
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from course import run
from grading import STEM, WEEK, content, copy_of, hand_in
from nbgrader.api import Gradebook

from autograder.notebooks import grade_id_of

pytestmark = pytest.mark.slow
PLUGIN = """
from nbgrader.plugins import BasePlugin

class HalfAPointPerHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {"cyn": -3.0, "dan": None}.get(student_id, 0.5 * total_seconds_late / 3600)

c.AssignLatePenalties.plugin_class = HalfAPointPerHour
"""
METHODS = {
    "none": "",
    "zero": 'c.LateSubmissionPlugin.penalty_method = "zero"\n',
    "plugin": PLUGIN,
}
COMMENT = "Read **this** again: <script>alert(1)</script>"


@pytest.fixture(params=METHODS)
def method(request):
    return request.param


@pytest.fixture(scope="module")
def handed_in(tiny, submission, right, tmp_path_factory):
    """A class that handed in; the assignment is in the gradebook, with a due date."""
    repo = copy_of(tiny, tmp_path_factory.mktemp("handed-in") / "course")
    picture = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    half = submission({"row_means": right["row_means"]}, extra=[picture, "print('<b>bold</b>')"])
    hand_in(repo, "ann", submission(right), "2030-01-01 00:00:00 UTC")
    hand_in(repo, "bob", half, "2030-01-01 03:00:00 UTC")
    hand_in(repo, "cyn", submission(right), "2030-01-01 04:00:00 +0100")
    hand_in(repo, "dan", submission(right), "2030-01-02 00:00:00 UTC")
    hand_in(repo, "eli", submission({}), "2031-01-01 00:00:00 UTC")
    hand_in(repo, "flo", submission(right))
    nbgrader(repo, "generate_assignment", "--force")
    with Gradebook(f"sqlite:///{repo.gradebook}") as book:
        book.update_or_create_assignment(WEEK, duedate="2030-01-01 01:00:00 UTC")
    return repo


@pytest.fixture
def both(handed_in, tmp_path, method):
    """The same class twice: ours to grade, and nbgrader's."""
    config = handed_in.notebooks / "nbgrader_config.py"
    courses = [copy_of(handed_in, tmp_path / name) for name in ("ours", "theirs")]
    for repo in courses:
        (repo.notebooks / config.name).write_text(config.read_text() + METHODS[method])
    return courses


def nbgrader(repo, command, *options):
    done = run(repo.root, "nbgrader", command, WEEK, *options, cwd=repo.notebooks)
    assert done.returncode == 0, done.stderr[-3000:]


def ours(repo, *options):
    done = run(repo.root, "autograder", "grade", WEEK, *options)
    assert done.returncode == 0, done.stderr


def same(ours, theirs):
    mine, other = (content(f"sqlite:///{repo.gradebook}", marks=False) for repo in (ours, theirs))
    assert mine == other
    return mine


def test_the_gradebook_is_the_one_that_nbgrader_makes(both, method):
    mine, theirs = both
    nbgrader(theirs, "autograde")
    ours(mine)
    penalties = {row[0]: row[2] for row in same(mine, theirs)["notebooks"]}
    expected = {
        "none": dict.fromkeys(penalties),
        "zero": {"ann": None, "bob": 3.0, "cyn": 5.0, "dan": 5.0, "eli": 0.0, "flo": None},
        "plugin": {"ann": None, "bob": 1.0, "cyn": 0.0, "dan": None, "eli": 0.0, "flo": None},
    }
    assert penalties == expected[method]
    if method != "plugin":
        return
    for repo in both:
        with Gradebook(f"sqlite:///{repo.gradebook}") as book:
            for student, score in (("bob", 1.0), ("ann", 0.5)):
                grade = book.find_grade("noisy-test", STEM, WEEK, student)
                grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, 0.25, False
                book.find_comment("noisy", STEM, WEEK, student).manual_comment = COMMENT
            book.find_submission(WEEK, "bob").extension = timedelta(hours=1)
            book.db.commit()
        shutil.copy(repo.notebooks / "submitted" / "ann" / WEEK / f"{STEM}.ipynb", repo.root)
        hand_in(repo, "dan", (repo.root / f"{STEM}.ipynb").read_bytes(), "2030-01-01 00:30:00 UTC")
    nbgrader(theirs, "autograde", "--force")
    ours(mine, "--force")
    found = same(mine, theirs)
    assert ("bob", "noisy-test", 0.0, 1.0, 0.25, 1) in found["grades"] and len(found["comments"]) == 12

    slip = mine.notebooks / "feedback" / "bob" / WEEK / "timestamp.txt"
    assert slip.read_text() == "2030-01-01 03:00:00 UTC"
    nbgrader(mine, "generate_feedback", f"--CourseDirectory.feedback_directory={mine.root / 'theirs'}")
    for page in (mine.root / "theirs").glob("*/*/*.html"):
        same_page(mine.notebooks / "feedback" / page.relative_to(mine.root / "theirs"), page)


def same_page(mine, theirs):
    """Equal but for the graded cells, in which ours shows the judge's words in a box and no hidden test."""
    pages = [BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in (mine, theirs)]
    counts = []
    for page in pages:
        for style in page.find_all("style"):
            style.decompose()
        graded = [label for label in page.find_all(class_="nbgrader-label") if label.text.startswith("Grade cell")]
        counts.append(len(graded))
        for label in graded:
            label.find_parent("div", class_="cell").decompose()
    assert counts[0] == counts[1] > 0
    ours, others = (" ".join(str(page).split()) for page in pages)
    assert ours == others


def test_the_pages_of_a_real_lesson_are_those_that_nbgrader_makes(tmp_path):
    from course import WEEK as week  # noqa: N811 - this module has a WEEK of its own
    from course import copy_of_the_repository

    root = copy_of_the_repository(tmp_path)
    for student, kind in (("ada", "source"), ("bob", "release")):
        folder = root / "notebooks" / "submitted" / student / week
        folder.mkdir(parents=True)
        for notebook in (root / "notebooks" / kind / week).glob("*.ipynb"):
            shutil.copy(notebook, folder)
    assert run(root, "autograder", "grade", week).returncode == 0
    done = run(
        root, "nbgrader", "generate_feedback", week, f"--CourseDirectory.feedback_directory={root / 'theirs'}",
        cwd=root / "notebooks",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    pages = sorted((root / "theirs").glob("*/*/*.html"))
    assert len(pages) == 6
    for page in pages:
        same_page(root / "notebooks" / "feedback" / page.relative_to(root / "theirs"), page)


def twice(notebook):
    """The first answer's cell, copied with its grade_id."""
    at = next(i for i, cell in enumerate(notebook.cells) if grade_id_of(cell) == "row_means")
    notebook.cells.insert(at + 1, copy.deepcopy(notebook.cells[at]))


def odd(notebook):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader = {
                "grade_id": cell.metadata.nbgrader["grade_id"],
                "points": "x",
                "schema_version": 1,
            }


def test_whatever_is_handed_in_nbgrader_s_own_command_goes_on_and_gives_the_same_points(
    tiny, submission, right, tmp_path
):
    mine, theirs = copy_of(tiny, tmp_path / "ours"), copy_of(tiny, tmp_path / "theirs")
    class_of = {
        "ann": submission(right, change=twice),
        "bob": b"\xef\xbb\xbf" + submission(right),
        "cyn": b"print('hello')",
        "eli": submission(right, change=odd),
        "gil": submission({"row_means": right["row_means"]}),
    }
    for repo in (mine, theirs):
        for student, data in class_of.items():
            hand_in(repo, student, data)
        nbgrader(repo, "generate_assignment", "--force")
    nbgrader(theirs, "autograde")
    ours(mine)
    points = {}
    for student, _, score, *_ in same(mine, theirs)["grades"]:
        points[student] = points.get(student, 0) + score
    assert points == {"ann": 5, "bob": 5, "cyn": 0, "eli": 5, "gil": 3}
    (executed,) = (theirs.notebooks / "autograded" / "cyn").rglob("*.ipynb")
    assert "cannot be read as a notebook" in executed.read_text()
