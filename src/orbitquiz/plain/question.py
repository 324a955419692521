"""A question and its proof as lines of text that a voice reads out well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orbitquiz.bank.model import Source
from orbitquiz.presenter.citing import Cited
from orbitquiz.presenter.wording import sentence
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.quiz.stems import GAP
from orbitquiz.text.safe import line_of

AROUND = 5
"""The number of lines of a document shown before and after a proof."""


def spoken(text: str) -> str:
    """Return `text` on one line, with a word for each gap: a voice says nothing for `____`."""
    return line_of(text).replace(GAP, "blank")


def option_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the options with their numbers."""
    for number, text in enumerate(texts, 1):
        yield f"{number}: {line_of(text)}"


def proof_lines(proof: ProofSheet, remark: str | None = None) -> Iterator[str]:
    """Yield the whole proof; `remark` is what is known about a wrong answer."""
    yield spoken(proof.statement)
    if remark:
        yield f"Your answer: {line_of(remark)}"
    several = len({passage.value for passage in proof.shown}) > 1
    for passage in proof.shown:
        place = _place(passage.heading)
        yield sentence(f"{line_of(passage.value)}: {place}" if several else f"{place[:1].upper()}{place[1:]}")
        yield from _passage_lines(passage)
    if proof.note:
        yield f"Editor's note: {line_of(proof.note)}"
    if proof.also:
        yield f"Also: {'; '.join(map(line_of, proof.also))}"


def _passage_lines(passage: PassageSheet) -> Iterator[str]:
    yield line_of(passage.text)
    quoted = [line_of(passage.text[start:end]) for start, end in merged(passage.marks)]
    if quoted and quoted != [line_of(passage.text)]:
        yield f"The proof in it: {'; '.join(quoted)}"


def open_lines(passages: Iterable[PassageSheet]) -> Iterator[str]:
    """Yield the passages to be read before answering, each after its source and day."""
    for passage in passages:
        yield sentence(_place(passage.heading))
        yield from _passage_lines(passage)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def source_lines(cited: Sequence[Cited]) -> Iterator[str]:
    """Yield the lines of each cited document around what is cited, with their numbers."""
    wanted: dict[str, tuple[Source, set[int]]] = {}
    for each in cited:
        source = each.source
        _, numbers = wanted.setdefault(source.id, (source, set()))
        for quotation in each.quotations:
            if quotation.source == source.id:
                first, last = source.line(quotation.start), source.line(max(quotation.end - 1, 0))
                numbers |= set(range(first - AROUND, last + AROUND + 1))
    for source, numbers in wanted.values():
        yield f"From {', '.join(map(line_of, source.names))}:"
        yield from numbered_lines(source, numbers)


def numbered_lines(source: Source, numbers: Iterable[int]) -> Iterator[str]:
    """Yield the lines of a document with these numbers, from 1; what it lacks is passed over."""
    lines = source.lines
    before = None
    for number in sorted(number for number in numbers if 1 <= number <= len(lines)):
        if before is not None and number > before + 1:
            yield "Some lines are left out here."
        yield f"{number}  {lines[number - 1].rstrip()}".rstrip()
        before = number


def _place(heading: str) -> str:
    # Its dots and its dash would be read out.
    place, *rest = line_of(heading).split(" · ")
    return ", ".join([place.replace("–", " to "), *rest])
