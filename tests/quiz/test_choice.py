"""Quizzes that somebody has chosen question by question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import UnknownQuestion, choose, compose
from orbitquiz.quiz.forms import forms_of
from orbitquiz.quiz.question import Quiz
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact, read_whole

ALL = ["take-off.according.other", "tail.asked", "commander.asked", "take-off.according.report"]


@pytest.fixture
def comet(tmp_path: Path) -> Bank:
    return read_whole(write_bank(tmp_path / "comet", [COMMANDER, TAIL, TAKE_OFF]))


def ids(quiz: Quiz) -> list[str]:
    return [question.id for question in quiz.questions]


def texts(quiz: Quiz) -> dict[str, list[str]]:
    """The options of each question."""
    return {question.id: [option.text for option in question.options] for question in quiz.questions}


@pytest.mark.parametrize("order", [ALL, ALL[::-1], ALL[1:3], ALL[:1]], ids=len)
def test_the_questions_come_as_they_were_chosen(comet: Bank, order: Sequence[str]) -> None:
    quiz = choose(comet, order, "K7M2QX")
    assert ids(quiz) == list(order)
    assert quiz.asked_for == len(order)


@examples(25)
@given(banks(), st.data())
def test_whatever_can_be_asked_can_be_chosen_in_any_order(bank: Bank, data: st.DataObject) -> None:
    there = [way.id for way in forms_of(bank) if can_be_asked(bank, way)]
    assume(there)
    order = data.draw(st.lists(st.sampled_from(there), max_size=6))
    assert ids(choose(bank, order, "")) == order


@examples(25)
@given(banks(), st.text(max_size=8), st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_options_are_those_of_a_composed_quiz_whatever_the_order(
    bank: Bank, seed: str, count: int, order: Random
) -> None:
    composed = compose(bank, Request(seed, count))
    chosen = ids(composed)
    order.shuffle(chosen)
    assert texts(choose(bank, chosen, seed)) == texts(composed)


def test_the_same_choice_from_the_same_seed_is_the_composed_quiz(builtin: Bank) -> None:
    composed = compose(builtin, Request("APOLLO"))
    assert choose(builtin, ids(composed), "APOLLO").questions == composed.questions


def test_another_seed_draws_other_options(builtin: Bank) -> None:
    chosen = ids(compose(builtin, Request("APOLLO")))
    assert texts(choose(builtin, chosen, "APOLLO")) != texts(choose(builtin, chosen, "SOYUZ"))


def test_a_chosen_quiz_says_what_it_was_made_from_and_has_no_code(comet: Bank) -> None:
    quiz = choose(comet, ALL, "apollo", "Lesson 3")
    assert (quiz.bank, quiz.title, quiz.digest, quiz.seed) == (comet.id, "Lesson 3", comet.digest, "apollo")
    assert quiz.code is None
    assert choose(comet, ALL, "").title == comet.title


def test_wrong_options_have_remarks(comet: Bank) -> None:
    (question,) = choose(comet, ["take-off.according.report"], "").questions
    (remark,) = (option.feedback for option in question.options if option.feedback)
    assert remark.statement == "According to the other, the comet crew took off on 4 May."
    assert remark.where == "line 3"


OAKS = fact("chief", "person", {"Ben Oak": {"c": "Ben Oak led it"}})
STONES = fact("pilot", "person", {"Ada Stone": {"b": "Ada Stone flew"}})


def test_no_remark_tells_the_answer_of_a_later_question(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [STONES, OAKS])
    drawn = (choose(bank, ["chief.asked"], str(n)) for n in range(100))
    seed = next(quiz.seed for quiz in drawn if "Ada Stone" in texts(quiz)["chief.asked"])

    def remarks(*order: str) -> list[str]:
        chief = next(question for question in choose(bank, order, seed).questions if question.fact == "chief")
        return [option.feedback.statement for option in chief.options if option.feedback]

    assert remarks("chief.asked") == remarks("pilot.asked", "chief.asked") == ["With pilot it is Ada Stone."]
    assert remarks("chief.asked", "pilot.asked") == []


UNKNOWN = [
    "", "commander", "commander.", "commander.asked.", "commander.asked.report", "COMMANDER.ASKED", "tail.reverse",
    "take-off.later", "take-off.according", "take-off.according.nowhere", "x" * 10**6, "tail.asked\x00", "\udcff",
]  # fmt: skip


@pytest.mark.parametrize("id", UNKNOWN, ids=range(len(UNKNOWN)))
def test_an_unknown_question_is_told(comet: Bank, id: str) -> None:
    with pytest.raises(UnknownQuestion) as raised:
        choose(comet, ["tail.asked", id, "nothing.either"], "")
    assert raised.value.id == id


def test_a_question_without_enough_wrong_options_is_unknown(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("bell", "text", {"brass": {"a": "The bell was brass"}}, distractors=["wood"])])
    with pytest.raises(UnknownQuestion):
        choose(bank, ["bell.asked"], "")


@given(st.text())
def test_words_that_name_no_question_are_never_anything_but_unknown(word: str) -> None:
    with pytest.raises(UnknownQuestion):
        choose(NOTHING, [word], "")


NOTHING = Bank("nothing", "t", "1", "en", "r", "c", "0" * 64, (), (), {}, {})
