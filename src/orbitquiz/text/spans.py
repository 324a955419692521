"""Spans of a text: merging those that touch, trimming them, and finding those in a stretch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

Span = tuple[int, int]
"""Characters of a text, from the first up to the one after the last."""


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, which are in order, with those that overlap or touch as one."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return `spans` of `text` in order and apart, without white space at their ends."""
    found = []
    for start, end in spans:
        words = text[start:end]
        if words.strip():
            found.append((start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())))
    return apart(sorted(found))


def touching(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Yield those of `spans`, which are in order and apart, that hold some character from `start` up to `end`."""
    index = bisect_right(spans, start, key=itemgetter(1))
    while index < len(spans) and spans[index][0] < end:
        yield spans[index]
        index += 1
