"""Words that several screens use."""

from __future__ import annotations

from orbitquiz.quiz.game import Verdict

RIGHT, WRONG, TO_COME, NOW = "●", "○", "·", "◆"
"""The marks of the questions of a game, told apart by form and not by colour alone."""


MOST_MARKS = 30
"""A game of more questions shows no marks."""


def mark_of(verdict: Verdict) -> str:
    """The mark of a question that has been answered."""
    return RIGHT if verdict.is_right else WRONG


def duration(seconds: float) -> str:
    """A time in words: 8 s, 2 min 5 s, 1 h 2 min."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {left} s" if minutes else f"{left} s"
