"""Find the numbers in a text, each whole: with its sign, separators, range, fraction and multiplier.

17 is no number of "17,000 passengers", nor is 5 one of "forty-five", 3 of "3 million" or 40 of "35 to 40". Code that
looks for a number, or for words that may be a part of one, asks here where numbers begin and end. In doubt two numbers
count as one: then a value has to be quoted in full, and nothing false is proved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from orbitquiz.text.pattern import pattern
from orbitquiz.text.spans import Span

SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
""".split()
"""The numbers from 0 to 19 in words."""

TENS = {10 * n: word for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
"""The tens from 20 to 90 in words."""

POWERS = {1_000_000_000_000: "trillion", 1_000_000_000: "billion", 1_000_000: "million", 1_000: "thousand"}
"""The powers of a thousand in words, the greatest first."""

_OLD_TENS = "fourty"
_MULTIPLIERS = [
    *POWERS.values(), "hundred", "dozen", "score", "gross", "lakh", "crore", "quadrillion", "mn", "bn", "tn",
    "tausend", "million", "millionen", "milliarde", "milliarden", "mio", "mrd", "mille", "milliard", "milliards",
]  # fmt: skip
_PARTS = """
    half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths
    ninth ninths tenth tenths eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth
    nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth hundredths
    thousandth thousandths millionth millionths first second
""".split()
_VULGAR = "¼½¾⅐-⅞↉"
_KANJI = "〇零一二三四五六七八九十百千万萬億亿兆"

#: Digits with what binds them: points, commas, apostrophes, colons, fractions, dates and times of other notations.
_DIGITS = rf"(?:(?<![\w.,])[.,·٫])?\d+(?:[.,'·٫٬:/⁄×*^]\d+)*(?:[ ]?[{_VULGAR}])?[{_KANJI}]*"


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FIRST_LETTERS = "".join(sorted({word[0] for word in (*SMALL, *TENS.values(), *_MULTIPLIERS, *_PARTS)}))

_ATOM = pattern(
    # Most characters begin no number, and are passed over fastest by what can.
    rf"""
    (?=[\d.,·٫{_KANJI}{_VULGAR}{_FIRST_LETTERS}])
    (?:
        (?P<digits>{_DIGITS})
      | (?P<kanji>[{_KANJI}]+)
      | (?P<vulgar>[{_VULGAR}])
      | (?<![^\W_])(?:
            (?P<small>{_either(SMALL)})
          | (?P<tens>{_either([*TENS.values(), _OLD_TENS])})
          | (?P<many>(?:{_either(_MULTIPLIERS)})s?)
          | (?P<part>{_either(_PARTS)})
        )(?![^\W_])
    )
    """,
    re.VERBOSE,
)
_SIGN = pattern(r"(?:(?<![\w)\]%°'\"])[-+±<>≤≥~≈]{1,2}|(?<=[a-z])-)\Z")
_SUFFIX = pattern(r"\s?[%‰]|\s?[ap]\.\s?m\.|\s?[ap]\.?\s?m\b|\s?o'clock\b|(?<=0)'s\b")
_BEFORE_A_YEAR = pattern(r"\b(?:mid|pre|post|early|late|circa|since|until|ca)-\Z")
_JOINTS_OF_RANGES = frozenset(("-", " - ", " to ", "-to-", "×", " × ", " x ", " bis ", "〜", "~"))
_BETWEEN = pattern(r"\bbetween \Z")
_ARTICLE = pattern(r"\b(?:half )?an? \Z")
_ORDINAL = pattern("first|second")
_PLAIN_DIGITS = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_THING = pattern(r"[ -]([^\W\d_]+(?:-[^\W\d_]+)*)")
_VALUES = {**{word: n for n, word in enumerate(SMALL)}, **{word: n for n, word in TENS.items()}}
_AROUND = 24  # characters that may stand before a number and concern it
_WORD_FROM = pattern(r" ?([A-Za-z]{4,})(?![^\W\d_])")
_WORD_UP_TO = pattern(r"(?<![^\W\d_])([A-Za-z]{4,}) ?\Z")
#: All words of four letters and more that may stand within a number, in its joints and in what goes with it.
_WORDS_IN_NUMBERS = frozenset((
    *SMALL, *TENS.values(), _OLD_TENS, *_PARTS, *_MULTIPLIERS, *(f"{word}s" for word in _MULTIPLIERS),
    "point", "comma", "komma", "half", "between", "clock",
))  # fmt: skip


def cut_at(text: str, offset: int) -> Span | None:
    """Return the number of `text`, which is folded, that goes on at `offset`; None where none does."""
    if _is_beside_a_word(text, offset):
        return None
    starts, ends = _numbers(text)
    at = bisect_left(starts, offset) - 1
    return (starts[at], ends[at]) if at >= 0 and ends[at] > offset else None


def _is_beside_a_word(text: str, offset: int) -> bool:
    """True if a word begins or ends at `offset` that is in no number; then the whole text need not be searched."""
    if text[offset - 1 : offset].isalpha() and text[offset : offset + 1].isalpha():
        return False
    if (word := _WORD_FROM.match(text, offset)) and word[1].lower() not in _WORDS_IN_NUMBERS:
        return True
    word = _WORD_UP_TO.search(text, max(0, offset - _AROUND), offset)
    return word is not None and word[1].lower() not in _WORDS_IN_NUMBERS


def cuts(text: str, start: int, end: int) -> bool:
    """Return whether the span ``[start, end)`` of `text`, which is folded, holds a part of a number."""
    return cut_at(text, start) is not None or cut_at(text, end) is not None


def counted(text: str) -> Iterator[tuple[Decimal, str]]:
    """Yield each plain number of `text`, which is folded and casefolded, with the word that follows it.

    So "474 packages" and "twelve packages" give both numbers with "packages", and "37-year-old" gives 37 with
    "year-old". Ranges, times, percentages, multiples and fractions in words are passed over.
    """
    for start, end in zip(*_numbers(text), strict=True):
        number = _plain_number(text[start:end])
        if number is not None and (thing := _THING.match(text, end)):
            yield number, thing[1]


def word_after(text: str, end: int) -> str:
    """Return the word of `text`, which is folded and casefolded, that follows a number that ends at `end`, if any."""
    thing = _THING.match(text, end)
    return thing[1] if thing else ""


def _plain_number(words: str) -> Decimal | None:
    if _PLAIN_DIGITS.fullmatch(words):
        return Decimal(words.replace(",", ""))
    tens, _, rest = words.replace(" ", "-").partition("-")
    if tens in _VALUES and (not rest or (rest in _VALUES and _VALUES[tens] >= 20 and _VALUES[rest] < 10)):
        return Decimal(_VALUES[tens] + _VALUES.get(rest, 0))
    return None


_Places = tuple[tuple[int, ...], tuple[int, ...]]


@lru_cache(maxsize=8192)  # the texts of a large quiz are looked at again and again
def _numbers(text: str) -> _Places:
    """Return where the numbers of `text` begin, and where they end."""
    caseless = text.casefold()
    if len(caseless) != len(text):  # offsets are to stay those of `text`
        caseless = "".join(one if len(one := each.casefold()) == 1 else each for each in text)
    return _numbers_of_caseless(caseless)


@lru_cache(maxsize=256)  # a document is looked at with its capitals and, soon after, without
def _numbers_of_caseless(text: str) -> _Places:
    starts: list[int] = []
    ends: list[int] = []
    last = ""
    for atom in _ATOM.finditer(text):
        kind = atom.lastgroup or ""
        if ends and _is_joined(text, starts[-1], ends[-1], last, atom, kind):
            ends[-1] = atom.end()
        elif kind == "part":
            continue  # "third" alone is no number, and "a third" has its article
        else:
            starts.append(atom.start())
            ends.append(atom.end())
        if suffix := _SUFFIX.match(text, atom.end()) if kind != "part" else None:
            ends[-1] = suffix.end()
        last = kind
    return tuple(_with_sign(text, start) for start in starts), tuple(ends)


def _with_sign(text: str, start: int) -> int:
    before = text[max(0, start - _AROUND) : start]
    sign = _SIGN.search(before)
    if sign is None or (not text[start].isdigit() and text[start] not in ".,·"):
        article = _ARTICLE.search(before)
        return start - (article.end() - article.start()) if article and _is_multiplier(text, start) else start
    return start if _BEFORE_A_YEAR.search(before) else start - (sign.end() - sign.start())


def _is_multiplier(text: str, start: int) -> bool:
    atom = _ATOM.match(text, start)
    return atom is not None and atom.lastgroup == "many"


def _is_joined(text: str, start: int, end: int, last: str, atom: re.Match[str], kind: str) -> bool:
    """Return whether the number from `start` to `end`, whose last atom is of the kind `last`, goes on with `atom`."""
    if atom.start() - end > _AROUND:
        return False
    gap = text[end : atom.start()]
    if not gap:
        return True
    if gap in _JOINTS_OF_RANGES:
        return kind != "part" or gap == "-"
    match gap:
        case " ":
            if kind == "many" or last == "many":
                return kind != "part" or last != "many" or not _ORDINAL.match(atom[0])
            if kind == "digits":
                return last == "digits" and _goes_on(text[start:end], atom[0])
            if kind == "part":
                return last in ("small", "digits", "tens") and not _ORDINAL.match(atom[0])
            return last == "tens" or (last == "small" and kind == "tens") or kind == "vulgar"
        case " and ":
            if last == "many" or kind == "vulgar":
                return True
            return bool(_BETWEEN.search(text[max(0, start - _AROUND) : start])) and kind != "part"
        case " and a " | " and one " | " and an ":
            return kind == "part"
        case " point " | " of a " | " comma " | " komma ":
            return kind != "part" or gap == " of a "
        case ", " | " " | "  ":
            return last == "many" and kind in ("small", "tens") and gap == ", "
    return False


def _goes_on(before: str, digits: str) -> bool:
    """Return whether `digits` after a space are the next three of the number `before`, or the fraction behind it."""
    if re.fullmatch(r"\d+[/⁄]\d+", digits):
        return before[-1].isdigit()
    group = re.match(r"\d{3}(?!\d)", digits)
    return bool(group) and re.search(r"(?<!\d)\d{1,3}(?: \d{3})*\Z", before) is not None
