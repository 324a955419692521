"""A disk that does not do what it should stops no game: nothing is kept, and the player is told."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orbitquiz.history import connection as database
from orbitquiz.history.sqlite_file import connect
from orbitquiz.history.statistics import Statistics
from orbitquiz.history.store import Records
from tests.history.conftest import Opener
from tests.history.playing import ABOUT, RIGHT, WRONG, Clock, file_in, is_sound, keep, move, quiz_of, rows, started

needs_permissions = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="no permission is refused to root"
)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """All connections that are made from now on."""
    made: list[sqlite3.Connection] = []

    def connected(file: Path, patience: float) -> sqlite3.Connection:
        made.append(connect(file, patience))
        return made[-1]

    monkeypatch.setattr(database, "connect", connected)
    return made


def keeps_nothing(records: Records, why: str, where: Path) -> None:
    """Play a game through all methods, none of which raises, and look at what is said of it."""
    game = move(started(quiz_of("pq")), WRONG)
    id = records.begin(game, ABOUT)
    records.answered(id, game)
    records.shown(id, 3.0, hinted=True)
    records.abandon(id)
    records.ended(id)
    assert records.begin(game, ABOUT) != id
    records.unfinished()
    records.missed("letters")
    records.statistics()
    assert records.notice is not None
    assert records.notice.startswith("nothing is being kept: ")
    assert why in records.notice
    assert str(where) in records.notice
    assert "--data" in records.notice
    assert "\n" not in records.notice


def test_a_folder_that_cannot_be_made_is_told_at_once(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "records"
    assert opened(folder).notice
    keeps_nothing(opened(folder), "ot a directory" if sys.platform != "win32" else "", file_in(folder))
    assert opened(folder).statistics() == Statistics()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "file").touch()
    keeps_nothing(opened(tmp_path / "file"), "ot a directory", file_in(tmp_path / "file"))


def test_a_folder_where_the_file_should_be_is_told_and_left_alone(folder: Path, opened: Opener) -> None:
    file_in(folder).mkdir(parents=True)
    (file_in(folder) / "diary").touch()
    keeps_nothing(opened(folder), "cannot be opened", file_in(folder))
    assert [path.name for path in folder.rglob("*")] == ["records.sqlite3", "diary"]


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_folder_can_have_is_told(tmp_path: Path, opened: Opener, name: str) -> None:
    assert "nothing is being kept" in (opened(tmp_path / name).notice or "")


def test_a_notice_is_one_line_whatever_the_folder_is_called(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "a\n\x1b[31mb").touch()
    notice = opened(tmp_path / "a\n\x1b[31mb").notice
    assert notice is not None
    assert notice.isprintable()


@needs_permissions
def test_a_folder_that_cannot_be_written_to_is_told_at_once_and_read(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "p", [WRONG])
    folder.chmod(0o500)
    records = opened(folder)
    assert records.notice
    keeps_nothing(records, "cannot be", file_in(folder))
    assert records.missed("letters") == ("p",)


@pytest.fixture
def read_only(folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Records of one game in a file that the system lets nobody write to, root included."""
    keep(opened(folder), "pq", [WRONG])

    def connected(file: Path, patience: float) -> sqlite3.Connection:
        connection = connect(file, patience)
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(database, "connect", connected)
    monkeypatch.setattr(os, "access", lambda path, mode: path != file_in(folder))
    return opened(folder)


def test_a_read_only_file_is_told_at_once(read_only: Records, folder: Path) -> None:
    assert (read_only.notice or "").startswith(f"nothing is being kept: {file_in(folder)}")


def test_a_read_only_file_can_be_read_and_played_beside(read_only: Records, folder: Path) -> None:
    keeps_nothing(read_only, "cannot be written to", file_in(folder))
    assert read_only.missed("letters") == ("p",)
    assert read_only.statistics().answers == 1
    unfinished = read_only.unfinished()
    assert unfinished is not None
    read_only.answered(unfinished.game.id, move(move(started(quiz_of("pq")), WRONG), RIGHT))
    assert rows(folder, "SELECT number FROM answers") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM games") == [(1,)]


def test_a_full_disk_is_told_and_what_was_kept_stays(
    folder: Path, opened: Opener, connections: list[sqlite3.Connection]
) -> None:
    records = opened(folder)
    id = keep(records, "pqr", [RIGHT])
    (pages,) = connections[0].execute("PRAGMA page_count").fetchone()
    connections[0].execute(f"PRAGMA max_page_count = {pages}")
    facts = [f"fact {number} {'long' * 500}" for number in range(10)]
    keep(records, facts, [WRONG] * 10)
    assert "the disk is full" in (records.notice or "")
    keeps_nothing(records, "the disk is full", file_in(folder))
    assert records.statistics().answers == 1
    assert rows(folder, "SELECT id FROM games") == [(id,)]
    assert is_sound(folder)


def test_once_there_is_room_again_all_of_the_game_is_kept(
    folder: Path, opened: Opener, connections: list[sqlite3.Connection]
) -> None:
    records = opened(folder)
    (pages,) = connections[0].execute("PRAGMA page_count").fetchone()
    connections[0].execute(f"PRAGMA max_page_count = {pages}")
    facts = [f"fact {number} {'long' * 500}" for number in range(4)]
    game = started(quiz_of(facts))
    id = records.begin(game, ABOUT)
    game = move(game, RIGHT)
    records.answered(id, game)
    assert rows(folder, "SELECT count(*) FROM games") == [(0,)]
    connections[0].execute("PRAGMA max_page_count = 1000000")
    records.answered(id, move(game, WRONG))
    assert records.notice is None
    unfinished = opened(folder).unfinished()
    assert unfinished is not None
    assert [answer.picked for answer in unfinished.answers] == ["c", "a"]
    assert unfinished.game.id == id
    times = [answer.at for answer in unfinished.answers]
    assert times == sorted(set(times))  # the first has the time at which it was given


