"""A lesson's flow on the host's screen: time to read, going on by itself, the bell, another game; and the notes."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any

import pytest

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.server import snapshots
from orbitquiz.presenter.bell import Bell
from orbitquiz.tui.host.notes import NotesApp
from tests.classroom.making import KEY, OPTIONS, Lesson, opened
from tests.tui.host.hosting import LAN, FakeClient, StagedRoom, begun
from tests.tui.screens import text_of
from tests.tui.waiting import press, until


async def test_memory_is_cleaned_up_again_after_the_first_frame() -> None:
    """The command line switches the garbage collector off to start sooner, and a room lives long."""
    staged = StagedRoom("Ada")
    gc.disable()
    try:
        async with begun(staged) as pilot:
            await until(pilot, gc.isenabled)
    finally:
        gc.enable()


async def test_a_question_is_read_without_its_options() -> None:
    staged = StagedRoom("Ada", opening=opened(reading=5.0, timer=20.0))
    async with begun(staged) as pilot:
        staged.ask()
        await pilot.pause()
        assert "Who was on watch on day 1?" in staged.words
        assert "Read the question. The answers follow." in staged.words
        assert OPTIONS[0] not in staged.words
        staged.played.wait(6.0)
        staged.tell()
        await pilot.pause()
        assert OPTIONS[0] in staged.words
        assert "0 of 1 have answered" in staged.words


async def test_it_says_when_it_goes_on_by_itself_and_p_waits() -> None:
    staged = StagedRoom("Ada", opening=opened(onward=12.0, is_ranked=False))
    async with begun(staged) as pilot:
        staged.play([KEY])
        await pilot.pause()
        assert "next question in 12 s" in staged.words
        staged.seconds += 4.0
        await pilot.pause(1.1)
        assert "next question in 8 s" in staged.words
        await press(pilot, "p")
        assert staged.client.is_held
        scene = snapshots.scene(staged.played.room, staged.played.now, is_held=True)
        staged.client.say(scene)
        await pilot.pause()
        assert "next question in" not in staged.words
        assert "next question" in staged.words


@pytest.mark.parametrize("is_on", [True, False])
async def test_the_bell_rings_once_when_time_is_nearly_up(is_on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = StagedRoom("Ada", opening=opened(timer=20.0), bell=Bell(is_on=is_on))
    rung: list[float] = []
    monkeypatch.setattr(staged.app, "bell", lambda: rung.append(staged.seconds))
    async with begun(staged) as pilot:
        staged.ask()
        await pilot.pause()
        for _ in range(4):
            staged.seconds += 5.0
            await pilot.pause(0.6)
    assert rung == ([115.0] if is_on else [])


async def test_another_game_begins_in_the_lobby() -> None:
    staged = StagedRoom("Ada", opening=opened(1))
    async with begun(staged) as pilot:
        staged.play([KEY])
        staged.played.do(staged.played.room.next(staged.played.now))
        staged.tell()
        await pilot.pause()
        assert "another game" in staged.words
        await press(pilot, "a")
        assert staged.client.sent[-1] == protocol.Again()
        staged.obey()
        await pilot.pause()
        assert staged.screen.page == "lobby"
        assert "Ada" in staged.words


async def test_o_opens_the_report_once_the_game_is_over() -> None:
    asked: list[str] = []

    def report() -> str:
        asked.append("report")
        return "The report: /data/reports/report-KSTR.html"

    staged = StagedRoom("Ada", opening=opened(1), report=report)
    async with begun(staged, (120, 40), notifications=True) as pilot:
        staged.play([KEY])
        await press(pilot, "o")
        assert not asked
        staged.played.do(staged.played.room.next(staged.played.now))
        staged.tell()
        await pilot.pause()
        await press(pilot, "o")
        await until(pilot, lambda: "report-KSTR.html" in staged.text)
        assert asked == ["report"]


async def told(lesson: Lesson) -> str:
    """Return the screen of the host's notes."""
    client: Any = FakeClient()
    client.first = [snapshots.host_welcome(lesson.room), snapshots.notes(lesson.room, lesson.now)]
    app = NotesApp(client)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        return text_of(app)


async def test_the_notes_show_the_key_and_the_silent() -> None:
    lesson = Lesson(opened(2), "Ada", "Ben")
    lesson.ask()
    lesson.pick("p1", 0)
    text = await told(lesson)
    for words in (
        "Keep this window off the projector.",
        "Now: question 1 of 2",
        f"✓ {OPTIONS[KEY]}",
        "1 of 2 answered, waiting for:",
        "Ben",
        "Next: question 2 of 2",
    ):
        assert words in text
    assert "Ada\n" not in text


async def test_a_student_who_is_offline_is_counted_at_once() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with begun(staged) as pilot:
        staged.ask()
        await pilot.pause()
        assert "away" not in staged.words
        staged.away = ("p2",)
        staged.tell()
        await pilot.pause()
        assert "0 of 2 have answered, 1 away" in staged.words


async def test_a_network_that_is_gone_or_has_another_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitquiz.tui.host.app._LOOK", 0.05)
    now: list[tuple[Address, str | None]] = [(LAN, None)]
    staged = StagedRoom("Ada", refreshed=lambda hosted: (replace(hosted, address=now[0][0]), now[0][1]))
    async with begun(staged) as pilot:
        staged.ask()
        now[0] = (LAN, "This computer is not in a network.")
        await until(pilot, lambda: "This computer is not in a network." in staged.words)
        now[0] = (Address("10.0.0.8", 8765), None)
        await until(pilot, lambda: "New address: 10.0.0.8:8765" in staged.notices)
        assert "not in a network" not in staged.words
