"""The program that one player, or teams at one terminal, play with."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict
from textual import on
from textual.screen import Screen

from orbitquiz.quiz.game import Game, Mode, Phase
from orbitquiz.session.plan import Setup, another, setup_of
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.session.takeaways import keep_flag, keep_reading_list
from orbitquiz.tui.shared.base_app import BaseApp
from orbitquiz.tui.solo import messages
from orbitquiz.tui.solo.question import QuestionScreen

if TYPE_CHECKING:
    from orbitquiz.presenter.ending import Ending
    from orbitquiz.session.returning import ReviewOptions
    from orbitquiz.tui.solo.dialogs import LeaveChoice
    from orbitquiz.tui.solo.home import HomeScreen

_BEAT = 1.0  # seconds between two notes of a timed game's clock
_GAMES = 200  # that are listed, and any that can be resumed
_SLOW_BEAT = 10.0  # and of any other's


class OrbitQuizApp(BaseApp[Game]):
    """Plays the game of `session`, which has been set up; where none has, it begins with the menu.

    Returns the last game. `notices` are shown beside the first screen.
    """

    def __init__(self, session: Session, setup: Setup | None, services: Services, notices: Sequence[str] = ()) -> None:
        # Textual reads the styles of a screen when it is pushed, and the first one never is.
        first = ["home.tcss"] if setup is None and not session.is_set_up else QuestionScreen.CSS_PATH
        super().__init__(services.folder, css_path=[*self.CSS_PATH, *first])
        self.session = session
        self.services = services
        self.notices = notices
        self._told: str | None = None
        if setup:
            session.start(setup)
        self._home = None if session.is_set_up else self._make_home()

    @property
    def game(self) -> Game:
        """The current state of the game."""
        return self.session.game

    def _make_home(self) -> HomeScreen:
        from orbitquiz.presenter.menu import options_of
        from orbitquiz.presenter.review import review_options_of
        from orbitquiz.tui.solo.home import HomeScreen

        options, review = options_of(self.preferences.options), review_options_of(self.preferences.review)
        return HomeScreen(self.session, options, review, self.services, self.colours)

    def on_mount(self) -> None:
        if not self.is_headless:
            self._leave_when_told()

    def on_unmount(self) -> None:
        self.session.close()

    def _leave_when_told(self) -> None:
        """Let a signal that ends the program restore the terminal first."""
        for name in ("SIGTERM", "SIGHUP"):
            # Windows has neither these signals nor handlers for them in an event loop.
            with contextlib.suppress(AttributeError, NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.leave)

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen: the question, where a quiz was named."""
        return self._home or QuestionScreen(self.session)

    def settled(self) -> None:
        """Do what can wait until the first screen is drawn."""
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
        if self._home is None:
            self._tell_of_records()
        self.set_interval(_BEAT, self._beat)
        if self.session.is_set_up and self.session.game.phase is Phase.OVER:
            self._show_end()  # a resumed game of which only the end was missing

    def _beat(self) -> None:
        """Keep the clock of a running game, so that it is right after a crash."""
        if self.session.is_running:
            self.session.beat(_BEAT if self.session.game.rules.timer else _SLOW_BEAT)
            self._tell_of_records()

    @on(messages.RecordsAsked)
    def _tell_of_records(self) -> None:
        """Say what is wrong with the records, once."""
        notice = self.session.records.notice
        if notice and notice != self._told:
            self._told = notice
            self.notify(notice, severity="warning", timeout=10, markup=False)

    @on(messages.Play)
    def _play(self, wish: messages.Play) -> None:
        bank, seed = self.session.bank, wish.seed or self.services.new_seed()
        setup = setup_of(bank, wish.plan, seed, wish.rules, wish.mode, wish.teams, is_typed=wish.is_typed)
        self._begin(setup)

    def _begin(self, setup: Setup) -> None:
        if not setup.quiz.questions:
            self.notify("No questions match these options.", severity="warning", markup=False)
            return
        self.session.start(setup)
        self.call_later(self._to_game)

    @on(messages.Again)
    def _play_again(self, wish: messages.Again) -> None:
        if wish.setup.mode is Mode.REVIEW:
            self._review()
        else:
            self._begin(another(self.session.bank, wish.setup, self.services.new_seed()))

    @on(messages.Review)
    def _review(self) -> None:
        from orbitquiz.session.returning import next_review

        session, now, seed = self.session, self.services.now().astimezone(), self.services.new_seed()
        setup = next_review(session.bank, session.records, now, seed, self._review_options)
        if setup is None:
            self.notify("Nothing more is due today.", markup=False)
            return
        session.start(setup)
        self.call_later(self._to_game)

    @property
    def _review_options(self) -> ReviewOptions:
        from orbitquiz.presenter.review import review_options_of

        given = self.services.review if self._home is None else None
        return given or review_options_of(self.preferences.review)

    @on(messages.ReviewOptionsChanged)
    def _keep_review_options(self, change: messages.ReviewOptionsChanged) -> None:
        self.remember(review=asdict(change.options))

    @on(messages.Resume)
    def _resume(self, wish: messages.Resume) -> None:
        """Resume a kept game, or say why that is impossible."""
        from orbitquiz.history.game_lock import OpenElsewhere
        from orbitquiz.history.resume import CannotResume

        kept = wish.kept
        self.session.close()
        try:
            session = self.services.session_for(kept, self.session)
            session.take_up(kept)
        except OpenElsewhere:
            message = "This game is open in another window. Go on there, or close it first."
            self.notify(message, severity="warning", timeout=8, markup=False)
        except (CannotResume, OSError, ValueError) as error:
            self.session.records.abandon(kept.game.id)
            message = f"This game cannot be resumed: {error}. Its answers stay in your history."
            self.notify(message, severity="warning", timeout=10, markup=False)
            self.call_later(self._go_home)
        else:
            self.session = session
            self.call_later(self._to_game)

    @on(messages.ListGames)
    def _list_games(self) -> None:
        from orbitquiz.tui.solo.games import GamesScreen

        bank = self.session.bank
        self.push_screen(GamesScreen(bank, self.session.records.latest_games(bank.id, _GAMES)))

    @on(messages.GiveUp)
    def _give_up(self, wish: messages.GiveUp) -> None:
        self.session.records.abandon(wish.id)
        self._tell_of_records()

    @on(messages.OpenGame)
    def _open_game(self, wish: messages.OpenGame) -> None:
        """Show how a past game went, or resume it."""
        from orbitquiz.history.resume import CannotResume, resume
        from orbitquiz.session.plan import plan_of

        kept = self.session.records.game(wish.id)
        self._tell_of_records()
        if kept is None:
            return
        if kept.game.ended is None and not kept.game.abandoned:
            self._resume(messages.Resume(kept))
            return
        try:
            session = self.services.session_for(kept, self.session)
            quiz, game = resume(session.bank, kept, 0.0)
        except (CannotResume, OSError, ValueError) as error:
            self.notify(f"This game cannot be opened: {error}.", severity="warning", timeout=10, markup=False)
            return
        record = kept.game
        setup = Setup(quiz, plan_of(record, session.bank, quiz), game.rules, record.mode, record.teams, game.typed)
        self._look_back(session, setup, game, record.given, datetime.fromisoformat(record.started))

    @on(QuestionScreen.Moved)
    def _moved(self) -> None:
        """Show how a game ended once it is over."""
        self._tell_of_records()
        if self.session.game.phase is Phase.OVER:
            self._show_end()

    @on(messages.GoHome)
    def action_home(self) -> None:
        """Go to the menu."""
        self.call_later(self._go_home)

    async def _go_home(self) -> None:
        """Close all screens down to the menu, and open it where the game began without."""
        self.session.close()
        await self._close_screens()
        if self._home is None:
            self._home = self._make_home()
        self._home.session = self.session
        if self.screen is self._home:
            self._home.refresh_list()
        else:
            await self.push_screen(self._home)

    @on(messages.ReadSources)
    def _read(self, wish: messages.ReadSources) -> None:
        """Open a document at a passage, its quotation marked.

        What the bank quotes elsewhere in it is marked too, unless that would give away a question still to come.
        """
        from orbitquiz.tui.reader.screen import ReaderScreen

        self.push_screen(ReaderScreen(wish.cited, lambda source: list(self.session.marks_in(source))))

    @on(messages.FlagQuestion)
    def _flag(self, wish: messages.FlagQuestion) -> None:
        from orbitquiz.tui.solo.dialogs import FlagScreen

        def write(reason: str | None) -> None:
            if reason:
                folder, now = self.services.folder, self.services.now()
                self._tell(keep_flag(folder, self.session.bank, wish.quiz, wish.question, reason, now))

        is_hidden = self.session.is_running and self.session.game.is_open and self.session.game.rules.timer is not None
        self.push_screen(FlagScreen("" if is_hidden else wish.question.stem), write)

    @on(messages.WriteReadingList)
    def _write_reading_list(self, wish: messages.WriteReadingList) -> None:
        folders = (Path.cwd(), self.services.folder)
        self._tell(keep_reading_list(folders, self.session.bank, wish.quiz, wish.game, self.services.now()))

    @on(messages.OptionsChanged)
    def _keep_options(self, change: messages.OptionsChanged) -> None:
        self.remember(options=asdict(change.options))

    @on(messages.BankChosen)
    def _choose_bank(self, wish: messages.BankChosen) -> None:
        """Play from another bank from now on, or say why that is impossible."""
        from orbitquiz.library.chosen import remember

        place = wish.bank.place
        try:
            bank = self.services.open_bank(place)
        except (OSError, ValueError) as error:
            message = f"The bank {wish.bank.name} cannot be opened: {error}."
            self.notify(message, severity="warning", timeout=10, markup=False)
            return
        self.session = self.session.of(bank, place)
        remember(self.services.folder, wish.bank)
        self.action_home()

    @on(messages.ColoursChanged)
    def _change_colours(self, change: messages.ColoursChanged) -> None:
        self.step_colours(change.by)
        if self._home:
            self._home.show_colours(self.colours)

    def _tell(self, outcome: tuple[bool, str]) -> None:
        done, message = outcome
        self.notify(message, severity="information" if done else "error", timeout=8, markup=False)

    async def action_quit(self) -> None:
        """Leave, after asking where a game is running."""
        if not self.session.is_running or self.screen is self._home:
            self.leave()
            return
        from orbitquiz.tui.solo.dialogs import LeaveScreen

        if isinstance(self.screen, LeaveScreen):
            self.leave()  # asked twice
        else:
            self.push_screen(LeaveScreen(self.session.game, is_kept=self.session.is_kept), self._left)

    def leave(self) -> None:
        """End the program. What was answered is kept."""
        if self.session.is_set_up:
            self.session.beat()
            self.exit(self.session.game)
        else:
            self.exit()

    def _left(self, choice: LeaveChoice | None) -> None:
        if choice == "leave":
            self.leave()
        elif choice == "home":
            self.session.beat()
            self.action_home()

    async def _to_game(self) -> None:
        await self._close_screens()
        if isinstance(self.screen, QuestionScreen):
            await self.screen.play(self.session)
        else:
            await self.push_screen(QuestionScreen(self.session))
        if self.session.game.phase is Phase.OVER:
            self._show_end()

    def _show_end(self) -> None:
        from orbitquiz.presenter.ending import ending_of

        session, now = self.session, self.services.now()
        ending = ending_of(session, now.astimezone(), self._review_options)
        self._look_back(session, session.setup, session.game, session.given, now, ending)

    def _look_back(
        self,
        session: Session,
        setup: Setup,
        game: Game,
        given: Sequence[int],
        at: datetime,
        ending: Ending | None = None,
    ) -> None:
        from orbitquiz.presenter.ending import NO_ENDING
        from orbitquiz.tui.solo.end import EndScreen  # not before there is something to look back on

        day = at.astimezone().date()
        replay = self.services.replay(setup.quiz, session.folder)
        self.push_screen(EndScreen(setup, game, given, replay, session.bank, day, ending or NO_ENDING))

    async def _close_screens(self) -> None:
        """Close all screens but the first."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
