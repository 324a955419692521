"""What the host's program and a student's have in common: they speak with a room, which waits for nobody."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel

from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.tui.shared.base_app import BaseApp


class RoomApp(BaseApp[None]):
    """Speaks with a room through `client`, and shows `notices` at the beginning.

    `folder` is where the theme is remembered, None for nowhere; `clock` gives seconds that never go back.
    """

    CSS_PATH = [*BaseApp.CSS_PATH, Path(__file__).parents[1] / "widgets" / "votes.tcss"]
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
        """Leave it to the console of the command, which also ends the room in order."""

    def told(self, update: Update) -> None:
        """The room has said something, or the connection is lost."""
        raise NotImplementedError

    def tell(self, message: BaseModel) -> None:
        """Say something to the room."""
        self.run_worker(self.client.send(message), group="tell")

    def converse(self) -> None:
        """Begin to speak with the room, until it ends the visit."""
        self.run_worker(self.client.run(self.told), group="converse", exclusive=True)

    def on_mount(self) -> None:
        self.call_after_refresh(gc.enable)  # see `cli.main`: the first screen is drawn, and a room lives long
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
