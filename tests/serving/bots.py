"""Nodes as processes, and classes of bots that play at them: for `make torture-serve` and benchmarks/serve.py.

Bots are bare WebSockets that read JSON, so that hundreds of them take little time beside the nodes that are measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from orbitquiz.classroom.address import LOOPBACK, Address
from orbitquiz.classroom.client.opening import CannotOpen, SavedRoom, open_at
from orbitquiz.classroom.protocol import PROTOCOL
from tests.classroom.making import opened

TOKEN = "the-token-of-the-bots"
TOKENS = [TOKEN, *(f"{TOKEN}-{number}" for number in range(1, 50))]  # each opens a limited number of rooms
PING = 4.0  # as `orbitquiz join` does
PATIENCE = 60.0
_WAITS = (0.3, 0.6, 1.2, 2.5)

Pick = Callable[[], int]


class NodeProcess:
    """`orbitquiz serve` as a program of its own. Its log is kept in `folder`.

    `source` is a checkout of another version that it is to be.
    """

    def __init__(self, folder: Path, name: str, *words: str, source: Path | None = None) -> None:
        self.log = folder / f"{name}.log"
        self._environment = os.environ | ({} if source is None else {"PYTHONPATH": str(source / "src")})
        self._folder, self.words = folder, words
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, at the same port as before, and wait until it listens."""
        words = [sys.executable, "-m", "orbitquiz", "serve", "--port", str(self.port), "--rooms", "10000"]
        words += ["--players", "100000", "--data", str(self._folder), "--tokens", str(tokens(self._folder))]
        said = self._folder / f"{self.log.stem}.out"
        with self.log.open("ab") as log, said.open("wb") as out:
            self.process = subprocess.Popen([*words, *self.words], stdout=out, stderr=log, env=self._environment)
        end = time.monotonic() + PATIENCE
        while "Stop with" not in said.read_text():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError(f"a node did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.05)
        self.port = int(said.read_text().partition("at port ")[2].partition(".")[0])

    def send(self, what: signal.Signals) -> None:
        """Send it a signal; after SIGKILL wait for its end."""
        assert self.process is not None
        self.process.send_signal(what)
        if what is signal.SIGKILL:
            self.process.wait(PATIENCE)

    def close(self) -> None:
        """End it in whatever state it is."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(PATIENCE)

    @property
    def rooms(self) -> int:
        """The number of rooms that it runs, as it says."""
        with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/healthz", timeout=PATIENCE) as answer:
            return int(json.loads(answer.read())["rooms"])

    @property
    def events(self) -> list[dict[str, Any]]:
        """Everything that it has logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    @property
    def processor_seconds(self) -> float:
        """The processor time that it has used."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tokens(folder: Path) -> Path:
    """Return the file with `TOKENS` in `folder`."""
    file = folder / "tokens"
    if not file.exists():
        file.write_text("".join(f"{token}\n" for token in TOKENS))
    return file


@dataclass
class Bot:
    """Somebody who comes back whenever the connection is lost, to any of `nodes` that takes them."""

    nodes: Sequence[NodeProcess]
    room: SavedRoom
    chance: random.Random
    is_in: bool = False
    back_at: float = 0.0  # when it was let in last
    heard: dict[str, tuple[float, Any]] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _connection: ClientConnection | None = None

    def hello(self) -> dict[str, Any]:
        raise NotImplementedError

    async def take(self, message: dict[str, Any], now: float) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        """Be in the room until cancelled."""
        tries = at = 0  # failed tries in a row, and the node that comes next
        nodes = list(self.nodes)
        self.chance.shuffle(nodes)
        while True:
            node, at = nodes[at % len(nodes)], at + 1  # a load balancer leaves out the node that was lost
            try:
                async with connect(
                    f"ws://{LOOPBACK}:{node.port}/",
                    compression=None,
                    open_timeout=3,
                    ping_interval=PING,
                    ping_timeout=PING,
                    close_timeout=0.5,
                    max_size=None,
                    proxy=None,
                ) as connection:
                    tries = 0
                    await connection.send(json.dumps(self.hello()))
                    self._connection = connection
                    async for raw in connection:
                        await self.take(json.loads(raw), time.monotonic())
            except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed, EOFError):
                pass
            is_refused = self._connection is None
            self.is_in, self._connection = False, None
            tries += 1
            if not is_refused or tries % len(nodes) == 0:  # it tries the other nodes first
                wait = _WAITS[min(tries // len(nodes), len(_WAITS) - 1)]
                await asyncio.sleep(wait * self.chance.uniform(0.7, 1.3))

    async def say(self, **message: Any) -> None:
        """Send a message if there is a connection."""
        if self._connection is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._connection.send(json.dumps(message))

    def came(self, now: float) -> None:
        self.is_in, self.back_at = True, now


@dataclass
class Player(Bot):
    """Answers each question after a while. `accepted` are the options that the room has confirmed, by question."""

    name: str = ""
    hesitation: float = 2.0
    token: str | None = None
    accepted: dict[int, str] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)  # from an answer to `accepted`, in seconds
    asked_at: dict[int, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _pending: dict[str, Any] | None = None
    _sent_at: float = 0.0
    _answering: asyncio.Task[None] | None = None

    def hello(self) -> dict[str, Any]:
        return {"type": "hello", "protocol": PROTOCOL, "room": self.room.code, "name": self.name, "token": self.token}

    async def take(self, message: dict[str, Any], now: float) -> None:
        match message:
            case {"type": "welcome"}:
                self.token = message["token"]
                self.came(now)
                await self._send()
            case {"type": "question", "number": int(number)}:
                self.asked_at.setdefault(number, now)
                known = self.accepted.get(number)
                if message["picked"] is None and known is not None:
                    self.faults.append(f"{self.name}: the accepted answer to {number} is gone")
                is_open = message["picked"] is None and message["plays"] and number not in self.accepted
                if is_open and (self._pending is None or self._pending["number"] != number):
                    option = self.chance.choice(message["options"])["id"]
                    self._pending = {"type": "answer", "seq": number, "number": number, "option": option}
                    self._answering = asyncio.create_task(self._answer())
            case {"type": "accepted", "number": int(number), "option": str(option)}:
                if self.accepted.setdefault(number, option) != option:
                    self.faults.append(f"{self.name}: another answer to {number} was accepted")
                if self._pending is not None and self._pending["number"] == number:
                    self.latencies.append(now - self._sent_at)
                    self._pending = None
            case {"type": "refusal", "seq": int(), "reason": "not-now"}:
                self._answering = asyncio.create_task(self._answer())  # not saved now: once more in a while
            case {"type": "refusal", "seq": int(), "reason": "too-late"}:
                self._pending = None  # the room did not wait for who was away too long
            case {"type": "refusal", "seq": int(), "reason": str(reason)}:
                self.faults.append(f"{self.name}: {reason}")
                self._pending = None

    async def _answer(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, self.hesitation))
        self._sent_at = time.monotonic()
        await self._send()

    async def _send(self) -> None:
        if self._pending is not None and self.is_in:
            await self.say(**self._pending)


@dataclass
class Host(Bot):
    """Drives a room."""

    scene: dict[str, Any] | None = None

    def hello(self) -> dict[str, Any]:
        return {"type": "host", "protocol": PROTOCOL, "room": self.room.code, "secret": self.room.secret}

    async def take(self, message: dict[str, Any], now: float) -> None:
        if message["type"] == "scene":
            self.scene = message
            if not self.is_in:
                self.came(now)
            self.changed.set()

    @property
    def number(self) -> int:
        """The number of the question that was asked last."""
        return self.scene["number"] if self.scene is not None else 0

    async def move(self, is_there: Callable[[dict[str, Any]], bool], **message: Any) -> None:
        """Say `message` until the room is as `is_there` wants it."""
        end = time.monotonic() + PATIENCE
        while self.scene is None or not is_there(self.scene):
            if time.monotonic() > end:
                raise TimeoutError(f"room {self.room.code} does not do {message}: {self.scene and self.scene['phase']}")
            self.changed.clear()
            if self.is_in and self.scene is not None:
                await self.say(**message)
            try:
                async with asyncio.timeout(2):
                    await self.changed.wait()
            except TimeoutError:
                pass

    async def ask(self, number: int) -> None:
        await self.move(lambda scene: scene["number"] >= number, type="next", after=number - 1)

    async def reveal(self) -> None:
        await self.move(lambda scene: scene["phase"] != "asking", type="reveal")


@dataclass
class BotRoom:
    """A room with its host and its players."""

    host: Host
    players: list[Player]
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def open(
        cls, nodes: Sequence[NodeProcess], node: NodeProcess, players: int, questions: int, chance: random.Random
    ) -> BotRoom:
        """Open a room at `node`; everybody comes to any of `nodes`."""
        opening, token = opened(questions, room="", opened="", salt=""), chance.choice(TOKENS)
        for _ in range(20):
            try:
                room = await open_at(Address(LOOPBACK, node.port), token, opening)
                break
            except CannotOpen:
                await asyncio.sleep(0.5)
        else:
            raise TimeoutError("no room could be opened")

        def draw() -> random.Random:
            return random.Random(chance.random())

        host = Host(nodes, room, draw())
        made = [Player(nodes, room, draw(), name=f"Player {number}") for number in range(players)]
        it = cls(host, made)
        it.tasks = [asyncio.create_task(bot.run()) for bot in (host, *made)]
        return it

    @property
    def is_revealed(self) -> bool:
        """True if no question is open."""
        return self.host.scene is not None and self.host.scene["phase"] not in ("asking", "paused")

    @property
    def is_full(self) -> bool:
        """True if everybody is in the room."""
        return self.host.is_in and all(player.is_in for player in self.players)

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait until `holds`. Raise `TimeoutError` that says `what`."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(what)
        await asyncio.sleep(0.02)
