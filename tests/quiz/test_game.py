"""A game: which moves there are, and what they are worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.quiz.game import Game, IllegalMove, Phase
from orbitquiz.quiz.sheet import ProofSheet, QuestionSheet, QuizSheet

RIGHT, WRONG = 2, 0


def quiz_of(count: int) -> QuizSheet:
    """Return a quiz, made from sheets alone, in which the third option is always right."""
    question = QuestionSheet(
        id="q",
        fact="f",
        category="X",
        stem="Which letter?",
        options=tuple("abcd"),
        key=RIGHT,
        is_ordered=False,
        sources_differ=False,
        proof=ProofSheet("It is c.", ()),
        remarks=(None,) * 4,
    )
    questions = tuple(replace(question, id=f"q{n}", fact=f"f{n}") for n in range(count))
    return QuizSheet("letters", "0" * 64, "Letters", None, questions)


def played(*picks: int, count: int = 5) -> Game:
    """A game after these answers, each given a second after its question was shown."""
    game = Game.start(quiz_of(count), 0.0)
    for n, picked in enumerate(picks):
        if n:
            game = game.next(float(n))
        game = game.answer(picked, n + 1.0)
    return game


def test_a_game_asks_tells_and_goes_on_until_it_is_over() -> None:
    first = Game.start(quiz_of(2), at=100.0)
    told = first.answer(RIGHT, 101.0)
    second = told.next(102.0)
    last = second.answer(RIGHT, 103.0)
    games = [first, told, second, last, last.next(104.0)]
    assert [game.phase for game in games] == ["asking", "answered", "asking", "answered", "over"]
    assert [game.number for game in games] == [1, 1, 2, 2, 2]


def test_the_question_stays_until_the_player_goes_on() -> None:
    game = played(WRONG)
    assert game.question.id == "q0"
    assert game.next(2.0).question.id == "q1"


def test_a_quiz_without_questions_is_none() -> None:
    with pytest.raises(ValueError, match="at least one question"):
        quiz_of(0)


def test_an_answered_question_cannot_be_answered_again() -> None:
    with pytest.raises(IllegalMove, match="the game is answered, not asking"):
        played(WRONG).answer(RIGHT, 2.0)


def test_a_question_cannot_be_left_unanswered() -> None:
    with pytest.raises(IllegalMove, match="the game is asking, not answered"):
        Game.start(quiz_of(1), 0.0).next(1.0)


def test_after_the_end_there_is_no_move() -> None:
    over = played(RIGHT, count=1).next(2.0)
    with pytest.raises(IllegalMove):
        over.answer(RIGHT, 3.0)
    with pytest.raises(IllegalMove):
        over.next(3.0)


@pytest.mark.parametrize("picked", [-1, 4])
def test_only_an_option_of_the_question_can_be_picked(picked: int) -> None:
    with pytest.raises(IllegalMove, match="4 options"):
        Game.start(quiz_of(1), 0.0).answer(picked, 1.0)


def test_before_the_first_answer_there_is_no_verdict() -> None:
    with pytest.raises(IllegalMove):
        _ = Game.start(quiz_of(1), 0.0).verdict


def test_a_verdict_tells_what_was_picked_and_whether_that_was_right() -> None:
    game = played(RIGHT, WRONG)
    told = [(each.number, each.pick, each.is_right, each.points) for each in game.verdicts]
    assert told == [
        (1, "c", True, 100),
        (2, "a", False, 0),
    ]
    assert game.verdict is game.verdicts[-1]


def test_a_streak_ends_with_a_wrong_answer_and_the_longest_is_kept() -> None:
    game = played(RIGHT, RIGHT, WRONG, RIGHT)
    assert (game.streak, game.longest_streak) == (1, 2)
    assert played(RIGHT, WRONG).streak == 0
    assert played(RIGHT, RIGHT).streak == 2


def test_seconds_run_from_the_showing_of_a_question_to_its_answer() -> None:
    game = Game.start(quiz_of(2), 10.0).answer(RIGHT, 12.5).next(60.0).answer(RIGHT, 64.0)
    assert [verdict.seconds for verdict in game.verdicts] == [2.5, 4.0]
    assert game.seconds == 6.5


def test_a_clock_that_goes_back_takes_no_seconds_away() -> None:
    assert Game.start(quiz_of(1), 10.0).answer(RIGHT, 9.0).seconds == 0


def test_a_move_changes_nothing_in_place() -> None:
    before = Game.start(quiz_of(2), 0.0)
    before.answer(RIGHT, 1.0)
    assert before == Game.start(quiz_of(2), 0.0)
    with pytest.raises(AttributeError, match="immutable"):
        before.phase = Phase.OVER  # type: ignore[misc]


times = st.floats(0, 1e6)


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 6), st.lists(st.tuples(st.integers(-1, 4), times), max_size=20))
def test_no_moves_lead_to_a_game_that_cannot_be(count: int, moves: list[tuple[int, float]]) -> None:
    game = Game.start(quiz_of(count), 0.0)
    for picked, at in moves:
        if game.phase is Phase.OVER:
            break
        if game.phase is Phase.ANSWERED:
            game = game.next(at)
        elif 0 <= picked < 4:
            game = game.answer(picked, at)
        answered = len(game.verdicts)
        assert 0 <= game.right <= answered <= count
        assert game.points == 100 * game.right
        assert game.streak <= game.longest_streak <= game.right
        assert all(verdict.seconds >= 0 for verdict in game.verdicts)
        assert [verdict.question for verdict in game.verdicts] == list(game.quiz.questions[:answered])
        assert game.phase is not Phase.OVER or answered == count
