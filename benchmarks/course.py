"""The course of the benchmark in a scratch folder, and its class."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.authoring.lesson_text import LessonText, read_lesson
from autograder.notebooks import grade_id_of, has_tag, read_generated, without_markers
from autograder.places import LessonFiles, repository
from benchmarks.measure import run

ROOT = repository().root
BIN = Path(sys.executable).parent

MIX = ("right", "mistake", "untouched", "right", "mistake", "right", "mistake", "right", "mistake", "right")
"""The kinds of the first ten students, and of every ten after them."""


@dataclass(frozen=True)
class Week:
    """A week of the benchmark.

    Attributes:
        label: in tables. week: its name. text: of its one lesson, in this repository.
    """

    label: str
    week: str
    text: str

    @property
    def stem(self) -> str:
        return Path(self.text).stem


WEEKS = (
    Week("NumPy", "course2-week1", "course2/week1/gradient_checking.py"),
    Week("TensorFlow", "course9-week1", "benchmarks/lessons/course9/week1/tensorflow_basics.py"),
)


def environment(root: Path, bin: Path = BIN) -> dict[str, str]:
    """What a command finds around it: the course at ``root``, its own environment's programs, our packages."""
    path = f"{bin}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "COMPANION_ROOT": str(root), "PATH": path, "PYTHONPATH": str(ROOT)}


def build_course(root: Path, weeks: list[Week]) -> None:
    """Build a course of these weeks' lessons in the folder ``root``, by the command that authors use."""
    _copy_texts(root, weeks)
    run([BIN / "autograder", "build"], environment(root), root)


def copy_course(root: Path, weeks: list[Week]) -> None:
    """A course of these weeks' lessons in the folder ``root``, with what this repository has built of them."""
    _copy_texts(root, weeks)
    for week in weeks:
        copy, original = place_of(root, week), place_of(ROOT, week)
        for made in ("source", "release", "public_record"):
            target = getattr(copy, made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(getattr(original, made), target)


def _copy_texts(root: Path, weeks: list[Week]) -> None:
    for name in ("companion", "data"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "nbgrader_config.py", root / "notebooks")
    for week in weeks:
        place, original = place_of(root, week), ROOT / week.text
        place.answers.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(original, place.text)
        shutil.copy(original.parent / "answers" / original.name, place.answers)


def place_of(root: Path, week: Week) -> LessonFiles:
    return LessonFiles(root, week.week, week.stem)


def make_class(place: LessonFiles, size: int) -> dict[str, NotebookNode]:
    """The notebooks that a class hands in, by student.

    The kinds follow :data:`MIX`. Right answers take turns through the solution and the styles, wrong ones through the
    mistakes of all exercises, one wrong exercise each. Cells tagged `demo` are taken out: ours would skip them, the
    others would run them.
    """
    lesson = read_lesson(place)
    right, wrong = _right_answers(lesson), _wrong_answers(lesson)
    submissions, counts = {}, {"right": 0, "mistake": 0, "untouched": 0}
    for i in range(size):
        kind = MIX[i % len(MIX)]
        answers = {"right": right, "mistake": wrong, "untouched": [{}]}[kind]
        submissions[f"s{i:04d}-{kind}"] = filled(place, answers[counts[kind] % len(answers)])
        counts[kind] += 1
    return submissions


def _right_answers(lesson: LessonText) -> list[dict[str, str]]:
    solved = own_answers(lesson)
    styles = sorted({style for written in lesson.styles.values() for style in written})
    return [solved] + [
        {**solved, **{exercise: written[style] for exercise, written in lesson.styles.items() if style in written}}
        for style in styles
    ]


def _wrong_answers(lesson: LessonText) -> list[dict[str, str]]:
    """The first mistake of every exercise, then the second of each, and so on."""
    rank, seen = {}, {}
    for mistake in lesson.mistakes:
        rank[mistake] = seen[mistake.exercise] = seen.get(mistake.exercise, -1) + 1
    ordered = sorted(lesson.mistakes, key=rank.get)
    return [{**own_answers(lesson), mistake.exercise: mistake.source} for mistake in ordered]


def own_answers(lesson: LessonText) -> dict[str, str]:
    """The lesson's own answers, by exercise."""
    return {exercise: without_markers(source) for exercise, source in lesson.solutions.items()}


def filled(place: LessonFiles, answers: dict[str, str]) -> NotebookNode:
    """A release with these answers, without its cells tagged `demo`."""
    notebook = read_generated(place.release)
    notebook.cells = [cell for cell in notebook.cells if not has_tag(cell, "demo")]
    for cell in notebook.cells:
        cell.source = answers.get(grade_id_of(cell), cell.source)
    return notebook


def hand_in(root: Path, week: Week, submissions: dict[str, NotebookNode]) -> None:
    """Write notebooks to where nbgrader looks for them."""
    for student, notebook in submissions.items():
        folder = root / "notebooks" / "submitted" / student / week.week
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{week.stem}.ipynb")
