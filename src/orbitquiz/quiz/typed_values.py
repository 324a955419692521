"""Read dates, times and quantities as people type them: 5/10 is asked about, 5 Oct, twelve days and 1 h 30 min are not.

The readers of `bank.values` are strict, since an author is to write each value in one way. These take what is clear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from orbitquiz.bank.values import Date, Quantity, Time, UnreadableValue, Value, in_english, is_english, read_value
from orbitquiz.bank.values.date import MONTHS
from orbitquiz.bank.values.quantity import known_unit
from orbitquiz.text.fold import plain
from orbitquiz.text.numbers import POWERS, SMALL, TENS

_ABOUT = re.compile(r"(?:about|around|approximately|roughly|nearly|some|circa|ca\.?|c\.) (?=\S)")
_ARTICLE = re.compile(r"^[^\W\d_]{1,3} (?=.*\d)")
_BEFORE_A_NUMBER = re.compile(r"^[^\W\d_]+ (?=\d)")
_ENDING = re.compile(r"(?<=\d)(?:(?:st|nd|rd|th)\b|\.(?= ))")
_NUMERIC_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_DOTTED_DATE = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\. ?(?P<year>\d{4}))?")
_SLASHED_DATE = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>\d{4}))?")
_PARTS_OF_MONTH = {"early": range(1, 11), "mid": range(11, 21), "late": range(21, 32)}
_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ](?P<minute>\d\d))?(?: ?h| ?o'clock)?(?: ?(?P<half>[ap])\.?m\.?)?")
_HOURS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[,' ]\d{3})+(?!\d)")
_RANGE = re.compile(r"(?<=\d) ?- ?(?=[\d.])")
_TOKEN = re.compile(r"\d*\.?\d+|[^\s\d-]+")
_WORDS = {
    **{word: number for number, word in enumerate(SMALL)},
    **{word: number for number, word in TENS.items()},
    "fourty": 40,
}
_TIMES = {**{word: power for power, word in POWERS.items()}, "hundred": 100, "dozen": 12}
_SHORT = {
    "time": {"s": "seconds", "sec": "seconds", "secs": "seconds", "m": "minutes", "min": "minutes", "mins": "minutes",
             "h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "wk": "weeks", "wks": "weeks", "yr": "years",
             "yrs": "years"},
    "length": {"mm": "millimetres", "cm": "centimetres", "m": "metres", "km": "kilometres", "in": "inches",
               "ft": "feet", "yd": "yards", "yds": "yards", "mi": "miles"},
}  # fmt: skip
_UNITS = {short: unit for units in _SHORT.values() for short, unit in units.items()}
_BASE = {"time": "seconds", "length": "metres"}
_EXAMPLES = {
    "time": "Type a number with its unit, such as 5 years.",
    "length": "Type a number with its unit, such as 7 inches.",
}


class Unclear(Exception):
    """A value that lacks something, or none at all. The message tells the player what to type."""


def read_as(key: Value | None, line: str, unit: str = "", language: str = "en") -> Value | None:
    """Return the value of the type of `key` that `line` says; None where `key` is a name or words.

    A number alone is one of `unit`, where the question names it. `language` is that of the bank. Raises `Unclear` in
    the same way whether the value would be right or wrong.
    """
    words = plain(line).casefold().strip(' ,;!?"').rstrip(" .")
    words = _ABOUT.sub("", words, count=1) if _ABOUT.match(words) else words
    if isinstance(key, Date):
        return _date(key, words.removeprefix("the "), language)
    if isinstance(key, Quantity):
        return _quantity(key, words, unit, language)
    return _time(key, words, language) if isinstance(key, Time) else None


def is_within(value: Value | None, option: Value | None) -> bool:
    """True if `value` says all that `option` says, or something more exact."""
    if isinstance(value, Date) and isinstance(option, Date):
        if option.part and value.part != option.part and (value.part or value.day not in _PARTS_OF_MONTH[option.part]):
            return False
        said, wanted = value.fields[:3], option.fields[:3]
        return all(each is None or each == other for each, other in zip(wanted, said, strict=True))
    if isinstance(value, Quantity) and isinstance(option, Quantity):
        (what, low, high), (kind, least, most) = value.extent, option.extent
        return what == kind and least <= low and high <= most
    return isinstance(value, Time) and isinstance(option, Time) and value.minutes == option.minutes


def _local(type: str, words: str, language: str) -> Value | None:
    """Return the value that the bank's own language reads in `words`; None for none, and where that is English."""
    try:
        return None if is_english(language) else read_value(type, words, language)
    except UnreadableValue:
        return None


def _date(key: Date, words: str, language: str) -> Date:
    date = _local_date(words, language) or _date_of(words)
    if date is None:
        example = [part for part, field in (("3", key.day), ("May", key.month), ("1998", key.year)) if field]
        raise Unclear(f"Type a date such as {' '.join(example)}.")
    missing = [
        name
        for name, wanted, said in (
            ("day", key.day, date.day),
            ("month", key.month, date.month),
            ("year", key.year, date.year),
        )
        if wanted is not None and said is None
    ]
    if missing:
        raise Unclear(f"Type the {' and the '.join(missing)} as well.")
    if key.part and not date.part and not date.day:
        raise Unclear("Type early, mid or late before the month.")
    return date


def _local_date(words: str, language: str) -> Date | None:
    """Return the date that the bank's own language reads, also behind an article, as in "den 17. Oktober"."""
    for spelled in (words, _ARTICLE.sub("", words, count=1)):
        if isinstance(local := _local("date", spelled, language), Date):
            return local
    return None


