"""A student in a room, line by line: getting in, answering, coming back; with a real server."""

from __future__ import annotations

import asyncio
import io
import re
import time
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from orbitquiz.classroom import protocol as told
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Lost, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.student import join
from orbitquiz.plain.student.playing import Playing
from orbitquiz.quiz.game import Scoring
from tests.classroom.making import KEY, OPTIONS, opened
from tests.plain.lesson import Open, Scripted, begun, picks, scene

# In the room.

ADDRESS = join.ADDRESS.format("this computer")


@pytest.mark.parametrize("typed", [OPTIONS[1], "ben  oak.", "number", "letter"])
async def test_an_answer_is_named_by_number_letter_or_words(room: Open, typed: str) -> None:
    a_class, _, (ann, _) = await begun(room, None, "Ann", "Ben")
    place = next(number for number in range(1, 5) if f"\n{number}: Ben Oak\n" in ann.out.getvalue())
    ann.type({"number": str(place), "letter": " abcd"[place].upper()}.get(typed, typed))
    await ann.reads(f"Answered: {place}, Ben Oak. Waiting for the others.")
    assert picks(a_class.log) == [("p1", 1, 1)]


async def test_only_the_first_answer_counts_and_nonsense_is_none(room: Open) -> None:
    a_class, _, (ann, _) = await begun(room, None, "Ann", "Ben")
    ann.type("5", "nonsense", "", "?", "Di Marsh", "Cy Reed")
    await ann.reads("Not understood. Answer 1 to 4:\nNot understood. Answer 1 to 4:\nAnswer 1 to 4:\n1 to 4, a letter")
    first = await ann.reads("Waiting for the others.\n")
    assert await ann.reads("Waiting for the others.\n") == first.rpartition("keys.\n")[2]
    assert picks(a_class.log) == [("p1", 1, 3)]


async def test_an_answer_that_is_the_last_line_counts(room: Open) -> None:
    a_class, _, (ann, _) = await begun(room, None, "Ann", "Ben")
    ann.type("Cy Reed")
    ann.keyboard.end()
    said = await ann.done()
    assert "Answered:" in said
    assert said.endswith(f"To come back: orbitquiz join {a_class.hosted.address} --code KSTR\n")
    assert picks(a_class.log) == [("p1", 1, KEY)]


async def test_who_comes_back_has_the_same_seat_and_answer(room: Open) -> None:
    a_class, _, (ann, ben) = await begun(room, None, "Ann", "Ben")
    ann.type("Cy Reed", "q")
    await ann.done()
    again = a_class.student(code=None, folder="1")
    await again.reads("You have a seat here as Ann. Your name; an empty line for Ann:")
    again.type("")
    said = await again.reads("Waiting for the others.")
    assert "You are in room KSTR as Ann.\n" in said
    assert "Cy Reed. Waiting for the others." in said
    ben.type("Cy Reed")
    await again.reads("Right.")


async def test_who_comes_back_is_told_their_points(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(teams=("Mars", "Venus")))
    ann.type("Cy Reed")
    await ann.reads("You have 100 points")
    teacher.type("kick Ann")
    await ann.reads(join.NAME)
    ann.type("Anna")
    await ann.reads("You are back in room KSTR as Anna for Mars, with 100 points.\n")


async def test_in_a_pause_one_is_told_what_one_has_answered(room: Open) -> None:
    _, teacher, (ann, ben) = await begun(room, None, "Ann", "Ben")
    ann.type("Cy Reed")
    await ann.reads("Answered:")
    teacher.type("p")
    assert re.search(r"\nAnswered: [1-4], Cy Reed\. The host has paused\.$", await ann.reads("has paused."))
    assert "Answered" not in await ben.reads("The host has paused.")


# Getting in.


