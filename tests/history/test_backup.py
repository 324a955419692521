"""Backups: what was saved comes back, and nothing else does."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from orbitquiz.history.backup import BadBackup, Contents, look_into, restore, write_backup
from orbitquiz.history.connection import FILE
from orbitquiz.history.store import Records
from tests.history.playing import RIGHT, WRONG, Clock, keep, rows


def kept(folder: Path, *games: str) -> None:
    records = Records.open(folder, Clock())
    for facts in games:
        keep(records, facts, [RIGHT] * (len(facts) - 1) + [WRONG])
    records.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of two games."""
    kept(tmp_path / "first", "abc", "de")
    write_backup(tmp_path / "first", tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_what_was_saved_comes_back_on_another_computer(tmp_path: Path, backup: Path) -> None:
    assert look_into(backup) == Contents(games=2, answers=5)
    assert restore(backup, tmp_path / "second") is None
    answers = "SELECT fact, is_right, at FROM answers ORDER BY rowid"
    assert rows(tmp_path / "second", answers) == rows(tmp_path / "first", answers)
    assert Records.open(tmp_path / "second", Clock()).statistics("letters").games == 2


def test_the_records_that_were_there_are_moved_aside(tmp_path: Path, backup: Path) -> None:
    kept(tmp_path / "second", "xyz")
    aside = restore(backup, tmp_path / "second")
    assert aside == tmp_path / "second" / f"{FILE}.before-restore-1"
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (3,)


def test_a_window_that_is_open_goes_on_with_the_restored_records(tmp_path: Path, backup: Path) -> None:
    records = Records.open(tmp_path / "second", Clock(2_000_000_000.0))
    keep(records, "xy", [RIGHT])
    restore(backup, tmp_path / "second")
    keep(records, "q", [RIGHT])
    assert records.notice is None
    assert Records.open(tmp_path / "second", Clock()).statistics("letters").games == 4  # its own, too


@pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.7, 0.99])
def test_a_damaged_backup_is_refused_and_nothing_changes(tmp_path: Path, backup: Path, at: float) -> None:
    raw = bytearray(backup.read_bytes())
    raw[int(at * (len(raw) - 1))] ^= 0x41
    backup.write_bytes(raw)
    kept(tmp_path / "second", "xyz")
    before = (tmp_path / "second" / FILE).read_bytes()
    try:
        restore(backup, tmp_path / "second")
    except BadBackup:
        assert (tmp_path / "second" / FILE).read_bytes() == before
        assert [path.name for path in (tmp_path / "second").iterdir() if "restore" in path.name] == []
    else:  # a byte of the archive that means nothing
        assert look_into(backup) == Contents(2, 5)


@pytest.mark.parametrize("raw", [b"", b"PK", b"SQLite format 3\0" + b"\0" * 100, b"not a zip file at all"])
def test_what_is_no_backup_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "other").write_bytes(raw)
    with pytest.raises(BadBackup, match="damaged, or no backup"):
        look_into(tmp_path / "other")


@pytest.mark.parametrize("changed", [{"orbitquiz-backup": 2}, {"tables": 999}])
def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, backup: Path, changed: dict[str, int]) -> None:
    with zipfile.ZipFile(backup) as archive:
        about, copy = json.loads(archive.read("backup.json")), archive.read(FILE)
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("backup.json", json.dumps({**about, **changed}))
        archive.writestr(FILE, copy)
    with pytest.raises(BadBackup, match="newer OrbitQuiz"):
        look_into(backup)


def test_damaged_records_are_not_saved_as_a_backup(tmp_path: Path) -> None:
    kept(tmp_path / "first", "abc")
    file = tmp_path / "first" / FILE
    raw = bytearray(file.read_bytes())
    raw[5000:9000] = b"\x55" * 4000
    file.write_bytes(raw)
    with pytest.raises(BadBackup):
        write_backup(tmp_path / "first", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_without_records_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no records"):
        write_backup(tmp_path / "nowhere", tmp_path / "backup.zip")
