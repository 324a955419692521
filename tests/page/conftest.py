"""A class with phones: a room, its host, and a browser."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.classroom.live import Guest, Live, live
from tests.classroom.making import opened
from tests.page.browser import CHROMIUM, Phone, browser, phone

if TYPE_CHECKING:
    from playwright.async_api import Browser

_LACKS = (
    "the package playwright is not installed"
    if importlib.util.find_spec("playwright") is None
    else None
    if CHROMIUM.exists()
    else f"there is no {CHROMIUM}"
)
needs_browser = pytest.mark.skipif(_LACKS is not None, reason=str(_LACKS))


@dataclass
class Classroom:
    """A room with its host, and a browser whose phones can come in."""

    room: Live
    host: Guest
    browser: Browser
    phones: list[Phone]

    async def phone(self, stack: Any, **options: Any) -> Phone:
        """A phone at the room's page, closed with `stack`."""
        made: Phone = await stack.enter_async_context(phone(self.browser, self.room, **options))
        self.phones.append(made)
        return made

    async def ask(self, number: int) -> None:
        """Ask the question with this number."""
        await self.host.say(type="next", after=number - 1)
        await self.host.hear("scene", lambda scene: scene["number"] == number and scene["phase"] == "asking")

    async def reveal(self) -> None:
        """Show the key."""
        await self.host.say(type="reveal")
        await self.host.hear("scene", lambda scene: scene["phase"] == "revealed")

    async def seat(self, name: str) -> str:
        """The id of the player with this name, once they are here."""
        told = await self.host.hear("people", lambda told: any(seat["name"] == name for seat in told["seats"]))
        return str(next(seat["id"] for seat in told["seats"] if seat["name"] == name))


Classrooms = Callable[..., AbstractAsyncContextManager[Classroom]]


@pytest.fixture
def classroom(tmp_path: Path) -> Classrooms:
    """Opens rooms. In the end no phone may have had an error on its console."""

    @asynccontextmanager
    async def made(count: int = 3, **changes: Any) -> AsyncIterator[Classroom]:
        async with browser() as started, live(tmp_path, opened(count, **changes)) as room:
            it = Classroom(room, await room.host(), started, [])
            yield it
            assert [problem for phone in it.phones for problem in phone.problems] == []

    return made
