"""A student's program in a room that a test plays by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from textual.pilot import Pilot

from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import FINAL, Client, Lost, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.protocol import Accepted, AnswerMessage, Refusal, Welcome, read_from_room
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.rules.room import Player
from orbitquiz.classroom.server import snapshots
from orbitquiz.tui.student.app import StudentApp
from tests.classroom.making import Lesson, opened
from tests.tui.screens import SIZE
from tests.tui.waiting import until

ADDRESS = Address("192.168.1.20", 8765)


class FakeClient(Client):
    """Stands where the network would be: a test says what the room says, and looks at what it is sent."""

    def __init__(self, url: str, join: Joining) -> None:
        super().__init__(url, join.hello)
        self.join = join
        self.sent: list[BaseModel] = []
        self.runs = 0
        self._tell: Callable[[Update], None] | None = None
        self._end = asyncio.Event()

    async def run(self, tell: Callable[[Update], None]) -> None:
        self.runs += 1
        self._tell, self._end = tell, asyncio.Event()
        try:
            await self._end.wait()
        finally:
            self._tell = None

    async def send(self, message: BaseModel) -> None:
        self.sent.append(message)

    @property
    def is_running(self) -> bool:
        return self._tell is not None

    @property
    def answers(self) -> list[AnswerMessage]:
        return [each for each in self.sent if isinstance(each, AnswerMessage)]

    def say(self, update: BaseModel | str | Lost) -> None:
        """Let the room say something, as the text that comes through the wire."""
        assert self._tell, "nobody listens"
        if isinstance(update, Lost):
            self._tell(update)
            return
        message = read_from_room(update if isinstance(update, str) else update.model_dump_json())
        if isinstance(message, Welcome):
            self.join.welcomed(message)
        self._tell(message)
        if isinstance(message, Refusal) and message.seq is None and message.reason in FINAL:
            self._end.set()


class FakeJoining(Joining):
    """Leads to a room that a test plays. `clients` are all that were made, the present one last."""

    def client(self) -> FakeClient:
        made = FakeClient(super().client().url, self)
        self.__dict__.setdefault("clients", []).append(made)
        return made

    @property
    def present(self) -> FakeClient:
        """The client that is used now."""
        client: FakeClient = self.__dict__["clients"][-1]
        return client


class Class:
    """A room with real rules, and the program of one student in it, who is called Ann."""

    def __init__(
        self,
        folder: Path,
        *others: str,
        address: Address | None = ADDRESS,
        code: str | None = "KSTR",
        name: str | None = "Ann",
        notices: Sequence[str] = (),
        **opening: Any,
    ) -> None:
        self.room = Lesson(opened(**opening))
        self.others = others
        self.join = FakeJoining(address, code, name, folder)
        self.app = StudentApp(self.join, notices)
        self.app.animation_level = "none"
        self.now = 100.0
        self.app.clock = lambda: self.now

    @property
    def client(self) -> FakeClient:
        return self.join.present

    @asynccontextmanager
    async def running(self, size: tuple[int, int] = SIZE, *, notifications: bool = False) -> AsyncIterator[Pilot[None]]:
        """The student's program, once it is talking to the room."""
        async with self.app.run_test(size=size, notifications=notifications) as pilot:
            await until(pilot, lambda: self.client.is_running)
            yield pilot

    @property
    def me(self) -> Player:
        return self.room.room.players["p1"]

    def say(self, update: BaseModel | str | Lost) -> None:
        self.client.say(update)

    def refuse(self, reason: Reason, words: str | None = None) -> None:
        self.say(Refusal(reason=reason, text=words or WORDS[reason]))

    def view(self) -> None:
        """Tell how the room stands now."""
        self.say(snapshots.for_player(self.room.room, self.me, self.room.now))

    def enter(self) -> None:
        """The student comes in, and then the others do."""
        if not self.room.room.players:
            for who in ("Ann", *self.others):
                self.room.join(who)
        self.greet()

    def greet(self) -> None:
        """Send what a room says to a player who joins or returns."""
        self.say(snapshots.welcome(self.room.room, self.me, "t0ken"))
        self.view()

    def ask(self) -> None:
        self.room.ask()
        self.view()

    def accept(self) -> None:
        """Record the latest answer that was sent."""
        answer = self.client.answers[-1]
        room = self.room
        room.do(room.room.answer("p1", answer.number, answer.option, answer.seq, room.now))
        self.say(Accepted(seq=answer.seq, number=answer.number, option=answer.option))

    def reveal(self) -> None:
        self.room.reveal()
        self.view()

    def skip(self) -> None:
        self.room.do(self.room.room.skip(self.room.now))
        self.view()

    def pause(self) -> None:
        self.room.do(self.room.room.pause(self.room.now))
        self.say(snapshots.clock(self.room.room, self.room.now))

    def go_on(self) -> None:
        self.room.do(self.room.room.go_on(self.room.now))
        self.say(snapshots.clock(self.room.room, self.room.now))

    def end(self) -> None:
        self.room.do(self.room.room.end(self.room.now))
        self.view()

    def key(self, *, right: bool = True) -> str:
        """A key that answers the present question right, or wrong with the option of which the bank knows something."""
        room = self.room.room
        wanted = room.question.key if right else 0
        return str(room.order("p1").index(wanted) + 1)

    def play(self, *answers: bool | None) -> None:
        """Ask and reveal so many questions, answered right, wrong or not at all, without the program's keys."""
        for right in answers:
            self.room.ask()
            if right is not None:
                self.room.pick("p1", self.room.room.question.key if right else 0)
            for number in range(2, len(self.others) + 2):
                self.room.pick(f"p{number}", number % 4)
            self.room.reveal()
