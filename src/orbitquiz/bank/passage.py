"""Make the passage that a proof shows: the sentences around a quotation, with the quotation marked.

It is made here once, the same for every screen, export and room, so that what was shown can be known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from orbitquiz.bank.model import Quotation, Source
from orbitquiz.text.lines import LINE_END
from orbitquiz.text.pattern import pattern
from orbitquiz.text.safe import visible
from orbitquiz.text.width import cells

#: How many characters all passages of a proof may have together: what 80×24 shows beside stem and options.
PASSAGE_CHARACTERS = 400
_SHORTEST = 100
_NEAR = 160  # quotations of one source closer than this share a passage,
_NEAR_IN_PARAGRAPH = 400  # and so do those in one paragraph that are closer than this
_SPACE = pattern(r"\s+")


class Passage(Struct, frozen=True):
    """An excerpt of `source` as a person reads it.

    `text` is clean, on one line and safe to show; `marks` are the spans of `quotations` in it, in order.
    `line` is where the first quotation begins in the document and `last_line` where the last one does, from 1;
    `start` and `end` are the excerpt's span in the document's text. An ellipsis stands where the excerpt cuts into
    a paragraph.
    """

    source: Source
    start: int
    end: int
    line: int
    last_line: int
    text: str
    marks: tuple[tuple[int, int], ...]
    quotations: tuple[Quotation, ...]

    @property
    def place(self) -> str:
        """Where it stands in the document, in words."""
        first, last = self.quotations[0], self.quotations[-1]
        if locator := self.source.locator(first.start, last.end):
            return locator
        return f"line {self.line}" if self.line == self.last_line else f"lines {self.line}–{self.last_line}"

    @property
    def dated_heading(self) -> str:
        """The source, the day of its publication, and the place in it: for passages that are compared."""
        cite_as = self.source.cite_as
        issued = self.source.issued_words or "no date given"
        return f"{cite_as[:1].upper()}{cite_as[1:]} · {issued} · {self.place}"

    @property
    def heading(self) -> str:
        """Where it stands, and in what."""
        cite_as, *rest = self.source.names
        return " · ".join((self.place, cite_as[:1].upper() + cite_as[1:], *rest))

    def covers(self, quotation: Quotation) -> bool:
        """True if it shows some characters of `quotation`."""
        return self.source.id == quotation.source and self.start < quotation.end and quotation.start < self.end

    def contains(self, quotation: Quotation) -> bool:
        """True if it shows all of `quotation`."""
        return self.source.id == quotation.source and self.start <= quotation.start and quotation.end <= self.end


def passages(
    sources: Mapping[str, Source], quotations: Sequence[Quotation], characters: int = PASSAGE_CHARACTERS
) -> tuple[Passage, ...]:
    """Return the passages in which `quotations` stand, of about `characters` in all.

    Source by source as each first comes, and there in the document's order.

    Quotations that are near one another share a passage.
    """
    groups = _groups(sources, quotations)
    share = max(characters // max(len(groups), 1), _SHORTEST)
    return tuple(_passage(sources[group[0].source], group, share) for group in groups)


def sentences_of(source: Source, quotations: Iterable[Quotation]) -> str:
    """Return the sentences of `source` that `quotations` touch, one after another."""
    touched = {n for quotation in quotations for n in _touched(source, quotation.start, quotation.end)}
    return " ".join(source.clean.slice(*source.sentences[n]) for n in sorted(touched))


def _groups(sources: Mapping[str, Source], quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    """The quotations that share a passage: source by source as each first comes, and there in the document's order."""
    order = list(dict.fromkeys(quotation.source for quotation in quotations))
    groups: list[list[Quotation]] = []
    for quotation in sorted(quotations, key=lambda each: (order.index(each.source), each.start, each.end)):
        if groups and any(_are_near(sources[quotation.source], quotation, other) for other in groups[-1]):
            groups[-1].append(quotation)
        else:
            groups.append([quotation])
    return groups


