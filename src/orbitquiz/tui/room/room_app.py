"""What the host's program and a student's have in common: looks, keys, and a terminal that is too small."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from orbitquiz.classroom.client import Client, Update
from orbitquiz.tui.preferences import remember_theme, remembered_theme
from orbitquiz.tui.screens.small import NEEDED, SmallScreen, is_small
from orbitquiz.tui.theme import DAY, NIGHT, own_colours


class RoomApp(App[None]):
    """Speaks with a room through `client`, and shows `notices` at the beginning.

    `folder` is where the theme is remembered, None for nowhere; `clock` gives seconds that never go back.
    """

    TITLE = "OrbitQuiz"
    # Paths are taken from the folder of the class that names them, so they are given from the package's.
    CSS_PATH = [
        Path(__file__).parents[1] / name
        for name in (
            "app.tcss",
            "widgets/timebar.tcss",
            "widgets/options.tcss",
            "widgets/proof.tcss",
            "widgets/keybar.tcss",
            "room/widgets.tcss",
        )
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall"), (40, "-very-tall")]

    def __init__(
        self,
        client: Client,
        notices: Sequence[str] = (),
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.client = client
        self.notices = notices
        self.folder = folder
        self.clock = clock
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        theme = remembered_theme(folder) if folder else None
        self.theme = theme if theme in self.available_themes else NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of ours that Textual's own themes have not."""
        return own_colours(dark=self.current_theme.dark)

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
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
        if folder := self.folder:
            self.theme_changed_signal.subscribe(self, lambda theme: remember_theme(folder, theme.name))

    def on_resize(self, event: events.Resize) -> None:
        """Say so where a terminal has become too small, until it has room again."""
        if isinstance(self.screen, SmallScreen):
            if not is_small(event.size):
                self.screen.dismiss()
        elif is_small(event.size):
            self.push_screen(_SmallScreen())

    def action_leave(self) -> None:
        """End the program."""
        self.exit()

    def action_keys(self) -> None:
        """Show what the keys do."""
        from orbitquiz.tui.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def action_help_quit(self) -> None:
        """What Textual does for control-C: here it leaves as `q` does."""
        self.call_later(self.action_quit)


class _SmallScreen(SmallScreen):
    """A room does not wait for one terminal."""

    def compose(self) -> ComposeResult:
        yield Static(f"Too small: {NEEDED.width}×{NEEDED.height}\nis the least.\nThe room goes on.")
