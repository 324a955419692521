"""Question forms: the ways to ask a fact, for an ordinary quiz and for the compare round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from orbitquiz.bank.model import Bank, Claim, Cloze, Differs, Fact, Quotation, Reverse, Said, Source
from orbitquiz.bank.values import Text, Value
from orbitquiz.quiz.distractors import COUNT
from orbitquiz.quiz.proof import Side
from orbitquiz.quiz.question import COMPARING, Kind
from orbitquiz.text.lookup import holds_any


class QuestionForm(Struct, frozen=True):
    """One way to ask `fact`: its kind, the claim whose value matters, and the source that matters, if any.

    The source is the one that the stem names or, for WHICH, LATER and KNEW, the one that is asked for. `others` are
    the sources that do not say so, for WHICH. `rival` is the side that LATER and KNEW set against it.
    """

    fact: Fact
    kind: Kind
    claim: Claim
    source: str | None = None
    others: tuple[Source, ...] = ()
    rival: Side | None = None
    is_compared: bool = False  # asked in the compare round, with the passages open

    @property
    def id(self) -> str:
        """The id of the question."""
        sources = [source for source in (self.source, self.rival and self.rival[1]) if source]
        return ".".join((self.fact.id, self.kind, *sources))

    @property
    def reverse(self) -> Reverse:
        """The fact's reverse question. Only for the kind REVERSE."""
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
        """True if the value of the fact is asked for, or its source, and not a person who goes with it."""
        return self.kind not in (Kind.SAID, Kind.REVERSE)

    @property
    def is_attributed(self) -> bool:
        """True if the answer is stated as the word of one source."""
        if self.is_compared:
            return self.source is not None and self.kind not in COMPARING
        return self.fact.needs_attribution

    @property
    def sources_differ(self) -> bool:
        """True if sources differ on what is asked. Who said some words is the same whatever the value."""
        return self.is_compared or (self.fact.is_disputed and self.kind is not Kind.SAID)

    @property
    def sides(self) -> tuple[Side, ...]:
        """Each claim that is shown after the answer, that of the key first, with the source to show it by.

        All claims where sources exclude one another and wherever sources are compared, else the one that is asked.
        """
        if not self.sources_differ:
            return ((self.claim, self.shown_source),)
        first = [(self.claim, self.shown_source), *([self.rival] if self.rival else [])]
        shown = [claim for claim, _ in first]
        return (*first, *((claim, claim.sources[0]) for claim in self.fact.claims if claim not in shown))

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


def ordinary_forms(fact: Fact) -> tuple[QuestionForm, ...]:
    """Return every form in which an ordinary quiz asks `fact`. None asks what only one side of a dispute says."""
    return (*_asked(fact), *_reversed(fact), *_with_a_gap(fact), *_said(fact))


def compare_forms(bank: Bank, fact: Fact) -> tuple[QuestionForm, ...]:
    """Return every form in which the compare round asks `fact`: none unless its sources differ.

    How they differ is always asked. The rest needs a contradiction, and asks what a source says, and which one says so,
    once for each claim and not of each of its sources.
    """
    asked: dict[tuple[object, ...], QuestionForm] = {}
    said = {source for claim in fact.claims for source in claim.sources}
    for form in _comparing(bank, fact):
        if form.kind is not Kind.HOW and fact.differs != "conflict":
            continue
        if form.kind is Kind.WHICH and len({source.id for source in form.others} & said) < COUNT:
            continue  # reports that say nothing of it tempt nobody
        which = form.source if form.kind in COMPARING else fact.claims.index(form.claim)
        asked.setdefault((form.kind, which, form.rival and form.rival[1]), form)
    return tuple(asked.values())


def _comparing(bank: Bank, fact: Fact) -> Iterator[QuestionForm]:
    """Yield every form in which sources can be compared."""
    if fact.differs:
        yield QuestionForm(fact, Kind.HOW, fact.claims[0], is_compared=True)
        yield from _by_date(bank, fact)
        yield from _according(fact)
        yield from _which(bank, fact)


def all_forms(bank: Bank, fact: Fact) -> tuple[QuestionForm, ...]:
    """Return every form in which `fact` can be asked, also those that only a quiz file or a kept game asks for."""
    return (*ordinary_forms(fact), *_comparing(bank, fact))


def forms_of(bank: Bank, categories: Iterable[str] = (), *, differ: bool = False) -> Iterator[QuestionForm]:
    """Yield the forms in which an ordinary quiz asks the facts of `categories`, or of all.

    With `differ`, those in which the compare round does.
    """
    wanted = frozenset(categories)
    for fact in bank.facts:
        if not wanted or fact.category in wanted:
            yield from compare_forms(bank, fact) if differ else ordinary_forms(fact)


def form_of(bank: Bank, id: str) -> QuestionForm | None:
    """Return the form of the question with this id; None where the bank has none."""
    fact = bank.facts_by_id.get(id.partition(".")[0])
    return next((form for form in all_forms(bank, fact) if form.id == id), None) if fact else None


