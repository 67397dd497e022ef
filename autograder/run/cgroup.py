"""Count threads and memory with Linux's control groups, where this process may make one.

It may as root, and where its own group was delegated to it. Both versions are known: version 1 has a tree for each
controller, version 2 one tree (https://docs.kernel.org/admin-guide/cgroup-v2.html).
"""

import contextlib
import errno
import os
import time
from collections.abc import Iterable
from pathlib import Path

MOUNT = Path("/sys/fs/cgroup")
EMPTY_SECONDS = 10


class ControlGroup:
    """A group for one warm parent and the submission that it runs.

    Attributes:
        doors: the files to write a process's number into, to put it and all its children under the limits.
    """

    def __init__(self, folders: list[Path]):
        self.folders = folders
        self.doors = [str(folder / "cgroup.procs") for folder in folders]

    def close(self) -> None:
        """Remove the group, once it is empty: the kernel takes a while to forget processes that have ended."""
        for folder in self.folders:
            until = time.monotonic() + EMPTY_SECONDS
            while not _removed(folder) and time.monotonic() < until:
                time.sleep(0.02)


def make(name: str, memory: int, threads: int, mount: Path = MOUNT, own: str | None = None) -> ControlGroup | None:
    """A new group with these limits, in bytes and in threads; None where that is not to be had.

    Args:
        name: of the group. mount: where the trees are. own: the text of /proc/self/cgroup.
    """
    try:
        text = Path("/proc/self/cgroup").read_text() if own is None else own
        paths = {kind: path for _, kind, path in (line.split(":", 2) for line in text.splitlines())}
    except (OSError, ValueError):
        return None
    limits = {"pids": {"pids.max": threads}, "memory": {"memory.limit_in_bytes": memory}}
    wanted = [(mount / kind / paths[kind].lstrip("/"), limits[kind]) for kind in limits if kind in paths]
    if not wanted and "" in paths:
        tree = mount / paths[""].lstrip("/")
        wanted = [(tree, {"pids.max": threads, "memory.max": memory, "memory.swap.max": 0})]
    made: list[Path] = []
    for parent, values in wanted:
        remove_empty(parent.glob(f"{name.partition('-')[0]}-*"))
        folder = parent / name
        try:
            folder.mkdir()
            made.append(folder)
            for file, value in values.items():
                if file == "memory.swap.max" and not (folder / file).exists():
                    continue
                _write(folder / file, value)
            _write_possible(folder)
        except OSError:
            ControlGroup(made).close()
            return None
    return ControlGroup(made) if made else None


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove what a grader that was killed left behind: folders and groups that are empty and not just made."""
    for folder in folders:
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > 60:
                folder.rmdir()


def _removed(folder: Path) -> bool:
    """Whether a group is gone, or will not go at all."""
    try:
        folder.rmdir()
    except OSError as error:
        return error.errno != errno.EBUSY
    return True


def _write(file: Path, value: int) -> None:
    """Without making the file: where the kernel has not, the controller is not there."""
    descriptor = os.open(file, os.O_WRONLY)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)


def _write_possible(folder: Path) -> None:
    os.close(os.open(folder / "cgroup.procs", os.O_WRONLY))
