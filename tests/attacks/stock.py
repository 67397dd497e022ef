"""The same submissions under stock nbgrader: its own preprocessors, and tests that assert in the learner's kernel.

    python -m attacks.stock FOLDER ATTACK …

is run by :func:`grade` in a sandbox of bubblewrap, with namespaces and limits of its own, on a copy of the course. What
an attack destroys there is a copy.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from attacks.attack import EXHAUSTING, KILLED, THROUGH, WRITING, Attack
from attacks.catalogue import ATTACKS
from attacks.classroom import CANARIES, STEM, WEEK, Classroom, printed
from attacks.witness import Doors, processes, snapshot, survivors
from autograder.run.kernels import remove

SECONDS, MORE_SECONDS, CELL_SECONDS = 300, 60, 8
"""Of a run with one attack, of each further one, and of a cell."""
TOGETHER = 24
"""Attacks that end by themselves and write nothing are graded as one class, to save the starts of nbgrader."""

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
    config = room.repo.notebooks / "nbgrader_config.py"
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
    environment = {**room.environment, "PYTHONPATH": str(room.repo.root)}
    done = subprocess.run(
        ["nbgrader", command, WEEK, *options], env=environment, cwd=room.repo.notebooks, capture_output=True
    )
    return done.returncode


def grade(course: Path, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Each attack and what became of it under stock nbgrader, in a few words, as they come."""
    tame = [key for key in keys if _is_tame(ATTACKS[key])]
    groups = [
        *(tuple(tame[i : i + TOGETHER]) for i in range(0, len(tame), TOGETHER)),
        *((key,) for key in keys if key not in tame),
    ]
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda group: _grade_group(course, group), groups):
            yield from found.items()


def _is_tame(attack: Attack) -> bool:
    return attack.section not in (WRITING, EXHAUSTING) and attack.safe != KILLED and not attack.place


def _grade_group(course: Path, keys: tuple[str, ...]) -> dict[str, str]:
    """Several attacks in one run; those that this leaves in doubt each in a run of their own."""
    found = {key: "not run: it would write outside of the course" for key in keys if not ATTACKS[key].stock}
    found |= _run(course, [key for key in keys if key not in found])
    if len(keys) > 1:
        for key in keys:
            found |= {} if key in found else _run(course, [key])
    return found


def _run(course: Path, keys: list[str]) -> dict[str, str]:
    if not keys:
        return {}
    scratch, seconds = Path(tempfile.mkdtemp()), SECONDS + MORE_SECONDS * (len(keys) - 1)
    why = "not measured: the measuring program failed too"
    try:
        copy = shutil.copytree(course, scratch / "copy")
        done = subprocess.run(_command(course, copy, keys), capture_output=True, text=True, timeout=seconds)
        if done.returncode == 0:
            return json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        why = f"**hung**, stopped after {seconds} s"
    finally:
        remove(scratch)
    return {keys[0]: why} if len(keys) == 1 else {}


def why_not() -> str:
    """Why nothing can be run here, and what to do; nothing where it can."""
    if not shutil.which("bwrap"):
        return (
            "Stock nbgrader runs these attacks in a sandbox of bubblewrap only. Install it: apt-get install bubblewrap"
        )
    with tempfile.TemporaryDirectory() as folder:
        found = subprocess.run([*_sandbox(Path(folder), Path(folder)), "true"], capture_output=True, text=True)
    if found.returncode:
        return (
            "Stock nbgrader runs these attacks in a sandbox of bubblewrap only, which does not work here: "
            f"{found.stderr}"
        )
    return ""


def _command(course: Path, copy: Path, keys: list[str]) -> list[str]:
    """This program in its sandbox."""
    limits = ["prlimit", f"--as={6 * 2**30}", f"--fsize={2**28}", "--nofile=1024", "--core=0"]
    return [*_sandbox(course, copy), *limits, sys.executable, "-m", "attacks.stock", str(course), *keys]


def _sandbox(course: Path, copy: Path) -> list[str]:
    """What stands before a command: namespaces of its own, and the copy in the place of the course."""
    here = Path(__file__).parents[1]
    sandbox = ["bwrap", "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--tmpfs", "/run"]
    sandbox += ["--dev", "/dev", "--proc", "/proc", "--unshare-pid", "--unshare-ipc", "--unshare-net"]
    sandbox += ["--die-with-parent", "--new-session"]
    for place in (str(here.parent), sys.prefix, sys.base_prefix):  # they may lie in /tmp
        sandbox += ["--ro-bind", place, place]
    sandbox += ["--bind", str(copy), str(course), "--chdir", str(here)]
    return [*sandbox, "--setenv", "PYTHONPATH", os.pathsep.join(sys.path)]


def inside(folder: Path, keys: list[str]) -> dict[str, str]:
    """In the sandbox: hand in, grade, look round. Of several attacks, only those that are beyond doubt."""
    room, doors = Classroom(folder), Doors(folder)
    students = {key: ATTACKS[key].student or f"eve-{i}" for i, key in enumerate(keys)}
    for key, student in students.items():
        room.hand_in(student, ATTACKS[key], room.names(doors))
    own = [room.repo.notebooks / name for name in ("autograded", "gradebook.db", ".nbgrader.log")]
    watched = [room.repo.root, room.code, room.home]
    before, running = snapshot(watched, [*own, folder / "door"]), processes()
    failed = _nbgrader(room, "autograde", *([f"--student={students[keys[0]]}"] if len(keys) == 1 else [])) != 0
    changed = before != snapshot(watched, [*own, folder / "door"])
    alive = survivors(folder, running)
    if len(keys) > 1 and (changed or alive or doors.touched):
        return {}
    found = {}
    for key, student in students.items():
        score = _score(room, student)
        if len(keys) > 1 and score is None:
            continue
        files = [p for p in (room.repo.notebooks / "autograded" / student / WEEK).glob("*.ipynb") if p.is_file()]
        written = b"\n".join(path.read_bytes() for path in files)
        through = THROUGH in "\n".join(printed(path.read_bytes()) for path in files) or bool(doors.touched)
        leaked = [name for name, secret in CANARIES.items() if secret.encode() in written]
        found[key] = in_words(ATTACKS[key], score, failed and len(keys) == 1, leaked, through, changed, alive)
    return found


def _score(room: Classroom, student: str) -> float | None:
    """The points for `row_means`; None without a grade. Whatever an attack made of the gradebook."""
    try:
        with Gradebook(f"sqlite:///{room.repo.gradebook}") as book:
            grade = book.find_grade("row_means-test", STEM, WEEK, student)
            return None if grade.auto_score is None and grade.manual_score is None else grade.score
    except Exception:  # noqa: BLE001 - whatever an attack did to nbgrader's gradebook, there is no score
        return None


def in_words(attack: Attack, score, failed: bool, leaked, through: bool, changed: bool, alive) -> str:
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
        found.append("no grade, the run failed" if failed or score is None else f"{_points(score)}")
    return ", ".join(found)


def _points(score) -> str:
    return "no grade" if score is None else f"{score:g} of 3"


if __name__ == "__main__":
    os.chdir("/")
    print(json.dumps(inside(Path(sys.argv[1]), sys.argv[2:])))
