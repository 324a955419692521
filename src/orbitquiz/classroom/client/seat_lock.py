"""Holding a seat while a program plays in it, so that another one with the same folder takes a seat of its own.

A seat is held by a lock on a small file, which ends with the program, however that ends. A file system without locks
knows of no holders.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from orbitquiz.classroom.storage.file_lock import RoomInUse, lock

_LOCK, _LOCKS = "seat-{}.lock", "seat-*.lock"
_TRIES, _MOMENT = 20, 0.01  # seconds, until other programs that only look have done so


class Hold:
    """That this program plays in the seat with `token`, until it is let go."""

    def __init__(self, token: str, path: Path, descriptor: int | None) -> None:
        self.token = token
        self._path = path
        self._descriptor = descriptor

    def let_go(self) -> None:
        """Leave the seat to whoever comes next."""
        if self._descriptor is not None:
            _drop(self._descriptor, self._path)
            self._descriptor = None


def hold(folder: Path, token: str) -> Hold | None:
    """Hold the seat with `token`; None where another program does.

    Where there can be no lock, nobody else is known to hold it.
    """
    path = _path(folder, token)
    for tries_left in reversed(range(_TRIES)):
        try:
            return Hold(token, path, _locked(path, os.O_CREAT | os.O_RDWR))
        except RoomInUse:
            if not tries_left:
                return None
        except OSError as error:
            if not (isinstance(error, FileNotFoundError) and folder.is_dir()):  # another has just deleted it
                break
        time.sleep(_MOMENT)
    return Hold(token, path, None)


def is_held(folder: Path, token: str) -> bool:
    """Whether a program holds the seat with `token`."""
    return _is_locked(_path(folder, token))


def clear(folder: Path, tokens: Collection[str]) -> None:
    """Delete what killed programs have left of seats other than those with `tokens`."""
    with contextlib.suppress(OSError):
        for path in {*folder.glob(_LOCKS)} - {_path(folder, token) for token in tokens}:
            _is_locked(path)


def _is_locked(path: Path) -> bool:
    """Whether a program holds the seat whose lock is at `path`. One that nobody holds is deleted."""
    try:
        descriptor = _locked(path, os.O_RDWR)
    except RoomInUse:
        return True
    except OSError:
        return False
    _drop(descriptor, path)
    return False


def _locked(path: Path, flags: int) -> int:
    """A descriptor of the file at `path`, which is locked by it. Raises `RoomInUse` and `OSError`."""
    descriptor = os.open(path, flags, 0o600)
    try:
        lock(descriptor, path)
        if sys.platform != "win32" and not os.path.samestat(os.fstat(descriptor), path.stat()):
            raise FileNotFoundError(path)  # it was deleted after it was opened, and another has its name
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _drop(descriptor: int, path: Path) -> None:
    """Delete the locked file at `path` and end its lock, in the order that the system allows."""
    if sys.platform == "win32":  # a file that is open cannot be deleted, and one that another has opened by now stays
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
    else:  # before anybody can lock it
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _path(folder: Path, token: str) -> Path:
    """Where the lock of the seat with `token` is: its name says nothing of the token."""
    digest = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return folder / _LOCK.format(digest[:16])
