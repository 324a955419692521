"""The proof of an answer, as every screen, export and room shows it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from orbitquiz.bank.model import Bank, Claim, Fact, Quotation
from orbitquiz.bank.passage import PASSAGE_CHARACTERS, Passage, passages

Side = tuple[Claim, str]
"""A claim and the id of the source whose passage shows it."""


class Evidence(Struct, frozen=True):
    """A passage, and the value of the fact that it proves."""

    value: str
    passage: Passage


class Citation(Struct, frozen=True):
    """Another place that proves the same value, named without its passage."""

    cite_as: str
    quotation: Quotation
    line: int
    locator: str | None = None  # the page or heading of the original, where the document has such

    @property
    def place(self) -> str:
        """Where it stands in the document, in words."""
        return self.locator or f"line {self.line}"


class Feedback(Struct, frozen=True):
    """Knowledge of the bank about a wrong option: a sentence and the place that proves it, if any.

    Without a citation it is the editor's word. `is_reason` says that it is the author's reason why the option is
    wrong, which says more than the words it cites.
    """

    statement: str
    citation: Citation | None = None
    is_reason: bool = False

    @property
    def where(self) -> str:
        """Its source and line; the line alone where the statement names the source already."""
        if self.citation is None:
            return "editor's note"
        line = self.citation.place
        return line if self.citation.cite_as in self.statement else f"{self.citation.cite_as}, {line}"


class Proof(Struct, frozen=True):
    """Everything shown after an answer.

    `statement` is the fact as a sentence; `shown` are the passages, that of the key first and, where sources
    differ, one of each other side; `also` are further places that prove the key; `note` is the editor's word.
    """

    statement: str
    shown: tuple[Evidence, ...]
    also: tuple[Citation, ...] = ()
    note: str | None = None

    def shows(self, feedback: Feedback) -> bool:
        """True if one of the passages says what `feedback` says, so that it need not be repeated."""
        cited = feedback.citation
        if cited is None or feedback.is_reason:
            return False
        return any(item.passage.contains(cited.quotation) for item in self.shown)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that a player can read in it."""
        passages = (text for item in self.shown for text in (item.value, item.passage.heading, item.passage.text))
        further = (item.cite_as for item in self.also)
        return (self.statement, *passages, *further, *([self.note] if self.note else []))


def prove(bank: Bank, fact: Fact, sides: Sequence[Side], statement: str, *, of_value: bool) -> Proof:
    """Return the proof of `fact` under `statement`, with a passage for each of `sides`, the key's first.

    With `of_value` false it is something else in the first side's quotations that is proved, a person who goes with
    the value or said it, and no other source need prove that.
    """
    claim, source = sides[0]
    also = tuple(cite(bank, claim.carrier_of(id)) for id in claim.sources if of_value and id != source)
    notes = [note for note in (claim.note, fact.note) if note]
    return Proof(statement, evidence(bank, sides), also, " ".join(notes) or None)


def evidence(bank: Bank, sides: Sequence[Side]) -> tuple[Evidence, ...]:
    """Return the passages that show what each of `sides` says."""
    # Each side has its share of the room, and a long proof on one side takes none from the other.
    share = PASSAGE_CHARACTERS // len(sides)
    return tuple(
        Evidence(claim.value.text, passage)
        for claim, source in sides
        for passage in passages(bank.sources, claim.proof_by(source), share)
    )


def cite(bank: Bank, quotation: Quotation) -> Citation:
    """Return where `quotation` stands, in a few words."""
    source = bank.sources[quotation.source]
    return Citation(source.cite_as, quotation, source.line(quotation.start), source.locator(*quotation.span))
