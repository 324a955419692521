"""The host's program in front of a room that a test plays by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pydantic import BaseModel
from textual.pilot import Pilot

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.server import snapshots
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.tui.host.app import HostApp
from orbitquiz.tui.host.screen import HostScreen
from tests.classroom.making import Lesson, opened, quiz_sheet
from tests.tui.screens import SIZE, bottom_of, lines_of, text_of, unsound_lines, words_of

LAN, LOOPBACK = Address("192.168.1.7", 8765), Address("127.0.0.1", 8765)
NAMES = (
    "Ada", "Ben", "Chloé", "Dmitri", "Ευα", "Fatima", "Göran", "Hiroshi 博", "Ines", "Jón", "Kwame", "Lucía",
    "Max", "Nadia", "Oluwaseun", "Priya", "Quentin", "Rosalind F.", "Søren", "Tomás", "Uma", "Valentina", "Wen", "Xin",
    "Zoë",
)  # fmt: skip
"""A class."""


class FakeClient(Client):
    """Keeps what is sent, and says what the test wants said."""

    def __init__(self) -> None:
        super().__init__("ws://nowhere/", lambda: protocol.HostHello(protocol=2, room="KSTR", secret="s"))
        self.sent: list[BaseModel] = []
        self.is_held = False  # whether the question may not be revealed by itself
        self._tell: Callable[[Update], None] | None = None
        self.first: list[Update] = []
        """Updates sent before the screen is drawn."""

    async def run(self, tell: Callable[[Update], None]) -> None:
        self._tell = tell
        for update in self.first:
            tell(update)
        await asyncio.Event().wait()

    async def send(self, message: BaseModel) -> None:
        if isinstance(message, protocol.Hold):
            self.is_held = message.held
        else:
            self.sent.append(message)

    def say(self, update: Update) -> None:
        """Let the room say this."""
        assert self._tell is not None, "nobody listens yet"
        self._tell(update)


class StagedRoom:
    """A room with its host's program. What the test does to `played` is seen once it is told."""

    def __init__(
        self, *players: str, opening: Opened | None = None, address: Address = LAN, link: str | None = None, **more: Any
    ) -> None:
        self.played = Lesson(opening or opened(), *players)
        self.client = FakeClient()
        self.seconds = 100.0  # on the clock of the host's program
        self.away: Collection[str] = ()
        self.app = HostApp(Hosted("K7M2", address, self.client, link=link), clock=lambda: self.seconds, **more)
        self.app.animation_level = "none"

    def begin(self) -> None:
        """Greet the host."""
        self.client.say(snapshots.host_welcome(self.played.room, has_again=True))
        self.tell()

    def tell(self, trouble: str | None = None) -> None:
        """Say how the room stands."""
        room = self.played.room
        self.client.say(snapshots.people(room, [id for id in room.players if id not in self.away]))
        self.client.say(snapshots.scene(room, self.played.now, trouble))

    def ask(self) -> None:
        """Show the next question."""
        self.played.ask()
        self.tell()

    def play(self, picks: Sequence[int | None]) -> None:
        """Ask; the players answer with these options in their order; reveal."""
        ids = list(self.played.room.players)
        self.played.play({ids[index]: pick for index, pick in enumerate(picks) if pick is not None})
        self.tell()

    def obey(self) -> None:
        """Do what the host has sent last, as a room does, and tell it."""
        room, now = self.played.room, self.played.now
        match self.client.sent[-1]:
            case protocol.Next():
                self.played.do(room.next(now))
            case protocol.Reveal():
                self.played.do(room.reveal(now))
            case protocol.Skip():
                self.played.do(room.skip(now))
            case protocol.Pause():
                self.played.do(room.pause(now))
            case protocol.GoOn():
                self.played.do(room.go_on(now))
            case protocol.Extend(seconds=seconds):
                self.played.do(room.extend(seconds, now))
            case protocol.Lock(locked=locked):
                self.played.do(room.lock(locked=locked, at=now))
            case protocol.End():
                self.played.do(room.end(now))
            case protocol.Again():
                self.played.do(room.new_game(quiz_sheet(2), now))
            case message:
                raise AssertionError(message)
        self.tell()

    @property
    def screen(self) -> HostScreen:
        """The screen below all others."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, HostScreen)
        return screen

    @property
    def text(self) -> str:
        """Return the text on the terminal, line by line."""
        return text_of(self.app)

    @property
    def lines(self) -> list[str]:
        """The lines on the terminal."""
        return lines_of(self.app)

    @property
    def words(self) -> str:
        """Return the text on the terminal as one line."""
        return words_of(self.app)

    @property
    def bottom(self) -> str:
        """Return the last line, which names the keys."""
        return bottom_of(self.app)

    @property
    def notices(self) -> list[str]:
        """Return the notices shown beside the screen."""
        return [notice.message for notice in self.app._notifications]

    @property
    def is_sound(self) -> bool:
        """True if every line is as wide as the terminal and holds no control characters."""
        return not unsound_lines(self.app)


@asynccontextmanager
async def begun(
    staged: StagedRoom, size: tuple[int, int] = SIZE, *, notifications: bool = False
) -> AsyncIterator[Pilot[None]]:
    """The host's program, once its room has greeted it."""
    async with staged.app.run_test(size=size, notifications=notifications) as pilot:
        await pilot.pause()
        staged.begin()
        await pilot.pause()
        yield pilot


@asynccontextmanager
async def asked(
    staged: StagedRoom, size: tuple[int, int] = SIZE, *, notifications: bool = False
) -> AsyncIterator[Pilot[None]]:
    """The host's program at the first question."""
    async with begun(staged, size, notifications=notifications) as pilot:
        staged.ask()
        await pilot.pause()
        staged.seconds += 2.0  # enter was guarded until then
        yield pilot


@asynccontextmanager
async def revealed(staged: StagedRoom, *picks: int | None, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The host's program at the first proof, after the players have answered with these options in their order."""
    async with begun(staged, size) as pilot:
        staged.play(picks)
        await pilot.pause()
        yield pilot


async def seconds_to_draw(pilot: Pilot[None], staged: StagedRoom) -> float:
    """Return the best time in seconds for drawing an update, since the machine may be busy."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        staged.tell()
        await pilot.pause()
        best = min(best, time.process_time() - began)
    return best
