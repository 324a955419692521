"""Flaws that show beside the rest of a bank: what its facts, entities and documents say besides one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orbitquiz.bank.model import Bank, Distractor, Fact, Quotation
from orbitquiz.bank.problems import Problem
from orbitquiz.bank.values import Name
from orbitquiz.quiz.forms import QuestionForm, key_of, ordinary_forms
from orbitquiz.quiz.question import Kind
from orbitquiz.text.fold import alike, plain
from orbitquiz.text.lookup import holds, holds_any

LONGEST_GAP = 110
"""The most characters that a quotation with a gap may have."""

HTML_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
"""A character as HTML writes it."""

_FAVOURITE = 0.3  # share of the keys of a kind that one entity may have,
_FEW = 3  # and as often as this it always may
_SHARED = 0.6  # share of a stem's words in a sentence that seems to speak of the same,
_SHARED_WORDS = 3  # and at least so many

_PRONOUN = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves)\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*)[ -]"
    r"(?:second|minute|hour|day|week|month|year|decade)s?",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![\w’'-])[^\W\d_a-z][^\W\d_]+")
_CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december
""".split()
)
_WORD = re.compile(r"[^\W_]{4,}")
#: Words of questions, which say nothing about the matter.
_COMMON = frozenset(
    """
    about after also been before from have into that their them then they this were what when where which while whom
    whose with would
""".split()
)


class Flaw(NamedTuple):
    """A flaw of one question: its code and a message."""

    code: str
    message: str


class Names(NamedTuple):
    """The names in a bank, folded once: `documents` as (name, words, has capitals), and those of all `entities`."""

    documents: tuple[tuple[str, str, bool], ...]
    entities: tuple[str, ...]

    @classmethod
    def of(cls, bank: Bank) -> Names:
        """Return the names in `bank`."""
        # A title has its capitals where it is meant; its words in small letters may be what the question is about.
        documents = [
            name
            for source in bank.sources.values()
            for name in (
                (source.cite_as, alike(source.cite_as), False),
                (source.title, plain(source.title), True),
            )
        ]
        names = [alike(name) for entity in bank.entities.values() for name in entity.names]
        return cls(tuple(documents), tuple(names))


def lint_fact(bank: Bank, fact: Fact, names: Names) -> Iterator[Problem]:
    """Yield the flaws of a fact that its questions alone do not show; `names` are those of `bank`."""

    def flaw(code: str, message: str) -> Problem:
        return Problem(*fact.place, code, f"{fact.id!r}: {message}")

    for text in (fact.ask, fact.statement, fact.note, *(claim.note for claim in fact.claims)):
        if text and (entity := HTML_ENTITY.search(text)):
            yield flaw("html-entity", f"the text has {entity[0]!r}; write the character itself")
    if fact.type == "text" and all(_SPAN.fullmatch(plain(claim.value.text)) for claim in fact.claims):
        yield flaw("time-as-text", f"{fact.claims[0].value.text!r} is a time span; choose the type duration")
    for form in ordinary_forms(fact):
        if form.kind in (Kind.ASKED, Kind.REVERSE):
            yield from (flaw("document-in-stem", message) for message in _documents_in_stem(form, names))
        elif form.kind is Kind.CLOZE:
            yield from (flaw(code, message) for code, message in _flaws_of_gap(bank, form, names))
    for distractor in fact.distractors:
        if found := _said_elsewhere(bank, fact, distractor):
            file, line = found
            message = f"{distractor.value.text!r} stands in {file}:{line} beside words of the question and may be true"
            yield flaw("distractor-in-source", f"{message}; make it a claim, avoid it, or list it under `not`")


def _documents_in_stem(form: QuestionForm, names: Names) -> Iterator[str]:
    ask = form.reverse.ask if form.kind is Kind.REVERSE else form.fact.ask
    stem = plain(ask or "")
    caseless = stem.casefold()
    for name, words, has_capitals in names.documents:
        if holds(stem if has_capitals else caseless, words):
            yield f"the stem names a document, {name!r}; ask for what is so, or mark the fact as `attributed`"
            return


def _flaws_of_gap(bank: Bank, form: QuestionForm, names: Names) -> Iterator[Flaw]:
    cloze, source = form.cloze, bank.sources[form.cloze.quotation.source]
    words = plain(source.text[cloze.quotation.start : cloze.quotation.end])
    if len(words) > LONGEST_GAP:
        yield Flaw("long-gap", f"the quotation with the gap has {len(words)} characters; {LONGEST_GAP} are enough")
    filling, key = plain(source.text[cloze.start : cloze.end]), key_of(bank, form).text
    if alike(filling) != alike(key):
        yield Flaw("gap-key", f"the gap takes {filling!r} and the key says {key!r}; ask for the words of the document")
    if (pronoun := _PRONOUN.search(words)) and not _names_somebody(words[: pronoun.start()], names):
        yield Flaw("gap-pronoun", f"the quotation with the gap has {pronoun[0]!r} before any name; quote the name too")


def _names_somebody(words: str, names: Names) -> bool:
    """True if `words`, the beginning of a quotation, hold an entity, or a capital that only a name has."""
    capitals = (word for word in _CAPITAL.finditer(words) if word[0].casefold() not in _CALENDAR)
    inside = any(word.start() > 1 and words[word.start() - 2] not in ".!?:" for word in capitals)
    return inside or holds_any(words.casefold(), names.entities)


def _said_elsewhere(bank: Bank, fact: Fact, distractor: Distractor) -> tuple[str, int] | None:
    """Return file and line of a sentence that has the distractor and most words of the stem, if there is one."""
    if any(distractor.value.overlaps(other) for other in (*fact.allowed_false, *(c.value for c in fact.claims))):
        return None
    asked = _words(fact.ask or "")
    known = [quotation for claim in fact.claims for quotation in claim.proof] + list(distractor.proof)
    for source in bank.sources.values():
        if not holds_any(source.words, distractor.value.forms):
            continue
        for start, end in source.sentences:
            words = plain(source.text[start:end]).casefold()
            common = asked & _words(words)
            if len(common) < max(_SHARED_WORDS, _SHARED * len(asked)) or not holds_any(words, distractor.value.forms):
                continue
            if not any(Quotation(source.id, start, end).overlaps(quotation) for quotation in known):
                return source.file, source.line(start)
    return None


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in _WORD.findall(alike(text))} - _COMMON


def favourites(bank: Bank, wanted: Sequence[Fact]) -> Iterator[Problem]:
    """Yield a problem for each entity that is the answer of too many questions of one kind."""
    by_kind: dict[tuple[Kind, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in bank.facts:
        for form in ordinary_forms(fact):
            if form.kind is not Kind.CLOZE and isinstance(key := key_of(bank, form), Name):
                facts = by_kind[form.kind, key.entity.type][key.text]
                facts += [fact] if fact not in facts else []
    ids = {fact.id for fact in wanted}
    for (kind, type), by_key in by_kind.items():
        total = sum(map(len, by_key.values()))
        for name, facts in by_key.items():
            if len(facts) > max(_FEW, _FAVOURITE * total) and any(fact.id in ids for fact in facts):
                message = f"{name} is the answer of {len(facts)} of {total} questions of the kind {kind} for a {type}"
                yield Problem(*facts[-1].place, "favourite", f"{message}; ask for somebody else")