def _asked(fact: Fact) -> Iterator[QuestionForm]:
    if fact.ask is None or _is_open(fact):
        return
    if not fact.needs_attribution:
        yield QuestionForm(fact, Kind.ASKED, fact.claims[0])
        return
    for source in fact.claims[0].sources:
        if _has_one_answer(fact, fact.claims[0], source):
            yield QuestionForm(fact, Kind.ACCORDING, fact.claims[0], source)


def _is_open(fact: Fact) -> bool:
    """True if sources exclude one another and nothing settles it, so that no value is the answer."""
    return fact.is_disputed and not fact.settled


def _reversed(fact: Fact) -> Iterator[QuestionForm]:
    if fact.reverse is None or _is_open(fact):
        return
    source = fact.reverse.sources[0] if fact.needs_attribution else None
    if source is None or _has_one_answer(fact, fact.claims[0], source):
        yield QuestionForm(fact, Kind.REVERSE, fact.claims[0], source)


def _with_a_gap(fact: Fact) -> Iterator[QuestionForm]:
    if _is_open(fact):
        return
    for claim in fact.claims[:1] if fact.settled else fact.claims:
        if claim.cloze and _has_one_answer(fact, claim, claim.cloze.quotation.source):
            yield QuestionForm(fact, Kind.CLOZE, claim, claim.cloze.quotation.source)


def _said(fact: Fact) -> Iterator[QuestionForm]:
    if fact.said:
        yield QuestionForm(fact, Kind.SAID, fact.claims[0])


def _by_date(bank: Bank, fact: Fact) -> Iterator[QuestionForm]:
    """Yield the questions that the days of publication answer: which came later, and which could have known."""
    for one, other in combinations(fact.claims, 2):
        pairs = (
            (one, a, other, b)
            for a in one.sources
            for b in other.sources
            if _has_one_answer(fact, one, a) and _has_one_answer(fact, other, b)
        )
        dated = ((*pair, bank.sources[pair[1]], bank.sources[pair[3]]) for pair in pairs)
        for claim, source, rival, against, mine, theirs in dated:
            if theirs.is_later_than(mine):
                claim, source, rival, against = rival, against, claim, source
            elif not mine.is_later_than(theirs):
                continue
            for kind in (Kind.LATER, Kind.KNEW):
                yield QuestionForm(fact, kind, claim, source, rival=(rival, against), is_compared=True)
            break  # one pair of sources is enough for two claims


def _according(fact: Fact) -> Iterator[QuestionForm]:
    if not fact.is_disputed:
        return
    for claim in fact.claims:
        for source in claim.sources:
            if fact.ask is not None and _has_one_answer(fact, claim, source):
                yield QuestionForm(fact, Kind.ACCORDING, claim, source, is_compared=True)
    if fact.reverse and not fact.settled:
        for claim, source in zip(fact.claims, fact.reverse.sources, strict=True):
            if _has_one_answer(fact, claim, source):
                yield QuestionForm(fact, Kind.REVERSE, claim, source, is_compared=True)


def _has_one_answer(fact: Fact, claim: Claim, source: str) -> bool:
    """True if the source stands behind no other claim. One that gives two answers cannot be asked for one."""
    return not any(source in other.sources for other in fact.claims if other is not claim)


def _which(bank: Bank, fact: Fact) -> Iterator[QuestionForm]:
    if not fact.is_disputed or fact.statement is None:
        return
    for claim in fact.claims:
        others = tuple(source for source in bank.sources.values() if _does_not_say(fact, claim, source))
        if len(others) >= COUNT:
            for source in claim.sources:
                if _has_one_answer(fact, claim, source):
                    yield QuestionForm(fact, Kind.WHICH, claim, source, others, is_compared=True)


def _does_not_say(fact: Fact, claim: Claim, source: Source) -> bool:
    """True if the source surely says nothing of the claim: it says otherwise, or has none of its words."""
    if any(quotation.source == source.id for quotation in claim.proof):
        return False
    if any(source.id in other.sources for other in fact.claims):
        return True
    return not holds_any(source.words, (*claim.value.giveaways, *claim.wording))


def giveaways_of(bank: Bank, form: QuestionForm) -> tuple[str, ...]:
    """Return the written forms that give the key away, folded and casefolded. Open passages give nothing away."""
    if form.is_compared:
        return ()
    key = key_of(bank, form)
    return (*key.giveaways, *form.claim.wording) if key is form.claim.value else key.giveaways


def name_of(source: Source) -> Text:
    """Return a source as an option."""
    return Text(source.cite_as[:1].upper() + source.cite_as[1:])


def key_of(bank: Bank, form: QuestionForm) -> Value:
    """Return the value that answers `form`. For HOW, the words are those of `orbitquiz.quiz.compare`."""
    match form.kind:
        case Kind.REVERSE:
            return form.reverse.answer
        case Kind.SAID:
            return form.said.speaker
        case Kind.WHICH | Kind.KNEW:
            assert form.source is not None
            return name_of(bank.sources[form.source])
        case Kind.HOW:
            assert form.fact.differs is not None
            return Text(bank.say(form.fact.differs))
        case _:
            return form.claim.value


HOW: tuple[Differs, ...] = ("conflict", "time", "spelling", "precision")
"""The ways in which sources differ: the options of the kind HOW, in this order."""
