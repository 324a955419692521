"""A game with everything it depends on: the bank, the history, the clock."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.quiz.game import Game, Phase, team_points, turn_of
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.question import Question
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.session.plan import Setup, plan_of

if TYPE_CHECKING:
    from orbitquiz.history.game_lock import GameLock
    from orbitquiz.history.model import KeptGame
    from orbitquiz.history.past_games import EarlierResult
    from orbitquiz.history.store import Records
    from orbitquiz.quiz.typed import Expected


class Session:
    """Plays games of `bank`. A screen tells it what the player did and draws the game that it returns.

    Each answer is kept before its verdict can be drawn, and a game is kept from its first answer on. `open_records` is
    called when there is something to keep or to look up, which is after the first question is on the screen; `clock`
    gives seconds that never go back; `folder` is where the bank lies, or None for the built-in one.
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
        self._lock: GameLock | None = None
        self._beaten_at = -math.inf
        self._setup: Setup | None = None
        self._game: Game | None = None

    @cached_property
    def records(self) -> Records:
        """The history of what players did."""
        return self._open_records()

    @property
    def is_set_up(self) -> bool:
        """True if there is a game."""
        return self._game is not None

    @property
    def is_running(self) -> bool:
        """True if there is a game that is not over."""
        return self._game is not None and self._game.phase is not Phase.OVER

    def of(self, bank: Bank, folder: str | None) -> Session:
        """Return a session on another bank, with the same records and clock."""
        return Session(bank, lambda: self.records, self.clock, folder)

    @property
    def setup(self) -> Setup:
        """The quiz that is being played, with its plan and rules."""
        assert self._setup is not None
        return self._setup

    @property
    def game(self) -> Game:
        """The current state of the game."""
        assert self._game is not None
        return self._game

    @property
    def question(self) -> Question:
        """The current question as the bank has it, or the last one."""
        return self.setup.quiz.questions[self.game.number - 1]

    @property
    def hint(self) -> tuple[str, ...]:
        """The hint of the current question, the passages without its answer; empty where there is none."""
        return hint_of(self.bank, self.question, self.setup.quiz.questions[self.game.number :])

    @property
    def expected(self) -> Expected:
        """The answers that may be typed to the current question."""
        from orbitquiz.quiz.typed import expected_of  # only where answers are typed: a game starts without it

        return expected_of(self.bank, self.question)

    def start(self, setup: Setup) -> Game:
        """Begin a game."""
        self.close()
        self._setup = setup
        self.given = (0,) * len(setup.teams)
        self._game = Game.start(QuizSheet.of(setup.quiz), self.clock(), setup.rules, setup.typed)
        return self._game

    def take_up(self, unfinished: KeptGame) -> Game:
        """Resume a kept game. Raises `CannotResume`, and `OpenElsewhere` where another window is playing it.

        A game that lacks only its end is over, and is recorded as ended.
        """
        from orbitquiz.history.resume import resume

        quiz, game = resume(self.bank, unfinished, self.clock())
        kept = unfinished.game
        lock = self.records.lock(kept.id)
        self.close()
        self._lock = lock
        self._setup = Setup(quiz, plan_of(kept, self.bank, quiz), game.rules, kept.mode, kept.teams, game.typed)
        self._game, self._kept_as, self.given = game, kept.id, kept.given or (0,) * len(kept.teams)
        if game.phase is Phase.OVER:
            self.records.ended(kept.id)
        return game

    def close(self) -> None:
        """Let other windows resume the game."""
        self._kept_as = None
        if self._lock:
            self._lock.release()
            self._lock = None

    @property
    def is_kept(self) -> bool:
        """True if the game can be resumed later. The records are asked only where something is wrong with them."""
        if self._kept_as is None or self.records.notice is None:
            return self._kept_as is not None
        found = self.records.unfinished()
        return found is not None and found.game.id == self._kept_as

    def answer(self, picked: int) -> Game:
        """Answer with the option at the index `picked`."""
        return self._answered(self.game.answer(picked, self.clock()))

    def say(self, words: str, picked: int | None) -> Game:
        """Answer with `words`, which name the option with the index `picked`, or none."""
        return self._answered(self.game.say(words, picked, self.clock()))

    def skip(self) -> Game:
        """Skip the question."""
        return self._answered(self.game.skip(self.clock()))

    def time_up(self) -> Game:
        """End the question because its time is up."""
        return self._answered(self.game.time_up(self.clock()))

    def guess(self) -> Game:
        """Mark the last answer, which was right, as a guess, or no longer."""
        self._game = self.game.guess()
        self.records.guessed(self._keep(), self._game)
        return self._game

    def take_hint(self) -> Game:
        """Record that the player has seen the hint."""
        self._game = self.game.hint()
        self.beat()
        return self._game

    def pause(self) -> Game:
        """Stop the clock."""
        self._game = self.game.pause(self.clock())
        self.beat()
        return self._game

    def go_on(self) -> Game:
        """Let the clock run again."""
        self._game = self.game.go_on(self.clock())
        return self._game

    def next(self) -> Game:
        """Go on to the next question, or to the end."""
        self._game = self.game.next(self.clock())
        if self._game.phase is Phase.OVER and self._kept_as is not None:
            self.records.ended(self._kept_as)
        return self._game

    @property
    def earlier(self) -> EarlierResult | None:
        """The result of the last time that this quiz was played to its end; None where it never was."""
        code = self.setup.quiz.code
        return self.records.earlier_result(self.bank.id, code, self._kept_as or 0) if code else None

    @property
    def standing(self) -> tuple[int, ...]:
        """The points of each team; empty where no teams play."""
        return team_points(self.game, len(self.setup.teams), self.given) if self.setup.teams else ()

    @property
    def turn(self) -> int:
        """The index of the team whose question the current one is."""
        return turn_of(self.game, len(self.setup.teams))

    def give(self, team: int, points: int) -> None:
        """Give the team with this index points by hand, or take them (`points` below 0)."""
        self.given = tuple(each + points * (index == team) for index, each in enumerate(self.given))
        self.records.given(self._keep(), self.given)

    def beat(self, every: float = 0.0) -> None:
        """Record how long the current question has been shown, so that its clock is right after a crash.

        With `every`, only if this was last done at least so many seconds ago.
        """
        if self._kept_as is not None and self.game.is_open and self.clock() - self._beaten_at >= every:
            self._beaten_at = self.clock()
            self.records.shown(self._kept_as, self.game.elapsed(self.clock()), hinted=self.game.hinted)

    @property
    def left(self) -> float | None:
        """Seconds left for the current question; None without a timer."""
        return self.game.left(self.clock())

    def marks_in(self, source: str) -> Iterator[Quotation]:
        """Yield the bank's quotations from a source, except those that would give away a later question."""
        hidden: set[str] = set()
        if self._game is not None:
            coming = self.game.quiz.questions[self.game.number - self.game.is_open :]
            hidden = {question.fact for question in coming}
        for fact in self.bank.facts:
            if fact.id not in hidden:
                yield from (quotation for quotation in fact.quotations if quotation.source == source)

    def _answered(self, game: Game) -> Game:
        self._game = game
        self.records.answered(self._keep(), game)
        return game

    def _keep(self) -> int:
        """Return the id under which the game is kept, and begin to keep it if it is not."""
        if self._kept_as is None:
            from orbitquiz.history.model import NewGame

            setup = self.setup
            plan = setup.plan
            count = len(plan.questions) if plan.questions is not None else plan.request.count
            about = NewGame(self.bank.version, self.folder, setup.mode, setup.teams, plan.to_json(), count)
            self._kept_as = self.records.begin(self.game, about)
            self._lock = self.records.lock(self._kept_as)
        return self._kept_as
