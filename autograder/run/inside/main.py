"""Started in a child process: a kernel for one submission, or a warm parent that forks one for each.

    python main.py <settings, JSON>

GradingRules: ``root``, the repository, whose ``companion`` is imported; ``imports``, the modules to have ready.
For a warm parent ``control``, the descriptor of a socket on which submissions come, ``folder``, to empty at the end,
and ``for_many``, whether to do once what each of them would have to. For one submission ``channel``, the descriptor of
the socket to speak through (null on Windows, which sends the socket itself through stdin), and its ``submission``: see
:mod:`autograder.run.sandbox`.

The warm parent only imports: it has one thread, runs no TensorFlow operation, holds no answers and no seed.
"""

import contextlib
import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

import numpy

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
import confine  # noqa: E402
import emptying  # noqa: E402
import shell as shells  # noqa: E402

sys.path.remove(HERE)


def prepare(root: str, imports: list[str]):
    """Import what a submission will, and make the shell that it will run in."""
    shell = shells.make_shell()
    sys.path.insert(0, root)
    importlib.import_module("companion")
    sys.path.remove(root)
    for name in ("numpy.random", "numpy.linalg", "matplotlib_inline.backend_inline", *imports):
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 - a library may raise anything; the submission must start
            continue  # the lesson's own import will say what is wrong
    return shell


def warm_up(shell) -> None:
    """Do once what every kernel does for the first time: draw a figure, show a traceback."""
    shell.run_cell(
        "import io, matplotlib.pyplot\n"
        "matplotlib.pyplot.subplots()[0].savefig(io.BytesIO())\n"
        "matplotlib.pyplot.close()\n"
        "raise ValueError", store_history=False, silent=True,
    )  # fmt: skip
    shell.reset(new_session=False)
    sys.last_type = sys.last_value = sys.last_traceback = None


def serve_one(shell, connection: socket.socket, confinement: dict) -> None:
    """Become the kernel of one submission: confined, in its scratch folder, with random numbers of its own."""
    channel = shells.Channel(connection.makefile("rb"), connection.makefile("wb"))
    os.environ.update(confinement["environment"])
    os.chdir(confinement["scratch"])
    tempfile.tempdir = None
    numpy.random.seed()
    random.seed()
    try:
        confine.confine(confinement)
    except OSError as error:
        channel.send({"refused": str(error)})
        return
    channel.send({"ready": True})
    shells.serve(shell, channel)


def serve_many(shell, control: socket.socket, folder: str) -> None:
    """Fork a kernel for each submission that comes; end, and end them, when the worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine.adopt_orphans()
    gc.collect()
    gc.freeze()
    kernel = None
    try:
        while True:
            data, descriptors = _next(control)
            if not data:
                return
            request, answer = json.loads(data), b"{}"
            if "submission" in request:
                kernel = os.fork()
                if kernel == 0:
                    control.close()
                    _become(shell, descriptors[0], request["submission"])
                os.close(descriptors[0])
            elif "signal" in request and kernel is not None:
                os.kill(kernel, request["signal"])
            elif "used" in request:
                answer = b"%.3f" % (0 if kernel is None else _used(kernel))
            elif kernel is not None:
                _end(kernel)
                kernel = None
            with contextlib.suppress(OSError):  # the worker may be gone; the next request will say so
                control.send(answer)
    finally:
        if kernel is not None:
            _end(kernel)
        emptying.remove(Path(folder))


def _next(control: socket.socket) -> tuple[bytes, list[int]]:
    """The next request, and the descriptors that came with it; nothing where the worker is gone, in whatever way."""
    try:
        data, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
    except OSError:
        return b"", []
    return data, descriptors


def _used(process: int) -> float:
    """The seconds of processor time of all threads of a child, by the clock that the system keeps for it."""
    try:
        return time.clock_gettime(~process << 3 | 2)  # as clock_getcpuclockid(3) numbers it
    except OSError:
        return 0.0  # it has ended


def _end(kernel: int) -> None:
    """Kill a kernel and, where it could start processes, whatever is left of them."""
    left = [kernel]
    while left:
        for process in left:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        left = [int(number) for number in children.read_text().split()] if children.exists() else []


def _become(shell, descriptor: int, confinement: dict) -> None:
    """In the fork: serve, and never come back into the parent's loop."""
    try:
        os.setsid()
        serve_one(shell, socket.socket(fileno=descriptor), confinement)
    finally:
        os._exit(0)


def main() -> None:
    settings = json.loads(sys.argv.pop(1))
    gc.disable()  # nothing that is imported is garbage: looking for some takes a fifth of TensorFlow's import
    shell = prepare(settings["root"], settings["imports"])
    gc.enable()
    if settings["control"] is not None:
        if settings["for_many"]:
            warm_up(shell)
        serve_many(shell, socket.socket(fileno=settings["control"]), settings["folder"])
    elif settings["channel"] is not None:
        serve_one(shell, socket.socket(fileno=settings["channel"]), settings["submission"])
    else:
        serve_one(shell, socket.fromshare(sys.stdin.buffer.read()), settings["submission"])


if __name__ == "__main__":
    main()
