"""Questions of other programs as drafts of a bank.

None of them has a proof. Where a document of the bank holds the answer, in any of its written forms, the sentence
around it is proposed as one; it stays a draft until a person has cleared it. Where none does, the question is kept
without a proof, with its own options, and is never played.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from orbitquiz.authoring.atomic import write_atomically
from orbitquiz.authoring.names import slug, unused
from orbitquiz.authoring.new_bank import category_text
from orbitquiz.authoring.splice import ListFile
from orbitquiz.authoring.yaml_text import block
from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.bank.folder import QUESTIONS
from orbitquiz.bank.load_claims import ClaimReader
from orbitquiz.bank.load_facts import FactReader
from orbitquiz.bank.model import Bank, Reading, Source, Unproved
from orbitquiz.bank.strict_yaml import read_document
from orbitquiz.bank.values import PlainType, UnreadableValue, Value, read_value
from orbitquiz.formats.readers.items import Item
from orbitquiz.text.fold import alike, plain

_TYPES: tuple[PlainType, ...] = ("date", "time", "count")
_GAP = re.compile(r"_{2,}|…|\.{4,}")
_WORD = re.compile(r"\w{4,}")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_LONGEST_QUOTE = 400  # characters of a sentence; of a longer one, what is near the answer
_PREFIX = 60  # characters that tell one of several places from the others
_Fact = dict[str, Any]


@dataclass(slots=True)
class Imported:
    """The result of an import: how many drafts were written, how many of them have a passage, how many were there."""

    drafts: int = 0
    proposed: int = 0
    known: int = 0
    files: list[str] = field(default_factory=list)


def add_items(folder: Path, reading: Reading, items: Iterable[tuple[str, Item]]) -> Imported:
    """Write `items`, each with the name of its file, as drafts into the bank in `folder`, which was read as `reading`.

    A question that the bank has already is not added again; where it had no passage and there is one now, it gets it.
    Raises `OSError` and `CannotSplice`.
    """
    assert reading.bank is not None
    done = Imported()
    finder = _PassageFinder(reading.bank)
    known = _known(reading)
    taken = {*reading.bank.facts_by_id, *(fact.id for fact in reading.drafts), *(each.id for each in reading.unproved)}
    new: list[tuple[str, _Fact]] = []
    for file, item in items:
        about = _about(item.stem, item.options[item.key])
        if about in known:
            done.known += 1
            if (old := known[about]) and (fact := _valid(finder.draft(item, old.id), reading.bank)):
                _replace(folder, old, fact)
                done.proposed += 1
            known[about] = None
            continue
        known[about] = None
        id = unused(slug(item.stem, "question"), taken)
        taken.add(id)
        fact = _valid(finder.draft(item, id), reading.bank)
        done.proposed += fact is not None
        new.append((item.category or Path(file).stem, fact or unproved(item, id)))
    done.drafts = len(new)
    for category, facts in groupby(sorted(new, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        done.files.append(_write(folder, category, [fact for _, fact in facts]))
    return done


def unproved(item: Item, id: str) -> _Fact:
    """Return `item` as a draft without any proof."""
    key = item.options[item.key]
    fact: _Fact = {"id": id, "draft": "true", "type": "text", "ask": item.stem, "claims": [{"value": key}]}
    return {**fact, **_rest(item)}


def _rest(item: Item) -> _Fact:
    wrong = [option for at, option in enumerate(item.options) if at != item.key]
    rest: _Fact = {"distractors": wrong, "note": item.explanation, "links": list(item.links)}
    return {key: value for key, value in rest.items() if value}


def _known(reading: Reading) -> dict[tuple[str, str], Unproved | None]:
    """Return the questions of the bank by stem and answer; those without a proof as they are, others as None."""
    assert reading.bank is not None
    known: dict[tuple[str, str], Unproved | None] = {_about(each.ask, each.key): each for each in reading.unproved}
    for fact in (*reading.bank.facts, *reading.drafts):
        if fact.ask:
            known |= {_about(fact.ask, claim.value.text): None for claim in fact.claims}
    return known


def _about(stem: str, key: str) -> tuple[str, str]:
    """Return what a question is known by: its stem without the sign at its end, and its answer."""
    return alike(stem).rstrip("?.: "), alike(key)


def _valid(fact: _Fact | None, bank: Bank) -> _Fact | None:
    """Return `fact` if it holds as `check` would have it; None if not."""
    if fact is None:
        return None
    text = _category("imported", "Imported", [fact])
    document = read_document("imported.yaml", text.encode())
    if document.problems:
        return None
    claims = ClaimReader(document, bank.sources, bank.entities, {}, language=bank.language)
    held = FactReader("imported", claims, {}).read(0, document.data["facts"][0])
    return fact if held and not document.problems else None


def _write(folder: Path, category: str, facts: Sequence[_Fact]) -> str:
    """Write a new category with `facts` and return its file, relative to the bank."""
    taken = {path.stem for path in (folder / QUESTIONS).iterdir()} | {"entities"}
    name = unused(slug(category, "imported"), taken)
    file = f"{QUESTIONS}/{name}.yaml"
    write_atomically(folder / file, _category(name, category, facts).encode())
    return file


def _category(name: str, title: str, facts: Sequence[Mapping[str, Any]]) -> str:
    head = category_text(name, title).partition("facts: []")[0]
    items = "\n\n".join("\n".join(block(fact, 2)) for fact in facts)
    return f"{head}facts:\n{items}\n"


def _replace(folder: Path, old: Unproved, fact: _Fact) -> None:
    path = folder / old.place.file
    changed = ListFile(old.place.file, path.read_bytes().decode(), "facts").with_item(fact)
    write_atomically(path, changed.encode())


class _PassageFinder:
    """Finds sentences of a bank's documents that hold an answer and speak of its question."""

    def __init__(self, bank: Bank) -> None:
        self._sources = [*bank.sources.values()]

    def draft(self, item: Item, id: str) -> _Fact | None:
        """Return `item` as a draft with a proposed passage; None where no document holds its answer."""
        type, value = _value_of(item)
        quotation = self._best(item.stem, value)
        if quotation is None:
            return None
        stem = item.stem.replace("{value}", "{ value }")
        ask = stem if stem.endswith("?") else f"{stem.rstrip(' .:')}?"
        statement = _GAP.sub("{value}", stem, count=1) if _GAP.search(stem) else f"{ask} {{value}}."
        return {
            "id": id,
            "draft": "true",
            "type": type,
            "ask": ask,
            "statement": statement,
            "claims": [{"value": value.text, "proof": [quotation]}],
            **_rest(item),
        }

    def _best(self, stem: str, value: Value) -> dict[str, str] | None:
        words = {*_WORD.findall(plain(stem).casefold())} - {*_WORD.findall(alike(value.text))}
        best: tuple[int, dict[str, str]] | None = None
        for source in self._sources:
            for start, end in value.spans_in(source.searchable):
                shared = _shared(source, start, end, words)
                if shared and (best is None or shared > best[0]) and (quotation := _quotation(source, start, end)):
                    best = shared, quotation
        return best[1] if best else None


