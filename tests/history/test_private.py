"""Other users of the computer can read nothing of what a player did."""

from __future__ import annotations

import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.classroom.client.saved_seats import SavedSeat, save_seat
from orbitquiz.classroom.storage.file_lock import rooms_folder
from orbitquiz.history.private import write_private
from orbitquiz.session.preferences import Preferences, save_preferences
from orbitquiz.session.takeaways import keep_flag
from tests.history.conftest import Opener
from tests.history.playing import RIGHT, all_of, file_in, keep

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything(folder: Path) -> dict[str, int]:
    return {path.name: mode(path) for path in (folder, *folder.rglob("*"))}


def test_folder_and_files_are_their_owners_alone(folder: Path, opened: Opener, comet: Bank) -> None:
    before = os.umask(0)
    try:
        keep(opened(folder), "p", [RIGHT])
        save_preferences(folder, Preferences())
        save_seat(folder, SavedSeat("127.0.0.1:1", "BAZ3", "Ann", "token"))
        quiz = all_of(comet)
        assert keep_flag(folder, comet, quiz, quiz.questions[0], "why", datetime(2030, 1, 1, tzinfo=UTC))[0]
    finally:
        os.umask(before)
    files = dict.fromkeys(["records.sqlite3", "preferences.json", "seats.json", "flags.md"], 0o600)
    assert everything(folder) == {"orbitquiz": 0o700, **files}


def test_whatever_creates_the_folder_first_creates_it_for_its_owner(tmp_path: Path, comet: Bank) -> None:
    before = os.umask(0)
    try:
        save_preferences(tmp_path / "a", Preferences())
        save_seat(tmp_path / "b", SavedSeat("127.0.0.1:1", "BAZ3", "Ann", "token"))
        rooms_folder(tmp_path / "c")
        quiz = all_of(comet)
        keep_flag(tmp_path / "d", comet, quiz, quiz.questions[0], "why", datetime(2030, 1, 1, tzinfo=UTC))
    finally:
        os.umask(before)
    assert [mode(tmp_path / name) for name in "abcd"] == [0o700] * 4


def test_a_file_of_an_earlier_version_is_closed_to_others_and_a_chosen_folder_stays(
    folder: Path, opened: Opener
) -> None:
    keep(opened(folder), "p", [RIGHT])
    folder.chmod(0o755)
    file_in(folder).chmod(0o644)
    assert opened(folder).statistics().answers == 1
    assert mode(file_in(folder)) == 0o600
    assert mode(folder) == 0o755
    file_in(folder).chmod(0o444)
    opened(folder)
    assert mode(file_in(folder)) == 0o400  # it becomes no more writable than it was


def test_what_cannot_be_written_whole_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "data" / "seats.json"
    write_private(file, "[1]")
    assert mode(file) == 0o600
    with pytest.raises(UnicodeEncodeError):
        write_private(file, "[2, \ud800]")
    assert file.read_text() == "[1]"
    assert list(file.parent.iterdir()) == [file]
