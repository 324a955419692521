"""Names and words of a quiz are shown as they stand on the host's screens, and never act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orbitquiz.tui.host.board import LARGE_FROM
from orbitquiz.tui.host.lobby import QRCode
from orbitquiz.tui.widgets.big_letters import large_lines
from tests.classroom.making import OPTIONS, opened, quiz_sheet
from tests.tui.host.hosting import StagedRoom, begun
from tests.tui.nasty import harmless
from tests.tui.waiting import press

NASTY = ["[red]x[/]", "[/]", "[@click=app.quit]y[/]", "a\x1b]52;c;x\x07b", "a\u202eb", "$accent {x} \\"]
WIDE = ["彗星の尾彗星の尾彗星の尾", "👩‍🚀👍🏽🇩🇪 e\u0301", "שלום עולם", "W" * 60, "e" + "\u0301" * 60]


@pytest.mark.parametrize(("number", "size"), [*((n, (80, 20)) for n in range(6)), (2, (200, 50)), (3, (200, 50))])
async def test_a_name_is_text_on_every_screen(number: int, size: tuple[int, int]) -> None:
    name = NASTY[number]
    staged = StagedRoom(name, "Ben", opening=opened(2))
    shown = harmless(name)
    async with begun(staged, size, notifications=True) as pilot:
        assert shown in staged.text
        await press(pilot, "u")
        assert shown in staged.text
        await press(pilot, "r")
        assert staged.is_sound
        assert shown in staged.text
        await press(pilot, "escape", "b")
        assert f"Ban {shown}?" in staged.words
        await press(pilot, "n", "escape")
        staged.play([2, 0])
        await pilot.pause()
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert staged.is_sound
        if size == (80, 20):
            assert shown in staged.text
        staged.played.do(staged.played.room.end(0.0))
        staged.tell()
        await pilot.pause()
        assert staged.is_sound
        if size == (80, 20):
            assert shown in staged.text
        await press(pilot, "u")
        staged.played.do(staged.played.room.kick("p1", 0.0))
        staged.tell()
        await pilot.pause()
        await press(pilot, "end", "k")
        assert any(shown in notice for notice in staged.notices)
        assert staged.is_sound
        assert staged.app.is_running


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
async def test_the_words_of_a_quiz_are_text(words: str) -> None:
    shown = harmless(words)
    quiz = quiz_sheet(stem=f"S{words}", options=(f"O{words}", *OPTIONS[1:]), category=f"K{words}")
    staged = StagedRoom("Ada", opening=opened(quiz=replace(quiz, title=f"T{shown}")))
    async with begun(staged, (LARGE_FROM - 1, 30)) as pilot:
        assert f"T{shown}" in staged.text
        staged.ask()
        await pilot.pause()
        for part in (f"S{shown}", f"O{shown}", f"K{shown}"):
            assert part in staged.text
        staged.played.reveal()
        staged.tell(trouble=f"W{shown}")
        await pilot.pause()
        for part in (f"S{shown}", f"O{shown}", f"K{shown}", f"! W{shown}"):
            assert part in staged.text
        assert staged.is_sound
        assert staged.app.is_running


@pytest.mark.parametrize("words", NASTY[:3], ids=range(3))  # the others have no large letters
async def test_the_words_of_a_quiz_are_text_in_large_letters(words: str) -> None:
    quiz = quiz_sheet(stem=f"S{words}", options=(f"O{words}", *OPTIONS[1:]))
    staged = StagedRoom("Ada", opening=opened(quiz=quiz))
    async with begun(staged, (120, 50)) as pilot:
        staged.ask()
        await pilot.pause()
        for part in (f"S{words}", f"O{words}"):
            letters = large_lines(part, 120)
            assert letters is not None
            assert all(line.strip() in staged.text for line in letters)
        assert staged.is_sound
        assert staged.app.is_running


@pytest.mark.parametrize("name", WIDE, ids=range(len(WIDE)))
@pytest.mark.parametrize("size", [(80, 24), (41, 14), (60, 20), (200, 50)], ids=str)
async def test_any_script_keeps_every_line_as_wide_as_the_terminal(name: str, size: tuple[int, int]) -> None:
    quiz = quiz_sheet(2, stem=name, options=(name, *OPTIONS[1:]), category=name)
    staged = StagedRoom(
        name, "Ben", *(f"{name}{number}" for number in range(40)), opening=opened(quiz=quiz, teams=("A", "B"))
    )
    async with begun(staged, size) as pilot:
        assert staged.is_sound
        await press(pilot, "u")
        assert staged.is_sound
        await press(pilot, "escape")
        staged.ask()
        await pilot.pause()
        assert staged.is_sound
        staged.played.pick("p2", 2)
        staged.played.reveal()
        staged.tell()
        await pilot.pause()
        assert staged.is_sound
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert staged.is_sound
        staged.played.do(staged.played.room.end(0.0))
        staged.tell()
        await pilot.pause()
        assert staged.is_sound


async def test_without_colours_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async def seen() -> list[str]:
        staged = StagedRoom("Ada", "Ben", opening=opened(timer=20.0))
        texts = []
        async with begun(staged, (80, 24)) as pilot:
            assert staged.app.screen.query_one(QRCode).display
            texts.append(staged.text)
            staged.ask()
            await pilot.pause()
            texts.append(staged.text)
            staged.played.pick("p1", 2)
            staged.played.reveal()
            staged.tell()
            await pilot.pause()
            texts.append(staged.text)
        return texts

    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = await seen()
    monkeypatch.setenv("NO_COLOR", "1")
    assert await seen() == coloured
