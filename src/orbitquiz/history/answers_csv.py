"""All answers as CSV, for a spreadsheet or a program of one's own."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable

from orbitquiz.history.rows import sense, stored
from orbitquiz.text.cells import cell

COLUMNS = (
    "at", "game", "mode", "code", "number", "question", "fact", "category", "picked", "typed", "key", "right", "hinted",
    "guessed", "late", "seconds", "points",
)  # fmt: skip
"""The columns: `at` is a time in UTC, `right`, `hinted`, `guessed` and `late` are 1 or 0."""

_ANSWERS = """
    SELECT
        answers.at, games.id, games.mode, games.code, answers.number, answers.question, answers.fact, answers.category,
        answers.picked, answers.typed, answers."key", answers.is_right, answers.hinted, answers.guessed, answers.late,
        answers.seconds, answers.points
    FROM answers JOIN games ON games.id = answers.game
    WHERE answers.bank = (SELECT number FROM banks WHERE id = ?)
    ORDER BY answers.at, answers.rowid
"""


def answer_rows(connection: sqlite3.Connection, bank: str) -> tuple[tuple[object, ...], ...]:
    """Return the answers of the bank with the id `bank` in order of time, as rows of `COLUMNS`."""
    with sense():
        return tuple(tuple(map(_shown, row)) for row in connection.execute(_ANSWERS, (stored(bank),)))


def answers_as_csv(rows: Iterable[tuple[object, ...]]) -> str:
    """Return rows of answers as RFC 4180 CSV, every text quoted, and none that a spreadsheet would compute."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return file.getvalue()


def _shown(value: object) -> object:
    if isinstance(value, bytes):  # words with half a character; see `rows.stored`
        return value.decode("utf-8", "replace")
    return "" if value is None else value
