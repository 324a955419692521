"""`orbitquiz play`: the game itself."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time

from orbitquiz.bank.text import visible
from orbitquiz.cli.banks import notices, open_chosen
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.selection import Selection
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Quiz


def run(arguments: argparse.Namespace) -> int:
    """Play on this terminal until the player leaves."""
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    selection = Selection.of(bank, arguments)
    quiz = selection.quiz()
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("`play` draws on a terminal, and standard input or output is none")
    if os.environ.get("TERM") == "dumb":
        raise UsageError("`play` draws on a terminal that can move its cursor, and TERM is dumb")
    lines = [*notices(reading, f" {arguments.bank}" if arguments.bank else "", quiz), *selection.notices()]
    for line in lines:
        print(f"orbitquiz: {visible(line)}", file=sys.stderr)

    def another() -> Quiz:
        return selection.again().quiz()

    def replay(quiz: Quiz) -> str:
        """The command that plays `quiz` again, here or at a friend's."""
        words = ["orbitquiz", "play", "--quiz", quiz.code or arguments.quiz]
        words += ["--bank", str(arguments.bank)] if arguments.bank else []
        return visible(shlex.join(words))

    from orbitquiz.tui.app import OrbitQuizApp

    game = OrbitQuizApp(quiz, time.monotonic, another, replay, lines).run()
    if game and game.verdicts:
        print(_farewell(game, replay(game.quiz)))
    return 0


def _farewell(game: Game, replay: str) -> str:
    answered, total = len(game.verdicts), len(game.quiz.questions)
    of = f"{answered}" if answered == total else f"{answered} answered"
    return f"{game.right} of {of} right, {game.points} points. The same quiz again: {replay}"
