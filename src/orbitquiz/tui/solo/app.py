"""The program on the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from orbitquiz.bank.model import Bank
from orbitquiz.bank.passage import Passage
from orbitquiz.history.model import Mode, Unfinished
from orbitquiz.quiz.game import Game, Phase
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.session.plan import Setup
from orbitquiz.session.session import Session
from orbitquiz.session.takeaways import keep_flag, keep_reading_list
from orbitquiz.tui.shared.base_app import BaseApp
from orbitquiz.tui.solo.question import QuestionScreen

if TYPE_CHECKING:
    from orbitquiz.tui.solo.leave import Choice

_BEAT = 1.0  # seconds between two entries of the clock of a timed game
_SLOW_BEAT = 10.0  # and of any other


@dataclass(frozen=True)
class AppServices:
    """What the program needs of the world around it.

    `folder` holds what a player keeps: records, flags, the theme. `new_seed` gives a seed that nobody has had, `replay`
    the command that plays a quiz again, `open_bank` the bank in a folder (None for the built-in one; raises `OSError`
    or `ValueError` with a message), `now` the time in UTC.
    """

    folder: Path
    new_seed: Callable[[], str]
    replay: Callable[[Quiz], str]
    open_bank: Callable[[str | None], Bank]
    now: Callable[[], datetime]


class OrbitQuizApp(BaseApp[Game]):
    """Plays the game of `session`, which has been set up; where none has, it begins at home. Returns the last game.

    `notices` are shown beside the first question.
    """

    CSS_PATH = [
        *BaseApp.CSS_PATH,
        "question.tcss",  # the first screen is not pushed, so Textual would not look for its own
        "../widgets/topline.tcss",
        "../widgets/scoreboard.tcss",
    ]

    def __init__(self, session: Session, setup: Setup | None, around: AppServices, notices: Sequence[str] = ()) -> None:
        # Textual loads the style of a screen when it is pushed, and the first one never is.
        super().__init__(around.folder, [*self.CSS_PATH, "home.tcss"] if setup is None else None)
        self.session = session
        self.around = around
        self.notices = notices
        self._told: str | None = None
        self._starts_at_home = setup is None
        if setup:
            session.start(setup)

    @property
    def game(self) -> Game:
        """The game as it stands."""
        return self.session.game

    def get_default_screen(self) -> Screen[None]:
        """The first frame is a question, where a quiz was named."""
        if not self._starts_at_home:
            return QuestionScreen(self.session)
        from orbitquiz.tui.solo.home import HomeScreen

        return HomeScreen()

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first screen is drawn."""
        if not self.is_running:
            return  # somebody left before that
        if not self.is_headless:
            self._leave_when_told()
        # What was made so far stays to the end; the collector need not look at it again and again.
        gc.freeze()
        gc.enable()
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
        if self.session.is_set_up:
            self.session.keep()
            self.tell_of_records()
        self.set_interval(_BEAT, self._beat)

    def _leave_when_told(self) -> None:
        """Let a signal that ends the program put the terminal in order first."""
        for name in ("SIGTERM", "SIGHUP"):
            # Windows has neither these signals nor handlers for them in an event loop.
            with contextlib.suppress(AttributeError, NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.leave)

    def _beat(self) -> None:
        """Keep the clock of the game that is on, so that it is right after a crash."""
        if self.session.is_set_up and self.session.game.is_open:
            self.session.beat(_BEAT if self.session.game.rules.timer else _SLOW_BEAT)
            self.tell_of_records()

    def tell_of_records(self) -> None:
        """Say what is wrong with the records, once."""
        notice = self.session.records.notice
        if notice and notice != self._told:
            self._told = notice
            self.notify(notice, severity="warning", timeout=10, markup=False)

    def now(self) -> datetime:
        """The time in UTC."""
        return self.around.now()

    def new_seed(self) -> str:
        """A seed that nobody has had."""
        return self.around.new_seed()

    def hint(self, question: Question) -> tuple[str, ...]:
        """The hint for `question`."""
        return hint_of(self.session.bank, question)

    def play(self, setup: Setup) -> None:
        """Begin a game."""
        self.session.start(setup)
        self._show_game()
        self.session.keep()
        self.tell_of_records()

    def take_up(self, unfinished: Unfinished) -> None:
        """Go on with a game that was broken off, or say why that cannot be."""
        from orbitquiz.history.resume import CannotResume

        try:
            bank = self._bank_of(unfinished)
            session = self.session.of(bank, unfinished.game.folder)
            session.take_up(unfinished, lambda: self._like(unfinished, bank))
        except (CannotResume, OSError, ValueError) as error:
            self.session.records.abandon(unfinished.game.id)
            message = f"This game cannot be gone on with: {error}. Its answers stay in your history."
            self.notify(message, severity="warning", timeout=10, markup=False)
            self.call_later(self.go_home)
            return
        self.session = session
        self._show_game()

    def _bank_of(self, unfinished: Unfinished) -> Bank:
        if unfinished.game.folder == self.session.folder:
            return self.session.bank
        return self.around.open_bank(unfinished.game.folder)

    def _like(self, unfinished: Unfinished, bank: Bank) -> Quiz:
        """Another quiz of the kind of a game that was broken off."""
        from orbitquiz.quiz.code import WrongCode, request_of
        from orbitquiz.quiz.compose import compose
        from orbitquiz.quiz.request import Request

        game = unfinished.game
        try:
            request = request_of(bank, game.code) if game.code else Request("", game.asked_for)
        except WrongCode:
            request = Request("", game.asked_for)
        return compose(bank, replace(request, seed=self.new_seed()))

    def on_question_screen_moved(self, message: QuestionScreen.Moved) -> None:
        """Show how a game ended once it is over."""
        message.stop()
        self.tell_of_records()
        if self.session.game.phase is Phase.OVER:
            self._show_end()

    def action_again(self) -> None:
        """Play another quiz of the same kind."""
        self.play(replace(self.session.setup, quiz=self.session.setup.again()))

    def action_missed(self) -> None:
        """Play what was missed in the game that is over."""
        from orbitquiz.quiz.compose import compose
        from orbitquiz.quiz.request import Request

        session = self.session
        facts = [question.fact for question in session.game.missed]
        if facts:

            def make() -> Quiz:
                return compose(session.bank, Request(self.new_seed(), len(facts)), facts)

            self.play(Setup(make(), make, session.game.rules, Mode.MISSED))

    def action_home(self) -> None:
        """Go to the menu."""
        self.call_later(self.go_home)

    async def go_home(self) -> None:
        """Close all screens down to the menu, and open it where the game began without."""
        from orbitquiz.tui.solo.home import HomeScreen

        await self._close_screens()
        if not isinstance(self.screen, HomeScreen):
            await self.push_screen(HomeScreen())

    def read(self, passage: Passage) -> None:
        """Open the source of `passage` where it stands, its quotation marked.

        What the bank quotes elsewhere in it is marked too, unless that would give away a question still to come.
        """
        from orbitquiz.tui.reader.screen import ReaderScreen

        hidden = self.session.still_to_prove
        marks = [
            quotation
            for fact in self.session.bank.facts
            for quotation in fact.quotations
            if quotation.source == passage.source.id and quotation not in hidden
        ]
        self.push_screen(ReaderScreen(passage.source, passage.quotations, marks))

    def flag(self, question: Question) -> None:
        """Ask what is wrong with `question`, and write it down."""
        from orbitquiz.tui.solo.flag import FlagScreen

        def write(reason: str | None) -> None:
            if reason:
                self._tell(keep_flag(self.around.folder, self.session, question, reason, self.now()))

        self.push_screen(FlagScreen(question.stem), write)

    def action_reading_list(self) -> None:
        """Write down the passages of what was missed."""
        self._tell(keep_reading_list((Path.cwd(), self.around.folder), self.session, self.now()))

    def _tell(self, outcome: tuple[bool, str]) -> None:
        done, message = outcome
        self.notify(message, severity="information" if done else "error", timeout=8, markup=False)

    async def action_quit(self) -> None:
        """Leave, after asking where a game is running."""
        if not self.session.is_set_up or self.session.game.phase is Phase.OVER or self._is_at_home:
            self.leave()
            return
        from orbitquiz.tui.solo.leave import LeaveScreen

        if isinstance(self.screen, LeaveScreen):
            self.leave()  # asked twice
        else:
            self.push_screen(LeaveScreen(self.session.game, is_kept=self.session.records.notice is None), self._left)

    def leave(self) -> None:
        """End the program. What was played is kept."""
        if self.session.is_set_up:
            self.session.beat()
            self.exit(self.session.game)
        else:
            self.exit()

    def _left(self, choice: Choice | None) -> None:
        if choice == "leave":
            self.leave()
        elif choice == "home":
            self.session.beat()
            self.action_home()

    @property
    def _is_at_home(self) -> bool:
        from orbitquiz.tui.solo.home import HomeScreen

        return isinstance(self.screen, HomeScreen)

    def _show_game(self) -> None:
        self.call_later(self._to_game)

    async def _to_game(self) -> None:
        await self._close_screens()
        if isinstance(self.screen, QuestionScreen):
            await self.screen.play(self.session)
        else:
            await self.push_screen(QuestionScreen(self.session))
        if self.session.game.phase is Phase.OVER:
            self._show_end()

    def _show_end(self) -> None:
        from orbitquiz.tui.solo.end import EndScreen  # not before there is something to look back on

        self.push_screen(EndScreen(self.session, self.around.replay(self.session.game.quiz)))

    async def _close_screens(self) -> None:
        """Close all screens but the first."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
