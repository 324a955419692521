"""A service with many rooms: how long a question and an answer take, how many rooms one node holds, and isolation.

`python -m benchmarks.serve` plays 20 rooms of 25 on one process with files, on one node with PostgreSQL and on three
nodes with relays, in turn, and prints ratios. `--capacity` searches for the number of rooms at which a question's p99
passes 250 ms. `--isolation` sends ten thousand hostile messages into one room and looks at another one.

Delays count from the moment when a host goes on to the arrival at each player, and from an answer to its `accepted`.
Bots and nodes share this machine, so nodes do better on machines of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.serving.bots import BotRoom, NodeProcess, until
from tests.serving.postgres_server import LACKS, postgres_server
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from orbitquiz.classroom.address import LOOPBACK
from orbitquiz.classroom.server.hosting import raise_file_limit

ROOMS, PLAYERS, QUESTIONS = 20, 25, 5
LIMIT = 0.250
"""Seconds that the p99 of a question may take before a node counts as full."""

HOSTILE = 10_000
"""Messages that a hostile crowd sends into one room."""

_SPREAD = 2.0  # seconds within which the rooms go on, and within which players answer
_TRIES = 3  # before so many rooms count as too many: others use this machine as well
_SLOW_DISK = 0.05  # seconds to keep an event
_FILES = 65_536  # that this program may open: each bot is one
_HOSTILE_CROWD = 250  # connections; each may send some forty messages before it is cut


@dataclass
class Figures:
    """Delays in seconds, and the processor time of all nodes in seconds for a question of a room."""

    asked: list[float] = field(default_factory=list)
    accepted: list[float] = field(default_factory=list)
    processor: float = 0.0
    busy: float = 0.0  # share of one processor that the busiest node used
    append: float = 0.0  # seconds that keeping events took, on average, at the node where it took longest


async def play(nodes: Sequence[NodeProcess], rooms: int, questions: int = QUESTIONS) -> Figures:
    """Play in so many rooms at once."""
    chance = random.Random("BENCH")
    opened = [await BotRoom.open(nodes, nodes[n % len(nodes)], PLAYERS, questions, chance) for n in range(rooms)]
    figures = Figures()
    try:
        await until(lambda: all(room.is_full for room in opened), "not everybody came in", 300)
        await asyncio.sleep(1)
        before, began = [node.processor_seconds for node in nodes], time.monotonic()

        async def ask(room: BotRoom, number: int) -> None:
            await asyncio.sleep(chance.uniform(0, _SPREAD))
            told = time.monotonic()
            await room.host.ask(number)
            await until(lambda: all(number in player.accepted for player in room.players), "answers are missing")
            figures.asked += [player.asked_at[number] - told for player in room.players]
            await room.host.reveal()

        for number in range(1, questions + 1):
            await asyncio.gather(*(ask(room, number) for room in opened))
        used = [node.processor_seconds - was for node, was in zip(nodes, before, strict=True)]
        figures.processor = sum(used) / questions / rooms
        figures.append = max([await asyncio.to_thread(_append_seconds, node) for node in nodes])
        figures.busy = max(used) / (time.monotonic() - began)
        figures.accepted = [seconds for room in opened for player in room.players for seconds in player.latencies]
    finally:
        for room in opened:
            await room.close()
    return figures


@asynccontextmanager
async def files() -> AsyncIterator[list[NodeProcess]]:
    """One process with files."""
    folder = Path(tempfile.mkdtemp(prefix="orbitquiz-bench-"))
    node = NodeProcess(folder, "node")
    try:
        await asyncio.to_thread(node.start)
        yield [node]
    finally:
        node.close()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def nodes_on_postgres(count: int) -> AsyncIterator[list[NodeProcess]]:
    """So many nodes with PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="orbitquiz-bench-"))
    with postgres_server(is_synced=True) as server:
        database = server.create()
        nodes = [NodeProcess(folder, f"node-{number}", "--database", database) for number in range(count)]
        try:
            for node in nodes:
                await asyncio.to_thread(node.start)
            yield nodes
        finally:
            for node in nodes:
                node.close()
            shutil.rmtree(folder, ignore_errors=True)


async def compare() -> None:
    """Print the three ways beside each other."""
    print(f"{ROOMS} rooms of {PLAYERS}, {QUESTIONS} questions; all answer within {_SPREAD:.0f} s")
    print(f"{'':<28}  {'question p50 / p99':>20}  {'accepted p50 / p99':>20}  {'processor a question':>22}")
    first: list[float] | None = None
    for name, place in (
        ("one process, files", files()),
        ("one node, PostgreSQL", nodes_on_postgres(1)),
        ("three nodes, relays", nodes_on_postgres(3)),
    ):
        async with place as nodes:
            figures = await play(nodes, ROOMS)
        row = [_at(figures.asked, 50), _at(figures.asked, 99), _at(figures.accepted, 50), _at(figures.accepted, 99)]
        row.append(figures.processor)
        first = first or row
        ratios = [f"{value * 1000:.1f} ({value / base:.2f})" for value, base in zip(row, first, strict=True)]
        asked, accepted = " / ".join(ratios[:2]), " / ".join(ratios[2:4])
        print(f"{name:<28}  {asked:>20}  {accepted:>20}  {ratios[4]:>22} ms", flush=True)


