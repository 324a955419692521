"""Times of day, as reports give them."""

from __future__ import annotations

import re

from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.text.fold import plain
from orbitquiz.text.pattern import pattern

_DAY = 24 * 60
_TIME = pattern(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?m\.?)?", re.IGNORECASE)

_BEFORE_A_TIME = pattern(r"\b(?:at|um)(?: (?:about|around|exactly|precisely|only|just))? \Z", re.IGNORECASE)
_AFTER_A_NUMBER = pattern(
    r" ?(?:[%‰°$€£¥]|(?:per|percent|points?|degrees?|dollars?|euros?|pounds?|cents?|pence|[kcm]?m|k?g|litres?|liters?"
    r"|(?:milli|centi|kilo)?(?:met(?:re|er)|gram)s?|seconds?|minutes?|hours?|days?|years?|miles?|feet|inch(?:es)?"
    r"|million|billion|thousand|times)\b)",
    re.IGNORECASE,
)


class Time(Value, frozen=True):
    """A time of day in `minutes` since midnight, on a clock of twelve hours where `halves`, else of 24."""

    minutes: int = 0
    halves: bool = False

    @classmethod
    def read(cls, text: str) -> Time:
        match = _TIME.fullmatch(plain(text))
        if match and (match["minute"] or match["half"]):
            hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
            if minute < 60 and (1 <= hour <= 12 if half else hour < 24):
                if half:
                    hour = hour % 12 + (12 if half.lower() == "p" else 0)
                return cls._of(hour * 60 + minute, bool(half))
        raise UnreadableValue("expected a time such as 10:55 a.m. or 22:55")

    @classmethod
    def _of(cls, minutes: int, halves: bool) -> Time:
        hour, minute = divmod(minutes, 60)
        if not halves:
            return cls(f"{hour}:{minute:02}", minutes, halves)
        return cls(f"{(hour - 1) % 12 + 1}:{minute:02} {'ap'[hour >= 12]}.m.", minutes, halves)

    @property
    def forms(self) -> tuple[str, ...]:
        hour, minute = divmod(self.minutes, 60)
        clocks = [f"{hour}{joint}{minute:02}" for joint in ":."] + [f"{hour:02}{joint}{minute:02}" for joint in ":."]
        if not self.halves:
            return tuple(clocks)
        twelve = (hour - 1) % 12 + 1
        halves = [f"{twelve}{joint}{minute:02}" for joint in ":."] + ([str(twelve)] if minute == 0 else [])
        half = "ap"[hour >= 12]
        return tuple(
            f"{clock}{ending}" for clock in halves for ending in (f" {half}.m.", f" {half}m", f"{half}m", f"{half}.m.")
        )

    def accepts(self, words: str, before: str, after: str) -> bool:
        # 10.55 is a number as well.
        return (
            self.halves or "." not in words or bool(_BEFORE_A_TIME.search(before) and not _AFTER_A_NUMBER.match(after))
        )

    @property
    def key(self) -> int:
        """The same for two values that overlap, and for no others."""
        return self.minutes

    @property
    def rank(self) -> float:
        return self.minutes

    def overlaps(self, other: Value) -> bool:
        return isinstance(other, Time) and self.minutes == other.minutes

    def is_like(self, other: Value) -> bool:
        return isinstance(other, Time) and self.halves == other.halves

    def shifted(self, steps: int) -> Time | None:
        step = 60 if self.minutes % 60 == 0 else 15
        minutes = self.minutes + steps * step
        return self._of(minutes, self.halves) if 0 <= minutes < _DAY else None
