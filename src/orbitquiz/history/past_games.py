"""Past games: the latest ones in a line each, the daily ones, and how a quiz went the last time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from orbitquiz.history.rows import sense, stored, text, texts
from orbitquiz.quiz.game import Mode


@dataclass(frozen=True, slots=True)
class PlayedGame:
    """A game in a line: `right` of the `answered` questions were right, and the quiz has `of` questions.

    `started` is a time in UTC as ISO 8601 text; `finished` is true if it was played to its end, `is_open` if it can
    still be resumed.
    """

    id: int
    started: str
    bank: str
    title: str
    code: str | None
    right: int
    answered: int
    of: int
    points: int
    seconds: float
    finished: bool
    mode: Mode = Mode.SOLO
    is_open: bool = False


# `CROSS JOIN` keeps SQLite to this order: the few banks first, then each bank's part of an index.
_LATEST = """
    SELECT
        games.id, started, banks.id, title, code, questions, ended IS NOT NULL, mode, ended IS NULL AND NOT abandoned,
        count(answers.number), total(is_right), total(points), total(seconds)
    FROM (
        SELECT id FROM (
            SELECT games.id AS id
            FROM banks CROSS JOIN games ON games.bank = banks.number
            WHERE :bank IS NULL OR banks.id = :bank
            ORDER BY games.id DESC
            LIMIT :count
        )
        UNION
        SELECT games.id
        FROM games JOIN banks ON banks.number = games.bank
        WHERE :unfinished AND ended IS NULL AND abandoned = 0 AND (:bank IS NULL OR banks.id = :bank)
    ) AS latest
    CROSS JOIN games ON games.id = latest.id
    CROSS JOIN banks ON banks.number = games.bank
    LEFT JOIN answers ON answers.game = games.id
    GROUP BY games.id
    ORDER BY games.id DESC
"""


def latest_games(
    connection: sqlite3.Connection, bank: str | None, count: int, *, with_unfinished: bool = False
) -> tuple[PlayedGame, ...]:
    """Return the `count` latest games of the bank with the id `bank`, or of all banks, the latest first.

    With `with_unfinished`, every game that can be resumed is among them, however old.
    """
    chosen = {"bank": stored(bank), "count": count, "unfinished": with_unfinished}
    with sense():
        return tuple(map(_played, connection.execute(_LATEST, chosen)))


def _played(row: tuple[Any, ...]) -> PlayedGame:
    id, started, bank, title, code, questions, finished, mode, is_open, answered, right, points, seconds = row
    return PlayedGame(
        id=int(id),
        started=text(started),
        bank=text(bank),
        title=text(title),
        code=None if code is None else text(code),
        right=int(right),
        answered=int(answered),
        of=len(texts(questions)),
        points=int(points),
        seconds=float(seconds),
        finished=bool(finished),
        mode=Mode(text(mode)),
        is_open=bool(is_open),
    )


@dataclass(frozen=True, slots=True)
class DailyGame:
    """A finished daily quiz: `started` is a time in UTC as ISO 8601 text, `marks` tell if each answer was right."""

    id: int
    started: str
    seed: str
    code: str | None
    marks: tuple[bool, ...]


_DAILY = """
    SELECT id, started, seed, code, (
        SELECT group_concat(is_right, '') FROM (SELECT is_right FROM answers WHERE game = games.id ORDER BY number)
    )
    FROM games
    WHERE bank = (SELECT number FROM banks WHERE id = ?) AND mode = 'daily' AND ended IS NOT NULL
    ORDER BY id DESC
"""


def daily_games(connection: sqlite3.Connection, bank: str) -> tuple[DailyGame, ...]:
    """Return the finished daily quizzes of the bank with the id `bank`, the latest first."""
    with sense():
        return tuple(
            DailyGame(
                int(id),
                text(started),
                text(seed),
                None if code is None else text(code),
                tuple(mark == "1" for mark in text(marks or "")),
            )
            for id, started, seed, code, marks in connection.execute(_DAILY, (stored(bank),))
        )


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """The result of an earlier game: `started` is a time in UTC as ISO 8601 text."""

    started: str
    right: int
    answered: int


_EARLIER = """
    SELECT games.started, total(is_right), count(*)
    FROM games JOIN answers ON answers.game = games.id
    WHERE games.code = :code AND games.id != :id AND games.bank = (SELECT number FROM banks WHERE id = :bank)
        AND ended IS NOT NULL
    GROUP BY games.id
    ORDER BY games.id DESC
    LIMIT 1
"""


def earlier_result(connection: sqlite3.Connection, bank: str, code: str, id: int) -> EarlierResult | None:
    """Return how the latest game with this quiz `code` was finished, apart from that with this id; None for none."""
    with sense():
        row = connection.execute(_EARLIER, {"bank": stored(bank), "code": stored(code), "id": id}).fetchone()
        return EarlierResult(text(row[0]), int(row[1]), int(row[2])) if row else None
