"""A YAML file read strictly, as plain data that knows where each part of it stands.

People write these files by hand, so every scalar is text (`no` is a word, `1.9` keeps its digits), and what YAML does
behind an author's back is refused: duplicate keys, anchors, aliases, tags, several documents in a file.

It is built from the parser's events and not from its nodes: that takes a fifth of the time, and nesting, which PyYAML
follows without a limit until the process dies, ends where it is too deep for any bank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from orbitquiz.bank.problems import Problem
from orbitquiz.bank.yaml_advice import advice

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 20

#: What YAML 1.1 does not allow in a file (section 5.1), except as an escape.
_REFUSED_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")  # as YAML 1.1 has it

Loc = Sequence[str | int]

#: Where a value stands, and where the parts of it do: by key with the place of the key, by index, or none in a scalar.
_Place = tuple[Any, "dict[str, tuple[Any, _Place]] | list[_Place] | None"]


@dataclass(slots=True)
class Document:
    """A YAML file: its `data` as dicts, lists and text, and the `problems` that its form has.

    `data` is None where the file could not be read as YAML.
    """

    file: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: Sequence[str] = ()
    _root: _Place | None = None
    _broken: list[Loc] = field(default_factory=list)

    def at(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc` or of its key; of the nearest part there is."""
        if self._root is None:
            return 1, 1
        mark, parts = self._root
        for step in loc:
            if isinstance(parts, dict) and step in parts:
                key_mark, (mark, parts) = parts[str(step)]
                if key:
                    mark = key_mark
            elif isinstance(parts, list) and isinstance(step, int) and step < len(parts):
                mark, parts = parts[step]
            else:
                break
        return _position(mark)

    def problem(self, loc: Loc, code: str, message: str, *, key: bool = False, fatal: bool = False) -> Problem:
        """Return a problem with what stands at `loc`."""
        return Problem(self.file, *self.at(loc, key=key), code, message, fatal)

    def broken_items(self, key: str) -> frozenset[int]:
        """Which items of the list under the top-level `key` are not well-formed in themselves."""
        return frozenset(loc[1] for loc in self._broken if len(loc) > 1 and loc[0] == key and isinstance(loc[1], int))


def read_document(file: str, raw: bytes) -> Document:
    """Read the bytes of `file`. Everything wrong with its form is in the `problems` of what comes back."""
    document = Document(file)
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.problems.append(not_utf_8(file, raw, error, fatal=True))
        return document
    if character := _REFUSED_CHARACTER.search(text):
        place = _place_in(text, character.start())
        message = (
            f"not valid YAML: the character U+{ord(character[0]):04X} may stand only as an escape in double quotes"
        )
        document.problems.append(Problem(file, *place, "yaml-syntax", message, fatal=True))
        return document
    document.lines = _LINE_END.split(text)
    builder = _Builder(document)
    try:
        loader = _Loader(text)
        while (event := loader.get_event()) is not None:  # as `yaml.parse` does, without asking for each event twice
            builder.take(event)
    except _TooDeep as error:
        message = "nested too deeply to be a bank's file"
        document.problems.append(Problem(file, *_position(error.mark), "yaml-syntax", message, fatal=True))
        return document
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        lines = text.splitlines() or [""]
        if mark and mark.line >= len(lines):
            mark = error.context_mark or mark  # what is not closed goes on to the end
        line = lines[min(mark.line, len(lines) - 1)] if mark else ""
        message = f"not valid YAML: {advice(error.problem or '', error.context or '', line)}"
        document.problems.append(
            Problem(file, *(_position(mark) if mark else (1, 1)), "yaml-syntax", message, fatal=True)
        )
        return document
    if builder.place is None:
        document.problems.append(Problem(file, 1, 1, "empty-file", "the file is empty", fatal=True))
    elif not any(problem.fatal for problem in document.problems):
        document.data, document._root = builder.data, builder.place
    return document


