"""Find indexes that disagree with their table, and rebuild them.

A query that uses an index sees only what the index has, so that a damaged one hides answers without an error. Comparing
the numbers of entries takes about 20 ms for 100,000 answers and is done whenever the file is opened; SQLite's
`integrity_check` compares every entry, takes 260 ms, and is done now and then.
"""

from __future__ import annotations

import sqlite3

from orbitquiz.history.sqlite_file import transaction

_INDEXES = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index'"


def are_complete(connection: sqlite3.Connection) -> bool:
    """Return whether each index has as many entries as its table has rows for it. Raises `sqlite3.Error`."""
    in_tables: dict[str, int] = {}
    for index, table, sql in connection.execute(_INDEXES).fetchall():
        _, where, condition = (sql or "").partition(" WHERE ")  # a partial index has only some of the rows
        rows = f'"{table}" NOT INDEXED{where}{condition}'
        if rows not in in_tables:
            in_tables[rows] = _number(connection, rows)
        if _number(connection, f'"{table}" INDEXED BY "{index}"{where}{condition}') != in_tables[rows]:
            return False
    return True


def _number(connection: sqlite3.Connection, rows: str) -> int:
    # For `count(*)`, SQLite would take the smallest index instead of the one that is named.
    (number,) = connection.execute(f"SELECT total(1) FROM {rows}").fetchone()  # noqa: S608
    return int(number)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Return whether SQLite finds nothing wrong with tables and indexes. Raises `sqlite3.Error`."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def rebuild(connection: sqlite3.Connection) -> bool:
    """Rebuild all indexes if that makes a damaged file sound, and return whether it did. Else nothing changes."""
    try:
        with transaction(connection, "IMMEDIATE"):
            if is_sound(connection):
                return False
            connection.execute("REINDEX")
            if not is_sound(connection):
                raise sqlite3.DatabaseError("more than an index is damaged")
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return True
