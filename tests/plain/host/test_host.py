"""A room line by line: a host and students at keyboards of their own, with a real server between them."""

from __future__ import annotations

import asyncio
import io
import json
import re
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from orbitquiz.classroom import protocol as told
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Client, Lost, Update
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.host.host import host_plain
from orbitquiz.plain.student import join
from orbitquiz.quiz.game import Scoring
from tests.classroom.making import KEY, OPTIONS, Lesson, opened, question_sheet, quiz_sheet
from tests.plain.lesson import PATIENCE, Keyboard, Open, Scripted, Watched, begun, picks, scene

HOSTILE = "red\x1b[31m\nQuestion 9 of 9.\r\x07\u202emirrored\u2028torn\ttab \x9b2J"


# A whole game.


async def test_a_game_of_three_questions(room: Open) -> None:
    a_class = await room()
    teacher = a_class.host()
    where = f"To join at a terminal: orbitquiz join {a_class.hosted.address} --code KSTR\n"
    assert where in await teacher.reads("Enter begins the game.")
    ann, ben = a_class.student("Ann"), a_class.student("Ben")
    for student in (ann, ben):
        await student.reads("Waiting for the host to begin.")
    await teacher.reads("in (2).")

    teacher.type("")
    question = await teacher.reads("Enter shows the answer.")
    assert "\n\nQuestion 1 of 3. The comet.\nWho was on watch on day 1?\n- Ada Stone\n- Ben Oak\n" in question
    await ann.reads("Answer 1 to 4:")
    ann.type("Cy Reed")
    assert "Cy Reed. Waiting for the others." in await ann.reads("others.")
    await teacher.reads("1 of 2 has answered.")
    await ben.reads("Answer 1 to 4:")
    ben.type("Ada Stone")
    verdict = await ben.reads("2nd of 2.")
    assert re.search(r"Wrong\. You said Ada Stone\. The answer is [1-4], Cy Reed\.\n", verdict)
    assert (
        "Cy Reed was on watch on day 1.\nYour answer: Ada Stone commanded the ship (the report, line 3).\n" in verdict
    )
    assert "The log of the Kestrel, line 7.\nOn day 1 Cy Reed was on watch.\nThe proof in it: On da; 1 Cy\n" in verdict
    assert "Editor's note: The log was written the same night.\nAlso: the museum's guide, line 3\n" in verdict
    assert "Right.\nCy Reed was on watch" in await ann.reads("100 points for this question.")
    revealed = await teacher.reads("Enter for question 2 of 3.")
    assert "The answer to question 1 is Cy Reed.\n2 of 2 have answered. 1 of 2 was right.\n" in revealed
    votes = "- Ada Stone: 1 vote\n- Ben Oak: 0 votes\n- Cy Reed: 1 vote, right\n- Di Marsh: 0 votes\n"
    assert f"{votes}Cy Reed was on watch on day 1.\n" in revealed
    assert "Standings:\n1. Ann, 100 points\n2. Ben, 0 points\n" in revealed

    for number, winner in ((2, ben), (3, ben)):
        teacher.type("")
        await ben.reads(f"Question {number} of 3.")
        await ben.reads("Answer 1 to 4:")
        winner.type("cy reed")
        await ben.reads("Waiting for the others.")
        teacher.type("")  # Ann has no answer
        revealed = await teacher.reads("Enter for question 3 of 3." if number == 2 else "Enter ends the game.")
        assert "1 of 2 was right, 1 gave no answer." in revealed
    assert "1. Ben, 200 points\n2. Ann, 100 points, down 1\n" in revealed
    assert "No answer. The answer is " in await ann.reads("2nd of 2.\nWaiting for the host to go on.\n")

    teacher.type("")
    await teacher.reads("The game is over.\nStandings:\n1. Ben, 200 points\n2. Ann, 100 points\nq to leave.")
    end = await ann.reads("proof once more, q to leave:")
    assert "The end. 100 points, 1 of 3 right. You are 2nd of 2.\n1. right: Who was on watch on day 1?\n" in end
    assert "2. not answered: Who was on watch on day 2?\n" in end
    assert "again" not in end, "that is for when they leave"
    ann.type("2", "9", "q")
    again = await ann.done()
    assert again.endswith(f"{join.AGAIN}\nThe same quiz again: orbitquiz play --quiz COMET-1\n")
    assert again.count("The same quiz") == 1
    assert "Question 2 of 3. The comet.\nWho was on watch on day 2?\nNo answer. The answer is" in again
    assert again.count("Cy Reed was on watch on day 2.") == 1
    teacher.type("q")
    await teacher.done()
    assert picks(a_class.log) == [("p1", 1, KEY), ("p2", 1, 0), ("p2", 2, KEY), ("p2", 3, KEY)]


