"""A game with all that is around it: the bank, the records, the clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.history.model import NewGame, Unfinished
from orbitquiz.history.resume import resume
from orbitquiz.history.store import Records
from orbitquiz.quiz.game import Game, Phase
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.teams import standing, turn_of
from orbitquiz.session.plan import Setup


class Session:
    """Plays games of `bank`. A screen says what the player did, and draws the game that comes back.

    Each answer is kept before its verdict can be drawn. `open_records` is called when there is something to keep or to
    look up, which is after the first question is on the screen; `clock` gives seconds that never go back; `folder` is
    where the bank lies, or None for the built-in one.
    """

    def __init__(
        self, bank: Bank, open_records: Callable[[], Records], clock: Callable[[], float], folder: str | None = None
    ) -> None:
        self.bank = bank
        self.clock = clock
        self.folder = folder
        self._open_records = open_records
        self.given: tuple[int, ...] = ()  # points by hand, team by team
        self._kept_as: int | None = None
        self._beaten_at = -math.inf
        self._setup: Setup | None = None
        self._game: Game | None = None

    @cached_property
    def records(self) -> Records:
        """What players did so far."""
        return self._open_records()

    @property
    def is_set_up(self) -> bool:
        """Whether there is a game."""
        return self._game is not None

    def of(self, bank: Bank, folder: str | None) -> Session:
        """A session on another bank, with the same records and clock."""
        return Session(bank, lambda: self.records, self.clock, folder)

    @property
    def setup(self) -> Setup:
        """What is being played."""
        assert self._setup is not None
        return self._setup

    @property
    def game(self) -> Game:
        """The game as it stands."""
        assert self._game is not None
        return self._game

    def start(self, setup: Setup) -> Game:
        """Begin a game. It is not kept before `keep` or the first answer, so that its first question can be shown."""
        self._setup, self._kept_as = setup, None
        self.given = (0,) * len(setup.teams)
        self._game = Game.start(setup.quiz, self.clock(), setup.rules)
        return self._game

    def take_up(self, unfinished: Unfinished, again: Callable[[], Quiz]) -> Game:
        """Go on with a game that was broken off; `again` gives another of its kind. Raises `CannotResume`.

        A game of which only the end was missing is over, and kept as such.
        """
        game = resume(self.bank, unfinished, self.clock())
        kept = unfinished.game
        self._setup = Setup(game.quiz, again, game.rules, kept.mode, kept.teams)
        self._game, self._kept_as, self.given = game, kept.id, kept.given or (0,) * len(kept.teams)
        if game.phase is Phase.OVER:
            self.records.ended(kept.id)
        return game

    def keep(self) -> None:
        """Keep the game that has begun, if it is not kept yet."""
        if self._kept_as is None:
            setup = self.setup
            about = NewGame(self.bank.version, self.folder, setup.mode, setup.teams)
            self._kept_as = self.records.begin(self.game, about)

    def answer(self, picked: int) -> Game:
        """The player picks the option with index `picked`."""
        return self._answered(self.game.answer(picked, self.clock()))

    def skip(self) -> Game:
        """The player gives the question up."""
        return self._answered(self.game.skip(self.clock()))

    def time_up(self) -> Game:
        """The time for the question is over."""
        return self._answered(self.game.time_up(self.clock()))

    def hint(self) -> Game:
        """The player looks at the hint."""
        self._game = self.game.hint()
        self.beat()
        return self._game

    def pause(self) -> Game:
        """The clock stops."""
        self._game = self.game.pause(self.clock())
        self.beat()
        return self._game

    def go_on(self) -> Game:
        """The clock runs again."""
        self._game = self.game.go_on(self.clock())
        return self._game

    def next(self) -> Game:
        """The player goes on to the next question, or to the end."""
        self._game = self.game.next(self.clock())
        if self._game.phase is Phase.OVER and self._kept_as is not None:
            self.records.ended(self._kept_as)
        return self._game

    @property
    def standing(self) -> tuple[int, ...]:
        """The points of each team; empty where no teams play."""
        return standing(self.game, len(self.setup.teams), self.given) if self.setup.teams else ()

    @property
    def turn(self) -> int:
        """The index of the team whose question the present one is."""
        return turn_of(self.game, len(self.setup.teams))

    def give(self, team: int, points: int) -> None:
        """Give the team with this index so many points by hand, or take them."""
        self.given = tuple(each + points * (index == team) for index, each in enumerate(self.given))
        self.keep()
        assert self._kept_as is not None
        self.records.given(self._kept_as, self.given)

    def beat(self, every: float = 0.0) -> None:
        """Keep for how long the present question has been seen, so that its clock is right after a crash.

        With `every`, only if the last time was so many seconds ago.
        """
        if self.game.is_open and self.clock() - self._beaten_at >= every:
            self._beaten_at = self.clock()
            self.keep()
            assert self._kept_as is not None
            self.records.shown(self._kept_as, self.game.elapsed(self.clock()), hinted=self.game.hinted)

    @property
    def left(self) -> float | None:
        """How many seconds are left for the present question; None where there is no timer."""
        return self.game.left(self.clock())

    @property
    def still_to_prove(self) -> frozenset[Quotation]:
        """The quotations of the questions that are still to come, which nobody is to read before."""
        facts = {question.fact for question in self.game.quiz.questions[self.game.number - self.game.is_open :]}
        return frozenset(quotation for fact in self.bank.facts if fact.id in facts for quotation in fact.quotations)

    def _answered(self, game: Game) -> Game:
        self._game = game
        self.keep()
        assert self._kept_as is not None
        self.records.answered(self._kept_as, game)
        return game
