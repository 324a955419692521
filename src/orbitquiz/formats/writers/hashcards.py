"""Questions as cards for hashcards: the stem on the front, the answer with its proof on the back, no options."""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import proof_lines
from orbitquiz.formats.markdown import as_text
from orbitquiz.quiz.sheet import QuestionSheet


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as a Markdown deck in UTF-8. `when` makes no difference."""
    return ("\n\n".join("\n".join(_card(sheet)) for sheet in deck.questions) + "\n").encode()


def _card(sheet: QuestionSheet) -> Iterator[str]:
    # A tag counts at the beginning of a line only, and every further line here begins with a mark of its own.
    yield f"Q: {as_text(sheet.stem)}"
    yield f"A: {as_text(sheet.options[sheet.key])}"
    for line in proof_lines(sheet.proof):
        yield ""
        yield f"> {as_text(line)}"
