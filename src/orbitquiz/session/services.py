"""The world around a program that plays games: files, chance and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.session import Session

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.session.returning import ReviewOptions


class Services(Struct, frozen=True):
    """Ways to reach files, chance and the clock.

    `folder` holds what a player keeps: records, flags, preferences. `new_seed` gives a seed that nobody has had,
    `replay` the command that plays a quiz again, of the bank in a folder (empty where nothing names it), `open_bank`
    the bank in a folder (None for the built-in one; raises `OSError` or `ValueError` with a message), `now` the time
    in UTC. `review` are the choices for reviews until the menu is opened; None for those that are kept.
    """

    folder: Path
    new_seed: Callable[[], str]
    replay: Callable[[Quiz, str | None], str]
    open_bank: Callable[[str | None], Bank]
    now: Callable[[], datetime]
    review: ReviewOptions | None = None

    def session_for(self, kept: KeptGame, session: Session) -> Session:
        """Return a session on the bank of a kept game, with the records and clock of `session`.

        Raises `OSError` and `ValueError` with a message.
        """
        folder = kept.game.folder
        return session.of(session.bank if folder == session.folder else self.open_bank(folder), folder)
