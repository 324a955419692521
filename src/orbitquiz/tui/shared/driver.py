"""A terminal driver that is patient with escape sequences and asks for the background colour."""

from __future__ import annotations

import os
import selectors
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from orbitquiz.tui.shared.escape_gate import EscapeGate

_ASK_BACKGROUND = "\x1b]11;?\x07"
_AT_ONCE = 4096  # bytes
_MOST_PARSED = 32  # characters; longer sequences than the parser reads mean nothing to it
_TICK = 0.05  # seconds between two looks at the clock while nothing comes
_NEAR, _FAR = 0.1, 0.4  # seconds that ESC waits for more: from this machine, and over a network


class TerminalReply(Message):
    """The terminal has answered a question; `text` is the whole sequence."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class TerminalGone(Message):
    """The terminal was closed: nobody sees the program any more, and nobody can type."""


class PatientDriver(LinuxDriver):
    """Reads whole escape sequences, asks for the background colour, and comes back from being stopped in one piece."""

    _is_suspended = False

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._is_suspended = False
        if self.input_tty and self._writer_thread is not None:
            self.write(_ASK_BACKGROUND)
            self.flush()

    def suspend_application_mode(self) -> None:
        super().suspend_application_mode()
        self._is_suspended = True

    def _sigcont_application(self, *_: object) -> None:
        # A program that was stopped by SIGSTOP never left application mode; to start it again would start a second
        # thread that writes to the terminal.
        if self._is_suspended:
            super()._sigcont_application()
        else:
            self._app.call_later(self._app.refresh)

    def run_input_thread(self) -> None:
        """Read until the program ends."""
        gate, parser = EscapeGate(escape_delay()), XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                is_ready = bool(selector.select(_TICK))
                now = time.monotonic()
                whole: list[str] = []
                if is_ready:
                    try:
                        data = os.read(self.fileno, _AT_ONCE)
                    except OSError:
                        data = b""
                    if not data:
                        # It need not send a signal when it closes: only the programs of its own session get one.
                        self._loop.call_soon_threadsafe(self._app.post_message, TerminalGone())
                        return
                    whole = gate.feed(decode(data), now)
                for message in _parsed(parser, [*whole, *gate.tick(now)]):
                    self.process_message(message)
                while gate.replies:
                    self.process_message(TerminalReply(gate.replies.pop(0)))


def escape_delay() -> float:
    """Return how many seconds ESC waits for more: `ESCDELAY` (milliseconds) if set, longer over a network."""
    if (chosen := os.environ.get("ESCDELAY", "")).isdigit():
        return int(chosen) / 1000
    return _FAR if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY") else _NEAR


def _parsed(parser: XTermParser, whole: list[str]) -> Iterator[Message]:
    """Yield what the parser makes of characters and whole sequences."""
    for text in whole:
        if len(text) > _MOST_PARSED:
            continue
        try:
            yield from parser.feed(text)
            if parser._timeout_time is None:
                continue
            parser._timeout_time = 0.0  # nothing more belongs to it
            unread = list(parser.tick())
        except ParseError:
            return
        # The parser gives the characters of a sequence that it does not know as keys. Only Alt and a key are some.
        if len(text) <= len("\x1bx"):
            yield from unread
