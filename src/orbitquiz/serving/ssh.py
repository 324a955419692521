"""Playing by `ssh`, with nothing installed: line mode, in this process, for a game or a room.

There is no shell, and nothing of the system can be reached: commands, files, forwarding and agents are refused. Nobody
proves who they are; the name before the @ is a nickname. What is typed is edited by the server, so that every terminal
will do.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import secrets
import tempfile
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import asyncssh

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.bank.model import Bank
from orbitquiz.classroom.address import EVERYWHERE, LOOPBACK, Address
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.client.saved_seats import SavedSeat, save_seat
from orbitquiz.classroom.protocol import Welcome
from orbitquiz.classroom.rules.refusal import Refused
from orbitquiz.history.store import Records
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.console import Console
from orbitquiz.plain.solo.play import Player
from orbitquiz.plain.student.join import join_plain
from orbitquiz.quiz.code import LETTERS, SEED_LENGTH, Request
from orbitquiz.serving.errors import CannotListen
from orbitquiz.serving.guesses import network_of
from orbitquiz.serving.keys import create_once
from orbitquiz.serving.logs import note
from orbitquiz.serving.rooms import is_code
from orbitquiz.session.plan import QuizPlan, setup_of
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session

KEY = "ssh-host-key"
"""The file in the data folder with the host key, which is made the first time."""

MOST, MOST_EACH = 500, 100
"""Connections at once: in all, and from one address."""

TryCode = Callable[[str, str], Awaitable[object]]
_NOBODY = ("play", "quiz", "guest")  # names before the @ that are no nickname
_LONGEST = 500  # characters of a line
_LOGIN = 20.0  # seconds until a session has begun
_QUIET = 3600.0  # seconds after which a session ends in which nothing is typed
_MOST_WAITING = 256 * 1024  # bytes that wait for a terminal that does not read
_WORDS = 10_000  # seats that are remembered, by the word that leads back to them
_GREETING = "OrbitQuiz. Type the code of a room, or Enter to play alone. q leaves."
_UNKNOWN = "That is no code of a room: it has six letters and digits."
_NO_COMMANDS = "There are no commands here: connect without one.\r\n"


@asynccontextmanager
async def ssh_door(folder: Path, port: int, rooms_port: int, try_code: TryCode, *, lan: bool) -> AsyncIterator[int]:
    """Let people play by ssh at `port` until the block ends; yield the port. Rooms are at `rooms_port`, here.

    `try_code` is asked before anybody joins a room, with their address and the code, and raises `Refused`.

    Raise `CannotListen` if the port cannot be had, `OSError` for the file of the host key.
    """
    key = folder / KEY
    create_once(key, asyncssh.generate_private_key("ssh-ed25519").export_private_key())
    crowd = _Crowd(rooms_port, try_code)
    try:
        server = await asyncssh.listen(
            EVERYWHERE if lan else LOOPBACK,
            port,
            server_factory=lambda: _Connection(crowd),
            server_host_keys=[str(key)],
            server_version="OrbitQuiz",
            process_factory=crowd.serve,
            login_timeout=_LOGIN,
            keepalive_interval=20,
            keepalive_count_max=2,
            line_history=0,
            max_line_length=_LONGEST,
            errors="replace",
            agent_forwarding=False,
            compression_algs=["none"],
            gss_host=None,
            window=65536,
        )
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise CannotListen(f"cannot listen at port {port} for ssh: {why}; choose another one with --ssh") from error
    try:
        yield server.get_port()
    finally:
        server.close()
        for connection in list(crowd.connections):
            connection.close()
        await server.wait_closed()
        crowd.games.shutdown(wait=False)


class _Connection(asyncssh.SSHServer):
    """A connection: it counts, and nothing has to be proved. All that is not overridden here is refused by asyncssh."""

    def __init__(self, crowd: _Crowd) -> None:
        self._crowd = crowd
        self._network = ""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Count the connection; cut it if there are too many."""
        self._connection = conn
        self._network = network_of(_address(conn))
        self._crowd.connections.add(conn)
        self._crowd.each[self._network] += 1
        if len(self._crowd.connections) > MOST or self._crowd.each[self._network] > MOST_EACH:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop counting it."""
        self._crowd.connections.discard(self._connection)
        self._crowd.each[self._network] -= 1
        if not self._crowd.each[self._network]:
            del self._crowd.each[self._network]

    def begin_auth(self, username: str) -> bool:
        """Ask for no proof."""
        return False


class _Crowd:
    """Everybody who plays by ssh."""

    def __init__(self, rooms_port: int, try_code: TryCode) -> None:
        self.connections: set[asyncssh.SSHServerConnection] = set()
        self.each: Counter[str] = Counter()
        self.games = ThreadPoolExecutor(MOST, "ssh")  # of their own: a game lasts, and the disk must not wait for it
        self._rooms = Address(LOOPBACK, rooms_port)
        self._try_code = try_code
        self._seats: OrderedDict[str, SavedSeat] = OrderedDict()

    async def serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        """Serve one session to its end."""
        if process.command is not None or process.subsystem is not None:
            process.stderr.write(_NO_COMMANDS)
            process.exit(2)
            return
        try:
            with tempfile.TemporaryDirectory(prefix="orbitquiz-ssh-") as name:
                await self._play(process, Path(name))
            process.exit(0)
        except (asyncssh.Error, OSError, _Gone):
            process.close()
        except Exception as error:
            note("ssh-session-failed", logging.ERROR, error=type(error).__name__)
            process.exit(1)

    async def _play(self, process: asyncssh.SSHServerProcess[str], folder: Path) -> None:
        process.stdout.write(f"{_GREETING}\n")
        while (word := (await _line(process)).strip().upper()) != "Q":
            if word and word not in self._seats:
                if not is_code(word):
                    process.stdout.write(f"{_UNKNOWN}\n")
                    continue
                try:
                    await self._try_code(_address(process), word)  # from here on everybody comes from this computer
                except Refused as error:
                    process.stdout.write(f"{error}\n")
                    continue
            async with _streams(process) as (lines, out):
                if word:
                    await self._join(process, word, folder, lines, out)
                else:
                    loop = asyncio.get_running_loop()
                    await loop.run_in_executor(self.games, _play_alone, folder, lines, out)
            return

    async def _join(
        self, process: asyncssh.SSHServerProcess[str], word: str, folder: Path, lines: io.TextIOBase, out: _Shown
    ) -> None:
        """Join a room, or come back to a seat by its word."""
        if seat := self._seats.get(word):
            save_seat(folder, seat)
            joining = _Joining(self._rooms, seat.code, seat.name, folder)
        else:
            nickname = process.get_extra_info("username") or ""
            joining = _Joining(self._rooms, word, None if nickname in _NOBODY else nickname[:200], folder)
        joining.seated = lambda seat: self._remember(joining, seat, out)
        async with AsyncConsole(lines, out) as conversation:  # type: ignore[arg-type]  # enough of a stream
            await join_plain(joining, conversation)

    def _remember(self, joining: _Joining, seat: SavedSeat, out: _Shown) -> None:
        """Give a new seat a word by which its player comes back, and tell it."""
        known = next((word for word, each in self._seats.items() if each == seat), None)
        if known is None:
            known = "".join(secrets.choice(LETTERS) for _ in range(2 * SEED_LENGTH))
            self._seats[known] = seat
            if len(self._seats) > _WORDS:
                self._seats.popitem(last=False)
            out.write(f"If the connection is lost, type {known} instead of the code, and you have your seat again.\n")
        joining.word = known


class _Joining(Joining):
    """The way of somebody who joins by ssh: nothing is kept on their computer, but a word leads back to the seat."""

    seated: Callable[[SavedSeat], None]
    word = ""

    @property
    def command(self) -> str:
        """The way to come back, in words."""
        return f"connect again, and type {self.word} instead of the code" if self.word else "connect again"

    def welcomed(self, welcome: Welcome) -> None:
        """Remember the seat."""
        super().welcomed(welcome)
        if self._taken is not None:
            self.seated(self._taken)


class _Gone(Exception):
    """The other side has ended the session, or does not read what it is sent."""


class _Shown(io.TextIOBase):
    """The terminal of a session as a stream that any thread may write to."""

    encoding = "utf-8"

    def __init__(self, process: asyncssh.SSHServerProcess[str], end: Callable[[], object]) -> None:
        self._process, self._end = process, end
        self._loop = asyncio.get_running_loop()

    def isatty(self) -> bool:
        """True where lines have to be wrapped for a terminal."""
        return self._process.term_type is not None

    def write(self, text: str) -> int:
        """Show `text`."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._show, text)
        return len(text)

    def _show(self, text: str) -> None:
        channel = self._process.channel
        if channel.is_closing():
            return
        if channel.get_write_buffer_size() > _MOST_WAITING:
            channel.abort()
            self._end()
        else:
            self._process.stdout.write(text)


