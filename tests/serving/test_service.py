"""A service with many rooms, through its front door."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import re
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.opening import CannotOpen, open_at
from orbitquiz.classroom.opening import OpenRoom
from orbitquiz.classroom.protocol import PROTOCOL, Hello, Lobby, QuestionOut, RevealOut, Welcome
from orbitquiz.classroom.rules.events import Answered
from orbitquiz.classroom.storage.room_index import FileIndex
from orbitquiz.serving import logs, rooms
from orbitquiz.serving.limits import Limits
from orbitquiz.serving.proxies import LOOPBACK, Proxies
from tests.classroom.live import Guest, Message
from tests.classroom.making import KEY, OPTIONS, opened, quiz_sheet
from tests.serving.served import Served, served


async def ask(host: Guest, number: int = 1) -> None:
    await host.say(type="next", after=number - 1)
    await host.hear("scene", lambda scene: scene["number"] == number and scene["phase"] == "asking")


async def picked(guest: Guest, option: int = KEY) -> None:
    """Answer the question that comes, and wait until that is kept."""
    question = await guest.hear("question")
    await guest.answer(question, next(each["id"] for each in question["options"] if each["text"] == OPTIONS[option]))
    await guest.hear("accepted")


# Rooms.


async def test_a_teacher_opens_a_room_and_a_class_plays_in_it(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept) as it:
        room = await it.open()
        assert re.fullmatch("[2-9A-Z]{6}", room.code)
        host = await it.host(room)
        ann, _ = await it.player(room.code.lower(), "Ann")
        await ask(host)
        await picked(ann)
        await host.say(type="reveal")
        assert (await ann.hear("reveal"))["yours"]["points"] == 100


async def test_rooms_know_nothing_of_each_other(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept) as it:
        one, other = await it.open(), await it.open()
        host = await it.host(one)
        ann, _ = await it.player(one.code, "Ann")
        bob, _ = await it.player(other.code, "Ann")  # the same name, in another room
        await ask(host)
        await ann.hear("question")
        stranger = await it.guest()
        await stranger.say(type="host", protocol=PROTOCOL, room=other.code, secret=one.secret)
        assert (await stranger.hear("refusal"))["reason"] == "not-host"
        assert {message["type"] for message in bob.heard} == {"welcome"}
        await host.say(type="end")
        await ann.hear("ended")
        await it.player(other.code, "Bo")


async def test_the_host_comes_back_from_another_computer(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept) as it:
        room = await it.open()
        host = await it.host(room)
        await ask(host)
        await host.leave()
        again = await it.host(room)
        assert again.heard[-1]["phase"] == "asking"


async def test_clients_come_back_to_a_service_that_starts_again(tmp_path: Path, kept: dict[str, Any]) -> None:
    heard: list[Update] = []
    async with served(tmp_path, **kept) as it:
        room = await it.open()
        host = await it.host(room)
        port = it.service.port
        hello = Hello(protocol=PROTOCOL, room=room.code, name="Ann")
        client = Client(it.address.url, lambda: hello)
        playing = asyncio.create_task(client.run(heard.append))
        await _until(lambda: any(isinstance(each, Lobby) for each in heard))
        await ask(host)
        await _until(lambda: isinstance(heard[-1], QuestionOut))
    (welcome,) = (each for each in heard if isinstance(each, Welcome))
    client.greeting = lambda: hello.model_copy(update={"token": welcome.token})
    async with served(tmp_path, **kept, port=port) as it:
        host = await it.host(room)
        assert host.heard[-1]["phase"] == "asking"
        await host.say(type="reveal")
        await _until(lambda: isinstance(heard[-1], RevealOut))
        assert sum(isinstance(each, Welcome) for each in heard) == 2
        assert len((await it.host(room)).heard[1]["seats"]) == 1
        playing.cancel()


async def test_time_in_which_nobody_runs_a_room_is_given_back(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept) as it:
        room = await it.open(opened(timer=60.0, room="", opened="", salt=""))
        await ask(await it.host(room))
        await it.service.rooms.unload_all()
        await asyncio.sleep(0.5)
        scene = (await it.host(room)).heard[-1]
        assert scene["phase"] == "asking"
        assert scene["question"]["left"] > 59.6


async def test_an_empty_room_is_unloaded_and_comes_back_with_its_players(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept, limits=Limits(idle=0.05)) as it:
        room = await it.open()
        ann, welcome = await it.player(room.code, "Ann")
        await it.service.rooms.unload_idle()
        assert len(it.service.rooms) == 1
        await ann.leave()
        await _until(lambda: it.service.rooms.players == 0)
        await asyncio.sleep(0.06)
        await it.service.rooms.unload_idle()
        assert len(it.service.rooms) == 0
        _, again = await it.player(room.code, "Ann", welcome["token"])
        assert again["player"] == welcome["player"]


async def test_many_who_come_at_once_to_an_unloaded_room_find_one(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept, limits=Limits(idle=0.0)) as it:
        room = await it.open()
        await it.service.rooms.unload_idle()
        came = await asyncio.gather(*(it.player(room.code, f"Student {number}") for number in range(30)))
        assert len({welcome["player"] for _, welcome in came}) == 30


async def test_old_rooms_are_deleted_but_for_those_in_use(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(idle=0.0)) as it:
        old, used, new = await it.open(), await it.open(), await it.open()
        await it.player(used.code, "Ann")
        await it.service.rooms.unload_idle()
        for room in (old, used):
            os.utime(tmp_path / "rooms" / f"{room.code}.jsonl", (time.time() - 86400 * 31,) * 2)
        await it.service.rooms.forget_old(timedelta(days=30))
        assert {kept.code for kept in FileIndex(tmp_path).rooms()} == {used.code, new.code}
        assert await refused(it, old.code) == "no-room"


async def test_a_room_of_four_letters_is_not_served(tmp_path: Path) -> None:
    """A teacher's own room, perhaps in the same folder, can be guessed."""
    FileIndex(tmp_path).create(opened(room="KSTR")).close()
    async with served(tmp_path) as it:
        assert await refused(it, "KSTR") == "no-room"


