"""Which questions a quiz has, and in which order."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import UnknownCategory, compose
from orbitquiz.quiz.forms import ordinary_forms
from orbitquiz.quiz.question import Kind, Question, Quiz
from tests.quiz.asked import every_question
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact

SEEDS = [f"seed {n}" for n in range(50)]

seeds = st.text(max_size=3)
counts = st.integers(1, 5)


def word(id: str, **more: Any) -> dict[str, Any]:
    """A fact that says nothing of any other."""
    distractors = ["wood", "iron", "glass", "wool"]
    return fact(id, "text", {f"{id}-stuff": {f"on-{id}": f"They had {id}-stuff"}}, distractors=distractors, **more)


@pytest.fixture(scope="module")
def quizzes(builtin: Bank) -> list[Quiz]:
    """Many quizzes of ten questions from the built-in bank."""
    return [compose(builtin, Request(f"seed {n}")) for n in range(300)]


def is_askable(bank: Bank, fact: Fact) -> bool:
    return any(can_be_asked(bank, form) for form in ordinary_forms(fact))


def is_easy(fact: Fact) -> bool:
    return fact.level == 1 and not fact.is_disputed and not fact.attributed


def neighbours_alike(questions: tuple[Question, ...]) -> int:
    """Count the questions that follow one of their own category."""
    return sum(one.category == next.category for one, next in pairwise(questions))


@examples(40)
@given(banks(), seeds, counts)
def test_the_same_seed_gives_the_same_quiz(bank: Bank, seed: str, count: int) -> None:
    assert compose(bank, Request(seed, count)) == compose(bank, Request(seed, count))


def test_another_seed_gives_another_quiz(quizzes: list[Quiz]) -> None:
    assert len({quiz.questions for quiz in quizzes}) == len(quizzes)


def test_a_quiz_says_what_it_was_composed_from(builtin: Bank) -> None:
    quiz = compose(builtin, Request("APOLLO", 3))
    assert (quiz.bank, quiz.digest, quiz.seed, quiz.asked_for) == (builtin.id, builtin.digest, "APOLLO", 3)


@examples(60)
@given(banks(), seeds, counts)
def test_no_fact_comes_twice(bank: Bank, seed: str, count: int) -> None:
    facts = [question.fact for question in compose(bank, Request(seed, count)).questions]
    assert len(facts) == len(set(facts))


@examples(60)
@given(banks(), seeds, counts)
def test_there_are_as_many_questions_as_wanted_and_possible(bank: Bank, seed: str, count: int) -> None:
    askable = sum(is_askable(bank, fact) for fact in bank.facts)
    assert len(compose(bank, Request(seed, count)).questions) == min(count, askable)


@examples(60)
@given(banks(), seeds, st.data())
def test_only_the_wanted_categories_are_asked(bank: Bank, seed: str, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.sampled_from([category.name for category in bank.categories]), min_size=1))
    asked = {question.category.name for question in compose(bank, Request(seed, 5, tuple(wanted))).questions}
    assert asked <= set(wanted)


@examples(60)
@given(banks(), seeds, counts)
def test_only_what_the_sources_differ_on_is_asked_where_that_is_wanted(bank: Bank, seed: str, count: int) -> None:
    differing = {fact.id for fact in bank.facts if fact.differs}
    asked = {question.fact for question in compose(bank, Request(seed, count, differ=True)).questions}
    assert asked <= differing
    assert len(asked) == min(count, len(differing))


def test_every_fact_that_differs_is_asked_where_that_is_wanted(builtin: Bank) -> None:
    differing = {fact.id for fact in builtin.facts if fact.differs}
    quiz = compose(builtin, Request("APOLLO", len(builtin.facts), differ=True))
    assert {question.fact for question in quiz.questions} == differing


@examples(40)
@given(banks(), seeds)
def test_what_a_quiz_asks_is_what_its_bank_gives(bank: Bank, seed: str) -> None:
    given = {asked.question.id for asked in every_question(bank, seed)}
    assert {question.id for question in compose(bank, Request(seed, 5)).questions} <= given


def test_each_kind_of_question_about_a_fact_is_asked_about_equally_often(tmp_path: Path) -> None:
    told = word("bell", said={"source": "on-bell", "quote": "They had", "by": "ada-stone"})
    told["claims"][0]["cloze"] = {"source": "on-bell", "quote": "They had bell-stuff"}
    told["claims"][0]["proof"].append({"source": "on-bell", "quote": "Ada Stone says so"})
    bank = bank_of(tmp_path, [told, word("dog", level="1")])
    kinds = Counter(question.kind for n in range(900) for question in compose(bank, Request(f"seed {n}")).questions[1:])
    assert set(kinds) == {"asked", "cloze", "said"}
    assert all(240 < times < 360 for times in kinds.values()), kinds


def test_an_unknown_category_is_told_with_those_there_are(builtin: Bank) -> None:
    with pytest.raises(UnknownCategory) as raised:
        compose(builtin, Request("seed", categories=("crew", "crows")))
    assert raised.value.name == "crows"
    assert raised.value.known == tuple(category.name for category in builtin.categories)


def test_the_first_question_is_easy_and_undisputed(quizzes: list[Quiz]) -> None:
    assert {(quiz.questions[0].level, quiz.questions[0].sources_differ) for quiz in quizzes} == {(1, False)}


@examples(60)
@given(banks(), seeds)
def test_a_quiz_of_one_question_asks_an_easy_one_if_there_is_one(bank: Bank, seed: str) -> None:
    plain = (form for fact in bank.facts if is_easy(fact) for form in ordinary_forms(fact) if form.kind is Kind.ASKED)
    easy = {form.fact.id for form in plain if can_be_asked(bank, form)}
    assume(easy)
    assert compose(bank, Request(seed, 1)).questions[0].fact in easy


def test_the_first_question_is_easy_although_another_easy_one_cannot_be_asked(tmp_path: Path) -> None:
    unaskable = {**word("bell", level="1"), "distractors": ["wood"]}
    bank = bank_of(tmp_path, [unaskable, word("dog", level="1"), word("map"), word("lamp")])
    assert all(compose(bank, Request(seed)).questions[0].fact == "dog" for seed in SEEDS)


def test_a_claim_of_one_source_does_not_open_a_quiz(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [word("bell", level="1", attributed="true"), word("dog", level="1"), word("map")])
    assert all(compose(bank, Request(seed)).questions[0].fact == "dog" for seed in SEEDS)


@pytest.mark.parametrize(("categories", "facts", "count"), [(2, 3, 6), (3, 4, 7), (3, 4, 12), (5, 2, 10)])
def test_neighbours_are_of_different_categories(tmp_path: Path, categories: int, facts: int, count: int) -> None:
    told = [word(f"w{c}x{n}", category=f"category-{c}") for c in range(categories) for n in range(facts)]
    bank = bank_of(tmp_path, told)
    assert not any(neighbours_alike(compose(bank, Request(seed, count)).questions) for seed in SEEDS)


def test_neighbours_of_one_category_are_rare_in_the_built_in_bank(quizzes: list[Quiz]) -> None:
    # A question that must come after or before another to avoid a spoiler may leave no choice.
    assert sum(neighbours_alike(quiz.questions) for quiz in quizzes) < 0.2 * len(quizzes)


def test_no_category_fills_a_quiz(quizzes: list[Quiz]) -> None:
    for quiz in quizzes:
        assert max(Counter(question.category.name for question in quiz.questions).values()) <= 4


def test_what_no_source_settles_is_not_asked_but_where_reports_are_compared(builtin: Bank, quizzes: list[Quiz]) -> None:
    open_to_dispute = {fact.id for fact in builtin.facts if fact.is_disputed and not fact.settled}
    questions = [question for quiz in quizzes for question in quiz.questions]
    assert not [question.id for question in questions if question.open]
    assert not [q.id for q in questions if q.fact in open_to_dispute and q.kind is not Kind.SAID]


def test_every_fact_is_asked_sooner_or_later(builtin: Bank, quizzes: list[Quiz]) -> None:
    asked = {question.fact for quiz in quizzes for question in quiz.questions}
    assert asked == {fact.id for fact in builtin.facts if ordinary_forms(fact)}


def test_a_quiz_opens_with_a_plain_question(tmp_path: Path) -> None:
    easy = word("bell", level="1")
    easy["claims"][0]["cloze"] = {"source": "on-bell", "quote": "They had bell-stuff"}
    hard = word("dog", level="3")
    hard["claims"][0]["cloze"] = {"source": "on-dog", "quote": "They had dog-stuff"}
    for facts in ([easy, hard], [hard]):
        bank = bank_of(tmp_path / str(len(facts)), facts)
        assert {compose(bank, Request(seed)).questions[0].id for seed in SEEDS} == {f"{facts[0]['id']}.asked"}
