"""An IPython kernel without sockets: it takes cells from one channel and sends ipykernel's messages back through it.

A kernel over ZeroMQ costs a third of a second and five sockets for each submission; this one is made before the fork.
It is ipykernel's own shell, with its displays and tracebacks; only the session that would send them is ours.
"""

import ast
import bdb
import codeop
import io
import json
import signal
import struct
import sys
import threading
import time
import types
from typing import Any, BinaryIO

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import UsageError
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from shell_lines import NOBODY, ShellLines, nobody_answers
from traitlets.config import Config

FLUSH_BYTES, FLUSH_SECONDS = 64 * 1024, 0.2


class Channel:
    """Messages in both directions: four bytes of length, big-endian, then JSON."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO):
        self.reader, self.writer = reader, writer
        self._lock = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message, default=json_default).encode("ascii")
        with self._lock:
            self.writer.write(struct.pack(">I", len(data)) + data)
            self.writer.flush()

    def receive(self) -> dict[str, Any] | None:
        """The next message; None at the end of the channel."""
        head = self.reader.read(4)
        if len(head) < 4:
            return None
        message: dict[str, Any] = json.loads(self.reader.read(struct.unpack(">I", head)[0]))
        return message


class _Session(Session):
    """ipykernel's session with our channel in the place of its sockets."""

    channel: Channel | None = None

    # The arguments are jupyter_client's.
    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        message = msg_or_type if isinstance(msg_or_type, dict) else {"msg_type": msg_or_type, "content": content}
        if self.channel is not None:
            self.channel.send({"msg_type": message["msg_type"], "content": message["content"]})
        return message


class _Stream(io.TextIOBase):
    """stdout or stderr: text in order, sent in pieces."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str, session: _Session):
        self.name, self._session = name, session
        self._pieces: list[str] = []
        self._size, self._sent = 0, 0.0
        self._lock = threading.RLock()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            if not self._pieces:
                other = sys.stderr if self.name == "stdout" else sys.stdout
                if isinstance(other, _Stream) and other is not self:
                    other.flush()  # what was printed first is shown first
            self._pieces.append(text)
            self._size += len(text)
            due = self._size > FLUSH_BYTES or time.monotonic() - self._sent > FLUSH_SECONDS
        if due:
            self.flush()
        return len(text)

    def flush(self) -> None:
        with self._lock:
            pieces, self._pieces, self._size, self._sent = self._pieces, [], 0, time.monotonic()
        if pieces:
            self._session.send(None, "stream", {"name": self.name, "text": "".join(pieces)})


class _Shell(ShellLines):
    """The shell, which looks for magics only in cells that are not plain Python: that takes longer than most cells."""

    def transform_cell(self, raw_cell: str) -> str:
        try:
            compile(raw_cell, "<cell>", "exec", ast.PyCF_ONLY_AST)
        except (SyntaxError, ValueError):
            return str(super().transform_cell(raw_cell))
        return raw_cell


def make_shell() -> ZMQInteractiveShell:
    """A shell that keeps no history and has run nothing yet."""
    config = Config()
    config.HistoryManager.enabled = False
    shell: ZMQInteractiveShell = _Shell.instance(config=config)
    shell.db = {}  # where `%cd` and `%store` write: elsewhere a home, which a submission may not write to
    # Or else "incomplete input" stands for "(" that was never closed.
    shell.compile.flags &= ~codeop.PyCF_ALLOW_INCOMPLETE_INPUT  # type: ignore[attr-defined]
    session = _Session(key=b"")
    shell.kernel = types.SimpleNamespace(eventloop=None, session=session)
    shell.displayhook.session = shell.display_pub.session = session
    sys.stdout, sys.stderr = _Stream("stdout", session), _Stream("stderr", session)
    nobody_answers()
    return shell


def serve(shell: ZMQInteractiveShell, channel: Channel) -> None:
    """Run the cells that come through the channel, until it ends."""
    shell.kernel.session.channel = channel
    _settle()
    while (request := channel.receive()) is not None:
        error = _run(shell, request["run"])
        if error is not None:
            channel.send({"msg_type": "error", "content": error})
        channel.send({"done": request["number"]})


def _run(shell: ZMQInteractiveShell, source: str) -> dict[str, Any] | None:
    """Run one cell; the error that the shell itself did not show."""
    silent = None
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        result = shell.run_cell(source, store_history=False)
        silent = _unsaid(result.error_before_exec or result.error_in_exec)
        sys.stdout.flush()
        sys.stderr.flush()
        _settle()
    except BaseException as error:  # noqa: BLE001 - what the cell left behind may raise anything, SystemExit too
        _settle()
        if not isinstance(error, KeyboardInterrupt):
            silent = _error(error, "the cell left the kernel in disorder")
    return silent


def _unsaid(error: BaseException | None) -> dict[str, Any] | None:
    """The errors that end a cell and that IPython passes over, as it does where somebody leaves a debugger."""
    if isinstance(error, bdb.BdbQuit):
        return _error(error, f"a debugger waits for commands, and {NOBODY}")
    return _error(error, str(error)) if isinstance(error, UsageError) else None


def _error(error: BaseException, message: str) -> dict[str, Any]:
    name = type(error).__name__
    return {"ename": name, "evalue": message, "traceback": [name]}


def _settle() -> None:
    """Between cells nothing interrupts: not the grader's interrupt that came late, not a timer that the cell left."""
    while True:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if hasattr(signal, "setitimer"):
                for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
                    signal.setitimer(timer, 0)
            return
        except BaseException:  # noqa: BLE001 - the same, and the next attempt is what counts
            continue  # a handler of the cell's spoke up meanwhile
