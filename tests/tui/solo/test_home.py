"""The menu, and the screens that it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, OptionList

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.library.chosen import remembered
from orbitquiz.quiz.code import Request, code_of
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Mode, Phase
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.quiz.stems import GAP
from orbitquiz.tui.reader.screen import ReaderScreen
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.banks import BanksScreen
from orbitquiz.tui.solo.categories import CategoriesScreen
from orbitquiz.tui.solo.dialogs import CodeScreen, FlagScreen
from orbitquiz.tui.solo.end import EndScreen
from orbitquiz.tui.solo.history import HistoryScreen
from orbitquiz.tui.solo.home import HomeScreen
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.solo.sources import SourcesScreen
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank, write_yaml
from tests.tui.playing import app_for, bank_of, play_on, quiz_of, right_key, wrong_key
from tests.tui.screens import SIZE, dialog_of, lines_of, size_name, style_of, text_of
from tests.tui.waiting import click_on, reaches, until


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Three facts in two categories."""
    folder = write_bank(tmp_path / "bank", [COMMANDER, TAIL])
    write_yaml(folder / "questions" / "days.yaml", {"category": "days", "title": "Days", "facts": [TAKE_OFF]})
    bank = read_bank(folder).bank
    assert bank is not None
    assert [category.name for category in bank.categories] == ["comet", "days"]
    return bank


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def app(bank: Bank, kept: Path) -> OrbitQuizApp:
    return app_for(None, bank=bank, folder=kept)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the program was started."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def line_with(app: OrbitQuizApp, words: str) -> str:
    """The line of the menu that holds `words`, without the spaces at its ends."""
    (line,) = [line for line in lines_of(app)[1:-1] if words in line]
    return line.strip()


def color_of(app: OrbitQuizApp, words: str) -> tuple[int, ...]:
    """The colour in which `words` are drawn."""
    color = style_of(app, words).color
    assert color is not None
    assert color.triplet is not None
    return tuple(color.triplet)


def brightness(color: tuple[int, ...]) -> int:
    return sum(color)


# The menu


