"""From the command to the first text on a terminal, beside an empty Textual app started the same way in turn."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from orbitquiz.bank.opening import builtin_path, open_bank
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.request import Request

ROUNDS = 15
_PATIENCE = 20.0  # seconds until a program that shows nothing counts as broken
_EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("the first text")
Empty().run()
"""


def seconds_to(words: bytes, command: Sequence[str], environment: dict[str, str]) -> float:
    """How long `command` takes on a pseudo-terminal of 80×24 until `words` come out. Then it is ended."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    try:
        while words not in seen:
            left = started + _PATIENCE - time.perf_counter()
            if left <= 0 or not select.select([terminal], [], [], left)[0]:
                raise TimeoutError(f"{command} did not show {words!r}")
            seen += os.read(terminal, 1 << 16)
        return time.perf_counter() - started
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(child, 0)


def measure() -> list[tuple[str, float, float]]:
    """Rows of what was started, median seconds, and the ratio to the empty app."""
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    # The first two words of the stem stand in one piece on the screen, wherever the rest wraps.
    first = " ".join(compose(bank, Request("BENCH")).questions[0].stem.split()[:2]).encode()
    play = [sys.executable, "-m", "orbitquiz", "play", "--seed", "BENCH"]
    empty = [sys.executable, "-c", _EMPTY_APP]
    times: dict[str, list[float]] = {"empty Textual app": [], "first question": [], "first question, no cache": []}
    with tempfile.TemporaryDirectory() as folder:
        base = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        warm = {**base, "XDG_CACHE_HOME": str(Path(folder) / "warm")}
        seconds_to(first, play, warm)  # fills the cache, and the system's own
        for round in range(ROUNDS):
            cold = {**base, "XDG_CACHE_HOME": str(Path(folder) / f"cold-{round}")}
            times["empty Textual app"].append(seconds_to(b"the first text", empty, base))
            times["first question"].append(seconds_to(first, play, warm))
            times["first question, no cache"].append(seconds_to(first, play, cold))
    baseline = statistics.median(times["empty Textual app"])
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in times.items()]
