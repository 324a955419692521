"""Open the file of records with SQLite, and tell what an error means.

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
from itertools import count
from pathlib import Path
from typing import Literal

from orbitquiz.history.schema import APPLICATION_ID, MIGRATIONS

BUSY_SECONDS = 5.0


class NotOurs(Exception):
    """A file of another program, or no database at all."""


class Newer(Exception):
    """A file that a newer version of this program has written."""


def connect(file: Path, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Return a connection to `file`, which is created if it is missing and migrated to the current version.

    It waits up to `patience` seconds for other connections to release the file.

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
    """Do all of the block or nothing of it. IMMEDIATE is for writing, DEFERRED for reading."""
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
    """Return the version of the file, 0 where it is empty. Raises `NotOurs` and `Newer`."""
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


# Moving a file that is damaged or not ours out of the way: nothing of it is lost, and nothing of it is used.

_COMPANIONS = ("-journal", "-wal", "-shm")


def move_aside(file: Path, why: str = "damaged") -> Path:
    """Move `file` to the first free name of `….damaged-1`, `….damaged-2` and so on, and return it. Raises `OSError`.

    `why` is the word before the number.

    What SQLite keeps beside a file goes with it, and goes first: a journal that stayed would be rolled back into the
    next file of that name. Nothing is ever overwritten.
    """
    for number in count(1):
        aside = file.with_name(f"{file.name}.{why}-{number}")
        names = [(_beside(file, end), _beside(aside, end)) for end in (*_COMPANIONS, "")]
        if any(_is_there(there) for _, there in names):
            continue
        try:
            # Two programs may try at once; the first one that makes the file has the name.
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        moved = []
        try:
            for here, there in names:
                if _is_there(here):
                    here.replace(there)
                    moved.append((here, there))
        except OSError:
            aside.unlink(missing_ok=True)
            for here, there in moved:
                there.replace(here)
            raise
        return aside
    raise AssertionError("numbers do not end")


def is_other_format(file: Path) -> bool:
    """True if `file` plainly is no SQLite database. Raises `OSError` where it cannot be read.

    SQLite is not asked, because it would first roll back any journal beside the file, whatever the file is. It may be
    asked about zeros: those are what a crash can leave of a database that was just being made.
    """
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        head = stream.read(len(_MAGIC))
    return any(head) and head != _MAGIC


_MAGIC = b"SQLite format 3\0"


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


def _is_there(file: Path) -> bool:
    return file.exists() or file.is_symlink()


# What an error of SQLite or of the system means.

_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file or its folder cannot be written to",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened or written to",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_BUSY: "another program does not let go of it",
    sqlite3.SQLITE_LOCKED: "another program does not let go of it",
}


#: What SQLite says of statements that are right where the tables are not those that were made.
_OF_OTHER_TABLES = (
    "no such table",
    "no such column",
    "has no column",
    "does not match any PRIMARY KEY",
    "foreign key mismatch",
    "unsupported file format",
)


def is_damage(error: Exception) -> bool:
    """True if the file does not hold what it should: it is malformed, no database, or has other tables.

    The `sqlite3` module has classes of errors for all else that can happen to a file, so that what is malformed and
    what is no database are left with the class that the others are derived from.
    """
    if isinstance(error, UnicodeDecodeError):  # SQLite quotes what is malformed in a message that cannot be read
        return True
    if type(error) is sqlite3.DatabaseError:
        return True
    if _code(error) == sqlite3.SQLITE_ERROR:
        return any(words in str(error) for words in _OF_OTHER_TABLES)
    # What an answer refers to is written before it, and no text of ours is that long.
    return _is(error, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY) or _code(error) == sqlite3.SQLITE_TOOBIG


def is_elsewhere(error: Exception) -> bool:
    """True if another program has moved or deleted the file that was opened."""
    return _is(error, sqlite3.SQLITE_READONLY_DBMOVED)


def is_busy(error: Exception) -> bool:
    """True if another connection held the file for too long."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def reason(error: Exception) -> str:
    """Return the error, in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _WORDS.get(_code(error), str(error))


def _is(error: Exception, code: int) -> bool:
    """True if it is exactly this one of SQLite's extended result codes."""
    return getattr(error, "sqlite_errorcode", 0) == code


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where there is none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
