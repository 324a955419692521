"""A room at everybody's own pace, in words: how far a player is, when it closes, what becomes of an attempt."""

from __future__ import annotations

from datetime import datetime

from orbitquiz.classroom.protocol import Progress, QuestionOut
from orbitquiz.text.counts import counted


def closing(closes: str | None) -> str:
    """Return when a room closes, by this computer's clock, as a sentence; empty if it does not close by itself."""
    if closes is None:
        return ""
    try:
        return f"Closes {datetime.fromisoformat(closes).astimezone():%a %d %b %Y, %H:%M}."
    except (ValueError, OverflowError, OSError):  # another program's room
        return ""


def done_line(progress: Progress) -> str:
    """Return how many questions are answered, and what came of them where that is told."""
    right = "" if progress.right is None else f", {progress.right} right"
    return f"{progress.answered} of {counted(progress.total, 'question')} answered{right}."


def later_line(progress: Progress) -> str:
    """Return what a player who has answered everything waits for."""
    told = "You have answered everything."
    return told if progress.score is not None else f"{told} The answers are shown once the room has closed."


def attempt_line(question: QuestionOut) -> str:
    """Return what became of the last attempt at a question; empty before the first."""
    if question.attempts is None or question.picked is None:
        return ""
    left = counted(question.attempts, "attempt")
    if question.picked in question.wrong:
        return f"That is not right. {left} left."
    return f"Answered. You may change it: {left} left." if question.attempts else "Answered."
