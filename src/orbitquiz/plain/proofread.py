"""Reading questions blind, line by line: a pick, how one came to it, and which options nobody would choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from orbitquiz.plain.console import Console, NothingMore
from orbitquiz.plain.question import option_lines
from orbitquiz.quiz.quality.readings import Basis, BlindReading, digest_of
from orbitquiz.quiz.question import Question
from orbitquiz.quiz.typed import choices_of, picked
from orbitquiz.text.safe import line_of

_LEAVE = ("q", "quit")
_BASES = {"k": Basis.KNEW, "o": Basis.SENSE, "g": Basis.GUESS}
_HOW = "How did you come to it? k: I knew it. o: the others were impossible. g: a guess:"
_NONE = ("", "-", "0", "none")


_T = TypeVar("_T")


class _Left(Exception):
    """The reader has left."""


def proofread(
    console: Console, questions: Sequence[Question], reader: str, seed: str, keep: Callable[[BlindReading], None]
) -> int:
    """Let `reader` read `questions`, whose options were drawn from `seed`; return how many readings were kept.

    Each reading goes to `keep` before the next question is shown. Ends after the last question, when the reader leaves
    or when there is no more input.
    """
    for number, question in enumerate(questions, 1):
        console.say()
        console.say(f"Question {number} of {len(questions)}")
        try:
            keep(_read(console, question, reader, seed))
        except (_Left, NothingMore):
            return number - 1
    return len(questions)


def _read(console: Console, question: Question, reader: str, seed: str) -> BlindReading:
    texts = [option.text for option in question.options]
    console.say(line_of(question.stem))
    for line in option_lines(texts):
        console.say(line, hang=3)
    choices = choices_of(texts)
    pick = _ask_until(console, f"Your answer, 1 to {len(texts)}, or q to leave:", lambda line: picked(line, choices))
    basis = _ask_until(console, _HOW, lambda line: _BASES.get(line.strip().casefold()[:1]))
    absurd = _ask_until(
        console,
        "Which options would nobody choose? Numbers such as 2 4, or Enter for none:",
        lambda line: _numbers(line, len(texts), pick),
    )
    return BlindReading(
        reader, question.id, seed, digest_of(question), texts[pick], basis, tuple(texts[index] for index in absurd)
    )


def _ask_until(console: Console, prompt: str, read: Callable[[str], _T | None]) -> _T:
    """Ask until what is typed can be read."""
    while True:
        line = console.ask(prompt, lambda: None)
        if line.strip().casefold() in _LEAVE:
            raise _Left
        if (found := read(line)) is not None:
            return found
        console.say("Not understood.")


def _numbers(line: str, count: int, pick: int) -> tuple[int, ...] | None:
    """Return the indices of the options that `line` names; None where it names others, or the one that was picked."""
    if line.strip().casefold() in _NONE:
        return ()
    words = re.split(r"[\s,;]+", line.strip())
    if not all(word in map(str, range(1, count + 1)) for word in words):
        return None
    found = tuple(sorted({int(word) - 1 for word in words}))
    return None if pick in found else found
