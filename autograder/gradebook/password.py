"""The password of a PostgreSQL server, kept where no process that we start is told it."""

import os

_kept: dict[str, str] = {}


def server_password() -> str | None:
    """What PGPASSWORD says. It is taken out of the environment, which is handed on, and kept here for the next call."""
    if "PGPASSWORD" in os.environ:
        _kept["password"] = os.environ.pop("PGPASSWORD")
    return _kept.get("password")
