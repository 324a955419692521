"""A student's program in a real room, over a real network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.client.saved_seats import SavedSeat, save_seat
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.tui.student.app import StudentApp
from tests.classroom.live import Live, live
from tests.tui.screens import SIZE, text_of, words_of
from tests.tui.waiting import sees, until


@asynccontextmanager
async def program(room: Live, folder: Path, name: str | None, code: str | None) -> AsyncIterator[Pilot[None]]:
    app = StudentApp(Joining(room.address, code, name, folder))
    app.animation_level = "none"
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        yield pilot


async def test_a_whole_game_with_a_program_that_is_ended_and_comes_back(tmp_path: Path) -> None:
    kept = tmp_path / "student"
    async with live(tmp_path / "host") as room:
        host = await room.host()
        async with program(room, kept, None, room.code) as pilot:
            await sees(pilot, "What is your name?")
            await pilot.press(*"Ann", "enter")
            await sees(pilot, "You are in, Ann.", "You are the first.")
            await host.say(type="next", after=0)
            await sees(pilot, "Who was on watch on day 1?")
        async with program(room, kept, None, None) as pilot:
            await sees(pilot, "What is your name?", "You have a seat here as Ann.")
            await pilot.press("enter")
            await sees(pilot, "Who was on watch on day 1?", "Ann")
            await pilot.press("2")
            await sees(pilot, "Cy Reed was on watch on day 1.", "1st of 1")  # all have answered
            await host.say(type="next", after=1)
            await sees(pilot, "Who was on watch on day 2?")
            await host.say(type="pause")
            await sees(pilot, "The host has paused.")
            await host.say(type="skip")
            await sees(pilot, "The host voided this question.")
            await host.say(type="next", after=2)
            await sees(pilot, "Who was on watch on day 3?")
            await pilot.press("a")
            await sees(pilot, "Cy Reed was on watch on day 3.")
            await host.say(type="next", after=3)
            await sees(pilot, "Same quiz: orbitquiz play --quiz COMET-1")
        assert [player.name for player in room.room.players.values()] == ["Ann"]
        assert [len(each.answers) for each in room.room.rounds] == [1, 0, 1]


async def test_a_name_that_is_taken_a_kick_and_a_way_back(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        host = await room.host()
        await room.player("Ann")
        async with program(room, tmp_path / "student", "ANN", room.code) as pilot:
            await sees(pilot, "Somebody in the room has this name")
            await pilot.press(*"Bea", "enter")
            await sees(pilot, "You are in, Bea.", "2 players are here.")
            await host.say(type="rename", player="p2", name="Bee")
            await sees(pilot, "You are in, Bee.")
            await host.say(type="kick", player="p2")
            await sees(pilot, "The host has sent you out.", "What is your name?")
            await pilot.press(*"Cleo", "enter")
            await sees(pilot, "You are in, Cleo.")
            await host.say(type="ban", player="p2")
            await sees(pilot, WORDS[Reason.BANNED])
        assert len(room.room.players) == 2


async def test_a_lost_connection_comes_back_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that even a busy machine sees what is said meanwhile.
    monkeypatch.setattr("orbitquiz.classroom.client.client._WAITS", (1.0,))
    async with live(tmp_path / "host") as room:
        host = await room.host()
        async with program(room, tmp_path / "student", "Ann", room.code) as pilot:
            await sees(pilot, "You are in, Ann.")
            await host.say(type="next", after=0)
            await sees(pilot, "Who was on watch on day 1?")
            app = pilot.app
            assert isinstance(app, StudentApp)
            connection = app.client._connection
            assert connection is not None
            connection.transport.abort()
            await sees(pilot, "Connection lost. Reconnecting…", "Who was on watch on day 1?")
            await pilot.press("1")
            await until(pilot, lambda: "Connection lost" not in text_of(app))
            await sees(pilot, "Cy Reed was on watch on day 1.")
        assert len(room.room.rounds[0].answers) == 1


async def test_who_shares_a_computer_is_asked_for_their_own_name(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        await room.host()
        async with program(room, tmp_path / "shared", "Ann", room.code) as ann:
            await sees(ann, "You are in, Ann.")
            async with program(room, tmp_path / "shared", None, room.code) as ben:
                await sees(ben, "What is your name?")
                await ben.press(*"Ben", "enter")
                await sees(ben, "You are in, Ben.", "2 players are here.")
            await sees(ann, "You are in, Ann.")


async def test_the_seat_of_a_room_that_is_gone_is_no_mistake_of_the_student(tmp_path: Path) -> None:
    kept = tmp_path / "student"
    async with live(tmp_path / "host") as room:
        await room.host()
        save_seat(kept, SavedSeat(str(room.address), "GONE", "Ann", "t0ken"))
        async with program(room, kept, None, None) as pilot:
            await sees(pilot, "What is your name?", "You have a seat here as Ann.")
            await pilot.press("enter")
            await sees(pilot, "What is the code of the room?")
            assert isinstance(pilot.app, StudentApp)
            assert WORDS[Reason.NO_ROOM] not in words_of(pilot.app)
            await pilot.press(*room.code, "enter")
            await sees(pilot, "You are in, Ann.")
