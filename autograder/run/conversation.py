"""The conversation with one kernel: send it cells, take what comes back, end what goes on too long."""

import json
import math
import os
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.errors import NotIsolated
from autograder.run.kernels import START_SECONDS, Kernel, KernelLost
from autograder.run.limits import Limits
from autograder.run.outputs import Outputs

MAX_MESSAGE = 64 * 2**20
"""Bytes of one message; a longer one ends the kernel that sent it."""
GRACE_SECONDS = 10
"""How long an interrupted cell may take to end."""
LOOK_SECONDS = 0.5
"""How often a running cell's folder is looked at."""


@dataclass
class CellRun:
    """What became of one cell, and the cases that it handed over.

    Attributes:
        status: ok, error, timed out (it computed too long), waited (too long, without computing), killed, not run (the
            kernel had died too often) or skipped.
        seconds: the processor time that it took.
        more: the cases that each further cell handed over, which it gave rise to.
    """

    status: str
    reports: list[Any] = field(default_factory=list)
    seconds: float = 0.0
    more: list[list[Any]] = field(default_factory=list)


class Conversation:
    """The conversation with one kernel."""

    def __init__(self, kernel: Kernel, limits: Limits):
        self.kernel, self.limits = kernel, limits
        self.buffer = bytearray()
        self.number = self.size = 0
        self.looked = time.monotonic()

    def wait_until_ready(self) -> None:
        """Wait for the kernel to say that it is confined.

        Raises:
            KernelLost: it never came. NotIsolated: what was asked for could not be had.
        """
        message = self.receive(time.monotonic() + START_SECONDS)
        if message is None or not message.keys() & {"ready", "refused"}:
            raise KernelLost("a kernel did not start")
        if "refused" in message:
            raise NotIsolated([str(message["refused"])])

    def receive(self, until: float) -> dict[str, Any] | None:
        """The next message; None at the time ``until``.

        Raises:
            KernelLost: there will be none.
        """
        while len(self.buffer) < 4 or len(self.buffer) < 4 + self._length():
            now = time.monotonic()
            if now >= until:
                return None
            if now > self.looked + LOOK_SECONDS:
                if _too_much(self.kernel.scratch, self.limits):
                    raise KernelLost("it filled its folder")
                self.looked = now
            self.kernel.channel.settimeout(min(until - now, LOOK_SECONDS))
            try:
                piece = self.kernel.channel.recv(1 << 20)
            except TimeoutError:
                continue
            except OSError as error:
                raise KernelLost(str(error)) from None
            if not piece:
                raise KernelLost("it ended")
            self.buffer += piece
        end = 4 + self._length()
        text, self.size = bytes(self.buffer[4:end]), end
        del self.buffer[:end]
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return message if isinstance(message, dict) else {}

    def _length(self) -> int:
        length: int = struct.unpack(">I", self.buffer[:4])[0]
        if length > MAX_MESSAGE:
            raise KernelLost(f"a message of {length} bytes")
        return length

    def run(self, cell: NotebookNode, seconds: float | None = None, first: str = "") -> CellRun:
        """Run one cell; its outputs are written into it.

        Args:
            seconds: the processor time that it may take, where that is less than the limit.
            first: lines that run above its own.
        """
        self.number += 1
        outputs = Outputs(self.limits.output, self.limits.answers)
        may = min(self.limits.cell_seconds, seconds or self.limits.cell_seconds)
        status, before = "ok", self.kernel.used()
        try:
            data = json.dumps({"run": first + cell.source, "number": self.number}).encode()
            self.kernel.channel.settimeout(self.limits.cell_seconds * self.limits.patience)
            self.kernel.channel.sendall(struct.pack(">I", len(data)) + data)
            if not self._collect(outputs, time.monotonic() + may * self.limits.patience, before + may):
                computed = self.kernel.used() - before
                status = "killed"
                if self.kernel.interrupt() and self._collect(outputs, time.monotonic() + GRACE_SECONDS):
                    status = "timed out" if computed >= may / 2 else "waited"
        except (KernelLost, OSError):
            status = "killed"
        cell.outputs, cell.execution_count = outputs.tidy(), None
        if status == "ok" and any(output.output_type == "error" for output in cell.outputs):
            status = "error"
        reports = outputs.reports if status in ("ok", "error") else []
        return CellRun(status, reports, max(self.kernel.used() - before, 0.0))

    def _collect(self, outputs: Outputs, until: float, used: float = math.inf) -> bool:
        """Take in what the cell sends; whether it ended before ``until``, and before the kernel had used so much."""
        look = time.monotonic() + LOOK_SECONDS
        while True:
            message = self.receive(min(until, look))
            if message is not None and message.get("done") == self.number:
                return True
            if message is not None:
                outputs.take(message, self.size)
            if (now := time.monotonic()) >= min(until, look):  # also where messages never end
                if now >= until or self.kernel.used() >= used:
                    return False
                look = now + LOOK_SECONDS


def _too_much(folder: Path, limits: Limits) -> bool:
    """Whether a folder holds more than it may; one that cannot be looked through does too."""
    left: list[Path | str] = [folder]
    files = size = 0
    while left:
        try:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    files += 1
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if files > limits.files or size > limits.disk:
                        return True
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False
