"""What is to be played, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orbitquiz.history.model import Mode
from orbitquiz.quiz.game import UNTIMED, Rules
from orbitquiz.quiz.question import Quiz


@dataclass(frozen=True)
class Setup:
    """A quiz with its rules, and `again`, which gives another of the same kind.

    `teams` are the names of those who take turns, where it is teams that play.
    """

    quiz: Quiz
    again: Callable[[], Quiz]
    rules: Rules = UNTIMED
    mode: Mode = Mode.SOLO
    teams: tuple[str, ...] = ()
