"""The host's dialogs, also when a key bounces or the room has moved on."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from tests.classroom.making import KEY
from tests.tui.host.hosting import StagedRoom, asked, begun, revealed
from tests.tui.waiting import press


async def _asked_for_another_name(pilot: Pilot[None], name: str) -> None:
    await press(pilot, "u", "r", *name, "enter")


async def _refused(staged: StagedRoom, pilot: Pilot[None], reason: Reason) -> None:
    staged.client.say(protocol.Refusal(reason=reason, text=WORDS[reason]))
    await pilot.pause()


@pytest.mark.parametrize("opening", ["q", "uq"])
async def test_a_q_that_bounces_does_not_close_the_room(opening: str) -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, *opening, "q", "q")
        assert staged.app.is_running
        assert "Leave this room?" in staged.words
        await press(pilot, "n")
        assert "Leave this room?" not in staged.words


@pytest.mark.parametrize(
    ("link", "words"),
    [(None, "Players are disconnected."), ("https://q.example/report/K7M2QD/x", "It stays open without you.")],
)
async def test_leaving_says_what_becomes_of_the_room(link: str | None, words: str) -> None:
    staged = StagedRoom("Ada", link=link)
    async with asked(staged) as pilot:
        await press(pilot, "q")
        assert words in staged.words
        await press(pilot, "n")


async def test_a_q_that_bounces_at_once_does_not_close_the_room() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        for _ in range(3):
            staged.app.post_message(Key("q", "q"))
        await pilot.pause()
        assert staged.app.is_running
        await press(pilot, "n")
        assert "Leave this room?" not in staged.words


async def test_the_dialog_closes_where_the_question_was_taken_back_already() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "x", "y", "x")
        assert "Void this question?" in staged.words  # the room has not answered yet
        staged.obey()
        await pilot.pause()
        assert "This question was voided." in staged.words
        assert "Void this question?" not in staged.words
        await press(pilot, "y")
        assert staged.client.sent == [protocol.Skip()]


async def test_a_dialog_below_another_takes_nothing_back_once_the_room_has() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "x", "y", "x", "ctrl+q")
        staged.obey()
        await pilot.pause()
        assert "Leave this room?" in staged.words
        await press(pilot, "n", "y")
        assert staged.client.sent == [protocol.Skip()]
        assert staged.app.is_running
        assert "Void this question?" not in staged.words


async def test_the_dialog_stays_while_the_question_can_be_taken_back() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with revealed(staged, KEY, 0) as pilot:
        await press(pilot, "x")
        staged.tell()
        await pilot.pause()
        await press(pilot, "y")
        assert staged.client.sent == [protocol.Skip()]


async def test_a_name_that_is_taken_is_asked_for_again() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with begun(staged, notifications=True) as pilot:
        await _asked_for_another_name(pilot, "Ben")
        await _refused(staged, pilot, Reason.NAME_TAKEN)
        assert "Another name for Ada" in staged.words
        assert "Somebody in the room has this name" in staged.words
        assert staged.notices == []
        assert staged.app.screen.query_one(Input).value == "Ben"
        await press(pilot, *"bk", "enter")
        assert staged.client.sent[1:] == [protocol.Rename(player="p1", name="Benbk")]


async def test_no_key_reaches_the_list_before_the_room_has_answered() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with begun(staged) as pilot:
        await _asked_for_another_name(pilot, "Bella")
        staged.tell()  # of something else
        await pilot.pause()
        await press(pilot, *"by")
        assert staged.client.sent == [protocol.Rename(player="p1", name="Bella")]
        staged.played.do(staged.played.room.rename("p1", nickname("Bella"), 0.0))
        staged.tell()
        await pilot.pause()
        assert "Another name" not in staged.words
        assert "› Bella" in staged.words


async def test_a_name_that_nobody_may_have_is_said_at_once() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        await _asked_for_another_name(pilot, "Ada" * 20)
        assert "at most 20 characters" in staged.words
        assert staged.client.sent == []
        staged.app.screen.query_one(Input).value = "  Ada "
        await press(pilot, "enter")
        assert "Another name" not in staged.words
        assert staged.client.sent == []


async def test_what_is_refused_beside_a_name_is_still_said() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with begun(staged) as pilot:
        await press(pilot, "u", "r")
        await _refused(staged, pilot, Reason.NOT_NOW)  # of something before
        assert staged.notices == [WORDS[Reason.NOT_NOW]]
        await press(pilot, "escape", "r", *"Ben", "enter", "escape")
        await _refused(staged, pilot, Reason.NAME_TAKEN)
        assert staged.notices[1:] == [WORDS[Reason.NAME_TAKEN]]  # the host has not waited
