"""The page on a phone: on every screen, at every size, for every eye and ear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from orbitquiz.classroom.protocol import Refusal
from orbitquiz.classroom.rules.refusal import Reason, Refused
from tests.classroom.making import KEY, OPTIONS, quiz_sheet
from tests.page.browser import Phone
from tests.page.conftest import Classroom, Classrooms, needs_browser

pytestmark = [needs_browser, pytest.mark.slow]

SMALL = {"width": 320, "height": 568}
LANDSCAPE = {"width": 640, "height": 320}
HEBREW = "בן"


Look = Callable[[str], Awaitable[None]]


async def _play(it: Classroom, ada: Phone, look: Look) -> None:
    """Take a phone through every screen of a class's game, and look at each."""
    await ada.page.get_by_role("textbox").wait_for()
    await look("name")
    await ada.join("Ada")
    seat = await it.seat("Ada")
    await it.room.player(HEBREW)
    await look("lobby")
    await it.ask(1)
    await ada.heading("Who was on watch on day 1?")
    await look("question")
    await it.host.say(type="pause")
    await ada.sees("Paused by the host.")
    await look("paused")
    await it.host.say(type="go-on")
    await ada.tap(OPTIONS[0])
    await ada.sees("Answer saved")
    await look("answered")
    await ada.is_offline(True)
    await ada.sees("Connection lost")
    await look("away")
    await ada.is_offline(False)
    await ada.page.locator("#banner").wait_for(state="hidden")
    ada.problems.clear()  # the browser itself reports each try that found no network
    await it.reveal()
    await ada.heading("✗ Wrong")
    await look("verdict")
    await it.host.say(type="skip")
    await ada.heading("Question 1 was voided")
    await look("voided")
    await it.ask(2)
    await ada.tap(OPTIONS[KEY])
    await ada.sees("Answer saved")
    await it.reveal()
    await it.host.say(type="kick", player=seat)
    await ada.heading("You were removed")
    await look("removed")
    await ada.tap("Come back")
    await ada.heading("✓ Right")
    await it.host.say(type="end")
    await ada.heading("1 of 1 right")
    await ada.page.locator("summary").first.click()
    await look("end")


async def _go_on_alone(it: Classroom, ada: Phone, look: Look) -> None:
    """The same at one's own pace, with a second attempt."""
    await ada.page.get_by_role("textbox", name="Your name").fill(HEBREW)
    await ada.tap("Join")
    await ada.heading("0 of 2 answered, 0 right")
    await ada.page.locator("summary").click()
    await look("progress with the link to come back")
    await ada.tap("Go on")
    await ada.heading("Who was on watch on day 1?")
    await look("question")
    await ada.tap(OPTIONS[0])
    await ada.sees("Not right.")
    await look("another attempt")
    await ada.tap(OPTIONS[KEY])
    await ada.heading("✓ Right")
    await look("verdict")
    await ada.tap("Next")
    await ada.tap(OPTIONS[KEY])
    await ada.heading("✓ Right")
    await ada.tap("Next")
    await ada.heading("2 of 2 answered, 2 right")
    await look("all answered")
    await it.host.say(type="end")
    await ada.heading("2 of 2 right")
    await look("end")


async def _wait_for_the_keys(it: Classroom, ada: Phone, look: Look) -> None:
    """The same where the keys are told at the closing."""
    await ada.page.get_by_role("textbox", name="Your name").fill("Ada")
    await ada.tap("Join")
    await ada.heading("0 of 1 answered")
    await ada.tap("Go on")
    await ada.tap(OPTIONS[0])
    await ada.sees("Answer saved")
    await look("answer that may be changed")
    await ada.tap("Next")
    await ada.sees("The answers are shown once the room has closed.")
    await look("waiting for the closing")


