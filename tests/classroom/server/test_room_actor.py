"""The actor of a room by itself: what it keeps, whom it tells and waits for, and what becomes of an error."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules import room as rules
from orbitquiz.classroom.rules.events import Located, Opened
from orbitquiz.classroom.rules.room import Presence, Room
from orbitquiz.classroom.server import room_actor
from orbitquiz.classroom.server.room_actor import ABSENCE, MOST_FAILURES, Connection, Gone, RoomActor, hashed
from orbitquiz.classroom.storage.event_log import Deposed
from orbitquiz.classroom.storage.room_index import FileIndex, RoomIndex
from tests.classroom.making import opened
from tests.classroom.places import Place

SECRET = "only the host knows"


class Heard:
    """The sending half of a connection: remembers what was sent."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.is_closed = self.is_admitted = False

    def send(self, *parts: str) -> None:
        self.messages.append(json.loads("".join(parts)))

    def admit(self) -> None:
        self.is_admitted = True

    def close(self) -> None:
        self.is_closed = True

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]


class Acted:
    """A room with its actor, on a clock that a test puts forward."""

    def __init__(self, index: RoomIndex, opening: Opened) -> None:
        self.now = 0.0
        self.log = index.create(opening)
        located = Located(at=0.0, port=1, host=hashed(SECRET))
        self.actor = RoomActor(Room.of([opening]).after(located), self.log, lambda: self.now)
        self.task: asyncio.Task[None] | None = None

    async def say(self, connection: Connection, message: protocol.ToRoom | Gone) -> None:
        await self.actor.put(connection, message)
        await self.settle()

    async def settle(self) -> None:
        """Let the actor finish what it was told, and write it."""
        for _ in range(200):
            await asyncio.sleep(0.001)
            if self.actor._inbox.empty() and not self.actor._writer.is_behind:
                break
        await asyncio.sleep(0.02)

    async def host(self) -> tuple[Connection, Heard]:
        heard = Heard()
        host = Connection(heard, "127.0.0.1")
        await self.say(host, protocol.HostHello(protocol=2, room="KSTR", secret=SECRET))
        return host, heard

    async def player(self, name: str, address: str = "10.0.0.1") -> tuple[Connection, Heard]:
        heard = Heard()
        connection = Connection(heard, address)
        await self.say(connection, protocol.Hello(protocol=2, room="KSTR", name=name))
        return connection, heard

    async def answer(self, connection: Connection, option: int = 0, seq: int = 1) -> None:
        room = self.actor.room
        answer = protocol.AnswerMessage(seq=seq, number=room.number, option=room.option_id(option))
        await self.say(connection, answer)

    @property
    def phase(self) -> str:
        return self.actor.room.phase.value


@asynccontextmanager
async def acted(place: Path | RoomIndex, **changes: Any) -> AsyncIterator[Acted]:
    room = Acted(FileIndex(place) if isinstance(place, Path) else place, opened(**changes))
    room.task = asyncio.create_task(room.actor.run())
    try:
        yield room
    finally:
        room.task.cancel()
        await asyncio.wait([room.task])
        room.log.close()


# What is kept.


async def test_an_answer_is_accepted_only_once_it_is_on_the_disk(place: Place) -> None:
    async with acted(place.index) as room:
        host, heard = await room.host()
        ada, told = await room.player("Ada")
        await room.player("Ben")
        await room.say(host, protocol.Next(after=0))
        with place.failing("KSTR"):
            await room.answer(ada)
            assert room.actor.room.round.answers.keys() == {"p1"}  # the game goes on
            assert told.of("accepted") == []
            room.now += 1.0
            await room.answer(ada)  # sent again
            assert told.of("accepted") == []
            assert "cannot be saved" in heard.of("scene")[-1]["trouble"]
        async with asyncio.timeout(5):
            while not told.of("accepted"):
                await asyncio.sleep(0.02)
        assert {message["seq"] for message in told.of("accepted")} == {1}
        assert any(event.type == "answered" for event in place.index.events("KSTR"))
        room.now += 1.0
        await room.player("Cy")
        assert heard.of("scene")[-1]["trouble"] is None


