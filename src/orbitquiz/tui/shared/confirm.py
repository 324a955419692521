"""A yes-or-no question over a screen."""

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
    """Asks `question` and explains it by `words`; `yes` and `no` name what the two keys do."""

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


def key_bar(*hints: Hint) -> KeyBar:
    """Return the key bar of a question, filled from the start: a screen that is left at once never gets to it."""
    bar = KeyBar(classes="inside")
    bar.show(hints)
    return bar
