"""A question on a student's screen, from its stem to its proof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.protocol import Clock, Named, Refusal
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server import snapshots
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.student.leave import StudentLeaveScreen
from orbitquiz.tui.student.question import QuestionScreen
from orbitquiz.tui.widgets.proof import ProofView
from tests.classroom.making import OPTIONS, quiz_sheet
from tests.tui.screens import SIZE, bottom_of, lines_of, size_name, text_of, words_of
from tests.tui.student.visiting import Class
from tests.tui.waiting import click_on, reaches, sees, until


@asynccontextmanager
async def playing(
    folder: Path, *others: str, size: tuple[int, int] = SIZE, **opening: Any
) -> AsyncIterator[tuple[Class, Pilot[None]]]:
    """A student in a room, before its first question."""
    room = Class(folder, *others, **opening)
    async with room.running(size, notifications=True) as pilot:
        room.enter()
        await sees(pilot, "You are in, Ann.")
        yield room, pilot


@pytest.mark.parametrize("way", ["digit", "letter", "arrows", "click"])
async def test_an_answer_goes_out_and_comes_back(tmp_path: Path, way: str) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, "Who was on watch on day 1?", *OPTIONS, "1 of 3")
        index = room.room.room.order("p1").index(2)
        match way:
            case "digit":
                await pilot.press(str(index + 1))
            case "letter":
                await pilot.press("abcd"[index])
            case "arrows":
                await pilot.press("enter", *["down"] * (index + 1), "enter")
            case "click":
                await click_on(pilot, OPTIONS[2])
        await sees(pilot, f"{OPTIONS[2]} your answer", "sending…")
        (answer,) = room.client.answers
        assert (answer.number, answer.option) == (1, room.room.room.option_id(2))
        await pilot.press("1", "2", "3", "4", "down", "enter")
        await click_on(pilot, OPTIONS[0])
        room.accept()
        await sees(pilot, "Answered. Waiting for the others.", f"{OPTIONS[2]} your answer")
        assert room.client.answers == [answer]


async def test_two_keys_at_once_are_one_answer(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        screen = room.app.screen
        assert isinstance(screen, QuestionScreen)
        screen.action_answer(0)  # no key of a pilot is quick enough
        screen.action_answer(1)
        await sees(pilot, "sending…")
        room.room.reveal()
        screen.action_answer(2)
        room.ask()
        await sees(pilot, "on day 2?")
        assert [answer.number for answer in room.client.answers] == [1]


async def test_each_answer_has_a_number_of_its_own(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        for number in (1, 2, 3):
            room.ask()
            await sees(pilot, f"on day {number}?")
            await pilot.press("1")
            await until(pilot, lambda number=number: len(room.client.answers) == number)  # type: ignore[misc]
            room.accept()
            room.reveal()
            await sees(pilot, "Cy Reed was on watch")
        assert len({answer.seq for answer in room.client.answers}) == 3


async def test_nothing_on_the_screen_is_the_key_before_the_reveal(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        await pilot.press("1")
        room.accept()
        await sees(pilot, "Answered.")
        for sign in ("✓", "✗", "log of the Kestrel", "the answer"):
            assert sign not in text_of(room.app).replace("your answer", "")


async def test_a_right_answer(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben", "Cy") as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        await pilot.press(room.key())
        room.accept()
        room.room.pick("p2", 0)
        room.reveal()
        await sees(pilot, "✓ Right. Cy Reed was on watch on day 1.", "your answer, right", "+100", "100 points")
        await sees(pilot, "1st of 3", "The log of the Kestrel, line 7", "On day 1 Cy Reed was on watch.")
        await sees(pilot, "Editor's note: The log was written the same night.", "Also: the museum's guide, line 3")
        room.ask()
        await sees(pilot, "on day 2?", "100 points")
        assert "✓" not in text_of(room.app)
        assert "your answer" not in text_of(room.app)


async def test_a_wrong_answer_is_told_what_the_bank_knows_of_it(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben") as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        await pilot.press(room.key(right=False))
        room.accept()
        room.room.pick("p2", 2)
        room.reveal()
        await sees(pilot, "✗ Wrong. Cy Reed was on watch on day 1.", "Ada Stone your answer", "Cy Reed the answer")
        await sees(pilot, "Your answer: Ada Stone commanded the ship (the report, line 3).", "0 points 2nd of 2")


async def test_no_answer(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben") as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        room.reveal()
        await sees(pilot, "– No answer. Cy Reed was on watch on day 1.")
        assert "your answer" not in words_of(room.app)


async def test_without_ranking_nobody_reads_a_place(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben", is_ranked=False) as (room, pilot):
        room.ask()
        room.room.pick("p1", 2)
        room.reveal()
        await sees(pilot, "+100", "100 points")
        assert "1st" not in words_of(room.app)


async def test_a_team_has_its_place(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben", teams=("Mercury", "Venus")) as (room, pilot):
        await sees(pilot, "You play for Mercury.")
        room.ask()
        room.room.pick("p2", 2)
        room.reveal()
        await sees(pilot, "2nd of 2", "Mercury: 2nd")


async def test_who_comes_late_sees_the_question_and_plays_the_next(tmp_path: Path) -> None:
    room = Class(tmp_path)
    room.room.ask()
    room.room.join("Ann")
    async with room.running() as pilot:
        room.greet()
        await sees(pilot, "Who was on watch on day 1?", "You play from the next question on.")
        await pilot.press("1", "down", "enter")
        await click_on(pilot, OPTIONS[0])
        await pilot.pause()
        assert room.client.answers == []
        assert "answer" not in bottom_of(room.app)
        room.reveal()
        await sees(pilot, "Asked before you joined. Cy Reed was on watch on day 1.")
        room.ask()
        await sees(pilot, "on day 2?")
        await pilot.press("1")
        await sees(pilot, "sending…")


async def test_a_pause_hides_the_question(tmp_path: Path) -> None:
    async with playing(tmp_path, timer=20.0) as (room, pilot):
        room.ask()
        await sees(pilot, "20 s", OPTIONS[0])
        room.pause()
        await sees(pilot, "The host has paused.")
        for words in (*OPTIONS, "Who was on watch", " 20 s", "Your answer is kept."):
            assert words not in words_of(room.app)
        await pilot.press("1")
        await pilot.pause()
        assert room.client.answers == []
        room.go_on()
        await sees(pilot, "Who was on watch", "20 s")
        await pilot.press("1")
        await sees(pilot, "sending…")
        room.accept()
        room.pause()
        await sees(pilot, "The host has paused.", "Your answer is kept.")
        room.go_on()
        await sees(pilot, "Answered. Waiting for the others.")


async def test_the_clock_runs_from_what_the_room_has_said(tmp_path: Path) -> None:
    async with playing(tmp_path, timer=20.0) as (room, pilot):
        room.ask()
        await sees(pilot, "20 s")
        room.now += 8
        await sees(pilot, "12 s")
        room.say(Clock(number=1, limit=35.0, left=27.0, is_paused=False))
        await sees(pilot, "27 s")
        room.now += 30
        await sees(pilot, "Time is up.", " 0 s")
        room.reveal()
        await sees(pilot, "– Time is up. Cy Reed was on watch on day 1.")
        assert " 0 s" not in words_of(room.app)


async def test_more_time_is_told(tmp_path: Path) -> None:
    told = "The host gives you more time."
    async with playing(tmp_path, timer=20.0) as (room, pilot):
        room.ask()
        await sees(pilot, "20 s")
        room.pause()
        await sees(pilot, "The host has paused.")
        room.go_on()
        await sees(pilot, "20 s")
        assert told not in words_of(room.app)
        room.room.do(room.room.room.extend(15.0, room.room.now))
        room.say(snapshots.clock(room.room.room, room.room.now))
        await sees(pilot, told, "35 s")


@pytest.mark.parametrize("size", [(60, 20), SIZE], ids=size_name)
async def test_after_the_reveal_it_says_what_is_waited_for(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, size=size) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        assert "Waiting for the host" not in words_of(room.app)
        room.reveal()
        await until(pilot, lambda: bottom_of(room.app).startswith("Waiting for the host to go on."))


async def test_who_shares_a_place_is_told_with_how_many(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben", "Cy", "Di") as (room, pilot):
        room.ask()
        for player in ("p1", "p2", "p3"):
            room.room.pick(player, 2)
        room.reveal()
        await sees(pilot, "1st of 4, with 2 others")
        room.ask()
        room.room.pick("p1", 2)
        room.reveal()
        await until(pilot, lambda: "1st of 4" in words_of(room.app) and "with" not in words_of(room.app))


async def test_no_place_is_told_while_nobody_is_ahead(tmp_path: Path) -> None:
    async with playing(tmp_path, "Ben") as (room, pilot):
        room.ask()
        room.reveal()
        await sees(pilot, "0 points")
        assert "of 2" not in words_of(room.app)


async def test_who_comes_back_sees_their_points(tmp_path: Path) -> None:
    room = Class(tmp_path)
    room.room.join("Ann")
    room.play(True)
    room.room.ask()
    async with room.running() as pilot:
        room.greet()
        await sees(pilot, "Who was on watch on day 2?", "100 points")


async def test_a_question_that_is_taken_back_takes_its_points_with_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        room.room.pick("p1", 2)
        room.reveal()
        await sees(pilot, "+100", "100 points")
        room.skip()
        await sees(pilot, "The host voided this question.", "0 points")
        assert "100 points" not in words_of(room.app)


async def test_without_a_timer_there_is_no_clock(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        assert " s " not in text_of(room.app)
        assert "Time is up." not in text_of(room.app)


async def test_a_question_that_was_taken_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        room.skip()
        await sees(pilot, "The host voided this question.", "It won't count.", "Waiting for the next one.")
        room.ask()
        await sees(pilot, "on day 2?")


async def test_a_lost_connection_leaves_everything_where_it_is(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        assert "Connection lost" not in text_of(room.app)
        room.say(Lost("gone"))
        await sees(pilot, "Connection lost. Reconnecting…", "Who was on watch on day 1?", *OPTIONS)
        await pilot.press("1")
        await sees(pilot, "Your answer is sent once the connection is back.")
        room.greet()
        await sees(pilot, "sending…")
        assert "Connection lost" not in text_of(room.app)
        room.accept()
        await sees(pilot, "Answered. Waiting for the others.")


async def test_who_is_back_sees_what_they_have_answered(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.room.ask()
        room.room.pick("p1", 1)
        room.greet()
        await sees(pilot, "Answered. Waiting for the others.", f"{OPTIONS[1]} your answer")


async def test_an_answer_that_is_refused_is_said_to_be(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        await pilot.press("1")
        await until(pilot, lambda: bool(room.client.answers))
        seq = room.client.answers[0].seq
        room.say(Refusal(reason=Reason.TOO_LATE, text=WORDS[Reason.TOO_LATE], seq=seq))
        await sees(pilot, WORDS[Reason.TOO_LATE])
        assert "your answer  " not in text_of(room.app)


async def test_what_is_no_answers_fault_is_said_beside(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        room.refuse(Reason.TOO_FAST)
        await sees(pilot, WORDS[Reason.TOO_FAST], OPTIONS[0])


async def test_another_name_is_said_and_shown(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.say(Named(name="[red]Bea[/]"))
        await sees(pilot, "The host has given you another name: [red]Bea[/].", "You are in, [red]Bea[/].")
        room.ask()
        await sees(pilot, OPTIONS[0])
        assert "[red]Bea[/]" in lines_of(room.app)[0]


@pytest.mark.parametrize("key", ["question_mark", "q"])
async def test_a_dialog_gives_way_to_a_new_question(tmp_path: Path, key: str) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        await sees(pilot, OPTIONS[0])
        await reaches(pilot, KeysScreen | StudentLeaveScreen, key)
        room.pause()
        await pilot.pause()
        assert isinstance(room.app.screen, KeysScreen | StudentLeaveScreen)
        room.go_on()
        room.reveal()
        await sees(pilot, "– No answer.")
        assert not isinstance(room.app.screen, KeysScreen | StudentLeaveScreen)
        await reaches(pilot, KeysScreen | StudentLeaveScreen, key)
        room.ask()
        await sees(pilot, "on day 2?")
        assert not isinstance(room.app.screen, KeysScreen | StudentLeaveScreen)


LONG = ProofSheet(
    statement="Cy Reed was on watch.",
    shown=tuple(
        PassageSheet(
            value="Cy Reed", heading=f"Log {page} · line 7", text=f"Page {page}. " + "On watch. " * 90, marks=()
        )
        for page in range(1, 4)
    ),
)


async def test_a_long_proof_scrolls_and_stays_where_it_is(tmp_path: Path) -> None:
    async with playing(tmp_path, quiz=quiz_sheet(proof=LONG)) as (room, pilot):
        room.ask()
        room.reveal()
        await sees(pilot, "Page 1.", "↓ pgdn more")
        proof = room.app.screen.query_one(ProofView)
        await pilot.press("pagedown")
        await until(pilot, lambda: proof.scroll_y > 5)
        where = proof.scroll_y
        await pilot.press("down")
        await until(pilot, lambda: proof.scroll_y == where + 1)
        room.say(Lost("gone"))  # nothing that comes puts it back
        await sees(pilot, "Connection lost")
        assert proof.scroll_y == where + 1
        room.greet()
        await until(pilot, lambda: "Connection lost" not in text_of(room.app))
        assert proof.scroll_y == where + 1
        await pilot.press("pageup")
        await until(pilot, lambda: proof.scroll_y < where)


@pytest.mark.parametrize("size", [(40, 13), (60, 20), (80, 24), (200, 50)], ids=size_name)
async def test_any_room_is_enough(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, "Ben", size=size, timer=20.0) as (room, pilot):
        room.ask()
        await sees(pilot, "Who was on watch on day 1?", *OPTIONS)
        await pilot.press(room.key())
        room.accept()
        await sees(pilot, "Answered.")
        room.reveal()
        await sees(pilot, "Cy Reed your", "✓ Right.", "100 points")


async def test_two_questions_that_come_at_once_show_the_second(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.ask()
        room.room.reveal()
        room.ask()
        await sees(pilot, "on day 2?")
        await pilot.press("1")
        await until(pilot, lambda: bool(room.client.answers))
        assert room.client.answers[0].number == 2


@pytest.mark.parametrize("count", [2, 3, 6])
async def test_a_question_may_have_any_number_of_options(tmp_path: Path, count: int) -> None:
    options = tuple(f"Option {number}" for number in range(count))
    quiz = quiz_sheet(options=options, key=1, remarks=(None,) * count)
    async with playing(tmp_path, quiz=quiz) as (room, pilot):
        room.ask()
        await sees(pilot, *options)
        await pilot.press("4", "up")
        if count < 4:
            assert room.client.answers == []
            await pilot.press("enter")
            await sees(pilot, "sending…")
            assert room.client.answers[0].option == room.room.room.option_id(room.room.room.order("p1")[-1])
        room.reveal()
        await sees(pilot, "Option 1 the answer" if count > 3 else "Option 1", "Cy Reed was on watch on day 1.")


async def test_a_question_of_a_room_that_keeps_to_no_rule_does_no_harm(tmp_path: Path) -> None:
    async with playing(tmp_path) as (room, pilot):
        room.room.ask()
        question = snapshots.question(room.room.room, room.me, 0.0)
        wild = question.model_dump() | {
            "number": 0,
            "limit": 0.0,
            "left": 1e300,
            "options": [{"id": "x" * 100, "text": "One"}, {"id": "x" * 100, "text": "Two"}],
        }
        room.say(type(question).model_validate(wild))
        await sees(pilot, "One", "Two")
        await pilot.press("1")
        await sees(pilot, "No room that keeps to the rules asks like this.")
        room.say(question.model_copy(update={"options": ()}))
        await until(pilot, lambda: "One" not in text_of(room.app))
        await pilot.press("1", "down", "up", "enter")
        room.room.reveal()
        reveal = snapshots.for_player(room.room.room, room.me, 0.0).model_dump()
        reveal["question"] |= {"key": "nobody's", "votes": {"nobody's": -5}, "options": []}
        reveal["yours"] |= {"order": ("a", "a"), "picked": "b", "rank": -3, "team": "T", "team_rank": 0}
        room.say(type(snapshots.for_player(room.room.room, room.me, 0.0)).model_validate(reveal))
        await sees(pilot, "✗ Wrong.")
        assert room.app.is_running
