"""A line to show a friend: how a game went, without a word of what it asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orbitquiz.text.safe import line_of

_RIGHT, _WRONG = "◆", "○"


def share_line(title: str, day: date, marks: Iterable[bool], code: str | None) -> str:
    """Return the line for a game of the bank called `title` on `day`; `marks` tell for each answer if it was right."""
    signs = "".join(_RIGHT if mark else _WRONG for mark in marks)
    parts = ["OrbitQuiz", line_of(title), f"{day.day} {day:%b}", signs, code]
    return " · ".join(part for part in parts if part)
