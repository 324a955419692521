"""Text from a room comes from another computer: it is shown as it is and never interpreted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server import snapshots
from orbitquiz.tui.student.app import StudentApp
from tests.tui.nasty import EVIL, NASTY, SHOWN, harmless
from tests.tui.screens import clickable_in, size_name, unsound_lines, words_of
from tests.tui.student.visiting import Class
from tests.tui.waiting import sees, until

ROOMY = (200, 50)
# Words for programs; the rest is for people.
_WORDS = ("type", "scoring", "reason", "id", "key", "picked", "order", "token", "player", "votes", "pace", "wrong")


def is_sound(app: StudentApp) -> None:
    """Nothing on the screen acts, and every line is as wide as the terminal."""
    assert unsound_lines(app) == []
    assert clickable_in(app) == []


def raw(message: Any, words: str = EVIL) -> str:
    """A message as a room would send it whose every text has these words in it."""

    def spoilt(value: Any, field: str = "") -> Any:
        if field in _WORDS:
            return value
        if isinstance(value, dict):
            return {name: spoilt(part, name) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [spoilt(part, field) for part in value]
        return f"{field}{words}" if isinstance(value, str) else value

    return json.dumps(spoilt(message.model_dump(mode="json")))


def view(room: Class) -> Any:
    return snapshots.for_player(room.room.room, room.me, room.room.now)


async def test_on_every_screen(tmp_path: Path) -> None:
    room = Class(tmp_path, "Ben", timer=60.0, teams=("Mercury", "Venus"), notices=["N[red]x[/red]"])
    async with room.running(ROOMY, notifications=True) as pilot:
        for who in ("Ann", "Ben"):
            room.room.join(who)
        room.say(raw(snapshots.welcome(room.room.room, room.me, "t0ken")))
        room.say(raw(view(room)))
        await sees(pilot, f"You are in, name{SHOWN}.", f"You play for team{SHOWN}.", f"title{SHOWN}")
        is_sound(room.app)
        await pilot.press("q")
        await sees(pilot, "Leave this room?")
        is_sound(room.app)
        await pilot.press("n")
        room.room.ask()
        room.say(raw(view(room)))
        await sees(pilot, f"stem{SHOWN}", f"4 text{SHOWN}", f"category{SHOWN}")
        is_sound(room.app)
        await pilot.press(room.key(right=False))
        await sees(pilot, f"text{SHOWN} your answer", "sending…")
        is_sound(room.app)
        room.accept()
        room.room.pick("p2", room.room.room.question.key)
        room.room.reveal()
        room.say(raw(view(room)))
        await sees(pilot, f"✗ Wrong. statement{SHOWN}", f"Your answer: remark{SHOWN}", f"team{SHOWN}: 2nd")
        await pilot.pause()
        await sees(pilot, f"heading{SHOWN}", f"Editor's note: note{SHOWN}", f"Also: also{SHOWN}", f"text{SHOWN}")
        is_sound(room.app)
        room.room.do(room.room.room.end(room.room.now))
        room.say(raw(view(room)))
        await sees(pilot, f"title{SHOWN}", f"✗ stem{SHOWN}", f"✗ You said text{SHOWN}", f"team{SHOWN}: 2nd")
        is_sound(room.app)
        assert room.app.is_running


@pytest.mark.parametrize("reason", [Reason.NAME_TAKEN, Reason.NO_ROOM, Reason.CLOSED, Reason.TOO_FAST])
async def test_in_refusals(tmp_path: Path, reason: Reason) -> None:
    room = Class(tmp_path)
    async with room.running(ROOMY, notifications=True) as pilot:
        room.say(json.dumps({"type": "refusal", "reason": reason, "text": f"T{EVIL}"}))
        # What is shown beside the screen is broken into lines where it is long.
        await until(pilot, lambda: f"T{SHOWN}".replace(" ", "") in words_of(room.app).replace(" ", ""))
        is_sound(room.app)


@pytest.mark.parametrize("nasty", NASTY)
async def test_in_a_name(tmp_path: Path, nasty: str) -> None:
    room = Class(tmp_path)
    async with room.running((80, 24), notifications=True) as pilot:
        room.enter()
        await sees(pilot, "You are in, Ann.")
        room.say(json.dumps({"type": "named", "name": f"A{nasty}"}))
        await sees(pilot, f"You are in, A{harmless(nasty)}.")
        is_sound(room.app)


WIDE = "彗星の尾 👩‍🚀👍🏽🇩🇪 e\u0301e\u0302\u0323 ☀\ufe0f שלום עולם ﷺ \u0e01\u0e33\n\tx"


@pytest.mark.parametrize("words", [WIDE, "界" * 70, "e" + "\u0301" * 60, "\n" * 30, "a" * 500])
@pytest.mark.parametrize("size", [(80, 24), (41, 14)], ids=size_name)
async def test_any_script_keeps_every_line_as_wide_as_the_terminal(
    tmp_path: Path, words: str, size: tuple[int, int]
) -> None:
    room = Class(tmp_path, "Ben", timer=60.0, teams=("Mercury", "Venus"))
    async with room.running(size, notifications=True) as pilot:
        for who in ("Ann", "Ben"):
            room.room.join(who)
        room.say(raw(snapshots.welcome(room.room.room, room.me, "t0ken"), words))
        for moment in ("lobby", "question", "reveal", "end"):
            match moment:
                case "question":
                    room.room.ask()
                case "reveal":
                    room.room.reveal()
                case "end":
                    room.room.do(room.room.room.end(0.0))
            room.say(raw(view(room), words))
            await pilot.pause()
            is_sound(room.app)
            await pilot.press("down", "pagedown", "question_mark", "escape")
            await pilot.pause()
            is_sound(room.app)
        assert room.app.is_running


async def test_in_what_the_command_line_has_said(tmp_path: Path) -> None:
    room = Class(tmp_path, code=EVIL, name=EVIL)
    async with room.running(ROOMY) as pilot:
        room.refuse(Reason.LOCKED)
        await sees(pilot, WORDS[Reason.LOCKED])
        is_sound(room.app)
        await pilot.press("r")
        await until(pilot, lambda: room.client.runs == 2)
        room.refuse(Reason.NAME_UNFIT)
        await sees(pilot, "What is your name?", SHOWN)
        is_sound(room.app)
        await pilot.press("escape")
        await sees(pilot, "What is the code", SHOWN)
        is_sound(room.app)
