"""Backups: what was saved comes back, and nothing else does."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from orbitquiz.history.backup import BadBackup, Contents, unpacked, write_backup
from orbitquiz.history.connection import FILE
from orbitquiz.history.schema import APPLICATION_ID, MIGRATIONS
from orbitquiz.history.store import Records
from tests.history.playing import RIGHT, WRONG, Clock, keep, rows


def kept(folder: Path, *games: str) -> None:
    records = Records.open(folder, Clock())
    for facts in games:
        keep(records, facts, [RIGHT] * (len(facts) - 1) + [WRONG])
    records.close()


def look_into(file: Path, folder: Path) -> Contents:
    with unpacked(file, folder) as found:
        return found.contents


def restore(file: Path, folder: Path) -> Path | None:
    with unpacked(file, folder) as found:
        return found.replace_records()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of two games."""
    kept(tmp_path / "first", "abc", "de")
    write_backup(tmp_path / "first", tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_what_was_saved_comes_back_on_another_computer(tmp_path: Path, backup: Path) -> None:
    assert look_into(backup, tmp_path / "looked") == Contents(games=2, answers=5)
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
        assert look_into(backup, tmp_path / "looked") == Contents(2, 5)


@pytest.mark.parametrize("raw", [b"", b"PK", b"SQLite format 3\0" + b"\0" * 100, b"not a zip file at all"])
def test_what_is_no_backup_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "other").write_bytes(raw)
    with pytest.raises(BadBackup, match="damaged, or no backup"):
        look_into(tmp_path / "other", tmp_path / "looked")


def rewritten(backup: Path, about: bytes | None = None, **more: bytes) -> None:
    """Write a backup again with something else in it."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {"backup.json": members["backup.json"] if about is None else about, **more}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)


@pytest.mark.parametrize(
    "about",
    [
        b"", b"[]", b"{}", b'{"orbitquiz-backup": "1"}', b'{"orbitquiz-backup": true}', b'{"orbitquiz-backup": 1}',
        b'{"orbitquiz-backup": 1, "tables": "x", "sha256": 3}', b"[" * 5000, b"\xff", b" " * 20_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_a_backup_that_says_nothing_sensible_of_itself_is_refused(tmp_path: Path, backup: Path, about: bytes) -> None:
    rewritten(backup, about)
    with pytest.raises(BadBackup, match=r"damaged|no backup"):
        restore(backup, tmp_path / "second")
    assert not (tmp_path / "second").exists()


def test_an_archive_with_something_more_or_a_password_is_refused(tmp_path: Path, backup: Path) -> None:
    locked = bytearray(backup.read_bytes())
    for at in (locked.index(b"PK\1\2"), locked.index(b"PK\1\2", locked.index(b"PK\1\2") + 1)):
        locked[at + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    rewritten(backup, more=b"something")
    for file in (backup, tmp_path / "locked.zip"):
        with pytest.raises(BadBackup):
            restore(file, tmp_path / "second")


def test_what_is_no_sqlite_file_of_ours_is_refused_though_its_hash_is_right(tmp_path: Path, backup: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE games (id)")
    raw = other.read_bytes()
    about = {"orbitquiz-backup": 1, "tables": 1, "sha256": hashlib.sha256(raw).hexdigest()}
    rewritten(backup, json.dumps(about).encode(), **{FILE: raw})
    with pytest.raises(BadBackup, match="no file of OrbitQuiz"):
        restore(backup, tmp_path / "second")


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    with closing(sqlite3.connect(tmp_path / "first" / FILE)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    write_backup(tmp_path / "first", tmp_path / "old.zip")
    restore(tmp_path / "old.zip", tmp_path / "second")
    kept(tmp_path / "second", "abc")
    assert look_into(tmp_path / "old.zip", tmp_path / "third") == Contents(0, 0)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_full_disk_changes_nothing(tmp_path: Path, backup: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False).returncode:
        pytest.skip("mounting is forbidden here")
    try:
        kept(disk / "data", "xyz")
        before = (disk / "data" / FILE).read_bytes()
        room = os.statvfs(disk)
        (disk / "filler").write_bytes(b"x" * (room.f_bavail * room.f_bsize - 8192))
        with pytest.raises((BadBackup, OSError), match=r"full|No space"):
            restore(backup, disk / "data")
        with pytest.raises((BadBackup, OSError), match=r"full|No space"):
            write_backup(tmp_path / "first", disk / "backup.zip")
        assert sorted(path.name for path in disk.rglob("*")) == ["data", "filler", FILE]
        assert (disk / "data" / FILE).read_bytes() == before
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("changed", [{"orbitquiz-backup": 2}, {"tables": 999}])
def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, backup: Path, changed: dict[str, int]) -> None:
    with zipfile.ZipFile(backup) as archive:
        about, copy = json.loads(archive.read("backup.json")), archive.read(FILE)
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("backup.json", json.dumps({**about, **changed}))
        archive.writestr(FILE, copy)
    with pytest.raises(BadBackup, match="newer OrbitQuiz"):
        look_into(backup, tmp_path / "looked")


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
