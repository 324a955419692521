"""Opening the file: is it ours, is it of this version, and how does SQLite write to it.

**`journal_mode=DELETE`.** In WAL mode, SQLite from 3.7.0 to 3.51.2 (3.44.6 and 3.50.7 aside) has a race, the "WAL-reset
bug" of sqlite.org/wal.html, in which a checkpoint beside a commit skips what had been committed: it is lost, or the
file is malformed. Python brings older ones. Two terminals are two connections, so it could happen here, and WAL would
gain nothing: a transaction is a few rows every few seconds, and nobody waits for another.

**`synchronous=EXTRA`.** In DELETE mode a transaction is committed by deleting its journal. With FULL the deletion
itself is not synced, so that after a power cut the journal may be back, and would undo the commit. EXTRA syncs the
folder, too.

**`busy_timeout`.** Another terminal's transaction takes milliseconds; five seconds is for a disk that is busy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from orbitquiz.history.aside import is_other_format
from orbitquiz.history.schema import APPLICATION_ID, MIGRATIONS

BUSY_SECONDS = 5.0


class NotOurs(Exception):
    """A file of another program, or no database at all."""


class Newer(Exception):
    """A file that a newer version of this program has written."""


def connect(file: Path, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to `file`, which is made where there is none and is of the present version afterwards.

    It waits up to `patience` seconds for others to let go of the file.

    Raises `NotOurs`, `Newer`, `OSError` and, for all that SQLite finds wrong, `sqlite3.Error`. Until it is known that
    the file is ours, nothing is written to it.
    """
    if is_other_format(file):
        raise NotOurs
    connection = sqlite3.connect(file, timeout=patience, isolation_level=None)
    try:
        connection.text_factory = bytes.decode  # so that bad UTF-8 is a `ValueError`, and not one error of many
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        with transaction(connection, "DEFERRED"):  # one look, whatever others do meanwhile
            version = _version(connection)
        if version < len(MIGRATIONS):
            with transaction(connection, "IMMEDIATE"):
                _migrate(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        close(connection)
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """What is done here is done as a whole or not at all. IMMEDIATE is for writing, DEFERRED for reading."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # the error that led here is the one to tell
            connection.execute("ROLLBACK")
        raise


def close(connection: sqlite3.Connection) -> None:
    """Close `connection`, whatever state its file is in."""
    with suppress(sqlite3.Error):
        connection.close()


def _version(connection: sqlite3.Connection) -> int:
    """The version of the file, 0 where it is empty. Raises `NotOurs` and `Newer`."""
    (id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if id == APPLICATION_ID and version > len(MIGRATIONS):
        raise Newer
    if not tables:
        return 0
    if id != APPLICATION_ID or version < 1:
        raise NotOurs
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    # Asked again, because another program may have done it while this one waited for its turn.
    for migration in MIGRATIONS[_version(connection) :]:
        for statement in migration:
            connection.execute(statement)
    # PRAGMA takes no parameters; these are numbers of our own.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS):d}")
