"""Pictures of screens, to compare with those that are kept."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input
from tools.pictures import self_contained


async def taken(pilot: Pilot[Any], title: str) -> str:
    """The screen as SVG, once all of it is drawn and no cursor blinks."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()
    return self_contained(pilot.app.export_screenshot(title=title))
