"""Dates, lengths and durations in prose of another language than English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from orbitquiz.bank.values import FactType, UnreadableValue, read_value
from orbitquiz.bank.values.quantity import UNITS_OF
from orbitquiz.text.spans import Span

_NUMBER = r"(?<![\w.,])\d[\d.,'\u00a0\u202f]*"


def local_values(text: str, language: str) -> Iterator[tuple[Span, FactType, str]]:
    """Find the dates, lengths and durations of `text`: where each stands, its type, and how a bank writes it.

    There are none where Babel is not installed or does not know the language.
    """
    taken: list[Span] = []
    for type, pattern in _patterns(language):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            words = " ".join(match[0].split())
            try:
                read_value(type, words, language)
            except UnreadableValue:
                continue
            taken.append(match.span())
            yield match.span(), type, words


@lru_cache(maxsize=8)
def _patterns(language: str) -> list[tuple[FactType, re.Pattern[str]]]:
    """Return what may be a value of each type. Dates with a day and a month come first."""
    try:
        from orbitquiz.bank.values.language import Language
        from orbitquiz.bank.values.local import date_expressions

        known = Language.of(language)
    except (ImportError, LookupError):
        return []
    dates = [each.pattern for pattern, each, _ in date_expressions(known) if pattern.says_day_in_words]
    spaced = (each.replace(r"\ ", r"\s+") for each in dates)
    found: list[tuple[FactType, re.Pattern[str]]] = [
        ("date", re.compile(rf"(?<![\d.,])(?:{each})(?!\d)", re.IGNORECASE)) for each in spaced
    ]
    types: dict[FactType, tuple[str, ...]] = {"length": UNITS_OF["length"], "duration": UNITS_OF["time"]}
    for type, units in types.items():
        names = sorted((name for name, unit in known.units.items() if unit in units), key=len, reverse=True)
        if names:
            either = "|".join(map(re.escape, names))
            found.append((type, re.compile(rf"{_NUMBER}\s?(?:{either})(?![a-z])", re.IGNORECASE)))
    return found
