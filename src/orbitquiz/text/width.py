"""The width of text on a terminal, where an East Asian character takes two cells (Unicode Standard Annex 11)."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

_NO_LINE_BEGINS = frozenset("、。，．！？）」』】〕：；ー々っゃゅょッャュョ")
_NO_LINE_ENDS = frozenset("（「『【〔")


def cells(text: str) -> int:
    """Return how many cells `text` takes in a line."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def table(rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """Yield `rows`, which have equally many cells, as lines whose columns are as wide as their widest cell.

    Columns with the indexes `right` end at the right. Two blanks stand between columns, none behind the last.
    """
    rows = list(rows)
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        parts = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - cells(cell))
            parts.append(gap + cell if at in right else cell + gap)
        yield "  ".join(parts).rstrip()


def wrapped(line: str, width: int, hang: int = 0) -> list[str]:
    """Return `line` as lines of at most `width` cells, all but the first with `hang` blanks before it.

    A line may end at a blank and beside a wide character, but not before a closing mark or after an opening one. A
    longer word stands in a line of its own.
    """
    if cells(line) == len(line):  # the hyphens of a text may be those of a date or a code
        indent = " " * hang
        return textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [
            ""
        ]
    lines, current = [], ""
    for piece in _pieces(line):
        if current.strip() and cells(current) + cells(piece.rstrip()) > width:
            lines.append(current.rstrip())
            current = " " * hang + piece.lstrip()
        else:
            current += piece
    return [*lines, current.rstrip()]


def _pieces(line: str) -> list[str]:
    """Return the parts of a line between which it may be broken, each with the white space behind it."""
    pieces: list[str] = []
    for at, character in enumerate(line):
        before = line[at - 1] if at else ""
        breaks = (
            not pieces
            or (before.isspace() and not character.isspace())
            or (
                2 in (_cells_of(character), _cells_of(before))
                and not character.isspace()
                and character not in _NO_LINE_BEGINS
                and before not in _NO_LINE_ENDS
            )
        )
        if breaks:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _cells_of(character: str) -> int:
    if not character or unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
