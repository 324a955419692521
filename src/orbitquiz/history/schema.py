"""The tables, and how a file of an older version becomes one of this.

There are copies in it, each of which saves reading all answers again: an answer's `bank` is that of its game, and its
`streak` could be counted from those before it. Neither ever changes once written.
"""

from __future__ import annotations

from collections.abc import Sequence

APPLICATION_ID = 0x4F726251
"""Tells a file of this program from other SQLite files: "OrbQ" in ASCII, at byte 68 of the file."""

_FIRST = (
    "CREATE TABLE banks (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE games (
        id INTEGER PRIMARY KEY,
        bank INTEGER NOT NULL REFERENCES banks (number),
        spent REAL NOT NULL,
        hinted INTEGER NOT NULL,
        ended TEXT,
        abandoned INTEGER NOT NULL,
        started TEXT NOT NULL,
        mode TEXT NOT NULL,
        teams TEXT NOT NULL, -- a JSON list
        given TEXT NOT NULL, -- a JSON list of points, team by team
        version TEXT NOT NULL,
        digest TEXT NOT NULL,
        folder TEXT,
        title TEXT NOT NULL,
        seed TEXT NOT NULL,
        code TEXT,
        questions TEXT NOT NULL, -- a JSON list of ids
        asked_for INTEGER NOT NULL,
        timer REAL,
        scoring TEXT NOT NULL
    )
    """,
    "CREATE INDEX games_of_bank ON games (bank)",
    "CREATE INDEX games_that_ended ON games (bank) WHERE ended IS NOT NULL",
    "CREATE INDEX games_unfinished ON games (id) WHERE ended IS NULL AND abandoned = 0",
    """
    CREATE TABLE answers (
        game INTEGER NOT NULL REFERENCES games (id),
        number INTEGER NOT NULL,
        bank INTEGER NOT NULL REFERENCES banks (number),
        question TEXT NOT NULL,
        fact TEXT NOT NULL,
        category TEXT NOT NULL,
        kind TEXT NOT NULL,
        level INTEGER NOT NULL,
        picked TEXT,
        "key" TEXT NOT NULL,
        is_right INTEGER NOT NULL,
        hinted INTEGER NOT NULL,
        late INTEGER NOT NULL,
        seconds REAL NOT NULL,
        points INTEGER NOT NULL,
        streak INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (game, number)
    )
    """,
    # Each holds all that its questions need, so that the table itself is not read.
    "CREATE INDEX answers_by_category ON answers (bank, category, fact, is_right, seconds, streak)",
    "CREATE INDEX answers_by_fact ON answers (bank, fact, is_right, at)",
    "CREATE INDEX answers_by_time ON answers (bank, is_right, at)",
)

#: How to make another game of the same kind, as `session.plan` writes it; NULL in games that are older than this.
_PLANS = (
    "ALTER TABLE games ADD COLUMN plan TEXT",
    # A game is kept from its first answer on; older versions kept it from its first question on.
    "DELETE FROM games WHERE NOT EXISTS (SELECT 1 FROM answers WHERE game = games.id)",
)

#: Spaced repetition: what the answers up to row `answer` of the table make of each fact. All of it follows from the
#: answers, so it may be deleted at any time.
_CARDS = (
    """
    CREATE TABLE cards (
        bank INTEGER NOT NULL REFERENCES banks (number),
        fact TEXT NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        first TEXT NOT NULL,
        last TEXT NOT NULL,
        due TEXT NOT NULL,
        PRIMARY KEY (bank, fact)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE cards_made (
        bank INTEGER PRIMARY KEY REFERENCES banks (number),
        answer INTEGER NOT NULL,
        retention REAL NOT NULL
    )
    """,
)

#: Questions that are answered in words, what was typed, and right answers that the player calls a guess. Cards count
#: right answers in a row and no longer depend on the wished retention; they are made again from the answers.
_TYPED = (
    "ALTER TABLE games ADD COLUMN typed TEXT NOT NULL DEFAULT '[]'",  # a JSON list of ids
    "ALTER TABLE answers ADD COLUMN typed TEXT",
    "ALTER TABLE answers ADD COLUMN guessed INTEGER NOT NULL DEFAULT 0",
    "DELETE FROM cards",
    "ALTER TABLE cards ADD COLUMN successes INTEGER NOT NULL DEFAULT 0",
    "DROP TABLE cards_made",
    "CREATE TABLE cards_made (bank INTEGER PRIMARY KEY REFERENCES banks (number), answer INTEGER NOT NULL)",
    # An answer that is marked later has been counted differently.
    """
    CREATE TRIGGER cards_of_guess AFTER UPDATE OF guessed ON answers
    BEGIN DELETE FROM cards_made WHERE bank = NEW.bank AND answer >= NEW.rowid; END
    """,
)

#: The options that were shown with an answer; NULL where it was typed, and where nobody knows them any more.
_OPTIONS = ("ALTER TABLE answers ADD COLUMN options TEXT",)  # a JSON list

MIGRATIONS: Sequence[Sequence[str]] = (_FIRST, _PLANS, _CARDS, _TYPED, _OPTIONS)
"""The statements that make version n + 1 from version n, where version 0 is an empty file.

What has been released is never edited; a change is one more migration at the end.
"""
