"""The line at the bottom: what can be done now. Each part can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

Hint = tuple[str, str, str]
"""Key as it is shown, what it does, and the action that a click runs ('' for none)."""

_ACTION = "action"  # not Textual's "@click", which would dress the hints as links


class KeyBar(Static):
    """Keys and what they do."""

    def show(self, hints: Sequence[Hint]) -> None:
        """Show `hints` from left to right."""
        parts: list[Content] = []
        for key, what, action in hints:
            part = Content.assemble((key, "bold $primary"), f" {what}")
            if action:
                part = part.stylize(Style.from_meta({_ACTION: action}))
            parts.append(part)
        self.update(Content("   ").join(parts))

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked hint says."""
        if action := event.style.meta.get(_ACTION):
            event.stop()
            await self.run_action(action)