def _are_near(source: Source, a: Quotation, b: Quotation) -> bool:
    if a.source != b.source:
        return False
    apart = _is_apart(source.text, min(a.end, b.end), max(a.start, b.start))
    return _gap(a, b) <= (_NEAR if apart else _NEAR_IN_PARAGRAPH)


def _gap(a: Quotation, b: Quotation) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _touched(source: Source, start: int, end: int) -> range:
    """Which sentences the span touches."""
    first = bisect_right(source.sentences, start, key=lambda span: span[0]) - 1
    last = bisect_right(source.sentences, end - 1, key=lambda span: span[0]) - 1
    return range(max(first, 0), last + 1)


def _passage(source: Source, group: list[Quotation], share: int) -> Passage:
    start, end = group[0].start, max(quotation.end for quotation in group)
    width = cells(source.text[start:end])
    share = min(share, share * (end - start) // max(width, 1))  # a wide character takes the room of two
    start, end = _window(source, start, end, share)
    text = "" if _begins_paragraph(source.text, start) else "… "
    marks: list[tuple[int, int]] = []
    at = start
    for quotation in group:
        text += _shown(source, at, quotation.start)
        mark = len(text)
        text += _shown(source, max(at, quotation.start), quotation.end)
        if len(text) > mark:
            marks.append((mark, len(text)))
        at = max(at, quotation.end)
    text += _shown(source, at, end)
    if not _ends_paragraph(source.text, end):
        text += " …"
    lines = [source.line(quotation.start) for quotation in group]
    return Passage(source, start, end, lines[0], lines[-1], text, tuple(marks), tuple(group))


def _window(source: Source, start: int, end: int, share: int) -> tuple[int, int]:
    """Return the span to show: whole sentences around [start, end) as far as they fit, else the words nearest to it."""
    spans = source.sentences
    touched = _touched(source, start, end)
    first, last = touched[0], touched[-1]
    a, b = min(spans[first][0], start), max(spans[last][1], end)
    if b - a > share:
        return _cut(source.text, a, b, start, end, share)
    # What comes before explains who "he" is, so it is taken first.
    while True:
        before = spans[first - 1][0] if first > 0 and not _is_apart(source.text, spans[first - 1][1], a) else None
        after = (
            spans[last + 1][1] if last + 1 < len(spans) and not _is_apart(source.text, b, spans[last + 1][0]) else None
        )
        if before is not None and b - before <= share:
            first, a = first - 1, before
        elif after is not None and after - a <= share:
            last, b = last + 1, after
        else:
            return a, b


def _cut(text: str, a: int, b: int, start: int, end: int, share: int) -> tuple[int, int]:
    spare = max(share - (end - start), 0)
    left = min(start - a, spare * 2 // 3)
    right = min(b - end, spare - left)
    left = min(start - a, spare - right)
    return _forward_to_word(text, start - left, start, a), _back_to_word(text, end + right, end, b)


def _forward_to_word(text: str, at: int, limit: int, beginning: int) -> int:
    if at <= beginning:
        return beginning
    space = _SPACE.search(text, at - 1, limit)
    return space.end() if space else limit


def _back_to_word(text: str, at: int, limit: int, ending: int) -> int:
    if at >= ending:
        return ending
    while at > limit and not text[at].isspace():
        at -= 1
    while at > limit and text[at - 1].isspace():
        at -= 1
    return at


def _is_apart(text: str, end: int, start: int) -> bool:
    """True if a blank line separates one sentence's end from the next one's start."""
    return sum(1 for _ in LINE_END.finditer(text, end, start)) > 1


def _begins_paragraph(text: str, start: int) -> bool:
    before = len(text[:start].rstrip())
    return before == 0 or _is_apart(text, before, start)


def _ends_paragraph(text: str, end: int) -> bool:
    after = len(text) - len(text[end:].lstrip())
    return after == len(text) or _is_apart(text, end, after)


def _shown(source: Source, start: int, end: int) -> str:
    return visible(source.clean.slice(start, end)) if start < end else ""
