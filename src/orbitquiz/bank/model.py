"""The contents of a bank that has been read and checked, as immutable structs.

These are no Pydantic models, because nothing is left to validate and a game must start without waiting for a
validator.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct

from orbitquiz.bank.problems import Place, Problem
from orbitquiz.bank.sentences import sentences
from orbitquiz.bank.stem_words import say
from orbitquiz.bank.values import FactType, Value
from orbitquiz.bank.values.date import MONTHS
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.edits import Edited
from orbitquiz.text.fold import Format, clean, fold, vocabulary_of
from orbitquiz.text.lines import LINE_END, lines_of
from orbitquiz.text.lookup import Searchable
from orbitquiz.text.numbers import counted
from orbitquiz.text.spans import Span

Differs = Literal["conflict", "time", "spelling", "precision"]
Settled = Literal["most", "latest"]


class Quotation(Struct, frozen=True):
    """Words that stand in a source: characters `start` to `end` of the text of the source with the id `source`."""

    source: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its characters."""
        return self.start, self.end

    def overlaps(self, other: Quotation) -> bool:
        """True if both quote some same characters."""
        return self.source == other.source and self.start < other.end and other.start < self.end


class Declined(Struct, frozen=True):
    """Words about which nothing is asked, and the `reason`."""

    quotation: Quotation
    reason: str


class Locator(NamedTuple):
    """A page or a heading of a document that begins at the offset `at` of its text."""

    at: int
    name: str


