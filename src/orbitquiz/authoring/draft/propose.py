"""Proposing facts by rules: dates, numbers with their noun, names and who said something.

Nothing is proposed that a bank would not hold and a quiz could not ask. What is left is looked through by a person:
that a sentence can be asked about says nothing of whether it is worth it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orbitquiz.authoring.draft.candidate import Candidate
from orbitquiz.authoring.draft.dates import dates
from orbitquiz.authoring.draft.local_values import local_values
from orbitquiz.authoring.draft.proper_names import Name, names_in, settle
from orbitquiz.authoring.draft.quantities import quantities
from orbitquiz.authoring.names import slug, unused
from orbitquiz.authoring.trial import try_fact
from orbitquiz.bank.coverage import Standing, cover
from orbitquiz.bank.model import Bank, Fact, Quotation, Reading, Source
from orbitquiz.bank.values import is_english
from orbitquiz.text.fold import alike, plain
from orbitquiz.text.lookup import holds
from orbitquiz.text.spans import Span
from orbitquiz.text.width import cells

_SHORTEST = 30  # cells of a sentence that is quoted,
_LONGEST = 320  # and characters
_FEWEST_WORDS = 6
_MOST_A_SENTENCE = 2
_MOST_NUMBERS = 5  # in a sentence; more are a table
_MOST_OPTIONS = 6
_WHOLE = re.compile(r"[“\"'‘(]?[A-Z0-9À-Þ].*[.!?…][”\"'’)]?", re.DOTALL)
_POINTS_BACK = re.compile(
    r"[“\"]?(?:It|He|She|They|This|That|These|Those|Its|His|Her|Their|Both|Such|There|Then|So|But|And)\b"
)
_WHOLE_WITHOUT_SPACES = re.compile(r"[「『（]?\w.*[。！？][」』）]?", re.DOTALL)
_FEWEST_CHARACTERS = 10  # of a sentence whose script has no spaces
_ODD = re.compile(r"https?:|www\.|[|{}\\_=]|\.{4,}|©")


@dataclass
class _Document:
    source: Source
    names: list[Name] = field(default_factory=list)


def propose(reading: Reading, sources: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """Give facts about sentences that nothing quotes yet, as items of a bank's files, each marked as a draft.

    They are about these `sources`, or about all. The bank of `reading` is not None.
    """
    bank = reading.bank
    assert bank is not None
    ids = {fact.id for fact in (*bank.facts, *reading.drafts)}
    documents = [_Document(source, list(_names(source))) for source in bank.sources.values()]
    kinds = settle(name for document in documents for name in document.names)
    for document in documents:
        if sources and document.source.id not in sources:
            continue
        for first, start, end in open_sentences(bank, reading.drafts, document.source):
            found = 0
            for candidate in _candidates(document, (first, end), kinds):
                if found == _MOST_A_SENTENCE:
                    break
                if candidate.span[0] < start:
                    continue  # that is for the sentence before
                item = _checked(bank, document.source, candidate, ids)
                if item is not None:
                    ids.add(item["id"])
                    found += 1
                    yield item


def as_item(source: Source, candidate: Candidate, id: str) -> dict[str, Any]:
    """Return a candidate as a gap fact in the form of a bank's files."""
    quotation = {"source": source.id, "quote": _line(source.text, candidate.quote)}
    claim = {"value": candidate.value, "proof": [quotation], "cloze": quotation}
    item: dict[str, Any] = {"id": id, "type": candidate.type, "draft": "true", "claims": [claim]}
    return item | ({"distractors": list(candidate.among)} if candidate.among else {})


