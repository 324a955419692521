"""The rooms that are kept on this computer: listed, found by their codes, forgotten."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orbitquiz.classroom.rules.events import opened_at
from orbitquiz.classroom.rules.room import Phase, Place
from orbitquiz.classroom.storage.event_log import ROOMS, SUFFIX
from orbitquiz.classroom.storage.file_lock import RoomInUse, lock, sync_folder
from orbitquiz.classroom.storage.replay import BadRoomFile, read, read_opening
from orbitquiz.text.safe import line_of

_LISTED = 8  # codes, where there is no room with the one that was asked for


class NoSuchRoom(Exception):
    """There is no room with this code, or none at all. The message lists those there are."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A room on disk.

    `players` are those who were not banned, `shown` how many of the `total` questions were shown, and `asked` how many
    of those were not taken back. `damage` says what is wrong with a file that cannot be read; the figures are then 0,
    and `opened` may only be when it was last written to.
    """

    path: Path
    code: str
    opened: datetime  # in UTC
    title: str
    players: int
    shown: int
    asked: int
    total: int
    is_over: bool
    damage: str | None = None

    @property
    def is_unfinished(self) -> bool:
        """Whether it can be gone on with."""
        return not self.is_over and not self.damage


def rooms(folder: Path) -> list[Kept]:
    """All rooms in the data folder `folder`, the newest first. Raises `OSError`."""
    found = [_kept(path) for path in _files(folder)]
    return sorted((kept for kept in found if kept), key=lambda kept: (kept.opened, kept.code), reverse=True)


def find(folder: Path, code: str | None) -> Kept:
    """The room with this code, written in any case; without one the newest that anybody has come into, or the newest.

    Raises `NoSuchRoom` and `OSError`.
    """
    if code is not None:
        for path in _files(folder):
            if _folded(path.stem) == _folded(code) and (kept := _kept(path)):
                return kept
    kept_rooms = rooms(folder)
    if code is None and kept_rooms:
        # A damaged one tells nothing of players, and has to be heard of.
        return next((kept for kept in kept_rooms if kept.players or kept.damage), kept_rooms[0])
    if not kept_rooms:
        raise NoSuchRoom(f"no room is kept in {folder}; `orbitquiz host` opens one")
    listed = ", ".join(kept.code for kept in kept_rooms[:_LISTED])
    more = len(kept_rooms) - _LISTED
    rest = f" and {more} more, which `orbitquiz report --list` lists" if more > 0 else ""
    raise NoSuchRoom(f"there is no room {line_of(code or '')}; there are {listed}{rest}")


def interrupted(folder: Path, since: datetime) -> Kept | None:
    """The newest room that players wait for: not over, opened after `since`, and hosted by nobody. Raises `OSError`."""
    # Nothing is written to a file before its room is opened, so the older ones need not be read.
    late = [path for path in _files(folder) if _written(path) >= since]
    found = [kept for path in late if (kept := _kept(path)) and kept.is_unfinished and kept.players]
    found = [kept for kept in found if kept.opened >= since and not _is_hosted(kept)]
    return max(found, key=lambda kept: (kept.opened, kept.code), default=None)


def forget(kept: Kept) -> None:
    """Delete a room. Raises `RoomInUse` where it is being hosted, and `OSError`."""
    descriptor = os.open(kept.path, os.O_RDONLY)
    try:
        lock(descriptor, kept.path)
        if sys.platform != "win32":  # before anybody can host it
            kept.path.unlink()
    finally:
        os.close(descriptor)
    if sys.platform == "win32":  # where a file that is open cannot be deleted
        kept.path.unlink()
    sync_folder(kept.path.parent)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in (folder / ROOMS).iterdir() if path.suffix == SUFFIX and path.is_file())
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
        return _damaged(path, opened, "", f"{path}: {error.strerror}")
    first, line_break, _ = raw.partition(b"\n")
    if not line_break:
        return None
    title = ""
    try:
        opening = read_opening(path, first)
        opened, title = opened_at(opening), opening.quiz.title
        room = read(path, raw).room
    except BadRoomFile as error:
        return _damaged(path, opened, title, str(error))
    return Kept(
        path,
        path.stem,
        opened,
        title,
        players=sum(player.place is not Place.BANNED for player in room.players.values()),
        shown=room.number,
        asked=sum(not each.is_skipped for each in room.rounds),
        total=room.total,
        is_over=room.phase is Phase.OVER,
    )


def _damaged(path: Path, opened: datetime, title: str, damage: str) -> Kept:
    return Kept(path, path.stem, opened, title, players=0, shown=0, asked=0, total=0, is_over=False, damage=damage)


def _written(path: Path) -> datetime:
    """When a file was last written to; long ago where it has gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)


def _is_hosted(kept: Kept) -> bool:
    """Whether another program has the room open; also where it has just gone."""
    try:
        descriptor = os.open(kept.path, os.O_RDONLY)
        try:
            lock(descriptor, kept.path)
        finally:
            os.close(descriptor)
    except (RoomInUse, FileNotFoundError):
        return True
    return False


def _folded(code: str) -> str:
    """A code as people write it: in any case, with or without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()
