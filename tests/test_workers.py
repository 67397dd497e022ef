"""Many jobs side by side: each graded once, whatever dies, and nothing left behind."""

import os
import pickle
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import psutil
import pytest
from course import run
from grading import WEEK, copy_of, hand_in
from processes import PATIENCE, left_of, spawned, wait_for

from autograder.errors import AutograderError, NoSuchStudent, WorkersLost
from autograder.grading import grade
from autograder.grading.class_folders import jobs_of
from autograder.grading.grade import Job, grade_job, grade_safely, rules_for
from autograder.grading.local_pool import LocalPool, WorkerLost, started_ahead
from autograder.grading.side_by_side import LOSSES, grade_all
from autograder.judge import Verdict


def jobs(count: int):
    return (Job(f"student-{i}", WEEK, "tiny", b"") for i in range(count))


class Stand:
    """A pool without processes: ``outcome(job)`` is what becomes of a job."""

    lost, patience = (WorkerLost,), None

    def __init__(self, workers: int, outcome):
        self.workers, self.outcome, self.threads = workers, outcome, ThreadPoolExecutor(workers)

    def submit(self, function, job):
        return self.threads.submit(self.outcome, job)

    def check(self):
        raise AssertionError("nobody waits")


def test_jobs_are_taken_as_workers_come_free():
    taken, given = [], []
    pool = Stand(3, lambda job: job.student)
    source = (taken.append(job) or job for job in jobs(200))
    for job, result in grade_all(source, pool):
        given.append(job)
        assert result == job.student
        assert len(taken) - len(given) < 2 * pool.workers
    assert len(taken) == 200 and {job.student for job in given} == {job.student for job in jobs(200)}


@pytest.mark.parametrize("seed", range(20))
def test_each_job_is_yielded_once_whatever_dies(seed):
    chance = random.Random(seed)

    def outcome(job):
        if chance.random() < 0.4:
            raise WorkerLost("killed")
        return job.student

    # So many deaths in a row that none of them ends the run by bad luck.
    pool = Stand(30, outcome)
    given = [(job.student, result) for job, result in grade_all(jobs(100), pool)]
    assert sorted(given) == sorted((job.student, job.student) for job in jobs(100))


def test_deaths_without_a_result_between_end_the_run_and_keep_what_is_done():
    attempts = []

    def outcome(job):
        if job.student != "student-3":
            return job.student
        attempts.append(job)
        raise WorkerLost("exit code -9")

    given = []
    with pytest.raises(WorkersLost, match=r"exit code -9.*same command") as caught:  # noqa: PT012 - what came before is kept
        for job, _ in grade_all(jobs(8), Stand(2, outcome)):
            given.append(job.student)
    assert isinstance(caught.value, AutograderError) and "\n" not in str(caught.value)
    assert sorted(given) == [f"student-{i}" for i in range(8) if i != 3]
    assert LOSSES * 2 <= len(attempts) <= LOSSES * 2 + 8


def test_a_fault_of_ours_is_one_verdict_and_the_next_is_graded(tiny_lesson, submission, right, monkeypatch):
    def broken(job, rules):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(grade, "grade_job", broken)
    result = grade_safely(Job("ada", WEEK, "tiny", submission(right)), rules_for([tiny_lesson]))
    assert {item.verdict for item in result.items} == {Verdict.KILLED} and result.score == 0 and result.max_score == 5
    assert "ZeroDivisionError: ours" in result.items[0].message


def test_what_keeps_us_from_grading_is_no_verdict(tiny_lesson, submission, right):
    rules = rules_for([tiny_lesson])
    rules.records[tiny_lesson.name] = rules.records[tiny_lesson.name][:5000]
    with pytest.raises(AutograderError, match="autograder record course9-week1/tiny"):
        grade_safely(Job("ada", WEEK, "tiny", submission(right)), rules)


def test_a_digest_is_equal_exactly_where_the_submission_is():
    different = [
        Job("ada", WEEK, "tiny", b"{}"), Job("ada", WEEK, "tiny", b"{} "), Job("ada", WEEK, "tiny", b""),
        Job("ada", WEEK, "tiny", None, "it is a link."), Job("ada", WEEK, "tiny", None, "it is a pipe."),
        Job("ada", WEEK, "tiny", None, "it is a link.", missing=True), Job("ada", WEEK, "tiny", b"it is a link."),
    ]  # fmt: skip
    assert len({job.digest for job in different}) == len(different)
    assert all(replace(job, student="bob", week="course9-week2").digest == job.digest for job in different)
    code = "from autograder.grading.grade import Job; print(Job('x', 'y', 'z', b'{}').digest)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == different[0].digest


def test_a_clear_error_is_one_on_this_side_of_a_process_too():
    error = pickle.loads(pickle.dumps(NoSuchStudent(["ada"], ["bob"])))
    assert isinstance(error, AutograderError) and str(error) == str(NoSuchStudent(["ada"], ["bob"]))


@pytest.mark.slow
def test_processes_are_kept_replaced_when_killed_and_gone_at_the_end():
    with LocalPool(2) as pool:
        first = {pool.submit(os.getpid).result() for _ in range(20)}
        assert os.getpid() not in first and len(first) <= 2
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()
        with pytest.raises(AttributeError, match="pickle"):
            pool.submit(lambda: 1).result()
        with pytest.raises(TypeError, match="pickle"):
            pool.submit(threading.Lock).result()
        for pid in first:
            os.kill(pid, signal.SIGINT)
        assert {pool.submit(os.getpid).result() for _ in range(20)} <= first
        futures = [pool.submit(os._exit, 7) for _ in range(2)]
        for future in futures:
            with pytest.raises(WorkerLost, match="exit code 7"):
                future.result()
        second = {pool.submit(os.getpid).result() for _ in range(20)}
        assert not first & second
    assert not any(psutil.pid_exists(pid) for pid in first | second)


