"""Records that an earlier version left open, are told of and can be resumed: people's games outlive an update."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.history.connection import FILE
from orbitquiz.history.store import Records
from orbitquiz.quiz.game import Mode, Phase
from orbitquiz.session.session import Session

KEPT = Path(__file__).parents[1] / "kept" / "records"
FINISHED, TIMED, MISSED, TEAMS, EMPTY = (
    1790000001000000,
    1790003609000000,
    1790007213000000,
    1790010815000000,
    1790014419000000,
)
"""The ids of the games, in the order of tests/kept/README.md."""


@pytest.fixture
def bank() -> Bank:
    reading = read_bank(KEPT / "bank")
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank


@pytest.fixture
def records(tmp_path: Path) -> Records:
    shutil.copy(KEPT / FILE, tmp_path)
    return Records.open(tmp_path, lambda: 1_800_000_000.0)


def resumed(bank: Bank, records: Records, id: int) -> Session:
    session = Session(bank, lambda: records, lambda: 0.0)
    kept = records.game(id)
    assert kept is not None
    session.take_up(kept)
    return session


def test_they_are_told_of(records: Records) -> None:
    told = records.statistics("comet-bank")
    assert records.notice is None
    assert [game.id for game in told.recent] == [TEAMS, MISSED, TIMED, FINISHED]
    assert (told.finished, told.unfinished, told.answers, told.right) == (1, 3, 13, 8)
    assert (told.longest_streak, told.streak) == (2, 1)
    assert told.recent[-1].code == "DY59-762X-E8XU"
    assert set(records.missed("comet-bank")) == {"steersman", "commander", "take-off"}


def test_a_game_without_an_answer_is_gone(records: Records) -> None:
    assert records.game(EMPTY) is None
    latest = records.unfinished()
    assert latest is not None
    assert latest.game.id == TEAMS


def test_a_timed_game_goes_on_with_its_clock_and_score(bank: Bank, records: Records) -> None:
    session = resumed(bank, records, TIMED)
    assert session.game.number == 4
    assert session.game.points == 94
    assert [verdict.answer.late for verdict in session.game.verdicts] == [False, True, False]
    assert session.left is not None
    assert 15 < session.left < 20
    assert session.setup.plan.request.count == 4
    session.answer(session.game.question.key)
    assert session.next().phase is Phase.OVER


def test_a_game_of_missed_facts_is_followed_by_another_of_them(bank: Bank, records: Records) -> None:
    session = resumed(bank, records, MISSED)
    facts = {question.fact for question in session.game.quiz.questions}
    assert session.setup.mode is Mode.MISSED
    assert facts == {"steersman", "commander", "days"}
    assert {question.fact for question in session.setup.plan.quiz(bank, "OTHER").questions} == facts


def test_teams_go_on_with_the_points_given_by_hand(bank: Bank, records: Records) -> None:
    session = resumed(bank, records, TEAMS)
    assert session.setup.teams == ("Red", "Blue", "Gold")
    assert session.standing == (100, 10, 50)
    assert session.game.hinted


def test_a_finished_game_can_be_looked_back_at(bank: Bank, records: Records) -> None:
    session = resumed(bank, records, FINISHED)
    assert session.game.phase is Phase.OVER
    assert (session.game.right, session.game.points) == (4, 360)
    assert [verdict.answer.hinted for verdict in session.game.verdicts] == [False, True, False, False, False, False]