async def _be_refused(it: Classroom, ada: Phone, look: Look) -> None:
    """Whatever a room may say at the door, from the first screen without a code on."""
    await ada.page.goto(ada.address.split("#")[0])
    await ada.page.get_by_role("textbox", name="Room code").wait_for()
    await look("join")
    said = ""

    def refuse(socket: Any) -> None:
        socket.on_message(lambda _: socket.send(said))

    await ada.page.route_web_socket("**", refuse)
    for reason in (each for each in Reason if each not in _GO_ON):
        said = Refusal(reason=reason, text=str(Refused(reason))).model_dump_json()
        await ada.page.goto(f"{ada.address}{reason}")
        if reason is Reason.NAME_MISSING:
            await ada.page.get_by_role("textbox", name="Your name").wait_for()
        else:
            await ada.sees(str(Refused(reason)))
        await look(reason)


_GO_ON = {
    *(Reason.NOT_IN, Reason.NOT_HOST, Reason.NO_PLAYER),
    *(Reason.TOO_LATE, Reason.ANSWERED, Reason.NOT_NOW, Reason.NEXT_ONE, Reason.NO_OPTION, Reason.TOO_FAST),
}
"""Refusals that change no screen."""

_ALONE: dict[str, Any] = {"pace": "own", "closes": "2031-05-04T09:00:00+00:00"}
WALKS: dict[str, tuple[Callable[[Classroom, Phone, Look], Awaitable[None]], dict[str, Any]]] = {
    "class": (_play, {"timer": 600.0, "teams": ("Mercury", "Venus")}),
    "compared sources": (_play, {"timer": 600.0, "quiz": quiz_sheet(3, open=quiz_sheet(1).questions[0].proof.shown)}),
    "own pace": (_go_on_alone, {"count": 2, "attempts": 2, **_ALONE}),
    "keys at the closing": (_wait_for_the_keys, {"count": 1, "attempts": 3, "reveals": "at-closing", **_ALONE}),
    "refusals": (_be_refused, {}),
}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_any_screen(classroom: Classrooms, scheme: str, walk: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    found: dict[str, Any] = {}
    go, options = WALKS[walk]
    async with AsyncExitStack() as stack, classroom(**options) as it:
        ada = await it.phone(stack, color_scheme=scheme)

        async def look(screen: str) -> None:
            results = await axe.run(ada.page)
            if results.violations_count:
                found[screen] = results.generate_report()

        await go(it, ada, look)
    assert found == {}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("size", [SMALL, LANDSCAPE], ids=["320 px wide", "landscape"])
async def test_nothing_is_cut_or_scrolls_sideways_even_at_twice_the_text(
    classroom: Classrooms, size: dict[str, int], walk: str
) -> None:
    wide: dict[str, Any] = {}
    go, options = WALKS[walk]
    async with AsyncExitStack() as stack, classroom(**options) as it:
        ada = await it.phone(stack, viewport=size)

        async def look(screen: str) -> None:
            for scale in ("100%", "200%"):
                await ada.page.evaluate("(scale) => { document.documentElement.style.fontSize = scale; }", scale)
                width = await ada.page.evaluate("document.documentElement.scrollWidth")
                if width > size["width"]:
                    wide[f"{screen} at {scale}"] = width
            await ada.page.evaluate("document.documentElement.style.fontSize = ''")

        await go(it, ada, look)
    assert wide == {}


async def test_a_name_from_right_to_left_stands_by_itself(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join(HEBREW)
        assert await ada.page.locator("#who").evaluate("node => node.matches(':dir(rtl)')")
        assert await ada.page.locator("h1 bdi").inner_text() == HEBREW


async def test_a_field_is_large_enough_that_a_phone_does_not_zoom(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        box = ada.page.get_by_role("textbox", name="Your name")
        assert await box.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 16
        assert await ada.page.locator("meta[name=viewport]").get_attribute("content") == (
            "width=device-width, initial-scale=1, viewport-fit=cover"
        )


async def test_a_screen_reader_is_led_to_the_stem_and_told_what_became_of_an_answer(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.room.player("Ben")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        assert await ada.page.evaluate("document.activeElement.textContent") == "Who was on watch on day 1?"
        await ada.tap(OPTIONS[0])
        await ada.sees("Answer saved")
        assert "Answer saved" in await ada.page.locator("#live").inner_text()
        await it.reveal()
        await ada.heading("✗ Wrong")
        assert await ada.page.evaluate("document.activeElement.textContent") == "✗ Wrong"
