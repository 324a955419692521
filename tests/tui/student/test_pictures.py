"""A student's screens, kept as grids of text. `make test ARGS=--snapshot-update` writes them again."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.rules.refusal import Reason
from tests.tui.picturing import taken
from tests.tui.screens import SIZE
from tests.tui.student.visiting import ADDRESS, Class
from tests.tui.waiting import sees, until

OTHERS = [f"Player {number}" for number in range(2, 26)]


async def seen(folder: Path, moment: str, size: tuple[int, int], theme: str = "orbit-night") -> str:
    """A picture of the student's screen at some moment of a game of a class of twenty-five."""
    address = None if moment == "address" else ADDRESS
    room = Class(folder, *OTHERS, address=address, timer=20.0, teams=("Mercury", "Venus"))
    app = room.app
    app.theme = theme
    async with app.run_test(size=size, notifications=True) as pilot:
        if moment == "address":
            await sees(pilot, "Where is the room?")
        else:
            await until(pilot, lambda: room.client.is_running)
            await sees(pilot, "Joining")
        match moment:
            case "address":
                pass
            case "unreachable":
                room.say(Lost("connection refused"))
                await sees(pilot, "Connection refused.")
            case "name":
                room.refuse(Reason.NAME_TAKEN)
                await sees(pilot, "What is your name?")
            case "late":
                room.room.ask()
                room.room.join("Ann")
                room.greet()
                await sees(pilot, "You play from the next question on.")
            case "closed":
                room.enter()
                room.refuse(Reason(moment))
                await sees(pilot, "? keys q leave")
            case "waiting" | "leaving":
                room.enter()
                await sees(pilot, "You are in, Ann.")
                if moment == "leaving":
                    await pilot.press("q")
                    await sees(pilot, "Leave this room?")
            case "end":
                room.enter()
                room.play(True, False, None)
                room.end()
                await sees(pilot, "orbitquiz play --quiz COMET-1")
            case _:
                room.enter()
                room.play(True)
                room.view()
                room.ask()
                await sees(pilot, "on day 2?")
                await _played(room, pilot, moment)
        return await taken(pilot)


async def _played(room: Class, pilot: Pilot[None], moment: str) -> None:
    """Let the second question come to some moment."""
    match moment:
        case "answered" | "lost" | "right" | "wrong":
            await pilot.press(room.key(right=moment != "wrong"))
            await sees(pilot, "sending…")
            if moment == "lost":
                room.say(Lost("gone"))
                await sees(pilot, "Connection lost")
            else:
                room.accept()
                await sees(pilot, "Answered.")
        case "paused":
            room.pause()
            await sees(pilot, "The host has paused.")
        case "skipped":
            room.skip()
            await sees(pilot, "voided this question")
    if moment in ("right", "wrong", "silent"):
        for number in range(2, len(OTHERS) + 2):
            room.room.pick(f"p{number}", number % 4)
        room.reveal()
        await sees(pilot, "Cy Reed was on watch on day 2.")


MOMENTS = """
address name unreachable waiting leaving asking answered late lost paused skipped right wrong silent end closed
""".split()
WIDE = ("name", "waiting", "asking", "paused", "skipped", "wrong", "end")  # pictures of a wide sky are large
SIZES = ((80, 24), (60, 20), (200, 50))
EACH = [(moment, size) for moment in MOMENTS for size in SIZES if size[0] < 200 or moment in WIDE]


@pytest.mark.parametrize(("moment", "size"), EACH, ids=[f"{moment}-{size[0]}x{size[1]}" for moment, size in EACH])
async def test_screen(picture: SnapshotAssertion, tmp_path: Path, moment: str, size: tuple[int, int]) -> None:
    assert await seen(tmp_path, moment, size) == picture


@pytest.mark.parametrize("moment", ["answered", "wrong"])
@pytest.mark.parametrize("look", ["light", "no-color"])
async def test_look(
    picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, look: str, moment: str
) -> None:
    if look == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = "orbit-day" if look == "light" else "orbit-night"
    assert await seen(tmp_path, moment, SIZE, theme) == picture
