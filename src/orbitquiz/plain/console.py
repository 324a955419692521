"""The two streams of a game that is played line by line: what is said, and what is typed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TextIO

from orbitquiz.text.safe import visible

WIDTH = 78
"""The most columns of a line on a terminal. A pipe gets its lines whole, because a program will read them."""

_BREAKS = str.maketrans("\n\t", "  ")  # the two that `visible` lets stand, and each would tear a line apart
_UNREADABLE = "\ufffd"  # nothing that anybody could mean
_MOST_UNREADABLE = 3  # lines in a row; a decoder that is stuck would go on for ever


class NothingMore(Exception):
    """There is no further line to read."""


class Console:
    """Says lines on `out` and reads answers from `lines`."""

    def __init__(self, lines: TextIO, out: TextIO) -> None:
        self._lines = lines
        self._out = out
        self._is_terminal = out.isatty()
        self._is_typed = lines.isatty()  # so the terminal itself ends the prompt's line
        self._encoding = getattr(out, "encoding", None) or "utf-8"
        self._is_open = False
        self._unreadable = 0

    def say(self, text: str = "", hang: int = 0) -> None:
        """Say `text` as a line, or as several where it does not fit. All but the first begin with `hang` spaces."""
        self.end_line()
        for line in self._wrapped(text, hang):
            self._out.write(f"{line}\n")

    def ask(self, prompt: str, meanwhile: Callable[[], None]) -> str:
        """The line that is typed after `prompt`, without its end. Raises `NothingMore`.

        `meanwhile` is called when all can be seen that was said, and before anything is waited for.
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
        line = self._read()
        if not line:
            raise NothingMore
        if self._is_typed:
            self._is_open = False
        return line.rstrip("\r\n")

    def flush(self) -> None:
        """Let all be seen that was said."""
        self._out.flush()

    def end_line(self) -> None:
        """End the prompt's line, should nobody have done so."""
        if self._is_open:
            self._is_open = False
            self._out.write("\n")

    def _read(self) -> str:
        try:
            line = self._lines.readline()
        except UnicodeDecodeError:
            self._unreadable += 1
            return _UNREADABLE if self._unreadable < _MOST_UNREADABLE else ""
        self._unreadable = 0
        return line

    def _wrapped(self, text: str, hang: int = 0) -> list[str]:
        line = visible(text.translate(_BREAKS))
        # Half a character, or a letter that the stream's encoding has not, is no reason to stop a game.
        line = line.encode(self._encoding, "backslashreplace").decode(self._encoding)
        if not self._is_terminal:
            return [line]
        # The hyphens of a text may be those of a date or a code.
        return (
            textwrap.wrap(line, WIDTH, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)
            or [""]
        )  # fmt: skip
