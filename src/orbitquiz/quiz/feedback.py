"""Feedback on a wrong option: what the bank knows about it, so that a wrong answer teaches something too.

Feedback is never made up. It is, in this order, the reason that the author gave for that option, the statement of
another claim or fact with the place that proves it, or what the bank says about the person or thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from orbitquiz.bank.model import Bank, Claim, Distractor, Fact
from orbitquiz.bank.values import Name, Value
from orbitquiz.quiz.forms import QuestionForm, key_of, name_of
from orbitquiz.quiz.proof import Feedback, cite
from orbitquiz.quiz.question import COMPARING, Kind, Question
from orbitquiz.quiz.spoiler_index import SpoilerIndex
from orbitquiz.quiz.spoilers import Placed
from orbitquiz.quiz.stems import according_to
from orbitquiz.text.fold import alike

_Topic = tuple[str, str]  # the type of an answer, and its words without case
_Stated = tuple[Fact, Claim, bool]  # what states it, and whether by the fact's reverse


class FeedbackFinder:
    """Finds what `bank` knows about an option. Building one looks through the whole bank once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._known: dict[_Topic, list[_Stated]] = {}
        self._about: dict[_Topic, str | None] = {
            (entity.type, alike(entity.name)): entity.about for entity in bank.entities.values()
        }
        # What is plainly so comes before what only one source says.
        for fact in sorted(bank.facts, key=lambda fact: fact.needs_attribution):
            for claim in fact.claims if fact.is_disputed and not fact.settled else fact.claims[:1]:
                self._note(fact, claim.value, (fact, claim, False))
            if fact.reverse:
                self._note(fact, fact.reverse.answer, (fact, fact.claims[0], True))

    def find(self, form: QuestionForm, option: str) -> Iterator[Feedback]:
        """Yield what is known about the wrong `option` of a question, what concerns it most first."""
        fact = form.fact
        if form.kind in COMPARING:
            return  # the answer says how they differ, or when each was printed
        if form.kind is Kind.WHICH:
            for claim in fact.claims:
                said = [id for id in claim.sources if name_of(self._bank.sources[id]).text == option]
                yield from (self._stated(fact, claim, id, names_source=True) for id in said)
            return
        if form.kind in (Kind.ASKED, Kind.ACCORDING, Kind.CLOZE):
            for distractor in fact.distractors:
                if distractor.because and distractor.value.text == option:
                    yield self._reason(distractor, distractor.because)
            for claim in fact.claims:
                if claim is not form.claim and claim.value.text == option:
                    yield self._stated(fact, claim, names_source=fact.is_disputed)
        topic = (_type_of(key_of(self._bank, form), fact), alike(option))
        for other, claim, reverse in self._known.get(topic, ()):
            if other is not fact:
                yield self._reversed(other, claim) if reverse else self._stated(other, claim)
        if about := self._about.get(topic):
            yield Feedback(about)

    def add(
        self, form: QuestionForm, question: Question, admits: Callable[[Feedback], bool] = lambda _: True
    ) -> Question:
        """Return the question with feedback on each wrong option about which the bank knows something admitted."""
        options = tuple(
            option
            if option.is_key
            else replace(option, feedback=next(filter(admits, self.find(form, option.text)), None))
            for option in question.options
        )
        return replace(question, options=options)

    def _note(self, fact: Fact, answer: Value, stated: _Stated) -> None:
        self._known.setdefault((_type_of(answer, fact), alike(answer.text)), []).append(stated)

    def _reason(self, distractor: Distractor, because: str) -> Feedback:
        citation = cite(self._bank, distractor.proof[0]) if distractor.proof else None
        return Feedback(because, citation, is_reason=True)

    def _stated(self, fact: Fact, claim: Claim, source: str | None = None, *, names_source: bool = False) -> Feedback:
        names_source |= fact.needs_attribution
        return self._feedback(claim, fact.state(claim), source or claim.sources[0], names_source=names_source)

    def _reversed(self, fact: Fact, claim: Claim) -> Feedback:
        assert fact.reverse is not None
        source = fact.reverse.sources[0]
        return self._feedback(claim, fact.state_reversed(claim), source, names_source=fact.needs_attribution)

    def _feedback(self, claim: Claim, statement: str, source: str, *, names_source: bool) -> Feedback:
        spoken = according_to(self._bank, source if names_source else None, statement)
        return Feedback(spoken, cite(self._bank, claim.carrier_of(source)))


def _type_of(answer: Value, fact: Fact) -> str:
    """Return the type of an answer to a question about `fact`, reversed or not."""
    return answer.entity.type if isinstance(answer, Name) else fact.type


def with_feedback(bank: Bank, order: Sequence[Placed]) -> tuple[Question, ...]:
    """Return the questions of a quiz with feedback on their wrong options, as far as it gives away no later answer."""
    finder = FeedbackFinder(bank)
    index = SpoilerIndex()
    for placed in order:
        index.add(placed)

    def told(at: int, placed: Placed) -> Question:
        return finder.add(
            placed.form,
            placed.question,
            lambda feedback: all(told <= at for told in index.told_by(feedback)),
        )

    return tuple(told(at, placed) for at, placed in enumerate(order))
