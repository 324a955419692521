"""The question, its verdict and its proof: where a game takes place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.quiz.game import Game, Phase
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.options import OPTIONS, OptionRow, Options
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.topline import TopLine

if TYPE_CHECKING:
    from orbitquiz.tui.app import OrbitQuizApp


class QuestionScreen(Screen[None]):
    """Asks the present question of a game, then shows what became of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer({index % OPTIONS})", "answer", show=False) for index, key in enumerate("1234abcdABCD")),
        Binding("up", "move(-1)", "choose an answer", show=False),
        Binding("down", "move(1)", "choose an answer", show=False),
        Binding("enter", "enter", "give the chosen answer, or go on", show=False),
        Binding("space", "next", "go on after an answer", show=False),
        Binding("pageup", "scroll(-1)", "scroll a long proof", show=False),
        Binding("pagedown", "scroll(1)", "scroll a long proof", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The player made a move."""

        game: Game  # after the move

    def __init__(self, game: Game) -> None:
        super().__init__()
        self.game = game
        self._has_proof_view = False

    def compose(self) -> ComposeResult:
        yield TopLine(self.game)
        with Container(id="table"), Vertical(id="asking"):
            yield Static(id="stem")
            yield Options()
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()
        self.call_after_refresh(self._prepare)

    async def _prepare(self) -> None:
        """Mount what the first frame does not need."""
        await self.query_one("#table").mount(ProofView())
        self._has_proof_view = True
        if self.game.phase is Phase.ANSWERED:  # somebody was quicker
            self._show()

    def play(self, game: Game) -> None:
        """Play `game` from here on."""
        self.game = game
        self._show()

    def on_option_row_picked(self, message: OptionRow.Picked) -> None:
        self.action_answer(message.index)

    def action_answer(self, index: int) -> None:
        """Answer with the option that has this index. After an answer, nothing happens."""
        if self.game.phase is Phase.ASKING:
            self._move(self.game.answer(index, self._now()))

    def action_move(self, by: int) -> None:
        """Move the highlight while a question is open, and the proof after that."""
        if self.game.phase is Phase.ASKING:
            self.query_one(Options).move(by)
        else:
            self.query_one(ProofView).scroll_relative(y=by, animate=False)

    def action_enter(self) -> None:
        """Answer with the highlighted option, or go on."""
        highlighted = self.query_one(Options).highlighted
        if self.game.phase is Phase.ANSWERED:
            self.action_next()
        elif highlighted is not None:
            self.action_answer(highlighted)

    def action_next(self) -> None:
        """Go on to the next question, or to the end."""
        if self.game.phase is Phase.ANSWERED:
            self._move(self.game.next(self._now()))

    def on_resize(self) -> None:
        self._show_keys()
        for proof in self.query(ProofView):
            proof.fit()

    def action_scroll(self, by: int) -> None:
        """Scroll the proof by a page."""
        proof = self.query_one(ProofView)
        proof.scroll_relative(y=by * max(proof.size.height - 1, 1), animate=False)

    def _now(self) -> float:
        return cast("OrbitQuizApp", self.app).clock()

    def _move(self, game: Game) -> None:
        self.game = game
        if game.phase is not Phase.OVER:
            self._show()
        self.post_message(self.Moved(game))

    def _show(self) -> None:
        game = self.game
        answered = game.phase is Phase.ANSWERED
        if answered and not self._has_proof_view:
            return
        self.set_class(answered, "-answered")
        self.query_one(TopLine).show(game)
        self.query_one("#stem", Static).update(Content(game.question.stem))
        self.query_one(Sky).show(game)
        options = self.query_one(Options)
        if answered:
            options.tell(game.verdict)
            self.query_one(ProofView).tell(game.verdict)
        else:
            options.ask(game.question.options)
        self._show_keys()

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self._show_keys(more=message.overflows)

    def _show_keys(self, *, more: bool = False) -> None:
        keys = self.query_one(KeyBar)
        if self.game.phase is Phase.ASKING:
            choose = [] if self.has_class("-narrow") else [("↑ ↓ enter", "choose", "")]
            keys.show([("1–4 a–d", "answer", ""), *choose, *_ALWAYS])
            return
        over = self.game.number == len(self.game.quiz.questions)
        scroll = [("↓", "more", "screen.scroll(1)")] if more else []
        keys.show([("enter", "to the score" if over else "next question", "screen.next"), *scroll, *_ALWAYS])


_ALWAYS = (("?", "keys", "app.keys"), ("q", "leave", "app.quit"))
