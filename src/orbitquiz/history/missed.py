"""Which facts a player has yet to learn."""

from __future__ import annotations

import sqlite3

from orbitquiz.history.rows import sense, stored, text

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
    """The ids of the facts of the bank with the id `bank` whose last answer was not right, the latest of them first."""
    with sense():
        return tuple(text(fact) for (fact,) in connection.execute(_MISSED, (stored(bank),)))
