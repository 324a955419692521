"""Numbers with what they count or measure, in English prose.

Most numbers in a text make no question: those of chapters and figures, those that are only about right, those that say
what something is called. So what isn't plainly a number of things, a length, a duration or an age is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orbitquiz.bank.values import FactType
from orbitquiz.bank.values.quantity import UNITS_OF, known_unit, singular
from orbitquiz.text.numbers import SMALL, TENS
from orbitquiz.text.spans import Span

_WORDS = [*SMALL[2:], TENS[20]]
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(_WORDS)})"
_UNITS = [name for units in UNITS_OF.values() for unit in units for name in (unit, singular(unit))]
_PLURALS = frozenset("people men women children feet geese mice oxen fishermen crew".split())
_NOT_COUNTED = frozenset(
    """
    times per percent minutes seconds hours days weeks months years decades centuries dollars euros pounds
    points degrees ones others is was has as plus minus less this its us yes always perhaps across species
    series
    """.split()
)
#: What before a number says that it is no plain number: a name, a price, or a guess.
_BEFORE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|under|roughly|approximately|than|least|most|to|or|between|every|no|nos"
    r"|number|numbers|only)\.?|\b(?:chapter|figure|table|section|page|pages|line|lines|article|note|volume|vol|part|act|verse"
    r"|room|route|flight|gate|pier|platform|mark|type|model|version)|[-–—.,:/#$€£¥+×=(\[<>~≈])\s*$",
)
_CAPITAL = re.compile(r"\b([A-Z][\w’'-]*)\s*$")
_OPENERS = frozenset(
    "All The Its Their His Her With In On At By Of For After There Both And But Among Over Under".split()
)
_AGES = (
    re.compile(r"\b(?P<number>\d{1,2})-year-old\b"),
    re.compile(r"\baged? (?:of )?(?P<number>\d{1,2})\b(?!\s*(?:to|and|or|[-–]))"),
    re.compile(r"(?<=[a-z], )(?P<number>\d{2})(?=,\s[a-z])"),
)
_MEASURED = re.compile(
    rf"(?<![\w.,$€£¥-]){_NUMBER}[\s-](?P<unit>{'|'.join(_UNITS)})\b"
    r"(?!\s(?:ago|later|earlier|before|after|from now|old|per|an|a)\b)"
)
_THING = re.compile(r"\s+(?P<noun>[a-z]+)\b")
_DESCRIBED_THING = re.compile(r"\s+(?P<between>[a-z]+(?:-[a-z]+)?)\s+(?P<noun>[a-z]+)\b")
_COUNT = re.compile(rf"(?<![\w.,$€£¥-]){_NUMBER}(?=\s)")
_LONGEST_NUMBER = 12


def quantities(text: str) -> Iterator[tuple[Span, FactType, str]]:
    """Find the quantities of `text`: where each stands, its type, and how a bank writes it."""
    taken: list[Span] = []

    def is_new(match: re.Match[str]) -> bool:
        span = match.span("number")
        if any(start < span[1] and span[0] < end for start, end in taken):
            return False
        taken.append(span)
        return True

    for pattern in _AGES:
        for match in pattern.finditer(text):
            if 2 <= int(match["number"]) <= 99 and is_new(match):
                yield match.span("number"), "age", match["number"]
    for match in _MEASURED.finditer(text):
        if _is_plain(text, match) and is_new(match):
            unit = known_unit(match["unit"]) or match["unit"]
            type: FactType = "duration" if unit in UNITS_OF["time"] else "length"
            yield (match.start("number"), match.end("unit")), type, f"{_digits(match['number'])} {unit}"
    for match in _COUNT.finditer(text):
        if "." not in match["number"] and _is_plain(text, match) and _counts(text, match.end()) and is_new(match):
            yield match.span("number"), "count", _digits(match["number"])


def _is_plain(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    number = match["number"]
    if len(number) > _LONGEST_NUMBER or (number.isdigit() and (number[0] == "0" or int(number) < 2)):
        return False
    # A number of four digits may be a year.
    is_year = number.isdigit() and len(number) == 4 and 1000 <= int(number) <= 2100
    capital = _CAPITAL.search(before)
    is_named = capital is not None and capital[1] not in _OPENERS  # as Apollo 11 is
    return not is_year and not is_named and not _BEFORE.search(before)


def _counts(text: str, at: int) -> bool:
    """True if what stands at `at` is something that can be counted, with a word that describes it or without."""
    if (thing := _THING.match(text, at)) and _is_plural(thing["noun"]):
        return True
    described = _DESCRIBED_THING.match(text, at)
    if described is None or described["between"] in _STOP or described["between"] in _NOT_COUNTED:
        return False
    return _is_plural(described["noun"])


def _is_plural(noun: str) -> bool:
    is_regular = noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3
    return noun in _PLURALS or (is_regular and noun not in _NOT_COUNTED)


_STOP = frozenset(
    "of and or in on at to the a an for from by with that which who were are was had have out more".split()
)


def _digits(number: str) -> str:
    return str(_WORDS.index(number) + 2) if number in _WORDS else number
