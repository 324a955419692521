"""Making a question from one of the ways in which a fact can be asked."""

from __future__ import annotations

from orbitquiz.bank.model import Bank
from orbitquiz.bank.passage import sentences_of
from orbitquiz.bank.values import Value
from orbitquiz.quiz.distractors import OptionSpec, are_there_enough, arrange, distractors, sentences_folded
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.forms import QuestionForm, key_of, name_of
from orbitquiz.quiz.proof import prove
from orbitquiz.quiz.question import Kind, Option, Question
from orbitquiz.quiz.stems import statement_of, stem_of


def can_be_asked(bank: Bank, way: QuestionForm) -> bool:
    """Whether `bank` has wrong options for the question that asks `way`."""
    return are_there_enough(bank, subject_of(bank, way))


def make_question(bank: Bank, way: QuestionForm, seed: str) -> Question | None:
    """The question that asks `way`, with options drawn from `seed`; None where wrong options cannot be had."""
    draw = Draw(seed, way.id)
    subject = subject_of(bank, way)
    wrong = distractors(bank, subject, draw)
    if wrong is None:
        return None
    fact = way.fact
    return Question(
        id=way.id,
        fact=fact.id,
        kind=way.kind,
        category=bank.category(fact.category),
        level=fact.level,
        stem=stem_of(bank, way),
        options=tuple(Option(value.text, value is subject.key) for value in arrange(subject.key, wrong, draw)),
        proof=prove(
            bank,
            fact,
            way.claim,
            way.shown_source,
            statement_of(bank, way),
            sources_differ=way.sources_differ,
            of_value=way.asks_value,
        ),
        sources_differ=way.sources_differ,
        quoted=way.quoted,
        is_ordered=subject.key.rank is not None,
    )


def subject_of(bank: Bank, way: QuestionForm) -> OptionSpec:
    """What the wrong options of the question that asks `way` depend on."""
    fact = way.fact
    key = key_of(bank, way)
    if way.kind is Kind.WHICH:
        said_otherwise = {source for claim in fact.claims for source in claim.sources}
        names = [(source.id in said_otherwise, name_of(source)) for source in way.others]
        rivals = tuple(name for otherwise, name in names if otherwise)
        return OptionSpec(key, "", "", (key,), rivals, tuple(name for otherwise, name in names if not otherwise))
    sentences = _sentences(bank, way)
    if way.kind is Kind.REVERSE:
        return OptionSpec(key, "", sentences, (key,), among=way.reverse.among)
    if way.kind is Kind.SAID:
        return OptionSpec(key, "", sentences, (key,), among=way.said.among)
    true = fact.true_values(way.source if fact.needs_attribution else None)
    others: tuple[Value, ...] = ()
    if fact.is_disputed:
        others = tuple(claim.value for claim in fact.claims if claim.value not in true)
    if key not in true:  # the coarser of two claims, in a quotation with a gap
        true = (key, *true)
    by_hand = (tuple(each.value for each in fact.distractors), fact.false_here, fact.avoid)
    return OptionSpec(key, fact.type, sentences, true, others, *by_hand, among=fact.among)


def _sentences(bank: Bank, way: QuestionForm) -> str:
    proof = way.claim.proof_by(way.shown_source)
    proof += (way.quoted,) if way.quoted else ()
    by_source = {quotation.source: [q for q in proof if q.source == quotation.source] for quotation in proof}
    return sentences_folded(sentences_of(bank.sources[id], quotations) for id, quotations in by_source.items())
