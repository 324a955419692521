"""Tell which sentences of a bank's documents are used, and which nobody has decided about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.bank.problems import Problem
from orbitquiz.text.safe import line_of

_SHOWN = 70  # characters of a sentence in a message


class Standing(StrEnum):
    """The status of a sentence."""

    QUOTED = "quoted"  # a fact quotes some of it
    FURNITURE = "furniture"  # it belongs to the page and not to the text
    DECLINED = "declined"  # nothing is asked about it, with a reason
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: characters `start` to `end` of its source's text.

    `why` names the facts that quote it, or gives the reason for which it is declined.
    """

    source: Source
    start: int
    end: int
    standing: Standing
    why: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line, from 1, in which it begins."""
        return self.source.line(self.start)

    @property
    def text(self) -> str:
        """Its words, on one line and safe to show."""
        return line_of(self.source.text[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every sentence of every document, in order, and `needless` ones: those that are declined and quoted too."""

    sentences: tuple[Sentence, ...]
    needless: tuple[Sentence, ...]

    def count(self, standing: Standing, source: str | None = None) -> int:
        """Count the sentences of the source with this id, or of all, that have `standing`."""
        return sum(item.standing is standing and source in (None, item.source.id) for item in self.sentences)

    def share(self, source: str | None = None) -> float:
        """Return the quoted part, from 0 to 1, of the sentences that are not furniture; 1 where there are none."""
        wanted = [item for item in self.sentences if source in (None, item.source.id)]
        told = [item for item in wanted if item.standing is not Standing.FURNITURE]
        return sum(item.standing is Standing.QUOTED for item in told) / len(told) if told else 1.0

    @property
    def unaccounted(self) -> tuple[Sentence, ...]:
        """The sentences that are neither quoted nor declared."""
        return tuple(item for item in self.sentences if item.standing is Standing.UNACCOUNTED)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return a problem for each sentence that the author still has to decide about."""
        unaccounted = "no fact quotes this sentence; quote it, or declare it furniture or declined in sources.yaml"
        needless = "a fact quotes this sentence, and sources.yaml declines it; take it from there"
        return (
            *(_problem(sentence, "unaccounted", unaccounted) for sentence in self.unaccounted),
            *(_problem(sentence, "needless-decline", needless) for sentence in self.needless),
        )


def cover(bank: Bank) -> Coverage:
    """Return the status of each sentence of the documents of `bank`."""
    quotations: dict[str, list[tuple[Quotation, str]]] = defaultdict(list)
    for fact in bank.facts:
        for quotation in fact.quotations:
            quotations[quotation.source].append((quotation, fact.id))
    sentences: list[Sentence] = []
    needless: list[Sentence] = []
    for source in bank.sources.values():
        for start, end in source.sentences:
            whole = Quotation(source.id, start, end)
            declined = tuple(dict.fromkeys(item.reason for item in source.declined if item.quotation.overlaps(whole)))
            sentence = _sentence(source, whole, quotations, declined)
            sentences.append(sentence)
            if sentence.standing is Standing.QUOTED and declined:
                needless.append(sentence)
    return Coverage(tuple(sentences), tuple(needless))


def _sentence(
    source: Source,
    whole: Quotation,
    quotations: Mapping[str, Sequence[tuple[Quotation, str]]],
    declined: tuple[str, ...],
) -> Sentence:
    facts = tuple(dict.fromkeys(id for quotation, id in quotations.get(source.id, ()) if quotation.overlaps(whole)))
    if facts:
        return Sentence(source, whole.start, whole.end, Standing.QUOTED, facts)
    if declined:
        return Sentence(source, whole.start, whole.end, Standing.DECLINED, declined)
    furniture = _is_heading(source, whole) or _is_covered(source.text, whole, source.furniture)
    return Sentence(source, whole.start, whole.end, Standing.FURNITURE if furniture else Standing.UNACCOUNTED)


def _is_heading(source: Source, whole: Quotation) -> bool:
    """True for a heading of the document that stands alone, and so tells nothing."""
    words = line_of(source.text[whole.start : whole.end]).lstrip("# ")
    return any(whole.start <= each.at < whole.end and words == each.name for each in source.headings)


def _is_covered(text: str, whole: Quotation, pieces: Iterable[Quotation]) -> bool:
    """True if `pieces` leave nothing of `whole` but space."""
    at = whole.start
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if piece.start > at and text[at : min(piece.start, whole.end)].strip():
            return False
        at = max(at, piece.end)
    return not text[at : whole.end].strip()


def _problem(sentence: Sentence, code: str, message: str) -> Problem:
    text = sentence.text if len(sentence.text) <= _SHOWN else f"{sentence.text[: _SHOWN - 1]}…"
    column = sentence.source.column(sentence.start)
    return Problem(sentence.source.file, sentence.line, column, code, f"{message}: {text}")
