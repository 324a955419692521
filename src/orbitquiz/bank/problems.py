"""Problems of a bank, and their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct


class Place(NamedTuple):
    """Where something stands in a bank: the file, relative to the bank, and line and column from 1."""

    file: str
    line: int
    column: int


class Problem(Struct, frozen=True, order=True):
    """One thing in a bank that does not hold.

    `file` is relative to the bank, with forward slashes. `line` and `column` count from 1. `code` names the kind of
    problem and is stable; `message` says what was found, what was expected and what to do. A `fatal` problem leaves
    no bank to play; any other costs only the facts that it touches.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.code}]"


class BankError(Exception):
    """A bank that cannot be played at all. Carries every problem that was found."""

    def __init__(self, folder: str, problems: Iterable[Problem]) -> None:
        self.folder = folder
        self.problems = tuple(problems)
        super().__init__(f"the bank {folder} does not hold")
