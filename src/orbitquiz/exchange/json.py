"""Questions as JSON, with everything that proves them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.quiz.asking import make_question, ways
from orbitquiz.quiz.proof import Proof
from orbitquiz.quiz.question import Question, Quiz

_ANY_SEED = ""  # the options of a question that belongs to no quiz are drawn from this seed


def quiz_to_json(bank: Bank, quiz: Quiz) -> str:
    """The questions of `quiz` in their order."""
    return _dump(bank, quiz.seed, quiz.questions)


def bank_to_json(bank: Bank, categories: Iterable[str] = ()) -> str:
    """Every question that `bank` can give, of `categories` or of all, in the bank's order.

    Each has one choice of its options, always the same.
    """
    wanted = frozenset(categories)
    facts = [fact for fact in bank.facts if not wanted or fact.category in wanted]
    made = (make_question(bank, way, _ANY_SEED) for fact in facts for way in ways(fact))
    return _dump(bank, None, (question for question in made if question))


def _dump(bank: Bank, seed: str | None, questions: Iterable[Question]) -> str:
    about = {
        name: getattr(bank, name) for name in ("id", "title", "version", "language", "rights", "contact", "digest")
    }
    document = {
        "bank": about,
        "sources": [_source(source) for source in bank.sources.values()],
        "seed": seed,
        "questions": [_question(bank, question) for question in questions],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _source(source: Source) -> dict[str, Any]:
    """A source by CSL's names, and what stems call it."""
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
        "options": [{"text": option.text, "key": option.is_key} for option in question.options],
        "statement": question.proof.statement,
        "note": question.proof.note,
        "proof": _proof(bank, question.proof),
        "also": [_quoted(bank, citation.quotation) for citation in question.proof.also],
    }


def _proof(bank: Bank, proof: Proof) -> list[dict[str, Any]]:
    return [
        {"value": item.value, **_quoted(bank, quotation), "passage": item.passage.text}
        for item in proof.shown
        for quotation in item.passage.quotations
    ]


def _quoted(bank: Bank, quotation: Quotation) -> dict[str, Any]:
    """A quotation with `start` and `end` in characters of its file's text, line ends untouched."""
    source = bank.sources[quotation.source]
    return {
        "source": source.id,
        "file": source.file,
        "line": source.line(quotation.start),
        "start": quotation.start,
        "end": quotation.end,
        "quote": source.text[quotation.start : quotation.end],
    }
