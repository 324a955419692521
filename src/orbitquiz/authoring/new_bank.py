"""Making a bank from documents, and adding documents to one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from orbitquiz.authoring.atomic import write_atomically
from orbitquiz.authoring.extract.document import extract
from orbitquiz.authoring.extract.model import Extract
from orbitquiz.authoring.names import slug, unused
from orbitquiz.authoring.splice import ListFile
from orbitquiz.authoring.yaml_text import scalar
from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.bank.folder import BANK_FILE, ENTITIES_FILE, QUESTIONS, SEEDS, SOURCES_FILE, sha256_of
from orbitquiz.bank.model import Source

ORIGINALS = "originals"
SCHEMAS = ".orbitquiz/schemas"
_MOST_LOCATORS = 2_000


class CannotMake(Exception):
    """A bank that cannot be made or added to. The message says why."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A quotation that a text extracted again has no more: the fact that quotes it, and its words."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome for one document.

    `state` is "added", "unchanged" or "differs". Where it differs from what the bank has, nothing was written:
    `difference` are the lines of a unified diff, and `broken` the quotations that would be lost.
    """

    document: Path
    file: str
    extract: Extract
    state: str
    difference: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()


def make_bank(folder: Path) -> bool:
    """Make an empty bank in `folder`; False where there is one already. Raises `CannotMake`."""
    if (folder / BANK_FILE).is_file():
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotMake(f"{folder} is there already and is no bank; name a new folder")
    name = folder.resolve().name
    id = slug(name, "my-bank")
    title = " ".join(name.replace("-", " ").replace("_", " ").split()) or "My bank"
    (folder / QUESTIONS).mkdir(parents=True)
    (folder / SEEDS).mkdir()
    write_schemas(folder)
    _write(folder / BANK_FILE, _BANK.format(id=id, title=scalar(title[:1].upper() + title[1:])))
    _write(folder / SOURCES_FILE, _SOURCES)
    _write(folder / ENTITIES_FILE, _ENTITIES)
    _write(folder / "README.md", _README.format(title=title))
    _write(folder / QUESTIONS / "general.yaml", category_text("general", "General"))
    return True


def write_schemas(folder: Path) -> None:
    """Put the JSON Schemas of a bank's files where the first line of each file says that they are."""
    from orbitquiz.bank.json_schema import json_schemas

    (folder / SCHEMAS).mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        _write(folder / SCHEMAS / name, text)


def category_text(name: str, title: str) -> str:
    """Return the text of a file for a category without facts."""
    return _CATEGORY.format(name=name, title=scalar(title))


def add_document(folder: Path, document: Path) -> Added:
    """Extract `document` into the bank in `folder`, if its text is not there already.

    Raises `CannotExtract`, `CannotMake` or `CannotSplice`.
    """
    found = extract(document)
    raw = document.read_bytes()
    sources = ListFile(SOURCES_FILE, _read(folder / SOURCES_FILE), "sources")
    for known in sources.items:
        if isinstance(known, dict) and _is_of(known, document, raw):
            return _again(folder, document, found, known)
    ids = [str(item.get("id")) for item in sources.items if isinstance(item, dict)]
    id = unused(slug(document.stem, "document"), ids)
    name = f"{id}.md" if found.format == "markdown" else f"{id}.txt"
    text = found.text.encode()
    item: dict[str, Any] = {"id": id, "file": name, "sha256": sha256_of(text)}
    title = found.title or document.stem
    item["title"] = title
    item["cite-as"] = f"“{title}”"
    if found.author:
        item["author"] = found.author
    if text != raw or document.suffix.lower() not in (".txt", ".md"):
        original = f"{ORIGINALS}/{id}{document.suffix.lower()}"
        item["original"] = {"file": original, "sha256": sha256_of(raw), "extractor": found.extractor}
        (folder / SEEDS / ORIGINALS).mkdir(exist_ok=True)
        write_atomically(folder / SEEDS / original, raw)
    if found.format != "text":
        item["format"] = found.format
    for key in ("pages", "headings"):
        if places := getattr(found, key)[:_MOST_LOCATORS]:
            item[key] = [{"at": str(place.at), "name": place.name} for place in places]
    write_atomically(folder / SEEDS / name, text)
    _write(folder / SOURCES_FILE, sources.with_item(item))
    category = folder / QUESTIONS / f"{id}.yaml"
    if not category.exists() and id != "entities":
        _write(category, category_text(id, title))
        _drop_unused_category(folder)
    return Added(document, f"{SEEDS}/{name}", found, "added")


def _drop_unused_category(folder: Path) -> None:
    """Delete the category that a bank without documents begins with, while it is as it was made."""
    file = folder / QUESTIONS / "general.yaml"
    if file.is_file() and _read(file) == category_text("general", "General"):
        file.unlink()


