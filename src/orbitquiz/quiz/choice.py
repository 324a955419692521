"""A quiz of questions that somebody has chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.code import short_seed
from orbitquiz.quiz.feedback import with_feedback
from orbitquiz.quiz.forms import way_of
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.spoilers import Placed


class UnknownQuestion(LookupError):
    """An `id` of a question that the bank does not have, or cannot ask."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"the bank has no question {id!r}")


def choose(bank: Bank, ids: Sequence[str], seed: str, title: str | None = None) -> Quiz:
    """The questions with these ids, in this order, their options drawn from `seed`. Raises `UnknownQuestion`.

    Nothing is left out or moved: who chooses by hand may have reasons to ask a fact twice.
    """
    order = []
    for id in ids:
        way = way_of(bank, id)
        question = make_question(bank, way, short_seed(seed)) if way else None
        if way is None or question is None:
            raise UnknownQuestion(id)
        order.append(Placed.of(bank, way, question))
    return Quiz(bank.id, title or bank.title, bank.digest, seed, with_feedback(bank, order), len(ids))
