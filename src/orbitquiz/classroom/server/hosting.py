"""Hosting a room: everything between a quiz and students who can join it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orbitquiz.classroom.address import EVERYWHERE, LOOPBACK, Address, own_address
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.protocol import PROTOCOL, HostHello
from orbitquiz.classroom.rules.events import Located, Opened
from orbitquiz.classroom.rules.names import nickname
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.server.room_actor import RoomActor
from orbitquiz.classroom.server.websocket import Hall
from orbitquiz.classroom.storage.event_log import RoomLog
from orbitquiz.quiz.game import Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet

TEAMS = ("Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune")
"""What teams are called."""

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no two of them look alike, and no U: no word comes about by accident
_CODE = 4  # letters


@dataclass(frozen=True)
class Wanted:
    """What kind of room is wanted."""

    rules: Rules
    teams: int = 0
    is_ranked: bool = True
    is_anonymous: bool = False


@dataclass(frozen=True)
class Ready:
    """A room that is ready for people to join, with the log that keeps it."""

    room: Room
    log: RoomLog


@dataclass(frozen=True)
class Hosted:
    """A room that people can join: where, and the client by which the host speaks with it."""

    code: str
    address: Address
    client: Client

    @property
    def command(self) -> str:
        """What a student types."""
        return f"orbitquiz join {self.address} --code {self.code}"


def open_room(folder: Path, quiz: Quiz, wanted: Wanted, now: datetime) -> Ready:
    """A new room for `quiz`, kept in `folder` from now on. Raises `OSError` where it cannot be."""
    while True:
        opened = Opened(
            at=0.0,
            room="".join(secrets.choice(_LETTERS) for _ in range(_CODE)),
            opened=now.isoformat(timespec="seconds"),
            salt=secrets.token_hex(16),
            quiz=QuizSheet.of(quiz),
            timer=wanted.rules.timer,
            scoring=wanted.rules.scoring,
            teams=TEAMS[: wanted.teams],
            is_ranked=wanted.is_ranked,
            is_anonymous=wanted.is_anonymous,
        )
        try:
            return Ready(Room.of([opened]), RoomLog.create(folder, opened))
        except FileExistsError:
            continue  # another room has this code


def reopen_room(path: Path) -> Ready:
    """The room that the file at `path` keeps, to go on with. Raises `BadRoomFile` and `OSError`."""
    log, happened = RoomLog.reopen(path)
    return Ready(Room.of(happened), log)


@asynccontextmanager
async def host(
    ready: Ready, *, lan: bool, port: int, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[Hosted]:
    """Let people into the room as long as this lasts. `port` 0 is any free one. Raises `OSError` for one in use."""
    await asyncio.to_thread(nickname, "Ada")  # the first name is slow, and nobody is to wait for it
    secret = secrets.token_urlsafe(32)
    hall = Hall(clock)
    try:
        async with AsyncExitStack() as stack:
            open_port = await stack.enter_async_context(hall.listen(EVERYWHERE if lan else LOOPBACK, port))
            desk = RoomActor(_located(ready, open_port), ready.log.append, secret, clock)
            await stack.enter_async_context(hall.room(desk))
            hello = HostHello(protocol=PROTOCOL, room=desk.room.code, secret=secret)
            client = Client(Address(LOOPBACK, open_port).url, lambda: hello)
            yield Hosted(desk.room.code, Address(own_address() if lan else LOOPBACK, open_port), client)
    finally:
        ready.log.close()


def _located(ready: Ready, port: int) -> Room:
    """The room at this port, which is kept for when the room is opened again, if it can be."""
    located = Located(at=ready.room.at, port=port)
    if ready.room.port != port:
        with suppress(OSError):  # with the next event the host is told that nothing is kept
            ready.log.append([located])
    return ready.room.after(located)
