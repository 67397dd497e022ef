"""Open JupyterLab: on the learner's copies in work/, or for an instructor on the course in notebooks/."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from autograder.errors import CannotOpen
from autograder.places import Repository

SETTINGS = Path(__file__).parent / "lab_settings"
"""Jupyter's own settings: ``everyone`` for every Lab that is opened here,
``learner`` for what leads a learner nowhere."""


class PassesOn(click.Command):
    """Keeps what stands behind ``--`` for another program, as the context's object."""

    def parse_args(self, context, arguments):
        end = arguments.index("--") if "--" in arguments else len(arguments)
        context.obj = arguments[end + 1 :]
        return super().parse_args(context, arguments[:end])


def fill_and_choose(repo: Repository, name: str | None, say: Callable[[str], None]) -> str:
    """Fill work/ with the lessons that a name means, and choose what to open first there: a week, a notebook, or "".

    Raises:
        NoSuchLesson: no such week or lesson. CannotWrite: the disk is full, a folder is read-only …
    """
    from autograder.work import fill_work

    lessons = repo.select(name)
    fill_work(repo, lessons, say)
    first = lessons[0]
    return "" if name is None else name if name == first.week else f"{first.name}.ipynb"


def open_lab(repo: Repository, options: list[str], where: str = "", instructor: bool = False) -> NoReturn:
    """Become JupyterLab: this process is its server from here on.

    Args:
        repo: the repository.
        options: for JupyterLab, as they were typed.
        where: a folder or notebook to open first, relative to the folder that is shown.
        instructor: show notebooks/ with all of nbgrader's panels, and not work/.

    Raises:
        CannotOpen: the folder is not there, or is not ours to enter.
    """
    folder = repo.notebooks if instructor else repo.work
    try:
        # Terminals start here, and nbgrader looks here for its settings.
        os.chdir(folder)
    except OSError as error:
        raise CannotOpen(folder, error) from None
    command = [sys.executable, "-P", "-m", "jupyterlab"]
    if where:
        command.append(f"--LabApp.default_url=/lab/tree/{where}")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in options:
        command.append("--allow-root")  # in a container one often is root, and Jupyter refuses root unless told
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, [*command, *options, str(folder)], environment(repo, instructor))


def environment(repo: Repository, instructor: bool) -> dict[str, str]:
    """What the server, its kernels and its terminals see: `autograder` on PATH, and settings for this server only."""
    settings = [SETTINGS / "everyone"] if instructor else [SETTINGS / "learner", SETTINGS / "everyone"]
    return {
        **os.environ,
        "PATH": _before("PATH", Path(sys.executable).parent),
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", *settings),
        # A relative one would lead elsewhere from a notebook's folder.
        "COMPANION_ROOT": str(repo.root),
    }


def _before(name: str, *folders: Path) -> str:
    """Folders put before those that a variable holds."""
    return os.pathsep.join([*map(str, folders), *filter(None, [os.environ.get(name)])])
