"""nbgrader's own commands, run in this process with this course's settings."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import NbgraderRefused
from autograder.places import Repository


def generate_release(
    repo: Repository, week: str, stems: Iterable[str], folder: Path, db_url: str | None = None
) -> None:
    """Run nbgrader's own generate_assignment.

    Args:
        repo: the repository. week: the assignment. stems: the lessons, or all if it holds "*".
        folder: the release directory to write to.
        db_url: the gradebook that the assignment is entered in; one that is thrown away if None.
    """
    from nbgrader.api import Base
    from nbgrader.apps import GenerateAssignmentApp
    from sqlalchemy import create_engine

    with tempfile.TemporaryDirectory() as scratch:
        thrown_away = f"sqlite:///{scratch}/gradebook.db"
        if db_url is None:
            # Where nbgrader finds no table it asks another process for the version of its own, for some seconds.
            engine = create_engine(thrown_away)
            Base.metadata.create_all(engine)
            engine.dispose()
        for stem in stems:
            run_nbgrader(
                GenerateAssignmentApp, repo, week, db_url or thrown_away,
                f"--notebook={stem}", "--create", f"--CourseDirectory.release_directory={folder}",
            )  # fmt: skip


def run_nbgrader(command: type, repo: Repository, week: str, db_url: str, *arguments: str) -> None:
    """Run one of nbgrader's commands, an application class, in this process and with this course's settings.

    Raises:
        NbgraderRefused: it gave up; why stands on stderr.
    """
    # nbgrader calls alembic by its name.
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    app = command(log_level=40)
    app.initialize([
        f"--assignment={week}", "--force", f"--CourseDirectory.root={repo.notebooks}",
        f"--CourseDirectory.db_url={db_url}", f"--config={repo.notebooks / 'nbgrader_config.py'}", *arguments,
    ])  # fmt: skip
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        app.start()
    except SystemExit:
        raise NbgraderRefused(app.name, week) from None
    finally:
        asyncio.set_event_loop(None)
        loop.close()