async def test_a_room_that_another_program_owns_now_hangs_up_without_a_word(place: Place) -> None:
    async with acted(place.index) as room:
        await room.host()
        _, told = await room.player("Ada")
        place.take_away("KSTR")
        before = len(told.messages)
        await room.player("Ben")
        assert room.task is not None
        await asyncio.wait([room.task])
        error = room.task.exception()
        assert isinstance(error, Deposed)
        room.actor.stopped_by(error)
        assert told.is_closed
        assert told.of("refusal") == []
        assert len(told.messages) == before


# What goes wrong.


async def test_an_unexpected_error_is_logged_and_told_and_the_room_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    async with acted(tmp_path) as room:
        host, heard = await room.host()
        ada, told = await room.player("Ada")
        with monkeypatch.context() as fault, caplog.at_level(logging.ERROR, "orbitquiz.classroom"):
            fault.setattr(rules.Room, "next", fail)
            await room.say(host, protocol.Next(after=0))
        assert "a fault of ours" in caplog.text
        assert [each.of("refusal")[-1]["reason"] for each in (heard, told)] == ["not-now", "not-now"]
        room.now += 1.0
        await room.player("Ben")
        assert heard.of("scene")[-1]["trouble"].startswith("Something went wrong")
        assert room.phase == "lobby"
        await room.say(host, protocol.Next(after=0))
        await room.answer(ada)
        assert told.of("accepted")


async def test_an_error_that_keeps_coming_back_ends_the_room_aloud(tmp_path: Path) -> None:
    async with acted(tmp_path) as room:
        host, heard = await room.host()
        _, told = await room.player("Ada")
        room.log.close()  # so that each write is a mistake of the program
        assert room.task is not None
        for number in range(MOST_FAILURES):
            await room.say(host, protocol.Lock(locked=number % 2 == 0))
        with suppress(ValueError):
            async with asyncio.timeout(5):
                await asyncio.wait([room.task])
        error = room.task.exception()
        assert error is not None
        room.actor.stopped_by(error)
        for each in (heard, told):
            assert each.of("refusal")[-1]["reason"] == "closed"
            assert "stopped because of an error" in each.of("refusal")[-1]["text"]
            assert each.is_closed


# Who is waited for.


async def test_who_is_away_for_long_is_not_waited_for(tmp_path: Path) -> None:
    async with acted(tmp_path) as room:
        host, _ = await room.host()
        ada, _ = await room.player("Ada")
        ben, _ = await room.player("Ben")
        await room.say(host, protocol.Next(after=0))
        await room.say(ben, Gone())
        await room.answer(ada)
        assert room.phase == "asking"  # he may be back in a moment
        room.now += ABSENCE - 0.1
        await room.player("Cy")
        assert room.phase == "asking"
        room.now += 0.2
        await room.player("Di")
        assert room.phase == "revealed"


async def test_nothing_is_revealed_by_itself_while_nobody_has_answered(tmp_path: Path) -> None:
    async with acted(tmp_path) as room:
        host, _ = await room.host()
        ada, _ = await room.player("Ada")
        await room.say(host, protocol.Next(after=0))
        await room.say(ada, Gone())
        room.now += 2 * ABSENCE
        await room.player("Ben")
        assert room.phase == "asking"


@pytest.mark.parametrize("release", ["hold", "leave", "skip"])
async def test_a_question_is_not_revealed_while_the_host_is_asked_about_it(tmp_path: Path, release: str) -> None:
    async with acted(tmp_path, timer=20.0) as room:
        host, heard = await room.host()
        ada, told = await room.player("Ada")
        await room.say(host, protocol.Next(after=0))
        await room.say(host, protocol.Hold(held=True))
        await room.answer(ada)
        room.now += 30.0
        await room.player("Ben")
        assert room.phase == "asking"
        assert told.of("accepted")
        assert not any(scene["revealed"] for scene in heard.of("scene"))
        match release:
            case "hold":
                await room.say(host, protocol.Hold(held=False))
            case "leave":
                await room.say(host, Gone())
            case _:
                await room.say(host, protocol.Skip())
        assert room.phase == ("skipped" if release == "skip" else "revealed")


