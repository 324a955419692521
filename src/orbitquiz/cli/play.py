"""`orbitquiz play`: the game itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.launch import Launcher
from orbitquiz.cli.rules import rules_of
from orbitquiz.cli.selection import Selection
from orbitquiz.cli.terminal import can_draw
from orbitquiz.history.model import Mode
from orbitquiz.quiz.request import DEFAULT_COUNT
from orbitquiz.session.plan import Setup
from orbitquiz.text.safe import visible


def run(arguments: argparse.Namespace) -> int:
    """Play on this terminal until the player leaves."""
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    table = Launcher(bank, arguments)
    teams = tuple(arguments.teams or ())
    selection = Selection.of(bank, arguments, table.missed() if arguments.missed else None, _usual_count(teams))
    mode = Mode.TEAMS if teams else Mode.MISSED if arguments.missed else Mode.SOLO
    rules = rules_of(arguments)
    setup = Setup(selection.quiz(), lambda: selection.again().quiz(), rules, mode, teams)
    lines = [*notices(reading, arguments, setup.quiz), *selection.notices()]
    for line in lines:
        print(f"orbitquiz: {visible(line)}", file=sys.stderr)
    return table.play(setup, lines, plain=arguments.plain or not can_draw())


def _usual_count(teams: Sequence[str]) -> int:
    """How many questions there are where nobody says: so many that all teams have the same number."""
    return DEFAULT_COUNT - DEFAULT_COUNT % len(teams) if teams else DEFAULT_COUNT
