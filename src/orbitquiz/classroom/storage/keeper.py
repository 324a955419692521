"""Keeping what happens in a room, so that the game is never stopped by the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from orbitquiz.classroom.rules.events import Event


class EventWriter:
    """Has `write` put events where they outlive the program; it raises `OSError` where it cannot.

    `trouble` says what is wrong while the room is not being kept.
    """

    def __init__(self, write: Callable[[Sequence[Event]], None]) -> None:
        self.trouble: str | None = None
        self._write = write
        self._unkept: list[Event] = []

    async def keep(self, happened: Sequence[Event]) -> None:
        """Keep `happened`, and what could not be kept before. Where that fails again, `trouble` says so."""
        self._unkept += happened
        try:
            # What is being written is written to its end, even where the task is cancelled meanwhile.
            await _to_the_end(asyncio.to_thread(self._write, tuple(self._unkept)))
        except OSError as error:
            self.trouble = f"The room is not being kept: {error.strerror or error}. After a crash it would be lost."
        else:
            self._unkept.clear()
            self.trouble = None


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Wait for `work` even where the task is cancelled, and be cancelled then."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