async def test_no_places_are_told_where_there_is_no_ranking(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(1, is_ranked=False))
    ann.type("Cy Reed")
    assert " of 1" not in (await ann.reads("1 right.\n")).partition("Right.")[2]
    teacher.type("")
    assert "Standings" not in await teacher.reads(
        "The game is over.\nThe class gave 1 of 1 right answers.\nq to leave."
    )


async def test_teams_are_told_to_players_and_ranked_by_their_mean(room: Open) -> None:
    _, teacher, students = await begun(room, opened(1, teams=("Mars", "Venus")), "Ann", "Ben", "Cy")
    assert "You are in room KSTR as Ann for Mars.\n" in students[0].out.getvalue()
    students[0].type("Cy Reed")
    students[1].type("Ada Stone")
    students[2].type("Ada Stone")
    teams = "Teams, by the mean of their players:\n1. Mars, 50 points\n2. Venus, 0 points\n"
    players = "Players:\n1. Ann, 100 points\n2. Ben, 0 points\n2. Cy, 0 points\n"
    await teacher.reads(f"{teams}{players}")
    await students[1].reads("0 right. Venus is 2nd. You are 2nd of 3, with 1 other.\n")
    teacher.type("")
    await teacher.reads(f"The game is over.\n{teams}{players}q to leave.")
    await students[0].reads("The end. 100 points, 1 of 1 right. Mars is 1st. You are 1st of 3.\n")


async def test_nobody_is_told_a_place_where_nobody_is_ahead(room: Open) -> None:
    _, teacher, (ann, ben) = await begun(room, opened(1), "Ann", "Ben")
    for student in (ann, ben):
        student.type("Cy Reed")
    await ann.reads("You have 100 points, 1 right.\n")
    teacher.type("")
    await ben.reads("The end. 100 points, 1 of 1 right.\n")


async def test_those_who_have_left_or_are_slow_are_counted_among_who_was_right(room: Open) -> None:
    _, teacher, (ann, ben, _) = await begun(room, None, "Ann", "Ben", "Cy")
    ann.type("Cy Reed")
    ben.type("Ada Stone")
    for student in (ann, ben):
        await student.reads("Answered:")
    teacher.type("kick Ben")
    await teacher.reads("Ben is out")
    teacher.type("")
    await teacher.reads("is Cy Reed.\n1 of 3 was right, 1 gave no answer.\n- Ada Stone: 1 vote\n")


async def test_that_faster_answers_pay_more_is_told_to_all(room: Open) -> None:
    a_class = await room(opened(timer=30.0, scoring=Scoring.SPEED))
    teacher = a_class.host()
    await teacher.reads("3 questions.\nFaster answers pay more.\nTo join at a terminal:")
    await a_class.student("Ann").reads("3 questions, 30 seconds each. Faster answers pay more. ? lists the keys.\n")


async def test_else_nobody_is_told_so(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(timer=30.0))
    assert "Faster" not in teacher.out.getvalue() + ann.out.getvalue()


# What a host can type.


