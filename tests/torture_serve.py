"""`make torture-serve`: kill, stop and cut off nodes while classes play, and look whether an accepted answer is lost.

Nodes are programs of their own on a PostgreSQL that syncs what it keeps. In each round every room asks a question; in
the middle of it something happens to a node, or to the database. The round goes on until everybody is in again and has
answered. In the end what players were told to be accepted is compared with what stands in the database.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from orbitquiz.classroom.rules.events import Answered
from orbitquiz.classroom.rules.room import Room
from tests.serving.bots import BotRoom, NodeProcess, until
from tests.serving.postgres_server import LACKS, PostgresServer, postgres_server

KILL, STOP, RESTART = "SIGKILL", "SIGSTOP", "database restarted"
LIMITS = {KILL: (1.0, 5.0), STOP: (8.0, 12.0)}
"""The seconds in which the rooms of a node must have another owner, and in which all players must be in again."""

_STOPPED = 10.0  # seconds that a node hangs
_ANSWERING = 120.0  # seconds that a round may take


@dataclass
class Found:
    """The results, in seconds for each fault: until the last room was taken over, and the last player in again."""

    taken: dict[str, list[float]] = field(default_factory=lambda: {KILL: [], STOP: []})
    back: dict[str, list[float]] = field(default_factory=lambda: {KILL: [], STOP: [], RESTART: []})
    accepted: int = 0
    lost: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)


async def torture(server: PostgresServer, options: argparse.Namespace, folder: Path) -> Found:
    """Play, and break something in each round."""
    database = server.create()
    chance = random.Random(options.seed)
    sources = [options.beside] + [None] * (options.nodes - 1)
    nodes = [NodeProcess(folder, f"node-{n}", "--database", database, source=it) for n, it in enumerate(sources)]
    happenings = [KILL] * options.kills + [STOP] * options.stops + [RESTART] * options.restarts
    chance.shuffle(happenings)
    found = Found()
    rooms: list[BotRoom] = []
    try:
        for node in nodes:
            await asyncio.to_thread(node.start)
        for number in range(options.rooms):
            at = nodes[number % len(nodes)]
            rooms.append(await BotRoom.open(nodes, at, options.players, len(happenings), chance))
        await until(lambda: all(room.is_full for room in rooms), "not everybody came in")
        for number, what in enumerate(happenings, 1):
            await asyncio.gather(*(room.host.ask(number) for room in rooms))
            await asyncio.sleep(chance.uniform(0.2, 1.5))  # some have answered, some not
            began = time.time(), time.monotonic()
            busy = [node for node in nodes if await asyncio.to_thread(lambda each=node: each.rooms)]  # type: ignore[misc]
            await _happen(what, server, chance.choice(busy), nodes, rooms, began, found)
            answered = f"after {what} in round {number} not everybody has answered"
            await until(lambda n=number: _all_answered(rooms, n), answered, _ANSWERING)  # type: ignore[misc]
            await asyncio.gather(*(room.host.reveal() for room in rooms))
            figures = f"all in again after {found.back[what][-1]:.1f} s"
            print(f"{number:>3} of {len(happenings)}: {what}: {figures}", flush=True)
        _compare(database, rooms, found)
    finally:
        for room in rooms:
            await room.close()
        for node in nodes:
            node.close()
    return found


def _all_answered(rooms: list[BotRoom], number: int) -> bool:
    """True if all have answered, but for rooms that did not wait for a player who was away too long."""
    return all(
        room.is_revealed or all(number in player.accepted for player in room.players)
        for room in rooms
        if room.host.number >= number
    )


async def _happen(
    what: str,
    server: PostgresServer,
    node: NodeProcess,
    nodes: list[NodeProcess],
    rooms: list[BotRoom],
    began: tuple[float, float],
    found: Found,
) -> None:
    if what == RESTART:
        await asyncio.to_thread(server.stop, signal.SIGINT)
        await asyncio.to_thread(server.start)
        await _all_in(rooms)
        found.back[what].append(time.monotonic() - began[1])
        return
    node.send(signal.SIGKILL if what == KILL else signal.SIGSTOP)
    stopped_at = time.monotonic()
    await asyncio.sleep(0.5)
    if what == STOP:
        await asyncio.sleep(_STOPPED)
    await _all_in(rooms)
    back = max((bot.back_at for room in rooms for bot in (room.host, *room.players)), default=stopped_at)
    found.back[what].append(max(back - stopped_at, 0.0))
    others = [each for each in nodes if each is not node]
    taken = [at - began[0] for each in others for at in _taken_over(each) if at >= began[0]]
    found.taken[what] += [max(taken)] if taken else []
    if what == KILL:
        await asyncio.to_thread(node.start)
    else:
        node.send(signal.SIGCONT)


async def _all_in(rooms: list[BotRoom]) -> None:
    """Wait until everybody is in their room, for a whole second."""
    since = time.monotonic()
    end = since + _ANSWERING
    while time.monotonic() - since < 1.0:
        if not all(room.is_full for room in rooms):
            since = time.monotonic()
        if since > end:
            raise TimeoutError("not everybody came in again")
        await asyncio.sleep(0.02)


def _taken_over(node: NodeProcess) -> list[float]:
    """Return when the node took over rooms of others."""
    events = [event for event in node.events if event["event"] == "room-taken-over"]
    return [datetime.fromisoformat(event["time"]).timestamp() for event in events]


def _compare(database: str, rooms: list[BotRoom], found: Found) -> None:
    """Count the accepted answers that are not kept as they were told, and those that are kept twice."""
    from orbitquiz.serving.postgres.database import Database
    from orbitquiz.serving.postgres.index import PostgresIndex

    store = Database(database)
    try:
        for each in rooms:
            events = PostgresIndex(store).events(each.host.room.code)
            room = Room.of(events)
            answers = [event for event in events if isinstance(event, Answered)]
            kept = {(e.player, e.number): room.option_id(e.option, e.number) for e in answers}
            found.doubled += sum(count - 1 for count in Counter((e.player, e.number) for e in answers).values())
            ids = {player.name: player.id for player in room.players.values()}
            for player in each.players:
                found.faults += player.faults
                for number, option in player.accepted.items():
                    found.accepted += 1
                    found.lost += kept.get((ids[player.name], number)) != option
    finally:
        store.close()


def main() -> int:
    """Print what was found. Return 1 if something was lost, doubled or too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, count in (("nodes", 3), ("rooms", 20), ("players", 25), ("kills", 20), ("stops", 5), ("restarts", 2)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--seed", default="KESTREL")
    parser.add_argument("--beside", type=Path, help="a checkout of another version, which one of the nodes is")
    options = parser.parse_args()
    if LACKS is not None:
        print(f"nothing was done: {LACKS}")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="orbitquiz-torture-"))
    try:
        with postgres_server(is_synced=True) as server:
            found = asyncio.run(torture(server, options, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"accepted answers: {found.accepted}, lost {found.lost}, doubled {found.doubled}")
    is_slow = False
    for what, (most, latest) in LIMITS.items():
        for words, times, limit in (
            ("taken over", found.taken[what], most),
            ("all in again", found.back[what], latest),
        ):
            if times:
                is_slow |= max(times) > limit
                print(f"{what}: {words} after {min(times):.2f} to {max(times):.2f} s (at most {limit:.0f} s allowed)")
    if found.back[RESTART]:
        times = found.back[RESTART]
        print(f"{RESTART}: all in again after {min(times):.2f} to {max(times):.2f} s")
    for fault in found.faults[:20]:
        print(fault)
    return int(bool(found.lost or found.doubled or found.faults or is_slow))


if __name__ == "__main__":
    sys.exit(main())
