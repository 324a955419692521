"""`orbitquiz proofread`: questions read without key or proof, for the author of the bank."""

from __future__ import annotations

import argparse
import re
import sys
from itertools import islice
from pathlib import Path

from orbitquiz.bank.cache import builtin_path
from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import warn
from orbitquiz.formats.readings import append_reading, file_of, readings_in
from orbitquiz.plain.console import Console
from orbitquiz.plain.proofread import proofread
from orbitquiz.quiz.quality.readings import BlindReading, digest_of, to_be_read
from orbitquiz.text.counts import counted

_NAME = re.compile(r"[\w-]{1,40}")


def run(arguments: argparse.Namespace) -> int:
    """Show questions and keep what the reader says about them."""
    if sys.stdin is None:
        raise UsageError("proofread needs standard input, and it is closed")
    if not _NAME.fullmatch(arguments.reader):
        raise UsageError("--reader takes a name of letters, digits, hyphens and underscores, up to 40")
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    for line in notices(reading, arguments):
        warn(line)
    file: Path = arguments.output or file_of(arguments.bank or builtin_path(), arguments.reader)
    try:
        done = {(each.question, each.digest) for each in readings_in(file) if each.reader == arguments.reader}
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
    ordered = to_be_read(bank, arguments.reader)
    unread = (question for question in ordered if (question.id, digest_of(question)) not in done)
    questions = list(islice(unread, arguments.count))
    console = Console(sys.stdin, sys.stdout)
    if not questions:
        console.say(f"{arguments.reader} has read every question of {bank.title}.")
        return 0
    console.say(
        f"{bank.title}. Answer {counted(len(questions), 'question')} without looking anything up. You are not told the "
        "right answers, so that your reading stays blind."
    )

    def keep(blind: BlindReading) -> None:
        try:
            append_reading(file, blind)
        except OSError as error:
            raise UsageError(f"cannot write {file}: {error.strerror or error}; choose another file with -o") from error

    kept = proofread(console, questions, arguments.reader, arguments.reader, keep)
    console.say()
    if kept:
        console.say(f"Thank you. Kept {counted(kept, 'reading')} in {file}. Send it to the author: {bank.contact}")
    console.flush()
    return 0
