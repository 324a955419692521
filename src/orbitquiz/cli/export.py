"""`orbitquiz export`: questions for other programs."""

from __future__ import annotations

import argparse
import sys

from orbitquiz.bank.text import visible
from orbitquiz.cli.banks import categories_of, notices, open_chosen, quiz_for
from orbitquiz.cli.errors import UsageError
from orbitquiz.exchange.json import bank_to_json, quiz_to_json


def run(arguments: argparse.Namespace) -> int:
    """Write the questions that were asked for."""
    if arguments.all and (arguments.seed is not None or arguments.count is not None):
        raise UsageError("--all lists every question, so leave out --seed and --count")
    reading = open_chosen(arguments.bank)
    assert reading.bank is not None  # open_bank raises where there is none
    quiz = None
    if arguments.all:
        text = bank_to_json(reading.bank, categories_of(reading.bank, arguments.category))
    else:
        quiz = quiz_for(reading.bank, arguments.seed, arguments.count, arguments.category)
        text = quiz_to_json(reading.bank, quiz)
    for notice in notices(reading, f" {arguments.bank}" if arguments.bank else "", quiz):
        print(f"orbitquiz: {visible(notice)}", file=sys.stderr)
    # As bytes, so that neither the locale nor Windows' line ends change a character.
    raw = text.encode("utf-8", "backslashreplace")
    if arguments.output is None:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with -o")
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return 0
    try:
        arguments.output.write_bytes(raw)
    except OSError as error:
        raise UsageError(f"cannot write {arguments.output}: {error.strerror}") from error
    return 0
