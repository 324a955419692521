"""The questions that a fact can be asked with, and the making of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orbitquiz.bank.model import Bank, Claim, Fact
from orbitquiz.bank.passage import sentences_of
from orbitquiz.bank.values import Value
from orbitquiz.quiz.distractors import Subject, are_there_enough, arrange, distractors, sentences_folded
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.proof import prove
from orbitquiz.quiz.question import Kind, Option, Question

#: Words that begin a question and are small inside a sentence. Any other first word may be a name and stays as it is.
_OPENERS = frozenset(
    """
    a about after along around as at before besides between by did do does during for from had has have how in
    inside into is of on out over since the through to together under until was were what when where which who
    whom whose why with within
""".split()
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask `fact`: its kind, the claim whose value matters, and the source that the stem names, if any."""

    fact: Fact
    kind: Kind
    claim: Claim
    source: str | None = None

    @property
    def id(self) -> str:
        """The id of the question."""
        return ".".join((self.fact.id, self.kind, *([self.source] if self.source else [])))


def ways(fact: Fact) -> tuple[Way, ...]:
    """Every way in which `fact` can be asked."""
    return (*_forward(fact), *_reversed(fact))


def can_be_asked(bank: Bank, way: Way) -> bool:
    """Whether `bank` has wrong options for the question that asks `way`."""
    return are_there_enough(bank, subject_of(bank, way))


def key_of(way: Way) -> Value:
    """The value that answers `way`."""
    if way.kind is Kind.REVERSE:
        assert way.fact.reverse is not None
        return way.fact.reverse.answer
    return way.claim.value


def make_question(bank: Bank, way: Way, seed: str) -> Question | None:
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
        stem=_stem(bank, way),
        options=tuple(Option(value.text, value is subject.key) for value in arrange(subject.key, wrong, draw)),
        proof=prove(bank, fact, way.claim, _source(way), _statement(bank, way)),
        sources_differ=fact.is_disputed,
    )


def _forward(fact: Fact) -> Iterator[Way]:
    if not fact.is_disputed and not fact.attributed:
        yield Way(fact, Kind.ASKED, fact.claims[0])
        return
    for claim in fact.claims:
        for source in claim.sources:
            # A source that gives two answers cannot be asked for one.
            if not any(source in other.sources for other in fact.claims if other is not claim):
                yield Way(fact, Kind.ACCORDING, claim, source)


def _reversed(fact: Fact) -> Iterator[Way]:
    if fact.reverse is None:
        return
    names_source = fact.is_disputed or fact.attributed
    claims = fact.claims if fact.is_disputed else fact.claims[:1]
    for claim, source in zip(claims, fact.reverse.sources, strict=False):
        yield Way(fact, Kind.REVERSE, claim, source if names_source else None)


def _stem(bank: Bank, way: Way) -> str:
    if way.kind is Kind.REVERSE:
        assert way.fact.reverse is not None
        ask = way.fact.reverse.ask.replace("{value}", way.claim.value.text)
    else:
        ask = way.fact.ask
    return ask if way.source is None else _according_to(bank, way.source, ask)


def _statement(bank: Bank, way: Way) -> str:
    """The fact as a sentence that holds the key, as its source's where the stem names one."""
    state = way.fact.state_reversed if way.kind is Kind.REVERSE else way.fact.state
    statement = state(way.claim)
    return statement if way.source is None else _according_to(bank, way.source, statement)


def _source(way: Way) -> str:
    """The id of the source whose passage proves the answer first."""
    if way.source is not None:
        return way.source
    if way.kind is Kind.REVERSE:
        assert way.fact.reverse is not None
        return way.fact.reverse.sources[way.fact.claims.index(way.claim)]
    return way.claim.sources[0]


def _according_to(bank: Bank, source: str, sentence: str) -> str:
    first, space, rest = sentence.partition(" ")
    if first.lower() in _OPENERS:
        first = first.lower()
    return f"According to {bank.sources[source].cite_as}, {first}{space}{rest}"


def subject_of(bank: Bank, way: Way) -> Subject:
    """What the wrong options of the question that asks `way` depend on."""
    fact = way.fact
    key = key_of(way)
    sentences = _sentences(bank, way)
    if way.kind is Kind.REVERSE:
        return Subject(key, "", sentences, (key,))
    true = fact.true_values(way.source)
    rivals: tuple[Value, ...] = ()
    if fact.is_disputed:
        rivals = tuple(claim.value for claim in fact.claims if claim.value not in true)
    return Subject(key, fact.type, sentences, true, rivals, fact.distractors, fact.false_here, fact.avoid)


def _sentences(bank: Bank, way: Way) -> str:
    proof = way.claim.proof_by(_source(way))
    by_source = {quotation.source: [q for q in proof if q.source == quotation.source] for quotation in proof}
    return sentences_folded(sentences_of(bank.sources[id], quotations) for id, quotations in by_source.items())
