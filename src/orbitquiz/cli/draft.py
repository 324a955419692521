"""`orbitquiz draft`: facts that are proposed, to be looked through."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orbitquiz.authoring.draft.by_model import Tally, propose_by_model
from orbitquiz.authoring.draft.chat import Chat, ModelError, is_local
from orbitquiz.authoring.draft.keep import keep_drafts
from orbitquiz.authoring.draft.propose import propose
from orbitquiz.authoring.splice import CannotSplice
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say, warn
from orbitquiz.text.counts import counted

KEY = "ORBITQUIZ_MODEL_KEY"
"""The variable of the environment that holds the key for a model's server, where it wants one."""


def run(arguments: argparse.Namespace) -> int:
    """Write drafts into the bank, and tell how many for each document."""
    folder: Path = arguments.bank
    reading = read_bank(folder)
    if reading.bank is None:
        raise BankError(str(folder), (problem for problem in reading.problems if problem.fatal))
    if arguments.model or arguments.at:
        return _by_model(folder, reading, arguments)
    total = 0
    for source, items in _proposed(reading):
        try:
            file = keep_drafts(folder, reading.bank.sources[source], items)
        except CannotSplice as error:
            raise UsageError(str(error)) from error
        say(f"{reading.bank.sources[source].file}: {counted(len(items), 'draft')} in {file}")
        total += len(items)
    where = shlex.quote(str(folder))
    if total:
        say()
        say(f"Nobody is asked a draft before you clear it. Look through them: orbitquiz author {where}")
    else:
        print("nothing to propose: no sentence that is left makes a question by itself")
        say(f"Write facts of your own: orbitquiz author {where}")
    return 0


def _by_model(folder: Path, reading: Reading, arguments: argparse.Namespace) -> int:
    """Write drafts of a model into the bank. Returns 1 where the model failed on the way, else 0."""
    bank = reading.bank
    assert bank is not None
    if not (arguments.model and arguments.at):
        raise UsageError("--model and --at belong together: the name of a model, and the address of its server")
    try:
        chat = Chat(arguments.at, arguments.model, os.environ.get(KEY))
    except ModelError as error:
        raise UsageError(str(error)) from error
    if not is_local(arguments.at) and not arguments.send:
        what = f"the text of {counted(len(bank.sources), 'document')} to {chat.host}"
        raise UsageError(f"this would send {what}; add --send if you want that")
    say(f"The text of the documents goes to {chat.host}.", at_once=True)
    total = 0
    for source in bank.sources.values():
        tally, proposals = Tally(), []
        failed = None
        try:
            for proposed in propose_by_model(reading, source, chat, tally):
                proposals.append(proposed)
                if proposed.answered is not None:
                    told = f"{proposed.item['id']}: the model itself answers {proposed.answered!r}; look at it closely"
                    say(f"  {told}", at_once=True)
        except ModelError as error:
            failed = error  # what came before it is kept
        if proposals:
            file = keep_drafts(folder, source, [each.item for each in proposals])
            say(f"{source.file}: {counted(len(proposals), 'draft')} in {file}", at_once=True)
        if tally.refused:
            print(f"  {tally.refused} of {tally.given} left out: they do not hold, or cannot be asked")
        total += len(proposals)
        if failed:
            warn(str(failed))
            return 1
    where = shlex.quote(str(folder))
    told = f"Nobody is asked a draft before you clear it. Look through them: orbitquiz author {where}"
    if total:
        say()
    say(told if total else "the model proposes nothing that holds")
    return 0


def _proposed(reading: Reading) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    assert reading.bank is not None
    for source in reading.bank.sources:
        if items := list(propose(reading, [source])):
            yield source, items
