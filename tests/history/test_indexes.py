"""An index that lacks entries hides answers without an error, so it is found and rebuilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from orbitquiz.history.store import Records
from tests.history.conftest import Opener
from tests.history.playing import ABOUT, RIGHT, WRONG, file_in, is_sound, keep, move, quiz_of, rows, started

INDEXES = [
    "answers_by_category",
    "answers_by_fact",
    "answers_by_time",
    "games_of_bank",
    "games_that_ended",
    "games_unfinished",
    "sqlite_autoindex_answers_1",
]


def played(records: Records, ended: bool = True) -> None:
    for picks in ([RIGHT, WRONG], [WRONG, WRONG]):
        id = keep(records, "pq", picks)
        if ended:
            records.ended(id)


def empty(file: Path, index: str) -> None:
    """Make the index forget its entries, as a lost page would."""
    with closing(sqlite3.connect(file)) as connection:
        ((root, size),) = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = ?", (index,)
        ).fetchall()
    raw = bytearray(file.read_bytes())
    raw[(root - 1) * size : root * size] = b"\x0a" + bytes(4) + size.to_bytes(2) + bytes(size - 7)
    file.write_bytes(raw)


def swap_a_fact(file: Path) -> None:
    """Make an index tell of a fact that its table does not have; the numbers of entries still agree."""
    raw = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        ((root, size),) = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
            " WHERE name = 'answers_by_fact'"
        ).fetchall()
    page = raw[(root - 1) * size : root * size]
    assert page.count(b"q2030") == 2
    file.write_bytes(raw[: (root - 1) * size] + page.replace(b"q2030", b"r2030", 1) + raw[root * size :])


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_without_entries_is_rebuilt_at_the_start_and_told(folder: Path, opened: Opener, index: str) -> None:
    records = opened(folder)
    played(records, ended=index != "games_unfinished")
    told = records.statistics()
    records.close()
    empty(file_in(folder), index)
    assert not is_sound(folder)

    records = opened(folder)
    assert records.statistics() == told
    assert "was rebuilt, and nothing is lost" in (records.notice or "")
    assert str(file_in(folder)) in (records.notice or "")
    assert is_sound(folder)
    assert opened(folder).notice is None
    assert not list(folder.glob("*.damaged-*"))


def test_a_wrong_entry_is_found_when_the_whole_file_is_examined(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    played(records)
    records.close()
    swap_a_fact(file_in(folder))
    records = opened(folder)
    assert records.missed("letters") != ("q", "p")
    notices = []
    for _ in range(18):
        notices.append(records.notice)
        records.ended(keep(records, "s", [RIGHT]))
    assert notices == [None] * 18
    assert "was rebuilt" in (records.notice or "")
    assert records.missed("letters") == ("q", "p")
    assert is_sound(folder)


def test_a_file_that_is_damaged_beyond_its_indexes_is_not_called_rebuilt(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    played(records)
    records.close()
    empty(file_in(folder), "answers_by_fact")
    with closing(sqlite3.connect(file_in(folder))) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET rootpage = 4000 WHERE name = 'banks'")
        connection.commit()
    records = opened(folder)
    records.statistics()
    assert "rebuilt" not in (records.notice or "")
    assert "was damaged, so it was moved to" in (records.notice or "")


def test_an_answer_reaches_a_file_whose_index_is_damaged_in_mid_game(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = move(started(quiz_of("pqr")), RIGHT)
    id = records.begin(game, ABOUT)
    records.close()
    empty(file_in(folder), "sqlite_autoindex_answers_1")
    records.answered(id, move(game, WRONG))
    assert "was rebuilt" in (records.notice or "")
    assert rows(folder, "SELECT number, picked FROM answers ORDER BY number") == [(1, "c"), (2, "a")]
    assert is_sound(folder)
