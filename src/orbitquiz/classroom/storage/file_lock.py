"""What keeping a room asks of the disk: a lock on its file, and that the file stays in its folder after a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = 0x7FFF_0000  # where Windows locks a byte: beyond the text, which others may go on reading


class RoomInUse(Exception):
    """Another program hosts the room. The message says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"room {path.stem} is being hosted by another program; end that one first")


def lock(descriptor: int, path: Path) -> None:
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


def sync_folder(folder: Path) -> None:
    """Have what was made or deleted in a folder on the disk; Windows does so by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
