"""Questions from Anki's text export: notes of two fields or more, parted by tabs, the first of them the question."""

from __future__ import annotations

import csv
import re

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import Found, Item, Refusal, Text, UnreadableFile, judge
from orbitquiz.formats.readers.markup import from_html

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_COLUMN = re.compile(r"#(guid|notetype|deck|tags) column:\s*(\d{1,3})\s*", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
_GAP = "____"


def read(raw: bytes) -> Found:
    """Return the notes of a text file that Anki has exported. Raises `UnreadableFile`."""
    csv.field_size_limit(1_000_000)  # characters; images stand in some fields
    lines = [f"{line}\n" for line in decode(raw).split("\n")]
    separator, is_html, special, deck = "\t", True, set[int](), -1
    skipped = 0
    for line in lines:
        if not line.startswith("#"):
            break
        skipped += 1
        key, _, value = line.strip().partition(":")
        if key.casefold() == "#separator":
            separator = _SEPARATORS.get(value.strip().casefold(), value.strip()[:1] or "\t")
        elif key.casefold() == "#html":
            is_html = value.strip().casefold() == "true"
        elif column := _COLUMN.fullmatch(line):
            special.add(int(column[2]) - 1)
            deck = int(column[2]) - 1 if column[1].casefold() == "deck" else deck
    reader = csv.reader(lines[skipped:], delimiter=separator)
    found = Found()
    number = skipped + 1
    try:
        for row in reader:
            fields = [field for at, field in enumerate(row) if at not in special]
            category = row[deck].rpartition("::")[2] if 0 <= deck < len(row) else ""
            if any(field.strip() for field in fields):
                found.take(_note(number, fields, category, is_html=is_html))
            number = skipped + reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"this is no export of Anki that can be read: {error}", number) from error
    return found


def _note(line: int, fields: list[str], category: str, *, is_html: bool) -> Item | Refusal:
    fields = [_SOUND.sub(" ", field) for field in fields]
    gaps = _CLOZE.findall(fields[0])
    if len(gaps) > 1:
        return Refusal(line, "the note has several gaps")
    if gaps:
        stem, answer = _CLOZE.sub(_GAP, fields[0]), gaps[0]
    elif len(fields) < 2:
        return Refusal(line, "the note has one field only")
    else:
        stem, answer = fields[0], fields[1]
    key = _text(answer, is_html=is_html)
    options = [(key, True)]
    if len(fields) > 2 and is_html and not gaps:
        listed = _items(fields[2])
        if key.words in listed:  # a note of our own, whose third field lists all options
            options = [(Text(words), words == key.words) for words in listed]
    return judge(line, _text(stem, is_html=is_html), options, category=category)


def _text(words: str, *, is_html: bool) -> Text:
    return from_html(words) if is_html else Text(words)


def _items(fragment: str) -> list[str]:
    """Return the items of a list in HTML."""
    return [from_html(item.partition("</li>")[0]).words for item in fragment.split("<li>")[1:]]
