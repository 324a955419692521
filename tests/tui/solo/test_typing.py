"""Questions that are answered in words, on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Phase, Rules
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import LeaveScreen
from tests.making import COMMANDER, TAIL
from tests.tui.playing import app_for, bank_of, quiz_of, wait
from tests.tui.screens import SIZE, bottom_of, text_of, words_of
from tests.tui.waiting import reaches, until


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return bank_of(tmp_path / "bank", [COMMANDER, TAIL])


@pytest.fixture
def app(bank: Bank, tmp_path: Path) -> OrbitQuizApp:
    """The program at the first of two questions, whose answers are typed."""
    return app_for(quiz_of(bank), bank=bank, folder=tmp_path / "kept", is_typed=True)


def an_answer(app: OrbitQuizApp) -> str:
    """A way to type the right answer that is not the key as it is shown."""
    return "stone" if app.game.question.fact == "commander" else "2500 m"


async def test_no_option_is_shown_and_a_typed_form_of_the_key_is_right(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        options = app.game.question.options
        assert not any(option in text_of(app) for option in options)
        words = an_answer(app)
        await pilot.press(*words, "enter")
        assert app.game.verdict.is_right
        assert app.game.verdict.pick == words
        assert "your answer, right" in text_of(app)
        wrong = [option for index, option in enumerate(options) if index != app.game.question.key]
        assert not any(option in text_of(app) for option in wrong)
        await pilot.press("enter")
        await pilot.press(*an_answer(app), "enter", "enter")
        assert (app.game.phase, app.game.right) == (Phase.OVER, 2)


async def test_letters_that_are_keys_elsewhere_are_typed(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"hxpfq14")
        await pilot.pause()
        assert "hxpfq14" in text_of(app)
        assert (app.game.phase, app.game.hinted) == (Phase.ASKING, False)


async def test_escape_leaves_the_line_for_the_other_keys_and_enter_comes_back(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert bottom_of(app).startswith("enter type   h hint")
        await pilot.press("1", "down")
        assert app.game.phase is Phase.ASKING
        await pilot.press("h", "q")
        await reaches(pilot, LeaveScreen)
        await pilot.press("n", "enter", *an_answer(app), "enter")
        assert app.game.verdict.answer.hinted
        assert app.game.verdict.is_right


@pytest.mark.parametrize("line", ["?", "…", "   ", "!!"])
async def test_marks_without_a_letter_or_digit_are_no_answer(app: OrbitQuizApp, line: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*line.replace(" ", "space ").split(), "enter")
        await pilot.pause()
        assert app.game.phase is Phase.ASKING


async def test_a_slip_is_asked_about_once_and_counts_only_when_it_is_confirmed(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, is_typed=True)
    async with app.run_test(size=SIZE) as pilot:
        while app.game.question.fact != "commander":
            await pilot.press("escape", "x", "enter")
        before = len(app.game.verdicts)
        await pilot.press(*"Ada Stones", "enter")
        await pilot.pause()
        assert "Did you mean Ada Stone?" in text_of(app)
        assert len(app.game.verdicts) == before
        await pilot.press("enter")
        assert app.game.verdict.is_right
        assert app.game.verdict.pick == "Ada Stones"


async def test_a_second_slip_is_wrong(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, is_typed=True)
    async with app.run_test(size=SIZE) as pilot:
        while app.game.question.fact != "commander":
            await pilot.press("escape", "x", "enter")
        await pilot.press(*"Ada Stones", "enter", "e", "enter")
        await pilot.pause()
        assert not app.game.verdict.is_right
        assert "Ada Stonese   your answer" in text_of(app)
        assert "Skipped" not in text_of(app)


async def test_what_is_missing_is_told_and_the_line_stays(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, is_typed=True)
    async with app.run_test(size=SIZE) as pilot:
        while app.game.question.fact != "tail":
            await pilot.press("escape", "x", "enter")
        await pilot.press(*"2.5", "enter")
        await pilot.pause()
        assert "Type a number with its unit, such as 7 inches." in text_of(app)
        await pilot.press(*" km", "enter")
        await pilot.pause()
        assert app.game.verdict.is_right
        assert "Type a number" not in text_of(app)


async def test_a_game_that_was_left_goes_on_without_options_and_keeps_what_was_typed(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    first = app_for(quiz_of(bank), bank=bank, folder=folder, is_typed=True)
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press(*"nonsense 1 km", "enter")
        kept = first.session.records.unfinished()
    assert kept
    assert [(answer.typed, answer.picked, answer.is_right) for answer in kept.answers] == [
        ("nonsense 1 km", None, False)
    ]
    again = app_for(None, bank=bank, folder=folder)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.press("g")
        await until(pilot, lambda: "2 of 2" in words_of(again))
        assert again.game.verdict.pick == "nonsense 1 km"
        assert again.game.is_typed
        await pilot.press(*an_answer(again), "enter")
        assert again.game.verdict.is_right


async def test_a_question_that_cannot_be_typed_comes_first_with_its_options_and_keys(tmp_path: Path) -> None:
    sight = {
        "id": "sight",
        "type": "text",
        "ask": "What did the comet crew see, and when?",
        "statement": "They saw {value}.",
        "level": "1",
        "claims": [
            {
                "value": "the comet on the ninth day",
                "proof": [{"source": "report", "quote": "We saw the comet on the ninth day"}],
            }
        ],
        "distractors": ["the comet on the first day", "the comet on the last day", "a star on the second day"],
    }
    bank = bank_of(tmp_path / "bank", [TAIL, sight])
    app = app_for(quiz_of(bank), bank=bank, is_typed=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.game.question.options[0] in text_of(app)
        assert bottom_of(app).startswith("1–4 a–d answer")
        await pilot.press("1")
        assert app.game.phase is Phase.ANSWERED
        await pilot.press("enter", *"2500 m", "enter")
        assert app.game.verdict.is_right


async def test_a_timer_runs_out_while_somebody_types(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, is_typed=True, rules=Rules(timer=20.0))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"ston")
        wait(app, 21)
        await until(pilot, lambda: app.game.phase is Phase.ANSWERED)
        assert app.game.verdict.answer.late


async def test_another_quiz_after_it_is_typed_as_well(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape", "x", "enter", "escape", "x", "enter")
        await until(pilot, lambda: "0 of 2" in words_of(app) or "m missed" in text_of(app))
        await pilot.press("m")
        await until(pilot, lambda: app.game.phase is Phase.ASKING)
        await pilot.pause()
        assert app.game.is_typed
        await pilot.press(*an_answer(app), "enter")
        assert app.game.verdict.is_right
