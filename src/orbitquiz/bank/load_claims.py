"""Reading what a fact claims: values, quotations, and whether the one stands in the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orbitquiz.bank import schema
from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.bank.model import Claim, Cloze, Quotation, Source
from orbitquiz.bank.sentences import stop_of
from orbitquiz.bank.strict_yaml import Document, Loc
from orbitquiz.bank.values import (
    ENTITY_TYPES,
    FactType,
    Name,
    NeedsBabel,
    Quantity,
    Text,
    UnreadableValue,
    Value,
    is_english,
    read_value,
)
from orbitquiz.bank.values.entity import Entity
from orbitquiz.bank.values.number_words import has_number_words
from orbitquiz.text.fold import plain
from orbitquiz.text.look import look
from orbitquiz.text.lookup import Searchable
from orbitquiz.text.safe import line_of
from orbitquiz.text.suggest import suggestion

_LONGEST = 60  # characters of a value in a message


class ClaimReader:
    """Reads claims against the sources and entities of a bank. What does not hold goes to the problems of `document`.

    A source of None is one that was declared and cannot be read. `names` are the entities by what every name and alias
    looks like, `unsound` the ids of sources that are not what they were: what quotes them is checked and left out.
    `language` is the bank's. Where only Babel could read a value in it and is not installed, the value is read as text
    and `lacks_babel` becomes true.
    """

    def __init__(
        self,
        document: Document,
        sources: Mapping[str, Source | None],
        entities: Mapping[str, Entity],
        names: Mapping[str, Entity],
        unsound: frozenset[str] = frozenset(),
        language: str = "en",
    ) -> None:
        self.document = document
        self.sources = sources
        self.entities = entities
        self.names = names
        self.unsound = unsound
        self.language = language
        self.lacks_babel = False

    def report(self, loc: Loc, code: str, message: str, *, key: bool = False) -> None:
        """Note that what stands at `loc` does not hold."""
        self.document.problems.append(self.document.problem(loc, code, message, key=key))

    def claim(self, type: FactType, entry: schema.ClaimEntry, here: Loc) -> Claim | None:
        """Return the claim that stands at `here`; None where it does not hold."""
        value = self.value(type, entry.value, (*here, "value"))
        found = [self.quotation(item, (*here, "proof", n)) for n, item in enumerate(entry.proof)]
        proof = tuple(quotation for quotation in found if quotation)
        if value is None or len(proof) < len(found):
            return None
        words = plain(entry.as_).casefold() if entry.as_ else ""
        wording = (words,) if words else ()
        if words and not any(self.searchable(quotation).spans(wording, quotation.span) for quotation in proof):
            self.report(
                (*here, "as"),
                "value-not-in-proof",
                f"the words {entry.as_!r}, which are to carry the value, are in no quotation of this claim",
            )
            return None
        carriers = [quotation for quotation in proof if self.carries(quotation, value, wording)]
        if not carriers:
            message = (
                f"the value {value.text!r} is in no quotation of this claim; quote it, or name its words under `as`"
            )
            if isinstance(value, Quantity) and not (is_english(self.language) or has_number_words(self.language)):
                message += f"; numbers in words are not known in the bank's language, {self.language}"
            self.report((*here, "value"), "value-not-in-proof", message)
            return None
        sources = tuple(dict.fromkeys(quotation.source for quotation in carriers))
        cloze = self._cloze(entry, value, wording, carriers, here)
        return Claim(value, proof, sources, cloze, wording, tuple(carriers), entry.note)

    def quotation(self, entry: schema.QuotationEntry, here: Loc) -> Quotation | None:
        """Return the words of the source, where they stand in it; None where they do not."""
        if entry.source not in self.sources:
            hint = suggestion(entry.source, self.sources)
            self.report(
                (*here, "source"), "unknown-source", f"seeds/sources.yaml describes no source {entry.source!r}{hint}"
            )
            return None
        source = self.sources[entry.source]
        if source is None:
            return None  # reported with the source, once
        try:
            return find_quotation(source, entry.quote, entry.prefix, entry.suffix)
        except NotQuoted as error:
            self.report((*here, "quote"), error.code, str(error))
            return None

    def carries(self, quotation: Quotation, value: Value, wording: Iterable[str] = ()) -> bool:
        """Return whether `quotation` carries `value`, in one of its forms or in the words of `wording`."""
        return bool(value.spans_in(self.searchable(quotation), quotation.span, wording))

    def searchable(self, quotation: Quotation) -> Searchable:
        """Return the whole text in which `quotation` stands."""
        return self.source(quotation).searchable

    def source(self, quotation: Quotation) -> Source:
        """Return the source of a quotation that was found."""
        source = self.sources[quotation.source]
        assert source is not None
        return source

    def value(self, type: FactType, text: str, here: Loc) -> Value | None:
        """Return the value that `text` writes; None where it is none of its type."""
        if type in ENTITY_TYPES:
            entity = self.names.get(look(text))
            if entity and entity.type == type:
                return Name(entity.name, entity)
            if entity:
                self.report(here, "wrong-form", f"{text!r} is of type {entity.type}, and the fact of type {type}")
            else:
                known = [entity.name for entity in self.entities.values() if entity.type == type]
                self.report(
                    here,
                    "unknown-entity",
                    f"questions/entities.yaml knows no {type} {_shortened(text)!r}{suggestion(text, known)}",
                )
            return None
        try:
            return read_value(type, text, self.language)
        except NeedsBabel:
            self.lacks_babel = True
            return Text(plain(text))
        except UnreadableValue as error:
            self.report(here, "wrong-form", f"{error}, found {_shortened(text)!r}")
            return None

    def values(self, type: FactType, texts: Iterable[str], here: Loc) -> tuple[Value, ...]:
        """Return the values among `texts`."""
        values = (self.value(type, text, (*here, n)) for n, text in enumerate(texts))
        return tuple(value for value in values if value)

    def answer(self, name: str, here: Loc) -> Name | None:
        """Return the entity that answers a question turned round."""
        entity = self.names.get(look(name))
        if entity is None:
            hint = suggestion(name, self.entities)
            self.report(here, "unknown-entity", f"questions/entities.yaml knows no {name!r}{hint}")
            return None
        return Name(entity.name, entity)

    def group(self, group: str | None, type: str, here: Loc) -> str | None:
        """Return `group`, and report it if it has no entity of the type that is asked for."""
        if group is None:
            return None
        groups = {name for entity in self.entities.values() if entity.type == type for name in entity.groups}
        if group not in groups:
            hint = suggestion(group, groups)
            self.report(here, "unknown-group", f"no {type} of questions/entities.yaml is in a group {group!r}{hint}")
        return group

    def _cloze(
        self, entry: schema.ClaimEntry, value: Value, wording: Iterable[str], carriers: Iterable[Quotation], here: Loc
    ) -> Cloze | None:
        if entry.cloze is None or (quotation := self.quotation(entry.cloze, (*here, "cloze"))) is None:
            return None
        gaps = value.spans_in(self.searchable(quotation), quotation.span, wording)
        if len(gaps) != 1:
            often = "nowhere" if not gaps else f"in {len(gaps)} places"
            message = f"the quotation is to have one gap, and the value {entry.value!r} stands in it {often}"
            self.report((*here, "cloze", "quote"), "cloze-gap", message)
            return None
        start, end = gaps[0]
        if not any(Quotation(quotation.source, start, end).overlaps(other) for other in carriers):
            message = "the proof of this claim does not quote the words that go into the gap; add them to it"
            self.report((*here, "cloze", "quote"), "cloze-gap", message)
            return None
        return Cloze(quotation, start, end, _as_sentence(self.source(quotation), quotation, start, end))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _as_sentence(source: Source, quotation: Quotation, start: int, end: int) -> str:
    """Return the quotation on one line, with `{value}` from `start` to `end`, marked where it cuts a sentence."""
    before, after = source.clean.slice(quotation.start, start), source.clean.slice(end, quotation.end)
    text = line_of(f"{before}{{value}}{after}").rstrip(",;:")
    opens = any(first == quotation.start for first, _ in source.sentences)
    ends = text.endswith((".", "!", "?", "…", "”", '"', "“", "»", "。", "！", "？", "」"))
    return ("" if opens else "… ") + text + ("" if ends else stop_of(source.language))
