"""Rooms through the front door: a real server, real WebSockets."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from orbitquiz.bank.model import Bank
from orbitquiz.classroom.client.client import Client, Lost, Update
from orbitquiz.classroom.protocol import AnswerMessage, Hello, Welcome
from orbitquiz.classroom.report.build import gather
from orbitquiz.classroom.rules.events import Answered, Asked, Event, Joined, Skipped
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.server import websocket
from orbitquiz.classroom.server.hosting import Ready, host_in_thread
from orbitquiz.classroom.server.websocket import AT_ONCE
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import QuizSheet
from tests.classroom.live import Guest, Live, Message, key_of, live
from tests.classroom.making import KEY, OPTIONS, opened, quiz_sheet
from tests.classroom.places import Place

STUDENTS, QUESTIONS, LATE = 50, 6, 5


async def test_a_class_plays_a_whole_game(place: Place) -> None:
    """Fifty students, some of whom lose their connection, send twice, come late, or are nobody the room knows."""
    chance = random.Random("a class")
    async with live(place.index, opened(QUESTIONS)) as room:
        host = await room.host()
        seats: dict[str, tuple[Guest, str]] = {}
        for number in range(STUDENTS - LATE):
            guest, welcome = await room.player(f"Student {number}")
            seats[welcome["player"]] = guest, welcome["token"]
        accepted: dict[tuple[str, int], str] = {}
        for number in range(1, QUESTIONS + 1):
            await host.say(type="next", after=number - 1)
            await host.hear("scene", partial(_is_asking, number))
            if number <= LATE:
                guest, welcome = await room.player(f"Late {number}")
                assert (await guest.hear("question"))["plays"] is False
                seats[welcome["player"]] = guest, welcome["token"]
            await asyncio.gather(
                *(_play(room, seats, id, number, accepted, random.Random(chance.random())) for id in seats)
            )
            await host.say(type="reveal")
            for guest, _ in seats.values():
                await guest.hear("reveal", partial(_is_of, number))
        await host.say(type="next", after=QUESTIONS)
        ends = {id: await guest.hear("ended") for id, (guest, _) in seats.items()}
        recorded = [event for event in room.events if isinstance(event, Answered)]
        assert len(recorded) == len({(event.player, event.number) for event in recorded})
        assert {(e.player, e.number): room.room.option_id(e.option, e.number) for e in recorded} == accepted
        assert len(accepted) > 150
        sheets = room.room.opening.quiz.questions
        for id, end in ends.items():
            right = sum(e.player == id and e.option == sheets[e.number - 1].key for e in recorded)
            assert (end["score"], end["right"]) == (100 * right, right)
        assert sum(isinstance(event, Joined) for event in room.events) == STUDENTS


async def _play(
    room: Live,
    seats: dict[str, tuple[Guest, str]],
    id: str,
    number: int,
    accepted: dict[tuple[str, int], str],
    chance: random.Random,
) -> None:
    """One student's part in one question."""
    guest, token = seats[id]
    if not (guest.heard and _last_question(guest) == number):
        question = await guest.hear("question", lambda asked: asked["number"] == number)
    else:
        question = next(told for told in reversed(guest.heard) if told["type"] == "question")
    if not question["plays"] or chance.random() < 0.15:
        return  # came too late, or doesn't know
    pick = chance.choice(question["options"])["id"]
    accident = chance.choice(["none", "twice", "lost before", "lost after", "nobody"])
    if accident == "nobody":
        stranger = await room.guest()
        await stranger.say(type="hello", protocol=2, room=room.code, token="no token of this room")
        assert (await stranger.hear("refusal"))["reason"] == "name-missing"
    if accident == "lost before":
        guest.drop()
        guest, _ = await room.player(token=token)
        seats[id] = guest, token
        assert (await guest.hear("question"))["picked"] is None
    await guest.answer(question, pick)
    if accident == "twice":
        await guest.answer(question, pick)
        await guest.hear("accepted")
    if accident == "lost after":
        guest.drop()  # it may have arrived or not: the client sends it once more
        guest, _ = await room.player(token=token)
        seats[id] = guest, token
        await guest.answer(question, pick)
    told = await guest.hear("accepted")
    accepted[id, number] = told["option"]
    if accident == "twice":
        other = next(option["id"] for option in question["options"] if option["id"] != pick)
        await guest.answer(question, other, seq=99)
        assert (await guest.hear("refusal"))["reason"] == "answered"


