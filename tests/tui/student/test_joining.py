"""A student's way into a room: what is asked for, and what is said where it does not work."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.quiz.game import Scoring
from orbitquiz.tui.shared.small import SmallScreen
from tests.tui.screens import SIZE, bottom_of, words_of
from tests.tui.student.visiting import Class
from tests.tui.waiting import click_on, reaches, sees, until


async def test_with_address_code_and_name_nothing_is_asked(tmp_path: Path) -> None:
    room = Class(tmp_path, "Ben", "Cy")
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Joining 192.168.1.20:8765…")
        hello = room.join.hello()
        assert (hello.room, hello.name) == ("KSTR", "Ann")
        room.enter()
        await sees(pilot, "You are in, Ann.", "Waiting for the host to begin.", "3 players are here.", "3 questions.")


async def test_all_is_asked_that_is_missing(tmp_path: Path) -> None:
    room = Class(tmp_path, address=None, code=None, name=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Where is the room?")
        await pilot.press(*"10.0.0.7", "enter")
        await sees(pilot, "What is the code of the room?")
        await pilot.press(*"kstr", "enter")
        await sees(pilot, "Joining 10.0.0.7:8765…")
        await until(pilot, lambda: room.client.is_running)
        assert room.client.url == "ws://10.0.0.7:8765/"
        assert room.join.hello().name is None
        room.refuse(Reason.NAME_MISSING)
        await sees(pilot, "What is your name?")
        assert WORDS[Reason.NAME_MISSING] not in words_of(room.app)
        await pilot.press(*"Ann", "enter")
        await until(pilot, lambda: room.client.runs == 2)
        assert room.join.hello().name == "Ann"
        room.enter()
        await sees(pilot, "You are in, Ann.")


async def test_a_room_that_gives_the_names_asks_for_none(tmp_path: Path) -> None:
    room = Class(tmp_path, name=None, is_anonymous=True)
    room.room.join(None)
    async with room.running() as pilot:
        room.greet()
        await sees(pilot, "You are in, Player 1.", "You are the first.")


async def test_enter_alone_looks_on_this_computer(tmp_path: Path) -> None:
    room = Class(tmp_path, address=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Where is the room?")
        await pilot.press("enter")
        await sees(pilot, "Joining 127.0.0.1:8765…")


@pytest.mark.parametrize("typed", ["no where", "a:b", "1.2.3.4:99999", "[red]x[/]"])
async def test_what_is_no_address_is_left_to_be_mended(tmp_path: Path, typed: str) -> None:
    room = Class(tmp_path, address=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Where is the room?")
        room.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await sees(pilot, "Expected an address such as 192.168.1.20:8765")
        assert typed in words_of(room.app)
        assert room.client.runs == 0


@pytest.mark.parametrize("reason", [Reason.NAME_TAKEN, Reason.NAME_UNFIT])
async def test_another_name_is_asked_for(tmp_path: Path, reason: Reason) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.refuse(reason, "[red]No[/red], not Ann.")
        await sees(pilot, "What is your name?", "[red]No[/red], not Ann.")
        assert room.app.screen.query_one(Input).value == "Ann"
        await pilot.press(*"Bea", "enter")  # what was there is selected
        await until(pilot, lambda: room.client.runs == 2)
        assert room.join.hello().name == "Bea"


async def test_another_code_is_asked_for(tmp_path: Path) -> None:
    room = Class(tmp_path, code="NONE")
    async with room.running() as pilot:
        room.refuse(Reason.NO_ROOM)
        await sees(pilot, "What is the code of the room?", "There is no room with this code.")
        await pilot.press("backspace", "enter")
        await sees(pilot, "Type it here, then press enter.")
        await pilot.press(*"kstr", "enter")
        await until(pilot, lambda: room.client.runs == 2)
        assert room.join.hello().room == "KSTR"


async def test_where_nobody_answers_it_says_so_and_tries_on(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.say(Lost("nobody answers there"))
        await sees(pilot, "No connection to 192.168.1.20:8765.", "Nobody answers there.", "Trying again…")
        assert "Connection lost" not in words_of(room.app)
        room.enter()
        await sees(pilot, "You are in, Ann.")


async def test_escape_goes_back_to_the_address(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        wrong = room.client
        room.say(Lost("nobody answers there"))
        await sees(pilot, "No connection")
        await click_on(pilot, "another address")
        await sees(pilot, "Where is the room?")
        await until(pilot, lambda: not wrong.is_running)
        assert room.app.screen.query_one(Input).value == "192.168.1.20:8765"
        await pilot.press(*"10.0.0.7", "enter")
        await sees(pilot, "Joining 10.0.0.7:8765…")
        await until(pilot, lambda: room.client.is_running)
        assert room.client.url == "ws://10.0.0.7:8765/"


async def test_escape_leaves_everything_as_it_was(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.refuse(Reason.NAME_TAKEN)
        await sees(pilot, "What is your name?")
        await pilot.press("escape")
        await sees(pilot, "What is the code of the room?")
        await pilot.press("escape")
        await sees(pilot, "Where is the room?")
        await pilot.press("escape")
        await until(pilot, lambda: room.client.runs == 2)
        hello = room.join.hello()
        assert (hello.room, hello.name) == ("KSTR", "Ann")


async def test_who_was_here_before_has_their_seat(tmp_path: Path) -> None:
    before = Class(tmp_path)
    async with before.running() as pilot:
        before.enter()
        await sees(pilot, "You are in, Ann.")
    again = Class(tmp_path, code=None, name=None)
    async with again.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "What is your name?", "You have a seat here as Ann.", "Ann")
        await pilot.press("enter")
        await until(pilot, lambda: again.client.is_running)
        hello = again.join.hello()
        assert (hello.room, hello.name, hello.token) == ("KSTR", "Ann", "t0ken")


async def test_a_second_student_of_the_same_account_says_who_they_are(tmp_path: Path) -> None:
    before = Class(tmp_path)
    async with before.running():
        before.enter()
    other = Class(tmp_path, code="KSTR", name=None)
    async with other.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "You have a seat here as Ann.")
        await pilot.press("ctrl+u", *"Ben", "enter")
        await until(pilot, lambda: other.client.is_running)
        hello = other.join.hello()
        assert (hello.name, hello.token) == ("Ben", None)


async def test_who_was_sent_out_may_come_back_with_another_name(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        room.ask()
        await sees(pilot, "Who was on watch on day 1?")
        room.refuse(Reason.KICKED)
        await sees(pilot, "What is your name?", "The host has sent you out.")
        await pilot.press(*"Bea", "enter")
        await until(pilot, lambda: room.client.runs == 2)
        assert room.join.hello().name == "Bea"
        assert room.join.hello().token == "t0ken"
        room.greet()
        await sees(pilot, "Who was on watch on day 1?")


async def test_an_example_does_not_look_like_what_was_typed(tmp_path: Path) -> None:
    room = Class(tmp_path, code=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "What is the code of the room?", "for example K7M2")
        assert room.app.screen.query_one(Input).value == ""


async def test_on_a_large_terminal_the_field_stands_below_its_question(tmp_path: Path) -> None:
    room = Class(tmp_path, code=None)
    async with room.app.run_test(size=(200, 50)) as pilot:
        await sees(pilot, "What is the code of the room?")
        field = room.app.screen.query_one(Input).region
        assert abs(field.x - (200 - field.right)) <= 1


@pytest.mark.parametrize("reason", [Reason.BANNED, Reason.OVER, Reason.BAD_PROTOCOL])
@pytest.mark.parametrize("key", ["q", "enter"])
async def test_who_is_sent_away_for_good_is_told_and_leaves(tmp_path: Path, reason: Reason, key: str) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        room.refuse(reason)
        await sees(pilot, WORDS[reason])
        assert "orbitquiz join" not in words_of(room.app)
        assert bottom_of(room.app) == "? keys   q leave"
        await pilot.press("r")
        await pilot.pause()
        assert room.client.runs == 1
        await pilot.press(key)
        await until(pilot, lambda: not room.app.is_running)
        assert room.app.farewell == ""


@pytest.mark.parametrize("reason", [Reason.CLOSED, Reason.ELSEWHERE, Reason.LOCKED, Reason.FULL])
@pytest.mark.parametrize("way", ["enter", "r", "click"])
async def test_who_may_try_again_is_told_how(tmp_path: Path, reason: Reason, way: str) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        room.refuse(reason)
        await sees(pilot, WORDS[reason], "orbitquiz join 192.168.1.20:8765 --code KSTR")
        assert bottom_of(room.app).startswith("r enter try again")
        if way == "click":
            await click_on(pilot, "try again")
        else:
            await pilot.press(way)
        await until(pilot, lambda: room.client.runs == 2)
        room.greet()
        await sees(pilot, "You are in, Ann.")


@pytest.mark.parametrize("reason", [Reason.CLOSED, Reason.ELSEWHERE])
async def test_who_leaves_is_told_the_way_back(tmp_path: Path, reason: Reason) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        room.refuse(reason)
        await sees(pilot, WORDS[reason])
        await pilot.press("q")
        await until(pilot, lambda: not room.app.is_running)
    assert room.app.farewell == "To come back: orbitquiz join 192.168.1.20:8765 --code KSTR"


async def test_who_was_never_in_is_told_how_to_try_again(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.refuse(Reason.LOCKED)
        await sees(pilot, WORDS[Reason.LOCKED])
        await pilot.press("q")
        await until(pilot, lambda: not room.app.is_running)
    assert room.app.farewell == "To try again: orbitquiz join 192.168.1.20:8765 --code KSTR"


async def test_who_has_said_nothing_has_no_way_back(tmp_path: Path) -> None:
    room = Class(tmp_path, address=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Where is the room?")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not room.app.is_running)
    assert room.app.farewell == ""


@pytest.mark.parametrize("key", ["enter", "r"])
async def test_where_nobody_answers_one_may_try_at_once(tmp_path: Path, key: str) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        await pilot.press(key)  # while it is being tried
        room.say(Lost("nobody answers there"))
        await sees(pilot, "No connection to 192.168.1.20:8765.", "r enter try again esc another address")
        assert room.client.runs == 1
        await pilot.press(key)
        await until(pilot, lambda: room.client.runs == 2)
        await sees(pilot, "Joining 192.168.1.20:8765…")
        room.enter()
        await sees(pilot, "You are in, Ann.")
        assert "try again" not in bottom_of(room.app)


async def test_leaving_is_asked_for_only_in_a_room(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        await sees(pilot, "You are in, Ann.")
        await pilot.press("q")
        await sees(pilot, "Leave this room?", "orbitquiz join 192.168.1.20:8765 --code KSTR")
        await pilot.press("n")
        await pilot.pause()
        assert room.app.is_running
        await pilot.press("q", "y")
        await until(pilot, lambda: not room.app.is_running)


async def test_a_q_that_bounces_does_not_leave(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: room.client.is_running)
        room.enter()
        await sees(pilot, "You are in, Ann.")
        for _ in range(3):
            room.app.post_message(Key("q", "q"))
        await sees(pilot, "Leave this room?")
        await pilot.press("q")
        await pilot.pause()
        assert room.app.is_running
        await pilot.press("ctrl+c")
        await until(pilot, lambda: not room.app.is_running)


@pytest.mark.parametrize("keys", ["qyq", "qqy", "qyqy", "qy?"])
async def test_keys_in_one_burst_leave_without_an_error(tmp_path: Path, keys: str) -> None:
    """Keys typed after leaving still open a screen, which is never filled."""
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        await sees(pilot, "You are in, Ann.")
        for key in keys:
            room.app.post_message(Key(key, key))  # those of a pilot come one after the other
        await until(pilot, lambda: not room.app.is_running)
    assert room.app.return_code == 0


async def test_what_comes_while_one_leaves_is_no_error(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        room.enter()
        await sees(pilot, "You are in, Ann.")
        room.play(True)
        room.end()
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # the page is there, and not filled yet
        room.app.exit()
        for _ in range(100):
            if not room.app.is_running:
                break
            await asyncio.sleep(0.02)
        assert not room.app.is_running
    assert room.app.return_code == 0


async def test_a_room_for_the_quick_says_so(tmp_path: Path) -> None:
    for scoring in Scoring:
        room = Class(tmp_path / scoring, scoring=scoring)
        async with room.running() as pilot:
            room.enter()
            await sees(pilot, "3 questions.")
            assert ("Faster answers pay more." in words_of(room.app)) is (scoring is Scoring.SPEED)


async def test_before_one_is_in_q_leaves_at_once(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.running() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: not room.app.is_running)


async def test_a_field_takes_every_letter_and_is_left_with_control_q(tmp_path: Path) -> None:
    room = Class(tmp_path, code=None)
    async with room.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "What is the code")
        await pilot.press("q", "?", "r")
        assert room.app.screen.query_one(Input).value == "q?r"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not room.app.is_running)


async def test_a_terminal_that_is_too_small_misses_nothing(tmp_path: Path) -> None:
    room = Class(tmp_path)
    async with room.app.run_test(size=(30, 8)) as pilot:
        await reaches(pilot, SmallScreen)
        await until(pilot, lambda: room.client.is_running)
        room.enter()
        room.ask()
        await sees(pilot, "Too small: 40×13")
        assert "The game waits" not in words_of(room.app)
        await pilot.resize_terminal(*SIZE)
        await sees(pilot, "Who was on watch on day 1?")
        await pilot.resize_terminal(20, 6)
        await reaches(pilot, SmallScreen)
        room.reveal()
        await pilot.pause()
        await pilot.resize_terminal(60, 20)
        await sees(pilot, "Cy Reed was on watch on day 1.")


async def test_notices_are_shown(tmp_path: Path) -> None:
    room = Class(tmp_path, notices=["[red]mind[/red]"])
    async with room.app.run_test(size=SIZE, notifications=True) as pilot:
        await sees(pilot, "[red]mind[/red]")
