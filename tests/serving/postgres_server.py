"""A PostgreSQL of the tests' own: made in a folder, started as an ordinary user, on a free port of the loopback."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0  # seconds
_USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: path.parts[-3])
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


PROGRAMS = _programs()
LACKS = (
    "PostgreSQL is not installed"
    if PROGRAMS is None
    else "the package psycopg is not installed"
    if importlib.util.find_spec("psycopg") is None
    else None
)
"""The reason for which tests have no PostgreSQL; None if they have one."""


class PostgresServer:
    """A database server with its data in `folder`. `is_synced` tells it to write as carefully as in earnest."""

    def __init__(self, folder: Path, *, is_synced: bool) -> None:
        self.folder = folder
        self._user = next((user for user in _USERS if _exists(user)), None) if os.geteuid() == 0 else None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        if self._user:
            shutil.chown(folder, self._user)
        self.run("initdb", "-D", self._data, "-U", "quiz", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._synced = [] if is_synced else ["-c", "fsync=off", "-c", "full_page_writes=off"]
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [*self._program("postgres"), "-D", self._data, "-k", str(self.folder), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", *self._synced]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while self.run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q", check=False):
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: by default it cuts all connections, and ends in order."""
        if self._process is not None:
            pid = int((Path(self._data) / "postmaster.pid").read_text().split()[0])
            os.kill(pid, how)
            self._process.wait(PATIENCE)
            self._process = None

    def create(self) -> str:
        """Create an empty database; return its URL."""
        self._databases += 1
        name = f"quiz_{self._databases}"
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "quiz", name)
        return f"postgresql://quiz@127.0.0.1:{self.port}/{name}"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _program(self, name: str) -> list[str]:
        assert PROGRAMS is not None
        as_user = ["setpriv", f"--reuid={self._user}", "--clear-groups", "--"] if self._user else []
        return [*as_user, str(PROGRAMS / name)]

    def run(self, name: str, *words: str, check: bool = True) -> int:
        """Run one of PostgreSQL's programs as the server's user; return its exit code."""
        ran = subprocess.run([*self._program(name), *words], capture_output=True, check=False, cwd="/")
        if check and ran.returncode:
            raise RuntimeError(ran.stderr.decode())
        return ran.returncode


@contextmanager
def postgres_server(*, is_synced: bool = False) -> Iterator[PostgresServer]:
    """A server that runs until the block ends, and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="orbitquiz-postgres-", dir="/tmp"))
    server = None
    try:
        server = PostgresServer(folder, is_synced=is_synced)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    import pwd  # Windows has none

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
