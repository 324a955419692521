"""The bank that was chosen in the menu, and the one that a code is for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import BankError
from orbitquiz.history.private import write_private
from orbitquiz.library.shelf import BUILTIN, NoSuchBank, Shelved, banks, folder_of
from orbitquiz.quiz.code import OtherBank, WrongCode, is_for
from orbitquiz.text.safe import line_of

_FILE = "chosen-bank"
_LONGEST = 300  # characters of a name that is remembered


def remember(data: Path, bank: Shelved) -> None:
    """Remember the bank that was chosen, if the disk allows it."""
    with contextlib.suppress(OSError):
        write_private(data / _FILE, bank.name)


def remembered(data: Path) -> Path | None:
    """Return the folder of the bank that was chosen last; None for the built-in one, and for one that is gone."""
    with contextlib.suppress(OSError, UnicodeDecodeError, NoSuchBank, ValueError):
        with (data / _FILE).open(encoding="utf-8") as file:
            name = file.read(_LONGEST).strip()
        if name and name != BUILTIN and Path(name).name == name:
            return folder_of(name, data, by_name=True)
    return None


def explained(error: WrongCode, code: str, data: Path, open_bank: Callable[[str | None], Bank]) -> str:
    """Return what is wrong with `code`, and of a code for another bank that one has, the name of that bank.

    `open_bank` opens the bank in a folder, or the built-in one.
    """
    if isinstance(error, OtherBank):
        for bank in banks(data):
            with contextlib.suppress(BankError, OSError, ValueError):
                if is_for(open_bank(bank.place), code):
                    named = f"{bank.name} ({line_of(bank.title)})"
                    return f"this quiz code is for the bank {named}; choose that in the menu, or with --bank"
    return str(error)
