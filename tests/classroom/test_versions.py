"""Programs of different versions of the protocol in one room.

`tests/kept/protocol-1/` has the messages of version 1 as it was published.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tools.protocol import schema_text
from websockets.exceptions import ConnectionClosed

from orbitquiz.classroom.protocol import OLDEST, PROTOCOL, read_from_room, read_to_room
from orbitquiz.classroom.rules.refusal import Reason
from tests.classroom.live import live
from tests.classroom.making import refused

KEPT = Path(__file__).parents[1] / "kept" / "protocol-1"
MESSAGES: dict[str, dict[str, Any]] = json.loads((KEPT / "messages.json").read_text(encoding="utf-8"))
SCHEMA: dict[str, Any] = json.loads((KEPT / "schema.json").read_text(encoding="utf-8"))["$defs"]

GREETINGS = ("hello", "hello-again", "host")
MOVES = (
    *("answer", "next", "reveal-please", "skip", "pause", "go-on", "extend"),
    *("lock", "kick", "ban", "unban", "kick-away", "hold", "rename", "end"),
)


@pytest.mark.parametrize("name", GREETINGS)
async def test_a_client_of_version_1_is_told_what_to_do_in_its_own_words(name: str, tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        guest = await room.guest()
        await guest.say(**MESSAGES[name] | {"room": room.code})
        refusal = await guest.hear("refusal")
        with pytest.raises(ConnectionClosed):
            await guest.hear("welcome")
    # Version 1 reads exactly these fields, and only reasons that it knows.
    assert set(refusal) == set(SCHEMA["Refusal"]["properties"])
    assert refusal["reason"] == "bad-protocol"
    assert refusal["reason"] in SCHEMA["Reason"]["enum"]
    assert refusal["seq"] is None
    assert "Update it" in refusal["text"]
    assert "browser" in refusal["text"]


async def test_a_newer_client_speaks_the_version_of_the_room(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        guest = await room.guest()
        hello = {"type": "hello", "protocol": PROTOCOL + 5, "room": room.code, "name": "Ada"}
        await guest.say(**hello, avatar={"colour": "red"})
        assert (await guest.hear("welcome"))["protocol"] == PROTOCOL
        await guest.hear("lobby")


async def test_a_newer_client_that_the_room_cannot_read_is_told_so(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        guest = await room.guest()
        await guest.say(type="hello", protocol=PROTOCOL + 5, room={"code": room.code})
        refusal = await guest.hear("refusal")
    assert refusal["reason"] == "bad-protocol"
    assert "newer" in refusal["text"]


@pytest.mark.parametrize("version", [OLDEST - 1, PROTOCOL + 1])
def test_a_client_gives_up_on_a_version_it_does_not_speak(version: int) -> None:
    with refused(Reason.BAD_PROTOCOL):
        read_from_room(json.dumps(MESSAGES["welcome"] | {"protocol": version}))


@pytest.mark.parametrize("name", MOVES)
def test_a_room_still_understands_what_version_1_said(name: str) -> None:
    now = json.loads(read_to_room(json.dumps(MESSAGES[name])).model_dump_json())
    assert MESSAGES[name].items() <= now.items()


def test_every_field_of_version_1_is_still_there_and_of_its_type() -> None:
    now = json.loads(schema_text())["$defs"]
    for name, described in SCHEMA.items():
        if name in ("ToRoom", "FromRoom"):
            assert all(each in now[name]["oneOf"] for each in described["oneOf"]), name
        elif "properties" in described:
            assert set(described.get("required", ())) <= set(now[name].get("required", ())), name
            for field, kind in described["properties"].items():
                assert _still(kind, now[name]["properties"][field]), f"{name}.{field}"
        elif "enum" in described:
            assert set(described["enum"]) <= set(now[name]["enum"]), name


def _still(kind: dict[str, Any], now: dict[str, Any]) -> bool:
    """True if a field of this kind is so today; a list of words may be longer, a number within limits."""
    return set(kind["enum"]) <= set(now["enum"]) if "enum" in kind else kind.items() <= now.items()
