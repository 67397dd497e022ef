"""What several tests share: a copy of the repository, and commands run in it as a person would."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.places import repository

ROOT = repository().root
WEEK = "course2-week1"


def data_script(name):
    """A script of data/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "data" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copy_of_the_repository(root):
    """The repository without anything private, in a folder of its own."""
    for name in ("companion", "data", "course2", "autograder/references", "notebooks/source", "notebooks/release"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("*.private.h5", "__pycache__"))
    shutil.copy(ROOT / "notebooks" / "nbgrader_config.py", root / "notebooks")
    return root


def run(root, *command, cwd=None):
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    environment = {**os.environ, "COMPANION_ROOT": str(root), "PATH": path}
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=cwd or root)
