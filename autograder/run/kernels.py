"""Where kernels come from: a warm parent that forks one for each submission, or a cold process of its own.

Both end in the same thing, a :class:`Kernel`: a socket to speak through, and a way to interrupt and to kill.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.run import cgroup
from autograder.run.folders import Folder
from autograder.run.inside.emptying import remove
from autograder.run.limits import MIB, Limits
from autograder.run.sandbox import Sandbox, kernel_environment

START_SECONDS = 120
"""TensorFlow takes five seconds to import, and a busy machine many times that."""
END_SECONDS = 60
"""How long a warm parent may take to end and to clear up; one that is still importing hears of it only then."""


class KernelLost(Exception):
    """A kernel, or the process that should have made it, is gone or never came."""


@dataclass
class Kernel:
    """One kernel, in its scratch folder.

    Attributes:
        channel: what it speaks through. scratch: the one folder that it may write to.
        sandbox: what it is confined by. interrupt: send it SIGINT; False where that cannot be done. kill: end it.
        used: the seconds of processor time that it has used, in all its threads; the last known where it is gone.
        clear: remove its folder.
    """

    channel: socket.socket
    scratch: Path
    sandbox: Sandbox
    interrupt: Callable[[], bool]
    kill: Callable[[], None]
    used: Callable[[], float]
    clear: Callable[[], None]

    def close(self) -> None:
        """End it, with all that it left in its folder."""
        self.kill()
        self.channel.close()
        self.clear()


class WarmParent:
    """A process that has imported what a week's lessons import, and forks.

    Args:
        root: the repository. imports: the modules to have ready. sandbox, limits: of its submissions.
        for_many: whether to do once, before all, what every kernel else does for the first time.

    Raises:
        KernelLost: it could not be started.
    """

    def __init__(self, root: Path, imports: tuple[str, ...], sandbox: Sandbox, limits: Limits, for_many: bool = True):
        self.root, self.sandbox, self.limits = root, sandbox, limits
        self.threads = _threads_allowed(limits, sandbox)
        self._folder = Folder()
        self.group: cgroup.ControlGroup | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.folder = self._folder.path
        self._last_used = 0.0
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._start(imports, theirs, for_many)
        except BaseException:  # a Ctrl-C may come at any moment of this too
            self.close()
            raise

    def _start(self, imports: tuple[str, ...], theirs: socket.socket, for_many: bool) -> None:
        self._folder.make()
        self.group = cgroup.make(self.folder.name, self.limits.memory + 512 * MIB, self.limits.threads + 8)
        self.control.settimeout(START_SECONDS)
        settings = {
            "root": str(self.root), "imports": imports, "control": theirs.fileno(), "folder": str(self.folder),
            "for_many": for_many,
        }  # fmt: skip
        command = self.sandbox.command(self.root, self.folder, settings)
        if self.group:
            script = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 1; shift; done; shift; exec "$@"'
            command = ["/bin/sh", "-c", script, "sh", *self.group.doors, "--", *command]
        self.process = _start(command, self.folder, [theirs.fileno()])

    def kernel(self, seed: str) -> Kernel:
        """A fresh kernel for one submission.

        Raises:
            KernelLost: the parent is gone.
        """
        scratch = Path(tempfile.mkdtemp(prefix="submission-", dir=self.folder))
        (scratch / "home").mkdir()
        confinement = self.sandbox.confinement(self.root, scratch, self.limits, seed, self.threads)
        ours, theirs = socket.socketpair()
        with theirs:
            self._ask({"submission": confinement}, [theirs.fileno()])
        return Kernel(ours, scratch, self.sandbox, self._interrupt, self._kill, self._used, lambda: remove(scratch))

    def _ask(self, request: dict[str, Any], descriptors: Sequence[int] = ()) -> bytes:
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], descriptors)
            answer = self.control.recv(32)
            if not answer:
                raise OSError("no answer")
        except OSError as error:
            raise KernelLost(f"the warm parent is gone ({error})") from None
        return answer

    def _used(self) -> float:
        with contextlib.suppress(KernelLost, ValueError):
            self._last_used = float(self._ask({"used": True}))
        return self._last_used

    def _interrupt(self) -> bool:
        self._ask({"signal": signal.SIGINT})
        return True

    def _kill(self) -> None:
        with contextlib.suppress(KernelLost):
            self._ask({"end": True})

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def close(self) -> None:
        """End it, and the kernel that it may have. What was interrupted can be done again."""
        self.control.close()
        if self.process is not None:
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.group:
            self.group.close()
        self._folder.close()


def cold_kernel(root: Path, sandbox: Sandbox, limits: Limits, seed: str) -> Kernel:
    """A kernel in a process of its own, forked from nothing: slower by its imports, and possible everywhere.

    Raises:
        KernelLost: it could not be started.
    """
    sandbox = Sandbox(sandbox.landlock, sandbox.seccomp)  # an interrupt would not pass through bubblewrap
    place = Folder()
    folder = place.path
    ours, theirs = socket.socketpair()
    process: subprocess.Popen[bytes] | None = None
    last = 0.0

    def interrupt() -> bool:
        if os.name == "posix" and process is not None:
            process.send_signal(signal.SIGINT)
        return os.name == "posix"

    def used() -> float:
        nonlocal last
        import psutil

        with contextlib.suppress(psutil.Error):
            if process is not None:
                last = sum(psutil.Process(process.pid).cpu_times()[:2])
        return last

    def kill() -> None:
        if process is not None:
            process.kill()
            process.wait()

    try:
        with theirs:
            place.make()
            (folder / "home").mkdir()
            submission = sandbox.confinement(root, folder, limits, seed, _threads_allowed(limits, sandbox))
            settings: dict[str, Any] = {"root": str(root), "imports": [], "control": None, "submission": submission}
            if os.name == "posix":
                command = sandbox.command(root, folder, {**settings, "channel": theirs.fileno()})
                process = _start(command, folder, [theirs.fileno()])
            else:
                command = sandbox.command(root, folder, {**settings, "channel": None})
                process = _start(command, folder, [], subprocess.PIPE)
                assert process.stdin is not None
                process.stdin.write(theirs.share(process.pid))  # type: ignore[attr-defined]  # only Windows has it
                process.stdin.close()
    except BaseException:
        kill()
        ours.close()
        place.close()
        raise
    return Kernel(ours, folder, sandbox, interrupt, kill, used, place.close)


def _start(
    command: list[str], folder: Path, descriptors: list[int], stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
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
