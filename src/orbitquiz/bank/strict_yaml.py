"""A YAML file read strictly, as plain data that knows where each part of it stands.

People write these files by hand, so every scalar is text (`no` is a word, `1.9` keeps its digits), and what YAML does
behind an author's back is refused: duplicate keys, anchors, aliases, tags, several documents in a file.

It is built from the parser's events and not from its nodes: that takes a fifth of the time, and nesting, which PyYAML
follows without a limit until the process dies, ends where it is too deep for any bank.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import yaml

from orbitquiz.bank.problems import Problem
from orbitquiz.bank.yaml_advice import advice

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 20
_LONG = 30  # items or keys; where those of a shorter list or mapping stand is counted when somebody asks

#: What YAML 1.1 does not allow in a file (section 5.1), except as an escape.
_REFUSED_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")  # as YAML 1.1 has it

Loc = Sequence[str | int]


@dataclass(slots=True)
class Document:
    """A YAML file: its `data` as dicts, lists and text, and the `problems` that its form has.

    `data` is None where the file could not be read as YAML.
    """

    file: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    _broken: list[Loc] = field(default_factory=list)
    _positions: array[int] = field(default_factory=lambda: array("Q"))  # of all nodes, keys too, as the file has them
    _parts: dict[int, array[int]] = field(default_factory=dict)  # by the number of a long list or mapping

    def line_at(self, loc: Loc) -> str:
        """Return the line in which the key at `loc` stands; nothing where the file has none."""
        return "".join(_LINE_END.split(self.text)[self.at(loc, key=True)[0] - 1 :][:1])

    def at(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at `loc` or of its key; of the nearest part there is."""
        if not self._positions:
            return 1, 1
        data, number, shown = self.data, 0, 0
        for step in loc:
            if isinstance(data, dict) and step in data:
                part = self._part(data, number, list(data).index(str(step)))
                number = part + 1
                shown = part if key else number
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                shown = number = self._part(data, number, step)
            else:
                break
            data = data[step]
        return _unpacked(self._positions[shown])

    def _part(self, data: dict[str, Any] | list[Any], number: int, index: int) -> int:
        """Return the number of the item or key at `index` of `data`, which is the node `number`."""
        if parts := self._parts.get(number):
            return parts[index]
        if index == 0:
            return number + 1
        if isinstance(data, dict):
            return number + 1 + index + sum(map(_nodes, islice(data.values(), index)))
        return number + 1 + sum(map(_nodes, islice(data, index)))

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
    document.text = text
    builder = _Builder(document)
    try:
        builder.build(_Loader(text).get_event)  # as `yaml.parse` does, without asking for each event twice
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
    if not builder.is_started:
        document.problems.append(Problem(file, 1, 1, "empty-file", "the file is empty", fatal=True))
    elif not any(problem.fatal for problem in document.problems):
        document.data, document._positions, document._parts = builder.data, builder.positions, builder.parts
    return document


def not_utf_8(file: str, raw: bytes, error: UnicodeDecodeError, *, fatal: bool) -> Problem:
    """Return the problem with `raw`, the bytes of `file`, that did not decode."""
    place = _place_in(raw[: error.start].decode("utf-8").removeprefix("\ufeff"), None)
    message = f"not UTF-8 text: byte 0x{raw[error.start]:02X} at offset {error.start}; save the file as UTF-8"
    return Problem(file, *place, "not-utf-8", message, fatal)


class _TooDeep(Exception):
    def __init__(self, mark: Any) -> None:
        self.mark = mark


class _Level(NamedTuple):
    """A list or mapping that has begun, `data`, of which `first` is the number of the node.

    `parts` are the numbers of its items or keys. Of a mapping, `key` is the key whose value comes next; where that key
    was refused, `skips_from` is the number of its node, and its value goes nowhere.
    """

    data: Any
    first: int
    parts: list[int]
    key: str | None
    skips_from: int | None


