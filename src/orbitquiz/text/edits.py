"""Change stretches of a text and remember where everything stood."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec import Struct

Edit = tuple[int, int, str]
"""Characters of a text, from the first up to the one after the last, and what stands in their place."""


class Edited(Struct, frozen=True):
    """A text after some changes. Offsets of it and of the original can be turned into each other."""

    text: str
    _places: array[int]  # where in `text` each change begins,
    _lengths: array[int]  # how long it is there,
    _starts: array[int]  # and from where
    _ends: array[int]  # to where it stood in what was changed
    _before: Edited | None = None  # what was changed, where that had been changed itself

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the span ``[start, end)`` of `text`, which is not empty."""
        first, last = start, end
        # Of several changes at one place the last one counts for a start and the first one for an end.
        if (at := bisect_right(self._places, start) - 1) >= 0:
            beyond = start - self._places[at] - self._lengths[at]
            first = self._starts[at] if beyond < 0 else self._ends[at] + beyond
        if (at := bisect_left(self._places, end) - 1) >= 0:
            last = self._ends[at] + max(end - self._places[at] - self._lengths[at], 0)
        return self._before.original(first, last) if self._before else (first, last)

    def place(self, offset: int) -> int:
        """Return where in `text` the first character stands that begins at the original `offset` or after it."""
        if self._before:
            offset = self._before.place(offset)
        at = bisect_left(self._starts, offset) - 1
        if at < 0 or offset >= self._ends[at]:
            # Nothing changes here, or a change begins just here.
            return offset if at < 0 else self._places[at] + self._lengths[at] + offset - self._ends[at]
        return self._places[at] + self._lengths[at]

    def slice(self, start: int, end: int) -> str:
        """Return the words of `text` that stand at the span ``[start, end)`` of the original."""
        return self.text[self.place(start) : self.place(end)]


def edited(text: str, edits: Iterable[Edit], before: Edited | None = None) -> Edited:
    """Return `text` with `edits` made, which are in order; of two that overlap, the first is made.

    `before` is how `text` came from an original, where it is none itself.
    """
    pieces: list[str] = []
    places, lengths, starts, ends = array("L"), array("L"), array("L"), array("L")
    at = length = 0
    for start, end, new in edits:
        if start < at:
            continue
        pieces += (text[at:start], new)
        length += start - at
        places.append(length)
        lengths.append(len(new))
        starts.append(start)
        ends.append(end)
        length += len(new)
        at = end
    pieces.append(text[at:])
    return Edited("".join(pieces), places, lengths, starts, ends, before)
