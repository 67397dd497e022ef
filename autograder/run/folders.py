"""The folders that kernels work in: each is held by the grader that made it, and removed by whoever is left of the two.

The grader removes it when it is done. Where the grader was killed, the warm parent does. Where both were, a lock that
nobody holds any more tells the next grader.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from autograder.run.inside.emptying import remove

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX = "grading-"
"""Of the names of our folders and control groups."""
NAMES = PREFIX + "[0-9a-f]" * 16
YOUNG = 60
"""Seconds in which nobody takes a folder for an abandoned one: it may just have been made, and not yet be held."""


class Folder:
    """A folder of our own below the system's temporary one. It has its name at once, and is there from :meth:`make` on.

    Whoever may be interrupted at any moment has to know what to remove before there is anything to be removed.

    Attributes:
        path: where it is, or will be.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.gettempdir()).resolve() / f"{PREFIX}{secrets.token_hex(8)}"
        self._lock: int | None = None

    def make(self) -> None:
        """Make it, with matplotlib's list of fonts: making that anew costs a second."""
        remove_abandoned(self.path.parent)
        self.path.mkdir(mode=0o700)
        self._lock = _hold(self.path)
        (self.path / "matplotlib").mkdir()
        for fonts in _lists_of_fonts():
            shutil.copy(fonts, self.path / "matplotlib")

    def close(self) -> None:
        """Remove it, as often as one likes."""
        remove(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _lists_of_fonts() -> list[Path]:
    """Matplotlib's lists of fonts. Matplotlib, which takes a fifth of a second to import, is asked only where they are
    in none of the places that it uses by itself."""
    home, variables = Path("~").expanduser(), os.environ
    kept = Path(variables.get("XDG_CACHE_HOME", home / ".cache")) / "matplotlib"
    for place in (variables.get("MPLCONFIGDIR"), kept, home / ".matplotlib"):
        if place and (found := sorted(Path(place).glob("fontlist-*.json"))):
            return found
    import matplotlib

    return sorted(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))


def remove_abandoned(place: Path) -> None:
    """Remove what graders that were killed have left in a folder, with all that was to clear up after them."""
    for path in place.glob(NAMES):
        with contextlib.suppress(OSError):
            found = path.lstat()
            if time.time() - found.st_mtime < YOUNG or (fcntl and found.st_uid != os.getuid()):
                continue
            if fcntl is None:
                path.rmdir()  # nobody holds anything here: only what is empty is known to be abandoned
                continue
            lock = _hold(path)  # an error where somebody does
            if lock is not None:
                remove(path)
                os.close(lock)


def _hold(folder: Path) -> int | None:
    """Hold a folder until the descriptor is closed, as the end of a process does; None where that is not known.

    Raises:
        OSError: another process holds it, or it is no folder.
    """
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
