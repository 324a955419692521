"""A proof as lines of text, and the lines of a document around it."""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.bank.model import Source
from orbitquiz.bank.passage import Passage
from orbitquiz.plain.question import Excerpt, lines_of_proof
from orbitquiz.quiz.proof import Feedback, Proof
from orbitquiz.text.safe import line_of

AROUND = 5
"""How many lines of a document are shown before a proof and after it."""


def proof_lines(proof: Proof, told: Feedback | None) -> Iterator[str]:
    """The whole proof, with what the bank knows of a wrong answer."""
    remark = f"{told.statement} ({told.where})" if told and not proof.shows(told) else None
    shown = [Excerpt(item.value, _place(item.passage), item.passage.text, item.passage.marks) for item in proof.shown]
    also = [f"{item.cite_as}, line {item.line}" for item in proof.also]
    yield from lines_of_proof(proof.statement, shown, also, proof.note, remark)


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


def _place(passage: Passage) -> str:
    # Not the passage's own heading: its dots and dashes would be read out.
    first, last = passage.line, passage.last_line
    place = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{place}, {_named(passage.source)}"


def _named(source: Source) -> str:
    return ", ".join(map(line_of, source.names))
