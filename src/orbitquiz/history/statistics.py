"""Statistics of all games, counted by SQLite from indexes that hold all that is needed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from orbitquiz.history.past_games import PlayedGame, latest_games
from orbitquiz.history.rows import sense, stored, text

_MOST_MISSED = 10
_RECENT = 20


@dataclass(frozen=True, slots=True)
class CategoryTally:
    """The number of questions `answered` in a category of the bank with the id `bank`, and of right answers."""

    bank: str
    category: str  # its name
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class FactTally:
    """The number of times a fact of the bank with the id `bank` was asked, and was missed: answered wrong, or not."""

    bank: str
    fact: str
    asked: int
    missed: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Statistics of all games.

    `unfinished` counts all games that were not played to their end, abandoned or not. A streak is the number of right
    answers in a row within one game: `longest_streak` is the longest, `streak` the one that the last answer ended or
    continued. `most_missed` begins with the fact that was missed most often, `recent` with the latest game.
    """

    finished: int = 0
    unfinished: int = 0
    answers: int = 0
    right: int = 0
    seconds: float = 0.0
    longest_streak: int = 0
    streak: int = 0
    categories: tuple[CategoryTally, ...] = ()
    most_missed: tuple[FactTally, ...] = ()
    recent: tuple[PlayedGame, ...] = ()

    @property
    def games(self) -> int:
        """Return the number of games that were begun."""
        return self.finished + self.unfinished

    @property
    def share(self) -> float | None:
        """The share of right answers, from 0 to 1; None where there are no answers."""
        return self.right / self.answers if self.answers else None


# `CROSS JOIN` keeps SQLite to this order: the few banks first, then each bank's part of an index.
_GAMES = """
    SELECT
        (SELECT count(*) FROM games WHERE bank = banks.number),
        (SELECT count(*) FROM games WHERE bank = banks.number AND ended IS NOT NULL)
    FROM banks WHERE :bank IS NULL OR banks.id = :bank
"""

# One reading of all answers for all that is counted. A fact may have been in two categories of a bank.
_TALLIES = """
    SELECT banks.id, category, fact, count(*), sum(is_right), total(seconds), max(streak)
    FROM banks CROSS JOIN answers ON answers.bank = banks.number
    WHERE :bank IS NULL OR banks.id = :bank
    GROUP BY banks.number, category, fact
    ORDER BY banks.number, category, fact
"""

# The latest right answer of each bank, and the latest wrong one.
_LATEST_STREAK = """
    SELECT answers.streak
    FROM banks CROSS JOIN (VALUES (0), (1)) AS outcome CROSS JOIN answers ON answers.rowid = (
        SELECT rowid FROM answers
        WHERE bank = banks.number AND is_right = outcome.column1 ORDER BY at DESC, rowid DESC LIMIT 1
    )
    WHERE :bank IS NULL OR banks.id = :bank
    ORDER BY answers.at DESC, answers.rowid DESC
    LIMIT 1
"""


def statistics(connection: sqlite3.Connection, bank: str | None) -> Statistics:
    """Return the statistics of the bank with the id `bank`, or of all banks."""
    chosen = {"bank": stored(bank)}
    with sense():
        begun = connection.execute(_GAMES, chosen).fetchall()
        finished = sum(int(ended) for _, ended in begun)
        categories: dict[tuple[str, str], _Count] = {}
        facts: dict[tuple[str, str], _Count] = {}
        seconds, longest = 0.0, 0
        for row in connection.execute(_TALLIES, chosen):
            of = text(row[0])
            for counts, name in ((categories, text(row[1])), (facts, text(row[2]))):
                counts.setdefault((of, name), _Count()).add(int(row[3]), int(row[4]))
            seconds += float(row[5])
            longest = max(longest, int(row[6]))
        right = sum(count.right for count in categories.values())
        return Statistics(
            finished=finished,
            unfinished=sum(int(games) for games, _ in begun) - finished,
            answers=sum(count.asked for count in categories.values()),
            right=right,
            seconds=seconds,
            longest_streak=longest,
            streak=_streak(connection, chosen),
            categories=tuple(CategoryTally(*names, count.asked, count.right) for names, count in categories.items()),
            most_missed=_most_missed(facts),
            recent=latest_games(connection, bank, _RECENT),
        )


@dataclass(slots=True)
class _Count:
    asked: int = 0
    right: int = 0

    def add(self, asked: int, right: int) -> None:
        self.asked += asked
        self.right += right


def _most_missed(facts: dict[tuple[str, str], _Count]) -> tuple[FactTally, ...]:
    tallies = [FactTally(*names, count.asked, count.asked - count.right) for names, count in facts.items()]
    tallies = [tally for tally in tallies if tally.missed]
    return tuple(sorted(tallies, key=lambda tally: (-tally.missed, tally.asked, tally.fact))[:_MOST_MISSED])


def _streak(connection: sqlite3.Connection, chosen: dict[str, str | bytes | None]) -> int:
    row = connection.execute(_LATEST_STREAK, chosen).fetchone()
    return int(row[0]) if row else 0


_MISSED = """
    WITH asked AS (
        SELECT DISTINCT bank, fact FROM answers WHERE bank = (SELECT number FROM banks WHERE id = ?)
    )
    SELECT asked.fact
    FROM asked CROSS JOIN answers AS miss ON miss.rowid = (
        SELECT rowid FROM answers
        WHERE bank = asked.bank AND fact = asked.fact AND is_right = 0
        ORDER BY at DESC, rowid DESC
        LIMIT 1
    )
    WHERE NOT EXISTS (
        SELECT 1 FROM answers AS since
        WHERE since.bank = asked.bank AND since.fact = asked.fact AND since.is_right = 1
            AND (since.at, since.rowid) > (miss.at, miss.rowid)
    )
    ORDER BY miss.at DESC, miss.rowid DESC
"""


def missed(connection: sqlite3.Connection, bank: str) -> tuple[str, ...]:
    """Return the ids of the facts of a bank whose last answer was not right, the latest of them first."""
    with sense():
        return tuple(text(fact) for (fact,) in connection.execute(_MISSED, (stored(bank),)))