async def test_what_is_missing_is_asked_for(room: Open) -> None:
    a_class = await room()
    teacher = a_class.host()
    await teacher.reads("Enter begins")
    ann = a_class.joins(Joining(None, None, None, a_class.folder))
    await ann.reads(ADDRESS)
    ann.type("not an address!")
    await ann.reads("Expected an address such as")
    await ann.reads(ADDRESS)
    ann.type(str(a_class.hosted.address))
    await ann.reads(join.CODE)
    ann.type("NONE")
    await ann.reads(f"{WORDS[Reason.NO_ROOM]}\n{join.CODE}")
    ann.type("kstr")
    await ann.reads(join.NAME)
    ann.type("\u2603")
    await ann.reads(join.NAME)
    ann.type("Ann")
    await ann.reads("You are in room KSTR as Ann.")
    ben = a_class.student("Ann", folder="elsewhere")
    await ben.reads(f"{WORDS[Reason.NAME_TAKEN]}\n{join.NAME}")
    ben.type("Ben")
    await ben.reads("You are in room KSTR as Ben.")


async def test_q_is_a_name(room: Open) -> None:
    a_class = await room()
    ann = a_class.student()
    await ann.reads(join.NAME)
    ann.type("Q")
    await ann.reads("You are in room KSTR as Q.")


async def test_nobody_is_asked_for_a_name_where_the_room_gives_one(room: Open) -> None:
    a_class = await room(opened(is_anonymous=True))
    await a_class.student().reads("You are in room KSTR as Player 1.")


async def test_the_code_of_a_room_that_is_no_more_is_asked_for_anew(room: Open, tmp_path: Path) -> None:
    a_class = await room()
    (a_class.folder / "old").mkdir(parents=True)
    address = a_class.hosted.address
    seat = f'[{{"address": "{address}", "code": "GONE", "name": "Ann", "token": "t"}}]'
    (a_class.folder / "old" / "seats.json").write_text(seat)
    ann = a_class.student("Ann", code=None, folder="old")
    assert await ann.reads(join.CODE) == join.CODE
    ann.type("q")
    await ann.done()
    assert ann.task is not None
    assert ann.task.result() is False


async def test_a_mistyped_address_can_be_put_right(room: Open, unused_tcp_port: int) -> None:
    a_class = await room()
    ann = a_class.joins(Joining(None, None, "Ann", a_class.folder))
    await ann.reads(ADDRESS)
    ann.type(f"127.0.0.1:{unused_tcp_port}")
    await ann.reads(join.CODE)
    ann.type("kstr")
    assert await ann.reads(ADDRESS) == (
        f"\n127.0.0.1:{unused_tcp_port} cannot be reached (connection refused).\n{ADDRESS}"
    )
    ann.type(str(a_class.hosted.address))
    await ann.reads("You are in room KSTR as Ann.")


async def test_a_code_is_no_address(room: Open) -> None:
    a_class = await room()
    ann = a_class.joins(Joining(None, None, "Ann", a_class.folder))
    await ann.reads(ADDRESS)
    for code in ("8RHE", "kstr"):
        ann.type(code)
        assert await ann.reads(ADDRESS) == f"\n{join.NO_ADDRESS}\n{ADDRESS}"
    ann.type("A")
    assert await ann.reads(ADDRESS) == f"\n{ADDRESS}"
    ann.type(str(a_class.hosted.address), "kstr")
    await ann.reads("You are in room KSTR as Ann.")


@pytest.mark.parametrize("host", ["mars7", "kst", "mars:8765", "k.st", "unit"])  # no code has a U or an I
async def test_a_host_by_name_is_an_address(room: Open, host: str) -> None:
    a_class = await room()
    ann = a_class.joins(Joining(None, None, "Ann", a_class.folder))
    await ann.reads(ADDRESS)
    ann.type(host)
    assert await ann.reads(join.CODE) == f"\n{join.CODE}"


async def test_an_address_that_there_is_not_can_be_put_right(room: Open) -> None:
    a_class = await room()
    nowhere = Address("a" * 64, 8765)  # no name server can be asked for that
    ann = a_class.student("Ann", address=nowhere)
    await ann.reads(f"{nowhere} cannot be reached (there is no such address).\n{ADDRESS}\n")
    ann.type(str(a_class.hosted.address))
    await ann.reads("You are in room KSTR as Ann.")


