"""The log of a room: `rooms/CODE.jsonl` in the data folder, one event a line, as JSON.

What is appended is on the disk when `append` returns, and only then may anybody be told of it.
"""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from orbitquiz.classroom.rules.events import EVENT, Event, Opened
from orbitquiz.classroom.storage.file_lock import lock, sync_folder
from orbitquiz.classroom.storage.replay import read

ROOMS = "rooms"
"""The folder of the rooms in the data folder."""

SUFFIX = ".jsonl"
"""How the name of a room's file ends."""

_CODE = re.compile(r"[A-Z0-9-]{1,32}")
_FLAGS = os.O_APPEND | getattr(os, "O_BINARY", 0)


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
        path = _rooms_folder(folder) / f"{opened.room}{SUFFIX}"
        descriptor = os.open(path, _FLAGS | os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        log = cls(path, descriptor, 0)
        try:
            lock(descriptor, path)
            log.append([opened])
            sync_folder(path.parent)
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
            lock(descriptor, path)
            with io.FileIO(descriptor, closefd=False) as file:
                raw = file.readall()
            reading = read(path, raw)
            log._end = reading.end
            log._is_torn = len(raw) > reading.end
            log._cut_back()
        except BaseException:
            log.close()
            raise
        return log, reading.events

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


def _rooms_folder(folder: Path) -> Path:
    """The folder of the rooms, which nobody else may look into. It is made where there is none."""
    rooms = folder / ROOMS
    try:
        rooms.mkdir(0o700, parents=True)
    except FileExistsError:
        if not rooms.is_dir():  # and a `FileExistsError` would say that the code is taken
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(rooms)) from None
    else:
        sync_folder(folder)
    return rooms


def _write(descriptor: int, raw: bytes) -> None:
    left = memoryview(raw)
    while left:
        left = left[os.write(descriptor, left) :]
