"""From the command to the first text on a terminal, beside an empty Textual app started in turn.

What is started is what users have: the installed command, with bytecode. pip compiles a package that it installs, and
Python one that is played from a clone; only where `PYTHONDONTWRITEBYTECODE` is set is all of it compiled at each start,
which takes 80 ms more.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from types import TracebackType

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose

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


class Child:
    """`command` on a pseudo-terminal of 80×24, to the end of a `with` block."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._command = command
        self._id, self._terminal = pty.fork()
        if self._id == 0:
            os.execvpe(command[0], list(command), environment)
        ioctl(self._terminal, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.kill(self._id, signal.SIGKILL)
        os.close(self._terminal)
        os.waitpid(self._id, 0)

    @property
    def processor_time(self) -> float:
        """The seconds of processor time of all threads so far, as Linux counts them in nanoseconds."""
        counts = Path(f"/proc/{self._id}/task").glob("*/schedstat")
        return sum(int(each.read_text(encoding="ascii").split()[0]) for each in counts) / 1e9

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._terminal, key.encode())

    def wait(self, holds: Callable[[bytes], bool]) -> float:
        """When `holds` became true of what comes out from now on: seconds as `time.perf_counter` counts them."""
        end = time.perf_counter() + _PATIENCE
        seen = b""
        while True:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._terminal], [], [], left)[0]:
                raise TimeoutError(f"{self._command} did not show what it should")
            seen += os.read(self._terminal, 1 << 16)
            now = time.perf_counter()
            if holds(seen):
                return now

    def rest(self, seconds: float) -> None:
        """Take in for so long what comes out."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                os.read(self._terminal, 1 << 16)


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a program on a terminal with colours, and `more`; Python may keep bytecode in it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}


def command() -> str:
    """Return the path of the command `orbitquiz` that is installed beside this Python."""
    return str(Path(sys.executable).with_name("orbitquiz"))


def seconds_to(words: bytes, command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the seconds `command` takes on a pseudo-terminal of 80×24 until `words` appear, then end it."""
    started = time.perf_counter()
    with Child(command, environment) as child:
        return child.wait(lambda seen: words in seen) - started


def install(folder: Path) -> dict[str, str]:
    """Install the wheel into `folder`, and return the environment in which `python -m orbitquiz` is that one."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    root = Path(__file__).parents[1]
    subprocess.run([*pip, "install", "--no-deps", "--no-build-isolation", "--target", folder, root], check=True)
    return {"PYTHONPATH": str(folder)}


def measure(past: Path) -> list[tuple[str, float, float]]:
    """Rows of what was started, median seconds, and the ratio to the empty app.

    `past` is a folder with the records of 10,000 games.
    """
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    # The first two words of the stem stand in one piece on the screen, wherever the rest wraps.
    first = " ".join(compose(bank, Request("BENCH")).questions[0].stem.split()[:2]).encode()
    play = [command(), "play", "--seed", "BENCH"]
    empty = [sys.executable, "-c", _EMPTY_APP]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def seconds_to_question(cache: str, data: Path) -> float:
            return seconds_to(first, play, environment(XDG_CACHE_HOME=str(folder / cache), ORBITQUIZ_DATA=str(data)))

        def seconds_to_review(data: Path) -> float:
            """Return the seconds until `orbitquiz review` asks something, or says that nothing is due."""
            started = time.perf_counter()
            kept = environment(XDG_CACHE_HOME=str(folder / "warm"), ORBITQUIZ_DATA=str(data))
            with Child([command(), "review"], kept) as child:
                return child.wait(lambda seen: b"0 points" in seen or b"due today" in seen) - started

        def seconds_to_menu(data: Path) -> float:
            return seconds_to(
                b"Sources", [command()], environment(XDG_CACHE_HOME=str(folder / "warm"), ORBITQUIZ_DATA=str(data))
            )

        installed = install(folder / "installed")

        def seconds_to_first_ever(turn: int) -> float:
            own = environment(XDG_CACHE_HOME=str(folder / f"none-{turn}"), ORBITQUIZ_DATA=str(fresh), **installed)
            return seconds_to(first, [sys.executable, "-m", "orbitquiz", *play[1:]], own)

        fresh = folder / "data"
        seconds_to_question("warm", fresh)  # fills the cache, and the system's own
        seconds_to_review(past)  # and that of the cards
        runs: dict[str, Callable[[int], float]] = {
            "empty Textual app": lambda _: seconds_to(b"the first text", empty, environment()),
            "first question": lambda _: seconds_to_question("warm", fresh),
            "first question, 10,000 games ago": lambda _: seconds_to_question("warm", past),
            "review": lambda _: seconds_to_review(fresh),
            "review, 10,000 games ago": lambda _: seconds_to_review(past),
            "menu": lambda _: seconds_to_menu(fresh),
            "menu, 10,000 games ago": lambda _: seconds_to_menu(past),
            "first question ever, installed": seconds_to_first_ever,
            "first question ever, from a clone": lambda turn: seconds_to_question(f"cold-{turn}", fresh),
        }
        times: dict[str, list[float]] = {what: [] for what in runs}
        for turn in range(ROUNDS):
            for what, run in runs.items():
                times[what].append(run(turn))
    baseline = statistics.median(times["empty Textual app"])
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in times.items()]
