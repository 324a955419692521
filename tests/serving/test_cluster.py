"""Several nodes on one database: any of them takes any client."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.opening import SavedRoom
from orbitquiz.classroom.protocol import PROTOCOL, Hello, QuestionOut, Welcome
from orbitquiz.classroom.rules.events import Answered, Locked
from orbitquiz.classroom.storage.event_log import Deposed
from orbitquiz.serving.errors import UnusableDatabase
from tests.classroom.live import Guest
from tests.classroom.making import KEY, OPTIONS, opened
from tests.serving.conftest import needs_postgres
from tests.serving.postgres_server import PostgresServer
from tests.serving.served import Served, served

pytestmark = needs_postgres


@asynccontextmanager
async def nodes(folder: Path, database: str, count: int = 2) -> AsyncIterator[list[Served]]:
    """So many nodes in this process."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(served(folder, database=database)) for _ in range(count)]


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


async def ask(host: Guest, number: int = 1) -> None:
    await host.say(type="next", after=number - 1)
    await host.hear("scene", lambda scene: scene["number"] == number and scene["phase"] == "asking")


async def picked(guest: Guest, option: int = KEY, seq: int | None = None) -> None:
    question = await guest.hear("question")
    id = next(each["id"] for each in question["options"] if each["text"] == OPTIONS[option])
    await guest.answer(question, id, seq)
    await guest.hear("accepted")


async def test_any_node_takes_any_client(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database, 3) as (one, two, three):
        room = await one.open()
        host = await two.host(room)
        players = [await node.player(room.code, f"Player {n}") for n, node in enumerate((one, two, three))]
        await ask(host)
        await asyncio.gather(*(picked(guest, option) for option, (guest, _) in enumerate(players)))
        reveals = [await guest.hear("reveal") for guest, _ in players]
        assert [each["yours"]["points"] for each in reveals] == [0, 0, 100]
        await host.say(type="kick", player=players[2][1]["player"])
        assert (await players[2][0].hear("refusal"))["reason"] == "kicked"
        assert [len(node.service.rooms) for node in (one, two, three)] == [1, 0, 0]


async def test_a_client_that_leaves_is_gone_for_the_owner(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database) as (one, two):
        room = await one.open()
        ann, welcome = await two.player(room.code, "Ann")
        await until(lambda: one.service.rooms.players == 1)
        ann.drop()
        await until(lambda: one.service.rooms.players == 0)
        _, again = await one.player(room.code, "Ann", welcome["token"])
        assert again["player"] == welcome["player"]


async def test_a_room_that_nobody_runs_is_run_by_the_node_that_is_asked(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database) as (one, two):
        room = await one.open()
        await one.service.rooms.unload_all()
        await two.player(room.code, "Ann")
        assert (len(one.service.rooms), len(two.service.rooms)) == (0, 1)


async def test_many_who_come_to_all_nodes_at_once_find_one_room(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database, 3) as three:
        room = await three[0].open()
        await three[0].service.rooms.unload_all()
        came = await asyncio.gather(*(three[n % 3].player(room.code, f"Student {n}") for n in range(30)))
        assert len({welcome["player"] for _, welcome in came}) == 30
        assert sum(len(node.service.rooms) for node in three) == 1


async def test_the_rooms_of_a_node_that_stops_go_on_at_another(tmp_path: Path, database: str) -> None:
    heard: list[Update] = []
    async with served(tmp_path, database=database) as stays:
        async with served(tmp_path, database=database) as leaves:
            room = await leaves.open()
            host = await stays.host(room)  # by way of the one that leaves
            hello = Hello(protocol=PROTOCOL, room=room.code, name="Ann")
            client = Client(leaves.address.url, lambda: hello)
            playing = asyncio.create_task(client.run(heard.append))
            await until(lambda: any(isinstance(each, Welcome) for each in heard))
            await ask(host)
            await until(lambda: isinstance(heard[-1], QuestionOut))
        (welcome,) = (each for each in heard if isinstance(each, Welcome))
        client.url = stays.address.url  # as a load balancer would
        client.greeting = lambda: hello.model_copy(update={"token": welcome.token})
        with pytest.raises(ConnectionClosed):
            await host.hear("refusal")  # hung up without a word
        host = await stays.host(room)
        assert host.heard[-1]["phase"] == "asking"
        await until(lambda: sum(isinstance(each, Welcome) for each in heard) == 2)
        playing.cancel()


