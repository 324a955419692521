"""A proof as lines, from its words alone: a game on this computer and a room tell it alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from orbitquiz.presenter.wording import sentence
from orbitquiz.text.safe import line_of

BEFORE, AFTER = ">>", "<<"
"""What stands around a quotation. A screen reader says both, and nothing else in a text is likely to look like them."""


class Excerpt(NamedTuple):
    """A passage: the value it proves, where it stands, as a voice can read it out, its text, and the spans to mark."""

    value: str
    place: str
    text: str
    marks: Iterable[tuple[int, int]]


def lines_of_proof(
    statement: str, shown: Sequence[Excerpt], also: Sequence[str], note: str | None, remark: str | None = None
) -> Iterator[str]:
    """The whole proof; `remark` is what is known of a wrong answer."""
    yield line_of(statement)
    if remark:
        yield f"Your answer: {line_of(remark)}"
    several = len({excerpt.value for excerpt in shown}) > 1
    for excerpt in shown:
        place = excerpt.place
        yield sentence(f"{line_of(excerpt.value)}: {place}" if several else f"{place[:1].upper()}{place[1:]}")
        yield marked(excerpt.text, excerpt.marks)
    if note:
        yield f"Editor's note: {line_of(note)}"
    if also:
        yield f"Also: {'; '.join(map(line_of, also))}"


def marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """`text` with each of the spans `marks` between two signs."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if spans and start <= spans[-1][1]:  # two that touch would give signs without words between them
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], BEFORE, text[start:end], AFTER]
        at = end
    return "".join([*parts, text[at:]])
