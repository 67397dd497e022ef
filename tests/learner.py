"""What the tests of work/ share: a tiny course in a folder of its own, newer versions of its lesson,
and the command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
from click.testing import CliRunner
from course import ROOT
from grading import STEM, WEEK

from autograder.cli import group
from autograder.notebooks import grade_id_of
from autograder.places import LessonFiles, Repository
from autograder.release_stamp import put_stamp

NEW = f"{STEM} (new version).ipynb"


def lesson_of(repo: Repository) -> LessonFiles:
    (lesson,) = repo.week(WEEK)
    return lesson


def lab(repo: Repository, *arguments, **variables) -> subprocess.CompletedProcess:
    """Run `autograder lab`, by default only to fill work/."""
    command = [sys.executable, "-m", "autograder", "lab", *(arguments or ["--no-open"])]
    environment = {**os.environ, "COMPANION_ROOT": str(repo.root), **variables}
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, timeout=300)


def filled(repo: Repository) -> list[str]:
    """Fill work/ by the command, in this process; returns the lines that it says."""
    done = CliRunner().invoke(group, ["lab", "--no-open"], env={"COMPANION_ROOT": str(repo.root)})
    assert done.exit_code == 0 and done.stdout == "", done.output
    return done.stderr.splitlines()


def refused(done: subprocess.CompletedProcess) -> str:
    """The one line of a command that could not do its work."""
    assert done.returncode == 2 and done.stdout == "", done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("autograder: ")
    return line


def edit(path: Path, change) -> None:
    """Change a notebook as an editor would: ``change`` is called with it, the metadata stay."""
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    path.write_text(json.dumps(notebook, indent=1), "utf-8")


def cell_of(notebook, grade_id: str):
    (cell,) = [cell for cell in notebook.cells if grade_id_of(cell) == grade_id]
    return cell


def answer(path: Path, answers: dict[str, str]) -> None:
    """Write answers into a notebook's exercises."""

    def write(notebook):
        for grade_id, text in answers.items():
            cell_of(notebook, grade_id).source = text

    edit(path, write)


def answers_in(path: Path) -> dict[str, str]:
    """The texts of a notebook's exercises."""
    cells = nbformat.read(path, as_version=4).cells
    return {grade_id_of(cell): cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")}


def publish(lesson: LessonFiles, change) -> None:
    """Put a newer version of a lesson's release there, as a build or a pull does."""

    def anew(notebook):
        change(notebook)
        put_stamp(notebook, lesson.name)

    edit(lesson.release, anew)


def reworded(text: str):
    """A change of the lesson's first words."""

    def change(notebook):
        notebook.cells[0].source = f"# Tiny\n\n{text}"

    return change


def everything_in(folder: Path) -> dict:
    """What stands in a folder: each file's bytes, mode and time, each link's target."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        data = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[str(path.relative_to(folder))] = (data, status.st_mode, None if path.is_dir() else status.st_mtime_ns)
    return found
