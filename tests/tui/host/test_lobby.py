"""The lobby on the host's screen."""

from __future__ import annotations

import pytest
import segno
from textual.geometry import Size

from orbitquiz.classroom import protocol
from orbitquiz.classroom.server.hosting import TEAMS
from orbitquiz.quiz.game import Scoring
from orbitquiz.tui.host.lobby import QRCode
from orbitquiz.tui.host.names import Names
from tests.classroom.making import opened
from tests.tui.host.hosting import LOOPBACK, NAMES, StagedRoom, begun, seconds_to_draw
from tests.tui.screens import SIZE, strips_of
from tests.tui.waiting import press

NARROW = (60, 20)  # no QR code stands beside the words


async def test_it_says_how_to_join() -> None:
    staged = StagedRoom()
    async with begun(staged):
        assert "orbitquiz join 192.168.1.7:8765 --code K7M2" in staged.text
        assert "Only this machine can join" not in staged.words
        assert "Nobody is here yet." in staged.words
        assert "The comet" in staged.lines[0]
        # K, 7, M and 2 in large letters.
        assert "█  ▄▀ ▀▀▀▀█ █▄ ▄█ ▄▀▀▀▄" in staged.text


async def test_the_command_is_not_broken_where_it_has_a_line() -> None:
    staged = StagedRoom()
    async with begun(staged, (60, 20)):
        assert "orbitquiz join 192.168.1.7:8765 --code K7M2" in staged.text


async def test_names_show_as_they_come() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        assert "1 player" in staged.words
        assert "Ben" not in staged.words
        staged.played.join("Ben")
        staged.away = ("p1",)
        staged.tell()
        await pilot.pause()
        assert "2 players, 1 away" in staged.words
        assert "Ada (away) Ben" in staged.words
        staged.played.do(staged.played.room.kick("p1", 0.0))
        staged.tell()
        await pilot.pause()
        assert "Ada" not in staged.words
        assert "1 player" in staged.words


async def test_the_latest_names_show_where_there_is_no_room_for_all() -> None:
    staged = StagedRoom(*(f"Player {number}" for number in range(200)))
    async with begun(staged):
        assert "200 players" in staged.words
        shown = [number for number in range(200) if f"Player {number} " in f"{staged.words} "]
        assert shown == list(range(200 - len(shown), 200))
        assert f"… {200 - len(shown)} more" in staged.words


