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
    _adopt_orphans()
    before, start = _children_cpu(), time.perf_counter()
    with _peak_memory() as peak:
        printed = [run(command, environment, folder) for command in commands]
        wall = time.perf_counter() - start
    _end_orphans()
    return Measured(wall, _children_cpu() - before, peak[0]), printed


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adopt_orphans() -> None:
    """Processes whose parent ends become ours, so that their CPU time is counted (Linux: PR_SET_CHILD_SUBREAPER)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def _end_orphans() -> None:
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            process.kill()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


@contextlib.contextmanager
def _peak_memory():
    """Sample the memory of all our children; the highest sum is in the list that this gives."""
    peak, done = [0], threading.Event()

    def watch():
        ourselves, pause = psutil.Process(), SAMPLE_SECONDS
        while not done.wait(pause):
            start = time.thread_time()
            peak[0] = max(peak[0], sum(_memory_of(process) for process in ourselves.children(recursive=True)))
            pause = max(SAMPLE_SECONDS, (time.thread_time() - start) / SAMPLER_SHARE)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


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
