"""The terminal of a room's programs: signals, a terminal that is gone, errors in a file, standard streams."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import select
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from orbitquiz.cli.errors import UsageError

if TYPE_CHECKING:
    from orbitquiz.plain.async_console import AsyncConsole

PATIENCE = 2.0
"""Seconds in which a program that was told to leave does so in order; after that it ends anyway."""

ERRORS = "errors.log"
"""The file in the data folder that unexpected errors of a room are written to."""

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # not every system has all of them
_LARGEST_LOG = 1_000_000  # bytes
# Leaves the alternate screen, shows the cursor, ends mouse reports, focus reports and bracketed paste.
_RESET = b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u"


class Leaving:
    """Ends the program when the system asks for it, in order if possible, and within `PATIENCE` anyway.

    A screen may hang: nobody reads the terminal, or it is gone in the middle of a frame. So signals are handled outside
    the event loop, and the last resort does without it. `close` is called then, and may take a second or two.
    """

    def __init__(self, close: Callable[[], object] = lambda: None, end: Callable[[int], object] = os._exit) -> None:
        self._close = close
        self._end = end
        self._leave: Callable[[], object] = lambda: None
        self._timer: threading.Timer | None = None
        self._attributes = _terminal_attributes()

    @contextmanager
    def calling(self, leave: Callable[[], object]) -> Iterator[None]:
        """Call `leave` in the running loop when told to go, until the block ends."""
        loop = asyncio.get_running_loop()
        self._leave = lambda: loop.call_soon_threadsafe(leave)
        try:
            yield
        finally:
            self._leave = lambda: None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Handle signals and the loss of the terminal until the block ends."""
        known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        # An ignored signal stays ignored: that is how `nohup` keeps a program alive.
        before = {each: handler for each in known if (handler := signal.getsignal(each)) != signal.SIG_IGN}
        for each in before:
            signal.signal(each, self._on_signal)
        if hasattr(signal, "SIGHUP") and signal.SIGHUP in before:
            threading.Thread(target=self._watch_terminal, name="terminal", daemon=True).start()
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler or signal.SIG_DFL)
            if self._timer is not None:
                self._timer.cancel()

    def now(self, code: int) -> None:
        """Leave, and end the program with exit code `code` if it is still there after `PATIENCE`."""
        if self._timer is None:
            self._timer = threading.Timer(PATIENCE, self._give_up, [code])
            self._timer.daemon = True
            self._timer.start()
        with suppress(RuntimeError):  # the loop has ended
            self._leave()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.now(128 + number)

    def _give_up(self, code: int) -> None:
        self._close()
        _reset_terminal(self._attributes)
        self._end(code)

    def _watch_terminal(self) -> None:
        """Wait until the terminal is gone. It need not send a signal: only its own session gets one."""
        with suppress(OSError, ValueError, AttributeError):  # a system without `poll`, or a closed stream
            terminal = sys.__stdin__.fileno()  # type: ignore[union-attr]
            if not os.isatty(terminal):  # the end of a pipe is the end of what is typed
                return
            poll = select.poll()
            poll.register(terminal, 0)
            if any(happened & select.POLLHUP for _, happened in poll.poll()):
                self.now(128 + signal.SIGHUP)


@contextmanager
def errors_in(folder: Path) -> Iterator[None]:
    """Write unexpected errors to a file in `folder`, which is created with the first one."""
    logger = logging.getLogger("orbitquiz.classroom")
    handler = RotatingFileHandler(
        folder / ERRORS, maxBytes=_LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True, errors="replace"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk is told elsewhere
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


@asynccontextmanager
async def console(leaving: Leaving) -> AsyncIterator[AsyncConsole]:
    """Converse on standard input and output until the input ends or the system ends the program."""
    from orbitquiz.plain.async_console import AsyncConsole

    if sys.stdin is None or sys.stdout is None:
        raise UsageError("a room needs standard input and output, and one of them is closed")
    gc.freeze()
    gc.enable()  # see `cli.main`: there is no first frame to wait for
    async with AsyncConsole(sys.stdin, sys.stdout) as conversation:
        with leaving.calling(conversation.hang_up):
            yield conversation


def _terminal_attributes() -> list[Any] | None:
    with suppress(Exception):  # no terminal, or none of this kind
        import termios

        return termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    return None


def _reset_terminal(attributes: list[Any] | None) -> None:
    """Give the terminal back as it was, as far as that can be done without waiting."""
    with suppress(Exception):  # it is gone
        import termios

        if attributes is not None:
            output = sys.__stdout__.fileno()  # type: ignore[union-attr]
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)  # type: ignore[union-attr]
            os.set_blocking(output, False)
            os.write(output, _RESET)
