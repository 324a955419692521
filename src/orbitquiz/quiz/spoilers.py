"""Whether what a player has read by one question gives away the answer to a later one."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.bank.model import Bank
from orbitquiz.bank.text import holds, plain
from orbitquiz.quiz.asking import Way, key_of
from orbitquiz.quiz.question import Question


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with what it shows and what would give it away, ready to be compared.

    `shown` is all that a player has read once it is answered, folded and casefolded, its options aside: to have
    stood among earlier options is no spoiler. `hints` are the written forms of its key.
    """

    way: Way
    question: Question
    shown: str
    hints: tuple[str, ...]

    @classmethod
    def of(cls, bank: Bank, way: Way, question: Question) -> Placed:
        """The question that asks `way` of `bank`."""
        shown = "\n".join(plain(text) for text in (question.stem, *question.proof.texts)).casefold()
        return cls(way, question, shown, key_of(way).hints)

    def spoils(self, later: Placed) -> bool:
        """Whether somebody who has played this question can read off the key of `later`."""
        if any(holds(self.shown, hint) for hint in later.hints):
            return True
        quotations = [quotation for claim in later.way.fact.claims for quotation in claim.proof]
        return any(item.passage.covers(quotation) for item in self.question.proof.shown for quotation in quotations)
