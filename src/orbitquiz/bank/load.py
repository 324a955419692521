"""From the files of a bank to a `Bank`, with everything that does not hold reported together."""

from __future__ import annotations

import contextlib
import gc
import re
import threading
from pathlib import Path

from msgspec.structs import replace

from orbitquiz.bank import schema
from orbitquiz.bank.find_quotation import NotQuoted, find_everywhere
from orbitquiz.bank.folder import (
    BANK_FILE,
    ENTITIES_FILE,
    SEEDS,
    SOURCES_FILE,
    BankFolder,
    Unreadable,
    digest_of,
    sha256_of,
)
from orbitquiz.bank.load_claims import ClaimReader
from orbitquiz.bank.load_facts import FactReader, is_unproved
from orbitquiz.bank.model import Bank, Category, Declined, Fact, Locator, Quotation, Reading, Source, Unproved
from orbitquiz.bank.problems import Place, Problem
from orbitquiz.bank.strict_yaml import Document, Loc, not_utf_8, read_document
from orbitquiz.bank.validation import validate
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.look import look
from orbitquiz.text.safe import line_of

#: A language tag by RFC 5646, without its rarer forms.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z0-9]{5,8})*(-x(-[a-z0-9]{1,8})+)?", re.IGNORECASE
)


def read_bank(path: Path) -> Reading:
    """Read and check the bank in the folder `path`."""
    folder = BankFolder(path)
    if missing := folder.missing():
        return Reading(None, tuple(missing))
    with _uncollected:
        return _BankReader(folder).read()