async def test_a_node_that_has_lost_a_room_can_write_nothing_more(tmp_path: Path, database: str) -> None:
    """The rooms of a node that is taken for dead are claimed by another one; it finds out at its next event."""
    async with nodes(tmp_path, database) as (old, new):
        room = await old.open()
        ann, _ = await old.player(room.code, "Ann")
        log = old.service.rooms._rooms[room.code].log
        cluster = new.service.server.cluster  # type: ignore[attr-defined]
        taken = cluster.index.take_over(old.service.server.cluster.index.owner)  # type: ignore[attr-defined]
        assert taken is not None
        assert taken[1].code == room.code
        with pytest.raises(Deposed):
            log.append([Locked(at=9.0, is_locked=True)])
        await new.service.rooms.take_over(*taken)
        await ann.say(type="answer", seq=1, number=1, option="x")
        host = await new.host(room)
        await host.say(type="lock", locked=True)
        await host.hear("people", lambda people: people["is_locked"])
        events = new.service.rooms.index.events(room.code)
        assert sum(isinstance(event, Locked) for event in events) == 1


async def test_a_room_whose_claim_got_no_answer_is_claimed_again(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.serving.cluster._ABOUT", 0.2)
    async with nodes(tmp_path, database, 1) as (one,):
        room = await one.open()
        await one.service.rooms.unload_all()
        store = one.service.server.cluster.database  # type: ignore[attr-defined]
        rows = store.rows

        def lose_the_answer(statement: str, values: Any = ()) -> Any:
            found = rows(statement, values)
            if statement.lstrip().startswith("UPDATE room SET owner"):
                store.rows = rows
                raise OSError(5, "the database does not answer")
            return found

        store.rows = lose_the_answer
        await one.player(room.code, "Ann")
        assert store.rows is rows


@pytest.mark.slow
async def test_a_node_that_has_much_to_keep_still_says_that_it_lives(tmp_path: Path, database: str) -> None:
    from psycopg import AsyncConnection

    async with nodes(tmp_path, database, 1) as (one,):
        store = one.service.server.cluster.database  # type: ignore[attr-defined]
        with ThreadPoolExecutor(8) as busy:  # as many as there are connections for rooms
            waiting = [busy.submit(store.rows, "SELECT pg_sleep(2.9)") for _ in range(8)]
            async with await AsyncConnection.connect(database) as other:
                ages = []
                for _ in range(5):
                    await asyncio.sleep(0.5)
                    cursor = await other.execute("SELECT extract(epoch FROM clock_timestamp() - beat)::float FROM node")
                    ages += [age for (age,) in await cursor.fetchall()]
            assert not any(each.done() for each in waiting)
        assert max(ages) < 2


async def test_a_node_that_was_given_up_goes_on_as_a_new_one(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database) as (one, two):
        room = await one.open()
        ann, welcome = await one.player(room.code, "Ann")
        cluster = one.service.server.cluster  # type: ignore[attr-defined]
        before = cluster.index.owner
        two.service.server.cluster.node._start_to_take_over(before)  # type: ignore[attr-defined]
        await until(lambda: cluster.index.owner != before)
        with pytest.raises(ConnectionClosed):
            await ann.hear("refusal")
        _, again = await one.player(room.code, "Ann", welcome["token"])
        assert again["player"] == welcome["player"]
        assert len(two.service.rooms) == 1
        await one.open()


async def test_what_several_clients_get_goes_to_their_node_once() -> None:
    from orbitquiz.serving.relay import Outbox

    sent: list[str] = []
    outbox = Outbox(None)  # type: ignore[arg-type]
    outbox._outlet.send = lambda *parts: sent.extend(parts)  # type: ignore[method-assign]
    for id in range(25):
        outbox.add("send", id, ('{"type":"reveal","question":', "the proof", f',"yours":{id}}}'))
    outbox.add("close", 3)
    await asyncio.sleep(0)
    (frame,) = sent
    assert frame.count("the proof") == 1
    assert [turn[:2] for turn in json.loads(frame)["turns"]][-2:] == [["send", 24], ["close", 3]]


async def test_only_a_node_is_let_in_as_one(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database, 1) as (one,):
        wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Authorization": "Bearer guessed"}
        wanted |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw=="}
        assert (await one.get("/node", wanted))[0] == 404


@pytest.mark.slow
async def test_answers_wait_for_a_database_that_is_away_and_are_refused_in_time(
    tmp_path: Path, database: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.classroom.server.room_actor.UNKEPT", 0.5)
    async with nodes(tmp_path, database, 1) as (one,):
        room = await one.open(opened(2))
        host = await one.host(room)
        ann, _ = await one.player(room.code, "Ann")
        bob, _ = await one.player(room.code, "Bob")
        cem, _ = await one.player(room.code, "Cem")
        await ask(host)
        questions = [await guest.hear("question") for guest in (ann, bob, cem)]
        await asyncio.to_thread(postgres.stop)
        await ann.answer(questions[0], questions[0]["options"][0]["id"])
        await host.hear("scene", lambda scene: "the database does not answer" in (scene["trouble"] or ""))
        await asyncio.sleep(0.6)
        await bob.answer(questions[1], questions[1]["options"][0]["id"])
        refusal = await bob.hear("refusal")
        assert (refusal["reason"], refusal["seq"]) == ("not-now", 1)
        assert "saved" in refusal["text"]
        assert not any(message["type"] == "accepted" for message in ann.heard)
        await asyncio.to_thread(postgres.start)
        await ann.hear("accepted")
        await bob.answer(questions[1], questions[1]["options"][0]["id"])
        await bob.hear("accepted")
        kept = Counter(e.player for e in one.service.rooms.index.events(room.code) if isinstance(e, Answered))
        assert kept == {"p1": 1, "p2": 1}


def test_a_database_from_the_future_is_refused(database: str) -> None:
    from orbitquiz.serving.postgres.database import Database

    Database(database).close()
    store = Database(database)  # as it is now
    store.rows("INSERT INTO migration (number) VALUES (99)")
    store.close()
    with pytest.raises(UnusableDatabase, match=r"newer OrbitQuiz \(its tables have version 99, here it is 2\)"):
        Database(database)


async def test_nodes_that_start_at_once_make_the_tables_once(database: str) -> None:
    from orbitquiz.serving.postgres.database import Database

    stores = await asyncio.gather(*(asyncio.to_thread(Database, database) for _ in range(4)))
    assert stores[0].rows("SELECT number FROM migration") == [(1,), (2,)]
    for store in stores:
        store.close()


async def test_a_report_is_read_at_any_node(tmp_path: Path, database: str) -> None:
    async with nodes(tmp_path, database) as (one, two):
        room: SavedRoom = await one.open()
        path = room.link.removeprefix(one.address.page.rstrip("/"))
        assert (await two.get(path))[0] == 200


async def test_a_service_comes_back_from_a_dump_of_its_database(
    tmp_path: Path, database: str, postgres: PostgresServer
) -> None:
    dump = postgres.folder / "dump"  # a folder that its user may write to
    async with nodes(tmp_path, database, 1) as (one,):
        room = await one.open()
        _, welcome = await one.player(room.code, "Ann")
        postgres.run("pg_dump", "--format=custom", "--file", str(dump), database)  # while it runs
    again = postgres.create()
    postgres.run("pg_restore", "--exit-on-error", "--dbname", again, str(dump))
    async with nodes(tmp_path, again, 1) as (one,):
        _, back = await one.player(room.code, "Ann", welcome["token"])
        assert back["player"] == welcome["player"]
        assert (await one.get(room.link.removeprefix(room.link.partition("/report")[0])))[0] == 200


async def test_a_node_that_is_cut_off_from_the_database_says_so(tmp_path: Path, database: str) -> None:
    from psycopg import AsyncConnection

    async with nodes(tmp_path, database, 1) as (one,), await AsyncConnection.connect(database) as other:
        await other.execute("SELECT id FROM node FOR UPDATE")  # from now on no heartbeat gets through
        await asyncio.sleep(0.1)  # one may just have
        one.service.server.cluster.node._clock = lambda: time.monotonic() + 60  # type: ignore[attr-defined]
        status, _, body = await one.get("/healthz")
        assert (status, json.loads(body)["status"]) == (503, "database")
