"""The same submissions under stock nbgrader: its own preprocessors, and tests that assert in the learner's kernel.

    python -m attacks.stock FOLDER ATTACK

is run by :func:`grade` in a sandbox of bubblewrap, with namespaces and limits of its own, on a copy of the course. What
an attack destroys there is a copy.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from attacks.attack import THROUGH, Attack
from attacks.catalogue import ATTACKS
from attacks.classroom import CANARIES, STEM, WEEK, Classroom, printed
from attacks.witness import Doors, processes, snapshot, survivors
from autograder.run.kernels import remove

SECONDS, CELL_SECONDS = 90, 8
"""Of a whole run, and of a cell."""
STUDENT = "eve"

TESTS = {
    "row_means-test": """
# The hidden cases of row_means run here when the notebook is graded.
### BEGIN HIDDEN TESTS
for n, m in [(2, 5), (3, 4), (4, 6), (1, 7)]:
    X = np.random.default_rng(n).standard_normal((n, m))
    received, expected = row_means(X), X.mean(axis=1, keepdims=True)
    assert received.shape == expected.shape
    assert np.allclose(received, expected)
### END HIDDEN TESTS
""",
    "noisy-test": """
# The hidden cases of noisy run here when the notebook is graded.
### BEGIN HIDDEN TESTS
X = np.random.default_rng(1).standard_normal((20, 30))
N, Y = noisy(X, 0.5)
assert abs(N.mean()) < 0.25 and abs(N.std() - 1) < 0.2
assert np.allclose(Y, X + 0.5 * N)
### END HIDDEN TESTS
""",
}
"""What an instructor usually writes."""


def course(folder: Path) -> Path:
    """The tiny course, with tests that assert, released by stock nbgrader; its folder."""
    room = Classroom(folder)
    config = room.places.notebooks / "nbgrader_config.py"
    config.write_text(
        f'c = get_config()\nc.CourseDirectory.course_id = "stock"\nc.ExecutePreprocessor.timeout = {CELL_SECONDS}\n'
    )
    notebook = nbformat.read(room.lesson.source, as_version=4)
    for cell in notebook.cells:
        cell.source = TESTS.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source).strip()
    secret = notebook.metadata.pop("note")
    nbformat.write(notebook, room.lesson.source)
    _nbgrader(room, "generate_assignment", "--force")
    notebook.metadata["note"] = secret
    nbformat.write(notebook, room.lesson.source)
    room.seat_honest("right", {})
    return folder


def _nbgrader(room: Classroom, command: str, *options: str) -> int:
    environment = {**room.environment, "PYTHONPATH": str(room.places.root)}
    done = subprocess.run(
        ["nbgrader", command, WEEK, *options], env=environment, cwd=room.places.notebooks, capture_output=True
    )
    return done.returncode


def grade(course: Path, key: str) -> str:
    """What became of an attack under stock nbgrader, in a few words."""
    if not ATTACKS[key].stock:
        return "not run: it would write outside of the course"
    scratch = Path(tempfile.mkdtemp())
    try:
        copy = shutil.copytree(course, scratch / "copy")
        done = subprocess.run(_command(course, copy, key), capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"**hung**, stopped after {SECONDS} s"
    finally:
        remove(scratch)
    lines = done.stdout.splitlines()
    return lines[-1] if done.returncode == 0 and lines else "not measured: the measuring program failed too"


def _command(course: Path, copy: Path, key: str) -> list[str]:
    """This program in its sandbox, which shows the copy in the place of the course."""
    here = Path(__file__).parents[1]
    sandbox = ["bwrap", "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--tmpfs", "/run"]
    sandbox += ["--dev", "/dev", "--proc", "/proc", "--unshare-pid", "--unshare-ipc", "--unshare-net"]
    sandbox += ["--die-with-parent", "--new-session", "--ro-bind", str(here), str(here)]
    sandbox += ["--bind", str(copy), str(course), "--chdir", str(here)]
    sandbox += ["--setenv", "PYTHONPATH", os.pathsep.join(sys.path)]
    limits = ["prlimit", f"--as={6 * 2**30}", f"--fsize={2**28}", "--nofile=1024", "--core=0"]
    return [*sandbox, *limits, sys.executable, "-m", "attacks.stock", str(course), key]


def inside(folder: Path, key: str) -> str:
    """In the sandbox: hand in, grade, look round."""
    attack, room = ATTACKS[key], Classroom(folder)
    doors = Doors(folder)
    student = attack.student or STUDENT
    room.hand_in(student, attack, room.names(doors))
    own = [room.places.notebooks / name for name in ("autograded", "gradebook.db", ".nbgrader.log")]
    watched = [room.places.root, room.code, room.home]
    before, running = snapshot(watched, [*own, folder / "door"]), processes()
    code = _nbgrader(room, "autograde", f"--student={student}")
    changed = before != snapshot(watched, [*own, folder / "door"])
    alive = survivors(folder, running)
    files = [path for path in (room.places.notebooks / "autograded" / student / WEEK).glob("*.ipynb") if path.is_file()]
    written = b"\n".join(path.read_bytes() for path in files)
    text = "\n".join(printed(path.read_bytes()) for path in files)
    leaked = [name for name, secret in CANARIES.items() if secret.encode() in written]
    return in_words(attack, _score(room, student), code, leaked, THROUGH in text or bool(doors.touched), changed, alive)


def _score(room: Classroom, student: str) -> float | None:
    """The points for `row_means`; None without a grade. Whatever an attack made of the gradebook."""
    try:
        with Gradebook(f"sqlite:///{room.places.gradebook}") as book:
            grade = book.find_grade("row_means-test", STEM, WEEK, student)
            return None if grade.auto_score is None and grade.manual_score is None else grade.score
    except Exception:
        return None


def in_words(attack: Attack, score, code: int, leaked, through: bool, changed: bool, alive) -> str:
    """One cell of the table."""
    found = []
    if attack.right:
        found.append("full marks" if score == 3 else f"**the right answer got {_points(score)}**")
    elif score is not None and score >= 3:
        found.append("**forged: full marks**")
    found += [f"**leaked**: {', '.join(leaked)}"] if leaked else []
    found += ["**got through**"] if through and not leaked else []
    found += ["**changed files of others**"] if changed else []
    found += ["**left processes behind**"] if alive else []
    if not found:
        found.append("no grade, the run failed" if code or score is None else f"{_points(score)}")
    return ", ".join(found)


def _points(score) -> str:
    return "no grade" if score is None else f"{score:g} of 3"


if __name__ == "__main__":
    os.chdir("/")
    print(inside(Path(sys.argv[1]), sys.argv[2]))
