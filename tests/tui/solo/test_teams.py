"""Teams that take turns at one terminal."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Game, Phase, Rules
from orbitquiz.quiz.stems import GAP
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.end import EndScreen
from orbitquiz.tui.solo.home import HomeScreen
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.widgets.options import Options
from orbitquiz.tui.widgets.scoreboard import Result, Scoreboard, TeamView
from tests.making import COMMANDER, REPORT
from tests.tui.playing import app_for, bank_of, play_on, quiz_of, right_key, wrong_key
from tests.tui.screens import SIZE, lines_of, size_name, text_of, words_of
from tests.tui.waiting import click_on, reaches, until


@pytest.fixture
def app(bank: Bank) -> OrbitQuizApp:
    """Three questions for two teams."""
    return app_for(quiz_of(bank), bank=bank, teams=["Ann", "Bo"])


def board_of(app: OrbitQuizApp) -> str:
    """The line with the names of the teams and their points."""
    (line,) = [line for line in lines_of(app)[:5] if "Ann" in line]
    return " ".join(line.split())


def names_of(app: OrbitQuizApp) -> str:
    """The same without points."""
    return re.sub(r" -?\d+", "", board_of(app))


async def test_without_teams_there_is_no_board_and_its_keys_do_nothing(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        game = app.game
        await pilot.press("right", "plus", "minus", "left")
        await pilot.pause()
        assert not app.screen.query(Scoreboard)
        assert app.game is game
        assert app.session.standing == ()


async def test_the_teams_take_turns(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert names_of(app) == "▶ [ Ann ] Bo"
        await pilot.press(right_key(app))
        await pilot.pause()
        assert names_of(app).startswith("▶ [ Ann ]")  # until the next question
        await pilot.press("enter")
        await pilot.pause()
        assert names_of(app) == "Ann ▶ [ Bo ]"
        await pilot.press("x", "enter")
        await pilot.pause()
        assert names_of(app) == "▶ [ Ann ] Bo"


async def test_a_right_answer_pays_the_team_whose_turn_it_is(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        assert app.session.standing == (0, 0)
        await pilot.press(right_key(app))
        await pilot.pause()
        assert app.session.standing == (100, 0)
        assert "Ann ] 100" in board_of(app)
        assert "Bo 0" in board_of(app)
        await pilot.press("enter")
        await pilot.press(wrong_key(app), "enter")
        assert app.session.standing == (100, 0)
        await pilot.press("h", right_key(app))
        assert app.session.standing == (160, 0)


async def test_arrows_choose_a_team_and_signs_give_or_take(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("plus")
        assert app.session.standing == (10, 0)
        await pilot.press("right", "plus", "plus", "minus")
        await pilot.pause()
        assert app.session.standing == (10, 10)
        assert names_of(app) == "▶ Ann [ Bo ]"
        await pilot.press("right", "minus", "minus")
        await pilot.pause()
        assert app.session.standing == (-10, 10)
        assert names_of(app) == "▶ [ Ann ] Bo"
        await pilot.press("left", "plus")
        assert app.session.standing == (-10, 20)
        assert app.game.points == 0


async def test_the_board_shows_large_digits_at_once(app: OrbitQuizApp) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        before = lines_of(app)[2:7]
        assert "┗" in "".join(before)
        await pilot.press("plus")
        await pilot.pause()
        assert lines_of(app)[2:7] != before


async def test_a_click_chooses_a_team(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(app.screen.query(TeamView)[1], offset=(5, 0))
        await pilot.pause()
        assert names_of(app) == "▶ Ann [ Bo ]"
        await pilot.press("plus")
        assert app.session.standing == (0, 10)


async def test_the_next_question_chooses_the_team_whose_turn_it_is(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "right", "x", "enter", "plus")  # Ann was chosen by hand
        assert app.session.standing == (0, 10)  # and now it is Bo's question


async def test_points_can_be_given_after_the_answer_too(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app), "plus")
        await pilot.pause()
        assert app.session.standing == (110, 0)
        assert "110" in board_of(app)


async def test_turn_and_points_survive_a_restart(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    app = app_for(quiz_of(bank), bank=bank, folder=kept, teams=["Ann", "Bo"])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app), "right", "minus", "enter")
        assert app.session.standing == (100, -10)
    again = app_for(None, bank=bank, folder=kept)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(again.screen, HomeScreen)
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(again.screen, QuestionScreen)
        assert again.session.standing == (100, -10)
        assert again.session.turn == 1
        assert names_of(again) == "Ann ▶ [ Bo ]"


async def test_teams_come_and_go_with_the_game(bank: Bank, tmp_path: Path) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=["Ann", "Bo"])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q", "m")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert not app.screen.query(Scoreboard)
        assert "Ann" not in "\n".join(lines_of(app)[:5])


# The end


def end_of(bank: Bank, teams: Sequence[str], points: Sequence[int]) -> OrbitQuizApp:
    """The program where a game ends in which these `teams` have these `points`; no answer of it was right."""
    app = app_for(quiz_of(bank), bank=bank, teams=teams)
    for _ in app.game.quiz.questions:
        app.session.skip()
        app.session.next()
    for team, number in enumerate(points):
        app.session.give(team, number)
    return app


@asynccontextmanager
async def shown(app: OrbitQuizApp, size: tuple[int, int]) -> AsyncIterator[Pilot[Game]]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.push_screen(
            EndScreen(
                app.session.setup,
                app.game,
                app.session.given,
                "orbitquiz play --quiz X",
                app.session.bank,
                date(2026, 11, 30),
            )
        )
        await reaches(pilot, EndScreen)
        await pilot.pause()
        yield pilot


async def test_the_end_tells_how_each_team_did(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("plus")
        await play_on(pilot, wrong=1)
        assert app.session.standing == (110, 100)
        words = words_of(app)
        assert "Ann wins with 110 points." in words
        assert "★ Ann 110 Bo 100" in words


async def test_without_teams_the_end_tells_of_none(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await play_on(pilot)
        assert isinstance(app.screen, EndScreen)
        assert "★" not in text_of(app)
        assert not app.screen.query_one(Result).display


SIZES = pytest.mark.parametrize("size", [SIZE, (60, 20), (40, 13), (200, 50)], ids=size_name)


@SIZES
@pytest.mark.parametrize(
    ("points", "sentence", "winners"),
    [
        ([10, 30, 20], "Bo wins with 30 points.", ["Bo"]),
        ([-10, -10, -20], "Ann and Bo share the first place.", ["Ann", "Bo"]),
        ([0, 0, 0], "Ann, Bo and Cy share the first place.", ["Ann", "Bo", "Cy"]),
    ],
    ids=["one", "two", "all"],
)
async def test_who_has_won_is_said_and_marked(
    bank: Bank, size: tuple[int, int], points: list[int], sentence: str, winners: list[str]
) -> None:
    async with shown(app := end_of(bank, ["Ann", "Bo", "Cy"], points), size):
        words = words_of(app)
        has_room = size[0] > 40 or len(winners) < 3
        assert (sentence if has_room else "3 teams share the first place.") in words
        assert re.findall(r"★ (\w+)", words) == winners
        at = [words.index(f" {team} ", words.index("★")) for team in sorted(["Ann", "Bo", "Cy"], key=winners.count)]
        assert at[-1] < at[0] or len(winners) == 3  # the best come first


@SIZES
@pytest.mark.parametrize("count", [2, 5, 8])
async def test_every_teams_points_are_to_be_seen_at_the_end(bank: Bank, size: tuple[int, int], count: int) -> None:
    names = [f"{letter}{'xyz' * 6}" for letter in "ABCDEFGH"[:count]]
    points = [1110, 1220, 130, 140, 150, 160, 170, -180][:count]
    async with shown(app := end_of(bank, names, points), size):
        result = app.screen.query_one(Result)
        rows = lines_of(app)[result.content_region.y : result.content_region.bottom]
        found = re.findall(r"(★ )?([A-H])[xyz]*…?", " ".join(rows))
        assert found == [
            ("★ ", "B"),
            ("", "A"),
            *(("", letter) for letter in "GFEDC" if letter < "ABCDEFGHI"[count]),
        ] + ([("", "H")] if count == 8 else [])
        if size == (200, 50):
            assert len(rows) == 4  # a name above large digits
            assert sum("┗" in row for row in rows) > 0
        else:
            assert [int(word) for word in " ".join(rows).split() if word.lstrip("-").isdigit()] == sorted(points)[::-1]
            assert len(rows) <= 2
        assert app.game.verdicts[0].question.stem[:10] in text_of(app)
        assert "q leave" in lines_of(app)[-1]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 13)], ids=size_name)
async def test_there_is_room_for_all_options_beside_the_board(app: OrbitQuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = text_of(app)
        for index, option in enumerate(app.game.question.options):
            assert option in screen, index
        assert app.screen.query_one(Options).region.bottom < size[1]


@pytest.mark.parametrize("size", [SIZE, (60, 20), (40, 13)], ids=size_name)
async def test_eight_teams_have_room_for_their_points(bank: Bank, size: tuple[int, int]) -> None:
    names = [f"Team {letter}" for letter in "ABCDEFGH"]
    app = app_for(quiz_of(bank), bank=bank, teams=names)
    for team in range(8):
        app.session.give(team, 110 + team)
    async with app.run_test(size=size) as pilot:
        for keys in (["right"] * 7, [right_key(app)]):
            await pilot.press(*keys)
            await until(pilot, lambda: "117" in text_of(app))
            points = list(app.session.standing)
            assert [int(word) for word in re.findall(r"\d{3,}", " ".join(lines_of(app)[2:4]))] == points
            assert all(view.region.right <= size[0] for view in app.screen.query(TeamView))
            assert "▶" in "".join(lines_of(app)[2:4])


@pytest.mark.parametrize("count", [2, 3, 8])
@pytest.mark.parametrize("size", [SIZE, (60, 20), (120, 40)], ids=size_name)
async def test_the_question_stays_where_it_is(bank: Bank, size: tuple[int, int], count: int) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=[f"Team {number + 1}" for number in range(count)])
    async with app.run_test(size=size) as pilot:
        rows = set()
        for turn in range(2):
            await pilot.pause()
            rows.add(app.screen.query_one("#stem").region.y)
            await pilot.press(right_key(app))
            await until(pilot, lambda: app.game.phase is Phase.ANSWERED)
            await pilot.pause()
            rows.add(app.screen.query_one("#stem").region.y)
            if not turn:
                await pilot.press("enter")
        assert len(rows) == 1


@pytest.mark.parametrize(
    "names",
    [
        [f"Team {number}" for number in range(1, 9)],
        ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"],
        ["Group A east", "Group B east", "Group C east", *"abcde"],
    ],
)
@pytest.mark.parametrize("is_answered", [False, True])
async def test_eight_teams_can_be_told_apart(bank: Bank, names: Sequence[str], is_answered: bool) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=names)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*([right_key(app)] if is_answered else []))
        await pilot.pause()
        shown = lines_of(app)[2].replace("▶", " ").replace("[", " ").replace("]", " ")
        columns = [view.region for view in app.screen.query(TeamView)]
        cut = [shown[column.x : column.right].strip() for column in columns]
        assert all(cut)
        assert len(set(cut)) == 8


async def test_a_long_name_gives_way_to_the_points(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=["The most famous five", "The other famous six", "The seven samurai"])
    app.session.give(2, 1230)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        line = next(line for line in lines_of(app) if "1230" in line)
        assert re.fullmatch(r"▶\[The most[ \w]*…\] 100 +The other[ \w]*… 0 +The seven[ \w]*… 1230", line.strip())


async def test_a_wide_name_is_cut_by_cells(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank, teams=["彗星" * 10, "B"])
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        (line,) = [line for line in lines_of(app) if "彗星" in line]
        assert re.search("[彗星] ?…] 100", line)
        assert cell_len(line[: line.index("B")]) == app.screen.query(TeamView)[1].region.x + len("    ")


@pytest.mark.parametrize("key", ["", "1"], ids=["asked", "answered"])
async def test_a_click_chooses_a_team_in_large_digits_and_in_a_line(app: OrbitQuizApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*key)
        await pilot.pause()
        await click_on(pilot, "Bo")
        assert "[ Bo ]" in names_of(app)


async def test_there_is_room_for_the_hint_beside_board_and_timer(tmp_path: Path) -> None:
    """A question of two lines and a hint of four, as the built-in bank has many."""
    ask = "Who commanded the comet ship that took off from Port Vale with two others, and came home after twelve days?"
    report = REPORT.replace("with two others.", f"with two others{', who had flown before and would fly again' * 4}.")
    bank = bank_of(tmp_path / "long", [{**COMMANDER, "ask": ask}], documents={"report": report})
    app = app_for(quiz_of(bank), bank=bank, rules=Rules(timer=60.0), teams=["Ann", "Bo"])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("h")
        await until(pilot, lambda: GAP in text_of(app))
        await pilot.pause()
        words = words_of(app)
        assert all(option in words for option in app.game.question.options)
        assert "again." in words  # the end of the hint
        assert app.screen.max_scroll_y == 0
