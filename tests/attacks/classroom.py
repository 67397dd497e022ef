"""A class with attackers among honest students, graded by the command that people type."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import h5py
import matplotlib
import nbformat
from conftest import RIGHT, TINY
from nbgrader.api import Gradebook

from attacks.attack import CONTROLS, EXHAUSTING, WRONG, Attack, notebook_of
from attacks.witness import Doors, left_behind, processes, snapshot, survivors
from autograder.authoring.build import build
from autograder.places import LessonFiles, Repository, repository
from autograder.run.kernels import remove

WEEK, STEM = "course9-week1", "tiny"
HONEST = {"right": RIGHT, "wrong": RIGHT | {"row_means": WRONG}, "untouched": {}}
CANARIES = {
    name: f"canary-of-the-{name}"
    for name in ("references", "source", "lesson", "gradebook", "home", "environment", "other")
}
"""A secret for everything that is private: whatever an attacker shows of it, it shows this."""
EVERY = 12
"""An honest student sits after so many attackers."""

GRADE = (sys.executable, "-m", "autograder", "grade", WEEK, "--json")
CELL_SECONDS = {EXHAUSTING: 5, CONTROLS: 600}
"""Of a cell, where not the usual: dozens of loops that never end would take half an hour, and what has to pass has its
time however busy the machine is."""


@dataclass
class Outcome:
    """What became of one submission: its items by exercise, what its cells printed, its feedback page,
    all its files."""

    items: dict[str, dict]
    printed: str = ""
    page: str = ""
    written: bytes = b""


@dataclass
class Run:
    """What a run did.

    Attributes:
        outcomes: by attack, one for each copy. honest: the items of each honest student, by kind.
        leaks: what private thing stands in an attacker's output. changed: files that are not as before.
        left, survivors, touched: things, processes and doors, see :mod:`attacks.witness`.
    """

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    honest: list[tuple[str, list]] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    error: str = ""


class Classroom:
    """A copy of the grader with the tiny course in it, and a secret in everything that is private."""

    def __init__(self, folder: Path):
        self.folder, self.repo = folder, Repository(folder / "course")
        self.code, self.home, self.scratch = folder / "code", folder / "home", folder / "tmp"
        if not folder.exists() or not any(folder.iterdir()):
            self._build()
        (self.lesson,) = self.repo.lessons()

    def _build(self) -> None:
        for made in (self.home, self.scratch, self.repo.notebooks):
            made.mkdir(parents=True)
        source = repository().root
        shutil.copytree(source / "autograder", self.code / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("companion", "data"):
            for copy in (self.repo.root, self.code):
                shutil.copytree(source / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(source / "notebooks" / "nbgrader_config.py", self.repo.notebooks)
        path = self.repo.root / "course9" / "week1" / f"{STEM}.py"
        path.parent.mkdir(parents=True)
        path.write_text(TINY.lstrip(), "utf-8")
        build(self.repo, self.repo.lessons(), say=lambda line: None, execute=False)
        self._plant(*self.repo.lessons())

    def _plant(self, lesson: LessonFiles) -> None:
        with h5py.File(lesson.record, "r+") as file:
            file.attrs["note"] = CANARIES["references"]
        notebook = nbformat.read(lesson.source, as_version=4)
        notebook.metadata["note"] = CANARIES["source"]
        nbformat.write(notebook, lesson.source)
        with lesson.text.open("a") as file:
            file.write(f"# {CANARIES['lesson']}\n")
        with Gradebook(f"sqlite:///{self.repo.gradebook}") as book:
            book.update_or_create_student("not-in-this-class", last_name=CANARIES["gradebook"])
        (self.home / "secret.txt").write_text(CANARIES["home"])

    @property
    def environment(self) -> dict[str, str]:
        path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
        return {
            **os.environ, "PATH": path, "PYTHONPATH": str(self.code), "COMPANION_ROOT": str(self.repo.root),
            "HOME": str(self.home), "TMPDIR": str(self.scratch), "MPLCONFIGDIR": matplotlib.get_cachedir(),
            "JUPYTER_CONFIG_DIR": str(self.folder / "settings"),
            "IPYTHONDIR": str(self.folder / "settings" / "ipython"),
            "PYTHONDONTWRITEBYTECODE": "1", "DATABASE_SECRET": CANARIES["environment"],
        }  # fmt: skip

    def names(self, doors: Doors) -> dict[str, str]:
        """What the words between @ mean in this class."""
        root, other = self.repo.root, self.submitted("000-right") / f"{STEM}.ipynb"
        return doors.names | {
            "ROOT": str(root), "OTHER": str(other), "GRADEBOOK": str(self.repo.gradebook), "HOME": str(self.home),
            "REPO": str(self.code),
        }  # fmt: skip

    def submitted(self, student: str) -> Path:
        return self.repo.notebooks / "submitted" / student / WEEK

    def hand_in(self, student: str, attack: Attack, names: dict[str, str]) -> None:
        data = notebook_of(attack, self.lesson.release, names)
        folder = self.submitted(student)
        if attack.place:
            folder.parent.mkdir(parents=True)
            attack.place(folder, data)
        else:
            folder.mkdir(parents=True)
            (folder / f"{STEM}.ipynb").write_bytes(data)

    def grade(self, attacks: dict[str, Attack], timeout: float = 3600) -> Run:
        """Seat the attackers among honest students and grade them all."""
        self._limit({attack.section for attack in attacks.values()})
        doors = Doors(self.folder)
        seats = self._seat(attacks, self.names(doors))
        own = [self.repo.notebooks / name for name in ("autograded", "feedback")]
        own += [
            *self.repo.notebooks.glob("gradebook.db*"),
            self.repo.notebooks / ".grading.lock",
            self.folder / "door",
        ]
        watched = [self.repo.root, self.code, self.home]
        before, running = snapshot(watched, own), processes()
        done = subprocess.run(
            GRADE, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=timeout
        )
        run = Run(survivors=survivors(self.folder, running), touched=doors.touched)
        doors.close()
        after = snapshot(watched, own)
        run.changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        run.left = left_behind() + [str(path) for path in self.scratch.iterdir()]
        remove(self.scratch)  # pytest itself cannot, where it is nested deeply
        if done.returncode != 0:
            run.error = done.stderr[-3000:]
            return run
        self._read(json.loads(done.stdout), seats, run)
        return run

    def _limit(self, sections: set[str]) -> None:
        """Write into the copied grader what a cell may take."""
        seconds = [CELL_SECONDS[section] for section in sections if section in CELL_SECONDS]
        least = min(seconds, default=10)
        with (self.code / "autograder" / "run" / "limits.py").open("a", encoding="utf-8") as file:
            file.write(f"\nWEEKS[{WEEK!r}] = Limits(cell_seconds={least}, total_seconds={60 * least}, patience=1)\n")

    def _seat(self, attacks: dict[str, Attack], names: dict[str, str]) -> dict[str, str]:
        """Each student's attack, or kind of honest answer."""
        seats: dict[str, str] = {}
        for kind in HONEST:
            self.seat_honest(kind, seats)
        for key, attack in attacks.items():
            for _ in range(attack.copies):
                if len(seats) % EVERY == 0:
                    self.seat_honest("right" if len(seats) % (2 * EVERY) else "wrong", seats)
                student = attack.student or f"{len(seats):03d}-attacker"
                self.hand_in(student, attack, names)
                seats[student] = key
        self.seat_honest("right", seats)
        return seats

    def seat_honest(self, kind: str, seats: dict[str, str]) -> None:
        student = f"{len(seats):03d}-{kind}"
        notebook = nbformat.read(self.lesson.release, as_version=4)
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = HONEST[kind].get(grade_id, cell.source)
        notebook.cells.append(nbformat.v4.new_markdown_cell(CANARIES["other"]))
        self.submitted(student).mkdir(parents=True)
        nbformat.write(notebook, self.submitted(student) / f"{STEM}.ipynb")
        seats[student] = kind

    def _read(self, results: list[dict], seats: dict[str, str], run: Run) -> None:
        for entry in results:
            student, items = entry["student"], {item["exercise"]: item for item in entry["items"]}
            seat = seats[student]
            if seat in HONEST:
                run.honest.append((seat, entry["items"]))
                continue
            folders = [self.repo.notebooks / name / student for name in ("autograded", "feedback")]
            files = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
            outcome = Outcome(items, written=b"\n".join([json.dumps(entry).encode(), *files.values()]))
            for path, data in files.items():
                if path.suffix == ".ipynb":
                    outcome.printed = printed(data)
                if path.suffix == ".html":
                    outcome.page = data.decode("utf-8")
            run.outcomes.setdefault(seat, []).append(outcome)
            run.leaks += [f"{seat}: {name}" for name, secret in CANARIES.items() if secret.encode() in outcome.written]


def printed(notebook: bytes) -> str:
    """What the cells of an executed notebook printed and raised."""
    outputs = [o for cell in json.loads(notebook)["cells"] for o in cell.get("outputs", [])]
    return "\n".join("".join(o.get("text", "")) + o.get("evalue", "") for o in outputs)
