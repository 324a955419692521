"""Rooms that an earlier version kept: they are listed, reported and resumed as if today's program had kept them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom.rules.room import Presence, RoomPhase
from tests.classroom.live import live
from tests.cli.conftest import Run, orbitquiz  # noqa: F401  # a fixture

KEPT = Path(__file__).parents[2] / "kept" / "rooms"
CODES = ("DONE", "HALF", "TEAM")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the kept rooms."""
    folder = tmp_path / "data"
    (folder / "rooms").mkdir(parents=True)
    for code in CODES:
        shutil.copy(KEPT / f"{code}.jsonl", folder / "rooms")
    return folder


def test_all_are_listed(orbitquiz: Run, data: Path) -> None:  # noqa: F811
    ran = orbitquiz("report", "--list", "--data", data)
    figures = {line.split()[0]: line.split()[3:5] for line in ran.text.splitlines()[1:4]}
    assert figures == {"TEAM": ["4", "2"], "HALF": ["3", "2"], "DONE": ["3", "3"]}
    assert "damaged" not in ran.text


@pytest.mark.parametrize("code", CODES)
def test_the_report_is_the_one_that_was_made_then(orbitquiz: Run, data: Path, code: str) -> None:  # noqa: F811
    ran = orbitquiz("report", code, "--data", data, "--to", "json")
    then, now = json.loads((KEPT / f"{code}.json").read_text()), json.loads(ran.text)
    assert still(then, now)


def still(then: Any, now: Any) -> bool:
    """True if all that was told then is told now; a later version may tell more."""
    if isinstance(then, dict):
        return all(key in now and still(value, now[key]) for key, value in then.items())
    if isinstance(then, list):
        return len(then) == len(now) and all(map(still, then, now))
    return bool(then == now)


@pytest.mark.parametrize("format", ["text", "csv", "html"])
@pytest.mark.parametrize("code", CODES)
def test_every_format_of_the_report_can_be_made(orbitquiz: Run, data: Path, code: str, format: str) -> None:  # noqa: F811
    ran = orbitquiz("report", code, "--data", data, "--to", format)
    assert ran.code == 0
    assert len(ran.text) > 100


async def test_one_that_stopped_in_mid_question_is_played_on(data: Path) -> None:
    async with live(data, resumed="HALF") as room:
        assert room.room.phase in (RoomPhase.ASKING, RoomPhase.PAUSED)
        assert room.room.round.answers.keys() == {"p1"}
        host = await room.host()
        ann, welcome = await room.player("Ann")
        assert welcome["player"] == "p4"  # a new seat, behind those that are kept
        await host.say(type="reveal")
        await host.say(type="next", after=2)
        question = await ann.hear("question", lambda message: message["number"] == 3)
        await ann.answer(question, question["options"][0]["id"])
        await ann.hear("accepted")
        assert room.room.rounds[2].answers.keys() == {"p4"}


async def test_seats_names_teams_and_bans_are_as_they_were_left(data: Path) -> None:
    async with live(data, resumed="TEAM") as room:
        players = room.room.players.values()
        assert [(player.name, player.place) for player in players] == [
            ("Maria", Presence.IN),
            ("Omar B.", Presence.IN),
            ("Kai W.", Presence.IN),
            ("Rude", Presence.BANNED),
            ("أمل", Presence.IN),
        ]
        assert {player.team for player in players} == {0, 1}
        assert room.room.is_locked
        assert [each.is_skipped for each in room.room.rounds] == [False, True, False]
