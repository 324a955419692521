"""A YAML file read strictly, as plain data that knows where each part of it stands.

People write these files by hand, so every scalar is text (`no` is a word, `1.9` keeps its digits), and what YAML does
behind an author's back is refused: duplicate keys, anchors, aliases, tags, several documents in a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from orbitquiz.bank.problems import Problem

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Where an anchor, alias, tag or directive may begin. A file without such a place need not be scanned for them.
_SUSPECT = re.compile(r"(?:^|[\s\[{,:?-])[&*!]\S|^%", re.MULTILINE)
_REFUSED: dict[type[yaml.Token], tuple[str, str]] = {
    yaml.AnchorToken: ("anchor", "an anchor (&) is not allowed; write the text out where it is needed"),
    yaml.AliasToken: ("anchor", "an alias (*) is not allowed; write the text out, or put it in quotes"),
    yaml.TagToken: ("tag", "a tag (!) is not allowed; every value is text; put a text that begins with ! in quotes"),
    yaml.DirectiveToken: ("tag", "a directive (%) is not allowed"),
}
_DEEPEST = 20

#: Nesting on one line, which costs an attacker one byte a level. PyYAML's C code recurses without a limit and would
#: end the process.
_BRACKET = re.compile(r"[\[\]{}]")
_INLINE_LEVELS = re.compile(rf"(?:[-?][ \t]+){{{_DEEPEST + 1}}}")
_DEEPEST_BRACKETS = 1000  # brackets in prose count as well

Loc = Sequence[str | int]


@dataclass(slots=True)
class Document:
    """A YAML file: its `data` as dicts, lists and text, and the `problems` that its form has.

    `data` is None where the file could not be read as YAML.
    """

    file: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    _root: yaml.Node | None = None

    def at(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc` or of its key; of the nearest part there is."""
        node, found = self._root, self._root
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                found, node = (pair[0] if key else pair[1]), pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node = node.value[step]
            else:
                break
        return _position(found.start_mark) if found is not None else (1, 1)

    def problem(self, loc: Loc, code: str, message: str, *, key: bool = False, fatal: bool = False) -> Problem:
        """A problem with what stands at `loc`."""
        return Problem(self.file, *self.at(loc, key=key), code, message, fatal)

    def index_at(self, key: str, line: int, column: int) -> int | None:
        """Which item of the list under the top-level `key` spans that position; None where none does."""
        if isinstance(self._root, yaml.MappingNode):
            for name, items in self._root.value:
                if name.value == key and isinstance(items, yaml.SequenceNode):
                    for index, item in enumerate(items.value):
                        if _position(item.start_mark) <= (line, column) < _position(item.end_mark):
                            return index
        return None


def read_document(file: str, raw: bytes) -> Document:
    """Read the bytes of `file`. Everything wrong with its form is in the `problems` of what comes back."""
    document = Document(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        document.problems.append(Problem(file, line, column, "not-utf-8", not_utf_8(raw, error), fatal=True))
        return document
    if _is_too_deep(text):
        document.problems.append(_too_deep(file, 1, 1))
        return document
    try:
        if _SUSPECT.search(text) and (refused := _refused(file, text)):
            document.problems += refused
            return document
        document._root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = _position(mark) if mark else (1, 1)
        message = f"not valid YAML: {error.problem or error.context}"
        if error.context and error.problem:
            message += f" ({error.context})"
        document.problems.append(Problem(file, line, column, "yaml-syntax", message, fatal=True))
        return document
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = (
            f"not valid YAML: the character U+{int(error.character):04X} may stand only as an escape in double quotes"
        )
        document.problems.append(Problem(file, line, column, "yaml-syntax", message, fatal=True))
        return document
    if document._root is None:
        document.problems.append(Problem(file, 1, 1, "empty-file", "the file is empty", fatal=True))
    else:
        document.data = _build(document, document._root, 0)
    return document


def not_utf_8(raw: bytes, error: UnicodeDecodeError) -> str:
    """What to say of bytes that are not UTF-8."""
    return f"not UTF-8 text: byte 0x{raw[error.start]:02X} at offset {error.start}; save the file as UTF-8"


def _is_too_deep(text: str) -> bool:
    if _INLINE_LEVELS.search(text):
        return True
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _DEEPEST_BRACKETS:
            return True
    return False


def _too_deep(file: str, line: int, column: int) -> Problem:
    return Problem(file, line, column, "yaml-syntax", "nested too deeply to be a bank's file", fatal=True)


def _refused(file: str, text: str) -> list[Problem]:
    return [
        Problem(file, *_position(token.start_mark), *refusal, fatal=True)
        for token in yaml.scan(text, Loader=_Loader)
        if (refusal := _REFUSED.get(type(token)))
    ]


def _build(document: Document, node: yaml.Node, depth: int) -> Any:
    kind = type(node)
    if kind is yaml.ScalarNode:
        return node.value
    if depth > _DEEPEST:
        document.problems.append(_too_deep(document.file, *_position(node.start_mark)))
        return ""
    if kind is yaml.SequenceNode:
        return [_build(document, item, depth + 1) for item in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value
        if type(key) is not yaml.ScalarNode:
            document.problems.append(
                Problem(
                    document.file,
                    *_position(key.start_mark),
                    "unknown-key",
                    "a key must be a plain word, not a list or a mapping",
                )
            )
        elif name in data:
            document.problems.append(
                Problem(
                    document.file,
                    *_position(key.start_mark),
                    "duplicate-key",
                    f"the key {name!r} stands twice here; keep one of them",
                )
            )
        else:
            data[name] = _build(document, value, depth + 1)
    return data


def _position(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
