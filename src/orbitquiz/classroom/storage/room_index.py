"""The rooms that are kept: listed, found by code, opened, resumed, deleted. By default they are files."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from orbitquiz.classroom.rules.events import EVENT, Event, Opened, opened_at
from orbitquiz.classroom.rules.room import Presence, Room, RoomPhase
from orbitquiz.classroom.storage.event_log import SUFFIX, EventLog, FileLog
from orbitquiz.classroom.storage.file_lock import ROOMS, RoomInUse, lock, sync_folder
from orbitquiz.classroom.storage.replay import BadRoomFile, read, read_events, read_opening
from orbitquiz.text.safe import line_of

_LISTED = 8  # codes in the message that a room was not found


class NoSuchRoom(Exception):
    """There is no room with this code, or none at all. The message lists the rooms there are."""


@dataclass(frozen=True, slots=True)
class KeptRoom:
    """A room as the index lists it.

    `players` excludes the banned. `shown` of the `total` questions were shown; `asked` excludes the voided ones.
    `damage` says what is wrong with a room that cannot be read: its figures are 0, and `opened` may be the time of the
    last write. `where` says where it is kept, for messages. `class_name` is the class that plays there, if it was told.
    """

    code: str
    where: str
    opened: datetime  # in UTC
    title: str
    players: int
    shown: int
    asked: int
    total: int
    is_over: bool
    damage: str | None = None
    class_name: str | None = None

    @property
    def is_unfinished(self) -> bool:
        """True if the room can be resumed."""
        return not self.is_over and not self.damage


class RoomIndex(Protocol):
    """Keeps rooms. Every method may raise `OSError`."""

    where: str
    """The place where rooms are kept, for messages."""

    def rooms(self, changed_since: datetime | None = None) -> list[KeptRoom]:
        """Return all rooms, or those written to since then; the newest first."""

    def codes(self, unchanged_since: datetime) -> list[str]:
        """Return the codes of the rooms that were last written to before then."""

    def room(self, code: str) -> KeptRoom | None:
        """Return the room with this code, in any case, with or without spaces and hyphens; None if there is none."""

    def create(self, opened: Opened) -> EventLog:
        """Create a room whose first event is `opened`. Raise `FileExistsError` if its code is taken."""

    def reopen(self, code: str) -> tuple[EventLog, Sequence[Event]]:
        """Open a room to host it again; return its log and its events. Raise `BadRoomFile` or `RoomInUse`."""

    def events(self, code: str) -> Sequence[Event]:
        """Return the events of a room, which may be hosted meanwhile. Raise `BadRoomFile`."""

    def is_hosted(self, code: str) -> bool:
        """True if a program hosts the room, or the room has just been deleted."""

    def forget(self, code: str) -> None:
        """Delete a room. Raise `RoomInUse` if it is being hosted."""

    def rewrite(self, code: str, change: Callable[[Sequence[Event]], Sequence[Event]]) -> None:
        """Replace each event of a room by the one that `change` gives for it, all or none.

        Raise `RoomInUse` if it is being hosted, and `BadRoomFile`.
        """


class FileIndex:
    """The rooms in the data folder `folder`: `rooms/CODE.jsonl` each."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._rooms = folder / ROOMS
        self._folder = folder

    def rooms(self, changed_since: datetime | None = None) -> list[KeptRoom]:
        """Return all rooms, or those written to since then; the newest first."""
        files = [path for path in self._files() if changed_since is None or _changed(path) >= changed_since]
        found = [_kept(path) for path in files]
        return sorted((kept for kept in found if kept), key=lambda kept: (kept.opened, kept.code), reverse=True)

    def codes(self, unchanged_since: datetime) -> list[str]:
        """Return the codes of the rooms whose files were last written to before then."""
        return [path.stem for path in self._files() if _changed(path) < unchanged_since]

    def room(self, code: str) -> KeptRoom | None:
        """Return the room with this code."""
        found = (
            kept for path in self._files() if folded_code(path.stem) == folded_code(code) and (kept := _kept(path))
        )
        return next(found, None)

    def create(self, opened: Opened) -> FileLog:
        """Create the file of a room."""
        return FileLog.create(self._folder, opened)

    def reopen(self, code: str) -> tuple[FileLog, list[Event]]:
        """Open the file of a room for writing."""
        return FileLog.reopen(self._path(code))

    def events(self, code: str) -> list[Event]:
        """Return the events in the file of a room."""
        return read_events(self._path(code))

    def is_hosted(self, code: str) -> bool:
        """True if the file is locked or has just been deleted."""
        path = self._path(code)
        try:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                lock(descriptor, path)
            finally:
                os.close(descriptor)
        except (RoomInUse, FileNotFoundError):
            return True
        return False

    def forget(self, code: str) -> None:
        """Delete the file of a room."""
        path = self._path(code)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            lock(descriptor, path)
            if sys.platform != "win32":  # before another program can host it
                path.unlink()
        finally:
            os.close(descriptor)
        if sys.platform == "win32":  # where an open file cannot be deleted
            path.unlink()
        sync_folder(path.parent)

    def rewrite(self, code: str, change: Callable[[Sequence[Event]], Sequence[Event]]) -> None:
        """Write the file of a room again, and put it in the place of the old one."""
        path = self._path(code)
        log, events = FileLog.reopen(path)
        fresh = path.with_suffix(".new")
        try:
            with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.writelines(EVENT.dump_json(event) + b"\n" for event in change(events))
                file.flush()
                os.fsync(file.fileno())
            if sys.platform == "win32":  # where an open file cannot be replaced
                log.close()
            fresh.replace(path)
            sync_folder(path.parent)
        finally:
            log.close()
            fresh.unlink(missing_ok=True)

    def _path(self, code: str) -> Path:
        return self._rooms / f"{code}{SUFFIX}"

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self._rooms.iterdir() if path.suffix == SUFFIX and path.is_file())
        except FileNotFoundError:
            return []


