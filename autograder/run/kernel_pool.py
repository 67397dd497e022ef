"""The kernels of this process: warm parents that are kept, and cold kernels where there can be no parent."""

import atexit
import contextlib
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.run.kernels import Kernel, KernelLost, WarmParent, cold_kernel
from autograder.run.limits import Limits
from autograder.run.sandbox import Sandbox

if TYPE_CHECKING:  # it reads notebooks; a kernel is started ahead of that
    from collections.abc import Iterator

    from autograder.run.conversation import Conversation

KEPT = 2
"""Warm parents at a time: a week's lessons mostly import the same, and TensorFlow takes half a gigabyte."""


Key = tuple[Path, tuple[str, ...], Sandbox, Limits]
"""What a warm parent was made for: the repository, its imports, what confines a submission, what it may use."""


class KernelPool:
    """Makes kernels. One notebook runs at a time: the threads of one process wait for each other.

    Attributes:
        warm: whether to fork from a warm parent. Elsewhere than on Linux forking is not safe, or not possible.
    """

    def __init__(self, warm: bool):
        self.warm = warm
        self._parents: dict[Key, WarmParent] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def session(
        self, root: Path, imports: tuple[str, ...], sandbox: Sandbox, limits: Limits, seed: str
    ) -> "Iterator[Conversation]":
        """A session with a fresh kernel that is ready, and confined as it was asked to be.

        A kernel that dies before its first word is made once more, cold.

        Raises:
            KernelLost: not even that can be had. NotIsolated: the system refused what the sandbox asks for.
        """
        with self._lock:
            session = None
            if self.warm:
                with contextlib.suppress(KernelLost):
                    session = _ready(self._parent(root, imports, sandbox, limits).kernel(seed), limits)
            if session is None:
                session = _ready(cold_kernel(root, sandbox, limits, seed), limits)
            try:
                yield session
            finally:
                session.kernel.close()

    def start_ahead(
        self, root: Path, imports: tuple[str, ...], sandbox: Sandbox, limits: Limits, for_many: bool = False
    ) -> None:
        """Let a warm parent begin with its imports, for one session with the same arguments, or for many."""
        if self.warm:
            with self._lock, contextlib.suppress(KernelLost):
                key = root, imports, sandbox, limits
                self._parents[key] = WarmParent(*key, for_many=for_many)

    def _parent(self, *key: *Key) -> WarmParent:
        parent = self._parents.get(key)
        if parent is not None and not parent.is_alive():
            self._close(key)
            parent = None
        if parent is None:
            while len(self._parents) >= KEPT:
                self._close(next(iter(self._parents)))
            parent = WarmParent(*key)
        self._parents.pop(key, None)  # the one that was used last is closed last
        self._parents[key] = parent
        return parent

    def _close(self, key: Key) -> None:
        """End a warm parent. It is forgotten only then: what is interrupted is done again at the end of the process."""
        self._parents[key].close()
        del self._parents[key]

    def close(self) -> None:
        """End the warm parents."""
        while self._parents:
            self._close(next(iter(self._parents)))


def _ready(kernel: Kernel, limits: Limits) -> "Conversation":
    from autograder.run.conversation import Conversation

    session = Conversation(kernel, limits)
    try:
        session.wait_until_ready()
    except BaseException:
        kernel.close()
        raise
    return session


KERNELS = KernelPool(warm=sys.platform.startswith("linux"))
"""Of this process."""
atexit.register(KERNELS.close)
