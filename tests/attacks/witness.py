"""What was there before a run and after it, who knocked at a door, and which processes live on."""

import ctypes
import hashlib
import os
import shutil
import signal
import socket
import stat
import sysconfig
import threading
from pathlib import Path

from attacks.attack import LEFT

SITE = Path(sysconfig.get_paths()["purelib"])
ELSEWHERE = (
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run",
    "/",
    str(SITE),
    str(SITE.parent),
    str(SITE.parents[2]),
    "/root",
    "/home",
)
IPC_KEY = 0x0A77AC4
"""The System V key that attacks use."""


def snapshot(folders: list[Path], written: list[Path]) -> dict[str, tuple]:
    """Every file below some folders: mode, owner, time, attributes and hash.

    Args:
        folders: what must stay as it is. written: folders and files below them that the grader itself writes.
    """
    found, ahead = {}, list(folders)
    while ahead:
        path = ahead.pop()
        if path in written or path.name == "__pycache__":
            continue
        status = path.lstat()
        folder = stat.S_ISDIR(status.st_mode)
        if folder:
            ahead += path.iterdir()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
        # The time of a folder that the grader writes in changes.
        time, attributes = 0 if folder else status.st_mtime_ns, tuple(os.listxattr(path, follow_symlinks=False))
        found[str(path)] = (status.st_mode, status.st_uid, time, digest, attributes)
    return found


def left_behind() -> list[str]:
    """What attacks have left in places that many use, by its name; it is removed."""
    found = [str(path) for place in ELSEWHERE for path in Path(place).glob(f"*{LEFT}*")]
    found += [str(path) for path in SITE.glob("*/__pycache__/*") if LEFT in path.name]
    custom = SITE / "sitecustomize.py"
    if custom.exists() and LEFT in custom.read_text("utf-8", "replace"):
        found.append(str(custom))
    for path in found:
        shutil.rmtree(path) if Path(path).is_dir() else Path(path).unlink()
    return found + _kernel_objects()


def _kernel_objects() -> list[str]:
    found = []
    for kind, call in (("shm", "shmctl"), ("sem", "semctl"), ("msg", "msgctl")):
        path = Path("/proc/sysvipc") / kind
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            key, name = (int(x) for x in line.split()[:2])
            if key == IPC_KEY:
                found.append(f"System V {kind} {name}")
                arguments = (name, 0, 0) if kind != "sem" else (name, 0, 0, 0)
                getattr(ctypes.CDLL(None), call)(*arguments)  # IPC_RMID is 0
    library = ctypes.CDLL(None)
    if hasattr(library, "mq_unlink") and library.mq_unlink(b"/" + LEFT.encode()) == 0:
        found.append("a POSIX message queue")
    keys = Path("/proc/keys")
    if keys.exists() and LEFT in keys.read_text():
        found.append("a key in the kernel's ring")
    return found


def processes() -> set[int]:
    """The numbers of all processes there are."""
    return {int(path.name) for path in Path("/proc").glob("[0-9]*")}


def survivors(folder: Path, before: set[int]) -> list[str]:
    """Processes that a run below a folder started and that live on: they work there, or carry its name.
    They are killed.

    Args:
        folder: made for this run and used by no other. before: the processes that were there before it.
    """
    found = []
    for number in processes() - before:
        process = Path("/proc") / str(number)
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            signs = [
                line,
                str((process / "cwd").readlink()),
                (process / "environ").read_bytes().decode("utf-8", "replace"),
            ]
        except OSError:
            continue
        if any(f"{folder}/" in sign for sign in signs):
            found.append(line)
            os.kill(number, signal.SIGKILL)
    return found


class Doors:
    """Listeners at addresses that an attack may try: TCP, UDP, a Unix socket with a path, an abstract one.

    Attributes:
        names: the addresses, as the attacks call them. touched: who came through.
    """

    def __init__(self, folder: Path):
        self.touched: list[str] = []
        self.abstract = f"{LEFT}-{os.getpid()}-{id(self)}"
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self._sockets = {"TCP": tcp, "UDP": udp}
        for kind, address in (("a Unix socket", str(folder / "door")), ("an abstract socket", "\0" + self.abstract)):
            self._sockets[kind] = socket.socket(socket.AF_UNIX)
            self._sockets[kind].bind(address)
            self._sockets[kind].listen()
        self.names = {
            "TCP": str(tcp.getsockname()[1]), "UDP": str(udp.getsockname()[1]),
            "SOCKET": str(folder / "door"), "ABSTRACT": self.abstract,
        }  # fmt: skip
        for kind, door in self._sockets.items():
            threading.Thread(target=self._watch, args=(kind, door), daemon=True).start()

    def _watch(self, kind: str, door: socket.socket) -> None:
        while True:
            try:
                door.recvfrom(100) if kind == "UDP" else door.accept()[0].close()
            except OSError:
                return
            self.touched.append(kind)

    def close(self) -> None:
        for door in self._sockets.values():
            door.close()
