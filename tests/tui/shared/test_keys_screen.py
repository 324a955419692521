"""The list of a screen's keys: whole, and to be scrolled where it does not fit."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.screen import Screen

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Game
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from tests.tui.playing import app_for, quiz_of
from tests.tui.screens import lines_of, size_name, text_of, words_of
from tests.tui.waiting import click_on

SMALL = (40, 13)
each_short_size = pytest.mark.parametrize("size", [(60, 20), SMALL], ids=size_name)


@pytest.fixture
def app(bank: Bank) -> OrbitQuizApp:
    """A game of teams, which has the most keys."""
    return app_for(quiz_of(bank), bank=bank, teams=["The Kestrels", "Vale"])


async def open_keys(pilot: Pilot[Game]) -> None:
    await pilot.press("question_mark")
    await pilot.pause()
    assert isinstance(pilot.app.screen, KeysScreen)


async def seen_with(app: OrbitQuizApp, pilot: Pilot[Game], key: str) -> str:
    """All that is seen on the way with `key`."""
    seen = words_of(app)
    while True:
        before = text_of(app)
        for _ in range(4 if key in ("up", "down") else 1):  # fewer lines than are in view
            app.simulate_key(key)
        await pilot.press()
        await pilot.pause()
        if text_of(app) == before:
            return seen
        seen += f" {words_of(app)}"


@each_short_size
async def test_all_keys_can_be_reached_line_by_line_or_page_by_page(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await open_keys(pilot)
        first = text_of(app)
        for there, back in (("down", "up"), ("pagedown", "pageup"), ("end", "home")):
            seen = await seen_with(app, pilot, there)
            assert "ctrl+C copies it." in words_of(app), "this is the end"
            if there != "end":
                for words in ("1–4 a–d answer", "h see the passage", "+ give the chosen team", "? show these keys"):
                    assert words in seen, words
            await seen_with(app, pilot, back)
            assert text_of(app) == first


@each_short_size
async def test_where_it_does_not_fit_it_says_so_and_how_to_go_back(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await open_keys(pilot)
        for key in ("down", "pagedown", "end", "home"):
            bar = lines_of(app)[-2]
            assert bar.strip("│ ") == "↑ ↓ scroll   esc back"
            await pilot.press(key)
            await pilot.pause()


async def test_where_it_fits_there_is_nothing_to_scroll(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await open_keys(pilot)
        assert "scroll   esc" not in text_of(app)
        assert "ctrl+C copies it." in text_of(app)
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert "↑ ↓ scroll   esc back" in text_of(app)


async def test_what_a_key_does_goes_on_beside_it(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await open_keys(pilot)
        (first,) = (line for line in lines_of(app) if "give the chosen" in line)
        (second,) = (line for line in lines_of(app) if "answer, or go on" in line)
        assert first.index("give") == second.index("answer,")


async def test_the_hints_can_be_clicked(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await open_keys(pilot)
        before = text_of(app)
        await click_on(pilot, "scroll   esc")
        assert text_of(app) != before
        await click_on(pilot, "esc back")
        assert not isinstance(app.screen, KeysScreen)


@pytest.mark.parametrize("key", ["escape", "enter", "space", "question_mark", "q"])
async def test_it_closes(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await open_keys(pilot)
        await pilot.press(key)
        assert not isinstance(app.screen, KeysScreen)
        assert app.game.verdicts == ()


class ManyKeys(Screen[None]):
    """A screen with keys of every kind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, "one", "one") for key in "12"),
        *(Binding(key, "two", "two") for key in "abcxACz"),
        Binding("N", "three", "three"),
        Binding("n", "four", "four"),
        Binding("pageup,plus", "five", "five"),
    ]


async def test_keys_are_told_in_few_words_and_none_is_left_out(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(KeysScreen(ManyKeys()))
        await pilot.pause()
        for words in ("1 2 one", "a–c x z two", "N three", "n four", "pgup + five"):
            assert f" {words} " in words_of(app)


async def test_a_key_of_another_kind_of_game_is_not_told(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=(80, 40)) as pilot:
        await open_keys(pilot)
        assert "show these keys" in text_of(app)
        assert "team" not in words_of(app)
