"""Scrolling with keys, for screens with a part that may not fit."""

from __future__ import annotations

from textual.binding import Binding, BindingType
from textual.widget import Widget

from orbitquiz.tui.widgets.keybar import Hint

SCROLL_KEYS: list[BindingType] = [
    Binding("up", "scroll(-1)", "scroll by a line", show=False),
    Binding("down", "scroll(1)", "scroll by a line", show=False),
    Binding("pageup", "page(-1)", "scroll by a page", show=False),
    Binding("pagedown", "page(1)", "scroll by a page", show=False),
    Binding("home", "home", "to the beginning", show=False),
    Binding("end", "end", "to the end", show=False),
]
"""Bindings for a `Scrolling` screen."""


class Scrolling:
    """The actions of `SCROLL_KEYS`, for a screen that defines `scrolled`."""

    @property
    def scrolled(self) -> Widget:
        """The part that scrolls."""
        raise NotImplementedError

    @property
    def scroll_hints(self) -> list[Hint]:
        """The hints for the key bar if there is more than fits, which is known after the layout."""
        return [("↑ ↓", "scroll", "screen.page(1)")] if self.scrolled.max_scroll_y else []

    def action_scroll(self, by: int) -> None:
        """Scroll by `by` lines."""
        self.scrolled.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Scroll by `by` pages; one line of the last page stays in view."""
        self.action_scroll(by * max(self.scrolled.scrollable_content_region.height - 1, 1))

    def action_home(self) -> None:
        """Go to the beginning."""
        self.scrolled.scroll_home(animate=False, immediate=True)

    def action_end(self) -> None:
        """Go to the end."""
        self.scrolled.scroll_end(animate=False, immediate=True)
