"""One bank that shows the craft: each flaw, each remark on a wrong pick, each hint, each question of the compare round.

Its files are in tests/quiz/craft, as an author would write them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import Place
from orbitquiz.quiz.compose import choose
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.proof import Feedback
from orbitquiz.quiz.quality.lint import lint
from orbitquiz.quiz.question import Kind, Question
from tests.quiz.made import read_whole

CRAFT = Path(__file__).parent / "craft"
SEEDS = [f"seed {n}" for n in range(12)]
QUALITY = Path(__file__).parents[2] / "src" / "orbitquiz" / "quiz" / "quality"


@pytest.fixture(scope="module")
def craft() -> Bank:
    return read_whole(CRAFT)


def question(bank: Bank, id: str, seed: str = "seed") -> Question:
    (only,) = choose(bank, [id], seed).questions
    return only


def remark(bank: Bank, id: str, option: str) -> Feedback:
    """Return what a player reads who picks this wrong option."""
    shown = (each for seed in SEEDS for each in question(bank, id, seed).options if each.text == option)
    feedback = next(shown).feedback
    assert feedback
    return feedback


def test_each_flaw_is_found_in_the_fact_that_has_it_and_nowhere_else(craft: Bank) -> None:
    codes = set(
        re.findall(r'(?:Flaw|flaw)\("([a-z-]+)"', "".join(file.read_text("utf-8") for file in QUALITY.glob("lint*")))
    )
    codes |= {"near-equal-stems", "favourite", "document-in-stem"}
    by_place = {fact.place: fact.id for fact in craft.facts}
    found = [(by_place[Place(each.file, each.line, each.column)], each.code) for each in lint(craft)]
    assert sorted(found) == sorted((code, code) for code in codes)


@pytest.mark.parametrize(
    ("id", "option", "words", "source"),
    [
        ("stone.asked", "basalt", "There is basalt on the next island only.", None),
        ("stone.asked", "pillars", "Steps lead up to it, and they begin on the ground.", "post"),
        ("stone.cloze.guide", "old lava", "The nearest volcano is far away.", None),
        ("relief.asked", "4 May", "According to the keeper's log, the relief is due on 4 May.", "log"),
        ("keeper.asked", "Tom Gale", "Tom Gale built the stairs of the tower.", "post"),
        ("keeper.asked", "Ben Marsh", "Ben Marsh is known for the song “Salt”.", "post"),
        ("keeper.asked", "Ida Holt", "She kept the lamp before the war.", None),
        ("age.which.log", "The Skerry Post", "According to The Skerry Post, Ada Wren is 42 years old.", "post"),
    ],
    ids=["reason", "proved reason", "in a gap", "other claim", "other fact", "reverse", "about", "source"],
)
def test_each_kind_of_remark_is_shown(craft: Bank, id: str, option: str, words: str, source: str | None) -> None:
    told = remark(craft, id, option)
    assert told.statement == words
    assert (told.citation.quotation.source if told.citation else None) == source


def test_an_option_about_which_nothing_is_known_has_no_remark(craft: Bank) -> None:
    shown = [each for seed in SEEDS for each in question(craft, "stone.asked", seed).options if each.text == "timber"]
    assert shown
    assert all(option.feedback is None for option in shown)


def test_a_hint_is_the_passage_without_the_answer(craft: Bank) -> None:
    (hint,) = hint_of(craft, question(craft, "builder.asked"))
    assert "____ built the stairs of the tower in 1899" in hint
    assert "Gale" not in hint


def test_where_the_passage_is_the_question_the_hint_shows_what_stands_around_it(craft: Bank) -> None:
    hint = hint_of(craft, question(craft, "stone.cloze.guide"))
    assert hint == (
        "Skerry Rock has a tower of 31 metres, and a landing stage.",
        "It is red, so that ships see it by day.",
    )


def test_where_nothing_else_can_be_shown_there_is_no_hint(craft: Bank) -> None:
    later = [question(craft, id) for id in ("unsorted-numbers.asked", "unmarked-negative.asked")]
    assert hint_of(craft, question(craft, "stone.cloze.guide"), later) == ()
    assert hint_of(craft, question(craft, "age.how")) == ()  # its passages are open


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("relief.how", "They contradict each other"),
        ("age.how", "Something changed between them"),
        ("boat.how", "They spell a name differently"),
        ("hens.how", "One is only more exact"),
        ("relief.later.post.log", "6 May"),
        ("age.knew.post.log", "The Skerry Post"),
        ("age.according.log", "41"),
        ("boat.according.post", "Petrell"),
        ("relief.which.log", "The keeper's log"),
    ],
)
def test_the_compare_round_asks_each_kind_about_each_difference(craft: Bank, id: str, answer: str) -> None:
    asked = question(craft, id)
    assert asked.options[asked.key].text == answer
    assert "The reports differ." in asked.stem
    assert len(asked.open) == 2


def test_every_kind_of_question_is_in_the_bank(craft: Bank) -> None:
    assert {form.kind for fact in craft.facts for form in all_forms(craft, fact)} == set(Kind) - {Kind.SAID}
