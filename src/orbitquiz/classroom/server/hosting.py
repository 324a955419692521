"""Hosting a room: from a quiz to a server that students can join, on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shlex
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from orbitquiz.classroom.address import EVERYWHERE, LOOPBACK, Address, own_addresses
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.protocol import PROTOCOL, HostHello
from orbitquiz.classroom.rules.events import Event, Located, Opened
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.rules.room import Room, RoomPhase
from orbitquiz.classroom.server.room_actor import RoomActor, hashed
from orbitquiz.classroom.server.websocket import RoomServer
from orbitquiz.classroom.storage.event_log import EventLog
from orbitquiz.classroom.storage.host_access import HostAccess
from orbitquiz.classroom.storage.room_index import RoomIndex
from orbitquiz.quiz.game import Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet

TEAMS = ("Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune")
"""The names of the teams."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The letters of a room's code. No two of them look alike; there is no U, so that no word comes about."""

CLOSING = 2.0
"""Seconds in which a room closes in order: everybody told, everything kept."""

_LENGTH = 4  # of a code
_FILES = 4096  # a room of a thousand needs about as many connections


@dataclass(frozen=True)
class RoomOptions:
    """Options of a room to open. `reading` and `onward` are seconds; the last five are as in `Opened`."""

    rules: Rules
    teams: int = 0
    is_ranked: bool = True
    is_anonymous: bool = False
    reading: float = 0.0
    onward: float | None = None
    class_name: str | None = None
    pace: Literal["class", "own"] = "class"
    closes: datetime | None = None
    reveals: Literal["after-each", "at-closing"] = "after-each"
    attempts: int = 1


@dataclass(frozen=True)
class Ready:
    """A room that can be served, and the log that keeps it.

    `again` gives the quiz of another game in it, or raises `Refused`; without it there is none.
    """

    room: Room
    log: EventLog
    again: Callable[[], QuizSheet] | None = None


@dataclass(frozen=True)
class Hosted:
    """A room that people can join: its code, its address, and the host's client.

    `others` are further addresses of this computer, the likelier ones first. `link` is the secret address of the
    report, if the room is at a service, and `folder` the one the user named for all that is kept.
    """

    code: str
    address: Address
    client: Client
    others: tuple[Address, ...] = ()
    link: str | None = None
    folder: str | None = None

    @property
    def command(self) -> str:
        """The command that a student types."""
        return f"orbitquiz join {self.address} --code {self.code}"

    @property
    def report(self) -> str:
        """The way to the report: its address, or the command that prints it."""
        folder = ["--data", self.folder] if self.folder else []
        return self.link or shlex.join(["orbitquiz", "report", self.code, *folder])

    @property
    def access(self) -> HostAccess:
        """The way into the room for another program of the same user, such as the host's notes."""
        hello = self.client.greeting()
        assert isinstance(hello, HostHello)
        return HostAccess(self.code, self.address.port, hello.secret)

    @property
    def page(self) -> str:
        """The address of the page for phones, which asks for the code."""
        return self.address.page


def opening(quiz: Quiz, options: RoomOptions) -> Opened:
    """Return the first event of a room for `quiz`, still without code, time and salt."""
    return Opened(
        at=0.0,
        room="",
        opened="",
        salt="",
        quiz=QuizSheet.of(quiz),
        timer=options.rules.timer,
        scoring=options.rules.scoring,
        teams=TEAMS[: options.teams],
        is_ranked=options.is_ranked,
        is_anonymous=options.is_anonymous,
        reading=options.reading,
        onward=options.onward,
        class_name=options.class_name,
        pace=options.pace,
        closes=None if options.closes is None else options.closes.astimezone(UTC).isoformat(timespec="seconds"),
        reveals=options.reveals,
        attempts=options.attempts,
    )


def create_room(index: RoomIndex, opened: Opened, now: datetime, length: int = _LENGTH) -> Ready:
    """Create a room in `index` under a new code of this `length`. Raise `OSError` if it cannot be kept."""
    while True:
        fresh = {
            "room": "".join(secrets.choice(LETTERS) for _ in range(length)),
            "opened": now.isoformat(timespec="seconds"),
            "salt": secrets.token_hex(16),
        }
        event = opened.model_copy(update=fresh)
        try:
            return Ready(Room.of([event]), index.create(event))
        except FileExistsError:
            continue  # another room has this code


