"""Text from a bank is shown as it stands and never acts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Rules
from orbitquiz.text.safe import line_of
from orbitquiz.tui.reader.screen import ReaderScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import FlagScreen
from orbitquiz.tui.solo.end import EndScreen
from tests.making import ENTITIES, REPORT, TAIL, write_bank, write_yaml
from tests.tui.nasty import EVIL, NASTY, SHOWN, harmless
from tests.tui.playing import app_for, bank_of, quiz_of, right_key
from tests.tui.screens import SIZE, clickable_in, dialog_of, size_name, text_of, unsound_lines
from tests.tui.waiting import reaches, until


def nasty_fact(words: str) -> Mapping[str, Any]:
    """A fact in which everything has these words."""
    return {
        **TAIL,
        "type": "text",
        "ask": f"S{words}?",
        "statement": f"St{words} {{value}}.",
        "note": f"N{words}",
        "distractors": [f"O{words}", "as long as a river", "as long as a street"],
    }


@pytest.mark.parametrize("nasty", NASTY)
async def test_in_stem_option_statement_note_and_names(tmp_path: Path, nasty: str) -> None:
    app = app_for(quiz_of(bank_of(tmp_path / "bank", [nasty_fact(nasty)])))
    async with app.run_test(size=SIZE) as pilot:
        shown = harmless(nasty)
        screen = text_of(app)
        assert f"S{shown}?" in screen
        assert f"O{shown}" in screen
        await pilot.press(right_key(app))
        await pilot.pause()
        screen = text_of(app)
        assert f"St{shown}" in screen
        assert f"N{shown}" in screen
        assert app.is_running


@pytest.mark.parametrize("nasty", NASTY)
async def test_in_passage_and_title(tmp_path: Path, nasty: str) -> None:
    report = REPORT.replace("The comet crew\n", f"Title {nasty}\n").replace("The tail was", f"P{nasty} The tail was")
    bank = bank_of(tmp_path / "bank", [TAIL], documents={"report": report}, entities=ENTITIES)
    app = app_for(quiz_of(bank))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        screen = text_of(app)
        assert f"Title {harmless(nasty)}" in screen
        in_passage = nasty.replace("\u200b", "")  # passages are shown without characters that nobody sees
        assert f"P{harmless(in_passage)}" in screen


async def test_in_the_end_screen_and_the_category(tmp_path: Path) -> None:
    fact = {**TAIL, "ask": "S[red]x[/red]?", "statement": "T[/] {value}."}
    app = app_for(quiz_of(bank_of(tmp_path / "bank", [fact])), notices=["[red]notice[/red]"])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert "[red]notice[/red]" in text_of(app)
        await pilot.press(right_key(app), "enter")
        await pilot.pause()
        screen = text_of(app)
        assert "S[red]x[/red]?" in screen
        assert "T[/] 2.5 kilometres" in screen


def nasty_bank(folder: Path, words: str = EVIL) -> Bank:
    """A bank in which everything that has words has these."""
    report = REPORT.replace("The comet crew\n", f"T{words}\n").replace("The tail was", f"P{words} The tail was")
    fact = nasty_fact(words)
    about = {"report": {"title": f"T{words}", "cite-as": f"C{words}", "author": f"A{words}", "publisher": f"H{words}"}}
    write_bank(folder, [fact], documents={"report": report}, about=about)
    head = {name: f"the {name}" for name in ("version", "rights", "contact")} | {"language": "en"}
    write_yaml(folder / "bank.yaml", {"id": "nasty", "title": f"B{words}", **head})
    write_yaml(folder / "questions" / "comet.yaml", {"category": "comet", "title": f"K{words}", "facts": [fact]})
    bank = read_bank(folder).bank
    assert bank is not None
    return bank


def is_sound(app: OrbitQuizApp) -> None:
    """Nothing on the screen acts but its key hints, and every line is as wide as the terminal."""
    assert unsound_lines(app) == []
    assert not [text for text in clickable_in(app) if text.startswith("y")]


HOME_SCREENS = {"home": ("", "B"), "categories": ("c", "K"), "sources": ("s", "T")}


@pytest.mark.parametrize("screen", HOME_SCREENS)
async def test_on_the_screens_of_the_menu(tmp_path: Path, screen: str) -> None:
    keys, initial = HOME_SCREENS[screen]
    app = app_for(None, bank=nasty_bank(tmp_path / "bank"))
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press(*keys)
        await until(pilot, lambda: f"{initial}{SHOWN}"[:40] in text_of(app))
        is_sound(app)
        if screen == "sources":
            assert f"A{SHOWN}" in text_of(app)
            await reaches(pilot, ReaderScreen, "enter")
            await pilot.pause()
            assert f"T{SHOWN}" in text_of(app)
            assert f"P{SHOWN}" in text_of(app)
            is_sound(app)


async def test_on_every_screen_of_a_game(tmp_path: Path) -> None:
    bank = nasty_bank(tmp_path / "bank")
    names = [f"X{line_of(EVIL)}", "Y[/]"]  # as the command line has them
    app = app_for(quiz_of(bank), bank=bank, teams=names)
    async with app.run_test(size=(200, 50), notifications=True) as pilot:
        await pilot.pause()
        is_sound(app)
        for words in (f"S{SHOWN}?", f"O{SHOWN}", f"X{SHOWN}", "Y[/]", f"K{SHOWN}"):
            assert words in text_of(app), words
        await pilot.press("h")
        await until(pilot, lambda: f"P{SHOWN}" in text_of(app))
        is_sound(app)
        await reaches(pilot, FlagScreen, "f")
        await pilot.pause()
        assert f"S{SHOWN}"[:30] in dialog_of(app)
        is_sound(app)
        app.screen.query_one(Input).value = EVIL.replace("\x1b", "").replace("\x07", "")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        is_sound(app)
        await pilot.press("n", right_key(app))
        await pilot.pause()
        is_sound(app)
        for words in (f"St{SHOWN}", f"N{SHOWN}", f"P{SHOWN}", f"C{SHOWN}"):
            assert words in text_of(app) or words[0] == "C", words
        await pilot.press("s")
        await pilot.pause()
        is_sound(app)
        assert f"T{SHOWN}" in text_of(app)
        await reaches(pilot, EndScreen, "escape", "enter")
        await pilot.pause()
        is_sound(app)
        assert f"S{SHOWN}?" in text_of(app)
        assert f"St{SHOWN}" in text_of(app)
        assert app.is_running


@pytest.mark.parametrize("name", [EVIL, "\x9bm", "a\u200bb", "[/]", "[red]"])
async def test_a_team_may_have_any_name(tmp_path: Path, name: str) -> None:
    """The command line makes names harmless; records that somebody else has written may hold others."""
    app = app_for(quiz_of(bank_of(tmp_path / "bank")), teams=[name, "B"])
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        is_sound(app)
        assert f"[ {harmless(name)} ]" in text_of(app)


WIDE = "彗星の尾 👩‍🚀👍🏽🇩🇪 e\u0301e\u0302\u0323 ☀\ufe0f שלום עולם ﷺ \u0e01\u0e33"


@pytest.mark.parametrize("words", [WIDE, "界" * 70, "e" + "\u0301" * 60, "🇩" * 31, "א" * 90])
@pytest.mark.parametrize("size", [(80, 24), (41, 14)], ids=size_name)
async def test_any_script_keeps_every_line_as_wide_as_the_terminal(
    tmp_path: Path, words: str, size: tuple[int, int]
) -> None:
    bank = nasty_bank(tmp_path / "bank", words)
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=60.0), teams=[words, "B"])
    async with app.run_test(size=size) as pilot:
        for keys in (["down"], ["h"], ["p"], ["p", "f"], ["escape", "1"], ["s"], ["escape", "enter"]):
            await pilot.press(*keys)
            await pilot.pause()
            is_sound(app)
    app = app_for(None, bank=bank)
    async with app.run_test(size=size) as pilot:
        for keys in ([], ["c"], ["escape", "s"]):
            await pilot.press(*keys)
            await pilot.pause()
            is_sound(app)
