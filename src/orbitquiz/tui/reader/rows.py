"""A text in rows of a terminal: where each of them begins, and which line of the text it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from orbitquiz.text.spans import Span
from orbitquiz.tui.reader.glyphs import is_joined, widths

_SPACES = " \t"  # where a row may end; no other white space is common, and some must not be broken at
#: As `text.lines` has them, with their ends.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_LEAST_WIDTH = 10  # a row has room for the longest placeholder, ⟨U+XXXX⟩


class Rows:
    """A text as rows of `width` cells. Each row begins at one of `starts` and ends where the next one begins.

    So every character stands in one row, and the order is that of the text. White space at which a row ends
    hangs over its edge.
    """

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.starts: list[int] = []
        self._lines: list[int] = []  # in which row each line begins
        begin = 0
        for line in _LINE.findall(text) or [""]:
            self._lines.append(len(self.starts))
            self.starts.append(begin)
            self.starts.extend(begin + at for at in _breaks(_without_end(line), max(width, _LEAST_WIDTH)))
            begin += len(line)

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Return the row in which the character at `offset` stands."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def span(self, row: int) -> Span:
        """The characters of a row that are to be seen, without the line's end and the white space at the edge."""
        start = self.starts[row]
        last = row + 1 == len(self.starts)
        words = _without_end(self.text[start : len(self.text) if last else self.starts[row + 1]])
        return start, start + len(words.rstrip(_SPACES))

    def number(self, row: int) -> int | None:
        """Return the number of the line, from 1, that begins with this row."""
        line = bisect_left(self._lines, row)
        return line + 1 if line < len(self._lines) and self._lines[line] == row else None


def _without_end(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def _breaks(line: str, width: int) -> Iterator[int]:
    """Return where the rows of `line` after its first begin."""
    cells = widths(line)
    ends = list(accumulate(cells, initial=0))
    start = 0
    while ends[-1] - ends[start] > width:
        full = max(bisect_right(ends, ends[start] + width) - 1, start + 1)  # as many characters as there is room for
        at = full
        if line[full] not in _SPACES:
            at = _last_gap(line, cells, start, full)
            if not line[start:at].strip(_SPACES):
                at = full  # there is no gap, or none after the indentation, which is to have no row of its own
        while at < len(line) and line[at] in _SPACES and not is_joined(cells, at + 1):
            at += 1
        if at < len(line):
            yield at
        start = at


def _last_gap(line: str, cells: Sequence[int], start: int, full: int) -> int:
    """Return the last place before which a row may end: after white space, or beside a wide character; else `start`."""
    for at in range(full, start, -1):
        if not is_joined(cells, at):
            before = at - 1
            while before > start and is_joined(cells, before):
                before -= 1
            if line[at - 1] in _SPACES or cells[at] > 1 or cells[before] > 1:
                return at
    return start
