"""Questions in the Aiken format: a stem, options with letters, the letter of the key. There is no place for a proof."""

from __future__ import annotations

import re

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import letter
from orbitquiz.quiz.sheet import QuestionSheet

_MEANS_SOMETHING = re.compile(r"[A-Z][.)]|ANSWER:", re.IGNORECASE)


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as Aiken in UTF-8. `when` makes no difference."""
    return ("\n\n".join(map(_question, deck.questions)) + "\n").encode()


def _question(sheet: QuestionSheet) -> str:
    stem = _line(sheet.stem)
    # "A. Lincoln was what?" would be an option. There is no escape, but a no-break space stands before the letter.
    if _MEANS_SOMETHING.match(stem):
        stem = f"\u00a0{stem}"
    options = [f"{letter(at)}. {_line(option)}" for at, option in enumerate(sheet.options)]
    return "\n".join([stem, *options, f"ANSWER: {letter(sheet.key)}"])


def _line(text: str) -> str:
    return " ".join(text.split())
