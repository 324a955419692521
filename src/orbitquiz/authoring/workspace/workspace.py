"""A bank as its author works on it: read, tried, changed a fact at a time, and changed back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from msgspec import structs

from orbitquiz.authoring.draft.guess import guess, whole_words
from orbitquiz.authoring.draft.keep import category_file, text_of
from orbitquiz.authoring.draft.propose import similar_names
from orbitquiz.authoring.names import slug, unused
from orbitquiz.authoring.splice import CannotSplice, ListFile
from orbitquiz.authoring.trial import Trial, try_fact
from orbitquiz.authoring.workspace.form import FactForm, spans_of_proof, texts_of
from orbitquiz.authoring.workspace.journal import Journal
from orbitquiz.bank.coverage import Sentence, cover
from orbitquiz.bank.folder import ENTITIES_FILE, BankFolder
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.load_facts import is_unproved
from orbitquiz.bank.model import Bank, Reading, Source
from orbitquiz.bank.problems import BankError, Problem
from orbitquiz.bank.values import ENTITY_TYPES
from orbitquiz.bank.values.entity import Entity, EntityType
from orbitquiz.text.fold import alike
from orbitquiz.text.lookup import holds, spans_of
from orbitquiz.text.spans import Span

_MOST_PEERS = 5
_GROUPS = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "title": "titles",
    "vehicle": "vehicles",
}
_EMPTY_ENTITIES = "entities: []\n"


class Conflict(Exception):
    """A change that somebody else's change stands against. The message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A fact in a bank's file: its `item` there, whether it is a draft, and what does not hold about it."""

    id: str
    file: str
    item: dict[str, Any]
    label: str
    is_draft: bool
    problems: tuple[Problem, ...] = ()

    @property
    def value(self) -> str:
        """Its first answer."""
        claims = self.item.get("claims")
        first = claims[0] if isinstance(claims, list) and claims else None
        return str(first.get("value", "")) if isinstance(first, dict) else ""


@dataclass(frozen=True, slots=True)
class _Change:
    """Files with their texts before and after, and what the change was."""

    what: str
    before: dict[str, str | None]
    after: dict[str, str]


class Workspace:
    """The bank in `folder`. Raises `BankError` where there is none that can be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder)
        self.recovered = self.journal.recover()
        self._changes: list[_Change] = []
        self._seen: dict[str, tuple[int, int]] = {}
        self.reading: Reading = Reading(None, ())
        self.reload()

    @property
    def bank(self) -> Bank:
        """The bank with the facts that hold."""
        assert self.reading.bank is not None
        return self.reading.bank

    def reload(self) -> None:
        """Read the bank's files. Raises `BankError` and keeps what was read before."""
        seen = self._states()
        reading = read_bank(self.folder)
        if reading.bank is None:
            raise BankError(str(self.folder), (problem for problem in reading.problems if problem.fatal))
        self.reading, self._seen = reading, seen

    def has_changed(self) -> bool:
        """True if somebody else has changed a file since it was read here."""
        return self._states() != self._seen

    def rows(self, source: str) -> tuple[Row, ...]:
        """Return the facts that quote this source, file by file as they stand there, whether they hold or not.

        Drafts that quote nothing yet may be about any source.
        """
        return tuple(row for row in self._all_rows() if _quotes(row.item, source) or is_unproved(row.item))

    def sentences(self, source: str) -> tuple[Sentence, ...]:
        """Return what became of each sentence of this source; what a draft quotes is quoted."""
        bank = structs.replace(self.bank, facts=(*self.bank.facts, *self.reading.drafts))
        return tuple(sentence for sentence in cover(bank).sentences if sentence.source.id == source)

    def begin(self, source: str, span: Span) -> FactForm:
        """Begin a fact that quotes `span`."""
        document = self.bank.sources[source]
        return FactForm("", category_file(self.folder, document), source, (whole_words(document.text, span),))

    def open(self, row: Row, source: str) -> FactForm:
        """Open a fact of the bank about this source."""
        document, item = self.bank.sources[source], row.item
        claims = item.get("claims")
        found = [each if isinstance(each, dict) else {} for each in claims] if isinstance(claims, list) else []
        # The claim that this document proves, the first of several.
        at = next((n for n, each in enumerate(found) if spans_of_proof(document, each)), 0)
        return self._claim_of(row, item, source, at, found[at] if found else {})

    def open_claim(self, form: FactForm, at: int) -> FactForm:
        """Open another claim of the fact in `form`; with `at` beyond the last, begin one."""
        if at >= len(form.claims):
            return replace(form, claim_at=at, value="", value_at=None, proof=(), entities=())
        row = next(each for each in self._all_rows() if each.id == form.id)
        return self._claim_of(row, row.item, form.source, at, form.claims[at])

    def _claim_of(self, row: Row, item: dict[str, Any], source: str, at: int, claim: Mapping[str, Any]) -> FactForm:
        document = self.bank.sources[source]
        spans = spans_of_proof(document, claim)
        value = str(claim.get("value", ""))
        form = FactForm(
            id=row.id,
            file=row.file,
            source=source,
            proof=spans,
            value=value,
            type=item.get("type", "text"),
            ask=str(item.get("ask", "")),
            statement=str(item.get("statement", "")),
            distractors=texts_of(item.get("distractors")),
            claim_at=at,
            differs=str(item.get("differs", "")),
            base=item,
            base_text=self._list_file(row.file).item_text(row.id),
        )
        return replace(form, value_at=self._place_of_value(form, document))

    def mark_value(self, form: FactForm, span: Span) -> FactForm:
        """Mark the value of `form`, and guess its type and, for a name, what could stand in its place."""
        document = self.bank.sources[form.source]
        span = whole_words(document.text, span)
        found = guess(self.bank, document, span)
        if form.claim_at or len(form.claims) > 1:  # the fact has its type and its wrong options
            words = found.value if found.type == form.type else " ".join(document.text[slice(*span)].split())
            return replace(form, value=words, value_at=span)
        among = similar_names(self.bank, document, form.proof, document.text[slice(*span)], found.kind)
        return replace(
            form,
            value=found.value,
            value_at=span,
            type=found.type,
            kind=found.kind,
            distractors=tuple(among) if found.type == "text" else (),
            entities=(),
        )

    def as_entity(self, form: FactForm, type: EntityType) -> FactForm:
        """Make the value of `form` a person, place and so on, which joins a group with names like it.

        An entity that the bank has is taken as it is, whatever its type.
        """
        known = next((e for e in self.bank.entities.values() if alike(form.value) in map(alike, e.names)), None)
        if known:
            return replace(form, type=known.type, value=known.name, distractors=(), entities=())
        group = _GROUPS[type]
        document = self.bank.sources[form.source]
        names = [form.value, *similar_names(self.bank, document, form.proof, form.value, type, strictly=True)]
        entities: list[Entity] = []
        for name in names[: _MOST_PEERS + 1]:
            taken = {*self.bank.entities, *(each.id for each in entities)}
            if name == form.value or not self._is_known(name):
                id = unused(slug(name, type), taken)
                entities.append(Entity(id, type, name, self._aliases(name, type, names), (group,)))
        return replace(form, type=type, distractors=(), entities=tuple(entities))

    def with_typed_names(self, form: FactForm, before: FactForm) -> FactForm:
        """Return `form` with a new entity for each wrong option that was typed and that the bank does not know.

        Those that were made for the wrong options of `before` go, unless they are still there.
        """
        if form.type not in ENTITY_TYPES:
            return form
        entities = [each for each in form.entities if each.name not in before.distractors]
        names = [each.name for each in entities]
        known = next((e for e in self.bank.entities.values() if alike(form.value) in map(alike, e.names)), None)
        groups = entities[0].groups if entities else known.groups if known else (_GROUPS[form.type],)
        type = cast("EntityType", form.type)
        for name in form.distractors:
            if name not in names and not self._is_known(name):
                taken = {*self.bank.entities, *(each.id for each in entities)}
                entities.append(Entity(unused(slug(name, type), taken), type, name, (), groups))
        return replace(form, entities=tuple(entities))

    def trial(self, form: FactForm) -> Trial:
        """Return what the bank makes of `form` as it stands."""
        item = form.item(self.bank.sources[form.source]) | {"id": form.id or self._new_id(form)}
        category = form.file.removeprefix("questions/").removesuffix(".yaml")
        categories = {each.name for each in self.bank.categories}
        return try_fact(self.bank, item, category=category if category in categories else "", new=form.entities)

    def keep(self, form: FactForm) -> str:
        """Write `form` into its file, cleared, and return its id. Raises `Conflict`, `CannotSplice` or `OSError`."""
        document = self.bank.sources[form.source]
        text = text_of(self.folder, form.file, document)
        file = ListFile(form.file, text, "facts")
        id = form.id
        if form.is_new:
            id = self._new_id(form, {str(item.get("id")) for item in file.items if isinstance(item, dict)})
        else:
            self._check_unchanged(form, file)
        item = form.item(document) | {"id": id}
        before: dict[str, str | None] = {}
        after: dict[str, str] = {}
        if form.entities:  # before the fact that needs them, so that the bank holds between the two
            before[ENTITIES_FILE] = self._text(ENTITIES_FILE)
            after[ENTITIES_FILE] = self._with_entities(before[ENTITIES_FILE] or _EMPTY_ENTITIES, form.entities)
        before[form.file] = text if (self.folder / form.file).exists() else None
        after[form.file] = file.with_item(item)
        self._write(_Change(f"kept {id}", before, after))
        return id

    def is_written(self, form: FactForm) -> bool:
        """True if the files have `form` as it is, or no longer have its fact: a crash came just after that was done."""
        if not (text := self._text(form.file)):
            return not form.is_new
        file = ListFile(form.file, text, "facts")
        if not form.is_new and file.item_text(form.id) is None:
            return True
        wanted = form.item(self.bank.sources[form.source]) | {"id": ""} if form.value and form.proof else None
        return any(isinstance(item, dict) and item | {"id": ""} == wanted for item in file.items)

    def drop(self, row: Row, base_text: str | None) -> None:
        """Take a fact out of its file. Raises `Conflict`, `CannotSplice` or `OSError`."""
        text = self._text(row.file)
        file = ListFile(row.file, text or "", "facts")
        if base_text is not None and file.item_text(row.id) != base_text:
            raise Conflict(f"{row.id} was changed in {row.file} by somebody else; press r to see it as it is now")
        self._write(_Change(f"dropped {row.id}", {row.file: text}, {row.file: file.without_item(row.id)}))

    def undo(self) -> str:
        """Take the latest change back, and return what it was. Raises `Conflict` or `OSError`."""
        change = self._changes[-1]
        for file, after in change.after.items():
            if self._text(file) != after:
                raise Conflict(f"{file} was changed by somebody else since you {change.what}; it stays as it is")
        self._changes.pop()
        present: dict[str, str | None] = dict(change.after)
        old = {file: text for file, text in reversed(change.before.items()) if text is not None}
        self.journal.write(old, present)
        for file, text in change.before.items():
            if text is None:
                (self.folder / file).unlink(missing_ok=True)
        self.reload()
        return change.what

    def _write(self, change: _Change) -> None:
        self.journal.write(change.after, change.before)
        self._changes.append(change)
        self.reload()

    def _check_unchanged(self, form: FactForm, file: ListFile) -> None:
        now = file.item_text(form.id)
        if now is None:
            raise Conflict(f"{form.id} was taken out of {form.file} by somebody else; press esc to let it be")
        if now != form.base_text:
            raise Conflict(f"{form.id} was changed in {form.file} by somebody else; press r to see it as it is now")

    def _all_rows(self) -> Iterator[Row]:
        for file in BankFolder(self.folder).question_files():
            try:
                items = self._list_file(file).items
            except CannotSplice:
                continue  # told by the problems of the bank
            problems = [problem for problem in self.reading.problems if problem.file == file]
            labels = {fact.id: fact.label for fact in (*self.bank.facts, *self.reading.drafts)}
            for item in items:
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    id = item["id"]
                    mine = tuple(problem for problem in problems if f"'{id}" in problem.message)
                    label = labels.get(id) or str(item.get("ask") or id)
                    broken = mine or (tuple(problems[:1]) if id not in labels else ())
                    yield Row(id, file, item, label, item.get("draft") == "true", broken)

    def _list_file(self, file: str) -> ListFile:
        return ListFile(file, self._text(file) or "", "facts")

    def _text(self, file: str) -> str | None:
        path = self.folder / file
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def _states(self) -> dict[str, tuple[int, int]]:
        folder = BankFolder(self.folder)
        found = {}
        for file in folder.yaml_files():
            try:
                state = (self.folder / file).stat()
            except OSError:
                continue
            found[file] = (state.st_mtime_ns, state.st_size)
        return found

    def _new_id(self, form: FactForm, taken: set[str] | None = None) -> str:
        ids = {fact.id for fact in (*self.bank.facts, *self.reading.drafts)} | (taken or set())
        words = form.ask or f"{form.source} {form.value}"
        return unused(slug(_without_small_words(words), "fact"), ids)

    def _with_entities(self, text: str, entities: Sequence[Entity]) -> str:
        for entity in entities:
            item: dict[str, Any] = {"id": entity.id, "type": entity.type, "name": entity.name}
            item |= {key: list(value) for key in ("aliases", "groups") if (value := getattr(entity, key))}
            text = ListFile(ENTITIES_FILE, text, "entities").with_item(item)
        return text

    def _is_known(self, name: str) -> bool:
        return any(alike(name) in map(alike, entity.names) for entity in self.bank.entities.values())

    def _aliases(self, name: str, type: EntityType, beside: Sequence[str]) -> tuple[str, ...]:
        """Return the last word of a person's name, where the documents use it alone and it means nobody else."""
        last = name.split()[-1]
        if type != "person" or last == name or self._is_known(last):
            return ()
        if any(other != name and last in other.split() for other in beside):
            return ()
        texts = (source.words.replace(alike(name), "") for source in self.bank.sources.values())
        return (last,) if any(holds(text, alike(last)) for text in texts) else ()

    def _place_of_value(self, form: FactForm, source: Source) -> Span | None:
        """Find the value in the quotations of a fact that holds."""
        fact = next((f for f in (*self.bank.facts, *self.reading.drafts) if f.id == form.id), None)
        if fact is None:
            return None
        if form.claim_at >= len(fact.claims):
            return None
        claim = fact.claims[form.claim_at]
        if claim.cloze and claim.cloze.quotation.source == source.id:
            return claim.cloze.start, claim.cloze.end
        for start, end in form.proof:
            for found in spans_of(source.text[start:end], (*claim.wording, *claim.value.forms)):
                return found[0] + start, found[1] + start
        return None


def _quotes(item: dict[str, Any], source: str) -> bool:
    """True if a fact, as a file has it, quotes this source."""
    claims = item.get("claims")
    for claim in claims if isinstance(claims, list) else []:
        proof = claim.get("proof") if isinstance(claim, dict) else None
        for quotation in proof if isinstance(proof, list) else []:
            if isinstance(quotation, dict) and quotation.get("source") == source:
                return True
    return False


_SMALL_WORDS = frozenset(
    "a an the of in on at to was were is are did does do how many much which what who when where by for and".split()
)


def _without_small_words(words: str) -> str:
    kept = [word for word in words.split() if word.casefold() not in _SMALL_WORDS]
    return " ".join(kept[:6]) or words
