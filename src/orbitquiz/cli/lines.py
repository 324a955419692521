"""A conversation with a room on standard input and output."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.signals import leaving_by
from orbitquiz.plain.room.conversation import Conversation


@asynccontextmanager
async def conversing() -> AsyncIterator[Conversation]:
    """A conversation that ends with what is typed, or when the system asks for it."""
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("a room needs standard input and output, and one of them is closed")
    async with Conversation(sys.stdin, sys.stdout) as conversation:
        with leaving_by(conversation.hang_up):
            yield conversation
