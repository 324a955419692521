"""Questions as cards for hascard: a heading, a star before the key and a dash before the others."""

from __future__ import annotations

from orbitquiz.formats.deck import Deck
from orbitquiz.quiz.sheet import QuestionSheet


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as a deck in UTF-8. `when` makes no difference."""
    return ("\n---\n".join(map(_card, deck.questions)) + "\n").encode()


def _card(sheet: QuestionSheet) -> str:
    options = (f"{'*' if at == sheet.key else '-'} {_line(option)}" for at, option in enumerate(sheet.options))
    return "\n".join([f"# {_line(sheet.stem)}", *options])


def _line(text: str) -> str:
    return " ".join(text.split())
