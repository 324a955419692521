"""A phone plays a whole game, and whatever phones do in the middle of one."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import Answered
from tests.classroom.making import KEY, OPTIONS
from tests.page.browser import UNSAFE_HOST
from tests.page.conftest import Classrooms, needs_browser

pytestmark = [needs_browser, pytest.mark.slow]
_OFFLINE = 10.0  # seconds, in which the page tries several times to come back


async def test_a_phone_plays_a_whole_game_beside_a_terminal(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom(2) as it:
        ada = await it.phone(stack, host=UNSAFE_HOST)
        await ada.join("Ada")
        ben, _ = await it.room.player("Ben")
        await ada.sees("2 players")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        await ada.tap(OPTIONS[0])
        await ada.sees("Answer saved")
        question = await ben.hear("question")
        await ben.answer(question, question["options"][0]["id"])
        await ada.heading("✗ Wrong")
        await ada.sees("Ada Stone commanded the ship (the report, line 3).")
        await ada.sees("Cy Reed was on watch on day 1.")
        assert await ada.page.locator("mark").all_inner_texts() == ["On da", " 1 Cy "]
        await it.ask(2)
        await ada.heading("Who was on watch on day 2?")
        await ada.tap(OPTIONS[KEY])
        await ada.sees("Answer saved")
        await it.reveal()
        await ada.heading("✓ Right")
        await ada.sees("100 points")
        await it.host.say(type="next", after=2)
        await ada.heading("1 of 2 right")
        await ada.sees("orbitquiz play --quiz COMET-1")
        await ada.page.locator("summary").nth(1).click()
        await ada.sees("right answer, your answer")


async def test_a_reload_keeps_the_seat_and_the_answer(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.room.player("Ben")
        await it.ask(1)
        await ada.tap(OPTIONS[0])
        await ada.sees("Answer saved")
        await ada.page.reload()
        await ada.sees("Answer saved")
        assert await ada.page.get_by_role("button", name=OPTIONS[0]).get_attribute("aria-pressed") == "true"
        assert len(it.room.room.players) == 2


async def test_back_and_forward_keep_the_seat(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await ada.page.goto("about:blank")
        await it.ask(1)
        await ada.page.go_back()
        await ada.heading("Who was on watch on day 1?")
        await ada.tap(OPTIONS[1])
        await ada.sees("✗ Wrong")  # the only player: all have answered
        assert len(it.room.room.players) == 1


async def test_a_page_from_the_back_forward_cache_connects_again(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await ada.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
        await it.host.hear("people", lambda told: [seat["is_here"] for seat in told["seats"]] == [False])
        await ada.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        await it.host.hear("people", lambda told: [seat["is_here"] for seat in told["seats"]] == [True])


async def test_an_answer_given_without_a_network_counts_once_when_it_is_back(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.room.player("Ben")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        await ada.is_offline(True)
        lost_at = time.monotonic()
        await ada.sees("Connection lost")
        await ada.tap(OPTIONS[2])
        await ada.sees("Your answer will be sent when you are back online.")
        await asyncio.sleep(lost_at + _OFFLINE - time.monotonic())
        assert not [event for event in it.room.events if isinstance(event, Answered)]
        await ada.is_offline(False)
        await ada.sees("Answer saved")
        answers = [event for event in it.room.events if isinstance(event, Answered)]
        assert [event.option for event in answers] == [2]
        ada.problems.clear()  # the browser itself reports each try that found no network


async def test_a_socket_that_died_without_a_word_is_replaced_when_the_phone_wakes(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.page.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'visible'})")
        await ada.join("Ada")
        sockets: list[Any] = []
        ada.page.on("websocket", lambda socket: sockets.append(socket))
        await ada.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        assert len(sockets) == 1
        assert len(it.room.room.players) == 1


async def test_taps_that_come_twice_count_once(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.room.player("Ben")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        await ada.page.evaluate(
            "for (const button of document.querySelectorAll('button.option')) { button.click(); button.click(); }"
        )
        await ada.sees("Answer saved")
        assert len([event for event in it.room.events if isinstance(event, Answered)]) == 1
        assert await ada.page.locator("button.option:enabled").count() == 0


async def test_a_pause_hides_the_options(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom(timer=60.0) as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        await it.host.say(type="pause")
        await ada.sees("Paused by the host.")
        assert await ada.page.locator(".options").is_hidden()
        await it.host.say(type="go-on")
        await ada.tap(OPTIONS[0])
        await ada.heading("✗ Wrong")


async def test_a_latecomer_watches_and_then_plays(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        await it.room.player("Ben")
        await it.ask(1)
        ada = await it.phone(stack)
        await ada.page.get_by_role("textbox", name="Your name").fill("Ada")
        await ada.tap("Join")
        await ada.sees("You play from the next one.")
        await it.reveal()
        await ada.heading("You watched this one")
        await it.ask(2)
        await ada.tap(OPTIONS[0])
        await ada.sees("Answer saved")


async def test_a_removed_player_can_come_back_and_a_banned_one_cannot(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        seat = await it.seat("Ada")
        await it.host.say(type="kick", player=seat)
        await ada.heading("You were removed")
        await ada.tap("Come back")
        await ada.heading("You're in, Ada")
        await it.host.say(type="ban", player=seat)
        await ada.heading("Not in the room")
        assert await ada.page.get_by_role("button").count() == 0


async def test_a_second_phone_with_the_same_seat_takes_it_over_and_the_first_can_take_it_back(
    classroom: Classrooms,
) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        second = await ada.context.new_page()
        await second.goto(ada.address)
        await ada.tap("Play here instead")
        await ada.heading("You're in, Ada")
        assert len(it.room.room.players) == 1


async def test_a_wrong_code_is_asked_for_again(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.page.goto(f"http://127.0.0.1:{it.room.address.port}/")
        await ada.page.get_by_role("textbox", name="Room code").fill("none")
        await ada.tap("Next")
        await ada.sees("There is no room with this code.")
        await ada.page.get_by_role("textbox", name="Room code").fill(it.room.code.lower())
        await ada.tap("Next")
        await ada.join("Ada")


async def test_a_name_that_is_taken_is_asked_for_again(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        await it.room.player("Ada")
        ada = await it.phone(stack)
        await ada.page.get_by_role("textbox", name="Your name").fill("Ada")
        await ada.tap("Join")
        await ada.page.get_by_role("alert").wait_for()
        await ada.join("Bea")


async def test_text_from_people_and_banks_is_text(classroom: Classrooms) -> None:

    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.page.get_by_role("textbox", name="Your name").fill("<b>Ada</b>")
        await ada.tap("Join")
        await ada.page.get_by_role("heading", level=1).wait_for()
        assert await ada.page.locator("main b, main img").count() == 0


async def test_nothing_that_a_phone_is_sent_before_the_reveal_tells_the_key(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom() as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        sheet = it.room.room.opening.quiz.questions[0]
        before = "\n".join(ada.received)
        assert OPTIONS[KEY] in before
        secrets = (sheet.id, f'"{sheet.fact}"', sheet.proof.statement, "COMET-1", '"key"', '"votes"', '"proof"')
        assert not [secret for secret in secrets if secret in before]


async def test_a_phone_goes_on_alone_and_comes_back_on_another_one(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom(2, pace="own", attempts=2) as it:
        ada = await it.phone(stack, host=UNSAFE_HOST)
        await ada.page.get_by_role("textbox", name="Your name").fill("Ada")
        await ada.tap("Join")
        await ada.heading("0 of 2 answered, 0 right")
        await ada.tap("Go on")
        await ada.heading("Who was on watch on day 1?")
        await ada.tap(OPTIONS[0])
        await ada.sees("Not right. 1 more try.")
        assert await ada.page.get_by_role("button", name=OPTIONS[0]).is_disabled()
        await ada.tap(OPTIONS[KEY])
        await ada.heading("✓ Right")
        await ada.sees("+50 points")
        await ada.tap("Next")
        await ada.heading("Who was on watch on day 2?")
        await ada.context.set_offline(True)
        await ada.context.set_offline(False)
        await ada.heading("Who was on watch on day 2?")
        await ada.page.reload()
        await ada.heading("1 of 2 answered, 1 right")
        await ada.page.locator("summary").click()
        link = await ada.page.locator("code").inner_text()
        other = await it.phone(stack, host=UNSAFE_HOST)
        await other.page.goto(link)
        await other.heading("1 of 2 answered, 1 right")
        assert "/" not in (await other.page.evaluate("location.hash"))  # the token is not left for others to see
        await other.tap("Go on")
        await other.heading("Who was on watch on day 2?")
        await other.tap(OPTIONS[KEY])
        await other.tap("Next")
        await other.heading("2 of 2 answered, 2 right")
        await it.host.say(type="end")
        await other.heading("2 of 2 right")
        assert len(it.room.room.players) == 1


async def test_a_question_is_read_before_its_options_on_a_phone(classroom: Classrooms) -> None:
    async with AsyncExitStack() as stack, classroom(1, reading=1.5) as it:
        ada = await it.phone(stack)
        await ada.join("Ada")
        await it.ask(1)
        await ada.heading("Who was on watch on day 1?")
        await ada.sees("Read the question. The answers follow.")
        await ada.tap(OPTIONS[KEY])
        await ada.heading("✓ Right")
