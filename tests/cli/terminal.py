"""A real, if imaginary, terminal of 80×24 in which `orbitquiz` runs."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

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
        """True if `words` appear in time."""
        return self.until(lambda text: words in text)

    def until(self, holds: Callable[[str], bool]) -> bool:
        """True if `holds` becomes true of the text in time."""
        end = time.monotonic() + PATIENCE
        while not holds(self.text) and time.monotonic() < end:
            if not self._read(end):
                break
        return holds(self.text)

    def watch(self, seconds: float) -> None:
        """Take in for so long what is printed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(end)

    def is_stopped(self) -> bool:
        """True if the program is stopped in time, as by Ctrl+Z."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._read(time.monotonic() + 0.05)
            id, status = os.waitpid(self.process.pid, os.WNOHANG | os.WUNTRACED)
            if id:
                return os.WIFSTOPPED(status)
        return False

    def kill(self) -> None:
        """End the program at once, as a crash or a power cut would, and take in what it had printed by then."""
        self.process.kill()
        self.process.wait()
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass

    def close(self) -> None:
        """Close the terminal. No signal is sent: it controls no session."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self.master)  # its number is closed again in the end
        os.close(nothing)

    def exit_code(self) -> int:
        """Wait for the program and return its exit code."""
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
def terminal(
    *words: str, environment: Mapping[str, str] = MappingProxyType({}), errors: Path | None = None
) -> Iterator[Terminal]:
    """Run `orbitquiz` with these words in a terminal of its own, with `environment` added to the present one.

    Its standard error goes to the file `errors`, as with `2>`, or to the terminal.
    """
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    sink = None if errors is None else errors.open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "orbitquiz", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave if sink is None else sink,
        env={**inherited, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", **environment},
        start_new_session=True,
    )
    os.close(slave)
    if sink is not None:
        sink.close()
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