class Source(Struct, frozen=True, dict=True):
    """A document. `file` is its path inside the bank, `text` its characters, line ends untouched.

    `pages` and `headings` tell, in order, where those of the document that the text was extracted from begin.

    `furniture` are lines of the page around it, `declined` sentences that no fact is to quote.
    """

    id: str
    file: str
    sha256: str
    title: str
    cite_as: str
    text: str
    author: str | None = None
    publisher: str | None = None
    issued: str | None = None
    url: str | None = None
    furniture: tuple[Quotation, ...] = ()
    declined: tuple[Declined, ...] = ()
    format: Format = "text"
    pages: tuple[Locator, ...] = ()
    headings: tuple[Locator, ...] = ()
    language: str = "en"

    @cached_property
    def folded(self) -> Edited:
        """The text for comparison."""
        return fold(self.text, format=self.format)

    @cached_property
    def clean(self) -> Edited:
        """The text as a person is to read it, on one line and safe to show."""
        return clean(self.text, format=self.format)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the text."""
        return vocabulary_of(self.text)

    @cached_property
    def searchable(self) -> Searchable:
        """The text for looking up words, whatever their case."""
        return Searchable(self.text, fold(self.text, format=self.format, caseless=True))

    @property
    def words(self) -> str:
        """The text folded and casefolded, for looking up written forms."""
        return self.searchable.caseless.text

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The spans of the text's sentences, in order."""
        return tuple(sentences(self.text, self.language))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    def line(self, offset: int) -> int:
        """Return the line, from 1, of the character at `offset`."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text without their ends, and without a byte order mark; line 1 comes first."""
        return lines_of(self.text.removeprefix("\ufeff"))

    def column(self, offset: int) -> int:
        """Return the place of the character at `offset` in its line, from 1."""
        return offset - self._line_starts[self.line(offset) - 1] + 1

    def locator(self, start: int, end: int) -> str | None:
        """Return where the characters ``[start, end)`` stand in the original, as in "p. 4" or "§ Early years".

        None where the document has neither pages nor headings there.
        """
        if pages := _names_at(self.pages, start, end):
            return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
        headings = _names_at(self.headings, start, end)
        return f"§ {headings[0]}" if headings else None

    def is_later_than(self, other: Source) -> bool:
        """True if this was certainly published after `other`: both are dated, as far as the dates can be compared."""
        if not self.issued or not other.issued:
            return False
        length = min(len(self.issued), len(other.issued))
        return self.issued[:length] > other.issued[:length]

    @property
    def issued_words(self) -> str:
        """When it was published, as people write it; nothing where the document does not say."""
        year, _, rest = (self.issued or "").partition("-")
        month, _, day = rest.partition("-")
        name = MONTHS[int(month) - 1] if month and 1 <= int(month) <= len(MONTHS) else ""
        return " ".join(part for part in (day.lstrip("0"), name, year) if part)

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name for readers: its `cite-as` first, since questions use it, then what that does not say."""
        day = self.issued_words.removesuffix(f" {(self.issued or '')[:4]}")
        issued = "" if day and day in self.cite_as else self.issued_words
        makers = (maker for maker in (self.author, self.publisher) if maker and maker not in self.cite_as)
        title = () if self.title in self.cite_as else (self.title,)
        return tuple(part for part in (self.cite_as, issued, ", ".join([*title, *makers])) if part)


def _names_at(places: Sequence[Locator], start: int, end: int) -> list[str]:
    """Return the names of the pages or headings between which the characters ``[start, end)`` stand."""
    first = bisect_right(places, start, key=lambda place: place.at) - 1
    last = bisect_right(places, max(start, end - 1), key=lambda place: place.at) - 1
    return [place.name for place in places[max(first, 0) : last + 1]] if first >= 0 else []


class Cloze(Struct, frozen=True):
    """A quotation with a gap: characters `start` to `end` of its source's text are the words that carry the value.

    `sentence` is the quotation as a sentence on one line, with `{value}` in the gap.
    """

    quotation: Quotation
    start: int
    end: int
    sentence: str


class Claim(Struct, frozen=True):
    """A value that some sources give for a fact, with the quotations that prove it.

    `sources` are the ids of those whose quotations carry the value by themselves, in the order of the proof; each
    can be asked "according to" it. `cloze` is a quotation of one of them that can be asked for with a gap. `wording`
    are words that carry the value without being a form of it, folded and casefolded (`as` in the file), and `carriers`
    the quotations in which the value itself stands. `note` is the editor's word where this value is the answer.
    """

    value: Value
    proof: tuple[Quotation, ...]
    sources: tuple[str, ...]
    cloze: Cloze | None = None
    wording: tuple[str, ...] = ()
    carriers: tuple[Quotation, ...] = ()
    note: str | None = None

    def carrier_of(self, source: str) -> Quotation:
        """Return the quotation of the source with the id `source` that says it, rather than who "he" is."""
        of = [quotation for quotation in self.proof if quotation.source == source]
        return next((quotation for quotation in of if quotation in self.carriers), of[0])

    def proof_by(self, source: str) -> tuple[Quotation, ...]:
        """Return the quotations that prove it by the source with the id `source`.

        Those are its own, and those of other sources that carry no value and only tell who "he" is.
        """
        return tuple(q for q in self.proof if q.source == source or q.source not in self.sources)


class Reverse(Struct, frozen=True):
    """A question that gives the value and asks for an entity. `ask` and `statement` hold `{value}`.

    `sources` are, claim by claim, the ids of a source whose quotations carry the value and name the answer too.
    `option_group` is the group of entities that wrong options come from, where it is not all groups of the answer.
    """

    ask: str
    statement: str
    answer: Value
    sources: tuple[str, ...]
    option_group: str | None = None


class Said(Struct, frozen=True):
    """A question who said the words of `quotation`, which the proof of the first claim holds.

    `option_group` is the same as in `Reverse`.
    """

    quotation: Quotation
    speaker: Value
    option_group: str | None = None


class Distractor(Struct, frozen=True):
    """A wrong option that the author wrote.

    `because` says why it is wrong. It is the editor's word unless `proof` quotes what proves it.
    """

    value: Value
    because: str | None = None
    proof: tuple[Quotation, ...] = ()


class Fact(Struct, frozen=True):
    """One thing that the sources state, with one claim or several.

    `statement` holds `{value}`; `place` is where its author wrote it. `settled` says why the first of several claims
    is the answer: most sources say so, or the latest. `point` names what the sources differ on. A gap fact has neither
    `ask` nor `statement`: each of its claims has a cloze, and that is its only question. A `draft` has not been cleared
    by a person.
    """

    id: str
    place: Place
    category: str
    type: FactType
    ask: str | None
    statement: str | None
    level: int
    claims: tuple[Claim, ...]
    attributed: bool = False
    differs: Differs | None = None
    settled: Settled | None = None
    point: str | None = None
    note: str | None = None
    reverse: Reverse | None = None
    said: Said | None = None
    option_group: str | None = (
        None  # the group of entities that wrong options come from, where it is not all of the key's
    )
    distractors: tuple[Distractor, ...] = ()
    allowed_false: tuple[Value, ...] = ()  # `not` in the file
    avoid: tuple[Value, ...] = ()
    draft: bool = False
    accept: tuple[str, ...] = ()  # what counts as the first claim's value where the answer is typed

    @property
    def label(self) -> str:
        """The name in lists: its stem or, for a gap fact, its sentence with a gap."""
        return self.ask or self._statement_for(self.claims[0]).replace("{value}", "____")

    @property
    def is_disputed(self) -> bool:
        """True if the sources differ so that a question must name whose answer it wants."""
        return self.differs in ("conflict", "time", "spelling")

    @property
    def needs_attribution(self) -> bool:
        """True if it is asked and stated as the word of one source: they differ, or that one alone asserts it."""
        return not self.settled if self.is_disputed else self.attributed

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All that it quotes: to prove its claims and why its distractors are wrong, and in stems."""
        stems = [claim.cloze.quotation for claim in self.claims if claim.cloze]
        stems += [self.said.quotation] if self.said else []
        proofs = (quotation for claim in self.claims for quotation in claim.proof)
        reasons = (quotation for distractor in self.distractors for quotation in distractor.proof)
        return (*proofs, *stems, *reasons)

    def true_values(self, source: str | None = None) -> tuple[Value, ...]:
        """Return the values that are true by the source with the id `source`, or by all sources together.

        Where they differ in precision only, all together make the first and finest true: that a thing happened in 2020
        does not make July 2020 true. Where it is settled, it is for the first.
        """
        if source is not None:
            return tuple(claim.value for claim in self.claims if source in claim.sources)
        claims = self.claims[:1] if self.differs == "precision" or self.settled else self.claims
        return tuple(claim.value for claim in claims)

    def state(self, claim: Claim) -> str:
        """Return the fact as a sentence, with the value of `claim`."""
        return _filled(self._statement_for(claim), claim.value.text)

    def _statement_for(self, claim: Claim) -> str:
        if self.statement is not None:
            return self.statement
        assert claim.cloze is not None
        return claim.cloze.sentence

    def state_reversed(self, claim: Claim) -> str:
        """Return the fact as a sentence that names the answer of its reverse, with the value of `claim`."""
        assert self.reverse is not None
        return _filled(self.reverse.statement, claim.value.text)


