"""The time left for a question, as a bar and a number."""

from __future__ import annotations

import math

from textual.content import Content
from textual.widget import Widget

from orbitquiz.tui.styles import FAINT

_CALM = 0.25  # the last part of the time, in which the bar warns
_FULL, _EMPTY = "━", "─"


class TimeBar(Widget):
    """A bar that gets shorter, and warns in the last quarter of the time."""

    def __init__(self) -> None:
        super().__init__()
        self._left = 0.0
        self._total = 1.0
        self._shown: tuple[int, int, int] | None = None
        self.display = False

    def show(self, left: float | None, total: float | None) -> None:
        """Show that `left` of `total` seconds are left; nothing without a timer."""
        self.display = left is not None and total is not None
        if left is None or total is None:
            return
        self._left, self._total = max(left, 0.0), total
        looks = (self.size.width, self._cells, self._seconds)
        if looks != self._shown:  # the clock ticks more often than the bar changes
            self._shown = looks
            self.refresh()

    @property
    def _seconds(self) -> int:
        return math.ceil(self._left)

    @property
    def _cells(self) -> int:
        return round(max(self.size.width - 6, 0) * self._left / self._total)

    def render(self) -> Content:
        room = max(self.size.width - 6, 0)
        hurry = self._left <= self._total * _CALM
        style = "bold $warning" if hurry else "$primary"
        # The sign says the same as the colour.
        number = f"{'!' if hurry else ' '}{self._seconds:>3} s"
        return Content.assemble((_FULL * self._cells, style), (_EMPTY * (room - self._cells), FAINT), (number, style))
