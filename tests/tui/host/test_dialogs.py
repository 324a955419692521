"""The host's dialogs, also when a key bounces or the room has moved on."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.names import nickname
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from tests.classroom.making import KEY
from tests.tui.host.hosting import StagedRoom, asked, begun, revealed
from tests.tui.waiting import press


async def _asked_for_another_name(pilot: Pilot[None], name: str) -> None:
    await press(pilot, "u", "r", *name, "enter")


async def _refused(desk: StagedRoom, pilot: Pilot[None], reason: Reason) -> None:
    desk.client.say(protocol.Refusal(reason=reason, text=WORDS[reason]))
    await pilot.pause()


@pytest.mark.parametrize("opening", ["q", "uq"])
async def test_a_q_that_bounces_does_not_close_the_room(opening: str) -> None:
    desk = StagedRoom("Ada")
    async with asked(desk) as pilot:
        await press(pilot, *opening, "q", "q")
        assert desk.app.is_running
        assert "Leave this room?" in desk.words
        await press(pilot, "n")
        assert "Leave this room?" not in desk.words


async def test_a_q_that_bounces_at_once_does_not_close_the_room() -> None:
    desk = StagedRoom("Ada")
    async with asked(desk) as pilot:
        for _ in range(3):
            desk.app.post_message(Key("q", "q"))
        await pilot.pause()
        assert desk.app.is_running
        await press(pilot, "n")
        assert "Leave this room?" not in desk.words


async def test_the_dialog_closes_where_the_question_was_taken_back_already() -> None:
    desk = StagedRoom("Ada")
    async with asked(desk) as pilot:
        await press(pilot, "x", "y", "x")
        assert "Void this question?" in desk.words  # the room has not answered yet
        desk.obey()
        await pilot.pause()
        assert "This question was voided." in desk.words
        assert "Void this question?" not in desk.words
        await press(pilot, "y")
        assert desk.client.sent == [protocol.Skip()]


async def test_a_dialog_below_another_takes_nothing_back_once_the_room_has() -> None:
    desk = StagedRoom("Ada")
    async with asked(desk) as pilot:
        await press(pilot, "x", "y", "x", "ctrl+q")
        desk.obey()
        await pilot.pause()
        assert "Leave this room?" in desk.words
        await press(pilot, "n", "y")
        assert desk.client.sent == [protocol.Skip()]
        assert desk.app.is_running
        assert "Void this question?" not in desk.words


async def test_the_dialog_stays_while_the_question_can_be_taken_back() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with revealed(desk, KEY, 0) as pilot:
        await press(pilot, "x")
        desk.tell()
        await pilot.pause()
        await press(pilot, "y")
        assert desk.client.sent == [protocol.Skip()]


async def test_a_name_that_is_taken_is_asked_for_again() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with begun(desk, notifications=True) as pilot:
        await _asked_for_another_name(pilot, "Ben")
        await _refused(desk, pilot, Reason.NAME_TAKEN)
        assert "Another name for Ada" in desk.words
        assert "Somebody in the room has this name" in desk.words
        assert desk.notices == []
        assert desk.app.screen.query_one(Input).value == "Ben"
        await press(pilot, *"bk", "enter")
        assert desk.client.sent[1:] == [protocol.Rename(player="p1", name="Benbk")]


async def test_no_key_reaches_the_list_before_the_room_has_answered() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with begun(desk) as pilot:
        await _asked_for_another_name(pilot, "Bella")
        desk.tell()  # of something else
        await pilot.pause()
        await press(pilot, *"by")
        assert desk.client.sent == [protocol.Rename(player="p1", name="Bella")]
        desk.played.do(desk.played.room.rename("p1", nickname("Bella"), 0.0))
        desk.tell()
        await pilot.pause()
        assert "Another name" not in desk.words
        assert "› Bella" in desk.words


async def test_a_name_that_nobody_may_have_is_said_at_once() -> None:
    desk = StagedRoom("Ada")
    async with begun(desk) as pilot:
        await _asked_for_another_name(pilot, "Ada" * 20)
        assert "at most 20 characters" in desk.words
        assert desk.client.sent == []
        desk.app.screen.query_one(Input).value = "  Ada "
        await press(pilot, "enter")
        assert "Another name" not in desk.words
        assert desk.client.sent == []


async def test_what_is_refused_beside_a_name_is_still_said() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with begun(desk) as pilot:
        await press(pilot, "u", "r")
        await _refused(desk, pilot, Reason.NOT_NOW)  # of something before
        assert desk.notices == [WORDS[Reason.NOT_NOW]]
        await press(pilot, "escape", "r", *"Ben", "enter", "escape")
        await _refused(desk, pilot, Reason.NAME_TAKEN)
        assert desk.notices[1:] == [WORDS[Reason.NAME_TAKEN]]  # the host has not waited
