"""A PostgreSQL server for a test: in a folder of its own, on a free port of this machine, gone afterwards."""

import contextlib
import glob
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

USER = "grader"
INSTALL = (
    "No PostgreSQL server is installed here. Install it: apt-get install postgresql (macOS: brew install postgresql)"
)


@dataclass(frozen=True)
class Server:
    """A running server. ``url(password)`` is the address of its database, as SQLAlchemy writes it."""

    port: int
    password: str
    database: str = "gradebook"

    def url(self, password: str | None = None) -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{USER}{secret}@127.0.0.1:{self.port}/{self.database}"


def _binary(name: str) -> str:
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}")) or [shutil.which(name)]
    assert found[-1], INSTALL
    return found[-1]


def _as_a_user() -> list[str]:
    """What to put before a command: the server refuses to run as root."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextlib.contextmanager
def server():
    """A server with one database and one user, who needs a password."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    password = secrets.token_hex(12)
    (folder / "password").write_text(password)
    try:
        if _as_a_user():
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        data = folder / "data"
        run = [*_as_a_user(), _binary("initdb"), "-D", str(data), "-U", USER, "--auth=scram-sha-256", "-N"]
        subprocess.run([*run, f"--pwfile={folder / 'password'}"], check=True, capture_output=True, cwd=folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1"]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [*_as_a_user(), _binary("postgres"), "-D", str(data), *options], stdout=log, stderr=log, cwd=folder
            )
        try:
            environment = {**os.environ, "PGPASSWORD": password}
            create = [_binary("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", USER, "gradebook"]
            for _ in range(100):
                done = subprocess.run(create, env=environment, capture_output=True, text=True)
                if done.returncode == 0:
                    break
                assert process.poll() is None, (folder / "log").read_text()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.1)
            assert done.returncode == 0, done.stderr
            yield Server(port, password)
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
