"""Files that are written whole or not at all."""

import contextlib
import os
from pathlib import Path

from autograder.errors import CannotWrite


def write_file(path: Path, data: bytes) -> None:
    """Put a file there, in the place of an earlier one.

    Raises:
        CannotWrite: the disk is full, the folder is read-only …
    """
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise CannotWrite(path, error) from None


def write_new_file(path: Path, data: bytes) -> None:
    """Put a file there, whole or not at all, where nothing is yet.

    Raises:
        FileExistsError: something is there, and stays. CannotWrite: the disk is full, the folder is read-only …
    """
    # A name of its own: nobody's file, and not that of another process that copies at the same time.
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise CannotWrite(path, error) from None
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError as error:
        # Some file systems know no links: what comes between the look and the move is lost there, and only there.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        try:
            draft.replace(path)
        except OSError:
            raise CannotWrite(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
