"""The choices for reviews, on a screen or line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from orbitquiz.presenter.menu import Entry, step
from orbitquiz.session.returning import TYPED_FROM, Knowledge, ReviewOptions

NEW_A_DAY = (0, 3, 5, 10, 20, 30)
REVIEWS_A_DAY = (20, 50, 100, 200, 500)
RETENTIONS = (0.8, 0.85, 0.9, 0.95)
_LARGEST = 100_000  # a day; the command line takes any number


def review_entries(options: ReviewOptions) -> Iterator[Entry]:
    """Yield the choices, each with its value."""
    yield Entry("n", "new_a_day", "New facts a day", str(options.new_a_day), is_value=True)
    yield Entry("r", "reviews_a_day", "Reviews a day", str(options.reviews_a_day), is_value=True)
    retention = f"{options.retention:.0%} remembered"
    yield Entry("w", "retention", "Ask again at", retention, is_value=True)
    typed = f"typed after {TYPED_FROM} right in a row" if options.is_typed else "chosen"
    yield Entry("a", "is_typed", "Answers", typed, is_value=True)


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


def knowledge_words(knowledge: Knowledge) -> str:
    """Return how much a player knows, in words."""
    return f"{knowledge.known:,} known, {knowledge.learning:,} being learnt, {knowledge.new:,} not yet seen"
