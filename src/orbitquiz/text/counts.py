"""Numbers as people read them."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """So many things in words: 1 fact, 2 facts, 10,000 facts."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def portion(part: int, whole: int, of: int) -> int:
    """The share of `part` in `whole`, which is not 0, as so many `of`. It is none or all only where the share is."""
    return min(max(round(of * part / whole), 1 if part else 0), of if part == whole else of - 1)


def percent(part: int, whole: int) -> str:
    """The share of `part` in `whole`, which is not 0, in per cent: 0 % and 100 % only where it is none or all."""
    return f"{portion(part, whole, 100)} %"
