"""The end of a game on a student's screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.quiz.sheet import PassageSheet, QuizSheet
from orbitquiz.tui.widgets.lines import TIGHT
from tests.classroom.making import question_sheet, quiz_sheet
from tests.tui.screens import SIZE, bottom_of, size_name, text_of, words_of
from tests.tui.student.visiting import Class
from tests.tui.waiting import sees, until


@asynccontextmanager
async def over(
    folder: Path, *answers: bool | None, size: tuple[int, int] = SIZE, **opening: Any
) -> AsyncIterator[tuple[Class, Pilot[None]]]:
    """A student who has answered like this, at the end."""
    room = Class(folder, "Ben", "Cy", "Di", **opening)
    async with room.running(size) as pilot:
        room.enter()
        room.play(*answers)
        room.end()
        await sees(pilot, "? keys q leave")
        yield room, pilot


async def test_all_is_there_to_look_back_at(tmp_path: Path) -> None:
    async with over(tmp_path, True, False, None) as (room, pilot):
        await sees(pilot, "100 points", "of 4", "Same quiz: orbitquiz play --quiz COMET-1")
        words = words_of(room.app)
        for row in ("✓ Who was on watch on day 1?", "✗ Who was on watch on day 2?", "– Who was on watch on day 3?"):
            assert row in words
        await sees(pilot, "✗ You said Ada Stone. Cy Reed was on watch on day 2.")  # the first that was wrong
        await sees(pilot, "Your answer: Ada Stone commanded the ship (the report, line 3).")
        await pilot.press("down")
        await sees(pilot, "– No answer. Cy Reed was on watch on day 3.")
        assert "Ada Stone commanded" not in words_of(room.app)
        await pilot.press("down")
        await sees(pilot, "✓ Right. Cy Reed was on watch on day 1.", "On day 1 Cy Reed was on watch.")
        await pilot.press("up", "up")
        await sees(pilot, "on day 2.")


async def test_the_score_counts_what_was_played(tmp_path: Path) -> None:
    room = Class(tmp_path)
    room.room.ask()
    room.room.reveal()
    room.room.join("Ann")
    async with room.running((60, 16)) as pilot:
        room.greet()
        room.play(True, False)
        room.end()
        await sees(pilot, "1/2", "· Who was on watch on day 1?", "✓ Who was on watch on day 2?")
        await until(pilot, lambda: room.app.screen.query_one(OptionList).highlighted == 2)  # the first that went wrong
        await pilot.press("down")
        await sees(pilot, "Asked before you joined. Cy Reed was on watch on day 1.")


async def test_a_team_and_no_ranking(tmp_path: Path) -> None:
    async with over(tmp_path, True, teams=("Mercury", "Venus"), is_ranked=False) as (room, pilot):
        await sees(pilot, "100 points", "Mercury")
        assert "of 4" not in words_of(room.app)
        assert "Mercury:" not in words_of(room.app)


async def test_a_quiz_without_a_code_cannot_be_played_again(tmp_path: Path) -> None:
    async with over(tmp_path, True, quiz=replace(quiz_sheet(), code=None)) as (room, pilot):
        await sees(pilot, "100 points")
        assert "Same quiz" not in words_of(room.app)


async def test_a_game_that_ends_before_it_began(tmp_path: Path) -> None:
    async with over(tmp_path) as (room, pilot):
        await sees(pilot, "No question was answered to its end.", "0 points")
        await pilot.press("down", "up", "pagedown", "enter")
        assert room.app.is_running


@pytest.mark.parametrize("what", [Reason.CLOSED, Reason.NO_ROOM, Reason.KICKED, "lost"])
async def test_what_becomes_of_the_room_is_no_matter_any_more(tmp_path: Path, what: Reason | str) -> None:
    async with over(tmp_path, True) as (room, pilot):
        await sees(pilot, "100 points")
        if isinstance(what, Reason):
            room.refuse(what)
        else:
            room.say(Lost("gone"))
        await pilot.pause()
        await sees(pilot, "100 points", "✓ Right. Cy Reed was on watch on day 1.")
        assert "Connection lost" not in text_of(room.app)


async def test_who_looks_back_stays_at_the_question_when_the_end_is_told_again(tmp_path: Path) -> None:
    async with over(tmp_path, True, True, True) as (room, pilot):
        await pilot.press("down")
        await sees(pilot, "on day 2.")
        room.say(Lost("gone"))
        room.greet()
        await pilot.pause()
        await sees(pilot, "on day 2.")


LONG = (
    "According to the log that was kept on board, and not to the report that was written two years later in harbour, "
    "who was on watch in the long night before the day of the return?"
)


@pytest.mark.parametrize("size", [(60, 20), SIZE, (200, 50)], ids=size_name)
async def test_a_long_question_is_there_to_its_last_word(tmp_path: Path, size: tuple[int, int]) -> None:
    async with over(tmp_path, True, False, size=size, quiz=quiz_sheet(stem=LONG)) as (room, pilot):
        await until(pilot, lambda: room.app.screen.query_one(OptionList).highlighted == 1)
        await sees(pilot, "the day of the return?")


def _uneven_quiz() -> QuizSheet:
    """The proof of the first question has room for its blank line at 80×24, and that of the second does not."""
    quiz = quiz_sheet(2)
    long = [
        PassageSheet(value="Cy Reed", heading="The log, line 7", text="On watch. " * count, marks=())
        for count in (20, 400)
    ]
    questions = (
        replace(each, proof=replace(each.proof, shown=(passage,)))
        for each, passage in zip(quiz.questions, long, strict=True)
    )
    return replace(quiz, questions=tuple(questions))


async def test_a_proof_has_its_blank_lines_again_after_a_long_one(tmp_path: Path) -> None:
    async with over(tmp_path, True, True, quiz=_uneven_quiz()) as (room, pilot):
        await sees(pilot, "on day 1.", "On watch.")
        await until(pilot, lambda: not room.app.screen.has_class(TIGHT))
        for _ in range(3):
            await pilot.press("down")
            await until(pilot, lambda: room.app.screen.has_class(TIGHT))
            await pilot.press("up")
            await until(pilot, lambda: not room.app.screen.has_class(TIGHT))


async def test_a_proof_of_many_passages_may_give_way_before_it_is_drawn(tmp_path: Path) -> None:
    proof = question_sheet().proof
    many = replace(proof, shown=proof.shown * 4)
    room = Class(tmp_path, quiz=quiz_sheet(proof=many))
    async with room.running() as pilot:
        room.enter()
        room.ask()
        await sees(pilot, "Who was on watch")
        room.reveal()
        for _ in range(4):
            await asyncio.sleep(0)  # the proof is being drawn
        room.end()
        await sees(pilot, "No answer.", "0 points")


async def test_who_leaves_is_told_how_to_play_the_same_quiz(tmp_path: Path) -> None:
    async with over(tmp_path, True, False) as (room, pilot):
        await pilot.press("q")
        await until(pilot, lambda: not room.app.is_running)
    assert room.app.farewell == "1 of 2 right, 100 points. Same quiz: orbitquiz play --quiz COMET-1"


async def test_q_leaves_at_once(tmp_path: Path) -> None:
    async with over(tmp_path, True) as (room, pilot):
        assert bottom_of(room.app).endswith("q leave")
        await pilot.press("q")
        await until(pilot, lambda: not room.app.is_running)


@pytest.mark.parametrize("size", [(40, 13), (60, 20), (200, 50)], ids=size_name)
async def test_any_room_is_enough(tmp_path: Path, size: tuple[int, int]) -> None:
    async with over(tmp_path, False, True, size=size) as (_, pilot):
        await sees(pilot, "100 points", "✗ Who was on watch on day 1?", "✗ You said Ada Stone")
