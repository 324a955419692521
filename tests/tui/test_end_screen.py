"""Looking back on a game."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from orbitquiz.quiz.game import Phase
from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.app import OrbitQuizApp
from orbitquiz.tui.screens.end import EndScreen
from orbitquiz.tui.screens.question import QuestionScreen
from tests.tui.playing import SIZE, app_for, bank_of, quiz_of, right_key, text_of, wrong_key


async def _play(app: OrbitQuizApp, pilot: object, wrong: int = 0) -> None:
    """Play to the end with the first `wrong` answers wrong."""
    for number in range(len(app.game.quiz.questions)):
        await pilot.press(wrong_key(app) if number < wrong else right_key(app), "enter")  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


async def test_the_score_counts_right_answers_points_streak_and_time(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _play(app, pilot, wrong=1)
        assert isinstance(app.screen, EndScreen)
        screen = text_of(app)
        assert "200 points" in screen
        assert "longest streak 2" in screen
        assert "9 s" in screen
        assert f"--quiz {app.game.quiz.code}" in screen


async def test_it_opens_at_the_first_question_that_was_missed(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app), "enter", wrong_key(app), "enter", right_key(app), "enter")
        await pilot.pause()
        assert app.screen.query_one(OptionList).highlighted == 1
        missed = app.game.verdicts[1]
        assert f"You said {missed.pick.text}." in text_of(app)


async def test_each_question_can_be_read_again_with_its_proof(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await _play(app, pilot)
        for verdict in app.game.verdicts:
            await pilot.pause()
            screen = text_of(app)
            assert verdict.question.proof.statement[:40] in screen
            assert verdict.question.proof.shown[0].passage.place in screen
            await pilot.press("down")


async def test_a_click_on_a_row_shows_its_proof(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _play(app, pilot)
        await pilot.click(OptionList, offset=(10, 2))
        await pilot.pause()
        assert app.game.verdicts[2].question.proof.statement[:30] in text_of(app)


async def test_r_plays_another_quiz(tmp_path: Path, quiz: Quiz) -> None:
    other = quiz_of(bank_of(tmp_path / "other"), seed="OTHER")
    app = app_for(quiz, another=other)
    async with app.run_test(size=SIZE) as pilot:
        await _play(app, pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert app.game.phase is Phase.ASKING
        assert app.game.quiz is other
        assert other.questions[0].stem in text_of(app)
        await _play(app, pilot)
        assert isinstance(app.screen, EndScreen)


async def test_q_leaves_without_asking(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _play(app, pilot)
        await pilot.press("q")
    assert app.return_value is not None
    assert app.return_value.phase is Phase.OVER
