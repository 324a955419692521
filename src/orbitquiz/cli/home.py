"""`orbitquiz` alone: the menu, or the manual where there is no terminal to draw on."""

from __future__ import annotations

import argparse

from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.launch import Launcher


def run(arguments: argparse.Namespace) -> int:
    """Open the menu."""
    reading = open_chosen(arguments.bank)
    assert reading.bank is not None  # open_bank raises where there is none
    return Launcher(reading.bank, arguments).play(None, notices(reading, arguments))
