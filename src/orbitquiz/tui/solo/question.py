"""The screen on which a game takes place: the question, its verdict and its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.presenter.enter_guard import EnterGuard
from orbitquiz.presenter.solo import HINT_COST, Onward, moves_of
from orbitquiz.quiz.game import Game, Phase
from orbitquiz.session.session import Session
from orbitquiz.tui.solo import messages
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.lines import TIGHT
from orbitquiz.tui.widgets.options import OPTIONS, Options
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.timebar import TimeBar
from orbitquiz.tui.widgets.topline import TopLine

if TYPE_CHECKING:  # these come after the first frame, for teams, or where answers are typed
    from textual.widgets import Input

    from orbitquiz.presenter.typing import Typing
    from orbitquiz.tui.widgets.proof import ProofView
    from orbitquiz.tui.widgets.scoreboard import TeamView
    from orbitquiz.tui.widgets.sky import Sky

_HERE = Path(__file__).parent
_LATER = (
    _HERE / "answer.tcss",
    *(_HERE.parent / "widgets" / f"{name}.tcss" for name in ("proof", "scoreboard")),
)
_TICK = 0.2  # seconds
_LONGEST_ANSWER = 200  # characters, as `quiz.typed.LONGEST`
_GIFT = 10  # points that one key gives or takes


class QuestionScreen(Screen[None]):
    """Asks the current question of a session's game, then shows the verdict and the proof."""

    CSS_PATH = ["question.tcss", "../widgets/topline.tcss"]  # and, after the first frame, `_LATER`
    AUTO_FOCUS = ""  # the line for typed answers takes the keys only where the question is answered in words

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer({index % OPTIONS})", "answer", show=False) for index, key in enumerate("1234abcd")),
        Binding("up", "move(-1)", "choose an answer", show=False),
        Binding("down", "move(1)", "choose an answer", show=False),
        Binding("enter", "enter", "give the chosen answer, or go on", show=False),
        Binding("space", "next", "go on after an answer", show=False),
        Binding("h", "hint", "see the passage without the answer; a right answer then pays 60", show=False),
        Binding("x", "skip", "skip the question", show=False),
        Binding("p", "pause", "stop the clock, or let it run again", show=False),
        Binding("s", "source", "read the whole source, after an answer", show=False),
        Binding("g", "guess", "right, but a guess: ask it again sooner", show=False),
        Binding("f", "flag", "flag the question: tell its author what is wrong", show=False),
        Binding("left", "team(-1)", "choose another team", show=False),
        Binding("right", "team(1)", "choose another team", show=False),
        Binding("plus", "give(1)", "give the chosen team ten points", show=False),
        Binding("minus", "give(-1)", "take ten points from it", show=False),
        Binding("escape", "stop_typing", "leave the line that you type in, for the other keys", show=False),
        Binding("pageup", "scroll(-1)", "scroll a long proof", show=False),
        Binding("pagedown", "scroll(1)", "scroll a long proof", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The player made a move."""

        game: Game  # after the move

    _proof: ProofView
    _sky: Sky

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._is_furnished = False  # whether the parts are mounted that the first frame does not need
        self._is_covered = False  # whether the clock is stopped because another screen is on top
        self.update_classes(self._state, update=False)
        self._guard = EnterGuard(session.clock)
        self._typing: Typing | None = None  # if the current question is answered in words
        self._chosen: int | None = None  # the team to give points to; None for the one whose turn it is

    @property
    def game(self) -> Game:
        """The current state of the game."""
        return self.session.game

    def compose(self) -> ComposeResult:
        yield TopLine(self.game)
        yield from self._above
        with Container(id="table"), Vertical(id="asking"):
            yield Text(id="stem")
            yield Text(id="open")
            yield Options()
            if self.game.typed:
                self._read_styles()
                yield from self._typing_widgets()
        yield KeyBar()

    def _read_styles(self) -> None:
        """Read the styles that the first frame needs only for teams, and where answers are typed."""
        for path in _LATER:
            if not self.app.stylesheet.has_source(str(path)):
                self.app.stylesheet.read(path)

    @property
    def _above(self) -> Iterator[Widget]:
        """Yield the widgets above the question that only some games have."""
        if self.game.rules.timer:
            yield TimeBar()
        if teams := self.session.setup.teams:
            from orbitquiz.tui.widgets.scoreboard import Scoreboard

            self._read_styles()
            yield Scoreboard(teams)

    def on_mount(self) -> None:
        self.show_game()
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        """Mount the parts that the first frame does not need."""
        if not self.is_attached:
            return  # the player left before the first frame
        from orbitquiz.tui.widgets.proof import ProofView
        from orbitquiz.tui.widgets.sky import Sky

        self._read_styles()
        self._sky, self._proof = Sky(), ProofView()
        mounted = [
            self.query_one("#table").mount(Text(id="hint"), self._proof),
            self.mount(Static("Paused\n\np goes on", id="paused"), self._sky, after="#table"),
        ]
        for each in mounted:
            await each
        if not self.is_attached:
            return  # or right after it
        self._is_furnished = True
        self.set_interval(_TICK, self._tick)
        self._sky.show(self.game)
        if self.game.phase is not Phase.ASKING or self.game.hinted:  # the player was quicker, or has resumed
            self.show_game()

    def on_screen_suspend(self) -> None:
        """Stop the clock while another screen is on top."""
        # A screen gets this event when it is closed, too, and its session may already have another game.
        if self.game.phase is Phase.ASKING and self in self.app.screen_stack:
            self.session.pause()
            self._is_covered = True
            if self._is_hidden:
                self.show_game()

    def on_screen_resume(self) -> None:
        was_hidden = self._is_covered and self._is_hidden
        if self._is_covered and self.game.phase is Phase.PAUSED:
            self.session.go_on()
        self._is_covered = False
        if was_hidden:
            self.show_game()

    @property
    def _is_hidden(self) -> bool:
        """True while a question may not be read: it is paused, or has a timer and lies below another screen."""
        return self.game.phase is Phase.PAUSED and (not self._is_covered or self.game.rules.timer is not None)

    async def play(self, session: Session) -> None:
        """Play the game of `session` from here on."""
        self.session = session
        await self.query("TimeBar, Scoreboard").remove()
        await self.mount(*self._above, after=self.query_one(TopLine))
        if self.game.typed and not self.query("#typed"):
            await self.query_one("#asking").mount(*self._typing_widgets())
        self._typing = None
        self.show_game()

    @staticmethod
    def _typing_widgets() -> Iterator[Widget]:
        """Yield the line for answers that are typed, and what is told about them."""
        from textual.widgets import Input  # only where answers are typed: a game starts without it

        yield Input(placeholder="type your answer", max_length=_LONGEST_ANSWER, compact=True, id="typed")
        yield Text(id="told")

    def on_options_picked(self, message: Options.Picked) -> None:
        self.action_answer(message.index)

    def action_answer(self, index: int) -> None:
        """Answer with the option that has this index. After an answer, nothing happens."""
        if moves_of(self.game).answer and not self.game.is_typed and index < len(self.game.question.options):
            self._moved(self.session.answer(index))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer with what was typed, or tell what is missing."""
        message.stop()
        if not (moves_of(self.game).answer and self._typing):
            return
        if said := self._typing.enter(message.value):
            self._moved(self.session.say(said.words, said.picked))
        else:
            self._show_told()

    def action_stop_typing(self) -> None:
        """Let the other keys work. Enter goes back to typing."""
        if self.game.is_typed:
            self.set_focus(None)

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def on_descendant_blur(self) -> None:
        self._show_keys()

    @property
    def _is_typing(self) -> bool:
        return self.focused is not None and self.focused.id == "typed"

    def _show_told(self) -> None:
        """Show what is to be said about the answer that was typed."""
        typing = self._typing
        told = typing.message if typing else ""
        if typing and typing.suggestion:
            told += " Enter: yes. Or type on."
        self.query_one("#told", Static).update(Content(told))
        self.query_one("#told").display = bool(told)

    def action_move(self, by: int) -> None:
        """Move the highlight while a question is open, and the proof after that."""
        if self.game.phase is Phase.ASKING:
            if not self.game.is_typed:
                self.query_one(Options).move(by)
        elif self.game.phase is Phase.ANSWERED:
            self._proof.scroll_relative(y=by, animate=False)

    def action_enter(self) -> None:
        """Answer with the highlighted option, or go on."""
        highlighted = self.query_one(Options).highlighted
        if self.game.phase is Phase.ASKING and self.game.is_typed:
            self.query_one("#typed").focus()
        elif self.game.phase is Phase.ASKING and highlighted is not None:
            self.action_answer(highlighted)
        else:
            self.action_next()

    def action_next(self) -> None:
        """Go on to the next question, or to the end."""
        if moves_of(self.game).onward and not self._guard.is_too_early:
            self._moved(self.session.next())

    def action_hint(self) -> None:
        """Show the passage that proves the answer, without the answer."""
        if not moves_of(self.game).hint:
            return
        if self.session.hint:  # an empty hint costs nothing
            self.session.take_hint()
            self.show_game()
        else:
            self.notify("There is no hint for this question.", markup=False)

    def action_guess(self) -> None:
        """Mark a right answer as a guess, or no longer."""
        if moves_of(self.game).guess:
            self.session.guess()
            self.show_game()

    def action_skip(self) -> None:
        """Skip the question."""
        if moves_of(self.game).answer:
            self._moved(self.session.skip())

    def action_pause(self) -> None:
        """Stop the clock and hide the question, or go on."""
        if self.game.phase is Phase.ASKING:
            self.session.pause()
        elif self.game.phase is Phase.PAUSED:
            self.session.go_on()
        else:
            return
        self.show_game()

    def action_source(self) -> None:
        """Open the sources at the passages that prove the answer."""
        self._read(0)

    def on_proof_view_cited(self, message: ProofView.Cited) -> None:
        self._read(message.index)

    def _read(self, first: int) -> None:
        if moves_of(self.game).source:
            from orbitquiz.presenter.citing import cited_by

            cited = cited_by(self.session.bank, self.session.question, self.game.verdict.picked)
            self.post_message(messages.ReadSources([*cited[first:], *cited[:first]]))

    def action_flag(self) -> None:
        """Report a problem with the question to the author of the bank."""
        if moves_of(self.game).flag:
            self.post_message(messages.FlagQuestion(self.session.setup.quiz, self.session.question))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for what only teams can do, or somebody who types."""
        if action == "stop_typing":
            return bool(self.game.typed)
        return bool(self.session.setup.teams) if action in ("team", "give") else True

    def on_team_view_picked(self, message: TeamView.Picked) -> None:
        self._chosen = message.index
        self._show_teams()

    def action_team(self, by: int) -> None:
        """Choose another team to give points to."""
        now = self.session.turn if self._chosen is None else self._chosen
        self._chosen = (now + by) % len(self.session.setup.teams)
        self._show_teams()

    def action_give(self, sign: int) -> None:
        """Give the chosen team points by hand, or take them."""
        team = self.session.turn if self._chosen is None else self._chosen
        self.session.give(team, sign * _GIFT)
        self._show_teams()

    def on_resize(self) -> None:
        self._fit()

    def action_scroll(self, by: int) -> None:
        """Scroll a long proof, or a long question, by a page."""
        long = self._proof if self.game.phase is Phase.ANSWERED else self
        long.scroll_relative(y=by * max(long.size.height - 1, 1), animate=False)

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self._show_keys(more=message.overflows)

    def _tick(self) -> None:
        """Update the clock on the screen, and end the question when its time is up."""
        if self.game.phase is not Phase.ASKING or self.game.rules.timer is None:
            return
        left = self.session.left
        self._show_time(left)
        if left is not None and left <= 0:
            # A key meant as an answer that comes too late must not skip the proof.
            self._guard.start()
            self._moved(self.session.time_up())

    def _show_time(self, left: float | None) -> None:
        for bar in self.query(TimeBar):
            bar.show(left, self.game.rules.timer)

    def _show_teams(self) -> None:
        if self.session.setup.teams:
            from orbitquiz.tui.widgets.scoreboard import Scoreboard

            turn = self.session.turn
            self.query_one(Scoreboard).show(self.session.standing, turn, turn if self._chosen is None else self._chosen)

    def _moved(self, game: Game) -> None:
        if game.is_open:
            self._chosen = None
        if game.phase is not Phase.OVER:
            self.show_game()
        self.post_message(self.Moved(game))

    @property
    def _state(self) -> dict[str, bool]:
        """The classes that tell the styles the state of the game."""
        game = self.game
        return {
            "-answered": game.phase is Phase.ANSWERED,
            "-asking": game.is_open,
            "-paused": self._is_hidden,
            "-hinted": game.hinted and game.is_open,
            "-teams": bool(self.session.setup.teams),
            "-typed": game.is_open and game.is_typed,
            TIGHT: False,
        }

    def _change_state(self) -> None:
        """Give the screen the classes of the state, and compute the styles again that depend on them.

        After a change of a screen's classes Textual computes all of its styles, which takes a fifth of the time from an
        answer to its proof. Where nobody types or plays in a team, only a few depend on them.
        """
        was_tight = self.has_class(TIGHT)
        is_ordinary = not (was_tight or self.game.typed or self.session.setup.teams)
        before = self.classes
        self.update_classes(self._state, update=not is_ordinary, animate=False)
        if is_ordinary and self.classes != before:
            self.app.stylesheet.update_nodes(self.query("#table, #hint, #paused, ProofView, Sky"))

    def show_game(self) -> None:
        """Show the game in its current state."""
        game = self.game
        answered = game.phase is Phase.ANSWERED
        if answered and not self._is_furnished:
            return
        self._change_state()
        self.query_one(TopLine).show(game)
        self._show_teams()
        self._show_time(self.session.left if game.is_open else None)
        self.query_one("#stem", Static).update(Content(game.question.stem))
        opened = self.query_one("#open", Static)
        opened.display = game.is_open and bool(game.question.open)
        if opened.display:
            from orbitquiz.tui.widgets.proof import open_passages

            opened.update(open_passages(game.question.open))
        options = self.query_one(Options)
        if answered:
            options.tell(game.verdict)
            self._proof.tell(game.verdict)
            self._proof.appear()
        else:
            options.ask(() if game.is_typed else game.question.options)
        self._fit_typing()
        if self._is_furnished:
            self._sky.show(game)
            if game.hinted and game.is_open:
                self.query_one("#hint", Static).update(Content("\n").join(map(Content, self.session.hint)))
        if answered:
            self._show_keys()  # the proof has fitted itself
        else:
            self._fit()

    def _fit_typing(self) -> None:
        """Put the cursor into an empty line for each question that is answered in words."""
        game = self.game
        if not (game.is_open and game.is_typed):
            if self._typing:
                self._typing = None
                self.set_focus(None)
                self._show_told()
            return
        if self._typing is None:
            from textual.widgets import Input

            from orbitquiz.presenter.typing import Typing

            self._typing = Typing(self.session.expected)
            line = self.query_one("#typed", Input)
            line.value = ""
            line.focus()
            self._show_told()

    @property
    def _offers_hint(self) -> bool:
        return not self.game.hinted and bool(self.session.hint)

    def _fit(self) -> None:
        """Drop blank lines that do not fit."""
        self._show_keys()
        if self.game.phase is Phase.ANSWERED:
            self._proof.fit()
        else:
            if self.has_class(TIGHT):
                self.remove_class(TIGHT)
                self.query_one(Options).refresh(layout=True)
            self.call_after_refresh(self._tighten)

    def _tighten(self) -> None:
        if self.game.is_open and self.max_scroll_y > 0:
            self.add_class(TIGHT)
            self.query_one(Options).refresh(layout=True)

    def _show_keys(self, *, more: bool = False) -> None:
        moves = moves_of(self.game)
        hints: list[Hint] = []
        if self._is_hidden:
            hints = [("p", "go on", "screen.pause")]
        elif self._is_typing:
            other = "hint, skip, leave" if self._offers_hint else "skip, leave"
            hints = [("enter", "answer", ""), ("esc", other, "screen.stop_typing")]
            self.query_one(KeyBar).show(hints)
            return
        elif self.game.is_open:
            hints = [("enter", "type", "screen.enter")] if self.game.is_typed else [("1–4 a–d", "answer", "")]
            hints += [("h", f"hint, −{HINT_COST}", "screen.hint")] if self._offers_hint else []
            hints += [("x", "skip", "screen.skip")]
            hints += [("p", "pause", "screen.pause")] if self.game.rules.timer else []
            hints += [] if self.game.is_typed else [("↑ ↓ enter", "choose", "")]
        elif moves.onward:
            hints = [("enter", self._named(moves.onward), "screen.next")]
            hints += [("↓", "more", "screen.scroll(1)")] if more else []
            hints += [("s", "source", "screen.source")]
            hints += [("g", "guessed", "screen.guess")] if moves.guess else []
            hints += [("f", "flag", "screen.flag")]
        self.query_one(KeyBar).show([*hints, ("?", "keys", "app.keys"), ("q", "leave", "app.quit")])

    def _named(self, onward: Onward) -> str:
        is_narrow = self.has_class("-narrow")
        if onward is Onward.SCORE:
            return "score" if is_narrow else "to the score"
        return "next" if is_narrow else "next question"
