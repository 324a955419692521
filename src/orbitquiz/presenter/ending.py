"""The end of a game of one's own: how it went before, or what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orbitquiz.presenter.review import next_words
from orbitquiz.presenter.wording import earlier_words
from orbitquiz.quiz.game import Mode
from orbitquiz.session.returning import ReviewOptions, agenda_of, daily_of
from orbitquiz.session.session import Session
from orbitquiz.text.counts import counted


@dataclass(frozen=True, slots=True)
class Ending:
    """The `words` beside the score, in fewer and fewer letters, and whether there is another game of the kind."""

    words: tuple[str, ...] = ()
    has_more: bool = True


NO_ENDING = Ending()
"""The ending of a game that is only looked at again."""


def ending_of(session: Session, now: datetime, options: ReviewOptions) -> Ending:
    """Return what follows the game of `session`, which is over; `now` is aware of the player's time zone."""
    bank, records = session.bank, session.records
    if session.setup.mode is Mode.REVIEW:
        review = agenda_of(bank, records.cards(bank.id), now, options)
        return Ending((next_words(review),), has_more=bool(review.facts))
    if session.setup.mode is Mode.DAILY:
        return Ending((f"Streak: {counted(daily_of(bank, records, now).streak, 'day')}.",))
    if earlier := session.earlier:
        return Ending((f"{earlier_words(earlier)}.", f"Last time: {earlier.right} of {earlier.answered}."))
    return NO_ENDING
