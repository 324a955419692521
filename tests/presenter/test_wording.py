"""Words for times, turns and games to share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from orbitquiz.presenter.wording import duration, local_time, sentence, share_line, short_duration, since, standing

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=14), "6 May 2026"),
    ],
)
def test_a_time_is_told_by_how_long_ago_it_was_and_after_two_weeks_by_its_date(ago: timedelta, words: str) -> None:
    assert since(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "spoken", "shown"),
    [(8, "8 seconds", "8 s"), (125, "2 minutes 5 seconds", "2 min 5 s"), (3720, "1 hour 2 minutes", "1 h 2 min")],
)
def test_a_duration_is_spoken_in_whole_words_and_shown_in_short(seconds: int, spoken: str, shown: str) -> None:
    assert duration(seconds) == spoken
    assert short_duration(seconds) == shown


def test_what_is_no_time_is_shown_as_it_is_but_harmless() -> None:
    assert local_time("long\x1b[31m ago") == "long\N{SYMBOL FOR ESCAPE}[31m ago"


@pytest.mark.parametrize(("text", "said"), [("Ship", "Ship."), ("Ship?", "Ship?"), ("Ship …", "Ship …")])
def test_a_sentence_ends_with_one_mark(text: str, said: str) -> None:
    assert sentence(text) == said


def test_a_standing_names_each_team_with_its_points() -> None:
    assert standing(("Red", "Blue"), (100, 1)) == "Standing: Red 100 points, Blue 1 point."


def test_a_shared_line_tells_how_a_game_went_and_none_of_its_words() -> None:
    line = share_line("The comet", date(2026, 5, 2), [True, False, True], "LAUN-1")
    assert line == "OrbitQuiz · The comet · 2 May · ◆○◆ · LAUN-1"
    assert share_line("The comet", date(2026, 5, 2), [True], None).endswith("◆")
