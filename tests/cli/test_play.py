"""`orbitquiz play` on a real, if imaginary, terminal of 80×24."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.conftest import Run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")]

QUIZ = ("--seed", "APOLLO", "--count", "10")
PATIENCE = 30.0  # seconds; a loaded machine may need some, and no other one waits

#: Control sequences, operating system commands and two-letter escapes.
_ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")


class Terminal:
    """A terminal in which `process` runs."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self._raw = b""

    @property
    def text(self) -> str:
        """All that was printed since the last key, without escape sequences and frames, each run of spaces as one."""
        return " ".join(_ESCAPE.sub("", self._raw.decode(errors="replace")).replace("▌", " ").split())

    def press(self, key: str) -> None:
        self._raw = b""
        os.write(self.master, key.encode())

    def shows(self, words: str) -> bool:
        """Whether `words` appear before long."""
        end = time.monotonic() + PATIENCE
        while words not in self.text and time.monotonic() < end:
            if not self._read(end):
                break
        return words in self.text

    def exit_code(self) -> int:
        """How the program ended, once it has."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, end: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], max(end - time.monotonic(), 0))
        try:
            raw = os.read(self.master, 65536) if ready else b""
        except OSError:  # Linux says so where nobody has the terminal open any more
            raw = b""
        self._raw += raw
        return bool(raw)


@contextmanager
def terminal(*words: str) -> Iterator[Terminal]:
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "orbitquiz", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**environment, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_game_begins_with_its_first_question_and_shows_its_proof(orbitquiz: Run) -> None:
    exported = json.loads(orbitquiz("export", "--to", "json", *QUIZ).out)
    first, code = exported["questions"][0], exported["code"]
    with terminal("play", *QUIZ) as screen:
        assert screen.shows(first["stem"])
        assert all(screen.shows(option["text"]) for option in first["options"])
        screen.press("1")
        assert screen.shows(f"line {first['proof'][0]['line']} ")
        assert screen.shows(first["proof"][0]["passage"][:60])
        screen.press("q")
        assert screen.shows("Leave this game?")
        screen.press("y")
        assert screen.exit_code() == 0
        assert screen.text.endswith(f"The same quiz again: orbitquiz play --quiz {code}")


def test_a_signal_that_ends_the_program_leaves_the_terminal_in_order(orbitquiz: Run) -> None:
    first = json.loads(orbitquiz("export", "--to", "json", *QUIZ).out)["questions"][0]
    with terminal("play", *QUIZ) as screen:
        assert screen.shows(first["stem"])
        screen.press("1")
        assert screen.shows("next question")
        screen.process.terminate()
        assert screen.exit_code() == 0
        assert "answered right" in screen.text
