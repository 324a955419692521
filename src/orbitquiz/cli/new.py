"""`orbitquiz new`: a bank from documents."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path

from orbitquiz.authoring.extract.model import CannotExtract
from orbitquiz.authoring.new_bank import Added, CannotMake, add_document, make_bank
from orbitquiz.authoring.splice import CannotSplice
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say, warn
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

_DIFFERENCE = 60  # lines of a difference that are shown


def run(arguments: argparse.Namespace) -> int:
    """Make the bank and add the documents. Returns 1 where one of them was left out, else 0."""
    folder: Path = arguments.folder
    failed = False
    try:
        if make_bank(folder):
            say(f"made the bank {folder}")
    except CannotMake as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot make {folder}: {error.strerror}") from error
    for document in arguments.documents:
        try:
            added = add_document(folder, document)
        except (CannotExtract, CannotMake, CannotSplice) as error:
            warn(str(error))
            failed = True
            continue
        failed = failed or added.state == "differs"
        for line in _told(added):
            say(line)
    if not failed:
        where = shlex.quote(str(folder))
        say()
        say(f"Next: orbitquiz draft {where}    propose facts")
        say(f"      orbitquiz author {where}   write facts of your own")
    return int(failed)


def _told(added: Added) -> Iterator[str]:
    found = added.extract
    if added.state == "added":
        of = [counted(len(found.text.split()), "word")]
        of += [
            counted(len(places), noun)
            for noun, places in (("page", found.pages), ("heading", found.headings))
            if places
        ]
        yield f"{added.document} → {added.file}: {', '.join(of)}"
    elif added.state == "unchanged":
        yield f"{added.document} is in {added.file} already, word for word"
    else:
        yield f"{added.document} gives another text than {added.file} has. Nothing was overwritten. The difference:"
        yield from (f"    {line_of(line) if line.strip() else line}" for line in added.difference[:_DIFFERENCE])
        if len(added.difference) > _DIFFERENCE:
            yield f"    … and {len(added.difference) - _DIFFERENCE} more lines"
        for broken in added.broken:
            yield f"  the fact {broken.fact} would lose its quotation: {line_of(broken.words)}"
        if not added.broken:
            yield "  No quotation would be lost."
        yield "To take the new text, move the old one away, delete its entry in seeds/sources.yaml, and add it again."
    for note in found.notes:
        yield f"  {note}"