async def test_the_game_is_begun_without_players_only_when_it_is_meant(room: Open) -> None:
    teacher = (await room()).host()
    await teacher.reads("Enter begins the game.")
    teacher.type("")
    await teacher.reads("Nobody is here yet. Press Enter again to start anyway.")
    teacher.type("who", "")  # something else was typed in between
    await teacher.reads("Nobody is in the room.\nNobody is here yet.")
    teacher.type("")
    await teacher.reads("Question 1 of 3.")


async def test_a_key_pressed_twice_on_a_terminal_does_not_give_the_answer_away(room: Open) -> None:
    a_class = await room()
    teacher = a_class.host(is_terminal=True)
    await teacher.reads("Enter begins the game.")
    await a_class.student("Ann").reads("Waiting")
    a_class.wait(1.1)
    teacher.type("", "")
    await teacher.reads("Question 1 of 3.")
    await teacher.reads("That was quick. Press Enter once more if you meant it.")
    a_class.wait(1.1)
    teacher.type("")
    await teacher.reads("Nobody has answered yet. Press Enter again to show the answer anyway.")
    a_class.wait(1.1)
    teacher.type("")
    await teacher.reads("The answer to question 1 is Cy Reed")


async def test_from_a_script_each_line_is_done_before_the_next(room: Open) -> None:
    a_class = await room(opened(2))
    teacher = a_class.host()
    teacher.type("", "", "", "", "p", "p", "x", "y", "", "q")
    said = await teacher.done()
    moments = ["Question 1 of 2", "The answer to question 1", "Question 2 of 2", "Paused.", "The question goes on."]
    moments += ["Question 2 is voided", "The game is over."]
    places = [said.index(words) for words in moments]
    assert places == sorted(places)


async def test_a_pause_stops_the_clock_and_the_answers(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(timer=30.0))
    teacher.type("p")
    assert re.search(r"Paused\. (29|30) seconds left\. Enter goes on\.", await teacher.reads("goes on."))
    await ann.reads("The host has paused.")
    ann.type("1")
    await ann.reads("The host has paused.")
    teacher.type("")
    await teacher.reads("The clock runs again.")
    assert re.search(r"(29|30) seconds left\. Answer 1 to 4:", await ann.reads("Answer 1 to 4:"))
    ann.type("1")
    await ann.reads("for this question.")


@pytest.mark.parametrize("timer", [None, 30.0])
async def test_enter_goes_on_after_a_pause_and_gives_nothing_away(room: Open, timer: float | None) -> None:
    a_class = await room(opened(timer=timer))
    teacher = a_class.host(is_terminal=True)
    await teacher.reads("Enter begins the game.")
    ann = a_class.student("Ann")
    await ann.reads("Waiting for the host to begin.")
    a_class.wait(1.1)
    teacher.type("")
    await ann.reads("Answer 1 to 4:")
    teacher.type("p")
    await teacher.reads("Enter goes on.")
    a_class.wait(1.1)  # the question is no longer new
    teacher.type("", "")
    words = r"The clock runs again\. (29|30) seconds left\." if timer else r"The question goes on\."
    said = await teacher.reads("That was quick. Press Enter once more if you meant it.")
    assert re.fullmatch(rf"\n{words} Enter shows the answer\.\nThat was quick.*", said)
    await ann.reads("Answer 1 to 4:")


async def test_enter_goes_on_at_once_in_a_room_that_is_opened_again_in_mid_question(room: Open) -> None:
    lesson = Lesson(opened(2, is_ranked=False), "Ann")
    lesson.play({"p1": KEY})
    lesson.ask()
    a_class = await room(*lesson.events)
    teacher = a_class.host(is_terminal=True)
    await teacher.reads("Question 2 of 2.")
    await teacher.reads("Paused. Enter goes on.\n")
    teacher.type("")
    await teacher.reads("The question goes on. Enter shows the answer.\n")
    a_class.wait(1.1)
    teacher.type("")
    await teacher.reads("Nobody has answered yet.")
    a_class.wait(1.1)
    teacher.type("")
    await teacher.reads("is Cy Reed.\nNobody was right, 1 gave no answer.\n")
    teacher.type("e", "e")
    await teacher.reads("The game is over.\nThe class gave 1 of 2 right answers.\n")


