"""The quiz of the day: five questions, the same for everybody with the same bank, and the days in a row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import Request, short_seed

DAILY_COUNT = 5
"""The number of questions a day."""

FREE_EVERY = timedelta(days=7)
"""The least time between two days that may be missed without ending a streak."""

_DAY = timedelta(days=1)


def daily_request(bank: Bank, day: date) -> Request:
    """Return what is asked on `day`: drawn from the bank's digest and the date, and from nothing else."""
    return Request(short_seed(f"daily {bank.digest} {day.isoformat()}"), DAILY_COUNT)


def streak_of(played: Collection[date], today: date) -> int:
    """Return the number of days in a row on which the daily quiz was played, up to `today` or the day before.

    A day may be missed without ending the streak if no other was missed in the seven days after it. It does not count.
    """
    days = 0
    day = today if today in played else today - _DAY
    last_free: date | None = None
    while True:
        if day in played:
            days += 1
        elif day - _DAY in played and (last_free is None or last_free - day >= FREE_EVERY):
            last_free = day
        else:
            return days
        day -= _DAY
