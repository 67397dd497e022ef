"""Feedback pages: whatever a notebook holds there is a page, and who makes it changes nothing."""

import json
import multiprocessing
from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup
from grading import STEM, WEEK, copy_of, made_up, writer
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell
from traitlets.config import Config

from autograder.errors import CannotWrite
from autograder.gradebook import feedback
from autograder.gradebook.database import nbgrader_app, transaction
from autograder.gradebook.feedback import make_pages, pages_of


@pytest.fixture(scope="module")
def made(tiny, tmp_path_factory):
    """The tiny course with one student graded, and the page that is to be made."""
    repo = copy_of(tiny, tmp_path_factory.mktemp("pages") / "course")
    with writer(repo) as w:
        w.write(*made_up(repo, "ada", {"row_means": 3.0, "noisy": 0.0}))
        with transaction(w.book) as session:
            (page,) = pages_of(session, repo, WEEK, {("ada", STEM): "digest"})
    return page, nbgrader_app(repo).config


CHANGES = [
    lambda notebook: setattr(_grade(notebook), "auto_score", 1.0),
    lambda notebook: setattr(_grade(notebook), "manual_score", 2.0),
    lambda notebook: setattr(_grade(notebook), "extra_credit", 0.5),
    lambda notebook: setattr(notebook.comments[0], "auto_comment", "No response."),
    lambda notebook: setattr(notebook.comments[0], "manual_comment", "Well done."),
    lambda notebook: setattr(notebook, "late_submission_penalty", 0.25),
]
"""What may change in the gradebook after grading, one by one."""


def _grade(notebook):
    return min(notebook.grades, key=lambda grade: grade.name)


def test_the_digest_follows_everything_that_the_page_shows(tiny, tmp_path):
    repo = copy_of(tiny, tmp_path / "course")
    seen = []
    with writer(repo) as w:
        w.write(*made_up(repo, "ada", {"row_means": 3.0, "noisy": 0.0}))
        for change in [lambda notebook: None, *CHANGES]:
            with transaction(w.book) as session:
                change(w.book.find_submission_notebook(STEM, WEEK, "ada"))
            for executed in ("one", "two"):
                with transaction(w.book) as session:
                    (page,) = pages_of(session, repo, WEEK, {("ada", STEM): executed})
                seen.append(page.digest)
    assert len(set(seen)) == len(seen) == 2 * (1 + len(CHANGES))


def test_many_pages_are_made_by_processes_that_may_die_and_are_the_same(made, tmp_path, monkeypatch):
    page, config = made
    monkeypatch.setattr(feedback, "PAGES_PER_WORKER", 10)
    pages = [replace(page, target=tmp_path / f"{i}" / "page.html") for i in range(40)]
    made_so_far = []
    for p in make_pages(pages, config, workers=2):
        if not made_so_far:
            multiprocessing.active_children()[0].kill()
        made_so_far.append(p.target)
    assert sorted(made_so_far) == sorted(p.target for p in pages)
    texts = {p.target.read_bytes() for p in pages}
    here = replace(page, target=tmp_path / "here.html")
    assert list(make_pages([here], config, workers=2)) == [here]
    assert texts == {here.target.read_bytes()} and b"row_means-test" in here.target.read_bytes()


def test_the_makers_of_pages_are_not_told_where_the_gradebook_is():
    config = Config({"CourseDirectory": {"db_url": "postgresql://me:secret@host/db"}})
    config.HTMLExporter.sanitize_html = True
    config.Autograde.pre_convert_hook = lambda **_: "cannot be handed over"
    kept = feedback._without_address(config)
    assert kept == {"HTMLExporter": {"sanitize_html": True}}


ODD = {
    "deep": new_markdown_cell("> " * 3000 + "x"),
    "long": new_markdown_cell("*a **b " * 100_000),
    "brackets": new_markdown_cell("[a](" * 5000),
    "code": new_code_cell("x = " + "(" * 100_000),
    "text": new_code_cell("'" * 300_000),
    "control": new_code_cell("print(1)\x00\x1b[31m\ud800"),
    "recursive": new_markdown_cell("\n".join("  " * i + "- x" for i in range(400))),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_cell_is_shown_somehow(made, tmp_path, name):
    page, config = made
    notebook = nbformat.read(page.executed, as_version=4)
    notebook.cells.append(ODD[name])
    path = tmp_path / f"{STEM}.ipynb"
    path.write_text(json.dumps(notebook))
    there = replace(page, executed=path, target=tmp_path / "page.html")
    list(make_pages([there], config, workers=1))
    text = there.target.read_text("utf-8")
    assert "row_means-test" in text and text.rstrip().endswith("</html>")


def test_what_cannot_be_rendered_is_shown_as_text():
    def broken(source):
        raise RecursionError

    assert feedback._plain_if_bad(broken, "<b>") == "<pre>&lt;b&gt;</pre>"


def test_a_page_that_cannot_be_written_is_said(made, tmp_path):
    page, config = made
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="cannot be written"):
        list(make_pages([replace(page, target=tmp_path / "file" / "page.html")], config, workers=1))


NOTES = r"""My notes: $W^{[l]}$ has shape $(n^{[l]}, n^{[l-1]})$, and for $z<0$ `x[0] < y[1]`. See [this](https://example.org).

$$A^{[1]} = g(Z^{[1]}), \quad 0<a_i<1$$

```python
if a<b and x[0]: pass
```

| a | b |
|---|---|
| 1 | 2 |

`\href{a}` [x](java&#115;cript:alert(1)) ![y](data:text/html,x) <b onclick="alert(1)">bold</b> <svg onload="alert(1)"/>
$\href{javascript:alert(1)}{x}$
"""


@pytest.mark.parametrize("ours", [True, False], ids=["our pages", "nbgrader's own command"])
def test_notes_are_shown_as_written_and_nothing_in_them_runs(made, tmp_path, ours):
    page, config = made
    notebook = nbformat.read(page.executed, as_version=4)
    notebook.cells.append(new_markdown_cell(NOTES))
    path = tmp_path / f"{STEM}.ipynb"
    path.write_text(json.dumps(notebook))
    if ours:
        there = replace(page, executed=path, target=tmp_path / "page.html")
        list(make_pages([there], config, workers=1))
        text = there.target.read_text("utf-8")
    else:
        text, _ = HTMLExporter(config=Config(HTMLExporter=config.HTMLExporter)).from_filename(str(path))
    soup = BeautifulSoup(text, "html.parser")
    (cell,) = [one for one in soup.find_all(class_="text_cell_render") + soup.find_all(class_="jp-RenderedMarkdown")
               if "My notes" in one.text]  # fmt: skip
    for written in (
        "$W^{[l]}$",
        "$(n^{[l]}, n^{[l-1]})$",
        "$z<0$",
        "0<a_i<1$$",
        "x[0] < y[1]",
        "if a<b and x[0]: pass",
    ):
        assert written in cell.text
    assert cell.find("p") and [row.text.split() for row in cell.find_all("tr")] == [["a", "b"], ["1", "2"]]
    assert [a["href"] for a in cell.find_all("a") if a.get("href")] == ["https://example.org"]
    assert not cell.find(["svg", "script", "style"]) and not [t for t in cell.find_all() if "onclick" in t.attrs]
    assert not any(image.get("src") for image in cell.find_all("img"))
    assert r"\href{a}" in cell.text and r"$\href" not in cell.text
