"""Turn the characters of a text into what a terminal shows, and count the cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len

from orbitquiz.text.safe import visible

_TAB = "    "
_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"  # what changes the width of a neighbour


@lru_cache(4096)
def _glyph(character: str) -> tuple[str, int]:
    shown = _TAB if character == "\t" else visible(character)
    return shown, cell_len(shown)


def shown(words: str) -> str:
    """Return what stands on the screen for `words`: as `visible`, and tabs of a fixed width."""
    return visible(words.replace("\t", _TAB))


def widths(words: str) -> list[int]:
    """Return the cells of each character. One of no cells belongs to the one before it and is never parted from it."""
    widths = [_glyph(character)[1] for character in words]
    if _JOINER not in words and _AS_PICTURE not in words:
        return widths
    seen: int | None = None  # the last character that takes room, unless it is a placeholder or widened already
    at = 0
    while at < len(words):
        if words[at] == _JOINER:
            at += 1
            if at < len(words) and _is_shown_itself(words[at]):  # nothing is joined to a placeholder
                widths[at] = 0
        elif words[at] == _AS_PICTURE:
            if seen is not None:
                widths[seen] = cell_len(words[seen] + _AS_PICTURE)  # some narrow characters become wide
            seen = None
        elif widths[at]:
            seen = at if _is_shown_itself(words[at]) else None
        at += 1
    return widths


def is_joined(widths: Sequence[int], at: int) -> bool:
    """True if there is a character at `at` and it belongs to the one before it."""
    return at < len(widths) and not widths[at]


def _is_shown_itself(character: str) -> bool:
    return _glyph(character)[0] == character
