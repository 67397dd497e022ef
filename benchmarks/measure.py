"""Measure commands: wall time, CPU time and peak memory of everything that they start."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE_SECONDS = 0.05
SAMPLER_SHARE = 0.05
"""Of one core's time, at most, for looking at the memory: larger trees are looked at less often."""


@dataclass(frozen=True)
class Measured:
    """What commands took, together.

    Attributes:
        wall: seconds by the clock. cpu: seconds of user and system time, of all processes.
        memory: bytes, the most that all processes held at a time. Pages that several share count once (PSS).
    """

    wall: float
    cpu: float
    memory: int


class CommandFailed(Exception):
    """A command ended with another exit code than 0."""


def run(command: list, environment: dict[str, str], folder: Path) -> str:
    """Run a command in a folder; what it printed on stdout.

    Raises:
        CommandFailed: with the end of what it printed on stderr.
    """
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise CommandFailed(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def measure(commands: list[list], environment: dict[str, str], folder: Path) -> tuple[Measured, list[str]]:
    """Run commands one after the other in a folder, and measure them together.

    Returns:
        What they took, and what each printed on stdout.

    Raises:
        CommandFailed: one failed.
    """
    others = {process.pid for process in psutil.Process().children()}
    _adopt_orphans(True)
    before, start = _children_cpu(), time.perf_counter()
    try:
        with _peak_memory(others) as peak:
            printed = [run(command, environment, folder) for command in commands]
            wall = time.perf_counter() - start
    finally:
        _end_orphans(others)
        _adopt_orphans(False)
    return Measured(wall, _children_cpu() - before, peak[0]), printed


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adopt_orphans(adopt: bool) -> None:
    """Processes whose parent ends become ours, so that their CPU time is counted (Linux: PR_SET_CHILD_SUBREAPER)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(36, int(adopt), 0, 0, 0)


def _end_orphans(others: set[int]) -> None:
    """End and wait for whatever the commands left, level by level: killing a parent brings its children to us."""
    while left := [process for process in psutil.Process().children() if process.pid not in others]:
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process.pid, 0)


@contextlib.contextmanager
def _peak_memory(others: set[int]):
    """Sample the memory of all our children but the others; the highest sum is in the list that this gives."""
    peak, done = [0], threading.Event()

    def watch():
        ourselves, pause = psutil.Process(), SAMPLE_SECONDS
        while not done.wait(pause):
            start = time.thread_time()
            roots = [process for process in ourselves.children() if process.pid not in others]
            peak[0] = max(peak[0], sum(_memory_of_tree(root) for root in roots))
            pause = max(SAMPLE_SECONDS, (time.thread_time() - start) / SAMPLER_SHARE)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def _memory_of_tree(root: psutil.Process) -> int:
    with contextlib.suppress(psutil.NoSuchProcess):
        return sum(_memory_of(process) for process in [root, *root.children(recursive=True)])
    return 0


def _memory_of(process: psutil.Process) -> int:
    """Its share of the memory; where the system does not tell shares, or not of this process, all that it holds."""
    try:
        full = process.memory_full_info()
        return getattr(full, "pss", full.uss)
    except psutil.AccessDenied:
        with contextlib.suppress(psutil.Error):
            return process.memory_info().rss
    except psutil.Error:
        pass
    return 0
