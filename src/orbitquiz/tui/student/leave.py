"""Asks before a student leaves a room."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from orbitquiz.tui.shared.confirm import ConfirmScreen


class StudentLeaveScreen(ConfirmScreen):
    """Is the room to be left? `command` is what brings one back.

    Who presses control-C twice means it; a `q` may have bounced.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "dismiss(True)", "yes", show=False)]

    def __init__(self, command: str) -> None:
        words = f"The game goes on without you. This brings you back to your place:\n{command}"
        super().__init__("Leave this room?", words, "leave", "stay")
