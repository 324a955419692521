"""Questions as CSV, for a spreadsheet or for programs of one's own.

The columns are `id`, `category`, `question`, `option 1` to `option N`, `correct` (the number of the key), `statement`,
`proof` (each passage with its source on a line of its own) and `feedback 1` to `feedback N`. Every field is quoted:
where a spreadsheet separates by semicolons, an unquoted field would be split there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.formulas import disarmed
from orbitquiz.formats.fragments import proof_lines
from orbitquiz.quiz.sheet import QuestionSheet


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as RFC 4180 in UTF-8 with its mark, by which spreadsheets know it. `when` is not used."""
    most = max((len(sheet.options) for sheet in deck.questions), default=0)
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    numbers = range(1, most + 1)
    writer.writerow(
        [
            *("id", "category", "question"),
            *(f"option {number}" for number in numbers),
            *("correct", "statement", "proof"),
            *(f"feedback {number}" for number in numbers),
        ]
    )
    writer.writerows([disarmed(cell) for cell in _row(sheet, most)] for sheet in deck.questions)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _row(sheet: QuestionSheet, most: int) -> Iterator[str]:
    yield from (sheet.id, sheet.category, sheet.stem)
    yield from _filled(sheet.options, most)
    statement, *proof = proof_lines(sheet.proof)
    yield from (str(sheet.key + 1), statement, "\n".join(proof))
    yield from _filled([remark or "" for remark in sheet.remarks], most)


def _filled(cells: tuple[str, ...] | list[str], most: int) -> Iterator[str]:
    yield from cells
    yield from [""] * (most - len(cells))
