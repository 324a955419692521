"""Asks before a game is left."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from orbitquiz.quiz.game import Game
from orbitquiz.text.counts import counted
from orbitquiz.tui.widgets.keybar import KeyBar

Choice = Literal["leave", "home"]


class LeaveScreen(ModalScreen[Choice | None]):
    """Is the game to be left, for good or for the menu? Answers None for neither.

    `is_kept` says whether it can be gone on with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,q,ctrl+c", "dismiss('leave')", "leave", show=False),
        Binding("m", "dismiss('home')", "to the menu", show=False),
        Binding("n,escape,enter,space", "dismiss(None)", "play on", show=False),
    ]

    def __init__(self, game: Game, *, is_kept: bool) -> None:
        super().__init__(classes="dialog")
        self.game = game
        self.is_kept = is_kept

    def compose(self) -> ComposeResult:
        answered, total = len(self.game.verdicts), len(self.game.quiz.questions)
        kept = "It is kept: `orbitquiz` goes on with it." if self.is_kept else "It is not kept, and will be lost."
        with Vertical():
            text = f"You have answered {answered} of {counted(total, 'question')}. {kept}"
            yield Static(Content.assemble(("Leave this game?\n\n", "bold"), text))
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [
                ("y", "leave", "screen.dismiss('leave')"),
                ("m", "menu", "screen.dismiss('home')"),
                ("n", "play on", "screen.dismiss(None)"),
            ]
        )
