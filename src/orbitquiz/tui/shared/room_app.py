"""The base of the host's and the student's programs, which talk to a room."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel

from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.tui.shared.base_app import BaseApp


class RoomApp(BaseApp[None]):
    """An app that talks to a room through `client` and shows `notices` at the start.

    The theme is kept in `folder`; None keeps none. `clock` gives monotonic seconds.
    """

    CSS_PATH = [
        *BaseApp.CSS_PATH,
        *(Path(__file__).parents[1] / "widgets" / f"{name}.tcss" for name in ("proof", "votes")),
    ]
    MEANWHILE = "The room goes on."

    def __init__(
        self,
        client: Client,
        notices: Sequence[str] = (),
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(folder)
        self.client = client
        self.notices = notices
        self.clock = clock

    def on_terminal_gone(self) -> None:
        """Leave this to the command's console, which also closes the room properly."""

    def told(self, update: Update) -> None:
        """Handle an update from the room, or the loss of the connection."""
        raise NotImplementedError

    def tell(self, message: BaseModel) -> None:
        """Send a message to the room."""
        self.run_worker(self.client.send(message), group="tell")

    def converse(self) -> None:
        """Start to talk to the room, until it ends the visit."""
        self.run_worker(self.client.run(self.told), group="converse", exclusive=True)

    def on_mount(self) -> None:
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
