"""The base of all programs with screens: colours, sizes, and the keys that work everywhere."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import App, ReturnType
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.theme import Theme
from textual.widget import MountError

from orbitquiz.session.preferences import load_preferences, save_preferences
from orbitquiz.tui.theme import DAY, NIGHT, Depth, colours_for, is_light, is_light_by_environment, themes

if TYPE_CHECKING:
    from orbitquiz.tui.shared.driver import TerminalReply

_DEPTHS: Mapping[str | None, Depth] = {"256": "256", "standard": "16", "windows": "16"}
_SCHEMES: Mapping[str | None, str] = {None: "as the terminal", NIGHT: "dark", DAY: "light"}


_GRACE = 2.0  # seconds to end in order once the terminal is gone
_HUNG_UP = 129  # 128 + SIGHUP, as shells count


class BaseApp(App[ReturnType]):
    """An OrbitQuiz program. Preferences are kept in `folder`; None keeps none."""

    TITLE = "OrbitQuiz"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", "suspend", show=False)]
    # Absolute paths, since Textual resolves relative ones from the folder of the subclass.
    CSS_PATH = [
        Path(__file__).with_name("base_app.tcss"),
        *(Path(__file__).parents[1] / "widgets" / f"{name}.tcss" for name in ("timebar", "options", "keybar")),
    ]
    # A screen has one class of each list at a time: rules for `-short` do not apply where it is `-low`.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-short"), (30, "-tall"), (40, "-very-tall")]
    MEANWHILE = "The game waits."
    """The state of the game while the terminal is too small, in words."""

    _depth: Depth = "truecolor"  # read before it is known
    _has_theme = False  # whether it has been chosen

    def __init__(self, folder: Path | None, css_path: list[str | PurePath] | None = None) -> None:
        super().__init__(css_path=css_path)
        self.folder = folder
        self.preferences = load_preferences(folder)
        self._depth = _DEPTHS.get(self.console.color_system, "truecolor")
        for theme in themes(self._depth):
            self.register_theme(theme)
        # Textual's `ansi-…` themes have no colours that can be mixed, and nothing would be drawn.
        for name in [name for name in self.available_themes if "ansi" in name]:
            self.unregister_theme(name)
        by_environment = is_light_by_environment(os.environ.get("COLORFGBG", ""))
        self._is_light = self.preferences.is_light if by_environment is None else by_environment
        # Not by assignment, after which Textual would parse every style again.
        self.set_reactive(App.theme, self._wanted_theme)
        self._has_theme = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.update_classes({"-dark-mode": self.current_theme.dark, "-light-mode": not self.current_theme.dark}, False)

    @property
    def _wanted_theme(self) -> str:
        chosen = self.preferences.theme
        return chosen if chosen in self.available_themes else DAY if self._is_light else NIGHT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours, which Textual's themes lack."""
        return colours_for(dark=self.current_theme.dark, depth=self._depth)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme; none before one is chosen, when they would only be thrown away."""
        return super().get_css_variables() if self._has_theme else {}

    def get_driver_class(self) -> type[Driver]:
        """Return the driver: our own on POSIX, and one that draws on standard output where standard error is no screen.

        Textual draws on standard error, which may be redirected to a file.
        """
        driver = super().get_driver_class()
        if driver.__name__ == "LinuxDriver":
            from orbitquiz.tui.shared.driver import PatientDriver

            driver = PatientDriver
        if sys.__stderr__ is None or sys.__stderr__.isatty() or sys.__stdout__ is None or not sys.__stdout__.isatty():
            return driver

        class OutputDriver(driver):  # type: ignore[misc, valid-type]  # which one is known at run time
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                self._file = sys.__stdout__

        return OutputDriver

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        # `cli.main` turned the collector off. The objects made so far live to the end and need not be checked again.
        gc.freeze()
        gc.enable()
        if self.is_running:  # unless the player has left already
            self.settled()

    def on_terminal_gone(self) -> None:
        """End the program, without its last frame if the terminal no longer takes any."""
        last = threading.Timer(_GRACE, os._exit, (_HUNG_UP,))
        last.daemon = True
        last.start()
        self.leave()

    def settled(self) -> None:
        """Do what can wait until the first screen is drawn."""

    def remember(self, **changes: Any) -> None:
        """Change preferences and keep them."""
        self.preferences = replace(self.preferences, **changes)
        if self.folder:
            save_preferences(self.folder, self.preferences)

    @property
    def colours(self) -> str:
        """The name of the chosen colour scheme."""
        chosen = self.preferences.theme
        return _SCHEMES.get(chosen, chosen or "")

    def step_colours(self, by: int) -> None:
        """Choose the next colour scheme, or the one before: as the terminal, dark, light."""
        schemes = list(_SCHEMES)
        at = schemes.index(self.preferences.theme) if self.preferences.theme in schemes else 0
        self.remember(theme=schemes[(at + by) % len(schemes)])
        self.theme = self._wanted_theme

    def _theme_changed(self, theme: Theme) -> None:
        if theme.name != self._wanted_theme:  # chosen from Textual's palette
            self.remember(theme=theme.name)

    def on_terminal_reply(self, reply: TerminalReply) -> None:
        """Follow the terminal's background, now and at the next start."""
        light = is_light(reply.text)
        if light is not None and light != self._is_light:
            self._is_light = light
            self.remember(is_light=light)
            self.theme = self._wanted_theme

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen while the terminal is too small."""
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
        """Leave as `q` does, instead of what Textual does for Ctrl+C."""
        self.call_later(self.action_quit)

    def _handle_exception(self, error: Exception) -> None:
        # After `exit`, Textual mounts nothing more. A screen that is still opened by a key or a message then lacks its
        # parts, which does not matter: nobody will see it.
        if not (self._exit and isinstance(error, NoMatches | MountError)):
            super()._handle_exception(error)

    def action_keys(self) -> None:
        """Show what the keys do."""
        from orbitquiz.tui.shared.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))
