"""Records as rows of the tables, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orbitquiz.history.model import AnswerRecord, GameRecord, KeptGame
from orbitquiz.quiz.game import Mode, Rules, Scoring

_Row = tuple[Any, ...]

PUT_BANK = "INSERT INTO banks (id) VALUES (?) ON CONFLICT (id) DO NOTHING"

#: A game that is there already has only moved on; an end that is kept is never taken back.
PUT_GAME = """
    INSERT INTO games (
        bank, id, started, mode, teams, given, version, digest, folder, title, seed, code, questions, asked_for,
        timer, scoring, spent, hinted, ended, abandoned, plan, typed
    )
    VALUES ((SELECT number FROM banks WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        given = excluded.given,
        spent = excluded.spent,
        hinted = excluded.hinted,
        ended = COALESCE(ended, excluded.ended),
        abandoned = MAX(abandoned, excluded.abandoned)
"""

_GAME = """
    SELECT
        banks.id, games.id, started, mode, teams, given, version, digest, folder, title, seed, code, questions,
        asked_for, timer, scoring, spent, hinted, ended, abandoned, plan, typed
    FROM games JOIN banks ON banks.number = games.bank
    WHERE games.id = ?
"""

PUT_ANSWER = """
    INSERT INTO answers (
        bank, game, number, question, fact, category, kind, level, picked, "key", is_right, hinted, late, seconds,
        points, streak, at, typed, guessed, options
    )
    VALUES ((SELECT number FROM banks WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (game, number) DO UPDATE SET guessed = excluded.guessed WHERE guessed != excluded.guessed
"""

_ANSWERS = """
    SELECT
        number, question, fact, category, kind, level, picked, "key", is_right, hinted, late, seconds, points, streak,
        at, typed, guessed, options
    FROM answers WHERE game = ? ORDER BY number
"""


def game_row(game: GameRecord) -> _Row:
    """Return the parameters of `PUT_GAME`."""
    about = (game.version, game.digest, game.folder, game.title, game.seed, game.code)
    return (
        stored(game.bank),
        game.id,
        game.started,
        str(game.mode),
        json.dumps(game.teams),
        json.dumps(game.given),
        *(stored(text) for text in about),
        json.dumps(game.questions),
        game.asked_for,
        game.rules.timer,
        str(game.rules.scoring),
        game.spent,
        game.hinted,
        game.ended,
        game.abandoned,
        stored(game.plan),
        json.dumps(game.typed),
    )


def answer_row(game: GameRecord, answer: AnswerRecord) -> _Row:
    """Return the parameters of `PUT_ANSWER` for an answer of `game`."""
    return (
        stored(game.bank),
        game.id,
        answer.number,
        *(stored(text) for text in (answer.question, answer.fact, answer.category, answer.kind)),
        answer.level,
        stored(answer.picked),
        stored(answer.key),
        answer.is_right,
        answer.hinted,
        answer.late,
        answer.seconds,
        answer.points,
        answer.streak,
        answer.at,
        stored(answer.typed),
        answer.guessed,
        None if answer.options is None else json.dumps(answer.options),
    )


def read_game(connection: sqlite3.Connection, id: int) -> KeptGame | None:
    """Return the game with this id and its answers; None where there is none."""
    with sense():
        row = connection.execute(_GAME, (id,)).fetchone()
        if row is None:
            return None
        return KeptGame(_game(row), tuple(_answer(row) for row in connection.execute(_ANSWERS, (id,))))


def _game(row: _Row) -> GameRecord:
    bank, id, started, mode, teams, given, *about = row
    version, digest, folder, title, seed, code, questions, asked_for, *state = about
    timer, scoring, spent, hinted, ended, abandoned, plan, typed = state
    return GameRecord(
        id=int(id),
        started=text(started),
        mode=Mode(mode),
        teams=texts(teams),
        given=_numbers(given),
        bank=text(bank),
        version=text(version),
        digest=text(digest),
        folder=None if folder is None else text(folder),
        title=text(title),
        seed=text(seed),
        code=None if code is None else text(code),
        questions=texts(questions),
        asked_for=int(asked_for),
        rules=Rules(None if timer is None else float(timer), Scoring(scoring)),
        spent=float(spent),
        hinted=bool(hinted),
        ended=None if ended is None else text(ended),
        abandoned=bool(abandoned),
        plan=None if plan is None else text(plan),
        typed=texts(typed),
    )


def _answer(row: _Row) -> AnswerRecord:
    number, question, fact, category, kind, level, picked, key, is_right, *how = row
    hinted, late, seconds, points, streak, at, typed, guessed, options = how
    return AnswerRecord(
        number=int(number),
        question=text(question),
        fact=text(fact),
        category=text(category),
        kind=text(kind),
        level=int(level),
        picked=None if picked is None else text(picked),
        key=text(key),
        is_right=bool(is_right),
        hinted=bool(hinted),
        late=bool(late),
        seconds=float(seconds),
        points=int(points),
        streak=int(streak),
        at=text(at),
        typed=None if typed is None else text(typed),
        guessed=bool(guessed),
        options=None if options is None else texts(options),
    )


def stored(words: str | None) -> str | bytes | None:
    """`words` as SQLite can hold them.

    A lone surrogate, which stands for a byte that was no UTF-8 in a seed on the command line, cannot be UTF-8 text.
    Words with one are stored as a blob. The same words are always stored in the same way, so they can be looked up.
    """
    if words is None:
        return None
    try:
        words.encode()
    except UnicodeEncodeError:
        return words.encode("utf-8", "surrogatepass")
    return words


def text(value: object) -> str:
    """Return the words that were `stored`. Raises `ValueError` or `TypeError` for what cannot be."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    if not isinstance(value, str):
        raise TypeError(f"expected text and found {type(value).__name__}")
    return value


def _numbers(value: object) -> tuple[int, ...]:
    """Return the whole numbers of a JSON list. Raises `ValueError` or `TypeError` for what is none."""
    items = json.loads(text(value))
    if not isinstance(items, list):
        raise TypeError("expected a list")
    return tuple(int(item) for item in items)


def texts(value: object) -> tuple[str, ...]:
    """Return the words of a JSON list. Raises `ValueError` or `TypeError` for what is none."""
    items = json.loads(text(value))
    if not isinstance(items, list):
        raise TypeError("expected a list")
    return tuple(text(item) for item in items)


@contextmanager
def sense() -> Iterator[None]:
    """Reading in which a row that makes no sense is damage like any other, raised as what SQLite raises for that."""
    try:
        yield
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise sqlite3.DatabaseError(f"a row makes no sense: {error}") from error
