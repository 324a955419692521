"""Keys of a question besides answering: hint, skip, pause, source, flag."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import HINTED, POINTS, Phase, Rules
from orbitquiz.quiz.stems import GAP
from orbitquiz.tui.reader.document_view import DocumentView
from orbitquiz.tui.reader.screen import ReaderScreen
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import FlagScreen, LeaveScreen
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.widgets.proof import ProofView
from tests.making import COMMANDER, TAIL, TAKE_OFF
from tests.tui.playing import app_for, bank_of, phase_of, quiz_of, right_key, wait, wrong_key
from tests.tui.screens import SIZE, bottom_of, lines_of, size_name, text_of, words_of
from tests.tui.waiting import click_on


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return bank_of(tmp_path / "bank", [COMMANDER, TAIL])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the player's own things are kept."""
    return tmp_path / "kept"


@pytest.fixture
def app(bank: Bank, folder: Path) -> OrbitQuizApp:
    """The program at the first of two questions."""
    return app_for(quiz_of(bank), bank=bank, folder=folder)


def top_of(app: OrbitQuizApp) -> str:
    """The line that says how the game goes."""
    return lines_of(app)[0]


# The hint


async def test_the_hint_is_the_passage_without_the_answer(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        while app.game.question.fact != "commander":
            await pilot.press("x", "enter")
        assert GAP not in text_of(app)
        await pilot.press("h")
        await pilot.pause()
        words = words_of(app)
        assert f"{GAP}, 41, commanded the ship Kestrel." in words
        assert words.count("Ada Stone") == 1  # the option
        assert all(option in words for option in app.game.question.options)
        assert "h hint" not in bottom_of(app)


async def test_a_right_answer_after_the_hint_pays_less_and_has_another_mark(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h", right_key(app))
        await pilot.pause()
        assert app.game.points == HINTED == 60
        assert "✓ Right, with the hint." in text_of(app)
        assert "◐·" in top_of(app)
        assert "60 points" in top_of(app)
        assert GAP not in text_of(app)


async def test_a_right_answer_without_the_hint_pays_all(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        assert app.game.points == POINTS == 100
        assert "●·" in top_of(app)
        assert "with the hint" not in text_of(app)


async def test_a_wrong_answer_after_the_hint_is_as_wrong(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h", wrong_key(app))
        await pilot.pause()
        assert app.game.points == 0
        assert "○·" in top_of(app)
        assert "✗ Wrong." in text_of(app)


async def test_the_hint_again_does_nothing(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h")
        await pilot.pause()
        game, before = app.game, text_of(app)
        await pilot.press("h")
        await pilot.pause()
        assert app.game is game
        assert text_of(app) == before


async def test_the_hint_after_the_answer_does_nothing(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        game, before = app.game, text_of(app)
        await pilot.press("h")
        await pilot.pause()
        assert app.game is game
        assert app.game.points == POINTS
        assert text_of(app) == before


async def test_the_hint_of_one_question_is_not_that_of_the_next(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h", right_key(app), "enter")
        await pilot.pause()
        assert GAP not in text_of(app)
        assert "h hint" in bottom_of(app)
        await pilot.press(right_key(app))
        assert app.game.points == HINTED + POINTS


async def test_the_hint_leaves_the_highlighted_option_alone_or_drops_it(app: OrbitQuizApp) -> None:
    """A hint changes where options stand; enter answers what is seen to be chosen, and else nothing."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "h")
        await pilot.pause()
        chosen = "›" in text_of(app)
        await pilot.press("enter")
        assert (phase_of(app) is Phase.ANSWERED) is chosen


async def test_where_sources_differ_the_hint_gives_no_answer_away(tmp_path: Path) -> None:
    bank = bank_of(tmp_path / "bank", [TAKE_OFF])
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        key = app.game.question.options[app.game.question.key]
        before = words_of(app).count(key)
        await pilot.press("h")
        await pilot.pause()
        assert GAP in text_of(app)
        assert words_of(app).count(key) == before


# Skipping


async def test_a_skipped_question_shows_its_proof_and_pays_nothing(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x")
        await pilot.pause()
        screen = text_of(app)
        assert "– Skipped." in screen
        assert app.game.question.proof.statement[:40] in screen
        assert app.game.question.proof.shown[0].heading.split(" · ")[0] in screen
        assert "   the answer" in screen
        assert "your answer" not in screen
        assert app.game.points == 0
        assert app.game.verdict.picked is None
        assert not app.game.verdict.answer.late
        assert "–·" in top_of(app)


async def test_skipping_after_the_answer_does_nothing(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        game = app.game
        await pilot.press("x")
        assert app.game is game
        assert "Skipped" not in text_of(app)


async def test_after_skipping_the_game_goes_on(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x", "enter")
        assert app.game.number == 2
        assert phase_of(app) is Phase.ASKING


# Pausing


async def test_a_pause_hides_the_question_and_stops_the_clock(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        question = app.game.question
        wait(app, 5)
        await pilot.press("p")
        await pilot.pause()
        screen = text_of(app)
        assert "Paused" in screen
        assert "p goes on" in screen
        assert question.stem[:20] not in screen
        assert not any(option in screen for option in question.options)
        wait(app, 1000)
        await pilot.press("p")
        await pilot.pause()
        screen = text_of(app)
        assert "Paused" not in screen
        assert question.stem in screen
        assert all(option in screen for option in question.options)
        wait(app, 2)
        await pilot.press("x")
        assert app.game.verdict.seconds == 7


@pytest.mark.parametrize("key", [*"1234abcdxhsf", "enter", "space", "down"])
async def test_in_a_pause_a_question_cannot_be_answered(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "p")
        game = app.game
        await pilot.press(key)
        await pilot.pause()
        assert app.game is game
        assert phase_of(app) is Phase.PAUSED
        assert isinstance(app.screen, QuestionScreen)
        assert "Paused" in text_of(app)


async def test_a_pause_hides_the_hint_too(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h", "p")
        await pilot.pause()
        assert GAP not in text_of(app)
        await pilot.press("p")
        await pilot.pause()
        assert GAP in text_of(app)


async def test_after_an_answer_there_is_nothing_to_pause(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1")
        game = app.game
        await pilot.press("p")
        assert app.game is game


async def test_a_pause_can_be_left_and_come_back_to(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("p", "q")
        await pilot.pause()
        assert isinstance(app.screen, LeaveScreen)
        assert app.game.question.stem[:20] not in text_of(app)
        await pilot.press("n")
        await pilot.pause()
        assert phase_of(app) is Phase.PAUSED
        assert "Paused" in text_of(app)


# The source


async def test_s_opens_the_source_at_the_passage_and_comes_back(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(wrong_key(app))
        await pilot.pause()
        game, before = app.game, text_of(app)
        evidence = app.session.question.proof.shown[0]
        await pilot.press("s")
        await pilot.pause()
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.source == evidence.passage.source
        assert lines_of(app)[0].strip() == evidence.passage.source.title
        quotation = evidence.passage.quotations[0]
        present = reader.query_one(DocumentView)._present
        assert present == (quotation.start, quotation.end)
        (marked,) = [line for line in lines_of(app) if "▌" in line]
        assert reader.source.text[quotation.start : quotation.end][:20] in marked
        await pilot.press("escape")
        await pilot.pause()
        assert app.game is game
        assert text_of(app) == before


async def test_the_proof_stays_scrolled_while_the_source_is_read(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(40, 14)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("down", "down")
        await pilot.pause()
        assert app.screen.query_one(ProofView).scroll_offset.y == 2
        before = text_of(app)
        await pilot.press("s", "down", "escape")
        await pilot.pause()
        assert text_of(app) == before


async def test_before_the_answer_there_is_no_source_to_read(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        await pilot.press("h", "s")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)


async def test_the_reader_marks_nothing_of_a_question_still_to_come(app: OrbitQuizApp) -> None:
    bank = app.session.bank
    spans = {fact.id: {(each.start, each.end) for each in fact.quotations} for fact in bank.facts}
    async with app.run_test(size=SIZE) as pilot:
        first, second = (question.fact for question in app.game.quiz.questions)
        await pilot.press("1", "s")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert set(app.screen._marks.spans) == spans[first]
        await pilot.press("escape", "enter", "1", "s")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert set(app.screen._marks.spans) == spans[first] | spans[second]


# Flags


async def test_a_flag_with_a_reason_is_kept(app: OrbitQuizApp, folder: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, FlagScreen)
        assert app.game.question.stem in words_of(app)
        await pilot.press(*"no1h", "enter")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert phase_of(app) is Phase.ASKING
        assert not app.game.hinted
        kept = (folder / "flags.md").read_text(encoding="utf-8")
        assert "- Why: no1h" in kept
        assert app.game.question.stem in kept
        assert "flags.md" in text_of(app)
        await pilot.press("1", "f", *"two", "enter")
        await pilot.pause()
    appended = (folder / "flags.md").read_text(encoding="utf-8")
    assert appended.startswith(kept)
    assert appended.count("- Why: ") == 2
    assert "- Why: two" in appended


@pytest.mark.parametrize("reason", [[], ["space", "space"]])
async def test_a_flag_without_a_reason_is_none(app: OrbitQuizApp, folder: Path, reason: list[str]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *reason, "enter")
        await pilot.pause()
        assert isinstance(app.screen, FlagScreen)  # it waits for one
        await pilot.press("escape")
        await pilot.pause()
        assert phase_of(app) is Phase.ASKING
    assert not (folder / "flags.md").exists()


async def test_escape_flags_nothing_and_goes_back(app: OrbitQuizApp, folder: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"typo", "escape")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        game = app.game
        await pilot.press("f")
        await pilot.pause()
        await click_on(pilot, "esc back")
        assert isinstance(app.screen, QuestionScreen)
        assert app.game.verdicts == game.verdicts
    assert not (folder / "flags.md").exists()


async def test_a_flag_that_cannot_be_kept_says_so(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    app = app_for(quiz_of(bank), bank=bank, folder=tmp_path / "file")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f", *"typo", "enter")
        await pilot.pause()
        assert "The flag cannot be saved" in words_of(app)
        assert isinstance(app.screen, QuestionScreen)
    assert (tmp_path / "file").read_text() == "not a folder"


# What stands at the bottom


async def test_each_hint_at_the_bottom_can_be_clicked(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=60.0))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        await click_on(pilot, "p pause")
        assert phase_of(app) is Phase.PAUSED
        await click_on(pilot, "p go on")
        assert phase_of(app) is Phase.ASKING
        await click_on(pilot, "? keys")
        assert isinstance(app.screen, KeysScreen)
        await pilot.press("escape")
        await click_on(pilot, "q leave")
        assert isinstance(app.screen, LeaveScreen)
        await click_on(pilot, "n play on")
        await click_on(pilot, "h hint")
        assert app.game.hinted
        await click_on(pilot, "x skip")
        assert phase_of(app) is Phase.ANSWERED
        await click_on(pilot, "s source")
        assert isinstance(app.screen, ReaderScreen)
        await click_on(pilot, "esc back")
        await click_on(pilot, "f flag")
        assert isinstance(app.screen, FlagScreen)
        await pilot.press("escape")
        await click_on(pilot, "next question")
        assert app.game.number == 2
        assert phase_of(app) is Phase.ASKING


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 13)], ids=size_name)
async def test_the_bottom_line_is_whole_where_it_stands(bank: Bank, size: tuple[int, int]) -> None:
    """The last hint, by which one leaves, is not cut off where the terminal is narrow."""
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=60.0))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert bottom_of(app).endswith("q leave")
        await pilot.press("p")
        await pilot.pause()
        assert bottom_of(app).endswith("q leave")


async def test_a_right_answer_can_be_marked_as_a_guess_and_no_wrong_one(app: OrbitQuizApp, folder: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        assert "g guessed" in bottom_of(app)
        await pilot.press("g")
        await pilot.pause()
        assert "Right, a guess." in text_of(app)
        kept = app.session.records.unfinished()
        assert kept
        assert [answer.guessed for answer in kept.answers] == [True]
        await pilot.press("g")
        await pilot.pause()
        assert "Right, a guess." not in text_of(app)
        await pilot.press("enter", wrong_key(app), "g")
        await pilot.pause()
        assert "g guessed" not in bottom_of(app)
        assert not any(verdict.answer.guessed for verdict in app.game.verdicts)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 13)], ids=size_name)
async def test_all_keys_are_told_and_can_be_scrolled_to(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        seen = words_of(app)
        for _ in range(8):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += words_of(app)
        for words in ("skip the question", "show these keys", "leave", "clicked.", "esc back"):
            assert words in seen, words
        assert "ten points" not in seen  # nobody plays in teams
