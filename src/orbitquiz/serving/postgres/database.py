"""The database of a service: a pool of connections whose errors are those of a disk."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from orbitquiz.serving.errors import UnusableDatabase
from orbitquiz.serving.postgres.schema import migrate

_LEAST, _MOST = 2, 8  # connections
_PATIENCE = 2.0  # seconds in which a connection of the pool has to be had
_STATEMENT = 3000  # milliseconds that a statement may take
_RECONNECT = 3.0  # seconds of tries in a row, until somebody wants a connection again

CONNECT: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
    "application_name": "orbitquiz",
}
"""Options of every connection: a database that is gone is noticed within seconds."""


class Database:
    """A PostgreSQL database. Any thread may use it."""

    def __init__(self, url: str) -> None:
        """Connect, and bring the tables up to date. Raise `UnusableDatabase`."""
        self.url = url
        options = {"autocommit": True, "options": f"-c statement_timeout={_STATEMENT}"}
        try:
            with psycopg.connect(url, autocommit=True, **CONNECT) as connection:
                migrate(connection)
        except psycopg.Error as error:
            raise UnusableDatabase(str(error).strip().partition("\n")[0]) from error
        self._pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
            url,
            kwargs=CONNECT | options,
            min_size=_LEAST,
            max_size=_MOST,
            timeout=_PATIENCE,
            reconnect_timeout=_RECONNECT,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def rows(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[TupleRow]:
        """Run one statement, which is a transaction by itself; return its rows. Raise `OSError` if that failed.

        After an error it may have been carried out, if it was the answer that got lost.
        """
        with _as_os_error(), self._pool.connection() as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise what goes wrong with the database as the error that a disk would give."""
    try:
        yield
    except psycopg.errors.UniqueViolation as error:
        raise FileExistsError(errno.EEXIST, "there is one already") from error
    except (psycopg.Error, PoolTimeout) as error:
        raise OSError(errno.EIO, "the database does not answer") from error
