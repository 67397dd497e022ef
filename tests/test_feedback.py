"""A feedback page shows what a learner wrote and never runs it."""

import re
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup
from course import WEEK, copy_of_the_repository, run
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.notebooks import without_aims

pytestmark = pytest.mark.slow

SCRIPTS = {
    "markdown": new_markdown_cell("see <script>alert('ATTACK')</script> and <img src=x onerror=\"alert('ATTACK')\">"),
    "link": new_markdown_cell("[here](javascript:alert('ATTACK'))"),
    "raw": new_raw_cell("<script>alert('ATTACK')</script>", metadata={"raw_mimetype": "text/html"}),
    "html": new_code_cell("from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</' + 'script>'))"),
    "javascript": new_code_cell("from IPython.display import Javascript\nJavascript('alert(1)')"),
    "svg": new_code_cell(
        'from IPython.display import SVG\nSVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>\')'
    ),
    "stream": new_code_cell("print('\\x1b[31m<script>alert(1)</' + 'script>')"),
    "error": new_code_cell("raise ValueError('<script>alert(1)</' + 'script>')"),
}


def test_nothing_that_a_learner_wrote_runs_in_the_page(tmp_path):
    root = copy_of_the_repository(tmp_path)
    stem = "gradient_checking"
    notebook = nbformat.read(root / "notebooks" / "release" / WEEK / f"{stem}.ipynb", as_version=4)
    before = len(without_aims(notebook.cells))
    notebook.cells.extend(SCRIPTS.values())
    folder = root / "notebooks" / "submitted" / "eve" / WEEK
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{stem}.ipynb")
    done = run(root, "autograder", "grade", WEEK)
    assert done.returncode == 0, done.stderr
    page = (root / "notebooks" / "feedback" / "eve" / WEEK / f"{stem}.html").read_text("utf-8")
    autograded = nbformat.read(root / "notebooks" / "autograded" / "eve" / WEEK / f"{stem}.ipynb", as_version=4)
    assert len(autograded.cells) == before + len(SCRIPTS)
    # Everything that a browser would run: scripts, event handlers, script addresses.
    for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
        assert "alert" not in script
    for tag in re.findall(r"<[a-zA-Z][^>]*>", page):
        assert not re.search(r"\son\w+\s*=", tag) or "alert" not in tag, tag
        assert "javascript:" not in tag, tag
    assert "ATTACK" in page
    soup = BeautifulSoup(page, "html.parser")
    assert all(words not in soup.get_text() for words in ("@hidden_cases(", "case.rng", "BEGIN HIDDEN"))
    boxes = soup.find_all(class_="verdict")
    assert len(boxes) == 6 and all("not written yet" in box.text for box in boxes)
    assert re.search(r"\.verdict \{[^}]*overflow-wrap: anywhere", page)


def test_nbgrader_s_own_command_hides_the_hidden_tests_too(tmp_path):
    root = copy_of_the_repository(tmp_path)
    folder = root / "notebooks" / "submitted" / "ann" / WEEK
    folder.mkdir(parents=True)
    shutil.copy(root / "notebooks" / "source" / WEEK / "initialization.ipynb", folder)
    assert run(root, "autograder", "grade", WEEK).returncode == 0
    shutil.rmtree(root / "notebooks" / "feedback")
    done = run(root, "nbgrader", "generate_feedback", WEEK, cwd=root / "notebooks")
    assert done.returncode == 0, done.stderr
    (page,) = (root / "notebooks" / "feedback").rglob("initialization.html")
    text = BeautifulSoup(page.read_text("utf-8"), "html.parser").get_text()
    assert 'verdict("layer_factor")' in text
    assert all(words not in text for words in ("@hidden_cases(", "case.rng", "BEGIN HIDDEN"))
