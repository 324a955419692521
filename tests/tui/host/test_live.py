"""The host's program in front of a real room, with real players."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from orbitquiz.classroom.rules.room import Room, RoomPhase
from orbitquiz.classroom.server.hosting import Ready, host
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.classroom.storage.replay import read_events
from orbitquiz.presenter import host_steps
from orbitquiz.tui.host.app import HostApp
from tests.classroom.live import Live, key_of
from tests.classroom.making import opened
from tests.tui.screens import text_of
from tests.tui.waiting import until


async def test_a_whole_game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_steps, "GUARD", 0.0)
    opening = opened(2)
    log = FileLog.create(tmp_path, opening)
    async with host(Ready(Room.of([opening]), log), lan=False, port=0) as hosted:
        app = HostApp(hosted)
        app.animation_level = "none"
        room = Live(hosted.address, hosted.code, log.path, hosted.client.greeting())  # type: ignore[arg-type]
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "Nobody is here yet." in text_of(app))
            ada, _ = await room.player("Ada")
            await room.player("Ben")
            await until(pilot, lambda: "2 players" in text_of(app))
            await pilot.press("enter")
            question = await ada.hear("question")
            await until(pilot, lambda: "Who was on watch on day 1?" in text_of(app))
            await ada.answer(question, key_of(opening.quiz.questions[0], question["options"]))
            await until(pilot, lambda: "1 of 2 has answered" in text_of(app))
            await pilot.press("p")
            await until(pilot, lambda: "Paused" in text_of(app))
            await pilot.press("p")
            await until(pilot, lambda: "Ada Stone" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: "✓ 1 of 2 was right, 1 gave no answer." in text_of(app))
            assert (await ada.hear("reveal"))["yours"]["is_right"] is True
            await pilot.press("enter", "enter")
            await until(pilot, lambda: "day 2" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: "Press Enter again" in " ".join(note.message for note in app._notifications))
            await pilot.press("enter")
            await until(pilot, lambda: "– Nobody has answered." in text_of(app))
            await pilot.press("x", "y")
            await until(pilot, lambda: "voided" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: f"orbitquiz report {hosted.code}" in text_of(app))
        for guest in room.guests:
            guest.drop()
    played = Room.of(read_events(log.path))
    assert played.phase is RoomPhase.OVER
    assert {player.name: player.points for player in played.present} == {"Ada": 100, "Ben": 0}


async def test_people_are_renamed_and_sent_out(tmp_path: Path) -> None:
    opening = opened(2)
    log = FileLog.create(tmp_path, opening)
    async with host(Ready(Room.of([opening]), log), lan=False, port=0) as hosted:
        app = HostApp(hosted)
        room = Live(hosted.address, hosted.code, log.path, hosted.client.greeting())  # type: ignore[arg-type]
        async with app.run_test(size=(80, 24)) as pilot:
            ada, _ = await room.player("Ada")
            ben, _ = await room.player("Ben")
            await until(pilot, lambda: "2 players" in text_of(app))
            await pilot.press("u", "r")
            await until(pilot, lambda: bool(app.screen.query(Input)))
            app.screen.query_one(Input).value = "Ben"
            await pilot.press("enter")
            await until(pilot, lambda: "Somebody in the room has this name" in text_of(app))
            app.screen.query_one(Input).value = "Adele"
            await pilot.press("enter")
            assert (await ada.hear("named"))["name"] == "Adele"
            await until(pilot, lambda: "Adele" in text_of(app) and not app.screen.query(Input))
            await pilot.press("k")
            await pilot.pause()
            await pilot.press("y")
            assert (await ada.hear("refusal"))["reason"] == "kicked"
            await until(pilot, lambda: "sent out" in text_of(app))
            await pilot.press("home", "b")
            await pilot.pause()
            await pilot.press("y")
            assert (await ben.hear("refusal"))["reason"] == "banned"
            await until(pilot, lambda: "banned" in text_of(app))
            await asyncio.sleep(0)
        for guest in room.guests:
            guest.drop()
