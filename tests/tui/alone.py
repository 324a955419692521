"""A program that shows one screen, for tests of that screen alone."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.tui.shared.base_app import BaseApp
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.theme import NIGHT, themes


class Alone(App[None]):
    """Looks as our programs do, goes to a screen at once, and counts how often one came back from it.

    It does not mind how small the terminal is: the screen is to bear that as well.
    """

    CSS_PATH = BaseApp.CSS_PATH
    HORIZONTAL_BREAKPOINTS = BaseApp.HORIZONTAL_BREAKPOINTS

    def __init__(self, shown: Screen[None]) -> None:
        super().__init__()
        self.shown = shown
        self.came_back = 0
        for theme in themes("truecolor"):
            self.register_theme(theme)
        self.theme = NIGHT

    def compose(self) -> ComposeResult:
        yield Static("the place before")

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._back)

    def _back(self, _: None) -> None:
        self.came_back += 1

    def action_keys(self) -> None:
        self.push_screen(KeysScreen(self.screen))
