"""Terminals that are too small, and terminals that change their size."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Game, Phase, Rules
from orbitquiz.tui.shared.small import SmallScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import LeaveScreen
from orbitquiz.tui.solo.home import HomeScreen
from orbitquiz.tui.solo.question import QuestionScreen
from tests.tui.playing import app_for, phase_of, quiz_of, right_key, wait
from tests.tui.screens import SIZE, lines_of, size_name, text_of, words_of
from tests.tui.waiting import until

SMALL = (20, 6)
TICK = 0.3  # longer than it takes the screen to look at the clock


@pytest.fixture
def app(bank: Bank) -> OrbitQuizApp:
    return app_for(quiz_of(bank), bank=bank, rules=Rules(timer=20.0))


async def small_for_a_moment(app: OrbitQuizApp, pilot: Pilot[Game]) -> None:
    await pilot.resize_terminal(*SMALL)
    await pilot.pause()
    assert isinstance(app.screen, SmallScreen)
    await pilot.resize_terminal(*SIZE)
    await pilot.pause()


@pytest.mark.parametrize("size", [SMALL, (39, 24), (80, 12), (1, 1)], ids=size_name)
async def test_it_waits_until_there_is_room(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 5)
        stem = app.game.question.stem
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert isinstance(app.screen, SmallScreen)
        if size[0] >= 20 and size[1] >= 6:
            assert "Too small: 40×13" in words_of(app)
            assert "The game waits." in words_of(app)
            assert "q leaves." in words_of(app)
        assert phase_of(app) is Phase.PAUSED
        wait(app, 1000)
        await pilot.press("1", "x", "enter", "h", "p", "escape", "question_mark")
        await pilot.pause(TICK)
        assert isinstance(app.screen, SmallScreen)
        assert phase_of(app) is Phase.PAUSED
        assert not app.game.hinted
        await pilot.resize_terminal(*SIZE)
        await until(pilot, lambda: "15 s" in text_of(app))
        assert isinstance(app.screen, QuestionScreen)
        assert phase_of(app) is Phase.ASKING
        assert app.session.left == 15
        assert stem in text_of(app)
        await pilot.press(right_key(app))
        assert app.game.verdict.is_right


@pytest.mark.parametrize("size", [(40, 13), (40, 24), (80, 13)], ids=size_name)
async def test_the_least_room_is_enough(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        words = words_of(app)
        assert app.game.question.stem in words
        assert all(option in words for option in app.game.question.options)


async def test_it_may_begin_too_small(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SmallScreen)
        wait(app, 100)
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert phase_of(app) is Phase.ASKING
        assert app.session.left == 20
        assert app.game.question.stem in text_of(app)


async def test_the_menu_waits_too(bank: Bank) -> None:
    app = app_for(None, bank=bank)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SmallScreen)
        await pilot.press("p", "n")
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "‹ 10 ›" in text_of(app)


async def test_a_pause_of_the_players_own_outlasts_it(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await small_for_a_moment(app, pilot)
        assert phase_of(app) is Phase.PAUSED
        assert "Paused" in text_of(app)
        await pilot.press("p")
        await pilot.pause()
        assert phase_of(app) is Phase.ASKING
        assert app.game.question.stem in text_of(app)


async def test_a_dialog_is_still_there_afterwards(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        await small_for_a_moment(app, pilot)
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("n")
        assert phase_of(app) is Phase.ASKING


async def test_a_verdict_is_still_there_afterwards(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1")
        await small_for_a_moment(app, pilot)
        assert phase_of(app) is Phase.ANSWERED
        assert app.game.question.proof.statement[:30] in text_of(app)
        await pilot.press("enter")
        assert app.game.number == 2


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_q_leaves_a_terminal_that_is_too_small(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
    assert app.return_value is not None


MOMENTS = {
    "asking": [],
    "hinted": ["h"],
    "chosen": ["down"],
    "answered": ["1"],
    "paused": ["p"],
    "reading": ["1", "s"],
    "flagging": ["f", "x"],
    "keys": ["question_mark"],
    "leaving": ["q"],
    "end": ["1", "enter", "1", "enter", "1", "enter"],
}


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_change_of_size_at_any_moment_keeps_the_game(app: OrbitQuizApp, moment: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*MOMENTS[moment])
        await pilot.pause()
        game, screen, before = app.game, app.screen, text_of(app)
        for size in ((60, 20), SMALL, (200, 50), (40, 13), SMALL, SIZE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert all(cell_len(line) == size[0] for line in lines_of(app))
        await pilot.pause()
        assert app.screen is screen
        assert app.game.verdicts == game.verdicts
        assert app.game.phase is game.phase
        assert app.game.hinted == game.hinted
        if moment != "chosen":
            assert text_of(app) == before
