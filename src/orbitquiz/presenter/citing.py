"""The places in documents that a question cites, in the order in which its proof shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.quiz.question import Question


class Cited(NamedTuple):
    """A document and the quotations in it that are cited in one place."""

    source: Source
    quotations: Sequence[Quotation] = ()


def cited_by(bank: Bank, question: Question, picked: int | None = None) -> list[Cited]:
    """Return what is cited after an answer: its passages, further places, and what the feedback on `picked` cites."""
    proof = question.proof
    cited = [Cited(item.passage.source, item.passage.quotations) for item in proof.shown]
    feedback = None if picked is None else question.options[picked].feedback
    places = [item.quotation for item in proof.also]
    if feedback and feedback.citation and not proof.shows(feedback):
        places.append(feedback.citation.quotation)
    return cited + [Cited(bank.sources[place.source], (place,)) for place in places]
