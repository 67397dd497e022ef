"""What one submission may use."""

import os
from dataclasses import dataclass

MIB, GIB = 2**20, 2**30


@dataclass(frozen=True)
class Limits:
    """What one submission may use; each limit costs only the cell that goes over it.

    Attributes:
        cell_seconds: processor time of one cell, so that a busy machine changes no verdict.
        total_seconds: time, by the clock, of all cells that are the learner's own, neither answers nor graded. Once it
            is used up, each of them that follows has only ``short_seconds``, enough to define something.
        patience: seconds by the clock for each second of processor time, for cells that wait instead of computing.
        memory: address space, bytes. threads: at most, where this can be counted (not for root without cgroups).
        file_size: of any file it writes, bytes. disk: of all of them, bytes. files: how many of them.
        descriptors: open at a time.
        output: text and pictures kept of one cell, bytes. answers: the cases of one cell, bytes.
        restarts: of a kernel that died. follow_up_seconds: processor time to look for the line in which an answer errs.
    """

    cell_seconds: float = 20.0
    total_seconds: float = 120.0
    short_seconds: float = 1.0
    patience: float = 6.0
    memory: int = 4 * GIB
    threads: int = 256
    file_size: int = 64 * MIB
    disk: int = 256 * MIB
    files: int = 2000
    descriptors: int = 256
    output: int = 2 * MIB
    answers: int = 128 * MIB
    restarts: int = 4
    follow_up_seconds: float = 10.0

    def as_rlimits(self, threads: int) -> dict[str, int]:
        """By the names of :mod:`resource`, for a user who may have so many threads in all."""
        return {
            "AS": self.memory,
            "FSIZE": self.file_size,
            "NOFILE": self.descriptors,
            "NPROC": threads,
            "CPU": int((self.total_seconds + 100 * self.cell_seconds) * (os.cpu_count() or 1)) + 10,
            "CORE": 0,
            "MEMLOCK": 0,
        }


WEEKS: dict[str, Limits] = {
    # Its ResNet-50 takes 6 CPU s on a quiet machine, and several times that on a slow or a busy one.
    "course4-week2": Limits(cell_seconds=100.0, total_seconds=1000.0),
}
"""The weeks that need other limits than the usual ones."""


def limits_of(week: str) -> Limits:
    """The limits of a week."""
    return WEEKS.get(week, Limits())
