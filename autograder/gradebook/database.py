"""Which database holds the gradebook, what its errors mean, and how a password in its address stays here."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.apps.baseapp import NbGrader
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import URL, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session
from tornado.log import app_log

from autograder.errors import BadConfiguration, BadDatabaseURL, GradebookFailed
from autograder.gradebook.password import server_password
from autograder.gradebook.results import RESULTS, create_indexes, create_tables, results_of
from autograder.places import Repository

REASONS = {
    "database is locked": ("another program is writing to it", "Close that program, or wait until it is done."),
    "readonly database": ("it is read-only", "Make the file and its folder writable."),
    "unable to open database file": ("it cannot be opened", "Look at the path and who may write there."),
    "not a database": ("it is no SQLite database", "Move the file away, or name another gradebook with --db URL."),
    "malformed": ("the file is damaged", "Put back a copy of it, or name another gradebook with --db URL."),
    "is full": ("the disk is full", "Free some space."),
    "disk I/O error": ("the disk cannot be written", "See whether it is full or broken."),
    "no such column": ("an older nbgrader made it", "Copy it, then run in notebooks/: nbgrader db upgrade"),
    "authentication failed": ("the server refuses the password", "Give the right one in --db URL or PGPASSWORD."),
    "no password supplied": ("the server wants a password", "Give it in --db URL or PGPASSWORD."),
    "Connection refused": ("no server answers there", "Start it, or correct the address in --db URL."),
    "could not translate host name": ("no such host is known", "Correct the address in --db URL."),
    "does not exist": ("the server knows no such database or user", "Create it with createdb, or correct --db URL."),
}
"""What a driver says, and what it means: why the gradebook cannot be used, and the next step."""


def nbgrader_app(repo: Repository) -> NbGrader:
    """nbgrader's own settings of this course, as its commands read them when they are typed in notebooks/.

    Raises:
        BadConfiguration: notebooks/nbgrader_config.py cannot be read.
    """
    app = NbGrader(log_level=40)
    app.raise_config_file_errors = True
    try:
        with contextlib.chdir(repo.notebooks):
            app.initialize([f"--CourseDirectory.root={repo.notebooks}"])
    except Exception as error:  # noqa: BLE001 - the configuration is a program: it may raise anything
        raise BadConfiguration(repo.notebooks / "nbgrader_config.py", f"{type(error).__name__}: {error}") from None
    return app


def database_url(repo: Repository, configured: str, given: str | None = None) -> URL:
    """Where the gradebook is; the password of a PostgreSQL server is taken out of the environment into it.

    Args:
        configured: nbgrader's own setting; a relative SQLite path in it starts at notebooks/.
        given: what was typed after --db; a relative SQLite path in it starts at the current folder.

    Raises:
        BadDatabaseURL: it is no address of a database.
    """
    password = server_password()
    try:
        url = make_url(given or configured)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg2")
        url.get_dialect().import_dbapi()
    except (ArgumentError, ImportError, ValueError):
        raise BadDatabaseURL from None
    if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":", "file:")):
        return url.set(database=str((Path.cwd() if given else repo.notebooks) / url.database))
    if url.get_backend_name() == "postgresql" and password and url.password is None:
        return url.set(password=password)
    return url


def shown(url: URL) -> str:
    """The address without anything secret: the path of an SQLite file, a server's address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.set(query={}).render_as_string(hide_password=True)


@contextlib.contextmanager
def clear_errors(url: URL) -> Iterator[None]:
    """Turn what the database or its driver raises into one line.

    Raises:
        GradebookFailed: with the reason and the next step.
    """
    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:
        cause = getattr(error, "orig", None) or error
        said = " ".join(str(cause).split())
        for phrase, (why, then) in REASONS.items():
            if phrase in said:
                raise GradebookFailed(shown(url), why, then) from None
        for secret in (url.password, *(url.query[key] for key in url.query if "pass" in key)):
            said = said.replace(str(secret), "***") if secret else said
        raise GradebookFailed(shown(url), said[:200], "Put that right.") from None


@contextlib.contextmanager
def opened(url: URL) -> Iterator[Gradebook]:
    """nbgrader's gradebook with our tables in it, made where it is not there yet,
    and made good where whoever made it died.

    Raises:
        GradebookFailed: the database cannot be used, now or while the gradebook is open.
    """
    # nbgrader logs a traceback before it raises.
    app_log.disabled = True
    with clear_errors(url):
        engine = create_engine(url)
        # nbgrader asks another process for its version, one second, where it finds a database without any table.
        create_tables(engine)
        engine.dispose()
        with Gradebook(url.render_as_string(hide_password=False)) as book:
            create_indexes(book.engine)
            if not inspect(book.engine).has_table("alembic_version"):
                with transaction(book) as session:
                    session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                    session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": _newest_version()})
            yield book


def _newest_version() -> str:
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


@contextlib.contextmanager
def transaction(book: Gradebook) -> Iterator[Session]:
    """All or nothing: what is done with the session is committed at the end, or undone."""
    session = book.db()
    try:
        if book.engine.dialect.name == "sqlite":
            # Take the lock now: a read that later wants to write can only give up.
            session.execute(text("BEGIN IMMEDIATE"))
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def stored_results(url: URL, week: str) -> list[dict]:
    """The results of a week, from a gradebook that is only read; nothing where there is none yet.

    Raises:
        GradebookFailed: the database cannot be read.
    """
    if url.get_backend_name() == "sqlite" and not url.query and not Path(url.database or "").exists():
        return []
    with clear_errors(url):
        engine = create_engine(url)
        try:
            with Session(engine) as session:
                return results_of(session, week) if inspect(engine).has_table(RESULTS.name) else []
        finally:
            engine.dispose()