@pytest.mark.parametrize("size", [SIZE, NARROW, (120, 40)], ids=str)
async def test_names_stand_below_their_teams(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", "Eve", opening=opened(teams=("Mercury", "Venus", "Earth")))
    async with begun(staged, size):
        room = staged.app.screen.query_one(Names).region
        rows = [line[: room.right] for line in staged.lines]
        at = next(row for row, line in enumerate(rows) if "Mercury 2" in line)
        assert rows[at].split() == ["Mercury", "2", "Venus", "2", "Earth", "1"]
        starts = [rows[at].index(team) for team in ("Mercury", "Venus", "Earth")]
        assert [rows[at + 1].index(name) for name in ("Ada", "Ben", "Cy")] == starts
        assert [rows[at + 2].index(name) for name in ("Di", "Eve")] == starts[:2]


@pytest.mark.parametrize("size", [SIZE, NARROW, (41, 14)], ids=str)
@pytest.mark.parametrize("count", [2, 8])
async def test_teams_that_have_no_room_show_the_latest_and_how_many_came_before(
    size: tuple[int, int], count: int
) -> None:
    staged = StagedRoom(*(f"Player {number}" for number in range(200)), opening=opened(teams=TEAMS[:count]))
    async with begun(staged, size):
        assert "Player 199" in staged.words
        assert " more" in staged.words
        assert staged.is_sound
        if size != (41, 14):
            assert all(f"{team} {200 // count}" in staged.words for team in TEAMS[:count])


async def test_that_speed_pays_is_said() -> None:
    for scoring, is_said in ((Scoring.SPEED, True), (Scoring.ACCURACY, False)):
        staged = StagedRoom("Ada", opening=opened(timer=20.0, scoring=scoring))
        async with begun(staged):
            assert ("Faster answers pay more." in staged.words) is is_said


def _scanned(staged: StagedRoom, code: QRCode) -> list[list[bool]]:
    """The dark modules of a QR code on the screen, as a camera sees them."""
    strips = strips_of(staged.app)
    rows: list[list[bool]] = []
    for strip in strips[code.region.y : code.region.bottom]:
        upper: list[bool] = []
        lower: list[bool] = []
        for segment in strip.crop(code.region.x, code.region.right):
            assert segment.style is not None
            assert (str(segment.style.color.name), str(segment.style.bgcolor.name)) == ("#000000", "#ffffff")  # type: ignore[union-attr]
            upper += [letter in "▀█" for letter in segment.text]
            lower += [letter in "▄█" for letter in segment.text]
        rows += [upper, lower]
    return rows


@pytest.mark.parametrize("theme", ["orbit-night", "orbit-day"])
@pytest.mark.parametrize(("size", "scale"), [((80, 24), 1), ((120, 40), 1), ((200, 50), 2)], ids=str)
async def test_a_qr_code_stands_where_there_is_room_for_it(size: tuple[int, int], scale: int, theme: str) -> None:
    wanted = [
        [bool(bit) for bit in row] for row in segno.make_qr("http://192.168.1.7:8765/#K7M2", error="l").matrix_iter()
    ]
    staged = StagedRoom(*NAMES)
    staged.app.theme = theme
    async with begun(staged, size):
        shown = staged.app.screen.query_one(QRCode)
        scanned = _scanned(staged, shown)[::scale]
        modules = [row[::scale] for row in scanned][: len(wanted)]
        assert modules == wanted
        assert shown.region.bottom <= size[1] - 1


@pytest.mark.parametrize("size", [(60, 20), (80, 20), (41, 14)], ids=str)
async def test_where_there_is_no_room_for_a_qr_code_there_is_none(size: tuple[int, int]) -> None:
    staged = StagedRoom(*NAMES)
    async with begun(staged, size):
        assert not staged.app.screen.query_one(QRCode).display


async def test_the_qr_code_follows_the_size_of_the_terminal() -> None:
    staged = StagedRoom()
    async with begun(staged) as pilot:
        code = staged.app.screen.query_one(QRCode)
        assert code.display
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert not code.display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert code.display
        assert code.size == Size(33, 17)


async def test_a_room_of_this_machine_alone_says_so() -> None:
    staged = StagedRoom(address=LOOPBACK)
    async with begun(staged):
        assert "orbitquiz join 127.0.0.1:8765 --code K7M2" in staged.text
        assert "Only this machine can join. orbitquiz host --lan" in staged.words
        assert not staged.app.screen.query_one(QRCode).display  # a phone would look for the room on itself


async def test_a_room_at_a_service_of_this_machine_alone_is_told_another_way_out() -> None:
    staged = StagedRoom(address=LOOPBACK, link="http://127.0.0.1:8765/report/K7M2QD/key")
    async with begun(staged):
        assert "Only this machine can join at this address. Give --at" in staged.words
        assert "--lan" not in staged.words


async def test_enter_begins() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Next(after=0)]


async def test_without_players_enter_is_asked_for_twice() -> None:
    staged = StagedRoom()
    async with begun(staged, NARROW) as pilot:
        await press(pilot, "enter")
        assert staged.client.sent == []
        assert "Nobody is here yet. Press Enter again to start anyway." in staged.words
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Next(after=0)]


async def test_who_comes_and_goes_has_it_asked_again() -> None:
    staged = StagedRoom()
    async with begun(staged, NARROW) as pilot:
        await press(pilot, "enter")
        staged.played.join("Ada")
        staged.tell()
        await pilot.pause()
        assert "Press Enter again" not in staged.words
        staged.played.do(staged.played.room.kick("p1", 0.0))
        staged.tell()
        await pilot.pause()
        await press(pilot, "enter")
        assert staged.client.sent == []
        assert "Press Enter again" in staged.words


async def test_l_locks_and_unlocks() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        assert "l lock" in staged.bottom
        await press(pilot, "l")
        assert staged.client.sent == [protocol.Lock(locked=True)]
        staged.obey()
        await pilot.pause()
        assert "1 player locked" in staged.words
        assert "l unlock" in staged.bottom
        await press(pilot, "l")
        assert staged.client.sent[1:] == [protocol.Lock(locked=False)]


async def test_five_hundred_players_make_no_more_widgets_and_are_drawn_in_no_time() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged, (200, 50)) as pilot:
        widgets = len(list(staged.app.screen.walk_children()))
        for number in range(2, 501):
            staged.played.join(f"Player number {number}")
        assert await seconds_to_draw(pilot, staged) < 0.2  # a fifth of that is common
        assert len(list(staged.app.screen.walk_children())) == widgets
        assert "500 players" in staged.words
        assert "Player number 500" in staged.words
