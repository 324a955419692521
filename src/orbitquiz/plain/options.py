"""The options of a question: as lines, and as what somebody types names one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orbitquiz.text.fold import alike
from orbitquiz.text.safe import line_of

_LETTERS = "abcd"


def option_lines(texts: Iterable[str]) -> Iterator[str]:
    """The options with these `texts`, with their numbers."""
    for number, text in enumerate(texts, 1):
        yield f"{number}  {line_of(text)}"


def picked(line: str, texts: Sequence[str]) -> int | None:
    """The index of the option that `line` names by number, letter or its own words; None where it names none.

    A number is always a place, also where the options are numbers themselves.
    """
    word = line.strip().casefold()
    for index in range(len(texts)):
        if word and word in (str(index + 1), _LETTERS[index : index + 1]):
            return index
    same = [index for index, text in enumerate(texts) if alike(text) == alike(line)]
    return same[0] if len(same) == 1 else None
