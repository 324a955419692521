"""The host's program on the terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel
from textual import on
from textual.screen import Screen

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Update
from orbitquiz.presenter.bell import Bell
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.host.dialogs import LeaveRoomScreen, TakeBackScreen
from orbitquiz.tui.host.people import PeopleScreen
from orbitquiz.tui.host.rename import RenameScreen
from orbitquiz.tui.host.screen import HostScreen
from orbitquiz.tui.shared.room_app import RoomApp
from orbitquiz.tui.shared.room_messages import MoveMade, ReportWanted, ScreenReady

if TYPE_CHECKING:
    from orbitquiz.classroom.server.hosting import Hosted

_LOOK = 3.0  # seconds between two looks at this computer's addresses


class HostApp(RoomApp):
    """Draws what the room of `hosted` tells its host, and sends the host's moves.

    `report` opens the report and gives what to tell of it; it may take a while. `refreshed` gives the room with the
    addresses that this computer has now, and a warning about its network if any.
    """

    CSS_PATH = [*RoomApp.CSS_PATH, Path(__file__).with_name("host.tcss")]

    def __init__(
        self,
        hosted: Hosted,
        *,
        notices: Sequence[str] = (),
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        bell: Bell | None = None,
        report: Callable[[], str] | None = None,
        refreshed: Callable[[Hosted], tuple[Hosted, str | None]] | None = None,
    ) -> None:
        super().__init__(hosted.client, notices, folder, clock)
        self.seen = HostState(hosted)
        self._bell = bell or Bell(is_on=False)
        self._report = report
        self._refreshed = refreshed
        self._is_stale = False

    def get_default_screen(self) -> Screen[None]:
        """One screen follows the whole game."""
        return HostScreen(self.seen, self.clock, self._bell)

    def on_mount(self) -> None:
        self.converse()
        if self._refreshed is not None:
            self.set_interval(_LOOK, self._look_at_network)

    def told(self, update: Update) -> None:
        """Draw what the room tells; all that comes at once in one go."""
        self.seen = self.seen.after(update)
        if isinstance(update, protocol.Refusal):
            self._refused(update)
        self._draw_soon()

    def tell(self, message: BaseModel) -> None:
        """Send a move, which does nothing while the connection is lost."""
        if self.seen.lost:
            self.notify("Not sent: no connection to the room.", severity="warning", markup=False)
        else:
            super().tell(message)

    @on(MoveMade)
    def _send(self, message: MoveMade) -> None:
        self.tell(message.move)

    @on(ReportWanted)
    def _open_report(self) -> None:
        if self._report is not None:
            self.run_worker(self._tell_report(self._report), group="report", exclusive=True)

    async def _tell_report(self, report: Callable[[], str]) -> None:
        self.notify(await asyncio.to_thread(report), timeout=20, markup=False)

    @on(ScreenReady)
    def _draw_soon(self) -> None:
        if not self._is_stale:
            self._is_stale = True
            self.call_later(self._draw)

    async def action_quit(self) -> None:
        """Leave, after asking while the game is not over."""
        if self.seen.phase == "over":
            self.exit()
        elif not isinstance(self.screen, LeaveRoomScreen):
            self.push_screen(LeaveRoomScreen(self.seen), lambda is_meant: self.exit() if is_meant else None)

    def _look_at_network(self) -> None:
        """Show new addresses of this computer, and that its network is gone."""
        assert self._refreshed is not None
        hosted, warning = self._refreshed(self.seen.hosted)
        if (hosted, warning) != (self.seen.hosted, self.seen.network):
            if hosted.address != self.seen.hosted.address:
                self.notify(f"New address: {hosted.address}", severity="warning", timeout=20, markup=False)
            self.seen = replace(self.seen, hosted=hosted, network=warning)
            self._draw_soon()

    def _draw(self) -> None:
        self._is_stale = False
        for screen in list(self.screen_stack):  # a dialog may close
            if isinstance(screen, HostScreen | PeopleScreen | RenameScreen | TakeBackScreen) and screen.is_mounted:
                screen.show(self.seen)

    def _refused(self, refusal: protocol.Refusal) -> None:
        screens = [screen for screen in self.screen_stack if isinstance(screen, HostScreen | RenameScreen)]
        if not any(screen.was_refused(refusal, self.seen) for screen in screens):
            self.notify(refusal.text, severity="warning", markup=False)
