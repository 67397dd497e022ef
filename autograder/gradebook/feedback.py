"""Feedback pages: nbgrader's own template and exporter, built once in a process and used for every page."""

import hashlib
import html
import json
import pickle
import re
from collections.abc import Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbgrader
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbgrader.api import Assignment, BaseCell, Comment, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Config

from autograder.files import write_file
from autograder.gradebook.clean_html import clean_html
from autograder.grading.local_pool import LocalPool, WorkerLost
from autograder.grading.submissions import copy_slips
from autograder.places import Repository

LONG = 200_000
"""A longer cell, in characters, is shown as plain text: colours and Markdown could take minutes."""

PAGES_PER_WORKER = 50
"""A worker process needs as long to start as it takes to make about so many pages."""

HIDES_TESTS = "autograder.nbgrader_plugins.WithoutHiddenTests"
"""Always at work, also where somebody's own nbgrader_config.py does not name it."""

TEMPLATES = Path(__file__).with_name("templates")
"""Our template, companion_feedback, which extends nbgrader's."""

NO_ALT = re.compile(r"<img\b(?![^>]*\balt=)([^>]*?)(/?)>")


@dataclass(frozen=True)
class Page:
    """One feedback page: the executed notebook, where the page goes, and what the gradebook says.

    Attributes:
        grades: ``score``, ``max_score``, ``late_penalty``, ``cells`` (score and points by graded cell) and
            ``comments`` (by answer).
        digest: of all that the page shows.
    """

    notebook_id: str
    student: str
    week: str
    stem: str
    executed: Path
    target: Path
    grades: dict
    digest: str


