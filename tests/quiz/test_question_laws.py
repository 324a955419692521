"""What holds of every question, whatever the bank and the seed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Name, Value
from orbitquiz.quiz.asking import can_be_asked, make_question, ways
from orbitquiz.quiz.question import Kind
from tests.quiz.asked import Asked, every_question
from tests.quiz.banks import banks, examples

Law = Callable[[Asked], None]

seeds = st.text(max_size=3)


def one_option_is_the_key(asked: Asked) -> None:
    assert sum(option.is_key for option in asked.question.options) == 1


def the_key_is_what_the_bank_says(asked: Asked) -> None:
    if asked.is_reverse:
        assert asked.fact.reverse is not None
        assert asked.key == asked.fact.reverse.answer
    else:
        assert asked.key.text == asked.claim.value.text


def the_statement_names_the_key(asked: Asked) -> None:
    assert is_named(asked.key, asked.question.proof.statement)


def a_reverse_question_is_proved_by_words_that_name_its_key(asked: Asked) -> None:
    if asked.is_reverse:
        assert any(is_named(asked.key, words) for words in asked.proving_words)


def the_source_of_the_stem_stands_behind_the_key(asked: Asked) -> None:
    if asked.source is None:
        assert not asked.fact.is_disputed
    else:
        assert asked.question.stem.startswith(f"According to {asked.source.cite_as}, ")
        assert asked.source.id in asked.claim.sources


def there_are_four_options(asked: Asked) -> None:
    assert len(asked.question.options) == 4


def options_are_distinct_without_case_and_spaces(asked: Asked) -> None:
    assert len({"".join(option.text.casefold().split()) for option in asked.question.options}) == 4


def no_wrong_option_is_true(asked: Asked) -> None:
    true = [asked.key]
    if not asked.is_reverse:
        claims = asked.fact.claims
        if asked.fact.differs == "precision":
            claims = claims[:1]
        true += [claim.value for claim in claims if asked.source is None or asked.source.id in claim.sources]
    assert not [(value, other) for value in asked.wrong for other in true if value.overlaps(other)]


def no_wrong_option_is_what_less_exact_sources_say(asked: Asked) -> None:
    if asked.fact.differs == "precision" and not asked.is_reverse:
        said = {claim.value.text for claim in asked.fact.claims}
        assert not said & {value.text for value in asked.wrong}


def options_are_of_one_kind(asked: Asked) -> None:
    if isinstance(asked.key, Name):
        kinds = {value.entity.type for value in asked.wrong if isinstance(value, Name)}
        assert kinds == {asked.key.entity.type}


def no_two_wrong_options_say_the_same(asked: Asked) -> None:
    wrong = asked.wrong
    assert not [(a, b) for n, a in enumerate(wrong) for b in wrong[:n] if a.overlaps(b)]


def no_wrong_option_is_an_alias_of_the_key(asked: Asked) -> None:
    if isinstance(asked.key, Name):
        names = {name.casefold() for name in asked.key.entity.names}
        assert not [value for value in asked.wrong if value.text.casefold() in names]


def no_wrong_option_is_named_where_the_proof_stands(asked: Asked) -> None:
    allowed: tuple[Value, ...] = () if asked.is_reverse else asked.fact.false_here
    for value in asked.wrong:
        if not any(value.overlaps(other) for other in allowed):
            assert not [sentence for sentence in asked.proving_sentences if is_named(value, sentence)]


def no_wrong_option_is_to_be_avoided(asked: Asked) -> None:
    if not asked.is_reverse:
        assert not [value for value in asked.wrong for other in asked.fact.avoid if value.overlaps(other)]


def what_a_rival_says_is_an_option(asked: Asked) -> None:
    if asked.question.kind is Kind.ACCORDING and asked.fact.is_disputed:
        rivals = [claim.value for claim in asked.fact.claims if claim is not asked.claim]
        # A wide range among them may leave no room for two others.
        allowed = {rival.text for rival in rivals if is_allowed(asked, rival) and "–" not in rival.text}
        assert allowed <= {value.text for value in asked.wrong}


def ordered_values_stand_in_order(asked: Asked) -> None:
    values = [asked.value(option.text) for option in asked.question.options]
    ranks = [value.rank for value in values if value.rank is not None]
    assert ranks == sorted(ranks)


def is_named(value: Value, sentence: str) -> bool:
    """Whether a whole word or number of the sentence is a written form of `value`."""
    text = sentence.casefold().replace("–", "-").replace("’", "'")
    forms = "|".join(map(re.escape, value.forms))
    return re.search(rf"(?<!\w)(?<!\d[.,])(?:{forms})(?!\w)(?![.,]\d)", " ".join(text.split())) is not None


def is_allowed(asked: Asked, rival: Value) -> bool:
    if any(rival.overlaps(other) for other in asked.fact.avoid):
        return False
    named = any(is_named(rival, sentence) for sentence in asked.proving_sentences)
    return not named or any(rival.overlaps(other) for other in asked.fact.false_here)


LAWS: list[Law] = [
    one_option_is_the_key,
    the_key_is_what_the_bank_says,
    the_statement_names_the_key,
    a_reverse_question_is_proved_by_words_that_name_its_key,
    the_source_of_the_stem_stands_behind_the_key,
    there_are_four_options,
    options_are_distinct_without_case_and_spaces,
    no_wrong_option_is_true,
    no_wrong_option_is_what_less_exact_sources_say,
    options_are_of_one_kind,
    no_two_wrong_options_say_the_same,
    no_wrong_option_is_an_alias_of_the_key,
    no_wrong_option_is_named_where_the_proof_stands,
    no_wrong_option_is_to_be_avoided,
    what_a_rival_says_is_an_option,
    ordered_values_stand_in_order,
]

each_law = pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)


@each_law
@examples(40)
@given(bank=banks(), seed=seeds)
def test_in_any_bank(law: Law, bank: Bank, seed: str) -> None:
    for asked in every_question(bank, seed):
        law(asked)


@pytest.fixture(scope="module")
def asked_of_builtin(builtin: Bank) -> list[Asked]:
    """Every question of the built-in bank, with the options of many seeds."""
    return [asked for n in range(40) for asked in every_question(builtin, f"seed {n}")]


@each_law
def test_in_the_built_in_bank(law: Law, asked_of_builtin: list[Asked]) -> None:
    for asked in asked_of_builtin:
        law(asked)


@examples(60)
@given(banks(), seeds)
def test_what_can_be_asked_can_be_asked_with_every_seed(bank: Bank, seed: str) -> None:
    for way in (way for fact in bank.facts for way in ways(fact)):
        assert (make_question(bank, way, seed) is not None) == can_be_asked(bank, way), way.id
