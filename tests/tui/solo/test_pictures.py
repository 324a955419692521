"""Screens kept as grids of text. `make test ARGS=--snapshot-update` writes them again."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tools.pictures import FOLDER, pictures

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Rules
from orbitquiz.tui.solo.end import EndScreen
from tests.other_languages import write_german, write_japanese
from tests.tui.picturing import taken
from tests.tui.playing import app_for, quiz_of, right_key, wait, wrong_key
from tests.tui.screens import SIZE, size_name, text_of
from tests.tui.waiting import reaches, until

each_size = pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)], ids=size_name)


@each_size
@pytest.mark.parametrize(
    "moment",
    ["asking", "chosen", "right", "wrong", "differ", "hint", "skipped", "paused", "flag", "reader", "leaving", "keys"],
)
async def test_screen(bank: Bank, picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query("Sky")))  # it comes after the first frame
        match moment:
            case "chosen":
                await pilot.press("down")
            case "right":
                await pilot.press(right_key(app))
            case "wrong":
                await pilot.press(wrong_key(app))
            case "differ":
                while not app.game.question.sources_differ:
                    await pilot.press(right_key(app), "enter")
                await pilot.press(wrong_key(app))
            case "hint":
                await pilot.press("h")
            case "skipped":
                await pilot.press("x")
            case "paused":
                await pilot.press("p")
            case "flag":
                await pilot.press(wrong_key(app), "f")
            case "reader":
                await pilot.press(wrong_key(app), "s")
            case "leaving":
                await pilot.press("q")
            case "keys":
                await pilot.press("question_mark")
        grid = await taken(pilot)
    assert grid == picture


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=size_name)
@pytest.mark.parametrize("language", ["german", "japanese"])
async def test_other_language(tmp_path: Path, picture: SnapshotAssertion, language: str, size: tuple[int, int]) -> None:
    write = {"german": write_german, "japanese": write_japanese}[language]
    bank = read_bank(write(tmp_path / "bank")).bank
    assert bank is not None
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=size) as pilot:
        await pilot.press(wrong_key(app))
        grid = await taken(pilot)
    assert grid == picture


@each_size
@pytest.mark.parametrize("moment", ["typing", "slip", "keys", "hint", "right", "wrong"])
async def test_typed(bank: Bank, picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank, is_typed=True)
    async with app.run_test(size=size) as pilot:
        while app.game.question.fact != "commander":
            await pilot.press("escape", "x", "enter")
        match moment:
            case "slip":
                await pilot.press(*"And Stone", "enter")
            case "keys":
                await pilot.press("escape")
            case "hint":
                await pilot.press("escape", "h")
            case "right":
                await pilot.press(*"stone", "enter")
            case "wrong":
                await pilot.press(*"By Reed", "enter", "enter")
        grid = await taken(pilot)
    assert grid == picture


@each_size
async def test_end(bank: Bank, picture: SnapshotAssertion, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=size) as pilot:
        while len(app.game.verdicts) < 3:
            await pilot.press(wrong_key(app) if app.game.number == 2 else right_key(app), "enter")
        await reaches(pilot, EndScreen)
        grid = await taken(pilot)
    assert grid == picture


@each_size
@pytest.mark.parametrize("moment", ["home", "sources", "categories", "code", "history"])
async def test_menu(bank: Bank, picture: SnapshotAssertion, tmp_path: Path, moment: str, size: tuple[int, int]) -> None:
    kept = tmp_path / "kept"
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(before), "enter", "x", "enter")
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*{"sources": "s", "categories": "c", "code": "k", "history": "y"}.get(moment, ""))
        grid = await taken(pilot)
    assert grid == picture


@each_size
@pytest.mark.parametrize("moment", ["timer", "hurry"])
async def test_timer(bank: Bank, picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=20.0))
    async with app.run_test(size=size) as pilot:
        wait(app, 8 if moment == "timer" else 16)
        await until(pilot, lambda: f"{12 if moment == 'timer' else 4} s" in text_of(app))
        grid = await taken(pilot)
    assert grid == picture


@each_size
@pytest.mark.parametrize("moment", ["teams", "team verdict"])
async def test_teams(bank: Bank, picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=["The Kestrels", "Vale", "Oak"])
    async with app.run_test(size=size) as pilot:
        await pilot.press(right_key(app))
        if moment == "teams":
            await pilot.press("enter", "right", "plus")
        grid = await taken(pilot)
    assert grid == picture


async def test_small(bank: Bank, picture: SnapshotAssertion) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=(20, 6)) as pilot:
        grid = await taken(pilot)
    assert grid == picture


@pytest.mark.parametrize("moment", ["asking", "wrong"])
@pytest.mark.parametrize("look", ["dark", "light", "no-color"])
async def test_look(
    bank: Bank, picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, look: str, moment: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if look == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(quiz_of(bank), bank=bank)
    app.theme = "orbit-day" if look == "light" else "orbit-night"
    async with app.run_test(size=SIZE) as pilot:
        if moment == "wrong":
            await pilot.press(wrong_key(app))
        grid = await taken(pilot)
    assert grid == picture


@pytest.mark.slow
def test_the_pictures_in_the_docs_are_those_of_the_game() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    taken = pictures()
    assert sorted(committed) == sorted(taken)
    stale = [name for name, svg in taken.items() if committed[name] != svg]
    assert stale == [], "run `make pictures`"
