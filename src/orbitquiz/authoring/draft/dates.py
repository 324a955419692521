"""Dates in English prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orbitquiz.bank.values import UnreadableValue, read_value
from orbitquiz.bank.values.date import MONTHS
from orbitquiz.text.spans import Span

_MONTH = "(?:" + "|".join(MONTHS) + ")"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = re.compile(
    rf"\b(?:(?:early|mid|late)[ -])?"
    rf"(?:{_DAY} (?:of )?{_MONTH}(?:,? \d{{4}})?|{_MONTH} {_DAY}(?:, \d{{4}})?|{_MONTH} \d{{4}})\b"
)
_YEAR = re.compile(
    r"(?:\b(?:in|since|until|by|from|of|after|before|during|around|about)\s|\()(?P<year>1\d{3}|20\d\d)\b"
    r"(?![-–%]|\s?(?:per cent|metres|meters|feet|people|tons|tonnes))",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def dates(text: str) -> Iterator[tuple[Span, str]]:
    """Find the dates of `text`: where each stands, and how a bank writes it."""
    taken: list[Span] = []
    for match in _FULL.finditer(text):
        words = _ENDING.sub("", " ".join(match[0].split())).replace(" of ", " ")
        if words[:1].isdigit():
            words = words.replace(",", "")
        if _is_date(words):
            taken.append(match.span())
            yield match.span(), words
    for match in _YEAR.finditer(text):
        span = match.span("year")
        if not any(start <= span[0] < end for start, end in taken):
            yield span, match["year"]


def _is_date(words: str) -> bool:
    try:
        read_value("date", words)
    except UnreadableValue:
        return False
    return True
