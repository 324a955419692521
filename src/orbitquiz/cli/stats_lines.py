"""The statistics of a bank as people read them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orbitquiz.presenter.review import knowledge_words
from orbitquiz.presenter.wording import local_time
from orbitquiz.quiz.quality.picks import FEWEST_SHOWN, FEWEST_TRAPPED
from orbitquiz.session.returning import Knowledge
from orbitquiz.text.counts import counted, percent, portion
from orbitquiz.text.safe import line_of
from orbitquiz.text.width import table

if TYPE_CHECKING:
    from orbitquiz.bank.model import Bank
    from orbitquiz.history.past_games import PlayedGame
    from orbitquiz.history.statistics import CategoryTally, FactTally, Statistics
    from orbitquiz.quiz.quality.picks import OptionTally

_BAR = 20
_PERCENT = len("100 %")
_BLOCKS, _PLAIN = ("█", "░"), ("#", ".")


@dataclass(frozen=True)
class Told:
    """The statistics of the bank with the id `id`; `bank` is None where it cannot be opened."""

    id: str
    bank: Bank | None
    statistics: Statistics
    options: tuple[OptionTally, ...] | None = None
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)

    def title(self, category: str) -> str | None:
        """Return the title of a category; None if the bank no longer has it."""
        categories = self.bank.categories if self.bank else ()
        return next((each.title for each in categories if each.name == category), None)

    def stem(self, fact: str) -> str | None:
        """Return the question of a fact; None where the bank has it no more."""
        found = self.bank.facts_by_id.get(fact) if self.bank else None
        return found.label if found else None

    def question(self, id: str) -> str | None:
        """Return the stem of the question with this id; None where the bank has it no more."""
        from orbitquiz.quiz.forms import form_of
        from orbitquiz.quiz.stems import stem_of

        form = form_of(self.bank, id) if self.bank else None
        return stem_of(self.bank, form) if self.bank and form else None

    @property
    def categories(self) -> list[CategoryTally]:
        """The categories that were asked about, in the bank's order, then those that it no longer has."""
        order = {each.name: place for place, each in enumerate(self.bank.categories if self.bank else ())}
        return sorted(self.statistics.categories, key=lambda tally: order.get(tally.category, len(order)))


def lines(told: Told) -> Iterator[str]:
    """Yield the statistics line by line; the bank is there."""
    assert told.bank is not None
    statistics = told.statistics
    games = counted(statistics.games, "game")
    yield told.bank.title
    yield ""
    yield f"{games}: {statistics.finished:,} finished, {statistics.unfinished:,} unfinished"
    if not statistics.answers:
        yield "no answers yet"
    else:
        share = percent(statistics.right, statistics.answers)
        yield f"{counted(statistics.answers, 'answer')}: {statistics.right:,} right ({share})"
        yield f"{_time(statistics.seconds)} of answering"
        yield f"longest streak {statistics.longest_streak:,}, current streak {statistics.streak:,}"
    if told.options is not None:
        yield from _section(
            "Traps: picked more often than the right answer, or by a third", _option_lines(told, "is_trap")
        )
        yield from _section("Dead options: hardly anybody picks them", _option_lines(told, "is_dead"))
        if not any(tally.is_trap or tally.is_dead for tally in told.options):
            yield ""
            yield f"No trap among options shown {FEWEST_TRAPPED} times, none dead of those shown {FEWEST_SHOWN} times."
    yield from _section("Categories", _category_lines(told))
    yield from _section("What you know", _knowledge_lines(told))
    yield from _section("Most missed", _missed_lines(told, statistics.most_missed))
    yield from _section("Recent games", _game_lines(statistics.recent))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    if first := next(lines, None):
        yield from ("", heading, first)
        yield from lines


def _option_lines(told: Told, which: str) -> Iterator[str]:
    """Yield the options that are traps, or dead: the surest first, each with its question."""
    found = [tally for tally in told.options or () if getattr(tally, which)]
    found.sort(key=lambda tally: (-tally.picked / tally.shown, -tally.shown))
    for tally in found:
        yield f"{tally.picked:,} of {tally.shown:,}  {line_of(tally.option)}"
        yield f"    {line_of(told.question(tally.question) or tally.question)} ({tally.right:,} right)"


def _category_lines(told: Told) -> Iterator[str]:
    full, empty = _signs()
    titles = [line_of(told.title(tally.category) or tally.category) for tally in told.categories]
    counts = [f"{tally.right:,} of {tally.answered:,}" for tally in told.categories]
    filled = [portion(tally.right, tally.answered, _BAR) for tally in told.categories]
    bars = [full * part + empty * (_BAR - part) for part in filled]
    shares = [f"{percent(tally.right, tally.answered):>{_PERCENT}}" for tally in told.categories]
    return table(zip(titles, bars, shares, counts, strict=True), right={3})


def _knowledge_lines(told: Told) -> Iterator[str]:
    for name, each in told.knowledge.items():
        yield f"{line_of(told.title(name) or name)}: {knowledge_words(each)}"


def _signs() -> tuple[str, str]:
    """Return the characters of bars, for the encoding of the output."""
    try:
        "".join(_BLOCKS).encode(getattr(sys.stdout, "encoding", None) or "utf-8")  # there may be no stream
    except UnicodeEncodeError:
        return _PLAIN
    return _BLOCKS


def _missed_lines(told: Told, tallies: Sequence[FactTally]) -> Iterator[str]:
    return table(
        (f"missed {tally.missed:,} of {tally.asked:,}", line_of(told.stem(tally.fact) or tally.fact))
        for tally in tallies
    )


def _game_lines(games: Sequence[PlayedGame]) -> Iterator[str]:
    if not games:
        return
    heads = ("when", "right", "points", "code", "title")
    yield from table([heads, *map(_game_row, games)], right={2})
    if not all(game.finished for game in games):
        yield "* not played to its end"


def _game_row(game: PlayedGame) -> tuple[str, str, str, str, str]:
    right = f"{game.right} of {game.answered}{'' if game.finished else ' *'}"
    return local_time(game.started), right, f"{game.points:,}", line_of(game.code or ""), line_of(game.title)


def _time(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return f"{int(seconds)} s"
    return f"{minutes // 60:,} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
