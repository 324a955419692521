"""Which wrong options a question gets, and where its key stands among them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.bank.values.entity import Entity
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.forms import form_of
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.quiz.question import Kind
from tests.making import COMMANDER, ENTITIES, TAIL, write_bank
from tests.quiz.asked import every_question
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact, read_whole

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


MOONS = fact(
    "moons",
    "count",
    {f"{n}": {source: f"It has {n} moons, Ada Stone said"} for n, source in zip((40, 50, 60), "abc", strict=True)},
    differs="conflict",
    reverse={"ask": "Who counted {value}?", "statement": "Stone counted {value}.", "answer": "ada-stone"},
    said={"source": "a", "quote": "It has 40 moons", "by": "ada-stone"},
)
PILOT = fact("pilot", "person", {"Ada Stone": {"d": "Ada Stone flew the ship"}})
PILOT["claims"][0]["cloze"] = {"source": "d", "quote": "Ada Stone flew"}
BELL = fact("bell", "text", {"brass": {"e": "A brass bell it was"}}, distractors=["tin", "iron", "copper", "silver"])
BELL["claims"][0]["cloze"] = {"source": "e", "quote": "A brass bell"}


@pytest.mark.parametrize(
    "id", ["moons.which.a", "moons.said", "moons.reverse.b", "pilot.cloze.d", "pilot.asked", "bell.cloze.e"]
)
def test_where_there_is_no_order_each_position_is_the_key_about_equally_often(tmp_path: Path, id: str) -> None:
    bank = bank_of(tmp_path, [MOONS, PILOT, BELL])
    way = form_of(bank, id)
    assert way
    made = [make_question(bank, way, f"seed {n}") for n in range(2000)]
    keys = Counter(question.key for question in made if question)
    assert set(keys) == {0, 1, 2, 3}
    assert all(430 < times < 570 for times in keys.values()), keys


def test_where_there_is_no_order_the_key_has_each_rank_in_length_about_equally_often(tmp_path: Path) -> None:
    names = ("Al Fox", "Bo Lark", "Cy Heron", "Ada Stone", "Di Sparrow", "Ed Kestrels", "Flo Starling")
    entities = [{"id": f"p{len(name)}", "type": "person", "name": name, "groups": ["pilots"]} for name in names]
    told = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}})
    bank = bank_of(tmp_path, [told], entities=entities)
    ranks: Counter[int] = Counter()
    for n in range(2000):
        (asked,) = every_question(bank, f"seed {n}")
        ranks[sum(len(value.text) < len(asked.key.text) for value in asked.wrong)] += 1
    assert set(ranks) == {0, 1, 2, 3}
    assert all(430 < times < 570 for times in ranks.values()), ranks


def test_wrong_options_come_from_the_group_that_is_named(tmp_path: Path) -> None:
    poets = [
        {**dict(person), "groups": ["pilots", "poets"] if n != 1 else ["pilots"]} for n, person in enumerate(ENTITIES)
    ]
    told = fact(
        "pilot", "person", {"Ada Stone": {"a": "Ada Stone, 41, flew"}}, among="poets",
        reverse={"ask": "Who is {value}?", "statement": "Stone, {value}, flew.", "answer": "ada-stone"},
        said={"source": "a", "quote": "flew", "by": "ada-stone", "among": "poets"},
    )  # fmt: skip
    bank = bank_of(tmp_path, [told], entities=poets)
    assert offered(bank, "pilot.asked") == {"Cy Reed", "Di Marsh", "Ed Field"}
    assert offered(bank, "pilot.said") == {"Cy Reed", "Di Marsh", "Ed Field"}
    assert offered(bank, "pilot.reverse") == {"Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"}


def test_which_report_says_so_is_asked_where_three_others_do_not(tmp_path: Path) -> None:
    claims = {"12": {"a": "It was 12"}, "13": {"b": "It was 13", "c": "They counted 13"}}
    told = fact("moons", "count", claims, differs="conflict")
    elsewhere = fact("wing", "length", {"7.5 metres": {"d": "The wing was 7.5 metres"}})
    bank = bank_of(tmp_path, [told, elsewhere])
    which = [asked.question.id for asked in every_question(bank, "seed") if asked.kind is Kind.WHICH]
    assert which == ["moons.which.a"]
    assert offered(bank, "moons.which.a") == {"The b", "The c", "The d"}


def test_a_report_that_has_the_words_is_no_option(tmp_path: Path) -> None:
    claims = {"12": {"a": "It was 12"}, "13": {"b": "It was 13", "c": "They counted 13"}}
    told = fact("moons", "count", claims, differs="conflict")
    others = [
        fact(f"wing-{id}", "length", {"7.5 metres": {id: f"The wing was 7.5 metres, and {rest}"}})
        for id, rest in (("d", "there were twelve wings"), ("e", "that was all"))
    ]
    bank = bank_of(tmp_path, [told, *others])
    assert offered(bank, "moons.which.a") == {"The b", "The c", "The e"}


def test_a_source_that_gives_two_answers_is_asked_for_neither(tmp_path: Path) -> None:
    claims = {"12": {"a": "Ada Stone counted 12"}, "13": {"a": "Ada Stone later counted 13"}}
    turned = {"ask": "Who counted {value}?", "statement": "Stone counted {value}.", "answer": "ada-stone"}
    bank = bank_of(tmp_path, [fact("moons", "count", claims, differs="time", reverse=turned)])
    assert [asked.kind for asked in every_question(bank, "seed")] == [Kind.HOW]


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
            cloze=None,
        )
        for claim in more.claims
    )
    more = replace(more, claims=claims, reverse=None, said=None)
    larger = replace(bank, facts=(more, *bank.facts), sources={**sources, **bank.sources})
    before = [asked.question for asked in every_question(bank, seed) if asked.kind is not Kind.WHICH]
    after = [asked.question for asked in every_question(larger, seed) if asked.kind is not Kind.WHICH]
    assert before == [question for question in after if question.fact != "more"]


@examples(40)
@given(banks(), st.text(max_size=3), st.data())
def test_only_options_in_order_change_when_another_fact_goes(bank: Bank, seed: str, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(bank.facts))
    smaller = replace(bank, facts=tuple(fact for fact in bank.facts if fact is not gone))
    before = {asked.question.id: asked for asked in every_question(bank, seed) if asked.fact is not gone}
    after = {asked.question.id: asked for asked in every_question(smaller, seed)}
    for id in before.keys() | after.keys():
        asked = before.get(id) or after[id]
        if asked.key.rank is None or asked.fact.type != gone.type:
            assert before[id].question == after[id].question


@examples(40)
@given(banks(), st.text(max_size=3))
def test_options_stay_when_somebody_joins_another_group(bank: Bank, seed: str) -> None:
    newcomer = Entity("ida-new", "person", "Ida New", groups=("newcomers",))
    larger = replace(bank, entities={newcomer.id: newcomer, **bank.entities})
    before = [asked.question for asked in every_question(bank, seed)]
    assert before == [asked.question for asked in every_question(larger, seed)]


@examples(40)
@given(banks(), st.text(max_size=3))
def test_the_order_of_facts_entities_and_sources_changes_no_question(bank: Bank, seed: str) -> None:
    turned = replace(
        bank,
        facts=bank.facts[::-1],
        entities=dict(list(bank.entities.items())[::-1]),
        sources=dict(list(bank.sources.items())[::-1]),
    )
    before = {asked.question.id: asked.question for asked in every_question(bank, seed)}
    assert before == {asked.question.id: asked.question for asked in every_question(turned, seed)}


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


def test_who_is_named_in_a_quotation_with_a_gap_is_no_option_for_it(tmp_path: Path) -> None:
    told = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}})
    told["claims"][0]["cloze"] = {"source": "a", "quote": "Ada Stone flew. Ben Oak slept."}
    bank = read_whole(write_bank(tmp_path, [told], documents={"a": "Ada Stone flew. Ben Oak slept."}))
    assert offered(bank, "pilot.asked") == {"Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"}
    assert offered(bank, "pilot.cloze.a") == {"Cy Reed", "Di Marsh", "Ed Field"}


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
    assert [asked.question.id for asked in every_question(bank, "seed")] == ["moons.how", "moons.according.b"]


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


def trip(by_a: str, by_b: str, **more: Any) -> dict[str, Any]:
    """A fact about the length of a trip, on which the sources a and b differ."""
    return fact("trip", "duration", {by_a: {"a": f"It took {by_a}"}, by_b: {"b": f"It took {by_b}"}}, **more)


def test_a_rival_range_is_an_option_wherever_the_key_stands(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [trip("20–21 minutes", "22–27 minutes", differs="conflict")])
    for seed in SEEDS:
        asked = next(asked for asked in every_question(bank, seed) if asked.question.id == "trip.according.a")
        assert "22–27 minutes" in {option.text for option in asked.question.options}


def test_a_rival_of_the_same_number_and_another_unit_is_an_option(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [trip("12 days", "12 weeks", differs="conflict")])
    assert "12 weeks" in offered(bank, "trip.according.a")


def test_options_in_several_units_stand_in_order(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [trip("90 minutes", "2 hours", differs="conflict")])
    for asked in every_question(bank, "seed"):
        if not asked.is_drawn:
            continue
        options = [option.text for option in asked.question.options]
        assert options.index("90 minutes") < options.index("2 hours")


def test_the_less_exact_range_of_a_named_source_overlaps_no_option(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [trip("21–22 minutes", "20–25 minutes", differs="precision", attributed="true")])
    for seed in SEEDS:
        for asked in every_question(bank, seed):
            assert not asked.is_drawn or not [value for value in asked.wrong if value.overlaps(asked.key)]


def test_a_less_exact_range_in_a_gap_overlaps_no_option(tmp_path: Path) -> None:
    told = trip("21–22 minutes", "20–25 minutes", differs="precision")
    told["claims"][1]["cloze"] = {"source": "b", "quote": "took 20–25 minutes"}
    bank = bank_of(tmp_path, [told])
    made = [asked for seed in SEEDS for asked in every_question(bank, seed) if asked.kind is Kind.CLOZE]
    assert len(made) == len(SEEDS)
    assert not [value for asked in made for value in asked.wrong if value.overlaps(asked.key)]


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


def test_a_question_with_too_few_options_says_which_fell_out_and_why(tmp_path: Path) -> None:
    told = fact(
        "pilot",
        "person",
        {"Ada Stone": {"a": "Ada Stone flew with Ben Oak"}},
        avoid=["Cy Reed"],
        distractors=["Di Marsh"],
    )
    (problem,) = examine(bank_of(tmp_path, [told], entities=ENTITIES[:4])).problems
    assert problem.code == "few-distractors"
    assert problem.message.endswith("Left out: Ben Oak (the proof's own sentence names it), Cy Reed (`avoid` has it)")
