"""Questions as JSON, with everything that proves them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.formats.deck import ANY_SEED
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.feedback import FeedbackFinder
from orbitquiz.quiz.forms import forms_of
from orbitquiz.quiz.proof import Evidence
from orbitquiz.quiz.question import Option, Question, Quiz
from orbitquiz.quiz.spoilers import spoiled_by
from orbitquiz.text.safe import to_json


def quiz_to_json(bank: Bank, quiz: Quiz) -> str:
    """Return the questions of `quiz` in their order, each with the ids of those before it that give it away."""
    questions = [
        {**_question(bank, question), "spoiled_by": list(spoilers)}
        for question, spoilers in zip(quiz.questions, spoiled_by(bank, quiz), strict=True)
    ]
    return _dump(bank, {"seed": quiz.seed, "code": quiz.code}, questions)


def bank_to_json(bank: Bank, categories: Iterable[str] = (), *, differ: bool = False) -> str:
    """Return every question that `bank` can give, of `categories` or of all, in the bank's order.

    With `differ`, only those about what the sources differ on. Each has one choice of its options, always the same.
    """
    finder = FeedbackFinder(bank)
    questions = [
        _question(bank, finder.add(way, question))
        for way in forms_of(bank, categories, differ=differ)
        if (question := make_question(bank, way, ANY_SEED))
    ]
    return _dump(bank, {"seed": None, "code": None}, questions)


def _dump(bank: Bank, quiz: dict[str, Any], questions: list[dict[str, Any]]) -> str:
    about = {
        name: getattr(bank, name) for name in ("id", "title", "version", "language", "rights", "contact", "digest")
    }
    document = {
        "bank": about,
        "sources": [_source(source) for source in bank.sources.values()],
        **quiz,
        "questions": questions,
    }
    return to_json(document)


def _source(source: Source) -> dict[str, Any]:
    """Return a source by CSL's names, and what stems call it."""
    return {
        "id": source.id,
        "file": source.file,
        "sha256": source.sha256,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "issued": source.issued,
        "URL": source.url,
        "cite-as": source.cite_as,
    }


def _question(bank: Bank, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "fact": question.fact,
        "kind": question.kind.value,
        "category": question.category.name,
        "level": question.level,
        "sources_differ": question.sources_differ,
        "stem": question.stem,
        "quotes": _quoted(bank, question.quoted) if question.quoted else None,
        "open": _passages(bank, question.open),
        "options": [_option(bank, option) for option in question.options],
        "statement": question.proof.statement,
        "note": question.proof.note,
        "proof": _passages(bank, question.proof.shown),
        "also": [_quoted(bank, citation.quotation) for citation in question.proof.also],
    }


def _option(bank: Bank, option: Option) -> dict[str, Any]:
    """Return an option; its feedback if it is wrong, without a `source` where that is the editor's word."""
    told = None
    if feedback := option.feedback:
        cited = _quoted(bank, feedback.citation.quotation) if feedback.citation else {}
        told = {"statement": feedback.statement, **cited}
    return {"text": option.text, "key": option.is_key, "feedback": told}


def _passages(bank: Bank, shown: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [
        {"value": item.value, **_quoted(bank, quotation), "passage": item.passage.text}
        for item in shown
        for quotation in item.passage.quotations
    ]


def _quoted(bank: Bank, quotation: Quotation) -> dict[str, Any]:
    """Return a quotation with `start` and `end` in characters of its file's text, line ends untouched."""
    source = bank.sources[quotation.source]
    return {
        "source": source.id,
        "file": source.file,
        "line": source.line(quotation.start),
        "start": quotation.start,
        "end": quotation.end,
        "quote": source.text[quotation.start : quotation.end],
    }
