"""Grade many jobs side by side: a window of them is in hand at a time, and a worker that dies costs nothing.

A worker never runs a learner's code, which runs in a kernel of its own: a worker's death is not the submission's
fault, and its job is done again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from autograder.errors import WorkersLost
from autograder.grading.grade import Result, grade_safely
from autograder.grading.submissions import Job

LOSSES = 3
"""So many deaths for each worker, with no result in between, end the run."""


class Pool(Protocol):
    """Where jobs are done; a context manager.

    Attributes:
        workers: how many jobs at a time. lost: the outcomes of a job that was not done, for no fault of its own.
        patience: seconds without a result until :meth:`check` is called.
    """

    workers: int
    lost: tuple[type[BaseException], ...]
    patience: float | None

    def __enter__(self) -> "Pool": ...

    def __exit__(self, *exc) -> None: ...

    def submit(self, function: Callable, *arguments) -> Future:
        """Have a function called, with these arguments and with what the pool's workers share."""

    def check(self) -> None:
        """Raise WorkersLost where no result can come any more."""


def grade_all(jobs: Iterable[Job], pool: Pool) -> Iterator[tuple[Job, Result]]:
    """Grade many jobs, yielding each once, as it is done. Jobs are taken from the iterable as workers come free.

    Raises:
        WorkersLost: workers die over and over, or all are gone. AutograderError: a worker cannot grade.
    """
    jobs, losses = iter(jobs), 0
    again: deque[Job] = deque()
    running: dict[Future, Job] = {}
    while True:
        while len(running) < 2 * pool.workers:
            job = again.popleft() if again else next(jobs, None)
            if job is None:
                break
            running[pool.submit(grade_safely, job)] = job
        if not running:
            return
        done, _ = wait(running, pool.patience, FIRST_COMPLETED)
        if not done:
            pool.check()
        for future in done:
            job = running.pop(future)
            try:
                result = future.result()
            except pool.lost as error:
                losses += 1
                if losses >= LOSSES * pool.workers:
                    raise WorkersLost(f"{losses} workers died one after the other ({error})") from None
                again.append(job)
            else:
                losses = 0
                yield job, result
