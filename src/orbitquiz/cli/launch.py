"""Where a game is played: the bank, the records and the screen that a command brings together."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.selection import new_seed
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import Setup
from orbitquiz.session.session import Session
from orbitquiz.text.safe import visible


class Launcher:
    """Plays `bank` as the words of a command want it."""

    def __init__(self, bank: Bank, arguments: argparse.Namespace) -> None:
        from orbitquiz.history.store import Records

        self.folder = data_folder(arguments.data)
        self._bank_words = ["--bank", str(arguments.bank)] if arguments.bank else []
        self._file: str | None = getattr(arguments, "quiz", None)
        place = str(arguments.bank.resolve()) if arguments.bank else None
        self.session = Session(bank, lambda: Records.open(self.folder, time.time), time.monotonic, place)

    def missed(self) -> tuple[str, ...]:
        """The ids of the facts of the bank that were missed and not got right since."""
        return self.session.records.missed(self.session.bank.id)

    def play(self, setup: Setup | None, notices: Sequence[str] = (), *, plain: bool = False) -> int:
        """Play until the player leaves; where nothing is set up, begin at home. Returns the exit code."""
        if plain and setup:
            return self._play_plainly(setup)
        from orbitquiz.tui.solo.app import AppServices, OrbitQuizApp

        around = AppServices(self.folder, new_seed, self.replay, _open_bank, _now)
        game = OrbitQuizApp(self.session, setup, around, notices).run()
        if game and game.verdicts:
            print(self._farewell(game))
        return 0

    def replay(self, quiz: Quiz) -> str:
        """The command that plays `quiz` again, here or at a friend's; empty where nothing can name it."""
        if not (named := quiz.code or self._file):
            return ""
        return visible(shlex.join(["orbitquiz", "play", "--quiz", named, *self._bank_words]))

    def _farewell(self, game: Game) -> str:
        answered, total = len(game.verdicts), len(game.quiz.questions)
        of = f"{answered}" if answered == total else f"{answered} answered"
        score = f"{game.right} of {of} right, {game.points} points."
        if answered < total:
            return f"{score} To go on: orbitquiz"
        again = self.replay(game.quiz)
        return f"{score} The same quiz again: {again}" if again else score

    def _play_plainly(self, setup: Setup) -> int:
        from orbitquiz.plain.solo.play import play_plain
        from orbitquiz.session.takeaways import keep_flag, keep_reading_list

        if sys.stdin is None or sys.stdout is None:
            raise UsageError("a game needs standard input and output, and one of them is closed")
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")  # what is no text is no answer either
        self.session.start(setup)
        play_plain(
            self.session,
            sys.stdin,
            sys.stdout,
            code_words=self.replay,
            flag=lambda question, reason: keep_flag(self.folder, self.session, question, reason, _now())[1],
            reading_list=lambda _: keep_reading_list((Path.cwd(), self.folder), self.session, _now())[1],
            new_seed=new_seed,
        )
        return 0


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _open_bank(folder: str | None) -> Bank:
    """The bank in a folder, for a game that was begun with it."""
    from orbitquiz.bank.problems import BankError
    from orbitquiz.cli.bank_option import open_chosen

    try:
        bank = open_chosen(Path(folder) if folder else None).bank
    except BankError as error:
        raise ValueError(f"the bank in {folder} cannot be read any more") from error
    assert bank is not None
    return bank
