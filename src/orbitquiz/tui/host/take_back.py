"""Asks before a question is taken back."""

from __future__ import annotations

from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.shared.confirm import ConfirmScreen


class TakeBackScreen(ConfirmScreen):
    """Is the present question to be taken back? Closes when that can be done no more."""

    def __init__(self, seen: HostState) -> None:
        paid = " What it has paid is taken away again." if seen.phase == "revealed" and seen.is_ranked else ""
        super().__init__("Take this question back?", f"It counts for nobody.{paid}", "take it back", "cancel")

    def show(self, seen: HostState) -> None:
        """Close where the question was taken back already, or the game is over."""
        if self.is_active and not seen.can_take_back:
            self.dismiss(False)
