"""A document as a person reads it: Markdown without its marks, and no more than one blank line in a row."""

from __future__ import annotations

import re

from orbitquiz.bank.model import Source
from orbitquiz.text.edits import Edit, Edited, edited
from orbitquiz.text.markup import markdown_edits
from orbitquiz.text.spans import Span

_END = r"(?:\r\n?|\n)"
_BLANK_LINES = re.compile(rf"\A\ufeff?(?:[^\S\r\n]*{_END})*|(?P<first>{_END})(?:[^\S\r\n]*{_END}){{2,}}")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S[^\r\n]*)", re.MULTILINE)


def rendered(source: Source) -> Edited:
    """Return the text of `source` as it is shown, which remembers where everything stood."""
    before = edited(source.text, markdown_edits(source.text, "• ") if source.format == "markdown" else [])
    folded: list[Edit] = []
    for found in _BLANK_LINES.finditer(before.text):
        # The end of the line before stays, so that the blank line has the number of the first.
        first = found["first"]
        folded.append((found.end("first"), found.end(), first[-1]) if first else (*found.span(), ""))
    return edited(before.text, folded, before)


def headings(source: Source) -> list[Span]:
    """Return the spans of the headings of a Markdown document, in order."""
    return [found.span(1) for found in _HEADING.finditer(source.text)] if source.format == "markdown" else []
