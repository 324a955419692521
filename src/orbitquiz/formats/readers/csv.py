"""Questions from a table: our own CSV, Blooket's and Kahoot's templates, and any whose heads say what is what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from orbitquiz.formats.formulas import armed
from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import (
    SEVERAL_RIGHT,
    Found,
    Item,
    Refusal,
    Text,
    UnreadableFile,
    judge,
    unsupported,
)
from orbitquiz.text.fold import alike

_QUESTION = re.compile(r"(?:the )?(?:question|question text|stem|prompt|question - max \d+ characters)")
_WRONG = re.compile(r"(?:wrong|incorrect|false)(?: answer| option)?(?:s)?[ _-]*(?:\d+|[a-z])?(?: \(optional\))?")
_CORRECT = re.compile(
    r"(?:correct|right|key|answer key|solution|(?:the )?(?:correct|right)[ _-](?:answer|option)s?(?:\(s\))?.*)"
)
_OPTION = re.compile(r"(?:answer|option|choice)[ _-]*(?:\d+|[a-h])(?: \(optional\)| - max \d+ characters)?|[a-h]")
_ONE_ANSWER = re.compile(r"answer")
_EXPLANATION = re.compile(r"(?:explanation|feedback|general feedback|statement|note)")
_CATEGORY = re.compile(r"(?:category|topic|subject)")
_LINK = re.compile(r"(?:url|link|source|reference)")
_SEVERAL = re.compile(r"\d+(?:\s*[,;]\s*\d+)+")
_FIRST_ROWS = 12  # among which the heads stand; Kahoot's are in row 8


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold what; `correct` says which option is right or, where there are only wrong ones, its text."""

    question: int
    correct: int
    options: tuple[int, ...]
    wrong: tuple[int, ...]
    explanation: int | None
    category: int | None
    link: int | None


def read(raw: bytes) -> Found:
    """Return the questions of a table. Raises `UnreadableFile` where no row has heads that are understood."""
    csv.field_size_limit(1_000_000)  # characters; images stand in some cells
    text = decode(raw)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    found = Found()
    columns: _Columns | None = None
    line = 1
    try:
        for number, row in enumerate(reader):
            cells = [armed(cell).strip() for cell in row]
            if columns is None:
                columns = _columns(cells)
                if columns is None and number >= _FIRST_ROWS:
                    break
            elif any(cells[at : at + 1] != [""] for at in (columns.question, *columns.options) if at < len(cells)):
                found.take(_question(line, cells, columns))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"this is no table that can be read: {error}", line) from error
    if columns is None:
        raise UnreadableFile("no row has heads such as: question, option 1, option 2, correct")
    return found


def has_heads(text: str) -> bool:
    """True if one of the first lines has the heads of a table of questions."""
    lines = "\n".join(text.split("\n", 3 * _FIRST_ROWS)[: 3 * _FIRST_ROWS])
    try:
        rows = csv.reader(io.StringIO(lines), delimiter=_delimiter(text))
        return any(_columns([cell.strip() for cell in row]) for row in rows)
    except csv.Error:
        return False


def _delimiter(text: str) -> str:
    """Return what parts the cells: the sign that is most frequent in the first lines."""
    head = "".join(text.split("\n", _FIRST_ROWS)[:_FIRST_ROWS])
    return max(",;\t", key=head.count)


def _columns(cells: Sequence[str]) -> _Columns | None:
    heads = [" ".join(cell.casefold().split()) for cell in cells]

    def where(pattern: re.Pattern[str]) -> tuple[int, ...]:
        return tuple(at for at, head in enumerate(heads) if pattern.fullmatch(head))

    question, options, wrong, correct = where(_QUESTION), where(_OPTION), where(_WRONG), where(_CORRECT)
    correct = correct or (where(_ONE_ANSWER) if options or wrong else ())
    if not question or not correct or not (options or wrong):
        return None
    one = (next(iter(where(pattern)), None) for pattern in (_EXPLANATION, _CATEGORY, _LINK))
    return _Columns(question[0], correct[0], options, wrong, *one)


def _question(line: int, cells: Sequence[str], columns: _Columns) -> Item | Refusal:
    def cell(at: int | None) -> str:
        return cells[at] if at is not None and at < len(cells) else ""

    correct = cell(columns.correct)
    if not correct:
        return Refusal(line, "the cell that says which answer is right is empty")
    if columns.options:
        options = [text for at in columns.options if (text := cell(at))]
        right = _right(correct, options, [cell(at) for at in columns.options])
        if right is None and _SEVERAL.fullmatch(correct):
            return unsupported(line, SEVERAL_RIGHT)
        if right is None:
            return Refusal(line, f"the right answer {correct[:40]!r} is none of the options")
    else:
        options = [correct, *(text for at in columns.wrong if (text := cell(at)))]
        right = correct
    if len(options) < 2:
        return Refusal(line, "there are fewer than two options")
    marked = [(Text(option), option == right) for option in options]
    links = [cell(columns.link)] if cell(columns.link) else []
    return judge(
        line, Text(cell(columns.question)), marked, Text(cell(columns.explanation)), cell(columns.category), links
    )


def _right(correct: str, options: Sequence[str], cells: Sequence[str]) -> str | None:
    """Return the option that `correct` names by its number, its letter or its words."""
    if correct.isascii() and correct.isdigit() and len(correct) < 3 and 1 <= int(correct) <= len(cells):
        return cells[int(correct) - 1] or None
    if same := [option for option in options if alike(option) == alike(correct)]:
        return same[0]
    if len(correct) == 1 and correct.isascii() and correct.isalpha():
        at = ord(correct.upper()) - ord("A")
        return (cells[at] or None) if at < len(cells) else None
    return None
