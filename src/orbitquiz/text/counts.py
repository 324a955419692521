"""Numbers as people read them."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: 1 fact, 2 facts, 10,000 facts."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def ordinal(number: int) -> str:
    """Return an ordinal number: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def portion(part: int, whole: int, of: int) -> int:
    """Return the share of `part` in `whole`, which is not 0, in units of 1/`of`.

    Only an exact 0 or 1 becomes 0 or `of`.
    """
    return min(max(round(of * part / whole), 1 if part else 0), of if part == whole else of - 1)


def percent(part: int, whole: int) -> str:
    """Return the share of `part` in `whole`, which is not 0, in per cent. Only an exact 0 or 1 becomes 0 % or 100 %."""
    return f"{portion(part, whole, 100)} %"
