"""Reasons to come back: what is due for review, and the quiz of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from orbitquiz.bank.model import Bank
from orbitquiz.history.cards import Agenda, agenda
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.daily import daily_request, streak_of
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.game import Mode
from orbitquiz.session.plan import QuizPlan

if TYPE_CHECKING:
    from orbitquiz.history.statistics import DailyGame
    from orbitquiz.history.store import Records

NEW_A_DAY, REVIEWS_A_DAY = 10, 100
"""The number of facts that are begun, and reviewed, on one day at most."""

SITTING = 20
"""The number of questions in one sitting of a review."""


def agenda_of(
    bank: Bank, records: Records, now: datetime, *, new_a_day: int = NEW_A_DAY, reviews_a_day: int = REVIEWS_A_DAY
) -> Agenda:
    """Return what is to be reviewed of `bank` on the day of `now`, which is aware of the player's time zone."""
    draw = Draw("new", bank.id)  # spread over the categories, and the same every time
    facts = sorted(bank.facts_by_id, key=draw.number)

    def is_asked(fact: str) -> bool:
        return bool(compose(bank, Request("", 1), [fact]).questions)

    cards = records.cards(bank.id)
    return agenda(cards, facts, now, is_asked, new_a_day=new_a_day, reviews_a_day=reviews_a_day)


def review_plan(due: Agenda, count: int = SITTING) -> QuizPlan:
    """Return the plan that asks the first `count` facts of an agenda, each once."""
    facts = due.facts[:count]
    return QuizPlan(Request("", len(facts)), facts)


@dataclass(frozen=True, slots=True)
class Daily:
    """The quiz of the day for a bank: its `day`, its `seed`, and the game in which it was finished, if it was.

    `streak` is the number of days in a row, `today` included once it is played.
    """

    day: date
    plan: QuizPlan
    done: DailyGame | None
    streak: int

    @property
    def seed(self) -> str:
        """The seed that everybody has on this day."""
        return self.plan.request.seed


def daily_of(bank: Bank, records: Records, now: datetime, day: date | None = None) -> Daily:
    """Return the quiz of `day`, which is that of `now` if none is named."""
    day = day or now.date()
    request = daily_request(bank, day)
    games = records.daily_games(bank.id)
    played = {datetime.fromisoformat(game.started).astimezone(now.tzinfo).date() for game in games}
    done = next((game for game in games if game.seed == request.seed), None)
    return Daily(day, QuizPlan(request), done, streak_of(played, now.date()))


def mode_of(daily: Daily, now: datetime) -> Mode:
    """Return the mode of a game of a daily quiz: it counts for the streak only on its day, and once."""
    return Mode.DAILY if daily.day == now.date() and daily.done is None else Mode.SOLO
