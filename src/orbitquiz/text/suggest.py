"""Suggest what somebody may have meant: the nearest of some words, or the nearest place in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from orbitquiz.text.spans import Span

_NEAR_ENOUGH = 0.6  # share of letters in common; below it a suggestion would mislead
_MOST_KNOWN = 20_000  # the most words that are searched
_GRAM = 6  # letters of a piece that is searched for in a text,
_SHORT_GRAM = 3  # and of one where the words are few or nothing else was found
_MOST_GRAMS = 32
_LONG = 2000  # letters above which one comparison is made
_MOST_PIECES = 400  # of a long quotation
_WORD_START = re.compile(r"(?<!\w)\w")
_MOST_PLACES = 40  # places of one piece; one that occurs everywhere says nothing


def similarity(one: str, other: str) -> float:
    """Return the part of their letters, from 0 to 1, that two texts have in common in the same order.

    It is twice the length of their longest common subsequence by the length of both.
    """
    from rapidfuzz.distance.Indel import normalized_similarity  # only where something is mistyped

    return normalized_similarity(one, other)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` most similar to `word`, ignoring case; None if none is similar."""
    sought = _letters(word)
    best, score = None, _NEAR_ENOUGH
    for count, each in enumerate(known):
        if count == _MOST_KNOWN:
            break
        letters = _letters(each)
        # The shorter word cannot have more in common than all of it.
        if 2 * min(len(sought), len(letters)) >= score * (len(sought) + len(letters)) > 0:
            alike = similarity(sought, letters)
            if alike > score or (alike == score and best is None):
                best, score = each, alike
    return best


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the end of a message: '; did you mean …?', or nothing."""
    found = nearest(word, known)
    return f"; did you mean {found!r}?" if found else ""


def nearest_span(text: str, words: str) -> Span | None:
    """Return the span of `text` most similar to `words`; None if nothing is similar.

    Pieces of the words are searched for in the text. The place is where most of them occur at the right distance from
    each other.
    """
    best: Span | None = None
    score = _NEAR_ENOUGH
    for size in (_GRAM, _SHORT_GRAM):
        for span in _likely(text, words, size):
            alike = similarity(words, text[slice(*span)])
            if alike > score or (alike == score and best is None):
                best, score = span, alike
        if best:
            break
    return best


def _likely(text: str, words: str, size: int) -> list[Span]:
    """Return a few spans of `text` in which pieces of `words`, of `size` letters each, occur where they should."""
    hits: list[Span] = []  # the offsets of a piece in the words and in the text
    if size == _GRAM:
        index = _word_starts(text)
        starts = [found.start() for found in _WORD_START.finditer(words)]
        for start in starts[:: max(len(starts) // _MOST_PIECES, 1)]:
            hits += ((start, at) for at in index.get(words[start : start + size], ()))
    else:
        last = max(len(words) - size, 0)
        for start in sorted({*range(0, last + 1, max(last // _MOST_GRAMS, 1)), last}):
            gram = words[start : start + size]
            at, places = text.find(gram), list[Span]()
            while at >= 0 and len(places) <= _MOST_PLACES:
                places.append((start, at))
                at = text.find(gram, at + 1)
            hits += places if len(places) <= _MOST_PLACES else []
    width = max(len(words) // 4, 12)
    votes: Counter[int] = Counter()
    for bucket, _ in {((at - start) // width, start) for start, at in hits}:
        votes[bucket] += 1
        votes[bucket - 1] += 1  # those on both sides of a bucket's border
    found = []
    for bucket, _ in votes.most_common(1 if len(words) > _LONG else 3):
        near = [(start, at) for start, at in hits if bucket <= (at - start) // width <= bucket + 1]
        (first, begins), (end, ends) = min(near), max(near)
        found.append((max(begins - first, 0), min(ends + len(words) - end, len(text))))
    return found


@lru_cache(maxsize=4)
def _word_starts(text: str) -> dict[str, list[int]]:
    """Return where the words begin in `text`, by their first letters and what follows."""
    index: dict[str, list[int]] = {}
    for found in _WORD_START.finditer(text):
        places = index.setdefault(text[found.start() : found.start() + _GRAM], [])
        if len(places) < _MOST_PLACES:
            places.append(found.start())
    return index


def _letters(word: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in word.casefold()).split())
