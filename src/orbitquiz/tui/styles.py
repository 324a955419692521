"""Marks, leads and styles that several screens use."""

from __future__ import annotations

from textual.content import Content

from orbitquiz.presenter.outcome import Outcome
from orbitquiz.presenter.wording import sentence
from orbitquiz.text.safe import line_of

TO_COME, NOW = "·", "◆"
"""The marks of questions that are not over; those of others belong to their `Outcome`."""

MOST_MARKS = 30
"""A game of more questions shows no marks."""

MUTED, FAINT = "$foreground 65%", "$foreground 42%"
"""The styles of words that say less, and of those that can do nothing now.

Not Textual's `$text-muted` and `$text-disabled`: `Content` draws these at full strength.
"""


_STYLES = {
    Outcome.RIGHT: "$text-success",
    Outcome.HINTED: "$text-success",
    Outcome.GUESSED: "$text-success",
    Outcome.WRONG: "$text-error",
    Outcome.ABSENT: MUTED,
}


def mark_of(outcome: Outcome) -> tuple[str, str]:
    """Return the mark of a question that is over, and its style."""
    return outcome.mark, _STYLES.get(outcome, MUTED)


def lead_of(outcome: Outcome) -> Content:
    """Return the words that open a verdict."""
    style = _STYLES.get(outcome, "$text-warning")
    return Content.assemble((f"{outcome.sign} {outcome.sentence}".strip(), f"bold {style}"), " ")


def you_said(option: str) -> Content:
    """The verdict on a wrong answer, where it is not to be seen among the options."""
    stop = sentence(option).removeprefix(option)
    return Content.assemble(("✗ You said ", "$text-error"), (option, "bold"), f"{stop} ")


def fitted(text: str, cells: int) -> str:
    """`text`, which anybody may have written, on one line of no more than so many cells, and harmless."""
    return Content(line_of(text)).truncate(max(cells, 0), ellipsis=True).plain
