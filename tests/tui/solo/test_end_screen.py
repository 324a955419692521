"""Looking back on a game."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.widgets import OptionList

from orbitquiz.quiz.game import Phase
from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.end import EndScreen
from orbitquiz.tui.solo.question import QuestionScreen
from tests.tui.playing import app_for, bank_of, play_on, quiz_of, right_key, wrong_key
from tests.tui.screens import SIZE, lines_of, size_name, text_of


async def test_the_score_counts_right_answers_points_streak_and_time(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot, wrong=1)
        assert isinstance(app.screen, EndScreen)
        screen = text_of(app)
        assert "200 points" in screen
        assert "longest streak 2" in screen
        assert "9 s" in screen
        assert f"orbitquiz play --quiz {app.game.quiz.code}" in screen


@pytest.mark.parametrize("size", [SIZE, (60, 20), (40, 13), (200, 50)], ids=size_name)
@pytest.mark.parametrize("wrong", [0, 2])
async def test_what_has_no_room_in_the_summary_is_left_out(
    app: OrbitQuizApp, size: tuple[int, int], wrong: int
) -> None:
    async with app.run_test(size=size) as pilot:
        await play_on(pilot, wrong)
        lines = lines_of(app)
        assert not any(line.rstrip().endswith("…") for line in lines[:3])
        assert any(app.game.quiz.code in line for line in lines[:3] if app.game.quiz.code)
        assert any(f"{app.game.points} points" in line for line in lines[:3])
        assert ("3/3" if not wrong else "1/3") in lines[0] or size[1] >= 18  # or in large digits
        assert "r new" in lines[-1]
        assert "q leave" in lines[-1]
        assert "…" not in lines[-1]


async def test_a_command_without_room_is_not_cut(app: OrbitQuizApp) -> None:
    app.services = replace(
        app.services, replay=lambda quiz, _: f"orbitquiz play --quiz {quiz.code} --bank /home/ann/{'b' * 40}"
    )
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        assert f"Code: {app.game.quiz.code}" in text_of(app)
        assert "/home/ann" not in text_of(app)
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert f"--bank /home/ann/{'b' * 40}" in text_of(app)


async def test_it_opens_at_the_first_question_that_was_missed(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app), "enter", wrong_key(app), "enter", right_key(app), "enter")
        await pilot.pause()
        assert app.screen.query_one(OptionList).highlighted == 1
        missed = app.game.verdicts[1]
        assert missed.pick is not None
        assert f"You said {missed.pick}." in text_of(app)


async def test_each_question_can_be_read_again_with_its_proof(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await play_on(pilot)
        for verdict in app.game.verdicts:
            await pilot.pause()
            screen = text_of(app)
            assert verdict.question.proof.statement[:40] in screen
            assert verdict.question.proof.shown[0].heading.split(" · ")[0] in screen
            await pilot.press("down")


async def test_a_click_on_a_row_shows_its_proof(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        await pilot.click(OptionList, offset=(10, 2))
        await pilot.pause()
        assert app.game.verdicts[2].question.proof.statement[:30] in text_of(app)


async def test_r_plays_another_quiz(tmp_path: Path, quiz: Quiz) -> None:
    bank = bank_of(tmp_path / "other")
    other = quiz_of(bank, seed="OTHER")
    app = app_for(quiz, another=other, bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert app.game.phase is Phase.ASKING
        assert [each.id for each in app.game.quiz.questions] == [each.id for each in other.questions]
        assert other.questions[0].stem in text_of(app)
        await play_on(pilot)
        assert isinstance(app.screen, EndScreen)


async def test_q_leaves_without_asking(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        await pilot.press("q")
    assert app.return_value is not None
    assert app.return_value.phase is Phase.OVER


async def test_the_sky_tells_the_title_without_harm_and_in_its_own_width(quiz: Quiz) -> None:
    title = "[red]x[/]\x1b]52;c;x\x07 a\u202eb\n" + "彗星" * 40
    app = app_for(replace(quiz, title=title))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        (line,) = [line for line in lines_of(app) if "[red]x[/]" in line]
        assert "[red]x[/]␛]52;c;x␇ a⟨U+202E⟩b 彗星" in line
        assert line.strip().endswith("…")
        assert cell_len(line.strip()) <= SIZE[0] - 4
