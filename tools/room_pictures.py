"""Pictures of a room for docs/classroom.md: the host's and a student's screen, in front of a room played here."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel
from textual.app import App

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.rules.events import Event, Opened
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.server import snapshots
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.tui.host.app import HostApp
from orbitquiz.tui.student.app import StudentApp

_ADDRESS, _CODE = Address("192.168.1.20", 8765), "K7M2"
_CLASS = ("Ada", "Ben", "Chloé", "Dmitri", "Fatima", "Göran", "Ines", "Kwame", "Lucía", "Nadia", "Tomás", "Zoë")
_SEES = "p2"  # whose screen is shown
_PICKS = ((0, 1, 0, 0, 2, 0, 0, 3, 0, 1, 0, 0), (1, 1, 0, 1, 0, 1, 1, 0, 1, 3, 1, 0))
"""Distance from the key of each player's pick, question by question."""


class _Client(Client):
    """Says what it is told to say."""

    def __init__(self) -> None:
        super().__init__(_ADDRESS.url, lambda: protocol.Hello(protocol=protocol.PROTOCOL, room=_CODE))
        self.tell: Callable[[Update], None] | None = None

    async def run(self, tell: Callable[[Update], None]) -> None:
        self.tell = tell
        await asyncio.Event().wait()

    async def send(self, message: BaseModel) -> None:
        """Nobody listens."""


class _Joining(Joining):
    def client(self) -> Client:
        return _CLIENT


_CLIENT = _Client()


def _played(quiz: Quiz) -> list[tuple[str, Room]]:
    """The room at the moments that are shown."""
    salt = "a salt for pictures"
    room = Room.of([Opened(at=0.0, room=_CODE, opened="2026-05-12T09:00:00+00:00", salt=salt, quiz=QuizSheet.of(quiz))])

    def do(event: Event | None) -> None:
        nonlocal room
        assert event is not None
        room = room.after(event)

    for number, name in enumerate(_CLASS):
        do(room.join(nickname(name), f"{number}", 0.0))
    moments = [("lobby", room)]
    for number, picks in enumerate(_PICKS, 1):
        do(room.next(float(number)))
        if number == len(_PICKS):
            moments.append(("question", room))
        for player, far in zip(room.present, picks, strict=True):
            option = (room.question.key + far) % len(room.question.options)
            do(room.answer(player.id, number, room.option_id(option), number, float(number)))
        do(room.reveal(float(number)))
    moments.append(("reveal", room))
    return moments


async def _take(app: App[None], client: Client, say: Callable[[], None], keys: tuple[str, ...] = ()) -> str:
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        say()
        for key in ("", *keys):
            for _ in range(4):
                await pilot.pause()
            if key:
                await pilot.press(key)
        for _ in range(4):
            await pilot.pause()
        return app.export_screenshot(title="orbitquiz")


def _host(room: Room, *keys: str) -> str:
    client = _Client()
    app = HostApp(Hosted(_CODE, _ADDRESS, client), clock=lambda: 0.0)

    def say() -> None:
        assert client.tell
        client.tell(snapshots.host_welcome(room))
        client.tell(snapshots.people(room, room.players))
        client.tell(snapshots.scene(room, room.at))

    return asyncio.run(_take(app, client, say, keys))


def _student(room: Room) -> str:
    with tempfile.TemporaryDirectory() as folder:
        app = StudentApp(_Joining(_ADDRESS, _CODE, "Ben", Path(folder)))
        player = room.players[_SEES]

        def say() -> None:
            assert _CLIENT.tell
            _CLIENT.tell(snapshots.welcome(room, player, "token"))
            _CLIENT.tell(snapshots.for_player(room, player, room.at))

        return asyncio.run(_take(app, _CLIENT, say))


def room_pictures(quiz: Quiz) -> dict[str, str]:
    """Each picture by its name."""
    moments = dict(_played(quiz))
    return {
        "host-lobby": _host(moments["lobby"]),
        "host-question": _host(moments["question"]),
        "host-reveal": _host(moments["reveal"]),
        "host-standings": _host(moments["reveal"], "enter"),
        "student-wait": _student(moments["lobby"]),
        "student-question": _student(moments["question"]),
        "student-reveal": _student(moments["reveal"]),
    }
