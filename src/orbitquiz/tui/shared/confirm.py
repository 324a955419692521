"""What is asked over a screen of a room's: yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from orbitquiz.tui.widgets.keybar import Hint, KeyBar


class ConfirmScreen(ModalScreen[bool]):
    """Asks `question`, and says what comes of it; `yes` and `no` are what the two keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "yes", show=False),
        Binding("n,escape,enter,space", "dismiss(False)", "no", show=False),
    ]

    def __init__(self, question: str, words: str, yes: str, no: str) -> None:
        super().__init__(classes="dialog")
        self.question = question
        self.words = words
        self.yes = yes
        self.no = no

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble((self.question, "bold"), "\n\n", self.words))
            yield key_bar(("y", self.yes, "screen.dismiss(True)"), ("n", self.no, "screen.dismiss(False)"))


class LeaveRoomScreen(ConfirmScreen):
    """Is a room to be left whose game is not over? Who presses control-C twice means it; a `q` may have bounced."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "dismiss(True)", "yes", show=False)]

    def __init__(self) -> None:
        super().__init__(
            "Leave this room?",
            "The players are sent home. The room is kept: `orbitquiz host --resume` goes on with it.",
            "leave",
            "stay",
        )


def key_bar(*hints: Hint) -> KeyBar:
    """The keys of a question. They are shown from the first: a screen that is left at once is never filled."""
    bar = KeyBar(classes="inside")
    bar.show(hints)
    return bar
