"""The tables of a service, as numbered migrations.

A migration only adds, so that nodes of the version before go on beside those that have made it. One that is published
never changes.
"""

from __future__ import annotations

from psycopg import Connection
from psycopg.rows import TupleRow

from orbitquiz.serving.errors import UnusableDatabase

_LOCK = 0x0B17  # serialises migrations; any number that nothing else uses

MIGRATIONS = (
    """
    CREATE TABLE node (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        address text NOT NULL,  -- where other nodes reach it
        beat timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE room (
        code text PRIMARY KEY,
        owner integer REFERENCES node ON DELETE SET NULL,  -- the node that runs it, if one does
        epoch bigint NOT NULL DEFAULT 0,  -- how often it has changed hands
        opened timestamptz NOT NULL,
        title text NOT NULL
    );
    CREATE INDEX room_of_owner ON room (owner) WHERE owner IS NOT NULL;
    CREATE TABLE event (
        room text NOT NULL REFERENCES room ON DELETE CASCADE,
        number integer NOT NULL,  -- from 0 within the room
        epoch bigint NOT NULL,
        kept timestamptz NOT NULL DEFAULT now(),
        data text NOT NULL,  -- the event as JSON, as in a room's file
        PRIMARY KEY (room, number)
    );
    CREATE TABLE secret (
        name text PRIMARY KEY,
        value bytea NOT NULL
    );
    """,
    # The newest format that events of the room may be kept in: a node that does not know it leaves the room to others.
    "ALTER TABLE room ADD COLUMN format integer NOT NULL DEFAULT 2",
)
"""The first makes version 1, and so on."""


def migrate(connection: Connection[TupleRow]) -> None:
    """Bring the tables up to date. Raise `UnusableDatabase` for those of a newer version, which stay as they are."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])  # several nodes may start at once
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, made timestamptz NOT NULL DEFAULT now())"
        )
        row = connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()
        assert row is not None
        version: int = row[0]
        if version > len(MIGRATIONS):
            raise UnusableDatabase(
                f"it was made by a newer OrbitQuiz (its tables have version {version}, here it is "
                f"{len(MIGRATIONS)}); update this one"
            )
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            connection.execute(statements)
            connection.execute("INSERT INTO migration (number) VALUES (%s)", [number])
