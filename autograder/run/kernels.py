"""Where kernels come from: a warm parent that forks one for each submission, or a cold process of its own.

Both end in the same thing, a :class:`Kernel`: a socket to speak through, and a way to interrupt and to kill.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.run import cgroup
from autograder.run.limits import MIB, Limits
from autograder.run.sandbox import Sandbox, kernel_environment

PREFIX = "grading-"
"""Of the names of our folders and control groups."""
START_SECONDS = 120
"""TensorFlow takes five seconds to import, and a busy machine many times that."""


class KernelLost(Exception):
    """A kernel, or the process that should have made it, is gone or never came."""


@dataclass
class Kernel:
    """One kernel, in its scratch folder.

    Attributes:
        channel: what it speaks through. scratch: the one folder that it may write to.
        sandbox: what it is confined by. interrupt: send it SIGINT; False where that cannot be done. kill: end it.
    """

    channel: socket.socket
    scratch: Path
    sandbox: Sandbox
    interrupt: Callable[[], bool]
    kill: Callable[[], None]

    def close(self) -> None:
        """End it, with all that it left in its folder."""
        self.kill()
        self.channel.close()
        remove(self.scratch)


class WarmParent:
    """A process that has imported what a week's lessons import, and forks.

    Args:
        root: the repository. imports: the modules to have ready. sandbox, limits: of its submissions.

    Raises:
        KernelLost: it could not be started.
    """

    def __init__(self, root: Path, imports: tuple[str, ...], sandbox: Sandbox, limits: Limits):
        self.root, self.sandbox, self.limits = root, sandbox, limits
        self.folder = _folder()
        self.threads = _threads_allowed(limits, sandbox)
        self.group = cgroup.make(self.folder.name, limits.memory + 512 * MIB, limits.threads + 8)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(START_SECONDS)
        settings = {"root": str(root), "imports": imports, "control": theirs.fileno(), "folder": str(self.folder)}
        command = sandbox.command(root, self.folder, settings)
        if self.group:
            script = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 1; shift; done; shift; exec "$@"'
            command = ["/bin/sh", "-c", script, "sh", *self.group.doors, "--", *command]
        with theirs:
            self.process = _start(command, self.folder, [theirs.fileno()])

    def kernel(self, seed: str) -> Kernel:
        """A fresh kernel for one submission.

        Raises:
            KernelLost: the parent is gone.
        """
        scratch = Path(tempfile.mkdtemp(prefix="submission-", dir=self.folder))
        (scratch / "home").mkdir()
        settings = self.sandbox.settings(self.root, scratch, self.limits, seed, self.threads)
        ours, theirs = socket.socketpair()
        with theirs:
            self._ask({"submission": settings}, [theirs.fileno()])
        return Kernel(ours, scratch, self.sandbox, self._interrupt, self._kill)

    def _ask(self, request: dict, descriptors: tuple | list = ()) -> None:
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], descriptors)
            if not self.control.recv(16):
                raise OSError("no answer")
        except OSError as error:
            raise KernelLost(f"the warm parent is gone ({error})") from None

    def _interrupt(self) -> bool:
        self._ask({"signal": signal.SIGINT})
        return True

    def _kill(self) -> None:
        with contextlib.suppress(KernelLost):
            self._ask({"end": True})

    def close(self) -> None:
        """End it, and the kernel that it may have."""
        self.control.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.group:
            self.group.close()
        remove(self.folder)


def cold_kernel(root: Path, sandbox: Sandbox, limits: Limits, seed: str) -> Kernel:
    """A kernel in a process of its own, forked from nothing: slower by its imports, and possible everywhere.

    Raises:
        KernelLost: it could not be started.
    """
    sandbox = Sandbox(sandbox.landlock, sandbox.seccomp)  # an interrupt would not pass through bubblewrap
    folder = _folder()
    (folder / "home").mkdir()
    ours, theirs = socket.socketpair()
    submission = sandbox.settings(root, folder, limits, seed, _threads_allowed(limits, sandbox))
    settings = {"root": str(root), "imports": [], "control": None, "submission": submission}
    if os.name == "posix":
        process = _start(
            sandbox.command(root, folder, {**settings, "channel": theirs.fileno()}), folder, [theirs.fileno()]
        )
    else:
        process = _start(sandbox.command(root, folder, {**settings, "channel": None}), folder, [], subprocess.PIPE)
        process.stdin.write(theirs.share(process.pid))
        process.stdin.close()
    theirs.close()

    def interrupt() -> bool:
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
        return os.name == "posix"

    def kill() -> None:
        process.kill()
        process.wait()

    return Kernel(ours, folder, sandbox, interrupt, kill)


def _start(command: list[str], folder: Path, descriptors: list[int], stdin=subprocess.DEVNULL) -> subprocess.Popen:
    """In a session of its own, so that a Ctrl-C at the terminal reaches only the grader."""
    environment = {**kernel_environment(), "HOME": str(folder), "MPLCONFIGDIR": str(folder / "matplotlib")}
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=nothing, stderr=nothing, env=environment, cwd=folder,
            pass_fds=descriptors, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise KernelLost(f"{command[0]} could not be started ({error})") from None


def _folder() -> Path:
    """A folder of our own, with matplotlib's list of fonts: making that anew costs a second."""
    import matplotlib

    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    cgroup.remove_empty(folder.parent.glob(f"{PREFIX}*"))
    (folder / "matplotlib").mkdir()
    for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy(fonts, folder / "matplotlib")
    return folder


def _threads_allowed(limits: Limits, sandbox: Sandbox) -> int:
    """RLIMIT_NPROC counts all threads of a user; in a user namespace, those in it."""
    if sandbox.bubblewrap or not sys.platform.startswith("linux"):
        return limits.threads + 8
    import psutil

    count = 0
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real == os.getuid():
                count += process.num_threads()
    return count + limits.threads


def remove(folder: Path) -> None:
    """Remove a folder whatever a submission made of it."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):  # it is deeper than Python goes, or shut
        if os.name == "posix":
            subprocess.run(["chmod", "-R", "u+rwx", str(folder)], capture_output=True)
            subprocess.run(["rm", "-rf", str(folder)], capture_output=True)
