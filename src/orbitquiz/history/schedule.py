"""Facts as spaced repetition sees them: when each should be asked again.

The scheduler is FSRS 6 with its default parameters (https://github.com/open-spaced-repetition/py-fsrs), without
learning steps, since what is due is counted in days, and without fuzzing, so that the same answers give the same dates
everywhere. Its states follow from the answers that are kept, so games played before there were reviews count as well.
The wished retention only moves the day on which a fact is due, never its state.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import islice
from typing import Any

from orbitquiz.history.rows import sense, stored, text

RETENTION = 0.9
"""The probability of a right answer at which a fact becomes due, unless the player wishes for another one."""

KNOWN = 21.0
"""Days of stability from which a fact counts as known (Anki calls such a card mature)."""

_DECAY = -0.1542  # w₂₀ of the default parameters, negative: the exponent of FSRS 6's forgetting curve
_MOST_DAYS = 36500  # of an interval, as in py-fsrs


class Rating(IntEnum):
    """A rating of FSRS, by its number. "Easy" (4) is never given: nobody is asked for it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer about a fact, given at a time in UTC."""

    fact: str
    at: datetime
    is_right: bool
    is_hard: bool = False  # right with the hint, or marked as guessed

    @property
    def rating(self) -> Rating:
        """The rating that the scheduler counts."""
        if not self.is_right:
            return Rating.AGAIN
        return Rating.HARD if self.is_hard else Rating.GOOD


@dataclass(frozen=True, slots=True)
class Card:
    """A fact as spaced repetition sees it.

    `stability` is the number of days after which it is remembered with a probability of 90 %, `difficulty` goes from 1
    to 10, `first`, `last` and `due` are times in UTC. `successes` is the number of right answers since the last wrong
    one.
    """

    fact: str
    stability: float
    difficulty: float
    first: datetime
    last: datetime
    due: datetime
    successes: int = 0

    @property
    def is_known(self) -> bool:
        """True if the fact is remembered for weeks."""
        return self.stability >= KNOWN


def with_retention(cards: Mapping[str, Card], retention: float) -> dict[str, Card]:
    """Return `cards`, due when the probability of a right answer has fallen to `retention`.

    The interval of a card of stability S is (S/f)·(retention^(1/d) − 1) days with d = −w₂₀ and f = 0.9^(1/d) − 1,
    rounded, and at least one: the inverse of the forgetting curve of FSRS 6.
    """
    factor = (retention ** (1 / _DECAY) - 1) / (0.9 ** (1 / _DECAY) - 1)

    def moved(card: Card) -> Card:
        days = min(max(round(card.stability * factor), 1), _MOST_DAYS)
        return replace(card, due=card.last + timedelta(days=days))

    return {fact: moved(card) for fact, card in cards.items()}


def replay(replies: Iterable[Reply], cards: Mapping[str, Card] | None = None) -> dict[str, Card]:
    """Return the cards after `replies`, which are in order of time, starting from `cards`."""
    from fsrs import Card as Scheduled
    from fsrs import Rating as Grade
    from fsrs import Scheduler, State

    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    made = dict(cards or {})
    for reply in replies:
        card = made.get(reply.fact)
        before = (
            Scheduled(1, State.Review, None, card.stability, card.difficulty, card.due, card.last)
            if card
            else Scheduled(1, due=reply.at)
        )
        after, _ = scheduler.review_card(before, Grade(reply.rating), reply.at)
        assert after.stability is not None
        assert after.difficulty is not None
        first = card.first if card else reply.at
        successes = (card.successes if card else 0) + 1 if reply.is_right else 0
        made[reply.fact] = Card(reply.fact, after.stability, after.difficulty, first, reply.at, after.due, successes)
    return made


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a bank, by fact, made from the answers up to row `answer`. `is_new` until that is kept."""

    cards: Mapping[str, Card]
    answer: int = 0
    is_new: bool = False


NO_DECK = Deck({})
"""The deck where nothing can be read."""

_MADE = "SELECT answer FROM cards_made WHERE bank = (SELECT number FROM banks WHERE id = ?)"
_CARDS = """
    SELECT fact, stability, difficulty, first, last, due, successes
    FROM cards WHERE bank = (SELECT number FROM banks WHERE id = ?)
"""
# `+` keeps SQLite from an index of banks, which would read all answers of the bank and not only the latest.
_REPLIES = """
    SELECT rowid, fact, at, is_right, hinted OR guessed
    FROM answers WHERE rowid > ? AND +bank = (SELECT number FROM banks WHERE id = ?) ORDER BY rowid
"""
_PUT_MADE = """
    INSERT INTO cards_made (bank, answer) VALUES ((SELECT number FROM banks WHERE id = ?), ?)
    ON CONFLICT (bank) DO UPDATE SET answer = excluded.answer
"""
_PUT_CARD = """
    INSERT INTO cards (bank, fact, stability, difficulty, first, last, due, successes)
    VALUES ((SELECT number FROM banks WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (bank, fact) DO UPDATE SET
        stability = excluded.stability, difficulty = excluded.difficulty,
        first = excluded.first, last = excluded.last, due = excluded.due, successes = excluded.successes
"""


