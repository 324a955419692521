"""`orbitquiz review` and `orbitquiz daily`, day by day."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.quiz.code import Request, code_of
from tests.cli.conftest import Run, told

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp()
DAY = 24 * 3600
Type = Callable[..., str]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock to noon, so many days after the first one."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def go_to(day: int) -> None:
        monkeypatch.setattr(time, "time", lambda: NOON + day * DAY)

    go_to(0)
    return go_to


@pytest.fixture
def typed(orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Runs a command with these lines typed, its records in one folder, and returns what it said."""

    def run(*words: str, lines: str = "") -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return orbitquiz(*words, "--data", tmp_path).text

    return run


def play(typed: Type, *words: str, questions: int, answer: str = "1") -> str:
    return typed(*words, "--plain", lines=f"{answer}\n\n" * questions + "q\n")


def stems(text: str) -> list[str]:
    """The stems of the questions of a game, in order."""
    return re.findall(r"Question \d+ of \d+\. .*\n(.+)\n", text)


def test_the_first_review_begins_a_few_facts_and_no_more_that_day(days: Callable[[int], None], typed: Type) -> None:
    assert typed("review", "--list", "--new", "3") == "0 due · 3 new\n"
    assert len(stems(play(typed, "review", "--new", "3", questions=3))) == 3
    assert typed("review", "--new", "3").startswith("Nothing more is due today")


def test_limits_that_are_given_hold_for_more_reviews_too(days: Callable[[int], None], typed: Type) -> None:
    text = typed("review", "--plain", "--new", "2", lines="1\n\n" * 2 + "r\nq\n")
    assert len(stems(text)) == 2
    assert "Nothing more is due today" in text


def test_what_was_wrong_is_due_the_next_day(days: Callable[[int], None], typed: Type) -> None:
    text = play(typed, "review", "--new", "4", questions=4)
    wrong = text.count("Wrong")
    days(1)
    assert typed("review", "--list", "--new", "0").startswith(f"{wrong} due" if wrong else "Nothing")


def test_games_that_were_played_before_count(days: Callable[[int], None], typed: Type) -> None:
    play(typed, "play", "--count", "5", questions=5)
    days(60)
    assert typed("review", "--list", "--new", "0") == "5 due · 0 new\n"
    assert len(stems(play(typed, "review", "--new", "0", "--count", "2", questions=2))) == 2
    assert typed("review", "--list", "--new", "0") == "3 due · 0 new\n"


def test_the_daily_quiz_is_played_once_a_day_and_makes_a_streak(days: Callable[[int], None], typed: Type) -> None:
    first = typed("daily", "--plain", lines="1\n\n" * 5 + "c\nq\n")
    assert len(stems(first)) == 5
    again = typed("daily")
    assert again.startswith("You have played today's quiz. The next one comes tomorrow.\n")
    line = again.splitlines()[1]
    assert re.fullmatch(r"OrbitQuiz · The first film shot in space · 30 Nov · [◆○]{5} · [A-Z0-9-]+", line)
    assert f"{line}\n" in first
    days(1)
    second = play(typed, "daily", questions=5)
    assert stems(second) != stems(first)
    assert "Streak: 2 days." in typed("daily")


def test_a_daily_quiz_that_was_left_goes_on_where_it_was(days: Callable[[int], None], typed: Type) -> None:
    typed("daily", "--plain", lines="1\n\nq\n")
    assert stems(play(typed, "daily", questions=4))[0] != ""
    assert typed("daily").startswith("You have played today's quiz.")


def test_an_old_daily_quiz_is_the_same_and_makes_no_streak(days: Callable[[int], None], typed: Type) -> None:
    first = play(typed, "daily", questions=5)
    days(3)
    assert stems(play(typed, "daily", "--date", "2026-11-30", questions=5)) == stems(first)
    assert "You have played" not in play(typed, "daily", questions=5)


def test_a_day_to_come_and_what_is_no_day_are_refused(
    days: Callable[[int], None], orbitquiz: Run, tmp_path: Path
) -> None:
    message = told(orbitquiz("daily", "--date", "2026-12-01", "--data", tmp_path))
    assert message == "orbitquiz: --date 2026-12-01: choose today or an earlier day"
    assert "expected a date such as 2026-11-30" in orbitquiz("daily", "--date", "tomorrow").err


def test_what_was_not_seen_yet_can_be_played(days: Callable[[int], None], typed: Type) -> None:
    first = stems(play(typed, "play", "--count", "5", questions=5))
    second = stems(play(typed, "play", "--new", "--count", "20", questions=20))
    assert len(second) == 20
    assert not set(first) & set(second)


def test_the_choices_of_the_menu_hold_for_reviews_and_options_come_first(
    days: Callable[[int], None], typed: Type
) -> None:
    typed("--plain", lines="e\nn\n\nq\n")
    assert typed("review", "--list") == "0 due · 20 new\n"
    assert typed("review", "--list", "--new", "2") == "0 due · 2 new\n"


def test_the_menu_line_by_line_goes_on_with_a_daily_quiz(days: Callable[[int], None], typed: Type) -> None:
    typed("daily", "--plain", lines="1\n\nq\n")
    text = typed("--plain", lines="a\n1\n\nq\nq\n")
    assert "a: Today's quiz, question 2 of 5" in text
    assert "Question 2 of 5." in text


def test_the_plain_history_tells_what_is_known_and_a_code_its_last_result(
    days: Callable[[int], None], typed: Type
) -> None:
    bank = open_chosen(None).bank
    assert bank is not None
    words = ("play", "--quiz", code_of(bank, Request("APOLLO", 5)))
    assert "Last time:" not in play(typed, *words, questions=5)
    days(1)
    assert re.search(r"Last time: \d of 5 right, 2026-11-30 12:00\.", play(typed, *words, questions=5))
    text = typed("--plain", lines="y\n\nq\n")
    assert re.search(r"Due for review: \d today, \d within a week, 5 within 4 weeks\.", text)
    assert re.search(r": \d known, \d being learnt, \d+ not yet seen\.", text)


def test_an_unfinished_game_is_given_up_in_the_menu_line_by_line(days: Callable[[int], None], typed: Type) -> None:
    typed("play", "--plain", lines="1\n\nq\n")
    text = typed("--plain", lines="y\nx1\ny\n\nq\n")
    assert text.count("x and a number to give up an unfinished one") == 1
    assert text.count("g: Resume") == 1


def test_a_week_of_daily_quizzes_and_reviews_with_a_day_off(days: Callable[[int], None], typed: Type) -> None:
    seen: set[str] = set()
    for day in range(7):
        days(day)
        if day == 3:
            continue  # the free day
        menu = typed("--plain", lines="q\n")
        assert "not played yet" in menu or not day
        seen |= set(stems(play(typed, "daily", questions=5)))
        text = play(typed, "review", "--new", "3", questions=20)
        assert "Today: " in text or "Nothing more is due today" in text
        played = day + 1 - (day > 3)
        assert f"streak {played} day" in typed("--plain", lines="q\n")
    assert len(seen) > 20
    days(7)
    history = typed("--plain", lines="y\n2\n1\n\nq\n")
    assert "11 games" in history  # on the first day the daily quiz begins more than three facts
    assert history.count(" right, daily quiz\n") == 6
    assert history.count(" right, review\n") == 5
    assert "unfinished" not in history
    days(9)
    assert "the same five for everybody" in typed("--plain", lines="q\n")  # two days off end the streak
