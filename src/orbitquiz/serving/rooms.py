"""The rooms of a service: opened, loaded on demand, unloaded when nobody is in them, deleted when they are old."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.events import Located, Opened
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Room, RoomPhase
from orbitquiz.classroom.server.hosting import LETTERS, create_room
from orbitquiz.classroom.server.room_actor import Connection, Gone, RoomActor, hashed
from orbitquiz.classroom.server.websocket import TokenBucket
from orbitquiz.classroom.storage.event_log import Deposed, EventLog
from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import RoomIndex
from orbitquiz.serving.limits import Limits
from orbitquiz.serving.logs import note
from orbitquiz.serving.metrics import Figures, MeasuredLog

_LENGTH = 6  # of a code: four letters can be guessed
_CODE = re.compile(f"[{LETTERS}]{{{_LENGTH}}}")


@dataclass(eq=False)
class HostedRoom:
    """A room that runs here, and the way into it. `opener` says whose token opened it.

    `buckets` limit the messages: its own, that of its token, and that of the service.
    """

    actor: RoomActor
    log: EventLog
    buckets: Sequence[TokenBucket]
    opener: str | None
    used_at: float
    clock: Callable[[], float]
    figures: Figures
    task: asyncio.Task[None] | None = None

    @property
    def code(self) -> str:
        """The code of the room."""
        return self.actor.room.code

    async def put(self, connection: Connection, message: protocol.ToRoom | Gone) -> None:
        """Hand in a message. The room has its turns, so that whatever comes in here delays no other room."""
        if not isinstance(message, Gone) and (wait := max(each.seconds_to_wait() for each in self.buckets)):
            await asyncio.sleep(wait)
        self.figures.counts["messages"] += 1
        self.used_at = self.clock()
        await self.actor.put(connection, message)


class Rooms:
    """The rooms of this process, kept in `index`. `port` is where the service listens."""

    def __init__(
        self,
        index: RoomIndex,
        limits: Limits,
        figures: Figures,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self.index = index
        self.port = 0
        self._limits, self._figures = limits, figures
        self._clock, self._now = clock, now
        self._rooms: dict[str, HostedRoom] = {}
        self._busy: dict[str, asyncio.Future[HostedRoom | None]] = {}  # rooms that are being loaded or unloaded
        self._is_draining = False
        self._bucket = self._bucket_of(limits.messages)
        self._buckets: dict[str | None, TokenBucket] = {}  # of the tokens that have opened rooms

    def __len__(self) -> int:
        """Return the number of rooms that run here."""
        return len(self._rooms)

    @property
    def players(self) -> int:
        """The number of players who are connected."""
        return sum(room.actor.connected for room in self._rooms.values())

    @property
    def codes(self) -> list[str]:
        """The codes of the rooms that run here."""
        return list(self._rooms)

    def players_of(self, opener: str | None) -> int:
        """Return the number of connected players in the rooms of one token."""
        return sum(room.actor.connected for room in self._rooms.values() if room.opener == opener)

    def running(self, code: str) -> HostedRoom | None:
        """Return the room with this code if it runs here."""
        return self._rooms.get(code)

    async def find(self, code: str) -> HostedRoom:
        """Return the room with this code; load it if it does not run. Raise `Refused` if there is none."""
        while True:
            if room := self._rooms.get(code):
                return room
            if not is_code(code):
                raise Refused(Reason.NO_ROOM)
            if self._is_draining:
                raise Refused(Reason.TOO_FAST, "The service is about to restart. Try again in a moment.")
            if code in self._busy:
                await asyncio.wait([self._busy[code]])
                continue
            if found := await self._exclusively(code, self._load(code)):
                return found

    async def open(self, opened: Opened, opener: str) -> tuple[HostedRoom, str]:
        """Open a new room; return it with its host's secret. Raise `Refused` or `OSError`."""
        await self._make_place()
        secret = secrets.token_urlsafe(32)
        fresh = opened.model_copy(update={"opener": opener})
        ready = await asyncio.to_thread(create_room, self.index, fresh, self._now(), _LENGTH)
        located = Located(at=0.0, port=self.port, host=hashed(secret))
        try:
            await asyncio.to_thread(ready.log.append, [located])
        except BaseException:
            await asyncio.to_thread(ready.log.close)
            with suppress(OSError, RoomInUse):
                await asyncio.to_thread(self.index.forget, ready.room.code)
            raise
        room = self._start(ready.room.after(located), ready.log)
        self._figures.counts["rooms opened"] += 1
        note("room-opened", room=room.code, questions=room.actor.room.total)
        return room, secret

    async def take_over(self, log: EventLog, room: Room) -> None:
        """Run a room that this process has just claimed, in the place of what it may run of it still."""
        if before := self._rooms.get(room.code):
            await self.unload(before)
        self._start(room, log)

    async def unload_idle(self) -> None:
        """Unload the rooms in which nobody has been for a while."""
        for room in list(self._rooms.values()):
            patience = self._limits.idle_over if room.actor.room.phase is RoomPhase.OVER else self._limits.idle
            if room.actor.is_empty and self._clock() - room.used_at >= patience:
                await self.unload(room)

    async def forget_old(self, keep: timedelta) -> None:
        """Delete the rooms that nothing has happened in for so long."""
        for code in await asyncio.to_thread(self.index.codes, self._now() - keep):
            if code in self._rooms or code in self._busy:
                continue
            try:
                await asyncio.to_thread(self.index.forget, code)
            except (OSError, RoomInUse) as error:
                note("room-not-deleted", logging.WARNING, room=code, error=type(error).__name__)
            else:
                note("room-deleted", room=code)

    async def unload(self, room: HostedRoom) -> None:
        """Stop running a room. Those in it are hung up on without a word, and come back."""
        if self._rooms.get(room.code) is room:
            del self._rooms[room.code]
            await self._exclusively(room.code, self._stop(room))

    async def drain(self) -> None:
        """Unload every room, and load no other one."""
        self._is_draining = True
        await self.unload_all()
        while self._busy:
            await asyncio.wait(self._busy.values())

    async def unload_all(self) -> None:
        """Unload every room."""
        await asyncio.gather(*(self.unload(room) for room in list(self._rooms.values())))

    async def _exclusively(self, code: str, work: Awaitable[HostedRoom | None]) -> HostedRoom | None:
        """Do `work` on a room while nobody else loads or unloads it, and whether or not somebody waits for it."""
        task = asyncio.ensure_future(work)
        self._keep_busy(code, task)
        return await asyncio.shield(task)

    def _keep_busy(self, code: str, task: asyncio.Future[HostedRoom | None]) -> None:
        self._busy[code] = task

        def done(task: asyncio.Future[HostedRoom | None]) -> None:
            if self._busy.get(code) is task:
                del self._busy[code]
            if not task.cancelled():
                task.exception()  # those who waited have got it; perhaps nobody did

        task.add_done_callback(done)

    async def _load(self, code: str) -> HostedRoom:
        await self._make_place()
        try:
            log, events = await asyncio.to_thread(self.index.reopen, code)
        except FileNotFoundError:
            raise Refused(Reason.NO_ROOM) from None
        except BadRoomFile as error:
            note("room-not-loaded", logging.ERROR, room=code, error=type(error).__name__)
            raise Refused(Reason.NO_ROOM) from None
        except RoomInUse:
            raise Refused(Reason.TOO_FAST, "The room is in use elsewhere. Try again in a moment.") from None
        except OSError as error:
            note("room-not-loaded", logging.ERROR, room=code, error=type(error).__name__)
            raise Refused(Reason.TOO_FAST, "Rooms cannot be read at the moment. Try again soon.") from None
        note("room-loaded", room=code, events=len(events))
        return self._start(await asyncio.to_thread(Room.of, events), log)

    async def _make_place(self) -> None:
        """Unload the room that has been empty longest if there are too many. Raise `Refused` if all are in use."""
        if len(self._rooms) < self._limits.rooms:
            return
        empty = [room for room in self._rooms.values() if room.actor.is_empty]
        if not empty:
            note("too-many-rooms", logging.WARNING, rooms=len(self._rooms))
            raise Refused(Reason.FULL, "The service has as many rooms as it can hold. Try again in some minutes.")
        await self.unload(min(empty, key=lambda room: room.used_at))

    def _start(self, room: Room, log: EventLog) -> HostedRoom:
        measured = MeasuredLog(log, self._figures, self._clock)
        actor, opener = RoomActor(room, measured, self._clock), room.opening.opener
        of_token = self._buckets.setdefault(opener, self._bucket_of(self._limits.messages_each))
        buckets = (self._bucket_of(self._limits.messages_room), of_token, self._bucket)
        hosted = HostedRoom(actor, log, buckets, opener, self._clock(), clock=self._clock, figures=self._figures)
        hosted.task = asyncio.create_task(actor.run())
        hosted.task.add_done_callback(lambda done: self._ended(hosted, done))
        self._rooms[room.code] = hosted
        return hosted

    def _bucket_of(self, messages: float) -> TokenBucket:
        return TokenBucket(self._clock, messages, 4 * messages)

    async def _stop(self, room: HostedRoom) -> None:
        assert room.task is not None
        room.task.cancel()
        await asyncio.wait([room.task])
        room.actor.hang_up()
        await _closed(room.log)
        note("room-unloaded", room=room.code)

    def _ended(self, room: HostedRoom, task: asyncio.Task[None]) -> None:
        """Let go of a room whose actor has failed, or that another node has taken over."""
        if task.cancelled() or not (error := task.exception()):
            return
        self._figures.counts["rooms taken away" if isinstance(error, Deposed) else "rooms failed"] += 1
        if self._rooms.get(room.code) is room:
            del self._rooms[room.code]
        room.actor.stopped_by(error)
        self._keep_busy(room.code, asyncio.ensure_future(_closed(room.log)))


async def _closed(log: EventLog) -> None:
    with suppress(OSError):
        await asyncio.to_thread(log.close)


def is_code(code: str) -> bool:
    """True if `code` looks like that of a room of a service."""
    return bool(_CODE.fullmatch(code))