def _is_asking(number: int, scene: Message) -> bool:
    return bool(scene["number"] == number and scene["phase"] == "asking")


def _has_number(number: int, told: Message) -> bool:
    return bool(told["number"] == number)


def _is_of(number: int, reveal: Message) -> bool:
    return bool(reveal["question"]["number"] == number)


def _last_question(guest: Guest) -> int:
    return max((told["number"] for told in guest.heard if told["type"] == "question"), default=0)


async def test_nothing_that_a_player_hears_before_the_reveal_tells_the_key(tmp_path: Path, builtin: Bank) -> None:
    """With the built-in bank: whatever was sent before is looked through for all that belongs to the answer."""
    quiz = QuizSheet.of(compose(builtin, Request("ROOM", 8)))
    async with live(tmp_path, opened(quiz=quiz)) as room:
        host = await room.host()
        guests = [(await room.player(name))[0] for name in ("Ann", "Bo", "Cem")]
        for number, sheet in enumerate(quiz.questions, 1):
            await host.say(type="next", after=number - 1)
            for guest in guests:
                question = await guest.hear("question")
                await guest.answer(question, question["options"][0]["id"])
                await guest.hear("accepted")
                before = "\n".join(guest.raw)
                guest.raw.clear()
                secret = [json.dumps(sheet.fact), sheet.id, quiz.digest, quiz.code or "no code"]
                secret += [sheet.proof.statement, *filter(None, sheet.remarks)]
                secret += [part.text for part in sheet.proof.shown]
                told = before
                for words in (sheet.stem, *sheet.options):  # what is asked may be told
                    told = told.replace(json.dumps(words, ensure_ascii=False), "")
                assert not [words for words in secret if words in told]
                assert set(question) == {
                    *("type", "number", "total", "category", "sources_differ", "stem", "options"),
                    *("limit", "left", "is_paused", "plays", "picked", "reading"),
                    *("passages", "attempts", "wrong", "to_answer"),
                }
                assert all(set(option) == {"id", "text"} for option in question["options"])
            for guest in guests:
                revealed = await guest.hear("reveal")
                assert revealed["question"]["key"] == key_of(sheet, revealed["question"]["options"])
                guest.raw.clear()


async def test_the_order_and_the_ids_of_options_tell_nothing(tmp_path: Path) -> None:
    """The right option stands in each place about as often, and its id is another one in another room."""
    places = [0] * len(OPTIONS)
    ids = set()
    for number in range(2):
        async with live(tmp_path, opened(room=f"ROOM{number}", salt=f"salt {number}")) as room:
            host = await room.host()
            guests = [(await room.player(f"Student {each}"))[0] for each in range(40)]
            await host.say(type="next", after=0)
            for guest in guests:
                question = await guest.hear("question")
                key = key_of(room.room.question, question["options"])
                ids.add(key)
                places[[option["id"] for option in question["options"]].index(key)] += 1
    assert len(ids) == 2
    assert min(places) > 8  # of eighty


async def test_ten_thousand_hostile_messages_change_nothing_for_others(tmp_path: Path) -> None:
    chance = random.Random("hostile")
    async with live(tmp_path) as room:
        host = await room.host()
        ann, welcome = await room.player("Ann")
        await host.say(type="next", after=0)
        question = await ann.hear("question")
        before = room.room
        sent = 0
        while sent < 10_000:
            guest = await room.guest()
            for _ in range(200):
                try:
                    await guest.connection.send(_nonsense(chance, room, welcome))
                    sent += 1
                except ConnectionClosed:
                    break
            guest.drop()
        assert room.room.players["p1"] == before.players["p1"]
        assert room.room.rounds == before.rounds
        assert room.room.phase is before.phase
        await ann.answer(question, question["options"][0]["id"])
        await ann.hear("accepted")
        await host.say(type="reveal")
        assert (await ann.hear("reveal"))["yours"]["picked"] == question["options"][0]["id"]


