"""Questions as a workbook in the form of Kahoot's import template.

The heads stand in B8 to H8 and the questions in rows 9 to 108. Everything is a string: a number or a formula would be
read as something else. A stem may have 120 characters and an option 75.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from orbitquiz.formats.deck import Deck
from orbitquiz.quiz.sheet import QuestionSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_STEM, LONGEST_OPTION, OPTIONS, MOST = 120, 75, 4, 100
SECONDS = 20
"""The time for a question. Kahoot knows 5, 10, 20, 30, 60, 90, 120 and 240 seconds."""

_FIRST_ROW, _FIRST_COLUMN = 7, 1  # B8, counted from 0
_HEADS = (
    f"Question - max {LONGEST_STEM} characters",
    *(f"Answer {number} - max {LONGEST_OPTION} characters" for number in range(1, OPTIONS + 1)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)


def fits(sheet: QuestionSheet) -> bool:
    """True if Kahoot takes stem and options of this length. It counts UTF-16 units, so an emoji counts twice."""
    return (
        _units(sheet.stem) <= LONGEST_STEM
        and len(sheet.options) <= OPTIONS
        and all(_units(option) <= LONGEST_OPTION for option in sheet.options)
    )


def write(deck: Deck, when: float) -> bytes:
    """Return the questions, which fit and are at most 100, as an .xlsx file. `when` makes no difference."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Sheet1")
        page.set_column(1, 1, 60)
        page.set_column(2, 7, 30)
        page.write_string(1, 1, deck.title)
        _write_row(page, _FIRST_ROW, _HEADS)
        for number, sheet in enumerate(deck.questions):
            options = [*sheet.options, *[""] * (OPTIONS - len(sheet.options))]
            page.write_string(_FIRST_ROW + 1 + number, 0, str(number + 1))
            _write_row(page, _FIRST_ROW + 1 + number, [sheet.stem, *options, str(SECONDS), str(sheet.key + 1)])
    return file.getvalue()


def _write_row(page: Worksheet, row: int, cells: tuple[str, ...] | list[str]) -> None:
    for at, cell in enumerate(cells):
        page.write_string(row, _FIRST_COLUMN + at, cell)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
