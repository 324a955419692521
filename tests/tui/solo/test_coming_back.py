"""Coming back: reviews, the daily quiz, the history, and what is told of them in the menu."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.history.model import NewGame
from orbitquiz.history.store import Records
from orbitquiz.presenter.review import review_entries, review_options_of
from orbitquiz.quiz.code import Request, code_of
from orbitquiz.quiz.game import Game, Mode
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.session.preferences import load_preferences
from orbitquiz.session.returning import ReviewOptions
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.categories import CategoriesScreen
from orbitquiz.tui.solo.dialogs import CodeScreen
from orbitquiz.tui.solo.end import EndScreen
from orbitquiz.tui.solo.games import GamesScreen
from orbitquiz.tui.solo.history import HistoryScreen
from orbitquiz.tui.solo.home import HomeScreen
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.solo.review_options import ReviewOptionsScreen
from orbitquiz.tui.solo.share import ShareScreen
from tests.tui.alone import Alone
from tests.tui.playing import NOW, app_for, bank_of, quiz_of, right_key, wrong_key
from tests.tui.screens import SIZE, bottom_of, dialog_of, lines_of, size_name, text_of, words_of
from tests.tui.waiting import reaches, until


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return bank_of(tmp_path / "bank")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def line_with(app: OrbitQuizApp, words: str) -> str:
    """The line of the menu that holds `words`, without the spaces at its ends."""
    (line,) = [line for line in lines_of(app)[1:-1] if words in line]
    return line.strip()


async def test_a_review_asks_what_is_due_and_another_goes_on_with_the_rest(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert line_with(app, "r   Review").endswith("0 due · 3 new")
        await pilot.press("r")
        await until(pilot, lambda: app.session.is_running)
        assert app.session.setup.mode is Mode.REVIEW
        facts = [question.fact for question in app.game.quiz.questions]
        for _ in facts:
            await pilot.press("x", "enter")
        await reaches(pilot, EndScreen)
        await pilot.pause()
        assert "Nothing more is due today; 3 facts tomorrow." in words_of(app)
        assert "r " not in bottom_of(app)
        await pilot.press("r")
        await until(pilot, lambda: "Nothing more is due today." in [each.message for each in app._notifications])
        await reaches(pilot, HomeScreen, "escape")
        await pilot.pause()
        assert line_with(app, "r   Review").endswith("nothing today · 3 tomorrow")


async def test_the_menu_tells_what_is_due_and_new_on_a_later_day(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await pilot.press("x", "enter", "q", "m")
        await reaches(pilot, HomeScreen)
    later = app_for(None, bank=bank, folder=kept, day=2)
    async with later.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert line_with(later, "r   Review").endswith("1 due · 2 new")


async def test_a_daily_quiz_that_was_left_is_resumed_from_the_menu_and_the_day_has_one_only(
    bank: Bank, kept: Path
) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: app.session.is_running)
        await pilot.press("x", "enter", "q", "m")
        await reaches(pilot, HomeScreen)
        await pilot.pause()
        assert line_with(app, "a   Today's quiz").endswith("question 2 of 3")
        await pilot.press("a")
        await until(pilot, lambda: app.session.is_running)
        assert (app.game.number, app.session.setup.mode) == (2, Mode.DAILY)
        await pilot.press("x", "enter", "x", "enter")
        await reaches(pilot, EndScreen)
        await pilot.pause()
        assert "Streak: 1 day." in words_of(app)
        await pilot.press("r")
        await until(pilot, lambda: app.session.is_running)
        assert app.session.setup.mode is Mode.SOLO


async def test_a_daily_quiz_that_was_played_opens_again_with_its_line_to_share(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: app.session.is_running)
        for _ in bank.facts:
            await pilot.press(right_key(app), "enter")
        await reaches(pilot, HomeScreen, "escape")
        await pilot.pause()
        assert line_with(app, "a   Today's quiz").endswith("3 of 3 right, streak 1 day")
        await reaches(pilot, EndScreen, "a")
        await reaches(pilot, ShareScreen, "c")
        await pilot.pause()
        assert f"OrbitQuiz · {bank.title} · 12 May · ◆◆◆ · " in words_of(app)
        assert app.clipboard.startswith(f"OrbitQuiz · {bank.title} · 12 May · ◆◆◆ · ")
        assert not any(question.stem in app.clipboard for question in app.game.quiz.questions)
        await reaches(pilot, EndScreen, "escape")


@pytest.mark.parametrize(
    ("environment", "words"),
    [({"TERM": "xterm"}, "Copied, if your terminal allows it."), ({"TERM": "linux"}, "lets no program copy")],
)
async def test_it_is_said_where_a_terminal_cannot_copy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], words: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    app = Alone(ShareScreen("OrbitQuiz · a line"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert words in words_of(app)
        assert "OrbitQuiz · a line" in text_of(app)


async def test_review_options_are_chosen_and_kept(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        await reaches(pilot, ReviewOptionsScreen)
        await pilot.press("left", "left", "left", "down", "down", "right", "down", "enter", "escape")
        await reaches(pilot, HomeScreen)
        await pilot.pause()
        assert line_with(app, "r   Review").endswith("nothing today")
    chosen = review_options_of(load_preferences(kept).review)
    assert chosen == ReviewOptions(new_a_day=0, retention=0.95, is_typed=True)


@pytest.mark.parametrize("size", [SIZE, (60, 20), (40, 13)], ids=size_name)
async def test_each_choice_for_reviews_is_explained(bank: Bank, kept: Path, size: tuple[int, int]) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=size) as pilot:
        await reaches(pilot, ReviewOptionsScreen, "e")
        for entry in review_entries(ReviewOptions()):
            await pilot.pause()
            assert entry.help in " ".join(dialog_of(app).split())
            await pilot.press("down")


async def test_a_code_is_answered_in_words_where_that_is_chosen(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "k")
        await reaches(pilot, CodeScreen)
        await pilot.press(*code_of(bank, Request("APOLLO", 3)), "enter")
        await reaches(pilot, QuestionScreen)
        assert app.game.typed


async def test_every_unfinished_game_can_be_resumed_however_old(bank: Bank, kept: Path) -> None:
    first = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press("x", "enter")
    records = Records.open(kept, lambda: (NOW + timedelta(days=1)).timestamp())
    for number in range(210):
        game = Game.start(QuizSheet.of(quiz_of(bank, f"N{number}")), 0.0)
        id = records.begin(game, NewGame(bank.version))
        records.answered(id, game.skip(1.0))
        records.abandon(id)
    records.close()
    app = app_for(None, bank=bank, folder=kept, day=2)
    async with app.run_test(size=(60, 20)) as pilot:
        await reaches(pilot, HistoryScreen, "y")
        await reaches(pilot, GamesScreen, "enter")
        await pilot.pause()
        assert lines_of(app)[2].split()[2:6] == ["0", "of", "1", "unfinished"]
        await pilot.press("end")
        await pilot.pause()
        assert "unfinished, 2 questions left" in text_of(app)
        await reaches(pilot, QuestionScreen, "enter")
        assert app.game.number == 2


async def test_a_game_that_is_left_without_an_answer_leaves_no_trace(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await pilot.press("h", "p", "p", "q", "m")
        await reaches(pilot, HomeScreen)
        await pilot.pause()
        assert "Resume" not in text_of(app)
    records = Records.open(kept, NOW.timestamp)
    assert records.unfinished() is None
    assert records.statistics(bank.id).games == 0
    assert not list(kept.glob("*.lock"))


async def test_an_unfinished_game_can_be_given_up(bank: Bank, kept: Path) -> None:
    first = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press("x", "enter")
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HistoryScreen, "y")
        await reaches(pilot, GamesScreen, "enter")
        await pilot.pause()
        assert "enter resume   x give up" in bottom_of(app)
        await pilot.press("x")
        await pilot.pause()
        assert "questions left" not in text_of(app)
        assert "give up" not in bottom_of(app)
        await reaches(pilot, EndScreen, "enter")  # its answers stay
        await reaches(pilot, HomeScreen, "escape")
        await pilot.pause()
        assert "Resume" not in text_of(app)


async def test_answers_are_typed_where_that_is_chosen_in_the_menu(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "p")
        await until(pilot, lambda: app.session.is_running)
        assert app.game.typed


async def test_what_is_known_is_told_beside_the_history(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert line_with(app, "y   History").endswith("your games and results")
        await pilot.press("p")
        await until(pilot, lambda: app.session.is_running)
        await pilot.press(right_key(app), "enter", "q", "m")
        await reaches(pilot, HomeScreen)
        await pilot.pause()
        assert line_with(app, "y   History").endswith("0 known · 1 learning · 2 unseen")


async def test_the_history_shows_what_is_known_and_when_it_is_due(bank: Bank, kept: Path) -> None:
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("p")
        await until(pilot, lambda: app.session.is_running)
        await pilot.press(right_key(app), "enter", wrong_key(app), "q", "m")
        await reaches(pilot, HomeScreen)
        await pilot.press("y")
        await reaches(pilot, HistoryScreen)
        await pilot.pause()
        shown = words_of(app)
        assert "What you know" in shown
        assert "━ known ╍ being learnt ─ not yet seen" in shown
        assert "Due for review" in shown
        assert "0 today · 2 within a week · 2 within 4 weeks" in shown
        await pilot.press("escape", "c")
        await reaches(pilot, CategoriesScreen)
        await pilot.pause()
        assert "╍" in text_of(app)


async def test_a_code_that_was_played_before_shows_the_last_result(bank: Bank, kept: Path) -> None:
    quiz = quiz_of(bank)
    for is_second in (False, True):
        app = app_for(quiz, bank=bank, folder=kept)
        async with app.run_test(size=SIZE) as pilot:
            for _ in quiz.questions:
                await pilot.press(right_key(app) if is_second else "x", "enter")
            await reaches(pilot, EndScreen)
            await pilot.pause()
            assert ("Last time: 0 of 3" in words_of(app)) == is_second
