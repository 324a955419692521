"""Dates as reports give them: a day, a month or a year, with what is not said left open."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.text.counts import ordinal
from orbitquiz.text.fold import plain
from orbitquiz.text.pattern import pattern

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = ("early", "mid", "late")
_OTHER_WORDS = ("March", "April", "May", "June", "August")  # verbs and names too
_BEFORE_A_MONTH = pattern(
    r"(?:\b(?:in|of|since|by|until|till|during|last|next|this|from|to|through|before|after|early|late|every|each|between|month)"
    r"|\bmid-?|\d(?:st|nd|rd|th)?|[–—-]|/) ?\Z",
    re.IGNORECASE,
)
_AFTER_A_MONTH = pattern(r",? ?\d|[-/–]")
_LETTERS = pattern(r"[^\W\d_]+")
_LEAP_YEAR = 2020  # stands in for a year that is not said, so that 29 February is a day

_MONTH = "(?P<month>" + "|".join(MONTHS) + ")"
_DAY_FIRST = pattern(rf"(?:(?P<day>\d{{1,2}}) )?{_MONTH}(?: (?P<year>\d{{4}}))?", re.IGNORECASE)
_MONTH_FIRST = pattern(rf"{_MONTH} (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?", re.IGNORECASE)
_PART = pattern(rf"(?P<part>early|mid|late)(?P<joint>[ -]){_MONTH}(?: (?P<year>\d{{4}}))?", re.IGNORECASE)
_YEAR = pattern(r"(?P<year>\d{4})")


class Date(Value, frozen=True):
    """A day, month or year of the Gregorian calendar. A field that is None is not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    joint: str = " "  # what stands between the part and the month
    style: Literal["17 October", "October 17"] = "17 October"

    @classmethod
    def read(cls, text: str) -> Date:
        words = plain(text)
        for notation in (_DAY_FIRST, _MONTH_FIRST, _PART, _YEAR):
            if match := notation.fullmatch(words):
                said = match.groupdict()
                month = said.get("month")
                date = cls(
                    text=words,
                    year=int(said["year"]) if said.get("year") else None,
                    month=MONTHS.index(month.capitalize()) + 1 if month else None,
                    day=int(said["day"]) if said.get("day") else None,
                    part=said["part"].lower() if said.get("part") else None,
                    joint=said.get("joint") or " ",
                    style="October 17" if notation is _MONTH_FIRST else "17 October",
                )
                if date._exists():
                    return date
        raise UnreadableValue("expected a date such as 17 October, 5 October 2021, May 2020, late May or 2014")

    @property
    def forms(self) -> tuple[str, ...]:
        if self.month is None:
            return (str(self.year),)
        days = self._day_forms()
        if self.year is None:
            return days
        years = [f"{joint}{self.year}" for joint in (" ", ", ", " of ")]
        return tuple([day + year for day in days for year in years])

    @property
    def giveaways(self) -> tuple[str, ...]:
        return self.forms if self.month is None else self._day_forms()

    def accepts(self, words: str, before: str, after: str) -> bool:
        month = _LETTERS.search(words.removeprefix(words[: len(self.part)] if self.part else ""))
        if self.month is None:
            return True
        if month is None or not month[0][0].isupper():
            return False  # "they may go"
        if self.day or self.year or self.part:
            return True
        name = MONTHS[self.month - 1]
        if month[0].casefold() == name.casefold():
            # A month is a woman's name as well, and two of them are verbs that may begin a sentence.
            return name not in _OTHER_WORDS or bool(_BEFORE_A_MONTH.search(before) or _AFTER_A_MONTH.match(after))
        return words.endswith(".") or bool(_AFTER_A_MONTH.match(after) or before.rstrip()[-1:].isdigit())

    @property
    def rank(self) -> float:
        part = _PARTS.index(self.part) / 3 if self.part else 0
        return (self.year or 0) * 400 + (self.month or 0) * 32 + (self.day or 0) + part

    @property
    def fields(self) -> tuple[int | str | None, ...]:
        """Year, month, day and part of a month; None for what is not said."""
        return self.year, self.month, self.day, self.part

    def overlaps(self, other: Value) -> bool:
        if not isinstance(other, Date):
            return False
        return all(a is None or b is None or a == b for a, b in zip(self.fields, other.fields, strict=True))

    def is_like(self, other: Value) -> bool:
        return (
            isinstance(other, Date)
            and self._shape() == other._shape()
            and abs(self.rank - other.rank) <= self._neighbourhood()
        )

    def shifted(self, steps: int) -> Date | None:
        if self.month is None:
            return self._with(year=(self.year or 0) + steps)
        if self.day is None:
            years, month = divmod(self.month - 1 + steps, 12)
            if self.year is None and years:
                return None  # December is not after January where no year is said
            return self._with(year=self.year and self.year + years, month=month + 1)
        try:
            then = self._calendar_day() + datetime.timedelta(days=steps)
        except OverflowError:
            return None
        if self.year is None:
            return self._with(month=then.month, day=then.day) if then.year == _LEAP_YEAR else None
        return self._with(year=then.year, month=then.month, day=then.day)

    def _shape(self) -> tuple[object, ...]:
        return (self.year is None, self.month is None, self.day is None, self.part is None, self.joint, self.style)

    def _neighbourhood(self) -> float:
        """Return the largest distance, by rank, at which a date is still a plausible option."""
        # Two months from a day, a year from a month, ten years from a year.
        return 64 if self.day else 400 if self.month else 4000

    def _calendar_day(self) -> datetime.date:
        said = (self.year, _LEAP_YEAR), (self.month, 1), (self.day, 1)
        return datetime.date(*(default if part is None else part for part, default in said))

    def _exists(self) -> bool:
        try:
            self._calendar_day()
        except ValueError:
            return False
        return True

    def _with(self, *, year: int | None = None, month: int | None = None, day: int | None = None) -> Date | None:
        name = MONTHS[month - 1] if month else ""
        if day and self.style == "October 17":
            text = f"{name} {day}" + (f", {year}" if year else "")
        else:
            part = self.part + self.joint if self.part else ""
            text = part + " ".join(str(each) for each in (day, name, year) if each)
        date = Date(text, year, month, day, self.part, self.joint, self.style)
        return date if date._exists() else None

    def _day_forms(self) -> tuple[str, ...]:
        assert self.month is not None
        name = MONTHS[self.month - 1].casefold()
        names: tuple[str, ...] = (name,) if len(name) <= 4 else (name, name[:3], name[:3] + ".")
        if self.month == 9:
            names += ("sept", "sept.")
        if self.part:
            return tuple(f"{self.part}{joint}{name}" for name in names for joint in " -")
        if not self.day:
            return names
        numbers = (str(self.day), f"{self.day:02}", ordinal(self.day))
        return tuple(
            [form for name in names for n in numbers for form in (f"{name} {n}", f"{n} {name}", f"{n} of {name}")]
        )