def find(index: RoomIndex, code: str | None) -> KeptRoom:
    """Return the room with this code, in any case; without one the newest with players, else the newest.

    Raise `NoSuchRoom` and `OSError`.
    """
    if code is not None and (found := index.room(code)):
        return found
    kept_rooms = index.rooms()
    if not kept_rooms:
        raise NoSuchRoom(f"no room is kept in {index.where}; `orbitquiz host` opens one")
    if code is None:
        # A damaged room has no figures, and its host must hear of it.
        return next((kept for kept in kept_rooms if kept.players or kept.damage), kept_rooms[0])
    listed = ", ".join(kept.code for kept in kept_rooms[:_LISTED])
    more = len(kept_rooms) - _LISTED
    rest = f" and {more} more, which `orbitquiz report --list` lists" if more > 0 else ""
    raise NoSuchRoom(f"there is no room {line_of(code)}; there are {listed}{rest}")


def interrupted(index: RoomIndex, since: datetime) -> KeptRoom | None:
    """Return the newest unfinished room with players that was opened after `since` and that no program hosts.

    Raise `OSError`.
    """
    for kept in index.rooms(changed_since=since):  # a room that was opened later was written to later
        if kept.is_unfinished and kept.players and kept.opened >= since and not index.is_hosted(kept.code):
            return kept
    return None


def _kept(path: Path) -> KeptRoom | None:
    """Return what to list of a file; None if it is gone, or its first event was never written."""
    opened = _changed(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        return damaged_room(path.stem, str(path), opened, "", f"{path}: {error.strerror}")
    first, line_break, _ = raw.partition(b"\n")
    if not line_break:
        return None
    title = ""
    try:
        opening = read_opening(path, first)
        opened, title = opened_at(opening), opening.quiz.title
        room = read(path, raw).room
    except BadRoomFile as error:
        return damaged_room(path.stem, str(path), opened, title, str(error))
    return listed_room(path.stem, str(path), opened, title, room)


def _changed(path: Path) -> datetime:
    """Return the time of the last write in UTC; long ago if the file is gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)


def listed_room(code: str, where: str, opened: datetime, title: str, room: Room) -> KeptRoom:
    """Return what an index lists of `room`."""
    return KeptRoom(
        code,
        where,
        opened,
        title,
        players=sum(player.place is not Presence.BANNED for player in room.players.values()),
        shown=room.number,
        asked=sum(not each.is_skipped for each in room.rounds),
        total=room.total,
        is_over=room.phase is RoomPhase.OVER,
        class_name=room.opening.class_name,
    )


def damaged_room(code: str, where: str, opened: datetime, title: str, damage: str) -> KeptRoom:
    """Return what an index lists of a room that cannot be read."""
    return KeptRoom(code, where, opened, title, 0, 0, 0, 0, is_over=False, damage=damage)


def folded_code(code: str) -> str:
    """Return a code as people write it: in any case, with or without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()
