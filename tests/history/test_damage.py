"""A file that is not what it should be is moved aside, and the current game is still kept."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.history.connection import FILE
from orbitquiz.history.model import KeptGame
from orbitquiz.history.store import Records
from tests.history.conftest import Opener
from tests.history.playing import (
    ABOUT,
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

NOISE = random.Random(7).randbytes(50_000)


def aside(folder: Path, number: int = 1) -> Path:
    return file_in(folder).with_name(f"records.sqlite3.damaged-{number}")


def beside(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")


def broken_with_a_journal(folder: Path) -> None:
    folder.mkdir(parents=True)
    file_in(folder).write_bytes(NOISE)
    beside(file_in(folder)).write_bytes(b"journal")


def random_bytes(file: Path) -> None:
    file.write_bytes(NOISE)


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def noise_after_the_header(file: Path) -> None:
    whole = file.read_bytes()
    write_counted(file, whole[:100] + NOISE[: len(whole) - 100])


def with_a_table_that_cannot_be_read(file: Path) -> None:
    """The message of SQLite quotes the table, and cannot be read either."""
    whole = file.read_bytes()
    assert whole.count(b"CREATE TABLE games") == 1
    write_counted(file, whole.replace(b"CREATE TABLE games", b"CREATE \xff\xfeBLE games"))


def of_another_format(file: Path) -> None:
    whole = file.read_bytes()
    write_counted(file, whole[:44] + bytes([0, 0, 0, 9]) + whole[48:])


def write_counted(file: Path, whole: bytes) -> None:
    """Write the file so that SQLite looks: at what it has in its memory only when the numbers at 24 and 40 change."""
    file.write_bytes(whole[:24] + b"\xff\xff\xff\xf0" + whole[28:40] + b"\xff\xff\xff\xf0" + whole[44:])


def without_its_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for table in ("answers", "games", "banks"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE TABLE other (text)")


def with_a_row_that_makes_no_sense(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE games SET teams = '{', mode = 'x'")
        connection.commit()


def a_text(file: Path) -> None:
    file.write_text("Dear diary,\n" * 1000)


DAMAGES = [
    random_bytes,
    half,
    zeros,
    noise_after_the_header,
    with_a_table_that_cannot_be_read,
    of_another_format,
    without_its_tables,
    a_text,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_moved_aside_at_the_start(
    folder: Path, opened: Opener, damage: Callable[[Path], None]
) -> None:
    records = opened(folder)
    keep(records, "pq", [WRONG])
    records.close()
    damage(file_in(folder))
    before = file_in(folder).read_bytes()

    records = opened(folder)
    records.statistics()  # some damage is not met before somebody looks
    records.unfinished()
    assert records.notice is not None
    assert str(aside(folder)) in records.notice
    assert "a new one was begun" in records.notice
    assert "\n" not in records.notice
    assert aside(folder).read_bytes() == before
    keep(records, "pq", [RIGHT, WRONG])
    assert opened(folder).statistics().answers == 2
    assert opened(folder).notice is None
    assert is_sound(folder)


@pytest.mark.parametrize("damage", [*DAMAGES, with_a_row_that_makes_no_sense])
@pytest.mark.parametrize("method", ["answered", "shown", "ended", "abandon", "unfinished", "missed", "statistics"])
def test_damage_in_mid_game_loses_nothing_of_the_game(
    folder: Path, opened: Opener, damage: Callable[[Path], None], method: str
) -> None:
    records = opened(folder)
    game = started(quiz_of("pqrs"))
    id = records.begin(game, ABOUT)
    for pick in (RIGHT, WRONG):
        game = move(game, pick)
        records.answered(id, game)
    before = opened(folder).unfinished()
    assert before is not None
    damage(file_in(folder))

    game = move(game, SKIPPED)
    calls: dict[str, Callable[[], object]] = {
        "answered": lambda: records.answered(id, game),
        "shown": lambda: records.shown(id, 4.5, hinted=True),
        "ended": lambda: records.ended(id),
        "abandon": lambda: records.abandon(id),
        "unfinished": records.unfinished,
        "missed": lambda: records.missed("letters"),
        "statistics": records.statistics,
    }
    result = calls[method]()
    after = kept_in(folder)
    if aside(folder).exists():  # else the damage has not been met, and nothing is lost
        assert records.notice is not None
        assert str(aside(folder)) in records.notice
        assert is_sound(folder)
    news = {
        "shown": {"spent": 4.5, "hinted": True},
        "abandon": {"abandoned": True},
        "ended": {"ended": after.game.ended},
    }
    if damage is not with_a_row_that_makes_no_sense:
        assert aside(folder).exists()
        assert after.game == replace(before.game, **news.get(method, {}))  # type: ignore[arg-type]
    assert (after.game.ended is not None) == (method == "ended")
    assert after.answers[:2] == before.answers
    assert [answer.picked for answer in after.answers[2:]] == ([None] if method == "answered" else [])
    if method == "unfinished":
        assert result == before
    if method == "missed":
        assert result == ("q",)


def kept_in(folder: Path) -> KeptGame:
    """The only game of the file, over or not."""
    left = folder.with_name("left")
    shutil.copytree(folder, left)
    with closing(sqlite3.connect(file_in(left))) as connection:
        (state,) = connection.execute("SELECT ended, abandoned FROM games").fetchall()
        connection.execute("UPDATE games SET ended = NULL, abandoned = 0")
        connection.execute("UPDATE games SET teams = '[]', mode = 'solo'")
        connection.commit()
    records = Records.open(left, Clock())
    unfinished = records.unfinished()
    records.close()
    assert unfinished is not None
    return replace(unfinished, game=replace(unfinished.game, ended=state[0], abandoned=bool(state[1])))


def test_a_row_that_makes_no_sense_is_damage(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "pq", [WRONG])
    with_a_row_that_makes_no_sense(file_in(folder))
    records = opened(folder)
    assert records.unfinished() is None
    assert str(aside(folder)) in (records.notice or "")


def test_a_resumed_game_survives_damage_too(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "pqr", [RIGHT, WRONG])
    records = opened(folder)
    before = records.unfinished()
    assert before is not None
    random_bytes(file_in(folder))
    records.shown(before.game.id, 1.0, hinted=False)
    after = opened(folder).unfinished()
    assert after == replace(before, game=replace(before.game, spent=1.0))


def test_nothing_is_ever_overwritten(folder: Path, opened: Opener) -> None:
    folder.mkdir(parents=True)
    aside(folder, 2).write_bytes(b"two")
    beside(aside(folder, 3)).write_bytes(b"three")
    for number, text in ((1, b"first file"), (4, b"second file")):
        file_in(folder).write_bytes(text)
        records = opened(folder)
        assert str(aside(folder, number)) in (records.notice or "")
        assert aside(folder, number).read_bytes() == text
        records.close()
    assert aside(folder, 2).read_bytes() == b"two"
    assert beside(aside(folder, 3)).read_bytes() == b"three"
    assert not aside(folder, 3).exists()


def hot_journal(of: Path) -> bytes:
    """The journal of a transaction on another file that was broken off once it had been written to the file."""
    with closing(sqlite3.connect(of, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE secret (text)")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO secret VALUES (?)", [("secret" * 200,)] * 100)
        return beside(of).read_bytes()


@pytest.mark.parametrize("there", [b"no database", NOISE, b"", None], ids=["text", "noise", "empty", "none"])
def test_a_journal_of_another_file_is_never_applied(
    folder: Path, tmp_path: Path, opened: Opener, there: bytes | None
) -> None:
    journal = hot_journal(tmp_path / "other.sqlite3")
    assert journal.startswith(bytes.fromhex("d9d505f920a163d7"))  # it is hot
    folder.mkdir(parents=True)
    beside(file_in(folder)).write_bytes(journal)
    if there is not None:
        file_in(folder).write_bytes(there)
    records = opened(folder)
    keep(records, "pq", [RIGHT, WRONG])
    assert not beside(file_in(folder)).exists()
    assert records.statistics().answers == 2
    assert rows(folder, "SELECT count(*) FROM sqlite_master WHERE name = 'secret'") == [(0,)]
    assert is_sound(folder)
    if there:
        assert aside(folder).read_bytes() == there
        assert beside(aside(folder)).read_bytes() == journal


def test_a_file_of_another_program_is_moved_and_not_touched(folder: Path, opened: Opener) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(file_in(folder))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA application_id = 1234")
        connection.execute("CREATE TABLE birds (name)")
        connection.execute("INSERT INTO birds VALUES ('robin')")
        connection.commit()
    before = file_in(folder).read_bytes()
    records = opened(folder)
    assert "is no file of OrbitQuiz" in (records.notice or "")
    assert aside(folder).read_bytes() == before
    keep(records, "p", [RIGHT])
    assert is_sound(folder)
    assert rows(folder, "SELECT name FROM sqlite_master WHERE name = 'birds'") == []


def test_a_table_of_nobodys_is_another_programs(folder: Path, opened: Opener) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(file_in(folder))) as connection:
        connection.execute("CREATE TABLE games (name)")
    assert "is no file of OrbitQuiz" in (opened(folder).notice or "")


@pytest.mark.parametrize("make", ["nothing", "no tables", "another id and no tables"])
def test_an_empty_file_is_a_new_one(folder: Path, opened: Opener, make: str) -> None:
    folder.mkdir(parents=True)
    file_in(folder).touch()
    if make != "nothing":
        with closing(sqlite3.connect(file_in(folder))) as connection:
            connection.execute(f"PRAGMA application_id = {1234 if 'id' in make else 0}")
            connection.execute("PRAGMA user_version = 99")
            connection.execute("VACUUM")
    records = opened(folder)
    assert records.notice is None
    keep(records, "p", [RIGHT])
    assert opened(folder).statistics().answers == 1
    assert [path.name for path in folder.iterdir()] == [file_in(folder).name]


def test_a_file_that_is_deleted_in_mid_game_is_written_anew(folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = move(started(quiz_of("pqr")), WRONG)
    id = records.begin(game, ABOUT)
    shutil.rmtree(folder)
    records.answered(id, move(game, RIGHT))
    assert records.notice is None
    unfinished = opened(folder).unfinished()
    assert unfinished is not None
    assert [answer.picked for answer in unfinished.answers] == ["a", "c"]


def test_damage_that_two_meet_costs_one_file(folder: Path, opened: Opener) -> None:
    one, other = opened(folder), opened(folder)
    games = {records: started(quiz_of("pq")) for records in (one, other)}
    ids = {records: records.begin(game, ABOUT) for records, game in games.items()}
    random_bytes(file_in(folder))
    for records, game in games.items():
        records.answered(ids[records], move(game, WRONG))
    assert not aside(folder, 2).exists()
    assert one.statistics() == other.statistics() == opened(folder).statistics()
    assert one.statistics().answers == 2


def test_damage_that_cannot_be_moved_is_told(folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder.mkdir(parents=True)
    file_in(folder).write_bytes(NOISE)
    monkeypatch.setattr(Path, "touch", refuse)
    records = opened(folder)
    id = keep(records, "p", [RIGHT])
    records.ended(id)
    assert records.statistics().games == 0
    assert "nothing is being kept" in (records.notice or "")
    assert "cannot be moved aside: Permission denied" in (records.notice or "")
    assert file_in(folder).read_bytes() == NOISE


def test_everything_that_sqlite_keeps_beside_a_file_goes_with_it(folder: Path, opened: Opener) -> None:
    folder.mkdir(parents=True)
    random_bytes(file_in(folder))
    for end in ("-journal", "-wal", "-shm"):
        (folder / f"{FILE}{end}").write_text(end)
    opened(folder)
    assert sorted(path.name for path in folder.iterdir() if ".damaged-" not in path.name) == [FILE]
    assert [(folder / f"{FILE}.damaged-1{end}").read_text() for end in ("-journal", "-wal", "-shm")] == [
        "-journal", "-wal", "-shm",
    ]  # fmt: skip


def test_a_file_whose_ids_leave_none_for_another_game_is_moved_aside(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "p", [RIGHT])
    with closing(sqlite3.connect(file_in(folder))) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"UPDATE games SET id = {(1 << 63) - 1}")
    records = opened(folder)
    keep(records, "q", [RIGHT])
    assert aside(folder).is_file()
    assert records.statistics().games == 1


def test_a_journal_stays_with_a_file_that_cannot_be_moved(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_with_a_journal(folder)
    replace = Path.replace

    def move_journals_only(here: Path, there: Path) -> Path:
        if here == file_in(folder):
            raise PermissionError(13, "Permission denied")
        return replace(here, there)

    monkeypatch.setattr(Path, "replace", move_journals_only)
    assert "cannot be moved aside" in (opened(folder).notice or "")
    assert sorted(path.name for path in folder.iterdir()) == ["records.sqlite3", "records.sqlite3-journal"]


def test_a_journal_is_gone_before_the_name_of_its_file_is_free(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_with_a_journal(folder)
    moved: list[str] = []
    replace = Path.replace

    def move(here: Path, there: Path) -> Path:
        moved.append(here.name)
        return replace(here, there)

    monkeypatch.setattr(Path, "replace", move)
    opened(folder)
    assert moved == ["records.sqlite3-journal", "records.sqlite3"]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=40)), max_size=4),
    st.none() | st.floats(0, 1),
)
def test_no_damage_stops_a_game(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[float, bytes]], cut: float | None
) -> None:
    folder = tmp_path_factory.mktemp("records")
    records = Records.open(folder, Clock())
    keep(records, "pqrs", [RIGHT, WRONG, SKIPPED])
    records.close()
    raw = bytearray(file_in(folder).read_bytes())
    for place, news in writes:
        at = int(place * len(raw))
        raw[at : at + len(news)] = news
    file_in(folder).write_bytes(raw[: int(cut * len(raw))] if cut is not None else raw)

    records = Records.open(folder, Clock(2_000_000_000.0))
    records.statistics()
    records.missed("letters")
    records.unfinished()
    game = started(quiz_of("tuv", bank="others"))
    id = records.begin(game, ABOUT)
    for pick in (RIGHT, WRONG):
        game = move(game, pick)
        records.answered(id, game)
        records.shown(id, 1.0, hinted=False)
    assert "nothing is being kept" not in (records.notice or "")
    records.close()
    again = Records.open(folder, Clock(2_100_000_000.0))
    unfinished = again.unfinished()
    again.close()
    assert unfinished is not None
    assert unfinished.game.id == id
    assert [answer.picked for answer in unfinished.answers] == ["c", "a"]
