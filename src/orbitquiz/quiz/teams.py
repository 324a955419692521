"""Teams that take turns at one terminal."""

from __future__ import annotations

from collections.abc import Sequence

from orbitquiz.quiz.game import Game


def turn_of(game: Game, teams: int) -> int:
    """The index of the team whose question the present one is."""
    return (game.number - 1) % teams


def standing(game: Game, teams: int, given: Sequence[int] = ()) -> tuple[int, ...]:
    """The points of each team: those of its own questions, and what was `given` to it by hand."""
    points = [*given, *[0] * (teams - len(given))]
    for verdict in game.verdicts:
        points[(verdict.number - 1) % teams] += verdict.points
    return tuple(points)
