"""What the bank knows of a wrong option, so that a wrong answer teaches something too.

A remark is never made up: it is the statement of another fact, or of another claim of the same one, with the place
that proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from orbitquiz.bank.model import Bank, Claim, Fact
from orbitquiz.bank.values import Name, Value
from orbitquiz.quiz.forms import QuestionForm, key_of, name_of
from orbitquiz.quiz.proof import Feedback, cite
from orbitquiz.quiz.question import Kind, Question
from orbitquiz.quiz.spoilers import Placed
from orbitquiz.quiz.stems import according_to
from orbitquiz.text.fold import alike

_Topic = tuple[str, str]  # the type of an answer, and its words without case
_Stated = tuple[Fact, Claim, bool]  # what states it, and whether by the fact's reverse


class Remarks:
    """What `bank` states of each answer that stands in it, ready to be looked up."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._known: dict[_Topic, list[_Stated]] = {}
        # What is plainly so comes before what only somebody says.
        for fact in sorted(bank.facts, key=lambda fact: fact.needs_attribution):
            for claim in fact.claims[: None if fact.is_disputed else 1]:
                self._note(fact, claim.value, (fact, claim, False))
            if fact.reverse:
                self._note(fact, fact.reverse.answer, (fact, fact.claims[0], True))

    def on(self, way: QuestionForm, option: str) -> Iterator[Feedback]:
        """What is known of the wrong `option` of the question that asks `way`, what concerns it most first."""
        for claim in way.fact.claims:
            if way.kind is Kind.WHICH:
                said = [id for id in claim.sources if name_of(self._bank.sources[id]).text == option]
                yield from (self._stated(way.fact, claim, id) for id in said)
            elif way.kind in (Kind.ACCORDING, Kind.CLOZE) and claim is not way.claim and claim.value.text == option:
                yield self._stated(way.fact, claim)
        key = key_of(self._bank, way)
        if way.kind is not Kind.WHICH:
            for fact, claim, reverse in self._known.get((_type_of(key, way.fact), alike(option)), ()):
                if fact is not way.fact:
                    yield self._reversed(fact, claim) if reverse else self._stated(fact, claim)

    def added(
        self, way: QuestionForm, question: Question, admits: Callable[[Feedback], bool] = lambda _: True
    ) -> Question:
        """The question with a remark on each wrong option of which the bank knows something that is admitted."""
        options = tuple(
            option if option.is_key else replace(option, remark=next(filter(admits, self.on(way, option.text)), None))
            for option in question.options
        )
        return replace(question, options=options)

    def _note(self, fact: Fact, answer: Value, stated: _Stated) -> None:
        self._known.setdefault((_type_of(answer, fact), alike(answer.text)), []).append(stated)

    def _stated(self, fact: Fact, claim: Claim, source: str | None = None) -> Feedback:
        return self._remark(fact, claim, fact.state(claim), source or claim.sources[0])

    def _reversed(self, fact: Fact, claim: Claim) -> Feedback:
        assert fact.reverse is not None
        return self._remark(fact, claim, fact.state_reversed(claim), fact.reverse.sources[0])

    def _remark(self, fact: Fact, claim: Claim, statement: str, source: str) -> Feedback:
        spoken = according_to(self._bank, source if fact.needs_attribution else None, statement)
        return Feedback(spoken, cite(self._bank, claim.carrier_of(source)))


def _type_of(answer: Value, fact: Fact) -> str:
    """The type of an answer to a question about `fact`, turned round or not."""
    return answer.entity.type if isinstance(answer, Name) else fact.type


def with_remarks(bank: Bank, order: Sequence[Placed]) -> tuple[Question, ...]:
    """The questions of a quiz with what is known of their wrong options, as far as it tells no later answer."""
    remarks = Remarks(bank)

    def remarked(placed: Placed, later: Sequence[Placed]) -> Question:
        return remarks.added(
            placed.way, placed.question, lambda remark: not any(other.is_told_by(remark) for other in later)
        )

    return tuple(remarked(placed, order[at:]) for at, placed in enumerate(order, 1))
