"""The host's program on the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel
from textual.screen import Screen

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Update
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.host.people import PeopleScreen
from orbitquiz.tui.host.rename import RenameScreen
from orbitquiz.tui.host.screen import HostScreen
from orbitquiz.tui.host.take_back import TakeBackScreen
from orbitquiz.tui.shared.confirm import LeaveRoomScreen
from orbitquiz.tui.shared.room_app import RoomApp

if TYPE_CHECKING:
    from orbitquiz.classroom.server.hosting import Hosted


class HostApp(RoomApp):
    """Draws what the room of `hosted` says to its host, and sends the host's moves."""

    CSS_PATH = [*RoomApp.CSS_PATH, Path(__file__).with_name("host.tcss")]

    def __init__(
        self,
        hosted: Hosted,
        *,
        notices: Sequence[str] = (),
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(hosted.client, notices, folder, clock)
        self.seen = HostState(hosted)
        self._is_stale = False

    def get_default_screen(self) -> Screen[None]:
        """One screen follows the whole game."""
        return HostScreen(self.seen)

    def on_mount(self) -> None:
        self.converse()

    def told(self, update: Update) -> None:
        """Draw what the room says, all that comes at once in one go."""
        self.seen = self.seen.after(update)
        if isinstance(update, protocol.Refusal):
            self._refused(update)
        if not self._is_stale:
            self._is_stale = True
            self.call_later(self._draw)

    def tell(self, message: BaseModel) -> None:
        """Send a move, which does nothing while the connection is lost."""
        if self.seen.lost:
            self.notify("Not sent: the connection to the room is lost.", severity="warning", markup=False)
        else:
            super().tell(message)

    async def action_quit(self) -> None:
        """Leave, after asking while the game is not over."""
        if self.seen.phase == "over":
            self.exit()
        elif not isinstance(self.screen, LeaveRoomScreen):
            self.push_screen(LeaveRoomScreen(), self._left)

    def _left(self, is_meant: bool | None) -> None:
        if is_meant:
            self.exit()

    def _draw(self) -> None:
        self._is_stale = False
        for screen in list(self.screen_stack):  # a dialog may close
            if isinstance(screen, HostScreen | PeopleScreen | RenameScreen | TakeBackScreen) and screen.is_mounted:
                screen.show(self.seen)

    def _refused(self, refusal: protocol.Refusal) -> None:
        screens = [screen for screen in self.screen_stack if isinstance(screen, HostScreen | RenameScreen)]
        if not any(screen.was_refused(refusal) for screen in screens):
            self.notify(refusal.text, severity="warning", markup=False)
