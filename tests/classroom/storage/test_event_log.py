"""The events of a room on disk."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import (
    EVENT,
    Event,
    Locked,
)
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.classroom.storage.file_lock import ROOMS, RoomInUse
from orbitquiz.classroom.storage.replay import BadRoomFile, read_events
from orbitquiz.classroom.storage.room_index import FileIndex, NoSuchRoom, find, interrupted
from tests.classroom.making import Lesson, opened

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files in another way")
as_user = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="no permission is refused to root")

LOCK = Locked(at=9.0, is_locked=True)


@pytest.fixture
def path(lesson: Lesson, tmp_path: Path) -> Path:
    """The file of that room, which nobody hosts."""
    log = FileLog.create(tmp_path, lesson.room.opening)
    log.append(lesson.events[1:])
    log.close()
    return log.path


@pytest.fixture
def log(path: Path) -> Iterator[FileLog]:
    """The same, hosted."""
    log, _ = FileLog.reopen(path)
    yield log
    log.close()


def bad(path: Path) -> str:
    """Return the message about a file that cannot be read. Trying must not change the file."""
    before = path.read_bytes()
    with pytest.raises(BadRoomFile) as caught:
        read_events(path)
    with pytest.raises(BadRoomFile):
        FileLog.reopen(path)
    assert path.read_bytes() == before
    (kept,) = FileIndex(path.parent.parent).rooms()
    assert kept.damage == str(caught.value)
    return str(caught.value)


def rewrite(path: Path, line: int, **changes: Any) -> None:
    """Change keys of one line of a file."""
    lines = path.read_text().splitlines(keepends=True)
    lines[line - 1] = json.dumps(json.loads(lines[line - 1]) | changes) + "\n"
    path.write_text("".join(lines))


# Kept and read back


def test_a_line_is_an_event(path: Path, lesson: Lesson) -> None:
    lines = path.read_bytes().splitlines()
    assert [EVENT.validate_json(line) for line in lines] == lesson.events


def test_what_is_appended_is_synced_before_it_is_said_to_be(log: FileLog, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def sync(descriptor: int) -> None:
        sizes.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", sync)
    log.append([LOCK, LOCK])
    assert sizes == [log.path.stat().st_size]  # once, after all was written


def test_nothing_is_done_for_no_events(log: FileLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", None)
    log.append([])


def test_a_short_write_is_gone_on_with(log: FileLog, lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as context:
        context.setattr(os, "write", lambda descriptor, raw: write(descriptor, bytes(raw[:7])))
        log.append([LOCK])
    assert read_events(log.path) == [*lesson.events, LOCK]


@unix
def test_nobody_else_can_look_into_it(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


# A new room


def test_a_file_in_the_place_of_the_folder_is_not_a_code_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "rooms").write_text("a file")
    with pytest.raises(NotADirectoryError):
        FileLog.create(tmp_path, opened())


@as_user
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        FileLog.create(tmp_path, opened())


def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as context:
        context.setattr(os, "open", refuse)
        with pytest.raises(OSError, match="-only"):
            FileLog.create(tmp_path, opened())
    assert FileIndex(tmp_path).rooms() == []


def test_a_room_that_could_not_be_written_leaves_no_file(tmp_path: Path, full: Callable[[], None]) -> None:
    full()
    with pytest.raises(OSError, match="No space"):
        FileLog.create(tmp_path, opened())
    assert not list((tmp_path / "rooms").iterdir())


# A full disk


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Fills the disk: 20 bytes are still written."""
    with monkeypatch.context() as context:
        write = os.write

        def fill() -> None:
            left = 20

            def partly(descriptor: int, raw: memoryview) -> int:
                nonlocal left
                if not left:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                written = write(descriptor, bytes(raw[:left]))
                left -= written
                return written

            context.setattr(os, "write", partly)

        yield fill


def test_what_did_not_fit_is_cut_off(log: FileLog, full: Callable[[], None]) -> None:
    before = log.path.read_bytes()
    full()
    with pytest.raises(OSError, match="No space"):
        log.append([LOCK])
    assert log.path.read_bytes() == before


