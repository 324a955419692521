"""Asks before a game is left."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from orbitquiz.quiz.game import Game
from orbitquiz.tui.widgets.keybar import KeyBar


class LeaveScreen(ModalScreen[bool]):
    """Is the game to be left? Answers True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,q,ctrl+c", "dismiss(True)", "leave", show=False),
        Binding("n,escape,enter,space", "dismiss(False)", "play on", show=False),
    ]

    def __init__(self, game: Game) -> None:
        super().__init__(classes="dialog")
        self.game = game

    def compose(self) -> ComposeResult:
        answered, total = len(self.game.verdicts), len(self.game.quiz.questions)
        with Vertical():
            text = f"You have answered {answered} of {total} questions. Leaving loses this game."
            yield Static(Content.assemble(("Leave this game?\n\n", "bold"), text))
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("y", "leave", "screen.dismiss(True)"), ("n", "play on", "screen.dismiss(False)")])
