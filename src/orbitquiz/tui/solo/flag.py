"""Asks what is wrong with a question."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from orbitquiz.tui.widgets.keybar import KeyBar

_LONGEST = 300  # characters of a reason, which is one line


class FlagScreen(ModalScreen[str | None]):
    """What is wrong with the question? Answers the reason, or None where the player has thought better of it."""

    CSS = """
    FlagScreen #stem {
        color: $foreground 65%;
        margin-top: 1;
        max-height: 30vh;
    }
    FlagScreen.-low > Vertical, FlagScreen.-short > Vertical {
        padding: 0 2;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, stem: str) -> None:
        super().__init__(classes="dialog")
        self.stem = stem

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("What is wrong with this question?", "bold"))
            yield Static(Content(self.stem), id="stem")
            yield Input(placeholder="one line, for the author of the bank", max_length=_LONGEST)
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("enter", "flag it", ""), ("esc", "back", "screen.dismiss(None)")])

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """An empty line flags nothing, and waits for a reason."""
        message.stop()
        if reason := message.value.strip():
            self.dismiss(reason)
