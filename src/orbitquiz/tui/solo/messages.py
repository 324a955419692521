"""The messages by which the screens of a game ask for something. The program routes them; no screen knows it.

They are compared and printed by nobody, and defining them takes half of the time without methods for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from orbitquiz.quiz.game import Game, Mode, Rules
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.session.plan import QuizPlan, Setup

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.library.shelf import Shelved
    from orbitquiz.presenter.citing import Cited
    from orbitquiz.presenter.menu import QuizOptions
    from orbitquiz.session.returning import ReviewOptions


@dataclass(eq=False, repr=False)
class Play(Message):
    """Play a new quiz of `plan`, drawn from `seed` or, where that is None, from a new one.

    With `is_typed`, the questions are answered in words, as far as they can be.
    """

    plan: QuizPlan
    rules: Rules
    mode: Mode = Mode.SOLO
    seed: str | None = None
    teams: tuple[str, ...] = ()
    is_typed: bool = False


class Review(Message):
    """Ask what is due."""


@dataclass(eq=False, repr=False)
class Again(Message):
    """Play another game of the kind that `setup` began."""

    setup: Setup


@dataclass(eq=False, repr=False)
class ReviewOptionsChanged(Message):
    """The player has chosen other options for reviews."""

    options: ReviewOptions


@dataclass(eq=False, repr=False)
class Resume(Message):
    """Resume a kept game."""

    kept: KeptGame


class ListGames(Message):
    """List past games, to open one."""


@dataclass(eq=False, repr=False)
class OpenGame(Message):
    """Look at the kept game with this id, or resume it where it is not over."""

    id: int


@dataclass(eq=False, repr=False)
class GiveUp(Message):
    """Stop offering to resume the kept game with this id."""

    id: int


class GoHome(Message):
    """Close the screens above the menu, and open the menu if there is none."""


@dataclass(eq=False, repr=False)
class ReadSources(Message):
    """Open the first of these passages in its document; the reader steps through the others."""

    cited: Sequence[Cited]


@dataclass(eq=False, repr=False)
class FlagQuestion(Message):
    """Ask what is wrong with a question and write it down."""

    quiz: Quiz
    question: Question


@dataclass(eq=False, repr=False)
class WriteReadingList(Message):
    """Write the passages of what was missed in a game to a file."""

    quiz: Quiz
    game: Game


@dataclass(eq=False, repr=False)
class OptionsChanged(Message):
    """The player has chosen other options for the next quiz."""

    options: QuizOptions


@dataclass(eq=False, repr=False)
class BankChosen(Message):
    """The player wants to play from another bank."""

    bank: Shelved


@dataclass(eq=False, repr=False)
class ColoursChanged(Message):
    """The player wants the next of the colour schemes, or the one before (`by` is 1 or -1)."""

    by: int


class RecordsAsked(Message):
    """The records were asked, so that there may be something to say about them."""
