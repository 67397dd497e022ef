"""What tests do with a lesson: ask for its recorded answers and its functions, answer it, build one of their own."""

import json
import shutil
from pathlib import Path

import nbformat

from autograder.authoring.build import build
from autograder.authoring.lesson_text import read_lesson
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge import load_record
from autograder.notebooks import grade_id_of, is_given_or_solved, without_markers
from autograder.places import LessonFiles, Repository, repository
from autograder.run.limits import Limits


def cases_of(lesson: str, exercise: str) -> list[tuple[dict, object]]:
    """What is recorded of an exercise: (inputs by name, output) of each hidden case. ``lesson``: "week/stem"."""
    (place,) = repository().select(lesson)
    (item,) = [item for item in load_record(place).items.values() if item.exercise == exercise]
    named = []
    for case in item.cases:
        inputs = {item.parameters[int(key)] if key.isdigit() else key: value for key, value in case.inputs.items()}
        named.append((inputs, case.output))
    assert len(named) >= 3
    return named


def functions_of(lesson: str) -> dict:
    """The lesson's given code and solutions, run in a namespace of their own."""
    (place,) = repository().select(lesson)
    scope = {"__name__": "__main__"}
    for cell in read_lesson(place).cells:
        if is_given_or_solved(cell):
            exec(without_markers(cell.source), scope)
    return scope


PATIENT = Limits(cell_seconds=600, total_seconds=3600, short_seconds=600, patience=1)
"""For answers that end: however busy the machine is, they have their time."""


def answered(place: LessonFiles, answers: dict[str, str], change=None) -> bytes:
    """A lesson's release in which some exercises are answered, as it is handed in; the others stay stubs.

    Args:
        answers: the text of each answered exercise. change: called with the notebook before it is written.
    """
    notebook = nbformat.read(place.release, as_version=4)
    assert answers.keys() <= {grade_id_of(cell) for cell in notebook.cells}
    for cell in notebook.cells:
        cell.source = answers.get(grade_id_of(cell), cell.source)
    if change:
        change(notebook)
    return json.dumps(notebook).encode()


def graded(place: LessonFiles, answers: dict[str, str]) -> dict:
    """The verdicts on such a submission, by exercise."""
    result = grade_notebook(read_submission(answered(place, answers), f"{place.stem}.ipynb"), place, PATIENT)
    return {item.exercise: item for item in result.items}


def write_lesson(repo: Repository, stem: str, text: str, answers: str) -> LessonFiles:
    """The two texts of a lesson of course9-week1, written."""
    place = LessonFiles(repo.root, "course9-week1", stem)
    place.answers.parent.mkdir(parents=True, exist_ok=True)
    place.text.write_text(text.lstrip(), "utf-8")
    place.answers.write_text(answers.lstrip(), "utf-8")
    return place


def course_of(root: Path, stem: str, text: str, answers: str) -> Repository:
    """A course of one lesson, course9-week1, built in a folder of its own; its solved notebook has no outputs."""
    origin, repo = repository(), Repository(root)
    (root / "companion").symlink_to(origin.root / "companion", target_is_directory=True)
    repo.notebooks.mkdir()
    shutil.copy(origin.notebooks / "nbgrader_config.py", repo.notebooks)
    write_lesson(repo, stem, text, answers)
    build(repo, repo.lessons(), say=lambda line: None, execute=False)
    return repo
