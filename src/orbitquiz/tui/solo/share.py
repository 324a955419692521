"""The line that tells others how a game went."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import KeyBar


class ShareScreen(ModalScreen[None]):
    """Copies a line to the clipboard, and shows it to be selected where the terminal copies nothing."""

    CSS = """
    ShareScreen #line {
        margin: 1 0;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q,c", "dismiss", "back", show=False)]

    def __init__(self, line: str) -> None:
        super().__init__(classes="dialog dense")
        self.line = line

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("Share this line", "bold"))
            yield Static(Content(self.line), id="line")
            yield Static(Content.styled(_told(os.environ), MUTED))
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.app.copy_to_clipboard(self.line)  # by OSC 52
        self.query_one(KeyBar).show([("esc", "back", "screen.dismiss")])


def _told(environment: Mapping[str, str]) -> str:
    """Return whether the line was copied, as far as that can be known: a terminal answers nothing."""
    if environment.get("TERM") == "linux" or environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "This terminal lets no program copy: select the line with the mouse."
    return "Copied, if your terminal allows it. If not, select the line with the mouse."
