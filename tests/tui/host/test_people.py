"""The host's list of everybody who has a seat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from orbitquiz.classroom import protocol
from tests.classroom.making import opened
from tests.tui.host.hosting import StagedRoom, begun, seconds_to_draw
from tests.tui.screens import SIZE
from tests.tui.waiting import click_on, press


@asynccontextmanager
async def people(desk: StagedRoom, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The list, opened in the lobby or wherever the room stands."""
    async with begun(desk, size) as pilot:
        await press(pilot, "u")
        yield pilot


def _row(desk: StagedRoom, name: str) -> str:
    return next(" ".join(line.split()) for line in desk.lines if name in line)


async def test_it_shows_who_is_here_and_who_has_answered() -> None:
    desk = StagedRoom("Ada", "Ben", "Cy", "Di", "Eve", opening=opened(teams=("Mercury", "Venus")))
    room = desk.played
    room.ask()
    room.pick("p1", 0)
    room.do(room.room.kick("p4", 0.0))
    room.do(room.room.ban("p5", 0.0))
    desk.away = ("p2",)
    async with people(desk):
        assert "People" in desk.lines[0]
        assert "3 players, 1 away" in desk.lines[0]
        assert _row(desk, "Ada") == "› Ada Mercury here ✓ answered"
        assert _row(desk, "Ben") == "Ben Venus away"
        assert _row(desk, "Cy") == "Cy Mercury here"
        assert _row(desk, "Di") == "Di Venus sent out"
        assert _row(desk, "Eve") == "Eve Mercury banned"


async def test_it_follows_the_room_and_keeps_to_the_chosen_one() -> None:
    desk = StagedRoom("Ada", "Ben", "Cy")
    async with people(desk) as pilot:
        await press(pilot, "down", "down")
        assert _row(desk, "Cy").startswith("›")
        desk.played.do(desk.played.room.kick("p1", 0.0))
        desk.played.join("Di")
        desk.tell()
        await pilot.pause()
        assert [line.split()[0] for line in desk.lines[3:7]] == ["Ben", "›", "Di", "Ada"]
        assert _row(desk, "Cy").startswith("›")
        assert "3 players" in desk.lines[0]


@pytest.mark.parametrize("key", ["escape", "u", "enter"])
async def test_there_is_a_way_back(key: str) -> None:
    desk = StagedRoom("Ada")
    async with people(desk) as pilot:
        desk.ask()
        await pilot.pause()
        await press(pilot, key)
        assert "Who was on watch" in desk.words
        assert desk.client.sent == []


async def test_k_sends_a_player_out_after_asking() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with people(desk) as pilot:
        await press(pilot, "down", "k")
        assert "Kick Ben?" in desk.words
        assert "and may come back." in desk.words
        await press(pilot, "n")
        assert desk.client.sent == []
        await press(pilot, "k", "y")
        assert desk.client.sent == [protocol.Kick(player="p2")]


async def test_b_bans_a_player_after_asking() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with people(desk) as pilot:
        await press(pilot, "b")
        assert "Ban Ada?" in desk.words
        assert "lock the room with l to keep new names out" in desk.words
        await press(pilot, "n")
        assert desk.client.sent == []
        await press(pilot, "b")
        desk.played.do(desk.played.room.kick("p1", 0.0))  # the list below the question moves
        desk.tell()
        await pilot.pause()
        await press(pilot, "y")
        assert desk.client.sent == [protocol.Ban(player="p1")]


async def test_r_renames_a_player() -> None:
    desk = StagedRoom("Ada", "Ben")
    async with people(desk) as pilot:
        await press(pilot, "r")
        assert "Another name for Ada" in desk.words
        field = desk.app.screen.query_one(Input)
        assert field.value == "Ada"
        field.value = "Adele"
        await press(pilot, "enter")
        assert desk.client.sent == [protocol.Rename(player="p1", name="Adele")]


@pytest.mark.parametrize("name", ["Ada", "", "   "])
async def test_no_other_name_renames_nobody(name: str) -> None:
    desk = StagedRoom("Ada")
    async with people(desk) as pilot:
        await press(pilot, "r")
        desk.app.screen.query_one(Input).value = name
        await press(pilot, "enter")
        await press(pilot, "r", "escape")
        assert desk.client.sent == []
        assert "People" in desk.lines[0]


async def test_who_is_out_can_be_banned_and_nothing_else() -> None:
    desk = StagedRoom("Ada")
    desk.played.do(desk.played.room.kick("p1", 0.0))
    async with people(desk) as pilot:
        await press(pilot, "k", "r")
        assert desk.client.sent == []
        assert desk.notices == ["Ada is sent out."] * 2
        await press(pilot, "b", "y")
        assert desk.client.sent == [protocol.Ban(player="p1")]
        desk.played.do(desk.played.room.ban("p1", 0.0))
        desk.tell()
        await pilot.pause()
        await press(pilot, "b")
        assert desk.notices[2:] == ["Ada is banned."]


async def test_l_locks_until_the_game_is_over() -> None:
    desk = StagedRoom("Ada")
    async with people(desk) as pilot:
        await press(pilot, "l")
        assert desk.client.sent == [protocol.Lock(locked=True)]
        desk.obey()
        await pilot.pause()
        assert "locked" in desk.lines[0]
        assert "l unlock" in desk.bottom
        desk.played.do(desk.played.room.end(0.0))
        desk.tell()
        await pilot.pause()
        assert "lock" not in desk.bottom
        await press(pilot, "l")
        assert len(desk.client.sent) == 1


async def test_nobody_is_there_yet() -> None:
    desk = StagedRoom()
    async with people(desk) as pilot:
        assert "Nobody has come yet." in desk.words
        await press(pilot, "down", "pagedown", "k", "b", "r")
        assert desk.client.sent == []
        desk.played.join("Ada")
        desk.tell()
        await pilot.pause()
        assert _row(desk, "Ada").startswith("›")


async def test_five_hundred_can_be_walked_through() -> None:
    desk = StagedRoom(*(f"Player {number:03}" for number in range(500)))
    async with people(desk) as pilot:
        assert "Player 000" in desk.text
        assert "Player 030" not in desk.text
        await press(pilot, "end")
        assert _row(desk, "Player 499").startswith("›")
        await press(pilot, "pageup")
        assert _row(desk, "Player 480").startswith("›")
        await press(pilot, "home", "pagedown", "down")
        assert _row(desk, "Player 020").startswith("›")
        assert await seconds_to_draw(pilot, desk) < 0.2
        assert desk.is_sound


async def test_a_click_chooses_and_hints_can_be_clicked() -> None:
    desk = StagedRoom("Ada", "Ben", "Cy")
    async with people(desk) as pilot:
        await click_on(pilot, "Cy")
        await click_on(pilot, "kick")
        await press(pilot, "y")
        assert desk.client.sent == [protocol.Kick(player="p3")]


@pytest.mark.parametrize("size", [(60, 20), (41, 14), (200, 50)], ids=str)
async def test_every_size_has_room_for_the_list(size: tuple[int, int]) -> None:
    desk = StagedRoom("W" * 40, "界" * 30, "Cy", opening=opened(teams=("Mercury", "Venus")))
    desk.played.ask()
    desk.played.pick("p2", 0)
    async with people(desk, size):
        assert desk.is_sound
        assert "✓ answered" in desk.text
        assert "Cy" in desk.text