def _nonsense(chance: random.Random, room: Live, welcome: Message) -> str | bytes:
    good = [
        {"type": "hello", "protocol": 2, "room": room.code, "name": "\u202e" * 9},
        {"type": "hello", "protocol": 2, "room": room.code, "token": "x" * 40},
        {"type": "hello", "protocol": 2, "room": room.code},
        {"type": "hello", "protocol": 2, "room": "ZZZZ", "name": "Ann"},
        {"type": "host", "protocol": 2, "room": room.code, "secret": "guess"},
        {"type": "host", "protocol": 2, "room": room.code, "secret": "ä\udc80"},
        {"type": "answer", "seq": 1, "number": 1, "option": "0", "player": welcome["player"]},
        {"type": "answer", "seq": 2**70, "number": -1, "option": {"$ne": 1}},
        {"type": "kick", "player": "p1"},
        {"type": "end"},
        {"type": "next", "after": 1},
    ]
    nonsense: list[str | bytes] = [
        json.dumps(chance.choice(good)),
        "[" * 3000,
        "x" * chance.choice([10, 4095, 4097, 70_000]),
        chance.randbytes(50),
        '{"type": "hello", "type": "answer"}',
        '{"type": NaN}',
        "",
    ]
    return chance.choice(nonsense)


async def test_players_have_no_rights_of_the_host(place: Place) -> None:
    moves: list[Message] = [
        {"type": "next", "after": 0},
        {"type": "kick", "player": "p2"},
        {"type": "lock", "locked": True},
        {"type": "end"},
    ]
    async with live(place.index) as room:
        ann, _ = await room.player("Ann")
        await room.player("Bo")
        for move in moves:
            await ann.say(**move)
            assert (await ann.hear("refusal"))["reason"] == "not-host"
        stranger = await room.guest()
        await stranger.say(type="host", protocol=2, room=room.code, secret=room.greeting.secret[:-1])
        assert (await stranger.hear("refusal"))["reason"] == "not-host"
        with pytest.raises(ConnectionClosed):
            await stranger.hear("scene")
        assert len(room.events) == 4  # opened, located, and two have joined


