"""The places where rooms are kept, files and PostgreSQL, for tests that ask the same of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from orbitquiz.classroom.storage.file_lock import ROOMS
from orbitquiz.classroom.storage.room_index import FileIndex, RoomIndex
from tests.serving.postgres_server import PostgresServer


class Place(Protocol):
    """A place for rooms."""

    @property
    def index(self) -> RoomIndex:
        """The rooms as this program sees them."""

    @property
    def other(self) -> RoomIndex:
        """The rooms as another program sees them."""

    def change(self, code: str, number: int, /, **changes: Any) -> None:
        """Change keys of the event with this number, from 0."""

    def lose(self, code: str, number: int) -> None:
        """Lose the event with this number."""

    def take_away(self, code: str) -> None:
        """Give a room that this program hosts to another one, which does not ask."""

    def failing(self, code: str) -> AbstractContextManager[None]:
        """While this lasts, nothing can be kept of the room."""


@dataclass
class FilePlace:
    index: FileIndex
    other: FileIndex
    folder: Path

    def change(self, code: str, number: int, /, **changes: Any) -> None:
        lines = self._path(code).read_text().splitlines(keepends=True)
        lines[number] = json.dumps(json.loads(lines[number]) | changes) + "\n"
        self._path(code).write_text("".join(lines))

    def lose(self, code: str, number: int) -> None:
        lines = self._path(code).read_text().splitlines(keepends=True)
        self._path(code).write_text("".join(lines[:number] + lines[number + 1 :]))

    def take_away(self, code: str) -> None:
        path = self._path(code)
        kept = path.read_bytes()
        path.unlink()
        path.write_bytes(kept)

    @contextmanager
    def failing(self, code: str) -> Iterator[None]:
        path, aside = self._path(code), self._path(code).with_suffix(".aside")
        path.rename(aside)
        try:
            yield
        finally:
            aside.rename(path)

    def _path(self, code: str) -> Path:
        return self.folder / ROOMS / f"{code}.jsonl"


@dataclass
class PostgresPlace:
    index: RoomIndex
    other: RoomIndex
    database: Any

    def change(self, code: str, number: int, /, **changes: Any) -> None:
        statement = "UPDATE event SET data = (data::jsonb || %s::jsonb)::text WHERE room = %s AND number = %s"
        self.database.rows(statement, [json.dumps(changes), code, number])

    def lose(self, code: str, number: int) -> None:
        self.database.rows("DELETE FROM event WHERE room = %s AND number = %s", [code, number])

    def take_away(self, code: str) -> None:
        self.database.rows("UPDATE room SET owner = NULL WHERE code = %s", [code])
        self.other.reopen(code)

    @contextmanager
    def failing(self, code: str) -> Iterator[None]:
        self.database.rows("ALTER TABLE event RENAME TO aside")
        try:
            yield
        finally:
            self.database.rows("ALTER TABLE aside RENAME TO event")


def on_files(folder: Path) -> FilePlace:
    return FilePlace(FileIndex(folder), FileIndex(folder), folder)


class SharedDatabase:
    """A database that tests use one after another: making one takes longer than most of them."""

    def __init__(self, server: PostgresServer) -> None:
        from orbitquiz.serving.postgres.database import Database

        self.database = Database(server.create())

    def emptied(self) -> PostgresPlace:
        """Return the place that it is, with nothing in it and two nodes."""
        from orbitquiz.serving.postgres.index import PostgresIndex

        self.database.rows("TRUNCATE node, room, event")
        ids = self.database.rows("INSERT INTO node (address) VALUES ('one'), ('other') RETURNING id")
        one, other = (PostgresIndex(self.database, id) for (id,) in ids)
        return PostgresPlace(one, other, self.database)