async def test_who_joins_in_a_pause_sees_the_question_when_it_is_over(room: Open) -> None:
    a_class, teacher, _ = await begun(room)
    teacher.type("p")
    await teacher.reads("Paused.")
    ben = a_class.student("Ben")
    await ben.reads("The host has paused.")
    assert "watch" not in ben.out.getvalue()
    teacher.type("p")
    assert "Who was on watch on day 1?" in await ben.reads("You play from the next question on.")
    ben.type("1")
    await ben.reads("You play from the next question on.")


async def test_more_time_is_given_and_told(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(timer=30.0))
    teacher.type("+")
    await teacher.reads("More time. 45 seconds left.")
    await ann.reads("The host gives you more time.\n45 seconds left. Answer 1 to 4:")


async def test_without_a_timer_there_is_no_more_time_to_give(room: Open) -> None:
    _, teacher, _ = await begun(room)
    teacher.type("+")
    await teacher.reads("There is no timer, so everybody has all the time they need.")


async def test_when_time_is_up_the_answer_is_shown_to_all(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(timer=0.3))
    await teacher.reads("The answer to question 1 is Cy Reed.\nNobody was right, 1 gave no answer.")
    await ann.reads("\nTime is up. The answer is ")
    await ann.reads("Waiting for the host to go on.\n")
    ann.type("1")
    await ann.reads("Waiting for the host to go on.")


async def test_a_question_that_is_taken_back_counts_for_nobody(room: Open) -> None:
    _, teacher, (ann, _) = await begun(room, None, "Ann", "Ben")
    ann.type("Cy Reed")
    await ann.reads("Answered:")
    teacher.type("x", "y")
    await teacher.reads("Void question 1? It won't count. y or n\n")
    await teacher.reads("Question 1 is voided. It won't count.\nEnter for question 2 of 3.")
    await ann.reads("The host voided question 1. It won't count.\nWaiting for the host to go on.\n")
    teacher.type("x")
    await teacher.reads("There is no question to void.")
    teacher.type("e", "e")
    await ann.reads("The end. 0 points, 0 of 0 right.\nAnother game may follow. q to leave:")
    ann.type("q")
    assert await ann.done() == "\nThe same quiz again: orbitquiz play --quiz COMET-1\n"


async def test_a_question_is_taken_back_after_its_answer_too(room: Open) -> None:
    _, teacher, (ann, ben) = await begun(room, opened(2, is_ranked=False), "Ann", "Ben")
    ann.type("Cy Reed")
    ben.type("Ada Stone")
    await ann.reads("You have 100 points, 1 right.")
    teacher.type("x", "y")
    await teacher.reads("Void question 1? It won't count. y or n\nQuestion 1 is voided.")
    await ann.reads("The host voided question 1. It won't count.\nWaiting for the host to go on.\n")
    teacher.type("")
    for student in (ann, ben):
        await student.reads("Answer 1 to 4:")
        student.type("Cy Reed")
        await student.reads("Answered:")
    await ann.reads("You have 100 points, 1 right.")
    teacher.type("")
    await teacher.reads("The game is over.\nThe class gave 2 of 2 right answers.\nq to leave.")
    await ann.reads("The end. 100 points, 1 of 1 right.\n")


async def test_a_question_stays_where_it_was_not_meant_to_be_taken_back(room: Open) -> None:
    _, teacher, (ann, _) = await begun(room, None, "Ann", "Ben")
    for other in ("n", "", "who"):
        teacher.type("take back", other)
        await teacher.reads("y or n\nQuestion 1 stays.\n")
    await teacher.reads("#1 Ann: here.")
    teacher.type("y")
    await teacher.reads("Not understood.")
    ann.type("Cy Reed")
    await ann.reads("Answered:")
    assert "The answer" not in teacher.out.getvalue()


