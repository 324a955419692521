"""Files that a player takes away: flags, and lists of what to read. Each function says where, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Question, Quiz

FLAGS = "flags.md"


def keep_flag(folder: Path, bank: Bank, quiz: Quiz, question: Question, reason: str, now: datetime) -> tuple[bool, str]:
    """Write down a player's complaint about `question`. Return whether that worked, and a message for the player."""
    from orbitquiz.formats.flags import Flag, write_flag
    from orbitquiz.history.private import make_private

    file = folder / FLAGS
    try:
        make_private(folder)
        file.touch(0o600)
        write_flag(file, Flag.of(bank, quiz, question, reason), now)
    except OSError as error:
        return False, f"The flag cannot be saved in {file}: {error.strerror or error}"
    return True, f"Saved in {file}. Send it to the author of the bank."


def keep_reading_list(folders: Sequence[Path], bank: Bank, quiz: Quiz, game: Game, now: datetime) -> tuple[bool, str]:
    """Write the passages of the missed questions into the first folder that is writable. Return as `keep_flag` does."""
    from orbitquiz.formats.new_file import write_new
    from orbitquiz.formats.reading_list import reading_list

    text = reading_list(bank, quiz, game, now.date())
    name, trouble = f"orbitquiz-{quiz.code or 'quiz'}", ""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return True, f"Saved in {write_new(folder, name, text)}"
        except OSError as error:
            trouble = trouble or f"The reading list cannot be saved in {folder}: {error.strerror or error}"
    return False, trouble
