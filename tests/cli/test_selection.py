"""The quiz that the words of a command ask for."""

from __future__ import annotations

import argparse
import time
from datetime import date

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.parser import make_parser
from orbitquiz.cli.selection import Selection
from orbitquiz.quiz.daily import daily_request


def host(*words: str) -> argparse.Namespace:
    return make_parser(["host"]).parse_args(["host", *words])


def test_a_class_can_be_asked_todays_quiz(builtin: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)
    assert Selection.of(builtin, host("--daily")).request == daily_request(builtin, date(2027, 1, 15))
    with pytest.raises(UsageError, match="--daily names a whole quiz, so leave out --count"):
        Selection.of(builtin, host("--daily", "--count", "3"))
