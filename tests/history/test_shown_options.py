"""The options that were shown are kept with each answer, and made again for older answers where that is exact."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.history import shown_options
from orbitquiz.history.resume import resume
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.quality.picks import OptionTally
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet
from tests.history.conftest import Opener
from tests.history.playing import ABOUT, file_in, rows


def play(records: Records, quiz: Quiz, picks: int = 4, typed: frozenset[str] = frozenset()) -> int:
    """Keep a game of `quiz` in which the first option is always picked, or something is typed."""
    game = Game.start(QuizSheet.of(quiz), 0.0, typed=typed)
    id = records.begin(game, ABOUT)
    for _ in range(min(picks, len(quiz.questions))):
        game = (game.say("no idea", None, 1.0) if game.is_typed else game.answer(0, 1.0)).next(2.0)
        records.answered(id, game)
    return id


def shown(quiz: Quiz) -> list[tuple[str, ...]]:
    return [tuple(option.text for option in question.options) for question in quiz.questions]


def forget_options(folder: Path) -> None:
    """Leave the file as a version that kept no options would have."""
    with closing(sqlite3.connect(file_in(folder))) as connection, connection:
        connection.execute("UPDATE answers SET options = NULL")


def kept_options(records: Records, id: int) -> list[tuple[str, ...] | None]:
    kept = records.game(id)
    assert kept
    return [answer.options for answer in kept.answers]


def tally(tallies: tuple[OptionTally, ...], question: str, option: str) -> OptionTally:
    return next(each for each in tallies if (each.question, each.option) == (question, option))


def test_each_answer_is_kept_with_the_options_that_were_shown(comet: Bank, opened: Opener, folder: Path) -> None:
    quiz = compose(comet, Request("ANCHOR", 3))
    id = play(opened(folder), quiz)
    assert kept_options(opened(folder), id) == shown(quiz)


def test_a_typed_answer_was_shown_no_options(comet: Bank, opened: Opener, folder: Path) -> None:
    quiz = compose(comet, Request("ANCHOR", 2))
    id = play(opened(folder), quiz, typed=frozenset([quiz.questions[0].id]))
    assert kept_options(opened(folder), id) == [None, shown(quiz)[1]]


def test_options_are_counted_where_they_were_shown(comet: Bank, opened: Opener, folder: Path) -> None:
    records = opened(folder)
    quiz = compose(comet, Request("ANCHOR", 1))
    for _ in range(3):
        play(records, quiz)
    (question,) = quiz.questions
    first, *_ = (option for option in question.options if not option.is_key)
    found = tuple(records.option_tallies(comet))
    assert {each.option for each in found} == {option.text for option in question.options if not option.is_key}
    picked = 0 if question.key == 0 else 3
    assert tally(found, question.id, first.text) == OptionTally(question.id, first.text, 3, picked, 3 - picked)


def test_options_of_older_answers_are_made_again(comet: Bank, opened: Opener, folder: Path) -> None:
    quiz = compose(comet, Request("ANCHOR", 3))
    id = play(opened(folder), quiz, picks=2)
    forget_options(folder)
    records = opened(folder)
    assert kept_options(records, id) == [None, None]
    assert records.option_tallies(comet)
    assert kept_options(opened(folder), id) == shown(quiz)[:2]


def test_nobody_waits_for_the_file_while_they_are_made_again(
    comet: Bank, opened: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = opened(folder)
    play(records, compose(comet, Request("seed")))
    forget_options(folder)
    written: list[int] = []

    def resume_and_write(*arguments: Any) -> Any:
        with closing(sqlite3.connect(file_in(folder), timeout=0)) as other, other:
            written.append(other.execute("UPDATE games SET ended = ended").rowcount)
        return resume(*arguments)

    monkeypatch.setattr(shown_options, "resume", resume_and_write)
    assert records.option_tallies(comet)
    assert written == [1]


def test_they_are_not_where_that_would_not_be_exact(comet: Bank, opened: Opener, folder: Path) -> None:
    quiz = compose(comet, Request("ANCHOR", 3))
    records = opened(folder)
    chosen = play(records, replace(quiz, code=None))  # nobody knows by which rules it was made
    other_bank = play(records, replace(quiz, digest="0" * 64))
    other_rules = play(records, replace(quiz, code="DY59-762X-E8XU"))
    forget_options(folder)
    assert opened(folder).option_tallies(comet) == ()
    for id in (chosen, other_bank, other_rules):
        assert kept_options(opened(folder), id) == [None] * 3


def test_a_file_of_an_earlier_version_gets_the_column(comet: Bank, opened: Opener, folder: Path) -> None:
    play(opened(folder), compose(comet, Request("ANCHOR", 1)))
    assert "options" in {name for _, name, *_ in rows(folder, "PRAGMA table_info(answers)")}
