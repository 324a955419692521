"""Statistics of all games, against the same counted by hand."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.history import connection as database
from orbitquiz.history.sqlite_file import connect
from orbitquiz.history.statistics import CategoryTally, FactTally
from orbitquiz.history.store import Records
from tests.history.conftest import Opener
from tests.history.many import write_many
from tests.history.playing import ABOUT, LATE, RIGHT, SKIPPED, WRONG, Clock, Pick, keep, move, quiz_of, rows, started


def test_of_misses_in_the_same_instant_the_last_one_comes_first(folder: Path) -> None:
    records = Records.open(folder, lambda: 1_900_000_000.0)
    keep(records, "pqr", [WRONG, WRONG, RIGHT])
    keep(records, "rq", [WRONG, RIGHT])
    assert records.missed("letters") == ("r", "p")
    assert records.statistics("letters").streak == 1
    keep(records, "q", [WRONG])
    assert records.missed("letters") == ("q", "r", "p")
    assert records.statistics("letters").streak == 0
    records.close()


def test_what_is_missed_is_what_was_not_answered_right_since(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "pqrst", [WRONG, SKIPPED, LATE, RIGHT, WRONG])
    assert records.missed("letters") == ("t", "r", "q", "p")
    keep(records, "rq", [RIGHT, WRONG])
    assert records.missed("letters") == ("q", "t", "p")
    keep(records, "r", [WRONG])
    assert opened(folder).missed("letters") == ("r", "q", "t", "p")


def test_what_is_missed_is_so_in_one_bank(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "pq", [WRONG, WRONG])
    keep(records, "pr", [RIGHT, WRONG], bank="numbers")
    assert records.missed("letters") == ("q", "p")
    assert records.missed("numbers") == ("r",)
    assert records.missed("words") == ()


def test_a_fact_that_changed_its_category_is_one_fact(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "p", [WRONG], category="x")
    keep(records, "p", [WRONG], category="y")
    assert records.missed("letters") == ("p",)
    assert records.statistics().most_missed == (FactTally("letters", "p", 2, 2),)
    keep(records, "p", [RIGHT], category="y")
    assert records.missed("letters") == ()


def test_time_decides_what_came_last_and_then_the_order(folder: Path) -> None:
    clock = Clock()
    one = Records.open(folder, lambda: 1_900_000_000.0)
    later = Records.open(folder, clock)
    first, second = (one.begin(started(quiz_of("p")), ABOUT) for _ in range(2))
    one.answered(second, move(started(quiz_of("p")), WRONG))
    one.answered(first, move(started(quiz_of("p")), RIGHT))  # in the same instant
    assert one.missed("letters") == ()
    assert one.statistics().streak == 1
    keep(later, "p", [WRONG])
    third = one.begin(started(quiz_of("p")), ABOUT)
    one.answered(third, move(started(quiz_of("p")), RIGHT))  # written last, by a clock that is behind
    assert one.missed("letters") == ("p",)
    one.close()
    later.close()


def test_statistics_count_games_and_answers(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    first = keep(records, "pqrs", [RIGHT, RIGHT, RIGHT, WRONG])
    records.ended(first)
    records.abandon(keep(records, "pq", [WRONG], category="y"))
    last = keep(records, "pqs", [LATE, RIGHT])
    told = records.statistics("letters")
    assert (told.games, told.finished, told.unfinished) == (3, 1, 2)
    assert (told.answers, told.right, told.share, told.seconds) == (7, 4, 4 / 7, 10.5)
    assert (told.longest_streak, told.streak) == (3, 1)
    assert told.categories == (CategoryTally("letters", "x", 6, 4), CategoryTally("letters", "y", 1, 0))
    assert told.most_missed == (FactTally("letters", "p", 3, 2), FactTally("letters", "s", 1, 1))
    latest = told.recent[0]
    assert (latest.id, latest.title, latest.code, latest.bank) == (last, "Letters", "CODE", "letters")
    assert (latest.right, latest.answered, latest.of, latest.points, latest.seconds) == (1, 2, 3, 100, 3.0)
    assert [game.finished for game in told.recent] == [False, False, True]
    assert told.recent[2].id == first
    assert told.recent[2].started < told.recent[1].started < latest.started


def test_the_streak_of_the_same_quiz_twice_is_no_longer_than_the_longest(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "pqr", [WRONG, RIGHT, RIGHT])
    keep(records, "pqr", [RIGHT, WRONG, RIGHT])
    keep(records, "pqr", [RIGHT])
    told = records.statistics()
    assert (told.longest_streak, told.streak) == (2, 1)


def test_of_what_was_missed_as_often_the_harder_comes_first(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "pqr", [WRONG, WRONG, WRONG])
    keep(records, "prq", [WRONG, RIGHT])
    assert [(tally.fact, tally.asked) for tally in records.statistics().most_missed] == [("p", 2), ("q", 1), ("r", 2)]


def test_no_more_is_told_than_fits(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    ids = [keep(records, [f"f{n}"], [WRONG]) for n in range(22)]
    told = records.statistics()
    assert [game.id for game in told.recent] == ids[:-21:-1]
    assert len(told.most_missed) == 10
    assert told.answers == 22


def test_a_bank_has_its_own_statistics(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    keep(records, "pq", [RIGHT, RIGHT])
    keep(records, "pq", [RIGHT, WRONG], bank="numbers")
    assert records.statistics("letters").streak == 2
    assert records.statistics("numbers").streak == 0
    assert records.statistics().streak == 0
    assert [tally.bank for tally in records.statistics().categories] == ["letters", "numbers"]
    assert [game.bank for game in records.statistics("letters").recent] == ["letters"]
    assert records.statistics("words").games == 0
    assert records.statistics("words").share is None


picks = st.sampled_from([RIGHT, WRONG, SKIPPED, LATE])
games = st.tuples(
    st.sampled_from(["letters", "numbers"]),
    st.lists(st.tuples(st.sampled_from("pqrst"), picks), min_size=1, max_size=5, unique_by=lambda pair: pair[0]),
)


@settings(deadline=None, max_examples=20)
@given(st.lists(games, max_size=5))
def test_statistics_are_what_can_be_counted_by_hand(
    tmp_path_factory: pytest.TempPathFactory, played: list[tuple[str, list[tuple[str, Pick]]]]
) -> None:
    records = Records.open(tmp_path_factory.mktemp("records"), Clock())
    for bank, answers in played:
        facts = [fact for fact, _ in answers]
        game = started(quiz_of(facts, bank))
        id = records.begin(game, ABOUT)
        for _, pick in answers:
            game = move(game, pick)
        records.answered(id, game)
    for which in ("letters", "numbers", None):
        told = records.statistics(which)
        chosen = [(of, answers) for of, answers in played if which in (None, of)]
        each = [(of, fact, pick == RIGHT) for of, answers in chosen for fact, pick in answers]
        assert (told.games, told.answers, told.right) == (len(chosen), len(each), sum(right for *_, right in each))
        missed = Counter((of, fact) for of, fact, right in each if not right)
        assert {(tally.bank, tally.fact): tally.missed for tally in told.most_missed} == dict(missed)
        runs = ["".join("+" if pick == RIGHT else "-" for _, pick in answers) for _, answers in chosen]
        assert told.longest_streak == max((len(run) for line in runs for run in line.split("-")), default=0)
        assert told.streak == len((runs or [""])[-1].rpartition("-")[2])
        if which:
            last = {fact: right for _, fact, right in each}
            order = [fact for _, fact, right in each if not right and not last[fact]]
            assert records.missed(which) == tuple(dict.fromkeys(reversed(order)))
    records.close()


def test_no_question_reads_a_whole_table(
    builtin: Bank, folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def connected(file: Path, patience: float) -> sqlite3.Connection:
        connection = connect(file, patience)
        connection.set_trace_callback(asked.append)
        return connection

    write_many(folder, builtin, 100)
    monkeypatch.setattr(database, "connect", connected)
    records = opened(folder)
    asked.clear()  # opening compares each index with its table
    for bank in (builtin.id, None):
        told = records.statistics(bank)
        assert (told.games, told.finished, told.answers) == (100, 90, 1000)
    assert records.missed(builtin.id)
    assert records.unfinished()
    keep(records, "p", [RIGHT])
    assert records.notice is None
    questions = [sql for sql in asked if sql.split()[0] in ("SELECT", "WITH", "INSERT")]
    assert len(questions) > 15
    plans = [str(row[3]) for sql in questions for row in rows(folder, f"EXPLAIN QUERY PLAN {sql}")]
    assert not [line for line in plans if line.startswith(("SCAN answers", "SCAN games")) and "USING" not in line]
    for wanted in (
        "COVERING INDEX answers_by_category (bank=?)",
        "COVERING INDEX answers_by_time (bank=? AND is_right=?",
        "COVERING INDEX answers_by_fact (bank=? AND fact=? AND is_right=?",
        "COVERING INDEX games_of_bank (bank=?)",
        "INDEX games_unfinished",
    ):
        assert [line for line in plans if wanted in line], wanted


def test_years_of_playing_are_told_at_once(builtin: Bank, folder: Path, opened: Opener) -> None:
    """A tenth of what the benchmark measures, with far more time: it fails where time grows faster than the file."""
    write_many(folder, builtin, 1000)
    records = opened(folder)
    began = time.perf_counter()
    told = records.statistics(builtin.id)
    missed = records.missed(builtin.id)
    assert time.perf_counter() - began < 0.5
    assert (told.games, told.finished, told.answers) == (1000, 900, 10_000)
    assert set(missed) <= {fact.id for fact in builtin.facts}
