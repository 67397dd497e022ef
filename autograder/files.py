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
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise CannotWrite(path, error) from None
