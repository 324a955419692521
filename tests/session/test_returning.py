"""Reviews and what a player knows, from answers on different days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec import structs

from orbitquiz.bank.model import Bank
from orbitquiz.history.store import Records
from orbitquiz.quiz.daily import daily_request
from orbitquiz.quiz.game import Mode
from orbitquiz.session.plan import QuizPlan, Setup, setup_of
from orbitquiz.session.returning import (
    Knowledge,
    ReviewOptions,
    agenda_of,
    daily_of,
    knowledge_of,
    next_review,
    together,
    unseen,
)
from orbitquiz.session.session import Session
from tests.making import COMMANDER, TAIL, TAKE_OFF
from tests.tui.playing import bank_of

START = datetime(2031, 3, 1, 12, tzinfo=UTC)


class World:
    """A player of a small bank, whose days are counted from the first."""

    def __init__(self, bank: Bank, folder: Path) -> None:
        self.bank = bank
        self.day = 0.0
        self.records = Records.open(folder, lambda: self.now.timestamp())

    @property
    def now(self) -> datetime:
        return START + timedelta(days=self.day)

    def answer(self, *facts: str, is_right: bool = True) -> None:
        """Play a game about `facts`."""
        session = Session(self.bank, lambda: self.records, lambda: 0.0)
        session.start(setup_of(self.bank, QuizPlan.missed(facts), "seed"))
        for _ in facts:
            key = session.game.question.key
            session.answer(key if is_right else (key + 1) % 4)
            session.next()

    def due(self, retention: float) -> int:
        """Return how many facts are due where this retention is wished for."""
        return len(
            agenda_of(self.bank, self.records.cards(self.bank.id), self.now, ReviewOptions(retention=retention)).due
        )


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(bank_of(tmp_path / "bank", [COMMANDER, TAIL, TAKE_OFF]), tmp_path / "kept")


def typed_facts(world: World, options: ReviewOptions) -> set[str]:
    setup = next_review(world.bank, world.records, world.now, "seed", options)
    assert setup is not None
    assert setup.mode is Mode.REVIEW
    return {question.fact for question in setup.quiz.questions if question.id in setup.typed}


def test_a_review_asks_in_words_from_the_second_success_on_where_that_is_wanted(world: World) -> None:
    world.answer("commander", "tail")
    world.day = 10
    assert typed_facts(world, ReviewOptions(is_typed=True)) == set()
    world.answer("commander", "tail")
    world.day = 100
    assert typed_facts(world, ReviewOptions()) == set()
    assert typed_facts(world, ReviewOptions(is_typed=True)) == {"commander", "tail"}
    world.answer("tail", is_right=False)
    world.day = 110
    assert typed_facts(world, ReviewOptions(is_typed=True)) == {"commander"}


def test_a_wished_retention_moves_what_is_due(world: World) -> None:
    world.answer("commander")
    world.day = 2
    assert (world.due(0.95), world.due(0.8)) == (1, 0)


def play_daily(world: World, day: date) -> None:
    """Play the quiz of `day`, at the present moment."""
    plan = QuizPlan(daily_request(world.bank, day))
    session = Session(world.bank, lambda: world.records, lambda: 0.0)
    session.start(Setup(plan.quiz(world.bank, plan.request.seed), plan, mode=Mode.DAILY))
    while session.is_running:
        session.skip()
        session.next()


def test_a_daily_quiz_counts_for_its_day_also_where_it_was_begun_after_midnight(world: World) -> None:
    first = START.date()
    world.day = 0.51  # 0:14 on the second day
    play_daily(world, first)
    assert daily_of(world.bank, world.records, world.now).done is None
    play_daily(world, first + timedelta(days=1))
    daily = daily_of(world.bank, world.records, world.now)
    assert daily.done
    assert daily.streak == 2


def test_another_time_zone_changes_only_the_date(world: World) -> None:
    for day in range(3):
        world.day = day + 11.9 / 24  # at 23:54
        play_daily(world, START.date() + timedelta(days=day))
    for hours in (-11, -1, 1, 8):
        there = world.now.astimezone(timezone(timedelta(hours=hours)))
        daily = daily_of(world.bank, world.records, there)
        assert (daily.day, daily.streak) == (there.date(), 3)


def test_a_day_whose_bank_has_changed_since_is_the_day_on_which_it_was_played(world: World) -> None:
    play_daily(world, START.date())
    world.bank = structs.replace(world.bank, digest="f" * 64)
    assert daily_of(world.bank, world.records, world.now).streak == 1


def test_what_is_known_follows_from_the_answers(world: World) -> None:
    assert set(unseen(world.bank, world.records)) == {"commander", "tail", "take-off"}
    for day in (0, 5, 30, 120):
        world.day = day
        world.answer("commander")
    world.answer("tail")
    knowledge = knowledge_of(world.bank, world.records.cards(world.bank.id))
    assert knowledge == {"comet": Knowledge(known=1, learning=1, new=1)}
    assert together([*knowledge.values(), Knowledge(1, 2, 3)]) == Knowledge(2, 3, 4)
    assert unseen(world.bank, world.records) == ("take-off",)
