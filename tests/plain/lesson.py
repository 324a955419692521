"""A class at keyboards: people who type and read line by line, and a room that a test can script."""

from __future__ import annotations

import asyncio
import io
import os
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orbitquiz.classroom import protocol as told
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.rules.events import Answered, Opened
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.classroom.storage.replay import read_events
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.host.host import host_plain
from orbitquiz.plain.student.join import join_plain
from tests.classroom.making import OPTIONS

PATIENCE = 20.0
"""Seconds; only a test that fails waits for so long."""


class Keyboard(io.TextIOWrapper):
    """Where lines are typed that nobody has typed yet."""

    def __init__(self, *, is_terminal: bool = False) -> None:
        read, write = os.pipe()
        super().__init__(open(read, "rb"), encoding="utf-8")  # noqa: PTH123, SIM115
        self._keys = open(write, "wb", buffering=0)  # noqa: PTH123, SIM115
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def type(self, line: str) -> None:
        self._keys.write(f"{line}\n".encode())

    def end(self) -> None:
        self._keys.close()


@dataclass
class Person:
    """Somebody who types and reads. What was read once is not read again."""

    keyboard: Keyboard
    out: io.StringIO
    task: asyncio.Task[Any] | None = None
    at: int = 0

    def type(self, *lines: str) -> None:
        for line in lines:
            self.keyboard.type(line)

    async def reads(self, words: str) -> str:
        """Return the output up to and including `words`."""
        end = time.monotonic() + PATIENCE
        while (found := self.out.getvalue().find(words, self.at)) < 0:
            assert time.monotonic() < end, f"{words!r} is not in {self.out.getvalue()[self.at :]!r}"
            await asyncio.sleep(0.005)
        text = self.out.getvalue()[self.at : found + len(words)]
        self.at = found + len(words)
        return text

    async def done(self) -> str:
        """All that was written from here to the end."""
        assert self.task is not None
        async with asyncio.timeout(PATIENCE):
            await self.task
        return self.out.getvalue()[self.at :]


@dataclass
class Class:
    """A class with its room. Everyone leaves when the test ends."""

    folder: Path
    stack: AsyncExitStack
    hosted: Hosted
    log: Path
    people: list[Person] = field(default_factory=list)
    waited: float = 0.0

    def clock(self) -> float:
        """The clock by which the host's program tells keys that come too early."""
        return time.monotonic() + self.waited

    def wait(self, seconds: float) -> None:
        """Put that clock forward."""
        self.waited += seconds

    def host(self, *, is_terminal: bool = False) -> Person:
        """Somebody who hosts the room."""
        return self._person(lambda talk: host_plain(self.hosted, talk, self.clock), is_terminal=is_terminal)

    def student(
        self, name: str | None = None, *, code: str | None = "KSTR", address: Address | None = None, folder: str = ""
    ) -> Person:
        """Somebody who joins, at a computer that remembers seats in `folder`."""
        joining = Joining(address or self.hosted.address, code, name, self.folder / (folder or f"{len(self.people)}"))
        return self.joins(joining)

    def joins(self, joining: Joining) -> Person:
        return self._person(lambda talk: join_plain(joining, talk))

    def _person(
        self, playing: Callable[[AsyncConsole], Coroutine[Any, Any, Any]], *, is_terminal: bool = False
    ) -> Person:
        keyboard = self.stack.enter_context(Keyboard(is_terminal=is_terminal))
        self.stack.callback(keyboard.end)
        person = Person(keyboard, io.StringIO())

        async def run() -> Any:
            async with AsyncConsole(keyboard, person.out) as talk:
                return await playing(talk)

        person.task = asyncio.create_task(run())
        self.people.append(person)

        async def send_home() -> None:
            assert person.task is not None
            person.task.cancel()
            await asyncio.wait([person.task])

        self.stack.push_async_callback(send_home)
        return person


Open = Callable[..., Coroutine[Any, Any, Class]]


async def begun(room: Open, opening: Opened | None = None, *names: str) -> tuple[Class, Person, list[Person]]:
    """A room in which these play, and its first question."""
    a_class = await room(opening)
    teacher = a_class.host()
    await teacher.reads("Enter begins the game.")
    students = [a_class.student(name) for name in names or ("Ann",)]
    for student in students:
        await student.reads("Waiting for the host to begin.")
    teacher.type("")
    await teacher.reads("Enter shows the answer.")
    for student in students:
        await student.reads("Answer 1 to 4:")
    return a_class, teacher, students


def picks(log: Path) -> list[tuple[str, int, int]]:
    """Return the picked options, by player and question."""
    return [(each.player, each.number, each.option) for each in read_events(log) if isinstance(each, Answered)]


@dataclass
class Watched:
    """A host who reads, in a room that says what a test wants, on a clock that a test puts forward."""

    out: io.StringIO
    client: Scripted
    now: float = 100.0

    def clock(self) -> float:
        return self.now

    async def after(self, *updates: Update) -> str:
        """Return the output after this message from the room."""
        before = len(self.out.getvalue())
        for update in updates:
            self.client.tell(update)
            await asyncio.sleep(0.02)
        return self.out.getvalue()[before:]

    async def come(self, count: int, *, is_here: bool = True) -> str:
        """Return the output when so many are in the room."""
        seats = (
            told.PlayerSeat(id=f"p{n}", name=f"Kid {n}", team=None, place="in", is_here=is_here, has_answered=False)
            for n in range(1, count + 1)
        )
        return await self.after(told.People(seats=tuple(seats), is_locked=False))

    async def answer(self, count: int) -> str:
        """Return the output when so many of thirty have answered."""
        return await self.after(scene("asking", answered=count, playing=30))


class Scripted(Client):
    """A room that says what a test wants."""

    def __init__(self) -> None:
        super().__init__("ws://nowhere", lambda: told.Hello(protocol=2, room="KSTR"))
        self.tell: Callable[[Update], None]

    async def run(self, tell: Callable[[Update], None]) -> None:
        self.tell = tell
        await asyncio.Event().wait()


def scene(phase: str, **changes: Any) -> told.Scene:
    options = tuple(told.OptionOut(id=text, text=text) for text in OPTIONS)
    question = told.QuestionOut(
        number=1,
        total=1,
        category="The comet",
        sources_differ=False,
        stem="Who?",
        options=options,
        limit=None,
        left=None,
        is_paused=False,
        plays=False,
        picked=None,
    )
    told_before: dict[str, Any] = {
        "phase": phase,
        "number": 0 if phase == "lobby" else 1,
        "total": 1,
        "question": question if phase == "asking" else None,
        "revealed": None,
        "outcome": None,
        "answered": 0,
        "playing": 0,
        "standings": (),
        "team_standings": (),
        "counted": 0,
        "together": told.Outcome(right=0, of=0, silent=0),
        "trouble": None,
    }
    return told.Scene(**told_before | changes)
