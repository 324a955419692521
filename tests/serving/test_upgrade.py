"""Nodes of two versions that run together while one is replaced by the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom.protocol import PROTOCOL, Hello, HostHello, ToRoom
from orbitquiz.classroom.rules.events import EVENT, FORMAT
from orbitquiz.classroom.server.room_actor import Connection, Gone
from orbitquiz.serving.relay import Outbox
from tests.classroom.making import KEY, OPTIONS
from tests.serving.conftest import needs_postgres
from tests.serving.served import Served, served

pytestmark = needs_postgres

KEPT = Path(__file__).parents[1] / "kept" / "events.json"
NEXT_TABLES = """
ALTER TABLE room ADD COLUMN colour text NOT NULL DEFAULT 'blue';
ALTER TABLE event ADD COLUMN checksum bytea;
ALTER TABLE node ADD COLUMN version text;
CREATE TABLE badge (room text REFERENCES room ON DELETE CASCADE, label text);
"""


@asynccontextmanager
async def old_and_new(
    folder: Path, database: str, monkeypatch: pytest.MonkeyPatch, format: int = FORMAT
) -> AsyncIterator[tuple[Served, Served]]:
    """A node of this version, and beside it one of the next: it adds to the tables and speaks a relay version more."""
    from orbitquiz.serving.postgres import schema

    async with served(folder, database=database) as old:
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, NEXT_TABLES))
        async with served(folder, database=database) as new:
            cluster = new.service.server.cluster  # type: ignore[attr-defined]
            cluster.relays.versions = (2, 1)
            cluster.index.format = format
            yield old, new


async def test_a_class_plays_at_nodes_of_two_versions(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with old_and_new(tmp_path, database, monkeypatch) as both:
        for owner, other in (both, both[::-1]):
            room = await owner.open()
            host = await other.host(room)
            players = [(await node.player(room.code, f"Player {n}"))[0] for n, node in enumerate(both)]
            await host.say(type="next", after=0)
            for player in players:
                question = await player.hear("question")
                id = next(each["id"] for each in question["options"] if each["text"] == OPTIONS[KEY])
                await player.answer(question, id)
                await player.hear("accepted")
            assert [(await player.hear("reveal"))["yours"]["points"] for player in players] == [100, 100]


@pytest.mark.parametrize("is_new_first", [True, False])
async def test_each_version_takes_over_the_rooms_of_the_other(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, is_new_first: bool
) -> None:
    async with old_and_new(tmp_path, database, monkeypatch) as both:
        dies, lives = both[::-1] if is_new_first else both
        room = await dies.open()
        ann, welcome = await dies.player(room.code, "Ann")
        id = dies.service.server.cluster.index.owner  # type: ignore[attr-defined]
        lives.service.server.cluster.node._start_to_take_over(id)  # type: ignore[attr-defined]
        async with asyncio.timeout(10):
            while not len(lives.service.rooms):
                await asyncio.sleep(0.01)
        ann.drop()
        _, again = await lives.player(room.code, "Ann", welcome["token"])
        assert again["player"] == welcome["player"]


async def test_a_room_whose_events_only_the_next_version_reads_is_left_to_it(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.serving.cluster._MOVING", 0.3)
    async with old_and_new(tmp_path, database, monkeypatch, FORMAT + 1) as (old, new):
        known, unknown = await old.open(), await new.open()
        _, welcome = await old.player(unknown.code, "Ann")  # by way of the new node
        await old.service.rooms.unload_all()
        index = new.service.server.cluster.index  # type: ignore[attr-defined]
        before = index.owner
        old.service.server.cluster.node._start_to_take_over(before)  # type: ignore[attr-defined]
        async with asyncio.timeout(10):
            while index.owner == before:  # until it has found out, and goes on as another node
                await asyncio.sleep(0.01)
        assert len(old.service.rooms) == 0
        guest = await old.hello(unknown.code, "Ann", welcome["token"])
        assert (await guest.hear("refusal"))["reason"] == "too-fast"  # and not that there is no such room
        await new.player(unknown.code, "Ann", welcome["token"])
        await old.player(known.code, "Ben")
        assert new.service.rooms.codes == [unknown.code]


async def test_nodes_without_a_common_version_say_so_and_pass_nothing_on(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.serving.cluster._MOVING", 0.3)
    async with old_and_new(tmp_path, database, monkeypatch) as (old, new):
        new.service.server.cluster.relays.versions = (3, 2)  # type: ignore[attr-defined]
        room = await old.open()
        guest = await new.hello(room.code, "Ann")
        assert (await guest.hear("refusal"))["reason"] == "too-fast"
        await old.player(room.code, "Ann")


async def test_what_a_node_does_not_know_in_a_frame_is_passed_over(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = Outbox._flush

    def with_more(outbox: Outbox) -> None:
        outbox._turns[:0] = [("shake", id, []) for _, id, _ in outbox._turns]
        flush(outbox)

    monkeypatch.setattr(Outbox, "_flush", with_more)
    async with old_and_new(tmp_path, database, monkeypatch) as (old, new):
        room = await old.open()
        await new.player(room.code, "Ann")
        host = await new.host(room)
        assert len(next(each for each in host.heard if each["type"] == "people")["seats"]) == 1


async def test_a_client_speaks_the_older_version_of_the_two_nodes_on_its_way(tmp_path: Path, database: str) -> None:
    """Its own node cannot read what only a newer room would understand."""
    passed_on: list[ToRoom | Gone] = []

    class Way:
        async def put(self, connection: Connection, message: ToRoom | Gone) -> None:
            passed_on.append(message)

    async def door(code: str) -> Way:
        return Way()

    async with served(tmp_path, database=database) as node:
        node.service.server.door = door  # type: ignore[method-assign]
        guest = await node.guest()
        await guest.say(type="hello", protocol=PROTOCOL + 1, room="K7M2QD", name="Ann", token=None)
        async with asyncio.timeout(10):
            while not passed_on:
                await asyncio.sleep(0.01)
    hello = passed_on[0]
    assert isinstance(hello, Hello | HostHello)
    assert hello.protocol == PROTOCOL


def test_events_have_another_format_once_they_have_other_fields() -> None:
    """A node does not claim rooms of a newer format; one of the same format has to read every field."""
    schema = EVENT.json_schema()
    fields: dict[str, Any] = {name: sorted(each.get("properties", {})) for name, each in schema["$defs"].items()}
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept == {"format": FORMAT, "fields": fields}, (
        "events have changed: if this FORMAT has been published, raise it in classroom/rules/events.py; "
        f"then write this to tests/kept/events.json: {json.dumps({'format': FORMAT, 'fields': fields})}"
    )
