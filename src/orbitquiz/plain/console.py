"""The two streams of a game that is played line by line: what is said, and what is typed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import TextIO

from orbitquiz.plain.line_reader import LineReader
from orbitquiz.text.plainer import PLAINER
from orbitquiz.text.safe import visible
from orbitquiz.text.width import wrapped

WIDTH = 78
"""The most columns of a line on a terminal. A pipe gets its lines whole, because a program will read them."""

_BREAKS = str.maketrans("\n\t", "  ")  # the two that `visible` keeps, and each would tear a line apart
_NARROWEST = 20  # columns; a terminal that claims to have fewer does not know its size
_MOST_UNREADABLE = 100  # lines in a row; a decoder that is stuck would go on for ever
_LOOK = 0.5  # seconds: some systems let nothing interrupt a wait without an end


class NothingMore(Exception):
    """There is no further line to read."""


class TimeIsUp(Exception):
    """Nothing was typed in time."""


class Console:
    """Says lines on `out` and reads answers from `lines`."""

    def __init__(self, lines: TextIO, out: TextIO) -> None:
        self._lines = lines
        self._out = out
        self._is_terminal = out.isatty()
        self._is_typed = lines.isatty()  # so the terminal itself ends the prompt's line
        self._encoding = getattr(out, "encoding", None) or "utf-8"
        errors = getattr(out, "errors", None) or "strict"
        self._errors = PLAINER if errors == "strict" else errors
        self._is_open = False
        self._reader: LineReader | None = None
        self._read: SimpleQueue[str | None] = SimpleQueue()

    def say(self, text: str = "", hang: int = 0) -> None:
        """Say `text` as a line, or as several where it does not fit. All but the first begin with `hang` spaces."""
        self.end_line()
        for line in self._wrapped(text, hang):
            self._out.write(f"{line}\n")

    def say_all(self, lines: Iterable[str], hang: int = 0) -> None:
        """Say each of `lines`."""
        for line in lines:
            self.say(line, hang)

    def ask(
        self,
        prompt: str,
        meanwhile: Callable[[], None] = lambda: None,
        left: float | None = None,
        warning: tuple[float, str] | None = None,
    ) -> str:
        """Return the line that is typed after `prompt`, without its end.

        `meanwhile` is called when all can be seen that was said, before anything is waited for. `left` is how many
        seconds there are; `warning` is said when as many as it names are left. Raises `NothingMore`, and `TimeIsUp`.
        """
        self.end_line()
        *before, last = self._wrapped(prompt)
        for line in before:
            self._out.write(f"{line}\n")
        # A script waits for whole lines, a person sees where to type.
        self._out.write(f"{last} " if self._is_terminal else f"{last}\n")
        self._out.flush()
        self._is_open = self._is_terminal
        meanwhile()
        line_read = self._next(left, warning)
        if line_read is None:
            raise NothingMore
        if self._is_typed:
            self._is_open = False
        return line_read

    def flush(self) -> None:
        """Let all be seen that was said."""
        self._out.flush()

    def end_line(self) -> None:
        """End the prompt's line, should nobody have done so."""
        if self._is_open:
            self._is_open = False
            self._out.write("\n")

    def _next(self, left: float | None, warning: tuple[float, str] | None) -> str | None:
        """Return the next line, None at the end."""
        if getattr(getattr(self._lines, "buffer", None), "raw", None) is None:  # lines in memory keep nobody waiting
            return self._next_in_memory()
        if self._reader is None:
            self._reader = LineReader(self._lines, self._read.put)
        end = None if left is None else time.monotonic() + left
        while True:
            wait = _LOOK
            if end is not None:
                rest = end - time.monotonic()
                if warning and rest <= warning[0]:
                    if rest > 0:
                        self.say(warning[1])
                        self.flush()
                    warning = None
                wait = min(wait, max(rest - (warning[0] if warning else 0.0), 0.0))
            try:
                line = self._read.get(timeout=wait)
            except Empty:
                if end is not None and time.monotonic() >= end:
                    raise TimeIsUp from None
                continue
            if line is None:
                self._read.put(None)  # the end stays the end
            else:
                self._reader.done()
            return line

    def _next_in_memory(self) -> str | None:
        for _ in range(_MOST_UNREADABLE):
            try:
                return line.rstrip("\r\n") if (line := self._lines.readline()) else None
            except UnicodeDecodeError:
                continue  # what is no text is no answer either
        return None

    def _wrapped(self, text: str, hang: int = 0) -> list[str]:
        line = visible(text.translate(_BREAKS))
        # Half a character, or a letter that the stream's encoding lacks, is no reason to stop a game.
        line = line.encode(self._encoding, self._errors).decode(self._encoding)
        if not self._is_terminal:
            return [line]
        return wrapped(line, self._width, hang)

    @property
    def _width(self) -> int:
        """The columns of a line: those of the terminal less one, for a terminal may break a line that fills it."""
        try:
            columns = os.get_terminal_size(self._out.fileno()).columns
        except (OSError, ValueError, AttributeError):  # a stream that is no device of this machine
            return WIDTH
        return min(WIDTH, columns - 1) if columns >= _NARROWEST else WIDTH
