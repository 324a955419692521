"""`orbitquiz play`: the game itself."""

from __future__ import annotations

import argparse
import sys
import time

from orbitquiz.bank.text import visible
from orbitquiz.cli.banks import new_seed, notices, open_chosen, quiz_for
from orbitquiz.cli.errors import UsageError
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Quiz


def run(arguments: argparse.Namespace) -> int:
    """Play on this terminal until the player leaves."""
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    quiz = quiz_for(bank, arguments.seed, arguments.count, arguments.category)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("`play` draws on a terminal, and standard input or output is none")
    lines = notices(reading, f" {arguments.bank}" if arguments.bank else "", quiz)
    for line in lines:
        print(f"orbitquiz: {visible(line)}", file=sys.stderr)

    def another() -> Quiz:
        return quiz_for(bank, new_seed(), arguments.count, arguments.category)

    from orbitquiz.tui.app import OrbitQuizApp

    game = OrbitQuizApp(quiz, time.monotonic, another, lines).run()
    if game and game.verdicts:
        print(visible(_farewell(game)))
    return 0


def _farewell(game: Game) -> str:
    answered, total = len(game.verdicts), len(game.quiz.questions)
    of = f"{answered}" if answered == total else f"{answered} answered"
    return f"{game.right} of {of} right, {game.points} points. The same quiz again: --seed {game.quiz.seed}"
