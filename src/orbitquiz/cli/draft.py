"""`orbitquiz draft`: facts that are proposed, to be looked through."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orbitquiz.authoring.draft.keep import keep_drafts
from orbitquiz.authoring.draft.propose import propose
from orbitquiz.authoring.splice import CannotSplice
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.cli.errors import UsageError
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import visible


def run(arguments: argparse.Namespace) -> int:
    """Write drafts into the bank, and tell how many for each document."""
    folder: Path = arguments.bank
    reading = read_bank(folder)
    if reading.bank is None:
        raise BankError(str(folder), (problem for problem in reading.problems if problem.fatal))
    total = 0
    for source, items in _proposed(reading):
        try:
            file = keep_drafts(folder, reading.bank.sources[source], items)
        except CannotSplice as error:
            raise UsageError(str(error)) from error
        print(visible(f"{reading.bank.sources[source].file}: {counted(len(items), 'draft')} in {file}"))
        total += len(items)
    where = shlex.quote(str(folder))
    if total:
        print(f"\nNobody is asked a draft before you clear it. Look through them: orbitquiz author {where}")
    else:
        print("nothing to propose: each sentence with a date, a number or a name is quoted already, or declined")
    return 0


def _proposed(reading: Reading) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    assert reading.bank is not None
    for source in reading.bank.sources:
        if items := list(propose(reading, [source])):
            yield source, items
