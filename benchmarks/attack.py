"""A room of 30 under three attacks: what honest players feel of it, and how much memory the host takes.

The attacks come from processes of their own: clients that ping and never read, a script that takes all seats and opens
idle connections, and clients that flood the room with messages and come back as soon as they are cut. The delay is from
an honest answer to its `accepted`. On one machine the attackers also take processor time from the host.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.room import address_of, start, tell

PLAYERS, QUESTIONS = 30, 12
ATTACKS = ("nothing", "pings", "seats", "flood")
_PAUSE = 1.0  # seconds between two questions
_ATTACKER = r"""
import asyncio, json, sys
from websockets.asyncio.client import connect
kind, url, room = sys.argv[1:4]
async def enter(name):
    c = await connect(url, compression=None, max_size=None, proxy=None, ping_interval=None, open_timeout=30)
    await c.send(json.dumps({"type": "hello", "protocol": 2, "room": room, "name": name}))
    return c
async def ping(n):
    while True:
        try:
            c = await enter(f"Ping {n}")
            c.transport.pause_reading()
            while not c.transport.is_closing():
                c.transport.write(b"\x89\xfd\0\0\0\0" + bytes(125))
                await asyncio.sleep(0)
        except Exception:
            await asyncio.sleep(0.05)
async def flood(n):
    k = 0
    while True:
        try:
            k += 1
            c = await enter(f"Flood {n} {k}")
            while True:
                await c.send(json.dumps({"type": "answer", "seq": k, "number": 1, "option": "x"}))
        except Exception:
            await asyncio.sleep(0.05)
async def idle():
    while True:
        try:
            await asyncio.open_connection(*url[5:-1].split(":"))
        except OSError:
            pass
        await asyncio.sleep(0.005)
async def seats():
    kept = []
    for n in range(1200):
        try:
            kept.append(await enter(f"Bot {n}"))
        except Exception:
            await asyncio.sleep(0.05)
    await asyncio.sleep(3600)
async def main():
    if kind == "pings":
        await asyncio.gather(*map(ping, range(4)))
    elif kind == "flood":
        await asyncio.gather(*map(flood, range(4)))
    elif kind == "seats":
        await asyncio.gather(seats(), idle())
asyncio.run(main())
"""


class _Honest:
    """A player who answers each question at once."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.delays: list[float] = []

    async def play(self) -> None:
        began = 0.0
        async for raw in self._connection:
            message = json.loads(raw)
            if message["type"] == "question" and message["picked"] is None:
                answer = {"type": "answer", "seq": message["number"], "number": message["number"]}
                began = time.perf_counter()
                await self._connection.send(json.dumps(answer | {"option": message["options"][0]["id"]}))
            elif message["type"] == "accepted":
                self.delays.append(time.perf_counter() - began)


def measure(attack: str) -> tuple[float, float, int, float]:
    """Return median and 99th percentile of the delay in seconds, the number of answers, and the peak memory in MiB."""
    return asyncio.run(_measure(attack))


async def _measure(attack: str) -> tuple[float, float, int, float]:
    with tempfile.TemporaryDirectory() as name:
        words = ["host", "--plain", "--port", "0", "--data", name, "--seed", "BENCH", "--count", str(QUESTIONS)]
        child = start([sys.executable, "-m", "orbitquiz", *words])
        attacker = None
        try:
            address, code = await asyncio.to_thread(address_of, child)
            url = f"ws://{address}/"
            honest = []
            for number in range(PLAYERS):
                connection = await connect(url, compression=None, max_size=None, proxy=None)
                hello = {"type": "hello", "protocol": 2, "room": code, "name": f"Student {number}"}
                await connection.send(json.dumps(hello))
                honest.append(_Honest(connection))
            tasks = [asyncio.create_task(each.play()) for each in honest]
            if attack != "nothing":
                attacker = subprocess.Popen([sys.executable, "-c", _ATTACKER, attack, url, code])
                await asyncio.sleep(3.0)
            for _ in range(QUESTIONS):
                tell(child, "")  # asks
                await asyncio.sleep(_PAUSE)
                tell(child, "")  # shows the answer, or asks the next question
                await asyncio.sleep(_PAUSE / 5)
            for task in tasks:
                task.cancel()
            delays = sorted(delay for each in honest for delay in each.delays)
            return (
                statistics.median(delays),
                delays[round(0.99 * (len(delays) - 1))],
                len(delays),
                _peak(child),
            )
        finally:
            if attacker is not None:
                attacker.kill()
                attacker.wait()
            child.kill()
            child.wait()


def _peak(child: subprocess.Popen[str]) -> float:
    status = Path(f"/proc/{child.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """Measure each attack, and print what came of it."""
    print(f"A room of {PLAYERS} under attack: from an answer to its confirmation, and the host's peak memory")
    for attack in ATTACKS:
        median, late, count, memory = measure(attack)
        print(
            f"{attack:<10} median {median * 1000:>7.1f} ms  p99 {late * 1000:>7.1f} ms"
            f"  {count:>4} answers  {memory:>6.1f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    main()
