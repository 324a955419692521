"""The line at the bottom: what can be done now. Each part can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

Hint = tuple[str, str, str]
"""Key as it is shown ('' for words alone), what it does, and the action that a click runs ('' for none)."""

_ACTION = "action"  # not Textual's "@click", which would dress the hints as links
_LAST = 2  # hints at the end, by which one finds all others and leaves, are shown however narrow the terminal
_GAP = Content("   ")


class KeyBar(Widget):
    """Keys and what they do.

    Where the line is too narrow for all, those before the last two are left out, the last of them first.
    """

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._parts: list[Content] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """Show `hints` from left to right, those first that matter most."""
        self._parts = [_part(*hint) for hint in hints]
        self.refresh()

    def render(self) -> Content:
        parts = list(self._parts)
        while len(parts) > _LAST + 1 and _GAP.join(parts).cell_length > self.size.width:
            del parts[-_LAST - 1]
        return _GAP.join(parts)

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked hint says."""
        if action := event.style.meta.get(_ACTION):
            event.stop()
            await self.run_action(action)


def _part(key: str, what: str, action: str) -> Content:
    part = Content.assemble((key, "bold $primary"), " " if key else "", what)
    return part.stylize(Style.from_meta({_ACTION: action})) if action else part
