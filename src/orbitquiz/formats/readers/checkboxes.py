"""Questions from Markdown: a paragraph or heading, and under it a list with checkboxes of which one is ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import Found, Item, Refusal, Text, judge
from orbitquiz.formats.readers.markup import from_html

_BOX = re.compile(r"\s*[-*+]\s+\[([ xX]?)\]\s*(.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_NUMBER = re.compile(r"\A(?:Q?\d{1,4}[.):]|Q(?:uestion)?\s*\d{1,4}[.):]?)\s+", re.IGNORECASE)
_TAG = re.compile(r"\s*</?quiz>\s*", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)(?:\s+\"[^\"]*\")?\)")
_ADDRESS = re.compile(r"<(https?://[^\s>]+)>|(?<![\w(<])(https?://[^\s<>)\]]+)")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|`)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST = 5_000  # characters of a text that are looked at; a question of so many is refused


@dataclass(slots=True)
class _Draft:
    """A question while it is read: where it begins, its lines, its options, and what comes after them."""

    line: int
    stem: list[str]
    options: list[tuple[str, bool]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    has_code: bool = False


def read(raw: bytes) -> Found:
    """Return the questions of a Markdown file."""
    found = Found()
    category, paragraph, start = "", list[str](), 0
    draft: _Draft | None = None
    fenced, coded = False, False

    def finish() -> None:
        if draft is not None:
            found.take(_question(draft, category))

    for number, line in enumerate(decode(raw).split("\n"), 1):
        if _FENCE.match(line):
            fenced = not fenced
            coded = True
            continue
        if fenced:
            continue
        box = _BOX.fullmatch(line)
        heading = _HEADING.fullmatch(line)
        if box and draft is not None and not paragraph:
            draft.options.append((box[2], box[1] in ("x", "X")))
            draft.has_code |= coded
        elif box and paragraph:
            finish()
            draft = _Draft(start, paragraph, [(box[2], box[1] in ("x", "X"))], has_code=coded)
            paragraph, coded = [], False
        elif box:
            found.take(Refusal(number, "an option without a question before it"))
        elif heading:
            finish()
            draft, coded = None, False
            if paragraph and _is_heading_of_category(paragraph):
                category = paragraph[0]
            paragraph, start = [heading[1]], number
        elif _TAG.fullmatch(line):
            finish()
            draft, paragraph, coded = None, [], False
        elif not line.strip():
            if draft is None or not draft.options:
                continue
            draft.after += paragraph
            paragraph = []
        elif draft is not None and draft.options and line.lstrip().startswith(">"):
            draft.after.append(line.lstrip().removeprefix(">"))
        else:
            if not paragraph:
                start = number
            paragraph.append(line.strip())
    if draft is not None:
        draft.after += paragraph
    finish()
    return found


def _is_heading_of_category(paragraph: list[str]) -> bool:
    return len(paragraph) == 1


def _question(draft: _Draft, category: str) -> Item | Refusal:
    if draft.has_code:
        return Refusal(draft.line, "code is a part of the question")
    after = _text(" ".join(draft.after))
    stem = _text(_NUMBER.sub("", " ".join(draft.stem), count=1))
    if len(draft.options) < 2:
        return Refusal(draft.line, "there are fewer than two options")
    return judge(draft.line, stem, [(_text(words), right) for words, right in draft.options], after, category)


def _text(words: str) -> Text:
    """Return the words without Markdown's signs, and the addresses in them."""
    words = words[:_LONGEST]
    image = _IMAGE.search(words) is not None
    words = _IMAGE.sub(" ", words)
    links = [match[2] for match in _LINK.finditer(words)]
    words = _LINK.sub(r"\1", words)
    links += [match[1] or match[2] for match in _ADDRESS.finditer(words)]
    words = _ADDRESS.sub(lambda match: match[2] or "", words)
    words = _EMPHASIS.sub(r"\2", words)
    words = _ESCAPED.sub(lambda match: f"&#{ord(match[1])};", words)
    found = from_html(words)
    return Text(found.words, (*links, *found.links), image or found.has_image)
