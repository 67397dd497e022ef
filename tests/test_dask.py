"""The same grading on a Dask cluster that shares no disk with us: equal results, whatever dies there."""

import json
import os
import random
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress

import course
import psutil
import pytest
from clusters import no_grader, other_grader, running
from grading import WEEK, copy_of, hand_in, interrupted_after
from processes import PATIENCE, left_of, wait_for

from autograder.errors import AutograderError, WorkersLost
from autograder.grading import dask_pool
from autograder.grading.class_folders import jobs_of
from autograder.grading.dask_pool import DaskPool, NoDask, installed
from autograder.grading.grade import grade_job, rules_for
from autograder.grading.side_by_side import grade_all

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals")]
CLASS = [f"student-{i:02d}" for i in range(16)]
PAUSE = "import time\ntime.sleep(0.2)"


@pytest.fixture(scope="module", autouse=True)
def patience():
    """However busy the machine is: a scheduler has time to answer, and a worker to come back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dask_pool, "CONNECT", PATIENCE)
        patch.setattr(dask_pool, "ABSENCE", PATIENCE)
        yield


@pytest.fixture(scope="module")
def dask(repo, tmp_path_factory):
    with running(tmp_path_factory.mktemp("dask") / "cluster", repo, 3) as there:
        yield there


@pytest.fixture(scope="module")
def handed_in(tiny, submission, right, tmp_path_factory):
    """A class of every kind, in a course with references that nobody else has."""
    repo = copy_of(tiny, tmp_path_factory.mktemp("handed-in") / "course")
    salt = repo.root / "salt"
    salt.write_text("known to nobody else")
    assert course.run(repo.root, "autograder", "record", WEEK, "--salt-file", str(salt)).returncode == 0
    wrong = {**right, "row_means": "def row_means(X):\n    return np.mean(X, axis=0, keepdims=True)"}
    answers = [right, {"row_means": right["row_means"]}, wrong, {}]
    for i, student in enumerate(CLASS):
        hand_in(repo, student, submission(answers[i % 4], extra=[PAUSE]))
    hand_in(repo, "student-97", b"Dear teacher")
    hand_in(repo, "student-98", submission(right, extra=["import os\nos._exit(1)"]))
    return repo


def grade(repo, *options) -> list:
    command = ["autograder", "grade", WEEK, "--json", "--force", "--no-feedback", *options]
    done = course.run(repo.root, *command)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "distributed" not in done.stderr, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def local(handed_in) -> list:
    return grade(handed_in)


def test_the_cluster_gives_what_this_machine_gives_and_reads_nothing_of_it(dask, handed_in, local):
    assert {entry["score"] for entry in local} == {0, 2, 3, 5}
    assert grade(handed_in, "--dask", dask.address) == local
    there = [path.suffix for path in dask.folder.rglob("*.*") if path.is_file()]
    assert ".py" in there and not {".h5", ".ipynb", ".db"} & set(there)


@pytest.fixture
def in_process(handed_in, monkeypatch):
    """What a test needs to grade with a pool of its own: the rules, and the jobs."""
    monkeypatch.setenv("COMPANION_ROOT", str(handed_in.root))
    installed.cache_clear()
    yield rules_for(handed_in.week(WEEK)), lambda: jobs_of(handed_in, WEEK, CLASS)
    installed.cache_clear()


@pytest.fixture(scope="module")
def wanted(handed_in):
    rules = rules_for(handed_in.week(WEEK))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANION_ROOT", str(handed_in.root))
        return {job.student: grade_job(job, rules).items for job in jobs_of(handed_in, WEEK, CLASS)}


def test_workers_killed_at_random_moments_change_no_result(dask, in_process, wanted):
    seed = random.randrange(10**9)
    print("seed", seed)
    chance, kills = random.Random(seed), 0
    rules, jobs = in_process
    while kills < 4:
        done = {}
        with DaskPool(dask.address, rules) as pool:
            for job, result in grade_all(jobs(), pool):
                assert job.student not in done
                done[job.student] = result.items
                if chance.random() < 0.15 and (victims := dask.computing()):
                    time.sleep(chance.uniform(0, 0.3))
                    with suppress(psutil.NoSuchProcess):
                        chance.choice(victims).kill()
                        kills += 1
        assert done == wanted


def test_all_workers_killed_at_once_come_back_with_their_nannies(dask, in_process, wanted):
    rules, jobs = in_process
    done = {}
    with DaskPool(dask.address, rules) as pool:
        for job, result in grade_all(jobs(), pool):
            done[job.student] = result.items
            if len(done) == 4:
                for victim in dask.computing():
                    with suppress(psutil.NoSuchProcess):
                        victim.kill()
    assert done == wanted


@pytest.mark.parametrize("lost", ["workers", "scheduler"])
def test_a_lost_cluster_ends_the_run_and_keeps_what_is_done(repo, in_process, wanted, tmp_path, monkeypatch, lost):
    monkeypatch.setattr(dask_pool, "ABSENCE", 3)
    rules, jobs = in_process
    done = {}
    with (  # noqa: PT012 - the cluster is lost while jobs are done
        running(tmp_path / "cluster", repo, 2, "--no-nanny") as there,
        pytest.raises(WorkersLost, match="cluster at tcp"),
        DaskPool(there.address, rules) as pool,
    ):
        for job, result in grade_all(jobs(), pool):
            done[job.student] = result.items
            if len(done) == 3:
                for process in [there.scheduler] if lost == "scheduler" else there.workers:
                    process.kill()
    assert 3 <= len(done) < len(CLASS) and done.items() <= wanted.items()


def test_a_worker_that_joins_late_is_used_and_must_be_the_same(repo, in_process, wanted, tmp_path):
    rules, jobs = in_process
    with running(tmp_path / "cluster", repo, 1) as there:
        done = {}
        with DaskPool(there.address, rules) as pool:
            for job, result in grade_all(jobs(), pool):
                done[job.student] = result.items
                if len(done) == 1:
                    there.workers.append(there.add_worker())
                    assert wait_for(lambda: len(pool._client.nthreads()) == 2)
                    pool.check()
        assert done == wanted and pool.workers == 2
        with pytest.raises(AutograderError, match="same version"), DaskPool(there.address, rules) as pool:  # noqa: PT012 - it fails in use
            there.add_worker(PYTHONPATH=str(other_grader(tmp_path)))
            assert wait_for(lambda: len(pool._client.nthreads()) == 3)
            list(grade_all(jobs(), pool))


def refused(repo, *options) -> str:
    done = course.run(repo.root, "autograder", "grade", WEEK, *options)
    assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip() and "━" not in line]
    assert len(lines) == 1 and lines[0].startswith("autograder: "), done.stderr
    return lines[0]


@pytest.mark.parametrize("make", [other_grader, no_grader])
def test_a_worker_with_another_grader_or_none_is_named_before_the_first_job(repo, handed_in, tmp_path, make):
    copied = copy_of(handed_in, tmp_path / "course")
    shutil.rmtree(copied.notebooks / "autograded", ignore_errors=True)
    with running(tmp_path / "cluster", repo, 1) as there:
        there.add_worker(PYTHONPATH=str(make(tmp_path)))
        with dask_pool.Client(there.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        line = refused(copied, "--dask", there.address)
    assert "tcp://127.0.0.1:" in line and "same version" in line
    assert not list((copied.notebooks / "autograded").rglob("*.ipynb"))


def test_a_scheduler_without_the_grader_is_said_in_one_line(repo, handed_in, tmp_path):
    with running(tmp_path / "cluster", repo, 1, PYTHONPATH=str(no_grader(tmp_path))) as there:
        line = refused(handed_in, "--dask", there.address)
    assert there.address in line and "scheduler needs the same version" in line


def test_no_workers_and_a_worker_in_the_place_of_the_scheduler(dask, repo, handed_in, tmp_path, monkeypatch):
    with running(tmp_path / "cluster", repo, 0) as there:
        assert "no workers" in refused(handed_in, "--dask", there.address)
    with dask_pool.Client(dask.address, set_as_default=False) as client:
        (worker, *_) = client.nthreads()
    assert "not a scheduler" in refused(handed_in, "--dask", worker)


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp://127.0.0.1:1", "tcp://127.0.0.1:x", "http://127.0.0.1:8787", "tls://127.0.0.1:1"]
)
def test_an_address_where_no_scheduler_is(in_process, address, monkeypatch):
    monkeypatch.setattr(dask_pool, "CONNECT", 1)
    with pytest.raises(NoDask, match="dask scheduler") as caught, DaskPool(address, in_process[0]):
        pass
    assert f"at {address}:" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_port_that_accepts_and_is_no_scheduler(in_process, answer, monkeypatch):
    monkeypatch.setattr(dask_pool, "CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    connection.sendall(answer)
                    held.append(connection)

        held = []
        threading.Thread(target=accept, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(NoDask), DaskPool(address, in_process[0]):
            pass


def test_ctrl_c_ends_it_and_the_cluster_is_free_again(dask, handed_in, local, tmp_path):
    repo = copy_of(handed_in, tmp_path / "course")
    process = subprocess.Popen(
        interrupted_after(2, WEEK, "--force", "--dask", dask.address), start_new_session=True, text=True,
        env={**os.environ, "COMPANION_ROOT": str(repo.root)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    stdout, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and stdout == "" and "Traceback" not in stderr, stderr
    assert wait_for(lambda: not left_of(str(tmp_path)))
    with dask_pool.Client(dask.address, set_as_default=False) as client:
        assert wait_for(lambda: not any(client.processing().values()) and not any(client.has_what().values()))
    assert grade(repo, "--dask", dask.address) == local
