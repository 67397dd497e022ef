"""A PostgreSQL server for a test: in a folder of its own, on a free port of this machine, gone afterwards."""

import contextlib
import glob
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

USER = "grader"
INSTALL = (
    "No PostgreSQL server is installed here. Install it: apt-get install postgresql (macOS: brew install postgresql)"
)


@dataclass
class Server:
    """A running server, with one database and one user, who needs the password."""

    folder: Path
    port: int
    password: str
    process: subprocess.Popen | None = None

    def url(self, password: str | None = None) -> str:
        """The address of its database, as SQLAlchemy writes it."""
        secret = f":{password}" if password else ""
        return f"postgresql+psycopg2://{USER}{secret}@127.0.0.1:{self.port}/gradebook"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"]
        command = [*_as_a_user(), _binary("postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        ready = [_binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)

    def stop(self, how=signal.SIGINT) -> None:
        """Stop it, as a signal tells it to: SIGQUIT is at once, as in a crash."""
        self.process.send_signal(how)
        self.process.wait(20)

    def restart(self, how) -> None:
        """Stop it and start it again."""
        self.stop(how)
        self.start()


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
    """A server for as long as a test needs it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        running = Server(folder, free.getsockname()[1], secrets.token_hex(12))
    (folder / "password").write_text(running.password)
    try:
        if _as_a_user():
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        make = [*_as_a_user(), _binary("initdb"), "-D", str(folder / "data"), "-U", USER, "--auth=scram-sha-256", "-N"]
        subprocess.run([*make, f"--pwfile={folder / 'password'}"], check=True, capture_output=True, cwd=folder)
        running.start()
        create = [_binary("createdb"), "-h", "127.0.0.1", "-p", str(running.port), "-U", USER, "gradebook"]
        subprocess.run(create, env={**os.environ, "PGPASSWORD": running.password}, check=True)
        yield running
    finally:
        if running.process:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)
