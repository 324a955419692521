"""Reasons to come back: what is due for review, and the quiz of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from orbitquiz.bank.model import Bank
from orbitquiz.history.schedule import RETENTION, Agenda, Card, agenda, forecast, with_retention
from orbitquiz.quiz.code import REVIEW_COUNT, Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.daily import daily_request, streak_of
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.game import Mode
from orbitquiz.session.plan import QuizPlan, Setup

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.history.past_games import DailyGame
    from orbitquiz.history.store import Records

DUE_DAYS = 28
"""The number of days for which it is told what becomes due."""

TYPED_FROM = 2
"""The number of right answers in a row from which a review may ask a fact without options."""


class ReviewOptions(Struct, frozen=True):
    """The player's choices for reviews.

    `new_a_day` and `reviews_a_day` are the numbers of facts that are begun, and reviewed, on one day at most,
    `retention` is the wished probability of a right answer. With `is_typed`, facts that were answered right
    `TYPED_FROM` times in a row are answered in words.
    """

    new_a_day: int = 10
    reviews_a_day: int = 100
    retention: float = RETENTION
    is_typed: bool = False


DEFAULT_REVIEW = ReviewOptions()


def agenda_of(bank: Bank, cards: Mapping[str, Card], now: datetime, options: ReviewOptions = DEFAULT_REVIEW) -> Agenda:
    """Return what is to be reviewed of `bank` on the day of `now`, which is aware of the player's time zone."""
    draw = Draw("new", bank.id)  # spread over the categories, and the same every time
    facts = sorted(bank.facts_by_id, key=draw.number)

    def is_asked(fact: str) -> bool:
        return bool(compose(bank, Request("", 1), [fact]).questions)

    due = with_retention(cards, options.retention)
    return agenda(due, facts, now, is_asked, new_a_day=options.new_a_day, reviews_a_day=options.reviews_a_day)


def next_review(
    bank: Bank,
    records: Records,
    now: datetime,
    seed: str,
    options: ReviewOptions = DEFAULT_REVIEW,
    count: int = REVIEW_COUNT,
) -> Setup | None:
    """Return the next sitting of a review, of `count` questions at most; None where nothing is due."""
    cards = records.cards(bank.id)
    due = agenda_of(bank, cards, now, options)
    facts = due.facts[:count]
    plan = QuizPlan(Request("", len(facts)), facts)
    quiz = plan.quiz(bank, seed)
    typed: frozenset[str] = frozenset()
    if options.is_typed:
        from orbitquiz.quiz.typed import typed_in

        typed = typed_in(bank, quiz, [fact for fact in due.due if cards[fact].successes >= TYPED_FROM])
    return Setup(quiz, plan, mode=Mode.REVIEW, typed=typed) if quiz.questions else None


class Knowledge(Struct, frozen=True):
    """The number of facts that a player knows, is learning, and has not seen."""

    known: int = 0
    learning: int = 0
    new: int = 0

    @property
    def facts(self) -> int:
        """All of them."""
        return self.known + self.learning + self.new

    @property
    def is_begun(self) -> bool:
        """True if something has been seen."""
        return bool(self.known or self.learning)


def knowledge_of(bank: Bank, cards: Mapping[str, Card]) -> dict[str, Knowledge]:
    """Return what a player with these `cards` knows of each category of `bank`, by its name."""
    counts = {category.name: [0, 0, 0] for category in bank.categories}
    for fact in bank.facts:
        card = cards.get(fact.id)
        counts[fact.category][2 if card is None else 0 if card.is_known else 1] += 1
    return {name: Knowledge(*each) for name, each in counts.items()}


def together(each: Iterable[Knowledge]) -> Knowledge:
    """Return the knowledge of several categories as one."""
    listed = list(each)
    return Knowledge(*(sum(getattr(one, name) for one in listed) for name in ("known", "learning", "new")))


def due_days(bank: Bank, cards: Mapping[str, Card], now: datetime, retention: float = RETENTION) -> tuple[int, ...]:
    """Return how many facts of `bank` become due on each of the next `DUE_DAYS`, today first."""
    due = with_retention(cards, retention)
    return forecast([card for fact, card in due.items() if fact in bank.facts_by_id], now, DUE_DAYS)


def unseen(bank: Bank, records: Records) -> tuple[str, ...]:
    """Return the ids of the facts of `bank` that were never asked."""
    cards = records.cards(bank.id)
    return tuple(fact.id for fact in bank.facts if fact.id not in cards)


class Daily(Struct, frozen=True):
    """The quiz of a `day` for a bank, and the game in which it was finished, if it was.

    `begun` is a game of it that was left unfinished. `streak` is the number of days in a row, today included once it
    is played.
    """

    day: date
    plan: QuizPlan
    done: DailyGame | None
    streak: int
    begun: KeptGame | None = None

    @property
    def seed(self) -> str:
        """The seed that everybody has on this day."""
        return self.plan.request.seed


class Today(Struct, frozen=True):
    """The reasons to come back today: reviews, the daily quiz, how much is known, and the facts missed last."""

    review: Agenda
    daily: Daily
    knowledge: Knowledge
    missed: tuple[str, ...] = ()


def today_of(bank: Bank, records: Records, now: datetime, options: ReviewOptions) -> Today:
    """Return what there is to come back for on the day of `now`, which is aware of the player's time zone."""
    cards = records.cards(bank.id)
    knowledge = together(knowledge_of(bank, cards).values())
    missed = tuple(fact for fact in records.missed(bank.id) if fact in bank.facts_by_id)
    return Today(agenda_of(bank, cards, now, options), daily_of(bank, records, now), knowledge, missed)


def daily_of(bank: Bank, records: Records, now: datetime, day: date | None = None) -> Daily:
    """Return the quiz of `day`, which is that of `now` if none is named."""
    day = day or now.date()
    request = daily_request(bank, day)
    games = records.daily_games(bank.id)
    played = {_day_of(bank, game, now) for game in games}
    done = next((game for game in games if game.seed == request.seed), None)
    begun = records.unfinished(daily=request.seed)
    return Daily(day, QuizPlan(request), done, streak_of(played, now.date()), begun)


def _day_of(bank: Bank, game: DailyGame, now: datetime) -> date:
    """Return the day whose quiz `game` was.

    It is the day on which it was begun where the player is, unless that was begun around midnight or elsewhere: the
    seed tells. Where the bank has changed since, it no longer does.
    """
    begun = datetime.fromisoformat(game.started).astimezone(now.tzinfo).date()
    around = (begun + timedelta(days=by) for by in (0, -1, 1))
    return next((day for day in around if daily_request(bank, day).seed == game.seed), begun)


def mode_of(daily: Daily, now: datetime) -> Mode:
    """Return the mode of a game of a daily quiz: it counts for the streak only on its day, and once."""
    return Mode.DAILY if daily.day == now.date() and daily.done is None else Mode.SOLO
