"""Playing on the question screen with keys and mouse."""

from __future__ import annotations

import pytest

from orbitquiz.quiz.game import Phase
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import LeaveScreen
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.options import Options
from tests.tui.playing import right_key, wrong_key
from tests.tui.screens import SIZE, lines_of, text_of


async def test_the_first_frame_is_a_question(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE):
        screen = text_of(app)
        assert app.game.question.stem in screen
        assert all(option in screen for option in app.game.question.options)


@pytest.mark.parametrize(("key", "index"), [*zip("1234", range(4), strict=True), *zip("abcd", range(4), strict=True)])
async def test_a_number_or_letter_answers(app: OrbitQuizApp, key: str, index: int) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        assert app.game.phase is Phase.ANSWERED
        assert app.game.verdict.picked == index


async def test_arrows_choose_and_enter_answers(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "down", "down", "up", "enter")
        assert app.game.verdict.picked == 1


async def test_going_up_begins_at_the_last_option(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("up", "enter")
        assert app.game.verdict.picked == 3


async def test_enter_and_space_answer_nothing_by_themselves(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "space")
        assert app.game.phase is Phase.ASKING


async def test_a_second_answer_changes_nothing(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "2", "c")
        assert len(app.game.verdicts) == 1
        assert app.game.verdict.picked == 0


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_or_space_goes_on_and_highlights_nothing(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "enter", key)
        assert app.game.phase is Phase.ASKING
        assert app.game.number == 2
        assert app.screen.query_one(Options).highlighted is None


async def test_a_click_on_an_option_answers(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        row = next(row for row, line in enumerate(lines_of(app)) if app.game.question.options[2] in line)
        await pilot.click(offset=(10, row))
        assert app.game.verdict.picked == 2


async def test_a_click_on_the_hint_goes_on(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1")
        await pilot.pause()
        await pilot.click(KeyBar, offset=(8, 0))
        assert app.game.number == 2


async def test_an_answer_shows_verdict_statement_passage_source_and_line(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        screen = text_of(app)
        proof = app.game.question.proof
        passage = app.session.question.proof.shown[0].passage
        assert "✓ Right." in screen
        assert "your answer, right" in screen
        assert proof.statement[:40] in screen
        assert passage.place in screen
        assert passage.source.title in screen
        assert passage.text.split(".")[0][:40] in screen


async def test_a_wrong_answer_shows_both_the_pick_and_the_key(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(wrong_key(app))
        await pilot.pause()
        screen = text_of(app)
        assert "✗ Wrong." in screen
        assert app.game.verdict.pick is not None
        assert f"{app.game.verdict.pick}   your answer" in screen
        assert f"{app.game.question.options[app.game.question.key]}   the answer" in screen


async def test_where_sources_differ_both_sides_are_shown(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        while not app.game.question.sources_differ:
            await pilot.press("1", "enter")
        assert "≠ sources differ" in text_of(app)
        await pilot.press("1")
        await pilot.pause()
        screen = text_of(app)
        assert "3 May" in screen
        assert "4 May" in screen
        assert "Editor's note: Nobody has said which is right." in screen


async def test_q_asks_first_and_n_plays_on(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "q")
        assert isinstance(app.screen, LeaveScreen)
        assert "1 of 3" in text_of(app)
        await pilot.press("n")
        assert isinstance(app.screen, QuestionScreen)
        assert app.is_running


@pytest.mark.parametrize("key", ["y", "q"])
async def test_leaving_returns_the_game_as_it_stood(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "q", key)
    assert app.return_value is not None
    assert len(app.return_value.verdicts) == 1


async def test_the_dialog_can_be_clicked(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        bar = app.screen.query_one(KeyBar)
        await pilot.click(bar, offset=(24, 0))
        assert isinstance(app.screen, QuestionScreen)


async def test_question_mark_shows_every_key(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        screen = text_of(app)
        for words in ("1–4 a–d", "↑ ↓", "enter", "space", "pgup pgdn", "?", "q"):
            assert words in screen
        await pilot.press("escape")
        assert isinstance(app.screen, QuestionScreen)


async def test_an_answer_before_the_proof_is_ready_shows_it_once_it_is(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        await pilot.pause()
        await screen.query("ProofView, Sky, #hint, #paused").remove()
        screen._is_furnished = False
        await pilot.press("1")
        await screen._furnish()
        await pilot.pause()
        assert app.game.question.proof.statement[:30] in text_of(app)


async def test_resizing_keeps_the_game(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1")
        for size in ((60, 20), (200, 50), (20, 6), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.game.phase is Phase.ANSWERED
        assert app.game.question.proof.statement[:30] in text_of(app)


async def test_a_long_proof_scrolls_and_says_so(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(40, 14)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        assert "↓ more" in text_of(app)
        proof = app.screen.query_one("ProofView")
        await pilot.press("down")
        assert proof.scroll_offset.y == 1
        await pilot.press("pageup")
        assert proof.scroll_offset.y == 0


async def test_control_c_asks_as_q_does_and_leaves_when_pressed_again(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "ctrl+c")
        await pilot.pause()
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("ctrl+c")
        await pilot.pause()
    assert app.return_value is not None


async def test_the_sky_says_what_the_quiz_is_about_at_the_first_question(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "The comet" in "\n".join(text_of(app).splitlines()[6:])
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "The comet" not in "\n".join(text_of(app).splitlines()[6:])


async def test_the_chosen_option_has_a_sign_and_not_only_a_colour(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert f"›  1   {app.game.question.options[0]}" in text_of(app)


async def test_three_right_answers_in_a_row_are_told_where_there_is_room(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        for _ in range(2):
            await pilot.press(right_key(app), "enter")
        assert "in a row" not in text_of(app)
        await pilot.press(right_key(app))
        await pilot.pause()
        assert "3 in a row" in text_of(app)
