"""Nodes as programs of their own: one is killed in mid-question, and another goes on with its room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, told
from tests.cli.test_host import Start, start  # noqa: F401  # a fixture
from tests.making import write_bank
from tests.serving.conftest import database, needs_postgres  # noqa: F401  # a fixture

pytestmark = [needs_postgres, pytest.mark.slow]


def test_a_killed_node_takes_no_answer_along(start: Start, orbitquiz: Run, tmp_path: Path, database: str) -> None:  # noqa: F811
    bank, tokens = write_bank(tmp_path / "bank"), tmp_path / "tokens"
    tokens.write_text("a-token-of-this-test\n")
    nodes = [start("serve", "--database", database, "--tokens", tokens, "--port", "0") for _ in range(2)]
    ports = [re.findall(r"at port (\d+)", node.reads("Stop with Ctrl+C."))[0] for node in nodes]
    owner, other = (f"127.0.0.1:{port}" for port in ports)
    host = start("host", "--plain", "--at", owner, "--token", "a-token-of-this-test", "--bank", bank, "--count", "1")
    ((_, code),) = re.findall(r"orbitquiz join (\S+) --code (\S+)", host.reads("Enter begins the game."))
    ann = start("join", other, "--plain", "--code", code, "--name", "Ann", "--data", tmp_path / "ann")
    bob = start("join", other, "--plain", "--code", code, "--name", "Bob", "--data", tmp_path / "bob")
    for player in (ann, bob):
        player.reads("You are in room")
    host.type("")
    ann.reads("Answer 1 to 4:")
    bob.reads("Answer 1 to 4:")
    ann.type("1")
    host.reads("1 of 2")
    nodes[0].kill()
    bob.reads("Connected again.")
    bob.type("1")
    ann.reads("Waiting for the host to go on.")
    bob.reads("Waiting for the host to go on.")
    host.kill()  # it knows the address of the killed node alone
    nodes[1].reads('"event": "room-taken-over"')
    ran = orbitquiz("report", code, "--database", database, "--to", "csv")
    rows = {line.split(",")[0].strip('"') for line in ran.text.splitlines()}
    assert {"Ann", "Bob"} <= rows


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("serve", "--database", "postgresql://127.0.0.1:9/x"), "all nodes need the same host tokens"),
        (("serve", "--database", "postgresql://127.0.0.1:9/x", "--tokens", "t"), "cannot use the database: "),
        (("serve", "--node-host", "10.0.0.1"), "so it needs --database too"),
        (("report", "--database", "nonsense"), "cannot use the database: "),
        (("forget", "K7M2QD", "--database", "nonsense"), "cannot use the database: "),
        (("report", "--database", "x", "--data", "y"), "leave out one of them"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_cannot_be_done_is_told(
    orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").write_text("a-token-of-this-test\n")
    assert message in told(orbitquiz(*words))


def test_a_room_in_a_database_is_forgotten(orbitquiz: Run, database: str) -> None:  # noqa: F811
    from orbitquiz.serving.postgres.database import Database
    from orbitquiz.serving.postgres.index import PostgresIndex
    from tests.classroom.making import opened

    store = Database(database)
    ((id,),) = store.rows("INSERT INTO node (address) VALUES ('here') RETURNING id")
    PostgresIndex(store, id).create(opened(room="K7M2QD")).close()
    store.close()
    assert "K7M2QD" in orbitquiz("report", "--list", "--database", database).text
    assert orbitquiz("forget", "K7M2QD", "--yes", "--database", database).code == 0
    assert "no room is kept" in told(orbitquiz("report", "--database", database))
