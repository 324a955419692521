"""What an error of SQLite or of the system means for the records."""

from __future__ import annotations

import sqlite3

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
    """Whether the file does not hold what it should: it is malformed, or no database, or its tables are others.

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
    """Whether the file that was opened has been moved or deleted by somebody else."""
    return _is(error, sqlite3.SQLITE_READONLY_DBMOVED)


def is_busy(error: Exception) -> bool:
    """Whether another connection kept the file for itself for too long."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def reason(error: Exception) -> str:
    """What is wrong, in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _WORDS.get(_code(error), str(error))


def _is(error: Exception, code: int) -> bool:
    """Whether it is just this one of SQLite's extended result codes."""
    return getattr(error, "sqlite_errorcode", 0) == code


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where there is none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