async def test_a_locked_room_lets_nobody_new_in(room: Open) -> None:
    a_class, teacher, _ = await begun(room)
    teacher.type("l")
    await teacher.reads("The room is locked: nobody new comes in.")
    ben = a_class.student("Ben")
    assert await ben.done() == f"{WORDS[Reason.LOCKED]}\n"
    teacher.type("l")
    await teacher.reads("The room is open again.")
    await a_class.student("Ben").reads("You play from the next question on.")


async def test_who_is_kicked_may_come_back(room: Open) -> None:
    a_class, teacher, (ann, _) = await begun(room, None, "Ann", "Ben")
    teacher.type("kick ann")
    await teacher.reads("Ann is out, and may come back.\n")
    await ann.reads(f"{WORDS[Reason.KICKED]}\n{join.NAME}")
    ann.type("Anna")
    await ann.reads("You are in room KSTR as Anna.")
    await ann.reads("\nAnswer 1 to 4:\n")
    await teacher.reads("Anna is in (2).")
    ann.type("Cy Reed")
    await ann.reads("Answered:")
    assert picks(a_class.log) == [("p1", 1, KEY)]


async def test_who_is_banned_may_not(room: Open) -> None:
    a_class, teacher, (ann, _) = await begun(room, None, "Ann Lee", "Ben")
    teacher.type('ban "Ann Lee"')
    await teacher.reads("Ann Lee is out for good.")
    assert await ann.done() == f"\n{WORDS[Reason.BANNED]}\n", "there is no way to come back"
    teacher.type("who")
    await teacher.reads("#1 Ann Lee: out for good.\n#2 Ben: here.\n")
    again = a_class.student("Somebody Else", folder="0")
    await again.reads("You play from the next question on.")


async def test_a_player_is_renamed(room: Open) -> None:
    _, teacher, (ann, _) = await begun(room, None, "Ann Lee", "Ben")
    teacher.type('rename "Ann Lee" "Ann of Green Gables"')
    await teacher.reads("Ann Lee is Ann of Green Gables now.")
    await ann.reads("The host has given you another name: Ann of Green Gables.")
    teacher.type("rename #2 Ben Oak", 'rename #2 "Ann of Green Gables"', "rename Cy Di", "rename Ben \u200b\u200b")
    await teacher.reads("Type rename, the name, and the new one, each in quotes")
    await teacher.reads(WORDS[Reason.NAME_TAKEN])
    await teacher.reads("Nobody here is called Cy; who lists them.")


async def test_who_tells_of_everybody(room: Open) -> None:
    a_class, teacher, (ann, ben) = await begun(room, None, "Ann", "Ben")
    ann.type("1")
    await ann.reads("Answered:")
    ben.type("q")
    assert f"To come back: orbitquiz join {a_class.hosted.address} --code KSTR\n" in await ben.done()
    await teacher.reads("Ben is away.")
    teacher.type("who")
    await teacher.reads("#1 Ann: here, has answered.\n#2 Ben: away.\n")


LEAVING = "This closes the room, and 1 player is in it. Leave? y or n\n"
ENDING = "This ends the game for everybody. End it? y or n\n"


@pytest.mark.parametrize("meant", ["y", "Yes", "q"])
async def test_leaving_a_room_with_players_has_to_be_meant(room: Open, meant: str) -> None:
    _, teacher, (ann,) = await begun(room)
    for other in ("n", "", "e"):
        teacher.type("q", other)
        await teacher.reads(f"{LEAVING}The room stays open.\n")
    await teacher.reads(ENDING)
    teacher.type("q")
    await teacher.reads(f"The game goes on.\n{LEAVING}")
    teacher.type(meant)
    await teacher.done()
    assert not ann.task.done() if ann.task else False


