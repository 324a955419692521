"""Feedback on a wrong option states nothing that the bank does not prove."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.choice import choose
from orbitquiz.quiz.code import LETTERS, SEED_LENGTH
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.proof import Feedback
from orbitquiz.quiz.question import Kind, Option, Question, Quiz
from orbitquiz.quiz.request import Request
from tests.quiz.asked import Asked, every_question, is_named, stands_in
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact

SEEDS = [f"seed {n}" for n in range(20)]


def statements(bank: Bank, remark: Feedback) -> Iterator[str]:
    """Every statement of the bank that the words which the remark cites prove."""
    for each in bank.facts:
        for claim in each.claims:
            if remark.citation.quotation in claim.proof:
                for text in [each.statement or ""] + ([each.reverse.statement] if each.reverse else []):
                    value = claim.value.text
                    stated = text.replace("{value}.", value.rstrip(".") + ".").replace("{value}", value)
                    yield stated
                    yield f"According to {remark.citation.cite_as}, {stated[0].lower()}{stated[1:]}"
                    yield f"According to {remark.citation.cite_as}, {stated}"


def check(bank: Bank, quiz: Quiz) -> None:
    for at, question in enumerate(quiz.questions, 1):
        assert question.options[question.key].remark is None
        later = [Asked(bank, other) for other in quiz.questions[at:]]
        for option in question.options:
            if option.remark:
                check_remark(bank, question, option, option.remark)
                assert not [other.question.id for other in later if tells(option.remark, other)]


def check_remark(bank: Bank, question: Question, option: Option, remark: Feedback) -> None:
    quotation = remark.citation.quotation
    source = bank.sources[quotation.source]
    assert remark.citation.cite_as == source.cite_as
    assert remark.citation.line == source.text[: quotation.start].count("\n") + 1
    assert remark.statement in statements(bank, remark)
    if question.kind is Kind.WHICH:
        assert option.text == source.cite_as[0].upper() + source.cite_as[1:]
    else:
        assert is_named(Asked(bank, question).value(option.text), remark.statement)


def tells(remark: Feedback, later: Asked) -> bool:
    """True if the feedback contains the key of the later question, or some of the words that prove it."""
    if stands_in(later.key.hints, remark.statement):
        return True
    proof = [quotation for claim in later.fact.claims for quotation in claim.proof]
    proof += [later.question.quoted] if later.question.quoted else []
    cited = remark.citation.quotation
    return any(
        cited.source == words.source and max(cited.start, words.start) < min(cited.end, words.end) for words in proof
    )


@examples(80)
@given(banks(), st.text(max_size=3))
def test_in_any_bank_a_remark_is_true_speaks_of_its_option_and_tells_no_later_key(bank: Bank, seed: str) -> None:
    check(bank, compose(bank, Request(seed, len(bank.facts))))


@examples(40)
@given(banks(), st.text(max_size=3))
def test_in_any_bank_the_same_holds_where_questions_are_chosen(bank: Bank, seed: str) -> None:
    ids = [asked.question.id for asked in every_question(bank, seed)]
    check(bank, choose(bank, ids, seed))


def test_in_the_built_in_bank_the_same_holds(builtin: Bank) -> None:
    for seed in SEEDS:
        check(builtin, compose(builtin, Request(seed)))


@examples(40)
@given(banks(), st.text(alphabet=LETTERS, min_size=SEED_LENGTH, max_size=SEED_LENGTH))
def test_but_for_its_remarks_a_question_is_as_it_was_made(bank: Bank, seed: str) -> None:
    made = [asked.question for asked in every_question(bank, seed)]
    chosen = choose(bank, [question.id for question in made], seed).questions
    bare = [replace(one, options=tuple(replace(option, remark=None) for option in one.options)) for one in chosen]
    assert bare == made


PILOT = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}}, statement="{value} flew the ship.")
COOK = fact("cook", "person", {"Ben Oak": {"a": "Ben Oak cooked"}}, statement="{value} cooked for all.")
COUNTED = {"12": {"a": "They counted 12"}, "13": {"b": "They counted 13"}, "14": {"c": "Some say 14"}}
MOONS = fact("moons", "count", COUNTED, differs="conflict", statement="There are {value} moons.")


def told(bank: Bank, *ids: str, of: str) -> set[str]:
    """Return the feedback on the wrong option `of` of the first question, for every seed that offers it."""
    questions = [choose(bank, ids, seed).questions[0] for seed in SEEDS]
    remarks = [option.remark for question in questions for option in question.options if option.text == of]
    assert remarks
    return {f"{remark.statement} [{remark.citation.cite_as}]" if remark else "" for remark in remarks}


def test_what_another_source_says_is_told(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [MOONS])
    assert told(bank, "moons.according.a", of="13") == {"According to the b, There are 13 moons. [the b]"}


def test_what_a_report_says_instead_is_told(tmp_path: Path) -> None:
    elsewhere = fact("wing", "length", {"7.5 metres": {"d": "The wing was 7.5 metres"}})
    bank = bank_of(tmp_path, [MOONS, elsewhere])
    assert told(bank, "moons.which.a", of="The b") == {"According to the b, There are 13 moons. [the b]"}
    assert told(bank, "moons.which.a", of="The d") == {""}


def test_a_report_is_spoken_of_by_its_own_words_though_another_says_the_same(tmp_path: Path) -> None:
    counted = {"12": COUNTED["12"], "13": {"b": "They counted 13", "d": "It has 13", "e": "I saw 13"}}
    bank = bank_of(
        tmp_path, [fact("moons", "count", counted, differs="conflict", statement="There are {value} moons.")]
    )
    assert told(bank, "moons.which.a", of="The d") == {"According to the d, There are 13 moons. [the d]"}


def test_what_another_fact_says_of_the_option_is_told(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak cooked for all. [the a]"}
    assert told(bank, "pilot.asked", of="Cy Reed") == {""}


def test_the_key_has_no_remark(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, {**PILOT, "id": "captain"}])
    assert told(bank, "pilot.asked", of="Ada Stone") == {""}


def test_whom_a_question_turned_round_asks_for_is_spoken_of_too(tmp_path: Path) -> None:
    turned = {"ask": "Who is {value} tall?", "statement": "Ben Oak is {value} tall.", "answer": "ben-oak"}
    height = fact("height", "length", {"1.9 metres": {"b": "Ben Oak is 1.9 metres tall"}}, reverse=turned)
    bank = bank_of(tmp_path, [PILOT, height])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak is 1.9 metres tall. [the b]"}


def test_what_one_source_alone_asserts_is_told_as_its_own(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, {**COOK, "attributed": "true"}])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"According to the a, Ben Oak cooked for all. [the a]"}


def test_what_is_plainly_so_comes_before_what_one_source_asserts(tmp_path: Path) -> None:
    singer = fact("singer", "person", {"Ben Oak": {"b": "Ben Oak sang"}}, statement="{value} sang.")
    bank = bank_of(tmp_path, [PILOT, {**COOK, "attributed": "true"}, singer])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak sang. [the b]"}


@pytest.mark.parametrize(("type", "said"), [("count", "There are 13 of them. [the b]"), ("age", "")])
def test_a_number_is_spoken_of_by_facts_of_its_type(tmp_path: Path, type: str, said: str) -> None:
    dogs = fact("dogs", "count", {"12": {"a": "They had 12 dogs"}}, distractors=["13"])
    other = fact("other", type, {"13": {"b": "There are 13"}}, statement="There are {value} of them.")
    assert told(bank_of(tmp_path, [dogs, other]), "dogs.asked", of="13") == {said}


def test_a_remark_that_tells_a_later_key_is_left_out(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    assert told(bank, "pilot.asked", "cook.asked", of="Ben Oak") == {""}


def test_a_remark_may_tell_a_key_that_was_asked_before(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    questions = [choose(bank, ["cook.asked", "pilot.asked"], seed).questions[1] for seed in SEEDS]
    remarks = [option.remark for question in questions for option in question.options if option.text == "Ben Oak"]
    assert remarks
    assert all(remarks)


def test_a_remark_that_cites_what_proves_a_later_key_is_left_out(tmp_path: Path) -> None:
    # No form of the answer 7 stands in the sentence that is cited; the words that prove it do.
    crew = fact("crew", "count", {"7": {"a": "The septet came with Ben Oak"}})
    crew["claims"][0]["as"] = "septet"
    guest = fact("guest", "person", {"Ben Oak": {"a": "The septet came with Ben Oak"}}, statement="{value} came.")
    pilot = fact("pilot", "person", {"Ada Stone": {"b": "Ada Stone flew"}})
    bank = bank_of(tmp_path, [pilot, crew, guest])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak came. [the a]"}
    assert told(bank, "pilot.asked", "crew.asked", of="Ben Oak") == {""}
