"""Worker processes on this machine: they do what they are handed, one call after the other, and end when we do."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import wait as wait_for_end
from multiprocessing.reduction import ForkingPickler

GRACE = 90
"""Seconds that a stopped worker has to end its kernel and clear up. It takes a moment, but on a busy machine many of
them; this is the end for one that hangs."""

_AHEAD: list["_Worker"] = []
"""Processes that wait for a pool."""


class WorkerLost(Exception):
    """A worker died under a call; it can be done again."""


class LocalPool:
    """Worker processes on this machine; a context manager. They start afresh: a fork would carry our state along.

    A thread speaks for each process: it hands it one call at a time and waits. A process that dies is replaced; those
    that were started ahead come first.
    However we end, the processes end with us, and their kernels with them.

    Args:
        workers: how many processes. *shared: handed to each of them once, and after its own arguments to every
            function.
    """

    lost: tuple[type[BaseException], ...] = (WorkerLost,)
    patience: float | None = None

    def __init__(self, workers: int, *shared):
        self.workers, self.shared = workers, shared
        self._threads = ThreadPoolExecutor(workers)
        self._lock = threading.Lock()
        self._idle = [_AHEAD.pop() for _ in range(min(workers, len(_AHEAD)))]
        self._alive = {*self._idle}
        self._open = True

    def __enter__(self):
        return self

    def __exit__(self, kind, *exc):
        """Let the processes end; at once, and whatever they do, where an exception ends us."""
        with self._lock:
            self._open = False
            for worker in self._alive if kind else ():
                worker.process.terminate()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._alive:
            worker.end()

    def submit(self, function, *arguments) -> Future:
        """Call a function in a worker process, with these arguments and those that are shared. All of it is pickled."""
        return self._threads.submit(self._call, function, arguments)

    def check(self) -> None:
        """Never asked: the death of a process is noticed at once."""

    def _call(self, function, arguments):
        try:
            worker = self._idle.pop() if self._idle else self._start()
        except Exception as error:  # noqa: BLE001 - whatever keeps a process from starting: there is none to keep
            raise WorkerLost(f"a worker process cannot be started ({error})") from None
        try:
            good, value = worker.call(function, arguments, self.shared)
        except (EOFError, OSError):
            raise WorkerLost(self._bury(worker)) from None
        except Exception as error:  # noqa: BLE001 - what goes over or comes back cannot be pickled; the process is well
            good, value = False, error
        self._idle.append(worker)
        if not good:
            raise value
        return value

    def _start(self) -> "_Worker":
        with self._lock:
            if not self._open:
                raise OSError("the pool is closed")
            worker = _Worker()
            self._alive.add(worker)
            return worker

    def _bury(self, worker: "_Worker") -> str:
        with self._lock:
            self._alive.discard(worker)
        worker.end()
        return f"exit code {worker.process.exitcode}"


@contextlib.contextmanager
def started_ahead(workers: int, function, *arguments):
    """Start processes for the next pool, and let each call a function first, whatever comes of it: they import what
    they need while we import what we need. Those that no pool took end with the context."""
    try:
        for _ in range(workers):
            _AHEAD.append(_Worker())
            _AHEAD[-1].begin(function, arguments)
        yield
    finally:
        for worker in _AHEAD:
            worker.process.terminate()
        while _AHEAD:
            _AHEAD.pop().end()


class _Worker:
    """One worker process, seen from here."""

    def __init__(self):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.ready = self.begun = False
        # What is shared goes through the pipe: as an argument, so large, they would block us if the process died at
        # once.
        self.process = context.Process(target=_serve, args=(theirs,))
        with _interrupts_blocked():
            self.process.start()
        theirs.close()

    def begin(self, function, arguments: tuple) -> None:
        """Let it call a function, and do not wait."""
        with contextlib.suppress(OSError):  # it died; the first call will notice
            self.pipe.send((function, arguments, ()))
            self.begun = True

    def call(self, function, arguments: tuple, shared: tuple) -> tuple[bool, object]:
        """Whether it returned, and what it returned or raised. EOFError, OSError: the process died."""
        if self.begun:
            self.pipe.recv()
            self.begun = False
        self.pipe.send((function, arguments, None if self.ready else shared))
        self.ready = True
        return self.pipe.recv()

    def end(self) -> None:
        self.pipe.close()
        self.process.join(GRACE + 10)
        self.process.kill()
        self.process.join()


@contextlib.contextmanager
def _interrupts_blocked():
    """Ctrl-C reaches a whole group of processes; a worker must not hear it before it can turn a deaf ear."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which start() does too, and lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe) -> None:
    """The life of a worker process: answer one call after the other until the other end of the pipe is closed."""
    # Not SIG_IGN: the kernels that are started from here would inherit it.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        shared: tuple = ()
        while True:
            function, arguments, new = pipe.recv()
            shared = shared if new is None else new
            try:
                outcome = ForkingPickler.dumps((True, function(*arguments, *shared)))
            except Exception as error:  # noqa: BLE001 - the worker lives on; who asked gets the error
                outcome = ForkingPickler.dumps((False, error))
            pipe.send_bytes(outcome)


def _stop(*_) -> None:
    """End from within, so that the kernel is killed and its folder removed on the way; from outside if that hangs."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "alarm"):
        signal.alarm(GRACE)
    sys.exit(128 + signal.SIGTERM)


def _stop_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