@pytest.mark.parametrize("meant", ["y", "end", "e"])
async def test_ending_the_game_has_to_be_meant(room: Open, meant: str) -> None:
    _, teacher, (ann, _) = await begun(room, None, "Ann", "Ben")
    for other in ("no", "", "who"):
        teacher.type("e", other)
        await teacher.reads(f"{ENDING}The game goes on.\n")
    await teacher.reads("#1 Ann: here.")
    assert "The answer" not in teacher.out.getvalue(), "an empty line goes on with nothing here"
    teacher.type("e", meant)
    await ann.reads("The end.")


async def test_whether_something_is_meant_can_be_said_after_the_time_is_up(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(timer=0.3))
    teacher.type("e")
    await teacher.reads(ENDING)
    await teacher.reads("The answer to question 1 is Cy Reed.")
    teacher.type("y")
    await ann.reads("The end.")


async def test_what_cannot_be_done_is_said(room: Open) -> None:
    _, teacher, _ = await begun(room)
    teacher.type("dance", "kick", "kick Nobody", "ban #9", "", "p", "p")
    await teacher.reads("Not understood.")
    await teacher.reads("Type kick and a name; who lists them.")
    await teacher.reads("Nobody here is called Nobody; who lists them.")
    await teacher.reads("Nobody here is called #9; who lists them.")
    await teacher.reads("The answer to question 1")
    await teacher.reads(f"{WORDS[Reason.NOT_NOW]}\n")


async def test_each_command_is_explained(room: Open) -> None:
    teacher = (await room()).host()
    teacher.type("?", "q")
    said = await teacher.done()
    for command in ("Enter:", "p:", "+:", "x:", "l:", "who:", "kick NAME:", "ban NAME:", "rename", "e:", "q:", "?:"):
        assert f"\n{command}" in said
    assert "kick NAME: send somebody out, who may come back.\n" in said


async def test_the_end_of_what_is_typed_closes_the_room(room: Open) -> None:
    _, teacher, _ = await begun(room)
    teacher.keyboard.end()
    await teacher.done()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    """A host in a lobby without players."""
    with Keyboard() as keyboard:
        watched = Watched(io.StringIO(), Scripted())
        hosted = Hosted("KSTR", Address("192.0.2.7", 8765), watched.client)
        async with AsyncConsole(keyboard, watched.out) as talk:
            task = asyncio.create_task(host_plain(hosted, talk, watched.clock))
            await asyncio.sleep(0.02)
            welcome = told.HostWelcome(
                protocol=2,
                room="KSTR",
                title="The comet",
                total=1,
                timer=None,
                scoring=Scoring.ACCURACY,
                is_ranked=True,
                is_anonymous=False,
                teams=(),
            )
            people = told.People(seats=(), is_locked=False)
            said = await watched.after(welcome, people, scene("lobby"))
            assert "To join at a terminal: orbitquiz join 192.0.2.7:8765 --code KSTR\n" in said
            assert "To join on a phone: http://192.0.2.7:8765/#KSTR\n? lists" in said
            yield watched
            task.cancel()
            await asyncio.wait([task])
        keyboard.end()


async def test_many_who_come_at_once_are_told_in_a_line(watched: Watched) -> None:
    assert await watched.come(1) == "", "somebody was told of people less than a second ago"
    watched.now += 1
    assert await watched.come(2) == "Kid 1 and Kid 2 are in (2).\n"
    assert await watched.come(20) == ""
    assert await watched.come(30) == ""
    watched.now += 1
    assert await watched.come(30, is_here=False) == (
        "Kid 3, Kid 4, Kid 5, Kid 6, Kid 7 and 23 more are in (30).\n"
        "Kid 3, Kid 4, Kid 5, Kid 6, Kid 7 and 25 more are away.\n"
    )
    watched.now += 1
    assert await watched.come(30) == "Kid 1, Kid 2, Kid 3, Kid 4, Kid 5 and 25 more are back.\n"


