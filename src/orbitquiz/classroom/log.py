"""The events of a room on disk: `rooms/CODE.jsonl` in the data folder, one event a line, as JSON.

What is appended is on the disk when `append` returns, and only then may anybody be told of it. A last line without its
end was being written when the program or the machine stopped; nobody was told of it, so it never happened.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

from pydantic import ValidationError

from orbitquiz.bank.text import line_of
from orbitquiz.classroom.events import (
    EVENT,
    FORMAT,
    Answered,
    Asked,
    Banned,
    Ended,
    Event,
    Extended,
    Joined,
    Kicked,
    Locked,
    Opened,
    Paused,
    Renamed,
    Revealed,
    Skipped,
    WentOn,
)
from orbitquiz.classroom.room import Phase, Place, Room

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOMS = "rooms"
"""The folder of the rooms in the data folder."""

_SUFFIX = ".jsonl"
_CODE = re.compile(r"[A-Z0-9-]{1,32}")
_FLAGS = os.O_APPEND | getattr(os, "O_BINARY", 0)
_LISTED = 8
_FAR = 0x7FFF_0000  # where Windows locks a byte: beyond the text, which others may go on reading


class BadRoomFile(Exception):
    """A file that holds no room, or not a whole one. The message says where, what, and what to do."""

    def __init__(self, path: Path, line: int, what: str, advice: str) -> None:
        super().__init__(f"{path}:{line}: {what}; {advice}")


class RoomInUse(Exception):
    """Another program hosts the room. The message says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"room {path.stem} is being hosted by another program; end that one first")


class NoSuchRoom(Exception):
    """There is no room with this code, or none at all. The message lists those there are."""


