"""How a game is played, as the words of a command want it."""

from __future__ import annotations

import argparse

from orbitquiz.cli.errors import UsageError
from orbitquiz.quiz.game import Rules, Scoring


def rules_of(arguments: argparse.Namespace) -> Rules:
    """The rules that `arguments` ask for. Raises `UsageError` where they do not go together."""
    scoring = Scoring(arguments.scoring or Scoring.ACCURACY)
    if scoring is Scoring.SPEED and arguments.timer is None:
        raise UsageError("--scoring speed pays by the time that is left, so it needs a --timer too")
    return Rules(arguments.timer, scoring)
