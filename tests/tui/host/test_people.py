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
async def people(staged: StagedRoom, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The list, opened in the lobby or wherever the room stands."""
    async with begun(staged, size) as pilot:
        await press(pilot, "u")
        yield pilot


def _row(staged: StagedRoom, name: str) -> str:
    return next(" ".join(line.split()) for line in staged.lines if name in line)


async def test_it_shows_who_is_here_and_who_has_answered() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", "Eve", opening=opened(teams=("Mercury", "Venus")))
    room = staged.played
    room.ask()
    room.pick("p1", 0)
    room.do(room.room.kick("p4", 0.0))
    room.do(room.room.ban("p5", 0.0))
    staged.away = ("p2",)
    async with people(staged):
        assert "People" in staged.lines[0]
        assert "3 players, 1 away" in staged.lines[0]
        assert _row(staged, "Ada") == "› Ada Mercury here ✓ answered"
        assert _row(staged, "Ben") == "Ben Venus away"
        assert _row(staged, "Cy") == "Cy Mercury here"
        assert _row(staged, "Di") == "Di Venus sent out"
        assert _row(staged, "Eve") == "Eve Mercury banned"


async def test_it_follows_the_room_and_keeps_to_the_chosen_one() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy")
    async with people(staged) as pilot:
        await press(pilot, "down", "down")
        assert _row(staged, "Cy").startswith("›")
        staged.played.do(staged.played.room.kick("p1", 0.0))
        staged.played.join("Di")
        staged.tell()
        await pilot.pause()
        assert [line.split()[0] for line in staged.lines[3:7]] == ["Ben", "›", "Di", "Ada"]
        assert _row(staged, "Cy").startswith("›")
        assert "3 players" in staged.lines[0]


@pytest.mark.parametrize("key", ["escape", "u", "enter"])
async def test_there_is_a_way_back(key: str) -> None:
    staged = StagedRoom("Ada")
    async with people(staged) as pilot:
        staged.ask()
        await pilot.pause()
        await press(pilot, key)
        assert "Who was on watch" in staged.words
        assert staged.client.sent == []


async def test_k_sends_a_player_out_after_asking() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with people(staged) as pilot:
        await press(pilot, "down", "k")
        assert "Kick Ben?" in staged.words
        assert "and may come back." in staged.words
        await press(pilot, "n")
        assert staged.client.sent == []
        await press(pilot, "k", "y")
        assert staged.client.sent == [protocol.Kick(player="p2")]


async def test_b_bans_a_player_after_asking() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with people(staged) as pilot:
        await press(pilot, "b")
        assert "Ban Ada?" in staged.words
        assert "lock the room with l to keep new names out" in staged.words
        await press(pilot, "n")
        assert staged.client.sent == []
        await press(pilot, "b")
        staged.played.do(staged.played.room.kick("p1", 0.0))  # the list below the question moves
        staged.tell()
        await pilot.pause()
        await press(pilot, "y")
        assert staged.client.sent == [protocol.Ban(player="p1")]


async def test_r_renames_a_player() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with people(staged) as pilot:
        await press(pilot, "r")
        assert "Another name for Ada" in staged.words
        field = staged.app.screen.query_one(Input)
        assert field.value == "Ada"
        field.value = "Adele"
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Rename(player="p1", name="Adele")]


@pytest.mark.parametrize("name", ["Ada", "", "   "])
async def test_no_other_name_renames_nobody(name: str) -> None:
    staged = StagedRoom("Ada")
    async with people(staged) as pilot:
        await press(pilot, "r")
        staged.app.screen.query_one(Input).value = name
        await press(pilot, "enter")
        await press(pilot, "r", "escape")
        assert staged.client.sent == []
        assert "People" in staged.lines[0]


async def test_who_is_out_can_be_banned_and_a_ban_be_lifted() -> None:
    staged = StagedRoom("Ada")
    staged.played.do(staged.played.room.kick("p1", 0.0))
    async with people(staged) as pilot:
        await press(pilot, "k", "r")
        assert staged.client.sent == []
        assert staged.notices == ["Ada is sent out."] * 2
        await press(pilot, "b", "y")
        assert staged.client.sent == [protocol.Ban(player="p1")]
        staged.played.do(staged.played.room.ban("p1", 0.0))
        staged.tell()
        await pilot.pause()
        await press(pilot, "k")
        assert staged.notices[2:] == ["Ada is banned."]
        await press(pilot, "b", "y")
        assert staged.client.sent[1:] == [protocol.Unban(player="p1")]


async def test_l_locks_until_the_game_is_over() -> None:
    staged = StagedRoom("Ada")
    async with people(staged) as pilot:
        await press(pilot, "l")
        assert staged.client.sent == [protocol.Lock(locked=True)]
        staged.obey()
        await pilot.pause()
        assert "locked" in staged.lines[0]
        assert "l unlock" in staged.bottom
        staged.played.do(staged.played.room.end(0.0))
        staged.tell()
        await pilot.pause()
        assert "lock" not in staged.bottom
        await press(pilot, "l")
        assert len(staged.client.sent) == 1


async def test_nobody_is_there_yet() -> None:
    staged = StagedRoom()
    async with people(staged) as pilot:
        assert "Nobody has come yet." in staged.words
        await press(pilot, "down", "pagedown", "k", "b", "r")
        assert staged.client.sent == []
        staged.played.join("Ada")
        staged.tell()
        await pilot.pause()
        assert _row(staged, "Ada").startswith("›")


async def test_five_hundred_can_be_walked_through() -> None:
    staged = StagedRoom(*(f"Player {number:03}" for number in range(500)))
    async with people(staged) as pilot:
        assert "Player 000" in staged.text
        assert "Player 030" not in staged.text
        await press(pilot, "end")
        assert _row(staged, "Player 499").startswith("›")
        await press(pilot, "pageup")
        assert _row(staged, "Player 480").startswith("›")
        await press(pilot, "home", "pagedown", "down")
        assert _row(staged, "Player 020").startswith("›")
        assert await seconds_to_draw(pilot, staged) < 0.2
        assert staged.is_sound


async def test_a_click_chooses_and_hints_can_be_clicked() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy")
    async with people(staged) as pilot:
        await click_on(pilot, "Cy")
        await click_on(pilot, "kick")
        await press(pilot, "y")
        assert staged.client.sent == [protocol.Kick(player="p3")]


@pytest.mark.parametrize("size", [(60, 20), (41, 14), (200, 50)], ids=str)
async def test_every_size_has_room_for_the_list(size: tuple[int, int]) -> None:
    staged = StagedRoom("W" * 40, "界" * 30, "Cy", opening=opened(teams=("Mercury", "Venus")))
    staged.played.ask()
    staged.played.pick("p2", 0)
    async with people(staged, size):
        assert staged.is_sound
        assert "✓ answered" in staged.text
        assert "Cy" in staged.text
