"""A conversation with a room on standard input and output."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.room_console import leaving_by
from orbitquiz.plain.async_console import AsyncConsole


@asynccontextmanager
async def conversing() -> AsyncIterator[AsyncConsole]:
    """A conversation that ends with what is typed, or when the system asks for it."""
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("a room needs standard input and output, and one of them is closed")
    async with AsyncConsole(sys.stdin, sys.stdout) as conversation:
        with leaving_by(conversation.hang_up):
            yield conversation
