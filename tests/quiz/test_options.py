"""Which wrong options a question gets, and where its key stands among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.bank.reading import read_bank
from orbitquiz.quiz.check import examine
from orbitquiz.quiz.compose import Request, compose
from tests.making import COMMANDER, ENTITIES, TAIL, write_bank
from tests.quiz.asked import every_question
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact

SEEDS = [f"seed {n}" for n in range(60)]


def offered(bank: Bank, way: str) -> set[str]:
    """Every wrong option that the question with the id `way` ever has."""
    asked = (asked.question for seed in SEEDS for asked in every_question(bank, seed))
    return {option.text for question in asked if question.id == way for option in question.options if not option.is_key}


@pytest.mark.parametrize("told", [COMMANDER, TAIL], ids=["without an order", "in order"])
def test_each_position_is_the_key_about_equally_often(tmp_path: Path, told: dict[str, object]) -> None:
    bank = bank_of(tmp_path, [told])
    keys = Counter(compose(bank, Request(f"seed {n}", 1)).questions[0].key for n in range(4000))
    assert set(keys) == {0, 1, 2, 3}
    assert all(900 < times < 1100 for times in keys.values()), keys


def test_where_one_key_stands_says_nothing_of_where_another_does(tmp_path: Path) -> None:
    other = fact("wing", "length", {"7.5 metres": {"a": "The wing was 7.5 metres"}})
    bank = bank_of(tmp_path, [fact("tail", "count", {"250": {"a": "It had 250 tails"}}), other])
    pairs = Counter(tuple(asked.question.key for asked in every_question(bank, f"seed {n}")) for n in range(1600))
    assert len(pairs) == 16
    assert all(60 < times < 140 for times in pairs.values()), pairs


def test_every_member_of_the_group_is_an_option_about_equally_often(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [COMMANDER])
    quizzes = (compose(bank, Request(f"seed {n}", 1)) for n in range(1000))
    seen = Counter(option.text for quiz in quizzes for option in quiz.questions[0].options if not option.is_key)
    assert set(seen) == {"Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"}
    assert all(680 < times < 820 for times in seen.values()), seen


@examples(40)
@given(banks(), banks(max_facts=1), st.text(max_size=3))
def test_options_stay_when_a_fact_of_another_type_is_added(bank: Bank, other: Bank, seed: str) -> None:
    more = replace(other.facts[0], id="more", category=bank.categories[0].name)
    assume(more.type not in {fact.type for fact in bank.facts})
    sources = {f"more-{id}": replace(source, id=f"more-{id}") for id, source in other.sources.items()}
    claims = tuple(
        replace(
            claim,
            proof=tuple(replace(quotation, source=f"more-{quotation.source}") for quotation in claim.proof),
            sources=tuple(f"more-{id}" for id in claim.sources),
        )
        for claim in more.claims
    )
    larger = replace(
        bank, facts=(replace(more, claims=claims, reverse=None), *bank.facts), sources={**sources, **bank.sources}
    )
    before = [asked.question for asked in every_question(bank, seed)]
    after = [asked.question for asked in every_question(larger, seed) if asked.question.fact != "more"]
    assert before == after


def test_the_authors_own_distractors_come_before_others_of_the_group(tmp_path: Path) -> None:
    entities = [*ENTITIES, {"id": "fay-hill", "type": "person", "name": "Fay Hill"}]
    bank = bank_of(
        tmp_path,
        [fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}}, distractors=["Fay Hill", "Ed Field"])],
        entities=entities,
    )
    options = [
        {option.text for option in asked.question.options} for seed in SEEDS for asked in every_question(bank, seed)
    ]
    assert all({"Fay Hill", "Ed Field"} < shown for shown in options)


def test_who_is_named_beside_the_answer_is_no_option(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew with Ben Oak"}})])
    assert offered(bank, "pilot.asked") == {"Cy Reed", "Di Marsh", "Ed Field"}


def test_who_is_named_beside_the_answer_is_an_option_under_not(tmp_path: Path) -> None:
    told = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew and Ben Oak did not"}}, not_=["Ben Oak"])
    assert "Ben Oak" in offered(bank_of(tmp_path, [told]), "pilot.asked")


def test_what_is_to_be_avoided_is_no_option_even_by_hand(tmp_path: Path) -> None:
    told = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}}, avoid=["Stone", "Ben Oak"])
    bank = bank_of(tmp_path, [{**told, "distractors": ["Ben Oak"]}])
    assert offered(bank, "pilot.asked") == {"Cy Reed", "Di Marsh", "Ed Field"}


def test_made_up_numbers_keep_precision_and_unit(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("tail", "length", {"2.5 kilometres": {"a": "It was 2.5 kilometres"}})])
    assert offered(bank, "tail.asked") <= {f"{n / 10:.1f} kilometres" for n in range(19, 32)}


def test_values_of_other_facts_are_options_where_they_are_near(tmp_path: Path) -> None:
    told = [
        fact("tail", "length", {"2.5 metres": {"a": "The tail was 2.5 metres"}}),
        fact("wing", "length", {"3.4 metres": {"a": "The wing was 3.4 metres"}}),
        fact("mast", "length", {"90.5 metres": {"a": "The mast was 90.5 metres"}}),
    ]
    found = offered(bank_of(tmp_path, told), "tail.asked")
    assert "3.4 metres" in found
    assert "90.5 metres" not in found


def test_a_reverse_question_offers_the_group_of_its_answer(tmp_path: Path) -> None:
    told = fact(
        "height", "length", {"1.9 metres": {"a": "Ada Stone is 1.9 metres tall"}},
        reverse={"ask": "Who is {value} tall?", "statement": "Stone is {value} tall.", "answer": "ada-stone"},
    )  # fmt: skip
    assert offered(bank_of(tmp_path, [told]), "height.reverse") == {"Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"}


def test_a_fact_without_plausible_options_gives_no_question(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("colour", "text", {"red": {"a": "It was red"}}, distractors=["blue", "green"])])
    assert compose(bank, Request("seed")).questions == ()
    assert [problem.code for problem in examine(bank).problems] == ["few-distractors"]


def test_a_source_that_gives_two_answers_is_not_asked_for_one(tmp_path: Path) -> None:
    claims = {"12": {"a": "It was 12"}, "13": {"a": "It was 13", "b": "They counted 13"}}
    bank = bank_of(tmp_path, [fact("moons", "count", claims, differs="conflict")])
    assert [asked.question.id for asked in every_question(bank, "seed")] == ["moons.according.b"]


DISPUTED_LENGTH = {
    "1.5 metres": {"a": "It was 1.5 metres"},
    "1.3 metres": {"b": "It was 1.3 metres"},
    "1.4 metres": {"c": "It was 1.4 metres and not 1.5 metres"},
}


def test_a_rival_that_may_be_an_option_is_one_beside_another_that_may_not(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("tail", "length", DISPUTED_LENGTH, differs="conflict")])
    for seed in SEEDS:
        asked = next(asked for asked in every_question(bank, seed) if asked.question.id == "tail.according.c")
        assert "1.3 metres" in {option.text for option in asked.question.options}


def test_a_rival_range_is_an_option_wherever_the_key_stands(tmp_path: Path) -> None:
    claims = {"20–21 minutes": {"a": "It took 20–21 minutes"}, "22–27 minutes": {"b": "It took 22–27 minutes"}}
    bank = bank_of(tmp_path, [fact("trip", "duration", claims, differs="conflict")])
    for seed in SEEDS:
        asked = next(asked for asked in every_question(bank, seed) if asked.question.id == "trip.according.a")
        assert "22–27 minutes" in {option.text for option in asked.question.options}


def test_a_rival_of_the_same_number_and_another_unit_is_an_option(tmp_path: Path) -> None:
    claims = {"12 days": {"a": "It took 12 days"}, "12 weeks": {"b": "It took 12 weeks"}}
    bank = bank_of(tmp_path, [fact("trip", "duration", claims, differs="conflict")])
    assert "12 weeks" in offered(bank, "trip.according.a")


def test_options_in_several_units_stand_in_order(tmp_path: Path) -> None:
    claims = {"90 minutes": {"a": "It took 90 minutes"}, "2 hours": {"b": "It took 2 hours"}}
    bank = bank_of(tmp_path, [fact("trip", "duration", claims, differs="conflict")])
    for asked in every_question(bank, "seed"):
        options = [option.text for option in asked.question.options]
        assert options.index("90 minutes") < options.index("2 hours")


def test_the_less_exact_range_of_a_named_source_overlaps_no_option(tmp_path: Path) -> None:
    claims = {"21–22 minutes": {"a": "It took 21–22 minutes"}, "20–25 minutes": {"b": "It took 20–25 minutes"}}
    bank = bank_of(tmp_path, [fact("trip", "duration", claims, differs="precision", attributed="true")])
    for seed in SEEDS:
        for asked in every_question(bank, seed):
            assert not [value for value in asked.wrong if value.overlaps(asked.key)]


def test_what_a_less_exact_source_says_cannot_be_given_as_a_wrong_option(tmp_path: Path) -> None:
    claims = {"four months": {"report": "It took four months"}, "a few months": {"other": "It took a few months"}}
    others = ["a few months", "a week", "a year"]
    told = fact("trip", "text", claims, differs="precision", distractors=others)
    documents = {"report": "It took four months.", "other": "It took a few months."}
    problems = read_bank(write_bank(tmp_path, [told], documents=documents)).problems
    assert [problem.code for problem in problems] == ["bad-distractor"]


def test_a_range_that_can_be_asked_can_be_asked_with_every_seed(tmp_path: Path) -> None:
    told = fact("trip", "duration", {"40–41 minutes": {"a": "It took 40–41 minutes"}}, avoid=["42–47 minutes"])
    bank = bank_of(tmp_path, [told])
    assert examine(bank).problems == ()
    assert all(compose(bank, Request(seed)).questions for seed in SEEDS)


def test_a_distractor_that_can_never_be_an_option_is_reported(tmp_path: Path) -> None:
    claims = {"41": {"a": "She was 41 and he was 38"}}
    bank = bank_of(tmp_path, [fact("age", "age", claims, distractors=["38", "39"])])
    assert [(problem.code, problem.message[:4]) for problem in examine(bank).problems] == [("bad-distractor", "'38'")]
