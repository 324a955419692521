"""`orbitquiz import`: questions of other programs, as drafts."""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from orbitquiz.authoring.imported import Imported, add_items
from orbitquiz.authoring.new_bank import CannotMake, make_bank
from orbitquiz.authoring.splice import CannotSplice
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say, warn
from orbitquiz.formats.readers.items import Found, UnreadableFile
from orbitquiz.formats.readers.table import MOST_BYTES, read_file
from orbitquiz.text.counts import counted

_SHOWN = 40
"""The largest number of refused questions that are listed for one file."""


def run(arguments: argparse.Namespace) -> int:
    """Read the files and write their questions as drafts. Returns 1 where something was not taken, else 0."""
    folder: Path = arguments.into
    found: list[tuple[Path, Found]] = []
    failed = False
    for file in arguments.files:
        try:
            found.append((file, read_file(file.name, _bytes(file), getattr(arguments, "from"))))
        except UnreadableFile as error:
            warn(f"{file}:{error.line}: {error}")
            failed = True
    items = [(file.name, item) for file, each in found for item in each.items]
    for file, each in found:
        for line in _refusals(file, each):
            warn(line)
    failed = failed or any(each.refusals for _, each in found)
    if not items:
        raise UsageError("no question was taken, so nothing was written")
    reading = _opened(folder)
    try:
        done = add_items(folder, reading, items)
    except CannotSplice as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot write into {folder}: {error.strerror}") from error
    images = sum(item.has_image for _, item in items)
    for line in _told(folder, reading, done, images):
        say(line)
    return int(failed)


def _bytes(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise UnreadableFile("this is no regular file")
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"the file cannot be read: {error.strerror}") from error


def _opened(folder: Path) -> Reading:
    """Return the bank in `folder`, which is made where there is none."""
    try:
        if make_bank(folder):
            say(f"made the bank {folder}")
    except CannotMake as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot make {folder}: {error.strerror}") from error
    reading = read_bank(folder)
    if reading.bank is None:
        raise BankError(str(folder), (problem for problem in reading.problems if problem.fatal))
    return reading


def _refusals(file: Path, found: Found) -> Iterator[str]:
    """Yield what was not taken: by line, and by count what is not supported."""
    listed = [refusal for refusal in found.refusals if refusal.kind is None]
    yield from (f"{file}:{refusal.line}: not taken: {refusal.reason}" for refusal in listed[:_SHOWN])
    if len(listed) > _SHOWN:
        yield f"{file}: {counted(len(listed) - _SHOWN, 'more question')} not taken"
    kinds = Counter(refusal.kind for refusal in found.refusals if refusal.kind is not None)
    for kind, count in kinds.items():
        first = next(refusal.line for refusal in found.refusals if refusal.kind == kind)
        yield f"{file}:{first}: not supported yet, {counted(count, 'question')}: {kind}"


def _told(folder: Path, reading: Reading, done: Imported, images: int) -> Sequence[str]:
    assert reading.bank is not None
    where = shlex.quote(str(folder))
    files = ", ".join(done.files) if len(done.files) < 4 else f"{len(done.files)} new files in questions/"
    lines = [f"{counted(done.drafts, 'draft')} in {files}"] if done.drafts else []
    if done.known:
        lines.append(f"in the bank already: {counted(done.known, 'question')}")
    if done.proposed:
        lines.append(f"proposed as proof, from the bank's documents: {counted(done.proposed, 'passage')}")
    elif not reading.bank.sources:
        lines.append(f"The bank has no document to prove them: `orbitquiz new {where} DOCUMENT`, then import again.")
    if images:
        lines.append(f"images that are lost: of {counted(images, 'question')}")
    lines.append("Drafts are never played.")
    lines += ["", f"Next: orbitquiz author {where}   accept, choose another passage, or drop"]
    return lines
