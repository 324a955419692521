"""The ways in which a fact can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orbitquiz.bank.model import Bank, Claim, Cloze, Fact, Quotation, Reverse, Said, Source
from orbitquiz.bank.values import Text, Value
from orbitquiz.quiz.distractors import COUNT
from orbitquiz.quiz.question import Kind
from orbitquiz.text.lookup import holds_any


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """One way to ask `fact`: its kind, the claim whose value matters, and the source that the stem names, if any.

    For the kind WHICH, `source` is the one that is asked for, and `others` are those that do not say so.
    """

    fact: Fact
    kind: Kind
    claim: Claim
    source: str | None = None
    others: tuple[Source, ...] = ()

    @property
    def id(self) -> str:
        """The id of the question."""
        return ".".join((self.fact.id, self.kind, *([self.source] if self.source else [])))

    @property
    def reverse(self) -> Reverse:
        """The fact's question turned round. Only for the kind REVERSE."""
        assert self.fact.reverse is not None
        return self.fact.reverse

    @property
    def said(self) -> Said:
        """The words that somebody said. Only for the kind SAID."""
        assert self.fact.said is not None
        return self.fact.said

    @property
    def cloze(self) -> Cloze:
        """The quotation with a gap. Only for the kind CLOZE."""
        assert self.claim.cloze is not None
        return self.claim.cloze

    @property
    def quoted(self) -> Quotation | None:
        """The words of a source that the stem quotes."""
        if self.kind is Kind.CLOZE:
            return self.cloze.quotation
        return self.said.quotation if self.kind is Kind.SAID else None

    @property
    def asks_value(self) -> bool:
        """Whether it is the value of the fact that is asked for, or who gives it, and not somebody who goes with it."""
        return self.kind not in (Kind.SAID, Kind.REVERSE)

    @property
    def sources_differ(self) -> bool:
        """Whether the sources differ on what is asked. Who said some words is the same whatever the value."""
        return self.fact.is_disputed and self.kind is not Kind.SAID

    @property
    def shown_source(self) -> str:
        """The id of the source whose passage proves the answer first."""
        if self.source is not None:
            return self.source
        if self.kind is Kind.REVERSE:
            return self.reverse.sources[self.fact.claims.index(self.claim)]
        if self.kind is Kind.SAID:
            return self.said.quotation.source
        return self.claim.sources[0]


def ways(bank: Bank, fact: Fact) -> tuple[QuestionForm, ...]:
    """Every way in which `fact` can be asked."""
    return (*_forward(fact), *_reversed(fact), *_with_a_gap(fact), *_which(bank, fact), *_said(fact))


def ways_of(bank: Bank, categories: Iterable[str] = (), *, differ: bool = False) -> Iterator[QuestionForm]:
    """Every way to ask the facts of `categories`, or of all; with `differ`, those on which the sources differ."""
    wanted = frozenset(categories)
    for fact in bank.facts:
        if (not wanted or fact.category in wanted) and (fact.differs or not differ):
            yield from ways(bank, fact)


def way_of(bank: Bank, id: str) -> QuestionForm | None:
    """The way that the question with this id asks; None where the bank has none."""
    fact = bank.facts_by_id.get(id.partition(".")[0])
    return next((way for way in ways(bank, fact) if way.id == id), None) if fact else None


def _forward(fact: Fact) -> Iterator[QuestionForm]:
    if fact.ask is None:
        return
    if not fact.needs_attribution:
        yield QuestionForm(fact, Kind.ASKED, fact.claims[0])
        return
    for claim in fact.claims:
        for source in claim.sources:
            if _has_one_answer(fact, claim, source):
                yield QuestionForm(fact, Kind.ACCORDING, claim, source)


def _has_one_answer(fact: Fact, claim: Claim, source: str) -> bool:
    """A source that gives two answers cannot be asked for one."""
    return not any(source in other.sources for other in fact.claims if other is not claim)


def _reversed(fact: Fact) -> Iterator[QuestionForm]:
    if fact.reverse is None:
        return
    for claim, source in zip(_answers(fact), fact.reverse.sources, strict=False):
        if not fact.needs_attribution:
            yield QuestionForm(fact, Kind.REVERSE, claim)
        elif _has_one_answer(fact, claim, source):
            yield QuestionForm(fact, Kind.REVERSE, claim, source)


def _answers(fact: Fact) -> tuple[Claim, ...]:
    """The claims that can be asked for: each where sources differ and nothing settles it."""
    return fact.claims if fact.is_disputed and not fact.settled else fact.claims[:1]


def _with_a_gap(fact: Fact) -> Iterator[QuestionForm]:
    for claim in fact.claims if not fact.settled else fact.claims[:1]:
        if claim.cloze and _has_one_answer(fact, claim, claim.cloze.quotation.source):
            yield QuestionForm(fact, Kind.CLOZE, claim, claim.cloze.quotation.source)


def _which(bank: Bank, fact: Fact) -> Iterator[QuestionForm]:
    if fact.ask is None or not fact.is_disputed:
        return
    for claim in fact.claims:
        others = tuple(source for source in bank.sources.values() if _does_not_say(fact, claim, source))
        if len(others) >= COUNT:
            for source in claim.sources:
                if _has_one_answer(fact, claim, source):
                    yield QuestionForm(fact, Kind.WHICH, claim, source, others)


def _does_not_say(fact: Fact, claim: Claim, source: Source) -> bool:
    """Whether the source surely says nothing of the claim: it says otherwise, or has none of its words."""
    if any(quotation.source == source.id for quotation in claim.proof):
        return False
    if any(source.id in other.sources for other in fact.claims):
        return True
    return not holds_any(source.words, (*claim.value.hints, *claim.wording))


def _said(fact: Fact) -> Iterator[QuestionForm]:
    if fact.said:
        yield QuestionForm(fact, Kind.SAID, fact.claims[0])


def hints_of(bank: Bank, way: QuestionForm) -> tuple[str, ...]:
    """The written forms that give the key of `way` away, folded and casefolded."""
    key = key_of(bank, way)
    return (*key.hints, *way.claim.wording) if key is way.claim.value else key.hints


def name_of(source: Source) -> Text:
    """A source as an option."""
    return Text(source.cite_as[:1].upper() + source.cite_as[1:])


def key_of(bank: Bank, way: QuestionForm) -> Value:
    """The value that answers `way`."""
    match way.kind:
        case Kind.REVERSE:
            return way.reverse.answer
        case Kind.SAID:
            return way.said.speaker
        case Kind.WHICH:
            assert way.source is not None
            return name_of(bank.sources[way.source])
        case _:
            return way.claim.value
