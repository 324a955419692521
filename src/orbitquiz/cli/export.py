"""`orbitquiz export`: questions for other programs."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace

from orbitquiz.bank.model import Bank, Reading
from orbitquiz.cli.bank_option import categories_of, notices, open_chosen
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import warn, write_file
from orbitquiz.cli.progress import progress
from orbitquiz.cli.selection import Selection, nothing_to_ask
from orbitquiz.formats.deck import ANY_SEED, Deck, deck_of_bank, deck_of_quiz
from orbitquiz.formats.json import bank_to_json, quiz_to_json
from orbitquiz.formats.quiz_file import write_quiz_file
from orbitquiz.formats.table import Format, MissingLibrary, format_of
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.forms import forms_of


def run(arguments: argparse.Namespace) -> int:
    """Write the questions that were asked for."""
    if arguments.all and any(word is not None for word in (arguments.seed, arguments.count, arguments.quiz)):
        raise UsageError("--all lists every question, so leave out --seed, --count and --quiz")
    format = format_of(arguments.to)
    if not format.is_text and arguments.output is None and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(f"--to {format.name} is no text; name a file with -o, such as -o questions{format.suffix}")
    reading = open_chosen(arguments.bank)
    raw, told = _written(format, reading, arguments)
    for notice in told:
        warn(notice)
    if arguments.output is None:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with -o")
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return 0
    try:
        write_file(arguments.output, raw)
    except OSError as error:
        raise UsageError(f"cannot write {arguments.output}: {error.strerror}") from error
    return 0


def _written(format: Format, reading: Reading, arguments: argparse.Namespace) -> tuple[bytes, list[str]]:
    """Return the file's bytes, and what the reader has to be told. They are the same under every locale and system."""
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    named = any(word is not None for word in (arguments.seed, arguments.count, arguments.quiz))
    selection = None
    if named or (format.is_quiz and not arguments.all):
        selection = Selection.of(bank, arguments)
    quiz = selection.quiz() if selection else None
    told = [*notices(reading, arguments, quiz), *(selection.notices() if selection else [])]
    if format.module is None:
        if quiz is None:
            with progress("making all questions"):
                text = _everything(bank, arguments)
        elif format.name == "quiz":
            text = write_quiz_file(bank, [question.id for question in quiz.questions], quiz.seed, quiz.title)
        else:
            text = quiz_to_json(bank, quiz)
        return text.encode("utf-8", "backslashreplace"), told
    if quiz is not None:
        with progress("making the questions"):
            deck = deck_of_quiz(bank, quiz, format.fits)
    else:
        categories = categories_of(bank, arguments.category)
        with progress("making all questions"):
            deck = deck_of_bank(bank, categories, differ=arguments.differ, every=arguments.all, fits=format.fits)
        if not deck.questions and not deck.left_out:
            raise UsageError(nothing_to_ask(bank, Request("", 1, categories, arguments.differ)))
    deck = _bounded(format, deck)
    if not deck.questions:
        raise UsageError(f"none of the questions fits {format.name}")
    told += [notice for notice in (format.lost(deck), _left_out(format, deck)) if notice]
    try:
        with progress(f"writing {format.name}"):
            return format.write(deck, time.time()), told
    except MissingLibrary as error:
        raise UsageError(str(error)) from error


def _bounded(format: Format, deck: Deck) -> Deck:
    """Return as much of `deck` as one file of the format can have."""
    if format.most is None or len(deck.questions) <= format.most:
        return deck
    over = len(deck.questions) - format.most
    return replace(deck, questions=deck.questions[: format.most], left_out=deck.left_out + over)


def _left_out(format: Format, deck: Deck) -> str | None:
    if not deck.left_out:
        return None
    are = "1 question does not fit and is" if deck.left_out == 1 else f"{deck.left_out} questions do not fit and are"
    most = f"; a file has at most {format.most}" if format.most == len(deck.questions) else ""
    return f"{format.name}: {are} left out{most}"


def _everything(bank: Bank, arguments: argparse.Namespace) -> str:
    categories = categories_of(bank, arguments.category)
    ids = [way.id for way in forms_of(bank, categories, differ=arguments.differ) if can_be_asked(bank, way)]
    if not ids:
        raise UsageError(nothing_to_ask(bank, Request("", 1, categories, arguments.differ)))
    if arguments.to == "json":
        return bank_to_json(bank, categories, differ=arguments.differ)
    return write_quiz_file(bank, ids, ANY_SEED)
