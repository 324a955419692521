"""Holding on to the file through all that can happen to it, so that a game is never stopped by its disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

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

_ATTEMPTS = 3  # at what is mended in between: a second time is normal, a third would be a rare race
_T = TypeVar("_T")


class Database:
    """The file in `folder`, opened when it is needed, opened again when that may help.

    `opened` counts how often that has been: what was written before may not be in the file that is open now.
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

    @property
    def is_troubled(self) -> bool:
        """Whether nothing is being kept."""
        return self._trouble is not None

    @property
    def notice(self) -> str | None:
        """What is wrong, where and what to do, in a line; None where all is well."""
        return line_of(". ".join(part for part in (self._trouble, self._moved) if part)) or None

    def attempt(
        self, kind: Literal["DEFERRED", "IMMEDIATE"], action: Callable[[sqlite3.Connection], _T], otherwise: _T
    ) -> _T:
        """What `action` gives in one transaction, which is committed; `otherwise` where the file does not allow it.

        `action` may be called more than once, the last time perhaps on a new file.
        """
        for _ in range(_ATTEMPTS):
            try:
                connection = self._connected()
                with transaction(connection, kind):
                    result = action(connection)
            except (NotOurs, Newer, OSError, UnicodeDecodeError, sqlite3.Error) as error:
                if not self._is_mended(error):
                    return otherwise
            else:
                if kind == "IMMEDIATE":
                    self._trouble = None
                    self._wait(BUSY_SECONDS)
                return result
        self._keep_nothing(f"{self._file} is damaged again and again")
        return otherwise

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            close(self._connection)
            self._connection = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._identity = self._present()
                self._connection = connect(self._file, self._patience)
            except ValueError as error:
                if isinstance(error, UnicodeDecodeError):
                    raise
                raise OSError(str(error)) from error  # a name that no file can have
            self._identity = self._present()
            self.opened += 1
            # SQLite opens what cannot be written to for reading, and says so at the first write. A player should know
            # before that.
            if not (os.access(self.folder, os.W_OK) and os.access(self._file, os.W_OK)):
                self._keep_nothing(f"{self._file} or its folder cannot be written to")
        return self._connection

    def _is_mended(self, error: Exception) -> bool:
        """Do about `error` what can be done; whether it is worth another attempt then."""
        if isinstance(error, NotOurs):
            return self._set_aside("is no file of OrbitQuiz")
        if is_damage(error):
            return self._set_aside("was damaged")
        if is_elsewhere(error):
            self.close()
            return True
        if isinstance(error, Newer):
            remedy = "update OrbitQuiz, or choose another folder with --data"
            self._keep_nothing(f"{self._file} was written by a newer OrbitQuiz", remedy)
            return False
        if is_busy(error):
            self._wait(0)  # whoever has waited once shall not wait at each answer
        self._keep_nothing(f"{self._file}: {reason(error)}")
        return False

    def _set_aside(self, what: str) -> bool:
        self.close()
        try:
            # Another program may have met the same damage first, and begun a file that is sound.
            if self._present() == self._identity is not None:
                aside = move_aside(self._file)
                self._moved = f"{self._file} {what}, so it was moved to {aside} and a new one was begun"
        except OSError as error:
            self._keep_nothing(f"{self._file} {what} and cannot be moved aside: {reason(error)}")
            return False
        return True

    def _present(self) -> tuple[int, int] | None:
        """What tells the file that has the name now from any other that had or will have it."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino

    def _keep_nothing(self, why: str, remedy: str = "choose another folder with --data") -> None:
        self._trouble = f"nothing is being kept: {why}; {remedy}"

    def _wait(self, seconds: float) -> None:
        """Wait for other programs for so long from now on."""
        if seconds != self._patience:
            self._patience = seconds
            if self._connection:
                self._connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000):d}")
