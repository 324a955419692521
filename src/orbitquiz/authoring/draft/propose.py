"""Proposing facts by rules: dates, numbers with their noun, names and who said something.

Nothing is proposed that a bank would not hold and a quiz could not ask. What is left is looked through by a person:
that a sentence can be asked about says nothing of whether it is worth it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orbitquiz.authoring.draft.candidate import Candidate
from orbitquiz.authoring.draft.dates import dates
from orbitquiz.authoring.draft.local_values import local_values
from orbitquiz.authoring.draft.proper_names import SEVERAL, Name, form_of, names_in, settle
from orbitquiz.authoring.draft.quantities import quantities
from orbitquiz.authoring.draft.standing_alone import ends_a_phrase, known_names, known_words, shortened, stands_alone
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
_MOST_NUMBERS = 5  # in a sentence; more are a table
_MOST_OPTIONS, _FEWEST_OPTIONS = 6, 3
_OFTEN, _OFTEN_SHARE = 5, 0.04  # of its sentences, in which a document names what it is about
_WHOLE = re.compile(r"[“\"'‘(]?[A-Z0-9À-Þ].*[.!?…][”\"'’)]?", re.DOTALL)
_POINTS_BACK = re.compile(
    r"[“\"]?(?:It|He|She|They|This|That|These|Those|Its|His|Her|Their|Both|Such|There|Then|So|But|And)\b"
)
_WHOLE_WITHOUT_SPACES = re.compile(r"[「『（]?\w.*[。！？][」』）]?", re.DOTALL)
_FEWEST_CHARACTERS = 10  # of a sentence whose script has no spaces
#: What before a date leaves other dates as true.
_VAGUE = re.compile(
    r"\b(?:by|after|before|about|around|circa|ca?\.|probably|perhaps|or|early|late|mid)[\s-]\Z", re.IGNORECASE
)
_ARTICLES = 0.02  # of the words of English prose are "the", at least
_ODD = re.compile(r"https?:|www\.|[|{}\\_=]|\.{4,}|©")


@dataclass
class _Document:
    """A document with its names, the `known` words that are parts of names, and those that end a longer name."""

    source: Source
    names: list[Name]
    known: frozenset[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, source: Source) -> _Document:
        names = list(_names(source))
        surnames = {name.words.split()[-1] for name in names if name.kind in ("person", "") and " " in name.words}
        return cls(source, names, known_words(source.text, _begins(source)), frozenset(surnames))

    def is_its_topic(self, words: str) -> bool:
        """True if it is about what `words` name, so that a gap for them tests nothing."""
        often = max(_OFTEN, _OFTEN_SHARE * len(self.source.sentences))
        return holds(alike(self.source.title), alike(words)) or self.source.text.count(words) > often


def propose(reading: Reading, sources: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """Give facts about sentences that nothing quotes yet, as items of a bank's files, each marked as a draft.

    They are about these `sources`, or about all. A sentence gives one, and a name is asked for once in a document. The
    bank of `reading` is not None.
    """
    bank = reading.bank
    assert bank is not None
    ids = {fact.id for fact in (*bank.facts, *reading.drafts)}
    documents = [_Document.of(source) for source in bank.sources.values()]
    kinds = settle(name for document in documents for name in document.names)
    for document in documents:
        if (sources and document.source.id not in sources) or not _is_prose(document.source):
            continue
        asked: set[str] = set()
        for _, start, end in open_sentences(bank, reading.drafts, document.source):
            for candidate in _candidates(document, (start, end), kinds):
                if candidate.kind and candidate.value in asked:
                    continue
                item = _checked(bank, document.source, candidate, ids)
                if item is not None:
                    ids.add(item["id"])
                    asked.add(candidate.value)
                    yield item
                    break  # a second gap in the sentence would give the first away


def _is_prose(source: Source) -> bool:
    """True unless it should be English and is not, as a document may be in another language than its bank."""
    words = source.text.casefold().split()
    return not is_english(source.language) or words.count("the") >= _ARTICLES * len(words)


def as_item(source: Source, candidate: Candidate, id: str) -> dict[str, Any]:
    """Return a candidate as a gap fact in the form of a bank's files."""
    proof, gap = (
        {"source": source.id, "quote": _line(source.text, span)} for span in (candidate.proof, candidate.quote)
    )
    claim = {"value": candidate.value, "proof": [proof], "cloze": gap}
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
    # What has a flaw would need an edit before anybody can clear it: a gap that takes "nine" for 9, say.
    return item if trial.holds and not trial.flaws else None


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


def _candidates(document: _Document, proof: Span, kinds: Mapping[str, str]) -> Iterator[Candidate]:
    """Find what could be asked of a sentence, what makes the better questions first."""
    start, end = proof
    text = document.source.text[start:end]
    if not is_english(document.source.language):
        for span, type, value in local_values(text, document.source.language):
            yield Candidate(proof, proof, _moved(span, start), type, value)
        return  # names and nouns are told apart by English spelling
    names = [name for name in document.names if start <= name.span[0] and name.span[1] <= end]
    speakers = [name for name in names if name.kind == "person" and ("“" in text or '"' in text)]
    # Names at which a sentence does not begin: that is what it is about, and not what it tells.
    told = [name for name in names if name not in speakers and name.span[0] > start]
    found = [
        *(_named(document, proof, name, kinds) for name in speakers),
        *(Candidate(proof, proof, _moved(span, start), type, value) for span, type, value in quantities(text)),
        *(
            Candidate(proof, proof, _moved(span, start), "date", value)
            for span, value in dates(text)
            if not _VAGUE.search(text, 0, span[0])
        ),
        *(_named(document, proof, name, kinds) for name in told),
    ]
    for candidate in found:
        if candidate is None or (shorter := shortened(document.source.text, proof, candidate.span)) is None:
            continue
        words = document.source.text[slice(*shorter)]
        gap = _moved(candidate.span, -shorter[0])
        if stands_alone(words, gap, known_names(words, document.known, document.surnames)):
            yield replace(candidate, quote=shorter)


def _named(document: _Document, proof: Span, name: Name, kinds: Mapping[str, str]) -> Candidate | None:
    """Return a name as a candidate, if a reader could tell from the rest of the sentence which one is meant."""
    kind = kinds.get(name.words, "")
    text = document.source.text
    if kind == "place" and form_of(name) in ("", SEVERAL):
        return None  # a country beside a town and a street are no options
    if not kind or document.is_its_topic(name.words) or not ends_a_phrase(text[name.span[1] : proof[1]]):
        return None
    sentence = f"{text[proof[0] : name.span[0]]} {text[name.span[1] : proof[1]]}"
    if any(len(word) > 3 and word in sentence for word in name.words.split()):
        return None  # a part of it stands beside the gap
    others = {
        each.words: kind
        for each in document.names
        if kinds[each.words] == kind and each.has_article == name.has_article and form_of(each) == form_of(name)
    }
    among = _like(name.words, kind, others, sentence)
    if len(among) < _FEWEST_OPTIONS:
        return None
    return Candidate(proof, proof, name.span, "text", name.words, kind, tuple(among))


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


def _begins(source: Source) -> list[int]:
    """Return where sentences begin, with a quotation mark or without."""
    return [start + mark for start, _ in source.sentences for mark in (0, 1)]


def _names(source: Source) -> Iterator[Name]:
    return names_in(source.text, _begins(source))


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
