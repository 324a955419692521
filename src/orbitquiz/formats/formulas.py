"""Cells of a table that a spreadsheet shows instead of computing.

What begins like a formula gets an apostrophe in front (OWASP, "CSV Injection"). So does what begins with an apostrophe
itself, so that `armed` gives back what `disarmed` was given.
"""

from __future__ import annotations

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones count where Japanese is written


def disarmed(text: str) -> str:
    """Return `text` for a cell, with an apostrophe in front where it could be taken for a formula."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def armed(text: str) -> str:
    """Return what a cell says, without the apostrophe that `disarmed` puts in front."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text
