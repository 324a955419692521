"""The proof that a player reads after an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.question import Question
from tests.making import DISPUTED, OTHER_REPORT, REPORT, TAIL, write_bank
from tests.quiz.asked import every_question
from tests.quiz.made import bank_of, fact, read_whole


@pytest.fixture
def comet(bank_folder: Path) -> Bank:
    return read_whole(bank_folder)


def question(bank: Bank, id: str) -> Question:
    return next(asked.question for asked in every_question(bank, "seed") if asked.question.id == id)


def test_a_proof_shows_the_passage_with_its_quotation_marked(comet: Bank) -> None:
    (evidence,) = question(comet, "tail.asked").proof.shown
    passage = evidence.passage
    ((start, end),) = passage.marks
    assert passage.text[start:end] == "The tail was 2.5 kilometres long"
    assert passage.text.startswith('"We saw the comet on the ninth day,"')
    assert passage.place == "line 5"


def test_the_statement_holds_the_value(comet: Bank) -> None:
    assert question(comet, "tail.asked").proof.statement == "The comet's tail was 2.5 kilometres long."


def test_where_sources_differ_and_it_is_settled_the_first_claim_is_asked_without_a_source(tmp_path: Path) -> None:
    more = {"source": "third", "quote": "Off on 3 May"}
    claims = [{**DISPUTED["claims"][0], "proof": [*DISPUTED["claims"][0]["proof"], more]}, DISPUTED["claims"][1]]
    documents = {"report": REPORT, "other": OTHER_REPORT, "third": "Off on 3 May.\n"}
    take_off = {**DISPUTED, "claims": claims, "settled": "most"}
    asked = question(read_whole(write_bank(tmp_path, [take_off], documents=documents)), "take-off.asked")
    assert asked.stem == DISPUTED["ask"]
    assert asked.options[asked.key].text == "3 May"
    assert "4 May" in [option.text for option in asked.options]
    assert asked.proof.statement == "The comet crew took off on 3 May."
    assert [evidence.value for evidence in asked.proof.shown] == ["3 May", "4 May"]


@pytest.mark.parametrize(("source", "note"), [("report", "On the third. Which?"), ("other", "Which?")])
def test_a_note_of_one_claim_stands_under_its_key_only(tmp_path: Path, source: str, note: str) -> None:
    first, second = DISPUTED["claims"]
    take_off = {**DISPUTED, "note": "Which?", "claims": [{**first, "note": "On the third."}, second]}
    bank = read_whole(write_bank(tmp_path, [take_off]))
    assert question(bank, f"take-off.according.{source}").proof.note == note


@pytest.mark.parametrize(("source", "sides"), [("report", ["3 May", "4 May"]), ("other", ["4 May", "3 May"])])
def test_where_sources_differ_both_sides_are_shown_the_keys_first(comet: Bank, source: str, sides: list[str]) -> None:
    asked = question(comet, f"take-off.according.{source}")
    assert asked.sources_differ
    assert asked.options[asked.key].text == sides[0]
    assert [evidence.value for evidence in asked.proof.shown] == sides
    assert asked.proof.shown[0].passage.source.id == source


def test_where_sources_differ_the_statement_names_its_source(comet: Bank) -> None:
    statement = question(comet, "take-off.according.other").proof.statement
    assert statement == "According to the other, the comet crew took off on 4 May."


def test_what_one_source_alone_asserts_is_stated_as_its_own(tmp_path: Path) -> None:
    bank = read_whole(write_bank(tmp_path, [{**TAIL, "attributed": "true"}]))
    asked = question(bank, "tail.according.report")
    assert asked.stem == "According to the report, how long was the comet's tail?"
    assert asked.proof.statement.startswith("According to the report, ")


def test_a_name_that_begins_a_stem_keeps_its_capital(tmp_path: Path) -> None:
    bank = read_whole(
        write_bank(tmp_path, [{**TAIL, "attributed": "true", "ask": "Kestrel saw a tail of what length?"}])
    )
    assert question(bank, "tail.according.report").stem == "According to the report, Kestrel saw a tail of what length?"


def test_the_editors_note_is_part_of_the_proof(comet: Bank) -> None:
    proof = question(comet, "take-off.according.report").proof
    assert proof.note == DISPUTED["note"]
    assert proof.note in proof.texts


COUNTED = {
    "12": {"a": "They counted 12 moons", "b": "All twelve moons are round", "c": "It has 12 moons"},
    "13": {"d": "It has 13 moons"},
}


def test_further_sources_are_listed_under_also(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("moons", "count", {"12": COUNTED["12"]})])
    proof = question(bank, "moons.asked").proof
    assert [evidence.passage.source.id for evidence in proof.shown] == ["a"]
    assert [(citation.cite_as, citation.line) for citation in proof.also] == [("the b", 3), ("the c", 3)]


def test_the_source_that_is_asked_for_is_shown_and_its_allies_listed(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("moons", "count", COUNTED, differs="conflict")])
    proof = choose(bank, ["moons.according.b"], "seed").questions[0].proof
    assert [evidence.passage.source.id for evidence in proof.shown] == ["b", "d"]
    assert [citation.cite_as for citation in proof.also] == ["the a", "the c"]


#: What somebody counted and said, of which two sources tell one thing and a third another.
COUNTED_BY_STONE = fact(
    "moons",
    "count",
    {
        "40": {"a": "“It has 40 moons,” Ada Stone said", "b": "Ada Stone counted 40"},
        "50": {"c": "Ada Stone counted 50"},
    },
    differs="conflict",
    reverse={"ask": "Who counted {value}?", "statement": "Ada Stone counted {value}.", "answer": "ada-stone"},
    said={"source": "a", "quote": "It has 40 moons", "by": "ada-stone"},
)


@pytest.mark.parametrize(("source", "sides"), [("a", [("40", "a"), ("50", "c")]), ("c", [("50", "c"), ("40", "a")])])
def test_where_sources_differ_a_reverse_shows_both_sides_and_no_allies(
    tmp_path: Path, source: str, sides: list[tuple[str, str]]
) -> None:
    asked = question(bank_of(tmp_path, [COUNTED_BY_STONE]), f"moons.reverse.{source}")
    assert asked.sources_differ
    assert [(evidence.value, evidence.passage.source.id) for evidence in asked.proof.shown] == sides
    assert asked.proof.also == ()


def test_who_said_it_is_in_no_dispute(tmp_path: Path) -> None:
    asked = question(bank_of(tmp_path, [COUNTED_BY_STONE]), "moons.said")
    assert not asked.sources_differ
    assert [(evidence.value, evidence.passage.source.id) for evidence in asked.proof.shown] == [("40", "a")]
    assert asked.proof.also == ()


def test_a_quotation_without_the_value_is_shown_with_each_that_has_it(tmp_path: Path) -> None:
    claims = {"Ada Stone": {"a": "The captain lifted the bell", "b": "Ada Stone is the captain"}}
    bank = bank_of(tmp_path, [fact("lifter", "person", claims)])
    proof = question(bank, "lifter.asked").proof
    assert [evidence.passage.source.id for evidence in proof.shown] == ["a", "b"]
    assert proof.also == ()


def test_where_reports_are_less_exact_nothing_differs(tmp_path: Path) -> None:
    claims = {"May 2020": {"a": "It was May 2020"}, "2020": {"b": "It was 2020"}}
    bank = bank_of(tmp_path, [fact("start", "date", claims, differs="precision")])
    asked = compose(bank, Request("seed")).questions[0]
    assert (asked.id, asked.sources_differ) == ("start.asked", False)
    assert [evidence.value for evidence in asked.proof.shown] == ["May 2020"]


def test_the_texts_of_a_proof_name_the_further_sources(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [fact("moons", "count", {"12": COUNTED["12"]})])
    texts = "\n".join(question(bank, "moons.asked").proof.texts)
    assert "the b" in texts


def test_the_texts_of_a_proof_hold_the_values_of_all_sides(tmp_path: Path) -> None:
    crew = fact("crew", "count", {"4": {"a": "Four left"}, "3": {"b": "The trio left"}}, differs="conflict")
    crew["claims"][1]["as"] = "trio"
    texts = question(bank_of(tmp_path, [crew]), "crew.according.a").proof.texts
    assert any("3" in text for text in texts)


def test_a_value_that_ends_in_a_full_stop_ends_the_sentence_too(tmp_path: Path) -> None:
    told = fact("start", "time", {"10:55 a.m.": {"a": "It began at 10:55 a.m. sharp"}})
    told["statement"] = "It began at {value}."
    assert question(bank_of(tmp_path, [told]), "start.asked").proof.statement == "It began at 10:55 a.m."