class _Uncollected:
    """Keep the collector of garbage off while any thread reads a bank, which makes millions of objects and no garbage.

    It would walk through all of them again and again: a quarter of the time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._readers:
                self._was_on = gc.isenabled()
                gc.disable()
            self._readers += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._readers -= 1
            if not self._readers and self._was_on:
                gc.enable()


_uncollected = _Uncollected()


def _with_unasked(source: Source, entry: schema.SourceEntry, document: Document, here: Loc) -> Source:
    """Return the source with the places of what its author says is not to be asked about."""

    def places(words: str, loc: Loc) -> tuple[Quotation, ...]:
        try:
            return find_everywhere(source, words)
        except NotQuoted as error:
            document.problems.append(document.problem((*here, *loc), error.code, str(error)))
            return ()

    return replace(
        source,
        furniture=tuple(place for n, words in enumerate(entry.furniture) for place in places(words, ("furniture", n))),
        declined=tuple(
            Declined(place, item.reason)
            for n, item in enumerate(entry.declined)
            for place in places(item.quote, ("declined", n, "quote"))
        ),
    )


class _BankReader:
    def __init__(self, folder: BankFolder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.raw: dict[str, bytes] = {}
        self.sources: dict[str, Source | None] = {}  # None: declared, but not to be read
        self.unsound: set[str] = set()  # sources that are not what they were; nothing is asked from them
        self.cited: dict[str, str] = {}  # the ids of sources by what their `cite-as` looks like
        self.entities: dict[str, Entity] = {}
        self.names: dict[str, Entity] = {}
        self.fact_places: dict[str, Place] = {}
        self.unproved: list[Unproved] = []
        self.left_out = 0
        self.language = "en"
        self.lacks_babel = False
        self.about: Document | None = None

    def read(self) -> Reading:
        about = self._read_about()
        self._read_sources()
        if ENTITIES_FILE in self.folder.yaml_files():
            self._read_entities()
        categories: list[Category] = []
        facts: list[Fact] = []  # drafts among them
        # Without sources or entities each fact would be said to name an unknown one.
        if not any(problem.file in (SOURCES_FILE, ENTITIES_FILE) and problem.fatal for problem in self.problems):
            for file in self.folder.question_files():
                self._read_category(file, categories, facts)
        self.problems.sort()
        bank = None
        if about and not any(problem.fatal for problem in self.problems):
            bank = Bank(
                **about.model_dump(),
                # Without Babel some values are other options, so the quizzes are others too.
                digest=digest_of(self.raw | ({"without Babel": b""} if self.lacks_babel else {})),
                categories=tuple(categories),
                facts=tuple(fact for fact in facts if not fact.draft),
                entities=self.entities,
                sources={id: each for id, each in self.sources.items() if each and id not in self.unsound},
            )
        return Reading(
            bank, tuple(self.problems), self.left_out, tuple(fact for fact in facts if fact.draft), tuple(self.unproved)
        )

    def _document(self, file: str) -> Document | None:
        """Return the YAML file, if it holds keys with values; its problems go to the bank's once it is done with."""
        try:
            self.raw[file] = self.folder.read(file)
        except Unreadable as error:
            self.problems.append(error.problem)
            return None
        document = read_document(file, self.raw[file])
        if not document.problems and not isinstance(document.data, dict):
            document.problems.append(
                document.problem((), "wrong-form", "expected keys with values in this file", fatal=True)
            )
        if not isinstance(document.data, dict):
            self.problems += document.problems
            return None
        return document

    def _read_about(self) -> schema.BankFile | None:
        document = self._document(BANK_FILE)
        if document is None:
            return None
        about = validate(schema.BankFile, document.data, document)
        self._take_problems(document, fatal=True)
        if about and not _LANGUAGE.fullmatch(about.language):
            message = f"{about.language!r} is no BCP 47 tag; write one such as en, de or pt-BR"
            self.problems.append(document.problem(("language",), "wrong-form", message))
        elif about:
            self.language = about.language
        self.about = document
        return about

    def _note_lack_of_babel(self) -> None:
        """Report, once for all facts, that values in the bank's language are read as words."""
        if not self.lacks_babel and self.about:
            message = (
                f"dates and numbers in the language {self.language!r} are read as plain words without Babel; "
                "install it: pip install 'orbitquiz[languages]'"
            )
            self.problems.append(self.about.problem(("language",), "needs-babel", message))
        self.lacks_babel = True

    def _take_problems(self, document: Document, *, fatal: bool = False) -> None:
        self.problems += [replace(problem, fatal=fatal or problem.fatal) for problem in document.problems]

    def _items(self, document: Document, key: str) -> list[tuple[int, object]]:
        """Return the items of the list under `key`, without those in which a key stands twice.

        What else is wrong with the list is fatal.
        """
        items = document.data.get(key)
        if not isinstance(items, list):
            code, message = "wrong-form", f"expected a list under {key!r}"
            if key not in document.data:
                code, message = "missing-key", f"the key {key!r} is missing here"
            document.problems.append(document.problem((key,), code, message, fatal=True))
            return []
        broken = document.broken_items(key)
        self.left_out += len(broken) if key == "facts" else 0
        return [(index, item) for index, item in enumerate(items) if index not in broken]

    def _read_sources(self) -> None:
        document = self._document(SOURCES_FILE)
        if document is None:
            return
        validate(schema.SourcesFile, {**document.data, "sources": []}, document)
        for index, item in self._items(document, "sources"):
            if isinstance(item, dict) and "sha256" not in item:
                item = {**item, "sha256": self._report_no_hash(item, document, index)}
            entry = validate(schema.SourceEntry, item, document, ("sources", index))
            if entry is None:
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    self.sources.setdefault(item["id"], None)
            elif entry.id in self.sources:
                document.problems.append(
                    document.problem(("sources", index, "id"), "duplicate-id", f"two sources have the id {entry.id!r}")
                )
            else:
                self.sources[entry.id] = self._read_source(entry, document, index)
                if (other := self.cited.setdefault(look(entry.cite_as), entry.id)) != entry.id:
                    message = f"{entry.cite_as!r} is what {other!r} is cited as; a question could mean either"
                    document.problems.append(document.problem(("sources", index, "cite-as"), "ambiguous-name", message))
                    self.unsound.add(entry.id)
        self._take_problems(document)

    def _report_no_hash(self, item: dict[str, object], document: Document, index: int) -> str:
        """Report a source without a hash. Return the one that belongs there, as far as there is one."""
        message, right = "the key 'sha256' is missing here", ""
        if isinstance(file := item.get("file"), str) and self.folder.document_path(file):
            with contextlib.suppress(Unreadable):
                right = sha256_of(self.folder.read(f"{SEEDS}/{file}"))
                message += f"; that of {SEEDS}/{file} is {right}"
        document.problems.append(document.problem(("sources", index, "sha256"), "missing-key", message))
        self.unsound.add(str(item.get("id")))
        return right

    def _read_source(self, entry: schema.SourceEntry, document: Document, index: int) -> Source | None:
        here = ("sources", index, "file")
        path = self.folder.document_path(entry.file)
        if path is None:
            message = f"the path {entry.file!r} leads out of seeds/; a source lies inside the bank's folder seeds/"
            document.problems.append(document.problem(here, "source-outside", message, fatal=True))
            return None
        file = f"{SEEDS}/{entry.file}"
        try:
            raw = self.folder.read(file)
        except Unreadable as error:
            document.problems.append(document.problem(here, "source-missing", f"{file}: {error.problem.message}"))
            return None
        self.raw[file] = raw
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            document.problems.append(not_utf_8(file, raw, error, fatal=False))
            self.unsound.add(entry.id)
            text = raw.decode("cp1252", "replace")  # most likely what it is, so that its quotations can be compared
        actual = sha256_of(raw)
        if entry.sha256 != actual:
            self.unsound.add(entry.id)
        if re.fullmatch(schema.SHA256, entry.sha256) and entry.sha256 != actual:
            message = (
                f"{file} has changed: its SHA-256 is {actual}; nothing is asked from it until "
                "its quotations have been read again and this is its hash here"
            )
            document.problems.append(document.problem(("sources", index, "sha256"), "source-changed", message))
        elif entry.sha256 != actual:
            message = f"{line_of(entry.sha256)[:70]!r} is no SHA-256; that of {file} is {actual}"
            document.problems.append(document.problem(("sources", index, "sha256"), "wrong-form", message))
        self._check_original(entry, document, index)
        source = Source(
            entry.id,
            file,
            actual,
            entry.title,
            entry.cite_as,
            text,
            entry.author,
            entry.publisher,
            entry.issued,
            entry.url,
            format=entry.format,
            pages=tuple(Locator(place.at, place.name) for place in entry.pages),
            headings=tuple(Locator(place.at, place.name) for place in entry.headings),
            language=self.language,
        )
        self._check_locators(source, document, index)
        return _with_unasked(source, entry, document, ("sources", index))

    def _check_locators(self, source: Source, document: Document, index: int) -> None:
        """Report pages and headings that are not in the order of the text, or not in it at all."""
        for key, places in (("pages", source.pages), ("headings", source.headings)):
            last = -1
            for n, place in enumerate(places):
                if not last < place.at <= len(source.text):
                    message = (
                        f"{place.at} is beyond the text, which has {len(source.text)} characters"
                        if place.at > last
                        else f"{place.at} does not come after {last}; `{key}` stand in the order of the text"
                    )
                    document.problems.append(document.problem(("sources", index, key, n, "at"), "wrong-form", message))
                    break
                last = place.at

    def _check_original(self, entry: schema.SourceEntry, document: Document, index: int) -> None:
        """Report an original that has changed since its text was extracted. It may also be kept elsewhere."""
        if entry.original is None:
            return
        here = ("sources", index, "original", "file")
        path = self.folder.document_path(entry.original.file)
        if path is None:
            message = f"the path {entry.original.file!r} leads out of seeds/"
            document.problems.append(document.problem(here, "source-outside", message, fatal=True))
        elif path.is_file() and sha256_of(self.folder.read(f"{SEEDS}/{entry.original.file}")) != entry.original.sha256:
            message = f"{SEEDS}/{entry.original.file} has changed since its text was extracted; extract it again"
            document.problems.append(document.problem(here, "source-changed", message))

    def _read_entities(self) -> None:
        document = self._document(ENTITIES_FILE)
        if document is None:
            return
        validate(schema.EntitiesFile, {**document.data, "entities": []}, document)
        for index, item in self._items(document, "entities"):
            entry = validate(schema.EntityEntry, item, document, ("entities", index))
            if entry is None:
                continue
            here = ("entities", index)
            if entry.id in self.entities:
                document.problems.append(
                    document.problem((*here, "id"), "duplicate-id", f"two entities have the id {entry.id!r}")
                )
                continue
            entity = Entity(entry.id, entry.type, entry.name, entry.aliases, entry.groups, entry.about)
            self.entities[entity.id] = entity
            aliases = ((("aliases", n), alias) for n, alias in enumerate(entity.aliases))
            for place, name in [(("name",), entity.name), *aliases, (("id",), entity.id)]:
                other = self.names.setdefault(look(name), entity)
                if other is not entity:
                    message = f"{name!r} names {other.id!r} already; a name or alias belongs to one entity"
                    document.problems.append(document.problem((*here, *place), "ambiguous-name", message))
        self._take_problems(document)

    def _read_category(self, file: str, categories: list[Category], facts: list[Fact]) -> None:
        document = self._document(file)
        if document is None:
            return
        head = validate(schema.QuestionsFile, {**document.data, "facts": []}, document)
        if head is None:
            self._items(document, "facts")
            self._take_problems(document, fatal=True)  # facts of no category cannot be asked
            return
        items = self._items(document, "facts")
        name = file.removeprefix("questions/").removesuffix(".yaml")
        if head.category != name:
            message = f"the category {head.category!r} stands in {name}.yaml; call the file {head.category}.yaml"
            document.problems.append(document.problem(("category",), "category-name", message, fatal=True))
        claims = ClaimReader(document, self.sources, self.entities, self.names, frozenset(self.unsound), self.language)
        reader = FactReader(name, claims, self.fact_places)
        for index, item in items:
            if is_unproved(item):
                if unproved := reader.read_unproved(index, item):
                    self.unproved.append(unproved)
                else:
                    self.left_out += 1
                continue
            fact = reader.read(index, item)
            if fact:
                facts.append(fact)
            else:
                self.left_out += 1
        if claims.lacks_babel:
            self._note_lack_of_babel()
        categories.append(Category(name, head.title))
        self._take_problems(document)
