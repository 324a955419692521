"""Making a question from one of the forms in which a fact can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from orbitquiz.bank.model import Bank, Claim
from orbitquiz.bank.passage import sentences_of
from orbitquiz.bank.values import Quantity, Value
from orbitquiz.quiz.compare import compare_options
from orbitquiz.quiz.distractors import OptionSpec, are_there_enough, arrange, distractors, sentences_folded
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.forms import QuestionForm, key_of, name_of
from orbitquiz.quiz.proof import Evidence, evidence, prove
from orbitquiz.quiz.question import COMPARING, Kind, Option, Question
from orbitquiz.quiz.stems import statement_of, stem_of
from orbitquiz.text.numbers import word_after


def can_be_asked(bank: Bank, form: QuestionForm) -> bool:
    """True if `bank` has wrong options for the question of this form."""
    return form.kind in COMPARING or are_there_enough(bank, option_spec_of(bank, form))


def make_question(bank: Bank, form: QuestionForm, seed: str) -> Question | None:
    """Return the question of this form with options drawn from `seed`; None where it has too few wrong options."""
    fact, key = form.fact, key_of(bank, form)
    options = _options(bank, form, key, Draw(seed, form.id))
    if options is None:
        return None
    statement = statement_of(bank, form)
    return Question(
        id=form.id,
        fact=fact.id,
        kind=form.kind,
        category=bank.category(fact.category),
        level=fact.level,
        stem=stem_of(bank, form),
        options=tuple(Option(value.text, value.text == key.text) for value in options),
        proof=prove(bank, fact, form.sides, statement, of_value=form.asks_value),
        sources_differ=form.sources_differ,
        quoted=form.quoted,
        is_ordered=form.kind in COMPARING or key.rank is not None,
        open=_open(bank, form, options),
    )


def _options(bank: Bank, form: QuestionForm, key: Value, draw: Draw) -> tuple[Value, ...] | None:
    if form.kind in COMPARING:
        return compare_options(bank, form)
    wrong = distractors(bank, option_spec_of(bank, form), draw)
    return None if wrong is None else tuple(arrange(key, wrong, draw))


def _open(bank: Bank, form: QuestionForm, options: Sequence[Value]) -> tuple[Evidence, ...]:
    """Return the passages to read before answering, in the bank's order of the claims.

    Where a report is asked for, each report among the options has one.
    """
    if not form.is_compared:
        return ()
    sides = form.sides[:2] if form.rival else form.sides
    if form.kind is Kind.WHICH:
        offered = {value.text for value in options}
        said = [(claim, source) for claim in form.fact.claims for source in claim.sources]
        also = ((claim, source) for claim, source in said if name_of(bank.sources[source]).text in offered)
        sides = tuple(dict.fromkeys((*sides, *also)))
    return evidence(bank, sorted(sides, key=lambda side: form.fact.claims.index(side[0])))


def option_spec_of(bank: Bank, form: QuestionForm) -> OptionSpec:
    """Return what the wrong options of the question of this form depend on. Not for the kinds of COMPARING."""
    fact = form.fact
    key = key_of(bank, form)
    if form.kind is Kind.WHICH:
        said_otherwise = {source for claim in fact.claims for source in claim.sources}
        names = [(source.id in said_otherwise, name_of(source)) for source in form.others]
        rivals = tuple(name for otherwise, name in names if otherwise)
        return OptionSpec(key, "", "", (key,), rivals, tuple(name for otherwise, name in names if not otherwise))
    sentences = _sentences(bank, form)
    if form.kind is Kind.REVERSE:
        return OptionSpec(key, "", sentences, (key,), option_group=form.reverse.option_group)
    if form.kind is Kind.SAID:
        return OptionSpec(key, "", sentences, (key,), option_group=form.said.option_group)
    true = fact.true_values(form.source if form.is_attributed else None)
    others: tuple[Value, ...] = ()
    if fact.is_disputed:
        others = tuple(claim.value for claim in fact.claims if claim.value not in true)
    if key not in true:  # the coarser of two claims, in a quotation with a gap
        true = (key, *true)
    by_hand = (tuple(each.value for each in fact.distractors), fact.allowed_false, fact.avoid)
    thing = _thing(bank, form.claim, key)
    return OptionSpec(key, fact.type, sentences, true, others, *by_hand, option_group=fact.option_group, thing=thing)


def _thing(bank: Bank, claim: Claim, key: Value) -> str:
    """Return what a number counts or measures: its unit or, where it has none, the word after it in the quotation."""
    if not isinstance(key, Quantity):
        return ""
    if key.unit:
        return key.unit.casefold()
    for quotation in claim.carriers:
        text = bank.sources[quotation.source].searchable
        for span in key.spans_in(text, quotation.span):
            if thing := word_after(text.caseless.text, text.caseless.place(span[1])):
                return thing
    return ""


def _sentences(bank: Bank, form: QuestionForm) -> str:
    proof = form.claim.proof_by(form.shown_source)
    proof += (form.quoted,) if form.quoted else ()
    by_source = {quotation.source: [q for q in proof if q.source == quotation.source] for quotation in proof}
    return sentences_folded(sentences_of(bank.sources[id], quotations) for id, quotations in by_source.items())