def not_utf_8(file: str, raw: bytes, error: UnicodeDecodeError, *, fatal: bool) -> Problem:
    """Return the problem with `raw`, the bytes of `file`, that did not decode."""
    place = _place_in(raw[: error.start].decode("utf-8").removeprefix("\ufeff"), None)
    message = f"not UTF-8 text: byte 0x{raw[error.start]:02X} at offset {error.start}; save the file as UTF-8"
    return Problem(file, *place, "not-utf-8", message, fatal)


class _TooDeep(Exception):
    def __init__(self, mark: Any) -> None:
        self.mark = mark


@dataclass(slots=True)
class _Level:
    """A list or mapping that is being built. Of a mapping, `key` is the key whose value comes next."""

    data: Any
    place: _Place
    key: str | None = None
    key_mark: Any = None
    skips_value: bool = False  # the key was refused, so its value goes nowhere


class _Builder:
    """Builds data and places from events, on a stack of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: Any = None
        self.place: _Place | None = None
        self.levels: list[_Level] = []

    def take(self, event: Any) -> None:
        """Build what `event` adds."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                self._refuse_decoration(event)
            self._add(event.value, (event.start_mark, None))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor or event.tag:
                self._refuse_decoration(event)
            if len(self.levels) == _DEEPEST:
                raise _TooDeep(event.start_mark)
            level = (
                _Level({}, (event.start_mark, {}))
                if kind is yaml.MappingStartEvent
                else _Level([], (event.start_mark, []))
            )
            self.levels.append(level)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            level = self.levels.pop()
            self._add(level.data, level.place)
        elif kind is yaml.AliasEvent:
            self._refuse(event, "anchor", "an alias (*) is not allowed; write the text out, or put it in quotes")
            self._add("", (event.start_mark, None))
        elif kind is yaml.DocumentStartEvent:
            if event.version or event.tags:
                self._refuse(event, "tag", "a directive (%) is not allowed")
            if self.place is not None:
                self._refuse(event, "yaml-syntax", "a second document (---) begins here; a file holds one")

    def _add(self, data: Any, place: _Place) -> None:
        """Put a finished value where it belongs: into the level above, as the key of one, or to the top."""
        if not self.levels:
            if self.place is None:
                self.data, self.place = data, place
            return
        level = self.levels[-1]
        parts = level.place[1]
        if isinstance(parts, list):
            level.data.append(data)
            parts.append(place)
        elif level.skips_value:
            level.skips_value = False
        elif level.key is not None:
            assert isinstance(parts, dict)
            level.data[level.key] = data
            parts[level.key] = (level.key_mark, place)
            level.key = None
        elif not isinstance(data, str):
            self._break(place, "unknown-key", "a key must be a plain word, not a list or a mapping")
            level.skips_value = True
        elif data in level.data:
            self._break(place, "duplicate-key", f"the key {data!r} stands twice here; keep one of them")
            level.skips_value = True
        else:
            level.key, level.key_mark = data, place[0]

    def _break(self, place: _Place, code: str, message: str) -> None:
        """Report what spoils the innermost item only."""
        path: list[str | int] = [
            level.key if level.key is not None else len(level.data) for level in self.levels if not level.skips_value
        ]
        self.document._broken.append(path)
        self.document.problems.append(Problem(self.document.file, *_position(place[0]), code, message))

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, "anchor", "an anchor (&) is not allowed; write the text out where it is needed")
        else:
            message = "a tag (!) is not allowed; every value is text; put a text that begins with ! in quotes"
            self._refuse(event, "tag", message)

    def _refuse(self, event: Any, code: str, message: str) -> None:
        """Report what spoils the whole file."""
        self.document.problems.append(
            Problem(self.document.file, *_position(event.start_mark), code, message, fatal=True)
        )


def _position(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _place_in(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column of the character at `offset` of `text`, or of the one after its end."""
    before = text if offset is None else text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
