"""Guessing what an author has marked: which type of value it is, and how a bank writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orbitquiz.authoring.draft.dates import dates
from orbitquiz.authoring.draft.local_values import local_values
from orbitquiz.authoring.draft.proper_names import names_in
from orbitquiz.authoring.draft.quantities import quantities
from orbitquiz.bank.model import Bank, Source
from orbitquiz.bank.values import FactType, UnreadableValue, is_english, read_value
from orbitquiz.text.fold import alike
from orbitquiz.text.spans import Span

_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?", re.IGNORECASE)
_NUMBERS: tuple[FactType, ...] = ("time", "count")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess at what marked words are. `kind` says of a name what it probably names."""

    type: FactType
    value: str
    kind: str = ""


def guess(bank: Bank, source: Source, span: Span) -> Guess:
    """Guess what the characters of `span`, which are not blank, mean in the sentence around them."""
    words = " ".join(source.text[slice(*span)].split())
    entity = next((e for e in bank.entities.values() if alike(words) in map(alike, e.names)), None)
    if entity:
        return Guess(entity.type, entity.name)
    if not is_english(bank.language):
        return _guess_locally(words, bank.language)
    for type, value in _read(source.text, span):
        return Guess(type, value)
    if _TIME.fullmatch(words):
        return Guess("time", words)
    for type in ("date", "duration", "length") if re.search(r"[^\W\d]", words) else ("count",):
        if _reads(type, words, bank.language) and not (type == "length" and not _NUMBER.match(words)):
            return Guess(type, words)
    return Guess("text", words, _kind(source.text, span))


def _guess_locally(words: str, language: str) -> Guess:
    for span, type, value in local_values(words, language):
        if span == (0, len(words)):
            return Guess(type, value)
    numbers = (type for type in _NUMBERS if words[0].isdigit() and _reads(type, words, language))
    return Guess(next(numbers, "text"), words)


def sentence_around(source: Source, at: int) -> Span:
    """Return the sentence in which the character at `at` stands, or the nearest one."""
    spans = source.sentences
    if not spans:
        return 0, len(source.text)
    return next((span for span in spans if at < span[1]), spans[-1])


def whole_words(text: str, span: Span) -> Span:
    """Return `span` grown to whole words, without white space around it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and end > start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and end > start and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def word_at(text: str, at: int) -> Span:
    """Return the word in which, or before which, the character at `at` stands; an empty span where there is none."""
    start = at
    while start < len(text) and not text[start].isalnum():
        start += 1
    return whole_words(text, (start, min(start + 1, len(text))))


def _read(text: str, span: Span) -> Iterator[tuple[FactType, str]]:
    """Give what the rules for drafts find where `span` stands."""
    first = max(0, span[0] - 200)
    around = text[first : span[1] + 60]
    for found, value in dates(around):
        if (found[0] + first, found[1] + first) == span:
            yield "date", value
    for found, type, value in quantities(around):
        if found[0] + first == span[0] and found[1] + first in (span[1], span[1] + 1):
            yield type, value


def _reads(type: str, words: str, language: str) -> bool:
    try:
        read_value(type, words, language)
    except UnreadableValue:
        return False
    return True


def _kind(text: str, span: Span) -> str:
    first = max(0, span[0] - 60)
    for name in names_in(text[first : span[1] + 60]):
        if name.span[0] + first <= span[0] and span[1] <= name.span[1] + first:
            return name.kind
    return ""
