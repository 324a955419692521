"""What a terminal shows that has no room for a game."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

NEEDED = Size(40, 13)
"""The least room in which a game can be played."""


def is_small(size: Size) -> bool:
    """Whether a terminal of this size has too little room."""
    return size.width < NEEDED.width or size.height < NEEDED.height


class SmallScreen(ModalScreen[None]):
    """Waits until the terminal is larger. It lies above all else and swallows every key but the one that leaves.

    `meanwhile` tells what becomes of the game.
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
        yield Static(f"Too small: {NEEDED.width}×{NEEDED.height}\nis the least.\n{self.meanwhile}")
