"""Words for numbers and teams, written out: a screen reader says "2 min" as it likes."""

from __future__ import annotations

from collections.abc import Sequence

from orbitquiz.quiz.game import Verdict
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

_ENDS = (".", "!", "?", "…")


def duration(seconds: float) -> str:
    """A time: 8 seconds, 2 minutes 5 seconds, 1 hour 2 minutes."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{counted(hours, 'hour')} {counted(minutes, 'minute')}"
    return f"{counted(minutes, 'minute')} {counted(left, 'second')}" if minutes else counted(left, "second")


def sentence(text: str) -> str:
    """`text` on one line with one full stop, so that a voice pauses after it."""
    line = line_of(text)
    return line if line.endswith(_ENDS) else f"{line}."


def turn(teams: Sequence[str], number: int) -> str:
    """Whose turn the question with this number is."""
    return f"{line_of(teams[(number - 1) % len(teams)])}'s turn."


def standing(teams: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    """The points of each team."""
    points = [0] * len(teams)
    for verdict in verdicts:
        points[(verdict.number - 1) % len(teams)] += verdict.points
    parts = (f"{line_of(team)} {counted(each, 'point')}" for team, each in zip(teams, points, strict=True))
    return f"Standing: {', '.join(parts)}."