def resume_room(index: RoomIndex, code: str) -> Ready:
    """Open a kept room again, for a person who resumes it: a question that was open is paused.

    Raise `BadRoomFile`, `RoomInUse` or `OSError`.
    """
    log, happened = index.reopen(code)
    room = Room.of(happened)
    if room.phase is RoomPhase.ASKING:
        room = _append(room, log, room.pause(room.at))
    return Ready(room, log)


@asynccontextmanager
async def host(
    ready: Ready, *, lan: bool, port: int, address: str | None = None, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[Hosted]:
    """Serve the room in this event loop until the block ends.

    Listen at `port` (0 for any free one) on all addresses of this computer with `lan`, else for this computer alone;
    `address` is the one to tell students. Raise `OSError` if the port cannot be had.
    """
    raise_file_limit()
    await asyncio.to_thread(nickname, "Ada")  # the first name is slow, and should keep nobody waiting
    secret = secrets.token_urlsafe(32)
    server = RoomServer(clock)
    try:
        async with server.listen(EVERYWHERE if lan else LOOPBACK, port) as open_port:
            located = Located(at=ready.room.at, port=open_port, host=hashed(secret))
            actor = RoomActor(_append(ready.room, ready.log, located), ready.log, clock, again=ready.again)
            async with server.room(actor):
                hello = HostHello(protocol=PROTOCOL, room=actor.room.code, secret=secret)
                client = Client(Address(LOOPBACK, open_port).url, lambda: hello)
                likely, *others = addresses(open_port, lan=lan, chosen=address)
                yield Hosted(actor.room.code, likely, client, tuple(others))
    finally:
        ready.log.close()


@contextmanager
def host_in_thread(ready: Ready, *, lan: bool, port: int, address: str | None = None) -> Iterator[HostingThread]:
    """Serve the room on a thread with an event loop of its own until the block ends.

    Whatever the terminal does, the room waits for nothing but its own clients. Raise `OSError` as `host` does.
    """
    thread = HostingThread(ready, lan=lan, port=port, address=address)
    thread.start()
    try:
        thread.started.result()
        yield thread
    finally:
        thread.close()


class HostingThread(threading.Thread):
    """The thread of a room. `started` gives the hosted room once it can be joined, or why it cannot."""

    def __init__(self, ready: Ready, *, lan: bool, port: int, address: str | None) -> None:
        # A daemon, so that a disk that hangs cannot keep the program from ending.
        super().__init__(name="room", daemon=True)
        self.started: Future[Hosted] = Future()
        self._ready = ready
        self._lan, self._port, self._address = lan, port, address
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()

    @property
    def hosted(self) -> Hosted:
        """The room as it can be joined."""
        return self.started.result()

    def run(self) -> None:
        """Serve the room until it is closed."""
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self.started.done():
                raise
            self.started.set_exception(error)

    def close(self) -> None:
        """Close the room, and wait for `CLOSING` seconds at most. Closing twice does no harm."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._closing.set)
        if self.ident is not None and threading.current_thread() is not self:
            self.join(CLOSING)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with host(self._ready, lan=self._lan, port=self._port, address=self._address) as hosted:
            self.started.set_result(hosted)
            await self._closing.wait()


def addresses(port: int, *, lan: bool, chosen: str | None = None) -> list[Address]:
    """Return the addresses at which students can reach this computer: the `chosen` one, then by likelihood."""
    if not lan:
        return [Address(LOOPBACK, port)]
    found = [address for address in own_addresses() if address != chosen]
    hosts = [chosen, *found] if chosen else found or [LOOPBACK]
    return [Address(host, port) for host in hosts]


def refreshed(hosted: Hosted, chosen: str | None = None) -> tuple[Hosted, str | None]:
    """Return `hosted` with the addresses this computer has now, and a warning if it has none."""
    found = own_addresses()
    if not found:
        return hosted, "This computer is not in a network: nobody else can reach the room."
    now = [chosen] if chosen else found
    host = hosted.address.host if hosted.address.host in now else now[0]
    port = hosted.address.port
    others = tuple(Address(each, port) for each in found if each != host)
    return replace(hosted, address=Address(host, port), others=others), None


def raise_file_limit(wanted: int = _FILES) -> None:
    """Let this process open as many files as are `wanted`, or as it may: each connection is one."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _append(room: Room, log: EventLog, event: Event) -> Room:
    with suppress(OSError):  # the room can do without; the actor tells the host with the next event
        log.append([event])
    return room.after(event)
