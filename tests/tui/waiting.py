"""Waiting for a program that is tested, for as long as it takes and no longer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import UnionType
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from tests.tui.screens import lines_of, text_of, words_of

_PATIENCE = 10.0  # seconds that a loaded machine may take
_SOON = 0.02  # seconds
# What is waited for at the most; a timer of a program that has ended may go on without end.
_ROUNDS = 5000
_TIMERS = 25


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the event loop has nothing to do, now or in the next moment.

    For Textual's `wait_for_idle`, which sleeps until the process has used no processor for a fiftieth of a second. That
    was most of what the tests of screens took, and where the machine was busy with something else it was over too soon.
    With this, all that a change leads to is drawn after one `pilot.pause()`.
    """
    loop: Any = asyncio.get_running_loop()
    timers = 0
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)
        if not loop._ready:
            now = loop.time()
            due = [timer.when() for timer in loop._scheduled if not timer.cancelled() and timer.when() < now + _SOON]
            if not due or timers == _TIMERS:
                return
            timers += 1
            await asyncio.sleep(max(min(due) - now, 0.0))


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press `keys`, and wait until what they set off is drawn."""
    await pilot.press(*keys)
    await pilot.pause()


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds, which takes a loaded machine longer; give up after some seconds."""
    latest = time.monotonic() + _PATIENCE
    while True:
        await pilot.pause()
        if condition():
            return
        assert time.monotonic() < latest, f"that never came to be; the screen:\n{text_of(pilot.app)}"
        await asyncio.sleep(_SOON)


async def reaches(pilot: Pilot[Any], screen: type[object] | UnionType, *keys: str) -> None:
    """Press `keys`, and wait until the program is at such a screen."""
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))


async def sees(pilot: Pilot[Any], *words: str) -> None:
    """Wait until all these words stand on the screen."""
    for each in words:
        await until(pilot, lambda each=each: each in words_of(pilot.app))  # type: ignore[misc]


async def click_on(pilot: Pilot[Any], words: str) -> None:
    """Click on the last place on the screen where `words` stand, and wait until what that set off is drawn."""
    lines = lines_of(pilot.app)
    row = max((row for row, line in enumerate(lines) if words in line), default=None)
    assert row is not None, f"{words!r} is not on the screen:\n{text_of(pilot.app)}"
    await pilot.click(offset=(cell_len(lines[row][: lines[row].rindex(words)]), row))
    await pilot.pause()
