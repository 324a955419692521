"""The database of a service, as a command is told of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from orbitquiz.classroom.storage.room_index import FileIndex, RoomIndex
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.serving.errors import UnusableDatabase


@contextmanager
def database_errors() -> Iterator[None]:
    """Raise `UsageError` for a database that cannot be used, or a missing driver."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("psycopg", "psycopg_pool"):
            raise
        raise UsageError(
            "--database needs the package psycopg; install it with: pip install 'orbitquiz[serve]'"
        ) from error
    except UnusableDatabase as error:
        raise UsageError(f"cannot use the database: {error}") from error


@contextmanager
def kept_rooms(arguments: argparse.Namespace) -> Iterator[RoomIndex]:
    """Open the rooms in the data folder, or in a service's database. Raise `UsageError`."""
    if arguments.database is None:
        yield FileIndex(data_folder(arguments.data))
        return
    if arguments.data is not None:
        raise UsageError("the rooms are in --database or in --data; leave out one of them")
    with database_errors():
        from orbitquiz.serving.postgres.database import Database
        from orbitquiz.serving.postgres.index import PostgresIndex

        database = Database(arguments.database)
    try:
        yield PostgresIndex(database)
    finally:
        database.close()