async def capacity() -> None:
    """Search for the number of rooms that one node holds."""
    for name, place in (("files", files), ("PostgreSQL", lambda: nodes_on_postgres(1))):
        holds, fails = 0, 0
        rooms = 10
        while not fails or fails - holds > max(holds // 8, 1):
            p99 = math.inf
            for _ in range(_TRIES):
                async with place() as nodes:
                    figures = await play(nodes, rooms, 3)
                if (p99 := _at(figures.asked, 99)) <= LIMIT:
                    break
            print(
                f"{name}: {rooms} rooms × {PLAYERS} players: question p99 {p99 * 1000:.0f} ms, accepted p99 "
                f"{_at(figures.accepted, 99) * 1000:.0f} ms, the node uses {figures.busy:.0%} of a processor",
                flush=True,
            )
            if p99 <= LIMIT:
                holds = rooms
            else:
                fails = rooms
            rooms = (holds + fails) // 2 if fails else 2 * rooms
            if not rooms:
                break
        what = "the node's processor" if figures.busy > 0.9 else "this machine, which the bots share with the node,"
        if figures.append > _SLOW_DISK:
            what = f"the disk (keeping an event took {figures.append * 1000:.0f} ms)"
        print(f"{name}: one node holds {holds} rooms × {PLAYERS} players; {what} gives out first")


async def isolation() -> None:
    """Send hostile messages into one room, and play in another one meanwhile."""
    async with files() as nodes:
        quiet = await play(nodes, 1, 10)
        chance = random.Random("HOSTILE")
        victim = await BotRoom.open(nodes, nodes[0], 1, 1, chance)
        await until(lambda: victim.is_full, "nobody came in")
        # From a process of its own, as nice as can be: in earnest it has its own machine.
        words = ["-m", "benchmarks.serve", "--attack", str(nodes[0].port), victim.host.room.code]
        crowd = await asyncio.create_subprocess_exec("nice", "-n", "19", sys.executable, *words, stdout=subprocess.PIPE)
        loud = await play(nodes, 1, 10)
        sent = int((await crowd.communicate())[0])
        await victim.close()
    for name, figures in (("alone", quiet), (f"beside {sent} hostile messages", loud)):
        print(f"{name}: accepted p50 {_at(figures.accepted, 50):.4f} s, p99 {_at(figures.accepted, 99):.4f} s")
    print(f"p99 grew by {_at(loud.accepted, 99) / _at(quiet.accepted, 99) - 1:.0%} (less than 25 % wanted)")


async def _attack(port: str, code: str) -> int:
    """Send many messages that a room does not want; return how many were sent."""
    sent = 0
    hello = json.dumps({"type": "hello", "protocol": 2, "room": code, "name": None})

    async def one(number: int) -> None:
        nonlocal sent
        with suppress(OSError, ConnectionClosed, TimeoutError):
            async with connect(f"ws://{LOOPBACK}:{port}/", compression=None, proxy=None) as connection:
                await connection.send(hello.replace("null", f'"Mallory {number}"'))
                await connection.recv()
                for each in range(HOSTILE // _HOSTILE_CROWD):
                    await connection.send(json.dumps({"type": "answer", "seq": each, "number": 9, "option": "x"}))
                    sent += 1
                    await asyncio.sleep(0.1)

    await asyncio.gather(*(one(number) for number in range(_HOSTILE_CROWD)))
    return sent


def _append_seconds(node: NodeProcess) -> float:
    """Return how long keeping events took, on average, as the node tells it."""
    with urllib.request.urlopen(f"http://{LOOPBACK}:{node.port}/metrics", timeout=10) as answer:
        lines = dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if not line.startswith("#"))
    count = float(lines["orbitquiz_append_seconds_count"])
    return float(lines["orbitquiz_append_seconds_sum"]) / count if count else 0.0


def _at(delays: Sequence[float], percent: int) -> float:
    return statistics.quantiles(delays, n=100)[percent - 1]


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--capacity", action="store_true")
    parser.add_argument("--isolation", action="store_true")
    parser.add_argument("--attack", nargs=2, metavar=("PORT", "CODE"), help="what --isolation starts")
    options = parser.parse_args()
    if options.attack:
        print(asyncio.run(_attack(*options.attack)))
        return
    raise_file_limit(_FILES)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before")
    if options.isolation:
        asyncio.run(isolation())
    elif LACKS is not None:
        print(f"nothing was done: {LACKS}")
    elif options.capacity:
        asyncio.run(capacity())
    else:
        asyncio.run(compare())


if __name__ == "__main__":
    main()
