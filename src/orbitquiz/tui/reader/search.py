"""Spans of a text: which a bank quotes, which hold what somebody looks for, and walking from one to the next."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from orbitquiz.bank.model import Quotation, Source
from orbitquiz.text.fold import fold
from orbitquiz.text.spans import Span


def quoted(source: Source, quotations: Iterable[Quotation]) -> list[Span]:
    """Return the spans of those of `quotations` that are in `source`, in its order, each once."""
    ends = ((each.start, min(each.end, len(source.text))) for each in quotations if each.source == source.id)
    return sorted({(start, end) for start, end in ends if 0 <= start < end})


def found(source: Source, words: str) -> list[Span]:
    """Return where `words` stand in `source`, folded as quotations are and without case, in order and apart."""
    sought = _lower(fold(words).text)
    if not sought.strip():
        return []
    folded = source.folded
    return [folded.original(*hit.span()) for hit in re.finditer(re.escape(sought), _lower(folded.text))]


def _lower(text: str) -> str:
    """`text` without case, letter by letter: a letter whose fold is two would shift all that follow."""
    if len(low := text.casefold()) == len(text):
        return low
    return "".join(low if len(low := letter.casefold()) == 1 else letter for letter in text)


@dataclass
class Walk:
    """Spans to walk through, of which one may be the current one. Where none is, they are in the text's order."""

    spans: Sequence[Span]
    index: int | None = None

    @property
    def present(self) -> Span | None:
        """The present span."""
        return None if self.index is None else self.spans[self.index]

    @property
    def place(self) -> str:
        """Which one is present, or how many there are."""
        return f"{len(self.spans):,}" if self.index is None else f"{self.index + 1:,} of {len(self.spans):,}"

    def step(self, by: int, top: int) -> None:
        """Go on by one, round the end; where none is present, to the one nearest to offset `top`."""
        if not self.spans:
            return
        if self.index is None:
            self.index = bisect_left(self.spans, top, key=itemgetter(0)) - (by < 0)
        else:
            self.index += by
        self.index %= len(self.spans)
