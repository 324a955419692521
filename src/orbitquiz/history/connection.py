"""The connection to the file of records, through everything that can happen to a disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from orbitquiz.history import indexes
from orbitquiz.history.private import make_private, touch_private
from orbitquiz.history.sqlite_file import (
    BUSY_SECONDS,
    Newer,
    NotOurs,
    close,
    connect,
    is_busy,
    is_damage,
    is_elsewhere,
    move_aside,
    reason,
    transaction,
)
from orbitquiz.text.safe import line_of

FILE = "records.sqlite3"
"""The name of the file in its folder."""

_ATTEMPTS = 3  # with a repair between two: the second is normal, the third a rare race
_IMPATIENT = 0.2  # seconds: longer than another window's transaction, and too short to be felt at each answer
_T = TypeVar("_T")


class Database:
    """The file in `folder`, opened when it is needed, and again when that may help.

    `opened` counts how often it was opened: what was written before may be missing from the current file.
    """

    def __init__(self, folder: Path) -> None:
        self.opened = 0
        self.folder = folder
        self._file = folder / FILE
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._patience = BUSY_SECONDS
        self._trouble: str | None = None
        self._moved: str | None = None
        self._rebuilt: str | None = None

    @property
    def is_troubled(self) -> bool:
        """True if nothing is being kept."""
        return self._trouble is not None

    @property
    def notice(self) -> str | None:
        """One line about what is wrong, where, and what to do; None if all is well."""
        return line_of(". ".join(part for part in (self._trouble, self._moved, self._rebuilt) if part)) or None

    def attempt(
        self, kind: Literal["DEFERRED", "IMMEDIATE"], action: Callable[[sqlite3.Connection], _T], otherwise: _T
    ) -> _T:
        """Return the result of `action` in one committed transaction, or `otherwise` if the file does not allow it.

        `action` may be called more than once, the last time perhaps on a new file.
        """
        for _ in range(_ATTEMPTS):
            try:
                connection = self._connected()
                with transaction(connection, kind):
                    result = action(connection)
            except (NotOurs, Newer, OSError, UnicodeDecodeError, sqlite3.Error) as error:
                if not self._is_solved(error):
                    return otherwise
            else:
                if kind == "IMMEDIATE":
                    self._trouble = None
                    self._wait(BUSY_SECONDS)
                return result
        self._keep_nothing(f"{self._file} is damaged again and again")
        return otherwise

    def examine(self) -> None:
        """Compare every index with its table, and rebuild them if one is damaged."""
        if not self.attempt("DEFERRED", indexes.is_sound, otherwise=True) and self._connection:
            self._rebuild(self._connection)

    def close(self) -> None:
        """Close the file."""
        if self._connection:
            close(self._connection)
            self._connection = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                make_private(self.folder)
                touch_private(self._file)
                self._identity = self._present()
                self._connection = connect(self._file, self._patience)
            except ValueError as error:
                if isinstance(error, UnicodeDecodeError):
                    raise
                raise OSError(str(error)) from error  # no file can have this name
            self._identity = self._present()
            self.opened += 1
            # SQLite opens a file that cannot be written for reading, and says so only at the first write.
            if not (os.access(self.folder, os.W_OK) and os.access(self._file, os.W_OK)):
                self._keep_nothing(f"{self._file} or its folder cannot be written to")
            if not indexes.are_complete(self._connection):
                self._rebuild(self._connection)
        return self._connection

    def _rebuild(self, connection: sqlite3.Connection) -> bool:
        """Rebuild the indexes if that repairs the file, and say so. Returns whether it did."""
        is_repaired = indexes.rebuild(connection)
        if is_repaired:
            self._rebuilt = f"an index in {self._file} was damaged and hid answers; it was rebuilt, and nothing is lost"
        return is_repaired

    def _is_solved(self, error: Exception) -> bool:
        """Do what can be done about `error`, and return whether another attempt makes sense."""
        if isinstance(error, NotOurs):
            return self._set_aside("is no file of OrbitQuiz")
        if is_damage(error):
            if self._connection is not None and self._rebuild(self._connection):
                return True
            return self._set_aside("was damaged")
        if is_elsewhere(error):
            self.close()
            return True
        if isinstance(error, Newer):
            remedy = "update OrbitQuiz, or choose another folder with --data"
            self._keep_nothing(f"{self._file} was written by a newer OrbitQuiz", remedy)
            return False
        if is_busy(error):
            self._wait(_IMPATIENT)  # so that a player waits long only once
        self._keep_nothing(f"{self._file}: {reason(error)}")
        return False

    def _set_aside(self, what: str) -> bool:
        self.close()
        try:
            # Another program may have found the damage first, and created a sound file.
            if self._present() == self._identity is not None:
                aside = move_aside(self._file)
                self._moved = f"{self._file} {what}, so it was moved to {aside} and a new one was begun"
        except OSError as error:
            self._keep_nothing(f"{self._file} {what} and cannot be moved aside: {reason(error)}")
            return False
        return True

    def _present(self) -> tuple[int, int] | None:
        """Return what identifies the file that has the name now; None if there is none."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino

    def _keep_nothing(self, why: str, remedy: str = "choose another folder with --data") -> None:
        self._trouble = f"nothing is being kept: {why}; {remedy}"

    def _wait(self, seconds: float) -> None:
        """Set for how many seconds to wait for other programs from now on."""
        if seconds != self._patience:
            self._patience = seconds
            if self._connection:
                self._connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000):d}")