async def test_an_empty_line_instead_of_an_address_is_this_computer(
    room: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_class = await room()
    monkeypatch.setattr(join, "PORT", a_class.hosted.address.port)
    ann = a_class.joins(Joining(None, "kstr", "Ann", a_class.folder))
    assert "an empty line for this computer" in await ann.reads(ADDRESS)
    ann.type("")
    await ann.reads("You are in room KSTR as Ann.")


async def test_a_room_that_has_been_there_is_not_looked_for_elsewhere(room: Open, unused_tcp_port: int) -> None:
    a_class = await room()
    ann = a_class.joins(Joining(None, None, "Ann", a_class.folder))

    async def hang_up(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.send(a_refusal())

    async with serve(hang_up, "127.0.0.1", unused_tcp_port):
        await ann.reads(ADDRESS)
        ann.type(f"127.0.0.1:{unused_tcp_port}", "NONE")
        await ann.reads(f"{WORDS[Reason.NO_ROOM]}\n{join.CODE}")
    ann.type("GONE")
    await ann.reads("cannot be reached (connection refused). Reconnecting; a for another address, q to leave.\n")
    ann.type("A")
    await ann.reads(ADDRESS)
    ann.type(str(a_class.hosted.address))
    await ann.reads(f"{WORDS[Reason.NO_ROOM]}\n{join.CODE}")
    ann.type("a")  # is no order to the program now
    await ann.reads(f"{WORDS[Reason.NO_ROOM]}\n{join.CODE}")


def a_refusal() -> str:
    refusal = told.Refusal(reason=Reason.NO_ROOM, text=WORDS[Reason.NO_ROOM])
    return refusal.model_dump_json()


async def test_a_room_that_cannot_be_reached_is_tried_again(room: Open, unused_tcp_port: int) -> None:
    a_class = await room()
    ann = a_class.student("Ann", address=Address("127.0.0.1", unused_tcp_port))
    await ann.reads(f"127.0.0.1:{unused_tcp_port} cannot be reached (")
    await asyncio.sleep(1.0)
    ann.type("1", "q")
    said = await ann.done()
    assert "There is no connection to the room yet." in said
    assert said.count("cannot be reached") == 0, "once is enough"


# The connection.


WELCOME = told.Welcome(
    protocol=2,
    room="KSTR",
    title="The comet",
    player="p1",
    token="t",
    name="Ann",
    team=None,
    score=0,
    total=1,
    timer=None,
    scoring=Scoring.ACCURACY,
    is_ranked=True,
)


async def said(*updates: Update | None) -> str:
    """Return the output for these messages of the room; None starts another visit."""
    out = io.StringIO()
    async with AsyncConsole(io.StringIO(), out) as talk:
        playing = Playing(talk, "the room", time.monotonic)
        for update in updates:
            if update is None:
                playing.begin(Scripted(), "the room")
            else:
                playing.take(update)
    return out.getvalue()


async def test_who_is_connected_again_in_a_pause_is_told_of_it_once() -> None:
    options = tuple(told.OptionOut(id=text, text=text) for text in OPTIONS)
    question = scene("asking").question
    assert question is not None
    question = question.model_copy(update={"plays": True, "options": options})
    paused = question.model_copy(update={"is_paused": True})
    told_all = await said(WELCOME, question, Lost("gone"), WELCOME, paused)
    assert told_all.endswith("Reconnecting…\nConnected again.\nThe host has paused.\n")


async def test_who_was_sent_out_while_the_connection_was_lost_comes_in_anew() -> None:
    told_all = await said(WELCOME, Lost("gone"), None, WELCOME.model_copy(update={"name": "Anna"}))
    assert "Connected again" not in told_all
    assert "You are in room KSTR as Anna.\n" in told_all