@asynccontextmanager
async def _streams(process: asyncssh.SSHServerProcess[str]) -> AsyncIterator[tuple[io.TextIOBase, _Shown]]:
    """Yield what is typed and what is shown, as streams for programs that know nothing of ssh."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)  # who types more than anybody reads is hung up on
    lines = os.fdopen(reading, "r", encoding="utf-8", errors="replace")
    task = asyncio.current_task()
    assert task is not None
    out = _Shown(process, task.cancel)

    async def pump() -> None:
        try:
            while True:
                async with asyncio.timeout(_QUIET):
                    line = await _line(process)
                os.write(writing, f"{line}\n".encode("utf-8", "replace"))
        except (_Gone, TimeoutError, OSError):
            pass
        finally:
            os.close(writing)  # the end of what is typed

    pumping = asyncio.create_task(pump())
    try:
        yield lines, out
    finally:
        pumping.cancel()
        await asyncio.gather(pumping, return_exceptions=True)
        lines.close()


def _address(connection: asyncssh.SSHServerConnection | asyncssh.SSHServerProcess[str]) -> str:
    """Return the address at the other end; empty if it is gone already."""
    peer = connection.get_extra_info("peername")
    return str(peer[0]) if peer else ""


async def _line(process: asyncssh.SSHServerProcess[str]) -> str:
    """Return the next line that is typed. Raise `_Gone` at the end, or for control-C."""
    while True:
        try:
            line = await process.stdin.readline()
        except asyncssh.TerminalSizeChanged:
            continue  # lines are as long as they are in every terminal
        except (asyncssh.BreakReceived, asyncssh.SignalReceived):
            raise _Gone from None
        if not line:
            raise _Gone
        return line.rstrip("\r\n")


class _Guest(Player):
    """A player of whom nothing is kept."""

    def leave(self) -> None:
        """Say so where a game is left."""
        self.console.end_line()
        self.console.say("Games played here are not kept.")


def _play_alone(folder: Path, lines: io.TextIOBase, out: _Shown) -> None:
    """Play a game of the built-in bank in this thread."""
    bank = _builtin()
    session = Session(bank, lambda: Records.open(folder, time.time), time.monotonic, None)
    services = Services(folder, _seed, lambda *_: "", _no_other_bank, _now)
    session.start(setup_of(bank, QuizPlan(Request("", 10)), _seed()))
    try:
        _Guest(session, Console(lines, out), services).run()  # type: ignore[arg-type]  # enough of a stream
    finally:
        session.close()


@cache
def _builtin() -> Bank:
    bank = open_bank(builtin_path()).bank
    assert bank is not None  # the tests hold it
    return bank


def _no_other_bank(folder: str | None) -> Bank:
    raise ValueError("there are no other banks here")


def _seed() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(SEED_LENGTH))


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