def _line(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _checked(bank: Bank, source: Source, candidate: Candidate, ids: Collection[str]) -> dict[str, Any] | None:
    """Return the candidate as a fact, if the bank holds it and a quiz can ask it."""
    id = unused(f"{source.id[:30].rstrip('-')}-{slug(candidate.value, 'value')[:25].rstrip('-')}", ids)
    item = as_item(source, candidate, id)
    entity = next((e for e in bank.entities.values() if alike(candidate.value) in map(alike, e.names)), None)
    if candidate.kind and entity:
        known = {key: value for key, value in item.items() if key != "distractors"} | {"type": entity.type}
        if try_fact(bank, known).holds:
            return known
    trial = try_fact(bank, item)
    # A gap that takes other words than the key, "nine" for 9 say, would need an edit before anybody can clear it.
    return item if trial.holds and not any(flaw.code == "gap-key" for flaw in trial.flaws) else None


def open_sentences(bank: Bank, drafts: Sequence[Fact], source: Source) -> Iterator[tuple[int, int, int]]:
    """Give the sentences that nothing quotes and nobody has set aside: where to quote from, its beginning and its end.

    A sentence that points back is quoted with the one before.
    """
    drafted = [quotation for fact in drafts for quotation in fact.quotations]
    standings = {
        (sentence.start, sentence.end): sentence.standing
        for sentence in cover(bank).sentences
        if sentence.source == source
    }
    before: Span | None = None
    for start, end in source.sentences:
        text = source.text[start:end]
        whole = Quotation(source.id, start, end)
        is_free = standings[start, end] is Standing.UNACCOUNTED and not any(whole.overlaps(each) for each in drafted)
        if is_free and _is_sentence(text):
            if not _POINTS_BACK.match(text):
                if cells(text) >= _SHORTEST:
                    yield start, start, end
            elif before and "\n\n" not in source.text[before[1] : start] and end - before[0] <= _LONGEST:
                yield before[0], start, end
        before = (start, end) if _is_sentence(text) else None


def _is_sentence(text: str) -> bool:
    if text.endswith(("。", "！", "？", "」")):
        is_whole = len(text) >= _FEWEST_CHARACTERS and _WHOLE_WITHOUT_SPACES.fullmatch(text) is not None
    else:
        is_whole = len(text.split()) >= _FEWEST_WORDS and _WHOLE.fullmatch(text) is not None
    return (
        is_whole
        and len(text) <= _LONGEST
        and not _ODD.search(text)
        and len(re.findall(r"\d+", text)) <= _MOST_NUMBERS
        and "\n\n" not in text
    )


def _candidates(document: _Document, quote: Span, kinds: Mapping[str, str]) -> Iterator[Candidate]:
    """Find what could be asked of a quotation, what makes the better questions first."""
    start, end = quote
    text = document.source.text[start:end]
    if not is_english(document.source.language):
        for span, type, value in local_values(text, document.source.language):
            yield Candidate(quote, _moved(span, start), type, value)
        return  # names and nouns are told apart by English spelling
    names = [name for name in document.names if start <= name.span[0] and name.span[1] <= end]
    speakers = [name for name in names if name.kind == "person" and ("“" in text or '"' in text)]
    yield from (_named(document, quote, name, kinds) for name in speakers)
    for span, type, value in quantities(text):
        yield Candidate(quote, _moved(span, start), type, value)
    for span, value in dates(text):
        yield Candidate(quote, _moved(span, start), "date", value)
    # Names at which a sentence does not begin: that is what it is about, and not what it tells.
    told = [name for name in names if name not in speakers and name.span[0] > start and kinds.get(name.words)]
    yield from (_named(document, quote, name, kinds) for name in told)


def _named(document: _Document, quote: Span, name: Name, kinds: Mapping[str, str]) -> Candidate:
    kind = kinds.get(name.words) or "person"
    sentence = document.source.text[slice(*quote)]
    return Candidate(quote, name.span, "text", name.words, kind, tuple(_like(name.words, kind, kinds, sentence)))


def similar_names(
    bank: Bank, source: Source, proof: Sequence[Span], words: str, kind: str, *, strictly: bool = False
) -> list[str]:
    """Return names of the documents that could stand in the place of `words`; with `strictly`, only of this kind."""
    kinds = settle(name for each in bank.sources.values() for name in _names(each))
    sentence = " ".join(source.text[slice(*span)] for span in proof)
    wanted = kinds.get(words) or kind
    if not (wanted or words[:1].isupper()):
        return []
    return _like(words, wanted, {name: of for name, of in kinds.items() if of == wanted or not strictly}, sentence)


def _like(words: str, kind: str, kinds: Mapping[str, str], sentence: str) -> list[str]:
    """Return names of this kind, and then names that may be of it, as long as `words` and not named in the sentence."""
    near = plain(sentence).casefold()
    others = [
        other
        for wanted in dict.fromkeys((kind, ""))
        for other, of in kinds.items()
        if of == wanted
        and other != words
        and not holds(near, alike(other))
        and len(other.split()) == len(words.split())
        and not _are_of_one(other, words)
    ]
    return _apart(others)[:_MOST_OPTIONS]


def _are_of_one(one: str, other: str) -> bool:
    """True if one name is a part of the other, and so may name the same."""
    short, long = sorted((alike(one), alike(other)), key=len)
    return holds(long, short)


def _apart(names: Sequence[str]) -> list[str]:
    chosen: list[str] = []
    for name in names:
        if not any(_are_of_one(name, other) for other in chosen):
            chosen.append(name)
    return chosen


def _names(source: Source) -> Iterator[Name]:
    begins = [start for start, _ in source.sentences]
    begins += [start + 1 for start, _ in source.sentences]  # after a quotation mark
    return names_in(source.text, begins)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
