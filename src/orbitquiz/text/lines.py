"""The lines of a document: they end in LF, CR LF or CR, as those of Unix, Windows and old Macintoshes do."""

from __future__ import annotations

from orbitquiz.text.pattern import pattern

LINE_END = pattern(r"\r\n?|\n")


def lines_of(text: str) -> list[str]:
    """Return the lines of `text`, at least one, without their ends."""
    lines = LINE_END.split(text)
    return lines[:-1] if not lines[-1] and len(lines) > 1 else lines
