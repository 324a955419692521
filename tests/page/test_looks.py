"""The page on a phone: on every screen, at every size, for every eye and ear."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.classroom.making import OPTIONS
from tests.page.browser import Phone
from tests.page.conftest import Classroom, Classrooms, needs_browser

pytestmark = [needs_browser, pytest.mark.slow]

SMALL = {"width": 320, "height": 568}
LANDSCAPE = {"width": 640, "height": 320}
HEBREW = "בן"


async def _walk(it: Classroom, ada: Phone, look: Any) -> None:
    """Take a phone through every screen, and look at each."""
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
    await it.reveal()
    await ada.heading("✗ Wrong")
    await look("verdict")
    await it.host.say(type="skip")
    await ada.heading("Question 1 was voided")
    await look("voided")
    await it.ask(2)
    await ada.tap(OPTIONS[2])
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_any_screen(classroom: Classrooms, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    found: dict[str, Any] = {}
    async with AsyncExitStack() as stack, classroom(timer=600.0) as it:
        ada = await it.phone(stack, color_scheme=scheme)

        async def look(screen: str) -> None:
            results = await axe.run(ada.page)
            if results.violations_count:
                found[screen] = results.generate_report()

        await _walk(it, ada, look)
    assert found == {}


@pytest.mark.parametrize("size", [SMALL, LANDSCAPE], ids=["320 px wide", "landscape"])
async def test_nothing_is_cut_or_scrolls_sideways_even_at_twice_the_text(
    classroom: Classrooms, size: dict[str, int]
) -> None:
    wide: dict[str, Any] = {}
    async with AsyncExitStack() as stack, classroom(timer=600.0) as it:
        ada = await it.phone(stack, viewport=size)

        async def look(screen: str) -> None:
            for scale in ("100%", "200%"):
                await ada.page.evaluate("(scale) => { document.documentElement.style.fontSize = scale; }", scale)
                width = await ada.page.evaluate("document.documentElement.scrollWidth")
                if width > size["width"]:
                    wide[f"{screen} at {scale}"] = width
            await ada.page.evaluate("document.documentElement.style.fontSize = ''")

        await _walk(it, ada, look)
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
