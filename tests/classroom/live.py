"""Real rooms for tests: a server on the loopback, and people with real WebSockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.rules.events import Event, Opened
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.server.hosting import Ready, host, resume_room
from orbitquiz.classroom.storage.room_index import FileIndex, RoomIndex
from orbitquiz.quiz.sheet import QuestionSheet, QuizSheet
from tests.classroom.making import opened

PATIENCE = 10.0
Message = dict[str, Any]


class Guest:
    """Somebody with a WebSocket: a player, the host, or nobody good. Remembers all they were sent."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.heard: list[Message] = []
        self.raw: list[str] = []

    async def say(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def hear(self, kind: str, holds: Callable[[Message], bool] = lambda _: True) -> Message:
        """The next message of this kind of which `holds` is true; what comes before is only remembered."""
        async with asyncio.timeout(PATIENCE):
            while True:
                raw = await self.connection.recv()
                assert isinstance(raw, str)
                message: Message = json.loads(raw)
                self.raw.append(raw)
                self.heard.append(message)
                if message["type"] == kind and holds(message):
                    return message

    async def answer(self, question: Message, option: str, seq: int | None = None) -> None:
        await self.say(type="answer", seq=seq or question["number"], number=question["number"], option=option)

    async def leave(self) -> None:
        await self.connection.close()

    def drop(self) -> None:
        """Lose the connection without a word."""
        self.connection.transport.abort()


class Live:
    """A room that people can join: its address, its host's secret as the host's own messages show it, and its place."""

    def __init__(self, address: Address, code: str, index: RoomIndex, greeting: protocol.HostHello) -> None:
        self.address, self.code, self.index, self.greeting = address, code, index, greeting
        self.guests: list[Guest] = []

    @property
    def events(self) -> list[Event]:
        """Return the events that are kept."""
        return list(self.index.events(self.code))

    @property
    def room(self) -> Room:
        """The room that this makes."""
        return Room.of(self.events)

    async def guest(self, **options: Any) -> Guest:
        connection = await connect(self.address.url, compression=None, max_size=None, proxy=None, **options)
        guest = Guest(connection)
        self.guests.append(guest)
        return guest

    async def host(self) -> Guest:
        guest = await self.guest()
        await guest.connection.send(self.greeting.model_dump_json())
        await guest.hear("scene")
        return guest

    async def player(self, name: str | None = None, token: str | None = None) -> tuple[Guest, Message]:
        """Somebody who has joined, and the welcome."""
        guest = await self.guest()
        await guest.say(type="hello", protocol=2, room=self.code, name=name, token=token)
        return guest, await guest.hear("welcome")


@asynccontextmanager
async def live(
    place: Path | RoomIndex,
    opening: Opened | None = None,
    resumed: str | None = None,
    again: Callable[[], QuizSheet] | None = None,
) -> AsyncIterator[Live]:
    """A room in a folder or another place, or the one with the code `resumed`, on any free port of the loopback.

    `again` gives the quiz of another game in it.
    """
    index = FileIndex(place) if isinstance(place, Path) else place
    if resumed is None:
        opening = opening or opened()
        ready = Ready(Room.of([opening]), index.create(opening))
    else:
        ready = resume_room(index, resumed)
    async with host(replace(ready, again=again), lan=False, port=0) as hosted:
        hello = hosted.client.greeting()
        assert isinstance(hello, protocol.HostHello)
        room = Live(hosted.address, hosted.code, index, hello)
        try:
            yield room
        finally:
            for guest in room.guests:
                guest.drop()


def key_of(sheet: QuestionSheet, options: Sequence[Message]) -> str:
    """The id of the right option, told by its text."""
    return str(next(option["id"] for option in options if option["text"] == sheet.options[sheet.key]))
