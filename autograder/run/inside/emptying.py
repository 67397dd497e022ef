"""Remove a folder, whatever a submission made of it. Both ends of a kernel do it: whichever of them is left."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder and all that is in it; of one that cannot go itself, such as a mount point,
    only what is in it."""
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
        return
    # It is deeper than Python goes, or shut, or it cannot go itself.
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]) if os.name == "posix" else ():
        with contextlib.suppress(OSError):
            subprocess.run([*command, str(folder)], capture_output=True)
