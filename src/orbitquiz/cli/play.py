"""`orbitquiz play`: the game itself."""

from __future__ import annotations

import argparse
import sys

from orbitquiz.bank.text import visible
from orbitquiz.cli.banks import notices, open_chosen
from orbitquiz.cli.rules import rules_of
from orbitquiz.cli.selection import Selection
from orbitquiz.cli.table import Table
from orbitquiz.cli.terminal import can_draw
from orbitquiz.play.setup import Setup
from orbitquiz.records.model import Mode


def run(arguments: argparse.Namespace) -> int:
    """Play on this terminal until the player leaves."""
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    table = Table(bank, arguments)
    selection = Selection.of(bank, arguments, table.missed() if arguments.missed else None)
    mode = Mode.TEAMS if arguments.teams else Mode.MISSED if arguments.missed else Mode.SOLO
    rules = rules_of(arguments)
    setup = Setup(selection.quiz(), lambda: selection.again().quiz(), rules, mode, tuple(arguments.teams or ()))
    lines = [*notices(reading, arguments, setup.quiz), *selection.notices()]
    for line in lines:
        print(f"orbitquiz: {visible(line)}", file=sys.stderr)
    return table.play(setup, lines, plain=arguments.plain or not can_draw())
