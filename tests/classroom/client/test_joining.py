"""Joining a room: what is said first, and the seat that one comes back to."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TypeVar

import pytest

from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Lost, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.protocol import AnswerMessage, Lobby, QuestionOut, Refusal, RevealOut, Welcome
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.quiz.game import Scoring
from tests.classroom.live import PATIENCE, live
from tests.classroom.making import opened, refused

HERE = Address("127.0.0.1", 8765)
T = TypeVar("T")


def joining(folder: Path, code: str | None = "KSTR", name: str | None = None, at: Address | None = HERE) -> Joining:
    return Joining(at, code, name, folder)


def welcome(name: str = "Ann", room: str = "KSTR", token: str = "t0ken") -> Welcome:
    return Welcome(
        protocol=2, room=room, title="T", player="p1", token=token, name=name, team=None, score=0, total=3, timer=None,
        scoring=Scoring.ACCURACY, is_ranked=True,
    )  # fmt: skip


def test_the_first_time_one_says_the_code_and_the_name(tmp_path: Path) -> None:
    hello = joining(tmp_path, " kstr ", "Ann").hello()
    assert (hello.room, hello.name, hello.token) == ("KSTR", "Ann", None)


def test_without_a_name_none_is_said(tmp_path: Path) -> None:
    assert joining(tmp_path).hello().name is None


def test_what_is_missing_is_known(tmp_path: Path) -> None:
    assert joining(tmp_path, at=None).needs_address
    assert joining(tmp_path, code=None).needs_code
    assert joining(tmp_path, code="  ").needs_code
    assert not joining(tmp_path).needs_code
    with refused(Reason.NO_ROOM):
        joining(tmp_path, code=None).hello()


@pytest.mark.parametrize("name", ["Ann", " ann "])
@pytest.mark.parametrize("code", [None, "KSTR", "kstr"])
def test_who_comes_again_has_their_seat(tmp_path: Path, name: str, code: str | None) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome())
    again = joining(tmp_path, code, name)
    assert not again.needs_code
    hello = again.hello()
    assert (hello.room, hello.token) == ("KSTR", "t0ken")
    assert (hello.name or "").strip().casefold() == "ann"


def test_a_seat_is_not_for_somebody_else(tmp_path: Path) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome())
    assert joining(tmp_path, name="Ben").hello().token is None
    assert joining(tmp_path, code="ELSE").hello().token is None


def test_a_seat_belongs_to_the_room_wherever_that_is_now(tmp_path: Path) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome())
    assert joining(tmp_path, name="Ann", at=Address("10.0.0.7", 9999)).hello().token == "t0ken"
    join = joining(tmp_path, name="Ann")
    join.welcomed(welcome())
    join.address = Address("10.0.0.7", 9999)
    assert join.hello().token == "t0ken"


def test_whoever_has_a_seat_here_is_asked_whether_it_is_theirs(tmp_path: Path) -> None:
    assert not joining(tmp_path).needs_name  # the room may give the name
    joining(tmp_path, name="Ann").welcomed(welcome(token="a"))
    joining(tmp_path, name="Ben").welcomed(welcome("Ben", token="b"))
    again = joining(tmp_path)
    assert again.needs_name
    assert [seat.name for seat in again.seats] == ["Ben", "Ann"]
    assert again.hello().token is None
    again.name = "ann"
    assert not again.needs_name
    assert again.hello().token == "a"
    assert not joining(tmp_path, "ELSE").needs_name


def test_the_last_address_is_remembered(tmp_path: Path) -> None:
    assert joining(tmp_path, at=None).last_address == ""
    joining(tmp_path, name="Ann").welcomed(welcome())
    assert joining(tmp_path, at=None).last_address == str(HERE)


def test_two_people_at_one_computer_each_come_back_to_their_own(tmp_path: Path) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome("Ann", token="a"))
    joining(tmp_path, name="Ben").welcomed(welcome("Ben", token="b"))
    assert joining(tmp_path, name="Ann").hello().token == "a"
    assert joining(tmp_path, name="Ben").hello().token == "b"


def test_a_seat_goes_by_the_name_that_was_asked_for_though_the_host_has_changed_it(tmp_path: Path) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome(name="Player 1"))
    assert joining(tmp_path, name="Ann").hello().token == "t0ken"


def test_who_was_sent_out_keeps_the_seat_under_another_name(tmp_path: Path) -> None:
    join = joining(tmp_path, name="Ann")
    join.welcomed(welcome())
    join.name = "Ben"
    assert join.hello().name == "Ben"
    assert join.hello().token == "t0ken"
    join.code = "ELSE"
    assert join.hello().token is None


def test_where_one_comes_back_is_told(tmp_path: Path) -> None:
    assert joining(tmp_path).command == "orbitquiz join 127.0.0.1:8765 --code KSTR"
    join = joining(tmp_path, code=None)
    join.welcomed(welcome())
    assert join.command == "orbitquiz join 127.0.0.1:8765 --code KSTR"


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [("K" * 65, None, Reason.NO_ROOM), ("KSTR", "A" * 201, Reason.NAME_UNFIT), ("KSTR", "\udcff", Reason.NAME_UNFIT)],
)
def test_what_no_room_could_read_is_refused_here(tmp_path: Path, code: str, name: str | None, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        joining(tmp_path, code, name).hello()
    assert caught.value.reason is reason


def test_a_token_that_no_room_has_given_is_left_out(tmp_path: Path) -> None:
    seat = {"address": str(HERE), "code": "KSTR", "name": "Ann", "token": "x" * 1000}
    (tmp_path / "seats.json").write_text(json.dumps([seat]))
    assert joining(tmp_path, name="Ann").hello().token is None


@pytest.mark.parametrize("content", ["", "[", "{}", '[{"address": 1}]', "[[]]", "null"])
def test_a_file_of_seats_may_hold_anything(tmp_path: Path, content: str) -> None:
    (tmp_path / "seats.json").write_text(content)
    assert joining(tmp_path, name="Ann").hello().token is None


def test_where_no_seat_can_be_kept_one_plays_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.touch()
    join = joining(folder, name="Ann")
    join.welcomed(welcome())
    assert join.hello().token == "t0ken"


def test_the_code_of_a_seat_is_a_guess_that_can_be_forgotten(tmp_path: Path) -> None:
    assert not joining(tmp_path, code=None).guessed_code
    joining(tmp_path, name="Ann").welcomed(welcome())
    assert not joining(tmp_path).guessed_code
    join = joining(tmp_path, code=" ", name="Ann")
    assert (join.guessed_code, join.needs_code) == (True, False)
    join.forget_guess()
    assert (join.guessed_code, join.needs_code) == (False, True)
    with refused(Reason.NO_ROOM):
        join.hello()
    join.code = "kstr"
    assert not join.guessed_code
    assert join.hello().token == "t0ken"  # it is the same room after all


def test_once_in_the_room_nobody_guesses(tmp_path: Path) -> None:
    joining(tmp_path, name="Ann").welcomed(welcome())
    join = joining(tmp_path, code=None)
    join.welcomed(welcome())
    assert not join.guessed_code


# With a real room.


class Connection:
    """A program that joins a real room and remembers what it is told."""

    def __init__(self, join: Joining) -> None:
        self.client = join.client()
        self.told: list[Update] = []
        self._news = asyncio.Event()
        self.task = asyncio.create_task(self.client.run(self._tell))

    def _tell(self, update: Update) -> None:
        self.told.append(update)
        self._news.set()

    async def hear(self, kind: type[T]) -> T:
        async with asyncio.timeout(PATIENCE):
            while True:
                if found := [each for each in self.told if isinstance(each, kind)]:
                    return found[-1]
                self._news.clear()
                await self._news.wait()

    async def die(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def test_a_program_that_was_killed_comes_back_to_its_place(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        host = await room.host()
        kept = tmp_path / "student"
        first = Connection(Joining(room.address, room.code, "Ann", kept))
        was = await first.hear(Welcome)
        await host.say(type="next", after=0)
        question = await first.hear(QuestionOut)
        await first.die()

        second = Connection(Joining(room.address, None, "Ann", kept))
        now = await second.hear(Welcome)
        assert (now.player, now.name) == (was.player, "Ann")
        assert (await second.hear(QuestionOut)).options == question.options
        await second.client.send(AnswerMessage(seq=7, number=1, option=question.options[0].id))
        reveal = await second.hear(RevealOut)
        assert reveal.yours.picked == question.options[0].id
        await second.die()
        assert len(room.room.players) == 1


async def test_somebody_else_at_the_same_computer_has_a_seat_of_their_own(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        ann = Connection(Joining(room.address, room.code, "Ann", tmp_path))
        ben = Connection(Joining(room.address, room.code, "Ben", tmp_path))
        await ann.hear(Lobby)
        await ben.hear(Lobby)
        assert {player.name for player in room.room.players.values()} == {"Ann", "Ben"}
        await ann.die()
        await ben.die()


async def test_a_room_that_is_not_open_is_waited_for_by_whoever_has_a_seat_there(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        ann = Connection(Joining(room.address, room.code, "Ann", tmp_path))
        await ann.hear(Lobby)
        await ann.die()
    async with live(tmp_path / "other", opened(room="T0DY")) as other:
        back = Connection(Joining(other.address, room.code, "Ann", tmp_path))
        lost = await back.hear(Lost)
        assert lost.why == "the room is not open"
        assert not [update for update in back.told if isinstance(update, Refusal)]
        await back.die()


async def test_the_code_of_a_seat_whose_room_is_gone_was_a_guess(tmp_path: Path) -> None:
    async with live(tmp_path / "last week") as room:
        was = Connection(Joining(room.address, room.code, "Ann", tmp_path))
        await was.hear(Lobby)
        await was.die()
    async with live(tmp_path / "today", opened(room="T0DY")) as room:
        rows = json.loads((tmp_path / "seats.json").read_text())
        (tmp_path / "seats.json").write_text(json.dumps([row | {"address": str(room.address)} for row in rows]))
        join = Joining(room.address, None, "Ann", tmp_path)
        visitor = Connection(join)
        assert (await visitor.hear(Refusal)).reason is Reason.NO_ROOM
        assert join.guessed_code
        join.forget_guess()
        assert join.needs_code
        join.code, join.name = "T0DY", "Ann"
        visitor = Connection(join)
        assert (await visitor.hear(Welcome)).room == "T0DY"
        await visitor.die()


async def test_a_wrong_code_is_said(tmp_path: Path) -> None:
    async with live(tmp_path / "host") as room:
        visitor = Connection(Joining(room.address, "NONE", "Ann", tmp_path))
        assert (await visitor.hear(Refusal)).reason is Reason.NO_ROOM
        await asyncio.wait_for(visitor.task, PATIENCE)
