"""What the program of a game, of a host and of a student have in common: looks, keys, and a terminal too small."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.widget import MountError

from orbitquiz.tui.preferences import remember_theme, remembered_theme
from orbitquiz.tui.theme import DAY, NIGHT, own_colours


class BaseApp(App[ReturnType]):
    """A program of ours. `folder` is where its theme is remembered, None for nowhere."""

    TITLE = "OrbitQuiz"
    # Whole paths, because Textual takes others from the folder of the class that inherits them.
    CSS_PATH = [
        Path(__file__).with_name("base_app.tcss"),
        *(Path(__file__).parents[1] / "widgets" / f"{name}.tcss" for name in ("timebar", "options", "proof", "keybar")),
    ]
    # A screen has one class of each list at a time: what is said of `-short` alone does not hold where it is `-low`.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-short"), (30, "-tall"), (40, "-very-tall")]
    MEANWHILE = "The game waits."
    """What becomes of the game while the terminal is too small."""

    def __init__(self, folder: Path | None, css_path: list[str | PurePath] | None = None) -> None:
        super().__init__(css_path=css_path)
        self.folder = folder
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        theme = remembered_theme(folder) if folder else None
        self.theme = theme if theme in self.available_themes else NIGHT.name

    def get_driver_class(self) -> type[Driver]:
        """Return a driver that draws on standard output where standard error is redirected: Textual uses that."""
        driver = super().get_driver_class()
        if sys.__stderr__ is None or sys.__stderr__.isatty() or sys.__stdout__ is None or not sys.__stdout__.isatty():
            return driver

        class OutputDriver(driver):  # type: ignore[misc, valid-type]  # which one is known at run time
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                self._file = sys.__stdout__

        return OutputDriver

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of ours that Textual's own themes have not."""
        return own_colours(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        if folder := self.folder:
            self.theme_changed_signal.subscribe(self, lambda theme: remember_theme(folder, theme.name))

    def on_resize(self, event: events.Resize) -> None:
        """Say so where a terminal has become too small, until it has room again."""
        from orbitquiz.tui.shared.small import SmallScreen, is_small

        if isinstance(self.screen, SmallScreen):
            if not is_small(event.size):
                self.screen.dismiss()
        elif is_small(event.size):
            self.push_screen(SmallScreen(self.MEANWHILE))

    def leave(self) -> None:
        """End the program."""
        self.exit()

    def action_leave(self) -> None:
        """End the program without asking."""
        self.leave()

    def action_help_quit(self) -> None:
        """What Textual does for control-C: here it leaves as `q` does."""
        self.call_later(self.action_quit)

    def _handle_exception(self, error: Exception) -> None:
        # Once a program is left, Textual puts nothing on a screen any more. One that is still opened by what was typed
        # or has come in the meantime misses its parts then, which is no matter: it will never be seen.
        if not (self._exit and isinstance(error, NoMatches | MountError)):
            super()._handle_exception(error)

    def action_keys(self) -> None:
        """Show what the keys do."""
        from orbitquiz.tui.shared.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))
