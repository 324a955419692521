"""`orbitquiz export`: questions for other programs."""

from __future__ import annotations

import argparse
import sys

from orbitquiz.bank.model import Bank
from orbitquiz.cli.bank_option import categories_of, notices, open_chosen
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.selection import Selection, nothing_to_ask
from orbitquiz.formats.json import ANY_SEED, bank_to_json, quiz_to_json
from orbitquiz.formats.quiz_file import write_quiz_file
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.forms import ways_of
from orbitquiz.quiz.request import Request
from orbitquiz.text.safe import visible


def run(arguments: argparse.Namespace) -> int:
    """Write the questions that were asked for."""
    if arguments.all and any(word is not None for word in (arguments.seed, arguments.count, arguments.quiz)):
        raise UsageError("--all lists every question, so leave out --seed, --count and --quiz")
    reading = open_chosen(arguments.bank)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    quiz, more = None, []
    if arguments.all:
        text = _everything(bank, arguments)
    else:
        selection = Selection.of(bank, arguments)
        quiz, more = selection.quiz(), selection.notices()
        if arguments.to == "quiz":
            text = write_quiz_file(bank, [question.id for question in quiz.questions], quiz.seed, quiz.title)
        else:
            text = quiz_to_json(bank, quiz)
    for notice in [*notices(reading, arguments, quiz), *more]:
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


def _everything(bank: Bank, arguments: argparse.Namespace) -> str:
    categories = categories_of(bank, arguments.category)
    ids = [way.id for way in ways_of(bank, categories, differ=arguments.differ) if can_be_asked(bank, way)]
    if not ids:
        raise UsageError(nothing_to_ask(bank, Request("", 1, categories, arguments.differ)))
    if arguments.to == "json":
        return bank_to_json(bank, categories, differ=arguments.differ)
    return write_quiz_file(bank, ids, ANY_SEED)
