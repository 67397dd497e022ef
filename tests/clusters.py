"""What the tests of grading on Dask share: a cluster on this machine that sees nothing of the course."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from processes import PATIENCE, spawned, wait_for

import autograder
from autograder.grading import dask_pool


class Cluster:
    """A scheduler and workers, each worker in a folder of its own with ``companion/`` and no more.

    Args:
        options: of each worker. variables: of the scheduler's environment.
    """

    def __init__(self, folder, repo, workers: int, *options: str, **variables: str):
        self.folder, self.repo, self.options, self.processes = folder, repo, options, []
        folder.mkdir()
        options = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", "s.json"]
        self.scheduler = self.start("scheduler", *options, **variables)
        assert wait_for(lambda: (folder / "s.json").exists() and (folder / "s.json").read_text().strip())
        self.address = json.loads((folder / "s.json").read_text())["address"]
        self.workers = [self.add_worker() for _ in range(workers)]
        if workers:  # else the grader would have to wait for them
            with dask_pool.Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=PATIENCE)

    def start(self, *command, **variables) -> subprocess.Popen:
        with (self.folder / f"{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:], "--no-dashboard"],
                cwd=self.folder, env={**os.environ, **variables}, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def add_worker(self, **variables) -> subprocess.Popen:
        root = self.folder / f"machine-{len(self.processes)}"
        # What is compiled comes and goes while other tests import it.
        compiled = shutil.ignore_patterns("__pycache__")
        shutil.copytree(self.repo.root / "companion", root / "companion", ignore=compiled)
        options = ["--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(root / "scratch"), *self.options]
        return self.start("worker", self.address, *options, COMPANION_ROOT=str(root), **variables)

    def computing(self) -> list[psutil.Process]:
        """The processes that compute: children of the nannies that ``dask worker`` starts."""
        return [process for nanny in self.workers for process in spawned(nanny.pid)]

    def close(self) -> None:
        for process in reversed(self.processes):
            with suppress(psutil.NoSuchProcess):
                for child in psutil.Process(process.pid).children(recursive=True):
                    with suppress(psutil.NoSuchProcess):
                        child.kill()
            process.kill()
            process.wait()


@contextmanager
def running(folder, repo, workers, *options, **variables):
    there = Cluster(folder, repo, workers, *options, **variables)
    try:
        yield there
    finally:
        there.close()


def other_grader(folder):
    """A folder to import another version of the grader from."""
    copy = folder / "other" / "autograder"
    shutil.copytree(Path(autograder.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__", "*.h5"))
    with (copy / "judge" / "compare.py").open("a") as file:
        file.write("\n# another version\n")
    return copy.parent


def no_grader(folder):
    """A folder that hides the grader."""
    (folder / "none").mkdir()
    (folder / "none" / "autograder.py").write_text("raise ModuleNotFoundError('No module named autograder')")
    return folder / "none"
