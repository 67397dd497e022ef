"""A PostgreSQL server for a test: in a folder of its own, on a free port of this machine, gone afterwards."""

import contextlib
import os
import random
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from needs import need
from processes import PATIENCE

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
        assert self._answers(), (self.folder / "log").read_text()

    def start_anywhere(self) -> None:
        """Start it on a port that nobody else has."""
        # Below those that the system gives out by itself, so that a restart finds it free again.
        for self.port in random.sample(range(20_000, 32_000), 50):
            if self._answers():
                return
            assert "Address already in use" in (self.folder / "log").read_text(), (self.folder / "log").read_text()
        raise AssertionError("no port is free")

    def _answers(self) -> bool:
        """Start it; whether it answers, or ends by itself."""
        options = ["-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"]
        command = [*_as_a_user(), _binary("postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        # By its own socket: another server may answer on the port.
        ready = [_binary("pg_isready"), "-q", "-h", str(self.folder), "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            if self.process.poll() is not None:
                return False
            time.sleep(0.1)
        return True

    def stop(self, how=signal.SIGINT) -> None:
        """Stop it, as a signal tells it to: SIGQUIT is at once, as in a crash."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)

    def restart(self, how) -> None:
        """Stop it and start it again."""
        self.stop(how)
        self.start()


def _binary(name: str) -> str:
    found = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))) or [shutil.which(name)]
    need(found[-1], INSTALL)
    return found[-1]


def _as_a_user() -> list[str]:
    """What to put before a command: the server refuses to run as root."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextlib.contextmanager
def server():
    """A server for as long as a test needs it."""
    _binary("initdb")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    running = Server(folder, 0, secrets.token_hex(12))
    (folder / "password").write_text(running.password)
    try:
        if _as_a_user():
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        make = [*_as_a_user(), _binary("initdb"), "-D", str(folder / "data"), "-U", USER, "--auth=scram-sha-256", "-N"]
        subprocess.run([*make, f"--pwfile={folder / 'password'}"], check=True, capture_output=True, cwd=folder)
        running.start_anywhere()
        create = [_binary("createdb"), "-h", "127.0.0.1", "-p", str(running.port), "-U", USER, "gradebook"]
        subprocess.run(create, env={**os.environ, "PGPASSWORD": running.password}, check=True)
        yield running
    finally:
        if running.process:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)
