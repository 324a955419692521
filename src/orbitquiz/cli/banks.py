"""`orbitquiz banks`: the banks that one has."""

from __future__ import annotations

import argparse

from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import is_meant, print_json, say
from orbitquiz.library.add import Arrived, CannotAdd, add
from orbitquiz.library.shelf import banks
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.text.width import table


def run(arguments: argparse.Namespace) -> int:
    """List the banks, or add one. Returns 1 where one was not added, else 0."""
    if arguments.action == "add":
        return _add(arguments)
    if arguments.origin:
        raise UsageError("nothing follows `list`; to add a bank: orbitquiz banks add FOLDER|FILE.zip|URL")
    found = banks(data_folder(arguments.data))
    if arguments.json:
        rows = [
            {"name": each.name, "title": each.title, "folder": str(each.folder), "from": each.origin} for each in found
        ]
        print_json(rows)
        return 0
    for line in table((each.name, line_of(each.title), f"({each.origin})") for each in found):
        say(line)
    return 0


def _add(arguments: argparse.Namespace) -> int:
    if not arguments.origin:
        raise UsageError("name a folder, a .zip file or an https address: orbitquiz banks add FOLDER|FILE.zip|URL")

    def confirm(arrived: Arrived) -> bool:
        return _confirm(arrived, is_sure=arguments.yes)

    try:
        name = add(arguments.origin, data_folder(arguments.data), confirm)
    except CannotAdd as error:
        raise UsageError(str(error)) from error
    if name is None:
        print("Not added.")
        return 1
    say(f"Added. To play it: orbitquiz play --bank {name}")
    return 0


def _confirm(arrived: Arrived, *, is_sure: bool) -> bool:
    """Show what came, and ask whether it is to be kept."""
    bank = arrived.reading.bank
    assert bank is not None
    say(f"{bank.id}: {line_of(bank.title)}, version {line_of(bank.version)}")
    say(f"  {counted(len(bank.facts), 'fact')} from {counted(len(bank.sources), 'document')}")
    say(f"  rights: {line_of(bank.rights)}")
    say(f"  contact: {line_of(bank.contact)}")
    if arrived.reading.problems:
        print(f"  {counted(len(arrived.reading.problems), 'problem')}; `orbitquiz check` tells them once it is added")
    if arrived.replaces:
        say(f"  It replaces the bank {bank.id} that you have.")
    return is_sure or is_meant("Add it?")
