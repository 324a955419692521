"""A proof as lines of text, and the lines of a document around it."""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.bank.model import Source
from orbitquiz.bank.passage import Passage
from orbitquiz.bank.text import line_of
from orbitquiz.plain.words import sentence
from orbitquiz.quiz.proof import Evidence, Proof, Remark

BEFORE, AFTER = ">>", "<<"
"""What stands around a quotation. A screen reader says both, and nothing else in a text is likely to look like them."""

AROUND = 5
"""How many lines of a document are shown before a proof and after it."""


def proof_lines(proof: Proof, told: Remark | None) -> Iterator[str]:
    """The whole proof, with what the bank knows of a wrong answer."""
    yield line_of(proof.statement)
    if told and not proof.shows(told):
        yield f"Your answer: {line_of(told.statement)} ({line_of(told.where)})"
    several = len({item.value for item in proof.shown}) > 1
    for item in proof.shown:
        yield _heading(item, with_value=several)
        yield marked(item.passage)
    if proof.note:
        yield f"Editor's note: {line_of(proof.note)}"
    if proof.also:
        yield f"Also: {'; '.join(f'{line_of(item.cite_as)}, line {item.line}' for item in proof.also)}"


def marked(passage: Passage) -> str:
    """The text of `passage` with each of its quotations between two signs."""
    spans: list[tuple[int, int]] = []
    for start, end in passage.marks:
        if spans and start <= spans[-1][1]:  # two that touch would give signs without words between them
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    text, parts, at = passage.text, [], 0
    for start, end in spans:
        parts += [text[at:start], BEFORE, text[start:end], AFTER]
        at = end
    return "".join([*parts, text[at:]])


def source_lines(proof: Proof) -> Iterator[str]:
    """The lines of each document around its passages in `proof`, with their numbers."""
    wanted: dict[str, tuple[Source, set[int]]] = {}
    for item in proof.shown:
        passage = item.passage
        _, numbers = wanted.setdefault(passage.source.id, (passage.source, set()))
        numbers |= set(range(passage.line - AROUND, passage.last_line + AROUND + 1))
    for source, numbers in wanted.values():
        yield f"From {_named(source)}:"
        yield from _numbered(source, numbers)


def _numbered(source: Source, numbers: set[int]) -> Iterator[str]:
    # A document's lines are what its line feeds make, here as everywhere.
    lines = source.text.removesuffix("\n").split("\n")
    before = None
    for number in sorted(number for number in numbers if 1 <= number <= len(lines)):
        if before is not None and number > before + 1:
            yield "Some lines are left out here."
        yield f"{number}  {lines[number - 1].rstrip()}".rstrip()
        before = number


def _heading(item: Evidence, *, with_value: bool) -> str:
    # Not the passage's own heading: its dots and dashes would be read out.
    first, last = item.passage.line, item.passage.last_line
    place = f"line {first}" if first == last else f"lines {first} to {last}"
    place = f"{line_of(item.value)}: {place}" if with_value else place.capitalize()
    return sentence(f"{place}, {_named(item.passage.source)}")


def _named(source: Source) -> str:
    return ", ".join(line_of(part) for part in (source.issued_words, source.label) if part)
