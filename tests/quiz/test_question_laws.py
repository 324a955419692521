"""Laws that hold for every question, whatever the bank and the seed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.bank.stem_words import ENGLISH
from orbitquiz.bank.values import Name, Value
from orbitquiz.quiz.build import can_be_asked, make_question
from orbitquiz.quiz.forms import all_forms, form_of
from orbitquiz.quiz.question import Kind
from tests.quiz.asked import Asked, every_question, is_named
from tests.quiz.banks import banks, examples

Law = Callable[[Asked], None]

seeds = st.text(max_size=3)


def one_option_is_the_key(asked: Asked) -> None:
    assert sum(option.is_key for option in asked.question.options) == 1


def the_key_is_what_the_bank_says(asked: Asked) -> None:
    match asked.kind:
        case Kind.REVERSE:
            assert asked.fact.reverse is not None
            assert asked.key == asked.fact.reverse.answer
        case Kind.SAID:
            assert asked.fact.said is not None
            assert asked.key == asked.fact.said.speaker
        case Kind.HOW:
            assert asked.key.text == ENGLISH[asked.fact.differs or ""]
        case Kind.WHICH | Kind.KNEW:
            assert asked.source is not None
            assert asked.key.text == capital(asked.source.cite_as)
        case _:
            assert asked.key.text == asked.claim.value.text


def the_statement_names_the_key(asked: Asked) -> None:
    assert is_named(asked.key, asked.question.proof.statement)


def a_question_for_somebody_is_proved_by_words_that_name_its_key(asked: Asked) -> None:
    if asked.kind in (Kind.REVERSE, Kind.SAID):
        assert any(is_named(asked.key, words) for words in asked.proving_words)


def the_source_of_the_stem_stands_behind_the_key(asked: Asked) -> None:
    if asked.source is None:
        assert not asked.fact.is_disputed or asked.fact.settled or asked.kind in (Kind.SAID, Kind.HOW)
        return
    assert asked.source.id in asked.claim.sources
    assert [claim for claim in asked.fact.claims if asked.source.id in claim.sources] == [asked.claim]
    if asked.kind is Kind.CLOZE:
        assert asked.question.stem.startswith("Fill the gap: “")
    elif asked.kind in (Kind.ACCORDING, Kind.REVERSE):
        stem = asked.question.stem.removeprefix("The reports differ. ")
        assert stem.startswith(f"According to {asked.source.cite_as}, ")


def what_compares_says_so_and_has_a_passage_of_each_side_open(asked: Asked) -> None:
    assert ("The reports differ" in asked.question.stem) == bool(asked.question.open)
    if asked.question.open:
        assert asked.fact.differs
        values = [item.value for item in asked.question.open]
        assert sorted(set(values), key=[claim.value.text for claim in asked.fact.claims].index) == list(
            dict.fromkeys(values)
        )
        assert len(set(values)) >= 2


def after_a_comparison_all_sides_are_shown(asked: Asked) -> None:
    if asked.question.open:
        assert {item.value for item in asked.question.proof.shown} == {c.value.text for c in asked.fact.claims}


def what_came_later_and_could_have_known_has_the_later_date(asked: Asked) -> None:
    if asked.kind in (Kind.LATER, Kind.KNEW):
        key, other = (asked.bank.sources[id] for id in asked.question.id.split(".")[2:])
        assert key.issued is not None
        assert other.issued is not None
        assert key.issued > other.issued
        assert not key.issued.startswith(other.issued)
        assert key.issued_words in asked.question.proof.statement


def nothing_that_only_one_side_says_is_asked_without_its_passage(asked: Asked) -> None:
    if asked.fact.is_disputed and not asked.fact.settled and asked.kind is not Kind.SAID:
        assert asked.question.open


def a_cloze_is_its_sources_own_words_with_one_gap(asked: Asked) -> None:
    if asked.kind is not Kind.CLOZE:
        assert "____" not in asked.question.stem
        return
    cloze, quoted = asked.claim.cloze, asked.question.quoted
    assert cloze is not None
    assert quoted is not None
    assert asked.source is not None
    assert asked.source.id == quoted.source
    stem = re.fullmatch(r"Fill the gap: “(?:… )?([^“”]*?)(?: …)?”", asked.question.stem)
    assert stem
    assert stem[1].count("____") == 1
    filled = stem[1].replace("____", asked.source.text[cloze.start : cloze.end])
    words = asked.source.text[quoted.start : quoted.end]
    assert without_marks(words) in [without_marks(filled) + end for end in ("", ".")]


def what_fills_the_gap_is_what_the_proof_quotes(asked: Asked) -> None:
    if asked.kind is Kind.CLOZE:
        assert asked.claim.cloze is not None
        assert asked.source is not None
        filling = Quotation(asked.source.id, asked.claim.cloze.start, asked.claim.cloze.end)
        assert any(filling.overlaps(quotation) for quotation in asked.claim.proof)


def a_cloze_does_not_name_what_fills_its_gap(asked: Asked) -> None:
    if asked.kind is Kind.CLOZE:
        assert not is_named(asked.key, asked.question.stem.partition("Fill the gap: ")[2])


def what_somebody_said_stands_in_the_source(asked: Asked) -> None:
    if asked.kind is not Kind.SAID:
        return
    quoted = asked.question.quoted
    assert quoted is not None
    stem = re.fullmatch(r"Who said “([^“”]+)”\?", asked.question.stem)
    assert stem
    words = asked.bank.sources[quoted.source].text[quoted.start : quoted.end]
    assert without_marks(words) in [without_marks(stem[1]) + end for end in ("", ".", ",")]


def only_words_in_the_stem_are_quoted_by_it(asked: Asked) -> None:
    assert (asked.question.quoted is not None) == (asked.kind in (Kind.CLOZE, Kind.SAID))


def the_reports_to_choose_from_are_the_banks(asked: Asked) -> None:
    if asked.kind is Kind.WHICH:
        reports = {capital(source.cite_as) for source in asked.bank.sources.values()}
        assert {option.text for option in asked.question.options} <= reports


def no_wrong_report_stands_behind_the_claim(asked: Asked) -> None:
    if asked.kind is Kind.WHICH:
        for source in reports(asked):
            assert source.id not in {quotation.source for quotation in asked.claim.proof}
            others = [claim for claim in asked.fact.claims if source.id in claim.sources]
            assert others or not is_named(asked.claim.value, source.text)


def a_report_that_says_otherwise_is_an_option(asked: Asked) -> None:
    if asked.kind is Kind.WHICH:
        behind = {quotation.source for quotation in asked.claim.proof}
        otherwise = {id for claim in asked.fact.claims for id in claim.sources} - behind
        offered = {source.id for source in reports(asked)}
        assert otherwise <= offered if len(otherwise) <= len(offered) else offered <= otherwise


def reports(asked: Asked) -> list[Source]:
    """The sources that are wrong options."""
    wrong = {value.text for value in asked.wrong}
    return [source for source in asked.bank.sources.values() if capital(source.cite_as) in wrong]


def there_are_four_options(asked: Asked) -> None:
    assert len(asked.question.options) == 4


def options_are_distinct_without_case_and_spaces(asked: Asked) -> None:
    assert len({"".join(option.text.casefold().split()) for option in asked.question.options}) == 4


def no_wrong_option_is_true(asked: Asked) -> None:
    true = [asked.key]
    if asked.asks_for_the_value:
        claims = asked.fact.claims
        if asked.kind is Kind.ACCORDING and asked.source:
            claims = tuple(claim for claim in claims if asked.source.id in claim.sources)
        elif asked.fact.differs == "precision" or asked.fact.settled:
            claims = claims[:1]
        true += [claim.value for claim in claims]
    assert not [(value, other) for value in asked.wrong for other in true if value.overlaps(other)]


def no_wrong_option_is_what_less_exact_sources_say(asked: Asked) -> None:
    if asked.fact.differs == "precision" and asked.asks_for_the_value:
        said = {claim.value.text for claim in asked.fact.claims}
        assert not said & {value.text for value in asked.wrong}


def options_are_of_one_kind(asked: Asked) -> None:
    if isinstance(asked.key, Name):
        kinds = {value.entity.type for value in asked.wrong if isinstance(value, Name)}
        assert kinds == {asked.key.entity.type}


def no_two_wrong_options_say_the_same(asked: Asked) -> None:
    wrong = asked.wrong
    assert not [(a, b) for n, a in enumerate(wrong) for b in wrong[:n] if a.overlaps(b)]


def no_option_is_an_alias_of_another(asked: Asked) -> None:
    options = [value for value in (asked.key, *asked.wrong) if isinstance(value, Name)]
    names = [{"".join(name.casefold().split()) for name in value.entity.names} for value in options]
    assert sum(map(len, names)) == len(set().union(*names))


def somebody_stands_beside_others_of_the_group(asked: Asked) -> None:
    if isinstance(asked.key, Name):
        by_hand = {each.value.text for each in asked.fact.distractors} if asked.asks_for_the_value else set()
        said = {claim.value.text for claim in asked.fact.claims} if asked.asks_for_the_value else set()
        groups = {asked.option_group} if asked.option_group else set(asked.key.entity.groups)
        for value in asked.wrong:
            assert isinstance(value, Name)
            assert groups & set(value.entity.groups) or value.text in by_hand | said


def no_wrong_option_is_named_where_the_proof_stands(asked: Asked) -> None:
    if asked.kind is Kind.WHICH:
        return
    allowed = asked.fact.allowed_false if asked.asks_for_the_value else ()
    for value in asked.wrong:
        if not any(value.overlaps(other) for other in allowed):
            assert not [sentence for sentence in asked.proving_sentences if is_named(value, sentence)]


def no_wrong_option_is_to_be_avoided(asked: Asked) -> None:
    if asked.asks_for_the_value:
        assert not [value for value in asked.wrong for other in asked.fact.avoid if value.overlaps(other)]


def what_a_rival_says_is_an_option(asked: Asked) -> None:
    if asked.kind in (Kind.ACCORDING, Kind.CLOZE) and asked.fact.is_disputed:
        rivals = [claim.value for claim in asked.fact.claims if claim is not asked.claim]
        # A wide range among them may leave no room for two others.
        allowed = {rival.text for rival in rivals if is_allowed(asked, rival) and "–" not in rival.text}
        assert allowed <= {value.text for value in asked.wrong}


def ordered_values_stand_in_order(asked: Asked) -> None:
    values = [asked.value(option.text) for option in asked.question.options]
    ranks = [value.rank for value in values if value.rank is not None]
    assert ranks == sorted(ranks)


def without_marks(text: str) -> str:
    """The words on one line, with each quotation mark as the same."""
    return " ".join(re.sub('[“”„"‘’]', "'", text).split())


def capital(name: str) -> str:
    return name[0].upper() + name[1:]


def is_allowed(asked: Asked, rival: Value) -> bool:
    if any(rival.overlaps(other) for other in asked.fact.avoid):
        return False
    named = any(is_named(rival, sentence) for sentence in asked.proving_sentences)
    return not named or any(rival.overlaps(other) for other in asked.fact.allowed_false)


LAWS: list[Law] = [
    one_option_is_the_key,
    the_key_is_what_the_bank_says,
    the_statement_names_the_key,
    a_question_for_somebody_is_proved_by_words_that_name_its_key,
    the_source_of_the_stem_stands_behind_the_key,
    what_compares_says_so_and_has_a_passage_of_each_side_open,
    after_a_comparison_all_sides_are_shown,
    what_came_later_and_could_have_known_has_the_later_date,
    nothing_that_only_one_side_says_is_asked_without_its_passage,
    a_cloze_is_its_sources_own_words_with_one_gap,
    what_fills_the_gap_is_what_the_proof_quotes,
    a_cloze_does_not_name_what_fills_its_gap,
    what_somebody_said_stands_in_the_source,
    only_words_in_the_stem_are_quoted_by_it,
    the_reports_to_choose_from_are_the_banks,
    no_wrong_report_stands_behind_the_claim,
    a_report_that_says_otherwise_is_an_option,
    there_are_four_options,
    options_are_distinct_without_case_and_spaces,
]

#: What holds of options that are drawn; where sources are compared, they are always the same.
OF_DRAWN_OPTIONS: list[Law] = [
    no_wrong_option_is_true,
    no_wrong_option_is_what_less_exact_sources_say,
    options_are_of_one_kind,
    no_two_wrong_options_say_the_same,
    no_option_is_an_alias_of_another,
    somebody_stands_beside_others_of_the_group,
    no_wrong_option_is_named_where_the_proof_stands,
    no_wrong_option_is_to_be_avoided,
    what_a_rival_says_is_an_option,
    ordered_values_stand_in_order,
]

each_law = pytest.mark.parametrize("law", LAWS + OF_DRAWN_OPTIONS, ids=lambda law: law.__name__)


@each_law
@examples(40)
@given(bank=banks(), seed=seeds)
def test_in_any_bank(law: Law, bank: Bank, seed: str) -> None:
    for asked in every_question(bank, seed):
        if asked.is_drawn or law in LAWS:
            law(asked)


@pytest.fixture(scope="module")
def asked_of_builtin(builtin: Bank) -> list[Asked]:
    """Every question of the built-in bank, with the options of many seeds."""
    return [asked for n in range(40) for asked in every_question(builtin, f"seed {n}")]


@each_law
def test_in_the_built_in_bank(law: Law, asked_of_builtin: list[Asked]) -> None:
    for asked in asked_of_builtin:
        if asked.is_drawn or law in LAWS:
            law(asked)


@examples(60)
@given(banks(), seeds)
def test_what_can_be_asked_can_be_asked_with_every_seed(bank: Bank, seed: str) -> None:
    for way in (way for fact in bank.facts for way in all_forms(bank, fact)):
        assert (make_question(bank, way, seed) is not None) == can_be_asked(bank, way), way.id


@pytest.mark.parametrize("kind", Kind)
def test_made_up_banks_give_questions_of_every_kind(kind: Kind) -> None:
    # Otherwise a law of that kind would hold of nothing.
    found = settings(deadline=None, max_examples=500, database=None, derandomize=True, phases=[Phase.generate])
    find(banks(), lambda bank: any(asked.kind is kind for asked in every_question(bank, "seed")), settings=found)


@examples(40)
@given(banks())
def test_each_question_has_an_id_of_its_own_and_is_found_by_it(bank: Bank) -> None:
    made = [way for fact in bank.facts for way in all_forms(bank, fact)]
    assert len({way.id for way in made}) == len(made)
    assert [form_of(bank, way.id) for way in made] == made


def test_in_the_built_in_bank_each_question_is_found_by_its_id(builtin: Bank) -> None:
    made = [way for fact in builtin.facts for way in all_forms(builtin, fact)]
    assert [form_of(builtin, way.id) for way in made] == made


@pytest.mark.parametrize("id", ["", "tail", "tail.", "nothing.asked", "{0}", "{0}.", "{0}.asked.nobody", "{0}.ASKED"])
def test_nothing_is_found_by_what_is_no_id_of_a_question(builtin: Bank, id: str) -> None:
    assert form_of(builtin, id.format(builtin.facts[0].id)) is None
