"""Reading one fact: its form, its values, and whether its quotations prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orbitquiz.bank import schema
from orbitquiz.bank.document import Document, Loc
from orbitquiz.bank.entity import Entity
from orbitquiz.bank.model import Claim, Fact, Quotation, Reverse, Source
from orbitquiz.bank.nearest import suggestion
from orbitquiz.bank.problems import Place
from orbitquiz.bank.quotation import NotQuoted, find_quotation
from orbitquiz.bank.text import alike, holds, plain
from orbitquiz.bank.validation import validate
from orbitquiz.bank.values import ENTITY_TYPES, FactType, Name, Text, UnreadableValue, Value, read_value


class FactReader:
    """Reads the facts of one category. What does not hold goes to the problems of `document`.

    `places` remembers over all categories where the id of each fact stands.
    """

    def __init__(
        self,
        category: str,
        document: Document,
        sources: Mapping[str, Source | None],
        entities: Mapping[str, Entity],
        names: Mapping[str, Entity],
        places: dict[str, Place],
    ) -> None:
        self.category = category
        self.document = document
        self.sources = sources
        self.entities = entities
        self.names = names
        self.places = places

    def read(self, index: int, data: object) -> Fact | None:
        """The fact that stands as `data` at `index` of the file's facts; None where it does not hold."""
        here: Loc = ("facts", index)
        before = len(self.document.problems)
        entry = validate(schema.FactEntry, data, self.document, here)
        if entry is None:
            return None
        self._check_id(here, entry.id)
        claims = [
            claim
            for n, item in enumerate(entry.claims)
            if (claim := self._claim(entry.type, item, (*here, "claims", n)))
        ]
        if len(claims) < len(entry.claims):
            return None
        self._check_differences(here, entry, claims)
        true = [claim.value for claim in claims]
        if entry.differs == "precision":
            # A coarser value is no wrong option itself, but it makes none of what it takes in true.
            true = [true[0], *(Text(value.text) for value in true[1:])]
        fact = Fact(
            id=entry.id,
            place=self._place((*here, "id")),
            category=self.category,
            type=entry.type,
            ask=entry.ask,
            statement=entry.statement,
            level=entry.level,
            claims=tuple(claims),
            attributed=entry.attributed,
            differs=entry.differs,
            note=entry.note,
            reverse=self._reverse(entry, claims, here),
            distractors=self._false_values(entry.type, entry.distractors, (*here, "distractors"), true),
            false_here=self._false_values(entry.type, entry.not_, (*here, "not"), true),
            avoid=self._values(entry.type, entry.avoid, (*here, "avoid")),
        )
        return fact if len(self.document.problems) == before else None

    def _report(self, loc: Loc, code: str, message: str, *, key: bool = False) -> None:
        self.document.problems.append(self.document.problem(loc, code, message, key=key))

    def _place(self, loc: Loc) -> Place:
        return Place(self.document.file, *self.document.at(loc))

    def _check_id(self, here: Loc, id: str) -> None:
        place = self._place((*here, "id"))
        if (first := self.places.setdefault(id, place)) != place:
            self._report(
                (*here, "id"),
                "duplicate-id",
                f"the id {id!r} stands at {first.file}:{first.line} already; records and codes need one of its own",
            )

    def _claim(self, type: FactType, entry: schema.ClaimEntry, here: Loc) -> Claim | None:
        value = self._value(type, entry.value, (*here, "value"))
        found = [self._quotation(item, (*here, "proof", n)) for n, item in enumerate(entry.proof)]
        proof = tuple(quotation for quotation in found if quotation)
        if value is None or len(proof) < len(found):
            return None
        words = plain(entry.as_ or "").casefold()
        if words and not any(holds(self._quoted(quotation), words) for quotation in proof):
            self._report(
                (*here, "as"),
                "value-not-in-proof",
                f"the words {entry.as_!r}, which are to carry the value, are in no quotation of this claim",
            )
            return None
        forms = (words, *value.forms) if words else value.forms
        carriers = [q.source for q in proof if any(holds(self._quoted(q), form) for form in forms)]
        if not carriers:
            message = (
                f"the value {value.text!r} is in no quotation of this claim; quote it, or name its words under `as`"
            )
            self._report((*here, "value"), "value-not-in-proof", message)
            return None
        return Claim(value, proof, tuple(dict.fromkeys(carriers)))

    def _quoted(self, quotation: Quotation) -> str:
        source = self.sources[quotation.source]
        assert source is not None
        return plain(source.text[quotation.start : quotation.end]).casefold()

    def _quotation(self, entry: schema.QuotationEntry, here: Loc) -> Quotation | None:
        if entry.source not in self.sources:
            hint = suggestion(entry.source, self.sources)
            self._report(
                (*here, "source"), "unknown-source", f"seeds/sources.yaml describes no source {entry.source!r}{hint}"
            )
            return None
        source = self.sources[entry.source]
        if source is None:
            return None  # reported with the source, once
        try:
            return find_quotation(source, entry.quote, entry.prefix, entry.suffix)
        except NotQuoted as error:
            self._report((*here, "quote"), error.code, str(error))
            return None

    def _value(self, type: FactType, text: str, here: Loc) -> Value | None:
        if type in ENTITY_TYPES:
            entity = self.names.get(alike(text))
            if entity and entity.type == type:
                return Name(entity.name, entity)
            if entity:
                self._report(here, "wrong-form", f"{text!r} is of type {entity.type}, and the fact of type {type}")
            else:
                known = [entity.name for entity in self.entities.values() if entity.type == type]
                self._report(
                    here, "unknown-entity", f"questions/entities.yaml knows no {type} {text!r}{suggestion(text, known)}"
                )
            return None
        try:
            return read_value(type, text)
        except UnreadableValue as error:
            self._report(here, "wrong-form", f"{error}, found {text!r}")
            return None

    def _values(self, type: FactType, texts: Iterable[str], here: Loc) -> tuple[Value, ...]:
        values = (self._value(type, text, (*here, n)) for n, text in enumerate(texts))
        return tuple(value for value in values if value)

    def _false_values(self, type: FactType, texts: Iterable[str], here: Loc, true: list[Value]) -> tuple[Value, ...]:
        values: list[Value] = []
        for n, text in enumerate(texts):
            value = self._value(type, text, (*here, n))
            if value is None:
                continue
            if same := next((other for other in [*true, *values] if other.overlaps(value)), None):
                what = (
                    "is true of this fact, or a form of what is" if same in true else f"says the same as {same.text!r}"
                )
                self._report((*here, n), "bad-distractor", f"{value.text!r} {what}")
            values.append(value)
        return tuple(values)

    def _reverse(self, entry: schema.FactEntry, claims: list[Claim], here: Loc) -> Reverse | None:
        if entry.reverse is None:
            return None
        entity = self.names.get(alike(entry.reverse.answer))
        if entity is None:
            hint = suggestion(entry.reverse.answer, self.entities)
            self._report(
                (*here, "reverse", "answer"),
                "unknown-entity",
                f"questions/entities.yaml knows no {entry.reverse.answer!r}{hint}",
            )
            return None
        answer = Name(entity.name, entity)
        if not self._names(entry.reverse.statement, answer):
            message = f"the statement does not name {entity.name}, which is the answer"
            self._report((*here, "reverse", "statement"), "no-answer", message)
        sources = []
        for claim in claims:
            naming = (
                id for id in claim.sources if any(self._names(self._quoted(q), answer) for q in claim.proof_by(id))
            )
            if (source := next(naming, None)) is None:
                message = (
                    f"no source's quotations both give {claim.value.text!r} and name {entity.name}; quote the words"
                )
                self._report((*here, "reverse", "answer"), "value-not-in-proof", message)
            else:
                sources.append(source)
        return Reverse(entry.reverse.ask, entry.reverse.statement, answer, tuple(sources))

    @staticmethod
    def _names(text: str, value: Value) -> bool:
        return any(holds(plain(text).casefold(), form) for form in value.forms)

    def _check_differences(self, here: Loc, entry: schema.FactEntry, claims: list[Claim]) -> None:
        if len(claims) > 1 and entry.differs is None:
            message = "the fact has several claims; say with `differs` why: conflict, time, spelling or precision"
            self._report((*here, "claims"), "needs-differs", message, key=True)
        if len(claims) == 1 and entry.differs:
            self._report(
                (*here, "differs"),
                "needs-claims",
                "`differs` says why claims differ, and this fact has one claim only",
                key=True,
            )
        if entry.differs is None:
            return
        pairs: list[tuple[int, Any, Any]] = [
            (n, claims[m].value, claim.value)
            for n, claim in enumerate(claims)
            for m in range(n if entry.differs != "precision" else min(n, 1))
        ]
        for n, first, second in pairs:
            if entry.differs == "precision" and not first.overlaps(second) and entry.type != "text":
                message = f"{second.text!r} and {first.text!r} exclude each other; that is a conflict, not a precision"
            elif entry.differs != "precision" and first.overlaps(second):
                message = f"{second.text!r} and {first.text!r} can both be true; that is no {entry.differs}"
            else:
                continue
            self._report((*here, "claims", n, "value"), "overlapping-claims", message)