class RoomLog:
    """The events of one room, for who hosts it. Nobody else can write to the file meanwhile.

    It is used by one thread at a time.
    """

    def __init__(self, path: Path, descriptor: int, end: int) -> None:
        """Use `create` or `reopen`."""
        self.path = path
        self._descriptor: int | None = descriptor
        self._end = end  # of the last whole line
        self._is_torn = False

    @classmethod
    def create(cls, folder: Path, opened: Opened) -> RoomLog:
        """The log of a new room in the data folder `folder`; `opened` is its first event and on the disk afterwards.

        Raises `FileExistsError` where a room with this code is kept already, `OSError` where nothing can be written.
        """
        if not _CODE.fullmatch(opened.room):
            raise ValueError(f"{opened.room!r} cannot be the name of a file")
        path = _rooms_folder(folder) / f"{opened.room}{_SUFFIX}"
        descriptor = os.open(path, _FLAGS | os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        log = cls(path, descriptor, 0)
        try:
            _lock(descriptor, path)
            log.append([opened])
            _sync_folder(path.parent)
        except BaseException:
            log.close()
            with suppress(OSError):  # the error that led here is the one to tell
                path.unlink()
            raise
        return log

    @classmethod
    def reopen(cls, path: Path) -> tuple[RoomLog, list[Event]]:
        """The log of a room that is kept, and its events so far. A torn last line is cut off.

        Raises `BadRoomFile`, `RoomInUse` and `OSError`; the file is then as it was.
        """
        descriptor = os.open(path, _FLAGS | os.O_RDWR)
        log = cls(path, descriptor, 0)
        try:
            _lock(descriptor, path)
            with io.FileIO(descriptor, closefd=False) as file:
                raw = file.readall()
            told = _read(path, raw)
            log._end = told.end
            log._is_torn = len(raw) > told.end
            log._cut_back()
        except BaseException:
            log.close()
            raise
        return log, told.events

    def append(self, events: Sequence[Event]) -> None:
        """Write these events and return once they are on the disk.

        Raises `OSError`, and then none of them counts: what is left of them is cut off before anything else is written.
        """
        if self._descriptor is None:
            raise ValueError("the log is closed")
        if not events:
            return
        self.path.stat()  # what is written to a file that somebody has deleted is lost
        self._cut_back()
        raw = b"".join(EVENT.dump_json(event) + b"\n" for event in events)
        self._is_torn = True
        try:
            _write(self._descriptor, raw)
            os.fsync(self._descriptor)
        except BaseException:
            # At once, so that nothing is read back that was never told; if it fails, it is tried again.
            with suppress(OSError):
                self._cut_back()
            raise
        self._is_torn = False
        self._end += len(raw)

    def close(self) -> None:
        """Let go of the file. Nothing happens where that was done already."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _cut_back(self) -> None:
        if self._is_torn and self._descriptor is not None:
            os.ftruncate(self._descriptor, self._end)
            os.fsync(self._descriptor)
            self._is_torn = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A room on disk.

    `players` are those who were not banned, `asked` how many questions were shown. `damage` says what is wrong with a
    file that cannot be read; the figures are then 0, and `opened` may only be when it was last written to.
    """

    path: Path
    code: str
    opened: datetime  # in UTC
    title: str
    players: int
    asked: int
    is_over: bool
    damage: str | None = None


def read_events(path: Path) -> list[Event]:
    """The events of the room in this file, which may be hosted meanwhile. A torn last line is left out.

    Raises `BadRoomFile` and `OSError`.
    """
    return _read(path, path.read_bytes()).events


def rooms(folder: Path) -> list[Kept]:
    """All rooms in the data folder `folder`, the newest first. Raises `OSError`."""
    found = [_kept(path) for path in _files(folder)]
    return sorted((kept for kept in found if kept), key=lambda kept: (kept.opened, kept.code), reverse=True)


def find(folder: Path, code: str | None) -> Kept:
    """The room with this code, written in any case, or without one the newest. Raises `NoSuchRoom` and `OSError`."""
    if code is not None:
        for path in _files(folder):
            if _folded(path.stem) == _folded(code) and (kept := _kept(path)):
                return kept
    kept_rooms = rooms(folder)
    if code is None and kept_rooms:
        return kept_rooms[0]
    if not kept_rooms:
        raise NoSuchRoom(f"no room is kept in {folder}; `orbitquiz host` opens one")
    listed = ", ".join(kept.code for kept in kept_rooms[:_LISTED])
    more = len(kept_rooms) - _LISTED
    rest = f" and {more} more, which `orbitquiz report --list` lists" if more > 0 else ""
    raise NoSuchRoom(f"there is no room {line_of(code or '')}; there are {listed}{rest}")


def forget(kept: Kept) -> None:
    """Delete a room. Raises `RoomInUse` where it is being hosted, and `OSError`."""
    descriptor = os.open(kept.path, os.O_RDONLY)
    try:
        _lock(descriptor, kept.path)
        if sys.platform != "win32":  # before anybody can host it
            kept.path.unlink()
    finally:
        os.close(descriptor)
    if sys.platform == "win32":  # where a file that is open cannot be deleted
        kept.path.unlink()
    _sync_folder(kept.path.parent)


def opened_at(opened: Opened) -> datetime:
    """When a room was opened, in UTC, which its time is in unless it says otherwise."""
    told = datetime.fromisoformat(opened.opened)
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file tells: its events, the room they make, and where the last whole line ends."""

    events: list[Event]
    room: Room
    end: int


def _read(path: Path, raw: bytes) -> _Told:
    """What stands in `raw`. Raises `BadRoomFile`."""
    end = raw.rfind(b"\n") + 1
    first, *rest = raw[:end].split(b"\n")
    opened = _opening(path, first)
    events: list[Event] = [opened]
    room = Room.of(events)
    for number, line in enumerate(rest[:-1], 2):  # after the last line break there is nothing
        try:
            event = EVENT.validate_json(line)
        except ValidationError:
            event = None
        if event is None or not _can_follow(room, event):
            what = "this is no event" if event is None else "this cannot have happened after what stands above"
            advice = (
                "make a copy of the file and cut it off before this line, or delete the room with `orbitquiz forget`"
            )
            raise BadRoomFile(path, number, what, advice)
        events.append(event)
        room = room.after(event)
    return _Told(events, room, end)


def _opening(path: Path, line: bytes) -> Opened:
    try:
        event = EVENT.validate_json(line)
    except ValidationError:
        format = _format(line)
        if format is not None and format != FORMAT:
            what = f"the room was kept by another version of OrbitQuiz (format {format}, here {FORMAT})"
            raise BadRoomFile(path, 1, what, "use the version that has kept it") from None
        event = None
    if not isinstance(event, Opened) or not _has_time(event):
        raise BadRoomFile(path, 1, "this is no room of OrbitQuiz", "move the file out of this folder, or delete it")
    return event


def _format(line: bytes) -> int | None:
    """The version that a first line names; None where it is nothing of ours."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    format = data.get("format") if isinstance(data, dict) and data.get("type") == "opened" else None
    return format if isinstance(format, int) else None


def _has_time(opened: Opened) -> bool:
    try:
        opened_at(opened)
    except (ValueError, OverflowError):  # no time, or none that the calendar has
        return False
    return True


def _can_follow(room: Room, event: Event) -> bool:
    """Whether the room has all that `event` speaks of, so that what is counted from it holds."""
    match event:
        case Opened():
            return False
        case Joined():
            has_team = event.team is None or 0 <= event.team < len(room.opening.teams)
            return event.player not in room.players and has_team
        case Renamed() | Kicked() | Banned():
            return event.player in room.players
        case Asked():
            is_next = event.number == room.number + 1 <= room.total
            return is_next and not room.is_open and room.phase is not Phase.OVER
        case Answered():
            return (
                room.is_open
                and event.number == room.number
                and event.option < len(room.question.options)
                and event.player in room.players
                and event.player not in room.round.answers
                and room.players[event.player].first <= event.number
            )
        case Paused() | WentOn() | Extended() | Revealed() | Skipped():
            return room.is_open
        case Locked() | Ended():
            return True
        case _:
            assert_never(event)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in (folder / ROOMS).iterdir() if path.suffix == _SUFFIX and path.is_file())
    except FileNotFoundError:
        return []


