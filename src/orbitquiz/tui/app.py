"""The program on the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Sequence

from textual.app import App
from textual.screen import Screen

from orbitquiz.quiz.game import Game, Phase
from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.screens.question import QuestionScreen
from orbitquiz.tui.theme import DAY, NIGHT


class OrbitQuizApp(App[Game]):
    """Plays `quiz`, then another from `another` for as long as the player likes; returns the last game.

    `clock` gives seconds that never go back; `replay` says how somebody plays a quiz again. `notices` are shown beside
    the first question.
    """

    TITLE = "OrbitQuiz"
    CSS_PATH = [
        "app.tcss",
        "screens/question.tcss",  # the first screen is not pushed, so Textual would not look for its own
        "widgets/topline.tcss",
        "widgets/options.tcss",
        "widgets/proof.tcss",
        "widgets/keybar.tcss",
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall"), (40, "-very-tall")]

    def __init__(
        self,
        quiz: Quiz,
        clock: Callable[[], float],
        another: Callable[[], Quiz],
        replay: Callable[[Quiz], str],
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.clock = clock
        self.another = another
        self.replay = replay
        self.notices = notices
        self.game = Game.start(quiz, clock())
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.theme = NIGHT.name

    def _leave_when_told(self) -> None:
        """Let a signal that ends the program put the terminal in order first."""
        for name in ("SIGTERM", "SIGHUP"):
            # Windows has neither these signals nor handlers for them in an event loop.
            with contextlib.suppress(AttributeError, NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit, self.game)

    def get_default_screen(self) -> Screen[None]:
        """The first frame is a question."""
        return QuestionScreen(self.game)

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first question is on the screen."""
        if not self.is_headless:
            self._leave_when_told()
        # What was made so far stays to the end; the collector need not look at it again and again.
        gc.freeze()
        gc.enable()
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)

    def on_question_screen_moved(self, message: QuestionScreen.Moved) -> None:
        """Keep the game, and show how it ended once it is over."""
        self.game = message.game
        if self.game.phase is Phase.OVER:
            from orbitquiz.tui.screens.end import EndScreen  # not before there is something to look back on

            self.push_screen(EndScreen(self.game, self.replay(self.game.quiz)))

    def action_again(self) -> None:
        """Play another quiz of the same kind."""
        self.game = Game.start(self.another(), self.clock())
        self.pop_screen()
        assert isinstance(self.screen, QuestionScreen)
        self.screen.play(self.game)

    async def action_quit(self) -> None:
        """Leave, after asking where a game is running."""
        if self.game.phase is Phase.OVER:
            self.exit(self.game)
            return
        from orbitquiz.tui.screens.leave import LeaveScreen

        if isinstance(self.screen, LeaveScreen):
            self.exit(self.game)  # asked twice
        else:
            self.push_screen(LeaveScreen(self.game), self._leave)

    def action_help_quit(self) -> None:
        """What Textual does for control-C: here it leaves as `q` does."""
        self.call_later(self.action_quit)

    def action_keys(self) -> None:
        """Show what the keys do."""
        from orbitquiz.tui.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def _leave(self, leave: bool | None) -> None:
        if leave:
            self.exit(self.game)
