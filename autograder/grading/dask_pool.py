"""Grade on a Dask cluster. Its machines share no disk with us: submissions go out as bytes, results come back.

The scheduler and the workers need this package installed, the workers ``companion/`` and ``data/`` too, as they are
here. The references are not among them: they are sent to each worker once, and go when we go.
"""

import asyncio
import contextlib
import hashlib
import logging
import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import cache
from pathlib import Path

from distributed import Client, KilledWorker, Security, get_worker, rpc
from distributed import Future as Remote

from autograder.errors import AutograderError, NoDask, WorkerDiffers, WorkersLost
from autograder.grading.grade import GradingRules
from autograder.places import repository

CONNECT = 60
"""Seconds that a scheduler has to answer, and then its workers to be there: many, for they may be busy."""

ABSENCE = 120
"""Seconds without any worker after which none is expected back. Dask starts a dead one again within a few, and a busy
machine takes many times that."""

LOOK = 2.0
"""Seconds between two looks at who is there."""


class DaskPool:
    """The workers of a Dask cluster; a context manager.

    Raises on entering:
        NoDask: nothing answers, or it is no scheduler, or it has no workers. WorkerDiffers: one cannot grade as we do.
    """

    lost: tuple[type[BaseException], ...] = (KilledWorker, CancelledError)
    patience: float | None = LOOK

    def __init__(self, address: str, rules: GradingRules):
        self.address, self.rules = address, rules
        self.workers = 1
        self._seen = self._looked = time.monotonic()

    def __enter__(self):
        for name in ("distributed", "distributed.client"):  # what matters of their messages is said by our errors
            logging.getLogger(name).setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", "Sending large graph")
        _find_scheduler(self.address)
        self._client = Client(self.address, timeout=CONNECT, set_as_default=False)
        try:
            self._check_workers()
            self._executor = self._client.get_executor(pure=False)
            self._shared = self._share()
            self._check_scheduler()
            self.check()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *exc):
        with contextlib.suppress(OSError):
            self._executor.shutdown(wait=False)
        self._client.close()

    def _check_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=CONNECT)
        except TimeoutError:
            raise NoDask(self.address, "its scheduler has no workers") from None
        for worker, found in self._client.run(installed, on_error="return").items():
            if found != installed():
                raise WorkerDiffers(worker, "others" if isinstance(found, str) else f"none ({found})")

    def _check_scheduler(self) -> None:
        try:
            self._shared.result(ABSENCE)
        except Exception as error:  # noqa: BLE001 - whatever a foreign server's answer raises here, it passes no jobs on
            why = (
                f"it does not pass jobs on ({type(error).__name__}). Its scheduler needs the same version installed too"
            )
            raise NoDask(self.address, why) from None

    def _share(self) -> Remote:
        # A task, not scattered data, which would be gone for good with the workers that hold it.
        return self._client.submit(_receive, self.rules)

    def submit(self, function: Callable, *arguments) -> Future:
        """Call a function in a worker of the cluster, with these arguments and the rules."""
        if time.monotonic() > self._looked + LOOK:
            self.check()
        if self._shared.status not in ("pending", "finished"):
            self._shared = self._share()
        return self._executor.submit(_call_there, function, arguments, self._shared, installed())

    def check(self) -> None:
        """Look who is there.

        Raises:
            WorkersLost: nobody, and that for long.
        """
        self._looked = time.monotonic()
        with contextlib.suppress(OSError):
            threads = self._client.nthreads() if self._client.status == "running" else {}
            if threads:
                self.workers, self._seen = sum(threads.values()), self._looked
        if self._looked > self._seen + ABSENCE:
            raise WorkersLost(f"the Dask cluster at {self.address} has none left, or is gone")


def _find_scheduler(address: str) -> None:
    """Raises NoDask where no scheduler answers; a Client would wait for ever for a port that accepts and is mute."""

    async def identity() -> dict:
        async with rpc(address, connection_args=Security().get_connection_args("client")) as there:
            return await there.identity()

    try:
        found = asyncio.run(asyncio.wait_for(identity(), CONNECT))
    except TimeoutError:
        raise NoDask(address, "nothing answers there as a scheduler does") from None
    except Exception as error:  # noqa: BLE001 - whatever answers at the address, the sentence says so
        raise NoDask(address, " ".join(str(error).split())) from None
    if found.get("type") != "Scheduler":
        raise NoDask(address, f"a {found.get('type')} answers there, not a scheduler")


@cache
def installed() -> str:
    """A digest of what grading depends on in this process: the grader, ``companion/`` and ``data/``."""
    root, package = repository().root, Path(__file__).parent.parent
    files = {f"autograder/{path.relative_to(package)}": path for path in package.glob("**/*.py")}
    files |= {f"companion/{path.name}": path for path in (root / "companion").glob("*.py")}
    sums = root / "data" / "SHA256SUMS"
    files["data/SHA256SUMS"] = sums
    for line in sums.read_text("utf-8").splitlines() if sums.exists() else ():
        files[f"data/{line.split()[-1]}"] = sums.with_name(line.split()[-1])
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def _receive(rules: GradingRules) -> GradingRules:
    return rules


def _call_there(function: Callable, arguments: tuple, rules: GradingRules, wanted: str):
    """Call a function in a thread of a Dask worker; it may have joined after all others were checked."""
    where = get_worker().address
    if installed() != wanted:
        raise WorkerDiffers(where, "others")
    try:
        return function(*arguments, rules)
    except AutograderError as error:
        raise AutograderError(f"On the Dask worker {where}: {error}") from None
