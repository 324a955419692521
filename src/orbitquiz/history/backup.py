"""A backup of the records: one file that is checked when it is written and before it is used.

It is a zip archive of two members: `records.sqlite3`, a consistent copy of the database, and `backup.json`, which says
what it is, of which version of the tables, and the SHA-256 of the copy. A single changed byte is found.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from orbitquiz.history.connection import FILE
from orbitquiz.history.private import make_private, touch_private
from orbitquiz.history.schema import MIGRATIONS
from orbitquiz.history.sqlite_file import Newer, NotOurs, connect, is_damage, move_aside, reason

FORMAT = 1
_ABOUT = "backup.json"
_LARGEST = 4 << 30  # bytes of a database, unpacked
_LONGEST_ABOUT = 10_000  # bytes


class BadBackup(Exception):
    """A backup that cannot be made or used. The message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The numbers of games and answers in a backup."""

    games: int
    answers: int


def write_backup(folder: Path, target: Path) -> Contents:
    """Write the records in `folder` to the file `target`, which is replaced. Raises `BadBackup` and `OSError`."""
    source = folder / FILE
    if not source.is_file():
        raise BadBackup(f"there are no records in {folder}")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".orbitquiz-backup-") as scratch:
        copy = Path(scratch) / FILE
        try:
            with closing(connect(source)) as connection, closing(sqlite3.connect(copy)) as other:
                connection.backup(other)
        except (NotOurs, Newer, sqlite3.Error, UnicodeDecodeError) as error:
            raise BadBackup(f"{source} cannot be copied: {_why(error)}") from error
        contents = _checked(copy)
        about = {"orbitquiz-backup": FORMAT, "tables": len(MIGRATIONS), "sha256": _hash_of(copy)}
        packed = Path(scratch) / "backup.zip"
        touch_private(packed)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_ABOUT, json.dumps(about))
            archive.write(copy, FILE)
        with packed.open("rb+") as file:
            os.fsync(file.fileno())
        packed.replace(target)
    return contents


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that has been unpacked beside the records in `folder`, checked and brought to the current version."""

    contents: Contents
    folder: Path
    copy: Path

    def replace_records(self) -> Path | None:
        """Put the backup in the place of the records.

        Return where the records that were there before are now; None where there were none. Raises `BadBackup` and
        `OSError`; then nothing has changed.
        """
        place = self.folder / FILE
        aside = None
        if place.exists():
            with suppress(NotOurs, Newer, sqlite3.Error), closing(connect(place, 0.0)) as connection:
                try:
                    connection.execute("BEGIN EXCLUSIVE")
                    connection.execute("ROLLBACK")
                except sqlite3.OperationalError as error:
                    raise BadBackup("another OrbitQuiz is writing to the records; close it first") from error
            aside = move_aside(place, "before-restore")
        try:
            self.copy.replace(place)
        except OSError:
            if aside:
                aside.replace(place)
            raise
        return aside


@contextmanager
def unpacked(file: Path, folder: Path) -> Iterator[Unpacked]:
    """Yield the backup `file`, for the records in `folder`. Raises `BadBackup`, also for a damaged one, and `OSError`.

    What was unpacked is gone at the end, and so is a folder that was made for it, unless it has replaced the records.
    """
    is_new = not folder.exists()
    make_private(folder)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as scratch:
            copy = Path(scratch) / FILE
            touch_private(copy)
            _unpack(file, copy)
            yield Unpacked(_checked(copy), folder, copy)
    finally:
        if is_new:
            with suppress(OSError):  # it has the records now
                folder.rmdir()


def _unpack(file: Path, copy: Path) -> None:
    """Write the database in the backup `file` to `copy`, and compare it with its hash."""
    nothing = BadBackup(f"{file} is no backup of OrbitQuiz")
    try:
        with zipfile.ZipFile(file) as archive:
            members = {info.filename: info for info in archive.infolist()}
            if sorted(archive.namelist()) != sorted((_ABOUT, FILE)):
                raise nothing
            if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in members.values()):
                raise nothing
            if members[_ABOUT].file_size > _LONGEST_ABOUT or members[FILE].file_size > _LARGEST:
                raise nothing
            about = json.loads(archive.read(_ABOUT))
            if not isinstance(about, dict) or type(about.get("orbitquiz-backup")) is not int:
                raise nothing
            tables = about.get("tables")
            if about["orbitquiz-backup"] > FORMAT or (type(tables) is int and tables > len(MIGRATIONS)):
                raise BadBackup(f"{file} was written by a newer OrbitQuiz; update this one first")
            left = _LARGEST
            with archive.open(FILE) as packed, copy.open("wb") as out:
                while piece := packed.read(min(1 << 20, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise nothing
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
    # An archive with a password is a `RuntimeError`, and so is one that is nested too deeply or needs what is missing.
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise BadBackup(f"{file} is damaged, or no backup of OrbitQuiz") from error
    if _hash_of(copy) != about.get("sha256"):
        raise BadBackup(f"{file} is damaged")


def _checked(copy: Path) -> Contents:
    """Return what is in a database, which is brought to the current version. Raises `BadBackup` where it is damaged."""
    try:
        with closing(connect(copy)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            problems += [
                f"a row of {row[0]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")
            ]
            if problems:
                raise BadBackup(f"the records are damaged: {problems[0]}")
            (games,) = connection.execute("SELECT count(*) FROM games").fetchone()
            (answers,) = connection.execute("SELECT count(*) FROM answers").fetchone()
            return Contents(games, answers)
    except (NotOurs, Newer, sqlite3.Error, UnicodeDecodeError) as error:
        raise BadBackup(f"the records cannot be read: {_why(error)}") from error


def _why(error: Exception) -> str:
    if isinstance(error, NotOurs):
        return "it is no file of OrbitQuiz"
    if isinstance(error, Newer):
        return "it was written by a newer OrbitQuiz"
    return "it is damaged" if is_damage(error) else reason(error)


def _hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