async def test_who_sends_too_much_is_let_go_and_can_come_back(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        ann, welcome = await room.player("Ann")
        bo, _ = await room.player("Bo")
        with pytest.raises(ConnectionClosed):
            await _flood(ann)
        assert any(told.get("reason") == "too-fast" for told in ann.heard)
        again, _ = await room.player(token=welcome["token"])
        assert (await again.hear("lobby"))["players"] == 2
        await bo.hear("lobby")


async def _flood(guest: Guest) -> None:
    for _ in range(int(AT_ONCE) * 3):
        await guest.say(type="answer", seq=1, number=1, option="x")
    await guest.hear("nothing")


async def test_who_does_not_read_delays_nobody(tmp_path: Path) -> None:
    """A player whose connection takes nothing in is dropped; the others get each message at once."""
    text = "a long word of the stem " * 20_000
    async with live(tmp_path, opened(quiz=quiz_sheet(12, stem=text))) as room:
        host = await room.host()
        deaf = await room.guest(max_queue=1)
        await deaf.say(type="hello", protocol=2, room=room.code, name="Deaf")
        await deaf.hear("welcome")
        deaf.connection.transport.pause_reading()
        ann, _ = await room.player("Ann")
        for number in range(1, 13):  # it would take the server 40 s to give up somebody who answers no ping
            await host.say(type="next", after=number - 1)
            await ann.hear("question")
            await host.say(type="reveal")
            await ann.hear("reveal")
        people = await host.hear("people", lambda told: not all(seat["is_here"] for seat in told["seats"]))
        assert [seat["name"] for seat in people["seats"] if not seat["is_here"]] == ["Deaf"]


@pytest.mark.parametrize("origin", ["http://example.org", "null", "http://127.0.0.1:1"])
async def test_pages_of_other_sites_may_not_join(tmp_path: Path, origin: str) -> None:
    async with live(tmp_path) as room:
        with pytest.raises(InvalidStatus, match="403"):
            await room.guest(origin=origin)
        await room.guest(origin=f"http://{room.address}")


async def test_a_browser_is_told_what_to_type(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        reader, writer = await asyncio.open_connection(room.address.host, room.address.port)
        writer.write(f"GET / HTTP/1.1\r\nHost: {room.address}\r\n\r\n".encode())
        assert b"orbitquiz join" in await reader.read()
        writer.close()
        await writer.wait_closed()


async def test_time_runs_out_by_itself(tmp_path: Path) -> None:
    async with live(tmp_path, opened(timer=0.4)) as room:
        host = await room.host()
        ann, _ = await room.player("Ann")
        await room.player("Bo")
        await host.say(type="next", after=0)
        question = await ann.hear("question")
        await ann.answer(question, question["options"][0]["id"])
        told = await ann.hear("reveal")
        assert told["yours"]["picked"] is not None
        await ann.answer({"number": 1}, "x", seq=7)
        assert (await ann.hear("refusal"))["reason"] == "answered"


async def test_the_key_is_shown_once_all_have_answered(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        host = await room.host()
        guests = [(await room.player(name))[0] for name in ("Ann", "Bo")]
        await host.say(type="next", after=0)
        for guest in guests:
            question = await guest.hear("question")
            await guest.answer(question, question["options"][0]["id"])
        for guest in guests:
            await guest.hear("reveal")


async def test_an_answer_that_is_on_its_way_when_the_clock_stops_is_taken(place: Place) -> None:
    async with live(place.index, opened(timer=60.0)) as room:
        host = await room.host()
        ann, bo = [(await room.player(name))[0] for name in ("Ann", "Bo")]
        await host.say(type="next", after=0)
        question = await ann.hear("question")
        await bo.hear("question")
        await host.say(type="pause")
        clock = await ann.hear("clock")
        await ann.answer(question, question["options"][0]["id"])
        await ann.hear("accepted")
        await host.hear("scene", lambda scene: scene["phase"] == "paused" and scene["answered"] == 1)
        await bo.answer(question, question["options"][1]["id"])
        await bo.hear("accepted")
        await host.hear("scene", lambda scene: scene["phase"] == "paused" and scene["answered"] == 2)
        assert not [told for told in ann.heard if told["type"] == "reveal"]  # the clock stands still
        await host.say(type="go-on")
        for guest in (ann, bo):
            assert (await guest.hear("reveal"))["yours"]["picked"] is not None
        seconds = [event.seconds for event in room.events if isinstance(event, Answered)]
        assert seconds == [pytest.approx(60.0 - clock["left"])] * 2


async def test_an_answer_that_was_held_while_the_host_was_away_is_taken_when_it_is_back(place: Place) -> None:
    async with live(place.index) as room:
        host = await room.host()
        (_, ann), (guest, ben) = [await room.player(name) for name in ("Ann", "Ben")]
        await host.say(type="next", after=0)
        question = await guest.hear("question")
    async with live(place.index, resumed=room.code) as room:
        host = await room.host()
        guest, welcome = await room.player(token=ben["token"])
        assert welcome["player"] == ben["player"]
        assert (await guest.hear("question"))["is_paused"] is True
        await guest.answer(question, question["options"][0]["id"])
        await guest.hear("accepted")
        await host.hear("scene", lambda scene: scene["answered"] == 1)
        assert [event.player for event in room.events if isinstance(event, Answered)] == [ben["player"]]
        await host.say(type="reveal")
        late, _ = await room.player(token=ann["token"])
        await late.hear("reveal")
        await late.answer(question, question["options"][0]["id"])
        refusal = await late.hear("refusal")
        assert (refusal["reason"], refusal["seq"]) == ("too-late", 1)
        assert "did not reach the host in time" in refusal["text"]


async def test_what_was_taken_back_after_its_reveal_counts_for_nobody(place: Place) -> None:
    chance = random.Random("taken back")
    async with live(place.index, opened(QUESTIONS, teams=("Mercury", "Venus"))) as room:
        host = await room.host()
        tokens = {(joined := (await room.player(f"Student {n}"))[1])["player"]: joined["token"] for n in range(6)}
        guests = {
            told["player"]: guest for guest in room.guests[1:] for told in guest.heard if told["type"] == "welcome"
        }
        for number in range(1, QUESTIONS + 1):
            await host.say(type="next", after=number - 1)
            for guest in guests.values():
                question = await guest.hear("question", partial(_has_number, number))
                await guest.answer(question, chance.choice(question["options"])["id"])
            for guest in guests.values():
                await guest.hear("reveal", partial(_is_of, number))
            if number % 3 == 0:
                await host.say(type="skip")
                for id, guest in guests.items():
                    skipped = await guest.hear("skipped")
                    assert (skipped["number"], skipped["score"]) == (number, 100 * _right_in(room.events, id))
                    guest.drop()
                    guests[id], welcome = await room.player(token=tokens[id])
                    assert welcome["score"] == skipped["score"]
        await host.say(type="next", after=QUESTIONS)
        for id, guest in guests.items():
            end = await guest.hear("ended")
            right = _right_in(room.events, id)
            assert (end["score"], end["right"], end["of"]) == (100 * right, right, 4)
            assert [each["question"]["number"] for each in end["questions"]] == [1, 2, 4, 5]
        assert [question.number for question in gather(room.events).questions] == [1, 2, 4, 5]


def _right_in(happened: Sequence[Event], player: str) -> int:
    """Count a player's right answers, without voided questions."""
    taken_back, right, number = set(), [], 0
    for event in happened:
        match event:
            case Asked():
                number = event.number
            case Skipped():
                taken_back.add(number)
            case Answered() if event.player == player and event.option == KEY:
                right.append(event.number)
    return len([number for number in right if number not in taken_back])


async def test_a_seat_is_in_one_place(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        first, welcome = await room.player("Ann")
        second, again = await room.player(token=welcome["token"])
        assert again["player"] == welcome["player"]
        assert (await first.hear("refusal"))["reason"] == "elsewhere"
        await second.hear("lobby")


async def test_kicked_comes_back_with_another_name_and_banned_does_not(place: Place) -> None:
    async with live(place.index) as room:
        host = await room.host()
        ann, welcome = await room.player("Rude")
        await host.say(type="kick", player=welcome["player"])
        assert (await ann.hear("refusal"))["reason"] == "kicked"
        ann, again = await room.player("Ann", token=welcome["token"])
        assert (again["player"], again["name"]) == (welcome["player"], "Ann")
        await host.say(type="rename", player=welcome["player"], name="Anna")
        assert (await ann.hear("named"))["name"] == "Anna"
        await host.say(type="ban", player=welcome["player"])
        assert (await ann.hear("refusal"))["reason"] == "banned"
        stranger = await room.guest()
        await stranger.say(type="hello", protocol=2, room=room.code, name="Anna", token=welcome["token"])
        assert (await stranger.hear("refusal"))["reason"] == "banned"


async def test_a_client_comes_back_by_itself_and_its_answer_counts_once(place: Place) -> None:
    async with live(place.index) as room:
        host = await room.host()
        told: asyncio.Queue[Update] = asyncio.Queue()
        token: list[str] = []

        def hello() -> Hello:
            return Hello(protocol=2, room=room.code, name="Ann", token=token[0] if token else None)

        client = Client(room.address.url, hello)
        task = asyncio.create_task(client.run(told.put_nowait))
        welcome = await told.get()
        assert isinstance(welcome, Welcome)
        token.append(welcome.token)
        await room.player("Bo")
        await host.say(type="next", after=0)
        await host.hear("scene", lambda scene: scene["phase"] == "asking")
        option = room.room.option_id(0)
        assert client._connection is not None
        client._connection.transport.abort()
        await client.send(AnswerMessage(seq=1, number=1, option=option))  # falls into the gap
        async with asyncio.timeout(5):
            kinds = []
            while "accepted" not in kinds:
                update = await told.get()
                kinds.append("lost" if isinstance(update, Lost) else update.type)
        assert "lost" in kinds
        assert len([event for event in room.events if isinstance(event, Answered)]) == 1
        task.cancel()


async def test_a_room_that_cannot_be_kept_goes_on_and_says_so(place: Place) -> None:
    async with live(place.index) as room:
        host = await room.host()
        with place.failing(room.code):
            ann, _ = await room.player("Ann")
            scene = await host.hear("scene", lambda scene: scene["trouble"] is not None)
            assert "The room cannot be saved" in scene["trouble"]
        await room.player("Bo")
        await host.hear("scene", lambda scene: scene["trouble"] is None)
        assert [player.name for player in room.room.players.values()] == ["Ann", "Bo"]
        await ann.leave()


async def test_who_pings_and_never_reads_is_cut_and_holds_no_memory(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        ann, _ = await room.player("Ann")
        flood = await room.guest(max_queue=1, ping_interval=None)
        transport = flood.connection.transport
        transport.pause_reading()
        ping = b"\x89\xfd\x00\x00\x00\x00" + bytes(125)
        for _ in range(2000):
            if transport.is_closing():
                break
            transport.write(ping * 20)
            await asyncio.sleep(0)
        transport.resume_reading()
        async with asyncio.timeout(5):
            await flood.connection.wait_closed()
        await ann.say(type="answer", seq=1, number=9, option="x")
        await ann.hear("refusal")


async def test_a_client_may_ping_as_often_as_it_may_speak(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        ann, _ = await room.player("Ann")
        for _ in range(int(AT_ONCE) - 5):
            await (await ann.connection.ping())
        await ann.say(type="answer", seq=1, number=9, option="x")
        await ann.hear("refusal")


async def test_silent_connections_keep_nobody_out(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        silent = [
            await asyncio.open_connection(room.address.host, room.address.port)
            for _ in range(websocket.MOST_OUTSIDE_EACH + 20)
        ]
        ann, _ = await room.player("Ann")
        await room.host()
        await asyncio.sleep(0.1)
        gone = [reader.at_eof() for reader, _ in silent]
        assert gone[0]
        assert not gone[-1]
        assert sum(gone) >= 20
        await ann.say(type="answer", seq=1, number=9, option="x")
        await ann.hear("refusal")
        for _, writer in silent:
            writer.close()


async def test_silent_connections_are_few_in_all_from_however_many_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket, "MOST_OUTSIDE", 10)
    numbers = itertools.count()
    monkeypatch.setattr(websocket.RoomConnection, "address", property(lambda _: f"10.0.0.{next(numbers) % 200}"))
    async with live(tmp_path) as room:
        silent = [await asyncio.open_connection(room.address.host, room.address.port) for _ in range(30)]
        ann, _ = await room.player("Ann")
        await asyncio.sleep(0.1)
        assert sum(not reader.at_eof() for reader, _ in silent) <= 10
        await ann.say(type="answer", seq=1, number=9, option="x")
        await ann.hear("refusal")
        for _, writer in silent:
            writer.close()


async def test_messages_that_make_no_sense_end_a_connection_at_the_tenth(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        ann, _ = await room.player("Ann")
        for _ in range(websocket._MOST_NONSENSE):
            await ann.connection.send("{}")
        for _ in range(websocket._MOST_NONSENSE):
            assert (await ann.hear("refusal"))["reason"] == "bad-message"
        async with asyncio.timeout(5):
            await ann.connection.wait_closed()


async def test_the_room_waits_for_nobody_on_the_thread_of_its_screen(tmp_path: Path) -> None:
    opening = opened()
    ready = Ready(Room.of([opening]), FileLog.create(tmp_path, opening))

    def play(url: str) -> str:
        """Join from outside, while the main thread stands still."""

        async def join() -> str:
            async with connect(url, proxy=None) as connection:
                await connection.send(Hello(protocol=2, room="KSTR", name="Ann").model_dump_json())
                return str(json.loads(await connection.recv())["type"])

        return asyncio.run(join())

    with host_in_thread(ready, lan=False, port=0) as thread, ThreadPoolExecutor(1) as outside:
        told = outside.submit(play, thread.hosted.address.url)
        assert told.result(10) == "welcome"  # this thread has no loop that could have helped
    assert not thread.is_alive()
    FileLog.reopen(ready.log.path)[0].close()  # type: ignore[attr-defined]


async def test_a_port_in_use_is_told_by_the_thread_of_a_room(tmp_path: Path) -> None:
    opening = opened()
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ready = Ready(Room.of([opening]), FileLog.create(tmp_path, opening))
        with pytest.raises(OSError, match="in use"), host_in_thread(ready, lan=False, port=other.getsockname()[1]):
            pass


async def test_the_passages_of_the_compare_round_lie_open_beside_the_question(tmp_path: Path, builtin: Bank) -> None:
    quiz = QuizSheet.of(compose(builtin, Request("ROOM", 3, differ=True)))
    async with live(tmp_path, opened(quiz=quiz)) as room:
        host = await room.host()
        ann, _ = await room.player("Ann")
        await host.say(type="next", after=0)
        question = await ann.hear("question")
        sheet = quiz.questions[0]
        assert question["stem"] == sheet.stem
        assert [each["text"] for each in question["passages"]] == [each.text for each in sheet.open]
        assert len(question["passages"]) > 1
        scene = await host.hear("scene", lambda told: told["phase"] == "asking")
        assert scene["question"]["passages"] == question["passages"]
