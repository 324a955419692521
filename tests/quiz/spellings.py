"""Values with the ways in which people write them, made without the code that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SECONDS = {"minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}
SHORT = {"minutes": "min", "hours": "h", "days": "d", "weeks": "wks"}
METRES = {"metres": Decimal(1), "kilometres": Decimal(1000), "centimetres": Decimal("0.01")}
SHORT_LENGTH = {"metres": "m", "kilometres": "km", "centimetres": "cm"}


@dataclass(frozen=True)
class Spelled:
    """A value as a bank writes it, and as people type it."""

    type: str
    text: str
    spellings: tuple[str, ...]


def number_words(number: int) -> str:
    """Return a whole number below a thousand million in words."""
    for size, name in ((1_000_000, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            return f"{number_words(number // size)} {name}{_rest(rest)}"
    if number >= 100:
        return f"{SMALL[number // 100]} hundred{_rest(number % 100)}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")


def _rest(number: int) -> str:
    return f"{' and' if number < 100 else ''} {number_words(number)}" if number else ""


def ordinal(day: int) -> str:
    """Return 1st, 2nd, 3rd, 4th."""
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _with_case(*spellings: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word for spelling in spellings for word in (spelling, spelling.upper(), f" {spelling.lower()}. "))
    )


def day_of(when: date) -> Spelled:
    """Return a date with day, month and year."""
    day, month, year = when.day, MONTHS[when.month - 1], f"{when.year:04}"
    slashed = [f"{when.month}/{day}/{year}", f"{day}/{when.month}/{year}"] if day > 12 or day == when.month else []
    return Spelled(
        "date",
        f"{day} {month} {year}",
        _with_case(
            f"{day} {month} {year}", f"{month} {day}, {year}", f"{month} {ordinal(day)}, {year}",
            f"the {ordinal(day)} of {month} {year}", f"the {ordinal(day)} of {month}, {year}",
            f"{day} {month[:3]} {year}", f"{month[:3]}. {day} {year}", f"{day}-{month[:3]}-{year}",
            when.isoformat(), f"{day}.{when.month}.{year}", f"{day:02}.{when.month:02}.{year}",
            f"{day}. {month} {year}", *slashed,
        ),
    )  # fmt: skip


def day_without_year(when: date) -> Spelled:
    """Return a day of a month."""
    day, month = when.day, MONTHS[when.month - 1]
    return Spelled(
        "date",
        f"{day} {month}",
        _with_case(
            f"{day} {month}", f"{month} {day}", f"{month} {ordinal(day)}", f"the {ordinal(day)} of {month}",
            f"{day} {month[:3]}", f"{month[:3]}. {day}", f"{day}.{when.month}.",
        ),
    )  # fmt: skip


def month_of(when: date) -> Spelled:
    """Return a month of a year."""
    month, year = MONTHS[when.month - 1], f"{when.year:04}"
    return Spelled(
        "date",
        f"{month} {year}",
        _with_case(
            f"{month} {year}",
            f"{month}, {year}",
            f"{month[:3]} {year}",
            f"{month} of {year}",
            year + when.strftime("-%m"),
        ),
    )


def time_of(minutes: int, *, halves: bool) -> Spelled:
    """Return a time of day, on one of the two clocks."""
    hour, minute = divmod(minutes, 60)
    twelve, half = (hour - 1) % 12 + 1, "ap"[hour >= 12]
    of_half = [
        f"{twelve}{joint}{minute:02}{end}"
        for joint in ":."
        for end in (f" {half}.m.", f" {half}m", f"{half}m", f" {half.upper()}M")
    ]
    if minute == 0:
        of_half += [f"{twelve} {half}m", f"{twelve}{half}.m.", f"{twelve} o'clock {half}m"]
    of_day = [f"{hour:02}:{minute:02}", f"{hour:02}h{minute:02}"] if hour == 0 or hour > 12 or not halves else []
    text = of_half[0] if halves else f"{hour}:{minute:02}"
    return Spelled("time", text, _with_case(*of_half, *of_day))


def count_of(number: int) -> Spelled:
    """Return a number of things."""
    spellings = [
        str(number), f"{number:,}", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "'"),
        number_words(number), number_words(number).replace("-", " "), f"about {number:,}",
    ]  # fmt: skip
    if number % 1_000_000 == 0 and number:
        spellings += [f"{number // 1_000_000} million", f"{number_words(number // 1_000_000)} million"]
    if number % 1000 == 0 and 0 < number < 1_000_000:
        spellings += [f"{number // 1000} thousand", f"{number_words(number // 1000)} thousand"]
    return Spelled("count", f"{number:,}", _with_case(*spellings))


def age_of(years: int) -> Spelled:
    """Return an age in years."""
    words = number_words(years)
    return Spelled(
        "age", str(years), _with_case(str(years), words, f"{years} years", f"{years} years old", f"{words} years")
    )


def duration_of(number: int, unit: str) -> Spelled:
    """Return a duration: in its unit, in words, and in smaller units."""
    one = unit.removesuffix("s") if number == 1 else unit
    smaller = [f"{number * SECONDS[unit] // size} {other}" for other, size in SECONDS.items() if size < SECONDS[unit]]
    return Spelled(
        "duration",
        f"{number} {unit}",
        _with_case(
            f"{number} {one}", f"{number}{SHORT[unit]}", f"{number} {SHORT[unit]}", f"{number_words(number)} {one}",
            f"about {number} {one}", *smaller,
        ),
    )  # fmt: skip


def range_of(low: int, more: int) -> Spelled:
    """Return a range of minutes. What lies within it says it more exactly."""
    high = low + more
    return Spelled(
        "duration",
        f"{low}–{high} minutes",
        _with_case(
            f"{low}–{high} minutes", f"{low}-{high} min", f"{low} to {high} minutes",
            f"between {low} and {high} minutes", f"{low} minutes", f"{high} minutes",
            f"{number_words(low)} to {number_words(high)} minutes",
        ),
    )  # fmt: skip


def length_of(tenths: int, unit: str) -> Spelled:
    """Return a length, in its unit and in others."""
    number = Decimal(tenths) / 10
    shown = f"{number:f}" if tenths % 10 else f"{tenths // 10}"
    others = [f"{number * METRES[unit] / size:f} {name}" for name, size in METRES.items() if size < METRES[unit]]
    return Spelled(
        "length",
        f"{shown} {unit}",
        _with_case(
            f"{shown} {unit}", f"{shown} {SHORT_LENGTH[unit]}", f"{shown}{SHORT_LENGTH[unit]}",
            f"{shown} {unit.replace('metre', 'meter')}", f"{number:.2f} {unit}", *others,
        ),
    )  # fmt: skip


_DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))
KINDS: tuple[SearchStrategy[Spelled], ...] = (
    _DATES.map(day_of),
    _DATES.map(day_without_year),
    _DATES.map(month_of),
    st.builds(time_of, st.integers(0, 1439), halves=st.just(True)),
    st.builds(time_of, st.integers(0, 1439), halves=st.just(False)),
    (st.integers(0, 999_999) | st.integers(1, 999).map(lambda number: number * 1_000_000)).map(count_of),
    st.integers(1, 120).map(age_of),
    st.builds(duration_of, st.integers(1, 300), st.sampled_from(tuple(SECONDS))),
    st.builds(range_of, st.integers(1, 100), st.integers(1, 50)),
    st.builds(length_of, st.integers(1, 9999), st.sampled_from(tuple(METRES))),
)
"""One strategy for each kind of value, all of whose values can be options of one question."""
