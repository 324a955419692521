"""Opening the bank that a command is about, and its categories."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from pathlib import Path

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.bank.model import Bank, Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.cli.environment import cache_folder, data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.quiz.question import Quiz


def open_chosen(path: Path | None) -> Reading:
    """Read the bank in the folder `path`, or the built-in one, with a cache in the user's own folder.

    It is not for a program that draws a screen already: what takes long is told on the terminal.
    """
    if path is None:
        return open_bank(builtin_path(), cache_folder())
    from orbitquiz.cli.progress import progress

    with progress("reading the bank"):
        return open_bank(path, cache_folder())


def bank_in(folder: str | None) -> Bank:
    """Return the bank in `folder`, or the built-in one. Raise `ValueError` if it cannot be read."""
    try:
        bank = open_bank(Path(folder) if folder else builtin_path(), cache_folder()).bank
    except BankError as error:
        raise ValueError(f"the bank in {folder} can no longer be read") from error
    assert bank is not None  # open_bank raises where there is none
    return bank


def resolved(named: Path, data: Path | None) -> Path:
    """Return the folder of the bank that is named by its path, or by its name in the list of banks.

    Raises `UsageError` if no bank has the name.
    """
    with contextlib.suppress(OSError):  # opening the bank will tell it better
        if not named.exists() and not named.is_absolute() and len(named.parts) == 1 and named != Path():
            return _listed(named, data)
    return named


def _listed(named: Path, data: Path | None) -> Path:
    from orbitquiz.library.shelf import NoSuchBank, folder_of

    try:
        return folder_of(str(named), data_folder(data))
    except NoSuchBank as error:
        raise UsageError(str(error)) from error


def categories_of(bank: Bank, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the categories that were meant, by name or title and whatever their case.

    Raises `UsageError` for one that the bank has not.
    """
    known = {category.title.casefold(): category.name for category in bank.categories}
    known |= {category.name.casefold(): category.name for category in bank.categories}
    found = []
    for name in names:
        if name.casefold() not in known:
            from orbitquiz.text.suggest import suggestion

            there = [category.name for category in bank.categories]
            known_ones = f"has {', '.join(there)}"
            meant = suggestion(name, there)
            raise UsageError(
                f"the bank has no category {name!r}{meant} It {known_ones}"
                if meant
                else f"the bank has no category {name!r}; it {known_ones}"
            )
        found.append(known[name.casefold()])
    return tuple(dict.fromkeys(found))


def notices(reading: Reading, arguments: argparse.Namespace, quiz: Quiz | None = None) -> list[str]:
    """Return a line for each thing that is missing, for a player or reader.

    A quiz that is shorter than usual is no news to somebody who has not said how long it should be.
    """
    lines = []
    named = f" {arguments.bank}" if arguments.bank else ""
    if reading.left_out:
        what = (
            "1 fact does not hold and is" if reading.left_out == 1 else f"{reading.left_out} facts do not hold and are"
        )
        lines.append(f"{what} left out; `orbitquiz check{named}` says why")
    if quiz and arguments.count and len(quiz.questions) < quiz.asked_for:
        there = len(quiz.questions)
        are = "is" if there == 1 else "are"
        lines.append(f"asked for {quiz.asked_for} questions; a quiz asks each fact once, and there {are} {there}")
    return lines