# Seats.


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Rooms of this test have so many seats."""
    monkeypatch.setattr(rules, "MOST_PLAYERS", 4)
    return 4


async def test_a_full_room_recycles_the_seat_of_who_left_without_an_answer(tmp_path: Path, small: int) -> None:
    async with acted(tmp_path) as room:
        host, _ = await room.host()
        players = [await room.player(f"Kid {number}") for number in range(small)]
        await room.say(host, protocol.Next(after=0))
        await room.answer(players[1][0])
        for at in (1, 2, 3):
            room.now += 1.0
            await room.say(players[at][0], Gone())
        _, told = await room.player("Ada")
        assert told.of("welcome")
        places = [player.place for player in room.actor.room.players.values()]
        assert places == [Presence.IN, Presence.IN, Presence.KICKED, Presence.IN, Presence.IN]


async def test_a_script_that_takes_all_seats_loses_them_to_others_and_not_the_other_way_round(
    tmp_path: Path, small: int
) -> None:
    async with acted(tmp_path) as room:
        await room.host()
        _, honest = await room.player("Ada", "10.0.0.1")
        script = [await room.player(f"Bot {number}", "10.0.0.9") for number in range(small - 1)]
        _, refused = await room.player("Bot 9", "10.0.0.9")
        assert refused.of("refusal")[0]["reason"] == "full"
        _, told = await room.player("Ben", "10.0.0.2")
        assert told.of("welcome")
        assert not honest.is_closed
        assert [heard.is_closed for _, heard in script] == [False, False, True]


async def test_those_who_are_away_can_be_sent_out_at_once_and_come_back(tmp_path: Path) -> None:
    async with acted(tmp_path) as room:
        host, _ = await room.host()
        players = [await room.player(f"Kid {number}") for number in range(4)]
        for connection, _ in players[1:3]:
            await room.say(connection, Gone())
        await room.say(host, protocol.KickAway())
        assert [player.id for player in room.actor.room.present] == ["p1", "p4"]
        token = players[1][1].of("welcome")[0]["token"]
        back = Heard()
        hello = protocol.Hello(protocol=2, room="KSTR", name="Kid 1", token=token)
        await room.say(Connection(back, "10.0.0.1"), hello)
        assert back.of("welcome")[0]["player"] == "p2"


async def test_a_ban_can_be_lifted_and_its_name_is_free(place: Place) -> None:
    async with acted(place.index) as room:
        host, _ = await room.host()
        _, told = await room.player("Ada")
        await room.say(host, protocol.Ban(player="p1"))
        _, other = await room.player("Ada")
        assert other.of("refusal")[0]["reason"] == "name-taken"
        await room.say(host, protocol.Unban(player="p1"))
        token = told.of("welcome")[0]["token"]
        back = Heard()
        await room.say(Connection(back, ""), protocol.Hello(protocol=2, room="KSTR", name="Ada", token=token))
        assert back.of("welcome")[0]["player"] == "p1"
        assert Room.of(place.index.events("KSTR")).players["p1"].place is Presence.IN


async def test_the_secret_of_the_host_is_kept_as_a_hash_alone(place: Place) -> None:
    async with acted(place.index) as room:
        wrong = Heard()
        await room.say(Connection(wrong), protocol.HostHello(protocol=2, room="KSTR", secret="guessed"))
        assert wrong.of("refusal")[0]["reason"] == "not-host"
        assert wrong.is_closed
        _, heard = await room.host()
        assert heard.of("host-welcome")
        assert SECRET not in "".join(event.model_dump_json() for event in place.index.events("KSTR"))


# How often is told.


async def test_a_long_list_of_people_comes_less_often_than_the_scene(tmp_path: Path) -> None:
    async with acted(tmp_path) as room:
        _, heard = await room.host()
        for number in range(room_actor._FEW + 2):
            await room.actor.put(Connection(Heard()), protocol.Hello(protocol=2, room="KSTR", name=f"Kid {number}"))
        await room.settle()
        room.now += 1.1
        await room.player("Ada")
        before, scenes = len(heard.of("people")), len(heard.of("scene"))
        for name in ("Ben", "Cy", "Di"):
            room.now += 0.25
            await room.player(name)
        assert len(heard.of("people")) == before
        assert len(heard.of("scene")) >= scenes + 3
        room.now += 0.5
        await room.player("Eve")
        assert len(heard.of("people")) == before + 1


# A lesson that runs by itself.


async def test_a_question_is_read_before_its_options_appear(tmp_path: Path) -> None:
    async with acted(tmp_path, reading=5.0, timer=20.0) as room:
        host, heard = await room.host()
        ada, told = await room.player("Ada")
        await room.player("Ben")
        await room.say(host, protocol.Next(after=0))
        first = told.of("question")[-1]
        assert (first["options"], first["reading"], first["left"]) == ([], 5.0, 20.0)
        assert heard.of("scene")[-1]["question"]["options"] == []
        room.now += 4.0
        await room.answer(ada)
        assert told.of("refusal")[-1]["reason"] == "not-now"
        room.now += 1.0
        await room.say(host, protocol.Hold(held=False))  # anything that wakes the actor
        second = told.of("question")[-1]
        assert (len(second["options"]), second["reading"], second["left"]) == (4, None, 20.0)
        room.now += 3.0
        await room.answer(ada, seq=2)
        assert told.of("accepted")
        assert room.actor.room.round.answers["p1"].seconds == 3.0


async def test_the_actor_shows_the_options_by_itself(tmp_path: Path) -> None:
    async with acted(tmp_path, reading=0.05) as room:
        room.actor._clock = time.monotonic  # the real one, so that the actor wakes up by it
        room.actor._began = time.monotonic()
        host, _ = await room.host()
        _, told = await room.player("Ada")
        await room.say(host, protocol.Next(after=0))
        for _ in range(200):
            if told.of("question")[-1]["options"]:
                break
            await asyncio.sleep(0.01)
        assert [bool(each["options"]) for each in told.of("question")] == [False, True]


async def test_the_room_goes_on_by_itself_unless_it_is_held(tmp_path: Path) -> None:
    async with acted(tmp_path, onward=10.0) as room:
        host, heard = await room.host()
        ada, _ = await room.player("Ada")
        await room.say(host, protocol.Next(after=0))
        await room.answer(ada)
        assert room.phase == "revealed"
        room.now += 4.0
        await room.say(host, protocol.Hold(held=True))
        room.now += 20.0
        await room.settle()
        assert heard.of("scene")[-1]["onward"] is None
        assert (room.phase, room.actor.room.number) == ("revealed", 1)
        await room.say(host, protocol.Hold(held=False))
        assert (room.phase, room.actor.room.number) == ("asking", 2)
        await room.say(host, protocol.Skip())
        assert heard.of("scene")[-1]["onward"] == 10.0
        room.now += 10.0
        await room.answer(ada, seq=2)
        assert (room.phase, room.actor.room.number) == ("asking", 3)


async def test_a_room_without_players_goes_on_for_nobody(tmp_path: Path) -> None:
    async with acted(tmp_path, onward=1.0) as room:
        host, _ = await room.host()
        await room.say(host, protocol.Next(after=0))
        await room.say(host, protocol.Reveal())
        room.now += 60.0
        await room.say(host, protocol.Lock(locked=True))
        assert room.phase == "revealed"


async def test_events_say_the_time_of_day(place: Place) -> None:
    async with acted(place.index) as room:
        room.actor._wall = lambda: 1_900_000_000.25
        await room.player("Ada")
        assert [event.wall for event in place.index.events("KSTR")] == [None, 1_900_000_000.25]
