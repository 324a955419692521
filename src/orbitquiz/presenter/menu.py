"""The menu: what there is to do where no quiz was named, on a screen or line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.presenter.wording import due_and_new, since
from orbitquiz.quiz.code import DEFAULT_COUNT, Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Rules
from orbitquiz.session.plan import QuizPlan
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.history.schedule import Agenda
    from orbitquiz.session.returning import Daily, Knowledge, Today

COUNTS = (5, DEFAULT_COUNT, 15, 20, 30)
TIMERS = (None, 10.0, 20.0, 30.0, 60.0)

_T = TypeVar("_T")


class QuizOptions(Struct, frozen=True):
    """The player's choices for the next quiz.

    `timer` is in seconds a question, None for none. With `is_typed`, answers are given in words where that is possible.
    """

    count: int = DEFAULT_COUNT
    categories: tuple[str, ...] = ()
    differ: bool = False
    timer: float | None = None
    is_typed: bool = False

    @property
    def plan(self) -> QuizPlan:
        """The plan of such a quiz."""
        return QuizPlan(Request("", self.count, self.categories, self.differ))

    @property
    def rules(self) -> Rules:
        """The rules of such a game."""
        return Rules(self.timer)

    def fitting(self, bank: Bank) -> QuizOptions:
        """Return the options without categories that `bank` lacks: they may have been chosen for another one."""
        known = {category.name for category in bank.categories}
        return replace(self, categories=tuple(each for each in self.categories if each in known))

    def changed(self, action: str, by: int = 1) -> QuizOptions:
        """Return the options after a step forward or back in the entry called `action`."""
        match action:
            case "count":
                return replace(self, count=step(COUNTS, self.count, by))
            case "timer":
                return replace(self, timer=step(TIMERS, self.timer, by))
            case "differ":
                return replace(self, differ=not self.differ)
            case "is_typed":
                return replace(self, is_typed=not self.is_typed)
        return self


def options_of(data: Mapping[str, Any]) -> QuizOptions:
    """Return options that were remembered as JSON; each that makes no sense is as if never chosen."""
    options = QuizOptions()
    count, timer, categories = data.get("count"), data.get("timer"), data.get("categories")
    if count in COUNTS:
        options = replace(options, count=count)
    if timer in TIMERS:
        options = replace(options, timer=timer)
    if isinstance(categories, list) and all(isinstance(name, str) for name in categories):
        options = replace(options, categories=tuple(categories))
    return replace(options, differ=data.get("differ") is True, is_typed=data.get("is_typed") is True)


class Entry(Struct, frozen=True):
    """A line of the menu: its key, the action it names, what it says, and whether it can be done now.

    `is_value` is true for one that holds a value to step through, which `help` explains.
    """

    key: str
    action: str
    title: str
    detail: str = ""
    is_open: bool = True
    is_value: bool = False
    help: str = ""


class Menu(Struct, frozen=True):
    """The contents of the menu: the bank, the options, and what there is to resume and to come back for.

    `colours` are those in use. `today` is None until it has been looked up.
    """

    bank: Bank
    options: QuizOptions
    kept: KeptGame | None = None
    colours: str = ""
    today: Today | None = None

    def entries(self, now: datetime) -> Iterator[Entry]:
        """Yield the lines. `colours` has one only where there are any."""
        bank, options = self.bank, self.options
        if self.kept:
            yield Entry("g", "resume", "Resume", progress(self.kept, now))
        there = questions_there(bank, options)
        fewer = " (all there are)" if 0 < there < options.count else ""
        yield Entry("p", "play", "Play", f"{counted(there, 'question')}{fewer}", there > 0)
        today = self.today
        is_due = today is None or bool(today.review.facts)
        yield Entry("r", "review", "Review", _due(today.review) if today else "…", is_due)
        yield Entry("a", "daily", "Today's quiz", _told_of(today.daily) if today else "…")
        missed = today.missed if today else ()
        told = counted(len(missed), "fact") if missed else "nothing so far" if today else "…"
        yield Entry("m", "missed", "What you missed", told, today is None or bool(missed))
        yield Entry("k", "code", "Play a code", "the same quiz as somebody else")
        titles = [category.title for category in bank.categories if category.name in options.categories]
        yield Entry("c", "categories", "Categories", ", ".join(titles) or "all")
        yield Entry("n", "count", "Questions", str(options.count), is_value=True)
        timer = f"{options.timer:.0f} seconds a question" if options.timer else "none"
        yield Entry("t", "timer", "Timer", timer, is_value=True)
        differ = "only where sources differ" if options.differ else "all"
        yield Entry("d", "differ", "Ask about", differ, is_value=True)
        yield Entry(
            "w",
            "is_typed",
            "Answers",
            "typed, where possible" if options.is_typed else "picked from four",
            is_value=True,
        )
        yield Entry("e", "reviews", "Review options", "how many a day, and how asked")
        yield Entry("b", "bank", "Bank", line_of(bank.title))
        yield Entry("s", "sources", "Sources", counted(len(bank.sources), "document"))
        yield Entry("y", "history", "History", _known(today.knowledge if today else None) or "your games and results")
        if self.colours:
            yield Entry("l", "colours", "Colours", self.colours, is_value=True)


def _known(knowledge: Knowledge | None) -> str:
    """Return how much a player knows, in words; nothing where nothing has been seen."""
    if knowledge is None or not knowledge.is_begun:
        return ""
    return f"{knowledge.known:,} known · {knowledge.learning:,} learning · {knowledge.new:,} unseen"


def _due(review: Agenda) -> str:
    if review.facts:
        return due_and_new(review)
    return f"nothing today · {review.tomorrow} tomorrow" if review.tomorrow else "nothing today"


def _told_of(daily: Daily) -> str:
    streak = f", streak {counted(daily.streak, 'day')}" if daily.streak else ""
    if daily.begun:
        return f"question {len(daily.begun.answers) + 1} of {len(daily.begun.game.questions)}{streak}"
    if daily.done:
        return f"{sum(daily.done.marks)} of {len(daily.done.marks)} right{streak}"
    return f"not played yet{streak}" if streak else "the same five for everybody"


def questions_there(bank: Bank, options: QuizOptions) -> int:
    """Return how many questions a quiz with these options has; fewer than wanted where the bank has no more."""
    facts = (
        fact
        for fact in bank.facts
        if (not options.categories or fact.category in options.categories) and (fact.differs or not options.differ)
    )
    # Some facts cannot be asked, and none is asked twice. Where facts abound, there is no need to try.
    if sum(1 for _ in facts) > 2 * options.count:
        return options.count
    return len(compose(bank, options.plan.request).questions)


def progress(kept: KeptGame, now: datetime) -> str:
    """Return how far a game had come and when it was begun."""
    game, answered = kept.game, len(kept.answers)
    right = sum(answer.is_right for answer in kept.answers)
    place = f"question {min(answered + 1, len(game.questions))} of {len(game.questions)}"
    return f"{place}, {right} right, begun {since(datetime.fromisoformat(game.started), now)}"


def step(choices: Sequence[_T], chosen: _T, by: int) -> _T:
    """Return the choice so many steps after `chosen`, or the first where that is none of them."""
    at = choices.index(chosen) + by if chosen in choices else 0
    return choices[at % len(choices)]
