"""Feedback on a wrong answer appears with the verdict, with its line, and again at the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.compose import choose
from orbitquiz.tui.solo.app import OrbitQuizApp
from tests.making import TAIL, TAKE_OFF
from tests.tui.nasty import NASTY, harmless
from tests.tui.playing import app_for, bank_of
from tests.tui.screens import SIZE, lines_of, size_name, text_of, words_of

SIZES = [(80, 24), (60, 20)]
each_size = pytest.mark.parametrize("size", SIZES, ids=size_name)

LENGTHS: Mapping[str, Any] = {
    **TAIL,
    "type": "text",
    "distractors": ["12 days", "as long as a river", "as long as a street"],
    "note": "It was blue.",
}
TRIP: Mapping[str, Any] = {
    **TAIL,
    "id": "trip",
    "type": "text",
    "ask": "How long was the trip?",
    "statement": "The trip of the Kestrel was {value} long.",
    "claims": [{"value": "12 days", "proof": [{"source": "other", "quote": "The Kestrel came home after 12 days"}]}],
    "distractors": ["1 day", "2 days", "3 days"],
}
REMARK = "Your answer: The trip of the Kestrel was 12 days long. (the other, line 3)"


@pytest.fixture
def comet(tmp_path: Path) -> Bank:
    """A bank that knows something of one wrong option of `tail.asked`."""
    return bank_of(tmp_path / "bank", [LENGTHS, TRIP])


def app_of(bank: Bank, *ids: str) -> OrbitQuizApp:
    return app_for(choose(bank, ids or ["tail.asked"], "TEST"))


async def pick(app: OrbitQuizApp, pilot: Pilot[Any], text: str) -> None:
    """Answer with the option that has this text."""
    texts = list(app.game.question.options)
    await pilot.press(str(texts.index(text) + 1))
    await pilot.pause()


@each_size
async def test_a_wrong_answer_of_which_the_bank_knows_something_is_told_it(comet: Bank, size: tuple[int, int]) -> None:
    app = app_of(comet)
    async with app.run_test(size=size) as pilot:
        assert "Your answer" not in text_of(app)
        await pick(app, pilot, "12 days")
        assert REMARK in words_of(app)


@each_size
@pytest.mark.parametrize("text", ["2.5 kilometres", "as long as a river"], ids=["right", "unknown"])
async def test_a_right_answer_and_one_of_which_nothing_is_known_are_told_nothing_more(
    comet: Bank, text: str, size: tuple[int, int]
) -> None:
    app = app_of(comet)
    async with app.run_test(size=size) as pilot:
        await pick(app, pilot, text)
        screen = words_of(app)
        assert "The comet's tail was 2.5 kilometres long." in screen
        assert "Your answer:" not in screen


async def test_a_remark_is_gone_with_its_question(comet: Bank) -> None:
    app = app_of(comet, "tail.asked", "trip.asked")
    async with app.run_test(size=SIZE) as pilot:
        await pick(app, pilot, "as long as a river")
        await pilot.press("enter")
        await pick(app, pilot, "12 days")
        assert "Your answer:" not in text_of(app)


@each_size
async def test_looking_back_at_the_end_tells_it_again(comet: Bank, size: tuple[int, int]) -> None:
    app = app_of(comet, "trip.asked", "tail.asked")
    async with app.run_test(size=size) as pilot:
        await pick(app, pilot, "12 days")
        await pilot.press("enter")
        await pick(app, pilot, "12 days")
        await pilot.press("enter")
        await pilot.pause()
        assert "You said 12 days." in words_of(app)
        assert REMARK in words_of(app)
        await pilot.press("up")
        await pilot.pause()
        assert "✓ Right. The trip of the Kestrel was 12 days long." in words_of(app)
        assert "Your answer:" not in text_of(app)


@pytest.mark.parametrize("text", ["2.5 kilometres", "as long as a river"], ids=["right", "unknown"])
async def test_looking_back_at_any_other_answer_tells_nothing_more(comet: Bank, text: str) -> None:
    app = app_of(comet)
    async with app.run_test(size=SIZE) as pilot:
        await pick(app, pilot, text)
        await pilot.press("enter")
        await pilot.pause()
        assert "The comet's tail was 2.5 kilometres long." in words_of(app)
        assert "Your answer:" not in text_of(app)


async def test_what_the_proof_shows_anyway_is_not_told_twice(tmp_path: Path) -> None:
    app = app_of(bank_of(tmp_path / "bank", [TAKE_OFF]), "take-off.according.report")
    async with app.run_test(size=(100, 40)) as pilot:
        await pick(app, pilot, "4 May")
        assert app.game.verdict.picked is not None
        assert app.session.question.options[app.game.verdict.picked].feedback is not None
        assert app.game.verdict.feedback is None
        assert "The crew left on May 4." in words_of(app)
        assert "Your answer:" not in text_of(app)


@pytest.mark.parametrize("nasty", NASTY)
async def test_a_remark_is_shown_as_it_stands_and_never_acts(tmp_path: Path, nasty: str) -> None:
    trip = {**TRIP, "statement": f"R{nasty} {{value}}."}
    app = app_of(bank_of(tmp_path / "bank", [LENGTHS, trip]))
    async with app.run_test(size=SIZE) as pilot:
        await pick(app, pilot, "12 days")
        told = f"Your answer: R{harmless(nasty)} 12 days. (the other, line 3)"
        assert told in words_of(app)
        row = next(row for row, line in enumerate(lines_of(app)) if "Your answer:" in line)
        await pilot.click(offset=(17, row))
        await pilot.pause()
        assert app.is_running
        await pilot.press("enter")
        await pilot.pause()
        assert told in words_of(app)


@each_size
async def test_stem_options_verdict_and_remark_stand_on_one_screen(comet: Bank, size: tuple[int, int]) -> None:
    app = app_of(comet)
    async with app.run_test(size=size) as pilot:
        await pick(app, pilot, "12 days")
        screen = words_of(app)
        question = app.game.question
        assert question.stem in screen
        assert all(option in screen for option in question.options)
        assert f"✗ Wrong. {question.proof.statement}" in screen
        assert REMARK in screen
        assert question.proof.shown[0].heading.split(" · ")[0] in screen


@each_size
async def test_a_remark_of_two_lines_stands_on_the_screen_in_full(tmp_path: Path, size: tuple[int, int]) -> None:
    long = "As everybody knows who has read to the end of it, the trip of the Kestrel and its crew took {value}."
    trip = {**TRIP, "statement": long}
    app = app_of(bank_of(tmp_path / "bank", [LENGTHS, trip]))
    async with app.run_test(size=size) as pilot:
        await pick(app, pilot, "12 days")
        screen = words_of(app)
        assert f"Your answer: {long.replace('{value}', '12 days')} (the other, line 3)" in screen
        assert app.game.question.stem in screen
        assert all(option in screen for option in app.game.question.options)
        assert "✗ Wrong." in screen