async def test_how_many_have_answered_is_told_once_in_a_while(watched: Watched) -> None:
    assert "Who?\n" in await watched.answer(0)
    assert await watched.answer(1) == "1 of 30 has answered.\n"
    assert await watched.answer(2) == ""
    assert await watched.answer(3) == ""
    watched.now += 3
    assert await watched.answer(17) == "17 of 30 have answered.\n"
    assert await watched.answer(18) == ""


async def test_that_players_leave_after_the_end_is_no_news(watched: Watched) -> None:
    watched.now += 1
    assert "are in" in await watched.come(2)
    assert "The game is over." in await watched.after(scene("over"))
    watched.now += 1
    assert await watched.come(2, is_here=False) == ""


async def test_what_is_not_being_kept_is_told(watched: Watched) -> None:
    trouble = "The room is not being kept: No space left on device."
    assert await watched.after(scene("lobby", trouble=trouble)) == f"{trouble}\n"
    assert await watched.after(scene("lobby", trouble=trouble)) == ""
    assert await watched.after(scene("lobby")) == "The room is being kept again.\n"


async def test_a_host_is_told_that_the_connection_is_lost(watched: Watched) -> None:
    assert await watched.after(Lost("the room hung up")) == (
        "Connection to the room lost (the room hung up). Reconnecting…\n"
    )
    assert await watched.after(Lost("the room hung up")) == ""


# Text is text.


def hostile_room() -> list[dict[str, Any]]:
    """Return hostile messages of a room, built without our models, which might make them harmless."""

    def bad(text: str) -> str:
        return f"{text} {HOSTILE}"

    options = [{"id": str(number), "text": bad(f"Option {number}")} for number in range(4)]
    passage = {"value": bad("A"), "heading": bad("line 3 · B"), "text": bad("text"), "marks": [[0, 4], [6, 12]]}
    proof = {"statement": bad("So."), "shown": [passage], "also": [bad("There")], "note": bad("Note.")}
    question = {"number": 1, "total": 1, "category": bad("C"), "sources_differ": True, "stem": bad("Who?")}
    place = {"score": 0, "right": 0, "rank": 1, "tied": 0, "players": 1, "team": bad("Mars"), "team_rank": 1}
    answer = {"name": bad("Ann"), "order": ["0", "1", "2", "3"], "plays": True, "picked": "1", "is_right": False}
    reveal = {
        "type": "reveal",
        "question": question | {"options": options, "key": "3", "votes": {}, "proof": proof},
        "yours": answer | {"remark": bad("Remark."), "points": 0} | place,
    }
    welcome = {"protocol": 2, "room": "KSTR", "title": bad("Title"), "player": "p1", "token": "t", "name": bad("Ann")}
    rules = {"team": bad("Mars"), "score": 0, "total": 1, "timer": None, "scoring": "accuracy", "is_ranked": True}
    clock = {"limit": None, "left": None, "is_paused": False, "plays": True, "picked": "1"}
    return [
        {"type": "welcome", **welcome, **rules},
        {"type": "named", "name": bad("Anna")},
        {"type": "question", **question, "options": options, **clock},
        {"type": "refusal", "reason": "too-fast", "text": bad("Slowly.")},
        reveal,
        {"type": "ended", "title": bad("Title"), "code": bad("CODE"), "of": 1, "questions": [reveal], **place},
    ]


async def test_nothing_that_a_room_says_can_act_on_a_terminal_or_make_a_line_of_its_own(room: Open) -> None:
    async def say(connection: ServerConnection) -> None:
        await connection.recv()
        for message in hostile_room():
            await connection.send(json.dumps(message))
        await connection.wait_closed()

    a_class = await room()
    async with serve(say, "127.0.0.1", 0) as server:
        address = Address("127.0.0.1", next(iter(server.sockets)).getsockname()[1])
        ann = a_class.student("Ann", address=address)
        await ann.reads(join.AGAIN)
        ann.type("1", "q")
        await ann.done()
    safe(ann.out.getvalue())
    assert ann.out.getvalue().count("␛[31m") > 30