def _date_of(words: str) -> Date | None:
    if match := _NUMERIC_DATE.fullmatch(words) or _DOTTED_DATE.fullmatch(words):
        words = _written(match["day"], match["month"], match["year"])
    elif match := _SLASHED_DATE.fullmatch(words):
        one, other = sorted(map(int, match.group("one", "other")))
        if one != other and other <= 12:
            raise Unclear("Write the month as a word, so that it is not taken for the day.")
        words = _written(str(other), str(one), match["year"])
    words = re.sub(r"\b(?:of|the)\b|,", " ", _ENDING.sub("", words.replace("-", " ")))
    parts = [part.lstrip("0") if part.isdigit() else _month(part) for part in words.split()]
    if len(parts) > 1 and not parts[0].isdigit() and parts[1].isdigit() and len(parts[1]) < 3:
        parts[:2] = parts[1], parts[0]  # October 5
    try:
        date = read_value("date", " ".join(parts))
    except UnreadableValue:
        return None
    return date if isinstance(date, Date) else None


def _written(day: str | None, month: str, year: str | None) -> str:
    name = MONTHS[int(month) - 1] if 1 <= int(month) <= len(MONTHS) else month
    return " ".join(part for part in (day, name.casefold(), year) if part)


def _month(word: str) -> str:
    """Return the month of which `word` is the beginning, or `word` itself."""
    short = word.rstrip(".")
    return next((name for name in map(str.casefold, MONTHS) if len(short) > 2 and name.startswith(short)), word)


def _time(key: Time, words: str, language: str) -> Time:
    if isinstance(local := _local("time", words, language), Time):
        return local
    words = in_english(words, language)
    if (minutes := _HOURS.get(words)) is not None:
        return Time(words, minutes)
    match = _HOUR.fullmatch(words)
    hour, minute, half = (int(match["hour"]), int(match["minute"] or 0), match["half"]) if match else (99, 0, None)
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise Unclear("Type a time such as 9:30 a.m." if key.halves else "Type a time such as 21:30.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif key.halves and 1 <= hour <= 12:
        raise Unclear("Type a.m. or p.m. as well.")
    return Time(words, hour * 60 + minute)


def _quantity(key: Quantity, words: str, told: str, language: str) -> Quantity:
    what = key.extent[0]
    if not is_english(language):
        words = _BEFORE_A_NUMBER.sub("", words, count=1)  # about, in any language
        local = _local("length", words, language)
        if isinstance(local, Quantity) and local.unit and local.extent[0] == what:
            return local
        words = in_english(words, language)  # in another language 1.500 may be a thousand and a half
    words = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), words)
    tokens = _TOKEN.findall(_RANGE.sub(" to ", words))
    is_between = tokens[:1] == ["between"]
    low, rest = _number(tokens[is_between:])
    if low is None:
        raise Unclear(_EXAMPLES.get(what, "Type a number."))
    high = low
    if rest[:1] == ["and" if is_between else "to"]:
        second, rest = _number(rest[1:])
        high = low if second is None else second
    if what in _SHORT:
        return _measured(what, words, low, high, rest or [told])
    # "in" is more often a word than inches.
    unit = known_unit(_UNITS.get(rest[0], rest[0])) if rest and rest[0] != "in" else None
    # An age is in years whether one says so or not, and what else is counted, the question says.
    is_other = unit is not None and (unit, what) != ("years", "")
    return Quantity(words, low, high, unit if unit and is_other else what)


def _measured(what: str, words: str, low: Decimal, high: Decimal, rest: Sequence[str]) -> Quantity:
    """Return a length or duration, which may be of several parts, as in 1 h 30 min."""
    total: Quantity | None = None
    amount: Decimal | None = low
    while amount is not None:
        unit = known_unit(_SHORT[what].get(rest[0], rest[0])) if rest else None
        if unit is None:
            raise Unclear(_EXAMPLES[what])
        if total is None:
            total = Quantity(words, low, high, unit)
        else:
            (_, least, most), (_, more, _) = total.extent, Quantity(words, amount, amount, unit).extent
            total = Quantity(words, least + more, most + more, _BASE[what])
        amount, rest = _number(rest[2:] if rest[1:2] == ["and"] else rest[1:])
    assert total is not None
    return total


def _number(tokens: Sequence[str]) -> tuple[Decimal | None, Sequence[str]]:
    """Return the number with which `tokens` begin, in digits or words, and the tokens after it."""
    if tokens[:1] == ["half"]:
        return Decimal("0.5"), tokens[2 if tokens[1:2] in (["a"], ["an"]) else 1 :]
    total, current, at = Decimal(0), Decimal(-1), 0  # -1 while there is nothing to multiply
    if tokens[:1] in (["a"], ["an"]) and tokens[1:2] and tokens[1] in _TIMES:
        at = 1
    start = at
    while at < len(tokens):
        word, is_after_multiplier = tokens[at], at > start and tokens[at - 1] in (*_TIMES, "and")
        if word in _TIMES:
            current = max(current, Decimal(1) if current < 0 else current) * _TIMES[word]
            if _TIMES[word] >= 1000:
                total, current = total + current, Decimal(-1)
        elif word[-1].isdecimal() and (at == start or is_after_multiplier):
            current = max(current, Decimal(0)) + Decimal(word)
        elif word in _WORDS and (at == start or is_after_multiplier or _is_tens(tokens[at - 1])):
            current = max(current, Decimal(0)) + _WORDS[word]
        elif list(tokens[at : at + 3]) == ["and", "a", "half"] and at > start:
            return total + max(current, Decimal(0)) + Decimal("0.5"), tokens[at + 3 :]
        elif not (word == "and" and is_after_multiplier and at + 1 < len(tokens) and tokens[at + 1] in _WORDS):
            break
        at += 1
    return (None, tokens) if at == start else (total + max(current, Decimal(0)), tokens[at:])


def _is_tens(word: str) -> bool:
    return _WORDS.get(word, 0) >= 20