def read_deck(connection: sqlite3.Connection, bank: str) -> Deck:
    """Return the deck of the bank with the id `bank`, with all answers that are kept.

    Most of it is kept from the last time; only the answers since then are replayed.
    """
    with sense():
        made = connection.execute(_MADE, (stored(bank),)).fetchone()
        rows = connection.execute(_CARDS, (stored(bank),)).fetchall() if made else []
        cards = {text(row[0]): _card(row) for row in rows}
        upto = int(made[0]) if made else 0
        found = connection.execute(_REPLIES, (upto, stored(bank))).fetchall()
        replies = [Reply(text(fact), _time(at), bool(right), bool(hard)) for _, fact, at, right, hard in found]
    if not replies:
        return Deck(cards, upto)
    return Deck(replay(replies, cards), found[-1][0], is_new=True)


def write_deck(connection: sqlite3.Connection, bank: str, deck: Deck) -> None:
    """Keep `deck`, so that its answers need not be replayed again."""
    connection.execute(_PUT_MADE, (stored(bank), deck.answer))
    connection.executemany(
        _PUT_CARD,
        [
            (
                stored(bank),
                stored(card.fact),
                card.stability,
                card.difficulty,
                *map(_written, (card.first, card.last, card.due)),
                card.successes,
            )
            for card in deck.cards.values()
        ],
    )


def _card(row: tuple[Any, ...]) -> Card:
    fact, stability, difficulty, first, last, due, successes = row
    times = (_time(first), _time(last), _time(due))
    return Card(text(fact), float(stability), float(difficulty), *times, int(successes))


def _written(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _time(value: object) -> datetime:
    return datetime.fromisoformat(text(value)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The facts to ask today: those that are `due`, the longest overdue first, then `new` ones in the bank's order.

    `later` are due, too, but beyond the day's limit, `tomorrow` those that are due by then if nothing more is done, and
    `gone` facts with a card that the bank no longer has.
    """

    due: tuple[str, ...]
    new: tuple[str, ...]
    later: int = 0
    gone: int = 0
    tomorrow: int = 0

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts to ask, in order."""
        return (*self.due, *self.new)


def agenda(
    cards: Mapping[str, Card],
    facts: Iterable[str],
    now: datetime,
    is_asked: Callable[[str], bool] = lambda _: True,
    *,
    new_a_day: int = 10,
    reviews_a_day: int = 100,
) -> Agenda:
    """Return what to ask on the day of `now`, of a bank with these `facts`, of which only some can be asked.

    `now` is aware of its time zone, which decides when a day ends. What was reviewed or begun today counts towards the
    limits.
    """
    order = list(facts)
    known = set(order)
    today = now.date()
    day_of = {fact: card.due.astimezone(now.tzinfo).date() for fact, card in cards.items() if fact in known}
    due = sorted((fact for fact, day in day_of.items() if day <= today), key=lambda fact: (cards[fact].due, fact))
    here = [cards[fact] for fact in day_of]
    begun = sum(card.first.astimezone(now.tzinfo).date() == today for card in here)
    reviewed = sum(
        card.last.astimezone(now.tzinfo).date() == today > card.first.astimezone(now.tzinfo).date() for card in here
    )
    room = max(reviews_a_day - reviewed, 0)
    new = islice((fact for fact in order if fact not in cards and is_asked(fact)), max(new_a_day - begun, 0))
    return Agenda(
        tuple(due[:room]),
        tuple(new),
        later=max(len(due) - room, 0),
        gone=sum(fact not in known for fact in cards),
        tomorrow=sum(day <= today + timedelta(days=1) for day in day_of.values()),
    )


def forecast(cards: Iterable[Card], now: datetime, days: int) -> tuple[int, ...]:
    """Return how many facts become due on each of the next `days`, today first; what is overdue is due today."""
    counts = [0] * days
    for card in cards:
        ahead = (card.due.astimezone(now.tzinfo).date() - now.date()) // timedelta(days=1)
        if ahead < days:
            counts[max(ahead, 0)] += 1
    return tuple(counts)
