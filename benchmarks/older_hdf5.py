"""Rewrite an HDF5 file that a newer HDF5 wrote than TensorFlow lets us install: an h5py of its own reads it."""

import subprocess
import sys
from pathlib import Path

H5PY = "h5py==3.16.0"

REWRITE = """
import sys, h5py
with h5py.File(sys.argv[1]) as old, h5py.File(sys.argv[2], "w", libver="earliest") as new:
    for key in old:
        new[key] = old[key][()]
"""


def rewritten(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Write the arrays of one file into another that every HDF5 reads; how that ended, with what was said."""
    uv = [Path(sys.executable).with_name("uv"), "run", "--no-project", "--quiet", "--with", H5PY, "python"]
    return subprocess.run([*uv, "-c", REWRITE, source, target], capture_output=True, text=True)
