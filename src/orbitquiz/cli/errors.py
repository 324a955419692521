"""Errors that end a command, in words for the person who typed it."""

from __future__ import annotations

from orbitquiz.bank.problems import BankError

_SHOWN = 5


class UsageError(Exception):
    """A command asks for something impossible. The message says what it is, and what to do."""


def describe_bank_error(error: BankError) -> list[str]:
    """Return why a bank cannot be played, and where, in lines."""
    lines = [
        str(problem) if problem.code not in ("missing-folder", "missing-file") else problem.message
        for problem in error.problems
    ]
    if len(lines) == 1:
        return [f"cannot use the bank {error.folder}: {lines[0]}"]
    more = (
        [f"  … and {len(lines) - _SHOWN} more; `orbitquiz check {error.folder}` lists them all"]
        if len(lines) > _SHOWN
        else []
    )
    return [f"cannot use the bank {error.folder}:", *(f"  {line}" for line in lines[:_SHOWN]), *more]