def _kept(path: Path) -> Kept | None:
    """What is to be said of a file; None where it has gone, or the program stopped before the room was in it."""
    try:
        opened = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        return Kept(path, path.stem, opened, "", 0, 0, False, f"{path}: {error.strerror}")
    first, line_break, _ = raw.partition(b"\n")
    if not line_break:
        return None
    title = ""
    try:
        opening = _opening(path, first)
        opened, title = opened_at(opening), opening.quiz.title
        room = _read(path, raw).room
    except BadRoomFile as error:
        return Kept(path, path.stem, opened, title, 0, 0, False, str(error))
    players = sum(player.place is not Place.BANNED for player in room.players.values())
    return Kept(path, path.stem, opened, title, players, room.number, room.phase is Phase.OVER)


def _folded(code: str) -> str:
    """A code as people write it: in any case, with or without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()


def _rooms_folder(folder: Path) -> Path:
    """The folder of the rooms, which nobody else may look into. It is made where there is none."""
    rooms = folder / ROOMS
    try:
        rooms.mkdir(0o700, parents=True)
    except FileExistsError:
        if not rooms.is_dir():  # and a `FileExistsError` would say that the code is taken
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(rooms)) from None
    else:
        _sync_folder(folder)
    return rooms


def _write(descriptor: int, raw: bytes) -> None:
    left = memoryview(raw)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync_folder(folder: Path) -> None:
    """Have what was made or deleted in a folder on the disk; Windows does so by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    """Keep other programs from hosting the room until the file is closed. Raises `RoomInUse`.

    It also ends where the file has been deleted meanwhile, with `FileNotFoundError`.
    """
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise RoomInUse(path) from error
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RoomInUse(path) from error
        except OSError:
            pass  # a network's file system without locks is better than no room
    path.stat()
