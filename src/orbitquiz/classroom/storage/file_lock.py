"""The folder of the rooms, the lock on a room's file, and syncing a folder to disk."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from orbitquiz.history.private import make_private

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOMS = "rooms"
"""The name of the rooms' folder within the data folder."""

_FAR = 0x7FFF_0000  # the offset of the byte that Windows locks: beyond the text, so that others can still read


class RoomInUse(Exception):
    """Another program hosts the room. The message says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"room {path.stem} is being hosted by another program; end that one first")


def rooms_folder(folder: Path) -> Path:
    """Return the rooms' folder within the data folder `folder`; create it, for its owner alone, if it is missing."""
    rooms = folder / ROOMS
    make_private(folder)
    try:
        rooms.mkdir(0o700)
    except FileExistsError:
        if not rooms.is_dir():  # a `FileExistsError` would mean that the code is taken
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(rooms)) from None
    else:
        sync_folder(folder)
    return rooms


def lock(descriptor: int, path: Path) -> None:
    """Lock the file at `path` until it is closed. Raise `RoomInUse` if another program has locked it.

    Raise `FileNotFoundError` if the file was deleted meanwhile.
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
            pass  # a network file system without locks is better than no room
    path.stat()


def sync_folder(folder: Path) -> None:
    """Sync the creation and deletion of files in `folder` to disk. Windows does so by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
