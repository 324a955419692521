"""The event log of a room, and the default one: a file with one event a line.

A room's actor appends events through an `EventWriter` to any `EventLog`. Once `append` has returned, the events survive
a crash of the program and of the machine, and only then may a player be told that an answer is kept.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from orbitquiz.classroom.rules.events import EVENT, Event, Opened
from orbitquiz.classroom.storage.file_lock import lock, rooms_folder, sync_folder
from orbitquiz.classroom.storage.replay import read

SUFFIX = ".jsonl"
"""The suffix of a room's file."""

CODE = re.compile(r"[A-Z0-9-]{1,32}")
"""The codes under which rooms are kept."""

_FLAGS = os.O_APPEND | getattr(os, "O_BINARY", 0)


class Deposed(Exception):
    """Another program owns the room now, so this one may neither write to it nor speak for it."""


class EventLog(Protocol):
    """Keeps the events of one room."""

    def append(self, events: Sequence[Event]) -> None:
        """Keep `events`, all or none. Raise `OSError` if that failed, `Deposed` if the room has another owner."""

    def close(self) -> None:
        """Let another program take over the room. Closing twice does no harm."""


class FileLog:
    """The file of one room, locked against other programs. Used by one thread at a time."""

    def __init__(self, path: Path, descriptor: int, end: int) -> None:
        """Use `create` or `reopen`."""
        self.path = path
        self._descriptor: int | None = descriptor
        self._end = end  # of the last whole line
        self._is_torn = False

    @classmethod
    def create(cls, folder: Path, opened: Opened) -> FileLog:
        """Create the file of a new room in the data folder `folder`, with `opened` as its first event.

        Raise `FileExistsError` if a room with this code exists, `OSError` if the file cannot be written.
        """
        if not CODE.fullmatch(opened.room):
            raise ValueError(f"{opened.room!r} cannot be the name of a file")
        path = rooms_folder(folder) / f"{opened.room}{SUFFIX}"
        descriptor = os.open(path, _FLAGS | os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        log = cls(path, descriptor, 0)
        try:
            lock(descriptor, path)
            log.append([opened])
            sync_folder(path.parent)
        except BaseException:
            log.close()
            with suppress(OSError):  # the first error is the one to report
                path.unlink()
            raise
        return log

    @classmethod
    def reopen(cls, path: Path) -> tuple[FileLog, list[Event]]:
        """Open an existing room for writing; return its log and its events. An incomplete last line is cut off.

        Raise `BadRoomFile`, `RoomInUse` or `OSError`; the file is unchanged then.
        """
        descriptor = os.open(path, _FLAGS | os.O_RDWR)
        log = cls(path, descriptor, 0)
        try:
            lock(descriptor, path)
            with io.FileIO(descriptor, closefd=False) as file:
                raw = file.readall()
            replay = read(path, raw)
            log._end = replay.end
            log._is_torn = len(raw) > replay.end
            log._cut_back()
        except BaseException:
            log.close()
            raise
        return log, replay.events

    def append(self, events: Sequence[Event]) -> None:
        """Write `events` and sync them to disk.

        Raise `OSError` if that failed: none of them counts then, and what was written is cut off before the next write.
        Raise `Deposed` if another file has taken the place of this one.
        """
        if self._descriptor is None:
            raise ValueError("the log is closed")
        if not events:
            return
        if not os.path.samestat(self.path.stat(), os.fstat(self._descriptor)):  # a deleted file raises `OSError`
            raise Deposed(self.path)
        self._cut_back()
        raw = b"".join(EVENT.dump_json(event) + b"\n" for event in events)
        self._is_torn = True
        try:
            _write(self._descriptor, raw)
            os.fsync(self._descriptor)
        except BaseException:
            # Try to cut it off now, so that a reader never sees what nobody was told; else before the next write.
            with suppress(OSError):
                self._cut_back()
            raise
        self._is_torn = False
        self._end += len(raw)

    def close(self) -> None:
        """Close the file, which also unlocks it. Closing twice does no harm."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _cut_back(self) -> None:
        if self._is_torn and self._descriptor is not None:
            os.ftruncate(self._descriptor, self._end)
            os.fsync(self._descriptor)
            self._is_torn = False


class EventWriter:
    """Writes events by `append` in a worker thread, so that a slow disk stops nobody's game.

    `trouble` is a sentence about what is wrong while events cannot be kept, else None.
    """

    def __init__(self, append: Callable[[Sequence[Event]], None]) -> None:
        self.trouble: str | None = None
        self._append = append
        self._waiting: list[Event] = []

    @property
    def is_behind(self) -> bool:
        """True if events are waiting to be kept."""
        return bool(self._waiting)

    async def keep(self, happened: Sequence[Event]) -> None:
        """Keep the events that are waiting, then `happened`. If that fails all of them wait, and `trouble` says why."""
        import asyncio  # takes a while, and a report needs none of it

        self._waiting += happened
        try:
            # A write that has begun is finished even if the task is cancelled.
            await _finished(asyncio.to_thread(self._append, tuple(self._waiting)))
        except OSError as error:
            self.trouble = f"The room cannot be saved: {error.strerror or error}. Answers have to wait."
        else:
            self._waiting.clear()
            self.trouble = None


async def _finished(work: Coroutine[None, None, None]) -> None:
    """Wait for `work` to finish, also if cancelled meanwhile."""
    import asyncio

    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _write(descriptor: int, raw: bytes) -> None:
    left = memoryview(raw)
    while left:
        left = left[os.write(descriptor, left) :]