def _value_of(item: Item) -> tuple[PlainType, Value]:
    """Return the type that all options of `item` have, and the value of its key; text where they have none."""
    for type in _TYPES:
        values = [value for option in item.options if (value := _read(type, option))]
        if len(values) == len(item.options) and not _some_overlap(values):
            return type, values[item.key]
    return "text", read_value("text", item.options[item.key])


def _read(type: PlainType, option: str) -> Value | None:
    if type == "date" and option.isdigit() and not _YEAR.fullmatch(option):
        return None
    try:
        return read_value(type, option)
    except UnreadableValue:
        return None


def _some_overlap(values: Sequence[Value]) -> bool:
    return any(one.overlaps(other) for at, one in enumerate(values) for other in values[:at])


def _shared(source: Source, start: int, end: int, words: set[str]) -> int:
    """Return how much the sentence from `start` to `end` says of `words`; the sentences beside it count half."""
    at = next((n for n, span in enumerate(source.sentences) if span[0] <= start and end <= span[1]), None)
    if at is None:
        return 0
    here, around = (
        {*_WORD.findall(plain(" ".join(source.text[slice(*span)] for span in spans)).casefold())}
        for spans in (source.sentences[at : at + 1], source.sentences[max(at - 1, 0) : at + 2])
    )
    return len(words & here) + len(words & around)


def _quotation(source: Source, start: int, end: int) -> dict[str, str] | None:
    """Return the sentence around the span as a quotation that is found in one place only."""
    first, last = next((span for span in source.sentences if span[0] <= start and end <= span[1]), (start, end))
    if last - first > _LONGEST_QUOTE:
        first, last = _cut(source.text, first, last, start, end)
    words = " ".join(source.text[first:last].split())
    before = " ".join(source.text[max(first - _PREFIX, 0) : first].split()).partition(" ")[2]
    for prefix in ({}, {"prefix": before}) if before else ({},):
        try:
            found = find_quotation(source, words, **prefix)
        except NotQuoted:
            continue
        if found.start <= start and end <= found.end:
            return {"source": source.id, "quote": words, **prefix}
    return None


def _cut(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Return the whole words of `text` around a span, within a sentence that is too long to quote."""
    spaces = [first, *(at for at in _spaces(text, first, last)), last]
    left = next(at for at in spaces if start - at <= _LONGEST_QUOTE // 2)
    right = next(at for at in reversed(spaces) if at - end <= _LONGEST_QUOTE // 2)
    return left, right


def _spaces(text: str, first: int, last: int) -> Iterator[int]:
    return (at for at in range(first, last) if text[at].isspace())
