"""Questions that have their time."""

from __future__ import annotations

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Phase, Rules, Scoring
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.widgets.timebar import TimeBar
from tests.tui.playing import app_for, phase_of, quiz_of, right_key, wait
from tests.tui.screens import SIZE, lines_of, text_of
from tests.tui.waiting import until

TICK = 0.3  # longer than it takes the screen to look at the clock


@pytest.fixture
def app(bank: Bank) -> OrbitQuizApp:
    return app_for(quiz_of(bank), bank=bank, rules=Rules(timer=20.0))


def bar_of(app: OrbitQuizApp) -> str:
    """The line that shows the time."""
    (line,) = [line for line in lines_of(app)[:4] if line.rstrip().endswith(" s")]
    return line


async def test_without_a_timer_there_is_no_bar(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not app.screen.query(TimeBar)
        wait(app, 1_000_000)
        await pilot.pause(TICK)
        assert phase_of(app) is Phase.ASKING


async def test_bar_and_number_tell_the_same_time(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "20 s" in bar_of(app)
        full = bar_of(app).count("━")
        assert "─" not in bar_of(app)
        wait(app, 10)
        await until(pilot, lambda: " 10 s" in bar_of(app))
        assert bar_of(app).count("━") == round(full / 2)
        assert bar_of(app).count("─") == full - round(full / 2)
        assert "!" not in bar_of(app)
        wait(app, 6)
        await until(pilot, lambda: "!  4 s" in bar_of(app))  # and not colour alone


async def test_time_up_says_so_and_shows_the_proof(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 19.5)
        await until(pilot, lambda: "  1 s" in bar_of(app))
        assert phase_of(app) is Phase.ASKING
        wait(app, 0.5)
        await until(pilot, lambda: phase_of(app) is Phase.ANSWERED)
        await pilot.pause()
        screen = text_of(app)
        assert "– Time is up." in screen
        assert app.game.question.proof.statement[:40] in screen
        assert app.game.question.proof.shown[0].heading.split(" · ")[0] in screen
        assert not app.screen.query_one(TimeBar).display
        assert app.game.verdict.answer.late
        assert app.game.verdict.seconds == 20
        assert app.game.points == 0
        assert len(app.game.verdicts) == 1


async def test_an_answer_in_time_stops_the_clock(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        wait(app, 100)
        await pilot.pause(TICK)
        assert app.game.verdict.is_right
        assert len(app.game.verdicts) == 1


async def test_each_question_has_the_whole_time(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 12)
        await pilot.press("x")
        wait(app, 50)
        await pilot.press("enter")
        await until(pilot, lambda: app.game.number == 2)
        assert "20 s" in bar_of(app)


async def test_a_pause_stops_the_timer(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 8)
        await pilot.press("p")
        wait(app, 1000)
        await pilot.pause(TICK)
        assert phase_of(app) is Phase.PAUSED
        assert "12 s" in text_of(app)
        await pilot.press("p")
        await pilot.pause(TICK)
        assert phase_of(app) is Phase.ASKING
        assert "12 s" in bar_of(app)
        wait(app, 12)
        await until(pilot, lambda: bool(app.game.verdicts) and app.game.verdict.answer.late)


@pytest.mark.parametrize(("key", "back"), [("q", "n"), ("question_mark", "escape"), ("f", "escape")])
async def test_nobody_loses_time_by_asking_for_help(app: OrbitQuizApp, key: str, back: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        wait(app, 3)
        await pilot.press(key)
        await pilot.pause()
        assert not isinstance(app.screen, QuestionScreen)
        wait(app, 1000)
        await pilot.pause(TICK)
        await pilot.press(back)
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert phase_of(app) is Phase.ASKING
        assert app.session.left == 17


async def test_a_key_that_comes_just_after_the_time_does_not_take_the_proof_away(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 21)
        await until(pilot, lambda: phase_of(app) is Phase.ANSWERED)
        await pilot.press("enter", "space")
        assert phase_of(app) is Phase.ANSWERED
        wait(app, 1)
        await pilot.press("enter")
        assert app.game.number == 2


async def test_time_up_at_the_last_question_leads_to_the_score(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(3):
            wait(app, 21)
            await until(pilot, lambda: phase_of(app) is Phase.ANSWERED)
            wait(app, 1)
            await pilot.press("enter")
        await pilot.pause()
        assert phase_of(app) is Phase.OVER
        assert [verdict.answer.late for verdict in app.game.verdicts] == [True] * 3
        assert "0/3" in text_of(app) or "0 points" in text_of(app)


async def test_an_answer_after_the_time_does_not_count(app: OrbitQuizApp) -> None:
    """A key may be pressed between the end of the time and the next look at the clock."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        wait(app, 21)
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        screen.action_answer(app.game.question.key)
        assert app.game.verdict.seconds <= 20
        assert app.game.points in (0, 100)  # one of the two, and never more than in time


async def test_with_speed_scoring_a_late_right_answer_pays_less(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(20.0, Scoring.SPEED))
    async with app.run_test(size=SIZE) as pilot:
        wait(app, 7)  # and three for the move
        await pilot.press(right_key(app))
        assert app.game.points == 75


@pytest.mark.parametrize("key", ["question_mark", "q", "f"])
async def test_what_lies_above_a_timed_question_hides_it_as_a_pause_does(bank: Bank, key: str) -> None:
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(20.0))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        stem, options = app.game.question.stem, app.game.question.options
        assert stem in text_of(app)
        await pilot.press(key)
        await pilot.pause()
        assert stem not in text_of(app)
        assert not any(option in text_of(app) for option in options)
        await pilot.press("escape")
        await pilot.pause()
        assert stem in text_of(app)
        assert app.game.phase is Phase.ASKING


@pytest.mark.parametrize(("timer", "kept"), [(20.0, 2.0), (None, 0.0)])
async def test_the_clock_of_a_timed_game_is_kept_each_second_and_of_another_each_ten(
    bank: Bank, timer: float | None, kept: float
) -> None:
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=timer))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.press("enter")
        app.session.beat()
        wait(app, 2)
        app._beat()
        unfinished = app.session.records.unfinished()
        assert unfinished is not None
        assert unfinished.game.spent == kept
        wait(app, 8)
        app._beat()
        later = app.session.records.unfinished()
        assert later is not None
        assert later.game.spent == 10.0
