"""A room of 500 players on the loopback: nothing may be lost, and the question has to reach all at once.

Three kinds of real process: `orbitquiz host --plain`, driven by its standard input; one that plays all 500 players; and
for comparison a bare `websockets` server that broadcasts one player's messages to as many clients after each question,
who read them in the same way.
Delays count from the moment when the host is told to go on (for the reveal: from the last answer) to the arrival at
each player, on the one clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.start import environment
from orbitquiz.classroom.rules.events import Answered
from orbitquiz.classroom.storage.replay import read_events

PLAYERS, QUESTIONS = 500, 10
SPREAD = 1.0  # seconds within which all answer
_REST = 1.0  # seconds between a reveal and the next question
_JOINING = 50  # how many join at a time
_PATIENCE = 120.0
_TRIES = 20  # of a phone whose connection is cut
_FILES = ("", "style.css", "main.js", "room.js", "screens.js", "protocol.js", "icon.svg")
_BARE = """
import asyncio, sys
from websockets.asyncio.server import broadcast, serve
async def main():
    connections = set()
    async def keep(connection):
        connections.add(connection)
        await connection.wait_closed()
    async with serve(keep, "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            broadcast(connections, line)
asyncio.run(main())
"""


@dataclass
class Figures:
    """Results of a run: delays in seconds, over all players and questions."""

    asked: list[float] = field(default_factory=list)
    revealed: list[float] = field(default_factory=list)
    bare_asked: list[float] = field(default_factory=list)
    bare_revealed: list[float] = field(default_factory=list)
    sent: int = 0
    accepted: int = 0
    recorded: int = 0
    page: float = 0.0  # seconds until all had loaded the page's files at once
    cut: int = 0  # connections that were cut meanwhile
    page_bytes: int = 0  # of all files as one phone gets them
    cpu: float = 0.0  # seconds of the server for the game, without the joining
    memory: float = 0.0  # KiB a player
    sizes: dict[str, int] = field(default_factory=dict)  # characters of a question and a reveal as one player got them


class _Player:
    """Notes when messages come, and answers."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.came: dict[tuple[str, int], float] = {}
        self.latest: dict[str, dict[str, Any]] = {}  # the last message of each kind
        self.answered_at = 0.0
        self.sent = self.accepted = 0

    async def listen(self) -> None:
        """Read until the end, and do no more than that: what comes to others would be read later."""
        async for raw in self.connection:
            now = time.perf_counter()
            message = json.loads(raw)
            kind = message["type"]
            self.latest[kind] = message
            if kind in ("question", "reveal"):
                number = message["number"] if kind == "question" else message["question"]["number"]
                self.came.setdefault((kind, number), now)
            elif kind == "accepted":
                self.accepted += 1
            elif kind == "ended":
                return

    async def answer(self, chance: random.Random) -> None:
        """Answer the latest question at a drawn moment."""
        question = self.latest["question"]
        await asyncio.sleep(chance.uniform(0, SPREAD))
        answer = {"type": "answer", "seq": question["number"], "number": question["number"]}
        answer["option"] = chance.choice(question["options"])["id"]
        self.answered_at = time.perf_counter()
        self.sent += 1
        await self.connection.send(json.dumps(answer))


def measure() -> Figures:
    """Play the game once, and broadcast as much by the bare server."""
    return asyncio.run(_measure())


async def _measure() -> Figures:
    figures = Figures()
    gc.disable()  # its pauses would be measured as the server's
    with tempfile.TemporaryDirectory() as name:
        await _play(Path(name), figures)
    gc.enable()
    return figures


async def _play(folder: Path, figures: Figures) -> None:
    host = [sys.executable, "-m", "orbitquiz", "host", "--plain", "--port", "0", "--data", str(folder)]
    host += ["--seed", "BENCH", "--count", str(QUESTIONS)]
    child, bare_child = start(host), start([sys.executable, "-c", _BARE])
    try:
        bare = await _connect_bare(bare_child)
        address, code = await asyncio.to_thread(address_of, child)
        began = time.perf_counter()
        loaded = await asyncio.gather(*(_load_page(address, number) for number in range(PLAYERS)))
        figures.page, figures.page_bytes = time.perf_counter() - began, loaded[0][0]
        figures.cut = sum(cut for _, cut in loaded)
        if {size for size, _ in loaded} != {figures.page_bytes}:
            raise RuntimeError("not everybody has loaded the whole page")
        before = _memory(child)
        players = await _join(address, code)
        await asyncio.sleep(_REST)
        figures.memory = (_memory(child) - before) / PLAYERS
        cpu = _cpu(child)
        chance = random.Random("BENCH")
        tasks = [asyncio.create_task(player.listen()) for player in players]
        for number in range(1, QUESTIONS + 1):
            told = time.perf_counter()
            tell(child, "")
            await _until_all(players, ("question", number))
            figures.asked += [player.came["question", number] - told for player in players]
            await asyncio.gather(*(player.answer(chance) for player in players))
            await _until_all(players, ("reveal", number))
            last = max(player.answered_at for player in players)
            figures.revealed += [player.came["reveal", number] - last for player in players]
            await asyncio.sleep(_REST)
            for kind, delays in (("question", figures.bare_asked), ("reveal", figures.bare_revealed)):
                text = json.dumps(players[0].latest[kind], ensure_ascii=False, separators=(",", ":"))
                figures.sizes[kind] = len(text)
                delays += await _broadcast_bare(bare_child, bare, text)
                await asyncio.sleep(_REST / 2)
        tell(child, "")
        await asyncio.wait_for(asyncio.gather(*tasks), _PATIENCE)
        figures.cpu = _cpu(child) - cpu
        figures.sent = sum(player.sent for player in players)
        figures.accepted = sum(player.accepted for player in players)
        for connection in bare:
            connection.transport.abort()
    finally:
        for each in (child, bare_child):
            each.kill()
            each.wait()
    (file,) = (folder / "rooms").glob("*.jsonl")
    figures.recorded = sum(isinstance(event, Answered) for event in read_events(file))


async def _join(address: str, code: str) -> list[_Player]:
    players = []
    for first in range(0, PLAYERS, _JOINING):
        players += await asyncio.gather(
            *(_player(address, code, number) for number in range(first, min(first + _JOINING, PLAYERS)))
        )
    return players


async def _load_page(address: str, number: int) -> tuple[int, int]:
    """Load all files of the page as a phone does, which has an address of its own and tries again when it is cut off.

    Return the bytes of the files with their headers, and the number of tries that were cut off.
    """
    size = cut = 0
    for file in _FILES:
        while not (answer := await _load(address, file, f"127.1.{number // 250}.{number % 250 + 1}")):
            cut += 1
            if cut > _TRIES:
                raise RuntimeError(f"/{file} was not answered")
        size += len(answer)
    return size, cut


async def _load(address: str, file: str, phone: str) -> bytes:
    """Load one file from the address `phone`; return nothing where the connection was cut."""
    host, _, port = address.rpartition(":")
    try:
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(phone, 0))
        writer.write(f"GET /{file} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
    except ConnectionError:
        return b""
    return answer if answer.startswith(b"HTTP/1.1 200") else b""


async def _player(address: str, code: str, number: int) -> _Player:
    connection = await connect(f"ws://{address}/", compression=None, max_size=None, proxy=None)
    hello = {"type": "hello", "protocol": 2, "room": code, "name": f"Student {number}"}
    await connection.send(json.dumps(hello))
    welcome = json.loads(await connection.recv())
    if welcome["type"] != "welcome":
        raise RuntimeError(f"a player was refused: {welcome}")
    return _Player(connection)


async def _connect_bare(child: subprocess.Popen[str]) -> list[ClientConnection]:
    port = (await asyncio.to_thread(_line, child)).strip()
    connections: list[ClientConnection] = []
    for _ in range(0, PLAYERS, _JOINING):
        fresh = (connect(f"ws://127.0.0.1:{port}/", compression=None, proxy=None) for _ in range(_JOINING))
        connections += await asyncio.gather(*fresh)
    return connections


async def _broadcast_bare(
    child: subprocess.Popen[str], connections: Sequence[ClientConnection], text: str
) -> list[float]:
    """Let the bare server broadcast `text`; return when it came to each, in seconds."""
    waits = [asyncio.create_task(_arrival(connection)) for connection in connections]
    await asyncio.sleep(_REST / 2)
    told = time.perf_counter()
    tell(child, text)
    return [arrived - told for arrived in await asyncio.gather(*waits)]


async def _arrival(connection: ClientConnection) -> float:
    raw = await connection.recv()
    now = time.perf_counter()
    json.loads(raw)
    return now


async def _until_all(players: Sequence[_Player], what: tuple[str, int]) -> None:
    end = time.perf_counter() + _PATIENCE
    while not all(what in player.came for player in players):
        if time.perf_counter() > end:
            missing = sum(what not in player.came for player in players)
            raise TimeoutError(f"{missing} players never got {what}")
        await asyncio.sleep(0.05)


def start(command: Sequence[str]) -> subprocess.Popen[str]:
    """Start a program whose input and output are pipes."""
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment()
    )


