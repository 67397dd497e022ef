"""What tests of processes share: waiting for something, and what is left of what was started."""

import os
import time
from contextlib import suppress

import psutil

PATIENCE = 600
"""Seconds until something that should happen is taken to happen never: far beyond what it takes on a busy machine."""


def wait_for(condition) -> bool:
    """Whether something came true, as soon as it does."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(condition())


def left_of(*marks: str) -> list[str]:
    """The processes that have to do with a folder, by their command, folder or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            text = "\n".join([*process.cmdline(), process.cwd(), *process.environ().values()])
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(mark in text for mark in marks):
            found.append(f"{process.pid} {process.status()} {text}")
    return found


def spawned(parent: int) -> list[psutil.Process]:
    """The living processes that multiprocessing, and not something else, started from a process."""
    found = []
    with suppress(psutil.Error):
        for child in psutil.Process(parent).children():
            with suppress(psutil.Error):
                found += [child] if "spawn_main" in " ".join(child.cmdline()) else []
    return found
