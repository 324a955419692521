"""A lesson's flow, line by line: time to read, going on by itself, the bell, another game, the host's notes."""

from __future__ import annotations

import io
from pathlib import Path

from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.protocol import PROTOCOL, HostHello
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.host.host import host_plain
from orbitquiz.plain.host.notes import notes_plain
from orbitquiz.presenter.bell import Bell
from orbitquiz.quiz.sheet import QuizSheet
from tests.classroom.making import opened, quiz_sheet
from tests.plain.lesson import Open, begun


async def test_options_are_told_after_the_time_to_read(room: Open) -> None:
    a_class = await room(opened(1, reading=0.4, timer=30.0))
    teacher = a_class.host()
    await teacher.reads("Enter begins the game.")
    ann = a_class.student("Ann")
    await ann.reads("Waiting for the host to begin.")
    teacher.type("")
    assert "- Ada Stone" not in await teacher.reads("Read the question. The answers follow.\n")
    await teacher.reads("- Di Marsh\n30 seconds left. Enter shows the answer.\n")
    said = await ann.reads("Who was on watch on day 1?\nRead the question. The answers follow.\n1: ")
    assert said.count("Question 1") == 1
    assert "Question 1" not in await ann.reads("30 seconds left. Answer 1 to 4:")
    ann.type("1")
    await ann.reads("Waiting for the host to go on.")


async def test_the_room_goes_on_by_itself_or_waits(room: Open) -> None:
    _, teacher, (ann,) = await begun(room, opened(3, onward=1.0))
    ann.type("1")
    await teacher.reads("Question 2 follows in 1 second. p to wait, Enter to go on now.\n")
    await teacher.reads("Question 2 of 3.")
    await ann.reads("Question 2 of 3.")
    ann.type("1")
    await teacher.reads("Question 3 follows in 1 second.")
    teacher.type("p")
    teacher.type("who")
    await teacher.reads("#1 Ann: here, has answered.")
    teacher.type("")
    await teacher.reads("Question 3 of 3.")


async def test_the_bell_rings_once_when_time_is_nearly_up(room: Open) -> None:
    a_class = await room(opened(1, timer=5.4))
    teacher = a_class._person(lambda talk: host_plain(a_class.hosted, talk, bell=Bell(is_on=True)))
    await teacher.reads("Enter begins the game.")
    ann = a_class.student("Ann")
    await ann.reads("Waiting for the host to begin.")
    teacher.type("")
    await teacher.reads("\n5 seconds left.\n")
    assert "5 seconds left" not in await teacher.reads("The answer to question 1")


async def test_only_a_terminal_has_a_bell() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for out, heard in ((Terminal(), "\a"), (io.StringIO(), "")):
        async with AsyncConsole(io.StringIO(), out) as console:
            console.ring()
        assert out.getvalue() == heard


async def test_another_game_is_played_by_the_same_players(room: Open) -> None:
    def another() -> QuizSheet:
        return quiz_sheet(2, stem="Who slept?")

    a_class = await room(opened(1), again=another)
    teacher = a_class.host()
    await teacher.reads("Enter begins the game.")
    ann = a_class.student("Ann")
    await ann.reads("Waiting for the host to begin.")
    teacher.type("again")
    await teacher.reads("Another game can begin once this one is over.")
    teacher.type("")
    await ann.reads("Answer 1 to 4:")
    ann.type("Cy Reed")
    await teacher.reads("Enter ends the game.")
    teacher.type("")
    await teacher.reads("again for another game, q to leave.")
    await ann.reads("The end. 100 points, 1 of 1 right.")
    ann.type("1")
    await ann.reads("Cy Reed was on watch on day 1.")
    teacher.type("again")
    await teacher.reads("Another game: 2 questions. Everybody keeps their seat.\nEnter begins the game.\n")
    await ann.reads("Another game: The comet, 2 questions.\nWaiting for the host to begin.")
    teacher.type("")
    await ann.reads("Question 1 of 2. The comet.\nWho slept?")


async def test_the_notes_tell_the_key_and_who_is_silent(room: Open, tmp_path: Path) -> None:
    a_class, teacher, (ann, _) = await begun(room, opened(2), "Ann", "Ben")
    access = a_class.hosted.access
    hello = HostHello(protocol=PROTOCOL, room=access.code, secret=access.secret, notes=True)
    client = Client(f"ws://127.0.0.1:{access.port}/", lambda: hello)
    notes = a_class._person(lambda talk: notes_plain(client, talk))
    await notes.reads("Now: question 1 of 2\nWho was on watch on day 1?\n")
    await notes.reads("✓ Cy Reed\n")
    await notes.reads("0 of 2 answered, waiting for:\nAnn\nBen\n")
    await notes.reads("Next: question 2 of 2\n")
    ann.type("1")
    await notes.reads("1 of 2 answered, waiting for:\nBen\n")
    teacher.type("")
    await notes.reads("Now: question 1 of 2, answer shown\n")
    notes.type("q")
    await notes.done()
    assert "✓" not in teacher.out.getvalue()
