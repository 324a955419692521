"""Leaving a game, for good or for the menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from orbitquiz.bank.model import Bank
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import LeaveScreen
from orbitquiz.tui.solo.home import HomeScreen
from orbitquiz.tui.solo.question import QuestionScreen
from tests.making import TAIL
from tests.tui.playing import app_for, bank_of, quiz_of, wait
from tests.tui.screens import SIZE, dialog_of, text_of
from tests.tui.waiting import click_on


@pytest.fixture
def app(bank: Bank, tmp_path: Path) -> OrbitQuizApp:
    return app_for(quiz_of(bank), bank=bank, folder=tmp_path / "kept")


@pytest.mark.parametrize("key", ["y", "q", "ctrl+c"])
async def test_y_leaves(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x", "q", key)
        await pilot.pause()
        assert not app.is_running or app.return_value is not None
    assert app.return_value is not None
    assert len(app.return_value.verdicts) == 1


@pytest.mark.parametrize("keys", ["qyq", "qqq", "qyf", "qys", "qy?"])
async def test_keys_in_one_burst_leave_without_an_error(app: OrbitQuizApp, keys: str) -> None:
    """Keys typed after leaving still open a screen, which is never filled."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x")
        for key in keys:
            app.post_message(Key(key, key))  # those of a pilot come one after the other
        await pilot.pause()
        assert not app.is_running
    assert app.return_code == 0
    assert app.return_value is not None


@pytest.mark.parametrize("key", ["n", "escape", "enter", "space"])
async def test_n_plays_on(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        game, before = app.game, text_of(app)
        await pilot.press("q")
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert app.game.verdicts == game.verdicts
        assert app.game.phase is game.phase
        assert text_of(app) == before


async def test_m_goes_to_the_menu_where_the_game_can_be_gone_on_with(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x", "enter")
        stem = app.game.question.stem
        await pilot.press("q", "m")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "question 2 of 3, 0 right, begun just now" in text_of(app)
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert stem in text_of(app)
        assert app.game.number == 2


@pytest.mark.parametrize(("words", "screen"), [("m menu", HomeScreen), ("n play on", QuestionScreen)])
async def test_its_hints_can_be_clicked(app: OrbitQuizApp, words: str, screen: type[object]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        await pilot.pause()
        await click_on(pilot, words)
        await pilot.pause()
        assert isinstance(app.screen, screen)


async def test_y_can_be_clicked(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        await click_on(pilot, "y leave")
    assert app.return_value is not None


async def test_it_says_that_the_game_is_kept(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "q")
        await pilot.pause()
        assert "You have answered 1 of 3 questions." in dialog_of(app)
        assert "It is kept: `orbitquiz play --resume` goes on with it." in dialog_of(app)


async def test_one_question_is_one(tmp_path: Path) -> None:
    app = app_for(quiz_of(bank_of(tmp_path / "one", [TAIL])))
    async with app.run_test(size=(40, 13)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert "You have answered 0 of 1 question. Nothing is answered yet" in dialog_of(app)
        assert "y leave m menu n play on" in dialog_of(app)


async def test_it_says_where_the_game_cannot_be_kept(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app = app_for(quiz_of(bank), bank=bank, folder=tmp_path / "file")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        told = app.session.records.notice
        assert told
        assert told in [each.message for each in app._notifications]  # beside the first question
        await pilot.press("1", "enter")
        assert app.game.number == 2  # the game goes on
        await pilot.press("q")
        await pilot.pause()
        assert "It cannot be kept and will be lost." in dialog_of(app)
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert (tmp_path / "file").read_text() == "no folder"


async def test_the_clock_of_the_question_is_kept_when_leaving(bank: Bank, tmp_path: Path) -> None:
    app = app_for(quiz_of(bank), bank=bank, folder=tmp_path / "kept")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "enter")
        wait(app, 17)
        await pilot.press("q", "y")
    again = app_for(None, bank=bank, folder=tmp_path / "kept")
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert again.game.spent == 17


async def test_at_the_menu_q_leaves_without_asking(bank: Bank) -> None:
    app = app_for(None, bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert not isinstance(app.screen, LeaveScreen)
    assert app.return_value is None
    assert app.return_code == 0


async def test_what_is_typed_before_the_first_frame_leaves_without_an_error(app: OrbitQuizApp) -> None:
    """The dialog lies above the question before that has been drawn, and with it what waits for the drawing."""
    async with app.run_test(size=SIZE) as pilot:
        await app.action_quit()
        await pilot.press("y")
    assert app.return_value is not None
