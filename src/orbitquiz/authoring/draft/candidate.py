"""A value that could be asked for, where it stands in a document."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.bank.values import FactType
from orbitquiz.text.spans import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of a document that answer a question.

    `proof` are the characters of the whole sentence, `quote` those of the part that is shown with a gap, and `span`
    those of the value inside. `value` is the answer in the form of its `type`. `kind` says of a name what it probably
    names; `among` are other names that could stand in its place.
    """

    proof: Span
    quote: Span
    span: Span
    type: FactType
    value: str
    kind: str = ""
    among: tuple[str, ...] = ()
