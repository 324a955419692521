"""The host's screens, kept as grids of text. `make test ARGS=--snapshot-update` writes them again."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from orbitquiz.classroom.client.client import Lost
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from tests.classroom.making import opened, quiz_sheet
from tests.tui.host.hosting import LAN, LOOPBACK, NAMES, StagedRoom, begun
from tests.tui.picturing import taken
from tests.tui.screens import size_name
from tests.tui.waiting import press

TEAMS = ("Mercury", "Venus", "Earth", "Mars")
PICKS = ((2, 2, 1, 2, 0, None, 2, 3, 2, 2, 1, 2), (0, 2, 2, 1, 2, 2, 2, 0, None, 2, 1, 2), (2, 2, 2, 1, 0, 0, 2, 1))
DIFFER = quiz_sheet(
    stem="On which day did the Kestrel come back from the night side?",
    options=("23 July 1969", "24 July 1969", "25 July 1969", "26 July 1969"),
    key=1,
    sources_differ=True,
    proof=ProofSheet(
        statement="The commission says 24 July 1969, the atlas 25 July 1969.",
        shown=(
            PassageSheet(
                value="24 July 1969",
                heading="lines 12–14 · 1971 · The report of the commission on the return of the Kestrel",
                text="… The capsule came down in the Pacific on 24 July 1969, at 16:50 GMT, and was picked up at once.",
                marks=((42, 54),),
            ),
            PassageSheet(
                value="25 July 1969",
                heading="line 3 · 1988 · Atlas of returns",
                text="Kestrel: Pacific, 25 July 1969 (local time). Recovered on the same day by two ships.",
                marks=((18, 30),),
            ),
        ),
        also=("the log of the Kestrel, line 7",),
        note="The atlas counts in local time.",
    ),
)


each_size = pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)], ids=size_name)


def _desk(moment: str) -> StagedRoom:
    more: dict[str, Any] = {}
    if moment in ("timer", "hurry", "paused", "teams", "speed", "time up"):
        more["timer"] = 20.0
    if moment == "differ":
        more["quiz"] = DIFFER
    if "teams" in moment:
        more["teams"] = TEAMS
    if moment == "unranked":
        more["is_ranked"] = False
    if moment == "speed":
        more["scoring"] = Scoring.SPEED
    players = {"empty": (), "full": NAMES}.get(moment, NAMES if "teams" in moment else NAMES[:12])
    return StagedRoom(*players, opening=opened(**more), address=LOOPBACK if moment == "loopback" else LAN)


def _play(staged: StagedRoom, rounds: int) -> None:
    count = len(staged.played.room.players)
    for number in range(rounds):
        picks = PICKS[number]
        staged.play([picks[index % len(picks)] for index in range(count)])


async def _at(moment: str, size: tuple[int, int], theme: str | None = None) -> str:
    staged = _desk(moment)
    if theme:
        staged.app.theme = theme
    async with begun(staged, size) as pilot:
        await _show(staged, pilot, moment)
        await pilot.pause()
        return await taken(pilot)


async def _show(staged: StagedRoom, pilot: Pilot[None], moment: str) -> None:
    played = staged.played
    match moment:
        case "empty":
            await press(pilot, "enter")
        case "lobby" | "teams lobby":
            staged.away = ("p3",)
            staged.tell()
        case "locked":
            played.do(played.room.lock(locked=True, at=0.0))
            staged.tell()
        case "asking" | "timer" | "hurry" | "paused":
            played.ask()
            for number in range(1, 8):
                played.pick(f"p{number}", 1)
            played.wait(17.0 if moment == "hurry" else 7.5)
            if moment == "paused":
                played.do(played.room.pause(played.now))
            staged.away = ("p9", "p10")
            staged.tell()
        case "revealed" | "differ":
            _play(staged, 1)
        case "time up":
            staged.ask()
            await pilot.pause()
            for number in range(1, 8):
                played.pick(f"p{number}", 2)
            played.wait(20.0)
            played.reveal()
            staged.tell()
        case "skipped":
            staged.ask()
            played.do(played.room.skip(0.0))
            staged.tell()
        case "standings" | "teams":
            _play(staged, 2)
            await pilot.pause()
            staged.seconds += 5.0
            await press(pilot, "enter")
        case "over":
            for leaders in (12, 3, 1):
                staged.play([2] * leaders + [0] * (12 - leaders))
            played.do(played.room.next(played.now))
            staged.tell()
        case "teams over" | "unranked":
            _play(staged, 3)
            played.do(played.room.next(played.now))
            staged.tell()
        case "people" | "rename" | "ban":
            played.ask()
            played.pick("p1", 0)
            played.pick("p3", 0)
            played.do(played.room.kick("p5", 0.0))
            played.do(played.room.ban("p6", 0.0))
            staged.away = ("p2",)
            staged.tell()
            await pilot.pause()
            await press(pilot, "u", "down", *{"rename": "r", "ban": "b"}.get(moment, ""))
        case "leaving" | "ending" | "taking back" | "keys":
            staged.ask()
            await pilot.pause()
            await press(pilot, {"leaving": "q", "ending": "e", "taking back": "x", "keys": "question_mark"}[moment])
        case "trouble":
            staged.ask()
            staged.tell("The room is not being kept: no space left on device. After a crash it would be lost.")
            staged.client.say(Lost("connection refused"))


@each_size
@pytest.mark.parametrize(
    "moment",
    [
        "lobby", "full", "teams lobby", "asking", "timer", "paused", "revealed", "differ", "skipped", "standings",
        "teams", "over", "teams over", "unranked", "people", "keys", "trouble",
    ],
)  # fmt: skip
async def test_screen(picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    assert await _at(moment, size) == picture


@pytest.mark.parametrize(
    "moment",
    ["empty", "loopback", "locked", "speed", "hurry", "time up", "rename", "ban", "leaving", "ending", "taking back"],
)
async def test_moment(picture: SnapshotAssertion, moment: str) -> None:
    assert await _at(moment, (80, 24)) == picture


@pytest.mark.parametrize("moment", ["lobby", "timer", "differ", "over"])
@pytest.mark.parametrize("look", ["light", "no-color"])
async def test_look(picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, look: str, moment: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if look == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
    assert await _at(moment, (80, 24), "orbit-day" if look == "light" else None) == picture
