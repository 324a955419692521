"""`make torture`: take the terminal from hosts of real rooms at drawn moments, and see whether anything hangs.

A host's program runs on a pseudo-terminal while a class plays in its room. At a drawn moment, most often in the middle
of a frame, the terminal is no longer read, stopped (as by control-S), or closed, with and without the signal that a
closed terminal sends. Within five seconds the room must be alive, which means that somebody new gets in, or the program
must be gone with its port and lock. A program whose terminal is not read must also be gone five seconds after SIGTERM.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from orbitquiz.classroom.rules.events import Located
from orbitquiz.classroom.storage.replay import BadRoomFile, read_events
from tests.making import write_bank

TAKINGS = 200
LIMIT = 5.0
"""Seconds in which the program is gone, or lets somebody in."""

SEED = "TERMINAL"
_PLAYERS = 3
_PATIENCE = 60.0  # seconds until a program has started on a busy machine
_WITHIN = 0.5  # seconds after a key, in which the terminal is taken away
_ROWS, _COLUMNS = 50, 200


@dataclass
class Figures:
    """Results by kind of taking. `wrong` has a line for each that hung."""

    takings: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Host:
    """A host's program on a pseudo-terminal, and a class in its room."""

    def __init__(self, folder: Path, bank: Path, *, is_controlling: bool) -> None:
        self.data = folder / "data"
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        self.slave = slave

        def control() -> None:
            if is_controlling:
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        words = ["host", "--port", "0", "--bank", str(bank), "--data", str(self.data), "--timer", "600"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "orbitquiz", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=control,  # this program has no other thread that holds a lock
        )
        self._reads = threading.Event()
        self._reads.set()
        self._is_closed = False
        threading.Thread(target=self._read, daemon=True).start()
        self._stack = contextlib.ExitStack()

    def start(self) -> None:
        """Wait until the room is open, and let the class in."""
        self.port = self._wait_for_port()
        for number in range(_PLAYERS):
            self.join(f"Kid {number}", _PATIENCE)

    def _wait_for_port(self) -> int:
        latest = time.monotonic() + _PATIENCE
        while time.monotonic() < latest and self.process.poll() is None:
            for path in self.data.glob("rooms/*.jsonl"):
                try:
                    located = [event.port for event in read_events(path) if isinstance(event, Located)]
                except BadRoomFile:
                    continue  # it is just being created
                if located:
                    self.code = path.stem
                    return located[-1]
            time.sleep(0.05)
        raise RuntimeError("the host has not started")

    def join(self, name: str, seconds: float = LIMIT) -> ClientConnection:
        """Let somebody in. Raise an error where that takes too long."""
        url = f"ws://127.0.0.1:{self.port}/"
        connection = self._stack.enter_context(
            connect(url, compression=None, open_timeout=seconds, proxy=None, close_timeout=0.1)
        )
        hello = {"type": "hello", "protocol": 2, "room": self.code, "name": name}
        connection.send(json.dumps(hello))
        told = json.loads(connection.recv(seconds))
        if told["type"] != "welcome":
            raise RuntimeError(str(told))
        return connection

    def press(self, keys: str) -> None:
        with contextlib.suppress(OSError):
            os.write(self._master, keys.encode())

    def stop_reading(self) -> None:
        self._reads.clear()

    def read_again(self) -> None:
        self._reads.set()

    def close(self) -> None:
        """Take the terminal away for good."""
        self._is_closed = True
        self._reads.set()
        os.close(self.slave)
        os.close(self._master)

    def is_gone(self, seconds: float = LIMIT) -> bool:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError, WebSocketException):
            self._stack.close()
        if not self._is_closed:
            self.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while not self._is_closed:
                self._reads.wait()
                # A read that waits would keep the terminal open after it was closed.
                if select.select([self._master], [], [], 0.05)[0]:
                    os.read(self._master, 4096)


def torture(folder: Path, takings: int, seed: str = SEED) -> Figures:
    """Take the terminal away so many times, of hosts whose rooms are kept in `folder`."""
    figures = Figures()
    draw = random.Random(seed)
    bank = write_bank(folder / "bank")
    while sum(figures.takings.values()) < takings and len(figures.wrong) < 10:
        own = folder / f"host-{sum(figures.takings.values())}"
        own.mkdir()
        host = Host(own, bank, is_controlling=draw.random() < 0.5)
        try:
            host.start()
            _take_away(host, draw, figures, takings)
        except (OSError, RuntimeError, WebSocketException, TimeoutError) as error:
            figures.wrong.append(f"no room: {error!r}")
        finally:
            host.end()
            shutil.rmtree(own, ignore_errors=True)
    return figures


def _take_away(host: Host, draw: random.Random, figures: Figures, takings: int) -> None:
    """Take the terminal away some times, the last time for good."""
    for number in range(draw.randrange(2, 5)):
        with _taken(host, draw, figures, draw.choice(("not read", "stopped"))):
            began = time.monotonic()
            for key in draw.choices(("\r", "u", "\x1b", "?", "p"), k=6):
                host.press(key)  # each draws a whole screen that nobody takes up
            host.join(f"New {number}")
            figures.slowest = max(figures.slowest, time.monotonic() - began)
        if sum(figures.takings.values()) >= takings:
            return
    is_read = draw.random() < 0.5
    if not is_read:
        host.stop_reading()
    host.press("\r")
    time.sleep(draw.random() * _WITHIN)
    kind = draw.choice(("closed", "SIGTERM" if is_read else "SIGTERM while not read"))
    began = time.monotonic()
    if kind == "closed":
        host.close()
    else:
        host.process.send_signal(signal.SIGTERM)
    figures.takings[kind] += 1
    if not host.is_gone():
        figures.wrong.append(f"{kind}: still there after {LIMIT} s")
    figures.slowest = max(figures.slowest, time.monotonic() - began)


@contextlib.contextmanager
def _taken(host: Host, draw: random.Random, figures: Figures, kind: str) -> Iterator[None]:
    """Take the terminal away at a drawn moment after a key, and give it back at the end."""
    figures.takings[kind] += 1
    host.press("\r")
    time.sleep(draw.random() * _WITHIN)
    if kind == "stopped":
        termios.tcflow(host.slave, termios.TCOOFF)
    else:
        host.stop_reading()
    try:
        yield
    except (OSError, RuntimeError, WebSocketException, TimeoutError) as error:
        figures.wrong.append(f"{kind}: nobody gets in: {error!r}")
    finally:
        if kind == "stopped":
            termios.tcflow(host.slave, termios.TCOON)
        host.read_again()


def main() -> int:
    """Torture, and print what came of it. Return 1 if anything hung."""
    parser = argparse.ArgumentParser(description="Take the terminal from hosts of rooms at drawn moments.")
    parser.add_argument("--takings", type=int, default=TAKINGS)
    parser.add_argument("--seed", default=SEED)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = torture(Path(name), arguments.takings, arguments.seed)
    total = sum(figures.takings.values())
    for kind, count in sorted(figures.takings.items()):
        print(f"{kind:<24} {count:>6}")
    print(f"hung                     {len(figures.wrong):>6} of {total}")
    print(f"slowest                  {figures.slowest:>6.1f} s")
    for line in figures.wrong:
        print(f"  {line}")
    return int(bool(figures.wrong))


if __name__ == "__main__":
    sys.exit(main())
