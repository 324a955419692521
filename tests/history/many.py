"""Years of playing in a second, for measuring: rows of the package's own making, written by the thousand."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.history.connection import FILE
from orbitquiz.history.model import KeptGame, NewGame
from orbitquiz.history.rows import PUT_ANSWER, PUT_GAME, answer_row, game_row
from orbitquiz.history.sqlite_file import connect, transaction
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request, short_seed
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.sheet import QuizSheet

BEGUN = 1_900_000_000.0
_PATTERNS = 20  # games that differ; the others repeat them at another time


def write_many(folder: Path, bank: Bank, games: int) -> None:
    """Write so many `games` of `bank` into the file in `folder`, an hour apart, all but each tenth played to its end.

    The first of them are played through the door of the package; the rest are copies of their rows.
    """
    now = BEGUN
    records = Records.open(folder, lambda: now)
    played: list[KeptGame] = []
    for number in range(min(games, _PATTERNS)):
        now = BEGUN + 3600 * number
        id = records.begin(play(bank, number), NewGame(bank.version))
        found = records.unfinished()
        assert found is not None
        assert found.game.id == id
        played.append(found)
        if number % 10:
            records.ended(id)  # the copies are of a game that has not ended; each says for itself whether it has
    records.close()
    game_rows, answer_rows = [], []
    for number in range(_PATTERNS, games):
        began = BEGUN + 3600 * number
        id = int(began * 1_000_000)
        game = replace(played[number % _PATTERNS].game, id=id, started=_time(began))
        game_rows.append(game_row(replace(game, ended=_time(began + 60)) if number % 10 else game))
        timed = [replace(each, at=_time(began + 5 * each.number)) for each in played[number % _PATTERNS].answers]
        answer_rows += [answer_row(game, answer) for answer in timed]
    with closing(connect(folder / FILE)) as connection, transaction(connection, "IMMEDIATE"):
        connection.executemany(PUT_GAME, game_rows)
        connection.executemany(PUT_ANSWER, answer_rows)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def play(bank: Bank, number: int) -> Game:
    """A game of ten questions, played to its end by somebody who knows two of three."""
    quiz = compose(bank, Request(short_seed(str(number))))
    quiz = choose(bank, [question.id for question in quiz.questions], quiz.seed) if number % 7 == 0 else quiz
    game = Game.start(QuizSheet.of(quiz), 0.0)
    for at, question in enumerate(quiz.questions):
        knows = (number * 7 + at * 5) % 3
        picked = question.key if knows else (question.key + 1) % len(question.options)
        game = game.answer(picked, game.shown_at + 2.5).next(game.shown_at + 5.0)
    return game
