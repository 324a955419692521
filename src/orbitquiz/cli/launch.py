"""Bring bank, records and screen together for a game."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orbitquiz.bank.model import Bank
from orbitquiz.cli.bank_option import bank_in
from orbitquiz.cli.environment import data_folder, interruptible
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.selection import new_seed
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import Setup
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.text.safe import visible

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.history.store import Records
    from orbitquiz.plain.console import Console


class Launcher:
    """Plays `bank` as the options of a command say."""

    def __init__(self, bank: Bank, arguments: argparse.Namespace) -> None:
        self.folder = data_folder(arguments.data)
        self._typed = arguments.bank
        self._file: str | None = getattr(arguments, "quiz", None)
        self._place = str(arguments.bank.resolve()) if arguments.bank else None
        self.session = Session(bank, self._open_records, time.monotonic, self._place)
        self.services = Services(self.folder, new_seed, self.replay, bank_in, _now)

    def _open_records(self) -> Records:
        from orbitquiz.history.store import Records  # after the first question, which needs no SQLite

        return Records.open(self.folder, time.time)

    def missed(self) -> tuple[str, ...]:
        """Return the ids of the facts of the bank that were missed and not answered right since."""
        return self.session.records.missed(self.session.bank.id)

    def play(self, setup: Setup, notices: Sequence[str] = (), *, is_plain: bool) -> int:
        """Play until the player leaves. Returns the exit code."""
        if not is_plain:
            return self._draw(setup, notices)
        from orbitquiz.plain.solo.play import Player

        with interruptible(), closing(self.session):
            console = _console()
            self.session.start(setup)
            Player(self.session, console, self.services).run()
        return 0

    def open_menu(self, notices: Sequence[str] = (), *, is_plain: bool) -> int:
        """Open the menu until the player leaves. Returns the exit code."""
        if not is_plain:
            return self._draw(None, notices)
        from orbitquiz.plain.solo.menu import PlainMenu

        with interruptible():
            PlainMenu(self.session, _console(), self.services).run()
        return 0

    def resume(self, kept: KeptGame | None = None, notices: Sequence[str] = (), *, is_plain: bool) -> int:
        """Resume a game, or the latest unfinished one that no other window has. Returns the exit code.

        Raises `UsageError` where none can be resumed.
        """
        from orbitquiz.history.game_lock import OpenElsewhere
        from orbitquiz.history.resume import CannotResume

        is_chosen = kept is not None
        if (kept := kept or self.session.records.unfinished()) is None:
            raise UsageError(self.session.records.notice or "there is no unfinished game")
        try:
            self.session = self._resumed(kept)
        except OpenElsewhere as error:
            if not is_chosen and (earlier := self._earlier(kept)):
                return self.resume(earlier, notices, is_plain=is_plain)
            raise UsageError("the game is open in another window; go on there, or close it first") from error
        except (CannotResume, OSError, ValueError) as error:
            raise UsageError(f"the game cannot be resumed: {error}; its answers stay in your history") from error
        if not is_plain:
            return self._draw(None, notices)
        from orbitquiz.plain.solo.play import Player

        with interruptible(), closing(self.session):
            Player(self.session, _console(), self.services).run()
        return 0

    def _earlier(self, kept: KeptGame) -> KeptGame | None:
        """Return the latest unfinished game begun before `kept` that no other window has."""
        from orbitquiz.history.game_lock import OpenElsewhere

        records = self.session.records
        found = records.unfinished(before=kept.game.id)
        while found:
            try:
                lock = records.lock(found.game.id)
            except OpenElsewhere:
                found = records.unfinished(before=found.game.id)
            else:
                if lock:
                    lock.release()
                break
        return found

    def replay(self, quiz: Quiz, folder: str | None) -> str:
        """Return the command that plays `quiz` of the bank in `folder` again; empty where nothing can name it."""
        if not (named := quiz.code or self._file):
            return ""
        import shlex

        return visible(shlex.join(["orbitquiz", "play", "--quiz", named, *self._bank_words(folder)]))

    def _bank_words(self, folder: str | None) -> list[str]:
        if folder is None:
            return []
        from orbitquiz.library.shelf import name_of

        named = name_of(folder, self.folder)
        return ["--bank", str(self._typed) if named == self._place else named]

    def _resumed(self, kept: KeptGame) -> Session:
        session = self.services.session_for(kept, self.session)
        session.take_up(kept)
        return session

    def _draw(self, setup: Setup | None, notices: Sequence[str]) -> int:
        from orbitquiz.tui.solo.app import OrbitQuizApp

        app = OrbitQuizApp(self.session, setup, self.services, notices)
        game = app.run()
        if game and game.verdicts:
            print(self._farewell(game, app.session))
        return 0

    def _farewell(self, game: Game, session: Session) -> str:
        answered, total = len(game.verdicts), len(game.quiz.questions)
        of = f"{answered}" if answered == total else f"{answered} answered"
        score = f"{game.right} of {of} right, {game.points} points."
        if answered < total:
            return f"{score} To go on: orbitquiz play --resume"
        again = self.replay(session.setup.quiz, session.folder)
        return f"{score} The same quiz again: {again}" if again else score


def _console() -> Console:
    from orbitquiz.plain.console import Console

    if sys.stdin is None or sys.stdout is None:
        raise UsageError("a game needs standard input and output, and one of them is closed")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # what is no text is no answer either
    return Console(sys.stdin, sys.stdout)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
