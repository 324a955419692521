"""Changing one item of a list in a YAML file, and no other byte of the file.

A program that reads YAML and writes it again changes hundreds of lines: comments, quotes, line ends. Here the lines of
one item are cut out and others put in their place, and what comes of it is read again before anybody gets to see it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from orbitquiz.authoring.yaml_text import block, entry, flow_map
from orbitquiz.bank.strict_yaml import read_document

_BLANK = re.compile(r"\s*(?:#.*)?$")
_ITEM = re.compile(r"(?P<indent> *)- ")


class CannotSplice(Exception):
    """A file in which an item cannot be changed safely. The message says why."""


class ListFile:
    """The text of a YAML file that has a list of items under `key`, each with an `id`.

    Raises `CannotSplice` where the file has another form.
    """

    def __init__(self, name: str, text: str, key: str) -> None:
        self.name = name
        self.text = text
        self.key = key
        self._document = read_document(name, text.encode())
        data = self._document.data
        if self._document.problems or not isinstance(data, dict) or not isinstance(data.get(key), list):
            problem = next(iter(self._document.problems), None)
            reason = f"line {problem.line}: {problem.message}" if problem else f"it has no list under {key!r}"
            raise CannotSplice(f"cannot change {name}: {reason}")
        self.items: list[Any] = data[key]
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._lines = text.split("\n")  # a carriage return stays at the end of its line

    def find(self, id: str) -> int | None:
        """Return the index of the item with this id; None where there is none."""
        return next((n for n, item in enumerate(self.items) if isinstance(item, dict) and item.get("id") == id), None)

    def item_text(self, id: str) -> str | None:
        """Return the lines of the item with this id, as they stand in the file; None where there is none."""
        index = self.find(id)
        return None if index is None else "\n".join(self._lines[slice(*self._span(index))])

    def with_item(self, item: Mapping[str, Any]) -> str:
        """Return the file with `item` in the place of the one that has its id, or at the end of the list.

        Keys of an item that have the same value as before keep their lines, comments and all.
        """
        index = self.find(str(item["id"]))
        wanted = [*self.items]
        if index is None:
            wanted.append(item)
            return self._checked(self._appended(item), wanted)
        wanted[index] = item
        start, end = self._span(index)
        return self._checked(self._replaced(start, end, self._rewritten(index, item)), wanted)

    def without_item(self, id: str) -> str:
        """Return the file without the item that has this id. Raises `CannotSplice` where there is none."""
        index = self.find(id)
        if index is None:
            raise CannotSplice(f"cannot change {self.name}: it has no {id!r} any more")
        start, end = self._span(index)
        wanted = self.items[:index] + self.items[index + 1 :]
        if not wanted:
            at = self._key_line()
            lines = [
                *self._lines[:at],
                self._ended(f"{self.key}: []"),
                *self._lines[at + 1 : start],
                *self._lines[end:],
            ]
            return self._checked("\n".join(lines), wanted)
        if end < len(self._lines) and not self._lines[end].strip():
            end += 1  # one of the blank lines around it
        return self._checked(self._replaced(start, end, []), wanted)

    def _span(self, index: int) -> tuple[int, int]:
        """Find the lines of an item: from that of its dash to the one after its last."""
        start = self._document.at((self.key, index))[0] - 1
        match = _ITEM.match(self._lines[start])
        if match is None:
            raise CannotSplice(f"cannot change {self.name}:{start + 1}: each item must begin a line, after a dash")
        indent = len(match["indent"])
        end = start + 1
        for n in range(start + 1, len(self._lines)):
            line = self._lines[n].rstrip("\r")
            depth = len(line) - len(line.lstrip(" "))
            if line.strip() and depth <= indent:
                break
            if line.strip():
                end = n + 1
        return start, end

    def _key_line(self) -> int:
        return self._document.at((self.key,), key=True)[0] - 1

    def _indent(self) -> int:
        if not self.items:
            return 2
        match = _ITEM.match(self._lines[self._span(0)[0]])
        assert match is not None
        return len(match["indent"])

    def _appended(self, item: Mapping[str, Any]) -> str:
        if self.items:
            start, end = self._span(len(self.items) - 1)
            style = self._lines[start]
            lines = [f"{' ' * self._indent()}- {flow_map(item)}"] if "- {" in style else [*block(item, self._indent())]
            apart = [] if "- {" in style else [""]
            return self._replaced(end, end, [*apart, *lines])
        at = self._key_line()
        head = re.sub(r"\[\s*\]", "", self._lines[at].rstrip("\r")).rstrip()
        # Comments under an empty list are its examples, and stay above the first item.
        rest = at + 1
        while rest < len(self._lines) and _BLANK.fullmatch(self._lines[rest].rstrip("\r")):
            rest += 1
        between = self._lines[at + 1 : rest]
        while between and not between[-1].strip():
            between.pop()
        lines = [*map(self._ended, [head]), *between, *map(self._ended, block(item, 2))]
        return "\n".join([*self._lines[:at], *lines, *(self._lines[rest:] or [""])])

    def _rewritten(self, index: int, item: Mapping[str, Any]) -> list[str]:
        """Write the lines of a changed item, those of its unchanged keys as they are."""
        old = self.items[index]
        start, end = self._span(index)
        if "- {" in self._lines[start]:
            return [f"{' ' * self._indent()}- {flow_map(item)}"]
        indent = self._indent() + 2
        kept = self._keys_of(index, start, end)
        lines: list[str] = []
        for key, value in item.items():
            same = key in kept and old.get(key) == value
            lines += kept[key] if same else entry(key, value, indent)
        lines[0] = f"{' ' * (indent - 2)}- {lines[0].lstrip(' ').removeprefix('- ')}"
        return lines

    def _keys_of(self, index: int, start: int, end: int) -> dict[str, list[str]]:
        """Part the lines of an item by its keys. A comment above a key belongs to the key before."""
        places = sorted((self._document.at((self.key, index, key), key=True)[0] - 1, key) for key in self.items[index])
        if len({line for line, _ in places}) < len(places):
            return {}  # several keys on one line
        ends = [line for line, _ in places[1:]] + [end]
        kept = {
            key: [text.rstrip("\r") for text in self._lines[line:stop]]
            for (line, key), stop in zip(places, ends, strict=True)
        }
        first = places[0][1]
        kept[first][0] = f"{' ' * (self._indent() + 2)}{self._lines[start].lstrip(' ')[2:].rstrip(chr(13))}"
        return kept

    def _replaced(self, start: int, end: int, lines: Sequence[str]) -> str:
        new = [self._ended(line) for line in lines]
        rest = self._lines[end:]
        if new and not rest:  # the file did not end with a line end
            rest = [""]
        before = self._lines[:start]
        if new and before and start == len(self._lines):
            before[-1] = self._ended(before[-1].rstrip("\r"))
        return "\n".join([*before, *new, *rest])

    def _ended(self, line: str) -> str:
        return line + self._newline[:-1]

    def _checked(self, text: str, items: Sequence[Any]) -> str:
        """Return `text` if it says what it should and nothing else. Raises `CannotSplice`."""
        again = read_document(self.name, text.encode())
        if again.problems or again.data != {**self._document.data, self.key: list(items)}:
            raise CannotSplice(f"cannot change {self.name} safely; edit it by hand")
        return text