def pages_of(session: Session, repo: Repository, week: str, executed: dict[tuple[str, str], str]) -> list[Page]:
    """The pages of a week's notebooks as they should be now.

    Args:
        executed: the digest of each executed notebook, by student and lesson.
    """
    of_week = Notebook.assignment_id == select(Assignment.id).where(Assignment.name == week).scalar_subquery()
    cells: dict[str, dict] = {}
    comments: dict[str, dict] = {}
    for table, column, there in ((Grade, Grade.score, cells), (Comment, Comment.comment, comments)):
        more = [Grade.max_score] if table is Grade else []
        rows = select(table.notebook_id, BaseCell.name, column, *more)
        rows = rows.join(BaseCell, BaseCell.id == table.cell_id).join(Notebook, Notebook.id == BaseCell.notebook_id)
        for notebook_id, name, *values in session.execute(rows.where(of_week)):
            there.setdefault(notebook_id, {})[name] = values if more else values[0]
    rows = (
        select(SubmittedNotebook.id, SubmittedAssignment.student_id, Notebook.name, SubmittedNotebook.score,
               SubmittedNotebook.max_score, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .where(of_week)
    )  # fmt: skip
    pages = []
    for notebook_id, student, stem, score, max_score, penalty in session.execute(rows):
        if (student, stem) not in executed:
            continue
        grades = {
            "score": score - (penalty or 0), "max_score": max_score, "late_penalty": penalty or 0,
            "cells": cells.get(notebook_id, {}), "comments": comments.get(notebook_id, {}),
        }  # fmt: skip
        everything = json.dumps([grades, executed[student, stem]], sort_keys=True)
        pages.append(
            Page(
                notebook_id, student, week, stem,
                repo.notebooks / "autograded" / student / week / f"{stem}.ipynb",
                repo.notebooks / "feedback" / student / week / f"{stem}.html",
                grades, hashlib.sha256(everything.encode()).hexdigest(),
            )
        )  # fmt: skip
    return sorted(pages, key=lambda page: (page.student, page.stem))


def make_pages(pages: list[Page], config: Config, workers: int) -> Iterator[Page]:
    """Write pages and yield each when it is there; in processes of their own where there are many.

    Args:
        config: nbgrader's settings; what tells where the gradebook is stays here.

    Raises:
        CannotWrite: the disk is full, a folder is read-only …
    """
    settings = pickle.dumps(_without_address(config))
    workers = min(workers, len(pages) // PAGES_PER_WORKER)
    if workers < 2:
        for page in pages:
            yield _write_page(page, settings)
        return
    with LocalPool(workers, settings) as pool:
        futures = {pool.submit(_write_page, page): page for page in pages}
        for future in as_completed(futures):
            try:
                yield future.result()
            except WorkerLost:
                yield _write_page(futures[future], settings)


def _without_address(config: Config) -> Config:
    """The settings that a worker may have: not the gradebook's address, and only what can be handed over."""

    def portable(section) -> bool:
        try:
            return bool(pickle.dumps(section))
        except Exception:  # noqa: BLE001 - an object in the settings decides what pickling it raises
            return False

    return Config({name: part for name, part in config.items() if name != "CourseDirectory" and portable(part)})


def _write_page(page: Page, settings: bytes) -> Page:
    names = {"student": page.student, "assignment": page.week, "notebook": page.stem, "grades": page.grades}
    resources = {"unique_key": page.stem, "output_files_dir": f"{page.stem}_files", "nbgrader": names}
    text, _ = _exporter(settings).from_filename(str(page.executed), resources=resources)
    write_file(page.target, text.encode(errors="replace"))
    copy_slips(page.executed.parent, page.target.parent)
    return page


@lru_cache(maxsize=1)
def _exporter(settings: bytes) -> "_Exporter":
    """The exporter as nbgrader's GenerateFeedback sets it up, with the two classes below in it."""
    config = pickle.loads(settings)
    config.HTMLExporter.setdefault("template_name", "companion_feedback")
    theirs = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    config.HTMLExporter.setdefault("extra_template_basedirs", [str(TEMPLATES), str(theirs)])
    converter = GenerateFeedback(config=config)
    # Only what stands in these is found by a template that names another one.
    converter.config.HTMLExporter.extra_template_paths.append(str(theirs))
    exporter = _Exporter(parent=converter, config=converter.config)
    for preprocessor in dict.fromkeys([*converter.preprocessors, HIDES_TESTS]):
        reads_grades = preprocessor in (GetGrades, "nbgrader.preprocessors.GetGrades")
        exporter.register_preprocessor(_KnownGrades if reads_grades else preprocessor)
    return exporter


class _KnownGrades(GetGrades):
    """nbgrader's GetGrades, with grades and comments that were read before."""

    def preprocess(self, nb, resources):
        grades = resources["nbgrader"]["grades"]
        for cell in nb.cells:
            if is_solution(cell) or is_task(cell):
                cell.metadata.nbgrader["comment"] = grades["comments"].get(cell.metadata.nbgrader.grade_id)
            if is_grade(cell) or is_task(cell):
                score, points = grades["cells"][cell.metadata.nbgrader.grade_id]
                cell.metadata.nbgrader.update(score=score, points=points)
        resources["nbgrader"].update({key: grades[key] for key in ("score", "max_score", "late_penalty")})
        return nb, resources


class _Exporter(HTMLExporter):
    """nbconvert's HTMLExporter, without reading each finished page in again only to look for pictures without `alt`.

    Text that was rendered once, such as given code, is not rendered for the next student again. A cell that
    cannot be rendered is shown as plain text.
    """

    optimistic_validation = True

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = self._init_resources(resources)
        kind = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("highlight_code", self._highlight(nb.metadata.get("language_info", {})))
        self.register_filter("filter_data_type", kind)
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return NO_ALT.sub(r'<img\1 alt="No description has been provided for this image"\2>', page), resources

    def _highlight(self, language_info):
        convert = _highlighter(self, language_info.get("pygments_lexer", language_info.get("name")))
        return lambda source, language=None, metadata=None: _plain_if_bad(convert, source)  # noqa: ARG005 - nbconvert's filter

    def markdown2html(self, context, source):
        if context.get("cell", {}).get("attachments"):
            return clean_html(super().markdown2html(context, source))
        return _plain_if_bad(lambda text: _markdown(self, text), source)

    markdown2html.jinja_pass_arg = HTMLExporter.markdown2html.jinja_pass_arg  # type: ignore[attr-defined]


def _plain_if_bad(convert, source: str) -> str:
    try:
        if len(source) <= LONG:
            return convert(source)
    except Exception:  # noqa: BLE001 - a learner's text may bring a renderer down: it is shown plain
        pass
    return f"<pre>{html.escape(source)}</pre>"


@lru_cache(maxsize=8)
def _highlighter(exporter: HTMLExporter, lexer: str | None):
    return lru_cache(maxsize=1024)(Highlight2HTML(pygments_lexer=lexer, parent=exporter))


@lru_cache(maxsize=1024)
def _markdown(exporter: HTMLExporter, source: str) -> str:
    return clean_html(HTMLExporter.markdown2html(exporter, {}, source))
