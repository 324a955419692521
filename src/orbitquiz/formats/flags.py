"""Flags: mistakes that players found in questions, as a Markdown file to send to the author of the bank."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.formats.markdown import as_text
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.safe import line_of

_HEAD = """# Flagged questions

What a player of OrbitQuiz found wrong, with what it takes to find the question and its proof again. Send it to the
contact of the bank that an entry names.
"""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source that prove an answer, and where they stand."""

    words: str
    title: str
    file: str
    line: int
    sha256: str

    @classmethod
    def of(cls, source: Source, quotation: Quotation) -> Quoted:
        """Return what `quotation` quotes from `source`."""
        words = source.text[quotation.start : quotation.end]
        return cls(words, source.title, source.file, source.line(quotation.start), source.sha256)


@dataclass(frozen=True, slots=True)
class Flag:
    """A mistake that a player found in a question, and what it takes to find the question and its proof again.

    `quiz` is the code of the quiz or, where it has none, its seed. `reason` may be empty.
    """

    question: str
    stem: str
    reason: str
    quiz: str
    quoted: tuple[Quoted, ...]
    bank: str
    version: str
    digest: str
    contact: str

    @classmethod
    def of(cls, bank: Bank, quiz: Quiz, question: Question, reason: str) -> Flag:
        """Return the flag that a player puts on `question` of `quiz`, which was composed from `bank`."""
        proof = question.proof
        quotations = [quotation for item in proof.shown for quotation in item.passage.quotations]
        quotations += [citation.quotation for citation in proof.also]
        return cls(
            question=question.id,
            stem=question.stem,
            reason=line_of(reason),
            quiz=f"code {quiz.code}" if quiz.code else f"seed {quiz.seed}",
            quoted=tuple(Quoted.of(bank.sources[each.source], each) for each in dict.fromkeys(quotations)),
            bank=bank.id,
            version=bank.version,
            digest=bank.digest,
            contact=bank.contact,
        )


def write_flag(file: Path, flag: Flag, when: datetime) -> None:
    """Append `flag`, put at `when`, to `file`, which is made where there is none. Raises `OSError`.

    It is on the disk afterwards. Another process may append at the same time.
    """
    with file.open("ab", buffering=0) as opened:
        _lock(opened)
        opened.seek(0, 2)  # another may have written since it was opened
        text = _entry(flag, when) if opened.tell() else f"{_HEAD}{_entry(flag, when)}"
        # What a terminal sends may be no text at all, and half a character is no reason to lose the rest.
        left = memoryview(text.encode(errors="replace"))
        while left:  # one write, but for a disk that has no room for all of it
            left = left[opened.write(left) or 0 :]
        os.fsync(opened.fileno())


def _entry(flag: Flag, when: datetime) -> str:
    # An empty line comes first and not last, so that a line that was broken off takes nothing with it.
    lines = [
        "",
        f"## {as_text(flag.question)} · {when.isoformat(' ', 'minutes')}",
        "",
        as_text(flag.stem),
        "",
        f"- Why: {as_text(flag.reason) or 'not said'}",
        f"- Quiz: {as_text(flag.quiz)}",
        f"- Bank: {as_text(f'{flag.bank}, version {flag.version}')}, digest {as_text(flag.digest)}",
        f"- Contact: {as_text(flag.contact)}",
    ]
    for quoted in flag.quoted:
        where = f"{as_text(quoted.title)}, {as_text(quoted.file)}, line {quoted.line}"
        lines.append(f"- Proof: “{as_text(quoted.words)}” ({where}, SHA-256 {as_text(quoted.sha256)})")
    return "\n".join(lines) + "\n"


def _lock(file: FileIO) -> None:
    """Keep other processes from appending until `file` is closed, where the system can."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # some network drives lock nothing; the one write must do there
            fcntl.flock(file, fcntl.LOCK_EX)
