"""What a player writes down, or takes away: flags, and lists of what to read.

Each says where it is, or why it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from orbitquiz.quiz.question import Question
from orbitquiz.session.session import Session

FLAGS = "flags.md"


def keep_flag(folder: Path, session: Session, question: Question, reason: str, now: datetime) -> tuple[bool, str]:
    """Write down what is wrong with `question`. Returns whether that could be done, and what to tell the player."""
    from orbitquiz.formats.flags import Flag, write_flag

    file = folder / FLAGS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_flag(file, Flag.of(session.bank, session.game.quiz, question, reason), now)
    except OSError as error:
        return False, f"The flag cannot be kept in {file}: {error.strerror or error}"
    return True, f"Kept in {file}, ready to send to the author of the bank."


def keep_reading_list(folders: Sequence[Path], session: Session, now: datetime) -> tuple[bool, str]:
    """Write the passages of what was missed into the first of `folders` that takes it. Returns the same."""
    from orbitquiz.formats.reading_list import reading_list, write_new

    game = session.game
    text = reading_list(session.bank, game, now.date())
    name, trouble = f"orbitquiz-{game.quiz.code or 'quiz'}", ""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return True, f"Written to {write_new(folder, name, text)}"
        except OSError as error:
            trouble = trouble or f"The reading list cannot be written to {folder}: {error.strerror or error}"
    return False, trouble