async def test_it_says_what_there_is_to_do(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        rows = [
            line.split()[0] for line in lines_of(app)[2:19] if line.strip() and line.split()[0] in set("gpmcntdbweksy")
        ]
        assert rows == list("pmkcntdwebsy")
        assert "The comet" in lines_of(app)[0]
        assert line_with(app, "Sources").endswith("3 documents")
        assert line_with(app, "What you missed").endswith("nothing so far")


@pytest.mark.parametrize(
    ("key", "words", "screen"),
    [
        ("p", "Play", QuestionScreen),
        ("c", "Categories", CategoriesScreen),
        ("b", "Bank", BanksScreen),
        ("k", "Play a code", CodeScreen),
        ("s", "Sources", SourcesScreen),
        ("y", "History", HistoryScreen),
        ("question_mark", "? keys", KeysScreen),
    ],
)
async def test_keys_and_clicks_lead_to_the_same_screen(
    app: OrbitQuizApp, bank: Bank, key: str, words: str, screen: type[object]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, screen, key)
    app = app_for(None, bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        if key == "p":
            await pilot.click(OptionList, offset=(10, 1))
        else:
            await click_on(pilot, words)
        await reaches(pilot, screen)


@pytest.mark.parametrize(
    ("key", "title", "details"),
    [
        ("n", "Questions", ["15", "20", "30", "5", "10"]),
        ("t", "Timer", [*(f"{seconds} seconds a question" for seconds in (10, 20, 30, 60)), "none"]),
        ("d", "Ask about", ["only where sources differ", "all"]),
    ],
)
async def test_settings_go_round(app: OrbitQuizApp, key: str, title: str, details: list[str]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for index, detail in enumerate(details):
            if index % 2:
                await click_on(pilot, f"{key}   {title}")
            else:
                await pilot.press(key)
                await pilot.pause()
            assert line_with(app, f"{key}   {title}").endswith(f"  ‹ {detail} ›")
        assert isinstance(app.screen, HomeScreen)


async def test_the_number_of_questions_is_told_beside_play(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert line_with(app, "p   Play").endswith("3 questions (all there are)")


@pytest.mark.parametrize("size", [SIZE, (60, 20), (200, 50)], ids=size_name)
async def test_every_line_of_the_menu_is_in_view(bank: Bank, kept: Path, size: tuple[int, int]) -> None:
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press("1")
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        keys = [
            line.split()[0] for line in lines_of(app)[:-1] if line.startswith((" ", "\t")) and "   " in line.strip()
        ]
        assert [key for key in keys if len(key) == 1 and key.isalpha()] == list("gpramkcntdwebsyl")
        await click_on(pilot, "y   History")
        await reaches(pilot, HistoryScreen)


async def test_a_line_can_be_clicked_anywhere_but_not_where_nothing_can_be_done(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await click_on(pilot, "What you missed")
        assert isinstance(app.screen, HomeScreen)
        row = next(row for row, line in enumerate(lines_of(app)) if "Sources" in line)
        await pilot.click(offset=(SIZE[0] - 4, row))
        await reaches(pilot, SourcesScreen)


async def test_details_are_fainter_than_titles_and_what_cannot_be_done_is_faintest(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        title, detail = color_of(app, "Timer"), color_of(app, "your games")
        assert brightness(title) > brightness(detail) > brightness(color_of(app, "nothing so far"))
        assert color_of(app, "What you missed") == color_of(app, "nothing so far")


async def test_the_chosen_timer_and_kind_hold_for_the_game(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "t", "t", "d", "p")
        assert app.game.rules.timer == 20.0
        assert [question.fact for question in app.game.quiz.questions] == ["take-off"]
        assert "20 s" in text_of(app)


async def test_where_nothing_can_be_asked_it_says_so(tmp_path: Path) -> None:
    app = app_for(None, bank=bank_of(tmp_path / "bank", [TAIL]))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("d", "p")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert line_with(app, "p   Play").endswith("0 questions")
        assert color_of(app, "Play") == color_of(app, "nothing so far")


async def test_arrows_and_enter_choose(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*["down"] * 5, "enter")  # what was missed cannot be chosen, and is passed over
        await pilot.pause()
        assert line_with(app, "n   Questions").endswith("‹ 15 ›")
        await pilot.press("enter")
        await pilot.pause()
        assert line_with(app, "n   Questions").endswith("‹ 20 ›")


async def test_settings_outlast_a_game(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "n", "p")
        await play_on(pilot)
        await reaches(pilot, HomeScreen, "escape")
        assert line_with(app, "p   Play").endswith("3 questions (all there are)")


# Categories


async def test_categories_are_chosen_with_space_and_taken_with_enter(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HomeScreen, "c", "down", "down", "space", "enter")
        assert line_with(app, "c   Categories").endswith("  Days")
        await reaches(pilot, QuestionScreen, "p")
        assert [question.fact for question in app.game.quiz.questions] == ["take-off"]


async def test_enter_takes_the_highlighted_category_where_none_is_chosen(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HomeScreen, "c", "down", "enter")
        assert line_with(app, "c   Categories").endswith("  The comet")
        await reaches(pilot, HomeScreen, "c", "up", "space", "enter")
        assert line_with(app, "c   Categories").endswith("  all")


async def test_arrows_change_the_highlighted_value_and_the_bottom_says_so(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*["down"] * 5)
        await pilot.pause()
        assert "← → change" in text_of(app)
        for key, shown in (("right", "15"), ("left", "10"), ("left", "5")):
            await pilot.press(key)
            await pilot.pause()
            assert line_with(app, "n   Questions").endswith(f"‹ {shown} ›")


async def test_settings_outlast_the_program(bank: Bank, kept: Path) -> None:
    for shown in ("15", "20"):
        app = app_for(None, bank=bank, folder=kept)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("n")
            await pilot.pause()
            assert line_with(app, "n   Questions").endswith(f"‹ {shown} ›")


async def test_all_categories_are_as_good_as_none(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HomeScreen, "c", "down", "space", "down", "space", "enter")
        assert line_with(app, "c   Categories").endswith("  all")
        await pilot.press("c")
        await until(pilot, lambda: "esc back" in text_of(app))
        assert "[✓] All categories [ ] The comet" in dialog_of(app)


async def test_a_click_chooses_a_category_and_the_choice_is_found_again(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "esc back" in text_of(app))
        await click_on(pilot, "Days")
        assert "[✓] Days" in dialog_of(app)
        assert "[ ] The comet" in dialog_of(app)
        await click_on(pilot, "enter done")
        await reaches(pilot, HomeScreen)
        await pilot.press("c")
        await until(pilot, lambda: "esc back" in text_of(app))
        assert "[✓] Days" in dialog_of(app)
        assert "[ ] The comet" in dialog_of(app)


@pytest.mark.parametrize("how", ["escape", "q", "click"])
async def test_going_back_from_the_categories_changes_nothing(app: OrbitQuizApp, how: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c", "space")
        await pilot.pause()
        if how == "click":
            await click_on(pilot, "esc back")
        else:
            await pilot.press(how)
        await reaches(pilot, HomeScreen)
        assert line_with(app, "c   Categories").endswith("  all")


async def test_the_categories_show_facts_and_the_players_own_record(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "esc back" in text_of(app))
        assert "2 facts" in dialog_of(app)
        assert " right" not in dialog_of(app)
        await reaches(pilot, QuestionScreen, "escape", "p")
        while app.game.phase is not Phase.OVER:
            await pilot.press(wrong_key(app) if app.game.question.fact == "tail" else right_key(app), "enter")
        await reaches(pilot, HomeScreen, "escape")
        await pilot.press("c")
        await until(pilot, lambda: "esc back" in text_of(app))
        assert "2 facts 1 of 2 right" in dialog_of(app)
        assert "1 fact 1 of 1 right" in dialog_of(app)


@pytest.mark.parametrize("size", [SIZE, (60, 20), (40, 13)], ids=size_name)
async def test_there_is_room_for_categories_records_and_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER, TAIL])
    title = "彗星 and all that came of it"
    write_yaml(folder / "questions" / "days.yaml", {"category": "days", "title": title, "facts": [TAKE_OFF]})
    bank = read_bank(folder).bank
    assert bank is not None
    kept = tmp_path / "kept"
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await play_on(pilot)
    app = app_for(None, bank=bank, folder=kept)
    async with app.run_test(size=size) as pilot:
        await pilot.press("c", "down", "space")
        await until(pilot, lambda: "esc back" in text_of(app))
        wide, narrow = ("1 fact    1 of 1 right", "2 facts   2 of 2 right"), ("1 fact   1/1", "2 facts  2/2")
        for title, record in zip(("彗星 and", "[✓] The comet"), narrow if size < SIZE else wide, strict=True):
            (line,) = [line for line in lines_of(app) if title in line]
            assert record in line
        await click_on(pilot, "enter done")
        await reaches(pilot, HomeScreen)
        assert line_with(app, "c   Categories").endswith("The comet")


async def test_many_categories_can_be_scrolled_past_the_keys(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER])
    for number in range(20):
        fact = {**TAIL, "id": f"tail-{number}"}
        about = {"category": f"more-{number:02}", "title": f"More {number:02}", "facts": [fact]}
        write_yaml(folder / "questions" / f"more-{number:02}.yaml", about)
    bank = read_bank(folder).bank
    assert bank is not None
    app = app_for(None, bank=bank)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("c", "end", "space")
        await until(pilot, lambda: "[✓] More 19" in text_of(app))
        assert "esc back" in text_of(app)


# Codes


async def test_a_wrong_code_says_what_is_wrong_and_can_be_mended(app: OrbitQuizApp, bank: Bank) -> None:
    request = Request("FRIEND", 2)
    code = code_of(bank, request)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("k", *"AB", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert "A quiz code has 11 letters or a few more, and this one has 2." in dialog_of(app)
        field = app.screen.query_one(Input)
        assert field.value == "AB"
        field.value = "[red]!"
        await pilot.press("enter")
        await pilot.pause()
        assert "this one has '['" in dialog_of(app)
        field.value = code.lower()
        await reaches(pilot, QuestionScreen, "enter")
        assert app.game.quiz.code == code
        assert app.game.quiz.questions == QuizSheet.of(compose(bank, request)).questions
        assert app.game.question.stem in text_of(app)


async def test_a_code_of_another_bank_is_told_from_a_mistyped_one(
    app: OrbitQuizApp, bank: Bank, tmp_path: Path
) -> None:
    other = code_of(bank_of(tmp_path / "other", [TAIL]), Request("FRIEND"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("k")
        await pilot.pause()
        app.screen.query_one(Input).value = other
        await pilot.press("enter")
        await pilot.pause()
        assert "another bank" in dialog_of(app)
        app.screen.query_one(Input).value = "B" + other[1:] if other[0] != "B" else "C" + other[1:]
        await pilot.press("enter")
        await pilot.pause()
        assert "mistyped" in dialog_of(app)


@pytest.fixture
def with_banks(app: OrbitQuizApp, kept: Path) -> OrbitQuizApp:
    """The program of somebody who has added a bank."""
    added = kept / "banks" / "comet-bank"
    write_bank(added, [TAIL])

    def open_bank(place: str | None) -> Bank:
        bank = read_bank(Path(place)).bank if place else app.session.bank
        if bank is None:
            raise ValueError("it is damaged")
        return bank

    app.services = replace(app.services, open_bank=open_bank)
    assert app._home is not None
    app._home._services = app.services
    return app


async def test_another_bank_is_chosen_and_remembered(with_banks: OrbitQuizApp, kept: Path) -> None:
    app = with_banks
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, BanksScreen, "b")
        assert "comet-bank · added" in dialog_of(app)
        await reaches(pilot, HomeScreen, "down", "enter")
        await until(pilot, lambda: line_with(app, "p   Play").endswith("1 question (all there are)"))
        await reaches(pilot, QuestionScreen, "p")
        assert app.session.folder == str(kept / "banks" / "comet-bank")
    assert remembered(kept) == kept / "banks" / "comet-bank"


async def test_a_bank_that_cannot_be_opened_is_not_chosen(with_banks: OrbitQuizApp, kept: Path) -> None:
    app = with_banks
    (kept / "banks" / "comet-bank" / "seeds" / "sources.yaml").unlink()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await reaches(pilot, BanksScreen, "b")
        await reaches(pilot, HomeScreen, "down", "enter")
        await until(pilot, lambda: bool(app._notifications))
        (told,) = [each.message for each in app._notifications]
        assert told == "The bank comet-bank cannot be opened: it is damaged."
        assert line_with(app, "p   Play").endswith("3 questions (all there are)")
    assert remembered(kept) is None


async def test_a_code_of_a_bank_one_has_is_told_by_its_name(with_banks: OrbitQuizApp, kept: Path) -> None:
    app = with_banks
    other = read_bank(kept / "banks" / "comet-bank").bank
    assert other is not None
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("k")
        await pilot.pause()
        app.screen.query_one(Input).value = code_of(other, Request("FRIEND"))
        await pilot.press("enter")
        await pilot.pause()
        assert "This quiz code is for the bank comet-bank (The comet)" in dialog_of(app)


async def test_a_long_complaint_leaves_the_keys_in_view(app: OrbitQuizApp, tmp_path: Path) -> None:
    other = code_of(bank_of(tmp_path / "other", [TAIL]), Request("FRIEND"))
    async with app.run_test(size=(40, 13)) as pilot:
        await pilot.press("k")
        await pilot.pause()
        app.screen.query_one(Input).value = other
        await pilot.press("enter")
        await pilot.pause()
        assert "comet-bank the version here." in dialog_of(app)
        assert "enter play it esc back" in dialog_of(app)


@pytest.mark.parametrize("how", ["escape", "click"])
async def test_going_back_from_the_code_plays_nothing(app: OrbitQuizApp, how: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("k", "A")
        await pilot.pause()
        if how == "click":
            await click_on(pilot, "esc back")
        else:
            await pilot.press("escape")
        await reaches(pilot, HomeScreen)
        assert not app.session.is_set_up


# Sources and history


async def test_the_sources_open_in_the_reader_with_all_that_is_quoted(app: OrbitQuizApp, bank: Bank) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s")
        await pilot.pause()
        for source in bank.sources.values():
            assert source.title in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        source = list(bank.sources.values())[1]
        assert app.screen.source == source
        quoted = {(each.start, each.end) for fact in bank.facts for each in fact.quotations if each.source == source.id}
        assert set(app.screen._marks.spans) == quoted
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SourcesScreen)
        await click_on(pilot, next(iter(bank.sources.values())).title)
        assert isinstance(app.screen, ReaderScreen)
        await pilot.press("q")
        await click_on(pilot, "esc back")
        assert isinstance(app.screen, HomeScreen)


async def test_the_history_tells_of_the_games(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert "No games yet." in text_of(app)
        await reaches(pilot, QuestionScreen, "escape", "p")
        await play_on(pilot, wrong=1)
        await reaches(pilot, HomeScreen, "escape")
        await pilot.press("y")
        await pilot.pause()
        assert "1 game   2 of 3 right" in text_of(app)
        await click_on(pilot, "esc back")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["c", "y"])
async def test_records_that_can_no_longer_be_read_are_told(app: OrbitQuizApp, kept: Path, key: str) -> None:
    before = app_for(quiz_of(app.session.bank), bank=app.session.bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await play_on(pilot)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert not app._notifications
        for file in kept.iterdir():
            file.write_bytes(b"no records" * 1000)
        await pilot.press(key)
        await until(pilot, lambda: bool(app._notifications))
        assert [each.message for each in app._notifications] == [app.session.records.notice]


async def test_a_past_game_opens_from_the_history_with_its_proofs(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await play_on(pilot, wrong=1)
        missed = app.game.verdicts[0].question
        await reaches(pilot, HomeScreen, "escape")
        await reaches(pilot, HistoryScreen, "y")
        await pilot.press("enter")
        await pilot.pause()
        await reaches(pilot, EndScreen, "enter")
        assert missed.stem in text_of(app)
        assert "You said" in text_of(app)


async def test_an_unfinished_game_is_resumed_from_the_history(app: OrbitQuizApp, bank: Bank, kept: Path) -> None:
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press("1", "enter")
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HistoryScreen, "y")
        await pilot.press("enter")
        await pilot.pause()
        await reaches(pilot, QuestionScreen, "enter")
        assert app.game.number == 2


# An unfinished game


async def test_an_unfinished_game_goes_on_as_it_was(app: OrbitQuizApp, bank: Bank, kept: Path) -> None:
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(before), "enter", "h")
        question = before.game.question
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert line_with(app, "g   Resume").endswith("question 2 of 3, 1 right, begun just now")
        await click_on(pilot, "g   Resume")
        await reaches(pilot, QuestionScreen)
        assert app.game.question == question
        assert app.game.points == 100
        assert app.game.hinted
        await until(pilot, lambda: GAP in text_of(app))
        assert question.stem in text_of(app)
        assert "2 of 3   100 points" in text_of(app)
        await pilot.press(right_key(app))
        assert app.game.points == 160
        await pilot.press("enter")
        await play_on(pilot)
        await reaches(pilot, HomeScreen, "escape")
        assert "Resume" not in text_of(app)


async def test_a_finished_game_is_not_offered(app: OrbitQuizApp, bank: Bank, kept: Path) -> None:
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await play_on(pilot)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert "Resume" not in text_of(app)
        assert isinstance(app.screen, HomeScreen)


async def test_a_game_whose_bank_has_changed_is_told_once(bank: Bank, kept: Path, tmp_path: Path) -> None:
    before = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press("1")
    changed = bank_of(tmp_path / "changed", [COMMANDER, {**TAIL, "note": "New."}, TAKE_OFF])
    app = app_for(None, bank=changed, folder=kept)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("g")
        await until(pilot, lambda: bool(app._notifications))
        (told,) = [each.message for each in app._notifications]
        assert told.startswith("This game cannot be resumed: the bank comet-bank has changed")
        assert told.endswith("Its answers stay in your history.")
        assert isinstance(app.screen, HomeScreen)
        await until(pilot, lambda: "Resume" not in text_of(app))
        await reaches(pilot, QuestionScreen, "p")
    again = app_for(None, bank=changed, folder=kept)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "question 2 of 3" not in text_of(again)
        await pilot.press("y")
        await pilot.pause()
        assert "games" in text_of(again)


async def test_the_menu_is_that_of_the_bank_whose_game_was_gone_on_with(app: OrbitQuizApp, kept: Path) -> None:
    """It has other categories, of which none can be chosen still."""
    other = bank_of(kept.parent / "other", [COMMANDER, TAIL], category="ship")
    other = replace(other, id="ship-bank", title="The ship")
    before = app_for(quiz_of(other), bank=other, folder=kept)
    before.session.folder = str(kept.parent / "other")
    async with before.run_test(size=SIZE) as pilot:
        await pilot.press("1")
    app.services = replace(app.services, open_bank=lambda folder: {str(kept.parent / "other"): other}[folder or ""])
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, HomeScreen, "c", "down", "down", "space", "enter")
        assert line_with(app, "c   Categories").endswith("  Days")
        await reaches(pilot, QuestionScreen, "g")
        await play_on(pilot)
        await reaches(pilot, HomeScreen, "escape")
        assert "The ship" in lines_of(app)[0]
        assert line_with(app, "c   Categories").endswith("  all")
        await reaches(pilot, QuestionScreen, "p")
        assert app.game.quiz.bank == "ship-bank"


# What was missed


async def test_what_was_missed_can_be_played_until_it_is_known(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)  # nothing was missed
        await reaches(pilot, QuestionScreen, "p")
        first = app.game.question.fact
        await play_on(pilot, wrong=1)
        await reaches(pilot, HomeScreen, "escape")
        assert line_with(app, "m   What you missed").endswith("1 fact")
        await click_on(pilot, "m   What you missed")
        await reaches(pilot, QuestionScreen)
        assert [question.fact for question in app.game.quiz.questions] == [first]
        assert app.session.setup.mode is Mode.MISSED
        await play_on(pilot)
        await reaches(pilot, HomeScreen, "escape")
        assert line_with(app, "m   What you missed").endswith("nothing so far")


# The end of a game


@pytest.mark.parametrize("how", ["key", "click"])
async def test_m_plays_what_was_missed_in_the_game(app: OrbitQuizApp, how: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        missed = {question.fact for question in app.game.quiz.questions[:2]}
        await play_on(pilot, wrong=2)
        assert isinstance(app.screen, EndScreen)
        if how == "key":
            await pilot.press("m")
        else:
            await click_on(pilot, "m missed")
        await reaches(pilot, QuestionScreen)
        assert {question.fact for question in app.game.quiz.questions} == missed
        assert app.session.setup.mode is Mode.MISSED
        assert app.game.points == 0
        assert app.game.question.stem in text_of(app)


async def test_where_nothing_was_missed_m_and_e_do_nothing(app: OrbitQuizApp, here: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await play_on(pilot)
        game = app.game
        assert "m missed" not in text_of(app)
        assert "e list" not in text_of(app)
        await pilot.press("m", "e")
        await pilot.pause()
        assert isinstance(app.screen, EndScreen)
        assert app.game is game
        assert [each.message for each in app._notifications] == [
            "Nothing missed: there is nothing to play again.",
            "Nothing missed: there is nothing to read.",
        ]
    assert list(here.iterdir()) == []


async def test_e_writes_a_reading_list_and_never_over_another(app: OrbitQuizApp, here: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await play_on(pilot, wrong=1)
        await pilot.press("e")
        await until(pilot, lambda: bool(app._notifications))
        (written,) = here.iterdir()
        (told,) = [each.message for each in app._notifications]
        assert told == f"Saved in {written}"
        text = written.read_text(encoding="utf-8")
        assert app.game.verdicts[0].question.stem in text
        assert app.game.verdicts[1].question.stem not in text
        await pilot.resize_terminal(120, 24)
        await click_on(pilot, "e save list")
        await until(pilot, lambda: len(list(here.iterdir())) == 2)
        assert written.read_text(encoding="utf-8") == text


async def test_s_and_f_are_about_the_question_that_is_looked_back_at(app: OrbitQuizApp, kept: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        await play_on(pilot)
        await pilot.press("down")
        await pilot.pause()
        question = app.game.verdicts[1].question
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        passage = app.session.setup.quiz.questions[1].proof.shown[0].passage
        assert app.screen.source == passage.source
        present = app.screen._marks.present
        assert present == (passage.quotations[0].start, passage.quotations[0].end)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, EndScreen)
        assert app.screen.query_one(OptionList).highlighted == 1
        await pilot.press("f", *"typo", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EndScreen)
        flags = (kept / "flags.md").read_text(encoding="utf-8")
        assert question.id in flags
        assert "- Why: typo" in flags
        await pilot.press("f", "enter")
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, FlagScreen)
        await pilot.press("escape")
    assert (kept / "flags.md").read_text(encoding="utf-8") == flags


async def test_a_long_question_leaves_room_to_say_what_is_wrong_with_it(tmp_path: Path, kept: Path) -> None:
    ask = f"How long was the tail, {'which was seen from everywhere, ' * 8}and by everybody?"
    bank = bank_of(tmp_path / "long", [{**TAIL, "ask": ask}])
    app = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with app.run_test(size=(40, 13)) as pilot:
        await pilot.press("f", *"typo")
        await pilot.pause()
        assert "How long was the tail, which was seen" in dialog_of(app)
        assert "typo" in dialog_of(app)
        await click_on(pilot, "esc back")
        assert isinstance(app.screen, QuestionScreen)
        await pilot.press("f", *"typo", "enter")
        await pilot.pause()
    assert "- Why: typo" in (kept / "flags.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "screen"), [("r new", QuestionScreen), ("esc menu", HomeScreen)])
async def test_the_hints_at_the_end_can_be_clicked(app: OrbitQuizApp, words: str, screen: type[object]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await reaches(pilot, QuestionScreen, "p")
        seed = app.game.quiz.seed
        await play_on(pilot)
        await click_on(pilot, words)
        await reaches(pilot, screen)
        if screen is QuestionScreen:
            assert app.game.quiz.seed != seed
            assert app.game.phase is Phase.ASKING


async def test_escape_at_the_end_goes_to_the_menu_of_a_game_that_began_without(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        await reaches(pilot, HomeScreen, "escape")
        assert "Resume" not in text_of(app)
        await reaches(pilot, QuestionScreen, "p")
        assert app.game.phase is Phase.ASKING
        await play_on(pilot)
        assert isinstance(app.screen, EndScreen)
