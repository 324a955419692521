"""The moves that a player has in a game of their own: the same on a screen and line by line."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from orbitquiz.quiz.game import HINTED, POINTS, Game, Phase

HINT_COST = POINTS - HINTED
"""The points that a hint takes from a right answer."""


class Onward(Enum):
    """Where a player goes after an answer."""

    QUESTION = "next question"
    SCORE = "score"


class Moves(NamedTuple):
    """The moves that are possible now. `onward` is None while there is nothing to go on from.

    `guess` is true after a right answer that can be marked as a guess, which then comes back sooner in reviews.
    """

    answer: bool = False
    hint: bool = False
    pause: bool = False
    resume: bool = False
    source: bool = False
    flag: bool = False
    guess: bool = False
    onward: Onward | None = None


def moves_of(game: Game) -> Moves:
    """Return what can be done in `game` now."""
    match game.phase:
        case Phase.ASKING:
            return Moves(answer=True, hint=not game.hinted, pause=True, flag=True)
        case Phase.PAUSED:
            return Moves(resume=True)
        case Phase.ANSWERED:
            is_last = game.number == len(game.quiz.questions)
            may_guess = game.verdict.is_right and not game.verdict.answer.hinted
            onward = Onward.SCORE if is_last else Onward.QUESTION
            return Moves(source=True, flag=True, guess=may_guess, onward=onward)
        case _:
            return Moves()