def _is_of(item: dict[str, Any], document: Path, raw: bytes) -> bool:
    """True if a source was made from this document: by its name, or by its bytes."""
    original = item.get("original")
    if isinstance(original, dict):
        is_named = Path(str(original.get("file"))).name == f"{item.get('id')}{document.suffix.lower()}"
        return original.get("sha256") == sha256_of(raw) or (
            is_named and item.get("id") == slug(document.stem, "document")
        )
    return bool(item.get("sha256") == sha256_of(raw)) or Path(str(item.get("file"))).name == document.name


def _again(folder: Path, document: Path, found: Extract, item: dict[str, Any]) -> Added:
    """Compare a document that was extracted again with what the bank has of it."""
    file = f"{SEEDS}/{item.get('file')}"
    before = _read(folder / file)
    if before == found.text:
        return Added(document, file, found, "unchanged")
    difference = difflib.unified_diff(
        before.splitlines(),
        found.text.splitlines(),
        f"{file} (now)",
        f"{document.name} (extracted again)",
        lineterm="",
        n=1,
    )
    return Added(
        document, file, found, "differs", tuple(difference), tuple(_broken(folder, str(item.get("id")), found.text))
    )


def _broken(folder: Path, source: str, text: str) -> Iterator[Broken]:
    """Find the quotations of a source that `text` does not have."""
    from orbitquiz.bank.load import read_bank

    reading = read_bank(folder)
    if reading.bank is None or source not in reading.bank.sources:
        return
    old = reading.bank.sources[source]
    new = replace(old, text=text)
    for fact in (*reading.bank.facts, *reading.drafts):
        for words in dict.fromkeys(_words(old, fact.quotations)):
            try:
                find_quotation(new, words)
            except NotQuoted as error:
                if error.code == "quotation-not-found":
                    yield Broken(fact.id, words)


def _words(source: Source, quotations: Sequence[Any]) -> Iterator[str]:
    for quotation in quotations:
        if quotation.source == source.id:
            yield " ".join(source.text[quotation.start : quotation.end].split())


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CannotMake(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CannotMake(f"cannot read {path}: it is not UTF-8 text") from error


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode("utf-8"))


_BANK = """\
# yaml-language-server: $schema=.orbitquiz/schemas/bank.schema.json
id: {id}
title: {title}
version: 1
# The language of the questions, as a BCP 47 tag.
language: en
# Whose the questions and the documents are, and under which terms.
rights: Not stated yet.
# Where a reader reports a mistake: an address, or words such as these.
contact: Ask the person who gave you this bank.
"""
_SOURCES = """\
# yaml-language-server: $schema=../.orbitquiz/schemas/sources.schema.json
# The documents that this bank quotes. `orbitquiz new DIR DOCUMENT` adds one.
# After `cite-as` stands what a question calls a document: According to …
# Also possible, where the document itself states it:
#     author: Ida Falk
#     publisher: The Ostrand Courier
#     issued: 1931-06-05
#     URL: https://example.org/fire
sources: []
"""
_ENTITIES = """\
# yaml-language-server: $schema=../.orbitquiz/schemas/entities.schema.json
# People, places, organisations, titles and vehicles that are answers. Those that share a group are wrong options for
# one another, so a group needs four members. An example:
#   - {id: ida-falk, type: person, name: Ida Falk, aliases: [Falk], groups: [captains]}
entities: []
"""
_CATEGORY = """\
# yaml-language-server: $schema=../.orbitquiz/schemas/questions.schema.json
category: {name}
title: {title}
facts: []
# An example. `orbitquiz author` writes facts like this one for you, and `orbitquiz draft` proposes some.
#   - id: cranes
#     type: count
#     ask: How many cranes does the harbour have?
#     statement: The harbour has {{value}} cranes.
#     claims:
#       - value: 14
#         proof:
#           - {{source: guide, quote: The harbour of Ostrand has 14 cranes}}
"""
_README = """\
# {title}

A bank for OrbitQuiz: documents, and facts that quote them.

    orbitquiz new . DOCUMENT     add a document: text, Markdown, HTML, PDF, DOCX or EPUB
    orbitquiz draft .            propose facts, to be looked through
    orbitquiz author .           mark, write and clear facts
    orbitquiz check .            check every quotation and every value
    orbitquiz play --bank .      play

| file | holds |
| --- | --- |
| `bank.yaml` | what the bank is, whose it is, and where to report a mistake |
| `questions/*.yaml` | the facts, a file for each category |
| `questions/entities.yaml` | the people, places and things that are answers |
| `seeds/` | the texts that are quoted; never edit them |
| `seeds/originals/` | the documents that the texts were extracted from |
| `seeds/sources.yaml` | what the documents are, and what questions call them |
"""
