"""What tests of processes share: waiting for something, and what is left of what was started."""

import os
import time
from contextlib import suppress

import psutil


def wait_for(condition) -> bool:
    end = time.monotonic() + 60
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
