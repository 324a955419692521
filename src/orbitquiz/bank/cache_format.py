"""A bank as plain data that JSON can hold, and back.

Only what has been checked is stored, and only for the same code to read it again: there is no format here to keep
stable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import asdict

from orbitquiz.bank.model import (
    Bank,
    Category,
    Claim,
    Cloze,
    Declined,
    Distractor,
    Fact,
    Locator,
    Quotation,
    Reverse,
    Said,
    Source,
)
from orbitquiz.bank.problems import Place
from orbitquiz.bank.values import ENTITY_TYPES, FactType, Name, Value, read_value
from orbitquiz.bank.values.entity import Entity

_ABOUT = ("id", "title", "version", "language", "rights", "contact", "digest", "words")


def to_stored(bank: Bank) -> dict[str, Any]:
    """`bank` as data. The texts of its sources are left out."""
    return {
        **{name: getattr(bank, name) for name in _ABOUT},
        "categories": [asdict(category) for category in bank.categories],
        "entities": [asdict(entity) for entity in bank.entities.values()],
        "sources": [_source_to_stored(source) for source in bank.sources.values()],
        "facts": [_fact_to_stored(fact) for fact in bank.facts],
    }


def from_stored(stored: Mapping[str, Any], texts: Mapping[str, str]) -> Bank:
    """Return the bank that was stored, with the texts of its documents by their path in the bank."""
    entities = {
        item["id"]: Entity(**{**item, "aliases": tuple(item["aliases"]), "groups": tuple(item["groups"])})
        for item in stored["entities"]
    }
    read = partial(_value, entities=entities, language=stored["language"])
    return Bank(
        **{name: stored[name] for name in _ABOUT},
        categories=tuple(Category(**item) for item in stored["categories"]),
        facts=tuple(_fact_from_stored(item, entities, read) for item in stored["facts"]),
        entities=entities,
        sources={item["id"]: _source_from_stored(item, texts) for item in stored["sources"]},
    )


_SOURCE_FIELDS = frozenset(Source.__struct_fields__) - {"text", "furniture", "declined", "pages", "headings"}


def _source_to_stored(source: Source) -> dict[str, Any]:
    return {
        **{name: getattr(source, name) for name in _SOURCE_FIELDS},
        "pages": source.pages,
        "headings": source.headings,
        "furniture": [_span(quotation) for quotation in source.furniture],
        "declined": [[_span(item.quotation), item.reason] for item in source.declined],
        "sentences": source.sentences,
    }


def _source_from_stored(item: Mapping[str, Any], texts: Mapping[str, str]) -> Source:
    source = Source(
        **{name: item[name] for name in _SOURCE_FIELDS},
        text=texts[item["file"]],
        pages=tuple(Locator(*place) for place in item["pages"]),
        headings=tuple(Locator(*place) for place in item["headings"]),
        furniture=tuple(Quotation(*span) for span in item["furniture"]),
        declined=tuple(Declined(Quotation(*span), reason) for span, reason in item["declined"]),
    )
    # The value of a cached property, which is not computed again then.
    source.__dict__["sentences"] = tuple((start, end) for start, end in item["sentences"])
    return source


def _span(quotation: Quotation) -> list[Any]:
    return [quotation.source, quotation.start, quotation.end]


def _fact_to_stored(fact: Fact) -> dict[str, Any]:
    return {
        "place": fact.place,
        "plain": [fact.id, fact.category, fact.type, fact.ask, fact.statement, fact.level],
        "claims": [
            [
                _value_to_stored(claim.value),
                [_span(q) for q in claim.proof],
                claim.sources,
                _cloze_to_stored(claim.cloze),
                claim.wording,
                [_span(quotation) for quotation in claim.carriers],
                claim.note,
            ]
            for claim in fact.claims
        ],
        "attributed": fact.attributed,
        "differs": fact.differs,
        "settled": fact.settled,
        "point": fact.point,
        "note": fact.note,
        "reverse": _reverse_to_stored(fact.reverse) if fact.reverse else None,
        "said": _said_to_stored(fact.said) if fact.said else None,
        "option_group": fact.option_group,
        "distractors": [
            [_value_to_stored(each.value), each.because, [_span(quotation) for quotation in each.proof]]
            for each in fact.distractors
        ],
        "accept": fact.accept,
        "lists": [[_value_to_stored(value) for value in values] for values in (fact.allowed_false, fact.avoid)],
    }


def _fact_from_stored(
    item: Mapping[str, Any], entities: Mapping[str, Entity], read: Callable[[FactType, str], Value]
) -> Fact:
    id, category, type, ask, statement, level = item["plain"]
    allowed_false, avoid = (tuple(read(type, text) for text in texts) for texts in item["lists"])
    return Fact(
        id=id,
        place=Place(*item["place"]),
        category=category,
        type=type,
        ask=ask,
        statement=statement,
        level=level,
        claims=tuple(
            Claim(
                read(type, value),
                tuple(Quotation(*span) for span in proof),
                tuple(sources),
                _cloze(cloze),
                tuple(wording),
                tuple(Quotation(*span) for span in carriers),
                note,
            )
            for value, proof, sources, cloze, wording, carriers, note in item["claims"]
        ),
        attributed=item["attributed"],
        differs=item["differs"],
        settled=item["settled"],
        point=item["point"],
        note=item["note"],
        reverse=_reverse(item["reverse"], entities) if item["reverse"] else None,
        said=_said(item["said"], entities) if item["said"] else None,
        option_group=item["option_group"],
        distractors=tuple(
            Distractor(read(type, text), because, tuple(Quotation(*span) for span in proof))
            for text, because, proof in item["distractors"]
        ),
        allowed_false=allowed_false,
        avoid=avoid,
        accept=tuple(item["accept"]),
    )


def _cloze_to_stored(cloze: Cloze | None) -> list[Any] | None:
    return [_span(cloze.quotation), cloze.start, cloze.end, cloze.sentence] if cloze else None


def _cloze(stored: list[Any] | None) -> Cloze | None:
    return Cloze(Quotation(*stored[0]), *stored[1:]) if stored else None


def _reverse_to_stored(reverse: Reverse) -> list[Any]:
    return [reverse.ask, reverse.statement, _value_to_stored(reverse.answer), reverse.sources, reverse.option_group]


def _reverse(stored: list[Any], entities: Mapping[str, Entity]) -> Reverse:
    ask, statement, answer, sources, option_group = stored
    return Reverse(ask, statement, _name(answer, entities), tuple(sources), option_group)


def _said_to_stored(said: Said) -> list[Any]:
    return [_span(said.quotation), _value_to_stored(said.speaker), said.option_group]


def _said(stored: list[Any], entities: Mapping[str, Entity]) -> Said:
    span, speaker, option_group = stored
    return Said(Quotation(*span), _name(speaker, entities), option_group)


def _value_to_stored(value: Value) -> str:
    return value.entity.id if isinstance(value, Name) else value.text


def _value(type: FactType, text: str, entities: Mapping[str, Entity], language: str) -> Value:
    return _name(text, entities) if type in ENTITY_TYPES else read_value(type, text, language)


def _name(id: str, entities: Mapping[str, Entity]) -> Name:
    return Name(entities[id].name, entities[id])