async def test_nor_anything_that_a_host_is_told(room: Open) -> None:
    options = tuple(f"{option} {HOSTILE}" for option in OPTIONS)
    sheet = question_sheet(stem=HOSTILE, options=options, category=HOSTILE)
    quiz = replace(quiz_sheet(), title=HOSTILE, questions=(sheet,))
    _, teacher, (ann,) = await begun(room, opened(quiz=quiz, teams=(HOSTILE, "Mars")))
    ann.type("1")
    await ann.reads("of 1.")
    teacher.type("", "who", f"kick {HOSTILE.splitlines()[0]}", "q")
    await teacher.done()
    safe(teacher.out.getvalue())
    safe(ann.out.getvalue())
    assert teacher.out.getvalue().count("␛[31m") > 8


def safe(text: str) -> None:
    kinds = {unicodedata.category(letter) for letter in text.replace("\n", "")}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert not any(line.startswith("Question 9") for line in text.splitlines())


# The streams.


async def test_an_output_that_nobody_reads_does_not_keep_a_room_from_its_players(room: Open) -> None:
    free = threading.Event()

    class Stuck(io.StringIO):
        was_free = True

        def write(self, text: str) -> int:
            self.was_free &= free.wait(PATIENCE)
            return super().write(text)

    a_class = await room()
    keyboard = a_class.stack.enter_context(Keyboard())
    a_class.stack.callback(keyboard.end)
    out = Stuck()

    async def teach() -> None:
        async with AsyncConsole(keyboard, out) as talk:
            await host_plain(a_class.hosted, talk)

    task = asyncio.create_task(teach())
    try:
        await asyncio.sleep(0.1)
        await a_class.student("Ann").reads("Waiting for the host to begin.")
    finally:
        free.set()
    keyboard.type("q")
    keyboard.type("q")
    async with asyncio.timeout(PATIENCE):
        await task
    assert out.was_free, "the player was in before"
    assert "Enter begins the game." in out.getvalue()


async def test_whoever_is_stopped_while_leaving_stops() -> None:
    class Slow(Client):
        async def run(self, tell: Callable[[Update], None]) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0.1)  # as a connection takes to close

    async with AsyncConsole(io.StringIO(), io.StringIO()) as talk:
        talk.visit(Slow("ws://nowhere", lambda: told.Hello(protocol=2, room="KSTR")))
        await asyncio.sleep(0)
        leaving = asyncio.create_task(talk.leave())
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait([leaving])
        assert leaving.cancelled()


async def test_what_goes_wrong_with_a_visit_is_no_silence() -> None:
    class Broken(Client):
        async def run(self, tell: Callable[[Update], None]) -> None:
            raise RuntimeError("broken")

    async with AsyncConsole(io.StringIO(), io.StringIO()) as talk:
        talk.visit(Broken("ws://nowhere", lambda: told.Hello(protocol=2, room="KSTR")))
        with pytest.raises(RuntimeError, match="broken"):
            await talk.next(PATIENCE, typed=False)
        with pytest.raises(RuntimeError, match="broken"):
            await talk.leave()


async def test_whoever_hangs_up_leaves_in_order(room: Open) -> None:
    a_class = await room()
    keyboard = a_class.stack.enter_context(Keyboard())
    a_class.stack.callback(keyboard.end)
    out = io.StringIO()
    async with AsyncConsole(keyboard, out) as talk, asyncio.timeout(PATIENCE):
        asyncio.get_running_loop().call_later(0.5, talk.hang_up)
        await host_plain(a_class.hosted, talk)
    assert out.getvalue().endswith("Enter begins the game.\n")