def test_once_there_is_room_again_it_goes_on(log: FileLog, lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(descriptor: int, raw: memoryview, write: Callable[[int, bytes], int] = os.write) -> int:
        write(descriptor, bytes(raw[: len(raw) // 2]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def refuse(*_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    log.append([LOCK])  # stays
    with monkeypatch.context() as context:
        context.setattr(os, "write", half)
        context.setattr(os, "ftruncate", refuse)  # not even the half line can be cut off
        with pytest.raises(OSError, match="No space"):
            log.append([LOCK, LOCK])
        with pytest.raises(OSError, match="nput/output"):
            log.append([LOCK])
    log.append([LOCK])
    assert read_events(log.path) == [*lesson.events, LOCK, LOCK]


def test_what_was_written_but_not_synced_does_not_count(
    log: FileLog, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as context:
        context.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="nput/output"):
            log.append([LOCK])
    log.append([Locked(at=10.0, is_locked=False)])
    assert read_events(log.path) == [*lesson.events, Locked(at=10.0, is_locked=False)]


@unix
def test_a_limit_of_the_system_is_a_full_disk(log: FileLog, lesson: Lesson) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    many: list[Event] = [LOCK] * 1000
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.path.stat().st_size + 5000, hard))
        with pytest.raises(OSError, match="too large"):
            log.append(many)
        log.append([LOCK])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert read_events(log.path) == [*lesson.events, LOCK]


# A file that is not whole


@pytest.mark.parametrize("torn", [b"{", b'{"at":9.0,"type":"locked","is_locked":true}', b"\x00\x00\x00", b"\xff"])
def test_a_torn_last_line_never_happened(path: Path, lesson: Lesson, torn: bytes) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert read_events(path) == lesson.events
    assert path.read_bytes() == whole + torn  # who only reads changes nothing
    log, events = FileLog.reopen(path)
    assert events == lesson.events
    assert path.read_bytes() == whole
    log.append([LOCK])
    log.close()
    assert read_events(path) == [*lesson.events, LOCK]


def test_cut_off_anywhere_it_is_a_room_or_told_to_be_none(path: Path, lesson: Lesson) -> None:
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in [*range(0, first, 97), first - 1]:
        path.write_bytes(whole[:end])
        with pytest.raises(BadRoomFile):
            read_events(path)
    for end in range(first, len(whole)):
        path.write_bytes(whole[:end])
        assert read_events(path) == lesson.events[: whole.count(b"\n", 0, end)]


def test_a_room_is_opened_once(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + whole)
    assert ":10: this cannot have happened" in bad(path)


@pytest.mark.parametrize(
    "first",
    [
        b"hello",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type":"opened"}',
        b'{"type":"ended","at":1}',
        EVENT.dump_json(opened()).replace(b'"key":2', b'"key":4'),  # of four options, the fifth
        EVENT.dump_json(opened(opened="yesterday")),
    ],
)
def test_a_foreign_file_is_told_to_be_one(tmp_path: Path, first: bytes) -> None:
    path = tmp_path / "rooms" / "ABCD.jsonl"
    path.parent.mkdir()
    path.write_bytes(first + b"\n")
    assert bad(path).startswith(f"{path}:1: this is no room of OrbitQuiz; ")


# Two programs


def test_another_process_is_another_program(log: FileLog) -> None:
    words = f"from pathlib import Path; FileLog.reopen(Path({str(log.path)!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", f"from orbitquiz.classroom.storage.event_log import FileLog; {words}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "RoomInUse: room KSTR is being hosted by another program" in ran.stderr


def test_a_torn_line_of_a_room_that_is_hosted_is_left_alone(log: FileLog) -> None:
    with log.path.open("ab") as file:
        file.write(b"{")
    before = log.path.read_bytes()
    with pytest.raises(RoomInUse):
        FileLog.reopen(log.path)
    assert log.path.read_bytes() == before


@unix
def test_a_file_system_without_locks_will_do(path: Path, lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    log, events = FileLog.reopen(path)
    log.close()
    assert events == lesson.events


@unix
def test_nothing_is_written_to_a_file_that_was_deleted(log: FileLog) -> None:
    log.path.unlink()
    with pytest.raises(FileNotFoundError):
        log.append([LOCK])


# All rooms


def keep(folder: Path, code: str, day: int, *more: Event) -> Path:
    """Keep a room that was opened on a day in May."""
    log = FileLog.create(folder, opened(room=code, opened=f"2031-05-{day:02}T09:00:00+00:00"))
    log.append(more)
    log.close()
    return log.path


@pytest.mark.parametrize("code", [None, "KSTR"])
def test_without_rooms_it_says_how_to_open_one(tmp_path: Path, code: str | None) -> None:
    with pytest.raises(NoSuchRoom, match=r"no room is kept in .*; `orbitquiz host` opens one"):
        find(FileIndex(tmp_path / "nowhere"), code)
    assert not (tmp_path / "nowhere").exists()


def test_other_files_and_a_room_that_was_never_opened_are_not_listed(tmp_path: Path, path: Path) -> None:
    (path.parent / "notes.txt").write_text("notes\n")
    (path.parent / "folder.jsonl").mkdir()
    (path.parent / "TORN.jsonl").write_bytes(b'{"at":0.0,"ty')
    (path.parent / "NONE.jsonl").write_bytes(b"")
    assert [kept.code for kept in FileIndex(tmp_path).rooms()] == ["KSTR"]


def test_a_room_that_cannot_be_read_hides_no_other(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, "AAAA", 1)
    read = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert {kept.code: kept.damage for kept in FileIndex(tmp_path).rooms()} == {
        "AAAA": None,
        "KSTR": f"{path}: Permission denied",
    }


# Interrupted


def waited_for(folder: Path, hours: float = 1.0) -> Path | None:
    """The room that is found so many hours after the one of these tests was opened, if a day has not gone by."""
    now = datetime(2031, 5, 3, 9, tzinfo=UTC) + timedelta(hours=hours)
    for path in (folder / ROOMS).iterdir():
        os.utime(path, (now.timestamp(), now.timestamp()))
    found = interrupted(FileIndex(folder), now - timedelta(days=1))
    return Path(found.where) if found else None


def test_a_room_that_players_wait_for_is_found(tmp_path: Path, path: Path) -> None:
    keep(tmp_path, "NONE", 5)  # newer, and nobody has come
    over = Lesson(opened(room="OVER", opened="2031-05-05T09:00:00+00:00"), "Ann")
    log = FileLog.create(tmp_path, over.room.opening)
    log.append([*over.events[1:], over.room.end(9.0)])
    log.close()
    (tmp_path / ROOMS / "FLAW.jsonl").write_text("hello\n")
    assert waited_for(tmp_path) == path


def test_nobody_waits_any_more_for_an_old_room(tmp_path: Path, path: Path) -> None:
    assert waited_for(tmp_path, 23) == path
    assert waited_for(tmp_path, 25) is None


def test_what_was_not_written_to_for_so_long_is_not_even_read(tmp_path: Path, path: Path) -> None:
    os.utime(path, (0, 0))
    assert interrupted(FileIndex(tmp_path), datetime(2031, 5, 3, tzinfo=UTC)) is None


def test_a_room_that_is_hosted_is_not_interrupted(tmp_path: Path, log: FileLog) -> None:
    assert waited_for(tmp_path) is None
    log.close()
    assert waited_for(tmp_path) == log.path


# Forgotten
