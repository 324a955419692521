"""Find where the sentences of a document begin and end.

A rule of thumb for prose, good enough to show a quotation in its surroundings. It splits at blank lines and after
a full stop, question or exclamation mark that a capital, a digit or an opening quote follows, but not after English
abbreviations and initials. Chinese and Japanese marks end a sentence by themselves, with no space after them.
"""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*(?:\r\n|\r(?!\n)|\n)\s*")
_END = re.compile(
    r"""[.!?…]+["'”’)\]*]*(?=\s+["'“‘(\[*]*[A-Z0-9À-ÖØ-ÞА-Я\u0e01-\u0e5b\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3])"""
    r"|[。！？｡]+[」』）”’]*"
)
_ABBREVIATION = re.compile(
    r"""(?:^|[\s("'“‘])(?:[A-Za-z]\.)*(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Capt|Sen|Rep|Gov|vs|No|Vol|pp|ca|cf|approx
    |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e)\.$""",
    re.VERBOSE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text` in order, each without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        spans += _in_paragraph(text, start, gap.start())
        start = gap.end()
    return spans + _in_paragraph(text, start, len(text))


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    for stop in _END.finditer(text, start, end):
        if text[stop.start()] == "." and _ABBREVIATION.search(text[max(start, stop.start() - 12) : stop.start() + 1]):
            continue
        spans.append(_trim(text, start, stop.end()))
        start = stop.end()
    spans.append(_trim(text, start, end))
    return [(a, b) for a, b in spans if a < b]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
