"""Hold a game for one window, so that a second one cannot resume it and lose the answers of either.

The lock is the system's, on a file of its own beside the records, so that it ends with the program however that ends.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class OpenElsewhere(Exception):
    """Another window is playing this game."""


class GameLock:
    """A game that is held until `release`."""

    def __init__(self, file: Path, descriptor: int) -> None:
        self._file = file
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path, id: int) -> GameLock | None:
        """Hold the game with this id. Returns None where `folder` or the system has no locks.

        Raises `OpenElsewhere`.
        """
        file = folder / f"game-{id}.lock"
        while True:
            try:
                descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return None
            try:
                if not _lock(descriptor):
                    os.close(descriptor)
                    raise OpenElsewhere
                if os.path.samestat(os.fstat(descriptor), file.stat()):
                    return cls(file, descriptor)
                os.close(descriptor)  # it was deleted by its last holder just before it was ours
            except OSError:
                with suppress(OSError):
                    os.close(descriptor)
                return None

    def release(self) -> None:
        """Let other windows have the game."""
        with suppress(OSError):
            self._file.unlink()
        with suppress(OSError):
            os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Lock the file; False if another program has."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