async def test_a_damaged_room_harms_no_other(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(idle=0.0)) as it:
        bad, good = await it.open(), await it.open()
        await it.service.rooms.unload_idle()
        with (tmp_path / "rooms" / f"{bad.code}.jsonl").open("a") as file:
            file.write("nonsense\n")
        assert await refused(it, bad.code) == "no-room"
        await it.player(good.code, "Ann")


async def refused(it: Served, code: str, name: str = "Ann") -> str:
    """Return why somebody cannot come in."""
    guest = await it.hello(code, name)
    return str((await guest.hear("refusal"))["reason"])


# Who may open rooms, and which.


async def test_only_a_host_token_opens_rooms(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        with pytest.raises(CannotOpen, match="does not know this host token"):
            await open_at(it.address, "not-a-token-of-this-service", opened(room=""))
        with pytest.raises(CannotOpen, match="does not know this host token"):
            await open_at(it.address, "", opened(room=""))
        assert not list((tmp_path / "rooms").glob("*")) if (tmp_path / "rooms").exists() else True


async def test_tokens_are_tried_a_few_times_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitquiz.serving.guesses.PATIENCE", 0.0)
    monkeypatch.setattr("orbitquiz.serving.server._TOKENS", (0.001, 10.0))
    async with served(tmp_path) as it:
        await it.open()
        for _ in range(10):
            with pytest.raises(CannotOpen, match="does not know"):
                await open_at(it.address, "wrong", opened())
        with pytest.raises(CannotOpen, match="too many wrong tokens"):
            await open_at(it.address, "wrong", opened())
        await it.open()  # somebody who guesses at the same address keeps nobody out who was let in before


async def test_a_token_that_is_added_or_taken_away_counts_at_once(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        (tmp_path / "host-tokens").write_text("# the school\nanother-token-of-ours  # for Ms Oak\n")
        await open_at(it.address, "another-token-of-ours", opened())
        with pytest.raises(CannotOpen):
            await it.open()


async def test_a_token_opens_only_so_many_rooms(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(rooms_each=2)) as it:
        await it.open()
        await it.open()
        with pytest.raises(CannotOpen, match="as many rooms as it may"):
            await it.open()


@pytest.mark.parametrize(
    "changes", [{"key": 4}, {"key": -1}, {"options": ["one"]}, {"remarks": [None]}, {"options": []}], ids=str
)
async def test_a_quiz_that_cannot_be_played_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    message = json.loads(OpenRoom(protocol=PROTOCOL, opened=opened()).model_dump_json())
    message["opened"]["quiz"]["questions"][1] |= changes
    async with served(tmp_path) as it:
        assert (await said_for(it, json.dumps(message)))["reason"] == "bad-message"


@pytest.mark.parametrize("raw", ["{}", "[", '{"type": "open", "protocol": 2, "opened": {"type": "opened"}}'])
async def test_what_is_no_room_is_refused(tmp_path: Path, raw: str) -> None:
    async with served(tmp_path) as it:
        assert (await said_for(it, raw))["reason"] == "bad-message"


async def said_for(it: Served, raw: str) -> Message:
    """Return what the service says to somebody with a token who sends `raw`."""
    headers = {"Authorization": f"Bearer {it.token}"}
    async with connect(f"{it.address.url}open", additional_headers=headers, proxy=None) as connection:
        await connection.send(raw)
        message: Message = json.loads(await connection.recv())
        return message


async def test_only_who_opens_a_room_may_send_much(tmp_path: Path) -> None:
    big = opened(quiz=quiz_sheet(60))
    async with served(tmp_path) as it:
        await it.open(big)
        guest = await it.guest()
        await guest.connection.send(big.model_dump_json())
        with pytest.raises(ConnectionClosed):
            await guest.hear("welcome")


# Limits.


async def test_a_service_has_so_many_rooms_and_lets_go_of_empty_ones(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept, limits=Limits(rooms=2)) as it:
        one, two = await it.open(), await it.open()
        await it.player(one.code, "Ann")
        three = await it.open()  # in the place of the second, where nobody is
        await it.player(three.code, "Ann")
        assert await refused(it, two.code) == "full"
        with pytest.raises(CannotOpen, match="as many rooms as it can hold"):
            await it.open()


async def test_a_service_has_so_many_players(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept, limits=Limits(players=2)) as it:
        room = await it.open()
        await it.player(room.code, "Ann")
        await it.player(room.code, "Bob")
        assert await refused(it, room.code, "Cem") == "full"
        await it.host(room)


async def test_a_school_behind_one_address_comes_back_at_once(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        room = await it.open()
        guests = await asyncio.gather(*(it.guest() for _ in range(200)))  # all are there before the first has joined
        for number, guest in enumerate(guests):
            await guest.say(type="hello", protocol=PROTOCOL, room=room.code, name=f"Student {number}", token=None)
        await asyncio.gather(*(guest.hear("welcome") for guest in guests))


async def test_one_token_does_not_get_all_players(tmp_path: Path, kept: dict[str, Any]) -> None:
    (tmp_path / "host-tokens").write_text("the-token-of-one-school\nthe-token-of-another-one\n")
    async with served(tmp_path, **kept, limits=Limits(players_each=1)) as it:
        one = await open_at(it.address, "the-token-of-one-school", opened())
        other = await open_at(it.address, "the-token-of-another-one", opened())
        await it.player(one.code, "Ann")
        assert await refused(it, one.code, "Bob") == "full"
        await it.player(other.code, "Bob")


@pytest.mark.parametrize(
    ("limits", "slow"),
    [
        (Limits(messages_room=2), {"same room"}),
        (Limits(messages_each=2), {"same room", "same token"}),
        (Limits(messages=2), {"same room", "same token", "another token"}),
    ],
    ids=["room", "token", "all"],
)
async def test_messages_are_limited_for_a_room_a_token_and_in_all(
    tmp_path: Path, limits: Limits, slow: set[str]
) -> None:
    (tmp_path / "host-tokens").write_text("the-token-of-one-school\nthe-token-of-another-one\n")
    async with served(tmp_path, limits=limits) as it:
        one, two = [await open_at(it.address, "the-token-of-one-school", opened()) for _ in range(2)]
        other = await open_at(it.address, "the-token-of-another-one", opened())
        places = {"same room": one, "same token": two, "another token": other}
        guests = {where: (await it.player(room.code, "Ann"))[0] for where, room in places.items()}
        mallory, _ = await it.player(one.code, "Mallory")
        for seq in range(6):
            await mallory.say(type="answer", seq=seq, number=1, option="x")
        await asyncio.sleep(0.05)
        took: dict[str, float] = {}

        async def say(where: str, guest: Guest) -> None:
            began = time.monotonic()
            await guest.say(type="answer", seq=1, number=1, option="x")
            await guest.hear("refusal")
            took[where] = time.monotonic() - began

        await asyncio.gather(*(say(where, guest) for where, guest in guests.items()))
        for where, seconds in took.items():
            assert seconds >= 0.3 if where in slow else seconds < took["same room"]


async def test_nonsense_in_one_room_moves_nothing_in_another(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept) as it:
        loud, quiet = await it.open(), await it.open()
        ann, _ = await it.player(quiet.code, "Ann")
        before = list(it.service.rooms.index.events(quiet.code))
        heard = len(ann.heard)

        async def shout(number: int) -> None:
            guest, _ = await it.player(loud.code, f"Mallory {number}")
            with suppress(ConnectionClosed):
                for seq in range(50):
                    await guest.say(type="answer", seq=seq, number=1, option="x")
                    await guest.connection.send("nonsense" * 100)

        await asyncio.gather(*(shout(number) for number in range(20)))
        assert it.service.rooms.index.events(quiet.code) == before
        assert len(ann.heard) == heard
        host = await it.host(quiet)
        await ask(host)
        await picked(ann)


# Requests.


async def test_the_page_is_there(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        status, headers, body = await it.get("/")
        assert status == 200
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "main.js" in body


async def test_it_says_how_it_is(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        await it.open()
        status, _, body = await it.get("/healthz")
        assert (status, json.loads(body)) == (200, {"status": "ok", "rooms": 1, "players": 0})
        it.service.server.is_draining = True
        status, _, body = await it.get("/healthz")
        assert (status, json.loads(body)["status"]) == (503, "draining")


async def test_its_figures_are_read_by_this_computer_alone(tmp_path: Path) -> None:
    pytest.importorskip("prometheus_client")
    async with served(tmp_path) as it:
        room = await it.open()
        await it.player(room.code, "Ann")
        status, _, body = await it.get("/metrics")
        assert status == 200
        assert "orbitquiz_players 1.0" in body
        assert "orbitquiz_events_kept_total 1.0" in body  # that Ann has joined
        assert 'orbitquiz_append_seconds_bucket{le="+Inf"} 1.0' in body
        # A proxy that nobody named: everybody in the world would be this computer.
        assert (await it.get("/metrics", {"X-Forwarded-For": "203.0.113.9"}))[0] == 404


async def test_the_report_opens_by_its_link_alone(tmp_path: Path, kept: dict[str, Any]) -> None:
    async with served(tmp_path, **kept, limits=Limits(idle=0.0)) as it:
        room, other = await it.open(), await it.open()
        host = await it.host(room)
        ann, _ = await it.player(room.code, "Ann")
        await ask(host)
        await picked(ann)
        await host.say(type="reveal")
        await ann.hear("reveal")
        path = room.link.removeprefix(it.address.page.rstrip("/"))
        status, headers, body = await it.get(path)
        assert (status, headers["Cache-Control"], headers["X-Robots-Tag"]) == (200, "no-store", "noindex")
        assert "Ann" in body
        status, headers, body = await it.get(f"{path}?to=csv")
        assert (status, headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
        key = path.rpartition("/")[2]
        for wrong in (f"/report/{other.code}/{key}", f"/report/{room.code}/x", f"/report/{room.code}/", "/report/../x"):
            assert (await it.get(wrong))[0] == 404
    async with served(tmp_path, **kept) as it:
        assert (await it.get(path))[0] == 200  # also after a new start


async def test_links_to_reports_are_guessed_no_faster_than_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.serving.guesses.PATIENCE", 0.0)
    monkeypatch.setattr("orbitquiz.serving.guesses.EACH_PER_SECOND", 0.001)
    async with served(tmp_path) as it:
        room = await it.open()
        found = [(await it.get(f"/report/{room.code}/{number}"))[0] for number in range(60)]
        assert found[:50] == [404] * 50
        assert 429 in found


# Behind a proxy.


async def test_a_proxy_that_is_trusted_says_who_its_clients_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbitquiz.serving.guesses.PATIENCE", 0.0)
    monkeypatch.setattr("orbitquiz.serving.guesses.EACH_PER_SECOND", 0.001)
    async with served(tmp_path, proxies=Proxies(LOOPBACK)) as it:
        room = await it.open()

        async def reason(address: str, code: str) -> str:
            guest = await it.hello(code, "Ann", additional_headers={"X-Forwarded-For": f"10.9.9.9, {address}"})
            return str((await guest.hear("refusal"))["reason"])

        for _ in range(50):
            assert await reason("203.0.113.1", "ZZZZZZ") == "no-room"
        assert await reason("203.0.113.1", "ZZZZZZ") == "too-fast"
        assert await reason("203.0.113.2", "ZZZZZZ") == "no-room"  # another address has tries of its own
        ann = await it.hello(room.code, "Ann", additional_headers={"X-Forwarded-For": "203.0.113.3"})
        await ann.hear("welcome")


async def test_a_service_below_a_path_is_found_with_it_and_without(tmp_path: Path) -> None:
    async with served(tmp_path, proxies=Proxies(LOOPBACK, "/quiz")) as it:
        for path in ("/", "/quiz/", "/quiz/main.js", "/main.js", "/quiz/healthz"):
            assert (await it.get(path))[0] == 200
        assert (await it.get("/quizzes"))[0] == 404
        policy = (await it.get("/quiz/", {"X-Forwarded-Host": "quiz.example.org"}))[1]["Content-Security-Policy"]
        assert "wss://quiz.example.org" in policy


async def test_a_page_behind_a_proxy_may_join_by_the_name_that_its_browser_knows(tmp_path: Path) -> None:
    async with served(tmp_path, proxies=Proxies(LOOPBACK)) as it:
        room = await it.open()
        headers = {"X-Forwarded-Host": "quiz.example.org"}
        ann = await it.hello(room.code, "Ann", origin="https://quiz.example.org", additional_headers=headers)
        await ann.hear("welcome")


# What is told of people.


async def test_the_log_is_json_without_names_answers_and_addresses(tmp_path: Path) -> None:
    stream = io.StringIO()
    handler = logs.log_to(stream)
    try:
        async with served(tmp_path, limits=Limits(idle=0.0)) as it:
            room = await it.open()
            host = await it.host(room)
            ann, _ = await it.player(room.code, "Annabella")
            await ask(host)
            await picked(ann)
            actor = it.service.rooms._rooms[room.code].actor
            actor._tell_fault(ValueError("Annabella said Cy Reed"))
            await ann.leave()
    finally:
        for name in (*logs._OURS, *logs._OTHERS):
            logging.getLogger(name).removeHandler(handler)
            logging.getLogger(name).propagate = True
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {"started", "room-opened", "room-unloaded", "stopped"} <= {line["event"] for line in lines}
    (fault,) = (line for line in lines if line.get("error"))
    assert fault["error"] == "ValueError"
    for secret in ("Annabella", "Cy Reed", "127.0.0.1", room.secret, it.token):
        assert secret not in stream.getvalue()


async def test_an_answer_is_on_disk_when_it_is_accepted(tmp_path: Path) -> None:
    async with served(tmp_path) as it:
        room = await it.open()
        host = await it.host(room)
        ann, _ = await it.player(room.code, "Ann")
        await ask(host)
        await picked(ann)
        assert any(isinstance(event, Answered) for event in FileIndex(tmp_path).events(room.code))


def test_the_code_of_a_room_is_six_letters_that_cannot_be_mistaken() -> None:
    assert rooms.is_code("K7M2QD")
    for code in ("K7M2", "K7M2QDX", "K7M2Q0", "k7m2qd", "../../", "K7M2Q\n"):
        assert not rooms.is_code(code)


async def _until(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)