class _Builder:
    """Builds data from events, on a stack of its own, and numbers the nodes in the order of the file.

    A position is a number for each node, and not an object: a file of 100,000 facts has three million.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: Any = None
        self.is_started = False
        self.positions = array("Q")
        self.parts: dict[int, array[int]] = {}

    def build(self, next_event: Callable[[], Any]) -> None:
        """Build what the events add, of which the last is None.

        The innermost level is held in variables and nothing is called for most nodes: two thirds of the time.
        """
        positions, keys = self.positions, dict[str, str]()  # each key once, however often it stands in the file
        above: list[_Level] = []
        data: Any = None
        first, parts, key, skips_from = 0, list[int](), None, None
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is scalar or kind is mapping or kind is sequence or kind is yaml.AliasEvent:
                number, mark = len(positions), event.start_mark
                positions.append(mark.line << 32 | mark.column)
                if event.anchor or (kind is not yaml.AliasEvent and event.tag):
                    self._refuse_decoration(event)
                if kind is scalar:
                    node = event.value
                elif kind is yaml.AliasEvent:
                    node = ""
                else:
                    if len(above) == _DEEPEST:
                        raise _TooDeep(mark)
                    above.append(_Level(data, first, parts, key, skips_from))
                    data, first, parts, key, skips_from = {} if kind is mapping else [], number, [], None, None
                    continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node, number = data, first
                if len(parts) > _LONG:
                    self.parts[first] = array("Q", parts)
                data, first, parts, key, skips_from = above.pop()
            else:
                if kind is yaml.DocumentStartEvent:
                    self._start(event)
                continue
            if key is not None:
                data[key], key = node, None
            elif type(data) is list:
                data.append(node)
                parts.append(number)
            elif skips_from is not None:
                self._forget(skips_from)
                skips_from = None
            elif data is None:
                if not self.is_started:
                    self.data, self.is_started = node, True
            elif type(node) is str and node not in data:
                key = keys.setdefault(node, node)
                parts.append(number)
            else:
                self._break([*above[1:], _Level(data, first, parts, key, None)], node, number)
                skips_from = number

    def _start(self, event: Any) -> None:
        """Refuse what may not stand at the start of a document."""
        if event.version or event.tags:
            self._refuse(event, "tag", "a directive (%) is not allowed")
        if self.is_started:
            self._refuse(event, "yaml-syntax", "a second document (---) begins here; a file holds one")

    def _forget(self, first: int) -> None:
        """Forget where the node `first` stands and all after it, which go nowhere."""
        del self.positions[first:]
        while self.parts and next(reversed(self.parts)) >= first:
            self.parts.popitem()

    def _break(self, levels: Sequence[_Level], node: Any, number: int) -> None:
        """Report a key that spoils the innermost of `levels` only: `node`, which has the number `number`."""
        path: list[str | int] = [
            level.key if level.key is not None else len(level.data) for level in levels if level.skips_from is None
        ]
        self.document._broken.append(path)
        code, message = "unknown-key", "a key must be a plain word, not a list or a mapping"
        if isinstance(node, str):
            code, message = "duplicate-key", f"the key {node!r} stands twice here; keep one of them"
        position = _unpacked(self.positions[number])
        self.document.problems.append(Problem(self.document.file, *position, code, message))

    def _refuse_decoration(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            self._refuse(event, "anchor", "an alias (*) is not allowed; write the text out, or put it in quotes")
        elif event.anchor:
            self._refuse(event, "anchor", "an anchor (&) is not allowed; write the text out where it is needed")
        else:
            message = "a tag (!) is not allowed; every value is text; put a text that begins with ! in quotes"
            self._refuse(event, "tag", message)

    def _refuse(self, event: Any, code: str, message: str) -> None:
        """Report what spoils the whole file."""
        self.document.problems.append(
            Problem(self.document.file, *_position(event.start_mark), code, message, fatal=True)
        )


def _nodes(data: Any) -> int:
    """Return how many nodes `data` has been built from."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_nodes, data.values()))
    return 1 + sum(map(_nodes, data)) if isinstance(data, list) else 1


def _unpacked(position: int) -> tuple[int, int]:
    return (position >> 32) + 1, (position & 0xFFFFFFFF) + 1


def _position(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _place_in(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column of the character at `offset` of `text`, or of the one after its end."""
    before = text if offset is None else text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
