"""The quiz of the day: the same for everybody, and a streak that forgives a day a week."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.daily import DAILY_COUNT, daily_request, streak_of

TODAY = date(2026, 11, 30)
_PRINT = """
from datetime import date
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.daily import daily_request
bank = open_bank(builtin_path()).bank
for day in range(1, 31):
    for question in compose(bank, daily_request(bank, date(2026, 11, day))).questions:
        print(question.id, question.stem, [option.text for option in question.options])
"""


def ago(*days: int) -> set[date]:
    return {TODAY - timedelta(days=day) for day in days}


@pytest.mark.parametrize(
    ("played", "days"),
    [
        (set(), 0),
        (ago(0), 1),
        (ago(1), 1),
        (ago(2), 1),
        (ago(3), 0),
        (ago(0, 1, 2), 3),
        (ago(0, 2), 2),
        (ago(0, 3), 1),
        (ago(0, 2, 4), 2),
        (ago(0, 2, 3, 4, 5, 6, 7, 8, 10), 9),
        (ago(0, 2, 3, 4, 5, 6, 8), 6),
    ],
    ids=[
        "nothing", "today", "yesterday", "a free day before today", "too long ago", "three", "a free day", "two missed",
        "two free days in a week", "a free day a week", "a second free day too soon",
    ],
)  # fmt: skip
def test_a_streak_forgives_one_day_a_week(played: set[date], days: int) -> None:
    assert streak_of(played, TODAY) == days


def test_each_day_and_each_bank_has_its_own_quiz(builtin: Bank) -> None:
    seeds = {daily_request(builtin, TODAY + timedelta(days=day)).seed for day in range(100)}
    assert len(seeds) == 100


@pytest.mark.slow
def test_the_quiz_is_the_same_under_other_hash_seeds_and_time_zones() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Pacific/Auckland"), ("random", "America/Los_Angeles"))
    }
    (lines,) = (each.splitlines() for each in told)
    assert len(lines) == 30 * DAILY_COUNT
