"""The table of formats that `import` reads, and how each is told from the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from orbitquiz.formats.readers.archive import is_zip
from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import Found, UnreadableFile

MOST_BYTES = 32_000_000
"""The size of the largest file that is read."""

_LOOKED_AT = 200_000  # characters by which a format is told


@dataclass(frozen=True, slots=True)
class Source:
    """A format that questions are read from: what `--from` takes, whose it is, and its module in `formats.readers`."""

    name: str
    title: str
    module: str
    matches: Callable[[str, str], bool]

    def read(self, raw: bytes) -> Found:
        """Return the questions of a file. Raises `UnreadableFile`."""
        found: Found = import_module(f"orbitquiz.formats.readers.{self.module}").read(raw)
        return found


def _begins(pattern: str) -> Callable[[str, str], bool]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda text, _: found.match(text.lstrip("\ufeff \t\n")) is not None


def _has(pattern: str, *endings: str) -> Callable[[str, str], bool]:
    found = re.compile(pattern, re.MULTILINE)
    return lambda text, file: file.endswith(endings) or found.search(text) is not None


def _is_json(text: str, file: str) -> bool:
    rest = re.sub(r"\A(?:\s*(?://[^\n]*)?\n)*", "", text).lstrip()
    return rest.startswith(("{", "[")) and not re.match(r"\[(?:html|moodle|plain|markdown)\]", rest)


def _is_table(text: str, file: str) -> bool:
    from orbitquiz.formats.readers.csv import has_heads

    return file.endswith((".csv", ".tsv")) or has_heads(text)


_ROOT = r"(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|\s)*<(?:\w+:)?"

SOURCES: tuple[Source, ...] = (
    Source("moodle-xml", "Moodle XML", "moodle_xml", _begins(rf"(?s){_ROOT}quiz\b")),
    Source("qti", "QTI 1.2 and 2.1, a package or a file", "qti", _begins(rf"(?s){_ROOT}(?:questestinterop|assess)")),
    Source("opentdb", "Open Trivia Database, JSON", "opentdb", _is_json),
    Source("anki", "Anki, notes in plain text", "anki", _begins(r"#(?:separator|html):")),
    Source("opentriviaqa", "OpenTriviaQA, text", "opentriviaqa", _has(r"^#Q\s")),
    Source("csv", "a table: CSV, Blooket’s or Kahoot’s template saved as CSV", "csv", _is_table),
    Source("aiken", "Aiken", "aiken", _has(r"^\s*ANSWER:[ \t]*[A-Z]\b")),
    Source("markdown", "Markdown with checkboxes", "checkboxes", _has(r"^\s*[-*+]\s+\[[ xX]?\]\s")),
    Source("gift", "GIFT", "gift", _has(r"(?s)(?<!\\)\{.*(?<!\\)\}", ".gift")),
    Source("anki", "Anki, notes in plain text", "anki", _has(r"^[^\t\n]+\t[^\t\n]+")),
)  # fmt: skip
"""The formats, in the order in which they are tried on a file."""


def names() -> Iterator[str]:
    """Yield what `--from` takes."""
    return iter(dict.fromkeys(source.name for source in SOURCES))


def source_of(file: str, raw: bytes) -> Source:
    """Return the format of a file with this name and content. Raises `UnreadableFile`."""
    if is_zip(raw):
        return _named("qti")
    text = decode(raw[:_LOOKED_AT])
    found = next((source for source in SOURCES if source.matches(text, file.casefold())), None)
    if found is None:
        raise UnreadableFile(f"no format that is known; say which with --from ({', '.join(names())})")
    return found


def read_file(file: str, raw: bytes, name: str | None = None) -> Found:
    """Return the questions of a file with this name and content, in the format `name` or the one it looks like.

    Raises `UnreadableFile`.
    """
    if len(raw) > MOST_BYTES:
        raise UnreadableFile(f"the file has more than {MOST_BYTES:,} bytes")
    if not raw.strip():
        raise UnreadableFile("the file is empty")
    return (_named(name) if name else source_of(file, raw)).read(raw)


def _named(name: str) -> Source:
    return next(source for source in SOURCES if source.name == name)
