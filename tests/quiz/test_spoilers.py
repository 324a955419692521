"""Nothing that a player has read gives a later answer away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.formats.json import quiz_to_json
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.question import Question
from orbitquiz.quiz.spoilers import spoiled_by
from tests.making import write_bank
from tests.quiz.asked import Asked, every_question, stands_in
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact, read_whole

SEEDS = [f"seed {n}" for n in range(30)]
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()


@pytest.mark.slow
def test_in_the_built_in_bank_nothing_shown_holds_a_later_answer(builtin: Bank) -> None:
    for n in range(300):
        quiz = compose(builtin, Request(f"seed {n}", 10))
        questions = json.loads(quiz_to_json(builtin, quiz))["questions"]
        read = ""
        for question in questions:
            (key,) = (option["text"] for option in question["options"] if option["key"])
            for form in written_forms(builtin, question, key):
                assert not stands_in([form], read), f"{form!r}, for {question['id']} with seed {n}"
            read += "\n".join(shown(builtin, question)) + "\n"


def shown(bank: Bank, question: dict[str, Any]) -> Iterator[str]:
    """Return the text that a player reads with a question of an exported quiz, without its options."""
    yield question["stem"]
    yield question["statement"]
    yield question["note"] or ""
    for item in question["proof"]:
        yield item["passage"]
        source = bank.sources[item["source"]]
        yield " ".join(part for part in (source.title, source.author, source.publisher) if part)


def written_forms(bank: Bank, question: dict[str, Any], key: str) -> Iterator[str]:
    """Return the forms in which a document may write the answer `key`."""
    yield key
    type = next(fact.type for fact in bank.facts if fact.id == question["fact"])
    if question["kind"] == "reverse" or type not in ("text", "date", "time", "age", "count", "length", "duration"):
        (entity,) = (entity for entity in bank.entities.values() if entity.name == key)
        yield from entity.aliases
    if day := re.fullmatch(r"(\d+) (\w+)( \d{4})?", key):
        yield from (f"{day[1]} {day[2]}", f"{day[2]} {day[1]}", f"{day[2][:3]}. {day[1]}")
    if number := re.fullmatch(r"(\d+)\b(?![,.\d])(.*)", key):
        yield f"{number[1]}{number[2]}".replace(" ", "-").removesuffix("s")
        if int(number[1]) < len(NUMBERS):
            yield f"{NUMBERS[int(number[1])]}{number[2]}"


def orders(bank: Bank) -> set[tuple[str, ...]]:
    """The orders in which quizzes ask all the facts."""
    quizzes = (compose(bank, Request(seed, len(bank.facts))) for seed in SEEDS)
    return {tuple(question.fact for question in quiz.questions) for quiz in quizzes}


PILOT = fact("pilot", "person", {"Ada Stone": {"b": "Ada Stone flew"}})
WOODS = ["oak", "ash", "elm", "pine"]
BELL = fact("bell", "text", {"brass": {"a": "The bell was brass"}}, distractors=WOODS)


def test_facts_that_say_nothing_of_one_another_come_in_either_order(tmp_path: Path) -> None:
    assert orders(bank_of(tmp_path, [BELL, PILOT])) == {("bell", "pilot"), ("pilot", "bell")}


@pytest.mark.parametrize(
    "telling",
    [
        {"ask": "What had the bell of Stone?"},
        {"statement": "Ada Stone had a bell of {value}."},
        {"note": "The bell was Stone's own."},
        {"claims": [{"value": "brass", "proof": [{"source": "a", "quote": "The bell was brass as Ada Stone says"}]}]},
    ],
    ids=lambda telling: next(iter(telling)),
)
def test_who_tells_the_answer_of_another_comes_after_it(tmp_path: Path, telling: dict[str, Any]) -> None:
    assert orders(bank_of(tmp_path, [{**BELL, **telling}, PILOT])) == {("pilot", "bell")}


def test_a_source_whose_title_tells_an_answer_comes_after_it(tmp_path: Path) -> None:
    documents = {"a": "The bell of Ada Stone\n\nThe bell was brass.\n", "b": "A flight\n\nAda Stone flew.\n"}
    bank = read_whole(write_bank(tmp_path, [BELL, PILOT], documents=documents))
    assert orders(bank) == {("pilot", "bell")}


def test_words_that_prove_an_answer_are_not_shown_before_it(tmp_path: Path) -> None:
    # No form of the answer 7 stands in the sentence; the words that prove it do.
    crew = fact("crew", "count", {"7": {"c": "The septet left with a bell"}})
    crew["claims"][0]["as"] = "septet"
    date = fact("date", "date", {"4 May": {"c": "on 4 May"}})
    documents = {
        "a": "On bells\n\nThe bell was brass.\n",
        "b": "A flight\n\nAda Stone flew.\n",
        "c": "A trip\n\nThe septet left with a bell on 4 May.\n",
    }
    bank = read_whole(write_bank(tmp_path, [crew, date, PILOT, BELL], documents=documents))
    quizzes = [compose(bank, Request(seed, 3)) for seed in SEEDS]
    assert not any({"crew", "date"} <= {question.fact for question in quiz.questions} for quiz in quizzes)


def test_a_question_that_is_spoiled_is_asked_where_there_is_no_other(tmp_path: Path) -> None:
    told = {"a": "The bell was brass as Ada Stone says"}, {"a": "Ada Stone flew with the brass bell"}
    facts = [
        fact("pilot", "person", {"Ada Stone": told[1]}),
        fact("bell", "text", {"brass": told[0]}, distractors=WOODS),
    ]
    assert all(len(order) == 2 for order in orders(bank_of(tmp_path, facts)))


def test_words_that_a_stem_quotes_are_read_like_those_of_a_proof(tmp_path: Path) -> None:
    # Each passage is cut to the words around what it proves, and the quotation with the gap is not.
    sentence = f"The bell was brass and it hung {'very ' * 120}high when the crew was whole"
    bell = fact("bell", "text", {"brass": {"a": "The bell was brass"}}, distractors=WOODS)
    bell["claims"][0]["cloze"] = {"source": "a", "quote": sentence}
    crew = fact("crew", "count", {"7": {"a": "the crew was whole", "b": "All seven left"}})
    documents = {"a": f"A trip\n\n{sentence}.\n", "b": "A flight\n\nAda Stone flew.\n\nAll seven left.\n"}
    bank = read_whole(write_bank(tmp_path, [bell, crew, PILOT], documents=documents))
    quizzes = [{question.id for question in compose(bank, Request(seed, 2)).questions} for seed in SEEDS]
    assert {"bell.asked", "crew.asked"} in quizzes
    assert {"bell.cloze.a", "pilot.asked"} in quizzes
    assert not any({"bell.cloze.a", "crew.asked"} <= quiz for quiz in quizzes)


def gives_away(bank: Bank, earlier: Question, later: Question) -> bool:
    """True if `earlier` contains the key of `later`, or some of the words that prove it."""
    if later.open:
        return False  # its passages are there to be read
    proof, key = earlier.proof, Asked(bank, later).key
    read = [earlier.stem, proof.statement, proof.note or "", *(citation.cite_as for citation in proof.also)]
    read += [text for item in proof.shown for text in (item.value, item.passage.heading, item.passage.text)]
    if stands_in(key.giveaways, "\n".join(read)):
        return True
    seen = [(item.passage.source.id, item.passage.start, item.passage.end) for item in proof.shown]
    told = [quotation for claim in Asked(bank, later).fact.claims for quotation in claim.proof]
    seen += [(quoted.source, quoted.start, quoted.end) for quoted in [earlier.quoted] if quoted]
    told += [later.quoted] if later.quoted else []
    return any(
        source == words.source and max(start, words.start) < min(end, words.end)
        for source, start, end in seen
        for words in told
    )


def is_clean(bank: Bank, questions: Sequence[Question]) -> bool:
    return not any(gives_away(bank, earlier, later) for earlier, later in combinations(questions, 2))


def has_no_place(bank: Bank, fact: str, kept: Sequence[Question]) -> bool:
    """True if each question of the fact would spoil or be spoiled anywhere after the first."""
    made = [asked.question for asked in every_question(bank, "") if asked.question.fact == fact]
    made = [question for question in made if not question.open]
    return not any(
        not any(gives_away(bank, earlier, question) for earlier in kept[:at])
        and not any(gives_away(bank, question, later) for later in kept[at:])
        for question in made
        for at in range(1, len(kept) + 1)
    )


@examples(60)
@given(banks(), st.text(max_size=3))
def test_in_any_bank_what_is_spoiled_has_no_place_where_it_is_not(bank: Bank, seed: str) -> None:
    questions = compose(bank, Request(seed, len(bank.facts))).questions
    kept = [group for size in range(len(questions), 0, -1) for group in combinations(questions, size)]
    assert not questions or any(
        is_clean(bank, group)
        and all(has_no_place(bank, question.fact, group) for question in questions if question not in group)
        for group in kept
    )


@examples(60)
@given(banks(), st.text(max_size=3))
def test_what_gives_a_question_away_is_told(bank: Bank, seed: str) -> None:
    quiz = compose(bank, Request(seed, len(bank.facts)))
    found = [
        tuple(earlier.id for earlier in quiz.questions[:at] if gives_away(bank, earlier, later))
        for at, later in enumerate(quiz.questions)
    ]
    assert spoiled_by(bank, quiz) == tuple(found)
