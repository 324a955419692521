"""A room in words: questions, proofs and standings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orbitquiz.classroom.protocol import QuestionOut, RevealedQuestion, StandingRow
from orbitquiz.presenter.wording import sentence
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

_NAMED = 5  # names in a line

FASTER = "Faster answers pay more."
"""Told where points depend on speed."""


def head(question: QuestionOut | RevealedQuestion) -> str:
    """Return the number of the question and its category."""
    parts = [f"Question {question.number} of {question.total}.", sentence(question.category)]
    return " ".join([*parts, "Sources differ."] if question.sources_differ else parts)


def standing_lines(standings: Sequence[StandingRow], most: int, *, with_movement: bool = True) -> Iterator[str]:
    """Return the first `most` of them, and how many are left out."""
    for standing in standings[:most]:
        movement = _movement(standing) if with_movement else ""
        yield f"{standing.rank}. {line_of(standing.name)}, {_points(standing.points)}{movement}"
    if (rest := len(standings) - most) > 0:
        yield f"And {rest} more."


def listed(names: Sequence[str]) -> str:
    """Names in a line, the first of them where they are many."""
    shown = [line_of(name) for name in names[:_NAMED]]
    if rest := len(names) - len(shown):
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def are(count: int, one: str = "is", many: str = "are") -> str:
    """Return the verb for so many."""
    return one if count == 1 else many


def _points(points: float) -> str:
    return counted(int(points), "point") if points == int(points) else f"{points:.1f} points"


def _movement(standing: StandingRow) -> str:
    if standing.before in (None, standing.rank):
        return ""
    assert standing.before is not None
    way = "up" if standing.rank < standing.before else "down"
    return f", {way} {abs(standing.rank - standing.before)}"
