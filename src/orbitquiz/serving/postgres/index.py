"""The rooms in a database: their events, and which node owns each.

A node owns a room under an epoch that grows with each change of hands. An append holds only while owner and epoch still
are what they were, so that a node that was thought dead can write nothing more. A node claims only rooms whose events
it can read: none that a newer version has run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orbitquiz.classroom.rules.events import EVENT, FORMAT, Event, Opened, opened_at
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.storage.event_log import CODE, Deposed, EventLog
from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.replay import BadRoomFile, Replay, read
from orbitquiz.classroom.storage.room_index import KeptRoom, damaged_room, folded_code, listed_room
from orbitquiz.serving.postgres.database import Database

_APPEND = """
WITH held AS (
    SELECT FROM room WHERE code = %(room)s AND owner = %(owner)s AND epoch = %(epoch)s FOR SHARE
), kept AS (
    INSERT INTO event (room, number, epoch, data)
    SELECT %(room)s, fresh.number, %(epoch)s, fresh.data
    FROM unnest(%(numbers)s::integer[], %(data)s::text[]) AS fresh (number, data)
    WHERE EXISTS (SELECT FROM held)
    ON CONFLICT DO NOTHING  -- an append whose answer was lost is tried again
)
SELECT count(*) FROM held
"""
_CREATE = """
WITH fresh AS (
    INSERT INTO room (code, owner, epoch, format, opened, title)
    VALUES (%(room)s, %(owner)s, 1, %(format)s, %(opened)s, %(title)s)
    RETURNING code
)
INSERT INTO event (room, number, epoch, data) SELECT code, 0, 1, %(data)s FROM fresh
"""
_CLAIM = """
UPDATE room SET owner = %(owner)s, epoch = epoch + 1, format = %(format)s
WHERE code = %(room)s AND (owner IS NULL OR owner = %(owner)s) AND format <= %(format)s
RETURNING epoch
"""
_CLAIM_ONE = """
WITH next AS (
    SELECT code FROM room WHERE owner = %(dead)s AND format <= %(format)s LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE room SET owner = %(owner)s, epoch = epoch + 1, format = %(format)s FROM next WHERE room.code = next.code
RETURNING room.code, room.epoch
"""
_RELEASE = "UPDATE room SET owner = NULL WHERE code = %(room)s AND owner = %(owner)s AND epoch = %(epoch)s"
_REWRITE = """
WITH free AS (SELECT 1 FROM room WHERE code = %(room)s AND owner IS NULL FOR UPDATE)
UPDATE event SET data = fresh.data
FROM unnest(%(numbers)s::integer[], %(data)s::text[]) AS fresh (number, data)
WHERE event.room = %(room)s AND event.number = fresh.number AND EXISTS (SELECT FROM free)
RETURNING event.number
"""
_OLD = """
SELECT code FROM room WHERE owner IS NULL
AND NOT EXISTS (SELECT FROM event WHERE event.room = room.code AND event.kept >= %(since)s)
"""


class PostgresLog:
    """The events of a room that `owner` holds under `epoch`. `number` is that of the next event."""

    def __init__(self, index: PostgresIndex, room: str, owner: int, epoch: int, number: int) -> None:
        self._index, self._database = index, index.database
        self._key = {"room": room, "owner": owner, "epoch": epoch}
        self._number = number
        self._is_closed = False

    def append(self, events: Sequence[Event]) -> None:
        """Keep `events`.

        Raise `OSError` if it is not known whether they are kept, `Deposed` if another node has the room.
        """
        if self._is_closed:
            raise ValueError("the log is closed")
        if not events:
            return
        numbers = list(range(self._number, self._number + len(events)))
        data = [EVENT.dump_json(event).decode() for event in events]
        ((held,),) = self._database.rows(_APPEND, self._key | {"numbers": numbers, "data": data})
        if not held:
            raise Deposed(self._key["room"])
        self._number += len(events)

    def close(self) -> None:
        """Let another node take over the room. If the database is away, that is done once it is back."""
        if not self._is_closed:
            self._is_closed = True
            self._index.release(self._key)


class PostgresIndex:
    """The rooms in `database`, of which the node `owner` may run some. `where` names the database in messages.

    `format` is the format in which this version keeps events.
    """

    def __init__(self, database: Database, owner: int | None = None, where: str = "the database") -> None:
        self.format = FORMAT
        self.where = where
        self.owner = owner
        self.database = database
        self._unreleased: deque[dict[str, Any]] = deque()

    def release(self, key: dict[str, Any] | None = None) -> None:
        """Let go of a room, and of those that could not be let go of while the database was away."""
        if key is not None:
            self._unreleased.append(key)
        with suppress(OSError, IndexError):
            while True:
                key = self._unreleased.popleft()
                try:
                    self.database.rows(_RELEASE, key)
                except OSError:
                    self._unreleased.append(key)
                    raise

    def rooms(self, changed_since: datetime | None = None) -> list[KeptRoom]:
        """Return all rooms, or those written to since then; the newest first."""
        since = changed_since or datetime.min.replace(tzinfo=UTC)
        found = self.database.rows(
            "SELECT code FROM room WHERE EXISTS"
            " (SELECT FROM event WHERE event.room = room.code AND kept >= %s) ORDER BY opened DESC, code DESC",
            [since],
        )
        return [kept for (code,) in found if (kept := self._kept(code))]

    def codes(self, unchanged_since: datetime) -> list[str]:
        """Return the codes of the rooms that were last written to before then, and that no node runs."""
        return [code for (code,) in self.database.rows(_OLD, {"since": unchanged_since})]

    def room(self, code: str) -> KeptRoom | None:
        """Return the room with this code."""
        found = self.database.rows("SELECT code FROM room WHERE code = %s", [folded_code(code)])
        return self._kept(found[0][0]) if found else None

    def create(self, opened: Opened) -> PostgresLog:
        """Create a room that this node owns."""
        if not CODE.fullmatch(opened.room):
            raise ValueError(f"{opened.room!r} cannot be the code of a room")
        values = self._claiming | {"room": opened.room, "opened": opened_at(opened), "title": opened.quiz.title}
        self.database.rows(_CREATE, values | {"data": EVENT.dump_json(opened).decode()})
        return self._log(opened.room, 1, 1)

    def reopen(self, code: str) -> tuple[PostgresLog, list[Event]]:
        """Claim a room that no other node owns, and read its events.

        This node may own it without running it, if the answer to an earlier claim was lost.
        """
        if not (claimed := self.database.rows(_CLAIM, self._claiming | {"room": code})):
            if self.database.rows("SELECT 1 FROM room WHERE code = %s", [code]):
                raise RoomInUse(Path(code))
            raise FileNotFoundError(code)
        log, replay = self._opened(code, claimed[0][0])
        return log, replay.events

    def take_over(self, dead: int) -> tuple[EventLog, Room] | None:
        """Claim one room of a node that has died, and fold its events; None if there is none left.

        Several nodes may do so at once, and each gets others. Raise `BadRoomFile` for a room that cannot be read, which
        nobody owns then.
        """
        if not (claimed := self.database.rows(_CLAIM_ONE, self._claiming | {"dead": dead})):
            return None
        log, replay = self._opened(*claimed[0])
        return log, replay.room

    def owner_of(self, code: str) -> tuple[int | None, str | None] | None:
        """Return the node that owns a room and its address, each None for nobody; None if there is no such room."""
        found = self.database.rows(
            "SELECT owner, address FROM room LEFT JOIN node ON node.id = owner WHERE code = %s", [code]
        )
        return (found[0][0], found[0][1]) if found else None

    def events(self, code: str) -> list[Event]:
        """Return the events of a room."""
        return self._replay(code).events

    def _replay(self, code: str) -> Replay:
        lines = [
            data for (data,) in self.database.rows("SELECT data FROM event WHERE room = %s ORDER BY number", [code])
        ]
        if not lines:
            raise FileNotFoundError(code)
        return read(Path(code), "".join(f"{line}\n" for line in lines).encode())

    def is_hosted(self, code: str) -> bool:
        """True if a node owns the room, or it was deleted."""
        found = self.database.rows("SELECT owner FROM room WHERE code = %s", [code])
        return not found or found[0][0] is not None

    def forget(self, code: str) -> None:
        """Delete a room that no node owns."""
        if not self.database.rows("DELETE FROM room WHERE code = %s AND owner IS NULL RETURNING code", [code]):
            if self.database.rows("SELECT 1 FROM room WHERE code = %s", [code]):
                raise RoomInUse(Path(code))
            raise FileNotFoundError(code)

    def rewrite(self, code: str, change: Callable[[Sequence[Event]], Sequence[Event]]) -> None:
        """Replace the events of a room that no node owns, in one statement."""
        data = [EVENT.dump_json(event).decode() for event in change(self.events(code))]
        if not self.database.rows(_REWRITE, {"room": code, "numbers": list(range(len(data))), "data": data}):
            raise RoomInUse(Path(code))

    @property
    def _claiming(self) -> dict[str, Any]:
        return {"owner": self.owner, "format": self.format}

    def _opened(self, code: str, epoch: int) -> tuple[PostgresLog, Replay]:
        log = self._log(code, epoch, 0)
        try:
            replay = self._replay(code)
        except BaseException:
            log.close()
            raise
        return self._log(code, epoch, len(replay.events)), replay

    def _log(self, code: str, epoch: int, number: int) -> PostgresLog:
        if self.owner is None:
            raise ValueError("only a node can own rooms")
        return PostgresLog(self, code, self.owner, epoch, number)

    def _kept(self, code: str) -> KeptRoom | None:
        where = f"{self.where}, room {code}"
        found = self.database.rows("SELECT opened, title FROM room WHERE code = %s", [code])
        if not found:
            return None
        opened, title = found[0]
        try:
            room = Room.of(self.events(code))
        except FileNotFoundError:
            return None
        except BadRoomFile as error:
            return damaged_room(code, where, opened.astimezone(UTC), title, str(error))
        return listed_room(code, where, opened.astimezone(UTC), title, room)
