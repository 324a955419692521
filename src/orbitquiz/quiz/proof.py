"""The proof of an answer, as every screen, export and room shows it."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.bank.model import Bank, Claim, Fact, Quotation
from orbitquiz.bank.passage import PASSAGE_CHARACTERS, Passage, passages


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, and the value of the fact that it proves."""

    value: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """Another place that proves the same value, named without its passage."""

    cite_as: str
    quotation: Quotation
    line: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What is shown after an answer.

    `statement` is the fact as a sentence; `shown` are the passages, that of the key first and, where sources
    differ, one of each other side; `also` are further places that prove the key; `note` is the editor's word.
    """

    statement: str
    shown: tuple[Evidence, ...]
    also: tuple[Citation, ...] = ()
    note: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All that a player can read in it."""
        passages = (text for item in self.shown for text in (item.value, item.passage.heading, item.passage.text))
        further = (item.cite_as for item in self.also)
        return (self.statement, *passages, *further, *([self.note] if self.note else []))


def prove(bank: Bank, fact: Fact, claim: Claim, source: str, statement: str) -> Proof:
    """The proof that `fact` has the value of `claim`, by the source with the id `source`, under `statement`."""
    sides = [(claim, claim.proof_by(source))]
    if fact.is_disputed:
        sides += [(other, other.proof_by(other.sources[0])) for other in fact.claims if other is not claim]
    # Each side has its share of the room, and a long proof on one side takes none from the other.
    share = PASSAGE_CHARACTERS // len(sides)
    shown = tuple(
        Evidence(side.value.text, passage)
        for side, quotations in sides
        for passage in passages(bank.sources, quotations, share)
    )
    also = tuple(
        Citation(bank.sources[id].cite_as, quotation, bank.sources[id].line(quotation.start))
        for id in claim.sources
        if id != source
        for quotation in claim.proof_by(id)[:1]
    )
    return Proof(statement, shown, also, fact.note)
