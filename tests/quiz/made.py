"""Banks for one test each: facts told as the sentences that prove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from tests.making import ENTITIES, write_bank

Claims = Mapping[str, Mapping[str, str]]
"""For each value the sentences that prove it, by the id of the source that they stand in."""


def fact(id: str, type: str, claims: Claims, **more: Any) -> dict[str, Any]:
    """A fact as its author would write it. Keys of Python's own lend their underscore: `as_`, `not_`."""
    written = [
        {"value": value, "proof": [{"source": source, "quote": words} for source, words in sentences.items()]}
        for value, sentences in claims.items()
    ]
    more = {key.rstrip("_"): value for key, value in more.items()}
    return {
        "id": id,
        "type": type,
        "ask": f"What is it with {id}?",
        "statement": f"With {id} it is {{value}}.",
        "claims": written,
        **more,
    }


def bank_of(
    folder: Path, facts: Sequence[Mapping[str, Any]], *, entities: Sequence[Mapping[str, Any]] = ENTITIES
) -> Bank:
    """A bank whose documents hold just what the facts quote, a paragraph each. A fact may name its `category`."""
    documents: dict[str, str] = {}
    categories: dict[str, list[dict[str, Any]]] = {}
    for item in facts:
        quotations = (quotation for claim in item["claims"] for quotation in claim["proof"])
        for quotation in quotations:
            told = documents.setdefault(quotation["source"], "A document\n")
            if quotation["quote"] not in told:
                documents[quotation["source"]] += f"\n{quotation['quote']}.\n"
        rest = {key: value for key, value in item.items() if key != "category"}
        categories.setdefault(item.get("category", "comet"), []).append(rest)
    for category, members in categories.items():
        write_bank(folder, members, entities=entities, documents=documents, category=category)
    return read_whole(folder)


def read_whole(folder: Path) -> Bank:
    """The bank in `folder`, in which everything holds."""
    reading = read_bank(folder)
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank
