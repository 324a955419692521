"""Games come back as they were recorded."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from orbitquiz.history.model import NewGame
from orbitquiz.history.schema import APPLICATION_ID, MIGRATIONS
from orbitquiz.history.sqlite_file import connect
from orbitquiz.history.store import Records
from orbitquiz.quiz.game import Game, Mode, Rules, Scoring
from orbitquiz.quiz.question import Option, Quiz
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.text.safe import line_of, visible
from tests.history.conftest import Opener
from tests.history.playing import (
    ABOUT,
    LATE,
    RIGHT,
    SKIPPED,
    WRONG,
    Clock,
    file_in,
    is_sound,
    keep,
    move,
    quiz_of,
    rows,
    started,
)


def test_a_game_comes_back_as_it_was_told(folder: Path, opened: Opener) -> None:
    quiz = replace(quiz_of("pqrs"), asked_for=9, seed="APOLLO", title="Lesson 3", code=None)
    rules = Rules(20.0, Scoring.SPEED)
    game = started(quiz, rules)
    about = NewGame("2.1", "/home/ann/bank", Mode.TEAMS, ("Reds", "Blues"), '{"a": 1}', 9)
    records = opened(folder)
    id = records.begin(game, about)
    for pick in (RIGHT, SKIPPED):
        game = move(game, pick)
        records.answered(id, game)
    game = move(game.hint(), LATE, 30)
    records.answered(id, game)
    records.shown(id, 7.25, hinted=True)

    unfinished = opened(folder).unfinished()
    assert unfinished is not None
    kept = unfinished.game
    assert (kept.id, kept.mode, kept.teams) == (id, Mode.TEAMS, ("Reds", "Blues"))
    assert (kept.bank, kept.version, kept.digest, kept.folder) == ("letters", "2.1", "0" * 64, "/home/ann/bank")
    assert kept.plan == '{"a": 1}'
    assert (kept.title, kept.seed, kept.code, kept.asked_for) == ("Lesson 3", "APOLLO", None, 9)
    assert kept.questions == tuple(question.id for question in quiz.questions)
    assert (kept.rules, kept.spent, kept.hinted) == (rules, 7.25, True)
    assert (kept.ended, kept.abandoned) == (None, False)
    assert kept.started == "2030-03-17T17:46:41.000000Z"
    told = [
        (answer.number, answer.question, answer.fact, answer.category, answer.kind, answer.level, answer.key)
        for answer in unfinished.answers
    ]
    assert told == [(n, f"{fact}.asked", fact, "x", "asked", 1, "c") for n, fact in enumerate("pqr", 1)]
    given = [(answer.picked, answer.is_right, answer.hinted, answer.late) for answer in unfinished.answers]
    assert given == [("c", True, False, False), (None, False, False, False), (None, False, True, True)]
    assert [(answer.seconds, answer.points, answer.streak) for answer in unfinished.answers] == [
        (1.5, game.verdicts[0].points, 1), (1.5, 0, 0), (20.0, 0, 0),
    ]  # fmt: skip
    times = [answer.at for answer in unfinished.answers]
    assert times == sorted(times)
    assert kept.started < times[0] < times[-1]


ODD = [
    "",
    "\0",
    "a\0b",
    "\udcff",
    "caf\udce9 \0 ☕",
    "🚀" * 3,
    "x" * 5000,
    "123",
    "1e5",
    "'; DROP TABLE games; --",
    "\n",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_comes_back_equal(folder: Path, opened: Opener, text: str) -> None:
    question = replace(quiz_of("p").questions[0], id=text + "1", fact=text)
    question = replace(question, options=(Option(text, is_key=False), Option(text + "key", is_key=True)))
    quiz = Quiz(text, text, text, text, (question,), 1, text)
    records = opened(folder)
    game = started(quiz)
    id = records.begin(game, NewGame(text, text, Mode.TEAMS, (text, "")))
    records.answered(id, move(game, 0))
    unfinished = opened(folder).unfinished()
    assert unfinished is not None
    kept = unfinished.game
    assert {kept.bank, kept.digest, kept.seed, kept.version, kept.folder} == {text}
    assert {kept.title, kept.code} == {line_of(text)}  # as they are shown
    assert (kept.teams, kept.questions) == ((text, ""), (text + "1",))
    (answer,) = unfinished.answers
    assert answer.fact == text
    assert (answer.picked, answer.key) == (visible(text), visible(text + "key"))


def test_what_was_never_told_is_not_there(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    assert records.unfinished() is None
    assert records.missed("letters") == ()
    assert records.statistics().games == 0
    assert records.notice is None
    game = move(started(quiz_of("p")), RIGHT)
    records.answered(17, game)  # an id that nobody was given
    records.ended(17)
    records.shown(17, 1.0, hinted=False)
    assert rows(folder, "SELECT count(*) FROM games") == [(0,)]


def test_the_latest_unfinished_game_is_offered_until_it_has_ended_or_is_given_up(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    first, second, third = (keep(records, "pq", [RIGHT]) for _ in range(3))

    def offered() -> int | None:
        unfinished = opened(folder).unfinished()
        return unfinished.game.id if unfinished else None

    assert offered() == third
    records.ended(third)
    assert offered() == second
    records.abandon(second)
    assert offered() == first
    records.abandon(first)
    assert offered() is None


def test_an_end_is_told_once_and_never_taken_back(folder: Path, opened: Opener) -> None:
    records, other = opened(folder), opened(folder)
    id = keep(records, "p", [RIGHT])
    assert other.unfinished() is not None
    records.ended(id)
    (end,) = rows(folder, "SELECT ended FROM games")
    records.ended(id)
    other.shown(id, 3.0, hinted=False)  # knows of no end
    other.ended(id)
    assert rows(folder, "SELECT ended FROM games") == [end]
    file_in(folder).unlink()
    records.abandon(id)  # which is written again
    assert rows(folder, "SELECT ended FROM games") == [end]


def test_a_game_that_is_given_up_stays_so(folder: Path, opened: Opener) -> None:
    records, other = opened(folder), opened(folder)
    id = keep(records, "p", [RIGHT])
    assert other.unfinished() is not None
    records.abandon(id)
    other.shown(id, 3.0, hinted=False)
    assert other.unfinished() is None


def test_of_two_who_play_one_game_the_first_is_kept(folder: Path, opened: Opener) -> None:
    one = opened(folder)
    id = keep(one, "pqr", [RIGHT])
    other = opened(folder)
    assert other.unfinished() is not None
    game = move(started(quiz_of("pqr")), RIGHT)
    one.answered(id, move(game, WRONG))
    other.answered(id, move(game, RIGHT))
    other.answered(id, move(move(game, RIGHT), RIGHT))
    assert other.notice is None
    assert rows(folder, "SELECT number, picked FROM answers") == [(1, "c"), (2, "a"), (3, "c")]


def test_an_answer_told_twice_is_one(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = started(quiz_of("pqr"))
    id = records.begin(game, ABOUT)
    game = move(move(game, RIGHT), WRONG)
    records.answered(id, game)
    before = rows(folder, "SELECT * FROM answers")
    records.shown(id, 4.0, hinted=True)
    records.answered(id, game)
    opened(folder).answered(id, game)
    assert rows(folder, "SELECT * FROM answers") == before
    assert len(before) == 2
    assert rows(folder, "SELECT spent, hinted FROM games") == [(4.0, 1)]


def test_an_answer_ends_what_was_spent_on_its_question(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = started(quiz_of("pq"))
    id = records.begin(game, ABOUT)
    records.shown(id, 4.0, hinted=True)
    records.answered(id, game.answer(RIGHT, 5.0))
    assert rows(folder, "SELECT spent, hinted FROM games") == [(0.0, 0)]


@pytest.mark.parametrize("spent", [float("nan"), float("inf"), -1.0])
def test_no_time_that_cannot_be_is_kept(folder: Path, opened: Opener, spent: float) -> None:
    records = opened(folder)
    id = keep(records, "pq", [])
    records.shown(id, spent, hinted=False)
    assert rows(folder, "SELECT spent FROM games") == [(0.0,)]
    assert records.notice is None


def test_every_write_is_on_the_disk_when_the_method_returns(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = started(quiz_of("pq"))
    id = records.begin(game, ABOUT)
    assert rows(folder, "SELECT id FROM games") == [(id,)]
    records.answered(id, game.answer(RIGHT, 1.0))
    assert rows(folder, "SELECT number FROM answers") == [(1,)]
    records.shown(id, 2.0, hinted=True)
    assert rows(folder, "SELECT spent, hinted FROM games") == [(2.0, 1)]
    records.abandon(id)
    assert rows(folder, "SELECT abandoned FROM games") == [(1,)]
    records.ended(id)
    assert rows(folder, "SELECT ended IS NOT NULL FROM games") == [(1,)]
    assert [path.name for path in folder.iterdir()] == [file_in(folder).name]


def test_the_file_says_whose_it_is_and_is_written_as_promised(folder: Path, opened: Opener) -> None:
    opened(folder)
    assert rows(folder, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(folder, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    with closing(connect(file_in(folder))) as connection:
        settings = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in settings]
    assert values == ["delete", 3, 5000, 1]  # 3 is EXTRA


def test_a_file_in_wal_mode_is_brought_back(folder: Path, opened: Opener) -> None:
    id = keep(opened(folder), "p", [RIGHT])
    assert rows(folder, "PRAGMA journal_mode = WAL") == [("wal",)]
    records = opened(folder)
    assert rows(folder, "PRAGMA journal_mode") == [("delete",)]
    assert [game.id for game in records.statistics().recent] == [id]


def test_two_terminals_keep_their_games_in_one_file(folder: Path, opened: Opener) -> None:
    one, other = opened(folder), opened(folder)
    games = {records: started(quiz_of("pqr")) for records in (one, other)}
    ids = {records: records.begin(game, ABOUT) for records, game in games.items()}
    assert ids[one] != ids[other]
    for pick in (RIGHT, WRONG, RIGHT):
        for records, game in games.items():
            games[records] = move(game, pick)
            records.answered(ids[records], games[records])
    assert one.statistics() == other.statistics()
    assert one.statistics().answers == 6
    assert is_sound(folder)


def test_games_that_begin_in_the_same_instant_are_two(folder: Path) -> None:
    one, other = (Records.open(folder, lambda: 1_900_000_000.0) for _ in range(2))
    ids = [keep(records, "p", [RIGHT]) for records in (one, other, one, other)]
    assert len(set(ids)) == 4
    assert ids == sorted(ids)
    assert one.statistics().answers == 4
    one.close()
    other.close()


def test_many_at_once_lose_nothing(folder: Path) -> None:
    clock = Clock()

    def play(_: int) -> str | None:
        records = Records.open(folder, clock)
        for _ in range(3):
            records.ended(keep(records, "pq", [RIGHT, WRONG]))
        records.close()
        return records.notice

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(play, range(4))) == [None] * 4
    assert rows(folder, "SELECT count(*), count(ended) FROM games") == [(12, 12)]
    assert rows(folder, "SELECT count(*) FROM answers") == [(24,)]
    assert [path.name for path in folder.iterdir()] == [file_in(folder).name]
    assert is_sound(folder)


def test_a_game_with_answers_can_begin(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    records.begin(
        Game.resume(QuizSheet.of(quiz_of("pq")), 0.0, [move(started(quiz_of("pq")), RIGHT).verdict.answer]), ABOUT
    )
    unfinished = records.unfinished()
    assert unfinished is not None
    assert [answer.picked for answer in unfinished.answers] == ["c"]


def test_closing_is_not_needed_and_no_end(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "p", [RIGHT])
    records.close()
    records.close()
    assert records.statistics().answers == 1


def test_nothing_refers_to_a_game_that_is_not_there(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "p", [RIGHT])
    with closing(connect(file_in(folder))) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM games")
