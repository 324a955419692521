"""Take the pictures of the page in docs/pictures/page: each screen of a phone, light and dark.

It needs Debian's Chromium and the extra `browser`. The pictures are looked at by people; no test compares them, since
every version of a browser draws a little differently.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from tests.classroom.live import Guest, live
from tests.classroom.making import opened
from tests.page.browser import Phone, browser, phone

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import QuizSheet

FOLDER = Path(__file__).parent.parent / "docs" / "pictures" / "page"
_PHONE = {"width": 360, "height": 640}


async def take(scheme: str, folder: Path) -> None:
    """Take all pictures in one colour scheme, `light` or `dark`, into `folder`."""

    async def picture(it: Phone, name: str) -> None:
        await it.page.wait_for_timeout(200)
        await it.page.screenshot(path=folder / f"{name}-{scheme}.png")

    bank = open_bank(builtin_path()).bank
    assert bank is not None
    quiz = QuizSheet.of(compose(bank, Request("LAUNCH", 3)))
    look: dict[str, Any] = {"viewport": _PHONE, "color_scheme": scheme}
    async with AsyncExitStack() as stack:
        started = await stack.enter_async_context(browser())
        room = await stack.enter_async_context(live(_made(stack), opened(quiz=quiz, timer=30.0)))
        host = await room.host()
        ada = await stack.enter_async_context(phone(started, room, **look))
        await picture(ada, "join")
        await ada.page.goto(ada.address.split("#")[0])
        await ada.page.get_by_role("textbox", name="Room code").wait_for()
        await picture(ada, "code")
        await ada.page.goto(ada.address)
        await ada.join("Ada")
        ben, _ = await room.player("Ben")
        await ada.sees("2 players")
        await picture(ada, "lobby")
        await _ask(host, 1)
        await ada.heading(quiz.questions[0].stem)
        await picture(ada, "question")
        await host.say(type="pause")
        await ada.sees("Paused by the host.")
        await picture(ada, "paused")
        await host.say(type="go-on")
        await ada.tap(next(text for at, text in enumerate(quiz.questions[0].options) if at != quiz.questions[0].key))
        await ada.sees("Answer saved")
        await picture(ada, "answered")
        await ada.is_offline(True)
        await ada.sees("Connection lost")
        await picture(ada, "away")
        await ada.is_offline(False)
        await ada.page.locator("#banner").wait_for(state="hidden")
        question = await ben.hear("question")
        await ben.answer(question, question["options"][0]["id"])
        await ada.heading("✗ Wrong")
        await picture(ada, "verdict")
        await host.say(type="skip")
        await ada.heading("Question 1 was voided")
        await picture(ada, "voided")
        await _ask(host, 2)
        await ada.tap(quiz.questions[1].options[quiz.questions[1].key])
        await ada.sees("Answer saved")
        await host.say(type="reveal")
        await ada.heading("✓ Right")
        await picture(ada, "right")
        await host.say(type="kick", player="p1")
        await ada.heading("You were removed")
        await picture(ada, "removed")
        await ada.tap("Come back")
        await ada.heading("✓ Right")
        await host.say(type="end")
        await ada.heading("1 of 1 right")
        await ada.page.locator("summary").first.click()
        await picture(ada, "end")
        own = opened(quiz=quiz, room="HOME", pace="own", attempts=2, closes="2030-12-04T17:00:00+00:00")
        async with live(_made(stack), own) as home:
            alone = await stack.enter_async_context(phone(started, home, **look))
            await alone.page.get_by_role("textbox", name="Your name").fill("Ada")
            await alone.tap("Join")
            await alone.heading("0 of 3 answered, 0 right")
            await picture(alone, "own-pace")
            await alone.tap("Go on")
            await alone.heading(quiz.questions[0].stem)
            await picture(alone, "own-question")
        await alone.heading("The room is closed")
        await picture(alone, "closed")


async def _ask(host: Guest, number: int) -> None:
    await host.say(type="next", after=number - 1)
    await host.hear("scene", lambda scene: scene["number"] == number and scene["phase"] == "asking")


def _made(stack: AsyncExitStack) -> Path:
    """Return a folder that lasts as long as `stack`."""
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for each in ("light", "dark"):
        asyncio.run(take(each, FOLDER))
    print(FOLDER)
