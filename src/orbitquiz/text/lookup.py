"""Look for words in a text: as whole words, and never as a part of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from orbitquiz.text.edits import Edited
from orbitquiz.text.fold import fold, is_word_boundary, plain
from orbitquiz.text.numbers import cuts
from orbitquiz.text.spans import Span

Accepts = Callable[[str, str, str], bool]
"""Judges words that were found: the words, what stands before and what after them, all plain, capitals kept."""

_AROUND = 40  # characters before and after that are shown to a judge


def holds(text: str, words: str) -> bool:
    """Return whether `words` stand in `text` as whole words. Both are folded and casefolded already.

    A number does not stand inside another one: 1.9 is neither in 1.95 nor in 11.9, 17 not in 17,000 or 17 million.
    """
    return words in text and next(_places(text, words, 0, len(text)), None) is not None


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Return whether some of `words` stand in `text` as `holds` has it. All are folded and casefolded already."""
    return any(holds(text, each) for each in words)


def spans_of(text: str, words: Iterable[str]) -> list[Span]:
    """Return where some of `words`, which are folded and casefolded, stand in `text`, as `Searchable.spans` does."""
    return Searchable(text).spans(words)


class Searchable:
    """A text in which words are looked for."""

    def __init__(self, text: str, caseless: Edited | None = None) -> None:
        """Take `text` and, where somebody has it already, its `caseless` fold."""
        self.text = text
        self.caseless = caseless or fold(text, caseless=True)

    @cached_property
    def whole(self) -> Span:
        """The span of all of the text."""
        return 0, len(self.text)

    def spans(self, words: Iterable[str], within: Span | None = None, accepts: Accepts | None = None) -> list[Span]:
        """Return where some of `words`, which are folded and casefolded, stand in `text` and `accepts` them.

        The spans are of `text` as it is, in order and apart: where several stand in one place, the longest of the
        leftmost. `within` is the span that they have to stand in; what stands around it still decides where words and
        numbers begin and end.
        """
        start, end = self.whole if within is None else within
        first, last = self.caseless.place(start), self.caseless.place(end)
        folded = self.caseless.text
        window = folded[first:last]  # most words are not in it, and looking here first is fast
        there = [each for each in words if each in window]
        found = {(at, at + len(each)) for each in there for at in _places(folded, each, first, last)}
        if not found:
            return []
        apart: list[Span] = []
        for begins, ends in sorted(found, key=lambda span: (span[0], -span[1])):
            if apart and begins < apart[-1][1]:
                continue
            if accepts is None or accepts(*self._around(begins, ends)):
                apart.append((begins, ends))
        return [self.caseless.original(begins, ends) for begins, ends in apart]

    def _around(self, start: int, end: int) -> tuple[str, str, str]:
        """Return the words at the folded span as they are written, and what stands before and after them."""
        first, last = self.caseless.original(start, end)
        before = plain(f"x{self.text[max(0, first - _AROUND) : first]}x")[1:-1]
        after = plain(f"x{self.text[last : last + _AROUND]}x")[1:-1]
        return plain(self.text[first:last]), before, after


def _places(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Yield where `words` stand in ``text[start:end]`` as whole words and whole numbers of `text`."""
    if not words:
        return
    at = text.find(words, start, end)
    while at >= 0:
        ends = at + len(words)
        if is_word_boundary(text, at) and is_word_boundary(text, ends) and not cuts(text, at, ends):
            yield at
        at = text.find(words, at + 1, end)
