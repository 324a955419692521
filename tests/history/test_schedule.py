"""Spaced repetition: the states follow from the answers, and are those that FSRS gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

import fsrs
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.history import schedule
from orbitquiz.history.schedule import RETENTION, Card, Rating, Reply, agenda, forecast, replay, with_retention
from orbitquiz.history.store import Records
from tests.history.playing import ABOUT, RIGHT, WRONG, Clock, file_in, move, quiz_of, started

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def history(*days: tuple[int, bool, bool]) -> list[Reply]:
    """Replies about one fact: on which day, if right, if hard."""
    return [Reply("fact", START + day * DAY, is_right, is_hard) for day, is_right, is_hard in days]


REPLIES = history((0, True, False), (2, True, False), (9, False, False), (10, True, True), (14, True, False))


_ANSWERS = st.lists(st.tuples(st.integers(0, 200 * 24), st.booleans(), st.booleans()), min_size=1, max_size=12)


def replies_of(answers: list[tuple[int, bool, bool]]) -> list[Reply]:
    """Replies about one fact, each so many hours after the one before."""
    hours = list(accumulate(hour for hour, _, _ in answers))
    return [
        Reply("fact", START + timedelta(hours=hour), is_right, is_hard)
        for hour, (_, is_right, is_hard) in zip(hours, answers, strict=True)
    ]


def by_fsrs(replies: list[Reply], retention: float) -> fsrs.Card:
    """The card that py-fsrs makes by itself."""
    steps: tuple[timedelta, ...] = ()
    scheduler = fsrs.Scheduler(
        desired_retention=retention, learning_steps=steps, relearning_steps=steps, enable_fuzzing=False
    )
    card = fsrs.Card(1, due=START)
    for reply in replies:
        grade = fsrs.Rating.Again if not reply.is_right else fsrs.Rating.Hard if reply.is_hard else fsrs.Rating.Good
        card, _ = scheduler.review_card(card, grade, reply.at)
    return card


@settings(deadline=None)
@given(answers=_ANSWERS, retention=st.sampled_from((0.7, 0.8, 0.85, 0.9, 0.95, 0.97)))
def test_states_and_days_are_those_of_fsrs_for_any_answers_and_retention(
    answers: list[tuple[int, bool, bool]], retention: float
) -> None:
    replies = replies_of(answers)
    expected, card = by_fsrs(replies, retention), with_retention(replay(replies), retention)["fact"]
    assert (card.stability, card.difficulty, card.due) == (expected.stability, expected.difficulty, expected.due)
    assert (card.first, card.last) == (replies[0].at, replies[-1].at)
    assert replay(replies)["fact"].due == by_fsrs(replies, RETENTION).due


@settings(deadline=None)
@given(answers=_ANSWERS, data=st.data())
def test_any_replay_gives_the_same_twice_and_can_be_continued_anywhere(
    answers: list[tuple[int, bool, bool]], data: st.DataObject
) -> None:
    replies = replies_of(answers)
    at = data.draw(st.integers(0, len(replies)))
    assert replay(replies) == replay(replies) == replay(replies[at:], replay(replies[:at]))


def test_wrong_is_again_a_hint_is_hard_and_nothing_is_easy() -> None:
    assert Reply("x", START, is_right=False, is_hard=True).rating is Rating.AGAIN
    assert Reply("x", START, is_right=True, is_hard=True).rating is Rating.HARD
    assert Reply("x", START, is_right=True).rating is Rating.GOOD
    assert {int(rating) for rating in Rating} == {1, 2, 3}  # Easy is 4


def test_a_wished_retention_changes_nothing_but_the_day() -> None:
    made = replay(REPLIES)
    assert replace(with_retention(made, 0.8)["fact"], due=made["fact"].due) == made["fact"]


def test_successes_are_counted_since_the_last_wrong_answer() -> None:
    assert [replay(REPLIES[: upto + 1])["fact"].successes for upto in range(len(REPLIES))] == [1, 2, 0, 1, 2]


def test_the_forecast_tells_each_day_and_what_is_overdue_today() -> None:
    cards = [card("overdue", START - 3 * DAY), card("today", START), card("later", START + 2 * DAY)]
    assert forecast([*cards, card("far", START + 9 * DAY)], START, 4) == (2, 0, 1, 0)


def test_an_answer_that_is_marked_as_a_guess_is_hard_also_once_it_was_counted(tmp_path: Path) -> None:
    records = Records.open(tmp_path, Clock())
    game = started(quiz_of("ab"))
    id = records.begin(game, ABOUT)
    game = game.answer(RIGHT, 1.0)
    records.answered(id, game)
    good = records.cards("letters")["a"]
    records.guessed(id, guessed := game.guess())
    assert records.cards("letters")["a"] == replay([Reply("a", good.last, True, True)])["a"] != good
    kept = records.game(id)
    assert kept
    assert kept.answers[0].guessed
    records.guessed(id, guessed.guess())
    assert records.cards("letters")["a"] == good
    records.close()
    again = Records.open(tmp_path, Clock()).game(id)
    assert again
    assert not again.answers[0].guessed


def card(fact: str, due: datetime, first: datetime = START - 30 * DAY) -> Card:
    return Card(fact, 5.0, 5.0, first, due - 3 * DAY, due)


def test_the_day_of_the_player_decides_what_is_due() -> None:
    cards = {"late": card("late", START), "evening": card("evening", START + timedelta(hours=11, minutes=30))}
    assert agenda(cards, ["evening", "late"], START).due == ("late", "evening")
    east = START.astimezone(timezone(timedelta(hours=11)))  # there it is 23:00, and the other is due tomorrow
    assert agenda(cards, ["evening", "late"], east).due == ("late",)


def test_limits_count_what_was_done_today() -> None:
    reviewed = Card("reviewed", 9.0, 5.0, START - 9 * DAY, START, START + 9 * DAY)
    begun = Card("begun", 2.0, 5.0, START, START, START + 2 * DAY)
    due = {name: card(name, START - DAY) for name in "abc"}
    facts = [*due, "reviewed", "begun", "new", "newer", "newest"]
    found = agenda({**due, "reviewed": reviewed, "begun": begun}, facts, START, new_a_day=3, reviews_a_day=3)
    assert (found.due, found.later, found.new) == (("a", "b"), 1, ("new", "newer"))


def test_what_is_due_tomorrow_is_counted_with_what_is_left_from_today() -> None:
    due = {"old": card("old", START - DAY), "next": card("next", START + DAY), "later": card("later", START + 2 * DAY)}
    assert agenda(due, due, START).tomorrow == 2


def test_a_fact_that_is_gone_or_cannot_be_asked_is_not_asked() -> None:
    found = agenda({"gone": card("gone", START)}, ["odd", "new"], START, lambda fact: fact != "odd")
    assert (found.due, found.new, found.gone) == ((), ("new",), 1)


def play(records: Records, facts: str, pick: int) -> None:
    game = started(quiz_of(list(facts)))
    id = records.begin(game, ABOUT)
    for _ in facts:
        game = move(game, pick)
        records.answered(id, game)


def test_games_that_were_played_make_cards_and_more_games_change_them(tmp_path: Path) -> None:
    records = Records.open(tmp_path, Clock())
    assert records.cards("letters") == {}
    play(records, "ab", RIGHT)
    first = records.cards("letters")
    assert sorted(first) == ["a", "b"]
    play(records, "bc", WRONG)
    second = records.cards("letters")
    assert sorted(second) == ["a", "b", "c"]
    assert second["a"] == first["a"]
    assert second["b"].stability < first["b"].stability
    records.close()
    assert Records.open(tmp_path, Clock()).cards("letters") == second


def test_only_the_answers_since_the_last_time_are_read(tmp_path: Path) -> None:
    records = Records.open(tmp_path, Clock())
    play(records, "abc", RIGHT)
    with closing(sqlite3.connect(file_in(tmp_path))) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {schedule._REPLIES}", (0, "letters")).fetchall()
    (answers,) = [row[-1] for row in plan if "answers" in row[-1]]
    assert answers == "SEARCH answers USING INTEGER PRIMARY KEY (rowid>?)"
    assert not any("ORDER BY" in row[-1] for row in plan)  # they stand in order


def test_what_is_kept_of_cards_is_only_a_copy(tmp_path: Path) -> None:
    records = Records.open(tmp_path, Clock())
    play(records, "abc", RIGHT)
    play(records, "ab", WRONG)
    kept = records.cards("letters")
    records._keeper.attempt("IMMEDIATE", lambda connection: connection.executescript("DELETE FROM cards_made"), None)
    assert records.cards("letters") == kept