@pytest.mark.slow
def test_processes_started_ahead_serve_the_next_pool_and_end_where_none_takes_them():
    with started_ahead(2, divmod, 1, 0):  # what they are let do first may fail
        ahead = {process.pid for process in spawned(os.getpid())}
        with LocalPool(1, 3) as pool:
            assert pool.submit(pow, 2).result() == 8
            assert pool.submit(divmod, 7).result() == (2, 1)
            assert {process.pid for process in spawned(os.getpid())} == ahead and len(ahead) == 2
        assert len(ahead & {process.pid for process in spawned(os.getpid())}) == 1
    assert not any(psutil.pid_exists(pid) for pid in ahead)
    with LocalPool(1) as pool:
        assert pool.submit(os.getpid).result() not in ahead


@pytest.mark.slow
def test_processes_that_die_at_once_end_the_run(monkeypatch):
    with pytest.raises(WorkersLost, match="exit code 7"), LocalPool(2) as pool:  # noqa: PT012 - it fails in use
        submit = pool.submit
        monkeypatch.setattr(pool, "submit", lambda function, job: submit(os._exit, 7))
        list(grade_all(jobs(5), pool))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_and_stopped_workers_change_no_result(tiny, tiny_lesson, submission, right, tmp_path, tiny_environment):
    repo = copy_of(tiny, tmp_path / "course")
    answers = [right, {"row_means": right["row_means"]}, {}, {**right, "row_means": "def row_means(X):\n    return X"}]
    for i in range(12):
        hand_in(repo, f"student-{i:02d}", submission(answers[i % 4], extra=["import time\ntime.sleep(0.1)"]))
    hand_in(repo, "student-97", b"Dear teacher")
    students = [f"student-{i:02d}" for i in range(12)] + ["student-97", "student-99"]
    rules = rules_for([tiny_lesson])
    wanted = {job.student: grade_job(job, rules).items for job in jobs_of(repo, WEEK, students)}
    assert wanted["student-99"][0].verdict is Verdict.MISSING
    seed = random.randrange(10**9)
    print("seed", seed)
    chance, done = random.Random(seed), {}
    with LocalPool(2, rules) as pool:
        for job, result in grade_all(jobs_of(repo, WEEK, students), pool):
            assert job.student not in done
            done[job.student] = result.items
            if chance.random() < 0.5 and (alive := spawned(os.getpid())):
                with suppress(psutil.NoSuchProcess):
                    chance.choice(alive).send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM]))
    assert done == wanted
    assert wait_for(lambda: not left_of(str(tmp_path))), left_of(str(tmp_path))


LOOP = "while True:\n    pass"


@pytest.fixture
def busy(tiny, submission, right, tmp_path):
    """A grading in a session of its own, in whose kernels loops run; everything that it starts names ``tmp_path``."""
    repo = copy_of(tiny, tmp_path / "course")
    for student in ("ada", "bob", "eve", "zoe"):
        hand_in(repo, student, submission(right, extra=[LOOP]))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", WEEK, "--workers", "2"], start_new_session=True, text=True,
        env={**os.environ, "COMPANION_ROOT": str(repo.root), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    yield process, scratch
    process.kill()
    process.communicate()


def loops(scratch) -> list:
    return list(scratch.glob("grading-*/submission-*"))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_processes_end_with_a_parent_that_is_killed(busy, tmp_path):
    process, scratch = busy
    assert wait_for(lambda: len(loops(scratch)) == 2)
    assert len(left_of(str(tmp_path))) > 2
    process.kill()
    process.wait()
    assert wait_for(lambda: not left_of(str(tmp_path))), left_of(str(tmp_path))
    assert wait_for(lambda: not list(scratch.iterdir())), list(scratch.iterdir())


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("moment", ["start", "workers start", "kernels run"])
def test_ctrl_c_ends_everything_without_noise(busy, tmp_path, moment):
    process, scratch = busy
    if moment == "start":
        assert wait_for((scratch.parent / "course" / "notebooks" / ".grading.lock").exists)
    elif moment == "workers start":
        assert wait_for(lambda: spawned(process.pid))
    else:
        assert wait_for(lambda: len(loops(scratch)) == 2)
    # As a terminal does: to every process of the foreground group.
    os.killpg(process.pid, signal.SIGINT)
    process.wait(PATIENCE)
    assert wait_for(lambda: not left_of(str(tmp_path))), left_of(str(tmp_path))
    stdout, stderr = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in stderr and stdout == "", stderr
    assert process.returncode == 130, stderr
    assert wait_for(lambda: not list(scratch.iterdir())), list(scratch.iterdir())


@pytest.mark.slow
def test_more_workers_than_jobs_and_a_student_named_twice(tiny, submission, right, tmp_path):
    repo = copy_of(tiny, tmp_path / "course")
    hand_in(repo, "ada", submission(right))
    done = run(repo.root, sys.executable, "-m", "autograder", "grade", WEEK, "--workers", "5", "--students", "ada,ada")
    assert done.returncode == 0 and done.stdout.count("ada") == 1, done.stderr


def test_a_process_that_cannot_start_is_not_handed_out(monkeypatch):
    def fails(self):
        raise RuntimeError("no more processes")

    with LocalPool(1) as pool:
        with monkeypatch.context() as patch:
            patch.setattr("autograder.grading.local_pool._Worker.__init__", fails)
            for _ in range(2):
                with pytest.raises(WorkerLost, match=r"cannot be started \(no more processes\)"):
                    pool.submit(os.getpid).result()
        assert pool.submit(os.getpid).result() != os.getpid()
