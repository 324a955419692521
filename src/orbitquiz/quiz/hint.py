"""The hint: the passage that proves the answer, with the answer blanked. An honest hint, because it is the source."""

from __future__ import annotations

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.forms import QuestionForm, hints_of, way_of
from orbitquiz.quiz.question import Kind, Question
from orbitquiz.quiz.stems import GAP
from orbitquiz.text.lookup import spans_of


def hint_of(bank: Bank, question: Question) -> tuple[str, ...]:
    """The passages that prove the key of `question`, each with every written form of the key as a gap.

    Without their headings, which name the source. Where sources differ, only the passages of the one side.
    """
    way = way_of(bank, question.id)
    if way is None:
        return ()
    forms = _forms(bank, way)
    value = question.proof.shown[0].value
    return tuple(_blanked(item.passage.text, forms) for item in question.proof.shown if item.value == value)


def _forms(bank: Bank, way: QuestionForm) -> tuple[str, ...]:
    forms = hints_of(bank, way)
    if way.kind is not Kind.WHICH:
        return forms
    source = bank.sources[way.shown_source]
    return (*forms, *(name.casefold() for name in (source.title, source.author, source.publisher) if name))


def _blanked(text: str, forms: tuple[str, ...]) -> str:
    blanked, at = "", 0
    for start, end in spans_of(text, forms):
        blanked += text[at:start] + GAP
        at = end
    return blanked + text[at:]
