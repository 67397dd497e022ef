"""Killed at random moments, a grading goes on where it was: nothing lost, nothing twice, nothing half."""

import contextlib
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from course import run
from grading import WEEK, content, copy_of, graded_at, hand_in, interrupted_after
from processes import PATIENCE, spawned

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals")]
CLASS = [f"student-{letter}" for letter in "abcdefghijkl"]
PAUSE = "import time\ntime.sleep(0.15)"


@pytest.fixture(scope="module")
def handed_in(tiny, submission, right, tmp_path_factory):
    """A class that handed in and was not graded: right, half, untouched, and no notebook, three of each."""
    repo = copy_of(tiny, tmp_path_factory.mktemp("handed-in") / "course")
    answers = [right, {"row_means": right["row_means"]}, {}, None]
    for i, student in enumerate(CLASS):
        answer = answers[i % len(answers)]
        hand_in(repo, student, b"Dear teacher" if answer is None else submission(answer, extra=[PAUSE]))
    return repo


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory):
    repo = copy_of(handed_in, tmp_path_factory.mktemp("undisturbed") / "course")
    done = run(repo.root, "autograder", "grade", WEEK)
    assert done.returncode == 0, done.stderr
    return everything(repo)


def url(repo) -> str:
    return f"sqlite:///{repo.gradebook}"


def everything(repo) -> dict:
    """The gradebook, and every file that grading writes."""
    folders = ("autograded", "feedback")
    files = {p.relative_to(repo.notebooks): p for name in folders for p in (repo.notebooks / name).rglob("*.*")}
    return {**content(url(repo)), **{str(name): p.read_bytes() for name, p in files.items() if p.is_file()}}


def start(repo, *command: str) -> subprocess.Popen:
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    environment = {**os.environ, "COMPANION_ROOT": str(repo.root), "PATH": path}
    command = command or ("autograder", "grade", WEEK, "--workers", "2")
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment, cwd=repo.root, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def results_in(repo) -> int:
    try:
        with sqlite3.connect(f"file:{repo.gradebook}?mode=ro", uri=True, timeout=10) as connection:
            return connection.execute("SELECT count(*) FROM companion_results").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def some_time_later(repo, process, chance: random.Random) -> None:
    """Wait for the next few results, or for a moment of the start, and then a little longer."""
    target = min(results_in(repo) + chance.randint(0, 3), len(CLASS))
    while results_in(repo) < target and process.poll() is None:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.1) if target else chance.uniform(0, 3))


def kill_writer(process):
    process.kill()


def kill_everything(process):
    family = psutil.Process(process.pid)
    for victim in [family, *family.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()


@pytest.mark.parametrize("kill", [kill_writer, kill_everything])
def test_killed_at_random_moments_it_ends_as_if_undisturbed(handed_in, undisturbed, tmp_path, kill):
    seed = random.randrange(10**9)
    print("seed", seed)
    chance, kills = random.Random(seed), 0
    for attempt in itertools.count():
        repo = copy_of(handed_in, tmp_path / str(attempt))
        first_graded, finished = {}, False
        while not finished:
            process = start(repo)
            some_time_later(repo, process, chance)
            if kills < 9 and process.poll() is None:
                kill(process)
                kills += 1
            _, stderr = process.communicate(timeout=PATIENCE)
            finished = process.returncode == 0
            assert process.returncode in (0, -signal.SIGKILL), stderr
            if repo.gradebook.exists() and results_in(repo):
                first_graded = {**graded_at(url(repo)), **first_graded}
        assert everything(repo) == undisturbed
        assert graded_at(url(repo)) == first_graded and set(first_graded) == set(CLASS)
        if kills >= 9:
            break


def test_killed_workers_cost_nothing(handed_in, undisturbed, tmp_path):
    chance, kills = random.Random(), 0
    for attempt in itertools.count():
        repo = copy_of(handed_in, tmp_path / str(attempt))
        process, before = start(repo), kills
        while process.poll() is None and kills < before + 4:
            some_time_later(repo, process, chance)
            with contextlib.suppress(psutil.NoSuchProcess):
                workers = spawned(process.pid)
                if workers and results_in(repo) < len(CLASS) - 2:
                    chance.choice(workers).kill()
                    kills += 1
        _, stderr = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, stderr
        assert everything(repo) == undisturbed
        if kills > 1:
            break


def test_ctrl_c_ends_it_and_it_goes_on(handed_in, undisturbed, tmp_path):
    repo = copy_of(handed_in, tmp_path / "course")
    process = start(repo, *interrupted_after(3, WEEK, "--workers", "2"))
    stdout, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and stdout == "", stderr
    lines = [line for line in stderr.splitlines() if line.strip() and "━" not in line]
    assert lines == [
        "autograder: stopped. What was graded so far is in the gradebook; the same command goes on where this stopped."
    ]
    first = graded_at(url(repo))
    assert len(first) == 3
    done = run(repo.root, "autograder", "grade", WEEK)
    assert done.returncode == 0 and f"{len(first)} unchanged" in done.stdout
    assert {name: graded_at(url(repo))[name] for name in first} == first
    assert everything(repo) == undisturbed
