"""The history: what all games tell, at any size."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from textual.app import App
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Digits

from orbitquiz.bank.model import Bank
from orbitquiz.history.past_games import PlayedGame
from orbitquiz.history.statistics import CategoryTally, FactTally, Statistics
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.solo.history import HistoryScreen
from orbitquiz.tui.theme import DAY, NIGHT
from tests.making import TAIL
from tests.tui.alone import Alone
from tests.tui.nasty import NASTY, harmless
from tests.tui.playing import bank_of
from tests.tui.screens import SIZE, lines_of, size_name, strips_of, style_of, text_of, words_of

NARROW, WIDE = (60, 20), (200, 50)
each_size = pytest.mark.parametrize("size", [SIZE, NARROW, WIDE, (40, 13)], ids=size_name)


class Looking(Alone):
    """A program that looks back."""

    def __init__(self, bank: Bank, statistics: Statistics) -> None:
        super().__init__(HistoryScreen(bank, statistics))


def game(number: int, **more: object) -> PlayedGame:
    """A game whose code tells it from the others."""
    told: dict[str, object] = {
        "id": number,
        "started": "2030-03-17T12:00:00.000000Z",
        "bank": "comet-bank",
        "title": "The comet",
        "code": f"CODE-{number:04}",
        "right": 7,
        "answered": 10,
        "of": 10,
        "points": 700,
        "seconds": 60.0,
        "finished": True,
    }
    return PlayedGame(**{**told, **more})  # type: ignore[arg-type]


def tally(category: str, right: int, answered: int) -> CategoryTally:
    return CategoryTally("comet-bank", category, answered, right)


def missed(fact: str, missed: int, asked: int) -> FactTally:
    return FactTally("comet-bank", fact, asked, missed)


FACTS = tuple(f"fact-{number}" for number in range(9))
MUCH = Statistics(
    finished=1_200,
    unfinished=34,
    answers=12_340,
    right=8_021,
    seconds=45_000.0,
    longest_streak=17,
    streak=3,
    categories=(tally("old", 9, 10), tally("comet", 1, 4), *(tally(f"category-{n}", n, 8) for n in range(8))),
    most_missed=(missed("tail", 3, 4), *(missed(fact, 2, 5) for fact in FACTS)),
    recent=tuple(game(number) for number in range(20, 0, -1)),
)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_of(tmp_path_factory.mktemp("history") / "bank")


async def all_seen(app: App[None], pilot: Pilot[None], key: str) -> str:
    """All that is seen on the way down with `key`."""
    seen = ""
    while (screen := text_of(app)) not in seen:
        seen += screen
        await pilot.press(key)
        await pilot.pause()
    return seen


# What it shows


@each_size
async def test_the_figures_stay_at_the_top(bank: Bank, size: tuple[int, int]) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(2):
            assert app.screen.query_one(Digits).value == "65%"
            figures = ("The comet", "1,234 games", "34 unfinished", "8,021 of 12,340 right", "12 h 30 min")
            for figure in (*figures, "longest streak 17", "current streak 3"):
                assert figure in text_of(app), figure
            await pilot.press("end")
            await pilot.pause()


@each_size
async def test_all_of_it_can_be_reached(bank: Bank, size: tuple[int, int]) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = await all_seen(app, pilot, "pagedown")
        for words in ("Categories", "category-7", "Most missed", *FACTS, "Recent games"):
            assert words in seen, words
        for number in range(1, 21):
            assert f"CODE-{number:04}" in seen


async def test_a_category_has_a_bar_and_a_number_coloured_alike(bank: Bank) -> None:
    shares = {"comet": (1, 4, "25 %"), "fair": (2, 4, "50 %"), "fine": (3, 4, "75 %")}
    tallies = tuple(tally(name, right, of) for name, (right, of, _) in shares.items())
    app = Looking(bank, Statistics(finished=1, answers=12, right=6, categories=tallies))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        seen = set()
        for name, (right, of, percent) in shares.items():
            title = "The comet" if name == "comet" else name
            (line,) = (line for line in lines_of(app) if line.strip().startswith(title) and "%" in line)
            assert f" {percent}  {right} of {of}" in line
            assert round(line.count("━") / (line.count("━") + line.count("─")) * of) == right
            style = style_of(app, percent)
            assert style is not None
            seen.add(style.color)
        assert len(seen) == 3


@pytest.mark.parametrize(("right", "percent"), [(0, "  0 %"), (1, "  1 %"), (999, " 99 %"), (1000, "100 %")])
async def test_all_and_nothing_are_shown_only_where_it_is_so(bank: Bank, right: int, percent: str) -> None:
    told = Statistics(finished=1, answers=1000, right=right, categories=(tally("comet", right, 1000),))
    app = Looking(bank, told)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        (line,) = (line for line in lines_of(app) if "of 1,000" in line and "%" in line and "comet" in line)
        assert f" {percent}  {right:,} of 1,000" in line
        assert ("━" in line, "─" in line) == (right > 0, right < 1000)
        assert app.screen.query_one(Digits).value == percent.replace(" ", "")


async def test_categories_stand_in_the_banks_order_and_those_it_has_no_more_behind(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        at = lines_of(app).index(next(line for line in lines_of(app) if "Categories" in line))
        assert [line.split("  ")[2].strip() for line in lines_of(app)[at + 1 : at + 4]] == [
            "The comet", "old", "category-0",
        ]  # fmt: skip


@each_size
async def test_a_day_on_which_nothing_is_due_has_no_column_and_the_weeks_are_named(
    bank: Bank, size: tuple[int, int]
) -> None:
    due = (8, 0, 1, 0, 0, 0, 0, 4, *[0] * 20)
    app = Alone(HistoryScreen(bank, MUCH, due=due, gone="Learnt, but no longer in this bank: 2 facts."))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = await all_seen(app, pilot, "down")
        days = "█ ▁    ▄" if size[0] < 60 else "█   ▁         ▄"
        axis = "today  +7 d" if size[0] < 60 else "today         +7 d"
        assert days in seen
        assert axis in seen
        assert "8 today · 9 within a week" in seen
        assert "no longer in this bank" in seen


@each_size
async def test_a_missed_fact_is_shown_by_what_is_asked(bank: Bank, size: tuple[int, int]) -> None:
    told = Statistics(finished=1, answers=9, right=2, most_missed=(missed("tail", 3, 4), missed("gone", 1, 5)))
    app = Looking(bank, told)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "missed 3 of 4 How long was the comet's tail?" in words_of(app)
        assert "missed 1 of 5 gone" in words_of(app)


async def test_a_long_question_goes_on_beside_its_count(bank: Bank) -> None:
    app = Looking(bank, Statistics(finished=1, answers=9, right=2, most_missed=(missed("a " * 60, 3, 4),)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        first, second = (line for line in lines_of(app) if "a a a" in line)
        assert first.index("a a a") == second.index("a a a")


@each_size
async def test_what_a_game_has_of_its_own_is_told(bank: Bank, size: tuple[int, int]) -> None:
    own = game(1, title="Lesson 3, for the evening class", code=None, finished=False, right=2, answered=3, points=1250)
    app = Looking(bank, Statistics(finished=1, unfinished=1, answers=13, right=9, recent=(own, game(2))))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        words = words_of(app)
        for told in ("2 of 3", "1,250 points", "unfinished", "Lesson 3, for the evening class", "CODE-0002"):
            assert told in words, told
        assert words.count("The comet") == 1  # at the top, and not beside each game


async def test_a_time_that_is_none_is_shown_as_it_stands(bank: Bank) -> None:
    recent = (game(1, started="tomorrow"), game(2))
    app = Looking(bank, Statistics(finished=2, answers=20, right=14, recent=recent))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "tomorrow" in text_of(app)
        assert "2030-03-1" in text_of(app)


async def test_a_wide_terminal_shows_knowledge_and_games_side_by_side(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert any("Categories" in line and "Recent games" in line for line in lines_of(app))


@each_size
async def test_without_a_game_there_is_a_friendly_line(bank: Bank, size: tuple[int, int]) -> None:
    app = Looking(bank, Statistics())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "No games yet. Play one, and here you will see how it went." in words_of(app)
        assert not app.screen.query(Digits)
        await pilot.press("down", "pagedown", "escape")
        await pilot.pause()
        assert "the place before" in text_of(app)


async def test_a_game_without_an_answer_is_a_game(bank: Bank) -> None:
    recent = (game(1, right=0, answered=0, points=0, finished=False),)
    app = Looking(bank, Statistics(unfinished=1, recent=recent))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "1 game 1 unfinished no answers yet" in words_of(app)
        assert "0 of 0" in text_of(app)
        assert "Categories" not in text_of(app)


async def test_one_is_told_as_one(bank: Bank) -> None:
    recent = (game(1, right=1, answered=1, points=1),)
    app = Looking(bank, Statistics(finished=1, answers=1, right=1, recent=recent))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "1 game 1 of 1 right" in words_of(app)
        assert "1 of 1 1 point CODE-0001" in words_of(app)


async def test_text_never_acts(tmp_path: Path) -> None:
    facts = [{**TAIL, "id": f"tail-{number}", "ask": f"S{nasty}?"} for number, nasty in enumerate(NASTY)]
    told = Statistics(
        finished=1,
        answers=9,
        right=2,
        categories=tuple(tally(f"C{nasty}", 1, 2) for nasty in NASTY),
        most_missed=tuple(missed(id, 1, 5) for id in (*(str(fact["id"]) for fact in facts), *NASTY)),
        recent=tuple(game(number, title=f"T{nasty}", code=f"K{nasty}") for number, nasty in enumerate(NASTY)),
    )
    app = Looking(bank_of(tmp_path / "bank", facts), told)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for nasty in map(harmless, NASTY):
            for shown in (f"S{nasty}?", f" of 5  {nasty}", *(f"{letter}{nasty}" for letter in "CTK")):
                assert shown in text_of(app), shown
        assert app.is_running


@pytest.mark.parametrize("theme", [NIGHT, DAY])
async def test_it_is_readable_by_night_and_by_day(bank: Bank, theme: str) -> None:
    app = Looking(bank, MUCH)
    app.theme = theme
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for strip, words in itertools.product(strips_of(app), ("of 10", "90 %")):
            for segment in strip:
                if words in segment.text and segment.style and segment.style.color and segment.style.bgcolor:
                    ink, paper = segment.style.color.triplet, segment.style.bgcolor.triplet
                    assert ink is not None
                    assert paper is not None
                    assert sum(abs(one - other) for one, other in zip(ink, paper, strict=True)) > 200


# Getting about


async def test_keys_scroll_by_lines_pages_and_to_the_ends(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        top = lines_of(app)
        await pilot.press("down")
        await pilot.pause()
        assert lines_of(app)[5] == top[6]
        await pilot.press("up", "pagedown")
        await pilot.pause()
        assert lines_of(app)[4].split() == top[-2].split()[: len(lines_of(app)[4].split())]
        await pilot.press("pageup")
        await pilot.pause()
        assert lines_of(app)[4:] == top[4:]
        await pilot.press("end")
        await pilot.pause()
        assert "CODE-0001" in text_of(app)
        await pilot.press("home")
        await pilot.pause()
        assert lines_of(app)[4:] == top[4:]


async def test_lines_can_be_walked_to_the_end(bank: Bank) -> None:
    app = Looking(bank, Statistics(finished=20, answers=20, right=14, recent=MUCH.recent))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "CODE-0001" not in text_of(app)
        await pilot.press(*["down"] * 4)
        await pilot.pause()
        assert "CODE-0001" in text_of(app)


async def test_the_wheel_scrolls(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        before = text_of(app)
        await pilot._post_mouse_events([MouseScrollDown], offset=(20, 12))
        await pilot.pause()
        assert text_of(app) != before


async def test_the_key_to_scroll_is_named_only_where_there_is_more(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "scroll" in lines_of(app)[-1]
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "scroll" not in lines_of(app)[-1]


@pytest.mark.parametrize("key", ["escape", "q", "y"])
async def test_it_closes(bank: Bank, key: str) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert "the place before" in text_of(app)
        assert app.is_running


async def test_a_click_on_the_key_closes_it(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(offset=(lines_of(app)[-1].index("back"), SIZE[1] - 1))
        await pilot.pause()
        assert "the place before" in text_of(app)


async def test_a_question_mark_shows_the_keys(bank: Bank) -> None:
    app = Looking(bank, MUCH)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        assert "esc q y" in text_of(app)
