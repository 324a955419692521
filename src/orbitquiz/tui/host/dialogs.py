"""Questions to the host before something that cannot be undone."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.host_steps import can
from orbitquiz.tui.shared.confirm import ConfirmScreen


class TakeBackScreen(ConfirmScreen):
    """Asks whether to void the current question. Closes when that is no longer possible."""

    def __init__(self, seen: HostState) -> None:
        paid = " Points given for it are taken away." if seen.phase == "revealed" and seen.is_ranked else ""
        super().__init__("Void this question?", f"It won't count.{paid}", "void it", "cancel")

    def show(self, seen: HostState) -> None:
        """Close if the question was voided already, or the game is over."""
        if self.is_active and not can("skip", seen):
            self.dismiss(False)


class EndGameScreen(ConfirmScreen):
    """Asks whether to end the game."""

    def __init__(self, seen: HostState) -> None:
        voided = " The open question is voided." if seen.is_open else ""
        super().__init__("End this game?", f"Everybody sees the final result.{voided}", "end it", "cancel")


class LeaveRoomScreen(ConfirmScreen):
    """Asks whether to leave a room during a game, which closes it unless it is at a service.

    A second control-C means it; a second `q` may have bounced.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "dismiss(True)", "yes", show=False)]

    def __init__(self, seen: HostState) -> None:
        at = seen.hosted.address
        super().__init__(
            "Leave this room?",
            f"It stays open without you. To come back: `orbitquiz host --at {at} --resume`."
            if seen.hosted.link
            else "Players are disconnected. The room is saved: `orbitquiz host --resume` resumes it.",
            "leave",
            "stay",
        )
