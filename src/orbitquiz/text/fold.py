"""Folding: text as people write it, made comparable with offsets kept.

A quotation is exact, but a document and its author's editor may disagree on line breaks and on which of several
characters is *the* apostrophe. `fold` removes just that difference and remembers where everything stood.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

#: Variants of one character that a quotation may write either way.
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–−", "-"),
    }
)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """`text` with each run of white space as one space and typographic variants of a character as the plain one."""
    return " ".join(text.translate(_VARIANTS).split())


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters stood in the original."""

    text: str
    _starts: tuple[int, ...]  # folded offsets from which a shift holds
    _shifts: tuple[int, ...]  # what to add to a folded offset for the original one

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span ``[start, end)``, which is not empty."""
        return self._at(start), self._at(end - 1) + 1

    def _at(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]


def fold(text: str) -> Folded:
    """Fold `text` as `plain` does, except that a space may be left at either end, and keep the offsets."""
    text = text.translate(_VARIANTS)
    starts, shifts = [0], [0]
    for run in _SPACE.finditer(text):
        if (surplus := run.end() - run.start() - 1) > 0:
            shifts.append(shifts[-1] + surplus)
            starts.append(run.end() - shifts[-1])
    return Folded(_SPACE.sub(" ", text), tuple(starts), tuple(shifts))


def alike(text: str) -> str:
    """What `text` is for telling two options apart: folded, without case and without a full stop at the end."""
    return plain(text).casefold().rstrip(".")


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words. Both are folded and casefolded already.

    A number does not stand inside a longer one: 1.9 is neither in 1.95 nor in 11.9, and 17 is not in 17,000.
    """
    at = text.find(words)
    while at >= 0:
        if _is_whole(text, at, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether some of `words` stand in `text` as `holds` has it. All are folded and casefolded already."""
    return any(holds(text, each) for each in words)


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where some of `words`, which are folded and casefolded, stand in `text` as whole words: spans of `text` as it is.

    In order and apart: where several stand in one place, the longest of the leftmost.
    """
    folded = fold(text)
    # Letter by letter, because a letter whose fold is two would shift all that follow.
    lower = "".join(low if len(low := letter.casefold()) == 1 else letter for letter in folded.text)
    found: list[tuple[int, int]] = []
    for each in words:
        at = lower.find(each)
        while at >= 0 and each:
            if _is_whole(lower, at, at + len(each)):
                found.append((at, at + len(each)))
            at = lower.find(each, at + 1)
    apart: list[tuple[int, int]] = []
    for start, end in sorted(set(found), key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return [folded.original(start, end) for start, end in apart]


def _is_whole(text: str, start: int, end: int) -> bool:
    if not is_word_boundary(text, start) or not is_word_boundary(text, end):
        return False
    if text[start].isdigit() and start > 1 and text[start - 1] in ".," and text[start - 2].isdigit():
        return False
    return not (text[end - 1].isdigit() and end + 1 < len(text) and text[end] in ".," and text[end + 1].isdigit())


def is_word_boundary(text: str, at: int) -> bool:
    """Whether a word may begin or end at offset `at` of `text`."""
    if at <= 0 or at >= len(text):
        return True
    if unicodedata.combining(text[at]):
        return False  # an accent belongs to the letter before it
    return not (text[at].isalnum() and (text[at - 1].isalnum() or unicodedata.combining(text[at - 1]) != 0))
