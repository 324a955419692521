"""The moves of a player alone, the verdict on an answer, and keys that come too early."""

from __future__ import annotations

import pytest

from orbitquiz.presenter.enter_guard import GUARD_SECONDS, EnterGuard
from orbitquiz.presenter.outcome import Outcome, outcome_of
from orbitquiz.presenter.solo import Moves, Onward, moves_of
from orbitquiz.quiz.game import Game, Rules
from tests.quiz.test_game import RIGHT, WRONG, played, quiz_of


def test_a_hint_can_be_taken_once() -> None:
    game = Game.start(quiz_of(2), 0.0)
    assert moves_of(game).hint
    assert not moves_of(game.hint()).hint
    assert moves_of(game.hint()).answer


def test_while_a_game_is_paused_it_can_only_be_resumed() -> None:
    assert moves_of(Game.start(quiz_of(1), 0.0).pause(1.0)) == Moves(resume=True)


@pytest.mark.parametrize(("count", "onward"), [(2, Onward.QUESTION), (1, Onward.SCORE)])
def test_after_an_answer_comes_the_next_question_or_the_score(count: int, onward: Onward) -> None:
    assert moves_of(played(WRONG, count=count)).onward is onward


def test_only_a_right_answer_without_the_hint_can_be_a_guess() -> None:
    assert moves_of(played(RIGHT)).guess
    assert not moves_of(played(WRONG)).guess
    assert not moves_of(Game.start(quiz_of(1), 0.0).hint().answer(RIGHT, 1.0)).guess


def test_a_game_that_is_over_has_no_moves() -> None:
    assert moves_of(played(RIGHT, count=1).next(2.0)) == Moves()


def test_each_end_of_a_question_has_an_outcome_of_its_own() -> None:
    asked = Game.start(quiz_of(1), 0.0, Rules(timer=10.0))
    games = {
        Outcome.RIGHT: asked.answer(RIGHT, 1.0),
        Outcome.HINTED: asked.hint().answer(RIGHT, 1.0),
        Outcome.GUESSED: asked.answer(RIGHT, 1.0).guess(),
        Outcome.WRONG: asked.answer(WRONG, 1.0),
        Outcome.SKIPPED: asked.skip(1.0),
        Outcome.LATE: asked.time_up(10.0),
    }
    for outcome, game in games.items():
        assert outcome_of(game.verdict) is outcome
        assert outcome.is_right is game.verdict.is_right


def test_keys_are_ignored_for_a_second_after_something_changed_by_itself() -> None:
    now = 5.0
    guard = EnterGuard(lambda: now)
    assert not guard.is_too_early
    guard.start()
    now += GUARD_SECONDS - 0.01
    assert guard.is_too_early
    now += 0.02
    assert not guard.is_too_early