class Failing(sqlite3.Connection):
    """A connection to a disk that fails at each statement that begins with `word`."""

    word = ""
    error = "disk I/O error"

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if Failing.word and sql.strip().startswith(Failing.word):
            raise sqlite3.OperationalError(self.error)
        return super().execute(sql, *parameters)  # type: ignore[arg-type]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Lets each statement fail that begins with the word that is handed in."""
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *words, **more: real(*words, factory=Failing, **more))
    yield lambda word: setattr(Failing, "word", word)
    Failing.word = ""


@pytest.mark.parametrize("word", ["BEGIN", "COMMIT", "INSERT", "SELECT", "PRAGMA", "CREATE"])
def test_a_failing_disk_is_told(folder: Path, opened: Opener, failing: Callable[[str], None], word: str) -> None:
    failing(word)
    keeps_nothing(opened(folder), "disk I/O error", file_in(folder))
    failing("")
    assert rows(folder, "SELECT count(*) FROM sqlite_master WHERE name = 'birds'") == [(0,)]
    assert not list(folder.glob("*.damaged-*"))


@pytest.mark.parametrize("word", ["BEGIN", "COMMIT", "INSERT"])
def test_a_disk_that_recovers_has_it_all(
    folder: Path, opened: Opener, failing: Callable[[str], None], word: str
) -> None:
    records = opened(folder)
    failing(word)
    game = move(started(quiz_of("pq")), WRONG)
    id = records.begin(game, ABOUT)
    records.answered(id, game)
    records.shown(id, 2.0, hinted=True)
    failing("")
    records.answered(id, game)
    assert records.notice is None
    assert rows(folder, "SELECT id, spent, hinted FROM games") == [(id, 2.0, 1)]
    assert rows(folder, "SELECT number, picked FROM answers") == [(1, "a")]


def test_what_could_not_be_written_is_not_forgotten_over_what_could(
    folder: Path, opened: Opener, failing: Callable[[str], None]
) -> None:
    records = opened(folder)
    id = keep(records, "pq", [RIGHT])
    failing("INSERT")
    records.abandon(id)
    assert records.unfinished() is not None  # the file knows no better
    failing("")
    assert records.unfinished() is None


def test_a_disk_in_trouble_is_not_asked_at_each_heartbeat(
    folder: Path, opened: Opener, failing: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    records = opened(folder)
    id = keep(records, "pq", [RIGHT])
    failing("COMMIT")
    records.shown(id, 1.0, hinted=False)
    monkeypatch.setattr(Failing, "error", "asked again")
    records.shown(id, 2.0, hinted=False)
    assert "disk I/O error" in (records.notice or "")


def test_a_file_that_another_program_holds_on_to_is_waited_for_once(
    folder: Path, opened: Opener, connections: list[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(database, "_IMPATIENT", 0.02)
    records = opened(folder)

    def patience() -> int:
        return int(connections[0].execute("PRAGMA busy_timeout").fetchone()[0])

    assert patience() == 50
    game = started(quiz_of("pq"))
    id = records.begin(game, ABOUT)
    game = move(game, WRONG)
    with closing(sqlite3.connect(file_in(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        records.answered(id, game)
        assert patience() == 20
        assert "another program does not let go of it" in (records.notice or "")
        keeps_nothing(records, "another program does not let go of it", file_in(folder))
        assert records.statistics() == Statistics()
        assert "another program" in (opened(folder).notice or "")
        other.execute("ROLLBACK")
    records.answered(id, game)
    assert patience() == 50
    assert records.notice is None
    assert rows(folder, "SELECT count(*) FROM answers WHERE game = (SELECT min(id) FROM games)") == [(1,)]


def test_patience_comes_back_after_a_time_out(folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    records = opened(folder)
    id = keep(records, "pq", [RIGHT])
    with closing(sqlite3.connect(file_in(folder), isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        records.abandon(id)
        assert "another program does not let go of it" in (records.notice or "")
        letting_go = threading.Timer(0.05, other.execute, ["ROLLBACK"])  # a transaction that is short
        letting_go.start()
        records.abandon(id)
        letting_go.join()
    assert records.notice is None
    assert rows(folder, "SELECT abandoned FROM games") == [(1,)]


def test_a_file_of_a_newer_program_is_left_alone(folder: Path, opened: Opener) -> None:
    keep(opened(folder), "p", [WRONG])
    with closing(sqlite3.connect(file_in(folder))) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA journal_mode = WAL")
    before = file_in(folder).read_bytes()
    records = opened(folder)
    assert "was written by a newer OrbitQuiz; update OrbitQuiz" in (records.notice or "")
    keeps_nothing(records, "newer", file_in(folder))
    records.close()
    assert file_in(folder).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [file_in(folder).name]


def test_without_a_file_each_game_has_its_own_id(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    records = Records.open(tmp_path / "file", lambda: 1_900_000_000.0)
    assert len({records.begin(started(quiz_of("p")), ABOUT) for _ in range(5)}) == 5


def test_the_wall_clock_may_go_back(folder: Path) -> None:
    clock = Clock()
    records = Records.open(folder, clock)
    first = keep(records, "p", [RIGHT])
    clock.now = 0.0
    second = keep(records, "p", [WRONG])
    assert second > first
    unfinished = records.unfinished()
    assert unfinished is not None
    assert unfinished.game.id == second
    records.close()
