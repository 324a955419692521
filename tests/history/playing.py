"""Games to be kept, and a look at what has been."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from orbitquiz.bank.model import Bank, Category
from orbitquiz.history.connection import FILE
from orbitquiz.history.model import NewGame
from orbitquiz.history.store import Records
from orbitquiz.quiz.compose import choose
from orbitquiz.quiz.forms import forms_of
from orbitquiz.quiz.game import UNTIMED, Game, Rules
from orbitquiz.quiz.proof import Proof
from orbitquiz.quiz.question import Kind, Option, Question, Quiz
from orbitquiz.quiz.sheet import QuizSheet

ABOUT = NewGame("1.0")
RIGHT, WRONG, SKIPPED, LATE = 2, 0, None, "late"
Pick = int | str | None


@dataclass
class Clock:
    """A wall clock that goes on by a second whenever it is read."""

    now: float = 1_900_000_000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def quiz_of(facts: Sequence[str], bank: str = "letters", category: str = "x") -> Quiz:
    """A quiz that asks for these facts, the third option always right."""
    options = tuple(Option(letter, letter == "c") for letter in "abcd")
    question = Question("", "", Kind.ASKED, Category(category, "X"), 1, "Which?", options, Proof("It is c.", ()))
    questions = tuple(replace(question, id=f"{fact}.asked", fact=fact) for fact in facts)
    return Quiz(bank, "Letters", "0" * 64, "seed", questions, len(facts), "CODE")


def started(quiz: Quiz, rules: Rules = UNTIMED) -> Game:
    return Game.start(QuizSheet.of(quiz), 0.0, rules)


def move(game: Game, pick: Pick, seconds: float = 1.5) -> Game:
    """The game after `pick`, which took `seconds`, and after going on to the next question."""
    at = game.shown_at + seconds
    match pick:
        case int():
            game = game.answer(pick, at)
        case None:
            game = game.skip(at)
        case _:
            game = game.time_up(at)
    return game.next(at)


def keep(records: Records, facts: Sequence[str], picks: Sequence[Pick], bank: str = "letters", **more: str) -> int:
    """Play a game about `facts` for as many `picks` as there are and keep it."""
    game = started(quiz_of(facts, bank, **more))
    id = records.begin(game, ABOUT)
    for pick in picks:
        game = move(game, pick)
        records.answered(id, game)
    return id


def all_of(bank: Bank, seed: str = "seed") -> Quiz:
    """Every question of `bank` in one quiz."""
    return choose(bank, [form.id for differ in (False, True) for form in forms_of(bank, differ=differ)], seed)


def file_in(folder: Path) -> Path:
    return folder / FILE


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Return the rows that an independent program reads from the file."""
    with closing(sqlite3.connect(file_in(folder))) as connection:
        return connection.execute(sql).fetchall()


def is_sound(folder: Path) -> bool:
    return rows(folder, "PRAGMA integrity_check") == [("ok",)] and rows(folder, "PRAGMA foreign_key_check") == []