def address_of(child: subprocess.Popen[str]) -> tuple[str, str]:
    """Where the room is, which the host prints as the command that joins it."""
    while line := _line(child):
        if found := re.search(r"orbitquiz join (\S+) --code (\S+)", line):
            # Nobody reads on, so the rest must not fill the pipe.
            _drain(child)
            return found[1], found[2]
    raise RuntimeError("the host has ended")


def _drain(child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None
    threading.Thread(target=child.stdout.read, daemon=True).start()


def _line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def tell(child: subprocess.Popen[str], line: str) -> None:
    """Type a line."""
    assert child.stdin is not None
    child.stdin.write(f"{line}\n")
    child.stdin.flush()


def _memory(child: subprocess.Popen[str]) -> float:
    """The resident memory of a process in KiB."""
    status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return float(found[1])


def _cpu(child: subprocess.Popen[str]) -> float:
    """The seconds of processor time that a process has used."""
    fields = Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _at(delays: Sequence[float], percent: int) -> float:
    return statistics.quantiles(delays, n=100)[percent - 1]


def main() -> None:
    """Print what was measured."""
    figures = measure()
    print(f"{PLAYERS} players, {QUESTIONS} questions, all answers within {SPREAD:.0f} s")
    print(f"answers sent {figures.sent}, accepted {figures.accepted}, recorded {figures.recorded}")
    size, cut = figures.page_bytes, figures.cut
    print(f"page: {size} bytes with headers to {PLAYERS} phones at once in {figures.page:.2f} s, {cut} connections cut")
    rows = [
        ("question", figures.asked, figures.bare_asked),
        ("reveal", figures.revealed, figures.bare_revealed),
    ]
    for what, delays, bare in rows:
        for percent in (50, 99):
            mine, other, size = _at(delays, percent), _at(bare, percent), figures.sizes[what]
            bare_words = f"bare broadcast of {size} characters {other * 1000:>6.1f} ms   ratio {mine / other:.2f}"
            print(f"{what:<9} p{percent}  {mine * 1000:>6.1f} ms   {bare_words}")
    print(f"server: {figures.cpu:.2f} s of processor time for the game, {figures.memory:.1f} KiB a player")


if __name__ == "__main__":
    main()
