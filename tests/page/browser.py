"""A browser for tests: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.classroom.live import Live

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
UNSAFE_HOST = "quiz.school.example"
"""A name that is not localhost, so that the browser grants the page no more than a classroom's would get."""

PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000  # milliseconds

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {UNSAFE_HOST} 127.0.0.1",
]


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A browser without a window."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        try:
            yield started
        finally:
            await started.close()


class Phone:
    """A phone with its own storage, at a page. `problems` are errors on its console, the policy's among them."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.context, self.page, self.address = context, page, address
        self.problems: list[str] = []
        self.received: list[str] = []  # everything that came through its sockets
        page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, frame: str | bytes) -> None:
        self.received.append(frame if isinstance(frame, str) else frame.decode())

    async def sees(self, words: str) -> None:
        """Wait until these words can be seen."""
        await self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)

    async def heading(self, words: str) -> None:
        """Wait until the screen has this heading."""
        await self.page.get_by_role("heading", level=1, name=words).wait_for(timeout=PATIENCE)

    async def tap(self, words: str) -> None:
        """Tap the button with these words."""
        await self.page.get_by_role("button", name=words).click(timeout=PATIENCE)

    async def join(self, name: str) -> None:
        """Type a name and go in."""
        await self.page.get_by_role("textbox", name="Your name").fill(name, timeout=PATIENCE)
        await self.tap("Join")
        await self.heading(f"You're in, {name}")

    async def is_offline(self, offline: bool) -> None:
        """Take the network away, or give it back."""
        await self.context.set_offline(offline)


@asynccontextmanager
async def phone(started: Browser, room: Live, host: str = "127.0.0.1", **options: Any) -> AsyncIterator[Phone]:
    """A phone at the room's page, as the QR code opens it."""
    wanted: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True} | options
    context = await started.new_context(**wanted)
    page = await context.new_page()
    made = Phone(context, page, f"http://{host}:{room.address.port}/#{room.code}")
    await page.goto(made.address)
    yield made
    await context.close()
