"""The verdict on a student's screens."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from orbitquiz.classroom.protocol import EndedMessage, RevealOut, Yours
from orbitquiz.presenter.player_state import outcome_of
from orbitquiz.text.counts import counted, ordinal
from orbitquiz.tui import styles


def places(yours: Yours | EndedMessage) -> Iterator[str]:
    """Yield the player's place and the team's, where they are told."""
    if yours.rank is not None:
        others = f", with {counted(yours.tied, 'other')}" if yours.tied else ""
        yield f"{ordinal(yours.rank)} of {yours.players}{others}"
    if yours.team is not None:
        yield f"{yours.team}: {ordinal(yours.team_rank)}" if yours.team_rank is not None else yours.team


def pays(yours: Yours) -> Content:
    """Return the points of an answer, the total and the places."""
    parts = [Content.styled(f"+{yours.points}", "bold $text-success")] if yours.points else []
    parts.append(Content.styled(counted(yours.score, "point"), "bold"))
    return Content("   ").join([*parts, *map(Content, places(yours))])


def verdict(yours: Yours, *, is_timed: bool) -> Content:
    """Return the verdict to show before the proof; `is_timed` if there was a timer."""
    return styles.lead_of(outcome_of(yours, is_timed=is_timed))


def replay(ended: EndedMessage) -> str:
    """Return the command that plays the same quiz again; empty where nothing names it."""
    return f"orbitquiz play --quiz {ended.code}" if ended.code else ""


def mark_of(yours: Yours) -> tuple[str, str]:
    """Return the mark of a question that was asked, and its style."""
    return styles.mark_of(outcome_of(yours))


def order_of(reveal: RevealOut) -> tuple[str, ...]:
    """The ids of the options in the order in which the player saw them; one whose place is not told comes last."""
    order = reveal.yours.order
    return (*order, *(each.id for each in reveal.question.options if each.id not in order))
