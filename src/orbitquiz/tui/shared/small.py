"""The screen of a terminal that is too small for a game."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

NEEDED = Size(40, 13)
"""The smallest terminal in which a game can be played."""


def is_small(size: Size) -> bool:
    """True if a terminal of this size is too small."""
    return size.width < NEEDED.width or size.height < NEEDED.height


class SmallScreen(ModalScreen[None]):
    """Covers everything and swallows every key but the one that leaves, until the terminal is larger.

    `meanwhile` says what happens to the game.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,ctrl+c", "app.leave", "leave", show=False)]
    DEFAULT_CSS = """
    SmallScreen {
        background: $background;
        align: center middle;
        overflow: hidden;
    }
    SmallScreen Static {
        width: auto;
        max-width: 100%;
        text-align: center;
    }
    """

    def __init__(self, meanwhile: str) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def compose(self) -> ComposeResult:
        yield Static(f"Too small: {NEEDED.width}×{NEEDED.height}\nis the least.\n{self.meanwhile}\nq leaves.")
