"""Questions as CSV in the form of Blooket's import template, whose first row is a title and nothing else."""

from __future__ import annotations

import csv
import io

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.formulas import disarmed
from orbitquiz.quiz.sheet import QuestionSheet

OPTIONS = 4
SECONDS = 20
_TITLE = "Blooket\nImport Template"
_HEADS = (
    "Question #",
    "Question Text",
    "Answer 1",
    "Answer 2",
    "Answer 3\n(Optional)",
    "Answer 4\n(Optional)",
    "Time Limit (sec)\n(Max: 300 seconds)",
    "Correct Answer(s)\n(Only include Answer #)",
)


def fits(sheet: QuestionSheet) -> bool:
    """True if the question has no more options than the template."""
    return len(sheet.options) <= OPTIONS


def write(deck: Deck, when: float) -> bytes:
    """Return the questions, which fit, as a file for Blooket's spreadsheet import. `when` makes no difference."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_TITLE, *[""] * (len(_HEADS) - 1)])
    writer.writerow(_HEADS)
    for number, sheet in enumerate(deck.questions, 1):
        options = [disarmed(option) for option in sheet.options] + [""] * (OPTIONS - len(sheet.options))
        writer.writerow([number, disarmed(sheet.stem), *options, SECONDS, sheet.key + 1])
    return file.getvalue().encode()