def _filled(statement: str, value: str) -> str:
    """Return the statement with the value in it, and one full stop where the value brings its own ("10:55 a.m.")."""
    return statement.replace("{value}.", value if value.endswith(".") else f"{value}.").replace("{value}", value)


class Unproved(Struct, frozen=True):
    """A question from another program that no document proves yet. It is counted and never played.

    `place` is where it stands, `key` its answer, `distractors` are its own wrong options, and `links` addresses at
    which a document may be found that proves it.
    """

    id: str
    place: Place
    category: str
    type: FactType
    ask: str
    key: str
    distractors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Category(Struct, frozen=True):
    """A part of a bank: its `name` for commands and its `title` for people."""

    name: str
    title: str


class Bank(Struct, frozen=True, dict=True):
    """Facts, each proved, with the sources that prove them and the entities that they speak of.

    `digest` is the SHA-256 of all the bank's files, in hexadecimal: two banks with the same digest give the same
    quizzes. `words` are the author's own for those that questions add (`orbitquiz.bank.stem_words`).
    """

    id: str
    title: str
    version: str
    language: str
    rights: str
    contact: str
    digest: str
    categories: tuple[Category, ...]
    facts: tuple[Fact, ...]
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    words: Mapping[str, str] = {}

    def say(self, key: str, **parts: str) -> str:
        """Return a sentence that questions add, by its key in `orbitquiz.bank.stem_words`, with `parts` in it."""
        return say(self.words, key, **parts)

    def category(self, name: str) -> Category:
        """Return the category called `name`. Raises `KeyError`."""
        return self._categories[name]

    @cached_property
    def _categories(self) -> Mapping[str, Category]:
        return {category.name: category for category in self.categories}

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        """The facts by their ids."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def values_by_type(self) -> Mapping[str, tuple[Value, ...]]:
        """The distinct values that the facts of each type have, in the bank's order."""
        by_type: dict[str, dict[str, Value]] = {}
        for fact in self.facts:
            for claim in fact.claims:
                by_type.setdefault(fact.type, {}).setdefault(claim.value.text, claim.value)
        return {type: tuple(values.values()) for type, values in by_type.items()}

    @cached_property
    def _ranked(self) -> Mapping[str, list[tuple[float, int, Value]]]:
        """The values of each type that has an order, by rank, each with its place in the bank's order."""
        return {
            type: sorted((value.rank, at, value) for at, value in enumerate(values) if value.rank is not None)
            for type, values in self.values_by_type.items()
        }

    def values_near(self, type: str, key: Value, most: int) -> Sequence[Value]:
        """Return up to `most` values of the type on either side of `key` that are like it, in the bank's order.

        The nearest by rank are taken. `key` has a rank.
        """
        ranked = self._ranked.get(type, [])
        assert key.rank is not None
        at = bisect_right(ranked, key.rank, key=lambda each: each[0])
        near = ranked[max(0, at - most) : at + most]
        return [value for _, value in sorted((place, value) for _, place, value in near if key.is_like(value))]

    @cached_property
    def _counted(self) -> Mapping[str, list[Decimal]]:
        """The numbers in the documents, in order, by what they count: the word after them without an ending s."""
        by_thing: dict[str, set[Decimal]] = {}
        for source in self.sources.values():
            for number, thing in counted(source.words):
                by_thing.setdefault(thing.removesuffix("s"), set()).add(number)
        return {thing: sorted(numbers) for thing, numbers in by_thing.items()}

    def numbers_near(self, thing: str, number: Decimal, most: int) -> Sequence[Decimal]:
        """Return up to `most` numbers on either side of `number` that some document gives of `thing`, in order.

        `thing` is a unit or a noun, casefolded, in the singular or plural.
        """
        numbers = self._counted.get(thing.removesuffix("s"), [])
        at = bisect_right(numbers, number)
        return numbers[max(0, at - most) : at + most]

    @cached_property
    def entities_by_group(self) -> Mapping[str, tuple[Entity, ...]]:
        """The entities of each group, in the bank's order."""
        by_group: dict[str, list[Entity]] = {}
        for entity in self.entities.values():
            for group in entity.groups:
                by_group.setdefault(group, []).append(entity)
        return {group: tuple(entities) for group, entities in by_group.items()}


class Reading(Struct, frozen=True):
    """The result of reading a bank.

    `bank` holds the valid facts; it is None where a problem is fatal. `left_out` counts the invalid ones. `drafts` are
    the valid facts that are never played because they are marked as drafts, `unproved` are drafts without any proof. A
    bank from the cache comes without either.
    """

    bank: Bank | None
    problems: tuple[Problem, ...]
    left_out: int = 0
    drafts: tuple[Fact, ...] = ()
    unproved: tuple[Unproved, ...] = ()
