"""The choices for reviews, on a screen or line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.history.schedule import Agenda
from orbitquiz.presenter.menu import Entry, step
from orbitquiz.presenter.wording import due_and_new
from orbitquiz.session.returning import TYPED_FROM, Knowledge, ReviewOptions
from orbitquiz.text.counts import counted

NEW_A_DAY = (0, 3, 5, 10, 20, 30)
REVIEWS_A_DAY = (20, 50, 100, 200, 500)
RETENTIONS = (0.8, 0.85, 0.9, 0.95)
_LARGEST = 100_000  # a day; the command line takes any number


def review_entries(options: ReviewOptions) -> Iterator[Entry]:
    """Yield the choices, each with its value."""
    yield Entry(
        "n",
        "new_a_day",
        "New facts a day",
        str(options.new_a_day),
        is_value=True,
        help="Facts that you have not seen yet, begun each day.",
    )
    yield Entry(
        "r",
        "reviews_a_day",
        "Reviews a day",
        str(options.reviews_a_day),
        is_value=True,
        help="The most facts that are asked again on one day.",
    )
    yield Entry(
        "w",
        "retention",
        "To remember",
        f"{options.retention:.0%}",
        is_value=True,
        help="How much of it to remember. More means more questions.",
    )
    yield Entry(
        "a",
        "is_typed",
        "Answers",
        f"typed after {TYPED_FROM} right in a row" if options.is_typed else "picked from four",
        is_value=True,
        help="Whether facts that you know well are asked without options.",
    )


def changed(options: ReviewOptions, action: str, by: int = 1) -> ReviewOptions:
    """Return the options after a step forward or back in the choice called `action`."""
    match action:
        case "new_a_day":
            return replace(options, new_a_day=step(NEW_A_DAY, options.new_a_day, by))
        case "reviews_a_day":
            return replace(options, reviews_a_day=step(REVIEWS_A_DAY, options.reviews_a_day, by))
        case "retention":
            return replace(options, retention=step(RETENTIONS, options.retention, by))
        case "is_typed":
            return replace(options, is_typed=not options.is_typed)
    return options


def review_options_of(data: Mapping[str, Any]) -> ReviewOptions:
    """Return options that were remembered as JSON; each that makes no sense is as if never chosen."""
    options = ReviewOptions()
    if _is_count(data.get("new_a_day")):
        options = replace(options, new_a_day=data["new_a_day"])
    if _is_count(data.get("reviews_a_day")):
        options = replace(options, reviews_a_day=data["reviews_a_day"])
    if data.get("retention") in RETENTIONS:
        options = replace(options, retention=data["retention"])
    return replace(options, is_typed=data.get("is_typed") is True)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def due_words(due: Sequence[int]) -> str:
    """Return how many facts become due, of so many on each of the next days, today first."""
    parts = [f"{due[0]:,} today", f"{sum(due[:7]):,} within a week", f"{sum(due):,} within {len(due) // 7} weeks"]
    return " · ".join(parts)


def agenda_words(review: Agenda) -> Iterator[str]:
    """Yield what there is to review today, what is left for later, and what the bank no longer has."""
    yield due_and_new(review) if review.facts else next_words(review)
    if review.later:
        yield f"Beyond today's limit: {counted(review.later, 'fact')}."
    if gone := _gone(review.gone):
        yield gone


def next_words(review: Agenda) -> str:
    """Return what there is still to review today or, where there is nothing, tomorrow."""
    if review.facts:
        return f"Today: {due_and_new(review)}."
    tomorrow = f"; {counted(review.tomorrow, 'fact')} tomorrow" if review.tomorrow else ""
    return f"Nothing more is due today{tomorrow}."


def gone_words(bank: Bank, cards: Collection[str]) -> str:
    """Return how many facts with one of these `cards` the bank no longer has; empty where it has all."""
    return _gone(sum(fact not in bank.facts_by_id for fact in cards))


def _gone(count: int) -> str:
    return f"Learnt, but no longer in this bank: {counted(count, 'fact')}." if count else ""


def knowledge_words(knowledge: Knowledge) -> str:
    """Return how much a player knows, in words."""
    return f"{knowledge.known:,} known, {knowledge.learning:,} being learnt, {knowledge.new:,} not yet seen"
